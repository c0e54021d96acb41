"""A trigger goes to the Novu of the environment, and that Novu calls this service's bridge: all over real HTTP."""

import httpx
import pytest

from billing.main import create_app
from billing.settings import Settings

INVOICE = {"number": "2026-17", "amount": "€120.00", "due": "31 January"}


@pytest.fixture
def service(novu_cloud_server, deploy) -> str:
    """The service, with a Novu on this machine."""
    url = deploy(create_app(Settings("test", novu_cloud_server.url, "")))
    novu_cloud_server.connect(f"{url}/api/novu")
    return url


def test_an_invoice_arrives_and_is_reminded_of(service, novu_cloud_server, novu_snapshot):
    novu_cloud_server.subscriber({"subscriberId": "acme", "email": "office@acme.test"})

    response = httpx.post(f"{service}/invoices/acme", json=INVOICE)
    novu_cloud_server.advance(days=3)

    assert response.json() == {"transaction": "invoice-2026-17"}
    assert novu_cloud_server.triggers[0].run == novu_snapshot


def test_an_invoice_that_is_sent_twice_arrives_once(service, novu_cloud_server):
    for _ in range(2):
        httpx.post(f"{service}/invoices/acme", json=INVOICE)

    assert len(novu_cloud_server.subscriber("acme").inbox) == 1
