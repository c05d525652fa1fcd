"""The graph for Python programs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import rdflib
from rdflib import Literal, URIRef

import kg
from conftest import ROOT, project_at
from kg.errors import KgError, OutOfTimeError, QueryError, UnreachableError, UsageError
from kg.files import Project
from kg.namespaces import BL, PREFIXES

ID = "https://w3id.org/borderlands/id/"


@pytest.fixture(scope="module")
def graph(small: Path) -> kg.Graph:
    """The small graph."""
    return kg.open(str(small))


def test_a_canned_query(graph: kg.Graph) -> None:
    """Rows are mappings from column to rdflib's terms; a value may be a name in any language."""
    assert graph.query("flows", region="Северобережная область") == [
        {
            "flow": URIRef(ID + "flow/ore"), "from": URIRef(ID + "facility/shore-mine"),
            "plant": URIRef(ID + "facility/ford-mill"), "source": URIRef(ID + "source/report"),
            "locator": URIRef(ID + "locator/report-2"),
        }
    ]  # fmt: skip


def test_numbers_and_texts_as_arguments(graph: kg.Graph) -> None:
    """A number may be given as one, and a text is taken letter for letter."""
    assert graph.query("sources-since", year=2020) == [{"source": URIRef(ID + "source/report"), "year": Literal(2020)}]
    assert graph.query("sources-since", year=2021) == []
    assert [row["name"] for row in graph.query("named", name="The Shore")] == [Literal("The Shore")] * 2


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("flow", {}, "There is no canned query 'flow'. Did you mean flows?"),
        ("flows", {}, "query 'flows' needs --region"),
        ("flows", {"regoin": "x"}, "query 'flows' has no parameter 'regoin'"),
        ("flows", {"region": "Norland"}, "query 'flows', --region: No region is called “Norland”"),
        ("flows", {"region": "\x00"}, "query 'flows', --region: No region is called “\x00”"),
        ("flows", {"region": "<a\x00b>"}, "query 'flows', --region: There is no <a\x00b> in the graph"),
        ("flows", {"region": "region:\ud800"}, "query 'flows', --region: There is no region:\ud800 in the graph"),
        ("sources-since", {"year": "2020 }"}, "query 'sources-since', --year: “2020 }” is no whole number"),
    ],
)
def test_wrong_arguments(name: str, given: dict[str, Any], said: str, graph: kg.Graph) -> None:
    """A wrong query, parameter or value raises the error that the command line prints."""
    with pytest.raises(UsageError) as refused:
        graph.query(name, **given)
    assert str(refused.value).startswith(said)


def test_a_text_with_every_character(graph: kg.Graph) -> None:
    """A text with control characters is a text."""
    for text in ("\x00", "a\nb", '"} UNION {', "\\u0022", "\u2028"):
        assert graph.query("named", name=text) == []


def test_queries(graph: kg.Graph) -> None:
    """The canned queries are listed with their questions."""
    assert graph.queries["flows"] == "What leaves a region?"
    assert sorted(graph.queries) == ["flows", "named", "names-graph", "sources-since"]


def test_sparql(graph: kg.Graph) -> None:
    """A SELECT gives rows, with None where there is no value; an ASK gives its truth."""
    text = f"SELECT ?r ?x {{ ?r a <{BL}Region> ; <{BL}formerName> ?n OPTIONAL {{ ?r <{BL}gloss> ?x }} }}"
    assert graph.sparql(text) == [{"r": URIRef(ID + "region/north-shore"), "x": None}]
    assert graph.sparql("ASK { ?s ?p ?o }") is True
    assert graph.sparql("ASK { ?s <http://e.example/p> ?o }") is False


def test_terms(graph: kg.Graph) -> None:
    """Literals keep their language and their datatype."""
    text = 'SELECT * { VALUES ?x { "a"@ru "a" 1 1.5 true <http://e.example/a> } }'
    rows = graph.sparql(text)
    assert isinstance(rows, list)
    assert [row["x"] for row in rows] == [
        Literal("a", lang="ru"), Literal("a"), Literal(1), Literal("1.5", datatype=rdflib.XSD.decimal), Literal(True),
        URIRef("http://e.example/a"),
    ]  # fmt: skip
    assert [type(row["x"]) for row in rows] == [Literal] * 5 + [URIRef]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT", "The query cannot be read: line 1, column"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "Only a SELECT has rows."),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> {} }", "SERVICE is refused"),
        ("DROP ALL", "This is an update"),
        ("{" * 300, "The query is nested more than 250 brackets deep."),
    ],
)
def test_sparql_that_is_refused(text: str, said: str, graph: kg.Graph) -> None:
    """What does not parse, is refused or gives no rows raises an error in words."""
    with pytest.raises(QueryError) as refused:
        graph.sparql(text)
    assert str(refused.value).startswith(said)


def test_long_chains(graph: kg.Graph) -> None:
    """A long chain of operators does not end the process here either."""
    assert graph.sparql("ASK { FILTER(" + "!" * 90_000 + "true) }") is True


def test_find(graph: kg.Graph) -> None:
    """Things are found by a name or what is like one, of any class or of the class named."""
    for text, match in (("icebound", "beginning"), ("Icebuond Coast", "like")):
        (it,) = graph.find(text)
        assert (it.iri, it.name, it.match) == (ID + "region/north-shore", "Icebound Coast", match)
    assert graph.find("icebound", "state") == []
    with pytest.raises(UsageError, match="No class is called “stat”"):
        graph.find("icebound", "stat")


