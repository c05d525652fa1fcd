"""Every term of the ontology says what it is, and something of the project uses it.

A term is used by a query, a shape, a check, a competency question, or a property chain from which a used term follows.
Mentions in comments, headers and messages do not count, and neither do the data: a fact needs a use as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, RDFS, SH, SKOS

ROOT = Path(__file__).resolve().parents[2]
BL = Namespace("https://w3id.org/borderlands/ont#")
ONTOLOGY = URIRef("https://w3id.org/borderlands/ont")
MENTIONS = {SH.message, RDFS.comment, RDFS.label, SH.name, SH.description}

PLANTED = """
PREFIX bl: <https://w3id.org/borderlands/ont#> # bl:InRemark
SELECT ?x WHERE { ?x a bl:InQuery ; bl:inPath/bl:inPathToo* "bl:inText" . FILTER (?x != <https://e.example/#bl:inIri>) }
"""


@cache
def ontology() -> Graph:
    """All modules of the ontology."""
    return parsed("ontology/*.ttl")


def parsed(pattern: str) -> Graph:
    """All Turtle files of a pattern as one graph."""
    graph = Graph()
    for path in sorted(ROOT.glob(pattern)):
        graph.parse(path, format="turtle")
    return graph


def ours(graph: Graph) -> set[str]:
    """The local names of the terms of the project that a graph describes."""
    return {str(term)[len(BL) :] for term in graph.subjects() if str(term).startswith(BL)}


def in_query(text: str) -> set[str]:
    """The local names of the terms that a query uses, those in remarks, texts and IRIs aside."""
    bare = re.sub(r"""<[^<>"{}|^`\\\s]*>|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|#.*""", " ", text)
    return set(re.findall(r"\bbl:(\w+)", bare))


def in_graph(graph: Graph) -> set[str]:
    """The local names of the terms that a graph uses, in its SPARQL constraints too and its messages aside."""
    found: set[str] = set()
    for triple in graph:
        if triple[1] in MENTIONS:
            continue
        found |= {str(term)[len(BL) :] for term in triple if isinstance(term, URIRef) and term in BL}
        if triple[1] in {SH.select, SH.ask} and isinstance(triple[2], Literal):
            found |= in_query(str(triple[2]))
    return found


def queries(pattern: str) -> Iterator[str]:
    """The text of every query of a pattern."""
    return (path.read_text(encoding="utf-8") for path in sorted(ROOT.glob(pattern)))


def with_chains(used: set[str], graph: Graph) -> set[str]:
    """The used terms, and all properties of the chains from which they follow, at any depth."""
    found, grown = used, True
    while grown:
        steps = {
            str(step)[len(BL) :]
            for derived, chain in graph.subject_objects(OWL.propertyChainAxiom)
            if str(derived)[len(BL) :] in found
            for step in Collection(graph, chain)
        }
        grown = not steps <= found
        found = found | steps
    return found


def used() -> set[str]:
    """The local names of all terms of which the project makes use."""
    patterns = ("queries/*.rq", "ontology/checks/*.rq", "tests/questions/*/*.rq")
    in_queries = {term for pattern in patterns for text in queries(pattern) for term in in_query(text)}
    # Every statement of such a graph is needed for its answer; tests/graph/test_questions.py holds that.
    in_graphs = in_graph(parsed("ontology/shapes/*.ttl")) | in_graph(parsed("tests/questions/complete/*.ttl"))
    return with_chains(in_queries | in_graphs, ontology())


def undescribed(graph: Graph) -> list[str]:
    """The terms that lack one label, one definition that is a sentence, or the ontology that defines them."""
    found = []
    for term in sorted(ours(graph)):
        labels, definitions = (list(graph.objects(BL[term], what)) for what in (RDFS.label, SKOS.definition))
        whole = (
            len(labels) == len(definitions) == 1
            and all(isinstance(text, Literal) and text.language == "en" for text in (*labels, *definitions))
            and re.fullmatch(r"[A-Z].*[^.]\.", str(definitions[0]), re.DOTALL)
            and list(graph.objects(BL[term], RDFS.isDefinedBy)) == [ONTOLOGY]
            and (BL[term], RDF.type, None) in graph
        )
        if not whole:
            found.append(term)
    return found


def test_every_term_is_described() -> None:
    """Each term has a type, one English label, one English definition and the ontology that defines it."""
    assert len(ours(ontology())) > 300
    assert undescribed(ontology()) == []


@pytest.mark.parametrize("predicate", [RDF.type, RDFS.label, SKOS.definition, RDFS.isDefinedBy])
def test_missing_description_is_seen(predicate: URIRef) -> None:
    """A term without one of the parts of its description is named."""
    planted = Graph().parse(
        data=f"""@prefix rdfs: <{RDFS}> .
        <{BL.Place}> a <{OWL.Class}> ; rdfs:label "place"@en ; <{SKOS.definition}> "A part of the world."@en ;
          rdfs:isDefinedBy <{ONTOLOGY}> .""",
        format="turtle",
    )
    assert undescribed(planted) == []
    planted.remove((BL.Place, predicate, None))
    planted.add((BL.Place, SKOS.scopeNote, Literal("A note.", lang="en")))
    assert undescribed(planted) == ["Place"]


def test_every_term_is_used() -> None:
    """No term is there for nothing: the use that is missing is a question in tests/questions/."""
    assert sorted(ours(ontology()) - used()) == []


def test_every_used_term_exists() -> None:
    """Nothing asks for a term that the ontology does not have."""
    assert sorted(used() - ours(ontology())) == []


def test_mention_is_no_use() -> None:
    """Terms in remarks, texts, IRIs and messages are not taken for uses; the steps of a chain are."""
    assert in_query(PLANTED) == {"InQuery", "inPath", "inPathToo"}
    graph = Graph().parse(
        data=f"""@prefix bl: <{BL}> . @prefix sh: <{SH}> . @prefix owl: <{OWL}> .
        bl:shape sh:message "Use bl:inMessage." ; sh:path bl:inShape ; sh:select "ASK {{ ?s bl:inSelect ?o }}" .
        bl:derived owl:propertyChainAxiom ( bl:first bl:second ) . bl:first owl:propertyChainAxiom ( bl:third ) .
        bl:other owl:propertyChainAxiom ( bl:unused ) .""",
        format="turtle",
    )
    assert {"inShape", "inSelect"} <= in_graph(graph)
    assert "inMessage" not in in_graph(graph)
    assert with_chains({"derived"}, graph) == {"derived", "first", "second", "third"}
