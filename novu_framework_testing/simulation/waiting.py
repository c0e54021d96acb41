"""The moments that delays, digests and throttles wait for, from what the bridge answered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from novu_framework_testing.simulation.clock import duration, iso, next_cron, parse_iso
from novu_framework_testing.simulation.runs import StepRun, WindowKey


def due_at(outputs: Mapping[str, Any], payload: Mapping[str, Any], now: datetime) -> datetime:
    """Return when a delay or a digest is over. Raises `ValueError`, in words, for outputs that give no moment.

    Args:
        outputs: `{amount, unit}`, `{cron}` (its next occurrence, UTC) or `{dynamicKey}` (a path such as
            `payload.when` to an ISO timestamp ahead, or to `{amount, unit}`).
        payload: The payload of the trigger.
        now: The present moment.
    """
    if outputs.get("cron"):
        return next_cron(outputs["cron"], now)
    if outputs.get("dynamicKey"):
        return dynamic_due(outputs["dynamicKey"], payload, now)
    if "amount" in outputs and "unit" in outputs:
        return now + duration(outputs["amount"], outputs["unit"])
    raise ValueError(
        f"the outputs {dict(outputs)!r} have neither `amount` and `unit`, nor `cron`, nor `dynamicKey`"
    )


def dynamic_due(path: str, payload: Mapping[str, Any], now: datetime) -> datetime:
    """Return the moment that a payload holds under `path`. Raises `ValueError` for none, or one that is past."""
    value = at_path(path, payload)
    if value is None:
        raise ValueError(f"the payload has nothing at `{path}`")
    if isinstance(value, Mapping) and ("amount" not in value or "unit" not in value):
        raise ValueError(f"`{path}` is {dict(value)!r}: it needs `amount` and `unit`")
    if not isinstance(value, (str, Mapping)):
        raise ValueError(f"`{path}` is {value!r}: it must be an ISO timestamp or {{amount, unit}}")
    try:
        if isinstance(value, Mapping):
            return now + duration(value["amount"], value["unit"])
        due = parse_iso(value)
    except ValueError as error:
        raise ValueError(f"`{path}`: {error}") from None
    if due < now:
        raise ValueError(f"`{path}` is {value}, which is past: it is {iso(now)}")
    return due


def at_path(path: str, payload: Mapping[str, Any]) -> Any:
    """Return the value under a dotted path, with or without a leading `payload.`; None where it has none.

    >>> at_path("payload.a.b", {"a": {"b": 1}}), at_path("a.c", {"a": {"b": 1}})
    (1, None)
    """
    value: Any = payload
    for part in path.removeprefix("payload.").split("."):
        if isinstance(value, Mapping):
            value = value.get(part)
        elif isinstance(value, list) and part.isdecimal() and int(part) < len(value):
            value = value[int(part)]
        else:
            return None
    return value


def window_key(step: StepRun, key: str | None) -> WindowKey:
    """Return what a step with a `throttleKey` or `digestKey` is counted or collected by.

    Novu takes the key as a path into the payload; code-first workflows often give the value itself. Both do.
    """
    run = step.run
    value = at_path(key, run.trigger.bridge_payload) if key else None
    grouped = key or "" if value is None else f"{key}={json.dumps(value, sort_keys=True)}"
    return run.subscriber.id, run.workflow_id, step.step_id, grouped
