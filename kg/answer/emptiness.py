"""What it means that an answer has no row: that there is none, or only that nobody says so."""

from __future__ import annotations

import re

import pyoxigraph as ox

from kg.names import TYPE, label
from kg.namespaces import SKOS
from kg.query import bind, values_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

_IN_SCHEME = ox.NamedNode(SKOS + "inScheme")
_SELECT = re.compile(r"^[ \t]*SELECT\b[^{]*?(?=\bWHERE\b|\{)", re.IGNORECASE | re.MULTILINE)
# Of more things than these nobody waits for the nearest that have rows.
_MOST = 2000


def meaning(
    store: ox.Store,
    catalogue: Mapping[str, dict[str, Any]],
    name: str,
    arguments: Mapping[str, str],
    left_out: int,
    at: str,
    order: Sequence[str],
) -> str:
    """Why a canned query has no row, in words; one of four reasons.

    Args:
        store: The graph.
        catalogue: The canned queries.
        name: Which was asked.
        arguments: With which parameters.
        left_out: How many rows hold at another time only.
        at: The time asked for; "" for any.
        order: The languages for names.
    """
    entry = catalogue[name]
    if left_out:
        rows = "1 row holds" if left_out == 1 else f"{left_out} rows hold"
        return f"Stated only for another time: {rows}, but not as of {at}; leave out --as-of to see."
    if entry.get("closed") is True:
        return f"Known to be none: {_sentence(str(entry.get('closed-note') or 'the graph lists all there are'))}"
    near = _nearest(store, catalogue, name, arguments, order)
    said = "Not stated by any source of the graph, which does not mean that there is none."
    return f"{said}\n{near}" if near else said


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text if text.endswith(".") else text + "."


def _nearest(
    store: ox.Store,
    catalogue: Mapping[str, dict[str, Any]],
    name: str,
    arguments: Mapping[str, str],
    order: Sequence[str],
) -> str:
    """Which other values of one parameter have rows while the others stay as they are; "" if none has."""
    lines = []
    for key, parameter in catalogue[name]["params"].items():
        if key in arguments and parameter["type"] == "iri" and parameter.get("class"):
            bound = bind(store, catalogue, name, arguments)
            found = values_line(key).search(bound)
            given = re.search(r"<([^<>]*)>", found[0]) if found else None
            if given is None:
                continue
            others = values_with_rows(store, bound, key, str(parameter["class"]))
            if others:
                of_class = label(store, ox.NamedNode(str(parameter["class"])), order)
                shown = sorted(label(store, other, order) for other in others)
                count = f"1 other ({of_class}) has" if len(shown) == 1 else f"{len(shown)} others ({of_class}) have"
                lines.append(
                    f"Nothing of this kind is said of {label(store, ox.NamedNode(given[1]), order)}; for --{key}, "
                    f"{count} rows: {', '.join(shown[:3])}{' ...' if len(shown) > 3 else ''}"
                )
    return "\n".join(lines)


def values_with_rows(store: ox.Store, bound: str, key: str, of_class: str) -> list[ox.NamedNode]:
    """The things of a class or a vocabulary for which a query has rows, sorted.

    Args:
        store: The graph.
        bound: The query with all its parameters bound.
        key: The parameter to be varied.
        of_class: The class, or the vocabulary, that its values belong to.
    """
    kind = ox.NamedNode(of_class)
    belongs = (TYPE, _IN_SCHEME)
    members = {quad.subject for link in belongs for quad in store.quads_for_pattern(None, link, kind, None)}
    things = sorted((term for term in members if isinstance(term, ox.NamedNode)), key=lambda term: term.value)
    # What follows the last bracket orders and cuts the rows; a grouped query is left alone.
    body, bracket, end = bound.rpartition("}")
    if len(things) > _MOST or not bracket or re.search(r"\b(GROUP|HAVING|VALUES)\b", end, re.IGNORECASE):
        return []
    varied = values_line(key).sub(lambda found: f"VALUES ?{key} {{ {' '.join(map(str, things))} }}", body + bracket)
    varied = _SELECT.sub(f"SELECT DISTINCT ?{key} ", varied, count=1)
    try:
        found = [row[0] for row in store.query(varied, use_default_graph_as_union=True)]  # type: ignore[union-attr]
    except SyntaxError:
        return []
    return sorted((term for term in found if isinstance(term, ox.NamedNode)), key=lambda term: term.value)
