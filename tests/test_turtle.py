"""Turtle texts: where their errors and terms are, and their one canonical layout."""

from __future__ import annotations

import difflib
import random
import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest
import rdflib
import rdflib.compare

from kg.errors import DataError
from kg.namespaces import BL, PREFIXES, RDF, RDFS, XSD
from kg.turtle import Role, TermUse, TurtleSyntaxError, canonical_text, format_text, parse, parse_file, write

E = "http://e.example/"
HEAD = f"@prefix e: <{E}> .\n"

CANONICAL = f"""\
# Flows of gas.
#
# Licence: CC BY 4.0.

@prefix bl: <{BL}> .
@prefix e: <{E}> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <{RDFS}> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <{XSD}> .

<{E}>
    a bl:Thing ;
    .

e:flow
    a
        owl:NamedIndividual ,
        bl:CommodityFlow ;
    rdfs:label "gas"@en ;
    skos:prefLabel
        "Gas"@en-GB ,
        "газ"@ru ,
        "газ"@ru-Latn ;
    skos:definition \"\"\"Says \\"gas\\",
C:\\\\gas\\ttwice.\"\"\"@en ;
    <http://other.example/note>
        <{E}a%20b> ,
        <{E}a/b> ,
        e:x ,
        -3 ,
        "5."^^xsd:decimal ,
        5.0 ,
        true ;
    bl:list (
        [
            e:empty [] ;
            e:none () ;
        ]
        e:x
    ) ;
    bl:path [
        e:members ( e:a "b" 3 ) ;
    ] ;
    bl:shares
        [
            e:number 1 ;
        ] ,
        [
            e:number 2 ;
        ] ,
        _:b1 ;
    bl:since "2018-01-01"^^xsd:date ;
    .

e:flow.2
    bl:shares _:b1 ;
    .

[]
    a owl:AllDisjointClasses ;
    .

_:b0
    e:itself _:b0 ;
    .

_:b1
    e:number 3 ;
    .
"""

SHUFFLED = f"""\
#Flows of gas.

# Licence: CC BY 4.0.
@base <{E}> . PREFIX o: <{BL}> @prefix e: <{E}> . @prefix unused: <http://unused.example/> .
@prefix rdfs: <{RDFS}> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
_:loop <itself> _:loop .  _:s e:number 3 . e:flow.2 o:shares _:s .
[ a <http://www.w3.org/2002/07/owl#AllDisjointClasses> ] .
<flow> o:since '2018-01-01'^^<{XSD}date> ; o:shares [ e:number 2 ], _:s , [ e:number 1 ] ;
  o:path [ e:members ( e:a '''b''' 3 ) ] ; o:list ( [ e:none () ; e:empty [] ] e:x ) ;
  <http://other.example/note> true, "5."^^<{XSD}decimal>, 5.0, -3, e:a\\/b, <a%20b>, <x>, e:x ;
  skos:definition "Says \\u0022gas\\",\\nC:\\\\gas\\ttwice."@en ;
  skos:prefLabel "газ"@RU-LATN, "газ"@ru, "Gas"@en-gb ; rdfs:label "gas"@en ;
  a <http://www.w3.org/2002/07/owl#NamedIndividual>, o:CommodityFlow .
<> a o:Thing .
"""

