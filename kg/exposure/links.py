"""Who depends on whom: the ties of supply, work and trade that the graph states, as links from giver to taker."""

from __future__ import annotations

import pyoxigraph as ox

from kg.answer.period import moment, spans_of, verdict
from kg.exposure import texts
from kg.namespaces import PREFIXES
from kg.store import ask_store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from kg.answer.period import Ends

    Node = ox.NamedNode

SUPPLY, CARRIAGE, TRADE, WITHIN, MAKER = "supply", "carriage", "trade", "within", "maker"
PARTNER, LICENCE, OPERATOR, PLANT, OWNER = "partner", "licence", "operator", "plant", "owner"
COOPERATION, INFLUENCE, RETURN = "cooperation", "influence", "return"
# A share in all trade, a partnership of equals or an influence tells nothing of what comes after it.
_LAST = (TRADE, COOPERATION, INFLUENCE)
# Of one record two links are made, one each way: they lead there and back.
_BOTH_WAYS = (OPERATOR, PLANT, RETURN)
# The share of what is traded one way, or both ways, and what the one whose share it is would lose.
SHARES = {"export-share": "outlet", "import-share": "input", "trade-share": "trade"}
_INDICATOR, _PERCENT = PREFIXES["indicator"], PREFIXES["unit"] + "percent"


class Figure:
    """A number that a source gives: of a flow, of a plant, or of what one trades with another.

    Attributes:
        record: The observation.
        thing: What is observed.
        partner: The other side of a trade.
        share: One of `SHARES`; "" if it is something else.
        terms: Qualifier (None if there is none), unit and indicator, for their names.
        printed: The characters in the source.
        value: The number that is meant.
        whole: The whole of which it is a part, if that is not the thing's own trade.
        goods: The goods that make it up together; empty for all.
    """

    __slots__ = ("goods", "partner", "printed", "record", "share", "terms", "thing", "value", "whole")

    def __init__(self, row: tuple[Any, ...]) -> None:
        self.record, self.thing, self.partner, indicator, unit, printed, qualifier, self.whole, goods, value = row
        name = getattr(indicator, "value", "").removeprefix(_INDICATOR)
        self.share = name if name in SHARES and getattr(unit, "value", "") == _PERCENT else ""
        self.terms = (qualifier, unit, indicator)
        self.printed = str(getattr(printed, "value", ""))
        self.value = float(value.value)
        self.goods: list[Node] = [goods] if isinstance(goods, ox.NamedNode) else []


class Link:
    """A tie by which the taker depends on the giver; in supply the giver depends on the taker as an outlet as well.

    Attributes:
        kind: One of the kinds above.
        giver: What the taker depends on.
        taker: What depends.
        goods: What is supplied; of an influence its effect.
        records: The situations that state it.
        chains: The value chains to which it belongs.
        figures: What sources measure of it.
        doubt: Why it is not sure to hold at the time asked for; "" if it is, or if nobody asked.
    """

    __slots__ = ("chains", "doubt", "figures", "giver", "goods", "kind", "records", "taker")

    def __init__(
        self, kind: str, giver: Node, taker: Node, records: Iterable[Node], goods: Iterable[Node] = ()
    ) -> None:
        self.kind = kind
        self.giver = giver
        self.taker = taker
        self.records = list(records)
        self.goods = list(goods)
        self.chains: set[Node] = set()
        self.figures: list[Figure] = []
        self.doubt = ""


