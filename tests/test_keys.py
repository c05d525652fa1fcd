"""Builds by content: what has not changed is not made again, and what was kept is trusted only if it is whole."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from conftest import add, build_of, change, environment, kg, project_at, rebuild
from kg import keys, pipeline
from kg.keys import Stages

ORE = "data/chains/ore.ttl"
SHAPES = "ontology/shapes/shapes.ttl"
CHECK = "ontology/checks/sides.rq"
QUERY = "queries/flows.rq"
ALL = {"catalogue", "statements", "terms", "shapes", "checks", "closure", "store"}
HEAVY = {
    "dataclasses",
    "owlrl",
    "pathlib",
    "pyoxigraph",
    "pyshacl",
    "pyshacl_turbo",
    "rdflib",
    "rich",
    "yaml",
}


@pytest.fixture
def redone(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The stages that are made and not taken over, while the test runs."""
    made: set[str] = set()
    give = Stages.give

    def spy(self: Stages, stage: str, inputs: Iterable[str], make: Callable[[], str]) -> str:
        def noted() -> str:
            made.add(stage)
            return make()

        return give(self, stage, inputs, noted)

    monkeypatch.setattr(Stages, "give", spy)
    return made


def files(folder: Path) -> dict[str, int]:
    """All files of the builds, with the time of their last change."""
    return {str(path): path.stat().st_mtime_ns for path in (folder / ".kg").rglob("*") if path.is_file()}


def exported(folder: Path) -> bytes:
    """All that the build in force holds."""
    return pipeline.export(build_of(folder), "nq")


def test_nothing_changed_nothing_done(folder: Path, redone: set[str]) -> None:
    """A build of what is built writes nothing, makes nothing, and says what the last one said."""
    before, stages = files(folder), list[str]()
    summary = pipeline.build(project_at(folder), progress=stages.append)
    assert (files(folder), stages, redone) == (before, [], set())
    done = kg(folder, "build")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(
        f"{summary.asserted} triples asserted, {summary.inferred} inferred; 2 claims, 1 sources; "
    )
    assert "0 violations, 0 warnings; nothing has changed; " in done.out
    assert files(folder) == before


def test_nothing_changed_imports_nothing_heavy(folder: Path) -> None:
    """A build that has nothing to do imports no engine, and nothing that takes as long as its work."""
    code = "import sys; from kg.cli import main; main(['build']); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=environment(folder), capture_output=True, text=True, check=True
    )
    said, modules = done.stdout.splitlines()
    assert "nothing has changed" in said
    assert set(modules.split()) & HEAVY == set()


def test_touched_is_not_changed(folder: Path, redone: set[str]) -> None:
    """A file that was written again with the same content counts as unchanged, for questions too."""
    os.utime(folder / ORE)
    assert build_of(folder).changed(project_at(folder)) == [ORE]
    rebuild(folder)
    assert redone == set()
    assert build_of(folder).changed(project_at(folder)) == []


def test_same_size_and_time_is_changed(folder: Path, redone: set[str]) -> None:
    """Content counts and not the time of a file."""
    status = (folder / ORE).stat()
    change(folder, ORE, '"Shore Mine"@en', '"Share Mine"@en')
    os.utime(folder / ORE, ns=(status.st_atime_ns, status.st_mtime_ns))
    rebuild(folder)
    assert "store" in redone
    assert b"Share Mine" in exported(folder)


