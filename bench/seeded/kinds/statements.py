"""Mistakes in a single statement or term, wherever it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

import pyoxigraph as ox

from bench.seeded.world import TYPE, Edit, Statement, World, added, bl, changed, dropped, kind, misspelt, shown
from kg.namespaces import BASE, BL, XSD, shorten

# What each thing of some class must have; what it must have once.
REQUIRED = (
    "activityStatus", "affects", "alongBorder", "asPrinted", "correctionReason", "corrects", "defectKind",
    "disagreementNote", "flowCommodity", "flowFrom", "flowTo", "gloss", "hasIndicator", "hasLocator", "hasUnit",
    "inSet", "licensee", "licensor", "located", "locatedAt", "observed", "operated", "operator", "partner",
    "producer", "publicationYear", "sectionOf", "sideA", "sideB", "stageAt", "statedIn", "statusOf", "timeNote",
    "value", "valueQualifier", "venture",
)  # fmt: skip
SINGLE = (
    "activityStatus", "asPrinted", "corrects", "defectKind", "flowCommodity", "flowFrom", "flowTo", "gloss",
    "hasIndicator", "hasUnit", "inSet", "located", "locatedAt", "observed", "operated", "operator", "partner",
    "producer", "publicationYear", "sectionOf", "sideA", "sideB", "statedIn", "statusOf", "timeNote", "value",
    "valueQualifier", "venture",
)  # fmt: skip
# Classes of which nothing is two.
APART = ("Agent", "Claim", "Concept", "Correction", "Disagreement", "Locator", "Place", "Situation", "Source")


@kind
def dropped_value(world: World, random: Random) -> Iterator[Edit]:
    """A required value is left out."""
    for each in world.having(*REQUIRED):
        if len(world.of(each.subject, each.property.value.removeprefix(BL))) == 1:
            yield dropped(each)


@kind
def doubled_value(world: World, random: Random) -> Iterator[Edit]:
    """A value of which there is one has a second beside it."""
    for name in SINGLE:
        values = sorted({each.value for each in world.having(name)}, key=str)
        for each in world.having(name):
            other = random.choice(values)
            if other not in {every.value for every in world.of(each.subject, name)}:
                yield added(each.with_value(other))


@kind
def misspelt_property(world: World, random: Random) -> Iterator[Edit]:
    """A property of the project has a slip in its name."""
    for each in world.data:
        if each.property.value.startswith(BL):
            slip = bl(misspelt(each.property.value.removeprefix(BL), random))
            yield _renamed(each, slip)


@kind
def misspelt_borrowed_property(world: World, random: Random) -> Iterator[Edit]:
    """A property of a borrowed vocabulary has a slip in its name."""
    for each in world.data:
        if not each.property.value.startswith(BL) and each.property != TYPE:
            start, mark, name = re.split(r"([#/])(?=[^#/]*$)", each.property.value)
            yield _renamed(each, ox.NamedNode(start + mark + misspelt(name, random)))


@kind
def misspelt_class(world: World, random: Random) -> Iterator[Edit]:
    """A class has a slip in its name."""
    for each in world.data:
        if each.property == TYPE and isinstance(each.value, ox.NamedNode) and each.value.value.startswith(BL):
            yield changed(each, bl(misspelt(each.value.value.removeprefix(BL), random)))


@kind
def broken_reference(world: World, random: Random) -> Iterator[Edit]:
    """The name of a thing has a slip where another thing refers to it."""
    for each in world.data:
        if isinstance(each.value, ox.NamedNode) and each.value.value.startswith(BASE + "id/"):
            start, _, name = each.value.value.rpartition("/")
            yield changed(each, ox.NamedNode(f"{start}/{misspelt(name, random)}"))


@kind
def unknown_entry(world: World, random: Random) -> Iterator[Edit]:
    """An entry is named that its vocabulary does not have."""
    for each in world.data:
        if isinstance(each.value, ox.NamedNode) and each.value.value.startswith(BASE + "voc/"):
            start, _, name = each.value.value.rpartition("/")
            yield changed(each, ox.NamedNode(f"{start}/{misspelt(name, random)}"))


@kind
def entry_of_another_vocabulary(world: World, random: Random) -> Iterator[Edit]:
    """An entry of one vocabulary stands where one of another belongs."""
    entries = [entry.value for entry in world.instances("Concept")]
    for each in world.having(
        "activityStatus", "defectKind", "flowCommodity", "hasIndicator", "hasUnit", "inputCommodity",
        "outputCommodity", "strength", "valueQualifier",
    ):  # fmt: skip
        scheme = str(each.value.value).rpartition("/")[0] + "/"
        yield changed(each, ox.NamedNode(random.choice([entry for entry in entries if not entry.startswith(scheme)])))


@kind
def text_for_thing(world: World, random: Random) -> Iterator[Edit]:
    """A text stands where a thing belongs."""
    for each in _references(world):
        yield changed(each, ox.Literal(str(each.value.value).rpartition("/")[2].replace("-", " ")))


@kind
def thing_for_text(world: World, random: Random) -> Iterator[Edit]:
    """A thing stands where a text or a number belongs."""
    things = world.instances("Place", "Agent", "Claim")
    for each in world.data:
        if isinstance(each.value, ox.Literal) and each.property.value.startswith(BL):
            yield changed(each, random.choice(things))


@kind
def wrong_datatype(world: World, random: Random) -> Iterator[Edit]:
    """A number or a date is written as a text, or a number as another kind of number."""
    for each in world.data:
        if isinstance(each.value, ox.Literal) and each.value.language is None and each.property.value.startswith(BL):
            datatype = each.value.datatype.value
            others = {
                XSD + "integer": ("string", "decimal", "gYear"),
                XSD + "decimal": ("string", "integer", "double"),
                XSD + "date": ("string", "dateTime"),
            }
            if datatype in others:
                other = ox.NamedNode(XSD + random.choice(others[datatype]))
                yield changed(each, ox.Literal(each.value.value, datatype=other))


@kind
def value_of_another_class(world: World, random: Random) -> Iterator[Edit]:
    """A thing of quite another kind stands as a value."""
    pools = _pools(world)
    for each in _references(world):
        if isinstance(each.value, ox.NamedNode) and each.property not in {bl("about"), bl("attributedTo")}:
            own = {name.value for name in world.classes(each.value)}
            apart = [name for name in APART if name not in _WIDE and BL + name not in own]
            if own and each.property not in _OPEN:
                yield changed(each, random.choice(pools[random.choice(apart)]))


# A firm, a place or a state may stand at an end of a flow, and a figure may be of anything.
_WIDE = {"Agent", "Place", "Situation"}
_OPEN = {bl("observed"), bl("corrects"), bl("shareOf"), bl("licensedThing"), bl("participant")}


@kind
def property_of_another_class(world: World, random: Random) -> Iterator[Edit]:
    """A statement is made of a thing of quite another kind."""
    pools = _pools(world)
    for each in world.data:
        if each.property.value.startswith(BL) and each.property not in {
            bl("formerName"), bl("tableOrFigure"), bl("asPrinted"), bl("classifiedAs"),
        }:  # fmt: skip
            own = {name.value for name in world.classes(each.subject)}
            apart = [name for name in APART if BL + name not in own]
            subject = random.choice(pools[random.choice(apart)])
            if not (own & {BL + "State"}) and not world.classes(subject) & {bl("State")}:
                yield added(Statement(world.home(subject), subject, each.property, each.value))


@kind
def dropped_type(world: World, random: Random) -> Iterator[Edit]:
    """A thing does not say what it is."""
    for each in world.data:
        if each.property == TYPE:
            yield dropped(each)


@kind
def second_type(world: World, random: Random) -> Iterator[Edit]:
    """A thing is said to be of a second class that excludes the first."""
    types = {
        name: sorted(
            {e.value for thing in world.instances(name) for e in world.about(thing) if e.property == TYPE}, key=str
        )
        for name in APART
    }
    for each in world.data:
        if each.property == TYPE:
            own = {name.value for name in world.classes(each.subject)}
            apart = [name for name in APART if BL + name not in own and types[name]]
            if BL + "State" not in own:
                other = random.choice(types[random.choice(apart)])
                if other != bl("State"):
                    yield added(each.with_value(other))


@kind
def relation_by_hand(world: World, random: Random) -> Iterator[Edit]:
    """A relation that is inferred is asserted, so that no claim stands behind it."""
    for each in world.having("located"):
        place = world.thing(each.subject, "locatedAt")
        if place is not None and isinstance(each.value, ox.NamedNode):
            others = [other for other in world.instances("Region", "State") if other != each.value]
            yield added(Statement(world.home(each.value), each.value, bl("locatedIn"), random.choice(others)))
    for each in world.having("flowFrom"):
        if isinstance(each.value, ox.NamedNode):
            others = [other for other in world.instances("Facility") if other != each.value]
            yield added(Statement(world.home(each.value), each.value, bl("suppliesTo"), random.choice(others)))
    for each in world.having("supports"):
        if isinstance(each.value, ox.NamedNode):
            claims = world.instances("Claim")
            yield added(Statement(world.home(each.value), each.value, bl("supportedBy"), random.choice(claims)))


@kind
def nameless_thing(world: World, random: Random) -> Iterator[Edit]:
    """A blank node with a name stands where the IRI of a thing belongs."""
    for each in _references(world):
        if isinstance(each.value, ox.NamedNode):
            name = ox.Literal(each.value.value.rpartition("/")[2].replace("-", " "), language="en")
            yield Edit(f"{shown(each)} became a blank node", removed=(each,), blank=(each.with_value(name),))


@kind
def thing_of_itself(world: World, random: Random) -> Iterator[Edit]:
    """A thing is related to itself."""
    for each in world.having(
        "feeds", "narrowerThan", "citedSource", "hasStage", "affiliation", "describesSource", "corrects"
    ):
        yield changed(each, each.subject)


@kind
def statement_in_two_files(world: World, random: Random) -> Iterator[Edit]:
    """A statement is copied into a second file."""
    paths = sorted({each.path for each in world.data})
    for each in world.data:
        path = random.choice(paths)
        if path != each.path:
            yield added(each._replace(path=path))


@kind
def thing_in_two_files(world: World, random: Random) -> Iterator[Edit]:
    """What is said of a thing is divided between two files."""
    paths = sorted({each.path for each in world.data if not each.path.startswith("data/external/")})
    for each in world.data:
        path = random.choice(paths)
        if path != each.path and not each.path.startswith("data/external/") and len(world.about(each.subject)) > 1:
            yield Edit(f"{shown(each)} moved to {path}", removed=(each,), added=(each._replace(path=path),))


@kind
def broken_syntax(world: World, random: Random) -> Iterator[Edit]:
    """A mark of Turtle is left out."""
    for path, text in _texts(world):
        marks = [
            found.start() for found in re.finditer(r'(?<= );$|"(?=@| ;)|^    \.$|(?<=:) (?=<)', text, re.MULTILINE)
        ]
        for at in random.sample(marks, min(len(marks), 4)):
            at += len(text[at:]) - len(text[at:].lstrip(" "))
            yield _cut(path, text, at, at + 1, "left out")


@kind
def untidy_layout(world: World, random: Random) -> Iterator[Edit]:
    """Statements stand in another order or with other blanks than the canonical form has."""
    for path, text in _texts(world):
        lines = list(re.finditer(r"^    (?=\S.*;$)", text, re.MULTILINE))
        for found in random.sample(lines, min(3, len(lines))):
            yield _cut(path, text, found.start(), found.end(), "not indented")


@kind
def remark_in_file(world: World, random: Random) -> Iterator[Edit]:
    """A remark stands as a comment inside a file, where formatting would lose it."""
    for path, text in _texts(world):
        lines = text.split("\n")
        at = random.randrange(len(lines) // 2, len(lines))
        yield Edit(
            f"{path}:{at + 1}: a comment", texts=((path, "\n".join([*lines[:at], "# to be checked", *lines[at:]])),)
        )


def _cut(path: str, text: str, start: int, end: int, how: str) -> Edit:
    line = text.count("\n", 0, start) + 1
    return Edit(f"{path}:{line}: {text[start:end]!r} {how}", texts=((path, text[:start] + text[end:]),))


def _texts(world: World) -> Iterator[tuple[str, str]]:
    for path, document in sorted(world.dataset.documents.items()):
        if path.startswith("data/"):
            yield path, document.text


def _renamed(statement: Statement, property: ox.NamedNode) -> Edit:
    return Edit(
        f"{shown(statement)} by {shorten(property.value)}",
        removed=(statement,),
        added=(statement._replace(property=property),),
    )


def _references(world: World) -> Iterator[Statement]:
    for each in world.data:
        if (
            each.property.value.startswith(BL)
            and isinstance(each.value, ox.NamedNode)
            and each.value.value.startswith((BASE + "id/", BASE + "voc/"))
        ):
            yield each


def _pools(world: World) -> dict[str, list[ox.NamedNode]]:
    return {
        name: [thing for thing in world.instances(name) if "/id/" in thing.value or name == "Concept"] for name in APART
    }
