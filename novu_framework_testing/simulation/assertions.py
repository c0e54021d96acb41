"""`run.assert_sent("email", to=..., subject=...)`: what a test says of messages, and what it is told where that is not so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeAlias

from novu_framework._internal.models import to_camel
from novu_framework._internal.suggestions import ending
from novu_framework.steps.kinds import CHANNELS, ChannelType
from novu_framework_testing.simulation.clock import iso
from novu_framework_testing.simulation.messages import Message
from novu_framework_testing.simulation.provider_failures import known_channel

Text: TypeAlias = str | re.Pattern[str]
"""A text as it is, or a pattern that is found in it."""

SHOWN = 10
"""So many messages and steps are told of."""

_LONGEST = 200


class SentRun(Protocol):
    """A run, as far as what it sent needs it: a step of it may not have come to its message."""

    @property
    def workflow_id(self) -> str:
        """The workflow that it runs."""
        ...

    @property
    def subscriber_id(self) -> str:
        """The subscriber that it is for."""
        ...

    @property
    def steps(self) -> Sequence[Any]:
        """Its steps, in order."""
        ...

    @property
    def waiting(self) -> Any:
        """The step that it waits for, or None."""
        ...


class Sent:
    """The messages of a run, a trigger or a whole simulation, as a test asks for them."""

    __slots__ = ()

    def _sent(self) -> tuple[Iterable[Message], Iterable[SentRun], Iterable[str]]:
        """Return its messages, its runs, and notes of what did not become a run."""
        raise NotImplementedError

    def assert_sent(
        self,
        channel: ChannelType | None = None,
        step_id: str | None = None,
        *,
        to: str | None = None,
        subject: Text | None = None,
        body: Text | None = None,
        **content: Any,
    ) -> Message:
        """Check that exactly one such message was sent, and return it.

        Arguments that are left out match anything. If no message matches, or several do, the error says what was sent
        instead, and what stopped the rest.

            run.assert_sent("email", to="ann@acme.test", subject="Bob commented", body=re.compile("Nice trip"))

        Args:
            channel: `in_app`, `email`, `sms`, `push`, `chat` or `tool`.
            step_id: The step that sent it.
            to: Whom it reached: the subscriber's id, or the address.
            subject: A text, or a pattern that is found in it; so is `body`.
            content: Other values of the message's content or attributes, in snake_case: `avatar=...`,
                `provider_id="sendgrid"`.

        Raises:
            AssertionError: No message matches, or several do.
        """
        wanted = _wanted(channel, step_id, to, subject, body, content)
        messages, runs, notes = self._sent()
        fitting = [message for message in messages if not _differences(message, wanted)]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            title = f"{len(fitting)} messages were sent{_said(wanted)}, not one:"
            raise AssertionError("\n".join([title, *_listed(fitting, {})]))
        lines = [f"No message was sent{_said(wanted)}.", "Sent instead:", *_listed(messages, wanted)]
        if lines[-1] == "Sent instead:":
            lines[-1] = "Nothing else was sent."
        if stopped := [*_stopped(runs, channel), *(f"  Note that {note}." for note in notes)]:
            lines += ["Not sent:", *stopped]
        raise AssertionError("\n".join(lines))

    def assert_not_sent(
        self,
        channel: ChannelType | None = None,
        step_id: str | None = None,
        *,
        to: str | None = None,
        subject: Text | None = None,
        body: Text | None = None,
        **content: Any,
    ) -> None:
        """Check that no such message was sent; without arguments, that none was.

        The arguments are those of `assert_sent`. Raises `AssertionError`, which lists the messages that match.
        """
        wanted = _wanted(channel, step_id, to, subject, body, content)
        fitting = [message for message in self._sent()[0] if not _differences(message, wanted)]
        if fitting:
            title = f"No message should be sent{_said(wanted)}, but {len(fitting)} {'were' if fitting[1:] else 'was'}:"
            raise AssertionError("\n".join([title, *_listed(fitting, {})]))


def _wanted(
    channel: str | None,
    step_id: str | None,
    to: str | None,
    subject: Text | None,
    body: Text | None,
    content: Mapping[str, Any],
) -> dict[str, Any]:
    """Return what a message should be, by name."""
    named = {"channel": channel, "step_id": step_id, "to": to, "subject": subject, "body": body}
    if channel is not None:
        known_channel(channel)
    return {**{name: value for name, value in named.items() if value is not None}, **content}


def _differences(message: Message, wanted: Mapping[str, Any]) -> list[str]:
    """Return what of a message is not as it should be, in words."""
    found = []
    for name, value in wanted.items():
        known = {**message.content, **{one: one for one in _ATTRIBUTES}}
        key = name if name in known else to_camel(name)
        if key not in known:
            found.append(f"it has no {name}{ending(name, known).removesuffix('.')}")
            continue
        actual = getattr(message, key) if key in _ATTRIBUTES else message.content[key]
        places = [actual, message.subscriber_id] if name == "to" else [actual]
        places += actual if name == "to" and isinstance(actual, list) else []
        if any(_fits(place, value) for place in places):
            continue
        if name == "channel":  # the rest says nothing of another channel's messages
            return [f"channel is {actual!r}"]
        found.append(f"{name} is {_short(actual if name != 'to' or actual else message.subscriber_id)}")
    return found


_ATTRIBUTES = (
    *(
        "channel",
        "step_id",
        "to",
        "subject",
        "body",
        "subscriber_id",
        "workflow_id",
        "transaction_id",
        "provider_id",
    ),
    *("providers", "integration", "overrides", "envelope", "severity", "tags", "context_keys", "phone"),
    *("sent_at", "seen", "read", "archived", "snoozed"),
)


def _fits(actual: Any, wanted: Any) -> bool:
    if isinstance(wanted, re.Pattern) and not isinstance(actual, re.Pattern):
        return isinstance(actual, str) and wanted.search(actual) is not None
    return bool(actual == wanted)


def _said(wanted: Mapping[str, Any]) -> str:
    said = ", ".join(f"{name}={_short(value)}" for name, value in wanted.items())
    return f" with {said}" if said else ""


def _short(value: Any) -> str:
    text = f"re.compile({value.pattern!r})" if isinstance(value, re.Pattern) else repr(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."


def _listed(messages: Iterable[Message], wanted: Mapping[str, Any]) -> list[str]:
    """Return a line for each message, the likest first, with what of it is not as it should be."""
    told = [(_differences(message, wanted), message) for message in messages]
    told.sort(key=lambda one: (one[1].channel != wanted.get("channel", one[1].channel), len(one[0])))
    lines = [f"  {message!r}{': ' * bool(wrong)}{', '.join(wrong)}" for wrong, message in told[:SHOWN]]
    return lines + [f"  and {len(told) - SHOWN} more"] * (len(told) > SHOWN)


def _stopped(runs: Iterable[SentRun], channel: str | None) -> list[str]:
    """Return a line for each step that has not sent its message, or to nobody, and why."""
    lines = []
    for run in runs:
        waiting = run.waiting
        for step in run.steps:
            if step.type not in CHANNELS or channel not in (None, step.type) or step.messages:
                continue
            why = "; ".join(str(one.error_text) for one in step.undelivered) or step.error or step.skip_reason
            if step.status == "canceled":
                why = next((f"{one.step_id!r} failed: {one.error}" for one in run.steps if one.error), None)
            if not why and waiting is not None and waiting.due_at is not None:
                why = f"the run waits for {waiting.step_id!r} until {iso(waiting.due_at)}: let time pass, by novu.advance(...)"
            of = f"{run.workflow_id}/{step.step_id}"
            lines.append(
                f"  {step.type} to {run.subscriber_id} by {of} is {step.status}{f': {why}' if why else ''}"
            )
    return lines[:SHOWN] + [f"  and {len(lines) - SHOWN} more"] * (len(lines) > SHOWN)
