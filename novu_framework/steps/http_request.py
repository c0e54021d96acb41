"""The HTTP request step: discovered here, made by Novu itself."""

from __future__ import annotations

from typing import Any

from novu_framework._internal.standins import stand_in
from novu_framework.schemas import SchemaSource
from novu_framework.steps.base import Resolver, Skip, StepBase, StepCall, StepKind

HTTP_REQUEST = StepKind(
    "http_request", "HTTP request", asks_bridge=False, stand_in_result=lambda payload: stand_in()
)


async def http_request(
    self: StepBase,
    step_id: str,
    resolver: Resolver[Any],
    *,
    control_schema: SchemaSource | None = None,
    skip: Skip | None = None,
) -> Any:
    """Have Novu make an HTTP request. The bridge shows the step in discovery and never runs it.

    Args:
        step_id: The step's id, unique in the workflow.
        resolver: `{}`. Novu takes the URL and the body from what is saved for the step in its dashboard, and never asks for this.
        control_schema: What people can edit in Novu's dashboard: a pydantic model, a dataclass, a TypedDict or a JSON
            Schema dict; the annotation of the resolver's parameter if left out.
        skip: Whether to skip the step: a bool, or a function of the controls or of nothing.

    Returns:
        What the request answered, as Novu gives it to later steps: plain data.

    Raises:
        WorkflowDiscoveryError, StepAlreadyExistsError: When the app starts, if the call is wrong.

    >>> from novu_framework import Step, workflow
    >>> @workflow("forecast")
    ... async def forecast(step: Step) -> None:
    ...     weather = await step.http_request("weather", {})
    ...     await step.sms("text", lambda: {"body": f"It is {weather['summary']}"})
    >>> list(forecast.steps)
    ['weather', 'text']
    """
    return await self._take(StepCall(HTTP_REQUEST, step_id, resolver, control_schema, skip))
