"""Conversations of people with agents: opened by `novu.agent("support-bot")`, held under the virtual clock.

`conversation` is what tests hold, over `acting`, `sending` (events to the agent, the wait for its turn) and `receiving` (what its posts do);
`state` and `log` are what Novu keeps, `requests` what waits for people, `transcript` a text of it all.
"""

from __future__ import annotations

from novu_framework_testing.conversations.acting import NotOnShow, Stranger
from novu_framework_testing.conversations.conversation import Conversation
from novu_framework_testing.conversations.log import ChatMessage
from novu_framework_testing.conversations.requests import HumanRequest
from novu_framework_testing.conversations.state import AgentFailure

__all__ = ["AgentFailure", "ChatMessage", "Conversation", "HumanRequest", "NotOnShow", "Stranger"]
