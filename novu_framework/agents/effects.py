"""What a turn does beside its replies: queued until the next reply, or the end of the turn."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import timedelta
from typing import Any, TypeAlias

from novu_framework.agents.content import plain
from novu_framework.errors import AgentInputError

Ttl: TypeAlias = float | timedelta
"""A time limit: seconds, or a `timedelta`."""

MAX_ADDRESSEES = 50


@dataclass
class Effects:
    """Side effects, by Novu's names, in the order in which they are sent."""

    tool_approval_request: dict[str, Any] | None = None
    signals: list[dict[str, Any]] = field(default_factory=list)
    tool_results: list[dict[str, Any]] = field(default_factory=list)
    add_reactions: list[dict[str, Any]] = field(default_factory=list)
    delete_messages: list[dict[str, Any]] = field(default_factory=list)
    resolve: dict[str, Any] | None = None

    def __bool__(self) -> bool:
        return any(_is_there(getattr(self, one.name)) for one in fields(self))

    def take(self) -> Effects:
        """Return what is pending, and have nothing pending any more."""
        taken = Effects(**vars(self))
        vars(self).update(vars(Effects()))
        return taken

    def to_reply(self) -> dict[str, Any]:
        """Return the members of a post in reply mode."""
        given = {
            "toolApprovalRequest": self.tool_approval_request,
            "signals": self.signals,
            "toolResults": self.tool_results,
            "addReactions": self.add_reactions,
            "deleteMessages": self.delete_messages,
            "resolve": self.resolve,
        }
        return {name: value for name, value in given.items() if _is_there(value)}

    def to_events(self, *, deliver_card: bool = False) -> list[dict[str, Any]]:
        """Return the events of events mode."""
        events: list[dict[str, Any]] = []
        if (request := self.tool_approval_request) is not None:
            renamed = {_EVENT_NAMES.get(name, name): value for name, value in request.items()}
            card = {"deliverCard": True} if deliver_card else {}
            events.append({"type": "tool-approval-request", **renamed, **card})
        for result in self.tool_results:
            said = {"type": "text", "text": str(result.get("preview") or "")}
            content = [said, {"type": "json", "value": result["output"]}]
            events.append({"type": "tool-use-result", "toolUseId": result["toolCallId"], "content": content})
        events += [{"type": "signal", "signal": signal} for signal in self.signals]
        events += [
            {
                "type": "channel.reaction",
                "messageId": one["messageId"],
                "emoji": one["emojiName"],
                "op": "add",
            }
            for one in self.add_reactions
        ]
        events += [{"type": "channel.delete", **one} for one in self.delete_messages]
        if self.resolve is not None:
            events.append({"type": "resolve", **self.resolve})
        return events


_EVENT_NAMES = {"toolCallId": "toolUseId", "name": "toolName"}


def _is_there(value: Any) -> bool:
    return value is not None and value != []


def human_request(
    kind: str,
    prompt: str,
    *,
    options: Sequence[str] | None = None,
    ttl: Ttl | None = None,
    from_: str | None = None,
    to: str | Iterable[str] | None = None,
) -> dict[str, Any]:
    """Make the signal of a request to a person, with a new id.

    Raises:
        AgentInputError: There is nobody in `to`, or too many, or the options are no choice.
    """
    signal: dict[str, Any] = {"type": "human", "kind": kind, "prompt": plain(prompt)}
    signal["requestId"] = f"hr_{uuid.uuid4()}"
    if kind == "choose":
        signal["options"] = _options(options)
    if from_:
        signal["from"] = plain(from_)
    if ttl is not None:
        signal["ttlSeconds"] = _seconds(ttl)
    if to is not None:
        signal["to"] = _addressees(to)
    return signal


def _options(options: Sequence[str] | None) -> list[str]:
    if isinstance(options, str) or not isinstance(options, Sequence) or not 2 <= len(options) <= 10:
        raise AgentInputError("ctx.choose requires between 2 and 10 options")
    if not all(isinstance(option, str) and option.strip() for option in options):
        raise AgentInputError("ctx.choose options must be non-empty strings")
    return list(options)


def _seconds(ttl: Ttl) -> float:
    if not isinstance(ttl, timedelta):
        return ttl
    seconds = ttl.total_seconds()
    return int(seconds) if seconds.is_integer() else seconds


def _addressees(to: str | Iterable[str]) -> list[str]:
    listed = [to] if isinstance(to, str) else to
    if isinstance(listed, Mapping) or not isinstance(listed, Iterable):
        raise AgentInputError("`to` must be a subscriberId string or an array of subscriberIds")
    cleaned: dict[str, None] = {}
    for one in listed:
        if not isinstance(one, str):
            raise AgentInputError("`to` must be a subscriberId string or an array of subscriberIds")
        if one.strip():
            cleaned[one.strip()] = None
    if not cleaned:
        raise AgentInputError("`to` must include at least one subscriberId")
    if len(cleaned) > MAX_ADDRESSEES:
        raise AgentInputError(f"`to` supports at most {MAX_ADDRESSEES} subscriberIds")
    return list(cleaned)
