"""Every route of the simulated API, asked with what no honest client sends.

Each route has an honest request here. It is asked again with one thing wrong: the value at one place of the body, one
parameter of the query, one id of the path, or the bytes as a whole. The answer is a success or says what is wrong, never
a 500; what is refused has changed nothing; and whatever was accepted, the simulation can still be read, and goes on.
"""

from __future__ import annotations

import copy
import json
import marshal
import random
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any
from urllib.parse import quote

import pytest

from novu_framework import AgentContext, agent
from novu_framework.agents import AgentMessage
from novu_framework_testing import NovuSimulator
from novu_framework_testing.api import Cloud
from novu_framework_testing.api.cloud import TABLE
from novu_framework_testing.api.http import ApiRequest, ApiResponse
from novu_framework_testing.api.routing import Route
from novu_framework_testing.api.server import CloudServer
from novu_framework_testing.api.sessions import InboxSession
from tests.fuzz import FUZZ
from tests.integration import workflows
from tests.tables import walked

KEY = "sk-of-the-door"
NOWHERE = "http://127.0.0.1:1/api/novu"
ENVIRONMENT, TARGET = "e00000000000000000000001", "e00000000000000000000002"
TALK = "ca0000000000000000000001"
PROFILE = {
    "firstName": "Ann", "lastName": "Lee", "email": "ann@acme.test", "phone": "+41", "avatar": "https://acme.test/a.png",
    "locale": "en", "timezone": "Europe/Zurich", "data": {"plan": "pro"},
    "channels": [{"providerId": "fcm", "credentials": {"deviceTokens": ["one"]}, "integrationIdentifier": "main"}],
}  # fmt: skip
SUBSCRIBER = {"subscriberId": "ann", **PROFILE}
EVENT = {
    "name": "comment-notification", "to": [SUBSCRIBER, "bob", {"type": "Topic", "topicKey": "post-1", "exclude": ["cid"]}],
    "payload": {"comment": "Hi", "post_id": "1"}, "actor": {"subscriberId": "cid", **PROFILE}, "transactionId": "t-1",
    "overrides": {"email": {"from": "a@acme.test"}, "steps": {"new-comment": {"body": "x"}}, "fcm": {}, "severity": "high"},
    "context": {"tenant": {"id": "acme", "data": {"x": 1}}},
}  # fmt: skip
SELECTION = {"tags": {"and": [{"or": ["social"]}]}, "data": '{"post": "1"}'}
CHANNEL = {
    "providerId": "fcm",
    "credentials": {"deviceTokens": ["one"], "webhookUrl": NOWHERE},
    "integrationIdentifier": "x",
}
SUBSCRIPTIONS = {
    "subscriberIds": ["ann"],
    "subscriptions": ["bob", {"subscriberId": "cid", "identifier": "cid-1", "name": "Cid"}],
    "name": "All",
}
LAYOUT = {
    "name": "News",
    "controlValues": {"email": {"body": "<html><body>{{content}}</body></html>", "editorType": "html"}},
}
WORKFLOW = {
    "name": "News", "description": "All", "tags": ["social"], "active": True, "severity": "low", "validatePayload": False,
    "payloadSchema": {"type": "object"}, "isTranslationEnabled": False,
}  # fmt: skip
STEPS = [
    {"name": "Bell", "type": "in_app", "stepId": "bell", "controlValues": {"body": "Hi {{payload.name}}"}}
]
PREFERENCES = {"all": {"enabled": True, "readOnly": False}, "channels": {"email": {"enabled": False}}}
VARIABLE = {"key": "BASE_URL", "type": "string", "isSecret": True, "values": []}
TRANSLATION = {
    "resourceId": "comment-notification",
    "resourceType": "workflow",
    "locale": "en_US",
    "content": {"a": {"b": "c"}},
}
MASTER = {"locale": "en_US", "masterJson": {"workflows": {"comment-notification": {"a": "b"}}, "layouts": {}}}
AGENT = {"name": "Helper", "description": "Helps", "active": True}
BRIDGE = {"bridgeUrl": NOWHERE, "devBridgeUrl": NOWHERE, "devBridgeActive": True}
NOTES = {"data": {"team": "mail"}}
MAIL = {
    "from": {"address": "a@acme.test", "name": "A"},
    "subject": "Hi",
    "text": "Hi",
    "html": "<p>Hi",
    "dryRun": True,
}
PREVIEW = {
    "controlValues": {"body": "x"},
    "previewPayload": {"subscriber": {"firstName": "Ann"}, "payload": {"comment": "Hi"}},
}
CONTEXT = {"type": "tenant", "id": "acme", "data": {"plan": "pro"}}
INTEGRATION = {
    "name": "Mail", "identifier": "mail", "active": True, "credentials": {"from": "a@acme.test"}, "configurations": {}, "check": False,
    "conditions": [{"value": "AND", "children": [{"on": "tenant", "field": "identifier", "operator": "EQUAL", "value": "acme"}]}],
}  # fmt: skip
LINK = {"integrationIdentifier": "slack", "subscriberId": "ann"}
ENDPOINT = {**LINK, "identifier": "end", "type": "slack_user", "endpoint": {"userId": "U1"}}
WIRE = {"workspace": {"id": "T1", "name": "Acme"}, "auth": {"accessToken": "token"}}
CONNECTION = {**LINK, **WIRE, "identifier": "wire", "connectionMode": "subscriber"}
SCHEDULE = {
    "isEnabled": True,
    "weeklySchedule": {"monday": {"isEnabled": True, "hours": [{"start": "09:00 AM", "end": "05:00 PM"}]}},
}
SOON = "2028-12-21T00:00:00Z"
BODIES: dict[str, Any] = {
    "POST /v2/subscribers": SUBSCRIBER,
    "POST /v2/topics": {"key": "post-2", "name": "Post"},
    "POST /simulation/advance": {"weeks": 1, "days": 1, "hours": 1, "minutes": 1, "seconds": 1},
    "POST /simulation/advance-to": {"to": "2030-01-01T00:00:00Z"},
    "POST /simulation/messages/{messageId}": {"action": "read"},
    "POST /v1/events/trigger": EVENT,
    "POST /v1/subscribers/bulk": {"subscribers": [SUBSCRIBER, {"subscriberId": "dan"}]},
    "POST /v1/bridge/sync": {"bridgeUrl": NOWHERE},
    "POST /v1/bridge/diff": {"bridgeUrl": NOWHERE, "workflows": [{"workflowId": "x", "steps": []}]},
    "POST /v1/bridge/validate": {"bridgeUrl": NOWHERE},
    "POST /v1/events/trigger/bulk": {"events": [{**EVENT, "bridgeUrl": NOWHERE}, EVENT]},
    "POST /v1/events/trigger/broadcast": {key: value for key, value in EVENT.items() if key != "to"},
    "PUT /v1/bridge/controls/{workflowId}/{stepId}": {"variables": {"subject": "Edited {{ payload.comment }}"}},
    "PATCH /v2/subscribers/{subscriberId}": PROFILE,
    "PATCH /v2/topics/{topicKey}": {"name": "Post"},
    "PUT /v1/subscribers/{subscriberId}/credentials": CHANNEL,
    "PATCH /v1/subscribers/{subscriberId}/credentials": CHANNEL,
    "PATCH /v1/subscribers/{subscriberId}/online-status": {"isOnline": True},
    "PATCH /v2/subscribers/{subscriberId}/preferences": {"workflowId": "comment-notification", "channels": {"email": False}, "schedule": {"isEnabled": False}},
    "POST /v2/topics/{topicKey}/subscriptions": SUBSCRIPTIONS,
    "DELETE /v2/topics/{topicKey}/subscriptions": {"subscriptions": ["ann", {"identifier": "tk_post-1:si_cid", "subscriberId": "cid"}]},
    "PUT /v1/agents/{identifier}/bridge": BRIDGE,
    "POST /v1/agents": {**AGENT, "identifier": "second", "runtime": "managed", "managedRuntime": {}},
    "PATCH /v1/agents/{identifier}": {**AGENT, **BRIDGE, "behavior": {"acknowledgeOnReceived": True}},
    "POST /v1/agents/{identifier}/integrations": {"integrationIdentifier": "novu-sms", "providerId": "novu-sms"},
    "PATCH /v1/agents/{identifier}/integrations/{agentIntegrationId}": {"integrationIdentifier": "novu-email"},
    "POST /v1/agents/{agentId}/reply": {
        "conversationId": TALK, "integrationIdentifier": "fcm", "reply": {"markdown": "Hi"},
        "signals": [{"type": "metadata", "action": "clear"}],
    },
    "POST /v1/agents/events/ingest": {"events": [{"conversationId": TALK, "agentId": "helper", "event": {"type": "run-start"}}]},
    "POST /v1/domains": {"name": "other.test", **NOTES},
    "PATCH /v1/domains/{domain}": NOTES,
    "POST /v1/domains/{domain}/auto-configure/start": {"redirectUri": NOWHERE},
    "POST /v1/domains/{domain}/routes": {"address": "sales", "type": "agent", "agentId": "helper", **NOTES},
    "PATCH /v1/domains/{domain}/routes/{address}": {"type": "agent", "agentId": "helper", **NOTES},
    "POST /v1/domains/{domain}/routes/{address}/test": MAIL,
    "POST /v1/environment-variables": {**VARIABLE, "key": "OTHER"},
    "PATCH /v1/environment-variables/{variableKey}": VARIABLE,
    "POST /v1/environments": {"name": "Staging", "color": "#fff", "parentId": ENVIRONMENT},
    "PUT /v1/environments/{environmentId}": {
        "name": "QA", "identifier": "qa", "parentId": ENVIRONMENT, "color": "#000", "dns": {}, "bridge": {"url": NOWHERE},
    },
    "POST /v2/environments/{targetEnvironmentId}/diff": {"sourceEnvironmentId": ENVIRONMENT},
    "POST /v2/environments/{targetEnvironmentId}/publish": {
        "sourceEnvironmentId": ENVIRONMENT, "dryRun": True, "resources": [{"resourceType": "workflow", "resourceId": "news"}],
    },
    "POST /v2/layouts": {**LAYOUT, "layoutId": "second", "isTranslationEnabled": True},
    "PUT /v2/layouts/{layoutId}": {**LAYOUT, "isTranslationEnabled": True},
    "POST /v2/layouts/{layoutId}/duplicate": {"name": "Copy", "layoutId": "copy", "isTranslationEnabled": True},
    "POST /v2/layouts/{layoutId}/preview": {**PREVIEW, "controlValues": LAYOUT["controlValues"]},
    "POST /v2/contexts": {**CONTEXT, "id": "other"},
    "PATCH /v2/contexts/{type}/{id}": {"data": {"plan": "free"}},
    "POST /v1/tenants": {"identifier": "other", "name": "Other", "data": {"x": 1}},
    "PATCH /v1/tenants/{identifier}": {"name": "New", "data": {"x": 1}},
    "POST /v1/integrations": {**INTEGRATION, "providerId": "sendgrid", "channel": "email"},
    "PUT /v1/integrations/{integrationId}": INTEGRATION,
    "POST /v1/integrations/chat/oauth": LINK,
    "POST /v1/integrations/channel-endpoints/oauth": LINK,
    "POST /v1/integrations/channel-connections/oauth": LINK,
    "POST /v1/integrations/channel-endpoints/link": LINK,
    "POST /v1/integrations/{integrationIdentifier}/mobile-link": {"subscriberId": "ann"},
    "POST /v1/channel-endpoints": {**ENDPOINT, "identifier": "other"},
    "PATCH /v1/channel-endpoints/{identifier}": {"endpoint": {"userId": "U2"}},
    "POST /v1/channel-connections": {**CONNECTION, "identifier": "other", "subscriberId": "bob"},
    "PATCH /v1/channel-connections/{identifier}": WIRE,
    "POST /v2/translations": TRANSLATION,
    "PATCH /v1/organizations/settings": {"defaultLocale": "en_US", "targetLocales": ["de_DE"], "removeNovuBranding": True},
    "POST /v2/translations/master-json": MASTER,
    "POST /v2/workflows": {**WORKFLOW, "workflowId": "fresh", "steps": STEPS, "preferences": {"user": PREFERENCES, "workflow": PREFERENCES}},
    "PUT /v2/workflows/{workflowId}": {**WORKFLOW, "steps": STEPS, "preferences": {"user": PREFERENCES, "workflow": PREFERENCES}},
    "PATCH /v2/workflows/{workflowId}": WORKFLOW,
    "POST /v2/workflows/{workflowId}/duplicate": {"name": "Copy", "workflowId": "copy", "description": "x", "tags": ["x"]},
    "PUT /v2/workflows/{workflowId}/sync": {"targetEnvironmentId": TARGET},
    "POST /v2/workflows/{workflowId}/step/{stepId}/preview": PREVIEW,
    "POST /v2/inbound-webhooks/delivery-providers/{environmentId}/{integrationId}": [{"id": "m", "event": "open"}],
    "POST /v1/subscribers/{subscriberId}/messages/mark-all": {"markAs": "read", "feedIdentifier": "x"},
    "POST /v1/subscribers/{subscriberId}/messages/mark-as": {"messageId": ["600000000000000000000001"], "markAs": "read"},
    "POST /v1/subscribers/{subscriberId}/messages/{messageId}/actions/{type}": {"status": "done", "payload": {}},
    "POST /v1/subscribers": SUBSCRIBER,
    "PUT /v1/subscribers/{subscriberId}": PROFILE,
    "PATCH /v1/subscribers/{subscriberId}/preferences": {"preferences": [{"type": "email", "enabled": False}], "enabled": True},
    "PATCH /v1/subscribers/{subscriberId}/preferences/{workflowId}": {"channel": {"type": "email", "enabled": False}, "enabled": True},
    "POST /v1/subscribers/{subscriberId}/messages/markAs": {"messageId": "600000000000000000000001", "mark": {"seen": True, "read": False}},
    "POST /v1/topics": {"key": "post-2", "name": "Post"},
    "PATCH /v1/topics/{topicKey}": {"name": "Post"},
    "POST /v1/topics/{topicKey}/subscribers": {"subscribers": ["ann", "nobody"]},
    "POST /v1/topics/{topicKey}/subscribers/removal": {"subscribers": ["ann"]},
    "PATCH /v2/subscribers/{subscriberId}/preferences/bulk": {"preferences": [{"workflowId": "daily-digest", "channels": {"email": False}}]},
    **{f"POST /v2/subscribers/{{subscriberId}}/notifications/{change}": SELECTION for change in ("read-archive", "archive", "read", "delete")},
    "POST /v2/subscribers/{subscriberId}/notifications/seen": {**SELECTION, "notificationIds": ["600000000000000000000001"]},
    **{f"POST /v1/inbox/notifications/{change}": SELECTION for change in ("read-archive", "archive", "read", "delete")},
    "POST /v1/inbox/notifications/seen": {**SELECTION, "notificationIds": ["600000000000000000000001"]},
    **{f"PATCH /v1/inbox/notifications/{{notificationId}}/{change}": {"actionType": "primary"} for change in ("complete", "revert")},
    "PATCH /v1/inbox/notifications/{notificationId}/snooze": {"snoozeUntil": SOON},
    "POST /v1/inbox/session": {
        "applicationIdentifier": "app", "subscriber": {"subscriberId": "ann", **{key: one for key, one in PROFILE.items() if key != "channels"}},
        "subscriberHash": "x", "contextHash": "x", "context": {"tenant": {"id": "acme", "data": {"x": 1}}}, "defaultSchedule": SCHEDULE,
    },
    "POST /v1/inbox/topics/{topicKey}/subscriptions": {
        "identifier": "mine", "name": "Mine", "topic": {"name": "Post"}, "preferences": ["daily-digest", {"filter": {"tags": ["social"]}, "enabled": False}],
    },
    "PATCH /v1/inbox/topics/{topicKey}/subscriptions/{identifier}": {"name": "Ours", "preferences": [{"workflowId": "daily-digest", "enabled": True}]},
    "PATCH /v1/inbox/subscriptions/{identifier}/preferences/{workflowId}": {"enabled": False, "condition": {"==": [1, 1]}},
    "PATCH /v1/inbox/preferences": {"email": False, "schedule": SCHEDULE},
    "PATCH /v1/inbox/preferences/{workflowId}": {"email": False, "enabled": True},
    "PATCH /v1/inbox/preferences/bulk": {"preferences": [{"workflowId": "daily-digest", "email": False}]},
    "PATCH /v2/topics/{topicKey}/subscriptions/{identifier}": {"name": "Ann"},
    "PATCH /v2/subscribers/{subscriberId}/notifications/{notificationId}/snooze": {"snoozeUntil": SOON},
}  # fmt: skip
SEEDS: dict[str, Any] = {
    "/v2/workflows": {"name": "News", "steps": STEPS},
    "/v1/agents": {"name": "Helper", "identifier": "helper"},
    "/v1/agents/helper/integrations": {"integrationIdentifier": "novu-email"},
    "/v1/domains": {"name": "acme.test"},
    "/v1/domains/acme.test/routes": {"address": "support", "type": "webhook"},
    "/v1/environment-variables": VARIABLE,
    "/v2/layouts": {"name": "Main", "layoutId": "main"},
    "/v2/layouts/main/duplicate": {"name": "Footer", "layoutId": "footer"},
    "/v2/translations": TRANSLATION,
    "/v1/integrations": {"providerId": "slack", "channel": "chat", "identifier": "slack", "active": True},
    "/v2/contexts": CONTEXT,
    "/v1/tenants": {"identifier": "acme"},
    "/v1/channel-endpoints": ENDPOINT,
    "/v1/channel-connections": CONNECTION,
}
WITHOUT_BODY = {
    "upload",
    "deploy",
    "set-primary",
    "auto-configure",
    "configure",
    "verify",
    "diagnose",
    "run-until-idle",
    "unsnooze",
    "unarchive",
    "archive",
    "unread",
    "read",
    "revert",
    "complete",
}

