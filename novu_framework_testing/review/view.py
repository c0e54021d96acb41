"""What the page and the report show of a change: both versions, read back from their files, as JSON data."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from novu_framework.steps.email import EMAIL
from novu_framework.steps.sms import SMS
from novu_framework_testing._internal.sms import sms_size
from novu_framework_testing.checks import (
    CheckSettings,
    SetAside,
    project_settings,
)
from novu_framework_testing.review.about import about
from novu_framework_testing.review.changes import Change, TestChanges, TimelineStep
from novu_framework_testing.review.findings import plain_values, told_findings
from novu_framework_testing.review.pictures import picture_views
from novu_framework_testing.review.store import ReviewStore
from novu_framework_testing.snapshots.assertion import read_step
from novu_framework_testing.snapshots.content_change import ContentChange
from novu_framework_testing.snapshots.context import NO_CONTEXT, StepContext
from novu_framework_testing.snapshots.files import decode, fingerprint
from novu_framework_testing.snapshots.formats import visible_body
from novu_framework_testing.snapshots.names import TEXTS
from novu_framework_testing.snapshots.pieces import pieces
from novu_framework_testing.snapshots.plain_text import plain_text
from novu_framework_testing.snapshots.rendered import RenderedStep
from novu_framework_testing.snapshots.spoken_names import reason_name, step_name
from novu_framework_testing.snapshots.text_diff import (
    all_content,
    as_pictures_show,
    channel_label,
    content_changes,
    gone_content,
)
from novu_framework_testing.snapshots.timing import cron_in_words, said_by


def list_entry(test: TestChanges, change: Change) -> dict[str, Any]:
    """Return what a list shows of a change."""
    names = (
        "id",
        "revision",
        "kind",
        "status",
        "step",
        "channel",
        "workflow",
        "title",
        "stem",
        "same",
        "gist",
    )
    entry = {name: getattr(change, name) for name in names}
    known = about(test, change.context)
    words = {"stepName": step_name(change.step), "channelWord": channel_label(change.channel)}
    return {**entry, **words, "test": test.test, **known}


def change_detail(store: ReviewStore, test: TestChanges, change: Change) -> dict[str, Any]:
    """Return a change with both of its versions, the old one as the files have it now."""
    now = {file: store.content(file.path) for file in change.files}
    stale = any(fingerprint(data) not in (file.base, file.target) for file, data in now.items())
    if change.status == "accepted":
        # The files hold the new version by now; the old one is in the decision.
        now = {file: store.before(change.id, file.path) for file in change.files}
    old = {file.suffix: data for file in change.own_files if (data := now[file]) is not None}
    shown = versions_of(change, old, settings_of(store.root, test.asides))
    return {
        **list_entry(test, change),
        "why": change.why,
        "stale": stale and change.status != "accepted",
        **shown,
        "new": with_context(shown["new"], change.context),
        "course": {"old": _timeline(test.old), "new": _timeline(test.new)},
        "files": [file.path for file in change.files],
    }


def new_files(change: Change) -> dict[str, bytes]:
    """Return the contents that accepting a change writes for its step, by suffix."""
    return {file.suffix: data for file in change.own_files if (data := file.new_bytes) is not None}


def settings_of(root: Path, asides: Iterable[Sequence[str]] = ()) -> CheckSettings:
    """Return what a project wants checked; the defaults where its table cannot be read, which the checks themselves say.

    Args:
        root: The project's root.
        asides: What comments in the code of workflows set aside besides: the rule, why, and the workflow.
    """
    try:
        settings = project_settings(root)
        return dataclasses.replace(
            settings, ignore=(*settings.ignore, *(SetAside(*aside) for aside in asides))
        )
    except ValueError:
        return CheckSettings()


def versions_of(
    change: Change, old: Mapping[str, bytes], checks: CheckSettings | None = None, *, compared: bool = True
) -> dict[str, Any]:
    """Return the two versions of a change, as `versions` does; `old` are the files of the step before."""
    order = change.gist if change.kind == "moved" else change.order
    return versions(
        change.stem,
        old,
        new_files(change),
        checks,
        compared=compared,
        order=order,
        stem_before=change.stem_before,
    )


def versions(
    stem: str,
    old: Mapping[str, bytes],
    new: Mapping[str, bytes],
    checks: CheckSettings | None = None,
    *,
    compared: bool = True,
    order: str = "",
    stem_before: str = "",
) -> dict[str, Any]:
    """Return the two versions of a step, from their files by suffix, and the difference between them.

    The new one has what `checks` finds in its content. Without `compared` there is no difference. `order` says where
    a step that moved is now; `stem_before` is what its files were called, where they have another name now.
    """
    old_step, new_step = read_step(stem_before or stem, old), read_step(stem, new)
    pictures = picture_views(old, new)
    changes: Sequence[ContentChange] = ()
    if not compared:
        pass
    elif old_step and new_step:
        changes = content_changes(old_step, new_step)
        if pictures:
            changes = as_pictures_show(changes)
    elif new_step and not old:
        changes = all_content(new_step)
    elif old_step and not new:
        changes = gone_content(old_step)
    if compared and order:
        changes = [ContentChange("order", None, None, order), *changes]
    return {
        "old": _version(old_step, old),
        "new": _version(new_step, new, checks, before=old_step),
        "differences": [_difference(each) for each in changes],
        "pictures": pictures,
    }


def with_context(side: dict[str, Any] | None, context: StepContext) -> dict[str, Any] | None:
    """Return one version of an email with what the message had besides; another one as it is."""
    if side is None or side.get("channel") != EMAIL.type or context == NO_CONTEXT:
        return side
    names = ("headers", "attachments", "text")
    return {**side, "context": {name: getattr(context, name) for name in names}}


def drawn(step: RenderedStep) -> dict[str, Any]:
    """Return a step as the previews draw it, without its files."""
    side = _version(step, {".txt": b""}) or {}
    return {name: value for name, value in side.items() if name != "raw"}


def _version(
    step: RenderedStep | None,
    files: Mapping[str, bytes],
    checks: CheckSettings | None = None,
    before: RenderedStep | None = None,
) -> dict[str, Any] | None:
    """Return one version of a step, with facts that follow from its content for its channel."""
    if not files:
        return None
    raw = {suffix: decode(files[suffix]) for suffix in TEXTS if suffix in files}
    if step is None:
        return {"raw": raw, "unreadable": True}
    facts: dict[str, Any] = {}
    body = visible_body(step)
    if step.channel == SMS.type and body is not None:
        facts["sms"] = dataclasses.asdict(sms_size(body))
    if step.channel == EMAIL.type and body is not None:
        facts["preview"] = body[:140]
        facts["text"] = plain_text(step.outputs["body"])
    if isinstance(cron := step.outputs.get("cron"), str) and (words := cron_in_words(cron)):
        facts["cron"] = words
    if isinstance(path := step.outputs.get("dynamicKey"), str):
        facts["until"] = said_by(path)
    if checks is not None:
        facts["findings"] = told_findings(step, checks, before)
    return {
        "raw": raw,
        "step": step.step_id,
        "stepName": step_name(step.step_id),
        "channel": step.channel,
        "channelWord": channel_label(step.channel),
        "status": step.status,
        "reason": step.reason and reason_name(step.reason),
        "workflow": step.workflow_id,
        "outputs": plain_values(step.outputs),
        "providers": plain_values(step.providers),
        "details": plain_values(step.details),
        "facts": facts,
    }


def _difference(change: ContentChange) -> dict[str, Any]:
    old, new = pieces(change.old or "", change.new or "")
    return {
        "part": change.name,
        "old": None if change.old is None else [[piece.text, piece.changed] for piece in old],
        "new": None if change.new is None else [[piece.text, piece.changed] for piece in new],
        "hint": change.hint,
    }


def _timeline(steps: Sequence[TimelineStep]) -> list[dict[str, str]]:
    return [
        {
            **dataclasses.asdict(step),
            "stepName": step_name(step.step),
            "channelWord": channel_label(step.channel),
        }
        for step in steps
    ]
