"""Random requests to random workflows: mostly what Novu would send, with something wrong now and then."""

from __future__ import annotations

from random import Random
from typing import Any

from novu_framework_testing.contract import Request, Signature
from tests.contract.recorder.random_schemas import ANYTHING, WORDS, value_of
from tests.contract.recorder.random_workflows import TEMPLATES

JSON = {"content-type": "application/json"}


def random_request(chance: Random, described: list[dict[str, Any]]) -> Request:
    """A request to one of the workflows."""
    workflow = chance.choice(described)
    steps = workflow["steps"]
    number = chance.randrange(len(steps))
    action = "execute" if chance.random() < 0.75 else "preview"
    query = [("action", action), ("workflowId", workflow["workflowId"]), ("stepId", steps[number]["stepId"])]
    oddity = chance.random()
    if oddity < 0.04:
        query[chance.randrange(3)] = (
            chance.choice(["action", "workflowId", "stepId"]),
            chance.choice(["nowhere", "", "code"]),
        )
    elif oddity < 0.05:
        query.insert(0, ("jobId", "1"))
    method = chance.choices(["POST", "GET", "PUT", "DELETE", "HEAD"], [95, 2, 1, 1, 1])[0]
    body = event(chance, workflow, number)
    if chance.random() < 0.02:
        body = chance.choice([{}, [], None, "text", 5, {"payload": {}}, {"controls": {}, "state": []}])
    has_body = method not in ("GET", "HEAD")
    return Request(
        method,
        query,
        JSON if has_body else {},
        body=body if has_body else None,
        has_body=has_body,
        signature=signature(chance),
    )


def signature(chance: Random) -> Signature | None:
    return chance.choices(
        [
            Signature(),
            None,
            Signature(offset=-400_000),
            Signature(offset=chance.randint(-200_000, 200_000)),
            Signature(key="other"),
            Signature(header="v1={v1},t={t},x=1"),
            Signature(header="t={t}"),
            Signature(header="t={t},v1=00{v1}"),
        ],
        [92, 2, 1, 1, 1, 1, 1, 1],
    )[0]


def event(chance: Random, workflow: dict[str, Any], number: int) -> dict[str, Any]:
    step = workflow["steps"][number]
    body: dict[str, Any] = {
        "payload": spoiled(chance, value_of(chance, workflow["payloadSchema"])),
        "controls": controls(chance, step.get("controlSchema")),
        "state": state(chance, workflow, number),
        "subscriber": chance.choice(
            [{}, {"subscriberId": "ann", "firstName": "Ann"}, {"firstName": None, "data": {"a": 1}}]
        ),
        "context": chance.choice([{}, {"tenant": {"id": "acme", "data": {}}}]),
        "env": chance.choice([{}, {"name": "Production", "type": "prod"}]),
    }
    if chance.random() < 0.03:
        body[chance.choice(["payload", "controls", "subscriber", "context", "env"])] = chance.choice(ANYTHING)
    if chance.random() < 0.02:
        del body[chance.choice(["payload", "controls", "subscriber", "context", "env"])]
    return body


def controls(chance: Random, schema: dict[str, Any] | None) -> dict[str, Any]:
    if schema is None:
        return {"anything": "{{ payload.name }}"} if chance.random() < 0.3 else {}
    given: dict[str, Any] = {}
    for key, control in schema["properties"].items():
        if chance.random() < 0.4:
            if control["type"] == "string":
                given[key] = chance.choice(TEMPLATES)
            else:
                given[key] = chance.choice([True, False, 1, 4, 0, "x"])
    if chance.random() < 0.1:
        given["surplus"] = chance.choice([1, "{{ payload.name }}"])
    return given


def state(chance: Random, workflow: dict[str, Any], number: int) -> list[Any]:
    entries = [
        {"stepId": step["stepId"], "outputs": result(chance, step), "state": {"status": "completed"}}
        for step in workflow["steps"][:number]
    ]
    if chance.random() < 0.3:
        chance.shuffle(entries)
    else:
        entries.reverse()
    oddity = chance.random()
    if entries and oddity < 0.04:
        del entries[0]
    elif entries and oddity < 0.06:
        del entries[0]["outputs"]
    elif oddity < 0.08:
        entries.append({"stepId": "stranger", "outputs": {"a": 1}, "state": {"status": "completed"}})
    elif entries and oddity < 0.1:
        entries.append({**entries[0], "outputs": result(chance, workflow["steps"][0])})
    return entries


def result(chance: Random, step: dict[str, Any]) -> Any:
    known: dict[str, Any] = {
        "in_app": {
            "seen": True,
            "read": chance.random() < 0.5,
            "lastSeenDate": "2026-01-01T10:00:00Z",
            "lastReadDate": None,
        },
        "digest": {
            "events": [{"id": "1", "time": "2026-01-01T10:00:00Z", "payload": {"a": chance.choice(WORDS)}}],
            "eventCount": 1,
        },
        "delay": {"duration": 5000},
        "throttle": {
            "throttled": False,
            "executionCount": 1,
            "threshold": 2,
            "windowStart": "2026-01-01T10:00:00Z",
        },
    }
    if step["type"] == "custom" and "outputSchema" in step:
        return spoiled(chance, value_of(chance, step["outputSchema"]))
    outputs = known.get(step["type"], {})
    return spoiled(chance, outputs) if chance.random() < 0.2 else outputs


def spoiled(chance: Random, value: Any) -> Any:
    """The value, sometimes with something wrong."""
    if not isinstance(value, dict) or chance.random() < 0.7:
        return value
    spoilt = dict(value)
    how = chance.random()
    if spoilt and how < 0.35:
        del spoilt[chance.choice(list(spoilt))]
    elif spoilt and how < 0.75:
        key = chance.choice(list(spoilt))
        inner = spoilt[key]
        spoilt[key] = (
            spoiled(chance, inner)
            if isinstance(inner, dict) and chance.random() < 0.5
            else chance.choice(ANYTHING)
        )
    else:
        spoilt[chance.choice(["surplus", "name", "note"])] = chance.choice(ANYTHING)
    return spoilt
