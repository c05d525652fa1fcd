"""Rules as data: a clause says which triples together give another, or a clash.

A number that is not negative is a term, a negative one a variable. The rules
whose predicates are all fixed stand here; the others are made from an
ontology's axioms (`axioms`, `clash`), with the axiom's terms in place of
variables, so that what is left of a rule speaks only of the data.

Source: W3C, OWL 2 Web Ontology Language Profiles (Second Edition), 4.3,
tables 4 (eq-) and 9 (scm-), and cls-thing and cls-nothing1 of table 6.
"""

from __future__ import annotations

from typing import NamedTuple

from kg.reason.facts import Fact
from kg.reason.vocabulary import (
    ALL_VALUES_FROM,
    CLASS,
    DATATYPE_PROPERTY,
    DOMAIN,
    EQUIVALENT_CLASS,
    EQUIVALENT_PROPERTY,
    HAS_VALUE,
    NOTHING,
    OBJECT_PROPERTY,
    ON_PROPERTY,
    RANGE,
    SAME_AS,
    SOME_VALUES_FROM,
    SUB_CLASS_OF,
    SUB_PROPERTY_OF,
    THING,
    TYPE,
)

U, V, W, X, Y, Z = range(-6, 0)


class Clause(NamedTuple):
    """One rule, or one rule applied to one axiom.

    Attributes:
        rule: The rule's name in the tables.
        axioms: The triples of the ontology it was made from: the first
            premises of every conclusion. The cells of RDF lists are left out;
            they are how an axiom is written, and the axiom leads to them.
        body: The triples that must hold.
        head: The triple that follows; None for a clash.
    """

    rule: str
    axioms: tuple[Fact, ...]
    body: tuple[Fact, ...]
    head: Fact | None


EQUALITY = (
    Clause("eq-sym", (), ((X, SAME_AS, Y),), (Y, SAME_AS, X)),
    Clause("eq-trans", (), ((X, SAME_AS, Y), (Y, SAME_AS, Z)), (X, SAME_AS, Z)),
)

# Their predicates are variables, so the closure applies them itself; rows are (X, Y, U, V).
REPLACE_SUBJECT = Clause("eq-rep-s", (), ((X, SAME_AS, Y), (X, U, V)), (Y, U, V))
REPLACE_PREDICATE = Clause("eq-rep-p", (), ((X, SAME_AS, Y), (U, X, V)), (U, Y, V))
REPLACE_OBJECT = Clause("eq-rep-o", (), ((X, SAME_AS, Y), (U, V, X)), (U, V, Y))
REPLACEMENT = (REPLACE_SUBJECT, REPLACE_PREDICATE, REPLACE_OBJECT)

_CLASSES = (
    Clause("cls-thing", (), (), (THING, TYPE, CLASS)),
    Clause("cls-nothing1", (), (), (NOTHING, TYPE, CLASS)),
    Clause("scm-cls", (), ((X, TYPE, CLASS),), (X, SUB_CLASS_OF, X)),
    Clause("scm-cls", (), ((X, TYPE, CLASS),), (X, EQUIVALENT_CLASS, X)),
    Clause("scm-cls", (), ((X, TYPE, CLASS),), (X, SUB_CLASS_OF, THING)),
    Clause("scm-cls", (), ((X, TYPE, CLASS),), (NOTHING, SUB_CLASS_OF, X)),
    Clause("scm-sco", (), ((X, SUB_CLASS_OF, Y), (Y, SUB_CLASS_OF, Z)), (X, SUB_CLASS_OF, Z)),
    Clause("scm-eqc1", (), ((X, EQUIVALENT_CLASS, Y),), (X, SUB_CLASS_OF, Y)),
    Clause("scm-eqc1", (), ((X, EQUIVALENT_CLASS, Y),), (Y, SUB_CLASS_OF, X)),
    Clause("scm-eqc2", (), ((X, SUB_CLASS_OF, Y), (Y, SUB_CLASS_OF, X)), (X, EQUIVALENT_CLASS, Y)),
)

