"""Triggers: what the API answers, whom the worker reaches, and what is said once only."""

from __future__ import annotations

import pytest

from tests.rules import Source, left_out, rule

APRIL = "943f64b"
PARSE = Source("apps/api/src/app/events/usecases/parse-event-request/parse-event-request.usecase.ts", APRIL)
DTO = Source("apps/api/src/app/events/dtos/trigger-event-request.dto.ts", APRIL)
TO_ALL_DTO = Source("apps/api/src/app/events/dtos/trigger-event-to-all-request.dto.ts", APRIL)
BULK = Source("apps/api/src/app/events/usecases/process-bulk-trigger/process-bulk-trigger.usecase.ts", APRIL)
BULK_COMMAND = Source(
    "apps/api/src/app/events/usecases/process-bulk-trigger/process-bulk-trigger.command.ts", APRIL
)
TRIGGER_EVENT = Source("libs/application-generic/src/usecases/trigger-event/trigger-event.usecase.ts", APRIL)
MULTICAST = Source(
    "libs/application-generic/src/usecases/trigger-multicast/trigger-multicast.usecase.ts", APRIL
)
BROADCAST = Source(
    "libs/application-generic/src/usecases/trigger-broadcast/trigger-broadcast.usecase.ts", APRIL
)
TRIGGER_E2E = Source("apps/api/src/app/events/e2e/trigger-event.e2e.ts", APRIL)
STATUSES = Source("packages/shared/src/types/events.ts", APRIL)

BELL = ("in_app", "bell", {"body": "x"})
DAY = ("delay", "day", {"amount": 1, "unit": "days"})
PATH = "/v1/events/trigger"


@pytest.fixture
def welcome(served):
    return served("welcome", BELL)


@rule(
    "triggers.processed",
    "An accepted trigger is answered with 201 `processed`, and its transaction id or a new one.",
    PARSE,
)
@pytest.mark.parametrize(
    ("event", "runs"),
    [
        ({"to": "ann"}, 1),
        ({"to": "ann", "payload": {}}, 1),
        ({"to": ["ann", "bob"], "payload": {"n": 1}, "transactionId": "mine"}, 2),
        ({"to": {"subscriberId": "ann"}, "overrides": {}}, 1),
        ({"to": {"type": "Topic", "topicKey": "nobody"}}, 0),
        ({"to": []}, 0),
    ],
)
def test_a_trigger_is_processed(welcome, api, event, runs):
    answer = api.post(PATH, {"name": "welcome", **event})
    assert (answer.status, answer.body["acknowledged"], answer.body["status"]) == (201, True, "processed")
    assert answer.body["transactionId"] == event.get("transactionId", welcome.triggers[0].transaction_id)
    assert len(welcome.runs) == runs


@rule(
    "triggers.unknown-workflow",
    "A trigger of an unknown workflow is a 422 `workflow_not_found`.",
    PARSE,
)
@pytest.mark.parametrize("path", [PATH, f"{PATH}/broadcast"])
@pytest.mark.parametrize("name", ["unknown", "", "Welcome"])
def test_an_unknown_workflow_is_refused(welcome, api, path, name):
    answer = api.post(path, {"name": name, "to": "ann", "payload": {}})
    assert (answer.status, answer.body["message"]) == (422, "workflow_not_found")
    assert list(welcome.triggers) == []


@rule(
    "triggers.not-active",
    "The trigger of a workflow that is not active answers `trigger_not_active`, and nothing runs.",
    PARSE,
)
@pytest.mark.parametrize("path", [PATH, f"{PATH}/broadcast", f"{PATH}/bulk"])
def test_a_workflow_that_is_not_active_does_not_run(welcome, api, path):
    welcome.subscriber("ann")
    welcome.workflow("welcome").deactivate()
    event = {"name": "welcome", "to": "ann", "payload": {}}
    answer = api.post(path, {"events": [event]} if path.endswith("bulk") else event)
    body = answer.body[0] if path.endswith("bulk") else answer.body
    assert (answer.status, body["acknowledged"], body["status"]) == (201, True, "trigger_not_active")
    assert "transactionId" in body
    assert welcome.runs == []
    welcome.workflow("welcome").activate()
    assert len(welcome.trigger("welcome", "ann", transaction_id=body["transactionId"]).runs) == 1


SSRF = Source("apps/api/src/app/events/e2e/trigger-event-ssrf.e2e.ts", "0e6954d")


