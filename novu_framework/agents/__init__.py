"""Conversational agents: they answer people on Slack, email, Telegram, WhatsApp, Teams and others, through Novu.

An agent is a decorated function; `serve(app, agents=[support])` lets Novu call it::

    from novu_framework.agents import AgentContext, AgentMessage, agent

    @agent("support-bot")
    async def support(message: AgentMessage, ctx: AgentContext) -> str:
        return f"You said: {message.text}"
"""

from novu_framework.agents.agent import SUPPRESS, Agent, agent
from novu_framework.agents.approvals import AgentToolCall, ApprovalActions, ApprovalRequest, PendingApproval
from novu_framework.agents.bodies import (
    AgentAction,
    AgentAttachment,
    AgentBody,
    AgentConversation,
    AgentEmailContext,
    AgentEmoji,
    AgentEvent,
    AgentHistoryEntry,
    AgentHumanResponse,
    AgentMessage,
    AgentMessageAuthor,
    AgentNotification,
    AgentPlatformContext,
    AgentReaction,
    AgentSubscriber,
    AgentToolData,
    is_from_workflow,
)
from novu_framework.agents.cards import (
    Actions,
    Button,
    Card,
    CardLink,
    CardText,
    Divider,
    FileRef,
    Image,
    Select,
    SelectOption,
    TextInput,
)
from novu_framework.agents.context import AgentContext, AgentMetadata, SyncAgentContext
from novu_framework.agents.handles import ReplyHandle, SyncReplyHandle, ToolApprovalDecision

__all__ = [
    "SUPPRESS",
    "Actions",
    "Agent",
    "AgentAction",
    "AgentAttachment",
    "AgentBody",
    "AgentContext",
    "AgentConversation",
    "AgentEmailContext",
    "AgentEmoji",
    "AgentEvent",
    "AgentHistoryEntry",
    "AgentHumanResponse",
    "AgentMessage",
    "AgentMessageAuthor",
    "AgentMetadata",
    "AgentNotification",
    "AgentPlatformContext",
    "AgentReaction",
    "AgentSubscriber",
    "AgentToolCall",
    "AgentToolData",
    "ApprovalActions",
    "ApprovalRequest",
    "Button",
    "Card",
    "CardLink",
    "CardText",
    "Divider",
    "FileRef",
    "Image",
    "PendingApproval",
    "ReplyHandle",
    "Select",
    "SelectOption",
    "SyncAgentContext",
    "SyncReplyHandle",
    "TextInput",
    "ToolApprovalDecision",
    "agent",
    "is_from_workflow",
]
