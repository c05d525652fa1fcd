"""An answer as one page of HTML that needs nothing else, has no script and prints well."""

from __future__ import annotations

from html import escape

import pyoxigraph as ox

from kg.answer.full import DISPUTE_MARK, INFERRED_MARK
from kg.forms.told import further_heads, heads, is_inferred, is_locator, legend, notes_of
from kg.namespaces import XSD

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.answer.full import FullAnswer
    from kg.forms.told import Notes

_STYLE = """\
body { font: 16px/1.45 Georgia, "PT Serif", serif; color: #1a1a1a; background: #fff; margin: 2rem auto;
  max-width: 75rem; padding: 0 1rem; }
h1 { font-size: 1.4rem; }
div.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font: 0.9rem/1.4 system-ui, "Noto Sans", sans-serif; }
th, td { text-align: left; vertical-align: top; padding: 0.3rem 0.6rem; border-bottom: 1px solid #ccc; }
th { border-bottom: 2px solid #1a1a1a; white-space: nowrap; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
a { color: #14508c; }
sup { line-height: 0; }
ol.notes, p { font-size: 0.9rem; }
ol.notes li:target, sup:target { background: #fff3bf; }
@media print {
  @page { margin: 15mm; }
  body { font-size: 10pt; margin: 0; max-width: none; padding: 0; }
  div.wide { overflow: visible; }
  table { font-size: 8.5pt; }
  thead { display: table-header-group; }
  tr, li { break-inside: avoid; }
  a { color: inherit; text-decoration: none; }
}"""
_NUMBERS = tuple(XSD + name for name in ("integer", "decimal", "double", "float", "gYear"))


def page(store: ox.Store, answer: FullAnswer, notes: Notes) -> str:
    """The text of the page; it is well-formed XML, too."""
    title = answer.title or "Answer"
    return "\n".join([
        "<!DOCTYPE html>",
        '<html lang="en" xmlns="http://www.w3.org/1999/xhtml">',
        "<head>",
        '<meta charset="utf-8"/>',
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>',
        f"<title>{_text(title)}</title>",
        f"<style>\n{_STYLE}\n</style>",
        "</head>",
        "<body>",
        "<main>",
        f"<h1>{_text(title)}</h1>",
        fragment(store, answer, notes),
        "</main>",
        "</body>",
        "</html>",
    ])  # fmt: skip


def fragment(store: ox.Store, answer: FullAnswer, notes: Notes, prefix: str = "") -> str:
    """The table with what stands below it, without the page around; `prefix` begins each id in it."""
    links = _Links(notes, prefix)
    head = "".join(f'<th scope="col">{_text(name.replace("_", " "))}</th>' for name in heads(answer))
    body = "\n".join(f"<tr>{_row(store, answer, notes, number, links)}</tr>" for number in range(len(answer.rows)))
    count = f"{len(answer.rows)} row{'' if len(answer.rows) == 1 else 's'}"
    return "\n".join([
        '<div class="wide">',
        "<table>",
        f"<thead><tr>{head}</tr></thead>",
        f"<tbody>\n{body}\n</tbody>",
        "</table>",
        "</div>",
        *(f"<p>{_text(line)}</p>" for line in (count, *answer.nothing.splitlines(), *legend(answer))),
        *links.footnotes(),
    ])  # fmt: skip


class _Links:
    """The footnotes of a page and the references to them, each with an id."""

    def __init__(self, notes: Notes, prefix: str) -> None:
        self._notes = notes
        self._prefix = prefix
        self._first: dict[int, str] = {}

    def references(self, numbers: Sequence[int], place: str) -> str:
        """Links to footnotes from a place of the page."""
        links = []
        for number in numbers:
            identity = f"{self._prefix}{place}-n{number}"
            self._first.setdefault(number, identity)
            links.append(f'<sup id="{identity}"><a href="#{self._prefix}n{number}">[{number}]</a></sup>')
        return " ".join(links)

    def footnotes(self) -> list[str]:
        """The footnotes, each with a way back to where it is first referred to."""
        items = [
            f'<li id="{self._prefix}n{number}">{_text(text)} '
            f'<a href="#{self._first[number]}" title="back to the row">↩</a></li>'
            for number, text in enumerate(self._notes.texts, 1)
        ]
        return ['<ol class="notes">', *items, "</ol>"] if items else []


def _row(store: ox.Store, answer: FullAnswer, notes: Notes, number: int, links: _Links) -> str:
    """The cells of a row."""
    row = answer.rows[number]
    disputed = answer.disputed_places(store, row)
    cells = []
    for place, term in enumerate(row):
        if is_locator(term):
            content = links.references([notes.number(notes.name(term))], f"r{number + 1}-{place + 1}")
        else:
            text, language = notes.named(term)
            content = _text(text)
            if language and language != "en":
                content = f'<span lang="{escape(language)}">{content}</span>'
        if place in disputed:
            content += _mark(DISPUTE_MARK, "disputed or corrected")
        numeric = isinstance(term, ox.Literal) and term.datatype.value in _NUMBERS
        cells.append(f'<td class="number">{content}</td>' if numeric else f"<td>{content}</td>")
    for name in further_heads(answer):
        if name == "evidence":
            references = links.references(notes_of(answer, notes, number), f"r{number + 1}")
            inferred = _mark(INFERRED_MARK, "inferred") if is_inferred(answer, number) else ""
            cells.append(f"<td>{references}{inferred}</td>")
        elif answer.undated is not None:
            cells.append(f"<td>{_text(answer.undated[number])}</td>")
    return "".join(cells)


def _mark(mark: str, meaning: str) -> str:
    """A mark with what it means, for who does not see the legend."""
    return f'<sup><abbr title="{meaning}">{mark}</abbr></sup>'


def _text(text: str) -> str:
    """A text in which HTML sees no mark-up, and without characters that XML does not have."""
    return escape("".join(mark if mark.isprintable() or mark in "\n\t" else "\ufffd" for mark in text))
