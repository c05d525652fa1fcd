"""The grounds of a row: the claims that state what it says, and whether it needs inference."""

from __future__ import annotations

import pyoxigraph as ox

from kg.names import TYPE, locator_text
from kg.namespaces import BL, INFERRED, RDFS
from kg.store import open_store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kg.answer.full import FullAnswer
    from kg.store import Row

# What is told of a claim, in this order.
FIELDS = ("claim", "source", "locator", "year", "kind", "strength", "attributed")

_STATED_IN, _LOCATOR, _SUPPORTS, _ABOUT, _STRENGTH, _BASED_ON, _EVIDENCE_KIND, _ATTRIBUTED = (
    ox.NamedNode(BL + name)
    for name in (
        "statedIn", "hasLocator", "supports", "about", "strength", "basedOn", "evidenceKind", "attributedTo",
    )
)  # fmt: skip
_BELOW = ox.NamedNode(RDFS + "subClassOf")
# The year of a source that has not appeared yet is the year in which it was accepted.
_YEARS = (ox.NamedNode(BL + "publicationYear"), ox.NamedNode(BL + "acceptedDate"))


class Ground:
    """One claim behind a row, with what is known of it.

    Attributes:
        claim: The claim.
        sources: The document that makes it.
        locators: Where in the document, in words, in their order.
        year: The year of the document; "" if none is known.
        kinds: The kinds of the material on which the source bases it.
        strengths: How sure the source is.
        attributed: Whom the source credits.
    """

    __slots__ = ("attributed", "claim", "kinds", "locators", "sources", "strengths", "year")

    def __init__(self, store: ox.Store, claim: ox.NamedNode) -> None:
        self.claim = claim
        self.sources, self.locators = sources_and_spots(store, claim)
        self.year = next((year for source in self.sources for year in [_year(store, source)] if year), "")
        self.strengths = _objects(store, claim, _STRENGTH)
        self.attributed = _objects(store, claim, _ATTRIBUTED)
        kinds = []
        for item in _objects(store, claim, _BASED_ON):
            kinds += _objects(store, item, _EVIDENCE_KIND) or [item]
        self.kinds = list(dict.fromkeys(kinds))


def fields(ground: Ground, name: Callable[[object], str]) -> tuple[str, ...]:
    """What is told of a claim, one text for each of `FIELDS`; "" where nothing is known."""

    def names(terms: Sequence[ox.NamedNode]) -> str:
        return "; ".join(map(name, terms))

    return (
        ground.claim.value, names(ground.sources), "; ".join(ground.locators), ground.year, names(ground.kinds),
        names(ground.strengths), names(ground.attributed),
    )  # fmt: skip


def note(ground: Ground, name: Callable[[object], str]) -> str:
    """A claim in one line, as a footnote has it: source, year, spot, kind of evidence, strength, whom it credits."""
    _, source, spot, year, kind, strength, attributed = fields(ground, name)
    parts = [source, "" if year in source else year, spot]
    rest = [f"evidence: {kind}" if kind else "", f"strength: {strength}" if strength else "",
            f"credited to {attributed}" if attributed else ""]  # fmt: skip
    return "; ".join(part for part in (", ".join(part for part in parts if part), *rest) if part)


def sources_and_spots(store: ox.Store, claim: ox.NamedNode) -> tuple[list[ox.NamedNode], list[str]]:
    """The document that makes a claim, and where in it, in words; all that some askers need of a `Ground`."""
    spots = sorted(locator_text(store, spot) for spot in _objects(store, claim, _LOCATOR))
    return _objects(store, claim, _STATED_IN), spots


def _objects(store: ox.Store, thing: ox.NamedNode, predicate: ox.NamedNode) -> list[ox.NamedNode]:
    found = {quad.object for quad in store.quads_for_pattern(thing, predicate, None, None)}
    return sorted((term for term in found if isinstance(term, ox.NamedNode)), key=lambda term: term.value)


