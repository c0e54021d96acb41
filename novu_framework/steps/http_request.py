"""The HTTP request step: discovered here, made by Novu itself."""

from __future__ import annotations

from typing import Any

from novu_framework._internal.standins import stand_in
from novu_framework.steps.base import Resolver, SchemaSource, Skip, StepBase, StepCall, StepKind

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
    """Declare a request that Novu itself makes: it is discovered, and the bridge never executes it.

    Args:
        step_id: The step's id, unique in the workflow.
        resolver: The request, for the dashboard; Novu makes it from the controls that are saved for the step.
        control_schema: The schema of the step's controls; inferred from the annotation of the resolver's `controls`
            if left out.
        skip: Leave the step out: a bool, or a function, sync or async, of `controls` or of nothing.

    Returns:
        The body of the response, as Novu has it.

    Example::

        stock = await step.http_request("stock", {"method": "GET", "url": "https://api.acme.test/stock"})
    """
    call = StepCall(HTTP_REQUEST, step_id, resolver, control_schema, skip)
    return await self.take(call)
