"""The types of parameters: what each takes as which term, and what it says to all else."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox
import pytest

from kg.errors import UsageError
from kg.files import Build
from kg.namespaces import BASE, BL, PREFIXES, XSD
from kg.parameters import accepts, term
from kg.store import open_store

SHARE = {"type": "number", "min": "0", "max": "100", "example": "2.5"}
COUNT = {"type": "integer", "min": "1", "example": "3"}
YEAR = {"type": "year", "max": "2022", "example": "2020"}
DATE = {"type": "date", "example": "2022-01-31"}
MODE = {"type": "choice", "values": ["rail", "Road", "pipe line"], "example": "rail"}
LANGUAGE = {"type": "language", "example": "ru"}
TEXT = {"type": "text", "example": "Omsk"}
TREND = {"type": "iri", "class": BASE + "voc/trend", "example": "trend:convergence"}
REGION = {"type": "iri", "class": BL + "Region", "example": "region:omsk"}


@pytest.fixture(scope="module")
def store(real_build: Build) -> ox.Store:
    """The real graph."""
    return open_store(real_build.store)


@pytest.mark.parametrize(
    ("parameter", "value", "lexical", "datatype"),
    [
        (SHARE, "2.5", "2.5", "decimal"),
        (SHARE, " +100 ", "+100", "decimal"),
        (SHARE, "0.0", "0.0", "decimal"),
        (COUNT, "007", "7", "integer"),
        (YEAR, "1991", "1991", "integer"),
        (DATE, "2020-02-29", "2020-02-29", "date"),
        (MODE, "ROAD", "Road", "string"),
        (MODE, " pipe line ", "pipe line", "string"),
        (LANGUAGE, "KK", "kk", "string"),
        (TEXT, ' "x" ', ' "x" ', "string"),
    ],
)
def test_right_values(parameter: dict[str, Any], value: str, lexical: str, datatype: str, store: ox.Store) -> None:
    """A right value is a literal of the type's datatype."""
    assert term(store, parameter, value) == ox.Literal(lexical, datatype=ox.NamedNode(XSD + datatype))


@pytest.mark.parametrize(
    ("parameter", "value", "iri"),
    [
        (TREND, "trend:convergence", "voc/trend/convergence"),
        (TREND, "Convergence", "voc/trend/convergence"),
        (TREND, "конвергенция", "voc/trend/convergence"),
        (REGION, "Омская область", "id/region/omsk"),
        ({"type": "iri", "example": "region:omsk"}, "bl:Region", "ont#Region"),
    ],
)
def test_right_things(parameter: dict[str, Any], value: str, iri: str, store: ox.Store) -> None:
    """A thing of a class, or an entry of a vocabulary, is found by any of its names."""
    assert term(store, parameter, value) == ox.NamedNode(BASE + iri)


@pytest.mark.parametrize(
    ("parameter", "value", "said"),
    [
        (SHARE, "101", "101 is out of range: a number from 0 to 100 (for example 2.5). The nearest is 100."),
        (SHARE, "-0.1", "-0.1 is out of range: a number from 0 to 100 (for example 2.5). The nearest is 0."),
        (SHARE, "12,5 %", "“12,5 %” is no number (for example 2.5). Did you mean 12.5?"),
        (SHARE, "120 %", "“120 %” is no number (for example 2.5). Did you mean 100?"),
        (SHARE, "half", "“half” is no number (for example 2.5)."),
        (COUNT, "0", "0 is out of range: a whole number, 1 or more (for example 3). The nearest is 1."),
        (COUNT, "2.7", "“2.7” is no whole number (for example 3). Did you mean 2?"),
        (YEAR, "2023", "2023 is out of range: a year of four digits, 2022 or less (for example 2020). The nearest is "
         "2022."),
        (YEAR, "in 1991", "“in 1991” is no year of four digits (for example 2020). Did you mean 1991?"),
        (YEAR, "91", "“91” is no year of four digits (for example 2020)."),
        (DATE, "2022-02-30", "“2022-02-30” is no date of the form YYYY-MM-DD (for example 2022-01-31). Did you mean "
         "2022-02-28?"),
        (DATE, "31.12.2021", "Did you mean 2021-12-31?"),
        (DATE, "2021", "Did you mean 2021-01-01?"),
        (DATE, "2021/4/31", "Did you mean 2021-04-30?"),
        (DATE, "1900-02-29", "Did you mean 1900-02-28?"),
        (DATE, "yesterday", "“yesterday” is no date of the form YYYY-MM-DD (for example 2022-01-31)."),
        (MODE, "raod", "“raod” is none of: rail | Road | pipe line (for example rail). Did you mean Road or rail?"),
        (MODE, "ship", "“ship” is none of: rail | Road | pipe line (for example rail)."),
        (LANGUAGE, "russian", "No name in the graph is in the language “russian” (for example ru); there are be, en,"),
        (LANGUAGE, "in Russian", "“in Russian” is no language tag (for example ru)."),
        (TEXT, "", "The text is empty (for example Omsk)."),
        (TEXT, "x" * 1001, f"“{'x' * 60}…” has 1,001 characters; 1,000 are allowed (for example Omsk)."),
        (TEXT, "\ud800", "The value is not UTF-8 text (for example Omsk)."),
        (TREND, "convergense", "No entry of “trends across a border” is called “convergense” (for example "
         "trend:convergence). Did you mean trend:convergence"),
        (TREND, "region:omsk", "region:omsk (Omsk Region) is no entry of “trends across a border” (for example trend:"),
        (REGION, "Omsk Regoin", "Did you mean region:omsk"),
    ],
)  # fmt: skip
def test_wrong_values(parameter: dict[str, Any], value: str, said: str, store: ox.Store) -> None:
    """A wrong value is refused with an example and, where there are any, the nearest right ones."""
    with pytest.raises(UsageError) as refused:
        term(store, parameter, value)
    message = str(refused.value)
    assert said in message
    assert message.startswith(said) or said.startswith("Did")
    assert ("Did you mean" in message) == ("Did you mean" in said)


def test_what_is_suggested_is_right(store: ox.Store) -> None:
    """What a message names as the nearest is a value that the parameter takes."""
    for parameter, value in (
        (DATE, "30.2.2020"),
        (SHARE, "1000"),
        (COUNT, "-3"),
        (YEAR, "in 2031"),
        (MODE, "pipeline"),
    ):
        with pytest.raises(UsageError) as refused:
            term(store, parameter, value)
        nearest = str(refused.value).rpartition(" is " if "nearest" in str(refused.value) else "mean ")[2].rstrip("?.")
        assert term(store, parameter, nearest.partition(" or ")[0])


def test_what_a_parameter_says_of_itself() -> None:
    """The help of a query says what a parameter takes: a range, the choices, or a form."""
    said = [accepts(parameter) for parameter in (SHARE, COUNT, YEAR, DATE, MODE, TEXT, REGION)]
    assert said == [
        "number from 0 to 100", "whole number, 1 or more", "year of four digits, 2022 or less",
        "date of the form YYYY-MM-DD", "one of: rail | Road | pipe line", "text", "",
    ]  # fmt: skip


def test_queries_are_no_things(store: ox.Store) -> None:
    """A name does not lead to a canned query, which the graph describes; its IRI does."""
    with pytest.raises(UsageError, match="No thing is called “flows-of-region”"):
        term(store, {"type": "iri", "example": "x"}, "flows-of-region")
    found = term(store, {"type": "iri", "example": "x"}, "query:flows-of-region")
    assert found == ox.NamedNode(PREFIXES["query"] + "flows-of-region")
