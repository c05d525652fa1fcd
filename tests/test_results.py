"""Answers as text: tables that fit, Markdown and CSV that hold, names that cannot steer a terminal."""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path

import pyoxigraph as ox
import pytest

from conftest import build_of
from kg.errors import UsageError
from kg.results import (
    BINARY_FORMATS,
    FORMATS,
    TABLE_FORMATS,
    column_widths,
    csv_text,
    markdown,
    printable,
    render,
    table,
    wrap,
    write_triples,
)
from kg.store import ask_store, open_store

REGIONS = "SELECT ?r ?c { ?r a bl:Region ; bl:formerName ?n OPTIONAL { ?c bl:about ?r } } ORDER BY ?r ?c"
BL = {"bl": "https://w3id.org/borderlands/ont#"}


@pytest.fixture(scope="module")
def store(small: Path) -> ox.Store:
    """The small graph."""
    return open_store(build_of(small).store)


def test_table_leaves_repeated_cells_blank() -> None:
    """Leading cells that repeat the row above are blank; the source and what follows it never are."""
    rows = [["a", "b", "s", "x"], ["a", "b", "s", "y"], ["a", "c", "s", "y"], ["z", "c", "s", "y"]]
    assert table(["one", "two", "source", "spot"], rows, 100).splitlines() == [
        "one  two  source  spot",
        "───  ───  ──────  ────",
        "a    b    s       x",
        "          s       y",
        "     c    s       y",
        "z    c    s       y",
        "",
        "4 rows",
    ]


def test_table_of_nothing() -> None:
    """An answer without rows shows its columns; one without columns only tells how many rows it has."""
    assert table(["a_name"], [], 100) == "a name\n──────\n\n0 rows\n"
    assert table([], [[]], 100) == "1 row\n"


def test_bold_heads() -> None:
    """On a terminal each line of the head is bold, and nothing else is."""
    plain = table(["one"], [["x"]], 100)
    assert table(["one"], [["x"]], 100, bold=True) == plain.replace("one\n", "\x1b[1mone\x1b[0m\n")


@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_tables_fit(width: int) -> None:
    """A table of any words fits into its width, and shows every word or its pieces."""
    chance = random.Random(width)  # noqa: S311 - the same tables every time
    for _ in range(100):
        columns = ["name " * chance.randint(1, 3) for _ in range(chance.randint(1, 6))]
        rows = [["".join(chance.choices("ab -Ж", k=chance.randint(0, 90))) for _ in columns] for _ in range(4)]
        lines = table(columns, rows, width).splitlines()
        assert max(map(len, lines)) <= width
        shown, told = sorted("".join(lines[:-2])), sorted("".join(columns) + "".join(map("".join, rows)))
        assert set(told) - {" "} <= set(shown)


def test_columns_give_way_from_the_widest() -> None:
    """The widest column is narrowed first; short ones keep their width; a long word keeps its room if there is any."""
    assert column_widths(["a", "b"], [["x" * 5, "word " * 30]], 60) == [5, 55]
    assert column_widths(["a"], [["x" * 5]], 60) == [5]
    assert column_widths(["a", "b"], [["word " * 30, "x" * 12]], 30) == [18, 12]
    assert column_widths(["a"], [[""]], 60) == [1]


def test_wrap_loses_no_character() -> None:
    """Wrapped text has every character but spaces, on lines no longer than asked; words break only where they must."""
    chance = random.Random(7)  # noqa: S311 - the same texts every time
    for _ in range(500):
        text = printable("".join(chance.choices("ab- Ж", weights=[4, 4, 1, 2, 4], k=chance.randint(0, 60))))
        size = chance.randint(1, 20)
        lines = wrap(text, size)
        assert max(map(len, lines)) <= size
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert wrap("gas to Orenburg", 8) == ["gas to", "Orenburg"]
    assert wrap("border-crossing", 8) == ["border-", "crossing"]
    assert wrap("Dnepropetrovsk", 8) == ["Dneprope", "trovsk"]
    assert wrap("", 8) == [""]


def test_printable() -> None:
    """Control characters and marks that turn the direction are replaced; spaces and line breaks become one space."""
    assert printable("Оренбург  —\n gas\t2019") == "Оренбург — gas 2019"
    assert printable("a\x1b[31mb\x07\x00\u202e\x9b") == "a\ufffd[31mb\ufffd\ufffd\ufffd\ufffd"


def test_markdown_holds_any_cell() -> None:
    """A cell cannot end its column or its row."""
    assert markdown(["a", "b"], [["x | y \\", "one\ntwo\x1b"]]) == (
        "| a | b |\n| --- | --- |\n| x \\| y \\\\ | one two\ufffd |\n"
    )


def test_csv_holds_any_cell() -> None:
    """What is written as CSV is read back."""
    rows = [["a,b", 'say "x"', "two\nlines"], ["", " ", "\\"]]
    assert [["p", "q", "r"], *rows] == list(csv.reader(io.StringIO(csv_text(["p", "q", "r"], rows))))


def test_a_missing_value(store: ox.Store) -> None:
    """A variable without a value is an empty cell."""
    answer = render(store, ask_store(store, REGIONS, BL), None, 100).decode()
    assert answer.splitlines()[2].rstrip() == "North Shore Region"
    answer = render(store, ask_store(store, REGIONS, BL), "csv", 100).decode()
    assert answer.splitlines()[1] == "https://w3id.org/borderlands/id/region/north-shore,"


@pytest.mark.parametrize("form", [form for form in FORMATS if form not in BINARY_FORMATS])
def test_every_answer_ends_in_a_line_break(form: str, store: ox.Store) -> None:
    """Whatever the format, the prompt of a shell comes on a line of its own."""
    text = REGIONS if form in TABLE_FORMATS else "CONSTRUCT WHERE { ?r a bl:Region }"
    assert render(store, ask_store(store, text, BL), form, 100).endswith(b"\n")


def test_graph_as_a_table(store: ox.Store) -> None:
    """A graph has no rows and is not shown as any."""
    with pytest.raises(UsageError, match="is written as ttl, nt, jsonld, rdfxml, not as table"):
        render(store, ask_store(store, "CONSTRUCT WHERE { ?s ?p ?o }"), "table", 100)


def test_only_used_prefixes_are_written() -> None:
    """A Turtle answer declares the prefixes that occur in it, and no other."""
    node = ox.NamedNode("https://w3id.org/borderlands/id/region/omsk")
    text = write_triples([ox.Triple(node, ox.NamedNode(BL["bl"] + "about"), node)], "ttl")
    assert {line.split()[1] for line in text.splitlines() if line.startswith("@prefix")} == {"bl:", "region:"}
