"""What questions have in common with the queries: `queries/words.yaml` and `queries/wordings.yaml`, read by the build.

Words of one meaning have one key, the first of them after `=`; the key of any other word is its stem.
"""

from __future__ import annotations

import os
from collections.abc import Container, Iterator, Mapping
from typing import Any

import yaml

from kg.asking.wordings import NONE, SLOT
from kg.asking.words import sound, split, stem
from kg.errors import DataError
from kg.files import Project, read_text
from kg.namespaces import expand

WORDS = "queries/words.yaml"
WORDINGS = "queries/wordings.yaml"
_PARTS = {"same": list, "passed-over": str, "beyond": str, "names": dict, "before": dict, "queries": dict}


class Lexicon:
    """What `queries/words.yaml` and `queries/wordings.yaml` say; empty if a project has none.

    Attributes:
        keys: The key of each stem that is a word of `same`.
        phrases: The keys of its phrases, by their stems joined by spaces.
        passed: The words that tell nothing, as they are written.
        names: Further names of things: IRI, name.
        written: The lines of `same` as they are written.
        beyond: The keys of the words of matters that the graph does not hold.
        queries: Words and phrases by which a query is asked for, by its name.
        before: The phrases, as stems joined by spaces, that stand before a value of a parameter, by its name.
        wordings: The ways of asking for what a query gives, by its name; under "" questions that none answers.
    """

    def __init__(self) -> None:
        self.keys: dict[str, str] = {}
        self.phrases: dict[str, str] = {}
        self.passed: set[str] = set()
        self.names: list[tuple[str, str]] = []
        self.written: list[str] = []
        self.beyond: set[str] = set()
        self.queries: dict[str, list[str]] = {}
        self.before: dict[str, list[str]] = {}
        self.wordings: dict[str, list[str]] = {}

    def key(self, of_stem: str) -> str:
        """The key of a stem: that of its words of one meaning, else the stem as it sounds."""
        return self.keys.get(of_stem) or sound(of_stem)


def read_lexicon(
    project: Project, queries: Mapping[str, Any] | None = None, known: Container[str] | None = None
) -> Lexicon:
    """The words of a project.

    Args:
        project: Whose files are read.
        queries: Its canned queries; the files may name no other, and no other parameter. None: any.
        known: The IRIs that its files describe; likewise.

    Raises:
        DataError: A file is not as it must be.
    """
    lexicon = Lexicon()
    _read_words(lexicon, _content(project, WORDS), queries, known)
    for name, texts in _wordings(_content(project, WORDINGS)):
        if queries is not None and name != NONE:
            _judge(name, texts, queries)
        lexicon.wordings[name] = texts
    return lexicon


def _content(project: Project, file: str) -> object:
    """What a file holds; nothing if there is none."""
    path = project.path(file)
    if not os.path.exists(path):
        return {}
    try:
        return yaml.load(read_text(path, file), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - safe
    except yaml.YAMLError as error:
        raise DataError(f"{file}: no YAML: {error}.") from error


def _wordings(content: object) -> Iterator[tuple[str, list[str]]]:
    """The name of each query with its wordings, English and Russian; that of the questions that none answers is ""."""
    if not isinstance(content, dict) or not content.keys() <= {"queries", "none"}:
        raise DataError(f"{WORDINGS}: a mapping of queries and none.")
    queries = content.get("queries", {})
    if not isinstance(queries, dict):
        raise DataError(f"{WORDINGS}: queries is a mapping of their names.")
    none = {NONE: content["none"]} if "none" in content else {}
    for name, item in {**queries, **none}.items():
        lists = [*item.values()] if isinstance(item, dict) and item.keys() == {"en", "ru"} else [None]
        found = [text for one in lists for text in (one if isinstance(one, list) else [None])]
        texts = [text for text in found if isinstance(text, str)]
        if len(texts) < len(found):
            raise DataError(f"{WORDINGS}: '{name or 'none'}' must have en and ru, each a list of texts.")
        yield str(name), texts


def _judge(name: str, texts: list[str], queries: Mapping[str, Any]) -> None:
    if name not in queries:
        raise DataError(f"{WORDINGS}: there is no canned query '{name}', which stands under 'queries'.")
    for text in texts:
        for slot in SLOT.findall(text):
            if slot not in queries[name]["params"]:
                raise DataError(f"{WORDINGS}: {name} has no parameter '{slot}', which stands in “{text}”.")


def _read_words(
    lexicon: Lexicon, content: object, queries: Container[str] | None, known: Container[str] | None
) -> None:
    if not isinstance(content, dict) or any(
        part not in _PARTS or not isinstance(value, _PARTS[part]) for part, value in content.items()
    ):
        raise DataError(
            f"{WORDS}: a mapping of same (a list), passed-over and beyond (texts), names, before and queries."
        )
    lexicon.passed = set(split(content.get("passed-over", "")))
    for line in content.get("same", ()):
        lexicon.written.append(str(line))
        _add(lexicon, _items(line))
    lexicon.beyond = {lexicon.key(stem(word)) for word in split(content.get("beyond", ""))}
    for query, line in content.get("queries", {}).items():
        if queries is not None and query not in queries:
            raise DataError(f"{WORDS}: there is no canned query '{query}', which stands under 'queries'.")
        lexicon.queries[str(query)] = _items(line)
        for item in lexicon.queries[str(query)]:
            parts = [stem(word) for word in split(item)]
            if len(parts) > 1:
                lexicon.phrases.setdefault(" ".join(parts), "~" + "-".join(parts))
    for thing, line in content.get("names", {}).items():
        iri = expand(str(thing))
        if iri is None or (known is not None and iri not in known):
            raise DataError(f"{WORDS}: there is no {thing}, which stands under 'names'.")
        lexicon.names += [(iri, name) for name in _items(line)]
    for parameter, line in content.get("before", {}).items():
        lexicon.before[str(parameter)] = [" ".join(map(stem, split(item))) for item in _items(line)]


def _items(line: object) -> list[str]:
    return [item.strip() for item in str(line).split(",") if item.strip()]


def _add(lexicon: Lexicon, items: list[str]) -> None:
    key = "=" + items[0].replace(" ", "-")
    for item in items:
        stems = [stem(word) for word in split(item)]
        known = lexicon.keys if len(stems) == 1 else lexicon.phrases
        if known.setdefault(" ".join(stems), key) != key:
            raise DataError(
                f"{WORDS}: “{item}” stands in two lines of 'same': {known[' '.join(stems)][1:]}, {key[1:]}."
            )
