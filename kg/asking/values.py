"""Which values a question gives to the parameters of one canned query."""

from __future__ import annotations

from kg.asking.words import stems
from kg.namespaces import BASE, shorten

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from kg.asking.things import Asked, Mention

    Index = dict[str, Any]
    Pair = tuple[float, int, str, Mention]

# What speaks for a value of a parameter: the right word before it, or against it, that of another parameter; that the
# query has an answer for the thing, or none; that the parameter tells its class; each word of its name.
_BEFORE, _OTHER = 0.8, -0.3
_ANSWERED, _TYPED, _WORD = 0.4, 0.25, 0.3
# Of a name a large part must stand in the question, or two words, not all the query's own, where few things compete.
_PART, _LARGE, _MOST, _FEW = 0.85, 0.5, 0.8, 60
# From this weight on a word is a query's own.
OWN = 0.5
# Two values are alike if they are no further apart; of two things of one name the one of which the graph speaks so
# many times as often is meant.
_ALIKE, _FAMOUS = 0.03, 4
_VOCABULARY = f"{BASE}voc/"
# What bounds a range on a side that the question leaves open.
_OPEN = "1000000000"


class Value:
    """A value of a parameter.

    Attributes:
        text: As the command takes it.
        name: The name by which the question calls it.
        words: The places of its words in the question; () for a number or a choice.
        others: The things that the name may mean instead.
        sure: How sure it is, from 0 to 1.
        answered: Whether the query has an answer for it, as far as that is known.
    """

    __slots__ = ("answered", "name", "others", "sure", "text", "words")

    def __init__(self, text: str, name: str = "", words: tuple[int, ...] = (), sure: float = 1.0) -> None:
        self.text = text
        self.name = name
        self.words = words
        self.others: list[str] = []
        self.sure = sure
        self.answered = True


def values(
    index: Index, query: dict[str, Any], entry: dict[str, Any], asked: Asked, sets: dict[str, set[int]]
) -> dict[str, Value]:
    """The values that a question gives, by parameter.

    Args:
        index: The index of the build.
        query: What it holds of the canned query.
        entry: The query in the catalogue.
        asked: The question.
        sets: The places of the things that each class or vocabulary holds.
    """
    return {
        **_things(index, query, entry, asked, sets),
        **_bounds(entry, asked),
        **_choices(entry, asked),
    }


def _things(
    index: Index, query: dict[str, Any], entry: dict[str, Any], asked: Asked, sets: dict[str, set[int]]
) -> dict[str, Value]:
    """Each parameter that is a thing with the mention that fits it best; no word is used twice."""
    pairs = _pairs(index, query, entry, asked, sets)
    found: dict[str, Value] = {}
    used: set[int] = set()
    several = _several(query, entry, pairs)
    for rank, _, key, it in pairs:
        if key in found or key in several or used & set(it.words):
            continue
        rivals = [(also, other) for also, _, the, other in pairs if the == key and other.words == it.words]
        alike = [other.thing for also, other in rivals if also > rank - _ALIKE]
        fame, answered = index["fame"], query["answered"].get(key)
        best = max(alike, key=lambda thing: (fame[thing], -thing))
        name = next(mention.name for mention in asked.mentions if mention.thing == best)
        value = found[key] = Value(shorten(index["things"][best]), name, it.words, it.score)
        namesakes = {other.thing for _, other in rivals if other.score > it.score - _ALIKE} - {best}
        value.others = sorted(shorten(index["things"][one]) for one in namesakes if _FAMOUS * fame[one] > fame[best])
        value.answered = not answered or best in answered
        used |= set(it.words)
    return found


def _several(query: dict[str, Any], entry: dict[str, Any], pairs: list[Pair]) -> set[str]:
    """The parameters that may be left out and of whose vocabulary the question lists several entries: none is meant."""
    listed: dict[str, list[tuple[int, set[int]]]] = {}
    for _, _, key, it in pairs:
        if it.whole and not entry["params"][key]["required"] and _VOCABULARY in query["takes"][key]:
            listed.setdefault(key, []).append((it.thing, set(it.words)))
    return {
        key
        for key, found in listed.items()
        if any(one != other and not words & others for one, words in found for other, others in found)
    }


