"""Routes of the API beside the rules that Novu writes down: the organization, subscribers, and their messages."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import datetime, timezone
from typing import Any

import pytest

from novu_framework import Step, workflow
from novu_framework_testing import NovuSimulator
from novu_framework_testing.api import ApiRequest, Cloud
from tests.rules.novu_api import Answer, NovuApi

NOON = datetime(2026, 1, 1, 12, tzinfo=timezone.utc)


@workflow("news", payload_schema={"type": "object", "additionalProperties": True})
async def news(payload: dict[str, Any], step: Step) -> None:
    await step.in_app(
        "bell",
        lambda: {
            "body": str(payload.get("n")),
            "data": {"n": payload.get("n")},
            "primaryAction": {"label": "Open", "redirect": {"url": "https://acme.test"}},
        },
    )
    await step.email("mail", {"subject": "Hi", "body": "<p>Hi</p>"})


@pytest.fixture
def sim() -> Iterator[NovuSimulator]:
    with NovuSimulator(NOON) as simulator:
        yield simulator


@pytest.fixture
def api(sim: NovuSimulator) -> NovuApi:
    return NovuApi(sim)


# --- the organization ---


def test_the_key_is_the_organizations(api: NovuApi) -> None:
    assert api.get("/v1/users/me") == Answer(
        200,
        {
            "_id": "090000000000000000000001",
            "firstName": "Simulated",
            "lastName": "Novu",
            "_organizationId": "090000000000000000000001",
            "_environmentId": "e00000000000000000000001",
        },
    )


SETTINGS = {"defaultLocale": "en_US", "targetLocales": [], "removeNovuBranding": False}


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ([], {}),
        ([{"targetLocales": ["de_DE"]}], {"targetLocales": ["de_DE"]}),
        ([{"defaultLocale": "de_DE", "removeNovuBranding": True}], {"defaultLocale": "de_DE", "removeNovuBranding": True}),
        ([{"removeNovuBranding": True}, {"removeNovuBranding": False}], {}),
        ([{"targetLocales": ["de_DE"]}, {"defaultLocale": "fr_FR"}], {"targetLocales": ["de_DE"], "defaultLocale": "fr_FR"}),
        ([{"targetLocales": ["de_DE"]}, {"targetLocales": []}], {}),
        ([{"defaultLocale": "de_DE"}, {"more": 1}], {"defaultLocale": "de_DE"}),
    ],
)  # fmt: skip
def test_settings_stay_until_they_are_changed(
    api: NovuApi, changes: list[Any], shown: dict[str, Any]
) -> None:
    for change in changes:
        answer = api.patch("/v1/organizations/settings", change)
    expected = {**SETTINGS, **shown}
    assert api.get("/v1/organizations/settings") == Answer(200, expected)
    assert not changes or answer == Answer(200, expected)


@pytest.mark.parametrize(
    "change", [{"defaultLocale": 1}, {"targetLocales": "de_DE"}, {"targetLocales": [1]}, {"removeNovuBranding": "yes"}]
)  # fmt: skip
def test_settings_that_cannot_be_are_refused(api: NovuApi, change: dict[str, Any]) -> None:
    assert api.patch("/v1/organizations/settings", change).status == 422
    assert api.get("/v1/organizations/settings").body == SETTINGS


def test_the_locales_are_those_of_the_translations_each_once_without_the_default(
    sim: NovuSimulator, api: NovuApi
) -> None:
    sim.register(news)
    about = {"resourceId": "news", "resourceType": "workflow", "content": {"hi": "x"}}
    for locale in ("en_US", "fr_FR", "de_DE", "fr_FR"):
        assert api.post("/v2/translations", {**about, "locale": locale}).status == 200
    assert api.get("/v1/organizations/settings").body["targetLocales"] == ["fr_FR", "de_DE"]


def deploy(sim: NovuSimulator, manifest: Any, bundle: bytes | None = b"export default 1") -> Answer:
    parts = {} if manifest is None else {"manifest": json.dumps(manifest).encode()}
    parts |= {} if bundle is None else {"bundle": bundle}
    content = b"".join(
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + part + b"\r\n"
        for name, part in parts.items()
    )
    headers = [
        ("authorization", f"ApiKey {sim.secret_key}"),
        ("content-type", "multipart/form-data; boundary=x"),
    ]
    answer = Cloud(sim).handle(
        ApiRequest.parse("POST", "/v2/step-resolvers/deploy", headers, content + b"--x--\r\n")
    )
    return Answer(answer.status, answer.json.get("data", answer.json))


BELL = {"workflowId": "news", "stepId": "bell", "stepType": "in_app"}
MAIL = {"workflowId": "news", "stepId": "mail", "stepType": "email"}


@pytest.mark.parametrize(
    ("steps", "noted"),
    [
        ([MAIL], {"mail": "ybppa-3rny8"}),
        ([{**MAIL, "controlSchema": {}}, BELL], {"mail": "ybppa-3rny8", "bell": "ybppa-3rny8"}),
    ],
)
def test_code_for_steps_is_noted_by_the_hash_of_its_bundle(
    sim: NovuSimulator, steps: list[Any], noted: dict[str, str]
) -> None:
    sim.register(news)
    assert deploy(sim, {"steps": steps}) == Answer(
        201,
        {
            "stepResolverHash": "ybppa-3rny8",
            "workerId": "simulated-ybppa-3rny8",
            "deployedStepsCount": len(steps),
            "skippedSteps": [],
            "deployedAt": "2026-01-01T12:00:00.000Z",
        },
    )
    assert sim.workflow("news").dashboard["stepResolvers"] == noted
    newer = deploy(sim, {"steps": steps[:1]}, b"export default 2").body["stepResolverHash"]
    assert sim.workflow("news").dashboard["stepResolvers"] == {**noted, "mail": newer}


@pytest.mark.parametrize(
    ("manifest", "bundle", "status", "said"),
    [
        ({"steps": [MAIL]}, None, 400, "The form needs a `bundle`."),
        (None, b"x", 400, "The manifest is not valid JSON: "),
        ({}, b"x", 422, "Validation Error"),
        ({"steps": []}, b"x", 422, "Validation Error"),
        ({"steps": [{**MAIL, "stepType": 1}]}, b"x", 422, "Validation Error"),
        ({"steps": [{"workflowId": "news", "stepId": "mail"}]}, b"x", 422, "Validation Error"),
        ({"steps": [{"stepId": "mail", "stepType": "email"}]}, b"x", 422, "Validation Error"),
        ({"steps": [{"workflowId": "news", "stepType": "email"}]}, b"x", 422, "Validation Error"),
        ({"steps": [{**MAIL, "controlSchema": "x"}]}, b"x", 422, "Validation Error"),
        ({"steps": [MAIL, {**BELL, "stepId": "none"}]}, b"x", 400, "Step cannot be found in workflow"),
        (
            {"steps": [MAIL, {**BELL, "stepType": "sms"}]},
            b"x",
            400,
            "Manifest stepType 'sms' does not match the actual step type 'in_app'",
        ),
    ],
)
def test_code_that_does_not_fit_is_refused_as_a_whole(
    sim: NovuSimulator, manifest: Any, bundle: bytes | None, status: int, said: str
) -> None:
    sim.register(news)
    answer = deploy(sim, manifest, bundle)
    assert answer.status == status
    assert answer.body["message"].startswith(said)
    assert "stepResolvers" not in sim.workflow("news").dashboard
    if "tep" in said:
        refused = manifest["steps"][1]
        assert (answer.body["workflowId"], answer.body["stepId"]) == ("news", refused["stepId"])


@pytest.mark.parametrize(("over", "status"), [(0, 201), (1, 400)])
def test_a_bundle_has_ten_megabytes_at_most(sim: NovuSimulator, over: int, status: int) -> None:
    sim.register(news)
    answer = deploy(sim, {"steps": [MAIL]}, b"x" * (10 * 2**20 + over))
    assert answer.status == status
    if over:
        assert answer.body["message"] == "Bundle too large (10.00 MB). Maximum allowed size is 10 MB."


# --- subscribers ---


@pytest.mark.parametrize(
    ("body", "messages"),
    [
        ({}, ["subscriberId should not be null or undefined", "subscriberId must be a string"]),
        ({"subscriberId": 7}, ["subscriberId must be a string"]),
        ({"subscriberId": " \t"}, ["SubscriberId is required"]),
        ({"subscriberId": "ann", "data": "x"}, ["data must be an object"]),
    ],
)
def test_a_subscriber_that_cannot_be_is_refused(
    sim: NovuSimulator, api: NovuApi, body: dict[str, Any], messages: list[str]
) -> None:
    assert api.messages("POST", "/v2/subscribers", body) == messages
    assert list(sim.subscribers) == []


def test_five_hundred_subscribers_are_made_at_once(sim: NovuSimulator, api: NovuApi) -> None:
    subscribers = [{"subscriberId": str(number)} for number in range(500)]
    assert api.post("/v1/subscribers/bulk", {"subscribers": subscribers}) == Answer(
        201, {"updated": [], "created": subscribers, "failed": []}
    )
    for none in ({}, {"subscribers": None}, {"subscribers": "ann"}):
        assert api.post("/v1/subscribers/bulk", none).status == 422


@pytest.mark.parametrize(
    ("path", "body", "messages"),
    [
        (
            "subscribers/bulk",
            {},
            ["subscribers should not be null or undefined", "subscribers should not be empty", "subscribers must be an array"],
        ),
        ("subscribers/ann/credentials", {"providerId": "", "credentials": {}}, ["providerId should not be empty"]),
    ],
)  # fmt: skip
def test_what_is_empty_is_said_to_be(
    sim: NovuSimulator, api: NovuApi, path: str, body: dict[str, Any], messages: list[str]
) -> None:
    sim.subscriber("ann")
    assert api.messages("POST" if "bulk" in path else "PUT", f"/v1/{path}", body) == messages


FCM = {"providerId": "fcm", "credentials": {"deviceTokens": ["a"]}}


@pytest.mark.parametrize(
    "wrong",
    [
        {"providerId": ""},
        {"providerId": None},
        {"providerId": 1},
        {"credentials": None},
        {"credentials": "x"},
        {"credentials": {"deviceTokens": "a"}},
        {"credentials": {"deviceTokens": [1]}},
        {"credentials": {"device_tokens": "a"}},
        {"integrationIdentifier": 1},
    ],
)
def test_credentials_that_cannot_be_are_refused(
    sim: NovuSimulator, api: NovuApi, wrong: dict[str, Any]
) -> None:
    sim.subscriber("ann")
    given = {**FCM, **wrong}
    assert api.put("/v1/subscribers/ann/credentials", given).status == 422
    many = {"subscribers": [{"subscriberId": "bob", "channels": [given]}]}
    assert api.post("/v1/subscribers/bulk", many).status == 422
    assert sim.subscribers["ann"].channels == []


@pytest.mark.parametrize(
    ("method", "tokens", "identifiers"),
    [("PUT", ["b"], [None, "eu"]), ("PATCH", ["a", "b"], [None, "eu"])],
)
def test_credentials_are_of_an_integration_and_new_tokens_join_by_a_patch(
    sim: NovuSimulator, api: NovuApi, method: str, tokens: list[str], identifiers: list[Any]
) -> None:
    ann = sim.subscriber("ann")
    for more in ({}, {"credentials": {"deviceTokens": ["b"]}}, {"integrationIdentifier": "eu"}):
        answer = api(method, "/v1/subscribers/ann/credentials", {**FCM, **more})
        assert (answer.status, answer.body["subscriberId"]) == (200, "ann")
    assert [one.integration_identifier for one in ann.channels] == identifiers
    assert ann.channels[0].credentials == {"deviceTokens": tokens}
    assert api.delete("/v1/subscribers/ann/credentials/apns") == Answer(204, None)
    assert len(ann.channels) == 2
    assert api.delete("/v1/subscribers/ann/credentials/fcm").status == 204
    assert ann.channels == []


@pytest.mark.parametrize("version", ["v1", "v2"])
def test_a_deleted_subscriber_is_gone_and_is_not_deleted_twice(
    sim: NovuSimulator, api: NovuApi, version: str
) -> None:
    sim.subscriber("ann")
    path = f"/{version}/subscribers/ann"
    assert api.delete(path) == Answer(200, {"acknowledged": True, "status": "deleted"})
    again = api.delete(path)
    assert (again.status, again.body["message"], again.body["externalSubscriberId"]) == (
        404,
        "Subscriber was not found",
        "ann",
    )
    assert list(sim.subscribers) == []


@pytest.mark.parametrize(
    ("asked", "status", "data"),
    [
        ({"subscriberId": " ann "}, 201, {}),
        ({"subscriberId": "ann", "data": {"b": 2}}, 201, {"b": 2}),
        ({"subscriberId": "ann", "data": None}, 201, {}),
    ],
)
def test_to_make_a_subscriber_anew_keeps_the_profile_and_not_the_data(
    sim: NovuSimulator, api: NovuApi, asked: dict[str, Any], status: int, data: Any
) -> None:
    sim.subscribers.upsert("ann", first_name="Ann", data={"a": 1})
    answer = api.post("/v2/subscribers", {**asked, "lastName": "Lee", "shoe": 44})
    assert (answer.status, answer.body["subscriberId"]) == (status, "ann")
    ann = sim.subscribers["ann"]
    assert (ann.first_name, ann.last_name, ann.data, "shoe" in ann.known) == ("Ann", "Lee", data, False)
    refused = api.post("/v2/subscribers?failIfExists=true", {"subscriberId": " ann "})
    assert (refused.status, refused.body["message"]) == (409, 'Subscriber with id "ann" already exists')
    assert api.post("/v2/subscribers?failIfExists=true", {"subscriberId": "bob"}).status == 201


def test_a_patch_of_nobody_names_them_and_one_of_somebody_shows_them(
    sim: NovuSimulator, api: NovuApi
) -> None:
    missing = api.patch("/v2/subscribers/ann", {"firstName": "Ann"})
    assert (missing.status, missing.body["message"]) == (404, "Subscriber ann was not found")
    sim.subscribers.upsert("ann", email="ann@acme.test")
    shown = api.patch("/v2/subscribers/ann", {"firstName": "Ann", "subscriberId": "bob"})
    assert shown == api.get("/v2/subscribers/ann")
    assert (shown.body["firstName"], shown.body["email"], shown.body["subscriberId"]) == (
        "Ann",
        "ann@acme.test",
        "ann",
    )
    assert api.messages("PATCH", "/v2/subscribers/ann", {"data": []}) == ["data must be an object"]


def test_a_subscriber_comes_and_goes(sim: NovuSimulator, api: NovuApi) -> None:
    sim.subscriber("ann")
    path = "/v1/subscribers/ann/online-status"
    assert api.patch(path, {"isOnline": False}).body["lastOnlineAt"] == "2026-01-01T12:00:00.000Z"
    sim.advance(hours=1)
    shown = api.patch(path, {"isOnline": True}).body
    assert (shown["isOnline"], shown["lastOnlineAt"]) == (True, "2026-01-01T12:00:00.000Z")
    assert api.patch(path, {}).status == 422


# --- the messages of a subscriber ---


@pytest.fixture
def bells(sim: NovuSimulator) -> list[Any]:
    """Three messages of Ann's, the second read and the third seen."""
    sim.register(news)
    for number in range(3):
        sim.trigger("news", "ann", {"n": number, "even": number % 2 == 0})
    found = [message for message in sim.messages if message.channel == "in_app"]
    found[1].mark_read()
    found[2].mark_seen()
    return found


