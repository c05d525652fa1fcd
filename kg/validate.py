"""What must hold of the asserted data: known vocabulary, SHACL shapes, hygiene queries.

All three look at what the files say, before any inference: a property chain may add values
and so break a count that the files keep.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from functools import cache

import pyoxigraph as ox
from rdflib import Graph, Namespace, Variable, namespace
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue

from kg.dataset import Dataset
from kg.errors import DataError
from kg.files import Project, read_text
from kg.findings import Finding
from kg.namespaces import BASE, BL, OWL, PREFIXES, RDF, SH, SKOS, shorten
from kg.shacl import report
from kg.turtle import Document, TermUse

CLASS_TYPES = {OWL + "Class"}
PROPERTY_TYPES = {OWL + "ObjectProperty", OWL + "DatatypeProperty", OWL + "AnnotationProperty"}


# --- vocabulary ------------------------------------------------------------------------------


def unknown_terms(dataset: Dataset) -> list[Finding]:
    """Classes, properties and things of our namespaces, or terms of a borrowed vocabulary, that do not exist."""
    described = {
        triple.subject.value
        for document in (*dataset.documents.values(), *dataset.shapes.values())
        for triple in document.triples
        if isinstance(triple.subject, ox.NamedNode)
    }
    classes, properties = _declared(dataset, CLASS_TYPES), _declared(dataset, PROPERTY_TYPES)
    borrowed = _borrowed()

    def judge(iri: str, role: str, names_class: bool) -> tuple[str, str] | None:
        return _judge(iri, role, names_class, described, classes, properties, borrowed)

    findings = []
    known: set[_Use] = set()
    for path, document in (*dataset.documents.items(), *dataset.shapes.items()):
        uses = _uses(document) - known
        if all(judge(*use) is None for use in uses):
            known |= uses
            continue
        for use, names_class in _class_positions(document.positions.terms()):
            problem = judge(use.iri, use.role, names_class)
            if problem is not None:
                where = f"{path}:{use.line}:{use.column}"
                findings.append(Finding(where, problem[0], problem[1], "vocabulary check", focus=use.iri))
    return findings


# An IRI, its role in a statement, and whether it stands where only a class may stand.
_Use = tuple[str, str, bool]


def _uses(document: Document) -> set[_Use]:
    """The IRIs that a document uses, whatever the place."""
    subjects = {triple.subject for triple in document.triples}
    predicates = {triple.predicate for triple in document.triples}
    objects = {triple.object for triple in document.triples}
    typing = ox.NamedNode(RDF + "type")
    kinds = {triple.object for triple in document.triples if triple.predicate == typing}
    datatypes = {term.datatype for term in objects if isinstance(term, ox.Literal) and term.language is None}
    roles = (("subject", subjects), ("predicate", predicates), ("object", objects), ("datatype", datatypes))
    uses = {(term.value, role, False) for role, terms in roles for term in terms if isinstance(term, ox.NamedNode)}
    return uses | {(term.value, "object", True) for term in kinds if isinstance(term, ox.NamedNode)}


def _declared(dataset: Dataset, types: set[str]) -> set[str]:
    return {
        triple.subject.value
        for path, document in dataset.documents.items()
        if path.startswith("ontology/")
        for triple in document.triples
        if triple.predicate.value == RDF + "type"
        and isinstance(triple.subject, ox.NamedNode)
        and isinstance(triple.object, ox.NamedNode)
        and triple.object.value in types
    }


def _class_positions(uses: Iterator[TermUse]) -> Iterator[tuple[TermUse, bool]]:
    """Each use of a term, and whether it stands as the object of `a`, where only a class may stand."""
    after_type = False
    for use in uses:
        if use.role in ("subject", "predicate"):
            after_type = use.role == "predicate" and use.iri == RDF + "type"
        yield use, after_type and use.role == "object"


def _judge(
    iri: str,
    role: str,
    names_class: bool,
    described: set[str],
    classes: set[str],
    properties: set[str],
    borrowed: _Borrowed,
) -> tuple[str, str] | None:
    """What is wrong with one use of a term and what to do, or None."""
    name = shorten(iri)
    if iri.startswith(BL):
        if role == "predicate" and iri not in properties:
            return f"there is no property {name}.", _did_you_mean(iri, properties)
        if names_class and iri not in classes:
            return f"there is no class {name}.", _did_you_mean(iri, classes)
        if iri not in described:
            return f"there is no term {name}.", _did_you_mean(iri, classes | properties)
        return None
    if iri.startswith(BASE):
        if role == "object" and iri not in described and "#" not in iri and _minted(iri):
            return f"nothing describes {name}.", _did_you_mean(iri, described)
        return None
    verdict = borrowed.knows(iri)
    if verdict is False:
        return f"there is no {name} in its vocabulary.", _did_you_mean(iri, borrowed.members(iri))
    if verdict is None and (role in ("predicate", "datatype") or names_class):
        return (
            f"{name} is of a vocabulary that this project does not use.",
            _did_you_mean(iri, properties | classes | borrowed.members(None)),
        )
    return None


def _minted(iri: str) -> bool:
    return iri.startswith((BASE + "id/", BASE + "voc/"))


def _did_you_mean(iri: str, known: set[str]) -> str:
    """The nearest known terms: first those with a like name in the same namespace, then by whole IRI."""
    cut = max(iri.rfind("/"), iri.rfind("#")) + 1
    local = {other[cut:]: other for other in known if other.startswith(iri[:cut])}
    near = [local[name] for name in difflib.get_close_matches(iri[cut:], local, n=3, cutoff=0.6)]
    near = near or difflib.get_close_matches(iri, known, n=2, cutoff=0.85)
    if near:
        return f"Did you mean {' or '.join(map(shorten, near))}?"
    return "Add it where it belongs, or use one that exists (`kg find TEXT` looks for things)."


class _Borrowed:
    """The vocabularies of others that the project uses, as rdflib lists their terms."""

    def __init__(self) -> None:
        listed = {
            str(vocabulary): {
                *map(str, dir(vocabulary)),
                *(str(vocabulary) + name for name in vocabulary._extras),
            }
            for vocabulary in vars(namespace).values()
            if isinstance(vocabulary, type(namespace.RDF)) and str(vocabulary) in set(PREFIXES.values())
        }
        self._terms: dict[str, set[str]] = listed

    def knows(self, iri: str) -> bool | None:
        """Whether a vocabulary has the term; None if the IRI is of no vocabulary that is used."""
        for start, terms in self._terms.items():
            if iri.startswith(start):
                return iri in terms or iri == start or iri == start.rstrip("#/")
        return None

    def members(self, iri: str | None) -> set[str]:
        """The terms of the vocabulary of an IRI, or of all."""
        return {term for start, terms in self._terms.items() if iri is None or iri.startswith(start) for term in terms}


@cache
def _borrowed() -> _Borrowed:
    return _Borrowed()


# --- shapes ----------------------------------------------------------------------------------


# What pySHACL 0.40 judges of SHACL (W3C Recommendation of 2017, sections 2 to 5). Whatever else stands in a
# shape would be passed over without a word, so that it is an error here.
_NAMES = """
    and class closed datatype declare deactivated description disjoint equals flags hasValue ignoredProperties in
    inversePath languageIn lessThan lessThanOrEquals maxCount maxExclusive maxInclusive maxLength message minCount
    minExclusive minInclusive minLength name namespace node nodeKind not or path pattern prefix prefixes property
    qualifiedMaxCount qualifiedMinCount qualifiedValueShape qualifiedValueShapesDisjoint select severity sparql
    targetClass targetNode targetObjectsOf targetSubjectsOf uniqueLang xone zeroOrMorePath zeroOrOnePath
    oneOrMorePath alternativePath order group
