"""The canned queries in the graph itself: SHACL executables that say what the headers say, and run."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from conftest import ROOT, change, kg, rebuild
from kg.catalogue import read_catalogue, read_query
from kg.executables import query_quads
from kg.files import Build
from kg.namespaces import BL, PREFIXES, QUERIES, QUERY
from kg.store import ask_store, open_store
from test_catalogue import GOOD, written

HEAD = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in ("bl", "query", "rdf", "sh", "skos", "schema"))


def asked(store: ox.Store, text: str) -> list[tuple[str, ...]]:
    """The rows of a query as texts."""
    return [tuple(str(getattr(term, "value", "")) for term in row) for row in ask_store(store, HEAD + text).rows()]


@pytest.fixture
def described(tmp_path: Path) -> ox.Store:
    """One query with a parameter of each kind, described."""
    text = GOOD.replace(
        "#+ columns:",
        '#+   trend: {type: iri, class: "voc:trend", example: "trend:mixed", help: "a trend"}\n#+ columns:',
    ).replace("  VALUES ?side", "  VALUES ?trend { <https://w3id.org/borderlands/voc/trend/mixed> }\n  VALUES ?side")
    entry = read_query(written(tmp_path, text), "queries/regions.rq")
    store = ox.Store()
    store.extend(query_quads({"regions": entry}))
    return store


def test_a_query_is_an_executable(described: ox.Store) -> None:
    """Question, kind, topic and text are told, the text without its header."""
    found = asked(described, "SELECT ?text ?topic { query:regions a sh:SPARQLSelectExecutable ; sh:select ?text ; "
                  "<http://purl.org/dc/terms/subject> ?topic }")  # fmt: skip
    assert found == [(GOOD[GOOD.index("PREFIX") :].replace(
        "  VALUES ?side", "  VALUES ?trend { <https://w3id.org/borderlands/voc/trend/mixed> }\n  VALUES ?side"
    ), "borderland and regions")]  # fmt: skip


def test_parameters_are_shapes(described: ox.Store) -> None:
    """Each parameter has its place, its variable as the path's local name, and whether it may be left out."""
    found = asked(described, "SELECT ?order ?name ?path ?optional { query:regions sh:parameter ?p . "
                  "?p a sh:Parameter ; sh:order ?order ; sh:name ?name ; sh:path ?path ; sh:optional ?optional } "
                  "ORDER BY ?order")  # fmt: skip
    path = QUERY + "parameter#"
    assert found == [
        ("1", "state", path + "state", "true"), ("2", "least", path + "least", "false"),
        ("3", "side", path + "side", "false"), ("4", "trend", path + "trend", "false"),
    ]  # fmt: skip


def test_limits_of_parameters(described: ox.Store) -> None:
    """Class, vocabulary, range and choices stand in SHACL's own words."""
    assert asked(described, 'SELECT ?c { ?p sh:name "state"@en ; sh:class ?c }') == [(BL + "State",)]
    scheme = 'SELECT ?v { ?p sh:name "trend"@en ; sh:property [ sh:path skos:inScheme ; sh:hasValue ?v ] }'
    assert asked(described, scheme) == [("https://w3id.org/borderlands/voc/trend",)]
    limits = 'SELECT ?least ?most { ?p sh:name "least"@en ; sh:minInclusive ?least ; sh:maxInclusive ?most }'
    assert asked(described, limits) == [("0", "100")]
    choices = 'SELECT ?x { ?p sh:name "side"@en ; sh:in/rdf:rest*/rdf:first ?x } ORDER BY ?x'
    assert asked(described, choices) == [("no",), ("yes",)]


def test_columns_and_units(described: ox.Store) -> None:
    """Each column has its place and its meaning, and its unit if it has one."""
    found = asked(described, "SELECT ?n ?words ?unit { query:regions schema:variableMeasured ?c . "
                  "?c schema:position ?n ; schema:description ?words . "
                  "OPTIONAL { ?c <http://qudt.org/schema/qudt/hasUnit> ?unit } } ORDER BY ?n")  # fmt: skip
    assert found == [("1", "the region", ""), ("2", "its share", PREFIXES["unit"] + "percent")]


def test_every_query_of_the_graph_runs(real_build: Build) -> None:
    """The graph describes each canned query, in both languages, with a text that runs as it stands."""
    store = open_store(real_build.store)
    found = asked(
        store,
        f"SELECT ?query ?text {{ GRAPH <{QUERIES}> {{ ?query a sh:SPARQLExecutable ; "
        "sh:select|sh:ask|sh:construct ?text } } ORDER BY ?query",
    )
    assert [query.removeprefix(QUERY) for query, _ in found] == sorted(real_build.catalogue())
    for _, text in found:
        answer = ask_store(store, text)
        assert answer.kind == "graph" or answer.columns
    comment = "<http://www.w3.org/2000/01/rdf-schema#comment>"
    spoken = asked(
        store,
        f"SELECT ?l (COUNT(*) AS ?n) {{ ?q a sh:SPARQLExecutable ; {comment} ?c BIND (LANG(?c) AS ?l) }} "
        "GROUP BY ?l ORDER BY ?l",
    )
    assert spoken == [("en", str(len(found))), ("ru", str(len(found)))]


def test_descriptions_are_a_graph_of_their_own(real_build: Build) -> None:
    """What the headers say is all of one graph, and that graph holds nothing else and no blank node."""
    quads = list(open_store(real_build.store))
    named = [quad for quad in quads if str(quad.subject).startswith(f"<{QUERY}")]
    graph = [quad for quad in quads if quad.graph_name == ox.NamedNode(QUERIES)]
    assert sorted(map(str, named)) == sorted(map(str, graph))
    assert sorted(map(str, set(query_quads(read_catalogue(ROOT))))) == sorted(map(str, graph))
    assert not any(isinstance(quad.object, ox.BlankNode) for quad in graph)


def test_the_counts_of_a_build_leave_queries_out(folder: Path) -> None:
    """A query more changes neither what is asserted nor what is inferred."""
    before = kg(folder, "build").out.partition(" violations")[0]
    rows = kg(folder, "export", "--asserted").out
    text = (folder / "queries" / "flows.rq").read_text("utf-8")
    (folder / "queries" / "flows-again.rq").write_text(text, "utf-8")
    assert kg(folder, "build").out.partition(" violations")[0] == before
    assert kg(folder, "export", "--asserted").out == rows
    assert "query/flows-again>" in kg(folder, "export", "--queries").out
    assert "query/flows-again>" in kg(folder, "export").out


def test_show_of_a_query(folder: Path) -> None:
    """A query is shown by its prefixed name, with its text in lines below each other."""
    change(folder, "queries/flows.rq", "What leaves a region?", "What goes out of a region?")
    rebuild(folder)
    done = kg(folder, "show", "query:flows")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("flows\nquery:flows, sh:SPARQLExecutable, sh:SPARQLSelectExecutable\n")
    assert "  … rdfs:comment: What goes out of a region?\n" in done.out
    assert "\n      SELECT DISTINCT ?flow ?from ?plant ?source ?locator\n      WHERE {\n" in done.out
