"""Mistakes against the text of a source: it says something else, and nothing but the text can show it."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pyoxigraph as ox

from bench.seeded.world import Edit, Statement, World, changed, shown, textual

# The two ends of a direction.
ENDS = (
    ("flowFrom", "flowTo"),
    ("migrationFrom", "migrationTo"),
    ("earlierOccupant", "laterOccupant"),
    ("earlierPolity", "laterPolity"),
    ("absorbed", "enlarged"),
    ("licensor", "licensee"),
    ("complainant", "complaintAgainst"),
    ("compared", "comparedWith"),
    ("observed", "counterpart"),
    ("influencingThing", "affectedThing"),
)
NAMED = ("agglomeration", "borderland", "enterprise", "facility", "organization", "polity", "region", "settlement")


def _told(world: World, situation: ox.NamedNode) -> bool:
    """Whether a document states a situation, and no package."""
    return any(
        world.text(source, "documentNumber")
        for claim in world.claims_for(situation)
        if (source := world.thing(claim, "statedIn")) is not None
    )


def _parts(world: World, *kinds: str) -> Iterator[Statement]:
    """The statements by which told situations name things of some kinds."""
    starts = tuple(f"https://w3id.org/borderlands/id/{name}/" for name in kinds)
    for situation in world.instances("Situation"):
        if _told(world, situation):
            for each in world.about(situation):
                if isinstance(each.value, ox.NamedNode) and each.value.value.startswith(starts):
                    yield each


@textual("the other end may be where the source sees the beginning")
def ends_swapped(world: World, random: Random) -> Iterator[Edit]:
    """The ends of a flow, a migration, a licence, a comparison or another direction are swapped."""
    for one, other in ENDS:
        for each in world.having(one):
            for end in world.of(each.subject, other):
                kinds = {value.value.split("/")[-2] for value in (each.value, end.value)}
                if kinds <= {*NAMED, "state", "side", "macroregion"} and _told(world, each.subject):
                    yield Edit(
                        f"{shown(each)} swapped with {shown(end)}",
                        removed=(each, end),
                        added=(each.with_value(end.value), end.with_value(each.value)),
                    )


@textual("every region may be meant")
def region_became_its_neighbour(world: World, random: Random) -> Iterator[Edit]:
    """A region is replaced by one that it meets at the border, or by another one."""
    for each in _parts(world, "region"):
        if isinstance(each.value, ox.NamedNode):
            near = [
                side.value
                for section in world.naming(each.value, "sideA", "sideB")
                for side in world.of(section.subject, "sideA", "sideB")
                if side.value != each.value and isinstance(side.value, ox.NamedNode)
            ] or world.instances("Region")
            taken = {s.value for s in world.about(each.subject)}
            near = [region for region in near if region not in taken]
            if near:
                yield changed(each, random.choice(near))


@textual("every other firm, plant, town or body may be meant")
def actor_became_another(world: World, random: Random) -> Iterator[Edit]:
    """A firm, a plant, a town, a body or another actor is replaced by one of its class."""
    for each in _parts(world, *(name for name in NAMED if name != "region"), "state"):
        if isinstance(each.value, ox.NamedNode):
            taken = {s.value for s in world.about(each.subject)}
            alike = [
                other
                for other in world.instances(*(name.value.rpartition("#")[2] for name in _own(world, each.value)))
                if other not in taken
            ]
            if alike:
                yield changed(each, random.choice(alike))


def _own(world: World, thing: ox.NamedNode) -> list[ox.NamedNode]:
    return [
        s.value for s in world.about(thing) if s.property.value.endswith("#type") and isinstance(s.value, ox.NamedNode)
    ]


@textual("every heading of the source is as good as another")
def another_section(world: World, random: Random) -> Iterator[Edit]:
    """A locator names another section of its source than the one where the claim stands."""
    sections: dict[ox.NamedNode, set[str]] = {}
    found = []
    for claim in world.instances("Claim"):
        source = world.thing(claim, "statedIn")
        for locator in world.of(claim, "hasLocator"):
            if source is None or not isinstance(locator.value, ox.NamedNode) or world.of(locator.value, "page"):
                continue
            for each in world.of(locator.value, "section"):
                sections.setdefault(source, set()).add(each.value.value)
                found.append((source, each))
    for source, each in found:
        others = sorted(sections[source] - {each.value.value})
        others = [other for other in others if not other.startswith(each.value.value[:8])]
        if others and world.text(source, "documentNumber"):
            yield changed(each, ox.Literal(random.choice(others)))


@textual("every span may be meant")
def another_period(world: World, random: Random) -> Iterator[Edit]:
    """Something holds in another year than the source says."""
    spans = [span for span in world.instances("TemporalSpan") if world.text(span, "startYear")]
    for each in world.having("holdsDuring", "refPeriod"):
        if isinstance(each.value, ox.NamedNode) and _told(world, each.subject):
            own = world.text(each.value, "startYear")
            others = [span for span in spans if world.text(span, "startYear")[:3] != own[:3]]
            yield changed(each, random.choice(others))


@textual("every cited work may be meant")
def another_work_credited(world: World, random: Random) -> Iterator[Edit]:
    """A claim is credited to another work than the source names."""
    works = sorted({s.value for s in world.having("citedSource")}, key=str)
    for each in world.having("attributedTo"):
        if each.value in works:
            yield changed(each, random.choice([work for work in works if work != each.value]))
