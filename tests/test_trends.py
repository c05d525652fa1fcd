"""Who finds which trend, whether voices agree by the rule, and what falls under the categories of frameworks."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from conftest import ROOT, kg
from kg.files import Build, Project
from kg.namespaces import PREFIXES, expand, shorten
from kg.store import ask_store, open_store
from kg.trends import COLUMNS, Finding, Matter, findings, framework_rows, frameworks, matters, verdict
from kg.trends.found import AGREE, ALONE, DIFFER, OPEN, PARTLY, SAME_AUTHORS, SEVERAL

HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
SMALL = """
borderland:b a bl:Borderland , bl:Place ; bl:alongBorder border:b . border:b a bl:Place .
side:b-east a bl:BorderlandSide , bl:Place ; bl:locatedIn borderland:b .
state:east a bl:State , bl:Place .
source:a bl:creator person:one . source:b bl:creator person:two . source:cited bl:creator person:three .

claim:economy bl:statedIn source:a ; bl:about borderland:b , state:east ; bl:hasTrend trend:convergence ;
  bl:dimension dimension:economic , dimension:social .
claim:economy-too bl:statedIn source:b ; bl:about border:b ; bl:hasTrend trend:divergence ;
  bl:dimension dimension:economic .
claim:hope bl:statedIn source:b ; bl:about side:b-east ; bl:hasTrend trend:convergence ; bl:strength strength:expected ;
  bl:dimension dimension:economic .
claim:credited bl:statedIn source:b ; bl:about state:east ; bl:hasTrend trend:divergence ;
  bl:attributedTo source:cited .
claim:judging bl:statedIn source:b ; bl:supports assessment:b ; bl:hasTrend trend:neither .
assessment:b a bl:Assessment ; bl:assesses borderland:b ; bl:hasTrend trend:neither ; bl:dimension dimension:cultural .
claim:of-nothing bl:statedIn source:a ; bl:hasTrend trend:convergence ; bl:supports process:p .
claim:where-it-goes-on bl:statedIn source:a ; bl:hasTrend trend:convergence ; bl:supports process:q .
process:q bl:processIn side:b-east .

