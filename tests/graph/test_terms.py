"""Every term of the ontology says what it is, and something of the project uses it; each rule can fail."""

from __future__ import annotations

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SH, SKOS

from conftest import ROOT, project_at
from kg.dataset import read_dataset
from kg.guards import read_questions
from kg.guards.ontology import ontology_graph, project_uses
from kg.guards.terms import CHECKS, in_graph, in_query, ours, undescribed, unknown, unused, with_chains
from kg.namespaces import BL, ONTOLOGY

PLACE = URIRef(BL + "Place")

PLANTED = """
PREFIX bl: <https://w3id.org/borderlands/ont#> # bl:InRemark
SELECT ?x WHERE { ?x a bl:InQuery ; bl:inPath/bl:inPathToo* "bl:inText" . FILTER (?x != <https://e.example/#bl:inIri>) }
"""


def terms(*names: str) -> set[str]:
    """The IRIs of terms of ours."""
    return {BL + name for name in names}


@pytest.mark.parametrize("rule", CHECKS)
def test_every_term_passes(rule: str) -> None:
    """Each term is described and used, and nothing asks for one that the ontology does not have."""
    project, dataset = project_at(ROOT), read_dataset(project_at(ROOT))
    modules = ontology_graph(dataset, modules_alone=True)
    assert len(ours(modules)) > 300
    assert CHECKS[rule](modules, project_uses(project, dataset, read_questions(project), modules)) == []


@pytest.mark.parametrize("predicate", [RDF.type, RDFS.label, SKOS.definition, RDFS.isDefinedBy])
def test_missing_description_is_seen(predicate: URIRef) -> None:
    """A term without one of the parts of its description is named."""
    planted = Graph().parse(
        data=f"""@prefix rdfs: <{RDFS}> .
        <{PLACE}> a <{OWL.Class}> ; rdfs:label "place"@en ; <{SKOS.definition}> "A part of the world."@en ;
          rdfs:isDefinedBy <{ONTOLOGY}> .""",
        format="turtle",
    )
    assert undescribed(planted, set()) == []
    planted.remove((PLACE, predicate, None))
    planted.add((PLACE, SKOS.scopeNote, Literal("A note.", lang="en")))
    assert undescribed(planted, set()) == [BL + "Place"]


def test_idle_and_unknown_terms_are_seen() -> None:
    """A term that nothing uses is named, and a use of a term that is not there."""
    planted = Graph().add((PLACE, RDF.type, OWL.Class))
    assert (unused(planted, terms("Place")), unknown(planted, terms("Place"))) == ([], [])
    assert (unused(planted, terms("Plaec")), unknown(planted, terms("Plaec"))) == ([BL + "Place"], [BL + "Plaec"])


def test_mention_is_no_use() -> None:
    """Terms in remarks, texts, IRIs and messages are not taken for uses; the steps of a chain are."""
    assert in_query(PLANTED) == terms("InQuery", "inPath", "inPathToo")
    graph = Graph().parse(
        data=f"""@prefix bl: <{BL}> . @prefix sh: <{SH}> . @prefix owl: <{OWL}> .
        bl:shape sh:message "Use bl:inMessage." ; sh:path bl:inShape ; sh:select "ASK {{ ?s bl:inSelect ?o }}" .
        bl:derived owl:propertyChainAxiom ( bl:first bl:second ) . bl:first owl:propertyChainAxiom ( bl:third ) .
        bl:other owl:propertyChainAxiom ( bl:unused ) .""",
        format="turtle",
    )
    assert terms("inShape", "inSelect") <= in_graph(graph)
    assert BL + "inMessage" not in in_graph(graph)
    assert with_chains(terms("derived"), graph) == terms("derived", "first", "second", "third")
