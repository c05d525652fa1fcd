"""The check of evidence: texts become passages, claims are proved from them, and what is wrong is seen."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.cli import main
from kg.dataset import read_dataset
from kg.errors import UnreachableError, UsageError
from kg.evidence import Records, Report, Text, prove, read_records, read_texts
from kg.evidence.match import Printed, named_in
from kg.evidence.texts import LARGEST, passages, sentences
from kg.files import Project
from kg.namespaces import PREFIXES

ROOT = Path(__file__).resolve().parents[1]
TEXTS = os.environ.get("KG_TEXTS")

MARKDOWN = """# Fords of the Una

## ANNA BERG<sup>1</sup>

# Abstract

In 2001, Norland and Sudland opened a ford (see Hill, A. 2000). Salt goes from the Ulm region to Sudland. 12 carts
cross each day, i.e. more than before. The rest of the sen-

<sup>1</sup> University of Ulm.

tence stands on the next page, as do the Dale and Ulm regions.

#### REFERENCES

- HILL, A. 2000. On fords. *Journal of Rivers* 4. (2): 10–19. Doi: 10.1000/fords
- DALE, B. 1999. Salt roads
and their end. Ulm, River Press.
"""

FLOW = (
    "7 Salt roads 2 METHODS Norland sells salt. We count all carts. Dela 5.indd 7 Dela 5.indd 7 10. 12. 2020 22:49:53 "
    "8 The roads are shown here. Table 1: Carts and tonnes by region (2019). "
    "Norland Carts Tonnes (t) Ulm region 12.5 3.1 "
    "Dale region 881. 7 4.0 North- Dale region 20 5.0 Hill region 7 1.5 Counted by Berg, 2018. "
    "1. First of all, the road ends. Dela 5.indd 8 Dela 5.indd 8 10. 12. 2020 22:49:53 "
    "9 Salt roads It is closed. References Berg, A., 2018. Carts. Ulm: Press. V erne, J., 2001. Roads, 3, pp. 1–9. "
    "SLANE POTI OB REKI Sol je draga. Dela 5.indd 9 Dela 5.indd 9 10. 12. 2020 22:49:53 "
)

PAGE = """Fords of the Una

Anna Berg

Relevance. Fords matter to all. Results. Salt goes on.

Full Text:

