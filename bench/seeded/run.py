"""Many mistakes, one at a time, on several processors, counted by kind."""

from __future__ import annotations

import logging
import multiprocessing
import os
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from random import Random

from bench.seeded import kinds
from bench.seeded.guards import Guards
from bench.seeded.world import KINDS, Edit, Kind, World
from kg.dataset import read_dataset
from kg.errors import DataError
from kg.evidence import read_texts
from kg.files import Project
from kg.pipeline import check

__all__ = ["Count", "check_clean", "kinds", "run"]


@dataclass
class Count:
    """What became of the mistakes of one kind.

    Attributes:
        kind: The kind.
        possible: How many different mistakes of this kind the data allow.
        made: How many were made.
        caught: How many at least one guard complained of.
        guards: How many each guard complained of.
        rules: How many each shape, check or rule of the closure complained of.
        missed: What the others were, in words.
    """

    kind: Kind
    possible: int = 0
    made: int = 0
    caught: int = 0
    guards: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)


def check_clean(project: Project) -> None:
    """See that the data are clean, so that whatever a guard says of a mistaken dataset is news.

    Raises:
        DataError: They are not.
    """
    findings = [finding for finding in check(project) if finding.violation]
    if findings:
        raise DataError("\n".join(map(str, findings)) + "\n  Mistakes are seeded in clean data only.")


def run(
    project: Project,
    names: Iterable[str],
    seed: int,
    per_kind: int,
    progress: Callable[[Count], None] = lambda count: None,
    processes: int | None = None,
    texts: str = "",
    first: bool = False,
) -> list[Count]:
    """Make the mistakes and ask the guards.

    Args:
        project: Whose data are taken.
        names: The kinds of mistake.
        seed: What the random places follow from; the same seed and data give the same mistakes.
        per_kind: How many mistakes of each kind, where the data allow so many.
        progress: Called with each kind that is done.
        processes: How many processes; None for one a processor.
        texts: The folder of the sources' texts; empty if there are none.
        first: Whether to ask no further guard once one has complained.

    Returns:
        One count a kind, in the order of the names.
    """
    names = list(names)
    tasks = [(name, seed, per_kind) for name in names]
    counts: dict[str, Count] = {}
    workers = processes or os.cpu_count() or 1
    if workers == 1:
        _prepare(project, texts, first)
        for task in tasks:
            counts[task[0]] = _count(task)
            progress(counts[task[0]])
    else:
        # Spawned and not forked: the store has threads, which a fork would leave behind.
        with multiprocessing.get_context("spawn").Pool(workers, _prepare, (project, texts, first)) as pool:
            for count in pool.imap_unordered(_count, tasks):
                counts[count.kind.name] = count
                progress(count)
    return [counts[name] for name in names]


def mistakes(world: World, name: str, seed: int, per_kind: int) -> tuple[int, list[Edit]]:
    """How many mistakes of a kind the data allow, and a random choice of them."""
    random = Random(f"{seed} {name}")  # noqa: S311
    possible = list({(edit.removed, edit.added, edit.texts): edit for edit in KINDS[name].make(world, random)}.values())
    possible = [edit for edit in possible if edit.removed or edit.added or edit.texts]
    return len(possible), random.sample(possible, min(per_kind, len(possible)))


_world: World
_guards: Guards
_first: bool


def _prepare(project: Project, texts: str, first: bool) -> None:
    global _world, _guards, _first  # noqa: PLW0603
    # A year that is no number is a mistake made here, and none of rdflib's business.
    logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)
    dataset = read_dataset(project)
    _first = first
    _world, _guards = World(dataset), Guards(project, dataset, read_texts(texts) if texts else None)


def _count(task: tuple[str, int, int]) -> Count:
    name, seed, per_kind = task
    possible, edits = mistakes(_world, name, seed, per_kind)
    count = Count(KINDS[name], possible, len(edits))
    for edit in edits:
        found = _guards.findings(edit, textual=bool(count.kind.textual), first=_first)
        count.caught += bool(found)
        count.guards.update(found.keys())
        count.rules.update(rule for rules in found.values() for rule in rules)
        if not found:
            count.missed.append(edit.what)
    return count
