"""The proof: each claim from the passage that its locator names, and each passage with a claim or a note.

A claim is proved if all terms of each of its locators stand together in one passage of the place named, if
they fit at most three passages of the document, and if what the claim states can be read off there: the
names of what takes part, which end of a direction each has, the figures and the years as printed, the
authors credited. A thing that a passage means without naming it is declared in the data and counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from typing import Any
from unicodedata import normalize

from kg.evidence.match import Printed, like, named_in, squeeze
from kg.evidence.records import NAMED, NAMING, TYPE, Note, Records, Spot, Statement, kind_of
from kg.evidence.texts import Passage, Text
from kg.namespaces import BL, shorten

TELLING = 3
FROM = tuple(
    f"{BL}{name}"
    for name in """
        flowFrom migrationFrom earlierOccupant earlierPolity absorbed licensor complainant circumventingParty
        compared influencingThing adoptedBy
    """.split()  # noqa: SIM905 - a list of names
)
TO = tuple(
    f"{BL}{name}"
    for name in """
        flowTo migrationTo laterOccupant laterPolity enlarged licensee complaintAgainst circumventedMeasure
        comparedWith affectedThing imposedAgainst targets
    """.split()  # noqa: SIM905 - a list of names
)
# Things that have a description rather than a name.
_DESCRIBED = frozenset({"group", "facility", "enterprise", "borderland", "border", "agglomeration", "product"})
# What a source prints about itself or a work that it cites, and the graph keeps letter for letter.
_LITERALS = ("volume", "issue", "startPage", "endPage", "articleNumber", "placeOfPublication", "keyword")


@dataclass(frozen=True)
class Doubt:
    """One reason why a claim or a note is not proved: the thing, what is wrong, what to do."""

    thing: str
    what: str
    advice: str


@dataclass
class DocumentReport:
    """What was found in one document.

    Attributes:
        number: The digits its file begins with.
        passages: How many passages it has.
        claims: How many claims point into it.
        proved: How many of them are proved.
        implied: How many of the proved ones rest on a participant that is declared, not named.
        claimed: The claims that point to a passage, by its number.
        noted: The note that gives a reason for a passage, by its number.
        bare: The passages that have neither.
        doubts: What is not proved, and why.
    """

    number: str
    passages: int
    claims: int = 0
    proved: int = 0
    implied: int = 0
    claimed: dict[int, list[str]] = field(default_factory=dict)
    noted: dict[int, str] = field(default_factory=dict)
    bare: list[Passage] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


@dataclass
class Report:
    """The reports of all documents, and how many claims are of sources without a text, such as packages."""

    documents: dict[str, DocumentReport]
    elsewhere: int = 0

    def as_dict(self, where: Callable[[str], str]) -> dict[str, Any]:
        """The report for a program."""
        return {
            "elsewhere": self.elsewhere,
            "documents": {
                number: {
                    "claims": found.claims,
                    "proved": found.proved,
                    "implied": found.implied,
                    "passages": found.passages,
                    "claimed": len(found.claimed),
                    "noted": len(found.noted),
                    "doubts": [
                        {"thing": doubt.thing, "where": where(doubt.thing), "what": doubt.what, "advice": doubt.advice}
                        for doubt in found.doubts
                    ],
                    "bare": [
                        {
                            "number": passage.number,
                            "sections": passage.sections,
                            "pages": passage.pages,
                            "begins": passage.beginning(),
                        }
                        for passage in found.bare
                    ],
                }
                for number, found in self.documents.items()
            },
        }


def prove(records: Records, texts: dict[str, Text]) -> Report:
    """Check every claim and every note against the texts."""
    report = Report({number: DocumentReport(number, len(text.passages)) for number, text in texts.items()})
    documents = {number: _document(text) for number, text in texts.items()}
    checker = _Checker(records)
    for statement in records.statements():
        number = next(iter(records.texts(statement.source, BL + "documentNumber")), "")
        if not number:
            report.elsewhere += 1
        elif number in documents:
            checker.judge(statement, documents[number], report.documents[number])
        else:
            checker.pass_over(statement)
    for note in records.notes():
        number = next(iter(records.texts(note.source, BL + "documentNumber")), "")
        if number in documents:
            _place_note(note, documents[number], report.documents[number])
    for number, document in documents.items():
        found = report.documents[number]
        accounted = {*found.claimed, *found.noted}
        found.bare = [passage for passage in document.passages if passage.number not in accounted]
        found.doubts += checker.unprinted(number)
    return report


class _Document:
    def __init__(self, text: Text) -> None:
        self.number = text.number
        self.passages = text.passages
        self.printed = [Printed(passage.text) for passage in text.passages]
        self.context = [
            Printed(f"{passage.context} {passage.text}") if passage.context else self.printed[passage.number]
            for passage in text.passages
        ]
        self._sections = [tuple(map(squeeze, passage.sections)) for passage in text.passages]

    def at(self, spot: Spot | Note) -> Iterator[int]:
        """The numbers of the passages at the place that a locator or a note names."""
        first, _, last = spot.page.partition("-")
        section = squeeze(spot.section)
        pages = range(int(first), int(last or first) + 1) if spot.page else None
        for passage in self.passages:
            if pages is not None and passage.pages:
                if set(passage.pages) & set(pages):
                    yield passage.number
            elif spot.section and any(name.startswith(section) for name in self._sections[passage.number]):
                yield passage.number

    def holding(self, terms: tuple[str, ...]) -> list[int]:
        """The numbers of the passages that hold all of some terms."""
        return [number for number, printed in enumerate(self.printed) if all(printed.find(term) >= 0 for term in terms)]


@lru_cache(maxsize=16)
def _document(text: Text) -> _Document:
    return _Document(text)


def _place_note(note: Note, document: _Document, report: DocumentReport) -> None:
    begins = [number for number in document.at(note) if document.printed[number].starts(note.first)]
    begins = [number for number in begins if number not in report.noted] or begins
    if not begins:
        report.doubts.append(
            Doubt(note.iri, f"no passage there begins with “{note.first}”", "Correct bl:firstWords or the place.")
        )
        return
    end = begins[0]
    if note.last:
        ends = [n for n in range(begins[0], len(document.printed)) if document.printed[n].finishes(note.last)]
        if not ends:
            report.doubts.append(
                Doubt(note.iri, f"no passage from there on ends with “{note.last}”", "Correct bl:lastWords.")
            )
            return
        end = ends[0]
    report.noted.update(dict.fromkeys(range(begins[0], end + 1), note.iri))


class _Checker:
    def __init__(self, records: Records) -> None:
        self.records = records
        # Where each source is spoken of: document, then the numbers of passages.
        self._spoken: dict[str, dict[str, set[int]]] = {}
        self._documents: dict[str, _Document] = {}
        # The sources that are also spoken of in documents that are not at hand.
        self._elsewhere: set[str] = set()
        self._found: dict[tuple[str, int, bool], str] = {}

    def _finds(self, thing: str, printed: Printed, *, loosely: bool) -> bool:
        """Whether a passage names a thing; looked up once."""
        key = (thing, id(printed), loosely)
        if key not in self._found:
            self._found[key] = named_in(self.records.names(thing), printed, loosely=loosely)
        return bool(self._found[key])

    def judge(self, statement: Statement, document: _Document, report: DocumentReport) -> None:
        """Prove one claim, and enter what came of it into the report."""
        report.claims += 1
        self._documents[document.number] = document
        chosen, doubts = self._places(statement, document)
        if chosen:
            best = min(
                product(*chosen),
                key=lambda places: (len(self._read(statement, document, places)), places),
            )
            doubts += [Doubt(statement.iri, *doubt) for doubt in self._read(statement, document, best)]
            for place in dict.fromkeys(best):
                report.claimed.setdefault(place, []).append(statement.iri)
            for source in self._sources(statement):
                self._spoken.setdefault(source, {}).setdefault(document.number, set()).update(best)
        report.doubts += doubts
        if not doubts:
            report.proved += 1
            report.implied += bool(statement.implied)

    def _places(self, statement: Statement, document: _Document) -> tuple[list[list[int]], list[Doubt]]:
        """For each locator the passages that it fits; nothing if one of them fits none."""
        chosen, doubts = [], []
        if not statement.spots:
            doubts.append(Doubt(statement.iri, "it has no locator", "Add bl:hasLocator."))
        for spot in statement.spots:
            anywhere = document.holding(spot.terms)
            there = set(document.at(spot))
            here = [number for number in anywhere if number in there]
            if here:
                chosen.append(here)
                doubts += self._corrected(spot, [document.passages[number] for number in here])
                if len(anywhere) > TELLING:
                    what = f"its terms fit {len(anywhere)} passages: {_quoted(spot.terms)}"
                    doubts.append(Doubt(statement.iri, what, f"Choose terms that fit at most {TELLING}."))
                continue
            doubts.append(self._lost(statement, spot, document, anywhere, there))
        return (chosen if len(chosen) == len(statement.spots) else []), doubts

    def _corrected(self, spot: Spot, passages: list[Passage]) -> Iterator[Doubt]:
        """Corrections whose characters no passage of their spot prints: blanks and hyphens count, they may be wrong."""
        for correction in self.records.subjects(BL + "printedAt", spot.iri):
            for text in self.records.texts(correction, BL + "asPrinted"):
                if not any(normalize("NFC", text) in normalize("NFC", passage.text) for passage in passages):
                    advice = "Write bl:asPrinted as it stands there, or name another locator with bl:printedAt."
                    yield Doubt(correction, f"its spot {shorten(spot.iri)} does not print {text!r}", advice)

    def _lost(
        self, statement: Statement, spot: Spot, document: _Document, anywhere: list[int], there: set[int]
    ) -> Doubt:
        place = ", ".join(filter(None, (spot.page and f"p. {spot.page}", spot.section))) or "no place"
        if anywhere:
            passage = document.passages[anywhere[0]]
            where = f"p. {passage.pages[0]}" if passage.pages else " / ".join(passage.sections)
            return Doubt(statement.iri, f"its terms do not stand at {place}, but at {where}", "Correct the locator.")
        missing = [term for term in spot.terms if not document.holding((term,))]
        if missing:
            return Doubt(statement.iri, f"{document.number} nowhere prints {_quoted(tuple(missing))}", "Correct it.")
        if not there:
            return Doubt(statement.iri, f"{document.number} has no place {place}", "Name a heading or page as printed.")
        what = f"its terms never stand together in one passage: {_quoted(spot.terms)}"
        return Doubt(statement.iri, what, "Choose terms from one sentence, row or entry.")

    # --- what a passage must show --------------------------------------------------------------

    def _read(self, statement: Statement, document: _Document, places: tuple[int, ...]) -> list[tuple[str, str]]:
        printed = [document.printed[number] for number in places]
        context = [document.context[number] for number in places]
        terms = [Printed(term) for spot in statement.spots for term in spot.terms]
        doubts = []
        named: set[str] = set()
        things = self._named_things(statement)
        for thing in things:
            if thing not in statement.implied:
                doubts += self._named(thing, things, context, terms, named)
        for situation in statement.supports:
            doubts += self._directed(situation, statement, named)
            doubts += self._figures(situation, printed, context)
        for work in statement.credited:
            doubts += self._credited(work, statement, context)
        for thing in statement.about:
            if kind_of(thing) == "citation":
                doubts += self._entry(thing, printed)
        return doubts

    def _named_things(self, statement: Statement) -> list[str]:
        found = [thing for thing in statement.about if kind_of(thing) in NAMED]
        for situation in statement.supports:
            found += [thing for _, thing in self.records.participants(situation) if kind_of(thing) in NAMED]
            found += [thing for thing in self.records.things(situation, BL + "shareOf") if kind_of(thing) in NAMED]
        return list(dict.fromkeys(found))

    def _named(
        self, thing: str, things: list[str], printed: list[Printed], terms: list[Printed], named: set[str]
    ) -> list[tuple[str, str]]:
        """That a thing is named, and by a term where one of its class that takes no part is named as well."""
        loosely = kind_of(thing) in _DESCRIBED
        names = self.records.names(thing)
        if not any(self._finds(thing, passage, loosely=loosely) for passage in printed):
            what = f"the passage does not name {shorten(thing)} ({self.records.name(thing)})"
            return [(what, "Add a locator where it is named, a name as printed, or bl:impliedParticipant.")]
        named.add(thing)
        if any(named_in(names, term, loosely=loosely) for term in terms):
            return []
        rivals = (
            other
            for type_ in self.records.things(thing, TYPE)
            for other in self.records.by_type[type_]
            if other not in things
        )
        for rival in rivals:
            if any(self._finds(rival, passage, loosely=False) for passage in printed):
                what = f"the passage names {self.records.name(thing)}, but also {self.records.name(rival)}"
                return [(what, f"Let a term of the locator name {self.records.name(thing)}.")]
        return []

    def _directed(self, situation: str, statement: Statement, named: set[str]) -> list[tuple[str, str]]:
        """That from and to terms tell which participant stands at which end."""
        parts = [(p, v) for p, v in self.records.participants(situation) if v in named]
        if any(predicate == BL + "counterpart" for predicate, _ in parts):
            return self._subject(situation, statement, [v for p, v in parts if p == BL + "observed"])
        starts = [thing for predicate, thing in parts if predicate in FROM]
        ends = [thing for predicate, thing in parts if predicate in TO]
        if not starts or not ends:
            return []
        doubts = []
        moves = any(predicate in (BL + "flowFrom", BL + "migrationFrom") for predicate, _ in parts)
        for things, attribute, word, wrong in (
            (starts, "from_terms", "from", r"(?:in)?to "),
            (ends, "to_terms", "to", r"from "),
        ):
            given = [term for spot in statement.spots for term in getattr(spot, attribute)]
            for thing in things:
                loosely = kind_of(thing) in _DESCRIBED
                if not any(named_in(self.records.names(thing), Printed(term), loosely=loosely) for term in given):
                    what = f"no bl:{word}Term names {self.records.name(thing)}, one end of {shorten(situation)}"
                    doubts.append((what, f"Add bl:{word}Term with the printed words that name it there."))
            if moves and any(re.match(wrong, term) for term in given):
                doubts.append((f"a bl:{word}Term says the opposite: {_quoted(tuple(given))}", "Mend the direction."))
        return doubts

    def _subject(self, situation: str, statement: Statement, observed: list[str]) -> list[tuple[str, str]]:
        """That a subject term tells which of two partners a figure is about."""
        given = [Printed(term) for spot in statement.spots for term in spot.subject_terms]
        return [
            (
                f"no bl:subjectTerm names {self.records.name(thing)}, of which {shorten(situation)} is a figure",
                "Add bl:subjectTerm with the printed words that name it there.",
            )
            for thing in observed
            if not any(
                named_in(self.records.names(thing), term, loosely=kind_of(thing) in _DESCRIBED) for term in given
            )
        ]

    def _figures(self, situation: str, printed: list[Printed], context: list[Printed]) -> list[tuple[str, str]]:
        doubts = []
        for predicate in ("asPrinted", "oldName", "newName"):
            for figure in self.records.texts(situation, BL + predicate):
                if not any(passage.find(figure) >= 0 for passage in printed):
                    doubts.append(
                        (f"the passage does not print {figure!r}, {predicate} of {shorten(situation)}", "Mend it.")
                    )
        spans = [
            span
            for predicate in ("holdsDuring", "refPeriod")
            for span in self.records.things(situation, BL + predicate)
        ]
        for span in spans:
            missing = [year for year in self._years(span) if not _dated(year, context)]
            if missing:
                what = (
                    f"the passage does not print {' or '.join(missing)}, from {shorten(span)} of {shorten(situation)}"
                )
                doubts.append((what, "Add a second locator where the period is printed, or correct the period."))
        return doubts

    def _years(self, span: str) -> list[str]:
        found = [text for name in ("startYear", "endYear") for text in self.records.texts(span, BL + name)]
        found += [text[:4] for name in ("startDate", "endDate") for text in self.records.texts(span, BL + name)]
        return list(dict.fromkeys(found))

    def _credited(self, work: str, statement: Statement, printed: list[Printed]) -> list[tuple[str, str]]:
        if work in statement.implied or kind_of(work) not in ("source", "person", "group", "organization"):
            return []
        names = self.records.names(work)
        if kind_of(work) == "source":
            names = tuple(self._surnames(work)) + names
        if any(named_in(names, passage, loosely=True) for passage in printed) or any(
            passage.find(name, anycase=True) >= 0 for name in names for passage in printed
        ):
            return []
        what = f"the passage does not name {self.records.name(work)}, to whom the claim is credited"
        return [(what, "Correct bl:attributedTo, or add a locator where it is named.")]

    def _surnames(self, work: str) -> list[str]:
        found = []
        for part in self.records.subjects(BL + "authoredSource", work):
            found += [text.partition(",")[0].strip() for text in self.records.texts(part, BL + "nameAsPrinted")]
            for person in self.records.things(part, BL + "author"):
                names = self.records.names(person)
                found += [name.partition(",")[0] if "," in name else name.split()[-1] for name in names if name.split()]
        return [name for name in dict.fromkeys(found) if len(name) > 2]

    # --- lists of references -------------------------------------------------------------------

    def _entry(self, citation: str, printed: list[Printed]) -> list[tuple[str, str]]:
        """That an entry prints the year, the identifier and the authors of its citation."""
        wanted = [
            (name, text)
            for name in ("printedYear", "printedIdentifier")
            for text in self.records.texts(citation, BL + name)
        ]
        doubts = []
        for name, text in wanted:
            if not any(passage.find(text) >= 0 for passage in printed):
                doubts.append((f"the entry does not print {text!r}, its {name}", "Write it as printed."))
        return doubts

    def pass_over(self, statement: Statement) -> None:
        """Keep in mind that a source is also spoken of in a document that is not at hand."""
        self._elsewhere.update(self._sources(statement))

    def _sources(self, statement: Statement) -> list[str]:
        return [
            source for thing in statement.about for source in (thing, *self.records.things(thing, BL + "citedSource"))
        ]

    def unprinted(self, number: str) -> list[Doubt]:
        """What the files give letter for letter of a source, and no passage that speaks of it prints."""
        doubts: list[Doubt] = []
        for source in sorted(self._spoken):
            spoken = self._spoken[source]
            if kind_of(source) == "source" and min(spoken) == number and source not in self._elsewhere:
                printed = [self._documents[n].printed[place] for n in spoken for place in sorted(spoken[n])]
                doubts += self._literals(source, printed)
                doubts += self._authors(source, printed)
        return doubts

    def _literals(self, source: str, printed: list[Printed]) -> Iterator[Doubt]:
        """Title, numbers and identifier of a source that are nowhere printed."""
        titles = self.records.texts(source, BL + "title")
        if titles and not any(p.find(title, anycase=True) >= 0 for title in titles for p in printed):
            yield Doubt(source, f"no passage about it prints its title: {_quoted(tuple(titles))}", "Mend it.")
        for name in _LITERALS:
            for text in self.records.texts(source, BL + name):
                if not any(_prints(p, text) for p in printed):
                    yield Doubt(source, f"no passage about it prints {text!r}, its {name}", "Mend it.")
        # What is surely misprinted is kept in the right form, with the printed one beside it.
        mended = self.records.texts(source, BL + "doi") if self._printed_otherwise(source, printed) else []
        mended += [
            text
            for entry in self.records.subjects(BL + "citedSource", source)
            if self.records.subjects(BL + "corrects", entry)
            for text in self.records.texts(entry, BL + "normalisedIdentifier")
        ]
        for text in self.records.texts(source, BL + "doi"):
            if text not in mended and not any(p.find(text, anycase=True) >= 0 for p in printed):
                yield Doubt(source, f"no passage about it prints {text!r}, its doi", "Mend it.")

    def _authors(self, source: str, printed: list[Printed]) -> Iterator[Doubt]:
        """Authors that are nowhere printed, or that are printed with another's name."""
        for part in self.records.subjects(BL + "authoredSource", source):
            for text in self.records.texts(part, BL + "nameAsPrinted"):
                if not any(p.find(text, anycase=True) >= 0 for p in printed):
                    yield Doubt(part, f"no passage about the work prints the author {text!r}", "Mend it.")
                for person in self.records.things(part, BL + "author"):
                    names = [name for predicate in NAMING for name in self.records.texts(person, predicate)]
                    if names and not any(like(name, text) for name in names):
                        what = f"the author is printed as {text!r}, which is no name of {self.records.name(person)}"
                        yield Doubt(part, what, "Correct bl:author, or add the name as skos:altLabel.")

    def _printed_otherwise(self, source: str, printed: list[Printed]) -> bool:
        """Whether a correction of a source, or of a claim on it, keeps other characters, and they are printed."""
        things = [source, *self.records.subjects(BL + "about", source)]
        kept = [
            text
            for thing in things
            for correction in self.records.subjects(BL + "corrects", thing)
            for text in self.records.texts(correction, BL + "asPrinted")
        ]
        return any(p.find(text) >= 0 for text in kept for p in printed)


def _dated(year: str, context: list[Printed]) -> bool:
    if not year.isdecimal():
        return True
    number = int(year)
    century = (number - 1) // 100 + 1
    forms = [year, f"{number // 10 * 10}s", f"{century}th"]
    return any(passage.find(form) >= 0 for form in forms for passage in context)


def _prints(passage: Printed, text: str) -> bool:
    """Whether it prints a text; a number also as a part of one such as 11.5540, a volume and an article in it."""
    whole = re.compile(rf"(?<!\d){re.escape(text)}(?!\d)") if text.isdecimal() else None
    return passage.find(text, anycase=True) >= 0 or (whole is not None and whole.search(passage.text) is not None)


def _quoted(terms: tuple[str, ...]) -> str:
    return " + ".join(f"“{term}”" for term in terms)
