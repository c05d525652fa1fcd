"""Citations: versions by content, entries of works and claims, and the formats in which they are written."""

from __future__ import annotations

import io
import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rispy
from pybtex.database import parse_string

from conftest import change, kg, rebuild
from kg import about
from kg.cite.entries import KINDS, Entry, Name, best, key_of, person
from kg.cite.formats import bibtex, csl, ris
from kg.cite.text import apa
from kg.cite.versions import artifact_code, claim_of_version, version_quads
from kg.cite.works import claims, dataset, works
from kg.files import Build
from kg.namespaces import BASE, BL, CLAIM_VERSION, GRAPH, PREFIXES, VERSIONS
from kg.store import ask_store, open_store

ROOT = Path(__file__).parent.parent
HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())

# --- versions --------------------------------------------------------------------------------

DATA = """
claim:x bl:statedIn source:s ; bl:gloss "Coal goes east."@en ; bl:hasLocator locator:x ; bl:supports flow:coal ;
    bl:about region:a .
locator:x bl:page "5" ; bl:keyTerm "coal" .
flow:coal bl:flowFrom region:a ; bl:flowTo region:b ; skos:prefLabel "coal for B"@en .
region:a skos:prefLabel "A"@en .
"""


def triples(data: str) -> list[ox.Triple]:
    """The triples of Turtle with the project's prefixes."""
    return [quad.triple for quad in ox.parse(HEAD + data, format=ox.RdfFormat.TURTLE)]


def version(data: str, file: str = "data/x", more: str = "") -> str:
    """The version of `claim:x` in a graph of one file, and another file below `data/external/`."""
    quads = [
        ox.Quad(it.subject, it.predicate, it.object, ox.NamedNode(GRAPH + path))
        for path, text in ((file, data), ("data/external/y", more))
        for it in triples(text)
    ]
    found = [quad.object for quad in version_quads(quads) if quad.subject == ox.NamedNode(PREFIXES["claim"] + "x")]
    assert len(found) == 1
    assert isinstance(found[0], ox.NamedNode)
    return found[0].value


def test_code_of_a_trusty_uri() -> None:
    """Triples of every kind of term in any order have the code that the hasher of nanopub 2.0.1 gives them."""
    data = triples(
        'claim:b bl:gloss "Zwei\\nZeilen \\\\ \\"x\\""@de , "Zwei"@en , "Zwei" ; bl:value 1.50 , "1.50" ; '
        "bl:about region:z . claim:a bl:about region:z , region:y ."
    )
    assert artifact_code(data) == artifact_code(data[::-1]) == "RA-IOZhmPRFyU5adwvP1fchlFkX73paFJPuOdCq3qLK_8"


def test_a_blank_node_has_no_code() -> None:
    """What has no name of its own cannot be hashed; it is refused and not hashed by chance."""
    with pytest.raises(TypeError, match="blank node"):
        artifact_code(triples("claim:a bl:about [] ."))


@pytest.mark.parametrize(
    ("data", "file", "more"),
    [
        (DATA, "data/elsewhere/z", ""),
        ("\n".join(reversed(DATA.strip().split("\n\n"))), "data/x", ""),
        (DATA.replace("coal for B", "coal for the B"), "data/x", ""),
        (DATA, "data/x", 'flow:coal skos:prefLabel "уголь"@ru . region:a skos:altLabel "Aa"@en .'),
        (
            DATA,
            "data/x",
            "region:b bl:partOf region:a . claim:y bl:supports flow:coal . correction:x bl:corrects claim:x .",
        ),
        (DATA.replace('"A"', '"The A"'), "data/x", ""),
    ],
)
def test_a_version_stays(data: str, file: str, more: str) -> None:
    """Files, order, names and what is said of other things leave the version of a claim as it is."""
    assert version(data, file, more) == version(DATA)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("goes east", "goes west"), ("source:s", "source:t"), ('page "5"', 'page "6"'), ('"coal" .', '"coals" .'),
        ("bl:flowTo region:b", "bl:flowTo region:c"), ("bl:about region:a", "bl:about region:b"),
        ("bl:flowFrom region:a ;", ""), ('east."@en', 'east."@de'),
    ],
)  # fmt: skip
def test_a_version_changes(old: str, new: str) -> None:
    """Whatever the claim says, its spot or a part of what it states gives another version."""
    assert DATA.count(old) == 1
    assert version(DATA.replace(old, new)) != version(DATA)


