"""The command line as a user meets it: help, answers, formats, and each wrong use with its message and exit code."""

from __future__ import annotations

import csv
import io
import json
import os
import resource
import shlex
import shutil
import subprocess
import time
import xml.etree.ElementTree as ET
from importlib import import_module
from pathlib import Path

import pyoxigraph as ox
import pytest

from conftest import ROOT, Done, add, change, command, environment, kg, rebuild
from kg import arguments, commands, options, pipeline, results, shacl
from kg.files import Project
from kg.namespaces import PREFIXES

PLACES = "data/places/places.ttl"
FLOWS = ("query", "flows", "--region", "region:north-shore")
MODULES = [(name, import_module(f"kg.commands.{name}")) for name in commands.NAMES]
# Each command with its summary and its epilog.
COMMANDS = [entry[:3] for entry in arguments.COMMANDS] + [(name, of.SUMMARY, of.MORE) for name, of in MODULES]
ID = "https://w3id.org/borderlands/id/"


# --- help ------------------------------------------------------------------------------------


def test_help_names_every_command_and_exit_code(tmp_path: Path) -> None:
    """`kg --help` needs no graph, lists each command with what it does, and explains the exit codes."""
    done = kg(tmp_path, "--help")
    assert (done.code, done.err) == (0, "")
    for name, summary, _ in COMMANDS:
        assert f"    {name}" in done.out
        assert summary in " ".join(done.out.split())
    assert "  4  out of time" in done.out
    assert max(map(len, done.out.splitlines())) <= 100


@pytest.mark.parametrize(("name", "summary", "more"), COMMANDS, ids=[name for name, *_ in COMMANDS])
def test_help_of_each_command(name: str, summary: str, more: str, tmp_path: Path) -> None:
    """`kg COMMAND --help` needs no graph and says what the command does, with an example or an explanation."""
    done = kg(tmp_path, name, "--help")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"usage: kg {name} ")
    assert summary[1:] in " ".join(done.out.split())
    assert more
    assert more in done.out
    assert "--project DIR" in done.out


@pytest.mark.parametrize("name", ["flows", "named", "sources-since", "names-graph"])
def test_help_of_each_question(name: str, small: Path) -> None:
    """`kg query NAME --help` gives the question, the parameters, the columns, and an example that runs."""
    done = kg(small, "query", name, "--help")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"kg query {name}\n\n")
    assert done.out == kg(small, "query", name, "-h").out
    example = done.out.rpartition("example:\n  kg ")[2].strip()
    run = kg(small, *shlex.split(example))
    assert (run.code, run.err) == (0, "")
    assert run.out


def test_help_of_a_question_with_parameters(small: Path) -> None:
    """The help of a question tells what each parameter takes and which may be left out."""
    done = kg(small, "query", "flows", "--help")
    assert "  --region  a region of a state; for example region:north-shore\n" in done.out
    assert "  --plant  the plant that it reaches (may be left out: all); for example facility:ford-mill\n" in done.out
    assert "  locator  the spot in the document\n" in done.out


def test_constants_for_help_agree_with_the_modules() -> None:
    """The formats, engines and reasoners that help names without importing anything are those that there are."""
    assert options.FORMATS == results.FORMATS
    assert tuple(pipeline.EXPORT_FORMATS) == options.EXPORT_FORMATS
    assert options.REASONERS == pipeline.REASONERS
    assert options.VALIDATORS == shacl.VALIDATORS
    assert set(options.RESERVED) <= set(vars(arguments.parse(["query"])))


def test_quick_reading_is_the_long_one() -> None:
    """A plain question is read the short way, with the same result as by the whole parser."""
    plain = ["query", "flows", "--region", "Омская область", "--format", "csv", "--project", "x"]
    short, long = options.quick(plain), arguments.parse(plain)
    assert short is not None
    assert {**vars(short), "print_help": None} == {**vars(long), "print_help": None}


@pytest.mark.parametrize(
    "given",
    [
        [], ["query"], ["build"], ["query", "--help"], ["query", "flows", "--help"], ["query", "flows", "--region"],
        ["query", "flows", "--region", "--plant"], ["query", "flows", "--region=x", "y"], ["query", "a", "b", "c"],
        ["query", "flows", "--format", "pdf"], ["query", "flows", "--timeout", "1"],
        ["query", "flows", "--engine", "rdflib"],
    ],
)  # fmt: skip
def test_what_is_not_plain_is_read_the_long_way(given: list[str]) -> None:
    """Help, mistakes and rarer options are left to the whole parser."""
    assert options.quick(given) is None


# --- answers ---------------------------------------------------------------------------------


