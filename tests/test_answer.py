"""What an answer holds beyond its rows: grounds, inference, disputes, periods, and what it means if it is empty."""

from __future__ import annotations

import csv
import datetime
import io
import json
import os
import pty
import subprocess
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from conftest import build_of, command, environment, kg
from kg.answer.asked import Question
from kg.answer.disputes import disputed_things
from kg.answer.emptiness import values_with_rows
from kg.answer.full import FullAnswer
from kg.answer.grounds import claims_of
from kg.answer.period import END_UNKNOWN, NO_PERIOD, START_UNKNOWN, VAGUE, edtf, moment, spans_of
from kg.errors import UsageError
from kg.names import label, languages
from kg.namespaces import BL, INFERRED, PREFIXES
from kg.query import bind
from kg.results import render
from kg.store import ask_store

HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
DATA = """
region:a a bl:Region ; skos:prefLabel "A Land"@en , "Край А"@ru , "Ä"@de .
region:b a bl:Region ; skos:prefLabel "Край Б"@ru , "Б елі"@kk .
region:c a bl:Region ; skos:prefLabel "C Land"@en .

flow:old a bl:CommodityFlow ; bl:flowFrom region:a ; bl:holdsDuring span:old .
flow:new a bl:CommodityFlow ; bl:flowFrom region:a ; bl:holdsDuring span:new .
flow:never-dated a bl:CommodityFlow ; bl:flowFrom region:a .
flow:b a bl:CommodityFlow ; bl:flowFrom region:b .

observation:length a bl:Observation ; bl:observed region:a ; bl:value 7598.5 .
observation:printed a bl:Observation ; bl:observed region:a ; bl:value 1369 .

span:old bl:timeNote "1990/199X" ; bl:startYear 1990 ; bl:endYear 1999 .
span:new bl:startYear 2010 ; bl:timeNote "2010-07/.." .

source:x skos:prefLabel "X 2020"@en ; bl:publicationYear 2020 .
source:y skos:prefLabel "Y"@en ; bl:acceptedDate "2022-03" .
source:z skos:prefLabel "Z | and co."@en .
strength:possible skos:prefLabel "possible"@en , "возможно"@ru .
ground:interviews skos:prefLabel "interviews"@en .
evidence:talks bl:evidenceKind ground:interviews .

claim:x-old bl:statedIn source:x ; bl:supports flow:old ; bl:hasLocator locator:x-1 .
claim:y-old bl:statedIn source:y ; bl:supports flow:old ; bl:hasLocator locator:y-1 ; bl:strength strength:possible ;
    bl:basedOn evidence:talks ; bl:attributedTo source:z .
claim:x-length bl:statedIn source:x ; bl:supports observation:length ; bl:hasLocator locator:x-1 .
claim:y-length bl:statedIn source:y ; bl:gloss "Longer."@en .
claim:about bl:statedIn source:x ; bl:about region:c .
locator:x-1 bl:page "5" ; bl:keyTerm "coal" .
locator:y-1 bl:section "2" .

disagreement:length bl:hasSide claim:x-length , claim:y-length .
correction:printed bl:corrects observation:printed .
"""
INFERENCE = "flow:new bl:suppliesTo region:c . flow:old bl:suppliesTo region:c ."
ENTRY: dict[str, Any] = {
    "question": "What leaves a region?",
    "evidence": ["flow"],
    "columns": {"flow": "the flow"},
    "params": {"region": {"type": "iri", "class": BL + "Region", "example": "region:a", "help": "a region"}},
    "text": """SELECT DISTINCT ?flow
WHERE {
  VALUES ?region { <https://w3id.org/borderlands/id/region/a> }
  ?flow <https://w3id.org/borderlands/ont#flowFrom> ?region .
}
ORDER BY ?flow
""",
}
FIGURES: dict[str, Any] = {
    "question": "How much?",
    "evidence": ["figure"],
    "params": {},
    "text": f"SELECT ?figure ?value WHERE {{ ?figure <{BL}value> ?value }} ORDER BY ?figure ?value",
}


def store_of(data: str, inferred: str = "") -> ox.Store:
    """A store with the data in one named graph, and what follows from them in the inferred one."""
    store = ox.Store()
    for text, graph in ((data, "https://w3id.org/borderlands/graph/data"), (inferred, INFERRED)):
        store.load(HEAD + text, format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(graph))
    return store


