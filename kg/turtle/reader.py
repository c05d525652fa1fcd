"""Turtle texts and files, parsed: their triples, their comments and the places of their terms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import dropwhile, takewhile
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import UnreachableError
from kg.turtle.sourcemap import SourceMap
from kg.turtle.syntax import error_at, lexical_error, parser_error
from kg.turtle.tokens import Lines, Token, tokenize

if TYPE_CHECKING:
    from pathlib import Path

BYTE_ORDER_MARK = "\ufeff"


# What the parser reads beyond RDF 1.1, wherever in a text it stands: triple terms, reifiers, annotations,
# directions of text, versions. A text without it has no token that RDF 1.1 does not know.
_BEYOND = re.compile(r"<<|>>|[{}|~]|--|version", re.IGNORECASE)


@dataclass(frozen=True)
class Document:
    """One parsed Turtle text.

    Attributes:
        path: Its name in messages.
        text: Its characters.
        triples: Its triples in the parser's order; one that is stated twice is here twice.
        prefixes: The namespace of each prefix that it declares.
    """

    path: str
    text: str
    triples: tuple[ox.Triple, ...]
    prefixes: dict[str, str]

    @cached_property
    def opening_comments(self) -> tuple[str, ...]:
        """The comment lines before the first statement or directive, without `#` and the one space after it.

        A blank line between two of them is an empty one.
        """
        opening = list(takewhile(lambda token: token.kind == "comment", tokenize(self.text)))
        return tuple(_opening_comments(Lines(self.text), opening))

    @cached_property
    def inner_comments(self) -> tuple[int, ...]:
        """The lines, from 1, of all comments after the first statement or directive has begun."""
        lines = Lines(self.text)
        later = dropwhile(lambda token: token.kind == "comment", tokenize(self.text))
        return tuple(lines.line(token.start) for token in later if token.kind == "comment")

    @cached_property
    def positions(self) -> SourceMap:
        """Where its terms stand."""
        return SourceMap(Lines(self.text), tuple(token for token in tokenize(self.text) if token.kind != "comment"))


def parse(text: str, path: str) -> Document:
    """Parse a Turtle text (RDF 1.1); `path` is its name in messages.

    Blank nodes get names of their own, so that those of two texts are never taken for one.

    Raises:
        TurtleSyntaxError: The text is not Turtle; the message shows the place.
    """
    if text.startswith(BYTE_ORDER_MARK):
        problem = "the file begins with a byte order mark: save it as UTF-8 without one"
        raise error_at(path, Lines(text), 0, problem)
    try:
        encoded = text.encode()
    except UnicodeEncodeError as error:
        problem = "half of a surrogate pair is not a character: write the whole character"
        raise error_at(path, Lines(text), error.start, problem) from None
    parser = ox.parse(encoded, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
    try:
        triples = tuple(quad.triple for quad in parser)
    except SyntaxError as error:
        raise parser_error(path, text, Lines(text), tokenize(text), error) from None
    if _BEYOND.search(text):
        not_read = lexical_error(path, text, Lines(text), tokenize(text))
        if not_read is not None:
            raise not_read
    return Document(path, text, triples, dict(parser.prefixes))


def parse_file(path: Path, shown: str) -> Document:
    """Parse a Turtle file; `shown` is its name in messages.

    Raises:
        TurtleSyntaxError: The file is not UTF-8 or not Turtle; the message shows the place.
        UnreachableError: The file cannot be read.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreachableError(f"{shown} cannot be read: {error.strerror}.") from error
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        readable = content[: error.start].decode()
        rest = content[error.start :].decode(errors="replace")
        problem = f"byte 0x{content[error.start]:02X} is not UTF-8: save the file as UTF-8"
        raise error_at(shown, Lines(readable + rest), len(readable), problem) from None
    return parse(text, shown)


def _opening_comments(lines: Lines, comments: list[Token]) -> list[str]:
    """The words of comments, with an empty one for the blank lines between two."""
    words: list[str] = []
    previous = None
    for comment in comments:
        line = lines.line(comment.start)
        if previous is not None and line > previous + 1:
            words.append("")
        words.append(comment.text[1:].removeprefix(" ").rstrip())
        previous = line
    return words
