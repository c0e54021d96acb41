"""What travels between processes: errors, results and clients, pickled and copied."""

from __future__ import annotations

import copy
import importlib
import inspect
import pickle
import pkgutil
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

import novu_framework
import novu_framework_testing
from novu_framework import Client, Step, TriggerResult, workflow
from novu_framework.client import Retries
from novu_framework.errors import NovuApiError, StepExecutionFailedError
from novu_framework_testing import Cloud
from tests.tables import walked

KEY = "nv-a-secret-key"

ARGUMENTS: dict[str, Any] = {
    "accepted": (),
    "actions": ("preview", "execute"),
    "cause": ValueError("boom"),
    "data": [{"path": "/a", "message": "must be string"}],
    "errors": [{"field": "a", "path": "/a", "message": "must be string"}],
    "findings": [],
    "limit": 5,
    "path": ("a", 0),
    "places": ["app.py:1"],
    "position": 3,
    "retry_after": 2.5,
    "seconds": 2.0,
    "status": 429,
    "steps": [],
    "tries": 2,
}
"""What constructors take by these names; a text where a name is not here."""


@workflow("welcome")
async def welcome(step: Step) -> None:
    await step.in_app("hello", {"body": "Welcome!"})


def error_classes() -> Iterator[type[Exception]]:
    """Find the errors of both packages whose names and modules are public, and the exported ones."""
    for package in (novu_framework, novu_framework_testing):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if {"__main__", "cli", "api", "review", "load", "adapters"} & set(module.name.split(".")):
                continue  # doors: what they raise is caught there; and `load` makes the process gevent's
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of old versions of what they import
                imported = importlib.import_module(module.name)
            for name, found in vars(imported).items():
                own = inspect.isclass(found) and found.__module__ == module.name
                if own and issubclass(found, Exception) and not name.startswith("_"):
                    yield found


def error_of(kind: type[Exception]) -> Exception:
    if not inspect.isfunction(kind.__init__):
        return kind("the message", 5)
    by_position, by_name = [], {}
    for name, parameter in list(inspect.signature(kind.__init__).parameters.items())[1:]:
        value = ARGUMENTS.get(name, f"the {name}")
        if parameter.kind is parameter.KEYWORD_ONLY:
            by_name[name] = value
        elif parameter.kind is parameter.POSITIONAL_OR_KEYWORD:
            by_position.append(value)
    return kind(*by_position, **by_name)


def pickled(value: Any) -> Any:
    return pickle.loads(pickle.dumps(value))


WAYS = [pickled, lambda value: pickle.loads(pickle.dumps(value, protocol=0)), copy.copy, copy.deepcopy]


@walked("again", WAYS, ids=["pickle", "protocol 0", "copy", "deepcopy"])
@walked("kind", sorted(error_classes(), key=lambda kind: kind.__name__))
def test_every_error_is_the_same_again(kind: type[Exception], again: Callable[[Any], Any]) -> None:
    error = error_of(kind)
    assert vars(error) or error.args
    other = again(error)
    assert type(other) is kind
    assert (other.args, str(other), repr(other)) == (error.args, str(error), repr(error))
    assert vars(other) == vars(error)


def test_the_errors_that_are_tried_are_all_of_them() -> None:
    names = {kind.__name__ for kind in error_classes()}
    assert {
        *novu_framework.errors.__all__,
        "NotJsonError",
        "BridgeFailure",
        "StillWaiting",
        "LiquidError",
    } <= names


def test_a_cause_that_cannot_be_pickled_stays_behind() -> None:
    error = StepExecutionFailedError("email", "execute", ValueError(lambda: None))
    assert pickled(error).data == error.data
    assert pickled(error).__cause__ is None


def test_an_error_of_a_client_has_no_key_in_its_pickle() -> None:
    client = Client(secret_key=KEY)
    error = NovuApiError(429, "Slow down", call="POST /v1/events/trigger/bulk", retry_after=2.0)
    error.accepted = (TriggerResult("t-1", "processed", True, client=client),)
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        assert KEY.encode() not in pickle.dumps(error, protocol)
    assert pickled(error).accepted == error.accepted
    assert copy.deepcopy(error).accepted[0].client is client


@pytest.mark.parametrize("again", WAYS, ids=["pickle", "protocol 0", "copy", "deepcopy"])
def test_a_result_is_the_same_again_and_still_cancels(again: Callable[[Any], Any], novu_cloud: Cloud) -> None:
    novu_cloud.register(welcome)
    result = Client(secret_key=novu_cloud.secret_key).trigger("welcome", "ann")
    other = again(result)
    assert (other, other.data) == (result, result.data)
    assert other.cancel() is result.cancel()
    assert [request.method for request in novu_cloud.requests] == ["POST", "DELETE", "DELETE"]


@pytest.mark.parametrize("again", WAYS, ids=["pickle", "protocol 0", "copy", "deepcopy"])
def test_a_client_has_its_settings_again_and_connections_of_its_own(
    again: Callable[[Any], Any], novu_cloud: Cloud
) -> None:
    novu_cloud.register(welcome)
    client = Client(
        novu_cloud.secret_key,
        strict_authentication=False,
        max_threads=3,
        retries=Retries(limit=1),
        timeout=httpx.Timeout(3),
    )
    client.trigger("welcome", "ann")
    other = again(client)
    settings = [{k: v for k, v in vars(one).items() if k != "_calls"} for one in (client, other)]
    assert settings[0] == settings[1]
    assert other._calls is not client._calls
    client.close()
    assert other.trigger("welcome", "bob").acknowledged