@rule(
    "triggers.bridge-url-guard",
    "A `bridgeUrl` with credentials, or of a cloud's metadata service, is a 400, and nothing runs.",
    SSRF,
)
@pytest.mark.parametrize("path", [PATH, f"{PATH}/broadcast"])
@pytest.mark.parametrize(
    "url",
    [
        "http://user:word@acme.test/api/novu",
        "http://metadata.google.internal/computeMetadata/v1/",
        "http://169.254.169.254/latest",
    ],
)
def test_an_address_that_novu_never_calls_is_refused(welcome, api, path, url):
    answer = api.post(path, {"name": "welcome", "to": "ann", "payload": {}, "bridgeUrl": url})
    assert (answer.status, "bridgeUrl" in answer.body["message"]) == (400, True)
    assert list(welcome.triggers) == []


left_out(
    "triggers.bridge-url-private",
    "A `bridgeUrl` on this machine or in a private network is a 400.",
    SSRF,
    why="Bridges under test run on this machine.",
)


@rule("triggers.no-steps", "The trigger of a workflow without steps is processed, and sends nothing.", PARSE)
@pytest.mark.parametrize("path", [PATH, f"{PATH}/broadcast"])
def test_a_workflow_without_steps_is_processed(sim, served, api, path):
    served("empty")
    sim.subscriber("ann")
    answer = api.post(path, {"name": "empty", "to": "ann", "payload": {}})
    assert (answer.body["status"], [run.status for run in sim.runs], list(sim.messages)) == (
        "processed",
        ["completed"],
        [],
    )


@rule(
    "triggers.body", "A trigger's body is validated: 422, with what is wrong in class-validator's words.", DTO
)
@pytest.mark.parametrize(
    ("event", "messages"),
    [
        ({"to": "ann"}, ["name should not be null or undefined", "name must be a string"]),
        ({"name": 5, "to": "ann"}, ["name must be a string"]),
        ({"name": "welcome"}, ["to should not be null or undefined"]),
        ({"name": "welcome", "to": None}, ["to should not be null or undefined"]),
        ({"name": "welcome", "to": "ann", "payload": []}, ["payload must be an object"]),
        ({"name": "welcome", "to": "ann", "payload": "x"}, ["payload must be an object"]),
        ({"name": "welcome", "to": "ann", "overrides": 1}, ["overrides must be an object"]),
        ({"name": "welcome", "to": "ann", "transactionId": 1}, ["transactionId must be a string"]),
        ({"name": "welcome", "to": "ann", "actor": {"firstName": "Ann"}}, ["actor.subscriberId should not be null or undefined", "actor.subscriberId must be a string"]),
        ({"name": "welcome", "to": "ann", "actor": {"subscriberId": "x", "email": "no"}}, ["actor.email must be an email"]),
        ({"name": "welcome", "to": "ann", "actor": {"subscriberId": "x", "timezone": "no"}}, ["actor.timezone must be a valid IANA time-zone"]),
    ],
)  # fmt: skip
def test_a_trigger_that_is_not_one_is_refused(welcome, api, event, messages):
    assert api.messages("POST", PATH, event) == messages
    assert list(welcome.triggers) == []


@rule("triggers.no-payload", "A trigger needs no payload; a broadcast does.", TO_ALL_DTO)
@pytest.mark.parametrize(("path", "status"), [(PATH, 201), (f"{PATH}/broadcast", 422)])
def test_what_needs_a_payload(welcome, api, path, status):
    assert api.post(path, {"name": "welcome", "to": "ann"}).status == status


@rule(
    "triggers.no-id",
    "A recipient without a subscriber id is accepted, but the worker stops there, and nobody is reached.",
    MULTICAST,
)
@pytest.mark.parametrize(
    "to",
    [
        {"email": "ann@acme.test"},
        {"subscriberId": ""},
        {"topicKey": "team"},  # without its type it is no topic
        ["bob", {"email": "ann@acme.test"}],
        ["bob", 5],
        ["bob", ["ann"]],
    ],
)
def test_a_recipient_without_an_id_stops_the_trigger(welcome, api, to):
    welcome.topic("team").add("cid")
    answer = api.post(PATH, {"name": "welcome", "to": to})
    assert (answer.status, answer.body["status"]) == (201, "processed")
    assert welcome.runs == []


@rule("triggers.empty-recipients", "Empty recipients are ignored.", MULTICAST)
@pytest.mark.parametrize("to", [["", "ann"], [None, "ann"], ["ann", {"type": "Topic"}]])
def test_empty_recipients_are_passed_over(welcome, api, to):
    assert api.post(PATH, {"name": "welcome", "to": to}).body["status"] == "processed"
    assert [run.subscriber_id for run in welcome.runs] == ["ann"]


@rule(
    "triggers.same-transaction",
    "A transaction id that ran is not run again, and still answers `processed`.",
    TRIGGER_EVENT,
)
@pytest.mark.parametrize("second", [{}, {"to": "bob"}, {"payload": {"n": 2}}])
def test_a_transaction_runs_once(welcome, api, second):
    event = {"name": "welcome", "to": "ann", "transactionId": "once"}
    answers = [api.post(PATH, one).body for one in (event, {**event, **second})]
    assert [one["status"] for one in answers] == ["processed", "processed"]
    assert [run.subscriber_id for run in welcome.runs] == ["ann"]


