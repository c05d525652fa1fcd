"""`kg why`: the proof of a triple, or what is missing for it."""

from __future__ import annotations

from kg.console import visible
from kg.files import find_project
from kg.why import as_dict, lack, outline, prove, read_grounds

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from kg.options import Options

SUMMARY = "prove a statement, or tell what is missing for it"
MORE = (
    "Of what is inferred you see the rules and premises, down to what is stated, with file, line and claims; of what\n"
    "is stated its claims. Of anything else you see what is missing: “nobody says so” if it may be true, “cannot\n"
    "follow” if it would contradict what is stated. The files are read as they are now; no build is needed.\n\n"
    "examples:\n"
    "  kg why 'Orenburg gas processing plant' 'located in' Russia\n"
    "  kg why region:omsk a place\n"
    "  kg why 'Omsk Region' locatedIn Kazakhstan --format json"
)


def options(command: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    command.add_argument("subject", help="an IRI, a prefixed name or a name in any language")
    command.add_argument("predicate", help="a property, by its name or label; “a” asks for a class")
    command.add_argument("object", help="as the subject; a value for a property with values")
    command.add_argument("--format", choices=("text", "json"), default="text", help="default: text")


def run(options: Options) -> None:
    """Print the proof, or what is missing."""
    grounds = read_grounds(find_project(options.project))
    triple = grounds.triple(options.subject, options.predicate, options.object)
    result = prove(grounds, triple) or lack(grounds, triple)
    if options.format == "json":
        import json

        print(json.dumps(as_dict(grounds, result), ensure_ascii=False, indent=2))
    else:
        for line in outline(grounds, result):
            print(visible(line))