def test_list_of_questions(small: Path) -> None:
    """`kg query` alone lists the questions by topic, with their parameters, those that may be left out in brackets."""
    done = kg(small, "query")
    assert (done.code, done.err) == (0, "")
    headings = [line for line in done.out.splitlines() if line and line[0] != " "]
    assert headings == ["borderland and regions", "chains and flows", "sources and citations"]
    assert "\nchains and flows\n  flows --region … [--plant …]\n      What leaves a region?\n\nsources" in done.out


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("leaves region", ["flows"]),
        ("Region", ["flows", "names-graph", "named"]),
        ("регионы", ["flows", "names-graph"]),
        ("РЕГИОНА вывоз", ["flows"]),
        ("older than", ["sources-since"]),
        ("zeppelin name", ["named", "names-graph"]),
        ("zeppelin", []),
        ("?!", []),
        ("", []),
    ],
)
def test_search_of_questions(words: str, found: list[str], small: Path) -> None:
    """`kg query --search` lists the questions that speak of most of the words, best first, whatever their endings."""
    done = kg(small, "query", "--search", words)
    listed = [line.split()[0] for line in done.out.splitlines() if line[2] != " "]
    assert (done.code, listed) == (0, found)
    assert done.err == ("" if found else f"kg: no question speaks of “{words}”; `kg query` lists them all\n")


def test_list_of_the_real_questions(real_project: Project) -> None:
    """Each query file of the project is listed, at least eight of them."""
    out = kg(Path(real_project.root), "query").out
    listed = {line.split()[0] for line in out.splitlines() if line.startswith("  ") and line[2] != " "}
    assert {path.stem for path in (ROOT / "queries").glob("*.rq")} == listed
    assert len(listed) >= 8


FLOW = {
    "flow": ID + "flow/ore", "from": ID + "facility/shore-mine", "plant": ID + "facility/ford-mill",
    "source": ID + "source/report", "locator": ID + "locator/report-2",
}  # fmt: skip


def test_table(small: Path) -> None:
    """A table shows things by name, the number of rows, and the spots in the source as notes."""
    done = kg(small, *FLOWS)
    assert (done.code, done.err) == (0, "")
    assert done.out == (
        "flow      from        plant      source          locator\n"
        "────────  ──────────  ─────────  ──────────────  ───────\n"
        "flow:ore  Shore Mine  Ford Mill  report of 2020  [1]\n\n"
        "1 row\n\n"
        "[1] sec. 2, “Shore Mine”\n"
    )
    assert done.out == kg(small, *FLOWS, "--format", "table").out


def test_markdown(small: Path) -> None:
    """A table for Markdown has the locator in its cell."""
    assert kg(small, *FLOWS, "--format", "md").out.splitlines() == [
        "| flow | from | plant | source | locator |",
        "| --- | --- | --- | --- | --- |",
        "| flow:ore | Shore Mine | Ford Mill | report of 2020 | sec. 2, “Shore Mine” |",
    ]


@pytest.mark.parametrize("engine", options.ENGINES)
@pytest.mark.parametrize("form", ["csv", "json", "tsv", "xml"])
def test_formats_for_programs(form: str, engine: str, small: Path) -> None:
    """Each format of W3C for rows gives the same terms, in both engines, and parses."""
    done = kg(small, *FLOWS, "--format", form, "--engine", engine)
    assert (done.code, done.err) == (0, "")
    if form == "csv":
        rows = list(csv.DictReader(io.StringIO(done.out)))
    elif form == "json":
        bindings = json.loads(done.out)["results"]["bindings"]
        rows = [{name: term["value"] for name, term in row.items()} for row in bindings]
    elif form == "tsv":
        head, *lines = (line.split("\t") for line in done.out.splitlines())
        rows = [dict(zip([name[1:] for name in head], [cell[1:-1] for cell in line], strict=True)) for line in lines]
    else:
        space = {"": "http://www.w3.org/2005/sparql-results#"}
        found = ET.fromstring(done.out).findall(".//result", space)  # noqa: S314 - our own output
        rows = [{str(cell.get("name")): str(cell[0].text) for cell in row} for row in found]
    assert rows == [FLOW]


@pytest.mark.parametrize("engine", options.ENGINES)
@pytest.mark.parametrize("form", results.GRAPH_FORMATS)
def test_formats_of_a_graph(form: str, engine: str, small: Path) -> None:
    """A CONSTRUCT is written in each RDF format with the same triples, in both engines; `ttl` is the usual one."""
    text = "CONSTRUCT { ?r skos:prefLabel ?n } WHERE { ?r a bl:Region ; skos:prefLabel ?n FILTER (LANG(?n) = 'en') }"
    done = kg(small, "sparql", text, "--format", form, "--engine", engine)
    assert (done.code, done.err) == (0, "")
    label = ox.NamedNode(PREFIXES["skos"] + "prefLabel")
    expected = {
        ox.Triple(ox.NamedNode(ID + iri), label, ox.Literal(name, language="en"))
        for iri, name in (("region/north-shore", "North Shore Region"), ("region/south-shore", "South Shore Region"))
    }
    found = ox.parse(done.out.encode(), format=results.GRAPH_FORMATS[form])
    assert expected == {quad.triple for quad in found}
    if form == "ttl":
        assert done.out == kg(small, "query", "names-graph", "--engine", engine).out


@pytest.mark.parametrize("engine", options.ENGINES)
@pytest.mark.parametrize(
    ("form", "yes"),
    [
        ("table", "yes\n"), ("md", "yes\n"), ("csv", "true\n"), ("tsv", "true\n"), ("json", '"boolean"'),
        ("xml", "boolean>true<"),
    ],
)  # fmt: skip
def test_truth(form: str, yes: str, engine: str, small: Path) -> None:
    """An ASK is answered in words, or in the formats of W3C."""
    done = kg(small, "sparql", "ASK { region:north-shore a bl:Region }", "--format", form, "--engine", engine)
    assert (done.code, done.err) == (0, "")
    assert yes in done.out


