"""Borderland graphs of any size in the shape of the real one: `python -m bench.generate --triples 1000000 DIR`.

The result is a project like this one, to be built by `kg build --project DIR`: the same ontology and
queries, and data of about the asked number of triples (the ontology's own come on top).

It is made of copies of the real data. A copy has names of its own for all but the hubs (states and
macroregions), which all copies share with what holds between them alone, so that hubs grow with the
graph; and some of its things lie in places of an earlier copy, or have partners there, so that the graph hangs
together. Degrees, depth of chains and the share of inferred triples are
else those of the real data. The last copy, or a graph smaller than the real one, holds claims drawn at
random, with all that they speak of.

One seed gives the same bytes. `--mistakes N` plants N mistakes, one kind after another, and tells them
in `mistakes.csv`: the file, the subject and the constraint component that it breaks.
"""

from __future__ import annotations

import argparse
import csv
import re
import shutil
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from kg.turtle.tokens import tokenize

ROOT = Path(__file__).resolve().parents[1]
# Things that all copies share, by prefix; and situations that are shared if only such things take part.
HUBS = frozenset({"state", "macroregion"})
BETWEEN_HUBS = frozenset({"location", "flow", "membership", "origin", "measure", "observation"})
# Nothing else can bear a code.
ONCE = "data/external/iso3166.ttl"
# Of what stands after these properties, so much is of an earlier copy.
MOVED_AFTER = frozenset({"bl:locatedAt", "bl:partner"})
MOVING = frozenset({"region", "settlement", "enterprise", "organization"})
MOVED = 0.2
# What speaks of a thing and has to come with it, by prefix; and one of the claims that support it.
SUPPORTS, IMPLIED = "bl:supports", "bl:impliedParticipant"
NEEDED = frozenset(
    {"authorship", "category", "core", "correction", "disagreement", "event", "location", "origin", "partnership"}
)

_EXAMPLE = re.compile(r'example: "?([a-z]+:[a-z][\w-]*)')
_PREFIX = re.compile(r"(?<![\w-])[a-z]+:(?=[\w-])")
# Holes beside names: at the end of a text in a language, and of a DOI.
TEXT, DOI = "@", "doi"