_PROPERTIES = (
    Clause("scm-op", (), ((X, TYPE, OBJECT_PROPERTY),), (X, SUB_PROPERTY_OF, X)),
    Clause("scm-op", (), ((X, TYPE, OBJECT_PROPERTY),), (X, EQUIVALENT_PROPERTY, X)),
    Clause("scm-dp", (), ((X, TYPE, DATATYPE_PROPERTY),), (X, SUB_PROPERTY_OF, X)),
    Clause("scm-dp", (), ((X, TYPE, DATATYPE_PROPERTY),), (X, EQUIVALENT_PROPERTY, X)),
    Clause("scm-spo", (), ((X, SUB_PROPERTY_OF, Y), (Y, SUB_PROPERTY_OF, Z)), (X, SUB_PROPERTY_OF, Z)),
    Clause("scm-eqp1", (), ((X, EQUIVALENT_PROPERTY, Y),), (X, SUB_PROPERTY_OF, Y)),
    Clause("scm-eqp1", (), ((X, EQUIVALENT_PROPERTY, Y),), (Y, SUB_PROPERTY_OF, X)),
    Clause("scm-eqp2", (), ((X, SUB_PROPERTY_OF, Y), (Y, SUB_PROPERTY_OF, X)), (X, EQUIVALENT_PROPERTY, Y)),
    Clause("scm-dom1", (), ((X, DOMAIN, Y), (Y, SUB_CLASS_OF, Z)), (X, DOMAIN, Z)),
    Clause("scm-dom2", (), ((X, DOMAIN, Y), (Z, SUB_PROPERTY_OF, X)), (Z, DOMAIN, Y)),
    Clause("scm-rng1", (), ((X, RANGE, Y), (Y, SUB_CLASS_OF, Z)), (X, RANGE, Z)),
    Clause("scm-rng2", (), ((X, RANGE, Y), (Z, SUB_PROPERTY_OF, X)), (Z, RANGE, Y)),
)


def _same_property(rule: str, filler: int) -> Clause:
    """Restrictions X and Y of one property: the class in X lies within that in Y, so X within Y."""
    body = ((X, filler, U), (X, ON_PROPERTY, Z), (Y, filler, V), (Y, ON_PROPERTY, Z), (U, SUB_CLASS_OF, V))
    return Clause(rule, (), body, (X, SUB_CLASS_OF, Y))


def _same_filler(rule: str, filler: int, narrower: int, wider: int) -> Clause:
    """Restrictions X and Y with one filler, the property of X within that of Y."""
    body = ((X, filler, Z), (X, ON_PROPERTY, U), (Y, filler, Z), (Y, ON_PROPERTY, V), (U, SUB_PROPERTY_OF, V))
    return Clause(rule, (), body, (narrower, SUB_CLASS_OF, wider))


_RESTRICTIONS = (
    _same_filler("scm-hv", HAS_VALUE, X, Y),
    _same_property("scm-svf1", SOME_VALUES_FROM),
    _same_filler("scm-svf2", SOME_VALUES_FROM, X, Y),
    _same_property("scm-avf1", ALL_VALUES_FROM),
    _same_filler("scm-avf2", ALL_VALUES_FROM, Y, X),
)

FIXED = (*EQUALITY, *_CLASSES, *_PROPERTIES, *_RESTRICTIONS)

# What an axiom that these rules derived says of the data follows already from
# the axioms it came from (a subclass of a subclass by cax-sco twice, an
# inherited domain by prp-spo1 and prp-dom), so it need not become a clause.
# By induction over the derivation, which has no circles, nothing is lost.
REDUNDANT = frozenset(
    {
        "scm-sco",
        "scm-eqc1",
        "scm-eqc2",
        "scm-spo",
        "scm-eqp1",
        "scm-eqp2",
        "scm-dom1",
        "scm-dom2",
        "scm-rng1",
        "scm-rng2",
        "scm-int",
        "scm-uni",
    }
)
