"""`http_request`: which answers fail, whether the run goes on, and what later steps get."""

from __future__ import annotations

import pytest

from tests.rules import Source, left_out, rule

HTTP = Source(
    "apps/worker/src/app/workflow/usecases/send-message/execute-http-request-step.usecase.ts", "57973eb"
)
NEWEST = Source(HTTP.path, "066b489")
APRIL = Source(HTTP.path, "943f64b")
SEND = Source("apps/worker/src/app/workflow/usecases/send-message/send-message.usecase.ts", "943f64b")
RUN = Source("apps/worker/src/app/workflow/usecases/run-job/run-job.usecase.ts", "0f3f28d")
STATE = Source(
    "apps/worker/src/app/workflow/usecases/execute-bridge-job/execute-bridge-job.usecase.ts", "943f64b"
)
CLIENT = Source("libs/application-generic/src/services/http-client/http-client.service.ts", "943f64b")

BODY = {"subject": "x", "body": "x"}
URL = {"url": "https://shop.test/stock", "method": "GET"}

SAID = {
    "id": 7,
    "said": 'say "hi"',
    "lines": "a\nb\t\\",
    "bell": "\a",
    "list": [1, {"a": "b"}],
    "quoted": ['say "hi"'],
}


def field(value):
    return [{"key": "q", "value": value}]


@pytest.fixture
def request_of(sim, served):
    """`request_of(body, status=..., controls=...)` answers the request of a run, and gives the run."""

    def run(body=None, *, status=200, controls=None, **answer):
        served("w", ("http_request", "call", {}), ("in_app", "bell", BODY))
        if controls is not None:
            sim.controls("w", "call", {**URL, **controls})
        sim.http_responses.answer("w", "call", body, status=status, **answer)
        return sim.trigger("w", "ann").run

    return run


def statuses(run):
    return [step.status for step in run.steps]


@rule("http.not-the-bridges", "Novu makes the request itself: the bridge is not asked.", SEND, since="2026")
def test_the_bridge_is_not_asked(request_of, bridge):
    request_of({"left": 3})
    assert [called for called, _ in bridge.calls] == ["bell"]


@rule(
    "http.state",
    "Later steps get the body of the response; an empty one is an empty object.",
    STATE,
    since="2026",
)
@pytest.mark.parametrize(
    ("body", "state"),
    [
        ({"left": 3}, {"left": 3}),
        ({"a": {"b": [1, None]}}, {"a": {"b": [1, None]}}),
        ({}, {}),
        (None, {}),
        ("", {}),
        (0, {}),
        ("plain text", "plain text"),
        ([1, 2], [1, 2]),
    ],
)
def test_later_steps_get_the_body(request_of, bridge, body, state):
    assert statuses(request_of(body)) == ["completed", "completed"]
    assert bridge.state("bell", "call") == state


@rule("http.fails", "A status of 400 and more fails the step, stops the run and cancels what is left.", HTTP)
@pytest.mark.parametrize("status", [400, 401, 404, 418, 429, 500, 502, 503, 504, 599])
def test_a_status_of_400_and_more_fails(request_of, bridge, status):
    run = request_of({"why": "no"}, status=status)
    assert (run.status, statuses(run), bridge.calls) == ("failed", ["failed", "canceled"], [])


@rule("http.succeeds", "Any status below 400 is a success.", CLIENT)
@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
def test_a_status_below_400_is_a_success(request_of, status):
    assert request_of({"left": 3}, status=status).step("call").result == {"left": 3}


@rule("http.no-retry", "A request that failed is not repeated.", CLIENT)
@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_request_is_not_made_again(sim, request_of, status):
    run = request_of(status=status, times=1)
    sim.run_until_idle()
    assert run.step("call").status == "failed"


@rule(
    "http.continue-on-failure",
    "With `continueOnFailure` the step fails and the run goes on.",
    HTTP,
    since="2026",
)
@pytest.mark.parametrize(
    ("controls", "later"),
    [
        ({}, "canceled"),
        ({"continueOnFailure": False}, "canceled"),
        ({"continueOnFailure": True}, "completed"),
    ],
)
def test_with_continue_on_failure_the_run_goes_on(request_of, controls, later):
    run = request_of(status=503, controls=controls)
    assert statuses(run) == ["failed", later]
    assert run.status == ("completed" if later == "completed" else "failed")