@pytest.fixture(scope="module")
def store() -> ox.Store:
    """The small graph of this file."""
    return store_of(DATA, INFERENCE)


def thing(name: str) -> ox.NamedNode:
    """The node of a prefixed name."""
    prefix, _, local = name.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + local)


def answered(
    store: ox.Store, entry: dict[str, Any], evidence: bool = False, at: str | None = None, **given: str
) -> FullAnswer:
    """A query's answer with what is known of its rows."""
    catalogue = {"q": entry}
    text = bind(store, catalogue, "q", given)
    question = Question(catalogue, "q", given, text, disputed_things(store))
    return question.complete(store, ask_store(store, text), evidence, at)


def flows(answer: FullAnswer) -> list[str]:
    """The last parts of the IRIs in the first column."""
    return [str(row[0]).rstrip(">").rpartition("/")[2] for row in answer.rows]


# --- grounds ---------------------------------------------------------------------------------


def test_every_claim_behind_a_row(store: ox.Store) -> None:
    """Each claim is told with source, year, spot, kind of evidence, strength and whom it credits."""
    answer = answered(store, ENTRY, evidence=True, region="region:a")
    assert flows(answer) == ["never-dated", "new", "old"]
    text = render(store, answer, "table", 100).decode()
    assert "[1] X 2020, p. 5, “coal”\n" in text
    assert "[2] Y, 2022, sec. 2; evidence: interviews; strength: possible; credited to Z | and co.\n" in text
    assert [line.split()[-2:] for line in text.splitlines() if "flow:old" in line] == [["[1]", "[2]"]]
    assert [len(found) for found in answer.grounds or ()] == [0, 0, 2]


def test_evidence_as_columns(store: ox.Store) -> None:
    """In CSV the claims of a row stand in the same order in each column, with nothing lost where one is silent."""
    answer = answered(store, ENTRY, evidence=True, region="region:a")
    rows = list(csv.DictReader(io.StringIO(render(store, answer, "csv", 100).decode())))
    assert {key: value for key, value in rows[2].items() if key != "flow"} == {
        "evidence_claim": PREFIXES["claim"] + "x-old | " + PREFIXES["claim"] + "y-old",
        "evidence_source": "X 2020 | Y", "evidence_locator": "p. 5, “coal” | sec. 2", "evidence_year": "2020 | 2022",
        "evidence_kind": " | interviews", "evidence_strength": " | possible",
        "evidence_attributed": " | Z / and co.", "inferred": "false", "disputed": "",
    }  # fmt: skip


@pytest.mark.parametrize("form", ["json", "xml", "tsv", "csv"])
def test_results_formats_stay_valid(form: str, store: ox.Store) -> None:
    """An answer with evidence is still what the W3C formats say: it is read back by another program."""
    answer = answered(store, ENTRY, evidence=True, at="2020", region="region:a")
    content = render(store, answer, form, 100)
    if form == "csv":  # has no types, and so no reader
        rows = list(csv.reader(io.StringIO(content.decode())))
        assert len({len(row) for row in rows}) == 1
        return
    formats = {"json": ox.QueryResultsFormat.JSON, "xml": ox.QueryResultsFormat.XML, "tsv": ox.QueryResultsFormat.TSV}
    read = ox.parse_query_results(content, format=formats[form])
    assert isinstance(read, ox.QuerySolutions)
    assert [variable.value for variable in read.variables][-3:] == ["inferred", "disputed", "undated"]
    no = ox.Literal("false", datatype=ox.NamedNode(PREFIXES["xsd"] + "boolean"))
    assert [row["inferred"] for row in read] == [no] * 2


def test_claims_and_things_of_no_situation(store: ox.Store) -> None:
    """A claim is its own ground; what no claim states has the claims about it."""
    assert claims_of(store, thing("claim:y-length")) == [thing("claim:y-length")]
    assert claims_of(store, thing("region:c")) == [thing("claim:about")]
    assert claims_of(store, thing("flow:old")) == [thing("claim:x-old"), thing("claim:y-old")]
    assert claims_of(store, thing("flow:b")) == []


