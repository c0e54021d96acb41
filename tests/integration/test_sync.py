"""Syncing a bridge in strict mode over real HTTP, and what Novu keeps of it."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from novu_framework_testing import NovuSimulator
from novu_framework_testing.api import Cloud
from novu_framework_testing.api.server import CloudServer
from tests.integration.bridge_server import served

KEY = "test-secret"


@pytest.fixture(scope="module")
def bridge_url() -> Iterator[str]:
    with served(KEY) as url:
        yield url


@pytest.fixture
def api(novu: NovuSimulator) -> Iterator[httpx.Client]:
    with CloudServer(Cloud(novu)) as server:
        headers = {"Authorization": f"ApiKey {novu.secret_key}"}
        with httpx.Client(base_url=server.url, headers=headers) as client:
            yield client


@pytest.mark.novu(secret_key=KEY)
def test_synced_workflows_can_be_triggered(api: httpx.Client, bridge_url: str, novu: NovuSimulator) -> None:
    synced = api.post("/v1/bridge/sync?source=cli", json={"bridgeUrl": bridge_url})
    assert synced.status_code == 201
    assert [one["triggers"][0]["identifier"] for one in synced.json()["data"]] == [
        "comment-notification",
        "security-alert",
        "daily-digest",
    ]

    event = {"name": "comment-notification", "to": "ann", "payload": {"comment": "Hi"}}
    assert api.post("/v1/events/trigger", json=event).json()["data"]["status"] == "processed"
    assert novu.messages[0].body == "New comment: Hi"


@pytest.mark.novu(secret_key="another")
def test_a_bridge_with_another_key_is_not_synced(
    api: httpx.Client, bridge_url: str, novu: NovuSimulator
) -> None:
    response = api.post("/v1/bridge/sync", json={"bridgeUrl": bridge_url})

    assert response.status_code == 400
    assert "SignatureMismatchError" in response.json()["message"]
    assert len(novu.workflows) == 0
    assert api.get("/v1/bridge/status").status_code == 400


@pytest.mark.novu(secret_key=KEY)
def test_the_status_validity_and_difference_of_a_bridge(api: httpx.Client, bridge_url: str) -> None:
    def is_valid(url: str) -> bool:
        return bool(api.post("/v1/bridge/validate", json={"bridgeUrl": url}).json()["data"]["isValid"])

    assert api.post("/v1/bridge/diff", json={"workflows": []}).status_code == 400
    assert is_valid(bridge_url)
    assert not is_valid(bridge_url.replace("/api/novu", "/elsewhere"))
    api.post("/v1/bridge/sync", json={"bridgeUrl": bridge_url})

    status = api.get("/v1/bridge/status").json()["data"]
    difference = api.post("/v1/bridge/diff", json={"workflows": [], "bridgeUrl": "http://new.test"}).json()[
        "data"
    ]

    assert (status["status"], status["discovered"]["workflows"]) == ("ok", 3)
    assert difference["current"]["bridgeUrl"] == bridge_url
    assert difference["current"]["workflows"][0]["workflowId"] == "comment-notification"
    assert difference["new"] == {"workflows": [], "bridgeUrl": "http://new.test"}


@pytest.mark.novu(secret_key=KEY)
def test_a_trigger_may_bring_its_own_bridge(api: httpx.Client, bridge_url: str, novu: NovuSimulator) -> None:
    event = {"name": "security-alert", "to": "ann", "payload": {}}

    assert api.post("/v1/events/trigger", json=event).status_code == 422
    assert api.post("/v1/events/trigger", json={**event, "bridgeUrl": bridge_url}).status_code == 201
    nowhere = api.post("/v1/events/trigger", json={**event, "bridgeUrl": "http://127.0.0.1:9/api/novu"})

    assert novu.messages[0].body == "Somebody signed in."
    assert nowhere.status_code == 422
    assert "cannot be reached" in nowhere.json()["message"]


@pytest.mark.parametrize("url", ["", "ftp://acme.test", "acme.test/api/novu", 7])
def test_a_bridge_url_that_is_none_is_refused(api: httpx.Client, url: object) -> None:
    response = api.post("/v1/bridge/sync", json={"bridgeUrl": url})

    assert response.status_code == 422
    assert response.json()["errors"]["general"]["messages"] == ["bridgeUrl must be a URL address"]
