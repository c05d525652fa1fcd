"""Contradictions: the rules that end in `false`, tried once the closure is whole.

Source: W3C, OWL 2 Web Ontology Language Profiles (Second Edition), 4.3,
tables 4 to 8. Of dt-eq and dt-diff only this is used: two literals that were
made equal and whose values differ are a case of eq-diff1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from pyoxigraph import Literal, Triple

from kg.reason.axioms import count, restrictions
from kg.reason.clauses import REPLACEMENT, Clause, X, Y
from kg.reason.facts import Fact, Facts, show
from kg.reason.literals import DATATYPES, contains, differ
from kg.reason.plan import holds, plan, size
from kg.reason.proof import stated
from kg.reason.vocabulary import (
    ALL_DIFFERENT,
    ALL_DISJOINT_CLASSES,
    ALL_DISJOINT_PROPERTIES,
    ASSERTION_PROPERTY,
    ASYMMETRIC,
    COMPLEMENT_OF,
    DIFFERENT_FROM,
    DISJOINT_WITH,
    DISTINCT_MEMBERS,
    IRREFLEXIVE,
    MAX_CARDINALITY,
    MAX_QUALIFIED_CARDINALITY,
    MEMBERS,
    NOTHING,
    ON_CLASS,
    PROPERTY_DISJOINT_WITH,
    SAME_AS,
    SOURCE_INDIVIDUAL,
    TARGET_INDIVIDUAL,
    TARGET_VALUE,
    THING,
    TYPE,
)

# By rule, what is wrong, in terms of the premises that the clause's body gives.
MESSAGES = {
    "eq-diff1": "{0.subject} and {0.object} are made the same, but are different.",
    "eq-diff2": "{0.subject} and {0.object} are made the same, but are listed as different.",
    "eq-diff3": "{0.subject} and {0.object} are made the same, but are listed as different.",
    "prp-irp": "{0.subject} is linked to itself by {0.predicate}, which is irreflexive.",
    "prp-asyp": "{0.subject} and {0.object} are linked both ways by {0.predicate}, which is asymmetric.",
    "prp-pdw": "{0.subject} and {0.object} have both {0.predicate} and {1.predicate}, which are disjoint.",
    "prp-adp": "{0.subject} and {0.object} have both {0.predicate} and {1.predicate}, which are disjoint.",
    "prp-npa1": "{0.subject} is linked to {0.object} by {0.predicate}, which is denied.",
    "prp-npa2": "{0.subject} has {0.object} for {0.predicate}, which is denied.",
    "cls-nothing2": "{0.subject} belongs to a class that can have no members.",
    "cls-com": "{0.subject} belongs to {0.object} and to its complement {1.object}.",
    "cls-maxc1": "{1.subject} may have no {1.predicate}, but has {1.object}.",
    "cls-maxqc1": "{1.subject} may have no {1.predicate} of {2.object}, but has {1.object}.",
    "cls-maxqc2": "{1.subject} may have no {1.predicate}, but has {1.object}.",
    "cax-dw": "{0.subject} belongs to {0.object} and {1.object}, which are disjoint.",
    "cax-adc": "{0.subject} belongs to {0.object} and {1.object}, which are disjoint.",
    "dt-not-type": "{0.subject} is not a value of {0.object}.",
}


@dataclass(frozen=True)
class Clash:
    """A contradiction: the rule that ends in `false`, the triples that fulfil it, and what is wrong."""

    rule: str
    premises: tuple[Triple, ...]
    message: str


class _Words:
    """A fact for the placeholders of `MESSAGES`."""

    def __init__(self, facts: Facts, fact: Fact) -> None:
        self.subject, self.predicate, self.object = (show(facts.terms[number]) for number in fact)


def clashes(facts: Facts) -> list[Clash]:
    """Every contradiction among facts that are closed; one premise set counts once for a rule."""
    found: dict[tuple[str, frozenset[Triple]], Clash] = {}
    for clause in contradictions(facts):
        # Joined from the premise with the fewest facts; most often there are none.
        sizes = [size(atom, facts) for atom in clause.body]
        if not all(sizes):
            continue
        seeded = plan(clause, sizes.index(min(sizes)), facts)
        for row in holds(seeded, facts):
            premises = stated(facts, seeded.premises(row))
            words = (_Words(facts, seeded.fact(atom, row)) for atom in clause.body)
            message = MESSAGES[clause.rule].format(*words)
            found.setdefault((clause.rule, frozenset(premises)), Clash(clause.rule, premises, message))
    return list(found.values())


def contradictions(facts: Facts) -> list[Clause]:
    """Every clause without a head that the axioms among the facts give."""
    return [
        *_of_equality(facts),
        *_of_properties(facts),
        *_of_denials(facts),
        *_of_classes(facts),
        *_of_at_most_none(facts),
        *_of_literals(facts),
    ]


def _of_equality(facts: Facts) -> Iterator[Clause]:
    """eq-diff1, eq-diff2, eq-diff3; what equals itself (eq-ref) is not among the facts, but counts."""
    equal = {frozenset(pair): pair for pair in reversed(facts.known[SAME_AS])}
    for (x, y), reason in facts.known[DIFFERENT_FROM].items():
        # A difference that only repeats another for an equal thing would repeat its clash.
        if reason is None or reason[0].clause not in REPLACEMENT:
            if x == y:
                yield Clause("eq-diff1", (), ((x, DIFFERENT_FROM, y),), None)
            else:
                yield Clause("eq-diff1", ((x, DIFFERENT_FROM, y),), ((x, SAME_AS, y),), None)
    for x in facts.backward(TYPE).get(ALL_DIFFERENT, ()):
        for rule, predicate in (("eq-diff2", MEMBERS), ("eq-diff3", DISTINCT_MEMBERS)):
            for head in facts.objects(x, predicate):
                axioms = ((x, TYPE, ALL_DIFFERENT), (x, predicate, head))
                times = Counter(facts.items(head))
                for one, other in equal.values():
                    if times[one] and times[other] and (one != other or times[one] > 1):
                        yield Clause(rule, axioms, ((one, SAME_AS, other),), None)


def _of_properties(facts: Facts) -> Iterator[Clause]:
    """prp-irp, prp-asyp, prp-pdw, prp-adp."""
    of_kind = facts.backward(TYPE)
    for p in of_kind.get(IRREFLEXIVE, ()):
        yield Clause("prp-irp", ((p, TYPE, IRREFLEXIVE),), ((X, p, X),), None)
    for p in of_kind.get(ASYMMETRIC, ()):
        yield Clause("prp-asyp", ((p, TYPE, ASYMMETRIC),), ((X, p, Y), (Y, p, X)), None)
    for p, q in facts.known[PROPERTY_DISJOINT_WITH]:
        yield Clause("prp-pdw", ((p, PROPERTY_DISJOINT_WITH, q),), ((X, p, Y), (X, q, Y)), None)
    for x in of_kind.get(ALL_DISJOINT_PROPERTIES, ()):
        for head in facts.objects(x, MEMBERS):
            axioms = ((x, TYPE, ALL_DISJOINT_PROPERTIES), (x, MEMBERS, head))
            for p, q in combinations(facts.items(head), 2):
                yield Clause("prp-adp", axioms, ((X, p, Y), (X, q, Y)), None)


def _of_denials(facts: Facts) -> Iterator[Clause]:
    """prp-npa1, prp-npa2."""
    for x, subject in facts.known[SOURCE_INDIVIDUAL]:
        for p in facts.objects(x, ASSERTION_PROPERTY):
            for rule, target in (("prp-npa1", TARGET_INDIVIDUAL), ("prp-npa2", TARGET_VALUE)):
                for value in facts.objects(x, target):
                    axioms = ((x, SOURCE_INDIVIDUAL, subject), (x, ASSERTION_PROPERTY, p), (x, target, value))
                    yield Clause(rule, axioms, ((subject, p, value),), None)


def _of_classes(facts: Facts) -> Iterator[Clause]:
    """cls-nothing2, cls-com, cax-dw, cax-adc."""
    yield Clause("cls-nothing2", (), ((X, TYPE, NOTHING),), None)
    for c, d in facts.known[COMPLEMENT_OF]:
        yield Clause("cls-com", ((c, COMPLEMENT_OF, d),), ((X, TYPE, c), (X, TYPE, d)), None)
    for c, d in facts.known[DISJOINT_WITH]:
        yield Clause("cax-dw", ((c, DISJOINT_WITH, d),), ((X, TYPE, c), (X, TYPE, d)), None)
    for x in facts.backward(TYPE).get(ALL_DISJOINT_CLASSES, ()):
        for head in facts.objects(x, MEMBERS):
            axioms = ((x, TYPE, ALL_DISJOINT_CLASSES), (x, MEMBERS, head))
            for c, d in combinations(facts.items(head), 2):
                yield Clause("cax-adc", axioms, ((X, TYPE, c), (X, TYPE, d)), None)


def _of_at_most_none(facts: Facts) -> Iterator[Clause]:
    """cls-maxc1, cls-maxqc1, cls-maxqc2."""
    for c, p, filler, axioms in restrictions(facts, MAX_CARDINALITY):
        if count(facts, filler) == 0:
            yield Clause("cls-maxc1", axioms, ((X, TYPE, c), (X, p, Y)), None)
    for c, p, filler, axioms in restrictions(facts, MAX_QUALIFIED_CARDINALITY):
        if count(facts, filler) != 0:
            continue
        for kind in facts.objects(c, ON_CLASS):
            body = ((X, TYPE, c), (X, p, Y))
            premises = (*axioms, (c, ON_CLASS, kind))
            if kind == THING:
                yield Clause("cls-maxqc2", premises, body, None)
            else:
                yield Clause("cls-maxqc1", premises, (*body, (Y, TYPE, kind)), None)


def _of_literals(facts: Facts) -> Iterator[Clause]:
    """dt-not-type, and eq-diff1 for literals whose values differ (dt-diff)."""
    members = facts.backward(TYPE)
    for datatype in sorted(DATATYPES, key=str):
        number = facts.number(datatype)
        if number is None:
            continue
        for member in members.get(number, ()):
            term = facts.terms[member]
            if isinstance(term, Literal) and contains(datatype, term) is False:
                yield Clause("dt-not-type", (), ((member, TYPE, number),), None)
    for one, other in facts.known[SAME_AS]:
        left, right = facts.terms[one], facts.terms[other]
        if isinstance(left, Literal) and isinstance(right, Literal) and differ(left, right):
            yield Clause("eq-diff1", (), ((one, SAME_AS, other),), None)
