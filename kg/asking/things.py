"""What a question names: its words, the years and numbers in it, and the things whose names stand there.

On the path of a question: RapidFuzz is imported only for a word that nothing knows.
"""

from __future__ import annotations

import math
import re

from kg.asking.index import key_of, phrases_in
from kg.asking.words import is_russian, split, stem
from kg.spelling import plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    Index = dict[str, Any]

# A year, and what may stand before or after it to say that what is asked holds in it.
_YEAR = re.compile(r"\b(1[5-9][0-9]{2}|20[0-9]{2})(?:-?(?:е|х|s))?\b")
_DAY = re.compile(r"\b[12][0-9]{3}-[01][0-9](?:-[0-3][0-9])?\b")
_NUMBER = re.compile(r"(?<![\w.-])[0-9]+(?:[.,][0-9]+)?(?![\w-]|[.,][0-9])")
# A part of a name counts from this share on of what the name tells, and the less the less is there.
_LEAST_PART, _PART = 0.25, 0.85
_RANKS = (1.0, 0.98, 0.92, 0.8)
_SAME = 0.95
# A word that nothing knows is taken for one that begins like it, or is like it.
_BEGIN, _LONG, _LIKE = 4, 5, 84.0
# Before these words' numbers stand names.
_BEFORE_NUMBERS = ("table", "tabl", "таблиц", "figur", "рисунк")


def year_of(word: Word) -> str:
    """The year that a word is, "" for none; of a decade the word itself."""
    found = _YEAR.fullmatch(word.written)
    return "" if found is None else found[1]


class Word:
    """A word that tells something: as it is written, its stem and key, its place among all words, how sure it is."""

    __slots__ = ("capital", "key", "known", "place", "stem", "sure", "written")

    def __init__(self, written: str, of_stem: str, key: str, place: int) -> None:
        self.written = written
        self.stem = of_stem
        self.key = key
        self.place = place
        self.sure = 1.0
        self.known = True
        self.capital = False


class Mention:
    """A thing that may be meant.

    Attributes:
        thing: Its place in the index.
        name: The name that stands in the question, or of which a part does.
        words: The places in `Asked.words` that it takes up.
        score: How sure it is, from 0 to 1.
        whole: Whether the whole name stands there.
        verbatim: Whether it does so by its own words, not by others of one meaning.
    """

    __slots__ = ("name", "score", "thing", "verbatim", "whole", "words")

    def __init__(
        self, thing: int, name: str, words: tuple[int, ...], score: float, whole: bool = False, verbatim: bool = False
    ) -> None:
        self.whole = whole
        self.verbatim = verbatim
        self.thing = thing
        self.name = name
        self.words = words
        self.score = score


class Asked:
    """A question in words, taken apart.

    Attributes:
        text: As it was asked.
        russian: Whether it is in Russian.
        all: The stems of all its words.
        words: The words that tell something, without years and numbers.
        phrases: Keys of phrases, each with the places in `words` that it takes up.
        mentions: The things that may be meant.
        days: Days in it.
        numbers: Other numbers, with the place in the text.
        units: The places in `words` of “percent” after a number.
    """

    def __init__(self, index: Index, text: str) -> None:
        self._index = index
        self.text = text
        self.russian = is_russian(text)
        every = split(text)
        self.all = [stem(word) for word in every]
        self.words = [
            Word(word, self.all[place], key_of(index, self.all[place]), place)
            for place, word in enumerate(every)
            if word not in index["passed"]
            and (not word[0].isdigit() or _YEAR.fullmatch(word) or self.all[place - 1] in _BEFORE_NUMBERS)
        ]
        capitals = {word.casefold() for word in re.findall(r"(?<=[^.?!:] )[^\W\d_a-zа-яё][^\W\d_]+", text)}
        for word in self.words:
            word.capital = word.written in capitals
        at = {word.place: number for number, word in enumerate(self.words)}
        self.phrases = [
            (key, tuple(at[place] for place in range(start, end) if place in at))
            for start, end, key in phrases_in(index, self.all)
        ]
        _mend(index, self.words)
        self.mentions = [*_mentions(index, self.words), *_by_phrase(index, self.phrases)]
        self.days = _DAY.findall(text)
        self.numbers = [
            (found.start(), found[0].replace(",", "."))
            for found in _NUMBER.finditer(_DAY.sub(" ", text))
            if not _YEAR.fullmatch(found[0])
        ]
        after = {split(text[start:])[1] for start, _ in self.numbers if len(split(text[start:])) > 1}
        self.units = [place for place, word in enumerate(self.words) if word.written in after and word.key == "=share"]

    def keys_before(self, place: int) -> list[str]:
        """The keys of the two words, and of the phrases, that stand before a place of the text."""
        words = split(self.text[:place])[-3:]
        near = [stem(word) for word in words]
        return [*(key_of(self._index, it) for it in near), *(key for *_, key in phrases_in(self._index, near))]

    def follows(self, mention: Mention, phrases: list[str]) -> bool:
        """Whether one of the phrases, as stems, stands right before a mention."""
        first = min(self.words[number].place for number in mention.words)
        before = " ".join(self.all[max(0, first - 4) : first])
        return any(before == phrase or before.endswith(" " + phrase) for phrase in phrases)


