from __future__ import annotations

from collections.abc import Iterator

import pytest

from novu_framework_testing import NovuSimulator
from novu_framework_testing.api import Cloud
from novu_framework_testing.api.mock import MockedCloud
from novu_framework_testing.api.server import CloudServer
from tests.integration import workflows


@pytest.fixture(params=["respx", "loopback"])
def door(request: pytest.FixtureRequest, novu: NovuSimulator) -> Iterator[tuple[Cloud, str]]:
    """The simulated API with our workflows behind it, and the URL at which a client reaches it: both doors."""
    novu.register(*workflows.ALL)
    cloud = Cloud(novu)
    if request.param == "respx":
        with MockedCloud(cloud):
            yield cloud, "https://api.novu.co"
    else:
        with CloudServer(cloud) as server:
            yield cloud, server.url
