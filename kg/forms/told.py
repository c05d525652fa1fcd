"""The cells of an answer as people read them: names in their languages, marks, numbers of footnotes.

On the path of every question that is answered with a table.
"""

from __future__ import annotations

import pyoxigraph as ox

from kg.answer.full import DISPUTE_MARK, INFERRED_MARK
from kg.names import FALLBACK, named
from kg.namespaces import PREFIXES, shorten

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.answer.full import FullAnswer

# How many disputed things are named below an answer.
_MOST = 10


class Notes:
    """The names of an answer's terms, each looked up once, and its footnotes by number.

    A locator is too long for a column, and so is a claim with all that is known of it.
    """

    def __init__(self, store: ox.Store, order: Sequence[str] = FALLBACK) -> None:
        self._store = store
        self._order = order
        self._names: dict[object, tuple[str, str]] = {}
        self._numbers: dict[str, int] = {}

    def named(self, term: object) -> tuple[str, str]:
        """What a person reads for the term, and its language."""
        if term not in self._names:
            self._names[term] = named(self._store, term, self._order)
        return self._names[term]

    def name(self, term: object) -> str:
        """What a person reads for the term."""
        return self.named(term)[0]

    def number(self, text: str) -> int:
        """The number of a footnote, the same for the same text."""
        return self._numbers.setdefault(text, len(self._numbers) + 1)

    def mark(self, term: object) -> str:
        """What stands in the cell: `[n]` for a locator, else the term's name."""
        text = self.name(term)
        return f"[{self.number(text)}]" if is_locator(term) else text

    @property
    def texts(self) -> list[str]:
        """The footnotes in the order of their numbers."""
        return list(self._numbers)


def is_locator(term: object) -> bool:
    """Whether a term is a spot in a source."""
    return isinstance(term, ox.NamedNode) and term.value.startswith(PREFIXES["locator"])


def heads(answer: FullAnswer) -> list[str]:
    """The columns of an answer with those that tell what is known of its rows."""
    return [*answer.columns, *further_heads(answer)]


def further_heads(answer: FullAnswer) -> list[str]:
    """The columns that people read after those of the query; of doubts there is one only if a row has one."""
    return [
        *(["time"] if answer.undated is not None and any(answer.undated) else []),
        *(["evidence"] if answer.grounds is not None else []),
    ]


def notes_of(answer: FullAnswer, notes: Notes, row: int) -> list[int]:
    """The numbers of the footnotes with the claims behind a row."""
    if not answer.grounds:
        return []
    from kg.answer.grounds import note

    return list(dict.fromkeys(notes.number(note(ground, notes.name)) for ground in answer.grounds[row]))


def references(answer: FullAnswer, notes: Notes, row: int, reference: str) -> str:
    """The cell with the footnotes of a row, each by its number in a frame such as `[{}]`, and a mark if inferred."""
    numbers = [reference.format(number) for number in notes_of(answer, notes, row)]
    return " ".join([*numbers, INFERRED_MARK] if is_inferred(answer, row) else numbers)


def is_inferred(answer: FullAnswer, row: int) -> bool:
    """Whether a row needs inference, as far as anybody asked."""
    return answer.inferred is not None and answer.inferred[row]


def legend(answer: FullAnswer) -> list[str]:
    """The lines below an answer that say what its marks mean, and what was left out."""
    lines = []
    things = list(answer.disputes)
    shown = {thing for row in answer.rows for thing in answer.disputed_of(row)} if things else set()
    things = [thing for thing in things if thing in shown]
    for thing in things[:_MOST]:
        lines.append(f"{DISPUTE_MARK} {answer.disputes[thing]}: kg disputes {shorten(thing.value)}")
    if len(things) > _MOST:
        lines.append(f"{DISPUTE_MARK} and {len(things) - _MOST} more: kg disputes")
    if answer.inferred is not None and any(answer.inferred):
        lines.append(f"{INFERRED_MARK} inferred: it follows by reasoning from what sources say; kg why proves it")
    return [*lines, *time_lines(answer)]


def time_lines(answer: FullAnswer) -> list[str]:
    """What the time asked for did to an answer: how many rows were left out, and how many are not sure."""
    if answer.undated is None:
        return []
    lines = []
    count = answer.left_out
    if count and answer.rows:
        rows = "1 row was left out: it holds" if count == 1 else f"{count} rows were left out: they hold"
        lines.append(f"as of {answer.at}: {rows} at another time only")
    count = sum(map(bool, answer.undated))
    if count:
        rows = "1 row is" if count == 1 else f"{count} rows are"
        lines.append(f"as of {answer.at}: {rows} kept though undated or vaguely dated; each says why")
    return lines
