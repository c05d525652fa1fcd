"""From things to their names and back, in any language of the graph."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from conftest import build_of
from kg.errors import UsageError
from kg.names import class_labels, find, label, locator_text, named_things, printed_names, resolve, resolve_class
from kg.namespaces import BL, PREFIXES, expand, shorten
from kg.store import open_store

NORTH = ox.NamedNode(PREFIXES["region"] + "north-shore")
SOUTH = ox.NamedNode(PREFIXES["region"] + "south-shore")


@pytest.fixture(scope="module")
def store(small: Path) -> ox.Store:
    """The small graph."""
    return open_store(build_of(small).store)


def made(*triples: str) -> ox.Store:
    """A store of triples in Turtle, with the project's prefixes."""
    head = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
    store = ox.Store()
    store.load((head + "\n".join(triples)).encode(), format=ox.RdfFormat.TURTLE)
    return store


@pytest.mark.parametrize(
    "value",
    ["region:north-shore", f"<{NORTH.value}>", NORTH.value, "North Shore Region", "северобережная  ОБЛАСТЬ",
     "солтүстік жаға облысы", "icebound coast"],
)  # fmt: skip
def test_resolve(value: str, store: ox.Store) -> None:
    """A thing is meant by its IRI, its prefixed name or any of its names."""
    assert resolve(store, value) == NORTH
    assert resolve(store, value, BL + "Region") == NORTH
    assert resolve(store, value, BL + "Place") == NORTH


@pytest.mark.parametrize(
    ("value", "of_class", "said"),
    [
        ("region:north-shor", None, "There is no region:north-shor in the graph. Did you mean region:north-shore"),
        ("<not an iri>", None, "There is no <not an iri> in the graph."),
        ("http://e.example/\x00", None, "There is no <http://e.example/\x00> in the graph."),
        ("region:north-shore\x00", None, "There is no region:north-shore\x00 in the graph."),
        ("\x00", None, "No thing is called “\x00”."),
        ("Norland", "Region", "No region is called “Norland”"),
        ("state:norland", "Region", "state:norland (Norland) is no region."),
        ("region:north-shore", "State", "region:north-shore (North Shore Region) is no state."),
        ("The Shore", None, "“The Shore” may be any of these: region:north-shore, region:south-shore. "
                            "Give the one that is meant."),
        ("nosuch:thing", None, "No thing is called “nosuch:thing”."),
        ("", None, "No thing is called “”."),
        ("qqqqqqq", None, "No thing is called “qqqqqqq”."),
    ],
)  # fmt: skip
def test_what_cannot_be_resolved(value: str, of_class: str | None, said: str, store: ox.Store) -> None:
    """A value that is no thing, of another class, or the name of several is refused in words."""
    with pytest.raises(UsageError) as refused:
        resolve(store, value, None if of_class is None else BL + of_class)
    assert str(refused.value).startswith(said)


def test_an_ambiguous_name_may_be_clear_within_a_class() -> None:
    """A name that several things bear means the one of the class that is asked for."""
    store = made(
        'region:a a bl:Region ; skos:prefLabel "Shore"@en .', 'state:a a bl:State ; skos:prefLabel "Shore"@en .'
    )
    assert resolve(store, "Shore", BL + "State").value == PREFIXES["state"] + "a"


@pytest.mark.parametrize(
    ("value", "meant"),
    [("Nort Shore Regio", "region:north-shore (“North Shore Region”)"), ("region:south-shor", "region:south-shore"),
     ("Южнобережная област", "region:south-shore (“Южнобережная область”)"),
     ("Yuzhnoberezhnaya oblast", "region:south-shore (“Южнобережная область”)")],
)  # fmt: skip
def test_suggestions_by_name_and_by_iri(value: str, meant: str, store: ox.Store) -> None:
    """The message for what is not found names the nearest thing first, by its names or by its IRI."""
    with pytest.raises(UsageError) as refused:
        resolve(store, value, BL + "Region")
    assert f" Did you mean {meant}" in str(refused.value)


@pytest.mark.parametrize("value", ["Region", "region", "bl:Region", BL + "Region"])
def test_resolve_class(value: str, store: ox.Store) -> None:
    """A class is meant by its name in the ontology, its IRI or its label."""
    assert resolve_class(store, value) == BL + "Region"


@pytest.mark.parametrize("value", ["Regon", "region:north-shore", "North Shore Region"])
def test_what_is_no_class(value: str, store: ox.Store) -> None:
    """What is no class is refused as such."""
    with pytest.raises(UsageError, match="is no class|No class is called"):
        resolve_class(store, value)


def test_printed_names() -> None:
    """Forms that a source prints count: hidden labels, titles, and an author's printed name for the person."""
    store = made(
        'region:a a bl:Region ; skos:prefLabel "Shore"@en ; skos:hiddenLabel "Coast"@en .',
        'source:b bl:title "On the Shore" .',
        'authorship:c bl:author person:c ; bl:nameAsPrinted "C. Shore" .',
    )
    found = {(shorten(thing.value), name) for thing, name in printed_names(store)}
    assert found == {("region:a", "Coast"), ("source:b", "On the Shore"), ("person:c", "C. Shore")}
    assert {shorten(thing.value) for thing, _ in printed_names(store, BL + "Region")} == {"region:a"}
    assert {name for _, name in named_things(store)} == {"Shore"}
    assert {value: shorten(resolve(store, value).value) for _, value in found} == {name: iri for iri, name in found}


