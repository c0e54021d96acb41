"""The tool step: an incident or alert in PagerDuty, Opsgenie, Grafana or a webhook."""

from __future__ import annotations

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
    """Raise an incident or alert in a tool such as PagerDuty or Grafana.

    Args:
        step_id: The step's id, unique in the workflow.
        resolver: What is sent: a `ToolOutput` or a dict of it, or a function, sync or async, of `controls` or of nothing
            that returns one. Keys of a dict are camelCase or snake_case.
        control_schema: The schema of the step's controls; inferred from the annotation of the resolver's `controls`
            if left out.
        skip: Leave the step out: a bool, or a function, sync or async, of `controls` or of nothing.
        providers: Overrides by provider id, such as `{"pagerduty": lambda outputs: {...}}`; each function takes
            `controls` and `outputs` by name.

    Returns:
        None: later steps know nothing of it.

    Example::

        await step.tool("alert", {"body": "Disk full on db-1"})
    """
    call = StepCall(TOOL, step_id, resolver, control_schema, skip, providers)
    await self.take(call)
