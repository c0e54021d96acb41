"""A version of the code that answers lines of JSON with lines of JSON, in this process."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from novu_framework.cli import served
from novu_framework.cli.project import App, Project

APP = """
from fastapi import FastAPI
from novu_framework import Client, workflow
from novu_framework.fastapi import serve

print("noise")

@workflow("order", payload_schema={"type": "object", "properties": {"number": {"type": "integer"}}})
async def order(payload, step):
    await step.chat("bell", lambda: {"body": f"Order {payload['number']}"}, providers={"slack": lambda: {"text": "Hi"}},
                    skip=lambda: payload["number"] == 2)
    await step.sms("text", lambda: {"body": 1 / 0})

app = FastAPI()
serve(app, workflows=[order], client=Client(secret_key="test-secret"))
empty = []
"""
BELL = {"stepId": "bell", "outputs": {}, "state": {"status": "completed"}}
EVENT = {
    "payload": {"number": 1}, "controls": {}, "subscriber": {}, "state": [BELL], "context": {}, "env": {},
}  # fmt: skip


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "served_app.py").write_text(APP, encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text('[tool.novu]\napp = "served_app:app"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", sys.path.copy())
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.delitem(sys.modules, "served_app", raising=False)
    return tmp_path


def lines_of(*messages: Any) -> io.BytesIO:
    return io.BytesIO(b"".join(json.dumps(one).encode() + b"\n" for one in messages))


def answers(app: App, *messages: Any) -> list[Any]:
    """Return what the app answers to each message."""
    written = io.BytesIO()
    asyncio.run(served.serve(app, lines_of(*messages), written))
    return [json.loads(line) for line in written.getvalue().splitlines()]


def execute(step_id: str, **payload: Any) -> dict[str, Any]:
    event = {
        "workflow_id": "order",
        "step_id": step_id,
        "event": {**EVENT, "payload": payload},
        "job_id": "job",
    }
    return {"ask": "execute", "event": event}


def test_each_line_is_answered_with_a_line() -> None:
    app = Project.here().app(None)
    discovered, first, skipped, raised, unknown, again = answers(
        app, {"ask": "discover"}, execute("bell", number=1), execute("bell", number=2),
        execute("text", number=1), execute("nothing", number=1), execute("bell", number=3),
    )  # fmt: skip
    assert [one["workflowId"] for one in discovered["workflows"]] == ["order"]
    assert discovered["locations"] == {
        "order/": "served_app.py:8",
        "order/bell": "served_app.py:10",
        "order/text": "served_app.py:10",
    }
    assert (first, again) == (
        {
            "outputs": {"body": "Order 1"},
            "providers": {"slack": {"text": "Hi"}},
            "skip": False,
        },
        {
            "outputs": {"body": "Order 3"},
            "providers": {"slack": {"text": "Hi"}},
            "skip": False,
        },
    )
    assert skipped == {"outputs": {}, "providers": {}, "skip": True}
    assert raised["failure"] | {"data": None, "message": None} == {
        "message": None, "status": 502, "code": "StepExecutionFailedError", "data": None, "timed_out": False,
    }  # fmt: skip
    assert "ZeroDivisionError: division by zero" in raised["failure"]["data"]["stack"]
    assert "text" in raised["failure"]["message"]
    assert unknown["failure"]["status"] == 400


def test_each_answer_is_sent_before_the_next_is_read_and_the_bridge_is_closed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    happened: list[str] = []

    class Bridge:
        async def discover(self) -> list[Any]:
            return []

        async def aclose(self) -> None:
            happened.append("closed")

    class Noting(io.BytesIO):
        def readline(self, size: int | None = -1, /) -> bytes:
            happened.append("read")
            return super().readline(size)

        def flush(self) -> None:
            happened.append("sent")

    app: Any = SimpleNamespace(target=None, path="", secret_key="", handler=SimpleNamespace(workflows={}))
    monkeypatch.setattr("novu_framework_testing.bridges.connect", lambda *_, **__: Bridge())
    asked = Noting(lines_of({"ask": "discover"}, {"ask": "discover"}).getvalue())
    asyncio.run(served.serve(app, asked, Noting()))
    assert happened == ["read", "sent", "read", "sent", "read", "closed"]


def test_what_is_no_json_is_answered_as_its_text() -> None:
    written = io.BytesIO()
    served._write(written, {"path": Path("a"), "é": 1})
    assert written.getvalue() == b'{"path": "a", "\\u00e9": 1}\n'


@pytest.mark.parametrize(
    ("arguments", "settings", "first"),
    [
        (["served_app:order", "other:app"], "served_app:app", {"ready": "served_app:order"}),
        (["", "other:app"], "served_app:app", {"ready": "served_app:app"}),
        (["", "served_app:order"], "", {"ready": "served_app:order"}),
        (["", ""], "", {"problem": "No app to look at."}),
        (["served_app:empty", ""], "", {"problem": "`served_app:empty` is list and serves no workflows."}),
    ],
    ids=["first", "settings", "second", "none", "empty"],
)
def test_the_app_is_that_of_the_first_argument_else_of_the_settings_else_of_the_second(
    project: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], settings: str, first: dict[str, str]
) -> None:
    (project / "pyproject.toml").write_text(f'[tool.novu]\napp = "{settings}"\n', encoding="utf-8")
    asked, opened = lines_of({"ask": "discover"}), []

    def fdopen(*arguments: Any) -> Any:
        opened.append(open(*arguments))  # noqa: SIM115
        return opened[-1]

    monkeypatch.setattr("os.fdopen", fdopen)
    monkeypatch.setattr(logging.getLogger("novu_framework"), "handlers", [])
    monkeypatch.setattr(sys, "argv", ["served", *arguments])
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=asked))
    with (project / "out").open("w") as out, (project / "errors").open("w") as errors:
        monkeypatch.setattr(sys, "stdout", out)
        monkeypatch.setattr(sys, "stderr", errors)
        served.main()
    opened[0].close()
    ready, *answered = map(json.loads, (project / "out").read_text().splitlines())
    if "problem" in first:
        assert (ready["problem"], bool(ready["hint"]), answered) == (first["problem"], True, [])
    else:
        assert ready == first
        assert [one["workflows"][0]["workflowId"] for one in answered] == ["order"]
        assert (project / "errors").read_text() == "noise\n"
