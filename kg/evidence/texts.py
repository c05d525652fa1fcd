"""The texts of documents as passages: sentences, table rows, list entries and headings, each with its place.

Three layouts are read: Markdown, as converters write it; the flow of text out of a PDF, with running heads
and feet; and the lines of a web page. Which one a text has is seen from the text.
"""

from __future__ import annotations

import html
import os
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from kg.errors import UnreachableError, UsageError

LARGEST = 20_000_000
_NUMBERED = re.compile(r"(\d{3})(?:\D.*)?\.(?:txt|md)", re.IGNORECASE)


@dataclass(frozen=True)
class Passage:
    """One sentence, row, entry or heading.

    Attributes:
        number: Its place in the document, from 0 on.
        text: Its words, with markup taken out.
        sections: The headings or lead words under which it stands, outermost first.
        pages: The printed pages on which it stands; empty where the document has none.
        context: The caption of the table to which a row belongs and the line below the table, else empty.
    """

    number: int
    text: str
    sections: tuple[str, ...] = ()
    pages: tuple[int, ...] = ()
    context: str = ""

    def beginning(self, size: int = 60) -> str:
        """The first words, for a message."""
        return self.text if len(self.text) <= size else self.text[: size - 1] + "…"


@dataclass(frozen=True)
class Text:
    """A document: the digits its file name begins with, the file, its passages in order."""

    number: str
    file: str
    passages: tuple[Passage, ...] = field(repr=False)


def read_texts(folder: str) -> dict[str, Text]:
    """The documents of a folder, by the three digits with which their files' names begin.

    Raises:
        UnreachableError: The folder or a file cannot be read.
        UsageError: It holds no such file, two with the same digits, or one that is too large or no UTF-8.
    """
    try:
        names = sorted(os.listdir(folder))
    except OSError as error:
        raise UnreachableError(f"{folder} cannot be read: {error.strerror}.") from error
    found: dict[str, Text] = {}
    for name in names:
        numbered = _NUMBERED.fullmatch(name)
        if numbered is None:
            continue
        number = numbered[1]
        if number in found:
            raise UsageError(
                f"{folder}: both {found[number].file} and {name} begin with {number}.\n  Keep one of them."
            )
        found[number] = Text(number, name, passages(_read(os.path.join(folder, name))))
    if not found:
        raise UsageError(f"{folder} holds no text.\n  A text's file name begins with three digits: 003-my-copy.txt")
    return found


def _read(path: str) -> str:
    try:
        if os.path.getsize(path) > LARGEST:
            raise UsageError(f"{path} is larger than {LARGEST:,} bytes.")
        with open(path, encoding="utf-8-sig") as stream:
            return stream.read()
    except OSError as error:
        raise UnreachableError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8 text.") from error


def passages(text: str) -> tuple[Passage, ...]:
    """The passages of a document, whatever its layout."""
    if re.search(r"^#{1,6} ", text, re.MULTILINE):
        found = _markdown(text)
    elif _FOOT.search(text):
        found = _flow(text)
    else:
        found = _page(text)
    return tuple(_with_table(list(found)))


def _with_table(found: list[Passage]) -> Iterator[Passage]:
    """Passages with their numbers; the rows of a table are read together with its caption and the line below it."""
    below = ""
    for number in range(len(found) - 1, -1, -1):
        passage = found[number]
        if passage.context:
            found[number] = replace(passage, number=number, context=f"{passage.context} {below}")
        else:
            found[number], below = replace(passage, number=number), passage.text
    return iter(found)


# --- sentences -------------------------------------------------------------------------------

# What ends in a full stop and no sentence with it.
_SHORT = re.compile(
    r"(?:^|[\s(\[,;])(?:[^\W\d_]|[^\W\d_]\.-?[^\W\d_]|al|e\.g|i\.e|cf|Ed|Eds|pp|vol|no|Doi|St|Fr|per|nab|JU\.P|E\.YU)\.$"
    r"|(?:^|[:;] )\d{1,2}\.$"
)
_END = re.compile(r"(?:[.!?]['\"”’»)\]]*|(?<=[^\W\d])[.!?]['\"”’»)\]]*\d)\s+")
_START = re.compile(r"['\"“‘«(\[]*(?:[A-ZÀ-ÞĀ-ŽА-ЯЁ]|Č|\d)")


