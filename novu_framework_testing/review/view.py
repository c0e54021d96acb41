"""What the page and the report show of a change: both versions, read back from their files, as JSON data."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from novu_framework_testing.review.changes import Change, StepSummary, TestChanges
from novu_framework_testing.review.store import ReviewStore
from novu_framework_testing.snapshots.assertion import read_step
from novu_framework_testing.snapshots.differences import (
    ContentDifference,
    channel_label,
    content,
    differences,
    pieces,
)
from novu_framework_testing.snapshots.files import decode, encode, fingerprint
from novu_framework_testing.snapshots.formats import visible_text
from novu_framework_testing.snapshots.names import FileName
from novu_framework_testing.snapshots.rendered import RenderedStep
from novu_framework_testing.snapshots.sms import sms_size
from novu_framework_testing.snapshots.text_format import Placeholder


def listed(test: TestChanges, change: Change) -> dict[str, Any]:
    """A change as a line of a list."""
    return {
        "id": change.id,
        "revision": change.revision,
        "kind": change.kind,
        "status": change.status,
        "step": change.step,
        "channel": change.channel,
        "channelWord": channel_label(change.channel),
        "workflow": change.workflow,
        "test": test.test,
        "title": change.title,
        "stem": change.stem,
    }


def detailed(store: ReviewStore, test: TestChanges, change: Change) -> dict[str, Any]:
    """A change with both of its versions. The old one is what the files hold, whoever wrote it."""
    old: dict[str, bytes] = {}
    new: dict[str, bytes] = {}
    stale = False
    for file in change.files:
        suffix = file.path[file.path.rindex(".") :]
        before = store.content(file.path)
        stale = stale or fingerprint(before) not in (file.base, file.target)
        if change.status == "accepted":
            # The files hold the new version by now; the old one is in the decision.
            before = store.before(change.id, file.path)
        if before is not None:
            old[suffix] = before
        if file.new is not None:
            new[suffix] = encode(file.new)
    return {
        **listed(test, change),
        "stale": stale and change.status != "accepted",
        **versions(change.stem, old, new),
        "course": {"old": _stops(test.old), "new": _stops(test.new)},
        "files": [file.path for file in change.files],
    }


def versions(stem: str, old: Mapping[str, bytes], new: Mapping[str, bytes]) -> dict[str, Any]:
    """The two versions of a step, from their files by suffix, and the difference between them."""
    old_step, new_step = _read(stem, old), _read(stem, new)
    found: Sequence[ContentDifference] = ()
    if old_step and new_step:
        found = differences(old_step, new_step)
    elif new_step and not old:
        found = content(new_step)
    return {
        "old": side(old_step, old),
        "new": side(new_step, new),
        "differences": [_difference(each) for each in found],
    }


def side(step: RenderedStep | None, files: Mapping[str, bytes]) -> dict[str, Any] | None:
    """One version of a step, with what follows from its content for its channel."""
    if not files:
        return None
    raw = {suffix: decode(data) for suffix, data in sorted(files.items(), reverse=True)}
    if step is None:
        return {"raw": raw, "unreadable": True}
    body = step.outputs.get("body")
    facts: dict[str, Any] = {}
    if step.channel == "sms" and isinstance(body, str):
        facts["sms"] = dataclasses.asdict(sms_size(body))
    if step.channel == "email" and isinstance(body, str):
        facts["preview"] = visible_text(body)[:140]
    return {
        "raw": raw,
        "step": step.step_id,
        "channel": step.channel,
        "channelWord": channel_label(step.channel),
        "status": step.status,
        "reason": step.reason,
        "workflow": step.workflow_id,
        "outputs": _shown(step.outputs),
        "providers": _shown(step.providers),
        "details": _shown(step.details),
        "facts": facts,
    }


def _read(stem: str, files: Mapping[str, bytes]) -> RenderedStep | None:
    return read_step(FileName.parse(f"{stem}.txt"), dict(files))


def _difference(difference: ContentDifference) -> dict[str, Any]:
    left, right = pieces(difference.old or "", difference.new or "")
    return {
        "part": difference.part,
        "old": None if difference.old is None else [[piece.text, piece.changed] for piece in left],
        "new": None if difference.new is None else [[piece.text, piece.changed] for piece in right],
        "hint": difference.hint,
    }


def _stops(stops: Sequence[StepSummary]) -> list[dict[str, str]]:
    return [{**dataclasses.asdict(stop), "channelWord": channel_label(stop.channel)} for stop in stops]


def _shown(value: Any) -> Any:
    if isinstance(value, Placeholder):
        return f"(any: {value.text})"
    if isinstance(value, Mapping):
        return {key: _shown(child) for key, child in value.items()}
    if isinstance(value, (list, tuple)):
        return [_shown(child) for child in value]
    return value
