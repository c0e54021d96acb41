"""The inbox of a web page: sessions, notifications and their filters, what changes them, preferences, and the socket."""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

import pytest

from novu_framework_testing import NovuSimulator
from novu_framework_testing.api import Cloud
from novu_framework_testing.api.http import ApiRequest
from novu_framework_testing.api.server import CloudServer
from tests.integration.page_socket import PageSocket
from tests.rules import Source, left_out, rule
from tests.unit.simulation.simulated import NOON

_USECASES = "apps/api/src/app/inbox/usecases"
_E2E = "apps/api/src/app/inbox/e2e"
CONTROLLER = Source("apps/api/src/app/inbox/inbox.controller.ts", "03cdbee")
SESSION = Source(f"{_USECASES}/session/session.usecase.ts", "04a1af9")
SESSION_E2E = Source(f"{_E2E}/session.e2e.ts", "0dcec43")
HMAC = Source("apps/api/src/app/shared/helpers/is-valid-hmac.ts", "4f93c19")
LIST = Source(f"{_USECASES}/get-notifications/get-notifications.usecase.ts", "17ccd20")
COUNT = Source(f"{_USECASES}/notifications-count/notifications-count.usecase.ts", "0c4f602")
COUNT_DTO = Source("apps/api/src/app/inbox/dtos/get-notifications-count-request.dto.ts", "1acbf11")
DATA = Source("apps/api/src/app/inbox/utils/validate-data.ts", "0d588ca")
TAGS = Source("packages/shared/src/utils/tags-filter.ts", "1acbf11")
MESSAGES = Source("libs/dal/src/repositories/message/message.repository.ts", "00107ac")
MARK_E2E = Source(f"{_E2E}/mark-notification-as.e2e.ts", "943f64b")
MARK_ONE = Source(f"{_USECASES}/mark-notification-as/mark-notification-as.usecase.ts", "013ebab")
SEEN_E2E = Source(f"{_E2E}/mark-notifications-as-seen.e2e.ts", "0dbde1e")
SNOOZE = Source(f"{_USECASES}/snooze-notification/snooze-notification.usecase.ts", "0065873")
SNOOZE_DTO = Source("apps/api/src/app/inbox/dtos/snooze-notification-request.dto.ts", "11e9ced")
SNOOZE_E2E = Source(f"{_E2E}/snooze-unsnooze-notification.e2e.ts", "0dbde1e")
UNSNOOZE = Source(f"{_USECASES}/unsnooze-notification/unsnooze-notification.usecase.ts", "0065873")
AWAKE = Source(
    "apps/worker/src/app/workflow/usecases/process-unsnooze-job/process-unsnooze-job.usecase.ts", "3d01f41"
)
DELETE_E2E = Source(f"{_E2E}/delete-notifications.e2e.ts", "73fe962")
ACTION = Source(f"{_USECASES}/update-notification-action/update-notification-action.usecase.ts", "74a2e9a")
PREFERENCES = Source(f"{_USECASES}/get-inbox-preferences/get-inbox-preferences.usecase.ts", "03cdbee")
PREFERENCES_E2E = Source(f"{_E2E}/get-preferences.e2e.ts", "03cdbee")
UPDATE = Source(f"{_USECASES}/update-preferences/update-preferences.usecase.ts", "0288629")
UPDATE_E2E = Source(f"{_E2E}/update-preferences.e2e.ts", "1039b96")
BULK = Source(f"{_USECASES}/bulk-update-preferences/bulk-update-preferences.usecase.ts", "125500f")
SOCKET = Source("apps/ws/src/socket/ws.gateway.ts", "74a2e9a")
PUSHED = Source(
    "apps/ws/src/socket/usecases/external-services-route/external-services-route.usecase.ts", "0bfe006"
)


