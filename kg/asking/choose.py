"""Which canned query a question in words means, and with which values of its parameters.

A query is the better, the more of what the question says is the query's own (its words, weighed by how much they
tell, and the things that its parameters take), and the more of what the query says foremost is in the question.
"""

from __future__ import annotations

import math
from collections import Counter

from kg.asking.things import year_of
from kg.asking.values import OWN, values
from kg.asking.wordings import NONE, Wordings
from kg.namespaces import BASE, OWL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from kg.asking.things import Asked, Word
    from kg.asking.values import Value

    Index = dict[str, Any]
    Catalogue = dict[str, dict[str, Any]]

# From these scores on a choice fits, and is sure if it is also so far ahead of the next.
FITS, SURE, AHEAD = 0.29, 0.75, 0.22
# What weighs: a word that no query holds, a name that nothing bears, a matter that the graph does not hold, all words
# of a name together (the less, the more often the graph speaks of the thing; but so much at least), all numbers.
_UNKNOWN, _FOREIGN, _BEYOND, _NAMED, _NUMBERS = 2.0, 9.0, 12.0, 6.0, 6.0
_COMMON, _LEAST_NAMED, _WHOLE = 0.5, 1.5, 0.87
# How much of a word is explained by a query's word of the same meaning; of a name by a parameter that takes anything,
# by one that takes classes, by one that takes the thing but has no answer for it, by rows that hold the thing.
_SAME_MEANING, _BY_ANY, _BY_CLASS, _UNANSWERED, _IN_ROWS = 0.9, 0.85, 0.7, 0.5, 0.65
# How much more a name weighs against a query whose rows do not hold the thing.
_ELSEWHERE = 1.5
# What a query keeps of its score without a value that it needs, and if the question is about a matter beyond the graph.
_MISSING, _ASTRAY = 0.8, 0.6
# A question tells never all; how much of the score hangs on what the query says foremost, and how much of that is
# enough: as a part of it, and as what it tells.
_DOUBT, _CORE, _ENOUGH, _MASS = 0.7, 0.55, 1.4, 5.0
# How much of the score hangs on the bank of wordings; what a question keeps that is most like those that none answers.
_WORDED, _UNANSWERABLE = 0.25, 0.6
# How much a value tells of a query by its class, and how sure it must be for that.
_CLASSES, _SURELY = 0.5, 0.95
# So much must a part of a header tell to count in full.
_LEAST_CORE = 4.0
_ENTITY = f"{BASE}id/"
CLASS = f"{OWL}Class"
_RANGE = "=between"


class Choice:
    """A query that may be meant.

    Attributes:
        name: Its name.
        values: The values of its parameters that the question gives.
        missing: The parameters that it needs and the question does not give.
        at: The time for `--as-of`; "" for none.
        score: How well it fits, from 0 to 1.
        covered, core, worded: The parts of the score: of the question's words, of what the query says foremost, of
            how people ask for what it gives.
        matched: What each word or phrase of the question told for it.
    """

    def __init__(self, name: str, found: dict[str, Value]) -> None:
        self.name = name
        self.values = found
        self.missing: list[str] = []
        self.at = ""
        self.score = self.covered = self.core = self.worded = 0.0
        self.matched: dict[str, float] = {}


class _Ground:
    """What of a question is the same for all queries."""

    def __init__(self, index: Index, asked: Asked) -> None:
        self.index = index
        self.asked = asked
        self.weights: dict[str, float] = index["weights"]
        self.sets = {of_class: set(places) for of_class, places in index["takes"].items()}
        self.beyond = set(index["beyond"])
        self.named = self._named()
        takers = Counter(of_class for query in index["queries"].values() for of_class in {*query["takes"].values()})
        self.telling = {of_class: math.log(len(index["queries"]) / few) for of_class, few in takers.items()}
        self.wordings = Wordings(index, asked)
        self.within = {place: key for key, places in asked.phrases for place in places}

    def _named(self) -> dict[int, float]:
        """The words of whole names, each with its part of the weight of a name."""
        found: dict[int, float] = {}
        for it in sorted(self.asked.mentions, key=lambda it: len(it.words)):
            if it.whole and it.score > _WHOLE and _ENTITY in self.index["things"][it.thing]:
                weight = max(_NAMED - _COMMON * math.log(1 + self.index["fame"][it.thing]), _LEAST_NAMED)
                for place in it.words:
                    found[place] = min(found.get(place, weight), weight / len(it.words))
        return found

    def weight(self, place: int) -> float:
        """What a word weighs."""
        word: Word = self.asked.words[place]
        if place in self.named:
            return self.named[place]
        if word.known:
            return float(self.weights.get(word.key, self.weights.get(word.stem, _UNKNOWN)))
        return _FOREIGN if word.capital else _UNKNOWN


def choices(index: Index, catalogue: Catalogue, asked: Asked) -> list[Choice]:
    """All queries, the best first."""
    ground = _Ground(index, asked)
    found = [_choice(ground, name, catalogue[name]) for name in index["queries"] if name in catalogue]
    _weigh(ground.wordings, found)
    return sorted(found, key=lambda it: (-it.score, it.name))


def _weigh(wordings: Wordings, found: list[Choice]) -> None:
    """Add what the bank of wordings tells; if the question is most like those that no query answers, against all."""
    if not wordings:
        return
    for choice in found:
        blanks = {place for value in choice.values.values() for place in value.words}
        choice.worded = wordings.score(choice.name, blanks)
        choice.score = (1 - _WORDED) * choice.score + _WORDED * choice.worded
    if wordings.score(NONE) > max(choice.worded for choice in found):
        for choice in found:
            choice.score *= _UNANSWERABLE


