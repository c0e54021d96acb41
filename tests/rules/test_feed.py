"""The activity feed: the status of each job, and what Novu tells of it."""

from __future__ import annotations

import pytest

from novu_framework_testing import BridgeAnswer, BridgeFailure
from novu_framework_testing.api.execution_details import execution_details
from tests.rules import Source, rule

DETAILS = Source("libs/application-generic/src/usecases/create-execution-details/types/index.ts", "943f64b")
SEND = Source("apps/worker/src/app/workflow/usecases/send-message/send-message.usecase.ts", "943f64b")
IN_APP = Source(
    "apps/worker/src/app/workflow/usecases/send-message/send-message-in-app.usecase.ts", "943f64b"
)
SMS = Source("apps/worker/src/app/workflow/usecases/send-message/send-message-sms.usecase.ts", "06a7305")
RUN = Source("apps/worker/src/app/workflow/usecases/run-job/run-job.usecase.ts", "0f3f28d")
ADD_JOB = Source("apps/worker/src/app/workflow/usecases/add-job/add-job.usecase.ts", "c91d024")
MERGE = Source("apps/worker/src/app/workflow/usecases/add-job/merge-or-create-digest.usecase.ts", "943f64b")

HOUR = {"amount": 1, "unit": "hours"}
BODY = {"subject": "x", "body": "x"}
SKIP = BridgeAnswer({}, {}, True)
QUEUED = ("Step queued", "Pending")
ANN = {"subscriberId": "ann", "email": "ann@acme.test"}


def refusing(_event):
    raise BridgeFailure("no", status=400)


def told(step):
    return [(detail["detail"], detail["status"]) for detail in execution_details(step)]


@rule("feed.delivered", "A message is queued, created and sent.", IN_APP)
@pytest.mark.parametrize("kind", ["in_app", "email"])
def test_a_message_is_queued_created_and_sent(served, kind):
    run = served("w", (kind, "step", BODY)).trigger("w", ANN).run
    assert told(run.step("step")) == [QUEUED, ("Message created", "Pending"), ("Message sent", "Success")]


@rule("feed.words", "All other events of a job have Novu's own wording in the feed.", DETAILS)
@pytest.mark.parametrize(
    ("kind", "answer", "words"),
    [
        ("email", refusing, ("Bridge execution failed", "Failed")),
        ("digest", refusing, ("Bridge execution failed", "Failed")),
        ("email", SKIP, ("Bridge execution skipped", "Failed")),
        ("delay", SKIP, ("Step was skipped based on steps conditions", "Success")),
        ("push", BODY, ("Subscriber does not have a configured channel", "Warning")),
        ("delay", {"type": "dynamic", "dynamicKey": "payload.x"}, ("Invalid delay configuration", "Failed")),
        ("delay", HOUR, ("Step delayed", "Pending")),
        ("digest", HOUR, ("Step digested", "Pending")),
        (
            "digest",
            {**HOUR, "lookBackWindow": HOUR},
            ("Digest was skipped, first backoff event", "Success"),
        ),
    ],
)
def test_what_happens_is_told_in_novus_words(served, kind, answer, words):
    run = served("w", (kind, "step", answer)).trigger("w", ANN).run
    assert told(run.step("step")) == [QUEUED, words]


@rule("feed.no-address", "A message without an address is created, and the feed says what is missing.", SMS)
def test_a_message_without_an_address_says_what_is_missing(served):
    run = served("w", ("sms", "step", BODY)).trigger("w", ANN).run
    missing = ("Subscriber missing phone number", "Failed")
    assert told(run.step("step")) == [QUEUED, ("Message created", "Pending"), missing]


