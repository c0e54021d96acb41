"""A conversation as Novu keeps it: who takes part, what was said, what waits for an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, NamedTuple

from novu_framework_testing._internal.moments import iso
from novu_framework_testing.conversations.log import ChatMessage, EntryType, LogEntry, Role
from novu_framework_testing.conversations.platforms import Platform
from novu_framework_testing.conversations.requests import HumanRequest


class Person(NamedTuple):
    """Somebody who takes part: a subscriber, or somebody whom Novu does not know.

    Attributes:
        name: The name that the platform shows.
        subscriber: The subscriber; None for somebody whom Novu does not know.
    """

    name: str
    subscriber: Any = None

    @property
    def id(self) -> str:
        """The platform's id of them."""
        return self.name if self.subscriber is None else str(self.subscriber.subscriber_id)

    @property
    def subscriber_id(self) -> str | None:
        """The id of the subscriber, or None."""
        return None if self.subscriber is None else self.id

    @property
    def role(self) -> Role:
        """Their role in the history."""
        return "platform_user" if self.subscriber is None else "subscriber"


class AgentFailure(NamedTuple):
    """Something of an agent's turn that went wrong.

    Attributes:
        event: What the agent was handling: `onMessage`, `onAction`, `onReaction` or `onResolve`.
        text: What went wrong.
        raised: What its code raised; None where only another process knows.
    """

    event: str
    text: str
    raised: BaseException | None = None


@dataclass(eq=False)
class State:
    """A conversation as Novu keeps it.

    Attributes:
        novu: The simulation.
        agent_id: The agent.
        id, identifier: Novu's ids of it, in posts and for people.
        platform_name, platform: Where it is held.
        people: Who takes part, in the order in which they came.
        context: What agents get as `context`.
        access: `open`, or `restricted` to subscribers.
        events: Whether the agent reports by events.
        posts: How many posts of the agent have arrived.
    """

    novu: Any  # a NovuSimulator, which knows this
    agent_id: str
    id: str
    platform_name: str
    platform: Platform
    direct: bool
    people: list[Person]
    subject: str | None = None
    context: dict[str, Any] | None = None
    access: Literal["open", "restricted"] = "open"
    events: bool = False
    status: Literal["active", "resolved"] = "active"
    metadata: dict[str, Any] = field(default_factory=dict)
    all_messages: list[ChatMessage] = field(default_factory=list)
    log: list[LogEntry] = field(default_factory=list)
    signals: list[dict[str, Any]] = field(default_factory=list)
    triggers: list[Any] = field(default_factory=list)
    requests: list[HumanRequest] = field(default_factory=list)
    emitted: list[tuple[str, Any]] = field(default_factory=list)
    failures: list[AgentFailure] = field(default_factory=list)
    failures_read: bool = False
    typing: str | None = None
    event: str = ""
    turn: Any = None
    resolved_since: bool = False
    client_ids: dict[str, str] = field(default_factory=dict)
    created_at: datetime = field(init=False)
    last_activity_at: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.created_at = self.last_activity_at = self.novu.now

    @property
    def identifier(self) -> str:
        """The id of it for people."""
        return f"conv_{self.id[-12:]}"

    @property
    def integration(self) -> str:
        """The identifier of the integration that carries it."""
        return f"{self.platform_name}-{self.agent_id}"

    @property
    def thread_id(self) -> str:
        """The platform's id of its thread."""
        return f"{self.platform_name}:{self.id[-8:]}"

    def message(self, message_id: str) -> ChatMessage | None:
        """Return the message of that id, the platform's or the agent's own."""
        wanted = self.client_ids.get(message_id, message_id)
        return next((one for one in self.all_messages if one.id == wanted), None)

    def add(
        self,
        content: Mapping[str, Any],
        role: Role,
        name: str,
        *,
        subscriber_id: str | None = None,
        notification: dict[str, Any] | None = None,
    ) -> ChatMessage:
        """Add a message at the end."""
        now = self.novu.now
        message = ChatMessage(
            self.novu.ids("post"), role, name, subscriber_id, now, dict(content), notification=notification
        )
        self.all_messages.append(message)
        self.last_activity_at = now
        rich = {name: content[name] for name in ("card", "files", "attachments") if content.get(name)}
        self.note("message", role, name, message.text, message, richContent=rich or None)
        return message

    def note(
        self,
        type: EntryType,
        role: Role,
        name: str,
        text: str,
        message: ChatMessage | None = None,
        *,
        shown: str | None = None,
        **data: Any,
    ) -> None:
        """Write down something that happened; see `LogEntry`. What is None of `data` is left out."""
        kept = {key: value for key, value in data.items() if value is not None}
        self.log.append(LogEntry(self.novu.now, type, role, name, text, shown or text, message, kept))

    def note_of_agent(
        self,
        type: EntryType,
        text: str,
        message: ChatMessage | None = None,
        *,
        shown: str | None = None,
        **data: Any,
    ) -> None:
        """Write down something that the agent did."""
        self.note(type, "agent", self.agent_id, text, message, shown=shown, **data)

    def fail(self, text: str, raised: BaseException | None = None) -> None:
        """Write down that something went wrong."""
        self.failures.append(AgentFailure(self.event, text, raised))
        self.failures_read = False
        self.note("failure", "system", "Novu", text)

    def turn_failed(self) -> None:
        """Write down that the agent reported a failure; what its code raised is added where that is known."""
        raised = None if self.turn is None else self.turn.raised()
        text = f"{type(raised).__name__}: {raised}" if raised else "the agent reported that its turn failed"
        self.fail(text, raised)

    def to_event(self) -> dict[str, Any]:
        """Return the conversation as agents get it."""
        return {
            "identifier": self.identifier,
            "status": self.status,
            "metadata": self.metadata,
            "messageCount": len(self.all_messages),
            "createdAt": iso(self.created_at),
            "lastActivityAt": iso(self.last_activity_at),
        }