Hill, A. (2000). On fords. Rivers. Journal = Zhurnal, 4, 10-19. (In Russ)
"""


def shown(text: str) -> list[str]:
    """The words of each passage of a document."""
    return [passage.text for passage in passages(text)]


# --- texts -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One. Two? “Three.” Four", ["One. Two?", "“Three.” Four"]),
        ("It was so (Hill, A. B. 2000). 12 carts came.", ["It was so (Hill, A. B. 2000).", "12 carts came."]),
        (
            "Carts cost 3.5 crowns. They are dear, e.g. in Ulm, cf. Hill et al. 2000.",
            ["Carts cost 3.5 crowns.", "They are dear, e.g. in Ulm, cf. Hill et al. 2000."],
        ),
        ("It follows: 1. Salt is dear. 2. Roads are bad.", ["It follows: 1. Salt is dear.", "2. Roads are bad."]),
        ("They ended in 1994.1 Later all was well again.", ["They ended in 1994.1 Later all was well again."]),
        ("They ended in the war.1 Later all was well again.", ["They ended in the war.1", "Later all was well again."]),
        ("", []),
    ],
)
def test_sentences(text: str, found: list[str]) -> None:
    """A full stop ends a sentence, but not after an initial, a short form or the number of a list."""
    assert list(sentences(text)) == found


def test_markdown() -> None:
    """Headings, sentences across a page, notes, and entries that run on."""
    found = passages(MARKDOWN)
    assert [passage.text for passage in found[3:9]] == [
        "In 2001, Norland and Sudland opened a ford (see Hill, A. 2000).",
        "Salt goes from the Ulm region to Sudland.",
        "12 carts cross each day, i.e. more than before.",
        "The rest of the sentence stands on the next page, as do the Dale and Ulm regions.",
        "1 University of Ulm.",
        "REFERENCES",
    ]
    assert found[1].text == "ANNA BERG1"
    assert found[-1].text == "DALE, B. 1999. Salt roads and their end. Ulm, River Press."
    assert {passage.sections for passage in found[2:8]} == {("Abstract",)}


def test_flow_of_a_pdf() -> None:
    """Running heads and feet go, a sentence keeps the pages on which it stands, and a table has rows."""
    found = {passage.text: passage for passage in passages(FLOW)}
    assert list(found)[1:] == [
        "We count all carts.",
        "The roads are shown here.",
        "Table 1: Carts and tonnes by region (2019).",
        "Norland Carts Tonnes (t)",
        "Ulm region 12.5 3.1",
        "Dale region 881. 7 4.0",
        "North- Dale region 20 5.0",
        "Hill region 7 1.5",
        "Counted by Berg, 2018.",
        "1. First of all, the road ends.",
        "Salt roads It is closed.",
        "Berg, A., 2018. Carts. Ulm: Press.",
        "V erne, J., 2001. Roads, 3, pp. 1–9.",
        "SLANE POTI OB REKI Sol je draga.",
    ]
    assert found["Dale region 881. 7 4.0"].pages == (8,)
    assert "Counted by Berg, 2018." in found["Hill region 7 1.5"].context


def test_running_head_goes() -> None:
    """What three pages of one side begin with is the running head."""
    text = " ".join(
        f"{n} Salt roads Word{n} is the first. Dela 5.indd {n} Dela 5.indd {n} 1. 1. 2020 10:00:00" for n in (1, 3, 5)
    )
    assert shown(text) == ["Word1 is the first.", "Word3 is the first.", "Word5 is the first."]


def test_sentence_over_a_page_break_has_both_pages() -> None:
    """Both pages lead to it."""
    foot = "Dela.indd {0} Dela.indd {0} 1. 1. 2020 10:00:00"
    text = f"7 A road goes {foot.format(7)} 8 to the river. {foot.format(8)}"
    assert [(passage.text, passage.pages) for passage in passages(text)] == [("A road goes to the river.", (7, 8))]


def test_web_page() -> None:
    """Short lines and lead words are the sections, an entry of a list is one passage."""
    assert [(passage.text, passage.sections) for passage in passages(PAGE)] == [
        ("Fords of the Una", ("Fords of the Una",)),
        ("Anna Berg", ("Anna Berg",)),
        ("Relevance. Fords matter to all.", ("Anna Berg", "Relevance")),
        ("Results. Salt goes on.", ("Anna Berg", "Results")),
        ("Full Text:", ("Anna Berg", "Full Text")),
        (
            "Hill, A. (2000). On fords. Rivers. Journal = Zhurnal, 4, 10-19. (In Russ)",
            ("Anna Berg", "Full Text"),
        ),
    ]


def test_reading_a_folder(tmp_path: Path) -> None:
    """Texts are known by three digits; whatever else lies there is passed over."""
    (tmp_path / "001-page.txt").write_text(PAGE, "utf-8")
    (tmp_path / "002.md").write_text(MARKDOWN, "utf-8")
    (tmp_path / "notes.txt").write_text("My notes.", "utf-8")
    texts = read_texts(str(tmp_path))
    assert {number: text.file for number, text in texts.items()} == {"001": "001-page.txt", "002": "002.md"}
    assert [passage.number for passage in texts["001"].passages] == list(range(6))


def test_folders_that_cannot_be_read(tmp_path: Path) -> None:
    """A missing folder, none or two texts of a number, and files that are no text are told apart."""
    with pytest.raises(UnreachableError, match="cannot be read"):
        read_texts(str(tmp_path / "nowhere"))
    with pytest.raises(UsageError, match="holds no text"):
        read_texts(str(tmp_path))
    (tmp_path / "001.txt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match="not UTF-8"):
        read_texts(str(tmp_path))
    (tmp_path / "001.txt").write_text("x", "utf-8")
    (tmp_path / "001-copy.txt").write_text("y", "utf-8")
    with pytest.raises(UsageError, match="both"):
        read_texts(str(tmp_path))
    (tmp_path / "001-copy.txt").unlink()
    with (tmp_path / "001.txt").open("wb") as stream:
        stream.truncate(LARGEST + 1)
    with pytest.raises(UsageError, match="larger than"):
        read_texts(str(tmp_path))


# --- words in a passage ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "text", "stands"),
    [
        ("Kazakhstan", "in Kaza- khstan", True),
        ("cross-border", "crossborder trade", True),
        ("“new” road", '"new" road', True),
        ("35", "about 135 carts", False),
        ("35", "35.5 carts", False),
        ("35", "35, or less", True),
        ("Omsk", "near Tomsk", False),
        ("Kazakh", "Kazakhstan", True),
        ("", "anything", False),
    ],
)
def test_finding_words(words: str, text: str, *, stands: bool) -> None:
    """Blanks, hyphens and the kind of quotes do not count; a number is found only as a whole."""
    assert (Printed(text).find(words) >= 0) is stands


@pytest.mark.parametrize(
    ("names", "text", "loosely", "found"),
    [
        (("Kurgan Region",), "the Kurgan and Omsk regions", False, "Kurgan Region"),
        (("Kazakh",), "in Kazakhstan", False, ""),
        (("Kazakh",), "the Kazakhs", False, "Kazakh"),
        (
            ("oil refineries in Samara Region",),
            "oil goes to refineries in the Samara region",
            True,
            "oil refineries in Samara Region",
        ),
        (("oil refineries in Samara Region",), "oil goes to refineries in the Samara region", False, ""),
        (("oil refineries in Samara Region",), "oil goes to refineries in Omsk", True, ""),
    ],
)
def test_finding_names(names: tuple[str, ...], text: str, found: str, *, loosely: bool) -> None:
    """A name stands there as a whole word, without the word for its kind; a description by its words."""
    assert named_in(names, Printed(text), loosely=loosely) == found


# --- proof -----------------------------------------------------------------------------------

FACTS = """
state:norland a bl:State ; skos:prefLabel "Norland"@en .
state:sudland a bl:State ; skos:prefLabel "Sudland"@en .
region:ulm a bl:Region ; skos:prefLabel "Ulm Region"@en .
region:dale a bl:Region ; skos:prefLabel "Dale Region"@en .
bl:flowFrom rdfs:subPropertyOf bl:participant .
bl:flowTo rdfs:subPropertyOf bl:participant .
bl:observed rdfs:subPropertyOf bl:participant .
bl:counterpart rdfs:subPropertyOf bl:participant .
source:hill-2000 bl:title "On fords"@en ; bl:volume "4" ; bl:endPage 19 ; bl:doi "10.1000/fords" .
person:hill skos:prefLabel "A. Hill"@en .
authorship:hill-2000-1 bl:authoredSource source:hill-2000 ; bl:author person:hill ; bl:nameAsPrinted "HILL, A." .
source:berg a bl:Source ; bl:documentNumber "003" ; bl:title "Fords of the Una"@en .
citation:hill bl:citedSource source:hill-2000 ; bl:printedYear "2000" ; bl:printedIdentifier "10.1000/fords" .
span:2001 bl:startYear 2001 ; bl:endYear 2001 .
span:2005 bl:startYear 2005 ; bl:endYear 2005 .
flow:salt a bl:CommodityFlow ; bl:flowFrom region:ulm ; bl:flowTo state:sudland .
observation:carts a bl:Observation ; bl:observed state:norland ; bl:asPrinted "12" .
"""
CLAIM = """
claim:one a bl:EmpiricalClaim ; bl:statedIn source:berg ; bl:hasLocator locator:one .
locator:one a bl:Locator ; bl:section "Abstract" .
"""


def proved(*more: str, text: str = MARKDOWN) -> Report:
    """What the check says of one claim with some more statements, read in a document."""
    prefixes = "".join(f"@prefix {name}: <{start}> .\n" for name, start in PREFIXES.items())
    content = prefixes + FACTS + CLAIM + "\n".join(more)
    triples = [quad.triple for quad in ox.parse(content, format=ox.RdfFormat.TURTLE)]
    return prove(Records(triples), {"003": Text("003", "003.md", passages(text))})


def doubts(*more: str) -> list[str]:
    """What the check doubts, in words."""
    return [doubt.what for doubt in proved(*more).documents["003"].doubts]


SALT = 'claim:one bl:supports flow:salt . locator:one bl:keyTerm "Salt" '
FROM, TO = ' ; bl:fromTerm "from the Ulm region" ', ' ; bl:toTerm "to Sudland" '


def test_proved_claim() -> None:
    """A claim whose terms, ends and names stand in one sentence is proved, and its passage is accounted for."""
    report = proved(SALT + FROM + TO + ".").documents["003"]
    assert (report.claims, report.proved, report.doubts) == (1, 1, [])
    assert [PREFIXES["claim"] + "one"] in report.claimed.values()
    assert len(report.bare) == report.passages - 1


@pytest.mark.parametrize(
    ("more", "doubt"),
    [
        (['locator:one bl:keyTerm "pepper" .', "claim:one bl:about region:ulm ."], "nowhere prints “pepper”"),
        (['locator:one bl:keyTerm "Salt" , "carts cross" .'], "never stand together"),
        (['locator:one bl:keyTerm "On fords" .'], "do not stand at Abstract, but at REFERENCES"),
        ([SALT + FROM + "."], "no bl:toTerm names Sudland"),
        ([SALT + TO + "."], "no bl:fromTerm names Ulm Region"),
        ([SALT + ' ; bl:fromTerm "to Sudland" ; bl:toTerm "from the Ulm region" .'], "says the opposite"),
        (
            ['claim:one bl:about region:dale . locator:one bl:keyTerm "Salt" .'],
            "does not name region:dale",
        ),
        (
            ['claim:one bl:about region:dale . locator:one bl:keyTerm "stands on the next page" .'],
            "names Dale Region, but also Ulm Region",
        ),
        (
            ['claim:one bl:supports observation:carts ; bl:impliedParticipant state:norland .',
             'observation:carts bl:asPrinted "13" . locator:one bl:keyTerm "carts cross" .'],
            "does not print '13'",
        ),
        (
            [SALT + FROM + TO + ". flow:salt bl:holdsDuring span:2005 ."],
            "does not print 2005",
        ),
        (
            ['claim:one bl:about state:norland ; bl:attributedTo source:hill-2000 . locator:one bl:keyTerm "Salt" .'],
            "does not name source:hill-2000",
        ),
        (
            ['claim:one bl:supports observation:carts . observation:carts bl:counterpart state:sudland .',
             'locator:one bl:keyTerm "opened a ford" , "Norland" . observation:carts bl:asPrinted "2001" .'],
            "no bl:subjectTerm names Norland",
        ),
    ],
)  # fmt: skip
def test_unproved_claim(more: list[str], doubt: str) -> None:
    """Each way in which a passage may fail a claim is told."""
    assert any(doubt in found for found in doubts(*more)), doubts(*more)


def test_characters_of_a_correction_stand_at_its_spot() -> None:
    """Blanks and hyphens count there, for they may be what is wrong."""
    claim = SALT + FROM + TO + "."
    assert doubts(claim, 'correction:one bl:printedAt locator:one ; bl:asPrinted "the Ulm region" .') == []
    (doubt,) = doubts(claim, 'correction:one bl:printedAt locator:one ; bl:asPrinted "the Ulm-region" .')
    assert doubt == "its spot locator:one does not print 'the Ulm-region'"


def test_terms_must_be_telling() -> None:
    """Terms that fit more than three passages prove nothing."""
    text = MARKDOWN.replace("than before.", "than before. Salt is dear now. Salt was dear then. Salt may be cheap.")
    (doubt,) = proved(SALT + FROM.replace("from the Ulm region", "Salt") + ".", text=text).documents["003"].doubts[:1]
    assert "its terms fit 5 passages" in doubt.what


def test_years_may_stand_in_a_second_passage_or_a_decade() -> None:
    """A period is printed in one of the claim's passages, as a year, a decade or a century."""
    flow = SALT + FROM + TO + ". flow:salt bl:holdsDuring span:2001 ."
    assert doubts(flow) != []
    second = 'claim:one bl:hasLocator locator:two . locator:two bl:section "Abstract" ; bl:keyTerm "In 2001" .'
    assert doubts(flow, second) == []


