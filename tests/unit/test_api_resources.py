"""Bridges, domains, environments, contexts and the page at `/`: whole answers, and whole refusals."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timezone
from typing import Any

import pytest

from novu_framework import Step, workflow
from novu_framework_testing import BridgeFailure, NovuSimulator, UrlBridge
from novu_framework_testing.api import ApiRequest, Cloud, state
from novu_framework_testing.api.routes import page
from novu_framework_testing.api.serializers import step_variables
from tests.rules.novu_api import Answer, NovuApi

NOON, NOW = datetime(2026, 1, 1, 12, tzinfo=timezone.utc), "2026-01-01T12:00:00.000Z"
HERE, THERE = "e00000000000000000000001", "e00000000000000000000002"
SCOPE = {"_environmentId": HERE, "_organizationId": "090000000000000000000001"}


@pytest.fixture
def sim() -> Iterator[NovuSimulator]:
    with NovuSimulator(NOON) as simulator:
        yield simulator


@pytest.fixture
def api(sim: NovuSimulator) -> NovuApi:
    return NovuApi(sim)


def refused(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.body["message"]


# --- bridges ---------------------------------------------------------------------------------------------


def definition(workflow_id: str) -> dict[str, Any]:
    schema: dict[str, Any] = {"schema": {}}
    step = {"stepId": "bell", "type": "in_app", "controls": schema, "outputs": schema, "results": schema}
    return {"workflowId": workflow_id, "steps": [step], "payload": schema, "controls": schema}


@pytest.fixture
def bridges(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What each URL serves: the ids of its workflows, and its health; those that are not here are not reached."""
    served: dict[str, Any] = {}

    async def discover(self: UrlBridge) -> list[dict[str, Any]]:
        if self.url not in served:
            raise BridgeFailure("nobody is there")
        return [definition(each) for each in served[self.url]]

    async def health(self: UrlBridge) -> dict[str, Any]:
        if self.url not in served:
            raise BridgeFailure("nobody is there")
        return {"status": "ok" if served[self.url] else "empty"}

    monkeypatch.setattr(UrlBridge, "discover", discover)
    monkeypatch.setattr(UrlBridge, "health", health)
    return served


def test_a_synced_bridge_takes_the_place_of_the_one_before(
    sim: NovuSimulator, api: NovuApi, bridges: dict[str, Any]
) -> None:
    @workflow("here")
    async def here(step: Step) -> None: ...

    sim.register(here)
    bridges |= {"http://a.test": ["one", "two"], "http://b.test": ["two", "three"]}

    def sync(url: str) -> list[str]:
        synced = api.post("/v1/bridge/sync?source=studio", {"bridgeUrl": url})
        assert (synced.status, [one["triggers"][0]["identifier"] for one in synced.body]) == (
            201,
            bridges[url],
        )
        return [one.workflow_id for one in sim.workflows]

    assert sync("http://a.test") == ["here", "one", "two"]
    bridges["http://a.test"] = ["one"]
    assert sync("http://a.test") == ["here", "one"]
    bridges["http://a.test"] = ["one", "two"]
    assert sync("http://a.test") == ["here", "one", "two"]
    assert sync("http://b.test") == ["here", "two", "three"]
    shown = api.post("/v1/bridge/diff", {"workflows": [], "bridgeUrl": "http://c.test"}).body
    assert shown["current"]["bridgeUrl"] == "http://b.test"
    assert [one["workflowId"] for one in shown["current"]["workflows"]] == ["here", "two", "three"]
    assert shown["new"] == {"workflows": [], "bridgeUrl": "http://c.test"}


