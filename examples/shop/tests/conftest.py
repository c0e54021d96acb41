"""What the shop's tests share. The fixtures named `novu...` come with `novu-framework[testing]`."""

from collections.abc import AsyncIterator

import httpx
import pytest

from shop.models import Customer
from shop.store import store

ANN = Customer(
    id="ann",
    first_name="Ann",
    email="ann@acme.test",
    phone="+43123456",
    street="Elm Street 12",
    city="1070 Vienna",
)


@pytest.fixture(autouse=True)
def ann() -> Customer:
    """The shop as it opens, with one customer."""
    store.clear()
    store.customers[ANN.id] = ANN
    return ANN


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def web(novu_cloud) -> AsyncIterator[httpx.AsyncClient]:
    """The shop's endpoints. What they trigger arrives at `novu_cloud`, which calls the shop's own bridge."""
    from shop.main import app  # here, since it reads the key that `novu_cloud` sets

    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://shop.test") as client:
        yield client
