"""What .github/workflows/notifications.yml does, against a Novu on this machine."""

import subprocess
import sys

import pytest
from fastapi import FastAPI
from novu_framework import Client, Step, workflow
from novu_framework.fastapi import serve

from billing.main import create_app
from billing.settings import Settings


@pytest.fixture
def sync(novu_cloud_server):
    """Runs `novu-framework sync` and gives what it said and its exit status."""

    def run(bridge: str, *options: str) -> tuple[str, int]:
        command = [sys.executable, "-m", "novu_framework", "sync", "--bridge-url", f"{bridge}/api/novu"]
        done = subprocess.run(
            [*command, "--api-url", novu_cloud_server.url, *options],
            check=False,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.stderr == ""
        return done.stdout, done.returncode

    return run


@pytest.fixture
def service(novu_cloud_server, deploy) -> str:
    return deploy(create_app(Settings("test", novu_cloud_server.url, "")))


def test_a_check_fails_until_there_was_a_sync(service, sync, novu_cloud_server):
    assert sync(service, "--check") == ("+ invoice\nA sync is needed.\n", 1)
    assert list(novu_cloud_server.workflows) == []

    assert sync(service)[1] == 0

    assert sync(service, "--check") == ("In sync: 1 workflow.\n", 0)


def test_a_check_sees_that_a_step_was_added(service, sync, deploy, novu_cloud_server):
    sync(service)

    @workflow("invoice", name="Invoice", tags=["billing"], preferences={"all": {"read_only": True}})
    async def invoice(step: Step) -> None:
        await step.sms("sms", {"body": "An invoice is due."})

    next_release = FastAPI()
    serve(next_release, workflows=[invoice], client=Client(api_url=novu_cloud_server.url))
    said, status = sync(deploy(next_release), "--check")

    assert status == 1
    assert said.startswith("~ invoice")
    assert "step `sms` added" in said


def test_what_was_synced_can_be_triggered(service, sync, novu_cloud_server):
    sync(service)

    run = novu_cloud_server.trigger(
        "invoice", to="acme", payload={"number": "1", "amount": "€1", "due": "now"}
    ).run

    assert run.step("inbox").status == "completed"