# What stands in a file after HEAD, the line and column of the error, and a part of its message.
ERRORS = {
    "object missing": ("e:a e:b .", 2, 9, "an object is expected here, not ."),
    "Cyrillic before": ('e:a e:b "Привет, әіңғүұқөһ"@kk e:c .', 2, 32, "'.' is missing before this"),
    "emoji before": ('e:a e:b "😀👍🏽" e:c .', 2, 15, "'.' is missing"),
    "combining marks before": ('e:a e:b "e\u0301и\u0306" e:c .', 2, 16, "'.' is missing"),
    "CRLF before": ('e:a e:b "ж" .\r\n# ә\r\ne:a e:b "ж" e:c .\r\n', 4, 13, "'.' is missing"),
    "CR before": ('e:a e:b "ж" .\re:a e:b "ж" e:c .', 3, 13, "'.' is missing"),
    "line separators that Turtle does not know": ('e:a e:b "\u2028\x85\x0c" e:c .', 2, 15, "'.' is missing"),
    "string of many lines before": ('e:a e:b """Привет\r\nсосед\nё""" e:c .', 4, 6, "'.' is missing"),
    "escape": ('e:a e:b """Привет\nсосед \\q""" .', 3, 7, "a backslash itself is written \\\\"),
    "numbered escape": ('e:a e:b """Привет\nсосед \\u12""" .', 3, 7, "hexadecimal"),
    "undeclared prefix": ('e:a e:b "ж" , z:d .', 2, 15, "prefix z: is not declared: add '@prefix z: "),
    "prefix of the project": ("flow:x e:b 1 .", 2, 1, f"add '@prefix flow: <{PREFIXES['flow']}> .'"),
    "undeclared datatype prefix": ('e:a e:b "ж"^^z:d .', 2, 14, "prefix z: is not declared"),
    "space in an IRI": ('e:a e:b "ж" , <http://ж.example/a b> .', 2, 34, "a space cannot stand in an IRI"),
    "bracket in an IRI": ("e:a e:b <http://ж.example/[> .", 2, 27, "Invalid IRI code point '['"),
    "IRI not closed": ("e:a e:b <http://ж.example/\n.", 2, 9, "this IRI is not closed on its line"),
    "relative IRI": ("e:a e:b <ж> .", 2, 9, "a relative IRI without a base"),
    "slash in a name": ("e:a e:b e:ж/c .", 2, 12, "write the IRI in full"),
    "string not closed": ('e:a e:b "Привет .\ne:a e:b "x" .', 2, 9, "this string is not closed on its line"),
    "long string not closed": ('e:a e:b """Привет .\ne:a e:b "x" .', 2, 9, "this string is never closed"),
    "language": ('e:a e:b "ж"@ .', 2, 13, "language code should always start with a letter"),
    "bare word": ('e:a e:b "ж", слово .', 2, 14, "not слово; an IRI is prefix:name"),
    "literal as subject": ('"ж" e:b e:c .', 2, 1, 'a subject is expected here, not "ж"'),
    "last dot missing": ('e:a e:b "ж" # ж\n\n', 2, 12, "the file ends inside a statement"),
    "last object missing": ("e:a e:b\n", 2, 8, "the file ends inside a statement"),
    "dot missing": ('e:a e:b "ж"\n\ne:c e:d e:f .', 4, 1, "'.' is missing before this, or ';' or ','"),
    "bracket missing": ('e:a e:b [ e:c "ж" .', 2, 19, "']' is missing before this"),
    "parenthesis missing": ('e:a e:b ( "ж" .', 2, 15, "an object is expected here, not ."),
    "RDF 1.2": ("e:a e:b <<( e:a e:b e:c )>> .", 2, 9, "cannot stand here in Turtle 1.1"),
    "half a pair": ('e:a e:b "\ud83d" .', 2, 10, "half of a surrogate pair"),
}


@pytest.mark.parametrize(("body", "line", "column", "problem"), ERRORS.values(), ids=ERRORS.keys())
def test_syntax_error_has_its_place(body: str, line: int, column: int, problem: str) -> None:
    """An error is told at its line and column, in characters, whatever stands before it."""
    with pytest.raises(TurtleSyntaxError) as caught:
        parse(HEAD + body, "data/x.ttl")
    assert (line, column) == (caught.value.line, caught.value.column)
    assert problem in caught.value.problem
    assert f"data/x.ttl:{line}:{column}: {caught.value.problem}" == str(caught.value).split("\n")[0]


@pytest.mark.parametrize(
    ("body", "picture"),
    [
        ('\te:a\te:b "ж" e:c .', '\te:a\te:b "ж" e:c .\n\t   \t        ^'),
        ('e:a e:b "漢字" e:c .', 'e:a e:b "漢字" e:c .\n' + " " * 15 + "^"),
        ('e:a e:b "и\u0306\u200d" e:c .', 'e:a e:b "и\u0306\u200d" e:c .\n' + " " * 12 + "^"),
        ('e:a e:b "\x1b[2J" e:c .\r\n', 'e:a e:b "\ufffd[2J" e:c .\n' + " " * 15 + "^"),
        (
            "e:a e:b e:" + "ж" * 99 + " !" + "." * 99,
            "…" + "ж" * 49 + " !" + "." * 49 + "…\n" + " " * 51 + "^",
        ),
        (f'e:a e:b "{"ж" * 200}" e:c .', "…" + "ж" * 93 + '" e:c .\n' + " " * 96 + "^"),
    ],
    ids=["tabs", "wide", "marks", "control characters", "long line", "end of a long line"],
)
def test_caret_stands_under_the_error(body: str, picture: str) -> None:
    """The line is shown as it stands, or about 100 characters of it, with a caret in the right cell."""
    with pytest.raises(TurtleSyntaxError) as caught:
        parse(HEAD + body, "x.ttl")
    assert picture == str(caught.value).split("\n", 1)[1]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            "# ж\n# Омск ".encode() + b"\xcf\xec.\n",
            "2:8: byte 0xCF is not UTF-8.*\n# Омск \ufffd\ufffd\\.\n {7}\\^$",
        ),
        (b"\xef\xbb\xbf# x\n", "1:1: the file begins with a byte order mark: save it as UTF-8 without one"),
    ],
)
def test_bad_bytes_have_their_place(content: bytes, message: str, tmp_path: Path) -> None:
    """A byte that is not UTF-8 is told at its line and column, as is a byte order mark."""
    path = tmp_path / "x.ttl"
    path.write_bytes(content)
    with pytest.raises(TurtleSyntaxError, match=f"^shown.ttl:{message}"):
        parse_file(path, "shown.ttl")


