"""Contexts, such as tenants, that triggers, subscriptions and preferences are about."""

from __future__ import annotations

from typing import Any, Final

from novu_framework_testing.api.http import ApiError, ApiResponse, Page
from novu_framework_testing.api.pages import CURSOR, by_cursor
from novu_framework_testing.api.routing import Call, Routes
from novu_framework_testing.api.validation import Body, Field, Kind, Sentence
from novu_framework_testing.simulation.clock import iso
from novu_framework_testing.simulation.contexts import (
    ContextKeys,
    SimulatedContext,
    invalid_contexts,
    is_context_id,
    too_large,
)


def named_contexts(value: Any) -> str | None:
    """Accept what a trigger says of its contexts: type to an id, or to `{"id", "data"}`."""
    problem = invalid_contexts(value)
    return None if problem is None else Sentence(problem)


def _id(name: str) -> Kind:
    problem = Sentence(f"{name} must be lowercase alphanumeric with optional ., _, or - separators")
    return lambda value: None if is_context_id(value) else problem


def _data(value: Any) -> str | None:
    if not isinstance(value, (dict, list)):
        return "must be an object"
    problem = too_large("data", value)
    return None if problem is None else Sentence(problem)


CREATE = Body(type=Field(_id("Type"), required=True), id=Field(_id("ID"), required=True), data=_data)
UPDATE = Body(data=Field(_data, required=True))

_CONTEXTS = "/v2/contexts"
_CONTEXT = f"{_CONTEXTS}/{{type}}/{{id}}"

routes: Final = Routes()


def asked_contexts(call: Call) -> ContextKeys | None:
    """Return the query's `contextKeys`; None where it does not say, and none of them where it says nothing."""
    return tuple(sorted(call.request.all("contextKeys"))) if call.request.asks("contextKeys") else None


@routes("POST", _CONTEXTS, 201)
def create_context(call: Call) -> dict[str, Any]:
    """Make a context (409 where it is there)."""
    body = CREATE.check(call.request.json)
    if f"{body['type']}:{body['id']}" in call.novu.contexts:
        raise ApiError(409, f"Context with type '{body['type']}' and id '{body['id']}' already exists")
    return context_json(call.novu.context(body["type"], body["id"], body.get("data")))


@routes("GET", _CONTEXTS, query=(*CURSOR, "type", "id", "search"))
def list_contexts(call: Call) -> Page:
    """Show the contexts of the query's `type` and `id`, whose key holds `search`."""
    asked = {name: call.request.first(name) for name in ("type", "id")}
    search = (call.request.first("search") or "").lower()
    return by_cursor(
        [
            context
            for context in call.novu.contexts
            if asked["type"] in (None, "", context.type)
            and asked["id"] in (None, "", context.id)
            and search in context.key.lower()
        ],
        call.request,
        context_json,
        id_of=lambda context: context.record_id,
    )


@routes("GET", _CONTEXT, query=())
def get_context(call: Call) -> dict[str, Any]:
    """Show a context."""
    return context_json(_found(call))


@routes("PATCH", _CONTEXT)
def update_context(call: Call) -> dict[str, Any]:
    """Give a context other data, in place of what it has."""
    body = UPDATE.check(call.request.json)
    if f"{call['type']}:{call['id']}" not in call.novu.contexts:
        raise ApiError(404, f"Context with type '{call['type']}' and id '{call['id']}' not found")
    return context_json(call.novu.context(call["type"], call["id"], body["data"]))


@routes("DELETE", _CONTEXT)
def delete_context(call: Call) -> ApiResponse:
    """Delete a context; runs that wait no longer see it."""
    call.novu.contexts.remove(_found(call).key)
    return ApiResponse(204)


def _found(call: Call) -> SimulatedContext:
    context = call.novu.contexts.get(f"{call['type']}:{call['id']}")
    if context is None:
        environment = call.state.scope["_environmentId"]
        raise ApiError(
            404,
            f"Context with id '{call['id']}' and type '{call['type']}' not found in environment {environment}",
        )
    return context


def context_json(context: SimulatedContext) -> dict[str, Any]:
    """Return a context."""
    return {
        "type": context.type,
        "id": context.id,
        "data": context.data,
        "createdAt": iso(context.created_at),
        "updatedAt": iso(context.updated_at),
    }
