"""The embedded store and its guard: a query reads this graph, nothing else, and never ends the process."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox
import pytest

from conftest import build_of, kg
from kg.errors import QueryError, UnreachableError
from kg.options import ENGINES
from kg.pipeline import export
from kg.store import MAX_DEPTH, MAX_LENGTH, Answer, ask_store, guard, on_deep_stack, open_store


class Listener:
    """An address on this machine, and how often somebody came to it."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}/x"
        self.visits = 0
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        while True:
            try:
                visitor, _ = self._socket.accept()
            except OSError:
                return
            self.visits += 1
            visitor.close()

    def close(self) -> None:
        """Take no more visitors."""
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    """An address that no query may reach."""
    listener = Listener()
    yield listener
    listener.close()


@contextmanager
def unvisited(listener: Listener) -> Iterator[None]:
    """Nobody comes to the address meanwhile."""
    before = listener.visits
    yield
    assert before == listener.visits


@pytest.fixture(scope="module")
def store(small: Path) -> ox.Store:
    """The small graph."""
    return open_store(build_of(small).store)


# --- SERVICE ---------------------------------------------------------------------------------

# CALL is a whole call of SERVICE, ADDRESS the IRI alone.
CALLS = [
    "SELECT * { CALL }",
    "SELECT * { { SELECT * { CALL } } }",
    "SELECT * { ?s ?p ?o FILTER EXISTS { CALL } }",
    "SELECT * { ?s ?p ?o FILTER NOT EXISTS { ?s ?p ?o OPTIONAL { CALL } } }",
    "SELECT * { ?s ?p ?o MINUS { CALL } }",
    "SELECT * { {} UNION { CALL } }",
    "SELECT * { GRAPH ?g { CALL } }",
    "SELECT * { BIND (EXISTS { CALL } AS ?x) }",
    "SELECT (EXISTS { CALL } AS ?x) {}",
    "SELECT ?s { ?s ?p ?o } GROUP BY ?s HAVING (EXISTS { CALL })",
    "SELECT ?s { ?s ?p ?o } ORDER BY (EXISTS { CALL })",
    "SELECT * { ?s ?p ?o LATERAL { CALL } }",
    "CONSTRUCT { ?a ?b ?c } WHERE { CALL }",
    "DESCRIBE ?a { CALL }",
    "ASK { CALL }",
    "SELECT * { sErViCe SiLeNt <ADDRESS> { ?a ?b ?c } }",
    "SELECT * { SERVICESILENT<ADDRESS>{ ?a ?b ?c } }",
    "PREFIX there: <ADDRESS> SELECT * { SERVICEthere:{ ?a ?b ?c } }",
    "PREFIX there: <ADDRESS> SELECT * { SERVICE\tthere: { ?a ?b ?c } }",
    "SELECT * { VALUES ?x { <ADDRESS> } SERVICE?x{ ?a ?b ?c } }",
    "SELECT * { ?s ?p 1SERVICE<ADDRESS>{ ?a ?b ?c } }",
    "SELECT * { ?s ?p trueSERVICE<ADDRESS>{ ?a ?b ?c } }",
    "# a comment\nSELECT * { #}\nCALL }",
    "SELECT * { # a comment that ends at a carriage return \r CALL \n }",
    "SELECT * { \\u0053ERVICE <ADDRESS> { ?a ?b ?c } }",
    "SELECT * { SERV\\U00000049CE <ADDRESS> { ?a ?b ?c } }",
    "SELECT * { # \\u000A CALL \n }",
    'SELECT * { { ?s ?p "\\u0022" } UNION { CALL } UNION { ?x ?y "\\u0022" } }',
    "SELECT * { { ?s ?p '\\u0027' } UNION { CALL } UNION { ?x ?y '\\u0027' } }",
    "SELECT * { { ?s ?p <a:\\u0023> } UNION { CALL } \n }",
    'SELECT * { { ?s ?p "\\\\" } UNION { CALL } UNION { ?x ?y "\\\\" } }',
    "SELECT * { ?s ?p '''service''' . CALL }",
]  # fmt: skip


@pytest.mark.parametrize("text", CALLS)
def test_service_is_refused(text: str, listener: Listener) -> None:
    """SERVICE is found in every place where it can hide."""
    call = text.replace("CALL", "SERVICE <ADDRESS> { ?a ?b ?c }").replace("ADDRESS", listener.address)
    with unvisited(listener), pytest.raises(QueryError, match="^SERVICE is refused: "):
        guard(call)


@pytest.mark.parametrize("engine", ENGINES)
def test_service_from_the_command_line(engine: str, small: Path, listener: Listener) -> None:
    """The command line refuses it in both engines, and reaches no address."""
    with unvisited(listener):
        for text in ("SELECT * { SERVICE <ADDRESS> { ?a ?b ?c } }", CALLS[16]):
            done = kg(small, "sparql", text.replace("ADDRESS", listener.address), "--engine", engine)
            assert (done.code, done.out) == (2, "")
            assert done.err == "kg: SERVICE is refused: a query here reads this graph and no other address.\n"


