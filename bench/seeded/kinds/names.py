"""Mistakes in names, languages and scripts."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pyoxigraph as ox

from bench.seeded.world import (
    PREF_LABEL,
    Edit,
    Statement,
    World,
    added,
    bl,
    changed,
    dropped,
    kind,
)  # fmt: skip
from kg.namespaces import BASE, PREFIXES, SKOS, shorten

ALIKE = {"а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "х": "x", "у": "y", "і": "i"}
CYRILLIC = {"be", "kk", "ru"}
# Where a place or an organization lies that has a name in the language.
LANDS = {
    "be": {ox.NamedNode(PREFIXES["state"] + "belarus"), ox.NamedNode(PREFIXES["borderland"] + "russia-belarus")},
    "kk": {ox.NamedNode(PREFIXES["state"] + "kazakhstan"), ox.NamedNode(PREFIXES["borderland"] + "russia-kazakhstan")},
}
# Letters that Russian does not have; letters that Belarusian does not have.
NOT_RUSSIAN, NOT_BELARUSIAN = set("әғқңөұүһіў"), set("әғқңөұүһищъ")


def _names(world: World, *languages: str) -> Iterator[tuple[Statement, ox.Literal]]:
    for each in (*world.data, *world.vocabulary):
        if (
            each.property in (PREF_LABEL, ox.NamedNode(SKOS + "altLabel"), bl("formerName"))
            and isinstance(each.value, ox.Literal)
            and each.value.language in languages
        ):
            yield each, each.value


@kind
def latin_text_tagged_cyrillic(world: World, random: Random) -> Iterator[Edit]:
    """An English name is tagged as Russian, Kazakh or Belarusian."""
    for each, name in _names(world, "en"):
        yield changed(each, ox.Literal(name.value, language=random.choice(sorted(CYRILLIC))))


@kind
def cyrillic_text_tagged_english(world: World, random: Random) -> Iterator[Edit]:
    """A name in Cyrillic letters is tagged as English."""
    for each, name in _names(world, *CYRILLIC):
        yield changed(each, ox.Literal(name.value, language="en"))


@kind
def another_cyrillic_language(world: World, random: Random) -> Iterator[Edit]:
    """A name is tagged with another of the languages in Cyrillic letters, and its letters or its fellows tell."""
    for each, name in _names(world, *CYRILLIC):
        for language in sorted(CYRILLIC - {str(name.language)}):
            strange = {"ru": NOT_RUSSIAN, "be": NOT_BELARUSIAN, "kk": {"ў"}}[language]
            fellows = {
                e.value.language
                for e in world.about(each.subject)
                if e.property == PREF_LABEL and isinstance(e.value, ox.Literal)
            }
            taken = each.property == PREF_LABEL and language in fellows
            entry = each.path.startswith("ontology/vocab/") and each.property == PREF_LABEL and name.language != "be"
            if taken or entry or strange & set(name.value.lower()):
                yield changed(each, ox.Literal(name.value, language=language))


@kind
def look_alike_letter(world: World, random: Random) -> Iterator[Edit]:
    """A Latin letter stands in a Cyrillic word."""
    for each, name in _names(world, *CYRILLIC):
        at = [index for index, letter in enumerate(name.value) if letter in ALIKE]
        if at:
            place = random.choice(at)
            text = name.value[:place] + ALIKE[name.value[place]] + name.value[place + 1 :]
            yield changed(each, ox.Literal(text, language=name.language))


@kind
def cyrillic_letter_in_english(world: World, random: Random) -> Iterator[Edit]:
    """A Cyrillic letter stands in an English name or gloss."""
    back = {latin: cyrillic for cyrillic, latin in ALIKE.items()}
    for each in world.data:
        if isinstance(each.value, ox.Literal) and each.value.language == "en":
            text = each.value.value
            at = [index for index, letter in enumerate(text) if letter in back]
            if at:
                place = random.choice(at)
                yield changed(each, ox.Literal(text[:place] + back[text[place]] + text[place + 1 :], language="en"))


@kind
def text_without_language(world: World, random: Random) -> Iterator[Edit]:
    """A text for readers has no language tag."""
    for each in (*world.data, *world.vocabulary):
        if isinstance(each.value, ox.Literal) and each.value.language is not None and each.property != bl("keyTerm"):
            yield changed(each, ox.Literal(each.value.value))


@kind
def unknown_language(world: World, random: Random) -> Iterator[Edit]:
    """A name is tagged with the code of a country or an old code instead of its language."""
    wrong = {"en": ("eng", "uk"), "ru": ("rus", "su"), "kk": ("kz", "kaz"), "be": ("by", "blr")}
    for each, name in _names(world, *wrong):
        yield changed(each, ox.Literal(name.value, language=random.choice(wrong[str(name.language)])))


@kind
def second_preferred_name(world: World, random: Random) -> Iterator[Edit]:
    """A thing has two preferred names in one language."""
    for each, name in _names(world, "en", *CYRILLIC):
        if each.property == PREF_LABEL and bl("TemporalSpan") not in world.classes(each.subject):
            yield added(each.with_value(ox.Literal(name.value + name.value[-1], language=name.language)))


@kind
def name_left_out(world: World, random: Random) -> Iterator[Edit]:
    """A thing that readers meet has no English name."""
    for each, _ in _names(world, "en"):
        if each.property == PREF_LABEL and world.classes(each.subject) & {
            bl(name)
            for name in (
                "Agent",
                "Concept",
                "EvidenceItem",
                "ObservationSet",
                "Place",
                "ProductModel",
                "Source",
                "ValueChain",
            )
        }:
            yield dropped(each)


@kind
def entry_without_language(world: World, random: Random) -> Iterator[Edit]:
    """An entry of a vocabulary lacks its Russian or Kazakh name."""
    for each, _ in _names(world, "ru", "kk"):
        if each.path.startswith("ontology/vocab/") and each.property == PREF_LABEL:
            yield dropped(each)


@kind
def name_of_a_script_left_out(world: World, random: Random) -> Iterator[Edit]:
    """A place or an organization lacks its Russian name, or the Kazakh or Belarusian one of its land."""
    for each, name in _names(world, *CYRILLIC):
        if each.property == PREF_LABEL and world.classes(each.subject) & {bl("Organization"), bl("Place")}:
            language = str(name.language)
            if language == "ru" or _around(world, each.subject) & LANDS[language]:
                yield dropped(each)


def _around(world: World, thing: ox.NamedNode) -> set[ox.NamedNode]:
    """The places in which a thing lies, directly or through others."""
    found: set[ox.NamedNode] = set()
    todo = [thing]
    while todo:
        for location in world.naming(todo.pop(), "located"):
            place = world.thing(location.subject, "locatedAt")
            if place is not None and place not in found:
                found.add(place)
                todo.append(place)
    return found


@kind
def entry_without_definition(world: World, random: Random) -> Iterator[Edit]:
    """An entry of a vocabulary is not defined."""
    for each in world.vocabulary:
        if each.property.value == SKOS + "definition" and bl("Concept") in world.classes(each.subject):
            yield dropped(each)


@kind
def circular_entries(world: World, random: Random) -> Iterator[Edit]:
    """An entry is broader than one that is broader than itself."""
    for each in world.vocabulary:
        if each.property.value == SKOS + "broader" and isinstance(each.value, ox.NamedNode):
            yield added(each._replace(subject=each.value, value=each.subject))


@kind
def stray_blank(world: World, random: Random) -> Iterator[Edit]:
    """A text begins or ends with a blank, or has two in a row."""
    for each in world.data:
        if isinstance(each.value, ox.Literal) and (each.value.language or each.property == bl("keyTerm")):
            text = each.value.value
            wrong = [f" {text}", f"{text} "] + ([text.replace(" ", "  ", 1)] if " " in text else [])
            yield changed(each, ox.Literal(random.choice(wrong), language=each.value.language))


@kind
def thing_entered_twice(world: World, random: Random) -> Iterator[Edit]:
    """A thing is described a second time under another IRI."""
    for thing in world.instances("Agent", "Place", "ProductModel", "Source", "ValueChain"):
        second = ox.NamedNode(thing.value + "-2")
        yield added(
            *(
                each._replace(subject=second)
                for each in world.about(thing)
                if not each.path.startswith("data/external/names")
            )
        )


@kind
def misnamed_thing(world: World, random: Random) -> Iterator[Edit]:
    """An IRI has a capital or an underscore, or is of another kind than its thing."""
    for thing in world.instances("Agent", "Claim", "Place", "Situation", "Source", "Locator"):
        name = thing.value.rpartition("/")[2]
        wrong = [name.title(), name.upper()] + ([name.replace("-", "_")] if "-" in name else [])
        yield _renamed(world, thing, thing.value.removesuffix(name) + random.choice(wrong))
        kinds = ("facility", "enterprise", "location", "flow", "person", "region")
        other = random.choice([kind for kind in kinds if f"/id/{kind}/" not in thing.value])
        yield _renamed(world, thing, f"{BASE}id/{other}/{name}")


def _renamed(world: World, thing: ox.NamedNode, new: str) -> Edit:
    node = ox.NamedNode(new)
    uses = [*world.about(thing), *(each for each in world.naming(thing) if each.subject != thing)]
    return Edit(
        f"{shorten(thing.value)} named {shorten(new)}",
        removed=tuple(uses),
        added=tuple(
            each._replace(
                subject=node if each.subject == thing else each.subject,
                value=node if each.value == thing else each.value,
            )
            for each in uses
        ),
    )


@kind
def unused_entry(world: World, random: Random) -> Iterator[Edit]:
    """A span, a good, a unit, a person or a source is described, and nothing refers to it."""
    for thing in world.instances(
        "TemporalSpan", "Commodity", "Unit", "Indicator", "Person", "Source", "Journal", "ResearchInstitution"
    ):
        second = ox.NamedNode(thing.value + "-new")
        yield added(
            *(
                each._replace(subject=second, value=_other_name(each))
                for each in world.about(thing)
                if each.property not in {bl("doi"), bl("publicationYear")}
            )
        )


def _other_name(statement: Statement) -> ox.NamedNode | ox.Literal:
    value = statement.value
    if statement.property == PREF_LABEL and isinstance(value, ox.Literal):
        return ox.Literal(value.value + " new" if value.language == "en" else value.value, language=value.language)
    return value