@rule(
    "http.state-failed",
    "A request that failed leaves an empty object, and its job is failed.",
    STATE,
    since="2026",
)
def test_a_request_that_failed_leaves_an_empty_object(request_of, bridge):
    request_of({"why": "no"}, status=500, controls={"continueOnFailure": True})
    entry = bridge.events("bell")[0]["state"][0]
    assert (entry["outputs"], entry["state"]["status"]) == ({}, "failed")


@rule("http.missing-url", "Controls that are saved without a URL fail the step.", HTTP)
@pytest.mark.parametrize("url", [None, ""])
def test_controls_without_a_url_fail(request_of, url):
    run = request_of({"left": 3}, controls={"url": url})
    assert (statuses(run), run.step("call").error) == (
        ["failed", "canceled"],
        "no URL is saved for the request",
    )


@rule(
    "http.compiled",
    "The saved controls are compiled as one JSON text; where that or the URL is broken then, the step fails.",
    APRIL,
    since="2026",
)
@pytest.mark.parametrize("goes_on", [False, True])
@pytest.mark.parametrize(
    ("controls", "why"),
    [
        ({"url": "https://a.test/{{ payload.id }}/{{ subscriber.subscriberId }}"}, None),
        ({"url": "{{ tenant.data.host }}/x"}, None),
        ({"url": "{{ env.host }}/x"}, None),
        ({"url": "{{ actor.data.host }}/x"}, None),
        ({"body": field("{{ payload.said }}")}, None),
        ({"body": field("{{ payload.lines }}")}, None),
        ({"body": field("{{ payload.none }}")}, None),
        ({"body": field("{{ payload.list }}")}, None),
        ({"body": field('{{ payload.id | append: "x" }}')}, "does not compile"),
        ({"body": field("{{ payload.said | raw }}")}, "does not compile"),
        ({"body": field("{{ payload.bell }}")}, "does not compile"),
        ({"body": field("{{ payload.quoted }}")}, "does not compile"),
        ({"headers": field("{{ payload.id | nonsense }}")}, None),
        ({"url": "https://a.test/{{ payload.id"}, "does not compile"),
        ({"url": "https://a.test/{% if payload.id %}"}, "does not compile"),
        ({"url": "{{ payload.none }}"}, "comes out empty"),
        ({"url": "{{ steps.before.url }}"}, "comes out empty"),
        ({"body": "  "}, None),
        ({"body": '{"n": {{ payload.id }}}'}, None),
        ({"body": "[{{ payload.id }}]"}, None),
        ({"body": "{{ payload.id }}"}, "neither a JSON object nor a list"),
        ({"body": '{"n": {{ payload.none }}}'}, "is not JSON"),
        ({"url": "{{ payload.none }}/x"}, "is not a URL"),
        ({"url": "ftp://a.test"}, "is not a URL"),
    ],
)
def test_the_controls_are_compiled(sim, served, controls, why, goes_on):
    served("w", ("http_request", "call", {}), ("in_app", "bell", BODY))
    sim.env["host"] = "https://env.test"
    sim.tenants.upsert("acme", data={"host": "https://acme.test"})
    actor = {"subscriberId": "bob", "data": {"host": "https://bob.test"}}
    sim.controls("w", "call", {**URL, **controls, "continueOnFailure": goes_on})
    sim.http_responses.answer("w", "call", {"left": 3})
    run = sim.trigger("w", "ann", SAID, tenant="acme", actor=actor).run
    if why is None:
        assert (statuses(run), run.step("call").result) == (["completed", "completed"], {"left": 3})
    else:
        assert statuses(run) == ["failed", "completed" if goes_on else "canceled"]
        assert why in run.step("call").error


@rule("http.not-made", "A request that was not made uses up no answer.", APRIL)
def test_a_request_that_was_not_made_uses_up_no_answer(sim, request_of):
    request_of({"n": 1}, controls={"url": "{{ payload.url }}"}, times=1)
    run = sim.trigger("w", "ann", {"url": "https://a.test"}).run
    assert run.step("call").result == {"n": 1}


