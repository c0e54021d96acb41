"""The comparison behind `assert run == novu_snapshot`."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import DiffMode, SnapshotAssertion
from syrupy.location import PyTestLocation

from novu_framework_testing.snapshots.extension import NovuSnapshotExtension
from novu_framework_testing.snapshots.files import decode, read_if_there
from novu_framework_testing.snapshots.filters import Filters
from novu_framework_testing.snapshots.formats import encoded_files, format_of
from novu_framework_testing.snapshots.json_text import UnreadableSnapshot
from novu_framework_testing.snapshots.names import SUFFIXES, FileName, escape
from novu_framework_testing.snapshots.rendered import RenderedStep, rendered_steps
from novu_framework_testing.snapshots.text_diff import ContentChange, all_content, content_changes, headline

_DETAILED = DiffMode("detailed")


@dataclasses.dataclass(frozen=True)
class StepFiles:
    """The files of one step, before and now.

    Attributes:
        stem: What the names of the files begin with: `01-welcome-email`.
        new: Their contents now, by suffix.
        old: Their contents before; empty where the step had no snapshot.
        kept: Whether the snapshot says the same, or was updated to.
    """

    stem: str
    new: Mapping[str, bytes]
    old: Mapping[str, bytes] = dataclasses.field(default_factory=dict)
    kept: bool = False


@dataclasses.dataclass(frozen=True)
class AssertedStep(StepFiles):
    """One step that a test compared with its snapshot: `step` is the step as it is now."""

    step: RenderedStep = dataclasses.field(kw_only=True)

    @property
    def old_step(self) -> RenderedStep | None:
        """The step as the old files say it; None where there were none, or they cannot be read."""
        return read_step(self.stem, self.old)


class NovuSnapshot(SnapshotAssertion):
    """The snapshots of one test: what a subscriber sees, compared with files that people review.

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
        """Return a snapshot with options for all of its comparisons; both number their steps together."""
        made = super().with_defaults(**options)
        assert isinstance(made, NovuSnapshot)
        made._also = self._also if also is None else tuple(also)
        made._count, made.asserted, made.record_only = self._count, self.asserted, self.record_only
        return made

    @property
    def folder(self) -> Path:
        """The folder of the snapshots of this test."""
        return NovuSnapshotExtension.test_folder(self.test_location)

    def _assert(self, data: Any) -> bool:
        name = self._custom_index
        filters = Filters(exclude=self._exclude, include=self._include, matcher=self._matcher)
        # syrupy ends a comparison with these; one of ours is a comparison of several files.
        ending, self._post_assert_actions = self._post_assert_actions, []
        try:
            steps = [
                filters.apply(step)
                for step in rendered_steps(data, also=self._also, step=self._step, channel=self._channel)
            ]
            self._last = [self._compare(step, name) for step in steps]
        finally:
            self._custom_index = name
            self._post_assert_actions = ending
            self._post_assert()
        self.asserted += self._last
        return bool(self._last) and (self.record_only or all(each.kept for each in self._last))

    def _compare(self, step: RenderedStep, name: str | None) -> AssertedStep:
        order = self._count[name] = self._count.get(name, 0) + 1
        files = encoded_files(step)
        file_name = FileName(order, escape(step.step_id), step.channel, "", escape(name) if name else None)
        saved = {suffix: read_if_there(self.folder / f"{file_name}{suffix}") for suffix in SUFFIXES}
        old = {suffix: data for suffix, data in saved.items() if data is not None}
        kept = True
        for suffix, data in files.items():
            self._custom_index = f"{file_name}{suffix}"
            kept &= super()._assert(data)
        return AssertedStep(str(file_name), files, old, kept, step=step)

    def _serialize(self, data: Any) -> Any:
        # The filters have been applied, to the step and not to the bytes of its files.
        return self.extension.serialize(data)

    def explain(self) -> list[str]:
        """Return everything that the test found different so far, in lines."""
        return self._explained(self.asserted, detailed=True)

    def _explained(self, steps: Sequence[AssertedStep], *, detailed: bool) -> list[str]:
        changed = [each for each in steps if not each.kept]
        return [line for each in changed for line in explain(each, self.folder, detailed=detailed)]

    def get_assert_diff(self, *, diff_mode: DiffMode = _DETAILED) -> list[str]:
        """Return the last comparison in lines: which step, which part, what it was and what it is."""
        if not self._last:
            return ["there is no step to compare: nothing was delivered, skipped or failed"]
        return self._explained(self._last, detailed=diff_mode != DiffMode.DISABLED)

    def __repr__(self) -> str:
        return "novu_snapshot"


def explain(each: AssertedStep, folder: Path, *, detailed: bool = True) -> list[str]:
    """Return why one step is not what its snapshot says, in lines; without the contents if not `detailed`."""
    what = headline(each.step)
    if not each.old:
        elsewhere = _moved_from(each, folder)
        if elsewhere is not None:
            return [f"{what} comes at another place: its snapshot was {elsewhere}, and would be {each.stem}"]
        lines = [f"{what} has no snapshot yet; `pytest --snapshot-update` would write {each.stem}"]
        return [*lines, *_indented(all_content(each.step))] if detailed else lines
    lines = [f"{what} is not what its snapshot {each.stem} says"]
    if not detailed:
        return lines
    old = each.old_step
    if old is None:
        return [*lines, "  the snapshot cannot be read; it was edited by hand, or comes from another version"]
    changes = content_changes(old, each.step)
    return [*lines, *(_indented(changes) or ["  the same content, laid out in another way"])]


def _indented(changes: list[ContentChange]) -> list[str]:
    return [f"  {line}" for change in changes for line in change.lines()]


def _moved_from(each: AssertedStep, folder: Path) -> str | None:
    """Return the snapshot that says the same of the same step at another place in the order."""
    new = FileName.of_stem(each.stem)
    for path in sorted(folder.glob("*.txt")):
        name = FileName.parse(path.name)
        if new and name and name.identity == new.identity:
            return name.stem if path.read_bytes() == each.new.get(".txt") else None
    return None


def read_step(stem: str, files: Mapping[str, bytes]) -> RenderedStep | None:
    """Return the step that the files (by suffix) of a snapshot describe, or None if they cannot be read."""
    name = FileName.of_stem(stem)
    if name is None or not files:
        return None
    try:
        return format_of(name.channel).read({suffix: decode(data) for suffix, data in files.items()})
    except UnreadableSnapshot:
        return None


def snapshot_fixture(item: pytest.Item) -> NovuSnapshot:
    """Return the snapshot that a test compares with, under the options that syrupy was given.

    Raises:
        RuntimeError: syrupy's pytest plugin is not loaded.
    """
    session = getattr(item.config, "_syrupy", None)
    if session is None:
        raise RuntimeError("novu_snapshot needs syrupy's pytest plugin: do not run pytest with -p no:syrupy")
    known = {field.name for field in dataclasses.fields(NovuSnapshot) if field.init}
    flags: dict[str, Any] = {
        name: getattr(item.config.option, name, False)
        for name in ("update_snapshots", "update_new_snapshots_only")
        if name in known
    }
    return NovuSnapshot(
        session=session, extension_class=NovuSnapshotExtension, test_location=PyTestLocation(item), **flags
    )
