"""Every class, property and vocabulary entry in use matters to a question with agreed rows; each rule can fail."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.files import Build
from kg.namespaces import BL, GRAPH, PREFIXES, RDF, SKOS
from tools.matters.cases import Case
from tools.matters.terms import Term, names, own_names, terms_in_use
from tools.matters.trial import Trial, idle


@pytest.fixture(scope="module")
def trial(real_build: Build) -> Trial:
    """The real graph with all questions that have agreed rows."""
    return Trial(real_build)


def test_every_term_in_use_matters(trial: Trial) -> None:
    """The list of the terms that matter to no question is empty. If not: `python -m tools.matters --add`."""
    assert len(trial.terms) > 800
    assert [(term.iri, why) for term, why in idle(trial)] == []


def test_term_that_only_an_open_pattern_reaches_is_missed(real_build: Build, trial: Trial) -> None:
    """Without rows agreed for the very entry it is no use that a query would take it as a value."""
    entry = Term(PREFIXES["unit"] + "hour", "entry")
    assert trial.naming(entry)
    alone = Trial(real_build, cases=[Case("about-thing", "thing=unit:hour")])
    assert list(idle(alone, [entry])) == [(entry, "no query with agreed rows names it")]


def test_term_without_effect_is_missed(real_build: Build) -> None:
    """A property that a query names is idle if all agreed rows stay without its triples."""
    alone = Trial(real_build, cases=[])
    hardly = Term(BL + "jelCode", "property")
    assert list(idle(alone, [hardly])) == [(hardly, "nothing changes without its triples in record-of-source")]


@pytest.mark.parametrize(
    ("kind", "iri"),
    [("property", BL + "locatedAt"), ("class", BL + "State"), ("entry", PREFIXES["commodity"] + "coal")],
)
def test_triples_of_a_term_come_back(kind: str, iri: str, trial: Trial) -> None:
    """Taken away are the triples of the term, and after it the rows are what they were."""
    term = Term(iri, kind)
    assert trial.changed(term, trial.naming(term))
    assert trial.changed(Term(BL + "nothing", kind), trial.cases) is None


def test_what_follows_goes_too(real_build: Build) -> None:
    """In the exact trial an inferred tie goes with the situations from which it follows; else it stays."""
    located = Term(BL + "locatedAt", "property")
    ties = [Case("ties-of-thing")]
    assert Trial(real_build, cases=[]).changed(located, ties) is None
    assert Trial(real_build, exact=True, cases=[]).changed(located, ties) == ties[0]


def test_named_is_what_the_patterns_name() -> None:
    """Prefixes, texts and remarks name nothing; the line of a parameter names nothing for the query itself."""
    text = """
    PREFIX bl: <https://w3id.org/borderlands/ont#>
    SELECT ?x WHERE {
      VALUES ?goods { commodity:coal }
      ?x a bl:Class ; bl:path/bl:to* <https://e.example/#iri> . # bl:inRemark
      FILTER (?x != "bl:inText" && ?y IN (bl:one, bl:two))
    }
    """
    own = {BL + name for name in ("Class", "path", "to", "one", "two")} | {"https://e.example/#iri"}
    assert own_names(text, ["goods"]) == own
    assert names(text) == own | {PREFIXES["commodity"] + "coal"}


def test_terms_in_use_are_those_of_facts() -> None:
    """In use is what facts or entries say something with, not what is only described."""

    def quad(graph: str, *terms: str) -> ox.Quad:
        subject, predicate, value = map(ox.NamedNode, terms)
        return ox.Quad(subject, predicate, value, ox.NamedNode(GRAPH + graph))

    a, entry = RDF + "type", PREFIXES["commodity"] + "coal"
    quads = [
        quad("data/x", "urn:flow", a, BL + "CommodityFlow"),
        quad("data/x", "urn:flow", BL + "flowCommodity", entry),
        quad("ontology/vocab/commodity", entry, SKOS + "inScheme", "urn:scheme"),
        quad("ontology/chain", BL + "idle", a, "urn:Property"),
        quad("inferred", "urn:flow", BL + "supportedBy", "urn:claim"),
    ]
    assert [(term.kind, term.iri) for term in terms_in_use(quads)] == [
        ("class", BL + "CommodityFlow"),
        ("entry", entry),
        ("property", SKOS + "inScheme"),
        ("property", BL + "flowCommodity"),
        ("property", BL + "supportedBy"),
    ]
