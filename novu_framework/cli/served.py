"""A version of the code in a process of its own: `python -m novu_framework.cli.served APP` answers lines of JSON with lines of JSON.

`compat` asks two of them, so that two versions of one module never meet. What the app itself prints goes to standard error.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
from typing import Any

from novu_framework.cli.problems import Problem
from novu_framework.cli.project import App, Project


async def serve(app: App, asked: Any, answers: Any) -> None:
    """Answer what is asked, line by line, until the input ends."""
    from novu_framework_testing.bridges import BridgeFailure, connect
    from novu_framework_testing.bridges.process import step_location

    bridge = connect(app.target, route=app.path, secret_key=app.secret_key)
    try:
        while line := await asyncio.to_thread(asked.readline):
            message = json.loads(line)
            try:
                if message["ask"] == "discover":
                    answer: dict[str, Any] = {"workflows": await bridge.discover()}
                    answer["locations"] = {
                        f"{workflow.id}/{step_id}": step_location(workflow.handler, step_id)
                        for workflow in app.handler.workflows.values()
                        for step_id in ("", *workflow.steps)
                    }
                else:
                    given = await bridge.execute(**message["event"])
                    answer = {"outputs": given.outputs, "providers": given.providers, "skip": given.skip}
            except BridgeFailure as failure:
                about = ("message", "status", "code", "data", "timed_out")
                answer = {"failure": {name: getattr(failure, name) for name in about}}
            _write(answers, answer)
    finally:
        if close := getattr(bridge, "aclose", None):
            await close()


def _write(answers: Any, answer: dict[str, Any]) -> None:
    answers.write(json.dumps(answer, default=str).encode() + b"\n")
    answers.flush()


def main() -> None:
    """Serve the app that the first argument names, else that of the project's settings, else that of the second argument."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    logging.getLogger("novu_framework").addHandler(logging.NullHandler())  # failures are what is asked for
    try:
        project = Project.here()
        app = project.app(sys.argv[1] or project.settings.get("app") or sys.argv[2] or None)
        app.handler  # noqa: B018  # a problem with it is said before anything is asked
    except Problem as problem:
        _write(answers, {"problem": problem.message, "hint": problem.hint})
        return
    _write(answers, {"ready": app.name})
    asyncio.run(serve(app, sys.stdin.buffer, answers))


if __name__ == "__main__":
    main()