@dataclass
class Page:
    """A web page with an inbox: what it asks, with the token of its session."""

    novu: NovuSimulator
    cloud: Cloud
    token: str = ""

    def ask(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        """Ask, and return the status and the answer."""
        headers = [("authorization", f"Bearer {self.token}")] if self.token else []
        written = urlencode({name: value for name, value in query.items() if value is not None}, doseq=True)
        content = b"" if body is None else json.dumps(body).encode()
        answer = self.cloud.handle(ApiRequest.parse(method, f"/v1/inbox/{path}?{written}", headers, content))
        return answer.status, answer.json

    def session(self, **body: Any) -> Any:
        """Open a session, of ann if the body does not say otherwise, and keep its token."""
        body = {"applicationIdentifier": "app", "subscriber": {"subscriberId": "ann"}, **body}
        status, answer = self.ask(
            "POST", "session", {name: one for name, one in body.items() if one is not None}
        )
        if status == 201:
            self.token = answer["data"]["token"]
        return status, answer

    def bodies(self, **query: Any) -> list[str]:
        """Return the bodies of the notifications that a query finds."""
        return [one["body"] for one in self.ask("GET", "notifications", **query)[1]["data"]]

    def change(self, message: Any, change: str, body: Any = None, method: str = "PATCH") -> Any:
        return self.ask(method, f"notifications/{message.id}/{change}", body)


@pytest.fixture
def page(sim: NovuSimulator) -> Page:
    page = Page(sim, Cloud(sim))
    sim.subscribers.upsert("ann")
    page.session()
    return page


@pytest.fixture
def send(served: Callable[..., NovuSimulator]) -> Callable[..., Any]:
    """`send("hello", tags=..., severity=..., to=..., context=..., data=...)`: an in-app message, in its own workflow."""

    def send(
        body: str = "hello", *, to: str = "ann", context: Any = None, data: Any = None, **definition: Any
    ) -> Any:
        outputs = {"body": body, "primaryAction": {"label": "Yes"}, **({"data": data} if data else {})}
        sim = served(body, ("in_app", "bell", outputs), **definition)
        return sim.trigger(body, to, context=context).run.messages[0]

    return send


def flags(message: Any) -> str:
    """Return what a message is: `seen read archived snoozed`."""
    return " ".join(name for name in ("seen", "read", "archived", "snoozed") if getattr(message, name))


@rule(
    "inbox.after",
    "The `after` of a listing is an ObjectId.",
    Source("apps/api/src/app/shared/dtos/cursor-pagination-request.ts", "943f64b"),
)
@pytest.mark.parametrize("after", ["invalid", "12345", "g" * 24, "60" * 13])
def test_a_cursor_is_an_object_id(page: Page, send: Callable[..., Any], after: str) -> None:
    message = send()
    status, answer = page.ask("GET", "notifications", after=after)
    assert (status, answer["errors"]["general"]["messages"]) == (
        422,
        ["The after cursor must be a valid MongoDB ObjectId"],
    )
    assert page.ask("GET", "notifications", after=message.id)[0] == 200


# --- sessions -----------------------------------------------------------------------------------------


@rule(
    "inbox.session",
    "A session answers 201 with a token, the unread counts and the settings of the inbox.",
    SESSION_E2E,
)
@pytest.mark.parametrize(
    "subscriber", ["ann", {"subscriberId": "ann"}, {"subscriberId": "ann", "firstName": "Ann"}]
)
def test_a_session_has_a_token_and_counts(page: Page, subscriber: Any) -> None:
    status, answer = page.session(subscriber=subscriber)
    counts = {"total": 0, "severity": {"high": 0, "medium": 0, "low": 0, "none": 0}}
    assert (status, answer["data"]["totalUnreadCount"], answer["data"]["unreadCount"]) == (201, 0, counts)
    assert page.ask("GET", "notifications") == (200, {"data": [], "hasMore": False, "filter": {}})


@rule(
    "inbox.session-subscriber-id",
    "A session may name its subscriber by `subscriberId` alone, as it once did.",
    SESSION,
)
def test_the_old_way_to_name_a_subscriber(page: Page) -> None:
    assert page.session(subscriber=None, subscriberId="bob")[0] == 201
    assert "bob" in page.novu.subscribers


@rule(
    "inbox.session-creates",
    "A session creates a subscriber who does not exist, with the given profile.",
    SESSION_E2E,
)
def test_a_session_makes_its_subscriber(page: Page) -> None:
    page.session(
        subscriber={
            "subscriberId": "eve",
            "firstName": "Eve",
            "email": "eve@acme.test",
            "timezone": "Europe/Zurich",
        }
    )
    eve = page.novu.subscribers["eve"]
    assert (eve.first_name, eve.email, eve.timezone) == ("Eve", "eve@acme.test", "Europe/Zurich")


def proof(text: str, key: str = "test-secret") -> str:
    return hmac.new(key.encode(), text.encode(), sha256).hexdigest()


@rule(
    "inbox.session-profile-needs-hash",
    "A session changes the profile of a known subscriber only with a valid `subscriberHash`.",
    SESSION_E2E,
)
@pytest.mark.parametrize(
    ("given", "name"),
    [
        (proof("ann"), "New"),
        (proof("bob"), "Old"),
        (proof("ann", "other"), "Old"),
        ("é", "Old"),
        (None, "Old"),
    ],
)
def test_a_profile_is_changed_with_a_proof(page: Page, given: str | None, name: str) -> None:
    page.novu.subscribers.upsert("ann", first_name="Old")
    status, _ = page.session(subscriber={"subscriberId": "ann", "firstName": "New"}, subscriberHash=given)
    assert (status, page.novu.subscribers["ann"].first_name) == (201, name)


@rule(
    "inbox.session-hmac",
    "Where the in-app integration has HMAC on, a session needs the hash of the subscriber's id.",
    HMAC,
)
@pytest.mark.parametrize(
    ("given", "status"),
    [(proof("ann"), 201), (proof("bob"), 400), (proof("ann", "other"), 400), ("", 400), (None, 400)],
)
def test_a_session_with_hmac_needs_the_hash(page: Page, given: str | None, status: int) -> None:
    require_hmac(page.novu)
    answered, answer = page.session(subscriberHash=given)
    assert answered == status
    if status == 400:
        assert answer["message"] == "Please provide a valid HMAC hash"


def require_hmac(novu: NovuSimulator) -> None:
    next(one for one in novu.integrations if one.channel == "in_app").credentials["hmac"] = True


@rule(
    "inbox.session-context-hmac", "With HMAC on, a context needs a hash of its JSON with sorted keys.", HMAC
)
@pytest.mark.parametrize(
    ("context", "hashed", "status"),
    [
        ({"b": "2", "a": "1"}, '{"a":"1","b":"2"}', 201),
        ({"b": "2", "a": "1"}, '{"b":"2","a":"1"}', 400),
        ({"a": "1"}, "", 400),
        (None, "", 201),
    ],
)
def test_a_context_with_hmac_needs_its_hash(page: Page, context: Any, hashed: str, status: int) -> None:
    require_hmac(page.novu)
    assert page.session(subscriberHash=proof("ann"), context=context, contextHash=proof(hashed))[0] == status


@rule("inbox.session-integration", "Without an active in-app integration a session is a 404.", SESSION_E2E)
def test_a_session_needs_the_in_app_integration(page: Page) -> None:
    for one in page.novu.integrations:
        if one.channel == "in_app":
            page.novu.integrations.update(one, active=False)
    status, answer = page.session()
    assert (status, answer["message"]) == (404, "The active in-app integration could not be found")


@rule(
    "inbox.session-names",
    "A session without a subscriber's id is a 422, as is a subscriber without an application identifier.",
    SESSION_E2E,
)
@pytest.mark.parametrize(
    ("body", "message"),
    [({"subscriber": None}, "Subscriber ID is required"), ({"subscriber": {"firstName": "Ann"}}, "Validation Error"),
     ({"applicationIdentifier": None}, "A valid application identifier is required when providing subscriber information")],
)  # fmt: skip
def test_a_session_names_whose_it_is(page: Page, body: Any, message: str) -> None:
    status, answer = page.session(**body)
    assert (status, answer["message"]) == (422, message)


@rule(
    "inbox.session-keyless",
    "A page without an application identifier gets a keyless one, and its one subscriber.",
    SESSION,
)
def test_a_page_without_an_identifier(page: Page) -> None:
    status, answer = page.session(applicationIdentifier=None, subscriber={"subscriberId": ""})
    assert status == 201
    assert answer["data"]["applicationIdentifier"].startswith("pk_keyless_")
    assert "keyless-subscriber-id" in page.novu.subscribers


@rule(
    "inbox.session-unread",
    "A session counts what is unread and not snoozed, in all and by severity.",
    SESSION_E2E,
)
def test_a_session_counts_by_severity(page: Page, send: Callable[..., Any]) -> None:
    send("a", severity="high"), send("b", severity="medium"), send("c", severity="low"), send("d")
    send("e", severity="high").mark_read()
    send("f", severity="high").snooze(hours=1)
    data = page.session()[1]["data"]
    assert data["unreadCount"] == {"total": 4, "severity": {"high": 1, "medium": 1, "low": 1, "none": 1}}
    assert data["totalUnreadCount"] == 4


@rule(
    "inbox.session-context",
    "A session with a context finds or makes it, and answers with its keys in order.",
    SESSION,
)
@pytest.mark.parametrize(
    ("context", "keys"),
    [
        (None, []),
        ({"tenant": "acme"}, ["tenant:acme"]),
        ({"team": {"id": "b"}, "app": "a"}, ["app:a", "team:b"]),
    ],
)
def test_a_session_in_a_context(page: Page, context: Any, keys: list[str]) -> None:
    assert page.session(context=context)[1]["data"]["contextKeys"] == keys
    assert all(key in page.novu.contexts for key in keys)


@rule(
    "inbox.session-default-schedule",
    "A session's default schedule is taken only by a subscriber without one.",
    SESSION,
)
def test_the_default_schedule(page: Page) -> None:
    first, second = ({"isEnabled": enabled} for enabled in (True, False))
    page.session(defaultSchedule=first)
    page.session(defaultSchedule=second)
    assert page.ask("GET", "preferences/global")[1]["data"]["schedule"] == first


@rule(
    "inbox.session-schedule",
    "A session shows the subscriber's schedule in its context; without one it shows none.",
    Source(f"{_USECASES}/session/session.usecase.ts", "943f64b"),
)
@pytest.mark.parametrize(
    ("kept", "default", "shown"),
    [
        (None, None, None),
        (None, {"isEnabled": True}, {"isEnabled": True}),
        ({"isEnabled": False}, None, {"isEnabled": False}),
        ({"isEnabled": False}, {"isEnabled": True}, {"isEnabled": False}),
    ],
)
def test_a_session_shows_the_schedule(page: Page, kept: Any, default: Any, shown: Any) -> None:
    page.novu.subscribers["ann"].preferences.schedule = kept
    assert page.session(defaultSchedule=default)[1]["data"].get("schedule") == shown
    assert "schedule" not in page.session(context={"tenant": "acme"})[1]["data"]


@rule(
    "inbox.session-development",
    "A session is in development mode in every environment that is not named Production.",
    Source(f"{_USECASES}/session/session.usecase.ts", "943f64b"),
)
@pytest.mark.parametrize(
    ("name", "development"),
    [("Development", True), ("Production", False), ("PRODUCTION", False), ("Staging", True)],
)
def test_only_production_is_no_development(page: Page, name: str, development: bool) -> None:
    next(iter(page.novu.records["environments"].values()))["name"] = name
    assert page.session()[1]["data"]["isDevelopmentMode"] is development


@pytest.mark.parametrize(("kind", "development"), [("dev", True), ("prod", False)])
def test_the_simulation_says_its_environment(kind: str, development: bool) -> None:
    with NovuSimulator(environment_type=kind) as novu:
        assert Page(novu, Cloud(novu)).session()[1]["data"]["isDevelopmentMode"] is development


@rule("inbox.token", "Every route but the session needs its token, and a subscriber who exists.", CONTROLLER)
@pytest.mark.parametrize("token", ["", "x", "a.b.c", "ApiKey", "gone"])
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "notifications"),
        ("GET", "notifications/count"),
        ("PATCH", "preferences"),
        ("POST", "notifications/read"),
        ("DELETE", "notifications/x/delete"),
    ],
)
def test_a_token_is_needed(page: Page, method: str, path: str, token: str) -> None:
    if token == "gone":
        page.novu.subscribers.remove("ann")
    else:
        page.token = token
    assert page.ask(method, path)[0] == 401


