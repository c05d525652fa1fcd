"""The standard SHACL report: the results of the shapes and of all other guards, in the words of SHACL."""

from __future__ import annotations

from pathlib import Path

import pyshacl
import pytest
from rdflib import RDF, BNode, Graph, Literal, URIRef
from rdflib.namespace import SH, XSD

from conftest import add, change, kg
from kg.namespaces import BL, GRAPH, PREFIXES
from kg.report import component

CLAIMS, ORE, PLACES = "data/claims/report.ttl", "data/chains/ore.ttl", "data/places/places.ttl"

# What SHACL, section 3.6, asks of a report, as shapes.
REPORT = f"""
@prefix sh: <{SH}> . @prefix xsd: <{XSD}> . @prefix : <https://e.example/> .
:Report a sh:NodeShape ; sh:targetClass sh:ValidationReport ;
  sh:property [ sh:path sh:conforms ; sh:datatype xsd:boolean ; sh:minCount 1 ; sh:maxCount 1 ] ,
    [ sh:path sh:result ; sh:class sh:ValidationResult ] .
:Result a sh:NodeShape ; sh:targetClass sh:ValidationResult ;
  sh:property [ sh:path sh:focusNode ; sh:minCount 1 ; sh:maxCount 1 ] ,
    [ sh:path sh:resultSeverity ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path sh:sourceConstraintComponent ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path sh:value ; sh:maxCount 1 ] ,
    [ sh:path sh:resultPath ; sh:maxCount 1 ] ,
    [ sh:path sh:resultMessage ; sh:minCount 1 ; sh:or ( [ sh:datatype xsd:string ] [ sh:nodeKind sh:Literal ] ) ] .
"""


def report(folder: Path) -> tuple[Graph, bool]:
    """The report on a project, which is in the form that SHACL asks for, and whether it says that the data conform."""
    graph = Graph().parse(data=kg(folder, "check", "--format", "shacl").out, format="turtle")
    valid, _, text = pyshacl.validate(graph, shacl_graph=Graph().parse(data=REPORT, format="turtle"))
    assert valid, text
    [whole] = graph.subjects(RDF.type, SH.ValidationReport)
    assert set(graph.objects(whole, SH.result)) == set(graph.subjects(RDF.type, SH.ValidationResult))
    return graph, bool(Literal(True) == graph.value(whole, SH.conforms))


def test_report_of_good_files(folder: Path) -> None:
    """Files that are right conform, without a result."""
    graph, conforms = report(folder)
    assert conforms
    assert len(graph) == 2


@pytest.mark.parametrize(
    ("guard", "path", "old", "new", "focus"),
    [
        ("CanonicalForm", ORE, "    bl:flowTo", "  bl:flowTo", f"{GRAPH}data/chains/ore"),
        ("Vocabulary", ORE, "bl:flowTo", "bl:flowsTo", f"{BL}flowsTo"),
        ("Pitfall", "ontology/terms.ttl", "    rdfs:range bl:StateBorder ;\n", "", f"{BL}sectionOf"),
        ("Metadata", "ontology/waivers.toml", '"VER1", ', "", BL[:-1]),
        ("Term", "queries/sources-since.rq", "bl:publicationYear", "bl:publishedIn", f"{BL}publishedIn"),
        ("Waiver", "ontology/waivers.toml", '"VER1"', '"VER1", "VER2"', BL[:-1]),
        ("Shape", "ontology/shapes/shapes.ttl", "sh:maxCount 1 ;", "sh:rule shape:Claim ;", "shape:Claim-source"),
        ("Hygiene", PLACES, "bl:sideB region:south-shore", "bl:sideB region:north-shore", "section:shores"),
        ("Closure", ORE, "a bl:Deposit ;", "a bl:Deposit , bl:Claim ;", "facility:shore-mine"),
    ],
)
def test_finding_of_a_guard_is_a_result(guard: str, path: str, old: str, new: str, focus: str, folder: Path) -> None:
    """What a guard finds is a result with its thing, its severity, its words and the guard; the data do not conform."""
    change(folder, path, old, new)
    graph, conforms = report(folder)
    assert not conforms
    prefix, _, local = focus.partition(":")
    thing = URIRef(focus if "//" in focus else PREFIXES[prefix] + local)
    [result] = [
        result for result in graph.subjects(SH.sourceConstraintComponent, component(guard))
        if graph.value(result, SH.focusNode) == thing
    ]  # fmt: skip
    assert graph.value(result, SH.resultSeverity) == SH.Violation
    assert graph.value(result, SH.resultMessage)


def test_thing_without_a_name_is_a_blank_node(folder: Path) -> None:
    """A check may find a node without a name; no IRI is made up for it."""
    check = (
        "PREFIX bl: <https://w3id.org/borderlands/ont#>\nSELECT ?focus ?message WHERE { ?focus bl:flowTo ?place . "
        'FILTER (ISBLANK(?focus)) BIND ("Name it." AS ?message) }'
    )
    add(folder, "ontology/checks/blank.rq", check)
    add(folder, "data/more.ttl", f"@prefix bl: <{BL}> .\n\n[]\n    bl:flowTo <{PREFIXES['state']}norland> ;\n    .\n")
    graph, conforms = report(folder)
    assert not conforms
    [result] = graph.subjects(SH.sourceConstraintComponent, component("Hygiene"))
    assert isinstance(graph.value(result, SH.focusNode), BNode)


def test_results_of_the_shapes_stay(folder: Path) -> None:
    """What the SHACL engine reports is there as it reports it, beside what the guards add."""
    change(folder, CLAIMS, "    bl:hasLocator locator:report-2 ;\n", "")
    change(folder, PLACES, "bl:sideB region:south-shore", "bl:sideB region:north-shore")
    graph, conforms = report(folder)
    assert not conforms
    assert set(graph.objects(None, SH.sourceConstraintComponent)) == {
        SH.MinCountConstraintComponent, component("Hygiene")
    }  # fmt: skip
