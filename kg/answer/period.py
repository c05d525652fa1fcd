"""What holds at a time: spans with open, unknown and vague ends against a day, a month or a year.

A span is read from its `bl:timeNote` (Extended Date/Time Format, ISO 8601-2: `199X`, `1995~/1999`, `2018/..`,
`/2020-10`), else from its days, else from its years. Each end is a first and a last day on which it may lie.
"""

from __future__ import annotations

import datetime
import re

import pyoxigraph as ox

from kg.errors import UsageError
from kg.names import TYPE
from kg.namespaces import BL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.answer.full import FullAnswer

    Ends = tuple[datetime.date, datetime.date]

# Why a row is not sure to hold at the time asked for.
NO_PERIOD, START_UNKNOWN, END_UNKNOWN, VAGUE = "no period", "start unknown", "end unknown", "vague"
_FIRST, _LAST = datetime.date.min, datetime.date.max
_DAY = datetime.timedelta(1)
_EDTF = re.compile(r"([0-9]{1,4}X{0,3})(?:-([0-9]{2}|XX))?(?:-([0-9]{2}|XX))?([~?%]?)")
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")

_HOLDS, _REF_PERIOD, _NOTE, _START_DATE, _END_DATE, _START_YEAR, _END_YEAR, _SUPPORTS, _STATED_IN, _ENDS, _RENAMED = (
    ox.NamedNode(BL + name)
    for name in (
        "holdsDuring", "refPeriod", "timeNote", "startDate", "endDate", "startYear", "endYear", "supports", "statedIn",
        "ends", "renamedPlace",
    )
)  # fmt: skip
_RENAMING = ox.NamedNode(BL + "RenamingEvent")


class Span:
    """A stretch of time whose ends may be vague, unknown or open.

    Attributes:
        start: The first and the last day on which it may begin; None if nobody knows. What has always been
            begins on the first day of all.
        end: The same for its end; what goes on ends on the last day of all.
    """

    __slots__ = ("end", "start")

    def __init__(self, start: Ends | None, end: Ends | None) -> None:
        self.start = start
        self.end = end

    def holds(self, first: datetime.date, last: datetime.date) -> str | None:
        """Whether it has a day within a stretch: "" for sure, None surely not, else why nobody can tell."""
        if (self.start and self.start[0] > last) or (self.end and self.end[1] < first):
            return None
        if self.start is None:
            return START_UNKNOWN
        if self.start[1] > last:
            return VAGUE
        if self.end is None:
            # One that began within the stretch has a day in it, whenever it ends.
            return "" if first <= self.start[0] else END_UNKNOWN
        return "" if self.end[0] >= first else VAGUE


def moment(text: str) -> Ends:
    """The first and the last day of what a user gives: YYYY, YYYY-MM or YYYY-MM-DD.

    Raises:
        UsageError: It is none of them, or there is no such day.
    """
    found = _DATE.fullmatch(text.strip())
    if found is not None:
        try:
            return _days(int(found[1]), int(found[2] or 0), int(found[3] or 0))
        except (ValueError, OverflowError):
            pass
    raise UsageError(f"“{text}” is no date: give a year, a month or a day, such as 2014, 2014-08 or 2014-08-31.")


