"""The moments that delays and digests wait for, from what the bridge answered and the trigger said."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from novu_framework._internal.redaction import redaction
from novu_framework_testing.simulation.clock import duration, iso, moment_after, next_cron, parse_iso

_TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z?", re.ASCII)


def due_at(
    outputs: Mapping[str, Any],
    payload: Mapping[str, Any],
    now: datetime,
    *,
    timezone: str | None = None,
    overrides: Mapping[str, Any] | None = None,
) -> datetime:
    """Return when a delay or a digest is over. Raises `ValueError`, in words, for outputs that give no moment.

    Args:
        outputs: `{cron}` (its next occurrence), `{dynamicKey}` (a path such as `payload.when` to a future timestamp
            or to `{amount, unit}`) or `{amount, unit}`.
        payload: The payload of the trigger.
        now: The present moment.
        timezone: The subscriber's, which the hours of a cron are of; UTC if absent.
        overrides: Those of the trigger: their `delay`, `{amount, unit}`, goes before a plain amount.
    """
    if cron := text_of(outputs, "cron"):
        return next_cron(cron, now, timezone)
    if path := text_of(outputs, "dynamicKey"):
        wait = span_at(path, {"payload": payload}, now)
        if wait <= timedelta():
            raise ValueError(f"`{path}` must be ahead, it is past or now: it is {iso(now)}")
        return moment_after(now, wait)
    if "amount" not in outputs or "unit" not in outputs:
        raise ValueError(
            f"the outputs {dict(outputs)!r} have neither `amount` and `unit`, nor `cron`, nor `dynamicKey`"
        )
    regular = duration(outputs["amount"], outputs["unit"])
    override = _override(overrides)
    return moment_after(now, regular if override is None else override)


def text_of(outputs: Mapping[str, Any], name: str) -> str:
    """Return an output that is a text, empty where there is none. Raises `ValueError` for anything else."""
    value = outputs.get(name)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"its `{name}` must be a text, not {redaction.excerpt(repr(value), 100)}")
    return value or ""


def span_at(path: str, data: Mapping[str, Any], now: datetime) -> timedelta:
    """Return how long it is from now to what `data` holds under `path`. Raises `ValueError` for nothing readable."""
    value = at_path(path, data)
    if value is None:
        raise ValueError(f"the payload has nothing at `{path}`")
    try:
        if isinstance(value, str) and _TIMESTAMP.fullmatch(value):
            return parse_iso(value) - now
        if isinstance(value, Mapping) and "amount" in value and "unit" in value:
            return duration(value["amount"], value["unit"])
    except ValueError as error:
        raise ValueError(f"`{path}`: {error}") from None
    raise ValueError(
        f"`{path}` is {value!r}: it must be a timestamp such as '2026-01-01T09:00:00Z', or {{amount, unit}}"
    )


def at_path(path: str, data: Mapping[str, Any]) -> Any:
    """Return the value under a dotted path; None where there is none.

    >>> at_path("a.b", {"a": {"b": 1}}), at_path("a.c", {"a": {"b": 1}})
    (1, None)
    """
    value: Any = data
    for part in path.split("."):
        if isinstance(value, Mapping):
            value = value.get(part)
        elif isinstance(value, list) and part.isdecimal() and int(part) < len(value):
            value = value[int(part)]
        else:
            return None
    return value


def _override(overrides: Mapping[str, Any] | None) -> timedelta | None:
    """Return the `delay` of a trigger's overrides, None where it has none that can be read."""
    given = (overrides or {}).get("delay")
    if not isinstance(given, Mapping):
        return None
    try:
        return duration(given.get("amount"), given.get("unit"))
    except ValueError:
        return None
