"""The built wheel, in a bare environment and without the checkout, answers a question."""

import json
import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from kg.files import FOLDERS

ROOT = Path(__file__).parent.parent
MOST_PACKAGES = 20


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT],
        capture_output=True, check=True,
    )  # fmt: skip
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def bare(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a new environment that holds the wheel and what it requires."""
    folder = tmp_path_factory.mktemp("bare")
    venv.create(folder, with_pip=True)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    python = programs / "python"
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel],
        capture_output=True,
        check=True,
    )
    return programs


def test_wheel_carries_the_graph(wheel: Path) -> None:
    """Every file of ontology, data, queries and verifications travels in the wheel, and the licences with it."""
    packed = set(zipfile.ZipFile(wheel).namelist())
    expected = {
        f"kg/carried/{path.relative_to(ROOT).as_posix()}"
        for folder in (*FOLDERS, "verifications")
        for path in (ROOT / folder).rglob("*.*")
        if path.suffix in (".ttl", ".rq")
    }
    assert expected <= packed
    assert {"LICENSE", "LICENSE-DATA"} <= {Path(name).name for name in packed}


def test_bare_environment_answers(bare: Path, tmp_path: Path) -> None:
    """Outside any project the installed command builds the carried graph once and answers from it."""
    cache = tmp_path / "cache"
    nowhere = tmp_path / "nowhere"
    nowhere.mkdir()
    command = [str(bare / "kg"), "query", "regions-across-border", "--region", "Orenburg Region", "--format", "json"]
    for _ in range(2):
        done = subprocess.run(
            command, capture_output=True, text=True, cwd=nowhere,
            env={**os.environ, "XDG_CACHE_HOME": str(cache), "LOCALAPPDATA": str(cache), "HOME": str(tmp_path)},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        rows = json.loads(done.stdout)["results"]["bindings"]
        assert [row["neighbour"]["value"].rpartition("/")[2] for row in rows] == [
            "aktobe",
            "kostanay",
            "west-kazakhstan",
        ]
    assert done.stderr == ""


def test_base_install_is_light(bare: Path) -> None:
    """A base install brings at most 20 packages, itself counted and pip not."""
    listed = subprocess.run(
        [bare / "python", "-m", "pip", "--disable-pip-version-check", "list", "--format=json"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    names = {item["name"] for item in json.loads(listed.stdout)} - {"pip", "setuptools"}
    assert len(names) <= MOST_PACKAGES