def test_implied_participant_is_counted() -> None:
    """What a passage means without naming it is declared, and counted."""
    report = proved(
        'claim:one bl:about region:dale ; bl:impliedParticipant region:dale . locator:one bl:keyTerm "Salt" .'
    )
    assert (report.documents["003"].proved, report.documents["003"].implied) == (1, 1)


ENTRY = (
    'claim:one bl:about citation:hill . locator:two a bl:Locator ; bl:section "REFERENCES" ; bl:keyTerm "HILL, A." . '
)


@pytest.mark.parametrize(
    ("more", "doubt"),
    [
        ("", ""),
        ('citation:hill bl:printedYear "2001a" .', "does not print '2001a'"),
        ('source:hill-2000 bl:volume "5" .', "prints '5', its volume"),
        ('authorship:hill-2000-2 bl:authoredSource source:hill-2000 ; bl:nameAsPrinted "HILL, B." .', "'HILL, B.'"),
        ('source:hill-2000 bl:doi "10.1000/roads" .', "its doi"),
    ],
)
def test_entry_of_a_list(more: str, doubt: str) -> None:
    """What the files keep letter for letter of a cited work stands in its entry."""
    whole = proved(
        "claim:two a bl:EmpiricalClaim ; bl:statedIn source:berg ; bl:about citation:hill .",
        "claim:two bl:hasLocator locator:two .",
        'locator:two a bl:Locator ; bl:section "REFERENCES" ; bl:keyTerm "HILL, A." .',
        'locator:one bl:keyTerm "Salt" . claim:one bl:about state:sudland .',
        more,
    ).documents["003"]
    told = [each.what for each in whole.doubts]
    assert told == [] if not doubt else any(doubt in each for each in told), told


