"""What is measured: `python -m bench.speed.tasks TASK ENGINE FOLDER` does one run and prints its seconds as JSON.

Only the work itself is timed; what a task needs before (parsed files, a loaded store) is not. The folder
holds `project`, a generated and built project, and `graph.nq`, its whole graph.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import owlrl
import pyoxigraph as ox
import pyshacl
from rdflib.namespace import SH

from bench.speed import engines
from kg import pipeline, reason, shacl
from kg.dataset import Dataset, read_dataset
from kg.files import Build, Project, current_build, find_project
from kg.query import bind
from kg.store import open_store

PROJECT, DUMP = "project", "graph.nq"


class Clock:
    """Seconds of the work between two points, and what it gave."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.told: dict[str, Any] = {}

    @contextmanager
    def running(self) -> Iterator[None]:
        """Count the time inside."""
        start = time.perf_counter()
        yield
        self.seconds += time.perf_counter() - start


def parse(clock: Clock, engine: str, folder: Path) -> None:
    """Read all files into memory."""
    read: dict[str, Callable[[], int]] = {
        "kg": lambda: len(read_dataset(_project(folder)).documents),
        "oxigraph": lambda: engines.load_oxigraph(folder / PROJECT),
        "rdflib": lambda: len(engines.rdflib_graph(folder / PROJECT)),
    }
    with clock.running():
        clock.told["count"] = read[engine]()


def closure(clock: Clock, engine: str, folder: Path) -> None:
    """The OWL 2 RL closure of what is asserted, with clashes where the engine looks for them."""
    if engine == "reasonable":
        with clock.running():
            clock.told["inferred"] = engines.reasonable_closure(folder / PROJECT)
        return
    triples = [quad.triple for quad in read_dataset(_project(folder)).quads()]
    with clock.running():
        if engine == "kg":
            closed = reason.close(triples)
            clock.told["inferred"] = sum(map(reason.publishable, closed.inferred))
        else:
            clock.told["inferred"] = sum(map(reason.publishable, reason.close_with_owlrl(triples)))


def validation(clock: Clock, engine: str, folder: Path) -> None:
    """The SHACL report on what is asserted."""
    dataset = read_dataset(_project(folder))
    dataset.quads()
    with clock.running():
        clock.told["results"] = _validate(dataset, engine)


def _validate(dataset: Dataset, engine: str) -> int:
    shapes = [triple for document in dataset.shapes.values() for triple in document.triples]
    report = shacl.report(shapes, [quad.triple for quad in dataset.quads()], engine)
    return len(list(report.objects(None, SH.result)))


def reference_build(clock: Clock, engine: str, folder: Path) -> None:
    """What a build does, with rdflib, owlrl and pySHACL: parse, validate, close, write N-Quads."""
    with clock.running():
        graph = engines.rdflib_graph(folder / PROJECT)
        shapes = engines.rdflib_shapes(folder / PROJECT)
        pyshacl.validate(graph, shacl_graph=shapes, inference="none")
        owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
        graph.serialize(folder / "reference.nt", format="nt", encoding="utf-8")
    clock.told["triples"] = len(graph)


def warm(clock: Clock, engine: str, folder: Path) -> None:
    """All canned queries, with the values of their examples, one after the other; `each` has their seconds."""
    project = _project(folder)
    build = _build(project)
    store = open_store(build.store)
    texts = {name: example(store, build, name) for name in build.catalogue()}
    if engine == "kg":
        _ask_all(clock, lambda text: _count(store, text), texts)
    elif engine == "oxigraph server":
        with engines.oxigraph_server(folder / DUMP, folder / "server") as ask:
            _ask_all(clock, ask, texts)
    else:
        load = engines.rdflib_dataset if engine == "rdflib" else engines.oxrdflib_dataset
        _ask_all(clock, engines.ask_rdflib(load(folder / DUMP)), texts)


def _ask_all(clock: Clock, ask: engines.Ask, texts: dict[str, str]) -> None:
    ask("SELECT * WHERE { ?s ?p ?o } LIMIT 1")
    clock.told["each"], clock.told["rows"] = {}, {}
    for name, text in texts.items():
        before = clock.seconds
        with clock.running():
            clock.told["rows"][name] = ask(text)
        clock.told["each"][name] = clock.seconds - before


def _count(store: ox.Store, text: str) -> int:
    result = store.query(text, use_default_graph_as_union=True)
    return sum(1 for _ in result) if isinstance(result, ox.QuerySolutions) else 1


def cold_rdflib(clock: Clock, engine: str, folder: Path) -> None:
    """One canned query in a fresh process of rdflib: parse the graph, ask. The process is timed by whoever runs it."""
    text = (folder / "query.rq").read_text("utf-8")
    with clock.running():
        clock.told["rows"] = engines.ask_rdflib(engines.rdflib_dataset(folder / DUMP))(text)


def export(clock: Clock, engine: str, folder: Path) -> None:
    """The whole graph as N-Quads."""
    if engine == "kg":
        build = _build(_project(folder))
        with clock.running():
            clock.told["bytes"] = len(pipeline.export(build, "nq"))
        return
    dataset = engines.rdflib_dataset(folder / DUMP)
    with clock.running():
        clock.told["bytes"] = len(dataset.serialize(format="nquads", encoding="utf-8"))


def example(store: ox.Store, build: Build, name: str) -> str:
    """A canned query with the example values of its required parameters."""
    catalogue: dict[str, dict[str, Any]] = build.catalogue()
    parameters = catalogue[name]["params"].items()
    given = {key: str(item["example"]) for key, item in parameters if item.get("required", True)}
    return bind(store, catalogue, name, given)


def _project(folder: Path) -> Project:
    return find_project(str(folder / PROJECT))


def _build(project: Project) -> Build:
    build = current_build(project)
    if build is None:
        raise SystemExit(f"{project.root} has not been built")
    return build


TASKS: dict[str, Callable[[Clock, str, Path], None]] = {
    "parse": parse,
    "closure": closure,
    "validation": validation,
    "reference build": reference_build,
    "warm": warm,
    "cold": cold_rdflib,
    "export": export,
}


def main() -> None:
    """One run."""
    task, engine, folder = sys.argv[1:4]
    clock = Clock()
    TASKS[task](clock, engine, Path(folder))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": clock.seconds, "peak": peak, **clock.told}))


if __name__ == "__main__":
    main()
