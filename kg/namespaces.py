"""Every prefix of the project, once, as plain text: no import, so that any path can use it."""

BASE = "https://w3id.org/borderlands/"
ONTOLOGY = BASE + "ont"
BL = ONTOLOGY + "#"
SHAPES = BASE + "shapes"
GRAPH = BASE + "graph/"
INFERRED = GRAPH + "inferred"
# The canned queries, which a build describes from their headers, and the graph in which it does.
QUERY = BASE + "query/"
QUERIES = GRAPH + "queries"
# The versions of claims and of the dataset, by a hash of what they say, and the graph in which a build names them.
CLAIM_VERSION = BASE + "claim-version/"
DATASET_VERSION = BASE + "dataset-version/"
VERSIONS = GRAPH + "versions"
# What the statements of the sources come to when they are worked out from the data.
CHECKS = GRAPH + "checks"

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SH = "http://www.w3.org/ns/shacl#"
PROV = "http://www.w3.org/ns/prov#"

# The kinds of thing: the part of an IRI after `id/`, and at once its prefix.
KINDS = (
    "agglomeration", "assessment", "authorship", "border", "borderland", "category", "chain",
    "circumvention", "citation", "claim", "comparison", "complaint", "cooperation", "core",
    "correction", "corridor", "crossing", "disagreement", "dispute", "district", "enterprise",
    "event", "evidence", "facility", "flow", "framework", "funding", "group", "influence",
    "journal", "licence", "line", "location", "locator", "macroregion", "measure", "membership",
    "observation", "operation", "organization", "origin", "ownership", "partnership", "passage", "person",
    "polity", "process", "product", "production", "project", "region", "section", "set",
    "settlement", "side", "source", "span", "stage", "state", "status", "succession", "swap",
    "tendency", "union", "verification",
)  # fmt: skip

# The vocabularies: the part of an IRI after `voc/`, and at once its prefix.
SCHEMES = (
    "access", "activity", "change", "commodity", "control", "defect", "degree", "dimension",
    "direction", "effect", "element", "field", "freedom", "ground", "indicator", "instrument",
    "language", "mode", "ordering", "people", "phenomenon", "qualifier", "rating", "reason", "recurrence",
    "role", "strength", "transport", "trend", "unit", "verdict",
)  # fmt: skip

PREFIXES: dict[str, str] = {
    "bl": BL,
    "query": QUERY,
    "claim-version": CLAIM_VERSION,
    "dataset-version": DATASET_VERSION,
    "shape": SHAPES + "#",
    **{kind: f"{BASE}id/{kind}/" for kind in KINDS},
    **{scheme: f"{BASE}voc/{scheme}/" for scheme in SCHEMES},
    "bibo": "http://purl.org/ontology/bibo/",
    "cito": "http://purl.org/spar/cito/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "fabio": "http://purl.org/spar/fabio/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "org": "http://www.w3.org/ns/org#",
    "owl": OWL,
    "prov": PROV,
    "qb": "http://purl.org/linked-data/cube#",
    "qudt": "http://qudt.org/schema/qudt/",
    "qudt-unit": "http://qudt.org/vocab/unit/",
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": "https://schema.org/",
    "sdmx-attribute": "http://purl.org/linked-data/sdmx/2009/attribute#",
    "sdmx-dimension": "http://purl.org/linked-data/sdmx/2009/dimension#",
    "sh": SH,
    "skos": SKOS,
    "time": "http://www.w3.org/2006/time#",
    "vann": "http://purl.org/vocab/vann/",
    "xsd": XSD,
}


def expand(name: str) -> str | None:
    """The IRI of a prefixed name such as `region:omsk`; None if its prefix is not the project's."""
    prefix, colon, local = name.partition(":")
    namespace = PREFIXES.get(prefix) if colon else None
    return None if namespace is None else namespace + local


def shorten(iri: str) -> str:
    """The prefixed name of an IRI where the project has a prefix for it, else the IRI in `<>`.

    For people's eyes: the local part is not escaped, so the result need not be valid Turtle.
    """
    cut = max(iri.rfind("/"), iri.rfind("#")) + 1
    prefix = _BY_NAMESPACE.get(iri[:cut])
    return f"<{iri}>" if prefix is None or cut == len(iri) else f"{prefix}:{iri[cut:]}"


_BY_NAMESPACE = {namespace: prefix for prefix, namespace in PREFIXES.items()}