@rule("inbox.own", "A page sees and changes only the notifications of its own subscriber.", SNOOZE_E2E)
@pytest.mark.parametrize(
    "change", ["read", "unread", "archive", "unarchive", "delete", "complete", "snooze", "unsnooze"]
)
def test_a_page_has_only_its_own_notifications(page: Page, send: Callable[..., Any], change: str) -> None:
    theirs = send("theirs", to="bob")
    body = {"actionType": "primary", "snoozeUntil": "2026-01-02T00:00:00Z"}
    assert page.change(theirs, change, body, "DELETE" if change == "delete" else "PATCH")[0] == 404
    assert (page.bodies(), flags(theirs)) == ([], "")


# --- notifications ------------------------------------------------------------------------------------


@rule("inbox.list", "Notifications are listed newest first, 10 at a time, 100 at most.", LIST)
@pytest.mark.parametrize(
    ("query", "found", "more"),
    [
        ({}, 10, True),
        ({"limit": 12}, 12, False),
        ({"limit": 5, "offset": 10}, 2, False),
        ({"limit": 101}, 422, None),
        ({"limit": 0}, 422, None),
    ],
)
def test_notifications_are_listed(
    page: Page, send: Callable[..., Any], query: Any, found: int, more: bool | None
) -> None:
    for number in range(12):
        send(f"n{number}")
    status, answer = page.ask("GET", "notifications", **query)
    if more is None:
        assert status == found
    else:
        assert (len(answer["data"]), answer["hasMore"]) == (found, more)
        start = query.get("offset", 0)
        assert answer["data"][0]["body"] == f"n{11 - start}"


@rule("inbox.list-after", "A listing goes on after the id of a notification.", LIST)
def test_a_listing_goes_on_after_a_notification(page: Page, send: Callable[..., Any]) -> None:
    messages = [send(f"n{number}") for number in range(4)]
    assert page.bodies(after=messages[2].id) == ["n1", "n0"]


@rule(
    "inbox.flags",
    "Notifications are filtered by whether they are read, seen, archived and snoozed; without a filter all are listed.",
    MESSAGES,
)
@pytest.mark.parametrize(
    ("query", "found"),
    [({}, "snoozed archived read seen new"), ({"read": "true"}, "archived read"), ({"read": "false"}, "snoozed seen new"),
     ({"seen": "false"}, "new"), ({"archived": "true"}, "archived"), ({"archived": "false", "snoozed": "false"}, "read seen new"),
     ({"snoozed": "true"}, "snoozed"), ({"read": "true", "archived": "false"}, "read")],
)  # fmt: skip
def test_notifications_are_filtered_by_flags(
    page: Page, send: Callable[..., Any], query: Any, found: str
) -> None:
    send("new")
    send("seen").mark_seen()
    send("read").mark_read()
    send("archived").archive()
    send("snoozed").snooze(hours=1)
    assert page.bodies(**query) == found.split()


@rule(
    "inbox.unread-archived",
    "Asking for unread archived notifications is a 400: archiving marks as read.",
    LIST,
)
@pytest.mark.parametrize("path", ["notifications", "notifications/count"])
def test_unread_and_archived_is_refused(page: Page, path: str) -> None:
    both = {"read": False, "archived": True}
    query = (
        {"filters": json.dumps([both])} if path.endswith("count") else {"read": "false", "archived": "true"}
    )
    status, answer = page.ask("GET", path, **query)
    assert (status, answer["message"]) == (
        400,
        "Filtering for unread and archived notifications is not supported.",
    )


