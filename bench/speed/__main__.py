"""The command line of the measurements: `python -m bench.speed --sizes 10k,100k`."""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from bench.generate import write_project
from bench.speed import engines
from bench.speed.table import in_readme, page
from bench.speed.tasks import DUMP, PROJECT, example
from kg.files import current_build, find_project
from kg.store import open_store

ROOT = Path(__file__).resolve().parents[2]
SIZES = {"10k": 10_000, "100k": 100_000, "1M": 1_000_000, "10M": 10_000_000}
# Task, its engines, ours first.
PLAN = (
    ("parse", ("kg", "oxigraph", "rdflib")),
    ("closure", ("kg", "owlrl", "reasonable")),
    ("validation", ("turbo", "pyshacl")),
    ("warm", ("kg", "rdflib", "oxrdflib", "oxigraph server")),
    ("export", ("kg", "rdflib")),
)
COLD = ("upstream-and-downstream", "regions-across-border", "figures-of-thing", "disagreements", "reference-list")
ROUNDS = 5
LONG = 60.0

Results = dict[str, dict[str, Any]]


class Bench:
    """The runs on the graph of one size.

    Attributes:
        results: By task and engine the median seconds, the peak memory in MB and the number of runs;
            or `{"over": seconds}` where the limit was reached, `{"missing": why}` where an engine is not there.
    """

    def __init__(self, folder: Path, limit: float) -> None:
        self.folder = folder
        self.limit = limit
        self.results: Results = {}
        self._kg = str(Path(sys.executable).parent / "kg")

    def prepare(self, triples: int) -> None:
        """Generate the graph, build it from nothing, export it."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        write_project(self.folder / PROJECT, triples)
        self.add("whole build", "kg", self.command("build"))
        with (self.folder / DUMP).open("wb") as dump:
            subprocess.run([self._kg, "export", "--format", "nq", *self._there()], check=True, stdout=dump)  # noqa: S603
        tell(f"{sum(1 for _ in (self.folder / DUMP).open('rb')):,} triples in all")

    def rebuilds(self) -> None:
        """Build again with nothing changed, and with one line of one file changed; `python -c pass` beside."""
        file = self.folder / PROJECT / "data" / "chains" / "chrome-aktobe.ttl"
        quick = self.results["whole build"]["kg"]["seconds"] < LONG / ROUNDS / 2
        for number in range(ROUNDS if quick else 1):
            self.add("python -c pass", "python", run([sys.executable, "-c", "pass"]))
            self.add("rebuild, nothing changed", "kg", self.command("build"))
            text = file.read_text("utf-8")
            file.write_text(text.replace('plant"@en', f'plant {"ABCDE"[number]}"@en', 1), "utf-8")
            self.add("rebuild, one file changed", "kg", self.command("build"))
            file.write_text(text, "utf-8")
            self.command("build")

    def cold(self) -> None:
        """Canned queries in fresh processes, beside `python -c pass` and rdflib."""
        project = find_project(str(self.folder / PROJECT))
        build = current_build(project)
        if build is None:
            raise SystemExit("the build is gone")
        store = open_store(build.store)
        texts = {name: example(store, build, name) for name in COLD}
        parameters = {
            name: [
                word
                for key, item in build.catalogue()[name]["params"].items()  # type: ignore[attr-defined]
                if item.get("required", True)
                for word in (f"--{key}", str(item["example"]))
            ]
            for name in COLD
        }
        del store
        slow = False
        for number in range(ROUNDS):
            for name, text in texts.items():
                self.add("python -c pass", "python", run([sys.executable, "-c", "pass"]))
                self.add(f"cold: {name}", "kg", self.command("query", name, *parameters[name]))
                if number == 0 and (not slow or name == COLD[0]):
                    (self.folder / "query.rq").write_text(text, "utf-8")
                    it = self.task("cold", "rdflib")
                    slow = slow or it.get("seconds", self.limit) > 20
                    self.add(f"cold: {name}", "rdflib", {**it, "seconds": it["wall"]} if "wall" in it else it)

    def plan(self) -> None:
        """All tasks of `PLAN`, the engines taking turns."""
        for task, names in PLAN:
            stopped: set[str] = set()
            for _ in range(ROUNDS):
                for engine in names:
                    if engine in stopped:
                        continue
                    it = self.task(task, engine)
                    self.add(task, engine, it)
                    if it.get("seconds", LONG) >= LONG / ROUNDS:
                        stopped.add(engine)
            tell(f"  {task}: " + ", ".join(f"{engine} {shown(self.results[task].get(engine))}" for engine in names))

    def reference_build(self) -> None:
        """The whole build by the reference engines."""
        self.add("whole build", "reference", self.task("reference build", "reference"))

    def task(self, task: str, engine: str) -> dict[str, Any]:
        """One run of a task in a process of its own."""
        start = time.perf_counter()
        command = [sys.executable, "-m", "bench.speed.tasks", task, engine, str(self.folder)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=self.limit, cwd=ROOT)  # noqa: S603
        except subprocess.TimeoutExpired:
            return {"over": self.limit}
        if done.returncode:
            return {"missing": (done.stderr.strip().splitlines() or ["?"])[-1][:200]}
        found: dict[str, Any] = json.loads(done.stdout)
        return {**found, "wall": time.perf_counter() - start}

    def command(self, name: str, *arguments: str) -> dict[str, Any]:
        """One run of a `kg` command."""
        return run([self._kg, name, *arguments, *self._there()])

    def _there(self) -> list[str]:
        return ["--project", str(self.folder / PROJECT)]

    def add(self, task: str, engine: str, it: dict[str, Any]) -> None:
        """Take the figures of one run."""
        cell = self.results.setdefault(task, {}).setdefault(engine, {"runs": []})
        if "seconds" not in it:
            cell.update(it)
            return
        cell["runs"].append(it["seconds"])
        cell["seconds"] = statistics.median(cell["runs"])
        cell["peak"] = max(cell.get("peak", 0), it["peak"])
        for key in ("each", "rows", "inferred", "results"):
            if key in it:
                cell[key] = it[key]


def run(command: list[str]) -> dict[str, Any]:
    """Wall seconds and peak memory of a command.

    Raises:
        SystemExit: It fails.
    """
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:  # noqa: S603
        errors = process.stderr.read() if process.stderr else b""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{errors.decode()[-2000:]}")
    return {"seconds": time.perf_counter() - start, "peak": usage.ru_maxrss / 1024}


def shown(cell: dict[str, Any] | None) -> str:
    """A cell in words."""
    if not cell:
        return "-"
    if "seconds" in cell:
        return f"{cell['seconds']:.3g} s"
    return f"over {cell['over']:.0f} s" if "over" in cell else "not there"


def tell(line: str) -> None:
    """Progress, on standard error."""
    print(line, file=sys.stderr, flush=True)


def main() -> None:
    """Measure, write the results and the table."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.speed", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", default="10k,100k", help=f"of {', '.join(SIZES)}; default: 10k,100k")
    parser.add_argument("--limit", type=float, default=900, help="seconds that one run may take; default: 900")
    parser.add_argument("--folder", type=Path, default=Path(".bench"), help="where graphs are made; default: .bench")
    parser.add_argument("--no-reference", action="store_true", help="leave the engines beside our own out")
    options = parser.parse_args()
    sizes = options.sizes.split(",")
    if unknown := [size for size in sizes if size not in SIZES]:
        parser.error(f"no size {unknown[0]}; it is one of {', '.join(SIZES)}")
    kept = ROOT / "bench" / "speed" / "results.json"
    known = json.loads(kept.read_text("utf-8")) if kept.exists() else {"sizes": {}}
    known["machine"] = f"{os.cpu_count()} processors, {platform.system()}, Python {platform.python_version()}"
    known["versions"] = engines.versions()
    for size in sizes:
        tell(f"{size}:")
        bench = Bench(options.folder / size, options.limit)
        bench.prepare(SIZES[size])
        bench.rebuilds()
        bench.cold()
        if options.no_reference:
            for task, names in PLAN:
                bench.add(task, names[0], bench.task(task, names[0]))
        else:
            bench.plan()
            bench.reference_build()
        known["sizes"][size] = bench.results
        kept.write_text(json.dumps(known, indent=1, ensure_ascii=False) + "\n", "utf-8")
        tell(
            "\n".join(
                f"  {task}: {name} {shown(cell)}" for task, row in bench.results.items() for name, cell in row.items()
            )
        )
    (ROOT / "docs" / "speed.md").write_text(page(known), "utf-8")
    readme = ROOT / "README.md"
    readme.write_text(in_readme(readme.read_text("utf-8"), known), "utf-8")


if __name__ == "__main__":
    main()
