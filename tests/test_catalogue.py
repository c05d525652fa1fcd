"""The headers of canned queries: what is wrong with one is told with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import SMALL, kg
from kg.catalogue import read_catalogue, read_query
from kg.errors import DataError, UnreachableError
from kg.namespaces import BASE, BL
from kg.options import RESERVED
from kg.query import values_line

GOOD = """\
#+ summary: Regions
#+ question: Which regions are there?
#+ question-ru: Какие есть регионы?
#+ topic: borderland and regions
#+ tags: [region]
#+ competency: Which regions does a state have?
#+ entailment: none
#+ evidence: [region]
#+ closed: true
#+ closed-note: the list of regions is complete
#+ params:
#+   state: {type: iri, class: "bl:State", example: "state:russia", help: "a state", required: false}
#+   least: {type: number, min: 0, max: 100, example: 2.5, help: "the least share"}
#+   side: {type: choice, values: [no, yes], example: no, help: "whether it lies on the border"}
#+ columns:
#+   region: the region
#+   share: {means: its share, unit: percent}
PREFIX bl: <https://w3id.org/borderlands/ont#>
SELECT ?region ?share
WHERE {
  VALUES ?state { <https://w3id.org/borderlands/id/state/russia> }
  VALUES ?least { 2.5 }
  VALUES ?side { "no" }
  ?region bl:locatedIn ?state ;
          bl:gdpShare ?share .
}
ORDER BY DESC(?share) ?region
"""


def written(folder: Path, text: str, name: str = "regions.rq") -> Path:
    """A query file."""
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_good_query(tmp_path: Path) -> None:
    """A query becomes its header's fields, its kind and its text."""
    entry = read_query(written(tmp_path, GOOD), "queries/regions.rq", KNOWN)
    assert entry == {
        "summary": "Regions",
        "question": "Which regions are there?",
        "question-ru": "Какие есть регионы?",
        "topic": "borderland and regions",
        "tags": ["region"],
        "competency": "Which regions does a state have?",
        "entailment": "none",
        "columns": {"region": "the region", "share": "its share"},
        "units": {"share": "percent"},
        "evidence": ["region"],
        "closed": True,
        "closed-note": "the list of regions is complete",
        "params": {
            "state": {
                "type": "iri", "class": BL + "State", "example": "state:russia", "help": "a state", "required": False,
            },
            "least": {
                "type": "number", "min": "0", "max": "100", "example": "2.5", "help": "the least share",
                "required": True,
            },
            "side": {
                "type": "choice", "values": ["no", "yes"], "example": "no", "help": "whether it lies on the border",
                "required": True,
            },
        },
        "kind": "select",
        "text": GOOD,
    }  # fmt: skip


def test_catalogue_of_a_project() -> None:
    """The catalogue holds each query file by name, sorted."""
    assert list(read_catalogue(SMALL)) == ["flows", "named", "names-graph", "sources-since"]


KNOWN = {BL + "State", BASE + "voc/unit/percent", BASE + "voc/trend"}
STATE = 'type: iri, class: "bl:State", example: "state:russia"'
LEAST = "type: number, min: 0, max: 100, example: 2.5"
WRONG = [
    ("", "", ":1: a canned query begins with its header"),
    ("#+ summary", "# first\n#+ summary", ":1: a canned query begins with its header"),
    ("ORDER BY", "#+ late: yes\nORDER BY", ":27: the header's lines stand together, at the top."),
    ("[region]\n#+ competency", "[region\n#+ competency", ":6: the header is no YAML: "),
    ("summary: Regions", 'summary: "\\x01', "the header is no YAML: "),
    ("summary: Regions", "summary: \x01", ":1: the header is no YAML: "),
    ("summary: Regions", "summary: Regions: all", ":1: the header is no YAML: mapping values are not allowed here."),
    # Keys.
    ("#+ topic:", "#+ topc:", ":4: the header has the unknown key 'topc'; known: summary, question, question-ru"),
    ("#+ topic: borderland and regions\n", "", ":1: the header lacks topic."),
    ("#+ entailment: none\n", "#+ entailment: none\n#+ entailment: none\n", ":8: 'entailment' is given twice."),
    ("summary: Regions", "summary:", ":1: 'summary' is a line of text."),
    ("question: Which regions are there?", "question: [a]", ":2: 'question' is a line of text."),
    ("regions are there?", "regions there are.", ":2: 'question' is a question: it ends in a question mark."),
    ("regions does a state have?", "regions", ":6: 'competency' is a question: it ends in a question mark."),
    ("Какие есть регионы?", "Which are there?", ":3: 'question-ru' is in Russian."),
    ("Which regions are there?", "Какие есть регионы?", ":2: 'question' is in English."),
    ("borderland and regions", "places", ":4: 'topic' is one of: borderland and regions | chains and flows | "),
    ("tags: [region]", "tags: region", ":5: 'tags' is a list in brackets."),
    ("tags: [region]", "tags: []", ":5: 'tags' are words of small letters, digits and hyphens, at least one."),
    ("tags: [region]", "tags: [Region]", ":5: 'tags' are words of small letters"),
    ("tags: [region]", "tags: [a, b, a]", ":5: 'tags' has 'a' twice."),
    ("entailment: none", "entailment: rdfs", ":7: 'entailment' is one of: owl-rl | none."),
    # Evidence.
    ("evidence: [region]", "evidence: [regions]", ":8: 'evidence' names 'regions', which is no column."),
    ("evidence: [region]", "evidence: []", ":8: 'evidence' needs 'evidence-note': why."),
    ("evidence: [region]", "evidence: [region]\n#+ evidence-note: x", ":9: 'evidence-note' belongs to an empty list."),
    ("closed: true", "closed: yes", ":9: 'closed' is true or false."),
    ("closed: true", "closed: false", ":10: 'closed-note' belongs to closed: true."),
    ("#+ closed-note: the list of regions is complete\n", "", ":9: 'closed' needs 'closed-note': why."),
    # Parameters.
    ("#+ params:\n", "#+ params: [1]\n#+ closed:\n", ""),
    ("#+   state: {", "#+   2nd: {", ":12: '2nd' cannot be the name of a parameter."),
    ("#+   state: {", "#+   format: {", ":12: 'format' cannot be the name of a parameter."),
    ("#+   least: {", "#+   state: {", ":13: 'state' is given twice."),
    ('help: "a state"', 'hlp: "a state"', ":12: parameter 'state' has the unknown key 'hlp'; known: type, example"),
    (', help: "a state"', "", ":12: parameter 'state' lacks help."),
    (STATE, f"{STATE}, min: 3", ":12: parameter 'state' has the unknown key 'min'"),
    (STATE, 'example: "state:russia"', ":12: parameter 'state' lacks type."),
    ("type: iri", "type: region", ":12: 'type' is one of: iri | choice | integer | number | year | date | language"),
    ('"bl:State"', "State", ":12: the class of 'state' is a prefixed name such as bl:Region, or a vocabulary such as"),
    ('"bl:State"', "voc:trends", ":12: the class of 'state' is a prefixed name"),
    ('"bl:State"', "bl:Sate", ":12: the class of 'state' does not exist: bl:Sate."),
    ('"bl:State"', "voc:mode", ":12: the class of 'state' does not exist: <https://w3id.org/borderlands/voc/mode>."),
    ("required: false", "required: no", ":12: 'required' is true or false."),
    (LEAST, "type: number, min: 0, max: x, example: 2.5", ":13: 'max' of 'least' does not fit: “x” is no number"),
    (LEAST, "type: number, min: 9, max: 8, example: 2.5", ":13: 'min' of 'least' is above its 'max'."),
    (LEAST, "type: number, max: 2, example: 2.5", ":13: the example of 'least' does not fit: 2.5 is out of range"),
    (LEAST, "type: date, example: 2022-02-30", ":13: the example of 'least' does not fit: “2022-02-30” is no date"),
    ("values: [no, yes], ", "", ":14: parameter 'side' lacks values."),
    ("values: [no, yes]", "values: [no]", ":14: the values of 'side' are at least two, and differ not only in case."),
    ("values: [no, yes]", "values: [no, No]", ":14: the values of 'side' are at least two"),
    ("values: [no, yes]", "values: [y, n]", ":14: the example of 'side' does not fit: “no” is none of: y | n"),
    # Columns.
    ("#+   region: the", "#+   Region: the", ":16: 'Region' is no name of a column: small letters, digits"),
    ("#+   region: the region\n", "#+   region:\n", ":16: 'region' is a line of text."),
    (", unit: percent", "", ":17: column 'share' is a line of text, or {means: ..., unit: ...}."),
    ("unit: percent", "unit: parrots", ":17: the unit of 'share' does not exist: unit:parrots."),
    ("SELECT ?region ?share", "SELECT ?share ?region", ":15: the header explains the columns region, share, the query"),
    # Text.
    ("  VALUES ?state", "  VALUES ?stat", ":12: 'state' needs exactly one line `VALUES ?state { ... }` in the query."),
    ("  VALUES ?state {", "  VALUES ?state\n {", ":12: 'state' needs exactly one line"),
    ("  VALUES ?state", "  VALUES ?state { UNDEF }\n  VALUES ?state", ":12: 'state' needs exactly one line"),
    ("{ <https://w3id.org/borderlands/id/state/russia> }", "{ UNDEF }", ":12: the line `VALUES ?state { ... }` holds"),
    ("{ <https://w3id.org/borderlands/id/state/russia> }", '{ "x" }', "holds one value, an IRI, as --state will."),
    ("{ 2.5 }", "{ 2.5 3 }", ":13: the line `VALUES ?least { ... }` holds one value, a literal of xsd:decimal"),
    ("{ 2.5 }", "{ 2.5e0 }", "holds one value, a literal of xsd:decimal, as --least will."),
    ('{ "no" }', '{ "no"@en }', "holds one value, a literal of xsd:string, as --side will."),
    ("SELECT ?region ?share", "SELEC ?region", "regions.rq:19:"),
    ("ORDER BY DESC(?share) ?region", "", ":1: a canned SELECT has an ORDER BY over every column"),
    ("ORDER BY DESC(?share) ?region", "ORDER BY ?share", ":1: a canned SELECT has an ORDER BY over every column"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "said"), WRONG)
def test_wrong_headers(old: str, new: str, said: str, tmp_path: Path) -> None:
    """What is wrong with a header or a query is told with its line."""
    assert GOOD.count(old) == 1 or not old
    text = GOOD.replace(old, new) if old else ""
    with pytest.raises(DataError) as refused:
        read_query(written(tmp_path, text), "queries/regions.rq", KNOWN)
    assert str(refused.value).startswith("queries/regions.rq:")
    assert said in str(refused.value)


@pytest.mark.parametrize("name", ["Regions.rq", "re gions.rq", "регионы.rq", "a--b.rq", "-a.rq"])
def test_names_of_queries(name: str, tmp_path: Path) -> None:
    """The name of a query can be typed anywhere."""
    with pytest.raises(DataError, match="small letters, digits and hyphens"):
        read_query(written(tmp_path, GOOD, name), f"queries/{name}")


def test_query_that_cannot_be_read(tmp_path: Path) -> None:
    """A file that is gone or no text is told by name."""
    with pytest.raises(UnreachableError, match=r"^queries/regions\.rq cannot be read: No such file"):
        read_query(tmp_path / "regions.rq", "queries/regions.rq")
    (tmp_path / "regions.rq").write_bytes(b"#+ summary: \xff\n")
    with pytest.raises(DataError, match=r"^queries/regions\.rq is not UTF-8 text: byte 12 is not\."):
        read_query(tmp_path / "regions.rq", "queries/regions.rq")


def test_a_bad_query_stops_the_build(folder: Path) -> None:
    """A bad header is a fault of the project's files, also from the command line."""
    path = folder / "queries" / "flows.rq"
    path.write_text(path.read_text("utf-8").replace("#+ topic: chains and flows\n", ""), "utf-8")
    for name in ("build", "check"):
        done = kg(folder, name)
        assert (done.code, done.out) == (1, "")
        assert done.err == "kg: queries/flows.rq:1: the header lacks topic.\n"
    assert kg(folder, "query", "flows", "--region", "region:north-shore").code == 0


def test_an_example_is_tried_on_the_graph(folder: Path) -> None:
    """An example that the graph does not know, or that is of another class by what is inferred, stops the build."""
    path = folder / "queries" / "flows.rq"
    path.write_text(path.read_text("utf-8").replace('"facility:ford-mill"', '"region:ford"'), "utf-8")
    said = "queries/flows.rq:11: the example of 'plant' does not fit: There is no region:ford in the graph (for example"
    build, check = kg(folder, "build"), kg(folder, "check")
    assert (build.code, build.err.startswith(f"kg: {said}")) == (1, True)
    assert (check.code, check.out.startswith(said)) == (1, True)
    assert kg(folder, "query", "flows", "--region", "region:north-shore").code == 0


def test_no_parameter_takes_the_name_of_an_option(tmp_path: Path) -> None:
    """Each option of `kg query` is reserved."""
    for name in RESERVED:
        text = GOOD.replace("state: {", f"{name}: {{").replace("?state", f"?{name}")
        with pytest.raises(DataError, match="cannot be the name of a parameter"):
            read_query(written(tmp_path, text), "queries/regions.rq")


def test_values_line_is_one_whole_line() -> None:
    """Only a line of its own is taken for the value of a parameter."""
    lines = ("  VALUES ?x { 1 }", " VALUES ?xy { 1 }", " VALUES ?x { 1 } .", "# VALUES ?x { 1 }", "\tVALUES ?x { }")
    assert values_line("x").findall("\n".join(lines)) == ["  ", "\t"]
