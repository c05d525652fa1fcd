"""Proofs rest on what is stated, and go with it; what is missing is told, and whether it may be true."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest

from conftest import kg, project_at
from kg.errors import UsageError
from kg.files import Project
from kg.namespaces import RDF, expand, shorten
from kg.reason import close, publishable
from kg.why import Grounds, Lack, Proof, as_dict, lack, outline, prove, read_grounds
from kg.why.proof import is_axiom

# The rules that occur in the closure of the real graph. A new one needs a sentence in `kg.why.words`.
RULES = {
    "cax-sco", "prp-dom", "prp-inv2", "prp-rng", "prp-spo1", "prp-spo2", "prp-trp", "scm-dom1", "scm-dom2",
    "scm-rng1", "scm-rng2", "scm-sco", "scm-spo",
}  # fmt: skip
# Those whose triples are published; the others widen axioms.
PUBLISHED = {rule for rule in RULES if not rule.startswith("scm-")}
SAMPLES = 6
# So many triples of each rule and property are looked at for one with a single proof.
TRIED = 24


@pytest.fixture(scope="module")
def real(real_project: Project) -> Grounds:
    """The real files, closed."""
    return read_grounds(real_project)


@pytest.fixture(scope="module")
def ruled(real: Grounds) -> dict[str, list[ox.Triple]]:
    """The inferred triples of the real files, by rule."""
    return by_rule(real)


@pytest.fixture(scope="module")
def little(small: Path) -> Grounds:
    """The small project's files, closed."""
    return read_grounds(project_at(small))


def by_rule(grounds: Grounds) -> dict[str, list[ox.Triple]]:
    """The inferred triples, by the rule that the closure found first."""
    found = defaultdict(list)
    for triple in grounds.closure.inferred:
        step = grounds.closure.derivation(triple)
        assert step is not None
        found[step.rule].append(triple)
    return found


def statement(text: str) -> ox.Triple:
    """A triple of three prefixed names."""
    subject, predicate, value = (ox.NamedNode(expand(name) or name) for name in text.split())
    return ox.Triple(subject, predicate, value)


def steps(proof: Proof) -> Iterable[Proof]:
    """A proof and all proofs in it."""
    yield proof
    for part in (*proof.axioms, *proof.premises):
        yield from steps(part)


def follows(triples: Iterable[ox.Triple], triple: ox.Triple) -> bool:
    """Whether a triple follows from others by a new closure."""
    return triple in close(triples).inferred


def listed(grounds: Grounds) -> list[ox.Triple]:
    """The statements of lists and restrictions, which are how axioms are written."""
    return [triple for triple in grounds.homes if isinstance(triple.subject, ox.BlankNode)]


