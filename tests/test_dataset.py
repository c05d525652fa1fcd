"""The files of a project as one dataset: a graph for each file, and the place of every statement."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from conftest import SMALL, add, change, project_at
from kg.dataset import Dataset, graph_iri, read_dataset
from kg.errors import DataError
from kg.namespaces import GRAPH, PREFIXES
from kg.turtle import parse

BL, REGION, SKOS = PREFIXES["bl"], PREFIXES["region"], PREFIXES["skos"]


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    """The small project's files."""
    return read_dataset(project_at(SMALL))


def test_every_file_is_a_graph(dataset: Dataset) -> None:
    """Ontology and data are the dataset, a graph for each file; the shapes are kept apart."""
    files = {path.relative_to(SMALL).as_posix() for path in SMALL.rglob("*.ttl")}
    shapes = {path for path in files if path.startswith("ontology/shapes/")}
    assert set(dataset.shapes) == shapes
    assert set(dataset.documents) == files - shapes
    graphs = {str(quad.graph_name) for quad in dataset.quads()}
    assert graphs == {f"<{GRAPH}{path.removesuffix('.ttl')}>" for path in files - shapes}


@pytest.mark.parametrize(
    ("path", "name"),
    [("data/places/regions.ttl", "data/places/regions"), ("data/a b.ttl", "data/a%20b"),
     ("data/<x>.ttl", "data/%3Cx%3E"), ("data/я.ttl", "data/%D1%8F"), ("data/\udcff.ttl", "data/%FF")],
)  # fmt: skip
def test_graph_of_a_file(path: str, name: str) -> None:
    """The graph is named by the path; what an IRI cannot hold is percent-encoded."""
    assert ox.NamedNode(graph_iri(path)).value == GRAPH + name


def test_order_of_files_makes_no_difference() -> None:
    """Blank nodes have names that follow from the content, so the same files give the same quads."""
    text = "<http://e.example/{0}> <http://e.example/p> [ <http://e.example/q> [ <http://e.example/r> {0} ] ] ."
    one = {path: parse(text.format(number), path) for number, path in enumerate(("a.ttl", "b.ttl"))}
    other = {path: parse(text.format(number), path) for number, path in reversed(list(enumerate(("a.ttl", "b.ttl"))))}
    assert Dataset(one, {}).quads() == Dataset(other, {}).quads()


@pytest.mark.parametrize(
    ("subject", "predicate", "value", "line"),
    [
        (REGION + "south-shore", None, None, "region:south-shore\n"),
        (REGION + "south-shore", SKOS + "prefLabel", None, 'south-shore\n    a bl:Region ;\n    skos:prefLabel'),
        (REGION + "south-shore", SKOS + "prefLabel", "Южнобережная область", '"Южнобережная'),
        (REGION + "south-shore", BL + "isoCode", None, "region:south-shore\n"),
    ],
)  # fmt: skip
def test_place_of_a_statement(
    subject: str, predicate: str | None, value: str | None, line: str, dataset: Dataset
) -> None:
    """A statement is found by file and line; where there is none, its subject is."""
    path = "data/places/places.ttl"
    text = (SMALL / path).read_text("utf-8")
    end = text.index("\n" + line if line.startswith("region") else line) + len(line.rstrip("\n"))
    number = text.count("\n", 0, end) + 1
    assert dataset.where(subject, predicate, value) == f"{path}:{number}"


def test_place_of_what_is_nowhere(dataset: Dataset) -> None:
    """A thing that no file describes is named instead."""
    assert dataset.where(REGION + "omsk") == "region:omsk"
    assert dataset.where(PREFIXES["shape"] + "Claim").startswith("ontology/shapes/shapes.ttl:")


def test_problems_of_layout_are_all_told(folder: Path) -> None:
    """Each subject in two files is told, and each triple."""
    change(folder, "data/sources/report.ttl", "    a bl:JournalArticle ;\n", "")
    add(folder, "data/more.ttl", f'<{PREFIXES["source"]}report> a <{BL}JournalArticle> .\n'
        f'<{PREFIXES["state"]}norland> <{SKOS}prefLabel> "Norland"@en .\n')  # fmt: skip
    with pytest.raises(DataError) as refused:
        read_dataset(project_at(folder))
    told = [line for line in str(refused.value).splitlines() if not line.startswith("  ")]
    assert [line.partition(": ")[2].partition(" in two")[0].partition(" also")[0] for line in told] == [
        "state:norland is described", "source:report is described", "this statement about state:norland",
    ]  # fmt: skip


@pytest.mark.parametrize("adding", ["data/external", "ontology/align"])
def test_folders_that_may_add(adding: str, folder: Path) -> None:
    """What outside data or alignments say of a thing may stand beside its own file."""
    add(folder, f"{adding}/more.ttl", f'<{REGION}north-shore> <{SKOS}altLabel> "North"@en .\n')
    path = "data/places/places.ttl"
    assert read_dataset(project_at(folder)).where(REGION + "north-shore").startswith(f"{path}:")
