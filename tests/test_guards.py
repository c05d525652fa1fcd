"""The guards of the ontology and of what follows, as `kg check` runs them: each can fail, and says where."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import ROOT, add, change, kg, project_at
from kg import reason
from kg.dataset import read_dataset
from kg.errors import DataError
from kg.files import Project
from kg.findings import Finding
from kg.guards import closure_findings, ontology_findings, question_findings, read_questions
from kg.guards.waivers import WAIVERS, read_waivers
from kg.namespaces import PREFIXES
from kg.turtle import format_text

HEAD = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
TERMS, ORE, PLACES = "ontology/terms.ttl", "data/chains/ore.ttl", "data/places/places.ttl"
LINE = HEAD.count("\n") + 1


def of_ontology(project: Project) -> list[Finding]:
    """What the guards of the ontology find."""
    found = ontology_findings(project, read_dataset(project), read_questions(project))
    return [finding for findings in found.values() for finding in findings]


def line_of(folder: Path, path: str, start: str) -> int:
    """The line of a file that begins with a text."""
    return (folder / path).read_text("utf-8").partition(f"\n{start}")[0].count("\n") + 2


# --- the ontology ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "thing", "rule", "said"),
    [
        ("    rdfs:range bl:StateBorder ;\n", "", "bl:sectionOf", "OOPS! P11",
         "bl:sectionOf has a pitfall: A property without domain or without range."),
        ('rdfs:label "title"@en', 'rdfs:label "title"', "bl:title", "terms: description",
         "bl:title fails what must hold: A term has a type, one English label"),
    ],
)  # fmt: skip
def test_fault_of_the_ontology(old: str, new: str, thing: str, rule: str, said: str, folder: Path) -> None:
    """A fault is told with the place of its term, what must hold, and where a reason could be given."""
    assert of_ontology(project_at(folder)) == []
    change(folder, TERMS, old, new)
    [finding] = of_ontology(project_at(folder))
    assert (finding.where, finding.rule) == (f"{TERMS}:{line_of(folder, TERMS, thing)}", rule)
    assert finding.what.startswith(said)
    assert finding.advice == f"Mend it, or give a reason in {WAIVERS}."


def test_lack_of_the_header(folder: Path) -> None:
    """A field that the header lacks, and nobody waives, is told by its name."""
    change(folder, WAIVERS, '"OM2", ', "")
    found = [finding for finding in of_ontology(project_at(folder)) if finding.rule == "FOOPS! OM2"]
    assert [finding.what.split(", ")[1] for finding in found] == [
        "NS prefix", "version info", "creation date", "citation"
    ]  # fmt: skip


def test_query_for_a_term_that_is_not_there(folder: Path) -> None:
    """A slip in a query, which would find nothing for ever, is told with file and line."""
    change(folder, "queries/sources-since.rq", "bl:publicationYear", "bl:publicationYaer")
    [finding] = [finding for finding in of_ontology(project_at(folder)) if finding.rule == "terms: existence"]
    assert finding.where == f"queries/sources-since.rq:{line_of(folder, 'queries/sources-since.rq', '  ?source bl:')}"
    assert finding.what.startswith("bl:publicationYaer fails")


def test_use_of_a_term(folder: Path) -> None:
    """A term is used once a query or a question asks for it; a project need not have questions."""
    change(folder, WAIVERS, ', "use"', "")

    def unused() -> set[str]:
        return {finding.focus for finding in of_ontology(project_at(folder)) if finding.rule == "terms: use"}

    assert {PREFIXES["bl"] + name for name in ("title", "gloss")} <= unused()
    add(folder, "queries/titles.rq", "PREFIX bl: <x> SELECT ?title WHERE { ?source bl:title ?title }")
    add(folder, "ontology/questions/complete/gloss.rq", "ASK { <a> <b> <c> }")
    add(folder, "ontology/questions/complete/gloss.ttl", f'{HEAD}<https://e.example/a> bl:gloss "A gloss."@en .\n')
    assert {PREFIXES["bl"] + name for name in ("title", "gloss")}.isdisjoint(unused())


# --- waivers ---------------------------------------------------------------------------------


def test_waiver_that_excuses_nothing(folder: Path) -> None:
    """A waiver that has outlived its reason is told with its line."""
    add(folder, WAIVERS, '\n[[waiver]]\nrules = ["P13", "P99"]\nterms = ["bl:sideA", "bl:gloss"]\nreason = "None."\n')
    found = of_ontology(project_at(folder))
    at = line_of(folder, WAIVERS, '[[waiver]]\nrules = ["P13", "P99"]')
    assert [finding.where for finding in found] == [f"{WAIVERS}:{at}"] * 3
    assert [finding.what.rpartition(": ")[2] for finding in found] == [
        "P13 of bl:gloss.", "P99 of bl:sideA.", "P99 of bl:gloss."
    ]  # fmt: skip


def test_waivers_of_the_project_have_reasons() -> None:
    """Each waiver of the real ontology says why, and each is needed."""
    project = project_at(ROOT)
    assert all(len(waiver.reason.split()) > 2 for waiver in read_waivers(project))
    found = ontology_findings(project, read_dataset(project), read_questions(project))
    assert {guard for guard, findings in found.items() if findings} == set()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[waiver]\n", "ontology/waivers.toml is no TOML"),
        ('[waivers]\nP13 = "x"\n', "ontology/waivers.toml: the file holds"),
        ('waiver = [{rules = ["P1"], terms = ["x"], reason = "y"}]\n', "ontology/waivers.toml: the file holds"),
        ('\n[[waiver]]\nrules = ["P1"]\nterms = ["x"]\n', "ontology/waivers.toml:2: a waiver has"),
        ('[[waiver]]\nrules = ["P1"]\nterms = ["x"]\nreason = " "\n', "ontology/waivers.toml:1: a waiver has"),
        ('[[waiver]]\nrules = "P1"\nterms = ["x"]\nreason = "y"\n', "ontology/waivers.toml:1: a waiver has"),
        ('[[waiver]]\nrules = ["P1"]\nterms = [1]\nreason = "y"\n', "ontology/waivers.toml:1: a waiver has"),
    ],
)
def test_waivers_that_are_none(text: str, said: str, folder: Path) -> None:
    """A file that is not what waivers should be is told, and a reason cannot be left out."""
    (folder / WAIVERS).write_text(text, "utf-8")
    with pytest.raises(DataError, match=f"^{said}"):
        read_waivers(project_at(folder))


# --- questions -------------------------------------------------------------------------------

PREFIX = "PREFIX : <https://e.example/>\nPREFIX bl: <https://w3id.org/borderlands/ont#>\n\n"
MINE = ":mine bl:hasLocation :there . :there bl:locatedAt :shore ."


def ask(folder: Path, name: str, pattern: str, graph: str = MINE) -> None:
    """Put a question into a project, by the name of its folder and its own."""
    question = f"#+ question: Is it so?\n{PREFIX}ASK {{ {pattern} }}\n"
    add(folder, f"ontology/questions/{name}.rq", question)
    text = f"@prefix : <https://e.example/> .\n@prefix bl: <{PREFIXES['bl']}> .\n\n{graph}\n"
    add(folder, f"ontology/questions/{name}.ttl", format_text(text, name))


def wrong(folder: Path) -> list[str]:
    """The first lines of what is found about the questions of a project."""
    found = question_findings(read_dataset(project_at(folder)), read_questions(project_at(folder)))
    return [str(finding).partition("\n")[0] for finding in found]


def test_questions_with_the_right_answers(folder: Path) -> None:
    """What must follow follows, also if a variable stands for a thing; what must not does not."""
    ask(folder, "complete/location", ":mine bl:locatedIn :shore")
    ask(folder, "complete/anywhere", "?thing bl:locatedIn :shore")
    ask(folder, "sound/backwards", ":shore bl:locatedIn :mine")
    assert wrong(folder) == []
    assert kg(folder, "check").out == "All holds; 0 warnings.\n"


def test_questions_with_wrong_answers(folder: Path) -> None:
    """What does not follow and must, and what follows and must not, are told with their files."""
    ask(folder, "complete/backwards", ":shore bl:locatedIn :mine")
    ask(folder, "sound/location", ":mine bl:locatedIn :shore")
    assert wrong(folder) == [
        "ontology/questions/complete/backwards.rq:1: this must follow, and does not: Is it so?",
        "ontology/questions/sound/location.rq:1: this must not follow, and does: Is it so?",
    ]
    done = kg(folder, "check")
    assert (done.code, done.err) == (1, "kg: 2 violations\n")


def test_questions_do_not_answer_each_other(folder: Path) -> None:
    """A thing of one question is no answer to another, by its name or by a variable."""
    ask(folder, "complete/located", ":mine bl:locatedIn :shore")
    ask(folder, "complete/unlocated", "?thing bl:locatedIn ?place", ":mine a bl:Deposit .")
    ask(folder, "sound/unlocated", "?thing bl:locatedIn ?place", ":mine a bl:Deposit .")
    assert wrong(folder) == ["ontology/questions/complete/unlocated.rq:1: this must follow, and does not: Is it so?"]


def test_question_whose_graph_clashes(folder: Path) -> None:
    """A graph that contradicts the ontology is told, and no other graph with it."""
    ask(folder, "complete/location", ":mine bl:locatedIn :shore")
    ask(folder, "sound/claim", ":mine a bl:Region", ":mine a bl:Deposit, bl:Claim .")
    [line] = wrong(folder)
    assert line.startswith("ontology/questions/sound/claim.rq:1: the graph of the question clashes with the ontology")


@pytest.mark.parametrize(
    ("suffix", "text", "said"),
    [
        (".rq", "SELECT ?x {}", "ontology/questions/sound/odd.rq: a question is an ASK query."),
        (".rq", "AKS {}", "ontology/questions/sound/odd.rq: the question is no valid SPARQL"),
        (".ttl", "<x", "ontology/questions/sound/odd.ttl:1"),
        (".ttl", None, "ontology/questions/sound/odd: a question is a query .rq with a graph .ttl beside it"),
    ],
)
def test_question_that_is_none(suffix: str, text: str | None, said: str, folder: Path) -> None:
    """A question that cannot be asked stops the check and is not passed over."""
    ask(folder, "sound/odd", ":a bl:about :b")
    path = folder / f"ontology/questions/sound/odd{suffix}"
    if text is None:
        path.unlink()
    else:
        path.write_text(text, "utf-8")
    with pytest.raises(DataError, match=f"^{said}"):
        wrong(folder)


# --- the closure -----------------------------------------------------------------------------


def closed(folder: Path) -> list[Finding]:
    """What is found about what follows."""
    dataset = read_dataset(project_at(folder))
    return closure_findings(dataset, reason.close(quad.triple for quad in dataset.quads()))


def test_two_things_made_one(folder: Path) -> None:
    """Two values where there may be one make two things one; this is told once, with what it follows from."""
    assert closed(folder) == []
    add(folder, "data/external/more.ttl", f"{HEAD}section:shores bl:sideA region:south-shore .\n")
    [finding] = closed(folder)
    assert finding.what == "region:north-shore and region:south-shore are concluded to be one thing."
    assert finding.where == f"{PLACES}:{line_of(folder, PLACES, '    bl:sideA')}"
    assert f"\n  section:shores bl:sideA region:south-shore (data/external/more.ttl:{LINE})" in finding.advice


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("[] bl:flowTo region:north-shore", "_:"),
        ("<http://e.example/x> bl:flowTo region:north-shore", "<http://e.example/x> a"),
        ("region:north-shore bl:locatedIn [ bl:locatedIn state:norland ]", "bl:locatedIn"),
        ("bl:Region bl:flowTo region:north-shore", "bl:Region"),
    ],
)
def test_conclusions_that_are_unfit(statement: str, said: str, folder: Path) -> None:
    """A conclusion about no thing of the project, or about a node without a name, is told."""
    add(folder, "data/external/more.ttl", f"{HEAD}{statement} .\n")
    found = closed(folder)
    assert found
    assert all(finding.what.startswith("a conclusion is not fit to be published: ") for finding in found)
    assert {finding.rule for finding in found} == {"published closure"}
    assert said.partition(" ")[0] in " ".join(finding.what for finding in found)


def test_unformatted_file_does_not_hide_a_clash(folder: Path) -> None:
    """A file that is merely unformatted is told beside a clash, and does not switch off what looks for it."""
    change(folder, ORE, "a bl:ProcessingPlant ;", "a bl:ProcessingPlant, bl:Source ;")
    done = kg(folder, "check")
    at = line_of(folder, ORE, "facility:ford-mill") + 1
    assert f"{ORE}:{at}: not in canonical form." in done.out
    assert f"{ORE}:{at}: The ontology and the data clash (OWL 2 RL rule cax-adc): facility:ford-mill" in done.out
    assert (done.code, done.err) == (1, "kg: 2 violations\n")
