"""One HTML file with every message of a run of tests, to attach to a pull request or send to a colleague."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from novu_framework_testing._internal.natural_order import natural
from novu_framework_testing.checks import CheckSettings
from novu_framework_testing.review.about import about
from novu_framework_testing.review.changes import Change, Kind, TestChanges
from novu_framework_testing.review.collection import changes_of, named, title_of
from novu_framework_testing.review.decision_file import changes_by_place
from novu_framework_testing.review.recording import RecordedTest
from novu_framework_testing.review.report_grids import report_grids
from novu_framework_testing.review.report_page import (
    ReportEntry,
    ReportKind,
    anchors,
    arranged_entries,
    render,
)
from novu_framework_testing.review.run_summary import NotLookedAt
from novu_framework_testing.review.sameness import Version, names_of, sameness
from novu_framework_testing.review.view import settings_of, versions, versions_of, with_context
from novu_framework_testing.snapshots.context import NO_CONTEXT, StepContext
from novu_framework_testing.snapshots.files import encode, read_if_there, write_atomically
from novu_framework_testing.snapshots.names import FileName
from novu_framework_testing.snapshots.spoken_names import step_name

_SAID = ("changed", "moved")
"""Kinds of which words say more than the message that is drawn."""


class _Sent(NamedTuple):
    """One message of a run, before and now."""

    test: str
    kind: ReportKind
    old: Version
    new: Version
    about: Mapping[str, Any]
    context: StepContext = NO_CONTEXT
    change: Change | None = None

    @property
    def same(self) -> tuple[str, str]:
        """What equal messages of a report have in common: a change, or a content that did not change."""
        if self.change is not None:
            return self.kind, self.change.same or self.change.id
        is_changed = self.kind == "changed"  # by an update of the snapshots
        old = self.old if is_changed else Version(self.old.stem)
        kind: Kind = "changed" if is_changed else "new"
        return self.kind, sameness(kind, old, self.new, names=names_of(self.context), data=self.context.data)


def write_report(
    path: Path,
    records: Sequence[RecordedTest],
    *,
    root: Path,
    leftovers: Iterable[Path] = (),
    rest: NotLookedAt | None = None,
    tests: Iterable[TestChanges] | None = None,
    coverage: str = "",
) -> None:
    """Write the report of a run to `path`.

    Args:
        path: The file to write; its folder is made.
        records: What each test compared and sent.
        root: The project's root, which names the report.
        leftovers: The snapshot files that nothing compares with any more.
        rest: What the run knows nothing of.
        tests: The changes of these records, where they are known already.
        coverage: The part of the report that says what the tests came to, as HTML.
    """
    leftovers = list(leftovers)
    known = changes_by_place(changes_of(root.resolve(), records, leftovers) if tests is None else tests)
    checks = settings_of(root, dict.fromkeys(aside for record in records for aside in record.asides))
    entries = entries_of(_sent(records, leftovers, known), checks)
    grids = report_grids(records, checks, anchors(entries))
    write_atomically(
        path,
        encode(
            render(entries, grids, project=root.resolve().name, unseen=str(rest or ""), coverage=coverage)
        ),
    )


def entries_of(sent: Iterable[_Sent], checks: CheckSettings) -> list[ReportEntry]:
    """Return the messages of a run, the equal ones together."""
    equal: dict[tuple[str, str], list[_Sent]] = {}
    for each in sorted(sent, key=lambda each: natural(each.test)):
        equal.setdefault(each.same, []).append(each)
    return arranged_entries(
        ReportEntry(
            same,
            # what changed is the same words in all of them: the page has those of the first
            [_message(each, checks, compared=each is group[0]) for each in group],
            # what a decision names a change by, far from the project: its id, and a digest of what was seen
            " ".join(f"{one.id}:{one.content}" for each in group if (one := each.change)),
        )
        for same, group in equal.items()
    )


def _sent(
    records: Iterable[RecordedTest],
    leftovers: Iterable[Path],
    known: Mapping[tuple[str, str], Change],
) -> Iterator[_Sent]:
    """Yield the messages of a run; what is changed is what the review says so of, and all else is as it was."""
    gone: dict[tuple[Path, str], dict[str, bytes]] = {}
    for path in leftovers:
        if name := FileName.parse(path.name):
            gone.setdefault((path.parent, name.stem), {})[name.suffix] = read_if_there(path) or b""
    for record in records:
        for step in record.steps:
            change = known.get((record.test, step.stem))
            kind: ReportKind = change.kind if change else "same"
            if step.kept and step.old != step.new:
                kind = "changed" if step.old else "new"
            old = Version.read(step.stem, {} if kind == "same" else step.old)
            if change and kind == "changed" and change.stem_before != step.stem:
                before = change.stem_before  # it was a step of another kind, or at another place
                old = Version.read(before, gone.get((Path(record.folder), before), {}))
            new = Version.read(step.stem, step.new)
            yield _Sent(record.test, kind, old, new, about(record, step.context), step.context, change)
        for sent in record.messages:
            new = Version.read(sent.stem, sent.new)
            yield _Sent(
                record.test, "message", Version(sent.stem), new, about(record, sent.context), sent.context
            )
    for (folder, stem), files in gone.items():
        test = RecordedTest(f"{folder.parent.name}::{folder.name}", str(folder))
        change = known.get((test.test, stem))
        # the file of a message that is there goes with the change of that one
        if change and change.kind == "gone":
            old, said = Version.read(stem, files), about(test, NO_CONTEXT)
            yield _Sent(test.test, "gone", old, Version(stem), said, change=change)


def _message(sent: _Sent, checks: CheckSettings, *, compared: bool) -> dict[str, Any]:
    step, change = sent.new.step or sent.old.step, sent.change
    shown = (
        versions_of(change, sent.old.files, checks, compared=compared and change.kind in _SAID)
        if change
        else versions(
            sent.new.stem, sent.old.files, sent.new.files, checks, compared=compared and sent.kind in _SAID
        )
    )
    return {
        "kind": sent.kind,
        "test": sent.test,
        **sent.about,
        **({"workflowName": change.context.workflow_name} if change and sent.kind == "gone" else {}),
        "gist": change.gist if change else "",
        "stem": sent.new.stem,
        **named(sent.new.stem, step)._asdict(),
        "stepName": step_name(named(sent.new.stem, step).step),
        "workflow": step.workflow_id if step else None,
        "title": title_of(step) if step else "",
        **shown,
        "new": with_context(shown["new"], sent.context),
    }