OF_THE_DASHBOARD = (
    "PUT /v2/workflows/{workflowId}",
    "POST /v2/workflows/{workflowId}/duplicate",
    "PUT /v2/workflows/{workflowId}/sync",
)

VALUES: list[Any] = [
    None, True, False, 0, -1, 1.5, 10**30, -(10**300), 1e308, 99_999_999, "", " ", "ann", "post-1", "\0", "é\u202e", "x" * 70_000,
    "2026-02-30T00:00:00Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "payload.x", NOWHERE, "javascript:alert(1)",
    "http://[::1", "http://127.0.0.1:99999999", "http://a:b", "http://[zz]/", "http://127.0.0.1:-1", "http://127.0.0.1:1/\x7f",
    "{{ x | y", "[" * 5_000, '{"a": NaN}', '{"a": "\\ud800"}', [], [[]], [None], [{}], ["ann", "ann"], [7], {}, {"": {}}, {"__proto__": 1},
    {"subscriberId": 7}, {"amount": 1e300, "unit": "days"}, {"and": 5}, {"and": [{"or": 5}]}, {"type": "Topic", "topicKey": "../.."},
    {"email": 7, "deviceTokens": 7, "providerId": [], "credentials": []}, {"a": {"b": {"c": [{"d": None}] * 3}}},
]  # fmt: skip
NOT_JSON = [
    b"{", b"nothing", b"NaN", b'{"days": NaN}', b'{"days": Infinity}', b'{"days": 1e999}', b'{"days": -1E0999}', b'"\\ud800"',
    b'{"a": "\\udfff"}', b"\xff\xfe", b"[" * 100_000, b'{"a":' * 5_000, b"1" * 5_000, b'{"a": 1} {"b": 2}', b"\xef\xbb\xbf{}",
    b"\xed\xa0\x80", b"days=1", b"<days>1</days>", b"'single'", b'{"a": 01}', b"\x1f\x8b\x08\x00", b'{"days": 1}'.decode().encode("utf-16"),
]  # fmt: skip
IDS = [
    "nobody",
    "",
    " ",
    "%00",
    "%2e%2e%2f",
    "%ff",
    "%ed%a0%80",
    "é",
    "x" * 3_000,
    "{id}",
    "a:b",
    "%",
    "ann%2F",
    "__proto__",
]
PARAMETERS = [
    "limit", "page", "offset", "after", "before", "orderDirection", "includeCursor", "read", "seen", "archived", "snoozed", "tags",
    "severity", "createdGte", "createdLte", "data", "filters", "criticality", "channel", "channels", "templates", "emails",
    "subscriberIds", "subscriberId", "transactionId", "topicKey", "search", "query", "email", "name", "key", "failIfExists",
]  # fmt: skip
TEXTS = [
    "", "-1", "0", "1e999", "NaN", "-1e300", "9" * 400, "maybe", "\0", "é", "\ud800", "[]", "{}", "5", "null", "[" * 5_000, '{"a": NaN}',
    '{"a": "\\ud800"}', '[{"tags": {"and": 5}}]', '[{"data": 5}]', '[{"createdGte": "x"}]', '[{"read": "x"}]', '[{"severity": {}}]',
    '[{"tags": {"and": [{"or": 5}]}}]', "[[]]", "2026-02-30T00:00:00Z", "0001-01-01T00:00:00+14:00", "x" * 3_000,
]  # fmt: skip


