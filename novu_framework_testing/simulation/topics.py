"""Topics: names for groups of subscribers that a trigger can be sent to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from novu_framework_testing.simulation.clock import Clock
from novu_framework_testing.simulation.collections import ById
from novu_framework_testing.simulation.ids import Ids
from novu_framework_testing.simulation.subscribers import Subscribers


class Topic:
    """A topic, as a recipient (`to=Topic("post-1")`) and as the list of who is subscribed to it.

    >>> from novu_framework_testing import NovuSimulator, Topic
    >>> with NovuSimulator() as novu:
    ...     list(novu.topic("post-1").add("ann", "bob"))
    ['ann', 'bob']
    >>> Topic("post-1").model_dump()
    {'type': 'Topic', 'topicKey': 'post-1'}

    Attributes:
        key: The key that triggers use.
        name: For people.
        id, created_at: Set in a simulation, None on a topic that a test only names.
    """

    def __init__(self, key: str, name: str | None = None, *, exclude: tuple[str, ...] = ()) -> None:
        self.key = key
        self.name = name
        self.exclude = exclude
        self.id: str | None = None
        self.created_at: datetime | None = None
        self.updated_at: datetime | None = None
        self._members: dict[str, str] = {}
        self._topics: Topics | None = None

    def add(self, *subscriber_ids: str) -> Topic:
        """Subscribe them; one who is subscribed stays in place. In a simulation they are made if missing."""
        for subscriber_id in subscriber_ids:
            if subscriber_id not in self._members:
                self._members[subscriber_id] = self._topics.subscribed(subscriber_id) if self._topics else ""
        return self

    def remove(self, *subscriber_ids: str) -> Topic:
        """Unsubscribe them."""
        for subscriber_id in subscriber_ids:
            self._members.pop(subscriber_id, None)
        return self

    @property
    def subscribers(self) -> tuple[str, ...]:
        """The ids of the subscribers, in the order in which they were added."""
        return tuple(self._members)

    def subscription_id(self, subscriber_id: str) -> str:
        """Return the id of a subscription. Raises `KeyError` for one who is not subscribed."""
        return self._members[subscriber_id]

    def __contains__(self, subscriber_id: object) -> bool:
        return subscriber_id in self._members

    def __iter__(self) -> Iterator[str]:
        return iter(self.subscribers)

    def __len__(self) -> int:
        return len(self._members)

    def __bool__(self) -> bool:
        return True

    def model_dump(self, *, by_alias: bool = True, exclude_none: bool = True) -> dict[str, Any]:
        """Return the topic as a recipient."""
        recipient: dict[str, Any] = {"type": "Topic", "topicKey": self.key}
        if self.exclude:
            recipient["exclude"] = list(self.exclude)
        return recipient

    def __repr__(self) -> str:
        return f"Topic({self.key!r}, subscribers={list(self._members)})"


class Topics(ById[Topic]):
    """The topics by key, in the order in which they came. Iterating gives the topics."""

    def __init__(self, clock: Clock, ids: Ids, subscribers: Subscribers) -> None:
        super().__init__(clock, ids)
        self._subscribers = subscribers

    def __getitem__(self, key: str) -> Topic:
        return self._by_id[key]

    def upsert(self, key: str, name: str | None = None) -> Topic:
        """Return the topic of that key, made if missing; `name` is set if given."""
        topic = self._by_id.get(key)
        if topic is None:
            topic = self._by_id[key] = Topic(key)
            topic.id = self._ids("topic")
            topic.created_at = topic.updated_at = self._clock.now
            topic._topics = self
        if name is not None and name != topic.name:
            topic.name = name
            topic.updated_at = self._clock.now
        return topic

    def of(self, subscriber_id: str) -> list[Topic]:
        """Return the topics of a subscriber."""
        return [topic for topic in self._by_id.values() if subscriber_id in topic]

    def forget(self, subscriber_id: str) -> None:
        """Unsubscribe a subscriber from every topic."""
        for topic in self._by_id.values():
            topic.remove(subscriber_id)

    def subscribed(self, subscriber_id: str) -> str:
        """Make the subscriber if missing, and return an id for a subscription."""
        self._subscribers.upsert_from(subscriber_id)
        return self._ids("subscription")
