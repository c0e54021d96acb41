"""What happened in a conversation, in order: its messages and everything else that Novu writes down about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, TypeAlias

from novu_framework_testing._internal.moments import iso
from novu_framework_testing.conversations.cards import Control, controls_of, lines_of, plain_text
from novu_framework_testing.conversations.requests import HumanRequest

Role: TypeAlias = Literal["subscriber", "platform_user", "agent", "system"]
"""Who did something: a subscriber, somebody whom Novu does not know, the agent, or Novu itself."""

EntryType: TypeAlias = Literal[
    "message", "edit", "delete", "signal", "tool_approval_request", "tool_approval_decision", "tool_result",
    "action", "reaction", "typing", "request", "answer", "failure",
]  # fmt: skip
"""What an entry is about; Novu's own names come first."""

HISTORY = frozenset(
    ("message", "edit", "delete", "signal", "tool_approval_request", "tool_approval_decision", "tool_result")
)
"""The types that Novu keeps in the history that agents get."""

THINKING = "Thinking..."
"""What people see of an agent at work that says nothing of it."""

HISTORY_LIMIT = 50
"""So many of the latest entries are in an event."""


@dataclass(eq=False, repr=False)
class ChatMessage:
    """A message of a conversation.

    Attributes:
        id: The platform's id of it.
        role, author: Who wrote it: `agent`, `subscriber`, `platform_user` or `system`, and the name to show.
        subscriber_id: The subscriber who wrote it; None for others.
        sent_at: When, in UTC.
        content: What was sent: `markdown` or `card`, and `files`; of the latest edit, where there was one.
        edited, deleted: What became of it.
        reactions: The names of emoji, and who has put them there.
        request: What it asks of people (see `HumanRequest`), or None.
        notification: The notification that it answers, as the agent got it, or None.
    """

    id: str
    role: Role
    author: str
    subscriber_id: str | None
    sent_at: datetime
    content: dict[str, Any]
    edited: bool = False
    deleted: bool = False
    reactions: list[tuple[str, str]] = field(default_factory=list)
    request: HumanRequest | None = None
    notification: dict[str, Any] | None = None
    versions: list[dict[str, Any]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its text: what was written, or the texts of its card."""
        return plain_text(self.content)

    @property
    def card(self) -> dict[str, Any] | None:
        """Its card, or None."""
        card = self.content.get("card")
        return card if isinstance(card, dict) else None

    @property
    def files(self) -> list[dict[str, Any]]:
        """The files that came with it."""
        return [one for one in self.content.get("files") or () if isinstance(one, dict)]

    @property
    def controls(self) -> list[Control]:
        """The buttons, selects and fields of it; none once it is deleted."""
        return [] if self.deleted else controls_of(self.card)

    @property
    def buttons(self) -> list[str]:
        """The labels of its buttons."""
        return [one.label for one in self.controls if one.kind == "button"]

    def edit(self, content: Mapping[str, Any]) -> None:
        """Show other content in its place."""
        self.versions.append(self.content)
        self.content, self.edited = dict(content), True

    @property
    def lines(self) -> list[str]:
        """The text that people see of it, line by line."""
        card = self.card
        lines = self.text.split("\n") if card is None else lines_of(card)
        lines += [f"[file: {one.get('filename') or one.get('name') or one.get('url')}]" for one in self.files]
        return lines

    def __str__(self) -> str:
        return "\n".join(self.lines)

    def __repr__(self) -> str:
        state = " deleted" if self.deleted else " edited" if self.edited else ""
        text = str(self)
        return f"<ChatMessage{state} of {self.author}: {text if len(text) < 80 else text[:77] + '...'!r}>"


@dataclass(frozen=True)
class LogEntry:
    """Something that happened.

    Attributes:
        at: When, in UTC.
        type: What; see `EntryType`.
        role, name: Who did it.
        text: What it was, in Novu's words.
        shown: The same for a transcript, where that says more.
        message: The message that it is about, or None.
        data: What else Novu keeps of it, by the names of the protocol: `richContent`, `signalData`, `toolData`.
    """

    at: datetime
    type: EntryType
    role: Role
    name: str
    text: str
    shown: str
    message: ChatMessage | None = None
    data: Mapping[str, Any] = field(default_factory=dict)

    def to_history(self) -> dict[str, Any]:
        """Return it as the history that agents get has it."""
        kept = {"role": self.role, "type": self.type, "content": self.text, **self.data}
        return {**kept, "senderName": self.name, "createdAt": iso(self.at)}
