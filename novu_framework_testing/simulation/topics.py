"""Topics: names for groups of subscribers that a trigger can be sent to, and the subscriptions to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from novu_framework_testing._internal.wire import to_plain_json
from novu_framework_testing.simulation.clock import Clock
from novu_framework_testing.simulation.collections import ById
from novu_framework_testing.simulation.contexts import ContextKeys, Contexts
from novu_framework_testing.simulation.ids import Ids
from novu_framework_testing.simulation.subscribers import Subscribers

MAX_SUBSCRIPTIONS = 10
"""How many subscriptions a subscriber may have to one topic."""


class TooManySubscriptions(ValueError):
    """A subscriber has as many subscriptions to a topic as Novu allows."""


class DuplicateIdentifier(ValueError):
    """The identifier of a subscription is that of another one, of any topic and subscriber."""


@dataclass(frozen=True)
class SubscriptionPreference:
    """The preference of a subscription for a workflow: `enabled`, or the JSON-Logic `condition` that decides instead."""

    enabled: bool = True
    condition: Any = None


@dataclass(eq=False, repr=False)
class Subscription:
    """A subscriber's subscription to a topic. One subscriber may have several, by `identifier`.

    Attributes:
        id: 24 hex digits.
        identifier: Its name, unique among all subscriptions; made of the two keys and the context if left out.
        topic, subscriber_id: Who is subscribed to what.
        name: For people.
        context_keys: The contexts of the triggers that it is for, exactly; empty for triggers without a context.
        preferences: Workflow id to what decides whether its triggers come by this subscription; those of all other
            workflows do.
    """

    id: str
    identifier: str
    topic: Topic
    subscriber_id: str
    created_at: datetime
    updated_at: datetime
    name: str | None = None
    context_keys: ContextKeys = ()
    preferences: dict[str, SubscriptionPreference] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<Subscription {self.identifier!r} of {self.subscriber_id!r} to {self.topic.key!r}>"

    def lets_pass(self, workflow_id: str, holds: Callable[[Any], bool]) -> bool:
        """Tell whether triggers of a workflow come by this subscription; `holds` decides a condition."""
        preference = self.preferences.get(workflow_id)
        if preference is None:
            return True
        return preference.enabled if preference.condition is None else holds(preference.condition)

    def prefer(self, preferences: Mapping[str, Any]) -> None:
        """Set the preferences in place of those that are there: workflow id to True, False, or a condition."""
        self.preferences = {
            workflow_id: SubscriptionPreference(wanted)
            if isinstance(wanted, bool)
            else SubscriptionPreference(condition=to_plain_json(wanted))
            for workflow_id, wanted in preferences.items()
        }


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
        self._members: dict[str, list[Subscription]] = {}
        self._topics: Topics | None = None

    def add(self, *subscriber_ids: str) -> Topic:
        """Subscribe them; one who is subscribed stays in place. In a simulation they are made if missing.

            novu.topic("post-1").add("ann", "bob")

        Args:
            subscriber_ids: Who.
        """
        for subscriber_id in subscriber_ids:
            if self._topics is None:
                self._members.setdefault(subscriber_id, [])
            else:
                self.subscribe(subscriber_id)
        return self

    def subscribe(
        self,
        subscriber_id: str,
        *,
        identifier: str | None = None,
        name: str | None = None,
        preferences: Mapping[str, Any] | None = None,
        context: Mapping[str, Any] | None = None,
    ) -> Subscription:
        """Subscribe someone in a simulation, and return the subscription; one that is there stays as it is.

            novu.topic("deploys").subscribe(
                "ann",
                identifier="failures",
                preferences={"deployment": {"==": [{"var": "payload.status"}, "failed"]}, "digest": False},
            )

        Args:
            subscriber_id: Made if missing.
            identifier: Its name, which no other subscription has.
            name: For people.
            preferences: Workflow id to True, False, or a JSON-Logic condition over `payload`, `subscriber`, `actor` and
                `context`.
            context: The context of the triggers that it is for, such as `{"tenant": "acme"}`; without it, those that
                have none.

        Raises:
            TooManySubscriptions: The subscriber has 10 subscriptions to this topic.
            DuplicateIdentifier: Another subscriber, topic or context has a subscription of that identifier.
            ValueError: A context that Novu does not take.
            TypeError: The topic is not one of a simulation: see `novu.topic`.
        """
        topics = self._topics
        if topics is None:
            raise TypeError(f"{self!r} is only a name: subscribe to `novu.topic({self.key!r})`.")
        keys = topics.contexts.resolve(context)
        identifier = identifier or default_identifier(self.key, subscriber_id, keys)
        known = topics.subscription(identifier)
        if known is not None and (known.topic, known.subscriber_id, known.context_keys) == (
            self,
            subscriber_id,
            keys,
        ):
            return known
        if len(self._members.get(subscriber_id, ())) >= MAX_SUBSCRIPTIONS:
            raise TooManySubscriptions(
                f"Subscriber {subscriber_id} has reached the maximum allowed of {MAX_SUBSCRIPTIONS} subscriptions "
                f'for topic "{self.key}"'
            )
        if known is not None:
            raise DuplicateIdentifier(
                f'There is a subscription with the identifier "{identifier}" already (E11000 duplicate key error)'
            )
        topics.subscribers.upsert_from(subscriber_id)
        subscription = topics.make(self, subscriber_id, identifier)
        subscription.name = name
        subscription.context_keys = keys
        subscription.prefer(preferences or {})
        self._members.setdefault(subscriber_id, []).append(subscription)
        return subscription

    def remove(self, *subscriber_ids: str) -> Topic:
        """Unsubscribe them, from all their subscriptions to the topic.

        Args:
            subscriber_ids: Who.
        """
        for subscriber_id in subscriber_ids:
            self._drop(*self._members.pop(subscriber_id, ()))
        return self

    def unsubscribe(self, subscription: Subscription) -> None:
        """Take a single subscription away."""
        own = self._members.get(subscription.subscriber_id, [])
        if subscription in own:
            own.remove(subscription)
            self._drop(subscription)
        if not own:
            self._members.pop(subscription.subscriber_id, None)

    def _drop(self, *subscriptions: Subscription) -> None:
        if self._topics is not None:
            self._topics.drop(*subscriptions)

    @property
    def subscribers(self) -> tuple[str, ...]:
        """The ids of the subscribers, in the order in which they were added."""
        return tuple(self._members)

    @property
    def subscriptions(self) -> list[Subscription]:
        """The subscriptions, by subscriber."""
        return [one for own in self._members.values() for one in own]

    def of(self, subscriber_id: str) -> list[Subscription]:
        """Return the subscriptions of a subscriber to this topic, in order."""
        return list(self._members.get(subscriber_id, ()))

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


def default_identifier(topic_key: str, subscriber_id: str, keys: ContextKeys = ()) -> str:
    """Return the identifier of a subscription that was given none.

    >>> default_identifier("post-1", "ann", ("tenant:acme",))
    'tk_post-1:si_ann:ctx_tenant:acme'
    """
    context = f":ctx_{','.join(keys)}" if keys else ""
    return f"tk_{topic_key}:si_{subscriber_id}{context}"


class Topics(ById[Topic]):
    """The topics by key, in the order in which they came. Iterating gives the topics."""

    def __init__(self, clock: Clock, ids: Ids, subscribers: Subscribers, contexts: Contexts) -> None:
        super().__init__(clock, ids)
        self.subscribers = subscribers
        self.contexts = contexts
        self._subscriptions: dict[str, Subscription] = {}

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

    def remove(self, id: str) -> bool:
        """Forget the topic of that key with its subscriptions; tell whether there was one."""
        topic = self._by_id.get(id)
        if topic is not None:
            self.drop(*topic.subscriptions)
        return super().remove(id)

    def subscription(self, identifier: str) -> Subscription | None:
        """Return the subscription of that identifier, to whatever topic; None where there is none."""
        return self._subscriptions.get(identifier)

    def drop(self, *subscriptions: Subscription) -> None:
        """Let the identifiers of subscriptions be used again."""
        for subscription in subscriptions:
            self._subscriptions.pop(subscription.identifier, None)

    def make(self, topic: Topic, subscriber_id: str, identifier: str) -> Subscription:
        """Make a subscription of the present moment."""
        now = self._clock.now
        made = Subscription(self._ids("subscription"), identifier, topic, subscriber_id, now, now)
        self._subscriptions[identifier] = made
        return made
