"""The subscribers that a trigger reaches, and the triggers that there were."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from novu_framework_testing.simulation import conditions
from novu_framework_testing.simulation.collections import InOrder
from novu_framework_testing.simulation.contexts import ContextKeys
from novu_framework_testing.simulation.profiles import profile_problems
from novu_framework_testing.simulation.runs import Run, Trigger
from novu_framework_testing.simulation.subscribers import SimulatedSubscriber
from novu_framework_testing.simulation.topics import Subscription, Topic, Topics
from novu_framework_testing.simulation.world import World


class Address(NamedTuple):
    """A subscriber that a trigger reaches, and the topics by which it does (none: by name)."""

    subscriber: SimulatedSubscriber
    topics: tuple[str, ...] = ()


class Audience:
    """The subscribers that a trigger of a workflow reaches, and notes on those that it leaves out.

    Args:
        world: Where subscribers, topics and contexts are.
        workflow_id: What is triggered; subscriptions to topics may leave it out.
        payload, actor, keys: What their conditions look into: the payload, who caused it, and the contexts.
    """

    def __init__(
        self,
        world: World,
        workflow_id: str,
        payload: dict[str, Any],
        actor: SimulatedSubscriber | None,
        keys: ContextKeys,
    ) -> None:
        self._world = world
        self._workflow_id = workflow_id
        self._payload = payload
        self._actor = actor
        self._keys = keys
        self.notes: list[str] = []

    def addresses(self, to: Any) -> list[Address]:
        """Return each subscriber once: those who are named, as they are named last, then those of the topics.

        One who is left out of a topic is left out of all that are named beside it, and the actor of every one; whoever
        is named is reached.
        """
        topics: dict[str, None] = {}
        named: dict[str, Any] = {}
        left_out: set[str] = set()
        for one in to if isinstance(to, list) else [to]:
            if isinstance(one, dict) and (one.get("type") == "Topic" or "topicKey" in one):
                topics[one["topicKey"]] = None
                left_out.update(one.get("exclude") or ())
            else:
                named[one if isinstance(one, str) else str(one["subscriberId"])] = one
        reached = [
            Address(self._world.subscribers.upsert_from(one)) for one in named.values() if self._is_valid(one)
        ]
        by_topic: dict[str, list[Subscription]] = {}
        for key in topics:
            for subscription in self._subscriptions(key):
                if subscription.subscriber_id not in named and subscription.subscriber_id not in left_out:
                    by_topic.setdefault(subscription.subscriber_id, []).append(subscription)
        for subscriber_id, subscriptions in by_topic.items():
            if (address := self._by_topic(subscriber_id, subscriptions)) is not None:
                reached.append(address)
        return reached

    def _is_valid(self, recipient: Any) -> bool:
        """Tell whether Novu's worker takes a recipient; it drops one with an invalid profile, and goes on."""
        problems = profile_problems(recipient) if isinstance(recipient, dict) else []
        if problems:
            self.notes.append(f"the recipient {recipient['subscriberId']} is dropped: {', '.join(problems)}")
        return not problems

    def _subscriptions(self, key: str) -> list[Subscription]:
        """Those to a topic that are for the contexts of this trigger."""
        topic = self._world.topics.get(key)
        found = (
            [one for one in topic.subscriptions if one.context_keys == self._keys]
            if topic is not None
            else []
        )
        if not found:
            self.notes.append(f"the topic {key} has no subscribers{self._in_context(topic)}")
        actor = None if self._actor is None else self._actor.subscriber_id
        if any(one.subscriber_id == actor for one in found):
            self.notes.append(f"the topic {key} leaves out the actor {actor}")
        return [one for one in found if one.subscriber_id != actor]

    def _in_context(self, topic: Topic | None) -> str:
        if topic is None or not len(topic):
            return ""
        return f" for the context {', '.join(self._keys)}" if self._keys else " without a context"

    def _by_topic(self, subscriber_id: str, subscriptions: list[Subscription]) -> Address | None:
        """The address of a subscriber by the subscriptions that let the trigger pass; None where none does."""
        subscriber = self._world.subscribers.upsert_from(subscriber_id)

        def holds(condition: Any) -> bool:
            facts = {
                "payload": self._payload,
                "actor": None if self._actor is None else self._actor.to_dict(),
                "context": self._world.contexts.for_bridge(self._keys),
                "subscriber": subscriber.to_dict(),
            }
            return conditions.holds(condition, facts, self._world.clock.now)

        passing = [one for one in subscriptions if one.lets_pass(self._workflow_id, holds)]
        if len(passing) < len(subscriptions):
            filtered = ", ".join(one.identifier for one in subscriptions if one not in passing)
            self.notes.append(f"the preferences of the subscription {filtered} leave it out")
        if not passing:
            return None
        return Address(subscriber, tuple(dict.fromkeys(one.topic.key for one in passing)))


def upsert_topics(given: Any, topics: Topics) -> None:
    """Make the topics that a test only named, with the subscribers that it brought: `to=Topic("post-1").add("ann")`."""
    for topic in given if isinstance(given, (list, tuple)) else [given]:
        if isinstance(topic, Topic) and topic.id is None and len(topic):
            topics.upsert(topic.key, topic.name).add(*topic.subscribers)


class Triggers(InOrder[Trigger]):
    """Every trigger, oldest first; `get` finds one by its transaction id."""

    _key = "transaction_id"

    def run(self, run_id: str) -> Run | None:
        """Return a run by its id (Novu's notification), or None."""
        return next((run for run in self.runs() if run.id == run_id), None)

    def runs(self) -> Iterable[Run]:
        """Yield every run, in the order of the triggers."""
        return (run for trigger in self._items for run in trigger.runs)
