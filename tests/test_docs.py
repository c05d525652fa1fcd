"""The documentation is true: its examples run, and every command and query is in reach of a reader."""

import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from kg.files import Project

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
NOTEBOOK = ROOT / "docs" / "notebook.md"
# A block of code, and the output that may stand below it.
CODE = re.compile(r"```python\n(?P<code>.*?)```\n(?:\n```text\n(?P<shown>.*?)```\n)?", re.DOTALL)
CONSOLE = re.compile(r"^```console\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


def examples() -> list[tuple[str, str]]:
    """The commands of the README with the output that it shows."""
    found = []
    for block in CONSOLE.finditer(README.read_text("utf-8")):
        command, _, output = block["body"].partition("\n")
        found.append((command.removeprefix("$ "), output))
    return found


def output_of(command: str, project: Project) -> str:
    """What a command of the README prints, in 100 columns, in the folder of a built project."""
    words = shlex.split(command)
    assert words[0] == "kg"
    done = subprocess.run(
        [sys.executable, "-m", "kg.cli", *words[1:]],
        capture_output=True, cwd=project.root, env={**os.environ, "COLUMNS": "100"}, check=True,
    )  # fmt: skip
    return done.stdout.decode("utf-8")


def test_readme_shows_what_the_commands_print(real_project: Project) -> None:
    """Each example of the README prints what the README shows; KG_AGREE=1 writes the outputs anew."""
    if os.environ.get("KG_AGREE") == "1":

        def anew(block: re.Match[str]) -> str:
            command = block["body"].partition("\n")[0]
            return f"```console\n{command}\n{output_of(command.removeprefix('$ '), real_project)}```"

        README.write_text(CONSOLE.sub(anew, README.read_text("utf-8")), "utf-8")
    for command, expected in examples():
        assert expected == output_of(command, real_project)


def test_readme_has_a_question_and_three_more() -> None:
    """A reader sees at least four answers."""
    assert len([command for command, _ in examples() if command.startswith("kg")]) >= 4


def test_readme_python_runs(real_project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """The Python example runs as it stands."""
    monkeypatch.chdir(real_project.root)
    code = re.search(r"^```python\n(.*?)^```$", README.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert code is not None
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code[1], "README.md", "exec"), {})  # noqa: S102 - our own example
    assert "Aktobe Region - Kazakhstan" in printed.getvalue().splitlines()


def test_notebook_runs_and_prints_what_it_shows(
    real_project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The blocks of the notebook run in their order, and print what stands below each; KG_AGREE=1 writes that anew."""
    monkeypatch.setattr("kg.library.find_project", lambda directory: real_project)
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}

    def run(block: re.Match[str]) -> str:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(block["code"], "notebook.md", "exec"), names)  # noqa: S102 - our own example
        shown = "" if block["shown"] is None else f"\n```text\n{printed.getvalue()}```\n"
        assert shown or not printed.getvalue()
        return f"```python\n{block['code']}```\n{shown}"

    text = NOTEBOOK.read_text("utf-8")
    fresh = CODE.sub(run, text)
    if os.environ.get("KG_AGREE") == "1":
        NOTEBOOK.write_text(fresh, "utf-8")
    assert fresh == NOTEBOOK.read_text("utf-8")
    assert (tmp_path / "unemployment.png").read_bytes().startswith(b"\x89PNG")


def test_folders_of_the_readme_exist() -> None:
    """Every folder that the table of contents names is there."""
    named = re.findall(r"^\| `([a-z]+/)` \|", README.read_text("utf-8"), re.MULTILINE)
    assert named
    assert [folder for folder in named if not (ROOT / folder).is_dir()] == []
