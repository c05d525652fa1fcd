"""`kg find`: find things by any of their names, in any script and in spite of typing errors."""

from __future__ import annotations

import argparse

import pyoxigraph as ox

from kg.console import colours, open_graph, tell
from kg.errors import UsageError
from kg.names import class_labels, find, label, resolve_class, suggestion
from kg.namespaces import shorten
from kg.options import Options, terminal_width
from kg.results import csv_text, markdown, table
from kg.store import open_store

SUMMARY = "find things by any of their names, present or former"
MORE = (
    "Names of today and former names, in every language, and forms that only a source prints. The best match\n"
    "comes first: the name itself (exact), in other letters (respelt), names that begin so, have such words, have\n"
    "such a part. Like names, each with its likeness, follow if none is the name itself.\n\n"
    "examples:\n  kg find Karachaganak\n  kg find Оренбрг\n  kg find pavlodar --class enterprise --limit 5"
)
COLUMNS = ("name", "english_name", "kind", "thing", "match", "score")

Row = tuple[str, str, str, str, str, float]


def _number(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= 1_000_000:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number between 1 and 1000000")
    return int(text)


def options(command: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    command.add_argument("text", help="a name or a part of one, in Latin or Cyrillic letters")
    command.add_argument("--class", dest="of_class", metavar="CLASS", help="only things of this class, such as region")
    command.add_argument("--limit", type=_number, default=20, metavar="N", help="at most N things (default: 20)")
    command.add_argument("--format", default="table", choices=("table", "md", "csv", "json"), help="default: table")


def run(options: Options) -> None:
    """Print what is found; nothing that is near is wrong use."""
    _, build = open_graph(options)
    store = open_store(build.store)
    of_class = None if options.of_class is None else resolve_class(store, options.of_class)
    found = find(store, options.text, of_class)
    if not found:
        near = suggestion(store, options.text, of_class)
        raise UsageError(f"Nothing is called “{options.text}”, or nearly so.{near}")
    rows: list[Row] = []
    for it in found[: options.limit]:
        thing = ox.NamedNode(it.iri)
        kind = ", ".join(class_labels(store, thing))
        rows.append((it.name, label(store, thing), kind, shorten(it.iri), it.match, round(it.score, 2)))
    print(_written(rows, options.format), end="")
    if len(found) > len(rows):
        tell(f"kg: {len(rows)} of {len(found)}; --limit {len(found)} shows all")


def _written(rows: list[Row], form: str) -> str:
    """The rows in a format; a person reads the likeness only of a name that is not the text or holds it."""
    if form == "json":
        import json

        return json.dumps([dict(zip(COLUMNS, row, strict=True)) for row in rows], ensure_ascii=False, indent=2) + "\n"
    if form == "csv":
        return csv_text(COLUMNS, [(*row[:-1], f"{row[-1]:.2f}") for row in rows])
    shown = [(*row[:-2], f"{row[-2]} {row[-1]:.2f}" if row[-2] == "like" else row[-2]) for row in rows]
    return markdown(COLUMNS[:-1], shown) if form == "md" else table(COLUMNS[:-1], shown, terminal_width(), colours())
