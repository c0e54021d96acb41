"""Processes that are killed while they update snapshots."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz import FUZZ


@pytest.mark.skipif(
    sys.platform == "win32", reason="children are forked, so that a thousand of them cost little"
)
def test_no_accepted_content_is_lost_and_no_half_written_file_is_read(tmp_path: Path) -> None:
    # In a process of its own: this one has threads, which a fork would not bring along.
    run = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.snapshot_kills", str(tmp_path), str(20 * FUZZ)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    print(run.stdout)
    assert run.stdout.startswith(f"{20 * FUZZ} kills")
