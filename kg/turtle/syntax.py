"""Syntax errors of Turtle, told to people: where, what is wrong, and the line with a caret below."""

from __future__ import annotations

import re
import unicodedata

from kg.errors import DataError
from kg.namespaces import PREFIXES
from kg.turtle.tokens import Lines, Token

WINDOW = 100  # characters of a long line that a message shows
_CUT = "…"
_OWN = ('"', "'", "<", "/")  # where a bad token tells more than the parser does
_FOUND = 40  # characters of an unexpected term that a message repeats

_WHERE = re.compile(r"Parser error (?:at|between) .*?: ")
_AT_END = ("Unexpected end", "Triples should be followed by a dot")
_UNDECLARED = re.compile(r"The prefix (\S*): has not been declared")
_UNEXPECTED = re.compile(r"(?P<found>[\s\S]*) is not a valid (?P<wanted>RDF object|predicate|subject or graph name)")
_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`]|\\(?!u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})')
_BAD_IRI_CHARACTER = re.compile(r"Invalid IRI code point '(.)'")
_REWORDED = {
    "A dot is expected at the end of statements": "'.' is missing before this, or ';' or ','",
    "blank node property lists should end with a ']'": "']' is missing before this, or ';' or ','",
    "No scheme found in an absolute IRI": "a relative IRI without a base: write the IRI in full",
}
_WANTED = {"RDF object": "an object", "predicate": "a predicate", "subject or graph name": "a subject"}


class TurtleSyntaxError(DataError):
    """A text is not Turtle. The message is `path:line:column: problem`, the line and a caret.

    Attributes:
        path: The name of the text.
        line: From 1.
        column: From 1, in code points.
        problem: What is wrong and what to do, without the place.
    """

    def __init__(self, path: str, line: int, column: int, problem: str, line_text: str) -> None:
        super().__init__(f"{path}:{line}:{column}: {problem}\n{picture(line_text, column)}")
        self.path = path
        self.line = line
        self.column = column
        self.problem = problem


def error_at(path: str, lines: Lines, offset: int, problem: str) -> TurtleSyntaxError:
    """The error for a problem at an offset of a text."""
    line, column = lines.place(offset)
    return TurtleSyntaxError(path, line, column, problem, lines.text(line))


def lexical_error(path: str, text: str, lines: Lines, tokens: list[Token]) -> TurtleSyntaxError | None:
    """The error for the first characters of a text that form no token, if any."""
    bad = next((token for token in tokens if token.kind == "bad"), None)
    return None if bad is None else _lexical_error(path, text, lines, bad)


def parser_error(path: str, text: str, lines: Lines, tokens: list[Token], error: SyntaxError) -> TurtleSyntaxError:
    """The error for what the parser found.

    The parser tells the place of a term rightly, but it sees that a string or an IRI is not
    closed only where the text ends; what the tokens tell is then better.
    """
    words = _WHERE.sub("", error.msg, count=1)
    at_end = words.startswith(_AT_END)
    offset = lines.offset(error.lineno or 1, error.offset or 1)
    bad = next((token for token in tokens if token.kind == "bad"), None)
    if bad is not None and bad.text in _OWN and (at_end or lines.place(bad.start) < _end(error)):
        return _lexical_error(path, text, lines, bad)
    if at_end:
        last = next((token for token in reversed(tokens) if token.kind != "comment"), None)
        end = 0 if last is None else last.start + len(last.text)
        return error_at(path, lines, end, "the file ends inside a statement: its '.' is missing")
    if words.startswith("The escape sequence"):  # the parser points behind the backslash
        offset = text.rfind("\\", 0, offset + 1)
    bad_character = _BAD_IRI_CHARACTER.fullmatch(words)
    if bad_character:  # the parser points to the begin of the IRI; an escaped character is not found
        offset = max(offset, text.find(bad_character[1], offset + 1, lines.offset(*_end(error)) - 1))
    return error_at(path, lines, offset, _reworded(words))


def _lexical_error(path: str, text: str, lines: Lines, bad: Token) -> TurtleSyntaxError:
    offset, problem = _lexical_problem(text, bad.start)
    return error_at(path, lines, offset, problem)


def _end(error: SyntaxError) -> tuple[int, int]:
    """The line and column after the term that the parser refused."""
    return error.end_lineno or error.lineno or 1, error.end_offset or error.offset or 1


def _lexical_problem(text: str, start: int) -> tuple[int, str]:
    """Where and why no token starts at an offset."""
    here = text[start : start + 3]
    if here in ('"""', "'''"):
        return start, f"this string is never closed: {here} is missing"
    if here[0] in "\"'":
        return start, f"this string is not closed on its line: add {here[0]}; a line break is written \\n"
    if here[0] == "<" and here[:2] != "<<":
        return _iri_problem(text, start)
    if here[0] == "/":
        return start, "'/' cannot stand in a prefixed name: write the IRI in full, in <>"
    return start, f"{_named(here[0])} cannot stand here in Turtle 1.1"


def _iri_problem(text: str, start: int) -> tuple[int, str]:
    refused = _NOT_IN_IRI.search(text, start + 1)
    end = refused.start() if refused else len(text)
    if end == len(text) or text[end] in "\r\n":
        return start, "this IRI is not closed on its line: add '>'"
    return end, f"{_named(text[end])} cannot stand in an IRI; if the IRI ends before it, add '>'"


def _named(character: str) -> str:
    """A character for a message; by its number if it cannot be seen."""
    if character == " ":
        return "a space"
    return f"'{character}'" if character.isprintable() else f"U+{ord(character):04X}"


def _reworded(words: str) -> str:
    """The parser's words on one line, with what to do where we know it."""
    undeclared = _UNDECLARED.fullmatch(words)
    if undeclared:
        prefix = undeclared[1]
        return f"prefix {prefix}: is not declared: add '@prefix {prefix}: <{PREFIXES.get(prefix, '...')}> .'"
    unexpected = _UNEXPECTED.fullmatch(words)
    if unexpected:
        found = " ".join(unexpected["found"].split())
        cut = found if len(found) <= _FOUND else found[: _FOUND - 1] + _CUT
        shown = "".join(_visible(character) for character in cut)
        bare = found.isalpha() and found not in ("a", "true", "false")
        advice = "; an IRI is prefix:name or <...>, a string stands in quotes" if bare else ""
        return f"{_WANTED[unexpected['wanted']]} is expected here, not {shown}{advice}"
    if words.startswith("Unexpected escape"):
        return f"{words}; a backslash itself is written \\\\"
    return _REWORDED.get(words, " ".join(words.split()))


def picture(line: str, column: int) -> str:
    """A line, or the part of a long one around a column, and below it a caret under that column."""
    start = max(0, min(column - 1 - WINDOW // 2, len(line) - WINDOW))
    shown = "".join(_visible(character) for character in line[start : start + WINDOW])
    before = (_CUT if start else "") + shown[: column - 1 - start]
    after = shown[column - 1 - start :] + (_CUT if start + WINDOW < len(line) else "")
    indent = "".join("\t" if character == "\t" else " " * _cells(character) for character in before)
    return f"{before}{after}\n{indent}^"


def _visible(character: str) -> str:
    """A character that moves no cursor: control characters other than the tab are replaced."""
    return "\ufffd" if unicodedata.category(character) == "Cc" and character != "\t" else character


def _cells(character: str) -> int:
    """How many columns of a terminal a character takes: none, one or two.

    Source: Unicode Standard Annex 11 (wide and fullwidth characters take two); marks and format
    characters join the one before. An emoji that is joined from several is counted one by one.
    """
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1
