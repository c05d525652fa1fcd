"""Where sources disagree and where a text is corrected: both sides, with sources, spots and figures."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

import pyoxigraph as ox

from kg.answer.grounds import sources_and_spots
from kg.names import TYPE, label, locator_text
from kg.namespaces import BL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

COLUMNS = ("subject", "kind", "side", "figure", "difference", "preferred", "source", "locator", "reason")
DISAGREEMENT, CORRECTION = "disagreement", "correction"
PRINTED, MEANT = "as printed", "as meant"

_NAMES = (
    "Disagreement", "Correction", "hasSide", "preferredClaim", "disagreementNote", "corrects", "correctionReason",
    "defectKind", "asPrinted", "value", "hasUnit", "supports", "about", "observed", "participant", "statedIn",
    "hasLocator", "sharePart", "refPeriod", "printedAt",
)  # fmt: skip
# That two figures observe one thing is what a disagreement says; of other parts or years they cannot contradict.
_MEASURES = ("sharePart", "refPeriod")
_TERM = {name: ox.NamedNode(BL + name) for name in _NAMES}


class Figure:
    """A number that a side gives.

    Attributes:
        printed: Its characters.
        value: Its value.
        unit: The IRI of its unit; None if it has none.
        words: The unit in words.
        measures: What it measures, by property: where two figures both have a property and differ in it, they measure
            different things, and their difference means nothing.
    """

    __slots__ = ("measures", "printed", "unit", "value", "words")

    def __init__(
        self, printed: str, value: Decimal, unit: str | None, words: str, measures: dict[str, list[ox.NamedNode]]
    ) -> None:
        self.printed = printed
        self.value = value
        self.unit = unit
        self.words = words
        self.measures = measures

    def is_comparable(self, other: Figure) -> bool:
        """Whether both have one unit and may measure one thing."""
        both = self.measures.keys() & other.measures.keys()
        return self.unit == other.unit and all(self.measures[name] == other.measures[name] for name in both)

    def __str__(self) -> str:
        return f"{self.printed} {self.words}".strip()


class Side:
    """One side: what it says, its figures, whether it is preferred, the source and the spots in it."""

    __slots__ = ("figures", "iri", "preferred", "sources", "spots", "text")

    def __init__(
        self, iri: str, text: str, figures: list[Figure], preferred: bool, sources: list[str], spots: list[str]
    ) -> None:
        self.iri = iri
        self.text = text
        self.figures = figures
        self.preferred = preferred
        self.sources = sources
        self.spots = spots


class Difference:
    """How far two figures of one unit are apart: `absolute` in the unit, `relative` to the first; None if that is 0."""

    __slots__ = ("absolute", "first", "relative", "second")

    def __init__(self, first: Figure, second: Figure) -> None:
        self.first = first
        self.second = second
        self.absolute = second.value - first.value
        self.relative = self.absolute / abs(first.value) if first.value else None

    def __str__(self) -> str:
        unit = f" {self.first.words}" if self.first.words else ""
        text = f"{_number(self.absolute)}{unit}"
        return text if self.relative is None else f"{text} ({self.relative:+.2%})"


class Dispute:
    """A disagreement or a correction.

    Attributes:
        iri: The record of it.
        kind: `DISAGREEMENT` or `CORRECTION`.
        subject: What it is about.
        sides: The sides; of a correction what is printed, then what is meant if that is recorded.
        differences: Between each figure and the first on an earlier side that it can be compared with; none if equal.
        reason: Why the curators see it so; for a disagreement their note.
        defect: Of a correction the kind of defect; else "".
    """

    __slots__ = ("defect", "differences", "iri", "kind", "reason", "sides", "subject")

    def __init__(self, store: ox.Store, record: ox.NamedNode, kind: str) -> None:
        self.iri = record.value
        self.kind = kind
        self.subject = label(store, record)
        disagreement = kind == DISAGREEMENT
        self.reason = _text(store, record, "disagreementNote" if disagreement else "correctionReason")
        self.defect = "; ".join(label(store, term) for term in _nodes(store, record, "defectKind"))
        self.sides = (
            _sides(store, record, _nodes(store, record, "hasSide")) if disagreement else _readings(store, record)
        )
        self.differences = _differences(self.sides)


def disputes(store: ox.Store, thing: ox.NamedNode | None = None) -> list[Dispute]:
    """Every disagreement, then every correction, each by its IRI; only those that touch a thing, if one is given.

    A thing is touched if it is the record itself, a claim or what is corrected, what such a claim states or is about,
    what takes part in that or is observed, or the source of a claim.
    """
    return [
        Dispute(store, record, kind)
        for kind, name in ((DISAGREEMENT, "Disagreement"), (CORRECTION, "Correction"))
        for record in _members(store, name)
        if thing is None or thing in _things(store, record)
    ]


def rows(found: Iterable[Dispute]) -> list[tuple[str, ...]]:
    """One row of `COLUMNS` for each side, as texts."""
    lines: list[tuple[str, ...]] = []
    for dispute in found:
        for side in dispute.sides:
            apart = "; ".join(str(it) for it in dispute.differences if it.second in side.figures)
            lines.append((
                dispute.subject, dispute.kind if not dispute.defect else f"{dispute.kind}: {dispute.defect}",
                side.text, "; ".join(map(str, side.figures)), apart, "preferred" if side.preferred else "",
                "; ".join(side.sources), "; ".join(side.spots), dispute.reason,
            ))  # fmt: skip
    return lines


def outline(found: Iterable[Dispute]) -> list[str]:
    """Lines for a person: each dispute with its sides below."""
    lines: list[str] = []
    for dispute in found:
        defect = f", {dispute.defect}" if dispute.defect else ""
        lines += ["", f"{dispute.subject} ({dispute.kind}{defect})"] if lines else [
            f"{dispute.subject} ({dispute.kind}{defect})"
        ]  # fmt: skip
        for side in dispute.sides:
            figures = f" [{'; '.join(map(str, side.figures))}]" if side.figures else ""
            lines.append(f"  {'* ' if side.preferred else '- '}{side.text}{figures}")
            source = "; ".join(side.sources)
            lines += [f"      {source}{', ' if source else ''}{spot}" for spot in side.spots] or (
                [f"      {source}"] if source else []
            )
        lines += [f"  difference: {it.first.printed} to {it.second.printed}: {it}" for it in dispute.differences]
        if dispute.kind == DISAGREEMENT and not any(side.preferred for side in dispute.sides):
            lines.append("  no side is preferred")
        lines.append(f"  why: {dispute.reason}")
    return lines


def as_dict(dispute: Dispute) -> dict[str, Any]:
    """A dispute for JSON; numbers are numbers."""
    return {
        "iri": dispute.iri,
        "kind": dispute.kind,
        "subject": dispute.subject,
        "defect": dispute.defect or None,
        "sides": [
            {
                "iri": side.iri,
                "says": side.text,
                "figures": [{"printed": it.printed, "value": float(it.value), "unit": it.unit} for it in side.figures],
                "preferred": side.preferred,
                "sources": side.sources,
                "locators": side.spots,
            }
            for side in dispute.sides
        ],
        "differences": [
            {
                "from": float(it.first.value),
                "to": float(it.second.value),
                "absolute": float(it.absolute),
                "relative": None if it.relative is None else round(float(it.relative), 6),
                "unit": it.first.unit,
            }
            for it in dispute.differences
        ],
        "reason": dispute.reason,
    }


def _sides(store: ox.Store, record: ox.NamedNode, claims: list[ox.NamedNode]) -> list[Side]:
    preferred = _nodes(store, record, "preferredClaim")
    return [
        Side(
            claim.value, label(store, claim),
            [it for stated in _nodes(store, claim, "supports") for it in _figures(store, stated)],
            claim in preferred, [label(store, source) for source in sources], spots,
        )
        for claim in dict.fromkeys([*claims, *preferred])
        for sources, spots in [sources_and_spots(store, claim)]
    ]  # fmt: skip


def _readings(store: ox.Store, record: ox.NamedNode) -> list[Side]:
    """What a correction says is printed at its spot; beside it what is meant, where that is a number of its own."""
    spots = _nodes(store, record, "printedAt")
    documents = [
        source for spot in spots for claim in _behind(store, spot) for source in _nodes(store, claim, "statedIn")
    ]
    sources, places = [label(store, it) for it in documents], [locator_text(store, spot) for spot in spots]
    sides = []
    for thing in _nodes(store, record, "corrects"):
        meant = _figures(store, thing)
        for printed in _texts(store, record, "asPrinted"):
            number = _decimal(printed)
            figures = [Figure(printed, number, it.unit, it.words, it.measures) for it in meant if number is not None]
            sides.append(Side(thing.value, f"{PRINTED}: “{printed}”", figures, False, sources, places))
        for it in meant:
            figure = Figure(_number(it.value), it.value, it.unit, it.words, it.measures)
            sides.append(Side(thing.value, f"{MEANT}: {figure}", [figure], True, [], []))
    return sides


def _differences(sides: list[Side]) -> list[Difference]:
    found = []
    for place, side in enumerate(sides):
        for figure in side.figures:
            earlier = (it for before in sides[:place] for it in before.figures)
            first = next((it for it in earlier if it.is_comparable(figure)), None)
            if first is not None and first.value != figure.value:
                found.append(Difference(first, figure))
    return found


def _figures(store: ox.Store, thing: ox.NamedNode) -> list[Figure]:
    units = _nodes(store, thing, "hasUnit")
    unit = units[0] if units else None
    printed = _texts(store, thing, "asPrinted")
    measured = ((name, _nodes(store, thing, name)) for name in _MEASURES)
    measures = {name: values for name, values in measured if values}
    found = []
    for text in _texts(store, thing, "value"):
        value = _decimal(text)
        if value is not None:
            shown = printed[0] if printed else _number(value)
            words = label(store, unit) if unit else ""
            found.append(Figure(shown, value, unit.value if unit else None, words, measures))
    return found


def _things(store: ox.Store, record: ox.NamedNode) -> set[ox.NamedNode]:
    """All that a record touches; see `disputes`."""
    spots = _nodes(store, record, "printedAt")
    ends = [*_nodes(store, record, "hasSide"), *_nodes(store, record, "corrects")]
    claims = {claim for it in spots or ends for claim in _behind(store, it)}
    found = {record, *ends, *spots, *claims}
    stated = {it for end in (*ends, *claims) for name in ("supports", "about") for it in _nodes(store, end, name)}
    found |= stated
    for claim in claims:
        found.update(_nodes(store, claim, "statedIn"))
    for it in (*stated, *ends):
        for name in ("participant", "observed"):
            found.update(_nodes(store, it, name))
    return found


def _behind(store: ox.Store, thing: ox.NamedNode) -> list[ox.NamedNode]:
    """The claims whose words a thing holds: itself, those that state it, or those whose spot it is."""
    if _nodes(store, thing, "statedIn"):
        return [thing]
    quads = [
        quad for name in ("supports", "hasLocator") for quad in store.quads_for_pattern(None, _TERM[name], thing, None)
    ]
    return sorted({quad.subject for quad in quads if isinstance(quad.subject, ox.NamedNode)}, key=str)


def _members(store: ox.Store, name: str) -> list[ox.NamedNode]:
    quads = store.quads_for_pattern(None, TYPE, _TERM[name], None)
    return sorted({quad.subject for quad in quads if isinstance(quad.subject, ox.NamedNode)}, key=str)


def _nodes(store: ox.Store, thing: ox.NamedNode, name: str) -> list[ox.NamedNode]:
    quads = store.quads_for_pattern(thing, _TERM[name], None, None)
    return sorted({quad.object for quad in quads if isinstance(quad.object, ox.NamedNode)}, key=str)


def _texts(store: ox.Store, thing: ox.NamedNode, name: str) -> list[str]:
    quads = store.quads_for_pattern(thing, _TERM[name], None, None)
    return sorted({quad.object.value for quad in quads if isinstance(quad.object, ox.Literal)})


def _text(store: ox.Store, thing: ox.NamedNode, name: str) -> str:
    return " ".join(_texts(store, thing, name))


def _decimal(text: str) -> Decimal | None:
    """A number as it is printed, with points or spaces lost between its digits; None if it is none."""
    try:
        return Decimal(text.replace(" ", "").replace(",", ""))
    except InvalidOperation:
        return None


def _number(value: Decimal) -> str:
    """Without zeros at the end."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
