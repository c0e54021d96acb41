"""The review store under a state machine: nothing that a person accepted is ever lost, whatever comes in between."""

from __future__ import annotations

import contextlib
import dataclasses
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from novu_framework_testing.review import Change, Refused, ReviewStore, TestChanges
from novu_framework_testing.review.changes import FileChange, Status, change_id
from novu_framework_testing.review.journal import Action
from novu_framework_testing.snapshots.files import fingerprint, read_if_there
from tests.fuzz import FUZZ
from tests.fuzz.kills import Killed, before_operation

SUFFIXES = (".txt", ".html")
FOLDERS = [f"tests/__snapshots__/test_shop/test_{name}" for name in "ab"]
STEMS = ["01-mail-email", "02-mail-email"]
PATHS = [f"{folder}/{stem}{suffix}" for folder in FOLDERS for stem in STEMS for suffix in SUFFIXES]
IDS = [change_id(folder, stem) for folder in FOLDERS for stem in STEMS]

texts = st.none() | st.sampled_from(["short", "one", "two"])
"""What both files of an email say. `short` has no second file; None is a step that is not there."""
versions = st.fixed_dictionaries(dict.fromkeys(STEMS, texts))
kills = st.none() | st.integers(0, 30)
edits = st.none() | st.tuples(st.sampled_from(PATHS), texts)

Writes = Mapping[str, tuple[bytes | None, bytes | None]]


def said(text: str | None, suffix: str) -> bytes | None:
    """What a file holds of a step that says `text`."""
    return None if text is None or (text, suffix) == ("short", ".html") else f"{text}{suffix}".encode()


@dataclasses.dataclass
class Decided:
    """A decision in the model: what each change of it wrote, from and to, and its status before."""

    id: str
    writes: dict[str, Writes]
    before: dict[str, Status]


