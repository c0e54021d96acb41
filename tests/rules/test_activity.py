"""The activity feed and the messages, as the API lists them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from novu_framework_testing.simulation.clock import iso
from tests.rules import Source, left_out, rule
from tests.rules.novu_api import NovuApi

FEED = Source("apps/api/src/app/notifications/e2e/get-activity-feed.e2e.ts", "b5b3cfe")
FEED_DTO = Source("apps/api/src/app/notifications/dtos/activities-request.dto.ts", "943f64b")
UNSEEN = Source("apps/api/src/app/widgets/usecases/get-feed-count/get-feed-count.usecase.ts", "943f64b")
ACTIVITY = Source("apps/api/src/app/notifications/e2e/get-activity.e2e.ts", "b18f99f")
MESSAGES = Source("apps/api/src/app/messages/e2e/get-messages.e2e.ts", "74a2e9a")
REMOVE = Source("apps/api/src/app/messages/e2e/remove-messages-by-transactionId.e2e.ts", "74a2e9a")
MARK = Source("libs/dal/src/repositories/message/message.repository.ts", "943f64b")
FIRST_MARK = Source("apps/api/src/app/widgets/usecases/mark-message-as/mark-message-as.usecase.ts", "943f64b")
MARK_ALL = Source("apps/api/src/app/subscribers/e2e/mark-all-subscriber-messages.e2e.ts", "74a2e9a")

MARK_E2E = Source("apps/api/src/app/subscribers/e2e/mark-as-by-mark.e2e.ts", "943f64b")
FEED_E2E = Source("apps/api/src/app/notifications/e2e/get-activity-feed.e2e.ts", "943f64b")
ACTIVITY_ID = Source(
    "apps/api/src/app/notifications/usecases/get-activity/get-activity.command.ts", "943f64b"
)
ACTION = Source(
    "apps/api/src/app/widgets/usecases/mark-action-as-done/update-message-actions.usecase.ts", "943f64b"
)

ANN = {"subscriberId": "ann", "firstName": "Ann", "email": "ann@acme.test"}


@pytest.fixture
def api(sim):
    return NovuApi(sim)


@pytest.fixture
def feed(sim, served, api):
    """Three runs: of `both` to ann (t-1), of `both` to bob in acme (t-2), an hour later of `text` to ann (t-3)."""
    served(
        "both",
        ("in_app", "bell", {"body": "x"}),
        ("email", "mail", {"subject": "x", "body": "x"}),
        severity="high",
    )
    served("text", ("sms", "text", {"body": "x"}))
    sim.topic("post").add("ann")
    sim.trigger("both", ANN, {"n": 1}, transaction_id="t-1")
    sim.trigger("both", "bob", transaction_id="t-2", context={"tenant": "acme"})
    sim.advance(hours=1)
    sim.trigger("text", {"type": "Topic", "topicKey": "post"}, transaction_id="t-3")
    return api


def transactions(answer):
    return [one["transactionId"] for one in answer.body["data"]]


@rule(
    "activity.newest-first", "The feed has a run for each subscriber of each trigger, the newest first.", FEED
)
def test_the_feed_is_newest_first(feed):
    answer = feed.get("/v1/notifications?page=0")
    assert transactions(answer) == ["t-3", "t-2", "t-1"]
    assert (answer.body["hasMore"], answer.body["page"], answer.body["pageSize"]) == (False, 0, 10)
    first = answer.body["data"][-1]
    assert (first["subscriber"]["firstName"], first["template"]["name"]) == ("Ann", "both")
    assert first["channels"] == ["in_app", "email"]


@rule(
    "activity.filters",
    "The feed is narrowed by channels, workflows, emails, subscribers, severities, topic, text and time.",
    FEED,
)
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("channels=sms", ["t-3"]),
        ("channels=email", ["t-2", "t-1"]),
        ("channels=sms&channels=in_app", ["t-3", "t-2", "t-1"]),
        ("channels[]=sms", ["t-3"]),
        ("channels=push", []),
        ("templates=text", ["t-3"]),
        ("emails=ann@acme.test", ["t-3", "t-1"]),
        ("emails=nobody@acme.test", []),
        ("subscriberIds=bob", ["t-2"]),
        ("subscriberIds=bob&subscriberIds=ann", ["t-3", "t-2", "t-1"]),
        ("severity=high", ["t-2", "t-1"]),
        ("transactionId=t-2", ["t-2"]),
        ("topicKey=post", ["t-3"]),
        ("search=t-1", ["t-1"]),
        ("search=bob", ["t-2"]),
        ("after=2026-01-01T12:30:00Z", ["t-3"]),
        ("before=2026-01-01T12:30:00Z", ["t-2", "t-1"]),
        ("contextKeys=tenant:acme", ["t-2"]),
        ("contextKeys=tenant:other", []),
        ("contextKeys=tenant:acme&contextKeys=app:jira", []),
        ("contextKeys=", ["t-3", "t-1"]),
        ("channels=email&subscriberIds=ann", ["t-1"]),
    ],
)
def test_the_feed_is_narrowed(feed, query, expected):
    assert transactions(feed.get(f"/v1/notifications?{query}")) == expected


@rule("activity.by-novus-id", "The feed is narrowed by the id that Novu gave the workflow.", FEED)
def test_the_feed_is_narrowed_by_novus_id(feed):
    workflow = feed.get("/v2/workflows/text").body
    assert transactions(feed.get(f"/v1/notifications?templates={workflow['_id']}")) == ["t-3"]


@rule("activity.pages", "The feed is paged by number.", FEED)
@pytest.mark.parametrize(
    ("query", "expected", "more"),
    [("limit=2", ["t-3", "t-2"], True), ("limit=2&page=1", ["t-1"], False), ("page=5", [], False)],
)
def test_the_feed_is_paged(feed, query, expected, more):
    answer = feed.get(f"/v1/notifications?{query}")
    assert (transactions(answer), answer.body["hasMore"]) == (expected, more)


@rule(
    "activity.refused",
    "A page of the feed has at most 50 runs, and only Novu's severities are accepted.",
    FEED_DTO,
)
@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("limit=50", 200),
        ("limit=51", 422),
        ("limit=0", 422),
        ("severity=high&severity=none", 200),
        ("severity=urgent", 422),
        ("severity=high&severity=urgent", 422),
    ],
)
def test_the_feed_refuses_what_it_does_not_know(feed, query, status):
    assert feed.get(f"/v1/notifications?{query}").status == status


@rule("activity.one", "A run shows its jobs in order, with their statuses and what came of each.", ACTIVITY)
def test_a_run_shows_its_jobs(sim, feed):
    status, run = feed.get(f"/v1/notifications/{sim.triggers[0].run.id}")
    assert (status, run["payload"]) == (200, {"n": 1})
    assert [(job["type"], job["status"]) for job in run["jobs"]] == [
        ("in_app", "completed"),
        ("email", "completed"),
    ]
    assert all(job["executionDetails"] for job in run["jobs"])


@rule("activity.read", "The details of a job say that its message was read.", ACTIVITY)
@pytest.mark.parametrize("read", [False, True])
def test_reading_is_in_the_details(sim, feed, read):
    run = sim.triggers[0].run
    if read:
        feed.patch(f"/v2/subscribers/ann/notifications/{run.messages[0].id}/read")
    details = feed.get(f"/v1/notifications/{run.id}").body["jobs"][0]["executionDetails"]
    assert ("Message read" in [one["detail"] for one in details]) is read


@rule(
    "activity.left-out",
    "A channel step that was skipped is `canceled` in the feed, and the run continues.",
    ACTIVITY,
)
def test_a_step_that_was_left_out(sim, feed):
    jobs = feed.get(f"/v1/notifications/{sim.triggers[1].run.id}").body["jobs"]
    assert [job["status"] for job in jobs] == ["completed", "canceled"]


@rule("activity.unknown", "A run that does not exist is a 404.", ACTIVITY)
def test_an_unknown_run(feed):
    assert feed.get("/v1/notifications/4e00000000000000000000ff").status == 404


left_out(
    "activity.trigger-job",
    "Where step runs are read, the trigger itself is the first job of the feed.",
    ACTIVITY,
    why="It depends on a flag that is off by default; the jobs are those of the steps.",
)
left_out(
    "activity.stats",
    "The dashboard counts runs by day, week and month, and lists the results of a run's jobs separately.",
    Source("apps/api/src/app/notifications/notification.controller.ts", "943f64b"),
    why="No client of today has it; a run shows what came of its jobs.",
)
left_out(
    "activity.subscription",
    "The feed is narrowed by the subscription to a topic.",
    Source("apps/api/src/app/notifications/e2e/get-activity-feed.e2e.ts", "b5b3cfe"),
    why="A run does not keep which subscription of its topic it came by; the query is refused in words.",
)


# --- messages -----------------------------------------------------------------------------------------


@rule(
    "messages.filters",
    "Messages are listed newest first, by channel, subscriber, transactions and contexts.",
    MESSAGES,
)
@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 5),
        ("channel=in_app", 2),
        ("channel=email&subscriberId=ann", 1),
        ("subscriberId=ann", 3),
        ("transactionId=t-1", 2),
        ("transactionId=t-1&transactionId=t-2", 4),
        ("transactionId[]=t-1&transactionId[]=t-3", 3),
        ("contextKeys=tenant:acme", 2),
        ("contextKeys=tenant:acme&contextKeys=app:jira", 0),
        ("contextKeys=", 3),
        ("subscriberId=nobody", 0),
    ],
)
def test_messages_are_listed(feed, query, count):
    answer = feed.get(f"/v1/messages?{query}").body
    assert (len(answer["data"]), answer["totalCount"]) == (count, count)


@rule(
    "messages.remove",
    "The messages of a transaction are removed, on one channel or all; none is a 404.",
    REMOVE,
)
@pytest.mark.parametrize(
    ("path", "status", "left"),
    [
        ("t-1", 204, {"t-2", "t-3"}),
        ("t-1?channel=in_app", 204, {"t-1", "t-2", "t-3"}),
        ("t-1?channel=sms", 404, {"t-1", "t-2", "t-3"}),
        ("none", 404, {"t-1", "t-2", "t-3"}),
    ],
)
def test_the_messages_of_a_transaction_are_removed(feed, path, status, left):
    assert feed.delete(f"/v1/messages/transaction/{path}").status == status
    assert set(transactions(feed.get("/v1/messages"))) == left


@rule(
    "messages.mark-all",
    "To mark all messages of a subscriber gives the number of those that were not so.",
    MARK_ALL,
)
@pytest.mark.parametrize(
    ("before", "mark", "count"),
    [
        (None, "read", 2),
        (None, "seen", 2),
        ("read", "read", 0),
        ("read", "unread", 2),
        ("seen", "unseen", 2),
        ("seen", "read", 2),
    ],
)
def test_all_messages_are_marked(sim, served, api, before, mark, count):
    served("w", ("in_app", "bell", {"body": "x"}))
    sim.trigger("w", "ann")
    sim.trigger("w", "ann")
    if before:
        api.post("/v1/subscribers/ann/messages/mark-all", {"markAs": before})
    assert api.post("/v1/subscribers/ann/messages/mark-all", {"markAs": mark}) == (201, count)


@rule(
    "messages.mark-dates",
    "The first version of the API keeps when a mark was set or taken back; unseen ones stay read, archived ones archived.",
    MARK,
)
@pytest.mark.parametrize(
    ("before", "mark", "seen", "read"),
    [
        ("new", "seen", (True, 1), (False, None)),
        ("new", "read", (True, 1), (True, 1)),
        ("new", "unseen", (False, 1), (False, None)),
        ("new", "unread", (True, 1), (False, 1)),
        ("seen", "unseen", (False, 1), (False, None)),
        ("seen", "unread", (True, 1), (False, 1)),
        ("read", "unread", (True, 1), (False, 1)),
        ("read", "unseen", (False, 1), (True, 0)),
        ("archived", "unread", (True, 1), (False, 1)),
    ],
)
def test_the_dates_of_a_mark(sim, served, api, before, mark, seen, read):
    served("w", ("in_app", "bell", {"body": "x"}))
    message = sim.trigger("w", "ann").run.messages[0]
    changes = {"seen": message.mark_seen, "read": message.mark_read, "archived": message.archive}
    changes.get(before, lambda: None)()
    times = [sim.now, sim.now + timedelta(hours=1)]
    sim.advance(hours=1)
    asked = {"markAs": mark, "messageId": message.id}
    (shown,) = api.post("/v1/subscribers/ann/messages/mark-as", asked).body
    dates = [None if when is None else iso(times[when]) for _, when in (seen, read)]
    assert (shown["seen"], shown["read"]) == (seen[0], read[0])
    assert [shown.get("lastSeenDate"), shown.get("lastReadDate")] == dates
    assert message.archived == (before == "archived")


@rule(
    "messages.first-mark",
    "The oldest way to mark messages sets seen and read each alone, and shows the messages of the ids that there are.",
    FIRST_MARK,
)
@pytest.mark.parametrize(
    ("marks", "seen", "read"),
    [
        ([{"seen": True}], True, False),
        ([{"read": True}], False, True),
        ([{"seen": True, "read": True}], True, True),
        ([{"seen": True, "read": True}, {"read": False}], True, False),
        ([{"seen": True, "read": True}, {"seen": False}], False, True),
        ([{}], False, False),
    ],
)
def test_messages_are_marked_in_the_oldest_way(sim, served, api, marks, seen, read):
    served("w", ("in_app", "bell", {"body": "x"}))
    message = sim.trigger("w", "ann").run.messages[0]
    for mark in marks:
        asked = {"messageId": [message.id, "4e00000000000000000000ff"], "mark": mark}
        status, shown = api.post("/v1/subscribers/ann/messages/markAs", asked)
        assert (status, [one["_id"] for one in shown]) == (201, [message.id])
    assert (shown[0]["seen"], shown[0]["read"]) == (message.seen, message.read) == (seen, read)


@rule(
    "messages.first-mark-refused",
    "The oldest way to mark messages needs ids, the marks and a subscriber.",
    FIRST_MARK,
)
@pytest.mark.parametrize(
    ("subscriber", "body", "status"),
    [
        ("nobody", {"messageId": "4e00000000000000000000ff", "mark": {"seen": True}}, 404),
        ("ann", {"messageId": "4e00000000000000000000ff"}, 422),
        ("ann", {"mark": {"seen": True}}, 422),
        ("ann", {"messageId": "x", "mark": {"seen": True}}, 422),
        ("ann", {"messageId": "4e00000000000000000000ff", "mark": {"seen": 1}}, 422),
        ("ann", {"messageId": "4e00000000000000000000ff", "mark": {"seen": True}}, 201),
    ],
)
def test_the_oldest_marks_are_refused(sim, api, subscriber, body, status):
    sim.subscribers.upsert("ann")
    assert api.post(f"/v1/subscribers/{subscriber}/messages/markAs", body).status == status


@rule(
    "messages.mark-all-unknown",
    "To mark the messages of a subscriber that does not exist is a 404.",
    MARK_ALL,
)
def test_the_messages_of_nobody_are_marked(api):
    answer = api.post("/v1/subscribers/nobody/messages/mark-all", {"markAs": "read"})
    assert (answer.status, answer.body["message"]) == (
        404,
        "Subscriber nobody does not exist in environment e00000000000000000000001, "
        "please provide a valid subscriber identifier",
    )


@rule("messages.mark-ids", "To mark what cannot be the id of a message, or none, is a 422.", MARK_E2E)
@pytest.mark.parametrize("ids", [[], "x", ["x"], ["507f1f77bcf86cd799439011", "x"], 3, None])
def test_what_is_no_id_is_marked(sim, api, ids):
    sim.subscribers.upsert("ann")
    asked = {"markAs": "seen", "messageId": ids}
    (*missing, said) = api.messages("POST", "/v1/subscribers/ann/messages/mark-as", asked)
    assert missing == (["messageId should not be null or undefined"] if ids is None else [])
    assert said == "messageId must be a valid MongoDB ObjectId or an array of valid MongoDB ObjectIds"


@rule(
    "messages.action-unknown", "An action of a message or a subscriber that does not exist is a 400.", ACTION
)
@pytest.mark.parametrize(
    ("subscriber", "message", "status", "said"),
    [
        (
            "ann",
            "507f1f77bcf86cd799439011",
            400,
            "Message with the id: 507f1f77bcf86cd799439011 was not found",
        ),
        ("bob", "507f1f77bcf86cd799439011", 400, "Subscriber with the id: bob was not found"),
        ("ann", "x", 422, "Validation Error"),
    ],
)
def test_an_action_of_what_is_not_there(sim, api, subscriber, message, status, said):
    sim.subscribers.upsert("ann")
    path = f"/v1/subscribers/{subscriber}/messages/{message}/actions/primary"
    answer = api.post(path, {"status": "done"})
    assert answer.status == status
    assert answer.body["message"].startswith(said)


@rule(
    "activity.deleted",
    "A run whose subscriber or workflow was deleted is still shown, without them.",
    FEED_E2E,
)
@pytest.mark.parametrize(
    ("path", "gone"), [("/v2/subscribers/bob", "subscriber"), ("/v2/workflows/both", "template")]
)
def test_a_run_outlives_its_subscriber_and_its_workflow(feed, path, gone):
    shown = feed.get("/v1/notifications?transactionId=t-2").body["data"][0]
    assert feed.delete(path).status in (200, 204)
    assert set(shown) - set(feed.get(f"/v1/notifications/{shown['_id']}").body) == {gone}


@rule("activity.id", "A text that cannot be the id of a run is a 422; an unknown id is a 404.", ACTIVITY_ID)
@pytest.mark.parametrize(("id", "status"), [("x", 422), ("507f1f77bcf86cd799439011", 404)])
def test_the_id_of_a_run(api, id, status):
    assert api.get(f"/v1/notifications/{id}").status == status


@rule(
    "activity.feed-of-nobody",
    "The feed and the count of a subscriber who does not exist are a 400, with a message of its own.",
    UNSEEN,
)
@pytest.mark.parametrize(
    ("path", "message"),
    [
        (
            "feed",
            "Subscriber not found for this environment with the id: nobody. "
            "Make sure to create a subscriber before fetching the feed.",
        ),
        (
            "unseen?seen=false",
            "Subscriber nobody is not exist in environment e00000000000000000000001, "
            "please provide a valid subscriber identifier",
        ),
        ("feed?payload=invalid", "Invalid payload, the JSON object should be encoded to base64 string."),
    ],
)
def test_the_feed_of_nobody(api, path, message):
    status, answer = api.get(f"/v1/subscribers/nobody/notifications/{path}")
    assert (status, answer["message"]) == (400, message)
