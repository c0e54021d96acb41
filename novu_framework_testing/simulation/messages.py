"""Messages, and the inbox in which a subscriber sees those that are in-app."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol, TypeAlias, overload

from novu_framework.steps.kinds import ChannelType
from novu_framework_testing.simulation.activity import ActivityKind
from novu_framework_testing.simulation.clock import Clock, Timer, iso, moment_after, utc, within_reach
from novu_framework_testing.simulation.collections import InOrder
from novu_framework_testing.simulation.durations import sum_of
from novu_framework_testing.simulation.workflows import SyncedStep, SyncedWorkflow

InboxChange: TypeAlias = Literal["received", "seen", "changed"]
"""A message came, or came back; messages were seen; anything else about them."""


class SendingRun(Protocol):
    """A run, as far as its messages need it."""

    id: str
    workflow_id: str
    subscriber_id: str
    transaction_id: str
    workflow: SyncedWorkflow
    subscriber: Any  # a SimulatedSubscriber, whose inbox is made of messages
    payload: dict[str, Any]
    overrides: dict[str, Any]
    trigger: Any  # a Trigger, whose context its messages have

    def note(self, kind: ActivityKind, text: str, step: Any = None) -> None:
        """Add a line to the feed."""
        ...


class SendingStep(Protocol):
    """A step of a run, as far as its messages need it."""

    step_id: str
    synced: SyncedStep
    outputs: dict[str, Any]


@dataclass(slots=True, eq=False, repr=False)
class Message:
    """A message: one that was delivered, or one that reached nobody.

    Attributes:
        id: 24 hex digits.
        channel: `in_app`, `email`, `sms`, `push`, `chat` or `tool`.
        subscriber_id: Who got it.
        step_id, workflow_id, transaction_id: What sent it.
        content: The step's outputs, as delivered (camelCase, as the protocol has them).
        subject, body: The two of them that most channels have; None where the channel has none.
        to: Where it went: an address, a number, device tokens, a webhook, a channel endpoint; a list where there are
            several; None for in-app, and where the subscriber has none.
        phone: Of sms, the number of the payload or the subscriber, which the API shows; an override changes only `to`.
        status: `sent`; `warning` where the subscriber has no address, `error` where the provider refused it.
        error_id, error_text: Why, in Novu's words.
        provider_id, integration: The provider that carried it, and the identifier of the integration.
        providers: Data for single providers, by provider: the step's, with the trigger's overrides over it.
        overrides: What the trigger's overrides say of the channel and of the provider.
        envelope: What else the provider got: `from`, `replyTo`, `cc`, `bcc`, `senderName` and the like.
        sent_at: When, in UTC; an in-app message that was snoozed is as new as its return.
        severity: Of the workflow, or of the trigger's overrides.
        tags: Of the workflow.
        context_keys: Of the trigger's context, such as `("tenant:acme",)`.
        seen, read, archived: Of an in-app message; `first_seen_at`, `last_seen_at`, `last_read_at`, `archived_at` say since
            when.
        cleared: The names of the dates that were taken away: the API shows null for them, and nothing for what never was.
        snoozed_until: An in-app message is out of the inbox until then.
        completed_actions: `primary` or `secondary`, the one that the subscriber clicked last.
    """

    id: str
    channel: ChannelType
    run: SendingRun
    step: SendingStep
    content: dict[str, Any]
    _clock: Clock
    provider_id: str
    providers: dict[str, Any]
    overrides: dict[str, Any]
    envelope: dict[str, Any]
    to: Any = None
    integration: str = ""
    severity: str = "none"
    status: Literal["sent", "warning", "error"] = "sent"
    error_id: str | None = None
    error_text: str | None = None
    phone: str | None = None
    sent_at: datetime = field(init=False)
    _earlier: tuple[datetime, ...] = ()
    seen: bool = False
    read: bool = False
    first_seen_at: datetime | None = None
    last_seen_at: datetime | None = None
    last_read_at: datetime | None = None
    archived_at: datetime | None = None
    snoozed_until: datetime | None = None
    completed_actions: frozenset[str] = frozenset()
    cleared: frozenset[str] = frozenset()
    _wake: Timer | None = None

    def __post_init__(self) -> None:
        self.sent_at = self._clock.now

    @property
    def delivered_at(self) -> tuple[datetime, ...]:
        """The moments at which it came, and came back after it was snoozed."""
        return (*self._earlier, self.sent_at)

    @property
    def subscriber_id(self) -> str:
        """The subscriber who got it."""
        return self.run.subscriber_id

    @property
    def workflow_id(self) -> str:
        """The workflow that sent it."""
        return self.run.workflow_id

    @property
    def transaction_id(self) -> str:
        """The trigger that sent it."""
        return self.run.transaction_id

    @property
    def step_id(self) -> str:
        """The step that sent it."""
        return self.step.step_id

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags of the workflow."""
        return self.run.workflow.tags

    @property
    def context_keys(self) -> tuple[str, ...]:
        """The keys of the trigger's contexts, each its type and its id with a colon between, sorted."""
        keys: tuple[str, ...] = self.run.trigger.context_keys
        return keys

    @property
    def subject(self) -> str | None:
        """The subject; None for a channel without one."""
        return self.content.get("subject")

    @property
    def body(self) -> str | None:
        """The body; None for a channel without one."""
        return self.content.get("body")

    @property
    def archived(self) -> bool:
        """True for an in-app message in the archive."""
        return self.archived_at is not None

    @property
    def snoozed(self) -> bool:
        """True for an in-app message that is snoozed."""
        return self.snoozed_until is not None

    def __repr__(self) -> str:
        title = self.subject or self.body or ""
        status = "" if self.status == "sent" else f" ({self.status})"
        sender = f"{self.workflow_id}/{self.step_id}"
        return f"<Message {self.channel} to {self.subscriber_id} by {sender}: {title[:60]!r}{status}>"

    def _note(self, what: str) -> None:
        self.run.note("inbox", f"{self.subscriber_id} {what}", self.step)

    def _tell(self, change: InboxChange = "changed") -> None:
        self.run.subscriber.inbox.tell(change, self)

    def _clear(self, *dates: str) -> None:
        for name in dates:
            setattr(self, name, None)
        self.cleared |= set(dates)

    def mark_seen(self) -> None:
        """Mark it seen: the subscriber saw it in the list."""
        self._must_be_in_app()
        self._saw()
        self._tell("seen")

    def _saw(self, noted: bool = True) -> None:
        if not self.seen and noted:
            self._note("saw the in-app message")
        self.seen = True
        self.last_seen_at = self._clock.now
        self.first_seen_at = self.first_seen_at or self.last_seen_at

    def mark_unseen(self) -> None:
        """Mark it neither seen nor read."""
        self._must_be_in_app()
        self.seen = self.read = False
        self._clear("first_seen_at", "last_seen_at", "last_read_at", "archived_at")
        self._tell("seen")

    def mark_read(self) -> None:
        """Mark it read, which is seeing it too."""
        self._must_be_in_app()
        self._read()
        self._tell()

    def _read(self) -> None:
        if not self.read:
            self._note("read the in-app message")
        self._saw(noted=False)
        self.read = True
        self.last_read_at = self._clock.now

    def mark_unread(self) -> None:
        """Mark it unread; it stays seen. An archived message is in the inbox again."""
        self._must_be_in_app()
        self._saw(noted=False)
        self.read = False
        self._clear("last_read_at", "archived_at")
        self._tell()

    def take_back(self, mark: Literal["read", "seen"]) -> None:
        """Take a mark back as the first version of the API does: only that mark, and its date says when.

        An unread message is a seen one; an archived message stays in the archive.
        """
        self._must_be_in_app()
        self.seen, self.last_seen_at = mark == "read", self._clock.now
        if mark == "read":
            self.read, self.last_read_at = False, self._clock.now
        self._tell("seen" if mark == "seen" else "changed")

    def put_marks(self, *, seen: bool | None = None, read: bool | None = None) -> None:
        """Set one mark or both, and nothing else, as the oldest clients do: a read message may be an unseen one."""
        self._must_be_in_app()
        if seen is not None:
            self.seen, self.last_seen_at = seen, self._clock.now
        if read is not None:
            self.read, self.last_read_at = read, self._clock.now
        self._tell("seen" if read is None else "changed")

    def archive(self) -> None:
        """Take it out of the inbox; archiving is reading too."""
        self._must_be_in_app()
        self._read()
        self.archived_at = self._clock.now
        self._note("archived the in-app message")
        self._tell()

    def unarchive(self) -> None:
        """Take it back into the inbox, read."""
        self._must_be_in_app()
        self._read()
        self._clear("archived_at")
        self._tell()

    def snooze(self, until: datetime | None = None, **amount: float) -> None:
        """Take it out of the inbox for a while. After that the message is back on top, unread.

            novu.subscriber("ann").inbox[0].snooze(hours=2)

        Args:
            until: The moment at which it comes back.
            amount: The time after which it comes back, in units that add up: days, hours, minutes, ...

        Raises:
            ValueError: The moment is not ahead, or further away than a date can say.
        """
        self._must_be_in_app()
        now = self._clock.now
        due = within_reach(utc(until)) if until is not None else moment_after(now, sum_of(amount))
        if due <= now:
            raise ValueError(f"A message is snoozed until a moment ahead: it is {iso(now)}, not {iso(due)}.")
        self.stop_waiting()
        self._saw(noted=False)
        self._clear("archived_at")
        self.snoozed_until = due
        self._wake = self._clock.call_at(
            due, self._wake_up, lambda: f"the snoozed in-app message {self.id} of {self.subscriber_id}"
        )
        self._note(f"snoozed the in-app message until {iso(due)}")
        self._tell()

    def unsnooze(self) -> None:
        """Put it back into its place in the inbox before its time; whether it was read stays the same."""
        self._must_be_in_app()
        if self.snoozed_until is not None:
            self._saw(noted=False)
            self._end_snooze()
            self._tell()

    async def _wake_up(self) -> None:
        self._end_snooze()
        self.read = False
        self._clear("last_read_at")
        self._earlier, self.sent_at = self.delivered_at, self._clock.now
        self.run.subscriber.inbox.raise_to_top(self)
        self._tell("received")

    def _end_snooze(self) -> None:
        self.stop_waiting()
        self.snoozed_until = None
        self._note("has the snoozed in-app message back")

    def stop_waiting(self) -> None:
        """Take the end of its snooze out of the clock, where there is one."""
        if self._wake is not None:
            self._clock.cancel(self._wake)
            self._wake = None

    def complete_action(self, action: str = "primary") -> None:
        """Complete an action, as a click on its button does; that reads the message too.

            novu.subscriber("ann").inbox[0].complete_action("primary")

        One action counts at a time: the other one is no longer completed.

        Args:
            action: `primary` or `secondary`.

        Raises:
            ValueError: The message has no such action.
        """
        self._click(action)
        self.completed_actions = frozenset({action})
        self._note(f"completed the {action} action of the in-app message")
        self._tell()

    def revert_action(self, action: str = "primary") -> None:
        """Undo the completion of an action.

        Args:
            action: `primary` or `secondary`.

        Raises:
            ValueError: The message has no such action.
        """
        self._click(action)
        self.completed_actions = frozenset()
        self._tell()

    def _click(self, action: str) -> None:
        self._must_be_in_app()
        if action not in ("primary", "secondary") or not self.content.get(f"{action}Action"):
            has = [name for name in ("primary", "secondary") if self.content.get(f"{name}Action")]
            raise ValueError(f"The message has no {action} action; it has {' and '.join(has) or 'none'}.")
        if not self.read:
            self._read()

    def inbox_state(self) -> dict[str, Any]:
        """Return the step's result: `{seen, read, lastSeenDate, lastReadDate}` as they are now."""
        return {
            "seen": self.seen,
            "read": self.read,
            "lastSeenDate": iso(self.last_seen_at) if self.last_seen_at else None,
            "lastReadDate": iso(self.last_read_at) if self.last_read_at else None,
        }

    def _must_be_in_app(self) -> None:
        if self.channel != "in_app":
            raise ValueError(f"Only in-app messages are in an inbox; this one is {self.channel}.")


