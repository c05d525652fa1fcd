"""Mistakes in claims, locators and disagreements: in the ground on which facts stand."""

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
def fact_without_claim(world: World, random: Random) -> Iterator[Edit]:
    """A fact is added from memory: no claim supports it."""
    for thing in world.instances("Situation"):
        support = world.naming(thing, "supports", "about", "hasSide")
        # A claim that supports nothing else would be a second mistake.
        if support and all(len(world.of(each.subject, "supports", "about")) > 1 for each in support):
            yield Edit(f"no claim for {thing.value.rpartition('/id/')[2]}", removed=tuple(support))
    for thing in world.instances("Location", "CommodityFlow", "Production", "Partnership"):
        twin = ox.NamedNode(thing.value + "-from-memory")
        good = {
            bl("located"): "Facility",
            bl("flowTo"): "Settlement",
            bl("producer"): "Enterprise",
            bl("partner"): "State",
        }
        yield added(
            *(
                each._replace(
                    subject=twin,
                    value=random.choice(world.instances(good[each.property])) if each.property in good else each.value,
                )
                for each in world.about(thing)
            )
        )


@kind
def claim_about_nothing(world: World, random: Random) -> Iterator[Edit]:
    """A claim supports nothing and is about nothing."""
    for claim in world.instances("Claim"):
        yield Edit(
            f"{claim.value.rpartition('/')[2]} about nothing", removed=tuple(world.of(claim, "supports", "about"))
        )


@kind
def claim_of_two_kinds(world: World, random: Random) -> Iterator[Edit]:
    """A claim is empirical and interpretive at once, or neither."""
    for claim in world.instances("Claim"):
        each = next(each for each in world.about(claim) if each.property == TYPE)
        yield random.choice((added(each.with_value(_other_kind(each))), changed(each, bl("Claim"))))


def _other_kind(statement: Statement) -> ox.NamedNode:
    return bl("InterpretiveClaim") if statement.value == bl("EmpiricalClaim") else bl("EmpiricalClaim")


@kind
def orphan_locator(world: World, random: Random) -> Iterator[Edit]:
    """A locator belongs to no claim."""
    for thing in world.instances("Locator"):
        twin = ox.NamedNode(thing.value + "-left-over")
        yield added(*(each._replace(subject=twin) for each in world.about(thing)))


@kind
def locator_of_another_claim(world: World, random: Random) -> Iterator[Edit]:
    """A claim points to the locator of another claim."""
    each_locator = world.instances("Locator")
    for each in world.having("hasLocator"):
        yield changed(each, random.choice([locator for locator in each_locator if locator != each.value]))


@kind
def empty_locator(world: World, random: Random) -> Iterator[Edit]:
    """A locator gives no section, page, table or figure."""
    for thing in world.instances("Locator"):
        yield Edit(
            f"{thing.value.rpartition('/')[2]} without a place",
            removed=tuple(world.of(thing, "section", "page", "tableOrFigure")),
        )


@kind
def locator_without_key_term(world: World, random: Random) -> Iterator[Edit]:
    """A locator has no key term."""
    for thing in world.instances("Locator"):
        yield Edit(f"{thing.value.rpartition('/')[2]} without a key term", removed=tuple(world.of(thing, "keyTerm")))


@kind
def copied_sentence(world: World, random: Random) -> Iterator[Edit]:
    """A key term is a whole sentence of the source."""
    for each in world.having("keyTerm"):
        sentence = f"{each.value.value} is what the sentence begins with, and it goes on to its end without a stop"
        yield changed(each, ox.Literal(sentence))


@kind
def too_many_key_terms(world: World, random: Random) -> Iterator[Edit]:
    """A locator has more than three key terms."""
    for thing in world.instances("Locator"):
        terms = world.of(thing, "keyTerm")
        words = ["border", "region", "share", "percent"][: 4 - len(terms)]
        yield added(*(terms[0].with_value(ox.Literal(word)) for word in words))


