"""The custom step: any code, whose output later steps get as its result."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, overload

from novu_framework.steps.base import Resolver, SchemaSource, Skip, StepBase, StepCall, StepKind

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
    """Run any code of your own, and hand its output to later steps.

    Args:
        step_id: The step's id, unique in the workflow.
        resolver: The output as a dict or model, or a function, sync or async, of `controls` or of nothing that returns it.
        output_schema: What the output has to look like: a class (a model, dataclass or TypedDict) or a JSON Schema.
        control_schema: The schema of the step's controls; inferred from the annotation of the resolver's `controls`
            if left out.
        skip: Leave the step out: a bool, or a function, sync or async, of `controls` or of nothing.

    Returns:
        The output: an instance of the class that `output_schema` names, or a dict.

    Example::

        score: Score = await step.custom("score", lambda: {"points": 1}, output_schema=Score)
    """
    call = StepCall(CUSTOM, step_id, resolver, control_schema, skip, output_schema=output_schema)
    return await self.take(call)
