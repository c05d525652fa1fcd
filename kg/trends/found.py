"""Which voice finds convergence or divergence, of what and in which field of life; and whether voices agree.

A voice is whoever is credited with a finding: the works or people to whom the document gives the credit, else the
document. Findings are compared within one borderland (with its border and its sides; elsewhere within one thing) and
one dimension, never across dimensions, however near their names.

What decides: a finding that its voice asserts. A hypothesis, purpose, question or recommendation, a gap or a definition
asserts nothing, nor does what is only possible or expected; they are told and decide nothing. `trend:ambiguous` leaves
the matter open, and so agrees and differs with nothing. Of the rest, each voice with the set of trends that it finds:

- no voice: `OPEN`;
- one voice: `ALONE`, or `SEVERAL` if it finds more than one trend;
- two voices have no trend in common: `DIFFER`; else all have the same: `AGREE`; else `PARTLY`.

Voices that have an author in common do not confirm each other: if all that agree are tied so, it is `SAME_AUTHORS`.
"""

from __future__ import annotations

from itertools import combinations

import pyoxigraph as ox

from kg.namespaces import PREFIXES, shorten
from kg.store import ask_store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

AGREE, PARTLY, DIFFER = "agree", "agree in part", "differ"
SAME_AUTHORS = "agree, with authors in common"
ALONE, SEVERAL, OPEN = "one voice alone", "one voice, several trends", "open"
AMBIGUOUS = "trend:ambiguous"
# Parts in an argument and degrees of certainty that assert nothing.
NO_ASSERTION = {
    "role:hypothesis", "role:purpose", "role:question", "role:recommendation", "role:gap", "role:definition",
    "strength:possible", "strength:expected",
}  # fmt: skip

_FOUND = """SELECT ?finding ?claim ?trend ?source WHERE {
  {
    ?finding bl:hasTrend ?trend ; bl:statedIn ?source
    BIND (?finding AS ?claim)
    FILTER NOT EXISTS { ?finding bl:supports ?judgement . ?judgement bl:hasTrend ?trend }
  } UNION {
    ?finding bl:hasTrend ?trend ; bl:assesses ?thing .
    ?claim bl:supports ?finding ; bl:statedIn ?source
  }
}"""
# Of what a finding is told, the surest way first: the place of which a claim speaks, the one that it means, the one
# where that goes on of which it speaks, a state.
_THINGS = """SELECT ?finding ?way ?thing WHERE {
  {
    ?finding bl:hasTrend ?trend ; bl:assesses ?thing BIND (1 AS ?way)
  } UNION {
    ?finding bl:hasTrend ?trend ; bl:about ?thing . ?thing a bl:Place
    FILTER NOT EXISTS { ?thing a bl:State }
    BIND (2 AS ?way)
  } UNION {
    ?finding bl:hasTrend ?trend ; bl:impliedParticipant ?thing . ?thing a bl:Place BIND (3 AS ?way)
  } UNION {
    ?finding bl:hasTrend ?trend ; bl:supports ?stated . ?stated bl:processIn ?thing BIND (4 AS ?way)
  } UNION {
    ?finding bl:hasTrend ?trend ; bl:supports ?stated . ?stated bl:affectedThing ?changed .
    ?changed bl:processIn ?thing BIND (5 AS ?way)
  } UNION {
    ?finding bl:hasTrend ?trend ; bl:about ?thing . ?thing a bl:State BIND (6 AS ?way)
  }
}"""
_TOLD = ("dimension", "claimRole", "strength", "attributedTo")
_MORE = (
    "SELECT ?thing ?by ?value WHERE { "
    + " UNION ".join(
        f"{{ ?thing bl:hasTrend ?trend ; bl:{name} ?value BIND ('{name}' AS ?by) }} UNION "
        f"{{ ?finding bl:hasTrend ?trend . ?thing bl:supports ?finding ; bl:{name} ?value BIND ('{name}' AS ?by) }}"
        for name in _TOLD
    )
    + " }"
)
_BORDERLANDS = """SELECT ?thing ?borderland WHERE {
  { ?borderland a bl:Borderland BIND (?borderland AS ?thing) }
  UNION { ?borderland bl:alongBorder ?thing }
  UNION { ?thing a bl:BorderlandSide ; bl:locatedIn ?borderland . ?borderland a bl:Borderland }
}"""
_AUTHORS = "SELECT ?source ?author WHERE { ?source bl:creator ?author }"


