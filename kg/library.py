"""The graph for Python programs: canned queries and SPARQL with rdflib's terms."""

from __future__ import annotations

from collections.abc import Callable
from keyword import iskeyword

import pyoxigraph as ox
from rdflib.term import BNode, Identifier, Literal

from kg import pipeline, query, show
from kg.answer.asked import Question
from kg.answer.full import FullAnswer
from kg.cite import citation
from kg.contents import explanation
from kg.files import Build, Project, find_project, usable_build
from kg.names import FALLBACK, Found, find, label, languages, resolve, resolve_class
from kg.namespaces import expand
from kg.rows import Rows
from kg.store import ask_store, on_deep_stack, open_store


class Graph:
    """A built graph, opened read-only."""

    def __init__(self, project: Project, build: Build) -> None:
        self.project = project
        self._store = open_store(build.store)
        self._catalogue = build.catalogue()
        self._build = build

    @property
    def queries(self) -> dict[str, str]:
        """The canned queries: name to question."""
        return {name: str(entry["question"]) for name, entry in self._catalogue.items()}

    def query(
        self,
        name: str,
        /,
        *,
        evidence: bool = False,
        as_of: str | int | None = None,
        lang: str | None = None,
        **arguments: str | float,
    ) -> Rows:
        """The rows of a canned query, a list of mappings from column to term (None where there is no value).

        Args:
            name: One of `queries`.
            evidence: Whether the claims behind each row are wanted, and which rows need inference.
            as_of: A year, a month or a day: rows that hold at another time only are left out.
            lang: Languages for names, the best first: "ru" or "kk,ru"; after them English and others.
            arguments: Its parameters (see `explain`): an IRI, a prefixed name, a name in any language, or a number.
                One that is a word of Python takes an underscore at its end: `from_`.

        Raises:
            UsageError: An unknown query or parameter, a value that does not fit, or a query without rows.
        """
        given = {key[:-1] if iskeyword(key[:-1]) else key: str(value) for key, value in arguments.items()}
        order = languages(lang)
        text = query.bind(self._store, self._catalogue, name, given)
        question = Question(self._catalogue, name, given, text, self._build.disputes, order, self._build.asserted)
        at = None if as_of is None else str(as_of)
        return Rows(self._store, question.complete(self._store, ask_store(self._store, text), evidence, at), order)

    def explain(self, name: str) -> str:
        """The question of a canned query, its parameters and its columns, as `kg query NAME --help` tells them.

        Raises:
            UsageError: There is no such query.
        """
        return explanation(name, query.canned(self._catalogue, name))

    def cite(self, thing: str, format: str = "text", lang: str | None = None) -> str:  # noqa: A002 - as `kg cite` has it
        """The citation of a claim, a thing, a source or "dataset", as `kg cite` writes it.

        Args:
            thing: By IRI, prefixed name, name, or the IRI of a version.
            format: "text", "bibtex", "ris" or "csl-json".
            lang: Languages for titles and names, as in `query`.

        Raises:
            UsageError: There is no such thing or format, no claim is about it, or the version is an old one.
        """
        return citation(self._store, thing, format, languages(lang))

    def sparql(self, text: str) -> Rows | bool:
        """The rows of a SELECT, or the truth of an ASK.

        Raises:
            QueryError: The text does not parse, is refused, or is a CONSTRUCT or DESCRIBE.
        """

        def ask() -> Rows | bool:
            answer = ask_store(self._store, text)
            if answer.kind == "ask":
                return answer.truth()
            return Rows(self._store, FullAnswer(answer.columns, answer.rows()), FALLBACK)

        return on_deep_stack(ask)

    def find(self, text: str, of_class: str | None = None) -> list[Found]:
        """Things one of whose names matches the text, the best match first, in any script.

        Args:
            text: A name or a part of one; typing errors are allowed for.
            of_class: A class that the things must belong to: `Region`, `bl:Region` or "region".

        Raises:
            UsageError: There is no such class.
        """
        return find(self._store, text, None if of_class is None else resolve_class(self._store, of_class))

    def show(self, thing: str) -> show.Description:
        """All that is said about a thing, given by IRI, prefixed name or name."""
        return show.Description(self._store, resolve(self._store, thing))

    def label(self, term: Identifier | str | None, lang: str | None = None) -> str:
        """What a person reads for a value of a row: the name of a thing in the first of the languages, else its text.

        A thing may also be given by its IRI or prefixed name; for None the result is "".
        """
        if term is None or isinstance(term, (Literal, BNode)):
            return "" if term is None else str(term)
        text = str(term)
        try:
            return label(self._store, ox.NamedNode(expand(text) or text), languages(lang))
        except ValueError:
            return text


def open(directory: str | None = None, progress: Callable[[str], None] = lambda stage: None) -> Graph:  # noqa: A001
    """Open a graph: the project in `directory`, else around the current folder, else the carried one.

    The graph that the package carries is built on first use, which takes some seconds.

    Raises:
        UnreachableError: There is no such project, or it has not been built (`kg build`).
    """
    project = find_project(directory)
    build, _ = usable_build(project, lambda: pipeline.build(project, progress=progress))
    return Graph(project, build)
