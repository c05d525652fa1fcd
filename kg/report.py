"""The standard SHACL report, with what all the other guards find beside what the shapes report."""

from __future__ import annotations

from collections.abc import Mapping

from rdflib import RDF, BNode, Graph, Literal, URIRef
from rdflib.namespace import SH

from kg.findings import Finding
from kg.namespaces import BL, PREFIXES


def component(guard: str) -> URIRef:
    """The IRI that stands for a guard where a report names the kind of constraint."""
    return URIRef(f"{BL}{guard}ConstraintComponent")


def add_results(report: Graph, found: Mapping[str, list[Finding]]) -> Graph:
    """A report with the findings of guards as further results.

    Args:
        report: What the SHACL engine reported; empty if it was not asked.
        found: Findings by guard; what one without an IRI is about is a blank node.

    Returns:
        The same graph. It has one sh:ValidationReport, which conforms if it has no result (SHACL, section 3.6).
    """
    whole = report.value(None, RDF.type, SH.ValidationReport) or BNode()
    report.add((whole, RDF.type, SH.ValidationReport))
    for guard, findings in found.items():
        for finding in findings:
            result = BNode()
            report.add((whole, SH.result, result))
            report.add((result, RDF.type, SH.ValidationResult))
            named = bool(finding.focus) and not finding.focus.startswith("_:")
            report.add((result, SH.focusNode, URIRef(finding.focus) if named else BNode()))
            report.add((result, SH.resultMessage, Literal(f"{finding.what}\n{finding.advice}", lang="en")))
            report.add((result, SH.resultSeverity, SH.Violation if finding.violation else SH.Warning))
            report.add((result, SH.sourceConstraintComponent, component(guard)))
    report.set((whole, SH.conforms, Literal((whole, SH.result, None) not in report)))
    for prefix in ("bl", "sh"):
        report.bind(prefix, PREFIXES[prefix])
    return report
