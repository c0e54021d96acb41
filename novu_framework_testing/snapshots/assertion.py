"""The comparison behind `assert run == novu_snapshot`."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from novu_framework.errors import MissingDependencyError
from novu_framework.steps.email import EMAIL
from novu_framework_testing.pictures.views import VIEWS

try:
    from syrupy.assertion import AssertionResult, DiffMode, SnapshotAssertion
    from syrupy.location import PyTestLocation
except ModuleNotFoundError:
    raise MissingDependencyError("`novu_snapshot`", "syrupy", "testing") from None

from novu_framework_testing.simulation.failures import refuse_failed
from novu_framework_testing.snapshots.content_change import ContentChange
from novu_framework_testing.snapshots.context import NO_CONTEXT, StepContext
from novu_framework_testing.snapshots.extension import NovuSnapshotExtension
from novu_framework_testing.snapshots.files import as_utf8, decode, encode, read_if_there
from novu_framework_testing.snapshots.filters import Filters
from novu_framework_testing.snapshots.formats import encoded_files, format_of
from novu_framework_testing.snapshots.json_text import UnreadableSnapshot
from novu_framework_testing.snapshots.leftovers import COMPARED
from novu_framework_testing.snapshots.names import PICTURES, SUFFIXES, TEXTS, FileName, file_stem
from novu_framework_testing.snapshots.rendered import RenderedStep, refuse_unfinished, rendered_steps
from novu_framework_testing.snapshots.storage import (
    SnapshotFileError,
    finish,
    keep_line_ends,
    plain,
    replace_all,
    says_same,
)
from novu_framework_testing.snapshots.text_diff import (
    all_content,
    as_pictures_show,
    content_changes,
    headline,
)

if TYPE_CHECKING:
    from novu_framework_testing.pictures.comparison import PictureChange

_DETAILED = DiffMode("detailed")
_MARK = "\ufeff".encode()


@dataclasses.dataclass(frozen=True)
class StepFiles:
    """The files of one step, before and now.

    Attributes:
        stem: What the names of the files begin with: `01-welcome-email`.
        new: Their contents now, by suffix.
        old: Their contents before; empty where the step had no snapshot.
        kept: Whether the snapshot says the same, or was updated to.
        context: For whom the step ran, and the like.
    """

    stem: str
    new: Mapping[str, bytes]
    old: Mapping[str, bytes] = dataclasses.field(default_factory=dict)
    kept: bool = False
    context: StepContext = NO_CONTEXT


@dataclasses.dataclass(frozen=True)
class AssertedStep(StepFiles):
    """One step that a test compared with its snapshot: `step` is the step as it is now, `threshold` that of its pictures."""

    step: RenderedStep = dataclasses.field(kw_only=True)
    threshold: float | None = dataclasses.field(default=None, kw_only=True)

    @property
    def old_step(self) -> RenderedStep | None:
        """The step as the old files say it; None where there were none, or they cannot be read."""
        return read_step(self.stem, self.old)


def _changed(step: RenderedStep, old: Mapping[str, bytes], new: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the new files that are not what the old ones say."""
    changed = {suffix: data for suffix, data in new.items() if not says_same(old.get(suffix), data)}
    for suffix, text in format_of(step.channel).earlier_files(step).items():
        if suffix in old and encode(text).removeprefix(_MARK) in (
            as_utf8(old[suffix]).removeprefix(_MARK),
            plain(old[suffix]),
        ):
            changed.pop(suffix, None)
    return changed


