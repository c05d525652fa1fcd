"""Versions: IRIs that hold a hash of what a claim says, so that a citation can be held against the graph.

The IRI of a claim's version is `claim-version/NAME.CODE` after the claim `id/claim/NAME`; that of the dataset's is
`dataset-version/VERSION.CODE`. The code is that of a trusty URI (version 1, module RA; http://trustyuri.net/spec), as
nanopublications have it: "RA" and SHA-256 in Base64. The name is kept before the code, so that the claim is found
again when it has changed and its old code is nowhere in the graph.

Of a claim these triples are hashed, as one graph without a name: all that the files state with the claim, with one of
its locators or with a thing that it supports (a situation, an observation) as their subject. Names and curators' notes
(`UNHASHED`) are left out. So neither the layout of files, nor names, nor what is inferred, nor what is said of the
places and spans that it names changes a version; its gloss, its source, its spot and the parts of what it states do.
Of the dataset every triple of the files below `data/` is hashed, names and notes among them.
"""

from __future__ import annotations

import hashlib
import re
from base64 import urlsafe_b64encode
from collections import defaultdict

import pyoxigraph as ox

from kg import about
from kg.namespaces import BL, CLAIM_VERSION, DATASET_VERSION, GRAPH, PREFIXES, RDFS, SKOS, VERSIONS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

# Said of a thing, and no part of what is claimed.
UNHASHED = frozenset(
    (RDFS + "label", *(SKOS + name for name in ("prefLabel", "altLabel", "hiddenLabel", "editorialNote")))
)
_CLAIM = PREFIXES["claim"]
_PARTS = (BL + "hasLocator", BL + "supports")
_DCAT, _TERMS = PREFIXES["dcat"], PREFIXES["dcterms"]
_CURRENT = ox.NamedNode(_DCAT + "hasCurrentVersion")
_VERSIONS = ox.NamedNode(VERSIONS)
_VERSION_OF_CLAIM = re.compile(re.escape(CLAIM_VERSION) + r"([\w.~%-]+)\.[\w-]+")


def artifact_code(triples: Iterable[ox.Triple]) -> str:
    """The code of a trusty URI for triples without blank nodes, in any order, as a graph without a name."""
    told: dict[str, list[ox.Triple]] = defaultdict(list)
    for triple in triples:
        told[getattr(triple.subject, "value", "")].append(triple)
    return _code(told)


def _code(told: Mapping[str, Iterable[ox.Triple | ox.Quad]]) -> str:
    """The code for what is told of each subject; only one subject's triples are sorted at a time, for their size."""
    digest = hashlib.sha256()
    for subject in sorted(told):
        for _, predicate, is_literal, text, _, kind in sorted({_sortable(triple) for triple in told[subject]}):
            escaped = text.replace("\\", "\\\\").replace("\n", "\\n")
            value = f"{kind} {escaped}" if is_literal else text
            digest.update(f"\n{subject}\n{predicate}\n{value}\n".encode())
    # The two bits that are added make 43 characters of Base64 out of 32 bytes; what follows is padding.
    return "RA" + urlsafe_b64encode(digest.digest()).decode().rstrip("=")


def _sortable(triple: ox.Triple | ox.Quad) -> tuple[str, str, bool, str, bool, str]:
    """A triple in the order of module RA: things before literals, literals with a language before those with a type."""
    subject, predicate, value = triple.subject, triple.predicate.value, triple.object
    if not isinstance(subject, ox.NamedNode) or not isinstance(value, (ox.NamedNode, ox.Literal)):
        raise TypeError(f"a blank node cannot be hashed: {triple}")
    if isinstance(value, ox.NamedNode):
        return subject.value, predicate, False, value.value, False, ""
    kind = f"@{value.language.lower()}" if value.language else f"^{value.datatype.value}"
    return subject.value, predicate, True, value.value, not value.language, kind


def claim_of_version(iri: str) -> str | None:
    """The IRI of the claim that the IRI of a version names; None if it names none."""
    found = _VERSION_OF_CLAIM.fullmatch(iri)
    return None if found is None else _CLAIM + found[1]


def version_quads(asserted: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """The versions of all claims and of the dataset, which a build describes in the graph `VERSIONS`."""
    told: dict[str, list[ox.Quad]] = defaultdict(list)
    data: dict[str, list[ox.Quad]] = defaultdict(list)
    for quad in asserted:
        subject = getattr(quad.subject, "value", "")
        told[subject].append(quad)
        if isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value.startswith(GRAPH + "data/"):
            data[subject].append(quad)
    yield from _described(_code(data))
    for claim in sorted(told):
        if claim.startswith(_CLAIM):
            version = CLAIM_VERSION + claim.removeprefix(_CLAIM) + "." + _code(_hashed(claim, told))
            yield ox.Quad(ox.NamedNode(claim), _CURRENT, ox.NamedNode(version), _VERSIONS)


def _hashed(claim: str, told: Mapping[str, list[ox.Quad]]) -> dict[str, list[ox.Quad]]:
    """The statements of which the version of a claim is the hash, by their subject."""
    parts = [quad.object for quad in told[claim] if quad.predicate.value in _PARTS]
    subjects = [claim, *(part.value for part in parts if isinstance(part, ox.NamedNode))]
    return {
        subject: [quad for quad in told.get(subject, ()) if quad.predicate.value not in UNHASHED]
        for subject in subjects
    }


def _described(code: str) -> Iterator[ox.Quad]:
    """What the graph says of the dataset as a whole."""
    dataset = ox.NamedNode(about.IRI)
    version = ox.NamedNode(f"{DATASET_VERSION}{about.VERSION}.{code}")
    said: list[tuple[str, ox.NamedNode | ox.Literal]] = [
        (PREFIXES["rdf"] + "type", ox.NamedNode(_DCAT + "Dataset")),
        (_TERMS + "title", ox.Literal(about.TITLE, language="en")),
        (_TERMS + "issued", ox.Literal(about.YEAR, datatype=ox.NamedNode(PREFIXES["xsd"] + "gYear"))),
        (_TERMS + "license", ox.NamedNode(about.LICENCE)),
        (_DCAT + "version", ox.Literal(about.VERSION)),
        *((_TERMS + "creator", ox.Literal(creator, language="en")) for creator in about.CREATORS),
    ]
    yield ox.Quad(dataset, _CURRENT, version, _VERSIONS)
    for predicate, value in said:
        yield ox.Quad(dataset, ox.NamedNode(predicate), value, _VERSIONS)
