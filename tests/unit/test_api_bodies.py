"""What every body of the API may hold: its fields, their kinds, and which have to be there."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any

from novu_framework_testing.api import routes
from novu_framework_testing.api.records import Resource
from novu_framework_testing.api.validation import Body, Field
from tests.tables import walked

OBJECT = "Invalid context payload structure. Expected object with context types as keys and string IDs or {id, data} objects as values"
SHORT = {
    "must be a string": "text",
    "must be an object": "object",
    "must be a boolean value": "boolean",
    "must be an array": "list",
    "must be a number": "number",
    "must be an email": "email",
    "must be locale": "locale",
    "must be a mongodb id": "id",
    "must be a valid IANA time-zone": "timezone",
    "must be a URL address": "url",
    "must be a valid ISO 8601 date string": "date",
    "must be a valid JSON schema": "schema",
    "must be an object or a string": "object or text",
    "must be an identifier, or an object with one": "id",
    "must be a locale, such as en_US": "locale",
    "must be a valid domain name": "domain",
    "must be the part of an email address before the @, or *": "local part",
    "must be a valid MongoDB ObjectId or an array of valid MongoDB ObjectIds": "ids",
    "must be a valid slug format (letters, numbers, hyphens, dot and underscores only)": "slug",
    "must be string[] (OR), { or: string[] }, or { and: [{ or: string[] }, ...] } (AND of OR-groups)": "groups",
    "must be an object with at most 10 string keys and string values, with combined key+value length at most 500 characters.": "texts",
    "Type must be lowercase alphanumeric with optional ., _, or - separators": "type",
    "ID must be lowercase alphanumeric with optional ., _, or - separators": "id",
    OBJECT: "contexts",
}


def described(body: Body) -> str:
    """Say what a body holds, by what it refuses: `!` has to be there, `+` must not be empty."""
    return ", ".join(_field(name, field) for name, field in body.fields.items())


def _field(name: str, field: Field) -> str:
    alone = Body(**{name: field})

    def said(value: Any) -> list[str]:
        return [one.removeprefix(f"{name} ") for one in alone.problems({name: value}, "")]

    must = "!" if alone.problems({}, "") else ""
    full = "+" if "should not be empty" in said("") else ""
    kind = " ".join(SHORT.get(one, one) for one in said(())).replace(
        "must be one of the following values: ", ""
    )
    if kind == "list" and not field.each and (each := said([()])):
        kind += f" of {SHORT[each[0].removeprefix('each value in ').removeprefix(f'{name} ')]}"
    inner = described(field.nested or field.each or Body())
    inner = f" {{{inner}}}" if field.nested else f" [{inner}]" if field.each else ""
    return f"{name}{must}{full}: {kind or 'anything'}{inner}"


HOURS = "object {isEnabled!: boolean, hours: list [start!: text, end!: text]}"
WEEK = ", ".join(
    f"{day}: {HOURS}"
    for day in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
)
SCHEDULE = f"object {{isEnabled!: boolean, weeklySchedule: object {{{WEEK}}}}}"
PROFILE = (
    "firstName: text, lastName: text, email: email, phone: text, avatar: text, locale: locale, timezone: "
    "timezone, data: object"
)
CHANNEL = (
    "providerId!+: text, credentials!: object {deviceTokens: list of text, device_tokens: list of text}, "
    "integrationIdentifier: text"
)
LAYER = (
    "object {all: object {enabled: boolean, readOnly: boolean}, channels: object {in_app: object {enabled: "
    "boolean}, email: object {enabled: boolean}, sms: object {enabled: boolean}, push: object {enabled: "
    "boolean}, chat: object {enabled: boolean}, tool: object {enabled: boolean}}}"
)
STEPS = (
    "list [name!+: text, type!: in_app, email, sms, push, chat, tool, digest, delay, throttle, custom, "
    "http_request, stepId: text, _id: text, controlValues: object]"
)
LAYOUT = "object {email: object {body: text, editorType: html, block}}"
CONNECTED = "workspace!: object {id!+: text, name: text}, auth!: object {accessToken!+: text}"
BODIES = {
    "AGENTS.create": (
        "name!+: text, identifier!+: slug, description: text, active: boolean, runtime: self-hosted, managed, "
        "managedRuntime: object"
    ),
    "AGENTS.update": (
        "name: text, description: text, active: boolean, behavior: object, bridgeUrl: text, devBridgeUrl: text, "
        "devBridgeActive: boolean"
    ),
    "AGENT_INTEGRATIONS.create": "integrationIdentifier: text, providerId: text",
    "AGENT_INTEGRATIONS.update": "integrationIdentifier!: text",
    "DOMAINS.create": "name!+: domain, data: texts",
    "DOMAINS.update": "data: texts",
    "DOMAIN_ROUTES.create": "address!+: local part, type!: agent, webhook, agentId: text, data: texts",
    "DOMAIN_ROUTES.update": "type: agent, webhook, agentId: text, data: texts",
    "ENVIRONMENTS.create": "name!+: text, color!: text, parentId: text",
    "ENVIRONMENTS.update": (
        "name: text, identifier: text, parentId: text, color: text, dns: object, bridge: object {url: text}"
    ),
    "LAYOUTS.create": (
        f"layoutId!+: slug, name!+: text, isTranslationEnabled: boolean, controlValues: {LAYOUT}"
    ),
    "LAYOUTS.update": f"name!+: text, isTranslationEnabled: boolean, controlValues: {LAYOUT}",
    "VARIABLES.create": (
        "key!: text, type: string, isSecret: boolean, values: list [_environmentId!: text, value!: text]"
    ),
    "VARIABLES.update": (
        "key: text, type: string, isSecret: boolean, values: list [_environmentId!: text, value!: text]"
    ),
    "agents.AGENT_BRIDGE": "bridgeUrl: text, devBridgeUrl: text, devBridgeActive: boolean",
    "bridge.CONTROLS": "variables: object",
    "bridge.DIFF": "workflows: list, bridgeUrl: text",
    "bridge.SYNC": "bridgeUrl!: url",
    "bridge.VALIDATE": "bridgeUrl!: url",
    "channel_endpoints.CONNECTION": (
        f"integrationIdentifier!+: text, {CONNECTED}, identifier: text, subscriberId: text, context: contexts, "
        "connectionMode: subscriber, shared"
    ),
    "channel_endpoints.CONNECTION_UPDATE": CONNECTED,
    "channel_endpoints.ENDPOINT": (
        "subscriberId!+: text, integrationIdentifier!+: text, type!: slack_channel, slack_user, webhook, phone, "
        "ms_teams_channel, ms_teams_user, line_user, telegram_chat, webex_person, webex_room, pagerduty_service, "
        "opsgenie_integration, grafana_oncall_integration, tool_webhook, endpoint!: object, identifier: text, "
        "connectionIdentifier: text, context: contexts, createSubscriberIfMissing: boolean"
    ),
    "channel_endpoints.ENDPOINT_UPDATE": "endpoint!: object",
    "contexts.CREATE": "type!: type, id!: id, data: object",
    "contexts.UPDATE": "data!: object",
    "domains.START": "redirectUri: text",
    "domains.TEST": (
        "from!: object {address!: email, name: text}, subject!: text, text: text, html: text, dryRun: boolean"
    ),
    "environments.DIFF": "sourceEnvironmentId: text",
    "environments.PUBLISH": (
        "sourceEnvironmentId: text, dryRun: boolean, resources: list [resourceType!: workflow, layout, REGULAR, "
        "ECHO, BRIDGE, resourceId!: text]"
    ),
    "events.BROADCAST": (
        "name!: text, payload!: object, overrides: object, transactionId: text, context: contexts, tenant: id, "
        f"bridgeUrl: url, actor: object {{subscriberId!: text, {PROFILE}, channels: list [{CHANNEL}]}}"
    ),
    "events.BULK": "events!: list",
    "events.TRIGGER": (
        "name!: text, to!: anything, payload: object, overrides: object, transactionId: text, context: contexts, "
        f"tenant: id, bridgeUrl: url, actor: object {{subscriberId!: text, {PROFILE}, channels: list [{CHANNEL}]}}"
    ),
    "events.WITH_CHANNELS": f"subscriberId!: text, {PROFILE}, channels: list [{CHANNEL}]",
    "first_version.MARK": "messageId!: ids, mark!: object {seen: boolean, read: boolean}",
    "first_version.MEMBERS": "subscribers!: list of text",
    "first_version.PREFERENCE": (
        "channel: object {type!: in_app, email, sms, push, chat, tool, enabled!: boolean}, enabled: boolean"
    ),
    "first_version.PREFERENCES": (
        "preferences: list [type!: in_app, email, sms, push, chat, tool, enabled!: boolean], enabled: boolean"
    ),
    "first_version.RENAME": "name!: text",
    "first_version.TOPIC": "key!: text, name!: text",
    "first_version.UPDATE": f"{PROFILE}, channels: list [{CHANNEL}]",
    "inbox.BULK": (
        "preferences!: list [workflowId!: text, subscriptionIdentifier: text, condition: object, in_app: boolean, "
        f"email: boolean, sms: boolean, push: boolean, chat: boolean, enabled: boolean, schedule: {SCHEDULE}]"
    ),
    "inbox.PREFERENCE": (
        "in_app: boolean, email: boolean, sms: boolean, push: boolean, chat: boolean, enabled: boolean, schedule: "
        f"{SCHEDULE}"
    ),
    "inbox.SESSION": (
        "applicationIdentifier: text, subscriberId: text, subscriberHash: text, contextHash: text, subscriber: "
        f"object or text, defaultSchedule: {SCHEDULE}, context: contexts"
    ),
    "inbox.SUBSCRIBER": (
        "subscriberId!: text, firstName: text, lastName: text, phone: text, avatar: text, locale: text, timezone: "
        "text, email: email, data: object"
    ),
    "inbox_subscriptions.PREFER": "enabled: boolean, condition: object",
    "inbox_subscriptions.SUBSCRIBE": (
        "identifier: text, name: text, topic: object {name: text}, preferences: list [enabled: boolean]"
    ),
    "inbox_subscriptions.UPDATE": "name: text, preferences: list [enabled: boolean]",
    "integrations.CREATE": (
        "providerId!+: text, channel!: in_app, email, sms, push, chat, tool, name: text, identifier: text, active:"
        " boolean, credentials: object, configurations: object, conditions: list of object, rules: object, check: "
        "boolean"
    ),
    "integrations.LINK": "integrationIdentifier!: text, subscriberId: text, context: object",
    "integrations.MOBILE": "subscriberId: text",
    "integrations.UPDATE": (
        "name: text, identifier: text, active: boolean, credentials: object, configurations: object, conditions: "
        "list of object, rules: object, check: boolean"
    ),
    "layouts.COPY": "name!+: text, layoutId: slug, isTranslationEnabled: boolean",
    "layouts.PREVIEW": f"controlValues: {LAYOUT}, previewPayload: object",
    "notifications.ACTION": "actionType!: primary, secondary",
    "notifications.SEEN": "notificationIds: list of id, data: text, tags: groups",
    "notifications.SELECTION": "data: text, tags: groups",
    "notifications.SNOOZE": "snoozeUntil!: date",
    "organization.MANIFEST": (
        "steps!: list [workflowId!: text, stepId!: text, stepType!: text, controlSchema: object]"
    ),
    "organization.SETTINGS": (
        "defaultLocale: text, targetLocales: list of text, removeNovuBranding: boolean"
    ),
    "page.ACT": "action!: read, unread, archive, unarchive, snooze, unsnooze, primary, secondary",
    "preferences.BULK": (
        "preferences!: list [workflowId!: text, channels: object {in_app: boolean, email: boolean, sms: boolean, "
        "push: boolean, chat: boolean, tool: boolean}], context: contexts"
    ),
    "preferences.PATCH": (
        f"channels: object {{in_app: boolean, email: boolean, sms: boolean, push: boolean, chat: boolean, tool: "
        f"boolean}}, workflowId: text, schedule: {SCHEDULE}, context: contexts"
    ),
    "records.AGENT_BRIDGE": "bridgeUrl: text, devBridgeUrl: text, devBridgeActive: boolean",
    "simulation.ADVANCE_TO": "to!: date",
    "subscriber_messages.ACTION": "status!: pending, done, payload: object",
    "subscriber_messages.MARK": "messageId!: ids, markAs!: read, seen, unread, unseen",
    "subscriber_messages.MARK_ALL": "markAs!: read, seen, unread, unseen, feedIdentifier: anything",
    "subscribers.BULK": f"subscribers!+: list [subscriberId!: text, {PROFILE}, channels: list [{CHANNEL}]]",
    "subscribers.CREATE": f"subscriberId!: text, {PROFILE}",
    "subscribers.CREDENTIALS": CHANNEL,
    "subscribers.ONLINE": "isOnline!: boolean",
    "subscribers.PATCH": PROFILE,
    "subscribers.WITH_CHANNELS": f"subscriberId!: text, {PROFILE}, channels: list [{CHANNEL}]",
    "subscriptions.SUBSCRIBE": (
        "subscriberIds: list, subscriptions: list [identifier!: text, subscriberId!: text, name: text], name: "
        "text, context: contexts, preferences: list [enabled: boolean]"
    ),
    "subscriptions.UNSUBSCRIBE": (
        "subscriberIds: list, subscriptions: list [identifier: text, subscriberId: text]"
    ),
    "subscriptions.UPDATE": "name: text, preferences: list [enabled: boolean]",
    "tenants.CREATE": "identifier!+: text, name: text, data: object",
    "tenants.UPDATE": "identifier: text, name: text, data: object",
    "topics.RENAME": "name!: text",
    "topics.UPSERT": "key!+: text, name: text",
    "translations.CREATE": (
        "resourceId!+: text, resourceType!: workflow, layout, locale!: locale, content!: object"
    ),
    "translations.IMPORT": "locale!: locale, masterJson!: object {workflows: object, layouts: object}",
    "workflows.COPY": (
        "workflowId: text, description: text, tags: list of text, isTranslationEnabled: boolean, name: text"
    ),
    "workflows.CREATE": (
        f"name!+: text, workflowId: text, steps!: {STEPS}, preferences: object {{user: {LAYER}, workflow: "
        f"{LAYER}}}, description: text, tags: list of text, active: boolean, validatePayload: boolean, "
        "payloadSchema: schema, isTranslationEnabled: boolean, severity: high, medium, low, none"
    ),
    "workflows.PATCH": (
        "description: text, tags: list of text, active: boolean, validatePayload: boolean, payloadSchema: schema, "
        "isTranslationEnabled: boolean, severity: high, medium, low, none, name: text"
    ),
    "workflows.PREVIEW": "controlValues: object, previewPayload: object",
    "workflows.SYNC": "targetEnvironmentId!+: text",
    "workflows.UPDATE": (
        f"name!+: text, steps!: {STEPS}, preferences: object {{user: {LAYER}, workflow: {LAYER}}}, description: "
        "text, tags: list of text, active: boolean, validatePayload: boolean, payloadSchema: schema, "
        "isTranslationEnabled: boolean, severity: high, medium, low, none"
    ),
}


def _bodies() -> dict[str, Body]:
    found: dict[str, Body] = {}
    for module in pkgutil.iter_modules(routes.__path__):
        for name, value in vars(importlib.import_module(f"{routes.__name__}.{module.name}")).items():
            if isinstance(value, Resource):
                found |= {f"{name}.create": value.create, f"{name}.update": value.update}
            elif isinstance(value, Body) and not name.startswith("_"):
                found[f"{module.name}.{name}"] = value
    return found


FOUND = _bodies()


@walked("name", sorted({name.partition(".")[0] for name in BODIES}))
def test_a_body_refuses_what_its_fields_may_not_be(name: str) -> None:
    of_file = [one for one in BODIES if one.partition(".")[0] == name]
    assert {one: described(FOUND[one]) for one in of_file} == {one: BODIES[one] for one in of_file}


def test_every_body_of_the_api_is_told_here() -> None:
    assert sorted(FOUND) == sorted(BODIES)
