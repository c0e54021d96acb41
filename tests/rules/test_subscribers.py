"""Subscribers: made and changed by triggers and by the API, what Novu takes of them, and what goes with them."""

from __future__ import annotations

import pytest

from novu_framework_testing import Topic
from tests.rules import Source, left_out, rule

APRIL = "943f64b"
CREATE = Source(
    "libs/application-generic/src/usecases/create-or-update-subscriber/create-or-update-subscriber.usecase.ts",
    APRIL,
)
COMMAND = Source(
    "libs/application-generic/src/usecases/create-or-update-subscriber/create-or-update-subscriber.command.ts",
    APRIL,
)
UPDATE = Source("libs/application-generic/src/usecases/update-subscriber/update-subscriber.usecase.ts", APRIL)
CHANNEL = Source(
    "libs/application-generic/src/usecases/subscribers/update-subscriber-channel/update-subscriber-channel.usecase.ts",
    APRIL,
)
DTO = Source("apps/api/src/app/subscribers-v2/dtos/create-subscriber.dto.ts", APRIL)
FIELDS = Source("apps/api/src/app/shared/dtos/base-subscriber-fields.dto.ts", APRIL)
CONTROLLER = Source("apps/api/src/app/subscribers-v2/subscribers.controller.ts", APRIL)
PATCH = Source("apps/api/src/app/subscribers-v2/usecases/patch-subscriber/patch-subscriber.usecase.ts", APRIL)
REMOVE = Source(
    "apps/api/src/app/subscribers-v2/usecases/remove-subscriber/remove-subscriber.usecase.ts", APRIL
)
BULK = Source(
    "apps/api/src/app/subscribers/usecases/bulk-create-subscribers/bulk-create-subscribers.usecase.ts", APRIL
)
BULK_E2E = Source("apps/api/src/app/subscribers/e2e/bulk-create-subscribers.e2e.ts", APRIL)
ONLINE = Source(
    "apps/api/src/app/subscribers/usecases/update-subscriber-online-flag/update-subscriber-online-flag.usecase.ts",
    APRIL,
)
SEARCH = Source("libs/dal/src/repositories/subscriber/subscriber.repository.ts", APRIL)
JOB_BOUND = Source(
    "apps/worker/src/app/workflow/usecases/subscriber-job-bound/subscriber-job-bound.usecase.ts", APRIL
)

BELL = ("in_app", "bell", {"body": "x"})
FULL = {
    "firstName": "Ann",
    "lastName": "Lee",
    "email": "ann@acme.test",
    "phone": "+15550100",
    "avatar": "https://acme.test/ann.png",
    "locale": "en_US",
    "timezone": "Europe/Paris",
    "data": {"plan": "pro"},
}


def known(sim, subscriber_id="ann"):
    """What the simulation knows, without ids and times."""
    whole = sim.subscribers[subscriber_id].to_dict()
    return {key: value for key, value in whole.items() if key in FULL}


@rule(
    "subscribers.made-by-trigger",
    "A trigger makes the subscriber that it names, with all that it says of the profile.",
    JOB_BOUND,
)
@pytest.mark.parametrize(
    ("to", "profile"),
    [
        ("ann", {}),
        ({"subscriberId": "ann"}, {}),
        ({"subscriberId": "ann", **FULL}, FULL),
        ({"subscriberId": "ann", "email": "ann@acme.test", "unknown": 1}, {"email": "ann@acme.test"}),
        ({"subscriberId": "ann", "firstName": "", "phone": ""}, {"firstName": "", "phone": ""}),
    ],
)
def test_a_trigger_makes_a_subscriber(sim, served, api, to, profile):
    served("w", BELL)
    assert api.post("/v1/events/trigger", {"name": "w", "to": to}).body["status"] == "processed"
    assert known(sim) == profile


