"""From what a run of tests compared to what waits for a review."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from novu_framework_testing.review.changes import (
    Change,
    FileChange,
    Kind,
    StepSummary,
    TestChanges,
    change_id,
)
from novu_framework_testing.review.store import ReviewStore
from novu_framework_testing.snapshots.assertion import read_step
from novu_framework_testing.snapshots.files import encode, fingerprint, read_if_there
from novu_framework_testing.snapshots.formats import visible_text
from novu_framework_testing.snapshots.names import FileName
from novu_framework_testing.snapshots.rendered import RenderedStep

SUFFIXES = (".txt", ".html")


def keep_for_review(
    config: pytest.Config,
    records: Sequence[Mapping[str, Any]],
    leftovers: Iterable[Path],
    *,
    cut_short: bool = False,
) -> list[str]:
    """Keep the changes that a run found in `.novu/review/`; gives back lines for the end of pytest's output.

    A run that was `cut_short` says nothing of the tests that it did not come to: what is kept of them stays.
    """
    root = config.rootpath
    tests = changes_of(root, records, leftovers)
    ReviewStore(root, dirname=str(config.getoption("snapshot_dirname"))).replace(
        tests,
        ran=[_below(root, record["folder"]) for record in records],
        all_ran=not cut_short and _ran_everything(config),
    )
    kinds = Counter(change.kind for test in tests for change in test.changes)
    if not kinds:
        return ["novu: every message is what its snapshot says; there is nothing to review"]
    total = sum(kinds.values())
    parts = ", ".join(f"{kinds[kind]} {kind}" for kind in ("changed", "new", "moved", "gone") if kinds[kind])
    return [
        f"novu: {total} {'change' if total == 1 else 'changes'} to review ({parts}): run `novu-framework review`"
    ]


def changes_of(
    root: Path, records: Iterable[Mapping[str, Any]], leftovers: Iterable[Path]
) -> list[TestChanges]:
    """The changes of each test that has some.

    `records` say what each test compared; `leftovers` are the snapshot files that nothing compares with any
    more, of these tests or of tests that are gone.
    """
    folders: dict[str, list[Path]] = {}
    for path in leftovers:
        folders.setdefault(str(path.parent), []).append(path)
    tests = [_test_changes(root, record, folders.pop(record["folder"], [])) for record in records]
    for folder, paths in folders.items():
        module, test = Path(folder).parent.name, Path(folder).name
        gone = {"test": f"{module}::{test}", "folder": folder, "steps": []}
        tests.append(_test_changes(root, gone, paths))
    return [test for test in tests if test.changes]


def _test_changes(root: Path, record: Mapping[str, Any], leftovers: Sequence[Path]) -> TestChanges:
    folder = Path(record["folder"])
    relative = _below(root, folder)
    gone = _by_stem(leftovers)
    changes: list[Change] = []
    for asserted in record["steps"]:
        if asserted["kept"]:
            continue
        new = {suffix: encode(text) for suffix, text in asserted["new"].items()}
        files = [
            FileChange(
                f"{relative}/{asserted['stem']}{suffix}",
                asserted["base"].get(suffix),
                asserted["new"].get(suffix),
            )
            for suffix in SUFFIXES
            if suffix in asserted["new"] or suffix in asserted["base"]
        ]
        kind: Kind = "changed" if asserted["base"] else "new"
        source = None if asserted["base"] else _same_elsewhere(asserted["stem"], new, gone)
        if source is not None:
            kind = "moved"
            files += _removals(relative, gone.pop(source))
        # What the step has left behind, such as the body of an email that has none now, goes with it.
        elif asserted["stem"] in gone:
            known = {file.path for file in files}
            files += [
                file for file in _removals(relative, gone.pop(asserted["stem"])) if file.path not in known
            ]
        changes.append(
            _change(relative, asserted["stem"], kind, read_step(_name(asserted["stem"]), new), files)
        )
    for stem, paths in gone.items():
        files = _removals(relative, paths)
        old = {path.suffix: path.read_bytes() for path in paths}
        changes.append(_change(relative, stem, "gone", read_step(_name(stem), old), files))
    compared = {asserted["stem"]: asserted for asserted in record["steps"]}
    return TestChanges(
        test=record["test"],
        folder=relative,
        changes=tuple(sorted(changes, key=lambda change: _order(change.stem))),
        old=_step_summaries(_by_stem(sorted(folder.glob("*")))),
        new=tuple(
            _step_summary(
                stem, read_step(_name(stem), {key: encode(text) for key, text in each["new"].items()})
            )
            for stem, each in compared.items()
        ),
    )


def _change(folder: str, stem: str, kind: Kind, step: RenderedStep | None, files: list[FileChange]) -> Change:
    name = _name(stem)
    return Change(
        id=change_id(folder, stem),
        kind=kind,
        step=step.step_id if step else (name.step if name else stem),
        channel=step.channel if step else (name.channel if name else "message"),
        workflow=step.workflow_id if step else None,
        stem=stem,
        title=title_of(step) if step else "",
        files=tuple(files),
    )


def title_of(step: RenderedStep, *, longest: int = 80) -> str:
    """The content of a step in a line: a subject, the first words of a body, how long a delay is."""
    outputs = step.outputs
    if step.status in ("skipped", "failed"):
        text = f"{step.status}{': ' + step.reason if step.reason else ''}"
    elif isinstance(outputs.get("subject"), str):
        text = outputs["subject"]
    elif isinstance(outputs.get("body"), str):
        text = visible_text(outputs["body"]) if step.channel == "email" else outputs["body"]
    elif "amount" in outputs:
        unit = str(outputs.get("unit", ""))
        text = f"{outputs['amount']} {unit.removesuffix('s') if outputs['amount'] == 1 else unit}"
    elif "cron" in outputs:
        text = f"until {outputs['cron']}"
    else:
        text = next(
            (f"{key}: {value}" for key, value in outputs.items() if isinstance(value, (str, int))), ""
        )
    text = " ".join(text.split())
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _same_elsewhere(stem: str, new: Mapping[str, bytes], gone: Mapping[str, Sequence[Path]]) -> str | None:
    """The leftover that is this step with the same content, at another place in the order."""
    name = _name(stem)
    content = {suffix: fingerprint(data) for suffix, data in new.items()}
    for other, paths in gone.items():
        was = _name(other)
        same_step = name and was and (name.step, name.channel, name.name) == (was.step, was.channel, was.name)
        if same_step and {path.suffix: fingerprint(path.read_bytes()) for path in paths} == content:
            return other
    return None


def _removals(folder: str, paths: Iterable[Path]) -> list[FileChange]:
    return [FileChange(f"{folder}/{path.name}", fingerprint(read_if_there(path)), None) for path in paths]


def _by_stem(paths: Iterable[Path]) -> dict[str, list[Path]]:
    stems: dict[str, list[Path]] = {}
    for path in sorted(paths):
        if name := FileName.parse(path.name):
            stems.setdefault(name.stem, []).append(path)
    return stems


def _step_summaries(stems: Mapping[str, Sequence[Path]]) -> tuple[StepSummary, ...]:
    stops = [
        _step_summary(stem, read_step(_name(stem), {path.suffix: path.read_bytes() for path in paths}))
        for stem, paths in stems.items()
    ]
    return tuple(sorted(stops, key=lambda stop: _order(stop.stem)))


def _step_summary(stem: str, step: RenderedStep | None) -> StepSummary:
    if step is None:
        return StepSummary(stem, stem, "message", "unreadable")
    return StepSummary(stem, step.step_id, step.channel, step.status, title_of(step))


def _name(stem: str) -> FileName | None:
    return FileName.parse(f"{stem}.txt")


def _order(stem: str) -> tuple[str, int, str]:
    name = _name(stem)
    return (name.name or "", name.order, stem) if name else ("", 0, stem)


def _below(root: Path, folder: str | Path) -> str:
    path = Path(folder)
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


def _ran_everything(config: pytest.Config) -> bool:
    option = config.option
    chosen = ("file_or_dir", "keyword", "markexpr", "deselect", "ignore", "ignore_glob", "lf", "stepwise")
    return not any(getattr(option, name, None) for name in chosen)
