"""A cell opened: each of its facts with the claims that state it, their sources and the spots in them."""

from __future__ import annotations

import pyoxigraph as ox

from kg.answer.grounds import FIELDS, Ground, fields, note
from kg.coverage.facts import order_of_periods
from kg.names import label
from kg.namespaces import shorten

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.coverage.facts import Fact

COLUMNS = ("fact", "topics", "periods", "says", *FIELDS)


def opened(store: ox.Store, facts: Iterable[Fact]) -> list[tuple[str, ...]]:
    """One row of `COLUMNS` for each claim of each fact, as texts."""
    return [
        (shorten(fact.iri), "; ".join(sorted(fact.topics)), when(fact), label(store, ground.claim),
         *fields(ground, lambda term: label(store, term)))
        for fact in facts
        for ground in _grounds(store, fact)
    ]  # fmt: skip


def outline(store: ox.Store, facts: Iterable[Fact]) -> list[str]:
    """Lines for a person: each fact, and below it what each claim says, where and on what ground."""
    lines: list[str] = []
    for fact in facts:
        bare = fact.claims == [fact.iri]
        lines += [*([""] if lines else []), f"{label(store, ox.NamedNode(fact.iri))} ({when(fact)})"]
        for ground in _grounds(store, fact):
            lines += [] if bare else [f"  - {label(store, ground.claim)}"]
            lines.append(f"      {note(ground, lambda term: label(store, term))}")
    return lines


def when(fact: Fact) -> str:
    """The periods of a fact in time."""
    return ", ".join(sorted(fact.periods, key=order_of_periods))


def _grounds(store: ox.Store, fact: Fact) -> list[Ground]:
    return [Ground(store, ox.NamedNode(claim)) for claim in fact.claims]
