"""The pitfalls of the OOPS! catalogue that a program can see in a graph, one function each.

Source of numbers and names: M. Poveda-Villalon, A. Gomez-Perez, M. C. Suarez-Figueroa, "OOPS! (OntOlogy Pitfall
Scanner!)", IJSWIS 10(2), 2014, and the catalogue at http://oops.linkeddata.es/catalogue.jsp. Each function returns the
IRIs of what has the pitfall, sorted; the first line of its docstring tells a curator what the pitfall is. Only terms
of the project are asked for a domain, a label and the like.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import (
    DCAT,
    DCTERMS,
    ORG,
    OWL,
    PROV,
    QB,
    RDF,
    RDFS,
    SKOS,
    TIME,
    VANN,
    XSD,
    DefinedNamespace,
)
from rdflib.term import Node

from kg.namespaces import BL

KNOWN: tuple[type[DefinedNamespace], ...] = (DCAT, DCTERMS, ORG, OWL, PROV, QB, RDF, RDFS, SKOS, TIME, VANN, XSD)
STRUCTURE = {
    RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.inverseOf, OWL.equivalentClass,
    OWL.equivalentProperty, OWL.disjointWith, OWL.propertyDisjointWith, OWL.propertyChainAxiom, RDF.first,
}  # fmt: skip
CLASS_PLACES = (RDFS.subClassOf, RDFS.domain, RDFS.range, OWL.equivalentClass, OWL.disjointWith)
PROPERTY_PLACES = (RDFS.subPropertyOf, OWL.inverseOf, OWL.equivalentProperty, OWL.onProperty)


def local(term: Node) -> str:
    """The part of an IRI after its last hash or slash."""
    return re.split(r"[#/]", str(term))[-1]


def space(vocabulary: type[DefinedNamespace]) -> str:
    """The namespace of a vocabulary."""
    return str(vocabulary._NS)


def found(terms: Iterable[Node]) -> list[str]:
    """The IRIs of terms, sorted, each once."""
    return sorted({str(term) for term in terms})


def own(terms: Iterable[Node]) -> set[Node]:
    """Those of the terms that are the project's."""
    return {term for term in terms if isinstance(term, URIRef) and term.startswith(BL)}


def classes(graph: Graph) -> set[Node]:
    """All named classes."""
    return {term for term in graph.subjects(RDF.type, OWL.Class) if isinstance(term, URIRef)}


def properties(graph: Graph) -> set[Node]:
    """All properties that relate or describe things; annotation properties aside."""
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty)
    return {term for kind in kinds for term in graph.subjects(RDF.type, kind)}