def _mend(index: Index, words: list[Word]) -> None:
    """Take words that nothing knows for those that begin like them or are like them, with less certainty."""
    known, worded = index["weights"], index["wordings"]["counts"]
    named = {part for keys, parts, *_ in index["names"] for part in (*keys, *parts)}
    for word in words:
        if word.stem in known or word.key in known or word.key in named or word.written[0].isdigit():
            continue
        word.known = False
        # What only the wordings know may be a form of a name: деиндустриализация, deindustrialisation.
        held = bool(worded.get(word.key))
        spelt = word.stem if word.stem.isascii() else plain(word.stem)
        begin = {word.stem[:_BEGIN], spelt[:_BEGIN]}
        near = [it for it in (named if held else (*known, *named, *worded)) if it[:_BEGIN] in begin and " " not in it
                and (_begins_alike(word.stem, it) or _begins_alike(spelt, it))]  # fmt: skip
        best = max(near, key=lambda it: (-abs(len(it) - len(word.stem)), it), default=None)
        sure = 0.75
        if best is None and not held and len(word.stem) >= _LONG:
            from rapidfuzz.fuzz import ratio
            from rapidfuzz.process import extractOne

            alike = [it for it in (*index["spelled"], *named) if it[:2] == word.written[:2]]
            found = extractOne(word.written, alike, scorer=ratio, score_cutoff=_LIKE)
            best, sure = (stem(found[0]), found[1] / 100) if found else (None, 0.0)
        if best is not None:
            word.stem, word.key, word.sure = best, key_of(index, best), sure


def _begins_alike(one: str, other: str) -> bool:
    """Whether two stems share all but the end: three quarters of the longer."""
    shared = 0
    for mark, like in zip(one, other, strict=False):
        if mark != like:
            break
        shared += 1
    return shared >= _BEGIN and shared >= 0.75 * max(len(one), len(other))


def _mentions(index: Index, words: list[Word]) -> Iterator[Mention]:
    """The things whose names, whole or in part, stand among the words."""
    keys = [word.key for word in words]
    present = set(keys)
    spread: dict[str, int] = {}
    for name in index["names"]:
        for key in name[0]:
            spread[key] = spread.get(key, 0) + 1
    most = math.log(len(index["names"]) + 1)
    for of_name, parts, thing, name, rank in index["names"]:
        if not present.intersection(of_name):
            continue
        size = len(of_name)
        whole = [place for place in range(len(keys) - size + 1) if keys[place : place + size] == of_name]
        for place in whole:
            found = tuple(range(place, place + size))
            sure = min(words[number].sure for number in found)
            verbatim = all(words[number].stem == part for number, part in zip(found, parts, strict=True))
            yield Mention(thing, name, found, _RANKS[rank] * sure * (1.0 if verbatim else _SAME), True, verbatim)
        if whole or size < 2:
            continue
        told = {key: most - math.log(spread[key]) for key in of_name}
        share, held = _best_part(told, keys, size)
        if share >= _LEAST_PART:
            sure = min(words[number].sure for number in held)
            yield Mention(thing, name, held, _PART * share * sure * _RANKS[rank])


def _by_phrase(index: Index, phrases: list[tuple[str, tuple[int, ...]]]) -> Iterator[Mention]:
    """The things that are called by one word, of the meaning of a phrase."""
    for key, places in phrases:
        for of_name, _, thing, name, rank in index["names"] if places and key.startswith("=") else ():
            if of_name == [key]:
                yield Mention(thing, name, places, _RANKS[rank] * _SAME, True)


def _best_part(told: dict[str, float], keys: list[str], size: int) -> tuple[float, tuple[int, ...]]:
    """The run of words, not much longer than the name, that holds most of what the name tells; its share of that."""
    best: tuple[float, tuple[int, ...]] = (0.0, ())
    total = sum(told.values())
    held = [number for number, key in enumerate(keys) if key in told]
    for first in held:
        run = tuple(number for number in held if first <= number < first + size + 2)
        share = sum(told[key] for key in {keys[number] for number in run}) / total
        best = max(best, (share, run), key=lambda it: (it[0], -len(it[1])))
    return best
