"""The facts that claims state, each with its places, topics and periods.

A fact is a situation that at least one claim supports, or a claim that supports none of its place. It is a fact of a
place if the place, or what lies in it, takes part in the situation, at any depth (the status of a flow from a mine in
a region is a fact of the region); a claim, if it speaks of the place and none of the situations that it supports is
one of the place.

A fact counts in each decade from its first to its last year, before 1900 or where only a century is given in each
century. Of a span with one end open or unknown only the other end counts: nothing is spread over years that no
source names. What has no span is undated, which is no period.
"""

from __future__ import annotations

import datetime

import pyoxigraph as ox

from kg.answer.period import edtf
from kg.coverage.topics import CLASSES, OTHER, TOPIC_OF
from kg.namespaces import PREFIXES, shorten
from kg.store import ask_store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.answer.period import Span

    Linked = dict[str, set[str]]

UNDATED = "undated"
_FIRST_DECADE = 1900
_DECADE = 10
_GIVE_OR_TAKE = 2

_STATED = "SELECT ?claim ?source WHERE { ?claim bl:statedIn ?source }"
_SUPPORTED = "SELECT ?claim ?fact WHERE { ?claim bl:supports ?fact }"
_PARTS = "SELECT ?fact ?part WHERE { ?fact bl:participant ?part }"
_INSIDE = "SELECT ?thing ?place WHERE { { ?thing bl:locatedIn ?place } UNION { ?place bl:alongBorder ?thing } }"
_SPEAKS = "SELECT ?claim ?place WHERE { ?place a bl:Place . ?claim bl:about ?place }"
_SORTED = """SELECT ?fact ?entry WHERE {
  VALUES ?by { bl:hasIndicator bl:comparedBy bl:tendencyIn bl:phenomenon bl:influencingThing bl:affectedThing }
  ?fact ?by ?entry
}"""
_CLASSED = f"SELECT ?fact ?class WHERE {{ VALUES ?class {{ {' '.join(CLASSES)} }} ?fact a ?class }}"
_TOUCHED = """SELECT ?claim ?entry WHERE {
  VALUES ?scheme { <https://w3id.org/borderlands/voc/indicator> <https://w3id.org/borderlands/voc/phenomenon> }
  ?entry skos:inScheme ?scheme .
  ?claim bl:about ?entry
}"""
_DIMENSIONS = "SELECT ?claim ?dimension WHERE { ?claim bl:dimension ?dimension }"
_SPANS = """SELECT ?fact ?note ?start ?end WHERE {
  ?fact bl:holdsDuring ?span
  OPTIONAL { ?span bl:timeNote ?note }
  OPTIONAL { ?span bl:startYear ?start }
  OPTIONAL { ?span bl:endYear ?end }
}"""


class Fact:
    """One fact.

    Attributes:
        iri: The situation, or the claim.
        claims: The claims that state it, sorted.
        sources: The sources of these claims.
        places: The places of which it is a fact.
        entries: The prefixed names of what sorts it, entries of `kg.coverage.topics`.
        topics: The topics of these entries.
        periods: Its decades and centuries; `UNDATED` alone if it has none.
    """

    __slots__ = ("claims", "entries", "iri", "periods", "places", "sources", "topics")

    def __init__(
        self, iri: str, claims: Iterable[str], sources: set[str], places: set[str], entries: set[str], periods: set[str]
    ) -> None:
        self.iri = iri
        self.claims = sorted(claims)
        self.sources = sources
        self.places = places
        self.entries = entries
        self.topics = {TOPIC_OF[entry] for entry in entries} or {OTHER}
        self.periods = periods or {UNDATED}


