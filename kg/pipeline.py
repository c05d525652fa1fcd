"""The way of the data: files, dataset, checks, closure, store; and the export of what is stored."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple, dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from filelock import FileLock, Timeout
from rdflib import Graph

from kg import reason
from kg.asking.lexicon import read_lexicon
from kg.catalogue import Catalogue, example_findings, read_catalogue
from kg.dataset import Dataset, read_dataset
from kg.errors import DataError, UnreachableError
from kg.files import (
    ASSERTED,
    CURRENT,
    MANIFEST,
    STORE,
    Build,
    Project,
    read_text,
    stamp,
    store_sizes,
    write_text,
)
from kg.findings import Finding
from kg.formatting import format_findings
from kg.guards import clash_findings, closure_findings, ontology_findings, question_findings, read_questions
from kg.keys import Stages, build_key, digest, hashes, standing, whole_build
from kg.namespaces import CHECKS, INFERRED, PREFIXES, QUERIES, VERSIONS
from kg.report import add_results
from kg.statements import read_statements, statement_findings
from kg.store import open_store
from kg.storing import as_inferred, store_build, take_over
from kg.turtle import Document
from kg.validate import hygiene_results, shape_report, shape_results, unjudged_constructs, unknown_terms

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
        store.bulk_extend(chain(dataset.quads(), as_inferred(_published(closure.inferred))))
        yield "Statement", statement_findings(store, statements)
        yield "Example", example_findings(catalogue, store)


def _judge(project: Project, dataset: Dataset, validator: str, stages: Stages, progress: Progress) -> list[Finding]:
    """The vocabulary check; then, if every term is known, the shapes and the hygiene queries."""
    facts, shapes = _texts(dataset.documents), _texts(dataset.shapes)
    checks = _read(project, "ontology/checks")
    progress(STAGES[1])
    findings = _kept(stages, "terms", [*facts, *shapes], lambda: unknown_terms(dataset))
    if not findings:
        progress(STAGES[2])
        findings = [
            *_kept(stages, "shapes", [validator, *facts, *shapes], lambda: shape_results(dataset, validator)),
            *_kept(stages, "checks", [*facts, *shapes, *checks], lambda: hygiene_results(project, dataset)),
        ]
    return findings


def _kept(stages: Stages, stage: str, inputs: Iterable[str], judge: Callable[[], list[Finding]]) -> list[Finding]:
    """What a stage finds, as it was kept or found now."""
    text = stages.give(stage, inputs, lambda: json.dumps([astuple(finding) for finding in judge()]))
    return [Finding(*values) for values in json.loads(text)]


def build(
    project: Project,
    reasoner: str = "kg",
    progress: Progress = lambda stage: None,
    validator: str = "turbo",
    again: bool = False,
) -> Summary:
    """Make a new build and put it in force; the last good one stays if anything fails.

    What the last one made of the same files, by the same program and options, is taken over; all of it, where nothing
    has changed.

    Args:
        project: Whose files are built.
        reasoner: "kg" for the package's own OWL 2 RL engine, "owlrl" for the reference.
        progress: Called with the name of each of `STAGES` as it begins.
        validator: "turbo" for pyshacl-turbo, "pyshacl" for the reference.
        again: Whether all is made anew.

    Raises:
        DataError: The files are not valid; the message lists all violations.
        UnreachableError: The build cannot be written, or another one is running.
    """
    start = time.perf_counter()
    there = None if again else standing(project, reasoner, validator)
    if there is not None:
        return _summary(there, start)
    try:
        os.makedirs(project.builds, exist_ok=True)
        with FileLock(os.path.join(project.builds, "lock"), timeout=0):
            _clean(project)
            before = None if again else whole_build(project)
            return _build(project, reasoner, validator, before, progress, start)
    except Timeout as error:
        raise UnreachableError(f"Another build is running in {project.builds}.\n  Wait until it has ended.") from error
    except OSError as error:
        raise UnreachableError(
            f"The build cannot be written to {project.builds}: {error.strerror or error}.\n"
            "  The last good build is still in force."
        ) from error


def _build(
    project: Project, reasoner: str, validator: str, before: Build | None, progress: Progress, start: float
) -> Summary:
    progress(STAGES[0])
    inputs = {path: stamp(project.path(path)) for path in project.inputs()}
    key = build_key(project, reasoner, validator)
    stages = Stages(before)
    dataset = read_dataset(project)
    catalogue, statements = _asked(project, dataset, stages)
    lexicon = read_lexicon(project, catalogue, dataset.subjects())
    findings = _judge(project, dataset, validator, stages, progress)
    violations = [finding for finding in findings if finding.violation]
    if violations:
        raise DataError("\n".join(map(str, violations)))
    progress(STAGES[3])
    inferred = _inferred(dataset, reasoner, stages)
    progress(STAGES[4])
    name = f"{time.time_ns():x}"
    folder = os.path.join(project.builds, name)
    os.mkdir(folder)
    content = [*stages.kept("catalogue", "statements", "closure"), *_texts(dataset.documents)]
    content += _read(project, "queries", ".yaml")
    stored = json.loads(
        stages.give(
            "store",
            content,
            lambda: json.dumps(store_build(folder, dataset.quads(), inferred, catalogue, statements, lexicon)),
        )
    )
    if before is not None and not os.path.exists(os.path.join(folder, STORE)):
        take_over(before, folder)
    stages.write(folder)
    summary = {**stored["counts"], "violations": 0, "warnings": [astuple(finding) for finding in findings]}
    if inputs != {path: stamp(project.path(path)) for path in project.inputs()}:
        key = ""  # A file was changed meanwhile: the next build has to look again.
    manifest = {
        "inputs": inputs,
        "key": key,
        "summary": summary,
        "disputes": stored["disputes"],
        **{part: store_sizes(os.path.join(folder, part)) for part in (STORE, ASSERTED)},
        "made": hashes(folder),
    }
    write_text(os.path.join(folder, MANIFEST), json.dumps(manifest))
    write_text(os.path.join(project.builds, CURRENT), name + "\n")
    return _summary(summary, start)


def _summary(told: dict[str, Any], start: float) -> Summary:
    """The summary as a manifest tells it, and the time since the start."""
    warnings = tuple(Finding(*values) for values in told["warnings"])
    return Summary(**{**told, "warnings": warnings}, seconds=time.perf_counter() - start)


def _asked(project: Project, dataset: Dataset, stages: Stages) -> tuple[Catalogue, dict[str, Any]]:
    """The canned queries and the checks of statements."""
    subjects = dataset.subjects()
    known = digest(*sorted(subjects))
    catalogue = stages.give(
        "catalogue",
        [known, *_read(project, "queries")],
        lambda: json.dumps(_catalogue(project, dataset), ensure_ascii=False),
    )
    statements = stages.give(
        "statements",
        [known, *_read(project, "verifications")],
        lambda: json.dumps(read_statements(project, subjects), ensure_ascii=False),
    )
    return json.loads(catalogue), json.loads(statements)


def _read(project: Project, folder: str, suffix: str = ".rq") -> list[str]:
    """The paths and texts of the files in a folder."""
    return [part for path in project.files(folder, suffix) for part in (path, read_text(project.path(path), path))]


def _texts(documents: dict[str, Document]) -> list[str]:
    """The paths and texts of files: all that follows from them has these for its key."""
    return [part for path, document in documents.items() for part in (path, document.text)]


def _inferred(dataset: Dataset, reasoner: str, stages: Stages) -> list[ox.Quad]:
    """The closure as `_close` gives it, as it was kept or made now."""

    def close() -> str:
        return (ox.serialize(_close(dataset, reasoner), format=ox.RdfFormat.N_TRIPLES) or b"").decode()

    text = stages.give("closure", [reasoner, *_texts(dataset.documents)], close)
    return list(as_inferred(ox.parse(text, format=ox.RdfFormat.N_TRIPLES)))


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
    triples = (quad.triple for quad in dataset.quads())
    if reasoner == "owlrl":
        return _published(reason.close_with_owlrl(triples))
    closure = reason.close(triples)
    if closure.clashes:
        raise DataError("\n".join(map(str, clash_findings(dataset, closure.clashes))))
    return _published(closure.inferred)


def _published(inferred: Iterable[ox.Triple]) -> list[ox.Triple]:
    """What of a closure is stored, in the order of its text."""
    return sorted((triple for triple in inferred if reason.publishable(triple)), key=str)


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
