"""The reference engine: the same stored graph, asked through rdflib."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import rdflib
from rdflib.plugins import sparql
from rdflib.query import Result
from rdflib.term import Identifier, Node

from kg.errors import QueryError
from kg.store import RESULT_FORMATS, Answer, guard

if TYPE_CHECKING:
    from kg.store import Row, Term

# FROM names a graph of this dataset; rdflib would else fetch it from the web or the disk.
sparql.SPARQL_LOAD_GRAPHS = False


class ReferenceAnswer(Answer):
    """An answer of rdflib with the interface of the embedded store's."""

    __slots__ = ("_rdflib",)

    def __init__(self, result: Result) -> None:
        self._rdflib = result
        self.kind = {"SELECT": "select", "ASK": "ask"}.get(result.type, "graph")
        self.columns = [str(variable) for variable in result.vars or []]

    def rows(self) -> list[Row]:
        """The rows of a SELECT."""
        variables = self._rdflib.vars or []
        return [
            tuple(None if (term := row.get(variable)) is None else to_oxigraph(term) for variable in variables)
            for row in self._rdflib.bindings
        ]

    def truth(self) -> bool:
        """The answer of an ASK."""
        return bool(self._rdflib.askAnswer)

    def triples(self) -> list[ox.Triple]:
        """The triples of a CONSTRUCT or DESCRIBE."""
        graph = self._rdflib.graph or rdflib.Graph()
        content = graph.serialize(format="nt", encoding="utf-8")
        return sorted({quad.triple for quad in ox.parse(content, format=ox.RdfFormat.N_TRIPLES)}, key=str)

    def serialize(self, form: str) -> bytes:
        """A SELECT or an ASK in a W3C results format; rdflib writes not all of them, so it writes one."""
        if self.kind == "graph":
            return super().serialize(form)
        content = self._rdflib.serialize(format="json") or b""
        read = ox.parse_query_results(content, format=ox.QueryResultsFormat.JSON)
        return read.serialize(format=RESULT_FORMATS[form]) or b""


def reference_dataset(store: ox.Store) -> rdflib.Dataset:
    """The whole store as an rdflib dataset whose default graph is the union of all."""
    dataset = rdflib.Dataset(default_union=True)
    content = store.dump(format=ox.RdfFormat.N_QUADS)
    dataset.parse(data=content, format="nquads")
    return dataset


def ask_reference(dataset: rdflib.Dataset, text: str, prefixes: dict[str, str] | None = None) -> ReferenceAnswer:
    """Run a query in rdflib; `prefixes` are known to it undeclared.

    Raises:
        QueryError: The text does not parse or asks for what is refused.
    """
    guard(text)
    try:
        return ReferenceAnswer(dataset.query(text, initNs=prefixes or {}))
    except Exception as error:
        raise QueryError(f"rdflib cannot run the query: {error}") from error


def to_oxigraph(term: Node) -> Term:
    """An rdflib term as the embedded store's."""
    if isinstance(term, rdflib.URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, rdflib.BNode):
        return ox.BlankNode(str(term))
    if isinstance(term, rdflib.Literal):
        if term.language:
            return ox.Literal(str(term), language=term.language)
        return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype or rdflib.XSD.string)))
    raise QueryError(f"rdflib gave a term of an unknown kind: {term!r}")


def to_rdflib(term: Term) -> Identifier:
    """A term of the embedded store as rdflib's."""
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        is_text = term.datatype.value == str(rdflib.XSD.string)
        return rdflib.Literal(term.value, datatype=None if is_text else rdflib.URIRef(term.datatype.value))
    raise QueryError(f"a triple term cannot be given to rdflib: {term}")
