"""Log records say what they are about in fields of their own, beside the words."""

from __future__ import annotations

import asyncio
import logging

import httpx
import pytest

from novu_framework import Client, Step, workflow
from novu_framework._internal.deadlines import TimeLimit
from novu_framework._internal.retries import Retries

from .conftest import SECRET


def fields_of(record: logging.LogRecord) -> dict[str, object]:
    return {name: value for name, value in vars(record).items() if name.startswith("novu_")}


def step_of(function, **options):
    @workflow("welcome")
    async def welcome(step: Step) -> None:
        await step.email("mail", function, **options)

    return welcome


async def waits():
    await asyncio.Event().wait()


GOOD = {"subject": "Hi", "body": "Ann"}


@pytest.mark.parametrize(
    ("function", "options", "code"),
    [
        (lambda: {"subject": 3}, {}, "ExecutionStateOutputInvalidError"),
        (lambda: None, {}, "ExecutionStateOutputInvalidError"),
        (lambda: 1 / 0, {}, "StepExecutionFailedError"),
        (lambda: GOOD, {"providers": {"sendgrid": lambda: 1 / 0}}, "ProviderExecutionFailedError"),
        (waits, {}, "StepTimeoutError"),
        (lambda: {**GOOD, "colour": "red"}, {}, None),
    ],
)
async def test_of_a_step_they_name_workflow_step_action_subscriber_and_error(
    serve, caplog, function, options, code
):
    welcome = step_of(function, **options)
    novu = serve(welcome)
    novu.handler._limit = TimeLimit(0) if function is waits else None
    await novu.call("execute", welcome, "mail", subscriber={"subscriberId": "ann"})
    (record,) = [one for one in caplog.records if one.name == "novu_framework"]
    about = {"novu_workflow_id": "welcome", "novu_step_id": "mail", "novu_action": "execute"}
    about |= {"novu_subscriber_id": "ann", **({"novu_error_code": code} if code else {})}
    assert fields_of(record) == about
    assert "welcome" in record.getMessage()
    assert "mail" in record.getMessage()


async def test_an_invalid_output_is_logged_with_what_is_wrong_in_it(serve, caplog):
    welcome = step_of(lambda: {"subject": 3, "body": "Hi"})
    await serve(welcome).call("execute", welcome, "mail")
    (record,) = [one for one in caplog.records if one.name == "novu_framework"]
    assert record.levelname == "ERROR"
    assert "`/subject` must be string" in record.getMessage()


async def test_an_exception_outside_of_a_resolver_names_what_the_request_asked_for(serve, caplog):
    welcome = step_of(lambda: GOOD, skip=lambda: 1 / 0)
    await serve(welcome).call("preview", welcome, "mail")
    assert not caplog.records
    await serve(welcome).call("execute", welcome, "mail")
    (record,) = [one for one in caplog.records if one.name == "novu_framework"]
    assert fields_of(record) == {
        "novu_workflow_id": "welcome",
        "novu_step_id": "mail",
        "novu_action": "execute",
        "novu_error_code": "BridgeError",
    }


async def test_a_verbose_bridge_says_which_step_ran_for_whom(serve, caplog):
    welcome = step_of(lambda: GOOD)
    novu = serve(welcome)
    novu.handler.client = Client(secret_key=SECRET, verbose=True)
    with caplog.at_level(logging.INFO):
        await novu.call("execute", welcome, "mail", subscriber={"subscriberId": "ann"})
    (record,) = [one for one in caplog.records if one.name == "novu_framework"]
    assert fields_of(record)["novu_subscriber_id"] == "ann"


def test_a_call_that_is_tried_again_names_workflow_and_transaction(caplog):
    answers = [httpx.Response(503), httpx.Response(201, json={"data": {"acknowledged": True, "status": "processed", "transactionId": "t-1"}})]  # fmt: skip
    client = Client(
        secret_key=SECRET,
        retries=Retries(first_pause=0),
        transport=httpx.MockTransport(lambda request: answers.pop(0)),
    )
    client.trigger("welcome", "ann", {"name": "Ann"}, transaction_id="t-1")
    (record,) = [one for one in caplog.records if one.name == "novu_framework"]
    assert fields_of(record) == {"novu_workflow_id": "welcome", "novu_transaction_id": "t-1"}
