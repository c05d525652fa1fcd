"""Every term of the ontology says what it is, and something of the project uses it.

A term is used by a query, a shape, a check, a competency question, or a property chain from which a used term follows.
Mentions in comments, headers and messages do not count, and neither do the data: a fact needs a use as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from rdflib import Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, RDFS, SH, SKOS

from kg.namespaces import BL, ONTOLOGY

MENTIONS = {SH.message, RDFS.comment, RDFS.label, SH.name, SH.description}
_NO_USE = re.compile(r"""<[^<>"{}|^`\\\s]*>|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|#.*""")
_TERM = re.compile(r"\bbl:(\w+)")


def ours(graph: Graph) -> set[str]:
    """The IRIs of the terms of the project that a graph describes."""
    return {str(term) for term in graph.subjects() if str(term).startswith(BL)}


def in_query(text: str) -> set[str]:
    """The IRIs of the terms that a query uses, those in remarks, texts and IRIs aside."""
    return {BL + name for name in _TERM.findall(_NO_USE.sub(" ", text))}


def in_graph(graph: Graph) -> set[str]:
    """The IRIs of the terms that a graph uses, in its SPARQL constraints too and its messages aside."""
    found: set[str] = set()
    for triple in graph:
        if triple[1] in MENTIONS:
            continue
        found |= {str(term) for term in triple if isinstance(term, URIRef) and term.startswith(BL)}
        if triple[1] in {SH.select, SH.ask} and isinstance(triple[2], Literal):
            found |= in_query(str(triple[2]))
    return found


def with_chains(used: set[str], graph: Graph) -> set[str]:
    """The used terms, and all properties of the chains from which they follow, at any depth."""
    chains = [(str(derived), chain) for derived, chain in graph.subject_objects(OWL.propertyChainAxiom)]
    found, grown = used, True
    while grown:
        steps = {str(step) for derived, chain in chains if derived in found for step in Collection(graph, chain)}
        grown = not steps <= found
        found = found | steps
    return found


def used_terms(ontology: Graph, queries: Iterable[str], graphs: Iterable[Graph]) -> set[str]:
    """The IRIs of all terms of which a project makes use.

    Args:
        ontology: Its modules, for the chains.
        queries: The texts of its queries, checks and questions.
        graphs: Its shapes, and the graphs of the questions that must be answered with yes: of such a graph every
            statement is needed for the answer.
    """
    in_queries = {term for text in queries for term in in_query(text)}
    return with_chains(in_queries.union(*map(in_graph, graphs)), ontology)


def described(graph: Graph, term: str) -> bool:
    """Whether a term has a type, one label, one definition that is a sentence, and the ontology that defines it."""
    iri = URIRef(term)
    labels, definitions = (list(graph.objects(iri, what)) for what in (RDFS.label, SKOS.definition))
    return (
        len(labels) == len(definitions) == 1
        and all(isinstance(text, Literal) and text.language == "en" for text in (*labels, *definitions))
        and re.fullmatch(r"[A-Z].*[^.]\.", str(definitions[0]), re.DOTALL) is not None
        and list(graph.objects(iri, RDFS.isDefinedBy)) == [URIRef(ONTOLOGY)]
        and (iri, RDF.type, None) in graph
    )


def undescribed(graph: Graph, used: set[str]) -> list[str]:
    """A term has a type, one English label, one English definition that is a sentence, and rdfs:isDefinedBy."""
    return sorted(term for term in ours(graph) if not described(graph, term))


def unused(graph: Graph, used: set[str]) -> list[str]:
    """A term is used by a query, a shape, a check or a competency question in ontology/questions/."""
    return sorted(ours(graph) - used)


def unknown(graph: Graph, used: set[str]) -> list[str]:
    """A query, a shape, a check or a question asks only for terms that the ontology has."""
    return sorted(used - ours(graph))


CHECKS: dict[str, Callable[[Graph, set[str]], list[str]]] = {
    "description": undescribed,
    "use": unused,
    "existence": unknown,
}
