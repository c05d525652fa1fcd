"""From things to their names and back, in any language of the graph."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from conftest import build_of
from kg.errors import UsageError
from kg.names import class_labels, find, fold, label, locator_text, named_things, nearest, resolve
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
    ("one", "other"),
    [("Omsk Region", "omsk  REGION"), (" Омская\tобласть ", "омская область"), ("Е\u0308лка", "\u0401лка"),
     ("STRASSE", "straße"), ("", " \n ")],
)  # fmt: skip
def test_fold(one: str, other: str) -> None:
    """Case, composed characters and runs of spaces make no difference."""
    assert fold(one) == fold(other)


def test_fold_keeps_letters_apart() -> None:
    """Letters that only look alike are not one."""
    assert fold("Cаратов") != fold("Саратов")


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


def test_nearest_by_name_and_by_iri(store: ox.Store) -> None:
    """A slip of the pen is put right from names and from the last parts of IRIs; what is far off is not."""
    names = named_things(store, BL + "Region")
    assert nearest("Nort Shore Regio", names)[0] == NORTH
    assert nearest("region:south-shor", names)[0] == SOUTH
    assert nearest("Южнобережная област", names)[0] == SOUTH
    assert nearest("zzzz", names) == []


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
    """An exact name comes first, then names that begin so, then those that hold it; each thing is found once."""
    found = [(shorten(thing.value), name) for thing, name, _ in find(store, "shore")]
    assert found[:2] == [("facility:shore-mine", "Shore Mine"), ("commodity:shore-ore", "shore ore")]
    assert len(found) == len({thing for thing, _ in found})
    abbey = made(
        'region:a rdfs:label "Shore Abbey" .', 'region:b rdfs:label "shore" .', 'region:c rdfs:label "A shore" .'
    )
    assert [name for _, name, _ in find(abbey, "Shore")] == ["shore", "Shore Abbey", "A shore"]
    assert find(store, "no such name") == []
    assert find(store, "ФОРД")[0][1] == "завод «Форд»"


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
