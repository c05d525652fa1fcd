"""What all commands share: speaking to the user, opening the graph, showing progress."""

from __future__ import annotations

import os
import sys

from kg.files import find_project, usable_build

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from kg.files import Build, Project
    from kg.options import Options


def tell(message: str) -> None:
    """Say something beside the result: on standard error."""
    print(visible(message), file=sys.stderr)


def visible(text: str) -> str:
    """Lines of text without control characters, so that no name or file can steer a terminal."""
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
