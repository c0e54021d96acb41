"""The chat step: a message in Slack, Teams, Discord and the like."""

from __future__ import annotations

from typing import Any

from novu_framework.steps.base import (
    Providers,
    Resolver,
    SchemaSource,
    Skip,
    StepBase,
    StepCall,
    StepKind,
    StepOutput,
)


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


async def chat(
    self: StepBase,
    step_id: str,
    resolver: Resolver[ChatOutput],
    *,
    control_schema: SchemaSource | None = None,
    skip: Skip | None = None,
    providers: Providers | None = None,
) -> None:
    """Send a chat message, a text or a card, to Slack, Teams, Discord and others.

    Args:
        step_id: The step's id, unique in the workflow.
        resolver: What is sent: a `ChatOutput` or a dict of it, or a function, sync or async, of `controls` or of nothing
            that returns one. Keys of a dict are camelCase or snake_case.
        control_schema: The schema of the step's controls; inferred from the annotation of the resolver's `controls`
            if left out.
        skip: Leave the step out: a bool, or a function, sync or async, of `controls` or of nothing.
        providers: Overrides by provider id, such as `{"slack": lambda outputs: {...}}`; each function takes
            `controls` and `outputs` by name.

    Returns:
        None: later steps know nothing of it.

    Example::

        await step.chat("deployed", lambda: {"body": f"{payload.version} is live"})
    """
    call = StepCall(CHAT, step_id, resolver, control_schema, skip, providers)
    await self.take(call)
