"""The alignments: each term of another vocabulary exists there, and nothing of ours changes with them.

rdflib lists the terms of most of the vocabularies. For the rest, packages are read as files: they
carry BIBO, QUDT and its units whole; of FaBiO, CiTO and SDMX they name the terms that they use,
which proves that a term exists and can deny one that does.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import pyoxigraph as ox
import pytest
from rdflib import DCAT, DCTERMS, FOAF, ORG, PROV, QB, SDO, SKOS, TIME
from rdflib.namespace import GEO, DefinedNamespace

from kg.dataset import read_dataset
from kg.files import find_project
from kg.namespaces import BASE, BL, PREFIXES, RDF, RDFS, expand, shorten
from kg.reason import close, publishable
from parts import ROOT, need_file

FOLDER = "ontology/align/"
MAPPING = (RDFS + "subClassOf", RDFS + "subPropertyOf", BL + "alike")
LISTED = {str(vocabulary): vocabulary for vocabulary in (DCAT, DCTERMS, FOAF, GEO, ORG, PROV, QB, SDO, SKOS, TIME)}
PARTS = ".parts/vocabularies"
SDMX = re.compile(r"http://purl\.org/linked-data/sdmx/2009/\w+#\w+")


def external_terms() -> set[str]:
    """The terms of other vocabularies in the alignments: declared there, or what a term of ours is mapped to."""
    documents = read_dataset(find_project(str(ROOT))).documents
    triples = [triple for path in documents if path.startswith(FOLDER) for triple in documents[path].triples]
    found = {triple.subject for triple in triples} | {t.object for t in triples if t.predicate.value in MAPPING}
    return {term.value for term in found if isinstance(term, ox.NamedNode) and not term.value.startswith(BASE)}


def namespace(term: str) -> str:
    """The namespace of a term: its IRI without the last part."""
    return term[: max(term.rfind("/"), term.rfind("#")) + 1]


def listed(vocabulary: type[DefinedNamespace]) -> set[str]:
    """The terms that rdflib lists for a vocabulary."""
    return {*map(str, dir(vocabulary)), *(str(vocabulary) + name for name in vocabulary._extras)}


def quads(name: str) -> set[str]:
    """The terms of a vocabulary in an npm package: whatever its N-Quads describe."""
    path = need_file(f"{PARTS}/node_modules/@vocabulary/{name}/{name}.nq", f"look up the terms of {name}")
    found = {quad.subject for quad in ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS)}
    return {term.value for term in found if isinstance(term, ox.NamedNode)}


def open_citations(prefix: str) -> set[str]:
    """The terms of FaBiO or CiTO that OpenCitations' library writes."""
    path = need_file(f"{PARTS}/python/oc_ocdm/graph/graph_entity.py", f"look up the terms of {prefix}")
    names = re.findall(rf"= {prefix.upper()}\.(\w+)$", path.read_text("utf-8"), re.MULTILINE)
    return {PREFIXES[prefix] + name for name in names}


def csvcubed(prefix: str) -> set[str]:
    """The dimensions and attributes of SDMX that csvcubed knows by their IRIs."""
    folder = need_file(f"{PARTS}/python/csvcubed", f"look up the terms of {prefix}")
    texts = (path.read_text("utf-8") for path in folder.rglob("*") if path.suffix in (".py", ".json"))
    return {term for text in texts for term in SDMX.findall(text)}


CARRIED: dict[str, Callable[[], set[str]]] = {
    "bibo": lambda: quads("bibo"),
    "cito": lambda: open_citations("cito"),
    "fabio": lambda: open_citations("fabio"),
    "qudt": lambda: quads("qudt"),
    "qudt-unit": lambda: quads("unit"),
    "sdmx-attribute": lambda: csvcubed("sdmx-attribute"),
    "sdmx-dimension": lambda: csvcubed("sdmx-dimension"),
}


def missing(terms: set[str], vocabulary: set[str], start: str) -> list[str]:
    """The terms of a namespace that its vocabulary does not have."""
    return sorted(shorten(term) for term in terms if namespace(term) == start and term not in vocabulary)


def test_each_vocabulary_can_be_looked_up() -> None:
    """No term is of a vocabulary that no test here knows, and each that is known is in use."""
    assert {namespace(term) for term in external_terms()} == {*LISTED, *(PREFIXES[prefix] for prefix in CARRIED)}


@pytest.mark.parametrize("start", LISTED)
def test_term_is_in_the_vocabulary_that_rdflib_lists(start: str) -> None:
    """Each term exists; a misspelt one would be named."""
    vocabulary = listed(LISTED[start])
    assert missing(external_terms(), vocabulary, start) == []
    assert missing({start + "Agnet"}, vocabulary, start) == [shorten(start + "Agnet")]


@pytest.mark.parts
@pytest.mark.parametrize("prefix", CARRIED)
def test_term_is_in_the_vocabulary_that_a_package_carries(prefix: str) -> None:
    """Each term exists; a misspelt one would be named."""
    vocabulary = CARRIED[prefix]()
    assert missing(external_terms(), vocabulary, PREFIXES[prefix]) == []
    assert missing({PREFIXES[prefix] + "Agnet"}, vocabulary, PREFIXES[prefix]) == [f"{prefix}:Agnet"]


@cache
def closure(aligned: bool) -> tuple[frozenset[ox.Triple], int]:
    """What follows from ontology and data, with the alignments or without, and the number of clashes."""
    documents = read_dataset(find_project(str(ROOT))).documents
    chosen = [document for path, document in documents.items() if aligned or not path.startswith(FOLDER)]
    closed = close([triple for document in chosen for triple in document.triples])
    return frozenset(closed.inferred), len(closed.clashes)


def test_nothing_clashes_with_or_without_alignments() -> None:
    """The graph stays free of contradictions when the folder is left out, and when it is there."""
    assert [closure(aligned)[1] for aligned in (False, True)] == [0, 0]


def test_alignments_change_no_conclusion_of_ours() -> None:
    """What is published follows without the alignments, and no more follows with them."""
    without, aligned = (set(filter(publishable, closure(aligned)[0])) for aligned in (False, True))
    assert without == aligned != set()


@pytest.mark.parametrize("term", ["geo:Feature", "prov:Location", "schema:AdministrativeArea"])
def test_alignments_bring_conclusions_for_others(term: str) -> None:
    """A reader who knows another vocabulary alone finds our things: a region is an administrative area."""
    omsk, type_ = ox.NamedNode(PREFIXES["region"] + "omsk"), ox.NamedNode(RDF + "type")
    iri = expand(term)
    assert iri is not None
    found = [ox.Triple(omsk, type_, ox.NamedNode(iri)) in closure(aligned)[0] for aligned in (False, True)]
    assert found == [False, True]