@rule(
    "subscribers.changed-by-trigger",
    "A trigger changes what it says of a subscriber, null included, and nothing else.",
    UPDATE,
)
@pytest.mark.parametrize(
    ("said", "changed"),
    [
        ({}, {}),
        ({"email": "new@acme.test"}, {"email": "new@acme.test"}),
        ({"email": None}, {"email": None}),
        ({"firstName": "", "lastName": None}, {"firstName": "", "lastName": None}),
        ({"timezone": "Asia/Tokyo", "locale": "ja"}, {"timezone": "Asia/Tokyo", "locale": "ja"}),
        ({"data": {"seats": 5}}, {"data": {"seats": 5}}),
        ({"data": None}, {"data": None}),
    ],
)
def test_a_trigger_changes_what_it_says(sim, served, api, said, changed):
    served("w", BELL)
    sim.subscriber({"subscriberId": "ann", **FULL})
    api.post("/v1/events/trigger", {"name": "w", "to": {"subscriberId": "ann", **said}})
    assert known(sim) == {**FULL, **changed}


@rule(
    "subscribers.actor",
    "The actor of a trigger is made and changed as a recipient is.",
    Source("libs/application-generic/src/usecases/trigger-event/trigger-event.usecase.ts", APRIL),
)
@pytest.mark.parametrize("actor", ["boss", {"subscriberId": "boss", "firstName": "Bea"}])
def test_the_actor_is_made(sim, served, api, actor):
    served("w", BELL)
    api.post("/v1/events/trigger", {"name": "w", "to": "ann", "actor": actor})
    assert known(sim, "boss") == ({} if actor == "boss" else {"firstName": "Bea"})


@rule(
    "subscribers.dropped",
    "A recipient whose profile the worker does not take is dropped: the trigger is processed, the others are reached, and "
    "nothing of it is kept.",
    COMMAND,
)
@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "ann"},
        {"email": "ann@acme"},
        {"email": ""},
        {"email": 5},
        {"locale": "!!!"},
        {"locale": ""},
        {"timezone": "Mars/Phobos"},
        {"timezone": ""},
        {"firstName": 5},
        {"phone": 15550100},
        {"channels": "fcm"},
        {"channels": [{"credentials": {"deviceTokens": ["t"]}}]},
        {"channels": [{"providerId": "fcm", "credentials": {"deviceTokens": "t"}}]},
    ],
)
def test_a_recipient_that_is_not_valid_is_dropped(sim, served, api, wrong):
    served("w", BELL)
    to = [{"subscriberId": "ann", "lastName": "Lee", **wrong}, "bob"]
    answer = api.post("/v1/events/trigger", {"name": "w", "to": to})
    assert (answer.status, answer.body["status"]) == (201, "processed")
    assert [run.subscriber_id for run in sim.runs] == ["bob"]
    assert "ann" not in sim.subscribers
    assert sim.triggers[0].notes[0].startswith("the recipient ann is dropped: ")


@rule(
    "subscribers.last-of-two",
    "Of a subscriber who is named twice, what is said last counts, and one run is made.",
    Source("libs/application-generic/src/usecases/trigger-multicast/trigger-multicast.usecase.ts", APRIL),
)
@pytest.mark.parametrize(
    ("to", "profile"),
    [
        (["ann", {"subscriberId": "ann", "firstName": "Ann"}], {"firstName": "Ann"}),
        ([{"subscriberId": "ann", "firstName": "Ann"}, "ann"], {}),
        (
            [{"subscriberId": "ann", "firstName": "A"}, {"subscriberId": "ann", "lastName": "L"}],
            {"lastName": "L"},
        ),
    ],
)
def test_what_is_said_last_counts(sim, served, to, profile):
    served("w", BELL)
    assert (len(sim.trigger("w", to).runs), known(sim)) == (1, profile)


# --- the API ------------------------------------------------------------------------------------------------


