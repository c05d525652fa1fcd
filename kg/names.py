"""From things to their names and back: labels shown to people, names taken from them."""

from __future__ import annotations

import re

import pyoxigraph as ox

from kg.errors import UsageError
from kg.namespaces import BASE, BL, OWL, PREFIXES, QUERIES, RDF, RDFS, SKOS, expand, shorten
from kg.spelling import DISTANT, MATCHES, NEAR, compare, fold, nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

TYPE = ox.NamedNode(RDF + "type")
IN_SCHEME = ox.NamedNode(SKOS + "inScheme")
SUB_CLASS_OF = ox.NamedNode(RDFS + "subClassOf")
LABEL = ox.NamedNode(RDFS + "label")
PREF_LABEL = ox.NamedNode(SKOS + "prefLabel")
ALT_LABEL = ox.NamedNode(SKOS + "altLabel")
FORMER_NAME = ox.NamedNode(BL + "formerName")
GLOSS = ox.NamedNode(BL + "gloss")

# The order in which names are chosen after the languages that a user asks for; then any, in the order of the tags.
FALLBACK = ("en", "ru", "kk", "be")
# Up to so many things are looked up one by one, which is faster than to look through all statements.
_MANY = 1000
_QUERIES = ox.NamedNode(QUERIES)
_VOCABULARIES = BASE + "voc/"
NAMING = (PREF_LABEL, LABEL, ALT_LABEL, FORMER_NAME)
# Names too, but not for readers: forms that sources print, and the titles of the sources.
PRINTED = (ox.NamedNode(SKOS + "hiddenLabel"), ox.NamedNode(BL + "title"))
_NAME_AS_PRINTED = ox.NamedNode(BL + "nameAsPrinted")
_AUTHOR = ox.NamedNode(BL + "author")
# What a value that is not found is called where the class does not say so.
_KINDS = {None: "thing", OWL + "Class": "class"}
_LOCATOR = (
    (ox.NamedNode(BL + "page"), "p. "),
    (ox.NamedNode(BL + "section"), "sec. "),
    (ox.NamedNode(BL + "tableOrFigure"), ""),
    (ox.NamedNode(BL + "keyTerm"), ""),
)


def _texts(store: ox.Store, thing: ox.NamedNode, predicate: ox.NamedNode) -> list[ox.Literal]:
    found = (quad.object for quad in store.quads_for_pattern(thing, predicate, None, None))
    return sorted((value for value in found if isinstance(value, ox.Literal)), key=str)


def languages(text: str | None) -> tuple[str, ...]:
    """The languages that a user asks for, `ru` or `kk,ru`, and `FALLBACK` after them.

    Raises:
        UsageError: It is no list of language tags.
    """
    asked = [tag.strip().lower() for tag in text.split(",")] if text is not None else []
    for tag in asked:
        if re.fullmatch(r"[a-z]{2,8}(-[a-z0-9]{1,8})*", tag) is None:
            raise UsageError(f"“{tag}” is no language: give tags such as ru, or kk,ru for the first that there is.")
    return tuple(dict.fromkeys((*asked, *FALLBACK)))


def label(store: ox.Store, term: object, order: Sequence[str] = FALLBACK) -> str:
    """What a person reads for a term: its name in the first language of the order, else its prefixed name.

    A claim is shown by its gloss, a locator by its page, section and table; a literal by its text.
    """
    return named(store, term, order)[0]


def named(store: ox.Store, term: object, order: Sequence[str] = FALLBACK) -> tuple[str, str]:
    """What a person reads for a term, and the tag of its language; "" for what is in none."""
    if isinstance(term, ox.Literal):
        return term.value, term.language or ""
    if not isinstance(term, ox.NamedNode):
        return "" if term is None else str(term), ""
    place = {tag: number for number, tag in enumerate(order)}
    for predicate in (PREF_LABEL, LABEL, GLOSS):
        texts = _texts(store, term, predicate)
        if texts:
            best = min(texts, key=lambda text: (place.get(text.language or "", len(place)), text.language or ""))
            return best.value, best.language or ""
    if term.value.startswith(PREFIXES["locator"]):
        return locator_text(store, term), ""
    return shorten(term.value), ""


