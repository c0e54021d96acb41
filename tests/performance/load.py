"""The load generator: wrk where it is installed, and otherwise a small one of our own."""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from cases import Load
from measures import percentiles

_WRK_SCRIPT = """
local file = io.open({body!r}, "rb")
wrk.method = {method!r}
wrk.body = file:read("*a")
file:close()
{headers}
done = function(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format('RESULT {{"requests": %d, "us": %d, "status": %d, "lost": %d, "p50": %f, "p99": %f}}\\n',
    summary.requests, summary.duration, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50), latency:percentile(99)))
end
"""


class Driven(NamedTuple):
    """What was answered in some seconds; latencies in milliseconds."""

    requests: int
    seconds: float
    p50: float
    p99: float
    wrong: int


def generator() -> str:
    return "wrk" if shutil.which("wrk") else "asyncio"


def drive(url: str, load: Load, seconds: float) -> Driven:
    """Ask the request of `load` over and over on its connections; count what was answered."""
    if shutil.which("wrk"):
        return _wrk(url, load, seconds)
    return asyncio.run(_asyncio(url, load, seconds))


def _wrk(url: str, load: Load, seconds: float) -> Driven:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "body").write_bytes(load.body)
        script = Path(folder, "request.lua")
        script.write_text(
            _WRK_SCRIPT.format(
                body=str(Path(folder, "body")),
                method=load.method,
                headers="\n".join(
                    f"wrk.headers[{name!r}] = {value!r}" for name, value in load.headers().items()
                ),
            )
        )
        whole = max(1, round(seconds))
        options = ["-t1", f"-c{load.connections}", f"-d{whole}s", "--timeout=30s", "-s", str(script)]
        done = subprocess.run(
            ["wrk", *options, url + load.path], capture_output=True, text=True, timeout=whole + 60, check=True
        )
    line = next(line for line in done.stdout.splitlines() if line.startswith("RESULT "))
    result = json.loads(line.removeprefix("RESULT "))
    # wrk counts as wrong every status above 399
    wrong = result["status"] if load.status < 400 else result["requests"] - result["status"]
    return Driven(
        result["requests"],
        result["us"] / 1e6,
        result["p50"] / 1e3,
        result["p99"] / 1e3,
        wrong + result["lost"],
    )


async def _asyncio(url: str, load: Load, seconds: float) -> Driven:
    parts = urlsplit(url + load.path)
    lines = [f"{load.method} {parts.path}?{parts.query} HTTP/1.1", f"host: {parts.netloc}"]
    lines += [f"{name}: {value}" for name, value in load.headers().items()]
    lines.append(f"content-length: {len(load.body)}")
    request = "\r\n".join(lines).encode() + b"\r\n\r\n" + load.body
    latencies: list[float] = []
    wrong = 0
    start = time.perf_counter()

    async def connection() -> None:
        nonlocal wrong
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port, limit=2**24)
        while (asked := time.perf_counter()) - start < seconds:
            writer.write(request)
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
            await reader.readexactly(length)
            latencies.append((time.perf_counter() - asked) * 1e3)
            wrong += int(head.split(b" ", 2)[1]) != load.status
        writer.close()
        await writer.wait_closed()

    await asyncio.gather(*(connection() for _ in range(load.connections)))
    took = time.perf_counter() - start
    p50, p99 = percentiles(latencies)
    return Driven(len(latencies), took, p50 or 0, p99 or 0, wrong)
