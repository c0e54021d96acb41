"""Random workflows, as described ones."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.contract.recorder.random_schemas import KEYS, WORDS, object_schema

UNITS = ["seconds", "minutes", "hours", "days", "weeks", "months", "years"]
STATIC: dict[str, list[dict[str, Any]]] = {
    "digest": [
        {"amount": 1, "unit": "hours"},
        {"cron": "0 9 * * *", "digestKey": "k"},
        {"type": "regular", "amount": 5, "unit": "minutes", "lookBackWindow": {"amount": 1, "unit": "days"}},
    ],
    "delay": [
        {"amount": 1.5, "unit": "hours"},
        {"type": "timed", "cron": "0 0 * * *"},
        {"type": "dynamic", "dynamicKey": "payload.when"},
    ],
    "throttle": [
        {"type": "fixed", "amount": 1, "unit": "hours", "threshold": 2},
        {"type": "dynamic", "dynamicKey": "payload.until", "throttleKey": "id"},
    ],
}
HTML = [
    "<p>Hello</p>",
    "<h1 class='a'>T</h1><script>x()</script>",
    '<a href="https://acme.test/?a=1&b=2" onclick="x()">link</a>',
    "1 < 2 & 3 > 2",
    "<img src=x onerror=alert(1)><br>",
    "<ul><li>one<li>two</ul>",
    "<!-- note --><b>bold</b>",
]
TEMPLATES = [
    "Hello {{ payload.name }}",
    "{{ payload.count }} {{ payload.items | size }}",
    "{{ subscriber.firstName | default: 'you' }}",
    "{% if payload.flag %}yes{% else %}no{% endif %}",
    "{% for item in payload.items %}{{ item }},{% endfor %}",
    "{{ payload }} {{ payload.nested.name }}",
    "{{ workflow.workflowId }} {{ env.name }} {{ context.tenant.id }}",
    "{{ payload.name | upcase | append: '!' }}",
    "{{ payload.total | plus: 1 }} {{ payload.total | times: 0.1 }}",
    "{{ payload.tags | join: ', ' }} {{ payload.tags | toSentence }} {{ payload.items | digest }}",
    "{{ payload.count | pluralize: 'item' }}",
    "{{ t.greeting.hello }}",
    "{{ steps.s0 | json }} {{ steps.s0.seen }} {{ steps.s1.events | size }}",
    "no markup",
    "{{ payload.name",
    "{% unknown %}",
    '{{ payload.name | append: "!" }}',
]
PROVIDERS = {
    "email": ["sendgrid", "mailgun", "ses", "postmark", "nodemailer", "mailjet"],
    "sms": ["twilio", "nexmo", "sns"],
    "push": ["fcm", "apns", "expo", "pushpad"],
    "chat": ["slack", "discord", "msteams"],
    "in_app": ["novu"],
    "tool": ["pagerduty", "opsgenie"],
}
CHANNELS = list(PROVIDERS)
KINDS = [*CHANNELS, "digest", "delay", "throttle", "custom"]


def random_workflow(chance: Random, workflow_id: str) -> dict[str, Any]:
    """A described workflow of one to four steps."""
    payload = object_schema(chance, 2)
    description: dict[str, Any] = {"workflowId": workflow_id, "payloadSchema": payload}
    if chance.random() < 0.3:
        description["name"] = chance.choice(WORDS) or "Name"
    if chance.random() < 0.2:
        description["description"] = chance.choice(WORDS)
    if chance.random() < 0.3:
        description["tags"] = chance.sample(WORDS, 2)
    if chance.random() < 0.3:
        description["severity"] = chance.choice(["none", "low", "medium", "high"])
    if chance.random() < 0.3:
        description["preferences"] = preferences(chance)
    description["steps"] = [step(chance, f"s{number}", payload) for number in range(chance.randint(1, 4))]
    return description


def preferences(chance: Random) -> dict[str, Any]:
    said: dict[str, Any] = {}
    if chance.random() < 0.6:
        said["all"] = chance.choice(
            [{"enabled": True}, {"readOnly": True}, {"enabled": False, "readOnly": False}]
        )
    if chance.random() < 0.6:
        channels = chance.sample(["email", "sms", "push", "chat", "inApp", "tool"], chance.randint(0, 3))
        said["channels"] = {channel: {"enabled": chance.random() < 0.5} for channel in channels}
    return said


def step(chance: Random, step_id: str, payload: dict[str, Any]) -> dict[str, Any]:
    type_ = chance.choice(KINDS)
    described: dict[str, Any] = {"stepId": step_id, "type": type_}
    if chance.random() < 0.6:
        described["controlSchema"] = control_schema(chance)
    described["outputs"] = outputs(chance, type_, described.get("controlSchema"), payload)
    if type_ == "custom" and chance.random() < 0.85:
        described["outputSchema"] = chance.choice(
            [{"type": "object", "additionalProperties": True}, object_schema(chance, 1)]
        )
    if chance.random() < 0.25:
        described["skip"] = chance.choice(
            [
                True,
                False,
                {"$": "payload.flag"},
                {"$": "controls.mute"},
                {"$equals": [{"$": "payload.name"}, "alpha"]},
            ]
        )
    if type_ in PROVIDERS and chance.random() < 0.3:
        chosen = chance.sample(PROVIDERS[type_], min(len(PROVIDERS[type_]), chance.randint(1, 2)))
        described["providers"] = {provider: provided(chance) for provider in chosen}
    if type_ in ("email", "in_app") and chance.random() < 0.2:
        described["disableOutputSanitization"] = chance.random() < 0.7
    return described


def provided(chance: Random) -> Any:
    return chance.choice(
        [
            {},
            {"subject": {"$": "outputs.subject"}, "text": {"$join": ["> ", {"$": "outputs.body"}]}},
            {"_passthrough": {"body": {"a": 1}, "headers": {"x": "y"}}},
            {"priority": "high", "tag": {"$": "controls.subject"}},
            {"to": 5},
            {"from": {"email": "nobody"}, "categories": ["a", "b"]},
            {"$throw": "provider down"},
        ]
    )


def control_schema(chance: Random) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    for key in chance.sample(["subject", "body", "mute", "amount", "text"], chance.randint(1, 4)):
        if key in ("subject", "body", "text"):
            properties[key] = {"type": "string"}
            if chance.random() < 0.7:
                properties[key]["default"] = chance.choice(TEMPLATES[:14])
        elif key == "mute":
            properties[key] = {"type": "boolean", "default": chance.random() < 0.2}
        else:
            properties[key] = {"type": "integer", "minimum": 1, "default": 3}
    schema: dict[str, Any] = {"type": "object", "properties": properties}
    if chance.random() < 0.3:
        schema["required"] = chance.sample(list(properties), 1)
    if chance.random() < 0.8:
        schema["additionalProperties"] = chance.random() < 0.2
    return schema


def outputs(chance: Random, type_: str, controls: dict[str, Any] | None, payload: dict[str, Any]) -> Any:
    """A template of outputs: mostly right for the kind, sometimes not."""
    if chance.random() < 0.04:
        return chance.choice([{"$throw": "resolver failed"}, None, "text", [1], {}])

    def text() -> Any:
        options: list[Any] = [chance.choice(HTML), chance.choice(WORDS), {"$": "payload.name"}, 5]
        if controls:
            options += [{"$": f"controls.{key}"} for key in controls["properties"]]
        options.append({"$join": ["Hello ", {"$": "payload.name"}, "!"]})
        weights = [4, 2, 2, 0.2, *([3] * (len(options) - 5)), 3]
        return chance.choices(options, weights)[0]

    if type_ in STATIC:
        if controls and chance.random() < 0.3:
            return {"amount": {"$": "controls.amount"}, "unit": chance.choice(UNITS)}
        said = dict(chance.choice(STATIC[type_]))
        return {**said, "surplus": 1} if chance.random() < 0.2 else said
    if type_ == "custom":
        return chance.choice(
            [
                {"$": "payload"},
                {"$": "controls"},
                {key: text() for key in chance.sample(KEYS, 3)},
                {
                    "read": {"$": "steps.s0.read"},
                    "events": {"$": "steps.s1.events"},
                    "duration": {"$": "steps.s2.duration"},
                    "inner": {"$": "steps.s0.nested"},
                },
            ]
        )
    said = {"body": text()}
    if type_ in ("email", "push", "in_app") and chance.random() < 0.9:
        said["subject"] = text()
    if type_ == "in_app" and chance.random() < 0.5:
        said["redirect"] = {"url": chance.choice(["/x", "https://acme.test/?a=1&b=2", "mailto:x", "ftp://x"])}
        said["data"] = {"name": {"$": "payload.name"}, "html": chance.choice(HTML), "n": 1}
    if type_ == "email" and chance.random() < 0.3:
        said["from"] = {"email": "a@acme.test", "name": {"$": "payload.name"}}
    if type_ == "chat" and chance.random() < 0.3:
        said["card"] = {
            "type": "card",
            "title": text(),
            "children": [{"type": "text", "content": text()}, {"type": "divider"}],
        }
    if chance.random() < 0.15:
        said["surplus"] = {"$": "payload"}
    return said
