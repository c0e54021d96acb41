"""What every request to the API meets: the key, the shape of a refusal, pages, idempotency."""

from __future__ import annotations

import asyncio
import json

import pytest

from novu_framework_testing.api import Cloud
from novu_framework_testing.api.http import ApiRequest
from tests.rules import Source, left_out, rule
from tests.rules.novu_api import NovuApi

FILTER = Source("apps/api/src/exception-filter.ts", "74a2e9a")
AUTH = Source("apps/api/src/app/auth/e2e/user.auth.guard.e2e.ts", "74a2e9a")
IDEMPOTENCY = Source("apps/api/src/app/shared/framework/idempotency.e2e.ts", "a962f4e")
LIMIT = Source("apps/api/src/app/rate-limiting/guards/throttler.guard.e2e.ts", "74a2e9a")
CURSORS = Source("apps/api/src/app/agents/e2e/agents.e2e.ts", "7623343")

TOPIC = {"key": "post", "name": "Post"}


@pytest.fixture
def api(sim):
    return NovuApi(sim)


@pytest.fixture
def cloud(sim):
    return Cloud(sim)


def request(sim, method, path, body=None, **headers):
    content = b"" if body is None else json.dumps(body).encode()
    given = {
        "authorization": f"ApiKey {sim.secret_key}",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    return ApiRequest.parse(method, path, [(name, value) for name, value in given.items() if value], content)


@rule("errors.shape", "An error response contains its status, the time, the path and the reason.", FILTER)
@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/v2/topics/none", None, 404),
        ("POST", "/v2/topics", {}, 422),
        ("GET", "/v1/nothing", None, 404),
        ("POST", "/v1/environment-variables", {"key": "1"}, 422),
        ("PATCH", "/v1/environment-variables/NONE", {}, 404),
    ],
)
def test_a_refusal_has_a_shape(api, method, path, body, status):
    answer = api(method, path, body)
    assert answer.status == answer.body["statusCode"] == status
    assert (answer.body["path"], answer.body["timestamp"]) == (path, "2026-01-01T12:00:00.000Z")
    assert answer.body["message"]
    assert answer.body["error"]


@rule("errors.validation", "An invalid body is a 422 that lists everything that is wrong with it.", FILTER)
@pytest.mark.parametrize(
    ("path", "body", "messages"),
    [
        (
            "/v1/domains/acme.test/routes",
            {"address": "a b"},
            [
                "address must be the part of an email address before the @, or *",
                "type should not be null or undefined",
                "type must be one of the following values: agent, webhook",
            ],
        ),
        ("/v2/layouts", {"layoutId": "x", "name": 7}, ["name must be a string"]),
        (
            "/v2/workflows",
            {"name": "x", "steps": [{"name": "x", "type": "x"}]},
            [
                "steps.0.type must be one of the following values: in_app, email, sms, push, chat, tool, digest, delay, throttle, custom, http_request"
            ],
        ),
        ("/v1/environment-variables", {"key": "A", "values": {}}, ["values must be an array"]),
    ],
)
def test_a_wrong_body_is_a_422(api, path, body, messages):
    assert api.messages("POST", path, body) == messages


@rule("errors.key", "A request without the right key in the right form is a 401.", AUTH)
@pytest.mark.parametrize(
    "header",
    [
        "",
        "ApiKey",
        "ApiKey wrong",
        "Bearer test-secret",
        "test-secret",
        "apikey test-secret",
        "ApiKey test-secre",
    ],
)
def test_a_wrong_key_is_a_401(sim, cloud, header):
    answer = cloud.handle(request(sim, "GET", "/v2/topics", authorization=header))
    assert answer.status == 401
    assert "test-secret" not in json.dumps(answer.json)


@rule("errors.cursors", "A listing by cursor goes one way: `before` and `after` together are a 400.", CURSORS)
@pytest.mark.parametrize("path", ["/v1/agents", "/v1/domains", "/v2/topics", "/v2/subscribers"])
def test_a_listing_goes_one_way(api, path):
    status, error = api.get(f"{path}?before=000000000000000000000001&after=000000000000000000000002")
    assert (status, error["message"]) == (
        400,
        'Cannot specify both "before" and "after" cursors at the same time.',
    )


@rule("errors.limit", "A page has 1 to 100 items.", CURSORS)
@pytest.mark.parametrize(
    ("limit", "status"), [("1", 200), ("100", 200), ("101", 422), ("0", 422), ("-1", 422), ("x", 422)]
)
@pytest.mark.parametrize("path", ["/v1/agents", "/v1/domains"])
def test_the_size_of_a_page(api, path, limit, status):
    assert api.get(f"{path}?limit={limit}").status == status


@pytest.mark.parametrize(
    ("path", "known"),
    [
        ("/v1/notifications?subscriptionId=x", "channels"),
        ("/v1/domains?nome=acme", "name"),
        ("/v2/layouts?search=x", "query"),
        ("/v2/workflows/w?tags[0][]=x", "environmentId"),
        ("/v1/environments?limit=1", "none"),
    ],
)
def test_a_query_that_a_route_does_not_know_is_refused_in_words(api, path, known):
    status, error = api.get(path)
    assert status == 400
    assert error["message"].startswith("Unknown in the query: ")
    assert known in error["message"]


left_out(
    "errors.unknown-queries",
    "Unknown query parameters are ignored.",
    Source("apps/api/src/bootstrap.ts", "74a2e9a"),
    why="A filter that is not honoured, or written wrong, would make a test green for the wrong reason.",
)

# --- idempotency --------------------------------------------------------------------------------------


def ask(sim, cloud, body, key="key-1", method="POST", path="/v1/domains"):
    return cloud.handle(request(sim, method, path, body, idempotency_key=key))


