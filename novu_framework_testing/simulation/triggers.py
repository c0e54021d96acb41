"""The subscribers that a trigger reaches, and the triggers that there were."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from novu_framework_testing.simulation.collections import InOrder
from novu_framework_testing.simulation.runs import Run, Trigger
from novu_framework_testing.simulation.subscribers import SimulatedSubscriber, Subscribers
from novu_framework_testing.simulation.topics import Topic, Topics


@dataclass(frozen=True)
class Address:
    """A subscriber that a trigger reaches, and the topics by which it does (none: by name)."""

    subscriber: SimulatedSubscriber
    topics: tuple[str, ...] = ()


def addresses(
    given: Any, to: Any, subscribers: Subscribers, topics: Topics, actor_id: str | None
) -> tuple[list[Address], list[str]]:
    """Return each subscriber once, in order, and notes on what was left out.

    Args:
        given: `to` as the caller wrote it: a `Topic` made in a test may bring subscribers with it.
        to: The same as on the wire.
        actor_id: Left out of topics; one who is named himself is reached.
    """
    for topic in given if isinstance(given, (list, tuple)) else [given]:
        if isinstance(topic, Topic) and topic.id is None and len(topic):
            topics.upsert(topic.key, topic.name).add(*topic.subscribers)

    notes: list[str] = []
    named: dict[str, SimulatedSubscriber] = {}
    by_topic: dict[str, list[str]] = {}
    order: list[str] = []
    for one in to if isinstance(to, list) else [to]:
        if isinstance(one, str) or "topicKey" not in one:
            subscriber = subscribers.upsert_from(one)
            named[subscriber.subscriber_id] = subscriber
            order.append(subscriber.subscriber_id)
            continue
        topic = topics.get(one["topicKey"])
        if topic is None or not len(topic):
            notes.append(f"the topic {one['topicKey']} has no subscribers")
            continue
        for subscriber_id in topic.subscribers:
            if subscriber_id == actor_id:
                notes.append(f"the topic {topic.key} leaves out the actor {subscriber_id}")
            elif subscriber_id not in one.get("exclude", ()):
                by_topic.setdefault(subscriber_id, []).append(topic.key)
                order.append(subscriber_id)
    reached = [
        Address(named[one]) if one in named else Address(subscribers.upsert_from(one), tuple(by_topic[one]))
        for one in dict.fromkeys(order)
    ]
    return reached, notes


class Triggers(InOrder[Trigger]):
    """Every trigger, oldest first; `get` finds one by its transaction id."""

    _key = "transaction_id"

    def run(self, run_id: str) -> Run | None:
        """Return a run by its id (Novu's notification), or None."""
        return next((run for run in self.runs() if run.id == run_id), None)

    def runs(self) -> Iterable[Run]:
        """Yield every run, in the order of the triggers."""
        return (run for trigger in self._items for run in trigger.runs)
