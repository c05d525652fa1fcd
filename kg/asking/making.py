"""The making of the index for questions in words, in the build; see `kg.asking.index`."""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import Any

import pyoxigraph as ox

from kg.asking.index import key_of, phrases_in
from kg.asking.lexicon import Lexicon
from kg.asking.wordings import SLOT, parts_of
from kg.asking.words import split, stem
from kg.errors import QueryError
from kg.names import IN_SCHEME, SUB_CLASS_OF, TYPE, label, named_things, printed_names
from kg.namespaces import BASE, BL, OWL, PREFIXES, expand
from kg.query import values_line
from kg.store import ask_store

CLASS = OWL + "Class"
Index = dict[str, Any]
# How much the parts of a header tell of a query.
_PARTS = {"question": 1.0, "question-ru": 1.0, "summary": 0.85, "competency": 0.75, "topic": 0.4}
_TAGS, _NAME, _OFTEN, _WITHIN, _HELP, _COLUMN, _TERM = 0.95, 0.95, 0.9, 0.5, 0.5, 0.5, 0.35
_WORDED = ("question", "question-ru", "summary")
_SHORT = 4
_PREFIXED = re.compile(r"\b([a-z]+):([A-Za-z][\w-]*)")
_SELECT = re.compile(r"\bSELECT\b.*?\bWHERE\b", re.IGNORECASE | re.DOTALL)
# Things that only hold the record together, and are not asked for by name.
_RECORDS = ("Claim", "Locator", "TemporalSpan", "Correction", "Disagreement", "Citation", "Authorship", "PassageNote",
            "Journal")  # fmt: skip


def make_index(catalogue: dict[str, dict[str, Any]], store: ox.Store, lexicon: Lexicon) -> Index:
    """The index of a build."""
    phrases: dict[str, list[list[Any]]] = {}
    for text, key in sorted(lexicon.phrases.items()):
        words = text.split()
        phrases.setdefault(words[0], []).append([words, key])
    index: Index = {
        "passed": sorted(lexicon.passed),
        "keys": lexicon.keys,
        "phrases": phrases,
        "before": lexicon.before,
        "beyond": sorted(lexicon.beyond),
        "queries": {},
    }
    for name, entry in catalogue.items():
        index["queries"][name] = _words_of(index, name, entry, store, lexicon)
    index["spelled"] = _spelled(catalogue, lexicon)
    index["weights"] = _weights(index["queries"])
    index["wordings"] = _worded(index, catalogue, lexicon)
    _add_things(index, catalogue, store, lexicon)
    return index


def _worded(index: Index, catalogue: dict[str, dict[str, Any]], lexicon: Lexicon) -> Index:
    """How often each word, and pair of words, stands in the wordings of each query, with what its header says."""
    counts: dict[str, dict[str, int]] = {}
    lengths: dict[str, int] = {}
    for name, texts in sorted(lexicon.wordings.items()):
        header = [catalogue[name][part] for part in _WORDED] if name in catalogue else []
        parts = Counter(part for text in (*texts, *header) for part in parts_of(index, text))
        lengths[name] = parts.total()
        for part, count in parts.items():
            counts.setdefault(part, {})[name] = count
    return {"counts": counts, "lengths": lengths}


def _spelled(catalogue: dict[str, dict[str, Any]], lexicon: Lexicon) -> list[str]:
    """The longer words of the headers and of the lexicon as they are written, to know a misspelt one by."""
    texts = [entry[part] for entry in catalogue.values() for part in _PARTS]
    texts += [*lexicon.written, *(item for items in lexicon.queries.values() for item in items)]
    texts += [SLOT.sub(" ", text) for wordings in lexicon.wordings.values() for text in wordings]
    return sorted({word for text in texts for word in split(text) if len(word) > _SHORT and word not in lexicon.passed})


# --- words of queries ------------------------------------------------------------------------