@rule(
    "subscribers.create",
    "A subscriber is made or changed by what is given; `data` that is not given is emptied.",
    CONTROLLER,
)
@pytest.mark.parametrize(
    ("body", "profile"),
    [
        ({}, {**FULL, "data": {}}),
        ({"firstName": "Bea"}, {**FULL, "firstName": "Bea", "data": {}}),
        ({"email": None, "data": {"a": 1}}, {**FULL, "email": None, "data": {"a": 1}}),
        ({"firstName": "", "phone": ""}, {**FULL, "firstName": "", "phone": "", "data": {}}),
        ({"data": None}, {**FULL, "data": {}}),
    ],
)
def test_a_subscriber_is_upserted(sim, api, body, profile):
    sim.subscriber({"subscriberId": "ann", **FULL})
    answer = api.post("/v2/subscribers", {"subscriberId": "ann", **body})
    assert (answer.status, known(sim)) == (201, profile)
    assert {key: answer.body[key] for key in profile} == profile


@rule(
    "subscribers.fail-if-exists",
    "With `failIfExists`, an existing subscriber is a 409, and stays unchanged.",
    CREATE,
)
@pytest.mark.parametrize(
    ("query", "status"), [("", 201), ("?failIfExists=false", 201), ("?failIfExists=true", 409)]
)
def test_a_subscriber_who_is_there(sim, api, query, status):
    sim.subscriber("ann")
    answer = api.post(f"/v2/subscribers{query}", {"subscriberId": "ann", "firstName": "Ann"})
    assert answer.status == status
    if status == 409:
        assert answer.body["message"] == 'Subscriber with id "ann" already exists'
    assert sim.subscriber("ann").first_name == (None if status == 409 else "Ann")


@rule(
    "subscribers.validation",
    "The API takes texts, an email address, a locale, an IANA time zone and an object, or null.",
    FIELDS,
)
@pytest.mark.parametrize(
    ("field", "message"),
    [
        ({"email": ""}, "email must be an email"),
        ({"email": "invalid-email"}, "email must be an email"),
        ({"email": "ann@acme"}, "email must be an email"),
        ({"email": "a b@acme.test"}, "email must be an email"),
        ({"email": "ann@-acme.test"}, "email must be an email"),
        ({"email": "ann@acme.t"}, "email must be an email"),
        ({"email": "x" * 65 + "@acme.test"}, "email must be an email"),
        ({"email": ".ann@acme.test"}, "email must be an email"),
        ({"locale": ""}, "locale must be locale"),
        ({"locale": "!!!invalid!!!"}, "locale must be locale"),
        ({"timezone": ""}, "timezone must be a valid IANA time-zone"),
        ({"timezone": "Invalid/Timezone"}, "timezone must be a valid IANA time-zone"),
        ({"firstName": 1}, "firstName must be a string"),
        ({"lastName": []}, "lastName must be a string"),
        ({"phone": 1}, "phone must be a string"),
        ({"avatar": {}}, "avatar must be a string"),
        ({"data": "text"}, "data must be an object"),
        ({"email": "ann+tag@sub.acme.co.uk"}, None),
        ({"email": "ünï@äcme.test"}, None),
        ({"locale": "en"}, None),
        ({"locale": "en-US"}, None),
        ({"locale": "zh_Hant_TW"}, None),
        ({"timezone": "UTC"}, None),
        ({"timezone": "America/Argentina/Buenos_Aires"}, None),
        ({"email": None, "locale": None, "timezone": None, "data": None}, None),
    ],
)
def test_profiles_are_validated(sim, api, field, message):
    sim.subscriber("bob")
    requests = [
        ("POST", "/v2/subscribers", {"subscriberId": "ann", **field}),
        ("PATCH", "/v2/subscribers/bob", field),
    ]
    for method, path, body in requests:
        if message is None:
            assert api(method, path, body).status in (200, 201)
        else:
            assert api.messages(method, path, body) == [message]


