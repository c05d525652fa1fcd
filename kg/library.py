"""The graph for Python programs: canned queries and SPARQL with rdflib's terms."""

from __future__ import annotations

from collections.abc import Callable

import pyoxigraph as ox
from rdflib.term import Identifier

from kg import pipeline, query, show
from kg.files import Build, Project, find_project, usable_build
from kg.names import find, label, resolve
from kg.reference import to_rdflib
from kg.store import Answer, ask_store, on_deep_stack, open_store

QueryRow = dict[str, Identifier | None]


class Graph:
    """A built graph, opened read-only."""

    def __init__(self, project: Project, build: Build) -> None:
        self.project = project
        self._store = open_store(build.store)
        self._catalogue = build.catalogue()

    @property
    def queries(self) -> dict[str, str]:
        """The canned queries: name to question."""
        return {name: str(entry["question"]) for name, entry in self._catalogue.items()}

    def query(self, name: str, /, **arguments: str | int) -> list[QueryRow]:
        """The rows of a canned query, each a mapping from column to term (None where there is no value).

        Args:
            name: One of `queries`.
            arguments: Its parameters: an IRI, a prefixed name, a name in any language, or a number.

        Raises:
            UsageError: An unknown query or parameter, or a value that does not fit.
        """
        given = {key: str(value) for key, value in arguments.items()}
        return _rows(query.run(self._store, self._catalogue, name, given))

    def sparql(self, text: str) -> list[QueryRow] | bool:
        """The rows of a SELECT, or the truth of an ASK.

        Raises:
            QueryError: The text does not parse, is refused, or is a CONSTRUCT or DESCRIBE.
        """

        def ask() -> list[QueryRow] | bool:
            answer = ask_store(self._store, text)
            return answer.truth() if answer.kind == "ask" else _rows(answer)

        return on_deep_stack(ask)

    def find(self, text: str) -> list[tuple[str, str, str]]:
        """Things with a name that holds the text: (IRI, name, class)."""
        return [(thing.value, name, kind) for thing, name, kind in find(self._store, text)]

    def show(self, thing: str) -> show.Description:
        """All that is said about a thing, given by IRI, prefixed name or name."""
        return show.Description(self._store, resolve(self._store, thing))

    def label(self, term: Identifier | str) -> str:
        """The English name of a thing, given as a term or an IRI."""
        return label(self._store, ox.NamedNode(str(term)))


def _rows(answer: Answer) -> list[QueryRow]:
    return [
        {name: None if term is None else to_rdflib(term) for name, term in zip(answer.columns, row, strict=True)}
        for row in answer.rows()
    ]


def open(directory: str | None = None, progress: Callable[[str], None] = lambda stage: None) -> Graph:  # noqa: A001
    """Open a graph: the project in `directory`, else around the current folder, else the carried one.

    The graph that the package carries is built on first use, which takes some seconds.

    Raises:
        UnreachableError: There is no such project, or it has not been built (`kg build`).
    """
    project = find_project(directory)
    build, _ = usable_build(project, lambda: pipeline.build(project, progress=progress))
    return Graph(project, build)
