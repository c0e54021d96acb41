"""Reviewers who decide, comment, undo and apply, and runs that replace, killed by the system at random moments."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from novu_framework_testing.review import Change, Refused, ReviewStore, TestChanges
from novu_framework_testing.review.changes import FileChange, change_id
from novu_framework_testing.review.decision_file import FileDecision, apply_decisions
from novu_framework_testing.review.journal import Entry
from novu_framework_testing.snapshots.files import fingerprint, read_if_there
from tests.fuzz import FUZZ
from tests.fuzz.test_review_kills import fork
from tests.tables import one_in

FOLDERS = [f"tests/__snapshots__/test_shop/test_{name}" for name in "ab"]
STEMS = [f"{number:02d}-mail-email" for number in range(1, 4)]
IDS = {change_id(folder, stem): (folder, stem) for folder in FOLDERS for stem in STEMS}
LINES = 200
KILLS = 8 if FUZZ == 1 else 15 * FUZZ

Seen = tuple[str, str, str, str]
"""What there is of a change: its status and comment, what it proposes, and what its file says."""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no fork and no SIGKILL")
@pytest.mark.parametrize("reviewers", one_in(2, [2, 1]))
def test_what_was_decided_and_said_survives_kills(reviewers: int) -> None:
    # In a process of its own, which has one thread: it forks for each reviewer.
    command = [sys.executable, "-m", __name__, str(KILLS), str(reviewers)]
    subprocess.run(command, check=True, timeout=60 * FUZZ)


def content(word: str) -> bytes:
    return f"{word}\n".encode() * LINES


def word_of(data: bytes | None) -> str:
    """What a file says; one that is not whole is a failure."""
    word = (data or b"\n").split(b"\n")[0].decode()
    assert data in (None, content(word)), "a file was half written"
    return word


def propose(root: Path, words: dict[str, str]) -> None:
    """What a run of the tests does at its end; a change whose word is there already is none."""
    tests = []
    for folder in FOLDERS:
        changes = []
        for stem in STEMS:
            path, word = f"{folder}/{stem}.txt", words[change_id(folder, stem)]
            now = read_if_there(root / path)
            if word_of(now) != word:
                file = FileChange(path, fingerprint(now), content(word).decode())
                kind: Any = "changed" if now else "new"
                changes.append(
                    Change(change_id(folder, stem), kind, "mail", "email", None, stem, "", (file,))
                )
        tests.append(TestChanges(f"{folder}::test", folder, tuple(changes)))
    ReviewStore(root).replace(tests, ran=FOLDERS)


def seen(root: Path) -> dict[str, Seen]:
    """All that there is, by the ids of changes."""
    found = dict.fromkeys(IDS, ("none", "", ""))
    for test in ReviewStore(root).tests():
        for change in test.changes:
            assert change.files[0].new is not None
            found[change.id] = (change.status, change.why, change.files[0].new.split("\n")[0])
    return {
        each: (*found[each], word_of(read_if_there(root / f"{folder}/{stem}.txt")))
        for each, (folder, stem) in IDS.items()
    }


@dataclasses.dataclass
class Operation:
    """What a reviewer is about to do, written down before: since when, what there was, and on which changes.

    `back` is what taking a decision back makes of its changes: status and comment.
    """

    name: str
    since: float
    before: dict[str, Seen]
    changes: list[str]
    why: str = ""
    back: dict[str, tuple[str, str]] = dataclasses.field(default_factory=dict)


def operations(root: Path, seed: int) -> Iterator[Operation]:
    """Decide and comment at random, for ever; each is given before it is done."""
    choice = random.Random(seed)
    told: dict[str, Any] = {}
    for number in range(1_000_000):
        store, since = ReviewStore(root), time.monotonic()
        before = seen(root)
        open_ = [each for each, (status, *_) in before.items() if status in ("pending", "rejected")]
        name = choice.choice(["reject", "reject", "reject", "accept", "undo", "apply", "run"])
        if name == "accept":
            open_ = [each for each in open_ if is_fresh(store, each)]
        picked = sorted(choice.sample(open_, min(len(open_), choice.randint(1, 3))))
        why = (
            f"because {seed}-{number} " + "x" * choice.choice([0, 10, 1500]) if choice.random() < 0.8 else ""
        )
        if name == "run" or not picked:
            words = {each: f"word{choice.randint(0, 3)}" for each in IDS}
            yield Operation("run", since, before, sorted(IDS))
            propose(root, words)
        elif name == "undo":
            if (last := store.last_decision()) is None:
                continue
            if (entry := Entry.read(store.home / "decisions" / f"{last}.json")) is None:
                continue  # the other reviewer took it back
            # of its own decisions, a reviewer knows what was before them
            back = told.get(last, entry.decisions((), forward=False))
            yield Operation("undo", since, before, sorted(back), back=back)
            with contextlib.suppress(Refused):
                store.undo(last)
        elif name == "apply":
            yield Operation("apply", since, before, picked, why.strip())
            known = {change.id: change for test in store.tests() for change in test.changes}
            apply_decisions(
                store,
                [
                    FileDecision(id=each, content=known[each].content, action="reject", why=why)
                    for each in picked
                    if each in known
                ],
            )
        else:
            yield Operation(name, since, before, picked, why.strip() if name == "reject" else "")
            with contextlib.suppress(Refused):
                pairs = [(each, None) for each in picked]
                made = (
                    store.decide("reject", pairs, why=why)
                    if name == "reject"
                    else store.decide("accept", pairs)
                )
                told[made.id] = {each: (before[each][0], before[each][1]) for each in made.changes}


def is_fresh(store: ReviewStore, change: str) -> bool:
    """Whether the file is what it was when the tests ran: else accepting is refused, after an undo for example."""
    with contextlib.suppress(Refused):
        (file,) = store.find(change)[1].files
        return fingerprint(store.content(file.path)) in (file.base, file.target)
    return False


def review(root: Path, seed: int, log: Path) -> None:
    """Do one thing after another, each written down before it is done: the next line says that it was."""
    with log.open("wb", buffering=0) as file:
        for operation in operations(root, seed):
            file.write((json.dumps(dataclasses.asdict(operation)) + "\n").encode())


def may_become(operation: Operation, each: str) -> Any:
    """Whether an operation, of which it is not known how far it came, may have made this of a change."""
    before = tuple(operation.before[each])

    def allowed(after: Seen) -> bool:
        if after == before or each not in operation.changes:
            return after == before
        status, why, word, file = after
        old_status, old_why, old_word, old_file = before
        if operation.name == "reject":
            return (status, why, word, file) == ("rejected", operation.why, old_word, old_file)
        if operation.name == "accept":
            return (status, why, word, file) == ("accepted", "", old_word, old_word)
        if operation.name == "apply":
            kept_whole = old_status != "rejected" or old_why in why
            return (
                status == "rejected"
                and operation.why in why
                and kept_whole
                and (word, file) == (old_word, old_file)
            )
        if operation.name == "run":
            # a comment goes when its change is gone, or was accepted; else it is there still
            keeps = status == "none" or old_status in ("none", "accepted") or why == old_why
            again = status != "rejected" or old_status == "rejected"
            return keeps and again and status != "accepted" and file == old_file
        if old_status == "none":  # a run has forgotten the change; its file comes back
            return (status, why, word) == (old_status, old_why, old_word)
        return (status, why) == tuple(operation.back[each]) and word == old_word

    return allowed


def operations_in(log: Path) -> list[Operation]:
    """What a reviewer had begun; the last line may be cut short, and then was not done."""
    text = log.read_text() if log.exists() else ""
    log.unlink(missing_ok=True)
    return [Operation(**json.loads(line)) for line in text.split("\n")[:-1]]


def check(before: dict[str, Seen] | None, made: list[Operation], now: dict[str, Seen]) -> Counter[str]:
    """Hold what there is against what was said to be done: each line tells what the ones before it have left."""
    counts: Counter[str] = Counter()
    states = [each.before for each in made] + [now]
    if before is not None and made:
        assert {each: tuple(state) for each, state in made[0].before.items()} == before, (
            "lost between reviewers"
        )
    for operation, after in zip(made, states[1:], strict=True):
        counts[operation.name] += 1
        changed = 0
        for each in IDS:
            found: Any = tuple(after[each])
            assert may_become(operation, each)(found), (operation.name, operation.before[each], found)
            changed += found != tuple(operation.before[each])
        if operation.name in ("reject", "accept", "undo"):
            assert changed in (0, len(operation.changes)) or is_same(operation, after), (operation, after)
    return counts


def check_together(logs: list[list[Operation]], now: dict[str, Seen]) -> Counter[str]:
    """Hold what there is against the last rejection of each change that nobody else can have come in between."""
    spans = [
        (each, log[index + 1].since if index + 1 < len(log) else float("inf"))
        for log in logs
        for index, each in enumerate(log)
    ]
    counts = Counter(each.name for each, _ in spans)
    for change in IDS:
        about = sorted(
            ((each, end) for each, end in spans if change in each.changes), key=lambda one: one[0].since
        )
        if (
            about
            and about[-1][0].name == "reject"
            and all(end <= about[-1][0].since for _, end in about[:-1])
        ):
            (last, end), found = about[-1], now[change]
            done = found[:2] == ("rejected", last.why)
            assert done or (end == float("inf") and found == tuple(last.before[change])), (last, found)
            counts["comments that were the last word"] += 1
    return counts


def is_same(operation: Operation, after: dict[str, Seen]) -> bool:
    """Whether those of a decision that did not change are what the decision makes of them."""
    wanted = {"reject": "rejected", "accept": "accepted"}.get(operation.name)
    return all(
        tuple(after[each]) != tuple(operation.before[each]) or after[each][0] == wanted or wanted is None
        for each in operation.changes
    )


def main(kills: int, reviewers: int) -> None:
    root = Path(tempfile.mkdtemp(prefix="novu-rejections-"))
    choice = random.Random(kills)
    counts: Counter[str] = Counter()
    comments: set[str] = set()
    state: dict[str, Seen] | None = None
    try:
        propose(root, dict.fromkeys(IDS, "first"))
        for number in range(kills):
            logs = [root / f"log-{who}" for who in range(reviewers)]
            children = [fork(partial(review, root, number * 2 + who, log)) for who, log in enumerate(logs)]
            until = time.monotonic() + choice.uniform(0.005, 0.06)
            while time.monotonic() < until:
                seen(root)
            for child in children:
                os.kill(child, signal.SIGKILL)
                status = os.waitpid(child, 0)[1]
                assert os.WTERMSIG(status) == signal.SIGKILL, "the reviewer failed by itself"
            made = [operations_in(log) for log in logs]
            ReviewStore(root).finish_interrupted()
            now = seen(root)
            if reviewers == 1:
                counts += check(state, made[0], now)
            else:
                counts += check_together(made, now)
            comments |= {why for _, why, _, _ in now.values() if why}
            left = list(root.rglob(".novu-*"))
            assert not left, f"half written files are left: {left}"
            state = now
        done = ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))
        print(
            f"{kills} kills, {reviewers} at once: {done}; {len(comments)} comments seen after kills, nothing lost"
        )
    finally:
        shutil.rmtree(root)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
