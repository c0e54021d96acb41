"""The fixtures take a WSGI app and a Lambda function as they take an ASGI app."""

from __future__ import annotations

import functools
import logging
import threading
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

import novu_framework.aws_lambda
import novu_framework.flask
from novu_framework import Client, Step, SyncStep, Workflow, workflow
from novu_framework_testing import BridgeFailure
from novu_framework_testing.bridges.transports import (
    AsgiTransport,
    LambdaTransport,
    WsgiTransport,
    transport_of,
)
from novu_framework_testing.contract import check_bridge
from tests.tables import walked

from .apps import ADAPTERS

SECRET = "test-secret"
SETTINGS = Client(secret_key=SECRET)
ANN = {"subscriberId": "ann", "phone": "+15550100"}
WSGI = ["flask", "django, a view on WSGI", "django, an async view on WSGI"]
BLOCKING = [*WSGI, "aws_lambda"]


def app_of(name: str, *workflows: Workflow) -> Any:
    make = novu_framework.aws_lambda.serve if name == "aws_lambda" else None
    return make(workflows=workflows, client=SETTINGS) if make else ADAPTERS[name](workflows, SETTINGS)


@walked("name", [*ADAPTERS, "aws_lambda"])
def test_an_app_is_told_by_its_parameters(name):
    app = app_of(name)
    kind = AsgiTransport
    if name in WSGI or name.startswith("aws_lambda behind"):  # a WSGI gateway of these tests
        kind = WsgiTransport
    elif name == "aws_lambda":
        kind = LambdaTransport
    assert type(transport_of(app)) is kind
    assert type(transport_of(functools.partial(app))) is kind


def test_a_wrapped_app_is_told_too_and_what_takes_anything_is_an_asgi_app():
    assert type(transport_of(ProxyFix(Flask("a")))) is WsgiTransport
    assert type(transport_of(WSGIHandler())) is WsgiTransport

    @functools.wraps(app_of("aws_lambda"))
    def logged(*args, **kwargs):
        raise AssertionError

    assert type(transport_of(logged)) is LambdaTransport
    for app in (lambda *anything: None, lambda scope: None, type):  # ASGI 2 has the scope alone
        assert type(transport_of(app)) is AsgiTransport


@pytest.mark.parametrize("name", BLOCKING)
def test_a_workflow_runs_through_a_wsgi_app_in_the_thread_of_the_test(novu, name):
    threads = []

    @workflow("w")
    async def w(payload: dict, step: Step):
        await step.sms("s", lambda: threads.append(threading.get_ident()) or {"body": payload["text"]})

    @workflow("plain")
    def plain(step: SyncStep):
        step.sms("s", {"body": "hi"})

    novu.connect(app_of(name, w, plain))
    run = novu.trigger("w", to=ANN, payload={"text": "hi"}).run
    assert run.step("s").status == "completed"
    novu.trigger("plain", to=ANN)
    assert [message.content["body"] for message in novu.messages] == ["hi", "hi"]
    here = threading.get_ident()
    # what Django's async view runs in is Django's to say
    assert set(threads) == {here} or name == "django, an async view on WSGI"


@pytest.mark.parametrize("name", BLOCKING)
async def test_an_async_test_takes_one_too(novu, name):
    @workflow("w")
    async def w(payload: dict, step: Step):
        await step.sms("s", lambda: {"body": payload["text"]})

    await novu.connect_async(app_of(name, w))
    result = await novu.trigger_async("w", to=ANN, payload={"text": "hi"})
    assert result.run.step("s").status == "completed"


@pytest.mark.parametrize("name", BLOCKING)
def test_what_goes_wrong_in_it_is_told_as_for_an_asgi_app(novu_bridge, name):
    @workflow("w")
    async def w(step: Step):
        await step.sms("s", lambda: {"body": 1 / 0})

    bridge = novu_bridge(app_of(name, w))
    with pytest.raises(BridgeFailure) as caught:
        bridge.execute("w", "s")
    assert (caught.value.status, caught.value.code) == (502, "StepExecutionFailedError")


@pytest.mark.parametrize("name", BLOCKING)
def test_the_simulation_learns_what_its_code_dropped(novu, name):
    @workflow("w")
    async def w(step: Step):
        await step.sms("s", lambda: {"body": "x", "bodi": "x"})

    novu.connect(app_of(name, w))
    novu.trigger("w", to=ANN)
    assert [(finding.kind, finding.step_id) for finding in novu.findings] == [("dropped-output", "s")]


@pytest.mark.parametrize("name", BLOCKING)
async def test_a_check_of_a_bridge_runs_in_the_thread_of_the_test_and_inside_of_its_loop(name):
    threads = set()

    @workflow("w")
    async def w(step: Step):
        await step.sms("s", lambda: threads.add(threading.get_ident()) or {"body": "hi"})

    assert not check_bridge(app_of(name, w), secret_key=SECRET).errors
    assert threads == {threading.get_ident()} or name == "django, an async view on WSGI"


def test_an_app_that_raises_is_a_failure_with_what_it_raised(novu_bridge, caplog):
    app = Flask("a")
    app.testing = True
    novu_framework.flask.serve(app, workflows=[], client=SETTINGS)

    @app.before_request
    def fails():
        raise LookupError("no tenant")

    with caplog.at_level(logging.CRITICAL), pytest.raises(BridgeFailure, match="LookupError: no tenant"):
        novu_bridge(app).discover()


def test_a_skip_in_a_resolver_ends_the_test(novu):
    @workflow("w")
    async def w(step: Step):
        await step.sms("s", lambda: pytest.skip("not today"))

    novu.connect(app_of("flask", w))
    with pytest.raises(pytest.skip.Exception, match="not today"):
        novu.trigger("w", to=ANN)
