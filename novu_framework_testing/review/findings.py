"""What the checks find in a change, and which of it was so before."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from novu_framework_testing.checks import CheckSettings, Content, ContentFinding, check_content
from novu_framework_testing.snapshots.json_text import Placeholder
from novu_framework_testing.snapshots.rendered import RenderedStep


def content_findings(step: RenderedStep, checks: CheckSettings) -> list[ContentFinding]:
    """Return what is wrong with the content of a step, if it was delivered."""
    if step.status in ("skipped", "failed"):
        return []
    outputs, providers = plain_values(step.outputs), plain_values(step.providers)
    return check_content(
        Content(step.channel, outputs, providers, step.workflow_id or "", step.step_id), checks
    )


def told_findings(
    step: RenderedStep, checks: CheckSettings, before: RenderedStep | None = None
) -> list[dict[str, Any]]:
    """Return what is wrong with the content of a step as data: each finding, and `known`, whether it is so in `before` too."""
    found = content_findings(step, checks)
    known = _known(content_findings(before, checks), found) if found and before else set()
    return [{**dataclasses.asdict(each), "known": index in known} for index, each in enumerate(found)]


def plain_values(value: Any) -> Any:
    """Return data with placeholders as the text that stands for them."""
    if isinstance(value, Placeholder):
        return f"(any: {value.text})"
    if isinstance(value, Mapping):
        return {key: plain_values(child) for key, child in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain_values(child) for child in value]
    return value


_ALIKE: Sequence[Callable[[ContentFinding], object]] = (
    lambda one: (one.rule, one.words, one.where),
    lambda one: (one.rule, one.words),  # with other code
    lambda one: (one.rule, one.where.partition(":")[2] or one.where),  # with other words, on whatever line
)


def _known(old: Sequence[ContentFinding], new: Sequence[ContentFinding]) -> set[int]:
    """Return the places in `new` of what was found before too; each of the old ones stands for one, so that one more is new."""
    left = dict(enumerate(old))
    known: set[int] = set()
    for alike in _ALIKE:
        for index, one in enumerate(new):
            twin = next((at for at, each in left.items() if alike(each) == alike(one)), None)
            if index not in known and twin is not None:
                known.add(index)
                del left[twin]
    return known
