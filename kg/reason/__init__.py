"""What follows from the graph: its OWL 2 RL closure, with proofs and clashes.

    close             the closure: new triples, clashes, and a derivation for each triple
    publishable       whether a new triple belongs in the published closure
    is_trivial        whether a triple is one that a general closure has and this one leaves out
    close_with_owlrl  the same by the reference, to compare

Inside, an arrow being the only direction of import:

    closure  reference     rounds of joins until nothing is new | the same by owlrl
      ▼
    clash                  what ends in a contradiction
      ▼
    axioms  plan  proof    the ontology as clauses | how they are joined | back to triples
      ▼
    clauses                rules as data
      ▼
    facts                  triples as integers, with indexes and reasons
      ▼
    vocabulary  literals  trivial
"""

from kg.reason.clash import Clash
from kg.reason.closure import Closure, close
from kg.reason.proof import Derivation
from kg.reason.reference import clashes_of_owlrl, close_with_owlrl
from kg.reason.trivial import TRIVIAL, is_trivial, publishable

__all__ = [
    "TRIVIAL",
    "Clash",
    "Closure",
    "Derivation",
    "clashes_of_owlrl",
    "close",
    "close_with_owlrl",
    "is_trivial",
    "publishable",
]
