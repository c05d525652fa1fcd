"""What several tests share: the real graph and a small one, each built once a session outside the checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg import pipeline
from kg.files import FOLDERS, Build, Project, current_build

ROOT = Path(__file__).parent.parent
SMALL = Path(__file__).parent / "small"


@pytest.fixture(scope="session")
def real_project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A copy of the real project, built."""
    root = tmp_path_factory.mktemp("real")
    for folder in (*FOLDERS, "verifications"):
        shutil.copytree(ROOT / folder, root / folder)
    project = Project(str(root), str(root / ".kg"), False)
    pipeline.build(project)
    return project


@pytest.fixture(scope="session")
def real_build(real_project: Project) -> Build:
    """The build of the real project."""
    build = current_build(real_project)
    assert build is not None
    return build


def project_at(root: Path) -> Project:
    """The project in a folder, as the command line finds it."""
    return Project(str(root), str(root / ".kg"), False)


def build_of(root: Path) -> Build:
    """The build in force of the project in a folder."""
    build = current_build(project_at(root))
    assert build is not None
    return build


def rebuild(root: Path) -> None:
    """Build the project in a folder, in this process: where only what comes of it matters."""
    pipeline.build(project_at(root))


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the small project, built; tests read it and never change it."""
    root = tmp_path_factory.mktemp("small")
    shutil.copytree(SMALL, root, dirs_exist_ok=True)
    rebuild(root)
    return root


@pytest.fixture
def folder(small: Path, tmp_path: Path) -> Path:
    """A copy of the small project with its build, for the test to change."""
    root = tmp_path / "project"
    shutil.copytree(small, root)
    return root


@dataclass(frozen=True)
class Done:
    """How a command ended: its exit code, or minus the signal, and what it wrote."""

    code: int
    out: str
    err: str


def environment(folder: Path, **more: str) -> dict[str, str]:
    """The environment of a command: 100 columns, and no folder of the user's own for a carried graph."""
    return {**os.environ, "COLUMNS": "100", "XDG_CACHE_HOME": str(folder / ".cache"), **more}


def command(*arguments: str) -> list[str]:
    """The words that run `kg`; a warning of Python is an error, but for rdflib's of its own calls."""
    quiet = ("-W", "error", "-W", "ignore:Dataset.:DeprecationWarning")
    return [sys.executable, *quiet, "-m", "kg.cli", *arguments]


def kg(
    folder: Path, *arguments: str, limit: int | None = None, before: Callable[[], None] | None = None, **more: str
) -> Done:
    """Run `kg` in a folder as a user does, to its end; no run may show a traceback.

    Args:
        folder: Where it runs.
        arguments: What follows `kg`.
        limit: Seconds after which the test fails; 60 if left out.
        before: What the new process does first.
        more: Variables of the environment.
    """
    done = subprocess.run(
        command(*arguments), cwd=folder, env=environment(folder, **more), stdin=subprocess.DEVNULL,
        capture_output=True, timeout=limit or 60, preexec_fn=before, check=False,
    )  # fmt: skip
    out, err = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    assert "Traceback" not in out + err, err
    return Done(done.returncode, out, err)


def change(folder: Path, path: str, old: str, new: str) -> None:
    """Replace a text that a file holds once."""
    text = (folder / path).read_text("utf-8")
    assert text.count(old) == 1, (path, old)
    (folder / path).write_text(text.replace(old, new), "utf-8")


def add(folder: Path, path: str, text: str) -> None:
    """Write a new file, or add to the end of one that is there."""
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("a", encoding="utf-8") as file:
        file.write(text)
