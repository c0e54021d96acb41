"""Random workflows and requests, asked of the npm package and of our bridge, and how often the answers agree.

    python tests/contract/recorder/unseen.py --seed 1 --workflows 200 --requests 20

Needs Node, and the packages of `package.json` beside this file (`npm install --no-package-lock`). Prints every
disagreement with the request that led to it, then the number; exits with 1 below 99.5%.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[2]))

from novu_framework import Client  # noqa: E402
from novu_framework.bridge import BridgeRequest, RequestHandler  # noqa: E402
from novu_framework_testing.contract import Request, Response, Signature, differences  # noqa: E402
from novu_framework_testing.contract.comparison import json_type  # noqa: E402
from novu_framework_testing.contract.endpoint import parsed  # noqa: E402
from tests.contract.recorder.random_requests import random_request  # noqa: E402
from tests.contract.recorder.random_workflows import random_workflow  # noqa: E402
from tests.contract.workflows.described import from_description  # noqa: E402

SECRET_KEY = "contract-secret-key"
PREVIEWS = 5
WORKFLOWS_AT_ONCE = 20

DEPARTURES = (
    "Cannot convert undefined or null to object",  # the sanitiser, at null in a list
    "Cannot read properties of",  # state of the wrong type
    "is not a function",  # the same, and http_request
)
"""What the package says where our bridge answers differently on purpose; see `departures.json`."""


class Package:
    """The npm package, serving described workflows in a process of its own."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            ["node", "unseen.mjs"],
            cwd=HERE,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self._client = httpx.AsyncClient(timeout=60, trust_env=False)

    def serve(self, described: list[dict[str, Any]], *, strict: bool) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({"described": described, "strict": strict}) + "\n")
        self._process.stdin.flush()
        self._url = f"http://127.0.0.1:{int(self._process.stdout.readline())}/api/novu"

    async def ask(self, request: Request, headers: dict[str, str]) -> Response:
        answer = await self._client.request(
            request.method,
            self._url,
            params=list(request.query),
            headers=headers,
            content=request.content or None,
        )
        return Response(answer.status_code, dict(answer.headers), parsed(answer.content))

    async def close(self) -> None:
        await self._client.aclose()
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(10)


async def ask_ours(handler: RequestHandler, request: Request, headers: dict[str, str]) -> Response:
    answer = await handler(BridgeRequest(request.method, list(request.query), headers, request.content))
    return Response(answer.status, answer.headers, parsed(b"" if request.method == "HEAD" else answer.body))


def made_up(bodies: list[Any], path: str = "") -> Iterator[tuple[str, list[str]]]:
    """Where answers to one request differ, or say `[placeholder]`: pointers, with the JSON types seen there."""
    first = bodies[0]
    if all(body == first for body in bodies) and "[placeholder]" not in json.dumps(first):
        return
    kinds = {json_type(body) for body in bodies}
    invented = any(isinstance(body, (dict, list)) and "[placeholder]" in body for body in bodies)
    if kinds == {"object"} and not invented and all(body.keys() == first.keys() for body in bodies):
        for key in first:
            inner = f"{path}/{key.replace('~', '~0').replace('/', '~1')}"
            yield from made_up([body[key] for body in bodies], inner)
    elif kinds == {"array"} and not invented and all(len(body) == len(first) for body in bodies):
        for index in range(len(first)):
            yield from made_up([body[index] for body in bodies], f"{path}/{index}")
    elif invented or any(body != first for body in bodies):
        yield path, sorted(kinds)


async def compare(package: Package, handler: RequestHandler, request: Request) -> tuple[str, list[str]]:
    """Ask both: the verdict, and where the answers differ."""
    headers = request.signed_headers(SECRET_KEY, now=time.time_ns() // 1_000_000)
    theirs = await package.ask(request, headers)
    if not theirs.headers.get("content-type", "").startswith("application/json"):
        return "not the package's", []
    if isinstance(theirs.body, dict) and any(text in str(theirs.body.get("message")) for text in DEPARTURES):
        return "departure", []
    pointers: dict[str, list[str]] = {}
    if ("action", "preview") in request.query:
        others = [(await package.ask(request, headers)).body for _ in range(PREVIEWS - 1)]
        pointers = dict(made_up([theirs.body, *others]))
        if len({body.get("code") for body in others if isinstance(body, dict)}) > 1 or "/message" in pointers:
            return "not the package's", []  # it made something up that it then refused, or not, by chance
    found = differences(theirs, await ask_ours(handler, request, headers), made_up=pointers)
    return ("disagrees", [str(difference) for difference in found]) if found else ("agrees", [])


async def run(seed: int, workflows: int, requests: int) -> bool:
    chance = random.Random(seed)
    verdicts: Counter[str] = Counter()
    package = Package()
    try:
        for start in range(0, workflows, WORKFLOWS_AT_ONCE):
            described = [
                random_workflow(chance, f"wf-{start + number}") for number in range(WORKFLOWS_AT_ONCE)
            ]
            strict = chance.random() < 0.2
            package.serve(described, strict=strict)
            client = Client(secret_key=SECRET_KEY, strict_authentication=strict)
            handler = RequestHandler([from_description(one) for one in described], client)
            asked = [Request("GET", [("action", "discover")], signature=Signature())]
            asked += [random_request(chance, described) for _ in range(WORKFLOWS_AT_ONCE * requests)]
            for request in asked:
                verdict, found = await compare(package, handler, request)
                verdicts[verdict] += 1
                if found:
                    show(request, described, found)
    finally:
        await package.close()
    compared = verdicts["agrees"] + verdicts["disagrees"]
    share = verdicts["agrees"] / compared
    print(f"seed {seed}: {verdicts['agrees']} of {compared} answers agree ({share:.3%}); {dict(verdicts)}")
    return share >= 0.995


def show(request: Request, described: list[dict[str, Any]], found: list[str]) -> None:
    asked = dict(request.query).get("workflowId")
    workflow = next((one for one in described if one["workflowId"] == asked), None)
    print(f"--- {request.method} {dict(request.query)} {request.content.decode(errors='replace')[:1500]}")
    print(f"    {json.dumps(workflow)[:3000]}")
    for difference in found[:5]:
        print(f"    {difference}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--workflows", type=int, default=200)
    parser.add_argument("--requests", type=int, default=20, help="requests per workflow")
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    agreed = asyncio.run(run(options.seed, options.workflows, options.requests))
    raise SystemExit(0 if agreed else 1)


if __name__ == "__main__":
    main()
