"""Entries for programs that manage references: BibTeX, RIS and CSL-JSON."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any

    from kg.cite.entries import Entry, Name

_BIBTEX = {
    "JournalArticle": "article", "BookChapter": "incollection", "Book": "book", "Yearbook": "book",
    "Report": "techreport",
}  # fmt: skip
# Types of RIS as reference managers know them: an electronic source, a catalogue, a statute, a body of data.
_RIS = {
    "JournalArticle": "JOUR", "BookChapter": "CHAP", "Book": "BOOK", "Yearbook": "BOOK", "Report": "RPRT",
    "LegalAct": "STAT", "WebPage": "ELEC", "CatalogueRecord": "CTLG", "Dataset": "DATA", "Claim": "DATA",
}  # fmt: skip
# Types of CSL 1.0.2.
_CSL = {
    "JournalArticle": "article-journal", "BookChapter": "chapter", "Book": "book", "Yearbook": "book",
    "Report": "report", "LegalAct": "legislation", "WebPage": "webpage", "CatalogueRecord": "entry",
    "Dataset": "dataset", "Claim": "entry",
}  # fmt: skip
# What TeX reads as a command. Braces are commands of their own here, so that BibTeX counts as many { as }.
_TEX = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", **{mark: f"\\{mark}" for mark in "&%$#_"},
})  # fmt: skip
# Fields that LaTeX takes as they are; a brace would end them.
_RAW = str.maketrans({"{": "%7B", "}": "%7D", " ": "%20"})


def bibtex(entries: Iterable[Entry]) -> str:
    """Entries in BibTeX, in UTF-8; the title keeps its capitals."""
    return "\n".join(_bibtex(entry) for entry in entries)


def _bibtex(entry: Entry) -> str:
    kind = _BIBTEX.get(entry.kind, "misc")
    fields = {
        "author": _tex_names(entry.authors),
        "editor": _tex_names(entry.editors),
        "title": f"{{{_tex(entry.title)}}}",
        "journal" if kind == "article" else "booktitle" if kind == "incollection" else "howpublished": _tex(
            _host(entry)
        ),
        "series": _tex(entry.series),
        "year": entry.year,
        "pubstate": "inpress" if entry.accepted else "",
        "volume": _tex(entry.volume),
        "number": _tex(entry.issue),
        "eid": _tex(entry.number),
        "pages": "--".join(entry.pages),
        "institution" if kind == "techreport" else "publisher": _tex(entry.publisher),
        "address": _tex(entry.place),
        "version": _tex(entry.version),
        "doi": entry.doi.translate(_RAW),
        "url": entry.url.translate(_RAW),
        "urldate": entry.accessed,
        "language": entry.language,
        "note": _tex(_note(entry)),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value.strip("{}"))
    return f"@{kind}{{{entry.key},\n{lines}}}\n"


def _host(entry: Entry) -> str:
    """What holds an entry, with its version where it is the dataset."""
    return f"{entry.container}, version {entry.version}" if entry.kind == "Claim" else entry.container


def _note(entry: Entry) -> str:
    """What no field of its own tells."""
    parts = (
        entry.note,
        f"accepted {entry.accepted}" if entry.accepted else "",
        f"accessed {entry.accessed}" if entry.accessed else "",
    )
    return "; ".join(part for part in parts if part)


def _tex(text: str) -> str:
    return " ".join(text.split()).translate(_TEX)


def _tex_names(names: Sequence[Name]) -> str:
    """Names joined by “and”; a body stands in braces, so that its name is not taken apart."""
    return " and ".join(
        f"{{{_tex(name.family)}}}"
        if name.given is None
        else ", ".join(_tex_part(part) for part in (name.family, name.given) if part)
        for name in names
    )


def _tex_part(text: str) -> str:
    """A part of a name, in braces if it holds what parts or names are joined by."""
    text = _tex(text)
    return f"{{{text}}}" if "," in text or " and " in text else text


def ris(entries: Iterable[Entry]) -> str:
    """Entries in RIS, in UTF-8: one tag a line, an empty line between entries."""
    return "\n".join(
        "".join(f"{tag}  - {' '.join(value.split())}\n" for tag, value in _ris(entry) if value) + "ER  - \n"
        for entry in entries
    )


def _ris(entry: Entry) -> Iterator[tuple[str, str]]:
    yield "TY", _RIS.get(entry.kind, "GEN")
    yield "ID", entry.key
    for tag, names in (("AU", entry.authors), ("A2", entry.editors)):
        for name in names:
            yield tag, name.family if name.given is None else f"{name.family}, {name.given}".rstrip(", ")
    yield "PY", entry.year
    yield "TI", entry.title
    yield "T2", entry.container
    yield "T3", entry.series
    yield "VL", entry.volume
    yield "IS", entry.issue
    yield "C7", entry.number
    yield from zip(("SP", "EP"), entry.pages, strict=False)
    yield "PB", entry.publisher
    yield "CY", entry.place
    yield "ET", entry.version
    yield "DO", entry.doi
    yield "UR", entry.url
    yield "Y2", entry.accessed.replace("-", "/")
    yield "LA", entry.language
    yield "N1", _note(entry)


def csl(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """Entries as items of CSL-JSON (Citation Style Language 1.0.2), for a JSON text."""
    return [{name: value for name, value in _csl(entry).items() if value} for entry in entries]


def _csl(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.key,
        "type": _CSL.get(entry.kind, "document"),
        "title": entry.title,
        "author": [_csl_name(name) for name in entry.authors],
        "editor": [_csl_name(name) for name in entry.editors],
        "container-title": entry.container,
        "collection-title": entry.series,
        "volume": entry.volume,
        "issue": entry.issue,
        "number": entry.number,
        "page": "-".join(entry.pages),
        "issued": _csl_date(entry.year),
        "status": "in press" if entry.accepted else "",
        "publisher": entry.publisher,
        "publisher-place": entry.place,
        "version": entry.version,
        "DOI": entry.doi,
        "URL": entry.url,
        "accessed": _csl_date(entry.accessed),
        "language": entry.language,
        "note": _note(entry),
    }


def _csl_name(name: Name) -> dict[str, str]:
    if name.given is None:
        return {"literal": name.family}
    return {"family": name.family, "given": name.given} if name.given else {"family": name.family}


def _csl_date(text: str) -> dict[str, list[list[int]]] | None:
    """A year or a day, as the numbers of which it consists."""
    return {"date-parts": [[int(part) for part in text.split("-")]]} if text else None
