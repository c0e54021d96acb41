"""One HTML file with every message of a run of tests, to attach to a pull request or send to a colleague."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
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
from novu_framework_testing.review.view import settings_of, versions, with_context
from novu_framework_testing.snapshots.context import NO_CONTEXT, StepContext
from novu_framework_testing.snapshots.files import encode, read_if_there, write_atomically
from novu_framework_testing.snapshots.names import FileName
from novu_framework_testing.snapshots.spoken_names import step_name


class _Sent(NamedTuple):
    """One message of a run, before and now."""

    test: str
    kind: ReportKind
    old: Version
    new: Version
    about: Mapping[str, Any]
    context: StepContext = NO_CONTEXT

    @property
    def place(self) -> tuple[str, str]:
        """What its change is known by: the test and the stem of the files."""
        return self.test, self.new.stem

    def same(self, change: Change | None) -> tuple[str, str]:
        """Return what equal messages of a report have in common: a change, or a content that did not change."""
        if change is not None:
            return self.kind, change.same
        kind: Kind = self.kind if self.kind in ("changed", "gone") else "new"
        old = Version(self.old.stem) if self.kind == "same" else self.old
        return self.kind, sameness(kind, old, self.new, names=names_of(self.context))


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
    entries = entries_of(_sent(records, leftovers), checks, known)
    grids = report_grids(records, checks, anchors(entries))
    write_atomically(
        path,
        encode(
            render(entries, grids, project=root.resolve().name, unseen=str(rest or ""), coverage=coverage)
        ),
    )


def entries_of(
    sent: Iterable[_Sent],
    checks: CheckSettings,
    known: Mapping[tuple[str, str], Change] = MappingProxyType({}),
) -> list[ReportEntry]:
    """Return the messages of a run, the equal ones together; `known` has the changes by test and stem."""
    equal: dict[tuple[str, str], list[_Sent]] = {}
    for each in sorted(sent, key=lambda each: natural(each.test)):
        if each.kind == "gone" and each.place not in known:
            continue  # a file of a message that is there: it goes with the change of that one
        equal.setdefault(each.same(known.get(each.place)), []).append(each)
    return arranged_entries(
        ReportEntry(
            same,
            # what changed is the same words in all of them: the page has those of the first
            [_message(each, known.get(each.place), checks, compared=each is group[0]) for each in group],
            # what a decision names a change by, far from the project: its id, and a digest of what was seen
            " ".join(f"{one.id}:{one.content}" for each in group if (one := known.get(each.place))),
        )
        for same, group in equal.items()
    )


def _sent(records: Iterable[RecordedTest], leftovers: Iterable[Path]) -> Iterator[_Sent]:
    for record in records:
        for step in record.steps:
            kind: ReportKind = "same" if step.old == step.new else "changed" if step.old else "new"
            old, new = Version.read(step.stem, step.old), Version.read(step.stem, step.new)
            yield _Sent(record.test, kind, old, new, about(record, step.context), step.context)
        for sent in record.messages:
            new = Version.read(sent.stem, sent.new)
            yield _Sent(
                record.test, "message", Version(sent.stem), new, about(record, sent.context), sent.context
            )
    gone: dict[tuple[Path, str], dict[str, bytes]] = {}
    for path in leftovers:
        if name := FileName.parse(path.name):
            gone.setdefault((path.parent, name.stem), {})[name.suffix] = read_if_there(path) or b""
    for (folder, stem), files in gone.items():
        test = RecordedTest(f"{folder.parent.name}::{folder.name}", str(folder))
        yield _Sent(test.test, "gone", Version.read(stem, files), Version(stem), about(test, NO_CONTEXT))


def _message(sent: _Sent, change: Change | None, checks: CheckSettings, *, compared: bool) -> dict[str, Any]:
    step = sent.new.step or sent.old.step
    old: Mapping[str, bytes] = {} if sent.kind == "same" else sent.old.files
    compared = compared and sent.kind == "changed"
    shown = versions(sent.new.stem, old, sent.new.files, checks, compared=compared)
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