class Inbox(Sequence[Message]):
    """A subscriber's in-app messages, newest first, without those that are archived or snoozed.

    >>> from novu_framework_testing import NovuSimulator
    >>> with NovuSimulator() as novu:
    ...     novu.subscriber("ann").inbox.unread
    []
    """

    __slots__ = ("_all", "_clock", "_watchers", "subscriber_id")

    def __init__(
        self,
        clock: Clock,
        subscriber_id: str,
        watchers: Sequence[Callable[[InboxChange, Message], None]] = (),
    ) -> None:
        self._clock = clock
        self._all: list[Message] = []
        self._watchers = watchers
        self.subscriber_id: str = subscriber_id

    def tell(self, change: InboxChange, message: Message) -> None:
        """Tell whoever watches the inboxes, such as a bell, what happened to a message."""
        for watcher in tuple(self._watchers):
            watcher(change, message)

    def deliver(self, message: Message) -> None:
        """Put a message on top."""
        self._all.append(message)
        self.tell("received", message)

    def raise_to_top(self, message: Message) -> None:
        """Put a message that is in it on top."""
        self._all.remove(message)
        self._all.append(message)

    def remove(self, message: Message) -> None:
        """Take a message out for good."""
        message.stop_waiting()
        self._all.remove(message)
        self.tell("changed", message)

    @property
    def everything(self) -> list[Message]:
        """Every in-app message, archived and snoozed too, newest first."""
        return self._all[::-1]

    @property
    def visible(self) -> list[Message]:
        """The messages that the subscriber sees, newest first."""
        return [one for one in reversed(self._all) if one.archived_at is None and one.snoozed_until is None]

    @property
    def unread(self) -> list[Message]:
        """Those that were not read yet."""
        return [one for one in self.visible if not one.read]

    @property
    def unseen(self) -> list[Message]:
        """Those that were not seen yet."""
        return [one for one in self.visible if not one.seen]

    @property
    def archived(self) -> list[Message]:
        """Those in the archive."""
        return [one for one in self.everything if one.archived]

    @property
    def snoozed(self) -> list[Message]:
        """Those that are snoozed."""
        return [one for one in self.everything if one.snoozed]

    def mark_all_read(self) -> None:
        """Mark every message in it read."""
        for message in self.unread:
            message.mark_read()

    def mark_all_seen(self) -> None:
        """Mark every message in it seen."""
        for message in self.unseen:
            message.mark_seen()

    def archive_all(self) -> None:
        """Archive every message in it."""
        for message in self.visible:
            message.archive()

    def __len__(self) -> int:
        return len(self.visible)

    def __iter__(self) -> Iterator[Message]:
        return iter(self.visible)

    @overload
    def __getitem__(self, index: int) -> Message: ...
    @overload
    def __getitem__(self, index: slice) -> list[Message]: ...
    def __getitem__(self, index: int | slice) -> Message | list[Message]:
        try:
            return self.visible[index]
        except IndexError:
            raise IndexError(
                f"The inbox of {self.subscriber_id} has {len(self)} messages "
                f"({len(self.archived)} more are archived, {len(self.snoozed)} snoozed); there is no number {index}."
            ) from None

    def __repr__(self) -> str:
        return f"<Inbox of {self.subscriber_id}: {len(self)} messages, {len(self.unread)} unread>"


class Messages(InOrder[Message]):
    """Messages, oldest first; `get` finds one by its id."""

    def remove(self, message_id: str) -> bool:
        """Delete a message, from its inbox too; tell whether there was one."""
        message = self._by_id.pop(message_id, None)
        if message is None:
            return False
        self._items.remove(message)
        if message.channel == "in_app" and message.status == "sent":
            message.run.subscriber.inbox.remove(message)
        return True

    def to(self, subscriber_id: str, *, channel: str | None = None) -> list[Message]:
        """Return those of one subscriber, and of one channel if it is given."""
        theirs = [one for one in self._items if one.subscriber_id == subscriber_id]
        return [one for one in theirs if channel in (None, one.channel)]
