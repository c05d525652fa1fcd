"""By what a build and its stages are known: the hash of all that they follow from.

That is the content of the files, whatever their times say; the options; the source of this package and the versions
of the engines. What was made under the same key is taken over, if it is still what was written.

On the path of a build that has nothing to do, so it imports nothing heavy.
"""

from __future__ import annotations

import hashlib
import os
import sys

from kg.errors import UnreachableError
from kg.files import ASSERTED, MANIFEST, STORE, current_build, stamp, store_sizes, write_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from kg.files import Build, Project

# What judges, closes and stores: another version may do it in another way.
ENGINES = ("owlrl", "pyoxigraph", "pyshacl", "pyshacl_turbo", "pyyaml", "rdflib")
STAGES = "stages"


def digest(*parts: str | bytes) -> str:
    """The hash of some texts one after the other; where one ends counts."""
    found = hashlib.blake2b(digest_size=20)
    for part in parts:
        content = part if isinstance(part, bytes) else part.encode("utf-8", "surrogateescape")
        found.update(b"%d " % len(content))
        found.update(content)
    return found.hexdigest()


def _read(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def contents(project: Project) -> dict[str, str]:
    """The hash of each input of a build, by path from the root; empty for one that cannot be read."""
    found = {}
    for path in project.inputs():
        try:
            found[path] = digest(_read(project.path(path)))
        except OSError:
            found[path] = ""
    return found


def program() -> str:
    """The hash of this package's source, with the versions of Python and the engines."""
    package = os.path.dirname(os.path.abspath(__file__))
    sources = sorted(
        os.path.join(where, name)
        for where, _, names in os.walk(package)
        if not where.startswith(os.path.join(package, "carried"))
        for name in names
        if name.endswith(".py")
    )
    texts = [part for path in sources for part in (os.path.relpath(path, package), _read(path))]
    return digest(sys.version, *_versions(), *texts)


def _versions() -> list[str]:
    """The folders in which installers note the name and version of each engine: to import them takes too long."""
    return sorted(
        name
        for folder in sys.path
        if folder and os.path.isdir(folder)
        for name in os.listdir(folder)
        if name.endswith(".dist-info") and name.lower().startswith(ENGINES)
    )


def build_key(project: Project, reasoner: str, validator: str) -> str:
    """The key of the build that the files and options of now would give."""
    files = [part for pair in contents(project).items() for part in pair]
    return digest(program(), reasoner, validator, *files)


def hashes(folder: str) -> dict[str, str]:
    """The hash of each part of a build, but for the manifest and what the stages keep.

    Raises:
        OSError: The build has no stores.
    """
    paths = [entry.name for entry in os.scandir(folder) if entry.is_file() and entry.name != MANIFEST]
    paths += [f"{part}/{name}" for part in (STORE, ASSERTED) for name in store_sizes(os.path.join(folder, part))]
    return {path: digest(_read(os.path.join(folder, path))) for path in sorted(paths)}


def whole_build(project: Project) -> Build | None:
    """The build in force, if there is one and every part of it is what was written."""
    try:
        build = current_build(project)
        return build if build is not None and build.manifest.get("made") == hashes(build.folder) else None
    except (OSError, UnreachableError):
        return None


def standing(project: Project, reasoner: str, validator: str) -> dict[str, Any] | None:
    """The summary of the build in force, if a new one would be the same; else None.

    Files that were touched and have the same content count as unchanged from then on.
    """
    inputs = {path: stamp(project.path(path)) for path in project.inputs()}
    key = build_key(project, reasoner, validator)
    build = whole_build(project)
    if build is None or build.manifest.get("key") != key:
        return None
    if build.manifest["inputs"] != inputs:
        import json

        write_text(os.path.join(build.folder, MANIFEST), json.dumps({**build.manifest, "inputs": inputs}))
    summary: dict[str, Any] = build.manifest["summary"]
    return summary


class Stages:
    """What each stage of a build gave, as text, kept with the build under the key of what it follows from."""

    def __init__(self, before: Build | None) -> None:
        """Take what the stages of a build gave, if there is one that may be used."""
        self._program = program()
        self._folder = None if before is None else os.path.join(before.folder, STAGES)
        self._kept: dict[str, bytes] = {}

    def give(self, stage: str, inputs: Iterable[str], make: Callable[[], str]) -> str:
        """The result of a stage: as it was kept, or else made.

        Args:
            stage: Its name.
            inputs: All that the result follows from, the program aside.
            make: Makes it.
        """
        key = digest(self._program, stage, *inputs)
        text = self._old(stage, key)
        if text is None:
            text = make()
        content = text.encode()
        self._kept[stage] = f"{key} {digest(content)}\n".encode() + content
        return text

    def _old(self, stage: str, key: str) -> str | None:
        if self._folder is None:
            return None
        try:
            head, _, content = _read(os.path.join(self._folder, stage)).partition(b"\n")
            return content.decode() if head == f"{key} {digest(content)}".encode() else None
        except (OSError, UnicodeDecodeError):
            return None

    def kept(self, *stages: str) -> list[str]:
        """The results of stages that were given before: what a later one follows from."""
        return [self._kept[stage].partition(b"\n")[2].decode() for stage in stages]

    def write(self, folder: str) -> None:
        """Keep the results with a new build.

        Raises:
            OSError: They cannot be written.
        """
        os.mkdir(os.path.join(folder, STAGES))
        for stage, content in self._kept.items():
            with open(os.path.join(folder, STAGES, stage), "wb") as file:
                file.write(content)