@rule("subscribers.id", "The id of a subscriber is a text that is not blank, and is trimmed.", DTO)
@pytest.mark.parametrize(
    ("subscriber_id", "kept"),
    [
        ("ann", "ann"),
        (" ann ", "ann"),
        ("a/b c", "a/b c"),
        ("ann@acme.test", "ann@acme.test"),
        ("", None),
        ("  ", None),
        (5, None),
        (None, None),
    ],
)
def test_ids_of_subscribers(sim, api, subscriber_id, kept):
    answer = api.post("/v2/subscribers", {"subscriberId": subscriber_id})
    assert (answer.status, [one.subscriber_id for one in sim.subscribers]) == (
        (422, []) if kept is None else (201, [kept])
    )


@rule(
    "subscribers.patch",
    "A patch changes the keys that it names, null included; an unknown subscriber is a 404.",
    PATCH,
)
@pytest.mark.parametrize(
    ("body", "changed"),
    [
        ({}, {}),
        ({"firstName": "Bea", "lastName": None}, {"firstName": "Bea", "lastName": None}),
        ({"firstName": "", "avatar": ""}, {"firstName": "", "avatar": ""}),
        (
            {"email": None, "locale": None, "timezone": None},
            {"email": None, "locale": None, "timezone": None},
        ),
        ({"data": {}}, {"data": {}}),
        ({"subscriberId": "bob"}, {}),
    ],
)
def test_a_subscriber_is_patched(sim, api, body, changed):
    sim.subscriber({"subscriberId": "ann", **FULL})
    assert api.patch("/v2/subscribers/ann", body).status == 200
    assert known(sim) == {**FULL, **changed}
    unknown = api.patch("/v2/subscribers/nobody", body)
    assert (unknown.status, unknown.body["message"]) == (404, "Subscriber nobody was not found")


@rule(
    "subscribers.null",
    "A value that was set to null is shown as null, also to the bridge; a value that was never set is absent.",
    UPDATE,
)
def test_null_is_shown_and_absence_is_absent(sim, served, bridge, api):
    served("w", BELL)
    sim.subscriber({"subscriberId": "ann", "email": "ann@acme.test"})
    shown = api.patch("/v2/subscribers/ann", {"email": None, "phone": None}).body
    assert (shown["email"], shown["phone"], "avatar" in shown) == (None, None, False)
    sim.trigger("w", "ann")
    sent = bridge.events("bell")[0]["subscriber"]
    assert (sent["email"], "avatar" in sent) == (None, False)


@rule(
    "subscribers.bulk",
    "Many are created and updated at once, one after the other; the answer says which.",
    BULK,
)
def test_many_are_made_and_changed(sim, api):
    sim.subscriber({"subscriberId": "ann", **FULL})
    subscribers = [
        {"subscriberId": "ann", "firstName": "Bea"},
        {"subscriberId": "bob"},
        {"subscriberId": "bob", "email": "bob@acme.test"},
    ]
    answer = api.post("/v1/subscribers/bulk", {"subscribers": subscribers})
    assert answer.body == {
        "updated": [{"subscriberId": "ann"}, {"subscriberId": "bob"}],
        "created": [{"subscriberId": "bob"}],
        "failed": [],
    }
    assert (known(sim), known(sim, "bob")) == ({**FULL, "firstName": "Bea"}, {"email": "bob@acme.test"})


@rule(
    "subscribers.bulk-refused",
    "One invalid subscriber rejects the whole request, and so do more than 500.",
    BULK_E2E,
)
@pytest.mark.parametrize(
    ("subscribers", "messages"),
    [
        ([{"subscriberId": "a"}, {"subscriberId": "b", "email": "no"}], ["subscribers.1.email must be an email"]),
        ([{"firstName": "Ann"}], ["subscribers.0.subscriberId should not be null or undefined", "subscribers.0.subscriberId must be a string"]),
        ([{"subscriberId": str(number)} for number in range(501)], ["subscribers must contain no more than 500 elements"]),
    ],
)  # fmt: skip
def test_many_are_refused_together(sim, api, subscribers, messages):
    assert api.messages("POST", "/v1/subscribers/bulk", {"subscribers": subscribers}) == messages
    assert list(sim.subscribers) == []


