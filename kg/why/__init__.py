"""Why a triple holds, or what is missing for it.

    Grounds    a project's files, closed, with the place of each asserted triple and the claims behind it
    prove      the proof of a triple, down to asserted ones; None if it does not follow
    lack       what is missing for a triple that does not follow
    outline    a proof, or what is missing, as lines of text
    as_dict    the same for JSON

Inside, an arrow being the only direction of import:

    outline
      ▼
    words        triples and rules in words
      ▼
    proof  lack
      ▼
    ground
"""

from kg.why.ground import Grounds, read_grounds
from kg.why.lack import Lack, lack
from kg.why.outline import as_dict, outline
from kg.why.proof import Proof, prove

__all__ = ["Grounds", "Lack", "Proof", "as_dict", "lack", "outline", "prove", "read_grounds"]