def sentences(text: str) -> Iterator[str]:
    """The sentences of a paragraph, in order."""
    begin = 0
    for end in _END.finditer(text):
        stop = text[: end.end()].rstrip()
        if not _START.match(text, end.end()) or _SHORT.search(text[begin : end.start() + 1]):
            continue
        if re.search(r"\d\.$", stop) and re.match(r"\d(?!\d?\.? [A-Z])", text[end.end() :]):
            continue
        sentence = text[begin : end.end()].strip()
        # Lead words such as “Results.” belong to the sentence after them.
        if len(sentence.split()) <= 3 and not re.search(r"[?!]", sentence):
            continue
        yield sentence
        begin = end.end()
    rest = text[begin:].strip()
    if rest:
        yield rest


_ROW_END = re.compile(r"(?<=\d) (?=[A-ZÀ-ÞĀ-Ž][\w-]*(?: [\w-]+){0,3}\.? [\d.]+)")
_CAPTION = re.compile(r"Table \d+:")


def _rows(sentence: str, caption: str) -> Iterator[tuple[str, str]]:
    """The rows of a table that runs on in one line, each with its caption; a sentence that is none, as it is."""
    parts = _ROW_END.split(sentence)
    if len(parts) < 4:
        yield sentence, ""
        return
    # The column heads and the first row have no number between them: the row is name and numbers at the end.
    head = re.search(r"(?<=[)%]) ([A-Z][\w-]*(?: [\w-]+){0,3} [\d. ]+)$", parts[0])
    if head is not None:
        yield parts[0][: head.start()], caption
        parts[0] = head[1]
    tail = re.search(r"^([\w -]+?[\d. ]+\d) ([A-Z]\w+ .*)$", parts[-1])
    yield from ((part, caption) for part in parts[:-1])
    if tail is None:
        yield parts[-1], caption
    else:
        yield tail[1], caption
        yield tail[2], ""


# --- Markdown --------------------------------------------------------------------------------

_NOTE = re.compile(r"<sup>\d+</sup>\s")


def _markdown(text: str) -> Iterator[Passage]:
    text = html.unescape(re.sub(r"<(\w+)>&</\1>lt;", "<", text))
    blocks = [" ".join(block.split()) for block in re.split(r"\n\s*\n|\n(?=[-#] )", text) if block.strip()]
    section = ""
    for kind, block in _joined(blocks):
        plain = re.sub(r"[*_]{1,2}(?=\S)|(?<=\S)[*_]{1,2}", "", re.sub(r"</?\w+>", "", block)).strip()
        if kind == "heading":
            section = plain.lstrip("# ")
            yield Passage(0, section, (section,))
        elif kind == "entry":
            yield Passage(0, plain.removeprefix("- "), (section,))
        else:
            for sentence in sentences(plain):
                yield Passage(0, sentence, (section,))


def _joined(blocks: Iterable[str]) -> list[tuple[str, str]]:
    """Blocks with their kind; a paragraph that a page break cut in two is one again, footnotes stand after it."""
    done: list[tuple[str, str]] = []
    notes: list[tuple[str, str]] = []
    for block in blocks:
        last = done[-1] if done else ("", "")
        if block.startswith("#"):
            done += [*notes, ("heading", block)]
            notes = []
        elif _NOTE.match(block):
            notes.append(("note", block))
        elif block.startswith("- "):
            done.append(("entry", block))
        elif last[0] == "entry" or (last[0] == "text" and _cut(last[1], block)):
            done[-1] = (last[0], _bound(last[1], block))
        else:
            done += [*notes, ("text", block)] if not notes or not _open(last) else [("text", block), *notes]
            notes = []
    return done + notes


def _open(last: tuple[str, str]) -> bool:
    return last[0] == "text" and not re.search(r"[.!?:][”\")\]]*$", last[1])


def _cut(before: str, after: str) -> bool:
    """Whether a paragraph goes on in the next one."""
    return before.endswith("-") or (
        not re.search(r"[.!?:][”\")\]]*(?:<sup>\d+</sup>)?$", before) and after[:1].islower()
    )