@rule("subscribers.online", "When a subscriber goes offline the moment is kept.", ONLINE)
@pytest.mark.parametrize(("is_online", "last"), [(True, None), (False, "2026-01-01T12:00:00.000Z")])
def test_a_subscriber_goes_offline(sim, api, is_online, last):
    sim.subscriber("ann")
    shown = api.patch("/v1/subscribers/ann/online-status", {"isOnline": is_online}).body
    assert (shown["isOnline"], shown.get("lastOnlineAt")) == (is_online, last)
    assert api.messages("PATCH", "/v1/subscribers/ann/online-status", {"isOnline": "yes"}) == [
        "isOnline must be a boolean value"
    ]


@rule("subscribers.not-found", "An unknown subscriber is a 404 wherever one is named.", CONTROLLER)
@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/v2/subscribers/nobody", None),
        ("PATCH", "/v2/subscribers/nobody", {}),
        ("DELETE", "/v2/subscribers/nobody", None),
        ("GET", "/v2/subscribers/nobody/preferences", None),
        ("PATCH", "/v2/subscribers/nobody/preferences/bulk", {"preferences": []}),
        ("GET", "/v2/subscribers/nobody/subscriptions", None),
        ("PUT", "/v1/subscribers/nobody/credentials", {"providerId": "fcm", "credentials": {}}),
        ("PATCH", "/v1/subscribers/nobody/online-status", {"isOnline": True}),
    ],
)
def test_an_unknown_subscriber_is_a_404(api, method, path, body):
    assert api(method, path, body).status == 404


@rule(
    "subscribers.search",
    "Subscribers are found by their whole id, and by a part of email, phone or full name in any case.",
    SEARCH,
)
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["bob", "ann"]),
        ("?subscriberId=ann", ["ann"]),
        ("?subscriberId=an", []),
        ("?email=ACME", ["bob", "ann"]),
        ("?email=bob@", ["bob"]),
        ("?phone=0100", ["ann"]),
        ("?name=n%20le", ["ann"]),
        ("?name=lee&email=bob", []),
        ("?name=.", []),
    ],
)
def test_subscribers_are_searched(sim, api, query, found):
    sim.subscriber({"subscriberId": "ann", **FULL})
    sim.subscriber({"subscriberId": "bob", "email": "Bob@Acme.test"})
    assert [one["subscriberId"] for one in api.get(f"/v2/subscribers{query}").body["data"]] == found


# --- credentials ----------------------------------------------------------------------------------------------


@rule(
    "subscribers.credentials",
    "PUT replaces device tokens and PATCH adds them; other credentials stay, and an update without tokens leaves none.",
    CHANNEL,
)
@pytest.mark.parametrize(
    ("method", "credentials", "kept"),
    [
        ("PUT", {"deviceTokens": ["b"]}, {"webhookUrl": "u", "deviceTokens": ["b"]}),
        ("PATCH", {"deviceTokens": ["b"]}, {"webhookUrl": "u", "deviceTokens": ["a", "b"]}),
        ("PATCH", {"deviceTokens": ["a", "b", "b"]}, {"webhookUrl": "u", "deviceTokens": ["a", "b"]}),
        ("PATCH", {"deviceTokens": []}, {"webhookUrl": "u", "deviceTokens": []}),
        ("PUT", {"webhookUrl": "v"}, {"webhookUrl": "v", "deviceTokens": []}),
        ("PATCH", {"webhookUrl": "v"}, {"webhookUrl": "v", "deviceTokens": []}),
        ("PUT", {"webhookUrl": "u", "deviceTokens": ["a"]}, {"webhookUrl": "u", "deviceTokens": ["a"]}),
    ],
)
def test_credentials_are_set_and_joined(sim, api, method, credentials, kept):
    ann = sim.subscriber("ann")
    ann.set_credentials("fcm", {"webhookUrl": "u", "deviceTokens": ["a"]})
    body = {"providerId": "fcm", "credentials": credentials}
    assert api(method, "/v1/subscribers/ann/credentials", body).status == 200
    assert [one.credentials for one in ann.channels] == [kept]


