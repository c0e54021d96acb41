"""Record what the npm package answers when the simulation drives its workflow; see `record.sh`.

`parity.mjs` serves the workflow by Express; the simulation runs the story of `tests/integration/parity.py` on
it. Each execute event with its answer goes into `node-bridge.json`, which `test_node_parity.py` plays back.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from novu_framework_testing import BridgeAnswer, BridgeFailure, NovuSimulator, UrlBridge
from tests.integration.parity import KEY, START, story

HERE = Path(__file__).parent


class RecordingBridge(UrlBridge):
    """A bridge on loopback that keeps what it was asked and what it answered."""

    def __init__(self, url: str) -> None:
        super().__init__(url, secret_key=KEY)
        self.calls: list[dict[str, Any]] = []

    async def execute(
        self, workflow_id: str, step_id: str, event: dict[str, Any], *, job_id: str
    ) -> BridgeAnswer:
        call: dict[str, Any] = {"stepId": step_id, "event": json.loads(json.dumps(event))}
        self.calls.append(call)
        try:
            answer = await super().execute(workflow_id, step_id, event, job_id=job_id)
        except BridgeFailure as failure:
            call["failure"] = {
                "message": failure.message,
                "status": failure.status,
                "code": failure.code,
                "data": failure.data,
            }
            raise
        call["answer"] = {"outputs": answer.outputs, "providers": answer.providers, "skip": answer.skip}
        return answer


def main() -> None:
    node = subprocess.Popen(["node", "parity.mjs", KEY], cwd=HERE, stdout=subprocess.PIPE, text=True)
    try:
        assert node.stdout is not None
        bridge = RecordingBridge(f"http://127.0.0.1:{int(node.stdout.readline())}/api/novu")
        with NovuSimulator(START, KEY) as novu:
            synced = novu.connect(bridge)
            story(novu)
            recorded = {"workflows": [one.definition for one in synced], "calls": bridge.calls}
    finally:
        node.terminate()
        node.wait(10)
    text = json.dumps(recorded, indent=1, ensure_ascii=False)
    (HERE / "node-bridge.json").write_text(f"{text}\n", encoding="utf-8")
    print(f"node-bridge.json: {len(bridge.calls)} calls")


if __name__ == "__main__":
    main()
