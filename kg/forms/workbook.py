"""An answer as a workbook (Office Open XML, ECMA-376): one sheet for people, one with the terms; numbers are numbers.

The few parts of the format that an answer needs are written here: to import a library for it takes several times as
long as the answer.
"""

from __future__ import annotations

import datetime
import io
import zipfile
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.forms.values import plain_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.answer.full import FullAnswer
    from kg.forms.told import Notes

# A cell holds so many characters, and a number of so many digits (ECMA-376 leaves numbers to IEEE 754).
_LONGEST_TEXT = 32_767
_MOST_DIGITS = 15
_WIDEST = 60
# Days are counted so that 1 March 1900 is day 61; before, the format counts a 29 February 1900 that was none.
_DAY_ZERO, _FIRST_DAY = datetime.date(1899, 12, 30), datetime.date(1900, 3, 1)
# The places in `cellXfs` of the styles below.
_BOLD, _PLAIN, _WRAPPED, _DATE = 1, 2, 3, 4

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FORMATS = "http://schemas.openxmlformats.org"
_MAIN = f"{_FORMATS}/spreadsheetml/2006/main"
_LINKS = f"{_FORMATS}/officeDocument/2006/relationships"
_PACKAGE = f"{_FORMATS}/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TOP = '<alignment vertical="top"/>'
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    f'<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">{_TOP}</xf>'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1">'
    f'{_TOP}</xf></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)


def workbook(answer: FullAnswer, notes: Notes) -> bytes:
    """The bytes of a file `.xlsx`: the sheet "answer" with names and numbers, the sheet "terms" with IRIs."""
    more = answer.further(notes.name)
    extra = [list(texts) for texts in zip(*more.values(), strict=True)] if more else [[] for _ in answer.rows]
    cells = [
        [notes.name(term) if (value := plain_value(term)) is None else value for term in row] for row in answer.rows
    ]
    terms = [["" if term is None else getattr(term, "value", str(term)) for term in row] for row in answer.rows]
    rows = [[*row, *rest] for row, rest in zip(cells, extra, strict=True)]
    sheets = {"answer": _sheet([*answer.columns, *more], rows), "terms": _sheet(answer.columns, terms)}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in _parts(sheets):
            # Without the time of day the same answer is the same file.
            part = zipfile.ZipInfo(path)
            part.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(part, _HEAD + text)
    return buffer.getvalue()


def _parts(sheets: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The files of the package: what it holds, how they hang together, styles and sheets."""
    numbered = list(enumerate(sheets, 1))
    overrides = {"/xl/workbook.xml": "sheet.main", "/xl/styles.xml": "styles"}
    overrides |= {f"/xl/worksheets/sheet{number}.xml": "worksheet" for number, _ in numbered}
    yield (
        "[Content_Types].xml",
        (
            f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            + "".join(
                f'<Override PartName="{path}" ContentType="{_TYPES}.{kind}+xml"/>' for path, kind in overrides.items()
            )
            + "</Types>"
        ),
    )
    yield "_rels/.rels", _links({"rId1": ("officeDocument", "xl/workbook.xml")})
    yield (
        "xl/workbook.xml",
        (
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><bookViews><workbookView/></bookViews><sheets>'
            + "".join(f'<sheet name="{name}" sheetId="{number}" r:id="rId{number}"/>' for number, name in numbered)
            + "</sheets></workbook>"
        ),
    )
    links = {f"rId{number}": ("worksheet", f"worksheets/sheet{number}.xml") for number, _ in numbered}
    yield "xl/_rels/workbook.xml.rels", _links({**links, f"rId{len(sheets) + 1}": ("styles", "styles.xml")})
    yield "xl/styles.xml", _STYLES
    for number, name in numbered:
        yield f"xl/worksheets/sheet{number}.xml", sheets[name]


def _links(targets: dict[str, tuple[str, str]]) -> str:
    return (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        + "".join(f'<Relationship Id="{key}" Type="{_LINKS}/{kind}" Target="{target}"/>'
                  for key, (kind, target) in targets.items())
        + "</Relationships>"
    )  # fmt: skip


def _sheet(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A head and rows; the head stays in sight, and each column is as wide as its texts, up to a bound."""
    widths = (
        min(max([len(name), *(len(str(row[place])) for row in rows)]) + 2, _WIDEST)
        for place, name in enumerate(columns)
    )
    cols = "".join(
        f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>' for place, width in enumerate(widths, 1)
    )
    lines = ["".join(_text(f"{_letters(place)}1", name, _BOLD) for place, name in enumerate(columns))]
    lines += [
        "".join(_cell(f"{_letters(place)}{number}", value) for place, value in enumerate(row))
        for number, row in enumerate(rows, 2)
    ]
    data = "".join(f'<row r="{number}">{line}</row>' for number, line in enumerate(lines, 1))
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f"{f'<cols>{cols}</cols>' if cols else ''}<sheetData>{data}</sheetData></worksheet>"
    )


def _letters(place: int) -> str:
    """The name of a column, by its place from 0 on: A, B ... Z, AA."""
    return (_letters(place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)


def _cell(where: str, value: object) -> str:
    """A cell; a text is never a formula, and a number or a day that the format would change is a text."""
    if value in ("", None):
        return ""
    if isinstance(value, bool):
        return f'<c r="{where}" s="{_PLAIN}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, (int, Decimal)) and len(Decimal(value).as_tuple().digits) <= _MOST_DIGITS:
        return f'<c r="{where}" s="{_PLAIN}"><v>{value}</v></c>'
    if isinstance(value, datetime.date) and value >= _FIRST_DAY:
        return f'<c r="{where}" s="{_DATE}"><v>{(value - _DAY_ZERO).days}</v></c>'
    return _text(where, str(value), _WRAPPED)


def _text(where: str, text: str, style: int) -> str:
    clean = "".join(mark if mark.isprintable() or mark in "\n\t" else "\ufffd" for mark in text)[:_LONGEST_TEXT]
    escaped = clean.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f'<c r="{where}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{escaped}</t></is></c>'
