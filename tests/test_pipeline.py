"""The way of the data, from the command line: bad files are told where and what, and no good build is lost."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import add, build_of, change, command, environment, kg, project_at, rebuild
from kg import pipeline
from kg.errors import DataError, UsageError
from kg.namespaces import PREFIXES

CLAIMS = "data/claims/report.ttl"
ORE = "data/chains/ore.ttl"
PLACES = "data/places/places.ttl"
SOURCES = "data/sources/report.ttl"
TERMS = "ontology/terms.ttl"
SHAPES = "ontology/shapes/shapes.ttl"
REGION = PREFIXES["region"]
QUESTION = ("query", "flows", "--region", "North Shore Region", "--format", "csv")
ANSWER = (
    "flow,from,plant,source,locator\n"
    "https://w3id.org/borderlands/id/flow/ore,https://w3id.org/borderlands/id/facility/shore-mine,"
    "https://w3id.org/borderlands/id/facility/ford-mill,https://w3id.org/borderlands/id/source/report,"
    "https://w3id.org/borderlands/id/locator/report-2\n"
)


def line_of(folder: Path, path: str, text: str) -> int:
    """The line, from 1, on which a text stands first."""
    lines = (folder / path).read_text("utf-8").split("\n")
    return next(number for number, line in enumerate(lines, 1) if text in line)


def answer(folder: Path) -> str:
    """The answer to the question that every good build knows; what goes to standard error is left aside."""
    done = kg(folder, *QUESTION)
    assert done.code == 0, done.err
    return done.out.replace("\r\n", "\n")


def builds(folder: Path) -> set[str]:
    """The names of the folders of builds, whole or not."""
    return {entry.name for entry in (folder / ".kg").iterdir() if entry.is_dir()}


def test_build_ends_in_a_summary(folder: Path) -> None:
    """A build says what it made on standard output, and nothing on standard error."""
    done = kg(folder, "build")
    assert done.code == 0
    assert done.err == ""
    asserted, inferred = (int(word) for word in done.out.split()[0:4:3])
    assert asserted > inferred > 0
    assert "; 2 claims, 1 sources; 0 violations, 0 warnings; " in done.out


def test_check_of_good_files(folder: Path) -> None:
    """A check of good files says so and writes nothing."""
    before = sorted(folder.rglob("*"))
    done = kg(folder, "check")
    assert (done.code, done.out, done.err) == (0, "All holds; 0 warnings.\n", "")
    assert before == sorted(folder.rglob("*"))


# --- files that cannot be read ---------------------------------------------------------------


def test_turtle_error_after_cyrillic(folder: Path) -> None:
    """A syntax error is shown with its file, line and column in characters, the line, and a caret below it."""
    change(folder, PLACES, '"Южнобережная область"@ru ;', '"Южнобережная область"@ru ] ;')
    line = line_of(folder, PLACES, "@ru ]")
    text = '        "Южнобережная область"@ru ] ;'
    for name in ("build", "check"):
        done = kg(folder, name)
        assert (done.code, done.out) == (1, "")
        first, shown, caret = done.err.splitlines()
        assert first.startswith(f"kg: {PLACES}:{line}:{text.index(']') + 1}: ")
        assert shown == text
        assert caret == " " * text.index("]") + "^"
    assert answer(folder) == ANSWER


@pytest.mark.parametrize(
    ("content", "place", "said"),
    [
        (b"\xef\xbb\xbf# Places.\n", ":1:1: ", "byte order mark"),
        ("# Области\n<http://e.example/a> <http://e.example/b> \"".encode() + b'\xff" .\n', ":2:44: ", "0xFF"),
        (b"region:omsk a <http://e.example/Region> .\n", ":1:1: ", "add '@prefix region: <https://w3id.org/"),
        (b"<http://e.example/a> <http://e.example/b> \"c\"", ":1:46: ", "its '.' is missing"),
    ],
)  # fmt: skip
def test_files_that_are_no_turtle(content: bytes, place: str, said: str, folder: Path) -> None:
    """What is not UTF-8 or not Turtle is told with file, line and column."""
    (folder / "data" / "new.ttl").write_bytes(content)
    done = kg(folder, "build")
    assert done.code == 1
    assert done.err.startswith(f"kg: data/new.ttl{place}")
    assert said in done.err
    assert answer(folder) == ANSWER


@pytest.mark.parametrize("name", ["build", "check"])
def test_a_file_that_cannot_be_read(name: str, folder: Path) -> None:
    """A link to nothing is named as the file that cannot be read, not as a failure to write."""
    (folder / "data" / "new.ttl").symlink_to(folder / "nowhere.ttl")
    done = kg(folder, name)
    assert done.code == 3
    assert done.err == "kg: data/new.ttl cannot be read: No such file or directory.\n"
    assert answer(folder) == ANSWER


def test_files_of_editors_are_passed_over(folder: Path) -> None:
    """Lock files that an editor or a system puts beside ours are no part of the project."""
    (folder / "data" / ".#places.ttl").symlink_to("someone@somewhere.1234")
    (folder / "data" / "._places.ttl").write_bytes(b"\x00\x05\x16\x07")
    assert kg(folder, *QUESTION).err == ""
    rebuild(folder)


@pytest.mark.parametrize("name", ["re port.ttl", "отчёт.ttl", "a(1) & b%.ttl"])
def test_any_file_name_will_do(name: str, folder: Path) -> None:
    """A file may be called anything; its graph's IRI is percent-encoded."""
    (folder / SOURCES).rename(folder / "data" / "sources" / name)
    done = kg(folder, "build")
    assert done.code == 0, done.err
    assert answer(folder) == ANSWER


