"""The programs of jobs: each runs in a process of its own and prints the figures of a round as JSON.

python tests/performance/programs.py simulate process 1000
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict
from datetime import datetime, timezone
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from measures import Meter, Round

HERE = Path(__file__).parent
START = datetime(2026, 1, 1, tzinfo=timezone.utc)


# Processes


def spawn(count: str, *command: str) -> Round:
    """Run a command `count` times, and once before; the CPU time is that of the processes."""
    argv = [sys.executable if part == "python" else part for part in command]
    folder = HERE / "npm" if argv[0] == "node" and argv[1].startswith("-") else HERE

    def children() -> float:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime

    subprocess.run(argv, check=True, cwd=folder)
    with Meter(children) as meter:
        for _ in range(int(count)):
            meter.time(lambda: subprocess.run(argv, check=True, cwd=folder))
    made = meter.round()
    made.memory = _in_kb(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024
    return made


_OWN_MODELS = """
class Comment{n}(BaseModel):
    model_config = ConfigDict(extra="forbid")
    comment: str
    post_id: str


class Controls{n}(BaseModel):
    subject: str = "New comment on {{{{ payload.post_id }}}}"
    greeting: str = "Hello {{{{ subscriber.firstName }}}},"


@workflow("comment-{n}", name="New comment", tags=["social"])
async def comment_{n}(payload: Comment{n}, step: Step) -> None:
    async def render(controls: Controls{n}) -> EmailOutput:
        return EmailOutput(subject=controls.subject, body=f"<p>{{controls.greeting}} {{payload.comment}}</p>")

    await step.in_app("inbox", lambda: {{"body": f"New comment: {{payload.comment}}"}})
    await step.email("email", render)


WORKFLOWS.append(comment_{n})
"""


def start(count: str) -> Round:
    """Define workflows, each with models of its own, serve them, and answer one discovery."""
    from novu_framework import Client
    from novu_framework.asgi import BridgeEndpoint
    from novu_framework.bridge import BridgeRequest

    source = "from pydantic import BaseModel, ConfigDict\nfrom novu_framework import EmailOutput, Step, workflow\nWORKFLOWS = []\n"
    source += "".join(_OWN_MODELS.format(n=n) for n in range(int(count)))
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "own_models.py").write_text(source)
        code = compile(source, str(Path(folder, "own_models.py")), "exec")  # as a cached .pyc would be

        def serve() -> None:
            names: dict[str, Any] = {"__name__": "own_models"}
            sys.modules["own_models"] = type(sys)("own_models")
            sys.modules["own_models"].__dict__.update(names)
            exec(code, sys.modules["own_models"].__dict__)
            workflows = sys.modules["own_models"].WORKFLOWS
            handler = BridgeEndpoint(workflows, Client(strict_authentication=False)).handler
            answer = asyncio.run(handler(BridgeRequest("GET", [("action", "discover")], {}, b"")))
            assert len(json.loads(answer.body)["workflows"]) == int(count)

        with Meter() as meter:
            meter.time(serve)
    return meter.round()


# The simulation

NOTE = {"type": "object", "properties": {"n": {"type": "number"}}}


def four_steps() -> Any:
    from novu_framework import Step, workflow

    @workflow("four-steps")
    async def four_steps(payload: dict[str, Any], step: Step) -> None:
        await step.in_app("inbox", lambda: {"body": f"Order {payload['n']}"})
        await step.delay("wait", {"amount": 1, "unit": "hours"})
        await step.email(
            "email", lambda: {"subject": f"Order {payload['n']}", "body": "<p>It is on its way.</p>"}
        )
        await step.custom("note", lambda: {"n": payload["n"]}, output_schema=NOTE)

    return four_steps


def simulate(way: str, count: str) -> Round:
    """Trigger runs of four steps, in batches an hour apart. Each operation is a run; latencies are of its trigger."""
    from contenders import Process, _uvicorn

    from novu_framework import Client
    from novu_framework_testing import NovuSimulator

    runs = int(count)
    with ExitStack() as open_, NovuSimulator(START, secret_key="test-secret") as novu:
        if way == "process":
            novu.register(four_steps())
        elif way == "asgi":
            from novu_framework.asgi import BridgeEndpoint

            novu.connect(BridgeEndpoint([four_steps()], Client("test-secret")))
        else:
            environ = {"NOVU_SECRET_KEY": "test-secret", "PYTHONPATH": str(HERE)}
            server = open_.enter_context(Process(_uvicorn("four_steps:app"), environ))
            novu.connect(f"{server.url}/api/novu")
        to = {"subscriberId": "warm", "email": "w@acme.test"}
        novu.trigger("four-steps", to, {"n": 0})
        novu.run_until_idle()
        before = peak_kb()
        with Meter() as meter:
            for n in range(runs):
                to = {"subscriberId": f"s{n % 1000}", "email": "s@acme.test"}
                meter.time(lambda to=to, n=n: novu.trigger("four-steps", to, {"n": n}))  # type: ignore[misc]
                if n % 1000 == 999:
                    novu.advance(hours=1)
            novu.run_until_idle()
        assert len(novu.messages) == 2 * (runs + 1)
        return meter.round(kb=(peak_kb() - before) / runs)


def year(subscribers: str) -> Round:
    """A year of daily digests, one event a day for each subscriber, sent to a topic. Each operation is a digest; latencies are of a day."""
    from novu_framework import Step, workflow
    from novu_framework_testing import NovuSimulator

    @workflow("daily-digest")
    async def daily_digest(step: Step) -> None:
        digest = await step.digest("day", {"cron": "0 8 * * *"})
        await step.email("email", lambda: {"subject": f"{digest.event_count} news", "body": "<p>News</p>"})

    many = int(subscribers)
    with NovuSimulator(START) as novu:
        novu.register(daily_digest)
        for n in range(many):
            novu.subscribers.upsert(f"s{n}", email="s@acme.test")
        novu.topic("everyone").add(*(f"s{n}" for n in range(many)))

        def day() -> None:
            novu.trigger("daily-digest", novu.topic("everyone"))
            novu.advance(days=1)

        before = peak_kb()
        with Meter() as meter:
            for _ in range(365):
                meter.time(day)
        assert len(novu.messages) == 365 * many
        return meter.round(each=many, kb=(peak_kb() - before) / 365 / many)


def peak_kb() -> float:
    return _in_kb(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def _in_kb(peak: float) -> float:
    return peak / 1024 if sys.platform == "darwin" else peak


# Tests

_HEAD = """
from novu_framework import EmailOutput, workflow