def certainty(found: list[Choice]) -> str:
    """How sure the first choice is: "sure", "likely" (also where a name is ambiguous), or "none" if no query fits."""
    if not found or found[0].score < FITS:
        return "none"
    ahead = found[0].score - found[1].score if len(found) > 1 else 1.0
    plain = not any(value.others for value in found[0].values.values())
    return "sure" if plain and found[0].score >= SURE and ahead >= AHEAD else "likely"


def _choice(ground: _Ground, name: str, entry: dict[str, Any]) -> Choice:
    asked, query = ground.asked, ground.index["queries"][name]
    choice = Choice(name, values(ground.index, query, entry, asked, ground.sets))
    choice.missing = [key for key, item in entry["params"].items() if item["required"] and key not in choice.values]
    taken = _taken(choice, query, asked)
    years = [word.written for place, word in enumerate(asked.words) if year_of(word) and place not in taken]
    times = asked.days or years
    if len(times) == 1 and times[0].replace("-", "").isdigit():
        choice.at = times[0]
    hit, astray = _cover(ground, choice, query, taken)
    choice.core = _foremost(ground, query["core"], hit, _by_class(ground, choice, query))
    choice.score = choice.covered * (1 - _CORE + _CORE * min(1.0, choice.core * _ENOUGH) ** 0.5)
    choice.score *= (_MISSING if choice.missing else 1.0) * (_ASTRAY if astray else 1.0)
    return choice


def _taken(choice: Choice, query: dict[str, Any], asked: Asked) -> dict[int, float]:
    """The words that the values explain, and how much of each."""
    taken = dict.fromkeys(asked.units if _has_numbers(choice) else (), 1.0)
    for key, value in choice.values.items():
        by = {"": _BY_ANY, CLASS: _BY_CLASS}.get(query["takes"].get(key, ""), 1.0) * (
            1.0 if value.answered else _UNANSWERED
        )
        taken.update(dict.fromkeys(value.words, value.sure * by))
    return taken


def _has_numbers(choice: Choice) -> bool:
    return any(not value.words for value in choice.values.values())


def _cover(ground: _Ground, choice: Choice, query: dict[str, Any], taken: dict[int, float]) -> tuple[set[str], bool]:
    """Note how much of the question a choice covers.

    Returns:
        The keys of the question's words and phrases, and whether it is about a matter that the graph does not hold.
    """
    asked, own = ground.asked, query["words"]
    rows = set(query["rows"])
    in_rows = {place for it in asked.mentions if it.whole and it.thing in rows for place in it.words}
    numbers = _has_numbers(choice)
    hit = {key for key, _ in asked.phrases} | ({_RANGE} if numbers else set())
    total, told = (_NUMBERS, _NUMBERS * numbers) if asked.numbers else (0.0, 0.0)
    astray = False
    for place, word in enumerate(asked.words):
        if year_of(word) and place not in taken:
            continue
        weight = ground.weight(place)
        if place in ground.named and place not in taken and place not in in_rows and rows:
            weight *= _ELSEWHERE
        if word.key in ground.beyond and max(own.get(word.stem, 0.0), own.get(word.key, 0.0)) < OWN:
            weight, astray = _BEYOND, True
        phrase = ground.within.get(place, "")
        fits = max(
            max(own.get(word.stem, 0.0), _SAME_MEANING * own.get(word.key, 0.0)) * word.sure,
            _IN_ROWS if place in in_rows else 0.0, own.get(phrase, 0.0), taken.get(place, 0.0),
            ground.wordings.holds(word.key, choice.name) * word.sure,
        )  # fmt: skip
        hit.add(word.key)
        total, told = total + weight, told + weight * fits
        choice.matched[word.written] = round(weight * fits, 2)
    for key, places in asked.phrases:
        # A phrase tells more than its words; one of words that alone tell nothing counts like a word.
        weight = ground.weights.get(key, 0.0)
        more = own.get(key, 0.0) * weight
        if more or (not places and key.startswith("=")):
            total, told = total + weight, told + more
            choice.matched[key.lstrip("=~")] = round(more, 2)
    choice.covered = told / (total + _DOUBT) if total else 0.0
    return hit, astray


def _by_class(ground: _Ground, choice: Choice, query: dict[str, Any]) -> float:
    """What the values tell of the query: the more, the fewer queries take things of their classes."""
    plain = {key for key, value in choice.values.items() if value.words and value.answered and value.sure > _SURELY}
    return sum(ground.telling[of_class] for of_class in {query["takes"][key] for key in plain} - {""})


def _foremost(ground: _Ground, core: dict[str, list[str]], hit: set[str], more: float) -> float:
    """How much of what a query says foremost is in the question: as a part of it all, and for what it tells.

    What the values tell (`more`) counts, too.
    """
    language = "ru" if ground.asked.russian else "en"
    parts = {language: 0.5, "name": 0.35, "tags": 0.15}
    share = sum(weight * _held(ground.weights, core[part], hit) for part, weight in parts.items())
    foremost = {key for part in (*parts, "often") for key in core[part]}
    told = _CLASSES * more + sum(ground.weights.get(key, 0.0) for key in hit & foremost)
    return 0.5 * share + 0.5 * (1 - math.exp(-((told / _MASS) ** 2)))


def _held(weights: dict[str, float], core: list[str], hit: set[str]) -> float:
    """How much of what a part of a header tells is in the question."""
    whole = max(sum(weights.get(key, 0.0) for key in core), _LEAST_CORE)
    return sum(weights.get(key, 0.0) for key in core if key in hit) / whole
