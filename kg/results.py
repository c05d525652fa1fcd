"""Answers as text: tables for people, the W3C formats for programs.

Tables and Markdown show things by their names; every other format gives the terms.
The table is our own because a table library costs a fifth of the time that a whole
question may take, to import.
"""

from __future__ import annotations

import re

import pyoxigraph as ox

from kg.errors import UsageError
from kg.names import label
from kg.namespaces import PREFIXES
from kg.store import RESULT_FORMATS, Answer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

TABLE_FORMATS = ("table", "md", *RESULT_FORMATS)
GRAPH_FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
FORMATS = (*TABLE_FORMATS, *GRAPH_FORMATS)
_GAP = "  "
# A word with the space before it, cut after hyphens: where a line may be broken.
_PIECE = re.compile(r" *[^ -]+-*| *-+")
_NARROWEST = 5
_LONGEST_WORD = 16


def render(store: ox.Store, answer: Answer, form: str | None, width: int, bold: bool = False) -> str:
    """An answer in a format, ending in a newline.

    Args:
        store: Where the names of things are looked up.
        answer: What the query gave; it is used up.
        form: One of `FORMATS`, or None for the usual one of the answer's kind.
        width: How many characters a line of a table may have.
        bold: Whether the head of a table is set in bold (a terminal's escape codes).

    Raises:
        UsageError: The format does not fit the kind of answer.
    """
    if answer.kind == "graph":
        form = form or "ttl"
        if form not in GRAPH_FORMATS:
            raise UsageError(f"A CONSTRUCT or DESCRIBE is written as {', '.join(GRAPH_FORMATS)}, not as {form}.")
        return write_triples(answer.triples(), form)
    form = form or "table"
    if form not in TABLE_FORMATS:
        raise UsageError(f"A SELECT or ASK is written as {', '.join(TABLE_FORMATS)}, not as {form}.")
    if form in RESULT_FORMATS:
        text = answer.serialize(form).decode()
        return text if text.endswith("\n") else text + "\n"
    if answer.kind == "ask":
        return ("yes" if answer.truth() else "no") + "\n"
    rows = answer.rows()
    if form == "md":
        names = Notes(store)
        return markdown(answer.columns, [[names.name(term) for term in row] for row in rows])
    notes = Notes(store)
    cells = [[notes.mark(term) for term in row] for row in rows]
    return table(answer.columns, cells, width, bold) + notes.text(width)


def write_triples(triples: Sequence[ox.Triple], form: str) -> str:
    """Triples in an RDF format, in the order given."""
    text = (ox.serialize(triples, format=GRAPH_FORMATS[form], prefixes=_used_prefixes(triples, form)) or b"").decode()
    return text if text.endswith("\n") else text + "\n"


def _used_prefixes(triples: Sequence[ox.Triple], form: str) -> dict[str, str] | None:
    """The project's prefixes for the namespaces that occur; none for formats without prefixes."""
    if form not in ("ttl", "rdfxml", "jsonld"):
        return None
    text = "\n".join(map(str, triples))
    return {prefix: namespace for prefix, namespace in PREFIXES.items() if f"<{namespace}" in text}


class Notes:
    """The names of a table's terms, each looked up once; locators become notes below the table.

    A locator is too long for a column.
    """

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._names: dict[object, str] = {}
        self._numbers: dict[str, int] = {}

    def name(self, term: object) -> str:
        """What a person reads for the term."""
        if term not in self._names:
            self._names[term] = label(self._store, term)
        return self._names[term]

    def mark(self, term: object) -> str:
        """What stands in the cell: `[n]` for a locator, else the term's name."""
        text = self.name(term)
        if isinstance(term, ox.NamedNode) and term.value.startswith(PREFIXES["locator"]):
            return f"[{self._numbers.setdefault(text, len(self._numbers) + 1)}]"
        return text

    def text(self, width: int) -> str:
        """The notes in the order of their numbers, wrapped; empty if there are none."""
        lines = []
        for note, number in self._numbers.items():
            first, *others = wrap(f"[{number}] {printable(note)}", max(width, 20) - 4)
            lines += [first, *(f"    {line}" for line in others)]
        return "\n".join(["", *lines, ""]) if lines else ""


