"""Mistakes in figures, units, corrections and tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from random import Random

import pyoxigraph as ox

from bench.seeded.world import (
    Edit,
    Statement,
    World,
    added,
    bl,
    changed,
    copied,
    iri,
    kind,
    reading,
    shown,
    textual,
)  # fmt: skip
from kg.namespaces import XSD

DECIMAL = ox.NamedNode(XSD + "decimal")


def _number(value: Decimal) -> ox.Literal:
    text = f"{value.normalize():f}"
    return ox.Literal(text if "." in text else text + ".0", datatype=DECIMAL)


def _figures(world: World) -> Iterator[tuple[Statement, Decimal, Statement]]:
    """The value of each figure that no correction speaks of, as a number, and its printed form."""
    for each in world.having("value"):
        printed = world.of(each.subject, "asPrinted")
        if printed and not world.naming(each.subject, "corrects"):
            yield each, Decimal(each.value.value), printed[0]


def _series(world: World) -> dict[tuple[object, object], list[ox.NamedNode]]:
    """The figures of each set and indicator."""
    series: defaultdict[tuple[object, object], list[ox.NamedNode]] = defaultdict(list)
    for each in world.having("value"):
        series[world.thing(each.subject, "inSet"), world.thing(each.subject, "hasIndicator")].append(each.subject)
    return series


def _misread(text: str, random: Random) -> str:
    """A number with one digit replaced, or two swapped."""
    places = [index for index, letter in enumerate(text) if letter.isdigit()]
    while True:
        at = random.choice(places)
        other = text[:at] + random.choice("0123456789") + text[at + 1 :]
        if other.strip() != text and not other.startswith("0"):
            return other


@kind
def figure_off_the_printed_one(world: World, random: Random) -> Iterator[Edit]:
    """The value of a figure is not the printed number."""
    for each, value, printed in _figures(world):
        if any(letter.isdigit() for letter in printed.value.value):
            yield changed(each, _number(Decimal(_misread(f"{value:f}", random))))


@kind
def figure_misread_with_its_print(world: World, random: Random) -> Iterator[Edit]:
    """Value and printed number are misread alike, and the key term of the claim is right."""
    for each, _, printed in _figures(world):
        text = printed.value.value
        if text.replace(".", "").replace(",", "").isdigit():
            slip = _misread(text, random)
            terms = [
                term.value.value
                for claim in world.claims_for(each.subject)
                for locator in world.of(claim, "hasLocator")
                if isinstance(locator.value, ox.NamedNode)
                for term in world.of(locator.value, "keyTerm")
            ]
            if not any(slip in term for term in terms):
                yield _rewritten(each, printed, slip)


@textual("value, printed number and key term are misread alike")
def figure_misread_everywhere(world: World, random: Random) -> Iterator[Edit]:
    """A figure is misread in all places alike."""
    for each, _, printed in _figures(world):
        text = printed.value.value
        if text.replace(".", "").replace(",", "").isdigit():
            slip = _misread(text, random)
            yield _everywhere(world, each, printed, slip)


def _rewritten(value: Statement, printed: Statement, text: str, *more: tuple[Statement, Statement]) -> Edit:
    number = _number(Decimal(text.replace(",", "")))
    pairs = [(value, value.with_value(number)), (printed, printed.with_value(ox.Literal(text))), *more]
    return Edit(
        f"{shown(printed)} became {text}",
        removed=tuple(old for old, _ in pairs),
        added=tuple(new for _, new in pairs),
    )


def _everywhere(world: World, value: Statement, printed: Statement, text: str) -> Edit:
    pairs = []
    for claim in world.claims_for(value.subject):
        for locator in world.of(claim, "hasLocator"):
            if isinstance(locator.value, ox.NamedNode):
                for term in world.of(locator.value, "keyTerm"):
                    if isinstance(term.value, ox.Literal) and printed.value.value in term.value.value:
                        new = term.value.value.replace(printed.value.value, text)
                        pairs.append((term, term.with_value(ox.Literal(new, language=term.value.language))))
    return _rewritten(value, printed, text, *pairs)


@kind
def percentage_as_fraction(world: World, random: Random) -> Iterator[Edit]:
    """A percentage is entered as a fraction of one."""
    for each, value, _ in _figures(world):
        if world.thing(each.subject, "hasUnit") == iri("unit:percent"):
            yield changed(each, _number(value / 100))


@kind
def thousands_as_decimals(world: World, random: Random) -> Iterator[Edit]:
    """A separator of thousands is read as a decimal point."""
    for each, value, _ in _figures(world):
        yield changed(each, _number(value / 1000))


@kind
def thousands_as_decimals_in_series(world: World, random: Random) -> Iterator[Edit]:
    """A separator of thousands is read as a decimal point in all places alike, and a series shows it."""
    series = _series(world)
    for each, value, printed in _figures(world):
        if len(series[world.thing(each.subject, "inSet"), world.thing(each.subject, "hasIndicator")]) > 5:
            yield _everywhere(world, each, printed, f"{value / 1000:f}")


@textual("no series of the same set shows that the number is too small")
def thousands_as_decimals_alone(world: World, random: Random) -> Iterator[Edit]:
    """A separator of thousands is read as a decimal point in all places alike, and no series shows it."""
    series = _series(world)
    for each, value, printed in _figures(world):
        alone = len(series[world.thing(each.subject, "inSet"), world.thing(each.subject, "hasIndicator")]) < 4
        if alone and printed.value.value.replace(",", "").replace(".", "").isdigit():
            yield _everywhere(world, each, printed, f"{value / 1000:f}")


@kind
def another_unit(world: World, random: Random) -> Iterator[Edit]:
    """A figure is given in another unit."""
    units = world.instances("Unit")
    usual = _usual(world)
    for each in world.having("hasUnit"):
        indicator = world.thing(each.subject, "hasIndicator")
        for unit in random.sample([unit for unit in units if unit not in usual[indicator]], 3):
            yield changed(each, unit)


def _usual(world: World) -> defaultdict[ox.NamedNode | None, set[object]]:
    """The units in which the figures of each indicator are."""
    usual: defaultdict[ox.NamedNode | None, set[object]] = defaultdict(set)
    for each in world.having("hasUnit"):
        usual[world.thing(each.subject, "hasIndicator")].add(each.value)
    return usual


@kind
def usual_unit_left_out(world: World, random: Random) -> Iterator[Edit]:
    """An indicator does not say in which units it is stated."""
    for thing in world.instances("Indicator"):
        yield Edit(f"{thing.value.rpartition('/')[2]} without a unit", removed=tuple(world.of(thing, "usualUnit")))


@kind
def indicator_of_another_unit(world: World, random: Random) -> Iterator[Edit]:
    """A figure is of an indicator that is measured in other units."""
    usual = _usual(world)
    for each in world.having("hasIndicator"):
        unit = world.thing(each.subject, "hasUnit")
        others = [other for other, units in usual.items() if other is not None and unit not in units]
        yield changed(each, random.choice(sorted(others, key=str)))


@reading("both indicators are measured in the same unit")
def indicator_of_the_same_unit(world: World, random: Random) -> Iterator[Edit]:
    """A figure that stands alone is of another indicator than the source says, measured in the same unit."""
    usual = _usual(world)
    series = _series(world)
    for each in world.having("hasIndicator"):
        unit, group = world.thing(each.subject, "hasUnit"), world.thing(each.subject, "inSet")
        others = [o for o, units in usual.items() if o is not None and unit in units and o != each.value]
        others = [o for o in others if len(series[group, o]) < TABLE]
        if others and len(series[group, each.value]) < TABLE:
            yield changed(each, random.choice(sorted(others, key=str)))


@kind
def figure_entered_twice(world: World, random: Random) -> Iterator[Edit]:
    """A figure is described twice."""
    for thing in world.instances("Observation"):
        yield added(*copied(world, thing, "-again"))


@kind
def hidden_conflict(world: World, random: Random) -> Iterator[Edit]:
    """A second value is given for the same quantity, and no disagreement is recorded."""
    for each, value, _ in _figures(world):
        other = _number(value + random.choice((1, 2, 5)))
        twin = [
            s._replace(value=_conflicting(s, other))
            for s in copied(world, each.subject, "-other")
            if s.property != bl("minValue")
        ]
        yield added(*twin)


def _conflicting(statement: Statement, value: ox.Literal) -> ox.NamedNode | ox.Literal:
    if statement.property == bl("value"):
        return value
    if statement.property == bl("asPrinted"):
        return ox.Literal(value.value.removesuffix(".0"))
    if statement.property == bl("keyTerm"):
        return ox.Literal(f"{value.value.removesuffix('.0')} {statement.value.value}"[:50].strip())
    return statement.value


@kind
def disagreement_left_out(world: World, random: Random) -> Iterator[Edit]:
    """Two figures contradict one another, and the disagreement between them is left out."""
    for thing in world.instances("Disagreement"):
        figures = [
            figure.value
            for side in world.of(thing, "hasSide")
            if isinstance(side.value, ox.NamedNode)
            for figure in world.of(side.value, "supports")
            if isinstance(figure.value, ox.NamedNode) and bl("Observation") in world.classes(figure.value)
        ]
        values = {f: (_key(world, f), world.text(f, "value")) for f in figures}
        if len({key for key, _ in values.values()}) < len(set(values.values())):
            yield Edit(f"{thing.value.rpartition('/')[2]} left out", removed=tuple(world.about(thing)))


def _key(world: World, figure: ox.NamedNode) -> tuple[object, ...]:
    return tuple(
        world.thing(figure, name)
        for name in ("observed", "hasIndicator", "refPeriod", "counterpart", "classifiedAs", "shareOf")
    )


@kind
def correction_left_out(world: World, random: Random) -> Iterator[Edit]:
    """A figure is corrected in silence."""
    for thing in world.instances("Correction"):
        corrected = world.thing(thing, "corrects")
        if corrected is not None and world.of(corrected, "value"):
            yield Edit(f"{thing.value.rpartition('/')[2]} left out", removed=tuple(world.about(thing)))
    for each, value, _ in _figures(world):
        yield changed(each, _number(value * 10))


# As many rows as make a table: the check of incomplete tables asks for as many.
TABLE = 10


@kind
def another_area_of_a_table(world: World, random: Random) -> Iterator[Edit]:
    """A row of a table is given to another region."""
    series = _series(world)
    for each in world.having("observed"):
        row = series[world.thing(each.subject, "inSet"), world.thing(each.subject, "hasIndicator")]
        if len(row) >= TABLE:
            others = [region for region in world.instances("Region") if region != each.value]
            yield changed(each, random.choice(others))


@textual("a figure outside of a table may be of any region")
def another_area(world: World, random: Random) -> Iterator[Edit]:
    """A figure that stands in no table is given to another region."""
    series = _series(world)
    for each in world.having("observed"):
        row = series[world.thing(each.subject, "inSet"), world.thing(each.subject, "hasIndicator")]
        if len(row) < TABLE and isinstance(each.value, ox.NamedNode) and bl("Place") in world.classes(each.value):
            yield changed(each, random.choice([r for r in world.instances("Region") if r != each.value]))


@kind
def area_left_out_of_a_table(world: World, random: Random) -> Iterator[Edit]:
    """A row of one column of a table is forgotten, with its claim."""
    for row in _series(world).values():
        for figure in row if len(row) >= TABLE else []:
            gone: dict[Statement, None] = dict.fromkeys([*world.about(figure), *world.naming(figure)])
            for claim in world.claims_for(figure):
                if len(world.of(claim, "supports", "about")) == 1:
                    locators = [s.value for s in world.of(claim, "hasLocator") if isinstance(s.value, ox.NamedNode)]
                    for node in (claim, *locators):
                        gone |= dict.fromkeys([*world.about(node), *world.naming(node)])
            corrections = [s.subject for s in world.naming(figure, "corrects")]
            for node in corrections:
                gone |= dict.fromkeys(world.about(node))
            yield Edit(f"{figure.value.rpartition('/')[2]} forgotten", removed=tuple(gone))


@kind
def bound_left_out(world: World, random: Random) -> Iterator[Edit]:
    """A figure of more than or up to has no lowest or highest number."""
    for each in world.having("minValue", "maxValue"):
        yield Edit(f"{shown(each)} left out", removed=(each,))
    for each in world.having("valueQualifier"):
        if not world.of(each.subject, "minValue", "maxValue"):
            name = random.choice(("more-than", "at-least", "up-to", "less-than"))
            yield changed(each, iri(f"qualifier:{name}"))


@kind
def bounds_out_of_order(world: World, random: Random) -> Iterator[Edit]:
    """The lowest number is above the value, or the highest below it."""
    for each, value, _ in _figures(world):
        for name, other in (("minValue", value + 3), ("maxValue", value - 3)):
            old = world.of(each.subject, name)
            new = Statement(each.path, each.subject, bl(name), _number(other))
            yield Edit(shown(new), removed=tuple(old), added=(new,))


@kind
def figure_of_another_set(world: World, random: Random) -> Iterator[Edit]:
    """A figure is counted to the set of another source."""
    for each in world.having("inSet"):
        claims = world.claims_for(each.subject)
        source = world.thing(claims[0], "statedIn") if claims else None
        slug = source.value.rpartition("/")[2] if source else ""
        others = [group for group in world.instances("ObservationSet") if f"/{slug}-" not in group.value]
        if others:
            yield changed(each, random.choice(others))


@kind
def partner_of_itself(world: World, random: Random) -> Iterator[Edit]:
    """A thing trades with itself, or is a share of itself."""
    for each in world.having("observed"):
        names = (
            ["counterpart"] if bl("ShareObservation") not in world.classes(each.subject) else ["counterpart", "shareOf"]
        )
        for name in names:
            old = world.of(each.subject, name)
            yield Edit(
                f"{shown(each)} with itself as {name}",
                removed=tuple(old),
                added=(Statement(each.path, each.subject, bl(name), each.value),),
            )


@kind
def share_without_whole(world: World, random: Random) -> Iterator[Edit]:
    """A share does not say of what."""
    for thing in world.instances("ShareObservation"):
        whole = [
            each
            for each in world.about(thing)
            if each.property == bl("shareOf") or each.property.value.endswith("scopeNote")
        ]
        yield Edit(f"{thing.value.rpartition('/')[2]} without a whole", removed=tuple(whole))


@kind
def claim_of_two_figures(world: World, random: Random) -> Iterator[Edit]:
    """One claim supports two figures."""
    figures = world.instances("Observation")
    for figure in figures:
        for claim in world.claims_for(figure)[:1]:
            other = random.choice([each for each in figures if each != figure])
            yield added(Statement(world.home(claim), claim, bl("supports"), other))