_BLOCK = re.compile(r"^(?P<subject>[a-z]+:\S+)\n(?P<body>(?:    .*\n)*?    \.\n)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Block:
    """What a file says of one subject.

    Attributes:
        path: The file, from the root.
        subject: A prefixed name.
        parts: Pieces of text; between two of them stands one of `names`.
        names: Prefixed names, the subject first; `TEXT` and `DOI` where such a string ends.
        size: Its triples.
    """

    path: str
    subject: str
    parts: tuple[str, ...]
    names: tuple[str, ...]
    size: int


@dataclass(frozen=True)
class Template:
    """The real data.

    Attributes:
        heads: The head of each file.
        blocks: In the order of the files.
        examples: What the canned queries name as examples, so that it has to be there.
    """

    heads: dict[str, str]
    blocks: tuple[Block, ...]
    examples: tuple[str, ...]

    @property
    def size(self) -> int:
        """All triples."""
        return sum(block.size for block in self.blocks)

    def only(self, blocks: Sequence[Block]) -> Template:
        """The same with fewer blocks."""
        return replace(self, blocks=tuple(blocks))


def read_template(root: Path) -> Template:
    """The files of facts below a project's `data/`, which are in canonical form, cut into blocks."""
    heads, blocks = {}, []
    for file in sorted((root / "data").rglob("*.ttl")):
        path, text = file.relative_to(root).as_posix(), file.read_text("utf-8")
        found = list(_BLOCK.finditer(text))
        heads[path] = text[: found[0].start()]
        blocks += [_block(path, match["subject"], match[0]) for match in found]
    queries = "".join(file.read_text("utf-8") for file in sorted((root / "queries").glob("*.rq")))
    return Template(heads, tuple(blocks), tuple(dict.fromkeys(_EXAMPLE.findall(queries))))


def _block(path: str, subject: str, text: str) -> Block:
    parts, names, end, size = [], [], 0, 0
    tokens = tokenize(text)
    for number, token in enumerate(tokens):
        size += token.kind == "punct" and token.text in ",;"
        at, name = token.start, ""
        if token.kind == "pname":
            name = token.text
        elif token.kind == "string" and tokens[number - 1].text in ("bl:doi", "bl:normalisedIdentifier"):
            at, name = at + len(token.text) - 1, DOI
        elif token.kind == "at":
            # Before the closing quote, and before a full stop.
            at, name = at - (2 if text[at - 2] in ".?" else 1), TEXT
        if name:
            parts.append(text[end:at])
            names.append(name)
            end = at + (len(name) if token.kind == "pname" else 0)
    return Block(path, subject, (*parts, text[end:]), tuple(names), size)


def generate(template: Template, triples: int, seed: int) -> Iterator[tuple[str, str]]:
    """Path and text of each file of a graph of about so many triples of data.

    The first copy is the real data themselves, the next ones follow, the last is a part of one.
    """
    random = Random(seed)
    own = _own(template)
    movable = _movable(template, own)
    later = template.only([it for it in template.blocks if it.subject in own and it.path != ONCE])
    number = 0
    while triples > 0:
        source = later if number else template
        if triples < source.size:
            source = part(source, triples, random)
        yield from _texts(source, own, movable, number, random)
        triples -= source.size
        number += 1


def _own(template: Template) -> set[str]:
    """The names that each copy has for itself."""
    blocks = [block for block in template.blocks if block.path != ONCE]
    own = {block.subject for block in blocks if _prefix(block.subject) not in HUBS}
    acting = {name for name in own if _prefix(name) not in BETWEEN_HUBS | {"chain", "set", "span"}}
    between = {block.subject for block in blocks if _prefix(block.subject) in BETWEEN_HUBS}
    shared = between - {block.subject for block in blocks if acting.intersection(block.names)}
    # A figure has one source: who gives it once more would give another figure.
    figures = {subject for subject in shared if _prefix(subject) == "observation"}
    repeated = [block for block in blocks if _prefix(block.subject) == "claim" and figures.intersection(block.names)]
    locators = {name for block in repeated for name in block.names if _prefix(name) == "locator"}
    return own - shared - {block.subject for block in repeated} - locators


def part(template: Template, triples: int, random: Random) -> Template:
    """About so many triples of a graph: claims drawn at random, with all that they speak of and that this needs."""
    blocks: defaultdict[str, list[Block]] = defaultdict(list)
    needs: defaultdict[str, list[str]] = defaultdict(list)
    supporting: defaultdict[str, list[str]] = defaultdict(list)
    for block in template.blocks:
        blocks[block.subject].append(block)
        for name in block.names[1:]:
            if _prefix(block.subject) in NEEDED or _prefix(name) == "set":
                needs[name].append(block.subject)
        if _prefix(block.subject) == "claim":
            stated = block.names.index(SUPPORTS) if SUPPORTS in block.names else len(block.names)
            for place, name in enumerate(block.names):
                if place > stated or _prefix(name) in ("framework", "locator"):
                    supporting[name].append(block.subject)
    claims = [subject for subject in blocks if _prefix(subject) == "claim"]
    random.shuffle(claims)
    taken: set[str] = set()
    size = 0
    for start in (*template.examples, *claims):
        waiting = [start]
        while waiting:
            subject = waiting.pop()
            if subject in taken or subject not in blocks:
                continue
            taken.add(subject)
            size += sum(block.size for block in blocks[subject])
            waiting += [name for block in blocks[subject] for name in block.names]
            waiting += needs[subject]
            if supporting[subject] and not taken.intersection(supporting[subject]):
                waiting.append(supporting[subject][0])
        if size >= triples and start not in template.examples:
            break
    return template.only([block for block in template.blocks if block.subject in taken])


def _prefix(name: str) -> str:
    return name.partition(":")[0]


def _movable(template: Template, own: set[str]) -> set[str]:
    """What of a copy may be replaced by its like in an earlier one: not what a claim means without naming it."""
    implied: set[str] = set()
    for block in template.blocks:
        if IMPLIED in block.names:
            implied.update(block.names[block.names.index(IMPLIED) + 1 :])
    return {name for name in own - implied if _prefix(name) in MOVING}


def _texts(
    template: Template, own: set[str], movable: set[str], number: int, random: Random
) -> Iterator[tuple[str, str]]:
    texts: defaultdict[str, list[str]] = defaultdict(list)
    for block in template.blocks:
        texts[block.path].append(_text(block, own, movable, number, random))
    for path, blocks in texts.items():
        name = path if number == 0 else f"{path.removesuffix('.ttl')}-k{number}.ttl"
        body = "\n".join(blocks)
        used = {*_PREFIX.findall(body)}
        lines = template.heads[path].splitlines(keepends=True)
        head = "".join(line for line in lines if not line.startswith("@prefix ") or line.split()[1] in used)
        yield name, head + body


def _text(block: Block, own: set[str], movable: set[str], number: int, random: Random) -> str:
    """The text of a block in a copy; the first copy, number 0, has the names of the real data."""
    written: list[str] = []
    names: list[str] = []  # those before, the subject aside: what is moved must not be all that tells two facts apart
    for before, name in zip(("", *block.names), block.names, strict=False):
        if name in (TEXT, DOI):
            written.append({TEXT: f" {number}", DOI: f"-k{number}"}[name] if number else "")
        elif number and name in own:
            prefix, local = name.split(":", 1)
            may_move = before in MOVED_AFTER and name in movable and any(it in own for it in names)
            moved = may_move and random.random() < MOVED
            copy = random.randrange(number) if moved else number
            written.append(f"{prefix}:k{copy}-{local}" if copy else name)
        else:
            written.append(name)
        names += [name] if before else []
    return "".join(piece for pair in zip(block.parts, (*written, ""), strict=True) for piece in pair)


# Mistakes by the prefix of a subject: a pattern of a line, what stands there instead, the constraint that it breaks.
MISTAKES = (
    ("claim", re.compile(r"    bl:statedIn .*\n"), "", "MinCount"),
    ("observation", re.compile(r"bl:value (\S+) ;"), r'bl:value "\1" ;', "Datatype"),
    ("authorship", re.compile(r"bl:authorPosition \d+ ;"), "bl:authorPosition 0 ;", "MinInclusive"),
    ("person", re.compile(r'(skos:prefLabel )(".*?)("@en)'), r"\1\2\3 , \2 II\3", "UniqueLang"),
    ("flow", re.compile(r"bl:flowCommodity commodity:\S+ ;"), "bl:flowCommodity bl:CommodityFlow ;", "Class"),
)


def plant(texts: dict[str, str], mistakes: int, seed: int) -> list[tuple[str, str, str]]:
    """Put mistakes into the texts of files, the kinds in turn: file, subject and constraint component of each."""
    random = Random(seed)
    places = [
        [(path, match["subject"]) for path, text in texts.items() for match in _BLOCK.finditer(text)
         if _prefix(match["subject"]) == prefix and pattern.search(match["body"])]
        for prefix, pattern, _, _ in MISTAKES
    ]  # fmt: skip
    told = []
    for number in range(mistakes):
        kind = number % len(MISTAKES)
        if not places[kind]:
            continue
        _, pattern, instead, component = MISTAKES[kind]
        path, subject = places[kind].pop(random.randrange(len(places[kind])))
        start = texts[path].index(f"\n{subject}\n")
        texts[path] = texts[path][:start] + pattern.sub(instead, texts[path][start:], count=1)
        told.append((path, subject, component))
    return told


def write_project(folder: Path, triples: int, seed: int = 1, mistakes: int = 0) -> int:
    """Write a project with a generated graph; the number of bytes of its data.

    Raises:
        FileExistsError: The folder is there already.
    """
    folder.mkdir(parents=True)
    for name in ("ontology", "queries"):
        shutil.copytree(ROOT / name, folder / name)
    # A part of the data leaves some entries of the vocabularies without use.
    (folder / "ontology" / "checks" / "unused-things.rq").unlink()
    template = read_template(ROOT)
    texts = generate(template, triples, seed)
    if mistakes:
        held = dict(texts)
        with (folder / "mistakes.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("file", "subject", "component"), *plant(held, mistakes, seed)])
        texts = iter(held.items())
    size = 0
    described: set[str] = set()
    for path, text in texts:
        file_path = folder / path
        file_path.parent.mkdir(parents=True, exist_ok=True)
        size += file_path.write_bytes(text.encode())
        described.update(match["subject"] for match in _BLOCK.finditer(text))
    words = folder / "queries" / "words.yaml"
    lost = {block.subject for block in template.blocks} - described
    kept = [line for line in words.read_text("utf-8").splitlines(True) if line.strip().rpartition(": ")[0] not in lost]
    words.write_text("".join(kept), "utf-8")
    return size


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.generate", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, help="a folder that is not there yet")
    parser.add_argument("--triples", type=int, required=True, help="of the data; the ontology comes on top")
    parser.add_argument("--seed", type=int, default=1, help="default: 1")
    parser.add_argument("--mistakes", type=int, default=0, help="how many to plant; default: none")
    options = parser.parse_args()
    if options.triples < 1:
        parser.error("--triples is a number from 1 on")
    if options.folder.exists():
        parser.error(f"{options.folder} is there already")
    size = write_project(options.folder, options.triples, options.seed, options.mistakes)
    print(f"{options.folder}: {size:,} bytes of data")


if __name__ == "__main__":
    main()
