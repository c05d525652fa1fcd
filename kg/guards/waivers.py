"""What a guard of the ontology finds and what may stay as it is, for a reason: `ontology/waivers.toml`.

    [[waiver]]
    rules = ["P29"]
    terms = ["bl:locatedIn"]
    reason = "Why this is no mistake here."

A rule is the last word of a finding of `kg check` (P29 of "OOPS! P29"); a term is a prefixed name, a field of the
header, or "*" for whatever the rule finds.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

from kg.errors import DataError
from kg.files import Project, read_text

WAIVERS = "ontology/waivers.toml"
ALL = "*"
FIELDS = {"rules", "terms", "reason"}


@dataclass(frozen=True)
class Waiver:
    """What one reason excuses; `line` is where it begins in the file."""

    rules: tuple[str, ...]
    terms: tuple[str, ...]
    reason: str
    line: int

    def excuses(self, rule: str, term: str) -> bool:
        """Whether a finding stays for this reason."""
        return rule in self.rules and (ALL in self.terms or term in self.terms)

    def idle(self, found: Iterable[tuple[str, str]]) -> list[str]:
        """Those of its rules and terms that excuse none of the findings, in words."""
        pairs = set(found)
        known = pairs | {(rule, ALL) for rule, _ in pairs}
        return [f"{rule} of {term}" for rule, term in product(self.rules, self.terms) if (rule, term) not in known]


def read_waivers(project: Project) -> list[Waiver]:
    """The waivers of a project; none if it has no such file.

    Raises:
        DataError: The file is no TOML, or an entry has not the three fields.
    """
    path = project.path(WAIVERS)
    if not os.path.exists(path):
        return []
    text = read_text(path, WAIVERS)
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{WAIVERS} is no TOML: {error}") from error
    entries = content.pop("waiver", [])
    lines = [number for number, line in enumerate(text.split("\n"), 1) if re.match(r"\s*\[\[waiver\]\]", line)]
    if content or not isinstance(entries, list) or len(entries) != len(lines):
        raise DataError(f"{WAIVERS}: the file holds [[waiver]] entries alone.")
    return [_waiver(entry, line) for entry, line in zip(entries, lines, strict=True)]


def _waiver(entry: object, line: int) -> Waiver:
    if isinstance(entry, dict) and set(entry) == FIELDS:
        rules, terms, reason = entry["rules"], entry["terms"], entry["reason"]
        lists = [values for values in (rules, terms) if isinstance(values, list) and values]
        texts = [value for values in (*lists, [reason]) for value in values]
        if len(lists) == 2 and all(isinstance(text, str) and text.strip() for text in texts):
            return Waiver(tuple(rules), tuple(terms), reason, line)
    raise DataError(f"{WAIVERS}:{line}: a waiver has rules and terms, both lists of texts, and a reason.")