@pytest.mark.parametrize(
    ("text", "form"),
    [("SELECT * { ?s a bl:Region }", "ttl"), ("ASK {}", "nt"), ("CONSTRUCT WHERE { ?s a bl:Region }", "csv"),
     ("DESCRIBE region:north-shore", "table")],
)  # fmt: skip
def test_wrong_kind_of_format(text: str, form: str, small: Path) -> None:
    """Rows are not written as a graph, nor a graph as rows; the message names the formats that fit."""
    done = kg(small, "sparql", text, "--format", form)
    assert (done.code, done.out) == (2, "")
    assert f", not as {form}.\n" in done.err


def test_query_from_a_file(small: Path, tmp_path: Path) -> None:
    """`-f` asks the query of a file, the project's prefixes known, declared or not."""
    path = tmp_path / "вопрос.rq"
    path.write_text("# Регионы\nSELECT ?r WHERE { ?r a bl:Region } ORDER BY ?r\n", "utf-8")
    done = kg(small, "sparql", "-f", str(path), "--format", "csv")
    assert (done.code, done.out) == (0, f"r\n{ID}region/north-shore\n{ID}region/south-shore\n".replace("\n", "\r\n"))


def test_find(small: Path) -> None:
    """`kg find` finds things by a part of any name, the best match first, former names among them."""
    done = kg(small, "find", "icebound", "--format", "csv")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        "name,english_name,kind,thing,match,score",
        "Icebound Coast,North Shore Region,region,region:north-shore,beginning,1.00",
    ]
    found = kg(small, "find", "The Shore", "--format", "csv").out.splitlines()[1:]
    assert [line.partition(",")[0] for line in found] == ["The Shore", "The Shore", "section between the shores"]
    line = "| Ford Mill | Ford Mill | processing plant | facility:ford-mill | beginning |"
    assert line in kg(small, "find", "ford m", "--format", "md").out
    assert "завод «Форд»  Ford Mill     processing plant  facility:ford-mill  beginning\n" in kg(
        small, "find", "завод").out  # fmt: skip


def test_find_what_is_like_a_name(small: Path) -> None:
    """A name with a typing error is found, with its likeness; a person reads it beside the kind of match."""
    (row,) = json.loads(kg(small, "find", "Ford Mlil", "--format", "json").out)
    assert row == {
        "name": "Ford Mill", "english_name": "Ford Mill", "kind": "processing plant", "thing": "facility:ford-mill",
        "match": "like", "score": 0.89,
    }  # fmt: skip
    assert "facility:ford-mill  like 0.89\n" in kg(small, "find", "Ford Mlil").out


def test_find_of_a_class_and_of_so_many(small: Path) -> None:
    """Only things of the class are found, and at most so many; what is left out is told."""
    done = kg(small, "find", "shore", "--class", "Region", "--limit", "1", "--format", "csv")
    assert (done.code, done.out.count("\n")) == (0, 2)
    assert ",region," in done.out
    assert done.err == "kg: 1 of 2; --limit 2 shows all\n"
    whole = kg(small, "find", "shore", "--class", "bl:Region", "--format", "csv")
    assert (whole.out.count("\n"), whole.err) == (3, "")


def test_find_where_nothing_is_near(small: Path) -> None:
    """What is like no name is wrong use, and the message names the nearest."""
    done = kg(small, "find", "Norxxand", "--class", "state", "--format", "csv")
    assert (done.code, done.out) == (2, "")
    assert done.err == "kg: Nothing is called “Norxxand”, or nearly so. Did you mean state:norland (“Norland”)?\n"
    assert kg(small, "find", "qqqqqqq") == Done(2, "", "kg: Nothing is called “qqqqqqq”, or nearly so.\n")


def test_show(small: Path) -> None:
    """`kg show` prints names, classes, statements (what is inferred is marked) and who says so where."""
    done = kg(small, "show", "Ford Mill")
    assert (done.code, done.err) == (0, "")
    assert done.out == kg(small, "show", "facility:ford-mill").out
    assert done.out.splitlines() == [
        "Ford Mill",
        "facility:ford-mill, processing plant",
        "  names: Ford Mill (en); завод «Форд» (ru)",
        "",
        "what is said of it:",
        "  … has location: location:ford-mill-in-south-shore  [inferred]",
        "  … located in: South Shore Region  [inferred]",
        "  … located in: Sudland  [inferred]",
        "",
        "where it occurs:",
        "  flow:ore … flow to",
        "  location:ford-mill-in-south-shore … located",
        "",
        "who says so:",
        "  The ore of the Shore Mine goes to the Ford Mill.",
        "      report of 2020, sec. 2, “Shore Mine”",
        "  The report says where the shores, the mine and the mill are.",
        "      report of 2020, sec. 1, “Norland”",
    ]


def test_tables_keep_to_their_width(real_project: Project) -> None:
    """No line of a real answer is longer than 100 characters, whatever the names are like."""
    root = Path(real_project.root)
    shown = (
        ("query", "cross-border-chains"), ("query", "enterprises"), ("find", "e", "--limit", "9999"),
        ("query", "flows-of-region", "--region", "Оренбургская область"),
        ("query", "about-thing", "--thing", "region:orenburg"),
    )  # fmt: skip
    for words in shown:
        done = kg(root, *words)
        assert (done.code, done.err) == (0, "")
        assert done.out.count("\n") > 5
        assert [line for line in done.out.splitlines() if len(line) > 100] == []


