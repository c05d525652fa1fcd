"""The canonical layout of Turtle: one way to write a graph, so that a diff shows what changed.

Prefixes and subjects are sorted; a subject's type, label and definition come first, then its
other predicates by name; two or more objects stand one per line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kg.errors import DataError
from kg.namespaces import PREFIXES, RDF, RDFS, SKOS, XSD
from kg.turtle.nesting import NIL, Layout, Object, Subject, layout
from kg.turtle.reader import Document, parse
from kg.turtle.tokens import PN_CHARS, PN_CHARS_U

INDENT = "    "
TYPE = ox.NamedNode(RDF + "type")
LEADING = (TYPE.value, RDFS + "label", SKOS + "prefLabel", SKOS + "definition")

# Production [168s] PN_LOCAL, without escapes.
_LOCAL = re.compile(rf"[{PN_CHARS_U}:0-9](?:[{PN_CHARS}.:]*[{PN_CHARS}:])?")
_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_SHORT = {
    XSD + "integer": re.compile(r"[+-]?[0-9]+"),
    XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD + "boolean": re.compile(r"true|false"),
}
# Control characters and line separators, so that a string stays on its line; the marks that turn the
# direction of what follows, so that a reader sees the order that the parser sees.
_ESCAPED = re.compile('["\\\\\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]')
_ECHARS = {'"': '\\"', "\\": "\\\\", "\t": "\\t", "\b": "\\b", "\n": "\\n", "\r": "\\r", "\f": "\\f"}


def write(
    source: Document | Iterable[ox.Triple],
    prefixes: Mapping[str, str] | None = None,
    opening_comments: Sequence[str] | None = None,
) -> str:
    """A graph in the canonical layout.

    Args:
        source: The document or the triples; a triple given twice is written once.
        prefixes: The namespace of each prefix that may be used. If None: the project's, and
            those of the document that do not contradict them.
        opening_comments: Lines without `#`. If None: the document's.

    Returns:
        The text, with LF line ends; empty if there is nothing to write.

    Raises:
        DataError: A term cannot be written in Turtle 1.1, or blank nodes that need labels
            cannot be told apart, or are nested too deep.
    """
    document = source if isinstance(source, Document) else None
    if prefixes is None:
        prefixes = PREFIXES if document is None else {**document.prefixes, **PREFIXES}
    if opening_comments is None:
        opening_comments = () if document is None else document.opening_comments
    writer = _Writer(layout(source.triples if isinstance(source, Document) else source), _Names(prefixes))
    try:
        blocks = list(writer.blocks())
    except RecursionError:
        problem = "blank nodes are nested too deep to be written.\n  Give some of them IRIs."
        raise DataError(problem) from None
    comment_lines = [line for words in opening_comments for line in re.split(r"\r\n|\n|\r", words)]
    comments = "".join(f"# {line}".rstrip() + "\n" for line in comment_lines)
    header = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in writer.names.used())
    return "\n".join(part for part in (comments, header, *blocks) if part)


def format_text(text: str, path: str) -> str:
    """A Turtle text in the canonical layout; `path` is its name in messages.

    Raises:
        TurtleSyntaxError: The text is not Turtle.
        DataError: The text has comments that would be lost, or cannot be written.
    """
    return canonical_text(parse(text, path))


def canonical_text(document: Document) -> str:
    """A document in the canonical layout.

    Raises:
        DataError: The document has comments that would be lost, or cannot be written.
    """
    if document.inner_comments:
        first, *others = document.inner_comments
        more = f" (also in line {', '.join(map(str, others))})" if others else ""
        raise DataError(
            f"{document.path}:{first}: a comment after the opening lines would be lost by formatting{more}.\n"
            "  Make the remark a triple, such as skos:scopeNote, or move it to the opening lines of the file."
        )
    return write(document)


class _Names:
    """Writes IRIs, and keeps in mind which prefixes that takes."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        # Of two prefixes with one namespace the project's own is taken, then the first by name.
        by_choice = sorted(prefixes, key=lambda prefix: (PREFIXES.get(prefix) != prefixes[prefix], prefix))
        self._prefixes: dict[str, str] = {}
        for prefix in by_choice:
            self._prefixes.setdefault(prefixes[prefix], prefix)
        self._lengths = sorted({len(namespace) for namespace in self._prefixes}, reverse=True)
        self._written: dict[str, str] = {}
        self._used: dict[str, str] = {}

    def name(self, iri: str) -> str:
        """An IRI as a prefixed name where that needs no escapes, else in full."""
        written = self._written.get(iri)
        if written is None:
            written = self._written[iri] = self._name(iri)
        return written

    def used(self) -> list[tuple[str, str]]:
        """The prefixes written so far with their namespaces, sorted by prefix."""
        return sorted(self._used.items())

    def _name(self, iri: str) -> str:
        if _NOT_IN_IRI.search(iri):
            raise DataError(f"{iri!r} is not an IRI.\n  Percent-encode what an IRI cannot hold.")
        for length in self._lengths:
            prefix = self._prefixes.get(iri[:length])
            if prefix is not None and _LOCAL.fullmatch(iri, length):
                self._used[prefix] = iri[:length]
                return f"{prefix}:{iri[length:]}"
        return f"<{iri}>"