@rule(
    "inbox.tags", "One tag of a list is enough; `tags[0][]=a&tags[1][]=b` asks for one of each group.", TAGS
)
@pytest.mark.parametrize(
    ("query", "found"),
    [({"tags[]": ["red"]}, "both red"), ({"tags[]": ["red", "blue"]}, "both blue red"), ({"tags[0][]": ["red"], "tags[1][]": ["blue"]}, "both"),
     ({"tags[0][]": ["red", "green"], "tags[1][]": ["blue"]}, "both"), ({"tags[]": ["green"]}, ""), ({"tags": "blue"}, "both blue")],
)  # fmt: skip
def test_notifications_are_filtered_by_tags(
    page: Page, send: Callable[..., Any], query: Any, found: str
) -> None:
    send("none"), send("red", tags=["red"]), send("blue", tags=["blue"]), send("both", tags=["red", "blue"])
    assert page.bodies(**query) == found.split()


@rule(
    "inbox.severity",
    "Notifications are filtered by one severity or several; an unknown one is a 422.",
    MESSAGES,
)
@pytest.mark.parametrize(
    ("severity", "found"),
    [(["high"], "a"), (["high", "low"], "c a"), (["none"], "d"), (["medium"], ""), (["urgent"], 422)],
)
def test_notifications_are_filtered_by_severity(
    page: Page, send: Callable[..., Any], severity: Any, found: Any
) -> None:
    send("a", severity="high"), send("c", severity="low"), send("d")
    if isinstance(found, int):
        assert page.ask("GET", "notifications", **{"severity[]": severity})[0] == found
    else:
        assert page.bodies(**{"severity[]": severity}) == found.split()


@rule(
    "inbox.data",
    "Notifications are filtered by values of their data, two levels deep; of a list, one value is enough.",
    DELETE_E2E,
)
@pytest.mark.parametrize(
    ("data", "found"),
    [({"type": "login"}, "a"), ({"type": "x"}, ""), ({"user": {"id": 7}}, "a"), ({"user": {"id": "7"}}, ""), ({"type": ["login", "logout"]}, "b a"),
     ({"count": 1}, "b"), ({"count": True}, ""), ({"missing": None}, "c b a"), ({}, "c b a"), ({"list": "x"}, "b")],
)  # fmt: skip
def test_notifications_are_filtered_by_data(
    page: Page, send: Callable[..., Any], data: Any, found: str
) -> None:
    send("a", data={"type": "login", "user": {"id": 7}})
    send("b", data={"type": "logout", "count": 1, "list": ["x", "y"]})
    send("c")
    assert page.bodies(data=json.dumps(data)) == found.split()


@rule(
    "inbox.data-limits",
    "A filter by data is a JSON object of scalars, two levels deep, with texts of 256 characters; another is a 400.",
    DATA,
)
@pytest.mark.parametrize(
    "data",
    ["{", "[]", "5", '"x"', '{"a": {"b": {"c": 1}}}', json.dumps({"a": "x" * 257}), '{"a": [{"b": 1}]}'],
)
@pytest.mark.parametrize("way", ["list", "read", "seen", "delete"])
def test_a_filter_by_data_has_limits(page: Page, way: str, data: str) -> None:
    asked = (
        page.ask("GET", "notifications", data=data)
        if way == "list"
        else page.ask("POST", f"notifications/{way}", {"data": data})
    )
    assert asked[0] == 400


@rule("inbox.created", "Notifications are filtered by when they came, in unix milliseconds.", CONTROLLER)
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"createdGte": 0}, "new old"),
        ({"createdGte": 1800}, "new"),
        ({"createdLte": 1800}, "old"),
        ({"createdGte": 1800, "createdLte": 1900}, ""),
    ],
)
def test_notifications_are_filtered_by_when_they_came(
    page: Page, send: Callable[..., Any], query: Any, found: str
) -> None:
    send("old")
    page.novu.advance(hours=1)
    send("new")
    start = NOON.timestamp()
    assert (
        page.bodies(**{name: int((start + seconds) * 1000) for name, seconds in query.items()})
        == found.split()
    )


@rule(
    "inbox.context",
    "A page lists the notifications of exactly its context; without one, those without.",
    CONTROLLER,
)
@pytest.mark.parametrize(
    ("context", "found"),
    [
        (None, "none"),
        ({"tenant": "acme"}, "acme"),
        ({"tenant": "acme", "app": "a"}, "both"),
        ({"tenant": "other"}, ""),
    ],
)
def test_a_page_lists_its_context(page: Page, send: Callable[..., Any], context: Any, found: str) -> None:
    (
        send("none"),
        send("acme", context={"tenant": "acme"}),
        send("both", context={"app": "a", "tenant": "acme"}),
    )
    page.session(context=context)
    assert page.bodies() == found.split()
    assert page.ask("GET", "notifications/count", filters="[{}]")[1]["data"][0]["count"] == len(found.split())


@rule("inbox.count", "Counts come one for each filter, in order, with the filter; up to 100.", COUNT)
@pytest.mark.parametrize(
    ("filters", "counts"),
    [
        ([{}], [3]),
        ([{"read": False}, {"read": True}], [2, 1]),
        ([{"tags": ["red"]}], [1]),
        ([{"tags": {"or": ["red", "x"]}}], [1]),
        ([{"severity": ["high", "none"]}], [3]),
        ([], []),
    ],
)
def test_counts(page: Page, send: Callable[..., Any], filters: Any, counts: list[int]) -> None:
    send("a", tags=["red"]), send("b"), send("c", severity="high").mark_read()
    status, answer = page.ask("GET", "notifications/count", filters=json.dumps(filters))
    assert (status, answer) == (
        200,
        {"data": [{"count": count, "filter": one} for count, one in zip(counts, filters, strict=True)]},
    )


@rule("inbox.count-limit", "Novu counts no further than 100.", COUNT)
def test_counts_end_at_100(page: Page, served: Callable[..., NovuSimulator]) -> None:
    sim = served("many", ("in_app", "bell", {"body": "x"}))
    for _ in range(103):
        sim.trigger("many", "ann")
    assert page.ask("GET", "notifications/count", filters="[{}]")[1]["data"][0]["count"] == 100
    assert page.session()[1]["data"]["unreadCount"]["total"] == 100


@rule(
    "inbox.count-filters",
    "Counts need an array of at most 30 filters: what is not JSON is a 400, the rest a 422.",
    COUNT_DTO,
)
@pytest.mark.parametrize(
    ("filters", "status"),
    [
        (None, 422),
        ("{", 400),
        ("{}", 422),
        (json.dumps([{}] * 31), 422),
        (json.dumps([{}] * 30), 200),
        ('[{"read": "yes"}]', 422),
        ('[{"tags": "red"}]', 422),
        ('[{"tags": {"and": [{"or": []}]}}]', 422),
        ('[{"tags": {"and": [["a"]]}}]', 422),
        (json.dumps([{"tags": ["a"] * 100}]), 200),
        (json.dumps([{"tags": ["a"] * 101}]), 422),
        (json.dumps([{"tags": {"and": [{"or": ["a"]}] * 31}}]), 422),
        ('[{"tags": {"or": [], "and": []}}]', 422),
        ('[{"severity": "x"}]', 422),
    ],
)
def test_the_filters_of_a_count(page: Page, filters: str | None, status: int) -> None:
    assert page.ask("GET", "notifications/count", filters=filters)[0] == status


