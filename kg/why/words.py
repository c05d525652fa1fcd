"""Triples, rules and axioms in words."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from kg.names import TYPE, label
from kg.namespaces import OWL, RDF, RDFS, shorten
from kg.reason import Pattern

_VOWELS = tuple("aeio")
_FIRST, _REST = ox.NamedNode(RDF + "first"), ox.NamedNode(RDF + "rest")
_INVERSE_OF = ox.NamedNode(OWL + "inverseOf")

# By rule, its name for people, and what its axiom {s} {p} {o} means.
RULES = {
    "prp-dom": ("domain", "what has {s} is a {o}"),
    "prp-rng": ("range", "what {s} leads to is a {o}"),
    "prp-spo1": ("sub-property", "{s} implies {o}"),
    "prp-spo2": ("chain", "{o} imply {s}"),
    "prp-inv1": ("inverse", "{s} is {o} read backwards"),
    "prp-inv2": ("inverse", "{s} is {o} read backwards"),
    "prp-trp": ("transitive", "{s} leads on over its own"),
    "prp-symp": ("symmetric", "{s} holds both ways"),
    "prp-eqp1": ("equivalent properties", "{s} and {o} say the same"),
    "prp-eqp2": ("equivalent properties", "{s} and {o} say the same"),
    "prp-fp": ("functional", "{s} has one value"),
    "prp-ifp": ("inverse functional", "a value of {s} belongs to one thing"),
    "prp-key": ("key", "what agrees in {o} is one {s}"),
    "cax-sco": ("subclass", "every {s} is a {o}"),
    "cax-eqc1": ("equivalent classes", "{s} and {o} have the same members"),
    "cax-eqc2": ("equivalent classes", "{s} and {o} have the same members"),
    "scm-sco": ("subclass of a subclass", ""),
    "scm-spo": ("sub-property of a sub-property", ""),
    "scm-dom1": ("wider domain", ""),
    "scm-dom2": ("domain of a sub-property", ""),
    "scm-rng1": ("wider range", ""),
    "scm-rng2": ("range of a sub-property", ""),
}


def sentence(store: ox.Store, statement: ox.Triple | Pattern) -> str:
    """A statement as people read it: names in quotation marks, prefixed names and variables without."""
    subject, predicate, value = statement
    name = _name(store, value)
    verb = label(store, predicate) if predicate != TYPE else "is an" if name[1:2] in _VOWELS else "is a"
    return f"{_name(store, subject)} {verb} {name}"


def _name(store: ox.Store, term: object) -> str:
    if isinstance(term, str):
        return term
    if isinstance(term, ox.BlankNode):
        return _term(store, term)
    name = label(store, term)
    plain = isinstance(term, ox.NamedNode) and name == shorten(term.value)
    return name if plain else f"“{name}”"


def rule_text(store: ox.Store, rule: str, axioms: Iterable[ox.Triple]) -> str:
    """A rule with its first axiom, as people read it; the axiom in triples where no words are known for it."""
    name, pattern = RULES.get(rule, (rule, ""))
    for axiom in axioms:
        parts = {"s": _term(store, axiom.subject), "p": _term(store, axiom.predicate), "o": _term(store, axiom.object)}
        return f"{name}: " + (pattern or "{s} {p} {o}").format(**parts)
    return name


def _term(store: ox.Store, term: object) -> str:
    """A term of the ontology by its prefixed name; lists and inverses written out."""
    if isinstance(term, ox.NamedNode):
        return shorten(term.value)
    if not isinstance(term, ox.BlankNode):
        return str(term)
    inverse = _one(store, term, _INVERSE_OF)
    if inverse is not None:
        return f"{_term(store, inverse)} read backwards"
    members = []
    node: object = term
    while isinstance(node, ox.BlankNode):
        members.append(_term(store, _one(store, node, _FIRST)))
        node = _one(store, node, _REST)
    return ", then ".join(members) if members != ["None"] else _restriction(store, term)


def _restriction(store: ox.Store, node: ox.BlankNode) -> str:
    """A class without a name: what is said of it."""
    said = sorted(
        f"{shorten(quad.predicate.value)} {_term(store, quad.object)}"
        for quad in store.quads_for_pattern(node, None, None, None)
        if quad.predicate.value.startswith((OWL, RDFS))
    )
    return f"[{'; '.join(said)}]"


def _one(store: ox.Store, node: ox.BlankNode, predicate: ox.NamedNode) -> object:
    return next((quad.object for quad in store.quads_for_pattern(node, predicate, None, None)), None)