def test_a_bridge_that_is_not_reached_is_said(api: NovuApi, bridges: dict[str, Any]) -> None:
    nobody = "no response: nobody is there"
    url = {"bridgeUrl": "http://a.test"}
    for method, path in (("GET", "status"), ("POST", "diff")):
        assert refused(api(method, f"/v1/bridge/{path}", {} if method == "POST" else None)) == (
            400,
            "Bridge URL not found",
        )
    assert refused(api.post("/v1/bridge/sync", url)) == (400, f"Bridge URL is not valid. {nobody}")
    assert api.post("/v1/bridge/validate", url) == Answer(201, {"isValid": False})
    bridges["http://a.test"] = []
    assert api.post("/v1/bridge/validate", url) == Answer(201, {"isValid": False})
    assert api.post("/v1/bridge/sync", url) == Answer(201, [])
    assert api.get("/v1/bridge/status") == Answer(200, {"status": "empty"})
    bridges["http://a.test"] = ["one"]
    assert api.post("/v1/bridge/validate", url) == Answer(201, {"isValid": True})
    assert api.get("/v1/bridge/status") == Answer(200, {"status": "ok"})
    del bridges["http://a.test"]
    assert refused(api.get("/v1/bridge/status")) == (400, f"Bridge URL is not accessible. {nobody}")
    wrong = {"sync": {}, "validate": {"bridgeUrl": "x"}, "diff": {"workflows": {}}}
    assert {
        path: api.post(f"/v1/bridge/{path}", body).status for path, body in wrong.items()
    } == dict.fromkeys(wrong, 422)


def test_a_bridge_does_not_take_the_place_of_a_workflow_of_the_dashboard(
    sim: NovuSimulator, api: NovuApi, bridges: dict[str, Any]
) -> None:
    api.post("/v2/workflows", {"name": "One", "steps": [STEP]})
    bridges["http://a.test"] = ["one"]
    status, said = refused(api.post("/v1/bridge/sync", {"bridgeUrl": "http://a.test"}))
    assert (status, "one" in said) == (400, True)
    assert refused(api.get("/v1/bridge/status")) == (400, "Bridge URL not found")
    assert [one.name for one in sim.workflows] == ["One"]


def test_a_synced_workflow_is_shown_whole(api: NovuApi, bridges: dict[str, Any]) -> None:
    bridges["http://a.test"] = ["one"]
    (shown,) = api.post("/v1/bridge/sync", {"bridgeUrl": "http://a.test"}).body
    step = {"_id": "310000000000000000000001", "name": "bell"}
    assert shown == {
        **SCOPE,
        "_id": "300000000000000000000001",
        "name": "one",
        "tags": [],
        "origin": "external",
        "createdAt": NOW,
        "updatedAt": NOW,
        "description": shown["description"],
        "type": "BRIDGE",
        "active": True,
        "draft": False,
        "critical": False,
        "triggers": [{"type": "event", "identifier": "one", "variables": []}],
        "steps": [
            {
                **step,
                "_templateId": step["_id"],
                "uuid": "bell",
                "stepId": "bell",
                "active": True,
                "shouldStopOnFail": False,
                "template": {**step, "type": "in_app"},
            }
        ],
        "rawData": definition("one"),
    }


@workflow("order")
async def order(step: Step) -> None:
    await step.in_app("bell", {"body": "Hi"})


def test_saved_controls_are_shown_until_there_are_others(sim: NovuSimulator, api: NovuApi) -> None:
    sim.register(order)
    path = "/v1/bridge/controls/order"
    assert api.get(f"{path}/bell") == api.get(f"{path}/none") == Answer(200, None)
    shown = {"_workflowId": "300000000000000000000001", "stepId": "bell", "level": "step_controls"}
    for given, kept in (({"variables": {"a": 1}}, {"a": 1}), ({}, {}), ({"variables": None}, {})):
        assert api.put(f"{path}/bell", given) == Answer(200, {**shown, "controls": kept})
        assert api.get(f"{path}/bell").body["controls"] == kept
    assert refused(api.put(f"{path}/none", {})) == (404, "No step with the id none in the workflow order")
    missing = api.get("/v1/bridge/controls/none/bell")
    assert (*refused(missing), missing.body["workflowId"]) == (404, "Workflow cannot be found: none", "none")