def test_narrow_columns(small: Path) -> None:
    """A table follows COLUMNS where there is no terminal; a senseless value counts for nothing."""
    wide = kg(small, *FLOWS).out
    assert max(map(len, kg(small, *FLOWS, COLUMNS="45").out.splitlines())) <= 45
    for senseless in ("", "0", "-3", "wide"):
        assert wide == kg(small, *FLOWS, COLUMNS=senseless).out


# --- parameters ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    ["region:north-shore", f"<{ID}region/north-shore>", f"{ID}region/north-shore", "North Shore Region",
     "  north   SHORE region ", "Северобережная область", "Солтүстік ЖАҒА облысы", "Icebound Coast"],
)  # fmt: skip
def test_a_parameter_takes_any_name(value: str, small: Path) -> None:
    """An IRI, a prefixed name, and a present or former name in any language mean the same."""
    assert kg(small, *FLOWS).out == kg(small, "query", "flows", "--region", value).out
    assert kg(small, *FLOWS).out == kg(small, "query", "flows", f"--region={value}").out


def test_a_label_of_the_real_graph(real_project: Project) -> None:
    """A region of the real graph is asked for by its Russian name."""
    root = Path(real_project.root)
    done = kg(root, "query", "regions-across-border", "--region", "Оренбургская область")
    assert (done.code, done.err) == (0, "")
    assert "Aktobe Region  " in done.out


def test_left_out_parameter(small: Path) -> None:
    """A parameter that may be left out narrows the answer where it is given."""
    assert kg(small, *FLOWS).out == kg(small, *FLOWS, "--plant", "завод «Форд»").out


WRONG = [
    (("query", "flow"), "There is no canned query 'flow'. Did you mean flows?"),
    (("query", "x"), "There is no canned query 'x'.\n  `kg query` lists them all."),
    (("query", "../flows"), "There is no canned query '../flows'."),
    (("query", "flows"), "query 'flows' needs --region; it takes: region (for example region:north-shore), plant"),
    (("query", "flows", "--regoin", "x"), "query 'flows' has no parameter 'regoin'; it takes: region (for example"),
    (("query", "names-graph", "--region", "x"), "query 'names-graph' has no parameter 'region'; it takes: none"),
    (("query", "flows", "--region"), "query 'flows': --region has no value."),
    (("query", "flows", "--region", "a", "--region", "b"), "query 'flows': --region is given twice."),
    (("query", "flows", "North Shore Region"), "“North Shore Region” is no parameter of 'flows'"),
    (("query", "--region", "x", "--plant", "y"), "parameters are given as --name value."),
    (("query", "flows", "--region", "region:nort-shore"), "There is no region:nort-shore in the graph (for example "
     "region:north-shore). Did you mean region:north-shore"),
    (("query", "flows", "--region", "Nort Shore Region"), "No region is called “Nort Shore Region” (for example "
     "region:north-shore). Did you mean region:north-shore"),
    (("query", "flows", "--region", "Norland"), "No region is called “Norland”"),
    (("query", "flows", "--region", "state:norland"), "state:norland (Norland) is no region (for example"),
    (("query", "flows", "--region", ""), "No region is called “”"),
    (("query", "flows", "--region", "The Shore"), "“The Shore” may be any of these: region:north-shore, "
     "region:south-shore. Give the one that is meant."),
    (("query", "sources-since", "--year", "last"), "“last” is no whole number (for example 2020)."),
    (("query", "flows", "--search", "x"), "kg query --search WORDS, without a name."),
    (("query", "flows", "--region", "x", "--format", "pdf"), "invalid choice: 'pdf'"),
    (("query", "flows", "--region", "x", "--engine", "mysql"), "invalid choice: 'mysql'"),
    (("query", "flows", "--region", "x", "--timeout", "0"), "'0' is no number of seconds between 0 and 86400"),
    (("query", "flows", "--region", "x", "--timeout", "nan"), "'nan' is no number of seconds"),
    (("sparql",), "Give the query's text, or a file with -f FILE."),
    (("sparql", "ASK {}", "-f", "x.rq"), "Give the query's text, or a file with -f FILE."),
    (("sparql", "ASK {}", "--timeout", "1e9"), "'1e9' is no number of seconds"),
    (("sparql", "ASK {}", "ASK {}"), "kg sparql does not take ASK {}."),
    (("show", "nothing at all"), "No thing is called “nothing at all”."),
    (("show", "region:"), "There is no"),
    (("show", "<>"), "There is no <> in the graph."),
    (("show", "The Shore"), "“The Shore” may be any of these: region:north-shore, region:south-shore."),
    (("find",), "the following arguments are required: text"),
    (("find", "x", "--format", "xml"), "invalid choice: 'xml'"),
    (("find", "x", "--limit", "0"), "'0' is no whole number between 1 and 1000000"),
    (("find", "x", "--class", "regin"), "No class is called “regin”. Did you mean bl:Region (“region”)"),
    (("export", "--format", "pdf"), "invalid choice: 'pdf'"),
    (("export", "--asserted", "--inferred"), "not allowed with argument"),
    (("build", "--reasoner", "magic"), "invalid choice: 'magic'"),
    (("build", "now"), "kg build does not take now.\n  `kg build --help` teaches."),
    (("check", "--fast"), "kg check does not take --fast."),
    (("bild",), "invalid choice: 'bild'"),
    ((), "the following arguments are required: COMMAND"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "said"), WRONG, ids=[" ".join(row[0]) or "nothing" for row in WRONG])