class Finding:
    """That a voice finds a trend.

    Attributes:
        iri: The judgement, or the claim where it is no judgement of its own.
        claim: The claim that states it.
        trend: The trend, a prefixed name.
        field: The dimension, a prefixed name; "" if the trend is told in general.
        thing: The borderland or other thing, an IRI; "" if none is named.
        voices: Who finds it: IRIs.
        source: The document.
        decides: Whether it is asserted, see the module.
    """

    __slots__ = ("claim", "decides", "field", "iri", "source", "thing", "trend", "voices")

    def __init__(
        self,
        iri: str,
        claim: str,
        trend: str,
        field: str,
        thing: str,
        voices: Iterable[str],
        source: str,
        decides: bool,
    ) -> None:
        self.iri = iri
        self.claim = claim
        self.trend = trend
        self.field = field
        self.thing = thing
        self.voices = tuple(sorted(voices))
        self.source = source
        self.decides = decides


class Matter:
    """One thing in one dimension: the findings by voice, and whether the voices agree."""

    __slots__ = ("field", "findings", "thing", "verdict")

    def __init__(self, thing: str, field: str, findings: list[Finding], authors: dict[str, set[str]]) -> None:
        self.thing = thing
        self.field = field
        self.findings = findings
        self.verdict = verdict(findings, authors)

    def voices(self) -> dict[str, list[Finding]]:
        """The findings of each voice, sorted."""
        found: dict[str, list[Finding]] = {}
        for finding in self.findings:
            for voice in finding.voices:
                found.setdefault(voice, []).append(finding)
        return dict(sorted(found.items()))


def matters(store: ox.Store) -> list[Matter]:
    """Every thing and dimension of which a trend is told: the borderlands first, by IRI, what names no thing last."""
    authors = authors_of(store)
    found: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings(store):
        found.setdefault((finding.thing, finding.field), []).append(finding)
    order = sorted(found, key=lambda it: (not it[0], "/borderland/" not in it[0], it))
    return [Matter(thing, field, found[thing, field], authors) for thing, field in order]


def findings(store: ox.Store) -> list[Finding]:
    """Every finding of a trend, once for each of its things and dimensions."""
    borderland = {row[0]: row[1] for row in _rows(store, _BORDERLANDS)}
    things = _things(store)
    more: dict[tuple[str, str], set[str]] = {}
    for thing, by, value in _rows(store, _MORE):
        more.setdefault((thing, by), set()).add(value)
    found = []
    for iri, claim, trend, source in sorted(set(_rows(store, _FOUND))):
        said = {shorten(it) for by in ("claimRole", "strength") for it in more.get((claim, by), ())}
        voices = more.get((claim, "attributedTo"), {source})
        fields = more.get((iri, "dimension"), {""})
        for thing in sorted({borderland.get(it, it) for it in things.get(iri, {""})}):
            found += [
                Finding(iri, claim, shorten(trend), shorten(field) if field else "", thing, voices, source,
                        not said & NO_ASSERTION)
                for field in sorted(fields)
            ]  # fmt: skip
    return found


def verdict(found: Iterable[Finding], authors: dict[str, set[str]]) -> str:
    """Whether voices agree, by the rule of this module.

    Args:
        found: The findings on one matter.
        authors: The authors of each source.
    """
    sure: dict[str, set[str]] = {}
    for finding in found:
        if finding.decides and finding.trend != AMBIGUOUS:
            for voice in finding.voices:
                sure.setdefault(voice, set()).add(finding.trend)
    if not sure:
        return OPEN
    if len(sure) == 1:
        (trends,) = sure.values()
        return ALONE if len(trends) == 1 else SEVERAL
    pairs = list(combinations(sure, 2))
    if any(sure[one].isdisjoint(sure[other]) for one, other in pairs):
        return DIFFER
    if any(sure[one] != sure[other] for one, other in pairs):
        return PARTLY
    tied = all(authors.get(one, set()) & authors.get(other, set()) for one, other in pairs)
    return SAME_AUTHORS if tied else AGREE


def authors_of(store: ox.Store) -> dict[str, set[str]]:
    """The authors of each source."""
    found: dict[str, set[str]] = {}
    for source, author in _rows(store, _AUTHORS):
        found.setdefault(source, set()).add(author)
    return found


def _things(store: ox.Store) -> dict[str, set[str]]:
    """The things of each finding, those found by the surest way alone."""
    ways: dict[str, dict[str, set[str]]] = {}
    for finding, way, thing in _rows(store, _THINGS):
        ways.setdefault(finding, {}).setdefault(way, set()).add(thing)
    return {finding: by_way[min(by_way)] for finding, by_way in ways.items()}


def _rows(store: ox.Store, text: str) -> list[tuple[str, ...]]:
    return [tuple(_text(term) for term in row) for row in ask_store(store, text, PREFIXES).rows()]


def _text(term: object) -> str:
    return term.value if isinstance(term, (ox.NamedNode, ox.Literal)) else "" if term is None else str(term)