@pytest.mark.parametrize(
    "text",
    ["SELECT * { ?s rdfs:label 'SERVICE' }", "SELECT * { ?s ?p ?o } # service", "SELECT ?service { ?service ?p ?o }",
     "SELECT * { ?s ?p <http://e.example/service> }", 'SELECT * { ?s ?p "a service\\n\\u0041" }',
     "PREFIX service: <http://e.example/> SELECT * { ?s service:p ?o }", "SELECT * { ?s bl:service-x ?o }"],
)  # fmt: skip
def test_the_word_alone_is_no_call(text: str, store: ox.Store) -> None:
    """The word may stand in a string, a comment, a variable or an IRI."""
    prefixes = {"rdfs": "http://e.example/", "bl": "http://e.example/"}
    assert ask_store(store, text, prefixes).kind == "select"


# --- other ways out --------------------------------------------------------------------------


@pytest.mark.parametrize("engine", ENGINES)
def test_from_reads_nothing(engine: str, small: Path, tmp_path: Path, listener: Listener) -> None:
    """FROM and FROM NAMED open no address and no file."""
    secret = tmp_path / "secret.ttl"
    secret.write_text('<http://e.example/a> <http://e.example/b> "secret" .\n', "utf-8")
    with unvisited(listener):
        for place in (listener.address, secret.as_uri(), str(secret)):
            for clause in (f"FROM <{place}>", f"FROM NAMED <{place}>"):
                graph = "GRAPH ?g " if "NAMED" in clause else ""
                text = f"SELECT * {clause} WHERE {{ {graph}{{ ?s ?p ?o }} }}"
                done = kg(small, "sparql", text, "--engine", engine, "--format", "csv")
                assert done.code in (0, 2)
                assert "secret" not in done.out
                assert len(done.out.splitlines()) <= 1


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("SELECT DISTINCT ?s FROM PLACES { ?s a bl:Region }", 2),
        ("SELECT DISTINCT ?s\nFROM SOURCES\nFROM # two\n PLACES { ?s a bl:State }", 2),
        ("SELECT DISTINCT ?s FROM SOURCES { ?s a bl:Region }", 0),
        ("SELECT DISTINCT ?g FROM NAMED PLACES { GRAPH ?g { ?s a bl:Region } }", 1),
        ("SELECT DISTINCT ?s FROM NAMED PLACES { ?s a bl:Region }", 0),
        ("SELECT DISTINCT ?s { ?s a bl:Region } # FROM SOURCES", 2),
        ("# one\n#'\nPREFIX x: <urn:x'> SELECT DISTINCT ?s FROM SOURCES { ?s a bl:Region, x:\\' }", 0),
        ("SELECT DISTINCT ?from { ?from a bl:Region FILTER (STR(?from) != 'from <x>') }", 2),
    ],
)
def test_from_names_the_graphs(text: str, rows: int, engine: str, small: Path) -> None:
    """A query with FROM asks those graphs alone, in both engines; a graph is a file."""
    text = text.replace("PLACES", "<https://w3id.org/borderlands/graph/data/places/places>")
    text = text.replace("SOURCES", "<https://w3id.org/borderlands/graph/data/sources/report>")
    done = kg(small, "sparql", text, "--engine", engine, "--format", "csv")
    assert (done.code, len(done.out.splitlines())) == (0, 1 + rows)


UPDATES = [
    "INSERT DATA { <http://e.example/a> <http://e.example/b> 1 }",
    "DELETE WHERE { ?s ?p ?o }",
    "DELETE { ?s ?p ?o } INSERT {} WHERE { ?s ?p ?o }",
    "WITH <http://e.example/g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "LOAD <ADDRESS>",
    "LOAD SILENT <ADDRESS> INTO GRAPH <http://e.example/g>",
    "DROP ALL", "CLEAR ALL", "CREATE GRAPH <http://e.example/g>", "ADD DEFAULT TO <http://e.example/g>",
    "MOVE DEFAULT TO <http://e.example/g>", "COPY DEFAULT TO <http://e.example/g>",
    "PREFIX a: <http://e.example/>\nBASE <http://e.example/>\n# a comment\ninsert data { a:b a:c 1 }",
]  # fmt: skip


@pytest.mark.parametrize("text", UPDATES)
def test_updates_are_refused(text: str, small: Path, listener: Listener) -> None:
    """An update is refused as one, whatever stands before it, and changes nothing."""
    before = export(build_of(small), "nq")
    with unvisited(listener):
        done = kg(small, "sparql", text.replace("ADDRESS", listener.address))
    assert (done.code, done.out) == (2, "")
    assert done.err == ("kg: This is an update; the graph is read-only. Ask with SELECT, ASK, CONSTRUCT or DESCRIBE.\n")
    assert before == export(build_of(small), "nq")


@pytest.mark.parametrize(
    "text", ["SELECT * { ?s ?p ?o } ; DROP ALL", "DROP ALL ; SELECT * {}", "SELECT * {} INSERT DATA {}"]
)
def test_update_beside_a_query(text: str, small: Path) -> None:
    """A query with an update behind it or before it is none."""
    for engine in ENGINES:
        assert kg(small, "sparql", text, "--engine", engine).code == 2


