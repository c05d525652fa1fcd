"""`kg ask`: a question in words, answered by the canned query that it means."""

from __future__ import annotations

import argparse

from kg.asking.choose import choices
from kg.asking.index import read_index
from kg.asking.things import Asked
from kg.asking.told import explanation, refusal, understood
from kg.console import give, open_graph, tell, visible
from kg.errors import UsageError
from kg.options import FORMATS, Options

SUMMARY = "ask a question in words, English or Russian"
MORE = (
    "The canned query (`kg query`) that the question means is found by its words and by the names of things in it, in\n"
    "any script and case. You see what was understood, how sure that is, and the answer with its evidence. A year in\n"
    "the question becomes --as-of. If no query fits, or a value that it needs is not named, you see the nearest ones\n"
    "as commands, and the exit code is 2; no query is ever made up.\n\n"
    "examples:\n"
    "  kg ask 'Which regions of Kazakhstan border on Omsk Region?'\n"
    "  kg ask 'Какие запреты Россия ввела против Беларуси?' --limit 5\n"
    "  kg ask 'Who was in the customs union in 1997?' --explain"
)
LONGEST = 1000


def _number(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= 1_000_000:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number between 1 and 1000000")
    return int(text)


def options(command: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    command.add_argument("question", nargs="+", help="the question, best in quotes")
    command.add_argument("--explain", action="store_true", help="show the best five queries, and why; do not answer")
    command.add_argument("--limit", type=_number, metavar="N", help="at most N rows")
    command.add_argument("--format", choices=FORMATS, help="default: table")
    command.add_argument("--output", metavar="FILE", help="write the answer to a file")
    command.add_argument(
        "--lang", metavar="CODE,...", help="languages of names, the best first (default: that of the question)"
    )


def run(options: Options) -> None:
    """Say what is understood, and answer; on standard error where the answer is for a program or a file.

    Raises:
        UsageError: No query fits, or a value that it needs is not named.
    """
    text = " ".join(options.question)
    if len(text) > LONGEST:
        raise UsageError(f"The question has {len(text):,} characters; {LONGEST:,} are allowed.")
    _, build = open_graph(options)
    from kg import query
    from kg.answer.asked import Question
    from kg.asking.tried import tried
    from kg.names import languages
    from kg.store import open_store

    catalogue = build.catalogue()
    index = read_index(build.folder)
    asked = Asked(index, text)
    store = open_store(build.store)
    found = tried(store, catalogue, choices(index, catalogue, asked))
    if options.explain:
        print(visible("\n".join(explanation(found))))
        return
    error = refusal(catalogue, asked, found)
    if error is not None:
        raise error
    choice = found[0]
    order = languages(options.lang or ("ru" if asked.russian else None))
    said = understood(store, catalogue, asked, found, order)
    if options.format in (None, "table") and options.output is None:
        print(visible("\n".join([*said, ""])))
    else:
        for line in said:
            tell(f"kg: {line}")
    arguments = {key: value.text for key, value in choice.values.items()}
    bound = query.bind(store, catalogue, choice.name, arguments)
    entry = catalogue[choice.name]
    options.engine, options.timeout = "oxigraph", None
    options.evidence = entry["kind"] == "select" and bool(entry["evidence"])
    options.as_of = (choice.at or None) if entry["kind"] == "select" else None
    question = Question(catalogue, choice.name, arguments, bound, build.disputes, order, build.asserted)
    give(store, bound, options, question=question, most=options.limit)
