"""Contexts: found or made by a trigger, never changed by one; their ids, limits, listing and end."""

from __future__ import annotations

import pytest

from novu_framework_testing import Topic
from tests.rules import Source, left_out, rule

APRIL = "943f64b"
REPOSITORY = Source("libs/dal/src/repositories/context/context.repository.ts", APRIL)
VALIDATOR = Source("libs/application-generic/src/decorators/is-valid-context-payload.decorator.ts", APRIL)
SHARED = Source("packages/shared/src/types/context.ts", APRIL)
EVENTS = Source("apps/api/src/app/events/e2e/context-events.e2e.ts", "f189935")
TRIGGER_EVENT = Source("libs/application-generic/src/usecases/trigger-event/trigger-event.usecase.ts", APRIL)
CREATE = Source("apps/api/src/app/contexts/usecases/create-context/create-context.usecase.ts", APRIL)
UPDATE = Source("apps/api/src/app/contexts/usecases/update-context/update-context.usecase.ts", APRIL)
DELETE = Source("apps/api/src/app/contexts/usecases/delete-context/delete-context.usecase.ts", APRIL)
LIST = Source("apps/api/src/app/contexts/usecases/list-contexts/list-contexts.usecase.ts", APRIL)
DTO = Source("apps/api/src/app/contexts/dtos/create-context-request.dto.ts", APRIL)
SEND_MESSAGE = Source("apps/worker/src/app/workflow/usecases/send-message/send-message.usecase.ts", APRIL)

BELL = ("in_app", "bell", {"body": "x"})
DAY = ("delay", "day", {"amount": 1, "unit": "days"})
UNREADABLE = "Invalid context payload structure."


@rule(
    "contexts.made",
    "A trigger makes the contexts that it names, with their data, or with none.",
    EVENTS,
    since="2025-09",
)
@pytest.mark.parametrize(
    ("context", "stored"),
    [
        ({"app": "jira"}, {"app:jira": {}}),
        ({"region": {"id": "us-east-1"}}, {"region:us-east-1": {}}),
        ({"tenant": {"id": "acme", "data": {"plan": "pro"}}}, {"tenant:acme": {"plan": "pro"}}),
        (
            {"tenant": {"id": "acme", "data": {"plan": "pro"}}, "app": "jira"},
            {"tenant:acme": {"plan": "pro"}, "app:jira": {}},
        ),
        (None, {}),
    ],
)
def test_a_trigger_makes_contexts(sim, served, bridge, context, stored):
    served("w", BELL)
    trigger = sim.trigger("w", "ann", context=context)
    assert {one.key: one.data for one in sim.contexts} == stored
    assert trigger.context_keys == tuple(sorted(stored))
    sent = bridge.events("bell")[0]["context"]
    assert {f"{kind}:{one['id']}": one["data"] for kind, one in sent.items()} == stored


@rule(
    "contexts.never-changed",
    "A trigger never changes an existing context, whatever data it brings.",
    REPOSITORY,
)
@pytest.mark.parametrize(
    "later",
    ["acme", {"id": "acme"}, {"id": "acme", "data": {}}, {"id": "acme", "data": {"plan": "free", "more": 1}}],
)
def test_a_trigger_never_changes_a_context(sim, served, bridge, later):
    served("w", BELL)
    sim.trigger("w", "ann", context={"tenant": {"id": "acme", "data": {"plan": "pro"}}})
    sim.trigger("w", "ann", context={"tenant": later})
    assert sim.contexts.get("tenant:acme").data == {"plan": "pro"}
    assert bridge.events("bell")[1]["context"] == {"tenant": {"id": "acme", "data": {"plan": "pro"}}}


@rule(
    "contexts.same-id",
    "Contexts of the same id and different types, or the other way round, are different ones.",
    SHARED,
)
def test_type_and_id_name_a_context(sim, served):
    served("w", BELL)
    sim.trigger("w", "ann", context={"tenant": "a", "app": "a"})
    sim.trigger("w", "ann", context={"tenant": "b"})
    assert [one.key for one in sim.contexts] == ["tenant:a", "app:a", "tenant:b"]


@rule("contexts.invalid", "A trigger with malformed contexts is a 422, and creates none.", VALIDATOR)
@pytest.mark.parametrize(
    "context",
    [
        {},
        [],
        "acme",
        {"tenant": ""},
        {"tenant": None},
        {"tenant": 5},
        {"tenant": {"invalid": "value"}},
        {"tenant": {"id": "a b"}},
        {"tenant": {"id": "x" * 101}},
        {"tenant": {"id": "acme", "data": "text"}},
        {"tenant": {"id": "acme", "data": None}},
        {"tenant": ["acme"]},
        {"tenant": "ok", "app": "no.dots"},
    ],
)
@pytest.mark.parametrize("path", ["/v1/events/trigger", "/v1/events/trigger/broadcast"])
def test_contexts_that_cannot_be_read_are_refused(sim, served, api, context, path):
    served("w", BELL)
    event = {"name": "w", "to": "ann", "payload": {}, "context": context}
    [message] = api.messages("POST", path, event)
    assert message.startswith(UNREADABLE)
    assert (list(sim.contexts), list(sim.triggers)) == ([], [])


