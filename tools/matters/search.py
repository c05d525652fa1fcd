"""Looking for arguments with which a term matters, and agreeing on their rows."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

import pyoxigraph as ox

from kg.errors import UsageError
from kg.namespaces import shorten
from tools.matters.cases import VALUES, Case, cases_as_csv, further_cases
from tools.matters.terms import IN_SCHEME, TYPE, Term
from tools.matters.trial import Trial

# So many values of a parameter are tried for one term.
MOST = 400


def add_cases(trial: Trial, lacking: Iterable[tuple[Term, str]]) -> list[tuple[Term, str]]:
    """Add cases with which terms matter, and write their rows; the terms for which none was found are returned."""
    added, left = [], []
    for term, why in lacking:
        if trial.changed(term, trial.naming(term)):
            continue
        case = next(islice(_fitting(trial, term), 1), None)
        if case is None:
            left.append((term, why))
        else:
            added.append(case)
    _write(trial, added)
    return left


def _fitting(trial: Trial, term: Term) -> Iterator[Case]:
    for case in _candidates(trial, term):
        try:
            trial.add(case)
        except UsageError:
            continue
        if trial.rows[case] and case in trial.naming(term) and trial.changed(term, [case]):
            yield case
        else:
            trial.drop(case)


def _candidates(trial: Trial, term: Term) -> Iterator[Case]:
    """Cases in which a term could matter: an entry as an argument, a property or class with other arguments.

    Parameters that take fewest values come first: they ask for the narrowest thing.
    """
    naming = {case.query for case in trial.naming(term)}
    found = [
        (len(values) or sys.maxsize, query, key, values)
        for query, entry in trial.catalogue.items()
        for key, values in _things(trial, entry["params"]).items()
        if (not values or term.iri in values if term.kind == "entry" else query in naming)
    ]
    for _, query, key, values in sorted(found, key=lambda item: item[:3]):
        if term.kind == "entry":
            yield Case(query, f"{key}={shorten(term.iri)}")
            for other, others in _things(trial, trial.catalogue[query]["params"], required=True).items():
                if other != key:
                    yield from (Case(query, f"{key}={shorten(term.iri)} {other}={shorten(it)}") for it in others[:MOST])
        else:
            yield from (Case(query, f"{key}={shorten(value)}") for value in _concerned(trial, term, values))


def _things(trial: Trial, parameters: Mapping[str, dict[str, Any]], required: bool = False) -> dict[str, list[str]]:
    """The values that each parameter for things takes; none where it takes any thing."""
    return {
        key: _members(trial, item.get("class"))
        for key, item in parameters.items()
        if item["type"] == "iri" and (item.get("required", True) or not required)
    }


def _members(trial: Trial, of_class: str | None) -> list[str]:
    if of_class is None:
        return []
    links = (TYPE, ox.NamedNode(IN_SCHEME))
    quads = (quad for link in links for quad in trial.disk.quads_for_pattern(None, link, ox.NamedNode(of_class), None))
    return sorted({quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)})


def _concerned(trial: Trial, term: Term, values: list[str]) -> list[str]:
    """The values of a parameter; those of which the term's triples speak come first, and alone if it takes anything."""
    near = {
        end.value
        for quad in trial.disk
        if term.says(quad)
        for end in (quad.subject, quad.object)
        if isinstance(end, ox.NamedNode)
    }
    return sorted(values or near, key=lambda value: (value not in near, value))[:MOST]


def _write(trial: Trial, added: Iterable[Case]) -> None:
    """Write the agreed rows of all queries to which cases were added."""
    by_query: defaultdict[str, dict[str, Case]] = defaultdict(dict)
    for case in (*further_cases(), *added):
        by_query[case.query][case.arguments] = case
    VALUES.mkdir(exist_ok=True)
    for query in sorted({case.query for case in added}):
        columns = trial.catalogue[query]["columns"]
        rows = {arguments: trial.rows[case] for arguments, case in by_query[query].items()}
        (VALUES / f"{query}.csv").write_text(cases_as_csv(columns, rows), "utf-8")