def test_what_needs_inference_is_marked(store: ox.Store) -> None:
    """A row that the asserted graphs alone give is not marked, one that they do not give is."""
    only = {**FIGURES, "text": f"SELECT ?flow WHERE {{ ?flow <{BL}suppliesTo> ?to }} ORDER BY ?flow"}
    either = f"SELECT ?flow WHERE {{ {{ ?flow <{BL}suppliesTo> ?to }} UNION {{ ?flow <{BL}flowFrom> ?from }} }}"
    assert answered(store, only, evidence=True).inferred == [True, True]
    assert set(answered(store, {**only, "text": f"{either} ORDER BY ?flow"}, evidence=True).inferred or ()) == {False}
    assert answered(store, only).inferred is None
    assert "‡ inferred" in render(store, answered(store, only, evidence=True), "md", 100).decode()


def test_a_wider_class_is_no_inference() -> None:
    """That a treaty is an agreement follows from its class; a class that follows from a property is inferred."""
    data = (
        "bl:Treaty rdfs:subClassOf bl:Agreement . bl:Agreement rdfs:subClassOf bl:Measure . "
        "measure:a a bl:Treaty . measure:b bl:signatory state:x . "
    )
    store = store_of(data, "measure:a a bl:Agreement , bl:Measure . measure:b a bl:Agreement , bl:Measure .")
    entry = {**FIGURES, "text": f"SELECT ?m WHERE {{ ?m a <{BL}Measure> }} ORDER BY ?m", "evidence": []}
    entry["columns"] = {"m": "a measure"}
    assert answered(store, entry, evidence=True).inferred == [False, True]


def test_inference_leaves_blank_nodes_out() -> None:
    """A row with a blank node, which has another name in another store, is not taken for inferred."""
    store = store_of("region:a bl:about [ bl:value 3 ] .")
    entry = {**FIGURES, "text": f"SELECT ?b ?v WHERE {{ ?b <{BL}value> ?v }} ORDER BY ?b ?v", "evidence": []}
    assert answered(store, entry, evidence=True).inferred == [False]


# --- disputes --------------------------------------------------------------------------------


def test_index_of_disputes(store: ox.Store) -> None:
    """Sides of disagreements, what they state, and what is corrected are in the index, and nothing else."""
    assert disputed_things(store) == {
        thing("claim:x-length").value: "disputed",
        thing("claim:y-length").value: "disputed",
        thing("observation:length").value: "disputed",
        thing("observation:printed").value: "corrected",
    }


@pytest.mark.parametrize("form", ["table", "md", "html"])
def test_disputed_figures_are_marked_in_every_answer(form: str, store: ox.Store) -> None:
    """The disputed thing and its figure have a mark, and a line says which command shows the other side."""
    text = render(store, answered(store, FIGURES), form, 100).decode()
    assert "disputed: kg disputes observation:length" in text
    assert "corrected: kg disputes observation:printed" in text
    mark = '<sup><abbr title="disputed or corrected">†</abbr></sup>' if form == "html" else "†"
    assert f"7598.5{mark}" in text
    undisputed = answered(store, {**FIGURES, "evidence": []})
    assert "†" not in render(store, undisputed, form, 100).decode()


def test_undisputed_rows_have_no_mark(store: ox.Store) -> None:
    """What nobody disputes is not marked."""
    assert "†" not in render(store, answered(store, ENTRY, region="region:a"), "table", 100).decode()


# --- periods ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("span", "at", "said"),
    [
        ("2013", "2013", ""), ("2013", "2013-05", ""), ("2013", "2014", None), ("2013", "2012-12-31", None),
        ("2013/2019", "2016", ""), ("2013/2019", "2019-12-31", ""), ("2013/2019", "2020", None),
        ("2018/..", "2030", ""), ("2018/..", "2017", None), ("../2010", "1700", ""), ("../2010", "2011", None),
        ("/2020-10", "2019", START_UNKNOWN), ("/2020-10", "2020-10-31", START_UNKNOWN), ("/2020-10", "2020-11", None),
        ("1996/", "1996", ""), ("1996/", "1995", None), ("1996/", "2005", END_UNKNOWN),
        ("1996/", "1996-06", END_UNKNOWN), ("199X", "1995", VAGUE), ("199X", "2000", None), ("199X", "1989", None),
        ("19XX", "1950", VAGUE), ("199X/..", "1995", VAGUE), ("199X/..", "2005", ""), ("1730/188X", "1800", ""),
        ("1730/188X", "1885", VAGUE), ("1730/188X", "1890", None), ("17XX/18XX", "1750", VAGUE),
        ("2020~", "2020", VAGUE), ("2020~", "2021", VAGUE), ("2020~", "2022", None), ("2020~", "2018", None),
        ("2020-01~", "2019-12", VAGUE), ("2020-01~", "2019-11", None), ("1995~/1999", "1998", ""),
        ("1995~/1999", "1995-06", VAGUE), ("2005-06-02", "2005-06", ""), ("2005-06-02", "2005-06-03", None),
        ("2020-10", "2020", ""), ("2005-06-02/", "2005-06-01", None), ("2005-06-02/", "2005-07", END_UNKNOWN),
    ],
)  # fmt: skip
def test_what_holds_at_a_time(span: str, at: str, said: str | None) -> None:
    """A span against a time: surely, surely not, or why nobody can tell."""
    read = edtf(span)
    assert read is not None
    assert read.holds(*moment(at)) == said