def _words_of(index: Index, name: str, entry: dict[str, Any], store: ox.Store, lexicon: Lexicon) -> dict[str, Any]:
    own: dict[str, float] = {}
    texts = [(entry[part], weight) for part, weight in _PARTS.items()]
    texts += [(name.replace("-", " "), _NAME)]
    texts += [(tag.replace("-", " "), _TAGS) for tag in entry["tags"]]
    texts += [(f"{item['help']} {_title(store, item)}", _HELP) for item in entry["params"].values()]
    texts += [(f"{column.replace('_', ' ')} {meaning}", _COLUMN) for column, meaning in entry["columns"].items()]
    often = lexicon.queries.get(name, ())
    texts += [(text, _OFTEN if len(split(text)) == 1 else _WITHIN) for text in often]
    texts += [(text, _TERM) for text in _terms(store, entry["text"])]
    for text, weight in texts:
        for word in _keys_of(index, text):
            own[word] = max(own.get(word, 0.0), weight)
    for text in often:
        own.update((key, _OFTEN) for *_, key in phrases_in(index, [stem(word) for word in split(text)]))
    # What one language calls by a word and the other by another is one key.
    foremost = {"en": entry["question"], "ru": entry["question-ru"], "name": name, "tags": " ".join(entry["tags"])}
    core = {part: _core(index, text.replace("-", " ")) for part, text in foremost.items()}
    core["often"] = sorted({key for text in often for key in _often(index, text)})
    things = {key: takes(item, store) for key, item in entry["params"].items() if item["type"] == "iri"}
    return {"words": dict(sorted(own.items())), "core": core, "takes": things}


def _keys_of(index: Index, text: str) -> set[str]:
    """The stems of a text, the keys of those that have one, and the keys of its phrases."""
    words = split(text)
    found = {key for *_, key in phrases_in(index, [stem(word) for word in words])}
    for word in words:
        if word not in index["passed"]:
            found |= {stem(word), key_of(index, stem(word))}
    return found


def _core(index: Index, text: str) -> list[str]:
    words = split(text)
    phrases = {key for *_, key in phrases_in(index, [stem(word) for word in words]) if key.startswith("=")}
    return sorted(phrases | {key_of(index, stem(word)) for word in words if word not in index["passed"]})


def _often(index: Index, text: str) -> list[str]:
    """The key of a word, or of a phrase as a whole."""
    found = [key for *_, key in phrases_in(index, [stem(word) for word in split(text)])]
    return found or _core(index, text)


def _title(store: ox.Store, item: dict[str, Any]) -> str:
    """What the class of a parameter is called, English and Russian."""
    if "class" not in item:
        return ""
    node = ox.NamedNode(item["class"])
    return " ".join({label(store, node), label(store, node, ("ru",))})


def _terms(store: ox.Store, text: str) -> list[str]:
    """What the terms of the query's text are called: classes, properties, entries of vocabularies."""
    found = []
    for prefix, local in sorted(set(_PREFIXED.findall(re.sub(r"^#.*$|VALUES.*$", "", text, flags=re.MULTILINE)))):
        namespace = PREFIXES.get(prefix, "")
        if namespace == BL or namespace.startswith(BASE + "voc/"):
            node = ox.NamedNode(namespace + local)
            found += sorted({label(store, node), label(store, node, ("ru",))})
    return found


def _weights(queries: dict[str, dict[str, Any]]) -> dict[str, float]:
    """The rarer a word is among the queries, the more it tells; a mention in passing counts as a part of one."""
    spread: dict[str, float] = {}
    for query in queries.values():
        for word, weight in query["words"].items():
            spread[word] = spread.get(word, 0.0) + weight
    most = len(queries)
    return {word: round(math.log(1 + most / (0.5 + share)), 3) for word, share in sorted(spread.items())}


# --- names of things -------------------------------------------------------------------------


def _add_things(index: Index, catalogue: dict[str, dict[str, Any]], store: ox.Store, lexicon: Lexicon) -> None:
    pairs = [(thing.value, name, 0) for thing, name in named_things(store)]
    pairs += [(iri, name, 1) for iri, name in lexicon.names]
    pairs += [(thing.value, name, 2) for thing, name in printed_names(store)]
    pairs += [(work, surname, 3) for work, surname in _by_authors(store)]
    pairs.sort(key=lambda pair: (pair[2], pair[0], pair[1]))
    named = {iri for iri, *_ in pairs}
    classes = sorted({of_class for query in index["queries"].values() for of_class in query["takes"].values()})
    takers = {of_class: _takers(store, of_class) & named for of_class in classes}
    index["things"] = sorted(set().union(*takers.values()))
    place = {iri: number for number, iri in enumerate(index["things"])}
    index["takes"] = {of_class: sorted(place[iri] for iri in members) for of_class, members in takers.items()}
    names: list[list[Any]] = []
    seen: set[tuple[str, str]] = set()
    for iri, name, rank in pairs:
        parts = [stem(word) for word in split(name) if word not in index["passed"]]
        keys = [key_of(index, part) for part in parts]
        if iri in place and keys and (iri, " ".join(keys)) not in seen:
            seen.add((iri, " ".join(keys)))
            names.append([keys, parts, place[iri], name, rank])
    index["names"] = names
    for name, query in index["queries"].items():
        found = {key: _answered(store, catalogue[name], key) for key in (*query["takes"], "")}
        placed = {key: sorted(place[iri] for iri in things if iri in place) for key, things in found.items()}
        query["rows"] = placed.pop("")
        query["answered"] = placed
        query["lists"] = [
            key
            for key, of_class in query["takes"].items()
            if _lists(names, query["core"], set(index["takes"][of_class]))
        ]
    index["fame"] = [_fame(store, iri) for iri in index["things"]]


