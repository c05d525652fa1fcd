"""The canned queries for readers: the list by topic, those that speak of some words, and one explained."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from shlex import quote
from typing import Any

from kg.parameters import accepts
from kg.query import TOPICS
from kg.spelling import fold

Catalogue = Mapping[str, dict[str, Any]]

_WORD = re.compile(r"[^\W_]+")
# The endings of a word that a search passes over: "border" is found by "borders", «граница» by «границы».
_STEM, _ENDING = 4, 2


def listing(catalogue: Catalogue) -> str:
    """The queries by topic, in the order of `TOPICS`, each with its parameters and its question."""
    topics = [(topic, [name for name in catalogue if catalogue[name]["topic"] == topic]) for topic in TOPICS]
    return "\n".join(f"{topic}\n{_items(catalogue, names)}" for topic, names in topics if names)


def speaking_of(catalogue: Catalogue, words: str) -> str:
    """The queries that speak of most of the words, in English or Russian, as `listing` but best first; "" if none does.

    A word counts if a word of the header begins like it; in the name or the question it counts double.
    """
    wanted = [_stem(word) for word in _WORD.findall(fold(words))]
    ranks = {name: _rank(name, entry, wanted) for name, entry in catalogue.items()}
    most = max(hits for hits, _ in ranks.values()) if ranks else 0
    best = [name for name, (hits, _) in ranks.items() if hits == most > 0]
    return _items(catalogue, sorted(best, key=lambda name: -ranks[name][1]))


def explanation(name: str, entry: dict[str, Any]) -> str:
    """One query: its questions, its parameters with what they take, its columns, and an example that runs."""
    lines = [f"kg query {name}", "", entry["question"], entry["question-ru"], entry["summary"], ""]
    example = f"kg query {name}"
    if entry["params"]:
        lines.append("parameters:")
        for key, item in entry["params"].items():
            takes = accepts(item)
            need = "" if item["required"] else " (may be left out: all)"
            lines.append(
                f"  --{key}  {item['help']}{'; ' if takes else ''}{takes}{need}; for example {item['example']}"
            )
            example += f" --{key} {quote(str(item['example']))}"
        lines.append("")
    if entry["columns"]:
        lines.append("columns:")
        size = max(map(len, entry["columns"]))
        for column, meaning in entry["columns"].items():
            unit = f" [{entry['units'][column]}]" if column in entry["units"] else ""
            lines.append(f"  {column.ljust(size)}  {meaning}{unit}")
        lines.append("")
    return "\n".join([*lines, f"example:\n  {example}", ""])


def _items(catalogue: Catalogue, names: Iterable[str]) -> str:
    entries = ((name, catalogue[name]) for name in names)
    return "".join(f"  {name}{_usage(entry['params'])}\n      {entry['question']}\n" for name, entry in entries)


def _usage(parameters: dict[str, dict[str, Any]]) -> str:
    return "".join(f" --{key} …" if item["required"] else f" [--{key} …]" for key, item in parameters.items())


def _stem(word: str) -> str:
    return word if len(word) <= _STEM else word[: max(_STEM, len(word) - _ENDING)]


def _rank(name: str, entry: dict[str, Any], wanted: list[str]) -> tuple[int, int]:
    """How many of the words a query speaks of, and how much."""
    foremost = " ".join((name, entry["question"], entry["question-ru"]))
    others = (entry["summary"], entry["competency"], entry["topic"], *entry["tags"], *entry["columns"].values())
    helps = (item["help"] for item in entry["params"].values())
    places = (_WORD.findall(fold(foremost)), _WORD.findall(fold(" ".join((*others, *helps)))))
    found = [[any(word.startswith(stem) for word in place) for place in places] for stem in wanted]
    return sum(map(any, found)), sum(2 * first + second for first, second in found)
