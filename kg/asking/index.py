"""What a build prepares for questions in words: the words of the canned queries, and the names of things.

The index is plain data, written as JSON beside the catalogue:

    passed      words that tell nothing
    keys        stem: key of its words of one meaning
    phrases     first stem: [[stems, key], ...]
    before      parameter: phrases that stand before its value
    beyond      keys of words that tell against every query without them
    spelled     longer words as they are written
    weights     key: how much it tells which query is meant (the rarer, the more)
    queries     name: {"words": {stem or key: how much it is the query's own},
                "core": {part (en, ru, name, tags, often): keys of what the query says foremost},
                "takes": {parameter that is a thing: its class or vocabulary, see below},
                "lists": parameters of which the header's question names two or more values,
                "rows": places of the things in its rows, if it can be asked for all at once,
                "answered": {parameter that is a thing: places of the things for which there is an answer}}
    wordings    {"counts": {key or pair of stems: {query: how often its wordings have it}},
                "lengths": {query: how many its wordings have}}, see `kg.asking.wordings`; empty without a bank of them
    things      [iri, ...], the places of which stand for them below
    takes       class or vocabulary of a parameter ("" for any thing): places of the things that it takes
    fame        how often the graph speaks of each of `things`
    names       [keys, stems, place of the thing, name, rank: 0 of the graph, 1 of words.yaml, 2 as printed,
                3 the surname of its author]
"""

from __future__ import annotations

import json
import os

from kg.asking.words import sound
from kg.errors import UnreachableError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Index = dict[str, Any]

INDEX = "asking.json"


def read_index(folder: str) -> Index:
    """The index of the build in a folder.

    Raises:
        UnreachableError: It is missing or damaged.
    """
    path = os.path.join(folder, INDEX)
    try:
        with open(path, encoding="utf-8") as file:
            index: Index = json.load(file)
        if not isinstance(index, dict) or "queries" not in index:
            raise ValueError("it is not what a build wrote")
    except (OSError, ValueError) as error:
        raise UnreachableError(f"{path} is missing or damaged.\n  Run `kg build` to make it again.") from error
    return index


def key_of(index: Index, of_stem: str) -> str:
    """The key of a stem: that of its words of one meaning, else the stem as it sounds."""
    return str(index["keys"].get(of_stem) or sound(of_stem))


def phrases_in(index: Index, words: list[str]) -> list[tuple[int, int, str]]:
    """The phrases among stems: where each begins, where it ends, and its key; the longest at each place."""
    found = []
    for place, word in enumerate(words):
        fitting = [
            (place, place + len(phrase), key)
            for phrase, key in index["phrases"].get(word, ())
            if words[place : place + len(phrase)] == phrase
        ]
        if fitting:
            found.append(max(fitting, key=lambda it: it[1]))
    return found
