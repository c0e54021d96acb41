"""How a web page opens an inbox: what its session says, and what has to prove it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timezone

import pytest

from novu_framework import Step, workflow
from novu_framework_testing import NovuSimulator
from novu_framework_testing.api.sessions import context_hash, subscriber_hash
from novu_framework_testing.api.state import SIZE_OF_A_RECORD
from tests.rules.novu_api import NovuApi

NOON = datetime(2026, 1, 1, 12, tzinfo=timezone.utc)


@workflow("bell", severity="high")
async def bell(step: Step) -> None:
    await step.in_app("bell", {"body": "Hi"})


@pytest.fixture
def sim() -> Iterator[NovuSimulator]:
    with NovuSimulator(NOON) as simulator:
        simulator.register(bell)
        yield simulator


@pytest.fixture
def api(sim: NovuSimulator) -> NovuApi:
    return NovuApi(sim)


def test_a_session_of_a_page_is_shown_whole(sim: NovuSimulator, api: NovuApi) -> None:
    sim.trigger("bell", "ann")
    page = api.with_token("")
    unread = {"total": 1, "severity": {"high": 1, "medium": 0, "low": 0, "none": 0}}
    whole = {
        "applicationIdentifier": "app", "totalUnreadCount": 1, "unreadCount": unread, "removeNovuBranding": False,
        "maxSnoozeDurationHours": 2160, "isDevelopmentMode": True, "contextKeys": [],
    }  # fmt: skip
    asked = {"applicationIdentifier": "app", "subscriberId": "ann"}
    status, shown = page.post("/v1/inbox/session", asked)
    own = api.with_token(shown.pop("token"))
    assert (status, shown) == (201, whole)
    assert own.get("/v1/inbox/notifications").body["data"][0]["isRead"] is False
    schedule = {"isEnabled": False}
    for first in (schedule, {"isEnabled": True}):  # the one that there is stays
        again = page.post("/v1/inbox/session", {**asked, "defaultSchedule": first}).body
        assert again["schedule"] == schedule
    elsewhere = page.post("/v1/inbox/session", {**asked, "context": {"shop": "a"}}).body
    assert (elsewhere["contextKeys"], elsewhere["totalUnreadCount"], "schedule" in elsewhere) == (
        ["shop:a"],
        0,
        False,
    )
    keyless = page.post("/v1/inbox/session", {}).body
    assert keyless["applicationIdentifier"] == "pk_keyless_695661c0_sim"
    assert "keyless-subscriber-id" in sim.subscribers
    named = {"applicationIdentifier": "pk_keyless_x", "subscriberId": "bob"}
    assert page.post("/v1/inbox/session", named).body["applicationIdentifier"] == "pk_keyless_x"
    assert "bob" not in sim.subscribers
    profile = {"subscriberId": "ann", "firstName": "Ann"}
    page.post("/v1/inbox/session", {"applicationIdentifier": "app", "subscriber": profile})
    assert sim.subscribers["ann"].first_name is None  # which nothing proves
    proof = subscriber_hash(sim.secret_key, "ann")
    page.post(
        "/v1/inbox/session", {"applicationIdentifier": "app", "subscriber": profile, "subscriberHash": proof}
    )
    assert sim.subscribers["ann"].first_name == "Ann"
    page.post(
        "/v1/inbox/session",
        {"applicationIdentifier": "app", "subscriber": {"subscriberId": "eve", "firstName": "Eve"}},
    )
    assert sim.subscribers["eve"].first_name == "Eve"


def test_the_token_of_a_subscriber_who_is_gone_opens_no_inbox_of_the_next(
    sim: NovuSimulator, api: NovuApi
) -> None:
    opened = {"applicationIdentifier": "app", "subscriberId": "ann"}
    token = api.with_token("").post("/v1/inbox/session", opened).body["token"]
    assert api.with_token(token).get("/v1/inbox/notifications").status == 200
    api.delete("/v2/subscribers/ann")
    assert api.with_token(token).get("/v1/inbox/notifications").status == 401
    sim.trigger("bell", "ann")
    assert api.with_token(token).get("/v1/inbox/notifications").status == 401


LARGE = "x" * 60_000
WRITTEN = {
    "subscribers": ("POST", "/v1/inbox/session", {"applicationIdentifier": "app", "subscriberId": "new-{n}"}),
    "large subscribers": (
        "POST",
        "/v1/inbox/session",
        {"applicationIdentifier": "app", "subscriber": {"subscriberId": "new-{n}", "data": {"a": LARGE}}},
    ),
    "contexts": (
        "POST",
        "/v1/inbox/session",
        {"applicationIdentifier": "app", "subscriberId": "ann", "context": {"shop": "s{n}", "app": "a{n}"}},
    ),
    "large contexts": (
        "POST",
        "/v1/inbox/session",
        {"applicationIdentifier": "app", "subscriberId": "ann", "context": {"a": {"id": "a{n}", "data": {"a": LARGE}}}},
    ),
    "topics": ("POST", "/v1/inbox/topics/t{n}/subscriptions", {}),
    "subscriptions": ("POST", "/v1/inbox/topics/one/subscriptions", {"identifier": "s{n}"}),
    "names": ("PATCH", "/v1/inbox/topics/topic/subscriptions/mine", {"name": "{n}" + LARGE}),
    "conditions": ("PATCH", "/v1/inbox/subscriptions/mine/preferences/bell", {"condition": {"==": ["{n}", LARGE]}}),
    "preferences": ("PATCH", "/v1/inbox/preferences/bell", {"email": False}),
}  # fmt: skip


@pytest.mark.parametrize(
    "kind",
    [pytest.param(kind, marks=pytest.mark.slow if kind == "subscriptions" else ()) for kind in WRITTEN],
)
def test_what_pages_write_without_the_key_is_bounded(sim: NovuSimulator, api: NovuApi, kind: str) -> None:
    """Anyone can open an inbox: a page that goes on and on fills no memory, and stops nobody from reading."""
    state = api.cloud.state
    state.left_for_pages = 400_000
    opened = {"applicationIdentifier": "app", "subscriberId": "ann"}
    token = api.with_token("").post("/v1/inbox/session", opened).body["token"]
    page = api.with_token(token)
    page.post("/v1/inbox/topics/topic/subscriptions", {"identifier": "mine"})
    method, path, body = WRITTEN[kind]
    page = api.with_token("") if path.endswith("session") else page
    statuses = []
    for number in range(5_000):
        said = json.loads(json.dumps(body).replace("{n}", str(number)))
        statuses.append(page(method, path.replace("{n}", str(number)), said).status)
        if statuses[-1] == 429:
            break
    assert statuses[-1] == (400 if kind == "subscriptions" else 429)
    assert set(statuses[:-1]) <= {200, 201, 400}  # ten subscriptions to a topic are all that Novu takes
    assert api.with_token("").post("/v1/inbox/session", opened).status == 201
    assert api.with_token(token).get("/v1/inbox/notifications").status == 200
    proven = {"applicationIdentifier": "app", "subscriberId": "eve", "subscriberHash": subscriber_hash(sim.secret_key, "eve")}  # fmt: skip
    assert api.with_token("").post("/v1/inbox/session", proven).status == 201


def test_a_subscription_is_in_the_context_of_its_session_and_counts_once(
    sim: NovuSimulator, api: NovuApi
) -> None:
    opened = {"applicationIdentifier": "app", "subscriberId": "ann", "context": {"shop": "a"}}
    page = api.with_token(api.with_token("").post("/v1/inbox/session", opened).body["token"])
    page.post("/v1/inbox/topics/one/subscriptions", {"identifier": "first"})
    left = [api.cloud.state.left_for_pages]
    for identifier in ("second", "second"):
        answer = page.post("/v1/inbox/topics/one/subscriptions", {"identifier": identifier})
        left.append(api.cloud.state.left_for_pages)
    assert answer.body["contextKeys"] == ["shop:a"]
    assert left[0] - left[1] >= SIZE_OF_A_RECORD
    assert left[1] - left[2] < SIZE_OF_A_RECORD


def test_an_inbox_that_asks_for_proofs_is_opened_by_them_alone(sim: NovuSimulator, api: NovuApi) -> None:
    bells = next(one for one in sim.integrations if one.channel == "in_app")
    bells.credentials["hmac"] = True
    page, asked = (
        api.with_token(""),
        {"applicationIdentifier": "app", "subscriberId": "ann", "context": {"shop": "a"}},
    )
    proof = {"subscriberHash": subscriber_hash(sim.secret_key, "ann")}
    context = {"contextHash": context_hash(sim.secret_key, {"shop": "a"})}
    outcomes = [
        (answer.status, answer.body.get("message"))
        for answer in (
            page.post("/v1/inbox/session", {**asked, **more})
            for more in ({}, {"subscriberHash": "x"}, proof, {**proof, **context})
        )
    ]
    assert outcomes == [
        (400, "Please provide a valid HMAC hash"), (400, "Please provide a valid HMAC hash"),
        (400, "Please provide a valid context HMAC hash"), (201, None),
    ]  # fmt: skip
    api.put(f"/v1/integrations/{bells.id}", {"active": False})
    missing = page.post("/v1/inbox/session", asked)
    assert (missing.status, missing.body["message"]) == (
        404,
        "The active in-app integration could not be found",
    )
