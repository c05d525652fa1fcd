"""Reading entries from the graph: each question to it is one SELECT, so that any SPARQL endpoint can be asked."""

from __future__ import annotations

from collections import defaultdict

import pyoxigraph as ox

from kg import about
from kg.cite.entries import KINDS, Entry, Name, best, key_of, person
from kg.cite.versions import claim_of_version
from kg.errors import UsageError
from kg.names import FALLBACK, locator_text
from kg.namespaces import BL, DATASET_VERSION, PREFIXES, RDF, shorten
from kg.store import ask_store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.store import Row

# The marks of a work, the names of what it is tied to, its authors, and what the volume of a chapter adds.
_WORKS = """
SELECT ?work ?relation ?thing ?value ?position ?person WHERE {
  {
    VALUES ?work { %(works)s }
    ?work ?relation ?value .
    FILTER (?relation IN (
      rdf:type, bl:title, bl:publicationYear, bl:acceptedDate, bl:volume, bl:issue, bl:startPage, bl:endPage,
      bl:articleNumber, bl:doi, bl:url, bl:accessedDate, bl:placeOfPublication, bl:seriesTitle, bl:textLanguage,
      owl:versionInfo, skos:prefLabel
    ))
  }
  UNION
  {
    VALUES ?work { %(works)s }
    ?work ?relation ?thing .
    FILTER (?relation IN (bl:publishedIn, bl:publisher, bl:heldIn, bl:editor))
    ?thing skos:prefLabel ?value .
    BIND (EXISTS { ?thing a bl:Person } AS ?person)
  }
  UNION
  {
    VALUES ?work { %(works)s }
    ?authorship bl:authoredSource ?work ;
                bl:author ?thing .
    ?thing skos:prefLabel ?value .
    OPTIONAL { ?authorship bl:authorPosition ?position }
    BIND (bl:author AS ?relation)
    BIND (EXISTS { ?thing a bl:Person } AS ?person)
  }
  UNION
  {
    VALUES ?work { %(works)s }
    ?work bl:partOfSource/bl:title ?value .
    BIND (bl:partOfSource AS ?relation)
  }
  UNION
  {
    VALUES ?work { %(works)s }
    ?work bl:partOfSource/bl:placeOfPublication ?value .
    BIND (bl:placeOfPublication AS ?relation)
  }
  UNION
  {
    VALUES ?work { %(works)s }
    ?work bl:partOfSource ?volume .
    ?volume ?relation ?thing .
    FILTER (?relation IN (bl:publisher, bl:editor))
    ?thing skos:prefLabel ?value .
    BIND (EXISTS { ?thing a bl:Person } AS ?person)
  }
}
ORDER BY ?work ?relation ?position ?thing ?value
"""
_CLAIMS = """
SELECT ?claim ?gloss ?source ?locator ?version ?name ?credited WHERE {
  VALUES ?claim { %s }
  ?claim bl:gloss ?gloss ;
         bl:statedIn ?source ;
         bl:hasLocator ?locator ;
         dcat:hasCurrentVersion ?version .
  ?source skos:prefLabel ?name .
  OPTIONAL { ?claim bl:attributedTo/skos:prefLabel ?credited }
}
ORDER BY ?claim ?gloss ?source ?locator ?name ?credited
"""
_BEHIND = """
SELECT DISTINCT ?claim WHERE {
  VALUES ?thing { %s }
  { ?claim bl:about ?thing }
  UNION
  { ?claim bl:supports ?thing }
  UNION
  { ?situation bl:participant ?thing . ?claim bl:supports ?situation }
}
ORDER BY ?claim
"""
_VERSION_OF = "SELECT ?version WHERE { %s dcat:hasCurrentVersion ?version }"
_IS_A = "ASK { %s a %s }"
_DATASET = ox.NamedNode(about.IRI)


def cite(store: ox.Store, thing: ox.NamedNode, order: Sequence[str] = FALLBACK) -> list[Entry]:
    """The entries of a citation: of the dataset or a work itself, of a claim or whatever claims are about with sources.

    Args:
        store: The graph.
        thing: A claim, a work, the dataset or anything else.
        order: The languages for titles and names.

    Raises:
        UsageError: No claim is about the thing.
    """
    if thing == _DATASET:
        return [dataset(store)]
    if _is_a(store, thing, "Source"):
        return works(store, [thing], order)
    behind = [thing] if _is_a(store, thing, "Claim") else _nodes(_rows(store, _BEHIND % thing))
    if not behind:
        raise UsageError(
            f"No claim of a source is about {shorten(thing.value)}, so nobody can be cited for it.\n"
            "  `kg cite dataset` cites the graph as a whole."
        )
    return claims(store, behind, order)


def find_version(store: ox.Store, iri: str) -> ox.NamedNode | None:
    """What the IRI of a version is the present version of; None if it is no such IRI.

    Raises:
        UsageError: It is the version of a claim, or of the dataset, that has changed since or that does not exist.
    """
    claim = about.IRI if iri.startswith(DATASET_VERSION) else claim_of_version(iri)
    if claim is None:
        return None
    now = _nodes(_rows(store, _VERSION_OF % ox.NamedNode(claim)))
    shown = "dataset" if claim == about.IRI else shorten(claim)
    if not now:
        raise UsageError(f"The graph has no {shown}, and so no version of it.")
    if now[0].value != iri:
        changed = "The dataset has" if claim == about.IRI else f"What {shown} says has"
        raise UsageError(f"{changed} changed since that version.\n  Now it is {now[0].value}: see `kg cite {shown}`.")
    return ox.NamedNode(claim)


