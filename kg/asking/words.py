"""Words of a question and of what it is compared with: parted, and without their endings.

The stemmers are light ones of our own, English and Russian: they need only bring the forms of one word together,
and it does no harm if the stem is no word.
"""

from __future__ import annotations

import re
from functools import cache

from kg.spelling import plain

_WORD = re.compile(r"[^\W_]+(?:[.,][0-9]+)?")
_CYRILLIC = re.compile(r"[а-яәғқңөұүһіў]")
_APOSTROPHE = re.compile(r"['’ʼ`]s?\b")
# So many letters stay of a word, whatever it ends in.
_SHORTEST = 3
_ADJECTIVE = 7
# Words that are not forms of what they would become.
_WHOLE = ("factor", "goods", "ideas", "statement")
_PLURAL = {"factors": "factor", "statements": "statement"}
_RUSSIAN_ENDINGS = """
    иями ями ами ией иям ием иях ев ов ие ье еи ии и ией ей ой ий й иям ям ием ем ам ом о у ах иях ях ы ь ию ью ю ия
    ья я а е ее ие ые ое ими ыми его ого ему ому их ых ую юю ая яя ою ею ым им ый
    ешь ишь ит ют ят ем им ете ите ить ать ять еть уть нуть ыть ала ила ела яла али или ели яли ало ило ело яло
    ал ил ел ял ла ли ло ает яет ают яют ует уют уется ается яется аются яются ется ются ится ятся ался алась алось
    ались ился илась илось ились утся аться яться иться еться ться тся лись лась лось лся
    енный енная енные анный анная анные ость ости остью остей остям остями остях
"""
_RUSSIAN = sorted(set(_RUSSIAN_ENDINGS.split()), key=len, reverse=True)
# Показатель, показатели: no ending of a verb.
_DOER = re.compile(r"(\w{3,}тел)(?:ь|я|ю|ем|е|и|ей|ям|ями|ях)$")
# Endings of forms, then of derived words, each with what stands for it and the letters that must stay.
_ENGLISH = (
    (3, (("ies", "i"), ("ied", "i"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""))),
    (4, (
        ("ization", "iz"), ("isation", "iz"), ("ational", ""), ("ation", ""), ("ator", ""), ("ition", ""),
        ("ment", ""), ("ion", ""), ("ate", ""), ("at", ""), ("ive", ""), ("ness", ""), ("ier", "i"), ("er", ""),
        ("or", ""), ("al", ""),
    )),
)  # fmt: skip
_KEPT = ("ss", "us", "is")
_VOWELS = "aeiouyаеиоуыэюя"


def split(text: str) -> list[str]:
    """The words of a text in small letters, figures among them; ё is е, and English genitives lose their ending."""
    text = _APOSTROPHE.sub("", text.casefold().replace("ё", "е"))
    return _WORD.findall(text)


def is_russian(text: str) -> bool:
    """Whether a text is written in Cyrillic letters, at least for the most part."""
    letters = [mark for mark in text.casefold() if mark.isalpha()]
    return 2 * sum(_CYRILLIC.match(mark) is not None for mark in letters) > len(letters)


@cache
def stem(word: str) -> str:
    """A word without its ending; what holds digits stays as it is."""
    word = _PLURAL.get(word, word)
    if not word.isalpha() or word in _WHOLE:
        return word
    return _russian(word) if _CYRILLIC.search(word) else _english(word)


@cache
def sound(of_stem: str) -> str:
    """A stem in the spelling that Latin and Cyrillic letters share, without the ending of places and their adjectives.

    Смоленск, Смоленская and Smolensk become one.
    """
    spelt = plain(of_stem).replace(" ", "")
    return spelt[:-2] if len(spelt) >= _ADJECTIVE and spelt.endswith("sk") else spelt or of_stem


def stems(text: str) -> list[str]:
    """The stems of a text's words."""
    return [stem(word) for word in split(text)]


def _russian(word: str) -> str:
    doer = _DOER.match(word)
    if doer:
        return doer[1]
    for ending in _RUSSIAN:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            word = word[: -len(ending)]
            break
    # The vowel that comes and goes: поставок, поставка; рынок, рынка.
    if len(word) > _SHORTEST + 1 and word[-2:] in ("ок", "ек") and word[-3] not in _VOWELS:
        word = word[:-2] + "к"
    while len(word) > _SHORTEST and word[-1] in "ьй":
        word = word[:-1]
    return word[:-1] if len(word) > _SHORTEST + 1 and word.endswith("нн") else word


def _english(word: str) -> str:
    for shortest, endings in _ENGLISH:
        for ending, rest in endings:
            if (
                word.endswith(ending)
                and len(word) - len(ending) + len(rest) >= shortest
                and not (ending in ("s", "es") and word.endswith(_KEPT))
            ):
                word = word[: -len(ending)] + rest
                break
        if len(word) > _SHORTEST + 1 and word[-1] == word[-2] and word[-1] not in "aeiousl":
            word = word[:-1]
    while len(word) > _SHORTEST and word[-1] == "e":
        word = word[:-1]
    return word[:-1] + "i" if len(word) > _SHORTEST and word[-1] == "y" else word