def test_document_holds_what_the_file_says(tmp_path: Path) -> None:
    """Triples, prefixes and comments come from the file; a string keeps its line ends."""
    path = tmp_path / "x.ttl"
    path.write_bytes(f'# ж\r\n{HEAD}# in\r\ne:a e:b """1\r\n# 2""" . # end'.encode())
    document = parse_file(path, "shown.ttl")
    triple = ox.Triple(ox.NamedNode(E + "a"), ox.NamedNode(E + "b"), ox.Literal("1\r\n# 2"))
    assert ("shown.ttl", (triple,), {"e": E}) == (document.path, document.triples, document.prefixes)
    comments = (document.opening_comments, document.inner_comments)
    assert comments == (("ж",), (3, 5))


def test_blank_nodes_of_two_texts_differ() -> None:
    """The same label in two texts names two blank nodes, so that their triples can be put together."""
    first, second = (parse(f"{HEAD}_:x e:b e:c .", path).triples for path in ("x.ttl", "y.ttl"))
    assert first[0].subject != second[0].subject


MAPPED = f"""\
@base <{E}> . @prefix e: <{E}> . # e:comment e:b e:c
PREFIX : <{E}ж#>
e:a a e:Class ;
    e:p "x"@prefix ,
        'e:no e:no "e:no"' ,
        \"""two "" lines \\u0416
\""" , 5.0 ;
    e:p e:o.1 , e:o\\,2 .
[ e:inner e:a ] e:q ( <rel> [ e:deep "x"^^e:Date ] ) .
:s :p true. :s :p .5,<#a>.
<a> e:p e:last .
"""


def test_map_lists_every_use_of_a_term() -> None:
    """Every IRI has its place and role, in lists and blank nodes too; comments and strings have none."""

    def use(line: int, column: int, local: str, role: Role) -> TermUse:
        return TermUse(E + local, line, column, role)

    expected = [
        *(use(3, 1, "a", "subject"), TermUse(RDF + "type", 3, 5, "predicate"), use(3, 7, "Class", "object")),
        *(use(4, 5, "p", "predicate"), use(8, 5, "p", "predicate")),
        *(use(8, 9, "o.1", "object"), use(8, 17, "o,2", "object")),
        *(use(9, 3, "inner", "predicate"), use(9, 11, "a", "object"), use(9, 17, "q", "predicate")),
        *(use(9, 23, "rel", "object"), use(9, 31, "deep", "predicate"), use(9, 43, "Date", "datatype")),
        *(use(10, 1, "ж#s", "subject"), use(10, 4, "ж#p", "predicate")),
        *(use(10, 13, "ж#s", "subject"), use(10, 16, "ж#p", "predicate"), use(10, 22, "#a", "object")),
        *(use(11, 1, "a", "subject"), use(11, 5, "p", "predicate"), use(11, 9, "last", "object")),
    ]
    assert expected == list(parse(MAPPED, "x.ttl").positions.terms())


@pytest.mark.parametrize(
    ("line", "statement"),
    [
        (3, ("a",)),
        (3, ("a", RDF + "type")),
        (4, ("a", E + "p")),
        (5, ("a", E + "p", 'e:no e:no "e:no"')),
        (6, ("a", E + "p", 'two "" lines Ж\n')),
        (7, ("a", E + "p", "5.0")),
        (8, ("a", E + "p", E + "o,2")),
        (11, ("a", E + "p", E + "last")),
        (4, ("a", E + "p", E + "unknown")),
        (3, ("a", E + "unknown", E + "last")),
        (10, ("ж#s", E + "ж#p", "true")),
        (None, ("inner",)),
        (None, ("unknown", E + "p")),
    ],
)
def test_map_finds_the_best_known_line(line: int | None, statement: tuple[str, ...]) -> None:
    """A statement's line is that of its object, else of its predicate, else of its subject."""
    local, *others = statement
    assert line == parse(MAPPED, "x.ttl").positions.line_of(E + local, *others)


