"""The arguments of the command line: what each command takes, and the help that teaches it."""

from __future__ import annotations

import argparse
from importlib import import_module

from kg import __version__
from kg.commands import NAMES
from kg.options import ENGINES, EXPORT_FORMATS, FORMATS, REASONERS, REPORTS, VALIDATORS, WIDTH, Options, terminal_width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

EPILOG = """first steps:
  kg query                        lists the questions
  kg query cross-border-chains    answers one
  kg find Оренбург                finds things by name

exit codes:
  0  fine
  1  the data are invalid
  2  wrong use: an unknown query, parameter or format, a value that does not fit
  3  a file or store cannot be reached
  4  out of time"""


class _Help(argparse.RawDescriptionHelpFormatter):
    """Help that keeps the line breaks of examples; told its width, it need not import shutil to find it."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=min(terminal_width(), WIDTH))


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 < value <= 86_400:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds between 0 and 86400")
    return value


def _answer_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--format", choices=FORMATS, help="default: table; ttl for a graph")
    command.add_argument("--output", metavar="FILE", help="write the answer to a file")
    command.add_argument(
        "--lang", metavar="CODE,...", help="languages of names, the best first (after them: en, ru, kk, be)"
    )
    command.add_argument("--engine", choices=ENGINES, default="oxigraph", help="rdflib is the (slow) reference")
    command.add_argument("--timeout", type=_seconds, metavar="S", help="end after S seconds with exit code 4")


def _build(command: argparse.ArgumentParser) -> None:
    command.add_argument("--reasoner", choices=REASONERS, default="kg", help="owlrl is the (slow) reference")
    _validator(command)
    command.add_argument("--again", action="store_true", help="make all anew, whether or not it has changed")


def _check(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--format", choices=REPORTS, default="text", help="shacl is the standard report graph, of all guards"
    )
    _validator(command)


def _validator(command: argparse.ArgumentParser) -> None:
    command.add_argument("--validator", choices=VALIDATORS, default="turbo", help="pyshacl is the (slow) reference")


def _query(command: argparse.ArgumentParser) -> None:
    command.add_argument("name", nargs="?", help="which question; without it, all are listed by topic")
    command.add_argument("-h", "--help", action="store_true", help="this help; with a name, that question's")
    command.add_argument("--search", metavar="WORDS", help="list the questions that speak of these words")
    command.add_argument("--evidence", action="store_true", help="who says so, where, on what ground; what is inferred")
    command.add_argument(
        "--as-of", metavar="DATE", help="only what holds in that year (2014), month (2014-08) or day (2014-08-31)"
    )
    _answer_options(command)


def _sparql(command: argparse.ArgumentParser) -> None:
    command.add_argument("text", nargs="?", metavar="QUERY", help="the text of the query")
    command.add_argument("-f", "--file", metavar="FILE", help="a file with the text of the query")
    _answer_options(command)


def _show(command: argparse.ArgumentParser) -> None:
    command.add_argument("thing", help="an IRI, a prefixed name, or a name in any language")


def _format(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "files", nargs="*", metavar="FILE", help="Turtle files or folders (default: all of the project)"
    )
    command.add_argument("--check", action="store_true", help="change nothing; exit 1 if a file would change")


def _export(command: argparse.ArgumentParser) -> None:
    command.add_argument("--format", default="nq", choices=EXPORT_FORMATS, help="nq and trig keep the graphs")
    part = command.add_mutually_exclusive_group()
    part.add_argument("--asserted", action="store_const", const="asserted", dest="part", help="only what the files say")
    part.add_argument("--inferred", action="store_const", const="inferred", dest="part", help="only what follows")
    part.add_argument(
        "--queries", action="store_const", const="queries", dest="part", help="only the canned queries, in SHACL"
    )
    part.add_argument(
        "--versions", action="store_const", const="versions", dest="part", help="only the versions of claims, by hash"
    )
    part.add_argument(
        "--checks", action="store_const", const="checks", dest="part", help="only the verdicts on statements"
    )


# Name, what it does, what more there is to say, its own arguments.
COMMANDS: tuple[tuple[str, str, str, Callable[[argparse.ArgumentParser], None]], ...] = (
    (
        "build",
        "check the files, infer, and write the store",
        "A build that fails or is killed leaves the last good one in place.",
        _build,
    ),
    (
        "check",
        "check all that must hold of the files",
        "Canonical form, known terms, SHACL shapes, hygiene queries, the header of each canned query; of the\n"
        "ontology the pitfalls of OOPS! and the offline tests of FOOPS!, a description and a use of every term;\n"
        "the questions of ontology/questions/, which reasoning must answer with yes or with no; no clash under\n"
        "OWL 2 RL, and nothing inferred that is unfit to be published. What stays as it is has its reason in\n"
        "ontology/waivers.toml.",
        _check,
    ),
    (
        "query",
        "ask a canned question, or list them all",
        "examples:\n  kg query\n  kg query --search 'coal swap'\n"
        "  kg query flows-of-region --region 'Оренбургская область' --evidence\n"
        "  kg query flows-of-region --region region:omsk --as-of 2019\n"
        "  kg query cross-border-chains --lang ru --format html --output chains.html\n"
        "  kg query flows-of-region --help",
        _query,
    ),
    (
        "sparql",
        "ask a SPARQL 1.1 query over the union of all graphs",
        "examples:\n  kg sparql 'SELECT ?r WHERE { ?r a bl:Region }'\n  kg sparql -f my.rq --format json\n\n"
        "The project's prefixes are known. SERVICE and updates are refused. The time limit is 60 s\n"
        "unless --timeout sets another.",
        _sparql,
    ),
    (
        "show",
        "print all that is said about a thing, with its sources",
        "examples:\n  kg show 'Pavlodar Refinery'\n  kg show region:orenburg",
        _show,
    ),
    (
        "format",
        "write Turtle files in canonical form",
        "One more fact is then a one-line diff.",
        _format,
    ),
    (
        "export",
        "write the built graph to standard output",
        "The bytes are the same from one run to the next.\n\n"
        "example:\n  kg export --format trig --asserted > borderlands.trig",
        _export,
    ),
)


def _more_commands(
    wanted: str | None,
) -> Iterator[tuple[str, str, str, Callable[[argparse.ArgumentParser], None]]]:
    """The commands that are modules of their own; only the wanted one is imported, if it is one of them."""
    for name in [wanted] if wanted in NAMES else NAMES if all(wanted != name for name, *_ in COMMANDS) else ():
        module = import_module(f"kg.commands.{name}")
        yield str(name), module.SUMMARY, module.MORE, module.options


def parser(wanted: str | None = None) -> argparse.ArgumentParser:
    """The parser of the command line.

    Args:
        wanted: The first word given. If it is a command, only that one's parser is made: the
            others would cost as much time as a question.
    """
    whole = argparse.ArgumentParser(
        prog="kg",
        description="A sourced knowledge graph of the Russian-Kazakhstan and Russian-Belarusian borderlands.",
        epilog=EPILOG,
        formatter_class=_Help,
        allow_abbrev=False,
    )
    whole.add_argument("--version", action="version", version=f"borderlands-kg {__version__}")
    commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND", prog="kg")
    known = wanted in NAMES or any(name == wanted for name, *_ in COMMANDS)
    for name, summary, more, options in (*COMMANDS, *_more_commands(wanted)):
        if known and name != wanted:
            continue
        command: argparse.ArgumentParser = commands.add_parser(
            name,
            help=summary,
            description=f"{summary[0].upper()}{summary[1:]}.",
            epilog=more,
            formatter_class=_Help,
            allow_abbrev=False,
            add_help=name != "query",
        )
        command.set_defaults(print_help=command.print_help)
        command.add_argument("--project", metavar="DIR", help="the project folder (default: the one around here)")
        options(command)
    return whole


def parse(given: Sequence[str]) -> Options:
    """The options of a command; `rest` holds what it does not know. Ends the process on a wrong use."""
    options, rest = parser(given[0] if given else None).parse_known_args(given, namespace=Options())
    options.rest = rest
    return options
