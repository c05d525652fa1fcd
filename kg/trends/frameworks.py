"""The frameworks of authors, and what in the graph falls under each category.

Under a category falls what an assessment puts there, and what the claims on the category state or speak of beside it.
A claim that only says what the category is puts nothing under it.
"""

from __future__ import annotations

import pyoxigraph as ox

from kg.namespaces import PREFIXES
from kg.store import ask_store

_CATEGORIES = """SELECT ?framework ?category ?number WHERE {
  ?category bl:inFramework ?framework
  OPTIONAL { ?category bl:categoryNumber ?number }
}"""
_PROPOSED = "SELECT ?framework ?from WHERE { ?framework bl:proposedIn|bl:proposedBy|bl:adaptedBy ?from }"
_JUDGED = """SELECT ?category ?thing ?claim WHERE {
  ?judgement bl:assessedCategory ?category ; bl:assesses ?thing
  OPTIONAL { ?claim bl:supports ?judgement }
}"""
_TOLD = """SELECT ?category ?claim ?thing ?stated WHERE {
  ?category bl:inFramework ?framework .
  ?claim bl:about ?category
  OPTIONAL {
    ?claim bl:about ?thing
    FILTER NOT EXISTS { ?thing a bl:FrameworkCategory }
    FILTER NOT EXISTS { ?thing a bl:AnalyticFramework }
    BIND (EXISTS { ?claim bl:supports ?thing } AS ?stated)
  }
}"""


class Category:
    """A category: its number, what falls under it (`judged` by assessments, `stated` or `named` by claims), its claims.

    Attributes:
        number: Its place in its author's order; 0 if none is given.
        judged: What assessments put under it.
        stated: The situations that the claims on it state.
        named: What else those claims speak of.
        claims: The claims on it, and those that put something under it.
    """

    __slots__ = ("claims", "iri", "judged", "named", "number", "stated")

    def __init__(self, iri: str, number: int) -> None:
        self.iri = iri
        self.number = number
        self.judged: set[str] = set()
        self.stated: set[str] = set()
        self.named: set[str] = set()
        self.claims: set[str] = set()

    def under_it(self) -> list[tuple[str, str]]:
        """What falls under it, with the way in which it does."""
        ways = (
            ("judged so", self.judged),
            ("stated", self.stated - self.judged),
            ("spoken of", self.named - self.stated - self.judged),
        )
        return [(thing, way) for way, things in ways for thing in sorted(things)]


class Framework:
    """A framework with its categories in order, and the sources and authors from whom it comes."""

    __slots__ = ("categories", "iri", "origins")

    def __init__(self, iri: str, categories: list[Category], origins: set[str]) -> None:
        self.iri = iri
        self.categories = categories
        self.origins = origins


def frameworks(store: ox.Store) -> list[Framework]:
    """All frameworks, by IRI."""
    categories: dict[str, Category] = {}
    members: dict[str, list[Category]] = {}
    for framework, iri, number in ask_store(store, _CATEGORIES, PREFIXES).rows():
        category = Category(_iri(iri), int(number.value) if isinstance(number, ox.Literal) else 0)
        categories[category.iri] = category
        members.setdefault(_iri(framework), []).append(category)
    for iri, thing, claim in ask_store(store, _JUDGED, PREFIXES).rows():
        if _iri(iri) in categories:
            categories[_iri(iri)].judged.add(_iri(thing))
            categories[_iri(iri)].claims |= {_iri(claim)} if claim is not None else set()
    for iri, claim, thing, stated in ask_store(store, _TOLD, PREFIXES).rows():
        category = categories[_iri(iri)]
        category.claims.add(_iri(claim))
        if thing is not None:
            known = isinstance(stated, ox.Literal) and stated.value == "true"
            (category.stated if known else category.named).add(_iri(thing))
    origins: dict[str, set[str]] = {}
    for framework, origin in ask_store(store, _PROPOSED, PREFIXES).rows():
        origins.setdefault(_iri(framework), set()).add(_iri(origin))
    return [
        Framework(iri, sorted(own, key=lambda it: (it.number, it.iri)), origins.get(iri, set()))
        for iri, own in sorted(members.items())
    ]


def _iri(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)