@workflow("welcome")
async def welcome(payload: dict, step, subscriber):
    await step.email("mail", lambda: EmailOutput(
        subject=f"Welcome {payload['n']}", body=f"<h1>Hello {payload['n']}</h1><p>It is good to have you &amp; yours.</p>"))

ANN = {"subscriberId": "ann", "email": "ann@acme.test"}

def sent(novu, n):
    novu.register(welcome)
    return novu.trigger("welcome", ANN, {"n": n}).run
"""
_TESTS = {
    "nothing": "def test_{n}(): pass\n",
    "novu": "def test_{n}(novu): pass\n",
    "novu_cloud": "def test_{n}(novu_cloud): pass\n",
    "novu-snapshot": "def test_{n}(novu, novu_snapshot):\n    assert sent(novu, {n}) == novu_snapshot\n",
    "novu-amber": "def test_{n}(novu, snapshot):\n    assert sent(novu, {n}).messages[0].content == snapshot\n",
    "amber": "def test_{n}(snapshot):\n    assert {{'subject': 'Welcome {n}', 'body': '<h1>Hello {n}</h1>'}} == snapshot\n",
}


def tests(kind: str, count: str) -> Round:
    """Run tests with pytest, 100 in a file, after their snapshots were accepted; see `_Timer`."""
    many = int(count)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    plugins = ["syrupy"] * ("amber" in kind or "snapshot" in kind) + ["novu_framework_testing.plugin"] * (
        "novu" in kind
    )
    options = ["-q", "-p", "no:cacheprovider", *(f"-p{plugin}" for plugin in plugins)]
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "pytest.ini").write_text("[pytest]\n")
        for first in range(0, many, 100):
            body = "".join(_TESTS[kind].format(n=n) for n in range(first, min(first + 100, many)))
            Path(folder, f"test_{first // 100:03d}.py").write_text(_HEAD + body)
        if "snapshot" in _TESTS[kind]:
            command = [sys.executable, "-m", "pytest", *options, "--snapshot-update"]
            subprocess.run(command, check=True, cwd=folder, stdout=subprocess.PIPE)

        timer = _Timer()
        status = pytest.main([*options, "--rootdir", folder, folder], plugins=[timer])
        assert (status, timer.passed) == (0, many)
    return timer.meter.round(many - 1)


class _Timer:
    """Times a session from after its first test to its end: starting, collecting and what the first test imports do not count."""

    def __init__(self) -> None:
        self.passed = 0
        self.meter = Meter()
        self._started = False

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self) -> Any:
        with Meter() as meter:
            result = yield
        if self._started:
            self.meter.latencies.append(meter.seconds * 1e3)
        else:
            self._started = True
            self.meter.__enter__()
        return result

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.passed += report.when == "call" and report.passed

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_sessionfinish(self) -> Any:
        yield
        self.meter.__exit__()


# The review


def review(what: str, count: str) -> Round:
    """Decide on changes at the server of the review page: one change, or a tenth of them that are one workflow's."""
    from urllib.request import Request, urlopen

    from novu_framework_testing.review import Change, ReviewStore, TestChanges
    from novu_framework_testing.review.changes import FileChange, change_id
    from novu_framework_testing.review.server import ReviewServer
    from novu_framework_testing.snapshots.files import encode, fingerprint
    from novu_framework_testing.snapshots.names import FileName

    many = int(count)
    body = "<p>Hello {0}, your order is on its way.</p>\n" * 20

    def changed(root: Path, n: int) -> Change:
        folder = f"tests/__snapshots__/test_shop/test_{n // 4}"
        stem = str(FileName(n % 4 + 1, "mail", "email", ""))
        path = root / folder / f"{stem}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(encode(body.format(n)))
        return Change(
            id=change_id(folder, stem),
            kind="changed",
            step="mail",
            channel="email",
            workflow=f"workflow-{n % 10}",
            stem=stem,
            title="",
            files=(FileChange(f"{folder}/{stem}.html", fingerprint(path.read_bytes()), body.format(-n)),),
        )

    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        changes: list[Any] = [changed(root, n) for n in range(many)]
        folders = [f"tests/__snapshots__/test_shop/test_{n}" for n in range(many // 4)]
        ReviewStore(root).replace(
            [
                TestChanges(f"tests/test_shop.py::test_{n}", folder, tuple(changes[n * 4 : n * 4 + 4]))
                for n, folder in enumerate(folders)
            ],
            ran=folders,
        )
        with ReviewServer(root) as server:
            origin = server.url[: server.url.index("/", 8)]

            def ask(path: str, data: Any) -> Any:
                headers = {"content-type": "application/json", "origin": origin}
                body = None if data is None else json.dumps(data).encode()
                with urlopen(Request(server.url + path, body, headers)) as response:
                    return json.load(response)

            def decide(chosen: list[Any]) -> None:
                pairs = [{"id": change.id, "revision": change.revision} for change in chosen]
                answer = ask("api/decisions", {"action": "accept", "changes": pairs})
                assert len(answer["changes"]) == len(chosen), answer

            ask("api/changes", None)
            with Meter() as meter:
                if what == "one":
                    for n in range(20):
                        meter.time(lambda n=n: decide([changes[n * 7]]))  # type: ignore[misc]
                else:
                    for n in range(3):
                        meter.time(lambda n=n: decide(changes[n::10]))  # type: ignore[misc]
            return meter.round()


# The client and the bridge


def triggers(way: str, count: int = 1000) -> Round:
    """Concurrent `trigger_async` beside the same posts by bare httpx, on one event loop each."""
    from urllib.request import urlopen

    import httpx
    from cases import COMMENT
    from contenders import Process, _uvicorn

    from novu_framework.client import Client

    payload = {**COMMENT, "tags": ["a", "b", "c"]}

    async def ours(url: str) -> None:
        async with Client("secret", url) as client:
            await asyncio.gather(
                *(
                    client.trigger_async("welcome", "ann", payload, transaction_id=f"t-{n}")
                    for n in range(count)
                )
            )

    async def bare(url: str, at_once: int) -> None:
        slots = asyncio.Semaphore(at_once)
        limits = httpx.Limits(max_connections=min(at_once, 100))

        async def post(http: httpx.AsyncClient, n: int) -> None:
            body = {"name": "welcome", "to": "ann", "payload": payload, "transactionId": f"t-{n}"}
            async with slots:
                response = await http.post(
                    url + "/v1/events/trigger", json=body, headers={"authorization": "ApiKey secret"}
                )
            response.raise_for_status()
            response.json()

        async with httpx.AsyncClient(timeout=300, limits=limits) as http:
            await asyncio.gather(*(post(http, n) for n in range(count)))

    with Process(_uvicorn("novu_api:app")) as server:
        with Meter() as meter:
            asyncio.run(
                ours(server.url) if way == "ours" else bare(server.url, 10 if way == "ten" else count)
            )
        with urlopen(server.url + "/api/novu") as response:
            arrived = json.load(response)
        assert arrived == {"once": count, "again": 0}, arrived
    return meter.round(count)


def executes(count: str) -> Round:
    """Execute in process, with 10,000 different controls; the memory is what grew after each of them was seen twice."""
    from cases import PLAIN

    sys.path.insert(0, str(HERE / "apps"))
    plain = import_module("workflows").plain
    from novu_framework import Client
    from novu_framework.bridge import BridgeRequest, RequestHandler

    handler = RequestHandler([plain("plain")], Client("secret", strict_authentication=False))
    query = [("action", "execute"), ("workflowId", "plain"), ("stepId", "email")]
    total = int(count)

    def body(n: int) -> bytes:
        controls = {"subject": f"Control {n} of {{{{ payload.post_id }}}}", "greeting": f"Hi {n}"}
        return json.dumps({**PLAIN, "controls": controls}).encode()

    async def run(first: int, last: int) -> None:
        for n in range(first, last):
            answer = await handler(BridgeRequest("POST", query, {}, body(n % 10_000)))
            assert b"Control %d of post-42" % (n % 10_000) in answer.body, answer

    early = min(20_000, total // 2)
    asyncio.run(run(0, early))
    gc.collect()
    before = peak_kb()
    with Meter() as meter:
        asyncio.run(run(early, total))
    return meter.round(total - early, kb=(peak_kb() - before) / (total - early))


PROGRAMS: dict[str, Callable[..., Round]] = {
    one.__name__: one for one in (spawn, start, simulate, year, tests, review, triggers, executes)
}


def main() -> None:
    name, *arguments = sys.argv[1:]
    round_ = PROGRAMS[name](*arguments)
    round_.memory = round_.memory or peak_kb() / 1024
    print(f"\n{json.dumps(asdict(round_))}")


if __name__ == "__main__":
    main()
