"""Every canned query: its agreed rows, and the same rows in both engines."""

import os
from collections import Counter
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib

from kg.files import Build
from kg.namespaces import PREFIXES
from kg.query import bind
from kg.reference import ask_reference, reference_dataset
from kg.store import ask_store, open_store
from tools.matters.cases import EXPECTED, VALUES, Case, as_csv, cases_as_csv, further_cases

ROOT = Path(__file__).parent.parent
NAMES = sorted(path.stem for path in (ROOT / "queries").glob("*.rq"))
FURTHER = further_cases()


@pytest.fixture(scope="module")
def store(real_build: Build) -> ox.Store:
    """The real graph in the embedded store."""
    return open_store(real_build.store)


@pytest.fixture(scope="module")
def dataset(store: ox.Store) -> rdflib.Dataset:
    """The real graph in the reference engine."""
    return reference_dataset(store)


def example_text(store: ox.Store, build: Build, name: str) -> str:
    """A canned query with the example values of its required parameters."""
    catalogue: dict[str, dict[str, Any]] = build.catalogue()
    return Case(name).text(store, catalogue)


@pytest.mark.parametrize("name", NAMES)
def test_rows_are_the_agreed_ones(name: str, store: ox.Store, real_build: Build) -> None:
    """A canned query gives its agreed rows in their order; KG_AGREE=1 writes them anew, to be read and agreed."""
    answer = ask_store(store, example_text(store, real_build, name))
    found = as_csv(answer.columns, answer.rows())
    path = EXPECTED / f"{name}.csv"
    if os.environ.get("KG_AGREE") == "1":
        path.write_text(found, "utf-8")
    assert path.read_text("utf-8") == found


@pytest.mark.parametrize("name", sorted({case.query for case in FURTHER}))
def test_rows_for_values_are_the_agreed_ones(name: str, store: ox.Store, real_build: Build) -> None:
    """With the arguments of its file in `values/` a canned query gives the rows there, and some for each of them."""
    catalogue: dict[str, dict[str, Any]] = real_build.catalogue()
    answers = {
        case.arguments: ask_store(store, case.text(store, catalogue)).rows() for case in FURTHER if case.query == name
    }
    assert [arguments for arguments, rows in answers.items() if not rows] == []
    found = cases_as_csv(catalogue[name]["columns"], answers)
    path = VALUES / f"{name}.csv"
    if os.environ.get("KG_AGREE") == "1":
        path.write_text(found, "utf-8")
    assert path.read_text("utf-8") == found


@pytest.mark.parametrize("name", NAMES)
def test_an_example_has_rows(name: str) -> None:
    """The example of a canned query shows something: its agreed rows are not empty."""
    assert len((EXPECTED / f"{name}.csv").read_text("utf-8").splitlines()) > 1


@pytest.mark.parametrize("name", NAMES)
def test_both_engines_agree(name: str, store: ox.Store, dataset: rdflib.Dataset, real_build: Build) -> None:
    """Rdflib and the embedded store give the same rows, each as often, over the union of all graphs."""
    text = example_text(store, real_build, name)
    expected = ask_reference(dataset, text)
    found = ask_store(store, text)
    assert expected.columns == found.columns
    assert Counter(expected.rows()) == Counter(found.rows())


@pytest.mark.parametrize("name", NAMES)
def test_order_is_complete(name: str, store: ox.Store, real_build: Build) -> None:
    """No two rows of an answer are alike, and the ORDER BY names every column, so the order is one."""
    text = example_text(store, real_build, name)
    rows = ask_store(store, text).rows()
    columns = ask_store(store, text).columns
    order = text[text.rindex("ORDER BY") :]
    assert [column for column in columns if f"?{column}" not in order.replace(")", " ").split() and
                  f"DESC(?{column})" not in order.split()] == []  # fmt: skip
    assert len(set(rows)) == len(rows)


@pytest.mark.parametrize("name", NAMES)
def test_runs_unchanged_elsewhere(name: str, dataset: rdflib.Dataset) -> None:
    """The file itself, header and all, is a query that any SPARQL 1.1 engine takes."""
    text = (ROOT / "queries" / f"{name}.rq").read_text("utf-8")
    assert dataset.query(text).type == "SELECT"


def test_nothing_is_agreed_for_a_query_that_is_gone() -> None:
    """Each file of agreed rows belongs to a query."""
    assert sorted(path.stem for path in EXPECTED.glob("*.csv")) == NAMES


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("region:orenburg", "region:orenburg"),
        (f"<{PREFIXES['region']}orenburg>", "region:orenburg"),
        (f"{PREFIXES['region']}orenburg", "region:orenburg"),
        ("Orenburg Region", "region:orenburg"),
        ("orenburg  region", "region:orenburg"),
        ("Оренбургская область", "region:orenburg"),
        ("Павлодар облысы", "region:pavlodar"),
    ],
)
def test_a_parameter_takes_any_name(value: str, expected: str, store: ox.Store, real_build: Build) -> None:
    """An IRI, a prefixed name and a name in any language of the graph mean the same thing."""
    catalogue = real_build.catalogue()
    assert bind(store, catalogue, "flows-of-region", {"region": expected}) == bind(
        store, catalogue, "flows-of-region", {"region": value}
    )


def test_left_out_parameter_stands_for_all(store: ox.Store, real_build: Build) -> None:
    """What is found for one state is also found when no state is named, and no row is bent to fit the one named."""
    catalogue = real_build.catalogue()
    everything = set(ask_store(store, bind(store, catalogue, "enterprises", {})).rows())
    russian = set(ask_store(store, bind(store, catalogue, "enterprises", {"partnerState": "state:russia"})).rows())
    assert russian < everything
    state = ox.NamedNode(PREFIXES["state"] + "russia")
    assert {state} == {row[4] for row in russian}
