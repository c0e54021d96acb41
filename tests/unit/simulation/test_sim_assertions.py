"""`assert_sent` and `assert_not_sent`, of a run, a trigger and a simulation, and what they say was sent instead."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from novu_framework import Step, workflow
from novu_framework_testing import NovuSimulator, Run
from tests.unit.simulation.simulated import NOON

ANN = {"subscriberId": "ann", "email": "ann@acme.test"}


@workflow("news")
async def news(step: Step) -> None:
    await step.in_app("bell", {"body": "Nice trip!", "avatar": "https://acme.test/a.png", "data": {"x": 1}})
    await step.delay("wait", {"amount": 1, "unit": "hours"})
    await step.email("mail", {"subject": "Bob wrote", "body": "<p>Nice trip!</p>"})
    await step.sms("text", {"body": "Hi"}, skip=True)
    await step.chat("chat", {"body": "Hi"})


@pytest.fixture
def novu() -> Iterator[NovuSimulator]:
    with NovuSimulator(NOON) as simulator:
        yield simulator


@pytest.fixture
def run(novu: NovuSimulator) -> Run:
    return novu.trigger(news, ANN).run


@pytest.mark.parametrize(
    ("channel", "wanted"),
    [
        ("email", {}),
        ("email", {"to": "ann@acme.test"}),
        ("email", {"to": "ann"}),
        ("email", {"step_id": "mail"}),
        ("email", {"subject": "Bob wrote", "body": re.compile("Nice")}),
        ("email", {"provider_id": "novu-email", "workflow_id": "news"}),
        ("in_app", {"to": "ann", "avatar": re.compile(r"a\.png$"), "data": {"x": 1}, "read": False}),
        (None, {"body": "Nice trip!"}),
    ],
)
def test_the_one_message_that_is_like_this_is_given_back(
    novu: NovuSimulator, run: Run, channel: Any, wanted: dict[str, Any]
) -> None:
    novu.run_until_idle()
    sent = run.assert_sent(channel, **wanted)
    assert channel in (None, sent.channel)
    assert sent is novu.assert_sent(channel, **wanted) is run.trigger.assert_sent(channel, **wanted)
    for holder in (run, run.trigger, novu):
        with pytest.raises(
            AssertionError, match=r"^No message should be sent with .*, but 1 was:\n  <Message"
        ):
            holder.assert_not_sent(sent.channel, **wanted)


NOT_SENT = """\
Not sent:
  email to ann by news/mail is pending: the run waits for 'wait' until 2026-01-01T13:00:00.000Z: let time pass, by novu.advance(...)"""


def test_the_failure_says_what_was_sent_instead_the_likest_first_and_what_stopped_the_rest(
    novu: NovuSimulator, run: Run
) -> None:
    with pytest.raises(AssertionError) as early:
        run.assert_sent("email", to="ann@acme.test")
    assert str(early.value) == (
        "No message was sent with channel='email', to='ann@acme.test'.\n"
        "Sent instead:\n  <Message in_app to ann by news/bell: 'Nice trip!'>: channel is 'in_app'\n"
        + NOT_SENT
    )
    novu.run_until_idle()
    with pytest.raises(AssertionError) as wrong:
        novu.assert_sent("email", subject="Cid wrote", to="bob", subjct="x")
    assert str(wrong.value).splitlines()[1:3] == [
        "Sent instead:",
        "  <Message email to ann by news/mail: 'Bob wrote'>: to is 'ann@acme.test', subject is 'Bob wrote', it has no "
        "subjct; did you mean 'subject'?",
    ]


@pytest.mark.parametrize(
    ("channel", "why"),
    [
        ("sms", "  sms to ann by news/text is skipped: "),
        ("chat", "  chat to ann by news/chat is skipped: "),
    ],
)
def test_a_step_that_sent_nothing_says_why(novu: NovuSimulator, run: Run, channel: Any, why: str) -> None:
    novu.run_until_idle()
    with pytest.raises(AssertionError, match=re.escape(f"Not sent:\n{why}") + "[^\n]+$"):
        run.assert_sent(channel)


def test_an_unread_failure_is_told_by_the_lines_of_the_users_code_alone(novu: NovuSimulator) -> None:
    @workflow("broken")
    async def broken(step: Step) -> None:
        def look() -> dict[str, str]:
            try:
                return json.loads("{")  # type: ignore[no-any-return]
            except ValueError:
                return {"body": str(ZoneInfo("No/Where"))}

        await step.in_app("note", look)

    novu.trigger(broken, ANN)
    assert novu.findings == []  # which is not to look at the failure
    with pytest.raises(AssertionError, match="look at it") as raised:
        novu.raise_unread_failures()
    told = str(raised.value)
    assert re.findall(r"(\S+)\.py\", line", told)[-1].endswith("test_sim_assertions")
    assert told.count(", in look") == 2
    assert "JSONDecodeError" in told
    assert "ZoneInfoNotFoundError" in told


def test_a_failure_of_the_code_is_told_of_the_steps_behind_it(novu: NovuSimulator) -> None:
    @workflow("broken")
    async def broken(step: Step) -> None:
        await step.custom("look-up", lambda: 1 / 0)  # type: ignore[arg-type, return-value]
        await step.email("mail", {"subject": "s", "body": "b"})

    trigger = novu.trigger(broken, ANN)
    with pytest.raises(
        AssertionError, match=r"Nothing else was sent\.\nNot sent:\n .* is canceled: 'look-up' failed: .*zero"
    ):
        trigger.assert_sent("email")
    with pytest.raises(AssertionError, match="look at it"):  # which was not the test's doing
        novu.raise_unread_failures()


def test_a_recipient_that_was_left_out_is_told(novu: NovuSimulator) -> None:
    trigger = novu.trigger(news, {"subscriberId": "cid", "email": "no address"})
    with pytest.raises(
        AssertionError, match="Note that the recipient cid is dropped: email must be an email"
    ):
        trigger.assert_sent("in_app", to="cid")


def test_several_messages_are_not_one_and_long_ones_and_many_are_told_short(novu: NovuSimulator) -> None:
    novu.trigger(news, [f"s{number}" for number in range(12)])
    novu.assert_sent("in_app", to="s3")
    with pytest.raises(
        AssertionError, match=r"^12 messages were sent with channel='in_app', not one:\n"
    ) as several:
        novu.assert_sent("in_app")
    assert str(several.value).splitlines()[-1] == "  and 2 more"
    with pytest.raises(AssertionError, match=r"body='x+\.\.\."):
        novu.assert_sent("in_app", body="x" * 10_000)


def test_without_arguments_nothing_at_all_was_sent(novu: NovuSimulator) -> None:
    novu.assert_not_sent()
    with pytest.raises(AssertionError, match=r"^No message was sent\.\nNothing else was sent\.$"):
        novu.assert_sent()
    with pytest.raises(ValueError, match=r"'emial' is not a channel; .*did you mean 'email'"):
        novu.assert_not_sent("emial")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "name",
    [
        *("channel", "step_id", "to", "subject", "body", "subscriber_id", "workflow_id", "transaction_id"),
        *("provider_id", "providers", "integration", "overrides", "envelope", "severity", "tags", "phone"),
        *("context_keys", "sent_at", "seen", "read", "archived", "snoozed"),
    ],
)
def test_every_attribute_of_a_message_may_be_asked_for(run: Run, name: str) -> None:
    (bell,) = run.messages
    bell.content = {}
    wanted: Any = {name: getattr(bell, name)}
    assert run.assert_sent(**wanted) is bell
    wanted[name] = "email"  # which none of them is
    with pytest.raises(AssertionError, match=rf": {name} is "):
        run.assert_sent(**wanted)


@pytest.mark.parametrize("name", ["primary_action", "primaryAction"])
def test_content_is_asked_for_in_the_spelling_of_python_and_of_the_protocol(
    novu: NovuSimulator, name: str
) -> None:
    action = {"label": "Open", "redirect": {"url": "https://acme.test"}}

    @workflow("acting")
    async def acting(step: Step) -> None:
        await step.in_app("bell", {"body": "Hi", "primaryAction": action})

    sent = novu.trigger(acting, ANN)
    message = sent.assert_sent("in_app", **{name: novu.messages[0].content["primaryAction"]})
    assert message.step_id == "bell"
    with pytest.raises(AssertionError, match=rf": {name} is {{'label'"):
        sent.assert_sent("in_app", **{name: "x"})
    with pytest.raises(AssertionError, match=rf": {name} is {{'label'"):
        sent.assert_sent("in_app", **{name: re.compile("label")})


def test_a_push_reaches_each_of_its_devices(novu: NovuSimulator) -> None:
    @workflow("pushing")
    async def pushing(step: Step) -> None:
        await step.push("push", {"subject": "Hi", "body": "Hi"})

    novu.subscriber("ann").set_credentials("fcm", {"deviceTokens": ["a"]})
    sent = novu.trigger(pushing, ANN)
    assert sent.assert_sent("push", to="ann") is sent.assert_sent("push", to="a")
    with pytest.raises(AssertionError, match=r": to is \[?'a'"):
        sent.assert_sent("push", to="b")


def test_an_in_app_message_is_told_to_be_for_its_subscriber(novu: NovuSimulator) -> None:
    with pytest.raises(AssertionError, match=r": to is 'ann'$"):
        novu.trigger(inbox_only, ANN).assert_sent("in_app", to="bob")


@workflow("inbox-only")
async def inbox_only(step: Step) -> None:
    await step.in_app("bell", {"body": "Hi"})


@pytest.mark.parametrize(
    ("length", "told"),
    [(198, f"body='{'x' * 198}'"), (199, f"body='{'x' * 196}...")],
)
def test_a_text_is_told_in_up_to_two_hundred_characters(novu: NovuSimulator, length: int, told: str) -> None:
    with pytest.raises(AssertionError) as raised:
        novu.assert_sent(body="x" * length)
    assert str(raised.value).splitlines()[0] == f"No message was sent with {told}."


@pytest.mark.parametrize(("count", "more"), [(10, []), (11, ["  and 1 more"])])
def test_ten_messages_and_ten_steps_are_told(novu: NovuSimulator, count: int, more: list[str]) -> None:
    trigger = novu.trigger(news, [f"s{number}" for number in range(count)])
    with pytest.raises(AssertionError) as raised:
        trigger.assert_sent("email", to="nobody")
    _, sent, stopped = re.split(r"\n(?:Sent instead|Not sent):\n", str(raised.value))
    for lines in (sent.splitlines(), stopped.splitlines()):
        assert len(lines) == 10 + len(more)
        assert lines[10:] == more
    with pytest.raises(AssertionError, match=rf"No message should be sent, but {count} were:\n"):
        trigger.assert_not_sent()


def test_the_likest_messages_come_first_and_those_of_another_channel_last(novu: NovuSimulator) -> None:
    @workflow("several")
    async def several(step: Step) -> None:
        await step.in_app("bell", {"body": "Hi"})
        await step.email("far", {"subject": "Far", "body": "far"})
        await step.email("near", {"subject": "Near", "body": "wanted"})

    with pytest.raises(AssertionError) as raised:
        novu.trigger(several, ANN).assert_sent("email", subject="Next", body="wanted")
    lines = str(raised.value).splitlines()[2:]
    assert [re.findall("several/(\\w+)", line)[0] for line in lines] == ["near", "far", "bell"]
    assert lines[0].endswith(": subject is 'Near'")
    assert lines[1].endswith(": subject is 'Far', body is 'far'")
    assert lines[2].endswith(": channel is 'in_app'")


def test_of_what_was_not_sent_those_steps_are_told_that_could_have(novu: NovuSimulator) -> None:
    novu.fail_provider("email", error="it is down")
    trigger = novu.trigger(news, ANN)
    novu.run_until_idle()
    with pytest.raises(AssertionError) as raised:
        trigger.assert_sent(subject="None")
    told = str(raised.value).partition("Not sent:\n")[2].splitlines()
    assert [line.split()[0] for line in told] == ["email", "sms", "chat"]
    assert told[0].startswith("  email to ann by news/mail is failed: ")
    assert "it is down" in told[0]
    assert " is skipped: " in told[1]
