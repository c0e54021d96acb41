"""Attachments: what Novu makes of `payload.attachments`."""

from __future__ import annotations

import base64

import pytest

from novu_framework import Step, workflow
from novu_framework_testing import NovuSimulator
from tests.rules import Source, rule

PARSE = Source(
    "apps/api/src/app/events/usecases/parse-event-request/parse-event-request.usecase.ts", "9f40342"
)
RUN = Source("apps/worker/src/app/workflow/usecases/run-job/run-job.usecase.ts", "035ecbb")
EMAIL = Source("apps/worker/src/app/workflow/usecases/send-message/send-message-email.usecase.ts", "002fe4c")
BRIDGE = Source(
    "apps/worker/src/app/workflow/usecases/execute-bridge-job/execute-bridge-job.usecase.ts", "4fae506"
)

ANN = {"subscriberId": "ann", "email": "ann@acme.test"}
BILL = {"name": "bill.pdf", "mime": "application/pdf", "file": base64.b64encode(b"%PDF\xff").decode()}
MAIL = {"subject": "Your bill", "body": "<p>Attached.</p>"}


def billing(*, digest: bool = False) -> tuple[NovuSimulator, list, list]:
    payloads: list = []
    events: list = []

    @workflow("bill", payload_schema={"type": "object", "additionalProperties": True})
    async def bill(payload, step: Step):
        payloads.append(payload)
        if digest:
            collected = await step.digest("collect", lambda: {"amount": 1, "unit": "hours"})
            events.extend(collected.events)
        await step.email("mail", lambda: MAIL)

    sim = NovuSimulator()
    sim.register(bill)
    return sim, payloads, events


@rule(
    "attachments.bridge",
    "A bridge gets each attachment with its bytes as Node writes a buffer in JSON, and with its place in the storage.",
    RUN,
)
@pytest.mark.parametrize(
    "file",
    [
        BILL["file"],
        BILL["file"].rstrip("="),
        BILL["file"].replace("/", "_"),
        {"type": "Buffer", "data": [*b"%PDF\xff"]},
        [*b"%PDF\xff"],
    ],
)
def test_a_bridge_gets_the_bytes_of_an_attachment(file):
    sim, payloads, _ = billing()
    trigger = sim.trigger(
        "bill", ANN, {"attachments": [{**BILL, "file": file, "more": 1}]}, transaction_id="t"
    )
    (attachment,) = payloads[-1]["attachments"]
    assert attachment == {
        "name": "bill.pdf",
        "mime": "application/pdf",
        "more": 1,
        "storagePath": "t/0/bill.pdf",
        "file": {"type": "Buffer", "data": [*b"%PDF\xff"]},
    }
    assert trigger.payload["attachments"][0]["file"] == file


@rule(
    "attachments.email",
    "An email is sent with `file`, `mime`, `name` and `channels` of each attachment.",
    EMAIL,
)
@rule("attachments.message", "The stored message of an email does not contain its attachments.", EMAIL)
def test_an_email_carries_the_attachments(api, sim):
    @workflow("bill", payload_schema={"type": "object", "additionalProperties": True})
    async def bill(step: Step):
        await step.email("mail", lambda: MAIL)

    sim.register(bill)
    payload = {"number": 7, "attachments": [{**BILL, "channels": ["email"], "more": 1}]}
    sim.trigger("bill", ANN, payload)
    assert sim.messages[0].envelope["attachments"] == [{**BILL, "channels": ["email"]}]
    (message,) = api.get("/v1/messages").body["data"]
    assert message["payload"] == {"number": 7}


@rule("attachments.digest", "The events of a digest have attachments without their bytes.", BRIDGE)
def test_events_of_a_digest_have_no_bytes():
    sim, _, events = billing(digest=True)
    sim.trigger("bill", ANN, {"attachments": [BILL]}, transaction_id="t")
    sim.advance(hours=1)
    kept = {"name": "bill.pdf", "mime": "application/pdf", "storagePath": "t/0/bill.pdf"}
    assert [event.payload["attachments"] for event in events[-1:]] == [[kept]]


@rule("attachments.untouched", "`attachments` that are not a list are data like any other.", PARSE)
@pytest.mark.parametrize("attachments", [None, "a.pdf", {"name": "a.pdf"}, []])
def test_attachments_that_are_no_list_stay_as_they_are(attachments):
    sim, payloads, _ = billing()
    sim.trigger("bill", ANN, {"attachments": attachments})
    assert payloads[-1]["attachments"] == attachments
    assert not sim.messages[0].envelope.get("attachments")


@rule("attachments.unreadable", "A trigger with an attachment that has no file is refused.", PARSE)
@pytest.mark.parametrize(
    ("attachment", "said"),
    [
        ("a.pdf", r"payload\.attachments\[0\]` must be an object"),
        ({"name": "a.pdf"}, r"payload\.attachments\[0\]\.file` must be the bytes"),
        ({"name": "a.pdf", "file": 3}, r"payload\.attachments\[0\]\.file`"),
        ({"name": "a.pdf", "file": [256]}, r"payload\.attachments\[0\]\.file`"),
    ],
)
def test_an_attachment_without_a_file_is_refused(attachment, said):
    sim, _, _ = billing()
    with pytest.raises(ValueError, match=said):
        sim.trigger("bill", ANN, {"attachments": [attachment]})
    assert len(sim.triggers) == 0


def test_a_file_that_was_not_encoded_is_refused_where_novu_would_send_rubbish():
    sim, _, _ = billing()
    with pytest.raises(ValueError, match=r"must be the bytes of the file as base64 text: base64\.b64encode"):
        sim.trigger("bill", ANN, {"attachments": [{**BILL, "file": "not base64!"}]})
