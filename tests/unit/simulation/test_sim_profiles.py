"""What a recipient may be, which providers fail on purpose, and hours that are none."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest

from novu_framework.steps.kinds import CHANNELS, KINDS
from novu_framework_testing import NovuSimulator
from novu_framework_testing.simulation.ids import Ids, is_novus_id
from novu_framework_testing.simulation.preferences import SubscriberPreferences, channel_flags, workflow_layer
from novu_framework_testing.simulation.profiles import PROFILE_KINDS, profile_problems
from novu_framework_testing.simulation.provider_names import provider_name
from novu_framework_testing.simulation.schedules import is_open, next_opening
from tests.tables import walked

CHANNELS_WRONG = "channels must be a list of providers with their credentials"


@walked(
    ("profile", "problems"),
    [
        ({}, ["subscriberId must be a string", "subscriberId should not be empty"]),
        ({"subscriberId": ""}, ["subscriberId should not be empty"]),
        ({"subscriberId": " "}, ["subscriberId should not be empty"]),
        ({"subscriberId": 7}, ["subscriberId must be a string"]),
        ({"subscriberId": "a", **dict.fromkeys([*PROFILE_KINDS, "channels"])}, []),
        ({"subscriberId": "a", "firstName": 1, "lastName": 1, "phone": 1, "avatar": 1}, [f"{name} must be a string" for name in ("firstName", "lastName", "phone", "avatar")]),
        ({"subscriberId": "a", "email": "x", "locale": "!", "timezone": "x"}, ["email must be an email", "locale must be locale", "timezone must be a valid IANA time-zone"]),
        ({"subscriberId": "a", "email": 1, "locale": 1, "timezone": 1}, ["email must be an email", "locale must be locale", "timezone must be a valid IANA time-zone"]),
        ({"subscriberId": "a", "nickname": 7, "data": "text"}, []),
        ({"subscriberId": "a", "channels": "x"}, [CHANNELS_WRONG]),
        ({"subscriberId": "a", "channels": {}}, [CHANNELS_WRONG]),
        ({"subscriberId": "a", "channels": ["x"]}, [CHANNELS_WRONG]),
        ({"subscriberId": "a", "channels": []}, []),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_recipient_is_said_in_novus_words(
    profile: dict[str, Any], problems: list[str]
) -> None:
    assert profile_problems(profile) == problems


@walked(
    ("channel", "taken"),
    [
        ({"providerId": "fcm"}, True),
        ({"provider_id": "fcm"}, True),
        ({"providerId": ""}, False),
        ({"credentials": {}}, False),
        ({"providerId": "fcm", "credentials": None}, True),
        ({"providerId": "fcm", "credentials": "x"}, False),
        ({"providerId": "fcm", "credentials": {}}, True),
        ({"providerId": "fcm", "credentials": {"deviceTokens": ["a", "b"]}}, True),
        ({"providerId": "fcm", "credentials": {"deviceTokens": ["a", 1]}}, False),
        ({"providerId": "fcm", "credentials": {"deviceTokens": "a"}}, False),
        ({"providerId": "fcm", "credentials": {"device_tokens": ["a"]}}, True),
        ({"providerId": "fcm", "credentials": {"device_tokens": "a"}}, False),
        ({"providerId": "slack", "credentials": {"webhookUrl": "u"}}, True),
    ],
)
def test_a_channel_of_a_recipient_names_its_provider_and_tokens_that_are_texts(
    channel: dict[str, Any], taken: bool
) -> None:
    profile = {"subscriberId": "ann", "channels": [{"providerId": "slack"}, channel]}
    assert profile_problems(profile) == ([] if taken else [CHANNELS_WRONG])


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        (
            "email",
            [
                *("a@b.co", "a.b+c'd@x-y.acme.test", "ä@ö.test", "a@b.xn--p1ai", "a@b.Xn--p1", f"{'a' * 64}@b.co"),
                *(f"a@{'b' * 63}.co", f"a@b.{'c' * 63}"),
            ],
            [
                *("", "a", "@b.co", "a@", "a@b", "a@b.c", "a@.co", "a@b..co", "a@-b.co", "a@b-.co", "a@b.c1", "a@b.123"),
                *(".a@b.co", "a.@b.co", "a..b@c.de", "a b@c.de", "a@b c.de", 'a"b@c.de', "a,b@c.de", "<a@b.co>", "a(b@c.de"),
                *("a@b@c.de", "a:b@c.de", "a;b@c.de", "a[b@c.de", "a\\b@c.de", "a@b_c.de", "a@b/c.de", "a@b,c.de"),
                *(f"{'a' * 65}@b.co", f"{'ä' * 33}@b.co", f"a@{'b' * 64}.co", f"a@b.{'c' * 64}", "a\x7f@b.co", "a@b.co ", "😀@b.co"),
                "a@" + "bcdefghi." * 28 + "cde",
            ],
        ),
        (
            "locale",
            [
                *("en", "en_US", "de-AT", "ast", "zh_Hant_TW", "es-419", "EN_us", "sl-rozaj", "de-1901", "en-a-bbb", "en-x-a"),
                *("zh-yue-cmn-gan", "abcd", "abcdefgh", "sl-rozaj-biske-1994", "en-a-bb-cc-b-dd", "en-x-a-bcdefgh1"),
            ],
            [
                *("", "e", "en_", "en-U", "abcdefghi", "en_US_", "1n", "en US", "en-x", "en-x-", "en-a", "en-a-b", "en-12", "en-123456789"),
                *("zh-yue-cmn-gan-nan", "en-Hantt-", "en--US", "en-x-abcdefghi", "en-a-abcdefghi", "en-roza-roza"),
            ],
        ),
        ("timezone", ["UTC", "Europe/Vienna"], ["", "Vienna", "Europe", "../etc", "Europe/vienna "]),
    ],
)  # fmt: skip
def test_values_of_a_profile_are_taken_or_not_as_novu_does(
    name: str, good: list[str], bad: list[str]
) -> None:
    taken = {one: profile_problems({"subscriberId": "a", name: one}) == [] for one in [*good, *bad]}
    assert taken == {**dict.fromkeys(good, True), **dict.fromkeys(bad, False)}


# --- providers ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("times", [0, -1])
def test_a_provider_that_fails_at_all_fails_once_at_least(sim: NovuSimulator, times: int) -> None:
    with pytest.raises(ValueError, match=rf"^times={times}: a provider fails at least once; leave it out "):
        sim.fail_provider("email", times=times)
    with pytest.raises(ValueError, match=r"^'mail' is not a channel; the channels are in_app, email, "):
        sim.fail_provider("mail")
    assert sim.integrations.failures.error("email", "ses") is None


def test_a_failure_counts_what_it_was_about_until_it_is_used_up(sim: NovuSimulator) -> None:
    error = sim.integrations.failures.error
    first = sim.fail_provider("email", "ses", times=2)
    every = sim.fail_provider("email", error="down")
    said = [
        error(*one) for one in [("email", "ses"), ("sms", "ses"), ("email", "smtp"), *[("email", "ses")] * 2]
    ]
    assert said == ["ses failed", None, "down", "ses failed", "down"]
    assert [(one.count, one.times, one.provider_id) for one in (first, every)] == [
        (2, 0, "ses"),
        (2, None, None),
    ]
    assert sim.fail_provider("sms").error == "sms failed"
    sim.fail_provider("push", times=1)
    assert [error("push", "fcm"), error("push", "fcm")] == ["push failed", None]


@pytest.mark.parametrize(
    ("restored", "counts"),
    [
        ((), [0, 0, 0, 0]),
        (("email",), [0, 0, 1, 1]),
        (("sms", "twilio"), [1, 1, 0, 2]),
        ((None, "ses"), [0, 2, 1, 1]),
        (("push",), [1, 1, 1, 1]),
    ],
)
def test_what_is_restored_fails_no_more(sim: NovuSimulator, restored: Any, counts: list[int]) -> None:
    whom = [("email", "ses"), ("email", None), ("sms", "twilio"), ("sms", None)]
    failing = [sim.fail_provider(*one) for one in whom]
    sim.restore_provider(*restored)
    for channel, provider_id in whom:
        sim.integrations.failures.error(channel, provider_id or "x")
    assert [one.count for one in failing] == counts


@walked(
    ("provider_id", "name"),
    [
        ("sendgrid", "SendGrid"),
        ("novu-email", "Novu Email"),
        ("novu-sms", "Novu SMS"),
        ("twilio", "Twilio"),
        ("nodemailer", "Custom SMTP"),
        ("our-own", "Our-own"),
        ("ours", "Ours"),
        ("", ""),
    ],
)
def test_a_provider_is_called_as_novu_calls_it(provider_id: str, name: str) -> None:
    assert provider_name(provider_id) == name


WRITTEN_OTHERWISE = (
    "africas-talking: Africa's Talking, apns: APNs, appio: AppIO, brevo-sms: Brevo, bulk-sms: BulkSMS, "
    "burst-sms: Kudosity (formerly BurstSMS), clickatell: clickatell, cm-telecom: CM.com, eazy-sms: Eazy, "
    "expo: Expo Push, fcm: Firebase Cloud Messaging, forty-six-elks: 46elks, generic-sms: SMS Webhook, "
    "getstream: GetStream, grafana-on-call: Grafana On Call Webhook, imedia: iMedia, "
    "infobip-email: Infobip, infobip-sms: Infobip, isend-sms: iSend SMS, isendpro-sms: iSendPro, "
    "kannel: Kannel SMS, mailersend: MailerSend, messagebird: MessageBird, msteams: MSTeams, "
    "nodemailer: Custom SMTP, novu-sms: Novu SMS, one-signal: OneSignal, outlook365: Microsoft Outlook365, "
    "ring-central: RingCentral, rocket-chat: Rocket.Chat, sendgrid: SendGrid, "
    "sendinblue: Brevo (formerly Sendinblue), ses: SES, simpletexting: SimpleTexting, "
    "sms-central: SMS Central, sms77: sms77, smsmode: smsmode, sns: SNS, sparkpost: SparkPost, "
    "whatsapp-business: WhatsApp Business"
)


def test_names_are_those_of_the_ids_with_capitals_but_for_some() -> None:
    every = {
        one: one.replace("-", " ").title() for channel in CHANNELS for one in KINDS[channel].provider_schemas
    }
    written = dict(one.split(": ") for one in WRITTEN_OTHERWISE.split(", "))
    assert {one: provider_name(one) for one in every} == {
        **every,
        **{one: written[one] for one in written if one in every},
    }
    assert {one: provider_name(one) for one in written} == written


# --- ids ----------------------------------------------------------------------------------------------------


def test_ids_of_each_kind_look_like_novus_and_are_no_others(sim: NovuSimulator) -> None:
    from novu_framework_testing.simulation.ids import _KINDS

    ids = Ids()
    made = [ids(kind) for kind in _KINDS for _ in range(2)]
    assert all(map(is_novus_id, made))
    assert len(set(made)) == len(made)
    assert [is_novus_id(one) for one in ("a" * 23, "a" * 25, "g" * 24, "A" * 24, "0" * 24)] == [False, False, False, True, True]  # fmt: skip


# --- preferences --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("channels", "flags"),
    [
        ({"inApp": True, "email": {"enabled": False}}, {"in_app": True, "email": False}),
        ({"in_app": {"enabled": True, "x": 1}, "tool": False}, {"in_app": True, "tool": False}),
        ({}, {}),
    ],
)
def test_flags_of_channels_are_by_the_names_of_channels(
    channels: dict[str, Any], flags: dict[str, bool]
) -> None:
    assert channel_flags(channels) == flags


@walked(
    ("code", "dashboard", "enabled", "wanted", "read_only"),
    [
        (None, None, True, {}, False),
        ({"all": {"enabled": False, "readOnly": True}}, None, False, {}, True),
        ({"all": {"read_only": True}}, None, True, {}, True),
        ({"all": {"readOnly": False, "read_only": True}}, None, True, {}, False),
        ({"channels": {"inApp": {"enabled": False}, "fax": {"enabled": False}, "sms": {}, "push": True}}, None, True, {"in_app": False}, False),
        ({"all": {"readOnly": True}}, {}, True, dict.fromkeys(CHANNELS, True), True),
        ({"channels": {"sms": {"enabled": False}}}, {"all": {"readOnly": True}}, True, dict.fromkeys(CHANNELS, True), True),
        ({}, {"all": {"enabled": False}, "channels": {"sms": {"enabled": True}}}, False, {**dict.fromkeys(CHANNELS, False), "sms": True}, False),
        ({}, {"all": {"enabled": None}}, None, dict.fromkeys(CHANNELS, True), False),
    ],
)  # fmt: skip
def test_a_workflow_wants_what_its_code_says_or_else_the_dashboard(
    code: Any, dashboard: Any, enabled: bool | None, wanted: dict[str, bool], read_only: bool
) -> None:
    layer, is_read_only = workflow_layer(code, dashboard)
    assert (layer.enabled, layer.channels, is_read_only) == (enabled, wanted, read_only)


def test_preferences_are_kept_apart_by_context_and_workflow() -> None:
    own, hours, acme = SubscriberPreferences(), {"isEnabled": True}, ("tenant:acme",)
    assert (own.of(()).overall.enabled, own.schedule, own.schedule_in(acme)) == (None, None, None)
    own.update("w", enabled=False, channels={"email": True})
    own.update("v", channels={"email": True, "sms": False})
    own.update(channels={"email": False}, schedule=hours, context={"tenant": "acme"})
    hours["isEnabled"] = False
    assert (own.schedule, own.schedule_in(acme)) == (None, {"isEnabled": True})
    assert (own.workflows["w"].channels, own.workflows["w"].enabled) == ({}, False)
    assert own.workflows["v"].channels == {"sms": False}
    assert own.of(acme).overall.channels == {"email": False}
    assert own.overall.channels == {}
    own.schedule = {"isEnabled": False}
    assert (own.schedule, own.schedule_in(())) == ({"isEnabled": False}, {"isEnabled": False})
    own.update("w", schedule={"isEnabled": True})
    own.update(enabled=True)
    assert own.schedule == {"isEnabled": False}
    assert own.overall.enabled is True


# --- schedules ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("hour", ["9", "25:00 AM", "09:00", "", "09:60 PM"])
def test_an_hour_that_is_none_is_told_how_to_write_it(hour: str) -> None:
    monday = datetime(2026, 1, 5, 12, tzinfo=timezone.utc)
    day = {"isEnabled": True, "hours": [{"start": "09:00 AM", "end": hour}]}
    schedule = {"isEnabled": True, "weeklySchedule": {"monday": day}}
    said = rf"^the schedule says '{hour}', which is not an hour such as '09:00 AM'$"
    for ask in (is_open, next_opening):
        with pytest.raises(ValueError, match=said):
            ask(schedule, monday, None)