@agent("helper")
async def helper(message: AgentMessage, ctx: AgentContext) -> None: ...


def world() -> Cloud:
    novu = NovuSimulator(datetime(2028, 12, 20), secret_key=KEY)
    novu.register(*workflows.ALL)
    for name in ("ann", "bob", "cid"):
        novu.subscribers.upsert(name)
    novu.topic("post-1").add("ann", "cid")
    novu.trigger("comment-notification", to="ann", payload={"comment": "Hi"}, transaction_id="t-0")
    novu.agent(helper)
    cloud = Cloud(novu)
    for path, body in SEEDS.items():
        assert ask(cloud, "POST", path, json.dumps(body).encode()).status < 300, path
    return cloud


@pytest.fixture
def cloud() -> Iterator[Cloud]:
    cloud = world()
    with cloud.novu:
        yield cloud


@pytest.fixture(scope="module")
def unchanged() -> Iterator[Cloud]:
    """One for all tests that change nothing."""
    cloud = world()
    with cloud.novu:
        yield cloud


def target(route: Route, **ids: str) -> str:
    """Return the path of a route in the world above, with other ids where some are given."""
    known = {
        "subscriberId": "ann", "topicKey": "post-1", "workflowId": "comment-notification", "stepId": "comment-email",
        "notificationId": "600000000000000000000001", "messageId": "600000000000000000000001", "transactionId": "t-0",
        "identifier": quote("tk_post-1:si_ann"), "providerId": "fcm", "externalSubscriberId": "ann",
        "actionType": "primary", "domain": "acme.test", "address": "support", "variableKey": "BASE_URL", "layoutId": "footer",
        "environmentId": TARGET, "targetEnvironmentId": TARGET, "agentId": "helper", "agentIntegrationId": "2e0000000000000000000002",
        "integrationId": "1e0000000000000000000002", "parameter": "template", "integrationIdentifier": "slack", "id": "acme", "action": "read", "name": "page.js", "resourceType": "workflow", "resourceId": "comment-notification", "locale": "en_US", "type": "primary",
    }  # fmt: skip
    if "/agents/" in route.path:
        known["identifier"] = "helper"
    for part, identifier in (("/tenants/", "acme"), ("-endpoints/", "end"), ("-connections/", "wire")):
        if part in route.path:
            known["identifier"] = identifier
    if "/contexts/" in route.path:
        known["type"] = "tenant"
    if name_of(route) in OF_THE_DASHBOARD:
        known |= {"workflowId": "news", "stepId": "bell"}
    return route.path.format_map({**known, **ids})