@rule(
    "contexts.data-list", "The data of a context may be a list, from a trigger and from the API.", VALIDATOR
)
@pytest.mark.parametrize("data", [[], [""], [[1]], [{"a": 1}]])
def test_the_data_of_a_context_may_be_a_list(sim, served, api, data):
    served("w", BELL)
    event = {"name": "w", "to": "ann", "context": {"tenant": {"id": "acme", "data": data}}}
    assert api.post("/v1/events/trigger", event).status == 201
    assert api.post("/v2/contexts", {"type": "app", "id": "jira", "data": data}).body["data"] == data
    assert api.patch("/v2/contexts/tenant/acme", {"data": data}).body["data"] == data
    assert [one.data for one in sim.contexts] == [data, data]


@rule("contexts.limit", "A trigger names up to 5 contexts.", EVENTS)
@pytest.mark.parametrize(("number", "status"), [(1, 201), (5, 201), (6, 422)])
def test_a_trigger_names_up_to_five_contexts(sim, served, api, number, status):
    served("w", BELL)
    context = {f"kind{index}": "id" for index in range(number)}
    assert api.post("/v1/events/trigger", {"name": "w", "to": "ann", "context": context}).status == status
    assert len(sim.contexts) == (number if status == 201 else 0)


@rule("contexts.data-limit", "The data of a context has up to 64 KB as JSON.", VALIDATOR)
@pytest.mark.parametrize(("size", "status"), [(64 * 1024 - 8, 201), (64 * 1024 - 7, 422), (200 * 1024, 422)])
def test_the_data_of_a_context_is_limited(sim, served, api, size, status):
    served("w", BELL)
    data = {"a": "x" * size}  # {"a":""} are 8 more
    event = {"name": "w", "to": "ann", "context": {"tenant": {"id": "acme", "data": data}}}
    assert api.post("/v1/events/trigger", event).status == status
    assert api.post("/v2/contexts", {"type": "app", "id": "jira", "data": data}).status == status


@rule("contexts.in-code", "The simulation's own trigger rejects what the API rejects.", VALIDATOR)
@pytest.mark.parametrize("context", [{"tenant": ""}, {str(number): "id" for number in range(6)}])
def test_contexts_that_cannot_be_read_are_an_error_in_tests(sim, served, context):
    served("w", BELL)
    with pytest.raises(ValueError, match="context"):
        sim.trigger("w", "ann", context=context)


@rule("contexts.create", "A context is created with its data; one that already exists is a 409.", CREATE)
@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"type": "tenant", "id": "acme"}, 201),
        ({"type": "tenant", "id": "acme", "data": {"plan": "pro"}}, 201),
        ({"type": "tenant", "id": "known"}, 409),
        ({"type": "app", "id": "known"}, 201),
        ({"type": "tenant"}, 422),
        ({"id": "acme"}, 422),
        ({"type": "a b", "id": "acme"}, 422),
        ({"type": "tenant", "id": "a.b"}, 422),
        ({"type": "tenant", "id": "x" * 101}, 422),
        ({"type": "tenant", "id": ""}, 422),
        ({"type": "tenant", "id": "acme", "data": "text"}, 422),
    ],
)
def test_a_context_is_made(sim, api, body, status):
    sim.context("tenant", "known", {"old": True})
    answer = api.post("/v2/contexts", body)
    assert answer.status == status
    if status == 201:
        assert answer.body == {
            "type": body["type"],
            "id": body["id"],
            "data": body.get("data", {}),
            "createdAt": "2026-01-01T12:00:00.000Z",
            "updatedAt": "2026-01-01T12:00:00.000Z",
        }
    assert sim.contexts.get("tenant:known").data == {"old": True}


@rule(
    "contexts.update",
    "An update replaces all data of a context; an unknown context is a 404.",
    UPDATE,
)
@pytest.mark.parametrize(
    ("path", "body", "status", "data"),
    [
        ("/v2/contexts/tenant/acme", {"data": {"b": 2}}, 200, {"b": 2}),
        ("/v2/contexts/tenant/acme", {"data": {}}, 200, {}),
        ("/v2/contexts/tenant/acme", {}, 422, {"a": 1}),
        ("/v2/contexts/tenant/other", {"data": {"b": 2}}, 404, {"a": 1}),
    ],
)
def test_a_context_is_updated(sim, api, path, body, status, data):
    sim.context("tenant", "acme", {"a": 1})
    assert api.patch(path, body).status == status
    assert sim.contexts.get("tenant:acme").data == data


