"""What is said of a question in words: what was understood, how sure that is, and what else might be meant."""

from __future__ import annotations

from shlex import quote

from kg.asking.choose import Choice, certainty
from kg.errors import UsageError
from kg.names import label

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    import pyoxigraph as ox

    from kg.asking.things import Asked

    Catalogue = dict[str, dict[str, Any]]

NEAREST = 3


def command(choice: Choice, more: str = "") -> str:
    """The `kg query` that answers a choice; what it needs and is not given as `...`."""
    parts = [f"kg query {choice.name}"]
    parts += [f"--{key} {quote(value.text)}" for key, value in choice.values.items()]
    parts += [f"--{key} ..." for key in choice.missing]
    parts += [f"--as-of {choice.at}"] if choice.at else []
    return " ".join(parts) + more


def understood(
    store: ox.Store, catalogue: Catalogue, asked: Asked, found: list[Choice], order: Sequence[str]
) -> list[str]:
    """Lines that say which query is answered, with which values, and how sure that is."""
    choice = found[0]
    entry = catalogue[choice.name]
    question = entry["question-ru" if asked.russian else "question"]
    values = "; ".join(f"{key}: {_shown(store, entry, choice, key, order)}" for key in choice.values)
    values = "; ".join(filter(None, (values, f"as of {choice.at}" if choice.at else "")))
    sure = certainty(found)
    lines = [
        f"understood: {question}{f' ({values})' if values else ''}",
        f"the same:   {command(choice, ' --evidence')}",
        f"how sure:   {'sure' if sure == 'sure' else 'likely, not sure'}",
    ]
    if sure != "sure":
        lines += [
            f"{'or:' if number == 0 else '':<11} {command(other)}" for number, other in enumerate(found[1:NEAREST])
        ]
    for value in choice.values.values():
        if value.others:
            lines.append(f"note:       “{value.name}” is taken for {value.text}; it may be {' or '.join(value.others)}")
    return lines


def _shown(store: ox.Store, entry: dict[str, Any], choice: Choice, key: str, order: Sequence[str]) -> str:
    from kg.parameters import term

    value = choice.values[key]
    if entry["params"][key]["type"] != "iri":
        return value.text
    return label(store, term(store, entry["params"][key], value.text), order)


def refusal(catalogue: Catalogue, asked: Asked, found: list[Choice]) -> UsageError | None:
    """Why no answer is given: no query fits, or a value is missing; None if one is given."""
    if not asked.text.strip():
        return UsageError("The question is empty.\n  `kg query` lists what can be asked.")
    if certainty(found) == "none":
        lines = [f"No canned query answers “{asked.text}”. The nearest are:"]
        for choice in found[:NEAREST]:
            question = catalogue[choice.name]["question-ru" if asked.russian else "question"]
            lines.append(f"  {command(choice)}\n      {question}")
        return UsageError("\n".join(lines))
    choice = found[0]
    if choice.missing:
        wanted = catalogue[choice.name]["params"]
        lines = [f"Which {key}? The question names none ({wanted[key]['help']})." for key in choice.missing]
        example = [f"--{key} {quote(str(wanted[key]['example']))}" for key in choice.missing]
        given = [f"--{key} {quote(value.text)}" for key, value in choice.values.items()]
        lines.append(f"  For example: {' '.join(['kg query', choice.name, *given, *example])}")
        return UsageError("\n".join(lines))
    return None


def explanation(found: list[Choice], most: int = 5) -> list[str]:
    """Lines that say for the best choices what each word told."""
    lines = []
    for choice in found[:most]:
        lines.append(f"{choice.score:.2f}  {command(choice)}")
        told = ", ".join(f"{word} {weight:g}" for word, weight in choice.matched.items() if weight)
        parts = f"words {choice.covered:.2f}, question {choice.core:.2f}, wordings {choice.worded:.2f}"
        lines.append(f"      {parts}: {told or 'nothing'}")
    return lines
