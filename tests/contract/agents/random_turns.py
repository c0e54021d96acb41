"""Random agents as data, and random events for them."""

from __future__ import annotations

from random import Random
from typing import Any

TEXTS = ["", "Hi", "  ", "# A\n\n**b** & <i>c</i>", "ünï 👩‍👩‍👧", "a\u2028b\u0000", "{{ x }}", "x" * 500]
IDS = ["", "m-1", "pm-9", "a b", "ü", "x:y"]
KEYS = ["plan", "seats", "a", "b", "", "a.b"]
PEOPLE = ["ann", "bob", " cat ", "", "ann", "dan"]
WORKFLOWS = ["welcome", "order-late", "", "ü x"]
STATUSES = [200, 200, 201, 204, 400, 401, 404, 409, 418, 422, 429, 500, 502, 503]
NOTHING = {"do": "pause"}


def value(chance: Random, depth: int = 0) -> Any:
    kinds = ["text", "number", "bool", "null", "list", "object"][: 4 if depth > 2 else 6]
    kind = chance.choice(kinds)
    if kind == "text":
        return chance.choice(TEXTS)
    if kind == "number":
        return chance.choice([0, 1, -7, 1.5, 10**12, 0.1])
    if kind == "bool":
        return chance.random() < 0.5
    if kind == "null":
        return None
    if kind == "list":
        return [value(chance, depth + 1) for _ in range(chance.randint(0, 3))]
    return {chance.choice(KEYS): value(chance, depth + 1) for _ in range(chance.randint(0, 3))}


def part(chance: Random) -> Any:
    return chance.choice(
        [
            {"type": "text", "content": chance.choice(TEXTS), "style": "bold"},
            {"type": "divider"},
            {"type": "image", "url": "https://acme.test/a.png", "alt": chance.choice(TEXTS)},
            {"type": "actions", "children": [{"type": "button", "id": chance.choice(IDS), "label": "OK"}]},
            {"type": "actions", "children": [{"type": "select", "id": "s", "label": "S", "options": []}]},
            value(chance),
        ]
    )


def content(chance: Random) -> Any:
    """A text or a card, and now and then something that is neither."""
    if chance.random() < 0.55:
        return chance.choice(TEXTS)
    if chance.random() < 0.8:
        return {
            "type": "card",
            "title": chance.choice(TEXTS),
            "children": [part(chance) for _ in range(chance.randint(0, 3))],
        }
    return chance.choice(
        [7, None, ["a"], {"markdown": "a"}, {"type": "text"}, True, {"type": "tool-approval-card"}]
    )


def file(chance: Random) -> dict[str, Any]:
    made: dict[str, Any] = {}
    if chance.random() < 0.8:
        made["filename"] = chance.choice(["a.txt", "", "ü.pdf"])
    if chance.random() < 0.5:
        made["mimeType"] = chance.choice(["text/plain", "application/pdf"])
    if chance.random() < 0.6:
        made["url"] = chance.choice(["https://acme.test/a", "", 7, None])
    if chance.random() < 0.45:
        made["data"] = chance.choice(
            ["QQ==", "QUI", "QUJDR", "a-_b", "", " Q Q = = ", "===", {"$bytes": 5}, None]
        )
    if chance.random() < 0.2:
        made["more"] = value(chance)
    return made


def more(chance: Random, **members: Any) -> dict[str, Any]:
    """Some of the members."""
    return {name: made() for name, made in members.items() if chance.random() < 0.4}


def people(chance: Random) -> Any:
    if chance.random() < 0.3:
        return chance.choice(PEOPLE)
    return [chance.choice([*PEOPLE, *PEOPLE, 7]) for _ in range(chance.randint(0, 4))]


def human(chance: Random) -> dict[str, Any]:
    kind = chance.choice(["ask", "approve", "choose", "tell"])
    line: dict[str, Any] = {"do": kind, "prompt": chance.choice(TEXTS)}
    if kind == "choose":
        line["options"] = [
            chance.choice(["a", "b", " c", "ü", "", 7][: chance.choice([4, 6])])
            for _ in range(chance.choice([0, 1, 2, 3, 10, 11]))
        ]
    options = {
        "ttlSeconds": lambda: chance.choice([0, 60, 86400, 1.5]),
        "from": lambda: chance.choice(TEXTS),
        "to": lambda: people(chance),
    }
    return {**line, "with": more(chance, **options)}


