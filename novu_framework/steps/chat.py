"""The chat step: a message in Slack, Teams, Discord and the like."""

from __future__ import annotations

from typing import Any

from novu_framework.steps.base import StepKind, StepOutput


class ChatOutput(StepOutput):
    """A chat message: a text, a card, or both.

    Args:
        body: The text.
        card: A card as a dict: `{"type": "card", "title", "subtitle", "imageUrl", "children": [...]}`, whose
            children are of the types text, image, divider, link, actions, fields, section and table.

    >>> ChatOutput(body="Deployed", card={"type": "card", "title": "v1.2", "children": []}).body
    'Deployed'
    """

    body: str | None = None
    card: dict[str, Any] | None = None


CHAT = StepKind("chat", "Chat", "slack")