def test_show(graph: kg.Graph) -> None:
    """All that is said about a thing, with who says so."""
    shown = graph.show("Shore Mine")
    assert (shown.iri, shown.title, shown.classes) == (ID + "facility/shore-mine", "Shore Mine", ["deposit"])
    assert [(item.predicate, item.value) for item in shown.statements if item.inferred and not item.backwards] == [
        ("has location", "location:shore-mine-in-north-shore"), ("located in", "Norland"),
        ("located in", "North Shore Region"),
    ]  # fmt: skip
    assert [claim.spots for claim in shown.evidence] == [
        ["report of 2020, sec. 2, “Shore Mine”"], ["report of 2020, sec. 1, “Norland”"],
    ]  # fmt: skip
    with pytest.raises(UsageError, match="No thing is called"):
        graph.show("nothing")


def test_label(graph: kg.Graph) -> None:
    """The English name of a thing, given as a term or an IRI."""
    assert graph.label(URIRef(ID + "region/north-shore")) == "North Shore Region"
    assert graph.label(ID + "state/norland") == "Norland"


def test_open_around_here(small: Path, graph: kg.Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a folder, the project around the current one is opened."""
    monkeypatch.chdir(small / "data" / "places")
    assert kg.open().queries == graph.queries


def test_open_what_is_not_there(tmp_path: Path, folder: Path) -> None:
    """A folder that is no project, or was never built, cannot be opened."""
    with pytest.raises(UnreachableError, match="is not a folder"):
        kg.open(str(tmp_path / "nowhere"))
    with pytest.raises(UnreachableError, match="has no folder ontology/"):
        kg.open(str(tmp_path))
    (folder / ".kg" / "current").unlink()
    with pytest.raises(UnreachableError, match="has not been built"):
        kg.open(str(folder))


def test_real_graph(real_project: Project) -> None:
    """The example of the package's own description runs."""
    graph = kg.open(real_project.root)
    rows = graph.query("regions-across-border", region="Orenburg Region")
    assert graph.label(str(rows[0]["neighbour"])) == "Aktobe Region"
    assert len(graph.queries) >= 8


def test_names_of_the_package() -> None:
    """`import kg` brings in nothing heavy, and the package has no name that it does not tell of."""
    code = "import kg, sys; assert 'rdflib' not in sys.modules; kg.open; assert 'rdflib' in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT.parent)
    with pytest.raises(AttributeError, match="module 'kg' has no attribute 'close'"):
        _ = kg.close


def test_every_error_is_one_of_ours() -> None:
    """A program catches all refusals with one name, and each knows its exit code."""
    codes = {kind.__name__: kind.exit_code for kind in (UsageError, QueryError, UnreachableError, OutOfTimeError)}
    assert codes == {"UsageError": 2, "QueryError": 2, "UnreachableError": 3, "OutOfTimeError": 4}
    assert issubclass(QueryError, UsageError)
    assert issubclass(UsageError, KgError)


def test_prefixes_are_whole(small: Path) -> None:
    """Each namespace ends where a local name begins, and no two prefixes share one."""
    assert all(namespace[-1] in "#/" for namespace in PREFIXES.values())
    assert len(set(PREFIXES.values())) == len(PREFIXES)
    assert project_at(small).files("data", ".ttl")


def test_a_parameter_that_is_a_word_of_python(real_project: Project) -> None:
    """It is given with an underscore at its end; others keep theirs, and are then unknown."""
    graph = kg.open(real_project.root)
    rows = graph.query("migration-flows", from_="Kazakhstan")
    assert rows
    assert len(rows) < len(graph.query("migration-flows"))
    with pytest.raises(UsageError, match="has no parameter 'to_'"):
        graph.query("migration-flows", to_="Russia")


def test_labels_of_all_that_a_row_may_hold(graph: kg.Graph) -> None:
    """A thing by term, IRI or prefixed name, a literal, a text that is no IRI, and no value."""
    values = [
        URIRef(ID + "facility/ford-mill"),
        ID + "facility/ford-mill",
        "facility:ford-mill",
        Literal(5),
        "a b",
        None,
    ]
    assert [graph.label(value) for value in values] == ["Ford Mill"] * 3 + ["5", "a b", ""]


def test_what_is_found_can_be_read(graph: kg.Graph) -> None:
    """What `find` and `show` give tells a person what it is; a question is explained as on the command line."""
    assert repr(graph.find("Ford Mill")[0]) == "<facility:ford-mill, “Ford Mill”, exact 1.00>"
    assert repr(graph.show("Ford Mill")) == "<facility:ford-mill, “Ford Mill”, processing plant>"
    assert "  --region  " in graph.explain("flows")
    with pytest.raises(UsageError, match="Did you mean flows"):
        graph.explain("flow")


def test_a_citation(graph: kg.Graph) -> None:
    """The citation of the command line, in each of its formats; another one is refused."""
    assert graph.cite("source:report") == "A report. (2020).\n"
    assert graph.cite("report of 2020", format="bibtex").startswith("@article{report,\n")
    with pytest.raises(UsageError, match="no format “html”; a citation is written as text, bibtex, ris, csl-json"):
        graph.cite("dataset", format="html")
