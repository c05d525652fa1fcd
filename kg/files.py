"""Where things are: the project folder, the files in it, and its builds.

On the path of every question, so it imports nothing heavy (no pathlib, no dataclasses).

A project is a folder with `ontology/`, `data/` and `queries/`. Its builds are in
`.kg/<build>/`; the file `.kg/current` names the one in force and is replaced in one
step, so that a reader sees the old build or the new one and never half of one.
"""

from __future__ import annotations

import json
import os

from kg.errors import UnreachableError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

FOLDERS = ("ontology", "data", "queries")
MANIFEST = "manifest.json"
CATALOGUE = "catalogue.json"
STORE = "store"
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
            found.extend(f"{relative}/{name}" for name in names if name.endswith(suffix))
        return sorted(found)

    def inputs(self) -> list[str]:
        """Every file that a build depends on, as paths from the root, sorted."""
        return sorted(
            [*self.files("ontology", ".ttl"), *self.files("ontology", ".rq"),
             *self.files("data", ".ttl"), *self.files("queries", ".rq")]
        )  # fmt: skip

    def path(self, relative: str) -> str:
        """The absolute path of a path from the root."""
        return os.path.join(self.root, *relative.split("/"))


def find_project(directory: str | None = None) -> Project:
    """The named project, else the one around the current folder, else the carried one.

    Raises:
        UnreachableError: The named folder does not exist or lacks one of the three folders.
    """
    if directory is not None:
        root = os.path.abspath(directory)
        if not os.path.isdir(root):
            raise UnreachableError(f"{directory} is not a folder.\n  --project names the folder of a project.")
        missing = [name for name in FOLDERS if not os.path.isdir(os.path.join(root, name))]
        if missing:
            raise UnreachableError(
                f"{directory} has no folder {' and no folder '.join(name + '/' for name in missing)}.\n"
                f"  A project holds {', '.join(name + '/' for name in FOLDERS)}."
            )
        return Project(root, os.path.join(root, ".kg"), False)
    here = os.getcwd()
    while True:
        if _is_project(here):
            return Project(here, os.path.join(here, ".kg"), False)
        above = os.path.dirname(here)
        if above == here:
            return _carried()
        here = above


def _is_project(folder: str) -> bool:
    return all(os.path.isdir(os.path.join(folder, name)) for name in FOLDERS)


def _carried() -> Project:
    """The graph inside the installed package, or beside it in a checkout."""
    package = os.path.dirname(os.path.abspath(__file__))
    root = os.path.join(package, "carried")
    if not _is_project(root):
        root = os.path.dirname(package)
        if not _is_project(root):
            raise UnreachableError(
                "This installation carries no graph, and there is no project here.\n"
                "  Name one with --project DIR, or install the package again."
            )
        return Project(root, os.path.join(root, ".kg"), True)
    import platformdirs

    return Project(root, platformdirs.user_cache_path("borderlands-kg").as_posix(), True)


class Build:
    """One finished build: `folder` holds the store, the catalogue of queries and the manifest."""

    __slots__ = ("folder", "manifest")

    def __init__(self, folder: str) -> None:
        """Read the manifest of a finished build.

        Raises:
            OSError, ValueError: The folder or its manifest is missing or damaged.
        """
        self.folder = folder
        with open(os.path.join(folder, MANIFEST), encoding="utf-8") as file:
            self.manifest = json.load(file)

    @property
    def store(self) -> str:
        """Path of the embedded store."""
        return os.path.join(self.folder, STORE)

    def catalogue(self) -> dict[str, dict[str, object]]:
        """The canned queries by name, as the build compiled them from `queries/`."""
        with open(os.path.join(self.folder, CATALOGUE), encoding="utf-8") as file:
            queries: dict[str, dict[str, object]] = json.load(file)
        return queries

    def changed(self, project: Project) -> list[str]:
        """Inputs that were added, removed or touched since this build; paths from the root."""
        then: dict[str, list[int]] = self.manifest["inputs"]
        now = {path: stamp(project.path(path)) for path in project.inputs()}
        return sorted(path for path in then.keys() | now.keys() if then.get(path) != now.get(path))


def stamp(path: str) -> list[int]:
    """Size in bytes and time of the last change in nanoseconds: what tells that a file was touched."""
    status = os.stat(path)
    return [status.st_size, status.st_mtime_ns]


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
    if not name or name != os.path.basename(name):
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
    beside = f"{path}.{os.getpid()}.new"
    try:
        with open(beside, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except OSError as error:
        if os.path.exists(beside):
            os.remove(beside)
        raise UnreachableError(f"{path} cannot be written: {error.strerror}.") from error


def read_argument_file(path: str) -> str:
    """The text of a file that a user named on the command line.

    Raises:
        UnreachableError: It cannot be read.
        UsageError: It is not UTF-8 text.
    """
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except OSError as error:
        raise UnreachableError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8 text: byte {error.start} is not.") from error
