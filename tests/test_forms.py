"""Answers as pages, maps and workbooks: what is written is read back by another program."""

from __future__ import annotations

import io
import json
import sys
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pyoxigraph as ox
import pytest

from kg.answer.full import FullAnswer
from kg.errors import UsageError
from kg.namespaces import BL, PREFIXES
from kg.results import render
from kg.store import ask_store
from test_answer import DATA, ENTRY, FIGURES, answered, store_of, thing

PLACES = """
state:s bl:lat 50.0 ; bl:long 60.0 ; skos:prefLabel "State"@en .
region:r bl:lat 51.5 ; bl:long 61.25 ; bl:locatedIn state:s ; skos:prefLabel "Region"@en .
facility:f bl:locatedIn region:r , state:s ; skos:prefLabel "Plant"@en .
facility:nowhere skos:prefLabel "Nowhere"@en .
"""
HTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(scope="module")
def store() -> ox.Store:
    """The small graph of the answers."""
    return store_of(DATA)


def values(text: str) -> FullAnswer:
    """The rows of a VALUES block."""
    answer = ask_store(ox.Store(), f"SELECT * {{ VALUES {text} }}")
    return FullAnswer(answer.columns, answer.rows())


def parsed(page: str) -> ElementTree.Element:
    """The root of a page; a mistake in its mark-up fails the test."""
    assert page.startswith("<!DOCTYPE html>\n<html")
    return ElementTree.fromstring(page.removeprefix("<!DOCTYPE html>\n"))  # noqa: S314 - our own page


# --- pages -----------------------------------------------------------------------------------


def test_page_is_whole_and_links_lead_somewhere(store: ox.Store) -> None:
    """The page is well-formed, has no script and nothing from elsewhere; each link leads to one id."""
    answer = answered(store, ENTRY, evidence=True, at="1995", region="region:a")
    text = render(store, answer, "html", 100).decode()
    root = parsed(text)
    assert root.get("lang") == "en"
    tags = {element.tag.removeprefix(HTML) for element in root.iter()}
    assert not tags & {"script", "img", "link", "iframe", "object"}
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    links = [element.get("href", "") for element in root.iter(HTML + "a")]
    assert len(ids) == len(set(ids))
    assert links
    assert {link.removeprefix("#") for link in links} <= set(ids)
    assert root.findtext(f".//{HTML}h1") == root.findtext(f".//{HTML}title") == "What leaves a region?"
    assert "@media print" in text


def test_page_says_in_which_language_a_name_is(store: ox.Store) -> None:
    """A name in another language than the page's own is marked as such."""
    answer = values('?r { <https://w3id.org/borderlands/id/region/b> "plain" "eng"@en }')
    text = render(store, answer, "html", 100, order=("kk", "en")).decode()
    assert '<td><span lang="kk">Б елі</span></td>' in text
    assert "<td>plain</td>" in text
    assert "<td>eng</td>" in text


def test_page_holds_any_cell(store: ox.Store) -> None:
    """No name can bring mark-up or a control character into a page."""
    answer = values('?x { "<script>alert(1)</script>" "a&b" "\\u0001\\u202e" }')
    text = render(store, answer, "html", 100).decode()
    assert [cell.text for cell in parsed(text).iter(HTML + "td")] == [
        "<script>alert(1)</script>", "a&b", "\ufffd\ufffd",
    ]  # fmt: skip


def test_numbers_are_set_as_numbers(store: ox.Store) -> None:
    """Figures are aligned to the right, with their mark if they are disputed."""
    assert '<td class="number">7598.5<sup>' in render(store, answered(store, FIGURES), "html", 100).decode()


# --- maps ------------------------------------------------------------------------------------


def map_of(store: ox.Store, *rows: tuple[ox.NamedNode, ...]) -> list[dict[str, Any]]:
    """The features of rows of things."""
    answer = FullAnswer([f"c{place}" for place in range(len(rows[0]))], rows)
    whole = json.loads(render(store, answer, "geojson", 100))
    assert whole["type"] == "FeatureCollection"
    features: list[dict[str, Any]] = whole["features"]
    assert {feature["type"] for feature in features} == {"Feature"}
    return features


