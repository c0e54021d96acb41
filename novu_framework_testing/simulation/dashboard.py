"""Workflows that were made in Novu's dashboard, or through its API: a list of steps whose controls are their content.

Novu runs them as it runs the ones in code, over a bridge of its own. Here that bridge is a workflow of this process, whose
resolvers give back the controls that were saved: emails in their layout, and texts in the subscriber's language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from novu_framework import Step, Subscriber, Workflow, workflow
from novu_framework._internal.json_data import json_data
from novu_framework.liquid import create_engine
from novu_framework_testing.simulation.conditions import apply
from novu_framework_testing.simulation.layouts import email_html, render_layout
from novu_framework_testing.simulation.records import Record
from novu_framework_testing.simulation.world import World

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
_KEY = re.compile(r"\{\{\s*t\.([\w.-]+)\s*\}\}")
DEFAULT_LOCALE = "en_US"


def dashboard_workflow(
    workflow_id: str, steps: Sequence[Mapping[str, Any]], *, world: World, **options: Any
) -> Workflow[Any]:
    """Make the workflow that runs what the dashboard saved.

    Args:
        workflow_id: Its id.
        steps: The steps in order, each with its `stepId` and `type`.
        world: Where its layouts and translations are.
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
            # The dashboard calls the condition of delivering "skip". One that cannot be read fails the step.
            condition = controls.get("skip")
            return bool(condition) and apply(condition, json_data(known), world.clock.now) is not True

        for one in steps:
            kind, extra = one["type"], dict[str, Any]()
            if kind == "custom":
                extra["output_schema"] = _ANYTHING
            elif kind in ("email", "in_app"):
                extra["disable_output_sanitization"] = True

            def resolve(controls: dict[str, Any], kind: str = kind) -> dict[str, Any]:
                return _content(world, workflow_id, kind, controls, json_data(known))

            results[one["stepId"]] = await getattr(step, kind)(
                one["stepId"], resolve, control_schema=_ANYTHING, skip=is_left_out, **extra
            )

    return handler


def _content(
    world: World, workflow_id: str, kind: str, controls: dict[str, Any], known: dict[str, Any]
) -> dict[str, Any]:
    """Return the output of a step: its controls, without what is no output."""
    if kind == "custom":
        return dict(controls.get("custom") or controls)
    output = {name: value for name, value in controls.items() if name not in _NO_OUTPUT}
    if kind == "email":
        body = email_html(str(output.get("body") or ""))
        layout = _layout(world, controls)
        output["body"] = (
            body if layout is None else render_layout(layout["values"], {**known, "content": body})
        )
        if layout is not None:
            output = _translated(world, "layout", layout["layoutId"], output, known)
    translated: dict[str, Any] = _translated(world, "workflow", workflow_id, output, known)
    return translated


def _layout(world: World, controls: Mapping[str, Any]) -> Record | None:
    """Return the layout of an email: the one that it names, none where that is null, else the default."""
    asked = controls.get("layoutId")
    if "layoutId" in controls and asked is None:
        return None
    layouts = world.records["layouts"].values()
    found = (
        one for one in layouts if (asked in (one["layoutId"], one["_id"]) if asked else one["isDefault"])
    )
    layout = next(found, None)
    return layout if layout is not None and layout["values"].get("email") else None


def _translated(world: World, kind: str, resource_id: str, value: Any, known: Mapping[str, Any]) -> Any:
    """Return `value` with the texts of the subscriber's locale in place of `{{t.key}}`; a key without a text stays."""
    texts = {
        one["locale"]: one["content"]
        for one in world.records["translations"].values()
        if (one["resourceType"], one["resourceId"]) == (kind, resource_id)
    }
    locale = (known.get("subscriber") or {}).get("locale") or DEFAULT_LOCALE
    content = texts.get(locale) or texts.get(DEFAULT_LOCALE)
    if not content:
        return value

    def text_of(key: re.Match[str]) -> str:
        found: Any = content
        for name in key.group(1).split("."):
            found = found.get(name) if isinstance(found, dict) else None
        return (
            str(create_engine().from_string(found).render(**known)) if isinstance(found, str) else key.group()
        )

    def within(one: Any) -> Any:
        if isinstance(one, str):
            return _KEY.sub(text_of, one)
        if isinstance(one, dict):
            return {name: within(inner) for name, inner in one.items()}
        return [within(inner) for inner in one] if isinstance(one, list) else one

    return within(value)
