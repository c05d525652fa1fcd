"""Values of literals: which datatypes hold them, and which two certainly differ.

Only what is certain is said. A lexical form that is not read here (a time
zone, an exotic datatype) has no known value, and nothing follows from it.

Source: W3C XML Schema Definition Language 1.1 Part 2: Datatypes (value spaces
of primitive datatypes are disjoint) and OWL 2 Profiles 4.3, table 8.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode

from kg.namespaces import RDF, RDFS, XSD

# The value space, and the value in it.
Value: TypeAlias = tuple[str, str | Decimal | bool | float]

_ILL_FORMED: Value = ("ill-formed", "")
_DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
_INTEGER = re.compile(r"[+-]?\d+")
_FLOAT = re.compile(r"[+-]?((\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?|INF)|NaN")
_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}
# Without a time zone or fractions of a second, one value has one lexical form.
_DATES = {
    "date": re.compile(r"\d{4}-\d\d-\d\d"),
    "dateTime": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d"),
    "gYear": re.compile(r"\d{4}"),
    "gYearMonth": re.compile(r"\d{4}-\d\d"),
}

_BITS = {"long": 64, "int": 32, "short": 16, "byte": 8}
# Least and greatest value of each integer datatype.
_BOUNDS: dict[str, tuple[float, float]] = {
    "integer": (float("-inf"), float("inf")),
    "nonNegativeInteger": (0, float("inf")),
    "positiveInteger": (1, float("inf")),
    "nonPositiveInteger": (float("-inf"), 0),
    "negativeInteger": (float("-inf"), -1),
    **{name: (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) for name, bits in _BITS.items()},
    **{"unsigned" + name.title(): (0, 2**bits - 1) for name, bits in _BITS.items()},
}

# The value space of each datatype that is known here.
_SPACES = {
    **{XSD + name: "decimal" for name in (*_BOUNDS, "decimal")},
    **{XSD + name: name for name in ("string", "boolean", "float", "double", "anyURI", *_DATES)},
    RDF + "langString": "langString",
}

DATATYPES = frozenset(NamedNode(iri) for iri in (*_SPACES, RDF + "PlainLiteral", RDFS + "Literal"))


def value(literal: Literal) -> Value | None:
    """The value of a literal; None where it is not certain.

    A form that its datatype does not have gives a value which no datatype holds.
    """
    datatype, text = literal.datatype.value, literal.value
    space = _SPACES.get(datatype)
    if space is None:
        return None
    if space == "langString":
        return space, f"{text}@{literal.language}"
    name = datatype.removeprefix(XSD)
    if space == "decimal":
        return _decimal(name, text)
    if space == "boolean":
        return (space, _BOOLEANS[text]) if text in _BOOLEANS else _ILL_FORMED
    if space in ("float", "double"):
        return (space, float(text)) if _FLOAT.fullmatch(text) else _ILL_FORMED
    if space in _DATES and not _DATES[space].fullmatch(text):
        return None
    return space, text


def _decimal(name: str, text: str) -> Value:
    pattern = _DECIMAL if name == "decimal" else _INTEGER
    if not pattern.fullmatch(text):
        return _ILL_FORMED
    number = Decimal(text)
    return ("decimal", number) if _within(name, number) else _ILL_FORMED


def _within(name: str, number: Decimal) -> bool:
    """Whether a number belongs to xsd:decimal or one of the integer datatypes."""
    if name == "decimal":
        return True
    low, high = _BOUNDS[name]
    return number == number.to_integral_value() and low <= number <= high


def contains(datatype: NamedNode, literal: Literal) -> bool | None:
    """Whether a datatype holds the value of a literal; None where it is not certain."""
    known = value(literal)
    if known is None or datatype not in DATATYPES:
        return None
    space, number = known
    if known == _ILL_FORMED:
        return False
    wanted = _SPACES.get(datatype.value)
    if wanted == "decimal" and isinstance(number, Decimal):
        return _within(datatype.value.removeprefix(XSD), number)
    if wanted is None:
        return datatype.value == RDFS + "Literal" or space in ("string", "langString")
    return space == wanted


def differ(left: Literal, right: Literal) -> bool:
    """Whether two literals certainly have different values."""
    one, other = value(left), value(right)
    return one is not None and other is not None and one != other