def ask(cloud: Cloud, method: str, target: str, content: bytes = b"") -> ApiResponse:
    authorization = f"ApiKey {KEY}"
    if target.startswith("/v1/inbox/"):
        session = InboxSession(cloud.novu.subscribers["ann"])
        authorization = f"Bearer {session.token(cloud.novu, cloud.state.scope)}"
    headers = [("authorization", authorization), ("content-type", "application/json")]
    before = cloud.novu.now
    response = cloud.handle(ApiRequest.parse(method, target, headers, content))
    what = f"{method} {target[:200]} {content[:400]!r} -> {response.json!r:.400}"
    assert response.status < 500, what
    answer = json.loads((response.text is None and response.content) or b"null", parse_constant=pytest.fail)
    if response.status >= 400:
        assert answer["statusCode"] == response.status, what
        assert answer["message"], what
    assert KEY not in response.content.decode(), what
    assert before <= cloud.novu.now, what
    return response


def state(cloud: Cloud) -> str:
    """Return all that a request may change, as text."""
    novu, own = cloud.novu, cloud._state
    return repr(
        [
            novu.now,
            [(one.to_dict(), one.preferences, one.is_online) for one in novu.subscribers],
            [(one.key, one.name, list(one)) for one in novu.topics],
            [
                (one.id, one.seen, one.read, one.archived, one.snoozed_until, one.completed_actions)
                for one in novu.messages
            ],
            [(one.transaction_id, [run.status for run in one.runs]) for one in novu.triggers],
            [
                # definitions are long: this is a fourth of the time that their text takes
                (one.workflow_id, one.controls, one.active, marshal.dumps(one.definition, 2), one.dashboard)
                for one in novu.workflows
            ],
            [
                own.bridge_url,
                novu.records,
                {key: value for key, value in own.subscription_notes.items() if value},
            ],
        ]
    )


