"""Turtle texts and files, parsed: their triples, their comments and the places of their terms."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import UnreachableError
from kg.turtle.sourcemap import SourceMap
from kg.turtle.syntax import error_at, lexical_error, parser_error
from kg.turtle.tokens import Lines, Token, tokenize

if TYPE_CHECKING:
    from pathlib import Path

BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True)
class Document:
    """One parsed Turtle text.

    Attributes:
        path: Its name in messages.
        text: Its characters.
        triples: Its triples in the parser's order; one that is stated twice is here twice.
        prefixes: The namespace of each prefix that it declares.
        opening_comments: The comment lines before its first statement or directive, without `#`
            and the one space after it; a blank line between two of them is an empty one.
        inner_comments: The lines, from 1, of all other comments.
        positions: Where its terms stand.
    """

    path: str
    text: str
    triples: tuple[ox.Triple, ...]
    prefixes: dict[str, str]
    opening_comments: tuple[str, ...]
    inner_comments: tuple[int, ...]
    positions: SourceMap


def parse(text: str, path: str) -> Document:
    """Parse a Turtle text (RDF 1.1); `path` is its name in messages.

    Blank nodes get names of their own, so that those of two texts are never taken for one.

    Raises:
        TurtleSyntaxError: The text is not Turtle; the message shows the place.
    """
    lines = Lines(text)
    if text.startswith(BYTE_ORDER_MARK):
        problem = "the file begins with a byte order mark: save it as UTF-8 without one"
        raise error_at(path, lines, 0, problem)
    try:
        encoded = text.encode()
    except UnicodeEncodeError as error:
        problem = "half of a surrogate pair is not a character: write the whole character"
        raise error_at(path, lines, error.start, problem) from None
    tokens = tokenize(text)
    parser = ox.parse(encoded, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
    try:
        triples = tuple(quad.triple for quad in parser)
    except SyntaxError as error:
        raise parser_error(path, text, lines, tokens, error) from None
    not_read = lexical_error(path, text, lines, tokens)
    if not_read is not None:  # the parser reads more than RDF 1.1
        raise not_read
    comments = [token for token in tokens if token.kind == "comment"]
    opening = list(takewhile(lambda token: token.kind == "comment", tokens))
    return Document(
        path=path,
        text=text,
        triples=triples,
        prefixes=dict(parser.prefixes),
        opening_comments=tuple(_opening_comments(lines, opening)),
        inner_comments=tuple(lines.line(comment.start) for comment in comments[len(opening) :]),
        positions=SourceMap(lines, tuple(token for token in tokens if token.kind != "comment")),
    )


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