@pytest.mark.parametrize(
    "schema", [{}, {"properties": {"a": True}}, {"properties": {"a": {"type": "object"}}}], ids=range(3)
)
def test_what_controls_name_of_the_payload_is_among_the_variables(
    sim: NovuSimulator, schema: dict[str, Any]
) -> None:
    sim.register(order)
    synced = sim.workflow("order")
    synced.dashboard["payloadSchema"] = schema
    sim.controls("order", "bell", {"body": "{{ payload.a.b }} {{payload.c}} {{ mypayload.d }} payload.e."})
    payload = step_variables(sim.workflow("order"), synced.steps[0])["properties"]["payload"]
    inner = schema.get("properties", {}).get("a", {})
    known = True if inner is True else {**inner, "properties": {"b": {}}}
    assert payload["properties"] == {"a": known, "c": {}, "e": {}}
    assert "properties" not in json.dumps(schema.get("properties"))  # that of the workflow stays as it is


# --- domains ---------------------------------------------------------------------------------------------

MX = [{"type": "MX", "name": "acme.test", "content": "inbound-mail.novu.co", "ttl": "Auto", "priority": 10}]
MAIL: dict[str, Any] = {"from": {"address": "ann@b.test"}, "subject": "Hi", "dryRun": True}


def test_a_domain_is_verified_and_diagnosed(api: NovuApi) -> None:
    made = api.post("/v1/domains", {"name": "ACME.test", "data": {"a": "1"}})
    shown = {
        **SCOPE, "_id": made.body["_id"], "name": "acme.test", "data": {"a": "1"}, "status": "pending",
        "mxRecordConfigured": False, "createdAt": NOW, "updatedAt": NOW, "expectedDnsRecords": MX,
    }  # fmt: skip
    assert made == Answer(201, shown)
    path = "/v1/domains/acme.test"
    missing = {
        "code": "mx_missing", "severity": "error", "message": "There is no MX record for this domain.",
        "fix": "Add the record, then verify the domain.",
    }  # fmt: skip
    check = {"code": "mx_missing", "status": "fail", "latencyMs": 0}
    assert api.post(f"{path}/diagnose").body == {
        "ok": False,
        "runAt": NOW,
        "checks": [check],
        "issues": [missing],
    }
    start = f"{path}/auto-configure/start"
    about = {"applyUrl": "https://acme.test/domain-connect", "providerName": "Simulated"}
    assert api.post(start, {}).body == {**about, "redirectUri": "https://dashboard.novu.co"}
    assert api.post(start, {"redirectUri": "https://b"}) == Answer(201, {**about, "redirectUri": "https://b"})
    assert api.post(f"{path}/verify").body == {**shown, "status": "verified", "mxRecordConfigured": True}
    well = {"ok": True, "runAt": NOW, "checks": [{**check, "status": "pass"}], "issues": []}
    assert api.post(f"{path}/diagnose").body == well
    assert refused(api.post(start, {})) == (400, "Domain acme.test is verified already.")
    assert api.get(f"{path}/auto-configure").body == {
        "available": False, "manualRecords": MX, "reason": "Automatic configuration is not enabled.", "reasonCode": "disabled",
    }  # fmt: skip


