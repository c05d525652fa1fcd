"""The OWL 2 RL closure of a graph, with a reason for each triple and every clash.

Semi-naive and in rounds: what a round finds is tried on each premise of each
clause in the next, until a round finds nothing. Clauses are made from the
axioms first; should the data give new axioms, from those again.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from pyoxigraph import Triple

from kg.reason.axioms import consequences
from kg.reason.clash import Clash, clashes
from kg.reason.clauses import FIXED, REPLACE_OBJECT, REPLACE_PREDICATE, REPLACE_SUBJECT, Clause, U, V, X, Y
from kg.reason.facts import Facts, Pair, Row
from kg.reason.plan import Plan, holds, plans, variables_plan
from kg.reason.proof import Derivation, derivation, inferred
from kg.reason.vocabulary import SAME_AS, TYPE
from kg.reason.ways import Way, ways

_SLOTS = {X: 0, Y: 1, U: 2, V: 3}


@dataclass(frozen=True)
class Closure:
    """What follows from a graph.

    Attributes:
        inferred: The new triples, none of them trivial; in one order for one input.
        clashes: The contradictions; empty if ontology and data agree.
    """

    inferred: tuple[Triple, ...]
    clashes: tuple[Clash, ...]
    _facts: Facts = field(repr=False, compare=False)

    def derivation(self, triple: Triple) -> Derivation | None:
        """How a triple was inferred first; None if it was asserted.

        Each premise is again asserted or inferred; a trivial one is replaced
        by its own premises. To follow the premises is to come to an end.

        Raises:
            KeyError: The triple does not follow from the graph.
        """
        return derivation(self._facts, triple)

    def ways(self, triple: Triple) -> list[Way]:
        """How a triple that does not follow could follow, the nearest first; see `kg.reason.ways`."""
        return ways(self._facts, triple)


def close(triples: Iterable[Triple]) -> Closure:
    """Everything that follows from a graph by the rules of OWL 2 RL.

    Args:
        triples: Ontology and data, merged.

    Raises:
        DataError: An RDF list is broken.
    """
    with _collector_paused():
        facts = Facts(triples)
        closing = _Closing(facts)
        closing.add_clauses(FIXED)
        closing.replace_equals({predicate: list(pairs) for predicate, pairs in facts.known.items()})
        while facts.schema_grew:
            facts.schema_grew = False
            closing.add_clauses(consequences(facts))
        return Closure(tuple(inferred(facts)), tuple(clashes(facts)), facts)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Switch cyclic garbage collection off for a while.

    A closure makes many tuples and keeps them all; to look through them again
    and again for garbage took half of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Closing:
    """The clauses in force, sorted by the premise that a new fact can fulfil."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._in_force: set[Clause] = set()
        self._by_predicate: defaultdict[int, list[Plan]] = defaultdict(list)
        self._by_class: defaultdict[int, list[Plan]] = defaultdict(list)
        self._replacing: dict[tuple[str, int], Plan] = {}

    def add_clauses(self, clauses: Iterable[Clause]) -> None:
        """Put new clauses in force, and take all that follows."""
        first_plans = []
        for clause in dict.fromkeys(clauses):
            if clause in self._in_force:
                continue
            self._in_force.add(clause)
            made = plans(clause, self._facts)
            first_plans.append(made[0])
            for each in made:
                if each.seed is not None:
                    _, predicate, value = each.seed
                    of_class = predicate == TYPE and value >= 0
                    (self._by_class[value] if of_class else self._by_predicate[predicate]).append(each)
        for each in first_plans:
            # Of what is known already, one premise as seed finds all.
            self._facts.add(each, holds(each, self._facts))
        self._rounds()

    def _rounds(self) -> None:
        while fresh := self._facts.commit():
            for predicate, pairs in fresh.items():
                for each in self._by_predicate.get(predicate, ()):
                    self._facts.add(each, each.rows(pairs))
            if members := fresh.get(TYPE):
                by_class = defaultdict(list)
                for pair in members:
                    by_class[pair[1]].append(pair)
                for kind, pairs in by_class.items():
                    for each in self._by_class.get(kind, ()):
                        self._facts.add(each, each.rows(pairs))
            self.replace_equals(fresh)

    def replace_equals(self, fresh: dict[int, list[Pair]]) -> None:
        """eq-rep-s, eq-rep-p and eq-rep-o: new equalities on all facts, then all equalities on new facts.

        Args:
            fresh: The new facts, equalities among them, by predicate.
        """
        facts = self._facts
        if not facts.known.get(SAME_AS):
            return
        for x, y in fresh.get(SAME_AS, ()):
            for p in [p for p in facts.known if p != SAME_AS]:
                self._replace(REPLACE_SUBJECT, p, [(x, y, p, o) for o in facts.forward(p).get(x, ())])
                self._replace(REPLACE_OBJECT, p, [(x, y, s, p) for s in facts.backward(p).get(x, ())])
            self._replace(REPLACE_PREDICATE, y, [(x, y, s, o) for s, o in facts.known.get(x, ())])
        equals = facts.forward(SAME_AS)
        for p, pairs in fresh.items():
            # In equalities themselves, eq-sym and eq-trans replace already.
            if p != SAME_AS:
                self._replace(REPLACE_SUBJECT, p, [(s, y, p, o) for s, o in pairs for y in equals.get(s, ())])
                self._replace(REPLACE_OBJECT, p, [(o, y, s, p) for s, o in pairs for y in equals.get(o, ())])
            for y in equals.get(p, ()):
                self._replace(REPLACE_PREDICATE, y, [(p, y, s, o) for s, o in pairs])

    def _replace(self, clause: Clause, predicate: int, rows: list[Row]) -> None:
        """Add what a clause of replacement gives for rows of X, Y, U and V."""
        if rows:
            key = (clause.rule, predicate)
            if key not in self._replacing:
                self._replacing[key] = variables_plan(clause, _SLOTS, predicate)
            self._facts.add(self._replacing[key], rows)
