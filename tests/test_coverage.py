"""How much there is of each place, topic and time is counted fact by fact, and nothing is spread or made up."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from conftest import ROOT, kg
from kg.answer.period import edtf
from kg.coverage import EVERY, TOPIC_OF, TOPICS, Fact, cells, gaps, grid, opened, order_of_periods, read_facts
from kg.coverage.asked import choose_period, choose_topic
from kg.coverage.facts import periods_of
from kg.errors import UsageError
from kg.files import Build, Project
from kg.namespaces import PREFIXES, expand
from kg.store import ask_store, open_store

HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
# Two regions; the mine lies in one of them, and what is inferred in a build is written out.
SMALL = """
region:north a bl:Place , bl:Region ; bl:locatedIn state:nor , borderland:nor-sud .
region:south a bl:Place , bl:Region ; bl:locatedIn state:sud , borderland:nor-sud .
state:nor a bl:Place , bl:State . state:sud a bl:Place , bl:State .
borderland:nor-sud a bl:Place , bl:Borderland ; bl:alongBorder border:nor-sud . border:nor-sud a bl:Place .
facility:mine a bl:Place ; bl:locatedIn region:north .
span:1990s bl:timeNote "199X" . span:2005 bl:startYear 2005 ; bl:endYear 2005 . span:since-1998 bl:timeNote "1998/.." .

observation:people a bl:Observation ; bl:hasIndicator indicator:population ; bl:participant region:north ;
  bl:holdsDuring span:2005 .
flow:coal a bl:CommodityFlow ; bl:participant facility:mine , region:south .
status:coal a bl:StatusPeriod ; bl:participant flow:coal ; bl:holdsDuring span:since-1998 .
process:leaving a bl:Process ; bl:phenomenon phenomenon:out-migration ; bl:participant border:nor-sud ;
  bl:holdsDuring span:1990s .
influence:coal-on-leaving a bl:Influence ; bl:influencingThing flow:coal ; bl:affectedThing process:leaving ;
  bl:participant flow:coal , process:leaving .

