"""The ontology before those tests of FOOPS! that need no network.

Source of the tests and their numbers: D. Garijo, O. Corcho, M. Poveda-Villalon, "FOOPS!: An Ontology Pitfall Scanner
for the FAIR Principles", ISWC 2021, and https://w3id.org/foops/. Each function returns what is missing, in words.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, PROV, RDF, RDFS, SKOS, VANN
from rdflib.term import Node

ROOT = Path(__file__).resolve().parents[2]
BASE = "https://w3id.org/borderlands/ont"
IRI = URIRef(BASE)
BIBO = "http://purl.org/ontology/bibo/"
PERSISTENT = re.compile(r"https?://(w3id\.org|purl\.org|doi\.org|dx\.doi\.org|www\.w3\.org|perma\.cc)/")

# What each test asks of the header, by the name that FOOPS! gives it.
MINIMUM = {
    "title": DCTERMS.title,
    "description": DCTERMS.description,
    "license": DCTERMS.license,
    "version iri": OWL.versionIRI,
    "creator": DCTERMS.creator,
    "creation date": DCTERMS.created,
    "namespace URI": VANN.preferredNamespaceUri,
}
RECOMMENDED = {
    "NS prefix": VANN.preferredNamespacePrefix,
    "version info": OWL.versionInfo,
    "creation date": DCTERMS.created,
    "citation": DCTERMS.bibliographicCitation,
}
DETAILED = {
    "doi": URIRef(BIBO + "doi"),
    "publisher": DCTERMS.publisher,
    "logo": URIRef("http://xmlns.com/foaf/0.1/logo"),
    "status": URIRef(BIBO + "status"),
    "source": DCTERMS.source,
    "issued date": DCTERMS.issued,
}
BASIC_PROVENANCE = {"author": DCTERMS.creator, "creation date": DCTERMS.created}
DETAILED_PROVENANCE = {"issued date": DCTERMS.issued, "publisher": DCTERMS.publisher}

# What is missing for a reason: a header states no facts that are not there yet.
WAIVED = {
    "doi": "No archive has given one.",
    "logo": "There is none.",
    "publisher": "No version has been published; the creators are named.",
    "status": "The version number says it: below 1, by semantic versioning, everything may change.",
    "source": "The model is taken from no other; each borrowed term names the vocabulary that defines it.",
    "issued date": "No version has been issued.",
}

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


def missing(graph: Graph, fields: dict[str, URIRef]) -> list[str]:
    """The fields of which the header has no value, or only an empty one."""
    return [
        name for name, field in fields.items() if not any(str(value).strip() for value in graph.objects(IRI, field))
    ]


def terms(graph: Graph) -> set[Node]:
    """All classes and properties of the ontology and those that it borrows; annotation properties aside."""
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    return {term for kind in kinds for term in graph.subjects(RDF.type, kind) if isinstance(term, URIRef)}


def ours(term: Node) -> bool:
    """Whether a term is in the namespace of the ontology."""
    return str(term).startswith(BASE + "#")


def without(graph: Graph, *fields: URIRef) -> list[str]:
    """The terms that have none of the fields."""
    return sorted(str(term) for term in terms(graph) if not any((term, field, None) in graph for field in fields))


def find1(graph: Graph) -> list[str]:
    """A prefix is declared, and it is the one that the files use."""
    prefixes = [str(prefix) for prefix in graph.objects(IRI, VANN.preferredNamespacePrefix)]
    bound = [prefix for prefix, namespace in graph.namespaces() if str(namespace) == BASE + "#"]
    return [] if prefixes and prefixes == bound else ["prefix"]


def http1(graph: Graph) -> list[str]:
    """The ontology and its terms have addresses of an open protocol."""
    return sorted(str(term) for term in {IRI, *terms(graph)} if not str(term).startswith(("http://", "https://")))


def om4_1(graph: Graph) -> list[str]:
    """The licence is there, by its address."""
    licences = list(graph.objects(IRI, DCTERMS.license))
    return [] if licences and all(isinstance(licence, URIRef) for licence in licences) else ["license"]


def purl1(graph: Graph) -> list[str]:
    """The ontology, its version and its terms have addresses of a register of persistent ones."""
    versions = graph.objects(IRI, OWL.versionIRI)
    named = {IRI, *versions, *(term for term in terms(graph) if ours(term))}
    return sorted(str(term) for term in named if not PERSISTENT.match(str(term)))


def rdf1(graph: Graph) -> list[str]:
    """The ontology is there in a form of RDF that can be read."""
    return [] if (IRI, RDF.type, OWL.Ontology) in graph else ["ontology"]


def uri2(graph: Graph) -> list[str]:
    """The ontology calls itself by the address under which its terms are, and all modules are parts of it."""
    odd = [str(term) for term in graph.subjects(RDF.type, OWL.Ontology) if not str(term).startswith(BASE)]
    namespaces = [str(namespace) for namespace in graph.objects(IRI, VANN.preferredNamespaceUri)]
    return odd if namespaces == [BASE + "#"] else [*odd, "namespace URI"]


def ver1(graph: Graph) -> list[str]:
    """The version has an address of its own, which holds the version's number."""
    versions = [str(version) for version in graph.objects(IRI, OWL.versionIRI)]
    numbers = [str(number) for number in graph.objects(IRI, OWL.versionInfo)]
    return [] if versions and versions == [f"{BASE}/{number}" for number in numbers] else ["version iri"]


