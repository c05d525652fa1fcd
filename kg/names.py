"""From things to their names and back: labels shown to people, names taken from them."""

from __future__ import annotations

import pyoxigraph as ox

from kg.errors import UsageError
from kg.namespaces import BL, PREFIXES, RDF, RDFS, SKOS, expand, shorten

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

TYPE = ox.NamedNode(RDF + "type")
SUB_CLASS_OF = ox.NamedNode(RDFS + "subClassOf")
LABEL = ox.NamedNode(RDFS + "label")
PREF_LABEL = ox.NamedNode(SKOS + "prefLabel")
ALT_LABEL = ox.NamedNode(SKOS + "altLabel")
FORMER_NAME = ox.NamedNode(BL + "formerName")
GLOSS = ox.NamedNode(BL + "gloss")

NAMING = (PREF_LABEL, LABEL, ALT_LABEL, FORMER_NAME)
_LOCATOR = (
    (ox.NamedNode(BL + "page"), "p. "),
    (ox.NamedNode(BL + "section"), "sec. "),
    (ox.NamedNode(BL + "tableOrFigure"), ""),
    (ox.NamedNode(BL + "keyTerm"), ""),
)


def fold(text: str) -> str:
    """A name reduced to what must agree: case, composed characters and runs of spaces set aside."""
    if not text.isascii():
        import unicodedata

        text = unicodedata.normalize("NFC", text)
    return " ".join(text.casefold().split())


def _texts(store: ox.Store, thing: ox.NamedNode, predicate: ox.NamedNode) -> list[ox.Literal]:
    found = (quad.object for quad in store.quads_for_pattern(thing, predicate, None, None))
    return sorted((value for value in found if isinstance(value, ox.Literal)), key=str)


def label(store: ox.Store, term: object) -> str:
    """What a person reads for a term: its English name, else another, else its prefixed name.

    A claim is shown by its gloss, a locator by its page, section and table; a literal by its text.
    """
    if isinstance(term, ox.Literal):
        return term.value
    if not isinstance(term, ox.NamedNode):
        return "" if term is None else str(term)
    for predicate in (PREF_LABEL, LABEL, GLOSS):
        texts = _texts(store, term, predicate)
        if texts:
            return next((text for text in texts if text.language == "en"), texts[0]).value
    if term.value.startswith(PREFIXES["locator"]):
        return locator_text(store, term)
    return shorten(term.value)


def locator_text(store: ox.Store, locator: ox.NamedNode) -> str:
    """A locator in one line: page, section, table or figure, and the key terms to look for."""
    parts = []
    for predicate, before in _LOCATOR:
        values = [text.value for text in _texts(store, locator, predicate)]
        if values:
            quoted = predicate is _LOCATOR[-1][0]
            parts.append(before + ", ".join(f"“{value}”" if quoted else value for value in values))
    return ", ".join(parts) or shorten(locator.value)


def named_things(store: ox.Store, of_class: str | None = None) -> list[tuple[ox.NamedNode, ox.Literal]]:
    """Every thing (of a class, if given) with each of its names, labels and former names."""
    members: set[object] | None = None
    if of_class is not None:
        members = {quad.subject for quad in store.quads_for_pattern(None, TYPE, ox.NamedNode(of_class), None)}
    found = []
    for predicate in NAMING:
        for quad in store.quads_for_pattern(None, predicate, None, None):
            wanted = members is None or quad.subject in members
            if wanted and isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
                found.append((quad.subject, quad.object))
    return found


