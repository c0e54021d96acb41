"""The service with orders of its own for each test, a customer, and the one who approves refunds."""

from __future__ import annotations

import pytest
from novu_framework_testing import Conversation, NovuSimulator

ANN = {"subscriberId": "ann", "firstName": "Ann", "email": "ann@acme.test"}
LEAD = {"subscriberId": "support-lead", "firstName": "Lea"}


@pytest.fixture(autouse=True)
def service(novu: NovuSimulator) -> None:
    """Connect the service: the simulation calls its bridge as Novu would."""
    from support.main import create_app  # here, since it reads the key that `novu` sets

    novu.subscriber(LEAD)
    novu.connect(create_app())


@pytest.fixture
def conversation(novu: NovuSimulator) -> Conversation:
    """Ann, who writes in a channel of Slack."""
    return novu.agent("support-bot", subscriber=ANN, platform="slack", direct=False)
