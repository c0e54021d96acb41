"""`novu.agent("support-bot")`: which agents there are, and the conversations with them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal

from novu_framework._internal.json_data import json_data
from novu_framework._internal.suggestions import known_names
from novu_framework_testing import bridges
from novu_framework_testing.bridges.base import AgentBridge
from novu_framework_testing.bridges.process import ProcessAgent
from novu_framework_testing.simulation.world import API_URL, World

if TYPE_CHECKING:
    from novu_framework.agents import Agent
    from novu_framework_testing.conversations import Conversation
    from novu_framework_testing.conversations.state import Person


class UnknownAgent(LookupError):
    """No such agent is registered or connected; the message lists those that are."""


class Conversing(World):
    """The part of a simulator that holds conversations."""

    secret_key: str
    trigger_async: Callable[..., Awaitable[Any]]

    def subscriber(self, subscriber: Any) -> Any:
        """Return a subscriber, made if missing."""
        raise NotImplementedError

    def agent(
        self,
        agent: str | Agent,
        *,
        subscriber: Any = "ann",
        platform: str = "slack",
        direct: bool = True,
        subject: str | None = None,
        metadata: Mapping[str, Any] | None = None,
        context: Mapping[str, Any] | None = None,
        access: Literal["open", "restricted"] = "open",
        events: bool = False,
    ) -> Conversation:
        """Open a conversation with an agent.

            conversation = novu.agent("support-bot", subscriber={"subscriberId": "ann", "firstName": "Ann"})
            conversation.say("Where is my order?")
            print(conversation.transcript)

        Args:
            agent: The agent, by its id or as what `@agent` made, which is registered if it is not known.
            subscriber: Who opens it: an id, or a subscriber as `to` of a trigger takes one; `Stranger("Guest")` is someone Novu
                does not know.
            platform: `slack`, `teams`, `whatsapp`, `telegram`, `email`, `sendblue`, `photon_imessage` or `web_chat`.
            direct: Whether it is a direct message, and not in a channel.
            subject: Of an email.
            metadata: What the agent has stored before.
            context: What the connection of the platform was made with, such as `{"tenant": "acme"}`.
            access: `restricted` lets only subscribers talk to the agent.
            events: Let the agent report by events, as Novu does where its event protocol is on, and not by replies.

        Raises:
            UnknownAgent: No such agent; the message lists those that there are.
            ValueError: No such platform, or another agent of this process has the id.
            RuntimeError: The agent is elsewhere, and the API is not open to it.
        """
        # imported by the first agent: most tests have none
        from novu_framework_testing.conversations import Conversation
        from novu_framework_testing.conversations.platforms import known_platform
        from novu_framework_testing.conversations.state import State

        agent_id = agent if isinstance(agent, str) else agent.id
        bridge = self.agents.get(agent_id)
        if not isinstance(agent, str) and (bridge is None or isinstance(bridge, ProcessAgent)):
            bridge = self._take_agent(agent)
        if bridge is None:
            known = known_names(agent_id, self.agents)
            raise UnknownAgent(
                f"There is no agent {agent_id!r} here: register it, or connect an app that serves it. There are: {known}"
            )
        if self.api_url == API_URL and isinstance(bridge, bridges.UrlBridge):
            raise RuntimeError(
                f"The agent {agent_id!r} answers by HTTP: open the API to it, by the fixture `novu_cloud_server` or a `CloudServer`."
            )
        state = State(
            self,
            agent_id,
            self.ids("conversation"),
            platform,
            known_platform(platform),
            direct,
            [self._person(subscriber)],
            subject,
            json_data(context) if context else None,
            access,
            events,
            metadata=json_data(metadata) if metadata else {},
        )
        self.conversations[state.id] = state
        return Conversation(state, self._person)

    def _take_agent(self, agent: Agent, app: Any = None) -> ProcessAgent:
        known = self.agents.get(agent.id)
        if known is not None and not (isinstance(known, ProcessAgent) and known.agent is agent):
            raise ValueError(f"There is an agent {agent.id!r} here already; ids are unique.")
        if known is not None and app is None:  # it keeps the app that it was registered with
            return known
        bridge = self.agents[agent.id] = ProcessAgent(agent, secret_key=self.secret_key, app=app)
        return bridge

    def _take_agents(self, bridge: AgentBridge, agent_ids: Iterable[str]) -> None:
        self.agents.update(dict.fromkeys(agent_ids, bridge))

    def _person(self, who: Any) -> Person:
        from novu_framework_testing.conversations import Stranger
        from novu_framework_testing.conversations.state import Person

        if who is None or isinstance(who, Stranger):
            return Person(who or "Guest")
        subscriber = self.subscriber(who)
        names = filter(None, (subscriber.first_name, subscriber.last_name))
        return Person(" ".join(names) or subscriber.subscriber_id, subscriber)
