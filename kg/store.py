"""The embedded store: an Oxigraph database on disk, written once by a build, then only read.

The default graph of every question is the union of all named graphs. No triple stands in
two graphs (the build checks it), so that the union counts each triple once.

On the path of every question: rdflib is imported only to look into a query that holds the
word SERVICE or FROM.
"""

from __future__ import annotations

import re

import pyoxigraph as ox

from kg.errors import QueryError, UnreachableError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import TypeVar

    T = TypeVar("T")
    Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
    Row = tuple[Term | None, ...]

# A query of more characters or of deeper brackets is refused, and the rest is answered on a deep
# stack: the parser and the optimizer of Oxigraph go down one level for each bracket, operator and
# pattern, and the usual 8 MB end the process by overflow at some thousands. Of the stack only what is
# used takes memory.
MAX_LENGTH = 100_000
MAX_DEPTH = 250
STACK = 512 * 1024 * 1024

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_ESCAPE_IN_TOKEN = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|\\)")
# No word boundaries: `SERVICESILENT<...>`, `SERVICEex:a` and `1SERVICE<...>` are calls, too.
_SERVICE = re.compile(r"service", re.IGNORECASE)
_AT = re.compile(r"error at (\d+):(\d+): ")
_FROM = re.compile(r"(?<![?$\w:-])from", re.IGNORECASE)
# Among the tokens that the parser would have taken it may have a sentence of its own.
_SENTENCE = re.compile(r"(?:expected|one of|,) ([A-Z][\w*]*(?: [\w*]+){2,})(?:,|$)", re.MULTILINE)
# What stands for itself: the mark after a backslash, strings, comments, IRIs.
_OPAQUE = re.compile(
    r'\\.|"""[\s\S]*?"""|"(?:[^"\\\n]|\\.)*"|'
    r"'''[\s\S]*?'''|'(?:[^'\\\n]|\\.)*'|#[^\n\r]*|<[^<>\s]*>"
)
# The words of a query, roughly: strings, comments, IRIs, names and single marks.
_WORD = re.compile(
    r'"""[\s\S]*?"""|"(?:[^"\\\n]|\\.)*"|'
    r"'''[\s\S]*?'''|'(?:[^'\\\n]|\\.)*'|#[^\n]*|<[^<>\s]*>|[?$@]?[\w:.%-]*[\w:]|\S"
)

# So many statements are sorted at once when a store is written: more take memory and save no time.
BATCH = 250_000

RESULT_FORMATS = {
    "csv": ox.QueryResultsFormat.CSV,
    "json": ox.QueryResultsFormat.JSON,
    "tsv": ox.QueryResultsFormat.TSV,
    "xml": ox.QueryResultsFormat.XML,
}