@rule(
    "triggers.transaction-without-jobs",
    "A transaction id that reached nobody may be used again.",
    TRIGGER_EVENT,
)
def test_a_transaction_that_reached_nobody_runs(welcome, api):
    event = {"name": "welcome", "to": {"type": "Topic", "topicKey": "team"}, "transactionId": "once"}
    api.post(PATH, event)
    welcome.topic("team").add("ann")
    api.post(PATH, event)
    assert [run.subscriber_id for run in welcome.runs] == ["ann"]


# --- bulk -------------------------------------------------------------------------------------------------


@rule(
    "triggers.bulk",
    "Bulk events are answered in order; a rejected one has status `error`, and the others run.",
    BULK,
)
@pytest.mark.parametrize(
    ("event", "status", "error"),
    [
        ({"name": "welcome", "to": "bob"}, "processed", None),
        ({"name": "unknown", "to": "bob"}, "error", ["workflow_not_found"]),
        ({"name": "", "to": []}, "error", ["workflow_not_found"]),
        ({"name": "off", "to": "bob"}, "trigger_not_active", None),
        ({"name": "welcome", "to": {"email": "x"}}, "processed", None),
        ({"name": "welcome", "to": "bob", "payload": None}, "error", ["Validation failed"]),
    ],
)
def test_events_in_bulk(sim, welcome, served, api, event, status, error):
    served("off", BELL)
    sim.workflow("off").deactivate()
    first, last = (
        {"name": "welcome", "to": name, "payload": {}, "transactionId": f"t-{name}"}
        for name in ("ann", "zoe")
    )
    mine = {"payload": {}, **event, "transactionId": "mine"}
    answers = api.post(f"{PATH}/bulk", {"events": [first, mine, last]})
    assert (answers.status, [one["status"] for one in answers.body]) == (
        201,
        ["processed", status, "processed"],
    )
    assert [one["transactionId"] for one in answers.body] == ["t-ann", "mine", "t-zoe"]
    assert answers.body[1].get("error") == error
    assert {"ann", "zoe"} <= {run.subscriber_id for run in sim.runs}


@rule("triggers.bulk-limits", "A bulk request has 1 to 100 events.", BULK_COMMAND)
@pytest.mark.parametrize(
    ("events", "message"),
    [
        ([], "events should not be empty"),
        ([{"name": "welcome", "to": "ann"}] * 101, "events must contain no more than 100 elements"),
    ],
)
def test_events_in_bulk_are_limited(welcome, api, events, message):
    answer = api.post(f"{PATH}/bulk", {"events": events})
    assert (answer.status, answer.body["errors"]["events"]["messages"]) == (422, [message])
    assert welcome.runs == []


@rule("triggers.bulk-same-transaction", "A transaction id runs once in bulk requests too.", TRIGGER_EVENT)
def test_a_transaction_runs_once_in_bulk(welcome, api):
    events = [
        {"name": "welcome", "to": name, "payload": {}, "transactionId": "once"} for name in ("ann", "bob")
    ]
    answers = api.post(f"{PATH}/bulk", {"events": events}).body
    assert [one["status"] for one in answers] == ["processed", "processed"]
    assert [run.subscriber_id for run in welcome.runs] == ["ann"]


# --- broadcast ----------------------------------------------------------------------------------------------


@rule(
    "triggers.broadcast",
    "A broadcast reaches every existing subscriber, the actor too, and creates none.",
    BROADCAST,
)
@pytest.mark.parametrize(
    ("known", "actor", "reached"),
    [
        ([], None, []),
        (["ann", "bob"], None, ["ann", "bob"]),
        (["ann", "bob"], "ann", ["ann", "bob"]),
    ],
)
def test_a_broadcast_reaches_everybody(welcome, api, known, actor, reached):
    for subscriber_id in known:
        welcome.subscriber(subscriber_id)
    event = {"name": "welcome", "payload": {}, **({"actor": actor} if actor else {})}
    assert api.post(f"{PATH}/broadcast", event).body["status"] == "processed"
    assert [run.subscriber_id for run in welcome.runs] == reached


@rule("triggers.broadcast-deleted", "A broadcast does not reach a subscriber who was deleted.", BROADCAST)
def test_a_broadcast_leaves_the_deleted_out(welcome, api):
    for subscriber_id in ("ann", "bob"):
        welcome.subscriber(subscriber_id)
    api.delete("/v2/subscribers/ann")
    api.post(f"{PATH}/broadcast", {"name": "welcome", "payload": {}})
    assert [run.subscriber_id for run in welcome.runs] == ["bob"]


# --- cancel ---------------------------------------------------------------------------------------------------

