"""The payload of a trigger: as JSON data, and checked where the dashboard asks for it with `validatePayload`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

from novu_framework._internal.json_data import json_data
from novu_framework.schemas import Issue, Validator

_EXTRA = "must NOT have additional properties"


class PayloadRefused(ValueError):
    """A payload does not fit the schema of its workflow.

    Attributes:
        errors: What is wrong, as the API says it: `field`, `message` and `value`.
        schema: What it had to fit.
    """

    def __init__(self, errors: list[dict[str, Any]], schema: dict[str, Any]) -> None:
        wrong = "; ".join(f"{one['field']}: {one['message']}" for one in errors)
        super().__init__(f"Payload validation failed: {wrong}")
        self.errors: Final = errors
        self.schema: Final = schema

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.errors, self.schema)


def payload_data(payload: Any) -> dict[str, Any]:
    """Return a payload as JSON data. Raises `TypeError` or `ValueError` for what is not a JSON object."""
    if payload is None:
        return {}
    data = json_data(payload)
    if not isinstance(data, dict):
        raise TypeError(f"A payload is a dict or a pydantic model, not {type(payload).__name__}.")
    return data


def fitting_payload(payload: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """Return a payload with the schema's defaults. Raises `PayloadRefused` where it does not fit.

    >>> fitting_payload({}, {"properties": {"tone": {"default": "kind"}}})
    {'tone': 'kind'}
    >>> fitting_payload({}, {"type": "object", "required": ["name"]})
    Traceback (most recent call last):
    ...
    novu_framework_testing.simulation.payloads.PayloadRefused: Payload validation failed: root.name: must have required property 'name'
    """
    fitting, issues = _validator(json.dumps(schema)).validate(payload)
    # The bridge's validator drops the extras that do not fit; here Novu refuses them.
    if wrong := [*issues, *_dropped(payload, fitting, "")]:
        raise PayloadRefused([_error(issue, payload) for issue in wrong], schema)
    return dict(fitting)


@lru_cache(maxsize=64)
def _validator(schema: str) -> Validator:
    return Validator(json.loads(schema))


def _dropped(before: Any, after: Any, path: str) -> Iterator[Issue]:
    if isinstance(before, dict):
        for name in before:
            if name in after:
                yield from _dropped(before[name], after[name], f"{path}/{_escaped(name)}")
            else:
                yield Issue(path, _EXTRA)
    elif isinstance(before, list):
        for index, item in enumerate(before):
            yield from _dropped(item, after[index], f"{path}/{index}")


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def _error(issue: Issue, payload: Any) -> dict[str, Any]:
    keys = issue.path.split("/")[1:]
    field, value = ".".join(keys) or "root", payload
    for key in (key.replace("~1", "/").replace("~0", "~") for key in keys):
        value = (
            value[int(key)]
            if isinstance(value, list)
            else value.get(key)
            if isinstance(value, dict)
            else None
        )
    return {
        "field": field if issue.missing is None else f"{field}.{issue.missing}",
        "message": issue.message,
        "value": value,
    }
