"""Record what `@novu/node`, Novu's client of the API's first version, asks, and what it was content with; see `record.sh`."""

from __future__ import annotations

import subprocess

from novu_framework_testing import NovuSimulator
from novu_framework_testing.api.server import CloudServer
from tests.integration import workflows
from tests.integration.recorded.record import HERE, KEY, START, RecordingCloud, write

NAME = "first-client.json"


def simulated() -> NovuSimulator:
    """Return the simulation that is asked, here and again in `test_recorded.py`."""
    novu = NovuSimulator(start=START, secret_key=KEY)
    novu.register(*workflows.ALL)
    return novu


def main() -> None:
    with simulated() as novu:
        cloud = RecordingCloud(novu)
        with CloudServer(cloud) as server:
            subprocess.run(["node", "first-client.mjs", server.url, KEY], cwd=HERE, check=True, timeout=120)
        write(NAME, cloud)


if __name__ == "__main__":
    main()
