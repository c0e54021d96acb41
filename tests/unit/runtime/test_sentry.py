"""What Sentry's own integration for FastAPI reports of a bridge."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.processes import python

SCRIPT = """
import json
import sentry_sdk
from sentry_sdk.scrubber import DEFAULT_DENYLIST, EventScrubber
from sentry_sdk.transport import Transport

reported = []

class Kept(Transport):
    def capture_envelope(self, envelope):
        reported.extend(item.payload.json for item in envelope.items if item.type in ("event", "transaction"))

sentry_sdk.init(
    dsn="https://key@sentry.test/1",
    transport=Kept,
    traces_sample_rate=1.0,
    event_scrubber=EventScrubber(denylist=[*DEFAULT_DENYLIST, "novu-signature"]),
)

from fastapi import APIRouter, Depends, FastAPI
from fastapi.testclient import TestClient
from starlette.applications import Starlette
from novu_framework import Client, Step, signature, workflow
from novu_framework.fastapi import novu_router, serve
from novu_framework.starlette import novu_route

@workflow("w")
async def w(step: Step):
    await step.sms("text", lambda: {"body": "Hi"}, skip=lambda: 1 / 0)

options = {"workflows": [w], "client": Client(secret_key="test-secret")}
app, mounted, guarded = FastAPI(), FastAPI(), APIRouter(dependencies=[Depends(lambda: None)])
serve(app, "/plain/novu", **options)
app.include_router(novu_router("/novu", **options), prefix="/router")
serve(guarded, "/novu", **options)
app.include_router(guarded, prefix="/guarded")
serve(mounted, "/novu", **options)
app.mount("/mounted", mounted)
starlette = Starlette(routes=[novu_route("/starlette/novu", **options)])

body = b'{"payload":{},"controls":{},"state":[]}'
signed = signature.sign(body, "test-secret")
for path in ("/plain", "/router", "/guarded", "/mounted", "/starlette"):
    reported.clear()
    TestClient(starlette if path == "/starlette" else app).post(
        path + "/novu?action=execute&workflowId=w&stepId=text", content=body, headers={"novu-signature": signed}
    )
    names = {(one["transaction"], one["transaction_info"]["source"]) for one in reported}
    kinds = sorted(one.get("type", "event") for one in reported)
    print(json.dumps([path, kinds, sorted(names), signed.partition("v1=")[2] in json.dumps(reported)]))
"""


@pytest.mark.slow
def test_events_and_transactions_have_the_name_of_the_route_and_no_signature(tmp_path: Path) -> None:
    Path(tmp_path, "script.py").write_text(SCRIPT, encoding="utf-8")
    done = python("script.py", cwd=tmp_path, env={})
    assert done.returncode == 0, done.stderr
    kinds = ["event", "transaction"]
    assert [json.loads(line) for line in done.stdout.splitlines()] == [
        ["/plain", kinds, [["/plain/novu", "route"]], False],
        ["/router", kinds, [["/router/novu", "route"]], False],
        ["/guarded", kinds, [["/guarded/novu", "route"]], False],
        ["/mounted", kinds, [["/novu", "route"]], False],  # as any route of a mounted app
        ["/starlette", kinds, [["/starlette/novu", "route"]], False],
    ]
