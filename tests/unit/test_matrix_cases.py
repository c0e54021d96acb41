"""The cases of a matrix, and the data that is made for one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import pytest

from novu_framework import Step, workflow
from novu_framework_testing import NovuSimulator, UnknownWorkflow
from novu_framework_testing.data_kinds import DataKind
from novu_framework_testing.field_names import is_words
from novu_framework_testing.known_locales import locale_problem
from novu_framework_testing.matrix import AXES, MOST_CASES, MatrixCase, NovuCase, matrix_cases
from tests.unit.simulation.simulated import ScriptedBridge

LOCALES = {
    **dict.fromkeys(("de", "dee", "aa", "de_AT", "de-at", "de_XK", "zh-Hant-TW", "es_419", "en_US_POSIX", "fil_PH", "de_Latn"), None),
    "x": "there is no locale 'x'.",
    "": "there is no locale ''.",
    "deee": "there is no locale 'deee'.",
    "xx_YY": "there is no locale 'xx_YY'.",
    "de_A1": "there is no locale 'de_A1'; did you mean 'de_AT'?",
    "de_DE_XX": "there is no locale 'de_DE_XX'; did you mean 'de_DE'?",
    "dee_DE2": "there is no locale 'dee_DE2'; did you mean 'de_DE'?",
    "en_US.UTF-8": "there is no locale 'en_US.UTF-8'; did you mean 'en_US'?",
}  # fmt: skip


def test_a_locale_is_a_language_and_a_country_that_there_are() -> None:
    assert {name: locale_problem(name) for name in LOCALES} == LOCALES
    unknown = ("de_XX", "de_DEU", "de_Latn_XX", "de_Latn_DE_", "german", "d_DE")
    assert [name for name in unknown if locale_problem(name) is None] == []


def test_a_name_says_whether_its_value_is_words_for_people() -> None:
    words = "x note title firstName last_name company subject city country street jobTitle description message name HTMLBody reason thing"
    others = (
        "email url avatarURL phone code otp pin token id orderId order_number date createdAt on time when validUntil deadline ip "
        "currency locale language timezone colour uuid slug iban zip fileName userName hostname countryCode"
    )
    found = {name: is_words(name) for name in (*words.split(), *others.split(), "", "-")}
    assert found == {**dict.fromkeys((*words.split(), "", "-"), True), **dict.fromkeys(others.split(), False)}


def test_the_cases_of_a_matrix_have_their_values_their_names_and_their_places() -> None:
    given: dict[str, Any] = {
        "locales": ["de", "ar"],
        "timezones": ["UTC", "Asia/Kolkata"],
        "data": ["usual", "long"],
    }
    usual = ("de", "UTC", "usual")
    assert matrix_cases(**given) == [
        MatrixCase(*usual[:2], "usual", "usual", 0),
        MatrixCase("ar", "UTC", "usual", "ar", 1),
        MatrixCase("de", "Asia/Kolkata", "usual", "Asia/Kolkata", 2),
        MatrixCase("de", "UTC", "long", "long", 3),
    ]
    every = matrix_cases(product=True, **given)
    assert [(case.place, case.label) for case in every] == [
        (0, "usual"), (1, "long"), (2, "Asia/Kolkata"), (3, "Asia/Kolkata-long"), (4, "ar"), (5, "ar-long"),
        (6, "ar-Asia/Kolkata"), (7, "ar-Asia/Kolkata-long"),
    ]  # fmt: skip
    assert every[7].axes == (("locale", "ar"), ("timezone", "Asia/Kolkata"), ("data", "long"))
    assert AXES == {
        "locales": ("en_US", "de_DE", "ja_JP", "ar_SA"),
        "timezones": ("UTC", "America/Los_Angeles", "Asia/Kolkata"),
        "data": ("usual", "long", "empty", "right-to-left", "emoji"),
    }
    assert matrix_cases(locales=None, data=["long"])[0].label == "long"


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"zones": [], "areas": []}, "it does not know areas, zones; it takes locales, timezones, data and product"),
    ({"product": 1}, "product is 1: give True or False"),
    ({"locales": []}, "locales is []: give a list of texts, such as ['en_US', 'de_DE']"),
    ({"timezones": "UTC"}, "timezones is 'UTC': give a list of texts, such as ['UTC', 'America/Los_Angeles']"),
    ({"data": ["usual", 1]}, "data is ['usual', 1]: give a list of texts, such as ['usual', 'long']"),
    ({"data": ["usual", ""]}, "data is ['usual', '']: give a list of texts, such as ['usual', 'long']"),
    ({"locales": ("de", "en", "de")}, "locales has a value twice: ['de', 'en', 'de']"),
    ({"data": ["usual", "huge", "tiny"]}, "there is no data 'huge', 'tiny'; there is usual, long, empty, right-to-left, emoji"),
    ({"timezones": ["Europe/Berlim"]}, "there is no time zone 'Europe/Berlim'; did you mean 'Europe/Berlin'?"),
    ({"locales": ["xx_YY"]}, "there is no locale 'xx_YY'."),
]  # fmt: skip


def test_a_matrix_that_cannot_be_is_refused_in_words() -> None:
    def refusal(given: dict[str, Any]) -> str:
        with pytest.raises(ValueError, match=r".") as refused:
            matrix_cases(**given)
        return str(refused.value)

    assert [refusal(given) for given, _ in WRONG] == [said for _, said in WRONG]
    tags = [f"en_{number}" for number in range(100, 301)]
    assert len(matrix_cases(locales=tags[:200], timezones=["UTC"], data=["usual"])) == MOST_CASES == 200
    assert (
        refusal({"locales": tags, "timezones": ["UTC"], "data": ["usual"]})
        == "it has 201 cases, and takes 200 at most"
    )


@workflow(
    "tea",
    payload_schema={"type": "object", "properties": {"product": {"type": "string"}}, "required": ["product"]},
)
async def tea(payload: dict[str, Any], step: Step) -> None:
    await step.in_app("bell", lambda: {"body": payload["product"]})


@pytest.fixture
def sim() -> Iterator[NovuSimulator]:
    with NovuSimulator() as sim:
        yield sim


def case(
    sim: NovuSimulator, locale: str = "en_US", zone: str = "UTC", data: str = "usual", seed: int = 1
) -> NovuCase:
    return NovuCase(MatrixCase(locale, zone, cast(DataKind, data), "a label", 0), sim, seed)


def test_the_people_of_a_case_are_of_its_place_and_its_payloads_of_its_data(sim: NovuSimulator) -> None:
    made = case(sim, "de_AT", "Asia/Kolkata", "empty")
    assert (made.locale, made.timezone, made.data, made.label) == (
        "de_AT",
        "Asia/Kolkata",
        "empty",
        "a label",
    )
    assert repr(made) == "<NovuCase a label>"
    ann = made.subscriber()
    assert (ann.locale, ann.timezone, ann.first_name) == ("de_AT", "Asia/Kolkata", None)
    assert str(ann.phone).startswith("+43")
    assert made.subscriber(timezone="UTC", first_name="Bob").first_name == "Bob"
    assert made.payload(tea) == {"product": ""}
    assert made.payload(tea, product="Tea") == {"product": "Tea"}
    assert (
        case(sim, seed=2).payload(tea)
        == case(sim, "ja_JP", seed=2).payload(tea)
        != case(sim, seed=3).payload(tea)
    )


def test_a_workflow_is_described_by_its_code_or_its_bridge(sim: NovuSimulator) -> None:
    sim.register(tea)
    made = case(sim, data="empty")
    assert made.payload("tea") == {"product": ""}
    with pytest.raises(UnknownWorkflow, match="coffee"):
        made.payload("coffee")
    run = made.trigger("tea", {"product": "Tea"}).run
    assert (run.messages[0].body, run.subscriber.timezone) == ("Tea", "UTC")
    assert made.trigger(tea, to="bob", transaction_id="tx").run.subscriber_id == "bob"
    assert [one.transaction_id for one in sim.triggers][-1] == "tx"


async def test_a_workflow_of_another_bridge_is_described_by_what_it_shows(sim: NovuSimulator) -> None:
    bridge = ScriptedBridge()
    schema = {"type": "object", "properties": {"size": {"type": "string"}}, "required": ["size"]}
    bridge.add("coffee", ("in_app", "bell", {"body": "Hi"}), payload={"schema": schema})
    bridge.add("water", ("in_app", "bell", {"body": "Hi"}))
    await sim.connect_async(bridge)
    made = case(sim, data="empty")
    assert made.payload("coffee") == {"size": ""}
    assert made.payload("water", size="L") == {"size": "L"}
    trigger = await made.trigger_async("coffee", {"size": "L"}, to="bob")
    assert (trigger.run.subscriber_id, trigger.run.payload) == ("bob", {"size": "L"})


@pytest.mark.parametrize(
    ("added", "reached"),
    [
        ([], ["fcm", "slack"]),
        ([("apns", True)], ["apns", "slack"]),
        ([("apns", False)], ["slack"]),
        ([("expo", True), ("apns", True), ("expo", True), ("discord", True)], ["expo", "apns", "discord"]),
    ],
    ids=range(4),
)
def test_a_subscriber_of_a_case_has_credentials_for_what_the_simulation_has(
    sim: NovuSimulator, added: list[tuple[str, bool]], reached: list[str]
) -> None:
    for number, (provider, active) in enumerate(added):
        sim.integrations.add(provider, identifier=f"i{number}", active=active)
    channels = case(sim).subscriber().model_dump()["channels"]
    push = {"deviceTokens": ["a-device"]}
    assert [(one["providerId"], one["credentials"]) for one in channels] == [
        (one, push if one in ("fcm", "apns", "expo") else {"webhookUrl": "https://example.com/webhook"}) for one in reached
    ]  # fmt: skip
