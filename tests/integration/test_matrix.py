"""`@pytest.mark.novu_matrix` in real runs of pytest."""

from __future__ import annotations

import re
from inspect import cleandoc

import pytest
from faker.config import AVAILABLE_LOCALES

from novu_framework import workflow
from novu_framework_testing import NovuSimulator
from novu_framework_testing.known_locales import locale_problem
from novu_framework_testing.matrix import AXES, NovuCase, matrix_cases
from novu_framework_testing.review import ReviewStore
from novu_framework_testing.review.grid import grid_of
from tests.integration.test_plugin import project, run
from tests.tables import walked

__all__ = ["project"]


@pytest.mark.parametrize(
    ("given", "labels"),
    [
        (
            {},
            ["usual", *AXES["locales"][1:], *AXES["timezones"][1:], *AXES["data"][1:]],
        ),
        ({"locales": ["de", "ar"], "timezones": ["UTC"], "data": ["usual"]}, ["usual", "ar"]),
        ({"locales": ["de"], "timezones": ["UTC"], "data": ["long", "empty"]}, ["long", "empty"]),
        (
            {"locales": ["de", "ar"], "timezones": ["UTC"], "data": ["usual", "long"], "product": True},
            ["usual", "long", "ar", "ar-long"],
        ),
    ],
)
def test_a_matrix_has_each_value_beside_the_usual_ones_or_every_combination(
    given: dict, labels: list
) -> None:
    assert [case.label for case in matrix_cases(**given)] == labels


def test_every_locale_of_faker_is_taken_but_those_of_no_country() -> None:
    usual = ("zh-Hant-TW", "es_419", "fil_PH", "sr_Latn_RS", "de", "pt-BR", "EN_us", "ca_ES_valencia")
    refused = {each for each in (*AVAILABLE_LOCALES, *usual) if locale_problem(each)}
    assert refused <= {"ar_AA", "dk_DK", "fr_QC"}


@walked(
    ("given", "wrong"),
    [
        ({"data": ["huge"]}, "there is no data 'huge'"),
        ({"data": []}, "data is []"),
        ({"locales": "de_DE"}, "locales is 'de_DE'"),
        ({"locales": ["de", "de"]}, "twice"),
        ({"zones": ["UTC"]}, "does not know zones"),
        ({"product": "no"}, "product is 'no': give True or False"),
        ({"locales": [f"en_{number}" for number in range(100, 140)], "product": True}, "600 cases"),
        (
            {"timezones": ["UTC", "Europe/Berlim"]},
            "there is no time zone 'Europe/Berlim'; did you mean 'Europe/Berlin'?",
        ),
        ({"timezones": ["Mars"]}, "there is no time zone 'Mars'"),
        ({"timezones": ["+02:00"]}, "there is no time zone '+02:00'"),
        ({"locales": ["xx_YY"]}, "there is no locale 'xx_YY'."),
        ({"locales": ["en_US", "de_XX"]}, "there is no locale 'de_XX'; did you mean 'de_"),
        ({"locales": ["en_us", "german"]}, "there is no locale 'german'"),
        ({"locales": ["en_US.UTF-8"]}, "there is no locale 'en_US.UTF-8'; did you mean 'en_US'?"),
        ({"locales": ["de_DEU"]}, "there is no locale 'de_DEU'"),
    ],
    size=15,
)
def test_a_matrix_that_makes_no_sense_is_refused(given: dict, wrong: str) -> None:
    with pytest.raises(ValueError, match=re.escape(wrong)):
        matrix_cases(**given)


