"""Descriptions that the npm package writes into the schemas of its own steps and providers."""

from __future__ import annotations

from typing import Any

SCHEMAS_OF_USERS = frozenset({"custom", "http_request"})
"""The kinds of steps whose output schema is the user's, descriptions included."""

_PROSE = ("description", "title")


def without_prose(body: Any) -> Any:
    """Return a discovery without the descriptions and titles in schemas that are the package's own; else `body` itself.

    They are sentences of others, and no part of the contract: neither recorded nor compared. What users write in their
    schemas of payloads, controls and outputs stays.

    >>> schema = {"type": "object", "properties": {"title": {"type": "string", "description": "The title"}}}
    >>> step = {"type": "email", "providers": [{"type": "ses", "outputs": {"schema": schema}}]}
    >>> without_prose({"workflows": [{"steps": [step]}]})["workflows"][0]["steps"][0]["providers"][0]["outputs"]
    {'schema': {'type': 'object', 'properties': {'title': {'type': 'string'}}}}
    """
    if not isinstance(body, dict) or not isinstance(body.get("workflows"), list):
        return body
    return {**body, "workflows": [_items(workflow, "steps", _step) for workflow in body["workflows"]]}


def _items(holder: Any, key: str, change: Any) -> Any:
    if not isinstance(holder, dict) or not isinstance(holder.get(key), list):
        return holder
    return {**holder, key: [change(item) for item in holder[key]]}


def _step(step: Any) -> Any:
    step = _items(step, "providers", _schemas)
    is_users = not isinstance(step, dict) or step.get("type") in SCHEMAS_OF_USERS
    return step if is_users else _schemas(step)


def _schemas(holder: Any) -> Any:
    if not isinstance(holder, dict):
        return holder
    return {**holder, **{key: _bare(holder[key]) for key in ("outputs", "results") if key in holder}}


def _bare(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_bare(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    # a property may be called `title`: what it holds is a schema, never a text
    return {
        key: _bare(item) for key, item in schema.items() if key not in _PROSE or not isinstance(item, str)
    }
