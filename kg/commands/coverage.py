"""`kg coverage`: of which place, on which topic and for which time there is how much, and where there is nothing."""

from __future__ import annotations

from kg.console import colours, open_graph, tell, visible
from kg.coverage import (
    ABOUT,
    COLUMNS,
    EVERY,
    NONE,
    OTHER,
    TOPICS,
    Cell,
    cells,
    gaps,
    grid,
    opened,
    order_of_periods,
    outline,
    read_facts,
    unsaid,
)
from kg.coverage.asked import choose_period, choose_topic, rows_of
from kg.names import label, resolve
from kg.namespaces import BL, shorten
from kg.options import terminal_width
from kg.store import open_store

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from pyoxigraph import Store

    from kg.coverage import Fact
    from kg.options import Options

SUMMARY = "show how much the sources say, by place, topic and time, and where they say nothing"
MORE = (
    "A cell holds facts/sources: situations and figures that claims state, and claims that state none, of the place\n"
    "and of all that lies in it. A dot means that no source says anything; it does not mean that there is nothing.\n"
    "A fact counts in each decade that its source names; what has no date stands in a column of its own.\n\n"
    "topics:\n" + "".join(f"  {name:<12}{about}\n" for name, about in ABOUT.items()) + "\n"
    "examples:\n"
    "  kg coverage\n"
    "  kg coverage --by borderland --topic migration\n"
    "  kg coverage 'Omsk Region'\n"
    "  kg coverage 'Omsk Region' --topic unemployment\n"
    "  kg coverage --period 1990s --source source:stepanov-2020\n"
    "  kg coverage --empty"
)
NOTHING = "no source says"
GAPS = ("place", "topic", "period", "said")
CELLS = ("place", "topic", "period", "facts", "claims", "sources", "names of sources")


