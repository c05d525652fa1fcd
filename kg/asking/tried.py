"""Whether the queries that a question may mean have an answer: whoever asks takes for granted that there is one."""

from __future__ import annotations

from kg.errors import KgError
from kg.query import bind
from kg.store import ask_store

TYPE_CHECKING = False
if TYPE_CHECKING:
    import pyoxigraph as ox

    from kg.asking.choose import Catalogue, Choice

# So many of the best are asked, and what one without an answer keeps of its score.
_BEST, _EMPTY = 5, 0.7


def tried(store: ox.Store, catalogue: Catalogue, found: list[Choice]) -> list[Choice]:
    """The choices again, the best first, after those that have no answer have lost some of their score."""
    for choice in found[:_BEST]:
        if not choice.missing and _is_empty(store, catalogue, choice):
            choice.score *= _EMPTY
    return sorted(found, key=lambda it: (-it.score, it.name))


def _is_empty(store: ox.Store, catalogue: Catalogue, choice: Choice) -> bool:
    arguments = {key: value.text for key, value in choice.values.items()}
    try:
        return not ask_store(store, bind(store, catalogue, choice.name, arguments)).rows()
    except KgError:
        # What cannot be asked, or has no rows, is told when it is answered.
        return False
