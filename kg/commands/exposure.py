"""`kg exposure`: what depends on a thing, what it depends on, and what is lost if it stops."""

from __future__ import annotations

from kg.console import colours, open_graph, tell, visible
from kg.errors import UsageError
from kg.exposure import COLUMNS, Account, Outline, Web, rows
from kg.exposure.links import INFLUENCE
from kg.names import class_labels, find, label, languages, resolve
from kg.namespaces import shorten
from kg.options import terminal_width
from kg.results import csv_text, markdown, wrap
from kg.store import open_store

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    import pyoxigraph as ox

    from kg.options import Options

SUMMARY = "tell what depends on a thing, what it depends on, and what is lost if it stops"
MORE = (
    "A plant, field, firm, region, state, commodity, pipeline, value chain, or a record of one of their ties. Paths\n"
    "go from what is depended on to what depends on it, over deliveries, stages of chains, licences, partners,\n"
    "operators, owners, lines and shares in trade; through a region or a state only within one value chain. Each\n"
    "step has its source; a path is as strong as its weakest step. ‡ marks what is inferred, † what is disputed.\n"
    "--if-stops tells who loses an input or an outlet: directly as sources say, then what may follow from it.\n\n"
    "examples:\n"
    "  kg exposure Karachaganak\n"
    "  kg exposure 'Pavlodar Refinery' --if-stops\n"
    "  kg exposure 'natural gas' --evidence --format md\n"
    "  kg exposure Казахстан --as-of 2019 --lang ru"
)


def options(command: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    command.add_argument("thing", help="a name in any language, a prefixed name or an IRI")
    command.add_argument("--if-stops", action="store_true", help="who loses what if it stops, and what else is stated")
    command.add_argument(
        "--as-of", metavar="DATE", help="without what holds at another time only than that year, month or day"
    )
    command.add_argument("--evidence", action="store_true", help="all claims behind each step, not the strongest alone")
    command.add_argument(
        "--lang", metavar="CODE,...", help="languages of names, the best first (after them: en, ru, kk, be)"
    )
    command.add_argument("--format", choices=("text", "md", "csv", "json"), default="text", help="default: text")


def run(options: Options) -> None:
    """Print the account; nothing is an answer too."""
    order = languages(options.lang)
    _, build = open_graph(options)
    store = open_store(build.store)
    web = Web(store, options.as_of)
    account = Account(web, _thing(store, web, options.thing), build.disputes, options.evidence, order)
    told = account.whole(options.as_of, options.if_stops)
    if options.format == "json":
        import json

        print(json.dumps(told, ensure_ascii=False, indent=2))
    elif options.format == "csv":
        print(csv_text(COLUMNS, rows(told)), end="")
    elif options.format == "md":
        print(markdown(COLUMNS, rows(told)), end="")
    else:
        _print_lines(Outline(told, account.grounds, account.name).lines())
    if options.format in ("csv", "md"):
        for gap in told["not_known"]:
            tell(f"kg: not in the graph: {gap}")


def _print_lines(lines: list[str]) -> None:
    """Lines fitted to the terminal; what goes on is set in."""
    width, bold = max(terminal_width(), 40), colours()
    for line in lines:
        text = visible(line)
        indent = len(text) - len(text.lstrip())
        first, *others = wrap(text.lstrip(), width - indent - 4) if text.strip() else [""]
        head = bold and text and not indent and not text.startswith("[")
        print(f"\x1b[1m{first}\x1b[0m" if head else " " * indent + first)
        for other in others:
            print(" " * (indent + 4) + other)


def _thing(store: ox.Store, web: Web, text: str) -> ox.NamedNode:
    """What a person means: a thing of that name, else the only one with links that has the words in its name.

    Raises:
        UsageError: There is none, or there are several.
    """
    try:
        return resolve(store, text)
    except UsageError:
        nodes = {node.value: node for link in web.links if link.kind != INFLUENCE for node in (link.giver, link.taker)}
        like = [it for it in find(store, text) if it.match != "like" and it.iri in nodes]
        found = [nodes[it.iri] for it in like if it.match == like[0].match]
        if len(found) != 1:
            raise
        kind = ", ".join(class_labels(store, found[0]))
        tell(f"kg: “{text}” is taken for {shorten(found[0].value)} ({label(store, found[0])}, {kind})")
        return found[0]
