"""What follows from the graph: its OWL 2 RL closure, with proofs and clashes.

    close             the closure: new triples, clashes, a derivation for each triple, and ways to one that is not there
    publishable       whether a new triple belongs in the published closure
    is_trivial        whether a triple is one that a general closure has and this one leaves out
    close_with_owlrl  the same by the reference, to compare

Inside, an arrow being the only direction of import:

    closure  reference     rounds of joins until nothing is new | the same by owlrl
      ▼
    clash  ways            what ends in a contradiction | how a triple could follow that does not
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
from kg.reason.ways import Pattern, Way

__all__ = [
    "TRIVIAL",
    "Clash",
    "Closure",
    "Derivation",
    "Pattern",
    "Way",
    "clashes_of_owlrl",
    "close",
    "close_with_owlrl",
    "is_trivial",
    "publishable",
]