def test_wrong_use(words: tuple[str, ...], said: str, small: Path) -> None:
    """A wrong use ends with exit code 2, nothing on standard output, and a message that says what is there."""
    done = kg(small, *words)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


BREAKOUTS = [
    "region:north-shore> } ; DROP ALL #", '"} UNION {', '" } UNION { ?thing ?p ?o } #', "a\nb", "a\r\nVALUES ?x { 1 }",
    "<x> } SELECT * { ?s ?p ?o }", "{", "}", "}}", "{{?s ?p ?o}}", "\\u007d", "\\u0022 } #", "\\\\u0022 } #", "\\",
    '\\"', "?region", "$region", "UNDEF", "region:north-shore region:south-shore",
    "region:north-shore }\nVALUES ?plant { UNDEF", f"<{ID}region/north-shore> <{ID}region/south-shore>",
    f"<{ID}region/north-shore\\u003e>", "region:north-shore\t}", "\u2028} UNION {", "--x", "#", "'''", '"""', "%7D",
    "\x1b[31mred", "()", "_:b", "bl:Region",
]  # fmt: skip


@pytest.mark.parametrize("value", BREAKOUTS)
def test_values_that_try_to_break_out(value: str, small: Path) -> None:
    """A value that is no thing is refused as a value, whatever it is made of; no row is shown for it."""
    done = kg(small, "query", "flows", f"--region={value}", "--format", "csv")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("kg: query 'flows', --region: ")
    assert "\x1b" not in done.err


@pytest.mark.parametrize(
    "value", ["2020 } UNION {", "2020.0", "1e3", "", "２０２０", "0x7E4", "2020\n}", "1" * 19, "--1"]
)
def test_numbers_that_are_none(value: str, small: Path) -> None:
    """Only a whole number in digits is one."""
    done = kg(small, "query", "sources-since", f"--year={value}", "--format", "csv")
    assert (done.code, done.out) == (2, "")
    assert "is no whole number (for example 2020)." in done.err


@pytest.mark.parametrize(("value", "rows"), [("2020", 1), (" 2019 ", 1), ("+2021", 0), ("-1", 1), ("0002020", 1)])
def test_numbers(value: str, rows: int, small: Path) -> None:
    """A whole number may have a sign, spaces around it and zeros before it."""
    done = kg(small, "query", "sources-since", f"--year={value}", "--format", "csv")
    assert (done.code, len(done.out.splitlines())) == (0, 1 + rows)


@pytest.mark.parametrize("engine", options.ENGINES)
def test_texts_that_try_to_break_out(engine: str, folder: Path) -> None:
    """A text is found letter for letter, and never as a part of the query."""
    hard = 'The "Shore" \\ } UNION { ?thing ?p ?o } # \\n'
    change(folder, PLACES, '"Icebound Coast"', '"The \\"Shore\\" \\\\ } UNION { ?thing ?p ?o } # \\\\n"')
    change(folder, PLACES, "bl:formerName", "skos:altLabel")
    rebuild(folder)
    given = ("--format", "csv", "--engine", engine)
    head, row = csv.reader(io.StringIO(kg(folder, "query", "named", f"--name={hard}", *given).out))
    assert (head, row) == (["thing", "name"], [ID + "region/north-shore", hard])
    for value in (*BREAKOUTS[:4], "\\u007d", "\\u0022 } #", "\\\\u0022 } #"):
        done = kg(folder, "query", "named", f"--name={value}", *given)
        assert (done.code, done.out.split()) == (0, ["thing,name"]), value


def test_words_that_are_no_utf_8(small: Path) -> None:
    """An argument that is no text is refused wherever it stands."""
    for words in (("query", "named", "--name"), ("sparql",), ("find",), ("show",)):
        done = subprocess.run(
            [*command(*words), b"a\xff"], cwd=small, env=environment(small), capture_output=True, check=False
        )
        assert (done.returncode, done.stdout) == (2, b"")
        assert done.stderr.endswith("” is not UTF-8 text.\n".encode())
        assert b"Traceback" not in done.stderr


