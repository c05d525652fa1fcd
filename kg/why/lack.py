"""What is missing for a triple that does not follow: by which rules it could, and whether it may be true at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from kg.namespaces import INFERRED
from kg.reason import Clash, Pattern, Way, close
from kg.why.ground import Grounds

_UNNAMED = "urn:unnamed:"


@dataclass(frozen=True)
class Missing:
    """One way by which the triple would follow.

    Attributes:
        way: The rule, what is there for it, and what is not.
        statable: For each missing premise, whether it is of a kind that is stated: if not, it would have to follow.
        barrier: What the premises of the rule would contradict, whatever things they spoke of; None if nothing.
    """

    way: Way
    statable: tuple[bool, ...]
    barrier: Clash | None


@dataclass(frozen=True)
class Lack:
    """What is missing for a triple.

    Attributes:
        triple: What neither is stated nor follows.
        barrier: What it would contradict; None if nothing.
        statable: Whether triples with its predicate are stated at all.
        ways: The nearest ways to it.
        more: How many further ways there are.
        instead: What is said of the subject with this predicate.
    """

    triple: ox.Triple
    barrier: Clash | None
    statable: bool
    ways: tuple[Missing, ...]
    more: int
    instead: tuple[ox.Triple, ...]

    @property
    def possible(self) -> bool:
        """Whether it may be true although nobody says so.

        It may not if it contradicts what is stated, or if it can only follow and each way is barred.
        """
        if self.barrier is not None:
            return False
        return self.statable or any(missing.barrier is None for missing in self.ways)


def lack(grounds: Grounds, triple: ox.Triple, most: int = 6) -> Lack:
    """What is missing for a triple that does not follow, with at most `most` ways to it that are open or nearest."""
    barrier = _barrier(grounds, (triple,))
    # To what cannot be, only those ways are of interest that something leads into.
    ways = [way for way in grounds.closure.ways(triple) if barrier is None or way.there]
    barriers: dict[tuple[Pattern, ...], Clash | None] = {}
    shown: list[Missing] = []
    statable = _is_stated(grounds, triple.predicate)
    for way in ways:
        # The rest need a look only as long as one that is open is wanted.
        if len(shown) >= most and (statable or any(missing.barrier is None for missing in shown)):
            break
        if way.needed not in barriers:
            barriers[way.needed] = _barrier(grounds, map(_triple, way.needed))
        told = tuple(_is_stated(grounds, pattern[1]) for pattern in way.missing)
        shown.append(Missing(way, told, barriers[way.needed]))
    shown.sort(key=lambda missing: missing.barrier is not None)
    said = {quad.triple for quad in grounds.store.quads_for_pattern(triple.subject, triple.predicate, None, None)}
    return Lack(
        triple=triple,
        barrier=barrier,
        statable=statable,
        ways=tuple(shown[:most]),
        more=len(ways) - len(shown[:most]),
        instead=tuple(sorted(said, key=str)),
    )


def _barrier(grounds: Grounds, triples: Iterable[ox.Triple]) -> Clash | None:
    """The shortest new contradiction that more triples would bring; None if they bring none."""
    old = {frozenset(clash.premises) for clash in grounds.closure.clashes}
    found = close((*grounds.homes, *triples)).clashes
    new = [clash for clash in found if frozenset(clash.premises) not in old]
    return min(new, key=lambda clash: (len(clash.premises), clash.message), default=None)


def _is_stated(grounds: Grounds, predicate: object) -> bool:
    if not isinstance(predicate, ox.NamedNode):
        return False
    quads = grounds.store.quads_for_pattern(None, predicate, None, None)
    return any(quad.graph_name != ox.NamedNode(INFERRED) for quad in quads)


def _triple(pattern: Pattern) -> ox.Triple:
    """A pattern with a new thing for each of its variables."""
    subject, predicate, value = (ox.NamedNode(_UNNAMED + end[1:]) if isinstance(end, str) else end for end in pattern)
    return ox.Triple(subject, predicate, value)  # type: ignore[arg-type]


def spoken(clash: Clash) -> str:
    """What is wrong, in a sentence, with variables for things that have no name."""
    parts = clash.message.split(f"<{_UNNAMED}")
    return parts[0] + "".join(f"?{part.replace('>', '', 1)}" for part in parts[1:])