CANCEL = Source("apps/api/src/app/events/usecases/cancel-delayed/cancel-delayed.usecase.ts", APRIL)


@rule(
    "triggers.cancel",
    "A trigger is canceled for all its subscribers while any of it is waiting; for an unknown one the answer is false.",
    CANCEL,
)
@pytest.mark.parametrize(("hours", "canceled"), [(1, True), (25, False)])
def test_a_trigger_is_canceled(sim, served, api, hours, canceled):
    served("later", DAY, BELL)
    sim.trigger("later", ["ann", "bob"], transaction_id="mine")
    sim.advance(hours=hours)
    assert api.delete(f"{PATH}/mine").body is canceled
    assert api.delete(f"{PATH}/other").body is False
    sim.run_until_idle()
    assert len(sim.messages) == (0 if canceled else 2)


left_out(
    "triggers.statuses",
    "`no_workflow_steps_defined` and `no_workflow_active_steps_defined` are among the statuses of a trigger.",
    STATUSES,
    why="No use case answers them any more: a workflow without steps is processed.",
)
left_out(
    "triggers.invalid-recipients",
    "Where no recipient has a valid id the answer is `invalid_recipients`.",
    PARSE,
    why="A feature flag makes it a line in Novu's log, unless it is turned off.",
)
NAME_AND_AGE = {
    "type": "object",
    "properties": {
        "name": {"type": "string"},
        "age": {"type": "number", "default": 30},
        "user": {
            "type": "object",
            "required": ["id"],
            "additionalProperties": False,
            "properties": {"id": {}},
        },
        "tags": {"type": "array", "items": {"type": "string"}},
    },
    "required": ["name"],
}
GREETING = {"name": "Bell", "type": "in_app", "controlValues": {"body": "{{payload.name}} {{payload.age}}"}}
CHECKED = {"name": "Checked", "steps": [GREETING], "payloadSchema": NAME_AND_AGE, "validatePayload": True}


@rule(
    "triggers.payload-validation",
    "Where a workflow has `validatePayload` its payload is validated by its schema, 400 with what is wrong.",
    PARSE,
)
@pytest.mark.parametrize(
    ("payload", "field", "message"),
    [
        ({"age": 25}, "root.name", "must have required property 'name'"),
        ({}, "root.name", "must have required property 'name'"),
        ({"name": 3}, "name", "must be string"),
        ({"name": "A", "user": {}}, "user.id", "must have required property 'id'"),
        ({"name": "A", "user": {"id": 1, "x": 2}}, "user", "must NOT have additional properties"),
        ({"name": "A", "tags": ["a", 1]}, "tags.1", "must be string"),
    ],
)
@pytest.mark.parametrize("active", [True, False])
def test_a_payload_that_does_not_fit_is_refused(sim, api, active, payload, field, message):
    api.post("/v2/workflows", {**CHECKED, "active": active})
    given = {"name": "checked", "to": "ann", "payload": payload}
    status, answer = api.post("/v1/events/trigger", given)
    assert (status, answer["message"]) == (400, f"Payload validation failed: {field}: {message}")
    assert answer["type"] == answer["ctx"]["type"] == "PAYLOAD_VALIDATION_ERROR"
    assert [(one["field"], one["message"]) for one in answer["ctx"]["errors"]] == [(field, message)]
    assert api.post("/v1/events/trigger/bulk", {"events": [given]}).body[0]["error"] == [answer["message"]]
    assert len(sim.triggers) == 0
    with pytest.raises(ValueError, match="Payload validation failed"):
        sim.trigger("checked", "ann", payload)


@rule("triggers.payload-defaults", "A payload that is validated gets the defaults of the schema.", PARSE)
@pytest.mark.parametrize(
    ("given", "payload", "body"),
    [
        ({}, {"name": "Ann"}, "Ann 30"),
        ({}, {"name": "Ann", "age": 7, "more": True}, "Ann 7"),
        ({"validatePayload": False}, {"name": "Ann"}, "Ann "),
        ({"validatePayload": False}, {"name": 3}, "3 "),
        ({"payloadSchema": None}, {"name": 3}, "3 "),
    ],
)
def test_a_payload_that_fits_gets_defaults(sim, api, given, payload, body):
    api.post("/v2/workflows", {**CHECKED, **given})
    assert api.post("/v1/events/trigger", {"name": "checked", "to": "ann", "payload": payload}).status == 201
    assert [message.content["body"] for message in sim.messages] == [body]


left_out(
    "triggers.payload-errors",
    "An invalid payload is rejected with everything that is wrong with it, and the place in the schema.",
    PARSE,
    why="The check is the bridge's, which ends at the first thing that is wrong.",
)
left_out(
    "triggers.activity-link",
    "The answer to a trigger has a link to the activity feed.",
    PARSE,
    why="There is no dashboard.",
)
