"""What a comparison of two versions says about the runs that are open."""

from __future__ import annotations

from functools import partial
from typing import Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field

from novu_framework import workflow
from novu_framework_testing.compat import CompatReport, compat


class Payload(BaseModel):
    name: str
    amount: int = 1
    note: str | None = None
    level: Literal["low", "high"] = "low"


class Controls(BaseModel):
    subject: str = "Hello {{ payload.name }}"
    hours: int = Field(4, ge=1, le=72)


class Looked(BaseModel):
    count: int
    word: str = ""


def titles_of(digest):
    return {"body": ", ".join(event.payload["title"] for event in digest.events)}


def pair_of(digest):
    match digest.events:
        case [one, other]:
            return {"body": f"{one.payload['title']} and {other.payload['title']}"}
        case events:
            return {"body": f"{len(events)} events"}


def version(
    *steps,
    payload: Any = Payload,
    controls: Any = Controls,
    looked: Any = Looked,
    text="Hello",
    workflow_id="w",
    **options,
):
    """A version of the workflow, from the names of its steps."""

    @workflow(workflow_id, payload_schema=payload, **options)
    async def handler(payload, step):
        digest = None
        for name in steps:
            kind, _, given = name.partition(":")
            step_id = given or kind
            if kind == "bell":
                await step.in_app(step_id, {"body": "Hello"})
            elif kind == "wait":
                await step.delay(step_id, {"amount": 1, "unit": "days"})
            elif kind == "when":
                await step.delay(step_id, {"type": "dynamic", "dynamicKey": "payload.until"})
            elif kind == "collect":
                digest = await step.digest(step_id, {"amount": 1, "unit": "hours"})
            elif kind == "titles":
                await step.sms(step_id, partial(titles_of, digest))
            elif kind == "pair":
                await step.sms(step_id, partial(pair_of, digest))
            elif kind == "look":
                await step.custom(step_id, lambda: {"count": 1}, output_schema=looked)
            elif kind == "mail":
                await step.email(
                    step_id,
                    lambda controls: {"subject": controls.subject, "body": text},
                    control_schema=controls,
                )
            elif kind == "plain":
                await step.email(step_id, lambda: {"subject": "s", "body": text})
            elif kind == "text":
                await step.sms(step_id, {"body": text})
            elif kind == "loud":
                await step.sms(step_id, lambda: {"body": payload.note.upper()})
            elif kind == "careful":
                await step.custom(step_id, lambda: {"length": len(payload.note)})
            elif kind == "never":
                await step.sms(step_id, {"body": text}, skip=True)
            elif kind == "broken":
                await step.sms(step_id, lambda: {"body": 1 / 0})

    return handler


def compared(old: Any, new: Any) -> CompatReport:
    as_list = [one if isinstance(one, list) else [one] for one in (old, new)]
    return compat(*as_list)


def fields(**changed):
    """The payload, with fields that are otherwise: a type, or a type and a `Field`; None takes one away."""
    known = {name: (one.annotation, one) for name, one in Payload.model_fields.items()}
    known |= {name: given if isinstance(given, tuple) else (given, ...) for name, given in changed.items()}
    members = {name: given for name, given in known.items() if given[0] is not None}
    return type("Changed", (BaseModel,), {
        "__annotations__": {name: kind for name, (kind, _) in members.items()},
        **{name: default for name, (_, default) in members.items() if default is not ...},
    })  # fmt: skip


OLD = version("bell", "wait", "look", "mail", "text")


