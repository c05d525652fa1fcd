"""Matters and frameworks as lines for people, rows and JSON."""

from __future__ import annotations

import pyoxigraph as ox

from kg.answer.grounds import FIELDS, Ground, fields, note
from kg.names import label
from kg.namespaces import expand, shorten

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from kg.trends.found import Finding, Matter
    from kg.trends.frameworks import Category, Framework

COLUMNS = ("thing", "dimension", "verdict", "voice", "trend", "decides", "says", *FIELDS)
CATEGORY_COLUMNS = ("framework", "number", "category", "thing", "way", "claims")
NO_THING, IN_GENERAL = "no place named", "in general"
NOTHING = "nothing in the graph falls under it"


def name(store: ox.Store, iri: str) -> str:
    """What a person reads for an IRI or a prefixed name."""
    return label(store, ox.NamedNode(expand(iri) or iri))


def outline(store: ox.Store, found: Iterable[Matter], evidence: bool) -> list[str]:
    """Lines for a person: each thing, its dimensions with the verdict, each voice with its trends, its evidence."""
    lines: list[str] = []
    above = None
    for matter in found:
        if matter.thing != above:
            lines += [*([""] if lines else []), name(store, matter.thing) if matter.thing else NO_THING]
            above = matter.thing
        lines.append(f"  {name(store, matter.field) if matter.field else IN_GENERAL}: {matter.verdict}")
        for voice, own in matter.voices().items():
            lines.append(f"    {name(store, voice)}: {_trends(store, own)}")
            for finding in own if evidence else ():
                ground = Ground(store, ox.NamedNode(finding.claim))
                lines.append(f"      - {label(store, ground.claim)}")
                lines.append(f"          {note(ground, lambda term: label(store, term))}")
    return lines


def _trends(store: ox.Store, own: list[Finding]) -> str:
    """The trends of a voice, each with the number of findings; those that decide nothing by themselves."""
    counted: dict[tuple[bool, str], int] = {}
    for finding in own:
        key = (not finding.decides, finding.trend)
        counted[key] = counted.get(key, 0) + 1
    return ", ".join(
        f"{name(store, trend)} ({number}{', not asserted' if weak else ''})"
        for (weak, trend), number in sorted(counted.items())
    )


def rows(store: ox.Store, found: Iterable[Matter]) -> list[tuple[str, ...]]:
    """One row of `COLUMNS` for each finding of each voice, as texts."""
    return [
        (name(store, matter.thing) if matter.thing else "", name(store, matter.field) if matter.field else "",
         matter.verdict, name(store, voice), name(store, finding.trend), "yes" if finding.decides else "no",
         label(store, ground.claim), *fields(ground, lambda term: label(store, term)))
        for matter in found
        for voice, own in matter.voices().items()
        for finding in own
        for ground in [Ground(store, ox.NamedNode(finding.claim))]
    ]  # fmt: skip


def as_dict(store: ox.Store, matter: Matter) -> dict[str, Any]:
    """A matter for JSON."""
    return {
        "thing": matter.thing or None,
        "name": name(store, matter.thing) if matter.thing else None,
        "dimension": matter.field or None,
        "verdict": matter.verdict,
        "findings": [
            {"finding": shorten(finding.iri), "claim": shorten(finding.claim), "trend": finding.trend,
             "voices": list(map(shorten, finding.voices)), "source": shorten(finding.source),
             "decides": finding.decides, "says": label(store, ground.claim), "locators": ground.locators,
             "strengths": [shorten(it.value) for it in ground.strengths]}
            for finding in matter.findings
            for ground in [Ground(store, ox.NamedNode(finding.claim))]
        ],
    }  # fmt: skip


def framework_outline(store: ox.Store, found: Iterable[Framework], evidence: bool) -> list[str]:
    """Lines for a person: each framework, its categories, what falls under each."""
    lines: list[str] = []
    for framework in found:
        lines += [*([""] if lines else []), name(store, framework.iri)]
        for category in framework.categories:
            lines.append(f"  {category.number or '-'} {name(store, category.iri)}: {_count(category)}")
            lines += [f"      {name(store, thing)} ({way})" for thing, way in category.under_it()]
            for claim in sorted(category.claims) if evidence else ():
                ground = Ground(store, ox.NamedNode(claim))
                lines.append(f"    - {label(store, ground.claim)}")
                lines.append(f"        {note(ground, lambda term: label(store, term))}")
    return lines


def _count(category: Category) -> str:
    number = len(category.claims)
    claims = f"{number} claim{'' if number == 1 else 's'} on it"
    things = len(category.under_it())
    return f"{claims}; {things} thing{'' if things == 1 else 's'} under it" if things else f"{claims}; {NOTHING}"


def framework_rows(store: ox.Store, found: Iterable[Framework]) -> list[tuple[str, ...]]:
    """One row of `CATEGORY_COLUMNS` for each thing under a category; one that says so if there is none."""
    return [
        (name(store, framework.iri), str(category.number or ""), name(store, category.iri),
         name(store, thing) if thing else NOTHING, way, str(len(category.claims)))
        for framework in found
        for category in framework.categories
        for thing, way in category.under_it() or [("", "")]
    ]  # fmt: skip


def framework_as_dict(store: ox.Store, framework: Framework) -> dict[str, Any]:
    """A framework for JSON."""
    return {
        "framework": framework.iri,
        "name": name(store, framework.iri),
        "categories": [
            {"category": category.iri, "number": category.number or None, "name": name(store, category.iri),
             "claims": list(map(shorten, sorted(category.claims))),
             "under it": [{"thing": thing, "name": name(store, thing), "way": way}
                          for thing, way in category.under_it()]}
            for category in framework.categories
        ],
    }  # fmt: skip
