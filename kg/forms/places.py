"""An answer as GeoJSON (RFC 7946): one feature for each row, at the place of one of its things."""

from __future__ import annotations

import json

import pyoxigraph as ox

from kg.forms.told import time_lines
from kg.namespaces import BL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from kg.answer.full import FullAnswer
    from kg.forms.told import Notes
    from kg.store import Row

_LAT, _LONG, _LOCATED_IN = (ox.NamedNode(BL + name) for name in ("lat", "long", "locatedIn"))
_NUMBERS = ("integer", "decimal", "double", "float")


def feature_collection(store: ox.Store, answer: FullAnswer, notes: Notes) -> str:
    """The text of a feature collection.

    The properties of a feature are the row's columns, numbers as numbers and things by name; `iris` has their
    IRIs, `place` what the point is that of. A row without a place has the geometry null.
    """
    gazetteer = _Gazetteer(store)
    features = []
    for number, row in enumerate(answer.rows):
        place = gazetteer.place_of(row)
        properties: dict[str, Any] = {
            column: _property(term, notes) for column, term in zip(answer.columns, row, strict=True)
        }
        further: dict[str, Any] = {
            "iris": {
                column: term.value
                for column, term in zip(answer.columns, row, strict=True)
                if isinstance(term, ox.NamedNode)
            },
            "place": None if place is None else notes.name(place),
        }
        if answer.grounds is not None and answer.inferred is not None:
            from kg.answer.grounds import FIELDS, fields

            further["evidence"] = [
                {field: text for field, text in zip(FIELDS, fields(ground, notes.name), strict=True) if text}
                for ground in answer.grounds[number]
            ]
            further["inferred"] = answer.inferred[number]
        if answer.undated is not None:
            further["undated"] = answer.undated[number]
        disputed = answer.disputed_of(row)
        if disputed:
            further["disputed"] = [{"iri": thing.value, "how": answer.disputes[thing]} for thing in disputed]
        for name, value in further.items():
            properties[f"{name}_" if name in answer.columns else name] = value
        features.append({"type": "Feature", "geometry": gazetteer.point(place), "properties": properties})
    whole: dict[str, Any] = {"type": "FeatureCollection", "features": features}
    notes_on_time = time_lines(answer)
    if notes_on_time:
        whole["notes"] = notes_on_time
    return json.dumps(whole, ensure_ascii=False, indent=1)


def _property(term: object, notes: Notes) -> object:
    """A term as a value of JSON: a number as a number, nothing as null, the rest by its name."""
    if term is None:
        return None
    if isinstance(term, ox.Literal) and term.datatype.value.rpartition("#")[2] in _NUMBERS:
        try:
            value = json.loads(term.value.lstrip("+"))
        except ValueError:
            return term.value
        return value if isinstance(value, (int, float)) else term.value
    return notes.name(term)


class _Gazetteer:
    """Where things are, each looked up once."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._points: dict[ox.NamedNode, tuple[float, float] | None] = {}
        self._above: dict[ox.NamedNode, set[ox.NamedNode]] = {}

    def point(self, place: ox.NamedNode | None) -> dict[str, Any] | None:
        """The point of a place: longitude first, as the format wants it."""
        found = None if place is None else self._point(place)
        return None if found is None else {"type": "Point", "coordinates": list(found)}

    def place_of(self, row: Row) -> ox.NamedNode | None:
        """The place where a row is put on a map: the first with a point of its things and the places they lie in.

        Of several, one that contains no other of them: the state of a thing is a poor place for it, if the thing
        itself or its region has a point.
        """
        things = [term for term in row if isinstance(term, ox.NamedNode)]
        own = [thing for thing in things if self._point(thing) is not None]
        lies = [place for thing in things for place in sorted(self._places(thing), key=lambda term: term.value)]
        candidates = list(dict.fromkeys([*own, *(place for place in lies if self._point(place) is not None)]))
        return next(
            (place for place in candidates if not any(place in self._places(other) for other in candidates)),
            candidates[0] if candidates else None,
        )

    def _point(self, thing: ox.NamedNode) -> tuple[float, float] | None:
        if thing not in self._points:
            ends = []
            for predicate in (_LONG, _LAT):
                quads = self._store.quads_for_pattern(thing, predicate, None, None)
                values = sorted(quad.object.value for quad in quads if isinstance(quad.object, ox.Literal))
                ends.append(float(values[0]) if values else None)
            self._points[thing] = None if ends[0] is None or ends[1] is None else (ends[0], ends[1])
        return self._points[thing]

    def _places(self, thing: ox.NamedNode) -> set[ox.NamedNode]:
        """The places that contain a thing, at any depth."""
        if thing not in self._above:
            quads = self._store.quads_for_pattern(thing, _LOCATED_IN, None, None)
            found = {quad.object for quad in quads if isinstance(quad.object, ox.NamedNode)}
            self._above[thing] = found - {thing}
        return self._above[thing]
