"""Reviewers that are killed by the system at random moments, over and over, on one project."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from novu_framework_testing.review import Change, Refused, ReviewStore, TestChanges
from novu_framework_testing.review.changes import FileChange, change_id
from novu_framework_testing.snapshots.files import fingerprint, read_if_there, write_atomically
from tests.fuzz import FUZZ

FOLDER = "tests/__snapshots__/test_shop/test_mails"
STEMS = [f"{number:02d}-mail-email" for number in range(1, 4)]
PATHS = [f"{FOLDER}/{stem}{suffix}" for stem in STEMS for suffix in (".txt", ".html")]
LINES = 400
KILLS = 10 if FUZZ == 1 else 20 * FUZZ


@pytest.mark.skipif(sys.platform == "win32", reason="there is no fork and no SIGKILL")
def test_a_killed_reviewer_leaves_all_of_a_decision_or_nothing() -> None:
    # In a process of its own, which has one thread: it forks for each reviewer.
    subprocess.run([sys.executable, "-m", __name__, str(KILLS)], check=True, timeout=60 * FUZZ)


def content(version: int) -> bytes:
    return f"version {version}\n".encode() * LINES


def version_of(data: bytes | None) -> int:
    """The version that a file has; a file that is not whole is a failure."""
    version = int((data or b"version 0").split(b"\n")[0].split()[1])
    assert data in (None, content(version)), "a file was half written"
    return version


def propose(root: Path, version: int) -> ReviewStore:
    """What a run of the tests does at its end."""
    store = ReviewStore(root)
    changes = []
    for stem in STEMS:
        paths = [path for path in PATHS if stem in path]
        files = tuple(
            FileChange(path, fingerprint(read_if_there(root / path)), content(version).decode())
            for path in paths
        )
        changes.append(Change(change_id(FOLDER, stem), "changed", "mail", "email", None, stem, "", files))
    store.replace([TestChanges("test_mails", FOLDER, tuple(changes))], ran=[FOLDER])
    return store


def review(root: Path, version: int, log: int) -> None:
    """Accept one version after another, and take some back; say what is done as soon as it is."""
    while True:
        version += 1
        store = propose(root, version)
        os.write(log, f"{version}\n".encode())
        decision = store.decide("accept", [(each.id, each.revision) for _, each in store.pending()])
        os.write(log, f"{version} accepted\n".encode())
        if version % 3 == 0:
            store.undo(decision.id)
            os.write(log, f"{version} undone\n".encode())


def update(root: Path) -> None:
    """Write other files of the same folder, as a run with `--snapshot-update` does."""
    number = 0
    while True:
        number += 1
        write_atomically(root / FOLDER / "09-other-sms.txt", content(number))


def possible(log: list[str], before: int) -> set[int]:
    """The versions that the files may have after these lines of the log."""
    states, last = {before}, before
    for line in log:
        number, _, what = line.partition(" ")
        if what == "accepted":
            before, last = last, int(number)
            # It may be taken back already, without having said so.
            states = {last, before} if last % 3 == 0 else {last}
        elif what == "undone":
            last = before
            states = {last}
        else:
            states = {last, int(number)}
    return states


def main(kills: int) -> None:
    root = Path(tempfile.mkdtemp(prefix="novu-kills-"))
    choice = random.Random(kills)
    version = counted = 0
    writer = fork(lambda: update(root))
    try:
        for _ in range(kills):
            reader, log = os.pipe()
            start = max(counted, version)
            child = fork(partial(review, root, start, log))
            os.close(log)
            until = time.monotonic() + choice.uniform(0.002, 0.04)
            while time.monotonic() < until:
                for path in PATHS:
                    version_of(read_if_there(root / path))
            os.kill(child, signal.SIGKILL)
            status = os.waitpid(child, 0)[1]
            assert os.WTERMSIG(status) == signal.SIGKILL, "the reviewer failed by itself"
            with os.fdopen(reader) as file:
                lines = file.read().splitlines()
            store = ReviewStore(root)
            store.finish_interrupted()
            found = {version_of(read_if_there(root / path)) for path in PATHS}
            assert len(found) == 1, f"a decision was carried out half: {found}"
            assert found <= possible(lines, version), (found, lines[-3:], version)
            (version,) = found
            counted = max([counted, version, *(int(line.split()[0]) for line in lines)]) + 1
            if decision := store.last_decision():
                with contextlib.suppress(Refused):
                    store.undo(decision)
            version = version_of(read_if_there(root / PATHS[0]))
            left = [path for path in root.rglob(".novu-*") if f"-{writer}-" not in path.name]
            assert not left, f"half written files are left: {left}"
            assert os.waitpid(writer, os.WNOHANG) == (0, 0), "the one who updates was disturbed"
        print(f"{kills} kills, {counted} versions; nothing lost, nothing half")
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(writer, signal.SIGKILL)
            os.waitpid(writer, 0)
        shutil.rmtree(root)


def fork(run: Callable[[], None]) -> int:
    child = os.fork()
    if child == 0:
        try:
            run()
        finally:
            os._exit(1)
    return child


if __name__ == "__main__":
    main(int(sys.argv[1]))