def encoded(payload: Any) -> str:
    return base64.b64encode(json.dumps(payload).encode()).decode()


@pytest.mark.parametrize(
    ("query", "bodies"),
    [
        ("", ["2", "1", "0"]),
        ("?read=true", ["1"]),
        ("?read=false", ["2", "0"]),
        ("?seen=true", ["2", "1"]),
        ("?seen=false", ["0"]),
        ("?seen=true&read=false", ["2"]),
        ("?payload=", ["2", "1", "0"]),
        (f"?payload={encoded({})}", ["2", "1", "0"]),
        (f"?payload={encoded({'even': True})}", ["2", "0"]),
        (f"?payload={encoded({'even': True, 'n': 0})}", ["0"]),
        (f"?payload={encoded({'odd': True})}", []),
        ("?limit=2&page=1", ["0"]),
    ],
)
def test_the_feed_shows_what_the_query_says(
    api: NovuApi, bells: list[Any], query: str, bodies: list[str]
) -> None:
    feed = api.get(f"/v1/subscribers/ann/notifications/feed{query}").body["data"]
    assert [one["content"] for one in feed] == bodies


@pytest.mark.parametrize("payload", ["!", "e30", encoded([]), encoded(7), "eyI="])
def test_a_payload_of_the_feed_is_an_object_in_base64(api: NovuApi, bells: list[Any], payload: str) -> None:
    answer = api.get(f"/v1/subscribers/ann/notifications/feed?payload={payload}")
    assert (answer.status, answer.body["message"]) == (
        400,
        "Invalid payload, the JSON object should be encoded to base64 string.",
    )


