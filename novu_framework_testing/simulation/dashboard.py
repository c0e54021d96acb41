"""Workflows that were made in Novu's dashboard, or through its API: a list of steps whose controls are their content.

Novu runs them as it runs the ones in code, over a bridge of its own. Here that bridge is a workflow of this process, whose
resolvers give back the controls that were saved.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from novu_framework import Step, Subscriber, Workflow, workflow
from novu_framework._internal.json_data import json_data
from novu_framework_testing.simulation.conditions import holds
from novu_framework_testing.simulation.layouts import email_html

_ANYTHING: dict[str, Any] = {"type": "object", "additionalProperties": True}
# What a control says beside the output of its step.
_NO_OUTPUT = (
    "skip",
    "editorType",
    "layoutId",
    "disableOutputSanitization",
    "useProviderDefaults",
    "preheader",
)


def dashboard_workflow(
    workflow_id: str, steps: Sequence[Mapping[str, Any]], *, now: Callable[[], datetime], **options: Any
) -> Workflow[Any]:
    """Make the workflow that runs what the dashboard saved.

    Args:
        workflow_id: Its id.
        steps: The steps in order, each with its `stepId` and `type`.
        now: The time, which conditions may ask for.
        options: The name, the tags and so on, as `@workflow` takes them.
    """

    @workflow(workflow_id, payload_schema=_ANYTHING, **options)
    async def handler(step: Step, payload: Any, subscriber: Subscriber, context: Any, env: Any) -> None:
        results: dict[str, Any] = {}
        known = {
            "payload": payload,
            "subscriber": subscriber,
            "context": context,
            "env": env,
            "steps": results,
        }

        def is_left_out(controls: dict[str, Any]) -> bool:
            # The dashboard calls the condition of delivering "skip".
            return bool(controls.get("skip")) and not holds(controls["skip"], json_data(known), now())

        for one in steps:
            kind, options = one["type"], {"control_schema": _ANYTHING, "skip": is_left_out}
            if kind == "custom":
                options["output_schema"] = _ANYTHING
            elif kind in ("email", "in_app"):
                options["disable_output_sanitization"] = True
            results[one["stepId"]] = await getattr(step, kind)(one["stepId"], _content(kind), **options)

    return handler


def _content(kind: str) -> Any:
    """Return the resolver of a step of that kind: its controls, without what is no output."""

    def resolve(controls: dict[str, Any]) -> dict[str, Any]:
        if kind == "custom":
            return dict(controls.get("custom") or controls)
        output = {name: value for name, value in controls.items() if name not in _NO_OUTPUT}
        if kind == "email":
            output["body"] = email_html(str(output.get("body") or ""))
        return output

    return resolve