# --- terms that do not exist -----------------------------------------------------------------

# File, text, its replacement, the term in it that is wrong, what is said of it, what is meant.
UNKNOWN = [
    (CLAIMS, "bl:supports flow:ore", "bl:suports flow:ore", "bl:suports",
     "there is no property bl:suports.", "bl:supports"),
    (PLACES, "north-shore\n    a bl:Region", "north-shore\n    a bl:Regoin", "bl:Regoin",
     "there is no class bl:Regoin.", "bl:Region"),
    (TERMS, "rdfs:subClassOf bl:Source", "rdfs:subClassOf bl:Sorce", "bl:Sorce",
     "there is no term bl:Sorce.", "bl:Source"),
    (ORE, "bl:flowTo facility:ford-mill", "bl:flowTo facility:fort-mill", "facility:fort-mill",
     "nothing describes facility:fort-mill.", "facility:ford-mill"),
    (PLACES, 'skos:prefLabel "section', 'skos:prefLable "section', "skos:prefLable",
     "there is no skos:prefLable in its vocabulary.", "skos:prefLabel"),
    (TERMS, "bl:Claim\n    a owl:Class", "bl:Claim\n    a owl:Clas", "owl:Clas ;",
     "there is no owl:Clas in its vocabulary.", "owl:Class"),
    (TERMS, 'rdfs:label "claim"', 'rdfs:labl "claim"', "rdfs:labl ",
     "there is no rdfs:labl in its vocabulary.", "rdfs:label"),
    (SHAPES, "sh:maxCount 1", "sh:maxCont 1", "sh:maxCont ",
     "there is no sh:maxCont in its vocabulary.", "sh:maxCount"),
    (SOURCES, "2020 ;", '"2020"^^<http://www.w3.org/2001/XMLSchema#integr> ;', "<http://www.w3.org/2001/XML",
     "there is no xsd:integr in its vocabulary.", "xsd:integer"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "old", "new", "wrong", "said", "meant"), UNKNOWN, ids=[row[3].strip(" ;") for row in UNKNOWN]
)
def test_unknown_terms(path: str, old: str, new: str, wrong: str, said: str, meant: str, folder: Path) -> None:
    """A term that does not exist, ours or of a vocabulary of W3C, is told with file and line, and the one meant."""
    change(folder, path, old, new)
    line = line_of(folder, path, wrong)
    column = (folder / path).read_text("utf-8").split("\n")[line - 1].index(wrong) + 1
    done = kg(folder, "check" if path == CLAIMS else "build")
    assert done.code == 1
    assert f"{path}:{line}:{column}: {said}\n  Did you mean {meant}" in done.out + done.err
    assert answer(folder) == ANSWER