def voc1(graph: Graph) -> list[str]:
    """The header uses the terms of well-known vocabularies for what it says, and none of its own."""
    used = set(graph.predicates(IRI))
    return (
        []
        if any(str(term).startswith(str(DCTERMS._NS)) for term in used) and not any(map(ours, used))
        else ["vocabularies of metadata"]
    )


def voc2(graph: Graph) -> list[str]:
    """Terms of the ontology extend terms of others."""
    extended = {
        other
        for how in (RDFS.subClassOf, RDFS.subPropertyOf)
        for term, other in graph.subject_objects(how)
        if ours(term) and isinstance(other, URIRef) and not ours(other)
    }
    return [] if extended - {OWL.Thing, RDFS.Resource} else ["terms of other vocabularies"]


CHECKS: dict[str, Callable[[Graph], list[str]]] = {
    "FIND1": find1,
    "HTTP1": http1,
    "OM1": lambda graph: missing(graph, MINIMUM),
    "OM2": lambda graph: missing(graph, RECOMMENDED),
    "OM3": lambda graph: missing(graph, DETAILED),
    "OM4_1": om4_1,
    "OM5_1": lambda graph: missing(graph, BASIC_PROVENANCE),
    "OM5_2": lambda graph: missing(graph, DETAILED_PROVENANCE),
    "PURL1": purl1,
    "RDF1": rdf1,
    "URI2": uri2,
    "VER1": ver1,
    "VOC1": voc1,
    "VOC2": voc2,
    "VOC3": lambda graph: without(graph, RDFS.label, SKOS.prefLabel),
    "VOC4": lambda graph: without(graph, SKOS.definition, RDFS.comment),
}

# Not a test of FOOPS!, but asked of every term in the same spirit: where it comes from.
CHECKS["provenance of terms"] = lambda graph: without(graph, RDFS.isDefinedBy, PROV.wasDerivedFrom)

CLEAN = f"""
@prefix bl: <{BASE}#> . @prefix dcterms: <{DCTERMS}> . @prefix owl: <{OWL}> . @prefix rdfs: <{RDFS}> .
@prefix skos: <{SKOS}> . @prefix vann: <{VANN}> . @prefix bibo: <{BIBO}> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
<{BASE}> a owl:Ontology ;
  dcterms:title "T" ; dcterms:description "D" ; dcterms:license <https://creativecommons.org/licenses/by/4.0/> ;
  dcterms:creator "C" ; dcterms:created "2026" ; dcterms:bibliographicCitation "C, T" ; dcterms:publisher "P" ;
  dcterms:source "S" ; dcterms:issued "2026" ; bibo:doi "10.1/1" ; bibo:status "draft" ; foaf:logo "L" ;
  owl:versionIRI <{BASE}/1.0.0> ; owl:versionInfo "1.0.0" ;
  vann:preferredNamespacePrefix "bl" ; vann:preferredNamespaceUri "{BASE}#" .
bl:Thing a owl:Class ; rdfs:label "thing" ; skos:definition "Anything there is." ; rdfs:isDefinedBy <{BASE}> ;
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
    "PURL1": (f"<{BASE}/1.0.0>", "<https://e.example/1.0.0>"),
    "RDF1": ("a owl:Ontology ;", ""),
    "URI2": (f'Uri "{BASE}#"', f'Uri "{BASE}/"'),
    "VER1": (f"<{BASE}/1.0.0>", f"<{BASE}>"),
    "VOC1": ('dcterms:title "T"', 'bl:title "T"'),
    "VOC2": ("rdfs:subClassOf skos:Concept", "rdfs:subClassOf owl:Thing"),
    "VOC3": ('rdfs:label "thing" ;', ""),
    "VOC4": ('skos:definition "Anything there is." ;', ""),
    "provenance of terms": (f"rdfs:isDefinedBy <{BASE}> ;", ""),
}


@cache
def ontology() -> Graph:
    """Modules and alignments, merged."""
    graph = Graph()
    for pattern in ("*.ttl", "align/**/*.ttl"):
        for path in sorted((ROOT / "ontology").glob(pattern)):
            graph.parse(path, format="turtle")
    return graph


@pytest.mark.parametrize("check", CHECKS)
def test_ontology_passes(check: str) -> None:
    """Nothing is missing but what is waived."""
    assert [name for name in CHECKS[check](ontology()) if name not in WAIVED] == []


@pytest.mark.parametrize("check", CHECKS)
def test_planted_fault_is_found(check: str) -> None:
    """What a test asks for is missed when it is taken out of a complete ontology, and not before."""
    right, wrong = SPOILT[check]
    assert CLEAN.count(right) == 1
    assert CHECKS[check](Graph().parse(data=CLEAN, format="turtle")) == []
    assert CHECKS[check](Graph().parse(data=CLEAN.replace(right, wrong), format="turtle")) != []


def test_waivers_and_tests_are_complete() -> None:
    """No waiver outlives what it excuses, and each of the 24 tests of FOOPS! is run or needs the network."""
    lacking = {name for check in CHECKS.values() for name in check(ontology())}
    assert sorted(WAIVED) == sorted(lacking)
    assert len({*CHECKS, *ONLINE} - {"provenance of terms"}) == 24


def test_citation_names_version() -> None:
    """The citation is of this version, by this creator, under the persistent address."""
    [citation] = ontology().objects(IRI, DCTERMS.bibliographicCitation)
    [version] = ontology().objects(IRI, OWL.versionInfo)
    [creator] = ontology().objects(IRI, DCTERMS.creator)
    assert isinstance(citation, Literal)
    assert all(str(part) in citation for part in (version, creator, BASE))
