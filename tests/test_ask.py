"""Questions in words: what is understood, what is asked back, and how often that is right."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import yaml

from conftest import ROOT, Done, add, kg
from kg.asking.choose import Choice, certainty, choices
from kg.asking.index import read_index
from kg.asking.lexicon import read_lexicon
from kg.asking.things import Asked
from kg.asking.tried import tried
from kg.asking.wordings import SLOT, parts_of
from kg.asking.words import is_russian, sound, stem
from kg.files import Build, Project, find_project
from kg.names import label
from kg.namespaces import expand
from kg.store import open_store

PHRASINGS: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "phrasings.yaml").read_text("utf-8"))
WORDS, WORDINGS = "queries/words.yaml", "queries/wordings.yaml"
# Of every so-manieth wording, left out of the bank, so many must lead to its query; so many of the questions that none
# answers, to none; so many of all may be wrong and sure.
EVERY, QUERY_FOUND, NONE_FOUND, WRONG_AND_SURE = 9, 0.48, 0.8, 0.01
Chosen = Callable[[str], list[Choice]]


@pytest.fixture(scope="module")
def prepared(real_build: Build) -> tuple[dict[str, Any], dict[str, Any]]:
    """The index of the real build, and its catalogue."""
    return read_index(real_build.folder), real_build.catalogue()


@pytest.fixture(scope="module")
def chosen(real_build: Build, prepared: tuple[dict[str, Any], dict[str, Any]]) -> Chosen:
    """The queries that a question may mean, the best first."""
    (index, catalogue), store = prepared, open_store(real_build.store)
    return lambda text: tried(store, catalogue, choices(index, catalogue, Asked(index, text)))


def meaning(choice: Choice) -> tuple[str, dict[str, str], str]:
    """A choice as the phrasings have it: query, parameters, time."""
    return choice.name, {key: value.text for key, value in choice.values.items()}, choice.at


def ask(project: Project, *arguments: str) -> Done:
    """Run `kg ask` in the real project."""
    return kg(Path(project.root), "ask", *arguments)


# --- how often it is right ---------------------------------------------------------------------


@pytest.mark.parametrize("part", PHRASINGS["agreed"])
def test_phrasings_are_understood(part: str, chosen: Chosen) -> None:
    """Of each part as many are right as agreed, and no more are wrong though given as sure."""
    wrong, sure = [], []
    for item in PHRASINGS[part]:
        found = chosen(item["text"])
        accepted = [
            (it["query"], {key: str(value) for key, value in it.get("params", {}).items()}, str(it.get("as-of", "")))
            for it in item.get("accept", ())
        ]
        level = certainty(found)
        right = level != "none" and meaning(found[0]) in accepted if accepted else level == "none"
        if not right:
            wrong.append((item["id"], level, meaning(found[0])))
            sure += [item["id"]] if level == "sure" else []
    agreed, size = PHRASINGS["agreed"][part], len(PHRASINGS[part])
    assert 1 - len(wrong) / size >= agreed["right"], wrong
    assert len(sure) / size <= agreed["wrong-and-sure"], sure


def filled(text: str, entry: dict[str, Any], store: ox.Store) -> str:
    """A wording with the examples of its parameters, by name, in its slots."""

    def name(slot: re.Match[str]) -> str:
        example = str(entry["params"][slot[1]]["example"])
        iri = expand(example) if entry["params"][slot[1]]["type"] == "iri" else None
        order = ("ru", "en") if is_russian(SLOT.sub("", text)) else ("en", "ru")
        return label(store, ox.NamedNode(iri), order) if iri else example

    return SLOT.sub(name, text)


def without(index: dict[str, Any], query: str, text: str) -> dict[str, Any]:
    """An index without a wording."""
    counts = dict(index["wordings"]["counts"])
    parts = Counter(parts_of(index, text))
    for part, number in parts.items():
        left = {**counts[part], query: counts[part][query] - number}
        counts[part] = {name: count for name, count in left.items() if count}
    lengths = {**index["wordings"]["lengths"], query: index["wordings"]["lengths"][query] - parts.total()}
    return {**index, "wordings": {"counts": counts, "lengths": lengths}}


def test_wordings_are_understood_by_the_others(
    prepared: tuple[dict[str, Any], dict[str, Any]], real_build: Build
) -> None:
    """A wording that is left out is understood by the words and the other wordings, as often as agreed."""
    index, catalogue = prepared
    store = open_store(real_build.store)
    bank = read_lexicon(find_project(str(ROOT))).wordings
    texts = [(query, text) for query, wordings in bank.items() for text in wordings if query][::EVERY]
    texts += [("", text) for text in bank[""]][::3]
    right, sure = Counter[bool](), 0
    for query, text in texts:
        asked = filled(text, catalogue[query], store) if query else text
        found = choices(without(index, query, text), catalogue, Asked(index, asked))
        level = certainty(found)
        as_meant = level != "none" and found[0].name == query if query else level == "none"
        right[bool(query)] += as_meant
        sure += level == "sure" and not as_meant
    asking = sum(1 for query, _ in texts if query)
    assert right[True] / asking >= QUERY_FOUND
    assert right[False] / (len(texts) - asking) >= NONE_FOUND
    assert sure / len(texts) <= WRONG_AND_SURE


def test_each_query_has_wordings(real_build: Build) -> None:
    """Who adds a query adds wordings in both languages to `queries/wordings.yaml`."""
    bank = read_lexicon(find_project(str(ROOT))).wordings
    lacking = [name for name in real_build.catalogue() if len(bank.get(name, ())) < 6]
    assert lacking == []


# --- words -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "forms",
    [
        "Казахстан Казахстана Казахстане Казахстаном",
        "область области областью областей",
        "предприятие предприятия предприятий предприятиями",
        "поставка поставки поставок",
        "region regions regional",
        "restriction restrictions restricted",
        "company companies",
        "founded founder foundation",
    ],
)
def test_forms_of_a_word_have_one_stem(forms: str) -> None:
    """Endings of inflection, and of the nearest derivation, do not count."""
    assert len({stem(form) for form in forms.casefold().split()}) == 1


def test_places_and_their_adjectives_sound_alike() -> None:
    """A place has one key in both scripts, and so has the adjective of its region."""
    assert len({sound(stem(word)) for word in ("смоленск", "смоленской", "smolensk")}) == 1
    assert len({sound(stem(word)) for word in ("павлодар", "павлодарской", "pavlodar")}) == 1


# --- what is understood ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Какие регионы граничат с Омской областью?", ("regions-across-border", {"region": "region:omsk"}, "")),
        ("What flows from Kazakhstan to Russia?",
         ("flows-between-states", {"origin": "state:kazakhstan", "destination": "state:russia"}, "")),
        ("What flows to Kazakhstan from Russia?",
         ("flows-between-states", {"origin": "state:russia", "destination": "state:kazakhstan"}, "")),
        ("Members of the Eurasian Economic Union in 2016",
         ("memberships", {"body": "organization:eurasian-economic-union"}, "2016")),
        ("Which shares lie between 20 and 30 percent?", ("shares-in-range", {"minimum": "20", "maximum": "30"}, "")),
        ("Which shares are above 60 percent?", ("shares-in-range", {"minimum": "60", "maximum": "100"}, "")),
        ("Which shares are below 5 percent?", ("shares-in-range", {"minimum": "0", "maximum": "5"}, "")),
        ("Which claims does Stepanov et al. 2020 make?", ("claims-of-source", {"source": "source:stepanov-2020"}, "")),
    ],
)  # fmt: skip
def test_values_are_taken_from_the_question(
    text: str, expected: tuple[str, dict[str, str], str], chosen: Chosen
) -> None:
    """Things in any case and order, numbers as bounds, a year as the time unless it is in a name."""
    assert meaning(chosen(text)[0]) == expected


def test_misspelt_words_are_known(chosen: Chosen) -> None:
    """One letter wrong does no harm, in a name or another word."""
    found = chosen("Which plants and facilitties are in Pavlodra Region?")
    assert meaning(found[0]) == ("facilities-in-place", {"place": "region:pavlodar"}, "")


def test_a_period_is_no_time(chosen: Chosen) -> None:
    """Two years, or a decade, are no single time: none is taken."""
    assert chosen("Unemployment in the border regions between 2014 and 2019")[0].at == ""


# --- the command -------------------------------------------------------------------------------


def test_answer_says_what_was_understood(real_project: Project) -> None:
    """The question, its values, the equal command and the certainty stand above the answer, which has evidence."""
    done = ask(real_project, "Which", "regions lie across the border from Omsk Region?")
    lines = done.out.splitlines()
    assert done.code == 0
    assert lines[0] == "understood: Which regions lie across the border from a region? (region: Omsk Region)"
    assert lines[1] == "the same:   kg query regions-across-border --region region:omsk --evidence"
    assert lines[2].startswith("how sure:   ")
    assert "Pavlodar Region" in done.out
    assert "evidence" in done.out


def test_answer_equals_that_of_the_command(real_project: Project) -> None:
    """For a program the answer alone is on standard output, the same as of the command that is named."""
    done = ask(real_project, "Who makes vehicles?", "--format", "csv")
    (command,) = [line.partition("kg query ")[2] for line in done.err.splitlines() if "the same:" in line]
    again = kg(Path(real_project.root), "query", *command.split(), "--format", "csv")
    assert done.code == again.code == 0
    assert done.out == again.out
    assert done.out.startswith("product,maker,")


def test_question_in_russian_is_answered_with_russian_names(real_project: Project) -> None:
    """The language of the question is that of what is understood and of the names, unless --lang says otherwise."""
    text = "Какие регионы лежат по другую сторону границы от Омской области?"
    assert ask(real_project, text).out.startswith("understood: Какие регионы лежат по другую сторону границы")
    assert "Павлодарская область" in ask(real_project, text).out
    assert "Pavlodar Region" in ask(real_project, text, "--lang", "en").out


def test_limit_leaves_out_rows_and_says_so(real_project: Project) -> None:
    """So many rows are shown, with their evidence, and the number of all is told."""
    done = ask(real_project, "Who makes vehicles?", "--limit", "2", "--format", "csv")
    assert len(done.out.splitlines()) == 3
    assert "kg: 2 of 7 rows; --limit 7 shows all" in done.err


@pytest.mark.parametrize("text", ["How tall is Mount Elbrus?", "Сколько стоит билет в музей?", "?!", "xyzzy", "the"])
def test_no_query_fits(text: str, real_project: Project) -> None:
    """It is said that none does; the three nearest are offered as commands; nothing is answered."""
    done = ask(real_project, text)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"kg: No canned query answers “{text}”. The nearest are:\n  kg query ")
    assert done.err.count("\n  kg query ") == 3


def test_missing_value_is_asked_for(real_project: Project) -> None:
    """A value that a query needs is asked for by name, with an example that runs; it is never guessed."""
    done = ask(real_project, "What lies upstream and downstream of a facility?")
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        "kg: Which facility? The question names none (a plant, deposit, line or site).\n"
        "  For example: kg query upstream-and-downstream --facility facility:orenburg-gas-processing-plant\n"
    )


def test_ambiguous_name_is_said(real_project: Project) -> None:
    """Of two bodies of one name one is taken, and the other named."""
    done = ask(real_project, "Who are the members of the Customs Union?")
    assert "is taken for organization:customs-union-1995; it may be organization:customs-union-2010" in done.out
    assert "likely, not sure" in done.out


def test_explain_shows_scores(real_project: Project) -> None:
    """The best five queries with what each word told; no answer."""
    done = ask(real_project, "Who makes vehicles?", "--explain")
    lines = done.out.splitlines()
    assert done.code == 0
    assert len(lines) == 10
    assert lines[0].endswith("  kg query makers-of-product --goods commodity:vehicles")
    assert "vehicles" in lines[1]


@pytest.mark.parametrize("text", ["", "   ", "x" * 1001, "--", "'; INSERT ?s } #", "\x1b[31mred"])
def test_odd_questions_are_refused(text: str, real_project: Project) -> None:
    """Whatever is typed, it ends in a message and code 2."""
    done = ask(real_project, "--", text)
    assert done.code == 2
    assert done.err.startswith("kg: ")
    assert "\x1b" not in done.err


# --- the words of a project --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("same: {}\n", "queries/words.yaml: a mapping of same"),
        ("other: []\n", "queries/words.yaml: a mapping of same"),
        ("same: [\n", "queries/words.yaml: no YAML"),
        ("same: ['ban, embargo', 'stop, bans']\n", "“bans” stands in two lines of 'same': ban, stop"),
        ("names: {'region:nowhere': nowhere}\n", "there is no region:nowhere"),
        ("queries: {lost: where}\n", "there is no canned query 'lost'"),
    ],
)
def test_mistakes_in_the_words_are_told(text: str, message: str, folder: Path) -> None:
    """A build and a check say what is wrong with the words."""
    add(folder, WORDS, text)
    for command in ("build", "check"):
        done = kg(folder, command)
        assert done.code == 1
        assert message in done.err


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("other: {}\n", "a mapping of queries and none."),
        ("queries: []\n", "queries is a mapping of their names."),
        ("queries: [\n", "no YAML"),
        ("queries: {lost: {en: [where], ru: [где]}}\n", "there is no canned query 'lost'"),
        ("queries: {flows: {en: [where]}}\n", "'flows' must have en and ru, each a list of texts."),
        ("none: {en: [1], ru: []}\n", "'none' must have en and ru, each a list of texts."),
        (
            "queries: {flows: {en: ['to {moon}'], ru: []}}\n",
            "flows has no parameter 'moon'",
        ),
    ],
)
def test_mistakes_in_the_wordings_are_told(text: str, message: str, folder: Path) -> None:
    """A build and a check say what is wrong with the bank of wordings."""
    add(folder, WORDINGS, text)
    for command in ("build", "check"):
        done = kg(folder, command)
        assert done.code == 1
        assert f"{WORDINGS}: " in done.err
        assert message in done.err


def test_wordings_bring_in_ways_of_asking(folder: Path) -> None:
    """A query is found by how people ask for it, though no word of its header is said; a question of `none` is not."""
    question = ("ask", "Which caravans trundle across the steppe from the North Shore Region?")
    assert kg(folder, *question).code == 2
    wordings = "{en: ['which caravans trundle across the steppe from {region}'], ru: [караваны]}"
    add(folder, WORDINGS, f"queries: {{flows: {wordings}}}\n")
    assert kg(folder, "build").code == 0
    assert "kg query flows --region region:north-shore" in kg(folder, *question).out


def test_listed_entries_are_no_value(chosen: Chosen) -> None:
    """Where a question lists several entries of a vocabulary, all are meant, and none is taken alone."""
    found = chosen("Do the authors see convergence or divergence?")
    assert "trend" not in found[0].values


def test_words_bring_in_synonyms(folder: Path) -> None:
    """A project without words has its headers alone; with words it understands others, after a build."""
    question = ("ask", "What is carted off, hauled away, taken abroad from the North Shore Region?")
    assert kg(folder, *question).code == 2
    add(folder, WORDS, "same: ['leaves, carted off, hauled away, taken abroad']\n")
    assert "run `kg build`" in kg(folder, *question).err
    assert kg(folder, "build").code == 0
    done = kg(folder, *question)
    assert done.code == 0
    assert "kg query flows --region region:north-shore" in done.out


def test_lost_index_is_told(folder: Path) -> None:
    """A build without its index is unusable for questions in words: code 3, and what to do."""
    for path in folder.glob(".kg/*/asking.json"):
        path.unlink()
    done = kg(folder, "ask", "What leaves a region?")
    assert done.code == 3
    assert "Run `kg build` to make it again." in done.err
