"""The canned queries as triples, so that the graph can list its own questions.

Each header becomes an executable of SHACL (`sh:SPARQLSelectExecutable` with `sh:select`, and its like; W3C
Recommendation of 2017, the vocabulary in appendix A) with one `sh:Parameter` for each parameter. The text is
the whole query with its prologue, so that it needs no `sh:prefixes`. The build makes these triples; they are no
facts, and stand in a graph of their own. Columns are `schema:PropertyValue`, since SHACL has no word for them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pyoxigraph as ox

from kg.namespaces import BASE, PREFIXES, QUERIES, QUERY, RDF, RDFS, SH, SKOS, XSD
from kg.parameters import DATATYPES

_GRAPH = ox.NamedNode(QUERIES)
_SCHEMA, _TERMS = PREFIXES["schema"], PREFIXES["dcterms"]
_TYPE = RDF + "type"
_EXECUTABLES = {
    "select": ("SPARQLSelectExecutable", "select"),
    "ask": ("SPARQLAskExecutable", "ask"),
    "graph": ("SPARQLConstructExecutable", "construct"),
}

Triple = tuple[ox.NamedNode, str, ox.NamedNode | ox.Literal]


def query_quads(catalogue: Mapping[str, dict[str, Any]]) -> list[ox.Quad]:
    """All canned queries as quads of the graph `QUERIES`, without blank nodes."""
    triples = (triple for name, entry in catalogue.items() for triple in _query(name, entry))
    return [ox.Quad(subject, ox.NamedNode(predicate), value, _GRAPH) for subject, predicate, value in triples]


def _query(name: str, entry: dict[str, Any]) -> Iterator[Triple]:
    query = ox.NamedNode(QUERY + name)
    kind, text_of = _EXECUTABLES[entry["kind"]]
    for of_class in ("SPARQLExecutable", kind):
        yield query, _TYPE, ox.NamedNode(SH + of_class)
    yield query, RDFS + "label", _words(name)
    yield query, RDFS + "comment", _words(entry["question"])
    yield query, RDFS + "comment", _words(entry["question-ru"], "ru")
    yield query, SKOS + "definition", _words(entry["summary"])
    yield query, SKOS + "scopeNote", _words(entry["competency"])
    # A heading of a fixed list, so without a language.
    yield query, _TERMS + "subject", ox.Literal(entry["topic"])
    for tag in entry["tags"]:
        yield query, _SCHEMA + "keywords", _words(tag)
    yield query, SH + text_of, ox.Literal(_without_header(entry["text"]))
    for number, (key, parameter) in enumerate(entry["params"].items(), 1):
        node = ox.NamedNode(f"{query.value}#parameter-{key}")
        yield query, SH + "parameter", node
        yield from _parameter(node, number, key, parameter)
    for number, (column, meaning) in enumerate(entry["columns"].items(), 1):
        node = ox.NamedNode(f"{query.value}#column-{column}")
        yield query, _SCHEMA + "variableMeasured", node
        yield from _column(node, number, column, meaning, entry["units"].get(column))


def _parameter(node: ox.NamedNode, number: int, key: str, parameter: dict[str, Any]) -> Iterator[Triple]:
    yield node, _TYPE, ox.NamedNode(SH + "Parameter")
    yield node, RDFS + "label", _words(key)
    # The variable is the local name of the path (section 6.2.1 of SHACL).
    yield node, SH + "path", ox.NamedNode(f"{QUERY}parameter#{key}")
    yield node, SH + "name", _words(key)
    yield node, SH + "description", _words(parameter["help"])
    yield node, SH + "order", _number(number)
    yield node, SH + "optional", ox.Literal(not parameter["required"])
    yield node, SKOS + "example", ox.Literal(parameter["example"])
    kind = parameter["type"]
    if kind == "iri":
        yield node, SH + "nodeKind", ox.NamedNode(SH + "IRI")
        yield from _belonging(node, parameter.get("class"))
    else:
        yield node, SH + "datatype", ox.NamedNode(DATATYPES[kind])
    for bound, limit in (("min", "minInclusive"), ("max", "maxInclusive")):
        if bound in parameter:
            yield node, SH + limit, ox.Literal(parameter[bound], datatype=ox.NamedNode(DATATYPES[kind]))
    if kind == "choice":
        yield from _list(node, parameter["values"])


def _belonging(node: ox.NamedNode, of_class: str | None) -> Iterator[Triple]:
    """What a value must be: a member of a class, or an entry of a vocabulary."""
    if of_class is None:
        return
    if not of_class.startswith(BASE + "voc/"):
        yield node, SH + "class", ox.NamedNode(of_class)
        return
    scheme = ox.NamedNode(f"{node.value}-vocabulary")
    yield node, SH + "property", scheme
    yield scheme, _TYPE, ox.NamedNode(SH + "PropertyShape")
    yield scheme, SH + "path", ox.NamedNode(SKOS + "inScheme")
    yield scheme, SH + "hasValue", ox.NamedNode(of_class)


def _list(node: ox.NamedNode, choices: list[str]) -> Iterator[Triple]:
    """The choices as an RDF list, whose nodes have names so that an export is the same every time."""
    cells = [ox.NamedNode(f"{node.value}-choice-{number}") for number in range(1, len(choices) + 1)]
    yield node, SH + "in", cells[0]
    for cell, choice, rest in zip(cells, choices, [*cells[1:], ox.NamedNode(RDF + "nil")], strict=True):
        yield cell, RDF + "first", ox.Literal(choice)
        yield cell, RDF + "rest", rest


def _column(node: ox.NamedNode, number: int, column: str, meaning: str, unit: str | None) -> Iterator[Triple]:
    yield node, _TYPE, ox.NamedNode(_SCHEMA + "PropertyValue")
    yield node, RDFS + "label", _words(column)
    yield node, _SCHEMA + "description", _words(meaning)
    yield node, _SCHEMA + "position", _number(number)
    if unit is not None:
        yield node, PREFIXES["qudt"] + "hasUnit", ox.NamedNode(PREFIXES["unit"] + unit)


def _words(text: str, language: str = "en") -> ox.Literal:
    return ox.Literal(text, language=language)


def _number(number: int) -> ox.Literal:
    return ox.Literal(str(number), datatype=ox.NamedNode(XSD + "integer"))


def _without_header(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if not line.startswith("#+"))