def test_vocabulary_of_strangers(folder: Path) -> None:
    """A property of a vocabulary that the project does not use is refused."""
    change(folder, PLACES, 'skos:prefLabel "section', '<http://e.example/name> "section')
    done = kg(folder, "build")
    assert done.code == 1
    assert "<http://e.example/name> is of a vocabulary that this project does not use." in done.err


# --- what shapes, checks and reasoning say ---------------------------------------------------

# What is wrong; file, text, its replacement; the file and the line that are named; what is said.
BROKEN = [
    ("a fact without a claim", CLAIMS, "    bl:supports flow:ore ;\n", "", ORE, "flow:ore",
     ["A fact needs a ground: add a claim that bl:supports it",
      "shape:Situation-claim in ontology/shapes/shapes.ttl"]),
    ("a claim without a locator", CLAIMS, "    bl:hasLocator locator:report-2 ;\n", "", CLAIMS, "claim:report-ore",
     ["claim:report-ore, bl:hasLocator", "A claim says where its source makes it: add bl:hasLocator",
      "shape:Claim-locator in ontology/shapes/shapes.ttl"]),
    ("a claim without a source", CLAIMS, "    bl:statedIn source:report ;\n    bl:supports flow:ore",
     "    bl:supports flow:ore", CLAIMS, "claim:report-ore", ["bl:statedIn", "A claim is made by one source"]),
    ("a place without a name", ORE, '    skos:prefLabel "Shore Mine"@en ;\n', "", ORE, "facility:shore-mine",
     ["facility:shore-mine, skos:prefLabel", "English name"]),
    ("a row of a check", PLACES, "bl:sideB region:south-shore", "bl:sideB region:north-shore", PLACES, "section:shores",
     ["section:shores (section between the shores)", "correct bl:sideB.", "ontology/checks/sides.rq"]),
    ("a clash", ORE, "a bl:ProcessingPlant ;", "a\n        bl:ProcessingPlant ,\n        bl:Source ;", ORE, "    a\n",
     ["The ontology and the data clash (OWL 2 RL rule cax-adc): facility:ford-mill belongs to bl:Place and bl:Source"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "old", "new", "home", "at", "said"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN]
)
def test_data_that_break_a_rule(
    path: str, old: str, new: str, home: str, at: str, said: list[str], folder: Path
) -> None:
    """What breaks a rule is told with file, line, thing, advice and rule; the last good build stays."""
    change(folder, path, old, new)
    line = (folder / home).read_text("utf-8").partition(f"\n{at}")[0].count("\n") + 2
    done = kg(folder, "build")
    assert (done.code, done.out) == (1, "")
    assert [words for words in (f"{home}:{line}", *said) if words not in done.err] == []
    assert answer(folder) == ANSWER


@pytest.mark.parametrize("row", (BROKEN[1], BROKEN[-1]), ids=(BROKEN[1][0], BROKEN[-1][0]))
def test_check_tells_what_a_build_would(row: tuple[str, str, str, str, str, str, list[str]], folder: Path) -> None:
    """A check finds what stops a build, and counts it."""
    change(folder, *row[1:4])
    done = kg(folder, "check")
    assert done.code == 1
    assert [words for words in row[-1] if words not in done.out + done.err] == []
    assert done.err


def test_a_warning_does_not_stop_a_build(folder: Path) -> None:
    """What is only a warning is told on standard error and counted, and the build is in force."""
    long = "The " + "very " * 12 + "long Shore Mine"
    change(folder, ORE, '"Shore Mine"', f'"{long}"')
    done = kg(folder, "build")
    assert done.code == 0
    assert done.err.startswith(f"{ORE}:{line_of(folder, ORE, long)}: warning: facility:shore-mine")
    assert "0 violations, 1 warnings" in done.out
    assert kg(folder, "check").out.endswith("All holds; 1 warning.\n")


def test_all_violations_are_told_at_once(folder: Path) -> None:
    """A curator sees every violation in one run, not one a run."""
    change(folder, CLAIMS, "    bl:supports flow:ore ;\n", "")
    change(folder, CLAIMS, "    bl:hasLocator locator:report-1 ;\n", "")
    done = kg(folder, "build")
    assert "flow:ore" in done.err
    assert "claim:report-places" in done.err


def test_one_subject_in_two_files(folder: Path) -> None:
    """A subject that two files describe is told with both places; files of outside data may add to one."""
    text = (
        f"@prefix region: <{REGION}> .\n@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n\n"
        'region:north-shore\n    skos:altLabel "Shore of the north"@en ;\n    .\n'
    )
    add(folder, "data/places/more.ttl", text)
    line = line_of(folder, PLACES, "    a bl:Region") - 1
    for name in ("build", "check"):
        done = kg(folder, name)
        assert done.code == 1
        assert done.err == (
            f"kg: {PLACES}:{line}: region:north-shore is described in two files, here and in data/places/more.ttl:4.\n"
            "  Put all that is said of it into one of them.\n"
        )
    (folder / "data" / "external").mkdir()
    (folder / "data/places/more.ttl").rename(folder / "data/external/more.ttl")
    rebuild(folder)


def test_one_triple_in_two_files(folder: Path) -> None:
    """A triple that stands in two files would be counted twice, so it is refused with both places."""
    text = f'<{REGION}north-shore> <http://www.w3.org/2004/02/skos/core#altLabel> "The Shore"@en .\n'
    add(folder, "data/external/more.ttl", text)
    done = kg(folder, "build")
    assert done.code == 1
    assert "this statement about region:north-shore also stands in data/external/more.ttl" in done.err
    assert f"{PLACES}:" in done.err
    assert answer(folder) == ANSWER


# --- folders that are not there --------------------------------------------------------------


@pytest.mark.parametrize("empty", ["data", "ontology"])
def test_an_empty_folder(empty: str, folder: Path) -> None:
    """A project without data or ontology is no graph: nothing is built, and the last build still answers."""
    shutil.rmtree(folder / empty)
    (folder / empty).mkdir()
    for name in ("build", "check"):
        done = kg(folder, name)
        assert (done.code, done.out) == (1, "")
        assert done.err.startswith(f"kg: {empty}/ holds no Turtle file.\n")
    assert answer(folder) == ANSWER


@pytest.mark.parametrize("missing", ["data", "ontology", "queries"])
def test_a_missing_folder(missing: str, folder: Path) -> None:
    """A project that lost a folder is told so; no command turns to another graph instead."""
    shutil.rmtree(folder / missing)
    for where, arguments in (
        (folder, ("build",)),
        (folder, QUESTION),
        (folder.parent, ("build", "--project", "project")),
    ):
        done = kg(where, *arguments)
        assert (done.code, done.out) == (3, "")
        assert f"has no folder {missing}/.\n  A project holds ontology/, data/, queries/." in done.err


def test_a_missing_folder_before_the_first_build(folder: Path) -> None:
    """A project that was never built is known by its ontology."""
    shutil.rmtree(folder / ".kg")
    shutil.rmtree(folder / "data")
    done = kg(folder, "build")
    assert done.code == 3
    assert done.err.startswith(f"kg: {folder} has no folder data/.\n")


def test_before_the_first_build(folder: Path) -> None:
    """A question to a project that was never built says what to do."""
    shutil.rmtree(folder / ".kg")
    done = kg(folder, *QUESTION)
    assert done == type(done)(3, "", f"kg: The project in {folder} has not been built.\n  Run `kg build` there.\n")


# --- a build that does not end well ----------------------------------------------------------


def no_file_beyond(size: int) -> Callable[[], None]:
    """What makes a process fail to write more than so many bytes to a file, as on a full disk."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@pytest.mark.parametrize("size", [0, 3_000, 30_000])
def test_full_disk(size: int, folder: Path) -> None:
    """A build that cannot be written says so and leaves the last one in force; the next one clears up and works."""
    whole = builds(folder)
    done = kg(folder, "build", "--again", before=no_file_beyond(size))
    assert (done.code, done.out) == (3, "")
    assert done.err.startswith(f"kg: The build cannot be written to {folder}/.kg: ")
    assert done.err.endswith("\n  The last good build is still in force.\n")
    left = builds(folder) - whole
    assert answer(folder) == ANSWER
    pipeline.build(project_at(folder), again=True)
    assert answer(folder) == ANSWER
    assert builds(folder) & left == set()
    assert [path for path in (folder / ".kg").iterdir() if path.name.endswith(".new")] == []


def started(folder: Path, whole: set[str]) -> tuple[subprocess.Popen[bytes], bool]:
    """A build that has begun to write its store, and whether it was caught at that."""
    process = subprocess.Popen(
        command("build", "--again"),
        cwd=folder,
        env=environment(folder),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    while process.poll() is None:
        if builds(folder) - whole:
            process.send_signal(signal.SIGSTOP)
            return process, True
        time.sleep(0.0005)
    return process, False


def caught(folder: Path) -> subprocess.Popen[bytes]:
    """A build that is stopped while it writes its store."""
    for _ in range(20):
        in_force = (folder / ".kg" / "current").read_text("utf-8")
        process, stopped = started(folder, builds(folder))
        if stopped and (folder / ".kg" / "current").read_text("utf-8") == in_force:
            return process
        process.kill()
        process.communicate()
    pytest.fail("no build was slow enough to be caught")


def test_kill_in_the_middle_of_a_build(folder: Path) -> None:
    """After a kill the last good build answers; the next one removes what the killed one left."""
    process = caught(folder)
    in_force = (folder / ".kg" / "current").read_text("utf-8").strip()
    left = builds(folder) - {in_force}
    process.kill()
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert left
    assert answer(folder) == ANSWER
    pipeline.build(project_at(folder), again=True)
    assert builds(folder) & left == set()
    assert answer(folder) == ANSWER


@pytest.mark.parametrize("seconds", [0.05, 0.2, 0.4])
def test_kill_at_any_time(seconds: float, folder: Path) -> None:
    """Whenever a build is killed, there is one that answers."""
    process = subprocess.Popen(
        command("build", "--again"), cwd=folder, env=environment(folder), stdout=subprocess.DEVNULL
    )
    time.sleep(seconds)
    process.kill()
    process.communicate()
    assert answer(folder) == ANSWER


def test_two_builds_at_once(folder: Path) -> None:
    """The second build says that one is running; questions are answered meanwhile, and the first ends well."""
    process = caught(folder)
    try:
        second = kg(folder, "build", "--again")
        assert (second.code, second.out) == (3, "")
        assert second.err == f"kg: Another build is running in {folder}/.kg.\n  Wait until it has ended.\n"
        assert answer(folder) == ANSWER
    finally:
        process.send_signal(signal.SIGCONT)
        process.communicate()
    assert process.returncode == 0
    assert answer(folder) == ANSWER


def test_old_builds_are_removed(folder: Path) -> None:
    """A build keeps the one before, which a question may still be reading, and no older one."""
    for _ in range(3):
        before = (folder / ".kg" / "current").read_text("utf-8").strip()
        pipeline.build(project_at(folder), again=True)
    assert builds(folder) == {before, (folder / ".kg" / "current").read_text("utf-8").strip()}


# --- a build that was damaged ----------------------------------------------------------------


def cut(path: Path) -> None:
    """Halve a file."""
    os.truncate(path, path.stat().st_size // 2)


def scramble(path: Path) -> None:
    """Change the last bytes of a file, and not its size."""
    content = path.read_bytes()
    path.write_bytes(content[:-40] + bytes(255 - byte for byte in content[-40:]))


def emptied(folder: Path) -> None:
    """Remove the files of a folder, and not the folder."""
    for path in folder.iterdir():
        path.unlink()


DAMAGES: dict[str, Callable[[Path, Path], object]] = {
    "pointer empty": lambda top, build: (top / "current").write_text(""),
    "pointer no text": lambda top, build: (top / "current").write_bytes(b"\xff\xfe"),
    "pointer leads away": lambda top, build: (top / "current").write_text("../data\n"),
    "pointer to nothing": lambda top, build: (top / "current").write_text("123abc\n"),
    "pointer with NUL": lambda top, build: (top / "current").write_bytes(b"a\x00b"),
    "manifest cut": lambda top, build: cut(build / "manifest.json"),
    "manifest missing": lambda top, build: (build / "manifest.json").unlink(),
    "manifest a list": lambda top, build: (build / "manifest.json").write_text("[]"),
    "manifest empty": lambda top, build: (build / "manifest.json").write_text("{}"),
    "manifest wrong inside": lambda top, build: (build / "manifest.json").write_text('{"inputs": [1]}'),
    "catalogue missing": lambda top, build: (build / "catalogue.json").unlink(),
    "catalogue cut": lambda top, build: cut(build / "catalogue.json"),
    "catalogue a list": lambda top, build: (build / "catalogue.json").write_text("[]"),
    "catalogue wrong inside": lambda top, build: (build / "catalogue.json").write_text('{"flows": 1}'),
    "store missing": lambda top, build: shutil.rmtree(build / "store"),
    "store empty": lambda top, build: emptied(build / "store"),
    "table missing": lambda top, build: next((build / "store").glob("*.sst")).unlink(),
    "table cut": lambda top, build: cut(next((build / "store").glob("*.sst"))),
    "asserted table cut": lambda top, build: cut(next((build / "asserted").glob("*.sst"))),
    "table scrambled": lambda top, build: scramble(next((build / "store").glob("*.sst"))),
    "journal cut": lambda top, build: cut(next((build / "store").glob("MANIFEST-*"))),
    "journal scrambled": lambda top, build: scramble(next((build / "store").glob("MANIFEST-*"))),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_build(damage: str, folder: Path) -> None:
    """A damaged build is told as such and never answers in part; a new build mends it."""
    DAMAGES[damage](folder / ".kg", Path(build_of(folder).folder))
    done = kg(folder, *QUESTION)
    assert (done.code, done.out) == (3, "")
    assert "damaged" in done.err or "cannot be opened" in done.err
    assert "\n  Run `kg build` to make" in done.err
    rebuild(folder)
    assert answer(folder) == ANSWER


# --- inside ----------------------------------------------------------------------------------


def test_stages_are_told_in_order(folder: Path) -> None:
    """A build names each of its stages once, as it begins."""
    stages: list[str] = []
    pipeline.build(project_at(folder), progress=stages.append, again=True)
    assert stages == list(pipeline.STAGES)


def test_summary_counts_what_is_stored(folder: Path) -> None:
    """The counts of a summary are those of the store."""
    summary = pipeline.build(project_at(folder))
    form = "nq"
    asserted, inferred = (pipeline.export(build_of(folder), form, part) for part in ("asserted", "inferred"))
    assert summary.asserted == len(asserted.splitlines())
    assert summary.inferred == len(inferred.splitlines())
    assert (summary.claims, summary.sources, summary.violations, summary.warnings) == (2, 1, 0, ())


def test_reference_reasoner_builds_the_same(folder: Path) -> None:
    """A build with the reference reasoner stores the same graph."""
    ours = pipeline.export(build_of(folder), "nq")
    pipeline.build(project_at(folder), "owlrl")
    assert ours == pipeline.export(build_of(folder), "nq")


def test_reference_validator_judges_the_same(folder: Path) -> None:
    """The reference for shapes finds what the usual engine finds, and says it in the same words."""
    change(folder, CLAIMS, "    bl:hasLocator locator:report-2 ;\n", "")
    project = project_at(folder)
    assert pipeline.check(project) == pipeline.check(project, validator="pyshacl") != []
    with pytest.raises(DataError, match="A claim says where its source makes it"):
        pipeline.build(project, validator="pyshacl")


def test_reference_validator_that_is_not_installed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who asks for the reference without having it is told how to get it."""
    monkeypatch.setitem(sys.modules, "pyshacl", None)
    with pytest.raises(UsageError, match=r"pip install 'borderlands-kg\[reference\]'"):
        pipeline.build(project_at(folder), validator="pyshacl")


def test_a_failed_build_raises(folder: Path) -> None:
    """As a library call, a build of bad files raises the error that the command line prints."""
    change(folder, CLAIMS, "    bl:hasLocator locator:report-2 ;\n", "")
    with pytest.raises(DataError, match="A claim says where its source makes it"):
        pipeline.build(project_at(folder))