def test_iri_of_a_version() -> None:
    """It holds the name of the claim, ends in a code of 45 characters, and leads back to the claim."""
    iri = version(DATA)
    assert re.fullmatch(re.escape(CLAIM_VERSION) + r"x\.RA[A-Za-z0-9_-]{43}", iri)
    assert claim_of_version(iri) == PREFIXES["claim"] + "x"
    for other in (PREFIXES["claim"] + "x", CLAIM_VERSION + "x", CLAIM_VERSION + "a b.RAx", CLAIM_VERSION + "x>.RA"):
        assert claim_of_version(other) is None


def test_every_claim_of_the_graph_has_one_version(real_build: Build) -> None:
    """The build names one version for each claim, each another, and one for the dataset."""
    store = open_store(real_build.store)
    found = list(store.quads_for_pattern(None, None, None, ox.NamedNode(VERSIONS)))
    current = [quad for quad in found if quad.predicate.value.endswith("hasCurrentVersion")]
    of_class, claim = ox.NamedNode(PREFIXES["rdf"] + "type"), ox.NamedNode(BL + "Claim")
    claims_ = {quad.subject for quad in store.quads_for_pattern(None, of_class, claim, None)}
    assert {quad.subject for quad in current} == {*claims_, ox.NamedNode(about.IRI)}
    assert len({quad.object for quad in current}) == len(current) == len(claims_) + 1


# --- entries ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "family", "given", "initials"),
    [
        ("Kira Morachevskaya", "Morachevskaya", "Kira", "K."),
        ("M. S. Karpenko", "Karpenko", "M. S.", "M. S."),
        ("Oleg M. Roy", "Roy", "Oleg M.", "O. M."),
        ("D. L. Van Nijnatten", "Van Nijnatten", "D. L.", "D. L."),
        ("Y.-M. Davenel", "Davenel", "Y.-M.", "Y.-M."),
        ("Zh. S. Aubakirova", "Aubakirova", "Zh. S.", "Zh. S."),
        ("Кира Морачевская", "Морачевская", "Кира", "К."),
        ("Plato", "Plato", "", ""),
    ],
)
def test_names_of_persons(name: str, family: str, given: str, initials: str) -> None:
    """Given names are told from family names, with initials only, several words or one."""
    found = person(name)
    assert (found.family, found.given, found.initials) == (family, given, initials)


def test_language_of_a_text() -> None:
    """The first language that is there counts; a transliteration counts as the language if that is not there."""
    texts = [ox.Literal(tag, language=tag) for tag in ("en", "ru-latn", "de")]
    assert best(texts, ("ru", "en")) == "ru-latn"
    assert best([*texts, ox.Literal("ru", language="ru")], ("ru", "en")) == "ru"
    assert best(texts, ("kk", "en")) == "en"


def entry(kind: str, key: str = "k", **fields: Any) -> Entry:  # noqa: ANN401 - fields of several types
    """An entry with some fields."""
    made = Entry(key, kind)
    for name, value in fields.items():
        setattr(made, name, value)
    return made


