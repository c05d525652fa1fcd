"""The real data as the kinds of mistake look at them, and edits of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from random import Random
from typing import NamedTuple

import pyoxigraph as ox

from kg.dataset import Dataset
from kg.namespaces import BL, RDF, RDFS, SKOS, expand, shorten
from kg.turtle import parse, write

Value = ox.NamedNode | ox.Literal
TYPE = ox.NamedNode(RDF + "type")
PREF_LABEL = ox.NamedNode(SKOS + "prefLabel")


class Statement(NamedTuple):
    """A triple and the file where it stands."""

    path: str
    subject: ox.NamedNode
    property: ox.NamedNode
    value: Value

    def triple(self) -> ox.Triple:
        """The triple alone."""
        return ox.Triple(self.subject, self.property, self.value)

    def with_value(self, value: Value) -> Statement:
        """The same statement with another value."""
        return self._replace(value=value)


@dataclass(frozen=True)
class Edit:
    """One mistake: what it is in words, the statements taken out and put in, or whole new texts by path."""

    what: str
    removed: tuple[Statement, ...] = ()
    added: tuple[Statement, ...] = ()
    texts: tuple[tuple[str, str], ...] = ()
    blank: tuple[Statement, ...] = ()

    def apply(self, dataset: Dataset) -> Dataset:
        """The dataset with this mistake; untouched files are shared with the original.

        Raises:
            TurtleSyntaxError: A text of the mistake is no Turtle.
        """
        texts = dict(self.texts)
        for path in dict.fromkeys(each.path for each in (*self.removed, *self.added, *self.blank)):
            texts[path] = self._text(dataset, path)
        return replace(
            dataset, documents={**dataset.documents, **{path: parse(text, path) for path, text in texts.items()}}
        )

    def _text(self, dataset: Dataset, path: str) -> str:
        document = dataset.documents[path]
        gone = {each.triple() for each in self.removed if each.path == path}
        triples = [triple for triple in document.triples if triple not in gone]
        triples += [each.triple() for each in self.added if each.path == path]
        for each in self.blank:
            node = ox.BlankNode()
            triples += [ox.Triple(each.subject, each.property, node), ox.Triple(node, PREF_LABEL, each.value)]
        return write(triples, opening_comments=document.opening_comments)


Maker = Callable[["World", Random], Iterator[Edit]]


@dataclass(frozen=True)
class Kind:
    """One kind of mistake.

    Attributes:
        name: In small letters with hyphens.
        says: What the mistake is, in a line.
        make: Gives all the mistakes of this kind that the data allow.
        textual: Why only the text of the source can betray it; empty for all other kinds.
        reader: Whether not even a program that has the text can tell, but only a reader.
    """

    name: str
    says: str
    make: Maker
    textual: str = ""
    reader: bool = False


KINDS: dict[str, Kind] = {}


def kind(make: Maker) -> Maker:
    """Enter a maker among the kinds; its docstring says what the mistake is."""
    return _enter(make, "")


def textual(why: str) -> Callable[[Maker], Maker]:
    """Enter a maker among the kinds that only the text of the source can betray, with the reason."""
    return lambda make: _enter(make, why)


def reading(why: str) -> Callable[[Maker], Maker]:
    """Enter a maker among the kinds that only one who reads the source can see, with the reason."""
    return lambda make: _enter(make, why, reader=True)


def _enter(make: Maker, why: str, *, reader: bool = False) -> Maker:
    name = make.__name__.replace("_", "-")
    KINDS[name] = Kind(name, (make.__doc__ or "").split("\n")[0].rstrip("."), make, why, reader)
    return make


def bl(name: str) -> ox.NamedNode:
    """A term of the ontology."""
    return ox.NamedNode(BL + name)


def iri(name: str) -> ox.NamedNode:
    """The IRI of a prefixed name of the project."""
    full = expand(name)
    if full is None:
        raise ValueError(name)
    return ox.NamedNode(full)


def local(node: ox.NamedNode) -> str:
    """The part of an IRI after the last slash or hash."""
    return shorten(node.value).rpartition(":")[2]


class World:
    """Indexes over the statements of `data/` and of the vocabularies, blank nodes left aside."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.data: list[Statement] = []
        self.vocabulary: list[Statement] = []
        self._about: defaultdict[ox.NamedNode, list[Statement]] = defaultdict(list)
        self._by_property: defaultdict[ox.NamedNode, list[Statement]] = defaultdict(list)
        self._by_value: defaultdict[Value, list[Statement]] = defaultdict(list)
        self._above: defaultdict[ox.NamedNode, set[ox.NamedNode]] = defaultdict(set)
        self._instances: dict[tuple[str, ...], list[ox.NamedNode]] = {}
        self._classes: dict[ox.NamedNode, set[ox.NamedNode]] = {}
        for path, document in sorted(dataset.documents.items()):
            for triple in sorted(set(document.triples), key=str):
                subject, value = triple.subject, triple.object
                if isinstance(subject, ox.NamedNode) and isinstance(value, ox.NamedNode | ox.Literal):
                    self._take(Statement(path, subject, triple.predicate, value))

    def _take(self, statement: Statement) -> None:
        if statement.property.value == RDFS + "subClassOf" and isinstance(statement.value, ox.NamedNode):
            self._above[statement.subject].add(statement.value)
        if statement.path.startswith("data/"):
            self.data.append(statement)
        elif statement.path.startswith("ontology/vocab/"):
            self.vocabulary.append(statement)
        else:
            return
        self._about[statement.subject].append(statement)
        self._by_property[statement.property].append(statement)
        self._by_value[statement.value].append(statement)

    def about(self, subject: ox.NamedNode) -> list[Statement]:
        """All statements about a thing."""
        return self._about.get(subject, [])

    def naming(self, value: Value, *properties: str) -> list[Statement]:
        """All statements that have this value, of the named properties or of any."""
        wanted = {bl(name) for name in properties}
        return [each for each in self._by_value.get(value, []) if not wanted or each.property in wanted]

    def having(self, *properties: str) -> list[Statement]:
        """All statements of the named properties of the ontology."""
        return [each for name in properties for each in self._by_property.get(bl(name), [])]

    def of(self, subject: ox.NamedNode, *properties: str) -> list[Statement]:
        """The statements about a thing of the named properties of the ontology."""
        wanted = {bl(name) for name in properties}
        return [each for each in self.about(subject) if each.property in wanted]

    def thing(self, subject: ox.NamedNode, name: str) -> ox.NamedNode | None:
        """The first value of a property that is a thing."""
        return next((each.value for each in self.of(subject, name) if isinstance(each.value, ox.NamedNode)), None)

    def text(self, subject: ox.NamedNode, name: str) -> str:
        """The characters of the first value of a property that is a literal; empty if there is none."""
        return next((each.value.value for each in self.of(subject, name) if isinstance(each.value, ox.Literal)), "")

    def classes(self, subject: ox.NamedNode) -> set[ox.NamedNode]:
        """The asserted classes of a thing, and those above them."""
        if subject in self._classes:
            return self._classes[subject]
        found = self._classes[subject] = set()
        todo = [
            each.value for each in self.about(subject) if each.property == TYPE and isinstance(each.value, ox.NamedNode)
        ]
        while todo:
            each = todo.pop()
            if each not in found:
                found.add(each)
                todo += self._above[each]
        return found

    def instances(self, *names: str) -> list[ox.NamedNode]:
        """The things of data and vocabularies that are of one of the classes, in one order."""
        if names not in self._instances:
            wanted = {bl(name) for name in names}
            self._instances[names] = [node for node in sorted(self._about, key=str) if self.classes(node) & wanted]
        return self._instances[names]

    def home(self, subject: ox.NamedNode) -> str:
        """The file that gives a thing its type."""
        return next(each.path for each in self.about(subject) if each.property == TYPE)

    def claims_for(self, thing: ox.NamedNode) -> list[ox.NamedNode]:
        """The claims that support a thing."""
        return [each.subject for each in self.naming(thing, "supports")]


