"""Statements of the sources that can be worked out again: each file `verifications/*.rq`, its header against its text.

A file begins with lines `#+ ...`, one YAML mapping without the mark, as those of `queries/` do (`kg.header`):

    #+ claims: [claim:stepanov-2020-unemployment-sides]   (the claims that record the statement)
    #+ statement: what the source says, in our own words
    #+ kind: comparison                                   (one of `KINDS`)
    #+ rule: how a row is judged: what is held against what, and what a rounded or vague figure may mean
    #+ lacking: which figures would decide the rest       (where some or all cannot be decided; may be left out)

The text is a SELECT of `kg.verify.COLUMNS`. Each row is one comparison: `?found ?relation ?stated`, both numbers as
far as there are any, `?holds` a boolean, left unbound where a figure is lacking, and in `?grounds` the IRIs of the
figures, facts or claims that went into it, with a space between. `kg.verify` makes one verdict of the rows.
"""

from __future__ import annotations

from collections.abc import Container
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import yaml

from kg.errors import DataError
from kg.files import Project, read_text
from kg.findings import Finding
from kg.header import NAME, Header, parsed_query
from kg.namespaces import PREFIXES, expand
from kg.store import ask_store
from kg.verify import COLUMNS, comparisons

KINDS = ("agreement", "comparison", "count", "duration", "extreme", "ratio", "share", "trend")
NEEDED = ("claims", "statement", "kind", "rule")


class StatementHeader(Header):
    """The header of one file of `verifications/`."""

    what = "a check of a statement"
    keys = (*NEEDED, "lacking")

    def _read(self, entries: dict[str, yaml.Node]) -> dict[str, Any]:
        self._keys(entries, self.keys, NEEDED)
        fields: dict[str, Any] = {"claims": [self._claim(name) for name in self._list(entries["claims"], "claims")]}
        if not fields["claims"]:
            self.fail("'claims' names at least one claim.", "claims")
        for key in ("statement", "rule", "lacking"):
            if key in entries:
                fields[key] = self._sentences(entries[key], key)
        fields["kind"] = self._one_of(entries["kind"], KINDS, "kind")
        return fields

    def _claim(self, name: str) -> str:
        iri = expand(name)
        if iri is None or not name.startswith("claim:"):
            self.fail(f"'{name}' is no prefixed name of a claim, such as claim:stepanov-2020-joint-ventures.", "claims")
        return iri

    def _sentences(self, node: yaml.Node, key: str) -> str:
        text = self._text(node, key)
        if not text.endswith("."):
            self.fail(f"'{key}' is one or more sentences: it ends in a full stop.", key)
        return text


def read_statement(path: Path, shown: str, known: Container[str] | None = None) -> dict[str, Any]:
    """One file as the build keeps it: its header's fields, the IRIs of its claims, and `text`.

    Args:
        path: The file.
        shown: Its name in messages.
        known: The IRIs that the project's files describe; a claim must be among them. None: any.

    Raises:
        DataError: The header or the query is not as it must be; file and line are named.
        UnreachableError: The file cannot be read.
    """
    if not NAME.fullmatch(path.stem):
        raise DataError(f"{shown}: the name of a check is small letters, digits and hyphens: rename the file.")
    text = read_text(str(path), shown)
    header = StatementHeader(text, shown)
    for claim in header.fields["claims"]:
        if known is not None and claim not in known:
            header.fail(f"there is no claim:{claim.rpartition('/')[2]}.", "claims")
    answer = parsed_query(text, shown)
    if answer.kind != "select" or tuple(answer.columns) != COLUMNS:
        header.fail(
            f"a check is a SELECT of {', '.join(COLUMNS)}, in this order; this one gives "
            f"{', '.join(answer.columns) or 'no columns'}."
        )
    return {**header.fields, "text": text}


def read_statements(project: Project, known: Container[str] | None = None) -> dict[str, dict[str, Any]]:
    """All checks of a project by name, sorted; none if it has no folder of them. `known` as in `read_statement`.

    Raises:
        DataError: A file is not as it must be.
    """
    files = {Path(path).stem: path for path in project.files("verifications", ".rq")}
    return {name: read_statement(Path(project.path(path)), path, known) for name, path in sorted(files.items())}


def statement_findings(store: ox.Store, statements: dict[str, dict[str, Any]]) -> list[Finding]:
    """The checks that give, on this graph, no row to judge, or one that is not as it must be."""
    findings = []
    for name, entry in statements.items():
        try:
            comparisons(name, ask_store(store, entry["text"]).rows())
        except DataError as error:
            what, _, advice = str(error).removeprefix(f"verifications/{name}.rq:1: ").partition("\n  ")
            where, rule = f"verifications/{name}.rq:1", "check of a statement"
            findings.append(Finding(where, what, advice, rule, focus=PREFIXES["verification"] + name))
    return findings
