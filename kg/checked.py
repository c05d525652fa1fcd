"""The checks of statements, told to people and programs: what is stated, the verdict, and what decided it."""

from __future__ import annotations

import pyoxigraph as ox

from kg.answer.grounds import Ground, claims_of, note
from kg.names import label
from kg.namespaces import BL, PREFIXES
from kg.verify import WORDS, name, sentence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from kg.verify import Comparison, Outcome

COLUMNS = ("check", "verdict", "statement", "source", "result", "against", "lacking", "figures")
EVIDENCE_COLUMNS = ("check", "verdict", "case", "other", "found", "relation", "stated", "holds", "figures")
_HELD = {True: "holds", False: "fails", None: "lacking"}
_YEAR = ox.NamedNode(BL + "publicationYear")
# So many comparisons that hold, and so many spots of figures, are told without being asked for all.
_SHOWN = 4


class Checked:
    """A check with its grounds looked up.

    Attributes:
        outcome: What it came to.
        stored: The verdict that the graph holds; None if it holds none.
        claims: The claims that record the statement, each in one line with source and spot.
        sources: The documents that make them.
    """

    __slots__ = ("_notes", "_store", "claims", "outcome", "sources", "stored")

    def __init__(self, store: ox.Store, outcome: Outcome, stored: str | None) -> None:
        self._store = store
        self._notes: dict[str, list[str]] = {}
        self.outcome = outcome
        self.stored = stored
        grounds = [Ground(store, ox.NamedNode(claim)) for claim in outcome.entry["claims"]]
        self.sources = list(dict.fromkeys(source for ground in grounds for source in ground.sources))
        self.claims = [note(ground, self.label) for ground in grounds]

    def label(self, term: object) -> str:
        """The name of a thing."""
        return label(self._store, term)

    def _record(self, thing: ox.NamedNode) -> str:
        """What has no claim speaks for itself: its name, of a source that the ground is the year of its record."""
        years = self._store.quads_for_pattern(thing, _YEAR, None, None)
        told = [f"{self.label(thing)}, record of the source, year {quad.object.value}" for quad in years]  # type: ignore[union-attr]
        return told[0] if told else self.label(thing)

    def told(self, it: Comparison) -> str:
        """A comparison in words."""
        return sentence(self._store, it)

    def named(self, text: str) -> str:
        """The name of a thing of which a comparison gives the IRI; other words as they are."""
        return name(self._store, text)

    def figures(self, comparisons: Iterable[Comparison]) -> list[str]:
        """Where the figures and facts of comparisons stand, each spot once, in the order of their IRIs."""
        found: dict[str, None] = {}
        for iri in sorted({iri for it in comparisons for iri in it.grounds}):
            if iri not in self._notes:
                thing = ox.NamedNode(iri)
                # Of a source a check takes the year, which no claim states: the claims on it tell other things.
                behind = [] if iri.startswith(PREFIXES["source"]) else claims_of(self._store, thing)
                self._notes[iri] = [note(Ground(self._store, it), self.label) for it in behind] or [self._record(thing)]
            found.update(dict.fromkeys(self._notes[iri]))
        return list(found)


def outline(checked: Sequence[Checked], evidence: bool) -> list[str]:
    """Lines for a person: each statement, its verdict, the comparisons, and where claim and figures stand."""
    lines: list[str] = []
    for it in checked:
        outcome = it.outcome
        lines += [""] if lines else []
        lines += [f"{outcome.name}: {WORDS[outcome.verdict]}", f"  {outcome.entry['statement']}"]
        if it.stored != outcome.verdict:
            stored = WORDS.get(it.stored or "", "none")
            lines.append(f"  the graph holds another verdict: {stored}; run `kg build`")
        lines += [f"  stated in: {claim}" for claim in it.claims]
        lines += [f"  rule: {outcome.entry['rule']}", f"  {outcome.counts()}"]
        held = 0
        for comparison in outcome.comparisons:
            held += comparison.holds is True
            if held > _SHOWN and not evidence:
                continue
            lines.append(f"    {_HELD[comparison.holds]:8}{it.told(comparison)}")
            if evidence:
                lines += [f"            {spot}" for spot in it.figures([comparison])]
        if held > _SHOWN and not evidence:
            lines.append(f"    and {held - _SHOWN} more that hold (all with --evidence)")
        if "lacking" in outcome.entry:
            lines.append(f"  lacking: {outcome.entry['lacking']}")
        if not evidence:
            spots = it.figures(outcome.comparisons)
            lines += [f"  figures: {spot}" for spot in spots[:_SHOWN]]
            if len(spots) > _SHOWN:
                lines.append(f"  figures: and {len(spots) - _SHOWN} more (all with --evidence)")
    return lines


def rows(checked: Iterable[Checked]) -> list[tuple[str, ...]]:
    """One row of `COLUMNS` for each statement."""
    return [
        (
            it.outcome.name, WORDS[it.outcome.verdict], it.outcome.entry["statement"], "; ".join(it.claims),
            it.outcome.counts(), "; ".join(it.told(row) for row in it.outcome.comparisons if row.holds is False),
            it.outcome.entry.get("lacking", ""), "; ".join(it.figures(it.outcome.comparisons)),
        )
        for it in checked
    ]  # fmt: skip


def evidence_rows(checked: Iterable[Checked]) -> list[tuple[str, ...]]:
    """One row of `EVIDENCE_COLUMNS` for each comparison."""
    return [
        (
            it.outcome.name, WORDS[it.outcome.verdict], it.named(row.case), it.named(row.other),
            "" if row.found is None else f"{row.found:f}", row.relation,
            "" if row.stated is None else f"{row.stated:f}", _HELD[row.holds], "; ".join(it.figures([row])),
        )
        for it in checked
        for row in it.outcome.comparisons
    ]  # fmt: skip


def as_dict(it: Checked) -> dict[str, Any]:
    """A check for JSON; numbers are numbers, and a comparison that cannot be made has null under `holds`."""
    outcome = it.outcome
    return {
        "check": outcome.name,
        "statement": outcome.entry["statement"],
        "kind": outcome.entry["kind"],
        "claims": [{"iri": iri, "stated": text} for iri, text in zip(outcome.entry["claims"], it.claims, strict=True)],
        "verdict": outcome.verdict,
        "stored": it.stored,
        "rule": outcome.entry["rule"],
        "lacking": outcome.entry.get("lacking"),
        "comparisons": [
            {
                "case": it.named(row.case),
                "other": it.named(row.other) or None,
                "found": None if row.found is None else float(row.found),
                "relation": row.relation,
                "stated": None if row.stated is None else float(row.stated),
                "holds": row.holds,
                "figures": it.figures([row]),
            }
            for row in outcome.comparisons
        ],
    }