# --- changes ------------------------------------------------------------------------------------------

CHANGES = {
    "seen": ("POST", "notifications/seen"), "read": ("PATCH", "read"), "unread": ("PATCH", "unread"), "archive": ("PATCH", "archive"),
    "unarchive": ("PATCH", "unarchive"), "snooze": ("PATCH", "snooze"), "unsnooze": ("PATCH", "unsnooze"),
}  # fmt: skip


def changed(page: Page, message: Any, changes: str) -> None:
    for change in changes.split():
        if change == "seen":
            assert page.ask("POST", "notifications/seen", {"notificationIds": [message.id]})[0] == 204
        else:
            assert page.change(message, change, {"snoozeUntil": "2026-01-02T00:00:00Z"})[0] == 200


@rule(
    "inbox.states",
    "Reading is seeing; archiving and taking out of the archive are reading; unread is not archived; snoozing is seeing and not archiving.",
    MESSAGES,
)
@pytest.mark.parametrize(
    ("changes", "state"),
    [("seen", "seen"), ("read", "seen read"), ("read unread", "seen"), ("archive", "seen read archived"), ("archive unarchive", "seen read"),
     ("unarchive", "seen read"), ("archive unread", "seen"), ("unread", "seen"), ("snooze", "seen snoozed"), ("archive snooze", "seen read snoozed"),
     ("snooze unsnooze", "seen"), ("read snooze unsnooze", "seen read"), ("archive seen", "seen read archived"), ("read seen", "seen read"),
     ("snooze archive", "seen read archived snoozed"), ("snooze unread", "seen snoozed")],
)  # fmt: skip
def test_what_a_change_does_to_the_other_states(
    page: Page, send: Callable[..., Any], changes: str, state: str
) -> None:
    message = send()
    changed(page, message, changes)
    assert flags(message) == state


@rule(
    "inbox.dates",
    "Every change but unseeing sets when a message was last seen, the first one for good; unread forgets when it was read.",
    MESSAGES,
)
def test_the_moments_of_changes(page: Page, send: Callable[..., Any]) -> None:
    message, hour = send(), timedelta(hours=1)
    moments = []
    for change in ("seen", "read", "archive", "unread"):
        page.novu.advance(hours=1)
        changed(page, message, change)
        moments.append(
            (message.first_seen_at, message.last_seen_at, message.last_read_at, message.archived_at)
        )
    one, two, three, four = (NOON + hour * number for number in (1, 2, 3, 4))
    assert moments == [
        (one, one, None, None),
        (one, two, two, None),
        (one, three, three, three),
        (one, four, None, None),
    ]


@rule(
    "inbox.dates-taken-away",
    "A date that a change removes is null; one that was never set is absent.",
    MESSAGES,
)
@pytest.mark.parametrize(
    ("changes", "nulls"),
    [
        ("read", ""),
        ("archive", ""),
        ("unread", "readAt archivedAt"),
        ("read unread", "readAt archivedAt"),
        ("unread read", "archivedAt"),
        ("unarchive", "archivedAt"),
        ("archive unarchive", "archivedAt"),
        ("unarchive archive", ""),
        ("snooze", "archivedAt"),
        ("read snooze unsnooze", "archivedAt"),
    ],
)
def test_a_date_that_was_taken_away_is_null(
    page: Page, send: Callable[..., Any], changes: str, nulls: str
) -> None:
    message = send()
    changed(page, message, changes)
    (shown,) = page.ask("GET", "notifications", archived=str(message.archived).lower())[1]["data"]
    assert {name for name, value in shown.items() if value is None} == set(nulls.split())


NOBODYS = "507f1f77bcf86cd799439011"


@rule("inbox.change-unknown", "Changing an unknown notification is a 404.", MARK_ONE)
@rule("inbox.change-no-id", "Changing a notification by a text that cannot be an id is a 422.", MARK_E2E)
@pytest.mark.parametrize(("named", "status"), [(NOBODYS, 404), ("x", 422)])
@pytest.mark.parametrize(
    "change", ["read", "unread", "archive", "unarchive", "delete", "complete", "revert", "snooze", "unsnooze"]
)
def test_a_notification_that_there_is_not(page: Page, change: str, named: str, status: int) -> None:
    method = "DELETE" if change == "delete" else "PATCH"
    body = {"actionType": "primary", "snoozeUntil": "2026-01-02T00:00:00Z"}
    answer = page.ask(method, f"notifications/{named}/{change}", body)
    assert answer[0] == status
    if status == 422:
        assert answer[1]["errors"]["notificationId"]["messages"] == ["notificationId must be a mongodb id"]


@rule(
    "inbox.all",
    "Read, archive, archive-what-is-read and delete change what tags and data select, archived and snoozed ones too; without any, all.",
    MESSAGES,
)
@pytest.mark.parametrize(
    ("change", "body", "states"),
    [("read", {}, {"red": "seen read", "old": "seen read", "late": "seen read snoozed"}), ("read", {"tags": ["red"]}, {"red": "seen read", "old": "seen read", "late": "seen snoozed"}),
     ("archive", {}, {"red": "seen read archived", "old": "seen read archived", "late": "seen read archived snoozed"}),
     ("archive", {"data": '{"x": 1}'}, {"red": "", "old": "seen read", "late": "seen read archived snoozed"}),
     ("archive", {"tags": {"and": [{"or": ["red"]}, {"or": ["blue"]}]}}, {"red": "", "old": "seen read", "late": "seen snoozed"}),
     ("read-archive", {}, {"red": "", "old": "seen read archived", "late": "seen snoozed"}), ("delete", {}, {}), ("delete", {"tags": ["red"]}, {"old": "seen read", "late": "seen snoozed"}),
     ("seen", {}, {"red": "seen", "old": "seen read", "late": "seen snoozed"}), ("seen", {"tags": ["blue"]}, {"red": "", "old": "seen read", "late": "seen snoozed"})],
)  # fmt: skip
def test_changes_of_all(
    page: Page, send: Callable[..., Any], change: str, body: Any, states: dict[str, str]
) -> None:
    send("red", tags=["red"])
    send("old").mark_read()
    send("late", data={"x": 1}).snooze(hours=1)
    assert page.ask("POST", f"notifications/{change}", body) == (204, None)
    left = reversed(page.novu.subscribers["ann"].inbox.everything)
    assert {message.body: flags(message) for message in left} == states


