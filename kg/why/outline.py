"""A proof, or what is missing, as lines of text and for JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

import pyoxigraph as ox

from kg.answer.grounds import FIELDS, Ground, fields
from kg.names import label
from kg.reason import Clash, Pattern
from kg.why.ground import Grounds
from kg.why.lack import Lack, Missing, spoken
from kg.why.proof import Proof, is_axiom
from kg.why.words import rule_text, sentence

_STEP = "  "
Told: TypeAlias = ox.Triple | ox.NamedNode


def outline(grounds: Grounds, result: Proof | Lack) -> list[str]:
    """Lines for a person: a tree, what follows above what it follows from."""
    if isinstance(result, Lack):
        return list(_lack(grounds, result))
    return list(_tree(grounds, result, "", set()))


def _tree(grounds: Grounds, proof: Proof, indent: str, told: set[Told]) -> Iterator[str]:
    text = sentence(grounds.store, proof.triple)
    deeper = indent + _STEP
    if proof.rule is None:
        yield f"{indent}{text}: stated, {proof.where}"
        if proof.triple not in told:
            yield from _claims(grounds, proof, deeper, told)
    elif proof.triple in told:
        yield f"{indent}{text}: see above"
    else:
        yield f"{indent}{text}: inferred"
        places = ", ".join(dict.fromkeys(leaf.where or "" for axiom in proof.axioms for leaf in axiom.leaves()))
        rule = rule_text(grounds.store, proof.rule, (axiom.triple for axiom in proof.axioms))
        yield f"{deeper}by {rule} ({', '.join(part for part in (proof.rule, places) if part)})"
        told.add(proof.triple)
        for premise in proof.premises:
            yield from _tree(grounds, premise, deeper, told)
    told.add(proof.triple)


def _claims(grounds: Grounds, proof: Proof, indent: str, told: set[Told]) -> Iterator[str]:
    if not proof.claims and not is_axiom(proof.triple):
        yield f"{indent}no claim: it describes a thing and is no statement of a source"
    if proof.claims and {claim.claim for claim in proof.claims} <= told:
        yield f"{indent}claims as above"
        return
    for claim in proof.claims:
        told.add(claim.claim)
        yield f"{indent}{label(grounds.store, claim.claim)}"
        source = ", ".join(label(grounds.store, it) for it in claim.sources)
        for spot in claim.locators or [""]:
            yield f"{indent}{_STEP}{source}{', ' if spot else ''}{spot}"


def _lack(grounds: Grounds, found: Lack) -> Iterator[str]:
    yield f"{sentence(grounds.store, found.triple)}: neither stated nor inferred"
    if found.barrier is not None:
        yield f"{_STEP}It cannot follow, nor be stated: it would contradict what is stated."
        yield from _clash(grounds, found, found.barrier)
    elif not found.possible:
        yield f"{_STEP}It cannot follow: nothing of its kind is stated, and " + (
            "each rule that ends in it needs what would contradict what is stated."
            if found.ways
            else "no rule ends in it."
        )
    else:
        yield f"{_STEP}Nobody says so; it would contradict nothing that is stated."
    if found.instead:
        yield f"{_STEP}said instead:"
        yield from (f"{_STEP * 2}{sentence(grounds.store, triple)}" for triple in found.instead[:10])
        if len(found.instead) > 10:
            yield f"{_STEP * 2}and {len(found.instead) - 10} more"
    for missing in found.ways:
        yield from _way(grounds, missing, found.barrier is None)
    if not found.ways and found.barrier is None:
        yield f"{_STEP}No rule ends in it: it holds only if it is stated."
    elif found.more:
        yield f"{_STEP}and {found.more} more ways"


def _way(grounds: Grounds, missing: Missing, open_: bool) -> Iterator[str]:
    way = missing.way
    yield f"{_STEP}It would follow by {rule_text(grounds.store, way.rule, way.axioms)} ({way.rule})"
    for triple in way.there:
        yield f"{_STEP * 2}there: {sentence(grounds.store, triple)}"
    for pattern, statable in zip(way.missing, missing.statable, strict=True):
        why = "nobody says so" if statable else "does not follow"
        yield f"{_STEP * 2}missing: {sentence(grounds.store, pattern)} ({why})"
    if way.alike:
        yield f"{_STEP * 2}the same is missing with {way.alike} other thing{'' if way.alike == 1 else 's'} in between"
    if missing.barrier is not None and open_:
        yield f"{_STEP * 2}but this cannot be: {spoken(missing.barrier)}"


def _clash(grounds: Grounds, found: Lack, clash: Clash) -> Iterator[str]:
    yield f"{_STEP * 2}{spoken(clash)} ({clash.rule})"
    for triple in clash.premises:
        if triple == found.triple:
            continue
        place = f": stated, {grounds.where(triple)}" if triple in grounds.homes else ""
        if not is_axiom(triple) and not isinstance(triple.subject, ox.BlankNode):
            yield f"{_STEP * 2}{sentence(grounds.store, triple)}{place}"


def as_dict(grounds: Grounds, result: Proof | Lack) -> dict[str, Any]:
    """The same for JSON; terms are written as in N-Triples, axioms in words."""
    if isinstance(result, Lack):
        return _lack_dict(grounds, result)
    return {"status": "stated" if result.rule is None else "inferred", **_proof_dict(grounds, result)}


def _proof_dict(grounds: Grounds, proof: Proof) -> dict[str, Any]:
    found = _statement(grounds, proof.triple)
    if proof.rule is None:
        return {**found, "where": proof.where, "claims": [_claim(grounds, claim) for claim in proof.claims]}
    return {
        **found,
        "rule": proof.rule,
        "axiom": rule_text(grounds.store, proof.rule, (axiom.triple for axiom in proof.axioms)),
        "axiom_where": list(dict.fromkeys(leaf.where for axiom in proof.axioms for leaf in axiom.leaves())),
        "premises": [_proof_dict(grounds, premise) for premise in proof.premises],
    }


def _claim(grounds: Grounds, claim: Ground) -> dict[str, str]:
    found = dict(zip(FIELDS, fields(claim, lambda term: label(grounds.store, term)), strict=True))
    return {**found, "gloss": label(grounds.store, claim.claim)}


def _statement(grounds: Grounds, statement: ox.Triple | Pattern) -> dict[str, Any]:
    return {"text": sentence(grounds.store, statement), "triple": [str(term) for term in statement]}


def _lack_dict(grounds: Grounds, found: Lack) -> dict[str, Any]:
    return {
        "status": "nobody says so" if found.possible else "cannot follow",
        **_statement(grounds, found.triple),
        "contradiction": None if found.barrier is None else spoken(found.barrier),
        "instead": [_statement(grounds, triple) for triple in found.instead],
        "ways": [_way_dict(grounds, missing) for missing in found.ways],
        "more_ways": found.more,
    }


def _way_dict(grounds: Grounds, missing: Missing) -> dict[str, Any]:
    way = missing.way
    return {
        "rule": way.rule,
        "axiom": rule_text(grounds.store, way.rule, way.axioms),
        "there": [_statement(grounds, triple) for triple in way.there],
        "missing": [
            {**_statement(grounds, pattern), "why": "nobody says so" if statable else "does not follow"}
            for pattern, statable in zip(way.missing, missing.statable, strict=True)
        ],
        "alike": way.alike,
        "contradiction": None if missing.barrier is None else spoken(missing.barrier),
    }
