"""What follows from the graph fits to be published: no clash, no two things made one, and statements about things."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg import reason
from kg.dataset import Dataset
from kg.findings import Finding
from kg.namespaces import BASE, BL, ONTOLOGY, OWL, shorten


def closure_findings(dataset: Dataset, closure: reason.Closure) -> list[Finding]:
    """What is wrong with the OWL 2 RL closure of ontology and data."""
    return [
        *clash_findings(dataset, closure.clashes),
        *_things_made_one(dataset, closure),
        *_unfit(dataset, closure),
    ]


def clash_findings(dataset: Dataset, clashes: Iterable[reason.Clash]) -> list[Finding]:
    """Contradictions, each with its premises at their places in the files."""
    return [
        _finding(
            dataset,
            f"The ontology and the data clash (OWL 2 RL rule {clash.rule}): {clash.message}",
            clash.premises,
            f"OWL 2 RL rule {clash.rule}",
        )
        for clash in clashes
    ]


def _things_made_one(dataset: Dataset, closure: reason.Closure) -> Iterator[Finding]:
    """Two things of the project that are concluded to be the same: each would take over all that is said of the other.

    Whoever means it states it, with owl:sameAs.
    """
    for triple in closure.inferred:
        one, link, other = triple
        if link.value != OWL + "sameAs" or not _ours(one) or not _ours(other) or one.value > other.value:
            continue
        step = closure.derivation(triple)
        what = f"{shorten(one.value)} and {shorten(other.value)} are concluded to be one thing."
        yield _finding(dataset, what, step.premises if step else (), "published closure", one.value)


def _unfit(dataset: Dataset, closure: reason.Closure) -> Iterator[Finding]:
    """Published conclusions that are about no thing of the project, or lead to a node without a name."""
    for triple in filter(reason.publishable, closure.inferred):
        subject, predicate, value = triple
        if _ours(subject) and not subject.value.startswith(BL) and not isinstance(value, ox.BlankNode):
            continue
        step = closure.derivation(triple)
        what = f"a conclusion is not fit to be published: {_words(triple)}"
        yield _finding(dataset, what, step.premises if step else (), "published closure")


def _ours(term: object) -> bool:
    return isinstance(term, ox.NamedNode) and term.value.startswith(BASE)


def _finding(dataset: Dataset, what: str, premises: Iterable[ox.Triple], rule: str, focus: str = "") -> Finding:
    """A finding at the place of its first premise in the data, else in the ontology; all premises are the advice."""
    lines, stated = [], []
    for premise in premises:
        words = _words(premise)
        if isinstance(premise.subject, ox.NamedNode):
            thing = premise.subject.value
            where = dataset.where(thing, premise.predicate.value, getattr(premise.object, "value", None))
            words += f" ({where})"
            if where != shorten(thing):
                stated.append((where, thing))
        lines.append(words)
    stated.sort(key=lambda place: not place[0].startswith("data/"))
    where, thing = stated[0] if stated else ("ontology", ONTOLOGY)
    return Finding(where, what, "\n  ".join(lines), rule, focus=focus or thing)


def _words(triple: ox.Triple) -> str:
    return " ".join(shorten(term.value) if isinstance(term, ox.NamedNode) else str(term) for term in triple)
