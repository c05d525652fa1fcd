"""The values of literals, for programs that count with them."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pyoxigraph as ox

from kg.namespaces import XSD

_INTEGERS = {
    XSD + name for name in ("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "gYear")
}
_FRACTIONS = {XSD + name for name in ("decimal", "double", "float")}


def plain_value(term: object) -> int | Decimal | datetime.date | bool | None:
    """A literal as a number, a day or a truth of Python, where it is one; else None."""
    if not isinstance(term, ox.Literal):
        return None
    kind = term.datatype.value
    try:
        if kind in _INTEGERS:
            return int(term.value)
        if kind in _FRACTIONS:
            value = Decimal(term.value)
            return value if value.is_finite() else None
        if kind == XSD + "date":
            return datetime.date.fromisoformat(term.value)
    except (ValueError, ArithmeticError):
        return None
    return term.value in ("true", "1") if kind == XSD + "boolean" else None