"""
JUDGED = frozenset(_NAMES.split())
# SHACL, section 5.3.1: what a pre-bound query must not hold. A nested SELECT has to project $this.
_REFUSED = re.compile(r"\b(minus|values|service)\b", re.IGNORECASE)
_NESTED = re.compile(r"\{\s*select\b(.*?)\bwhere\b", re.IGNORECASE | re.DOTALL)


def unjudged_constructs(dataset: Dataset) -> list[Finding]:
    """Constructs in the shapes that the engine would pass over, or would judge wrongly, without saying so."""
    findings = []
    rule = "constructs that the engine judges"
    for path, document in dataset.shapes.items():
        for triple in document.triples:
            subject = triple.subject.value if isinstance(triple.subject, ox.NamedNode) else ""
            where = f"{path}:{document.positions.line_of(subject, triple.predicate.value) or 1}"
            name = triple.predicate.value.removeprefix(SH)
            problems = []
            if triple.predicate.value.startswith(SH) and name not in JUDGED:
                problems.append((f"pySHACL does not judge sh:{name}.", "Say it with another one."))
            if name == "select" and isinstance(triple.object, ox.Literal):
                text = triple.object.value
                if _REFUSED.search(text):
                    problems.append(("sh:select holds MINUS, VALUES or SERVICE.", "Say it without."))
                if any("$this" not in head and "*" not in head for head in _NESTED.findall(text)):
                    problems.append(("a nested SELECT without $this.", "Let it project $this."))
            findings += [Finding(where, what, advice, rule, focus=subject) for what, advice in problems]
    return findings


def shape_report(dataset: Dataset, validator: str = "turbo") -> Graph:
    """The standard SHACL report on the asserted data.

    Args:
        dataset: What the files hold.
        validator: One of `kg.shacl.VALIDATORS`.

    Raises:
        DataError: A shape is no valid SHACL, or the engine fails to judge it.
    """
    shapes = [triple for document in dataset.shapes.values() for triple in document.triples]
    try:
        return report(shapes, (quad.triple for quad in dataset.quads()), validator)
    except ValueError as error:
        raise DataError(f"ontology/shapes: the shapes cannot be judged: {error}") from error


def shape_results(dataset: Dataset, validator: str = "turbo") -> list[Finding]:
    """What the SHACL shapes report on the asserted data, in a curator's words; as `shape_report`."""
    unjudged = unjudged_constructs(dataset)
    if unjudged:
        return unjudged
    found = shape_report(dataset, validator)
    sh = Namespace(SH)
    findings = []
    for result in found.objects(None, sh.result):
        values = {
            name: found.value(result, sh[name])
            for name in (
                "focusNode", "resultPath", "value", "sourceShape", "sourceConstraint", "resultMessage", "resultSeverity"
            )
        }  # fmt: skip
        findings.append(
            _shape_finding(dataset, {key: None if term is None else str(term) for key, term in values.items()})
        )
    return sorted(set(findings))


