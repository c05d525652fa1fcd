"""How much a question is worded as people ask for what a canned query gives: BM25 over the bank of wordings.

All wordings of a query, with its header's question in both languages and its summary, are one document; so are the
questions that no query answers, under the name "". What counts are the keys of words that tell something and, as half
as much, pairs of neighbouring stems; the value of a parameter is a blank in either.
"""

from __future__ import annotations

import math
import re

from kg.asking.index import key_of
from kg.asking.words import split, stem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container
    from typing import Any

    from kg.asking.things import Asked

    Index = dict[str, Any]

# The document of the questions that no query answers.
NONE = ""
SLOT = re.compile(r"\{(\w+)\}")
# What BM25 makes of a word that stands there again, and of long documents (Robertson and Zaragoza 2009, section 3.4).
_AGAIN, _LENGTH = 1.2, 0.3
_PAIR = 0.5
# How much of a word the wordings of a query that have it explain at most, and from how many on half of that.
_HELD, _OFTEN = 0.6, 1.0
_BLANK, _NUMBER = "{}", "0"


def parts_of(index: Index, text: str) -> list[str]:
    """What of a wording with slots counts: its keys and pairs, each as often as it stands there."""
    words: list[str] = []
    for number, piece in enumerate(SLOT.split(text)):
        words += [_BLANK] if number % 2 else split(piece)
    keys = [key_of(index, stem(word)) for word in words if word not in index["passed"] and word[0].isalpha()]
    return keys + _pairs([(stem(word), word not in index["passed"]) for word in words])


def _pairs(words: list[tuple[str, bool]]) -> list[str]:
    """Pairs of neighbours, of stems with whether they tell something: two that tell, or a blank and what is beside."""
    stems = [(_NUMBER if word[0].isdigit() else word, tells) for word, tells in words]
    return [
        f"{one} {other}"
        for (one, tells), (other, also) in zip(stems, stems[1:], strict=False)
        if (tells and also) or _BLANK in (one, other)
    ]


class Wordings:
    """A question beside the bank of wordings."""

    def __init__(self, index: Index, asked: Asked) -> None:
        self._counts: dict[str, dict[str, int]] = index["wordings"]["counts"]
        self._lengths: dict[str, int] = index["wordings"]["lengths"]
        self._mean = sum(self._lengths.values()) / max(1, len(self._lengths))
        self._asked = asked
        self._told: dict[str, float] = {}

    def __bool__(self) -> bool:
        return bool(self._lengths)

    def score(self, name: str, blanks: Container[int] = ()) -> float:
        """How much a question is worded like those of a query, from 0 to 1.

        Args:
            name: The query's name, or `NONE`.
            blanks: The places in the words of the question that are values.
        """
        asked = self._asked
        stems = [(word, False) for word in asked.all]
        keys = []
        for place, word in enumerate(asked.words):
            stems[word.place] = (_BLANK if place in blanks else word.stem, True)
            if place not in blanks and word.written[0].isalpha():
                keys.append(word.key)
        once = [it for place, it in enumerate(stems) if it[0] != _BLANK or place == 0 or stems[place - 1] != it]
        told = total = 0.0
        for part in {*keys, *_pairs(once)}:
            weight = self._weight(part)
            total += weight
            count = self._counts.get(part, {}).get(name, 0)
            if count:
                told += weight * count / (count + _AGAIN * (1 - _LENGTH + _LENGTH * self._lengths[name] / self._mean))
        return min(1.0, 2 * told / total) if total else 0.0

    def holds(self, key: str, name: str) -> float:
        """How much a word is that of a query's wordings, from 0 to `_HELD`."""
        count = self._counts.get(key, {}).get(name, 0)
        return _HELD * count / (count + _OFTEN)

    def _weight(self, part: str) -> float:
        """What a word or pair tells: the more, the fewer queries have it; a pair that none has tells nothing."""
        if part not in self._told:
            spread, pair = len(self._counts.get(part, ())), " " in part
            rare = math.log(1 + (len(self._lengths) - spread + 0.5) / (spread + 0.5))
            self._told[part] = (_PAIR * rare if spread else 0.0) if pair else rare
        return self._told[part]
