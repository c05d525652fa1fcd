"""The command `python -m bench.seeded`: arguments, and the table."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter

from bench.seeded.guards import GUARDS
from bench.seeded.run import Count, check_clean, run
from bench.seeded.world import KINDS, Kind
from kg.errors import KgError
from kg.files import find_project


def main() -> int:
    """Seed mistakes and print what the guards see; the result is the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bench.seeded", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="what the random places follow from (default: 1)")
    parser.add_argument("--per-kind", type=int, default=20, metavar="N", help="mistakes of each kind (default: 20)")
    parser.add_argument("--kinds", metavar="A,B", help="only these kinds")
    parser.add_argument("--details", action="store_true", help="also the shapes and checks that caught each kind")
    parser.add_argument("--first", action="store_true", help="stop at the first guard that complains: faster")
    parser.add_argument("--texts", metavar="DIR", default=os.environ.get("KG_TEXTS", ""), help="the sources' texts")
    parser.add_argument("--project", metavar="DIR", help="the folder of the project (default: the one around)")
    given = parser.parse_args()
    names = given.kinds.split(",") if given.kinds else sorted(KINDS, key=lambda name: (_part(KINDS[name]), name))
    unknown = [name for name in names if name not in KINDS]
    if unknown:
        parser.error(f"no kind {', '.join(unknown)}; there are {', '.join(sorted(KINDS))}")
    start = time.perf_counter()
    try:
        project = find_project(given.project)
        check_clean(project)
        counts = run(
            project,
            names,
            given.seed,
            given.per_kind,
            _say,
            None,
            given.texts,
            given.first,
        )
    except KgError as error:
        print(error, file=sys.stderr)
        return 1
    _table(counts, given.details)
    print(f"Seed {given.seed}; {time.perf_counter() - start:.0f} s.")
    return 0


TITLES = (
    "Kinds that the data betray.",
    "Textual kinds: only the text of the source can betray these.",
    "Kinds for a reader: no program can see them, even with the text.",
)


def _part(kind: Kind) -> int:
    return 2 if kind.reader else 1 if kind.textual else 0


def _say(count: Count) -> None:
    """Tell that a kind is done; where no one watches, with its figures, so that a run that is killed leaves them."""
    if sys.stderr.isatty():
        print(f"\r\033[K{count.kind.name}", end="", file=sys.stderr, flush=True)
    else:
        print(f"{count.kind.name}: {count.caught} of {count.made}", file=sys.stderr, flush=True)


def _table(counts: list[Count], details: bool) -> None:
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr)
    print(f"{'kind':34} {'possible':>8} {'made':>5} {'caught':>6}  by")
    for wanted, title in enumerate(TITLES):
        part = [count for count in counts if _part(count.kind) == wanted]
        if part:
            print(f"\n{title}")
        for count in part:
            by = ", ".join(f"{guard} {count.guards[guard]}" for guard in GUARDS if count.guards[guard])
            print(f"{count.kind.name:34} {count.possible:8} {count.made:5} {count.caught:6}  {by}")
            if details:
                print(f"{'':10}{', '.join(f'{rule} {times}' for rule, times in count.rules.most_common())}")
            if wanted and details:
                print(f"{'':10}{count.kind.textual}")
    _sums(counts)


def _sums(counts: list[Count]) -> None:
    for wanted, title in enumerate(TITLES):
        part = [count for count in counts if _part(count.kind) == wanted and count.made]
        made, caught = sum(count.made for count in part), sum(count.caught for count in part)
        if made:
            print(
                f"\n{title}\n  kinds {len(part)}, mistakes made {made}, caught {caught} ({100 * caught / made:.1f}%)."
            )
            guards: Counter[str] = sum((count.guards for count in part), Counter())
            print("  " + ", ".join(f"{guard} {guards[guard]}" for guard in GUARDS if guards[guard]))
    empty = [count.kind.name for count in counts if not count.made]
    if empty:
        print(f"\nThe data allow no mistake of the kinds {', '.join(empty)}.")
    missed = [(count.kind, what) for count in counts if not count.kind.reader for what in count.missed]
    if missed:
        print("\nMissed:")
        for kind, what in missed:
            print(f"  {kind.name}: {what}")


if __name__ == "__main__":
    sys.exit(main())
