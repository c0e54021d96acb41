"""The simulated Novu: the object that tests hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from novu_framework._internal.redaction import redaction
from novu_framework.settings import environment_key
from novu_framework.triggers import Recipient, recipient
from novu_framework_testing.simulation.contexts import SimulatedContext
from novu_framework_testing.simulation.messages import Message
from novu_framework_testing.simulation.provider_failures import ProviderFailure
from novu_framework_testing.simulation.subscribers import SimulatedSubscriber
from novu_framework_testing.simulation.topics import Topic
from novu_framework_testing.simulation.triggering import Triggering
from novu_framework_testing.simulation.triggers import Triggers
from novu_framework_testing.simulation.worker import Worker

if TYPE_CHECKING:
    from novu_framework_testing.bridges import AsgiBridge, Bridge, ProcessAgent, ProcessBridge, UrlBridge
    from novu_framework_testing.checks import CheckSettings

DEFAULT_SECRET_KEY = "test-secret"


class NovuSimulator(Triggering):
    """A small Novu in an object, with a clock that moves only when told to.

    Register workflows of this process, or connect a bridge; trigger; move time; look at what was delivered::

        >>> from novu_framework import workflow
        >>> from novu_framework_testing import NovuSimulator
        >>> @workflow("welcome")
        ... async def welcome(step):
        ...     await step.in_app("hello", {"body": "Welcome!"})
        ...     await step.delay("a-day", {"amount": 1, "unit": "days"})
        ...     await step.email("tips", {"subject": "Tips", "body": "<p>Read the docs.</p>"})
        >>> with NovuSimulator() as novu:
        ...     novu.register(welcome)
        ...     run = novu.trigger("welcome", to={"subscriberId": "ann", "email": "ann@acme.test"}).run
        ...     before = [message.channel for message in run.messages]
        ...     novu.advance(days=1)
        ...     before, [message.channel for message in run.messages], run.status
        (['in_app'], ['in_app', 'email'], 'completed')

    The blocking methods work in plain and in async code; their `_async` twins run the workflows on the event
    loop that awaits them. Use it as a context manager, or `close` it: apps that are connected have their lifespan stopped.

    Args:
        start: The moment at which time starts; if absent, the machine's time at the first trigger, move or look at `now`,
            which a test may have frozen by then. A naive datetime is UTC. Time goes from the year 1000 to the end of 8999.
        secret_key: Signs the requests to connected bridges, and opens the simulation's API. `NOVU_SECRET_KEY`, then
            `NOVU_API_KEY`, if absent, else `test-secret`.
        env: Variables that workflows and controls see as `env`, in addition to Novu's own `name` and `type`.
        environment_type: What bridges are told, as Novu does: `dev` or `prod`.
        strict: Raise `FindingError` when a trigger or a move of time meets a finding (a dropped output key, a
            hidden step, a control that does not compile), instead of only reporting it.

    Attributes:
        subscribers, topics, workflows, triggers, messages: What there is; each can be iterated.
        activity: A line for each thing that happened, oldest first.
        contexts, integrations, http_responses: Contexts by id; providers; answers to `http_request` steps.
        records: What the API only stores and returns, by resource.
        channel_endpoints, channel_connections, tenants: Where chat and tools reach subscribers; what triggers name.
        undelivered: The messages that reached nobody, with `status` and `error_text`; they are not in `messages`.
        env: The variables of `env`.
        check_settings: Gives what `check` looks for; the plugin reads it from `[tool.novu.checks]` of pyproject.toml.
        checked: The messages that `check` was asked about.
        ends: Ends of a test (`pytest.skip()` and the like) that workflows raised for a client of another process or thread.
    """

    def __init__(
        self,
        start: datetime | None = None,
        secret_key: str | None = None,
        *,
        env: Mapping[str, Any] | None = None,
        environment_type: str = "dev",
        strict: bool = False,
    ) -> None:
        name = "Production" if environment_type == "prod" else "Development"
        super().__init__(start, {**(env or {}), "name": name, "type": environment_type})
        self.secret_key: str = secret_key or environment_key() or DEFAULT_SECRET_KEY
        redaction.hide(self.secret_key)
        self.environment_type = environment_type
        self.strict = strict
        self.triggers: Triggers = Triggers()
        self._bridges: dict[tuple[str, int | str], Bridge] = {}
        self._to_close: list[AsgiBridge | UrlBridge | ProcessBridge | ProcessAgent] = []
        self._worker = Worker(self)
        self._cancel_trigger = self.cancel
        self._moving = False
        self._reported = 0
        self.ends: list[BaseException] = []
        self.check_settings: Callable[[], CheckSettings | None] = _defaults
        self.checked: set[Message] = set()

    def subscriber(self, subscriber: Recipient) -> SimulatedSubscriber:
        """Return the subscriber of that id, made if missing; a dict or a model also updates what is known.

            novu.subscriber("ann").inbox[0].mark_read()
            novu.subscriber({"subscriberId": "ann", "locale": "de_AT"})

        Args:
            subscriber: An id, a dict of the API's names (`subscriberId`, `email`, ...) or a `Subscriber`.

        Raises:
            ValueError, TypeError: It is not a subscriber.
        """
        wired = recipient(subscriber)
        if isinstance(wired, dict) and "subscriberId" not in wired:
            raise ValueError(f"{wired} is a topic, not a subscriber: see `novu.topic`.")
        return self.subscribers.upsert_from(wired)

    def delete_subscriber(self, subscriber_id: str) -> bool:
        """Delete a subscriber, with subscriptions, preferences and messages; tell whether there was one.

        Runs that wait go on as Novu's do: see the worker's rules.

        Args:
            subscriber_id: Whom.
        """
        with self.lock:
            self.topics.forget(subscriber_id)
            for message in self.messages.to(subscriber_id):
                self.messages.remove(message.id)
            return self.subscribers.remove(subscriber_id)

    def topic(self, key: str) -> Topic:
        """Return the topic of that key, made if missing.

            novu.topic("post-1").add("ann", "bob")
            novu.trigger("new-comment", to=novu.topic("post-1"))

        Args:
            key: The topic's key.
        """
        return self.topics.upsert(key)

    def context(self, type: str, id: str, data: Mapping[str, Any] | None = None) -> SimulatedContext:
        """Return a context, made if missing: `novu.context("tenant", "acme", {"plan": "pro"})`.

        Args:
            type: What it is, such as `tenant`.
            id: Which one.
            data: What bridges get of it, in place of what is there; a trigger never changes it.

        Raises:
            ValueError: A type or an id that Novu does not take.
        """
        return self.contexts.upsert(type, id, data)

    def fail_provider(
        self,
        channel: str,
        provider_id: str | None = None,
        *,
        times: int | None = None,
        error: str | None = None,
    ) -> ProviderFailure:
        """Make the integration of a channel fail on purpose.

            novu.fail_provider("email", times=1, error="550 mailbox full")

        Args:
            channel: `email`, `sms`, `push`, `chat`, `in_app` or `tool`.
            provider_id: Only this provider; every one of the channel if absent.
            times: How often; always if absent. `restore_provider` ends it.
            error: What the provider says.

        Raises:
            ValueError: There is no such channel.
        """
        says = error or f"{provider_id or channel} failed"
        return self.integrations.failures.add(ProviderFailure(channel, provider_id, says, times))

    def restore_provider(self, channel: str | None = None, provider_id: str | None = None) -> None:
        """Undo what `fail_provider` did.

        Args:
            channel: Only for this channel; for all if left out.
            provider_id: Only for this provider of the channel.
        """
        self.integrations.failures.restore(channel, provider_id)

    def __repr__(self) -> str:
        if "checked" not in vars(self):
            return "<NovuSimulator that could not be made>"
        return (
            f"<NovuSimulator at {self.clock.iso}: {len(self.workflows)} workflows, {len(self.subscribers)} subscribers, "
            f"{len(self.triggers)} triggers, {len(self.messages)} messages>"
        )


def _defaults() -> None:
    """Give no settings of checks: the defaults count."""
