"""Mistakes in facts: places, borders, flows, chains, firms and what ties them."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pyoxigraph as ox

from bench.seeded.world import (
    TYPE,
    Edit,
    Statement,
    World,
    added,
    bl,
    changed,
    copied,
    dropped,
    kind,
    reading,
    shown,
    textual,
)


@kind
def two_states_of_a_region(world: World, random: Random) -> Iterator[Edit]:
    """A region or a settlement lies in a second state."""
    states = world.instances("State")
    for each in world.having("located"):
        if isinstance(each.value, ox.NamedNode) and world.classes(each.value) & {
            bl("Region"),
            bl("Settlement"),
            bl("BorderlandSide"),
        }:
            home = _states_above(world, each.value)
            for state in states:
                if state not in home:
                    twin = ox.NamedNode(each.subject.value + "-again")
                    claims = [
                        Statement(world.home(c), c, bl("supports"), twin) for c in world.claims_for(each.subject)[:1]
                    ]
                    yield added(
                        Statement(each.path, twin, TYPE, bl("Location")),
                        Statement(each.path, twin, bl("located"), each.value),
                        Statement(each.path, twin, bl("locatedAt"), state),
                        *claims,
                    )


def _states_above(world: World, thing: ox.NamedNode) -> set[ox.NamedNode]:
    found: set[ox.NamedNode] = set()
    todo = [thing]
    while todo:
        each = todo.pop()
        if each not in found:
            found.add(each)
            for location in world.naming(each, "located"):
                place = world.thing(location.subject, "locatedAt")
                if place is not None:
                    todo.append(place)
    return {each for each in found if bl("State") in world.classes(each)}


@kind
def place_in_its_own_part(world: World, random: Random) -> Iterator[Edit]:
    """The thing and the place of a location are swapped."""
    for each in world.having("located"):
        for other in world.of(each.subject, "locatedAt"):
            yield _swapped(each, other)


@kind
def location_entered_twice(world: World, random: Random) -> Iterator[Edit]:
    """A location is described twice."""
    for thing in world.instances("Location"):
        yield added(*copied(world, thing, "-again"))


@kind
def flow_entered_twice(world: World, random: Random) -> Iterator[Edit]:
    """A flow is described twice."""
    for thing in world.instances("CommodityFlow"):
        yield added(*copied(world, thing, "-again"))


@kind
def tie_entered_twice(world: World, random: Random) -> Iterator[Edit]:
    """A partnership, an operation, a production, a status, an event or a border section is described twice."""
    for thing in world.instances(
        "BorderSection", "Operation", "OrganizationalChange", "Partnership", "Production", "StatusPeriod"
    ):
        yield added(*copied(world, thing, "-again"))


@kind
def both_sides_in_one_state(world: World, random: Random) -> Iterator[Edit]:
    """Both sides of a border section lie in one state."""
    for one, other in (("sideA", "sideB"), ("sideB", "sideA")):
        for each in world.having(one):
            opposite = world.thing(each.subject, other)
            same = [
                region
                for region in world.instances("Region")
                if opposite is not None
                and region != each.value
                and _states_above(world, region) & _states_above(world, opposite)
            ]
            if same:
                yield changed(each, random.choice(same))


@kind
def section_of_another_border(world: World, random: Random) -> Iterator[Edit]:
    """A border section is counted to a border of other states."""
    for each in world.having("sectionOf"):
        yield changed(
            each, random.choice([border for border in world.instances("StateBorder") if border != each.value])
        )


@kind
def swapped_ends_in_chain(world: World, random: Random) -> Iterator[Edit]:
    """The ends of a flow that is part of a chain are swapped."""
    for each in world.having("partOfChain"):
        yield _swapped(world.of(each.subject, "flowFrom")[0], world.of(each.subject, "flowTo")[0])


@textual("both ends are things at which a flow may start or end, and no chain tells the order")
def swapped_ends_without_chain(world: World, random: Random) -> Iterator[Edit]:
    """The ends of a flow that is part of no chain are swapped."""
    for each in world.having("flowFrom"):
        if not world.of(each.subject, "partOfChain"):
            yield _swapped(each, world.of(each.subject, "flowTo")[0])


@kind
def flow_to_where_it_starts(world: World, random: Random) -> Iterator[Edit]:
    """A flow ends where it starts."""
    for each in world.having("flowTo"):
        yield changed(each, world.of(each.subject, "flowFrom")[0].value)


@kind
def flow_of_other_goods(world: World, random: Random) -> Iterator[Edit]:
    """A flow of a chain carries a good that no stage of the chain takes in or gives out."""
    goods = world.instances("Commodity")
    for each in world.having("partOfChain"):
        if isinstance(each.value, ox.NamedNode):
            stages = [s.value for s in world.of(each.value, "hasStage") if isinstance(s.value, ox.NamedNode)]
            handed = {g.value for s in stages for g in world.of(s, "inputCommodity", "outputCommodity")}
            near = {g for good in handed if isinstance(good, ox.NamedNode) for g in _line(world, good)}
            other = [good for good in goods if not near & _line(world, good)]
            yield changed(world.of(each.subject, "flowCommodity")[0], random.choice(other))


def _line(world: World, good: ox.NamedNode) -> set[ox.NamedNode]:
    """A good and all broader ones."""
    found: set[ox.NamedNode] = set()
    todo = [good]
    while todo:
        each = todo.pop()
        found.add(each)
        todo += [
            s.value
            for s in world.about(each)
            if s.property.value.endswith("broader") and isinstance(s.value, ox.NamedNode)
        ]
    return found


@kind
def national_flow_across_border(world: World, random: Random) -> Iterator[Edit]:
    """A flow inside one state is typed as one that crosses a border."""
    for thing in world.instances("CommodityFlow"):
        start, end = world.thing(thing, "flowFrom"), world.thing(thing, "flowTo")
        if start and end and _states_above(world, start) & _states_above(world, end):
            each = next(each for each in world.about(thing) if each.property == TYPE)
            yield changed(each, bl("CrossBorderFlow"))
    for each in world.having("flowTo"):
        home = world.thing(each.subject, "flowFrom")
        if home is not None:
            near = [
                place
                for place in world.instances("Region")
                if place != home and _states_above(world, place) & _states_above(world, home)
            ]
            if near:
                type_ = next(e for e in world.about(each.subject) if e.property == TYPE)
                other = each.with_value(random.choice(near))
                yield Edit(
                    f"{shown(other)}, still typed as crossing a border",
                    removed=(each, type_),
                    added=(other, type_.with_value(bl("CrossBorderFlow"))),
                )


@kind
def cyclic_chain(world: World, random: Random) -> Iterator[Edit]:
    """A later stage of a chain feeds an earlier one."""
    for each in world.having("feeds"):
        if isinstance(each.value, ox.NamedNode):
            yield added(each._replace(subject=each.value, value=each.subject))


@kind
def stage_of_two_chains(world: World, random: Random) -> Iterator[Edit]:
    """A stage is counted to a second chain."""
    for each in world.having("hasStage"):
        chain = random.choice([other for other in world.instances("ValueChain") if other != each.subject])
        yield added(each._replace(subject=chain, path=world.home(chain)))


@kind
def stage_of_no_chain(world: World, random: Random) -> Iterator[Edit]:
    """A stage is left out of its chain."""
    yield from (dropped(each) for each in world.having("hasStage"))


@kind
def stage_that_feeds_another_chain(world: World, random: Random) -> Iterator[Edit]:
    """A stage feeds a stage of another chain."""
    for each in world.having("feeds"):
        chain = [s.subject for s in world.naming(each.subject, "hasStage")]
        others = [s.value for s in world.having("hasStage") if s.subject not in chain]
        yield changed(each, random.choice(others))


@kind
def stage_unlinked(world: World, random: Random) -> Iterator[Edit]:
    """A link between two stages is left out, and one of them stands alone."""
    for each in world.having("feeds"):
        ends = [node for node in (each.subject, each.value) if isinstance(node, ox.NamedNode)]
        if any(len(world.of(node, "feeds")) + len(world.naming(node, "feeds")) == 1 for node in ends):
            yield dropped(each)


@kind
def broken_handover(world: World, random: Random) -> Iterator[Edit]:
    """A stage gives out what the next does not take in."""
    goods = world.instances("Commodity")
    for each in world.having("outputCommodity", "inputCommodity"):
        linked = (
            world.of(each.subject, "feeds")
            if each.property == bl("outputCommodity")
            else world.naming(each.subject, "feeds")
        )
        if linked and len(world.of(each.subject, each.property.value.rpartition("#")[2])) == 1:
            near = _line(world, each.value) if isinstance(each.value, ox.NamedNode) else set()
            yield changed(each, random.choice([good for good in goods if not near & _line(world, good)]))


@kind
def stage_of_two_kinds(world: World, random: Random) -> Iterator[Edit]:
    """A stage is of two kinds at once."""
    stages = ("ExtractionStage", "SupplyStage", "TransportStage", "ProcessingStage", "MarketStage")
    for thing in world.instances("ChainStage"):
        each = next(each for each in world.about(thing) if each.property == TYPE)
        own = world.classes(thing)
        yield added(each.with_value(bl(random.choice([name for name in stages if bl(name) not in own]))))


@kind
def firm_typed_as_plant(world: World, random: Random) -> Iterator[Edit]:
    """An enterprise is typed as a facility."""
    for thing in world.instances("Enterprise"):
        each = next(each for each in world.about(thing) if each.property == TYPE)
        yield changed(each, bl(random.choice(("Facility", "ProcessingPlant", "Refinery"))))


@kind
def plant_typed_as_firm(world: World, random: Random) -> Iterator[Edit]:
    """A facility is typed as an enterprise."""
    for thing in world.instances("Facility"):
        each = next(each for each in world.about(thing) if each.property == TYPE)
        yield changed(each, bl("Enterprise"))


@kind
def venture_of_one_state(world: World, random: Random) -> Iterator[Edit]:
    """The partners of a joint venture are of one state."""
    for each in world.having("partner"):
        venture = world.thing(each.subject, "venture")
        partners = [world.of(p.subject, "partner")[0] for p in world.naming(venture, "venture")] if venture else []
        others = [p.value for p in partners if p.subject != each.subject]
        gone = [*world.about(each.subject), *world.naming(each.subject)]
        claims = {s.subject for s in world.naming(each.subject, "supports")}
        if len(others) == 1 and all(len(world.of(claim, "supports", "about")) > 1 for claim in claims):
            yield Edit(f"{shown(each)} left out with its partnership", removed=tuple(gone))
        if others:
            same = [
                agent
                for agent in world.instances("State", "Enterprise")
                if agent not in others
                and isinstance(others[0], ox.NamedNode)
                and all(
                    isinstance(o, ox.NamedNode) and _states_above(world, o) == _states_above(world, agent)
                    for o in others
                )
                and agent != venture
            ]
            for agent in same:
                yield changed(each, agent)


@kind
def part_in_itself(world: World, random: Random) -> Iterator[Edit]:
    """A firm is its own partner, licensor or owner, or a plant follows itself."""
    for one, other in (
        ("partner", "venture"),
        ("licensor", "licensee"),
        ("owningParty", "owned"),
        ("laterOccupant", "earlierOccupant"),
        ("firstFlow", "compensatingFlow"),
    ):
        for each in world.having(one):
            value = world.thing(each.subject, other)
            if value is not None:
                yield changed(each, value)
        for each in world.having(other):
            value = world.thing(each.subject, one)
            if value is not None:
                yield changed(each, value)


@kind
def start_before_foundation(world: World, random: Random) -> Iterator[Edit]:
    """Something happens to a firm or a plant before it is founded."""
    spans = sorted(world.instances("TemporalSpan"), key=lambda span: world.text(span, "startYear"))
    for founding in world.instances("Foundation"):
        period, thing = world.thing(founding, "holdsDuring"), world.thing(founding, "affects")
        year = world.text(period, "startYear") if period else ""
        for span in spans:
            start = world.text(span, "startYear")
            if year and thing and start and start < year:
                node = ox.NamedNode(
                    f"https://w3id.org/borderlands/id/event/{thing.value.rpartition('/')[2]}-start-{start}"
                )
                claim = random.choice(world.claims_for(founding))
                yield added(
                    Statement(world.home(founding), node, TYPE, bl("ProductionStart")),
                    Statement(world.home(founding), node, bl("affects"), thing),
                    Statement(world.home(founding), node, bl("holdsDuring"), span),
                    Statement(world.home(claim), claim, bl("supports"), node),
                )


@kind
def membership_before_body(world: World, random: Random) -> Iterator[Edit]:
    """A membership begins before its body was founded."""
    spans = world.instances("TemporalSpan")
    for membership in world.instances("Membership"):
        body = world.thing(membership, "memberOfBody")
        years = [
            world.text(period, "startYear")
            for each in (world.naming(body, "affects", "establishes") if body else [])
            if (period := world.thing(each.subject, "holdsDuring")) is not None
        ]
        first = min((year for year in years if year), default="")
        for each in world.of(membership, "holdsDuring"):
            for span in spans:
                if first and "" < world.text(span, "startYear") < first:
                    yield changed(each, span)


@textual("every place at which a thing may lie is as good as another to a program")
def another_place(world: World, random: Random) -> Iterator[Edit]:
    """A plant or a firm lies in another region than the source says."""
    regions = world.instances("Region")
    for each in world.having("locatedAt"):
        thing = world.thing(each.subject, "located")
        if thing and each.value in regions and world.classes(thing) & {bl("Facility"), bl("Enterprise")}:
            yield changed(each, random.choice([region for region in regions if region != each.value]))


@reading("which state of activity a source means, only its words say")
def another_status(world: World, random: Random) -> Iterator[Edit]:
    """A chain, a flow or a plant is in another state of activity than the source says."""
    entries = sorted({each.value for each in world.having("activityStatus")}, key=str)
    for each in world.having("activityStatus"):
        yield changed(each, random.choice([entry for entry in entries if entry != each.value]))


def _swapped(one: Statement, other: Statement) -> Edit:
    return Edit(
        f"{shown(one)} swapped with {shown(other)}",
        removed=(one, other),
        added=(one.with_value(other.value), other.with_value(one.value)),
    )
