"""What a guard finds: where, what, what to do about it, and by which rule."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Finding:
    """One thing that is wrong.

    Attributes:
        where: `file:line`, with `:column` where a single token is meant.
        what: What is wrong, in a line.
        advice: What to do about it.
        rule: The shape, check or guard that found it.
        violation: Whether it makes the data invalid; else it is a warning.
        focus: The IRI of the thing that is wrong; empty for what has none.
    """

    where: str
    what: str
    advice: str
    rule: str
    violation: bool = True
    focus: str = ""

    def as_dict(self) -> dict[str, str | int | None]:
        """The finding for a program: file and line apart, severity in SHACL's words."""
        file, _, place = self.where.partition(":")
        line, _, column = place.partition(":")
        return {
            "file": file,
            "line": int(line) if line.isdecimal() else None,
            "column": int(column) if column.isdecimal() else None,
            "severity": "Violation" if self.violation else "Warning",
            "what": self.what,
            "advice": self.advice,
            "rule": self.rule,
            "focus": self.focus or None,
        }

    def __str__(self) -> str:
        kind = "" if self.violation else "warning: "
        return f"{self.where}: {kind}{self.what}\n  {self.advice}\n  {self.rule}"
