"""The Locust user, in a process of its own: Locust makes the sockets and threads of a process gevent's."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from novu_framework.errors import MissingDependencyError
from tests.integration.bridge_server import served
from tests.processes import LONG, python

SCRIPT = """
import json, sys
from novu_framework_testing.load import BridgeUser
import gevent
from locust.env import Environment

class Workflows(BridgeUser):
    weights = {"security-alert": 0}
    payloads = {"comment-notification": [json.loads(sys.argv[2])]}
    runs_made = 3

environment = Environment(user_classes=[Workflows], host=sys.argv[1])
runner = environment.create_local_runner()
runner.start(2, spawn_rate=100)
runner.spawning_greenlet.join()
while environment.stats.total.num_requests < 40 and runner.user_count:
    gevent.sleep(0.01)
runner.quit()
failures = {f"{one.name}: {one.error}" for one in environment.stats.errors.values()}
print(json.dumps([sorted(f"{method} {name}" for name, method in environment.stats.entries), sorted(failures)]))
"""


def load(url: str, payload: dict[str, Any], key: str, tmp_path: Path) -> Any:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT, encoding="utf-8")
    host = url.removesuffix("/api/novu")
    done = subprocess.run(
        [sys.executable, str(script), host, json.dumps(payload)],
        env={**os.environ, "NOVU_SECRET_KEY": key},
        capture_output=True,
        text=True,
        check=False,
        timeout=LONG,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.slow
def test_steps_are_asked_for_as_novu_does_and_counted_by_workflow_and_step(tmp_path):
    with served("test-secret") as url:
        names, failures = load(url, {"comment": "Hi", "post_id": "1"}, "test-secret", tmp_path)
        assert names == [
            "GET discover",
            "POST comment-notification/comment-email",
            "POST comment-notification/new-comment",
            "POST comment-notification/wait",
            "POST daily-digest/a-day",
            "POST daily-digest/summary",
        ]
        assert failures == []

        _, failures = load(url, {"comment": 3}, "test-secret", tmp_path)
        (failure,) = failures
        assert failure.startswith("comment-notification/new-comment: ")
        assert "400 ExecutionEventPayloadInvalidError" in failure


def test_the_toolkit_does_not_import_locust(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        "import sys, novu_framework_testing as toolkit, novu_framework_testing.plugin\n"
        "assert all(getattr(toolkit, name) for name in toolkit.__all__)\n"
        "print({'locust', 'gevent'} & sys.modules.keys())\n",
        encoding="utf-8",
    )
    assert python(str(script), cwd=tmp_path, env={}).stdout == "set()\n"


def test_without_locust_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "locust", None)
    with pytest.raises(MissingDependencyError, match=r"pip install .*\[load\]"):
        importlib.import_module("novu_framework_testing.load")
