"""What a citation consists of: one entry for each work, claim or dataset, whatever the format."""

from __future__ import annotations

import re

from kg.names import FALLBACK

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pyoxigraph as ox


class Name:
    """An author or editor: family and given names of a person, or a body by its whole name (`given` is None)."""

    __slots__ = ("family", "given")

    def __init__(self, family: str, given: str | None = None) -> None:
        self.family = family
        self.given = given

    @property
    def initials(self) -> str:
        """The given names as initials, "" if there are none: “Y.-M.” and “Zh. S.” as they are, “Kira” as “K.”."""
        words = (self.given or "").split()
        return " ".join(word if word.endswith(".") else f"{word[0]}." for word in words)


class Entry:
    """One thing that is cited, by the fields that all formats share; "" or () where nothing is known.

    Attributes:
        key: A name of letters, digits, full stops and hyphens, by which a text refers to it.
        kind: One of `KINDS`.
        title: The title; of a claim its gloss.
        authors: In the order printed.
        editors: The editors; of a chapter those of its volume.
        year: The year of publication in digits.
        accepted: Year and month of acceptance, if the work has not appeared.
        container: The journal, the volume that holds a chapter, or the dataset that holds a claim.
        series: The series of which it is a part.
        volume, issue: As printed.
        number: The number of an article that has no pages.
        pages: First and last page, or the first alone.
        publisher, place: The publisher by name, and the town as printed.
        doi: Without resolver.
        url: The address; of a claim and the dataset the IRI of the version.
        accessed: The day on which a page was read, YYYY-MM-DD.
        version: Of a body of data.
        language: The tag of the language of the text.
        note: What else a reader needs: of a claim its source and the spot in it.
    """

    __slots__ = (
        "accepted", "accessed", "authors", "container", "doi", "editors", "issue", "key", "kind", "language", "note",
        "number", "pages", "place", "publisher", "series", "title", "url", "version", "volume", "year",
    )  # fmt: skip

    def __init__(self, key: str, kind: str) -> None:
        for name in self.__slots__:
            setattr(self, name, "")
        self.key = key
        self.kind = kind
        self.authors: Sequence[Name] = ()
        self.editors: Sequence[Name] = ()
        self.pages: Sequence[str] = ()

    if TYPE_CHECKING:
        title: str
        year: str
        accepted: str
        container: str
        series: str
        volume: str
        issue: str
        number: str
        publisher: str
        place: str
        doi: str
        url: str
        accessed: str
        version: str
        language: str
        note: str


# Classes of the ontology that works have, and with them claims and the dataset itself.
KINDS = (
    "JournalArticle", "BookChapter", "Book", "Yearbook", "Report", "LegalAct", "WebPage", "CatalogueRecord", "Dataset",
    "Source", "Claim",
)  # fmt: skip


def person(name: str) -> Name:
    """A person's name, written with the given names first, in its two parts.

    All words up to the last one with a full stop are given names (“D. L. Van Nijnatten”); if there is none, all words
    but the last.
    """
    words = name.split()
    cut = max((place for place, word in enumerate(words[:-1], 1) if word.endswith(".")), default=len(words) - 1)
    return Name(" ".join(words[cut:]), " ".join(words[:cut]))


def best(texts: Iterable[ox.Literal], order: Sequence[str] = FALLBACK) -> str:
    """The text in the first language of the order; a transliteration (`ru-latn`) comes after the language itself."""
    place = {tag: float(number) for number, tag in enumerate(order)}

    def rank(text: ox.Literal) -> tuple[float, str, str]:
        tag = text.language or ""
        inexact = place.get(tag.partition("-")[0], float(len(place))) + 0.5
        return place.get(tag, inexact), tag, text.value

    return min(texts, key=rank).value


def key_of(iri: str) -> str:
    """The last part of an IRI as a key; what a key cannot hold becomes a hyphen."""
    return re.sub(r"[^A-Za-z0-9.-]+", "-", iri.rstrip("/").rpartition("/")[2]) or "thing"
