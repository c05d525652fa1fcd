"""What each command that answers a question imports, told by Python in a fresh process, and what it costs."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from conftest import ROOT, environment

# What every such command imports of this package; and by command, what it imports besides.
EVERY = "kg kg.console kg.errors kg.files kg.names kg.namespaces kg.options kg.spelling kg.store"
PARSED = "kg.arguments kg.commands"
TABLES = "kg.answer kg.answer.full kg.forms kg.forms.told kg.results"
GROUNDS = "kg.answer kg.answer.grounds"
QUERY = f"{TABLES} kg.answer.asked kg.parameters kg.query"
COMMANDS = {
    "query flows --region region:north-shore": QUERY,
    "query flows --region region:north-shore --evidence": f"{QUERY} kg.arguments {GROUNDS} kg.commands",
    "sparql SELECT('from'AS?x){}": f"{PARSED} {TABLES}",
    "find Shore Mine": f"{PARSED} {TABLES}",
    "show region:north-shore": f"{PARSED} kg.show",
    "ask flows north shore": f"{PARSED} {QUERY} {GROUNDS} kg.asking kg.asking.choose kg.asking.index kg.asking.things"
    " kg.asking.told kg.asking.tried kg.asking.values kg.asking.wordings kg.asking.words",
    "cite dataset": f"{PARSED} kg.about kg.cite kg.cite.entries kg.cite.text kg.cite.versions kg.cite.works",
    "coverage": f"{PARSED} {GROUNDS} kg.answer.period kg.coverage kg.coverage.asked kg.coverage.cells kg.coverage.facts"
    " kg.coverage.opened kg.coverage.topics",
    "disputes": f"{PARSED} {TABLES} kg.answer.grounds kg.contested",
    "exposure region:north-shore": f"{PARSED} {TABLES} {GROUNDS} kg.answer.period kg.exposure kg.exposure.account"
    " kg.exposure.evidence kg.exposure.gaps kg.exposure.links kg.exposure.outline kg.exposure.paths kg.exposure.texts",
    "trends": f"{PARSED} {GROUNDS} kg.trends kg.trends.found kg.trends.frameworks kg.trends.told",
    "verify": f"{PARSED} {TABLES} kg.answer.grounds kg.checked kg.verify",
}
# The only package of others; and what of Python itself would cost more than the answer.
THIRD_PARTY = {"pyoxigraph"}
SLOW = {"ast", "asyncio", "dataclasses", "email", "inspect", "logging", "pathlib", "socket", "subprocess", "tempfile",
        "typing", "urllib"}  # fmt: skip


def imported(*words: str, folder: Path) -> set[str]:
    """The modules that Python imports for a command, by its own report."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", *words],
        cwd=folder, env={**environment(folder), "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    lines = (line.rpartition("|") for line in done.stderr.splitlines() if line.startswith("import time:"))
    return {name.strip() for _, _, name in lines}


@pytest.mark.parametrize("command", COMMANDS)
def test_imports_are_those_agreed(command: str, small: Path) -> None:
    """A command imports the modules of this package that it needs, the store's library, and nothing slow."""
    words = command.split() if command.startswith(("query", "exposure")) else command.split(" ", 1)
    found = imported("-m", "kg.cli", *words, folder=small) - imported("-c", "pass", folder=small)
    agreed = set(f"{EVERY} {COMMANDS[command]}".split())
    assert {name for name in found if name.split(".")[0] == "kg"} - {"kg.commands." + words[0]} == agreed
    others = {name.split(".")[0] for name in found} - {"kg", "org"}
    assert others - set(sys.stdlib_module_names) == THIRD_PARTY
    assert others & SLOW == set()


def seconds(words: Sequence[str], folder: Path) -> float:
    """The least processor time that a command takes of several tries, so that a busy machine does not matter."""
    taken = []
    for _ in range(7):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *words], cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)},
                       stdout=subprocess.DEVNULL, check=True)  # fmt: skip
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
    return min(taken)


def test_a_question_takes_little_more_than_python(small: Path) -> None:
    """A canned query in a fresh process takes at most eight times what Python takes to start."""
    assert seconds(["-m", "kg.cli", "query", "flows", "--region", "region:north-shore"], small) < 8 * seconds(
        ["-c", "pass"], small
    )
