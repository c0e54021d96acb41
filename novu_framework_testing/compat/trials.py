"""Runs that may be open when the new version comes: what their triggers carried, and what their steps left behind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from novu_framework.schemas import Schema
from novu_framework.steps.kinds import KINDS
from novu_framework_testing.bridges.base import Event
from novu_framework_testing.compat.edges import at_edges
from novu_framework_testing.factories import NovuFaker

_READ = {
    "seen": True, "read": True, "lastSeenDate": "2026-01-01T09:00:00.000Z", "lastReadDate": "2026-01-01T09:00:00.000Z",
}  # fmt: skip
_UNREAD = {"seen": False, "read": False, "lastSeenDate": None, "lastReadDate": None}
_ANN = {
    "subscriberId": "ann", "firstName": "Ann", "lastName": "Example", "email": "ann@example.com", "phone": "+15555550100",
    "locale": "en_US", "timezone": "Europe/Vienna", "avatar": "https://example.com/ann.png", "data": {},
}  # fmt: skip
_WITHIN = frozenset({"anyOf", "oneOf", "type"})
_MADE_UP = 3
"""So many runs have data that is made up whole."""


@dataclass(frozen=True, eq=False)
class Trial:
    """A run of the old version that may be open.

    Attributes:
        payload: What its trigger carried.
        results: What each step of the old version leaves for later ones, by step id.
        controls: The values that were saved in the dashboard, by step id.
        subscriber: Whom it is for.
        only: The one step that it is about; None for all of them.
        after: The step whose result it is about: only later ones are told of it.
        usual: Whether its content is compared: it is no edge of a schema.
        recorded: Whether it was recorded, and not made up.
    """

    payload: Mapping[str, Any]
    results: Mapping[str, Any] = field(default_factory=dict)
    controls: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    subscriber: Mapping[str, Any] = field(default_factory=lambda: dict(_ANN))
    only: str | None = None
    after: str | None = None
    usual: bool = False
    recorded: bool = False

    def event(self, steps: Sequence[str], step_id: str, env: Mapping[str, Any]) -> Event:
        """Return what Novu sends for a step, after these: the nearest first, and last the trigger."""
        done = {"status": "completed"}
        entries = [
            {"stepId": one, "outputs": self.results.get(one, {}), "state": done} for one in reversed(steps)
        ]
        return {
            "payload": self.payload,
            "controls": self.controls.get(step_id, {}),
            "state": [*entries, {"stepId": "", "outputs": {}, "state": done}],
            "subscriber": self.subscriber,
            "context": {},
            "env": env,
        }


def trials(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Trial]:
    """Make the runs of a workflow that are tried, from the schemas of its two versions.

    Args:
        old, new: The workflow's definitions, as discovery shows them.
    """
    made = list(_usual(old))
    if old == new:  # what other modules do otherwise is seen with the usual data
        return made
    first = made[0]
    for payload in at_edges(_schema(old, "payload"), _schema(new, "payload"), first.payload):
        results = _results(old, [payload, first.payload], first.results)
        made.append(replace(first, payload=payload, results=results, usual=False))
    made += _amended(old, new, made[:2])
    newer = {step["stepId"]: step for step in new.get("steps") or ()}
    for step in old.get("steps") or ():
        step_id, then = step["stepId"], newer.get(step["stepId"])
        if then is None:
            continue
        schemas = _schema(step, "controls"), _schema(then, "controls")
        full = _whole(schemas[0], f"{old['workflowId']}/{step_id}")
        for values in [full, *at_edges(*schemas, full)] if full else ():
            made.append(
                replace(first, controls={**first.controls, step_id: values}, only=step_id, usual=False)
            )
        if _has_own_results(step):
            for result in at_edges(
                _schema(step, "results"), _schema(then, "results"), first.results[step_id]
            ):
                results = {**first.results, step_id: result}
                made.append(replace(first, results=results, after=step_id, usual=False))
    return made


def environment(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """Return the variables that runs see: those that either version asks for, and Novu's own."""
    asked = (_whole(_schema(one, "env"), one["workflowId"]) for one in (new, old) if one)
    return {
        **{name: value for one in asked for name, value in one.items()},
        "name": "Production",
        "type": "prod",
    }


