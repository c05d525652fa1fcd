"""What must hold of the ontology and of what follows from it, beside vocabulary, shapes and checks.

    ontology_findings   pitfalls, metadata and terms, less what is waived
    question_findings   what must follow and what must not
    closure_findings    no clash, and nothing that is not fit to be published
    clash_findings      the clashes alone

Inside, an arrow being the only direction of import:

    ontology                           what is wrong with the ontology
      ▼
    pitfalls  foops  terms  waivers    the OOPS! catalogue | FOOPS! | uses of terms | reasons to leave something
    questions  closure                 what must and must not follow | what follows
"""

from kg.guards.closure import clash_findings, closure_findings
from kg.guards.ontology import ontology_findings
from kg.guards.questions import Question, question_findings, read_questions

__all__ = [
    "Question",
    "clash_findings",
    "closure_findings",
    "ontology_findings",
    "question_findings",
    "read_questions",
]
