"""An answer with all that is said of its rows.

On the path of every question: what costs time is imported by who asks for it.
"""

from __future__ import annotations

import pyoxigraph as ox

from kg.namespaces import BL
from kg.store import RESULT_FORMATS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from kg.answer.grounds import Ground
    from kg.store import Row

DISPUTED, CORRECTED = "disputed", "corrected"
# What stands beside a disputed cell, an inferred row and a row whose time is not sure.
DISPUTE_MARK, INFERRED_MARK = "†", "‡"
# What stands between the claims of one row where a format has one cell for all of them.
SEPARATOR = " | "
_VALUE = ox.NamedNode(BL + "value")
_STRING = "http://www.w3.org/2001/XMLSchema#string"


class FullAnswer:
    """The rows of a SELECT, and what is known of each.

    Attributes:
        columns: Names of the variables, in order.
        rows: One tuple of terms for each row.
        evidence: The places of the columns whose things are stated by claims, or are claims.
        disputes: Which things of the answer are disputed or corrected, in the order of their rows.
        grounds: For each row the claims behind it; None if nobody asked.
        inferred: For each row whether it needs inference; None if nobody asked.
        undated: For each row why it is not sure to hold at the time asked for, "" if it is; None if nobody asked.
        left_out: How many rows were left out because they hold at another time only.
        at: The time asked for, as given.
        nothing: What it means that there is no row; "" if there are rows.
        title: The question; "" if it has no words.
    """

    __slots__ = (
        "at", "columns", "disputes", "evidence", "grounds", "inferred", "left_out", "nothing", "rows", "title",
        "undated",
    )  # fmt: skip

    def __init__(self, columns: Sequence[str], rows: Sequence[Row], evidence: Sequence[str] = ()) -> None:
        self.columns = list(columns)
        self.rows = list(rows)
        self.evidence = [place for place, name in enumerate(self.columns) if name in evidence]
        self.disputes: dict[ox.NamedNode, str] = {}
        self.grounds: list[list[Ground]] | None = None
        self.inferred: list[bool] | None = None
        self.undated: list[str] | None = None
        self.left_out = 0
        self.at = ""
        self.nothing = ""
        self.title = ""

    def things(self, row: Row) -> list[ox.NamedNode]:
        """The things of a row that are stated by claims, or are claims, without repetition."""
        found = [row[place] for place in self.evidence]
        return list(dict.fromkeys(term for term in found if isinstance(term, ox.NamedNode)))

    def find_disputes(self, index: Mapping[str, str]) -> None:
        """Note which things are disputed or corrected, by the index that the build wrote."""
        if not index:
            return
        for row in self.rows:
            for place in self.evidence:
                term = row[place]
                if isinstance(term, ox.NamedNode) and term.value in index:
                    self.disputes[term] = index[term.value]

    def disputed_of(self, row: Row) -> list[ox.NamedNode]:
        """The disputed and the corrected things of a row."""
        return [thing for thing in self.things(row) if thing in self.disputes] if self.disputes else []

    def disputed_places(self, store: ox.Store, row: Row) -> set[int]:
        """The cells of a row that a mark belongs to: the disputed thing, and its figure where it has one."""
        things = self.disputed_of(row)
        if not things:
            return set()
        figures = {quad.object for thing in things for quad in store.quads_for_pattern(thing, _VALUE, None, None)}
        return {place for place, term in enumerate(row) if term in things or term in figures}

    def keep(self, kept: Sequence[bool]) -> None:
        """Leave out the rows for which `kept` is not true."""
        self.left_out += len(kept) - sum(kept)
        self.rows = [row for row, stays in zip(self.rows, kept, strict=True) if stays]

    def cut(self, most: int) -> None:
        """Keep the first rows only, with what is known of them."""
        self.rows = self.rows[:most]
        self.grounds = None if self.grounds is None else self.grounds[:most]
        self.inferred = None if self.inferred is None else self.inferred[:most]
        self.undated = None if self.undated is None else self.undated[:most]

    def further(self, name: Any) -> dict[str, list[str]]:  # noqa: ANN401 - a function from a term to its name
        """The columns that follow those of the query in formats for programs: name to one text for each row."""
        columns: dict[str, list[str]] = {}
        if self.grounds is not None:
            from kg.answer.grounds import FIELDS, fields

            told = [[fields(ground, name) for ground in found] for found in self.grounds]
            for place, field in enumerate(FIELDS):
                columns[f"evidence_{field}"] = [SEPARATOR.join(_flat(each[place]) for each in row) for row in told]
        if self.inferred is not None:
            columns["inferred"] = ["true" if it else "false" for it in self.inferred]
        if self.grounds is not None:
            columns["disputed"] = [
                SEPARATOR.join(f"{self.disputes[thing]}: {thing.value}" for thing in self.disputed_of(row))
                for row in self.rows
            ]
        if self.undated is not None:
            columns["undated"] = self.undated
        return {_free(column, self.columns): texts for column, texts in columns.items()}

    def serialize(self, form: str, name: Any) -> bytes:  # noqa: ANN401 - as in `further`
        """The answer in a W3C results format, one of `RESULT_FORMATS`; what is known of the rows as columns."""
        import json

        more = self.further(name)
        bindings = []
        for number, row in enumerate(self.rows):
            binding = {column: _json(term) for column, term in zip(self.columns, row, strict=True) if term is not None}
            for column, texts in more.items():
                if texts[number]:
                    binding[column] = _further_json(column, texts[number])
            bindings.append(binding)
        whole = {"head": {"vars": [*self.columns, *more]}, "results": {"bindings": bindings}}
        text = json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()
        if form == "json":
            return text
        read = ox.parse_query_results(text, format=ox.QueryResultsFormat.JSON)
        return read.serialize(format=RESULT_FORMATS[form]) or b""


def _flat(text: str) -> str:
    """A text in which the separator of claims does not occur."""
    return " ".join(text.split()).replace("|", "/")


def _free(column: str, taken: Sequence[str]) -> str:
    """A name of a column that is not taken."""
    while column in taken:
        column += "_"
    return column


def _json(term: object) -> dict[str, Any]:
    """A term as SPARQL 1.1 Query Results JSON Format has it, section 3.2.2."""
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Literal):
        if term.language:
            return {"type": "literal", "value": term.value, "xml:lang": term.language}
        kind = {} if term.datatype.value == _STRING else {"datatype": term.datatype.value}
        return {"type": "literal", "value": term.value, **kind}
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _json(part) for name, part in parts.items()}}
    raise TypeError(f"not a term: {term!r}")


def _further_json(column: str, text: str) -> dict[str, str]:
    if column.startswith("inferred"):
        return {"type": "literal", "value": text, "datatype": "http://www.w3.org/2001/XMLSchema#boolean"}
    return {"type": "literal", "value": text}
