"""The merged ontology before the OOPS! catalogue: nothing that a program can see, but for what is waived with a reason.

Each function of kg/guards/pitfalls.py is shown a planted ontology with its pitfall, and one without.
"""

from __future__ import annotations

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import OWL, RDF

from conftest import ROOT, project_at
from kg.dataset import read_dataset
from kg.guards.ontology import ontology_graph
from kg.guards.pitfalls import PITFALLS, local
from kg.guards.waivers import read_waivers
from kg.namespaces import BL, shorten

# By pitfall: why no program can judge it from the files alone.
NOT_JUDGED: dict[str, str] = {
    "P01": "That one name is used in two senses shows only to those who know both senses.",
    "P09": "Which domain knowledge is missing is known to the domain, not to the file; the questions of "
    "ontology/questions/ and the facts of the sources are the measure of it.",
    "P14": "Whether all values or some were meant is in the author's mind; the ontology has no such restriction.",
    "P15": "Whether 'some not' or 'not some' was meant is in the author's mind; the ontology has no complement.",
    "P16": "Whether a class could be defined and not only described is a question of meaning.",
    "P17": "Whether a class should have been an individual is a question of meaning.",
    "P18": "Whether a domain or range is too narrow shows in facts that do not fit; `kg check` meets those.",
    "P23": "Whether a property repeats what a datatype of the language offers is a question of meaning.",
    "P37": "Whether the ontology is on the Web cannot be asked without the Web.",
}

CLEAN = f"""
@prefix bl: <{BL}> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix vann: <http://purl.org/vocab/vann/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <https://e.example/> .
<https://e.example/ont> a owl:Ontology ; vann:preferredNamespaceUri "{BL}" ; dcterms:license :licence .
dcterms:license a owl:AnnotationProperty . skos:definition a owl:AnnotationProperty .
vann:preferredNamespaceUri a owl:AnnotationProperty .
bl:Thing a owl:Class ; rdfs:label "thing" ; skos:definition "Anything there is." .
bl:Plant a owl:Class ; rdfs:label "plant" ; skos:definition "A thing that makes goods." ; rdfs:subClassOf bl:Thing .
bl:Region a owl:Class ; rdfs:label "region" ; skos:definition "A thing that is a part of a state." ;
  rdfs:subClassOf bl:Thing ; owl:disjointWith bl:Plant .
bl:lies a owl:ObjectProperty ; rdfs:label "lies" ; skos:definition "Relates a plant to its region." ;
  rdfs:domain bl:Plant ; rdfs:range bl:Region ; owl:inverseOf bl:holds .
bl:holds a owl:ObjectProperty ; rdfs:label "holds" ; skos:definition "Relates a region to a plant in it." ;
  rdfs:domain bl:Region ; rdfs:range bl:Plant .
"""

