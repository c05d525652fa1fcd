"""The rows of an answer for Python programs and notebooks."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from itertools import count
from typing import Any

import pyoxigraph as ox
from rdflib.term import Identifier, URIRef

from kg.answer.full import FullAnswer
from kg.errors import UsageError
from kg.forms.told import Notes
from kg.forms.values import plain_value
from kg.reference import to_rdflib

QueryRow = dict[str, Identifier | None]
# Each table in a notebook has footnotes of its own.
_TABLES = count(1)
# What pandas calls a column of numbers or truths in which values may be missing; its usual ones make floats of them.
_NULLABLE: dict[type | None, str] = {int: "Int64", bool: "boolean"}


class Rows(list[QueryRow]):
    """A list of rows, each a mapping from column to rdflib's term (None where there is no value).

    Attributes:
        columns: Names of the columns, in order.
        evidence: For each row the claims behind it, each a mapping with the keys claim, source, locator, year,
            kind, strength and attributed; empty unless evidence was asked for.
        inferred: For each row whether it needs inference; empty unless evidence was asked for.
        disputed: For each row its things that are disputed or corrected.
        undated: For each row why it is not sure to hold at the time asked for, "" if it is; empty for any time.
        left_out: How many rows were left out because they hold at another time only.
        nothing: What it means that there is no row; "" if there are rows.
    """

    def __init__(self, store: ox.Store, answer: FullAnswer, order: tuple[str, ...]) -> None:
        super().__init__(
            {name: None if term is None else to_rdflib(term) for name, term in zip(answer.columns, row, strict=True)}
            for row in answer.rows
        )
        self._store = store
        self._answer = answer
        self._order = order
        self.columns = list(answer.columns)
        self.inferred = list(answer.inferred or ())
        self.undated = list(answer.undated or ())
        self.disputed = [[URIRef(thing.value) for thing in answer.disputed_of(row)] for row in answer.rows]
        self.left_out = answer.left_out
        self.nothing = answer.nothing
        self.evidence: list[list[dict[str, str]]] = []
        if answer.grounds is not None:
            from kg.answer.grounds import FIELDS, fields

            name = Notes(store, order).name
            self.evidence = [
                [dict(zip(FIELDS, fields(ground, name), strict=True)) for ground in found] for found in answer.grounds
            ]

    def to_pandas(self, names: bool = True) -> Any:  # noqa: ANN401 - pandas need not be installed
        """The rows as a data frame of pandas; numbers are numbers, and whole ones stay whole where a value is missing.

        Args:
            names: Whether things are given by their names, else by their IRIs.

        Raises:
            UsageError: pandas is not installed.
        """
        try:
            import pandas
        except ImportError as error:
            raise UsageError("A data frame needs pandas, which is not installed.\n  pip install pandas") from error
        columns: dict[str, Any] = {
            name: pandas.array(values, dtype=_NULLABLE[kind]) if (kind := _with_gaps(values)) in _NULLABLE else values
            for name, values in self._as_columns(names).items()
        }
        return pandas.DataFrame(columns)

    def to_polars(self, names: bool = True) -> Any:  # noqa: ANN401 - polars need not be installed
        """The rows as a data frame of polars; as `to_pandas`.

        Raises:
            UsageError: polars is not installed.
        """
        try:
            import polars
        except ImportError as error:
            raise UsageError("A data frame needs polars, which is not installed.\n  pip install polars") from error
        return polars.DataFrame(self._as_columns(names))

    def _as_columns(self, names: bool) -> dict[str, list[object]]:
        """The columns by name, with those of the evidence and the time if they were asked for."""
        notes = Notes(self._store, self._order)

        def text(term: object) -> str | None:
            if term is None:
                return None
            return notes.name(term) if names or not isinstance(term, ox.NamedNode) else term.value

        columns: dict[str, list[object]] = {
            name: _values([row[place] for row in self._answer.rows], text) for place, name in enumerate(self.columns)
        }
        further: dict[str, list[object]] = {
            name: [text == "true" for text in texts] if name.startswith("inferred") else list(texts)
            for name, texts in self._answer.further(notes.name).items()
        }
        return {**columns, **further}

    def _repr_html_(self) -> str:
        """The rows as a table for a notebook, with footnotes."""
        from kg.forms.page import fragment

        return fragment(self._store, self._answer, Notes(self._store, self._order), f"kg{next(_TABLES)}-")


def _with_gaps(values: list[object]) -> type | None:
    """The one type of the values of a column in which some are missing; None for any other column."""
    kinds = {type(value) for value in values if value is not None}
    return kinds.pop() if len(kinds) == 1 and None in values else None


def _values(terms: list[Any], text: Callable[[object], str | None]) -> list[object]:
    """The values of a column: all of one type of Python, or all texts; None where there is no value."""
    plain = [plain_value(term) for term in terms]
    told = [value for term, value in zip(terms, plain, strict=True) if term is not None]
    if all(isinstance(value, (int, Decimal)) and not isinstance(value, bool) for value in told) and told:
        whole = all(isinstance(value, int) for value in told)
        return [None if value is None else value if whole else float(value) for value in plain]  # type: ignore[arg-type]
    if told and None not in told and len(set(map(type, told))) == 1:
        return list(plain)
    return [text(term) for term in terms]
