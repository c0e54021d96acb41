"""The tool step: an incident or alert in PagerDuty, Opsgenie, Grafana or a webhook."""

from __future__ import annotations

from novu_framework.steps.base import StepKind, StepOutput


class ToolOutput(StepOutput):
    """What is sent to the tool.

    >>> ToolOutput(body="Disk full on db-1").body
    'Disk full on db-1'
    """

    body: str


TOOL = StepKind("tool", "Tool", "novu")
