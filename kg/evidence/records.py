"""What the files say of claims, locators, notes and names, gathered for the check of evidence."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import pyoxigraph as ox

from kg.dataset import Dataset
from kg.namespaces import BASE, BL, RDF, RDFS, SKOS, shorten

TYPE = RDF + "type"
NAMING = (SKOS + "prefLabel", SKOS + "altLabel", SKOS + "hiddenLabel", BL + "formerName")
# Kinds of thing that a text names; situations and concepts have no name in print.
NAMED = frozenset(
    {
        "agglomeration", "border", "borderland", "corridor", "crossing", "district", "enterprise", "facility",
        "group", "line", "macroregion", "organization", "person", "polity", "product", "region", "settlement",
        "side", "state", "union",
    }
)  # fmt: skip


def kind_of(iri: str) -> str:
    """The kind in an IRI of a thing; empty if it is none of ours."""
    return iri[len(BASE) + 3 :].partition("/")[0] if iri.startswith(BASE + "id/") else ""


@dataclass(frozen=True)
class Spot:
    """A locator: where to look, and the words that stand there."""

    iri: str
    section: str
    page: str
    label: str
    key_terms: tuple[str, ...]
    from_terms: tuple[str, ...]
    to_terms: tuple[str, ...]
    subject_terms: tuple[str, ...]

    @property
    def terms(self) -> tuple[str, ...]:
        """All its terms."""
        return (*self.key_terms, *self.from_terms, *self.to_terms, *self.subject_terms)


@dataclass(frozen=True)
class Statement:
    """A claim as the files have it: its source, spots, the situations it states, the things it speaks of."""

    iri: str
    source: str
    spots: tuple[Spot, ...]
    supports: tuple[str, ...]
    about: tuple[str, ...]
    credited: tuple[str, ...]
    implied: frozenset[str]


@dataclass(frozen=True)
class Note:
    """A note that a passage, or a run of them, has no claim."""

    iri: str
    source: str
    section: str
    page: str
    first: str
    last: str


class Records:
    """The asserted statements of a project, looked up by subject and by object."""

    def __init__(self, triples: list[ox.Triple]) -> None:
        self._of: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = defaultdict(lambda: defaultdict(list))
        self._to: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for triple in triples:
            subject, value = triple.subject, triple.object
            if not isinstance(subject, ox.NamedNode) or not isinstance(value, ox.NamedNode | ox.Literal):
                continue
            self._of[subject.value][triple.predicate.value].append(value)
            if isinstance(value, ox.NamedNode):
                self._to[value.value][triple.predicate.value].append(subject.value)
        self._above = {
            term: tuple(self.things(term, RDFS + "subPropertyOf"))
            for term in list(self._of)
            if RDFS + "subPropertyOf" in self._of[term]
        }
        self.by_type: dict[str, list[str]] = defaultdict(list)
        for thing in list(self._of):
            if kind_of(thing) in NAMED:
                for type_ in self.things(thing, TYPE):
                    self.by_type[type_].append(thing)
        self._names: dict[str, tuple[str, ...]] = {}

    def things(self, subject: str, predicate: str) -> list[str]:
        """The IRIs that a subject has for a property, sorted."""
        return sorted(value.value for value in self._get(subject, predicate) if isinstance(value, ox.NamedNode))

    def texts(self, subject: str, predicate: str) -> list[str]:
        """The literals that a subject has for a property, sorted."""
        return sorted(value.value for value in self._get(subject, predicate) if isinstance(value, ox.Literal))

    def subjects(self, predicate: str, value: str) -> list[str]:
        """The subjects that have a thing as the value of a property, sorted."""
        return sorted(self._to[value][predicate]) if value in self._to else []

    def _get(self, subject: str, predicate: str) -> list[ox.NamedNode | ox.Literal]:
        return self._of[subject][predicate] if subject in self._of and predicate in self._of[subject] else []

    def names(self, thing: str) -> tuple[str, ...]:
        """All names of a thing, in every language, the longest first."""
        if thing not in self._names:
            found = {text for predicate in NAMING for text in self.texts(thing, predicate)}
            for part in self.subjects(BL + "author", thing):
                found.update(self.texts(part, BL + "nameAsPrinted"))
            self._names[thing] = tuple(sorted(found, key=lambda name: (-len(name), name)))
        return self._names[thing]

    def name(self, thing: str) -> str:
        """One name of a thing, for a message."""
        for value in self._get(thing, SKOS + "prefLabel"):
            if isinstance(value, ox.Literal) and value.language == "en":
                return value.value
        return shorten(thing)

    def participants(self, situation: str) -> list[tuple[str, str]]:
        """The properties by which a situation names its participants, each with the participant."""
        return sorted(
            (predicate, value.value)
            for predicate, values in self._of[situation].items()
            if self.below(predicate, BL + "participant")
            for value in values
            if isinstance(value, ox.NamedNode)
        )

    def below(self, predicate: str, top: str) -> bool:
        """Whether a property is another, or a sub-property of it at any depth."""
        return predicate == top or any(self.below(above, top) for above in self._above.get(predicate, ()))

    # --- what is checked -----------------------------------------------------------------------

    def statements(self) -> list[Statement]:
        """Every claim, sorted."""
        found = {*self._to[BL + "EmpiricalClaim"][TYPE], *self._to[BL + "InterpretiveClaim"][TYPE]}
        return [
            Statement(
                iri,
                next(iter(self.things(iri, BL + "statedIn")), ""),
                tuple(map(self._spot, self.things(iri, BL + "hasLocator"))),
                tuple(self.things(iri, BL + "supports")),
                tuple(self.things(iri, BL + "about")),
                tuple(self.things(iri, BL + "attributedTo")),
                frozenset(self.things(iri, BL + "impliedParticipant")),
            )
            for iri in sorted(found)
        ]

    def _spot(self, iri: str) -> Spot:
        def one(name: str) -> str:
            return next(iter(self.texts(iri, BL + name)), "")

        terms = [tuple(self.texts(iri, BL + name)) for name in ("keyTerm", "fromTerm", "toTerm", "subjectTerm")]
        return Spot(iri, one("section"), one("page"), one("tableOrFigure"), *terms)

    def notes(self) -> list[Note]:
        """Every note on passages without a claim, sorted."""

        def one(iri: str, name: str) -> str:
            return next(iter(self.texts(iri, BL + name)), "")

        return [
            Note(
                iri,
                next(iter(self.things(iri, BL + "passageOf")), ""),
                *(one(iri, name) for name in ("section", "page", "firstWords", "lastWords")),
            )
            for iri in self.subjects(TYPE, BL + "PassageNote")
        ]


def read_records(dataset: Dataset) -> Records:
    """The statements of all files of a dataset."""
    return Records([triple for document in dataset.documents.values() for triple in document.triples])
