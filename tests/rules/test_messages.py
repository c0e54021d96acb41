"""Messages: what is kept of a delivery, how the API shows it, and how it is deleted."""

from __future__ import annotations

import pytest

from tests.rules import Source, left_out, rule
from tests.rules.novu_api import NovuApi

_SEND = "apps/worker/src/app/workflow/usecases/send-message"
_API = "apps/api/src/app/messages"
EMAIL = Source(f"{_SEND}/send-message-email.usecase.ts", "943f64b")
SMS = Source(f"{_SEND}/send-message-sms.usecase.ts", "06a7305")
PUSH = Source(f"{_SEND}/send-message-push.usecase.ts", "943f64b")
CHAT = Source(f"{_SEND}/send-message-chat.usecase.ts", "b46a637")
IN_APP = Source(f"{_SEND}/send-message-in-app.usecase.ts", "015bfcd")
GET = Source(f"{_API}/usecases/get-messages/get-messages.usecase.ts", "943f64b")
PARAMS = Source("apps/api/src/app/messages/params/delete-message.param.ts", "943f64b")
REMOVE = Source(f"{_API}/usecases/remove-message/remove-message.usecase.ts", "943f64b")
BY_TRANSACTION = Source(
    f"{_API}/usecases/remove-messages-by-transactionId/remove-messages-by-transactionId.usecase.ts", "943f64b"
)
ENTITY = Source("libs/dal/src/repositories/message/message.entity.ts", "943f64b")

MAIL = {"subject": "Hi", "body": "<p>Hi</p>"}
CHANNELS = [
    {"providerId": "fcm", "credentials": {"deviceTokens": ["t1", "t2"]}},
    {"providerId": "slack", "credentials": {"webhookUrl": "https://slack.test/1"}},
]
ANN = {"subscriberId": "ann", "email": "ann@acme.test", "phone": "+1", "channels": CHANNELS}


def listed(sim, query=""):
    status, page = NovuApi(sim)("GET", f"/v1/messages{query}")
    assert status == 200
    return page["data"]


# --- what is kept ------------------------------------------------------------------------------------------


@rule(
    "messages.status",
    "A message is `sent`, a `warning` without an address, or an `error` of its provider, with why.",
    ENTITY,
)
@pytest.mark.parametrize(
    ("channel", "to", "failing", "status", "error_id", "error_text"),
    [
        ("email", ANN, None, "sent", None, None),
        ("email", ANN, "quota", "error", "mail_unexpected_error", "quota"),
        (
            "email",
            "bob",
            None,
            "warning",
            "mail_unexpected_error",
            "Subscriber does not have an email address",
        ),
        ("sms", ANN, None, "sent", None, None),
        ("sms", ANN, "quota", "error", "unexpected_sms_error", "quota"),
        ("sms", "bob", None, "warning", "no_subscriber_phone", "Subscriber does not have active phone"),
        ("in_app", "bob", None, "sent", None, None),
    ],
)
def test_a_message_says_what_came_of_it(served, channel, to, failing, status, error_id, error_text):
    sim = served("w", (channel, "send", MAIL))
    if failing:
        sim.fail_provider(channel, error=failing)
    sim.trigger("w", to)
    (shown,) = listed(sim)
    assert (shown["status"], shown.get("errorId"), shown.get("errorText")) == (status, error_id, error_text)


@rule(
    "messages.delivered-or-not",
    "A message that reached nobody is kept beside those that were delivered.",
    EMAIL,
)
def test_a_message_that_reached_nobody_is_kept_apart(served):
    sim = served("w", ("email", "mail", MAIL), ("in_app", "bell", MAIL))
    trigger = sim.trigger("w", "bob")
    step = trigger.run.step("mail")
    (kept,) = step.undelivered
    assert (step.messages, trigger.undelivered, list(sim.undelivered)) == ((), [kept], [kept])
    assert [one.channel for one in trigger.messages] == [one.channel for one in sim.messages] == ["in_app"]
    assert repr(kept) == "<Message email to bob by w/mail: 'Hi' (warning)>"


