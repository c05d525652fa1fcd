"""A project's files, closed: where each asserted triple stands, and which claims state it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

import pyoxigraph as ox

from kg.answer.grounds import Ground, claims_of
from kg.dataset import Dataset, graph_iri, read_dataset
from kg.errors import UsageError
from kg.files import Project
from kg.names import TYPE, resolve, resolve_class, suggestion
from kg.namespaces import BL, INFERRED, OWL, RDF, RDFS, XSD, expand
from kg.reason import Closure, close, publishable

_STATED_IN, _SUPPORTS = ox.NamedNode(BL + "statedIn"), ox.NamedNode(BL + "supports")
_AUTHORED = ox.NamedNode(BL + "authoredSource")
_DOMAIN, _RANGE = ox.NamedNode(RDFS + "domain"), ox.NamedNode(RDFS + "range")
_PROPERTIES = (OWL + "ObjectProperty", OWL + "DatatypeProperty")
_BEING_A = ("a", "is a", "type", "rdf:type", RDF + "type", f"<{RDF}type>")


@dataclass(frozen=True)
class Grounds:
    """What the files of a project say and what follows.

    Attributes:
        dataset: The files.
        closure: What follows from them.
        store: Both, what follows in a graph of its own.
        homes: Each asserted triple with the file in which it stands.
    """

    dataset: Dataset
    closure: Closure
    store: ox.Store
    homes: dict[ox.Triple, str]

    def where(self, triple: ox.Triple) -> str:
        """`file:line` of an asserted triple; the file alone where the line cannot be told."""
        path = self.homes[triple]
        if isinstance(triple.subject, ox.BlankNode):
            return path
        value = triple.object if isinstance(triple.object, (ox.NamedNode, ox.Literal)) else None
        subject = str(getattr(triple.subject, "value", ""))
        return f"{path}:{self.dataset.documents[path].positions.line_of(subject, triple.predicate, value)}"

    def claims(self, triple: ox.Triple) -> list[Ground]:
        """The claims that state an asserted triple: its subject if that is one, else those that support it.

        A situation may be the object as well. What is no situation, such as an entry of a list of references, is stated
        by the claims about it, an authorship by those about the work. What class a thing has is told by no claim.
        """
        if self._found(triple.subject, _STATED_IN):
            return [Ground(self.store, triple.subject)]  # type: ignore[arg-type]
        for end in (triple.subject, triple.object):
            if isinstance(end, ox.NamedNode):
                claims = {quad.subject for quad in self.store.quads_for_pattern(None, _SUPPORTS, end, None)}
                if claims:
                    return [Ground(self.store, claim) for claim in sorted(claims, key=str)]  # type: ignore[arg-type]
        if triple.predicate == TYPE or not isinstance(triple.object, ox.NamedNode):
            return []
        works = (quad.object for quad in self.store.quads_for_pattern(triple.subject, _AUTHORED, None, None))
        for thing in (triple.subject, *works):
            about = claims_of(self.store, thing)  # type: ignore[arg-type]
            if about:
                return [Ground(self.store, claim) for claim in about]
        return []

    def triple(self, subject: str, predicate: str, value: str) -> ox.Triple:
        """The triple that a person means by three IRIs, prefixed names or labels.

        A label that fits several things means the one that the predicate's domain or range has.

        Raises:
            UsageError: A name fits nothing, or several things.
        """
        link = self._predicate(predicate)
        start = self._thing(subject, link, _DOMAIN)
        if link == TYPE:
            return ox.Triple(start, link, ox.NamedNode(resolve_class(self.store, value)))
        if self._is_of_values(link):
            return ox.Triple(start, link, self._literal(start, link, value))
        return ox.Triple(start, link, self._thing(value, link, _RANGE))

    def _predicate(self, text: str) -> ox.NamedNode:
        if text.lower() in _BEING_A:
            return TYPE
        used = {quad.predicate for quad in self.store}
        for iri in (BL + text, expand(text), text.removeprefix("<").removesuffix(">")):
            try:
                node = ox.NamedNode(iri or "")
            except ValueError:
                continue
            if node in used or self._found(node, TYPE):
                return node
        for kind in _PROPERTIES:
            with suppress(UsageError):
                return resolve(self.store, text, kind)
        near = suggestion(self.store, text, _PROPERTIES[0])
        raise UsageError(f"No property is called “{text}” (for example bl:locatedIn, or “located in”).{near}")

    def _thing(self, text: str, link: ox.NamedNode, end: ox.NamedNode) -> ox.NamedNode:
        try:
            return resolve(self.store, text)
        except UsageError:
            for kind in self._found(link, end):
                if isinstance(kind, ox.NamedNode):
                    return resolve(self.store, text, kind.value)
            raise

    def _is_of_values(self, link: ox.NamedNode) -> bool:
        if ox.NamedNode(_PROPERTIES[1]) in self._found(link, TYPE):
            return True
        quad = next(self.store.quads_for_pattern(None, link, None, None), None)
        return quad is not None and isinstance(quad.object, ox.Literal)

    def _literal(self, start: ox.NamedNode, link: ox.NamedNode, text: str) -> ox.Literal:
        for value in sorted(self._found(start, link), key=str):
            if isinstance(value, ox.Literal) and value.value == text:
                return value
        for kind in self._found(link, _RANGE):
            if isinstance(kind, ox.NamedNode) and kind.value.startswith(XSD):
                return ox.Literal(text, datatype=kind)
        return ox.Literal(text)

    def _found(self, thing: object, predicate: ox.NamedNode) -> list[object]:
        if isinstance(thing, (ox.NamedNode, ox.BlankNode)):
            return [quad.object for quad in self.store.quads_for_pattern(thing, predicate, None, None)]
        return []


def read_grounds(project: Project) -> Grounds:
    """Read and close the files of a project as they are now.

    Raises:
        DataError: A file cannot be read as what it should be.
    """
    dataset = read_dataset(project)
    homes = {triple: path for path, document in dataset.documents.items() for triple in document.triples}
    closure = close(homes)
    store = ox.Store()
    graphs = {path: ox.NamedNode(graph_iri(path)) for path in dataset.documents}
    store.bulk_extend(
        ox.Quad(triple.subject, triple.predicate, triple.object, graphs[path]) for triple, path in homes.items()
    )
    inferred = ox.NamedNode(INFERRED)
    store.bulk_extend(
        ox.Quad(triple.subject, triple.predicate, triple.object, inferred)
        for triple in closure.inferred
        if publishable(triple)
    )
    return Grounds(dataset, closure, store, homes)
