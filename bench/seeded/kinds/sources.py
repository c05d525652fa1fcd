"""Mistakes in spans, sources, identifiers and codes."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pyoxigraph as ox

from bench.seeded.world import Edit, Statement, World, bl, changed, kind, shown, textual
from kg.namespaces import XSD

INTEGER = ox.NamedNode(XSD + "integer")


def _year(year: int) -> ox.Literal:
    return ox.Literal(str(year), datatype=INTEGER)


@kind
def swapped_years(world: World, random: Random) -> Iterator[Edit]:
    """The first and the last year of a span are swapped, or one is put beyond the other."""
    for each in world.having("startYear"):
        for end in world.of(each.subject, "endYear"):
            first, last = int(each.value.value), int(end.value.value)
            later = last + random.choice((1, 9, 10, 100)) if first == last else last
            earlier = first
            yield Edit(
                f"{shown(each)} swapped with {shown(end)}",
                removed=(each, end),
                added=(each.with_value(_year(later)), end.with_value(_year(earlier))),
            )
            yield changed(end, _year(first - random.choice((1, 9, 10, 100))))


@kind
def impossible_year(world: World, random: Random) -> Iterator[Edit]:
    """A year has a digit too many or too few, or lies outside all that the sources can mean."""
    for each in world.having("startYear", "endYear", "publicationYear"):
        text = each.value.value
        yield changed(
            each,
            _year(
                int(random.choice((text + "0", text[:3], text[:2] + "0" + text[2:], "0" + text[1:], "9" + text[1:])))
            ),
        )


@kind
def year_off_its_note(world: World, random: Random) -> Iterator[Edit]:
    """A span has another year than its note gives."""
    for each in world.having("startYear", "endYear"):
        year = int(each.value.value)
        other = random.choice([year - 30, year - 11, year + 11, year + 20])
        if world.text(each.subject, "startYear") == world.text(each.subject, "endYear"):
            both = world.of(each.subject, "startYear", "endYear")
            yield Edit(
                f"{shown(each)} became {other}",
                removed=tuple(both),
                added=tuple(s.with_value(_year(other)) for s in both),
            )
        else:
            yield changed(each, _year(other))


@kind
def day_outside_year(world: World, random: Random) -> Iterator[Edit]:
    """A day lies in another year than its span says."""
    for each in world.having("startDate", "endDate"):
        year = int(each.value.value[:4])
        for other in (year - 10, year - 1, year + 1, year + 10):
            date = ox.Literal(f"{other}{each.value.value[4:]}", datatype=ox.NamedNode(XSD + "date"))
            yield changed(each, date)


@kind
def malformed_note(world: World, random: Random) -> Iterator[Edit]:
    """The note of a span is written in words or with a long dash."""
    for each in world.having("timeNote"):
        text = each.value.value
        for wrong in (f"c. {text}", f"{text}–", "before 2019", f"{text} g."):
            yield changed(each, ox.Literal(wrong))


@kind
def swapped_pages(world: World, random: Random) -> Iterator[Edit]:
    """The first and the last page of a source are swapped, or one is mistyped below the other."""
    for each in world.having("startPage"):
        for end in world.of(each.subject, "endPage"):
            yield Edit(
                f"{shown(each)} swapped with {shown(end)}",
                removed=(each, end),
                added=(each.with_value(end.value), end.with_value(each.value)),
            )
            first = int(each.value.value)
            for page in random.sample(range(1, first), min(7, first - 1)):
                yield changed(end, _year(page))


@kind
def source_that_cites_a_later_one(world: World, random: Random) -> Iterator[Edit]:
    """A source cites one that appeared later."""
    for each in world.having("citedSource"):
        if isinstance(each.value, ox.NamedNode):
            source = world.thing(each.subject, "citingSource")
            citing = world.text(source, "publicationYear") if source is not None else ""
            for cited in world.of(each.value, "publicationYear"):
                if citing:
                    for years in random.sample(range(1, 60), 5):
                        yield changed(cited, _year(int(citing) + years))


@kind
def wrong_year_of_source(world: World, random: Random) -> Iterator[Edit]:
    """A source has another year of publication than its name."""
    for each in world.having("publicationYear"):
        for years in random.sample(range(1, 30), 4):
            yield changed(each, _year(int(each.value.value) - years))


@kind
def doubled_doi(world: World, random: Random) -> Iterator[Edit]:
    """Two sources have one DOI."""
    for each in world.having("doi"):
        for source in world.instances("Source"):
            if source != each.subject:
                old = world.of(source, "doi")
                new = Statement(world.home(source), source, bl("doi"), each.value)
                yield Edit(shown(new), removed=tuple(old), added=(new,))


@kind
def doi_with_resolver(world: World, random: Random) -> Iterator[Edit]:
    """A DOI has a resolver, a scheme or a blank in it."""
    for each in world.having("doi"):
        text = each.value.value
        for wrong in (
            f"https://doi.org/{text}", f"http://doi.org/{text}", f"http://dx.doi.org/{text}", f"https://dx.doi.org/{text}",
            f"doi.org/{text}", f"doi:{text}", f"DOI: {text}", f"doi: {text}", f"DOI {text}", text.replace("/", "/ "),
            f" {text}", text.replace("10.", "10,", 1), text.replace("/", " / "), text.removeprefix("10."),
        ):  # fmt: skip
            yield changed(each, ox.Literal(wrong))


@kind
def malformed_code(world: World, random: Random) -> Iterator[Edit]:
    """An ISO code is written in small letters, with an underscore or with a digit too many."""
    for each in world.having("isoCode"):
        text = each.value.value
        wrong = [
            text.lower(),
            text.replace("-", "_") if "-" in text else text + "-",
            text + "XYZ9",
            f"ISO {text}",
            text.replace("-", "") + "1",
        ]
        yield changed(each, ox.Literal(random.choice(wrong)))


@kind
def code_of_another_place(world: World, random: Random) -> Iterator[Edit]:
    """A place has the ISO code of another."""
    codes = [each.value for each in world.having("isoCode")]
    for each in world.having("isoCode"):
        yield changed(each, random.choice([code for code in codes if code != each.value]))


@kind
def code_of_another_state(world: World, random: Random) -> Iterator[Edit]:
    """The code of a region begins with the code of another state."""
    for each in world.having("isoCode"):
        state, mark, rest = each.value.value.partition("-")
        if mark:
            yield changed(
                each, ox.Literal(f"{random.choice([s for s in ('RU', 'KZ', 'BY', 'CN') if s != state])}-{rest}")
            )


@kind
def licence_left_out(world: World, random: Random) -> Iterator[Edit]:
    """An outside source has no licence, or a source has neither title nor address."""
    for thing in world.instances("Dataset"):
        gone = [each for each in world.about(thing) if each.property.value.endswith(("license", "rights"))]
        yield Edit(f"{thing.value.rpartition('/')[2]} without licence", removed=tuple(gone))
    for thing in world.instances("Source"):
        yield Edit(f"{thing.value.rpartition('/')[2]} without title", removed=tuple(world.of(thing, "title", "url")))


@kind
def author_as_text(world: World, random: Random) -> Iterator[Edit]:
    """An author, a journal or a cited work is written as a text."""
    for each in world.having("author", "publishedIn", "affiliation", "citedSource"):
        yield changed(each, ox.Literal(each.value.value.rpartition("/")[2].replace("-", " ").title()))


@textual("every well-formed DOI may be the right one")
def another_doi(world: World, random: Random) -> Iterator[Edit]:
    """A DOI has a wrong digit."""
    for each in world.having("doi"):
        text = each.value.value
        for place in [index for index, letter in enumerate(text) if letter.isdigit() and index > 2]:
            digit = random.choice([d for d in "123456789" if d != text[place]])
            yield changed(each, ox.Literal(text[:place] + digit + text[place + 1 :]))


@textual("a program cannot know who wrote a work")
def another_author(world: World, random: Random) -> Iterator[Edit]:
    """A work is given to another author."""
    people = world.instances("Person")
    for each in world.having("author"):
        yield changed(each, random.choice([person for person in people if person != each.value]))
