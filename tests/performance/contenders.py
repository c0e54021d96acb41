"""The contenders: servers on a free loopback port while their case is measured, and programs that run once a round."""

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
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import psutil
from cases import (
    ASGI,
    FASTAPI,
    FASTAPI_PLAIN,
    NPM,
    OURS,
    OURS_PLAIN,
    PLAIN,
    SECRET,
    STARLETTE,
    Job,
    Load,
    html_email,
)
from load import drive
from measures import Round
from typing_extensions import Self

HERE = Path(__file__).parent
RESULTS = HERE / "results"
NPM_FOLDER = HERE / "npm"
START_TIMEOUT = 120.0
WARM_UP_REQUESTS, WARM_UP_SECONDS = 4000, 30.0
FEWEST_REQUESTS, LONGEST_ROUND = 50, 15.0

# What the bare routes answer: the plain email as the bridge writes it.
ANSWER = {
    "outputs": {
        "subject": "New comment on post-42",
        "body": '<p><img src="https://acme.test/logo.png" alt="Acme" width="120" /></p><p>Hello Ann,<br />'
        "Nice post, and well written!</p><p>Questions &amp; answers: "
        '<a href="https://acme.test/p?id=post-42&amp;ref=mail">the post</a></p>'
        '<img src="https://acme.test/open.gif" alt="" width="1" height="1" />',
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


def prepare() -> None:
    """Write what both sides read: emails, and the schemas of the Python models."""
    RESULTS.mkdir(exist_ok=True)
    for kb in (6, 60, 600):
        (RESULTS / f"html-{kb}.html").write_text(html_email(kb * 1000))
    source = (
        "import json, workflows; from novu_framework import Client; from novu_framework.bridge import RequestHandler;"
        "found = RequestHandler(workflows.DIFFERENT, Client(strict_authentication=False)).workflows.values();"
        "print(json.dumps({one.id: one.discover()['payload']['schema'] for one in found}))"
    )
    schemas = subprocess.run(
        [sys.executable, "-c", source], cwd=HERE / "apps", capture_output=True, text=True, check=True
    )
    (RESULTS / "schemas.json").write_text(schemas.stdout)


def _uvicorn(app: str, *options: str) -> list[str]:
    folder = str(HERE / "apps")
    quiet = ["--log-level", "warning", "--no-access-log"]
    return [sys.executable, "-m", "uvicorn", app, "--app-dir", folder, "--workers", "1", *quiet, *options]


_WITHOUT_SPEED_UPS = ("--loop", "asyncio", "--http", "h11")
_SINK = _uvicorn("novu_api:app")
COMMANDS = {
    OURS: _uvicorn("bridge:app"),
    OURS_PLAIN: _uvicorn("bridge:app", *_WITHOUT_SPEED_UPS),
    ASGI: _uvicorn("bridge:pure"),
    FASTAPI: _uvicorn("bare_fastapi:app"),
    FASTAPI_PLAIN: _uvicorn("bare_fastapi:app", *_WITHOUT_SPEED_UPS),
    STARLETTE: _uvicorn("bare_starlette:app"),
    NPM: ["node", str(NPM_FOLDER / "server.mjs")],
}


class Process:
    """A server that answers on `url` while the context is open.

    with Process(COMMANDS[OURS], {"BENCH_WORKFLOWS": "5"}) as server:
        server.url, server.cpu()
    """

    def __init__(self, command: list[str], environ: Mapping[str, str] | None = None) -> None:
        self._command = command
        self._environ = environ or {}

    def __enter__(self) -> Self:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        command = list(self._command)
        if command[0] != "node":
            command += ["--port", str(port)]
        environ = {**os.environ, "NODE_ENV": "production", "BENCH_PORT": str(port), **self._environ}
        self._errors = tempfile.TemporaryFile()
        self._process = subprocess.Popen(command, env=environ, stdout=self._errors, stderr=self._errors)
        deadline = time.monotonic() + START_TIMEOUT
        while True:
            try:
                with urlopen(self.url + "/api/novu", timeout=5):
                    break
            except HTTPError:
                break
            except OSError as error:
                if self._process.poll() is not None or time.monotonic() > deadline:
                    self._stop()
                    raise RuntimeError(f"{' '.join(command)} did not start: {self.said()}") from error
                time.sleep(0.1)
        self._usage = psutil.Process(self._process.pid)
        return self

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

    def said(self) -> str:
        self._errors.seek(0)
        return self._errors.read().decode(errors="replace")[-2000:]

    def cpu(self) -> float:
        """The seconds of CPU time so far."""
        used = self._usage.cpu_times()
        return used.user + used.system

    def settle(self, quiet: float = 0.5) -> None:
        """Wait until the process has done nothing for a while."""
        before, now = -1.0, self.cpu()
        while now - before > 0.01:
            time.sleep(quiet)
            before, now = now, self.cpu()

    def memory_mb(self) -> float:
        """What the process has resident, in MiB."""
        return float(self._usage.memory_info().rss / 2**20)


class Server(Process):
    """A contender of a load."""

    def __init__(self, name: str, load: Load) -> None:
        environ = {
            "NOVU_SECRET_KEY": SECRET,
            "NOVU_STRICT_AUTHENTICATION_ENABLED": str(load.strict).lower(),
            "BENCH_WORKFLOWS": str(load.workflows),
            "BENCH_FOLDER": str(RESULTS),
            "BENCH_ANSWER": json.dumps(ANSWER),
        }
        super().__init__(COMMANDS[name], environ)
        self._load = load
        self._sink = Process(_SINK) if load.action == "agent-event" else None

    def __enter__(self) -> Self:
        if self._sink is not None:
            sink = self._sink.__enter__()
            self._load = replace(
                self._load, event={**(self._load.event or {}), "replyUrl": sink.url + "/posted"}
            )
        try:
            return super().__enter__()
        except BaseException:
            self._stop_sink()
            raise

    def _stop_sink(self) -> None:
        if self._sink is not None:
            self._sink.__exit__(None, None, None)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        super().__exit__(kind, error, trace)
        self._stop_sink()

    def ask(self) -> tuple[int, Any]:
        """One request: status and parsed answer."""
        load = self._load
        request = Request(self.url + load.path, load.body or None, load.headers(), method=load.method)
        try:
            with urlopen(request, timeout=30) as response:
                return response.status, json.load(response)
        except HTTPError as error:
            with error:
                return error.code, json.load(error)

    def warm_up(self, requests: int = WARM_UP_REQUESTS) -> None:
        """V8 compiles what is hot, Python fills its caches: 4,000 requests, or half a minute of them."""
        asked, started = 0, time.monotonic()
        while asked < requests and time.monotonic() - started < WARM_UP_SECONDS:
            asked += drive(self.url, self._load, 1).requests
        if self._load.settles:
            self.settle()

    def round(self, seconds: float) -> Round:
        """Drive for some seconds, or for longer where fewer than 50 requests came."""
        while True:
            cpu = self.cpu()
            driven = drive(self.url, self._load, seconds)
            if self._load.settles:
                self.settle()
            cpu = self.cpu() - cpu
            if driven.requests >= FEWEST_REQUESTS or (driven.requests and seconds > LONGEST_ROUND):
                break
            if seconds > LONGEST_ROUND:
                raise RuntimeError(f"nothing was answered in {seconds:.0f} s")
            seconds *= 3
        return Round(
            throughput=driven.requests / driven.seconds,
            cpu_us=cpu / driven.requests * 1e6,
            p50=driven.p50,
            p99=driven.p99,
            operations=driven.requests,
            wrong=driven.wrong,
            memory=self.memory_mb(),
        )


class Program:
    """A contender of a job: `programs.py` with its arguments, in a process of its own each round."""

    def __init__(self, name: str, job: Job) -> None:
        self._arguments = job.programs[name]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...

    def warm_up(self) -> None: ...

    def round(self, seconds: float) -> Round:
        event = {
            "version": "2.0",
            "rawPath": "/api/novu",
            "rawQueryString": "action=execute&workflowId=comment-0&stepId=email",
            "headers": {"content-type": "application/json", "host": "acme.test"},
            "requestContext": {"http": {"method": "POST", "path": "/api/novu"}},
            # the package takes the query from here, ours from the line above
            "queryStringParameters": {"action": "execute", "workflowId": "comment-0", "stepId": "email"},
            "httpMethod": "POST",
            "body": json.dumps(PLAIN),
            "isBase64Encoded": False,
        }
        done = subprocess.run(
            [sys.executable, str(HERE / "programs.py"), *self._arguments],
            env={
                **os.environ,
                "NODE_ENV": "production",
                "NOVU_SECRET_KEY": SECRET,
                "BENCH_EVENT": json.dumps(event),
            },
            capture_output=True,
            text=True,
            timeout=1800,
            cwd=HERE,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(self._arguments)}: {done.stdout[-1500:]}{done.stderr[-1500:]}")
        return Round(**json.loads(done.stdout.splitlines()[-1]))


Contender = Server | Program
