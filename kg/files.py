"""Where things are: the project folder, the files in it, and its builds.

On the path of every question, so it imports nothing heavy (no pathlib, no dataclasses).

A project is a folder with `ontology/`, `data/` and `queries/`. Its builds are in
`.kg/<build>/`; the file `.kg/current` names the one in force and is replaced in one
step, so that a reader sees the old build or the new one and never half of one.
"""

from __future__ import annotations

import json
import os

from kg.errors import DataError, KgError, UnreachableError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

FOLDERS = ("ontology", "data", "queries")
# What reasoning must and must not conclude; each question has a small graph of its own, which is no part of the whole.
QUESTIONS = "ontology/questions/"
MANIFEST = "manifest.json"
CATALOGUE = "catalogue.json"
VERIFICATIONS = "verifications.json"
STORE = "store"
# What is asserted alone, in a second store: to tell which rows need inference, a question asks both.
ASSERTED = "asserted"
CURRENT = "current"


class Project:
    """A project folder and the folder of its builds.

    Attributes:
        root: Absolute path of the folder that holds `ontology/`, `data/` and `queries/`.
        builds: Absolute path of the folder that holds the builds.
        carried: Whether this is the graph that the installed package carries.
    """

    __slots__ = ("builds", "carried", "root")

    def __init__(self, root: str, builds: str, carried: bool) -> None:
        self.root = root
        self.builds = builds
        self.carried = carried

    def files(self, folder: str, suffix: str) -> list[str]:
        """Paths from the root of all files below a folder that end in `suffix`, sorted, with `/`."""
        found: list[str] = []
        for where, folders, names in os.walk(os.path.join(self.root, *folder.split("/"))):
            folders.sort()
            relative = os.path.relpath(where, self.root).replace(os.sep, "/")
            # Editors and systems keep files of their own beside ours: `.#places.ttl`, `._places.ttl`.
            found.extend(f"{relative}/{name}" for name in names if name.endswith(suffix) and name[0] != ".")
        return sorted(found)

    def inputs(self) -> list[str]:
        """Every file that a build depends on, as paths from the root, sorted."""
        ontology = [*self.files("ontology", ".ttl"), *self.files("ontology", ".rq")]
        return sorted(
            [*(path for path in ontology if not path.startswith(QUESTIONS)),
             *self.files("data", ".ttl"), *self.files("queries", ".rq"), *self.files("queries", ".yaml"),
             *self.files("verifications", ".rq")]
        )  # fmt: skip

    def path(self, relative: str) -> str:
        """The absolute path of a path from the root."""
        return os.path.join(self.root, *relative.split("/"))


def find_project(directory: str | None = None) -> Project:
    """The named project, else the one around the current folder, else the carried one.

    A folder with builds, or with an ontology and one of the other two folders, is taken for a project
    that has lost the rest: to answer from the carried graph there would answer another question.

    Raises:
        UnreachableError: The named folder, or the project around here, does not exist or lacks
            one of the three folders.
    """
    if directory is not None:
        root = os.path.abspath(directory)
        if not os.path.isdir(root):
            raise UnreachableError(f"{directory} is not a folder.\n  --project names the folder of a project.")
        return _project(root, directory)
    try:
        here = os.getcwd()
    except OSError as error:
        raise UnreachableError(f"The current folder cannot be reached: {error.strerror}.") from error
    while True:
        if len(_missing(here)) < 2 and os.path.isdir(os.path.join(here, FOLDERS[0])) or _has_builds(here):
            return _project(here, here)
        above = os.path.dirname(here)
        if above == here:
            return _carried()
        here = above


def _project(root: str, shown: str) -> Project:
    missing = _missing(root)
    if missing:
        raise UnreachableError(
            f"{shown} has no folder {' and no folder '.join(name + '/' for name in missing)}.\n"
            f"  A project holds {', '.join(name + '/' for name in FOLDERS)}."
        )
    return Project(root, os.path.join(root, ".kg"), False)


def _missing(folder: str) -> list[str]:
    return [name for name in FOLDERS if not os.path.isdir(os.path.join(folder, name))]


def _has_builds(folder: str) -> bool:
    return os.path.isfile(os.path.join(folder, ".kg", CURRENT))


def _carried() -> Project:
    """The graph inside the installed package, or beside it in a checkout."""
    package = os.path.dirname(os.path.abspath(__file__))
    root = os.path.join(package, "carried")
    if _missing(root):
        root = os.path.dirname(package)
        if _missing(root):
            raise UnreachableError(
                "This installation carries no graph, and there is no project here.\n"
                "  Name one with --project DIR, or install the package again."
            )
        return Project(root, os.path.join(root, ".kg"), True)
    import platformdirs

    return Project(root, platformdirs.user_cache_path("borderlands-kg").as_posix(), True)


