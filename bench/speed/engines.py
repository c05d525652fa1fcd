"""The engines beside our own, each asked as its users would ask it."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pyoxigraph as ox
import rdflib

Ask = Callable[[str], int]

PACKAGES = (
    "pyoxigraph", "rdflib", "owlrl", "pyshacl", "pyshacl-turbo", "oxrdflib", "reasonable", "oxigraph",
)  # fmt: skip


def versions() -> dict[str, str]:
    """The installed versions of all packages that take part."""
    found = {}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def turtle_files(project: Path) -> list[Path]:
    """The ontology and the data of a project, shapes and questions aside."""
    files = [*sorted((project / "ontology").rglob("*.ttl")), *sorted((project / "data").rglob("*.ttl"))]
    return [file for file in files if not {"shapes", "questions"} & set(file.relative_to(project).parts)]


def rdflib_graph(project: Path) -> rdflib.Graph:
    """All triples of a project in one graph of rdflib."""
    graph = rdflib.Graph()
    for file in turtle_files(project):
        graph.parse(file, format="turtle")
    return graph


def rdflib_shapes(project: Path) -> rdflib.Graph:
    """The shapes of a project in one graph of rdflib."""
    graph = rdflib.Graph()
    for file in sorted((project / "ontology" / "shapes").rglob("*.ttl")):
        graph.parse(file, format="turtle")
    return graph


def rdflib_dataset(dump: Path) -> rdflib.Dataset:
    """The N-Quads of a built graph in rdflib, the default graph being the union."""
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(dump, format="nquads")
    return dataset


def oxrdflib_dataset(dump: Path) -> rdflib.Dataset:
    """The same on the store of Oxigraph, seen through rdflib."""
    dataset = rdflib.Dataset(store="Oxigraph", default_union=True)
    dataset.parse(dump, format="ox-nquads")
    return dataset


def ask_rdflib(dataset: rdflib.Dataset) -> Ask:
    """A function from a query to its number of rows."""
    return lambda text: len(list(dataset.query(text)))


@contextmanager
def oxigraph_server(dump: Path, folder: Path) -> Iterator[Ask]:
    """The server of Oxigraph on loopback with a graph, asked over HTTP.

    Raises:
        FileNotFoundError: It is not installed.
        RuntimeError: It does not start.
    """
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    if program is None:
        raise FileNotFoundError("oxigraph")
    shutil.rmtree(folder, ignore_errors=True)
    load = [program, "load", "--location", str(folder), "--file", str(dump)]
    subprocess.run(load, check=True, capture_output=True)  # noqa: S603
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    serve = [
        program,
        "serve-read-only",
        "--location",
        str(folder),
        "--bind",
        f"127.0.0.1:{port}",
        "--union-default-graph",
    ]
    with subprocess.Popen(serve, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:  # noqa: S603
        try:
            yield _http(f"http://127.0.0.1:{port}/query", server)
        finally:
            server.terminate()


def _http(address: str, server: subprocess.Popen[bytes]) -> Ask:
    def ask(text: str) -> int:
        body = urllib.parse.urlencode({"query": text}).encode()
        request = urllib.request.Request(address, body, {"Accept": "application/sparql-results+json"})  # noqa: S310
        with urllib.request.urlopen(request, timeout=600) as answer:  # noqa: S310 - loopback
            return len(json.load(answer)["results"]["bindings"])

    for _ in range(100):
        try:
            ask("SELECT * WHERE {} LIMIT 1")
        except OSError:
            if server.poll() is not None:
                break
            time.sleep(0.1)
        else:
            return ask
    raise RuntimeError("the server of Oxigraph does not answer")


def reasonable_closure(project: Path) -> int:
    """How many triples `reasonable` infers."""
    from reasonable import PyReasoner

    reasoner = PyReasoner()
    reasoner.from_graph(rdflib_graph(project))
    return len(reasoner.reason())


def load_oxigraph(project: Path) -> int:
    """How many triples Oxigraph has after loading all files into memory."""
    store = ox.Store()
    for file in turtle_files(project):
        store.bulk_load(path=str(file), format=ox.RdfFormat.TURTLE)
    return len(store)
