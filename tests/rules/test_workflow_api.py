"""Workflows through the API: made, changed, copied, previewed and deleted, and what runs then."""

from __future__ import annotations

import pytest

from tests.rules import Source, left_out, rule
from tests.rules.novu_api import NovuApi

CONTROLLER = Source("apps/api/src/app/workflows-v2/workflow.controller.ts", "03c8bec")
E2E = Source("apps/api/src/app/workflows-v2/workflow.controller.e2e.ts", "74a2e9a")
CREATE_DTO = Source("apps/api/src/app/workflows-v2/dtos/create-workflow.dto.ts", "943f64b")
COMMAND = Source(
    "libs/application-generic/src/usecases/create-workflow-v0/create-workflow.command.ts", "943f64b"
)
DUPLICATE = Source(
    "apps/api/src/app/workflows-v2/usecases/duplicate-workflow/duplicate-workflow.usecase.ts", "0256396"
)
UPSERT = Source(
    "apps/api/src/app/workflows-v2/usecases/upsert-workflow/upsert-workflow.usecase.ts", "0036870"
)
VARIABLES = Source("apps/api/src/app/workflows-v2/e2e/upsert-workflow.e2e.ts", "4fae506")
PATCH = Source("apps/api/src/app/workflows-v2/usecases/patch-workflow/patch-workflow.usecase.ts", "9b19d3b")
RUN = Source(
    "apps/api/src/app/environments-v1/usecases/construct-framework-workflow/construct-framework-workflow.usecase.ts",
    "013ebab",
)

BELL = {"name": "Bell", "type": "in_app", "controlValues": {"body": "Hi {{payload.name}}"}}
MAIL = {"name": "Email Test Step", "type": "email", "controlValues": {"subject": "S", "body": "<p>B</p>"}}
NEWS = {"name": "Daily News!", "workflowId": "news", "steps": [BELL, MAIL], "tags": ["test"]}
HERE, THERE = "e00000000000000000000001", "e00000000000000000000002"


@pytest.fixture
def api(sim):
    return NovuApi(sim)


@pytest.fixture
def news(api):
    return api.post("/v2/workflows", NEWS).body


def changed(workflow, **changes):
    """Return the body of an update that changes only that."""
    steps = [
        {name: step[name] for name in ("_id", "name", "type", "controlValues")} for step in workflow["steps"]
    ]
    return {"name": workflow["name"], "steps": steps, "preferences": {"user": None}, **changes}


@rule(
    "workflow-api.made",
    "A workflow that the API makes is Novu's own, active unless it says otherwise.",
    UPSERT,
)
@pytest.mark.parametrize(
    ("given", "active"), [({}, True), ({"active": True}, True), ({"active": False}, False)]
)
def test_a_workflow_is_made(api, given, active):
    status, made = api.post("/v2/workflows", {**NEWS, **given})
    assert (status, made["origin"], made["active"]) == (201, "novu-cloud", active)
    assert (made["status"], made["tags"], made["description"]) == (
        "ACTIVE" if active else "INACTIVE",
        ["test"],
        "",
    )
    assert made["preferences"]["user"] is None
    assert made["preferences"]["default"]["all"] == {"enabled": True, "readOnly": False}


@rule(
    "workflow-api.required",
    "A workflow has a name and steps, each with a name and a type that Novu knows.",
    CONTROLLER,
)
@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": None},
        {"steps": None},
        {"steps": [{"name": "x", "type": "carrier-pigeon"}]},
        {"steps": [{"type": "sms"}]},
        {"tags": "test"},
        {"tags": ["t"] * 17},
        {"severity": "urgent"},
        {"active": "yes"},
        {"payloadSchema": []},
        {"payloadSchema": {"type": "a thing"}},
    ],
)
def test_a_workflow_that_is_incomplete_is_refused(sim, api, wrong):
    assert api.post("/v2/workflows", {**NEWS, **wrong}).status == 422
    assert list(sim.workflows) == []


SHORTER = "must be shorter than or equal to"
TAG = "each value in tags must be longer than or equal to 1 and shorter than or equal to 64 characters"