def _days(year: int, month: int = 0, day: int = 0) -> Ends:
    """The first and the last day of a year, a month or a day."""
    if day:
        return datetime.date(year, month, day), datetime.date(year, month, day)
    if month:
        last = datetime.date(year + month // 12, month % 12 + 1, 1) - _DAY if (year, month) < (9999, 12) else _LAST
        return datetime.date(year, month, 1), last
    return datetime.date(year, 1, 1), datetime.date(year, 12, 31)


def edtf(text: str) -> Span | None:
    """A span from its text in the Extended Date/Time Format, levels 0 and 1 as far as `bl:timeNote` uses them.

    A date stands for all its days. One with an unspecified digit lies somewhere in the decade or century; one
    that is about or uncertain may lie a year, a month or a day off, by its precision. None if it cannot be read.
    """
    start, slash, end = text.strip().partition("/")
    first = _edtf_date(start)
    last = _edtf_date(end) if slash else first
    if first is None or last is None:
        return None
    begin, finish = first[0], last[1]
    if not slash and begin and finish and begin[0] != begin[1]:
        # Of a single vague date neither end is known better than the whole.
        begin = finish = (begin[0], finish[1])
    if start == "..":
        begin = (_FIRST, _FIRST)
    if end == "..":
        finish = (_LAST, _LAST)
    return Span(begin, finish)


def _edtf_date(text: str) -> tuple[Ends | None, Ends | None] | None:
    """When what a date names may begin, and when it may end; of an empty or open one, nobody knows."""
    if text in ("", ".."):
        return None, None
    found = _EDTF.fullmatch(text)
    if found is None:
        return None
    digits, month, day, about = found.groups()
    try:
        if "X" in digits or "X" in (month or "") + (day or ""):
            whole = (datetime.date(max(int(digits.replace("X", "0")), 1), 1, 1),
                     datetime.date(int(digits.replace("X", "9")), 12, 31))  # fmt: skip
            if "X" not in digits:
                whole = _days(int(digits), int(month) if month and month != "XX" else 0)
            return whole, whole
        first, last = _days(int(digits), int(month or 0), int(day or 0))
        if not about:
            return (first, first), (last, last)
        before, after = first - _DAY, last + _DAY
        if not day:
            before = _days(before.year, before.month if month else 0)[0]
            after = _days(after.year, after.month if month else 0)[1]
    except (ValueError, OverflowError):
        return None
    return (before, last), (first, after)


def read_span(store: ox.Store, span: ox.NamedNode) -> Span:
    """A span of the graph."""
    note = _value(store, span, _NOTE)
    read = edtf(note) if note else None
    if read is not None:
        return read
    starts = _value(store, span, _START_DATE) or _value(store, span, _START_YEAR)
    ends = _value(store, span, _END_DATE) or _value(store, span, _END_YEAR)
    start, end = _edtf_date(starts), _edtf_date(ends)
    return Span(start[0] if start else None, end[1] if end else None)


def _value(store: ox.Store, thing: ox.NamedNode, predicate: ox.NamedNode) -> str:
    found = (quad.object for quad in store.quads_for_pattern(thing, predicate, None, None))
    return min((term.value for term in found if isinstance(term, ox.Literal)), default="")


def _linked(store: ox.Store, subject: ox.NamedNode | None, predicate: ox.NamedNode,
            value: ox.NamedNode | None) -> list[ox.NamedNode]:  # fmt: skip
    """The things at the other end of a relation, sorted."""
    quads = store.quads_for_pattern(subject, predicate, value, None)
    found = {quad.object if value is None else quad.subject for quad in quads}
    return sorted((term for term in found if isinstance(term, ox.NamedNode)), key=lambda term: term.value)


def spans_of(store: ox.Store, thing: ox.NamedNode) -> list[Span]:
    """The spans of a thing; of a claim, those of what it states.

    What an event or a measure is said to end has ended with it, if its own span does not say when; a renaming
    holds for the name that it gives: from its day on, up to the next renaming of the place.
    """
    if next(store.quads_for_pattern(thing, _STATED_IN, None, None), None) is not None:
        return [span for stated in _linked(store, thing, _SUPPORTS, None) for span in spans_of(store, stated)]
    spans = _own_spans(store, thing)
    if next(store.quads_for_pattern(thing, TYPE, _RENAMING, None), None) is not None:
        return [Span(span.start, _next_renaming(store, thing, span)) for span in spans]
    stops = [stop.start for ending in _linked(store, None, _ENDS, thing) for stop in _own_spans(store, ending)]
    stop = min((stop for stop in stops if stop is not None), default=None)
    if stop is None:
        return spans
    if not spans:
        return [Span(None, stop)]
    return [Span(span.start, stop if span.end is None or span.end[1] == _LAST else span.end) for span in spans]


def _own_spans(store: ox.Store, thing: ox.NamedNode) -> list[Span]:
    found = dict.fromkeys([*_linked(store, thing, _REF_PERIOD, None), *_linked(store, thing, _HOLDS, None)])
    return [read_span(store, span) for span in found]


def _next_renaming(store: ox.Store, event: ox.NamedNode, span: Span) -> Ends:
    """When the name that a renaming gives was given up, as far as the graph knows; else the last day of all."""
    later = [
        other.start
        for place in _linked(store, event, _RENAMED, None)
        for renaming in _linked(store, None, _RENAMED, place)
        for other in _own_spans(store, renaming)
        if span.start is not None and other.start is not None and other.start[0] > span.start[1]
    ]
    return min(later, default=(_LAST, _LAST))


def keep_what_holds(store: ox.Store, answer: FullAnswer, text: str) -> None:
    """Leave out the rows with a thing that holds at another time only, and say which of the rest are not sure.

    Args:
        store: The graph.
        answer: Whose rows are judged by the things of their evidence columns; its `undated` is set.
        text: The time, see `moment`.

    Raises:
        UsageError: The time is none.
    """
    first, last = moment(text)
    answer.at = text.strip()
    known: dict[ox.NamedNode, str | None] = {}
    verdicts: list[str | None] = []
    for row in answer.rows:
        things = answer.things(row)
        for thing in things:
            if thing not in known:
                known[thing] = verdict(spans_of(store, thing), first, last)
        told = [known[thing] for thing in things] or [NO_PERIOD]
        doubts = [verdict for verdict in told if verdict]
        verdicts.append(None if None in told else "; ".join(dict.fromkeys(doubts)))
    answer.keep([verdict is not None for verdict in verdicts])
    answer.undated = [verdict for verdict in verdicts if verdict is not None]


def verdict(spans: list[Span], first: datetime.date, last: datetime.date) -> str | None:
    """Whether one of the spans has a day within a stretch, as `Span.holds` says it; the surest one counts."""
    told = [span.holds(first, last) for span in spans]
    if not told:
        return NO_PERIOD
    may = [verdict for verdict in told if verdict is not None]
    return min(may, key=(START_UNKNOWN, END_UNKNOWN, VAGUE, "").index, default=None) if "" not in may else ""