class Web:
    """All links of a graph, at one time or at any.

    Attributes:
        gives: The links of which a thing is the giver.
        takes: The links of which a thing is the taker.
        makes: The links from makers to what they make.
        wide: Regions, states, unions: what gives need not be made of what it takes.
        swaps: An arrangement with the two flows that are exchanged.
        statuses: A flow, a chain or a plant, with its states of activity and the records of these.
        limits: The measures that limit goods: measure, goods, who took it, and against whom, if that is said.
        coarser: A flow with the flows that include it.
        lives: A thing with the events that changed it, each with its class if that is a foundation or a closure.
        periods: A record with its spans as they are noted.
        measured: A thing with the figures of it that belong to no link.
        left_out: The ends of the links and figures that hold at another time only.
    """

    def __init__(self, store: ox.Store, as_of: str | None = None) -> None:
        """Read the links; those that surely do not hold at a time are left out.

        Raises:
            UsageError: The time is none.
        """
        self.store = store
        self.when: Ends | None = None if as_of is None else moment(as_of)
        self.left_out: list[tuple[Node, Node | None]] = []
        self._verdicts: dict[Node, str | None] = {}
        self.lives = _grouped((thing, (event, kind)) for event, kind, thing in self._ask(texts.LIVES))
        self._ended = self._absent()
        self._outer = _grouped((inner, (record, outer)) for record, inner, outer in self._ask(texts.LOCATIONS))
        self._around: dict[Node, dict[Node, list[Node]]] = {}
        self._broader = _grouped((goods, broader) for goods, broader in self._ask(texts.BROADER))
        rows = self._ask(texts.WIDE)
        self.wide = {place for place, _ in rows}
        self._states = {place for place, state in rows if state is not None}
        self.periods = _grouped((record, note.value) for record, note in self._ask(texts.PERIODS))
        self.statuses = _grouped(
            (thing, (status, record))
            for record, thing, status in self._ask(texts.STATUSES)
            if self.doubt_of([record]) is not None
        )
        self.limits = [row for row in self._ask(texts.LIMITS) if self.doubt_of([row[0]]) is not None]
        self.swaps: dict[Node, list[Node]] = {}
        self.coarser: dict[Node, set[Node]] = {}
        links = self._flows()
        links += [*self._stages(links), *self._returns(links), *self._ties()]
        self.measured: dict[Node, list[Figure]] = {}
        links += self._measure(links)
        kept = [link for link in links if self._holds(link)]
        self.left_out += [(link.giver, link.taker) for link in links if link not in kept]
        self.links = kept
        self.makes = [link for link in kept if link.kind == MAKER]
        joined = [link for link in kept if link.kind != MAKER]
        self.gives = _grouped((link.giver, link) for link in joined)
        self.takes = _grouped((link.taker, link) for link in joined)

    def _ask(self, text: str) -> list[Any]:
        rows = ask_store(self.store, text, PREFIXES).rows()
        return sorted(rows, key=lambda row: [str(term) for term in row])

    def around(self, thing: Node) -> dict[Node, list[Node]]:
        """The places in which a thing lies, each with the records that lead there, the nearest first."""
        if thing not in self._around:
            found: dict[Node, list[Node]] = {}
            pending: list[tuple[Node, list[Node]]] = [(thing, [])]
            while pending:
                inner, path = pending.pop(0)
                for record, outer in self._outer.get(inner, ()):
                    if outer not in found and outer != thing:
                        found[outer] = [*path, record]
                        pending.append((outer, found[outer]))
            self._around[thing] = found
        return self._around[thing]

    def inside(self, place: Node) -> dict[Node, list[Node]]:
        """The things with links that lie in a place, each with the records that lead from it to the place."""
        nodes = dict.fromkeys(node for link in self.links for node in (link.giver, link.taker))
        return {node: self.around(node)[place] for node in nodes if place in self.around(node)}

    def states(self, thing: Node) -> list[Node]:
        """The states in which a thing lies; of a state itself."""
        return [place for place in (thing, *self.around(thing)) if place in self._states]

    def crosses(self, link: Link) -> tuple[Node, Node] | None:
        """The states between which a link crosses a border; None if it does not, or nobody says where it is."""
        giver, taker = self.states(link.giver), self.states(link.taker)
        return (giver[0], taker[0]) if giver and taker and not set(giver) & set(taker) else None

    def kinds_above(self, goods: Node) -> set[Node]:
        """Goods and all broader kinds of them."""
        found, pending = {goods}, [goods]
        while pending:
            for broader in self._broader.get(pending.pop(), ()):
                if broader not in found:
                    found.add(broader)
                    pending.append(broader)
        return found

    def akin(self, some: Iterable[Node], others: Iterable[Node]) -> bool:
        """Whether some goods are a kind of others, or the other way round."""
        return any(one in self.kinds_above(other) or other in self.kinds_above(one) for one in some for other in others)

    def goes_on(self, first: Link, then: Link, node: Node) -> bool:
        """Whether what reaches a thing by one link matters for the other: through a wide place in one chain alone."""
        if first.kind in _LAST or then.kind in _LAST:
            return False
        if first.kind in _BOTH_WAYS and then.kind in _BOTH_WAYS and set(first.records) & set(then.records):
            return False
        return node not in self.wide or bool(first.chains & then.chains)

    def other_givers(self, link: Link) -> list[Link]:
        """The supplies of goods like those of a link, by others, to the same taker."""
        return [
            other for other in self.takes.get(link.taker, ())
            if other.kind == SUPPLY and other.giver != link.giver and self.akin(other.goods, link.goods)
        ]  # fmt: skip

    def is_sole(self, link: Link) -> bool:
        """Whether the graph knows no other supplier of such goods; of a state the sources tell too little for that."""
        return link.kind == SUPPLY and bool(link.goods) and not (
            self.other_givers(link) or link.taker in self._states
        )  # fmt: skip

    def doubt_of(self, records: Iterable[Node]) -> str | None:
        """Why nobody can tell whether a link or a record holds at the time: "" if it does; None if surely not."""
        if self.when is None:
            return ""
        told = []
        for record in records:
            if record not in self._verdicts:
                self._verdicts[record] = verdict(spans_of(self.store, record), *self.when)
            told.append(self._verdicts[record])
        return None if None in told else next((doubt for doubt in told if not doubt), next(iter(told), ""))

    def _holds(self, link: Link) -> bool:
        doubt = self.doubt_of(link.records)
        link.doubt = doubt or ""
        return doubt is not None and not {link.giver, link.taker} & self._ended

    def _absent(self) -> set[Node]:
        """The things that surely had not begun, or had ceased, at the time."""
        found: set[Node] = set()
        first, last = self.when or (None, None)
        if first is None or last is None:
            return found
        for thing, events in self.lives.items():
            for event, kind in events:
                founded = kind is not None and kind.value.endswith("Foundation")
                for span in spans_of(self.store, event):
                    late = founded and span.start is not None and span.start[0] > last
                    past = kind is not None and not founded and span.end is not None and span.end[1] < first
                    found |= {thing} if late or past else set()
        return found

    def _flows(self) -> list[Link]:
        flows: dict[Node, Link] = {}
        lines: dict[tuple[Node, Node], Link] = {}
        for flow, giver, taker, goods, line, chain, broader in self._ask(texts.FLOWS):
            link = flows.setdefault(flow, Link(SUPPLY, giver, taker, [flow]))
            if goods is not None and goods not in link.goods:
                link.goods.append(goods)
            if chain is not None:
                link.chains.add(chain)
            if broader is not None:
                self.coarser.setdefault(flow, set()).add(broader)
            if line is not None:
                lines.setdefault((flow, line), Link(CARRIAGE, line, taker, [flow], link.goods))
        for (flow, _), carriage in lines.items():
            carriage.goods, carriage.chains = flows[flow].goods, flows[flow].chains
        return [*flows.values(), *lines.values()]

    def _stages(self, flows: list[Link]) -> list[Link]:
        """The links between stages: the flow of the same chain between the same things, if there is one, tells more."""
        steps: dict[tuple[Node, Node], Link] = {}
        for stage, then, giver, taker, chain, goods in self._ask(texts.STAGES):
            step = steps.setdefault((stage, then), Link(SUPPLY, giver, taker, [stage, then]))
            step.goods += [goods] if goods is not None and goods not in step.goods else []
            step.chains |= {chain} if chain is not None else set()
        found = []
        for step in steps.values():
            told = [
                flow for flow in flows
                if (flow.kind, flow.giver, flow.taker) == (SUPPLY, step.giver, step.taker) and flow.chains & step.chains
            ]  # fmt: skip
            for flow in told:
                flow.records += [record for record in step.records if record not in flow.records]
            if not told and step.giver != step.taker:
                found.append(step)
        return found

    def _returns(self, flows: list[Link]) -> list[Link]:
        """The links of swaps: what either flow brings to one depends on what the other brings to another."""
        found = []
        for swap, first, other in self._ask(texts.SWAPS):
            self.swaps[swap] = [first, other]
            for here, there in ((first, other), (other, first)):
                ends = [(one, two) for one in flows if here in one.records for two in flows if there in two.records]
                for one, two in ends:
                    if one.kind == two.kind == SUPPLY and one.taker != two.taker:
                        link = Link(RETURN, one.taker, two.taker, [swap, here, there], two.goods)
                        link.figures = two.figures
                        found.append(link)
        return found

    def _ties(self) -> list[Link]:
        ties: dict[tuple[str, Node, Node], Link] = {}
        for record, kind, giver, taker, effect in self._ask(texts.TIES):
            if giver == taker or not isinstance(giver, ox.NamedNode) or not isinstance(taker, ox.NamedNode):
                continue
            if self.doubt_of([record]) is None:
                self.left_out.append((giver, taker))
                continue
            link = ties.setdefault((kind.value, giver, taker), Link(kind.value, giver, taker, []))
            link.records += [record] if record not in link.records else []
            link.goods += [effect] if effect is not None and effect not in link.goods else []
        return list(ties.values())

    def _measure(self, links: list[Link]) -> list[Link]:
        """Give links their figures; a share in trade that no link tells becomes a link of its own."""
        figures: dict[Node, Figure] = {}
        for row in self._ask(texts.FIGURES):
            figure = figures.setdefault(row[0], Figure(row))
            if row[8] is not None and row[8] not in figure.goods:
                figure.goods.append(row[8])
        trades: dict[tuple[object, ...], Link] = {}
        for figure in figures.values():
            if self.doubt_of([figure.record]) is None:
                self.left_out.append((figure.thing, figure.partner))
                continue
            told = [link for link in links if link.kind == SUPPLY and _tells(figure, link)]
            for link in told:
                link.figures.append(figure)
            if not told and figure.share and figure.partner is not None:
                ends = (figure.partner, figure.thing, figure.share, *figure.goods)
                link = trades.setdefault(ends, Link(TRADE, figure.partner, figure.thing, [], figure.goods))
                link.figures.append(figure)
                link.records.append(figure.record)
            elif not told and figure.partner is None and figure.thing not in self.wide:
                self.measured.setdefault(figure.thing, []).append(figure)
        for link in trades.values():
            link.figures.sort(key=lambda figure: self.periods.get(figure.record, [""]))
        return list(trades.values())


def _tells(figure: Figure, link: Link) -> bool:
    """Whether a figure measures a link: its flow or chain, or the share of its goods in the trade of its ends."""
    if figure.thing in link.records:
        return True
    if not figure.share or not set(figure.goods) & set(link.goods):
        return False
    ends = (link.giver, link.taker)
    there, back = (figure.thing, figure.partner), (figure.partner, figure.thing)
    return (ends == there and figure.share != "import-share") or (ends == back and figure.share != "export-share")


def _grouped(pairs: Iterable[tuple[Any, Any]]) -> dict[Any, list[Any]]:
    """The second of each pair by the first."""
    groups: dict[Any, list[Any]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups
