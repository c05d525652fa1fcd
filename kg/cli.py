"""The command line: arguments in, exit code out.

Results go to standard output, everything else to standard error. Every command imports
what it needs and no more: `kg query` answers in about the time that Python takes to start.
"""

from __future__ import annotations

import os
import sys

from kg.console import give, open_graph, tell, visible, with_progress
from kg.errors import DataError, KgError, UnreachableError, UsageError
from kg.files import find_project
from kg.options import Options, quick

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the result is its exit code."""
    _mend_streams()
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        _refuse_broken_text(given)
        options = quick(given) or _parsed(given)
        if options.rest and options.command != "query":
            raise UsageError(
                f"kg {options.command} does not take {' '.join(options.rest)}.\n"
                f"  `kg {options.command} --help` teaches."
            )
        (RUNS.get(options.command) or _command(options.command))(options)
        sys.stdout.flush()
    except KgError as error:
        tell(f"kg: {error}")
        return error.exit_code
    except KeyboardInterrupt:
        tell("kg: stopped")
        return 130
    except BrokenPipeError:
        # The reader of the output has left (`kg query | head`); nothing more can be said to it.
        _drop_output()
        return 141
    except (OSError, RuntimeError) as error:
        if isinstance(error, RuntimeError) and "Corruption" not in str(error):
            raise
        tell(_unreachable(error))
        _drop_output()
        return UnreachableError.exit_code
    return 0


def _mend_streams() -> None:
    """A character that the output cannot take is replaced; a stream that the caller closed takes all and keeps none."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w"))  # noqa: SIM115 - open to the end
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")


def _refuse_broken_text(given: Sequence[str]) -> None:
    for word in given:
        if not word.isascii() and any("\ud800" <= mark <= "\udfff" for mark in word):
            raise UsageError(f"“{word}” is not UTF-8 text.")


def _unreachable(error: OSError | RuntimeError) -> str:
    """The message for what the system or the store refused, and nothing nearer to it explained."""
    if isinstance(error, OSError) and error.strerror is not None:
        what = error.filename or "The output"
        return f"kg: {what} cannot be read or written: {error.strerror}."
    return f"kg: The store is damaged: {error}\n  Run `kg build` to make it again."


def _drop_output() -> None:
    """What could not be written is not tried again when the process ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parsed(given: Sequence[str]) -> Options:
    from kg.arguments import parse

    return parse(given)


def run() -> None:
    """The command `kg`: `main`, then the end of the process without taking the interpreter down.

    Nothing is left to write, and taking down the store and all modules takes a tenth of a question's time.
    """
    code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


# --- questions -------------------------------------------------------------------------------


def _query(options: Options) -> None:
    if options.help and options.name is None:
        options.print_help()
        return
    _, build = open_graph(options)
    catalogue = build.catalogue()
    if options.name is None:
        if options.rest:
            raise UsageError("The name of the question comes first: kg query NAME --PARAM VALUE.")
        _list(catalogue, options.search)
        return
    if options.search is not None:
        raise UsageError("--search looks for a question by words: kg query --search WORDS, without a name.")
    from kg import query
    from kg.answer.asked import Question
    from kg.names import languages
    from kg.store import open_store

    if options.help:
        from kg.contents import explanation

        print(explanation(options.name, query.canned(catalogue, options.name)), end="")
        return
    arguments = _arguments(options.name, options.rest)
    store = open_store(build.store)
    text = query.bind(store, catalogue, options.name, arguments)
    order = languages(options.lang)
    question = Question(catalogue, options.name, arguments, text, build.disputes, order, build.asserted)
    give(store, text, options, question=question)


def _list(catalogue: dict[str, dict[str, Any]], words: str | None) -> None:
    from kg.contents import listing, speaking_of

    text = listing(catalogue) if words is None else speaking_of(catalogue, words)
    if not text:
        tell(f"kg: no question speaks of “{words}”; `kg query` lists them all")
    print(text, end="")


def _arguments(name: str, rest: Sequence[str]) -> dict[str, str]:
    """`--key value` and `--key=value` as a mapping."""
    given: dict[str, str] = {}
    pending = list(rest)
    while pending:
        word = pending.pop(0)
        key, equals, value = word.removeprefix("--").partition("=")
        if not word.startswith("--") or not key:
            raise UsageError(f"“{word}” is no parameter of '{name}'; parameters are given as --name value.")
        if not equals:
            if not pending:
                raise UsageError(f"query '{name}': --{key} has no value.")
            value = pending.pop(0)
        if key in given:
            raise UsageError(f"query '{name}': --{key} is given twice.")
        given[key] = value
    return given


def _sparql(options: Options) -> None:
    if (options.text is None) == (options.file is None):
        raise UsageError("Give the query's text, or a file with -f FILE.\n  `kg sparql --help` teaches.")
    _, build = open_graph(options)
    from kg.files import read_text
    from kg.namespaces import PREFIXES
    from kg.store import on_deep_stack, open_store

    text = options.text if options.text is not None else read_text(options.file, options.file, UsageError)
    on_deep_stack(lambda: give(open_store(build.store), text, options, PREFIXES, 60.0))


def _show(options: Options) -> None:
    _, build = open_graph(options)
    from kg.names import resolve
    from kg.namespaces import shorten
    from kg.show import Description
    from kg.store import open_store

    store = open_store(build.store)
    it = Description(store, resolve(store, options.thing))
    print(visible(f"{it.title}\n{shorten(it.iri)}, {', '.join(it.classes) or 'of no class'}"))
    if it.names:
        print(visible(f"  names: {'; '.join(it.names)}"))
    for heading, backwards in (("what is said of it", False), ("where it occurs", True)):
        lines = [item for item in it.statements if item.backwards == backwards]
        if lines:
            print(f"\n{heading}:")
        for item in lines:
            mark = "  [inferred]" if item.inferred else ""
            if backwards:
                print(visible(f"  {item.value} … {item.predicate}{mark}"))
            else:
                value = "\n      ".join(line for line in item.value.split("\n") if line)
                print(visible(f"  … {item.predicate}: {value}{mark}"))
    print("\nwho says so:" if it.evidence else "\nNo claim of a source is about it.")
    for claim in it.evidence:
        credit = f" (credited to {', '.join(claim.attributed)})" if claim.attributed else ""
        print(visible(f"  {claim.gloss}{credit}"))
        for spot in claim.spots:
            print(visible(f"      {spot}"))


# --- files -----------------------------------------------------------------------------------


def _build(options: Options) -> None:
    import time

    from kg.keys import standing

    start = time.perf_counter()
    project = find_project(options.project)
    there = None if options.again else standing(project, options.reasoner, options.validator)
    if there is not None and not there["warnings"]:
        _tell_build(there, f"nothing has changed; {time.perf_counter() - start:.1f} s")
        return
    from kg import pipeline

    made = with_progress(
        lambda progress: pipeline.build(project, options.reasoner, progress, options.validator, options.again)
    )
    for finding in made.warnings:
        tell(str(finding))
    _tell_build(vars(made), f"{made.seconds:.1f} s")


def _tell_build(made: dict[str, Any], end: str) -> None:
    print(
        f"{made['asserted']:,} triples asserted, {made['inferred']:,} inferred; "
        f"{made['claims']} claims, {made['sources']} sources; "
        f"{made['violations']} violations, {len(made['warnings'])} warnings; {end}"
    )


def _check(options: Options) -> None:
    from kg import pipeline

    project = find_project(options.project)
    if options.format == "shacl":
        print(pipeline.shacl_report(project, options.validator), end="")
        return
    findings = with_progress(lambda progress: pipeline.check(project, progress, options.validator))
    violations = sum(finding.violation for finding in findings)
    if options.format == "json":
        import json

        print(json.dumps([finding.as_dict() for finding in findings], ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            print(finding)
        if not violations:
            print(f"All holds; {len(findings)} warning{'' if len(findings) == 1 else 's'}.")
    if violations:
        raise DataError(f"{violations} violation{'' if violations == 1 else 's'}")


def _format(options: Options) -> None:
    from kg.formatting import format_files

    project = find_project(options.project)
    changed = format_files(project, options.files, write=not options.check)
    for path in changed:
        print(path)
    if options.check and changed:
        raise DataError(f"{len(changed)} file{'' if len(changed) == 1 else 's'} not in canonical form; run `kg format`")


def _export(options: Options) -> None:
    _, build = open_graph(options)
    from kg import pipeline

    sys.stdout.buffer.write(pipeline.export(build, options.format, options.part or "all"))


RUNS: dict[str, Callable[[Options], None]] = {
    "build": _build,
    "check": _check,
    "query": _query,
    "sparql": _sparql,
    "show": _show,
    "format": _format,
    "export": _export,
}


def _command(name: str) -> Callable[[Options], None]:
    """What a command of a module of its own does."""
    from importlib import import_module

    run: Callable[[Options], None] = import_module(f"kg.commands.{name}").run
    return run


if __name__ == "__main__":
    run()
