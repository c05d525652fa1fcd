"""Finding printed words and names in a passage, whatever a converter did to blanks, hyphens and quotes."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_DROPPED = re.compile(r"[\s\u00ad\u200b\-\u2010-\u2015\u2212*_]")
_SAME = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "´": "'", "`": "'"})
_WORD = re.compile(r"[^\W_]+")
_EMPTY = frozenset({"the", "of", "in", "and", "a", "an", "for", "on", "to", "at", "with", "by", "from", "s"})
# The word that says of what kind a place is may be left out in a list: “Kurgan, Omsk and Tyumen regions”.
_KIND = re.compile(r" (?:Region|region|oblast|Oblast)$|^Republic of (?=[A-Z])")


class Printed:
    """A passage prepared for looking things up in it."""

    __slots__ = ("_bare", "_words", "positions", "text")

    def __init__(self, text: str) -> None:
        self.text = unicodedata.normalize("NFC", text).translate(_SAME)
        kept = [position for position, mark in enumerate(self.text) if not _DROPPED.match(mark)]
        self.positions = kept
        self._bare = "".join(self.text[position] for position in kept)
        self._words: frozenset[str] | None = None

    def __len__(self) -> int:
        return len(self._bare)

    def find(self, words: str, *, whole: bool = False, anycase: bool = False) -> int:
        """Where words stand, counted without blanks and hyphens; -1 if nowhere.

        A number is found only as a whole one. With `whole`, a word must not go on after the last letter, but for
        a plural or possessive s.
        """
        wanted, bare = squeeze(words), self._bare
        if anycase:
            wanted, bare = wanted.casefold(), bare.casefold()
            if len(bare) != len(self._bare):
                bare = self._bare.lower()
        at = bare.find(wanted) if wanted else -1
        while at >= 0:
            if self._bounded(at, at + len(wanted), whole):
                return at
            at = bare.find(wanted, at + 1)
        return -1

    def starts(self, words: str) -> bool:
        """Whether it begins with these words."""
        return self._bare.startswith(squeeze(words))

    def finishes(self, words: str) -> bool:
        """Whether it ends with these words."""
        return self._bare.endswith(squeeze(words))

    def _bounded(self, begin: int, end: int, whole: bool) -> bool:
        first, last = self.positions[begin], self.positions[end - 1]
        before, after = self.text[:first], self.text[last + 1 :]
        if self.text[first].isdigit() and re.search(r"\d[.,]?$", before):
            return False
        if self.text[last].isdigit() and re.match(r"[.,]?\d", after):
            return False
        if self.text[first].isalpha() and before[-1:].isalpha():
            return False
        return not (whole and self.text[last].isalpha() and re.match(r"(?!'?s\b)[^\W\d_]", after))

    def words(self) -> frozenset[str]:
        """Its words folded to what a name shares with them, broken words also joined."""
        if self._words is None:
            joined = re.sub(r"(?<=[^\W\d_])- (?=[a-z])", "", self.text)
            self._words = frozenset(_folded(joined)) | frozenset(_folded(self.text))
        return self._words


@lru_cache(maxsize=100_000)
def squeeze(words: str) -> str:
    """Words without what a converter may change."""
    return _DROPPED.sub("", unicodedata.normalize("NFC", words).translate(_SAME))


@lru_cache(maxsize=100_000)
def _fold(word: str) -> str:
    plain = "".join(mark for mark in unicodedata.normalize("NFD", word.casefold()) if not unicodedata.combining(mark))
    for ending, instead in (("ies", "y"), ("ses", "s"), ("s", "")):
        if plain.endswith(ending) and len(plain) > len(ending) + 2 and not plain.endswith("ss"):
            return plain[: -len(ending)] + instead
    return plain


def _folded(text: str) -> set[str]:
    return {_fold(word) for word in _WORD.findall(text)} - _EMPTY


def named_in(names: tuple[str, ...], printed: Printed, *, loosely: bool) -> str:
    """The first of the names that a passage has; empty if it has none.

    Args:
        names: The names of one thing.
        printed: The passage, or a term.
        loosely: Also accept the words of a name in any order: for what has a description rather than a name.
    """
    for name in names:
        short = _KIND.sub("", name)
        if printed.find(short, whole=True, anycase=short[:1].islower()) >= 0:
            return name
    if loosely:
        for name in names:
            wanted = _folded(name) - {"region", "oblast"}
            if len(wanted) > 1 and wanted <= printed.words():
                return name
    return ""


def like(name: str, other: str) -> bool:
    """Whether two forms of a person's or a body's name share a word of more than two letters, whatever its marks."""
    words = [
        {word for word in _folded(each.replace("'", "").replace("’", "")) if len(word) > 2} for each in (name, other)
    ]
    return bool(words[0] & words[1])