TESTS = """
import pytest
from zoneinfo import ZoneInfo
from pydantic import BaseModel
from novu_framework import workflow
from novu_framework_testing import NovuCase

class Order(BaseModel):
    product: str

@workflow("order")
async def order(payload: Order, step, subscriber):
    # novu-check: ignore[link.http] because it has no TLS
    await step.in_app("bell", lambda: {"body": f"{subscriber.first_name}: {payload.product}"})

@workflow("digest")
async def digest(payload: Order, step):
    await step.digest("collect", lambda: {"cron": "0 18 * * *"})

@pytest.mark.novu_matrix
@pytest.mark.parametrize("plan", ["free", "pro"])
def test_each(novu, novu_case: NovuCase, plan, record_testsuite_property):
    bell = novu_case.trigger(order).run.step("bell").messages[0]
    ann = novu.subscriber(bell.subscriber_id)
    assert (ann.locale, ann.timezone) == (novu_case.locale, novu_case.timezone)
    print("BODY", novu_case.label, bell.body, sep="|")

@pytest.mark.novu_matrix(locales=["en_US"], timezones=["UTC"], data=["usual", "long"])
class TestOfAClass:
    @pytest.mark.novu_matrix(data=["empty"])
    def test_nearest(self, novu_case):
        assert novu_case.payload(order) == {"product": ""}
        assert novu_case.payload(order, product="Tea") == {"product": "Tea"}
        assert novu_case.trigger(order, {"product": "Tea"}, to="bob").run.messages[0].body == "None: Tea"

    @pytest.mark.novu_matrix(timezones=["UTC", "Asia/Kolkata"])
    def test_the_clock_is_the_subscribers(self, novu, novu_case):
        assert novu.now.isoformat() == "2026-01-01T09:00:00+00:00"
        local = novu_case.trigger(digest).run.step("collect").due_at.astimezone(ZoneInfo(novu_case.timezone))
        assert (local.hour, local.minute) == (18, 0)

    @pytest.mark.asyncio
    async def test_async(self, novu, novu_case):
        novu.register(order)
        await novu_case.trigger_async("order")
        assert len(novu.messages) == 1

    def test_without(self):
        pass
"""


def test_a_test_runs_once_for_each_case(project: pytest.Pytester) -> None:
    project.makepyfile(TESTS)
    result = run(project, "-s", "-p", "no:randomly")
    result.assert_outcomes(passed=2 * 10 + 1 + 3 + 2 + 1)
    bodies = dict(line.split("|")[1:] for line in result.outlines if "BODY|" in line)
    assert list(bodies) == [case.label for case in matrix_cases()]
    # the time zone changes nothing of a message that does not show it; any other value does
    assert bodies["Asia/Kolkata"] == bodies["America/Los_Angeles"] == bodies["usual"]
    assert len({*bodies.values()}) == len(bodies) - len(AXES["timezones"]) + 1
    run(project, "-k", "long and free").assert_outcomes(passed=1, deselected=26)


def test_a_review_knows_which_cases_of_a_matrix_there_are(project: pytest.Pytester) -> None:
    test = """
        @pytest.mark.novu_matrix(locales=["en_US", "de_DE"], timezones=["UTC"], data=["usual", "long"])
        @pytest.mark.parametrize("plan", ["free", "pro"])
        def test_it(novu_case, plan, novu_snapshot):
            greeting = "Hello" if (plan, novu_case.label) != ("pro", "long") else GREETING
            assert novu_case.trigger(order, {"product": greeting}).run == novu_snapshot
    """
    for greeting, option in [("Hello", "--snapshot-update"), ("Hi", "--novu-review")]:
        project.makepyfile(
            test_m=TESTS.partition("@pytest.mark.novu_matrix")[0]
            + f"\nGREETING = {greeting!r}\n"
            + cleandoc(test)
        )
        run(project, option)
    ((test_changes, change),) = ReviewStore(project.path).pending()
    assert test_changes.test == "test_m.py::test_it[long-pro]"
    assert [(case.label, case.place) for case in test_changes.cases] == [
        ("usual", 0),
        ("de_DE", 1),
        ("long", 2),
    ]
    assert test_changes.asides == (("link.http", "it has no TLS", "order"),)
    cells = grid_of(ReviewStore(project.path), test_changes, change)
    assert [(cell["label"], cell["kind"]) for cell in cells] == [
        ("usual", "same"),
        ("de_DE", "same"),
        ("long", "changed"),
    ]


