"""The review in a terminal: one change at a time, a letter for each decision."""

from __future__ import annotations

import os
import sys
import textwrap
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TextIO

from novu_framework_testing._internal.printable import printable
from novu_framework_testing.review.about import about, recipient_line
from novu_framework_testing.review.changes import KINDS, Change, TestChanges
from novu_framework_testing.review.comments import MAX_COMMENT, quoted
from novu_framework_testing.review.listing import old_files
from novu_framework_testing.review.store import Action, Refused, ReviewStore
from novu_framework_testing.review.view import new_files, versions_of
from novu_framework_testing.snapshots.files import decode
from novu_framework_testing.snapshots.names import TEXTS
from novu_framework_testing.snapshots.spoken_names import step_name
from novu_framework_testing.snapshots.text_diff import channel_label

_HELP = "[a]ccept  [r]eject  accept [w]hole workflow ({count})  [s]kip  [u]ndo  [f]iles  {equal}[q]uit"


def terminal(
    project_root: Path | str = ".",
    *,
    ask: Callable[[str], str] = input,
    out: TextIO | None = None,
    color: bool | None = None,
) -> int:
    """Go through the pending changes of a project.

    Args:
        project_root: Where `.novu/review/` is: pytest's rootdir.
        ask: Takes a prompt and returns the answer; raises `EOFError` to stop.
        out: Where to write; standard output by default.
        color: Whether to mark words in colour; by default if `out` is a terminal and NO_COLOR is not set.

    Returns:
        How many changes are still pending.

    Answers: `a` accepts, `r` rejects and asks why, `w` accepts everything pending of the same workflow that was not skipped
    (the prompt says how many), `s` goes on, `u` takes the last decision of this review back, `f` shows the files
    as they are, `q` stops. Equal changes are decided on together, after `o` one by one.
    """
    stream: TextIO = out or sys.stdout
    return _Review(ReviewStore(Path(project_root)), ask, stream, _Paint.at(stream, color)).run()


def show_change(
    store: ReviewStore,
    test: TestChanges,
    change: Change,
    *,
    out: TextIO | None = None,
    color: bool | None = None,
) -> None:
    """Show one change, as `terminal` does before it asks; `out` and `color` are as there."""
    stream: TextIO = out or sys.stdout
    _Review(store, input, stream, _Paint.at(stream, color)).show(test, change)


