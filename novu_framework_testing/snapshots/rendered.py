"""What a snapshot is of: one step as its subscriber would see it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from novu_framework_testing.snapshots.text_format import Placeholder

CHANNELS = frozenset({"email", "in_app", "sms", "push", "chat", "tool"})
"""The kinds of step that reach a person; the others (digest, delay, ...) shape when and whether they do."""

FINAL_STATUSES = frozenset({"completed", "skipped", "failed"})
"""The states in which a step has said what a subscriber gets. A run's other steps have no snapshot yet."""


@dataclasses.dataclass(frozen=True)
class RenderedStep:
    """One step, reduced to what is the same each time that the same content is rendered.

    Attributes:
        step_id: The step's id in its workflow.
        channel: The step's type: `email`, `in_app`, ... or `digest`, `delay`, `throttle`, `custom`, ...
        status: `delivered` for a message that went out, `completed` for another kind of step that is done,
            `skipped`, `failed`, `preview`, or the run's own word for a step that is not done.
        outputs: What the step gave, in the protocol's camelCase.
        providers: What is overridden for single providers, by provider.
        workflow_id: The workflow's id, where it is known.
        reason: Why the step was skipped or failed.
        details: What is only there because a test asked for it (`novu_snapshot(also=[...])`).
    """

    step_id: str
    channel: str
    status: str
    outputs: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    providers: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    workflow_id: str | None = None
    reason: str | None = None
    details: Mapping[str, Any] = dataclasses.field(default_factory=dict)


DETAILS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "job_id"),
    "transaction_id": ("transaction_id",),
    "subscriber_id": ("subscriber_id",),
    "sent_at": ("sent_at",),
    "due_at": ("due_at",),
    "controls": ("controls",),
    "result": ("result",),
    "to": ("to",),
    "provider_id": ("provider_id",),
}
"""What a snapshot leaves out unless a test asks for it by one of these names, and where it is found."""


def rendered_steps(
    value: Any, *, also: Sequence[str] = (), step: str | None = None, channel: str | None = None
) -> list[RenderedStep]:
    """The steps that a snapshot of `value` covers, in order.

    `value` is a run (its steps that were delivered, skipped or failed), a step, a message, the answer of a
    bridge to `execute` or `preview` (a mapping with `outputs`), or several of these in a list. `step` and
    `channel` name what an answer is of, which it does not say.

    Raises:
        TypeError: it is none of these.
        ValueError: `also` names a detail that is not in `DETAILS`.
    """
    unknown = [name for name in also if name not in DETAILS]
    if unknown:
        raise ValueError(f"also={unknown}: a snapshot can show {', '.join(DETAILS)} on top of the content")
    if isinstance(value, Mapping):
        named = {"stepId": step, "type": channel}
        value = {**value, **{key: name for key, name in named.items() if name is not None}}
    return list(_steps(value, also))


def _steps(value: Any, also: Sequence[str]) -> Iterator[RenderedStep]:
    if isinstance(value, RenderedStep):
        yield value
    elif isinstance(value, Mapping) and isinstance(value.get("outputs"), Mapping):
        yield _from_answer(value)
    elif hasattr(value, "content") and hasattr(value, "channel"):
        yield _from_message(value, also)
    elif hasattr(value, "steps"):
        for step in value.steps:
            if step.status in FINAL_STATUSES:
                yield _from_step(step, also, run=value)
    elif hasattr(value, "outputs") and hasattr(value, "status"):
        yield _from_step(value, also, run=getattr(value, "run", None))
    elif isinstance(value, Iterable) and not isinstance(value, (str, bytes, Mapping)):
        for each in value:
            yield from _steps(each, also)
    else:
        raise TypeError(
            f"novu_snapshot compares a run, a step, a message or a bridge's answer, not a {type(value).__name__}"
        )