def resolve(store: ox.Store, value: str, of_class: str | None = None, example: str = "") -> ox.NamedNode:
    """The thing that a person means by an IRI, a prefixed name or a name in any language.

    Args:
        store: The graph.
        value: `<iri>`, `iri`, `region:omsk` or "Омская область"; upper and lower case are alike.
        of_class: IRI of the class that the thing must belong to, by assertion or inference.
        example: A right value, for the error message.

    Raises:
        UsageError: There is no such thing, it is of another class, or the name fits several.
    """
    kind = "thing" if of_class is None else label(store, ox.NamedNode(of_class))
    hint = f" (for example {example})" if example else ""
    iri = _as_iri(value)
    if iri is not None:
        thing = _known(store, iri)
        if thing is None:
            raise UsageError(f"There is no {shorten(iri)} in the graph{hint}.{_nearest(store, value, of_class)}")
        if of_class is not None and not _is_a(store, thing, of_class):
            raise UsageError(f"{shorten(iri)} ({label(store, thing)}) is no {kind}{hint}.")
        return thing
    wanted = fold(value)
    matches = {thing for thing, name in named_things(store, of_class) if fold(name.value) == wanted}
    if len(matches) == 1:
        return matches.pop()
    if matches:
        names = ", ".join(sorted(shorten(thing.value) for thing in matches))
        raise UsageError(f"“{value}” may be any of these: {names}. Give the one that is meant.")
    raise UsageError(f"No {kind} is called “{value}”{hint}.{_nearest(store, value, of_class)}")


def _as_iri(value: str) -> str | None:
    if value.startswith("<") and value.endswith(">"):
        return value[1:-1]
    if value.startswith(("https://", "http://", "urn:")):
        return value
    return expand(value)


def _known(store: ox.Store, iri: str) -> ox.NamedNode | None:
    """The node, if the graph says anything of it; None also if the text is no IRI at all."""
    try:
        thing = ox.NamedNode(iri)
    except ValueError:
        return None
    return thing if next(store.quads_for_pattern(thing, None, None, None), None) is not None else None


def _is_a(store: ox.Store, thing: ox.NamedNode, of_class: str) -> bool:
    return next(store.quads_for_pattern(thing, TYPE, ox.NamedNode(of_class), None), None) is not None


def _nearest(store: ox.Store, value: str, of_class: str | None) -> str:
    """Up to three things with names like the one given, as a sentence; empty if there are none."""
    near = nearest(value, named_things(store, of_class))
    return f" Did you mean {' or '.join(shorten(thing.value) for thing in near)}?" if near else ""


def nearest(value: str, names: Iterable[tuple[ox.NamedNode, ox.Literal]], most: int = 3) -> list[ox.NamedNode]:
    """The things whose names, or the last parts of whose IRIs, are nearest in spelling."""
    import difflib

    by_name: dict[str, ox.NamedNode] = {}
    for thing, name in names:
        by_name.setdefault(fold(name.value), thing)
        by_name.setdefault(thing.value.rpartition("/")[2].replace("-", " "), thing)
    wanted = fold(value.strip("<>").rpartition("/")[2].rpartition(":")[2].replace("-", " "))
    close = difflib.get_close_matches(wanted, by_name, n=2 * most, cutoff=0.6)
    return list(dict.fromkeys(by_name[name] for name in close))[:most]


def find(store: ox.Store, text: str) -> list[tuple[ox.NamedNode, str, str]]:
    """Things one of whose names holds the text: (thing, the name that fits best, its class).

    Exact names come first, then names that begin so, then the rest; each by name.
    """
    wanted = fold(text)
    best: dict[ox.NamedNode, tuple[int, str]] = {}
    for thing, name in named_things(store):
        folded = fold(name.value)
        if wanted in folded:
            rank = 0 if folded == wanted else 1 if folded.startswith(wanted) else 2
            best[thing] = min(best.get(thing, (9, "")), (rank, name.value))
    ordered = sorted(best, key=lambda thing: (*best[thing], thing.value))
    return [(thing, best[thing][1], ", ".join(class_labels(store, thing))) for thing in ordered]


def class_labels(store: ox.Store, thing: ox.NamedNode) -> list[str]:
    """The labels of the most special classes of a thing, sorted; empty if it has none."""
    classes = {quad.object for quad in store.quads_for_pattern(thing, TYPE, None, None)}
    above = {
        quad.object
        for member in classes
        if isinstance(member, (ox.NamedNode, ox.BlankNode))
        for quad in store.quads_for_pattern(member, SUB_CLASS_OF, None, None)
        if quad.object != member
    }
    return sorted(label(store, member) for member in classes - above)
