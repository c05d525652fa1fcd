"""The SHACL shapes: each constraint catches its own mistake, and nothing that is right."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import RDF, RDFS, SH

from kg.shacl import report as judged
from kg.turtle import parse_file

ROOT = Path(__file__).resolve().parents[2]
SHAPE = "https://w3id.org/borderlands/shapes#"


def graph_of(folder: str) -> Graph:
    """All Turtle files directly in a folder of the project, as one graph."""
    graph = Graph()
    for path in sorted((ROOT / folder).glob("*.ttl")):
        graph.parse(path, format="turtle")
    return graph


@cache
def shapes() -> Graph:
    """All shapes of the project, read once."""
    return graph_of("ontology/shapes")


@cache
def shape_triples() -> tuple[ox.Triple, ...]:
    """The same for the engine."""
    paths = sorted((ROOT / "ontology/shapes").glob("*.ttl"))
    return tuple(triple for path in paths for triple in parse_file(path, path.name).triples)


@cache
def class_tree() -> tuple[ox.Triple, ...]:
    """The class hierarchy alone: all that `sh:class` and `sh:targetClass` ask of the ontology."""
    return tuple(
        triple
        for path in sorted((ROOT / "ontology").glob("*.ttl"))
        for triple in parse_file(path, path.name).triples
        if triple.predicate.value == str(RDFS.subClassOf)
    )


def local(term: object) -> str:
    """The part of an IRI after the hash."""
    return str(term).rpartition("#")[2]


@cache
def constraints() -> tuple[str, ...]:
    """The local names of all shapes that speak to the reader: those with a message."""
    return tuple(sorted({local(shape) for shape in shapes().subjects(SH.message, None)}))


@cache
def node_shapes() -> tuple[str, ...]:
    """The local names of all shapes that gather constraints for a class."""
    return tuple(
        sorted(
            local(shape)
            for shape in set(shapes().subjects(SH.property, None))
            if (shape, RDF.type, SH.NodeShape) in shapes()
        )
    )


def broken(path: Path, *, tree: bool = True) -> list[str]:
    """The local names of the shapes that a file breaks.

    Args:
        path: A Turtle file.
        tree: Whether the class hierarchy is added to the data.
    """
    data = [*parse_file(path, path.name).triples, *(class_tree() if tree else ())]
    report = judged(shape_triples(), data)
    return sorted({local(shape) for shape in report.objects(None, SH.sourceShape)})


@pytest.mark.parametrize("name", constraints())
def test_invalid_file_breaks_its_shape_alone(name: str) -> None:
    """Each constraint has a small invalid file, and that file breaks it and nothing else."""
    path = ROOT / "tests" / "invalid" / f"{name}.ttl"
    assert path.is_file(), f"shape:{name} has no file {path.relative_to(ROOT)}"
    assert broken(path) == [name]


@pytest.mark.parametrize("name", node_shapes())
def test_valid_file_conforms(name: str) -> None:
    """Each class with a shape has a small valid file, and that file breaks nothing."""
    path = ROOT / "tests" / "valid" / f"{name}.ttl"
    assert path.is_file(), f"shape:{name} has no file {path.relative_to(ROOT)}"
    assert broken(path) == []


@pytest.mark.parametrize(("folder", "names"), [("invalid", constraints()), ("valid", node_shapes())])
def test_no_file_is_left_over(folder: str, names: tuple[str, ...]) -> None:
    """No example outlives its shape."""
    assert {path.stem for path in (ROOT / "tests" / folder).glob("*.ttl")} == set(names)


@pytest.mark.parametrize("name", constraints())
def test_constraint_is_complete(name: str) -> None:
    """Each constraint has a severity and one message, in English, that is a whole sentence."""
    shape = URIRef(SHAPE + name)
    messages = list(shapes().objects(shape, SH.message))
    assert len(messages) == 1
    assert isinstance(messages[0], Literal)
    assert messages[0].language == "en"
    assert re.fullmatch(r"[A-Z].*[.]", str(messages[0]))
    assert shapes().value(shape, SH.severity) in {SH.Violation, SH.Warning}


@pytest.mark.parametrize("name", constraints())
def test_constraint_is_reached(name: str) -> None:
    """Each constraint belongs to a shape with a target, or has a target of its own."""
    shape = URIRef(SHAPE + name)
    holders = {shape, *shapes().subjects(SH.property, shape)}
    targets = {SH.targetClass, SH.targetSubjectsOf}
    assert any((holder, target, None) in shapes() for holder in holders for target in targets)


def test_shapes_target_existing_classes() -> None:
    """A shape with a slip in its target would never complain; so each target is a term of the ontology."""
    known = set(graph_of("ontology").subjects(RDF.type, None))
    targets = {*shapes().objects(None, SH.targetClass), *shapes().objects(None, SH.targetSubjectsOf)}
    ours = {target for target in targets if "borderlands" in str(target)}
    assert ours - known == set()


def selects() -> list[str]:
    """The text of every SPARQL constraint."""
    return [str(text) for text in shapes().objects(None, SH.select)]


def test_queries_avoid_what_pyshacl_refuses_or_skips() -> None:
    """The engine refuses MINUS and VALUES, and may pass over a nested SELECT that leaves out $this."""
    for text in selects():
        assert not re.search(r"\b(MINUS|VALUES|SERVICE)\b", text), text
        for projection in re.findall(r"SELECT(.*?)WHERE", text, re.DOTALL):
            assert "$this" in projection, text


def test_queries_use_declared_prefixes() -> None:
    """Every prefix in a query is declared for pySHACL, with the namespace that the files use."""
    declared = {str(prefix) for prefix in shapes().objects(None, SH.prefix)}
    for text in selects():
        bare = re.sub(r'"[^"]*"|<[^>]*>', " ", text)
        assert set(re.findall(r"\b([a-z]+):", bare)) <= declared, text
    used = dict(shapes().namespaces())
    for declaration in shapes().objects(None, SH.declare):
        assert not isinstance(declaration, BNode)
        prefix, namespace = shapes().value(declaration, SH.prefix), shapes().value(declaration, SH.namespace)
        assert str(used.get(str(prefix), namespace)) == str(namespace)


def test_class_constraints_need_the_hierarchy() -> None:
    """Without the ontology a plant is no entity for `sh:class`: the data are never judged without it."""
    path = ROOT / "tests" / "valid" / "Location.ttl"
    assert broken(path, tree=False) != []
    assert broken(path) == []


AGREED = ROOT / "tests" / "constraints.txt"


def written(term: object) -> str:
    """A term of a constraint on one line: lists by their members, blank nodes by what they say."""
    if not isinstance(term, BNode):
        return term.n3(shapes().namespace_manager) if isinstance(term, URIRef | Literal) else str(term)
    if (term, RDF.first, None) in shapes():
        return f"( {' '.join(map(written, shapes().items(term)))} )"
    parts = sorted(f"{local(name)} {written(value)}" for name, value in shapes().predicate_objects(term))
    return f"[ {' ; '.join(parts)} ]"


def agreed_form() -> str:
    """Every statement of every shape but for messages and comments, a line each, sorted."""
    lines = {
        f"{local(shape)} {local(name)} {' '.join(written(value).split())}"
        for shape, name, value in shapes()
        if isinstance(shape, URIRef) and name not in (SH.message, RDFS.comment, RDF.type)
    }
    return "".join(f"{line}\n" for line in sorted(lines))


def test_constraints_are_the_agreed_ones() -> None:
    """No constraint is taken out or weakened unseen; `KG_AGREE=1` writes the list anew, to be read before a commit.

    Where a shape has several constraints, its invalid file breaks one of them; this list holds the others.
    """
    if "KG_AGREE" in os.environ:
        AGREED.write_text(agreed_form(), "utf-8")
    assert AGREED.read_text("utf-8") == agreed_form()
