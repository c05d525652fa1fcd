"""Those tests of FOOPS! that need no network, one function each.

Source of the tests and their numbers: D. Garijo, O. Corcho, M. Poveda-Villalon, "FOOPS!: An Ontology Pitfall Scanner
for the FAIR Principles", ISWC 2021, and https://w3id.org/foops/. Each function returns what fails: IRIs of terms, or
names of fields that the header of the ontology lacks; the first line of its docstring tells a curator what must hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from rdflib import Graph, URIRef
from rdflib.namespace import DCTERMS, OWL, PROV, RDF, RDFS, SKOS, VANN
from rdflib.term import Node

from kg.namespaces import BL, ONTOLOGY, PREFIXES

IRI = URIRef(ONTOLOGY)
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
    "doi": URIRef(PREFIXES["bibo"] + "doi"),
    "publisher": DCTERMS.publisher,
    "logo": URIRef(PREFIXES["foaf"] + "logo"),
    "status": URIRef(PREFIXES["bibo"] + "status"),
    "source": DCTERMS.source,
    "issued date": DCTERMS.issued,
}
BASIC_PROVENANCE = {"author": DCTERMS.creator, "creation date": DCTERMS.created}
DETAILED_PROVENANCE = {"issued date": DCTERMS.issued, "publisher": DCTERMS.publisher}


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
    return str(term).startswith(BL)


def without(graph: Graph, *fields: URIRef) -> list[str]:
    """The terms that have none of the fields."""
    return sorted(str(term) for term in terms(graph) if not any((term, field, None) in graph for field in fields))


def find1(graph: Graph) -> list[str]:
    """A prefix is declared, and it is the one that the files use."""
    prefixes = [str(prefix) for prefix in graph.objects(IRI, VANN.preferredNamespacePrefix)]
    bound = [prefix for prefix, namespace in graph.namespaces() if str(namespace) == BL]
    return [] if prefixes and prefixes == bound else ["prefix"]


def http1(graph: Graph) -> list[str]:
    """The ontology and its terms have addresses of an open protocol."""
    return sorted(str(term) for term in {IRI, *terms(graph)} if not str(term).startswith(("http://", "https://")))


def om1(graph: Graph) -> list[str]:
    """The header has the minimum of metadata."""
    return missing(graph, MINIMUM)


def om2(graph: Graph) -> list[str]:
    """The header has the recommended metadata."""
    return missing(graph, RECOMMENDED)


def om3(graph: Graph) -> list[str]:
    """The header has detailed metadata."""
    return missing(graph, DETAILED)


def om4_1(graph: Graph) -> list[str]:
    """The licence is there, by its address."""
    licences = list(graph.objects(IRI, DCTERMS.license))
    return [] if licences and all(isinstance(licence, URIRef) for licence in licences) else ["license"]


def om5_1(graph: Graph) -> list[str]:
    """The header says by whom and when the ontology was made."""
    return missing(graph, BASIC_PROVENANCE)


def om5_2(graph: Graph) -> list[str]:
    """The header says by whom and when the ontology was published."""
    return missing(graph, DETAILED_PROVENANCE)


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
    odd = [str(term) for term in graph.subjects(RDF.type, OWL.Ontology) if not str(term).startswith(ONTOLOGY)]
    namespaces = [str(namespace) for namespace in graph.objects(IRI, VANN.preferredNamespaceUri)]
    return odd if namespaces == [BL] else [*odd, "namespace URI"]


def ver1(graph: Graph) -> list[str]:
    """The version has an address of its own, which holds the version's number."""
    versions = [str(version) for version in graph.objects(IRI, OWL.versionIRI)]
    numbers = [str(number) for number in graph.objects(IRI, OWL.versionInfo)]
    return [] if versions and versions == [f"{ONTOLOGY}/{number}" for number in numbers] else ["version iri"]


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


def voc3(graph: Graph) -> list[str]:
    """Every class and property has a label."""
    return without(graph, RDFS.label, SKOS.prefLabel)


def voc4(graph: Graph) -> list[str]:
    """Every class and property has a definition."""
    return without(graph, SKOS.definition, RDFS.comment)


def provenance(graph: Graph) -> list[str]:
    """Every class and property says where it comes from. Not a test of FOOPS!, but in the same spirit."""
    return without(graph, RDFS.isDefinedBy, PROV.wasDerivedFrom)


CHECKS: dict[str, Callable[[Graph], list[str]]] = {
    "FIND1": find1,
    "HTTP1": http1,
    "OM1": om1,
    "OM2": om2,
    "OM3": om3,
    "OM4_1": om4_1,
    "OM5_1": om5_1,
    "OM5_2": om5_2,
    "PURL1": purl1,
    "RDF1": rdf1,
    "URI2": uri2,
    "VER1": ver1,
    "VOC1": voc1,
    "VOC2": voc2,
    "VOC3": voc3,
    "VOC4": voc4,
    "provenance": provenance,
}
