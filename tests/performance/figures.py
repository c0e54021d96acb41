"""Figures that are not a load on a server: import time, memory, triggers, the simulation, fixtures, threads."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any
from urllib.request import urlopen

import httpx
from cases import COMMENT, OURS, Case, event
from contenders import COMMANDS, HERE, Server, Setting, _uvicorn

from novu_framework.client import Client


@dataclass(frozen=True)
class Figure:
    name: str
    measure: Callable[[], dict[str, Any]]


def all_figures(quick: bool) -> list[Figure]:
    return [
        Figure("import time", import_time),
        Figure("1,000 triggers at once", lambda: triggers_at_once(1 if quick else 5)),
        Figure("sync resolvers that wait 20 ms", sync_resolvers),
        Figure("simulation", lambda: simulation(10_000 if quick else 100_000)),
        Figure("fixture cost", lambda: fixture_cost(100 if quick else 400)),
        Figure("memory of many executes", lambda: memory(20_000 if quick else 1_000_000)),
    ]


def _python(source: str, *arguments: str, timeout: float = 600) -> Any:
    """Run a script in a process of its own; what it prints is JSON."""
    done = subprocess.run(
        [sys.executable, "-c", source, *arguments],
        capture_output=True,
        text=True,
        timeout=timeout,
        cwd=HERE,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-1500:])
    return json.loads(done.stdout.splitlines()[-1])


def import_time(rounds: int = 9) -> dict[str, Any]:
    """Milliseconds, in fresh processes with a warm cache of compiled files."""
    source = "import sys, time; t = time.perf_counter(); import {}; print((time.perf_counter() - t) * 1e3)"
    times: dict[str, list[float]] = {"novu_framework": [], "pydantic, httpx": []}
    for _ in range(rounds + 1):
        for what, taken in times.items():
            taken.append(_python(source.format(what)))
    ours, base = (median(taken[1:]) for taken in times.values())
    return {
        "import novu_framework": f"{ours:.0f} ms",
        "import pydantic, httpx": f"{base:.0f} ms",
        "difference": f"{ours - base:.0f} ms",
        "holds (200 ms, 60 ms more)": ours <= 200 and ours - base <= 60,
    }


def triggers_at_once(rounds: int, count: int = 1000) -> dict[str, Any]:
    """`count` concurrent `trigger_async` beside the same posts by bare httpx, on one event loop each."""
    payload = {**COMMENT, "tags": ["a", "b", "c"]}

    async def ours(url: str) -> float:
        async with Client("secret", url) as client:
            started = time.perf_counter()
            await asyncio.gather(
                *(
                    client.trigger_async("welcome", "ann", payload, transaction_id=f"t-{n}")
                    for n in range(count)
                )
            )
            return time.perf_counter() - started

    async def bare(url: str, at_once: int) -> float:
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
            started = time.perf_counter()
            await asyncio.gather(*(post(http, n) for n in range(count)))
            return time.perf_counter() - started

    ways: dict[str, Callable[[str], Any]] = {
        "trigger_async": ours,
        "bare httpx, its default pool": lambda url: bare(url, count),
        "bare httpx, ten at a time": lambda url: bare(url, 10),
    }
    times: dict[str, list[float]] = {way: [] for way in ways}
    lost = again = 0
    with Server(_uvicorn("novu_api:app")) as server:
        for number in range(rounds):
            for way, run in ways.items():
                if number and way == "bare httpx, its default pool":
                    continue  # once is enough of it: half a minute
                times[way].append(asyncio.run(run(server.url)))
                with urlopen(server.url + "/api/novu") as response:
                    arrived = json.load(response)
                if way == "trigger_async":
                    lost += count - arrived["once"]
                    again += arrived["again"]
    seconds = {way: median(taken) for way, taken in times.items()}
    return {
        **{way: f"{taken:.2f} s" for way, taken in seconds.items()},
        "ratio to its default pool": round(
            seconds["trigger_async"] / seconds["bare httpx, its default pool"], 2
        ),
        "ratio to ten at a time": round(seconds["trigger_async"] / seconds["bare httpx, ten at a time"], 2),
        "lost": lost,
        "doubled": again,
    }


def sync_resolvers(rounds: int = 5) -> dict[str, Any]:
    """Executes a second of 1 to 8 workflows at once, whose plain `def` resolvers each wait 20 ms."""
    rates: dict[str, str] = {}
    with Server(COMMANDS[OURS], Setting(sleepy=8)) as server:
        for at_once in (1, 2, 4, 8):
            cases = [Case("", workflow_id=f"sleepy-{n}", event=event(COMMENT)) for n in range(at_once)]
            rates[f"{at_once} at once"] = f"{asyncio.run(_rate(server.url, cases, rounds * 10)):.0f}/s"
    return {**rates, "one after another would be": "50/s"}


async def _rate(url: str, cases: list[Case], times: int) -> float:
    async with httpx.AsyncClient() as http:

        async def ask(case: Case) -> None:
            for _ in range(times):
                (
                    await http.post(url + case.path, content=case.body, headers=case.headers())
                ).raise_for_status()

        await asyncio.gather(*(ask(case) for case in cases))
        started = time.perf_counter()
        await asyncio.gather(*(ask(case) for case in cases))
        return times * len(cases) / (time.perf_counter() - started)


def simulation(many: int) -> dict[str, Any]:
    """Steps a second of four-step runs in process, few and many of them, and a year of daily digests."""
    few, lots = _simulated("triggers-1000"), _simulated(f"triggers-{many}")
    year = _simulated("year-1000") if many > 10_000 else {"seconds": "not measured", "digests": 0}
    return {
        "1,000 runs": f"{few['steps per second']:,} steps/s",
        f"{many:,} runs": f"{lots['steps per second']:,} steps/s, {lots['KB per trigger']} KB a run",
        "ratio": round(lots["steps per second"] / few["steps per second"], 2),
        "a year of daily digests of 1,000 subscribers": f"{year['seconds']} s for {year['digests']:,} digests",
    }


def _simulated(case: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, str(HERE / "simulation.py"), case],
        capture_output=True,
        text=True,
        timeout=1500,
        check=True,
    )
    return dict(json.loads(done.stdout))


def fixture_cost(tests: int) -> dict[str, Any]:
    """Milliseconds that the `novu` and `novu_cloud` fixtures add to a test that does nothing else."""
    costs: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for fixture in ("", "novu", "novu_cloud"):
            file = Path(folder, f"test_{fixture or 'nothing'}.py")
            file.write_text("".join(f"def test_{n}({fixture}): pass\n" for n in range(tests)))
            command = [
                sys.executable,
                "-m",
                "pytest",
                "-q",
                "-p",
                "no:randomly",
                "-p",
                "no:cacheprovider",
                str(file),
            ]
            times = []
            for _ in range(3):
                started = time.perf_counter()
                subprocess.run(command, check=True, capture_output=True, cwd=folder, timeout=300)
                times.append(time.perf_counter() - started)
            costs[fixture] = min(times)
    return {
        f"{fixture}": f"{(costs[fixture] - costs['']) / tests * 1e3:.2f} ms a test"
        for fixture in ("novu", "novu_cloud")
    }


_MEMORY = """
import asyncio, json, os, sys, time
sys.path.insert(0, "apps"); sys.path.insert(0, ".")
from workflows import plain
from cases import PLAIN
from novu_framework import Client
from novu_framework.bridge import BridgeRequest, RequestHandler