@rule(
    "workflow-api.limits",
    "A name has at most 128 characters, a description 256; tags are at most 16, all different, of 1 to 64 characters.",
    COMMAND,
)
@pytest.mark.parametrize("method", ["POST", "PUT"])
@pytest.mark.parametrize(
    ("field", "fits", "wrong", "problem"),
    [
        ("name", "n" * 128, "n" * 129, f"name {SHORTER} 128 characters"),
        ("description", "d" * 256, "d" * 257, f"description {SHORTER} 256 characters"),
        ("tags", ["t" * 64], ["t" * 65], TAG),
        ("tags", [], ["a", ""], TAG),
        ("tags", ["a", "A"], ["a", "b", "a"], "All tags's elements must be unique"),
        ("tags", [str(one) for one in range(16)], [str(one) for one in range(17)], "tags must contain no more than 16 elements"),
    ],
)  # fmt: skip
def test_what_a_workflow_says_of_itself_has_limits(api, news, method, field, fits, wrong, problem):
    path = "/v2/workflows" if method == "POST" else "/v2/workflows/news"
    assert api.messages(method, path, {**NEWS, field: wrong}) == [problem]
    assert api(method, path, {**NEWS, field: fits}).body[field] == fits


@rule(
    "workflow-api.slug",
    "A new workflow's id is letters and digits, with single hyphens, dots and underscores between them.",
    CREATE_DTO,
)
@pytest.mark.parametrize("workflow_id", ["", "a b", "-a", "a-", "a--b", "a/b", "ä", "a\n"])
def test_an_id_that_is_no_slug_is_refused(api, workflow_id):
    why = "workflowId must be a valid slug format (letters, numbers, hyphens, dot and underscores only)"
    assert api.messages("POST", "/v2/workflows", {**NEWS, "workflowId": workflow_id}) == [why]


@pytest.mark.parametrize("workflow_id", ["a", "A.b_c-d", "7"])
def test_an_id_that_is_a_slug_is_kept(api, workflow_id):
    assert api.post("/v2/workflows", {**NEWS, "workflowId": workflow_id}).body["workflowId"] == workflow_id


@rule("workflow-api.id", "If an id, or one derived from a name, is already used, a suffix is added.", E2E)
@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"workflowId": "news"}, "news-2"),
        ({"workflowId": "other"}, "other"),
        ({"workflowId": None}, "daily-news"),
    ],
)
def test_an_id_is_unique(api, news, body, expected):
    assert api.post("/v2/workflows", {**NEWS, **body}).body["workflowId"] == expected


@rule(
    "workflow-api.step-ids",
    "A step's id is made of its name, with a suffix if that is already used.",
    UPSERT,
)
@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Email Test Step", "Bell"], ["email-test-step", "bell"]),
        (["Bell", "Bell"], ["bell", "bell-2"]),
        (["In-App Step (1)"], ["in-app-step-1"]),
    ],
)
def test_steps_are_named_after_their_names(api, names, expected):
    steps = [{**BELL, "name": name} for name in names]
    made = api.post("/v2/workflows", {**NEWS, "steps": steps}).body
    assert [step["stepId"] for step in made["steps"]] == expected
    assert [step["name"] for step in made["steps"]] == names


@rule(
    "workflow-api.names", "A workflow is found by its id, Novu's id and its slug; otherwise it is a 404.", E2E
)
@pytest.mark.parametrize(
    ("name", "status"), [("workflowId", 200), ("_id", 200), ("slug", 200), ("name", 404), ("status", 404)]
)
def test_a_workflow_is_found(api, news, name, status):
    answer = api.get(f"/v2/workflows/{news[name].replace(' ', '%20')}")
    assert answer.status == status
    if status == 404:
        assert answer.body["workflowId"] == news[name]


@rule(
    "workflow-api.update",
    "An update replaces the workflow: its name, tags, steps and whether it is active.",
    UPSERT,
)
@pytest.mark.parametrize(
    ("change", "shown"),
    [
        ({"name": "Updated"}, {"name": "Updated", "workflowId": "news"}),
        ({"description": "New"}, {"description": "New"}),
        ({"tags": ["a", "b"]}, {"tags": ["a", "b"]}),
        ({"active": False}, {"active": False, "status": "INACTIVE"}),
        ({"severity": "high"}, {"severity": "high"}),
        ({"workflowId": "renamed"}, {"workflowId": "news"}),
    ],
)
def test_a_workflow_is_updated(api, news, change, shown):
    status, answer = api.put(f"/v2/workflows/{news['_id']}", changed(news, **change))
    assert (status, answer["_id"]) == (200, news["_id"])
    assert {name: answer[name] for name in shown} == shown