# By pitfall: what is added to the clean ontology, and what must then be found.
PLANTED: dict[str, tuple[str, list[str]]] = {
    "P02": ("bl:Works a owl:Class ; owl:equivalentClass bl:Plant .", ["Works"]),
    "P03": ("bl:isA a owl:ObjectProperty .", ["isA"]),
    "P04": ("bl:Lonely a owl:Class . bl:near a owl:ObjectProperty .", ["Lonely", "near"]),
    "P05": ("bl:near a owl:ObjectProperty ; rdfs:domain bl:Plant ; owl:inverseOf bl:lies .", ["near"]),
    "P06": ("bl:Thing rdfs:subClassOf bl:Plant .", ["Plant", "Thing"]),
    "P07": ("bl:PlantOrMine a owl:Class .", ["PlantOrMine"]),
    "P08": ('bl:Mill a owl:Class ; rdfs:label "mill" . :near a owl:ObjectProperty .', ["Mill", "near"]),
    "P10": ("bl:Mill a owl:Class ; rdfs:subClassOf bl:Thing .", ["Mill"]),
    "P11": ("bl:near a owl:ObjectProperty ; rdfs:domain bl:Plant .", ["near"]),
    "P12": ('bl:belongs a owl:ObjectProperty ; skos:altLabel "Lies" .', ["belongs"]),
    "P13": ("bl:near a owl:ObjectProperty . bl:by a owl:ObjectProperty, owl:SymmetricProperty .", ["near"]),
    "P19": ("bl:lies rdfs:range bl:Plant .", ["lies"]),
    "P20": ('bl:Thing rdfs:label "It is anything there is." . bl:Mill skos:definition "Mill." .', ["Mill", "Thing"]),
    "P21": ("bl:OtherPlant a owl:Class .", ["OtherPlant"]),
    "P22": ("bl:steel_mill a owl:Class . bl:Near a owl:ObjectProperty .", ["Near", "steel_mill"]),
    "P24": (
        "bl:near a owl:ObjectProperty ; owl:propertyChainAxiom ( bl:lies bl:near ) ."
        'bl:Mill a owl:Class ; rdfs:label "mill" ; skos:definition "A mill that grinds grain." .',
        ["Mill", "near"],
    ),
    "P25": ("bl:near owl:inverseOf bl:near .", ["near"]),
    "P26": ("bl:lies a owl:SymmetricProperty .", ["lies"]),
    "P27": ("bl:lies owl:equivalentProperty bl:holds .", ["lies"]),
    "P28": ("bl:lies a owl:SymmetricProperty .", ["lies"]),
    "P29": ("bl:lies a owl:TransitiveProperty .", ["lies"]),
    "P30": (":Region a owl:Class .", ["Region"]),
    "P31": ("bl:Plant owl:equivalentClass bl:Region , bl:Thing .", ["Plant"]),
    "P32": ('bl:Area a owl:Class ; rdfs:label "Region" .', ["Area", "Region"]),
    "P33": ("bl:near a owl:ObjectProperty ; owl:propertyChainAxiom ( bl:lies ) .", ["near"]),
    "P34": ("bl:lies rdfs:range bl:Mine . :omsk a bl:Town .", ["Mine", "Town"]),
    "P35": (":omsk bl:near :kostanay . bl:lies rdfs:subPropertyOf bl:touches .", ["near", "touches"]),
    "P36": (":plants.owl a owl:Ontology .".replace(":plants.owl", "<https://e.example/plants.owl>"), ["plants.owl"]),
    "P39": (":other a owl:Ontology ; vann:preferredNamespaceUri 'https://e.example/' .", ["other"]),
    "P40": ("bl:Plant rdfs:subClassOf skos:Idea . skos:Concept rdfs:subClassOf bl:Thing .", ["Concept", "Idea"]),
    "P41": (":other a owl:Ontology ; dcterms:license 'free' .", ["other"]),
}


def found(pitfall: str, text: str) -> list[str]:
    """The local names of what has a pitfall in a Turtle text, sorted."""
    return sorted(map(local, map(URIRef, PITFALLS[pitfall](Graph().parse(data=text, format="turtle")))))


def test_ontology_avoids_all_pitfalls() -> None:
    """The ontology has no pitfall but those waived."""
    graph, waivers = ontology_graph(read_dataset(project_at(ROOT))), read_waivers(project_at(ROOT))
    odd = [(pitfall, shorten(term)) for pitfall, function in PITFALLS.items() for term in function(graph)]
    assert [pair for pair in odd if not any(waiver.excuses(*pair) for waiver in waivers)] == []


@pytest.mark.parametrize("pitfall", PLANTED)
def test_planted_pitfall_is_found(pitfall: str) -> None:
    """A pitfall put into a clean ontology is found, and nothing is found before."""
    planted, expected = PLANTED[pitfall]
    assert found(pitfall, CLEAN) == []
    assert found(pitfall, CLEAN + planted) == expected


def test_missing_declaration_is_found() -> None:
    """Terms without an ontology are found (P38)."""
    graph = Graph().parse(data=CLEAN, format="turtle")
    assert PITFALLS["P38"](graph) == []
    graph.remove((None, RDF.type, OWL.Ontology))
    assert PITFALLS["P38"](graph) == [BL + name for name in ("Plant", "Region", "Thing", "holds", "lies")]


def test_catalogue_is_covered() -> None:
    """Each of the 41 pitfalls is judged or has a reason why not; each judged one was planted."""
    assert sorted([*PITFALLS, *NOT_JUDGED]) == [f"P{number:02}" for number in range(1, 42)]
    assert set(PLANTED) | {"P38"} == set(PITFALLS)
