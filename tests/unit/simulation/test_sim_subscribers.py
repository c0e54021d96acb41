"""Subscribers in code: what is known of them, how a provider reaches them, and how they are made and changed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from novu_framework_testing import NovuSimulator
from novu_framework_testing.simulation.subscribers import ChannelCredentials, SimulatedSubscriber
from tests.tables import walked
from tests.unit.simulation.simulated import NOON


@walked(
    ("provider_id", "credentials", "channel", "address", "usable"),
    [
        ("fcm", {"deviceTokens": ["a"]}, "push", ["a"], True),
        ("slack", {"webhookUrl": "https://x"}, "chat", "https://x", True),
        ("of-our-own", {"phoneNumber": "+1"}, "chat", {"phoneNumber": "+1"}, True),
        ("fcm", {"deviceTokens": [], "webhookUrl": ""}, "push", {"deviceTokens": [], "webhookUrl": ""}, False),
        ("slack", {"channel": "", "webhookUrl": "https://x"}, "chat", "https://x", True),
        ("slack", {}, "chat", {}, False),
    ],
)  # fmt: skip
def test_credentials_are_for_a_channel_and_say_where_a_message_goes(
    provider_id: str, credentials: dict[str, Any], channel: str, address: Any, usable: bool
) -> None:
    one = ChannelCredentials(provider_id, credentials)
    assert (one.channel, one.address, one.usable) == (channel, address, usable)
    assert one.to_dict() == {"providerId": provider_id, "credentials": credentials}
    named = ChannelCredentials(provider_id, credentials, "eu")
    assert named.to_dict() == {**one.to_dict(), "integrationIdentifier": "eu"}


def test_of_the_credentials_of_a_channel_those_are_given_that_reach_somebody(sim: NovuSimulator) -> None:
    ann = sim.subscribers.upsert("ann")
    tokens = ann.set_credentials("fcm", {"device_tokens": ["a"]})
    ann.set_credentials("apns", {"deviceTokens": []})
    hook = ann.set_credentials("slack", {"webhook_url": "https://x", "phone_number": "+1", "own_key": 1})
    assert (ann.credentials("push"), ann.credentials("chat"), ann.credentials("email")) == (
        [tokens],
        [hook],
        [],
    )
    assert hook.credentials == {"webhookUrl": "https://x", "phoneNumber": "+1", "own_key": 1}


A, B, C = ({"deviceTokens": tokens} for tokens in (["a"], ["b"], ["a", "b"]))


@pytest.mark.parametrize(
    ("first", "then", "append", "kept"),
    [
        (A, B, False, B),
        (A, B, True, C),
        (A, A, True, A),
        (A, C, True, C),
        (A, {"deviceTokens": ["c", "c"]}, False, {"deviceTokens": ["c"]}),
        (A, {"deviceTokens": []}, False, {"deviceTokens": []}),
        (A, {"deviceTokens": []}, True, {"deviceTokens": []}),
        ({}, B, True, B),
        ({"webhookUrl": "x"}, {"channel": "y"}, False, {"webhookUrl": "x", "channel": "y"}),
        ({"webhookUrl": "x"}, {"webhookUrl": "y"}, True, {"webhookUrl": "y"}),
        ({"webhookUrl": "x"}, B, False, {"webhookUrl": "x", **B}),
        (A, {"webhookUrl": "x"}, False, {"webhookUrl": "x", "deviceTokens": []}),
        (A, {"webhookUrl": "x"}, True, {"webhookUrl": "x", "deviceTokens": []}),
    ],
)
def test_new_credentials_of_a_provider_join_what_was_known_of_it(
    sim: NovuSimulator, first: dict[str, Any], then: dict[str, Any], append: bool, kept: dict[str, Any]
) -> None:
    ann = sim.subscribers.upsert("ann")
    one = ann.set_credentials("fcm", first)
    assert ann.set_credentials("fcm", then, append=append) is one
    assert (one.credentials, ann.channels) == (kept, [one])


def test_credentials_of_another_provider_or_integration_stand_beside(sim: NovuSimulator) -> None:
    ann = sim.subscribers.upsert("ann")
    found = [
        ann.set_credentials("fcm", A),
        ann.set_credentials("fcm", B, integration_identifier="eu"),
        ann.set_credentials("apns", B),
    ]
    assert ann.channels == found
    assert [ann.remove_credentials("fcm"), ann.remove_credentials("fcm")] == [True, False]
    assert ann.channels == found[2:]


def test_what_was_never_said_is_absent_and_what_was_taken_away_is_null(sim: NovuSimulator) -> None:
    assert SimulatedSubscriber.email is None
    ann = sim.subscribers.upsert(
        "ann", email="ann@acme.test", firstName="Ann", data={"plan": {"name": "pro"}}
    )
    ann.email = None
    sim.advance(hours=1)
    ann.last_online_at = sim.now
    shown = ann.to_dict()
    assert shown == {
        "_id": ann.id,
        "subscriberId": "ann",
        "email": None,
        "firstName": "Ann",
        "data": {"plan": {"name": "pro"}},
        "channels": [],
        "lastOnlineAt": "2026-01-01T13:00:00.000Z",
        "createdAt": "2026-01-01T12:00:00.000Z",
        "updatedAt": "2026-01-01T12:00:00.000Z",
    }
    shown["data"]["plan"]["name"] = "free"
    assert ann.data == {"plan": {"name": "pro"}}
    assert ann.model_dump() == {"subscriberId": "ann"}
    assert (ann.first_name, ann.last_name, ann.is_online) == ("Ann", None, None)
    assert sim.subscribers.upsert("bob", data=None).to_dict()["data"] is None
    assert set(sim.subscribers.upsert("cid").to_dict()) == {"_id", "subscriberId", "channels", "createdAt", "updatedAt"}  # fmt: skip


@pytest.mark.parametrize(
    "name", ["first_name", "last_name", "email", "phone", "avatar", "locale", "timezone"]
)
def test_every_word_of_a_profile_is_taken_in_the_spelling_of_python_and_of_the_protocol(
    sim: NovuSimulator, name: str
) -> None:
    head, *rest = name.split("_")
    wire = head + "".join(rest).capitalize() if rest else head
    ann, bob = sim.subscribers.upsert("ann", **{name: "x"}), sim.subscribers.upsert("bob", **{wire: "x"})
    assert ann.known == bob.known == {wire: "x"}
    assert getattr(ann, name) == "x"
    setattr(ann, name, "y")
    assert ann.to_dict()[wire] == "y"


@pytest.mark.parametrize(
    ("later", "changed"),
    [
        (lambda sim: sim.subscribers.upsert("ann", email="b@acme.test"), True),
        (lambda sim: sim.subscribers.upsert("ann", channels=None), True),
        (lambda sim: sim.subscribers.upsert_from({"subscriberId": "ann", "locale": None}), True),
        (lambda sim: sim.subscribers.upsert("ann"), False),
        (lambda sim: sim.subscribers.upsert_from("ann"), False),
        (lambda sim: sim.subscribers.upsert_from({"subscriberId": "ann", "shoe": 44}), False),
    ],
)
def test_a_subscriber_has_the_moment_of_the_last_change(
    sim: NovuSimulator, later: Any, changed: bool
) -> None:
    ann = sim.subscribers.upsert("ann", email="ann@acme.test")
    sim.advance(hours=1)
    assert later(sim) is ann
    assert ann.updated_at - NOON == timedelta(hours=changed)
    assert (ann.created_at, "shoe" in ann.known) == (NOON, False)


def test_an_id_alone_makes_a_subscriber(sim: NovuSimulator) -> None:
    ann = sim.subscribers.upsert_from("ann")
    assert sim.subscribers["ann"] is ann
    assert (ann.known, ann.channels, len(ann.inbox)) == ({}, [], 0)
    assert sim.subscribers.upsert_from({"subscriberId": 7, "email": "x"}).subscriber_id == "7"


def test_a_word_that_a_profile_does_not_have_is_named(sim: NovuSimulator) -> None:
    with pytest.raises(
        TypeError, match=r"A subscriber has no shoe, hat; it has first_name, .*, data and channels"
    ):
        sim.subscribers.upsert("ann", shoe=44, email="x", hat=1)
    with pytest.raises(KeyError, match="There is no subscriber 'ann'"):
        sim.subscribers["ann"]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ([], []),
        ((), []),
        (
            [{"providerId": "fcm", "credentials": A, "integrationIdentifier": "eu"}],
            [ChannelCredentials("fcm", A, "eu")],
        ),
        (
            [{"provider_id": "fcm", "credentials": A, "integration_identifier": "eu"}],
            [ChannelCredentials("fcm", A, "eu")],
        ),
        ([{"providerId": "slack"}], [ChannelCredentials("slack", {})]),
        ([{"providerId": "slack", "credentials": None}], [ChannelCredentials("slack", {})]),
        (
            ({"providerId": "fcm", "credentials": A}, {"providerId": "fcm", "credentials": B}),
            [ChannelCredentials("fcm", C)],
        ),
    ],
)
def test_channels_of_a_profile_are_credentials(sim: NovuSimulator, written: Any, kept: list[Any]) -> None:
    assert sim.subscribers.upsert("ann", channels=written).channels == kept


@pytest.mark.parametrize("written", ["fcm", {"providerId": "fcm"}, 7, ["fcm"], [{"providerId": "fcm"}, None]])
def test_channels_that_are_no_list_of_credentials_are_refused(sim: NovuSimulator, written: Any) -> None:
    with pytest.raises(ValueError, match="`channels` of subscriber ann is a list such as"):
        sim.subscribers.upsert("ann", channels=written)
