"""The headers of the canned queries: `queries/*.rq` to the catalogue that a build carries.

A query file begins with lines `#+ ...`; without the mark they are one YAML mapping:

    #+ summary: one line that says what the rows are
    #+ question: the question in words
    #+ topic: the heading under which `kg query` lists it
    #+ tags: [value-chain, provenance]
    #+ entailment: owl-rl                         (or: none)
    #+ params:
    #+   region: {type: iri, class: "bl:Region", example: "region:omsk", help: "a region", required: true}
    #+ columns:
    #+   flow: the commodity flow

The same text runs unchanged in any SPARQL 1.1 console.
"""

import re
from itertools import takewhile
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import yaml

from kg.errors import DataError
from kg.files import read_text
from kg.namespaces import expand
from kg.options import RESERVED
from kg.query import values_line
from kg.store import Answer

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
KEYS = {"summary", "question", "topic", "tags", "entailment", "params", "columns"}
OPTIONAL = {"params", "tags", "columns"}
TYPES = {"iri", "integer", "text"}
PARAMETER_KEYS = {"type", "class", "example", "help", "required"}


def read_query(path: Path, shown: str) -> dict[str, Any]:
    """One query file as an entry of the catalogue: its header's fields and `text`.

    Raises:
        DataError: The header or the query is not as it must be; file and line are named.
        UnreachableError: The file cannot be read.
    """
    if not NAME.fullmatch(path.stem):
        raise DataError(f"{shown}: the name of a canned query is small letters, digits and hyphens: rename the file.")
    text = read_text(str(path), shown)
    lines = text.split("\n")
    header = [line[2:] for line in takewhile(lambda line: line.startswith("#+"), lines)]
    if not header:
        raise DataError(f"{shown}:1: a canned query begins with its header: lines `#+ summary: ...`.")
    late = [number for number, line in enumerate(lines, 1) if line.startswith("#+") and number > len(header)]
    if late:
        raise DataError(f"{shown}:{late[0]}: the header's lines stand together, at the top.")
    try:
        entry = yaml.safe_load("\n".join(header))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise DataError(f"{shown}:{line}: the header is no YAML: {error.problem}.") from error
    except yaml.YAMLError as error:
        raise DataError(f"{shown}:1: the header is no YAML: {error}.") from error
    if not isinstance(entry, dict):
        raise DataError(f"{shown}:1: the header is a mapping of {', '.join(sorted(KEYS))}.")
    _check_keys(entry, shown, header)
    entry.setdefault("params", {})
    entry.setdefault("tags", [])
    _check_parameters(entry["params"], text, shown, header)
    _check_text(entry, text, shown, header)
    return {**entry, "text": text}


def _line(header: list[str], key: str) -> int:
    """The header line, counted from 1, on which a key stands; 1 if it does not."""
    for number, line in enumerate(header, 1):
        if re.match(rf"\s*{re.escape(key)}\s*:", line):
            return number
    return 1


def _check_keys(entry: dict[str, Any], shown: str, header: list[str]) -> None:
    for key in entry:
        if key not in KEYS:
            raise DataError(
                f"{shown}:{_line(header, str(key))}: unknown key '{key}'; known: {', '.join(sorted(KEYS))}."
            )
    missing = KEYS - OPTIONAL - entry.keys()
    if missing:
        raise DataError(f"{shown}:1: the header lacks {', '.join(sorted(missing))}.")
    for key in ("summary", "question", "topic"):
        if not isinstance(entry[key], str) or not entry[key].strip():
            raise DataError(f"{shown}:{_line(header, key)}: '{key}' is a line of text.")
    if entry["entailment"] not in ("owl-rl", "none"):
        raise DataError(f"{shown}:{_line(header, 'entailment')}: 'entailment' is owl-rl or none.")


def _check_parameters(params: Any, text: str, shown: str, header: list[str]) -> None:  # noqa: ANN401 - YAML
    if not isinstance(params, dict):
        raise DataError(f"{shown}:{_line(header, 'params')}: 'params' maps names to their types.")
    for name, parameter in params.items():
        where = f"{shown}:{_line(header, str(name))}"
        if name in RESERVED or not re.fullmatch(r"[a-z][a-zA-Z0-9]*", str(name)):
            raise DataError(f"{where}: '{name}' cannot be the name of a parameter.")
        if not isinstance(parameter, dict) or not {"type", "example", "help"} <= parameter.keys():
            raise DataError(f"{where}: parameter '{name}' needs type, example and help.")
        unknown = parameter.keys() - PARAMETER_KEYS
        if unknown:
            raise DataError(f"{where}: parameter '{name}' has unknown keys: {', '.join(sorted(unknown))}.")
        if parameter["type"] not in TYPES:
            raise DataError(f"{where}: the type of '{name}' is one of {', '.join(sorted(TYPES))}.")
        if "class" in parameter:
            of_class = expand(str(parameter["class"]))
            if of_class is None:
                raise DataError(f"{where}: the class of '{name}' is a prefixed name such as bl:Region.")
            parameter["class"] = of_class
        if len(values_line(name).findall(text)) != 1:
            raise DataError(f"{where}: '{name}' needs exactly one line `VALUES ?{name} {{ ... }}` in the query.")


def _check_text(entry: dict[str, Any], text: str, shown: str, header: list[str]) -> None:
    """The query parses, and its columns are those that the header explains, in the same order."""
    try:
        answer = Answer(ox.Store().query(text, use_default_graph_as_union=True))
    except SyntaxError as error:
        found = re.search(r"error at (\d+):(\d+): (.*)", str(error), re.DOTALL)
        where = f"{shown}:{found[1]}:{found[2]}: {found[3]}" if found else f"{shown}:1: {error}"
        raise DataError(f"{where}\n  The query is not valid SPARQL 1.1.") from error
    entry["kind"] = answer.kind
    columns = list(entry.setdefault("columns", {}) or {})
    if answer.kind == "select" and columns != answer.columns:
        raise DataError(
            f"{shown}:{_line(header, 'columns')}: the header explains the columns {', '.join(columns) or '(none)'}, "
            f"the query gives {', '.join(answer.columns)}."
        )
    if answer.kind == "select" and not re.search(r"\bORDER\s+BY\b", text, re.IGNORECASE):
        raise DataError(f"{shown}:1: a canned SELECT has an ORDER BY that fixes the order completely.")


def read_catalogue(root: Path) -> dict[str, dict[str, Any]]:
    """All canned queries of a project by name, sorted.

    Raises:
        DataError: A file is not as it must be.
    """
    folder = root / "queries"
    return {path.stem: read_query(path, f"queries/{path.name}") for path in sorted(folder.glob("*.rq"))}