@rule(
    "workflow-api.update-steps",
    "A step that an update names by its id keeps its ids, others are new, and the rest is gone.",
    E2E,
)
def test_the_steps_of_a_workflow_are_updated(api, news):
    [bell, mail] = changed(news)["steps"]
    steps = [
        {**mail, "name": "Renamed", "controlValues": {"subject": "New"}},
        {"name": "Text", "type": "sms"},
    ]
    answer = api.put("/v2/workflows/news", changed(news, steps=steps)).body
    assert [(step["stepId"], step["name"], step["type"]) for step in answer["steps"]] == [
        ("email-test-step", "Renamed", "email"),
        ("text", "Text", "sms"),
    ]
    assert answer["steps"][0]["_id"] == mail["_id"]
    assert answer["steps"][0]["controlValues"] == {"subject": "New"}
    assert api.get("/v2/workflows/news/steps/bell").status == 404
    assert bell["_id"] not in [step["_id"] for step in answer["steps"]]


@rule(
    "workflow-api.controls",
    "Control values that an update leaves out stay, and null takes them away.",
    UPSERT,
)
@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, {"body": "Hi {{payload.name}}"}),
        ({"controlValues": {"body": "x"}}, {"body": "x"}),
        ({"controlValues": None}, {}),
    ],
)
def test_controls_are_updated(api, news, given, expected):
    step = {name: news["steps"][0][name] for name in ("_id", "name", "type")}
    answer = api.put("/v2/workflows/news", changed(news, steps=[{**step, **given}])).body
    assert answer["steps"][0]["controlValues"] == expected


@rule(
    "workflow-api.variables",
    "A step may use payload variables of any step, as long as that step exists.",
    VARIABLES,
)
@pytest.mark.parametrize(
    ("kept", "expected"),
    [([0, 1, 2], {"first", "second"}), ([1, 2], {"second"}), ([2], set()), ([0, 2], {"first"})],
)
def test_the_variables_of_a_step(api, kept, expected):
    bodies = ["{{payload.first}}", "{{payload.second | upcase}}", "chat body"]
    steps = [
        {"name": f"S{n}", "type": "in_app", "controlValues": {"body": body}} for n, body in enumerate(bodies)
    ]
    made = api.post("/v2/workflows", {**NEWS, "steps": steps}).body
    left = changed(made)["steps"]
    answer = api.put("/v2/workflows/news", changed(made, steps=[left[one] for one in kept])).body
    assert set(answer["steps"][-1]["variables"]["properties"]["payload"]["properties"]) == expected


@rule(
    "workflow-api.preferences",
    "Preferences that the dashboard saves stand beside the default, until they are null.",
    E2E,
)
def test_preferences_are_saved(sim, api, news):
    off = {"all": {"enabled": False, "readOnly": False}, "channels": {}}
    answer = api.put("/v2/workflows/news", changed(news, preferences={"user": off})).body
    assert answer["preferences"]["user"]["all"]["enabled"] is False
    sim.trigger("news", {"subscriberId": "ann", "email": "a@acme.test"}, {"name": "Ann"})
    assert sim.messages == []
    answer = api.put("/v2/workflows/news", changed(news)).body
    assert answer["preferences"]["user"] is None
    assert answer["preferences"]["default"]["all"]["enabled"] is True


@rule("workflow-api.patch", "A patch changes what it names and leaves the rest.", PATCH)
@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ({}, {"name": "Daily News!", "tags": ["test"], "active": True}),
        ({"active": False}, {"active": False, "status": "INACTIVE", "name": "Daily News!"}),
        ({"name": "N", "tags": []}, {"name": "N", "tags": []}),
        ({"description": "D"}, {"description": "D", "tags": ["test"]}),
        (
            {"payloadSchema": {"type": "object"}, "validatePayload": True},
            {"payloadSchema": {"type": "object"}, "validatePayload": True},
        ),
        ({"name": None, "active": None}, {"name": "Daily News!", "active": True}),
        ({"isTranslationEnabled": True}, {"isTranslationEnabled": True}),
    ],
)
def test_a_workflow_is_patched(api, news, body, shown):
    status, answer = api.patch("/v2/workflows/news", body)
    assert (status, {name: answer[name] for name in shown}) == (200, shown)
    assert [step["stepId"] for step in answer["steps"]] == ["bell", "email-test-step"]


