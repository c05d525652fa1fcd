"""Values that try to break out of their place: whatever a user writes, a canned query stays the query that it is.

Each value of the battery is tried for each parameter of each canned query. It is refused, or it is one term
in the one line of the query that holds it; every other byte stays, and both engines read that term and no other.
"""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue

from conftest import ROOT, SMALL
from kg.catalogue import read_catalogue
from kg.errors import QueryError, UsageError
from kg.files import Build
from kg.parameters import TYPES, term
from kg.query import bind, values_line
from kg.reference import ReferenceAnswer, ask_reference, reference_dataset
from kg.store import Answer, ask_store, open_store

if TYPE_CHECKING:
    from kg.store import Row

CATALOGUE = read_catalogue(ROOT)
PARAMETERS = [(name, key) for name, entry in CATALOGUE.items() for key in entry["params"]]
TEXTS = [(name, key) for name, key in PARAMETERS if CATALOGUE[name]["params"][key]["type"] == "text"]
THING = "https://w3id.org/borderlands/id/region/orenburg"
# A text that no name holds, as the battery's measure of what a harmless one gives.
HARMLESS = "zzqzz"

# What ends the value, its line or its group, and goes on with a query.
SYNTAX = [
    '"', "'", '"""', "'''", "{", "}", "}}", "{{?s ?p ?o}}", "<", ">", "()", "[]", ".", ";", ",", "#", "# ", "\\",
    "\\\\", '\\"', '"} UNION {', '" } UNION { ?s ?p ?o } #', "' } UNION { ?s ?p ?o } #", '"""} UNION { ?s ?p ?o } #',
    '" } } #', "} UNION {", "}\n UNION { ?s ?p ?o", ") } UNION { ?s ?p ?o } #", "1) UNION (2", "/* */", "--", "-- x",
    '"@en } #', '"@en', '"^^<http://www.w3.org/2001/XMLSchema#string> } #', "^^xsd:string", '" "', '"x" "y"', "UNDEF",
    "NULL", "?thing", "$thing", "?s ?p ?o", "%7D", "%22", "${x}", "{0}", "{{ x }}", "%s", "$(id)", "`id`",
]  # fmt: skip
KEYWORDS = [
    "SELECT * WHERE { ?s ?p ?o }", "x } } ; DROP ALL #", "INSERT DATA { <a> <b> <c> }", "x } ; CLEAR ALL ; {",
    "} SERVICE <http://example.org/> { ?s ?p ?o", "FROM <http://example.org/>", "} GRAPH ?g { ?s ?p ?o",
    "BIND (1 AS ?x)", "VALUES ?x { 1 }", "} VALUES ?x { 1 } {", "FILTER (true)", "} FILTER (1 = 1) {", "} OPTIONAL {",
    "} MINUS {", "} ORDER BY ?x LIMIT 0 #", "BASE <http://example.org/>", "PREFIX bl: <http://example.org/>", "a",
    "true", "false",
]  # fmt: skip
IRIS = [
    "<>", "<x>", "< x >", f"<{THING}> <{THING}>", f"<{THING}", f"{THING}>", f"<{THING}> }} UNION {{ ?s ?p ?o }} #",
    f"<{THING} >", f"{THING} ", f"{THING}#x", f"<{THING}\\u003e>", f"<{THING}\n>", "http://example.org/a b",
    "http://example.org/{x}", "http://example.org/\"x\"", "http://example.org/<x>", "http://example.org/`|^\\",
    "javascript:alert(1)", "file:///etc/passwd", "urn:x", "_:b", "bl:", ":x", "region:orenburg region:omsk",
    "region:orenburg }\nVALUES ?state { UNDEF", "region:orenburg\t}", "region:..", "region:%7D", "region:a;b",
    "bl:Region",
]  # fmt: skip
CHARACTERS = [
    "\x00", "a\x00b", "\x01\x02\x08", "\x0b", "\x0c", "\x1b[31mred", "\x7f", "\x85", "\t", "a\tb", "\n", "a\nb",
    "a\r\nb", "\r", "a\rb", "\n}\n#", "\u2028} UNION {", "\u2029", "\ufeff", "\u200b", "\u00a0", "\u202eabc",
    "\u2066a\u2069", "\u200f", "\ud800", "a\udfffb", "\ufffe", "\U0001f600", "e\u0301", "Ё", "é", "ﬁ", "İ", "ß",
    "İi̇",
]  # fmt: skip
ESCAPES = [
    "\\u0022", "\\u0022 } #", "\\\\u0022 } #", "\\\\\\u0022 } #", "\\U00000022 } #", "\\u007d",
    "\\u007D UNION \\u007B", "\\u000a}", "\\n", "\\r\\n", "\\t", "\\'", "\\x22", "\\u", "\\U", "\\u00", "\\uD800",
    "\\UFFFFFFFF", "&quot;", "&#34;",
]  # fmt: skip
NUMBERS = [
    "1 } #", "1.5.5", "1e400", "-1e-400", "NaN", "INF", "-INF", "0x10", "1_000", "１２", "٣", "1" * 40, "--1", "+-1",
    "1,5", "2020 2021", "2020 } UNION {", "2020\n}", "2020-13-45", "2020-02-30", "2020-02-29T00:00:00Z", "0000-00-00",
    "20200", "''",
]  # fmt: skip
LANGUAGES = [
    "en } #", 'en" } #', "@en", "en-", "-en", "en--ru", "en_US", "*", "x-private", "e", "en\n", "EN-" + "a" * 60,
]  # fmt: skip
LONG = ["x" * 500, '"' * 500, "{" * 500, "\\" * 500, "} UNION { " * 90, "x" * 5_000, '" } UNION {' * 20_000]
BATTERY = ["", " ", *SYNTAX, *KEYWORDS, *IRIS, *CHARACTERS, *ESCAPES, *NUMBERS, *LANGUAGES, *LONG]