def test_a_route_of_a_domain_is_tried(api: NovuApi) -> None:
    api.post("/v1/domains", {"name": "acme.test"})
    agent = api.post("/v1/agents", {"name": "A", "identifier": "a"}).body["_id"]
    path = "/v1/domains/acme.test/routes"
    state = {"domainStatus": "pending", "mxRecordConfigured": False}
    nobody = {"matched": False, "dryRun": True, **state}
    assert api.post(f"{path}/ann/test", MAIL).body == nobody
    assert api.post(path, {"address": " ANN ", "type": "agent", "agentId": "a"}).body["agentId"] == agent
    api.post(path, {"address": "*", "type": "webhook", "agentId": "a"})
    sender = {**MAIL["from"], "name": ""}
    to = [{"address": "ann@acme.test", "name": ""}]
    mail = {"from": [sender], "to": to, "subject": "Hi", "text": "", "html": ""}
    dry = {
        **nobody,
        "matched": True,
        "type": "agent",
        "wouldDeliverTo": f"the agent {agent}",
        "payload": {"mail": mail},
    }
    assert api.post(f"{path}/ann/test", MAIL).body == dry
    named = {**MAIL, "from": {"address": "ann@b.test", "name": "Ann"}, "text": "t", "html": "h"}
    assert api.post(f"{path}/bob/test", named).body == {
        **dry, "type": "webhook", "wouldDeliverTo": "the webhooks of this environment",
        "payload": {"mail": {
            **mail, "from": [named["from"]], "to": [{"address": "*@acme.test", "name": ""}], "text": "t", "html": "h",
        }},
    }  # fmt: skip
    sent = {"matched": True, "dryRun": False, **state}
    for given in ({**MAIL, "dryRun": False}, {name: MAIL[name] for name in ("from", "subject")}):
        assert api.post(f"{path}/ann/test", given).body == {
            **sent, "type": "agent", "agent": {"agentId": agent, "httpStatus": 200, "latencyMs": 0},
        }  # fmt: skip
        assert api.post(f"{path}/x/test", given).body == {
            **sent, "type": "webhook", "webhook": {"latencyMs": 0, "skipped": True},
        }  # fmt: skip
    for wrong in (
        {},
        {**MAIL, "from": {}},
        {**MAIL, "from": {"address": "ann"}},
        {**MAIL, "subject": None},
        {**MAIL, "text": 1},
    ):
        assert api.post(f"{path}/ann/test", wrong).status == 422


# --- environments ----------------------------------------------------------------------------------------

STEP = {
    "name": "Mail",
    "type": "email",
    "controlValues": {"subject": "{{ env.HOST }}", "body": ["x", {"y": "{{env.A}}"}]},
}


def change(kind_id: str, name: str, action: str, when: str = NOW) -> dict[str, Any]:
    one = {"id": kind_id, "name": name, "updatedAt": when, "updatedBy": None}
    about = {
        "resourceType": "BRIDGE",
        "sourceResource": one,
        "targetResource": one if action == "modified" else None,
    }
    counts = {"added": 0, "modified": 0, "deleted": 0, "unchanged": 0, action: 1}
    return {**about, "changes": [{**about, "action": action}], "summary": counts}


def test_what_would_be_published_is_told_and_then_published(sim: NovuSimulator, api: NovuApi) -> None:
    sim.register(order)
    api.post("/v2/workflows", {"name": "News", "workflowId": "news", "steps": [STEP]})
    api.post("/v2/layouts", {"layoutId": "plain", "name": "Plain"})
    path = f"/v2/environments/{THERE}"

    def diff() -> dict[str, Any]:
        found = api.post(f"{path}/diff", {}).body
        assert (found.pop("sourceEnvironmentId"), found.pop("targetEnvironmentId")) == (HERE, THERE)
        return dict(found)

    def publish(body: dict[str, Any]) -> dict[str, Any]:
        return dict(api.post(f"{path}/publish", body).body)

    def outcome(processed: int, **done: list[dict[str, Any]]) -> dict[str, Any]:
        result = {
            "resourceType": "BRIDGE",
            "successful": [],
            "skipped": [],
            **done,
            "failed": [],
            "totalProcessed": processed,
        }
        counts = {name: len(result[name]) for name in ("successful", "skipped")}  # type: ignore[arg-type]
        return {"results": [result], "summary": {"resources": processed, "failed": 0, **counts}}

    layout = {"resourceType": "BRIDGE", "resourceId": "plain", "resourceName": "Plain"}
    news = {"resourceType": "BRIDGE", "resourceId": "news", "resourceName": "News"}
    both = [change("plain", "Plain", "added"), change("news", "News", "added")]
    assert diff() == {
        "resources": both,
        "summary": {"totalEntities": 2, "totalChanges": 2, "hasChanges": True},
    }
    assert publish({"dryRun": True}) == outcome(
        2, skipped=[{**one, "reason": "Dry run"} for one in (layout, news)]
    )
    only = {"resources": [{"resourceType": "workflow", "resourceId": "news"}], "sourceEnvironmentId": HERE}
    assert publish(only) == outcome(1, successful=[{**news, "action": "created"}])
    assert diff()["resources"] == both[:1]
    assert publish({"dryRun": False}) == outcome(
        2, successful=[{**layout, "action": "created"}], skipped=[{**news, "reason": "No changes"}]
    )
    assert diff() == {
        "resources": [],
        "summary": {"totalEntities": 0, "totalChanges": 0, "hasChanges": False},
    }
    sim.advance(hours=1)
    api.patch("/v2/workflows/news", {"name": "Latest"})
    assert diff()["resources"] == [change("news", "Latest", "modified", "2026-01-01T13:00:00.000Z")]
    assert publish({})["results"][0]["successful"] == [
        {**news, "resourceName": "Latest", "action": "updated"}
    ]
    api.put(
        "/v2/layouts/plain",
        {"name": "Plain", "controlValues": {"email": {"body": "<html><body>{{content}}</body></html>"}}},
    )
    later = "2026-01-01T13:00:00.000Z"
    assert diff()["resources"] == [change("plain", "Plain", "modified", later)]
    api.patch("/v2/workflows/news", {"name": "News"})
    assert len(diff()["resources"]) == 2
    assert api.put("/v2/workflows/news/sync", {"targetEnvironmentId": THERE}).status == 200
    assert diff()["resources"] == [change("plain", "Plain", "modified", later)]
    none = publish({"resources": [{"resourceType": "layout", "resourceId": "none"}]})
    assert none == {"results": [], "summary": {"resources": 0, "failed": 0, "successful": 0, "skipped": 0}}


