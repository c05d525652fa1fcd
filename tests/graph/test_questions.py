"""What reasoning must conclude and must not conclude, as two folders of small questions.

`kg check` asks each question of `ontology/questions/` (kg/guards/questions.py). Neither answer may be had for nothing:

- a complete question is answered with no before the closure, and with no once any one statement of its file is
  taken out; and every axiom that derives a relation is needed by at least one of them;
- a sound question names a mistake, and is answered with yes once that axiom is in the ontology.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

import pyoxigraph as ox
import pytest

from conftest import ROOT, project_at
from kg import reason
from kg.dataset import read_dataset
from kg.guards.questions import COMPLETE, SOUND, Question, answers, axioms, judged, question_findings, read_questions
from kg.namespaces import BL, OWL, PREFIXES, RDF, RDFS
from kg.turtle.writer import format_text

HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())

CHAIN, INVERSE, SUBPROPERTY = OWL + "propertyChainAxiom", OWL + "inverseOf", RDFS + "subPropertyOf"
CHARACTERISTICS = {OWL + "TransitiveProperty", OWL + "SymmetricProperty"}
# Sub-properties of these two are many and alike; two questions take some of them together.
GENERAL = {BL + "participant", BL + "classifiedAs"}

Axiom = tuple[str, str, str]

# Axioms whose conclusions another gives as well, with that other: taken out together, a question must fail.
ALSO_BY: dict[Axiom, Axiom] = {
    ("upstreamOf", "a", "TransitiveProperty"): ("downstreamOf", "a", "TransitiveProperty"),
    ("downstreamOf", "a", "TransitiveProperty"): ("upstreamOf", "a", "TransitiveProperty"),
    ("adjacentAcrossBorder", "chain", "isSideAOf sideB"): ("adjacentAcrossBorder", "chain", "isSideBOf sideA"),
    ("adjacentAcrossBorder", "chain", "isSideBOf sideA"): ("adjacentAcrossBorder", "chain", "isSideAOf sideB"),
    ("adjacentAcrossBorder", "a", "SymmetricProperty"): ("adjacentAcrossBorder", "chain", "isSideAOf sideB"),
    ("supports", "sub", "about"): ("supportedBy", "sub", "subjectOfClaim"),
    ("supportedBy", "sub", "subjectOfClaim"): ("supports", "sub", "about"),
}


QUESTIONS = {f"{question.folder}/{question.name}": question for question in read_questions(project_at(ROOT))}
MUST = [question for question in QUESTIONS.values() if question.folder == COMPLETE]
MUST_NOT = [question for question in QUESTIONS.values() if question.folder == SOUND]


def name(question: Question) -> str:
    """The name of a question as the id of its test."""
    return question.name


def triples(text: str) -> list[ox.Triple]:
    """The statements of a Turtle text."""
    return [quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)]


@cache
def ontology() -> tuple[ox.Triple, ...]:
    """What reasoning takes of the ontology."""
    return tuple(axioms(read_dataset(project_at(ROOT))))


def answer(question: Question, graph: Iterable[ox.Triple]) -> bool:
    """The answer to one question over the closure of the ontology and a graph."""
    statements = [*ontology(), *graph]
    [only] = answers([question], [*statements, *reason.close(statements).inferred])
    return only


def test_kg_check_finds_nothing() -> None:
    """All answers are right, those to all questions at once and those to each alone."""
    assert question_findings(read_dataset(project_at(ROOT)), [*MUST, *MUST_NOT]) == []
    for question in (*MUST, *MUST_NOT):
        assert judged([question], ontology()) == ([question.folder == COMPLETE], False)


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_question_is_well_formed(question: Question) -> None:
    """Each file asks its question in words first, is an ASK query, and has a graph in the canonical layout."""
    assert re.match(r"#\+ question: [A-Z].*\?\n", question.text)
    assert re.search(r"^ASK \{$", question.text, re.MULTILINE)
    assert len(question.header("mistake")) == (question.folder == SOUND)
    assert question.graph == format_text(question.graph, f"{question.name}.ttl")


def test_none_is_asked_twice() -> None:
    """There are enough questions of both kinds, and all are different."""
    assert len(MUST) >= 20
    assert len(MUST_NOT) >= 12
    asked = [question.words for question in (*MUST, *MUST_NOT)]
    assert len(set(asked)) == len(asked)


@pytest.mark.parametrize("question", MUST, ids=name)
def test_nothing_follows_before_the_closure(question: Question) -> None:
    """A complete question is answered with no by what is stated."""
    assert answers([question], [*ontology(), *question.triples]) == [False]


@pytest.mark.parametrize("question", MUST, ids=name)
def test_every_statement_is_needed(question: Question) -> None:
    """The graph of a complete question is the smallest: without any one of its statements the answer is no."""
    statements = question.triples
    idle = [
        str(left_out)
        for left_out in statements
        if answer(question, (triple for triple in statements if triple != left_out))
    ]
    assert idle == []


@pytest.mark.parametrize("question", MUST_NOT, ids=name)
def test_mistake_is_seen(question: Question) -> None:
    """A sound question is answered with yes once its mistake is made in the ontology."""
    [mistake] = question.header("mistake")
    planted = triples(HEAD + mistake)
    assert set(planted).isdisjoint(ontology())
    assert answer(question, [*question.triples, *planted])


def local(term: object) -> str:
    """The part of an IRI after the hash."""
    assert isinstance(term, ox.NamedNode)
    return term.value.rpartition("#")[2]


def members(node: object) -> list[str]:
    """The local names in an RDF list of the ontology."""
    links = {(t.subject, t.predicate.value): t.object for t in ontology() if isinstance(t.subject, ox.BlankNode)}
    found = []
    while isinstance(node, ox.BlankNode):
        found.append(local(links[node, RDF + "first"]))
        node = links[node, RDF + "rest"]
    return found


@cache
def derivations() -> dict[Axiom, ox.Triple]:
    """Every axiom that derives a relation from others, by property, kind and the rest of it."""
    found: dict[Axiom, ox.Triple] = {}
    for triple in ontology():
        predicate, value = triple.predicate.value, triple.object
        if predicate == CHAIN:
            found[local(triple.subject), "chain", " ".join(members(value))] = triple
        elif not isinstance(value, ox.NamedNode) or not isinstance(triple.subject, ox.NamedNode):
            continue
        elif predicate == INVERSE:
            found[local(triple.subject), "inverse", local(value)] = triple
        elif predicate == SUBPROPERTY and value.value not in GENERAL:
            found[local(triple.subject), "sub", local(value)] = triple
        elif predicate == RDF + "type" and value.value in CHARACTERISTICS:
            found[local(triple.subject), "a", local(value)] = triple
    return found


def all_without(*axioms: Axiom) -> bool:
    """Whether all complete questions are still answered with yes by an ontology without some of its axioms."""
    left_out = {derivations()[axiom] for axiom in axioms}
    return all(judged([question.apart() for question in MUST], (t for t in ontology() if t not in left_out))[0])


@pytest.mark.parametrize("axiom", derivations(), ids=" ".join)
def test_every_derivation_is_asked_for(axiom: Axiom) -> None:
    """Without a chain, an inverse, a transitivity, a symmetry or a sub-property some question is answered with no."""
    also_by = ALSO_BY.get(axiom)
    if also_by is not None:
        assert all_without(axiom)
        assert all_without(also_by)
    assert not all_without(*filter(None, (axiom, also_by)))


def test_graphs_together_answer_all() -> None:
    """With all its axioms the ontology answers every complete question over all graphs at once."""
    assert all_without()