class NovuSnapshot(SnapshotAssertion):
    """The snapshots of one test: what a subscriber sees, compared with files that people review.

        def test_welcome(novu, novu_snapshot):
            run = novu.trigger("welcome", to="ann", payload={"name": "Ann"}).run
            assert run == novu_snapshot                           # every step that was delivered or skipped
            assert run.step("welcome-email") == novu_snapshot     # one of them

    A call sets options for one comparison: syrupy's `exclude`, `include`, `matcher` and `name`, and
    `also=["transaction_id", "sent_at"]` for what is left out as it changes from run to run. With `rendered=True`
    emails are compared as Chromium draws them too, on a phone and on a desktop (the extra `browser`); `threshold` says
    how far the colour of a pixel may be off, from 0 to 1. The answer of a bridge does not say of which step it is: `novu_snapshot(step="welcome-email", channel="email")` does.

    A step that has not run yet, or a run with one, is an `UnfinishedStepError`; one that failed while the test has not looked
    at it is an `UnreadFailures`.
    """

    def __post_init__(self) -> None:
        super().__post_init__()
        self._count: dict[str | None, int] = {}
        self._also: tuple[str, ...] = ()
        self._step: str | None = None
        self._channel: str | None = None
        self._rendered = False
        self._threshold: float | None = None
        self._last: list[AssertedStep] = []
        self.asserted: list[AssertedStep] = []
        self.told: list[AssertedStep] = []
        self.compared: set[str] = set()
        self.record_only = False
        self.allow_failures = False

    def __call__(
        self,
        *,
        also: Sequence[str] | None = None,
        step: str | None = None,
        channel: str | None = None,
        rendered: bool | None = None,
        threshold: float | None = None,
        **options: Any,
    ) -> NovuSnapshot:
        given = {
            "_also": None if also is None else tuple(also),
            "_step": step,
            "_channel": channel,
            "_rendered": rendered,
            "_threshold": threshold,
        }
        for name, value in given.items():
            if value is not None:
                self._post_assert_actions.append(partial(setattr, self, name, getattr(self, name)))
                setattr(self, name, value)
        super().__call__(**options)
        return self

    def with_defaults(
        self,
        *,
        also: Sequence[str] | None = None,
        rendered: bool | None = None,
        threshold: float | None = None,
        **options: Any,
    ) -> NovuSnapshot:
        """Return a snapshot with options for all of its comparisons; both number their steps together."""
        made = super().with_defaults(**options)
        assert isinstance(made, NovuSnapshot)
        made._also = self._also if also is None else tuple(also)
        made._rendered = self._rendered if rendered is None else rendered
        made._threshold = self._threshold if threshold is None else threshold
        made._count, made.asserted, made.compared = self._count, self.asserted, self.compared
        made.told = self.told
        made.record_only, made.allow_failures = self.record_only, self.allow_failures
        return made

    @cached_property
    def folder(self) -> Path:
        """The folder of the snapshots of this test; what an update left half-done there is finished first."""
        folder = NovuSnapshotExtension.test_folder(self.test_location)
        finish(folder)
        return folder

    def _assert(self, data: Any) -> bool:
        filters = Filters(exclude=self._exclude, include=self._include, matcher=self._matcher)
        self._last = []
        try:
            if not self.allow_failures:
                refuse_failed(data)
            refuse_unfinished(data)
            for step in rendered_steps(data, also=self._also, step=self._step, channel=self._channel):
                self._last.append(self._compare(filters.apply(step), self._custom_index))
        finally:
            self.asserted += self._last
            self._post_assert()
        return bool(self._last) and (self.record_only or all(each.kept for each in self._last))

    def _compare(self, step: RenderedStep, name: str | None) -> AssertedStep:
        __tracebackhide__ = True
        order = self._count[name] = self._count.get(name, 0) + 1
        files = encoded_files(step) | self._pictures(step)
        try:
            stem = file_stem(self.folder, order, step.step_id, step.channel, name)
            self.compared |= {f"{stem}{suffix}" for suffix in files}
            saved = {suffix: read_if_there(self.folder / f"{stem}{suffix}") for suffix in SUFFIXES}
            old = {suffix: data for suffix, data in saved.items() if data is not None}
            files = self._accepted_pictures(old, files)
            changed = _changed(step, old, files)
            written = self._may_write(old, changed)
            if written:
                replace_all(self.folder, {f"{stem}{suffix}": data for suffix, data in changed.items()})
                keep_line_ends(self.folder.parent.parent)
        except OSError as error:
            raise SnapshotFileError(
                f"the snapshot of {headline(step)} cannot be read or written: {error}"
            ) from error
        for suffix, data in files.items():
            self._count_file(f"{stem}{suffix}", data, old.get(suffix), suffix in changed, written)
        return AssertedStep(
            stem, files, old, written or not changed, step.context, step=step, threshold=self._threshold
        )

    def _pictures(self, step: RenderedStep) -> dict[str, bytes]:
        """Return the pictures of an email, by suffix, where they are wanted."""
        body = step.outputs.get("body")
        if not self._rendered or step.channel != EMAIL.type or not isinstance(body, str):
            return {}
        from novu_framework_testing.pictures.email import take_pictures

        return take_pictures(body)

    def _accepted_pictures(self, old: Mapping[str, bytes], new: Mapping[str, bytes]) -> dict[str, bytes]:
        """Return the new files with the old pictures in the place of those that look the same."""
        same = {
            suffix: old[suffix]
            for suffix in PICTURES
            if suffix in old
            and suffix in new
            and not picture_changes(old[suffix], new[suffix], self._threshold)
        }
        return {**new, **same}

    def _may_write(self, old: Mapping[str, bytes], changed: Mapping[str, bytes]) -> bool:
        only_new = self.update_new_snapshots_only and not changed.keys() & old.keys()
        return bool(changed) and (self.update_snapshots or only_new)

    def _count_file(self, name: str, new: bytes, old: bytes | None, changed: bool, written: bool) -> None:
        """Tell syrupy of a file, for the numbers at the end of pytest's output."""
        self._execution_results[self._executions] = AssertionResult(
            snapshot_location=str(self.folder),
            snapshot_name=f"{self.folder.name}[{name}]",
            asserted_data=new,
            recalled_data=old,
            created=written and old is None,
            updated=written and changed and old is not None,
            success=written or not changed,
            exception=None,
            test_location=self.test_location,
        )
        self._executions += 1

    def explain(self, *, detailed: bool = True) -> list[str]:
        """Return what the test found different so far, in lines, but what `tell` told; without contents if not `detailed`."""
        untold = [each for each in self.asserted if not any(each is one for one in self.told)]
        return self._explained(untold, detailed=detailed)

    def tell(self, most: int, *, diff_mode: DiffMode = _DETAILED) -> list[str]:
        """Return the last comparison in lines; what differs comes later, by `explain`, if it takes more than `most` lines."""
        lines = self.get_assert_diff(diff_mode=diff_mode)
        if len(lines) > most and self._last:
            return self._explained(self._last, detailed=False)
        self.told += self._last
        return lines

    def _explained(self, steps: Sequence[AssertedStep], *, detailed: bool) -> list[str]:
        changed = [each for each in steps if not each.kept]
        return [line for each in changed for line in explain(each, self.folder, detailed=detailed)]

    def get_assert_diff(self, *, diff_mode: DiffMode = _DETAILED) -> list[str]:
        """Return the last comparison in lines: which step, which part, what it was and what it is."""
        if not self._last:
            return ["there is no step to compare: nothing was delivered, skipped or failed"]
        return self._explained(self._last, detailed=diff_mode != DiffMode.DISABLED)

    def forget(self) -> None:
        """Let go of the steps that were compared, and with them of their simulation."""
        for kept in (self._last, self.asserted, self.told):
            kept.clear()

    def __repr__(self) -> str:
        return "novu_snapshot"


