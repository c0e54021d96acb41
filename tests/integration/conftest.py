from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
import pytest_asyncio

from novu_framework_testing import NovuSimulator
from novu_framework_testing.api import Cloud
from novu_framework_testing.api.mock import MockedCloud
from novu_framework_testing.api.server import CloudServer
from tests.integration import workflows
from tests.integration.opened import Opened


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


@pytest_asyncio.fixture(loop_scope="session")
async def open_page(chromium: Any) -> AsyncIterator[Any]:
    """`await open_page(url, width=1440, scheme="light")`: a page in Chromium, closed with the test."""
    from playwright.async_api import expect

    contexts = []
    expect.set_options(timeout=120_000)  # a loaded machine is slow, and no failure

    async def open_page(
        url: str, *, width: int = 1440, scheme: str = "light", forced: bool = False, offline: bool = False
    ) -> Opened:
        context = await chromium.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            forced_colors="active" if forced else "none",
            offline=offline,
            reduced_motion="reduce",
        )
        context.set_default_timeout(120_000)
        contexts.append(context)
        opened = Opened(await context.new_page())
        await opened.page.goto(url)
        return opened

    yield open_page
    for context in contexts:
        await context.close()