def _subjects(store: ox.Store, predicate: ox.NamedNode, thing: ox.NamedNode) -> list[ox.NamedNode]:
    found = {quad.subject for quad in store.quads_for_pattern(None, predicate, thing, None)}
    return sorted((term for term in found if isinstance(term, ox.NamedNode)), key=lambda term: term.value)


def _year(store: ox.Store, source: ox.NamedNode) -> str:
    for predicate in _YEARS:
        for quad in store.quads_for_pattern(source, predicate, None, None):
            if isinstance(quad.object, ox.Literal):
                return quad.object.value[:4]
    return ""


def claims_of(store: ox.Store, thing: ox.NamedNode) -> list[ox.NamedNode]:
    """The claims behind a thing, sorted: itself if it is one; else those that state it; else those about it.

    The last are for what is no situation, such as a framework or an entry of a list of references.
    """
    if next(store.quads_for_pattern(thing, _STATED_IN, None, None), None) is not None:
        return [thing]
    return _subjects(store, _SUPPORTS, thing) or _subjects(store, _ABOUT, thing)


def add_grounds(store: ox.Store, answer: FullAnswer, text: str, asserted: str = "") -> None:
    """Find the claims behind each row, and which rows need inference.

    Args:
        store: The graph.
        answer: Whose `grounds` and `inferred` are set.
        text: The query that gave it, with its parameters bound.
        asserted: Path of a store without what is inferred but `classes_above`; "" if there is none.
    """
    claims: dict[ox.NamedNode, list[ox.NamedNode]] = {}
    known: dict[ox.NamedNode, Ground] = {}
    answer.grounds = []
    for row in answer.rows:
        behind: dict[ox.NamedNode, Ground] = {}
        for thing in answer.things(row):
            if thing not in claims:
                claims[thing] = claims_of(store, thing)
            for claim in claims[thing]:
                if claim not in known:
                    known[claim] = Ground(store, claim)
                behind[claim] = known[claim]
        answer.grounds.append(list(behind.values()))
    if not answer.rows:
        answer.inferred = []
        return
    without = open_store(asserted) if asserted else asserted_store(store)
    stated = set(map(_comparable, without.query(text, use_default_graph_as_union=True)))  # type: ignore[arg-type]
    answer.inferred = [_comparable(row) not in stated for row in answer.rows]


def asserted_store(store: ox.Store) -> ox.Store:
    """A store in memory with all graphs but the inferred one, and the classes above, for a graph that no build wrote.

    To name the hundreds of graphs to a query instead takes it up to a hundred times as long.
    """
    asserted = ox.Store()
    asserted.bulk_load(store.dump(format=ox.RdfFormat.N_QUADS), format=ox.RdfFormat.N_QUADS)
    asserted.remove_graph(ox.NamedNode(INFERRED))
    asserted.bulk_extend(classes_above(store))
    return asserted


def classes_above(store: ox.Store) -> Iterator[ox.Quad]:
    """What is inferred of a graph and tells no more than a class above one that is stated of the same thing.

    That a treaty is an agreement adds nothing to what its source says: a row that needs no more than such classes is
    no inferred one. A class that follows from a property, or a relation that follows from a record, is inferred.
    """
    graph = ox.NamedNode(INFERRED)
    above: dict[object, set[object]] = {}
    for quad in store.quads_for_pattern(None, TYPE, None, graph):
        kinds = store.quads_for_pattern(quad.subject, TYPE, None, None)
        if any(quad.object in _above(store, it.object, above) for it in kinds if it.graph_name != graph):
            yield quad


def _above(store: ox.Store, kind: object, known: dict[object, set[object]]) -> set[object]:
    """The classes above a class, at any depth, looked up once."""
    if kind not in known:
        found: set[object] = set()
        pending = [kind]
        while pending:
            for quad in store.quads_for_pattern(pending.pop(), _BELOW, None, None):  # type: ignore[arg-type]
                if quad.object not in found:
                    found.add(quad.object)
                    pending.append(quad.object)
        known[kind] = found
    return known[kind]


def _comparable(row: Row) -> tuple[object, ...]:
    """A row without the names of blank nodes, which differ from store to store."""
    return tuple(TYPE if isinstance(term, ox.BlankNode) else term for term in row)
