"""What a type checker says of users' code."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent / "typing"


def mypy(path: Path) -> tuple[int, list[str]]:
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--hide-error-context"]
    done = subprocess.run(
        [*command, "--config-file=", str(path)], capture_output=True, text=True, timeout=300
    )
    return done.returncode, done.stdout.splitlines()


def test_code_that_uses_every_public_name_is_accepted():
    status, output = mypy(HERE / "right.py")
    assert status == 0, "\n".join(output)


def test_every_wrong_use_is_reported_on_its_line():
    path = HERE / "wrong.py"
    wrong = {n for n, line in enumerate(path.read_text().splitlines(), 1) if "# wrong" in line}
    _, output = mypy(path)
    reported = {int(line.split(":")[1]) for line in output if ": error:" in line}
    assert len(wrong) > 8
    assert reported == wrong, "\n".join(output)
