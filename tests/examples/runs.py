"""Running what an example's README says, in a folder, as a reader would: in a process of its own."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from tests.processes import python

EXAMPLES = Path(__file__).parents[2] / "examples"

# What this test run was told is not for the runs that it starts.
_OURS = ("NOVU_", "PYTEST_", "COV_", "NO_COLOR", "FORCE_COLOR")


def run(
    folder: Path, *command: str, stdin: str | None = None, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run `python -m <command>` in `folder`, and give what it said and its exit status."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    kept |= {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONIOENCODING": "utf-8", **variables}
    return python("-m", *command, cwd=folder, env=kept, input=stdin or "")


def pytest_in(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return run(folder, "pytest", "-p", "no:cacheprovider", *options)
