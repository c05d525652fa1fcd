"""The types of the parameters of canned queries: from what a user wrote to one RDF term.

On the path of every question. Whatever is wrong is a `UsageError` that gives an example and
the nearest right values.
"""

from __future__ import annotations

import re

import pyoxigraph as ox

from kg.errors import UsageError
from kg.names import NAMING, resolve
from kg.namespaces import XSD

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Parameter = dict[str, Any]
    Value = ox.NamedNode | ox.Literal

# The datatype of each type whose values are literals.
DATATYPES = {
    "choice": XSD + "string",
    "integer": XSD + "integer",
    "number": XSD + "decimal",
    "year": XSD + "integer",
    "date": XSD + "date",
    "language": XSD + "string",
    "text": XSD + "string",
}
TYPES = ("iri", *DATATYPES)
WITH_RANGE = ("integer", "number", "year")
# How a value is written, and what one is called.
_FORMS = {
    "integer": (re.compile(r"[+-]?[0-9]{1,18}"), "whole number"),
    "number": (re.compile(r"[+-]?[0-9]{1,18}(\.[0-9]{1,18})?"), "number"),
    "year": (re.compile(r"[0-9]{4}"), "year of four digits"),
    "date": (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), "date of the form YYYY-MM-DD"),
    "language": (re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,7}"), "language tag"),
}
_DATE = re.compile(r"(?P<y>[0-9]{4})(?:[-./](?P<m>[0-9]{1,2}))?(?:[-./](?P<d>[0-9]{1,2}))?")
_DAY_FIRST = re.compile(r"(?P<d>[0-9]{1,2})[-./](?P<m>[0-9]{1,2})[-./](?P<y>[0-9]{4})")
LONGEST = 1000
_SHOWN = 60


def term(store: ox.Store, parameter: Parameter, value: str) -> Value:
    """The RDF term that a user means.

    Args:
        store: The graph: things are known by their names in it, languages by its labels.
        parameter: The header's entry: type, example, and class, values, min and max as its type has them.
        value: What the user wrote.

    Raises:
        UsageError: The value does not fit.
    """
    if len(value) > LONGEST:
        raise UsageError(
            f"“{_cut(value)}” has {len(value):,} characters; {LONGEST:,} are allowed{_such_as(parameter)}."
        )
    if parameter["type"] == "iri":
        return resolve(store, value, parameter.get("class"), str(parameter["example"]))
    literal = plain(parameter, value)
    if parameter["type"] == "language":
        return _spoken(store, parameter, literal.value)
    return literal


def plain(parameter: Parameter, value: str) -> ox.Literal:
    """The literal that a user means, for every type but `iri`, as far as the header alone can tell.

    Raises:
        UsageError: The value does not fit.
    """
    kind = parameter["type"]
    if kind == "text":
        if not value:
            raise UsageError(f"The text is empty{_such_as(parameter)}.")
        if any("\ud800" <= mark <= "\udfff" for mark in value):
            raise UsageError(f"The value is not UTF-8 text{_such_as(parameter)}.")
        return ox.Literal(value)
    value = value.strip()
    if kind == "choice":
        value = _chosen(parameter, value)
    else:
        form, called = _FORMS[kind]
        if form.fullmatch(value) is None or (kind == "date" and _date(value) != value):
            raise UsageError(f"“{_cut(value)}” is no {called}{_such_as(parameter)}.{_meant(parameter, value)}")
        limit = _limit(parameter, value) if kind in WITH_RANGE else None
        if limit is not None:
            takes = f"a {called}{_range(parameter)}{_such_as(parameter)}"
            raise UsageError(f"{value} is out of range: {takes}. The nearest is {limit}.")
    if kind in ("integer", "year"):
        value = str(int(value))
    return ox.Literal(value, datatype=ox.NamedNode(DATATYPES[kind]))


def accepts(parameter: Parameter) -> str:
    """What a parameter takes beside its help, for people: a range or the choices; "" where there is nothing to say."""
    if parameter["type"] == "choice":
        return "one of: " + " | ".join(parameter["values"])
    called = {"text": "text", "iri": ""}.get(parameter["type"]) or _FORMS.get(parameter["type"], ("", ""))[1]
    return f"{called}{_range(parameter)}"


def _cut(value: str) -> str:
    return value if len(value) <= _SHOWN else value[:_SHOWN] + "…"


def _such_as(parameter: Parameter) -> str:
    return f" (for example {parameter['example']})"


def _chosen(parameter: Parameter, value: str) -> str:
    """The listed choice that a value is, whatever its case."""
    choices: list[str] = parameter["values"]
    folded = {choice.casefold(): choice for choice in choices}
    if value.casefold() in folded:
        return folded[value.casefold()]
    import difflib

    near = difflib.get_close_matches(value.casefold(), folded, n=3, cutoff=0.5)
    hint = f" Did you mean {' or '.join(folded[name] for name in near)}?" if near else ""
    raise UsageError(f"“{_cut(value)}” is none of: {' | '.join(choices)}{_such_as(parameter)}.{hint}")


def _range(parameter: Parameter) -> str:
    least, most = parameter.get("min"), parameter.get("max")
    if least is not None and most is not None:
        return f" from {least} to {most}"
    return f", {least} or more" if least is not None else f", {most} or less" if most is not None else ""


def _limit(parameter: Parameter, value: str) -> str | None:
    """The bound that a number goes beyond, or None."""
    least, most = parameter.get("min"), parameter.get("max")
    if least is not None and float(value) < float(least):
        return str(least)
    return str(most) if most is not None and float(value) > float(most) else None


def _date(value: str) -> str | None:
    """The calendar's date for a text that starts or ends with its year; what it leaves out is the first."""
    found = _DATE.fullmatch(value) or _DAY_FIRST.fullmatch(value)
    if found is None:
        return None
    year, month, day = int(found["y"]), int(found["m"] or 1), int(found["d"] or 1)
    month = min(max(month, 1), 12)
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    longest = 30 + (month + month // 8) % 2 if month != 2 else 28 + leap
    return f"{year:04}-{month:02}-{min(max(day, 1), longest):02}"


def _meant(parameter: Parameter, value: str) -> str:
    """The nearest right value in what was written, as a sentence; "" if nothing is like one."""
    kind, near = parameter["type"], None
    if kind == "date":
        near = _date(value)
    elif kind in WITH_RANGE:
        found = re.search(r"[+-]?[0-9]+(\.[0-9]+)?", re.sub(r"(?<=[0-9]),(?=[0-9])", ".", value[:_SHOWN]))
        near = found[0] if found else ""
        near = near if kind == "number" else near.partition(".")[0]
        near = (_limit(parameter, near) or near) if _FORMS[kind][0].fullmatch(near) else None
    return f" Did you mean {near}?" if near else ""


def _spoken(store: ox.Store, parameter: Parameter, tag: str) -> ox.Literal:
    """A language tag in small letters, if a name in the graph has it."""
    spoken = set()
    for predicate in NAMING:
        for quad in store.quads_for_pattern(None, predicate, None, None):
            language = quad.object.language if isinstance(quad.object, ox.Literal) else None
            if language == tag.lower():
                return ox.Literal(language)
            spoken.add(language or "")
    known = ", ".join(sorted(spoken - {""}))
    raise UsageError(f"No name in the graph is in the language “{tag}”{_such_as(parameter)}; there are {known}.")
