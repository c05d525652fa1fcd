"""Mistakes seeded on purpose: the guards see them, and judging near a mistake is judging the same."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from bench.seeded.guards import Guards, broken_shapes, checks, doubts
from bench.seeded.run import check_clean, mistakes, run
from bench.seeded.world import KINDS, World
from kg.dataset import Dataset, read_dataset
from kg.evidence import read_texts
from kg.files import Project

ROOT = Path(__file__).resolve().parents[1]
SEED = 20
# For each hygiene check, a kind of mistake that it is there for.
MADE_FOR = {
    "blank-nodes": "nameless-thing",
    "circles": "circular-entries",
    "claims-with-one-gloss": "claim-entered-twice",
    "conflicting-figures": "hidden-conflict",
    "derived-properties": "relation-by-hand",
    "duplicate-facts": "location-entered-twice",
    "duplicate-figures": "figure-entered-twice",
    "entries-without-language": "entry-without-language",
    "figures-without-key-term": "figure-misread-with-its-print",
    "flows-against-chain": "swapped-ends-in-chain",
    "flows-of-other-goods": "flow-of-other-goods",
    "idle-implied-participants": "idle-implied-participant",
    "incomplete-tables": "area-left-out-of-a-table",
    "indicators-without-unit": "usual-unit-left-out",
    "misdated-sources": "wrong-year-of-source",
    "misdated-spans": "year-off-its-note",
    "misnamed-claims": "claim-of-another-source",
    "misnamed-locators": "locator-of-another-claim",
    "misnamed-things": "misnamed-thing",
    "names-given-twice": "second-preferred-name",
    "names-without-language": "name-of-a-script-left-out",
    "outlying-figures": "thousands-as-decimals-in-series",
    "properties-of-other-classes": "property-of-another-class",
    "repeated-key-terms": "key-term-within-another",
    "self-references": "partner-of-itself",
    "starts-before-foundation": "start-before-foundation",
    "texts-in-other-language": "unknown-language",
    "texts-in-other-script": "look-alike-letter",
    "texts-without-language": "text-without-language",
    "things-with-one-name": "thing-entered-twice",
    "untidy-texts": "stray-blank",
    "untyped-things": "dropped-type",
    "unused-things": "unused-entry",
    "values-of-other-classes": "value-of-another-class",
    "values-of-other-datatypes": "wrong-datatype",
}


@pytest.fixture(scope="module")
def project() -> Project:
    """The checkout."""
    return Project(str(ROOT), str(ROOT / ".kg"), False)


@pytest.fixture(scope="module")
def dataset(project: Project) -> Dataset:
    """The real data."""
    return read_dataset(project)


@pytest.fixture(scope="module")
def guards(project: Project, dataset: Dataset) -> Guards:
    """The guards of the real data."""
    return Guards(project, dataset)


def test_kinds_are_many() -> None:
    """There are more kinds than the forty asked for, and each says what it is."""
    assert len([kind for kind in KINDS.values() if not kind.textual]) > 100
    assert all(re.fullmatch(r"[A-Z].*[A-Za-z0-9]", kind.says) for kind in KINDS.values())


def test_guards_catch_every_kind(project: Project) -> None:
    """One random mistake of each kind that is not textual is caught."""
    check_clean(project)
    names = sorted(name for name, kind in KINDS.items() if not kind.textual)
    counts = run(project, names, SEED, 1, processes=min(4, os.cpu_count() or 1), first=True)
    assert {count.kind.name: count.missed for count in counts if count.missed} == {}


@pytest.mark.skipif("KG_TEXTS" not in os.environ, reason="KG_TEXTS names no folder with the texts of the documents")
def test_texts_betray_textual_kinds(dataset: Dataset) -> None:
    """Nine in ten mistakes that only the text can betray are seen by the check of evidence."""
    texts, world = read_texts(os.environ["KG_TEXTS"]), World(dataset)
    clean = doubts(dataset, texts)
    names = sorted(name for name, kind in KINDS.items() if kind.textual and not kind.reader)
    edits = [edit for name in names for edit in mistakes(world, name, SEED, 2)[1]]
    missed = [edit.what for edit in edits if not doubts(edit.apply(dataset), texts) - clean]
    assert 10 * len(missed) <= len(edits) > 20, missed


def test_places_follow_from_the_seed(dataset: Dataset) -> None:
    """The same seed gives the same mistakes, another seed others."""
    world = World(dataset)
    first, again, other = (mistakes(world, "broken-reference", seed, 5) for seed in (1, 1, 2))
    assert first == again
    assert first != other


@pytest.mark.parametrize(
    "name", ["fact-without-claim", "two-states-of-a-region", "doubled-doi", "cyclic-chain", "venture-of-one-state"]
)
def test_judging_near_is_judging_all(name: str, dataset: Dataset, guards: Guards) -> None:
    """The shapes judged near a mistake report what they report when they judge all things."""
    _, (edit,) = mistakes(World(dataset), name, SEED, 1)
    assert guards.near_shapes(edit) == broken_shapes(edit.apply(dataset)) != set()


def test_every_check_has_a_mistake(project: Project) -> None:
    """No check is there without a mistake that it is meant to see."""
    assert {Path(path).stem for path in checks(project)} == set(MADE_FOR)


@pytest.mark.parametrize("name", MADE_FOR)
def test_check_sees_its_mistake(name: str, dataset: Dataset, guards: Guards) -> None:
    """Each hygiene check reports most of the mistakes that it is meant to see."""
    _, edits = mistakes(World(dataset), MADE_FOR[name], SEED, 3)
    assert any(name in guards.broken_checks(edit) for edit in edits)


def test_checks_are_complete(project: Project) -> None:
    """Each check says what it looks for and why, gives the two columns, and fixes its order."""
    for path in checks(project):
        text = Path(project.path(path)).read_text("utf-8")
        assert re.match(r"#\+ label: [A-Z].*[^.]\n#\+ reason: [A-Z].*\.\n", text), path
        assert re.search(r"^SELECT (DISTINCT )?\?focus \?message$", text, re.MULTILINE), path
        assert text.endswith("\nORDER BY ?focus ?message\n"), path
        assert re.search(r'"[^"]*[.]"(\))? AS \?message', text), path
