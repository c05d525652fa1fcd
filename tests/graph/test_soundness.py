"""Questions about the real graph to which the answer is no, and canned ones that have no row, for the right reason.

Each names a mistake, an axiom or a fact that is easily taken for true. With it the answer is yes, so that no question
is answered with no for nothing. `ontology/questions/sound/` asks the like of small graphs.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox
import pytest

from kg import reason
from kg.answer.asked import Question
from kg.answer.emptiness import meaning
from kg.files import Build
from kg.namespaces import CHECKS, INFERRED, PREFIXES, QUERIES, VERSIONS
from kg.query import bind
from kg.store import ask_store, open_store
from kg.turtle import parse

HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
ADDED = (CHECKS, INFERRED, QUERIES, VERSIONS)

# In words, in SPARQL, and the mistake that would make it true.
FALSE = {
    "a plant is not the heir of the one whose site it uses": (
        "VALUES ?heir { facility:ksp-steel-pipe-mill enterprise:ksp-steel } ?heir ?tie facility:pavlodar-tractor-plant "
        "FILTER (?tie != bl:occupiesSiteOf)",
        "bl:occupiesSiteOf rdfs:subPropertyOf bl:heirOf .",
    ),
    "a region is not across the border from itself": (
        "?region bl:adjacentAcrossBorder ?region",
        "bl:adjacentAcrossBorder a owl:TransitiveProperty .",
    ),
    "Tyumen Region touches Kazakhstan and is no region of it": (
        "region:tyumen bl:locatedIn state:kazakhstan",
        "bl:adjacentAcrossBorder rdfs:subPropertyOf bl:locatedIn .",
    ),
    "a licensor does not lie where its licensee builds": (
        "enterprise:kamaz bl:locatedIn state:kazakhstan",
        "bl:licenses owl:inverseOf bl:licensedBy . bl:locatedIn owl:propertyChainAxiom ( bl:licenses bl:locatedIn ) .",
    ),
    "a licensor does not make what its licensee makes": (
        "enterprise:nefaz bl:makes ?product . enterprise:kamaz-engineering bl:makes ?product",
        "bl:licenses owl:inverseOf bl:licensedBy . bl:makes owl:propertyChainAxiom ( bl:licenses bl:makes ) .",
    ),
    "who signs the treaty of a union is not by that its member": (
        "?state bl:memberOf organization:eurasian-economic-community",
        "bl:signed owl:inverseOf bl:signatory . bl:memberOf owl:propertyChainAxiom ( bl:signed bl:establishes ) .",
    ),
    "a land once incorporated does not lie there today": (
        "state:kazakhstan bl:locatedIn state:russia",
        "bl:absorbedIn owl:inverseOf bl:absorbed . bl:locatedIn owl:propertyChainAxiom ( bl:absorbedIn bl:enlarged ) .",
    ),
    "a core of an agglomeration does not lie in each state that this links": (
        "settlement:omsk bl:locatedIn state:kazakhstan",
        "bl:core owl:inverseOf bl:hasCore . bl:locatedIn owl:propertyChainAxiom ( bl:core bl:agglomerationLinks ) .",
    ),
    "no stage is upstream of itself": ("?stage bl:upstreamOf ?stage", "bl:upstreamOf a owl:SymmetricProperty ."),
    "a cited work does not cite back": (
        "source:karpenko-2019 bl:cites ?work",
        "bl:cites a owl:SymmetricProperty .",
    ),
    "a claim is not stated in the work to which its source credits it": (
        "?claim bl:statedIn source:karpenko-2019",
        "bl:attributedTo rdfs:subPropertyOf bl:statedIn .",
    ),
    "a state does not restrict the trade of the one that restricts its own": (
        "?one bl:restrictsTradeOf ?other . ?other bl:restrictsTradeOf ?one",
        "bl:restrictsTradeOf a owl:SymmetricProperty .",
    ),
    "the flow that pays for another is not paid for by it": (
        "?flow bl:compensatedBy ?other . ?other bl:compensatedBy ?flow",
        "bl:compensatedBy a owl:SymmetricProperty .",
    ),
    "a polity of the past is no state of today": (
        "?polity a bl:HistoricalPolity , bl:State",
        "bl:HistoricalPolity rdfs:subClassOf bl:State .",
    ),
    "the sides of a disagreement are not one claim": (
        "?disagreement bl:hasSide ?one , ?other . ?one owl:sameAs ?other FILTER (?one != ?other)",
        "bl:hasSide a owl:FunctionalProperty .",
    ),
    "two unions of like name are not one body": (
        "organization:customs-union-1995 owl:sameAs organization:customs-union-2010",
        "bl:IntegrationAssociation owl:hasKey ( skos:altLabel ) .",
    ),
    "a hypothesis is not taken for what figures show": (
        "?claim bl:claimRole role:hypothesis ; a bl:EmpiricalClaim",
        "bl:InterpretiveClaim rdfs:subClassOf bl:EmpiricalClaim .",
    ),
}

# A canned query with its arguments and a time, why it is empty, and the mistake with which it is not.
EMPTY = {
    "a member of an earlier union is not one of a later": (
        ("memberships", {"body": "organization:eurasian-economic-union", "member": "state:kyrgyzstan"}, None),
        "Not stated by any source",
        "membership:kyrgyzstan-customs-union-1995 bl:memberOfBody organization:eurasian-economic-union .",
    ),
    "a member of a union is none of another of like name": (
        ("memberships", {"body": "organization:customs-union-2010"}, None),
        "Not stated by any source",
        "organization:customs-union-2010 owl:sameAs organization:customs-union-1995 .",
    ),
    "who joined in 1996 was no member in 1995": (
        ("memberships", {"body": "organization:customs-union-1995", "member": "state:kyrgyzstan"}, "1995"),
        "Stated only for another time",
        "membership:early a bl:Membership ; bl:memberOfBody organization:customs-union-1995 ; "
        "bl:memberParty state:kyrgyzstan .",
    ),
    "a state that is banned against has banned nothing by that": (
        ("trade-restrictions", {"by": "state:belarus"}, None),
        "Not stated by any source",
        "bl:imposedAgainst rdfs:subPropertyOf bl:adoptedBy .",
    ),
    "a later union is no party to the treaty of an earlier one": (
        ("agreements-and-signatories", {"signatory": "organization:eurasian-economic-union"}, None),
        "Not stated by any source",
        "measure:eurasian-economic-community-treaty bl:signatory organization:eurasian-economic-union .",
    ),
    "what flows to a state does not flow back": (
        ("flows-between-states", {"origin": "state:belarus", "destination": "state:kazakhstan"}, None),
        "Not stated by any source",
        "bl:flowTo rdfs:subPropertyOf bl:flowFrom . bl:flowFrom rdfs:subPropertyOf bl:flowTo . "
        "flow:milk a bl:CommodityFlow ; bl:flowFrom state:belarus ; bl:flowTo state:kazakhstan ; "
        "bl:flowCommodity commodity:milk .",
    ),
    "every treaty has a date": (
        ("undated-facts", {"of": "bl:Treaty"}, None),
        "Known to be none",
        "measure:bare a bl:Treaty .",
    ),
}


@pytest.fixture(scope="module")
def store(real_build: Build) -> ox.Store:
    """The real graph."""
    return open_store(real_build.store)


@pytest.fixture(scope="module")
def asserted(store: ox.Store) -> list[ox.Triple]:
    """What the real files state."""
    return [quad.triple for quad in store if quad.graph_name not in map(ox.NamedNode, ADDED)]


@pytest.fixture(scope="module")
def whole(asserted: list[ox.Triple]) -> ox.Store:
    """The real graph with all that follows."""
    return closed(asserted)


def planted(mistake: str) -> tuple[ox.Triple, ...]:
    """The triples of a mistake."""
    return parse(HEAD + mistake, "mistake.ttl").triples


def closed(triples: Iterable[ox.Triple]) -> ox.Store:
    """Triples with all that follows from them, what is never published too."""
    triples = list(triples)
    store = ox.Store()
    everything = (*triples, *reason.close(triples).inferred)
    store.bulk_extend(ox.Quad(it.subject, it.predicate, it.object) for it in everything)
    return store


def ask(store: ox.Store, pattern: str) -> bool:
    """The answer to a question in SPARQL."""
    return ask_store(store, f"ASK {{ {pattern} }}", prefixes=PREFIXES).truth()


@pytest.mark.parametrize("words", FALSE)
def test_what_does_not_follow(words: str, store: ox.Store, whole: ox.Store, asserted: list[ox.Triple]) -> None:
    """The answer is no, over the published graph and over all that follows; with the mistake it is yes."""
    pattern, mistake = FALSE[words]
    assert not ask(store, pattern)
    assert not ask(whole, pattern)
    assert ask(closed([*asserted, *planted(mistake)]), pattern)


@pytest.mark.parametrize("words", EMPTY)
def test_what_no_source_says(words: str, store: ox.Store, asserted: list[ox.Triple], real_build: Build) -> None:
    """A canned query has no row and says why; with the mistake it has one."""
    (name, arguments, at), why, mistake = EMPTY[words]
    catalogue: dict[str, dict[str, Any]] = real_build.catalogue()
    text = bind(store, catalogue, name, arguments)
    question = Question(catalogue, name, arguments, text, {})
    full = question.complete(store, ask_store(store, text), at=at)
    assert full.rows == []
    assert meaning(store, catalogue, name, arguments, full.left_out, at or "", ("en",)).startswith(why)
    wrong = closed([*asserted, *planted(mistake)])
    assert question.complete(wrong, ask_store(wrong, text), at=at).rows != []