class Answer:
    """What a query gave.

    Attributes:
        kind: "select", "ask" or "graph" (CONSTRUCT and DESCRIBE).
        columns: Names of the variables of a SELECT, in order; else empty.
    """

    __slots__ = ("_result", "columns", "kind")

    def __init__(self, result: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> None:
        self._result = result
        self.columns: list[str] = []
        if isinstance(result, ox.QuerySolutions):
            self.kind = "select"
            self.columns = [variable.value for variable in result.variables]
        else:
            self.kind = "ask" if isinstance(result, ox.QueryBoolean) else "graph"

    def rows(self) -> list[Row]:
        """The rows of a SELECT; can be taken once."""
        if not isinstance(self._result, ox.QuerySolutions):
            raise QueryError("Only a SELECT has rows.")
        return [tuple(solution) for solution in self._result]

    def truth(self) -> bool:
        """The answer of an ASK."""
        return bool(self._result)

    def triples(self) -> list[ox.Triple]:
        """The triples of a CONSTRUCT or DESCRIBE, without repetition, in the order of their text."""
        if not isinstance(self._result, ox.QueryTriples):
            raise QueryError("Only a CONSTRUCT or DESCRIBE has triples.")
        return sorted(set(self._result), key=str)

    def serialize(self, form: str) -> bytes:
        """A SELECT or an ASK in a W3C results format, one of `RESULT_FORMATS`; can be taken once."""
        if isinstance(self._result, ox.QueryTriples):
            raise QueryError("A CONSTRUCT or DESCRIBE has no rows to write.")
        return self._result.serialize(format=RESULT_FORMATS[form]) or b""


def write_store(folder: str, quads: Iterable[ox.Quad]) -> None:
    """Write a new store into a folder that does not exist yet.

    Raises:
        OSError: The disk is full or the folder cannot be written.
    """
    from itertools import islice

    store = ox.Store(folder)
    pending = iter(quads)
    while batch := list(islice(pending, BATCH)):
        store.bulk_extend(batch)
    store.optimize()
    store.flush()


def open_store(folder: str) -> ox.Store:
    """Open a store read-only.

    Raises:
        UnreachableError: The store is missing or damaged.
    """
    try:
        return ox.Store.read_only(folder)
    except (OSError, ValueError, RuntimeError) as error:
        raise UnreachableError(
            f"The store in {folder} cannot be opened: {error}.\n  Run `kg build` to make it again."
        ) from error


def on_deep_stack(work: Callable[[], T]) -> T:
    """Do a work in a thread with a stack of `STACK` bytes; its result or its exception is handed on.

    All that is done with a query that a user wrote belongs in here: parsing, answering and letting go.
    """
    import threading

    done: list[T] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            done.append(work())
        except BaseException as error:  # noqa: BLE001 - handed on below
            from traceback import clear_frames

            # An answer of the engine may be let go of only in the thread that asked: no frame may keep it.
            link: BaseException | None = error
            while link is not None:
                clear_frames(link.__traceback__)
                link = link.__cause__ or link.__context__
            failed.append(error)

    usual = threading.stack_size(STACK)
    thread = threading.Thread(target=run, daemon=True)
    try:
        thread.start()
    except RuntimeError:  # the system does not give that much: the usual stack has to do
        return work()
    finally:
        threading.stack_size(usual)
    thread.join()
    if failed:
        raise failed[0]
    return done[0]


def ask_store(store: ox.Store, text: str, prefixes: dict[str, str] | None = None) -> Answer:
    """Run a SPARQL 1.1 query over the union of all graphs, or over those that it names with FROM.

    `prefixes` are known to it undeclared. A graph that is not in the store is empty.

    Raises:
        QueryError: The text does not parse, or asks for what is refused (see `guard`).
        UnreachableError: The store broke while it was read.
    """
    guard(text)
    try:
        return Answer(store.query(text, use_default_graph_as_union=not _names_graphs(text), prefixes=prefixes))
    except SyntaxError as error:
        raise QueryError(_syntax_message(text, str(error), prefixes)) from error
    except OSError as error:
        raise UnreachableError(f"The store cannot be read: {error}.") from error


def guard(text: str) -> None:
    """Refuse a query that would leave this machine or end this process.

    Raises:
        QueryError: It is an update, holds SERVICE, is too long or too deeply nested.
    """
    if len(text) > MAX_LENGTH:
        raise QueryError(f"The query has {len(text):,} characters; {MAX_LENGTH:,} are allowed.")
    depth = 0
    for mark in re.findall(r"[{}()\[\]]", text):
        depth += 1 if mark in "{([" else -1
        if depth > MAX_DEPTH:
            raise QueryError(f"The query is nested more than {MAX_DEPTH} brackets deep.")
    # SPARQL 1.1 section 19.2: code point escapes are resolved before the text is parsed, as rdflib does.
    plain = _ESCAPE.sub(lambda match: chr(min(int(match[1] or match[2], 16), 0x10FFFF)), text)
    # Oxigraph resolves them inside the token where they stand: an escaped quote ends no string there.
    # It also ends a comment at a carriage return, which rdflib's parser reads over.
    within = _ESCAPE_IN_TOKEN.sub("x", text).replace("\r", "\n")
    if _SERVICE.search(plain + within) and (_calls_service(text) or _calls_service(within)):
        raise QueryError("SERVICE is refused: a query here reads this graph and no other address.")


def _calls_service(text: str) -> bool:
    """Whether a query that holds the word SERVICE uses it as the keyword, anywhere in it."""
    from pyparsing import ParseResults
    from rdflib.plugins.sparql.parser import parseQuery
    from rdflib.plugins.sparql.parserutils import CompValue

    try:
        pending: list[object] = [parseQuery(text)]
    except Exception:  # noqa: BLE001 - whatever a hostile text does to the parser, it is refused
        return True
    while pending:
        part = pending.pop()
        if isinstance(part, CompValue):
            if part.name == "ServiceGraphPattern":
                return True
            pending.extend(part.values())
        elif isinstance(part, (list, tuple, ParseResults)):
            pending.extend(part)
    return False


def _names_graphs(text: str) -> bool:
    """Whether a query has FROM, which Oxigraph would pass over for the union of all graphs."""
    if _FROM.search(text) is None or _FROM.search(_OPAQUE.sub(" ", text)) is None:
        return False
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        return bool(parseQuery(text)[1].datasetClause)
    except Exception:  # noqa: BLE001 - Oxigraph will say what is wrong with it
        return False


def _syntax_message(text: str, error: str, prefixes: dict[str, str] | None) -> str:
    """Line, column, the line itself and a caret for a query that does not parse."""
    if re.match(r"(?:\s|#[^\n]*|(?:prefix|base)\b[^\n]*)*(insert|delete|load|clear|drop|create|add|move|copy|with)\b",
                text, re.IGNORECASE):  # fmt: skip
        return "This is an update; the graph is read-only. Ask with SELECT, ASK, CONSTRUCT or DESCRIBE."
    if _AT.search(error) is None:
        return f"The query cannot be read: {error}."
    from kg.turtle.syntax import picture

    offset, word = _misplaced(text, prefixes)
    line, column = text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
    said = _SENTENCE.search(error)
    what = f"“{word}” cannot stand here." if word else f"{said[1]}." if said else "the query is not complete."
    if ":" in word and word[0] not in "<\"'":
        what = f"{what[:-1]}; is its prefix declared?"
    shown = picture(text.split("\n")[line - 1], column)
    return f"The query cannot be read: line {line}, column {column}: {what}\n{shown}"


def _misplaced(text: str, prefixes: dict[str, str] | None) -> tuple[int, str]:
    """The offset of the first word with which a query goes wrong, and the word; the end and "" if it breaks off.

    The parser reports how far it looked, which may be some words after the mistake. So the longest
    beginning is sought after which it asks for more.
    """
    words = [word for word in _WORD.finditer(text) if not word[0].startswith("#")]
    low, high = 0, len(words)
    while low < high:
        middle = (low + high) // 2
        if _can_go_on(text[: words[middle].end()], prefixes):
            low = middle + 1
        else:
            high = middle
    return (words[low].start(), words[low][0]) if low < len(words) else (len(text.rstrip()), "")


def _can_go_on(beginning: str, prefixes: dict[str, str] | None) -> bool:
    """Whether the parser accepts a beginning, or stops at its end for want of something."""
    # A keyword that does not fit is reported at the place where it would end: well within the spaces.
    padded = beginning + " " * 40
    try:
        ox.Store().query(padded, prefixes=prefixes)
    except SyntaxError as error:
        found = _AT.search(str(error))
        end = padded.count("\n") + 1, len(padded) - padded.rfind("\n")
        return found is None or (int(found[1]), int(found[2])) == end
    return True