def test_an_item_of_the_feed_says_whose_job_it_is_and_what_is_on_it(api: NovuApi, bells: list[Any]) -> None:
    bells[0].archive()
    item = api.get("/v1/subscribers/ann/notifications/feed").body["data"][-1]
    assert (item["_jobId"], item["archived"], item["tags"], item["data"], item["updatedAt"]) == (
        bells[0].step.synced.id,
        True,
        [],
        {"n": 0},
        item["createdAt"],
    )


@pytest.mark.parametrize(
    ("query", "status", "count"),
    [
        ("", 200, 1),
        ("?seen=false", 200, 1),
        ("?seen=true", 200, 2),
        ("?seen=true&limit=1", 200, 1),
        ("?limit=1000", 200, 1),
        ("?limit=1001", 422, None),
        ("?limit=0", 422, None),
    ],
)
def test_the_unseen_ones_are_counted_up_to_a_limit(
    api: NovuApi, bells: list[Any], query: str, status: int, count: int | None
) -> None:
    answer = api.get(f"/v1/subscribers/ann/notifications/unseen{query}")
    assert answer.status == status
    assert answer.body.get("count") == count


def test_without_a_limit_a_hundred_are_counted(sim: NovuSimulator, api: NovuApi) -> None:
    @workflow("bell")
    async def bell(step: Step) -> None:
        await step.in_app("bell", {"body": "x"})

    for _ in range(101):
        sim.trigger(bell, "ann")
    assert api.get("/v1/subscribers/ann/notifications/unseen").body == {"count": 100}
    assert api.get("/v1/subscribers/ann/notifications/unseen?limit=101").body == {"count": 101}


