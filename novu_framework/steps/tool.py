"""The tool step: an incident or alert in PagerDuty, Opsgenie, Grafana or a webhook."""

from __future__ import annotations

from novu_framework.schemas import SchemaSource
from novu_framework.steps.base import Providers, Resolver, Skip, StepBase, StepCall, StepKind, StepOutput


class ToolOutput(StepOutput):
    """A message to a tool.

    >>> ToolOutput(body="Disk full on db-1").body
    'Disk full on db-1'
    """

    body: str


TOOL = StepKind("tool", "Tool", "novu")


async def tool(
    self: StepBase,
    step_id: str,
    resolver: Resolver[ToolOutput],
    *,
    control_schema: SchemaSource | None = None,
    skip: Skip | None = None,
    providers: Providers | None = None,
) -> None:
    """Open an incident or an alert in PagerDuty, Opsgenie, Grafana or at a webhook.

    Args:
        step_id: The step's id, unique in the workflow.
        resolver: The alert: a `ToolOutput`, a dict of its fields (camelCase or snake_case), or a function, sync or
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
    >>> @workflow("disk-full")
    ... async def disk_full(payload: dict[str, str], step: Step) -> None:
    ...     await step.tool("alert", lambda: {"body": f"Disk full on {payload['host']}"})
    >>> list(disk_full.steps)
    ['alert']
    """
    await self._take(StepCall(TOOL, step_id, resolver, control_schema, skip, providers))
