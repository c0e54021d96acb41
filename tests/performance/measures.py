"""What one contender did in one round, and how to tell what a process cost."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import quantiles


@dataclass
class Round:
    """One round of one contender. An operation is a request, a run, a test, a process.

    Attributes:
        cpu_us: CPU time of the contender for each operation, in microseconds, user and system, threads included.
        p50: Latency in milliseconds, as is p99; None where operations are not timed one by one.
        kb: What each operation left in memory.
    """

    throughput: float
    cpu_us: float
    p50: float | None
    p99: float | None
    operations: int
    wrong: int = 0
    memory: float | None = None
    kb: float | None = None
    at: float = field(default_factory=time.time)


class Meter:
    """Times what it surrounds, and each operation in it.

    with Meter() as meter:
        meter.time(handle)
    meter.round()

    Args:
        cpu: The clock of CPU time; that of this process if left out.
    """

    def __init__(self, cpu: Callable[[], float] = time.process_time) -> None:
        self._clock = cpu
        self.latencies: list[float] = []

    def __enter__(self) -> Meter:
        self._started = time.perf_counter(), self._clock()
        return self

    def __exit__(self, *_: object) -> None:
        started, cpu = self._started
        self.seconds, self.cpu = time.perf_counter() - started, self._clock() - cpu

    def time(self, operation: Callable[[], object]) -> None:
        started = time.perf_counter()
        operation()
        self.latencies.append((time.perf_counter() - started) * 1e3)

    def round(self, operations: int = 0, *, each: int = 1, kb: float | None = None) -> Round:
        """Return the figures of what was surrounded: `operations`, or those that were timed, `each` of them several."""
        count = (operations or len(self.latencies)) * each
        p50, p99 = percentiles(self.latencies)
        return Round(
            throughput=count / self.seconds,
            cpu_us=self.cpu / count * 1e6,
            p50=p50,
            p99=p99,
            operations=count,
            kb=kb,
        )


def percentiles(latencies: Sequence[float]) -> tuple[float | None, float | None]:
    if len(latencies) < 2:
        only = latencies[0] if latencies else None
        return only, only
    found = quantiles(latencies, n=100, method="inclusive")
    return found[49], found[98]