@rule(
    "inbox.all-contexts",
    "What changes many is for notifications that share a context key with the page, and for all where the page has none.",
    MESSAGES,
)
@pytest.mark.parametrize(
    ("context", "read"),
    [(None, "none acme both"), ({"tenant": "acme"}, "acme both"), ({"tenant": "other"}, "")],
)
def test_changes_of_all_in_a_context(page: Page, send: Callable[..., Any], context: Any, read: str) -> None:
    messages = [
        send("none"),
        send("acme", context={"tenant": "acme"}),
        send("both", context={"app": "a", "tenant": "acme"}),
    ]
    page.session(context=context)
    page.ask("POST", "notifications/read", {})
    assert [message.body for message in messages if message.read] == read.split()


@rule(
    "inbox.seen-ids",
    "Seen by ids is for these alone, whatever filters come along; no ids at all is nothing.",
    SEEN_E2E,
)
@pytest.mark.parametrize(
    ("body", "seen"),
    [
        ({"notificationIds": "first"}, [True, False]),
        ({"notificationIds": "first", "tags": ["x"]}, [True, False]),
        ({"notificationIds": []}, [False, False]),
        ({"notificationIds": ["507f1f77bcf86cd799439011"]}, [False, False]),
    ],
)
def test_seen_by_ids(page: Page, send: Callable[..., Any], body: Any, seen: list[bool]) -> None:
    messages = [send("a"), send("b")]
    if body["notificationIds"] == "first":
        body = {**body, "notificationIds": [messages[0].id]}
    assert page.ask("POST", "notifications/seen", body)[0] == 204
    assert [message.seen for message in messages] == seen


@rule(
    "inbox.seen-bodies", "Seen takes a list of ids and tags, and refuses another body with a 422.", SEEN_E2E
)
@pytest.mark.parametrize(
    "body", [{"notificationIds": "x"}, {"notificationIds": ["x"]}, {"tags": "x"}, {"tags": 5}]
)
def test_what_seen_takes(page: Page, body: Any) -> None:
    assert page.ask("POST", "notifications/seen", body)[0] == 422


@rule(
    "inbox.actions",
    "One action counts at a time: completing or reverting one takes the other's completion back, and reads.",
    MESSAGES,
)
@pytest.mark.parametrize(
    ("clicks", "completed"),
    [("complete:primary", "primary"), ("complete:primary complete:secondary", "secondary"), ("complete:primary revert:primary", ""), ("complete:primary revert:secondary", ""), ("revert:primary", "")],
)  # fmt: skip
def test_actions(page: Page, served: Callable[..., NovuSimulator], clicks: str, completed: str) -> None:
    outputs = {"body": "x", "primaryAction": {"label": "Yes"}, "secondaryAction": {"label": "No"}}
    message = served("w", ("in_app", "bell", outputs)).trigger("w", "ann").run.messages[0]
    for click in clicks.split():
        change, action = click.split(":")
        status, answer = page.change(message, change, {"actionType": action})
        assert status == 200
    assert message.read
    for name in ("primary", "secondary"):
        assert answer["data"][f"{name}Action"]["isCompleted"] == (completed == name)


@rule(
    "inbox.action-missing",
    "An action that the notification does not have is a 400; an action that does not exist is a 422.",
    ACTION,
)
@pytest.mark.parametrize("change", ["complete", "revert"])
@pytest.mark.parametrize(("action", "status"), [("secondary", 400), ("third", 422), (None, 422)])
def test_an_action_that_there_is_not(
    page: Page, send: Callable[..., Any], change: str, action: Any, status: int
) -> None:
    message = send()
    assert page.change(message, change, {"actionType": action})[0] == status
    assert flags(message) == ""


@rule(
    "inbox.snooze-limits",
    "A notification is snoozed for a minute at least (422), and as long as the plan allows, 90 days here (402).",
    SNOOZE_DTO,
)
@pytest.mark.parametrize(
    ("ahead", "status"),
    [
        ({"seconds": 59}, 422),
        ({"seconds": 60}, 200),
        ({"hours": -1}, 422),
        ({"days": 90}, 200),
        ({"days": 91}, 402),
        (None, 422),
    ],
)
def test_how_long_a_notification_is_snoozed(
    page: Page, send: Callable[..., Any], ahead: Any, status: int
) -> None:
    until = None if ahead is None else (page.novu.now + timedelta(**ahead)).isoformat()
    assert page.change(send(), "snooze", {"snoozeUntil": until})[0] == status


@rule(
    "inbox.snooze-unknown",
    "Snoozing an unknown notification, or waking one that is not snoozed, is a 404.",
    SNOOZE,
)
def test_snoozing_what_there_is_not(page: Page, send: Callable[..., Any]) -> None:
    asked = page.ask("PATCH", f"notifications/{NOBODYS}/snooze", {"snoozeUntil": "2026-01-02T00:00:00Z"})
    assert (asked[0], asked[1]["message"]) == (404, f"Notification id: '{NOBODYS}' not found")
    assert page.change(send(), "unsnooze")[0] == 404


@rule(
    "inbox.snooze-end",
    "When a snooze is over, the notification is back on top, as new: unread, created now, delivered once more.",
    AWAKE,
)
def test_the_end_of_a_snooze(page: Page, send: Callable[..., Any]) -> None:
    message = send("first")
    send("second")
    message.mark_read()
    changed(page, message, "snooze")
    assert page.bodies(snoozed="false") == ["second"]
    page.novu.advance_to(message.snoozed_until)
    _, answer = page.ask("GET", "notifications", snoozed="false")
    woken = answer["data"][0]
    assert (woken["body"], woken["isRead"], woken["isSeen"]) == ("first", False, True)
    assert (woken["createdAt"], len(woken["deliveredAt"])) == ("2026-01-02T00:00:00.000Z", 2)


@rule(
    "inbox.unsnooze", "A notification that is woken early keeps its place and is as read as it was.", UNSNOOZE
)
@pytest.mark.parametrize("read", [True, False])
def test_waking_early(page: Page, send: Callable[..., Any], read: bool) -> None:
    message = send("first")
    send("second")
    if read:
        message.mark_read()
    changed(page, message, "snooze unsnooze")
    page.novu.run_until_idle()
    assert (page.bodies(), message.read, len(message.delivered_at)) == (["second", "first"], read, 1)


@rule("inbox.delete", "A deleted notification is gone, for the API too.", DELETE_E2E)
def test_a_deleted_notification_is_gone(page: Page, send: Callable[..., Any]) -> None:
    message = send()
    message.snooze(hours=1)
    assert page.change(message, "delete", method="DELETE") == (204, None)
    page.novu.run_until_idle()
    assert (page.bodies(), list(page.novu.messages)) == ([], [])


# --- preferences --------------------------------------------------------------------------------------