def other_results(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """Return a result as the new version gives it for each custom step whose results have another schema there."""
    before = {step["stepId"]: step for step in old.get("steps") or ()}
    return {
        step["stepId"]: _whole(_schema(step, "results"), f"{old['workflowId']}/{step['stepId']}")
        for step in new.get("steps") or ()
        if step["stepId"] in before
        and _has_own_results(step)
        and _schema(step, "results") != _schema(before[step["stepId"]], "results")
    }


def _usual(old: Mapping[str, Any]) -> Iterator[Trial]:
    schema, seed = _schema(old, "payload"), old["workflowId"]
    faker = NovuFaker(seed=f"compat:{seed}")
    saved = {
        step["stepId"]: _whole(_schema(step, "controls"), f"{seed}/{step['stepId']}")
        for step in old.get("steps") or ()
        if Schema.of(_schema(step, "controls")).check({})[1]  # without something saved it never worked
    }
    whole, least = _whole(schema, seed), _least(schema, seed)
    payloads = [whole, least, *(_made(faker, schema) or whole for _ in range(_MADE_UP))]
    for number, payload in enumerate(payloads):
        collected = [payload, payloads[(number + 1) % len(payloads)]] if number % 2 == 0 else [payload]
        made = {
            step["stepId"]: (_whole if number % 2 == 0 else _least)(
                _schema(step, "results"), f"{seed}/{step['stepId']}"
            )
            for step in old.get("steps") or ()
            if _has_own_results(step)
        }
        subscriber = _ANN if number % 2 == 0 else {"subscriberId": "ann"}
        results = _results(old, collected, made, read=number == 3)
        yield Trial(payload, results, saved, subscriber, usual=True)


def _amended(old: Mapping[str, Any], new: Mapping[str, Any], usual: Sequence[Trial]) -> Iterator[Trial]:
    """Give runs that the new payload schema lets through, where it refuses the usual ones: what else breaks would not be seen."""
    schemas = [Schema.of(_schema(one, "payload")) for one in (old, new)]
    for trial in usual:
        if schemas[1].check(trial.payload)[1]:
            payload = {**_whole(_schema(new, "payload"), new["workflowId"]), **trial.payload}
            if not any(schema.check(payload)[1] for schema in schemas):
                yield replace(
                    trial, payload=payload, results=_results(old, [payload], trial.results), usual=False
                )


def _results(
    old: Mapping[str, Any],
    collected: Sequence[Mapping[str, Any]],
    made: Mapping[str, Any],
    *,
    read: bool = False,
) -> dict[str, Any]:
    """Return what each step leaves behind: what Novu makes of it, or what its code gave (`made`)."""
    events = [
        {"id": f"{number:024x}", "time": f"2026-01-01T09:00:{number:02d}.000Z", "payload": payload}
        for number, payload in enumerate(collected)
    ]
    by_kind: dict[str, Any] = {
        "in_app": _READ if read else _UNREAD,
        "digest": {"events": events, "eventCount": len(events)},
        "delay": {"duration": 3_600_000},
        "throttle": {"throttled": False},
    }
    return {
        step["stepId"]: made[step["stepId"]] if _has_own_results(step) else by_kind.get(step["type"], {})
        for step in old.get("steps") or ()
    }


def _has_own_results(step: Mapping[str, Any]) -> bool:
    kind = KINDS.get(step["type"])
    return kind is not None and kind.has_output_schema


def _schema(of: Mapping[str, Any], part: str) -> Mapping[str, Any]:
    schema = (of.get(part) or {}).get("schema")
    return schema if isinstance(schema, Mapping) else {"type": "object"}


def _whole(schema: Mapping[str, Any], seed: str) -> dict[str, Any]:
    """Make data with every member, also within; with fewer where they do not go together."""
    for wanted in (_complete(schema), {**schema, "required": list(schema.get("properties") or ())}, schema):
        if (made := _made(NovuFaker(seed=seed), wanted)) is not None:
            return made
    return {}


def _complete(schema: Any) -> Any:
    """Return a schema that requires every member, and takes null only where it takes nothing else."""
    if isinstance(schema, list):
        others = [one for one in schema if one not in ("null", {"type": "null"})]
        return [_complete(one) for one in others or schema]
    if not isinstance(schema, Mapping):
        return schema
    made = {
        name: _complete(one) if name in _WITHIN or isinstance(one, Mapping) else one
        for name, one in schema.items()
    }
    if isinstance(schema.get("properties"), Mapping):
        made["required"] = list(schema["properties"])
    return made


def _least(schema: Mapping[str, Any], seed: str) -> dict[str, Any]:
    """Make data with the members that are required, and no others."""
    required = schema.get("required") or ()
    members = {name: one for name, one in (schema.get("properties") or {}).items() if name in required}
    made = _made(NovuFaker(seed=seed), {**schema, "properties": members})
    return made if made is not None else _whole(schema, seed)


def _made(faker: NovuFaker, schema: Mapping[str, Any]) -> dict[str, Any] | None:
    try:
        return faker.payload(dict(schema))
    except ValueError:
        return None
