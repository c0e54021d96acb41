"""What Novu sends to an agent, as objects with Python's names.

Nothing is validated: a member that is missing is None, and one that is not listed here is found under Novu's own name.
"""

from __future__ import annotations

import typing
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic.alias_generators import to_camel

from novu_framework._internal.suggestions import known_names


class AgentBody(Mapping[str, Any]):
    """The base of what Novu sends: a read-only mapping by Novu's names, with an attribute for each known member.

    >>> message = AgentMessage({"text": "Hi", "platformMessageId": "m-1", "mood": "good"})
    >>> message.platform_message_id, message.author, message["mood"]
    ('m-1', None, 'good')
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data = data

    def __getitem__(self, name: str) -> Any:
        return self._data[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._data)

    def __len__(self) -> int:
        return len(self._data)

    if not TYPE_CHECKING:  # it would make any name a member

        def __getattr__(self, name: str) -> Any:
            known = _members(type(self))
            if name not in known:
                raise AttributeError(
                    f"{type(self).__name__} has no {name!r}; it has {known_names(name, known)}"
                )
            wire_name, kind = known[name]
            return body_of(kind, self._data.get(wire_name))

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *_members(type(self))]

    def __repr__(self) -> str:
        return f"{type(self).__name__}({dict(self._data)!r})"


def body_of(kind: type[AgentBody] | None, value: Any) -> Any:
    """Return a value as the body that it is meant to be; what is no object in JSON stays what it is."""
    if kind is None:
        return value
    if isinstance(value, list):
        return [body_of(kind, item) for item in value]
    return kind(value) if isinstance(value, dict) else value


@cache
def _members(cls: type[AgentBody]) -> Mapping[str, tuple[str, type[AgentBody] | None]]:
    """Return the members of a body: by attribute, Novu's name and the body that its value is, or None."""
    return {
        name: (_IRREGULAR.get(name) or to_camel(name), _body_in(hint))
        for name, hint in typing.get_type_hints(cls).items()
        if not name.startswith("_")
    }


_IRREGULAR = {"is_dm": "isDM"}


def _body_in(hint: Any) -> type[AgentBody] | None:
    # `dict[str, Any]` is an instance of `type` on Python 3.10, but no class.
    if typing.get_origin(hint) is None and isinstance(hint, type) and issubclass(hint, AgentBody):
        return hint
    return next(filter(None, map(_body_in, typing.get_args(hint))), None)


class AgentMessageAuthor(AgentBody):
    """The author of a message. `is_bot` may be the text `unknown`."""

    user_id: str
    full_name: str
    user_name: str
    is_bot: bool | str


class AgentAttachment(AgentBody):
    """A file that came with a message; `size` is in bytes."""

    type: str
    url: str | None
    name: str | None
    mime_type: str | None
    size: int | None


class AgentMessage(AgentBody):
    """A message that somebody wrote. `platform_message_id` is the platform's own id of it."""

    text: str
    platform_message_id: str
    author: AgentMessageAuthor
    timestamp: str
    attachments: list[AgentAttachment] | None


class AgentAction(AgentBody):
    """A press of a button or another choice: the element's `id` and `value`, and the message that contains it."""

    id: str
    value: str | None
    source_message_id: str | None


class AgentEmoji(AgentBody):
    """An emoji, by its short name."""

    name: str


class AgentReaction(AgentBody):
    """An emoji that somebody added to a message (`added` is True) or took away."""

    message_id: str
    emoji: AgentEmoji
    added: bool
    message: AgentMessage | None


class AgentConversation(AgentBody):
    """The conversation as it was when the event came; what a turn writes is read with `ctx.metadata`."""

    identifier: str
    status: str
    metadata: dict[str, Any]
    message_count: int
    created_at: str
    last_activity_at: str


class AgentSubscriber(AgentBody):
    """The subscriber who takes part in the conversation."""

    subscriber_id: str
    first_name: str | None
    last_name: str | None
    email: str | None
    phone: str | None
    avatar: str | None
    locale: str | None
    data: dict[str, Any] | None


class AgentNotification(AgentBody):
    """The notification that a turn replies to: what a workflow sent, and its payload."""

    id: str
    workflow_id: str
    message_id: str
    platform_message_id: str
    sent_at: str
    body: str
    payload: dict[str, Any]


class AgentToolData(AgentBody):
    """The call of a tool that an entry of the history is about."""

    tool_call_id: str | None
    tool_name: str | None
    approval_id: str | None
    input: dict[str, Any] | None
    approved: bool | None
    output: Any


class AgentHistoryEntry(AgentBody):
    """An entry of the history.

    `type` is `message`, `edit`, `signal`, `tool_approval_request`, `tool_approval_decision` or `tool_result`; `role` is
    `user`, `assistant`, `agent` or `system`.
    """

    role: str
    type: str
    content: str
    rich_content: dict[str, Any] | None
    sender_name: str | None
    signal_data: dict[str, Any] | None
    tool_data: AgentToolData | None
    created_at: str


class AgentHumanResponse(AgentBody):
    """The end of a request that `ctx.ask`, `ctx.approve` or `ctx.choose` made.

    `status` is `answered`, `approved`, `denied`, `expired`, `canceled` or `delivered`. Where `expired` is True nobody answered in
    time, and `text` and `option_id` are not a decision.
    """

    request_id: str
    interaction_id: str
    kind: str
    status: str
    expired: bool
    text: str | None
    option_id: str | None
    responded_by: str | None
    responded_by_subscriber_id: str | None


class AgentEmailContext(AgentBody):
    """The place where an email came in: the domain, the route, and the message that began the thread."""

    domain: dict[str, Any] | None
    route: dict[str, Any] | None
    root_message_id: str | None


class AgentPlatformContext(AgentBody):
    """The platform's own ids of the thread and the channel, and its raw message."""

    thread_id: str
    channel_id: str
    is_dm: bool
    message: Any
    email: AgentEmailContext | None


class AgentEvent(AgentBody):
    """The whole body of an event, as `ctx.body`."""

    event: str
    agent_id: str
    delivery_id: str
    conversation_id: str
    integration_identifier: str
    action: AgentAction | None
    message: AgentMessage | None
    reaction: AgentReaction | None
    conversation: AgentConversation
    subscriber: AgentSubscriber | None
    subscriber_access: str | None
    context: dict[str, Any] | None
    notification: AgentNotification | None
    human_response: AgentHumanResponse | None
    history: list[AgentHistoryEntry]
    platform: str
    platform_context: AgentPlatformContext


def is_from_workflow(notification: AgentNotification | None, workflow: Any) -> bool:
    """Tell whether a notification was sent by a workflow.

    Args:
        notification: `ctx.notification`.
        workflow: A `Workflow`.

    >>> is_from_workflow(None, None)
    False
    """
    return notification is not None and bool(notification.workflow_id == workflow.id)