@pytest.mark.parametrize(
    ("mark", "changed", "states"),
    [
        ("read", 2, [(True, True), (True, True), (True, True)]),
        ("seen", 1, [(True, False), (True, True), (True, False)]),
        ("unread", 1, [(False, False), (True, False), (True, False)]),
        ("unseen", 2, [(False, False), (False, True), (False, False)]),
    ],
)
def test_a_mark_on_all_is_counted_where_it_was_not(
    api: NovuApi, bells: list[Any], mark: str, changed: int, states: list[tuple[bool, bool]]
) -> None:
    asked = {"markAs": mark, "feedIdentifier": ["x"]}
    assert api.post("/v1/subscribers/ann/messages/mark-all", asked) == Answer(201, changed)
    assert [(one.seen, one.read) for one in bells] == states
    assert api.post("/v1/subscribers/ann/messages/mark-all", {"markAs": "old"}).status == 422
    assert api.post("/v1/subscribers/ann/messages/mark-all", {}).status == 422


def test_a_mark_on_some_leaves_the_others(api: NovuApi, bells: list[Any]) -> None:
    path, unknown = "/v1/subscribers/ann/messages/mark-as", "507f1f77bcf86cd799439011"
    one = api.post(path, {"messageId": bells[0].id, "markAs": "read"})
    assert (one.status, [each["_id"] for each in one.body]) == (201, [bells[0].id])
    assert [each.read for each in bells] == [True, True, False]
    several = api.post(path, {"messageId": [bells[2].id, unknown, bells[0].id], "markAs": "unread"})
    assert {each["_id"] for each in several.body} == {bells[0].id, bells[2].id}
    assert [each.read for each in bells] == [False, True, False]
    none = api.post(path, {"messageId": [unknown, unknown], "markAs": "read"})
    assert (none.status, none.body["message"]) == (404, f"No message of ann has the id {unknown}, {unknown}")
    assert api.post(path, {"messageId": bells[0].id}).status == 422