# --- SPARQL that does not parse --------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "at", "said"),
    [
        ('SELECT ?имя WHERE {\n  ?x rdfs:label "Регион" ] ;\n}', "]", "“]” cannot stand here."),
        ("SELECT ?x WHERE {\n  # Регион\n  ?x a bl:Region . FILTER (?x = )\n}", ")\n}", "“)” cannot stand here."),
        ("SELECT ?x { ?x foo:bar ?y }", "foo:bar", "“foo:bar” cannot stand here; is its prefix declared?"),
        ("SELEC ?x { ?x a ?y }", "SELEC", "“SELEC” cannot stand here."),
        ("SELECT ?x WHERE { ?x a bl:Region } LIMIT ten", "ten", "“ten” cannot stand here."),
        ("\tSELECT ?x, ?y { ?x a ?y }", ",", "“,” cannot stand here."),
    ],
)  # fmt: skip
def test_syntax_error_of_a_query(text: str, at: str, said: str, small: Path) -> None:
    """A query that does not parse is shown with line and column in characters, the line, and a caret."""
    done = kg(small, "sparql", text)
    before = text[: text.index(at)]
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    first, shown, caret = done.err.rstrip("\n").split("\n")
    assert (done.code, done.out) == (2, "")
    assert first == f"kg: The query cannot be read: line {line}, column {column}: {said}"
    assert shown == text.split("\n")[line - 1]
    assert caret.expandtabs() == " " * len(shown[: column - 1].expandtabs()) + "^"


@pytest.mark.parametrize("text", ["", "SELECT * {", "# only a comment", "SELECT ?x { ?x a 'Регион }"])
def test_query_that_breaks_off(text: str, small: Path) -> None:
    """A query that ends too early is said to be incomplete."""
    done = kg(small, "sparql", text)
    assert (done.code, done.out) == (2, "")
    assert ": the query is not complete.\n" in done.err


def test_syntax_error_in_the_reference_engine(small: Path) -> None:
    """The reference engine refuses a text that does not parse, too."""
    done = kg(small, "sparql", "SELECT * { ?s ?p ] }", "--engine", "rdflib")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("kg: ")


def test_long_lines_are_shown_in_part(small: Path) -> None:
    """Of a very long line only the part around the error is shown."""
    done = kg(small, "sparql", "SELECT * { " + "?s ?p ?o . " * 1000 + "] }")
    assert done.code == 2
    assert max(map(len, done.err.splitlines())) <= 102
    shown, caret = done.err.splitlines()[1:]
    assert shown[caret.index("^")] == "]"


@pytest.mark.parametrize(
    ("name", "content", "code", "said"),
    [
        ("gone.rq", None, 3, "gone.rq cannot be read: No such file or directory."),
        ("folder.rq", "", 3, "folder.rq cannot be read: Is a directory."),
        ("latin.rq", b"ASK { ?s ?p '\xe9' }", 2, "latin.rq is not UTF-8 text: byte 13 is not."),
        ("nul.rq", b"SELECT \x00 * {}", 2, "The query cannot be read: line 1, column"),
    ],
)
def test_query_files_that_cannot_be_read(
    name: str, content: str | bytes | None, code: int, said: str, small: Path, tmp_path: Path
) -> None:
    """A file named with `-f` that is not there or no text is told by name."""
    path = tmp_path / name
    if content == "":
        path.mkdir()
    elif isinstance(content, bytes):
        path.write_bytes(content)
    done = kg(small, "sparql", "-f", str(path))
    assert (done.code, done.out) == (code, "")
    assert said in done.err
    assert "\x00" not in done.err


# --- time ------------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", options.ENGINES)
def test_time_limit(engine: str, small: Path) -> None:
    """A question that takes too long ends with exit code 4 at about the limit, and says how to allow more."""
    cross = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    start = time.monotonic()
    done = kg(small, "sparql", cross, "--timeout", "1", "--engine", engine)
    seconds = time.monotonic() - start
    assert (done.code, done.out) == (4, "")
    assert done.err == "kg: no answer within 1 s.\n  --timeout S allows more.\n"
    assert 1 <= seconds < 5


def test_time_limit_of_the_planner(small: Path) -> None:
    """The limit holds also while the engine plans, before there is any row."""
    start = time.monotonic()
    done = kg(small, "sparql", "SELECT * { ?a " + "<a:a>/" * 1000 + "<a:b> ?b }", "--timeout", "1")
    assert done.code == 4
    assert time.monotonic() - start < 5


def test_time_that_is_enough(small: Path) -> None:
    """A limit that is not reached changes nothing."""
    assert kg(small, *FLOWS).out == kg(small, *FLOWS, "--timeout", "50").out


# --- which project ---------------------------------------------------------------------------


def test_stale_build(folder: Path) -> None:
    """Files that changed since the build are told on standard error; the answer stays the build's."""
    before = kg(folder, *FLOWS)
    assert before.err == ""
    change(folder, PLACES, "Icebound Coast", "Icebound Coasts")
    one = kg(folder, *FLOWS)
    assert one == Done(0, before.out, f"kg: {PLACES} changed since the last build; run `kg build`\n")
    add(folder, "queries/more.rq", "# not yet a question\n")
    (folder / "data" / "sources" / "report.ttl").unlink()
    three = kg(folder, *FLOWS)
    assert three == Done(0, before.out, "kg: data/places/places.ttl and 2 more changed since the last build; "
                                        "run `kg build`\n")  # fmt: skip


def test_project_elsewhere(small: Path, tmp_path: Path) -> None:
    """`--project` names a folder; inside a project any folder of it will do."""
    here = kg(small, *FLOWS).out
    assert here == kg(tmp_path, *FLOWS, "--project", str(small)).out
    assert here == kg(small / "data" / "places", *FLOWS).out
    assert here == kg(small.parent, "query", "flows", "--region", "region:north-shore", f"--project={small.name}").out