@rule(
    "subscribers.channels-by-trigger",
    "The channels of a recipient are added to those that there are.",
    UPDATE,
)
def test_a_trigger_adds_channels(sim, served):
    served("w", BELL)
    for provider, token in (("fcm", "a"), ("apns", "b"), ("fcm", "c"), ("fcm", "a")):
        channels = [{"providerId": provider, "credentials": {"deviceTokens": [token]}}]
        sim.trigger("w", {"subscriberId": "ann", "channels": channels})
    assert {one.provider_id: one.credentials["deviceTokens"] for one in sim.subscriber("ann").channels} == {
        "fcm": ["a", "c"],
        "apns": ["b"],
    }


@rule(
    "subscribers.delete-credentials",
    "The credentials of a provider are forgotten, those of the others stay.",
    CHANNEL,
)
def test_credentials_are_forgotten(sim, api):
    ann = sim.subscriber("ann")
    ann.set_credentials("fcm", {"deviceTokens": ["a"]})
    ann.set_credentials("apns", {"deviceTokens": ["b"]})
    assert api.delete("/v1/subscribers/ann/credentials/fcm").status == 204
    assert [one.provider_id for one in ann.channels] == ["apns"]


# --- deleted ---------------------------------------------------------------------------------------------------


@rule(
    "subscribers.delete",
    "With a subscriber go subscriptions, preferences and messages; a later trigger makes another one.",
    REMOVE,
)
def test_a_deleted_subscriber_leaves_nothing(sim, served, api):
    served("w", BELL)
    sim.topic("team").add("ann", "bob")
    sim.trigger("w", [{"subscriberId": "ann", **FULL}, "bob"])
    api.patch("/v2/subscribers/ann/preferences", {"channels": {"in_app": False}})
    assert api.delete("/v2/subscribers/ann").body == {"acknowledged": True, "status": "deleted"}
    assert list(sim.topic("team")) == ["bob"]
    assert [message.subscriber_id for message in sim.messages] == ["bob"]
    assert [run.subscriber_id for run in sim.trigger("w", Topic("team")).runs] == ["bob"]
    assert len(sim.trigger("w", "ann").messages) == 1  # the preference is gone too
    assert (known(sim), len(sim.subscriber("ann").inbox)) == ({}, 1)


@rule("subscribers.delete-in-code", "To delete a subscriber in a test does what the API does.", REMOVE)
def test_a_subscriber_is_deleted_in_code(sim, served):
    served("w", BELL)
    sim.topic("team").add("ann")
    sim.trigger("w", "ann")
    assert (sim.delete_subscriber("ann"), sim.delete_subscriber("ann")) == (True, False)
    assert (list(sim.topic("team")), list(sim.messages), "ann" in sim.subscribers) == ([], [], False)


left_out(
    "subscribers.token-limit",
    "A subscriber has a limited number of device tokens for a provider.",
    CHANNEL,
    why="The limit is the organization's.",
)
left_out(
    "subscribers.id-characters",
    "Ids of other characters than letters, digits, `-`, `_`, `:`, `.` or an email address are refused.",
    Source("apps/api/src/app/events/utils/trigger-recipient-validation.ts", APRIL),
    why="A feature flag makes it a line in Novu's log, unless it is turned off.",
)
left_out(
    "subscribers.actor-timezone",
    "The actor of a trigger does not get the time zone that the trigger says.",
    Source("libs/application-generic/src/usecases/trigger-event/trigger-event.usecase.ts", APRIL),
    why="It looks like an oversight, and nothing reads the time zone of an actor.",
)


