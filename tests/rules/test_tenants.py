"""Tenants: what a trigger names, and what the API keeps of them."""

from __future__ import annotations

import pytest

from tests.rules import Source, left_out, rule
from tests.rules.novu_api import NovuApi

PARSE = Source(
    "apps/api/src/app/events/usecases/parse-event-request/parse-event-request.usecase.ts", "943f64b"
)
PROCESS = Source("libs/application-generic/src/usecases/process-tenant/process-tenant.usecase.ts", "943f64b")
CREATE = Source("libs/application-generic/src/usecases/create-tenant/create-tenant.usecase.ts", "943f64b")
TENANTS = Source("apps/api/src/app/tenant/tenant.controller.ts", "943f64b")


@rule(
    "tenants.unknown",
    "A trigger that names an unknown tenant is acknowledged as `no_tenant_found`, and nothing runs.",
    PARSE,
)
@pytest.mark.parametrize(
    ("tenant", "status"),
    [
        (None, "processed"),
        ("acme", "processed"),
        ({"identifier": "acme"}, "processed"),
        ("typo", "no_tenant_found"),
        ({"identifier": "typo", "name": "Typo"}, "no_tenant_found"),
    ],
)
@pytest.mark.parametrize("by", ["api", "python", "bulk", "broadcast"])
def test_an_unknown_tenant_runs_nothing(served, by, tenant, status):
    sim = served("w", ("in_app", "bell", {"body": "b"}))
    sim.tenants.upsert("acme")
    sim.subscriber("ann")
    event = {"name": "w", "to": "ann", "payload": {}, "transactionId": "t", "tenant": tenant}
    if by == "python":
        answered = sim.trigger("w", "ann", transaction_id="t", tenant=tenant).status
    elif by == "bulk":
        answered = NovuApi(sim)("POST", "/v1/events/trigger/bulk", {"events": [event]})[1][0]["status"]
    else:
        path = "/v1/events/trigger/broadcast" if by == "broadcast" else "/v1/events/trigger"
        code, answer = NovuApi(sim)("POST", path, event)
        assert (code, answer["acknowledged"], answer["transactionId"]) == (201, True, "t")
        answered = answer["status"]
    assert answered == status
    assert len(sim.messages) == (status == "processed")


@rule("tenants.unknown-makes-nobody", "A trigger with an unknown tenant makes no subscriber.", PARSE)
def test_a_trigger_with_an_unknown_tenant_makes_no_subscriber(served):
    sim = served("w", ("in_app", "bell", {"body": "b"}))
    assert sim.trigger("w", "new", tenant="typo").runs == []
    assert "new" not in sim.subscribers


@rule("tenants.deleted-later", "A waiting run continues although its tenant was deleted.", PARSE)
def test_a_run_that_waits_does_not_mind_that_its_tenant_goes(served):
    sim = served("w", ("delay", "d", {"amount": 1, "unit": "hours"}), ("in_app", "bell", {"body": "b"}))
    sim.tenants.upsert("acme")
    run = sim.trigger("w", "ann", tenant="acme").run
    sim.tenants.remove("acme")
    sim.advance(hours=1)
    assert run.status == "completed"


@rule(
    "tenants.updated-by-trigger", "A trigger that brings a name or data of its tenant changes them.", PROCESS
)
@pytest.mark.parametrize(
    ("said", "name", "data"),
    [
        ({}, "Acme", {"plan": "free"}),
        ({"name": "ACME"}, "ACME", {"plan": "free"}),
        ({"data": {"plan": "pro"}}, "Acme", {"plan": "pro"}),
        ({"name": "ACME", "data": {}}, "ACME", {}),
    ],
)
def test_a_trigger_may_change_its_tenant(served, said, name, data):
    sim = served("w", ("in_app", "bell", {"body": "b"}))
    sim.tenants.upsert("acme", name="Acme", data={"plan": "free"})
    sim.trigger("w", "ann", tenant={"identifier": "acme", **said})
    tenant = sim.tenants.get("acme")
    assert (tenant.name, tenant.data) == (name, data)


@rule("tenants.refused", "A tenant of a trigger is an identifier, or an object with one.", PARSE)
@pytest.mark.parametrize("tenant", [3, [], {"name": "Acme"}, {"identifier": 3}])
def test_a_tenant_without_an_identifier_is_refused(served, tenant):
    sim = served("w", ("in_app", "bell", {"body": "b"}))
    event = {"name": "w", "to": "ann", "tenant": tenant}
    assert NovuApi(sim)("POST", "/v1/events/trigger", event)[0] == 422


@rule("tenants.kept", "Tenants are created once, shown, listed, changed and deleted.", TENANTS)
@rule("tenants.taken", "An identifier belongs to one tenant.", CREATE)
def test_tenants_are_kept(sim):
    ask = NovuApi(sim)
    body = {"identifier": "acme", "name": "Acme", "data": {"plan": "pro"}}
    asked = [
        ("POST", "", body, 201),
        ("POST", "", body, 409),
        ("POST", "", {"identifier": "other"}, 201),
        ("POST", "", {}, 422),
        ("GET", "", None, 200),
        ("GET", "/acme", None, 200),
        ("GET", "/typo", None, 404),
        ("PATCH", "/acme", {"name": "ACME"}, 200),
        ("PATCH", "/acme", {"identifier": "other"}, 409),
        ("PATCH", "/acme", {"identifier": "acme-2"}, 200),
        ("GET", "/acme", None, 404),
        ("DELETE", "/acme-2", None, 204),
        ("DELETE", "/acme-2", None, 404),
    ]
    for method, path, content, status in asked:
        assert (method, path, ask(method, f"/v1/tenants{path}", content)[0]) == (method, path, status)
    assert [one["identifier"] for one in ask("GET", "/v1/tenants")[1]["data"]] == ["other"]
    missing = "Tenant with identifier: typo does not exist under environment e00000000000000000000001"
    assert ask("GET", "/v1/tenants/typo")[1]["message"] == missing


left_out(
    "tenants.workflow-overrides",
    "A tenant may have a workflow of its own switched off, or other preferences.",
    PARSE,
    why="Only workflows of the first dashboard have them, not those of a bridge's code.",
)
