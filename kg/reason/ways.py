"""How a triple that does not follow could follow: the clauses that end in it, and what each of them lacks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from pyoxigraph import BlankNode, Triple

from kg.reason.axioms import consequences
from kg.reason.clauses import FIXED, Clause
from kg.reason.facts import Fact, Facts, Term
from kg.reason.proof import stated
from kg.reason.vocabulary import INVERSE_OF, NOTHING, SAME_AS

# A variable is the text ?a, ?b, ...
Pattern: TypeAlias = tuple[Term | str, Term | str, Term | str]
_Bound: TypeAlias = dict[int, int]
_Found: TypeAlias = tuple[frozenset[int], _Bound]

# So many steps are made for one clause, so that one with thousands of members costs no more than others.
_STEPS = 20_000


@dataclass(frozen=True)
class Way:
    """One clause by which a triple would follow, with the premises that come nearest to it.

    Attributes:
        rule: The rule's name in the tables.
        axioms: The triples of the ontology that make the clause.
        there: The premises that hold.
        missing: The premises that do not, with variables where any thing would do.
        alike: How many other choices of things lack the same premises.
        needed: All premises of the clause, bound by nothing but the triple.
    """

    rule: str
    axioms: tuple[Triple, ...]
    there: tuple[Triple, ...]
    missing: tuple[Pattern, ...]
    alike: int
    needed: tuple[Pattern, ...]


def ways(facts: Facts, triple: Triple) -> list[Way]:
    """Every way to a triple that does not follow: those that lack least come first, then those of which more is there.

    Where different premises of one clause can be the missing ones, each choice is a way of its own.
    """
    number: dict[Term, int] = {}
    for term in triple:
        known = facts.number(term)
        number.setdefault(term, len(facts.terms) + len(number) if known is None else known)
    terms = {value: term for term, value in number.items()}
    goal = (number[triple.subject], number[triple.predicate], number[triple.object])
    found = [
        way for clause in dict.fromkeys((*consequences(facts), *FIXED)) for way in _ways(facts, terms, clause, goal)
    ]
    order = sorted(
        enumerate(found), key=lambda item: (len(item[1].missing), -len(item[1].there), item[1].rule, item[0])
    )
    return [way for _, way in order]


def _ways(facts: Facts, new: dict[int, Term], clause: Clause, goal: Fact) -> Iterator[Way]:
    head = clause.head
    if head is None or head[1] != goal[1] or head[1] == SAME_AS or not clause.body:
        return
    if any(atom[2] == NOTHING for atom in clause.body):
        return
    bound: _Bound = {}
    for end, value in ((head[0], goal[0]), (head[2], goal[2])):
        if (end >= 0 and end != value) or bound.setdefault(end, value) != value:
            return
    body = [_plain(facts, atom) for atom in clause.body]
    axioms = stated(facts, clause.axioms)
    needed = tuple(_pattern(facts, new, atom, bound) for atom in body)
    by_lack: dict[frozenset[int], list[_Bound]] = {}
    for lack, values in _search(facts, body, bound):
        by_lack.setdefault(lack, []).append(values)
    least = min(map(len, by_lack))
    for lack, choices in sorted(by_lack.items(), key=lambda item: sorted(item[0])):
        missing = tuple(_pattern(facts, new, body[place], choices[0]) for place in sorted(lack))
        if len(lack) > least or _triple_of(missing) == tuple(new[value] for value in goal):
            continue
        held = (_fact(body[place], choices[0]) for place in range(len(body)) if place not in lack)
        there = tuple(Triple(*(facts.terms[value] for value in fact)) for fact in held)  # type: ignore[arg-type]
        yield Way(clause.rule, axioms, there, missing, len(choices) - 1, needed)


def _triple_of(missing: tuple[Pattern, ...]) -> Pattern | None:
    return missing[0] if len(missing) == 1 else None


def _plain(facts: Facts, atom: Fact) -> Fact:
    """An atom without a property that only inverts another and is never asserted itself."""
    subject, predicate, value = atom
    for p, q in facts.known[INVERSE_OF]:
        if p == predicate and (isinstance(facts.terms[p], BlankNode) or None not in facts.known[p].values()):
            return value, q, subject
    return atom


def _search(facts: Facts, body: list[Fact], bound: _Bound) -> Iterator[_Found]:
    """The places of the premises that are missing, for each choice of things that fulfils the others."""
    waiting: list[tuple[tuple[int, ...], frozenset[int], _Bound]] = [(tuple(range(len(body))), frozenset(), bound)]
    for _ in range(_STEPS):
        if not waiting:
            return
        left, lack, values = waiting.pop()
        ready = [place for place in left if body[place][0] in values or body[place][2] in values or body[place][2] >= 0]
        if not ready:
            yield lack | frozenset(left), values
            continue
        place = max(ready, key=lambda place: sum(end >= 0 or end in values for end in body[place][::2]))
        rest = tuple(other for other in left if other != place)
        waiting.append((rest, lack | {place}, values))
        waiting += [(rest, lack, more) for more in _matches(facts, body[place], values)]
    for left, lack, values in waiting:
        yield lack | frozenset(left), values


def _matches(facts: Facts, atom: Fact, values: _Bound) -> list[_Bound]:
    subject, predicate, value = _fact(atom, values)
    if subject >= 0 and value >= 0:
        return [values] if (subject, value) in facts.known.get(predicate, {}) else []
    if subject >= 0:
        return [{**values, value: end} for end in facts.forward(predicate).get(subject, ())]
    return [{**values, subject: start} for start in facts.backward(predicate).get(value, ())]


def _fact(atom: Fact, values: _Bound) -> Fact:
    subject, predicate, value = atom
    return values.get(subject, subject), predicate, values.get(value, value)


def _pattern(facts: Facts, new: dict[int, Term], atom: Fact, values: _Bound) -> Pattern:
    def term(number: int) -> Term | str:
        if number >= 0:
            return new[number] if number in new else facts.terms[number]
        return f"?{chr(ord('a') + (-number - 1) % 26)}"

    subject, predicate, value = _fact(atom, values)
    return term(subject), term(predicate), term(value)