class Build:
    """One finished build: `folder` holds the two stores, the catalogue of queries and the manifest."""

    __slots__ = ("folder", "manifest")

    def __init__(self, folder: str) -> None:
        """Read the manifest of a finished build, and hold its store against it.

        Raises:
            OSError, ValueError: The folder, its manifest or its store is missing or damaged.
        """
        self.folder = folder
        with open(os.path.join(folder, MANIFEST), encoding="utf-8") as file:
            self.manifest = json.load(file)
        if not isinstance(self.manifest, dict) or not isinstance(self.manifest.get("inputs"), dict):
            raise ValueError(f"{MANIFEST} is not what a build wrote")
        # The database opens without a word if its journal was cut short, and then lacks triples.
        for name, path in ((STORE, self.store), (ASSERTED, self.asserted)):
            if self.manifest.get(name) != store_sizes(path):
                raise ValueError("the files of the store are not those that were written")

    @property
    def store(self) -> str:
        """Path of the embedded store."""
        return os.path.join(self.folder, STORE)

    @property
    def asserted(self) -> str:
        """Path of the store that lacks what is inferred, but for the classes above those that are stated."""
        return os.path.join(self.folder, ASSERTED)

    def catalogue(self) -> dict[str, dict[str, object]]:
        """The canned queries by name, as the build compiled them from `queries/`.

        Raises:
            UnreachableError: The catalogue is missing or damaged.
        """
        return self._texts(CATALOGUE)

    def verifications(self) -> dict[str, dict[str, Any]]:
        """The checks of statements by name, as the build compiled them from `verifications/`; errors as above."""
        return self._texts(VERIFICATIONS)

    def _texts(self, name: str) -> dict[str, dict[str, object]]:
        path = os.path.join(self.folder, name)
        try:
            with open(path, encoding="utf-8") as file:
                queries: dict[str, dict[str, object]] = json.load(file)
            if not all(isinstance(entry, dict) and "text" in entry for entry in queries.values()):
                raise ValueError("an entry is not what a build wrote")
        except (OSError, ValueError, AttributeError) as error:
            raise UnreachableError(f"{path} is damaged: {error}.\n  Run `kg build` to make it again.") from error
        return queries

    @property
    def disputes(self) -> dict[str, str]:
        """The things that are disputed or corrected, by IRI; see `kg.answer.disputes`."""
        disputes: dict[str, str] = self.manifest.get("disputes", {})
        return disputes

    def changed(self, project: Project) -> list[str]:
        """Inputs that were added, removed or touched since this build; paths from the root."""
        then: dict[str, list[int]] = self.manifest["inputs"]
        now = {path: stamp(project.path(path)) for path in project.inputs()}
        return sorted(path for path in then.keys() | now.keys() if then.get(path) != now.get(path))


def stamp(path: str) -> list[int]:
    """Size in bytes and time of the last change in nanoseconds: what tells that a file was touched.

    Empty if the file is not there: a link to nothing, or gone since the folder was listed.
    """
    try:
        status = os.stat(path)
    except OSError:
        return []
    return [status.st_size, status.st_mtime_ns]


def store_sizes(folder: str) -> dict[str, int]:
    """The files of a store that hold its content, with their sizes in bytes.

    Raises:
        OSError: The folder is missing.
    """
    # The database writes a log of its own into the folder even when it only reads.
    return {
        entry.name: entry.stat().st_size
        for entry in os.scandir(folder)
        if entry.name.startswith(("CURRENT", "MANIFEST")) or entry.name.endswith(".sst")
    }


def current_build(project: Project) -> Build | None:
    """The build in force, or None if there is none yet.

    Raises:
        UnreachableError: There is a build, but it cannot be read.
    """
    pointer = os.path.join(project.builds, CURRENT)
    try:
        with open(pointer, encoding="utf-8") as file:
            name = file.read().strip()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UnreachableError(f"{pointer} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError:
        name = ""
    if not name.isalnum():
        raise UnreachableError(f"{pointer} is damaged.\n  Run `kg build` to make the build again.")
    try:
        return Build(os.path.join(project.builds, name))
    except (OSError, ValueError) as error:
        raise UnreachableError(
            f"The build in {project.builds} is damaged: {error}.\n  Run `kg build` to make it again."
        ) from error


def usable_build(project: Project, make: Callable[[], object]) -> tuple[Build, list[str]]:
    """The build to ask, and the inputs that have changed since it was made.

    The graph that the package carries is built by `make` when it has none that is up to date;
    a project's is built when its owner says so.

    Raises:
        UnreachableError: There is no build, or it cannot be read.
    """
    build = current_build(project)
    changed = [] if build is None else build.changed(project)
    if project.carried and (build is None or changed):
        make()
        build, changed = current_build(project), []
    if build is None:
        raise UnreachableError(f"The project in {project.root} has not been built.\n  Run `kg build` there.")
    return build, changed


def write_text(path: str, text: str) -> None:
    """Write a file whole or not at all: beside it first, then put in its place.

    Raises:
        UnreachableError: The file cannot be written; what was there is still there.
    """
    write_bytes(path, text.encode())


def write_bytes(path: str, content: bytes) -> None:
    """Write a file as `write_text` does; what is no plain file, such as a device, is written to as it is."""
    if os.path.exists(path) and not os.path.isfile(path):
        with open(path, "wb") as stream:
            stream.write(content)
        return
    beside = f"{path}.{os.getpid()}.new"
    try:
        with open(beside, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except OSError as error:
        if os.path.exists(beside):
            os.remove(beside)
        raise UnreachableError(f"{path} cannot be written: {error.strerror}.") from error


def read_text(path: str, shown: str, otherwise: type[KgError] = DataError) -> str:
    """The text of a file; `shown` is its name in messages.

    Raises:
        UnreachableError: It cannot be read.
        otherwise: It is not UTF-8 text.
    """
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except OSError as error:
        raise UnreachableError(f"{shown} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise otherwise(f"{shown} is not UTF-8 text: byte {error.start} is not.") from error
