"""What all commands share: speaking to the user, opening the graph, giving an answer, showing progress."""

from __future__ import annotations

import os
import sys

from kg.errors import OutOfTimeError, UsageError
from kg.files import find_project, usable_build, write_bytes
from kg.options import terminal_width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from pyoxigraph import Store

    from kg.answer.asked import Question
    from kg.files import Build, Project
    from kg.options import Options
    from kg.store import Answer


def tell(message: str) -> None:
    """Say something beside the result: on standard error."""
    print(visible(message), file=sys.stderr)


def visible(text: str) -> str:
    """Lines of text without control characters, so that no name or file can steer a terminal."""
    if text.replace("\n", "").replace("\t", "").isprintable():
        return text
    return "".join(mark if mark.isprintable() or mark in "\n\t" else "\ufffd" for mark in text)


def open_graph(options: Options) -> tuple[Project, Build]:
    """The project and the build to ask, built first if the package carries it and never built it."""
    project = find_project(options.project)

    def make() -> None:
        print("kg: building the graph that the package carries; this is done once", file=sys.stderr)
        from kg import pipeline

        with_progress(lambda progress: pipeline.build(project, progress=progress))

    build, changed = usable_build(project, make)
    if changed:
        more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
        tell(f"kg: {changed[0]}{more} changed since the last build; run `kg build`")
    return project, build


def colours() -> bool:
    """Whether colours are wanted: on a terminal, unless NO_COLOR is set."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


def give(
    store: Store,
    text: str,
    options: Options,
    prefixes: dict[str, str] | None = None,
    usual: float | None = None,
    question: Question | None = None,
    most: int | None = None,
) -> None:
    """Run a query in the engine asked for, within the time limit, and print the answer or write it to a file.

    Args:
        store: The graph.
        text: The query.
        options: The command's: format, output, lang, engine, timeout; with a question evidence and as_of, too.
        prefixes: Those that the query may use without saying so.
        usual: The time limit in seconds where the options set none.
        question: The canned query that the text is of, with its parameters.
        most: How many rows of its answer are wanted; None for all.
    """
    from kg.names import languages
    from kg.results import BINARY_FORMATS, render

    if options.format in BINARY_FORMATS and options.output is None and sys.stdout.isatty():
        raise UsageError(f"A terminal cannot show {options.format}.\n  Write it to a file: --output FILE.")
    limit = options.timeout or usual
    stop = _deadline(limit) if limit else None
    if options.engine == "rdflib":
        from kg.reference import ask_reference, reference_dataset

        answer: Answer = ask_reference(reference_dataset(store), text, prefixes)
    else:
        from kg.store import ask_store

        answer = ask_store(store, text, prefixes)
    said: list[str] = []
    if question is not None:
        content, said = _in_full(store, answer, options, question, most)
    else:
        content = render(store, answer, options.format, terminal_width(), _bold(options), languages(options.lang))
    if stop is not None:
        stop()
    for line in said:
        tell(f"kg: {line}")
    if options.output is not None:
        write_bytes(options.output, content)
    elif options.format in BINARY_FORMATS:
        sys.stdout.buffer.write(content)
    else:
        print(content.decode(), end="")


def _in_full(
    store: Store, answer: Answer, options: Options, question: Question, most: int | None
) -> tuple[bytes, list[str]]:
    """The answer to a canned query in its format, and what is to be said beside it, because it is not in it."""
    from kg.results import PEOPLE_FORMATS, fitting, holds_rows, render
    from kg.store import RESULT_FORMATS

    entry = question.catalogue[question.name]
    form = fitting(options.format, answer.kind)
    wanted = options.evidence or options.as_of is not None or most is not None
    if answer.kind != "select" and wanted:
        raise UsageError(f"The answer of '{question.name}' has no rows: leave out --evidence and --as-of.")
    said = []
    if options.evidence and not entry.get("evidence"):
        why = entry.get("evidence-note") or "no column has things that claims state"
        said.append(f"'{question.name}' has no evidence: {why}")
    if answer.kind != "select" or (form in RESULT_FORMATS and not wanted):
        content = render(store, answer, form, terminal_width(), _bold(options), question.order)
        if answer.kind == "select" and not holds_rows(content, form):
            said += question.meaning(store).splitlines()
        return content, said
    full = question.complete(store, answer, options.evidence, options.as_of)
    if most is not None and most < len(full.rows):
        said.append(f"{most} of {len(full.rows)} rows; --limit {len(full.rows)} shows all")
        full.cut(most)
    if form not in PEOPLE_FORMATS:
        from kg.forms.told import time_lines

        said += [*full.nothing.splitlines(), *time_lines(full)]
    return render(store, full, form, terminal_width(), _bold(options), question.order), said


def _bold(options: Options) -> bool:
    """Whether the head of a table is to be bold: never in a file."""
    return options.output is None and colours()


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


def with_progress(work: Callable[[Callable[[str], None]], Any]) -> Any:  # noqa: ANN401 - whatever the work gives
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
