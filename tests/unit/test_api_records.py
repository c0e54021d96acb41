"""What the API keeps and gives back, whole: agents and their links, variables, environments, layouts, translations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone
from typing import Any

import pytest

from novu_framework_testing import NovuSimulator
from tests.rules.novu_api import Answer, NovuApi

NOON, NOW, LATER = (
    datetime(2026, 1, 1, 12, tzinfo=timezone.utc),
    "2026-01-01T12:00:00.000Z",
    "2026-01-01T13:00:00.000Z",
)
HERE, THERE = "e00000000000000000000001", "e00000000000000000000002"
ORGANIZATION = "090000000000000000000001"
SCOPE = {"_environmentId": HERE, "_organizationId": ORGANIZATION}
TIMES = {"createdAt": NOW, "updatedAt": NOW}


@pytest.fixture
def sim() -> Iterator[NovuSimulator]:
    with NovuSimulator(NOON) as simulator:
        yield simulator


@pytest.fixture
def api(sim: NovuSimulator) -> NovuApi:
    return NovuApi(sim)


def refused(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.body["message"]


def page(*data: Any) -> dict[str, Any]:
    return {
        "data": [*data],
        "next": None,
        "previous": None,
        "totalCount": len(data),
        "totalCountCapped": False,
    }


def number(place: int) -> str:
    return f"2e{place:022}"


def test_an_agent(sim: NovuSimulator, api: NovuApi) -> None:
    given = {
        "name": "A",
        "identifier": "a",
        "description": "d",
        "active": False,
        "runtime": "managed",
        "managedRuntime": {},
    }
    agent = {"_id": number(1), **SCOPE, "behavior": {}, **given, **TIMES}
    assert api.post("/v1/agents", {**given, "unknown": 1}) == Answer(201, agent)
    sim.advance(hours=1)
    agent |= {"name": "B", "behavior": {"x": 1}, "updatedAt": LATER}
    assert api.patch("/v1/agents/a", {"name": "B", "behavior": {"x": 1}}) == Answer(200, agent)
    agent["behavior"] = {"x": 1, "y": None}
    assert api.patch("/v1/agents/a", {"behavior": {"y": None}}).body == agent
    assert api.get("/v1/agents/a").body == api.get(f"/v1/agents/{number(1)}").body == agent
    plain = {"_id": number(2), **SCOPE, "behavior": {}, "active": True, "name": "new", "identifier": "new"}
    plain |= {"createdAt": LATER, "updatedAt": LATER, "bridgeUrl": "http://a.test", "devBridgeActive": True}
    bridge = {"bridgeUrl": "http://a.test", "devBridgeActive": True, "devBridgeUrl": None}
    assert api.put("/v1/agents/new/bridge", bridge) == Answer(200, plain)
    sim.advance(hours=1)
    changed = api.put("/v1/agents/new/bridge", {"devBridgeActive": False}).body
    assert changed == {**plain, "devBridgeActive": False, "updatedAt": "2026-01-01T14:00:00.000Z"}
    assert api.get("/v1/agents").body == page(changed, agent)
    for query in ("identifier=A", "identifier=a&limit=1"):
        assert api.get(f"/v1/agents?{query}").body == page(agent)
    taken = 'An agent with identifier "a" already exists in this environment.'
    assert refused(api.post("/v1/agents", {"name": "A", "identifier": "a"})) == (409, taken)
    assert api.delete("/v1/agents/a?deleteFromProvider=true") == Answer(204, None)
    assert refused(api.get("/v1/agents/a")) == (404, 'Agent with identifier "a" was not found.')


def test_a_link_of_an_agent(sim: NovuSimulator, api: NovuApi) -> None:
    api.post("/v1/agents", {"name": "A", "identifier": "a"})
    path = "/v1/agents/a/integrations"

    def link(place: int, **integration: Any) -> dict[str, Any]:
        return {"_id": number(place), **SCOPE, **TIMES, "integration": integration, "_agentId": number(1)}

    mailbox = api.post(path, {"providerId": "novu-email-agent"})
    made = sim.integrations.get(mailbox.body["integration"]["_id"])
    assert made is not None
    about = {"_id": made.id, "identifier": made.identifier, "name": made.name}
    first = link(
        2,
        **about,
        providerId="novu-email-agent",
        channel="email",
        active=True,
        sharedInboundAddress="a@agents.novu.test",
    )
    assert mailbox == Answer(201, first)
    assert api.post(path, {"providerId": "novu-email-agent"}).body["integration"] == first["integration"]
    assert not made.primary
    mail = {
        "_id": "1e0000000000000000000002",
        "identifier": "novu-email",
        "name": "Novu Email",
        "providerId": "novu-email",
    }
    second = link(4, **mail, channel="email", active=True)
    for asked in ("novu-email", mail["_id"]):
        assert api.post(path, {"integrationIdentifier": asked}).body["integration"] == second["integration"]
    assert api.get(f"{path}?integrationIdentifier=NOVU-EMAIL").body["totalCount"] == 4
    assert api.get(f"{path}?integrationIdentifier=agent").body["totalCount"] == 2
    changed = api.patch(f"{path}/{number(2)}", {"integrationIdentifier": "novu-email"}).body
    assert changed == {**second, "_id": number(2)}
    either = "Either integrationIdentifier or providerId must be provided."
    assert refused(api.post(path, {})) == (400, either)
    assert refused(api.post(path, {"providerId": "none"})) == (
        404,
        'Integration with identifier "none" was not found.',
    )
    assert refused(api.post("/v1/agents/b/integrations", {})) in [
        (404, 'Agent with identifier "b" was not found.'), (400, either),
    ]  # fmt: skip
    assert api.delete(f"{path}/{number(2)}").status == 204
    assert refused(api.patch(f"{path}/x", {"integrationIdentifier": "novu-email"})) == (
        404,
        'Agent-integration link "x" was not found.',
    )


def test_a_route_of_a_domain(sim: NovuSimulator, api: NovuApi) -> None:
    api.post("/v1/domains", {"name": "acme.test"})
    api.post("/v1/agents", {"name": "A", "identifier": "a"})
    path = "/v1/domains/acme.test/routes"
    made = {
        "_id": number(3),
        **SCOPE,
        "address": "ann",
        "type": "agent",
        "agentId": number(2),
        "data": {"a": "1"},
        "_domainId": number(1),
        **TIMES,
    }
    given = {"address": " ANN ", "type": "agent", "agentId": "a", "data": {"a": "1"}}
    assert api.post(path, given) == Answer(201, made)
    hook = api.post(path, {"address": "*", "type": "webhook", "agentId": "nobody"})
    assert (hook.status, "agentId" in hook.body) == (201, False)
    assert refused(api.post(path, given)) == (409, 'A route for "ann" already exists.')
    assert refused(api.post(path, {"address": "b", "type": "agent"})) == (
        400,
        "agentId is required for agent routes.",
    )
    assert refused(api.post(path, {**given, "address": "b", "agentId": "x"})) == (
        404,
        'Agent with identifier "x" not found.',
    )
    assert refused(api.patch(f"{path}/*", {"agentId": "x"})) == (404, 'Agent with identifier "x" not found.')
    assert refused(api.patch(f"{path}/*", {"type": "agent"})) == (
        400,
        "agentId is required for agent routes.",
    )
    assert api.patch(f"{path}/*", {"type": "agent", "agentId": "a"}).body["agentId"] == number(2)
    assert api.patch(f"{path}/ann", {"data": {}}).body == {**made, "data": {}}
    assert "agentId" not in api.patch(f"{path}/ann", {"type": "webhook"}).body
    found = {
        query: [one["address"] for one in api.get(f"{path}{query}").body["data"]]
        for query in ("", "?agentId=a", "?agentId=")
    }
    assert found == {"": ["*", "ann"], "?agentId=a": ["*"], "?agentId=": ["*", "ann"]}
    assert refused(api.get(f"{path}?agentId=x")) == (404, 'Agent with identifier "x" was not found.')
    assert refused(api.get(f"{path}/none")) == (404, 'Route "none" not found.')


def test_a_variable(sim: NovuSimulator, api: NovuApi) -> None:
    path = "/v1/environment-variables"
    values = [{"_environmentId": HERE, "value": "x"}, {"_environmentId": THERE, "value": "y"}]
    made = {
        "_id": number(1),
        "_organizationId": ORGANIZATION,
        "type": "string",
        "isSecret": True,
        "key": "A",
        **TIMES,
    }
    masked = [{**one, "value": "•" * 8} for one in values]
    assert api.post(path, {"key": "A", "isSecret": True, "values": values}) == Answer(
        200, {**made, "values": masked}
    )
    own = {"name": "Development", "type": "dev"}
    assert sim.env == {**own, "A": "x"}
    open_one = {**made, "isSecret": False, "values": values}
    assert api.patch(f"{path}/A", {"isSecret": False}).body == open_one
    assert api.post(path, {"key": "BA"}).body["values"] == []
    assert [one["key"] for one in api.get(path).body] == ["BA", "A"]
    assert api.get(f"{path}?search=b").body == [api.get(f"{path}/BA").body]
    assert api.patch(f"{path}/A", {"key": "C", "values": values[1:]}).body == {
        **open_one,
        "key": "C",
        "values": values[1:],
    }
    assert sim.env == own
    sim.env["OWN"] = "z"
    api.patch(f"{path}/C", {"values": values[:1]})
    assert sim.env == {**own, "C": "x", "OWN": "z"}
    assert api.delete(f"{path}/C") == Answer(204, None)
    assert sim.env == {**own, "OWN": "z"}
    assert refused(api.patch(f"{path}/BA", {})) == (400, "At least one field must be provided to update")
    unknown = [{"_environmentId": "x", "value": "y"}]
    assert refused(api.post(path, {"key": "D", "values": unknown})) == (
        404,
        "Environment with id x not found",
    )
    assert refused(api.post(path, {"key": "BA"})) == (
        409,
        'Environment variable with key "BA" already exists',
    )
    assert refused(api.get(f"{path}/D")) == (404, 'Environment variable with key "D" not found')


def test_an_environment(sim: NovuSimulator, api: NovuApi) -> None:
    path = "/v1/environments"
    here = {
        "_id": HERE, "_organizationId": ORGANIZATION, "name": "Development", "identifier": "simulated-dev", "type": "dev",
        "slug": "dev_env_simulated", **TIMES, "apiKeys": [{"key": "•" * 8, "_userId": ORGANIZATION}],
    }  # fmt: skip
    there = {
        **here,
        "_id": THERE,
        "name": "Production",
        "identifier": "simulated-prod",
        "type": "prod",
        "slug": "prod_env_simulated",
    }
    there |= {"_parentId": HERE, "apiKeys": []}
    made = {
        "_id": number(1), "_organizationId": ORGANIZATION, "name": "Staging", "color": "#fff", "_parentId": THERE,
        "identifier": "simulated-3", "slug": "Staging_env_simulated", "type": "prod", **TIMES, "apiKeys": [],
    }  # fmt: skip
    assert api.post(path, {"name": "Staging", "color": "#fff", "parentId": THERE}) == Answer(201, made)
    assert api.get(path).body == [here, there, made]
    sim.advance(hours=1)
    change = {
        "name": "S",
        "bridge": {"url": "http://x.test"},
        "dns": {"a": 1},
        "identifier": "s",
        "parentId": HERE,
    }
    changed = {**made, **change, "_parentId": HERE, "updatedAt": LATER}
    del changed["parentId"]
    assert api.put(f"{path}/{number(1)}", change) == Answer(200, changed)
    assert refused(api.get("/v1/bridge/status")) == (400, "Bridge URL not found")
    shown = api.put(f"{path}/{HERE}", {"bridge": {"url": "http://x.test"}}).body
    assert shown == {**here, "bridge": {"url": "http://x.test"}, "updatedAt": LATER}
    assert api.post("/v1/bridge/diff", {}).body["current"]["bridgeUrl"] == "http://x.test"
    others: list[dict[str, Any]] = [{"bridge": {}}, {"bridge": None}, {"name": "Development"}]
    for body in others:
        api.put(f"{path}/{HERE}", body)
    assert api.post("/v1/bridge/diff", {}).body["current"]["bridgeUrl"] == "http://x.test"
    assert refused(api.put(f"{path}/{HERE}", {"parentId": "x"})) == (404, "Environment x not found")
    assert api.delete(f"{path}/{number(1)}") == Answer(200, {"acknowledged": True, "status": "deleted"})
    for one, name in ((HERE, "Development"), (THERE, "Production")):
        said = f"The {name} environment is protected and cannot be deleted. Only custom environments can be deleted."
        assert refused(api.delete(f"{path}/{one}")) == (400, said)


SCHEMA = {
    "type": "object",
    "properties": {
        "email": {
            "type": "object",
            "properties": {
                "body": {"type": "string"},
                "editorType": {"type": "string", "enum": ["block", "html"]},
            },
            "required": ["body"],
            "additionalProperties": False,
        }
    },
    "additionalProperties": False,
}
CONTENT = {"email": {"body": "<html><body><p>{{content}}</p></body></html>", "editorType": "html"}}


def test_a_layout(sim: NovuSimulator, api: NovuApi) -> None:
    path = "/v2/layouts"

    def layout(place: int, layout_id: str, name: str, values: Any, **more: Any) -> dict[str, Any]:
        controls = {"values": values, "dataSchema": SCHEMA, "uiSchema": {"group": "LAYOUT"}}
        about = {
            "_id": number(place),
            "layoutId": layout_id,
            "name": name,
            "isTranslationEnabled": False,
            "isDefault": False,
        }
        kept = {"origin": "novu-cloud", "type": "BRIDGE", "slug": f"{layout_id}_layout_{number(place)}"}
        return {**about, **kept, **TIMES, "controls": controls, "variables": {}, **more}

    first = layout(1, "a", "A", {}, isDefault=True, isTranslationEnabled=True)
    assert api.post(path, {"layoutId": "a", "name": "A", "isTranslationEnabled": True}) == Answer(201, first)
    second = layout(2, "b", "B", CONTENT)
    assert api.post(path, {"layoutId": "b", "name": "B", "controlValues": CONTENT}).body == second
    copy = layout(3, "my-copy", " My Copy", CONTENT)
    assert api.post(f"{path}/b/duplicate", {"name": " My Copy"}) == Answer(201, copy)
    named = layout(4, "c", "C", {}, isTranslationEnabled=True)
    assert api.post(f"{path}/a/duplicate", {"name": "C", "layoutId": "c"}).body == named
    plain = {"name": "D", "isTranslationEnabled": False}
    assert api.post(f"{path}/a/duplicate", plain).body == layout(5, "d", "D", {})
    assert refused(api.post(f"{path}/a/duplicate", {"name": "B"})) == (
        409,
        'Layout with identifier "b" already exists',
    )
    assert [
        one["layoutId"] for one in api.get(f"{path}?query=C&orderBy=name&orderDirection=ASC").body["layouts"]
    ] == ["my-copy", "c"]
    sim.advance(hours=1)
    renamed = {**second, "name": "B2", "updatedAt": LATER}
    assert api.put(f"{path}/b", {"name": "B2"}) == Answer(200, renamed)
    emptied = {**renamed, "controls": {**renamed["controls"], "values": {}}}
    assert api.put(f"{path}/b", {"name": "B2", "controlValues": None}).body == emptied
    assert refused(api.delete(f"{path}/a")) == (
        409,
        "Layout with id a is being used as a default layout, it can not be deleted",
    )
    assert api.delete(f"{path}/{number(2)}") == Answer(204, None)
    assert refused(api.get(f"{path}/b")) == (404, "Layout not found for id b")


def test_a_layout_is_used_by_steps_until_it_is_gone(sim: NovuSimulator, api: NovuApi) -> None:
    api.post("/v2/layouts", {"layoutId": "a", "name": "A"})
    one = api.post("/v2/layouts", {"layoutId": "b", "name": "B", "controlValues": CONTENT}).body
    for name, layout in (("News", "b"), ("Post", one["_id"]), ("Other", "a")):
        values = {"subject": "Hi", "body": "Hi", "layoutId": layout}
        api.post(
            "/v2/workflows",
            {"name": name, "steps": [{"name": "Mail", "type": "email", "controlValues": values}]},
        )
    used = [{"name": "News", "workflowId": "news"}, {"name": "Post", "workflowId": "post"}]
    assert api.get("/v2/layouts/b/usage").body == {"workflows": used}
    ann = {"subscriber": {"firstName": "Ann"}, "more": 1}
    shown = api.post("/v2/layouts/b/preview", {"previewPayload": ann}).body
    assert shown["previewPayloadExample"] == ann
    assert shown["result"]["type"] == "email"
    assert "<p>{{content}}</p>" in shown["result"]["preview"]["body"]
    greeting = {
        "email": {
            "body": "<html><body>{{subscriber.firstName}} {{content}}</body></html>",
            "editorType": "html",
        }
    }
    previewed = api.post("/v2/layouts/b/preview", {"controlValues": greeting}).body
    assert "{{subscriber.firstName}} {{content}}" in previewed["result"]["preview"]["body"]
    assert previewed["previewPayloadExample"] == {"subscriber": {"firstName": "{{subscriber.firstName}}"}}
    assert api.delete("/v2/layouts/b").status == 204
    assert [[*values] for one in sim.workflows for values in one.controls.values()] == [
        ["subject", "body"], ["subject", "body"], ["subject", "body", "layoutId"],
    ]  # fmt: skip
