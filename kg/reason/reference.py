"""The reference: the same closure by owlrl over rdflib, slow and independent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.reason.facts import Term

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Identifier, Node

# owlrl writes the contradictions that it finds into the graph, as texts under this namespace.
_ERRORS = "http://www.daml.org/2002/03/agents/agent-ont#"


def close_with_owlrl(triples: Iterable[Triple]) -> set[Triple]:
    """The new triples of owlrl's closure, trivial ones among them, without what is beyond RDF.

    Its errors stay in, so that nothing is hidden: `is_trivial` names what
    this package leaves out, and the tests name where owlrl departs from the
    rules.
    """
    asserted = set(triples)
    graph = _expanded(asserted)
    return {
        triple
        for subject, predicate, value in graph
        if (triple := _triple(subject, predicate, value)) is not None and triple not in asserted
    }


def clashes_of_owlrl(triples: Iterable[Triple]) -> list[str]:
    """The contradictions that owlrl finds, in its words."""
    from rdflib import URIRef

    return sorted(str(text) for text in _expanded(triples).objects(None, URIRef(_ERRORS + "error")))


def _expanded(triples: Iterable[Triple]) -> Graph:
    # Imported only here: no other part of the package needs rdflib in order to reason.
    from owlrl import DeductiveClosure, OWLRL_Semantics
    from rdflib import Graph

    graph = Graph()
    for subject, predicate, value in triples:
        graph.add((_to_rdflib(subject), _to_rdflib(predicate), _to_rdflib(value)))
    DeductiveClosure(OWLRL_Semantics).expand(graph)
    return graph


def _to_rdflib(term: Term) -> Identifier:
    from rdflib import BNode, URIRef
    from rdflib import Literal as RdflibLiteral

    if isinstance(term, NamedNode):
        return URIRef(term.value)
    if isinstance(term, BlankNode):
        return BNode(term.value)
    if isinstance(term, Literal):
        datatype = None if term.language else URIRef(term.datatype.value)
        # Else rdflib rewrites 01 as 1, and the literal would not be found again.
        return RdflibLiteral(term.value, lang=term.language, datatype=datatype, normalize=False)
    raise TypeError(f"rdflib has no triple terms: {term}")


def _triple(subject: Node, predicate: Node, value: Node) -> Triple | None:
    """A triple of rdflib's; None if its subject is a literal or it tells of an error."""
    start, link, end = _from_rdflib(subject), _from_rdflib(predicate), _from_rdflib(value)
    if isinstance(start, Literal) or not isinstance(link, NamedNode):
        return None
    if link.value.startswith(_ERRORS) or (isinstance(end, NamedNode) and end.value.startswith(_ERRORS)):
        return None
    return Triple(start, link, end)


def _from_rdflib(term: Node) -> NamedNode | BlankNode | Literal:
    from rdflib import BNode, URIRef
    from rdflib import Literal as RdflibLiteral

    if isinstance(term, RdflibLiteral):
        if term.language:
            return Literal(str(term), language=term.language)
        return Literal(str(term), datatype=NamedNode(term.datatype)) if term.datatype else Literal(str(term))
    return BlankNode(str(term)) if isinstance(term, BNode) else NamedNode(str(URIRef(str(term))))