@rule("messages.email-fields", "A message of email shows the address and the subject.", EMAIL)
@rule("messages.sms-fields", "A message of sms shows the number.", SMS)
@rule(
    "messages.push-fields", "A message of push shows the title and every device token of the provider.", PUSH
)
@rule("messages.chat-fields", "A message of chat shows the webhook or the number.", CHAT)
@pytest.mark.parametrize(
    ("channel", "shown"),
    [
        ("email", [{"email": "ann@acme.test", "subject": "Hi", "providerId": "novu-email"}]),
        ("sms", [{"phone": "+1", "providerId": "novu-sms"}]),
        ("push", [{"deviceTokens": ["t1", "t2"], "title": "Hi", "providerId": "fcm"}] * 2),
        (
            "chat",
            [
                {"phone": "+1", "providerId": "whatsapp-business"},
                {"chatWebhookUrl": "https://slack.test/1", "providerId": "slack"},
            ],
        ),
        ("in_app", [{"subject": "Hi", "content": "<p>Hi</p>", "providerId": "novu"}]),
    ],
)
def test_a_message_shows_where_it_went(served, channel, shown):
    sim = served("w", (channel, "send", MAIL))
    sim.trigger("w", ANN)
    assert [{name: one[name] for name in want} for one, want in zip(listed(sim), shown, strict=True)] == shown


@rule(
    "messages.origin",
    "A message names its workflow, step, trigger, subscriber, tags, severity and context.",
    IN_APP,
)
@pytest.mark.parametrize("channel", ["in_app", "email", "sms"])
def test_a_message_names_where_it_comes_from(served, channel):
    sim = served("w", (channel, "send", MAIL), tags=["news"], severity="low")
    run = sim.trigger("w", ANN, {"n": 1}, transaction_id="t", context={"tenant": "acme"}).run
    (shown,) = listed(sim)
    assert {
        "templateIdentifier": "w",
        "stepId": "send",
        "transactionId": "t",
        "channel": channel,
        "payload": {"n": 1},
        "tags": ["news"],
        "severity": "low",
        "contextKeys": ["tenant:acme"],
        "_notificationId": run.id,
    }.items() <= shown.items()
    assert shown["subscriber"]["subscriberId"] == "ann"


# --- the activity feed --------------------------------------------------------------------------------------

DETAILS = Source("libs/application-generic/src/usecases/create-execution-details/types/index.ts", "943f64b")
QUEUED, CREATED, SENT = "Step queued: Pending", "Message created: Pending", "Message sent: Success"


def details(sim, position=0):
    jobs = NovuApi(sim)("GET", "/v1/notifications")[1]["data"][0]["jobs"]
    return [f"{one['detail']}: {one['status']}" for one in jobs[position]["executionDetails"]]


@rule(
    "messages.details-of-a-channel",
    "The feed says of a channel job that it was queued, and what came of each message.",
    DETAILS,
)
@pytest.mark.parametrize(
    ("channel", "to", "failing", "said"),
    [
        ("in_app", "bob", False, [QUEUED, CREATED, SENT]),
        ("email", ANN, False, [QUEUED, CREATED, SENT]),
        ("email", ANN, True, [QUEUED, CREATED, "Unexpected provider error: Failed"]),
        ("email", "bob", False, [QUEUED, CREATED, "Subscriber missing email address: Failed"]),
        ("sms", "bob", False, [QUEUED, CREATED, "Subscriber missing phone number: Failed"]),
        ("push", ANN, False, [QUEUED, *[CREATED, SENT] * 2]),
        ("push", "bob", False, [QUEUED, "Subscriber does not have a configured channel: Warning"]),
        ("chat", ANN, False, [QUEUED, *[CREATED, SENT] * 2]),
        ("chat", "bob", False, [QUEUED, "Subscriber does not have a configured channel: Warning"]),
    ],
)
def test_the_feed_says_what_came_of_each_message(served, channel, to, failing, said):
    sim = served("w", (channel, "send", MAIL))
    if failing:
        sim.fail_provider(channel)
    sim.trigger("w", to)
    assert details(sim) == said


@rule("messages.details-of-no-integration", "The feed says that there is no active integration.", DETAILS)
@pytest.mark.parametrize("channel", ["email", "sms", "in_app"])
def test_the_feed_says_that_there_is_no_integration(served, channel):
    sim = served("w", (channel, "send", MAIL))
    sim.integrations.remove(next(one.identifier for one in sim.integrations if one.channel == channel))
    sim.trigger("w", ANN)
    assert details(sim) == [QUEUED, "Subscriber does not have an active integration: Failed"]


