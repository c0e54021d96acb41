"""`assert run == novu_snapshot`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from syrupy.assertion import DiffMode, SnapshotAssertion

from novu_framework_testing.snapshots.differences import ContentDifference, content, differences, headline
from novu_framework_testing.snapshots.extension import NovuSnapshotExtension
from novu_framework_testing.snapshots.files import decode, encode, read_if_there
from novu_framework_testing.snapshots.filters import Filters
from novu_framework_testing.snapshots.formats import format_of
from novu_framework_testing.snapshots.names import FileName, escape
from novu_framework_testing.snapshots.rendered import RenderedStep, rendered_steps
from novu_framework_testing.snapshots.text_format import UnreadableSnapshot

_DETAILED = DiffMode("detailed")


@dataclass(frozen=True)
class AssertedStep:
    """One step that a test compared with its snapshot.

    Attributes:
        step: The step as it is now.
        stem: What the names of its files begin with: `01-welcome-email`.
        old: The content of its files before, by suffix.
        new: Their content now.
        kept: Whether the snapshot says the same, or was updated to.
    """

    step: RenderedStep
    stem: str
    old: dict[str, bytes]
    new: dict[str, bytes]
    kept: bool

    @property
    def old_step(self) -> RenderedStep | None:
        """The step as the old files say it; None where there were none, or they cannot be read."""
        return read_step(FileName.parse(f"{self.stem}.txt"), self.old)


class NovuSnapshot(SnapshotAssertion):
    """What a subscriber sees, compared with files that people review.

        def test_welcome(novu, novu_snapshot):
            run = novu.trigger("welcome", to="ann", payload={"name": "Ann"}).run
            assert run == novu_snapshot                           # every step that was delivered or skipped
            assert run.step("welcome-email") == novu_snapshot     # one of them

    A call sets options for one comparison: syrupy's `exclude`, `include`, `matcher` and `name`, and
    `also=["transaction_id", "sent_at"]` for what is left out as it changes from run to run. The answer of a
    bridge does not say of which step it is: `novu_snapshot(step="welcome-email", channel="email")` does.
    """

    def __post_init__(self) -> None:
        super().__post_init__()
        self._count: dict[str | None, int] = {}
        self._also: tuple[str, ...] = ()
        self._step: str | None = None
        self._channel: str | None = None
        self._last: list[AssertedStep] = []
        self.asserted: list[AssertedStep] = []
        self.record_only = False

    def __call__(
        self,
        *,
        also: Sequence[str] | None = None,
        step: str | None = None,
        channel: str | None = None,
        **options: Any,
    ) -> NovuSnapshot:
        given = {"_also": None if also is None else tuple(also), "_step": step, "_channel": channel}
        for name, value in given.items():
            if value is not None:
                self._post_assert_actions.append(partial(setattr, self, name, getattr(self, name)))
                setattr(self, name, value)
        super().__call__(**options)
        return self

    def with_defaults(self, *, also: Sequence[str] | None = None, **options: Any) -> NovuSnapshot:
        """A snapshot with options that hold for all of its comparisons; it goes on counting where this one is."""
        made = super().with_defaults(**options)
        assert isinstance(made, NovuSnapshot)
        made._also = self._also if also is None else tuple(also)
        made._count, made.asserted, made.record_only = self._count, self.asserted, self.record_only
        return made

    @property
    def folder(self) -> Path:
        """Where the snapshots of this test are."""
        return NovuSnapshotExtension.test_folder(self.test_location)

    def _assert(self, data: Any) -> bool:
        name = self._custom_index
        filters = Filters(exclude=self._exclude, include=self._include, matcher=self._matcher)
        # syrupy ends a comparison with these; one of ours is a comparison of several files.
        ending, self._post_assert_actions = self._post_assert_actions, []
        try:
            steps = [
                filters.normalized(step)
                for step in rendered_steps(data, also=self._also, step=self._step, channel=self._channel)
            ]
            self._last = [self._compare(step, name) for step in steps]
        finally:
            self._custom_index = name
            self._post_assert_actions = ending
            self._post_assert()
        self.asserted += self._last
        if not self._last:
            return False
        return self.record_only or all(each.kept for each in self._last)

    def _compare(self, step: RenderedStep, name: str | None) -> AssertedStep:
        order = self._count[name] = self._count.get(name, 0) + 1
        files = {suffix: encode(text) for suffix, text in format_of(step.channel).files(step).items()}
        file_name = FileName(order, escape(step.step_id), step.channel, "", escape(name) if name else None)
        old = {
            suffix: data
            for suffix in (".txt", ".html")
            if (data := self._saved(f"{file_name}{suffix}")) is not None
        }
        kept = True
        for suffix, data in files.items():
            self._custom_index = f"{file_name}{suffix}"
            kept &= super()._assert(data)
        return AssertedStep(step, str(file_name), old, files, kept)

    def _serialize(self, data: Any) -> Any:
        # The filters have been applied, to the step and not to the bytes of its files.
        return self.extension.serialize(data)

    def _saved(self, file_name: str) -> bytes | None:
        return read_if_there(self.folder / file_name)

    def explain(self) -> list[str]:
        """Everything that the test found different so far, in lines."""
        return [line for each in self.asserted if not each.kept for line in explain(each, self.folder)]

    def get_assert_diff(self, *, diff_mode: DiffMode = _DETAILED) -> list[str]:
        """The last comparison in words: which step, which part, what it was and what it is."""
        if not self._last:
            return ["there is no step to compare: nothing was delivered, skipped or failed"]
        detailed = diff_mode != DiffMode.DISABLED
        lines: list[str] = []
        for each in self._last:
            if not each.kept:
                lines += explain(each, self.folder, detailed=detailed)
        return lines

    def __repr__(self) -> str:
        return "novu_snapshot"


def explain(each: AssertedStep, folder: Path, *, detailed: bool = True) -> list[str]:
    """Why one step is not its snapshot, in lines."""
    what = headline(each.step)
    if not each.old:
        elsewhere = _moved_from(each, folder)
        if elsewhere is not None:
            return [f"{what} comes at another place: its snapshot was {elsewhere}, and would be {each.stem}"]
        lines = [f"{what} has no snapshot yet; `pytest --snapshot-update` would write {each.stem}"]
        return [*lines, *_indented(content(each.step))] if detailed else lines
    lines = [f"{what} is not what its snapshot {each.stem} says"]
    if not detailed:
        return lines
    old = each.old_step
    if old is None:
        return [*lines, "  the snapshot cannot be read; it was edited by hand, or comes from another version"]
    found = differences(old, each.step)
    return [*lines, *(_indented(found) or ["  the same content, laid out in another way"])]


def _indented(found: list[ContentDifference]) -> list[str]:
    return [f"  {line}" for difference in found for line in difference.lines()]


def _moved_from(each: AssertedStep, folder: Path) -> str | None:
    """The snapshot that says the same of the same step at another place in the order."""
    new = FileName.parse(f"{each.stem}.txt")
    for path in sorted(folder.glob("*.txt")) if new else ():
        name = FileName.parse(path.name)
        if new and name and (name.step, name.channel, name.name) == (new.step, new.channel, new.name):
            return name.stem if path.read_bytes() == each.new.get(".txt") else None
    return None


def read_step(name: FileName | None, files: dict[str, bytes]) -> RenderedStep | None:
    """The step that a snapshot's files (by suffix) describe, or None if they cannot be read."""
    if name is None or not files:
        return None
    try:
        return format_of(name.channel).read({suffix: decode(data) for suffix, data in files.items()})
    except UnreadableSnapshot:
        return None


__all__ = ["AssertedStep", "NovuSnapshot", "explain", "read_step"]
