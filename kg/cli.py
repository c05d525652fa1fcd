"""The command line: arguments in, exit code out. The only module that prints.

Results go to standard output, everything else to standard error. Every command imports
what it needs and no more: `kg query` answers in about the time that Python takes to start.
"""

from __future__ import annotations

import argparse
import os
import sys

from kg.arguments import parser, terminal_width
from kg.errors import DataError, KgError, OutOfTimeError, UsageError
from kg.files import find_project, usable_build

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from pyoxigraph import Store

    from kg.files import Build, Project
    from kg.store import Answer


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the result is its exit code."""
    _quiet_signals()
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    given = list(sys.argv[1:] if arguments is None else arguments)
    known, rest = parser(RUNS, given[0] if given else None).parse_known_args(given)
    try:
        if rest and known.command != "query":
            raise UsageError(
                f"kg {known.command} does not take {' '.join(rest)}.\n  `kg {known.command} --help` teaches."
            )
        known.rest = rest
        known.run(known)
    except KgError as error:
        print(f"kg: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("kg: stopped", file=sys.stderr)
        return 130
    return 0


def _quiet_signals() -> None:
    """End at once and in silence when the reader of the output has left."""
    import signal

    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)


# --- where the graph is ----------------------------------------------------------------------


def _open(options: argparse.Namespace) -> tuple[Project, Build]:
    """The project and the build to ask, built first if the package carries it and never built it."""
    project = find_project(options.project)

    def make() -> None:
        print("kg: building the graph that the package carries; this is done once", file=sys.stderr)
        from kg import pipeline

        _with_progress(lambda progress: pipeline.build(project, progress=progress))

    build, changed = usable_build(project, make)
    if changed:
        more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
        print(f"kg: {changed[0]}{more} changed since the last build; run `kg build`", file=sys.stderr)
    return project, build


def _colours() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


# --- questions -------------------------------------------------------------------------------


def _query(options: argparse.Namespace) -> None:
    if options.help and options.name is None:
        options.print_help()
        return
    _, build = _open(options)
    catalogue = build.catalogue()
    if options.name is None:
        if options.rest:
            raise UsageError("The name of the question comes first: kg query NAME --PARAM VALUE.")
        print(_listing(catalogue), end="")
        return
    from kg import query
    from kg.store import open_store

    if options.help:
        print(_query_help(options.name, query.canned(catalogue, options.name)), end="")
        return
    arguments = _arguments(options.name, options.rest)
    store = open_store(build.store)
    text = query.bind(store, catalogue, options.name, arguments)
    _answer(store, text, options)


def _listing(catalogue: dict[str, dict[str, Any]]) -> str:
    """All canned queries by topic, each with its question and its parameters."""
    topics: dict[str, list[str]] = {}
    for name, entry in catalogue.items():
        options = "".join(
            f" --{key} …" if item.get("required", True) else f" [--{key} …]" for key, item in entry["params"].items()
        )
        topics.setdefault(entry["topic"], []).append(f"  {name}{options}\n      {entry['question']}\n")
    return "\n".join(f"{topic}\n{''.join(items)}" for topic, items in sorted(topics.items()))


def _query_help(name: str, entry: dict[str, Any]) -> str:
    lines = [f"kg query {name}", "", entry["question"], entry["summary"], ""]
    example = f"kg query {name}"
    if entry["params"]:
        lines.append("parameters:")
        for key, item in entry["params"].items():
            need = "" if item.get("required", True) else " (may be left out: all)"
            lines.append(f"  --{key}  {item['help']}{need}; for example {item['example']}")
            example += f" --{key} {item['example']}"
        lines.append("")
    if entry["columns"]:
        lines.append("columns:")
        size = max(map(len, entry["columns"]))
        lines.extend(f"  {column.ljust(size)}  {meaning}" for column, meaning in entry["columns"].items())
        lines.append("")
    return "\n".join([*lines, f"example:\n  {example}", ""])


def _arguments(name: str, rest: Sequence[str]) -> dict[str, str]:
    """`--key value` and `--key=value` as a mapping."""
    given: dict[str, str] = {}
    pending = list(rest)
    while pending:
        word = pending.pop(0)
        key, equals, value = word.removeprefix("--").partition("=")
        if not word.startswith("--") or not key:
            raise UsageError(f"“{word}” is no parameter of '{name}'; parameters are given as --name value.")
        if not equals:
            if not pending:
                raise UsageError(f"query '{name}': --{key} has no value.")
            value = pending.pop(0)
        if key in given:
            raise UsageError(f"query '{name}': --{key} is given twice.")
        given[key] = value
    return given


def _sparql(options: argparse.Namespace) -> None:
    if (options.text is None) == (options.file is None):
        raise UsageError("Give the query's text, or a file with -f FILE.\n  `kg sparql --help` teaches.")
    _, build = _open(options)
    from kg.files import read_argument_file
    from kg.namespaces import PREFIXES
    from kg.store import open_store

    text = options.text if options.text is not None else read_argument_file(options.file)
    options.timeout = options.timeout or 60.0
    _answer(open_store(build.store), text, options, PREFIXES)


def _answer(store: Store, text: str, options: argparse.Namespace, prefixes: dict[str, str] | None = None) -> None:
    """Run a query in the engine asked for, within the time limit, and print the answer."""
    from kg.results import render

    stop = _deadline(options.timeout) if options.timeout else None
    if options.engine == "rdflib":
        from kg.reference import ask_reference, reference_dataset

        answer: Answer = ask_reference(reference_dataset(store), text, prefixes)
    else:
        from kg.store import ask_store

        answer = ask_store(store, text, prefixes)
    rendered = render(store, answer, options.format, terminal_width(), _colours())
    if stop is not None:
        stop()
    print(rendered, end="")


def _deadline(seconds: float) -> Callable[[], None]:
    """End the process when the time is up: no other way stops a query that runs inside the engine."""
    import threading

    def end() -> None:
        error = OutOfTimeError(f"no answer within {seconds:g} s.\n  --timeout S allows more.")
        os.write(2, f"kg: {error}\n".encode())
        os._exit(error.exit_code)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    return timer.cancel


def _find(options: argparse.Namespace) -> None:
    _, build = _open(options)
    from kg.names import find
    from kg.namespaces import shorten
    from kg.results import csv_text, markdown, table
    from kg.store import open_store

    found = find(open_store(build.store), options.text)
    rows = [(name, kind, shorten(thing.value)) for thing, name, kind in found]
    columns = ("name", "kind", "thing")
    if options.format == "csv":
        print(csv_text(columns, rows), end="")
    elif options.format == "md":
        print(markdown(columns, rows), end="")
    else:
        print(table(columns, rows, terminal_width(), _colours()), end="")


def _show(options: argparse.Namespace) -> None:
    _, build = _open(options)
    from kg.names import resolve
    from kg.namespaces import shorten
    from kg.show import Description
    from kg.store import open_store

    store = open_store(build.store)
    it = Description(store, resolve(store, options.thing))
    print(f"{it.title}\n{shorten(it.iri)}, {', '.join(it.classes) or 'of no class'}")
    if it.names:
        print(f"  names: {'; '.join(it.names)}")
    for heading, backwards in (("what is said of it", False), ("where it occurs", True)):
        lines = [item for item in it.statements if item.backwards == backwards]
        if lines:
            print(f"\n{heading}:")
        for item in lines:
            mark = "  [inferred]" if item.inferred else ""
            print(f"  {f'… {item.predicate}' if not backwards else f'{item.value} … {item.predicate}'}"
                  f"{f': {item.value}' if not backwards else ''}{mark}")  # fmt: skip
    print("\nwho says so:" if it.evidence else "\nNo claim of a source is about it.")
    for claim in it.evidence:
        credit = f" (credited to {', '.join(claim.attributed)})" if claim.attributed else ""
        print(f"  {claim.gloss}{credit}")
        for spot in claim.spots:
            print(f"      {spot}")


# --- files -----------------------------------------------------------------------------------


def _with_progress(work: Callable[[Callable[[str], None]], Any]) -> Any:  # noqa: ANN401 - whatever the work gives
    """Do a work of several stages: a bar on a terminal, silence elsewhere."""
    if not sys.stderr.isatty():
        return work(lambda stage: None)
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from kg.pipeline import STAGES

    columns = (BarColumn(20), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=len(STAGES))

        def begin(stage: str) -> None:
            bar.update(task, description=stage, completed=STAGES.index(stage))

        return work(begin)


def _build(options: argparse.Namespace) -> None:
    from kg import pipeline

    project = find_project(options.project)
    made = _with_progress(lambda progress: pipeline.build(project, options.reasoner, progress))
    for finding in made.warnings:
        print(finding, file=sys.stderr)
    print(
        f"{made.asserted:,} triples asserted, {made.inferred:,} inferred; "
        f"{made.claims} claims, {made.sources} sources; "
        f"{made.violations} violations, {len(made.warnings)} warnings; {made.seconds:.1f} s"
    )


def _check(options: argparse.Namespace) -> None:
    from kg import pipeline

    project = find_project(options.project)
    findings = _with_progress(lambda progress: pipeline.check(project, progress))
    for finding in findings:
        print(finding)
    violations = sum(finding.violation for finding in findings)
    if violations:
        raise DataError(f"{violations} violation{'' if violations == 1 else 's'}")
    print(f"All holds; {len(findings)} warning{'' if len(findings) == 1 else 's'}.")


def _format(options: argparse.Namespace) -> None:
    from kg import pipeline

    project = find_project(options.project)
    changed = pipeline.format_files(project, options.files, write=not options.check)
    for path in changed:
        print(path)
    if options.check and changed:
        raise DataError(f"{len(changed)} file{'' if len(changed) == 1 else 's'} not in canonical form; run `kg format`")


def _export(options: argparse.Namespace) -> None:
    _, build = _open(options)
    from kg import pipeline

    sys.stdout.buffer.write(pipeline.export(build, options.format, options.part or "all"))


RUNS: dict[str, Callable[[argparse.Namespace], None]] = {
    "build": _build,
    "check": _check,
    "query": _query,
    "sparql": _sparql,
    "find": _find,
    "show": _show,
    "format": _format,
    "export": _export,
}


if __name__ == "__main__":
    sys.exit(main())