ROE = Name("Roe", "Jane A.")
REFERENCES = [
    (entry("JournalArticle", authors=[ROE, Name("Ō", "Ž.")], year="2020", title="Coal", container="Dela", volume="53",
           issue="2", pages=["97", "110"], doi="10.1/x"),
     "Roe, J. A., & Ō, Ž. (2020). Coal. Dela, 53(2), 97–110. https://doi.org/10.1/x"),
    (entry("JournalArticle", authors=[ROE], year="2020", title="Why?", container="Dela", issue="7", number="E5"),
     "Roe, J. A. (2020). Why? Dela, (7), Article E5."),
    (entry("JournalArticle", authors=[ROE], accepted="2022-02", title="Soon"), "Roe, J. A. (in press). Soon."),
    (entry("Book", authors=[Name("Bank of X")], title="Coal", publisher="Bank of X"), "Bank of X. (n.d.). Coal."),
    (entry("Book", editors=[ROE], year="2017", title="Coal", publisher="P"), "Roe, J. A. (Ed.). (2017). Coal. P."),
    (entry("BookChapter", authors=[ROE], year="2017", title="Coal", container="Fuels", pages=["4"],
           editors=[Name("Doe", "B."), ROE], publisher="P"),
     "Roe, J. A. (2017). Coal. In B. Doe & J. A. Roe (Eds.), Fuels (p. 4). P."),
    (entry("Yearbook", year="2019", title="Regions", publisher="Office"), "Regions. (2019). Office."),
    (entry("WebPage", authors=[Name("Firm")], year="2019", title="Us", url="https://x.org/a", accessed="2019-11-02"),
     "Firm. (2019). Us. Retrieved November 2, 2019, from https://x.org/a"),
    (entry("Dataset", authors=[Name("Makers")], year="2026", title="KG", version="1", url="https://x.org/v"),
     "Makers. (2026). KG (Version 1) [Data set]. https://x.org/v"),
    (entry("Claim", authors=[Name("Makers")], year="2026", title="It is so.", version="1", container="KG",
           note="Stated in S, p. 5", url="https://x.org/v"),
     "Makers. (2026). It is so [Claim; stated in S, p. 5]. In KG (Version 1). https://x.org/v"),
    (entry("Book", authors=[Name(f"N{number}", "A.") for number in range(22)], year="1", title="T"),
     ", ".join(f"N{number}, A." for number in range(19)) + ", … N21, A. (1). T."),
]  # fmt: skip


@pytest.mark.parametrize(("cited", "text"), REFERENCES)
def test_reference_in_the_style_of_the_apa(cited: Entry, text: str) -> None:
    """Every kind of work, with bodies for authors, without authors, without a year, not yet in print."""
    assert apa([cited]) == text + "\n"


# --- formats ---------------------------------------------------------------------------------

HOSTILE = "100% of “coal” & {oil}: #1_a, $5 ~ ^2 \\end \"quoted\" {, 'уголь' @book{x, } and Ł"
_TEX_MARKS = {r"\textbackslash{}": "\\", r"\textbraceleft{}": "{", r"\textbraceright{}": "}",
              r"\textasciitilde{}": "~", r"\textasciicircum{}": "^"}  # fmt: skip


def from_tex(text: str) -> str:
    """A text as TeX prints it."""
    commands = "|".join(map(re.escape, _TEX_MARKS))
    return re.sub(rf"{commands}|\\([&%$#_])", lambda found: found[1] or _TEX_MARKS[found[0]], text)


def bibtex_title(text: str) -> str:
    """The title of a field that keeps its capitals."""
    assert text.startswith("{")
    assert text.endswith("}")
    return from_tex(text[1:-1])


def test_hostile_texts_in_every_format() -> None:
    """Marks that a format uses itself come back as they were given, and end no field."""
    cited = entry("Book", authors=[Name(HOSTILE), Name(HOSTILE, "A.")], title=HOSTILE, publisher=HOSTILE, year="2000")
    cited.url = "https://x.org/{a} b?c=%20&d_e"
    read = parse_string(bibtex([cited, entry("Book", "next", title="T")]), "bibtex").entries
    assert list(read) == ["k", "next"]
    assert bibtex_title(read["k"].fields["title"]) == HOSTILE
    assert from_tex(read["k"].fields["publisher"]) == HOSTILE
    assert read["k"].fields["url"] == "https://x.org/%7Ba%7D%20b?c=%20&d_e"
    assert len(read["k"].persons["author"]) == 2
    [first] = rispy.load(io.StringIO(ris([cited])))
    assert first["title"] == first["authors"][0] == HOSTILE
    assert json.loads(json.dumps(csl([cited])))[0]["title"] == HOSTILE


def test_a_line_break_starts_no_field() -> None:
    """A text of several lines stays one field."""
    cited = entry("Book", title="One\nER  - \nTY  - JOUR", year="2000")
    assert [it["title"] for it in rispy.load(io.StringIO(ris([cited])))] == ["One ER - TY - JOUR"]


