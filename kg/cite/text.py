"""Entries as a list of references for readers, in the style of the American Psychological Association (7th edition)."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.cite.entries import Entry, Name

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
# Of more authors the first nineteen and the last are named.
_MOST = 20
_BRACKETED = {"Dataset": "Data set", "CatalogueRecord": "Catalogue record", "Claim": "Claim"}


def apa(entries: Iterable[Entry]) -> str:
    """One reference a line, in the order given, without italics."""
    return "".join(f"{_reference(entry)}\n" for entry in entries)


def _reference(entry: Entry) -> str:
    authors = _listed(entry.authors)
    editors = "" if authors or entry.container else _listed(entry.editors)
    if editors:
        authors = f"{editors} ({_role(entry.editors)})"
    year = entry.year or ("in press" if entry.accepted else "n.d.")
    title = _title(entry)
    # Without an author the title takes the place of the name.
    head = [_ended(authors), f"({year}).", _ended(title)] if authors else [_ended(title), f"({year})."]
    return " ".join(part for part in (*head, _host(entry), _ended(_publisher(entry)), _address(entry)) if part)


def _title(entry: Entry) -> str:
    kind = _BRACKETED.get(entry.kind)
    if kind is None:
        return entry.title
    note = f"; {entry.note[0].lower()}{entry.note[1:]}" if entry.note and entry.kind == "Claim" else ""
    version = f" (Version {entry.version})" if entry.version and entry.kind == "Dataset" else ""
    return f"{entry.title.removesuffix('.')}{version} [{kind}{note}]"


def _host(entry: Entry) -> str:
    """The journal with volume, issue and pages, or the volume of a chapter with its editors."""
    if not entry.container:
        return ""
    if entry.kind == "Claim":
        return f"In {entry.container} (Version {entry.version})."
    pages = "–".join(entry.pages)
    if entry.kind == "BookChapter":
        editors = " & ".join(_turned(name) for name in entry.editors)
        by = f"{editors} ({_role(entry.editors)}), " if editors else ""
        return f"In {by}{entry.container}{f' ({_pages(pages)})' if pages else ''}."
    issue = f"({entry.issue})" if entry.issue else ""
    # Without a volume the issue stands after the name of the journal.
    numbers = f"{entry.volume}{issue}"
    number = f"Article {entry.number}" if entry.number else ""
    return ", ".join(part for part in (entry.container, numbers, number or pages) if part) + "."


def _pages(pages: str) -> str:
    return f"pp. {pages}" if "–" in pages else f"p. {pages}"


def _publisher(entry: Entry) -> str:
    """The publisher, unless it is the author; journals go without."""
    names = [name.family for name in entry.authors]
    return "" if entry.kind == "JournalArticle" or entry.publisher in names else entry.publisher


def _address(entry: Entry) -> str:
    if entry.doi:
        return f"https://doi.org/{entry.doi}"
    if entry.url and entry.accessed:
        year, month, day = map(int, entry.accessed.split("-"))
        return f"Retrieved {_MONTHS[month - 1]} {day}, {year}, from {entry.url}"
    return entry.url


def _listed(names: Sequence[Name]) -> str:
    """Authors with the family name first, joined as the style has it."""
    shown = [_inverted(name) for name in names]
    if len(shown) > _MOST:
        return f"{', '.join(shown[: _MOST - 1])}, … {shown[-1]}"
    return ", & ".join((", ".join(shown[:-1]), shown[-1])) if len(shown) > 1 else "".join(shown)


def _inverted(name: Name) -> str:
    return f"{name.family}, {name.initials}" if name.initials else name.family


def _turned(name: Name) -> str:
    """A name with the initials first."""
    return f"{name.initials} {name.family}".strip()


def _role(editors: Sequence[Name]) -> str:
    return "Ed." if len(editors) == 1 else "Eds."


def _ended(text: str) -> str:
    """With a full stop, unless it ends in a mark already."""
    return text if not text or text[-1] in ".?!" else text + "."
