"""A graph by subject and predicate, and how its blank nodes are written: nested, as lists or with labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from kg.errors import DataError
from kg.namespaces import RDF

Subject = ox.NamedNode | ox.BlankNode
Object = ox.NamedNode | ox.BlankNode | ox.Literal
Edge = tuple[Subject, ox.NamedNode, Object]

FIRST = ox.NamedNode(RDF + "first")
REST = ox.NamedNode(RDF + "rest")
NIL = ox.NamedNode(RDF + "nil")


@dataclass(frozen=True)
class Layout:
    """A graph ready to be written.

    Attributes:
        statements: The objects of each predicate of each subject.
        nested: The blank nodes that stand inside the one statement that they are the object of.
        labels: The label of each blank node that is the object of several, or part of a cycle.
    """

    statements: dict[Subject, dict[ox.NamedNode, list[Object]]]
    nested: frozenset[ox.BlankNode]
    labels: dict[ox.BlankNode, str]

    def members(self, node: ox.BlankNode) -> list[Object] | None:
        """The members of the RDF list that begins at a nested node; None if it is no well-formed list."""
        members: list[Object] = []
        cell: Object = node
        while cell != NIL:
            if not isinstance(cell, ox.BlankNode) or cell not in self.nested:
                return None
            statements = self.statements.get(cell, {})
            first, rest = statements.get(FIRST, []), statements.get(REST, [])
            if len(statements) != 2 or len(first) != 1 or len(rest) != 1:
                return None
            members += first
            cell = rest[0]
        return members


def layout(triples: Iterable[ox.Triple]) -> Layout:
    """Arrange triples by subject and decide how each blank node is written.

    Raises:
        DataError: A term is of RDF 1.2, or blank nodes that need labels cannot be told apart.
    """
    edges = [_edge(triple) for triple in dict.fromkeys(triples)]
    statements: dict[Subject, dict[ox.NamedNode, list[Object]]] = {}
    for subject, predicate, value in edges:
        statements.setdefault(subject, {}).setdefault(predicate, []).append(value)
    uses = Counter(value for _, _, value in edges if isinstance(value, ox.BlankNode))
    parents = {value: subject for subject, _, value in edges if isinstance(value, ox.BlankNode) and uses[value] == 1}
    labelled = {node for node, count in uses.items() if count > 1} | _on_cycles(parents)
    return Layout(statements, frozenset(parents.keys() - labelled), _labels(edges, labelled))


def _edge(triple: ox.Triple) -> Edge:
    subject, predicate, value = triple.subject, triple.predicate, triple.object
    if isinstance(subject, ox.Triple) or isinstance(value, ox.Triple):
        raise DataError(f"{triple} has a triple for a term.\n  Triple terms (RDF 1.2) are not written here.")
    if isinstance(value, ox.Literal) and value.direction is not None:
        raise DataError(f"{value} has a base direction.\n  Directions (RDF 1.2) are not written here.")
    return subject, predicate, value


def _on_cycles(parents: dict[ox.BlankNode, Subject]) -> set[ox.BlankNode]:
    """The nodes that are met again on the way from parent to parent."""
    cyclic: set[ox.BlankNode] = set()
    done: set[Subject] = set()
    for start in parents:
        way: dict[Subject, None] = {}  # keeps the order
        node: Subject = start
        while isinstance(node, ox.BlankNode) and node in parents and node not in done and node not in way:
            way[node] = None
            node = parents[node]
        if node in way:
            nodes = list(way)
            cyclic.update(each for each in nodes[nodes.index(node) :] if isinstance(each, ox.BlankNode))
        done.update(way)
    return cyclic


def _labels(edges: list[Edge], labelled: set[ox.BlankNode]) -> dict[ox.BlankNode, str]:
    """Labels `b0`, `b1`... in an order that follows from what is said of the nodes.

    The ranks of all blank nodes are refined by those of their neighbours until no more nodes
    are told apart (colour refinement). RDFC-1.0 would also order nodes that are alike, at a
    cost that grows with the factorial of their number; they are refused instead.
    """
    if not labelled:
        return {}
    ranks = {term: 0 for edge in edges for term in edge if isinstance(term, ox.BlankNode)}
    while True:
        signatures: dict[ox.BlankNode, list[tuple[str, ...]]] = {node: [] for node in ranks}
        for subject, predicate, value in edges:
            if isinstance(subject, ox.BlankNode):
                signatures[subject].append(("out", predicate.value, *_rank(value, ranks, subject)))
            if isinstance(value, ox.BlankNode):
                signatures[value].append(("in", predicate.value, *_rank(subject, ranks, value)))
        keys = {node: (ranks[node], tuple(sorted(signature))) for node, signature in signatures.items()}
        order = {key: rank for rank, key in enumerate(sorted(set(keys.values())))}
        refined = {node: order[key] for node, key in keys.items()}
        if len(order) == len(set(ranks.values())):
            break
        ranks = refined
    if len({ranks[node] for node in labelled}) < len(labelled):
        raise DataError(
            f"{len(labelled)} blank nodes are shared or form a cycle, and some cannot be told apart.\n"
            "  Give each of them an IRI."
        )
    return {node: f"_:b{number}" for number, node in enumerate(sorted(labelled, key=ranks.__getitem__))}


def _rank(term: Object, ranks: dict[ox.BlankNode, int], seen_from: ox.BlankNode) -> tuple[str, str]:
    """What a neighbour adds to a node's signature: its rank if it is blank, else the term itself."""
    if isinstance(term, ox.BlankNode):
        return ("itself", "") if term == seen_from else ("blank", f"{ranks[term]:09}")
    return ("term", str(term))