@rule(
    "workflow-api.off",
    "A workflow that was patched to be inactive takes no triggers, until it is active again.",
    PATCH,
)
@pytest.mark.parametrize("code", [False, True])
def test_an_inactive_workflow_takes_no_triggers(sim, served, api, news, code):
    if code:
        sim.workflows.remove("news")
        served("news", ("in_app", "bell", {"body": "x"}))
    event = {"name": "news", "to": "ann", "payload": {"name": "Ann"}}
    api.patch("/v2/workflows/news", {"active": False})
    assert api.post("/v1/events/trigger", event).body["status"] == "trigger_not_active"
    assert sim.messages == []
    api.patch("/v2/workflows/news", {"active": True})
    assert api.post("/v1/events/trigger", event).body["status"] == "processed"
    assert [message.channel for message in sim.messages] == ["in_app"]


@rule(
    "workflow-api.code",
    "Of a workflow in code, an update saves the controls of its steps and leaves the steps.",
    UPSERT,
)
def test_a_workflow_in_code_is_updated(sim, served, bridge, api):
    served("w", ("in_app", "bell", {"body": "x"}), ("sms", "text", {"body": "x"}), name="W")
    workflow = api.get("/v2/workflows/w").body
    bell = {
        "_id": workflow["steps"][0]["_id"],
        "name": "bell",
        "type": "in_app",
        "controlValues": {"body": "Edited"},
    }
    answer = api.put("/v2/workflows/w", changed(workflow, name="New", steps=[bell])).body
    assert (answer["origin"], answer["name"], [step["stepId"] for step in answer["steps"]]) == (
        "external",
        "New",
        ["bell", "text"],
    )
    sim.trigger("w", "ann")
    assert bridge.events("bell")[-1]["controls"] == {"body": "Edited"}


@rule(
    "workflow-api.delete",
    "A deleted workflow is gone, with its translations, and takes no triggers.",
    CONTROLLER,
)
def test_a_workflow_is_deleted(api, news):
    about = {"resourceId": "news", "resourceType": "workflow", "locale": "en_US", "content": {"a": "b"}}
    api.post("/v2/translations", about)
    assert api.delete("/v2/workflows/news").status == 204
    assert api.get("/v2/workflows/news").status == api.delete("/v2/workflows/news").status == 404
    assert api.get("/v2/translations/workflow/news/en_US").status == 404
    assert api.post("/v1/events/trigger", {"name": "news", "to": "ann"}).status == 422


@rule(
    "workflow-api.list",
    "Workflows are listed newest first with their number, by query, tags, status and offset.",
    CONTROLLER,
)
@pytest.mark.parametrize(
    ("query", "ids", "total"),
    [
        ("", ["c", "b", "a"], 3),
        ("?query=ALPHA", ["a"], 1),
        ("?query=b", ["b"], 1),
        ("?query=none", [], 0),
        ("?limit=2", ["c", "b"], 3),
        ("?limit=2&offset=2", ["a"], 3),
        ("?offset=11&limit=15", [], 3),
        ("?tags=x", ["b", "a"], 2),
        ("?tags[]=x&tags[]=y", ["c", "b", "a"], 3),
        ("?tags[0]=y", ["c"], 1),
        ("?status=INACTIVE", ["c"], 1),
        ("?status=ACTIVE&status=INACTIVE", ["c", "b", "a"], 3),
        ("?orderBy=name&orderDirection=ASC", ["a", "b", "c"], 3),
        ("?orderBy=createdAt&orderDirection=ASC", ["a", "b", "c"], 3),
        ("?orderBy=lastTriggeredAt&orderDirection=DESC", ["b", "c", "a"], 3),
    ],
)
def test_workflows_are_listed(sim, api, query, ids, total):
    for name, tags, active in (("Alpha", ["x"], True), ("Beta", ["x"], True), ("Gamma", ["y"], False)):
        api.post(
            "/v2/workflows",
            {
                **NEWS,
                "name": name,
                "workflowId": {"Alpha": "a", "Beta": "b"}.get(name, "c"),
                "tags": tags,
                "active": active,
            },
        )
        sim.advance(seconds=1)
    sim.trigger("b", "ann", {"name": "x"})
    answer = api.get(f"/v2/workflows{query}").body
    assert ([one["workflowId"] for one in answer["workflows"]], answer["totalCount"]) == (ids, total)