@rule(
    "idempotency.replay",
    "A second request of the same key gets the first answer again, marked as a replay.",
    IDEMPOTENCY,
)
@pytest.mark.parametrize(
    ("body", "status"),
    [({"name": "acme.test"}, 201), ({"name": "no domain"}, 422)],
)
def test_a_key_is_answered_once(sim, cloud, body, status):
    first, second = ask(sim, cloud, body), ask(sim, cloud, body)
    assert (first.status, first.json) == (second.status, second.json)
    assert first.status == status
    assert first.headers["Idempotency-Key"] == second.headers["Idempotency-Key"] == "key-1"
    assert "Idempotency-Replay" not in first.headers
    assert second.headers["Idempotency-Replay"] == "true"


@rule(
    "idempotency.unique", "Requests with other keys, or without one, are answered independently.", IDEMPOTENCY
)
@pytest.mark.parametrize("keys", [("a", "b"), ("", "")])
def test_other_keys_are_other_requests(sim, cloud, keys):
    statuses = [ask(sim, cloud, {"name": "acme.test"}, key=key).status for key in keys]
    assert statuses == [201, 409]


@rule("idempotency.other-body", "A key that is used again with another body is a 422.", IDEMPOTENCY)
@pytest.mark.parametrize(
    ("again", "status"),
    [({"name": "other.test"}, 422), ({"name": "acme.test", "data": {}}, 422), ({"name": "acme.test"}, 201)],
)
def test_a_key_is_of_one_body(sim, cloud, again, status):
    ask(sim, cloud, {"name": "acme.test"})
    answer = ask(sim, cloud, again)
    assert answer.status == status
    if status == 422:
        assert answer.json["message"] == 'Request with key "key-1" is being reused for a different body'
        assert answer.json["error"] == "Unprocessable Entity"
        assert answer.headers["Link"]


@rule(
    "idempotency.concurrent",
    "While the first request with a key is in progress, a second is a 409, to be retried after a second.",
    IDEMPOTENCY,
)
async def test_a_key_in_work_is_a_conflict(sim, served):
    started, free = asyncio.Event(), asyncio.Event()

    class Slow:
        async def discover(self):
            return [{"workflowId": "w", "steps": [{"stepId": "bell", "type": "in_app"}]}]

        async def execute(self, *_, **__):
            started.set()
            await free.wait()
            raise ValueError

        def location(self, *_):
            return None

    await sim.connect_async(Slow())
    cloud, event = Cloud(sim), {"name": "w", "to": "ann"}
    trigger = request(sim, "POST", "/v1/events/trigger", event, idempotency_key="key-1")
    first = asyncio.ensure_future(cloud.handle_async(trigger))
    await started.wait()
    second = await cloud.handle_async(trigger)
    free.set()
    first.cancel()
    assert (second.status, second.headers["Retry-After"]) == (409, "1")
    assert (
        second.json["message"]
        == 'Request with key "key-1" is currently being processed. Please retry after 1 second'
    )


@rule("idempotency.methods", "Requests that only read are answered afresh, whatever their key.", IDEMPOTENCY)
def test_a_get_is_answered_anew(sim, cloud):
    before = ask(sim, cloud, None, method="GET")
    ask(sim, cloud, {"name": "acme.test"}, key="other")
    after = ask(sim, cloud, None, method="GET")
    assert (before.json["totalCount"], after.json["totalCount"]) == (0, 1)
    assert "Idempotency-Key" not in after.headers


@rule("idempotency.length", "A key of more than 255 characters is a 400.", IDEMPOTENCY)
@pytest.mark.parametrize(("length", "status"), [(255, 201), (256, 400)])
def test_the_length_of_a_key(sim, cloud, length, status):
    answer = ask(sim, cloud, {"name": "acme.test"}, key="k" * length)
    assert answer.status == status
    if status == 400:
        assert answer.json["message"].endswith("has exceeded the maximum allowed length of 255 characters")


@rule(
    "idempotency.day",
    "A key is kept for a day.",
    Source("apps/api/src/app/shared/framework/idempotency.interceptor.ts", "74a2e9a"),
)
@pytest.mark.parametrize(("hours", "status"), [(23, 201), (24, 409)])
def test_a_key_is_kept_for_a_day(sim, cloud, hours, status):
    ask(sim, cloud, {"name": "acme.test"})
    sim.advance(hours=hours)
    assert ask(sim, cloud, {"name": "acme.test"}).status == status


@rule("idempotency.no-key", "A request that is not authorised does not use up its key.", IDEMPOTENCY)
def test_a_refused_request_leaves_its_key(sim, cloud):
    refused = cloud.handle(
        request(
            sim,
            "POST",
            "/v1/domains",
            {"name": "acme.test"},
            authorization="ApiKey x",
            idempotency_key="key-1",
        )
    )
    assert refused.status == 401
    assert "Idempotency-Key" not in refused.headers
    assert ask(sim, cloud, {"name": "acme.test"}).status == 201


@rule("errors.rate-limit", "Above the limit a request is a 429 that says when to try again.", LIMIT)
@pytest.mark.parametrize("after", [0, 2])
def test_a_rate_limit(sim, cloud, after):
    cloud.rate_limit(after=after, retry_after=3)
    answers = [cloud.handle(request(sim, "GET", "/v2/topics")) for _ in range(after + 1)]
    assert [answer.status for answer in answers] == [200] * after + [429]
    assert (answers[-1].headers["Retry-After"], answers[-1].json["message"]) == (
        "3",
        "API rate limit exceeded",
    )


left_out(
    "errors.rate-limit-headers",
    "Every answer says the limit, its window and what is left of it.",
    LIMIT,
    why="There is no limit here until a test asks for one.",
)
