"""Statements of the sources are worked out again from the data; a verdict that no longer follows is told."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib

from conftest import add, build_of, kg, rebuild
from kg.checked import COLUMNS as TOLD_COLUMNS
from kg.checked import Checked, outline
from kg.errors import DataError
from kg.files import Build, Project
from kg.names import label
from kg.namespaces import BL, CHECKS, PREFIXES
from kg.pipeline import export
from kg.reference import ask_reference, reference_dataset
from kg.statements import read_statement, statement_findings
from kg.store import ask_store, open_store
from kg.verify import (
    COLUMNS,
    VERDICTS,
    WORDS,
    Comparison,
    comparisons,
    note,
    outcomes,
    sentence,
    stored_verdicts,
    verdict,
)

ROOT = Path(__file__).parent.parent
AGREED = ROOT / "tests" / "verdicts.csv"
HINT = "Read what changed; if it is right: KG_AGREE=1 .venv/bin/python -m pytest tests/test_verify.py"
NAMES = sorted(path.stem for path in (ROOT / "verifications").glob("*.rq"))
GOOD = """#+ claims: [claim:report-ore]
#+ statement: One flow leaves the North Shore.
#+ kind: count
#+ rule: The flows are counted and held against one.
PREFIX bl: <https://w3id.org/borderlands/ont#>
SELECT ?case ?other ?found ?relation ?stated ?holds ?grounds
WHERE {
  {
    SELECT (COUNT(?flow) AS ?found) (GROUP_CONCAT(STR(?flow); SEPARATOR=" ") AS ?grounds)
    WHERE { ?flow a bl:CommodityFlow }
  }
  BIND ("flows" AS ?case)
  BIND (1 AS ?stated)
  BIND ("as many as" AS ?relation)
  BIND (?found = ?stated AS ?holds)
}
"""
KNOWN = {PREFIXES["claim"] + "report-ore"}


@pytest.fixture(scope="module")
def store(real_build: Build) -> ox.Store:
    """The real graph."""
    return open_store(real_build.store)


@pytest.fixture(scope="module")
def dataset(store: ox.Store) -> rdflib.Dataset:
    """The real graph in the reference engine."""
    return reference_dataset(store)


def worked_out(store: ox.Store, build: Build, *names: str) -> str:
    """The verdicts of all checks, or of some, on a store, as the agreed file has them."""
    statements = {name: entry for name, entry in build.verifications().items() if not names or name in names}
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(("check", "verdict", "shown"))
    writer.writerows((it.name, it.verdict, note(store, it)) for it in outcomes(store, statements))
    return buffer.getvalue()


def stale(agreed: str, found: str) -> list[str]:
    """What is agreed and no longer found, and what is found and not agreed."""
    old, new = agreed.splitlines(), found.splitlines()
    return [
        *(f"agreed: {line}" for line in old if line not in new),
        *(f"found: {line}" for line in new if line not in old),
    ]


def altered(store: ox.Store, observation: str, value: str) -> ox.Store:
    """A copy of a graph in which one figure has another value."""
    copy = ox.Store()
    copy.bulk_extend(store)
    (quad,) = copy.quads_for_pattern(
        ox.NamedNode(PREFIXES["observation"] + observation), ox.NamedNode(BL + "value"), None
    )
    copy.remove(quad)
    number = ox.Literal(value, datatype=ox.NamedNode(PREFIXES["xsd"] + "decimal"))
    copy.add(ox.Quad(quad.subject, quad.predicate, number, quad.graph_name))
    return copy


# --- the real statements -----------------------------------------------------------------------


def test_verdicts_are_the_agreed_ones(store: ox.Store, real_build: Build) -> None:
    """What the data now say of every statement is what was agreed; KG_AGREE=1 writes it anew."""
    found = worked_out(store, real_build)
    if os.environ.get("KG_AGREE") == "1":
        AGREED.write_text(found, "utf-8")
    differences = stale(AGREED.read_text("utf-8"), found)
    assert not differences, "\n".join([*differences, HINT])


def test_the_graph_holds_these_verdicts(store: ox.Store, real_build: Build) -> None:
    """The graph of checks has each verdict that follows from the data, and no other."""
    found = {it.name: it.verdict for it in outcomes(store, real_build.verifications())}
    assert stored_verdicts(store) == found
    assert sorted(found) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_both_engines_agree(name: str, store: ox.Store, dataset: rdflib.Dataset, real_build: Build) -> None:
    """Rdflib and the embedded store make the same comparisons, to the last digit and the last figure used."""
    text = str(real_build.verifications()[name]["text"])
    found = comparisons(name, ask_store(store, text).rows())
    expected = comparisons(name, ask_reference(dataset, text).rows())
    assert sorted(it.key() for it in found) == sorted(it.key() for it in expected)


def test_each_comparison_says_what_it_rests_on(store: ox.Store, real_build: Build) -> None:
    """A comparison that is made names the figures and facts behind it, and each of them is in the graph."""
    for outcome in outcomes(store, real_build.verifications()):
        for it in outcome.comparisons:
            assert it.grounds or it.holds is None, (outcome.name, it.key())
            for iri in it.grounds:
                assert any(store.quads_for_pattern(ox.NamedNode(iri), None, None)), (outcome.name, iri)


def test_what_is_lacking_is_told(store: ox.Store, real_build: Build) -> None:
    """Where a comparison cannot be made, and only there, the check says what would decide."""
    wrong = [
        it.name
        for it in outcomes(store, real_build.verifications())
        if ("lacking" in it.entry) != any(row.holds is None for row in it.comparisons)
    ]
    assert wrong == []


def test_statements_and_figures_lead_to_a_source(store: ox.Store, real_build: Build) -> None:
    """Each statement has a source and a spot, and so have the figures of each comparison that is made."""
    for outcome in outcomes(store, real_build.verifications()):
        it = Checked(store, outcome, outcome.verdict)
        assert it.sources, outcome.name
        assert all("“" in claim for claim in it.claims), outcome.name
        assert it.figures(outcome.comparisons) or outcome.verdict == "not-decidable", outcome.name


def test_checks_keep_their_shapes(store: ox.Store, real_build: Build) -> None:
    """What the build writes of each check is what the shapes ask for."""
    data = rdflib.Graph().parse(data=export(real_build, "nt", "checks"), format="nt")
    kind = rdflib.RDF.type
    for name in ("Claim", "Concept", "Entity"):
        for quad in store.quads_for_pattern(None, ox.NamedNode(str(kind)), ox.NamedNode(BL + name)):
            if isinstance(quad.subject, ox.NamedNode):
                data.add((rdflib.URIRef(quad.subject.value), kind, rdflib.URIRef(BL + name)))
    shapes = (
        rdflib.Graph()
        .parse(ROOT / "ontology" / "shapes" / "verification.ttl")
        .parse(ROOT / "ontology" / "shapes" / "claim.ttl")
    )
    focus = [str(node) for node in data.subjects(kind, rdflib.URIRef(BL + "Verification"))]
    assert len(focus) == len(NAMES)
    conforms, _, text = pyshacl.validate(data, shacl_graph=shapes, inference="none", focus_nodes=focus)
    assert conforms, text


# --- what must turn a verdict ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("observation", "value", "name", "before", "after"),
    [
        ("stepanov-2020-saratov-unemployment", "5.1",
         "unemployment-both-sides", "partly-refuted", "partly-confirmed"),
        ("stepanov-2020-omsk-unemployment", "4.7",
         "unemployment-between-neighbours", "partly-confirmed", "partly-refuted"),
        ("morachevskaya-2022-pskov-export-share-to-belarus-2019", "25.0",
         "pskov-exports-twofold", "partly-refuted", "confirmed"),
        ("morachevskaya-2022-population-loss-belarusian-side", "28.0",
         "belarusian-side-lost-less", "confirmed", "refuted"),
        ("stepanov-2020-russian-region-count", "11.0",
         "russian-regions-named", "confirmed", "refuted"),
    ],
)  # fmt: skip
def test_a_wrong_figure_turns_a_verdict(
    observation: str, value: str, name: str, before: str, after: str, store: ox.Store, real_build: Build
) -> None:
    """One other figure gives another verdict, and the agreed one is told to be stale."""
    other = altered(store, observation, value)
    agreed = AGREED.read_text("utf-8")
    found = worked_out(other, real_build, name)
    assert f"\n{name},{before}," in agreed
    assert f"\n{name},{after}," in found
    assert any(line.startswith(f"found: {name},{after},") for line in stale(agreed, found))
    (outcome,) = outcomes(other, {name: real_build.verifications()[name]})
    assert any("the graph holds another verdict" in line for line in outline([Checked(other, outcome, before)], False))


def test_new_figures_decide(store: ox.Store, real_build: Build) -> None:
    """A figure that was lacking decides: with a rate for Samara Region above all others nothing is left open."""
    copy = ox.Store()
    copy.bulk_extend(store)
    saratov = ox.NamedNode(PREFIXES["observation"] + "stepanov-2020-saratov-unemployment")
    samara, graph = ox.NamedNode(PREFIXES["observation"] + "samara"), ox.NamedNode(CHECKS)
    for quad in list(copy.quads_for_pattern(saratov, None, None)):
        value: Any = quad.object
        if quad.predicate.value == BL + "observed":
            value = ox.NamedNode(PREFIXES["region"] + "samara")
        if quad.predicate.value == BL + "value":
            value = ox.Literal("9.9", datatype=ox.NamedNode(PREFIXES["xsd"] + "decimal"))
        copy.add(ox.Quad(samara, quad.predicate, value, graph))
    (outcome,) = outcomes(copy, {"it": real_build.verifications()["unemployment-between-neighbours"]})
    assert outcome.verdict == "confirmed"


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ([True, True], "confirmed"), ([True, None], "partly-confirmed"), ([True, False], "partly-refuted"),
        ([True, False, None], "partly-refuted"), ([False], "refuted"), ([False, None], "refuted"),
        ([None, None], "not-decidable"),
    ],
)  # fmt: skip
def test_the_rule_of_verdicts(held: list[bool | None], expected: str) -> None:
    """The verdict follows from the comparisons alone."""
    assert verdict(held) == expected


def test_every_verdict_is_in_the_vocabulary(store: ox.Store) -> None:
    """The verdicts that can follow are the entries of the vocabulary, and are called as they are there."""
    scheme = ox.NamedNode("https://w3id.org/borderlands/voc/verdict")
    in_scheme = ox.NamedNode(PREFIXES["skos"] + "inScheme")
    entries = {quad.subject for quad in store.quads_for_pattern(None, in_scheme, scheme)}
    assert entries == {ox.NamedNode(PREFIXES["verdict"] + it) for it in VERDICTS}
    assert {it: label(store, ox.NamedNode(PREFIXES["verdict"] + it)) for it in VERDICTS} == WORDS


# --- files with mistakes -----------------------------------------------------------------------


def written(folder: Path, text: str, name: str = "flows.rq") -> Path:
    """A file with this text."""
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_a_good_file(tmp_path: Path) -> None:
    """Header and text are kept; claims are IRIs."""
    entry = read_statement(written(tmp_path, GOOD), "verifications/flows.rq", KNOWN)
    assert entry["claims"] == sorted(KNOWN)
    assert entry["kind"] == "count"
    assert entry["text"] == GOOD
    assert "lacking" not in entry


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("#+ kind: count\n", "", "verifications/flows.rq:1: the header lacks kind."),
        ("kind: count", "kind: guess", "verifications/flows.rq:3: 'kind' is one of: agreement | comparison | count"),
        ("claim:report-ore", "claim:report-oar", "verifications/flows.rq:1: there is no claim:report-oar."),
        ("claim:report-ore", "source:report", "verifications/flows.rq:1: 'source:report' is no prefixed name of a"),
        ("[claim:report-ore]", "[]", "verifications/flows.rq:1: 'claims' names at least one claim."),
        ("North Shore.", "North Shore", "verifications/flows.rq:2: 'statement' is one or more sentences"),
        ("#+ rule:", "#+ rules:", "verifications/flows.rq:4: the header has the unknown key 'rules'; known: claims"),
        ("SELECT ?case ?other", "SELECT ?other ?case", "verifications/flows.rq:1: a check is a SELECT of case, other"),
        ("BIND (1 AS", "BIND (1 AT", "verifications/flows.rq:13:"),
        (GOOD[: GOOD.index("PREFIX")], "", "verifications/flows.rq:1: a check of a statement begins with its header"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_file_and_line(old: str, new: str, said: str, tmp_path: Path) -> None:
    """Whatever is wrong with a header or a text is an error that says where."""
    with pytest.raises(DataError) as refused:
        read_statement(written(tmp_path, GOOD.replace(old, new, 1)), "verifications/flows.rq", KNOWN)
    assert str(refused.value).startswith(said)


def test_the_name_of_a_file(tmp_path: Path) -> None:
    """A name is small letters, digits and hyphens."""
    with pytest.raises(DataError, match="rename the file"):
        read_statement(written(tmp_path, GOOD, "Flows_1.rq"), "verifications/Flows_1.rq", KNOWN)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({}, "there is no row to judge"),
        ({"case": '"it"', "relation": '"as many as"', "found": '"many"'}, "'many'"),
        ({"case": '"it"', "holds": "true"}, "a row is not as it must be"),
        ({"case": '"it"', "relation": '"is"', "holds": '"perhaps"'}, "a row is not as it must be"),
    ],
)  # fmt: skip
def test_rows_that_cannot_be_judged(row: dict[str, str], said: str) -> None:
    """No row, no number where one is due and no truth value are errors, and so `kg check` says."""
    binds = " ".join(f"BIND ({value} AS ?{name})" for name, value in row.items()) or "FILTER (false)"
    text = f"SELECT {' '.join(f'?{name}' for name in COLUMNS)} WHERE {{ {binds} }}"
    with pytest.raises(DataError, match=said):
        comparisons("it", ask_store(ox.Store(), text).rows())
    (finding,) = statement_findings(ox.Store(), {"it": {"text": text}})
    assert finding.where == "verifications/it.rq:1"
    assert said in finding.what
    assert finding.advice


def test_the_same_comparison_twice() -> None:
    """Two rows that compare the same things would count twice."""
    columns = " ".join(f"?{name}" for name in COLUMNS)
    text = f"SELECT {columns} {{ VALUES ?found {{ 1 2 }} BIND (1 AS ?case) BIND (1 AS ?relation) }}"
    with pytest.raises(DataError, match="two rows make the same comparison"):
        comparisons("it", ask_store(ox.Store(), text).rows())


def test_a_project_with_a_check_of_its_own(folder: Path) -> None:
    """A new file is built, asked and exported; a mistake in it stops the build; a project without any has none."""
    assert kg(folder, "verify").err == "kg: no statement is checked\n"
    add(folder, "verifications/flows.rq", GOOD)
    rebuild(folder)
    assert stored_verdicts(open_store(build_of(folder).store)) == {"flows": "confirmed"}
    done = kg(folder, "verify", "flows", "--evidence")
    assert done.code == 0
    assert done.out.splitlines()[0] == "flows: confirmed"
    assert "    holds   flows 1 as many as 1" in done.out
    assert "report of 2020, sec. 2, “Shore Mine”" in done.out
    assert "verification/flows> <https://w3id.org/borderlands/ont#verdict>" in kg(folder, "export", "--checks").out
    add(folder, "verifications/more.rq", GOOD.replace("kind: count", "kind: guess"))
    for command in ("check", "build"):
        done = kg(folder, command)
        assert (done.code, "verifications/more.rq:3: 'kind' is one of" in done.out + done.err) == (1, True)


# --- the command -------------------------------------------------------------------------------


def test_of_a_source_its_year_alone_is_told(store: ox.Store, real_build: Build) -> None:
    """A check that takes the year of a source shows its record, and no claim that tells something else of it."""
    (outcome,) = outcomes(store, {"twenty": real_build.verifications()["twenty-years-after-the-decision"]})
    told = Checked(store, outcome, None).figures(outcome.comparisons)
    assert [line for line in told if "“" not in line] == ["Stepanov et al. 2020, record of the source, year 2020"]
    assert not any("authors" in line or "Anatoly" in line for line in told)


def test_words_of_a_comparison(store: ox.Store) -> None:
    """A year has no mark of thousands, and no colon is left without what it announces."""
    bare = Comparison(tuple(ox.Literal(text) for text in ("Ulm", "", "", "carts, fewer than before:", "", "", "")))
    full = Comparison(tuple(ox.Literal(text) for text in ("Ulm", "", "1997", "carts, not", "12500", "true", "")))
    assert sentence(store, bare) == "Ulm carts, fewer than before"
    assert sentence(store, full) == "Ulm 1997 carts, not 12,500"


def test_a_refuted_statement_is_told_with_its_figures(real_project: Project) -> None:
    """Statement, verdict, what fails and where claim and figures stand; the command does not fail."""
    done = kg(Path(real_project.root), "verify", "pskov-exports-twofold")
    assert done.code == 0
    assert done.out.startswith("pskov-exports-twofold: refuted in part\n")
    for text in ("    fails   Pskov Region 2.5 ", "“exports to Belarus decreased twofold”", "  rule: ", "  figures: "):
        assert text in done.out


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("claim:morachevskaya-2022-pskov-exports-halved",), {"pskov-exports-twofold"}),
        (("source:roy-2022",), {"roy-three-levels"}),
        (("verification:roy-three-levels",), {"roy-three-levels"}),
        (("--verdict", "refuted"), {"common-federal-states-for-centuries"}),
        (("source:roy-2022", "--verdict", "refuted"), set()),
    ],
)  # fmt: skip
def test_some_statements(arguments: tuple[str, ...], expected: set[str], real_project: Project) -> None:
    """Those of a claim, of a source, of a name, with a verdict."""
    done = kg(Path(real_project.root), "verify", *arguments, "--format", "json")
    assert (done.code, {it["check"] for it in json.loads(done.out)}) == (0, expected)
    assert ("no statement is checked" in done.err) == (not expected)


def test_tables(real_project: Project) -> None:
    """CSV has a row for each statement, with --evidence one for each comparison; Markdown has the same head."""
    root = Path(real_project.root)
    lines = list(csv.DictReader(io.StringIO(kg(root, "verify", "--format", "csv").out)))
    assert [line["check"] for line in lines] == NAMES
    assert kg(root, "verify", "--format", "md").out.startswith(f"| {' | '.join(TOLD_COLUMNS)} |\n")
    name = "unemployment-both-sides"
    lines = list(csv.DictReader(io.StringIO(kg(root, "verify", name, "--format", "csv", "--evidence").out)))
    assert len(lines) == 72
    assert [line["case"] for line in lines if line["holds"] == "fails"] == ["North Kazakhstan Region"]


def test_an_unknown_name(real_project: Project) -> None:
    """A wrong use, with the nearest name."""
    done = kg(Path(real_project.root), "verify", "pskov-export-twofold")
    assert (done.code, "Did you mean pskov-exports-twofold" in done.err) == (2, True)
