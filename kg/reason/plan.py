"""Plans: for each premise of a clause, how a new fact there is joined with the other premises.

A plan works on many facts at once: its rows are tuples of the variables bound
so far, and each step turns a list of rows into the next. The steps are list
comprehensions over one index each, which is the fastest loop Python has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TypeAlias

from kg.reason.clauses import Clause
from kg.reason.facts import Fact, Facts, Index, Pair, Reason, Row
from kg.reason.vocabulary import SAME_AS, TYPE

Step: TypeAlias = Callable[[Sequence[Row]], Sequence[Row]]
Conclusion: TypeAlias = Callable[[Sequence[Row]], Iterable[Pair]]


@dataclass(frozen=True, eq=False, slots=True)
class Plan:
    """A clause seen from one of its premises, the seed.

    Attributes:
        clause: The clause.
        seed: The premise that new facts are tried on; None if the clause has no premise.
        slots: Where each variable stands in a row.
        steps: What is done to the rows, in order.
        predicate: The predicate of what follows (-1 for a clash).
        conclude: The subject and object of what follows, one pair for each row.
    """

    clause: Clause
    seed: Fact | None
    slots: dict[int, int]
    steps: tuple[Step, ...]
    predicate: int
    conclude: Conclusion

    def rows(self, pairs: Sequence[Pair]) -> Sequence[Row]:
        """Every way to fulfil the clause in which one of the pairs is the seed."""
        rows: Sequence[Row] = pairs
        for step in self.steps:
            rows = step(rows)
            if not rows:
                break
        return rows

    def premises(self, row: Row) -> list[Fact]:
        """The triples from which the conclusion of a row follows: axioms, then data."""
        return [*self.clause.axioms, *(self.fact(atom, row) for atom in self.clause.body)]

    def fact(self, atom: Fact, row: Row) -> Fact:
        """An atom of the clause with the values of a row."""
        subject, predicate, value = (term if term >= 0 else row[self.slots[term]] for term in atom)
        return subject, predicate, value


def plans(clause: Clause, facts: Facts) -> list[Plan]:
    """One plan for each premise; for a clause without premises one whose only row is empty."""
    return [plan(clause, seed, facts) for seed in range(len(clause.body))] or [_plan_of_nothing(clause)]


def plan(clause: Clause, seed: int, facts: Facts) -> Plan:
    """The plan that starts from the premise with this number."""
    slots, steps = _start(clause.body[seed])
    waiting = [atom for number, atom in enumerate(clause.body) if number != seed]
    while waiting:
        # A premise whose ends are both bound only thins the rows, so it comes first. The premises
        # of a rule hang together: one with a bound end is always left.
        atom = max(waiting, key=lambda atom: _bound(atom, slots))
        waiting.remove(atom)
        steps.append(_join(atom, slots, facts))
    head = clause.head
    if head is not None and head[1] == SAME_AS:
        # That a thing equals itself (eq-ref) is declared trivial and never made.
        steps.append(_unequal(slots[head[0]], slots[head[2]]))
    return Plan(
        clause,
        clause.body[seed],
        slots,
        tuple(steps),
        -1 if head is None else head[1],
        _conclusion(head, slots),
    )


def variables_plan(clause: Clause, slots: dict[int, int], predicate: int) -> Plan:
    """A plan whose rows are found elsewhere and hold the variables at these places.

    Args:
        clause: A clause whose head may have a variable for its predicate.
        slots: Where each variable stands in a row.
        predicate: The predicate of what follows.
    """
    return Plan(clause, None, slots, (), predicate, _conclusion(clause.head, slots))


def holds(plan: Plan, facts: Facts) -> Sequence[Row]:
    """Every way to fulfil the plan's clause with the facts as they are."""
    if plan.seed is None:
        return [()]
    return plan.rows(_extension(plan.seed, facts))


def _extension(atom: Fact, facts: Facts) -> Sequence[Pair]:
    """The pairs that an atom can match; of a class, those of its members only."""
    _, predicate, value = atom
    if predicate == TYPE and value >= 0:
        return [(member, value) for member in facts.backward(TYPE).get(value, ())]
    return list(facts.known.get(predicate, ()))


def size(atom: Fact, facts: Facts) -> int:
    """How many facts an atom can match, at most."""
    _, predicate, value = atom
    if predicate == TYPE and value >= 0:
        return len(facts.backward(TYPE).get(value, ()))
    return len(facts.known.get(predicate, ()))


def _plan_of_nothing(clause: Clause) -> Plan:
    head = clause.head
    return Plan(clause, None, {}, (), -1 if head is None else head[1], _conclusion(head, {}))


def _start(atom: Fact) -> tuple[dict[int, int], list[Step]]:
    """Slots and first steps: the pair of a fact is the first row, narrowed where the atom has constants."""
    subject, predicate, value = atom
    slots: dict[int, int] = {}
    steps: list[Step] = []
    if subject < 0:
        slots[subject] = 0
    else:
        steps.append(_equal_to(0, subject))
    if value == subject:
        steps.append(_loops)
    elif value < 0:
        slots[value] = 1
    elif predicate != TYPE:
        # Facts of a class come sorted by class: no need to look again.
        steps.append(_equal_to(1, value))
    return slots, steps


def _bound(atom: Fact, slots: dict[int, int]) -> int:
    """2 if both ends are bound, 1 if one is by a variable, 0 if the atom cannot be joined yet."""
    subject, _, value = atom
    both = (subject >= 0 or subject in slots) and (value >= 0 or value in slots)
    return 2 if both else int(subject in slots or value in slots)


def _join(atom: Fact, slots: dict[int, int], facts: Facts) -> Step:
    """The step for an atom with a bound end; binds the other in `slots`."""
    subject, predicate, value = atom
    if value >= 0:
        return _has(slots[subject], value, facts.known[predicate])
    if subject in slots and value in slots:
        return _is_known(slots[subject], slots[value], facts.known[predicate])
    bound, free, index = (
        (subject, value, facts.forward(predicate)) if subject in slots else (value, subject, facts.backward(predicate))
    )
    # The seed's pair takes two places of a row even where one of them is a constant.
    slots[free] = max(1, *slots.values()) + 1
    return _follow(slots[bound], index)


def _follow(slot: int, index: Index) -> Step:
    return lambda rows: [(*row, end) for row in rows for end in index.get(row[slot], ())]


def _is_known(left: int, right: int, known: dict[Pair, Reason | None]) -> Step:
    return lambda rows: [row for row in rows if (row[left], row[right]) in known]


def _has(slot: int, value: int, known: dict[Pair, Reason | None]) -> Step:
    return lambda rows: [row for row in rows if (row[slot], value) in known]


def _equal_to(slot: int, term: int) -> Step:
    return lambda rows: [row for row in rows if row[slot] == term]


def _unequal(left: int, right: int) -> Step:
    return lambda rows: [row for row in rows if row[left] != row[right]]


def _loops(rows: Sequence[Row]) -> Sequence[Row]:
    return [row for row in rows if row[0] == row[1]]


def _conclusion(head: Fact | None, slots: dict[int, int]) -> Conclusion:
    """How the subject and object of the head are taken from rows."""
    if head is None:
        return lambda rows: []
    subject, _, value = head
    if subject >= 0 and value >= 0:
        return lambda rows: [(subject, value)] * len(rows)
    if value >= 0:
        slot = slots[subject]
        return lambda rows: [(row[slot], value) for row in rows]
    if subject >= 0:
        slot = slots[value]
        return lambda rows: [(subject, row[slot]) for row in rows]
    both = itemgetter(slots[subject], slots[value])
    return lambda rows: map(both, rows)