# The types and the variables of CSL 1.0.2 that entries may use, with the type of the value (appendices III and IV).
CSL_TYPES = {"article-journal", "book", "chapter", "dataset", "entry", "legislation", "report", "webpage", "document"}
CSL_TEXTS = {
    "id", "type", "title", "container-title", "collection-title", "volume", "issue", "number", "page", "status",
    "publisher", "publisher-place", "version", "DOI", "URL", "language", "note",
}  # fmt: skip
CSL_NAMES = {"author", "editor"}
CSL_DATES = {"issued", "accessed"}


def assert_csl(item: dict[str, Any]) -> None:
    """An item has what the schema of CSL-JSON asks for, and nothing that it does not know."""
    assert {"id", "type"} <= item.keys() <= CSL_TEXTS | CSL_NAMES | CSL_DATES
    assert item["type"] in CSL_TYPES
    assert all(isinstance(item[name], str) and item[name] for name in CSL_TEXTS & item.keys())
    for name in CSL_NAMES & item.keys():
        assert item[name]
        assert all(set(it) in ({"literal"}, {"family"}, {"family", "given"}) for it in item[name])
    for name in CSL_DATES & item.keys():
        [[*parts]] = item[name]["date-parts"]
        assert len(parts) in (1, 3)
        assert all(isinstance(part, int) for part in parts)


def test_every_source_and_claim_in_every_format(real_build: Build) -> None:
    """Each work and claim of the graph is written so that other programs read the same title, authors and year."""
    store = open_store(real_build.store)

    def members(name: str) -> list[ox.NamedNode]:
        rows = ask_store(store, f"SELECT ?x WHERE {{ ?x a <{BL}{name}> }} ORDER BY ?x").rows()
        return [row[0] for row in rows if isinstance(row[0], ox.NamedNode)]

    cited = [*works(store, members("Source")), dataset(store)]
    cited += [it for it in claims(store, members("Claim")) if it.kind == "Claim"]
    assert len(cited) == len(members("Source")) + len(members("Claim")) + 1
    assert len({it.key for it in cited}) == len(cited)
    assert {it.kind for it in cited} <= set(KINDS)
    assert [it.key for it in cited if not it.title] == []
    assert len(apa(cited).splitlines()) == len(cited)

    read = parse_string(bibtex(cited), "bibtex").entries
    again = rispy.load(io.StringIO(ris(cited)))
    items = json.loads(json.dumps(csl(cited)))
    assert len(read) == len(again) == len(items) == len(cited)
    for it, record, item in zip(cited, again, items, strict=True):
        assert_csl(item)
        title = " ".join(it.title.split())
        families = [name.family for name in it.authors]
        mine = read[it.key]
        assert bibtex_title(mine.fields["title"]) == record["title"] == title == " ".join(item["title"].split())
        assert mine.fields.get("year", "") == record.get("year", "") == it.year
        assert mine.fields.get("doi", "") == record.get("doi", "") == item.get("DOI", "") == it.doi
        assert len(mine.persons.get("author", ())) == len(families)
        assert [name.partition(", ")[0] for name in record.get("authors", ())] == families
        assert [name.get("family") or name["literal"] for name in item.get("author", ())] == families


# --- the dataset -----------------------------------------------------------------------------


def test_what_is_said_of_the_dataset_is_said_once() -> None:
    """Package, ontology and licence file name the same makers, version, year and licence as citations do."""
    package = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert package["version"] == about.VERSION
    assert tuple(author["name"] for author in package["authors"]) == about.CREATORS
    assert about.LICENCE_NAME.replace(" ", "-").replace("CC-BY-4.0", "CC-BY-4.0") in package["license"]
    ontology = (ROOT / "ontology" / "borderlands.ttl").read_text("utf-8")
    assert f'dcterms:creator "{about.CREATORS[0]}"@en' in ontology
    assert f"dcterms:license <{about.LICENCE}>" in ontology
    assert f"version {about.VERSION}, {about.YEAR}." in ontology
    licence = (ROOT / "LICENSE-DATA").read_text("utf-8")
    assert about.LICENCE in licence
    assert about.LICENCE_NAME in licence
    assert about.TITLE in licence


# --- the command -----------------------------------------------------------------------------


