"""What must hold of the asserted data, judged inside: vocabulary, shapes, checks, and how a finding reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import SMALL, add, change, project_at
from kg.dataset import read_dataset
from kg.errors import DataError, UnreachableError
from kg.findings import Finding
from kg.namespaces import PREFIXES
from kg.validate import hygiene_results, shape_results, unknown_terms

HEAD = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())


def test_good_files() -> None:
    """Nothing is found in files that are right."""
    dataset = read_dataset(project_at(SMALL))
    assert unknown_terms(dataset) == []
    assert shape_results(dataset) == []
    assert hygiene_results(project_at(SMALL), dataset) == []


def test_a_finding_in_words() -> None:
    """A finding reads as place and fault, advice, and rule; a warning says that it is one."""
    finding = Finding("data/a.ttl:7", "region:a: no name", "Add one.", "shape:Name")
    assert str(finding) == "data/a.ttl:7: region:a: no name\n  Add one.\n  shape:Name"
    warning = Finding("data/a.ttl:7", "region:a: no name", "Add one.", "shape:Name", violation=False)
    assert str(warning) == "data/a.ttl:7: warning: region:a: no name\n  Add one.\n  shape:Name"


@pytest.mark.parametrize(
    ("triple", "expected"),
    [
        ("region:a bl:abuot region:north-shore", "there is no property bl:abuot. Did you mean bl:about?"),
        ("region:a a bl:Regions", "there is no class bl:Regions. Did you mean bl:Region"),
        ("region:a a bl:about", "there is no class bl:about."),
        ("region:a bl:Region 1", "there is no property bl:Region."),
        ("region:a bl:about bl:Regio", "there is no term bl:Regio. Did you mean bl:Region"),
        ("region:a bl:about region:nroth-shore", "nothing describes region:nroth-shore. Did you mean region:north-sh"),
        ("region:a bl:about commodity:shore-or", "nothing describes commodity:shore-or. Did you mean commodity:shore-"),
        ("region:a rdf:typ bl:Region", "there is no rdf:typ in its vocabulary. Did you mean rdf:type"),
        ("region:a owl:sameAS region:a", "there is no owl:sameAS in its vocabulary. Did you mean owl:sameAs"),
        ("region:a prov:wasDerivedFrm region:a", "there is no prov:wasDerivedFrm in its vocabulary. Did you mean prov"),
        ('region:a bl:gloss "x"^^xsd:strng', "there is no xsd:strng in its vocabulary. Did you mean xsd:string"),
        ('region:a bl:gloss "x"^^<http://e.example/t>', "<http://e.example/t> is of a vocabulary that this project"),
        ("region:a <http://e.example/p> 1", "<http://e.example/p> is of a vocabulary that this project does not use."),
        ("region:a a <http://e.example/C>", "<http://e.example/C> is of a vocabulary that this project does not use."),
        ("region:a bl:about [ bl:abuot 1 ]", "there is no property bl:abuot. Did you mean bl:about?"),
        ("region:a bl:about ( bl:Regio )", "there is no term bl:Regio."),
    ],
)  # fmt: skip
def test_unknown_terms(triple: str, expected: str, folder: Path) -> None:
    """Each use of a term that does not exist is found once, in any place of a statement."""
    add(folder, "data/more.ttl", f"{HEAD}{triple} .\n")
    found = unknown_terms(read_dataset(project_at(folder)))
    assert len(found) == 1
    assert f"{found[0].what} {found[0].advice}".startswith(expected)
    assert found[0].where.startswith(f"data/more.ttl:{HEAD.count(chr(10)) + 1}:")


@pytest.mark.parametrize(
    "triple",
    ["region:a rdfs:seeAlso <http://e.example/a>", "region:a bl:about region:north-shore", "region:a skos:note 'x'",
     "region:a bl:about bl:Region", "region:a rdfs:seeAlso xsd:", 'region:a bl:gloss "x"^^rdf:HTML',
     "region:a rdfs:seeAlso <https://w3id.org/borderlands/graph/inferred>"],
)  # fmt: skip
def test_known_terms(triple: str, folder: Path) -> None:
    """What exists, or is no term at all, is not complained of."""
    add(folder, "data/more.ttl", f"{HEAD}{triple} .\n")
    assert unknown_terms(read_dataset(project_at(folder))) == []


def test_findings_are_sorted_and_once(folder: Path) -> None:
    """The findings of shapes come in order of place, each once."""
    change(folder, "data/claims/report.ttl", "    bl:hasLocator locator:report-2 ;\n", "")
    change(folder, "data/claims/report.ttl", "    bl:hasLocator locator:report-1 ;\n", "")
    found = shape_results(read_dataset(project_at(folder)))
    assert [finding.where for finding in found] == ["data/claims/report.ttl:11", "data/claims/report.ttl:18"]
    assert found == sorted(set(found))


LINKED = """
shape:Border
    a sh:NodeShape ;
    sh:property shape:Border-section ;
    sh:targetClass bl:StateBorder ;
    .