def _from_step(step: Any, also: Sequence[str], *, run: Any) -> RenderedStep:
    channel = str(step.type)
    status = str(step.status)
    if status == "completed" and channel in CHANNELS:
        status = "delivered"
    reason = getattr(step, "skip_reason", None) if status == "skipped" else None
    if status == "failed":
        reason = getattr(step, "error", None)
    return RenderedStep(
        step_id=str(step.step_id),
        channel=channel,
        status=status,
        outputs=plain_mapping(step.outputs),
        providers=plain_mapping(getattr(step, "providers", None)),
        workflow_id=_workflow_id(step, run),
        reason=None if reason is None else str(getattr(reason, "message", reason)),
        details=_details(step, also, run),
    )


def _from_message(message: Any, also: Sequence[str]) -> RenderedStep:
    return RenderedStep(
        step_id=str(message.step_id),
        channel=str(message.channel),
        status="delivered",
        outputs=plain_mapping(message.content),
        providers=plain_mapping(getattr(message, "providers", None)),
        workflow_id=_workflow_id(message, getattr(message, "run", None)),
        details=_details(message, also, getattr(message, "run", None)),
    )


def _from_answer(answer: Mapping[str, Any]) -> RenderedStep:
    outputs = plain_mapping(answer["outputs"])
    options = answer.get("options")
    skipped = isinstance(options, Mapping) and bool(options.get("skip"))
    channel = _first(answer, "channel", "type") or _guess(outputs)
    return RenderedStep(
        step_id=_first(answer, "step_id", "stepId") or "preview",
        channel=channel,
        status="skipped" if skipped else "preview",
        outputs=outputs,
        providers=plain_mapping(answer.get("providers")),
        workflow_id=_first(answer, "workflow_id", "workflowId"),
    )


def _first(answer: Any, *names: str) -> str | None:
    """A bridge client may know more than the protocol's answer says, as keys of it or as attributes."""
    for name in names:
        value = answer.get(name) or getattr(answer, name, None)
        if value:
            return str(value)
    return None


def _guess(outputs: Mapping[str, Any]) -> str:
    # The protocol's answer does not name the channel: outputs that only one of them has do.
    if "preheader" in outputs or "replyTo" in outputs or "from" in outputs:
        return "email"
    if outputs.keys() & {"primaryAction", "secondaryAction", "avatar", "redirect", "data"}:
        return "in_app"
    if "card" in outputs:
        return "chat"
    if "subject" in outputs and "<" in str(outputs.get("body")):
        return "email"
    return "message"


def _workflow_id(value: Any, run: Any) -> str | None:
    found = getattr(value, "workflow_id", None) or getattr(run, "workflow_id", None)
    return None if found is None else str(found)


def _details(value: Any, also: Sequence[str], run: Any) -> dict[str, Any]:
    details: dict[str, Any] = {}
    for name in also:
        for owner in (value, run, getattr(run, "trigger", None)):
            found = next((getattr(owner, key) for key in DETAILS[name] if hasattr(owner, key)), None)
            if found is not None:
                details[name] = plain_data(found)
                break
    return details


def plain_mapping(value: Any) -> dict[str, Any]:
    """`value` as a dict of JSON data; None is an empty one."""
    data = plain_data({} if value is None else value)
    return data if isinstance(data, dict) else {"value": data}


def plain_data(value: Any) -> Any:
    """`value` as dicts, lists and single values: models and dataclasses become dicts, tuples lists.

    Moments, decimals and UUIDs stay, so that a matcher can tell them from text; `filters.normalized` makes
    them text.

    Raises:
        TypeError: a value that JSON has no form for.
    """
    if value is None or isinstance(value, (str, bool, int, float, Placeholder, *TEXT_IN_JSON)):
        return value.value if isinstance(value, Enum) else value
    if isinstance(value, Enum):
        return plain_data(value.value)
    if hasattr(value, "model_dump"):
        return plain_data(value.model_dump(by_alias=True, exclude_none=True))
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain_data(getattr(value, each.name)) for each in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain_data(child) for key, child in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain_data(child) for child in value]
    raise TypeError(f"a snapshot holds JSON data, not a {type(value).__name__}: {value!r}")


TEXT_IN_JSON = (datetime, date, time, timedelta, Decimal, UUID)
"""Types that JSON has as text."""


def json_leaf(value: Any) -> Any:
    """A single value as JSON has it."""
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    return str(value) if isinstance(value, TEXT_IN_JSON) else value