@pytest.mark.parametrize(
    ("new", "code", "because", "steps", "places"),
    [
        (
            version("bell", "collect", "wait", "look", "mail", "text"),
            "ExecutionStateCorruptError",
            "the step `collect` (digest) was added before `wait`",
            ("wait", "look", "mail", "text"),
            {"bell", "wait", "look", "mail", "text"},
        ),
        (
            version("bell", "wait:pause", "look", "mail", "text"),
            "ExecutionStateCorruptError",
            "the step `wait` (delay) was removed or renamed: there is `pause` now",
            ("wait", "look", "mail", "text"),
            {"bell", "wait", "look", "mail", "text"},
        ),
        (
            version("bell", "wait", "look", "mail"),
            None,
            "the step `text` (sms) was removed",
            ("text",),
            {"bell", "wait", "look", "mail", "text"},
        ),
        (
            version("bell", "wait", "look", "text", "mail"),
            "ExecutionStateCorruptError",
            "the step `text` was moved before `mail`",
            ("mail",),
            {"bell", "wait", "look", "mail"},
        ),
        (
            version("bell", "wait", "look", "text:mail", "text"),
            None,
            "the step `mail` was of the type email, it is sms",
            ("mail",),
            {"bell", "wait", "look", "mail"},
        ),
        (
            version("bell", "wait", "look", "mail", "text", payload=fields(city=str)),
            "ExecutionEventPayloadInvalidError",
            "`/city` of the payload is new; `/city` of the payload is now required",
            ("bell", "wait", "look", "mail", "text"),
            {"bell", "wait", "look", "mail", "text"},
        ),
        (
            version("bell", "wait", "look", "mail", "text", payload=fields(amount=(int, Field(1, le=1000)))),
            "ExecutionEventPayloadInvalidError",
            "`/amount` of the payload: `maximum` is `1000`, it was absent",
            ("bell", "wait", "look", "mail", "text"),
            {"bell", "wait", "look", "mail", "text"},
        ),
        (
            version("bell", "wait", "look", "mail", "text", payload=fields(level=(Literal["low"], "low"))),
            "ExecutionEventPayloadInvalidError",
            "`/level` of the payload: `enum` is gone, it was `['low', 'high']`",
            ("bell", "wait", "look", "mail", "text"),
            {"bell", "wait", "look", "mail", "text"},
        ),
    ],
    ids=["added-early", "renamed", "last-removed", "moved", "type", "required", "bounded", "choice"],
)  # fmt: skip
def test_what_breaks_is_named_with_its_steps_its_change_and_who_waits(new, code, because, steps, places):
    found = [one for one in compared(OLD, new).breaks if because in one.because]
    assert [one.code for one in found[:1]] == [code]
    assert found[0].step_ids == steps
    assert {place for place, _ in found[0].places} == places
    assert found[0].advice


@pytest.mark.parametrize(
    "new",
    [
        version("bell", "wait", "look", "mail", "text"),
        version("bell", "wait", "look", "mail", "text", "plain"),
        version("bell", "wait", "look", "mail", "text", payload=fields(city=(str, "Vienna"))),
        version("bell", "wait", "look", "mail", "text", payload=fields(amount=(int | None, None))),
        version(
            "bell",
            "wait",
            "look",
            "mail",
            "text",
            payload=fields(level=(Literal["low", "high", "top"], "low")),
        ),
        version("bell", "wait", "look", "mail", "text", payload=fields(note=(None, None))),
    ],
    ids=["same", "added-last", "optional", "nullable", "choice-added", "member-removed"],
)
def test_what_open_runs_bear_is_no_break(new):
    report = compared(OLD, new)
    assert report.ok, str(report)


def test_a_step_that_is_added_after_all_others_and_a_wider_schema_are_said_to_be_safe():
    wider = fields(level=(Literal["low", "high", "top"], "low"), city=(str, "Vienna"))
    report = compared(OLD, version("bell", "wait", "look", "mail", "text", "plain", payload=wider))
    assert report.ok
    assert {one.what for one in report.of("safe")} == {
        "the step `plain` (email) was added at the end",
        "`/city` of the payload is new",
        "`/level` of the payload: `enum` is `['low', 'high', 'top']`, it was `['low', 'high']`",
    }


def test_a_workflow_that_is_gone_ends_every_run_of_it():
    (found,) = compared([OLD, version("bell", workflow_id="v")], version("bell", workflow_id="v")).breaks
    assert (found.workflow_id, found.because) == ("w", "the workflow was removed, or its id changed")
    assert "its workflow is deleted" in found.what


class ShortControls(BaseModel):
    subject: str = Field("Hi", max_length=20)


class CalledControls(BaseModel):
    subject: str = "Hello {{ payload.name }}"
    days: int = 1


def test_a_control_that_is_narrowed_breaks_those_for_whom_something_was_saved():
    (found,) = compared(OLD, version("bell", "wait", "look", "mail", "text", controls=ShortControls)).breaks
    assert (found.code, found.step_ids) == ("ExecutionStateControlInvalidError", ("mail",))
    assert "`maxLength` is `20`, it was absent" in found.because
    assert found.witness is not None
    assert len(found.witness.event["controls"]["subject"]) > 20


def test_a_control_that_is_gone_is_named_with_what_that_means():
    report = compared(OLD, version("bell", "wait", "look", "mail", "text", controls=CalledControls))
    assert report.ok
    (found,) = report.of("change")
    assert found.what == "what was saved in the dashboard for `/hours` is ignored: what the code says counts"


def test_what_was_saved_for_a_step_does_not_follow_another_id():
    report = compared(OLD, version("bell", "wait", "look", "mail:letter", "text"))
    assert "what was saved in the dashboard for `subject`, `hours`: it does not come along to `letter`" in [
        one.what for one in report.of("change")
    ]


class CountedMore(BaseModel):
    count: int
    word: str = ""
    found_at: str


def test_a_result_that_is_otherwise_breaks_only_those_who_have_the_old_one():
    found = compared(OLD, version("bell", "wait", "look", "mail", "text", looked=CountedMore)).breaks
    later = next(one for one in found if one.code == "ExecutionStateResultInvalidError")
    assert later.step_ids == ("mail", "text")
    assert {place for place, _ in later.places} == {"mail", "text"}
    assert "`/found_at` of the results of `look` is now required" in later.because