class _Paint:
    def __init__(self, on: bool) -> None:
        self.on = on

    @classmethod
    def at(cls, stream: TextIO, color: bool | None) -> _Paint:
        """Return the one for a stream; in colour, if that is not said, on a terminal without NO_COLOR."""
        return cls(stream.isatty() and "NO_COLOR" not in os.environ if color is None else color)

    def __call__(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.on and text else text

    def removed(self, text: str) -> str:
        return self(text, "31;9") if self.on else f"[-{text}-]"

    def added(self, text: str) -> str:
        return self(text, "32;1") if self.on else f"{{+{text}+}}"


class _Review:
    def __init__(self, store: ReviewStore, ask: Callable[[str], str], out: TextIO, paint: _Paint) -> None:
        self.store = store
        self.ask = ask
        self.out = out
        self.paint = paint
        self.skipped: set[str] = set()
        self.apart: set[str] = set()  # entries of equal changes that are decided one by one
        self.decisions: list[str] = []
        self.counts = {"accept": 0, "reject": 0}

    def run(self) -> int:
        if not self.store.pending():
            self.say(
                "There is nothing to review. `pytest --novu-review` keeps what differs from its snapshots."
            )
            return 0
        try:
            while True:
                todo = [each for each in self.store.pending() if each[1].id not in self.skipped]
                if not todo:
                    # The last decision can be taken back like any other.
                    if self.decisions and self.answer("That was the last one. [u]ndo  [q]uit") == "u":
                        self.undo()
                        continue
                    break
                test, change = todo[0]
                together = change.same and change.same not in self.apart
                equal = [each for _, each in todo if each.same == change.same] if together else [change]
                self.show(test, change, remaining=len(todo), equal=len(equal))
                if not self.decide(change, todo, equal):
                    break
        except (EOFError, KeyboardInterrupt):
            self.say("")
        remaining = len(self.store.pending())
        accepted, rejected = self.counts["accept"], self.counts["reject"]
        self.say(f"{accepted} accepted, {rejected} rejected, {remaining} still to review.")
        if rejected:
            self.say(
                "What was rejected still differs: its tests fail until the workflow says what its snapshot says."
            )
        return remaining

    def decide(
        self, change: Change, todo: Iterable[tuple[TestChanges, Change]], equal: Sequence[Change]
    ) -> bool:
        """Ask until there is a decision; False to stop."""
        workflow = [each for _, each in todo if each.workflow == change.workflow]
        while True:
            one_by_one = "[o]ne by one  " if len(equal) > 1 else ""
            answer = self.answer(_HELP.format(count=len(workflow), equal=one_by_one))
            if answer == "q":
                return False
            if answer == "f":
                self.files(change)
            elif answer == "o" and one_by_one:
                self.apart.add(change.same)
                return True
            elif answer == "s":
                self.skipped.update(each.id for each in equal)
                return True
            elif answer == "u":
                if self.undo():
                    return True
            elif answer in ("a", "r", "w"):
                chosen = workflow if answer == "w" else equal
                why = self.ask("why? (Enter to leave out): ") if answer == "r" else ""
                if not self.carry_out("reject" if answer == "r" else "accept", chosen, why[:MAX_COMMENT]):
                    self.skipped.update(each.id for each in equal)
                return True

    def answer(self, prompt: str) -> str:
        return self.ask(f"{prompt}: ").strip().lower()[:1]

    def carry_out(self, action: Action, changes: Sequence[Change], why: str) -> bool:
        try:
            decision = self.store.decide(action, [(each.id, each.revision) for each in changes], why=why)
        except Refused as error:
            self.say(self.paint(f"Not done: {error.why}", "33"))
            return False
        for change_id, why in decision.refused.items():
            self.skipped.add(change_id)
            self.say(self.paint(f"Left out: {why}", "33"))
        self.decisions.append(decision.id)
        self.counts[action] += len(decision.changes)
        return True

    def undo(self) -> bool:
        if not self.decisions:
            self.say("Nothing was decided in this review yet.")
            return False
        try:
            decision = self.store.undo(self.decisions.pop())
        except Refused as error:
            self.say(self.paint(f"Not taken back: {error.why}", "33"))
            return False
        self.counts[decision.action] -= len(decision.changes)
        self.say("Taken back.")
        return True

    def show(self, test: TestChanges, change: Change, *, remaining: int = 0, equal: int = 1) -> None:
        paint = self.paint
        known = about(test, change.context)
        self.say("")
        self.say(
            paint(
                printable(
                    f"{known['workflowName'] or change.workflow or 'No workflow'} › {step_name(change.step)}"
                ),
                "1",
            )
            + (f"  ({remaining} to go)" if remaining else "")
            + (f", the same in {equal - 1} more" if equal > 1 else "")
        )
        self.say(f"The {channel_label(change.channel)} step {KINDS[change.kind]}, in {printable(test.test)}")
        for line in (known["testTitle"], recipient_line(known["recipient"])):
            if line:
                self.say(printable(line))
        if change.why:
            word = "Rejected" if change.status == "rejected" else "You rejected an earlier version"
            self.say(paint(f"{word}: {quoted(change.why, most=MAX_COMMENT)}", "33"))
        elif change.status != "pending":
            self.say(f"It is {change.status}.")
        shown = versions_of(change, old_files(self.store, change))
        if change.kind == "gone":
            self.say(
                "\n  This is no longer sent, or done, in this case; or the case is no longer tested. Accepting takes it off the list of what is expected. It said:"
            )
        for difference in shown["differences"]:
            self.say(f"\n  {paint(printable(difference['part']), '36')}")
            self.line("was", difference["old"], paint.removed)
            self.line("now", difference["new"], paint.added)
            if difference["hint"]:
                self.say(f"    {paint(difference['hint'], '33')}")
        for picture in shown["pictures"]:
            self.say(f"\n  {paint('picture (' + picture['view'] + ')', '36')}\n    {picture['summary']}")
        if change.kind == "gone" and not shown["differences"]:
            self.say("    nothing that can be read: [f] shows its files")
        self.say("")

    def line(self, caption: str, pieces: list[tuple[str, bool]] | None, mark: Callable[[str], str]) -> None:
        if pieces is not None:
            text = "".join(mark(printable(text)) if changed else printable(text) for text, changed in pieces)
            self.say(f"    {caption}: {textwrap.indent(text, '         ').lstrip() or '(empty)'}")

    def files(self, change: Change) -> None:
        for name, files in (("before", old_files(self.store, change)), ("after", new_files(change))):
            for suffix in filter(files.get, TEXTS):
                self.say(self.paint(f"\n{name}: {change.stem}{suffix}", "36"))
                self.say(printable(decode(files[suffix]).lstrip("\ufeff")).rstrip())
        self.say("")

    def say(self, text: str) -> None:
        self.out.write(text + "\n")
        self.out.flush()