EMAIL, BELL = ("email", "mail", {"subject": "x", "body": "y"}), ("in_app", "bell", {"body": "x"})
CRITICAL = {"all": {"enabled": True, "readOnly": True}}


@rule(
    "inbox.preferences",
    "Preferences are the global one, for the channels in use, then each workflow's; a tool is never among them.",
    PREFERENCES_E2E,
)
@pytest.mark.parametrize(
    ("steps", "channels"),
    [
        ([], None),
        ([EMAIL], {"email": True}),
        ([EMAIL, BELL], {"email": True, "in_app": True}),
        ([EMAIL, ("tool", "t", {})], {"email": True}),
    ],
)
def test_the_preferences_of_a_page(
    page: Page, served: Callable[..., NovuSimulator], steps: Any, channels: Any
) -> None:
    if steps:
        served("w", *steps)
    status, answer = page.ask("GET", "preferences")
    everywhere, *workflows = answer["data"]
    assert (status, everywhere["level"], everywhere["channels"]) == (200, "global", channels or {})
    assert [(one["level"], one["channels"]) for one in workflows] == (
        [("template", channels)] if channels else []
    )
    assert page.ask("GET", "preferences/global")[1]["data"] == everywhere


@rule(
    "inbox.preferences-filters",
    "The workflows' preferences are filtered by tags, severity and criticality; critical ones are left out unless asked for.",
    PREFERENCES_E2E,
)
@pytest.mark.parametrize(
    ("query", "found"),
    [({}, "a b c"), ({"tags[]": ["red"]}, "a"), ({"tags[]": ["red", "blue"]}, "a b"), ({"severity[]": ["high"]}, "b"), ({"severity": "none"}, "a c"),
     ({"severity[]": ["high"], "tags[]": ["red"]}, ""), ({"criticality": "critical"}, "d"), ({"criticality": "all"}, "a b c d"), ({"criticality": "some"}, 422), ({"severity": "x"}, 422)],
)  # fmt: skip
def test_the_filters_of_preferences(
    page: Page, served: Callable[..., NovuSimulator], query: Any, found: Any
) -> None:
    (
        served("a", EMAIL, tags=["red"]),
        served("b", EMAIL, tags=["blue"], severity="high"),
        served("c", EMAIL),
        served("d", EMAIL, preferences=CRITICAL),
    )
    status, answer = page.ask("GET", "preferences", **query)
    if isinstance(found, int):
        assert status == found
    else:
        assert [one["workflow"]["identifier"] for one in answer["data"][1:]] == found.split()


@rule(
    "inbox.preferences-update",
    "A page changes the channels it names, globally or for a workflow by either of its ids, and deliveries follow.",
    UPDATE,
)
@pytest.mark.parametrize("way", ["global", "identifier", "id"])
def test_a_preference_is_changed(page: Page, served: Callable[..., NovuSimulator], way: str) -> None:
    sim = served("w", EMAIL, BELL)
    path = {
        "global": "preferences",
        "identifier": "preferences/w",
        "id": f"preferences/{next(iter(sim.workflows)).id}",
    }[way]
    status, answer = page.ask("PATCH", path, {"email": False})
    assert (status, answer["data"]["channels"]) == (200, {"email": False, "in_app": True})
    run = sim.trigger("w", {"subscriberId": "ann", "email": "ann@acme.test"}).run
    assert [message.channel for message in run.messages] == ["in_app"]


@rule(
    "inbox.preferences-enabled",
    "`enabled` of a preference changes nothing: each of a workflow's channels says for itself what is wanted.",
    Source("libs/application-generic/src/usecases/merge-preferences/merge-preferences.usecase.ts", "943f64b"),
)
@pytest.mark.parametrize("path", ["preferences", "preferences/w"])
@pytest.mark.parametrize(
    ("changes", "email"),
    [
        ([{"enabled": False}], True),
        ([{"enabled": False, "email": True}], True),
        ([{"enabled": False, "email": False}], False),
        ([{"email": False}, {"enabled": False}], False),
        ([{"email": False}, {"enabled": True}], False),
    ],
)
def test_enabled_changes_nothing(
    page: Page, served: Callable[..., NovuSimulator], path: str, changes: Any, email: bool
) -> None:
    sim = served("w", EMAIL, BELL)
    answer = [page.ask("PATCH", path, change) for change in changes][-1][1]["data"]
    assert (answer["enabled"], answer["channels"]) == (True, {"email": email, "in_app": True})
    run = sim.trigger("w", {"subscriberId": "ann", "email": "ann@acme.test"}).run
    assert [message.channel for message in run.messages] == ["email", "in_app"][not email :]


@rule("inbox.preferences-unknown", "An unknown workflow is a 404, a critical one a 400.", UPDATE_E2E)
@pytest.mark.parametrize(
    ("workflow", "status", "message"),
    [
        ("x", 404, "Workflow with id: x is not found"),
        ("c", 400, "Critical workflow with id: c can not be updated"),
    ],
)
def test_a_preference_that_cannot_be_changed(
    page: Page, served: Callable[..., NovuSimulator], workflow: str, status: int, message: str
) -> None:
    served("c", EMAIL, preferences=CRITICAL)
    answered, answer = page.ask("PATCH", f"preferences/{workflow}", {"email": False})
    assert (answered, answer["message"]) == (status, message)


@rule(
    "inbox.preferences-bulk",
    "Many preferences are changed together or not at all; of a workflow named twice the last one counts.",
    BULK,
)
@pytest.mark.parametrize(
    ("preferences", "status"),
    [([{"workflowId": "a", "email": False}, {"workflowId": "b", "email": False}], 200), ([{"workflowId": "a", "email": True}, {"workflowId": "a", "email": False}], 200), ([], 400),
     ([{"workflowId": "a", "email": False}, {"workflowId": "x"}], 404), ([{"workflowId": "a", "email": False}, {"workflowId": "c"}], 400), ([{"workflowId": "a"}] * 101, 422)],
)  # fmt: skip
def test_preferences_in_bulk(
    page: Page, served: Callable[..., NovuSimulator], preferences: Any, status: int
) -> None:
    served("a", EMAIL), served("b", EMAIL), served("c", EMAIL, preferences=CRITICAL)
    answered, answer = page.ask("PATCH", "preferences/bulk", {"preferences": preferences})
    assert answered == status
    off = {
        one["workflow"]["identifier"]
        for one in page.ask("GET", "preferences")[1]["data"][1:]
        if not one["channels"]["email"]
    }
    assert off == ({one["workflowId"] for one in preferences} if status == 200 else set())
    if status == 200:
        assert len(answer["data"]) == len(off)


HOURS = {"isEnabled": True, "hours": [{"start": "09:00 AM", "end": "05:00 PM"}]}


