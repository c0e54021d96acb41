"""What Novu's own Node clients asked, as recorded, asked again: the answers must still be what they took.

`recorded/record.sh` records it anew; there the clients, with their own schemas, are the judges.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from novu_framework_testing import NovuSimulator
from novu_framework_testing.api import ApiRequest, Cloud
from tests.integration.bridge_server import served
from tests.integration.recorded.record import KEY, START, conversation
from tests.integration.recorded.record_first import NAME, simulated

RECORDED = Path(__file__).parent / "recorded"


def test_novu_sync_and_the_node_client_get_the_answers_they_took() -> None:
    with served(KEY) as bridge_url, NovuSimulator(start=START, secret_key=KEY) as novu:
        cloud = Cloud(novu)
        conversation(novu)
        for name in ("sync.json", "api-client.json"):
            text = (RECORDED / name).read_text().replace("BRIDGE_URL", bridge_url)
            _ask_again(cloud, text)

        assert [workflow.workflow_id for workflow in novu.workflows] == [
            "comment-notification",
            "security-alert",
            "daily-digest",
        ]
        assert cloud.bridge_url == bridge_url


def test_the_client_of_the_first_version_gets_the_answers_it_took() -> None:
    with simulated() as novu:
        _ask_again(Cloud(novu), (RECORDED / NAME).read_text())


def _ask_again(cloud: Cloud, recorded: str) -> None:
    for exchange in json.loads(recorded):
        response = cloud.handle(_request(exchange))
        asked = f"{exchange['method']} {exchange['path']}"
        assert (asked, response.status) == (asked, exchange["status"])
        assert (asked, _without_code(response.json)) == (asked, _without_code(exchange["answer"]))


def _request(exchange: dict[str, Any]) -> ApiRequest:
    body = exchange["body"]  # a form is a text
    content = body.encode() if isinstance(body, str) else b"" if body is None else json.dumps(body).encode()
    return ApiRequest(exchange["method"], exchange["path"], exchange["query"], exchange["headers"], content)


def _without_code(value: Any) -> Any:
    """Return an answer without the source text of the workflows, which `inspect` writes a little differently by version.

    All else is compared by value: ids, times and keys of the simulation are the same in each run.
    """
    if isinstance(value, dict):
        return {key: _without_code(one) for key, one in value.items() if key != "code"}
    return [_without_code(one) for one in value] if isinstance(value, list) else value