@pytest.mark.parametrize("words", [("build",), ("check",), FLOWS, ("sparql", "ASK {}"), ("find", "x"), ("show", "x"),
                                   ("format",), ("export",)])  # fmt: skip
def test_project_that_is_none(words: tuple[str, ...], tmp_path: Path) -> None:
    """A folder that is none, or no project, is told as such by every command."""
    done = kg(tmp_path, *words, "--project", "nowhere")
    assert done == Done(3, "", "kg: nowhere is not a folder.\n  --project names the folder of a project.\n")
    (tmp_path / "bare").mkdir()
    done = kg(tmp_path, *words, "--project", "bare")
    assert (done.code, done.out) == (3, "")
    assert done.err.startswith("kg: bare has no folder ontology/ and no folder data/ and no folder queries/.\n")


def test_current_folder_that_is_gone(tmp_path: Path) -> None:
    """A shell may stand in a folder that was removed."""
    gone = tmp_path / "gone"
    gone.mkdir()
    done = subprocess.run(["sh", "-c", 'rmdir "$PWD"; exec "$@"', "sh", *command("query")], cwd=gone,
                          env=environment(tmp_path), capture_output=True, text=True, check=False)  # fmt: skip
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("kg: The current folder cannot be reached")


def installed(place: Path, small: Path, carried: Path) -> str:
    """A copy of the package with the small project as the graph that it carries; the place for PYTHONPATH."""
    shutil.copytree(ROOT / "kg", place / "kg", ignore=shutil.ignore_patterns("__pycache__", "carried"))
    for name in ("ontology", "data", "queries"):
        shutil.copytree(small / name, carried / name)
    return str(place)


def test_carried_graph(small: Path, tmp_path: Path) -> None:
    """Outside any project the graph that the package carries answers, built once on first use."""
    place = installed(tmp_path / "site", small, tmp_path / "site" / "kg" / "carried")
    outside = tmp_path / "outside"
    outside.mkdir()
    first = kg(outside, *FLOWS, PYTHONPATH=place)
    assert first.code == 0
    assert first.out == kg(small, *FLOWS).out
    assert first.err == "kg: building the graph that the package carries; this is done once\n"
    assert kg(outside, *FLOWS, PYTHONPATH=place) == Done(0, first.out, "")
    assert (outside / ".cache" / "borderlands-kg" / "current").is_file()
    assert list(outside.iterdir()) == [outside / ".cache"]
    own = kg(small, "query", "flows", "--region", "region:north-shore", PYTHONPATH=place)
    assert own == Done(0, first.out, "")


def test_carried_graph_that_has_nowhere_to_go(small: Path, tmp_path: Path) -> None:
    """Where the user has no folder for it, the first use says so."""
    place = installed(tmp_path / "site", small, tmp_path / "site" / "kg" / "carried")
    (tmp_path / "file").write_text("")
    done = kg(tmp_path, *FLOWS, PYTHONPATH=place, XDG_CACHE_HOME=str(tmp_path / "file"))
    assert (done.code, done.out) == (3, "")
    assert done.err.endswith("cannot be read: Not a directory.\n")


def test_graph_beside_the_package(small: Path, tmp_path: Path) -> None:
    """In a checkout the graph beside the package is the one that it carries."""
    place = installed(tmp_path / "checkout", small, tmp_path / "checkout")
    outside = tmp_path / "outside"
    outside.mkdir()
    done = kg(outside, *FLOWS, PYTHONPATH=place)
    assert (done.code, done.out) == (0, kg(small, *FLOWS).out)
    assert (tmp_path / "checkout" / ".kg" / "current").is_file()


def test_package_without_a_graph(small: Path, tmp_path: Path) -> None:
    """An installation that lost its graph says so."""
    place = installed(tmp_path / "site", small, tmp_path / "elsewhere")
    done = kg(tmp_path, *FLOWS, PYTHONPATH=place)
    assert done.code == 3
    assert done.err.startswith("kg: This installation carries no graph, and there is no project here.\n")


# --- the output ------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [("query",), FLOWS, ("export",), ("find", "e"), ("show", "Ford Mill")])
def test_output_to_a_closed_pipe(words: tuple[str, ...], small: Path) -> None:
    """When the reader of the output has left, the command ends in silence."""
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(command(*words), cwd=small, env=environment(small), stdout=writing, stderr=subprocess.PIPE,
                          check=False)  # fmt: skip
    os.close(writing)
    assert done.stderr == b""
    assert done.returncode != 0


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full, a disk that is always full (Linux)")
@pytest.mark.parametrize("words", [("query",), FLOWS, ("export",), ("find", "e"), ("show", "Ford Mill"), ("check",)])
def test_output_to_a_full_disk(words: tuple[str, ...], small: Path) -> None:
    """An answer that cannot be written is said to be lost, with exit code 3."""
    with open("/dev/full", "wb") as full:
        done = subprocess.run(command(*words), cwd=small, env=environment(small), stdout=full, stderr=subprocess.PIPE,
                              check=False)  # fmt: skip
    assert done.returncode == 3
    assert done.stderr == b"kg: The output cannot be read or written: No space left on device.\n"