@rule(
    "inbox.schedule",
    "A page sets the weekly schedule with the global preference; one that makes no sense is a 422.",
    UPDATE_E2E,
)
@pytest.mark.parametrize(
    ("schedule", "problem"),
    [({"isEnabled": True, "weeklySchedule": {"monday": HOURS}}, ""), ({"isEnabled": False}, ""), ({"isEnabled": True}, ""),
     ({"isEnabled": False, "weeklySchedule": {"monday": HOURS}}, "weeklySchedule should not be provided when isEnabled is false"),
     ({"isEnabled": True, "weeklySchedule": {}}, "weeklySchedule must contain at least one day configuration when isEnabled is true"),
     ({"isEnabled": True, "weeklySchedule": {"someday": HOURS}}, "weeklySchedule contains invalid day names"),
     ({"isEnabled": True, "weeklySchedule": {"monday": {"isEnabled": True, "hours": [{"start": "25:00", "end": "17:00"}]}}}, "must be in 12-hour format")],
)  # fmt: skip
def test_the_schedule_of_a_page(page: Page, schedule: Any, problem: str) -> None:
    status, answer = page.ask("PATCH", "preferences", {"schedule": schedule})
    if problem:
        assert status == 422
        assert problem in answer["errors"]["general"]["messages"][0]
    else:
        assert (status, answer["data"]["schedule"]) == (200, schedule)
        assert page.novu.subscribers["ann"].preferences.schedule == schedule


@rule("inbox.preferences-context", "The preferences of a page are those of its context.", PREFERENCES)
def test_preferences_in_a_context(page: Page, served: Callable[..., NovuSimulator]) -> None:
    sim = served("w", EMAIL, BELL)
    page.session(context={"tenant": "acme"})
    page.ask("PATCH", "preferences/w", {"email": False})
    ann = {"subscriberId": "ann", "email": "ann@acme.test"}
    sent = [sim.trigger("w", ann, context=context).run.messages for context in (None, {"tenant": "acme"})]
    assert [[message.channel for message in messages] for messages in sent] == [
        ["email", "in_app"],
        ["in_app"],
    ]


left_out(
    "inbox.application-identifier",
    "An application identifier of no environment is a 400.",
    SESSION_E2E,
    why="The simulation is one environment and does not know yours: a front end keeps the identifier that it has.",
)
left_out(
    "inbox.token-expiry",
    "A token is good for 15 days.",
    SESSION,
    why="A test may move the clock by months while a page is open.",
)
left_out(
    "inbox.keyless-demo",
    "A keyless environment has a workflow of its own, and a page can trigger it.",
    CONTROLLER,
    why="It shows Novu to those who have no workflows; here there are the app's.",
)
left_out(
    "inbox.branding",
    "The organization's settings hide Novu's branding, and plans limit a snooze to a day.",
    SESSION,
    why="Plans are the cloud's.",
)
left_out(
    "inbox.polling",
    "A socket may begin with long polling.",
    SOCKET,
    why="@novu/js asks for websockets alone.",
)
left_out(
    "inbox.refused-socket",
    "A socket without a valid token is opened, and then disconnected.",
    SOCKET,
    why="It is refused with a 401 before it is opened, so that a stranger holds none.",
)


# --- the socket ---------------------------------------------------------------------------------------


@rule(
    "inbox.socket-token",
    "A socket needs the token of a session in its query.",
    SOCKET,
)
@pytest.mark.parametrize(("known", "status"), [(True, 101), (False, 401)])
def test_a_socket_needs_a_token(page: Page, known: bool, status: int) -> None:
    with (
        CloudServer(page.cloud) as server,
        closing(PageSocket(server.url, page.token if known else "x")) as one,
    ):
        assert one.status == status


@rule(
    "inbox.socket-events",
    "What is received is told with both counts; what is seen, with the unseen one; any other change, with the unread one.",
    PUSHED,
)
@pytest.mark.parametrize(
    ("change", "events"),
    [(None, ["notification_received", "unseen_count_changed", "unread_count_changed"]), ("mark_seen", ["unseen_count_changed"]),
     ("mark_read", ["unread_count_changed"]), ("mark_unread", ["unread_count_changed"]), ("archive", ["unread_count_changed"]), ("unarchive", ["unread_count_changed"])],
)  # fmt: skip
def test_what_a_socket_tells(
    page: Page, send: Callable[..., Any], change: str | None, events: list[str]
) -> None:
    message = send() if change else None
    with CloudServer(page.cloud) as server, closing(PageSocket(server.url, page.token)) as one:
        if message is None:
            send()
        else:
            getattr(message, str(change))()
        assert [one.event()[0] for _ in events] == events


@rule("inbox.socket-counts", "A count on the socket ends at 100, and says that there is more.", PUSHED)
@pytest.mark.parametrize(("there_are", "count", "more"), [(99, 100, False), (100, 100, True)])
def test_the_counts_of_a_socket(
    page: Page, served: Callable[..., NovuSimulator], there_are: int, count: int, more: bool
) -> None:
    sim = served("many", ("in_app", "bell", {"body": "x"}))
    for _ in range(there_are):
        sim.trigger("many", "ann")
    with CloudServer(page.cloud) as server, closing(PageSocket(server.url, page.token)) as one:
        sim.trigger("many", "ann")
        one.event()
        assert one.event() == ("unseen_count_changed", {"unseenCount": count, "hasMore": more})
        name, data = one.event()
        assert (name, data["unreadCount"], data["hasMore"]) == ("unread_count_changed", count, more)


@rule("inbox.socket-context", "A socket reports only notifications of exactly its context.", PUSHED)
@pytest.mark.parametrize("context", [None, {"tenant": "acme"}])
def test_the_context_of_a_socket(page: Page, send: Callable[..., Any], context: Any) -> None:
    page.session(context=context)
    with CloudServer(page.cloud) as server, closing(PageSocket(server.url, page.token)) as one:
        send("other", context={"tenant": "other"})
        ours = send("ours", context=context)
        assert one.event()[1]["message"]["_id"] == ours.id


@rule("inbox.socket-snooze", "The end of a snooze is told like a new notification.", AWAKE)
def test_a_socket_tells_of_the_end_of_a_snooze(page: Page, send: Callable[..., Any]) -> None:
    message = send()
    message.snooze(hours=1)
    with CloudServer(page.cloud) as server, closing(PageSocket(server.url, page.token)) as one:
        page.novu.advance(hours=1)
        name, data = one.event()
        assert (name, data["message"]["_id"]) == ("notification_received", message.id)


@rule("inbox.socket-online", "A subscriber is online while a socket of theirs is open.", SOCKET)
def test_a_subscriber_with_a_socket_is_online(page: Page) -> None:
    with CloudServer(page.cloud) as server, closing(PageSocket(server.url, page.token)):
        assert page.novu.subscribers["ann"].is_online
    assert page.novu.subscribers["ann"].is_online is False
