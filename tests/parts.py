"""What the tests marked `parts` need beside Python packages: programs that `make parts` installs."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def need(command: str, reason: str) -> str:
    """The path of a command; where it is missing, the test skips, or fails if KG_REQUIRE_PARTS is 1.

    Args:
        command: A name to be found on PATH, or a path from the project's root.
        reason: What needs it, as the rest of a sentence that begins with "is needed to".
    """
    found = shutil.which(ROOT / command if "/" in command else command)
    if found is not None:
        return str(found)
    message = f"{command} is missing; it is needed to {reason}. `make parts` installs it."
    if os.environ.get("KG_REQUIRE_PARTS") == "1":
        pytest.fail(message, pytrace=False)
    pytest.skip(message)