handler = RequestHandler([plain("plain")], Client("secret", strict_authentication=False))
query = [("action", "execute"), ("workflowId", "plain"), ("stepId", "email")]

def bodies():
    while True:
        for n in range(10_000):
            controls = {"subject": f"Control {n} of {{{{ payload.post_id }}}}", "greeting": f"Hi {n}"}
            yield n, json.dumps({**PLAIN, "controls": controls}).encode()

def resident():
    for line in open("/proc/self/status"):
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024

async def main(total, early):
    memory = []
    started = time.perf_counter()
    for (number, body), done in zip(bodies(), range(1, total + 1)):
        response = await handler(BridgeRequest("POST", query, {}, body))
        assert response.status == 200 and b"Control %d of post-42" % number in response.body
        if done in (early, total // 2, total):
            memory.append(resident())
    return memory, total / (time.perf_counter() - started)

print(json.dumps(asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))))
"""


def memory(executes: int) -> dict[str, Any]:
    """MiB resident early (once each control value was seen), half-way and at the end; in process, no HTTP."""
    early = min(20_000, executes // 4)
    (first, half, last), rate = _python(_MEMORY, str(executes), str(early), timeout=1500)
    return {
        f"after {early:,}": f"{first:.1f} MiB",
        "half-way": f"{half:.1f} MiB",
        f"after {executes:,}": f"{last:.1f} MiB",
        "grown": f"{last - first:+.1f} MiB",
        "executes a second, in process": f"{rate:,.0f}",
    }
