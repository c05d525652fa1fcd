"""Generated graphs: the same for one seed, valid, in the shape of the real one, with mistakes that are seen."""

from __future__ import annotations

import csv
from pathlib import Path
from random import Random

import pyoxigraph as ox
import pytest

from bench.generate import ROOT, Template, generate, part, read_template, write_project
from kg import reason
from kg.dataset import read_dataset
from kg.files import find_project
from kg.namespaces import BL
from kg.pipeline import check
from kg.validate import shape_results


@pytest.fixture(scope="module")
def template() -> Template:
    """The real data."""
    return read_template(ROOT)


def triples(texts: dict[str, str]) -> list[ox.Triple]:
    """All that the files of a graph say."""
    return [quad.triple for text in texts.values() for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)]


def test_template_is_the_data(template: Template) -> None:
    """Cut into blocks and put together again, the data are what they were, triple by triple."""
    texts = dict(generate(template, template.size, 1))
    for path, text in texts.items():
        assert text == (ROOT / path).read_text("utf-8"), path
    assert len(triples(texts)) == template.size
    assert {path.relative_to(ROOT).as_posix() for path in (ROOT / "data").rglob("*.ttl")} == set(texts)


@pytest.mark.parametrize("size", [12_000, 70_000])
def test_one_seed_gives_the_same_graph(template: Template, size: int) -> None:
    """Bytes are equal for one seed and differ for two; the size is about the one asked for."""
    graph = dict(generate(template, size, 1))
    assert graph == dict(generate(template, size, 1))
    assert graph != dict(generate(template, size, 2))
    assert abs(len(triples(graph)) - size) < 0.03 * size


def test_copies_have_the_shape_of_the_data(template: Template) -> None:
    """Twice the data have twice the things, hubs as they were, and the share of inferred triples of one copy."""
    ontology = [
        quad.triple
        for file in sorted((ROOT / "ontology").rglob("*.ttl"))
        if not {"shapes", "questions"} & set(file.parts)
        for quad in ox.parse(file.read_bytes(), format=ox.RdfFormat.TURTLE)
    ]
    one = triples(dict(generate(template, template.size, 1)))
    two = triples(dict(generate(template, 2 * template.size, 1)))
    typed = [[triple.object for triple in graph if triple.predicate.value.endswith("#type")] for graph in (one, two)]
    states, regions = ([kinds.count(ox.NamedNode(BL + name)) for kinds in typed] for name in ("State", "Region"))
    assert states[1] == states[0]
    assert regions[1] > 1.8 * regions[0]
    base = len(reason.close(ontology).inferred)
    share = [(len(reason.close([*ontology, *graph]).inferred) - base) / len(graph) for graph in (one, two)]
    assert share[1] == pytest.approx(share[0], rel=0.1)


def test_part_holds_what_its_claims_speak_of(template: Template) -> None:
    """Nothing in a part of the data refers to what is only in the rest."""
    taken = part(template, 12_000, Random(5))  # noqa: S311
    subjects = {block.subject for block in taken.blocks}
    rest = {block.subject for block in template.blocks} - subjects
    assert rest
    assert not [name for block in taken.blocks for name in block.names if name in rest]


@pytest.mark.parametrize("size", [12_000, 70_000])
def test_generated_graph_is_valid(tmp_path: Path, size: int) -> None:
    """All that must hold of the real files holds of generated ones, but for the order in some lists of a copy."""
    write_project(tmp_path / "graph", size)
    found = check(find_project(str(tmp_path / "graph")))
    assert [finding for finding in found if finding.rule != "canonical Turtle"] == []


def test_planted_mistakes_are_seen(tmp_path: Path) -> None:
    """Each planted mistake is among the results, at its subject."""
    write_project(tmp_path / "graph", 12_000, mistakes=10)
    with (tmp_path / "graph" / "mistakes.csv").open(encoding="utf-8") as file:
        planted = {row["subject"].replace(":", "/", 1) for row in csv.DictReader(file)}
    found = {str(finding.focus) for finding in shape_results(read_dataset(find_project(str(tmp_path / "graph"))))}
    assert len(planted) == 10
    assert [subject for subject in planted if not any(focus.endswith(subject) for focus in found)] == []
