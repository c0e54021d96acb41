"""Every operation of novu-py gets an answer that novu-py's own models take."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import httpx
import novu_py
import pytest
from novu_py import models

from novu_framework import AgentContext, agent
from novu_framework.agents import AgentMessage
from novu_framework_testing import NovuSimulator
from novu_framework_testing.api import ApiRequest, Cloud
from novu_framework_testing.api.cloud import TABLE
from novu_framework_testing.api.mock import MockedCloud
from tests.integration import workflows
from tests.integration.novu_py_operations import asked_of, call, operations


class ReadingClient(httpx.Client):
    """A client that reads a form before it is sent: novu-py 3.19 looks at the bytes of every request, and breaks on a stream."""

    def build_request(self, *args: Any, **kwargs: Any) -> httpx.Request:
        request = super().build_request(*args, **kwargs)
        request.read()
        return request


@agent("helper")
async def helper(message: AgentMessage, ctx: AgentContext) -> None: ...


@pytest.fixture
def client(novu: NovuSimulator) -> Iterator[novu_py.Novu]:
    novu.register(*workflows.ALL)
    with (
        MockedCloud(Cloud(novu)),
        ReadingClient(follow_redirects=True) as http,
        novu_py.Novu(secret_key=novu.secret_key, retry_config=None, client=http) as client,
    ):
        yield client


@pytest.fixture
def known(client: Any, novu: NovuSimulator) -> dict[str, Any]:
    """One of everything, and how requests name it: by parameter, by field, or by `operation: parameter`."""
    news: dict[str, Any] = {"name": "News", "workflow_id": "news", "active": True}
    steps = [
        {
            "name": "Hello",
            "type": "in_app",
            "control_values": {"body": "Hello", "primaryAction": {"label": "Go"}},
        }
    ]
    client.workflows.create(create_workflow_dto={**news, "steps": steps})
    novu.subscriber("ann").email = "ann@acme.test"
    novu.subscriber("bob")
    run = novu.trigger("news", "ann").run
    doomed = [novu.trigger("news", "bob").run.messages[0] for _ in range(2)]
    novu.trigger("comment-notification", "ann", {"comment": "Hi"}, transaction_id="waiting")
    for layout_id in ("main", "footer"):
        client.layouts.create(create_layout_dto={"layout_id": layout_id, "name": layout_id})
    client.topics.create(create_update_topic_request_dto={"key": "post-1"})
    client.topics.subscriptions.create(
        topic_key="post-1",
        create_topic_subscriptions_request_dto={
            "subscriptions": [{"identifier": "mine", "subscriber_id": "ann"}]
        },
    )
    client.environment_variables.create(create_environment_variable_request_dto={"key": "BASE_URL"})
    client.domains.create(create_domain_dto={"name": "acme.test"})
    client.domains.routes.create(
        domain="acme.test", domain_route_dto={"address": "support", "type": "webhook"}
    )
    client.agents.create(
        novu_analytics_source="", create_agent_request_dto={"name": "Helper", "identifier": "helper"}
    )
    talk = novu.agent(helper)
    translated = {
        "resource_id": "news",
        "resource_type": "workflow",
        "locale": "en_US",
        "content": {"hi": "Hi"},
    }
    client.translations.create(create_translation_request_dto=translated)
    of_layout = {"resource_id": "footer", "resource_type": "layout"}
    client.translations.create(create_translation_request_dto={**translated, **of_layout})
    sendgrid = client.integrations.create(
        create_integration_request_dto={
            "provider_id": "sendgrid",
            "channel": "email",
            "identifier": "main",
            "active": True,
        }
    ).result
    client.integrations.create(
        create_integration_request_dto={
            "provider_id": "slack",
            "channel": "chat",
            "identifier": "slack",
            "active": True,
        }
    )
    client.channel_connections.create(
        create_channel_connection_request_dto={
            "identifier": "wire",
            "integration_identifier": "slack",
            "subscriber_id": "ann",
            "workspace": {"id": "T1"},
            "auth": {"access_token": "token"},
        }
    )
    client.channel_endpoints.create(
        request_body={
            "identifier": "end",
            "integration_identifier": "slack",
            "subscriber_id": "ann",
            "type": "slack_user",
            "endpoint": {"user_id": "U1"},
        }
    )
    link = client.agents.integrations.create(
        identifier="helper", add_agent_integration_request_dto={"integration_identifier": "main"}
    ).result
    staging = client.environments.create(
        create_environment_request_dto={"name": "Staging", "color": "#fff"}
    ).result
    file = {"file_name": "en_US.json", "content": b"{}"}
    return {
        "subscriber_id": "ann",
        "external_subscriber_id": "ann",
        "to": "ann",
        "workflow_id": "news",
        "TriggerEventToAllRequestDto.name": "news",
        "step_id": "hello",
        "notification_id": run.messages[0].id,
        "notifications.retrieve: notification_id": run.id,
        "message_id": run.messages[0].id,
        "subscribers.messages.update_as_seen: type": "primary",
        "transaction_id": "waiting",
        "filters": '[{"read": false}]',
        "provider_id": "fcm",
        "topic_key": "post-1",
        "topics.subscriptions.get_subscription: identifier": "mine",
        "topics.subscriptions.update: identifier": "mine",
        "CreateTopicSubscriptionsRequestDto.subscriber_ids": ["bob"],
        "DeleteTopicSubscriptionsRequestDto.subscriber_ids": ["ann"],
        "layout_id": "footer",
        "CreateLayoutDto.layout_id": "fresh",
        "messages.delete: message_id": doomed[0].id,
        "messages.delete_by_transaction_id: transaction_id": doomed[1].transaction_id,
        "resource_id": "news",
        "translations.groups.delete: resource_id": "footer",
        "translations.groups.delete: resource_type": "layout",
        "locale": "en_US",
        "file": file,
        "files": [file],
        "variable_key": "BASE_URL",
        "CreateEnvironmentVariableRequestDto.key": "FRESH",
        "UpdateEnvironmentVariableRequestDto.is_secret": True,
        "environment_id": staging.id,
        "target_environment_id": staging.id,
        "domain": "acme.test",
        "CreateDomainDto.name": "fresh.test",
        "domains.routes: address": "support",
        "DomainRouteDto.address": "fresh",
        "DomainRouteDto.type": "webhook",
        "TestDomainRouteFromDto.address": "bob@acme.test",
        "identifier": "helper",
        "agent_id": "helper",
        "AgentReplyPayloadDto.reply": {"markdown": "Hi"},
        "conversation_id": talk.id,
        "CreateAgentRequestDto.identifier": "fresh",
        "agent_integration_id": link.id,
        "channel_connections: identifier": "wire",
        "channel_connections: integration_identifier": "slack",
        "CreateChannelConnectionRequestDto.subscriber_id": "bob",
        "channel_endpoints: identifier": "end",
        "channel_endpoints: integration_identifier": "slack",
        "CreateIntegrationRequestDto.provider_id": "twilio",
        "CreateIntegrationRequestDto.channel": "sms",
        "UpdateIntegrationRequestDto.name": "Mail",
        "UpdateChannelEndpointRequestDto.endpoint": {"user_id": "U2"},
        "integration_id": sendgrid.id,
        "integration_identifier": "main",
        "AddAgentIntegrationRequestDto.integration_identifier": "novu-email",
    }


def in_order(name: str) -> tuple[bool, int, str]:
    """Sort what deletes to the end, and there what is within something else before it."""
    return "delete" in name, -name.count("."), name


# novu-py deprecates some operations and fields, and warns of each.
@pytest.mark.filterwarnings("ignore:.*DEPRECATED:DeprecationWarning")
@pytest.mark.novu(start="2026-01-01T09:00:00Z")
@pytest.mark.slow
def test_every_operation_is_answered(client: novu_py.Novu, known: dict[str, Any]) -> None:
    found = dict(operations(client))
    answers = {}
    for name in sorted(found, key=in_order):
        scopes = ((key.partition(": "), value) for key, value in known.items())
        own = {
            parameter: value
            for (scope, _, parameter), value in scopes
            if parameter and name.startswith(scope)
        }
        try:
            answers[name] = call(found[name], {**known, **own})
        except models.NovuError as error:
            answers[name] = error
    refused = {name: str(answer)[-160:] for name, answer in answers.items() if isinstance(answer, Exception)}

    assert len(found) == 149
    assert refused == {}, "\n".join(map(str, refused.items()))


# What a client may ask for, and is told that it is not known here.
REFUSED = {"GET /v1/notifications": {"subscriptionId"}}


def test_a_route_knows_the_queries_that_the_client_has_for_it() -> None:
    unknown = {}
    for _, operation in operations(novu_py.Novu(secret_key="key")):
        method, path, names = asked_of(operation)
        route, _, _ = TABLE.find(ApiRequest(method, re.sub(r"{\w+}", "x", path)))
        assert route is not None, path
        if missing := names - set(route.query_names):
            unknown[f"{method} {path}"] = missing

    assert {name: names for name, names in unknown.items() if names != REFUSED.get(name)} == {}