def test_text_that_is_no_span() -> None:
    """What is no date is not read as one."""
    assert [edtf(text) for text in ("spring 2019", "2019-13", "2019/spring", "X019")] == [None] * 4


def test_moments() -> None:
    """A year, a month and a day stand for all their days; anything else is refused with an example."""
    assert moment("2020-02") == (datetime.date(2020, 2, 1), datetime.date(2020, 2, 29))
    assert moment("1999-12") == (datetime.date(1999, 12, 1), datetime.date(1999, 12, 31))
    assert moment("9999") == (datetime.date(9999, 1, 1), datetime.date.max)
    for text in ("2020-13", "2020-02-30", "20", "yesterday", "2020-1", "0000", "2020 }", ""):
        with pytest.raises(UsageError, match="such as 2014, 2014-08 or 2014-08-31"):
            moment(text)


def test_rows_of_another_time_are_left_out(store: ox.Store) -> None:
    """Rows that hold then stay, undated ones are marked, and the answer counts both."""
    answer = answered(store, ENTRY, at="2015", region="region:a")
    assert (flows(answer), answer.undated, answer.left_out) == (["never-dated", "new"], [NO_PERIOD, ""], 1)
    answer = answered(store, ENTRY, at="1992", region="region:a")
    assert (flows(answer), answer.undated, answer.left_out) == (["never-dated", "old"], [NO_PERIOD, VAGUE], 1)
    text = render(store, answer, "table", 100).decode()
    assert "as of 1992: 1 row was left out: it holds at another time only\n" in text
    assert "as of 1992: 2 rows are kept though undated or vaguely dated; each says why\n" in text
    assert flows(answered(store, ENTRY, at="2005", region="region:a")) == ["never-dated"]


def test_spans_by_years_and_days() -> None:
    """A span without a note is read from its days, else from its years; what is missing is unknown."""
    store = store_of(
        "flow:a bl:holdsDuring span:a . span:a bl:startYear 2000 ; bl:endYear 2003 ; "
        'bl:endDate "2003-05-01"^^xsd:date . flow:b bl:holdsDuring span:b . span:b bl:endYear 2003 .'
    )
    (span,) = spans_of(store, thing("flow:a"))
    assert [span.holds(*moment(at)) for at in ("1999", "2000", "2003-05-01", "2003-06")] == [None, "", "", None]
    (span,) = spans_of(store, thing("flow:b"))
    assert [span.holds(*moment(at)) for at in ("1900", "2003", "2004")] == [START_UNKNOWN, START_UNKNOWN, None]


def test_claims_endings_and_renamings() -> None:
    """A claim has the time of what it states; an event ends what it is said to end; a name lasts to the next one."""
    store = store_of(
        """
        measure:ban bl:holdsDuring span:2014-on . span:2014-on bl:timeNote "2014/" .
        event:end bl:ends measure:ban ; bl:holdsDuring span:2019 . span:2019 bl:timeNote "2019" .
        claim:c bl:statedIn source:x ; bl:supports measure:ban .
        event:first a bl:RenamingEvent ; bl:renamedPlace settlement:s ; bl:holdsDuring span:1961 .
        event:second a bl:RenamingEvent ; bl:renamedPlace settlement:s ; bl:holdsDuring span:1992 .
        span:1961 bl:timeNote "1961" . span:1992 bl:timeNote "1992" .
        """
    )

    def held(name: str, *times: str) -> list[str | None]:
        (span,) = spans_of(store, thing(name))
        return [span.holds(*moment(at)) for at in times]

    assert held("claim:c", "2013", "2016", "2020") == [None, "", None]
    assert held("event:first", "1960", "1975", "1993") == [None, "", None]
    assert held("event:second", "1991", "2024") == [None, ""]


