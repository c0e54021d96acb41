"""Agents that are data, in Python: the twin of `described.mjs`. Each is made twice, of async handlers and of plain ones."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Generator, Mapping
from typing import Any

from novu_framework.agents import Agent, is_from_workflow
from novu_framework.errors import AgentDeliveryError

HANDLERS = {
    "onMessage": "message",
    "onAction": "action",
    "onReaction": "reaction",
    "onToolApproval": "decision",
    "onError": "error",
    "onResolve": None,
}
NAMES = {name: "on_" + name[2:].replace("ToolApproval", "tool_approval").lower() for name in HANDLERS}

PASSED_ON = ("event", "conversation", "subscriber", "history", "platform", "platformContext")
"""What a context has only where the event has it; the rest is null in its place."""

ABSENT = object()

Play = Generator[Callable[[], Any], Any, Any]
"""A script that runs: it gives calls to be made, and is sent what they give."""


def look_up(path: str, scope: Mapping[str, Any]) -> Any:
    value: Any = scope
    for key in path.split("."):
        value = member(value, key)
    return value


def member(value: Any, key: str) -> Any:
    if hasattr(value, "platform_context"):
        if key in PASSED_ON and key not in value.body:
            return ABSENT
        return getattr(
            value, {"platformContext": "platform_context", "humanResponse": "human_response"}.get(key, key)
        )
    if isinstance(value, Mapping):
        return value.get(key, ABSENT)
    return getattr(value, SNAKE.get(key, key), ABSENT)


SNAKE = {
    "messageId": "message_id",
    "platformThreadId": "platform_thread_id",
    "toolCall": "tool_call",
    "approvalMessage": "approval_message",
}


def fill(template: Any, scope: Mapping[str, Any]) -> Any:
    """A template with what it names put in; what is absent is left out."""
    if isinstance(template, list):
        filled = (fill(item, scope) for item in template)
        return [None if item is ABSENT else item for item in filled]
    if not isinstance(template, dict):
        return template
    if "$" in template:
        return look_up(template["$"], scope)
    if "$bytes" in template:
        return b"\1" * template["$bytes"]
    if "$text" in template:
        return template["$text"][0] * template["$text"][1]
    return {key: one for key, item in template.items() if (one := fill(item, scope)) is not ABSENT}


def shown(error: Exception) -> dict[str, Any]:
    seen: dict[str, Any] = {"message": str(error), "isDelivery": isinstance(error, AgentDeliveryError)}
    if isinstance(error, AgentDeliveryError):
        seen["delivery"] = {"statusCode": error.status_code, "responseBody": error.response_body}
    return seen


def play(script: list[dict[str, Any]], scope: dict[str, Any]) -> Play:
    """Run a script. Returns a tuple of what it returns, or None where it ends without."""
    for line in script:
        if line["do"] == "try":
            try:
                returned = yield from play(line["script"], scope)
            except Exception as error:
                returned = yield from play(line.get("catch", []), {**scope, "error": shown(error)})
            if returned is not None:
                return returned
            continue
        given = fill(line, scope)
        if given["do"] == "return":
            return (given.get("value"),)
        result = yield CALLS[given["do"]](scope, given)
        if "as" in given:
            scope[given["as"]] = result
    return None


def human(kind: str) -> Any:
    def call(scope: dict[str, Any], given: dict[str, Any]) -> Any:
        options = {
            {"ttlSeconds": "ttl", "from": "from_"}.get(k, k): v for k, v in given.get("with", {}).items()
        }
        arguments = [given["prompt"], *([given["options"]] if kind == "choose" else [])]
        return lambda: getattr(scope["ctx"], kind)(*arguments, **options)

    return call


def raise_error(message: str) -> None:
    raise RuntimeError(message)


CALLS: dict[str, Callable[[dict[str, Any], dict[str, Any]], Callable[[], Any]]] = {
    "reply": lambda s, g: lambda: s["ctx"].reply(g.get("content"), files=g.get("files")),
    "edit": lambda s, g: lambda: s[g["handle"]].edit(g.get("content"), files=g.get("files")),
    "delete": lambda s, g: lambda: s[g["handle"]].delete(),
    "typing": lambda s, g: lambda: s["ctx"].typing(g.get("status")),
    "typing.stop": lambda s, g: lambda: s["ctx"].typing.stop(),
    "set": lambda s, g: (
        lambda: (
            s["ctx"].metadata.set(g["key"], g["value"])
            if "value" in g
            else s["ctx"]._turn.signal(type="metadata", action="set", key=g["key"])
        )
    ),
    "unset": lambda s, g: lambda: s["ctx"].metadata.delete(g["key"]),
    "clear": lambda s, g: lambda: s["ctx"].metadata.clear(),
    "get": lambda s, g: lambda: s["ctx"].metadata.get(g["key"], ABSENT),
    "current": lambda s, g: lambda: dict(s["ctx"].metadata.current),
    "trigger": lambda s, g: lambda: s["ctx"].trigger(g["workflow"], to=g.get("to"), payload=g.get("payload")),
    "resolve": lambda s, g: lambda: s["ctx"].resolve(*[g["summary"]] if "summary" in g else []),
    "react": lambda s, g: lambda: s["ctx"].add_reaction(g["message"], g["emoji"]),
    "deleteMessage": lambda s, g: lambda: s["ctx"].delete_message(g["message"]),
    "emit": lambda s, g: lambda: s["ctx"].emit(g["name"], g["data"]),
    "request": lambda s, g: lambda: s["ctx"].tool_approval.request(**g["call"]),
    "from": lambda s, g: lambda: is_from_workflow(s["ctx"].notification, Named(g["workflow"])),
    "throw": lambda s, g: lambda: raise_error(g["message"]),
    "pause": lambda s, g: lambda: None,
    **{kind: human(kind) for kind in ("ask", "approve", "choose", "tell")},
}
"""What each line of a script calls."""


class Named:
    """A workflow as far as its id."""

    def __init__(self, id: str) -> None:
        self.id = id


def handler(name: str, script: list[dict[str, Any]], *, is_async: bool) -> Callable[..., Any]:
    """A handler that runs a script."""

    def begun(given: tuple[Any, ...]) -> Play:
        *first, ctx = given
        scope: dict[str, Any] = {"ctx": ctx}
        if first and (first[0] is not None or HANDLERS[name] in ctx.body):
            scope[str(HANDLERS[name])] = shown(first[0]) if name == "onError" else first[0]
        if name == "onToolApproval":
            scope["message_"] = first[0].approval_message
        return play(script, scope)

    def of_one(ctx: Any) -> Any:
        return run_plainly(begun((ctx,)))

    def of_two(what: Any, ctx: Any) -> Any:
        return run_plainly(begun((what, ctx)))

    async def of_one_async(ctx: Any) -> Any:
        return await run_async(begun((ctx,)))

    async def of_two_async(what: Any, ctx: Any) -> Any:
        return await run_async(begun((what, ctx)))

    if HANDLERS[name] is None:
        return of_one_async if is_async else of_one
    return of_two_async if is_async else of_two


def run_plainly(running: Play) -> Any:
    send, value = running.send, None
    try:
        while True:
            call = send(value)
            try:
                send, value = running.send, call()
            except Exception as error:
                send, value = running.throw, error
    except StopIteration as stop:
        return stop.value and stop.value[0]


async def run_async(running: Play) -> Any:
    send, value = running.send, None
    try:
        while True:
            call = send(value)
            try:
                result = call()
                send, value = running.send, (await result) if inspect.isawaitable(result) else result
            except Exception as error:
                send, value = running.throw, error
    except StopIteration as stop:
        return stop.value and stop.value[0]


def from_description(description: dict[str, Any], *, is_async: bool = True) -> Agent:
    """The agent that a description says."""
    handlers = {
        NAMES[name]: handler(name, script, is_async=is_async)
        for name, script in description["handlers"].items()
    }
    if rendered := description.get("renderApproval"):
        handlers["render_approval"] = lambda request: render(rendered, request)
    made = Agent(description["agentId"], handlers.pop("on_message"))
    made.handlers.update(handlers)
    return made


def render(how: dict[str, Any], request: Any) -> Any:
    if "throw" in how:
        raise RuntimeError(how["throw"])
    if "card" in how:
        names = {"approveLabel": "approve_label", "denyLabel": "deny_label"}
        return request.approval_card(**{names.get(name, name): value for name, value in how["card"].items()})
    scope = {"toolCall": request.tool_call, "actionIds": request.action_ids._asdict()}
    return fill(how["value"], scope)