def _shape_finding(dataset: Dataset, result: dict[str, str | None]) -> Finding:
    """A result of the SHACL report in a curator's words: file, line, thing, value, advice, shape."""
    focus = result["focusNode"] or ""
    value = result["value"]
    path = result["resultPath"]
    shape = result["sourceShape"] or ""
    where = dataset.where(focus, path, value)
    if value is not None and value != focus and _is_at_fault(dataset, focus, value, result["sourceConstraint"]):
        where = dataset.where(value)
    what = f"{shorten(focus)}{_name(dataset, focus)}"
    if path is not None and "://" in path:
        what += f", {shorten(path)}"
    if value is not None and value != focus:
        what += f": {shorten(value) if '://' in value else value}"
    home = dataset.where(shape).rpartition(":")[0]
    violation = (result["resultSeverity"] or "").endswith("Violation")
    rule = f"{shorten(shape)} in {home}" if home else shorten(shape)
    return Finding(where, what, result["resultMessage"] or "", rule, violation, focus)


def _is_at_fault(dataset: Dataset, focus: str, value: str, constraint: str | None) -> bool:
    """Whether a result is about the value's own description and not about the focus node's.

    It is, if the value is a thing of the data, and either the focus node's description does not name it (it was
    reached backwards or over other things), or the SPARQL constraint asks of `$this` only how it leads to the value.
    """
    data = [document for path, document in dataset.documents.items() if path.startswith("data/")]
    if not any(document.positions.line_of_subject(value) for document in data):
        return False
    named = any(
        isinstance(triple.subject, ox.NamedNode)
        and triple.subject.value == focus
        and isinstance(triple.object, ox.NamedNode)
        and triple.object.value == value
        for document in data
        if document.positions.line_of_subject(focus) is not None
        for triple in document.triples
    )
    return not named or any(
        len(_paths_of_this(triple.object.value)) == 1
        for document in dataset.shapes.values()
        for triple in document.triples
        if isinstance(triple.subject, ox.NamedNode)
        and triple.subject.value == constraint
        and triple.predicate.value == SH + "select"
        and isinstance(triple.object, ox.Literal)
    )