# --- as the first version of the API has them -----------------------------------------------------------------


FIRST = Source("apps/api/src/app/subscribers/subscribersV1.controller.ts", APRIL)
FIRST_LIST = Source("apps/api/src/app/subscribers/usecases/get-subscribers/get-subscribers.usecase.ts", APRIL)
FIRST_GET = Source("apps/api/src/app/subscribers/usecases/get-subscriber/get-subscriber.usecase.ts", APRIL)


@rule(
    "subscribers.first-made",
    "The first version of the API makes a subscriber or changes what is given; `data` that is not given stays.",
    FIRST,
    CREATE,
)
@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"subscriberId": "bob", "email": "bob@acme.test"}, {"email": "bob@acme.test"}),
        ({"subscriberId": "ann", "firstName": "Anna"}, {**FULL, "firstName": "Anna"}),
        ({"subscriberId": "ann", "data": {"plan": "free"}}, {**FULL, "data": {"plan": "free"}}),
        ({"subscriberId": "ann"}, FULL),
    ],
)
def test_the_first_version_makes_subscribers(sim, api, body, expected):
    sim.subscribers.upsert_from({"subscriberId": "ann", **FULL})
    status, shown = api.post("/v1/subscribers", body)
    assert (status, shown["subscriberId"]) == (201, body["subscriberId"])
    assert known(sim, body["subscriberId"]) == expected


@rule(
    "subscribers.first-put",
    "The first version of the API changes what is given of a subscriber; one that does not exist is a 400.",
    UPDATE,
)
@pytest.mark.parametrize(
    ("subscriber", "body", "status"),
    [
        ("ann", {"lastName": "Low"}, 200),
        ("ann", {"subscriberId": "other", "lastName": "Low"}, 200),
        ("nobody", {"lastName": "Low"}, 400),
        ("ann", {"lastName": 7}, 422),
    ],
)
def test_the_first_version_changes_subscribers(sim, api, subscriber, body, status):
    sim.subscribers.upsert_from({"subscriberId": "ann", **FULL})
    answer = api.put(f"/v1/subscribers/{subscriber}", body)
    assert answer.status == status
    assert known(sim) == ({**FULL, "lastName": "Low"} if status == 200 else FULL)
    assert "other" not in sim.subscribers
    if status == 400:
        assert answer.body["message"] == "SubscriberId: nobody not found"


@rule(
    "subscribers.first-listed",
    "The first version of the API lists subscribers by page, oldest first; a full page says that there may be more.",
    FIRST_LIST,
)
@pytest.mark.parametrize(
    ("query", "ids", "more"),
    [
        ("", ["s-0", "s-1", "s-2", "s-3"], False),
        ("limit=2", ["s-0", "s-1"], True),
        ("limit=2&page=1", ["s-2", "s-3"], True),
        ("limit=2&page=2", [], False),
        ("limit=3&page=1", ["s-3"], False),
    ],
)
def test_the_first_version_lists_subscribers(sim, api, query, ids, more):
    for number in range(4):
        sim.subscribers.upsert(f"s-{number}")
    page = api.get(f"/v1/subscribers?{query}").body
    assert [one["subscriberId"] for one in page["data"]] == ids
    assert page["hasMore"] is more
    assert api.get("/v1/subscribers?limit=101").status == 422


@rule(
    "subscribers.first-got",
    "The first version of the API shows and deletes a subscriber; one that does not exist is a 404.",
    FIRST_GET,
)
@pytest.mark.parametrize(("subscriber", "status"), [("ann", 200), ("nobody", 404)])
def test_the_first_version_shows_and_deletes_subscribers(sim, api, subscriber, status):
    sim.subscribers.upsert("ann")
    path = f"/v1/subscribers/{subscriber}"
    assert api.get(path).status == api.delete(path).status == status
    assert ("ann" in sim.subscribers) == (status == 404)
    assert api.get(path).body["message"] == f"Subscriber '{subscriber}' was not found"