@rule(
    "http.schema",
    "With `enforceSchemaValidation`, a response that does not match its schema fails the step.",
    HTTP,
)
@pytest.mark.parametrize(
    ("body", "enforced", "status"),
    [
        ({"left": 3}, True, "completed"),
        ({"left": "3"}, True, "failed"),
        ({}, True, "failed"),
        ([], True, "failed"),
        ({}, False, "completed"),
        ({}, None, "completed"),
    ],
)
def test_a_response_is_held_to_its_schema(request_of, body, enforced, status):
    schema = {"type": "object", "properties": {"left": {"type": "integer"}}, "required": ["left"]}
    controls = {"responseBodySchema": schema, "enforceSchemaValidation": enforced}
    assert request_of(body, controls=controls).step("call").status == status


@rule(
    "http.skip",
    "The saved `skip` is a condition that has to hold for the request to be made.",
    HTTP,
    since="2026",
)
@pytest.mark.parametrize(
    ("condition", "status"),
    [
        (None, "completed"),
        ({}, "completed"),
        ({"==": [{"var": "payload.plan"}, "pro"]}, "completed"),
        ({"==": [{"var": "payload.plan"}, "free"]}, "canceled"),
        ({"==": [{"var": "subscriber.email"}, "ann@acme.test"]}, "completed"),
        ({"!": [{"var": "env.name"}]}, "canceled"),
        ({"var": "payload.plan"}, "completed"),
        ({"var": "payload.missing"}, "canceled"),
        ({"nonsense": []}, "failed"),
    ],
)
def test_a_request_is_made_where_its_condition_holds(sim, served, condition, status):
    served("w", ("http_request", "call", {}), ("in_app", "bell", BODY))
    sim.controls("w", "call", {**URL, "skip": condition})
    run = sim.trigger("w", {"subscriberId": "ann", "email": "ann@acme.test"}, {"plan": "pro"}).run
    assert [step.job_status for step in run.steps] == [status, "completed"]
    skipped = "skipped by the condition that is saved for it" if status == "canceled" else None
    assert run.steps[0].skip_reason == skipped


@rule(
    "http.steps",
    "The condition and the templates of a request see what the steps before it left.",
    NEWEST,
    since="June 2026",
)
@pytest.mark.parametrize(
    ("controls", "statuses"),
    [
        ({"skip": {"==": [{"var": "steps.first.read"}, True]}}, "canceled"),
        ({"skip": {"===": [{"var": "steps.first.read"}, False]}}, "completed"),
        ({"skip": {">": [{"var": "steps.asked.left"}, 2]}}, "completed"),
        ({"skip": {">": [{"var": "steps.asked.left"}, 3]}}, "canceled"),
        ({"skip": {"var": "steps.later"}}, "canceled"),
        ({"url": "https://shop.test/{{ steps.asked.left }}"}, "completed"),
        ({"url": "{{ steps.asked.url }}"}, "completed"),
        ({"url": "{{ steps.first.url }}"}, "failed"),
    ],
)
def test_a_request_sees_the_steps_before_it(sim, served, controls, statuses):
    served(
        "w",
        ("in_app", "first", BODY),
        ("http_request", "asked", {}),
        ("http_request", "call", {}),
        ("in_app", "later", BODY),
    )
    sim.http_responses.answer("w", "asked", {"left": 3, "url": "https://shop.test"})
    sim.controls("w", "call", {**URL, **controls})
    assert sim.trigger("w", "ann").run.step("call").job_status == statuses


@rule("http.several", "Each request leaves its own answer.", STATE, since="2026")
def test_each_request_leaves_its_own_answer(sim, served, bridge):
    served("w", ("http_request", "one", {}), ("http_request", "two", {}), ("in_app", "bell", BODY))
    sim.http_responses.answer("w", "one", {"n": 1})
    sim.http_responses.answer("w", "two", {"n": 2})
    sim.trigger("w", "ann")
    assert (bridge.state("bell", "one"), bridge.state("bell", "two")) == ({"n": 1}, {"n": 2})


left_out(
    "http.url-required",
    "A step without saved controls has no URL, and fails.",
    HTTP,
    why="A test answers the request itself; what is saved in the dashboard is not there to be tested.",
)
left_out(
    "http.sent",
    "The request is signed and sent, but not to a host without an address or on an internal network.",
    HTTP,
    why="The simulation makes no request and looks up no host.",
)
