"""What a closure may hold but nobody needs: triples to leave out, and those to publish."""

from __future__ import annotations

from collections.abc import Callable

from pyoxigraph import NamedNode, Triple

from kg.namespaces import BL, OWL, RDF, RDFS, XSD

_TYPE = NamedNode(RDF + "type")
_SUB_CLASS_OF = NamedNode(RDFS + "subClassOf")
_DISJOINT_WITH = NamedNode(OWL + "disjointWith")
_THING = NamedNode(OWL + "Thing")
_NOTHING = NamedNode(OWL + "Nothing")
_EVERYTHING = frozenset((_THING, NamedNode(RDFS + "Resource")))
_DECLARATIONS = frozenset((
    NamedNode(OWL + "Class"),
    NamedNode(OWL + "AnnotationProperty"),
    NamedNode(RDFS + "Datatype"),
))  # fmt: skip
_REFLEXIVE = frozenset((
    NamedNode(OWL + "sameAs"),
    _SUB_CLASS_OF,
    NamedNode(RDFS + "subPropertyOf"),
    NamedNode(OWL + "equivalentClass"),
    NamedNode(OWL + "equivalentProperty"),
))  # fmt: skip


def _equal_to_itself(triple: Triple) -> bool:
    return triple.subject == triple.object and triple.predicate in _REFLEXIVE


def _of_everything(triple: Triple) -> bool:
    if triple.predicate == _TYPE:
        return triple.object in _EVERYTHING
    return triple.predicate == _SUB_CLASS_OF and (triple.object in _EVERYTHING or triple.subject == _NOTHING)


def _of_the_vocabulary(triple: Triple) -> bool:
    subject, predicate, value = triple
    if not isinstance(subject, NamedNode) or not subject.value.startswith((RDF, RDFS, OWL, XSD)):
        return False
    if predicate == _TYPE:
        return value in _DECLARATIONS
    return predicate == _DISJOINT_WITH and isinstance(value, NamedNode) and value.value.startswith(XSD)


# What a general OWL 2 RL closure has and this package's has not: what it is,
# by which rules it comes about, and how it is told. Beyond that, the rules
# make literals subjects and blank nodes predicates, which no `Triple` can be.
TRIVIAL: tuple[tuple[str, Callable[[Triple], bool]], ...] = (
    ("a thing that equals, contains or implies itself: eq-ref, scm-cls, scm-op, scm-dp", _equal_to_itself),
    ("things under owl:Thing and owl:Nothing under things: scm-cls, cax-sco", _of_everything),
    ("what RDF, RDFS, OWL and XSD say of themselves: cls-thing, prp-ap, dt-type1, ...", _of_the_vocabulary),
)


def is_trivial(triple: Triple) -> bool:
    """Whether a triple is of a kind that `TRIVIAL` lists."""
    return any(test(triple) for _, test in TRIVIAL)


def publishable(triple: Triple) -> bool:
    """Whether an inferred triple belongs in the published closure.

    That holds the project's own relations and memberships of the project's
    own classes. A relation of a thing to itself stays out too: chains that go
    out and come back over one node (two parties of one cooperation) make
    everything its own partner.
    """
    subject, predicate, value = triple
    if predicate == _TYPE:
        return isinstance(value, NamedNode) and value.value.startswith(BL)
    return predicate.value.startswith(BL) and bool(subject != value)
