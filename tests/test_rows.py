"""The rows of an answer for Python programs and notebooks."""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree

import pandas
import polars
import pytest
from rdflib import XSD, Literal, URIRef

import kg
from kg.answer.full import FullAnswer
from kg.errors import UsageError
from kg.names import FALLBACK
from kg.namespaces import PREFIXES
from kg.rows import Rows
from kg.store import ask_store
from test_answer import DATA, ENTRY, FIGURES, INFERENCE, answered, store_of, thing

STORE = store_of(DATA, INFERENCE)


def rows(answer: FullAnswer) -> Rows:
    """An answer as rows for a program."""
    return Rows(STORE, answer, FALLBACK)


def test_rows_are_a_list_with_columns() -> None:
    """Rows can be counted, compared and walked through; each is a mapping from column to term."""
    found = rows(answered(STORE, FIGURES))
    assert found == [
        {"figure": URIRef(thing("observation:length").value), "value": Literal("7598.5", datatype=XSD.decimal)},
        {"figure": URIRef(thing("observation:printed").value), "value": Literal(1369)},
    ]  # fmt: skip
    assert (len(found), found.columns) == (2, ["figure", "value"])
    assert found.disputed == [[URIRef(thing("observation:length").value)], [URIRef(thing("observation:printed").value)]]
    assert (found.evidence, found.inferred, found.undated, found.left_out, found.nothing) == ([], [], [], 0, "")


def test_evidence_time_and_emptiness() -> None:
    """What the command line tells, a program can read."""
    found = rows(answered(STORE, ENTRY, evidence=True, at="1992", region="region:a"))
    assert [[claim["source"] for claim in claims] for claims in found.evidence] == [[], ["X 2020", "Y"]]
    assert found.evidence[1][1] == {
        "claim": thing("claim:y-old").value, "source": "Y", "locator": "sec. 2", "year": "2022", "kind": "interviews",
        "strength": "possible", "attributed": "Z | and co.",
    }  # fmt: skip
    assert (found.inferred, found.undated, found.left_out) == ([False, False], ["no period", "vague"], 1)
    assert rows(answered(STORE, ENTRY, region="region:c")).nothing.startswith("Not stated by any source")


def test_data_frames() -> None:
    """Numbers are numbers, things have names or IRIs, evidence has columns; in both libraries."""
    found = rows(answered(STORE, FIGURES, evidence=True))
    frame = found.to_pandas()
    assert isinstance(frame, pandas.DataFrame)
    assert (frame["value"].tolist(), frame["value"].dtype) == ([7598.5, 1369.0], "float64")
    assert frame["figure"].tolist() == ["observation:length", "observation:printed"]
    assert frame["evidence_source"].tolist() == ["X 2020", ""]
    assert found.to_pandas(names=False)["figure"].tolist() == [
        thing("observation:length").value, thing("observation:printed").value,
    ]  # fmt: skip
    table = found.to_polars()
    assert isinstance(table, polars.DataFrame)
    assert table["value"].dtype == polars.Float64
    assert table.columns == frame.columns.tolist()


def test_columns_have_one_type_each() -> None:
    """Whole numbers, days, texts, mixtures and gaps become columns that both libraries take."""
    day = f'"2020-01-02"^^<{PREFIXES["xsd"]}date>'
    answer = ask_store(
        STORE,
        "SELECT ?whole ?mixed ?gap ?day ?none { VALUES (?whole ?mixed ?gap ?day ?none) "
        f'{{ (1 "x" 1.5 {day} UNDEF) (2 3 UNDEF {day} UNDEF) }} }}',
    )
    found = rows(FullAnswer(answer.columns, answer.rows()))
    table = found.to_polars()
    assert [str(kind) for kind in table.dtypes] == ["Int64", "String", "Float64", "Date", "Null"]
    assert found.to_pandas()["mixed"].tolist() == ["x", "3"]


def test_gaps_change_no_type() -> None:
    """A year that is missing makes no float of the others, and whether a row is inferred is a truth."""
    answer = ask_store(STORE, "SELECT ?year ?sure { VALUES (?year ?sure) { (1991 true) (UNDEF UNDEF) } }")
    frame = rows(FullAnswer(answer.columns, answer.rows())).to_pandas()
    assert [str(kind) for kind in frame.dtypes] == ["Int64", "boolean"]
    assert frame["year"].tolist() == [1991, pandas.NA]
    told = rows(answered(STORE, ENTRY, evidence=True, region="region:a"))
    assert (told.to_pandas()["inferred"].dtype, told.to_polars()["inferred"].dtype) == ("bool", polars.Boolean)
    assert len(told.to_pandas()[lambda table: ~table["inferred"]]) == 3


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_data_frames_without_their_library(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the optional library the error says what to install."""
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(UsageError, match=f"pip install {library}"):
        getattr(rows(answered(STORE, FIGURES)), f"to_{library}")()


def test_tables_in_a_notebook() -> None:
    """A table in a notebook is well-formed, and two of them share no id."""
    found = rows(answered(STORE, ENTRY, evidence=True, region="region:a"))
    ids = []
    for _ in range(2):
        root = ElementTree.fromstring(f"<div>{found._repr_html_()}</div>")  # noqa: S314, SLF001 - what notebooks call
        ids += [element.get("id") for element in root.iter() if element.get("id")]
        assert len(root.findall(".//tbody/tr")) == 3
    assert ids
    assert len(ids) == len(set(ids))


def test_options_of_a_query(small: Path) -> None:
    """Evidence, a time and languages are asked for beside the parameters."""
    graph = kg.open(str(small))
    found = graph.query("flows", evidence=True, as_of=2020, lang="ru", region="region:north-shore")
    assert [claim["year"] for claim in found.evidence[0]] == ["2020"]
    assert found.undated == ["no period"]
    assert found.to_pandas()["plant"].tolist() == ["завод «Форд»"]
    assert graph.label(PREFIXES["facility"] + "ford-mill", lang="ru") == "завод «Форд»"
    with pytest.raises(UsageError, match="is no date"):
        graph.query("flows", as_of="soon", region="region:north-shore")