def explain(each: AssertedStep, folder: Path, *, detailed: bool) -> list[str]:
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
    pictures = list(_picture_lines(each))
    said = content_changes(old, each.step)
    changes = [*_indented(as_pictures_show(said) if pictures else said), *pictures]
    return [*lines, *(changes or ["  the same content, laid out in another way"])]


def picture_changes(old: bytes, new: bytes, threshold: float | None) -> list[PictureChange]:
    """Return what differs between an accepted picture and the one of today."""
    from novu_framework_testing.pictures.comparison import THRESHOLD, compare_pictures

    return compare_pictures(old, new, threshold=THRESHOLD if threshold is None else threshold)


def _picture_lines(each: AssertedStep) -> Iterator[str]:
    for view in VIEWS:
        old, new = each.old.get(view.suffix), each.new.get(view.suffix)
        if old and new and (changes := picture_changes(old, new, each.threshold)):
            from novu_framework_testing.pictures.words import sentences

            yield f"  picture ({view.words}):"
            yield from (f"    {line}" for line in sentences(changes))
        elif new and not old:
            yield f"  picture ({view.words}): there was none"


def _indented(changes: list[ContentChange]) -> list[str]:
    return [f"  {line}" for change in changes for line in change.lines()]


def _moved_from(each: AssertedStep, folder: Path) -> str | None:
    """Return the snapshot that says the same of the same step at another place in the order."""
    new = FileName.of_stem(each.stem)
    for path in sorted(folder.glob("*.txt")):
        name = FileName.parse(path.name)
        if new and name and name.identity == new.identity:
            return name.stem if says_same(read_if_there(path), each.new[".txt"]) else None
    return None


def read_step(stem: str, files: Mapping[str, bytes]) -> RenderedStep | None:
    """Return the step that the files (by suffix) of a snapshot describe, or None if they cannot be read."""
    name = FileName.of_stem(stem)
    if name is None or not files:
        return None
    try:
        texts = {suffix: decode(plain(files[suffix])) for suffix in TEXTS if suffix in files}
        return format_of(name.channel).read(texts)
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
    snapshot = NovuSnapshot(
        session=session,
        extension_class=NovuSnapshotExtension,
        test_location=PyTestLocation(item),
        update_snapshots=item.config.option.update_snapshots,
        update_new_snapshots_only=item.config.option.update_new_snapshots_only,
    )
    # What it compares with is in use, whoever made the snapshot.
    snapshot.compared = item.stash.setdefault(COMPARED, set())
    return snapshot