# --- languages -------------------------------------------------------------------------------


def test_languages_in_order(store: ox.Store) -> None:
    """The first language asked for that there is, then English, Russian, Kazakh, Belarusian, then any by its tag."""
    assert languages(None) == ("en", "ru", "kk", "be")
    assert languages("kk, RU") == ("kk", "ru", "en", "be")
    for text in ("", "ru,", "русский", "r", 'ru"'):
        with pytest.raises(UsageError, match="is no language"):
            languages(text)
    shown = {
        (name, order): label(store, thing(name), languages(order))
        for name in ("region:a", "region:b")
        for order in (None, "ru", "kk,ru", "de", "be,kk", "fr")
    }
    assert shown == {
        ("region:a", None): "A Land", ("region:a", "ru"): "Край А", ("region:a", "kk,ru"): "Край А",
        ("region:a", "de"): "Ä", ("region:a", "be,kk"): "A Land", ("region:a", "fr"): "A Land",
        ("region:b", None): "Край Б", ("region:b", "ru"): "Край Б", ("region:b", "kk,ru"): "Б елі",
        ("region:b", "de"): "Край Б", ("region:b", "be,kk"): "Б елі", ("region:b", "fr"): "Край Б",
    }  # fmt: skip


# --- emptiness -------------------------------------------------------------------------------


def test_nobody_says_so(store: ox.Store) -> None:
    """A thing of which nothing of the kind is said: the answer names those of which it is."""
    answer = answered(store, ENTRY, region="region:c")
    assert answer.nothing == (
        "Not stated by any source of the graph, which does not mean that there is none.\n"
        "Nothing of this kind is said of C Land; for --region, 2 others (bl:Region) have rows: A Land, Край Б"
    )
    assert answer.nothing.splitlines()[0] in render(store, answer, "table", 200).decode().splitlines()
    assert answered(store, ENTRY, region="region:a").nothing == ""


def test_known_to_be_none(store: ox.Store) -> None:
    """Where the graph lists all there are, nothing means none, for the reason that the header gives."""
    closed = {**ENTRY, "closed": True, "closed-note": "every region is entered with its flows"}
    assert answered(store, closed, region="region:c").nothing == (
        "Known to be none: every region is entered with its flows."
    )


def test_stated_for_another_time_only() -> None:
    """Rows that hold at another time are no gap, even where the list is closed."""
    store = store_of(DATA.replace("flow:never-dated a bl:CommodityFlow ; bl:flowFrom region:a .", ""))
    answer = answered(store, {**ENTRY, "closed": True, "closed-note": "all"}, at="2005", region="region:a")
    assert answer.nothing == (
        "Stated only for another time: 2 rows hold, but not as of 2005; leave out --as-of to see."
    )
    content = json.loads(render(store, answer, "json", 100))
    assert content == {"head": {"vars": ["flow", "undated"]}, "results": {"bindings": []}}


def test_other_values_with_rows(store: ox.Store) -> None:
    """The parameter is varied and nothing else; what is grouped or cannot be varied is left alone."""
    bound = bind(store, {"q": ENTRY}, "q", {"region": "region:c"})
    both = [thing("region:a"), thing("region:b")]
    assert values_with_rows(store, bound, "region", BL + "Region") == both
    assert values_with_rows(store, bound + "LIMIT 1", "region", BL + "Region") == both
    assert values_with_rows(store, bound + "GROUP BY ?flow", "region", BL + "Region") == []
    assert values_with_rows(store, bound, "region", BL + "Commodity") == []


# --- on the command line ---------------------------------------------------------------------

FLOWS = ("query", "flows", "--region", "region:north-shore")
NONE = ("query", "flows", "--region", "region:south-shore")
UNSTATED = "Not stated by any source of the graph, which does not mean that there is none."


def test_build_writes_the_index(small: Path) -> None:
    """The build notes which things are disputed; the small project has none."""
    build = build_of(small)
    assert build.manifest["disputes"] == build.disputes == {}


