"""Which terms the data use, and which of them a query names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from kg.namespaces import BL, CHECKS, GRAPH, INFERRED, RDF, SKOS, expand
from kg.query import values_line

TYPE = ox.NamedNode(RDF + "type")
IN_SCHEME = SKOS + "inScheme"
# Facts and the entries of vocabularies; what the ontology says of itself is no use of its terms.
OF_DATA = (GRAPH + "data/", GRAPH + "ontology/vocab/")
# What a build adds: what follows, and the verdicts on statements.
BUILT = (CHECKS, INFERRED)
# All situations and all entries of vocabularies can be reached over these two: a query that goes over one of them is
# not about the value of a parameter in particular, if that may be anything.
OPEN = (BL + "participant", BL + "classifiedAs")
ANYTHING = (None, BL + "Concept", BL + "Entity")

_PREFIX = re.compile(r"^\s*PREFIX\b.*$", re.IGNORECASE | re.MULTILINE)
_NO_NAME = re.compile(r'"(?:[^"\\]|\\.)*"|#(?![^<>\s]*>).*')
_IRI = re.compile(r"<([^<>\s]*)>")
_NAME = re.compile(r"(?<![\w?$:-])([\w-]+:[\w-](?:[\w.-]*[\w-])?)")


@dataclass(frozen=True)
class Term:
    """A term in use.

    Attributes:
        iri: Its IRI.
        kind: class, property or entry.
    """

    iri: str
    kind: str

    def says(self, triple: ox.Triple | ox.Quad) -> bool:
        """Whether a triple is one of the term's: of a class a member, of a property a use, of an entry a mention."""
        if self.kind == "property":
            return triple.predicate.value == self.iri
        return triple.object == self.node and (triple.predicate == TYPE) == (self.kind == "class")

    @property
    def node(self) -> ox.NamedNode:
        """The term in a triple."""
        return ox.NamedNode(self.iri)


def terms_in_use(quads: Iterable[ox.Quad]) -> list[Term]:
    """The classes, properties and entries that facts, vocabularies or what a build adds to them use, sorted.

    Of what a build adds, only the project's own classes and properties count.
    """
    quads = list(quads)
    entries = {quad.subject for quad in quads if quad.predicate.value == IN_SCHEME}
    found = set()
    for quad in quads:
        graph = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
        if not graph.startswith((*OF_DATA, *BUILT)):
            continue
        own = BL if graph in BUILT else ""
        if quad.predicate != TYPE and quad.predicate.value.startswith(own):
            found.add(Term(quad.predicate.value, "property"))
        if not isinstance(quad.object, ox.NamedNode):
            continue
        if quad.predicate == TYPE and quad.object.value.startswith(own):
            found.add(Term(quad.object.value, "class"))
        elif quad.object in entries:
            found.add(Term(quad.object.value, "entry"))
    return sorted(found, key=lambda term: (term.kind, term.iri))


def names(text: str) -> set[str]:
    """The IRIs that a query names in its patterns; those of prefixes, texts and remarks do not count."""
    text = _NO_NAME.sub(" ", _PREFIX.sub("", text))
    named = {expand(name) for name in _NAME.findall(_IRI.sub(" ", text))}
    return {iri for iri in (*_IRI.findall(text), *named) if iri}


def own_names(text: str, parameters: Iterable[str]) -> set[str]:
    """The IRIs that a query names itself, whatever its parameters stand for."""
    for parameter in parameters:
        text = values_line(parameter).sub("", text)
    return names(text)