def test_only_this_environment_is_published_to_another(api: NovuApi) -> None:
    unknown = "e00000000000000000000009"
    refusals = {
        (THERE, "x"): (400, "Invalid environment ID format"),
        ("x", None): (400, "Invalid environment ID format"),
        (HERE, None): (400, "Source and target environments cannot be the same"),
        (THERE, THERE): (400, "Source and target environments cannot be the same"),
        (unknown, None): (404, f"Environment {unknown} not found"),
        (THERE, unknown): (404, f"Environment {unknown} not found"),
        (HERE, THERE): (400, "Only the environment of the key can be published from here"),
    }
    for verb in ("diff", "publish"):
        found = {
            (target, source): refused(
                api.post(f"/v2/environments/{target}/{verb}", {"sourceEnvironmentId": source})
            )
            for target, source in refusals
        }
        assert found == refusals
    resource = {"resourceType": "workflow", "resourceId": "a"}
    wrong: list[dict[str, Any]] = [
        {"dryRun": 1}, {"resources": {}}, {"resources": [{**resource, "resourceType": "thing"}]}, {"resources": [{"resourceType": "layout"}]},
    ]  # fmt: skip
    assert [api.post(f"/v2/environments/{THERE}/publish", body).status for body in wrong] == [422] * 4
    for kind in ("workflow", "layout", "REGULAR", "ECHO", "BRIDGE"):
        body = {"resources": [{**resource, "resourceType": kind}]}
        assert api.post(f"/v2/environments/{THERE}/publish", body).status == 200


def test_the_workflows_with_a_variable_and_the_tags_of_an_environment(
    sim: NovuSimulator, api: NovuApi
) -> None:
    @workflow("tagged", tags=["b", "a"])
    async def tagged(step: Step) -> None: ...

    @workflow("tagged-too", tags=["a", "c"])
    async def tagged_too(step: Step) -> None: ...

    sim.register(order, tagged, tagged_too)
    api.post("/v2/workflows", {"name": "News", "workflowId": "news", "steps": [STEP]})
    for key in ("HOST", "A", "HOS"):
        api.post("/v1/environment-variables", {"key": key})
    news = [{"name": "News", "workflowId": "news"}]
    used = {
        key: api.get(f"/v1/environment-variables/{key}/usage").body["workflows"]
        for key in ("HOST", "A", "HOS")
    }
    assert used == {"HOST": news, "A": news, "HOS": []}
    tags = [{"name": "b"}, {"name": "a"}, {"name": "c"}]
    here = ("simulated-dev", HERE)
    assert [api.get(f"/v2/environments/{one}/tags").body for one in (*here, THERE, "simulated-prod")] == [
        tags,
        tags,
        [],
        [],
    ]
    assert refused(api.get("/v2/environments/x/tags")) == (404, "Environment x not found")
    me = api.get("/v1/environments/me").body
    assert (me["_id"], me["name"], me["apiKeys"]) == (
        HERE,
        "Development",
        [{"key": "•" * 8, "_userId": SCOPE["_organizationId"]}],
    )


