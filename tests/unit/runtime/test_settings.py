"""Settings come from arguments, then from the environment, then from the defaults."""

from __future__ import annotations

import pickle

import pytest

from novu_framework import Client
from novu_framework.settings import Settings
from tests.processes import python

TIME, THREADS, PREVIOUS = "NOVU_STEP_TIMEOUT", "NOVU_MAX_THREADS", "NOVU_PREVIOUS_SECRET_KEYS"


@pytest.mark.parametrize(
    ("arguments", "environment", "expected"),
    [
        ({}, {}, (4.0, 40)),
        ({}, {TIME: "", THREADS: " "}, (4.0, 40)),
        ({}, {TIME: "2.5", THREADS: "8"}, (2.5, 8)),
        ({"step_timeout": 1, "max_threads": 2}, {TIME: "2.5", THREADS: "8"}, (1, 2)),
        ({"step_timeout": 0}, {TIME: "2.5"}, (None, 40)),
        ({}, {TIME: "0", THREADS: "1"}, (None, 1)),
    ],
)
def test_time_and_threads(monkeypatch, arguments, environment, expected):
    for name in (TIME, THREADS):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    for settings in (Client("key", **arguments), Settings.resolve("key", **arguments)):
        assert (settings.step_timeout, settings.max_threads) == expected


@pytest.mark.parametrize(
    ("name", "value", "least"),
    [
        *(("step_timeout", value, 0) for value in (-0.1, "soon", float("nan"), float("inf"))),
        *(("max_threads", value, 1) for value in (0, 0.9, -1, "many")),
    ],
)
def test_what_is_not_a_number_of_seconds_or_threads(monkeypatch, name, value, least):
    variable = f"NOVU_{name.upper()}"
    message = f"{name} .or {variable}. is {value!r}: it is a number, {least} or more."
    with pytest.raises(ValueError, match=message):
        Client("key", **{name: value})
    monkeypatch.setenv(variable, str(value))
    with pytest.raises(ValueError, match=f"{name} .or {variable}. is {str(value)!r}: it is a number"):
        Client("key")


@pytest.mark.parametrize(
    ("given", "variable", "expected"),
    [
        (None, None, ()),
        (None, "", ()),
        (None, " , ,", ()),
        (None, "old", ("old",)),
        (None, " old , older,oldest", ("old", "older", "oldest")),
        (None, "current,old,old", ("old",)),
        (["old"], "other", ("old",)),
        ([], "other", ()),
        (["", " old ", "current", "old"], None, ("old",)),
        (iter(("old", "older")), None, ("old", "older")),
        (["a,b"], None, ("a,b",)),
    ],
)
def test_previous_secret_keys(monkeypatch, given, variable, expected):
    monkeypatch.delenv(PREVIOUS, raising=False)
    if variable is not None:
        monkeypatch.setenv(PREVIOUS, variable)
    client = Client("current", previous_secret_keys=given)
    assert (client.secret_key, client.previous_secret_keys) == ("current", expected)
    assert pickle.loads(pickle.dumps(client)).previous_secret_keys == expected


def test_more_than_three_previous_secret_keys_are_an_error(monkeypatch):
    message = "NOVU_PREVIOUS_SECRET_KEYS. has 4 keys, and 3 is the most"
    with pytest.raises(ValueError, match=message):
        Client("current", previous_secret_keys=["a", "b", "c", "d"])
    monkeypatch.setenv(PREVIOUS, "a,b,c,d")
    with pytest.raises(ValueError, match=message):
        Client("current")
    assert Client("d").previous_secret_keys == ("a", "b", "c")


def test_one_text_is_not_a_key_for_each_of_its_letters():
    with pytest.raises(TypeError, match="previous_secret_keys is a list of keys"):
        Client("current", previous_secret_keys="old")


@pytest.mark.parametrize(
    ("argument", "variable", "expected"),
    [(None, "", True), (None, "false", False), (True, "0", True), (False, "true", False)],
)
def test_whether_the_collector_leaves_the_app_out(monkeypatch, argument, variable, expected):
    monkeypatch.setenv("NOVU_GC_FREEZE", variable)
    assert Client("key", gc_freeze=argument).gc_freeze is expected


_MAKES_BRIDGES = """
import gc
from novu_framework.asgi import BridgeEndpoint, Client
from novu_framework.bridge import RequestHandler

gc.unfreeze()
RequestHandler([], Client("key"))
BridgeEndpoint([], Client("key", gc_freeze=False))
print(gc.get_freeze_count() > 0)
gc.disable()
BridgeEndpoint([], Client("key"))
print(gc.get_freeze_count() > 0)
gc.enable()
BridgeEndpoint([], Client("key"))
count = gc.get_freeze_count()
print(count > 10_000)
more = [[number] for number in range(1000)]
BridgeEndpoint([], Client("key"))
print(gc.get_freeze_count() > count)
"""

_THRESHOLDS = """
import gc
import sys
from novu_framework.asgi import BridgeEndpoint, Client

gc.set_threshold(int(sys.argv[1]), 11, 12)
BridgeEndpoint([], Client("key", gc_freeze=sys.argv[2] == "frozen"))
print(*gc.get_threshold()[:2])
"""


def test_the_first_bridge_of_a_process_leaves_what_is_there_to_no_collection(tmp_path):
    (tmp_path / "app.py").write_text(_MAKES_BRIDGES)
    done = python("app.py", cwd=tmp_path, env={})
    assert done.stdout.split() == ["False", "False", "True", "False"], done.stderr


@pytest.mark.parametrize(
    ("young", "setting", "expected"),
    [
        ("700", "frozen", "50000 11"),
        ("700", "as-it-is", "700 11"),
        ("80000", "frozen", "80000 11"),
        ("0", "frozen", "0 11"),
    ],
)
def test_the_first_bridge_of_a_process_makes_collections_fewer(tmp_path, young, setting, expected):
    (tmp_path / "app.py").write_text(_THRESHOLDS)
    done = python("app.py", young, setting, cwd=tmp_path, env={})
    assert done.stdout.strip() == expected, done.stderr
