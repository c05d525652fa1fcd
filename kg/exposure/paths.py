"""Paths along which one thing depends on another, and what is lost, step by step, if something stops."""

from __future__ import annotations

from kg.exposure.links import (
    CARRIAGE,
    INFLUENCE,
    MAKER,
    OPERATOR,
    PARTNER,
    RETURN,
    SHARES,
    SUPPLY,
    TRADE,
    WITHIN,
    Link,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    import pyoxigraph as ox

    from kg.exposure.links import Web

    Node = ox.NamedNode

# More paths, and longer ones, than a person reads or than a dense graph should be searched for.
MOST = 500
LONGEST = 100
# What the taker of a link loses with it, where that is not the name of the link's kind.
_LOSSES = {SUPPLY: "input", CARRIAGE: "line", PARTNER: "partner", OPERATOR: "operator", RETURN: "delivery in return"}


class Path:
    """Links one after another, each from a giver to a taker that depends on it.

    Attributes:
        links: The links, the first giver first; one of the kind `WITHIN` says that a thing lies in the place asked for.
        circle: Whether it could go on to a thing through which it came.
    """

    __slots__ = ("circle", "links")

    def __init__(self, links: list[Link], circle: bool) -> None:
        self.links = links
        self.circle = circle


class Focus:
    """What is asked about, as nodes and links of the web.

    Attributes:
        thing: The thing itself.
        nodes: It and what lies in it, each with the records that lead from there to it.
        seeds: If it is no node but a commodity, a chain, a flow or another record: the links that it stands for.
    """

    __slots__ = ("nodes", "seeds", "thing")

    def __init__(self, web: Web, thing: Node) -> None:
        self.thing = thing
        self.nodes: dict[Node, list[Node]] = {thing: [], **web.inside(thing)}
        swapped = web.swaps.get(thing, ())
        self.seeds = [
            link
            for link in web.links
            if link.kind in (SUPPLY, TRADE)
            and (any(thing in web.kinds_above(goods) for goods in link.goods) or thing in link.chains)
            or {thing, *swapped} & set(link.records) and link.kind not in (MAKER, RETURN)
        ]  # fmt: skip


def downstream(web: Web, focus: Focus) -> list[Path]:
    """The paths by which other things depend on it."""
    found: list[Path] = []
    begun: set[int] = set()
    # First those into which no other leads; what is left then goes round.
    for last in (False, True):
        for seed in focus.seeds:
            before = [link for link in focus.seeds if link.taker == seed.giver]
            if id(seed) not in begun and (last or not any(web.goes_on(link, seed, seed.giver) for link in before)):
                so_far = len(found)
                _search(web, [seed], {seed.giver, seed.taker}, True, found)
                begun.update(id(link) for path in found[so_far:] for link in path.links)
    for node, records in focus.nodes.items():
        for link in web.gives.get(node, ()):
            if _is_first(web, focus, link):
                start = [Link(WITHIN, focus.thing, node, records)] if records else []
                _search(web, [*start, link], {*focus.nodes, link.taker}, True, found)
    return found


def upstream(web: Web, focus: Focus) -> list[Path]:
    """The paths by which it depends on other things."""
    found: list[Path] = []
    for link in web.makes:
        if focus.thing in web.kinds_above(link.taker):
            _search(web, [link], {link.giver, link.taker}, False, found)
    for giver in dict.fromkeys(seed.giver for seed in focus.seeds):
        seeds = [seed for seed in focus.seeds if seed.giver == giver]
        for link in web.takes.get(giver, ()):
            if link not in focus.seeds and any(web.goes_on(link, seed, giver) for seed in seeds):
                _search(web, [link], {link.giver, giver}, False, found)
    for node, records in focus.nodes.items():
        for link in web.takes.get(node, ()):
            if _is_first(web, focus, link):
                end = [Link(WITHIN, node, focus.thing, records)] if records else []
                _search(web, [link, *end], {*focus.nodes, link.giver}, False, found)
    return found


def _is_first(web: Web, focus: Focus, link: Link) -> bool:
    """Whether a path may begin with a link: one of the thing itself, out of it, or, in it, across a state border."""
    if focus.thing in (link.giver, link.taker) or link.kind == INFLUENCE:
        return focus.thing in (link.giver, link.taker)
    return not {link.giver, link.taker} <= set(focus.nodes) or web.crosses(link) is not None


def within(web: Web, focus: Focus) -> int:
    """How many links join two things in the place asked for, and are not told."""
    inner = [link for link in web.links if {link.giver, link.taker} <= set(focus.nodes)]
    return sum(link.kind not in (MAKER, INFLUENCE) and not _is_first(web, focus, link) for link in inner)


def _search(web: Web, path: list[Link], seen: set[Node], forward: bool, found: list[Path]) -> None:
    """Add the longest paths that go on from a path, at its end or at its beginning."""
    if len(found) >= MOST:
        return
    last = path[-1] if forward else path[0]
    node = last.taker if forward else last.giver
    steps = web.gives.get(node, ()) if forward else web.takes.get(node, ())
    further = [link for link in steps if _may_follow(web, last, link, node, forward)]
    fresh = [link for link in further if (link.taker if forward else link.giver) not in seen]
    for link in fresh if len(path) < LONGEST else ():
        new = {*seen, link.taker if forward else link.giver}
        _search(web, [*path, link] if forward else [link, *path], new, forward, found)
    if not fresh or len(path) >= LONGEST:
        on_it = {end for link in path for end in (link.giver, link.taker)}
        found.append(Path(path, any((link.taker if forward else link.giver) in on_it for link in further)))


def _may_follow(web: Web, last: Link, link: Link, node: Node, forward: bool) -> bool:
    return web.goes_on(last, link, node) if forward else web.goes_on(link, last, node)


class Loss:
    """What one thing loses if the thing asked for stops.

    Attributes:
        round: 1 if it loses that directly, else one more than the loss that it follows from.
        loser: Who loses it.
        what: "input", "outlet", "licence" ...
        link: The link that is lost.
        cause: The loss from which it follows; None if it is direct.
        others: Stated alternatives: other links that give or take such goods.
    """

    __slots__ = ("cause", "link", "loser", "others", "round", "what")

    def __init__(self, loser: Node, what: str, link: Link, cause: Loss | None) -> None:
        self.round: int = cause.round + 1 if cause else 1
        self.loser = loser
        self.what = what
        self.link = link
        self.cause = cause
        self.others: list[Link] = []


def losses(web: Web, focus: Focus) -> list[Loss]:
    """What is lost if the thing stops: directly, then at each further step; each link once for each of its ends."""
    found: list[Loss] = []
    seen: set[tuple[Node, int]] = set()
    stopped = set() if focus.seeds else set(focus.nodes)

    def add(loss: Loss) -> None:
        if (loss.loser, id(loss.link)) not in seen and loss.loser not in stopped:
            seen.add((loss.loser, id(loss.link)))
            found.append(loss)

    for link in focus.seeds or [link for link in web.links if {link.giver, link.taker} & stopped]:
        if link.kind in (MAKER, INFLUENCE) or {link.giver, link.taker} <= stopped:
            continue
        for loss in _ends(link, None, stopped):
            add(loss)
    place = 0
    while place < len(found):
        for loss in _following(web, found[place]):
            add(loss)
        place += 1
    gone = stopped or {focus.thing}
    for loss in found:
        loss.others = _alternatives(web, focus, loss, gone)
    return sorted(found, key=lambda loss: loss.round)


def _ends(link: Link, cause: Loss | None, stopped: set[Node]) -> list[Loss]:
    """What either end of a link loses with it; both if neither of them has stopped."""
    found = []
    if link.taker not in stopped:
        share = link.figures[0].share if link.kind == TRADE and link.figures else ""
        found.append(Loss(link.taker, SHARES.get(share) or _LOSSES.get(link.kind, link.kind), link, cause))
    if link.giver not in stopped and link.kind == SUPPLY:
        found.append(Loss(link.giver, "outlet", link, cause))
    return found


def _following(web: Web, loss: Loss) -> list[Loss]:
    """What follows: the loser gives no more of what it no longer gets, and takes no more for what it cannot sell."""
    found = []
    outward = loss.what == "outlet"
    for link in web.takes.get(loss.loser, ()) if outward else web.gives.get(loss.loser, ()):
        if _may_follow(web, loss.link, link, loss.loser, not outward):
            if not outward:
                found += [one for one in _ends(link, loss, set()) if one.loser == link.taker]
            elif link.kind == SUPPLY:
                found.append(Loss(link.giver, "outlet", link, loss))
    return found


def _alternatives(web: Web, focus: Focus, loss: Loss, gone: set[Node]) -> list[Link]:
    """Other stated givers or takers of such goods: none that has stopped or holds what has, nor part of the flow."""
    if loss.link.kind not in (SUPPLY, CARRIAGE):
        return []
    outward = loss.what == "outlet"
    same = {flow for record in loss.link.records for flow in (record, *web.coarser.get(record, ()))}
    found = []
    for link in web.gives.get(loss.loser, ()) if outward else web.takes.get(loss.loser, ()):
        other = link.taker if outward else link.giver
        finer = {flow for record in link.records for flow in (record, *web.coarser.get(record, ()))}
        if link.kind != SUPPLY or link in focus.seeds or set(link.records) & same or set(loss.link.records) & finer:
            continue
        held = other in gone or any(other in web.around(node) for node in gone) or gone & set(web.around(other))
        if not held and web.akin(link.goods, loss.link.goods):
            found.append(link)
    return found
