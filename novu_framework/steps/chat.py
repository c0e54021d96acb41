"""The chat step: a message in Slack, Teams, Discord and the like."""

from __future__ import annotations

from typing import Any

from novu_framework.schemas import SchemaSource
from novu_framework.steps.base import Providers, Resolver, Skip, StepBase, StepCall, StepKind, StepOutput


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
    """Send a message to Slack, Teams, Discord or another chat.

    Args:
        step_id: The step's id, unique in the workflow.
        resolver: The message: a `ChatOutput`, a dict of its fields (camelCase or snake_case), or a function, sync or
            async, that takes the step's controls or nothing and returns either.
        control_schema: What people can edit in Novu's dashboard: a pydantic model, a dataclass, a TypedDict or a JSON
            Schema dict; the annotation of the resolver's parameter if left out.
        skip: Whether to skip the step: a bool, or a function of the controls or of nothing.
        providers: By provider id, a function of `controls` and `outputs` (by name) that returns data for its API.

    Returns:
        None: later steps get no result.

    Raises:
        WorkflowDiscoveryError, StepAlreadyExistsError, ProviderNotFoundError: When the app starts, if the call is wrong.
        StepExecutionFailedError, ExecutionStateOutputInvalidError: Answered to Novu if the resolver raises or returns something invalid.

    >>> from novu_framework import Step, workflow
    >>> @workflow("deployed")
    ... async def deployed(payload: dict[str, str], step: Step) -> None:
    ...     await step.chat("team", lambda: {"body": f"Deployed {payload['version']}"})
    >>> list(deployed.steps)
    ['team']
    """
    await self._take(StepCall(CHAT, step_id, resolver, control_schema, skip, providers))