@cache
def _paths_of_this(select: str) -> frozenset[str]:
    """The properties and paths over which a SPARQL constraint asks of `$this`."""
    found: set[str] = set()

    def look(part: object) -> None:
        if isinstance(part, CompValue):
            for name, inner in part.items():
                # rdflib keeps the triples of a group within EXISTS unparted, one after the other.
                for terms in inner if name == "triples" else ():
                    found.update(str(p) for s, p in zip(terms[::3], terms[1::3], strict=True) if s == Variable("this"))
                look(inner)
        elif isinstance(part, (list, tuple)):
            for inner in part:
                look(inner)

    look(prepareQuery(select, initNs=PREFIXES).algebra)
    return frozenset(found)


def _name(dataset: Dataset, thing: str) -> str:
    """The English name of a thing in brackets, if it has one."""
    for document in dataset.documents.values():
        for triple in document.triples:
            if (
                triple.predicate.value == SKOS + "prefLabel"
                and isinstance(triple.subject, ox.NamedNode)
                and triple.subject.value == thing
                and isinstance(triple.object, ox.Literal)
                and triple.object.language == "en"
            ):
                return f" ({triple.object.value})"
    return ""


# --- hygiene ---------------------------------------------------------------------------------


def hygiene_results(project: Project, dataset: Dataset) -> list[Finding]:
    """The rows of `ontology/checks/*.rq`: each row is a defect, `?focus` the thing, `?message` the advice.

    Raises:
        DataError: A check is no valid SELECT with these two columns.
    """
    store = ox.Store()
    store.bulk_extend(dataset.quads())
    findings = []
    for path in project.files("ontology/checks", ".rq"):
        for thing, advice in check_rows(store, path, read_text(project.path(path), path)):
            what = f"{shorten(thing)}{_name(dataset, thing)}"
            findings.append(Finding(dataset.where(thing), what, advice, path, focus=thing))
    return sorted(set(findings))


def check_rows(store: ox.Store, path: str, text: str) -> list[tuple[str, str]]:
    """The rows of one check on a store of named graphs: each the IRI of a thing, and the advice.

    Args:
        store: The dataset, each file in a graph of its own.
        path: The name of the check in messages.
        text: Its query.

    Raises:
        DataError: The query is no valid SELECT with the two columns.
    """
    try:
        result = store.query(text, use_default_graph_as_union=True)
    except SyntaxError as error:
        raise DataError(f"{path}: the check is no valid SPARQL: {error}") from error
    if not isinstance(result, ox.QuerySolutions) or [v.value for v in result.variables] != ["focus", "message"]:
        raise DataError(f"{path}: a check is SELECT ?focus ?message.")
    return [
        (
            focus.value if isinstance(focus, ox.NamedNode) else str(focus),
            message.value if isinstance(message, ox.Literal) else "",
        )
        for focus, message in result
    ]
