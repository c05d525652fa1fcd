"""What the graph does not know of an exposure, in sentences."""

from __future__ import annotations

from kg.exposure.links import CARRIAGE, LICENCE, OPERATOR, OWNER, PARTNER, PLANT, SUPPLY, TRADE, WITHIN
from kg.names import is_a
from kg.namespaces import BL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyoxigraph as ox

    from kg.exposure.account import Account
    from kg.exposure.links import Link
    from kg.exposure.paths import Loss

# What one asks of a thing, by what it is: the kind of link, whether it would be the giver, the words for the other end.
_DEALS = ((SUPPLY, False, "a supplier"), (SUPPLY, True, "a buyer"))
_ASKED_OF_PLANTS = (*_DEALS, (OWNER, False, "an owner"), (OPERATOR, False, "an operator"))
_ASKED_OF_PLACES = (*_DEALS, (TRADE, False, "a share in its trade"))
_ASKED_OF_AGENTS = (
    *_DEALS, (OWNER, False, "an owner"), (PARTNER, False, "a partner"), (LICENCE, False, "a licensor"),
    (PLANT, False, "a plant"),
)  # fmt: skip
_ROUTE = "a pipeline or another route of its goods"
# Named at most, in one sentence.
_MOST = 6


def gaps_of_paths(account: Account, links: Iterable[Link], cut: bool) -> list[str]:
    """How many of the steps have no share, volume, status or date, and where the paths break off."""
    steps = list({id(link): link for link in links if link.kind != WITHIN}.values())
    found = _lacks(account, steps)
    wide = [link.taker for link in steps if link.taker in account.web.wide and link.kind == SUPPLY]
    wide = [node for node in dict.fromkeys(wide) if node not in account.focus.nodes]
    nodes = dict.fromkeys(node for link in steps if link.kind == SUPPLY for node in (link.giver, link.taker))
    unplaced = [node for node in nodes if not account.web.states(node)]
    if unplaced:
        found.append(f"in which state it lies: {_listed(account, unplaced)}")
    if wide:
        found.append(f"what becomes of the goods within {_listed(account, wide)}")
    if cut:
        found.append("all paths: there are more than were looked for")
    return found


def gaps_of_losses(account: Account, losses: Iterable[Loss]) -> list[str]:
    """How many losses have no stated alternative, and what is not known of the links that are lost."""
    lost = list(losses)
    supplies = [loss for loss in lost if loss.link.kind in (SUPPLY, CARRIAGE)]
    bare = [loss for loss in supplies if not loss.others]
    found = []
    if bare:
        found.append(
            f"another supplier or outlet for {_part(len(bare), len(supplies), 'lost delivery', 'lost deliveries')}:"
            " none is stated, which is not to say that there is none"
        )
    return found + _lacks(account, list({id(loss.link): loss.link for loss in lost}.values()))


def gaps_of_thing(account: Account, if_stops: bool) -> list[str]:
    """Relations that the thing itself has none of, what it makes for nobody named, and what it may have a part in."""
    web, focus = account.web, account.focus
    if focus.seeds:
        return []
    found = []
    links = [(link, side) for node in focus.nodes for side in (web.gives, web.takes) for link in side.get(node, ())]
    if not links and is_a(web.store, focus.thing, BL + "Commodity"):
        return ["any delivery of it"]
    if not links:
        then = " at that time" if web.when else ""
        return [f"any supply, sale, owner, operator, partner, licence, route or share in trade of it{then}"]
    missing = [
        words
        for kind, gives, words in _asked(account)
        if not any(link.kind == kind and (side is web.gives) == gives for link, side in links)
    ]
    flows = {record for link, _ in links if link.kind == SUPPLY for record in link.records}
    if flows and not any(link.kind == CARRIAGE and flows & set(link.records) for link in web.links):
        missing.append(_ROUTE)
    if missing:
        found.append(f"of the thing itself: {', '.join(missing)}")
    if not if_stops:
        plants = {link.giver for link in web.takes.get(focus.thing, ()) if link.kind == PLANT}
        givers = {*focus.nodes, *plants}
        sold = [goods for link in web.links if link.kind == SUPPLY and link.giver in givers for goods in link.goods]
        made = dict.fromkeys(link.taker for link in web.makes if link.giver in focus.nodes)
        unsold = [goods for goods in made if not web.akin([goods], sold)]
        if unsold:
            found.append(f"who takes what is made there: {_listed(account, unsold)}")
    parts = _parts(account)
    if parts:
        found.append(f"whether it has a part in: {_listed(account, parts)}")
    return found


def _asked(account: Account) -> tuple[tuple[str, bool, str], ...]:
    """What one would ask of such a thing."""
    thing = account.focus.thing
    if thing in account.web.wide:
        return _ASKED_OF_PLACES
    return _ASKED_OF_PLANTS if is_a(account.web.store, thing, BL + "Facility") else _ASKED_OF_AGENTS


def _lacks(account: Account, steps: list[Link]) -> list[str]:
    """How many steps lack a share, a volume, a status, a date."""
    supplies = [link for link in steps if link.kind == SUPPLY]
    told = (
        ("a share", supplies, "shares"),
        ("a volume", supplies, "volumes"),
        ("a status", supplies, "status"),
        ("a date", steps, "period"),
    )
    found = []
    for words, among, key in told:
        lacking = sum(not account.step(link)[key] for link in among)
        what = ("delivery", "deliveries") if among is supplies else ("step", "steps")
        if lacking:
            found.append(f"{words} for {_part(lacking, len(among), *what)}")
    return found


def _parts(account: Account) -> list[ox.NamedNode]:
    """The flows of the places in which a thing lies, of goods akin to those that it gives or takes."""
    web, focus = account.web, account.focus
    if focus.thing in web.wide:
        return []
    own = [link for side in (web.gives, web.takes) for link in side.get(focus.thing, ()) if link.kind == SUPPLY]
    around = web.around(focus.thing)
    found = []
    for link in web.links:
        for mine in own if link.kind == SUPPLY else ():
            end, other = (link.giver, mine.giver) if mine.giver == focus.thing else (link.taker, mine.taker)
            known = {flow for record in mine.records for flow in (record, *web.coarser.get(record, ()))}
            if other == focus.thing and end in around and not known & set(link.records):
                found += [link.records[0]] if web.akin(link.goods, mine.goods) else []
    return list(dict.fromkeys(found))


def _part(some: int, of: int, one: str, many: str) -> str:
    if some < of:
        return f"{some} of {_count(of, one, many)}"
    return f"the one {one}" if of == 1 else f"any of the {of} {many}"


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _listed(account: Account, terms: list[ox.NamedNode]) -> str:
    names = [account.name(term) for term in terms]
    more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
    return "; ".join(names[:_MOST]) + more
