"""`kg verify`: what the sources state, worked out again from the data."""

from __future__ import annotations

import pyoxigraph as ox

from kg.checked import COLUMNS, EVIDENCE_COLUMNS, Checked, as_dict, evidence_rows, outline, rows
from kg.console import colours, open_graph, tell, visible
from kg.errors import UsageError
from kg.names import resolve
from kg.namespaces import BL, PREFIXES
from kg.results import csv_text, markdown
from kg.spelling import nearest
from kg.store import open_store
from kg.verify import VERDICTS, WORDS, outcomes, stored_verdicts

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from typing import Any

    from kg.options import Options

SUMMARY = "work out again what the sources state, with a verdict"
MORE = (
    "Every comparison that a statement makes is made with the figures of the graph. All hold: confirmed; some hold\n"
    "and others lack a figure: confirmed in part; at least one fails: refuted in part, or refuted if none holds; all\n"
    "lack a figure: cannot be decided. The rule of each statement says how rounded and vague figures are judged.\n\n"
    "examples:\n"
    "  kg verify --verdict partly-refuted\n"
    "  kg verify unemployment-both-sides --evidence\n"
    "  kg verify source:stepanov-2020 --format csv"
)


def options(command: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    command.add_argument("what", nargs="?", help="only this check, or the statements of this claim or source")
    command.add_argument("--verdict", choices=VERDICTS, help="only the statements with this verdict")
    command.add_argument("--format", choices=("text", "md", "csv", "json"), default="text", help="default: text")
    command.add_argument("--evidence", action="store_true", help="every comparison, with where its figures stand")


def run(options: Options) -> None:
    """Print the statements with their verdicts; a refuted statement is no failure of the command."""
    _, build = open_graph(options)
    store = open_store(build.store)
    statements = build.verifications()
    wanted = set(statements) if options.what is None else _chosen(store, statements, options.what)
    stored = stored_verdicts(store)
    checked = [
        Checked(store, it, stored.get(it.name))
        for it in outcomes(store, {name: entry for name, entry in statements.items() if name in wanted})
        if options.verdict in (None, it.verdict)
    ]
    if not checked:
        verdict = "" if options.verdict is None else f" with the verdict “{WORDS[options.verdict]}”"
        about = "" if options.what is None else f" for “{options.what}”"
        tell(f"kg: no statement is checked{about}{verdict}")
    if options.format == "json":
        import json

        print(json.dumps([as_dict(it) for it in checked], ensure_ascii=False, indent=2))
        return
    if options.format == "text":
        bold = colours()
        for line in outline(checked, options.evidence):
            head = bold and line and not line.startswith(" ")
            print(f"\x1b[1m{visible(line)}\x1b[0m" if head else visible(line))
        return
    columns, lines = (EVIDENCE_COLUMNS, evidence_rows(checked)) if options.evidence else (COLUMNS, rows(checked))
    print(csv_text(columns, lines) if options.format == "csv" else markdown(columns, lines), end="")


def _chosen(store: ox.Store, statements: dict[str, dict[str, Any]], what: str) -> set[str]:
    """The checks that a user means: one by its name, or those of a claim or a source."""
    name = what.removeprefix("verification:").removeprefix(PREFIXES["verification"])
    if name in statements:
        return {name}
    try:
        thing = resolve(store, what)
    except UsageError as error:
        near = nearest(name, statements)
        if not near:
            raise
        raise UsageError(f"There is no check, claim or source '{what}'. Did you mean {' or '.join(near)}?") from error
    made = store.quads_for_pattern(None, ox.NamedNode(BL + "statedIn"), thing, None)
    claims = {thing.value, *(quad.subject.value for quad in made if isinstance(quad.subject, ox.NamedNode))}
    return {name for name, entry in statements.items() if claims.intersection(entry["claims"])}