def test_a_row_is_where_its_narrowest_thing_is() -> None:
    """A thing stands at its own point, else at that of the narrowest place that it lies in; longitude comes first."""
    store = store_of(PLACES)
    plant, region, state, nowhere = map(thing, ("facility:f", "region:r", "state:s", "facility:nowhere"))
    features = map_of(store, (state, plant), (state, region), (nowhere, state), (nowhere, nowhere))
    assert [feature["geometry"] and feature["geometry"]["coordinates"] for feature in features] == [
        [61.25, 51.5], [61.25, 51.5], [60.0, 50.0], None,
    ]  # fmt: skip
    assert [feature["properties"]["place"] for feature in features] == ["Region", "Region", "State", None]
    assert features[0]["properties"]["c1"] == "Plant"
    assert features[0]["properties"]["iris"] == {"c0": state.value, "c1": plant.value}


def test_map_carries_numbers_and_evidence(store: ox.Store) -> None:
    """Properties keep numbers as numbers, and the claims of a row as a list."""
    whole = json.loads(render(store, answered(store, FIGURES, evidence=True), "geojson", 100))
    first, second = (feature["properties"] for feature in whole["features"])
    assert (first["value"], second["value"]) == (7598.5, 1369)
    assert first["evidence"] == [
        {"claim": thing("claim:x-length").value, "source": "X 2020", "locator": "p. 5, “coal”", "year": "2020"}
    ]
    assert first["disputed"] == [{"iri": thing("observation:length").value, "how": "disputed"}]
    assert (first["inferred"], second["evidence"]) == (False, [])


# --- workbooks -------------------------------------------------------------------------------


def sheets(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    """The cells of a workbook by sheet."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def test_workbook_has_numbers_names_and_terms(store: ox.Store) -> None:
    """Numbers are numbers, things have their names on the first sheet and their IRIs on the second."""
    found = sheets(render(store, answered(store, FIGURES, evidence=True), "xlsx", 100))
    length, printed = thing("observation:length"), thing("observation:printed")
    assert found["answer"][0][:4] == ("figure", "value", "evidence_claim", "evidence_source")
    assert [row[:2] for row in found["answer"][1:]] == [("observation:length", 7598.5), ("observation:printed", 1369)]
    assert found["answer"][1][3] == "X 2020"
    assert found["terms"] == [("figure", "value"), (length.value, "7598.5"), (printed.value, "1369")]


def test_workbook_holds_any_cell(store: ox.Store) -> None:
    """A text is never a formula; control characters and numbers that would be rounded do no harm."""
    day = f'"2020-01-02"^^<{PREFIXES["xsd"]}date>'
    content = render(store, values(f'?x {{ "=1+1" "\\u0001" 12345678901234567890 true {day} 1.5 }}'), "xlsx", 100)
    assert [str(row[0]) for row in sheets(content)["answer"][1:]] == [
        "=1+1", "\ufffd", "12345678901234567890", "True", "2020-01-02 00:00:00", "1.5",
    ]  # fmt: skip
    cell = openpyxl.load_workbook(io.BytesIO(content))["answer"]["A2"]
    assert cell.data_type == "s"


def test_workbook_without_its_library(store: ox.Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the optional library the error says what to install."""
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(UsageError, match=r"pip install 'borderlands-kg\[xlsx\]'"):
        render(store, answered(store, FIGURES), "xlsx", 100)


# --- Markdown and ASK ------------------------------------------------------------------------


def test_markdown_has_footnotes(store: ox.Store) -> None:
    """References and footnotes agree, and no footnote can bring in mark-up."""
    text = render(store, answered(store, ENTRY, evidence=True, region="region:a"), "md", 100).decode()
    assert "| flow:old | [^1] [^2] |\n" in text
    assert "\n[^1]: X 2020, p. 5, “coal”\n" in text
    assert "credited to Z \\| and co.\n" in text


@pytest.mark.parametrize("form", ["html", "geojson", "xlsx"])
def test_an_ask_has_no_rows(form: str, store: ox.Store) -> None:
    """A yes or no is not written as a page, a map or a workbook."""
    with pytest.raises(UsageError, match="An ASK has no rows to write as"):
        render(store, ask_store(store, f"ASK {{ ?s <{BL}value> 1 }}"), form, 100)