@pytest.mark.parametrize("closed", ["1", "2"])
@pytest.mark.parametrize(("words", "code"), [(FLOWS, 0), (("query", "x"), 2), (("export",), 0)])
def test_closed_streams(words: tuple[str, ...], code: int, closed: str, small: Path) -> None:
    """With a stream closed by the caller a command does what it would do, and writes on no other."""
    usual = kg(small, *words)
    done = subprocess.run(["sh", "-c", f'exec "$@" {closed}>&-', "sh", *command(*words)], cwd=small,
                          env=environment(small), capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == code
    assert (done.stdout, done.stderr) == (("", usual.err) if closed == "1" else (usual.out, ""))


def test_output_without_unicode(small: Path) -> None:
    """An output that takes ASCII only gets question marks for the rest."""
    done = kg(small, *FLOWS, PYTHONIOENCODING="ascii")
    assert done.code == 0
    assert "flow:ore  Shore Mine  Ford Mill" in done.out
    assert "?????" in done.out


def test_names_cannot_steer_a_terminal(folder: Path) -> None:
    """Control characters of a name reach no terminal: not by a table, a list, a page or a message."""
    change(folder, "data/chains/ore.ttl", '"Shore Mine"', '"Shore\\u001B[31m\\u0007\\u202E Mine\\u0000"')
    rebuild(folder)
    for words in (FLOWS, (*FLOWS, "--format", "md"), ("find", "shore"), ("find", "shore", "--format", "md"),
                  ("show", "facility:shore-mine"), ("show", "flow:ore"),
                  ("query", "flows", "--region", "facility:shore-mine")):  # fmt: skip
        done = kg(folder, *words)
        said = done.out + done.err
        assert "Shore\ufffd[31m\ufffd\ufffd Mine\ufffd" in said, words
        assert [mark for mark in said if not mark.isprintable() and mark != "\n"] == []


def test_messages_cannot_steer_a_terminal(folder: Path) -> None:
    """Nor by what a bad file holds."""
    change(folder, "data/chains/ore.ttl", '"Shore Mine"@en', '"Shore \\u001B[31m Mine \\u009B31m"')
    done = kg(folder, "build")
    assert done.code == 1
    assert "\x1b" not in done.err
    assert "\x9b" not in done.err


# --- format ----------------------------------------------------------------------------------


def test_format(folder: Path) -> None:
    """`kg format` writes what is not canonical, names it, and a second run finds nothing."""
    path = folder / PLACES
    good = path.read_text("utf-8")
    path.write_text(good.replace("        ", " ").replace("    .\n", ".\n"), "utf-8")
    assert kg(folder, "format", "--check") == Done(
        1, f"{PLACES}\n", "kg: 1 file not in canonical form; run `kg format`\n"
    )
    assert path.read_text("utf-8") != good
    checked = kg(folder, "check")
    assert checked.code == 1
    assert f": not in canonical form.\n  Run `kg format {PLACES}`.\n" in checked.out
    assert kg(folder, "format") == Done(0, f"{PLACES}\n", "")
    assert path.read_text("utf-8") == good
    assert kg(folder, "format") == Done(0, "", "")
    assert kg(folder, "format", "--check") == Done(0, "", "")


def test_format_of_named_files(folder: Path) -> None:
    """Files may be named from the current folder, and others are left alone."""
    for path in (folder / PLACES, folder / "data/chains/ore.ttl"):
        path.write_text(path.read_text("utf-8").replace("    a ", "  a "), "utf-8")
    assert kg(folder / "data" / "places", "format", "places.ttl") == Done(0, "places.ttl\n", "")
    assert kg(folder, "format", "--check").out == "data/chains/ore.ttl\n"


def test_format_keeps_comments_by_refusing(folder: Path) -> None:
    """A file with a comment that would be lost is refused, with the line, and stays as it is."""
    change(folder, PLACES, "region:south-shore\n    a ", "region:south-shore\n  # жаль потерять\n    a ")
    before = (folder / PLACES).read_bytes()
    for words in (("format",), ("format", PLACES), ("format", "--check"), ("check",)):
        done = kg(folder, *words)
        assert done.code == 1
        line = before.decode().partition("# жаль")[0].count("\n") + 1
        assert f"{PLACES}:{line}: a comment after the opening lines would be lost by formatting" in done.err
    assert before == (folder / PLACES).read_bytes()


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [(None, 3, "cannot be read: No such file"), (b"]", 1, "new.ttl:1:1: "), (b"\xff", 1, "is not UTF-8")],
)
def test_format_of_bad_files(content: bytes | None, code: int, said: str, folder: Path) -> None:
    """A file that is not there or no Turtle is told by name, and no file is touched."""
    if content is not None:
        (folder / "new.ttl").write_bytes(content)
    done = kg(folder, "format", "new.ttl")
    assert (done.code, done.out) == (code, "")
    assert said in done.err
    assert (folder / "new.ttl").exists() == (content is not None)


def test_format_on_a_full_disk(folder: Path) -> None:
    """A file that cannot be written stays as it was, and nothing is left beside it."""
    path = folder / PLACES
    path.write_text(path.read_text("utf-8").replace("    a ", "  a "), "utf-8")
    before = path.read_bytes()
    done = kg(folder, "format", PLACES, before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100)))
    assert done == Done(3, "", f"kg: {PLACES} cannot be written: File too large.\n")
    assert before == path.read_bytes()
    assert list(path.parent.iterdir()) == [path]