CHANGES: dict[str, tuple[str, str, str, set[str]]] = {
    "a fact": (ORE, '"Shore Mine"@en', '"Shore Pit"@en', ALL - {"catalogue", "statements"}),
    "a shape": (SHAPES, "sh:maxCount 1", "sh:maxCount 2", {"terms", "shapes", "checks"}),
    "a check": (CHECK, "SELECT", "# looked at\nSELECT", {"checks"}),
    "a query": (QUERY, "SELECT", "# looked at\nSELECT", {"catalogue", "store"}),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_redoes_what_depends_on_it(what: str, folder: Path, redone: set[str]) -> None:
    """A change in one file redoes the stages that follow from it and no other; what comes of it is as if made anew."""
    path, old, new, stages = CHANGES[what]
    text = (folder / path).read_text("utf-8")
    assert old in text
    (folder / path).write_text(text.replace(old, new, 1), "utf-8")
    rebuild(folder)
    assert redone == stages
    taken_over = exported(folder), build_of(folder).manifest["summary"], build_of(folder).catalogue()
    pipeline.build(project_at(folder), again=True)
    assert redone == ALL
    assert taken_over == (exported(folder), build_of(folder).manifest["summary"], build_of(folder).catalogue())


def test_a_new_file_and_a_lost_one(folder: Path, redone: set[str]) -> None:
    """A file that is added or taken away is a change."""
    before = exported(folder)
    add(folder, "queries/more.rq", (folder / QUERY).read_text("utf-8"))
    rebuild(folder)
    assert redone == {"catalogue", "store"}
    assert "more" in build_of(folder).catalogue()
    (folder / "queries/more.rq").unlink()
    rebuild(folder)
    assert exported(folder) == before


def test_words_of_questions(folder: Path, redone: set[str]) -> None:
    """The words of questions are a part of what is stored."""
    add(folder, "queries/words.yaml", "passed-over: oh please\n")
    rebuild(folder)
    assert redone == {"store"}


@pytest.mark.parametrize(
    ("options", "stages"), [({"validator": "pyshacl"}, {"shapes"}), ({"reasoner": "owlrl"}, {"closure"})]
)
def test_another_engine_redoes_its_stage(
    options: dict[str, str], stages: set[str], folder: Path, redone: set[str]
) -> None:
    """What one engine gave is not taken for what another would give; from the same closure follows the same store."""
    pipeline.build(project_at(folder), **options)  # type: ignore[arg-type]
    assert redone == stages


def test_another_version_redoes_all(folder: Path, redone: set[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """What another version of an engine, or of this program, has made is not taken over."""
    monkeypatch.setattr(keys, "_versions", lambda: ["rdflib-9.9.9.dist-info"])
    rebuild(folder)
    assert redone == ALL


def test_versions_name_each_engine() -> None:
    """The engines that are installed are found with their versions."""
    names = {name.lower().partition("-")[0] for name in keys._versions()}
    assert {"owlrl", "pyoxigraph", "pyshacl", "pyshacl_turbo", "pyyaml", "rdflib"} <= names


def test_program_is_its_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One changed line of the program is another program."""
    (tmp_path / "a.py").write_text("A = 1\n")
    monkeypatch.setattr(keys, "__file__", str(tmp_path / "keys.py"))
    before = keys.program()
    (tmp_path / "a.py").write_text("A = 2\n")
    assert keys.program() != before


def cut(path: Path) -> None:
    """Halve a file."""
    os.truncate(path, path.stat().st_size // 2)


def scramble(path: Path) -> None:
    """Change the last byte of a file."""
    content = path.read_bytes()
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))


DAMAGES: dict[str, Callable[[Path], object]] = {
    "cut": cut,
    "scrambled": scramble,
    "empty": lambda path: path.write_bytes(b""),
    "no text": lambda path: path.write_bytes(b"\xff\xfe\n\xff"),
    "missing": lambda path: path.unlink(),
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("stage", ["catalogue", "closure", "shapes", "store"])
def test_a_damaged_stage_is_made_again(stage: str, damage: str, folder: Path, redone: set[str]) -> None:
    """What a stage gave is not taken over if it is not what was written."""
    before = exported(folder)
    add(folder, CHECK, "\n# looked at\n")
    DAMAGES[damage](Path(build_of(folder).folder) / "stages" / stage)
    rebuild(folder)
    assert redone == {"checks", stage}
    assert exported(folder) == before


def test_nothing_of_a_damaged_build_is_taken_over(folder: Path, redone: set[str]) -> None:
    """Where a part of the build in force is not what was written, all is made anew, though nothing else has changed."""
    before = exported(folder)
    scramble(next((Path(build_of(folder).folder) / "store").glob("*.sst")))
    rebuild(folder)
    assert redone == ALL
    assert exported(folder) == before


def test_a_change_during_a_build(folder: Path, redone: set[str]) -> None:
    """A file that changes while it is built is not taken for what was built."""
    project = project_at(folder)

    def disturb(stage: str) -> None:
        if stage == pipeline.STAGES[-1]:
            change(folder, ORE, '"Shore Mine"@en', '"Shore Pit"@en')

    pipeline.build(project, progress=disturb, again=True)
    assert b"Shore Mine" in exported(folder)
    redone.clear()
    rebuild(folder)
    assert "store" in redone
    assert b"Shore Pit" in exported(folder)


def test_again(folder: Path, redone: set[str]) -> None:
    """On request all is made anew."""
    name = build_of(folder).folder
    done = kg(folder, "build", "--again")
    assert (done.code, "nothing has changed" in done.out) == (0, False)
    assert build_of(folder).folder != name
    pipeline.build(project_at(folder), again=True)
    assert redone == ALL
