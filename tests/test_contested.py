"""Disagreements and corrections are told with both sides, their sources and how far their figures are apart."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from conftest import kg
from kg.contested import COLUMNS, CORRECTION, DISAGREEMENT, Dispute, disputes, outline, rows
from kg.files import Build, Project
from kg.namespaces import BL, RDF, expand
from kg.store import open_store


@pytest.fixture(scope="module")
def store(real_build: Build) -> ox.Store:
    """The real graph."""
    return open_store(real_build.store)


@pytest.fixture(scope="module")
def found(store: ox.Store) -> dict[str, Dispute]:
    """All disputes of the real graph, by the end of their IRI."""
    return {dispute.iri.split("/id/")[1]: dispute for dispute in disputes(store)}


def node(name: str) -> ox.NamedNode:
    """The thing of a prefixed name."""
    return ox.NamedNode(expand(name) or name)


def test_all_records_are_told(store: ox.Store, found: dict[str, Dispute]) -> None:
    """Each disagreement and each correction of the graph is there, with its sides and its reason."""
    for kind, name in ((DISAGREEMENT, "Disagreement"), (CORRECTION, "Correction")):
        stored = {quad.subject.value for quad in store.quads_for_pattern(None, node(RDF + "type"), node(BL + name))}  # type: ignore[union-attr]
        assert stored == {dispute.iri for dispute in found.values() if dispute.kind == kind}
        assert stored
    for dispute in found.values():
        assert dispute.reason
        assert len(dispute.sides) >= (2 if dispute.kind == DISAGREEMENT else 1)


def test_each_side_of_a_disagreement_has_source_and_spot(found: dict[str, Dispute]) -> None:
    """Who says so, and where."""
    sides = [side for it in found.values() if it.kind == DISAGREEMENT for side in it.sides]
    assert [side.iri for side in sides if not side.sources or not side.spots] == []


def test_figures_of_the_border(found: dict[str, Dispute]) -> None:
    """Two lengths, 86 km apart, which is 1.13 percent of the first."""
    dispute = found["disagreement/russia-kazakhstan-border-length"]
    (difference,) = dispute.differences
    assert (difference.first.printed, difference.second.printed) == ("7,598", "7512")
    assert str(difference) == "-86 kilometre (-1.13%)"
    assert [side.preferred for side in dispute.sides] == [False, False]


def test_figures_of_other_years_and_parts_are_not_compared(found: dict[str, Dispute]) -> None:
    """Shares of two peoples, and of 2010 and 2019, are no difference; nor are equal figures."""
    assert found["disagreement/shares-in-the-united-east-kazakhstan-region"].differences == []
    assert found["disagreement/pskov-exports-to-belarus"].differences == []
    assert found["disagreement/russian-regions-on-kazakhstan-border"].differences == []


def test_preferred_side(found: dict[str, Dispute]) -> None:
    """The list of twelve regions is preferred to the maps and the table."""
    sides = found["disagreement/russian-regions-on-kazakhstan-border"].sides
    assert [side.iri.rsplit("/", 1)[1] for side in sides if side.preferred] == ["stepanov-2020-russian-regions"]


def test_correction_has_what_is_printed_and_what_is_meant(found: dict[str, Dispute]) -> None:
    """1.369 in a column of thousands means 1369; the difference is told."""
    dispute = found["correction/stepanov-2020-east-kazakhstan-population"]
    printed, meant = dispute.sides
    assert (printed.text, meant.text) == ("as printed: “1.369”", "as meant: 1369 thousand persons")
    assert (printed.preferred, meant.preferred) == (False, True)
    assert printed.sources == ["Stepanov et al. 2020"]
    assert [str(it) for it in dispute.differences] == ["1367.631 thousand persons (+99900.00%)"]


def test_each_correction_has_its_own_print_and_spot(found: dict[str, Dispute]) -> None:
    """Two corrections of one record or entry do not mix: each has one print, in one source, at one spot."""
    corrections = [dispute for dispute in found.values() if dispute.kind == CORRECTION]
    printed = [[side for side in it.sides if not side.preferred] for it in corrections]
    assert [it.iri for it, sides in zip(corrections, printed, strict=True) if len(sides) != 1] == []
    assert {(len(side.sources), len(side.spots)) for (side,) in printed} == {(1, 1)}
    address, doi = (found[f"correction/roy-2022-ideas-{name}"].sides[0] for name in ("email", "doi"))
    assert address.text == "as printed: “(email available below)”"
    assert doi.text == "as printed: “https://doi.org/10.15826/recon.2022.8.4.028”"
    assert address.spots != doi.spots


def test_correction_of_a_reference_names_who_prints_it(found: dict[str, Dispute]) -> None:
    """What is misprinted in a list of references has the citing document for its source."""
    assert found["correction/stepanov-2020-ebert-fund"].sides[0].sources == ["Stepanov et al. 2020"]
    assert found["correction/roy-2022-kireyeva-name"].sides[0].sources == ["Roy 2022"]


@pytest.mark.parametrize(
    ("thing", "expected"),
    [
        ("border:russia-kazakhstan", "disagreement/russia-kazakhstan-border-length"),
        ("claim:stepanov-2020-kazakhstan-gdp-share", "disagreement/kazakhstan-gdp-share"),
        ("region:east-kazakhstan", "correction/stepanov-2020-east-kazakhstan-population"),
        ("source:dodonov-2017", "correction/stepanov-2020-ebert-fund"),
        ("disagreement:who-was-interviewed", "disagreement/who-was-interviewed"),
    ],
)
def test_disputes_of_a_thing(store: ox.Store, found: dict[str, Dispute], thing: str, expected: str) -> None:
    """A thing, a claim, a source or a record has the disputes that touch it, and no others."""
    names = {dispute.iri.split("/id/")[1] for dispute in disputes(store, node(thing))}
    assert expected in names
    assert len(names) < len(found) / 4


def test_text_and_rows_hold_every_side(found: dict[str, Dispute]) -> None:
    """No side is lost in the text or the table."""
    text = "\n".join(outline(found.values()))
    sides = [side for dispute in found.values() for side in dispute.sides]
    assert [side.text for side in sides if side.text not in text] == []
    assert len(rows(found.values())) == len(sides)


def test_command(real_project: Project) -> None:
    """Each format has the same disputes; numbers are numbers."""
    root = Path(real_project.root)
    name = "disagreement:russia-kazakhstan-border-length"
    told = json.loads(kg(root, "disputes", name, "--format", "json").out)
    assert told[0]["differences"][0]["absolute"] == -86
    assert told[0]["differences"][0]["relative"] == pytest.approx(-0.011319)
    assert told[0]["sides"][0]["figures"][0]["value"] == 7598
    table = list(csv.reader(io.StringIO(kg(root, "disputes", name, "--format", "csv").out)))
    assert (tuple(table[0]), len(table)) == (COLUMNS, 3)
    assert kg(root, "disputes", name, "--format", "md").out.count("\n") == 4
    done = kg(root, "disputes", "state:russia", "--kind", "correction", "--format", "json")
    assert {dispute["kind"] for dispute in json.loads(done.out)} <= {CORRECTION}


def test_small_graph_has_no_disputes(small: Path) -> None:
    """None is an answer: empty, and said beside it."""
    done = kg(small, "disputes")
    assert (done.code, done.out) == (0, "")
    assert "no disagreement or correction is recorded" in done.err
    assert json.loads(kg(small, "disputes", "Norland", "--format", "json").out) == []
    assert kg(small, "disputes", "Nowhere").code == 2
