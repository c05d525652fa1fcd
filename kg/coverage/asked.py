"""What a user asks for: a topic or an entry of one, a period, the places that make the rows."""

from __future__ import annotations

import re

import pyoxigraph as ox

from kg.coverage.facts import UNDATED
from kg.coverage.topics import TOPIC_OF, TOPICS
from kg.errors import UsageError
from kg.names import label
from kg.namespaces import PREFIXES, expand
from kg.spelling import fold, nearest
from kg.store import ask_store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.coverage.facts import Fact

_ROWS = {
    "region": "SELECT DISTINCT ?place ?state WHERE { ?place a bl:Region OPTIONAL { ?place bl:locatedIn ?state . "
              "?state a bl:State } }",
    "borderland": "SELECT DISTINCT ?place ?none WHERE { ?place a bl:Borderland }",
    # The states of whose regions the graph knows; others are only named as partners or examples.
    "state": "SELECT DISTINCT ?place ?none WHERE { ?region a bl:Region ; bl:locatedIn ?place . ?place a bl:State }",
}  # fmt: skip
_PERIOD = re.compile(r"[0-9]{3}0s|[0-9]{1,2}(?:st|nd|rd|th) century")


class Chosen:
    """A topic, or one entry of it: `holds` tells whether a fact belongs to it."""

    __slots__ = ("entry", "topic")

    def __init__(self, topic: str, entry: str | None = None) -> None:
        self.topic = topic
        self.entry = entry

    def holds(self, fact: Fact) -> bool:
        """Whether a fact is sorted under it."""
        return self.topic in fact.topics if self.entry is None else self.entry in fact.entries


def choose_topic(store: ox.Store, text: str) -> Chosen:
    """The topic that a user means: by its name, or by the name of an entry or the words that one entry alone has.

    Raises:
        UsageError: There is none, or the words fit several.
    """
    wanted = fold(text)
    if wanted in TOPICS:
        return Chosen(wanted)
    names = {entry: fold(label(store, ox.NamedNode(expand(entry) or entry))) for entry in TOPIC_OF}
    fits = [entry for entry, name in names.items() if wanted in (name, fold(entry))]
    fits = fits or [entry for entry, name in names.items() if re.search(rf"\b{re.escape(wanted)}\b", name)]
    if len(fits) == 1:
        return Chosen(TOPIC_OF[fits[0]], fits[0])
    if fits:
        raise UsageError(f"“{text}” may be any of these: {', '.join(sorted(fits))}. Give the one that is meant.")
    near = nearest(text, TOPICS)
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    raise UsageError(f"There is no topic “{text}”.{hint}\n  The topics are {', '.join(TOPICS)}.")


def choose_period(text: str) -> str:
    """A period as facts have it.

    Raises:
        UsageError: It is none.
    """
    period = " ".join(text.split()).lower()
    if period == UNDATED or _PERIOD.fullmatch(period):
        return period
    raise UsageError(f"“{text}” is no period: give a decade such as 1990s, “19th century”, or {UNDATED}.")


def rows_of(store: ox.Store, by: str) -> dict[str, str]:
    """The places that make the rows, by IRI with their names; regions stand together by state."""
    found = {}
    for place, state in ask_store(store, _ROWS[by], PREFIXES).rows():
        if isinstance(place, ox.NamedNode):
            found[place.value] = (label(store, state), label(store, place))
    return {iri: name for iri, (_, name) in sorted(found.items(), key=lambda it: (it[1], it[0]))}
