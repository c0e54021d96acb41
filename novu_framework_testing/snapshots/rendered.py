"""What a snapshot is of: one step as its subscriber would see it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any
from uuid import UUID

from novu_framework.errors import new_of
from novu_framework.steps.chat import CHAT
from novu_framework.steps.email import EMAIL
from novu_framework.steps.in_app import IN_APP
from novu_framework.steps.kinds import CHANNELS, KINDS
from novu_framework_testing.conversations import Conversation
from novu_framework_testing.conversations.content import content_of
from novu_framework_testing.snapshots.context import NO_CONTEXT, StepContext
from novu_framework_testing.snapshots.json_text import Placeholder

FINAL_STATUSES = frozenset({"completed", "skipped", "failed"})
"""The statuses in which it is known what a subscriber gets. A run's other steps have no snapshot."""


class UnfinishedStepError(AssertionError):
    """A snapshot of a step that has not run yet, or of a run with one: it would be the same whatever the step delivers."""

    def __init__(self, steps: Sequence[Any]) -> None:
        waits = [
            f"{one.step_id!r} is {one.status}{f' until {one.due_at:%Y-%m-%d %H:%M:%S} UTC' if one.due_at else ''}"
            for one in steps
        ]
        super().__init__(
            f"a snapshot is of what was delivered, and {', '.join(waits)}. Let time pass first: novu.advance(...) or "
            "novu.run_until_idle(). What was delivered so far can be compared too: `run.messages == novu_snapshot`."
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return new_of, (type(self), *self.args)


def refuse_unfinished(value: Any) -> None:
    """Raise `UnfinishedStepError` for a step of a simulation that has not run yet, a run with one, or a list of these."""
    if isinstance(value, (list, tuple)):
        for each in value:
            refuse_unfinished(each)
    elif waiting := [
        one for one in getattr(value, "steps", [value]) if getattr(one, "has_ended", True) is False
    ]:
        raise UnfinishedStepError(waiting)


@dataclasses.dataclass(frozen=True)
class RenderedStep:
    """One step, reduced to what is the same each time that the same content is rendered.

    Attributes:
        step_id: The step's id in its workflow.
        channel: The step's type: `email`, `in_app`, ... or `digest`, `delay`, `throttle`, `custom`, ...
        status: `delivered` for a message that went out, `completed` for another kind of step that is done,
            `skipped`, `failed`, `preview`, or the status of a step that is not done.
        outputs: What the step gave, in the protocol's camelCase.
        providers: What is overridden for single providers, by provider.
        workflow_id: The workflow's id, where it is known.
        reason: Why the step was skipped or failed.
        details: What a test wants to see on top of it (`novu_snapshot(also=[...])`).
        context: For whom it ran, and the like: no part of a snapshot.
    """

    step_id: str
    channel: str
    status: str
    outputs: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    providers: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    workflow_id: str | None = None
    reason: str | None = None
    details: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    context: StepContext = dataclasses.field(default=NO_CONTEXT, compare=False, repr=False)


DETAILS = (
    "id", "transaction_id", "subscriber_id", "sent_at", "due_at", "controls", "result", "to", "provider_id",
)  # fmt: skip
"""What a snapshot only shows if a test names it in `also`: attributes of a step, a message, a run or a trigger."""


def rendered_steps(
    value: Any, *, also: Sequence[str] = (), step: str | None = None, channel: str | None = None
) -> list[RenderedStep]:
    """Return the steps that a snapshot of `value` covers, in order.

    Args:
        value: A run (its steps that were delivered, skipped or failed), a step, a message, the answer of a
            bridge to `execute` or `preview` (a mapping with `outputs`), or several of these in a list.
        also: Names of `DETAILS` to show.
        step: The id of the step that an answer is of, since the protocol's answer does not say it.
        channel: The type of that step; see `channel_of_outputs` for an answer without it.

    Raises:
        TypeError: `value` is something else.
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
    elif isinstance(value, Conversation):
        yield _from_conversation(value)
    elif _is_answer(value):
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
            f"novu_snapshot compares a run, a step, a message, a conversation or a bridge's answer, not a {type(value).__name__}"
        )


def _is_answer(value: object) -> bool:
    return isinstance(value, Mapping) and isinstance(value.get("outputs"), Mapping)


def _from_step(step: Any, also: Sequence[str], *, run: Any) -> RenderedStep:
    status = "delivered" if step.status == "completed" and step.type in CHANNELS else str(step.status)
    reasons = {"skipped": "skip_reason", "failed": "error"}
    reason = getattr(step, reasons[status], None) if status in reasons else None
    return RenderedStep(
        step_id=str(step.step_id),
        channel=str(step.type),
        status=status,
        outputs=plain_mapping(step.outputs),
        reason=None if reason is None else str(getattr(reason, "message", reason)),
        **_common(step, also, run),
    )


def _from_message(message: Any, also: Sequence[str]) -> RenderedStep:
    return RenderedStep(
        step_id=str(message.step_id),
        channel=str(message.channel),
        status="delivered",
        outputs=plain_mapping(message.content),
        **_common(message, also, getattr(message, "run", None)),
    )


CONVERSATION = "conversation"
"""What a conversation with an agent has in the place of a channel."""


def _from_conversation(value: Conversation) -> RenderedStep:
    opener = value.state.people[0]
    context = (
        StepContext.of_step(None, None) if opener.subscriber is None else StepContext.of_step(None, opener)
    )
    return RenderedStep(
        step_id=value.agent_id,
        channel=CONVERSATION,
        status=value.status,
        outputs=content_of(value.state),
        context=dataclasses.replace(context, workflow_name="Conversations"),
    )


COPIES = ("cc", "bcc")
"""Whom an email goes to besides its recipient: by the code of an app, not by who a test is."""


def _common(value: Any, also: Sequence[str], run: Any) -> dict[str, Any]:
    """Return what a step and a message have in common; `run` is the run of either, if it is known."""
    workflow_id = getattr(value, "workflow_id", None) or getattr(run, "workflow_id", None)
    context = StepContext.of_step(value, run)
    kept = {
        "attachments": list(map(_attachment, context.attachments)),
        **{which: [address for name, address in context.headers if name == which] for which in COPIES},
    }
    return {
        "providers": plain_mapping(getattr(value, "providers", None)),
        "workflow_id": None if workflow_id is None else str(workflow_id),
        "details": {**{name: each for name, each in kept.items() if each}, **_details(value, also, run)},
        "context": context,
    }


def _attachment(facts: tuple[str, str, str]) -> str:
    """Return a file as a reader sees it: `terms.pdf, application/pdf, 2,048 bytes`. What is in it, no snapshot keeps."""
    name, kind, size = facts
    return ", ".join(
        filter(
            None,
            (name or "without a name", kind, size and f"{int(size):,} byte{'' if int(size) == 1 else 's'}"),
        )
    )


def _from_answer(answer: Mapping[str, Any]) -> RenderedStep:
    outputs = plain_mapping(answer["outputs"])
    options = answer.get("options")
    skipped = isinstance(options, Mapping) and bool(options.get("skip"))
    return RenderedStep(
        step_id=_first(answer, "step_id", "stepId") or "preview",
        channel=_first(answer, "channel", "type") or channel_of_outputs(outputs),
        status="skipped" if skipped else "preview",
        outputs=outputs,
        providers=plain_mapping(answer.get("providers")),
        workflow_id=_first(answer, "workflow_id", "workflowId"),
    )


def _first(answer: Mapping[str, Any], *keys: str) -> str | None:
    """Return what a test, or who sent the answer, has added to it under one of these keys."""
    return next((str(answer[key]) for key in keys if answer.get(key)), None)


def channel_of_outputs(outputs: Mapping[str, Any]) -> str:
    """Return the channel that outputs fit, for an answer that comes without its step's type.

    The protocol's answer does not name the channel, so `novu_snapshot(channel="push")` should. Without it, the
    channel is the one whose schema alone has one of the outputs; a subject with an HTML body is an email; and
    "message" stands for outputs that fit several channels.
    """
    for kind in (EMAIL, IN_APP, CHAT):
        if outputs.keys() & _own_outputs(kind.type):
            return kind.type
    html = "subject" in outputs and "<" in str(outputs.get("body"))
    return EMAIL.type if html else "message"


@cache
def _own_outputs(channel: str) -> set[str]:
    """Return the outputs that only the schema of this channel has."""
    schemas: dict[str, Any] = {each: KINDS[each].outputs.schema for each in CHANNELS}
    names = {each: set(schema["properties"]) for each, schema in schemas.items()}
    others = set().union(*(names[each] for each in CHANNELS if each != channel))
    # A setting of the delivery is not content.
    return names[channel] - others - {"useProviderDefaults"}


def _details(value: Any, also: Sequence[str], run: Any) -> dict[str, Any]:
    owners = (value, run, getattr(run, "trigger", None))
    details: dict[str, Any] = {}
    for name in also:
        for owner in owners:
            if name not in details and (detail := getattr(owner, name, None)) is not None:
                details[name] = plain_data(detail)
    return details


def plain_mapping(value: Any) -> dict[str, Any]:
    """Return `value` as a dict of JSON data; None as an empty one."""
    data = plain_data({} if value is None else value)
    return data if isinstance(data, dict) else {"value": data}


def plain_data(value: Any) -> Any:
    """Return `value` as dicts, lists and single values: models and dataclasses become dicts, tuples lists.

    Moments, decimals and UUIDs stay, so that a matcher can tell them from text; `Filters.apply` makes
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
    """Return a single value as JSON has it."""
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    return str(value) if isinstance(value, TEXT_IN_JSON) else value
