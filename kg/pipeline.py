"""The way of the data: files, dataset, checks, closure, store; and the export of what is stored."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from filelock import FileLock, Timeout
from rdflib import Graph

from kg import reason
from kg.answer.disputes import disputed_things
from kg.asking.index import INDEX
from kg.asking.lexicon import read_lexicon
from kg.asking.making import make_index
from kg.catalogue import Catalogue, example_findings, read_catalogue
from kg.cite.versions import version_quads
from kg.dataset import Dataset, graph_iri, read_dataset
from kg.errors import DataError, UnreachableError
from kg.executables import query_quads
from kg.files import (
    ASSERTED,
    CATALOGUE,
    CURRENT,
    MANIFEST,
    STORE,
    VERIFICATIONS,
    Build,
    Project,
    stamp,
    store_sizes,
    write_text,
)
from kg.findings import Finding
from kg.guards import clash_findings, closure_findings, ontology_findings, question_findings, read_questions
from kg.namespaces import BL, CHECKS, INFERRED, PREFIXES, QUERIES, RDF, VERSIONS
from kg.report import add_results
from kg.statements import read_statements, statement_findings
from kg.store import open_store, write_store
from kg.turtle import canonical_text, parse_file
from kg.validate import hygiene_results, shape_report, shape_results, unjudged_constructs, unknown_terms
from kg.verify import check_quads

STAGES = ("reading files", "checking terms", "judging by shapes", "closing", "writing the store")
REASONERS = ("kg", "owlrl")
EXPORT_FORMATS = {
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Summary:
    """What a build made. Counts are of triples, claims, sources and findings; `seconds` is wall time."""

    asserted: int
    inferred: int
    claims: int
    sources: int
    violations: int
    warnings: tuple[Finding, ...]
    seconds: float


def check(project: Project, progress: Progress = lambda stage: None, validator: str = "turbo") -> list[Finding]:
    """All that must hold of the files; an empty list if it does.

    Args:
        project: Whose files are judged.
        progress: As in `build`.
        validator: As in `build`.

    Raises:
        DataError: A file cannot be read as what it should be, so that nothing further can be judged.
    """
    progress(STAGES[0])
    found = _guard(project, read_dataset(project), lambda dataset: shape_results(dataset, validator), progress)
    return [finding for _, findings in found for finding in findings]


def _catalogue(project: Project, dataset: Dataset) -> Catalogue:
    """The canned queries; their headers name only what the files describe."""
    return read_catalogue(Path(project.root), dataset.subjects())


def _stored(asserted: list[ox.Quad], inferred: list[ox.Triple]) -> list[ox.Quad]:
    """What is asserted, each triple in the graph of its file, and what follows from it in a graph of its own."""
    graph = ox.NamedNode(INFERRED)
    return [*asserted, *(ox.Quad(triple.subject, triple.predicate, triple.object, graph) for triple in inferred)]


def shacl_report(project: Project, validator: str = "turbo") -> str:
    """The standard SHACL report, as Turtle, with the findings of all guards; errors as in `check`."""
    dataset = read_dataset(project)
    found = dict(_guard(project, dataset, unjudged_constructs))
    report = Graph() if found["Vocabulary"] or found["Shape"] else shape_report(dataset, validator)
    return add_results(report, found).serialize(format="turtle")


def _guard(
    project: Project,
    dataset: Dataset,
    shapes: Callable[[Dataset], list[Finding]],
    progress: Progress = lambda stage: None,
) -> Iterator[tuple[str, list[Finding]]]:
    """Each guard's name and what it finds. With a term that does not exist, nothing further can be judged.

    Args:
        project: Whose files are judged.
        dataset: What they hold.
        shapes: How the shapes are judged.
        progress: As in `build`.
    """
    catalogue = _catalogue(project, dataset)
    statements = read_statements(project, dataset.subjects())
    read_lexicon(project, catalogue, dataset.subjects())
    questions = read_questions(project)
    yield "CanonicalForm", format_findings(project, dataset)
    progress(STAGES[1])
    unknown = unknown_terms(dataset)
    yield "Vocabulary", unknown
    if unknown:
        return
    yield from ontology_findings(project, dataset, questions).items()
    progress(STAGES[2])
    yield "Shape", shapes(dataset)
    yield "Hygiene", hygiene_results(project, dataset)
    progress(STAGES[3])
    yield "Question", question_findings(dataset, questions)
    closure = reason.close(quad.triple for quad in dataset.quads())
    wrong = closure_findings(dataset, closure)
    yield "Closure", wrong
    if not wrong:
        store = ox.Store()
        store.bulk_extend(_stored(dataset.quads(), _published(closure.inferred)))
        yield "Statement", statement_findings(store, statements)
        yield "Example", example_findings(catalogue, store)


def _turtle_files(project: Project) -> list[str]:
    return [*project.files("ontology", ".ttl"), *project.files("data", ".ttl")]


def format_findings(project: Project, dataset: Dataset) -> list[Finding]:
    """Turtle files that are not in canonical form, each with the first line that differs."""
    findings = []
    read = {**dataset.documents, **dataset.shapes}
    for path in _turtle_files(project):
        document = read.get(path) or parse_file(Path(project.path(path)), path)
        text, canonical = document.text, canonical_text(document)
        if canonical != text:
            pairs = zip(canonical.split("\n"), text.split("\n"), strict=False)
            line = next((number for number, (new, old) in enumerate(pairs, 1) if new != old), 1)
            advice = f"Run `kg format {path}`."
            where, focus = f"{path}:{line}", graph_iri(path)
            findings.append(Finding(where, "not in canonical form.", advice, "canonical Turtle", focus=focus))
    return findings


def format_files(project: Project, names: list[str], write: bool = True) -> list[str]:
    """Write Turtle files in canonical form; each file whole or not at all.

    Args:
        project: Whose files are meant where `names` is empty.
        names: Files, or folders of files, from the current folder; none for all files of the project.
        write: Whether to write; else only look.

    Returns:
        The files that changed or would change, as named.

    Raises:
        DataError: A file does not parse, or has comments that would be lost.
        UnreachableError: A file cannot be read or written.
    """
    pairs = [(path, path) for name in names for path in _named_files(name)]
    pairs = pairs if names else [(project.path(path), path) for path in _turtle_files(project)]
    changed = []
    for path, shown in pairs:
        text, canonical = _formatted(Path(path), shown)
        if canonical != text:
            changed.append(shown)
            if write:
                write_text(path, canonical)
    return changed


def _named_files(name: str) -> list[str]:
    """The Turtle files that a path means: itself, or all below it if it is a folder."""
    if not Path(name).is_dir():
        return [name]
    return sorted(str(path) for path in Path(name).rglob("*.ttl"))


def _formatted(path: Path, shown: str) -> tuple[str, str]:
    """The text of a Turtle file and its canonical form."""
    document = parse_file(path, shown)
    return document.text, canonical_text(document)


def _judge(project: Project, dataset: Dataset, validator: str, progress: Progress) -> list[Finding]:
    """The vocabulary check; then, if every term is known, the shapes and the hygiene queries."""
    progress(STAGES[1])
    findings = unknown_terms(dataset)
    if not findings:
        progress(STAGES[2])
        findings = [*shape_results(dataset, validator), *hygiene_results(project, dataset)]
    return findings


def build(
    project: Project,
    reasoner: str = "kg",
    progress: Progress = lambda stage: None,
    validator: str = "turbo",
) -> Summary:
    """Make a new build and put it in force; the last good one stays if anything fails.

    Args:
        project: Whose files are built.
        reasoner: "kg" for the package's own OWL 2 RL engine, "owlrl" for the reference.
        progress: Called with the name of each of `STAGES` as it begins.
        validator: "turbo" for pyshacl-turbo, "pyshacl" for the reference.

    Raises:
        DataError: The files are not valid; the message lists all violations.
        UnreachableError: The build cannot be written, or another one is running.
    """
    start = time.perf_counter()
    try:
        os.makedirs(project.builds, exist_ok=True)
        with FileLock(os.path.join(project.builds, "lock"), timeout=0):
            _clean(project)
            return _build(project, reasoner, validator, progress, start)
    except Timeout as error:
        raise UnreachableError(f"Another build is running in {project.builds}.\n  Wait until it has ended.") from error
    except OSError as error:
        raise UnreachableError(
            f"The build cannot be written to {project.builds}: {error.strerror or error}.\n"
            "  The last good build is still in force."
        ) from error


def _build(project: Project, reasoner: str, validator: str, progress: Progress, start: float) -> Summary:
    progress(STAGES[0])
    inputs = {path: stamp(project.path(path)) for path in project.inputs()}
    dataset = read_dataset(project)
    catalogue = _catalogue(project, dataset)
    statements = read_statements(project, dataset.subjects())
    lexicon = read_lexicon(project, catalogue, dataset.subjects())
    findings = _judge(project, dataset, validator, progress)
    violations = [finding for finding in findings if finding.violation]
    if violations:
        raise DataError("\n".join(map(str, violations)))
    progress(STAGES[3])
    inferred = _close(dataset, reasoner)
    progress(STAGES[4])
    asserted = dataset.quads()
    stored = _stored(asserted, inferred)
    memory = ox.Store()
    memory.bulk_extend(stored)
    checks = check_quads(memory, statements)
    name = f"{time.time_ns():x}"
    folder = os.path.join(project.builds, name)
    os.mkdir(folder)
    described = [*query_quads(catalogue), *version_quads(asserted), *checks]
    write_store(os.path.join(folder, STORE), [*stored, *described])
    write_store(os.path.join(folder, ASSERTED), [*asserted, *described])
    store = open_store(os.path.join(folder, STORE))
    wrong = example_findings(catalogue, store)
    if wrong:
        raise DataError("\n".join(map(str, wrong)))
    write_text(os.path.join(folder, CATALOGUE), json.dumps(catalogue, ensure_ascii=False))
    write_text(os.path.join(folder, VERIFICATIONS), json.dumps(statements, ensure_ascii=False))
    write_text(os.path.join(folder, INDEX), json.dumps(make_index(catalogue, store, lexicon), ensure_ascii=False))
    summary = Summary(
        asserted=len(asserted),
        inferred=len(inferred),
        claims=_members(asserted, inferred, BL + "Claim"),
        sources=_members(asserted, inferred, BL + "Source"),
        violations=0,
        warnings=tuple(finding for finding in findings if not finding.violation),
        seconds=time.perf_counter() - start,
    )
    manifest = {
        "inputs": inputs,
        "reasoner": reasoner,
        "validator": validator,
        "disputes": disputed_things(asserted),
        **{part: store_sizes(os.path.join(folder, part)) for part in (STORE, ASSERTED)},
    }
    write_text(os.path.join(folder, MANIFEST), json.dumps(manifest))
    write_text(os.path.join(project.builds, CURRENT), name + "\n")
    return summary


def _clean(project: Project) -> None:
    """Remove what killed builds left, and builds older than the one in force."""
    try:
        current = Path(project.builds, CURRENT).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        current = ""
    for entry in os.scandir(project.builds):
        if entry.is_dir() and entry.name != current:
            shutil.rmtree(entry.path, ignore_errors=True)
        elif entry.name.endswith(".new"):
            os.remove(entry.path)


def _close(dataset: Dataset, reasoner: str) -> list[ox.Triple]:
    """The published part of the OWL 2 RL closure, in the order of its text.

    Raises:
        DataError: Ontology and data clash; the message gives the rule and the premises.
    """
    triples = [quad.triple for quad in dataset.quads()]
    if reasoner == "owlrl":
        inferred: Iterable[ox.Triple] = reason.close_with_owlrl(triples)
    else:
        closure = reason.close(triples)
        if closure.clashes:
            raise DataError("\n".join(map(str, clash_findings(dataset, closure.clashes))))
        inferred = closure.inferred
    return _published(inferred)


def _published(inferred: Iterable[ox.Triple]) -> list[ox.Triple]:
    """What of a closure is stored, in the order of its text."""
    return sorted((triple for triple in inferred if reason.publishable(triple)), key=str)


def _members(asserted: list[ox.Quad], inferred: list[ox.Triple], of_class: str) -> int:
    """How many things belong to a class, by assertion or inference."""
    kind, type_of = ox.NamedNode(of_class), ox.NamedNode(RDF + "type")
    triples = [*(quad.triple for quad in asserted), *inferred]
    return len({triple.subject for triple in triples if triple.object == kind and triple.predicate == type_of})


def export(build: Build, form: str, part: str = "all") -> bytes:
    """The stored graph as one file, byte for byte the same from one run to the next.

    Args:
        build: The build to read.
        form: One of `EXPORT_FORMATS`; "nq", "trig" and "jsonld" keep the named graphs.
        part: "asserted" (what the files of facts and terms say), "inferred", "queries" (the canned
            queries as SHACL executables), "versions" (those of the claims and the dataset), "checks" (the verdicts
            on statements) or "all".
    """
    made = {INFERRED: "inferred", QUERIES: "queries", VERSIONS: "versions", CHECKS: "checks"}
    # Lines are sorted many times faster than quads. Each ends in its graph, which has no space.
    content = open_store(build.store).dump(format=ox.RdfFormat.N_QUADS) or b""
    pairs = ((line.split(b" ")[-2], line) for line in content.splitlines(keepends=True))
    wanted = sorted(
        (graph, line) for graph, line in pairs if part in ("all", made.get(graph[1:-1].decode(), "asserted"))
    )
    rdf_format = EXPORT_FORMATS[form]
    if rdf_format.supports_datasets:
        lines = [line for _, line in wanted]
    else:
        lines = sorted({line[: -len(graph) - 3] + b".\n" for graph, line in wanted})
    text = b"".join(lines)
    if form in ("nq", "nt"):
        return text
    prefixes = {prefix: namespace for prefix, namespace in PREFIXES.items() if f"<{namespace}".encode() in text}
    statements = ox.parse(text, format=ox.RdfFormat.N_QUADS)
    if rdf_format.supports_datasets:
        return ox.serialize(statements, format=rdf_format, prefixes=prefixes) or b""
    return ox.serialize((quad.triple for quad in statements), format=rdf_format, prefixes=prefixes) or b""
