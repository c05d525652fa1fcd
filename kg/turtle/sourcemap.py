"""Where the terms of a Turtle text stand: lines of subjects and statements, and every use of an IRI."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

import pyoxigraph as ox

from kg.namespaces import RDF
from kg.turtle.tokens import Lines, Token

Role = Literal["subject", "predicate", "object", "datatype"]

_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([\s\S]))")
_ECHARS = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}  # [159s] ECHAR; others stand for themselves
_LONG_QUOTES = ('"""', "'''")


class TermUse(NamedTuple):
    """One IRI where it stands in a text, written in full, as a prefixed name or as `a`."""

    iri: str
    line: int
    column: int
    role: Role


@dataclass(frozen=True)
class SourceMap:
    """Finds the place of a term or a statement in one Turtle text that the parser has accepted.

    IRIs are given in full, literals by their characters alone (language and datatype are left
    aside); terms of pyoxigraph do as well, and those of rdflib, which are strings. Statements
    inside `[]` have no subject to be found by, and are met in `terms()` only.
    """

    _lines: Lines
    _tokens: tuple[Token, ...]

    def line_of_subject(self, iri: str | ox.NamedNode) -> int | None:
        """The first line where an IRI is a subject outside of brackets; None if it is nowhere."""
        return self._line((_key(iri), None, None))

    def line_of(
        self,
        subject: str | ox.NamedNode,
        predicate: str | ox.NamedNode | None = None,
        object: str | ox.NamedNode | ox.Literal | None = None,
    ) -> int | None:
        """The best known line of a statement: of its object, else of its predicate, else of its subject.

        None if the subject is nowhere a subject outside of brackets.
        """
        keys: list[_Key] = [(_key(subject), None, None)]
        if predicate is not None:
            keys.append((_key(subject), _key(predicate), None))
            if object is not None:
                keys.append((_key(subject), _key(predicate), _key(object)))
        return next((line for key in reversed(keys) if (line := self._line(key)) is not None), None)

    def terms(self) -> Iterator[TermUse]:
        """Every use of an IRI, in the order of the text; the namespaces of `@prefix` and `@base` are none."""
        return iter(self._terms)

    def _line(self, key: _Key) -> int | None:
        start = self._starts.get(key)
        return None if start is None else self._lines.line(start)

    @cached_property
    def _terms(self) -> list[TermUse]:
        return [
            TermUse(use.value, *self._lines.place(use.start), use.role) for use in self._uses if use.role != "literal"
        ]

    @cached_property
    def _uses(self) -> list[_Use]:
        return list(_Reader(self._tokens))

    @cached_property
    def _starts(self) -> dict[_Key, int]:
        starts: dict[_Key, int] = {}
        for use in self._uses:
            if use.subject is not None:
                starts.setdefault((use.subject, use.predicate, use.object), use.start)
        return starts


_Key = tuple[str, str | None, str | None]


class _Use(NamedTuple):
    """A term where it stands; in a statement outside of brackets, also the statement up to that term."""

    role: Role | Literal["literal"]
    value: str
    start: int
    subject: str | None
    predicate: str | None
    object: str | None


@dataclass(slots=True)
class _Level:
    """How far the reading of one level of brackets has come: the role of the next term, and its statement."""

    slot: Literal["subject", "predicate", "object"]
    subject: str | None = None
    predicate: str | None = None


class _Reader:
    """Reads tokens as statements, one level of brackets on top of the other."""

    def __init__(self, tokens: Iterable[Token]) -> None:
        self._tokens = iter(tokens)
        self._levels = [_Level("subject")]
        self._prefixes: dict[str, str] = {}
        self._base: str | None = None
        self._after_hat = False

    def __iter__(self) -> Iterator[_Use]:
        for token in self._tokens:
            kind, text, start = token
            if kind == "punct":
                self._punctuation(text)
            elif kind == "pname" or kind == "iri" or text == "a":
                yield self._iri(self._resolve(token), start)
            elif kind == "hat":
                self._after_hat = True
            elif kind in ("string", "number", "blank") or text in ("true", "false"):
                yield from self._other(token)
            elif kind == "word" or (kind == "at" and self._levels[-1].slot == "subject"):
                self._directive(text.lstrip("@").lower())

    def _punctuation(self, mark: str) -> None:
        level = self._levels[-1]
        if mark == ";":
            level.slot = "predicate"
        elif mark == ".":
            self._levels = [_Level("subject")]
        elif mark == "[":
            self._levels.append(_Level("predicate"))
        elif mark == "(":
            self._levels.append(_Level("object"))
        elif mark in "])":
            self._levels.pop()
            self._pass()

    def _pass(self) -> None:
        """A subject without an IRI has been read: its predicate is next."""
        level = self._levels[-1]
        if level.slot == "subject":
            level.slot = "predicate"

    def _iri(self, iri: str, start: int) -> _Use:
        level = self._levels[-1]
        if self._after_hat:
            self._after_hat = False
            return _Use("datatype", iri, start, None, None, None)
        if level.slot == "subject":
            level.slot, level.subject = "predicate", iri
            return _Use("subject", iri, start, iri, None, None)
        if level.slot == "predicate":
            level.slot, level.predicate = "object", iri
            return _Use("predicate", iri, start, level.subject, iri, None)
        return _Use("object", iri, start, level.subject, level.predicate, iri)

    def _other(self, token: Token) -> Iterator[_Use]:
        level = self._levels[-1]
        if token.kind != "blank":
            value = _string_value(token.text) if token.kind == "string" else token.text
            yield _Use("literal", value, token.start, level.subject, level.predicate, value)
        self._pass()

    def _directive(self, name: str) -> None:
        first = next(self._tokens)
        if name == "base":
            self._base = self._resolve(first)
        else:
            self._prefixes[first.text[:-1]] = self._resolve(next(self._tokens))

    def _resolve(self, token: Token) -> str:
        if token.text == "a":
            return RDF + "type"
        if token.kind == "pname":
            prefix, _, local = token.text.partition(":")
            return self._prefixes[prefix] + _unescape(local)
        iri = _unescape(token.text[1:-1])
        return iri if self._base is None else _absolute(iri, self._base)


def _absolute(iri: str, base: str) -> str:
    """An IRI resolved against a base by the parser itself, so that both always agree."""
    statement = f"<{iri}> <x:p> <x:o> ."
    triple = next(ox.parse(statement, format=ox.RdfFormat.TURTLE, base_iri=base))
    return str(triple.subject.value)


def _key(term: str | ox.NamedNode | ox.Literal) -> str:
    # The terms of rdflib are strings with a hash of their own.
    return str(term) if isinstance(term, str) else term.value


def _string_value(token: str) -> str:
    quotes = 3 if token.startswith(_LONG_QUOTES) else 1
    return _unescape(token[quotes:-quotes])


def _unescape(text: str) -> str:
    """A text with its escapes resolved: those by number, those of strings and those of local names."""
    return _ESCAPE.sub(_unescaped, text) if "\\" in text else text


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _ECHARS.get(match[3], match[3])