def dropped(statement: Statement) -> Edit:
    """The mistake of leaving a statement out."""
    return Edit(f"{shown(statement)} left out", removed=(statement,))


def changed(statement: Statement, value: Value) -> Edit:
    """The mistake of giving a statement another value."""
    return Edit(f"{shown(statement)} became {_term(value)}", removed=(statement,), added=(statement.with_value(value),))


def added(*statements: Statement) -> Edit:
    """The mistake of adding statements."""
    return Edit(f"added {'; '.join(map(shown, statements))}", added=statements)


def shown(statement: Statement) -> str:
    """A statement for people's eyes."""
    return f"{shorten(statement.subject.value)} {shorten(statement.property.value)} {_term(statement.value)}"


def _term(value: Value) -> str:
    return shorten(value.value) if isinstance(value, ox.NamedNode) else f'"{value.value[:60]}"'


def misspelt(word: str, random: Random) -> str:
    """A word with one slip: a letter left out, doubled, swapped with the next or replaced."""
    while True:
        at = random.randrange(1, len(word))
        slips = [
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :],
            word[:at] + random.choice("abcdefghijklmnopqrstuvwxyz") + word[at + 1 :],
        ]
        slip = random.choice(slips)
        if slip and slip != word:
            return slip


def copied(world: World, thing: ox.NamedNode, suffix: str) -> list[Statement]:
    """A second description of a fact under another IRI, with a claim and a locator of its own."""
    names = {thing: _second(thing, suffix)}
    described = world.about(thing)
    for claim in world.claims_for(thing)[:1]:
        names[claim] = _second(claim, suffix)
        for each in world.about(claim):
            if each.property == bl("supports") and each.value != thing:
                continue
            described = [*described, each]
        for locator in world.of(claim, "hasLocator"):
            if isinstance(locator.value, ox.NamedNode):
                names[locator.value] = _second(locator.value, suffix)
                described = [*described, *world.about(locator.value)]
    texts = {bl("gloss"), PREF_LABEL}
    return [
        each._replace(
            subject=names[each.subject],
            value=_second_text(each.value)
            if each.property in texts
            else names.get(each.value, each.value)
            if isinstance(each.value, ox.NamedNode)
            else each.value,
        )
        for each in described
    ]


def _second(node: ox.NamedNode, suffix: str) -> ox.NamedNode:
    return ox.NamedNode(node.value + suffix)


def _second_text(value: Value) -> Value:
    if not isinstance(value, ox.Literal) or value.language is None:
        return value
    return ox.Literal(f"Again: {value.value}" if value.language == "en" else value.value, language=value.language)
