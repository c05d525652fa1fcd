"""Turtle: parsed with the place of every term, and written in one canonical layout."""

from kg.turtle.reader import Document, parse, parse_file
from kg.turtle.sourcemap import Role, SourceMap, TermUse
from kg.turtle.syntax import TurtleSyntaxError
from kg.turtle.writer import canonical_text, format_text, write

__all__ = [
    "Document",
    "Role",
    "SourceMap",
    "TermUse",
    "TurtleSyntaxError",
    "canonical_text",
    "format_text",
    "parse",
    "parse_file",
    "write",
]