def recipient(chance: Random) -> Any:
    return chance.choice(
        [
            "ann",
            {"subscriberId": "bob", "firstName": "Bob", "data": {"a_b": 1}},
            {"type": "Topic", "topicKey": "t"},
        ]
    )


def queued(chance: Random) -> dict[str, Any]:
    return chance.choice(
        [
            lambda: {"do": "set", "key": chance.choice(KEYS), "value": value(chance)},
            lambda: {"do": "unset", "key": chance.choice(KEYS)},
            lambda: {"do": "clear"},
            lambda: {
                "do": "trigger",
                "workflow": chance.choice(WORKFLOWS),
                **more(
                    chance,
                    to=lambda: chance.choice([recipient(chance), [recipient(chance), "cat"]]),
                    payload=lambda: {"a": value(chance)},
                ),
            },
            lambda: {"do": "resolve", **more(chance, summary=lambda: chance.choice(TEXTS))},
            lambda: {
                "do": "react",
                "message": chance.choice(IDS),
                "emoji": chance.choice(["eyes", "", "thumbs_up"]),
            },
            lambda: {"do": "deleteMessage", "message": chance.choice(IDS)},
            lambda: human(chance),
        ]
    )()


def seen(chance: Random) -> dict[str, Any]:
    names = [
        "ctx.event",
        "ctx.conversation.metadata",
        "ctx.subscriber",
        "ctx.platform",
        "ctx.context",
        "ctx.notification",
        "ctx.humanResponse",
        "ctx.history",
    ]
    path = chance.choice(names)
    return {"do": "set", "key": path, "value": {"$": path}}


def lines(chance: Random, depth: int = 0) -> list[dict[str, Any]]:
    """A script: no handle is used before there is one."""
    made: list[dict[str, Any]] = []
    handle = False
    for _ in range(chance.randint(0, 6)):
        what = chance.random()
        if what < 0.2:
            line = {"do": "reply", "content": content(chance)}
            if chance.random() < 0.2:
                line["files"] = [file(chance) for _ in range(chance.randint(0, 3))]
            if chance.random() < 0.5:
                made.append({"do": "reply", "content": "first", "as": "h"})
                handle = True
        elif what < 0.3 and handle:
            line = chance.choice(
                [{"do": "edit", "handle": "h", "content": content(chance)}, {"do": "delete", "handle": "h"}]
            )
        elif what < 0.38:
            line = chance.choice(
                [{"do": "typing"}, {"do": "typing", "status": chance.choice(TEXTS)}, {"do": "typing.stop"}]
            )
        elif what < 0.43:
            line = {"do": "emit", "name": chance.choice(KEYS), "data": value(chance)}
        elif what < 0.49:
            call = {
                "name": chance.choice(["refund", "ship"]),
                **more(chance, id=lambda: chance.choice(IDS), input=lambda: {"a": value(chance)}),
            }
            line = {"do": "request", "call": call}
        elif what < 0.53:
            line = {"do": "throw", "message": chance.choice(["boom", "ünï", "a\nb"])}
        elif what < 0.6 and depth < 2:
            caught = {"do": "set", "key": "caught", "value": {"$": "error.isDelivery"}}
            line = {"do": "try", "script": lines(chance, depth + 1), "catch": [caught]}
        elif what < 0.66:
            line = seen(chance)
        elif what < 0.7:
            line = NOTHING
        else:
            line = queued(chance)
        made.append(line)
    if depth == 0 and chance.random() < 0.3:
        made.append({"do": "return", "value": returned(chance)})
    return made


def returned(chance: Random) -> Any:
    given = content(chance)
    return "text" if given is None else given  # None is nothing in Python, and null something in JavaScript


def failed(chance: Random) -> list[dict[str, Any]]:
    ends = [
        "Sorry",
        "",
        {"suppress": True},
        {"suppress": False},
        {"markdown": "a"},
        7,
        {"$": "error.message"},
        {"type": "card", "children": []},
    ]
    script = [queued(chance) for _ in range(chance.randint(0, 2))]
    return [*script, *([{"do": "return", "value": chance.choice(ends)}] if chance.random() < 0.8 else [])]


