"""The account of a thing's exposure as plain data: paths, losses, evidence, and what the graph does not know."""

from __future__ import annotations

from kg.answer.full import DISPUTE_MARK
from kg.exposure.evidence import Evidence, told
from kg.exposure.gaps import gaps_of_losses, gaps_of_paths, gaps_of_thing
from kg.exposure.links import LICENCE, SUPPLY, TRADE, WITHIN
from kg.exposure.paths import LONGEST, MOST, Focus, downstream, losses, upstream, within
from kg.names import FALLBACK, class_labels, label
from kg.namespaces import shorten

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    import pyoxigraph as ox

    from kg.answer.grounds import Ground
    from kg.exposure.links import Figure, Link, Web
    from kg.exposure.paths import Loss, Path

    Node = ox.NamedNode

# What the giver of a link is, or gives, for the taker.
TIES = {
    SUPPLY: "supply", "carriage": "line", TRADE: "share in trade", "maker": "maker", "partner": "partner",
    LICENCE: "licence", "operator": "operator", "plant": "plant", "owner": "owner", "cooperation": "cooperation",
    "influence": "influence", "return": "delivery in return",
}  # fmt: skip
IN, AROUND = "lies in", "holds"
UNDATED = "undated"


class Account:
    """Tells what depends on a thing, and on what it depends.

    Attributes:
        web: The links.
        focus: What is asked about.
        evidence: The claims behind links.
        every: Whether all claims of a step are told, not the strongest alone.
        grounds: The claims that were told, by IRI.
    """

    __slots__ = ("_disputes", "_marked", "_names", "_order", "_steps", "evidence", "every", "focus", "grounds", "web")

    def __init__(
        self, web: Web, thing: Node, disputes: Mapping[str, str], every: bool = False, order: Sequence[str] = FALLBACK
    ) -> None:
        self.web = web
        self.focus = Focus(web, thing)
        self.evidence = Evidence(web.store)
        self.every = every
        self.grounds: dict[str, Ground] = {}
        self._disputes = disputes
        self._order = order
        self._marked: dict[str, None] = {}
        self._steps: dict[int, dict[str, Any]] = {}
        self._names: dict[object, str] = {}

    def name(self, term: object) -> str:
        """What a person reads for a term."""
        if term not in self._names:
            self._names[term] = label(self.web.store, term, self._order)
        return self._names[term]

    def whole(self, as_of: str | None, if_stops: bool) -> dict[str, Any]:
        """The account; see `kg exposure --help`. Names are words, IRIs stand beside them."""
        web, focus = self.web, self.focus
        thing = focus.thing
        known = {
            "status": self._statuses([thing]),
            "events": self._attested((self._event(event), event) for event, _ in web.lives.get(thing, ())),
            "figures": self._attested((self.figure(it), it.record) for it in web.measured.get(thing, ())),
        }
        account: dict[str, Any] = {
            "thing": self.name(thing),
            "iri": thing.value,
            "kind": class_labels(web.store, thing),
            "lies_in": [self.name(place) for place in web.around(thing)],
            "states": [self.name(state) for state in web.states(thing)],
            **{key: list(facts) for key, facts in known.items()},
            "attested": {text: told for facts in known.values() for text, told in facts.items()},
            "as_of": as_of,
            "left_out": sum(bool(set(ends) & set(focus.nodes)) for ends in web.left_out),
        }
        if if_stops:
            lost = losses(web, focus)
            account["if_it_stops"] = [self._loss(loss) for loss in lost]
            gaps = gaps_of_losses(self, lost)
            links = [loss.link for loss in lost]
        else:
            after, before = downstream(web, focus), upstream(web, focus)
            account["depends_on_it"] = self._paths(after)
            account["outlet_for"] = self._ends(web.takes, focus, giver=True)
            account["it_depends_on"] = self._paths(before)
            account["comes_from"] = list(dict.fromkeys(self.name(seed.giver) for seed in focus.seeds))
            account["links_within"] = within(web, focus)
            account["its_outlets"] = self._ends(web.gives, focus, giver=False)
            links = [link for path in (*after, *before) for link in path.links]
            cut = max(len(after), len(before)) >= MOST or any(len(it.links) >= LONGEST for it in (*after, *before))
            gaps = gaps_of_paths(self, links, cut)
        account["not_known"] = [*gaps, *gaps_of_thing(self, if_stops)]
        account["kept_undated"] = len({id(link) for link in links if link.doubt})
        account["disputed"] = list(self._marked)
        return account

    def _event(self, event: Node) -> str:
        return f"{self.name(event)}{self._mark(event)} ({', '.join(self.web.periods.get(event, [UNDATED]))})"

    def figure(self, figure: Figure) -> str:
        """A figure in words: as printed, with qualifier, unit, what it measures, of what, and when."""
        qualifier, unit, indicator = figure.terms
        exact = qualifier is None or qualifier.value.endswith("/exact")
        of = f" of {self.name(figure.whole)}" if figure.whole is not None else ""
        goods = f", {' and '.join(map(self.name, figure.goods))} together" if len(figure.goods) > 1 else ""
        goods = goods or (f", {self.name(figure.goods[0])}" if figure.goods else "")
        spans = "".join(f", {note}" for note in self.web.periods.get(figure.record, ()))
        number = f"{'' if exact else self.name(qualifier) + ' '}{figure.printed} {self.name(unit)}"
        return f"{number} ({self.name(indicator)}{of}{goods}{spans}){self._mark(figure.record)}"

    def step(self, link: Link) -> dict[str, Any]:
        """A link with all that is known of it."""
        if id(link) not in self._steps:
            self._steps[id(link)] = self._step(link)
        return self._steps[id(link)]

    def _step(self, link: Link) -> dict[str, Any]:
        web = self.web
        grounds = self.evidence.of(link) if self.every else self.evidence.shown(link)
        self.grounds.update({ground.claim.value: ground for ground in grounds})
        doubt = link.doubt if link.kind != WITHIN else ""
        statuses = self._statuses([*link.records, *link.chains]) if link.kind == SUPPLY else {}
        limits = self._limits(link) if link.kind == SUPPLY else {}
        return {
            "from": self.name(link.giver),
            "from_iri": link.giver.value,
            "tie": TIES.get(link.kind) or (IN if link.taker in web.around(link.giver) else AROUND),
            "to": self.name(link.taker),
            "to_iri": link.taker.value,
            "goods": [self.name(goods) for goods in link.goods],
            "shares": [self.figure(figure) for figure in link.figures if figure.share],
            "volumes": [self.figure(figure) for figure in link.figures if not figure.share],
            "figures": [
                {"record": shorten(it.record.value), "value": it.value, "unit": self.name(it.terms[1])}
                for it in link.figures
            ],
            "status": list(statuses),
            "limits": list(limits),
            "attested": {**statuses, **limits},
            "only_supplier": web.is_sole(link),
            "period": list(dict.fromkeys(note for it in link.records for note in web.periods.get(it, ()))),
            "doubt": doubt,
            # The plain relation of a location is inferred, as a query and a proof have it.
            "inferred": link.kind == WITHIN,
            "disputed": self._is_disputed(link.records),
            "records": [shorten(record.value) for record in link.records],
            "evidence": [told(ground, self.name) for ground in grounds],
        }

    def _paths(self, paths: Iterable[Path]) -> list[dict[str, Any]]:
        """Paths as data, by their names; those across a border come first."""
        found = []
        for path in paths:
            across = [pair for link in path.links if link.kind != WITHIN for pair in [self.web.crosses(link)] if pair]
            place, ground, alone = self.evidence.weakest(path.links)
            steps = [self.step(link) for link in path.links]
            names = [steps[0]["from"], *(step["to"] for step in steps)]
            found.append({
                "across": [[self.name(giver), self.name(taker)] for giver, taker in across],
                "through": names,
                "circle": path.circle,
                "steps": steps,
                "weakest": {"step": place + 1, "alone": alone, **told(ground, self.name)},
            })  # fmt: skip
        return sorted(found, key=lambda it: (not it["across"], it["through"], [step["goods"] for step in it["steps"]]))

    def _loss(self, loss: Loss) -> dict[str, Any]:
        other = loss.link.giver if loss.loser == loss.link.taker else loss.link.taker
        return {
            "round": loss.round,
            "loser": self.name(loss.loser),
            "loser_iri": loss.loser.value,
            "loses": loss.what,
            "other_end": self.name(other),
            "because": self.name(loss.cause.loser) if loss.cause else None,
            "step": self.step(loss.link),
            "weakest": told(self.evidence.strongest(loss.link), self.name),
            "alternatives": [
                {
                    "name": self.name(link.taker if loss.what == "outlet" else link.giver),
                    **{key: self.step(link)[key] for key in ("goods", "shares", "status", "attested", "evidence")},
                }
                for link in loss.others
            ],
        }

    def _ends(self, sides: Mapping[Node, Sequence[Link]], focus: Focus, giver: bool) -> list[str]:
        """Who sells to it, or buys of it, with the goods, as words; not of what is no node."""
        ends: dict[Node, dict[str, None]] = {}
        for node in focus.nodes if not focus.seeds else ():
            for link in sides.get(node, ()):
                other = link.giver if giver else link.taker
                if link.kind == SUPPLY and other not in focus.nodes:
                    ends.setdefault(other, {}).update(dict.fromkeys(map(self.name, link.goods)))
        return sorted(f"{self.name(node)} ({', '.join(goods) or 'goods not named'})" for node, goods in ends.items())

    def _attested(self, facts: Iterable[tuple[str, Node]]) -> dict[str, list[dict[str, str]]]:
        """Facts in words, each with the claims behind its records."""
        found: dict[str, list[dict[str, str]]] = {}
        for text, record in facts:
            known = found.setdefault(text, [])
            for ground in self.evidence.about(record, self.every):
                self.grounds[ground.claim.value] = ground
                known += [it for it in [told(ground, self.name)] if it not in known]
        return found

    def _statuses(self, things: Iterable[Node]) -> dict[str, list[dict[str, str]]]:
        """The states of activity of things, and of the coarser flows that include them, with their claims."""
        found = []
        things = list(things)
        wider = [flow for thing in things for flow in sorted(self.web.coarser.get(thing, ()), key=str)]
        for thing in dict.fromkeys([*things, *wider]):
            for status, record in self.web.statuses.get(thing, ()):
                of = [self.name(thing)] if thing in wider or thing not in things[:1] else []
                spans = ", ".join([*of, *self.web.periods.get(record, [UNDATED])])
                found.append((f"{self.name(status)}{self._mark(record)} ({spans})", record))
        return self._attested(found)

    def _limits(self, link: Link) -> dict[str, list[dict[str, str]]]:
        """The measures of a state at one end that limit these goods, against the other end if they name one."""
        found = []
        giver, taker = self.web.states(link.giver), self.web.states(link.taker)
        for limit, goods, author, target in self.web.limits:
            ends = (giver, taker) if author in giver else (taker, giver)
            limited = any(goods in self.web.kinds_above(it) for it in link.goods)
            if limited and author in ends[0] and author not in ends[1] and (target is None or target in ends[1]):
                spans = ", ".join(self.web.periods.get(limit, [UNDATED]))
                found.append((f"{self.name(limit)}{self._mark(limit)} ({spans})", limit))
        return self._attested(found)

    def _is_disputed(self, records: Iterable[Node]) -> bool:
        """Whether one of the records is disputed or corrected; the first that is will be named."""
        first = next((record for record in records if record.value in self._disputes), None)
        if first is not None:
            self._marked[shorten(first.value)] = None
        return first is not None

    def _mark(self, record: Node) -> str:
        return DISPUTE_MARK if self._is_disputed([record]) else ""
