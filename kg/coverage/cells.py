"""Facts counted in cells: places by topics, places or topics by periods; and the cells of which no source speaks."""

from __future__ import annotations

from kg.coverage.facts import UNDATED, order_of_periods
from kg.coverage.topics import OTHER, TOPICS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kg.coverage.facts import Fact

# What a cell shows of which no source speaks; nothing is known of it, so it is no 0.
NONE = "·"
# The last column: all facts of a row, each once.
EVERY = "all"
_GAP = "  "


class Cell:
    """How much there is of one place, topic and period: the facts, the claims that state them, their sources."""

    __slots__ = ("claims", "facts", "sources")

    def __init__(self, facts: Iterable[Fact]) -> None:
        self.facts = list(facts)
        self.claims = {claim for fact in self.facts for claim in fact.claims}
        self.sources = {source for fact in self.facts for source in fact.sources}

    def __str__(self) -> str:
        return f"{len(self.facts)}/{len(self.sources)}" if self.facts else NONE


class Row:
    """One row of a table: its head, and a cell for each column."""

    __slots__ = ("cells", "head")

    def __init__(self, head: str, cells: dict[str, Cell]) -> None:
        self.head = head
        self.cells = cells


def cells(facts: Sequence[Fact], heads: dict[str, str], rows_by: str, columns_by: str) -> tuple[list[str], list[Row]]:
    """A table of cells, with the heads of its columns.

    Args:
        facts: What is counted.
        heads: The key of each row and its head, in order: IRIs of places, or topics.
        rows_by: `places` or `topics`, the attribute of a fact that holds the keys of its rows.
        columns_by: `topics` or `periods`, the attribute that holds its columns; those in which nothing stands are
            left out, see `unsaid`.
    """
    inside = [fact for fact in facts if not heads.keys().isdisjoint(getattr(fact, rows_by))]
    said = {column for fact in inside for column in getattr(fact, columns_by)}
    columns = [topic for topic in TOPICS if topic in said] if columns_by == "topics" else periods(inside)
    of_row: dict[str, list[Fact]] = {key: [] for key in heads}
    for fact in facts:
        for key in getattr(fact, rows_by):
            if key in of_row:
                of_row[key].append(fact)
    rows = []
    for key, head in heads.items():
        row = {column: Cell(fact for fact in of_row[key] if column in getattr(fact, columns_by)) for column in columns}
        rows.append(Row(head, {**row, EVERY: Cell(of_row[key])}))
    return [*columns, EVERY], rows


def periods(facts: Iterable[Fact]) -> list[str]:
    """The periods of facts in time, the undated last and always there."""
    return sorted({period for fact in facts for period in fact.periods} | {UNDATED}, key=order_of_periods)


def unsaid(columns: Iterable[str]) -> list[str]:
    """The topics that are no columns of a table of topics, because nothing stands in them."""
    return [topic for topic in TOPICS if topic not in {*columns, OTHER}]


def gaps(facts: Sequence[Fact], places: Iterable[str], topics: Iterable[str]) -> list[tuple[str, list[str]]]:
    """For each place the topics of which none of the facts is; places without a gap are left out."""
    said: dict[str, set[str]] = {}
    for fact in facts:
        for place in fact.places:
            said.setdefault(place, set()).update(fact.topics)
    wanted = list(topics)
    found = ((place, [topic for topic in wanted if topic not in said.get(place, ())]) for place in places)
    return [(place, missing) for place, missing in found if missing]


def grid(corner: str, columns: Sequence[str], rows: Sequence[Row], width: int, style: Callable[[str], str]) -> str:
    """A table in plain text: the cells of all columns, in as many blocks as the width asks for.

    Args:
        corner: What the rows are.
        columns: The columns, in order.
        rows: The rows.
        width: How many characters a line may have.
        style: What is done to the line of heads.
    """
    first = max(len(corner), *(len(row.head) for row in rows)) if rows else len(corner)
    sizes = {name: max(len(name), *(len(str(row.cells[name])) for row in rows)) if rows else len(name)
             for name in columns}  # fmt: skip
    blocks: list[list[str]] = [[]]
    used = first
    for name in columns:
        if blocks[-1] and used + len(_GAP) + sizes[name] > width:
            blocks.append([])
            used = first
        blocks[-1].append(name)
        used += len(_GAP) + sizes[name]
    texts = []
    for block in blocks:
        lines = [style(_GAP.join((corner.ljust(first), *(name.rjust(sizes[name]) for name in block))))]
        lines.append(_GAP.join("─" * size for size in (first, *(sizes[name] for name in block))))
        lines += [
            _GAP.join((row.head.ljust(first), *(str(row.cells[name]).rjust(sizes[name]) for name in block)))
            for row in rows
        ]
        texts.append("\n".join(lines) + "\n")
    return "\n".join(texts)
