"""Record what Novu's own Node clients ask, and what they were content with; see `record.sh`.

`novu sync`, the published command line, syncs an example app in strict mode; then a script uses `@novu/api`.
Both have to succeed. What they asked and what we answered goes into `sync.json` and `api-client.json`, which
`test_recorded.py` replays without Node.
"""

from __future__ import annotations

import json
import subprocess
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from novu_framework import AgentContext, agent
from novu_framework.agents import AgentMessage
from novu_framework_testing import Conversation, NovuSimulator
from novu_framework_testing.api import ApiRequest, ApiResponse, Cloud
from novu_framework_testing.api.server import CloudServer
from tests.integration.bridge_server import served

HERE = Path(__file__).parent
KEY = "recorded-secret"
START = datetime(2026, 1, 1, tzinfo=timezone.utc)
# Of a request's headers, those that the API looks at.
KEPT_HEADERS = ("authorization", "content-type", "idempotency-key")


@agent("talker")
async def talker(message: AgentMessage, ctx: AgentContext) -> None: ...


def conversation(novu: NovuSimulator) -> Conversation:
    """Open the conversation that the client replies to."""
    return novu.agent(talker)


class RecordingCloud(Cloud):
    """A cloud that keeps each request with its answer."""

    def __init__(self, novu: NovuSimulator) -> None:
        super().__init__(novu)
        self.exchanges: list[dict[str, Any]] = []

    async def handle_async(self, request: ApiRequest, *, patience: float | None = None) -> ApiResponse:
        response = await super().handle_async(request, patience=patience)
        self.exchanges.append(
            {
                "method": request.method,
                "path": request.path,
                "query": {name: list(values) for name, values in request.query.items()},
                "headers": {name: request.headers[name] for name in KEPT_HEADERS if name in request.headers},
                "body": request.content.decode() if request.is_form else request.json,
                "status": response.status,
                "answer": response.json,
            }
        )
        return response


def main() -> None:
    with served(KEY) as bridge_url, NovuSimulator(start=START, secret_key=KEY) as novu:
        cloud, talk = RecordingCloud(novu), conversation(novu)
        with CloudServer(cloud) as server:
            url = ("--api-url", server.url, "--bridge-url", bridge_url, "--secret-key", KEY)
            subprocess.run(["npx", "novu", "sync", *url], cwd=HERE, check=True, timeout=120)
            write("sync.json", cloud, bridge_url)
            subprocess.run(
                ["node", "api-client.mjs", server.url, KEY, talk.id], cwd=HERE, check=True, timeout=120
            )
            write("api-client.json", cloud, bridge_url)


def write(name: str, cloud: RecordingCloud, bridge_url: str | None = None) -> None:
    """Write what a cloud kept, and let it forget that."""
    text = json.dumps(cloud.exchanges, indent=1, ensure_ascii=False)
    if bridge_url is not None:
        text = text.replace(bridge_url, "BRIDGE_URL")
    (HERE / name).write_text(f"{text}\n")
    print(f"{name}: {len(cloud.exchanges)} requests")
    cloud.exchanges.clear()


if __name__ == "__main__":
    main()
