"""From numbers back to RDF: which facts are shown, and what is shown as the premises of a step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from kg.reason.facts import Fact, Facts
from kg.reason.trivial import is_trivial
from kg.reason.vocabulary import TYPE, VOCABULARY


@dataclass(frozen=True)
class Derivation:
    """One step of a proof: the rule's name in the tables, and the triples it needs."""

    rule: str
    premises: tuple[Triple, ...]


def inferred(facts: Facts) -> Iterator[Triple]:
    """Every fact that was not asserted and is neither trivial nor beyond RDF."""
    for predicate, known in facts.known.items():
        for (subject, value), reason in known.items():
            if reason is not None and (triple := _shown(facts, (subject, predicate, value))) is not None:
                yield triple


def derivation(facts: Facts, triple: Triple) -> Derivation | None:
    """How a triple was inferred first; None if it was asserted.

    Raises:
        KeyError: The triple is not among the facts.
    """
    subject, predicate, value = (facts.number(term) for term in triple)
    known = facts.known.get(predicate) if predicate is not None else None
    if subject is None or value is None or known is None or (subject, value) not in known:
        raise KeyError(triple)
    reason = known[subject, value]
    if reason is None:
        return None
    plan, row = reason
    return Derivation(plan.clause.rule, stated(facts, plan.premises(row)))


def stated(facts: Facts, premises: Iterable[Fact]) -> tuple[Triple, ...]:
    """Facts as triples, each once; those which are not shown are replaced by their own premises."""
    found: dict[Triple, None] = {}
    for subject, predicate, value in premises:
        reason = facts.known[predicate][subject, value]
        triple = _shown(facts, (subject, predicate, value), asserted=reason is None)
        if triple is not None:
            found[triple] = None
        elif reason is not None:
            plan, row = reason
            found.update(dict.fromkeys(stated(facts, plan.premises(row))))
    return tuple(found)


def _shown(facts: Facts, fact: Fact, asserted: bool = False) -> Triple | None:
    """A fact as a triple; None if RDF has no such triple, or if it is trivial and was not asserted."""
    start, link, end = fact
    subject, predicate = facts.terms[start], facts.terms[link]
    if isinstance(subject, Literal) or not isinstance(predicate, NamedNode):
        return None
    triple = Triple(subject, predicate, facts.terms[end])
    # A quick look first: only RDF's and OWL's own predicates, and classes, make trivial triples.
    suspect = link < len(VOCABULARY) and (link != TYPE or end < len(VOCABULARY))
    return None if suspect and not asserted and is_trivial(triple) else triple
