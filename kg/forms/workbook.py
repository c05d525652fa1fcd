"""An answer as a workbook (Office Open XML): one sheet for people, one with the terms; numbers are numbers."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kg.errors import UsageError
from kg.forms.values import plain_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.answer.full import FullAnswer
    from kg.forms.told import Notes

# A cell holds so many characters, and a number of so many digits (ECMA-376 leaves numbers to IEEE 754).
_LONGEST_TEXT = 32_767
_MOST_DIGITS = 15
_WIDEST = 60


def workbook(answer: FullAnswer, notes: Notes) -> bytes:
    """The bytes of a file `.xlsx`: the sheet "answer" with names and numbers, the sheet "terms" with IRIs.

    Raises:
        UsageError: openpyxl is not installed.
    """
    try:
        import openpyxl
    except ImportError as error:
        raise UsageError(
            "A workbook needs openpyxl, which is not installed.\n  pip install 'borderlands-kg[xlsx]'"
        ) from error
    book = openpyxl.Workbook()
    more = answer.further(notes.name)
    extra = [list(texts) for texts in zip(*more.values(), strict=True)] if more else [[] for _ in answer.rows]
    sheet = book.active
    sheet.title = "answer"
    cells = [
        [notes.name(term) if (value := plain_value(term)) is None else value for term in row] for row in answer.rows
    ]
    _fill(sheet, [*answer.columns, *more], [[*row, *rest] for row, rest in zip(cells, extra, strict=True)])
    terms = [["" if term is None else getattr(term, "value", str(term)) for term in row] for row in answer.rows]
    _fill(book.create_sheet("terms"), answer.columns, terms)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _shown(term: object, notes: Notes) -> object:
    """A term as a number, a day or a truth, else by its name."""
    value = plain_value(term)
    return notes.name(term) if value is None else value


def _fill(sheet: Any, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:  # noqa: ANN401 - openpyxl
    """Write a head and rows; the head stays in sight, and each column is as wide as its texts, up to a bound."""
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    for place, name in enumerate(columns, 1):
        _put(sheet.cell(1, place), name)
        sheet.cell(1, place).font = Font(bold=True)
        widest = max((len(str(row[place - 1])) for row in rows), default=0)
        sheet.column_dimensions[get_column_letter(place)].width = min(max(widest, len(name)) + 2, _WIDEST)
    for number, row in enumerate(rows, 2):
        for place, value in enumerate(row, 1):
            if value not in ("", None):
                cell = sheet.cell(number, place)
                _put(cell, value)
                cell.alignment = Alignment(vertical="top", wrap_text=isinstance(value, str))
    sheet.freeze_panes = "A2"


def _put(cell: Any, value: object) -> None:  # noqa: ANN401 - openpyxl
    """Write one value; a text is never a formula, and a number that the format would round is a text."""
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        if len(Decimal(value).as_tuple().digits) <= _MOST_DIGITS:
            cell.value = value
            return
        value = str(value)
    if isinstance(value, str):
        clean = "".join(mark if mark.isprintable() or mark in "\n\t" else "\ufffd" for mark in value)
        cell.value = clean[:_LONGEST_TEXT]
        cell.data_type = "s"
        return
    cell.value = value
