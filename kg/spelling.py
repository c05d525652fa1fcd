"""How names are spelt: one plain spelling for Latin and Cyrillic letters, and how like a text a name is.

On the path of every question for `fold` alone: RapidFuzz is imported only where no name is the text itself.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# How a name matches a text, the best first; shown to people.
MATCHES = ("exact", "respelt", "beginning", "word", "part", "like")
EXACT, RESPELT, BEGINNING, WORD, PART, LIKE = range(len(MATCHES))

# The least likeness (0 to 1) that counts: of 4 to 7 letters one may be wrong, of 8 to 11 two, of 12 three.
NEAR = 0.75
# The least likeness of a suggestion where nothing is near.
DISTANT = 0.55
# A name is a little less like the text if only some of its words are.
_PARTIAL = 0.95

# Letters whose plain spelling Unicode does not tell: those of Russian, Kazakh and Belarusian, then Latin ones.
# A letter that transliterations write in several ways (ж: zh, j; қ: q, k; й: y, i; х: kh, h) has one spelling
# here, and `_VARIANTS` brings the others to it.
_LETTERS = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "к": "k", "л": "l",
    "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "ts",
    "ч": "ch", "ш": "sh", "щ": "sch", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "iu", "я": "ia",
    "ә": "a", "ғ": "g", "қ": "k", "ң": "n", "ө": "o", "ұ": "u", "ү": "u", "һ": "h", "і": "i",
    "j": "zh", "q": "k", "x": "ks", "ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe",
}  # fmt: skip
# In this order; the last makes one of -ия and -ia, -ский and -sky.
_VARIANTS = (("shch", "sch"), ("kh", "h"), ("gh", "g"), ("ye", "e"), ("y", "i"), ("ii", "i"))
_YO = re.compile("(?<=[bcdfghklmnprstvxz])yo")
_APOSTROPHES = "'`´ʹʼʻ‘’"


class _Spellings(dict[int, str]):
    """What `str.translate` puts for each character, found out when one is first met."""

    def __missing__(self, code: int) -> str:
        import unicodedata

        # The dots of ё, the breve of й and ў and all Latin marks are characters of their own when taken apart.
        marks = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", chr(code)).casefold())
        letters = [mark for mark in marks if not unicodedata.combining(mark) and mark not in _APOSTROPHES]
        self[code] = "".join(_LETTERS.get(letter, letter if letter.isalnum() else " ") for letter in letters)
        return self[code]


_SPELLINGS = _Spellings()


def fold(text: str) -> str:
    """A name reduced to what must agree: case, composed characters and runs of spaces set aside."""
    if not text.isascii():
        import unicodedata

        text = unicodedata.normalize("NFC", text)
    return " ".join(text.casefold().split())


def plain(text: str) -> str:
    """A name in small Latin letters and digits, words parted by one space: what its transliterations share.

    "Өскемен" and "Oskemen", "Соль-Илецк" and "Sol' Iletsk", "Málikova" and "Маликова" become one.
    """
    spelt = _YO.sub("e", text.translate(_SPELLINGS))
    for variant, usual in _VARIANTS:
        spelt = spelt.replace(variant, usual)
    return " ".join(spelt.split())


def compare(text: str, names: Iterable[str], least: float = NEAR) -> dict[str, tuple[int, float]]:
    """The names that match a text, each with its kind of match (an index of `MATCHES`) and its likeness.

    Names that are only like the text are sought where none is the text itself, however spelt.

    Args:
        text: What a person typed.
        names: Names to compare with it.
        least: The likeness, from 0 to 1, from which on a name counts as like the text.
    """
    folded, wanted = fold(text), plain(text)
    spelt = {name: plain(name) for name in names}
    found: dict[str, tuple[int, float]] = {}
    for name, spelling in spelt.items():
        kind = EXACT if fold(name) == folded else _kind(wanted, spelling)
        if kind != LIKE:
            found[name] = (kind, 1.0)
    if wanted and all(kind > RESPELT for kind, _ in found.values()):
        others = {name: spelling for name, spelling in spelt.items() if name not in found}
        found.update((name, (LIKE, score)) for name, score in _like(wanted, others, least))
    return found


def _kind(wanted: str, spelling: str) -> int:
    """How a plain spelling matches the one wanted, if it holds it, or words that begin like each of its; else LIKE."""
    if not wanted:
        return LIKE
    if spelling == wanted:
        return RESPELT
    if spelling.startswith(wanted):
        return BEGINNING
    if all(f" {word}" in f" {spelling}" for word in wanted.split()):
        return WORD
    return PART if wanted in spelling else LIKE


def _like(wanted: str, spelt: dict[str, str], least: float) -> Iterator[tuple[str, float]]:
    """Each name whose plain spelling, or as many of its words as are wanted, is as like as `least`, and how like.

    The likeness is 1 less the optimal string alignment distance (letters left out, put in, replaced or swapped
    with the next) as a share of the longer spelling.
    """
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    size = wanted.count(" ") + 1
    whole: dict[str, list[str]] = {}
    within: dict[str, list[str]] = {}
    for name, spelling in spelt.items():
        whole.setdefault(spelling, []).append(name)
        words = spelling.split()
        if len(words) > size:
            for start in range(len(words) - size + 1):
                within.setdefault(" ".join(words[start : start + size]), []).append(name)
    best: dict[str, float] = {}
    for named, weight in ((whole, 1.0), (within, _PARTIAL)):
        scorer, cutoff = OSA.normalized_similarity, least / weight
        for spelling, score, _ in extract(wanted, list(named), scorer=scorer, score_cutoff=cutoff, limit=None):
            for name in named[spelling]:
                best[name] = max(best.get(name, 0.0), score * weight)
    yield from best.items()


def nearest(text: str, names: Iterable[str], most: int = 3) -> list[str]:
    """The names that match a text best, typing errors allowed for."""
    found = compare(text, names, DISTANT)
    return sorted(found, key=lambda name: (found[name][0], -found[name][1], len(name), name))[:most]
