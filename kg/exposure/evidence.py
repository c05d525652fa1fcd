"""How well a link is attested: its claims, the strongest of them, and the weakest link of a path."""

from __future__ import annotations

import pyoxigraph as ox

from kg.answer.grounds import Ground, claims_of, fields
from kg.exposure.links import CARRIAGE, RETURN, SUPPLY, WITHIN
from kg.names import TYPE
from kg.namespaces import BL, PREFIXES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kg.exposure.links import Link

STATED = ox.NamedNode(PREFIXES["strength"] + "stated")
# Several records of these tell one thing, a flow and its stages; of the other kinds each tells a thing of its own.
_ONE_FACT = (SUPPLY, CARRIAGE, RETURN)
# From the weakest on: what may be so, what is foreseen, what others are said to say, what is probable, what is said.
_ORDER = ("possible", "expected", "some-experts", "interviewees", "officials", "likely", "stated")
_RANKS = {PREFIXES["strength"] + name: place for place, name in enumerate(_ORDER, 1)}
_EMPIRICAL = ox.NamedNode(BL + "EmpiricalClaim")


class Evidence:
    """The claims behind links, each looked up once."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._known: dict[ox.NamedNode, list[Ground]] = {}

    def of(self, link: Link) -> list[Ground]:
        """The claims behind a link and its figures, the strongest first."""
        return self._grounds([*link.records, *(figure.record for figure in link.figures)])

    def shown(self, link: Link) -> list[Ground]:
        """The strongest claim on each fact and figure that the line of a link tells, each once."""
        facts = [link.records] if link.kind in _ONE_FACT else [[record] for record in link.records]
        best = [ground for records in facts for ground in self._grounds(records)[:1]]
        best += [ground for figure in link.figures for ground in self.about(figure.record)]
        return list({ground.claim.value: ground for ground in best}.values())

    def about(self, record: ox.NamedNode, every: bool = False) -> list[Ground]:
        """The strongest claim on one record, or every one."""
        return self._grounds([record])[: None if every else 1]

    def strongest(self, link: Link) -> Ground | None:
        """The claim on which a link rests best; None if there is none. Of places in places the weakest counts."""
        if link.kind != WITHIN:
            return next(iter(self._grounds(link.records)), None)
        best = [next(iter(self._grounds([record])), None) for record in link.records]
        return None if None in best else min((it for it in best if it is not None), key=self.rank, default=None)

    def weakest(self, links: Iterable[Link]) -> tuple[int, Ground | None, bool]:
        """The link of a path attested worst: its place from 0, its strongest claim, and whether others are surer."""
        told = [self.strongest(link) for link in links]
        ranks = [(0, 0) if ground is None else self.rank(ground) for ground in told]
        place = ranks.index(min(ranks))
        return place, told[place], max(ranks)[0] > ranks[place][0]

    def rank(self, ground: Ground) -> tuple[int, int]:
        """How strong a claim is: by the certainty of its source, then by whether figures or records could decide it."""
        certainty = min((_RANKS.get(it.value, 0) for it in ground.strengths), default=_RANKS[STATED.value])
        quads = self._store.quads_for_pattern(ground.claim, TYPE, _EMPIRICAL, None)
        return certainty, int(next(quads, None) is not None)

    def _grounds(self, records: Iterable[ox.NamedNode]) -> list[Ground]:
        found = {}
        for record in records:
            if record not in self._known:
                self._known[record] = [Ground(self._store, claim) for claim in claims_of(self._store, record)]
            found.update({ground.claim.value: ground for ground in self._known[record]})
        return sorted(found.values(), key=lambda ground: (*_negative(self.rank(ground)), ground.claim.value))


def told(ground: Ground | None, name: Callable[[object], str]) -> dict[str, str]:
    """What is told of a claim: its strength and kind of evidence in words, its source and spot, its IRI."""
    if ground is None:
        return {"strength": "no claim", "evidence": "", "source": "", "locator": "", "claim": ""}
    claim, source, spot, _, kind, strength, _ = fields(ground, name)
    return {"strength": strength or name(STATED), "evidence": kind, "source": source, "locator": spot, "claim": claim}


def _negative(rank: tuple[int, int]) -> tuple[int, int]:
    return -rank[0], -rank[1]
