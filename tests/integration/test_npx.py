"""What `npx novu` 2.20 asked, command by command, asked again: it was content with these answers.

Recorded from the commands themselves, run against `novu-framework cloud`: `translations pull`, `translations push`,
`step publish` (its bundle is cut short here) and `connect --ci --runtime custom-code --channel email`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from novu_framework_testing import Cloud, NovuSimulator
from novu_framework_testing.api.http import ApiRequest, ApiResponse
from novu_framework_testing.simulation.clock import iso

ASKED = json.loads((Path(__file__).parent / "recorded" / "npx.json").read_text("utf-8"))
KEY = "test-secret"
STEP = {"name": "Bell", "type": "in_app", "stepId": "bell"}
ONBOARDING = {"name": "Onboarding", "workflowId": "onboarding", "__source": "editor", "steps": [STEP]}


@pytest.fixture
def cloud() -> Iterator[Cloud]:
    with NovuSimulator(secret_key=KEY) as novu:
        cloud = Cloud(novu)
        ask(cloud, "POST", "/v2/workflows", body=json.dumps(ONBOARDING))
        for locale in ("de_DE", "en_US"):
            about = {"resourceId": "onboarding", "resourceType": "workflow", "locale": locale}
            ask(cloud, "POST", "/v2/translations", body=json.dumps({**about, "content": {"hi": "old"}}))
        yield cloud


def ask(
    cloud: Cloud,
    method: str,
    path: str,
    *,
    query: dict[str, list[str]] | None = None,
    type: str | None = "application/json",
    body: str = "",
) -> ApiResponse:
    headers = {"authorization": f"ApiKey {KEY}"} | ({"content-type": type} if type else {})
    return cloud.handle(ApiRequest(method, path, query or {}, headers, body.encode()))


def test_each_command_gets_the_answers_it_took(cloud: Cloud) -> None:
    answers: dict[str, Any] = {}
    for one in ASKED:
        about = {name: one[name] for name in ("query", "type", "body")}
        answer = ask(cloud, one["method"], one["path"], **about)
        assert (one["path"], answer.status) == (one["path"], one["status"])
        answers[one["path"]] = answer.json["data"]

    locales = answers["/v1/organizations/settings"]
    assert (locales["defaultLocale"], locales["targetLocales"]) == ("en_US", ["de_DE"])
    pushed = ask(cloud, "GET", "/v2/translations/master-json", query={"locale": ["de_DE"]}).json["data"]
    assert pushed["workflows"] == {"onboarding": {"hi": "de_DE"}}
    deployed = answers["/v2/step-resolvers/deploy"]
    assert (deployed["deployedStepsCount"], deployed["skippedSteps"]) == (1, [])
    assert deployed["deployedAt"] == iso(cloud.novu.now)
    # the SHA-256 of `export default {};` in Crockford's Base32
    assert (deployed["stepResolverHash"], deployed["workerId"]) == ("kw45p-43snc", "simulated-kw45p-43snc")
    linked = answers["/v1/agents/helper/integrations"]["integration"]
    assert linked["sharedInboundAddress"] == "helper@agents.novu.test"


@pytest.mark.parametrize(
    ("old", "new", "status", "says"),
    [
        ('"stepId":"bell"', '"stepId":"door"', 400, "Step cannot be found in workflow"),
        ('"workflowId":"onboarding"', '"workflowId":"boarding"', 404, "Workflow cannot be found: boarding"),
        ('"stepType":"in_app"', '"stepType":"email"', 400, "does not match the actual step type 'in_app'"),
        ('{"steps":[', '{"steps":', 400, "The manifest is not valid JSON"),
        ('name="bundle"', 'name="bindle"', 400, "The form needs a `bundle`."),
    ],
)
def test_a_deployment_of_what_is_not_there_is_refused(
    cloud: Cloud, old: str, new: str, status: int, says: str
) -> None:
    (deploy,) = [one for one in ASKED if one["path"] == "/v2/step-resolvers/deploy"]
    answer = ask(cloud, "POST", deploy["path"], type=deploy["type"], body=deploy["body"].replace(old, new))
    assert answer.status == status
    assert says in answer.json["message"]
