"""The catalogue of canned queries that a build carries: each file `queries/*.rq`, its header against its text.

A query file begins with lines `#+ ...`; without the mark they are one YAML mapping (`kg.header` reads it):

    #+ summary: one line that says what the rows are
    #+ question: the question in words?
    #+ question-ru: the same in Russian?
    #+ topic: the heading under which `kg query` lists it (one of `kg.query.TOPICS`)
    #+ tags: [value-chain, border]
    #+ competency: the competency question of the ontology that it answers, in general words?
    #+ entailment: owl-rl                         (or: none)
    #+ evidence: [flow]                           (columns whose things are stated by claims, or are claims)
    #+ evidence-note: why                         (with [] alone)
    #+ closed: true                               (an empty answer means that there is none; may be left out)
    #+ closed-note: why                           (with true alone)
    #+ params:
    #+   region: {type: iri, class: "bl:Region", example: "region:omsk", help: "a region", required: true}
    #+ columns:
    #+   flow: the commodity flow
    #+   share: {means: its share of the exports, unit: percent}

A parameter has the type iri (class: a class or `voc:trend`; none for any thing), choice (values: [a, b]), integer,
number, year (these three with min and max, if wanted), date, language or text. The same text runs unchanged in any
SPARQL 1.1 console.
"""

from __future__ import annotations

import re
from collections.abc import Container
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import DataError, UsageError
from kg.files import read_text
from kg.findings import Finding
from kg.header import NAME, Header, parsed_query
from kg.namespaces import BASE, QUERY, shorten
from kg.parameters import DATATYPES, term
from kg.query import values_line
from kg.store import Answer

Catalogue = dict[str, dict[str, Any]]


def read_query(path: Path, shown: str, known: Container[str] | None = None) -> dict[str, Any]:
    """One query file as an entry of the catalogue: its header's fields, `kind` and `text`.

    Args:
        path: The file.
        shown: Its name in messages.
        known: The IRIs that the project's files describe; the header may name no other. None: any.

    Raises:
        DataError: The header or the query is not as it must be; file and line are named.
        UnreachableError: The file cannot be read.
    """
    if not NAME.fullmatch(path.stem):
        raise DataError(f"{shown}: the name of a canned query is small letters, digits and hyphens: rename the file.")
    text = read_text(str(path), shown)
    header = Header(text, shown)
    entry: dict[str, Any] = {**header.fields, "kind": _kind(header, text), "text": text}
    for name in entry["params"]:
        _check_value(header, name, text)
    if known is not None:
        _check_things(header, known)
    return entry


def _kind(header: Header, text: str) -> str:
    """Whether the query is a "select", an "ask" or a "graph"; it parses, and has the header's columns in order."""
    answer = parsed_query(text, header.shown)
    columns = list(header.fields["columns"])
    if columns != answer.columns:
        header.fail(
            f"the header explains the columns {', '.join(columns) or '(none)'}, "
            f"the query gives {', '.join(answer.columns) or '(none)'}.",
            "columns",
        )
    order = re.search(r"\bORDER\s+BY\b(?!.*\bORDER\s+BY\b)(.*)", text, re.IGNORECASE | re.DOTALL)
    if answer.kind == "select" and (order is None or set(columns) - set(re.findall(r"\?(\w+)", order[1]))):
        header.fail("a canned SELECT has an ORDER BY over every column, which fixes the order completely.")
    if answer.kind == "graph" and re.search(r"^\s*DESCRIBE\b", text, re.IGNORECASE | re.MULTILINE):
        header.fail("a canned query is a SELECT, an ASK or a CONSTRUCT: what DESCRIBE gives, no standard says.")
    return answer.kind


def _check_value(header: Header, name: str, text: str) -> None:
    """The query holds one line for the parameter's value, with one value of its type."""
    path = ("params", name)
    lines = [found[0] for found in values_line(name).finditer(text)]
    if len(lines) != 1:
        header.fail(f"'{name}' needs exactly one line `VALUES ?{name} {{ ... }}` in the query.", *path)
    prologue = "\n".join(re.findall(r"^[ \t]*(?:PREFIX|BASE)\b.*$", text, re.IGNORECASE | re.MULTILINE))
    rows = Answer(ox.Store().query(f"{prologue}\nSELECT * {{\n{lines[0]}\n}}")).rows()
    kind = header.fields["params"][name]["type"]
    # Whole numbers are decimals, and compare with them.
    wanted = {None} if kind == "iri" else {DATATYPES[kind], *([DATATYPES["integer"]] if kind == "number" else ())}
    value = rows[0][0] if len(rows) == 1 else None
    if value is None or (value.datatype.value if isinstance(value, ox.Literal) else None) not in wanted:
        named = "an IRI" if kind == "iri" else f"a literal of {shorten(DATATYPES[kind])}"
        header.fail(f"the line `VALUES ?{name} {{ ... }}` holds one value, {named}, as --{name} will.", *path)


def _check_things(header: Header, known: Container[str]) -> None:
    """The classes, vocabularies and units that a header names exist."""
    for name, parameter in header.fields["params"].items():
        if "class" in parameter and parameter["class"] not in known:
            header.fail(
                f"the class of '{name}' does not exist: {shorten(parameter['class'])}.", "params", name, "class"
            )
    for name, unit in header.fields["units"].items():
        if f"{BASE}voc/unit/{unit}" not in known:
            header.fail(f"the unit of '{name}' does not exist: unit:{unit}.", "columns", name, "unit")


def read_catalogue(root: Path, known: Container[str] | None = None) -> Catalogue:
    """All canned queries of a project by name, sorted; `known` as in `read_query`.

    Raises:
        DataError: A file is not as it must be.
    """
    folder = root / "queries"
    return {path.stem: read_query(path, f"queries/{path.name}", known) for path in sorted(folder.glob("*.rq"))}


def example_findings(catalogue: Catalogue, store: ox.Store) -> list[Finding]:
    """The examples of parameters that are, on this graph, no value that the parameter takes."""
    findings = []
    for name, entry in catalogue.items():
        for key, parameter in entry["params"].items():
            try:
                term(store, parameter, parameter["example"])
            except UsageError as error:
                where = Header(entry["text"], f"queries/{name}.rq").where("params", key, "example")
                what = f"the example of '{key}' does not fit: {error}"
                advice = "Give one that the graph knows: queries are tried with it."
                findings.append(Finding(where, what, advice, "header of a canned query", focus=QUERY + name))
    return findings