def locator_text(store: ox.Store, locator: ox.NamedNode) -> str:
    """A locator in one line: page, section, table or figure, and the key terms to look for."""
    parts = []
    for predicate, before in _LOCATOR:
        values = [text.value for text in _texts(store, locator, predicate)]
        if values:
            quoted = predicate is _LOCATOR[-1][0]
            parts.append(before + ", ".join(f"“{value}”" if quoted else value for value in values))
    return ", ".join(parts) or shorten(locator.value)


def named_things(store: ox.Store, of_class: str | None = None) -> list[tuple[ox.NamedNode, str]]:
    """Every thing (of a class or a vocabulary, if given) with each of its names, labels and former names.

    The canned queries, which the build describes in a graph of their own, are no things.
    """
    return _named(store, NAMING, _members(store, of_class))


def printed_names(store: ox.Store, of_class: str | None = None) -> list[tuple[ox.NamedNode, str]]:
    """Every thing (of a class, if given) with the forms of its name that sources print, titles among them."""
    members = _members(store, of_class)
    found = _named(store, PRINTED, members)
    for quad in store.quads_for_pattern(None, _NAME_AS_PRINTED, None, None):
        for author in store.quads_for_pattern(quad.subject, _AUTHOR, None, None):
            wanted = members is None or author.object in members
            if wanted and isinstance(author.object, ox.NamedNode) and isinstance(quad.object, ox.Literal):
                found.append((author.object, quad.object.value))
    return found


def _members(store: ox.Store, of_class: str | None) -> set[object] | None:
    """The things of a class, by assertion or inference, or of a vocabulary; None for all things."""
    if of_class is None:
        return None
    belongs = store.quads_for_pattern(None, _belonging(of_class), ox.NamedNode(of_class), None)
    return {quad.subject for quad in belongs}


def _named(
    store: ox.Store, predicates: Iterable[ox.NamedNode], members: set[object] | None
) -> list[tuple[ox.NamedNode, str]]:
    found = []
    for predicate in predicates:
        for quad in _statements(store, predicate, members):
            if quad.graph_name == _QUERIES:
                continue
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
                found.append((quad.subject, quad.object.value))
    return found


def _statements(store: ox.Store, predicate: ox.NamedNode, members: set[object] | None) -> Iterator[ox.Quad]:
    """What is stated by a property of the members of a class, or of all things."""
    if members is None or len(members) > _MANY:
        quads = store.quads_for_pattern(None, predicate, None, None)
        yield from (quad for quad in quads if members is None or quad.subject in members)
        return
    for member in sorted(members, key=str):
        if isinstance(member, (ox.NamedNode, ox.BlankNode)):
            yield from store.quads_for_pattern(member, predicate, None, None)


def resolve(store: ox.Store, value: str, of_class: str | None = None, example: str = "") -> ox.NamedNode:
    """The thing that a person means by an IRI, a prefixed name or a name in any language.

    Args:
        store: The graph.
        value: `<iri>`, `iri`, `region:omsk` or "Омская область"; upper and lower case are alike. A form that
            only a source prints counts where nothing is called so.
        of_class: IRI of the class that the thing must belong to, by assertion or inference, or of the
            vocabulary that it must be an entry of.
        example: A right value, for the error message.

    Raises:
        UsageError: There is no such thing, it is of another class, or the name fits several.
    """
    kind = _KINDS.get(of_class) or label(store, ox.NamedNode(str(of_class)))
    if of_class is not None and _belonging(of_class) == IN_SCHEME:
        kind = f"entry of “{kind}”"
    hint = f" (for example {example})" if example else ""
    iri = _as_iri(value)
    if iri is not None:
        thing = _known(store, iri)
        if thing is None:
            raise UsageError(f"There is no {shorten(iri)} in the graph{hint}.{_like_iri(store, iri, of_class)}")
        if of_class is not None and not is_a(store, thing, of_class):
            raise UsageError(f"{shorten(iri)} ({label(store, thing)}) is no {kind}{hint}.")
        return thing
    wanted = fold(value)
    for names in (named_things, printed_names):
        matches = {thing for thing, name in names(store, of_class) if fold(name) == wanted}
        if len(matches) == 1:
            return matches.pop()
        if matches:
            several = ", ".join(sorted(shorten(thing.value) for thing in matches))
            raise UsageError(f"“{value}” may be any of these: {several}. Give the one that is meant.")
    raise UsageError(f"No {kind} is called “{value}”{hint}.{suggestion(store, value, of_class)}")