READS = [
    "/v2/subscribers?email=a&phone=4&name=Ann", "/v2/subscribers/ann", "/v2/subscribers/ann/preferences?criticality=all",
    "/v2/subscribers/ann/notifications?tags=social&data=%7B%22post%22%3A%221%22%7D", "/v2/subscribers/ann/subscriptions",
    "/v2/topics?name=P&key=p", "/v2/topics/post-1/subscriptions", "/v1/notifications?emails=a@acme.test&search=x&severity=low",
    "/v1/messages?channel=email", "/v2/workflows?query=x&tags=social", "/v2/workflows/comment-notification", "/simulation",
    "/v2/layouts?query=x", "/v1/domains?name=x", "/v1/environments", "/v1/environment-variables?search=x", "/v1/agents",
    "/v2/translations/master-json", "/simulation/timeline", "/v1/bridge/controls/comment-notification/comment-email",
]  # fmt: skip


def check_that_it_goes_on(cloud: Cloud) -> None:
    """Read everything, and let the simulation do its work."""
    for path in READS:
        ask(cloud, "GET", path)
    ask(
        cloud, "PATCH", "/v2/workflows/comment-notification", b'{"active": true}'
    )  # it may have been switched off
    event = {"name": "comment-notification", "to": "eve", "payload": {"comment": "Hi"}}
    assert ask(cloud, "POST", "/v1/events/trigger", json.dumps(event).encode()).status == 201
    assert ask(cloud, "POST", "/simulation/advance", b'{"hours": 7}').status == 200
    assert "in_app" in {message.channel for message in cloud.novu.messages if message.subscriber_id == "eve"}


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Return the paths of all the values in a JSON value."""
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in items:
        yield from places(one, (*path, key))


def replaced(value: Any, path: tuple[Any, ...], wrong: Any) -> Any:
    if not path:
        return wrong
    whole = inner = copy.deepcopy(value)
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = wrong
    return whole


def name_of(route: Route) -> str:
    return f"{route.method} {route.path}"


def test_no_bytes_on_the_wire_are_an_error_of_the_server(caplog: pytest.LogCaptureFixture) -> None:
    chance = random.Random(7)
    body = json.dumps(BODIES["POST /v2/topics"]).encode()
    head = f"POST /v2/topics HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost:5173\r\nAuthorization: ApiKey {KEY}\r\n"
    honest = (
        head.encode() + b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    )
    parts = [b"", b"\0", b"\r\n", b"\xff", b": ", b" ", b"Transfer-Encoding: chunked\r\n", b"Expect: 100-continue\r\n", b"HTTP/1.0", b"9" * 30, honest]  # fmt: skip
    cloud = world()
    with cloud.novu, CloudServer(cloud) as server:
        address = "127.0.0.1", int(server.url.rpartition(":")[2])
        for _ in range(60 * FUZZ):
            start, length = chance.randrange(len(honest)), chance.choice([0, 0, 1, 9, 60])
            sent = honest[:start] + chance.choice(parts) + honest[start + length :]
            with socket.create_connection(address, timeout=60) as connection, suppress(ConnectionError):
                connection.sendall(sent)
                connection.shutdown(socket.SHUT_WR)
                answer = b"".join(iter(lambda: connection.recv(65536), b""))
                assert re.match(rb"HTTP/1.1 [1-4]|\Z", answer), (sent, answer)
        with socket.create_connection(address, timeout=60) as connection:
            connection.sendall(honest)
            assert connection.recv(12) in (b"HTTP/1.1 200", b"HTTP/1.1 201")
    assert not [record for record in caplog.records if record.name == "asyncio"]


# The page of `novu-framework cloud` is files, and has tests of its own.
WALKED = [route for route in TABLE.routes if not route.path.startswith("/page") and route.path != "/"]
ROUTES = [pytest.param(route, id=name_of(route)) for route in WALKED]
WRITING = [pytest.param(route, id=name_of(route)) for route in WALKED if name_of(route) in BODIES]


def test_every_route_that_reads_a_body_is_walked() -> None:
    others = {route for route in WALKED if name_of(route) not in BODIES}

    assert set(BODIES) <= {name_of(route) for route in TABLE.routes}
    assert {one.segments[-1] for one in others if one.method in ("POST", "PUT", "PATCH")} == WITHOUT_BODY


@pytest.mark.parametrize("route", WRITING)
def test_the_honest_request_is_answered(cloud: Cloud, route: Route) -> None:
    answer = ask(cloud, route.method, target(route), json.dumps(BODIES[name_of(route)]).encode())

    expected = {"POST /v1/bridge/sync": 400, "POST /v1/bridge/diff": 400}.get(name_of(route))
    assert answer.status == expected if expected else answer.status < 300, answer.json


@walked("route", WRITING, size=15)
def test_what_is_not_json_is_a_400_that_says_so_and_changes_nothing(unchanged: Cloud, route: Route) -> None:
    before = state(unchanged)

    for content in NOT_JSON:
        answer = ask(unchanged, route.method, target(route), content)
        assert (answer.status, content[:50]) == (400, content[:50])
        assert "not valid JSON" in answer.json["message"]
    assert state(unchanged) == before


@pytest.mark.parametrize("route", WRITING)
def test_a_wrong_value_at_any_place_of_a_body_is_refused_or_does_no_harm(route: Route) -> None:
    chance = random.Random(name_of(route))
    honest = BODIES[name_of(route)]
    threads = threading.active_count()
    for _ in range(FUZZ):
        cloud = world()
        with cloud.novu:
            before = state(cloud)
            for path in places(honest):
                for wrong in chance.sample(VALUES, 1 if FUZZ == 1 else 2):
                    content = json.dumps(replaced(honest, path, wrong)).encode()
                    answer = ask(cloud, route.method, target(route), content)
                    after = state(cloud)
                    if answer.status >= 400:
                        assert after == before, (path, wrong, answer.json)
                        if path and answer.json["message"] == "Validation Error":
                            # "one subscriber identifier" says which of them is wrong as `subscriberIds` does
                            said = str(answer.json["errors"]).lower().replace(" ", "")
                            keys = [str(key).lower().removesuffix("s") for key in path]
                            assert any(key in said for key in keys), (path, wrong, said)
                    before = after
            check_that_it_goes_on(cloud)
    assert threading.active_count() <= threads


@pytest.mark.parametrize("route", ROUTES)
def test_a_wrong_id_or_query_is_refused_or_does_no_harm(route: Route, request: pytest.FixtureRequest) -> None:
    chance = random.Random(name_of(route))
    names = [part[1:-1] for part in route.segments if part.startswith("{")]
    honest = json.dumps(BODIES.get(name_of(route))).encode() if name_of(route) in BODIES else b""
    asked = [
        target(route, **{name: wrong})
        for name in names
        for wrong in chance.sample(IDS, min(3 * FUZZ, len(IDS)))
    ]
    asked += [
        f"{target(route)}?{name}={quote(text, safe='[', errors='surrogatepass')}"
        for name in (PARAMETERS if FUZZ > 1 else chance.sample(PARAMETERS, len(PARAMETERS) // 4))
        for text in chance.sample(TEXTS, min(FUZZ, len(TEXTS)))
    ]
    cloud: Cloud = request.getfixturevalue("unchanged" if route.method == "GET" else "cloud")
    before = state(cloud)
    for one in asked:
        answer = ask(cloud, route.method, one, honest)
        if route.method != "GET":
            after = state(cloud)
            assert answer.status < 400 or after == before, one
            before = after
    assert state(cloud) == before, "a GET changed something"
    if route.method != "GET":
        check_that_it_goes_on(cloud)