def options(command: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    command.add_argument("place", nargs="?", help="only this place; with --topic or --period its facts one by one")
    command.add_argument("--by", choices=("region", "borderland", "state"), default="region", help="default: region")
    command.add_argument("--topic", help="a topic, or an indicator, phenomenon or class that belongs to one")
    command.add_argument("--period", help="a decade (1990s), a century (“19th century”) or undated")
    command.add_argument("--source", help="only what this source says")
    command.add_argument("--empty", action="store_true", help="list of what no source speaks")
    command.add_argument("--format", choices=("text", "md", "csv", "json"), default="text", help="default: text")


def run(options: Options) -> None:
    """Print the table, the facts of a cell, or the gaps."""
    _, build = open_graph(options)
    store = open_store(build.store)
    place = None if options.place is None else resolve(store, options.place, BL + "Place", "region:omsk")
    source = None if options.source is None else resolve(store, options.source, BL + "Source", "source:stepanov-2020")
    chosen = None if options.topic is None else choose_topic(store, options.topic)
    facts = read_facts(store, source.value if source else None)
    if chosen is not None:
        facts = [fact for fact in facts if chosen.holds(fact)]
    period = None if options.period is None else choose_period(options.period)
    if period is not None:
        facts = [fact for fact in facts if period in fact.periods]
    named = {place.value: label(store, place)} if place else rows_of(store, options.by)
    places = {iri: visible(name) for iri, name in named.items()}
    if options.empty:
        wanted = [chosen.topic] if chosen else [topic for topic in TOPICS if topic != OTHER]
        _tell_gaps(gaps(facts, places, wanted), places, options)
    elif place and (chosen or period):
        _tell_facts(store, [fact for fact in facts if place.value in fact.places], options)
    else:
        for fact in facts:
            fact.topics &= {chosen.topic} if chosen else fact.topics
            fact.periods &= {period} if period else fact.periods
        _tell_counts(store, facts, places, options)


def _tell_counts(store: Store, facts: list[Fact], places: dict[str, str], options: Options) -> None:
    if options.format in ("csv", "json"):
        _tell_cells(store, facts, places, options.format)
        return
    corner, nowhere = options.by, []
    if options.place is not None:
        ((place, corner),) = places.items()
        inside = [fact for fact in facts if place in fact.places]
        columns, rows = cells(inside, {topic: topic for topic in TOPICS}, "topics", "periods")
    elif options.topic is not None:
        columns, rows = cells(facts, places, "places", "periods")
    else:
        columns, rows = cells(facts, places, "places", "topics")
        nowhere = unsaid(columns)
    if options.format == "md":
        texts = [(row.head, *(str(row.cells[name]) for name in columns)) for row in rows]
        _print_rows((corner, *columns), texts, options.format)
        return
    bold = colours()
    text = grid(corner, columns, rows, terminal_width(), lambda line: f"\x1b[1m{line}\x1b[0m" if bold else line)
    print(text, end="")
    print(f"\nfacts/sources; {NONE} no source says anything; {EVERY}: each fact counted once")
    if nowhere:
        print(f"no source says anything of any {options.by} on: {', '.join(nowhere)}")


def _tell_cells(store: Store, facts: list[Fact], places: dict[str, str], form: str) -> None:
    """One record for each place, topic and period of which a source says anything."""
    found: dict[tuple[str, str, str], list[Fact]] = {}
    for fact in facts:
        for key in ((place, topic, period) for place in fact.places & places.keys()
                    for topic in fact.topics for period in fact.periods):  # fmt: skip
            found.setdefault(key, []).append(fact)
    order = list(places)
    keys = sorted(found, key=lambda it: (order.index(it[0]), list(TOPICS).index(it[1]), order_of_periods(it[2])))
    counted = [(key, Cell(found[key])) for key in keys]
    if form == "csv":
        rows = [
            (places[place], topic, period, str(len(cell.facts)), str(len(cell.claims)), str(len(cell.sources)),
             "; ".join(map(shorten, sorted(cell.sources))))
            for (place, topic, period), cell in counted
        ]  # fmt: skip
        _print_rows(CELLS, rows, form)
        return
    _print_json([
        {"place": place, "name": places[place], "topic": topic, "period": period, "facts": len(cell.facts),
         "claims": len(cell.claims), "sources": sorted(cell.sources)}
        for (place, topic, period), cell in counted
    ])  # fmt: skip


def _tell_facts(store: Store, facts: list[Fact], options: Options) -> None:
    if not facts:
        said = " and ".join(filter(None, (options.topic, options.period)))
        tell(f"kg: no source says anything of “{options.place}” on {said}; that does not mean that there is nothing")
    rows = opened(store, facts)
    if options.format in ("csv", "md"):
        _print_rows(COLUMNS, rows, options.format)
    elif options.format == "json":
        _print_json([dict(zip(COLUMNS, row, strict=True)) for row in rows])
    else:
        for line in outline(store, facts):
            print(visible(line))


def _tell_gaps(found: list[tuple[str, list[str]]], places: dict[str, str], options: Options) -> None:
    period = options.period or ""
    rows = [(places[place], topic, period, NOTHING) for place, missing in found for topic in missing]
    if options.format in ("csv", "md"):
        _print_rows(GAPS, rows, options.format)
    elif options.format == "json":
        _print_json(
            [
                {"place": place, "name": places[place], "topic": topic, "period": period or None, "facts": None}
                for place, missing in found
                for topic in missing
            ]
        )
    else:
        when = f" ({period})" if period else ""
        for place, missing in found:
            print(visible(f"{places[place]}{when}: no source says anything of {', '.join(missing)}"))
    if not found:
        tell("kg: of each of these some source speaks")


def _print_rows(columns: Sequence[str], rows: Sequence[Sequence[str]], form: str) -> None:
    from kg.results import csv_text, markdown

    print((csv_text if form == "csv" else markdown)(columns, rows), end="")


def _print_json(records: list[dict[str, object]]) -> None:
    import json

    print(json.dumps(records, ensure_ascii=False, indent=2))
