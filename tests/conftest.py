"""What several tests share: the real graph, built once a session outside the checkout."""

import shutil
from pathlib import Path

import pytest

from kg import pipeline
from kg.files import FOLDERS, Build, Project, current_build

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def real_project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A copy of the real project, built."""
    root = tmp_path_factory.mktemp("real")
    for folder in FOLDERS:
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
