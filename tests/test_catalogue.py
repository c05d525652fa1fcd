"""The headers of canned queries: what is wrong with one is told with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import SMALL, kg
from kg.catalogue import read_catalogue, read_query
from kg.errors import DataError, UnreachableError
from kg.namespaces import BL
from kg.options import RESERVED
from kg.query import values_line

GOOD = """\
#+ summary: Regions
#+ question: Which regions are there?
#+ topic: places
#+ tags: [region]
#+ entailment: none
#+ params:
#+   state: {type: iri, class: "bl:State", example: "state:russia", help: "a state"}
#+ columns:
#+   region: the region
PREFIX bl: <https://w3id.org/borderlands/ont#>
SELECT ?region
WHERE {
  VALUES ?state { <https://w3id.org/borderlands/id/state/russia> }
  ?region bl:locatedIn ?state .
}
ORDER BY ?region
"""


def written(folder: Path, text: str, name: str = "regions.rq") -> Path:
    """A query file."""
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_good_query(tmp_path: Path) -> None:
    """A query becomes its header's fields, its kind and its text."""
    entry = read_query(written(tmp_path, GOOD), "queries/regions.rq")
    assert entry["text"] == GOOD
    assert entry["kind"] == "select"
    assert entry["columns"] == {"region": "the region"}
    assert entry["params"]["state"]["class"] == BL + "State"


def test_catalogue_of_a_project() -> None:
    """The catalogue holds each query file by name, sorted."""
    assert list(read_catalogue(SMALL)) == ["flows", "named", "names-graph", "sources-since"]


WRONG = [
    ("", "", "regions.rq:1: a canned query begins with its header"),
    ("#+ summary", "# first\n#+ summary", ":1: a canned query begins with its header"),
    ("ORDER BY", "#+ late: yes\nORDER BY", ":16: the header's lines stand together, at the top."),
    ("topic: places", "topic: [places", ":4: the header is no YAML: "),
    ("summary: Regions", 'summary: "\\x01', "the header is no YAML: "),
    ("summary: Regions", "summary: \x01", "the header is no YAML: "),
    ("topic: places", "topc: places", ":3: unknown key 'topc'; known: columns, entailment"),
    ("#+ topic: places\n", "", ":1: the header lacks topic."),
    ("topic: places", "topic: ''", ":3: 'topic' is a line of text."),
    ("question: Which regions are there?", "question: [a]", ":2: 'question' is a line of text."),
    ("entailment: none", "entailment: rdfs", ":5: 'entailment' is owl-rl or none."),
    ("#+   state: {", "#+   2nd: {", ":7: '2nd' cannot be the name of a parameter."),
    ("#+   state: {", "#+   format: {", ":7: 'format' cannot be the name of a parameter."),
    ('help: "a state"', 'hlp: "a state"', ":7: parameter 'state' needs type, example and help."),
    ('help: "a state"', 'help: "a state", size: 3', ":7: parameter 'state' has unknown keys: size."),
    ("type: iri", "type: region", ":7: the type of 'state' is one of integer, iri, text."),
    ("bl:State", "State", ":7: the class of 'state' is a prefixed name such as bl:Region."),
    ("#+ params:\n", "#+ params: [1]\n#+ x:\n", ""),
    ("  VALUES ?state", "  VALUES ?stat", ":7: 'state' needs exactly one line `VALUES ?state { ... }` in the query."),
    ("  VALUES ?state {", "  VALUES ?state\n {", ":7: 'state' needs exactly one line"),
    ("  VALUES ?state", "  VALUES ?state { UNDEF }\n  VALUES ?state", ":7: 'state' needs exactly one line"),
    ("SELECT ?region\n", "SELECT ?region ?x\n", ":8: the header explains the columns region, the query gives"),
    ("SELECT ?region\n", "SELEC ?region\n", "regions.rq:11:"),
    ("ORDER BY ?region", "", ":1: a canned SELECT has an ORDER BY that fixes the order completely."),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "said"), WRONG)
def test_wrong_headers(old: str, new: str, said: str, tmp_path: Path) -> None:
    """What is wrong with a header or a query is told with its line."""
    assert GOOD.count(old) == 1 or not old
    text = GOOD.replace(old, new) if old else ""
    with pytest.raises(DataError) as refused:
        read_query(written(tmp_path, text), "queries/regions.rq")
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
    path.write_text(path.read_text("utf-8").replace("#+ topic: flows\n", ""), "utf-8")
    for name in ("build", "check"):
        done = kg(folder, name)
        assert (done.code, done.out) == (1, "")
        assert done.err == "kg: queries/flows.rq:1: the header lacks topic.\n"
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
