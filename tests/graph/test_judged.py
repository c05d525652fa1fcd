"""What the SHACL engine would pass over in silence is an error."""

from dataclasses import replace
from pathlib import Path

import pytest

from kg.dataset import Dataset, read_dataset
from kg.files import Project
from kg.turtle import parse
from kg.validate import shape_results, unjudged_constructs

HEAD = """@prefix bl: <https://w3id.org/borderlands/ont#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix shape: <https://w3id.org/borderlands/shapes#> .
"""
ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    """The files of this checkout."""
    return read_dataset(Project(str(ROOT), str(ROOT / ".kg"), False))


def with_shape(dataset: Dataset, text: str) -> Dataset:
    """The dataset with one more file of shapes."""
    path = "ontology/shapes/planted.ttl"
    return replace(dataset, shapes={**dataset.shapes, path: parse(HEAD + text, path)})


def test_own_shapes_are_judged_whole(dataset: Dataset) -> None:
    """Nothing in the project's shapes is passed over."""
    assert unjudged_constructs(dataset) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("shape:X\n    sh:rule [] .", "ontology/shapes/planted.ttl:5: pySHACL does not judge sh:rule."),
        ("shape:X\n    sh:minCuont 1 .", "ontology/shapes/planted.ttl:5: pySHACL does not judge sh:minCuont."),
        (
            'shape:X\n    sh:select "SELECT $this WHERE { $this a bl:Claim MINUS { $this bl:gloss ?g } }" .',
            "ontology/shapes/planted.ttl:5: sh:select holds MINUS, VALUES or SERVICE.",
        ),
        (
            'shape:X\n    sh:select "SELECT $this WHERE { $this a bl:Claim { SELECT ?x WHERE { ?x a ?y } } }" .',
            "ontology/shapes/planted.ttl:5: a nested SELECT without $this.",
        ),
    ],
)
def test_unjudged_construct_is_a_violation(dataset: Dataset, text: str, expected: str) -> None:
    """A construct that the engine does not judge is named with its place, and no judgement is given."""
    findings = shape_results(with_shape(dataset, text))
    assert [expected] == [str(finding).split("\n")[0] for finding in findings]