# --- the listing -------------------------------------------------------------------------------------------


@pytest.fixture
def many(served):
    sim = served("w", ("email", "mail", MAIL), ("in_app", "bell", MAIL), ("sms", "text", MAIL))
    sim.trigger("w", "bob", transaction_id="t1")  # two warnings, one message
    sim.trigger("w", ANN, transaction_id="t2")
    return sim


@rule("messages.list-newest-first", "Messages are listed newest first, whatever came of them.", GET)
def test_messages_are_listed_newest_first(many):
    assert [(one["channel"], one["status"]) for one in listed(many)] == [
        ("sms", "sent"),
        ("in_app", "sent"),
        ("email", "sent"),
        ("sms", "warning"),
        ("in_app", "sent"),
        ("email", "warning"),
    ]


@rule("messages.list-filters", "The listing may be of a channel, a subscriber, or transactions.", GET)
@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("?channel=email", 2),
        ("?channel=push", 0),
        ("?subscriberId=ann", 3),
        ("?subscriberId=nobody", 0),
        ("?transactionId=t1", 3),
        ("?transactionId=t1&transactionId=t2", 6),
        ("?transactionId=t9", 0),
        ("?channel=sms&subscriberId=bob&transactionId=t1", 1),
        ("?limit=2", 2),
        ("?limit=4&page=1", 2),
    ],
)
def test_messages_are_listed_by(many, query, count):
    assert len(listed(many, query)) == count


# --- deletion ------------------------------------------------------------------------------------------------


@rule(
    "messages.delete",
    "A message is deleted once, whatever came of it, and is in no inbox afterwards.",
    REMOVE,
)
@pytest.mark.parametrize("position", range(6))
def test_a_message_is_deleted_once(many, position):
    ask, doomed = NovuApi(many), listed(many)[position]["_id"]
    assert ask("DELETE", f"/v1/messages/{doomed}") == (200, {"acknowledged": True, "status": "deleted"})
    assert ask("DELETE", f"/v1/messages/{doomed}")[0] == 404
    assert doomed not in [one["_id"] for one in listed(many)]
    assert doomed not in [one.id for name in ("ann", "bob") for one in many.subscriber(name).inbox]


@rule("messages.delete-no-id", "To delete what cannot be the id of a message is a 422.", PARAMS)
def test_what_is_no_id_is_not_deleted(many):
    assert NovuApi(many).messages("DELETE", "/v1/messages/x") == ["messageId must be a mongodb id"]


@rule(
    "messages.delete-by-transaction",
    "The messages of a trigger are deleted together, or those of one channel; without any it is a 404.",
    BY_TRANSACTION,
)
@pytest.mark.parametrize(
    ("target", "status", "left"),
    [
        ("t1", 204, 3),
        ("t1?channel=email", 204, 5),
        ("t1?channel=push", 404, 6),
        ("t9", 404, 6),
        ("t2?channel=in_app", 204, 5),
    ],
)
def test_the_messages_of_a_trigger_are_deleted_together(many, target, status, left):
    assert NovuApi(many)("DELETE", f"/v1/messages/transaction/{target}")[0] == status
    assert len(listed(many)) == left


@rule("messages.deleted-inbox-state", "A step that reads a deleted in-app message reads what it was.", REMOVE)
def test_a_later_step_reads_what_a_deleted_message_was(served, bridge):
    sim = served(
        "w", ("in_app", "bell", MAIL), ("delay", "d", {"amount": 1, "unit": "hours"}), ("custom", "c", {})
    )
    run = sim.trigger("w", "ann").run
    run.messages[0].mark_read()
    NovuApi(sim)("DELETE", f"/v1/messages/{run.messages[0].id}")
    sim.advance(hours=1)
    assert run.status == "completed"


left_out(
    "messages.expiry",
    "Messages are deleted after a time that depends on the plan.",
    ENTITY,
    why="Plans are the cloud's, and a test would lose what it looks at.",
)
left_out(
    "messages.webhooks",
    "What becomes of a message is told to webhooks of the environment.",
    EMAIL,
    why="Outbound webhooks are the cloud's.",
)
