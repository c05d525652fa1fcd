"""What reasoning must conclude and must not conclude, as two folders of small questions.

Each question of `tests/questions/` is an ASK query over the closure of the ontology and of the Turtle file beside
it. Those in `complete/` must be answered with yes, those in `sound/` with no. Neither answer may be had for nothing:

- a complete question is answered with no before the closure, and with no once any one statement of its file is
  taken out; and every axiom that derives a relation is needed by at least one of them;
- a sound question names a mistake, and is answered with yes once that axiom is in the ontology.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import reason
from kg.namespaces import BL, OWL, PREFIXES, RDF, RDFS
from kg.turtle.writer import format_text

ROOT = Path(__file__).resolve().parents[2]
QUESTIONS = ROOT / "tests" / "questions"
E = "https://e.example/"
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


def names(folder: str) -> list[str]:
    """The stems of the questions in a folder."""
    return sorted(path.stem for path in (QUESTIONS / folder).glob("*.rq"))


def triples(text: str) -> list[ox.Triple]:
    """The statements of a Turtle text."""
    return [quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)]


@cache
def ontology() -> tuple[ox.Triple, ...]:
    """All modules of the ontology, without the texts of labels and definitions, from which nothing follows."""
    files = sorted((ROOT / "ontology").glob("*.ttl"))
    found = (triple for path in files for triple in triples(path.read_text(encoding="utf-8")))
    return tuple(triple for triple in found if not isinstance(triple.object, ox.Literal))


def read(folder: str, name: str, suffix: str) -> str:
    """The text of a question or of its graph."""
    return (QUESTIONS / folder / f"{name}{suffix}").read_text(encoding="utf-8")


def answers(questions: Iterable[str], graph: list[ox.Triple], *, closed: bool = True) -> list[bool]:
    """The answers to ASK queries over a graph, or over its closure."""
    store = ox.Store()
    inferred = reason.close(graph).inferred if closed else ()
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in (*graph, *inferred))
    return [bool(store.query(question)) for question in questions]


def answer(question: str, graph: list[ox.Triple], *, closed: bool = True) -> bool:
    """The answer to one ASK query over a graph, or over its closure."""
    [only] = answers([question], graph, closed=closed)
    return only


def header(text: str, field: str) -> list[str]:
    """The values of a field in the `#+` lines of a question."""
    return re.findall(rf"^#\+ {field}: (.+)$", text, re.MULTILINE)


EVERY = [(folder, name) for folder in ("complete", "sound") for name in names(folder)]


@pytest.mark.parametrize(("folder", "name"), EVERY)
def test_question_is_well_formed(folder: str, name: str) -> None:
    """Each file asks its question in words first, is an ASK query, and has a graph in the canonical layout."""
    text = read(folder, name, ".rq")
    assert re.match(r"#\+ question: [A-Z].*\?\n", text)
    assert re.search(r"^ASK \{$", text, re.MULTILINE)
    assert len(header(text, "mistake")) == (folder == "sound")
    graph = read(folder, name, ".ttl")
    assert graph == format_text(graph, f"{folder}/{name}.ttl")


def test_no_graph_is_left_over() -> None:
    """No graph outlives its question, none is asked twice, and there are enough of both kinds."""
    for folder, fewest in (("complete", 20), ("sound", 12)):
        assert sorted(path.stem for path in (QUESTIONS / folder).glob("*.ttl")) == names(folder)
        assert len(names(folder)) >= fewest
    asked = [header(read(folder, name, ".rq"), "question")[0] for folder, name in EVERY]
    assert len(set(asked)) == len(asked)


@pytest.mark.parametrize(("folder", "name"), EVERY)
def test_terms_are_those_of_the_ontology(folder: str, name: str) -> None:
    """A misspelt term would make a sound question pass for ever; so each term of ours is declared."""
    ours = {triple.subject.value for triple in ontology() if isinstance(triple.subject, ox.NamedNode)}
    local = re.findall(r"\bbl:(\w+)", read(folder, name, ".rq") + read(folder, name, ".ttl"))
    assert [term for term in local if BL + term not in ours] == []


@pytest.mark.parametrize("name", names("complete"))
def test_what_must_follow_follows(name: str) -> None:
    """A complete question is answered with yes after the closure, and with no before it."""
    question = read("complete", name, ".rq")
    graph = [*ontology(), *triples(read("complete", name, ".ttl"))]
    closure = reason.close(graph)
    assert closure.clashes == ()
    assert answer(question, [*graph, *closure.inferred], closed=False)
    assert not answer(question, graph, closed=False)


@pytest.mark.parametrize("name", names("complete"))
def test_every_statement_is_needed(name: str) -> None:
    """The graph of a complete question is the smallest: without any one of its statements the answer is no."""
    question, statements = read("complete", name, ".rq"), triples(read("complete", name, ".ttl"))
    idle = [
        str(left_out)
        for left_out in statements
        if answer(question, [*ontology(), *(triple for triple in statements if triple != left_out)])
    ]
    assert idle == []


@pytest.mark.parametrize("name", names("sound"))
def test_what_must_not_follow_does_not(name: str) -> None:
    """A sound question is answered with no, and with yes once its mistake is made in the ontology."""
    question = read("sound", name, ".rq")
    graph = [*ontology(), *triples(read("sound", name, ".ttl"))]
    closure = reason.close(graph)
    assert closure.clashes == ()
    assert not answer(question, [*graph, *closure.inferred], closed=False)
    [mistake] = header(question, "mistake")
    planted = triples(HEAD + mistake)
    assert set(planted).isdisjoint(ontology())
    assert answer(question, [*graph, *planted])


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


@cache
def all_complete() -> tuple[tuple[str, ...], tuple[ox.Triple, ...]]:
    """All complete questions and all their graphs, each with names of its own."""
    folder = "complete"
    asked = tuple(read(folder, name, ".rq").replace(E, f"{E}{name}/") for name in names(folder))
    stated = [triples(read(folder, name, ".ttl").replace(E, f"{E}{name}/")) for name in names(folder)]
    return asked, tuple(triple for graph in stated for triple in graph)


def all_without(*axioms: Axiom) -> bool:
    """Whether all complete questions are still answered with yes by an ontology without some of its axioms."""
    left_out = {derivations()[axiom] for axiom in axioms}
    questions, stated = all_complete()
    return all(answers(questions, [*(triple for triple in ontology() if triple not in left_out), *stated]))


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
