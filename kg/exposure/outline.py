"""An account of exposure as lines for people, and as rows."""

from __future__ import annotations

from kg.answer.full import DISPUTE_MARK, INFERRED_MARK
from kg.answer.grounds import note
from kg.exposure.account import AROUND, IN, TIES, UNDATED
from kg.exposure.links import SUPPLY, TRADE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from kg.answer.grounds import Ground

COLUMNS = (
    "direction", "path", "step", "from", "tie", "to", "goods", "share", "volume", "status",
    "limited_by", "period", "only_supplier",
    "inferred", "disputed", "strength", "evidence", "source", "locator", "weakest_step", "alternatives", "across",
)  # fmt: skip
ON_IT, ON_OTHERS, IF_STOPS = "depends on it", "it depends on", "if it stops"
NOTHING = "nothing in the graph depends on it"
_LOST = {
    "input": "input from", "trade": "trade with", "licence": "licence of", "cooperation": "cooperation with",
    "delivery in return": "delivery in return for that to",
}  # fmt: skip
# How many disputed records are named below an account.
_MOST = 10
_ARROW = " → "


class Outline:
    """The lines of an account; the claims are footnotes, numbered as they are met."""

    def __init__(self, account: dict[str, Any], grounds: dict[str, Ground], name: Callable[[object], str]) -> None:
        self._account = account
        self._grounds = grounds
        self._name = name
        self._numbers: dict[str, int] = {}
        self._inferred = False

    def lines(self) -> list[str]:
        """The whole; what is known of the thing itself comes first, the footnotes last."""
        account = self._account
        places = dict.fromkeys([*account["lies_in"][:1], *account["states"]])
        places.pop(account["thing"], None)
        where = f"; in {', '.join(places)}" if places else ""
        lines = [f"{account['thing']}: {', '.join(account['kind']) or 'thing'}{where}"]
        known = account["attested"]
        lines += [f"  status: {status}{self._references(known[status])}" for status in account["status"]]
        lines += [f"  {fact}{self._references(known[fact])}" for fact in (*account["events"], *account["figures"])]
        if "if_it_stops" in account:
            lines += ["", "If it stops", *self._losses(account["if_it_stops"])]
        else:
            lines += ["", "What depends on it", *self._section("depends_on_it", "outlet_for", "outlet for")]
            lines += ["", "What it depends on", *self._section("it_depends_on", "its_outlets", "its outlets")]
            if account["links_within"]:
                lines += ["", f"Links between things that both lie in it, not told here: {account['links_within']}"]
        if account["not_known"]:
            lines += ["", "Not in the graph", *(f"  {gap}" for gap in account["not_known"])]
        disputed = account["disputed"]
        legend = [f"{DISPUTE_MARK} disputed or corrected: kg disputes {it}" for it in disputed[:_MOST]]
        if len(disputed) > _MOST:
            legend.append(f"{DISPUTE_MARK} and {len(disputed) - _MOST} more: kg disputes")
        if self._inferred:
            legend.append(f"{INFERRED_MARK} inferred: it follows by reasoning from what sources say; kg why proves it")
        legend += self._time()
        notes = [f"[{number}] {text}" for text, number in self._numbers.items()]
        return [*lines, *([""] if legend else []), *legend, *([""] if notes else []), *notes]

    def _time(self) -> list[str]:
        """What the time asked for did to the account."""
        when, kept, gone = (self._account[key] for key in ("as_of", "kept_undated", "left_out"))
        steps = f"{kept} step{'s are' if kept > 1 else ' is'} kept though undated or vaguely dated"
        links = f"{gone} link{'s or figures' if gone > 1 else ' or figure'} of another time left out"
        return [f"as of {when}: {text}" for count, text in ((kept, steps), (gone, links)) if when and count]

    def _section(self, key: str, ends: str, words: str) -> list[str]:
        paths, others = self._account[key], self._account[ends]
        lines = [line for number, path in enumerate(paths, 1) for line in self._path(number, path)]
        if key == "it_depends_on" and self._account["comes_from"]:
            lines.append(f"  comes from: {'; '.join(self._account['comes_from'])}")
        if others:
            lines.append(f"  {words}: {'; '.join(others)}")
        if paths:
            across = sum(bool(path["across"]) for path in paths)
            lines.insert(0, f"  {len(paths)} path{'s' if len(paths) > 1 else ''}, {across} across a border")
        nothing = NOTHING if key == "depends_on_it" else "the graph tells of nothing"
        if self._account["left_out"]:
            nothing += " at that time"
        return lines or [f"  {nothing}"]

    def _path(self, number: int, path: dict[str, Any]) -> list[str]:
        steps = path["steps"]
        across = ", ".join(_ARROW.join(pair) for pair in path["across"])
        head = _ARROW.join(path["through"])
        lines = [f"  {number}. {head}{f'  [{across}]' if across else ''}{'  (goes round)' if path['circle'] else ''}"]
        lines += [f"     {self._step(step)}" for step in steps]
        weakest = path["weakest"]
        which = f", step {weakest['step']}" if weakest["alone"] else ", every step" if len(steps) > 1 else ""
        return [*lines, f"     weakest evidence: {_weight(weakest)}{which}"]

    def _losses(self, losses: list[dict[str, Any]]) -> list[str]:
        if not losses:
            return ["  nothing in the graph loses an input, an outlet or another thing that it rests on"]
        lines: list[str] = []
        last = 0
        for loss in losses:
            if loss["round"] > last:
                last = loss["round"]
                lines.append(
                    "  lost directly" if last == 1 else f"  then, at step {last} (it follows; no source says so)"
                )
            sole = loss["step"]["only_supplier"]
            because = f", after the loss of {loss['because']}" if loss["because"] else ""
            lines.append(f"    {loss['loser']}: {_LOST.get(loss['loses'], loss['loses'])} {loss['other_end']}{because}")
            lines.append(f"      {self._step({**loss['step'], 'only_supplier': loss['loses'] == 'input' and sole})}")
            lines.append(f"      evidence: {_weight(loss['weakest'])}")
            if loss["step"]["tie"] == TIES[SUPPLY]:
                lines.append(f"      alternative stated: {self._alternatives(loss['alternatives'])}")
        return lines

    def _alternatives(self, others: list[dict[str, Any]]) -> str:
        told = []
        for other in others:
            status = (f"{text}{self._references(other['attested'][text])}" for text in other["status"])
            facts = "; ".join(["/".join(other["goods"]), *other["shares"], *status])
            told.append(f"{other['name']} ({facts}){self._references(other['evidence'])}")
        return "; ".join(told) or "none"

    def _step(self, step: dict[str, Any]) -> str:
        """One line: the tie, the goods, what is known of them, the references."""
        goods = ", ".join(step["goods"])
        tie = step["tie"]
        words = goods if tie == TIES[SUPPLY] and goods else f"{tie}{': ' if goods else ''}{goods}"
        if tie == TIES[TRADE]:
            words = tie
        if tie in (IN, AROUND):
            inner, outer = (step["from"], step["to"]) if tie == IN else (step["to"], step["from"])
            words = f"{inner}, in {outer}"
        words += f"{DISPUTE_MARK if step['disputed'] else ''}{INFERRED_MARK if step['inferred'] else ''}"
        parts = [words, *(["the only supplier in the graph"] if step["only_supplier"] else []), *step["shares"],
                 *step["volumes"]]  # fmt: skip
        if tie not in (IN, AROUND):
            parts.append(", ".join(step["period"]) or UNDATED)
            parts += [f"as of {self._account['as_of']}: {step['doubt']}"] if step["doubt"] and step["period"] else []
        self._inferred = self._inferred or step["inferred"]
        # What is stated of the tie by itself has its own claims after it.
        beside = [*step["status"], *(f"limited by {limit}" for limit in step["limits"])]
        claims = [step["attested"][text] for text in (*step["status"], *step["limits"])]
        more = [f"; {text}{self._references(known)}" for text, known in zip(beside, claims, strict=True)]
        return f"{'; '.join(parts)}{self._references(step['evidence'])}{''.join(more)}"

    def _references(self, evidence: list[dict[str, str]]) -> str:
        numbers = []
        for told in evidence:
            text = note(self._grounds[told["claim"]], self._name)
            numbers.append(f"[{self._numbers.setdefault(text, len(self._numbers) + 1)}]")
        return f" {' '.join(dict.fromkeys(numbers))}" if numbers else " [no claim]"