def _pairs(
    index: Index, query: dict[str, Any], entry: dict[str, Any], asked: Asked, sets: dict[str, set[int]]
) -> list[Pair]:
    """Parameters with mentions that fit them, the best first: what speaks for it, the parameter's place, the two."""
    places = {key: number for number, key in enumerate(entry["params"])}
    before = {key: index["before"].get(key, []) for key in query["takes"]}
    pairs: list[Pair] = []
    for it in asked.mentions:
        for key, of_class in query["takes"].items():
            answered = query["answered"].get(key) or ()
            taken = sets[of_class] if of_class or not answered else answered
            if it.thing not in taken:
                continue
            told = bool(of_class) or len(taken) <= _FEW
            free = not entry["params"][key]["required"] and _VOCABULARY in of_class and key not in query["lists"]
            if not _is_apt(it, entry["params"][key]["required"], told, len(taken) <= _FEW, query, asked, free):
                continue
            others = [phrase for other, phrases in before.items() if other != key for phrase in phrases]
            rank = it.score + _WORD * len(it.words) + (_TYPED if of_class else 0.0)
            rank += _BEFORE if asked.follows(it, before[key]) else _OTHER if asked.follows(it, others) else 0.0
            rank += _ANSWERED if it.thing in answered else -_ANSWERED if answered else 0.0
            pairs.append((rank, places[key], key, it))
    return sorted(pairs, key=lambda pair: (-round(pair[0], 2), pair[1], pair[3].words))


def _is_apt(
    it: Mention, required: bool, told: bool, few: bool, query: dict[str, Any], asked: Asked, free: bool
) -> bool:
    """Whether a mention may be a value, as far as its words tell.

    A part of a name may only where the class of the things is told, or they are few. A value that may be left out is
    not read into words that only mean the same, if they are in the query's name; and an entry of a vocabulary only
    into its own name, and not into the query's words, unless the query's question has such entries to choose from
    (`free` if it has none).
    """
    own = query["words"]
    words = [asked.words[place] for place in it.words]
    foreign = any(max(own.get(word.stem, 0.0), own.get(word.key, 0.0)) < OWN for word in words)
    if free:
        return it.verbatim and foreign
    if not it.whole:
        part = it.score / _PART
        enough = part >= _LARGE or (foreign and few and len(words) > 1)
        return enough and told and (foreign or required or part > _MOST)
    return it.verbatim or required or foreign or not any(word.key in query["core"]["name"] for word in words)


def _bounds(entry: dict[str, Any], asked: Asked) -> dict[str, Value]:
    """The bounds of a range: two numbers are both, one is the upper or the lower by the word before it."""
    keys = [key for key, item in entry["params"].items() if item["type"] in ("number", "integer")]
    if len(keys) != 2 or not asked.numbers:
        return {}
    low, high = keys
    bounds: list[str] = sorted((number for _, number in asked.numbers), key=float)
    if len(bounds) == 1:
        below = "=below" in asked.keys_before(asked.numbers[0][0])
        item: dict[str, Any] = entry["params"][low if below else high]
        open_end = str(item.get("min", f"-{_OPEN}") if below else item.get("max", _OPEN))
        bounds = [open_end, *bounds] if below else [*bounds, open_end]
    return {low: Value(bounds[0]), high: Value(bounds[-1])}


def _choices(entry: dict[str, Any], asked: Asked) -> dict[str, Value]:
    """Each choice whose words all stand in the question."""
    found: dict[str, Value] = {}
    for key, item in entry["params"].items():
        fitting = [value for value in item.get("values", ()) if set(stems(value)) <= {*asked.all, "and"}]
        if len(fitting) == 1:
            found[key] = Value(fitting[0])
    return found