def test_evidence_and_time_on_the_command_line(small: Path) -> None:
    """The options of `kg query` reach the answer, in any place among the parameters."""
    done = kg(small, "query", "flows", "--evidence", "--region", "region:north-shore", "--as-of", "2020")
    assert (done.code, done.err) == (0, "")
    assert "[2] report of 2020, sec. 2, “Shore Mine”" in done.out
    assert "as of 2020: 1 row is kept though undated" in done.out
    done = kg(small, *FLOWS, "--evidence", "--as-of", "2020", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(done.out))
    assert (row["evidence_year"], row["inferred"], row["undated"]) == ("2020", "true", NO_PERIOD)
    assert done.err == "kg: as of 2020: 1 row is kept though undated or vaguely dated; each says why\n"
    done = kg(small, *FLOWS, "--as-of", "soon")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("kg: “soon” is no date")


@pytest.mark.parametrize("form", ["csv", "json", "tsv", "xml", "geojson", "xlsx"])
def test_empty_answers_for_programs(form: str, small: Path, tmp_path: Path) -> None:
    """Where a program reads, what an empty answer means is said on standard error."""
    done = kg(small, *NONE, "--format", form, "--output", str(tmp_path / "answer"))
    assert (done.code, done.out) == (0, "")
    assert done.err.splitlines()[0] == f"kg: {UNSTATED}"
    assert "1 other (region) has rows: North Shore Region" in done.err
    full = kg(small, *FLOWS, "--format", form, "--output", str(tmp_path / "answer"))
    assert full.err == ""


@pytest.mark.parametrize("form", ["table", "md", "html"])
def test_empty_answers_for_people(form: str, small: Path) -> None:
    """Where people read, it stands in the text."""
    done = kg(small, *NONE, "--format", form)
    assert (done.code, done.err) == (0, "")
    assert UNSTATED in done.out


def test_query_without_evidence(small: Path) -> None:
    """A query whose rows no claim states says why."""
    done = kg(small, "query", "named", "--name", "The Shore", "--evidence")
    assert done.code == 0
    assert done.err == "kg: 'named' has no evidence: a name is the curators' word, not a claim\n"
    done = kg(small, "query", "names-graph", "--evidence")
    assert done.code == 2
    assert done.err == "kg: The answer of 'names-graph' has no rows: leave out --evidence and --as-of.\n"


def test_names_in_a_language(small: Path) -> None:
    """Names are in the language asked for where there is one; a wrong tag is refused."""
    assert "завод «Форд»" in kg(small, *FLOWS, "--lang", "ru").out
    assert "Ford Mill" in kg(small, *FLOWS, "--lang", "kk").out
    assert kg(small, *FLOWS, "--lang", "Russian!").code == 2


def test_output_file(small: Path, tmp_path: Path) -> None:
    """A file gets what standard output would get; one that cannot be written is an error."""
    target = tmp_path / "answer.md"
    done = kg(small, *FLOWS, "--format", "md", "--output", str(target))
    assert (done.code, done.out, done.err) == (0, "", "")
    assert target.read_text("utf-8") == kg(small, *FLOWS, "--format", "md").out
    assert kg(small, *FLOWS, "--output", "/dev/stdout").out == kg(small, *FLOWS).out
    done = kg(small, *FLOWS, "--output", str(tmp_path / "no" / "answer"))
    assert done.code == 3
    assert "cannot be written" in done.err


def test_no_workbook_on_a_terminal(small: Path, tmp_path: Path) -> None:
    """Bytes that a terminal cannot show are refused there, with advice, and written elsewhere."""
    ours, theirs = pty.openpty()
    done = subprocess.run(
        command(*FLOWS, "--format", "xlsx"), cwd=small, env=environment(small), stdout=theirs, stderr=subprocess.PIPE,
        timeout=60, check=False,
    )  # fmt: skip
    os.close(theirs)
    os.close(ours)
    assert done.returncode == 2
    assert done.stderr.decode() == "kg: A terminal cannot show xlsx.\n  Write it to a file: --output FILE.\n"
    assert kg(small, *FLOWS, "--format", "xlsx", "--output", str(tmp_path / "a.xlsx")).code == 0
    assert (tmp_path / "a.xlsx").read_bytes()[:2] == b"PK"


def test_reference_engine_has_evidence(small: Path) -> None:
    """The answer of the reference engine has the same evidence."""
    wanted = (*FLOWS, "--evidence", "--format", "csv")
    assert kg(small, *wanted, "--engine", "rdflib").out == kg(small, *wanted).out