def random_agent(chance: Random, agent_id: str) -> dict[str, Any]:
    handlers = {"onMessage": lines(chance)}
    for name in ("onAction", "onReaction", "onResolve", "onToolApproval"):
        if chance.random() < 0.6:
            handlers[name] = lines(chance)
    if chance.random() < 0.4:
        handlers["onError"] = failed(chance)
    agent = {"agentId": agent_id, "handlers": handlers}
    if chance.random() < 0.3:
        agent["renderApproval"] = chance.choice(
            [
                {"value": content(chance)},
                {"card": {"title": "T", "approveLabel": "Yes"}},
                {"throw": "no"},
                {"value": {"$": "toolCall.name"}},
            ]
        )
    return agent


def event_body(chance: Random, event: str) -> dict[str, Any]:
    message = {"text": chance.choice(TEXTS), "author": {"userId": "u", "isBot": False}, "more": value(chance)}
    approval = chance.choice(
        ["tool-approval:approve:", "tool-approval:deny:", "tool-approval:", "x"]
    ) + chance.choice(IDS)
    asked = {
        "type": "tool_approval_request",
        "toolData": {
            "approvalId": chance.choice(IDS),
            **more(
                chance,
                toolCallId=lambda: chance.choice(IDS),
                toolName=lambda: "refund",
                input=lambda: {"a": 1},
            ),
        },
    }
    body: dict[str, Any] = {
        "version": 1,
        "deliveryId": "d-1",
        "event": event,
        "agentId": "a",
        "conversationId": chance.choice(["c-1", "", 7, None]),
        "integrationIdentifier": "slack-1",
        "replyUrl": "/reply",
        "conversation": {"identifier": "c", "metadata": {"plan": value(chance), "seats": 3}},
        "message": message if event == "onMessage" else None,
        "action": {
            "id": chance.choice(["ok", approval]),
            **more(chance, value=lambda: "v", sourceMessageId=lambda: chance.choice(IDS)),
        }
        if event == "onAction"
        else None,
        "reaction": {"messageId": "m", "emoji": {"name": "eyes"}, "added": True}
        if event == "onReaction"
        else None,
        "subscriber": {"subscriberId": "ann"},
        "history": [asked, {"type": "message", "role": "user", "content": "x"}],
        "platform": "slack",
        "platformContext": {"threadId": "t", "isDM": True},
        **more(
            chance,
            context=lambda: value(chance),
            notification=lambda: {"workflowId": "w"},
            humanResponse=lambda: {"requestId": "hr"},
        ),
    }
    if chance.random() < 0.5:
        body["eventsUrl"] = "/events"
    for name in [*body]:
        if chance.random() < 0.02 and name not in ("replyUrl", "eventsUrl"):
            del body[name]
    return body


def answer(chance: Random) -> dict[str, Any]:
    status = chance.choice(STATUSES)
    if status == 204:
        return {"status": 204, "text": ""}
    if status >= 400:
        said = chance.choice(
            [
                {},
                {"message": "m"},
                {"error": {"message": "e"}},
                {"errors": ["x"]},
                {"message": " "},
                {"message": ["a"]},
            ]
        )
        return {"status": status, "body": said}
    return chance.choice(
        [
            {},
            {},
            {"status": status},
            {"body": {}},
            {"text": "no JSON"},
            {"body": {"messageId": "a", "platformThreadId": "b"}},
            {"body": {"data": {"messageId": "z", "platformThreadId": ""}}},
            {"drop": True},
        ]
    )


def random_exchange(chance: Random, agent: dict[str, Any]) -> dict[str, Any]:
    names = ["onMessage"] * 4 + ["onAction"] * 3 + ["onReaction", "onResolve", "onError", ""]
    event = chance.choice(names)
    query = [["action", "agent-event"], ["agentId", agent["agentId"]], ["event", event]]
    answers = [answer(chance) for _ in range(chance.randint(0, 4))] if chance.random() < 0.5 else []
    request = {"method": "POST", "query": query, "body": event_body(chance, event)}
    return {"request": request, "answers": answers}