def dataset(store: ox.Store) -> Entry:
    """The entry of the dataset as a whole."""
    entry = Entry(f"borderlands-kg-{about.VERSION}", "Dataset")
    entry.title = about.TITLE
    entry.authors = [Name(creator) for creator in about.CREATORS]
    entry.year = about.YEAR
    entry.version = about.VERSION
    entry.url = "".join(node.value for node in _nodes(_rows(store, _VERSION_OF % _DATASET)))
    entry.note = f"Licence: {about.LICENCE_NAME}"
    return entry


def claims(store: ox.Store, chosen: Iterable[ox.NamedNode], order: Sequence[str] = FALLBACK) -> list[Entry]:
    """The entries of claims, after those of the works that make them."""
    rows = _rows(store, _CLAIMS % " ".join(map(str, chosen)))
    sources = list(dict.fromkeys(row[2] for row in rows if isinstance(row[2], ox.NamedNode)))
    told: dict[object, list[Row]] = defaultdict(list)
    for row in rows:
        told[row[0]].append(row)
    return [*works(store, sorted(sources, key=str), order), *(_claim(store, mine, order) for mine in told.values())]


def _claim(store: ox.Store, rows: list[Row], order: Sequence[str]) -> Entry:
    claim, version = rows[0][0], rows[0][4]
    gloss, source, credited = (_best([row[place] for row in rows], order) for place in (1, 5, 6))
    entry = Entry(key_of(_text(claim)), "Claim")
    entry.title = gloss
    entry.authors = [Name(creator) for creator in about.CREATORS]
    entry.year, entry.container, entry.version = about.YEAR, about.TITLE, about.VERSION
    entry.url = _text(version)
    spots = dict.fromkeys(locator_text(store, row[3]) for row in rows if isinstance(row[3], ox.NamedNode))
    entry.note = f"Stated in {source}, {'; '.join(spots)}"
    if credited:
        entry.note += f"; credited there to {credited}"
    return entry


def works(store: ox.Store, chosen: Sequence[ox.NamedNode], order: Sequence[str] = FALLBACK) -> list[Entry]:
    """The entries of works, in the order given.

    Names, titles and identifiers are those that are meant; what a list of references prints otherwise stays in the
    graph (`kg query reference-list`).
    """
    told: dict[object, list[Row]] = defaultdict(list)
    for row in _rows(store, _WORKS % {"works": " ".join(map(str, chosen))}):
        told[row[0]].append(row)
    return [_Record(told[work], order).entry(work.value) for work in chosen]


class _Record:
    """The rows of `_WORKS` about one work."""

    __slots__ = ("_order", "_rows")

    def __init__(self, rows: list[Row], order: Sequence[str]) -> None:
        self._rows = rows
        self._order = order

    def text(self, name: str) -> str:
        """The value of a relation in the best language; "" if there is none."""
        return _best([row[3] for row in self._of(name)], self._order)

    def names(self, name: str) -> list[Name]:
        """The agents of a relation, in their order."""
        texts: dict[object, list[ox.Literal]] = defaultdict(list)
        persons = set()
        for _, _, thing, value, _, is_person in self._of(name):
            if isinstance(value, ox.Literal):
                texts[thing].append(value)
            if is_person == ox.Literal(True):
                persons.add(thing)
        named = {thing: best(found, self._order) for thing, found in texts.items()}
        return [person(text) if thing in persons else Name(text) for thing, text in named.items()]

    def _of(self, name: str) -> list[Row]:
        relation = ox.NamedNode(name if ":" in name else BL + name)
        return [row for row in self._rows if row[1] == relation]

    def kind(self) -> str:
        """The most special class."""
        classes = {_text(row[3]).removeprefix(BL) for row in self._of(RDF + "type")}
        return next(kind for kind in KINDS if kind in classes)

    def entry(self, iri: str) -> Entry:
        """The entry of the work."""
        entry = Entry(key_of(iri), self.kind())
        # A page that prints no title is known by its name here.
        entry.title = self.text("title") or self.text(PREFIXES["skos"] + "prefLabel")
        entry.authors, entry.editors = map(self.names, ("author", "editor"))
        entry.year = self.text("publicationYear")
        entry.accepted = "" if entry.year else self.text("acceptedDate")
        entry.container = self.text("publishedIn") or self.text("partOfSource") or self.text("heldIn")
        entry.series, entry.volume, entry.issue = map(self.text, ("seriesTitle", "volume", "issue"))
        entry.number = self.text("articleNumber")
        entry.pages = [page for page in map(self.text, ("startPage", "endPage")) if page]
        entry.publisher, entry.place = map(self.text, ("publisher", "placeOfPublication"))
        entry.doi, entry.url, entry.accessed = map(self.text, ("doi", "url", "accessedDate"))
        entry.language = self.text("textLanguage")
        entry.version = self.text(PREFIXES["owl"] + "versionInfo")
        return entry


def _rows(store: ox.Store, text: str) -> list[Row]:
    return ask_store(store, text, PREFIXES).rows()


def _best(terms: Iterable[object], order: Sequence[str]) -> str:
    """The text in the best language; "" if there is none."""
    texts = [term for term in terms if isinstance(term, ox.Literal)]
    return best(texts, order) if texts else ""


def _is_a(store: ox.Store, thing: ox.NamedNode, name: str) -> bool:
    return ask_store(store, _IS_A % (thing, ox.NamedNode(BL + name)), PREFIXES).truth()


def _nodes(rows: list[Row]) -> list[ox.NamedNode]:
    return [row[0] for row in rows if isinstance(row[0], ox.NamedNode)]


def _text(term: object) -> str:
    return str(getattr(term, "value", ""))