def version_iri(folder: Path, thing: str) -> str:
    """The IRI that ends the last reference of a citation."""
    return kg(folder, "cite", thing).out.split()[-1]


def test_a_claim_is_found_by_its_version(folder: Path) -> None:
    """The version's IRI, whole or short, cites the claim; after a change it says so, and other claims keep theirs."""
    ore, places = (version_iri(folder, f"claim:report-{name}") for name in ("ore", "places"))
    cited = kg(folder, "cite", "claim:report-ore").out
    assert cited.startswith("A report. (2020).\nThe Borderlands KG developers. (2026). The ore of the Shore Mine goes")
    assert "[Claim; stated in report of 2020, sec. 2, “Shore Mine”]" in cited
    for given in (ore, f"<{ore}>", ore.replace(CLAIM_VERSION, "claim-version:")):
        assert kg(folder, "cite", given).out == cited
    change(folder, "data/claims/report.ttl", "goes to the Ford Mill", "goes to the mill")
    rebuild(folder)
    done = kg(folder, "cite", ore)
    assert (done.code, done.out) == (2, "")
    now = version_iri(folder, "claim:report-ore")
    assert done.err == (
        "kg: What claim:report-ore says has changed since that version.\n"
        f"  Now it is {now}: see `kg cite claim:report-ore`.\n"
    )
    assert version_iri(folder, "claim:report-places") == places


def test_the_dataset_and_its_version(folder: Path) -> None:
    """The word `dataset` cites the graph; a change of the data, not of the ontology, changes its version."""
    first = kg(folder, "cite", "dataset").out
    assert first.startswith(
        f"The Borderlands KG developers. (2026). Borderlands KG (Version {about.VERSION}) [Data set]."
    )
    iri = first.split()[-1]
    assert kg(folder, "cite", iri).out == kg(folder, "cite", f"{BASE}dataset").out == first
    change(folder, "ontology/terms.ttl", "that is traded, carried or processed", "that is traded or processed")
    rebuild(folder)
    assert kg(folder, "cite", iri).out == first
    change(folder, "data/places/places.ttl", '"Norland"@en', '"Northland"@en')
    rebuild(folder)
    done = kg(folder, "cite", iri)
    assert (done.code, done.err.split("\n")[0]) == (2, "kg: The dataset has changed since that version.")


def test_a_thing_is_cited_by_its_claims(folder: Path) -> None:
    """A name in any language leads to every claim about the thing, after the works that make them."""
    lines = kg(folder, "cite", "завод «Форд»").out.splitlines()
    assert lines == kg(folder, "cite", "facility:ford-mill").out.splitlines()
    assert [line.split(".")[0] for line in lines] == ["A report", *["The Borderlands KG developers"] * 2]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("claim-version:nothing.RAx",), "kg: The graph has no claim:nothing, and so no version of it.\n"),
        (("commodity:shore-ore",), "kg: No claim of a source is about commodity:shore-ore, so nobody can be cited"),
        (("claim-version:a b.RA>x",), "kg: There is no claim-version:a b.RA>x in the graph"),
        (("source:nothing",), "kg: There is no source:nothing in the graph"),
        (("source:report", "--lang", "x!"), "kg: “x!” is no language"),
    ],
)
def test_what_cannot_be_cited(small: Path, arguments: tuple[str, ...], message: str) -> None:
    """An unknown thing or version, and what no claim is about, are wrong use, with what to do."""
    done = kg(small, "cite", *arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(message)


def test_formats_of_the_command(small: Path) -> None:
    """Each format is the one that it is called."""
    assert list(parse_string(kg(small, "cite", "claim:report-ore", "--format", "bibtex").out, "bibtex").entries) == [
        "report", "report-ore",
    ]  # fmt: skip
    assert [it["id"] for it in json.loads(kg(small, "cite", "source:report", "--format", "csl-json").out)] == ["report"]
    assert len(rispy.load(io.StringIO(kg(small, "cite", "claim:report-ore", "--format", "ris").out))) == 2


def test_keys() -> None:
    """A key has no mark that a format would read as its own."""
    assert key_of(f"{BASE}id/source/a,b%20c") == "a-b-20c"
