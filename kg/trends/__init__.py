"""Convergence and divergence by thing, dimension and voice; the frameworks and what falls under their categories."""

from kg.trends.found import Finding, Matter, authors_of, findings, matters, verdict
from kg.trends.frameworks import Category, Framework, frameworks
from kg.trends.told import (
    CATEGORY_COLUMNS,
    COLUMNS,
    as_dict,
    framework_as_dict,
    framework_outline,
    framework_rows,
    outline,
    rows,
)

__all__ = [
    "CATEGORY_COLUMNS", "COLUMNS", "Category", "Finding", "Framework", "Matter", "as_dict", "authors_of", "findings",
    "framework_as_dict", "framework_outline", "framework_rows", "frameworks", "matters", "outline", "rows", "verdict",
]  # fmt: skip