@pytest.fixture(scope="module")
def store(real_build: Build) -> ox.Store:
    """The real graph in memory, so that a test can add what it compares with."""
    store = ox.Store()
    store.bulk_extend(open_store(real_build.store))
    return store


def bound(store: ox.Store, catalogue: dict[str, dict[str, Any]], name: str, key: str, value: str) -> str:
    """The text of a query with a value for one parameter and examples for the others that it needs."""
    others = {other: item["example"] for other, item in catalogue[name]["params"].items() if item["required"]}
    return bind(store, catalogue, name, {**others, key: value})


TAKEN: dict[tuple[str, ...], list[str]] = {}


def taken(store: ox.Store, parameter: dict[str, Any]) -> list[str]:
    """The values of the battery that a parameter takes; found once for parameters that are alike."""
    limits = () if parameter["type"] == "iri" else ("values", "min", "max")
    alike = tuple(str(parameter.get(key)) for key in ("type", "class", *limits))
    if alike not in TAKEN:
        TAKEN[alike] = []
        for value in BATTERY:
            with contextlib.suppress(UsageError):
                term(store, parameter, value)
                TAKEN[alike].append(value)
    return TAKEN[alike]


def rows_of(store: ox.Store, text: str) -> list[Row] | None:
    """The rows of a query; None if it is refused, as one is that has hundreds of brackets within a text."""
    try:
        answer = ask_store(store, text)
    except QueryError:
        return None
    return answer.rows() if answer.kind == "select" else []


def around(text: str, key: str) -> list[str]:
    """What stands before and after the one line that holds a parameter's value, byte for byte."""
    lines = list(values_line(key).finditer(text)) or list(re.finditer(rf"^ *VALUES \?{key} \{{.*\}}$", text, re.M))
    assert len(lines) == 1
    return [text[: lines[0].start()], text[lines[0].end() :]]


def read_by_both(line: str) -> list[object]:
    """The rows of a line VALUES alone, by each engine's parser."""
    query = f"SELECT * WHERE {{\n{line}\n}}"
    return [Answer(ox.Store().query(query)).rows(), ReferenceAnswer(rdflib.Graph().query(query)).rows()]


def alike(one: Any, other: Any, value: rdflib.term.Identifier) -> bool:  # noqa: ANN401 - rdflib's algebra
    """Whether two algebras of rdflib differ only in that one has the value where the other has the harmless text."""
    if type(one) is not type(other):
        return False
    if isinstance(one, CompValue) and one.name != other.name:
        return False
    if isinstance(one, dict):
        one, other = list(one.items()), list(other.items())
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(alike(mine, its, value) for mine, its in zip(one, other, strict=True))
    if isinstance(one, rdflib.Literal) and str(one) == HARMLESS:
        return bool(other == value)
    # Blank nodes are new at each reading, and so are functions that were made for an operator.
    return isinstance(one, rdflib.BNode) or callable(one) or bool(one == other)


