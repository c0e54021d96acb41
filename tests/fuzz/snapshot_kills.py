"""Kill processes that update snapshots, at random moments: `python -m tests.fuzz.snapshot_kills <folder> <times>`.

Each child compares and updates an email and an SMS, over and over, with one of two contents. After each kill every
file has to hold one of the two, whole, and once the next run has looked at the folder, the files of an email the same.
Prints how many kills left an email between its two files until then; fails otherwise.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

from novu_framework_testing.snapshots import RenderedStep
from novu_framework_testing.snapshots.assertion import read_step
from novu_framework_testing.snapshots.formats import encoded_files
from novu_framework_testing.snapshots.storage import finish, replace_all

VERSIONS = [
    [
        RenderedStep("mail", "email", "delivered", {"subject": word, "body": f"<p>{word}</p>\n" * 2000}),
        RenderedStep("text", "sms", "delivered", {"body": word * 5000}),
    ]
    for word in ("old", "new")
]
FILES = [
    {f"0{order}-{step.step_id}-{step.channel}": encoded_files(step) for order, step in enumerate(version, 1)}
    for version in VERSIONS
]


def update(folder: Path, version: int) -> None:
    """Write one version of each step, as an update does."""
    for stem, files in FILES[version].items():
        replace_all(folder, {f"{stem}{suffix}": data for suffix, data in files.items()})


def kill_one(folder: Path, after: float) -> None:
    """Let a child update until it is killed."""
    child = os.fork()
    if child == 0:
        try:
            for number in range(1_000_000):
                update(folder, number % 2)
        finally:
            os._exit(1)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "the child ended by itself"


def check(folder: Path) -> bool:
    """Return whether each step has all files of one version; all of them have to be whole."""
    is_one = True
    for stem in FILES[0]:
        now = {suffix: (folder / f"{stem}{suffix}").read_bytes() for suffix in FILES[0][stem]}
        for suffix, data in now.items():
            assert data in (FILES[0][stem][suffix], FILES[1][stem][suffix]), f"{stem}{suffix} is not whole"
        is_one &= any(now == version[stem] for version in FILES)
        assert read_step(stem, now) is not None
    return is_one


def main(folder: Path, times: int) -> None:
    """Kill this many children, and say what was found."""
    update(folder, 0)
    between = 0
    for seed in range(times):
        kill_one(folder, random.Random(seed).uniform(0.001, 0.03))
        between += not check(folder)
        finish(folder)
        assert check(folder), "an email has one new file and one old"
    # What the killed have left is nobody's, is not read, and is in nobody's way.
    update(folder, 1)
    assert check(folder)
    left = len(list(folder.glob(".novu-*")))
    print(
        f"{times} kills; {between} left an email with one new file and one old; {left} half-written files left"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
