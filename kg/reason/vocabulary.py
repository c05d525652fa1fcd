"""The words of RDF, RDFS and OWL that the rules speak of, as integers.

`Facts` gives these terms the first numbers, in this order, so that a rule can
name a term by a constant and no look-up is needed.
"""

from pyoxigraph import NamedNode

from kg.namespaces import OWL, RDF, RDFS

_terms: list[NamedNode] = []


def _number(namespace: str, name: str) -> int:
    """The next free number, from now on that of the term."""
    _terms.append(NamedNode(namespace + name))
    return len(_terms) - 1


TYPE = _number(RDF, "type")
FIRST = _number(RDF, "first")
REST = _number(RDF, "rest")
NIL = _number(RDF, "nil")

SUB_CLASS_OF = _number(RDFS, "subClassOf")
SUB_PROPERTY_OF = _number(RDFS, "subPropertyOf")
DOMAIN = _number(RDFS, "domain")
RANGE = _number(RDFS, "range")

SAME_AS = _number(OWL, "sameAs")
DIFFERENT_FROM = _number(OWL, "differentFrom")
ALL_DIFFERENT = _number(OWL, "AllDifferent")
MEMBERS = _number(OWL, "members")
DISTINCT_MEMBERS = _number(OWL, "distinctMembers")

OBJECT_PROPERTY = _number(OWL, "ObjectProperty")
DATATYPE_PROPERTY = _number(OWL, "DatatypeProperty")
FUNCTIONAL = _number(OWL, "FunctionalProperty")
INVERSE_FUNCTIONAL = _number(OWL, "InverseFunctionalProperty")
IRREFLEXIVE = _number(OWL, "IrreflexiveProperty")
SYMMETRIC = _number(OWL, "SymmetricProperty")
ASYMMETRIC = _number(OWL, "AsymmetricProperty")
TRANSITIVE = _number(OWL, "TransitiveProperty")
ALL_DISJOINT_PROPERTIES = _number(OWL, "AllDisjointProperties")
EQUIVALENT_PROPERTY = _number(OWL, "equivalentProperty")
PROPERTY_DISJOINT_WITH = _number(OWL, "propertyDisjointWith")
PROPERTY_CHAIN_AXIOM = _number(OWL, "propertyChainAxiom")
INVERSE_OF = _number(OWL, "inverseOf")
HAS_KEY = _number(OWL, "hasKey")
SOURCE_INDIVIDUAL = _number(OWL, "sourceIndividual")
ASSERTION_PROPERTY = _number(OWL, "assertionProperty")
TARGET_INDIVIDUAL = _number(OWL, "targetIndividual")
TARGET_VALUE = _number(OWL, "targetValue")

CLASS = _number(OWL, "Class")
THING = _number(OWL, "Thing")
NOTHING = _number(OWL, "Nothing")
ALL_DISJOINT_CLASSES = _number(OWL, "AllDisjointClasses")
EQUIVALENT_CLASS = _number(OWL, "equivalentClass")
DISJOINT_WITH = _number(OWL, "disjointWith")
INTERSECTION_OF = _number(OWL, "intersectionOf")
UNION_OF = _number(OWL, "unionOf")
COMPLEMENT_OF = _number(OWL, "complementOf")
ONE_OF = _number(OWL, "oneOf")
ON_PROPERTY = _number(OWL, "onProperty")
ON_CLASS = _number(OWL, "onClass")
SOME_VALUES_FROM = _number(OWL, "someValuesFrom")
ALL_VALUES_FROM = _number(OWL, "allValuesFrom")
HAS_VALUE = _number(OWL, "hasValue")
MAX_CARDINALITY = _number(OWL, "maxCardinality")
MAX_QUALIFIED_CARDINALITY = _number(OWL, "maxQualifiedCardinality")

# No rule speaks of these; with them, every class that makes a membership trivial has a number here.
RESOURCE = _number(RDFS, "Resource")
DATATYPE = _number(RDFS, "Datatype")
ANNOTATION_PROPERTY = _number(OWL, "AnnotationProperty")

VOCABULARY = tuple(_terms)

_OF_THE_DATA = {SAME_AS, DIFFERENT_FROM}
_CLASSES_OF_THE_DATA = {THING, NOTHING}


def is_schema(predicate: int, value: int) -> bool:
    """Whether a triple with this predicate and object can be part of an axiom.

    It can if the predicate is RDF's or OWL's own, and a membership if the
    class is, as in `:p a owl:TransitiveProperty`.
    """
    if predicate == TYPE:
        return value < len(VOCABULARY) and value not in _CLASSES_OF_THE_DATA
    return predicate < len(VOCABULARY) and predicate not in _OF_THE_DATA
