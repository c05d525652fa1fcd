"""The SHACL engine of the build and the reference, pySHACL, report the same results."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random
from urllib.parse import unquote, urlparse

import pyoxigraph as ox
import pytest
from rdflib import BNode, Graph
from rdflib.namespace import RDF, RDFS, SH, XSD, Namespace
from rdflib.term import Node

from bench.seeded.run import mistakes
from bench.seeded.world import KINDS, Edit, World
from conftest import ROOT
from kg.dataset import Dataset, read_dataset
from kg.errors import KgError
from kg.files import Project
from kg.shacl import judged_graph, report
from kg.turtle import parse, parse_file
from parts import need_file

SUITE = ".parts/shacl/pyshacl-0.40.1/test/resources/sht_tests"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = Namespace("http://www.w3.org/ns/shacl-test#")
# The one difference in what a mistake can do here: a value that no number can be compared with is out of every range
# (SHACL, section 4.5). pySHACL puts it in an order all the same, and so within one of two bounds. It is in no doubt
# that the value is wrong: the same shape asks for a datatype.
RANGES = {SH.MinInclusiveConstraintComponent, SH.MaxInclusiveConstraintComponent}
NUMBERS = {XSD.integer, XSD.decimal, XSD.double, XSD.float}


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    """The files of this checkout."""
    return read_dataset(Project(str(ROOT), str(ROOT / ".kg"), False))


def triples(dataset: Dataset) -> tuple[list[ox.Triple], list[ox.Triple]]:
    """The shapes of a dataset, and its data."""
    shapes = [triple for document in dataset.shapes.values() for triple in document.triples]
    return shapes, [quad.triple for quad in dataset.quads()]


def told(graph: Graph, node: Node, but: Node | None = None) -> object:
    """A term; of a blank node all that is said of it, but by one property."""
    if not isinstance(node, BNode):
        return node.n3()
    said = ((name, told(graph, value, but)) for name, value in graph.predicate_objects(node) if name != but)
    return frozenset(Counter(said).items())


def results(graph: Graph, but: Node | None = None) -> Counter[object]:
    """The results of a report: focus, path, value, component, shape, severity, message, and all else said of them."""
    return Counter(told(graph, result, but) for result in {*graph.objects(None, SH.result)} - beyond_compare(graph))


def beyond_compare(graph: Graph) -> set[Node]:
    """The results of a range for a value that is no number, where the same shape finds fault with its datatype."""
    key = (SH.focusNode, SH.sourceShape, SH.value)
    faults = {
        tuple(graph.value(result, name) for name in key)
        for result in graph.subjects(SH.sourceConstraintComponent, SH.DatatypeConstraintComponent)
    }
    return {
        result
        for component in RANGES
        for result in graph.subjects(SH.sourceConstraintComponent, component)
        if getattr(graph.value(result, SH.value), "datatype", None) not in NUMBERS
        and tuple(graph.value(result, name) for name in key) in faults
    }


def both(
    shapes: list[ox.Triple], data: list[ox.Triple], but: Node | None = None
) -> tuple[Counter[object], Counter[object]]:
    """The results of the reference and of the engine of the build."""
    reference, ours = (results(report(shapes, data, validator), but) for validator in ("pyshacl", "turbo"))
    return reference, ours


def test_real_graph(dataset: Dataset) -> None:
    """The real data have the same results."""
    reference, ours = both(*triples(dataset))
    assert reference == ours


@pytest.fixture(scope="module")
def class_tree(dataset: Dataset) -> list[ox.Triple]:
    """What shapes ask of the ontology: the hierarchy of its classes."""
    return [triple for triple in triples(dataset)[1] if triple.predicate.value == str(RDFS.subClassOf)]


@pytest.mark.parametrize("path", sorted((ROOT / "tests").glob("*valid/*.ttl")), ids=lambda path: path.stem)
def test_fixtures(path: Path, dataset: Dataset, class_tree: list[ox.Triple]) -> None:
    """Each invalid and each valid example has the same results; an invalid one has some."""
    reference, ours = both(triples(dataset)[0], [*parse_file(path, path.name).triples, *class_tree])
    assert reference == ours
    assert bool(ours) == (path.parent.name == "invalid")


def merged(dataset: Dataset, edits: list[Edit]) -> Dataset:
    """The dataset with many mistakes at once; those that do not parse, or are in texts of others, are left out."""
    for edit in edits:
        try:
            dataset = edit.apply(dataset)
        except KgError:
            continue
    return dataset


@pytest.mark.parametrize("seed", [1, 2])
def test_seeded_mistakes(seed: int, dataset: Dataset) -> None:
    """With some mistakes of each kind the data have the same results, and hundreds of them."""
    world = World(dataset)
    edits = [edit for name in KINDS for edit in mistakes(world, name, seed, 4)[1] if not edit.texts]
    Random(seed).shuffle(edits)  # noqa: S311
    reference, ours = both(*triples(merged(dataset, edits)))
    assert reference == ours
    assert ours.total() > 300


@pytest.mark.parametrize("written", ["250.00", "+250", "0250.0"])
def test_literals_are_judged_as_written(written: str) -> None:
    """A number that is written in two ways is two values to both engines, and reported as it is written."""
    head = (
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . "
        "@prefix e: <http://e.example/> .\n"
    )
    shapes = parse(f"{head} e:S a sh:NodeShape ; sh:targetNode e:x ; sh:property e:P . e:P sh:path e:p ; "
                   'sh:in ( "250.0"^^xsd:decimal ) .', "shapes.ttl")  # fmt: skip
    data = parse(f'{head} e:x e:p "250.0"^^xsd:decimal , "{written}"^^xsd:decimal .', "data.ttl")
    reference, ours = both(list(shapes.triples), list(data.triples), SH.resultMessage)
    assert reference == ours
    assert ours.total() == 1
    assert f'"{written}"' in str(ours)


# --- the public test suite -------------------------------------------------------------------


# Where the reference is not what the suite expects, and why.
REFERENCE_ERRS = {
    "core/property/uniqueLang-002.ttl": 'only "true" asks for unique languages; pySHACL also takes "1"',
    "sparql/node/prefixes-001.ttl": "prefixes are taken over from imported declarations; pySHACL does not know them",
    "sparql/pre-binding/shapesGraph-001.ttl": "a query may ask the shapes graph; pySHACL gives it none",
}


def quads_of(path: Path) -> list[ox.Triple]:
    """The triples of a file of the suite."""
    return [quad.triple for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE, base_iri=path.as_uri())]


def summary(graph: Graph, of: Node | None) -> Counter[object]:
    """The results of a report as the suite gives them: of a shape or path without a name, only that there is one."""
    names = (SH.focusNode, SH.resultPath, SH.value, SH.sourceConstraintComponent, SH.sourceShape, SH.resultSeverity)

    def short(term: Node | None) -> str | None:
        return None if term is None else "[]" if isinstance(term, BNode) else term.n3()

    return Counter(tuple(short(graph.value(result, name)) for name in names) for result in graph.objects(of, SH.result))


def outcome(validator: str, path: Path, shapes: Path) -> tuple[object, object]:
    """What an engine says of a file of the suite: all that its results say, and the same in short; or that it fails."""
    data = quads_of(path)
    try:
        graph = report(data if shapes == path else quads_of(shapes), data, validator)
    except ValueError:
        return "failure", "failure"
    # The words of a message are the engine's own where the shape has none.
    return results(graph, SH.resultMessage), summary(graph, graph.value(None, RDF.type, SH.ValidationReport))


@pytest.mark.parts
def test_public_suite() -> None:
    """On each case of the working group's suite both engines report the same, and ours what the suite expects."""
    folder = need_file(SUITE, "compare SHACL engines on the public test suite")
    differ, wrong, count = [], [], 0
    for path in sorted(folder.rglob("*.ttl")):
        graph = judged_graph(quads_of(path))
        for case in graph.subjects(RDF.type, SHT.Validate):
            count += 1
            action, expected = graph.value(case, MF.action), graph.value(case, MF.result)
            files = [
                Path(unquote(urlparse(str(graph.value(action, name))).path))
                for name in (SHT.dataGraph, SHT.shapesGraph)
            ]
            (reference, _), (ours, short) = (outcome(validator, *files) for validator in ("pyshacl", "turbo"))
            wanted = "failure" if expected == SHT.Failure else summary(graph, expected)
            name = str(path.relative_to(folder))
            differ += [name] if reference != ours else []
            wrong += [name] if short != wanted else []
    assert count > 110
    assert (differ, wrong) == (sorted(REFERENCE_ERRS), [])
