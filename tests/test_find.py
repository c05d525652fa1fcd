"""Names are found in any script, as they were, and in spite of typing errors: spellings, and the real graph."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from conftest import kg
from kg.errors import UsageError
from kg.files import Build, Project
from kg.names import class_labels, find, named_things, printed_names, resolve
from kg.namespaces import BL, shorten
from kg.spelling import BEGINNING, EXACT, LIKE, PART, RESPELT, WORD, compare, fold, nearest, plain
from kg.store import open_store

# What a person types, the thing that comes first, and how the best of its names matches.
NAMES = (
    # Present and former names of one city, in three scripts.
    ("Semipalatinsk", "settlement:semipalatinsk", "exact"),
    ("Semey", "settlement:semipalatinsk", "exact"),
    ("Семей", "settlement:semipalatinsk", "exact"),
    ("Семипалатинск", "settlement:semipalatinsk", "exact"),
    ("Uralsk", "settlement:uralsk", "exact"),
    ("Oral", "settlement:uralsk", "exact"),
    ("Уральск", "settlement:uralsk", "exact"),
    ("Ust-Kamenogorsk", "settlement:ust-kamenogorsk", "exact"),
    ("Усть-Каменогорск", "settlement:ust-kamenogorsk", "exact"),
    ("Oskemen", "settlement:ust-kamenogorsk", "exact"),
    ("Өскемен", "settlement:ust-kamenogorsk", "exact"),
    ("Koryakovsk", "settlement:pavlodar", "exact"),
    ("Pavlodar", "settlement:pavlodar", "exact"),
    ("Қызылжар", "settlement:petropavlovsk", "exact"),
    ("Свердловск", "settlement:yekaterinburg", "exact"),
    ("Кустанайская область", "region:kostanay", "exact"),
    ("Gorno-Altai Autonomous Region", "region:altai-republic", "exact"),
    ("Karachaganak", "facility:karachaganak-field", "exact"),
    ("Қарашығанақ", "facility:karachaganak-field", "exact"),
    ("Карачаганак", "facility:karachaganak-field", "exact"),
    ("Магілёўская вобласць", "region:mogilev", "exact"),
    ("темір кені", "commodity:iron-ore", "exact"),
    ("железная руда", "commodity:iron-ore", "exact"),
    ("ЕАЭС", "organization:eurasian-economic-union", "exact"),
    # The same names without diacritics, without hyphens, or in the letters of another script.
    ("Qyzylzhar", "settlement:petropavlovsk", "respelt"),
    ("Gurev", "settlement:atyrau", "respelt"),
    ("Guriev", "settlement:atyrau", "like"),
    ("Оскемен", "settlement:ust-kamenogorsk", "respelt"),
    ("Ust Kamenogorsk", "settlement:ust-kamenogorsk", "respelt"),
    ("Ekibastuzskij", "facility:ekibastuz-coal-field", "like"),
    ("Mahilyowskaya voblasts", "region:mogilev", "like"),
    ("Soyuznoe gosudarstvo", "organization:union-state", "respelt"),
    ("Маликова", "person:l-malikova", "beginning"),
    ("Malikova", "person:l-malikova", "beginning"),
    ("Степанов", "person:anatoly-stepanov", "beginning"),
    # Typing errors: letters swapped, left out, put in, replaced.
    ("Semipalatnisk", "settlement:semipalatinsk", "like"),
    ("Оренбрг", "settlement:orenburg", "like"),
    ("Karachagank", "facility:karachaganak-field", "like"),
    ("Қарашыганак месторождение", "facility:karachaganak-field", "like"),
    ("Усть-Каменогрск", "settlement:ust-kamenogorsk", "like"),
    ("Petropavlovskk", "settlement:petropavlovsk", "like"),
    ("Ekibstuz", "facility:ekibastuz-coal-field", "like"),
    ("Morachevskaja", "person:kira-morachevskaya", "like"),
    # Forms that only a source prints: a title, the printed name of an author, a hidden label.
    ("Convergence and divergence in the contemporary world system: An introduction", "source:herkenrath-et-al-2005",
     "exact"),
    ("Alexander Burnasov", "person:alexander-burnasov", "exact"),
    ("Kostanay, Aktobe and Pavlodar regions", "macroregion:kostanay-aktobe-pavlodar", "exact"),
)  # fmt: skip


@pytest.fixture(scope="module")
def store(real_build: Build) -> ox.Store:
    """The real graph."""
    return open_store(real_build.store)


# --- spellings -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [("Omsk Region", "omsk  REGION"), (" Омская\tобласть ", "омская область"), ("Е\u0308лка", "\u0401лка"),
     ("STRASSE", "straße"), ("", " \n ")],
)  # fmt: skip
def test_fold(one: str, other: str) -> None:
    """Case, composed characters and runs of spaces make no difference."""
    assert fold(one) == fold(other)


def test_fold_keeps_letters_apart() -> None:
    """Letters that only look alike are not one."""
    assert fold("Cаратов") != fold("Саратов")


@pytest.mark.parametrize(
    ("name", "spelt"),
    [("Өскемен", "oskemen"), ("Қарашығанақ", "karashiganak"), ("Щучинск", "schuchinsk"), ("Жезқазған", "zhezkazgan"),
     ("Віцебск", "vitsebsk"), ("Магілёў", "magileu"), ("Һәңүұ", "hanuu"), ("Объезд, ЭЦ-1", "obezd ets 1"),
     ("«Форд»", "ford"), ("Хабаровский край", "habarovski krai"), ("İstanbul", "istanbul"), ("№ 5", "no 5"),
     ("Łódź", "lodz"), ("გორი 7", "გორი 7"), ("—", ""), ("", "")],
)  # fmt: skip
def test_plain(name: str, spelt: str) -> None:
    """A name becomes small Latin letters and digits; letters of a script that is not ours are kept."""
    assert plain(name) == spelt


@pytest.mark.parametrize(
    ("one", "other"),
    [("Málíková", "Malikova"), ("Соль-Илецк", "Sol' Iletsk"), ("Соль-Илецк", "Sol’-Iletsk"), ("Shchuchinsk", "Щучинск"),
     ("Sokolovsko-Sarbayskoye", "Соколовско-Сарбайское"), ("Jezqazğan", "Жезқазған"), ("Zhezkazgan", "Жезқазған"),
     ("Yekaterinburg", "Екатеринбург"), ("Ekaterinburg", "Екатеринбург"), ("Mogilyov", "Могилёв"),
     ("Mogilev", "Могилёв"), ("Omskiy", "Омский"), ("Omsky", "Омский"), ("Россия", "Rossiya"), ("Россия", "Rossia"),
     ("Казахстан", "Kazakhstan"), ("Семей", "Semey"), ("Е\u0308лка", "Ёлка"), ("Йод", "И\u0306од"),
     ("USTʹ-KAMENOGORSK", "Усть Каменогорск")],
)  # fmt: skip
def test_spellings_of_one_name(one: str, other: str) -> None:
    """Transliterations in use, and names with and without diacritics, hyphens and apostrophes, are one."""
    assert plain(one) == plain(other)


@pytest.mark.parametrize(("one", "other"), [("Omsk", "Tomsk"), ("Орал", "Урал"), ("Region 1", "Region 2")])
def test_names_that_stay_apart(one: str, other: str) -> None:
    """Other names are not one."""
    assert plain(one) != plain(other)


def test_every_letter_has_a_plain_spelling() -> None:
    """No letter of Russian, Kazakh or Belarusian stays Cyrillic, small or capital."""
    letters = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһіў"
    assert [letter for letter in letters + letters.upper() if not plain(letter).isascii()] == []


def test_kinds_of_match() -> None:
    """A name is the text, the text respelt, begins so, has such words or such a part, in this order of worth."""
    names = {
        "Omsk": EXACT, "ОМСК": RESPELT, "Omsk Region": BEGINNING, "Refinery of Omsk": WORD, "Tomsk": PART, "Perm": None,
    }  # fmt: skip
    found = {name: kind for name, (kind, _) in compare("omsk", names).items()}
    assert found == {name: kind for name, kind in names.items() if kind is not None}
    assert compare("plant kamaz", ["KAMAZ engineering plant", "KAMAZ"]) == {"KAMAZ engineering plant": (WORD, 1.0)}


@pytest.mark.parametrize(
    ("text", "name", "score"),
    [("Semipalatnisk", "Semipalatinsk", 12 / 13), ("Оренбрг", "Orenburg", 7 / 8), ("Omks", "Омск", 3 / 4),
     ("Karachagank", "Karachaganak field", 0.95 * 11 / 12), ("Omks", "Omsk Region", None), ("Perm", "Omsk", None)],
)  # fmt: skip
def test_likeness(text: str, name: str, score: float | None) -> None:
    """The likeness is the share of letters that are right; a little less if only words of the name are like."""
    found = {of: (kind, round(likeness, 4)) for of, (kind, likeness) in compare(text, [name]).items()}
    assert found == ({} if score is None else {name: (LIKE, round(score, 4))})


def test_like_names_only_where_no_name_is_the_text() -> None:
    """Who types a name is not shown names like it."""
    assert set(compare("Orsk", ["Orsk", "Omsk"])) == set(compare("Орск", ["Orsk", "Omsk"])) == {"Orsk"}
    assert set(compare("Ors", ["Orsk", "Omsk"], 0.5)) == {"Orsk", "Omsk"}


def test_nearest() -> None:
    """The best three come first, the more like before the less; nothing is near what has no letters."""
    names = ["flows-of-region", "flows", "sources", "flow-of-goods", "enterprises"]
    assert nearest("flow-of-region", names)[0] == "flows-of-region"
    assert len(nearest("flow", [*names, "flowing", "flowers"])) == 3
    assert nearest("?", names) == nearest("qqqq", names) == []


# --- the real graph --------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "thing", "match"), NAMES, ids=[row[0] for row in NAMES])
def test_names_of_the_graph(text: str, thing: str, match: str, store: ox.Store) -> None:
    """The thing that is meant comes first, and the match says how its name was typed."""
    first = find(store, text)[0]
    assert (shorten(first.iri), first.match) == (thing, match)


def test_names_are_tried_in_every_way() -> None:
    """Twenty names and more are tried; all kinds of thing and of match are among them."""
    assert len({text for text, *_ in NAMES}) == len(NAMES) > 20
    kinds = {"settlement", "region", "facility", "organization", "commodity", "person", "source", "macroregion"}
    assert {thing.partition(":")[0] for _, thing, _ in NAMES} == kinds
    assert {match for *_, match in NAMES} == {"exact", "respelt", "beginning", "like"}


@pytest.mark.parametrize(
    "of_class", ["Place", "Enterprise", "Facility", "Organization", "Commodity", "Person", "Source"]
)
def test_every_name_finds_its_thing(of_class: str, store: ox.Store) -> None:
    """Each name of each thing, in each language, finds it exactly, among things of the same name if there are any."""
    pairs = [*named_things(store, BL + of_class), *printed_names(store, BL + of_class)]
    lost = [
        (shorten(thing.value), name)
        for thing, name in pairs[:: max(1, len(pairs) // 25)]
        if not any(it.iri == thing.value and it.match == "exact" for it in find(store, name, BL + of_class))
    ]
    assert pairs
    assert lost == []


def test_find_by_class(real_project: Project) -> None:
    """`--class` leaves things of other classes out, by inference, too."""
    done = kg(Path(real_project.root), "find", "Pavlodar", "--class", "facility", "--format", "csv")
    things = [line.split(",")[3] for line in done.out.splitlines()[1:]]
    assert (done.code, things[:2]) == (0, ["facility:pavlodar-refinery", "facility:pavlodar-tractor-plant"])
    assert all(thing.startswith("facility:") for thing in things)


@pytest.mark.parametrize("text", ["Karachagank", "Karashyganaq", "Карачаганк"])
def test_a_parameter_and_a_page_suggest_the_nearest(text: str, real_project: Project, store: ox.Store) -> None:
    """A query and `kg show` name the thing that was probably meant."""
    root = Path(real_project.root)
    for words in (("show", text), ("query", "upstream-and-downstream", "--facility", text)):
        done = kg(root, *words)
        assert (done.code, done.out) == (2, "")
        assert "Did you mean facility:karachaganak-field" in done.err


def test_find_is_quick(store: ox.Store) -> None:
    """A find in the real graph takes less than half a second, classes and all."""
    find(store, "Karachagank")
    start = time.perf_counter()
    for it in find(store, "Semipalatnisk")[:20]:
        class_labels(store, ox.NamedNode(it.iri))
    assert time.perf_counter() - start < 0.5


@pytest.mark.parametrize(("name", "imported"), [("Pavlodar Region", False), ("Pavlodar Regoin", True)])
def test_a_name_that_is_right_costs_no_library(name: str, imported: bool, real_build: Build) -> None:
    """RapidFuzz is imported for a name that is not found, and for no other."""
    program = (
        "import sys\nfrom kg.errors import UsageError\nfrom kg.names import find, resolve\n"
        "from kg.store import open_store\nstore = open_store(sys.argv[1])\nfind(store, 'Pavlodar')\n"
        "try:\n    resolve(store, sys.argv[2])\nexcept UsageError:\n    pass\nprint('rapidfuzz' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program, real_build.store, name], capture_output=True, text=True,
                          check=True)  # fmt: skip
    assert done.stdout == f"{imported}\n"


def test_an_exact_name_is_taken_and_a_like_one_is_not(store: ox.Store) -> None:
    """A query answers for the thing that was named, never for one whose name is merely like it."""
    assert shorten(resolve(store, "Семипалатинск").value) == "settlement:semipalatinsk"
    with pytest.raises(UsageError, match="Did you mean settlement:semipalatinsk"):
        resolve(store, "Semipalatinskk")
