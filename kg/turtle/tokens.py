"""The tokens of a Turtle text, and where they stand: lines and columns, both from 1.

Source: W3C, RDF 1.1 Turtle, section 6.5 (grammar), productions [13]-[172s]. The tokens are
those of RDF 1.1: a triple term or an annotation of RDF 1.2 comes out as `bad`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

# Productions [163s] PN_CHARS_BASE, [164s] PN_CHARS_U, [166s] PN_CHARS: insides of [...] in a pattern.
PN_CHARS_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
PN_CHARS_U = PN_CHARS_BASE + "_"
PN_CHARS = PN_CHARS_U + "0-9\u00b7\u0300-\u036f\u203f-\u2040\\-"

_UCHAR = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_PLX = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_PREFIX = rf"[{PN_CHARS_BASE}](?:[{PN_CHARS}]|\.+(?=[{PN_CHARS}]))*+"
_LOCAL = rf"(?:[{PN_CHARS_U}:0-9]|{_PLX})(?:[{PN_CHARS}:]++|{_PLX}|\.+(?=[{PN_CHARS}:]|{_PLX}))*+"

# White space is space, tab, CR and LF ([161s] WS). Bad escapes in strings are left to the parser.
_TOKEN = re.compile(
    rf"""[ \t\r\n]*+(?:
      (?P<punct>[;,()\[\]]|\.(?![0-9]))
    | (?P<pname>(?:{_PREFIX})?:(?:{_LOCAL})?)
    | (?P<iri><(?:[^\x00-\x20<>"{{}}|^`\\]++|{_UCHAR})*+>)
    | (?P<string>\"""(?:[^"\\]++|\\[\s\S]|"(?!""))*+\"""|'''(?:[^'\\]++|\\[\s\S]|'(?!''))*+'''
      | "(?!"")(?:[^"\\\r\n]++|\\[^\r\n])*+" | '(?!'')(?:[^'\\\r\n]++|\\[^\r\n])*+')
    | (?P<at>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<comment>\#[^\r\n]*+)
    | (?P<number>[+-]?(?:[0-9]+\.[0-9]*[eE][+-]?[0-9]+|\.?[0-9]+[eE][+-]?[0-9]+|[0-9]*\.[0-9]+|[0-9]+))
    | (?P<hat>\^\^)
    | (?P<blank>_:[{PN_CHARS_U}0-9](?:[{PN_CHARS}]|\.+(?=[{PN_CHARS}]))*+)
    | (?P<word>(?:a|true|false|[Pp][Rr][Ee][Ff][Ii][Xx]|[Bb][Aa][Ss][Ee])(?![{PN_CHARS}]))
    | (?P<bad>[^ \t\r\n])
    )""",
    re.VERBOSE,
)
_LINE_END = re.compile(r"\r\n|\n|\r")


class Token(NamedTuple):
    """A token: its kind (the name of a group of the pattern), its characters and its place in the text."""

    kind: str
    text: str
    start: int


class Lines:
    """Where the lines of a text begin; a line ends with LF, CRLF or CR, as in the Turtle grammar."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(end.end() for end in _LINE_END.finditer(text))]

    def line(self, offset: int) -> int:
        """The line, from 1, of the character at an offset, from 0."""
        return bisect_right(self._starts, offset)

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 1, of the character at an offset; columns count code points."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        """The offset, from 0, of a line and column, both from 1."""
        return self._starts[line - 1] + column - 1

    def text(self, line: int) -> str:
        """The characters of a line, from 1, without its end."""
        start = self._starts[line - 1]
        end = _LINE_END.search(self._text, start)
        return self._text[start : end.start() if end else len(self._text)]


def tokenize(text: str) -> list[Token]:
    """Every token of a text in order, comments included.

    A character that begins no token is a token `bad`, and the reading goes on after it.
    """
    matches = _TOKEN.finditer(text)
    return [Token(kind, match[kind], match.start(kind)) for match in matches if (kind := match.lastgroup)]