@kind
def key_term_within_another(world: World, random: Random) -> Iterator[Edit]:
    """A key term repeats a part of another one."""
    for each in world.having("keyTerm"):
        words = each.value.value.split()
        if len(words) > 1 and len(world.of(each.subject, "keyTerm")) < 3:
            yield added(each.with_value(ox.Literal(random.choice((words[0], words[-1])))))


@kind
def pasted_paragraph(world: World, random: Random) -> Iterator[Edit]:
    """A gloss is a paragraph."""
    for each in world.having("gloss"):
        if isinstance(each.value, ox.Literal):
            yield changed(each, ox.Literal(f"{each.value.value} " * 6 + "That is all.", language=each.value.language))


@kind
def gloss_without_stop(world: World, random: Random) -> Iterator[Edit]:
    """A gloss breaks off before its end."""
    for each in world.having("gloss"):
        if isinstance(each.value, ox.Literal):
            text = each.value.value
            cut = text[: random.randrange(len(text) // 2, len(text))].rstrip(". ")
            yield changed(each, ox.Literal(cut, language=each.value.language))


@kind
def gloss_of_another_claim(world: World, random: Random) -> Iterator[Edit]:
    """A claim was copied and its gloss not rewritten."""
    for each in world.having("gloss"):
        source = world.thing(each.subject, "statedIn")
        others = [e.value for e in world.having("gloss") if world.thing(e.subject, "statedIn") == source and e != each]
        yield changed(each, random.choice(others))


@kind
def claim_of_another_source(world: World, random: Random) -> Iterator[Edit]:
    """A claim cites the wrong source."""
    sources = world.instances("Source")
    for each in world.having("statedIn"):
        yield changed(each, random.choice([source for source in sources if source != each.value]))


@textual("the name follows the source, so both are wrong together")
def claim_moved_to_another_source(world: World, random: Random) -> Iterator[Edit]:
    """A claim cites the wrong source and is named after it."""
    unpaged = "morachevskaya-2022"
    for each in world.having("statedIn"):
        if each.value.value.endswith("/stepanov-2020") and not any(
            bl("Observation") in world.classes(s.value)
            for s in world.of(each.subject, "supports")
            if isinstance(s.value, ox.NamedNode)
        ):
            names = {each.subject: each.subject.value.replace("/stepanov-2020-", f"/{unpaged}-x-")}
            names |= {
                locator.value: locator.value.value.replace("/stepanov-2020-", f"/{unpaged}-x-")
                for locator in world.of(each.subject, "hasLocator")
                if isinstance(locator.value, ox.NamedNode)
            }
            uses = {s: None for node in names for s in (*world.about(node), *world.naming(node))}
            yield Edit(
                f"{shown(each)} moved to {unpaged}",
                removed=tuple(uses),
                added=tuple(
                    _moved(s, names, ox.NamedNode(each.value.value.replace("stepanov-2020", unpaged))) for s in uses
                ),
            )


def _moved(statement: Statement, names: dict[ox.NamedNode, str], source: ox.NamedNode) -> Statement:
    value = statement.value
    if statement.property == bl("statedIn"):
        value = source
    elif isinstance(value, ox.NamedNode) and value in names:
        value = ox.NamedNode(names[value])
    subject = names.get(statement.subject)
    return statement._replace(subject=statement.subject if subject is None else ox.NamedNode(subject), value=value)


@kind
def page_outside_source(world: World, random: Random) -> Iterator[Edit]:
    """A locator gives a page that its source does not have."""
    for each in world.having("page"):
        page = random.choice((random.randrange(1, 97), random.randrange(111, 300)))
        yield changed(each, ox.Literal(str(page)))


@kind
def idle_implied_participant(world: World, random: Random) -> Iterator[Edit]:
    """A claim implies a thing that has no part in what it says."""
    regions = world.instances("Region", "Enterprise")
    for each in world.having("impliedParticipant"):
        parts = {s.value for situation in world.of(each.subject, "supports") for s in world.about(_node(situation))}
        parts |= {s.value for s in world.of(each.subject, "about", "attributedTo")}
        yield changed(each, random.choice([region for region in regions if region not in parts]))


def _node(statement: Statement) -> ox.NamedNode:
    if not isinstance(statement.value, ox.NamedNode):
        raise TypeError(statement)
    return statement.value


@textual("a page inside the source is as good as another")
def another_page(world: World, random: Random) -> Iterator[Edit]:
    """A locator gives another page of its source than the one where the claim stands."""
    for each in world.having("page"):
        first, _, last = each.value.value.partition("-")
        others = [page for page in range(97, 111) if not int(first) <= page <= int(last or first)]
        yield changed(each, ox.Literal(str(random.choice(others))))


@kind
def malformed_page(world: World, random: Random) -> Iterator[Edit]:
    """A page is written with words, a long dash or as a Roman number."""
    for each in world.having("page"):
        page = each.value.value
        yield changed(
            each, ox.Literal(random.choice((f"p. {page}", f"pp. {page}", "XI", f"{page}–{page}", f"{page}, {page}")))
        )


@kind
def page_left_out(world: World, random: Random) -> Iterator[Edit]:
    """A locator gives no page although its source has page numbers."""
    yield from (dropped(each) for each in world.having("page"))


@kind
def claim_credited_to_its_source(world: World, random: Random) -> Iterator[Edit]:
    """A claim is credited to the source that makes it."""
    for each in world.having("statedIn"):
        yield added(each._replace(property=bl("attributedTo")))


@reading("how surely a source says something, only its words tell")
def another_strength(world: World, random: Random) -> Iterator[Edit]:
    """A claim has another strength than its source gives it."""
    entries = sorted({each.value for each in world.having("strength")}, key=str)
    for each in world.having("strength"):
        yield changed(each, random.choice([entry for entry in entries if entry != each.value]))


@reading("the words of the source alone can contradict a gloss")
def another_meaning(world: World, random: Random) -> Iterator[Edit]:
    """A gloss says the opposite of the source."""
    for each in world.having("gloss"):
        if isinstance(each.value, ox.Literal) and " is " in each.value.value:
            yield changed(
                each, ox.Literal(each.value.value.replace(" is ", " is not ", 1), language=each.value.language)
            )


@kind
def disagreement_with_one_side(world: World, random: Random) -> Iterator[Edit]:
    """A disagreement has one side."""
    for thing in world.instances("Disagreement"):
        sides = world.of(thing, "hasSide")
        for each in sides:
            gone = [side for side in sides if side != each]
            yield Edit(f"{shown(each)} is the only side", removed=tuple(gone))


@kind
def preferred_claim_outside(world: World, random: Random) -> Iterator[Edit]:
    """The preferred claim is none of the sides of a disagreement."""
    claims = world.instances("Claim")
    for thing in world.instances("Disagreement"):
        sides = {each.value for each in world.of(thing, "hasSide")}
        old = world.of(thing, "preferredClaim")
        for claim in random.sample([claim for claim in claims if claim not in sides], 8):
            new = Statement(world.home(thing), thing, bl("preferredClaim"), claim)
            yield Edit(shown(new), removed=tuple(old), added=(new,))


@kind
def claim_entered_twice(world: World, random: Random) -> Iterator[Edit]:
    """A claim is copied under another name with the same gloss."""
    for thing in world.instances("Location", "CommodityFlow"):
        for claim in world.claims_for(thing)[:1]:
            twins = [each for each in copied(world, thing, "-again") if each.subject.value != thing.value + "-again"]
            original = {e.property: e.value for e in world.about(claim) if e.property == bl("gloss")}
            yield added(
                *(
                    each._replace(value=thing)
                    if each.value == ox.NamedNode(thing.value + "-again")
                    else each._replace(value=original[each.property])
                    if each.property in original
                    else each
                    for each in twins
                )
            )
