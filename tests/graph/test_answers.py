"""What the answers of all canned queries hold beyond their rows, on the real graph."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from kg.answer.asked import Question
from kg.answer.disputes import disputed_things
from kg.answer.grounds import Ground, claims_of
from kg.answer.period import edtf
from kg.files import Build
from kg.namespaces import BL, GRAPH, INFERRED, RDF, RDFS
from kg.query import bind
from kg.results import render
from kg.store import ask_store, open_store

ROOT = Path(__file__).parent.parent.parent
NAMES = sorted(path.stem for path in (ROOT / "queries").glob("*.rq"))


@pytest.fixture(scope="module")
def store(real_build: Build) -> ox.Store:
    """The real graph."""
    return open_store(real_build.store)


def question(name: str, store: ox.Store, build: Build) -> Question:
    """A canned query with the examples of its required parameters."""
    catalogue: dict[str, dict[str, Any]] = build.catalogue()
    parameters = catalogue[name]["params"].items()
    given = {key: str(item["example"]) for key, item in parameters if item.get("required", True)}
    return Question(catalogue, name, given, bind(store, catalogue, name, given), build.disputes)


@pytest.mark.parametrize("name", NAMES)
def test_every_row_leads_to_a_source_and_a_spot(name: str, store: ox.Store, real_build: Build) -> None:
    """Each thing in a column of evidence has a claim with a source and a locator."""
    asked = question(name, store, real_build)
    answer = ask_store(store, asked.text)
    if answer.kind != "select":
        return
    full = asked.complete(store, answer)
    things = {thing for row in full.rows for thing in full.things(row)}
    grounds = {thing: [Ground(store, claim) for claim in claims_of(store, thing)] for thing in things}
    assert [thing for thing, found in grounds.items() if not any(it.sources and it.locators for it in found)] == []
    if asked.catalogue[name]["evidence"] and full.rows:
        assert things


@pytest.mark.parametrize("name", NAMES)
def test_every_answer_can_be_written_and_asked_of_a_time(name: str, store: ox.Store, real_build: Build) -> None:
    """A page, a map and Markdown of each answer as of a year; no row is lost without being counted."""
    asked = question(name, store, real_build)
    answer = ask_store(store, asked.text)
    if answer.kind != "select":
        return
    whole = len(answer.rows())
    full = asked.complete(store, ask_store(store, asked.text), at="1995")
    assert len(full.rows) + full.left_out == whole
    page = render(store, full, "html", 100).decode()
    root = ElementTree.fromstring(page.removeprefix("<!DOCTYPE html>\n"))  # noqa: S314 - our own page
    body = root.find(".//{http://www.w3.org/1999/xhtml}tbody")
    assert body is not None
    assert len(body) == len(full.rows)
    assert len(json.loads(render(store, full, "geojson", 100))["features"]) == len(full.rows)
    assert render(store, full, "md", 100).count(b"\n| ") == len(full.rows) + 1


def test_index_of_the_build_is_that_of_the_graph(store: ox.Store, real_build: Build) -> None:
    """What the build noted as disputed or corrected is what the stored graph says, and it is something."""
    asserted = [quad for quad in store if quad.graph_name.value != f"{GRAPH}inferred"]
    assert real_build.disputes == disputed_things(asserted)
    assert set(real_build.disputes.values()) == {"disputed", "corrected"}


def test_the_second_store_lacks_what_is_inferred_alone(store: ox.Store, real_build: Build) -> None:
    """The store that tells which rows need inference holds every graph of the other but the inferred one.

    Of that it holds the classes above a class that is stated, and no more.
    """
    inferred = ox.NamedNode(INFERRED)
    above = f"PREFIX rdfs: <{RDFS}> SELECT ?thing ?class {{ ?thing a/rdfs:subClassOf+ ?class }}"
    second = set(open_store(real_build.asserted))
    stated = {quad for quad in store if quad.graph_name != inferred}
    assert stated <= second
    alone = ox.Store()
    alone.bulk_extend(stated)
    pairs = {tuple(row) for row in ask_store(alone, above).rows()}
    new = {(quad.subject, quad.object) for quad in second - stated}
    assert {quad.predicate.value for quad in second - stated} == {RDF + "type"}
    assert new == {(quad.subject, quad.object) for quad in store.quads_for_pattern(None, None, None, inferred)
                   if quad.predicate.value == RDF + "type" and (quad.subject, quad.object) in pairs}  # fmt: skip


def test_every_note_on_time_is_read(store: ox.Store) -> None:
    """The grammar of spans covers every note of the graph, and agrees with the years beside it."""
    note, years = ox.NamedNode(BL + "timeNote"), (ox.NamedNode(BL + "startYear"), ox.NamedNode(BL + "endYear"))
    wrong = []
    for quad in store.quads_for_pattern(None, note, None, None):
        assert isinstance(quad.object, ox.Literal)
        span = edtf(quad.object.value)
        if span is None:
            wrong.append(quad.object.value)
            continue
        for ends, predicate in zip((span.start, span.end), years, strict=True):
            for year in store.quads_for_pattern(quad.subject, predicate, None, None):
                assert isinstance(year.object, ox.Literal)
                if ends is None or not ends[0].year <= int(year.object.value) <= ends[1].year:
                    wrong.append(quad.object.value)
    assert wrong == []
