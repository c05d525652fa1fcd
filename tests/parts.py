"""What the tests marked `parts` need beside Python packages: programs and files that `make parts` installs."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

ROOT = Path(__file__).resolve().parents[1]


def need(command: str, reason: str) -> str:
    """The path of a command; where it is missing, the test skips, or fails if KG_REQUIRE_PARTS is 1.

    Args:
        command: A name to be found on PATH, or a path from the project's root.
        reason: What needs it, as the rest of a sentence that begins with "is needed to".
    """
    found = shutil.which(ROOT / command if "/" in command else command)
    return str(found) if found is not None else _missing(command, reason)


def need_file(path: str, reason: str) -> Path:
    """A file or folder that `make parts` installs; where it is missing, as for `need`.

    Args:
        path: A path from the project's root.
        reason: What needs it, as the rest of a sentence that begins with "is needed to".
    """
    return ROOT / path if (ROOT / path).exists() else _missing(path, reason)


def _missing(name: str, reason: str) -> NoReturn:
    message = f"{name} is missing; it is needed to {reason}. `make parts` installs it."
    if os.environ.get("KG_REQUIRE_PARTS") == "1":
        pytest.fail(message, pytrace=False)
    pytest.skip(message)
