"""The guards of the project on one mistaken dataset, fast enough for thousands of them.

The closure, the checks and the vocabulary check see all of the data each time. The shapes see all
of the data as well, but judge only the things near the mistake; a mistake that every guard lets
pass is judged by the shapes once more, on all things, before it counts as missed. Where the texts
of the sources are at hand, the check of evidence sees all of the data too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pyoxigraph as ox
from pyshacl.graph_abstraction import DataGraph
from pyshacl.validator import Validator
from rdflib import URIRef
from rdflib.namespace import RDF, SH

from bench.seeded.world import Edit
from kg import reason
from kg.dataset import Dataset, graph_iri, subjects_in_two_files, triples_in_two_files
from kg.errors import KgError
from kg.evidence import Text, prove, read_records
from kg.files import Project
from kg.namespaces import shorten
from kg.shacl import Term, judged_graph, judged_triple
from kg.turtle import canonical_text
from kg.validate import check_rows, shape_results, unknown_terms

GUARDS = ("parser", "canonical form", "layout", "vocabulary", "shapes", "checks", "closure", "evidence")
# From the mistake to a thing that a shape would report: at most this many statements, and through
# no thing with more statements than that, such as a state or a source.
STEPS = 2
HUB = 60


class Guards:
    """The guards, and the clean data in the form that each of them reads."""

    def __init__(self, project: Project, dataset: Dataset, texts: dict[str, Text] | None = None) -> None:
        self._dataset = dataset
        self._texts = texts
        self._doubts = doubts(dataset, texts) if texts else set()
        self._checks = {path: Path(project.path(path)).read_text("utf-8") for path in checks(project)}
        self._store = ox.Store()
        self._store.bulk_extend(dataset.quads())
        self._near = _Near(dataset)

    def findings(self, edit: Edit, *, textual: bool = False, first: bool = False) -> dict[str, set[str]]:
        """By guard that complains of a mistake, the rules that it breaks; warnings are left aside.

        Args:
            edit: The mistake.
            first: Whether to ask no further guard once one has complained.
            textual: Whether the texts are read in any case, and not only where every other guard lets the mistake
                pass; and the shapes judge no more than what is near it.
        """
        try:
            mistaken = edit.apply(self._dataset)
        except KgError:
            return {"parser": {"parser"}}
        touched = self._touched(mistaken)
        asked: dict[str, Callable[[], set[str]]] = {
            "canonical form": lambda: _unformatted(mistaken, touched),
            "shapes": lambda: self._near.broken(mistaken, touched),
            "closure": lambda: _clashes(mistaken),
            "vocabulary": lambda: {finding.rule for finding in unknown_terms(mistaken) if finding.violation},
            "checks": lambda: self._broken_checks(mistaken, touched),
            "layout": lambda: _misplaced(mistaken),
        }
        found: dict[str, set[str]] = {}
        for guard, ask in asked.items():
            if not (first and any(found.values())):
                found[guard] = ask()
        if not textual and not any(found.values()):
            found["shapes"] = broken_shapes(mistaken)
        if self._texts and (textual or not any(found.values())):
            found["evidence"] = doubts(mistaken, self._texts) - self._doubts
        return {guard: found[guard] for guard in GUARDS if found.get(guard)}

    def near_shapes(self, edit: Edit) -> set[str]:
        """The shapes that a mistake breaks, judged near it."""
        mistaken = edit.apply(self._dataset)
        return self._near.broken(mistaken, self._touched(mistaken))

    def broken_checks(self, edit: Edit) -> set[str]:
        """The names of the checks that complain of a mistake."""
        mistaken = edit.apply(self._dataset)
        return self._broken_checks(mistaken, self._touched(mistaken))

    def _touched(self, mistaken: Dataset) -> list[str]:
        clean = self._dataset.documents
        return [path for path, document in mistaken.documents.items() if document is not clean[path]]

    def _broken_checks(self, mistaken: Dataset, touched: Iterable[str]) -> set[str]:
        before = {quad for path in touched for quad in _quads(self._dataset, path)}
        after = {quad for path in touched for quad in _quads(mistaken, path)}
        try:
            for quad in before - after:
                self._store.remove(quad)
            self._store.extend(after - before)
            return {
                path.rpartition("/")[2].removesuffix(".rq")
                for path, text in self._checks.items()
                if check_rows(self._store, path, text)
            }
        finally:
            for quad in after - before:
                self._store.remove(quad)
            self._store.extend(before - after)


def checks(project: Project) -> list[str]:
    """The paths of the hygiene checks."""
    return project.files("ontology/checks", ".rq")


def broken_shapes(dataset: Dataset) -> set[str]:
    """The shapes that a dataset breaks, judged on all things as `kg check` does."""
    return {finding.rule.partition(" ")[0] for finding in shape_results(dataset) if finding.violation}


def doubts(dataset: Dataset, texts: dict[str, Text]) -> set[str]:
    """The claims and notes that the texts do not prove, and the passages left over."""
    report = prove(read_records(dataset), texts)
    return {
        *(f"{shorten(doubt.thing)}: {doubt.what}" for found in report.documents.values() for doubt in found.doubts),
        *(f"{number} {passage.number}" for number, found in report.documents.items() for passage in found.bare),
    }


def _unformatted(dataset: Dataset, touched: Iterable[str]) -> set[str]:
    for path in touched:
        document = dataset.documents[path]
        try:
            if canonical_text(document) != document.text:
                return {"canonical form"}
        except KgError:
            return {"canonical form"}
    return set()


def _misplaced(dataset: Dataset) -> set[str]:
    subjects, triples = subjects_in_two_files(dataset.documents), triples_in_two_files(dataset.documents)
    rules = {"subject in two files": any(subjects), "statement in two files": any(triples)}
    return {rule for rule, broken in rules.items() if broken}


def _clashes(dataset: Dataset) -> set[str]:
    try:
        closure = reason.close(triple for document in dataset.documents.values() for triple in document.triples)
    except KgError:
        return {"broken list"}
    return {clash.rule for clash in closure.clashes}


def _quads(dataset: Dataset, path: str) -> Iterable[ox.Quad]:
    graph = ox.NamedNode(graph_iri(path))
    for triple in dataset.documents[path].triples:
        if path.startswith("data/") or not _has_blank(triple):
            yield ox.Quad(triple.subject, triple.predicate, triple.object, graph)


def _has_blank(triple: ox.Triple) -> bool:
    return isinstance(triple.subject, ox.BlankNode) or isinstance(triple.object, ox.BlankNode)


class _Near:
    """The shapes with all data in one graph that is changed and put back, judging what is near a change."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._graph = judged_graph(quad.triple for quad in dataset.quads())
        shapes = judged_graph(triple for document in dataset.shapes.values() for triple in document.triples)
        self._validator = Validator(DataGraph.from_rdflib(self._graph), shacl_graph=shapes, options={})

    def broken(self, mistaken: Dataset, touched: Iterable[str]) -> set[str]:
        before = {judged_triple(quad.triple) for path in touched for quad in _quads(self._dataset, path)}
        after = {judged_triple(quad.triple) for path in touched for quad in _quads(mistaken, path)}
        # A statement that stands in another file as well is there already.
        new = [triple for triple in after - before if triple not in self._graph]
        gone = before - after
        near = self._neighbours(gone)
        try:
            for triple in gone:
                self._graph.remove(triple)
            for triple in new:
                self._graph.add(triple)
            near |= self._neighbours(new)
            return self._judge(near | {node for triple in (*gone, *new) for node in (triple[0], triple[2])})
        finally:
            for triple in new:
                self._graph.remove(triple)
            for triple in gone:
                self._graph.add(triple)

    def _judge(self, focus: set[Term]) -> set[str]:
        broken = set()
        executor = self._validator.make_executor()
        data = self._validator.data_graph
        for shape in self._validator.shacl_graph.shapes:
            nodes = shape.focus_nodes(data) & focus
            if nodes:
                _, results = shape.validate(executor, data, focus=list(nodes))
                broken |= {rule for result in results if (rule := _rule(result[2])) is not None}
        return broken

    def _neighbours(self, triples: Iterable[_Triple]) -> set[Term]:
        """The things within some steps of the subjects of triples."""
        found: set[Term] = {subject for subject, _, _ in triples}
        edge = set(found)
        for step in range(STEPS):
            following: set[Term] = set()
            for node in edge:
                others = {
                    value for _, predicate, value in self._graph.triples((node, None, None)) if predicate != RDF.type
                }
                others |= set(self._graph.subjects(None, node))
                if step == 0 or len(others) <= HUB:
                    following |= {other for other in others if isinstance(other, URIRef)}
            edge = following - found
            found |= following
        return found


_Triple = tuple[Term, URIRef, Term]


def _rule(triples: Iterable[tuple[object, object, object]]) -> str | None:
    """The shape of a result, as the report names it, if the result is a violation."""
    values = {predicate: value[1] if isinstance(value, tuple) else value for _, predicate, value in triples}
    if values.get(SH.resultSeverity) != SH.Violation:
        return None
    return shorten(str(values[SH.sourceShape]))
