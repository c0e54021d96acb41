"""Novu's own Python client, as published, against both doors: what we answer has to pass its models."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import httpx
import novu_py
import pytest
from novu_py import models

from novu_framework_testing import NovuSimulator
from novu_framework_testing.api import Cloud

WORKFLOW = "comment-notification"


@pytest.fixture
def client(door: tuple[Cloud, str], novu: NovuSimulator) -> Iterator[novu_py.Novu]:
    with novu_py.Novu(secret_key=novu.secret_key, server_url=door[1], retry_config=None) as client:
        yield client


def trigger(client: novu_py.Novu, to: object = "ann", **options: object) -> models.TriggerEventResponseDto:
    event = {"workflow_id": WORKFLOW, "to": to, "payload": {"comment": "Hi"}, **options}
    return client.trigger(trigger_event_request_dto=event).result  # type: ignore[arg-type]


def test_a_trigger_runs_the_workflow(client: novu_py.Novu, novu: NovuSimulator) -> None:
    answer = trigger(
        client, {"subscriber_id": "ann", "email": "ann@acme.test", "first_name": "Ann"}, transaction_id="t-1"
    )

    assert (answer.acknowledged, answer.status.value, answer.transaction_id) == (True, "processed", "t-1")
    assert novu.triggers[0].run.messages[0].body == "New comment: Hi"
    assert novu.subscriber("ann").first_name == "Ann"


def test_a_payload_that_does_not_fit_is_the_clients_own_error(client: novu_py.Novu) -> None:
    schema = {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}
    workflow = {"name": "Checked", "workflow_id": "checked", "steps": [], "payload_schema": schema}
    client.workflows.create(create_workflow_dto={**workflow, "validate_payload": True})  # type: ignore[arg-type]

    with pytest.raises(models.PayloadValidationExceptionDto, match="Payload validation failed") as refused:
        trigger(client, workflow_id="checked", payload={"name": 3})
    assert [(one.field, one.message) for one in refused.value.data.errors] == [("name", "must be string")]


async def test_a_trigger_from_async_code_runs_the_workflow(
    door: tuple[Cloud, str], novu: NovuSimulator
) -> None:
    async with novu_py.Novu(secret_key=novu.secret_key, server_url=door[1], retry_config=None) as client:
        answer = await client.trigger_async(
            trigger_event_request_dto={"workflow_id": WORKFLOW, "to": "ann", "payload": {"comment": "Hi"}}
        )

    assert answer.result.status.value == "processed"
    assert [message.channel for message in novu.messages] == ["in_app"]


def test_a_bulk_trigger_answers_for_each_event(client: novu_py.Novu, novu: NovuSimulator) -> None:
    answers = client.trigger_bulk(
        bulk_trigger_event_dto={
            "events": [
                {"workflow_id": WORKFLOW, "to": "ann", "payload": {"comment": "One"}},
                {"workflow_id": "no-such-workflow", "to": "ann", "payload": {}},
                {"workflow_id": WORKFLOW, "to": ["bob", "cid"], "payload": {"comment": "Two"}},
            ]
        }
    ).result

    assert [answer.status.value for answer in answers] == ["processed", "error", "processed"]
    assert answers[1].error == ["workflow_not_found"]
    assert [message.subscriber_id for message in novu.messages] == ["ann", "bob", "cid"]


def test_a_broadcast_reaches_everybody(client: novu_py.Novu, novu: NovuSimulator) -> None:
    novu.subscriber("ann")
    novu.subscriber("bob")

    answer = client.trigger_broadcast(
        trigger_event_to_all_request_dto={"name": WORKFLOW, "payload": {"comment": "All"}}
    ).result

    assert answer.status.value == "processed"
    assert [message.subscriber_id for message in novu.messages] == ["ann", "bob"]


def test_a_cancel_stops_what_waits(client: novu_py.Novu, novu: NovuSimulator) -> None:
    transaction_id = trigger(client, {"subscriber_id": "ann", "email": "ann@acme.test"}).transaction_id
    assert transaction_id is not None

    assert client.cancel(transaction_id=transaction_id).result is True
    novu.advance(hours=12)

    assert novu.triggers[0].run.step("comment-email").status == "canceled"
    assert client.cancel(transaction_id="no-such-transaction").result is False


def test_subscribers_are_created_read_changed_searched_and_deleted(client: novu_py.Novu) -> None:
    created = client.subscribers.create(
        create_subscriber_request_dto={
            "subscriber_id": "ann",
            "email": "ann@acme.test",
            "first_name": "Ann",
            "last_name": "Lee",
            "locale": "de",
            "timezone": "Europe/Berlin",
            "data": {"plan": "pro"},
        }
    ).result
    assert (created.subscriber_id, created.email, created.data) == ("ann", "ann@acme.test", {"plan": "pro"})

    changed = client.subscribers.patch(
        subscriber_id="ann", patch_subscriber_request_dto={"phone": "+4930123", "last_name": "Ray"}
    ).result
    assert (changed.phone, changed.last_name, changed.first_name) == ("+4930123", "Ray", "Ann")

    client.subscribers.create(
        create_subscriber_request_dto={"subscriber_id": "bob", "email": "bob@other.test"}
    )
    found = client.subscribers.search(request={"email": "@acme.test"}).result
    assert [subscriber.subscriber_id for subscriber in found.data] == ["ann"]
    assert (found.total_count, found.next) == (1, None)
    by_name = client.subscribers.search(request={"name": "Ann R"}).result
    assert [subscriber.subscriber_id for subscriber in by_name.data] == ["ann"]

    assert client.subscribers.retrieve(subscriber_id="ann").result.timezone == "Europe/Berlin"
    assert client.subscribers.delete(subscriber_id="ann").result.acknowledged
    with pytest.raises(models.ErrorDto) as error:
        client.subscribers.retrieve(subscriber_id="ann")
    assert error.value.status_code == 404


def test_a_search_is_paged_by_cursor(client: novu_py.Novu, novu: NovuSimulator) -> None:
    for number in range(5):
        novu.subscriber(f"s{number}")

    first = client.subscribers.search(request={"limit": 2}).result
    second = client.subscribers.search(request={"limit": 2, "after": first.next}).result
    back = client.subscribers.search(request={"limit": 2, "before": second.previous}).result

    assert [one.subscriber_id for one in first.data] == ["s4", "s3"]
    assert [one.subscriber_id for one in second.data] == ["s2", "s1"]
    assert [one.subscriber_id for one in back.data] == ["s4", "s3"]
    assert (first.previous, first.total_count) == (None, 5)


def test_subscribers_are_created_in_bulk(client: novu_py.Novu, novu: NovuSimulator) -> None:
    novu.subscriber("ann")

    outcome = client.subscribers.create_bulk(
        bulk_subscriber_create_dto={
            "subscribers": [
                {"subscriber_id": "ann", "first_name": "Ann"},
                {"subscriber_id": "bob"},
            ]
        }
    ).result

    assert [one.subscriber_id for one in outcome.updated] == ["ann"]
    assert [one.subscriber_id for one in outcome.created] == ["bob"]
    assert outcome.failed == []
    assert novu.subscriber("ann").first_name == "Ann"


def test_credentials_are_set_joined_and_removed(client: novu_py.Novu, novu: NovuSimulator) -> None:
    novu.subscriber("ann")
    request = {"provider_id": "fcm", "credentials": {"device_tokens": ["one"]}}
    client.subscribers.credentials.update(subscriber_id="ann", update_subscriber_channel_request_dto=request)
    request = {"provider_id": "fcm", "credentials": {"device_tokens": ["two"]}}

    subscriber = client.subscribers.credentials.append(
        subscriber_id="ann", update_subscriber_channel_request_dto=request
    ).result

    assert subscriber.channels is not None
    assert subscriber.channels[0].credentials.device_tokens == ["one", "two"]
    client.subscribers.credentials.delete(subscriber_id="ann", provider_id="fcm")
    assert novu.subscriber("ann").channels == []


def test_preferences_are_listed_and_changed(client: novu_py.Novu, novu: NovuSimulator) -> None:
    novu.subscriber("ann")

    before = client.subscribers.preferences.list(subscriber_id="ann").result
    after = client.subscribers.preferences.update(
        subscriber_id="ann",
        patch_subscriber_preferences_dto={"workflow_id": WORKFLOW, "channels": {"in_app": False}},
    ).result

    def of_workflow(
        preferences: models.GetSubscriberPreferencesDto,
    ) -> models.SubscriberWorkflowPreferenceDto:
        return next(one for one in preferences.workflows if one.workflow.identifier == WORKFLOW)

    assert (of_workflow(before).channels.in_app, of_workflow(before).channels.email) == (True, True)
    assert (of_workflow(after).channels.in_app, of_workflow(after).channels.email) == (False, True)
    assert (before.global_.channels.email, before.global_.channels.sms) == (
        True,
        None,
    )  # no workflow sends an sms
    assert "security-alert" not in [one.workflow.identifier for one in before.workflows]
    trigger(client)
    assert novu.messages == []


def test_preferences_are_changed_in_bulk_but_not_those_of_a_read_only_workflow(
    client: novu_py.Novu, novu: NovuSimulator
) -> None:
    novu.subscriber("ann")
    preferences = [
        {"workflow_id": WORKFLOW, "channels": {"email": False}},
        {"workflow_id": "daily-digest", "channels": {"email": False}},
    ]

    changed = client.subscribers.preferences.bulk_update(
        subscriber_id="ann", bulk_update_subscriber_preferences_dto={"preferences": preferences}
    ).result

    assert [(one.level.value, one.channels.email) for one in changed] == [("template", False)] * 2
    with pytest.raises(models.ErrorDto, match="can not be updated"):
        client.subscribers.preferences.update(
            subscriber_id="ann",
            patch_subscriber_preferences_dto={"workflow_id": "security-alert", "channels": {"in_app": False}},
        )


def test_topics_and_their_subscriptions(client: novu_py.Novu, novu: NovuSimulator) -> None:
    for subscriber_id in ("ann", "bob"):
        novu.subscriber(subscriber_id)

    topic = client.topics.create(create_update_topic_request_dto={"key": "post-1", "name": "Post"}).result
    assert (topic.key, topic.name) == ("post-1", "Post")
    outcome = client.topics.subscriptions.create(
        topic_key="post-1",
        create_topic_subscriptions_request_dto={
            "subscriptions": ["ann", {"identifier": "bob-on-post", "subscriber_id": "bob"}, "nobody"]
        },
    ).result
    assert (outcome.meta.successful, outcome.meta.failed) == (2, 1)
    assert outcome.errors is not None
    assert outcome.errors[0].code == "SUBSCRIBER_NOT_FOUND"

    listed = client.topics.subscriptions.list(request={"topic_key": "post-1"}).result
    assert [one.subscriber.subscriber_id for one in listed.data] == ["bob", "ann"]
    assert listed.data[0].identifier == "bob-on-post"
    one = client.topics.subscriptions.get_subscription(topic_key="post-1", identifier="bob-on-post").result
    assert one.identifier == "bob-on-post"
    of_ann = client.subscribers.topics.list(request={"subscriber_id": "ann"}).result
    assert [one.topic.key for one in of_ann.data] == ["post-1"]
    assert (
        client.topics.subscribers.retrieve(topic_key="post-1", external_subscriber_id="ann").result.topic_key
        == "post-1"
    )

    trigger(client, {"type": "Topic", "topic_key": "post-1"})
    assert sorted(message.subscriber_id for message in novu.messages) == ["ann", "bob"]

    gone = client.topics.subscriptions.delete(
        topic_key="post-1", delete_topic_subscriptions_request_dto={"subscriber_ids": ["ann"]}
    ).result
    assert gone.meta.successful == 1
    renamed = client.topics.update(topic_key="post-1", update_topic_request_dto={"name": "The post"}).result
    assert renamed.name == "The post"
    assert [one.key for one in client.topics.list(request={"key": "post"}).result.data] == ["post-1"]
    assert client.topics.delete(topic_key="post-1").result.acknowledged
    assert "post-1" not in novu.topics


# novu-py deprecates a field of this request, and warns of it whenever it writes the request itself.
@pytest.mark.filterwarnings("ignore:.*DEPRECATED:DeprecationWarning")
def test_the_activity_feed_tells_what_came_of_a_trigger(client: novu_py.Novu, novu: NovuSimulator) -> None:
    transaction_id = trigger(client, {"subscriber_id": "ann", "email": "ann@acme.test"}).transaction_id
    trigger(client, "bob")
    novu.advance(hours=6)

    everything = client.notifications.list(request={}).result
    [of_ann] = client.notifications.list(request={"transaction_id": transaction_id}).result.data

    assert [one.subscriber.subscriber_id for one in everything.data if one.subscriber] == ["bob", "ann"]
    assert (everything.page, everything.page_size, everything.has_more) == (0, 10, False)
    assert of_ann.jobs is not None
    assert [(job.type.value, job.status) for job in of_ann.jobs] == [
        ("in_app", "completed"),
        ("delay", "completed"),
        ("email", "completed"),
    ]
    assert of_ann.id is not None
    again = client.notifications.retrieve(notification_id=of_ann.id).result
    assert again.transaction_id == transaction_id
    by_channel = client.notifications.list(request={"channels": ["sms"], "limit": 5}).result
    assert by_channel.data == []


def test_an_inbox_is_read_and_changed(client: novu_py.Novu, novu: NovuSimulator) -> None:
    trigger(client)
    trigger(client)
    notifications = client.subscribers.notifications

    [newest, oldest] = notifications.list(request={"subscriber_id": "ann"}).result.data
    assert (newest.subject, newest.body, newest.is_read) == ("A comment", "New comment: Hi", False)
    assert newest.workflow is not None
    assert newest.primary_action is not None
    assert (newest.workflow.identifier, newest.primary_action.label) == (WORKFLOW, "Reply")

    ids = {"subscriber_id": "ann", "notification_id": newest.id}
    assert notifications.mark_as_read(**ids).result.is_read
    assert not notifications.mark_as_unread(**ids).result.is_read
    assert notifications.archive(**ids).result.is_archived
    assert not notifications.unarchive(**ids).result.is_archived
    until = {"snooze_until": novu.now + timedelta(hours=2)}
    assert notifications.snooze(
        request={**ids, "snooze_subscriber_notification_dto": until}
    ).result.is_snoozed
    assert not notifications.unsnooze(**ids).result.is_snoozed
    done = notifications.complete_action(request={**ids, "action_type": "primary"}).result
    assert done.primary_action is not None
    assert done.primary_action.is_completed
    undone = notifications.revert_action(request={**ids, "action_type": "primary"}).result
    assert undone.primary_action is not None
    assert not undone.primary_action.is_completed

    notifications.mark_as_seen(
        subscriber_id="ann", mark_subscriber_notifications_as_seen_dto={"notification_ids": [oldest.id]}
    )
    [count] = notifications.count(subscriber_id="ann", filters='[{"read": false}]').result
    assert (count.count, count.filter_) == (1, {"read": False})
    notifications.mark_all_as_read(subscriber_id="ann", update_all_subscriber_notifications_dto={})
    assert novu.subscriber("ann").inbox.unread == []
    notifications.archive_all_read(subscriber_id="ann", update_all_subscriber_notifications_dto={})
    archived = notifications.list(request={"subscriber_id": "ann", "archived": True}).result
    assert len(archived.data) == 2
    notifications.delete(**ids)
    notifications.delete_all(subscriber_id="ann", update_all_subscriber_notifications_dto={})
    assert notifications.list(request={"subscriber_id": "ann"}).result.data == []


def test_messages_are_listed_and_deleted(client: novu_py.Novu, novu: NovuSimulator) -> None:
    transaction_id = trigger(client, {"subscriber_id": "ann", "email": "ann@acme.test"}).transaction_id
    assert transaction_id is not None
    novu.advance(hours=6)

    listed = client.messages.retrieve(request={"subscriber_id": "ann"}).result
    assert [(one.channel.value, one.subject) for one in listed.data] == [
        ("email", "New comment on 1"),
        ("in_app", "A comment"),
    ]
    assert listed.data[0].email == "ann@acme.test"
    assert listed.data[0].id is not None
    assert client.messages.delete(message_id=listed.data[0].id).result.acknowledged
    client.messages.delete_by_transaction_id(transaction_id=transaction_id)
    assert novu.messages == []


def test_workflows_are_listed_and_read(client: novu_py.Novu) -> None:
    listed = client.workflows.list(request={"query": "comment"}).result
    assert [one.workflow_id for one in listed.workflows] == [WORKFLOW]

    workflow = client.workflows.get(workflow_id=WORKFLOW).result

    assert (workflow.name, workflow.tags, workflow.severity.value) == ("New comment", ["social"], "low")
    assert [step.step_id for step in workflow.steps] == ["new-comment", "wait", "comment-email"]


def test_an_agents_bridge_is_noted(client: novu_py.Novu) -> None:
    agent = client.agents.update_bridge(
        identifier="helper", update_agent_bridge_request_dto={"bridge_url": "https://acme.test/api/novu"}
    ).result

    assert (agent.identifier, agent.bridge_url) == ("helper", "https://acme.test/api/novu")
    assert client.agents.retrieve(identifier="helper").result.bridge_url == "https://acme.test/api/novu"


def test_a_wrong_key_is_a_401(door: tuple[Cloud, str]) -> None:
    with (
        novu_py.Novu(secret_key="another", server_url=door[1]) as client,
        pytest.raises(models.ErrorDto) as error,
    ):
        client.subscribers.retrieve(subscriber_id="ann")

    assert error.value.status_code == 401
    assert error.value.data.message == "API Key not found"


def test_an_unknown_workflow_is_a_422(client: novu_py.Novu) -> None:
    with pytest.raises(models.ValidationErrorDto) as error:
        client.trigger(trigger_event_request_dto={"workflow_id": "no-such-workflow", "to": "ann"})

    assert error.value.status_code == 422
    assert error.value.data.message == "workflow_not_found"


def test_an_invalid_body_is_a_422_with_messages(client: novu_py.Novu) -> None:
    with pytest.raises(models.ValidationErrorDto) as error:
        client.subscribers.create(create_subscriber_request_dto={"subscriber_id": "ann", "email": "nowhere"})

    assert error.value.data.errors["general"].messages == ["email must be an email"]


def test_a_rate_limit_is_a_429_with_retry_after(client: novu_py.Novu, door: tuple[Cloud, str]) -> None:
    door[0].rate_limit(after=1, retry_after=7)
    client.topics.list(request={})

    with pytest.raises(models.APIError) as error:
        client.topics.list(request={})

    assert error.value.status_code == 429
    assert error.value.headers["retry-after"] == "7"


def test_a_client_that_retries_gets_through_a_short_rate_limit(
    door: tuple[Cloud, str], novu: NovuSimulator
) -> None:
    door[0].rate_limit(retry_after=0, times=1)
    retries = novu_py.utils.RetryConfig("backoff", novu_py.utils.BackoffStrategy(1, 1, 1, 5000), False)

    with novu_py.Novu(secret_key=novu.secret_key, server_url=door[1], retry_config=retries) as client:
        trigger(client)

    assert [request.method for request in door[0].requests] == ["POST", "POST"]
    assert len(novu.triggers) == 1


def test_one_idempotency_key_is_one_trigger(client: novu_py.Novu, novu: NovuSimulator) -> None:
    event = {"workflow_id": WORKFLOW, "to": "ann", "payload": {"comment": "Hi"}}
    answers = [
        client.trigger(trigger_event_request_dto=event, idempotency_key="once").result for _ in range(2)
    ]

    assert answers[0] == answers[1]
    assert len(novu.triggers) == 1
    with pytest.raises(models.ValidationErrorDto, match="reused for a different body"):
        client.trigger(trigger_event_request_dto={**event, "to": "bob"}, idempotency_key="once")


def test_a_broken_connection_reaches_the_caller(client: novu_py.Novu, door: tuple[Cloud, str]) -> None:
    door[0].fail_next(httpx.ConnectError("the network is down"))

    with pytest.raises(httpx.TransportError):
        client.topics.list(request={})