# --- too much --------------------------------------------------------------------------------


@pytest.mark.parametrize(("opening", "closing"), ["{}", "()", "[]"])
def test_deep_nesting(opening: str, closing: str, small: Path) -> None:
    """Deep brackets are refused before they overflow a stack."""
    text = f"SELECT * {{ {opening * 5_000} {closing * 5_000} }}"
    done = kg(small, "sparql", text)
    assert (done.code, done.out) == (2, "")
    assert done.err == f"kg: The query is nested more than {MAX_DEPTH} brackets deep.\n"


def test_nesting_that_is_allowed(store: ox.Store) -> None:
    """What is nested as deep as is allowed is answered."""
    deep = MAX_DEPTH - 1
    assert ask_store(store, f"ASK {{ {'{' * deep} {'}' * deep} }}").truth()


def test_too_long(small: Path, tmp_path: Path) -> None:
    """A query of too many characters is refused."""
    path = tmp_path / "long.rq"
    path.write_text("SELECT * {" + " " * MAX_LENGTH + "}", "utf-8")
    done = kg(small, "sparql", "-f", str(path))
    assert done.code == 2
    assert done.err == f"kg: The query has {MAX_LENGTH + 11:,} characters; {MAX_LENGTH:,} are allowed.\n"


def repeated(before: str, part: str, after: str) -> str:
    """As long a query as is allowed, made of one part."""
    return before + part * ((MAX_LENGTH - len(before + after)) // len(part)) + after


@pytest.mark.parametrize(
    "text",
    [
        repeated("SELECT * {", "{} UNION ", "{} }"), repeated("SELECT * {", "OPTIONAL{}", "}"),
        repeated("SELECT * {", "MINUS{}", "}"), repeated("SELECT * { FILTER(", "!", "true) }"),
        repeated("SELECT * { FILTER(", "1+", "1) }"), repeated("SELECT * {", "FILTER(1)", "}"),
        repeated("SELECT * { ?a ", "<a>|", "<b> ?b }"), repeated("SELECT * { ?a ?b ", "1,", "1 }"),
    ],
    ids=["UNION", "OPTIONAL", "MINUS", "not", "plus", "FILTER", "path", "objects"],
)  # fmt: skip
def test_long_chains_do_not_end_the_process(text: str, small: Path, tmp_path: Path) -> None:
    """The longest chain of operators is answered, refused, or out of time; it never overflows the stack."""
    path = tmp_path / "chain.rq"
    path.write_text(text, "utf-8")
    assert kg(small, "sparql", "-f", str(path), "--timeout", "1").code in (0, 2, 4)


def test_deep_stack_hands_on_what_happens() -> None:
    """A work on the deep stack gives its result or raises its exception; later threads get the usual stack."""
    usual = threading.stack_size()
    assert on_deep_stack(lambda: 7) == 7
    with pytest.raises(QueryError, match="nested more than"):
        on_deep_stack(lambda: guard("{" * (MAX_DEPTH + 1)))
    assert usual == threading.stack_size()


# --- answers ---------------------------------------------------------------------------------


def test_the_default_graph_is_the_union(store: ox.Store) -> None:
    """A pattern outside of GRAPH finds asserted and inferred triples of all graphs, each once."""
    counted = ask_store(store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows()
    assert [(ox.Literal(len(store)),)] == counted


def test_kinds_of_answer(store: ox.Store) -> None:
    """An answer knows its kind, and gives what fits it and nothing else."""
    rows = ask_store(store, "SELECT ?s (1 AS ?n) { ?s ?p ?o } LIMIT 3")
    truth = ask_store(store, "ASK { ?s ?p ?o }")
    graph = ask_store(store, "CONSTRUCT WHERE { ?s ?p ?o }")
    assert [answer.kind for answer in (rows, truth, graph)] == ["select", "ask", "graph"]
    assert rows.columns == ["s", "n"]
    assert truth.truth()
    triples = graph.triples()
    assert triples == sorted(set(triples), key=str)
    wrong: list[tuple[Answer, str]] = [(truth, "rows"), (graph, "rows"), (rows, "triples"), (truth, "triples")]
    for answer, what in wrong:
        with pytest.raises(QueryError):
            getattr(answer, what)()
    with pytest.raises(QueryError):
        graph.serialize("csv")


def test_read_only(store: ox.Store) -> None:
    """What is opened for a question cannot be changed."""
    node = ox.NamedNode("http://e.example/a")
    with pytest.raises(RuntimeError, match="read-write"):
        store.add(ox.Quad(node, node, node))


def test_a_store_that_cannot_be_opened(tmp_path: Path, folder: Path) -> None:
    """A folder that holds no store, or a damaged one, cannot be opened; the message says what to do."""
    with pytest.raises(UnreachableError, match="Run `kg build` to make it again"):
        open_store(str(tmp_path / "store"))
    damaged = Path(build_of(folder).store)
    next(damaged.glob("*.sst")).write_bytes(b"")
    with pytest.raises(UnreachableError, match="Run `kg build` to make it again"):
        open_store(str(damaged))
