"""The ontology before those tests of FOOPS! that need no network; each is shown an ontology that fails it alone."""

from __future__ import annotations

import pytest
from rdflib import Graph, Literal
from rdflib.namespace import DCTERMS, OWL, RDFS, SKOS, VANN

from conftest import ROOT, project_at
from kg.dataset import read_dataset
from kg.guards.foops import CHECKS, IRI
from kg.guards.ontology import ontology_graph
from kg.guards.waivers import read_waivers
from kg.namespaces import ONTOLOGY, PREFIXES, shorten

ONLINE = {
    "CN1": "asks the server for several formats",
    "DOC1": "asks the server for a page in HTML",
    "FIND2": "asks prefix.cc and LOV for the prefix",
    "FIND3": "asks LOV for the ontology",
    "FIND_3_BIS": "asks LOV for its metadata",
    "OM4_2": "fetches the licence",
    "URI1": "fetches the ontology",
    "VER2": "fetches the version",
}

CLEAN = f"""
@prefix bl: <{ONTOLOGY}#> . @prefix dcterms: <{DCTERMS}> . @prefix owl: <{OWL}> . @prefix rdfs: <{RDFS}> .
@prefix skos: <{SKOS}> . @prefix vann: <{VANN}> .
@prefix bibo: <{PREFIXES["bibo"]}> . @prefix foaf: <{PREFIXES["foaf"]}> .
<{ONTOLOGY}> a owl:Ontology ;
  dcterms:title "T" ; dcterms:description "D" ; dcterms:license <https://creativecommons.org/licenses/by/4.0/> ;
  dcterms:creator "C" ; dcterms:created "2026" ; dcterms:bibliographicCitation "C, T" ; dcterms:publisher "P" ;
  dcterms:source "S" ; dcterms:issued "2026" ; bibo:doi "10.1/1" ; bibo:status "draft" ; foaf:logo "L" ;
  owl:versionIRI <{ONTOLOGY}/1.0.0> ; owl:versionInfo "1.0.0" ;
  vann:preferredNamespacePrefix "bl" ; vann:preferredNamespaceUri "{ONTOLOGY}#" .
bl:Thing a owl:Class ; rdfs:label "thing" ; skos:definition "Anything there is." ; rdfs:isDefinedBy <{ONTOLOGY}> ;
  rdfs:subClassOf skos:Concept .
"""

# By test: what is replaced in the clean ontology, and by what, so that the test must fail.
SPOILT = {
    "FIND1": ('Prefix "bl"', 'Prefix "bo"'),
    "HTTP1": ("bl:Thing a owl:Class", "<urn:x:thing> a owl:Class . bl:Thing a owl:Class"),
    "OM1": ('dcterms:creator "C"', 'dcterms:creator " "'),
    "OM2": ('dcterms:bibliographicCitation "C, T" ;', ""),
    "OM3": ('foaf:logo "L" ;', ""),
    "OM4_1": ("<https://creativecommons.org/licenses/by/4.0/>", "'CC BY'"),
    "OM5_1": ('dcterms:created "2026" ;', ""),
    "OM5_2": ('dcterms:publisher "P" ;', ""),
    "PURL1": (f"<{ONTOLOGY}/1.0.0>", "<https://e.example/1.0.0>"),
    "RDF1": ("a owl:Ontology ;", ""),
    "URI2": (f'Uri "{ONTOLOGY}#"', f'Uri "{ONTOLOGY}/"'),
    "VER1": (f"<{ONTOLOGY}/1.0.0>", f"<{ONTOLOGY}>"),
    "VOC1": ('dcterms:title "T"', 'bl:title "T"'),
    "VOC2": ("rdfs:subClassOf skos:Concept", "rdfs:subClassOf owl:Thing"),
    "VOC3": ('rdfs:label "thing" ;', ""),
    "VOC4": ('skos:definition "Anything there is." ;', ""),
    "provenance": (f"rdfs:isDefinedBy <{ONTOLOGY}> ;", ""),
}


@pytest.mark.parametrize("check", CHECKS)
def test_planted_fault_is_found(check: str) -> None:
    """What a test asks for is missed when it is taken out of a complete ontology, and not before."""
    right, wrong = SPOILT[check]
    assert CLEAN.count(right) == 1
    assert CHECKS[check](Graph().parse(data=CLEAN, format="turtle")) == []
    assert CHECKS[check](Graph().parse(data=CLEAN.replace(right, wrong), format="turtle")) != []


def test_ontology_passes() -> None:
    """Nothing is missing but what is waived."""
    graph, waivers = ontology_graph(read_dataset(project_at(ROOT))), read_waivers(project_at(ROOT))
    odd = [(check, shorten(name) if ":" in name else name) for check in CHECKS for name in CHECKS[check](graph)]
    assert [pair for pair in odd if not any(waiver.excuses(*pair) for waiver in waivers)] == []


def test_tests_are_complete() -> None:
    """Each of the 24 tests of FOOPS! is run or needs the network."""
    assert len({*CHECKS, *ONLINE} - {"provenance"}) == 24


def test_citation_names_version() -> None:
    """The citation is of this version, by this creator, under the persistent address."""
    graph = ontology_graph(read_dataset(project_at(ROOT)))
    [citation] = graph.objects(IRI, DCTERMS.bibliographicCitation)
    [version] = graph.objects(IRI, OWL.versionInfo)
    [creator] = graph.objects(IRI, DCTERMS.creator)
    assert isinstance(citation, Literal)
    assert all(str(part) in citation for part in (version, creator, ONTOLOGY))