def rows_from_data(store: ox.Store, text: str, key: str, value: ox.NamedNode | ox.Literal) -> list[Row] | None:
    """The rows of a query for a value that stands in the data, and never in the text of the query."""
    before, after = around(text, key)
    probe = ox.Quad(ox.NamedNode("urn:probe"), ox.NamedNode("urn:value"), value, ox.NamedNode("urn:probes"))
    store.add(probe)
    try:
        return rows_of(store, f"{before}  <urn:probe> <urn:value> ?{key} .{after}")
    finally:
        store.remove(probe)


@pytest.mark.parametrize(("name", "key"), PARAMETERS)
def test_no_value_changes_a_query(name: str, key: str, store: ox.Store) -> None:
    """A value is refused, or is one term in its line, for both engines; no other byte and no row changes.

    The rows for it are those that the query gives for the same term out of the data.
    """
    parameter = CATALOGUE[name]["params"][key]
    good = taken(store, parameter)
    for value in [value for value in BATTERY if value not in good][::20]:
        with pytest.raises(UsageError, match=f"^query '{name}', --{key}: "):
            bound(store, CATALOGUE, name, key, value)
    original = bound(store, CATALOGUE, name, key, parameter["example"])
    changed = []
    for value in good:
        text, expected = bound(store, CATALOGUE, name, key, value), term(store, parameter, value)
        before, after = around(text, key)
        line = text[len(before) : len(text) - len(after)]
        assert [before, after] == around(original, key)
        assert "\n" not in line
        assert read_by_both(line) == [[(expected,)], [(expected,)]]
        rows = rows_of(store, text)
        if rows is not None and rows != rows_from_data(store, text, key, expected):
            changed.append(value)
    assert len(changed) == 0, changed


@pytest.mark.parametrize(("name", "key"), TEXTS)
def test_no_text_changes_what_rdflib_reads(name: str, key: str, store: ox.Store) -> None:
    """In the reference engine, too, a query with a hard text is the query with a harmless one, but for that text."""
    harmless = bound(store, CATALOGUE, name, key, HARMLESS)
    expected = prepareQuery(harmless).algebra
    other = harmless.replace("ORDER BY", "LIMIT 1 #")
    assert not alike(expected, prepareQuery(other).algebra, rdflib.Literal(HARMLESS))
    for value in taken(store, CATALOGUE[name]["params"][key]):
        if set(value) & set('"\\\r\n\t{}#') and len(value) < 100:
            found = prepareQuery(bound(store, CATALOGUE, name, key, value)).algebra
            assert alike(expected, found, rdflib.Literal(value)), value


def test_rows_in_both_engines() -> None:
    """Each engine gives the rows for a text as it stands: what bears that name, letter for letter, and nothing else."""
    catalogue, store = read_catalogue(SMALL), ox.Store()
    names = taken(store, catalogue["named"]["params"]["name"])
    label, graph = ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel"), ox.NamedNode("urn:names")
    things = [ox.NamedNode(f"urn:thing:{number}") for number, _ in enumerate(names)]
    store.extend(ox.Quad(thing, label, ox.Literal(name), graph) for thing, name in zip(things, names, strict=True))
    dataset = reference_dataset(store)
    refused = []
    for thing, name in zip(things, names, strict=True):
        text = bound(store, catalogue, "named", "name", name)
        if rows_of(store, text) is None:
            refused.append(name)
            continue
        assert rows_of(store, text) == [(thing, ox.Literal(name))]
        assert ask_reference(dataset, text).rows() == [(thing, ox.Literal(name))]
    assert refused == ["{" * 500]


@pytest.mark.parametrize("kind", TYPES)
def test_what_each_type_takes_of_the_battery(kind: str, store: ox.Store) -> None:
    """A type that is not text takes nothing of the battery but what is right by chance: a class, a tag, a year."""
    parameter = {"type": kind, "example": "x", "values": ["border", "inland"], "min": "1", "max": "3000"}
    expected = {"iri": ["bl:Region"], "language": ["en\n"]}
    found = taken(store, parameter)
    if kind == "text":
        assert set(BATTERY) - set(found) == {"", "\ud800", "a\udfffb", "x" * 5_000, '" } UNION {' * 20_000}
    else:
        assert found == expected.get(kind, [])
