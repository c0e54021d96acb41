"""Every kind of step: what it is called, what its outputs are named on the wire, and what later steps get of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone
from enum import Enum
from types import MappingProxyType
from typing import Any

import pytest
from pydantic import BaseModel, SecretStr, ValidationError

from novu_framework._internal.standins import StandIn
from novu_framework.steps import (
    Action,
    DelayResult,
    DigestResult,
    EmailOutput,
    InAppOutput,
    InAppResult,
    Redirect,
    ThrottleResult,
)
from novu_framework.steps.kinds import CHANNELS, KINDS
from tests.tables import walked


def test_the_kinds_are_these() -> None:
    assert {
        name: (
            *(kind.type, kind.label, kind.default_provider, kind.result and kind.result.__name__),
            *(kind.is_channel, kind.sanitized, kind.has_output_schema, kind.asks_bridge),
        )
        for name, kind in KINDS.items()
    } == {
        "in_app": ("in_app", "In-app", "novu", "InAppResult", True, True, False, True),
        "email": ("email", "Email", "novu-email", None, True, True, False, True),
        "sms": ("sms", "SMS", "novu-sms", None, True, False, False, True),
        "push": ("push", "Push", "fcm", None, True, False, False, True),
        "chat": ("chat", "Chat", "slack", None, True, False, False, True),
        "tool": ("tool", "Tool", "novu", None, True, False, False, True),
        "digest": ("digest", "Digest", None, "DigestResult", False, False, False, True),
        "delay": ("delay", "Delay", None, "DelayResult", False, False, False, True),
        "throttle": ("throttle", "Throttle", None, "ThrottleResult", False, False, False, True),
        "custom": ("custom", "Custom", None, None, False, False, True, True),
        "http_request": ("http_request", "HTTP request", None, None, False, False, False, False),
    }
    assert CHANNELS == ("in_app", "email", "sms", "push", "chat", "tool")


def test_discovery_gets_results_that_code_can_touch() -> None:
    moment = datetime(2026, 1, 1, tzinfo=timezone.utc)
    payload = {"a": 1}
    made = {name: kind.stand_in_result(payload) for name, kind in KINDS.items()}
    assert [name for name, result in made.items() if result is None] == [
        *("email", "sms", "push", "chat", "tool", "custom"),
    ]
    inbox = made["in_app"]
    assert (type(inbox), inbox.seen, inbox.read) == (InAppResult, False, False)
    assert {type(one) for one in (inbox.last_seen_date, inbox.last_read_date, made["http_request"])} == {
        StandIn
    }
    [event] = made["digest"].events
    assert (event.id, event.time, event.payload, made["digest"].event_count) == ("1", moment, payload, 1)
    assert made["delay"].duration == 1
    assert dict(made["throttle"]) == {
        "throttled": False,
        "execution_count": 1,
        "threshold": 1,
        "window_start": moment,
    }


def test_a_preview_gets_events_with_the_payload_of_its_run() -> None:
    result = {"events": [{"id": "a", "payload": {}}, {"id": "b", "payload": {}}], "eventCount": 2}
    given = {"order": 7}
    assert KINDS["digest"].complete_made_up(result, given) == {
        "events": [{"id": "a", "payload": given}, {"id": "b", "payload": given}],
        "eventCount": 2,
    }
    assert KINDS["delay"].complete_made_up(result, given) is result


MOMENT = "2026-01-01T09:00:00.000Z"
EVENT = {"id": "a", "time": MOMENT, "payload": {}}


def test_a_later_step_gets_what_a_step_gave() -> None:
    build = {name: kind.build_result for name, kind in KINDS.items()}
    for count in ({}, {"eventCount": 2}, {"event_count": 2}):
        digest = build["digest"]({"events": [EVENT, {**EVENT, "time": "soon"}], **count})
        assert isinstance(digest, DigestResult)
        assert digest.event_count == 2
        assert [event.time for event in digest.events] == [
            datetime(2026, 1, 1, 9, tzinfo=timezone.utc),
            "soon",
        ]
    assert build["digest"]({"events": [], "eventCount": 7}).event_count == 7
    assert build["delay"]({"duration": 1.5}) == DelayResult(duration=1.5)
    assert build["throttle"]({"throttled": True}) == ThrottleResult(throttled=True)
    seen = {"seen": True, "read": False, "lastSeenDate": MOMENT, "lastReadDate": None}
    assert build["in_app"](seen).last_seen_date == datetime(2026, 1, 1, 9, tzinfo=timezone.utc)
    assert [build[name]({"a": 1}) for name in ("email", "sms", "push", "chat", "tool", "custom")] == [
        None
    ] * 6
    assert build["http_request"]({"a": 1}) == {"a": 1}
    with pytest.raises(ValidationError):
        build["delay"]({})


class Style(str, Enum):
    BOLD = "bold"


class Own(BaseModel):
    reply_to: str
    body: SecretStr | None = None


@dataclass
class AsDataclass:
    digest_key: str
    look_back_window: dict[str, Any]


class Words(str): ...


BUTTON = {"label": "Go", "redirect": {"url": "/a"}}
WIRE: dict[str, tuple[str, Any, Any]] = {
    "texts as they are": ("sms", {"body": "Hi", "other_key": "a"}, {"body": "Hi", "other_key": "a"}),
    "names of Python's": (
        "email",
        {"reply_to": "a", "from_": {"email": "b"}, "use_provider_defaults": True, "subject": None},
        {"replyTo": "a", "from": {"email": "b"}, "useProviderDefaults": True, "subject": None},
    ),
    "only one name of Python's": ("digest", {"digest_key": "a"}, {"digestKey": "a"}),
    "names within": (
        "digest",
        {"look_back_window": {"digest_key": [{"extend_to_schedule": (1, "a")}]}},
        {"lookBackWindow": {"digestKey": [{"extendToSchedule": [1, "a"]}]}},
    ),
    "data of one's own": (
        "in_app",
        {
            "primary_action": {"data": {"primary_action": Words("a")}},
            "data": {"secondary_action": [Style.BOLD]},
        },
        {"primaryAction": {"data": {"primary_action": "a"}}, "data": {"secondary_action": ["bold"]}},
    ),
    "values of other types": ("sms", {Words("body"): Style.BOLD, 7: Words("a")}, {"body": "bold", 7: "a"}),
    "a mapping": ("delay", MappingProxyType({"dynamic_key": "a"}), {"dynamicKey": "a"}),
    "a model of the step": (
        "in_app",
        InAppOutput(
            body="Hi", primary_action=Action(label="Go", redirect=Redirect(url="/a")), data={"a_b": None}
        ),
        {"body": "Hi", "primaryAction": BUTTON, "data": {"a_b": None}},
    ),
    "a model of texts": ("email", EmailOutput(subject="A", body="B"), {"subject": "A", "body": "B"}),
    "a model of one's own": ("email", Own(reply_to="a"), {"replyTo": "a", "body": None}),
    "a dataclass": (
        "digest",
        AsDataclass("a", {"digest_key": "b"}),
        {"digestKey": "a", "lookBackWindow": {"digestKey": "b"}},
    ),
    "the class itself": ("digest", AsDataclass, AsDataclass),
    "a text": ("sms", "Hi", "Hi"),
    "nothing": ("sms", None, None),
    "a list": ("sms", [{"from_": 1}], [{"from_": 1}]),
}


@walked("case", WIRE)
def test_outputs_are_written_by_the_protocols_names(case: str) -> None:
    kind, given, written = WIRE[case]
    made = KINDS[kind].to_wire(given)
    assert made == written
    assert type(made) is type(written)
    if isinstance(given, dict):
        assert made is not given
        assert {type(key) for key in made} <= {str, int}


def test_every_name_of_the_protocol_may_be_written_as_pythons() -> None:
    names = {
        "in_app": {"primary_action": "primaryAction", "secondary_action": "secondaryAction"},
        "email": {"reply_to": "replyTo", "use_provider_defaults": "useProviderDefaults"},
        "chat": {
            "image_url": "imageUrl",
            "action_type": "actionType",
            "callback_url": "callbackUrl",
            "initial_option": "initialOption",
        },
        "digest": {
            "digest_key": "digestKey",
            "look_back_window": "lookBackWindow",
            "extend_to_schedule": "extendToSchedule",
        },
        "delay": {"dynamic_key": "dynamicKey", "extend_to_schedule": "extendToSchedule"},
        "throttle": {"dynamic_key": "dynamicKey", "throttle_key": "throttleKey"},
    }
    every = {python: wire for renamed in names.values() for python, wire in renamed.items()}
    for name, kind in KINDS.items():
        known = {"from_": "from", **names.get(name, {})}
        written = kind.to_wire(dict.fromkeys([*every, "from_"], "x"))
        assert written == {known.get(python, python): "x" for python in [*every, "from_"]}, name


def test_what_a_provider_is_given_is_checked_and_may_be_passed_through() -> None:
    check = KINDS["email"].provider("sendgrid")
    assert check.validate({"ipPoolName": "vip", "_passthrough": {"body": {"a": 1}}}) == (
        {"ipPoolName": "vip", "_passthrough": {"body": {"a": 1}}},
        [],
    )
    assert check.validate({"ipPoolName": 7})[1] != []
    assert "sendgrid" in KINDS["email"].provider_schemas
    assert KINDS["delay"].provider_schemas == {}
