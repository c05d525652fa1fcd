"""The SHACL engines: whichever judges the same triples by the same shapes, the report has the same results.

Both get the literals as the files write them: an engine that made 250.0 and 250.00 one value
before it judges would see another graph.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result

from kg.errors import UsageError
from kg.namespaces import XSD

VALIDATORS = ("turbo", "pyshacl")

Term = URIRef | BNode | Literal


def report(shapes: Iterable[ox.Triple], data: Iterable[ox.Triple], validator: str = "turbo") -> Graph:
    """The standard SHACL report (SHACL, section 3.6) on data as they stand, without inference.

    Args:
        shapes: The shapes graph.
        data: The data graph.
        validator: "turbo" for pyshacl-turbo, "pyshacl" for the reference.

    Raises:
        ValueError: The engine fails to judge; the message is its own.
        UsageError: The reference is not installed.
    """
    judge = _judge_by_reference if validator == "pyshacl" else _judge_by_turbo
    try:
        _, found, text = judge(shapes, data)
    except UsageError:
        raise
    except Exception as error:
        raise ValueError(str(error)) from error
    if not isinstance(found, Graph):
        raise ValueError(text)
    return found


def _judge_by_turbo(shapes: Iterable[ox.Triple], data: Iterable[ox.Triple]) -> tuple[bool, Any, str]:
    from pyshacl_turbo import compile_shapes
    from pyshacl_turbo.rdf import Input

    # Its other inputs go through graphs of rdflib, which takes thrice the time, or through a store of Oxigraph,
    # which makes 250.00 the same as 250.
    compiled = compile_shapes(Input(_text(shapes), "nt", None, {}, preserve_ids=True))
    answer: tuple[bool, Any, str] = compiled.validate(Input(_text(data), "nt", None, {}, preserve_ids=True))
    return answer


def _judge_by_reference(shapes: Iterable[ox.Triple], data: Iterable[ox.Triple]) -> tuple[bool, Any, str]:
    try:
        import pyshacl
    except ImportError as error:
        raise UsageError(
            "The reference for shapes is not installed.\n  pip install 'borderlands-kg[reference]'"
        ) from error
    judged = judged_graph(data)
    answer: tuple[bool, Any, str] = pyshacl.validate(
        judged, shacl_graph=judged_graph(shapes), inference="none", meta_shacl=False
    )
    return answer


def _text(triples: Iterable[ox.Triple]) -> str:
    return (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").decode()


class JudgedGraph(Graph):
    """A graph that parses each query once: pySHACL asks the same one anew for each focus node."""

    def __init__(self) -> None:
        super().__init__()
        self._prepared: dict[str, Query] = {}

    def query(self, query_object: str | Query, *args: Any, **kwargs: Any) -> Result:  # noqa: ANN401
        """As `Graph.query`, for queries that declare their prefixes themselves."""
        if isinstance(query_object, str):
            if query_object not in self._prepared:
                self._prepared[query_object] = prepareQuery(query_object)
            query_object = self._prepared[query_object]
        return super().query(query_object, *args, **kwargs)


def judged_graph(triples: Iterable[ox.Triple]) -> JudgedGraph:
    """The same triples as an rdflib graph for pySHACL."""
    graph = JudgedGraph()
    for triple in triples:
        graph.add(judged_triple(triple))
    return graph


def judged_triple(triple: ox.Triple) -> tuple[Term, URIRef, Term]:
    """A triple in the terms of rdflib, its literal as it is written."""
    return _term(triple.subject), URIRef(triple.predicate.value), _term(triple.object)


def _term(term: object) -> Term:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if not isinstance(term, ox.Literal):
        raise TypeError(term)
    if term.language is not None:
        return Literal(term.value, lang=term.language)
    plain = term.datatype.value == XSD + "string"
    return Literal(term.value, datatype=None if plain else URIRef(term.datatype.value), normalize=False)