def test_a_name_goes_before_a_printed_form() -> None:
    """A form that a source prints of one thing does not put the name of another in doubt."""
    store = made('region:a skos:prefLabel "Shore"@en .', 'region:b skos:hiddenLabel "shore"@en .')
    assert resolve(store, "Shore").value == PREFIXES["region"] + "a"


def test_label_prefers_english() -> None:
    """The name shown is the English one, else another, else the prefixed name; a literal is its text."""
    store = made(
        'region:a skos:prefLabel "Омск"@ru , "Omsk"@en .',
        'region:b skos:prefLabel "Омск"@ru ; skos:altLabel "Omsk"@en .',
        'bl:p rdfs:label "property"@en .', 'claim:c bl:gloss "It says so."@en .', "region:d a bl:Region .",
    )  # fmt: skip
    expected = {
        "region:a": "Omsk", "region:b": "Омск", "region:d": "region:d", "bl:p": "property", "claim:c": "It says so.",
    }  # fmt: skip
    assert expected == {name: label(store, ox.NamedNode(str(expand(name)))) for name in expected}
    assert label(store, ox.NamedNode("http://e.example/x")) == "<http://e.example/x>"
    assert label(store, ox.Literal("5", datatype=ox.NamedNode(PREFIXES["xsd"] + "integer"))) == "5"
    assert label(store, ox.BlankNode("b")) == "_:b"
    assert label(store, None) == ""


def test_locator_in_a_line() -> None:
    """A locator shows page, section, table and quoted key terms, in this order; a bare one shows its name."""
    store = made(
        'locator:a bl:keyTerm "gas" , "Aktobe" ; bl:tableOrFigure "Table 1" ; bl:page "7" ; bl:section "2.1" .'
    )
    assert locator_text(store, ox.NamedNode(PREFIXES["locator"] + "a")) == "p. 7, sec. 2.1, Table 1, “Aktobe”, “gas”"
    assert label(store, ox.NamedNode(PREFIXES["locator"] + "a")).startswith("p. 7")
    assert label(store, ox.NamedNode(PREFIXES["locator"] + "b")) == "locator:b"


def test_find_ranks_names(store: ox.Store) -> None:
    """The best match comes first, and each thing is found once."""
    found = find(store, "shore")
    assert [(shorten(it.iri), it.name) for it in found][:2] == [
        ("commodity:shore-ore", "shore ore"), ("facility:shore-mine", "Shore Mine")
    ]  # fmt: skip
    assert len(found) == len({it.iri for it in found})
    assert find(store, "no such name") == []
    assert find(store, "ЗАВОД")[0].name == "завод «Форд»"


def test_find_says_how_a_name_matches() -> None:
    """The name itself, names that begin so, have such a word or part; like names only if none is the name itself."""
    names = ("Abbey by the Seashore", "A shore", "Shore Abbey", "Shorr", "shore")
    triples = [f'region:r{number} rdfs:label "{name}" .' for number, name in enumerate(names)]
    matches = [(it.name, it.match, it.score) for it in find(made(*triples), "Shore")]
    assert matches == [
        ("shore", "exact", 1), ("Shore Abbey", "beginning", 1), ("A shore", "word", 1),
        ("Abbey by the Seashore", "part", 1),
    ]  # fmt: skip
    assert [(it.name, it.match) for it in find(made(*triples[:4]), "Shore")][-1] == ("Shorr", "like")
    assert find(made(*triples), "Shore", BL + "Region") == []


def test_find_puts_things_before_what_holds_of_them() -> None:
    """Of names that match alike the name of a thing comes before that of a situation."""
    store = made('flow:a a bl:Situation ; rdfs:label "Shore A" .', 'region:b a bl:Region ; rdfs:label "Shore Bay" .')
    assert [it.name for it in find(store, "Shore")] == ["Shore Bay", "Shore A"]


def test_find_shows_the_name_in_the_letters_typed() -> None:
    """Of two names of one thing that are as like the text, the one in its letters is shown."""
    store = made('region:a skos:prefLabel "Орск"@ru , "Orsk"@en .')
    assert [it.name for text in ("Орскк", "Orskk") for it in find(store, text)] == ["Орск", "Orsk"]


def test_classes_are_the_most_special(store: ox.Store) -> None:
    """Of the classes of a thing only those are named that have none below them, also when they are inferred."""
    assert class_labels(store, NORTH) == ["region"]
    assert class_labels(store, ox.NamedNode("http://e.example/x")) == []


@pytest.mark.parametrize("prefix", PREFIXES)
def test_prefixed_names_go_both_ways(prefix: str) -> None:
    """What is shortened is expanded to the same IRI."""
    iri = PREFIXES[prefix] + "x-1"
    assert expand(shorten(iri)) == iri


def test_what_has_no_prefix() -> None:
    """An IRI of no namespace of ours, or a namespace itself, is shown in full; an unknown prefix is none."""
    assert shorten("http://e.example/a") == "<http://e.example/a>"
    assert shorten(PREFIXES["region"]) == f"<{PREFIXES['region']}>"
    assert expand("nosuch:a") is None
    assert expand("region") is None