def _by_authors(store: ox.Store) -> set[tuple[str, str]]:
    """Works with the surnames of their authors, by which they are called: what stands before a comma, or alone."""
    names = [*named_things(store, BL + "Person"), *printed_names(store, BL + "Person")]
    surnames = {(person, name.partition(",")[0]) for person, name in names if name.partition(",")[0].isalpha()}
    works = [
        (quad.subject, quad.object) for quad in store.quads_for_pattern(None, ox.NamedNode(BL + "creator"), None, None)
    ]
    return {(work.value, name) for person, name in surnames for work, author in works
            if author == person and isinstance(work, ox.NamedNode)}  # fmt: skip


def _fame(store: ox.Store, iri: str) -> int:
    """How often the graph speaks of a thing."""
    return sum(1 for _ in store.quads_for_pattern(None, None, ox.NamedNode(iri), None))


def _lists(names: list[list[Any]], core: dict[str, list[str]], members: set[int]) -> bool:
    """Whether the question of a header names two or more of the values of a parameter."""
    foremost = {*core["en"], *core["ru"]}
    return len({thing for keys, _, thing, *_ in names if thing in members and foremost.issuperset(keys)}) > 1


def _answered(store: ox.Store, entry: dict[str, Any], key: str) -> set[str]:
    """The things for which a query has an answer, or, for no parameter, those of its rows; none if it cannot tell."""
    text = entry["text"]
    for parameter in entry["params"]:
        text = values_line(parameter).sub("", text)
    text = _SELECT.sub(f"SELECT DISTINCT ?{key} WHERE", text, count=1) if key else text
    try:
        rows = ask_store(store, text[: text.rfind("ORDER BY")]).rows() if entry["kind"] == "select" else []
    except QueryError:
        return set()
    return {term.value for row in rows for term in row if isinstance(term, ox.NamedNode)}


def takes(item: dict[str, Any], store: ox.Store) -> str:
    """The class or vocabulary whose things a parameter takes; "" for any thing, `CLASS` if it takes classes."""
    if "class" in item:
        return str(item["class"])
    example = expand(str(item["example"]))
    quads = store.quads_for_pattern(ox.NamedNode(example or BL), TYPE, ox.NamedNode(CLASS), None)
    return CLASS if next(quads, None) is not None else ""


def _takers(store: ox.Store, of_class: str) -> set[str]:
    """The things that a parameter takes.

    Where it takes any thing, situations are left out: their labels are sentences of the curators, and hold the names
    of other things; of the vocabularies only what is a matter of its own counts. Entities likewise.
    """
    if of_class not in ("", CLASS, BL + "Entity"):
        belongs = IN_SCHEME if of_class.startswith(BASE + "voc/") else TYPE
        return _subjects(store, belongs, of_class)
    if of_class == CLASS:
        below = _subjects(store, SUB_CLASS_OF, BL + "Situation")
        return {iri for iri in below if iri.startswith(BL)}
    found = {quad.subject.value for quad in store.quads_for_pattern(None, TYPE, None, None)
             if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(BASE + "id/")}  # fmt: skip
    found -= _subjects(store, TYPE, BL + "Situation") - _subjects(store, TYPE, BL + "Measure")
    for record in _RECORDS:
        found -= _subjects(store, TYPE, BL + record)
    if of_class:
        return found & _subjects(store, TYPE, of_class)
    for scheme in ("phenomenon", "trend", "people", "commodity", "language"):
        found |= _subjects(store, IN_SCHEME, f"{BASE}voc/{scheme}")
    return found


def _subjects(store: ox.Store, predicate: ox.NamedNode, value: str) -> set[str]:
    quads = store.quads_for_pattern(None, predicate, ox.NamedNode(value), None)
    return {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}
