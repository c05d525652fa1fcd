"""What depends on a thing, what it depends on, and what is lost if it stops: by the sources, and on small graphs."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from conftest import kg
from kg.answer.disputes import disputed_things
from kg.answer.grounds import claims_of
from kg.exposure import COLUMNS, NOTHING, Account, Outline, Web, rows
from kg.exposure.paths import MOST
from kg.files import Build, Project
from kg.namespaces import PREFIXES, expand
from kg.store import ask_store, open_store

ROOT = Path(__file__).parent.parent
HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
# Two states; a mine and a region in one, a mill and works in the other.
LAND = """
state:a a bl:State , bl:Place . state:b a bl:State , bl:Place . region:ra a bl:Region , bl:Place .
facility:mine a bl:Facility , bl:Place . facility:pit a bl:Facility , bl:Place .
facility:mill a bl:Facility , bl:Place . facility:works a bl:Facility , bl:Place .
commodity:ore a bl:Commodity . commodity:iron-ore a bl:Commodity ; skos:broader commodity:ore .
commodity:metal a bl:Commodity .
location:ra a bl:Location ; bl:located region:ra ; bl:locatedAt state:a .
location:mine a bl:Location ; bl:located facility:mine ; bl:locatedAt region:ra .
location:mill a bl:Location ; bl:located facility:mill ; bl:locatedAt state:b .
location:works a bl:Location ; bl:located facility:works ; bl:locatedAt state:b .
source:s skos:prefLabel "S 2020"@en .
claim:places a bl:EmpiricalClaim ; bl:statedIn source:s ; bl:supports location:ra , location:mine , location:mill .
"""


def flow(name: str, giver: str, taker: str, goods: str = "ore", more: str = "") -> str:
    """A flow in Turtle."""
    ends = f"bl:flowFrom {giver} ; bl:flowTo {taker} ; bl:flowCommodity commodity:{goods}"
    return f"flow:{name} a bl:CommodityFlow ; {ends} {more} .\n"


def claim(name: str, about: str, strength: str = "", more: str = "") -> str:
    """A claim in Turtle that supports a record."""
    sure = f" ; bl:strength strength:{strength}" if strength else ""
    return f"claim:{name} a bl:EmpiricalClaim ; bl:statedIn source:s ; bl:supports {about}{sure}{more} .\n"


def told(data: str, thing: str, if_stops: bool = False, at: str | None = None, every: bool = False) -> dict[str, Any]:
    """The account of a thing in a small graph."""
    store = ox.Store()
    store.load(HEAD + LAND + data, format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode("urn:data"))
    return Account(Web(store, at), node(thing), disputed_things(store), every).whole(at, if_stops)


def node(name: str) -> ox.NamedNode:
    """The thing of a prefixed name."""
    return ox.NamedNode(expand(name) or name)


def through(paths: list[dict[str, Any]]) -> list[list[str]]:
    """The things on each path."""
    return [path["through"] for path in paths]


def lost(account: dict[str, Any]) -> list[tuple[int, str, str, str]]:
    """Each loss: when, who, what, at whose end."""
    return [(it["round"], it["loser"], it["loses"], it["other_end"]) for it in account["if_it_stops"]]


@pytest.fixture(scope="module")
def store(real_build: Build) -> ox.Store:
    """The real graph."""
    return open_store(real_build.store)


@pytest.fixture(scope="module")
def web(store: ox.Store) -> Web:
    """The links of the real graph."""
    return Web(store)


def real(web: Web, build: Build, thing: str, if_stops: bool = False, at: str | None = None) -> dict[str, Any]:
    """The account of a thing in the real graph."""
    return Account(web if at is None else Web(web.store, at), node(thing), build.disputes).whole(at, if_stops)


# --- what the sources say --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("thing", "expected"),
    [
        ("facility:karachaganak-field", {"Orenburg gas processing plant"}),
        (
            "facility:ekibastuz-coal-field",
            {"thermal power plants of Omsk Region", "thermal power plants of Chelyabinsk Region"},
        ),
        (
            "facility:sokolovsko-sarbayskoye-deposit",
            {"Chelyabinsk metallurgical works", "Magnitogorsk metallurgical works"},
        ),
        ("commodity:natural-gas", {"Orenburg gas processing plant"}),
        ("commodity:seamless-pipes", {"enterprises of the Russian fuel and energy complex"}),
        ("chain:aktobe-chrome", {"Novotroitsk chrome products plant"}),
        ("swap:pavlodar-oil", {"Atasu-Alashankou export oil pipeline"}),
    ],
)
def test_who_depends_on_a_thing(web: Web, real_build: Build, thing: str, expected: set[str]) -> None:
    """The ends of the paths are those that the papers name, and all lead across the border where they say so."""
    paths = real(web, real_build, thing)["depends_on_it"]
    assert expected <= {path["through"][-1] for path in paths}
    if not thing.startswith("swap:"):
        assert {path["through"][-1] for path in paths} == expected
        assert [path["across"] for path in paths] == [[["Kazakhstan", "Russia"]]] * len(expected)


def test_karachaganak_is_told_by_interviewees(web: Web, real_build: Build) -> None:
    """Of its gas the experts spoke; nobody gives a share, a volume, a date or an owner; its plant is its outlet."""
    account = real(web, real_build, "facility:karachaganak-field")
    (path,) = account["depends_on_it"]
    assert path["weakest"]["strength"] == "said by interviewees"
    assert path["weakest"]["evidence"] == "interviews"
    (evidence,) = path["steps"][0]["evidence"]
    assert "Orenburg gas processing plant" in evidence["locator"]
    assert account["its_outlets"] == ["Orenburg gas processing plant (natural gas)"]
    assert account["it_depends_on"] == []
    for words in ("a share for the one", "a volume for the one", "a date for the one", "an owner"):
        assert any(words in gap for gap in account["not_known"]), words


def test_licences_of_kamaz(web: Web, real_build: Build) -> None:
    """KAMAZ-Engineering rests on KAMAZ and NefAZ, and on both states; its vehicles go to Kazakhstan alone."""
    assert through(real(web, real_build, "enterprise:kamaz")["depends_on_it"]) == [
        ["KAMAZ", "KAMAZ-Engineering", "KAMAZ-Engineering plant"],
        ["KAMAZ", "KAMAZ-Engineering", "Kazakhstan"],
    ]
    account = real(web, real_build, "enterprise:kamaz-engineering")
    givers = {(path["through"][0], path["steps"][0]["tie"]) for path in account["it_depends_on"]}
    assert givers == {
        ("KAMAZ", "licence"), ("NefAZ", "licence"), ("Russia", "partner"), ("Kazakhstan", "partner"),
        ("KAMAZ-Engineering plant", "plant"),
    }  # fmt: skip
    assert account["its_outlets"] == ["Kazakhstan (vehicles)"]


def test_swap_of_pavlodar(web: Web, real_build: Build) -> None:
    """If the refinery stops, Russia loses an outlet, and the pipeline what Kazakhstan gives in return: 5 million t."""
    account = real(web, real_build, "facility:pavlodar-refinery", if_stops=True)
    assert lost(account) == [
        (1, "Russia", "outlet", "Pavlodar Refinery"),
        (1, "Atasu-Alashankou export oil pipeline", "delivery in return", "Pavlodar Refinery"),
    ]
    assert [it["name"] for it in account["if_it_stops"][0]["alternatives"]] == ["Belarus"]
    pipeline = real(web, real_build, "facility:atasu-alashankou-pipeline")
    volumes = [volume for path in pipeline["it_depends_on"] for step in path["steps"] for volume in step["volumes"]]
    assert "about 5 million tonnes (oil supplied as compensation)" in volumes


def test_shares_that_sources_give(web: Web, real_build: Build) -> None:
    """80 percent of one trade, up to 94 percent of scrap, 20 to 70 percent of imports: each on its own link."""
    russia = real(web, real_build, "state:russia")["it_depends_on"]
    shares = {(path["through"][0], path["through"][1]): step["shares"] for path in russia for step in path["steps"][:1]}
    assert shares["Kazakhstan", "Russia"] == ["up to 94 percent (share of imports, scrap metal)"]
    figures = [it for path in russia for it in path["steps"][0]["figures"]]
    assert {
        "record": "observation:morachevskaya-2022-scrap-metal-import-share",
        "value": 94.0,
        "unit": "percent",
    } in figures
    assert shares["Kostanay Region", "Chelyabinsk Region"][0].startswith("80 percent (share of trade")
    smolensk = real(web, real_build, "region:smolensk")["it_depends_on"]
    told_shares = sorted(share for path in smolensk for share in path["steps"][0]["shares"])
    assert [text.split(" (")[0] for text in told_shares] == ["30 percent", "40 percent", "70 percent",
                                                             "more than 40 percent"]  # fmt: skip


def test_alternatives_of_russia(web: Web, real_build: Build) -> None:
    """Ferroalloys come from Aktobe and from Pavlodar; for chrome ore no other source is named."""
    account = real(web, real_build, "region:aktobe", if_stops=True)
    others = {
        (it["loser"], *it["step"]["goods"]): [other["name"] for other in it["alternatives"]]
        for it in account["if_it_stops"]
    }
    assert others["Russia", "ferroalloys"] == ["Pavlodar Region"]
    assert others["Novotroitsk chrome products plant", "chrome ore"] == []
    assert account["not_known"][0].startswith("another supplier or outlet for 4 of 5 lost deliveries: none is stated")


def test_statuses_and_limits(web: Web, real_build: Build) -> None:
    """Coal of Ekibastuz is active as a chain, and part of a flow that declines; scrap stopped until October 2020."""
    coal = real(web, real_build, "facility:ekibastuz-coal-field")["depends_on_it"][0]["steps"][0]
    assert [status.split(" (")[0].rstrip("†") for status in coal["status"]] == ["active", "declining"]
    scrap = real(web, real_build, "commodity:scrap-metal")["depends_on_it"]
    limits = {limit for path in scrap for step in path["steps"] for limit in step["limits"]}
    assert len(limits) == 1
    assert "/2020-10" in limits.pop()
    later = real(web, real_build, "commodity:scrap-metal", at="2021")["depends_on_it"]
    assert {limit for path in later for step in path["steps"] for limit in step["limits"]} == set()
    assert {status.split(" (")[0] for path in later for status in path["steps"][0]["status"]} == {"active"}


def test_site_is_no_dependence(web: Web, real_build: Build) -> None:
    """Nothing depends on the closed tractor plant: the pipe mill stands on its site and is not its heir."""
    account = real(web, real_build, "facility:pavlodar-tractor-plant")
    assert (account["depends_on_it"], account["outlet_for"], account["it_depends_on"]) == ([], [], [])
    assert any("closure" in event for event in account["events"])
    assert real(web, real_build, "facility:pavlodar-tractor-plant", if_stops=True)["if_it_stops"] == []
    switch = real(web, real_build, "facility:russian-power-plants-off-coal")
    assert switch["events"] == ["switch of some Russian border power plants to gas and oil† (undated)"]
    assert switch["disputed"] == ["event:russian-power-plants-fuel-switch"]
    plant = Account(web, node("facility:pavlodar-tractor-plant"), {})
    assert f"  {NOTHING}" in Outline(plant.whole(None, False), plant.grounds, str).lines()


def test_each_fact_of_a_line_has_its_source(web: Web) -> None:
    """A status, a limit and each of the cooperations that one line stands for have claims of their own."""
    for thing in ("facility:ekibastuz-coal-field", "state:kazakhstan", "state:belarus"):
        account = Account(web, node(thing), {})
        whole = account.whole(None, False)
        steps = [step for key in ("depends_on_it", "it_depends_on") for path in whole[key] for step in path["steps"]]
        for step in steps:
            assert [text for text in (*step["status"], *step["limits"]) if not step["attested"][text]] == []
            if step["tie"] == "cooperation":
                known = {told["claim"] for told in step["evidence"]}
                for record in step["records"]:
                    assert known & {claim.value for claim in claims_of(web.store, node(record))}, record
        lines = "\n".join(Outline(whole, account.grounds, str).lines())
        told = [text for step in steps for text in (*step["status"], *step["limits"])]
        assert told or thing == "state:kazakhstan"
        assert [text for text in told if f"{text} [" not in lines] == []


def test_a_place_in_a_place_is_inferred_as_in_queries_and_proofs(web: Web, real_build: Build) -> None:
    """The plain relation follows from the record of a location, however many records lead there."""
    whole = real(web, real_build, "region:omsk")
    steps = [step for path in whole["it_depends_on"] for step in path["steps"]]
    assert {step["inferred"] for step in steps if step["tie"] in ("lies in", "holds")} == {True}
    assert {step["inferred"] for step in steps if step["tie"] == "supply"} == {False}


def test_paths_do_not_pass_through_a_state(web: Web, real_build: Build) -> None:
    """What Russia gets of Pavlodar Region does not become what Russia gives to Belarus."""
    ends = {path["through"][-1] for path in real(web, real_build, "region:pavlodar")["depends_on_it"]}
    assert "Russia" in ends
    assert "Belarus" not in ends


def test_state_holds_what_lies_in_it(web: Web, real_build: Build) -> None:
    """A path of a state begins at a thing in it; that it lies there is inferred from the records."""
    paths = real(web, real_build, "state:kazakhstan")["depends_on_it"]
    (gas,) = [path for path in paths if "Karachaganak field" in path["through"]]
    assert gas["through"] == ["Kazakhstan", "Karachaganak field", "Orenburg gas processing plant"]
    assert [step["inferred"] for step in gas["steps"]] == [True, False]
    assert (gas["weakest"]["step"], gas["weakest"]["strength"]) == (2, "said by interviewees")
    (iron, _) = [path for path in paths if "Sokolovsko-Sarbayskoye deposit" in path["through"]]
    assert iron["steps"][0]["inferred"] is True


def test_every_flow_is_on_a_path_of_both_ends(web: Web, real_build: Build) -> None:
    """No flow of the graph is lost: who takes depends on who gives."""
    query = "SELECT ?flow ?giver ?taker WHERE { ?flow a bl:CommodityFlow ; bl:flowFrom ?giver ; bl:flowTo ?taker }"
    flows = ask_store(web.store, query, PREFIXES).rows()
    assert len(flows) >= 44
    for record, giver, taker in flows:
        for end, key in ((giver, "depends_on_it"), (taker, "it_depends_on")):
            paths = Account(web, end, {}).whole(None, False)[key]  # type: ignore[arg-type]
            records = {name for path in paths for step in path["steps"] for name in step["records"]}
            assert f"flow:{str(record).rstrip('>').rpartition('/')[2]}" in records, (record, key)


def test_only_suppliers_agree_with_the_query(web: Web, store: ox.Store) -> None:
    """Who is called the only supplier across a border is what the canned query finds."""
    text = (ROOT / "queries" / "single-suppliers.rq").read_text("utf-8")
    found = {(row[0], row[2], row[3]) for row in ask_store(store, text).rows()}
    sole = {
        (link.taker, goods, link.giver)
        for link in web.links
        if web.is_sole(link) and web.crosses(link)
        for goods in link.goods
    }
    assert found
    assert found == sole


def test_disputed_links_are_marked(web: Web, real_build: Build) -> None:
    """A disputed record is marked on its step, and named for `kg disputes`."""
    account = real(web, real_build, "region:pskov")
    steps = [step for path in account["it_depends_on"] for step in path["steps"]]
    marked = [share for step in steps for share in step["shares"] if share.endswith("†")]
    assert any(share.startswith("50 percent") for share in marked)
    assert "observation:morachevskaya-2022-pskov-export-share-to-belarus-2010" in account["disputed"]


def test_before_the_venture_there_was_nothing(web: Web, real_build: Build) -> None:
    """KAMAZ-Engineering was founded in 2005: in 2004 nothing depended on KAMAZ, and something was left out."""
    account = real(web, real_build, "enterprise:kamaz", at="2004")
    assert (account["depends_on_it"], account["left_out"]) == ([], 1)
    assert real(web, real_build, "enterprise:kamaz", at="2006")["depends_on_it"] != []


# --- small graphs ----------------------------------------------------------------------------


def test_branches_and_steps() -> None:
    """Each branch is a path of its own, and goes on through plants to the end."""
    data = flow("one", "facility:mine", "facility:mill") + flow("two", "facility:mill", "facility:works", "metal")
    data += flow("three", "facility:mine", "facility:pit")
    assert through(told(data, "facility:mine")["depends_on_it"]) == [
        ["facility:mine", "facility:mill", "facility:works"],
        ["facility:mine", "facility:pit"],
    ]
    assert through(told(data, "facility:works")["it_depends_on"]) == [
        ["facility:mine", "facility:mill", "facility:works"]
    ]
    assert lost(told(data, "facility:mine", if_stops=True)) == [
        (1, "facility:mill", "input", "facility:mine"),
        (1, "facility:pit", "input", "facility:mine"),
        (2, "facility:works", "input", "facility:mill"),
    ]
    assert lost(told(data, "facility:works", if_stops=True)) == [
        (1, "facility:mill", "outlet", "facility:works"),
        (2, "facility:mine", "outlet", "facility:mill"),
    ]


def test_circles_end() -> None:
    """A circle is told once, as one, from wherever one looks; and every loss once."""
    data = flow("one", "facility:mine", "facility:mill") + flow("two", "facility:mill", "facility:works", "metal")
    data += flow("three", "facility:works", "facility:mine", "metal")
    for thing in ("facility:mine", "facility:mill", "facility:works"):
        account = told(data, thing)
        paths = [*account["depends_on_it"], *account["it_depends_on"]]
        assert [(path["circle"], len(path["through"])) for path in paths] == [(True, 3), (True, 3)]
        losses = lost(told(data, thing, if_stops=True))
        assert len(losses) == len(set(losses)) == 4
    assert through(told(data.replace("metal", "ore"), "commodity:ore")["depends_on_it"]) == [
        ["facility:mine", "facility:mill", "facility:works"],
        ["facility:works", "facility:mine", "facility:mill"],
    ]
    assert not told(flow("one", "facility:mine", "facility:mill"), "facility:mine")["depends_on_it"][0]["circle"]


def test_dense_graphs_are_cut_and_say_so() -> None:
    """Where everything depends on everything the search ends, and the account says that there is more."""
    names = [f"facility:p{number}" for number in range(9)]
    pairs = [(one, two) for one in names for two in names if one != two]
    data = "".join(flow(f"f{place}", *pair) for place, pair in enumerate(pairs))
    account = told(data, "facility:p0")
    assert len(account["depends_on_it"]) == MOST
    assert any(gap.startswith("all paths") for gap in account["not_known"])
    long = "".join(flow(f"f{number}", f"facility:p{number}", f"facility:p{number + 1}") for number in range(1500))
    account = told(long, "facility:p0")
    assert any(gap.startswith("all paths") for gap in account["not_known"])
    assert told(long, "facility:p0", if_stops=True)["if_it_stops"][-1]["round"] == 1500


def test_through_a_place_in_one_chain_only() -> None:
    """What a region takes and what it gives are joined by a chain, and by nothing else."""
    apart = flow("one", "facility:pit", "region:ra") + flow("two", "region:ra", "facility:mill")
    assert through(told(apart, "facility:pit")["depends_on_it"]) == [["facility:pit", "region:ra"]]
    joined = "".join(
        flow(name, giver, taker, more="; bl:partOfChain chain:c")
        for name, giver, taker in (("one", "facility:pit", "region:ra"), ("two", "region:ra", "facility:mill"))
    )
    assert through(told(joined, "facility:pit")["depends_on_it"]) == [["facility:pit", "region:ra", "facility:mill"]]
    assert lost(told(apart, "facility:pit", if_stops=True)) == [(1, "region:ra", "input", "facility:pit")]


def test_stages_of_a_chain_are_links() -> None:
    """Stages without a flow are links; with a flow of their chain they are one link with it."""
    stages = (
        "chain:c a bl:ValueChain ; bl:hasStage stage:a , stage:b , stage:c .\n"
        "stage:a bl:stageAt facility:mine ; bl:feeds stage:b ; bl:outputCommodity commodity:ore .\n"
        "stage:b bl:stageAt facility:mill ; bl:feeds stage:c ; bl:inputCommodity commodity:ore .\n"
        "stage:c bl:stageAt facility:works .\n"
    )
    (path,) = told(stages, "facility:mine")["depends_on_it"]
    assert path["through"] == ["facility:mine", "facility:mill", "facility:works"]
    assert [step["goods"] for step in path["steps"]] == [["commodity:ore"], []]
    both = stages + flow("one", "facility:mine", "facility:mill", more="; bl:partOfChain chain:c")
    (path,) = told(both, "facility:mine")["depends_on_it"]
    assert path["steps"][0]["records"] == ["flow:one", "stage:a", "stage:b"]


def test_alternatives_are_of_such_goods_and_of_others() -> None:
    """Another giver of a narrower kind counts; other goods, and a part of the same flow, do not."""
    data = flow("one", "facility:mine", "facility:mill") + flow("two", "facility:pit", "facility:mill", "iron-ore")
    data += flow("three", "facility:works", "facility:mill", "metal")
    data += flow("wide", "state:b", "facility:mill") + "flow:one bl:narrowerThan flow:wide .\n"
    (loss,) = told(data, "facility:mine", if_stops=True)["if_it_stops"]
    assert [it["name"] for it in loss["alternatives"]] == ["facility:pit"]
    (loss,) = told(flow("one", "facility:mine", "facility:mill"), "facility:mine", if_stops=True)["if_it_stops"]
    assert loss["alternatives"] == []
    outlets = flow("one", "facility:mine", "facility:mill") + flow("two", "facility:mine", "facility:works")
    (loss,) = told(outlets, "facility:mill", if_stops=True)["if_it_stops"]
    assert [it["name"] for it in loss["alternatives"]] == ["facility:works"]
    # If all of a state stops, what else it gives is no alternative.
    assert all(it["alternatives"] == [] for it in told(outlets, "state:b", if_stops=True)["if_it_stops"])


def test_weakest_evidence_of_a_path() -> None:
    """A link is as strong as its strongest claim, a path as its weakest link; no claim is the weakest."""
    data = flow("one", "facility:mine", "facility:mill") + flow("two", "facility:mill", "facility:works", "metal")
    data += claim("one", "flow:one") + claim("doubt", "flow:one", "possible")
    sure = data + claim("two", "flow:two", "expected")
    weakest = told(sure, "facility:mine")["depends_on_it"][0]["weakest"]
    assert (weakest["step"], weakest["strength"], weakest["alone"]) == (2, "strength:expected", True)
    weakest = told(data, "facility:mine")["depends_on_it"][0]["weakest"]
    assert (weakest["step"], weakest["strength"], weakest["source"]) == (2, "no claim", "")
    order = ("possible", "expected", "some-experts", "interviewees", "officials", "likely")
    for weaker, stronger in zip(order, (*order[1:], ""), strict=True):
        both = flow("one", "facility:mine", "facility:mill") + flow("two", "facility:mill", "facility:works", "metal")
        both += claim("one", "flow:one", weaker) + claim("two", "flow:two", stronger)
        assert told(both, "facility:mine")["depends_on_it"][0]["weakest"]["step"] == 1, weaker


def test_evidence_of_every_claim_on_request() -> None:
    """Only the strongest claim of a step is told, all if asked."""
    data = flow("one", "facility:mine", "facility:mill")
    data += claim("doubt", "flow:one", "possible") + claim("sure", "flow:one")
    evidence = told(data, "facility:mine")["depends_on_it"][0]["steps"][0]["evidence"]
    assert [it["claim"].rpartition("/")[2] for it in evidence] == ["sure"]
    evidence = told(data, "facility:mine", every=True)["depends_on_it"][0]["steps"][0]["evidence"]
    assert [it["claim"].rpartition("/")[2] for it in evidence] == ["sure", "doubt"]


def test_as_of() -> None:
    """What surely holds is kept, what surely does not is left out, of the rest the reason for doubt is told."""
    data = (
        flow("old", "facility:mine", "facility:mill", more="; bl:holdsDuring span:old")
        + flow("new", "facility:mine", "facility:works", more="; bl:holdsDuring span:new")
        + flow("undated", "facility:mine", "facility:pit")
        + 'span:old bl:timeNote "1990/1999" . span:new bl:timeNote "/2015" .\n'
    )
    account = told(data, "facility:mine", at="2010")
    doubts = {path["through"][-1]: path["steps"][0]["doubt"] for path in account["depends_on_it"]}
    assert doubts == {"facility:pit": "no period", "facility:works": "start unknown"}
    assert (account["left_out"], account["kept_undated"]) == (1, 2)
    doubts = {
        path["through"][-1]: path["steps"][0]["doubt"]
        for path in told(data, "facility:mine", at="1995")["depends_on_it"]
    }
    assert doubts == {"facility:mill": "", "facility:pit": "no period", "facility:works": "start unknown"}
    assert told(data, "facility:mine")["left_out"] == 0
    assert lost(told(data, "facility:mine", if_stops=True, at="2020")) == [
        (1, "facility:pit", "input", "facility:mine")
    ]


def test_what_is_closed_gives_no_more() -> None:
    """After a closure nothing depends on a plant; if its day is not known, that cannot be said."""
    data = flow("one", "facility:mine", "facility:mill") + (
        'event:end a bl:Closure ; bl:affects facility:mine ; bl:holdsDuring span:end .\nspan:end bl:timeNote "1993" .\n'
    )
    assert told(data, "facility:mine", at="1994")["depends_on_it"] == []
    assert told(data, "facility:mine", at="1993")["depends_on_it"] != []
    undated = data.replace("; bl:holdsDuring span:end", "")
    assert told(undated, "facility:mine", at="1994")["depends_on_it"] != []


def test_swaps_join_two_flows() -> None:
    """What one flow brings hangs on the other, both ways, and on what comes before either."""
    data = flow("first", "facility:works", "facility:mill") + flow("other", "facility:mine", "facility:pit", "metal")
    data += "swap:s a bl:SwapArrangement ; bl:firstFlow flow:first ; bl:compensatingFlow flow:other .\n"
    data += claim("s", "swap:s", "possible")
    (path,) = told(data, "facility:works")["depends_on_it"]
    assert path["through"] == ["facility:works", "facility:mill", "facility:pit"]
    assert [step["tie"] for step in path["steps"]] == ["supply", "delivery in return"]
    assert path["circle"] is False
    assert lost(told(data, "facility:mine", if_stops=True)) == [
        (1, "facility:pit", "input", "facility:mine"),
        (2, "facility:mill", "delivery in return", "facility:pit"),
    ]
    assert told(data, "swap:s")["comes_from"] == ["facility:works", "facility:mine"]


def test_links_within_a_place() -> None:
    """Of a region what leads out of it is told, and what is of the region itself; the rest is counted."""
    data = "location:pit a bl:Location ; bl:located facility:pit ; bl:locatedAt region:ra .\n"
    data += flow("in", "facility:mine", "facility:pit") + flow("out", "facility:pit", "facility:mill")
    data += flow("home", "facility:mine", "region:ra", "metal")
    account = told(data, "region:ra")
    assert through(account["depends_on_it"]) == [
        ["region:ra", "facility:pit", "facility:mill"],
        ["region:ra", "facility:mine", "region:ra"],
    ]
    assert account["links_within"] == 1
    # In a borderland that holds both ends, what crosses the border is told all the same.
    data += "location:a bl:located state:a ; bl:locatedAt borderland:x . borderland:x a bl:Place .\n"
    data += "location:b bl:located state:b ; bl:locatedAt borderland:x .\n"
    assert through(told(data, "borderland:x")["depends_on_it"]) == [["borderland:x", "facility:pit", "facility:mill"]]
    assert lost(told(data, "region:ra", if_stops=True)) == [(1, "facility:mill", "input", "facility:pit")]


def test_lines_owners_and_operators() -> None:
    """Who takes depends on the line; a plant on its operator and owner, and the operator on the plant."""
    data = flow("one", "facility:mine", "facility:mill", more="; bl:flowVia facility:line")
    data += "facility:line a bl:Facility , bl:Place .\n"
    data += "operation:o bl:operator enterprise:e ; bl:operated facility:mine .\n"
    data += "ownership:o bl:owningParty enterprise:f ; bl:owned facility:mine .\n"
    assert through(told(data, "facility:line")["depends_on_it"]) == [["facility:line", "facility:mill"]]
    assert lost(told(data, "facility:line", if_stops=True)) == [(1, "facility:mill", "line", "facility:line")]
    ties = {path["through"][0]: path["steps"][0]["tie"] for path in told(data, "facility:mine")["it_depends_on"]}
    assert ties == {"enterprise:e": "operator", "enterprise:f": "owner"}
    paths = told(data, "facility:mine")["depends_on_it"]
    assert {path["through"][-1] for path in paths} == {"enterprise:e", "facility:mill"}
    assert not any(path["circle"] for path in paths)
    missing = next(gap for gap in told(data, "facility:mine")["not_known"] if gap.startswith("of the thing itself"))
    assert missing == "of the thing itself: a supplier"


def test_parts_of_wider_flows_are_left_open() -> None:
    """A flow of such goods out of the region in which a mine lies may be of the mine; the graph does not say so."""
    data = flow("one", "facility:mine", "facility:mill") + flow("region", "region:ra", "facility:works", "iron-ore")
    gaps = told(data, "facility:mine")["not_known"]
    assert "whether it has a part in: flow:region" in gaps
    known = data + "flow:one bl:narrowerThan flow:region .\n"
    assert not any(gap.startswith("whether") for gap in told(known, "facility:mine")["not_known"])
    other = data.replace("commodity:iron-ore ", "commodity:metal ")
    assert not any(gap.startswith("whether") for gap in told(other, "facility:mine")["not_known"])


def test_rows_hold_every_step() -> None:
    """Each step of each path is a row, each loss another."""
    data = flow("one", "facility:mine", "facility:mill") + flow("two", "facility:mill", "facility:works", "metal")
    found = rows(told(data, "facility:mill"))
    assert [row[:6] for row in found] == [
        ("depends on it", "1", "1", "facility:mill", "supply", "facility:works"),
        ("it depends on", "1", "1", "facility:mine", "supply", "facility:mill"),
    ]
    assert {len(row) for row in found} == {len(COLUMNS)}
    assert len(rows(told(data, "facility:mine", if_stops=True))) == 2


# --- the command -----------------------------------------------------------------------------


def test_command(real_project: Project) -> None:
    """Each format tells the same; a name that is but a part of one is taken, and that is said."""
    root = Path(real_project.root)
    text = kg(root, "exposure", "Ekibastuz")
    assert text.code == 0
    assert "“Ekibastuz” is taken for facility:ekibastuz-coal-field" in text.err
    assert "thermal power plants of Omsk Region" in text.out
    account = json.loads(kg(root, "exposure", "Ekibastuz", "--format", "json").out)
    table = list(csv.reader(io.StringIO(kg(root, "exposure", "Ekibastuz", "--format", "csv").out)))
    assert (tuple(table[0]), len(table)) == (COLUMNS, 1 + len(account["depends_on_it"]))
    done = kg(root, "exposure", "Ekibastuz", "--format", "md")
    assert done.out.count("\n") == 2 + len(account["depends_on_it"])
    assert "kg: not in the graph: a share for any of the 2 deliveries" in done.err
    assert "уголь" in kg(root, "exposure", "facility:ekibastuz-coal-field", "--lang", "ru").out
    several = kg(root, "exposure", "natural gas", "--evidence", "--if-stops").out
    assert "lost directly" in several


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["Mozyr"], "No thing is called “Mozyr”"),
        (["facility:nowhere"], "There is no facility:nowhere"),
        (["Norland", "--as-of", "yesterday"], "“yesterday” is no date"),
        (["Norland", "--lang", "7"], "“7” is no language"),
        (["Norland", "--format", "xlsx"], "invalid choice"),
        ([], "required: thing"),
    ],
)
def test_wrong_use(small: Path, arguments: list[str], message: str) -> None:
    """Whatever cannot be answered is told with exit code 2."""
    done = kg(small, "exposure", *arguments)
    assert (done.code, done.out) == (2, "")
    assert message in done.err


def test_small_project(small: Path) -> None:
    """A thing with no relations is told apart from one that has some; a name without letters steers no terminal."""
    assert "Ford Mill" in kg(small, "exposure", "Shore Mine").out
    assert NOTHING in kg(small, "exposure", "border:norland-sudland").out
    assert "\x1b" not in kg(small, "exposure", "\x1b[31mx").err