@rule("feed.preferences", "For an unwanted channel, the feed says whose preference it was.", SEND)
@pytest.mark.parametrize(
    ("whose", "words"),
    [
        ("workflow", "Step filtered by workflow preferences"),
        ("subscriber", "Step filtered by subscriber global preferences"),
        ("both", "Step filtered by subscriber workflow preferences"),
    ],
)
def test_a_channel_that_is_not_wanted_says_whose_preference(sim, served, whose, words):
    off = {"preferences": {"channels": {"email": {"enabled": False}}}} if whose == "workflow" else {}
    served("w", ("email", "mail", BODY), **off)
    if whose != "workflow":
        sim.subscriber("ann").preferences.update("w" if whose == "both" else None, channels={"email": False})
    run = sim.trigger("w", ANN).run
    assert (told(run.step("mail")), run.step("mail").job_status) == ([QUEUED, (words, "Success")], "canceled")


@rule("feed.waits-over", "The feed says when a delay or digest is over.", DETAILS)
@pytest.mark.parametrize(
    ("kind", "words"), [("delay", "Delay is finished"), ("digest", "Digest triggered events")]
)
def test_when_a_wait_is_over_that_is_told(sim, served, kind, words):
    run = served("w", (kind, "wait", HOUR)).trigger("w", ANN).run
    sim.run_until_idle()
    assert told(run.step("wait"))[-1] == (words, "Success")


@rule("feed.merged", "A merged digest says so, and the run names the one that goes on for it.", MERGE)
def test_a_merged_digest_says_so(sim, served):
    served("w", ("digest", "all", HOUR), ("in_app", "bell", BODY))
    first, second = (sim.trigger("w", ANN).run for _ in range(2))
    assert told(second.step("all")) == [QUEUED, ("Digest was merged with other digest", "Success")]
    assert second.step("all").merged_into.run is first
    assert told(second.step("bell")) == []


@rule(
    "feed.throttled",
    "The feed says that a throttle held a run back; the skipped steps were never queued.",
    ADD_JOB,
)
def test_a_throttle_that_holds_back_says_so(sim, served):
    served("w", ("throttle", "calm", {"type": "fixed", **HOUR}), ("in_app", "bell", BODY))
    sim.trigger("w", ANN)
    run = sim.trigger("w", ANN).run
    assert told(run.step("calm")) == [QUEUED, ("Throttle limit exceeded for the given window", "Success")]
    assert (told(run.step("bell")), run.step("bell").job_status) == ([], "skipped")


@rule("feed.schedule", "The feed says what a schedule skipped or made wait.", RUN)
def test_what_a_schedule_did_is_told(sim, served):
    hours = {"isEnabled": True, "hours": [{"start": "09:00 AM", "end": "05:00 PM"}]}
    schedule = {"isEnabled": True, "weeklySchedule": {"friday": hours}}
    sim.subscriber("ann").preferences.schedule = schedule
    wait = {**HOUR, "extendToSchedule": True}
    run = served("w", ("email", "mail", BODY), ("delay", "wait", wait)).trigger("w", ANN).run
    sim.advance(hours=1)
    left_out = "The step was skipped as it fell outside the subscriber's schedule"
    extended = "Step was extended to the next available time in the subscriber schedule"
    assert told(run.step("mail")) == [QUEUED, (left_out, "Success")]
    assert told(run.step("wait")) == [QUEUED, ("Step delayed", "Pending"), (extended, "Pending")]


@rule("feed.provider-error", "The feed shows what a provider rejected, and the job fails.", DETAILS)
def test_what_a_provider_refused_is_told(sim, served):
    served("w", ("email", "mail", BODY))
    sim.fail_provider("email", error="boom")
    step = sim.trigger("w", ANN).run.step("mail")
    assert (told(step)[-1], step.job_status) == (("Unexpected provider error", "Failed"), "failed")


@rule("feed.request", "The feed shows a request as processed, or as a failed action.", DETAILS)
@pytest.mark.parametrize(
    ("status", "words"),
    [(200, ("Step processed", "Success")), (500, ("Action step execution failed", "Failed"))],
)
def test_a_request_is_told(sim, served, status, words):
    served("w", ("http_request", "call", {}))
    sim.http_responses.answer("w", "call", status=status)
    assert told(sim.trigger("w", ANN).run.step("call")) == [QUEUED, words]
