"""What is exported: the same bytes every time, and the same graph in every format."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest

from conftest import SMALL, build_of, command, environment, kg
from kg import pipeline
from kg.files import Build, Project
from kg.namespaces import GRAPH, INFERRED, QUERIES, VERSIONS
from kg.pipeline import EXPORT_FORMATS, export
from kg.store import open_store

PARTS = ("all", "asserted", "inferred", "queries", "versions")
WITH_GRAPHS = ("nq", "trig", "jsonld")


def exported(folder: Path, *arguments: str, seed: str = "0") -> bytes:
    """The bytes that `kg export` writes, with a seed for the order of Python's sets."""
    done = subprocess.run(
        command("export", *arguments), cwd=folder, env=environment(folder, PYTHONHASHSEED=seed),
        capture_output=True, check=True,
    )  # fmt: skip
    assert done.stderr == b""
    return done.stdout


def canonical(quads: Iterable[ox.Quad]) -> set[ox.Quad]:
    """Quads with blank nodes named by what they are."""
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return set(dataset)


@pytest.mark.parametrize("form", EXPORT_FORMATS)
def test_same_bytes_under_two_hash_seeds(form: str, small: Path) -> None:
    """An export does not depend on the order of Python's sets."""
    assert exported(small, "--format", form, seed="1") == exported(small, "--format", form, seed="4711")


def test_same_bytes_from_two_builds(small: Path, tmp_path: Path) -> None:
    """Two builds of the same files, in two places and under two hash seeds, give the same bytes in each format."""
    places = []
    for seed in ("1", "4711"):
        place = tmp_path / seed
        shutil.copytree(SMALL, place)
        assert kg(place, "build", PYTHONHASHSEED=seed).code == 0
        places.append(build_of(place))
    for form in EXPORT_FORMATS:
        for part in PARTS:
            one, other = (export(place, form, part) for place in places)
            assert one == other
            assert one == export(build_of(small), form, part)


def test_real_graph_twice(real_project: Project) -> None:
    """The real graph, too, is exported with the same bytes under two hash seeds."""
    root = Path(real_project.root)
    for form in ("nq", "ttl"):
        assert exported(root, "--format", form, seed="1") == exported(root, "--format", form, seed="4711")


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("form", EXPORT_FORMATS)
def test_every_format_holds_the_graph(form: str, part: str, small: Path) -> None:
    """An export read back is what is stored: quads where the format keeps graphs, else triples."""
    made = {name: ox.NamedNode(f"{GRAPH}{name}") for name in ("inferred", "queries", "versions")}
    stored = [
        quad for quad in open_store(build_of(small).store)
        if part == "all" or quad.graph_name == made.get(part)
        or (part == "asserted" and quad.graph_name not in made.values())
    ]  # fmt: skip
    assert stored
    if form not in WITH_GRAPHS:
        stored = [ox.Quad(quad.subject, quad.predicate, quad.object) for quad in stored]
    assert canonical(stored) == canonical(ox.parse(export(build_of(small), form, part), format=EXPORT_FORMATS[form]))


@pytest.mark.parametrize("form", EXPORT_FORMATS)
def test_real_graph_in_every_format(form: str, real_build: Build) -> None:
    """The real graph goes into each format and comes back whole."""
    stored = list(open_store(real_build.store))
    if form not in WITH_GRAPHS:
        stored = [ox.Quad(quad.subject, quad.predicate, quad.object) for quad in stored]
    assert canonical(stored) == canonical(ox.parse(export(real_build, form), format=EXPORT_FORMATS[form]))


def test_parts_make_the_whole(small: Path) -> None:
    """What is asserted, what is inferred, the queries and the versions are all, and have nothing in common."""
    everything, *parts = (export(build_of(small), "nq", part).splitlines() for part in PARTS)
    assert all(parts)
    assert sorted(line for part in parts for line in part) == sorted(everything)
    assert len(set(everything)) == len(everything)
    assert exported(small) == export(build_of(small), "nq")
    for part in PARTS[1:]:
        assert exported(small, f"--{part}") == export(build_of(small), "nq", part)


def test_no_triple_is_in_two_parts(small: Path) -> None:
    """As triples, too, the parts have nothing in common, so that a union counts each once."""
    everything, *parts = (export(build_of(small), "nt", part).splitlines() for part in PARTS)
    assert sorted(line for part in parts for line in part) == sorted(everything)
    assert len(set(everything)) == len(everything)


def test_lines_are_sorted(small: Path) -> None:
    """Lines come in a fixed order, graph by graph, so that two exports can be compared by any tool."""
    lines = export(build_of(small), "nt").decode().splitlines()
    assert lines == sorted(lines)
    quads = ox.parse(export(build_of(small), "nq"), format=ox.RdfFormat.N_QUADS)
    keys = [(str(quad.graph_name), str(quad.subject), str(quad.predicate), str(quad.object)) for quad in quads]
    assert keys == sorted(keys)


def test_graphs_are_files(small: Path) -> None:
    """Each graph is named after its file, but for what is inferred and the queries."""
    graphs = {quad.graph_name for quad in ox.parse(export(build_of(small), "nq"), format=ox.RdfFormat.N_QUADS)}
    files = {path.relative_to(SMALL).as_posix().removesuffix(".ttl") for path in SMALL.rglob("*.ttl")}
    named = {f"<{GRAPH}{path}>" for path in files if not path.startswith("ontology/shapes/")}
    assert {str(graph) for graph in graphs} == named | {f"<{INFERRED}>", f"<{QUERIES}>", f"<{VERSIONS}>"}


def test_formats_without_graphs_have_prefixes(small: Path) -> None:
    """Turtle is written with the project's prefixes that occur, and with no other."""
    text = export(build_of(small), "ttl").decode()
    assert "@prefix region: <https://w3id.org/borderlands/id/region/> ." in text
    assert "@prefix swap: " not in text
    assert "region:north-shore " in text


def test_export_of_a_damaged_build(folder: Path) -> None:
    """Nothing is written of a store that is not whole."""
    next((Path(build_of(folder).folder) / "store").glob("*.sst")).unlink()
    done = kg(folder, "export")
    assert (done.code, done.out) == (3, "")
    pipeline.build(Project(str(folder), str(folder / ".kg"), False))
    assert kg(folder, "export").code == 0
