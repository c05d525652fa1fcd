"""The closure of the real graph is that of the reference."""

from __future__ import annotations

from kg import reason
from kg.dataset import read_dataset
from kg.files import Project


def test_closure_is_that_of_the_reference(real_project: Project) -> None:
    """Closure and consistency of the real graph are owlrl's, but for what is trivial."""
    triples = [quad.triple for quad in read_dataset(real_project).quads()]
    closure = reason.close(triples)
    expected = {triple for triple in reason.close_with_owlrl(triples) if not reason.is_trivial(triple)}
    assert set(closure.inferred) == expected
    assert closure.clashes == ()
