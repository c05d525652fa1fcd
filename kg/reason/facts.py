"""The triples under closure, as integers, with the indexes that rules ask for and the reason of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.errors import DataError
from kg.namespaces import shorten
from kg.reason.vocabulary import FIRST, NIL, REST, VOCABULARY, is_schema

if TYPE_CHECKING:
    from kg.reason.plan import Plan

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple
Pair: TypeAlias = tuple[int, int]
Fact: TypeAlias = tuple[int, int, int]
Row: TypeAlias = tuple[int, ...]
Reason: TypeAlias = "tuple[Plan, Row]"
Index: TypeAlias = dict[int, list[int]]


class TermNumbers(dict[Term, int]):
    """Term to number; a term that is met for the first time gets the next one."""

    def __init__(self) -> None:
        super().__init__(zip(VOCABULARY, range(len(VOCABULARY)), strict=True))
        self.terms: list[Term] = list(VOCABULARY)

    def __missing__(self, term: Term) -> int:
        number = self[term] = len(self.terms)
        self.terms.append(term)
        return number


class Facts:
    """Triples by predicate; each is known from the moment it is found, but indexed only by `commit`.

    That keeps the rounds of the closure apart: what one round finds is
    joined in the next, so each combination of premises is met.

    Attributes:
        terms: The term of each number.
        known: By predicate, each pair of subject and object with the reason
            it holds; None where it was asserted. A triple keeps its first
            reason, and the premises of that were known before it: proofs
            have no circles.
        schema_grew: Whether there may be axioms that no one has read yet;
            whoever reads them all sets it back.
    """

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._numbers = TermNumbers()
        self.terms = self._numbers.terms
        self.known: defaultdict[int, dict[Pair, Reason | None]] = defaultdict(dict)
        self.schema_grew = True
        self._fresh: defaultdict[int, list[Pair]] = defaultdict(list)
        self._forward: dict[int, Index] = {}
        self._backward: dict[int, Index] = {}
        numbers, known = self._numbers, self.known
        for subject, predicate, value in triples:
            known[numbers[predicate]][numbers[subject], numbers[value]] = None

    def number(self, term: Term) -> int | None:
        """The number of a term; None if no triple has it."""
        return self._numbers.get(term)

    def add(self, plan: Plan, rows: Sequence[Row]) -> None:
        """Take what a plan concludes from each row; what is known already keeps its reason."""
        known = self.known[plan.predicate]
        found = self._fresh[plan.predicate].append
        for pair, row in zip(plan.conclude(rows), rows, strict=True):
            if pair not in known:
                known[pair] = (plan, row)
                found(pair)

    def commit(self) -> dict[int, list[Pair]]:
        """Index what was found since the last commit, and return it by predicate; empty if nothing was."""
        fresh = {predicate: pairs for predicate, pairs in self._fresh.items() if pairs}
        self._fresh.clear()
        for predicate, pairs in fresh.items():
            if (forward := self._forward.get(predicate)) is not None:
                _extend(forward, pairs)
            if (backward := self._backward.get(predicate)) is not None:
                _extend(backward, ((value, subject) for subject, value in pairs))
            if predicate < len(VOCABULARY) and not self.schema_grew:
                self.schema_grew = any(is_schema(predicate, value) for _, value in pairs)
        return fresh

    def forward(self, predicate: int) -> Index:
        """Subject to objects. The index is made when it is first asked for, and grows with each commit."""
        index = self._forward.get(predicate)
        if index is None:
            index = self._forward[predicate] = {}
            _extend(index, self._committed(predicate))
        return index

    def backward(self, predicate: int) -> Index:
        """Object to subjects, as `forward`."""
        index = self._backward.get(predicate)
        if index is None:
            index = self._backward[predicate] = {}
            _extend(index, ((value, subject) for subject, value in self._committed(predicate)))
        return index

    def _committed(self, predicate: int) -> Iterator[Pair]:
        waiting = set(self._fresh.get(predicate, ()))
        return (pair for pair in self.known.get(predicate, ()) if pair not in waiting)

    def objects(self, subject: int, predicate: int) -> list[int]:
        """The objects of a subject."""
        return self.forward(predicate).get(subject, [])

    def items(self, head: int) -> tuple[int, ...]:
        """The members of an RDF list, from its first node.

        Where equality gave a node two values, the first stands for both: the
        rules of equality carry what is concluded from it to the other.

        Raises:
            DataError: The list has no end, or a node without a value.
        """
        members: list[int] = []
        seen = set()
        node = head
        while node != NIL:
            first, rest = self.objects(node, FIRST), self.objects(node, REST)
            if node in seen or not first or not rest:
                raise DataError(
                    f"the RDF list at {show(self.terms[head])} is broken.\n"
                    "  Each node of a list has one rdf:first and one rdf:rest, and the last rest is rdf:nil."
                )
            seen.add(node)
            members.append(first[0])
            node = rest[0]
        return tuple(members)


def _extend(index: Index, pairs: Iterable[Pair]) -> None:
    for start, end in pairs:
        ends = index.get(start)
        if ends is None:
            index[start] = [end]
        else:
            ends.append(end)


def show(term: Term) -> str:
    """A term for people's eyes: a prefixed name where the project has the prefix."""
    return shorten(term.value) if isinstance(term, NamedNode) else str(term)
