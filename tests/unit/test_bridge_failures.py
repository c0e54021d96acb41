"""What a bridge's answer is taken for, and what is said of one that failed."""

from __future__ import annotations

from typing import Any

import pytest

from novu_framework import Step, workflow
from novu_framework.errors import NovuError, StepNotFoundError
from novu_framework_testing import BridgeAnswer, BridgeFailure
from novu_framework_testing.bridges.base import LifespanFailure, issues_text
from novu_framework_testing.bridges.process import ProcessBridge
from tests.tables import walked


@walked(
    ("answer", "outputs", "providers", "skip"),
    [
        ({"outputs": {}}, {}, {}, False),
        ({"outputs": {"a": 1}, "providers": {"b": {}}}, {"a": 1}, {"b": {}}, False),
        ({"outputs": {}, "providers": None, "options": None}, {}, {}, False),
        ({"outputs": {}, "options": {"skip": True}}, {}, {}, True),
        ({"outputs": {}, "options": {"skip": 0}}, {}, {}, False),
        ({"outputs": {}, "options": {}}, {}, {}, False),
        ({"outputs": {}, "options": ["skip"]}, {}, {}, False),
    ],
)
def test_an_answer_of_the_protocol_is_read(
    answer: Any, outputs: dict[str, Any], providers: dict[str, Any], skip: bool
) -> None:
    assert BridgeAnswer.of(answer) == BridgeAnswer(outputs, providers, skip, ())


@walked(
    "answer", [None, [], "outputs", {}, {"outputs": None}, {"outputs": []}, {"outputs": {}, "providers": [1]}]
)
def test_an_answer_that_is_none_is_a_failure_that_shows_it(answer: Any) -> None:
    with pytest.raises(BridgeFailure) as raised:
        BridgeAnswer.of(answer)
    assert (raised.value.status, raised.value.retryable) == (200, False)
    assert raised.value.message == f"the bridge's answer is not a valid one: {answer!r}"


def test_of_a_long_answer_the_beginning_is_shown() -> None:
    with pytest.raises(BridgeFailure) as raised:
        BridgeAnswer.of("x" * 1000)
    assert raised.value.message.partition(": ")[2] == "'" + "x" * 199


@walked(
    ("status", "again"),
    [
        (None, True),
        *((status, True) for status in (408, 429, 500, 503, 504, 521, 522, 524)),
        *((status, False) for status in (200, 400, 404, 407, 409, 422, 501, 502, 505, 520, 523, 525)),
    ],
)
def test_novu_asks_again_where_it_may_help(status: int | None, again: bool) -> None:
    assert BridgeFailure("odd", status=status).retryable is again
    assert LifespanFailure("odd", status=status).retryable is False


@pytest.mark.parametrize(
    ("about", "text"),
    [
        ({}, "no response: odd"),
        ({"status": 502}, "status 502: odd"),
        ({"status": 400, "code": "OddError"}, "OddError: odd"),
        ({"code": "OddError", "data": [{"path": "/a", "message": "is bad"}]}, "OddError: odd (/a is bad)"),
    ],
)
def test_a_failure_says_what_came_of_the_call(about: dict[str, Any], text: str) -> None:
    failure = BridgeFailure("odd", **about)
    assert str(failure) == text
    assert (failure.args, failure.timed_out) == (("odd",), False)


@walked(
    ("data", "text"),
    [
        (None, ""),
        ("x", ""),
        ({"path": "/a", "message": "is bad"}, ""),
        ([], ""),
        (["x"], ""),
        ([{"path": "/a", "message": "is bad"}], " (/a is bad)"),
        ([{"path": "", "message": "is bad"}, "x", {"message": "is odd"}], " (/ is bad; / is odd)"),
    ],
)
def test_the_issues_of_an_error_are_said_and_other_data_is_not(data: Any, text: str) -> None:
    assert issues_text(data) == text


def test_an_error_of_the_runtime_is_the_failure_that_its_caller_sees() -> None:
    missing = BridgeFailure.of_error(StepNotFoundError("mail", workflow_id="w"))
    assert (missing.status, missing.code, missing.undiscovered_step_id) == (404, "StepNotFoundError", "mail")
    assert "`mail` does not exist" in missing.message
    other = BridgeFailure.of_error(NovuError("odd"))
    assert (other.message, other.undiscovered_step_id) == ("odd", None)


def test_the_exception_of_the_users_code_is_beneath_those_of_the_runtime() -> None:
    failure, own = BridgeFailure("odd"), ZeroDivisionError()
    assert failure.raised is None
    failure.__cause__ = own
    assert failure.raised is own
    outer, inner = NovuError("outer"), NovuError("inner")
    failure.__cause__, outer.__cause__, inner.__cause__ = outer, inner, own
    assert failure.raised is own
    inner.__cause__ = None
    assert failure.raised is None


def test_two_failures_are_two_however_alike_and_all_but_the_words_is_said_by_name() -> None:
    one, other = BridgeFailure("odd", status=503), BridgeFailure("odd", status=503)
    assert len({one, other}) == 2
    make: Any = BridgeFailure
    with pytest.raises(TypeError):
        make("odd", 503)


async def test_what_a_handler_raises_outside_of_a_step_is_logged_where_it_runs(
    caplog: pytest.LogCaptureFixture,
) -> None:
    @workflow("broken")
    async def broken(step: Step) -> None:
        await step.sms("text", {"body": "Hello"})

    async def raising(**arguments: Any) -> None:
        raise LookupError("no such order")

    bridge = ProcessBridge(broken, secret_key="secret")
    await bridge.discover()
    broken.handler = raising  # what it does with the data of an event, and not when it is discovered
    event: Any = {"payload": {}, "state": [], "subscriber": {}, "controls": {}}
    with pytest.raises(BridgeFailure):
        await bridge.execute("broken", "text", event, job_id="1")
    (record,) = [each for each in caplog.records if each.name == "novu_framework"]
    assert record.getMessage() == "The bridge failed: LookupError: no such order"
    assert (record.levelname, record.exc_info and record.exc_info[0]) == ("ERROR", LookupError)
