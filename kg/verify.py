"""What the statements of the sources come to when they are worked out from the data.

A check (`kg.statements`) gives rows, each a comparison that holds, does not hold, or lacks a figure. The verdict
follows from them by one rule, for every statement the same:

    every comparison holds                              confirmed
    some hold, none fails, others lack a figure         partly-confirmed
    some hold, at least one fails                       partly-refuted
    none holds, at least one fails                      refuted
    all lack a figure                                   not-decidable

So one exception that a statement does not admit is enough to refute a part of it, and what is vague or has no figures
is never counted as true.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

import pyoxigraph as ox

from kg.errors import DataError
from kg.names import label
from kg.namespaces import BASE, BL, CHECKS, PREFIXES, RDF, RDFS, SH, SKOS
from kg.store import ask_store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from kg.store import Row

    Statements = Mapping[str, dict[str, Any]]

COLUMNS = ("case", "other", "found", "relation", "stated", "holds", "grounds")
VERDICTS = ("confirmed", "partly-confirmed", "partly-refuted", "refuted", "not-decidable")
WORDS = dict(
    zip(
        VERDICTS,
        ("confirmed", "confirmed in part", "refuted in part", "refuted", "cannot be decided"),
        strict=True,
    )
)
# Quotients of the engines differ in how many digits they give.
_DIGITS = Decimal("0.0001")
_NOTED = 5
_LONG = 10_000
_STORED = f"""PREFIX bl: <{BL}>
SELECT ?name ?verdict WHERE {{
  ?check a bl:Verification ; bl:byQuery ?name ; bl:verdict ?verdict
}} ORDER BY ?name ?verdict"""


class Comparison:
    """One comparison of a check.

    Attributes:
        case: What it is about, an IRI or words.
        other: What that is compared with, an IRI or words; "" if with a number alone.
        found: The number that the data give; None if they give none.
        relation: How it should stand to the other number, in words.
        stated: The other number; None if there is none.
        holds: Whether it does; None if a figure is lacking.
        grounds: The IRIs of the figures, facts and claims that went into it, sorted.
    """

    __slots__ = COLUMNS

    def __init__(self, row: Row) -> None:
        """Read a row of `COLUMNS`.

        Raises:
            DataError: A cell is not what its column asks for.
        """
        cells = [getattr(term, "value", "") for term in row]
        self.case, self.other, _, self.relation, _, holds, grounds = cells
        self.found, self.stated = _number(cells[2]), _number(cells[4])
        if holds not in ("", "true", "false") or not self.case or not self.relation:
            raise DataError(
                f"a row is not as it must be: {', '.join(cells)}.\n"
                "  It needs ?case and ?relation, and its ?holds is true, false or unbound."
            )
        self.holds = None if not holds else holds == "true"
        self.grounds = tuple(sorted(set(grounds.split())))

    def key(self) -> tuple[object, ...]:
        """All that it says, for ordering and for comparing the answers of two engines."""
        numbers = (str(self.found), str(self.stated))
        return (
            self.holds is not False,
            self.holds is True,
            self.case,
            self.other,
            self.relation,
            *numbers,
            self.grounds,
        )


class Outcome:
    """What a check came to.

    Attributes:
        name: The name of its file.
        entry: What its header says, and its text.
        comparisons: The comparisons: first those that fail, then those that lack a figure.
        verdict: One of `VERDICTS`.
    """

    __slots__ = ("comparisons", "entry", "name", "verdict")

    def __init__(self, name: str, entry: dict[str, Any], comparisons: list[Comparison]) -> None:
        self.name = name
        self.entry = entry
        self.comparisons = sorted(comparisons, key=Comparison.key)
        self.verdict = verdict([it.holds for it in comparisons])

    def counts(self) -> str:
        """How many comparisons hold, fail and lack a figure."""
        held = [it.holds for it in self.comparisons]
        parts = (
            (held.count(True), "holds", "hold"),
            (held.count(False), "does not hold", "do not hold"),
            (held.count(None), "cannot be made", "cannot be made"),
        )
        told = [f"{number} {one if number == 1 else many}" for number, one, many in parts if number]
        return f"Of {len(held)} comparison{'' if len(held) == 1 else 's'} {', '.join(told)}."


def verdict(held: Sequence[bool | None]) -> str:
    """The one of `VERDICTS` that follows from whether each comparison holds; see the rule above."""
    if False in held:
        return "partly-refuted" if True in held else "refuted"
    if True in held:
        return "partly-confirmed" if None in held else "confirmed"
    return "not-decidable"


def comparisons(name: str, rows: Iterable[Row]) -> list[Comparison]:
    """The rows of a check.

    Raises:
        DataError: There is none, one is not as it must be, or two are alike.
    """
    try:
        found = [Comparison(row) for row in rows]
    except DataError as error:
        raise DataError(f"verifications/{name}.rq:1: {error}") from error
    if not found:
        raise DataError(
            f"verifications/{name}.rq:1: there is no row to judge.\n"
            "  Give a row for each comparison that the statement makes, without ?holds where the data lack a figure."
        )
    if len({it.key()[2:5] for it in found}) < len(found):
        raise DataError(
            f"verifications/{name}.rq:1: two rows make the same comparison.\n  Write DISTINCT, or bring them together."
        )
    return found


def outcomes(store: ox.Store, statements: Statements) -> list[Outcome]:
    """All checks, worked out from the data, by name; errors as in `comparisons`."""
    return [
        Outcome(name, entry, comparisons(name, ask_store(store, entry["text"]).rows()))
        for name, entry in sorted(statements.items())
    ]


def stored_verdicts(store: ox.Store) -> dict[str, str]:
    """The verdicts that the build wrote into the graph, by the name of the check."""
    rows = ask_store(store, _STORED).rows()
    return {name.value: term.value.rpartition("/")[2] for name, term in rows}  # type: ignore[union-attr]


def check_quads(store: ox.Store, statements: Statements) -> list[ox.Quad]:
    """Every check as a `bl:Verification` of the graph `CHECKS`, with its query as an executable of SHACL.

    Raises:
        DataError: As in `comparisons`.
    """
    graph = ox.NamedNode(CHECKS)
    quads = []
    for outcome in outcomes(store, statements):
        check = ox.NamedNode(PREFIXES["verification"] + outcome.name)
        query = ox.NamedNode(f"{BASE}check/{outcome.name}")
        grounds = sorted({iri for it in outcome.comparisons for iri in it.grounds})
        triples: list[tuple[ox.NamedNode, str, ox.NamedNode | ox.Literal]] = [
            (check, RDF + "type", ox.NamedNode(BL + "Verification")),
            *((check, BL + "verifies", ox.NamedNode(claim)) for claim in outcome.entry["claims"]),
            *((check, BL + "checkedAgainst", ox.NamedNode(iri)) for iri in grounds),
            (check, BL + "verdict", ox.NamedNode(PREFIXES["verdict"] + outcome.verdict)),
            (check, BL + "verificationNote", ox.Literal(note(store, outcome), language="en")),
            (check, BL + "byQuery", ox.Literal(outcome.name)),
            (check, SKOS + "definition", ox.Literal(outcome.entry["statement"], language="en")),
            (check, SKOS + "scopeNote", ox.Literal(outcome.entry["rule"], language="en")),
            (check, RDFS + "seeAlso", query),
            (query, RDF + "type", ox.NamedNode(SH + "SPARQLExecutable")),
            (query, RDF + "type", ox.NamedNode(SH + "SPARQLSelectExecutable")),
            (query, SH + "select", ox.Literal(outcome.entry["text"])),
        ]
        quads += [ox.Quad(subject, ox.NamedNode(name), value, graph) for subject, name, value in triples]
    return quads


def note(store: ox.Store, outcome: Outcome) -> str:
    """What the figures show, in words: the counts, what fails, and what is lacking."""
    against = [sentence(store, it) for it in outcome.comparisons if it.holds is False]
    told = [f"Not so: {text}." for text in against[:_NOTED]]
    if len(against) > _NOTED:
        told.append(f"And {len(against) - _NOTED} more.")
    lacking = outcome.entry.get("lacking", "")
    if lacking and any(it.holds is None for it in outcome.comparisons):
        told.append(lacking)
    return " ".join([outcome.counts(), *told])


def sentence(store: ox.Store, it: Comparison) -> str:
    """A comparison in words: `North Kazakhstan Region 5 lower than Saratov Region 5`."""
    compared = " ".join(part for part in (name(store, it.other), _digits(it.stated)) if part)
    # A colon announces what it is compared with.
    relation = it.relation if compared else it.relation.rstrip(":")
    return " ".join(part for part in (name(store, it.case), _digits(it.found), relation, compared) if part)


def name(store: ox.Store, text: str) -> str:
    """The name of a thing of which a row gives the IRI; other words as they are."""
    return label(store, ox.NamedNode(text)) if text.startswith(BASE) else text


def _number(text: str) -> Decimal | None:
    if not text:
        return None
    try:
        return Decimal(text).quantize(_DIGITS).normalize()
    except InvalidOperation as error:
        raise DataError(f"?found or ?stated is '{text}'.\n  Both are numbers or unbound.") from error


def _digits(number: Decimal | None) -> str:
    """A number with marks of thousands from five digits on, so that years have none."""
    if number is None:
        return ""
    return f"{number:,f}" if abs(number) >= _LONG else f"{number:f}"