class Facts:
    """What the graph says of its facts, as it is needed to make them; see `read_facts`."""

    def __init__(self, store: ox.Store) -> None:
        self.source = {claim: min(sources) for claim, sources in _pairs(store, _STATED).items()}
        self.supported = _pairs(store, _SUPPORTED)
        self._parts = _pairs(store, _PARTS)
        self._inside = _pairs(store, _INSIDE)
        self._speaks = _pairs(store, _SPEAKS)
        self._sorted = _pairs(store, _SORTED)
        self._classed = _pairs(store, _CLASSED)
        self._touched = _pairs(store, _TOUCHED)
        self._dimensions = _pairs(store, _DIMENSIONS)
        self._spans = _spans(store)
        self._around: Linked = {}
        self._places: Linked = {}
        self._entries: Linked = {}

    def situations(self, claims: set[str]) -> list[Fact]:
        """The situations that these claims state."""
        behind: Linked = {}
        for claim in claims:
            for situation in self.supported.get(claim, ()):
                behind.setdefault(situation, set()).add(claim)
        return [
            Fact(
                situation, by, {self.source[claim] for claim in by}, self.places(situation),
                self.entries(situation) or self._looked_at(by), self._spans.get(situation, set()),
            )
            for situation, by in behind.items()
        ]  # fmt: skip

    def bare(self, claims: set[str]) -> list[Fact]:
        """The claims that speak of a place of which no situation is that they state."""
        found = []
        for claim in claims & self._speaks.keys():
            stated = self.supported.get(claim, set())
            places = {outer for place in self._speaks[claim] for outer in self.around(place)}
            for situation in stated:
                places -= self.places(situation)
            if places:
                periods = {period for situation in stated for period in self._spans.get(situation, ())}
                entries = self.claim_entries(claim)
                found.append(Fact(claim, (claim,), {self.source[claim]}, places, entries, periods))
        return found

    def around(self, thing: str) -> set[str]:
        """A thing and the places in which it lies."""
        if thing not in self._around:
            self._around[thing] = _reached(thing, self._inside)
        return self._around[thing]

    def places(self, situation: str) -> set[str]:
        """What takes part in a situation at any depth, with the places in which it lies."""
        if situation not in self._places:
            parts = _reached(situation, self._parts) - {situation}
            self._places[situation] = {place for part in parts for place in self.around(part)}
        return self._places[situation]

    def entries(self, situation: str) -> set[str]:
        """What sorts a situation: its indicators and phenomena, those of its ends, else its class; or nothing."""
        if situation not in self._entries:
            self._entries[situation] = found = set()
            for end in self._sorted.get(situation, ()):
                name = shorten(end)
                found |= {name} if name in TOPIC_OF else self.entries(end)
            if not found:
                found.update(sorted(map(shorten, self._classed.get(situation, ())), key=CLASSES.index)[:1])
        return self._entries[situation]

    def claim_entries(self, claim: str) -> set[str]:
        """What sorts a bare claim: the indicators and phenomena that it names, else its situations, its dimensions."""
        found = set(map(shorten, self._touched.get(claim, ()))) & TOPIC_OF.keys()
        for situation in self.supported.get(claim, ()) if not found else ():
            found |= self.entries(situation)
        return found or self._looked_at((claim,))

    def _looked_at(self, claims: Iterable[str]) -> set[str]:
        """The dimensions of claims."""
        return {shorten(found) for claim in claims for found in self._dimensions.get(claim, ())} & TOPIC_OF.keys()


def read_facts(store: ox.Store, source: str | None = None) -> list[Fact]:
    """Every fact that is stated; only those that one source states, if it is given (an IRI)."""
    facts = Facts(store)
    claims = {claim for claim, stated_in in facts.source.items() if source in (None, stated_in)}
    return sorted([*facts.situations(claims), *facts.bare(claims)], key=lambda fact: fact.iri)


def periods_of(span: Span) -> set[str]:
    """The decades or centuries in which a span counts; none if nothing is known of either end."""
    start = None if span.start is None or span.start[0] == datetime.date.min else _years(*span.start)
    end = None if span.end is None or span.end[1] == datetime.date.max else _years(*span.end)
    known = [years for years in (start, end) if years is not None]
    if not known:
        return set()
    # Of a vague start the last year and of a vague end the first one is sure to lie within.
    first, last = sorted((known[0][1] if start else known[0][0], known[-1][0] if end else known[-1][1]))
    if first < _FIRST_DECADE or any(late - early > _DECADE for early, late in known):
        return {_century(hundreds) for hundreds in range(first // 100, last // 100 + 1)}
    return {f"{tens}0s" for tens in range(first // 10, last // 10 + 1)}


def _years(first: datetime.date, last: datetime.date) -> tuple[int, int]:
    """The years between which something lies; of a single year that is about right (2020~) that year."""
    if last.year - first.year == _GIVE_OR_TAKE:
        return first.year + 1, first.year + 1
    return first.year, last.year


def _century(hundreds: int) -> str:
    number = hundreds + 1
    ending = {1: "st", 2: "nd", 3: "rd", 21: "st"}.get(number, "th")
    return f"{number}{ending} century"


def order_of_periods(period: str) -> tuple[int, int]:
    """The key that sorts periods in time, a century before its decades and the undated last."""
    digits = "".join(mark for mark in period if mark.isdecimal())
    if not digits:
        return 10_000, 0
    return (int(digits) * 100 - 100, 0) if period.endswith("century") else (int(digits), 1)


def _spans(store: ox.Store) -> Linked:
    """The periods of each situation that has a span."""
    found: Linked = {}
    for fact, note, start, end in ask_store(store, _SPANS, PREFIXES).rows():
        years = f"{_text(start)}/{_text(end)}"
        span = edtf(_text(note)) if note is not None else edtf(years) if years != "/" else None
        if span is not None:
            found.setdefault(_text(fact), set()).update(periods_of(span))
    return found


def _pairs(store: ox.Store, text: str) -> Linked:
    found: Linked = {}
    for one, other in ask_store(store, text, PREFIXES).rows():
        if isinstance(one, ox.NamedNode) and isinstance(other, ox.NamedNode):
            found.setdefault(one.value, set()).add(other.value)
    return found


def _reached(thing: str, links: Linked) -> set[str]:
    """A thing and all that one comes to from it."""
    found = {thing}
    waiting = [thing]
    while waiting:
        further = links.get(waiting.pop(), set()) - found
        found |= further
        waiting += further
    return found


def _text(term: object) -> str:
    return term.value if isinstance(term, (ox.NamedNode, ox.Literal)) else "" if term is None else str(term)
