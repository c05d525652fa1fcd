"""What is disputed or corrected: the index that a build writes, so that a plain question need not look."""

from __future__ import annotations

from kg.answer.full import CORRECTED, DISPUTED
from kg.namespaces import BL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyoxigraph as ox


_HAS_SIDE, _PREFERRED = BL + "hasSide", BL + "preferredClaim"
_CORRECTS, _SUPPORTS = BL + "corrects", BL + "supports"


def disputed_things(quads: Iterable[ox.Quad]) -> dict[str, str]:
    """The things of a graph that are disputed or corrected: IRI to `DISPUTED` or `CORRECTED`, sorted.

    Disputed is a claim that is a side of a disagreement, and what such a claim states; corrected is what a
    correction corrects. What is both is disputed.
    """
    sides, corrected = set(), set()
    states: dict[str, set[str]] = {}
    for quad in quads:
        predicate = quad.predicate.value
        if predicate in (_HAS_SIDE, _PREFERRED):
            sides.add(_iri(quad.object))
        elif predicate == _CORRECTS:
            corrected.add(_iri(quad.object))
        elif predicate == _SUPPORTS:
            states.setdefault(_iri(quad.subject), set()).add(_iri(quad.object))
    disputed = sides.union(*(states.get(side, set()) for side in sides))
    found = {**dict.fromkeys(corrected, CORRECTED), **dict.fromkeys(disputed, DISPUTED)}
    return dict(sorted(found.items()))


def _iri(term: object) -> str:
    return str(getattr(term, "value", ""))