def _bound(before: str, after: str) -> str:
    return before[:-1] + after if before.endswith("-") and after[:1].islower() else f"{before} {after}"


# --- the flow of a PDF -----------------------------------------------------------------------

_FOOT = re.compile(r"((?:\S+ ){0,5}\S+\.indd) (\d+) \1 \2 ?(?:\d{1,2}\. ?\d{1,2}\. ?\d{4} [\d:]{7,8} ?)*")
_HEADING = re.compile(r"(?:^| )(References|REFERENCES)(?= )")
_SUMMARY = re.compile(r"(?<=\. )(?=(?:[A-ZČŠŽ-]{2,} ){4,})")
_ENTRY = re.compile(
    r"(?<=[.)\d] )(?=[A-ZÀ-ÞĀ-Ž] ?[\w’'-]+(?:, (?:[^\W\d_] ?\.? ?,? ?)+[^.]*?)?,? \d{4}[a-z]?\. )"
    r"|(?<=[.)\d] )(?=[A-Z]\w+ \w+(?: v \d{4} godu)?\. \d{4}\. )"
)


def _flow(text: str) -> Iterator[Passage]:
    pages = _pages(" ".join(text.split()))
    whole, starts, numbers = "", [], []
    for number, page in pages:
        starts.append(len(whole))
        numbers.append(number)
        whole += page.strip() + " "

    def place(begin: int, end: int) -> tuple[int, ...]:
        return tuple(numbers[bisect_right(starts, begin) - 1 : bisect_right(starts, max(begin, end - 1))])

    listed = _HEADING.search(whole)
    after = _SUMMARY.search(whole, listed.end()) if listed else None
    limits = [(0, listed.start(1)), (listed.end() + 1, after.start() if after else len(whole))] if listed else []
    caption, at = "", 0
    parts = [whole[: limits[0][1]], whole[slice(*limits[1])], whole[limits[1][1] :]] if limits else [whole]
    for kind, part in zip(("text", "list", "text"), parts, strict=False):
        for piece in _ENTRY.split(part) if kind == "list" else sentences(part):
            caption = piece if _CAPTION.match(piece) else caption
            for row, context in _rows(piece, caption) if kind == "text" else [(piece, "")]:
                begin = whole.find(row.strip(), at)
                at = begin + len(row.strip()) if begin >= 0 else at
                yield Passage(0, row.strip(), (), place(max(begin, 0), at), context)


def _pages(text: str) -> list[tuple[int, str]]:
    """Each page with its number, without running head and foot, the foot being the printer's, twice."""
    cut: list[tuple[int, str]] = []
    begin = 0
    for foot in _FOOT.finditer(text):
        cut.append((int(foot[2]), text[begin : foot.start()].strip()))
        begin = foot.end()
    for side in (0, 1):
        bodies = [body.removeprefix(f"{number} ") for number, body in cut if number % 2 == side]
        head = os.path.commonprefix(bodies) if len(bodies) > 2 else ""
        head = head[: head.rfind(" ") + 1]
        cut = [
            (number, body.removeprefix(f"{number} ")[len(head) :] if number % 2 == side else body)
            for number, body in cut
        ]
    return cut


# --- the lines of a web page -----------------------------------------------------------------

_LEAD = re.compile(r"([A-Z][a-z]{3,}(?: [A-Za-z]{3,}){0,2})[.:](?:\s|$)")
_DATED = re.compile(r"[^()]{3,250}\((?:19|20)\d\d[a-z]?\)\.?\s")


def _page(text: str) -> Iterator[Passage]:
    heading = lead = ""
    for raw in text.splitlines():
        line = " ".join(raw.split()).removeprefix("• ")
        if not line:
            continue
        if not heading or len(line.split()) <= 5 and not re.search(r"[.:,;()\d]", line):
            # The first line is what the page is about.
            heading, lead = line, ""
            yield Passage(0, line, (line,))
        elif _DATED.match(line):
            yield Passage(0, line, tuple(filter(None, (heading, lead))))
        else:
            for sentence in sentences(line):
                found = _LEAD.match(sentence)
                lead = found[1] if found else lead
                yield Passage(0, sentence, tuple(filter(None, (heading, lead))))