class Reviews(RuleBasedStateMachine):
    """Runs of the tests, reviewers and other programs on one project, beside a model of what has to be there."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp(prefix="novu-reviews-"))
        self.store = ReviewStore(self.root)
        self.files: dict[str, bytes | None] = dict.fromkeys(PATHS)
        self.statuses: dict[str, Status] = {}
        self.seen: dict[str, str] = {}
        self.decided: list[Decided] = []

    def teardown(self) -> None:
        shutil.rmtree(self.root)

    # What happens

    @initialize(first=st.fixed_dictionaries(dict.fromkeys(FOLDERS, versions)))
    def start(self, first: dict[str, dict[str, str | None]]) -> None:
        for folder, steps in first.items():
            for stem, text in steps.items():
                for suffix in SUFFIXES:
                    self.write(f"{folder}/{stem}{suffix}", said(text, suffix))

    @rule(folder=st.sampled_from(FOLDERS), steps=versions, all_ran=st.booleans(), killed=kills)
    def tests_run(self, folder: str, steps: dict[str, str | None], all_ran: bool, killed: int | None) -> None:
        """A run proposes what differs from the files, and forgets what does not any more."""
        found = [self.difference(folder, stem, text) for stem, text in steps.items()]
        changes = tuple(change for change in found if change)
        old = {change.content: change.status for change in self.changes().values()}
        own = {change_id(folder, stem) for stem in STEMS}
        expected = {each: status for each, status in self.statuses.items() if each not in own and not all_ran}
        for change in changes:
            expected[change.id] = "rejected" if old.get(change.content) == "rejected" else "pending"
        done = False
        with self.killed(killed):
            self.store.replace(
                [TestChanges(f"{folder}::test", folder, changes)], ran=[folder], all_ran=all_ran
            )
            done = True
        now = {change.id: change.status for change in self.changes().values()}
        assert now == expected or not done
        # One that was killed has come to some of its tests; an accepted file is not its business.
        self.statuses = now

    @rule()
    def somebody_looks(self) -> None:
        self.seen = {change.id: change.revision for change in self.changes().values()}

    @rule(
        action=st.sampled_from(["accept", "reject"]),
        picked=st.sets(st.sampled_from(IDS)),
        killed=kills,
        edit=edits,
    )
    def somebody_decides(
        self, action: Action, picked: set[str], killed: int | None, edit: tuple[str, str | None] | None
    ) -> None:
        """Some of what was seen; before the next one finishes it after a kill, another program may write a file."""
        now = self.changes()
        wanted = [(each, self.seen[each]) for each in sorted(picked & self.seen.keys())]
        plan: dict[str, Writes] = {}
        for each, revision in wanted:
            if each in now and now[each].revision == revision and now[each].status != "accepted":
                if action == "reject" and self.is_written(now[each]):
                    continue  # by what was taken back: there is nothing left to reject
                files = now[each].files if action == "accept" else ()
                if all(fingerprint(self.files[file.path]) in (file.base, file.target) for file in files):
                    plan[each] = {file.path: (self.files[file.path], file.new_bytes) for file in files}
        before = {each: now[each].status for each in plan}
        known = self.journal()
        done = False
        with self.killed(killed, edit):
            try:
                assert set(self.store.decide(action, wanted).changes) == plan.keys()
            except Refused:
                assert not plan
            done = True
        new = self.journal() - known
        assert len(new) <= 1
        assert bool(new) is bool(plan) or not done
        if not done:
            plan = self.left_alone(plan, edit)
        if new:
            decided: Status = "accepted" if action == "accept" else "rejected"
            self.happens(plan, dict.fromkeys(plan, decided), edit, done)
            self.decided.append(Decided(new.pop(), plan, {each: before[each] for each in plan}))
        else:
            self.happens({}, {}, edit, done)

    @precondition(lambda self: self.decided)
    @rule(index=st.integers(0, 5), killed=kills, edit=edits)
    def somebody_takes_it_back(
        self, index: int, killed: int | None, edit: tuple[str, str | None] | None
    ) -> None:
        decided = self.decided[-1 - index % len(self.decided)]
        later = self.decided[self.decided.index(decided) + 1 :]
        allowed = not any(each.before.keys() & decided.before.keys() for each in later) and all(
            self.files[path] == new for writes in decided.writes.values() for path, (_, new) in writes.items()
        )
        done = False
        with self.killed(killed, edit):
            try:
                self.store.undo(decided.id)
                assert allowed
            except Refused:
                assert not allowed
            done = True
        gone = decided.id not in self.journal()
        assert gone is allowed or (not done and not gone)
        if not gone:
            self.happens({}, {}, edit, done)
            return
        back: dict[str, Writes] = {
            each: {path: (new, old) for path, (old, new) in writes.items()}
            for each, writes in decided.writes.items()
        }
        if not done:
            back = self.left_alone(back, edit)
        self.decided.remove(decided)
        self.happens(back, decided.before, edit, done)

    # What has to hold

    @invariant()
    def the_files_hold_what_was_accepted(self) -> None:
        assert {path: read_if_there(self.root / path) for path in PATHS} == self.files

    @invariant()
    def the_list_says_what_was_decided(self) -> None:
        assert {change.id: change.status for change in self.changes().values()} == self.statuses

    @invariant()
    def nothing_half_done_is_left(self) -> None:
        assert not [*self.root.rglob(".novu-*"), *self.root.rglob("*ing")]

    # The model

    def changes(self) -> dict[str, Change]:
        return {change.id: change for test in self.store.tests() for change in test.changes}

    def journal(self) -> set[str]:
        return {path.stem for path in (self.store.home / "decisions").glob("*.json")}

    def is_written(self, change: Change) -> bool:
        """Tell whether the files are what accepting a change would make of them."""
        return all(fingerprint(self.files[file.path]) == file.target for file in change.files)

    def difference(self, folder: str, stem: str, text: str | None) -> Change | None:
        files = [
            FileChange(path, fingerprint(self.files[path]), None if new is None else new.decode())
            for suffix in SUFFIXES
            for path, new in [(f"{folder}/{stem}{suffix}", said(text, suffix))]
            if self.files[path] is not None or new is not None
        ]
        if all(file.base == file.target for file in files):
            return None
        return Change(change_id(folder, stem), "changed", "mail", "email", None, stem, "", tuple(files))

    def write(self, path: str, data: bytes | None) -> None:
        file = self.root / path
        self.files[path] = data
        if data is None:
            file.unlink(missing_ok=True)
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)

    @contextlib.contextmanager
    def killed(self, number: int | None, edit: tuple[str, str | None] | None = None) -> Iterator[None]:
        """Kill what runs inside; another program may write a file before the next reviewer comes."""
        with contextlib.suppress(Killed), before_operation(number):
            yield
        files = dict(self.files)
        if edit:
            self.write(edit[0], said(edit[1], Path(edit[0]).suffix))
        self.files = files
        self.store = ReviewStore(self.root)
        self.store.finish_interrupted()

    def left_alone(
        self, plan: Mapping[str, Writes], edit: tuple[str, str | None] | None
    ) -> dict[str, Writes]:
        """The changes of which the other program wrote no file, or wrote what was there or was to come."""
        path, text = edit or ("", None)
        data = said(text, Path(path).suffix)
        return {each: writes for each, writes in plan.items() if path not in writes or data in writes[path]}

    def happens(
        self,
        plan: Mapping[str, Writes],
        statuses: Mapping[str, Status],
        edit: tuple[str, str | None] | None,
        done: bool,
    ) -> None:
        new = {path: after for writes in plan.values() for path, (_, after) in writes.items()}
        edited = {path: said(text, Path(path).suffix) for path, text in [edit]} if edit else {}
        self.files |= new | edited if done else edited | new
        self.statuses = {each: statuses.get(each, status) for each, status in self.statuses.items()}


TestReviews = Reviews.TestCase
TestReviews.settings = settings(max_examples=15 * FUZZ, stateful_step_count=25)