def words(term: Node) -> list[str]:
    """The words of a name in camel case, in small letters."""
    return [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", local(term))]


def names(graph: Graph, term: Node) -> set[str]:
    """All by which a term is called: its name in words and its labels, in small letters."""
    called = [" ".join(words(term))]
    called += [
        str(text) for label in (RDFS.label, SKOS.prefLabel, SKOS.altLabel) for text in graph.objects(term, label)
    ]
    return {text.lower().strip() for text in called}


def ends(graph: Graph, term: Node) -> tuple[set[Node], set[Node]]:
    """The domains and the ranges of a property."""
    return set(graph.objects(term, RDFS.domain)), set(graph.objects(term, RDFS.range))


def above(graph: Graph, term: Node) -> set[Node]:
    """A class and all classes above it."""
    return {one for one in graph.transitive_objects(term, RDFS.subClassOf) if one is not None}


def with_type(graph: Graph, kind: Node) -> list[Node]:
    """The things of a type."""
    return list(graph.subjects(RDF.type, kind))


def disjoint(graph: Graph) -> set[frozenset[Node]]:
    """All pairs of classes that are declared to be disjoint."""
    pairs = {frozenset(pair) for pair in graph.subject_objects(OWL.disjointWith)}
    for members in graph.objects(None, OWL.members):
        pairs |= {frozenset(pair) for pair in combinations(Collection(graph, members), 2)}
    return pairs


def called_alike(graph: Graph, terms: set[Node]) -> Iterator[tuple[Node, Node]]:
    """Pairs of terms, the first or both ours, that have a name in common and that nothing relates.

    A sub-term, an equivalence or the annotation bl:alike relates them.
    """
    called = {term: names(graph, term) for term in terms}
    ours = own(terms)
    relations = (RDFS.subClassOf, RDFS.subPropertyOf, OWL.equivalentClass, OWL.equivalentProperty, URIRef(BL + "alike"))
    near = {term: {end for how in relations for end in graph.transitive_objects(term, how)} for term in terms}
    for one, other in combinations(sorted(terms, key=str), 2):
        if {one, other} & ours and called[one] & called[other] and other not in near[one] and one not in near[other]:
            yield (one, other) if one in ours else (other, one)


def p02_synonyms_as_classes(graph: Graph) -> list[str]:
    """Two classes of one namespace that are declared equivalent, and so are two names of one."""
    ours = own(classes(graph))
    return found(one for one, other in graph.subject_objects(OWL.equivalentClass) if one in ours and other in ours)


def p03_relation_is(graph: Graph) -> list[str]:
    """A property that stands for being a kind of, an instance of or the same as something."""
    copies = {"is", "is a", "is an", "is kind of", "kind of", "instance of", "type of", "same as", "subclass of"}
    return found(term for term in own(properties(graph)) if " ".join(words(term)) in copies)


def p04_unconnected(graph: Graph) -> list[str]:
    """A class or property that no axiom ties to another."""
    tied = {end for one, how, other in graph if how in STRUCTURE for end in (one, other)}
    return found(own(classes(graph) | properties(graph)) - tied)


def p05_wrong_inverse(graph: Graph) -> list[str]:
    """Two inverses of which one does not begin where the other ends."""
    pairs = list(graph.subject_objects(OWL.inverseOf))
    return found(one for one, other in pairs if ends(graph, one) != ends(graph, other)[::-1])


def p06_cycle(graph: Graph) -> list[str]:
    """A class that is below itself."""
    parents = {term: set(graph.objects(term, RDFS.subClassOf)) for term in classes(graph)}
    return found(term for term in parents if any(term in above(graph, parent) for parent in parents[term]))


def p07_merged_concepts(graph: Graph) -> list[str]:
    """A class that by its name is this and that, or this or that."""
    return found(
        term for term in own(classes(graph)) if any(re.search(r"\b(and|or)\b|/", name) for name in names(graph, term))
    )


def p08_unannotated(graph: Graph) -> list[str]:
    """A class or property, borrowed ones included, without label or definition."""
    return found(
        term
        for term in classes(graph) | properties(graph)
        if (term, RDFS.label, None) not in graph
        or ((term, SKOS.definition, None) not in graph and (term, RDFS.comment, None) not in graph)
    )


def p10_missing_disjointness(graph: Graph) -> list[str]:
    """A direct subclass of a root that is not disjoint with a sibling, although no class is below both.

    Stricter than OOPS!, which asks for one axiom of disjointness anywhere.
    """
    ours, apart = own(classes(graph)), disjoint(graph)
    roots = {term for term in ours if not own(graph.objects(term, RDFS.subClassOf))}
    below = {term: set(graph.transitive_subjects(RDFS.subClassOf, term)) for term in ours}
    groups = [sorted(own(graph.subjects(RDFS.subClassOf, root)), key=str) for root in roots]
    return found(
        one
        for group in groups
        for one, other in combinations(group, 2)
        if frozenset((one, other)) not in apart and not below[one] & below[other]
    )


def p11_missing_domain_or_range(graph: Graph) -> list[str]:
    """A property without domain or without range."""
    return found(term for term in own(properties(graph)) if not all(ends(graph, term)))


def p12_equivalent_properties(graph: Graph) -> list[str]:
    """Two properties that are called alike and that nothing relates."""
    return found(one for one, _ in called_alike(graph, properties(graph)))


def p13_missing_inverse(graph: Graph) -> list[str]:
    """A relation that is not symmetric and has no inverse."""
    inverted = {end for pair in graph.subject_objects(OWL.inverseOf) for end in pair}
    symmetric = set(with_type(graph, OWL.SymmetricProperty))
    return found(own(with_type(graph, OWL.ObjectProperty)) - inverted - symmetric)


def p19_several_domains(graph: Graph) -> list[str]:
    """A property with two domains or two ranges, which together mean less than each, not more."""
    return found(term for term in properties(graph) if any(len(end) > 1 for end in ends(graph, term)))


def p20_misused_annotation(graph: Graph) -> list[str]:
    """A label that is a sentence, or a definition that is but a name."""
    labels = {term: str(text) for term, text in graph.subject_objects(RDFS.label)}
    sentences = {term for term, text in labels.items() if len(text) > 60 or text.endswith(".")}
    names_only = {
        term
        for term, text in graph.subject_objects(SKOS.definition)
        if len(str(text).split()) < 3 or str(text).rstrip(".").lower() == labels.get(term, "").lower()
    }
    return found(own(sentences | names_only))


def p21_miscellaneous(graph: Graph) -> list[str]:
    """A class for whatever the others leave over."""
    rest = {"other", "others", "misc", "miscellaneous", "various", "rest", "unknown", "undefined"}
    return found(term for term in own(classes(graph)) if rest & set(words(term)))


def p22_naming(graph: Graph) -> list[str]:
    """A class that is not written LikeThis, or a property that is not written likeThis."""
    odd_classes = (term for term in own(classes(graph)) if not re.fullmatch(r"([A-Z][a-z0-9]+)+", local(term)))
    odd_properties = (
        term for term in own(properties(graph)) if not re.fullmatch(r"[a-z]+[a-z0-9]*([A-Z][a-z0-9]*)*", local(term))
    )
    return found([*odd_classes, *odd_properties])


def inside(graph: Graph, node: Node) -> set[Node]:
    """All terms in a nested expression."""
    if not isinstance(node, BNode):
        return {node}
    return {term for part in graph.objects(node) for term in inside(graph, part)}


def p24_recursive(graph: Graph) -> list[str]:
    """A term that its own axioms or the genus of its own definition needs."""
    places = (RDFS.subClassOf, OWL.equivalentClass, OWL.propertyChainAxiom)
    by_axiom = {
        term
        for place in places
        for term, expression in graph.subject_objects(place)
        if isinstance(expression, BNode) and term in inside(graph, expression)
    }
    by_text = {
        term
        for term, text in graph.subject_objects(SKOS.definition)
        for label in graph.objects(term, RDFS.label)
        if term in classes(graph) and re.match(rf"(an?|the)? ?{re.escape(str(label))}\b", str(text), re.IGNORECASE)
    }
    return found(own(by_axiom | by_text))


def p25_inverse_of_itself(graph: Graph) -> list[str]:
    """A property that is its own inverse, and should be called symmetric."""
    return found(one for one, other in graph.subject_objects(OWL.inverseOf) if one == other)


def p26_inverse_of_symmetric(graph: Graph) -> list[str]:
    """A symmetric property with an inverse, which could only be itself."""
    inverted = {end for pair in graph.subject_objects(OWL.inverseOf) for end in pair}
    return found(inverted & set(with_type(graph, OWL.SymmetricProperty)))


def p27_wrong_equivalent_properties(graph: Graph) -> list[str]:
    """Two properties that are declared equivalent and differ in domain or range."""
    pairs = graph.subject_objects(OWL.equivalentProperty)
    return found(one for one, other in pairs if ends(graph, one) != ends(graph, other))


def p28_wrong_symmetric(graph: Graph) -> list[str]:
    """A symmetric property that does not end where it begins."""
    return found(
        term for term in with_type(graph, OWL.SymmetricProperty) if ends(graph, term)[0] != ends(graph, term)[1]
    )


def p29_wrong_transitive(graph: Graph) -> list[str]:
    """A transitive property that does not end where it begins."""
    return found(
        term for term in with_type(graph, OWL.TransitiveProperty) if ends(graph, term)[0] != ends(graph, term)[1]
    )


def p30_equivalent_classes(graph: Graph) -> list[str]:
    """A class of ours and one of another namespace that are called alike and that nothing relates."""
    return found(one for one, other in called_alike(graph, classes(graph)) if {one, other} - own([one, other]))


def p31_wrong_equivalent_classes(graph: Graph) -> list[str]:
    """Two classes that are declared equivalent, and disjoint or one below the other as well."""
    apart = disjoint(graph)
    return found(
        one
        for one, other in graph.subject_objects(OWL.equivalentClass)
        if frozenset((one, other)) in apart or other in above(graph, one) or one in above(graph, other)
    )


def p32_same_label(graph: Graph) -> list[str]:
    """Two classes with one label."""
    labels: dict[str, list[Node]] = {}
    for term in classes(graph):
        for text in graph.objects(term, RDFS.label):
            labels.setdefault(str(text).lower(), []).append(term)
    return found(term for terms in labels.values() if len(terms) > 1 for term in terms)


def p33_short_chain(graph: Graph) -> list[str]:
    """A property chain of one property, which is a sub-property."""
    chains = graph.subject_objects(OWL.propertyChainAxiom)
    return found(term for term, chain in chains if len(Collection(graph, chain)) < 2)


def untyped(graph: Graph, used: set[Node], kinds: set[URIRef]) -> list[str]:
    """Those of the terms, the languages' own aside, that have none of the types."""
    builtin = tuple(space(vocabulary) for vocabulary in (OWL, RDF, RDFS, XSD))
    named = {term for term in used if isinstance(term, URIRef) and not str(term).startswith(builtin)}
    return found(term for term in named if not kinds & set(graph.objects(term, RDF.type)))


def p34_untyped_class(graph: Graph) -> list[str]:
    """What is used as a class and is not declared to be one."""
    used = {end for place in CLASS_PLACES for end in graph.objects(None, place)} | set(graph.objects(None, RDF.type))
    used |= {end for place in (RDFS.subClassOf, OWL.disjointWith) for end in graph.subjects(place, None)}
    listed = {term for members in graph.objects(None, OWL.members) for term in Collection(graph, members)}
    return untyped(graph, used | listed, {OWL.Class, RDFS.Datatype})


def p35_untyped_property(graph: Graph) -> list[str]:
    """What is used as a property and is not declared to be one."""
    used: set[Node] = set(graph.predicates())
    used |= {end for place in PROPERTY_PLACES for pair in graph.subject_objects(place) for end in pair}
    used |= {term for chain in graph.objects(None, OWL.propertyChainAxiom) for term in Collection(graph, chain)}
    used -= set(graph.subjects(RDF.type, OWL.Restriction))
    return untyped(graph, used, {OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty})


def p36_file_extension(graph: Graph) -> list[str]:
    """An ontology whose IRI is the name of a file."""
    return found(
        one for one in with_type(graph, OWL.Ontology) if re.search(r"\.(owl|rdf|ttl|n3|xml|jsonld)$", str(one))
    )


def p38_no_declaration(graph: Graph) -> list[str]:
    """Terms of the project without an ontology."""
    return [] if with_type(graph, OWL.Ontology) else found(own(classes(graph) | properties(graph)))


def p39_ambiguous_namespace(graph: Graph) -> list[str]:
    """An ontology that does not say in which namespace its terms are, or says it otherwise than they do."""
    return found(
        one
        for one in with_type(graph, OWL.Ontology)
        if [str(namespace) for namespace in graph.objects(one, VANN.preferredNamespaceUri)] != [BL]
    )


def p40_hijacking(graph: Graph) -> list[str]:
    """A term in a standard vocabulary's namespace that this does not define, or an axiom about one that it does."""
    terms = {term for triple in graph for term in triple if isinstance(term, URIRef)}
    unknown = {
        term
        for vocabulary in KNOWN
        for term in terms
        if term.startswith(space(vocabulary)) and term != URIRef(space(vocabulary)) and term not in vocabulary
    }
    spaces = tuple(space(vocabulary) for vocabulary in KNOWN)
    changed = {
        term for term, how, _ in graph if how in STRUCTURE and isinstance(term, URIRef) and str(term).startswith(spaces)
    }
    return found(unknown | changed)


def p41_no_licence(graph: Graph) -> list[str]:
    """An ontology without a licence, or with a text where the licence's address belongs."""
    return found(
        one
        for one in with_type(graph, OWL.Ontology)
        if not any(isinstance(licence, URIRef) for licence in graph.objects(one, DCTERMS.license))
        or any(isinstance(licence, Literal) for licence in graph.objects(one, DCTERMS.license))
    )


PITFALLS: dict[str, Callable[[Graph], list[str]]] = {
    name[:3].upper(): function
    for name, function in sorted(globals().items())
    if re.match(r"p\d\d_", name) and callable(function)
}
