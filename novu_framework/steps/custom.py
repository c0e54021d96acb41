"""The custom step: any code, whose output later steps get as its result."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, overload

from novu_framework.schemas import SchemaSource
from novu_framework.steps.base import Resolver, Skip, StepBase, StepCall, StepKind

R = TypeVar("R")

CUSTOM = StepKind("custom", "Custom", has_output_schema=True)


@overload
async def custom(
    self: StepBase,
    step_id: str,
    resolver: Resolver[Any],
    *,
    output_schema: type[R],
    control_schema: SchemaSource | None = None,
    skip: Skip | None = None,
) -> R: ...


@overload
async def custom(
    self: StepBase,
    step_id: str,
    resolver: Resolver[Any],
    *,
    output_schema: Mapping[str, Any] | None = None,
    control_schema: SchemaSource | None = None,
    skip: Skip | None = None,
) -> Any: ...


async def custom(
    self: StepBase,
    step_id: str,
    resolver: Resolver[Any],
    *,
    output_schema: SchemaSource | None = None,
    control_schema: SchemaSource | None = None,
    skip: Skip | None = None,
) -> Any:
    """Run your own code, and keep what it returns for later steps.

    Novu does not run it again for later steps, but repeats a call whose answer got lost: make it safe to repeat.

    Args:
        step_id: The step's id, unique in the workflow.
        resolver: The code: a function, sync or async, of the step's controls or of nothing; or what it would return.
        output_schema: What the resolver returns: a pydantic model, a dataclass, a TypedDict or a JSON Schema dict.
            Without one, the output is an empty object, as in the npm package.
        control_schema: What people can edit in Novu's dashboard, in the same ways; else the resolver's annotation.
        skip: Whether to skip the step: a bool, or a function of the controls or of nothing.

    Returns:
        What the resolver returned when Novu ran the step: an instance of `output_schema`, or a dict for a JSON Schema.

    Raises:
        WorkflowDiscoveryError, StepAlreadyExistsError: When the app starts, if the call is wrong.
        StepExecutionFailedError, ExecutionStateOutputInvalidError: Answered to Novu if the resolver raises or returns something invalid.

    >>> from novu_framework import Step, workflow
    >>> @workflow("praise")
    ... async def praise(payload: dict[str, str], step: Step) -> None:
    ...     schema = {"type": "object", "properties": {"points": {"type": "integer"}}}
    ...     score = await step.custom("score", lambda: {"points": len(payload)}, output_schema=schema)
    ...     await step.sms("text", lambda: {"body": f"{score['points']} points"})
    >>> list(praise.steps)
    ['score', 'text']
    """
    return await self._take(
        StepCall(CUSTOM, step_id, resolver, control_schema, skip, output_schema=output_schema)
    )
