"""Translations through the API: kept, given back, imported, exported, and sent as files."""

from __future__ import annotations

import json
from typing import Any

import pytest

from novu_framework_testing import NovuSimulator
from novu_framework_testing.api import ApiRequest, ApiResponse, Cloud
from tests.integration import workflows

HELLO = {
    "resourceId": "daily-digest",
    "resourceType": "workflow",
    "locale": "en_US",
    "content": {"hi": "Hello"},
}
ONE = "/v2/translations/workflow/daily-digest"


@pytest.fixture
def cloud(novu: NovuSimulator) -> Cloud:
    novu.register(*workflows.ALL)
    return Cloud(novu)


def ask(cloud: Cloud, method: str, path: str, body: Any = None) -> ApiResponse:
    headers = [("authorization", f"ApiKey {cloud.novu.secret_key}")]
    return cloud.handle(
        ApiRequest.parse(method, path, headers, b"" if body is None else json.dumps(body).encode())
    )


def send(cloud: Cloud, path: str, files: dict[str, bytes], **fields: str) -> ApiResponse:
    parts = [f'name="{name}"\r\n\r\n{value}'.encode() for name, value in fields.items()]
    parts += [
        f'name="files"; filename="{name}"\r\n\r\n'.encode() + content for name, content in files.items()
    ]
    content = (
        b"".join(b"--x\r\nContent-Disposition: form-data; " + part + b"\r\n" for part in parts) + b"--x--\r\n"
    )
    headers = [
        ("authorization", f"ApiKey {cloud.novu.secret_key}"),
        ("content-type", "multipart/form-data; boundary=x"),
    ]
    return cloud.handle(ApiRequest.parse("POST", path, headers, content))


def test_a_translation_is_kept_until_it_is_deleted(cloud: Cloud) -> None:
    made = ask(cloud, "POST", "/v2/translations", HELLO)
    changed = ask(cloud, "POST", "/v2/translations", {**HELLO, "content": {"hi": "Hi"}})
    assert (made.status, changed.json["data"]["content"]) == (200, {"hi": "Hi"})
    assert ask(cloud, "GET", f"{ONE}/en_US").json["data"]["content"] == {"hi": "Hi"}
    group = ask(cloud, "GET", "/v2/translations/group/workflow/daily-digest").json["data"]
    assert (group["locales"], group["resourceName"]) == (["en_US"], "daily-digest")
    assert ask(cloud, "DELETE", f"{ONE}/en_US").status == 204
    assert ask(cloud, "GET", f"{ONE}/en_US").status == ask(cloud, "DELETE", ONE).status == 404


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"resourceId": "none"}, 404),
        ({"resourceType": "layout"}, 404),
        ({"resourceType": "page"}, 422),
        ({"locale": "english (us)"}, 422),
        ({"content": "text"}, 422),
        ({"locale": None}, 422),
    ],
)
def test_a_translation_that_is_wrong_is_refused(cloud: Cloud, wrong: dict[str, Any], status: int) -> None:
    assert ask(cloud, "POST", "/v2/translations", {**HELLO, **wrong}).status == status


def test_the_master_json_comes_out_as_it_went_in(cloud: Cloud) -> None:
    master = {"workflows": {"daily-digest": {"hi": "Hallo"}}, "layouts": {}}
    answer = ask(cloud, "POST", "/v2/translations/master-json", {"locale": "de_DE", "masterJson": master})
    assert (answer.json["data"]["success"], answer.json["data"]["successful"]) == (True, ["daily-digest"])
    assert ask(cloud, "GET", "/v2/translations/master-json?locale=de_DE").json["data"] == master
    assert ask(cloud, "GET", "/v2/translations/master-json").json["data"] == {"workflows": {}, "layouts": {}}
    unknown = {"locale": "de_DE", "masterJson": {"workflows": {"none": {}}}}
    assert ask(cloud, "POST", "/v2/translations/master-json", unknown).json["data"]["failed"] == ["none"]


def test_files_are_named_after_their_locales(cloud: Cloud) -> None:
    files = {
        "en_US.json": b'{"hi": "Hello"}',
        "de_DE.json": b"{",
        "english language.json": b"{}",
        "fr_FR.json": b"[]",
    }
    answer = send(
        cloud, "/v2/translations/upload", files, resourceId="daily-digest", resourceType="workflow"
    ).json["data"]
    assert (answer["totalFiles"], answer["successfulUploads"], answer["failedUploads"]) == (4, 1, 3)
    assert [error.partition(":")[0] for error in answer["errors"]] == [
        "de_DE.json",
        "english language.json",
        "fr_FR.json",
    ]
    assert ask(cloud, "GET", f"{ONE}/en_US").json["data"]["content"] == {"hi": "Hello"}
    none = send(cloud, "/v2/translations/upload", {}, resourceId="daily-digest", resourceType="workflow")
    assert (none.status, none.json["message"]) == (400, "No files provided")


def test_a_master_file_is_named_after_its_locale(cloud: Cloud) -> None:
    master = json.dumps({"workflows": {"daily-digest": {"hi": "Hallo"}}}).encode()
    assert send(cloud, "/v2/translations/master-json/upload", {"de_DE.json": master}).json["data"]["success"]
    assert ask(cloud, "GET", f"{ONE}/de_DE").status == 200
    for wrong in ({}, {"de_DE.json": b"{"}, {"no locale.json": b"{}"}):
        assert send(cloud, "/v2/translations/master-json/upload", wrong).status == 400
    assert ask(cloud, "POST", "/v2/translations/upload", {}).status == 400


def test_the_locales_are_those_that_were_set_or_else_those_there_are(cloud: Cloud) -> None:
    ask(cloud, "POST", "/v2/translations", {**HELLO, "locale": "de_DE"})
    assert ask(cloud, "GET", "/v1/organizations/settings").json["data"]["targetLocales"] == ["de_DE"]
    ask(cloud, "PATCH", "/v1/organizations/settings", {"targetLocales": ["fr_FR"]})
    settings = ask(cloud, "GET", "/v1/organizations/settings").json["data"]
    assert (settings["defaultLocale"], settings["targetLocales"]) == ("en_US", ["fr_FR"])


@pytest.mark.parametrize(
    ("manifest", "status"),
    [
        ('{"steps": [{"workflowId": "daily-digest", "stepId": "summary", "stepType": "email"}]}', 201),
        ('{"steps": [{"workflowId": "daily-digest", "stepId": "none", "stepType": "email"}]}', 400),
        ('{"steps": [{"workflowId": "none", "stepId": "summary", "stepType": "email"}]}', 404),
        ('{"steps": []}', 422),
        ("{", 400),
    ],
)
def test_code_for_a_step_is_noted(cloud: Cloud, manifest: str, status: int) -> None:
    answer = send(cloud, "/v2/step-resolvers/deploy", {}, manifest=manifest, bundle="export default 1")
    step = ask(cloud, "GET", "/v2/workflows/daily-digest/steps/summary").json["data"]
    assert answer.status == status
    assert step.get("stepResolverHash") == (
        answer.json["data"]["stepResolverHash"] if status == 201 else None
    )
