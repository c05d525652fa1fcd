"""What is wrong with the ontology: pitfalls, lacking metadata, terms without description or use; waivers aside."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator

import pyoxigraph as ox
from rdflib import Graph

from kg.dataset import Dataset
from kg.files import QUESTIONS, Project, read_text
from kg.findings import Finding
from kg.guards import foops, pitfalls, terms
from kg.guards.questions import COMPLETE, Question
from kg.guards.waivers import WAIVERS, Waiver, read_waivers
from kg.namespaces import ONTOLOGY, shorten

ADVICE = f"Mend it, or give a reason in {WAIVERS}."
# By guard: how it names its rules, and how what it finds is said.
SAYINGS = {
    "Pitfall": ("OOPS! {rule}", "{name} has a pitfall: {doc}"),
    "Metadata": ("FOOPS! {rule}", "{name} fails what must hold: {doc}"),
    "Term": ("terms: {rule}", "{name} fails what must hold: {doc}"),
}

Fault = tuple[str, str, str, str]


def ontology_graph(dataset: Dataset, *, modules_alone: bool = False) -> Graph:
    """The modules of the ontology, its vocabularies and its alignments as one graph, with the prefixes of the files."""
    documents = [
        document
        for path, document in dataset.documents.items()
        if path.startswith("ontology/") and (path.count("/") == 1 or not modules_alone)
    ]
    graph = _graph(triple for document in documents for triple in document.triples)
    for document in documents:
        for prefix, namespace in document.prefixes.items():
            graph.bind(prefix, namespace)
    return graph


def _graph(triples: Iterable[ox.Triple]) -> Graph:
    """The same triples as a graph of rdflib."""
    content = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
    return Graph(bind_namespaces="none").parse(data=content, format="nt")


def ontology_findings(project: Project, dataset: Dataset, questions: list[Question]) -> dict[str, list[Finding]]:
    """By guard, what is wrong with the ontology and has no waiver; and the waivers that excuse nothing.

    Raises:
        DataError: The waivers are not what they should be.
    """
    waivers = read_waivers(project)
    faults = list(ontology_faults(project, dataset, questions))
    found: dict[str, list[Finding]] = {guard: [] for guard in SAYINGS}
    for guard, rule, thing, doc in faults:
        if not any(waiver.excuses(rule, _name(thing)) for waiver in waivers):
            found[guard].append(_finding(project, dataset, guard, rule, thing, doc))
    found["Waiver"] = list(_idle(waivers, faults))
    return found


def ontology_faults(project: Project, dataset: Dataset, questions: list[Question]) -> Iterator[Fault]:
    """All that the guards find: the guard, the rule, the thing or field, and what the rule says."""
    whole, modules = ontology_graph(dataset), ontology_graph(dataset, modules_alone=True)
    used = project_uses(project, dataset, questions, modules)
    for guard, rules in (("Pitfall", pitfalls.PITFALLS), ("Metadata", foops.CHECKS)):
        for rule, function in rules.items():
            yield from ((guard, rule, thing, _doc(function)) for thing in function(whole))
    for rule, check in terms.CHECKS.items():
        yield from (("Term", rule, thing, _doc(check)) for thing in check(modules, used))


def project_uses(project: Project, dataset: Dataset, questions: list[Question], modules: Graph) -> set[str]:
    """The IRIs of all terms of which the project makes use, in queries, checks, shapes and questions."""
    texts = [read_text(project.path(path), path) for path in _queries(project)]
    shapes = (triple for document in dataset.shapes.values() for triple in document.triples)
    stated = (triple for question in questions if question.folder == COMPLETE for triple in question.triples)
    return terms.used_terms(modules, [*texts, *(question.text for question in questions)], [_graph((*shapes, *stated))])


def _queries(project: Project) -> list[str]:
    return [
        *project.files("queries", ".rq"),
        *project.files("verifications", ".rq"),
        *project.files("ontology/checks", ".rq"),
    ]


def _doc(function: Callable[..., object]) -> str:
    """The first line of a docstring, which says to a curator what a rule is about."""
    return (inspect.getdoc(function) or "").partition("\n")[0]


def _name(thing: str) -> str:
    """How messages and waivers call a thing; a field of the header is called as it is."""
    return shorten(thing) if ":" in thing else thing


def _finding(project: Project, dataset: Dataset, guard: str, rule: str, thing: str, doc: str) -> Finding:
    naming, saying = SAYINGS[guard]
    iri = thing if ":" in thing else ONTOLOGY
    name = _name(thing) if iri == thing else f"the header of the ontology, {thing},"
    where = dataset.where(iri)
    if where == shorten(iri):
        where = _first_use(project, dataset, where)
    return Finding(where, saying.format(name=name, doc=doc), ADVICE, naming.format(rule=rule), focus=iri)


def _first_use(project: Project, dataset: Dataset, name: str) -> str:
    """The first line with a prefixed name outside of the data; the ontology if there is none."""
    word = re.compile(rf"{re.escape(name)}\b")
    terms_files = [path for path in dataset.documents if path.startswith("ontology/")]
    for path in (*terms_files, *dataset.shapes, *_queries(project), *project.files(QUESTIONS, "")):
        for number, line in enumerate(read_text(project.path(path), path).split("\n"), 1):
            if word.search(line):
                return f"{path}:{number}"
    return "ontology"


def _idle(waivers: Iterable[Waiver], faults: Iterable[Fault]) -> Iterator[Finding]:
    found = [(rule, _name(thing)) for _, rule, thing, _ in faults]
    for waiver in waivers:
        for pair in waiver.idle(found):
            what = f"this waiver excuses nothing: {pair}."
            yield Finding(f"{WAIVERS}:{waiver.line}", what, "Take it out.", "waivers", focus=ONTOLOGY)
