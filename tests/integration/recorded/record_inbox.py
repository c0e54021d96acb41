"""Record what a web page asks with `@novu/js`, and what the package was content with, in `inbox.json`; see `record.sh`."""

from __future__ import annotations

import json
import subprocess

from novu_framework_testing import NovuSimulator
from novu_framework_testing.api.server import CloudServer
from tests.integration import workflows
from tests.integration.recorded.record import HERE, KEY, START, RecordingCloud


def prepare(novu: NovuSimulator) -> None:
    """Have three notifications for ann."""
    novu.register(*workflows.ALL)
    for number in (1, 2, 3):
        novu.trigger("comment-notification", to="ann", payload={"comment": f"Hi {number}", "post_id": "1"})


def main() -> None:
    with NovuSimulator(start=START, secret_key=KEY) as novu:
        prepare(novu)
        cloud = RecordingCloud(novu)
        with CloudServer(cloud) as server:
            subprocess.run(["node", "inbox.mjs", server.url], cwd=HERE, check=True, timeout=120)
        text = json.dumps(cloud.exchanges, indent=1, ensure_ascii=False)
        (HERE / "inbox.json").write_text(f"{text}\n")
        print(f"inbox.json: {len(cloud.exchanges)} requests")


if __name__ == "__main__":
    main()
