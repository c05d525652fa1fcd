"""Modules import only downwards, and the path of a question imports nothing heavy."""

import ast
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "kg"

# Each line may import from the lines below it; modules on one line do not import each other.
LAYERS = (
    ("cli",),
    ("arguments", "library"),
    ("commands",),
    ("console",),
    ("pipeline",),
    ("storing",),
    ("statements", "checked", "asking"),
    ("catalogue", "contents", "executables", "validate", "guards", "formatting", "report", "results", "rows", "show",
     "evidence", "exposure", "why", "contested", "coverage", "trends", "cite", "verify"),
    ("header",),
    ("forms",),
    ("answer",),
    ("query", "reference"),
    ("parameters",),
    ("names",),
    ("dataset", "store", "reason", "shacl"),
    ("turtle", "keys"),
    ("about",),
    ("files", "namespaces", "options", "findings", "spelling"),
    ("errors",),
)  # fmt: skip
HEIGHT = {name: len(LAYERS) - number for number, names in enumerate(LAYERS) for name in names}
HEAVY = ("rdflib", "pyshacl", "owlrl", "rich", "yaml", "platformdirs", "dataclasses", "pathlib", "argparse", "typing",
         "rapidfuzz")  # fmt: skip


def imported(path: Path) -> set[str]:
    """The modules of the package that a file imports, anywhere in it, by their first name."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "kg":
            found |= {alias.name for alias in node.names} - {"__version__"}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("kg."):
            found.add((node.module or "").split(".")[1])
        elif isinstance(node, ast.Import):
            found |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("kg.")}
    return found


def module_of(path: Path) -> str:
    """The first name of a file's module below the package."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def test_imports_go_downwards() -> None:
    """No module imports one that stands above it or beside it."""
    wrong = [
        f"{path.relative_to(PACKAGE)} imports {other}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if module_of(path) != "__init__"
        for other in sorted(imported(path) - {module_of(path)})
        if HEIGHT[module_of(path)] <= HEIGHT[other]
    ]
    assert wrong == []


def test_every_module_has_its_layer() -> None:
    """A new module is given its place; a place without a module is taken out."""
    modules = {module_of(path) for path in PACKAGE.rglob("*.py")} - {"__init__"}
    assert modules == set(HEIGHT)


def test_only_the_command_line_prints() -> None:
    """Library code returns values."""
    printing = [
        module_of(path)
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert set(printing) == {"cli", "commands", "console"}


def test_a_question_imports_nothing_heavy() -> None:
    """The modules on the path of a question bring in no library but the store's own."""
    path = "from kg import cli, files, names, namespaces, query, results, store; from kg.answer import asked"
    path += "; import sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-S", "-c", f"import sys; sys.path[:0] = {sys.path!r}; {path}"],
                          capture_output=True, text=True, check=True)  # fmt: skip
    assert [name for name in HEAVY if name in done.stdout.split()] == []
