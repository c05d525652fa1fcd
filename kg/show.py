"""All that the graph says about one thing: names, classes, statements, and who says so where."""

from __future__ import annotations

import pyoxigraph as ox

from kg.names import NAMING, TYPE, class_labels, label, locator_text
from kg.namespaces import BL, INFERRED, shorten

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_SUPPORTS = ox.NamedNode(BL + "supports")
_ABOUT = ox.NamedNode(BL + "about")
_PARTICIPANT = ox.NamedNode(BL + "participant")
_STATED_IN = ox.NamedNode(BL + "statedIn")
_HAS_LOCATOR = ox.NamedNode(BL + "hasLocator")
_ATTRIBUTED_TO = ox.NamedNode(BL + "attributedTo")
# Said in better words elsewhere on the page: names and classes above, evidence below.
_BY_OTHER_WORDS = ("participatesIn", "supportedBy", "subjectOfClaim", "documentedBy")
_ELSEWHERE = {TYPE, *NAMING, _SUPPORTS, _ABOUT, _PARTICIPANT, *(ox.NamedNode(BL + name) for name in _BY_OTHER_WORDS)}


class Statement:
    """One statement with the thing as subject (or, if `backwards`, as object)."""

    __slots__ = ("backwards", "inferred", "predicate", "value")

    def __init__(self, predicate: str, value: str, inferred: bool, backwards: bool) -> None:
        self.predicate = predicate
        self.value = value
        self.inferred = inferred
        self.backwards = backwards


class Evidence:
    """One claim: what it says, and for each of its locators the source and the spot in it."""

    __slots__ = ("attributed", "claim", "gloss", "spots")

    def __init__(self, claim: str, gloss: str, spots: list[str], attributed: list[str]) -> None:
        self.claim = claim
        self.gloss = gloss
        self.spots = spots
        self.attributed = attributed


class Description:
    """A thing as `kg show` prints it: names by language tag, classes, statements, evidence."""

    __slots__ = ("classes", "evidence", "iri", "names", "statements", "title")

    def __init__(self, store: ox.Store, thing: ox.NamedNode) -> None:
        self.iri = thing.value
        self.title = label(store, thing)
        self.names = _names(store, thing)
        self.classes = class_labels(store, thing)
        self.statements = [*_statements(store, thing, False), *_statements(store, thing, True)]
        self.evidence = [_evidence(store, claim) for claim in _claims(store, thing)]

    def __repr__(self) -> str:
        return f"<{shorten(self.iri)}, “{self.title}”, {', '.join(self.classes) or 'of no class'}>"


def _names(store: ox.Store, thing: ox.NamedNode) -> list[str]:
    found = []
    for predicate in NAMING:
        for quad in store.quads_for_pattern(thing, predicate, None, None):
            if isinstance(quad.object, ox.Literal):
                note = f" ({quad.object.language})" if quad.object.language else ""
                found.append(f"{quad.object.value}{note}")
    return sorted(set(found))


def _statements(store: ox.Store, thing: ox.NamedNode, backwards: bool) -> list[Statement]:
    quads: Iterable[ox.Quad] = (
        store.quads_for_pattern(None, None, thing, None)
        if backwards
        else store.quads_for_pattern(thing, None, None, None)
    )
    found = {}
    for quad in quads:
        if quad.predicate in _ELSEWHERE:
            continue
        other = quad.subject if backwards else quad.object
        inferred = isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value == INFERRED
        found[quad.predicate, other] = Statement(label(store, quad.predicate), label(store, other), inferred, backwards)
    return sorted(found.values(), key=lambda item: (item.predicate, item.value))


def _claims(store: ox.Store, thing: ox.NamedNode) -> list[ox.NamedNode]:
    """Claims about the thing, claims that support it, and claims that support what it takes part in."""
    situations = [quad.subject for quad in store.quads_for_pattern(None, _PARTICIPANT, thing, None)]
    claims = {quad.subject for quad in store.quads_for_pattern(None, _ABOUT, thing, None)}
    for supported in (thing, *situations):
        claims |= {quad.subject for quad in store.quads_for_pattern(None, _SUPPORTS, supported, None)}
    return sorted((claim for claim in claims if isinstance(claim, ox.NamedNode)), key=lambda claim: claim.value)


def _evidence(store: ox.Store, claim: ox.NamedNode) -> Evidence:
    def values(predicate: ox.NamedNode) -> list[ox.NamedNode]:
        found = (quad.object for quad in store.quads_for_pattern(claim, predicate, None, None))
        return sorted((value for value in found if isinstance(value, ox.NamedNode)), key=lambda value: value.value)

    sources = ", ".join(label(store, source) for source in values(_STATED_IN))
    spots = [f"{sources}, {locator_text(store, locator)}" for locator in values(_HAS_LOCATOR)] or [sources]
    attributed = [label(store, work) for work in values(_ATTRIBUTED_TO)]
    return Evidence(shorten(claim.value), label(store, claim), spots, attributed)