def sample(triples: list[ox.Triple], size: int = SAMPLES) -> list[ox.Triple]:
    """Some of the triples, spread over all of them and the same in each run."""
    ordered = sorted(triples, key=str)
    return ordered[:: max(1, len(ordered) // size)][:size]


def sound(grounds: Grounds, proof: Proof, above: frozenset[ox.Triple] = frozenset()) -> None:
    """A proof has no circle, its leaves are asserted at the place it names, and each step follows from its premises."""
    assert proof.triple not in above
    parts = (*proof.axioms, *proof.premises)
    if proof.rule is None:
        assert proof.triple in grounds.homes
        assert parts == ()
        path, _, line = str(proof.where).partition(":")
        assert path == grounds.homes[proof.triple]
        text = grounds.dataset.documents[path].text.split("\n")
        assert isinstance(proof.triple.subject, ox.BlankNode) or 1 <= int(line) <= len(text)
    else:
        assert proof.triple not in grounds.homes
        assert parts
    for part in parts:
        sound(grounds, part, above | {proof.triple})


def test_rules_are_those_in_use(ruled: dict[str, list[ox.Triple]]) -> None:
    """Every kind of inference of the real closure is proved below."""
    assert set(ruled) == RULES


@pytest.mark.parametrize("rule", sorted(RULES))
def test_proofs_of_every_rule_rest_on_what_is_stated(
    real: Grounds, ruled: dict[str, list[ox.Triple]], rule: str
) -> None:
    """Of each rule some triples are proved: the leaves are asserted, and from them alone the triple follows."""
    for triple in sample(ruled[rule]):
        proof = prove(real, triple)
        assert proof is not None
        assert proof.rule is not None
        sound(real, proof)
        leaves = {leaf.triple for leaf in proof.leaves()}
        assert follows([*leaves, *listed(real)], triple), shorten(str(triple.subject))


@pytest.mark.parametrize("rule", sorted(PUBLISHED))
def test_derivation_needs_each_of_its_premises(real: Grounds, ruled: dict[str, list[ox.Triple]], rule: str) -> None:
    """Beside the ontology alone, a triple follows from the stated premises of its derivation and not from fewer."""
    terms = [triple for triple, path in real.homes.items() if path.startswith("ontology/") and is_axiom(triple)]
    terms += listed(real)
    looked_at = 0
    for triple in sample(ruled[rule], 3):
        step = real.closure.derivation(triple)
        assert step is not None
        proofs = [prove(real, premise) for premise in step.premises if not is_axiom(premise)]
        leaves = {leaf.triple for proof in proofs if proof for leaf in proof.leaves() if not is_axiom(leaf.triple)}
        assert follows([*terms, *leaves], triple)
        assert [leaf for leaf in leaves if follows([*terms, *(leaves - {leaf})], triple)] == []
        looked_at += 1
    assert looked_at == 3


@pytest.mark.parametrize("rule", sorted(PUBLISHED - {"prp-rng"}))
def test_without_one_premise_the_conclusion_is_gone(
    real: Grounds, ruled: dict[str, list[ox.Triple]], rule: str
) -> None:
    """Where there is no other proof, each premise in the data is needed: without it a new closure lacks the triple.

    For a range there always is one: all things of the graph have a class that is stated.
    """
    alone = 0
    proofs = [prove(real, triple) for triple in sorted(ruled[rule], key=str) if publishable(triple)]
    fitting = [proof for proof in proofs if proof is not None and proof.rule == rule]
    for proof in fitting[:: max(1, len(fitting) // 100)]:
        triple = proof.triple
        leaves = {leaf.triple for leaf in proof.leaves() if not is_axiom(leaf.triple)}
        if follows((it for it in real.homes if it not in leaves), triple):
            continue
        gone = [not follows((it for it in real.homes if it != leaf), triple) for leaf in sorted(leaves, key=str)]
        alone += bool(gone) and all(gone)
        if alone == 2:
            return
    pytest.fail(f"of the triples by {rule} that were looked at {alone} have no other proof")


def by_pair(grounds: Grounds) -> dict[tuple[str, str], list[ox.Triple]]:
    """The published triples that a rule infers, by the rule and their property; classes mostly have several reasons."""
    found = defaultdict(list)
    for triple in grounds.closure.inferred:
        step = grounds.closure.derivation(triple)
        if step is not None and publishable(triple) and triple.predicate.value != RDF + "type":
            found[step.rule, shorten(triple.predicate.value)].append(triple)
    return found


def proved_once(grounds: Grounds, pairs: dict[tuple[str, str], list[ox.Triple]]) -> list[Proof]:
    """For as many pairs as can be a triple with no other proof, and no two that rest on the same statement.

    The stated premises of one candidate for each are taken away together; what then still follows has another proof.
    """
    chosen: dict[tuple[str, str], Proof] = {}
    waiting = {pair: sample(triples, TRIED) for pair, triples in pairs.items()}
    while any(waiting.values()):
        tried: dict[tuple[str, str], Proof] = {}
        used = {leaf for proof in chosen.values() for leaf in stated(proof)}
        for pair, triples in waiting.items():
            while triples and pair not in tried:
                proof = prove(grounds, triples.pop(0))
                if proof is not None and proof.rule == pair[0] and used.isdisjoint(stated(proof)):
                    tried[pair] = proof
                    used |= stated(proof)
        left = remaining(grounds, {leaf for proof in tried.values() for leaf in stated(proof)})
        chosen |= {pair: proof for pair, proof in tried.items() if proof.triple not in left}
        waiting = {pair: triples for pair, triples in waiting.items() if pair not in chosen}
    for pair in chosen:
        del pairs[pair]
    return list(chosen.values())


def remaining(grounds: Grounds, gone: set[ox.Triple]) -> set[ox.Triple]:
    """What follows from the files without some statements."""
    return set(close(triple for triple in grounds.homes if triple not in gone).inferred)


def stated(proof: Proof) -> set[ox.Triple]:
    """What a proof rests on in the data."""
    return {leaf.triple for leaf in proof.leaves() if not is_axiom(leaf.triple)}


def test_every_rule_with_every_property_needs_its_premises(real: Grounds) -> None:
    """Of each kind of inference in use one conclusion is gone from the real graph when any one premise is."""
    pairs = by_pair(real)
    assert len(pairs) > 50
    # What rests on the same statements as another is looked at in a later batch.
    while batch := proved_once(real, pairs):
        for number in range(max(len(stated(proof)) for proof in batch)):
            left = remaining(real, {sorted(stated(proof), key=str)[number % len(stated(proof))] for proof in batch})
            assert [proof.triple for proof in batch if proof.triple in left] == []
    assert pairs == {}


def test_every_rule_with_every_property_rests_on_sources(real: Grounds) -> None:
    """Of each kind of inference the premises are asserted, and claims with a source and a spot state them.

    Corrections and disagreements are what the curators say themselves; what class a thing has no claim tells by itself.
    """
    for triples in by_pair(real).values():
        for triple in sample(triples):
            proof = prove(real, triple)
            assert proof is not None
            sound(real, proof)
            for leaf in (leaf for leaf in proof.leaves() if not is_axiom(leaf.triple)):
                curated = real.homes[leaf.triple].startswith("data/curation/")
                assert leaf.claims or curated or leaf.triple.predicate.value == RDF + "type", leaf.triple
                assert all(claim.sources and claim.locators for claim in leaf.claims)


def test_every_situation_in_a_proof_has_its_claims(real: Grounds, ruled: dict[str, list[ox.Triple]]) -> None:
    """A premise about a situation names who says so, and where."""
    situations = {triple.subject for triple in real.homes if triple.predicate.value.endswith("#located")}
    bare = 0
    for triple in sample(ruled["prp-trp"]):
        proof = prove(real, triple)
        assert proof is not None
        for leaf in proof.leaves():
            if leaf.triple.subject in situations:
                bare += not leaf.claims
                assert all(claim.sources and claim.locators for claim in leaf.claims)
    assert bare == 0


def test_class_is_proved_by_the_class_that_is_stated(real: Grounds) -> None:
    """Of the many reasons why a region is a place, the proof gives the plainest."""
    proof = prove(real, statement(f"region:omsk {RDF}type bl:Place"))
    assert proof is not None
    assert proof.rule == "cax-sco"
    assert [shorten(str(leaf.triple.object.value)) for leaf in proof.leaves()] == ["bl:Place", "bl:Region"]  # type: ignore[union-attr]


def test_small_proof_as_text(little: Grounds) -> None:
    """A proof is a tree, each stated premise with file and line, and with its claim and the spot of that."""
    proof = prove(little, statement("facility:ford-mill bl:locatedIn region:south-shore"))
    assert proof is not None
    assert outline(little, proof) == [
        "“Ford Mill” located in “South Shore Region”: inferred",
        "  by chain: bl:hasLocation, then bl:locatedAt imply bl:locatedIn (prp-spo2, ontology/terms.ttl:301)",
        "  “Ford Mill” has location location:ford-mill-in-south-shore: inferred",
        "    by inverse: bl:hasLocation is bl:located read backwards (prp-inv2, ontology/terms.ttl:251)",
        "    location:ford-mill-in-south-shore located “Ford Mill”: stated, data/chains/ore.ttl:33",
        "      The report says where the shores, the mine and the mill are.",
        "        report of 2020, sec. 1, “Norland”",
        "  location:ford-mill-in-south-shore located at “South Shore Region”: stated, data/chains/ore.ttl:34",
        "    claims as above",
    ]


@pytest.mark.parametrize("rule", ["cax-sco", "prp-dom", "prp-inv2", "prp-rng", "prp-spo1", "prp-spo2", "prp-trp"])
def test_small_graph_proves_every_triple(little: Grounds, rule: str) -> None:
    """In the small graph all triples of a rule are proved, and go with the leaves of their proof."""
    for triple in by_rule(little)[rule]:
        proof = prove(little, triple)
        assert proof is not None
        sound(little, proof)
        leaves = {leaf.triple for leaf in proof.leaves()}
        assert not follows((it for it in little.homes if it not in leaves), triple) or _has_another(little, triple)


def _has_another(grounds: Grounds, triple: ox.Triple) -> bool:
    """Whether a class follows for a second reason, as it does for most things."""
    return triple.predicate.value == RDF + "type" or is_axiom(triple)


def test_stated_triple_has_its_claim(little: Grounds) -> None:
    """What is stated is its own proof."""
    proof = prove(little, statement("flow:ore bl:flowFrom facility:shore-mine"))
    assert proof is not None
    assert as_dict(little, proof)["status"] == "stated"
    assert (proof.where, [shorten(it.claim.value) for it in proof.claims]) == (
        "data/chains/ore.ttl:27", ["claim:report-ore"],
    )  # fmt: skip


def missing(grounds: Grounds, text: str) -> Lack:
    """What is missing for a triple that does not hold."""
    triple = statement(text)
    assert prove(grounds, triple) is None
    return lack(grounds, triple)


def test_nobody_says_so(little: Grounds) -> None:
    """The nearest way names what is there and what is not."""
    found = missing(little, "facility:ford-mill bl:locatedIn state:norland")
    assert found.possible
    way = found.ways[0].way
    assert way.rule == "prp-spo2"
    assert [str(it) for it in way.there] == [
        str(statement("location:north-shore-in-norland bl:locatedAt state:norland"))
    ]
    assert way.missing == (tuple(statement("location:north-shore-in-norland bl:located facility:ford-mill")),)
    assert found.ways[0].statable == (True,)
    assert [shorten(str(it.object.value)) for it in found.instead] == ["region:south-shore", "state:sudland"]  # type: ignore[union-attr]


def test_saying_what_is_missing_makes_it_follow(real: Grounds) -> None:
    """Each way that is told is one: with its missing premises the triple follows."""
    for text in (
        "region:omsk bl:locatedIn state:kazakhstan",
        "facility:karachaganak-field bl:suppliesTo state:kazakhstan",
        "region:omsk bl:subjectOfClaim claim:report-ore",
    ):
        found = missing(real, text)
        assert found.ways
        for way in (it.way for it in found.ways):
            new = [
                ox.Triple(*(ox.NamedNode(f"urn:x:{end[1:]}") if isinstance(end, str) else end for end in pattern))  # type: ignore[arg-type]
                for pattern in way.missing
            ]
            assert follows([*real.homes, *new], found.triple)
            assert all(triple in real.homes or triple in real.closure.inferred for triple in way.there)


def test_what_contradicts_cannot_follow(real: Grounds) -> None:
    """A region is no facility, and no field is an organization's partner: the disjoint classes are named."""
    facility = missing(real, f"region:omsk {RDF}type bl:Facility")
    assert not facility.possible
    assert facility.barrier is not None
    assert facility.barrier.rule == "cax-adc"
    assert as_dict(real, facility)["status"] == "cannot follow"
    partner = missing(real, "facility:karachaganak-field bl:hasPartner state:kazakhstan")
    assert not partner.possible
    assert "disjoint" in "\n".join(outline(real, partner))


def test_nothing_ends_in_it(little: Grounds) -> None:
    """A property that no rule concludes has to be stated."""
    found = missing(little, "section:shores bl:sideA region:south-shore")
    assert (found.possible, found.ways) == (True, ())
    assert outline(little, found)[-1] == "  No rule ends in it: it holds only if it is stated."


def test_names_and_labels(real: Grounds) -> None:
    """Names in any language, properties by label or name, classes, and values."""
    located = statement("region:omsk bl:locatedIn state:russia")
    assert real.triple("Омская область", "located in", "Russia") == located
    assert real.triple("region:omsk", "locatedIn", "state:russia") == located
    assert real.triple("region:omsk", "bl:locatedIn", "state:russia") == located
    assert real.triple("Omsk Region", "a", "place") == statement(f"region:omsk {RDF}type bl:Place")
    code = real.triple("region:omsk", "ISO code", "RU-OMS")
    assert prove(real, code) is not None
    for wrong in ("locatedInn", "http://[bad", "bl:a b", "", "<>", "?p"):
        with pytest.raises(UsageError, match="No property is called"):
            real.triple("region:omsk", wrong, "state:russia")
    with pytest.raises(UsageError, match="No class"):
        real.triple("region:omsk", "a", "nonsense")


def test_value_of_the_wrong_kind_cannot_follow(real: Grounds) -> None:
    """A year is no word."""
    triple = real.triple("source:stepanov-2020", "publication year", "soon")
    assert lack(real, triple).possible is False


def test_command(small: Path) -> None:
    """Text and JSON on standard output, a wrong name with advice; no build is needed."""
    done = kg(small, "why", "Shore Mine", "located in", "Norland", "--format", "json")
    assert done.code == 0, done.err
    told = json.loads(done.out)
    assert (told["status"], told["rule"]) == ("inferred", "prp-trp")
    done = kg(small, "why", "Shore Mine", "located in", "Sudland")
    assert (done.code, "Nobody says so" in done.out) == (0, True)
    done = kg(small, "why", "Shore Myne", "located in", "Norland")
    assert (done.code, "Did you mean" in done.err) == (2, True)
