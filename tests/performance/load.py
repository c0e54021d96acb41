"""The load generator: wrk where it is installed, and otherwise a small one of our own."""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlsplit

from cases import Round

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


def generator() -> str:
    return "wrk" if shutil.which("wrk") else "asyncio"


def drive(
    url: str,
    method: str,
    headers: Mapping[str, str],
    body: bytes,
    *,
    connections: int,
    seconds: float,
    status: int = 200,
) -> Round:
    """Ask the same request over and over on `connections` connections; count what was answered."""
    if shutil.which("wrk"):
        return _wrk(url, method, headers, body, connections, seconds, status)
    return asyncio.run(_asyncio(url, method, headers, body, connections, seconds, status))


def _wrk(
    url: str,
    method: str,
    headers: Mapping[str, str],
    body: bytes,
    connections: int,
    seconds: float,
    status: int,
) -> Round:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "body").write_bytes(body)
        script = Path(folder, "request.lua")
        script.write_text(
            _WRK_SCRIPT.format(
                body=str(Path(folder, "body")),
                method=method,
                headers="\n".join(f"wrk.headers[{name!r}] = {value!r}" for name, value in headers.items()),
            )
        )
        whole = max(1, round(seconds))
        command = ["wrk", "-t1", f"-c{connections}", f"-d{whole}s", "--timeout=10s", "-s", str(script), url]
        done = subprocess.run(command, capture_output=True, text=True, timeout=whole + 30, check=True)
    line = next(line for line in done.stdout.splitlines() if line.startswith("RESULT "))
    result = json.loads(line.removeprefix("RESULT "))
    # wrk counts as wrong every status above 399
    wrong = result["status"] if status < 400 else result["requests"] - result["status"]
    return Round(
        throughput=result["requests"] / (result["us"] / 1e6),
        p50=result["p50"] / 1e3,
        p99=result["p99"] / 1e3,
        requests=result["requests"],
        wrong=wrong + result["lost"],
    )


async def _asyncio(
    url: str,
    method: str,
    headers: Mapping[str, str],
    body: bytes,
    connections: int,
    seconds: float,
    status: int,
) -> Round:
    parts = urlsplit(url)
    lines = [f"{method} {parts.path}?{parts.query} HTTP/1.1", f"host: {parts.netloc}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    lines.append(f"content-length: {len(body)}")
    request = "\r\n".join(lines).encode() + b"\r\n\r\n" + body
    latencies: list[float] = []
    wrong = 0
    start = time.perf_counter()

    async def connection() -> None:
        nonlocal wrong
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        while (asked := time.perf_counter()) - start < seconds:
            writer.write(request)
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
            await reader.readexactly(length)
            latencies.append(time.perf_counter() - asked)
            wrong += int(head.split(b" ", 2)[1]) != status
        writer.close()
        await writer.wait_closed()

    await asyncio.gather(*(connection() for _ in range(connections)))
    took = time.perf_counter() - start
    percentiles = quantiles(latencies, n=100)
    return Round(
        throughput=len(latencies) / took,
        p50=percentiles[49] * 1e3,
        p99=percentiles[98] * 1e3,
        requests=len(latencies),
        wrong=wrong,
    )
