"""The axioms of an ontology as clauses over the data: what follows from what.

Source: W3C, OWL 2 Web Ontology Language Profiles (Second Edition), 4.3,
tables 5 (prp-), 6 (cls-) and 7 (cax-), scm-int and scm-uni of table 9, and of
eq-ref and dt-type2 (tables 4 and 8) what other rules can need.
Rules that end in a clash are in `clash`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress

from pyoxigraph import Literal

from kg.reason.clauses import REDUNDANT, Clause, U, X, Y, Z
from kg.reason.facts import Fact, Facts, Pair
from kg.reason.literals import DATATYPES, contains
from kg.reason.vocabulary import (
    ALL_DIFFERENT,
    ALL_VALUES_FROM,
    DISTINCT_MEMBERS,
    DOMAIN,
    EQUIVALENT_CLASS,
    EQUIVALENT_PROPERTY,
    FUNCTIONAL,
    HAS_KEY,
    HAS_VALUE,
    INTERSECTION_OF,
    INVERSE_FUNCTIONAL,
    INVERSE_OF,
    MAX_CARDINALITY,
    MAX_QUALIFIED_CARDINALITY,
    MEMBERS,
    ON_CLASS,
    ON_PROPERTY,
    ONE_OF,
    PROPERTY_CHAIN_AXIOM,
    RANGE,
    SAME_AS,
    SOME_VALUES_FROM,
    SUB_CLASS_OF,
    SUB_PROPERTY_OF,
    SYMMETRIC,
    THING,
    TRANSITIVE,
    TYPE,
    UNION_OF,
)


def consequences(facts: Facts) -> list[Clause]:
    """Every clause that the axioms among the facts give, in a fixed order."""
    clauses = [
        *_of_properties(facts),
        *_of_kinds_of_property(facts),
        *_of_property_lists(facts),
        *_of_classes(facts),
        *_of_class_lists(facts),
        *_of_value_restrictions(facts),
        *_of_at_most_one(facts),
        *_of_lists_of_different(facts),
    ]
    return [*clauses, *_of_literals(facts, clauses)]


def _of_properties(facts: Facts) -> Iterator[Clause]:
    """prp-dom, prp-rng, prp-spo1, prp-eqp1, prp-eqp2, prp-inv1, prp-inv2."""
    for p, c in _axioms(facts, DOMAIN):
        yield Clause("prp-dom", ((p, DOMAIN, c),), ((X, p, Y),), (X, TYPE, c))
    for p, c in _axioms(facts, RANGE):
        yield Clause("prp-rng", ((p, RANGE, c),), ((X, p, Y),), (Y, TYPE, c))
    for p, q in _axioms(facts, SUB_PROPERTY_OF):
        yield Clause("prp-spo1", ((p, SUB_PROPERTY_OF, q),), ((X, p, Y),), (X, q, Y))
    for p, q in _axioms(facts, EQUIVALENT_PROPERTY):
        yield Clause("prp-eqp1", ((p, EQUIVALENT_PROPERTY, q),), ((X, p, Y),), (X, q, Y))
        yield Clause("prp-eqp2", ((p, EQUIVALENT_PROPERTY, q),), ((X, q, Y),), (X, p, Y))
    for p, q in facts.known[INVERSE_OF]:
        yield Clause("prp-inv1", ((p, INVERSE_OF, q),), ((X, p, Y),), (Y, q, X))
        yield Clause("prp-inv2", ((p, INVERSE_OF, q),), ((X, q, Y),), (Y, p, X))


def _of_kinds_of_property(facts: Facts) -> Iterator[Clause]:
    """prp-fp, prp-ifp, prp-symp, prp-trp."""
    of_kind = facts.backward(TYPE)
    for p in of_kind.get(FUNCTIONAL, ()):
        yield Clause("prp-fp", ((p, TYPE, FUNCTIONAL),), ((X, p, Y), (X, p, Z)), (Y, SAME_AS, Z))
    for p in of_kind.get(INVERSE_FUNCTIONAL, ()):
        yield Clause("prp-ifp", ((p, TYPE, INVERSE_FUNCTIONAL),), ((X, p, Z), (Y, p, Z)), (X, SAME_AS, Y))
    for p in of_kind.get(SYMMETRIC, ()):
        yield Clause("prp-symp", ((p, TYPE, SYMMETRIC),), ((X, p, Y),), (Y, p, X))
    for p in of_kind.get(TRANSITIVE, ()):
        yield Clause("prp-trp", ((p, TYPE, TRANSITIVE),), ((X, p, Y), (Y, p, Z)), (X, p, Z))


def _of_property_lists(facts: Facts) -> Iterator[Clause]:
    """prp-spo2 of any length and prp-key."""
    for p, head in facts.known[PROPERTY_CHAIN_AXIOM]:
        chain = facts.items(head)
        if chain:
            # Variables -1, -2 ... are the joints of the chain.
            body = tuple((-joint, link, -joint - 1) for joint, link in enumerate(chain, 1))
            yield Clause("prp-spo2", ((p, PROPERTY_CHAIN_AXIOM, head),), body, (-1, p, -len(chain) - 1))
    for c, head in facts.known[HAS_KEY]:
        # Variables below U are the values of the key.
        values = [(start, p, U - place) for place, p in enumerate(facts.items(head), 1) for start in (X, Y)]
        if values:
            body = ((X, TYPE, c), (Y, TYPE, c), *values)
            yield Clause("prp-key", ((c, HAS_KEY, head),), body, (X, SAME_AS, Y))


def _of_classes(facts: Facts) -> Iterator[Clause]:
    """cax-sco, cax-eqc1, cax-eqc2."""
    for c, d in _axioms(facts, SUB_CLASS_OF):
        yield Clause("cax-sco", ((c, SUB_CLASS_OF, d),), ((X, TYPE, c),), (X, TYPE, d))
    for c, d in _axioms(facts, EQUIVALENT_CLASS):
        yield Clause("cax-eqc1", ((c, EQUIVALENT_CLASS, d),), ((X, TYPE, c),), (X, TYPE, d))
        yield Clause("cax-eqc2", ((c, EQUIVALENT_CLASS, d),), ((X, TYPE, d),), (X, TYPE, c))


def _of_class_lists(facts: Facts) -> Iterator[Clause]:
    """cls-int1, cls-int2, scm-int, cls-uni, scm-uni, cls-oo."""
    for c, head in facts.known[INTERSECTION_OF]:
        axioms = ((c, INTERSECTION_OF, head),)
        parts = facts.items(head)
        if parts:
            yield Clause("cls-int1", axioms, tuple((X, TYPE, part) for part in parts), (X, TYPE, c))
        for part in parts:
            yield Clause("cls-int2", axioms, ((X, TYPE, c),), (X, TYPE, part))
            yield Clause("scm-int", axioms, (), (c, SUB_CLASS_OF, part))
    for c, head in facts.known[UNION_OF]:
        axioms = ((c, UNION_OF, head),)
        for part in facts.items(head):
            yield Clause("cls-uni", axioms, ((X, TYPE, part),), (X, TYPE, c))
            yield Clause("scm-uni", axioms, (), (part, SUB_CLASS_OF, c))
    for c, head in facts.known[ONE_OF]:
        for member in facts.items(head):
            yield Clause("cls-oo", ((c, ONE_OF, head),), (), (member, TYPE, c))


def _of_value_restrictions(facts: Facts) -> Iterator[Clause]:
    """cls-svf1, cls-svf2, cls-avf, cls-hv1, cls-hv2."""
    for c, p, filler, axioms in restrictions(facts, SOME_VALUES_FROM):
        if filler == THING:
            yield Clause("cls-svf2", axioms, ((X, p, Y),), (X, TYPE, c))
        else:
            yield Clause("cls-svf1", axioms, ((X, p, Y), (Y, TYPE, filler)), (X, TYPE, c))
    for c, p, filler, axioms in restrictions(facts, ALL_VALUES_FROM):
        yield Clause("cls-avf", axioms, ((X, TYPE, c), (X, p, Y)), (Y, TYPE, filler))
    for c, p, filler, axioms in restrictions(facts, HAS_VALUE):
        yield Clause("cls-hv1", axioms, ((X, TYPE, c),), (X, p, filler))
        yield Clause("cls-hv2", axioms, ((X, p, filler),), (X, TYPE, c))


def _of_at_most_one(facts: Facts) -> Iterator[Clause]:
    """cls-maxc2, cls-maxqc3, cls-maxqc4."""
    for c, p, filler, axioms in restrictions(facts, MAX_CARDINALITY):
        if count(facts, filler) == 1:
            yield Clause("cls-maxc2", axioms, ((X, TYPE, c), (X, p, Y), (X, p, Z)), (Y, SAME_AS, Z))
    for c, p, filler, axioms in restrictions(facts, MAX_QUALIFIED_CARDINALITY):
        if count(facts, filler) != 1:
            continue
        for kind in facts.objects(c, ON_CLASS):
            body = ((X, TYPE, c), (X, p, Y), (X, p, Z))
            premises = (*axioms, (c, ON_CLASS, kind))
            if kind == THING:
                yield Clause("cls-maxqc4", premises, body, (Y, SAME_AS, Z))
            else:
                of_kind = ((Y, TYPE, kind), (Z, TYPE, kind))
                yield Clause("cls-maxqc3", premises, (*body, *of_kind), (Y, SAME_AS, Z))


def _of_lists_of_different(facts: Facts) -> Iterator[Clause]:
    """eq-ref, but only for what a list of different things has twice: there it makes a clash."""
    for x in facts.backward(TYPE).get(ALL_DIFFERENT, ()):
        for predicate in (MEMBERS, DISTINCT_MEMBERS):
            for head in facts.objects(x, predicate):
                for member, times in Counter(facts.items(head)).items():
                    if times > 1:
                        yield Clause("eq-ref", (), (), (member, SAME_AS, member))


def _of_literals(facts: Facts, clauses: list[Clause]) -> Iterator[Clause]:
    """dt-type2, but only for the datatypes that some clause asks for."""
    asked = {value for clause in clauses for _, predicate, value in clause.body if predicate == TYPE and value >= 0}
    datatypes = {number: datatype for datatype in DATATYPES if (number := facts.number(datatype)) in asked}
    if datatypes:
        for number, term in enumerate(facts.terms):
            if isinstance(term, Literal):
                for kind, datatype in sorted(datatypes.items()):
                    if contains(datatype, term):
                        yield Clause("dt-type2", (), (), (number, TYPE, kind))


def restrictions(facts: Facts, kind: int) -> Iterator[tuple[int, int, int, tuple[Fact, ...]]]:
    """Each restriction with its property, its filler and the triples that say so."""
    for c, filler in facts.known[kind]:
        for p in facts.objects(c, ON_PROPERTY):
            yield c, p, filler, ((c, kind, filler), (c, ON_PROPERTY, p))


def count(facts: Facts, number: int) -> int | None:
    """The value of a cardinality; None if it is not a whole number.

    The tables print "1"^^xsd:nonNegativeInteger, but xsd:integer is often written.
    """
    term = facts.terms[number]
    if isinstance(term, Literal):
        with suppress(ValueError):
            return int(term.value)
    return None


def _axioms(facts: Facts, predicate: int) -> Iterator[Pair]:
    """The axioms with a predicate, without those that say a thing of itself or repeat others."""
    for (subject, value), reason in facts.known[predicate].items():
        if subject != value and (reason is None or reason[0].clause.rule not in REDUNDANT):
            yield subject, value