def test_map_takes_terms_of_libraries() -> None:
    """Terms of pyoxigraph and of rdflib are looked up like their IRIs and characters."""
    positions = parse(MAPPED, "x.ttl").positions
    for_ox = positions.line_of(ox.NamedNode(E + "a"), ox.NamedNode(E + "p"), ox.Literal("5.0"))
    for_rdflib = positions.line_of(rdflib.URIRef(E + "a"), rdflib.URIRef(E + "p"), rdflib.Literal("5.0"))
    for_subject = positions.line_of_subject(ox.NamedNode(E + "a"))
    assert (for_ox, for_rdflib, for_subject) == (7, 7, 3)


def test_layout_is_canonical() -> None:
    """However a graph was written, its canonical text is the same, and that text stays as it is."""
    expected = CANONICAL
    assert expected == format_text(SHUFFLED, "x.ttl")
    assert expected == format_text(CANONICAL, "x.ttl")
    # A line break inside a string is text, so that only the others may be of another kind.
    one_line = CANONICAL.replace(",\nC:", ", C:").replace('"""', '"')
    assert one_line == format_text(one_line.replace("\n", "\r\n"), "x.ttl")


def test_rdflib_reads_the_same_graph() -> None:
    """Another parser reads a canonical text as the graph that it was written from."""
    plain = "".join(f"{triple} .\n" for triple in parse(SHUFFLED, "x.ttl").triples)
    read, expected = rdflib.Graph(), rdflib.Graph()
    read.parse(data=format_text(SHUFFLED, "x.ttl"), format="turtle")
    expected.parse(data=plain, format="nt")
    _, missing, added = rdflib.compare.graph_diff(expected, read)
    assert [*missing, *added] == []


def test_one_more_fact_is_a_one_line_diff() -> None:
    """A fact that is added changes no other line."""
    document = parse(CANONICAL, "x.ttl")
    flow = ox.NamedNode(E + "flow")
    for name in ("note", "shares"):
        fact = ox.Triple(flow, ox.NamedNode(BL + name), ox.NamedNode(E + "a"))
        text = write((fact, *document.triples), document.prefixes, document.opening_comments)
        changes = [line[0] for line in difflib.ndiff(CANONICAL.split("\n"), text.split("\n")) if line[0] != " "]
        assert changes == ["+"]


def test_project_prefixes_are_preferred() -> None:
    """The project's prefix wins over the document's; an IRI without a prefix is written in full."""
    flow = PREFIXES["flow"]
    text = f"@prefix x: <{BL}> . @prefix flow: <{E}> . flow:a x:p <{flow}b> ."
    expected = f"@prefix bl: <{BL}> .\n@prefix flow: <{flow}> .\n\n<{E}a>\n    bl:p flow:b ;\n    .\n"
    assert expected == format_text(text, "x.ttl")


def test_empty_graph_has_only_comments() -> None:
    """A graph without triples is written as its opening comments, without prefixes or blank lines."""
    expected = "# One.\n#\n# Two\n# three.\n"
    assert expected == write([], PREFIXES, ("One.", "", "Two\nthree."))
    assert not write([])


def test_inner_comments_are_not_lost() -> None:
    """Formatting refuses a text with comments that it would lose, and says where they are."""
    text = f"# opening\n{HEAD}# one\ne:a e:b e:c . # two"
    expected = (
        "x.ttl:3: a comment after the opening lines would be lost by formatting (also in line 4).\n"
        "  Make the remark a triple, such as skos:scopeNote, or move it to the opening lines of the file."
    )
    with pytest.raises(DataError) as caught:
        canonical_text(parse(text, "x.ttl"))
    assert expected == str(caught.value)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("_:a e:b _:c . _:c e:b _:a .", "2 blank nodes .* some cannot be told apart"),
        ("e:a e:b " + "[ e:b " * 900 + "1" + "]" * 900 + " .", "nested too deep"),
    ],
)
def test_what_cannot_be_written_is_refused(body: str, message: str) -> None:
    """Blank nodes without a certain order, or nested without measure, are refused with advice."""
    with pytest.raises(DataError, match=message):
        write(parse(HEAD + body, "x.ttl"))


def test_terms_of_rdf_1_2_are_refused() -> None:
    """A literal with a base direction and a triple as a term are not written as something else."""
    iri = ox.NamedNode(E)
    turned = ox.Literal("x", language="ar", direction=ox.BaseDirection.RTL)
    for triple in (ox.Triple(iri, iri, turned), ox.Triple(iri, iri, ox.Triple(iri, iri, iri))):
        with pytest.raises(DataError, match="RDF 1.2"):
            write([triple])