@pytest.mark.parametrize(
    ("kind", "body", "status", "said"),
    [
        ("primary", {"status": "done"}, 201, None),
        ("primary", {"status": "done", "payload": {"a": 1}}, 201, None),
        ("secondary", {"status": "done"}, 400, ""),
        ("third", {"status": "done"}, 422, "type must be one of the following values: primary, secondary"),
        ("primary", {"status": "later"}, 422, "status must be one of the following values: pending, done"),
        ("primary", {}, 422, "status should not be null or undefined"),
        ("primary", {"status": "done", "payload": "x"}, 422, "payload must be an object"),
    ],
)
def test_an_action_is_done_where_the_message_has_it(
    api: NovuApi, bells: list[Any], kind: str, body: dict[str, Any], status: int, said: str | None
) -> None:
    path = f"/v1/subscribers/ann/messages/{bells[0].id}/actions"
    answer = api.post(f"{path}/{kind}", body)
    assert answer.status == status
    if status == 201:
        assert answer.body["_id"] == bells[0].id
        assert bells[0].completed_actions == {"primary"}
        assert api.post(f"{path}/{kind}", {"status": "pending"}).status == 201
    elif status == 422:
        assert said in answer.body["errors"]["general"]["messages"]
    assert not any(one.completed_actions for one in bells)
