"""What reasoning must conclude and must not conclude, as two folders of small questions.

Each question of `ontology/questions/` is an ASK query over the closure of the ontology and of the Turtle file beside
it. Those in `complete/` must be answered with yes, those in `sound/` with no. Their graphs speak of things below
`https://e.example/`, so that all can be closed together, each with names of its own: what follows from one of them
follows from all, and only what then looks wrong has to be judged alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg import reason
from kg.dataset import Dataset, graph_iri
from kg.errors import DataError
from kg.files import QUESTIONS, Project, read_text
from kg.findings import Finding
from kg.turtle import parse

COMPLETE, SOUND = "complete", "sound"
EXAMPLE = "https://e.example/"


@dataclass(frozen=True)
class Question:
    """One question.

    Attributes:
        folder: `complete` or `sound`.
        name: The stem of its two files.
        text: Its ASK query with its header.
        graph: Its graph, in Turtle.
    """

    folder: str
    name: str
    text: str
    graph: str

    @property
    def path(self) -> str:
        """The file of its query, from the root of the project."""
        return f"{QUESTIONS}{self.folder}/{self.name}.rq"

    @property
    def triples(self) -> tuple[ox.Triple, ...]:
        """The statements of its graph; a TurtleSyntaxError if it is none."""
        return parse(self.graph, self.path.removesuffix(".rq") + ".ttl").triples

    @property
    def words(self) -> str:
        """The question in words, from its header."""
        return next(iter(self.header("question")), self.name)

    def header(self, field: str) -> list[str]:
        """The values of a field in its `#+` lines."""
        return re.findall(rf"^#\+ {field}: (.+)$", self.text, re.MULTILINE)

    def apart(self) -> Question:
        """The same question about things with names that no other question uses."""
        own = f"{EXAMPLE}{self.folder}/{self.name}/"
        return Question(self.folder, self.name, self.text.replace(EXAMPLE, own), self.graph.replace(EXAMPLE, own))


def read_questions(project: Project) -> list[Question]:
    """All questions of a project; none if it has no such folder.

    Raises:
        DataError: A query has no graph beside it, or a graph has no query.
    """
    found = []
    for folder in (COMPLETE, SOUND):
        asked, stated = (project.files(f"{QUESTIONS}{folder}", suffix) for suffix in (".rq", ".ttl"))
        odd = {path.rpartition(".")[0] for path in asked} ^ {path.rpartition(".")[0] for path in stated}
        if odd:
            raise DataError(f"{min(odd)}: a question is a query .rq with a graph .ttl beside it; one is missing.")
        for paths in zip(asked, stated, strict=True):
            text, graph = (read_text(project.path(path), path) for path in paths)
            found.append(Question(folder, Path(paths[0]).stem, text, graph))
    return found


def axioms(dataset: Dataset) -> list[ox.Triple]:
    """The modules of the ontology, without the texts of labels and definitions, from which nothing follows."""
    return [
        triple
        for path, document in dataset.documents.items()
        if path.startswith("ontology/") and path.count("/") == 1
        for triple in document.triples
        if not isinstance(triple.object, ox.Literal)
    ]


def answers(questions: Iterable[Question], graph: Iterable[ox.Triple]) -> list[bool]:
    """The answers to questions over a graph as it stands.

    Raises:
        DataError: A question is no valid ASK query.
    """
    store = ox.Store()
    store.extend(ox.Quad(triple.subject, triple.predicate, triple.object) for triple in graph)
    found = []
    for question in questions:
        try:
            answer = store.query(question.text)
        except SyntaxError as error:
            raise DataError(f"{question.path}: the question is no valid SPARQL: {error}") from error
        if not isinstance(answer, ox.QueryBoolean):
            raise DataError(f"{question.path}: a question is an ASK query.")
        found.append(bool(answer))
    return found


def judged(questions: list[Question], ontology: Iterable[ox.Triple]) -> tuple[list[bool], bool]:
    """The answers over the closure of the ontology and the graphs of the questions, and whether that has clashes."""
    graph = [*ontology, *(triple for question in questions for triple in question.triples)]
    closure = reason.close(graph)
    return answers(questions, [*graph, *closure.inferred]), bool(closure.clashes)


def question_findings(dataset: Dataset, questions: list[Question]) -> list[Finding]:
    """The questions to which the project's reasoner gives the wrong answer, or whose graphs clash with the ontology.

    Raises:
        DataError: A question is no valid ASK query.
    """
    ontology = axioms(dataset)
    given, clash = judged([question.apart() for question in questions], ontology)
    findings = []
    for question, answer in zip(questions, given, strict=True):
        # A yes that is not wanted, or that a variable may owe to another's graph, is asked for once more.
        if clash or (answer and (question.folder == SOUND or "?" in question.text.partition("ASK")[2])):
            [answer], clashing = judged([question], ontology)
            if clashing:
                what = f"the graph of the question clashes with the ontology: {question.words}"
                findings.append(_finding(question, what, "Mend the graph, or the axioms with which it clashes."))
        if answer != (question.folder == COMPLETE):
            what, advice = (
                (f"this must follow, and does not: {question.words}", "Mend the axioms from which it should follow.")
                if question.folder == COMPLETE
                else (f"this must not follow, and does: {question.words}", "Mend the axioms from which it follows.")
            )
            findings.append(_finding(question, what, advice))
    return findings


def _finding(question: Question, what: str, advice: str) -> Finding:
    focus = graph_iri(question.path.removesuffix(".rq"))
    return Finding(f"{question.path}:1", what, advice, f"{QUESTIONS}{question.folder}", focus=focus)