claim:people bl:statedIn source:a ; bl:supports observation:people ; bl:about observation:people .
claim:people-too bl:statedIn source:b ; bl:supports observation:people .
claim:coal bl:statedIn source:a ; bl:supports flow:coal , status:coal .
claim:leaving bl:statedIn source:b ; bl:supports process:leaving , influence:coal-on-leaving ; bl:about region:south .
claim:opinion bl:statedIn source:b ; bl:about region:south ; bl:dimension dimension:social .
claim:of-no-place bl:statedIn source:b ; bl:about phenomenon:integration .
flow:unsaid a bl:CommodityFlow ; bl:participant region:north .
indicator:population skos:inScheme <https://w3id.org/borderlands/voc/indicator> .
phenomenon:integration skos:inScheme <https://w3id.org/borderlands/voc/phenomenon> .
"""
PLACES = {name: str(expand(name)) for name in ("region:north", "region:south", "borderland:nor-sud")}


def graph(text: str) -> ox.Store:
    """A store in memory."""
    store = ox.Store()
    store.load(HEAD + text, format=ox.RdfFormat.TURTLE)
    return store


@pytest.fixture(scope="module")
def facts() -> dict[str, Fact]:
    """The facts of the small graph, by the end of their IRI."""
    return {fact.iri.split("/id/")[1]: fact for fact in read_facts(graph(SMALL))}


@pytest.fixture(scope="module")
def real(real_build: Build) -> ox.Store:
    """The real graph."""
    return open_store(real_build.store)


def of(facts: dict[str, Fact], place: str) -> set[str]:
    """The facts of a place of the small graph."""
    return {name for name, fact in facts.items() if expand(place) in fact.places}


def test_what_is_a_fact_of_a_place(facts: dict[str, Fact]) -> None:
    """What takes part, lies within or stands behind counts; what no claim states does not."""
    assert of(facts, "region:north") == {
        "observation/people", "flow/coal", "status/coal", "influence/coal-on-leaving",
    }  # fmt: skip
    assert of(facts, "region:south") == {"flow/coal", "status/coal", "influence/coal-on-leaving", "claim/opinion"}
    assert of(facts, "borderland:nor-sud") == {*facts}
    assert "claim/of-no-place" not in facts


def test_a_claim_counts_by_itself_only_where_its_situations_do_not(facts: dict[str, Fact]) -> None:
    """claim:leaving speaks of the south, and one of its situations is already a fact of the south."""
    assert "claim/leaving" not in facts
    text = SMALL.replace("bl:participant flow:coal , process:leaving .", "bl:participant process:leaving .")
    more = {fact.iri.split("/id/")[1]: fact for fact in read_facts(graph(text))}
    assert more["claim/leaving"].places == {expand("region:south"), expand("state:sud")}


def test_topics_and_periods_of_facts(facts: dict[str, Fact]) -> None:
    """By indicator, class, phenomenon, by the ends of an influence, and by the dimension of a claim."""
    assert {name: (fact.topics, fact.periods) for name, fact in facts.items()} == {
        "observation/people": ({"population"}, {"2000s"}),
        "flow/coal": ({"chains"}, {"undated"}),
        "status/coal": ({"chains"}, {"1990s"}),
        "process/leaving": ({"migration"}, {"1990s"}),
        "influence/coal-on-leaving": ({"chains", "migration"}, {"undated"}),
        "claim/opinion": ({"society"}, {"undated"}),
    }


def test_cells_count_facts_and_sources(facts: dict[str, Fact]) -> None:
    """A fact of two sources is one fact; one of two topics counts once in the sum; a dot is no nought."""
    columns, rows = cells(list(facts.values()), {iri: name for name, iri in PLACES.items()}, "places", "topics")
    assert columns == ["population", "migration", "society", "chains", EVERY]
    assert {row.head: [str(row.cells[name]) for name in columns] for row in rows} == {
        "region:north": ["1/2", "1/1", "·", "3/2", "4/2"],
        "region:south": ["·", "1/1", "1/1", "3/2", "4/2"],
        "borderland:nor-sud": ["1/2", "2/1", "1/1", "3/2", "6/2"],
    }
    columns, rows = cells(list(facts.values()), {PLACES["region:north"]: "north"}, "places", "periods")
    assert columns == ["1990s", "2000s", "undated", EVERY]
    assert [str(rows[0].cells[name]) for name in columns] == ["1/1", "1/2", "2/2", "4/2"]


def test_one_source_alone() -> None:
    """The claims of other sources are as if they were not there."""
    found = read_facts(graph(SMALL), expand("source:a"))
    assert [(fact.iri.split("/id/")[1], len(fact.claims)) for fact in found] == [
        ("flow/coal", 1), ("observation/people", 1), ("status/coal", 1),
    ]  # fmt: skip


def test_gaps(facts: dict[str, Fact]) -> None:
    """A place has the topics of which nothing is said; one without a gap is left out."""
    found = gaps(list(facts.values()), PLACES.values(), ["population", "migration", "chains"])
    assert found == [(PLACES["region:south"], ["population"])]


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("2019", ["2010s"]), ("2020~", ["2020s"]), ("199X", ["1990s"]), ("199X/..", ["1990s"]),
        ("1989/2016", ["1980s", "1990s", "2000s", "2010s"]),
        ("195X/196X", ["1950s", "1960s"]), ("1897/", ["19th century"]), ("/2020-10", ["2020s"]),
        ("1730/188X", ["18th century", "19th century"]), ("19XX", ["20th century"]),
        ("17XX/18XX", ["18th century", "19th century"]),
        ("2000", ["2000s"]), ("../..", []),
    ],
)  # fmt: skip
def test_periods(note: str, expected: list[str]) -> None:
    """A span counts where its source puts it, and an open end adds nothing."""
    span = edtf(note)
    assert span is not None
    assert sorted(periods_of(span), key=order_of_periods) == expected


def test_order_of_periods() -> None:
    """In time, a century before its decades, the undated last."""
    mixed = ["undated", "2000s", "20th century", "1990s", "19th century", "1900s"]
    assert sorted(mixed, key=order_of_periods) == ["19th century", "20th century", "1900s", "1990s", "2000s", "undated"]


def test_grid_fits_its_width(facts: dict[str, Fact]) -> None:
    """Columns that do not fit stand in a further block; none is lost, no line is too long."""
    columns, rows = cells(list(facts.values()), {iri: name for name, iri in PLACES.items()}, "places", "topics")
    for width in (30, 45, 100):
        text = grid("region", columns, rows, width, str)
        assert max(map(len, text.split("\n"))) <= width
        assert [name for name in columns if name not in text.split()] == []
        assert text.count("region:north") == text.count("─\n")


def test_every_entry_of_the_model_has_one_topic(real: ox.Store) -> None:
    """No indicator, phenomenon, dimension or class of situations is without one, and the table names no other."""
    assert sum(map(len, TOPICS.values())) == len(TOPIC_OF)
    names = {
        name
        for file in (ROOT / "ontology" / "vocab").glob("*.ttl")
        for name in re.findall(r"^((?:indicator|phenomenon|dimension):\S+)", file.read_text("utf-8"), re.MULTILINE)
    }
    classes = {entry for entry in TOPIC_OF if entry.startswith("bl:")}
    assert TOPIC_OF.keys() - classes == names
    query = "SELECT ?class WHERE { ?class rdfs:subClassOf+ bl:Situation }"
    found = {f"bl:{row[0].value.rsplit('#', 1)[1]}" for row in ask_store(real, query, PREFIXES).rows()}  # type: ignore[union-attr]
    assert classes <= {*found, "bl:Situation"}
    listed = " ".join(sorted(classes))
    query = f"""SELECT ?class WHERE {{
      ?class rdfs:subClassOf+ bl:Situation
      FILTER NOT EXISTS {{
        VALUES ?known {{ {listed} }} ?class rdfs:subClassOf* ?known FILTER(?known != bl:Situation)
      }}
    }}"""
    assert ask_store(real, query, PREFIXES).rows() == []


@pytest.mark.parametrize("place", ["region:pavlodar", "region:omsk", "region:smolensk", "borderland:russia-belarus"])
def test_real_situations_are_all_counted(real: ox.Store, place: str) -> None:
    """As many situations of a place as a query by property paths finds, and the sources of their claims."""
    query = f"""SELECT DISTINCT ?fact ?source WHERE {{
      {{ ?inside bl:locatedIn {place} }}
      UNION {{ {place} bl:alongBorder ?inside }}
      UNION {{ BIND ({place} AS ?inside) }}
      ?fact bl:participant+ ?inside . ?claim bl:supports ?fact ; bl:statedIn ?source }}"""
    expected = {(row[0].value, row[1].value) for row in ask_store(real, query, PREFIXES).rows()}  # type: ignore[union-attr]
    assert expected
    counted = [fact for fact in read_facts(real) if expand(place) in fact.places and "/claim/" not in fact.iri]
    assert {(fact.iri, source) for fact in counted for source in fact.sources} == expected


def test_real_table_of_unemployment(real: ox.Store) -> None:
    """The rate is printed for 18 regions, 11 Russian ones and 7 of Kazakhstan, all in 2019, by one source."""
    chosen = choose_topic(real, "unemployment")
    assert (chosen.topic, chosen.entry) == ("work", "indicator:unemployment-rate")
    found = [fact for fact in read_facts(real) if chosen.holds(fact) and "observation/" in fact.iri]
    regions = {place for fact in found for place in fact.places if "/region/" in place}
    text = "".join(path.read_text("utf-8") for path in (ROOT / "data" / "stats").glob("stepanov-2020-table-1*.ttl"))
    assert len(regions) == text.count("bl:hasIndicator indicator:unemployment-rate") == 18  # noqa: PLR2004
    assert {period for fact in found for period in fact.periods} == {"2010s"}


def test_real_claims_have_locators(real: ox.Store) -> None:
    """An opened cell tells of each claim who says so and where."""
    facts = [fact for fact in read_facts(real) if expand("region:omsk") in fact.places]
    rows = opened(real, facts)
    assert len(rows) == sum(len(fact.claims) for fact in facts)
    assert [row for row in rows if not row[5] or not row[6]] == []


def test_topics_and_periods_asked_for(real: ox.Store) -> None:
    """A topic by its name or the words of one entry; several or none, and what is no period, is told."""
    assert choose_topic(real, "Trade").topic == "trade"
    assert choose_topic(real, "bl:LanguagePolicy").entry == "bl:LanguagePolicy"
    with pytest.raises(UsageError, match="may be any of these: .*indicator:population-share"):
        choose_topic(real, "share")
    with pytest.raises(UsageError, match="Did you mean migration"):
        choose_topic(real, "migratoin")
    assert choose_period("19th  Century") == "19th century"
    for wrong in ("199", "1995", "90s", "now"):
        with pytest.raises(UsageError, match="is no period"):
            choose_period(wrong)


def test_command(real_project: Project) -> None:
    """Each format tells the same; what is not known is never a number."""
    root = Path(real_project.root)
    told = json.loads(kg(root, "coverage", "Omsk Region", "--topic", "unemployment", "--format", "json").out)
    assert [(row["fact"], row["periods"]) for row in told] == [
        ("observation:stepanov-2020-omsk-unemployment", "2010s"),
    ]  # fmt: skip
    assert "6.7" in kg(root, "coverage", "Omsk Region", "--topic", "unemployment").out
    table = list(csv.DictReader(io.StringIO(kg(root, "coverage", "--format", "csv").out)))
    records = json.loads(kg(root, "coverage", "--format", "json").out)
    assert [int(row["facts"]) for row in table] == [record["facts"] for record in records]
    assert min(record["facts"] for record in records) > 0
    trade = json.loads(kg(root, "coverage", "--topic", "trade", "--period", "2010s", "--format", "json").out)
    assert {(record["topic"], record["period"]) for record in trade} == {("trade", "2010s")}
    assert all(record in records for record in trade)
    empty = json.loads(kg(root, "coverage", "--empty", "--format", "json").out)
    assert {record["facts"] for record in empty} == {None}
    assert {(it["place"], it["topic"]) for it in empty}.isdisjoint((it["place"], it["topic"]) for it in records)
    done = kg(root, "coverage", "--by", "borderland", COLUMNS="60")
    assert max(map(len, done.out.split("\n\n")[0].split("\n"))) <= 60  # noqa: PLR2004
    assert "no source says anything" in done.out
    assert kg(root, "coverage", "--by", "state", "--format", "md").out.count("\n") == 5  # noqa: PLR2004


def test_wrong_use(small: Path) -> None:
    """Every mistake is told with what to do; an empty cell is an answer, and says what it means."""
    for arguments in (["Nowhere"], ["--topic", "weather"], ["--period", "soon"], ["--source", "nobody"]):
        done = kg(small, "coverage", *arguments)
        assert (done.code, done.out) == (2, ""), arguments
        assert done.err
    done = kg(small, "coverage", "Norland", "--topic", "migration")
    assert (done.code, done.out) == (0, "")
    assert "no source says anything" in done.err
