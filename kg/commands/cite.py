"""`kg cite`: citations of claims, things, sources and the dataset."""

from __future__ import annotations

from kg.cite import FORMATS, citation
from kg.console import open_graph, visible
from kg.names import languages
from kg.store import open_store

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from kg.options import Options

SUMMARY = "cite a claim, a thing, a source or the dataset"
MORE = (
    "A claim is cited with the work that makes it, a thing by all claims about it with their works, a work as itself,\n"
    "in the spelling that is meant: what a list of references prints otherwise is told by `kg query reference-list`.\n"
    "The text is in the style of the American Psychological Association (7th edition).\n\n"
    "A claim's entry has the IRI of its version, with a hash of what the claim says, of its spot and of what it\n"
    "states: it stays the same as long as they do. Given that IRI, `kg cite` finds the claim again, or says that it\n"
    "has changed (exit code 2). What is hashed, and how, is told at the head of kg/cite/versions.py.\n\n"
    "examples:\n"
    "  kg cite dataset\n"
    "  kg cite source:stepanov-2020 --format bibtex\n"
    "  kg cite claim:stepanov-2020-ekibastuz-coal --format csl-json\n"
    "  kg cite 'Pavlodar Refinery' --format ris > refinery.ris"
)


def options(command: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    command.add_argument("thing", help="an IRI, a prefixed name or a name; the IRI of a version; or the word dataset")
    command.add_argument("--format", choices=FORMATS, default="text", help="default: text")
    command.add_argument(
        "--lang", metavar="CODE,...", help="languages of titles and names, the best first (after them: en, ru, kk, be)"
    )


def run(options: Options) -> None:
    """Print the citation."""
    _, build = open_graph(options)
    store = open_store(build.store)
    print(visible(citation(store, options.thing, options.format, languages(options.lang))), end="")
