"""Proofs: an inferred triple with the rule and the premises from which it follows, down to asserted triples."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg.answer.grounds import Ground
from kg.names import SUB_CLASS_OF, TYPE
from kg.namespaces import OWL, RDFS
from kg.why.ground import Grounds


@dataclass(frozen=True)
class Proof:
    """A triple that holds, and why.

    Attributes:
        triple: What is proved.
        rule: The name of the rule in the tables of OWL 2 RL; None if the triple is asserted.
        axioms: What the rule needs of the ontology.
        premises: What the rule needs of the data.
        where: `file:line` of an asserted triple.
        claims: The claims that state an asserted triple.
    """

    triple: ox.Triple
    rule: str | None = None
    axioms: tuple[Proof, ...] = ()
    premises: tuple[Proof, ...] = ()
    where: str | None = None
    claims: tuple[Ground, ...] = ()

    def leaves(self) -> Iterator[Proof]:
        """The asserted triples on which it all rests, axioms among them; one may come more than once."""
        if self.rule is None:
            yield self
        for part in (*self.axioms, *self.premises):
            yield from part.leaves()


def prove(grounds: Grounds, triple: ox.Triple) -> Proof | None:
    """The proof that the closure found first, which is one with the fewest rounds; None if the triple does not follow.

    A triple keeps the first reason that it got, and the premises of a reason were known before it: no proof needs
    what it proves. Where a class follows from one that is stated, step by step up, that is the proof instead.
    """
    try:
        grounds.closure.derivation(triple)
    except KeyError:
        return None
    return _proof(grounds, triple, {})


def _proof(grounds: Grounds, triple: ox.Triple, done: dict[ox.Triple, Proof]) -> Proof:
    if triple not in done:
        step = grounds.closure.derivation(triple)
        narrower = None if step is None else _narrower(grounds, triple)
        if narrower is not None:
            member = ox.Triple(triple.subject, TYPE, narrower.subject)
            step_up, below = _proof(grounds, narrower, done), _proof(grounds, member, done)
            done[triple] = Proof(triple, "cax-sco", (step_up,), (below,))
        elif step is None:
            axiom = is_axiom(triple)
            claims = () if axiom else tuple(grounds.claims(triple))
            done[triple] = Proof(triple, where=grounds.where(triple), claims=claims)
        else:
            parts = [_proof(grounds, premise, done) for premise in step.premises]
            axioms = tuple(part for part in parts if is_axiom(part.triple))
            done[triple] = Proof(triple, step.rule, axioms, tuple(part for part in parts if part not in axioms))
    return done[triple]


def _narrower(grounds: Grounds, triple: ox.Triple) -> ox.Triple | None:
    """The last step up from a class that is stated of a thing to one that follows; None if none leads there.

    Of all reasons to belong to a class this is the plainest, and so it is preferred to the first one found.
    """
    if triple.predicate != TYPE:
        return None
    store, seen = grounds.store, set()
    classes = {quad.object for quad in store.quads_for_pattern(triple.subject, TYPE, None, None)}
    level = [kind for kind in classes if ox.Triple(triple.subject, TYPE, kind) in grounds.homes]
    while level:
        above = []
        for kind in sorted(level, key=str):
            if not isinstance(kind, ox.NamedNode):
                continue
            for quad in store.quads_for_pattern(kind, SUB_CLASS_OF, None, None):
                if quad.object == triple.object and quad.triple in grounds.homes:
                    return quad.triple
                if quad.object not in seen:
                    seen.add(quad.object)
                    above.append(quad.object)
        level = above
    return None


def is_axiom(triple: ox.Triple) -> bool:
    """Whether a triple says something of terms and nothing of things."""
    if triple.predicate == TYPE:
        return isinstance(triple.object, ox.NamedNode) and triple.object.value.startswith(OWL)
    return triple.predicate.value.startswith((OWL, RDFS))