framework:f a bl:AnalyticFramework ; bl:proposedIn source:a .
category:first a bl:FrameworkCategory . category:second a bl:FrameworkCategory . category:third a bl:FrameworkCategory .
category:second bl:inFramework framework:f ; bl:categoryNumber 2 .
category:first bl:inFramework framework:f ; bl:categoryNumber 1 .
category:third bl:inFramework framework:f ; bl:categoryNumber 3 .
claim:defines bl:statedIn source:a ; bl:about category:first , category:second , framework:f .
claim:fills bl:statedIn source:a ; bl:about category:second , process:p , border:b ; bl:supports process:p .
assessment:third bl:assessedCategory category:third ; bl:assesses state:east .
claim:names-again bl:statedIn source:a ; bl:about category:second , process:p .
claim:puts bl:statedIn source:a ; bl:supports assessment:third .
"""


@pytest.fixture(scope="module")
def small_graph() -> ox.Store:
    """The small graph."""
    store = ox.Store()
    store.load(HEAD + SMALL, format=ox.RdfFormat.TURTLE)
    return store


@pytest.fixture(scope="module")
def real(real_build: Build) -> ox.Store:
    """The real graph."""
    return open_store(real_build.store)


def test_findings_of_the_small_graph(small_graph: ox.Store) -> None:
    """Each once for its thing and dimension; borders and sides count for their borderland; who is credited speaks."""
    found = {
        (finding.iri.split("/id/")[1], shorten(finding.thing) if finding.thing else "", finding.field, finding.trend,
         *map(shorten, finding.voices), finding.decides)
        for finding in findings(small_graph)
    }  # fmt: skip
    assert found == {
        ("claim/economy", "borderland:b", "dimension:economic", "trend:convergence", "source:a", True),
        ("claim/economy", "borderland:b", "dimension:social", "trend:convergence", "source:a", True),
        ("claim/economy-too", "borderland:b", "dimension:economic", "trend:divergence", "source:b", True),
        ("claim/hope", "borderland:b", "dimension:economic", "trend:convergence", "source:b", False),
        ("claim/credited", "state:east", "", "trend:divergence", "source:cited", True),
        ("assessment/b", "borderland:b", "dimension:cultural", "trend:neither", "source:b", True),
        ("claim/of-nothing", "", "", "trend:convergence", "source:a", True),
        ("claim/where-it-goes-on", "borderland:b", "", "trend:convergence", "source:a", True),
    }


def test_verdicts_of_the_small_graph(small_graph: ox.Store) -> None:
    """Borderlands first, what names no place last; what is only expected does not make the two agree in part."""
    assert [(shorten(it.thing) if it.thing else "", it.field, it.verdict) for it in matters(small_graph)] == [
        ("borderland:b", "", ALONE),
        ("borderland:b", "dimension:cultural", ALONE),
        ("borderland:b", "dimension:economic", DIFFER),
        ("borderland:b", "dimension:social", ALONE),
        ("state:east", "", ALONE),
        ("", "", ALONE),
    ]


def said(voice: str, *trends: str, decides: bool = True) -> list[Finding]:
    """What a voice finds."""
    return [Finding("f", "c", f"trend:{trend}", "", "", (voice,), "s", decides) for trend in trends]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (said("a", "convergence"), ALONE),
        (said("a", "convergence", "divergence"), SEVERAL),
        (said("a", "convergence") + said("b", "convergence"), AGREE),
        (said("a", "convergence") + said("a2", "convergence"), SAME_AUTHORS),
        (said("a", "convergence") + said("a2", "convergence") + said("b", "convergence"), AGREE),
        (said("a", "convergence") + said("b", "divergence"), DIFFER),
        (said("a", "convergence") + said("a2", "divergence"), DIFFER),
        (said("a", "neither") + said("b", "divergence"), DIFFER),
        (said("a", "convergence", "divergence") + said("b", "divergence"), PARTLY),
        (said("a", "convergence", "divergence") + said("b", "divergence") + said("c", "convergence"), DIFFER),
        (said("a", "convergence") + said("b", "ambiguous"), ALONE),
        (said("a", "ambiguous") + said("b", "ambiguous"), OPEN),
        (said("a", "convergence") + said("b", "divergence", decides=False), ALONE),
        (said("a", "convergence", decides=False), OPEN),
    ],
)
def test_rule(found: list[Finding], expected: str) -> None:
    """The rule, case by case; a and a2 have an author in common."""
    assert verdict(found, {"a": {"one", "two"}, "a2": {"two"}, "b": {"three"}}) == expected


def test_categories_of_the_small_graph(small_graph: ox.Store) -> None:
    """In order; a claim that only says what a category is puts nothing under it, and that is said plainly."""
    rows = framework_rows(small_graph, frameworks(small_graph))
    assert [row[1:] for row in rows] == [
        ("1", "category:first", "nothing in the graph falls under it", "", "1"),
        ("2", "category:second", "process:p", "stated", "3"),
        ("2", "category:second", "border:b", "spoken of", "3"),
        ("3", "category:third", "state:east", "judged so", "1"),
    ]


def test_real_findings_are_the_agreed_rows(real: ox.Store) -> None:
    """The same findings, by thing, field and document, as the canned question has; none is lost or made up."""
    with (ROOT / "tests" / "expected" / "trends-by-author.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    land = {"border:russia-kazakhstan": "borderland:russia-kazakhstan"}
    expected = {(land.get(row["thing"], row["thing"]), row["field"], row["trend"], row["source"], row["finding"])
                for row in rows}  # fmt: skip
    found = {(shorten(it.thing) if it.thing else "", it.field, it.trend, shorten(it.source), shorten(it.iri))
             for it in findings(real)}  # fmt: skip
    assert found == expected


def test_real_verdicts(real: ox.Store) -> None:
    """Read by hand: two author teams differ on the Kazakhstan border; two works of shared authors are no two voices."""
    found = {(shorten(it.thing), it.field): it for it in matters(real) if it.thing}
    kazakhstan = "borderland:russia-kazakhstan"
    assert found[kazakhstan, "dimension:social"].verdict == DIFFER
    assert found[kazakhstan, "dimension:political"].verdict == DIFFER
    assert found[kazakhstan, ""].verdict == DIFFER
    assert found[kazakhstan, "dimension:economic"].verdict == PARTLY
    assert found[kazakhstan, "dimension:demographic"].verdict == SAME_AUTHORS
    assert found["borderland:russia-belarus", "dimension:ethno-cultural"].verdict == SEVERAL
    assert found["state:canada", ""].verdict == OPEN
    credited = found["borderland:russia-belarus", ""].voices()
    assert expand("source:kolosov-sebentsov-2020") in credited


def test_real_categories(real: ox.Store) -> None:
    """Every category of every framework is told, with as many claims as a count by query gives."""
    query = """SELECT ?category (COUNT(DISTINCT ?claim) AS ?claims) WHERE {
      ?category a bl:FrameworkCategory OPTIONAL { ?claim a bl:Claim ; bl:about ?category }
    } GROUP BY ?category"""
    expected = {row[0].value: int(row[1].value) for row in ask_store(real, query, PREFIXES).rows()}  # type: ignore[union-attr]
    found = {it.iri: it for framework in frameworks(real) for it in framework.categories}
    assert {iri: len(it.claims) for iri, it in found.items()} == expected
    assert {name for name, it in found.items() if "/roy-2022-levels" in name and it.under_it()} == set()
    assert found[str(expand("category:stepanov-2020-opportunities-economic"))].stated


def test_command(real_project: Project) -> None:
    """The formats hold the same findings; filters keep what they say, with all voices on it."""
    root = Path(real_project.root)
    told = json.loads(kg(root, "trends", "--format", "json").out)
    table = list(csv.DictReader(io.StringIO(kg(root, "trends", "--format", "csv").out)))
    assert tuple(table[0]) == COLUMNS
    assert len(table) == sum(len(finding["voices"]) for it in told["trends"] for finding in it["findings"])
    assert [row["says"] for row in table if not row["source"] or not row["locator"]] == []
    social = kg(
        root, "trends", "--borderland", "borderland:russia-kazakhstan", "--dimension", "social", "--evidence"
    ).out
    assert "social: differ" in social
    assert "sec. Conclusions" in social
    assert "economic" not in social.split("\n")[1]
    karpenko = json.loads(kg(root, "trends", "--source", "source:karpenko-2023", "--format", "json").out)
    assert {it["dimension"] for it in karpenko["trends"]} == {"dimension:demographic", "dimension:sociocultural"}
    assert {finding["source"] for it in karpenko["trends"] for finding in it["findings"]} >= {
        "source:karpenko-2023", "source:morachevskaya-2022",
    }  # fmt: skip
    roy = kg(root, "trends", "--author", "Oleg M. Roy").out
    assert roy.count("nothing in the graph falls under it") == 3  # noqa: PLR2004
    only = kg(root, "trends", "--frameworks", "--format", "md").out
    assert only.startswith("| framework |")


def test_wrong_use(small: Path) -> None:
    """A mistake is told with what to do; a graph without trends has an empty answer that says what it means."""
    for arguments in (
        ["--borderland", "Norland"],
        ["--dimension", "magic"],
        ["--author", "Nobody"],
        ["--source", "none"],
    ):
        done = kg(small, "trends", *arguments)
        assert (done.code, done.out) == (2, ""), arguments
        assert done.err
    done = kg(small, "trends")
    assert (done.code, done.out) == (0, "")
    assert "no source says anything of it" in done.err


def test_a_matter_lists_voices_in_order() -> None:
    """Each voice with its own findings."""
    matter = Matter("x", "", said("b", "divergence") + said("a", "convergence", "neither"), {})
    assert [(voice, len(own)) for voice, own in matter.voices().items()] == [("a", 2), ("b", 1)]
