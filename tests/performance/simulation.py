"""How fast the simulation is, and how its time and memory grow. Run it: `python tests/performance/simulation.py`.

Prints one JSON object a line. Each measurement runs in a process of its own, so that none pays for another's memory.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

from novu_framework import Step, Workflow, workflow
from novu_framework_testing import NovuSimulator

START = datetime(2026, 1, 1, tzinfo=timezone.utc)


def four_steps() -> Workflow:
    @workflow("four-steps")
    async def four_steps(payload: dict[str, Any], step: Step) -> None:
        await step.in_app("inbox", lambda: {"body": f"Order {payload['n']}"})
        await step.delay("wait", {"amount": 1, "unit": "hours"})
        await step.email(
            "email", lambda: {"subject": f"Order {payload['n']}", "body": "<p>It is on its way.</p>"}
        )
        await step.custom("note", lambda: {"n": payload["n"]}, output_schema=NOTE)

    return four_steps


NOTE = {"type": "object", "properties": {"n": {"type": "number"}}}


def daily_digest() -> Workflow:
    @workflow("daily-digest")
    async def daily_digest(step: Step) -> None:
        digest = await step.digest("day", {"cron": "0 8 * * *"})
        await step.email("email", lambda: {"subject": f"{digest.event_count} news", "body": "<p>News</p>"})

    return daily_digest


def triggers(count: int) -> dict[str, Any]:
    """`count` triggers with four steps, in batches an hour apart."""
    with NovuSimulator(START) as novu:
        novu.register(four_steps())
        novu.trigger("four-steps", {"subscriberId": "warm", "email": "w@acme.test"}, {"n": 0})
        novu.run_until_idle()
        before, started, cpu = memory(), time.perf_counter(), time.process_time()
        for n in range(count):
            novu.trigger("four-steps", {"subscriberId": f"s{n % 1000}", "email": "s@acme.test"}, {"n": n})
            if n % 1000 == 999:
                novu.advance(hours=1)
        novu.run_until_idle()
        elapsed, cpu = time.perf_counter() - started, time.process_time() - cpu
        assert len(novu.messages) == 2 * (count + 1)
        return {
            "triggers": count,
            "steps": 4 * count,
            "seconds": round(elapsed, 2),
            "steps per second": round(4 * count / elapsed),
            "steps per CPU second": round(4 * count / cpu),
            "KB per trigger": round((memory() - before) / count, 2),
        }


def year(subscribers: int) -> dict[str, Any]:
    """A year of daily digests, one event a day for each subscriber, sent to a topic."""
    with NovuSimulator(START) as novu:
        novu.register(daily_digest())
        for n in range(subscribers):
            novu.subscribers.upsert(f"s{n}", email="s@acme.test")
        novu.topic("everyone").add(*(f"s{n}" for n in range(subscribers)))
        started, cpu = time.perf_counter(), time.process_time()
        for _ in range(365):
            novu.trigger("daily-digest", novu.topic("everyone"))
            novu.advance(days=1)
        elapsed, cpu = time.perf_counter() - started, time.process_time() - cpu
        digests = len(novu.messages)
        assert digests == 365 * subscribers
        return {
            "digests": digests,
            "seconds": round(elapsed, 2),
            "steps per second": round(2 * digests / elapsed),
            "steps per CPU second": round(2 * digests / cpu),
            "MB": round(memory() / 1024),
        }


def memory() -> int:
    """Peak resident memory in KB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // 1024 if sys.platform == "darwin" else peak


CASES: dict[str, Callable[[], dict[str, Any]]] = {
    "triggers-1000": lambda: triggers(1_000),
    "triggers-10000": lambda: triggers(10_000),
    "triggers-100000": lambda: triggers(100_000),
    "year-1000": lambda: year(1_000),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("case", nargs="?", choices=CASES, help="only this one, in this process")
    case = parser.parse_args().case
    if case is not None:
        print(json.dumps({"case": case, **CASES[case]()}))
        return
    for name in CASES:
        subprocess.run([sys.executable, __file__, name], check=True)


if __name__ == "__main__":
    main()
