"""List the classes, properties and vocabulary entries in use that matter to no question with agreed rows.

    python -m tools.matters            closes the graph anew without each term: some minutes
    python -m tools.matters --quick    takes away the term's own triples alone: the test does the same
    python -m tools.matters --add      looks for arguments with which a term matters, and agrees on their rows

A term matters if a canned query names it, and the query's agreed rows are others once the term's triples are gone:
the members of a class, the uses of a property, the facts that mention an entry. A class or a property is named in the
text of the query itself. An entry may also be the value of a parameter, with rows agreed for that very value, but not
in a query that reaches all entries alike (`OPEN` in terms.py). Rows for values stand in `tests/expected/values/`.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kg.files import Project, current_build
from kg.namespaces import shorten
from tools.matters.search import add_cases
from tools.matters.trial import Trial, idle

ROOT = Path(__file__).parent.parent.parent


def main() -> int:
    """Print the list; the exit code is 1 if there is something in it."""
    parser = argparse.ArgumentParser(prog="python -m tools.matters", description=__doc__.split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="take away the term's own triples alone")
    parser.add_argument("--add", action="store_true", help="agree on rows for further arguments")
    arguments = parser.parse_args()
    build = current_build(Project(str(ROOT), str(ROOT / ".kg"), False))
    if build is None:
        print("There is no build: run `kg build` first.", file=sys.stderr)
        return 2
    trial = Trial(build, exact=not (arguments.quick or arguments.add))
    found = list(idle(trial))
    if arguments.add:
        found = add_cases(trial, found)
    for term, why in found:
        print(f"{term.kind} {shorten(term.iri)}: {why}")
    print(f"{len(trial.terms)} terms in use, {len(trial.cases)} questions, {len(found)} terms that matter to none")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
