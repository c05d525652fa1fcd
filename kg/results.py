"""Answers as text: tables for people, the W3C formats for programs.

Tables, Markdown, pages, maps and workbooks show things by their names; every other format gives the terms.
The table is our own because a table library costs a fifth of the time that a whole
question may take, to import.
"""

from __future__ import annotations

import re

import pyoxigraph as ox

from kg.answer.full import DISPUTE_MARK, FullAnswer
from kg.errors import UsageError
from kg.forms.told import Notes, further_heads, heads, legend, references
from kg.names import FALLBACK
from kg.namespaces import PREFIXES
from kg.store import RESULT_FORMATS, Answer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Cells = list[list[str]]

# In these the names of things are read, and what is known of the rows stands beside them or below.
PEOPLE_FORMATS = ("table", "md", "html")
BINARY_FORMATS = ("xlsx",)
TABLE_FORMATS = ("table", "md", *RESULT_FORMATS, "html", "geojson", *BINARY_FORMATS)
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


def render(
    store: ox.Store,
    answer: Answer | FullAnswer,
    form: str | None,
    width: int,
    bold: bool = False,
    order: Sequence[str] = FALLBACK,
) -> bytes:
    """An answer in a format; a text ends in a newline.

    Args:
        store: Where the names of things are looked up.
        answer: What the query gave; it is used up.
        form: One of `FORMATS`, or None for the usual one of the answer's kind.
        width: How many characters a line of a table may have.
        bold: Whether the head of a table is set in bold (a terminal's escape codes).
        order: The languages for names.

    Raises:
        UsageError: The format does not fit the kind of answer, or needs a part that is not installed.
    """
    if isinstance(answer, Answer):
        if answer.kind == "graph":
            return write_triples(answer.triples(), fitting(form, "graph")).encode()
        form = fitting(form, answer.kind)
        if form in RESULT_FORMATS:
            return _ended(answer.serialize(form))
        if answer.kind == "ask":
            return b"yes\n" if answer.truth() else b"no\n"
        answer = FullAnswer(answer.columns, answer.rows())
    form = fitting(form, "select")
    notes = Notes(store, order)
    if form in RESULT_FORMATS:
        return _ended(answer.serialize(form, notes.name))
    if form == "xlsx":
        from kg.forms.workbook import workbook

        return workbook(answer, notes)
    if form == "geojson":
        from kg.forms.places import feature_collection

        return _ended(feature_collection(store, answer, notes).encode())
    if form == "html":
        from kg.forms.page import page

        return _ended(page(store, answer, notes).encode())
    return (_markdown(store, answer, notes) if form == "md" else _table(store, answer, notes, width, bold)).encode()


def fitting(form: str | None, kind: str) -> str:
    """The format for a kind of answer ("select", "ask", "graph"), the usual one for None.

    Raises:
        UsageError: The format is for another kind.
    """
    if kind == "graph":
        form = form or "ttl"
        if form not in GRAPH_FORMATS:
            raise UsageError(f"A CONSTRUCT or DESCRIBE is written as {', '.join(GRAPH_FORMATS)}, not as {form}.")
        return form
    form = form or "table"
    if form not in TABLE_FORMATS:
        raise UsageError(f"A SELECT or ASK is written as {', '.join(TABLE_FORMATS)}, not as {form}.")
    if kind == "ask" and form not in ("table", "md", "json", "csv", "tsv", "xml"):
        raise UsageError(f"An ASK has no rows to write as {form}; it is written as table, md, json, csv, tsv or xml.")
    return form


def holds_rows(content: bytes, form: str) -> bool:
    """Whether an answer in one of the W3C results formats has a row."""
    if form in ("csv", "tsv"):
        return content.count(b"\n") > 1
    return b"<result>" in content if form == "xml" else not content.rstrip().endswith(b'"bindings":[]}}')


def _ended(text: bytes) -> bytes:
    return text if text.endswith(b"\n") else text + b"\n"


def _table(store: ox.Store, answer: FullAnswer, notes: Notes, width: int, bold: bool) -> str:
    cells = _cells(store, answer, notes, "[{}]", notes.mark)
    below = [f"[{number}] {text}" for number, text in enumerate(notes.texts, 1)]
    said = [*answer.nothing.splitlines(), *legend(answer)]
    paragraphs = [_paragraph(lines, width) for lines in (said, below) if lines]
    return "\n".join([table(heads(answer), cells, width, bold), *paragraphs])


def _paragraph(lines: Sequence[str], width: int) -> str:
    """Lines that follow a table, wrapped; what goes on is set in."""
    wrapped = []
    for line in lines:
        first, *others = wrap(printable(line), max(width, 20) - 4)
        wrapped += [first, *(f"    {other}" for other in others)]
    return "\n".join(wrapped) + "\n"


def _markdown(store: ox.Store, answer: FullAnswer, notes: Notes) -> str:
    text = markdown(heads(answer), _cells(store, answer, notes, "[^{}]", notes.name))
    for line in (*answer.nothing.splitlines(), *legend(answer)):
        text += f"\n{_plain(line)}\n"
    for number, note in enumerate(notes.texts, 1):
        text += f"\n[^{number}]: {_plain(note)}\n"
    return text


def _plain(text: str) -> str:
    """A line of text in which Markdown sees no mark-up."""
    return re.sub(r"([\\`*_\[\]<>|])", r"\\\1", printable(text))


def _cells(store: ox.Store, answer: FullAnswer, notes: Notes, reference: str, shown: Callable[[object], str]) -> Cells:
    """The cells of all rows: terms as they are shown, with their marks, then what is known of the row."""
    cells = []
    more = further_heads(answer)
    for number, row in enumerate(answer.rows):
        line = [shown(term) for term in row]
        for place in answer.disputed_places(store, row):
            line[place] += DISPUTE_MARK
        if "time" in more and answer.undated is not None:
            line.append(answer.undated[number])
        if "evidence" in more:
            line.append(references(answer, notes, number, reference))
        cells.append(line)
    return cells


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
