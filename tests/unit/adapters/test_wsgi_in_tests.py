"""The fixtures take a WSGI app as they take an ASGI one."""

from __future__ import annotations

import functools
import logging
import threading

import pytest
from django.core.handlers.wsgi import WSGIHandler
from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

import novu_framework.flask
from novu_framework import Client, Step, SyncStep, workflow
from novu_framework_testing import BridgeFailure
from novu_framework_testing.bridges.wsgi import is_wsgi

from .apps import ADAPTERS

SECRET = "test-secret"
SETTINGS = Client(secret_key=SECRET)
ANN = {"subscriberId": "ann", "phone": "+15550100"}
WSGI = ["flask", "django, a view on WSGI", "django, an async view on WSGI"]


@pytest.mark.parametrize("name", ADAPTERS)
def test_a_wsgi_app_is_told_from_an_asgi_app(name):
    app = ADAPTERS[name]([], SETTINGS)
    expected = name in WSGI or name.startswith("aws_lambda")  # which has a WSGI gateway in these tests
    assert is_wsgi(app) == expected
    assert is_wsgi(functools.partial(app)) == expected


def test_a_wrapped_wsgi_app_is_one_and_what_takes_anything_is_not():
    assert is_wsgi(ProxyFix(Flask("a")))
    assert is_wsgi(WSGIHandler())
    assert not is_wsgi(lambda *anything: None)
    assert not is_wsgi(lambda scope: None)  # as ASGI 2 has it
    assert not is_wsgi(type)


@pytest.mark.parametrize("name", WSGI)
def test_a_workflow_runs_through_a_wsgi_app_in_the_thread_of_the_test(novu, name):
    threads = []

    @workflow("w")
    async def w(payload: dict, step: Step):
        await step.sms("s", lambda: threads.append(threading.get_ident()) or {"body": payload["text"]})

    @workflow("plain")
    def plain(step: SyncStep):
        step.sms("s", {"body": "hi"})

    novu.connect(ADAPTERS[name]([w, plain], SETTINGS))
    run = novu.trigger("w", to=ANN, payload={"text": "hi"}).run
    assert run.step("s").status == "completed"
    novu.trigger("plain", to=ANN)
    assert [message.content["body"] for message in novu.messages] == ["hi", "hi"]
    here = threading.get_ident()
    # what Django's async view runs in is Django's to say
    assert set(threads) == {here} or name == "django, an async view on WSGI"


@pytest.mark.parametrize("name", WSGI)
async def test_an_async_test_takes_one_too(novu, name):
    @workflow("w")
    async def w(payload: dict, step: Step):
        await step.sms("s", lambda: {"body": payload["text"]})

    await novu.connect_async(ADAPTERS[name]([w], SETTINGS))
    result = await novu.trigger_async("w", to=ANN, payload={"text": "hi"})
    assert result.run.step("s").status == "completed"


@pytest.mark.parametrize("name", WSGI)
def test_what_goes_wrong_in_it_is_told_as_for_an_asgi_app(novu_bridge, name):
    @workflow("w")
    async def w(step: Step):
        await step.sms("s", lambda: {"body": 1 / 0})

    bridge = novu_bridge(ADAPTERS[name]([w], SETTINGS))
    with pytest.raises(BridgeFailure) as caught:
        bridge.execute("w", "s")
    assert (caught.value.status, caught.value.code) == (502, "StepExecutionFailedError")


@pytest.mark.parametrize("name", WSGI)
def test_the_simulation_learns_what_its_code_dropped(novu, name):
    @workflow("w")
    async def w(step: Step):
        await step.sms("s", lambda: {"body": "x", "bodi": "x"})

    novu.connect(ADAPTERS[name]([w], SETTINGS))
    novu.trigger("w", to=ANN)
    assert [(finding.kind, finding.step_id) for finding in novu.findings] == [("dropped-output", "s")]


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

    novu.connect(ADAPTERS["flask"]([w], SETTINGS))
    with pytest.raises(pytest.skip.Exception, match="not today"):
        novu.trigger("w", to=ANN)