def resolve_class(store: ox.Store, value: str) -> str:
    """The IRI of the class that a person means by `Region`, `bl:Region` or "region"; errors as in `resolve`."""
    own = _known(store, BL + value)
    return resolve(store, shorten(own.value) if own is not None else value, OWL + "Class").value


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


def is_a(store: ox.Store, thing: ox.NamedNode, of_class: str) -> bool:
    """Whether a thing belongs to a class, by assertion or inference, or to a vocabulary."""
    return next(store.quads_for_pattern(thing, _belonging(of_class), ox.NamedNode(of_class), None), None) is not None


def _belonging(of_class: str) -> ox.NamedNode:
    """The property by which a thing belongs to a class, or an entry to a vocabulary."""
    return IN_SCHEME if of_class.startswith(_VOCABULARIES) else TYPE


def _like_iri(store: ox.Store, iri: str, of_class: str | None) -> str:
    """Up to three things with IRIs like the one given, as a sentence; empty if there are none."""
    things = _members(store, of_class)
    if things is None:
        things = {quad.subject for quad in store.quads_for_pattern(None, TYPE, None, None)}
    near = nearest(shorten(iri), (shorten(thing.value) for thing in things if isinstance(thing, ox.NamedNode)))
    return f" Did you mean {' or '.join(near)}?" if near else ""


def suggestion(store: ox.Store, text: str, of_class: str | None = None) -> str:
    """Up to three things with names like the text, as a sentence; empty if there are none."""
    near = find(store, text, of_class, DISTANT)[:3]
    return f" Did you mean {' or '.join(f'{shorten(it.iri)} (“{it.name}”)' for it in near)}?" if near else ""


class Found:
    """A thing that was found: its IRI, the name that matched best, how it matched, and how like it is (0 to 1)."""

    __slots__ = ("iri", "match", "name", "score")

    def __init__(self, iri: str, name: str, match: str, score: float) -> None:
        self.iri = iri
        self.name = name
        self.match = match
        self.score = score

    def __repr__(self) -> str:
        return f"<{shorten(self.iri)}, “{self.name}”, {self.match} {self.score:.2f}>"


def find(store: ox.Store, text: str, of_class: str | None = None, least: float = NEAR) -> list[Found]:
    """Things one of whose names matches the text, in any script and in spite of typing errors.

    Args:
        store: The graph.
        text: A name or a part of one.
        of_class: IRI of the class that the things must belong to, by assertion or inference.
        least: The likeness, from 0 to 1, from which on a name counts as like the text.

    Returns:
        Each thing once, the best match first: in the order of `kg.spelling.MATCHES`, then the more like.
    """
    pairs = [*named_things(store, of_class), *printed_names(store, of_class)]
    matches = compare(text, {name for _, name in pairs}, least)
    # Of like names the one in the letters of the text, of like things the one that is no situation come first.
    situations = _members(store, BL + "Situation") or set()
    best: dict[str, tuple[int, float, bool, bool, int, str]] = {}
    for thing, name in pairs:
        if name in matches:
            kind, score = matches[name]
            other = name.isascii() != text.isascii()
            rank = (kind, -score, thing in situations, other, len(name), name)
            best[thing.value] = min(rank, best.get(thing.value, rank))
    ordered = sorted(best.items(), key=lambda item: (item[1], item[0]))
    return [Found(iri, name, MATCHES[kind], -less) for iri, (kind, less, *_, name) in ordered]


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
