"""Taking the triples of a term away, and asking again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg import reason
from kg.files import Build
from kg.namespaces import CHECKS, INFERRED, QUERIES, VERSIONS, expand
from kg.store import open_store
from tools.matters.cases import Case, further_cases
from tools.matters.terms import ANYTHING, OPEN, Term, own_names, terms_in_use

if TYPE_CHECKING:
    from kg.store import Row

# What a build adds to what is asserted.
_BUILT = {ox.NamedNode(graph) for graph in (CHECKS, INFERRED, QUERIES, VERSIONS)}


class Trial:
    """The graph in memory, the cases with their rows, and what each case names.

    Attributes:
        terms: The terms in use.
        cases: The questions with agreed rows.
        rows: Their rows over the whole graph.
    """

    def __init__(self, build: Build, exact: bool = False, cases: Iterable[Case] | None = None) -> None:
        """Read a build.

        Args:
            build: The build.
            exact: Whether to close the rest of the graph anew for each term, so that what follows from its triples
                alone goes with them; else only the triples of the term itself go, asserted and inferred.
            cases: The cases beside the examples; those with agreed rows if left out.
        """
        self.disk = open_store(build.store)
        self.catalogue: dict[str, dict[str, Any]] = build.catalogue()
        self._exact = exact
        quads = list(self.disk)
        self.terms = terms_in_use(quads)
        self._uses: defaultdict[ox.NamedNode, list[ox.Quad]] = defaultdict(list)
        self._mentions: defaultdict[object, list[ox.Quad]] = defaultdict(list)
        for quad in quads:
            plain = ox.Quad(quad.subject, quad.predicate, quad.object)
            self._uses[quad.predicate].append(plain)
            self._mentions[quad.object].append(plain)
        self._inferred = {quad.triple for quad in quads if quad.graph_name == ox.NamedNode(INFERRED)}
        self._asserted = [quad.triple for quad in quads if quad.graph_name not in _BUILT]
        self._store = ox.Store()
        self._store.bulk_extend(quad for uses in self._uses.values() for quad in uses)
        self.cases: list[Case] = []
        self.rows: dict[Case, list[Row]] = {}
        self._texts: dict[Case, str] = {}
        self._own: dict[str, set[str]] = {}
        self._naming: defaultdict[str, list[Case]] = defaultdict(list)
        for case in [*map(Case, sorted(self.catalogue)), *(further_cases() if cases is None else cases)]:
            self.add(case)

    def add(self, case: Case) -> None:
        """Take up a case."""
        self._texts[case] = case.text(self.disk, self.catalogue)
        self.cases.append(case)
        self.rows[case] = self._ask(case)
        query = self.catalogue[case.query]
        if case.query not in self._own:
            self._own[case.query] = own_names(query["text"], query["params"])
        for iri in self._own[case.query] | self._asked(case):
            self._naming[iri].append(case)

    def _asked(self, case: Case) -> set[str]:
        """The things that a case is about: its arguments, but for what stands for anything in an open query."""
        is_open = bool(self._own[case.query].intersection(OPEN))
        parameters = self.catalogue[case.query]["params"]
        values = {key: value for key, value in case.given(self.catalogue).items() if parameters[key]["type"] == "iri"}
        narrow = {key: value for key, value in values.items() if parameters[key].get("class") not in ANYTHING}
        return {expand(value) or value for value in (narrow if is_open else values).values()}

    def drop(self, case: Case) -> None:
        """Forget a case that was tried last."""
        self.cases.remove(case)
        for iri in self._own[case.query] | self._asked(case):
            self._naming[iri].remove(case)

    def naming(self, term: Term) -> list[Case]:
        """The cases that name a term: a class or property in the query itself, an entry there or as an argument."""
        cases = self._naming[term.iri]
        return cases if term.kind == "entry" else [case for case in cases if term.iri in self._own[case.query]]

    def changed(self, term: Term, cases: Iterable[Case]) -> Case | None:
        """The first of the cases whose rows are others once the triples of a term are gone."""
        with self.without(term):
            return next((case for case in cases if self._ask(case) != self.rows[case]), None)

    @contextmanager
    def without(self, term: Term) -> Iterator[None]:
        """The graph without the triples of a term."""
        about = self._uses if term.kind == "property" else self._mentions
        gone = [quad for quad in about[term.node] if term.says(quad)]
        if self._exact:
            gone += [ox.Quad(it.subject, it.predicate, it.object) for it in self._lost(term)]
        for quad in gone:
            self._store.remove(quad)
        try:
            yield
        finally:
            self._store.extend(gone)

    def _lost(self, term: Term) -> set[ox.Triple]:
        """What follows no longer once the asserted triples of a term are gone."""
        return self._inferred - set(reason.close(it for it in self._asserted if not term.says(it)).inferred)

    def _ask(self, case: Case) -> list[Row]:
        return [tuple(solution) for solution in self._store.query(self._texts[case])]  # type: ignore[union-attr]


def idle(trial: Trial, terms: Iterable[Term] | None = None) -> Iterator[tuple[Term, str]]:
    """The terms in use that matter to no case, each with the reason."""
    for term in trial.terms if terms is None else terms:
        cases = trial.naming(term)
        if not cases:
            yield term, "no query with agreed rows names it"
        elif trial.changed(term, cases) is None:
            named = ", ".join(sorted({case.query for case in cases}))
            yield term, f"nothing changes without its triples in {named}"