@dataclass(frozen=True)
class _Writer:
    """Writes the subjects of a graph."""

    graph: Layout
    names: _Names

    def blocks(self) -> Iterator[str]:
        """The text of each subject: IRIs, then blank nodes that nothing refers to, then those with labels."""
        subjects, labels = self.graph.statements.keys(), self.graph.labels
        named = {each.value: each for each in subjects if isinstance(each, ox.NamedNode)}
        yield from (self._block(self.names.name(iri), named[iri]) for iri in sorted(named))
        placed = self.graph.nested | labels.keys()
        unplaced = (each for each in subjects if isinstance(each, ox.BlankNode) and each not in placed)
        yield from sorted(self._block("[]", each) for each in unplaced)
        yield from (self._block(label, node) for node, label in labels.items() if node in subjects)

    def _block(self, name: str, subject: Subject) -> str:
        return f"{name}\n{self._properties(subject, INDENT)}{INDENT}.\n"

    def _properties(self, subject: Subject, indent: str) -> str:
        """The predicates and objects of a subject, each line closed by ` ;`."""
        statements = self.graph.statements.get(subject, {})
        return "".join(
            f"{indent}{self._verb(predicate)}{self._objects(statements[predicate], indent)} ;\n"
            for predicate in sorted(statements, key=self._rank)
        )

    def _verb(self, predicate: ox.NamedNode) -> str:
        return "a" if predicate == TYPE else self.names.name(predicate.value)

    def _rank(self, predicate: ox.NamedNode) -> tuple[int, str]:
        iri = predicate.value
        if iri in LEADING:
            return LEADING.index(iri), ""
        return len(LEADING), self.names.name(iri)

    def _objects(self, objects: list[Object], indent: str) -> str:
        """One object after a space, or several, sorted, on lines of their own."""
        if len(objects) == 1:
            return " " + self._object(objects[0], indent)
        deeper = indent + INDENT
        terms = sorted((each for each in objects if not isinstance(each, ox.BlankNode)), key=_object_key)
        blanks = sorted(self._object(each, deeper) for each in objects if isinstance(each, ox.BlankNode))
        written = [*(self._object(term, deeper) for term in terms), *blanks]
        return "\n" + " ,\n".join(deeper + each for each in written)

    def _object(self, term: Object, indent: str) -> str:
        """A term as an object; `indent` is that of the line where it begins."""
        if isinstance(term, ox.Literal):
            return self._literal(term)
        if isinstance(term, ox.NamedNode):
            return "()" if term == NIL else self.names.name(term.value)
        if term in self.graph.labels:
            return self.graph.labels[term]
        members = self.graph.members(term)
        if members is not None:
            return self._list(members, indent)
        properties = self._properties(term, indent + INDENT)
        return f"[\n{properties}{indent}]" if properties else "[]"

    def _list(self, members: list[Object], indent: str) -> str:
        written = [self._object(member, indent + INDENT) for member in members]
        if any("\n" in each for each in written):
            return "(\n" + "".join(f"{indent}{INDENT}{each}\n" for each in written) + f"{indent})"
        return f"( {' '.join(written)} )"

    def _literal(self, term: ox.Literal) -> str:
        datatype = term.datatype.value
        if datatype in _SHORT and _SHORT[datatype].fullmatch(term.value):
            return term.value
        quoted = _quoted(term.value)
        if term.language is not None:
            return f"{quoted}@{_language(term.language)}"
        return quoted if datatype == XSD + "string" else f"{quoted}^^{self.names.name(datatype)}"


def _quoted(text: str) -> str:
    """A string in quotes: on one line, or, if it has line breaks, over several lines as it reads."""
    if "\n" not in text:
        return f'"{_ESCAPED.sub(_escape, text)}"'
    return '"""' + "\n".join(_ESCAPED.sub(_escape, line) for line in text.split("\n")) + '"""'


def _object_key(term: Object) -> tuple[bool, str, str, str]:
    """IRIs before literals; literals by their characters, then by language and datatype."""
    if isinstance(term, ox.Literal):
        return True, term.value, term.language or "", term.datatype.value
    return False, term.value, "", ""


def _language(tag: str) -> str:
    """A language tag in the usual case, such as `en-GB` or `ru-Latn`; RDF makes no difference.

    Source: RFC 5646, section 2.1.1.
    """
    written: list[str] = []
    after_singleton = False
    for part in tag.lower().split("-"):
        usual = {2: part.upper(), 4: part.title()}.get(len(part), part)
        written.append(usual if written and not after_singleton else part)
        after_singleton = after_singleton or len(part) == 1
    return "-".join(written)


def _escape(match: re.Match[str]) -> str:
    return _ECHARS.get(match[0], f"\\u{ord(match[0]):04X}")