@rule("workflow-api.list-refused", "Listing rejects unknown orders and statuses.", CONTROLLER)
@pytest.mark.parametrize(
    "query", ["orderBy=age", "orderDirection=UP", "status=ASLEEP", "limit=0", "limit=x", "offset=-1"]
)
def test_a_listing_refuses_what_it_does_not_know(api, query):
    assert api.get(f"/v2/workflows?{query}").status == 422


@rule("workflow-api.copy", "A copy has the steps and controls of its original.", CONTROLLER)
def test_a_workflow_is_copied(api, news):
    status, copy = api.post("/v2/workflows/news/duplicate", {"name": "Copy of news"})
    assert (status, copy["workflowId"], copy["tags"]) == (201, "copy-of-news", ["test"])
    assert [step["stepId"] for step in copy["steps"]] == [step["stepId"] for step in news["steps"]]
    assert [step["controlValues"] for step in copy["steps"]] == [
        step["controlValues"] for step in news["steps"]
    ]
    assert copy["_id"] != news["_id"]


COPIED = {
    "description": "All of it",
    "severity": "high",
    "validatePayload": True,
    "payloadSchema": {"type": "object", "required": ["name"]},
    "isTranslationEnabled": True,
    "preferences": {
        "user": {"channels": {"email": {"enabled": False}}},
        "workflow": {"all": {"enabled": False}},
    },
}


@rule(
    "workflow-api.copy-inactive",
    "A copy is not active, and keeps what its request does not change: schema, severity, preferences, name with (Copy).",
    DUPLICATE,
)
@pytest.mark.parametrize(
    ("body", "changed"),
    [
        ({}, {"name": "Daily News! (Copy)", "workflowId": "daily-news-copy"}),
        ({"name": "Two", "tags": ["b"]}, {"name": "Two", "workflowId": "two", "tags": ["b"]}),
        ({"workflowId": "two.b", "description": None}, {"name": "Daily News! (Copy)", "workflowId": "two.b"}),
        ({"name": "Two", "description": ""}, {"name": "Two", "workflowId": "two", "description": ""}),
    ],
)
def test_a_copy_keeps_what_its_request_does_not_change(api, body, changed):
    original = api.post("/v2/workflows", {**NEWS, **COPIED}).body
    copy = api.post("/v2/workflows/news/duplicate", body).body
    same = {name: original[name] for name in (*COPIED, "tags") if name in original}
    assert "payloadSchema" in same
    assert copy == {**copy, **same, **changed, "active": False, "status": "INACTIVE"}


@pytest.mark.parametrize("body", [{"name": ""}, {"workflowId": "a b"}, {"tags": "a"}])
def test_a_copy_that_cannot_be_is_refused(api, news, body):
    assert api.post("/v2/workflows/news/duplicate", body).status == 422


@rule(
    "workflow-api.sync",
    "A workflow is synced to another environment that is there, if it is Novu's own.",
    CONTROLLER,
)
@pytest.mark.parametrize(
    ("workflow", "target", "status"),
    [
        ("news", THERE, 200),
        ("news", HERE, 400),
        ("news", "e0ffffffffffffffffffffff", 404),
        ("news", "", 422),
        ("w", THERE, 400),
        ("none", THERE, 404),
    ],
)
def test_a_workflow_is_synced(served, api, news, workflow, target, status):
    served("w", ("in_app", "bell", {"body": "x"}))
    assert api.put(f"/v2/workflows/{workflow}/sync", {"targetEnvironmentId": target}).status == status


# --- what runs ----------------------------------------------------------------------------------------