def csv_text(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Rows of text as CSV (RFC 4180, lines ended by a line feed)."""
    import csv
    import io

    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return buffer.getvalue()


def markdown(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown; a bar in a cell is escaped, a line break becomes a space, and see `printable`."""

    def line(cells: Sequence[str]) -> str:
        clean = (printable(cell).replace("\\", "\\\\").replace("|", "\\|") for cell in cells)
        return f"| {' | '.join(clean)} |\n"

    return line(columns) + f"|{' --- |' * len(columns)}\n" + "".join(map(line, rows))


def table(columns: Sequence[str], rows: Sequence[Sequence[str]], width: int, bold: bool = False) -> str:
    """A table in plain text, no line longer than `width` where the columns allow it.

    Leading cells that repeat the row above are left blank, up to the source, which every row shows;
    a line below tells the number of rows.
    """
    count = f"{len(rows)} row{'' if len(rows) == 1 else 's'}\n"
    if not columns:
        return count
    widths = column_widths(columns, rows, width - len(_GAP) * (len(columns) - 1))
    head = _lines([name.replace("_", " ") for name in columns], widths)
    if bold:
        head = [f"\x1b[1m{line}\x1b[0m" for line in head]
    parts = [*head, _GAP.join("─" * size for size in widths)]
    above: Sequence[str] = ()
    for row in rows:
        shown = list(row)
        for place, cell in enumerate(row):
            if place >= len(above) or above[place] != cell or columns[place] == "source":
                break
            shown[place] = ""
        parts.extend(_lines(shown, widths))
        above = row
    return "\n".join(parts) + "\n\n" + count


def column_widths(columns: Sequence[str], rows: Sequence[Sequence[str]], room: int) -> list[int]:
    """How wide each column is, so that all fit into `room` characters: the widest give way first.

    No column becomes narrower than its longest word, up to `_LONGEST_WORD`, as long as that leaves room.
    """
    widths, words = [], []
    for column in zip(columns, *rows, strict=True):
        widths.append(max(map(len, column)))
        longest = max((len(piece.strip()) for cell in column for piece in _PIECE.findall(cell)), default=1)
        words.append(min(longest, _LONGEST_WORD))
    for floors in (words, [min(size, _NARROWEST) for size in words]):
        while sum(widths) > room:
            # Take the widest of the columns that can give down to the next one's width, or as far as needed.
            most = max((size for size, floor in zip(widths, floors, strict=True) if size > floor), default=0)
            if not most:
                break
            wide = [place for place, size in enumerate(widths) if size == most and size > floors[place]]
            below = max((size for size in widths if size < most), default=1)
            excess = -(-(sum(widths) - room) // len(wide))
            for place in wide:
                widths[place] = max(most - excess, below, floors[place])
    return [max(size, 1) for size in widths]


def printable(text: str) -> str:
    """One line of text without control characters, so that no name can steer a terminal."""
    line = " ".join(text.split())
    return line if line.isprintable() else "".join(mark if mark.isprintable() else "\ufffd" for mark in line)


def wrap(text: str, size: int) -> list[str]:
    """Text broken at spaces and hyphens into lines of at most `size` characters; a longer word is cut."""
    if len(text) <= size:
        return [text]
    lines = [""]
    for piece in _PIECE.findall(text):
        if len(lines[-1]) + len(piece) <= size:
            lines[-1] += piece
            continue
        word = piece.lstrip()
        lines += [word[start : start + size] for start in range(0, len(word), size)]
    return lines if lines[0] else lines[1:]


def _lines(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    """The lines of one row."""
    wrapped = [wrap(printable(cell), size) for cell, size in zip(cells, widths, strict=True)]
    height = max(map(len, wrapped))
    return [
        _GAP.join(
            (lines[number] if number < len(lines) else "").ljust(size)
            for lines, size in zip(wrapped, widths, strict=True)
        ).rstrip()
        for number in range(height)
    ]