# --- listings --------------------------------------------------------------------------------------------


def test_a_listing_takes_all_that_its_way_of_paging_knows(api: NovuApi) -> None:
    for key in ("a", "b", "c"):
        api.post("/v2/topics", {"key": key})
    first = api.get("/v2/topics?limit=1&orderBy=key&orderDirection=ASC").body
    assert ([one["key"] for one in first["data"]], first["totalCount"]) == (["a"], 3)
    for query, keys in (
        (f"after={first['next']}", ["b", "c"]),
        (f"after={first['next']}&includeCursor=true", ["a", "b", "c"]),
        (f"before={first['next']}", []),
    ):
        shown = api.get(f"/v2/topics?{query}&orderBy=key&orderDirection=ASC").body["data"]
        assert [one["key"] for one in shown] == keys
    api.post("/v2/layouts", {"layoutId": "a", "name": "A"})
    api.post("/v2/layouts", {"layoutId": "b", "name": "B"})
    offset = api.get("/v2/layouts?limit=1&offset=1&orderBy=name&orderDirection=ASC").body
    assert ([one["layoutId"] for one in offset["layouts"]], offset["totalCount"]) == (["b"], 2)
    assert api.get("/v1/messages?limit=3&page=2").body == {
        "data": [], "page": 2, "pageSize": 3, "hasMore": False, "totalCount": 0,
    }  # fmt: skip


# --- the page --------------------------------------------------------------------------------------------


def overview(cloud: Cloud, **query: str) -> dict[str, Any]:
    headers = [("x-novu-page", page.page_token(cloud.novu)), ("host", "a.test")]
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    return dict(
        cloud.handle(ApiRequest.parse("GET", f"/simulation/overview?{asked}", headers, b"")).json["data"]
    )