@rule("workflow-api.runs", "A workflow of the dashboard delivers its controls, with Liquid in them.", RUN)
@pytest.mark.parametrize(
    ("step", "channel", "field", "expected"),
    [
        (BELL, "in_app", "body", "Hi Ann"),
        ({**BELL, "controlValues": {"body": "{{subscriber.firstName | upcase}}"}}, "in_app", "body", "ANN"),
        (
            {"name": "T", "type": "sms", "controlValues": {"body": "Hi {{payload.name}}"}},
            "sms",
            "body",
            "Hi Ann",
        ),
        (MAIL, "email", "subject", "S"),
        (
            {**MAIL, "controlValues": {"subject": "{{payload.n}}", "body": "<b onclick='x()'>B</b>"}},
            "email",
            "body",
            "<b onclick='x()'>B</b>",
        ),
    ],
)
def test_a_workflow_of_the_dashboard_runs(sim, api, step, channel, field, expected):
    api.post("/v2/workflows", {**NEWS, "steps": [step]})
    to = {"subscriberId": "ann", "firstName": "Ann", "email": "a@acme.test", "phone": "+41"}
    sim.trigger("news", to, {"name": "Ann", "n": 1})
    [message] = sim.messages
    assert (message.channel, getattr(message, field)) == (channel, expected)


@rule("workflow-api.later-steps", "A later step sees the results of earlier ones.", RUN)
def test_a_later_step_sees_earlier_ones(sim, api):
    digest = {"name": "Digest", "type": "digest", "controlValues": {"amount": 1, "unit": "hours"}}
    bell = {**BELL, "controlValues": {"body": "{{steps.digest.eventCount}} new"}}
    api.post("/v2/workflows", {**NEWS, "steps": [digest, bell]})
    for number in range(3):
        sim.trigger("news", "ann", {"n": number})
    sim.advance(hours=1)
    assert [message.body for message in sim.messages] == ["3 new"]


@rule(
    "workflow-api.conditions",
    "The condition of a step, called `skip`, says when the step is delivered.",
    RUN,
)
@pytest.mark.parametrize(
    ("condition", "delivered"),
    [
        (None, True),
        ({}, True),
        ({"==": [{"var": "payload.plan"}, "pro"]}, True),
        ({"==": [{"var": "payload.plan"}, "free"]}, False),
        ({"!=": [{"var": "subscriber.firstName"}, "Ann"]}, False),
        ({"and": [{">": [{"var": "payload.n"}, 1]}, {"==": [{"var": "payload.plan"}, "pro"]}]}, True),
    ],
)
def test_a_step_has_a_condition(sim, api, condition, delivered):
    values = {"body": "x"} if condition is None else {"body": "x", "skip": condition}
    api.post("/v2/workflows", {**NEWS, "steps": [{**BELL, "controlValues": values}]})
    sim.trigger("news", {"subscriberId": "ann", "firstName": "Ann"}, {"plan": "pro", "n": 2})
    assert len(sim.messages) == delivered


@rule(
    "workflow-api.broken-condition",
    "A condition that cannot be read fails its step, and a delay with it its run.",
    RUN,
)
@pytest.mark.parametrize(
    "condition", [{"unknown": []}, {"invalidOp": [1, 2]}, {"and": [True, {"nonsense": 1}]}]
)
@pytest.mark.parametrize(("first", "messages"), [("sms", 1), ("delay", 0)])
def test_a_condition_that_cannot_be_read_fails_its_step(sim, api, condition, first, messages):
    values = {"sms": {"body": "x"}, "delay": {"type": "regular", "amount": 1, "unit": "hours"}}[first]
    steps = [{"name": "First", "type": first, "controlValues": {**values, "skip": condition}}, BELL]
    api.post("/v2/workflows", {**NEWS, "steps": steps})
    run = sim.trigger("news", {"subscriberId": "ann", "phone": "+1"}, {"name": "Ann"}).run
    sim.run_until_idle()  # it is asked for again, as any failing bridge
    assert (run.steps[0].status, len(run.messages)) == ("failed", messages)