def rows(account: dict[str, Any]) -> list[tuple[str, ...]]:
    """One row of `COLUMNS` for each step of each path, or for each loss, as texts."""
    found = []
    for direction, key in ((ON_IT, "depends_on_it"), (ON_OTHERS, "it_depends_on")):
        for number, path in enumerate(account.get(key, ()), 1):
            across = "; ".join(_ARROW.join(pair) for pair in path["across"])
            for place, step in enumerate(path["steps"], 1):
                weakest = str(path["weakest"]["step"])
                found.append((direction, str(number), str(place), *_cells(step), weakest, "", across))
    for number, loss in enumerate(account.get("if_it_stops", ()), 1):
        others = "; ".join(other["name"] for other in loss["alternatives"])
        what = f"{IF_STOPS}: {loss['loser']} loses its {loss['loses']}"
        found.append((what, str(number), str(loss["round"]), *_cells(loss["step"]), "1", others, ""))
    return found


def _cells(step: dict[str, Any]) -> tuple[str, ...]:
    evidence = [*step["evidence"], *(told for known in step["attested"].values() for told in known)]
    evidence = [told for place, told in enumerate(evidence) if told not in evidence[:place]]
    claims = [" | ".join(told[key] for told in evidence) for key in ("strength", "evidence", "source", "locator")]
    lists = ["; ".join(step[key]) for key in ("goods", "shares", "volumes", "status", "limits", "period")]
    flags = ["true" if step[key] else "false" for key in ("only_supplier", "inferred", "disputed")]
    return (step["from"], step["tie"], step["to"], *lists, *flags, *claims)


def _weight(told: dict[str, Any]) -> str:
    """How strong a claim is, in words."""
    return f"{told['strength']}; based on {told['evidence']}" if told["evidence"] else str(told["strength"])
