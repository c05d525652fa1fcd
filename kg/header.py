"""The header of a query file: lines `#+ ...` that are, without the mark, one YAML mapping.

It is read as nodes that know their lines, so that a mistake is told where it stands; every scalar
is taken as it is written (`no` is a word, `2020` a text until a type says otherwise).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import takewhile
from typing import TYPE_CHECKING, Any, NoReturn

import pyoxigraph as ox
import yaml

from kg.errors import DataError, UsageError
from kg.namespaces import BASE, SCHEMES, expand
from kg.options import RESERVED
from kg.parameters import TYPES, WITH_RANGE, plain
from kg.query import TOPICS
from kg.store import Answer

if TYPE_CHECKING:
    from kg.parameters import Parameter

NEEDED = ("summary", "question", "question-ru", "topic", "tags", "competency", "entailment", "evidence")
ALLOWED = (*NEEDED, "evidence-note", "closed", "closed-note", "params", "columns")
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
VARIABLE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
PARAMETER = re.compile(r"[a-z][a-zA-Z0-9]*")
_NEEDED_OF_PARAMETER = ("type", "example", "help")
_CYRILLIC = re.compile(r"[А-Яа-яЁё]")


class Header:
    """The header of one query file.

    A kind of file with other keys is a class below, with `what`, `keys` and `_read` of its own.

    Attributes:
        what: What such a file is, in messages.
        keys: The keys that its header may have, of which the first is shown as an example.
        shown: The file's name in messages.
        fields: What it says, as `read` returns it.
    """

    what = "a canned query"
    keys: tuple[str, ...] = ALLOWED

    def __init__(self, text: str, shown: str) -> None:
        """Read the header of a query's text.

        Raises:
            DataError: It is not as it must be; file and line are named.
        """
        self.shown = shown
        self._lines: dict[tuple[str, ...], int] = {}
        self.fields = self._read(self._mapping(self._parsed(text)))

    def fail(self, message: str, *key: str) -> NoReturn:
        """Raise the error for a mistake under a key."""
        raise DataError(f"{self.where(*key)}: {message}")

    def where(self, *key: str) -> str:
        """`file:line` of a key of the header, or of one within another; of its first line if it is not there."""
        return f"{self.shown}:{self._lines.get(key, 1)}"

    def _parsed(self, text: str) -> yaml.Node:
        lines = text.split("\n")
        header = [line[2:] for line in takewhile(lambda line: line.startswith("#+"), lines)]
        if not header:
            self.fail(f"{self.what} begins with its header: lines `#+ {self.keys[0]}: ...`.")
        late = [number for number, line in enumerate(lines, 1) if line.startswith("#+") and number > len(header)]
        if late:
            raise DataError(f"{self.shown}:{late[0]}: the header's lines stand together, at the top.")
        try:
            root = _composed("\n".join(header))
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            raise DataError(f"{self.shown}:{line}: the header is no YAML: {error.problem}.") from error
        except yaml.YAMLError as error:
            raise DataError(f"{self.shown}:1: the header is no YAML: {error}.") from error
        if not isinstance(root, yaml.MappingNode):
            self.fail(f"the header is a mapping of {', '.join(self.keys)}.")
        return root

    # --- YAML --------------------------------------------------------------------------------

    def _mapping(self, node: yaml.Node, *path: str) -> dict[str, yaml.Node]:
        """The entries of a mapping by key; each key's line is kept."""
        if not isinstance(node, yaml.MappingNode):
            self.fail(f"'{path[-1]}' is a mapping.", *path)
        entries: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else "?"
            again = name in entries
            self._lines[(*path, name)] = key.start_mark.line + 1
            if again:
                self.fail(f"'{name}' is given twice.", *path, name)
            entries[name] = value
        return entries

    def _text(self, node: yaml.Node, *path: str) -> str:
        """A line of text, as it is written."""
        if not isinstance(node, yaml.ScalarNode) or not node.value.strip() or "\n" in node.value:
            self.fail(f"'{path[-1]}' is a line of text.", *path)
        return str(node.value)

    def _list(self, node: yaml.Node, *path: str) -> list[str]:
        """A list of words or lines, none of them twice."""
        if not isinstance(node, yaml.SequenceNode):
            self.fail(f"'{path[-1]}' is a list in brackets.", *path)
        items = [self._text(item, *path) for item in node.value]
        for number, item in enumerate(items):
            if item in items[:number]:
                self.fail(f"'{path[-1]}' has '{item}' twice.", *path)
        return items

    def _truth(self, node: yaml.Node, *path: str) -> bool:
        text = self._text(node, *path)
        if text not in ("true", "false"):
            self.fail(f"'{path[-1]}' is true or false.", *path)
        return text == "true"

    def _keys(self, found: Iterable[str], allowed: Iterable[str], needed: Iterable[str], *path: str) -> None:
        of = f"parameter '{path[-1]}'" if path else "the header"
        for key in found:
            if key not in allowed:
                self.fail(f"{of} has the unknown key '{key}'; known: {', '.join(allowed)}.", *path, key)
        missing = [key for key in needed if key not in found]
        if missing:
            self.fail(f"{of} lacks {', '.join(missing)}.", *path)

    # --- fields ------------------------------------------------------------------------------

    def _read(self, entries: dict[str, yaml.Node]) -> dict[str, Any]:
        """The fields by name; `params`, `columns` and `units` are there even if empty, `closed` even if left out."""
        self._keys(entries, ALLOWED, NEEDED)
        fields: dict[str, Any] = {"summary": self._text(entries["summary"], "summary")}
        for key in ("question", "question-ru", "competency"):
            fields[key] = self._question(entries[key], key)
        fields["topic"] = self._one_of(entries["topic"], TOPICS, "topic")
        fields["tags"] = self._tags(entries["tags"])
        fields["entailment"] = self._one_of(entries["entailment"], ("owl-rl", "none"), "entailment")
        fields["columns"], fields["units"] = self._columns(entries)
        fields["evidence"] = self._evidence(entries, list(fields["columns"]))
        fields["closed"] = "closed" in entries and self._truth(entries["closed"], "closed")
        for note, wanted in (("evidence-note", not fields["evidence"]), ("closed-note", fields["closed"])):
            key = note.removesuffix("-note")
            if wanted and note not in entries:
                self.fail(f"'{key}' needs '{note}': why.", key)
            if note in entries:
                if not wanted:
                    self.fail(f"'{note}' belongs to {'an empty list' if key == 'evidence' else 'closed: true'}.", note)
                fields[note] = self._text(entries[note], note)
        params = self._mapping(entries["params"], "params") if "params" in entries else {}
        fields["params"] = {name: self._parameter(node, "params", name) for name, node in params.items()}
        return fields

    def _question(self, node: yaml.Node, key: str) -> str:
        text = self._text(node, key)
        if not text.endswith("?"):
            self.fail(f"'{key}' is a question: it ends in a question mark.", key)
        if (_CYRILLIC.search(text) is not None) != (key == "question-ru"):
            self.fail(f"'{key}' is in {'Russian' if key == 'question-ru' else 'English'}.", key)
        return text

    def _one_of(self, node: yaml.Node, choices: tuple[str, ...], *path: str) -> str:
        text = self._text(node, *path)
        if text not in choices:
            self.fail(f"'{path[-1]}' is one of: {' | '.join(choices)}.", *path)
        return text

    def _tags(self, node: yaml.Node) -> list[str]:
        tags = self._list(node, "tags")
        wrong = [tag for tag in tags if not NAME.fullmatch(tag)]
        if wrong or not tags:
            self.fail("'tags' are words of small letters, digits and hyphens, at least one.", "tags")
        return tags

    def _columns(self, entries: dict[str, yaml.Node]) -> tuple[dict[str, str], dict[str, str]]:
        """What each column means, and the units of those that have one."""
        means, units = {}, {}
        for name, node in (self._mapping(entries["columns"], "columns") if "columns" in entries else {}).items():
            path = ("columns", name)
            if not VARIABLE.fullmatch(name):
                self.fail(f"'{name}' is no name of a column: small letters, digits and single underscores.", *path)
            if isinstance(node, yaml.MappingNode):
                parts = self._mapping(node, *path)
                if set(parts) != {"means", "unit"}:
                    self.fail(f"column '{name}' is a line of text, or {{means: ..., unit: ...}}.", *path)
                units[name] = self._text(parts["unit"], *path, "unit")
                node = parts["means"]
            means[name] = self._text(node, *path)
        return means, units

    def _evidence(self, entries: dict[str, yaml.Node], columns: list[str]) -> list[str]:
        evidence = self._list(entries["evidence"], "evidence")
        for name in evidence:
            if name not in columns:
                self.fail(f"'evidence' names '{name}', which is no column.", "evidence")
        return evidence

    # --- parameters --------------------------------------------------------------------------

    def _parameter(self, node: yaml.Node, *path: str) -> Parameter:
        name = path[-1]
        if name in RESERVED or not PARAMETER.fullmatch(name):
            self.fail(f"'{name}' cannot be the name of a parameter.", *path)
        entries = self._mapping(node, *path)
        if "type" not in entries:
            self.fail(f"parameter '{name}' lacks type.", *path)
        kind = self._one_of(entries["type"], TYPES, *path, "type")
        own = {"iri": ("class",), "choice": ("values",)}.get(kind, ("min", "max") if kind in WITH_RANGE else ())
        needed = (*_NEEDED_OF_PARAMETER, *(own if kind == "choice" else ()))
        self._keys(entries, (*_NEEDED_OF_PARAMETER, "required", *own), needed, *path)
        parameter: Parameter = {"type": kind}
        for key in ("example", "help"):
            parameter[key] = self._text(entries[key], *path, key)
        parameter["required"] = "required" not in entries or self._truth(entries["required"], *path, "required")
        if "class" in entries:
            parameter["class"] = self._class(self._text(entries["class"], *path, "class"), *path)
        if "values" in entries:
            parameter["values"] = self._choices(entries["values"], *path)
        self._range(parameter, entries, *path)
        if kind != "iri":
            try:
                plain(parameter, str(parameter["example"]))
            except UsageError as error:
                self.fail(f"the example of '{name}' does not fit: {error}", *path, "example")
        return parameter

    def _class(self, written: str, *path: str) -> str:
        """The IRI of a class, or of the vocabulary that `voc:trend` names."""
        iri = BASE + written.replace(":", "/") if written.startswith("voc:") else expand(written)
        if iri is None or (written.startswith("voc:") and written[4:] not in SCHEMES):
            self.fail(
                f"the class of '{path[-1]}' is a prefixed name such as bl:Region, or a vocabulary such as voc:trend.",
                *path, "class",
            )  # fmt: skip
        return iri

    def _choices(self, node: yaml.Node, *path: str) -> list[str]:
        choices = self._list(node, *path, "values")
        if len({choice.casefold() for choice in choices}) != len(choices) or len(choices) < 2:
            self.fail(f"the values of '{path[-1]}' are at least two, and differ not only in case.", *path, "values")
        return choices

    def _range(self, parameter: Parameter, entries: dict[str, yaml.Node], *path: str) -> None:
        for key in ("min", "max"):
            if key in entries:
                text = self._text(entries[key], *path, key)
                try:
                    plain({"type": parameter["type"], "example": text}, text)
                except UsageError as error:
                    self.fail(f"'{key}' of '{path[-1]}' does not fit: {error}", *path, key)
                parameter[key] = text
        if "min" in parameter and "max" in parameter and float(parameter["min"]) > float(parameter["max"]):
            self.fail(f"'min' of '{path[-1]}' is above its 'max'.", *path, "min")


def parsed_query(text: str, shown: str) -> Answer:
    """A query of a file, asked of nothing: what kind it is, and its columns.

    Raises:
        DataError: It is not valid SPARQL 1.1; file, line and column are named.
    """
    try:
        return Answer(ox.Store().query(text, use_default_graph_as_union=True))
    except SyntaxError as error:
        found = re.search(r"error at (\d+):(\d+): (.*)", str(error), re.DOTALL)
        where = f"{shown}:{found[1]}:{found[2]}: {found[3]}" if found else f"{shown}:1: {error}"
        raise DataError(f"{where}\n  The query is not valid SPARQL 1.1.") from error


def _composed(text: str) -> yaml.Node | None:
    """The tree of a YAML text.

    Raises:
        YAMLError: The text is none; in the words of the reader in Python, as that in C has others.
    """
    try:
        # Ten times as fast; not every machine has it.
        return yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError:
        return yaml.compose(text, Loader=yaml.SafeLoader)
