"""`kg disputes`: where sources disagree, and where a text is corrected."""

from __future__ import annotations

from kg.console import colours, open_graph, tell, visible
from kg.contested import COLUMNS, DISAGREEMENT, as_dict, disputes, outline, rows
from kg.names import label, resolve
from kg.results import csv_text, markdown
from kg.store import open_store

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from kg.options import Options

SUMMARY = "list disagreements and corrections, with both sides"
MORE = (
    "Every side has its source and the spot in it; of figures of one unit you see how far they are apart, from the\n"
    "first, in the unit and in percent. * marks the side that the curators prefer; the note gives their reason.\n\n"
    "examples:\n"
    "  kg disputes\n"
    "  kg disputes 'Russian-Kazakhstan borderland' --kind disagreement\n"
    "  kg disputes source:stepanov-2020 --format csv"
)


def options(command: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    command.add_argument("thing", nargs="?", help="only what touches this thing, claim or source (a name or an IRI)")
    command.add_argument("--kind", choices=(DISAGREEMENT, "correction"), help="only disagreements, or corrections")
    command.add_argument("--format", choices=("text", "md", "csv", "json"), default="text", help="default: text")


def run(options: Options) -> None:
    """Print the disputes; none is an answer too."""
    _, build = open_graph(options)
    store = open_store(build.store)
    thing = None if options.thing is None else resolve(store, options.thing)
    found = [it for it in disputes(store, thing) if options.kind in (None, it.kind)]
    if not found:
        about = "" if thing is None else f" that touches “{label(store, thing)}”"
        tell(f"kg: no {options.kind or 'disagreement or correction'}{about} is recorded")
    if options.format == "json":
        import json

        print(json.dumps([as_dict(it) for it in found], ensure_ascii=False, indent=2))
    elif options.format == "csv":
        print(csv_text(COLUMNS, rows(found)), end="")
    elif options.format == "md":
        print(markdown(COLUMNS, rows(found)), end="")
    else:
        bold = colours()
        for line in outline(found):
            head = bold and line and not line.startswith(" ")
            print(f"\x1b[1m{visible(line)}\x1b[0m" if head else visible(line))