NAMES = ("", "a", "a.", "a.b", "a/b", "1", "-x", "ж", "a%20", "a:b", "x#y")
CHARACTERS = "\"\\\n\r'\t\x00\x1b\x85\u2028\u202eжә😀u0041n "
NUMBERS = ("5", "-5", "+05", "5.0", ".5", "5.", "1e3", "true", "1", "٣")
DATATYPES = ("string", "integer", "decimal", "boolean", "date", "double")
CELL = (ox.NamedNode(RDF + "first"), ox.NamedNode(RDF + "rest"), ox.NamedNode(RDF + "nil"))


def _random_literal(chance: random.Random) -> ox.Literal:
    text = "".join(chance.choices(CHARACTERS, k=chance.randrange(9)))
    if chance.random() < 0.3:
        return ox.Literal(text, language=chance.choice(["en", "ru-Latn", "kk", "de-x-ab-latn"]))
    return ox.Literal(chance.choice([text, *NUMBERS]), datatype=ox.NamedNode(XSD + chance.choice(DATATYPES)))


def _random_triples(chance: random.Random) -> list[ox.Triple]:
    """Facts of IRIs and blank nodes: trees, shares, cycles, good and bad lists; a number for each node."""
    iris = [ox.NamedNode(E + local) for local in NAMES]
    blanks = [ox.BlankNode(f"n{number}") for number in range(chance.randrange(7))]
    predicates = [*iris[:4], *CELL[:2], ox.NamedNode(RDF + "type"), ox.NamedNode(RDFS + "label")]
    triples = [ox.Triple(blank, iris[1], ox.Literal(number)) for number, blank in enumerate(blanks)]
    for _ in range(chance.randrange(25)):
        subjects: list[ox.NamedNode | ox.BlankNode] = [*iris, *blanks]
        literals = [_random_literal(chance) for _ in range(5)]
        objects: list[ox.NamedNode | ox.BlankNode | ox.Literal] = [*subjects, *blanks, *CELL, *literals]
        triples.append(ox.Triple(chance.choice(subjects), chance.choice(predicates), chance.choice(objects)))
    for index in range(chance.randrange(3)):
        cells = [ox.BlankNode(f"c{index}.{place}") for place in range(chance.randrange(1, 4))]
        triples.append(ox.Triple(chance.choice(iris), chance.choice(iris), cells[0]))
        rests: list[ox.NamedNode | ox.BlankNode] = [*cells[1:], CELL[2]]
        for cell, rest in zip(cells, rests, strict=True):
            triples += [ox.Triple(cell, CELL[0], _random_literal(chance)), ox.Triple(cell, CELL[1], rest)]
        if chance.random() < 0.2:
            triples.append(ox.Triple(chance.choice(cells), chance.choice(predicates), chance.choice(iris)))
    return triples


def _renamed(triples: list[ox.Triple], chance: random.Random) -> list[ox.Triple]:
    """The same graph in another order and with other names for its blank nodes."""
    text = "".join(f"{triple} .\n" for triple in chance.sample(triples, len(triples)))
    return [quad.triple for quad in ox.parse(text, format=ox.RdfFormat.N_TRIPLES, rename_blank_nodes=True)]


def _rdflib_graph(triples: Iterable[ox.Triple]) -> rdflib.Graph:
    """A graph for comparison; rdflib changes ill-typed literals, so literals become IRIs."""
    graph = rdflib.Graph()
    for triple in triples:
        subject, predicate, value = (
            rdflib.BNode(term.value) if isinstance(term, ox.BlankNode) else rdflib.URIRef(quote(str(term)))
            for term in triple
        )
        graph.add((subject, predicate, value))
    return graph


@pytest.mark.parametrize("seed", range(150))
def test_random_graphs_are_kept(seed: int) -> None:
    """A graph is written as the same bytes in whatever order it comes, and read back as the same graph."""
    chance = random.Random(seed)  # noqa: S311
    triples = _random_triples(chance)
    prefixes = {"e": E, "": E + "x#", **PREFIXES}
    text = write(triples, prefixes, ("ж",))
    assert text == format_text(text, "x.ttl")
    assert text == write(_renamed(triples, chance), prefixes, ("ж",))
    assert rdflib.compare.isomorphic(_rdflib_graph(triples), _rdflib_graph(parse(text, "x.ttl").triples))
    assert text.splitlines() == text.split("\n")[:-1]
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f]", text)