class Titled(Payload):
    title: str = "Untitled"


def test_code_that_counts_on_new_members_of_the_events_of_a_digest_is_found():
    report = compared(version("collect", "text:titles"), version("collect", "titles", payload=Titled))
    (found,) = report.breaks
    assert (found.code, found.step_ids) == ("StepExecutionFailedError", ("titles",))


def test_a_run_that_still_collects_may_come_to_what_only_two_events_break():
    report = compared(version("collect", "text:pair"), version("collect", "pair", payload=Titled))
    (found,) = report.breaks
    assert found.places == {("collect", "pair"), ("pair", "pair")}


def test_code_that_cannot_do_with_what_may_be_missing_is_found():
    (found,) = compared(version("wait", "text:loud"), version("wait", "loud")).breaks
    assert (found.code, found.step_ids) == ("StepExecutionFailedError", ("loud",))
    assert found.witness is not None
    assert not found.witness.event["payload"].get("note")


def test_a_run_that_never_came_so_far_is_not_counted():
    assert compared(version("careful", "text:last"), version("careful", "loud:last")).ok


def test_a_step_that_never_worked_breaks_for_nobody():
    assert compared(version("when:wait", "text:last"), version("text:last", "wait")).ok


def test_a_step_that_is_left_out_now_is_a_change_whatever_its_type():
    report = compared(version("wait", "plain:last"), version("wait", "never:last"))
    assert report.ok
    assert [one.what for one in report.of("change")] == ["the message is left out now"]


class NeededControls(BaseModel):
    subject: str


def test_a_step_that_needs_something_saved_is_tried_with_that():
    (found,) = compared(version("wait", "mail", controls=NeededControls), version("wait")).breaks
    assert found.step_ids == ("mail",)


def test_a_moment_that_open_runs_do_not_carry_stops_them():
    (found,) = compared(OLD, version("bell", "when:wait", "look", "mail", "text")).breaks
    assert found.step_ids == ("wait",)
    assert "cannot wait here" in found.what


def test_what_fails_in_both_versions_is_no_break_and_is_said():
    report = compared(version("wait", "broken"), version("wait", "broken"))
    assert report.ok
    (found,) = report.of("unsure")
    assert found.step_ids == ("broken",)
    assert "neither version renders it" in found.what


def test_what_breaks_behind_a_payload_that_is_refused_is_found_too():
    new = version("bell", "wait", "look", "mail", "text:message", payload=fields(city=str))
    assert {one.code for one in compared(OLD, new).breaks} == {
        "ExecutionEventPayloadInvalidError",
        "ExecutionStateCorruptError",
    }


def test_a_member_that_only_the_new_schema_knows_was_never_sent():
    closed = type("Closed", (Payload,), {"model_config": ConfigDict(extra="forbid")})
    assert compared(OLD, version("bell", "wait", "look", "mail", "text", payload=closed)).ok


def test_what_subscribers_get_otherwise_is_a_change_with_both_messages():
    report = compared(OLD, version("bell", "wait", "look", "mail", "text", text="Good day"))
    assert report.ok
    assert [(one.step_ids, one.what) for one in report.of("change")] == [
        (("mail",), "the message gives another `body`"),
        (("text",), "the message gives another `body`"),
    ]
    mail = report.contents[0]
    assert (mail.old["outputs"]["body"], mail.new["outputs"]["body"]) == ("Hello", "Good day")


def test_content_that_differs_from_call_to_call_is_no_change():
    numbers = iter(range(10_000))

    def counting():
        @workflow("w")
        async def handler(step):
            await step.sms("text", lambda: {"body": str(next(numbers))})

        return handler

    assert compared(counting(), counting()).of("change") == []


def test_default_preferences_hold_for_open_runs_at_once():
    new = version(
        "bell", "wait", "look", "mail", "text", preferences={"channels": {"email": {"enabled": False}}}
    )
    report = compared(OLD, new)
    assert [one.what for one in report.of("change")] == [
        "open runs are delivered by the new default preferences"
    ]


def test_of_a_workflow_without_steps_nothing_is_tried():
    assert compared(version(), version("text")).tried == 0


def test_the_report_is_text_and_json():
    report = compared(OLD, version("bell", "wait", "look", "mail"))
    assert not report.ok
    assert str(report).splitlines()[:3] == [
        "the new version, deployed over the old version: 1 break",
        "",
        "Breaks open runs:",
    ]
    data = report.to_json()
    assert (data["ok"], data["findings"][0]["stepIds"]) == (False, ["text"])
    assert data["findings"][0]["witness"]["event"]["payload"]