shape:Border-section
    a sh:PropertyShape ;
    sh:message "No."@en ;
    sh:path bl:bordersState ;
    sh:severity sh:Violation ;
    sh:sparql shape:Border-section-select ;
    .

shape:Border-section-select
    a sh:SPARQLConstraint ;
    sh:select \"\"\"PREFIX bl: <https://w3id.org/borderlands/ont#> SELECT DISTINCT $this ?value WHERE {{ {} }}\"\"\" ;
    .
"""


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("$this bl:bordersState ?value . ?value a bl:State", "state:norland"),
        ("$this bl:bordersState ?value . FILTER EXISTS { $this bl:bordersState ?value }", "state:norland"),
        ("$this ^bl:sectionOf ?value ; bl:bordersState ?state", "section:shores"),
        ("$this bl:bordersState ?value ; ^bl:sectionOf ?section", "        state:norland ,"),
        ('$this bl:bordersState ?state . BIND ("x" AS ?value)', "    bl:bordersState"),
        ("$this bl:bordersState ?state . BIND (bl:State AS ?value)", "    bl:bordersState"),
    ],
)
def test_place_of_a_value(pattern: str, expected: str, folder: Path) -> None:
    """A result stands where the value is described, if the constraint asks of the focus only how it leads there.

    So it does if the focus does not name the value; else it stands where the focus does.
    """
    add(folder, "ontology/shapes/more.ttl", HEAD + LINKED.format(pattern))
    found = shape_results(read_dataset(project_at(folder)))
    line = (folder / "data/places/places.ttl").read_text("utf-8").partition(f"\n{expected}")[0].count("\n") + 2
    assert f"data/places/places.ttl:{line}" in [finding.where for finding in found]
    assert {finding.focus for finding in found} == {PREFIXES["border"] + "norland-sudland"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"SELEC ?focus", "ontology/checks/new.rq: the check is no valid SPARQL"),
        (b"SELECT ?focus {}", "ontology/checks/new.rq: a check is SELECT ?focus ?message."),
        (b"ASK {}", "ontology/checks/new.rq: a check is SELECT ?focus ?message."),
        (b"SELECT \xff", "ontology/checks/new.rq is not UTF-8 text: byte 7 is not."),
    ],
)
def test_checks_that_are_none(text: bytes, said: str, folder: Path) -> None:
    """A check that is no query, or has other columns, is told by name."""
    (folder / "ontology/checks/new.rq").write_bytes(text)
    with pytest.raises(DataError, match=f"^{said.replace('?', '[?]')}"):
        hygiene_results(project_at(folder), read_dataset(project_at(folder)))


def test_a_check_that_cannot_be_read(folder: Path) -> None:
    """A check that is a link to nothing cannot be passed over."""
    (folder / "ontology/checks/new.rq").symlink_to("nowhere")
    with pytest.raises(UnreachableError, match="^ontology/checks/new.rq cannot be read"):
        hygiene_results(project_at(folder), read_dataset(project_at(folder)))


def test_shapes_that_cannot_be_judged(folder: Path) -> None:
    """A shape that is no valid SHACL stops the work and is not passed over."""
    change(folder, "ontology/shapes/shapes.ttl", "sh:path bl:hasLocator ;", "sh:path [] ;")
    with pytest.raises(DataError, match="^ontology/shapes: the shapes cannot be judged"):
        shape_results(read_dataset(project_at(folder)))