@rule(
    "workflow-api.preview", "A preview shows a step for the payload given, and changes nothing.", CONTROLLER
)
@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"previewPayload": {"payload": {"name": "Bob"}}}, {"body": "Hi Bob"}),
        (
            {
                "controlValues": {"body": "New {{subscriber.firstName}}"},
                "previewPayload": {"subscriber": {"firstName": "Al"}},
            },
            {"body": "New Al"},
        ),
        ({"controlValues": {"body": "{{ x | y"}}, {}),
    ],
)
def test_a_step_is_previewed(sim, api, news, body, expected):
    status, answer = api.post("/v2/workflows/news/step/bell/preview", body)
    assert (status, answer["result"]) == (201, {"type": "in_app", "preview": expected})
    assert sim.messages == []
    assert api.get("/v2/workflows/news").body["steps"][0]["controlValues"] == BELL["controlValues"]


@rule("workflow-api.step-unknown", "An unknown step is a 404.", CONTROLLER)
@pytest.mark.parametrize(("method", "path"), [("GET", "steps/none"), ("POST", "step/none/preview")])
def test_an_unknown_step(api, news, method, path):
    assert api(method, f"/v2/workflows/news/{path}", {} if method == "POST" else None).status == 404


left_out(
    "workflow-api.issues",
    "Controls with unknown variables, missing values or a channel without integration leave issues at their step.",
    UPSERT,
    why="They are hints for the dashboard's editor; nothing that runs depends on them.",
)
left_out(
    "workflow-api.tier",
    "The number of workflows is bounded by the plan.",
    UPSERT,
    why="Plans are the cloud's.",
)


# --- layouts and translations -------------------------------------------------------------------------

EMAIL_CONTROL = Source("apps/api/src/app/workflows-v2/dtos/controls/email-control.dto.ts", "bb741c9")


@rule(
    "workflow-api.layout",
    "An email has the layout that it names, none for null, and otherwise the default.",
    EMAIL_CONTROL,
)
@pytest.mark.parametrize(
    ("named", "shown"),
    [
        ({}, "<html><body>main <p>B</p></body></html>"),
        ({"layoutId": "other"}, "<html><body>other Ann <p>B</p></body></html>"),
        ({"layoutId": None}, "<p>B</p>"),
        ({"layoutId": "none"}, "<p>B</p>"),
    ],
)
def test_an_email_has_a_layout(sim, api, named, shown):
    for name, text in (("main", "main"), ("other", "other {{subscriber.firstName}}")):
        api.post("/v2/layouts", {"layoutId": name, "name": name})
        body = f"<html><body>{text} {{{{content}}}}</body></html>"
        api.put(
            f"/v2/layouts/{name}",
            {"name": name, "controlValues": {"email": {"body": body, "editorType": "html"}}},
        )
    mail = {**MAIL, "controlValues": {**MAIL["controlValues"], **named}}
    api.post("/v2/workflows", {**NEWS, "steps": [mail]})
    sim.trigger("news", {"subscriberId": "ann", "firstName": "Ann", "email": "a@acme.test"})
    assert [message.body for message in sim.messages] == [shown]


@pytest.mark.parametrize(
    ("locale", "expected"),
    [("de_DE", "Hallo Ann"), ("en_US", "Hello Ann"), (None, "Hello Ann"), ("fr_FR", "Hello Ann")],
)
def test_a_workflow_of_the_dashboard_is_translated(sim, api, locale, expected):
    api.post(
        "/v2/workflows", {**NEWS, "steps": [{**BELL, "controlValues": {"body": "{{t.bell.hi}}{{t.none}}"}}]}
    )
    for one, hi in (("en_US", "Hello"), ("de_DE", "Hallo")):
        content = {"bell": {"hi": f"{hi} {{{{payload.name}}}}"}}
        about = {"resourceId": "news", "resourceType": "workflow", "locale": one, "content": content}
        assert api.post("/v2/translations", about).status == 200
    sim.trigger("news", {"subscriberId": "ann", "locale": locale}, {"name": "Ann"})
    assert [message.body for message in sim.messages] == [f"{expected}{{{{t.none}}}}"]


left_out(
    "workflows.first-version",
    "The first version of the API makes workflows at /v1/notification-templates, with groups, feeds, layouts and changes.",
    Source("apps/api/src/app/workflows-v1/notification-template.controller.ts", "943f64b"),
    why="They are of the first dashboard; workflows in code are not made there, and no client of today calls it.",
)
