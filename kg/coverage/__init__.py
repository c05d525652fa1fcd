"""Of which place, on which topic and for which time the sources say how much, and where they say nothing."""

from kg.coverage.cells import EVERY, NONE, Cell, Row, cells, gaps, grid, unsaid
from kg.coverage.facts import UNDATED, Fact, Facts, order_of_periods, read_facts
from kg.coverage.opened import COLUMNS, opened, outline
from kg.coverage.topics import ABOUT, OTHER, TOPIC_OF, TOPICS

__all__ = [
    "ABOUT", "COLUMNS", "EVERY", "NONE", "OTHER", "TOPICS", "TOPIC_OF", "UNDATED", "Cell", "Fact", "Facts", "Row",
    "cells", "gaps", "grid", "opened", "order_of_periods", "outline", "read_facts", "unsaid",
]  # fmt: skip
