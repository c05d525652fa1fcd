"""Questions with agreed rows: the example of each canned query, and the further arguments for which rows are agreed.

The rows of the examples stand in `tests/expected/<query>.csv`. Rows for further arguments stand in
`tests/expected/values/<query>.csv`, where the first column holds the arguments: `name=value`, with a blank between two.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.namespaces import shorten
from kg.query import bind

if TYPE_CHECKING:
    from kg.store import Row

EXPECTED = Path(__file__).parent.parent.parent / "tests" / "expected"
VALUES = EXPECTED / "values"
ARGUMENTS = "arguments"

Catalogue = Mapping[str, dict[str, Any]]


@dataclass(frozen=True)
class Case:
    """A canned query with arguments, as `name=value` and a blank between two; "" for those of its example."""

    query: str
    arguments: str = ""

    def given(self, catalogue: Catalogue) -> dict[str, str]:
        """All its arguments: what it names itself, and the examples of the other required parameters."""
        parameters = catalogue[self.query]["params"].items()
        named = dict(argument.split("=", 1) for argument in self.arguments.split())
        return {key: str(item["example"]) for key, item in parameters if item.get("required", True)} | named

    def text(self, store: ox.Store, catalogue: Catalogue) -> str:
        """The text of the query with these arguments; errors as in `kg.query.bind`."""
        return bind(store, catalogue, self.query, self.given(catalogue))


def further_cases(folder: Path = VALUES) -> list[Case]:
    """The cases beside the examples for which rows are agreed."""
    found: dict[Case, None] = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found |= {Case(path.stem, row[ARGUMENTS]): None for row in csv.DictReader(file)}
    return list(found)


def as_csv(columns: Iterable[str], rows: Iterable[Row]) -> str:
    """Rows as CSV, with prefixed names for IRIs, so that a person can read a difference."""
    return _written(columns, map(_texts, rows))


def cases_as_csv(columns: Iterable[str], cases: Mapping[str, Iterable[Row]]) -> str:
    """The rows of several cases of one query, by their arguments."""
    texts = ([arguments, *_texts(row)] for arguments, rows in sorted(cases.items()) for row in rows)
    return _written([ARGUMENTS, *columns], texts)


def _texts(row: Row) -> list[str]:
    return [
        "" if term is None else shorten(term.value) if isinstance(term, ox.NamedNode) else _text(term) for term in row
    ]


def _text(term: object) -> str:
    return term.value if isinstance(term, ox.Literal | ox.BlankNode) else str(term)


def _written(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(list(columns))
    writer.writerows(rows)
    return buffer.getvalue()
