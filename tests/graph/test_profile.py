"""The ontology before two outside judges: OWLAPI for the profiles, HermiT for what holds together.

Each judge is also shown a planted mistake of each kind, so that it is known to be awake.
"""

from __future__ import annotations

import json
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg.dataset import read_dataset
from kg.files import find_project
from kg.namespaces import ONTOLOGY, OWL, PREFIXES, RDF
from parts import ROOT, need

pytestmark = pytest.mark.parts

ONTOLOGY_ALONE = ("ontology/",)
WITH_DATA = ("ontology/", "data/")

E = "https://e.example/"
HEAD = f"@prefix : <{E}> .\n" + "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())

# By mistake: what is added to the ontology, and where OWLAPI must complain.
OUTSIDE_PROFILES = {
    "class that nothing declares": ("bl:Event rdfs:subClassOf :Nowhere .", {"DL", "RL"}),
    "property that nothing declares": ("region:omsk :near region:kostanay .", {"DL", "RL"}),
    "text where a thing belongs": ("region:omsk bl:participant 'Siberia' .", {"DL", "RL"}),
    "property for things and for texts": ("bl:participant a owl:DatatypeProperty .", {"DL", "RL"}),
    "date as a range": ("bl:startDate rdfs:range xsd:date .", {"DL", "RL"}),
    "restriction without a property": (
        "bl:Event rdfs:subClassOf [ a owl:Restriction ; owl:someValuesFrom bl:Place ] .",
        {"DL", "RL"},
    ),
    "transitive and irreflexive property": (
        ":p a owl:ObjectProperty, owl:TransitiveProperty, owl:IrreflexiveProperty .",
        {"DL", "RL"},
    ),
    "chain that needs itself": (
        ":p a owl:ObjectProperty ; owl:propertyChainAxiom (bl:participant :p bl:participant) .",
        {"DL", "RL"},
    ),
    "something must exist": (
        "bl:Event rdfs:subClassOf"
        " [ a owl:Restriction ; owl:onProperty bl:participant ; owl:someValuesFrom bl:Place ] .",
        {"RL"},
    ),
    "at most two": (
        "bl:Event rdfs:subClassOf"
        " [ a owl:Restriction ; owl:onProperty bl:participant ; owl:maxCardinality '2'^^xsd:nonNegativeInteger ] .",
        {"RL"},
    ),
    "one of several classes": ("bl:Place rdfs:subClassOf [ a owl:Class ; owl:unionOf (bl:State bl:Region) ] .", {"RL"}),
    "reflexive property": (":p a owl:ObjectProperty, owl:ReflexiveProperty .", {"RL"}),
    "disjointness of no classes": ("[] a owl:AllDisjointClasses .", {"unread"}),
}

# By mistake: what is added to the ontology, and what can then have no instance.
UNSATISFIABLE = {
    "class below disjoint classes": (":X a owl:Class ; rdfs:subClassOf bl:Claim, bl:Situation .", f"<{E}X>"),
    "property with disjoint domains": (":p a owl:ObjectProperty ; rdfs:domain bl:Claim, bl:Situation .", f"<{E}p>"),
}

# By mistake: what is added to ontology and data, so that they contradict themselves.
INCONSISTENT = {
    "thing of disjoint classes": "region:omsk a bl:Claim .",
    "thing in a role that its class excludes": "region:omsk bl:holdsDuring span:2005 .",
    "two values of a functional property": "span:2005 bl:startYear 2006 .",
}


@cache
def merged(folders: tuple[str, ...]) -> str:
    """The Turtle files below the folders, shapes aside, as one ontology in N-Triples.

    As if imported: no `owl:imports` is left to follow, and of the headers only that of the whole.
    """
    documents = read_dataset(find_project(str(ROOT))).documents
    triples = [triple for path in documents if path.startswith(folders) for triple in documents[path].triples]
    headers = {
        t.subject for t in triples if t.predicate.value == RDF + "type" and t.object == ox.NamedNode(OWL + "Ontology")
    }
    assert ox.NamedNode(ONTOLOGY) in headers
    headers.remove(ox.NamedNode(ONTOLOGY))
    return "".join(
        f"{triple} .\n"
        for triple in triples
        if triple.predicate.value != OWL + "imports" and triple.subject not in headers
    )


def judged(question: str, text: str, folder: Path) -> dict[str, Any]:
    """The verdict of `tests/owl/judge.py` on a Turtle text; `folder` takes it as a file."""
    need("java", "run OWLAPI and HermiT")
    python = need(".parts/owl/bin/python", "run OWLAPI and HermiT")
    path = folder / "ontology.ttl"
    path.write_text(text, encoding="utf-8")
    answer = subprocess.run(
        [python, ROOT / "tests/owl/judge.py", question, path], capture_output=True, text=True, timeout=180, check=False
    )
    assert answer.returncode == 0, answer.stderr
    verdict: dict[str, Any] = json.loads(answer.stdout)
    return verdict


def test_ontology_is_in_both_profiles(tmp_path: Path) -> None:
    """All modules and vocabularies together are OWL 2 DL and OWL 2 RL, down to the last triple."""
    assert judged("profiles", merged(ONTOLOGY_ALONE), tmp_path) == {"unread": [], "DL": [], "RL": []}


def test_data_bring_only_dates_from_outside_dl(tmp_path: Path) -> None:
    """The data use declared terms, each as what it is declared to be; xsd:date alone is not OWL 2 DL's.

    RL is not asked of them: its checker in OWLAPI refuses every text with a language.
    """
    verdict = judged("profiles", merged(WITH_DATA), tmp_path)
    assert verdict["unread"] == []
    assert [violation for violation in verdict["DL"] if "^^xsd:date" not in violation] == []


@pytest.mark.parametrize("mistake", OUTSIDE_PROFILES)
def test_planted_violation_is_seen(mistake: str, tmp_path: Path) -> None:
    """A term or axiom outside the profiles is named, by the profile that it leaves."""
    planted, expected = OUTSIDE_PROFILES[mistake]
    verdict = judged("profiles", merged(ONTOLOGY_ALONE) + HEAD + planted, tmp_path)
    assert {where for where, violations in verdict.items() if violations} == expected


@pytest.mark.parametrize("folders", [ONTOLOGY_ALONE, WITH_DATA], ids=["ontology", "with data"])
def test_consistent_and_satisfiable(folders: tuple[str, ...], tmp_path: Path) -> None:
    """Nothing contradicts itself, and every class and property can have an instance."""
    assert judged("reason", merged(folders), tmp_path) == {"consistent": True, "unsatisfiable": []}


@pytest.mark.parametrize("mistake", UNSATISFIABLE)
def test_planted_unsatisfiable_term_is_seen(mistake: str, tmp_path: Path) -> None:
    """A class or property that can have no instance is named, though nothing contradicts itself yet."""
    planted, term = UNSATISFIABLE[mistake]
    verdict = judged("reason", merged(ONTOLOGY_ALONE) + HEAD + planted, tmp_path)
    assert verdict["consistent"]
    assert term in verdict["unsatisfiable"]


@pytest.mark.parametrize("mistake", INCONSISTENT)
def test_planted_contradiction_is_seen(mistake: str, tmp_path: Path) -> None:
    """A statement that contradicts the ontology or other statements makes the whole inconsistent."""
    verdict = judged("reason", merged(WITH_DATA) + HEAD + INCONSISTENT[mistake], tmp_path)
    assert not verdict["consistent"]