NOTE = 'passage:one a bl:PassageNote ; bl:passageOf source:berg ; bl:section "Abstract" ; bl:firstWords '


def test_notes_account_for_passages() -> None:
    """A note stands for one passage, or for a run of them up to its last words."""
    bare = len(proved().documents["003"].bare)
    assert len(proved(NOTE + '"In 2001" .').documents["003"].bare) == bare - 1
    assert len(proved(NOTE + '"In 2001" ; bl:lastWords "more than before." .').documents["003"].bare) == bare - 3


@pytest.mark.parametrize(
    ("note", "doubt"),
    [('"Nothing begins so" .', "no passage there begins"), ('"In 2001" ; bl:lastWords "never" .', "ends with “never”")],
)
def test_note_that_fits_no_passage(note: str, doubt: str) -> None:
    """A note that stands for nothing is told."""
    assert any(doubt in found for found in doubts(NOTE + note))


# --- the command -----------------------------------------------------------------------------


def test_command_without_texts(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """It asks for the folder, and for a text that is there."""
    monkeypatch.delenv("KG_TEXTS", raising=False)
    assert main(["evidence", "--project", str(ROOT)]) == 2
    assert "--texts DIR" in capsys.readouterr().err


def test_command_on_foreign_texts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Texts that do not hold the claims leave doubts, a list of passages and exit code 1; JSON says the same."""
    (tmp_path / "003.md").write_text(MARKDOWN, "utf-8")
    given = ["evidence", "--project", str(ROOT), "--texts", str(tmp_path)]
    assert main(given) == 1
    out = capsys.readouterr().out
    assert "REFERENCES “HILL, A. 2000." in out
    assert "left over" in out
    assert main([*given, "--format", "json"]) == 1
    report = json.loads(capsys.readouterr().out)["documents"]["003"]
    assert len(report["bare"]) + report["claimed"] + report["noted"] >= report["passages"]
    assert report["doubts"][0]["where"].startswith("data/")
    assert main([*given, "--document", "004"]) == 2
    assert "it holds 003" in capsys.readouterr().err


# --- the documents themselves ----------------------------------------------------------------


@pytest.fixture(scope="module")
def real() -> Report:
    """The check of the real data against the real texts."""
    if not TEXTS:
        pytest.skip("KG_TEXTS names no folder with the texts of the documents")
    project = Project(str(ROOT), str(ROOT / ".kg"), False)
    return prove(read_records(read_dataset(project)), read_texts(TEXTS))


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_every_claim_is_proved(real: Report, number: str) -> None:
    """Each claim is found at its place."""
    found = real.documents[number]
    assert [f"{doubt.thing}: {doubt.what}" for doubt in found.doubts] == []
    assert found.proved == found.claims > 0


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_every_passage_is_accounted_for(real: Report, number: str) -> None:
    """No passage of a document is without a claim or a reason."""
    assert [passage.beginning() for passage in real.documents[number].bare] == []
