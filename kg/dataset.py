"""The files of a project as one dataset: a named graph for each Turtle file.

The graph's IRI follows from the file's path, one subject is described in one file, and no
triple stands in two. Files of some folders may add to a subject that is described elsewhere:
below `data/external/` what outside packages and the curators' own lists of names say of it,
below `ontology/align/` how it relates to the terms of other vocabularies. The small graphs of
the questions in `ontology/questions/` are no part of the dataset.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

from kg.errors import DataError
from kg.files import QUESTIONS, Project
from kg.namespaces import GRAPH, shorten
from kg.turtle import Document, parse_file

ADDING = ("data/external/", "ontology/align/")
SHAPES_FOLDER = "ontology/shapes/"


@dataclass(frozen=True)
class Dataset:
    """The parsed files of a project.

    Attributes:
        documents: The files that are facts or terms, by path from the root: ontology and data.
        shapes: The files of SHACL shapes, by path; they judge the dataset and are no part of it.
    """

    documents: dict[str, Document]
    shapes: dict[str, Document]

    def quads(self) -> list[ox.Quad]:
        """Every triple in the graph of its file, blank nodes named canonically (RDFC-1.0); in one order for one input.

        Those with blank nodes come last, as their order follows from their names.
        """
        return list(self._quads)

    @cached_property
    def _quads(self) -> list[ox.Quad]:
        named: list[ox.Quad] = []
        blank = ox.Dataset()
        for path, document in sorted(self.documents.items()):
            graph = ox.NamedNode(graph_iri(path))
            for triple in dict.fromkeys(document.triples):
                quad = ox.Quad(triple.subject, triple.predicate, triple.object, graph)
                if isinstance(triple.subject, ox.BlankNode) or isinstance(triple.object, ox.BlankNode):
                    blank.add(quad)
                else:
                    named.append(quad)
        blank.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        return named + sorted(blank, key=str)

    def subjects(self) -> set[str]:
        """The IRIs of all that the files describe, shapes left aside."""
        return {subject for document in self.documents.values() for subject in _subjects(document)}

    def where(self, subject: str, predicate: str | None = None, value: str | None = None) -> str:
        """`file:line` of a statement, or of what is nearest to it; the subject's name if no file has that.

        Nearest is the whole statement, then one with the same subject and predicate, then the subject; files that
        add to a subject come last.
        """
        found: dict[int, str] = {}
        homes = sorted(self.documents.items(), key=lambda item: item[0].startswith(ADDING))
        for path, document in (*homes, *self.shapes.items()):
            if document.positions.line_of_subject(subject) is None:
                continue
            likeness = max(_likeness(triple, subject, predicate, value) for triple in document.triples)
            found.setdefault(likeness, f"{path}:{document.positions.line_of(subject, predicate, value)}")
        return found[max(found)] if found else shorten(subject)


def _likeness(triple: ox.Triple, subject: str, predicate: str | None, value: str | None) -> int:
    """How many of its terms a triple has in common with a statement, from the first on."""
    if not isinstance(triple.subject, ox.NamedNode) or triple.subject.value != subject:
        return 0
    if triple.predicate.value != predicate:
        return 1
    return 3 if getattr(triple.object, "value", None) == value else 2


def graph_iri(path: str) -> str:
    """The named graph of a file, by its path from the root; what an IRI cannot hold is percent-encoded."""
    return GRAPH + quote(path.removesuffix(".ttl"), errors="surrogateescape")


def read_dataset(project: Project) -> Dataset:
    """Parse every Turtle file of a project, those of the questions aside.

    Raises:
        TurtleSyntaxError: A file does not parse.
        DataError: The project has no ontology or no data, or breaks the rules of layout.
    """
    for folder in ("ontology", "data"):
        if not project.files(folder, ".ttl"):
            raise DataError(f"{folder}/ holds no Turtle file.\n  A project needs an ontology and data to build from.")
    parsed = {
        path: parse_file(Path(project.path(path)), path)
        for folder in ("ontology", "data")
        for path in project.files(folder, ".ttl")
        if not path.startswith(QUESTIONS)
    }
    shapes = {path: document for path, document in parsed.items() if path.startswith(SHAPES_FOLDER)}
    dataset = Dataset({path: parsed[path] for path in parsed if path not in shapes}, shapes)
    problems = [*subjects_in_two_files(dataset.documents), *triples_in_two_files(dataset.documents)]
    if problems:
        raise DataError("\n".join(problems))
    return dataset


def subjects_in_two_files(documents: dict[str, Document]) -> Iterator[str]:
    """One message for each subject that two files describe, files that may add left aside."""
    home: dict[str, str] = {}
    for path, document in documents.items():
        if path.startswith(ADDING):
            continue
        for subject in dict.fromkeys(_subjects(document)):
            if subject in home:
                here, there = document.positions, documents[home[subject]].positions
                yield (
                    f"{path}:{here.line_of_subject(subject)}: {shorten(subject)} is described in two files, here and "
                    f"in {home[subject]}:{there.line_of_subject(subject)}.\n"
                    "  Put all that is said of it into one of them."
                )
            else:
                home[subject] = path


def triples_in_two_files(documents: dict[str, Document]) -> Iterator[str]:
    """One message for each triple that stands in two files: a union of graphs would count it twice."""
    home: dict[ox.Triple, str] = {}
    for path, document in documents.items():
        for triple in set(document.triples):
            first = home.setdefault(triple, path)
            if first != path and isinstance(triple.subject, ox.NamedNode):
                line = document.positions.line_of(triple.subject.value, triple.predicate.value)
                yield (
                    f"{path}:{line}: this statement about {shorten(triple.subject.value)} also stands in {first}.\n"
                    "  Keep it in one of them."
                )


def _subjects(document: Document) -> Iterable[str]:
    return (triple.subject.value for triple in document.triples if isinstance(triple.subject, ox.NamedNode))
