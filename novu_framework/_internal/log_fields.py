"""What log records say beside their message, as fields of their own for structured logs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def log_fields(**known: Any) -> dict[str, Any]:
    """Return the `extra` of a log record: each field that is known, under its name with `novu_` before it.

    >>> log_fields(workflow_id="welcome", step_id=None)
    {'novu_workflow_id': 'welcome'}
    """
    return {f"novu_{name}": value for name, value in known.items() if value}


def step_fields(
    workflow_id: str, step_id: str, action: str, event: Mapping[str, Any], **more: str
) -> dict[str, Any]:
    """Return the `extra` of a record about a step that runs for an event."""
    subscriber = event.get("subscriber")
    subscriber_id = subscriber.get("subscriberId") if isinstance(subscriber, dict) else None
    return log_fields(
        workflow_id=workflow_id, step_id=step_id, action=action, subscriber_id=subscriber_id, **more
    )
