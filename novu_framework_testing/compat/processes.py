"""A version of the code in a process of its own, as a bridge. Two versions of one module never meet."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any

from typing_extensions import Self

from novu_framework.recording import SWITCH
from novu_framework_testing._internal.wire import decode
from novu_framework_testing.bridges import BridgeAnswer, BridgeFailure
from novu_framework_testing.bridges.base import Event


class VersionProblem(Exception):
    """A version that cannot be had or imported: `str(problem)` says why, `hint` what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class VersionProcess:
    """The app of a folder, imported by a Python of its own. A context manager, and a `Bridge`.

    Args:
        folder: Where the project is.
        app: The app, `module:attribute`; that of the settings of the project if empty.
        default: The app where these say none.
        first: Folders that are looked in before others, for modules.
        name: What the version is called where a problem is said; nothing for the code that is being worked on.

    Raises:
        VersionProblem: On entering, where the app cannot be imported.
    """

    def __init__(
        self, folder: Path, app: str = "", *, default: str = "", first: Iterable[Path] = (), name: str = ""
    ) -> None:
        self._where = f"At {name}: " if name else ""
        self._folder, self._apps, self._first = folder, (app, default), [str(one) for one in first]
        self._locations: dict[str, str | None] = {}

    def __enter__(self) -> Self:
        self._said = tempfile.TemporaryFile()  # closed on leaving
        path = os.pathsep.join(filter(None, [*self._first, os.environ.get("PYTHONPATH", "")]))
        env = {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1", SWITCH: "0"}
        command = [sys.executable, "-m", "novu_framework.cli.served", *self._apps]
        self._process = subprocess.Popen(
            command,
            cwd=self._folder,
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
        )
        try:
            ready = self._read()
            if "problem" in ready:
                raise VersionProblem(self._where + ready["problem"], ready.get("hint", ""))
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._process.communicate()  # the end of its input is the end of it
        self._said.close()

    async def discover(self) -> list[dict[str, Any]]:
        """Return the workflows as discovery shows them."""
        answer = self._answer({"ask": "discover"})
        self._locations = answer["locations"]
        workflows: list[dict[str, Any]] = answer["workflows"]
        return workflows

    async def execute(self, workflow_id: str, step_id: str, event: Event, *, job_id: str) -> BridgeAnswer:
        """Execute one step. Raises `BridgeFailure`."""
        about = {"workflow_id": workflow_id, "step_id": step_id, "event": event, "job_id": job_id}
        answer = self._answer({"ask": "execute", "event": about})
        return BridgeAnswer(answer["outputs"], answer["providers"], answer["skip"])

    def location(self, workflow_id: str, step_id: str) -> str | None:
        """Return the line that names the step; for one that it does not have, that of the handler."""
        return self._locations.get(f"{workflow_id}/{step_id}") or self._locations.get(f"{workflow_id}/")

    def _answer(self, message: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(message).encode() + b"\n")
            self._process.stdin.flush()
        except OSError:  # it has ended: what it said is read below
            pass
        answer = self._read()
        if failure := answer.get("failure"):
            raise BridgeFailure(**failure)
        return answer

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            self._process.wait()
            self._said.seek(0)
            said = self._said.read().decode("utf-8", "replace").strip().splitlines()
            raise VersionProblem(
                f"{self._where}The process of the app ended: {said[-1] if said else 'it said nothing'}",
                "\n".join(said[-15:]),
            )
        answer: dict[str, Any] = decode(line)
        return answer
