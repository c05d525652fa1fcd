"""What a command was asked to do, and the short way to it for a plain question.

`argparse` takes a tenth of the time that a whole question may take, to import and to set up. A
plain `kg query NAME --PARAM VALUE ...` is therefore read here; whatever is not as plain, `--help`
and mistakes among it, is left to `kg.arguments`.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

# Formats and engines are named here too, so that `--help` and a wrong use cost no import;
# a test holds them equal to those of the modules.
FORMATS = (
    "table", "md", "csv", "json", "tsv", "xml", "html", "geojson", "xlsx", "ttl", "nt", "jsonld", "rdfxml",
)  # fmt: skip
EXPORT_FORMATS = ("nq", "trig", "ttl", "nt", "jsonld", "rdfxml")
ENGINES = ("oxigraph", "rdflib")
REASONERS = ("kg", "owlrl")
VALIDATORS = ("turbo", "pyshacl")
REPORTS = ("text", "json", "shacl")
WIDTH = 100
# Arguments of `kg query` that no parameter of a canned query may be called.
RESERVED = ("engine", "evidence", "format", "help", "lang", "output", "project", "search", "timeout")


class Options:
    """The arguments of one command, by name."""

    def __init__(self, **given: object) -> None:
        self.__dict__.update(given)

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...  # noqa: ANN401 - each has its own type

        def __setattr__(self, name: str, value: object) -> None: ...


def quick(arguments: Sequence[str]) -> Options | None:
    """The options of a plain canned question; None if the arguments are anything else.

    They are what `kg.arguments` would make of them.
    """
    if len(arguments) < 2 or arguments[0] != "query" or arguments[1].startswith("-") or len(arguments) % 2:
        return None
    given: dict[str, str | None] = {"format": None, "lang": None, "output": None, "project": None}
    rest: list[str] = []
    for option, value in zip(arguments[2::2], arguments[3::2], strict=True):
        name = option.removeprefix("--")
        if not option.startswith("--") or value.startswith("-") or not name.isalpha():
            return None
        if name not in RESERVED:
            rest += [option, value]
        elif name not in given or (name == "format" and value not in FORMATS):
            return None
        else:
            given[name] = value
    return Options(
        command="query", name=arguments[1], help=False, engine="oxigraph", search=None, timeout=None, evidence=False,
        as_of=None, rest=rest, **given,
    )  # fmt: skip


def terminal_width() -> int:
    """Characters in a line of the terminal; of $COLUMNS, or else 100, where there is none."""
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError, AttributeError):
        columns = os.environ.get("COLUMNS", "")
        return int(columns) if columns.isdecimal() and int(columns) > 0 else WIDTH
