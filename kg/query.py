"""Canned queries: the compiled catalogue, the binding of parameters, the answer.

A parameter is one line `VALUES ?name { ... }` under WHERE. Binding replaces that line,
and only that line, by one with a term that the RDF library serialised; nothing else that
a user writes reaches the query text.

On the path of every question: the headers were parsed by the build.
"""

from __future__ import annotations

import re

import pyoxigraph as ox

from kg.errors import UsageError
from kg.parameters import term
from kg.spelling import nearest
from kg.store import Answer, ask_store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    Catalogue = Mapping[str, dict[str, Any]]

# The headings of `kg query`, in their order there.
TOPICS = (
    "borderland and regions",
    "chains and flows",
    "enterprises and ventures",
    "trade and dependence",
    "policies, unions and bans",
    "people, language and migration",
    "figures",
    "claims and disagreement",
    "frameworks and trends",
    "sources and citations",
    "gaps",
)
_ESCAPED = re.compile(r"\\\\([uU])|\\.")


def values_line(parameter: str) -> re.Pattern[str]:
    """The pattern of the one line of a query that holds a parameter's value."""
    return re.compile(rf"^([ \t]*)VALUES \?{re.escape(parameter)} \{{[^{{}}\n]*\}}[ \t]*$", re.MULTILINE)


def canned(catalogue: Catalogue, name: str) -> dict[str, Any]:
    """The query of that name.

    Raises:
        UsageError: There is none; the message names the nearest.
    """
    if name in catalogue:
        return catalogue[name]
    near = nearest(name, catalogue)
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    raise UsageError(f"There is no canned query '{name}'.{hint}\n  `kg query` lists them all.")


def bind(store: ox.Store, catalogue: Catalogue, name: str, arguments: Mapping[str, str]) -> str:
    """The text of a canned query with its parameters bound.

    A parameter that may be left out and is not given stands for all: its line is dropped.

    Raises:
        UsageError: An unknown query or parameter, a missing one, or a value that does not fit.
    """
    query = canned(catalogue, name)
    parameters: dict[str, dict[str, Any]] = query["params"]
    takes = ", ".join(f"{key} (for example {item['example']})" for key, item in parameters.items())
    for key in arguments:
        if key not in parameters:
            raise UsageError(f"query '{name}' has no parameter '{key}'; it takes: {takes or 'none'}")
    text: str = query["text"]
    for key, parameter in parameters.items():
        if key in arguments:
            try:
                value = term(store, parameter, arguments[key])
            except UsageError as error:
                raise UsageError(f"query '{name}', --{key}: {error}") from error
            line = f"VALUES ?{key} {{ {_written(value)} }}"
        elif parameter.get("required", True):
            raise UsageError(f"query '{name}' needs --{key}; it takes: {takes}")
        else:
            line = ""
        text = values_line(key).sub(lambda found, line=line: found[1] + line, text)  # type: ignore[misc]
    return text


def _written(value: ox.NamedNode | ox.Literal) -> str:
    """A term as the RDF library writes it, for engines of either reading of SPARQL 1.1, section 19.2.

    One that resolves code point escapes before it parses would find one in a backslash (written as
    two) before a `u`; so the `u` is written as an escape of its own.
    """
    return _ESCAPED.sub(lambda found: f"\\\\\\U{ord(found[1]):08X}" if found[1] else found[0], str(value))


def run(store: ox.Store, catalogue: Catalogue, name: str, arguments: Mapping[str, str]) -> Answer:
    """Ask a canned query; errors as in `bind` and `ask_store`."""
    return ask_store(store, bind(store, catalogue, name, arguments))
