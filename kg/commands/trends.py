"""`kg trends`: who finds convergence or divergence, where authors agree, and what falls under their categories."""

from __future__ import annotations

from kg.console import colours, open_graph, tell, visible
from kg.names import resolve
from kg.namespaces import BASE, BL, shorten
from kg.store import open_store
from kg.trends import (
    CATEGORY_COLUMNS,
    COLUMNS,
    as_dict,
    authors_of,
    framework_as_dict,
    framework_outline,
    framework_rows,
    frameworks,
    matters,
    outline,
    rows,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from pyoxigraph import Store

    from kg.options import Options
    from kg.trends import Framework, Matter

SUMMARY = "show where authors find convergence or divergence, where they agree, and their frameworks"
MORE = (
    "A voice is the work or the people to whom a document credits a finding, else the document. Of one borderland and\n"
    "one dimension two voices differ if they have no trend in common; they agree if all find the same; what lies\n"
    "between is “agree in part”. Hypotheses, purposes and what is only possible or expected are shown as “not\n"
    "asserted” and decide nothing, nor does “ambiguous”; works with an author in common do not confirm each other.\n"
    "--author and --source keep what that voice speaks of, with all other voices on it.\n\n"
    "examples:\n"
    "  kg trends\n"
    "  kg trends --borderland borderland:russia-kazakhstan --dimension economic --evidence\n"
    "  kg trends --author 'Oleg M. Roy'\n"
    "  kg trends --source source:karpenko-2023 --format csv\n"
    "  kg trends --frameworks --evidence"
)


def options(command: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    command.add_argument("--borderland", help="only this borderland")
    command.add_argument("--dimension", help="only this field of life, such as economic")
    command.add_argument("--author", help="only what this person writes of")
    command.add_argument("--source", help="only what this work speaks of")
    command.add_argument("--frameworks", action="store_true", help="only the frameworks and what falls under them")
    command.add_argument("--evidence", action="store_true", help="each claim with source, spot, strength and credit")
    command.add_argument("--format", choices=("text", "md", "csv", "json"), default="text", help="default: text")


def run(options: Options) -> None:
    """Print the trends, then the frameworks."""
    _, build = open_graph(options)
    store = open_store(build.store)
    found, own = _chosen(store, options)
    if options.frameworks:
        found = []
    elif options.borderland or options.dimension or options.format == "csv":
        own = []
    if not found and not own:
        tell("kg: no source says anything of it; that does not mean that there is nothing")
    if options.format == "json":
        import json

        told = {"trends": [as_dict(store, it) for it in found],
                "frameworks": [framework_as_dict(store, it) for it in own]}  # fmt: skip
        print(json.dumps(told, ensure_ascii=False, indent=2))
    elif options.format == "csv":
        _print_rows("csv", *((CATEGORY_COLUMNS, framework_rows(store, own)) if own else (COLUMNS, rows(store, found))))
    elif options.format == "md":
        if found:
            _print_rows("md", COLUMNS, rows(store, found))
        if own:
            print(end="\n" if found else "")
            _print_rows("md", CATEGORY_COLUMNS, framework_rows(store, own))
    else:
        lines = outline(store, found, options.evidence)
        lines += [*([""] if lines and own else []), *framework_outline(store, own, options.evidence)]
        bold = colours()
        for line in lines:
            head = bold and line and not line.startswith(" ")
            print(f"\x1b[1m{visible(line)}\x1b[0m" if head else visible(line))


def _chosen(store: Store, options: Options) -> tuple[list[Matter], list[Framework]]:
    """The matters and the frameworks that are asked for."""
    found, own = matters(store), frameworks(store)
    if options.borderland:
        thing = resolve(store, options.borderland, BL + "Borderland", "borderland:russia-kazakhstan").value
        found = [matter for matter in found if matter.thing == thing]
    if options.dimension:
        field = shorten(resolve(store, options.dimension, BASE + "voc/dimension", "economic").value)
        found = [matter for matter in found if matter.field == field]
    if options.author:
        author = resolve(store, options.author, BL + "Person", "person:oleg-m-roy").value
        works = {work for work, people in authors_of(store).items() if author in people}
        found = [matter for matter in found if not works.isdisjoint(matter.voices())]
        own = [framework for framework in own if author in framework.origins or works & framework.origins]
    if options.source:
        source = resolve(store, options.source, BL + "Source", "source:stepanov-2020").value
        found = [it for it in found if any(source in (finding.source, *finding.voices) for finding in it.findings)]
        own = [framework for framework in own if source in framework.origins]
    return found, own


def _print_rows(form: str, columns: Sequence[str], lines: Sequence[Sequence[str]]) -> None:
    from kg.results import csv_text, markdown

    print((csv_text if form == "csv" else markdown)(columns, lines), end="")