def test_the_workflows_of_an_app_are_known_by_their_ids(project: pytest.Pytester) -> None:
    project.makepyfile(
        shop_of_orders="""
        from fastapi import FastAPI
        from novu_framework import Client
        from novu_framework.fastapi import serve
        from test_orders import order

        app = FastAPI()
        serve(app, workflows=[order], client=Client(secret_key="test-secret"))
        """,
        test_orders=TESTS,
        test_app="""
        import pytest
        from shop_of_orders import app

        @pytest.mark.novu_matrix(locales=["en_US"], timezones=["UTC"], data=["usual", "long"])
        def test_it(novu, novu_case):
            novu.connect(app)
            body = novu_case.trigger("order").run.messages[0].body
            assert (len(body) > 200) is (novu_case.data == "long")
        """,
    )
    run(project, "test_app.py").assert_outcomes(passed=2)


@pytest.mark.parametrize(
    ("marker", "argument", "wrong"),
    [
        ("data=['huge']", "novu_case", "*novu_matrix on test_it: there is no data 'huge'*"),
        ("timezones=['Mars']", "novu_case", "*novu_matrix on test_it: there is no time zone 'Mars'*"),
        ("locales=['xx_YY']", "novu_case", "*novu_matrix on test_it: there is no locale 'xx_YY'*"),
        ("['de']", "novu_case", "*takes named values*"),
        ("", "novu", "*is for tests that take `novu_case`*"),
    ],
)
def test_a_marker_that_makes_no_sense_is_said(
    project: pytest.Pytester, marker: str, argument: str, wrong: str
) -> None:
    project.makepyfile(
        f"import pytest\n\n@pytest.mark.novu_matrix({marker})\ndef test_it({argument}):\n    pass\n"
    )
    result = run(project)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([wrong])
    result.stdout.no_fnmatch_line("*ValueError*")
    result.stdout.no_fnmatch_line("*During handling*")


@workflow("every-channel")
async def every_channel(payload: dict, step) -> None:
    await step.in_app("bell", {"body": "Hi"})
    await step.email("mail", {"subject": "Hi", "body": "Hi"})
    await step.sms("text", {"body": "Hi"})
    await step.push("push", {"subject": "Hi", "body": "Hi"})
    await step.chat("chat", {"body": "Hi"})


@walked("providers", [[], ["discord"], ["apns"], ["fcm", "expo", "slack", "msteams"], ["whatsapp-business"]])
@walked("case", matrix_cases(), ids=lambda case: case.label, size=15)
def test_every_channel_reaches_the_subscriber_of_each_case(case, providers: list[str]) -> None:
    with NovuSimulator() as novu:
        novu.register(every_channel)
        for each in providers:
            novu.integrations.add(each)
        novu_case = NovuCase(case, novu, seed=1)
        runs = [
            novu_case.trigger("every-channel").run,
            novu.trigger("every-channel", to=novu_case.subscriber()).run,
        ]
        for run in runs:
            assert {step.step_id: step.status for step in run.steps} == dict.fromkeys(
                ["bell", "mail", "text", "push", "chat"], "completed"
            )
            assert {message.provider_id for message in run.messages} >= {*providers}


@walked(
    ("source", "accepts"),
    [
        ({"type": "object", "properties": {"product": {"type": "string"}}}, False),
        ({"type": "object", "properties": {"product": {}}, "additionalProperties": False}, False),
        ({"type": "object", "properties": {"product": {}}, "additionalProperties": {"type": "string"}}, True),
        ({"type": "object", "properties": {"product": {}}, "patternProperties": {"^prod": {}}}, True),
        ({"type": "object", "properties": {"product": {}}, "allOf": [{"properties": {"prodcut": {}}}]}, True),
        ({"type": "object"}, True),
        (every_channel, True),
    ],
)
def test_a_field_that_a_payload_does_not_have_is_refused(source, accepts: bool) -> None:
    with NovuSimulator() as novu:
        novu_case = NovuCase(matrix_cases()[0], novu, seed=1)
        if accepts:
            assert novu_case.payload(source, prodcut="Tea")["prodcut"] == "Tea"
        else:
            with pytest.raises(
                ValueError, match="the payload has no 'prodcut'; it has product; did you mean 'product'"
            ):
                novu_case.payload(source, prodcut="Tea")
        with pytest.raises(
            ValueError, match=r"a subscriber has no 'frist_name'; .* did you mean 'first_name'"
        ):
            novu_case.subscriber(frist_name="Ann")
        assert novu_case.subscriber(firstName="Ann", channels=[]).first_name == "Ann"
