"""Turtle files in their canonical form: which are not, and writing them so."""

from __future__ import annotations

from pathlib import Path

from kg.dataset import Dataset, graph_iri
from kg.files import Project, write_text
from kg.findings import Finding
from kg.turtle import canonical_text, parse_file


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