@rule(
    "contexts.now",
    "A step sees its contexts as they are when it runs: with updated data, or not at all if they were deleted.",
    SEND_MESSAGE,
)
@pytest.mark.parametrize(
    ("method", "body", "seen"),
    [
        (
            "PATCH",
            {"data": {"plan": "free"}},
            {"tenant": {"id": "acme", "data": {"plan": "free"}}, "app": {"id": "x", "data": {}}},
        ),
        ("DELETE", None, {"app": {"id": "x", "data": {}}}),
    ],
)
def test_a_waiting_run_sees_its_contexts_as_they_are(sim, served, bridge, api, method, body, seen):
    served("w", DAY, BELL)
    sim.trigger("w", "ann", context={"tenant": {"id": "acme", "data": {"plan": "pro"}}, "app": "x"})
    assert api(method, "/v2/contexts/tenant/acme", body).status in (200, 204)
    sim.advance(days=1)
    assert bridge.events("bell")[0]["context"] == seen


@rule("contexts.delete", "A deleted context is gone, and a later trigger creates it again.", DELETE)
def test_a_deleted_context_is_made_anew(sim, served, api):
    served("w", BELL)
    sim.context("tenant", "acme", {"a": 1})
    assert api.delete("/v2/contexts/tenant/acme").status == 204
    assert api.get("/v2/contexts/tenant/acme").status == api.delete("/v2/contexts/tenant/acme").status == 404
    sim.trigger("w", "ann", context={"tenant": {"id": "acme", "data": {"b": 2}}})
    assert api.get("/v2/contexts/tenant/acme").body["data"] == {"b": 2}


@rule(
    "contexts.list",
    "Contexts are listed newest first, and filtered by type, by id, and by a part of their key.",
    LIST,
)
@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("", ["app:jira", "tenant:ACME-2", "tenant:acme"]),
        ("?orderDirection=ASC", ["tenant:acme", "tenant:ACME-2", "app:jira"]),
        ("?orderBy=updatedAt", ["tenant:acme", "app:jira", "tenant:ACME-2"]),
        ("?orderBy=updatedAt&orderDirection=ASC", ["tenant:ACME-2", "app:jira", "tenant:acme"]),
        ("?type=tenant", ["tenant:ACME-2", "tenant:acme"]),
        ("?id=acme", ["tenant:acme"]),
        ("?type=app&id=acme", []),
        ("?search=acme", ["tenant:ACME-2", "tenant:acme"]),
        ("?search=tenant:a", ["tenant:ACME-2", "tenant:acme"]),
        ("?search=.", []),
        ("?limit=1", ["app:jira"]),
    ],
)
def test_contexts_are_listed(sim, api, query, keys):
    for kind, identity in (("tenant", "acme"), ("tenant", "ACME-2"), ("app", "jira")):
        sim.context(kind, identity)
        sim.advance(seconds=1)
    sim.context("tenant", "acme", {"updated": True})
    page = api.get(f"/v2/contexts{query}").body
    assert [f"{one['type']}:{one['id']}" for one in page["data"]] == keys
    assert page["totalCount"] == (3 if "limit" in query else len(keys))


@rule("contexts.topics", "Subscribing in a context creates the context, as a trigger does.", REPOSITORY)
def test_a_subscription_makes_its_context(sim, served):
    served("w", BELL)
    sim.topic("team").subscribe("ann", context={"tenant": {"id": "acme", "data": {"plan": "pro"}}})
    trigger = sim.trigger("w", Topic("team"), context={"tenant": {"id": "acme", "data": {"plan": "free"}}})
    assert (len(trigger.runs), sim.contexts.get("tenant:acme").data) == (1, {"plan": "pro"})


@rule(
    "contexts.not-active",
    "The trigger of a workflow that is not active makes no context and no subscriber.",
    TRIGGER_EVENT,
)
def test_a_trigger_that_does_not_run_makes_nothing(sim, served):
    served("w", BELL)
    sim.workflow("w").deactivate()
    sim.trigger("w", "ann", context={"tenant": "acme"})
    assert (list(sim.contexts), list(sim.subscribers)) == ([], [])


left_out(
    "contexts.flag",
    "Preferences and subscriptions ignore contexts where an organization's feature flag is off.",
    Source(
        "apps/api/src/app/subscriptions/usecases/create-subscriptions/create-subscriptions.usecase.ts", APRIL
    ),
    why="The simulation is Novu with the flag on: what its API takes has an effect.",
)