def test_the_page_shows_the_latest_of_everything(sim: NovuSimulator, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (page.LATEST, state.SHOWN) == (200, 4000)
    monkeypatch.setattr(page, "LATEST", 2)
    monkeypatch.setattr(state, "SHOWN", 5)
    cloud = Cloud(sim)
    nothing = {
        "now": NOW, "waiting": 0, "next": None, "workflows": [], "subscribers": [], "messages": [],
        "lines": {"first": 0, "all": []}, "calls": [],
    }  # fmt: skip
    assert overview(cloud, subscriber="ann") == overview(cloud) == nothing
    sim.register(order)
    cloud.handle(ApiRequest("POST", "/v2/topics", headers={"authorization": "no"}, content=b'{"key": 1}'))
    for name in ("ann", "bob", "eve"):
        sim.subscribers.upsert(name, first_name=name.title(), last_name="Lee" if name == "eve" else None)
    for _ in range(3):
        sim.trigger("order", "bob")
    shown = overview(cloud, subscriber="bob")
    assert shown["workflows"] == ["order"]
    assert shown["subscribers"] == [
        {"id": "bob", "name": "Bob", "unread": 3}, {"id": "eve", "name": "Eve Lee", "unread": 0},
    ]  # fmt: skip
    messages = [one.id for one in sim.messages]
    assert [one["id"] for one in shown["messages"]] == messages[1:]
    assert shown["messages"][0] == {
        "id": messages[1], "channel": "in_app", "workflow": "order", "step": "bell", "at": NOW, "to": None,
        "outputs": {"body": "Hi"}, "providers": {}, "read": False, "archived": False, "snoozedUntil": None, "done": [],
    }  # fmt: skip
    assert shown["lines"]["first"] == len(sim.activity) - 2
    assert [one["text"] for one in shown["lines"]["all"]] == [one.text for one in sim.activity][-2:]
    (call,) = shown["calls"]
    assert call == {
        "at": NOW, "method": "POST", "path": "/v2/topics", "status": 401, "sent": '{"key', "answered": '{"sta',
    }  # fmt: skip
    assert overview(cloud, subscriber="none")["messages"] == []


def test_the_page_does_what_its_subscriber_could(sim: NovuSimulator, api: NovuApi) -> None:
    @workflow("asked")
    async def asked(step: Step) -> None:
        await step.in_app(
            "bell", {"body": "Hi", "primaryAction": {"label": "Yes"}, "secondaryAction": {"label": "No"}}
        )

    sim.register(asked)
    message = sim.trigger("asked", "bob").run.messages[0]
    path = f"/simulation/messages/{message.id}"
    assert api.post(path, {"action": "secondary"}).body["done"] == ["secondary"]
    assert api.post(path, {"action": "primary"}).body["done"] == ["primary"]
    assert api.post(path, {"action": "snooze"}).body["snoozedUntil"] == "2026-01-01T13:00:00.000Z"
    assert refused(api.post("/simulation/messages/none", {"action": "read"})) == (
        404,
        "There is no such message.",
    )


def test_a_line_of_the_feed_is_shown_whole(sim: NovuSimulator, api: NovuApi) -> None:
    sim.register(order)
    sim.trigger("order", "bob", transaction_id="tx")
    shown = api.get("/simulation/timeline").body
    assert shown["text"] == sim.timeline()
    assert shown["activity"][1] == {
        "at": NOW, "kind": "delivered", "text": "in_app delivered by novu", "workflowId": "order", "subscriberId": "bob",
        "transactionId": "tx", "stepId": "bell",
    }  # fmt: skip
    assert api.get("/simulation").body == {
        "now": NOW, "workflows": ["order"], "subscribers": 1, "topics": 0, "triggers": 1, "messages": 1,
    }  # fmt: skip


MOVES: list[tuple[str, Any, Any]] = [
    ("advance", {"hours": 1}, "2026-01-01T13:00:00.000Z"),
    ("advance", {"weeks": 1, "days": 1, "minutes": 1, "seconds": 1.5}, "2026-01-09T12:01:01.500Z"),
    ("advance", {"hours": 0}, NOW),
    (
        "advance",
        None,
        "the body must have one or more of weeks, days, hours, minutes, seconds, and nothing else",
    ),
    (
        "advance",
        {"years": 1},
        "the body must have one or more of weeks, days, hours, minutes, seconds, and nothing else",
    ),
    (
        "advance",
        [1],
        "the body must have one or more of weeks, days, hours, minutes, seconds, and nothing else",
    ),
    ("advance", {"hours": "1"}, "weeks, days, hours, minutes, seconds must be numbers"),
    ("advance", {"hours": 1, "days": -1}, "hours, days: time only moves forward"),
    ("advance", {"days": 10**9}, "days: more than a date can say"),
    ("advance", {"weeks": 400_000}, "weeks: time ends at 9000-01-01T00:00:00.000Z"),
    ("advance-to", {"to": "2026-01-02T12:00:00Z"}, "2026-01-02T12:00:00.000Z"),
    ("advance-to", {"to": "2025-01-02T12:00:00Z"}, "to: time only moves forward"),
    ("advance-to", {"to": "9000-01-01T00:00:00Z"}, "9000-01-01T00:00:00.000Z"),
    ("advance-to", {"to": "9000-01-01T00:00:01Z"}, "to: time ends at 9000-01-01T00:00:00.000Z"),
    ("advance-to", {"to": "soon"}, "to must be a valid ISO 8601 date string"),
    ("advance-to", {}, "to should not be null or undefined; to must be a valid ISO 8601 date string"),
    ("run-until-idle", None, NOW),
]


@pytest.mark.parametrize(("path", "body", "outcome"), MOVES, ids=range(len(MOVES)))
def test_the_clock_is_moved_or_says_why_not(api: NovuApi, path: str, body: Any, outcome: str) -> None:
    status, shown = api.post(f"/simulation/{path}", body)
    moved = outcome[:4].isdecimal()
    assert (status, shown["now"] if moved else shown["message"]) == (200 if moved else 400, outcome)
