"""The servers that are measured: started on a free loopback port, and stopped when their case is over."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from cases import FASTAPI, FASTAPI_PLAIN, NPM, OURS, OURS_PLAIN, SECRET, STARLETTE, Case, html_email
from typing_extensions import Self

HERE = Path(__file__).parent
NPM_FOLDER = HERE / "npm"
START_TIMEOUT = 60.0

# What the bare routes answer: the plain email as the bridge writes it.
ANSWER = {
    "outputs": {
        "subject": "New comment on post-42",
        "body": "<p>Hello Ann, Nice post, and well written!</p>",
    },
    "providers": {},
    "options": {"skip": False},
    "metadata": {"status": "success", "error": False, "duration": 0},
}


def has_speed_ups() -> bool:
    """Whether uvicorn will run on uvloop and httptools, as `uvicorn[standard]` does."""
    return all(importlib.util.find_spec(name) for name in ("uvloop", "httptools"))


def npm_is_there() -> bool:
    """Install the npm package once, on demand; False without Node."""
    if shutil.which("npm") is None or shutil.which("node") is None:
        return False
    if not (NPM_FOLDER / "node_modules" / "@novu" / "framework").exists():
        print("  installing @novu/framework (once) ...", flush=True)
        subprocess.run(
            ["npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error"],
            cwd=NPM_FOLDER,
            check=True,
            timeout=300,
        )
    return True


def _uvicorn(app: str, *options: str) -> list[str]:
    folder = str(HERE / "apps")
    quiet = ["--log-level", "warning", "--no-access-log"]
    return [sys.executable, "-m", "uvicorn", app, "--app-dir", folder, "--workers", "1", *quiet, *options]


_WITHOUT_SPEED_UPS = ("--loop", "asyncio", "--http", "h11")
COMMANDS = {
    OURS: _uvicorn("bridge:app"),
    OURS_PLAIN: _uvicorn("bridge:app", *_WITHOUT_SPEED_UPS),
    FASTAPI: _uvicorn("bare_fastapi:app"),
    FASTAPI_PLAIN: _uvicorn("bare_fastapi:app", *_WITHOUT_SPEED_UPS),
    STARLETTE: _uvicorn("bare_starlette:app"),
    NPM: ["node", str(NPM_FOLDER / "server.mjs")],
}


@dataclass(frozen=True)
class Setting:
    """How a contender is set up for a case."""

    strict: bool = False
    workflows: int = 5
    sleepy: int = 0


class Server:
    """A process that answers on `url` while the context is open.

    with Server(COMMANDS[OURS], Setting(strict=True)) as server:
        server.url, server.memory_mb()
    """

    def __init__(self, command: list[str], setting: Setting = Setting()) -> None:
        self._command = command
        self._setting = setting

    def __enter__(self) -> Self:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        command = list(self._command)
        if command[0] != "node":
            command += ["--port", str(port)]
        environ = {
            **os.environ,
            "NOVU_SECRET_KEY": SECRET,
            "NOVU_STRICT_AUTHENTICATION_ENABLED": str(self._setting.strict).lower(),
            "NODE_ENV": "production",
            "BENCH_PORT": str(port),
            "BENCH_WORKFLOWS": str(self._setting.workflows),
            "BENCH_SLEEPY": str(self._setting.sleepy),
            "BENCH_EMAIL": str(_email()),
            "BENCH_ANSWER": json.dumps(ANSWER),
        }
        self._errors = tempfile.TemporaryFile()
        self._process = subprocess.Popen(command, env=environ, stdout=self._errors, stderr=self._errors)
        deadline = time.monotonic() + START_TIMEOUT
        while True:
            try:
                with urlopen(self.url + "/api/novu", timeout=5):
                    return self
            except HTTPError:
                return self
            except OSError as error:
                if self._process.poll() is not None or time.monotonic() > deadline:
                    self._stop()
                    self._errors.seek(0)
                    said = self._errors.read().decode(errors="replace")[-2000:]
                    raise RuntimeError(f"{' '.join(command)} did not start: {said}") from error
                time.sleep(0.1)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()
        self._errors.close()

    def _stop(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    @property
    def pid(self) -> int:
        return self._process.pid

    def memory_mb(self) -> float:
        """What the process has resident, in MiB."""
        done = subprocess.run(
            ["ps", "-o", "rss=", "-p", str(self.pid)], capture_output=True, text=True, check=True
        )
        return int(done.stdout) / 1024

    def ask(self, case: Case) -> tuple[int, Any]:
        """One request of a case: status and parsed answer."""
        request = Request(self.url + case.path, case.body or None, case.headers(), method=case.method)
        try:
            with urlopen(request, timeout=30) as response:
                return response.status, json.load(response)
        except HTTPError as error:
            with error:
                return error.code, json.load(error)


def _email() -> Path:
    path = HERE / "results" / "email.html"
    path.parent.mkdir(exist_ok=True)
    path.write_text(html_email())
    return path
