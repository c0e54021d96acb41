"""What a deployment does to open runs, in words; and the runs that are tried."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import pytest

from novu_framework_testing.bridges import BridgeFailure
from novu_framework_testing.compat import ChangedContent, CompatFinding, Witness
from novu_framework_testing.compat.trials import Trial, environment, other_results, trials
from novu_framework_testing.compat.words import (
    Break,
    broken,
    content_changed,
    controls_lost,
    not_tried,
    safe,
)
from novu_framework_testing.versions import VersionChange
from tests.tables import walked


def brief(value: object) -> str | None:
    """A short id of a case: the beginning of a text."""
    return value[:12] if isinstance(value, str) else None


STEPS = ("bell", "wait", "mail", "text")
KEEP_ID = (
    "Keep the old step, with its id and its place, until no run waits before it; or give the workflow a new id and "
    "leave the old one until its runs have ended."
)
PAYLOAD = "ExecutionEventPayloadInvalidError"
CORRUPT = "ExecutionStateCorruptError"
CONTROL = "ExecutionStateControlInvalidError"
RESULT = "ExecutionStateResultInvalidError"
WITNESS = Witness("wait", "mail", {"payload": {"n": "é"}})


def failed(code: str, *issues: str) -> BridgeFailure:
    data = [{"path": f"/{one}", "message": "must be string"} for one in issues]
    return BridgeFailure("no", status=400, code=code, data=data or None)


@walked(
    ("trouble", "code", "given", "what", "advice"),
    [
        ("refused", PAYLOAD, {"failure": failed(PAYLOAD, "n", "m")}, f'is refused for its payload, such as {{"n": "é"}} ({PAYLOAD}: /n must be string; /m must be string)',
         "Take what open runs carry: make it optional, with a default, until they have ended."),
        ("refused", PAYLOAD, {}, f'is refused for its payload, such as {{"n": "é"}} ({PAYLOAD})',
         "Take what open runs carry: make it optional, with a default, until they have ended."),
        ("refused", CONTROL, {"failure": failed(CONTROL, "n")}, f"is refused for the controls' own defaults ({CONTROL}: /n must be string)",
         "Allow what may be saved, or change what is saved in the dashboard before you deploy."),
        ("refused", CONTROL, {"saved": {"n": 1}}, f'is refused for what may be saved in the dashboard, such as {{"n": 1}} ({CONTROL})',
         "Allow what may be saved, or change what is saved in the dashboard before you deploy."),
        ("refused", RESULT, {"failure": failed(RESULT, "n")}, f"is refused for the result of an earlier step ({RESULT}: /n must be string)",
         "Take the results that open runs have: make what is new optional, or name the step anew."),
        ("refused", CORRUPT, {"failure": failed(CORRUPT)}, f"fails: {CORRUPT}: no",
         "Add a step after all that remain, or give the workflow a new id and leave the old one until its runs have ended."),
        ("refused", CORRUPT, {"failure": failed(CORRUPT), "changes": (VersionChange("step-added", "x"), VersionChange("step-moved", "mail"))}, f"fails: {CORRUPT}: no", KEEP_ID),
        ("refused", CORRUPT, {"failure": failed(CORRUPT), "changes": (VersionChange("step-added", "x"),)}, f"fails: {CORRUPT}: no",
         "Add a step after all that remain, or give the workflow a new id and leave the old one until its runs have ended."),
        ("refused", "Odd", {"failure": failed("Odd", "n"), "changes": (VersionChange("step-moved", "mail"),)}, "fails: Odd: no (/n must be string)", "Let it work with what open runs carry."),
        ("lost", None, {}, "loses this step: the bridge answers with nothing, and no error tells of it", KEEP_ID),
        ("other-type", None, {}, "has a job of the old type here, and gets the outputs of another",
         "Give the step of the other type a new id, after all that remain, and keep the old one."),
        ("no-wait", None, {"failure": ValueError("no moment")}, "cannot wait here, so it stops: no moment",
         "Let it give a moment to wait for with what open runs carry, too."),
        ("gone", None, {}, "ends: its workflow is deleted at the next sync",
         "Keep the workflow until its runs have ended, also where another id takes over."),
    ],
    ids=brief,
)  # fmt: skip
def test_what_breaks_is_told_with_what_to_do(
    trouble: Any, code: str | None, given: dict[str, Any], what: str, advice: str
) -> None:
    places = {("wait", "mail"), ("mail", "mail"), ("mail", "text")}
    found = replace(Break(trouble, code, (), WITNESS, places=places), **given)
    told = broken("w", STEPS, found, "app.py:3")
    assert told == CompatFinding(
        "break",
        "w",
        ("mail", "text"),
        f"an open run that comes to `wait` or `mail` next {what}",
        advice,
        code,
        found.changes,
        frozenset(places),
        None,
        "app.py:3",
    )
    assert told.witness is WITNESS


def test_a_step_that_is_not_where_it_was_is_to_be_kept() -> None:
    kinds: tuple[Any, ...] = ("step-removed", "step-renamed", "step-moved")
    for kind in kinds:
        found = Break("refused", CORRUPT, (VersionChange(kind, "mail"),), WITNESS, places={("mail", "mail")})
        assert broken("w", STEPS, found, None).advice == KEEP_ID


@pytest.mark.parametrize(
    ("places", "who"),
    [
        ("bell", "an open run that comes to `bell` next"),
        ("bell wait", "every open run that has not come past `wait`"),
        ("wait bell mail text", "every open run that has not come past `text`"),
        ("text bell", "an open run that comes to `bell` or `text` next"),
        ("wait mail", "an open run that comes to `wait` or `mail` next"),
    ],
    ids=brief,
)
def test_runs_are_told_by_the_steps_that_they_come_to_next(places: str, who: str) -> None:
    found = Break("gone", None, (), WITNESS, places={(one, "text") for one in places.split()})
    assert broken("w", STEPS, found, None).what.startswith(f"{who} ends: ")


@pytest.mark.parametrize(("length", "is_cut"), [(111, False), (112, True)])
def test_a_payload_is_told_in_120_letters(length: int, is_cut: bool) -> None:
    found = Break("refused", PAYLOAD, (), Witness("mail", "mail", {"payload": {"n": "x" * length}}))
    told = f'{{"n": "{"x" * 112}…' if is_cut else f'{{"n": "{"x" * length}"}}'
    assert f"such as {told} ({PAYLOAD})" in broken("w", STEPS, found, None).what


# --- changes ---


def controls(*names: str) -> dict[str, Any]:
    return {"schema": {"properties": {name: {} for name in names}}}


def test_what_was_saved_and_is_not_read_any_more_is_told() -> None:
    then: dict[str, Any] = {
        "steps": [
            {"stepId": "mail", "controls": controls("subject", "body")},
            {"stepId": "text", "controls": controls()},
            {"stepId": "bell", "controls": None},
            {"stepId": "ask", "controls": {"schema": None}},
            {"stepId": "chat", "controls": controls("a")},
        ]
    }
    gone = VersionChange("property-removed", "text", "controls", "/size")
    removed, renamed = (
        VersionChange("step-removed", "mail"),
        VersionChange("step-renamed", "chat", new="talk"),
    )
    silent = [
        VersionChange("property-removed", "mail", "results", "/size"),
        VersionChange("property-added", "mail", "controls", "/size"),
        VersionChange("step-moved", "mail"),
        *(VersionChange("step-removed", one) for one in ("text", "bell", "ask", "none")),
        VersionChange("code"),
    ]
    told = list(
        controls_lost("w", then, [gone, *silent, removed, renamed], lambda step_id: f"{step_id}.py:1")
    )
    advice = "Ask those who edit it, and save it again where it belongs."
    saved = "what was saved in the dashboard for"
    assert told == [
        CompatFinding("change", "w", (change.step_id or "",), f"{saved} {what}", advice, changes=(change,), location=f"{change.step_id}.py:1")
        for change, what in (
            (gone, "`/size` is ignored: what the code says counts"),
            (removed, "`subject`, `body`: nothing reads it any more"),
            (renamed, "`a`: it does not come along to `talk`"),
        )
    ]  # fmt: skip
    assert list(controls_lost("w", {}, [removed, VersionChange("step-removed")], lambda step_id: None)) == []


@walked(
    ("channel", "old", "new", "what"),
    [
        ("email", {"subject": "a", "body": "b"}, {"body": "c", "subject": "a"}, "the message gives another `body`"),
        ("sms", {"body": "b"}, {"more": "m"}, "the message gives another `body`, `more`"),
        ("digest", {"amount": 1}, {"amount": 2}, "the digest gives another `amount`"),
        ("email", {"body": "b"}, {"body": "b"}, "the message overrides providers otherwise"),
        ("custom", {"skip": True}, {"a": 1}, "the custom is no longer left out"),
        ("push", {"a": 1}, {"skip": True}, "the message is left out now"),
        ("push", {"a": 1, "skip": True}, {"a": 2, "skip": True}, "the message gives another `a`"),
    ],
    ids=brief,
)  # fmt: skip
def test_what_a_step_gives_otherwise_is_told(
    channel: str, old: dict[str, Any], new: dict[str, Any], what: str
) -> None:
    def answer(outputs: dict[str, Any]) -> dict[str, Any]:
        return {
            "outputs": {name: one for name, one in outputs.items() if name != "skip"},
            "skip": "skip" in outputs,
        }

    content = ChangedContent("w", "W", "mail", channel, {}, answer(old), answer(new))
    own = [VersionChange("code", "mail"), VersionChange("keyword", "mail", "controls", keyword="default")]
    others = [
        VersionChange("code"),
        VersionChange("code", "text"),
        VersionChange("required", "mail", "results"),
    ]
    told = content_changed(content, [own[0], *others, own[1]], "app.py:3")
    assert told == CompatFinding("change", "w", ("mail",), what, changes=tuple(own), location="app.py:3")


def test_what_could_not_be_tried_is_told() -> None:
    for is_old_here, whose in (
        (True, "neither version renders it"),
        (False, "the new version does not render it"),
    ):
        what = f"{whose} with made-up data: Odd: no (/n must be string)"
        assert not_tried(
            "w", "mail", failed("Odd", "n"), "app.py:3", is_old_here=is_old_here
        ) == CompatFinding("unsure", "w", ("mail",), what, code="Odd", location="app.py:3")


def test_what_open_runs_bear_is_told_but_for_content_and_what_is_lost() -> None:
    borne = [
        VersionChange("step-added", "tips", new="email"),
        VersionChange("property-removed", "mail", "results", "/a"),
        VersionChange("property-added", "mail", "controls", "/a"),
        VersionChange("required", None, "payload", "/a"),
    ]
    told_elsewhere = [
        VersionChange("code", "mail"),
        VersionChange("preferences"),
        VersionChange("keyword", "mail", "controls", "/a", "default"),
        VersionChange("property-removed", "mail", "controls", "/a"),
    ]
    assert list(safe("w", [*told_elsewhere[:2], *borne, *told_elsewhere[2:]])) == [
        CompatFinding("safe", "w", (one.step_id,) if one.step_id else (), str(one), changes=(one,)) for one in borne
    ]  # fmt: skip


# --- the runs that are tried ---


def definition(payload: Any = None, *steps: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "workflowId": "w",
        "payload": {"schema": payload or {"type": "object"}},
        "steps": list(steps),
        **more,
    }


def step(step_id: str, kind: str, **schemas: Any) -> dict[str, Any]:
    parts = {part: {"schema": schema} for part, schema in schemas.items()}
    return {"stepId": step_id, "type": kind, "controls": {"schema": {"type": "object"}}, **parts}


def holding(members: dict[str, Any], *required: str) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": members,
        "required": list(required),
        "additionalProperties": False,
    }


SIZE = holding({"size": {"const": 7}, "more": {"const": "m"}}, "size")
OLD = definition(
    holding({"a": {"const": 1}, "b": {"const": 2}}, "a"),
    step("bell", "in_app"),
    step("collect", "digest"),
    step("wait", "delay"),
    step("cap", "throttle"),
    step("ask", "custom", results=SIZE),
    step("call", "http_request", results=SIZE),
    step("mail", "email", controls=holding({"subject": {"const": "S"}}, "subject")),
)
DONE = {"status": "completed"}
WHOLE, LEAST = {"a": 1, "b": 2}, {"a": 1}


def test_an_event_has_the_results_of_the_steps_before_it_the_nearest_first() -> None:
    trial = Trial(
        {"a": 1}, {"bell": {"read": True}, "mail": {}}, {"mail": {"subject": "S"}}, {"subscriberId": "x"}
    )
    assert trial.event(["bell", "wait"], "mail", {"name": "n"}) == {
        "payload": {"a": 1},
        "controls": {"subject": "S"},
        "state": [
            {"stepId": "wait", "outputs": {}, "state": DONE},
            {"stepId": "bell", "outputs": {"read": True}, "state": DONE},
            {"stepId": "", "outputs": {}, "state": DONE},
        ],
        "subscriber": {"subscriberId": "x"},
        "context": {},
        "env": {"name": "n"},
    }
    assert trial.event([], "bell", {})["controls"] == {}
    assert (trial.only, trial.after, trial.usual, trial.recorded) == (None, None, False, False)


def event_of(number: int, payload: Any) -> dict[str, Any]:
    return {"id": f"{number:024x}", "time": f"2026-01-01T09:00:0{number}.000Z", "payload": payload}


def test_five_usual_runs_are_tried_of_a_workflow_that_has_not_changed() -> None:
    made = trials(OLD, copy.deepcopy(OLD))
    assert [one.usual for one in made] == [True] * 5
    assert [dict(one.payload) for one in made[:2]] == [WHOLE, LEAST]
    assert [one.controls for one in made] == [{"mail": {"subject": "S"}}] * 5
    unread = {"seen": False, "read": False, "lastSeenDate": None, "lastReadDate": None}
    moment = "2026-01-01T09:00:00.000Z"
    read = {"seen": True, "read": True, "lastSeenDate": moment, "lastReadDate": moment}
    assert [one.results["bell"] for one in made] == [unread, unread, unread, read, unread]
    assert [one.results["collect"] for one in made[:2]] == [
        {"events": [event_of(0, WHOLE), event_of(1, LEAST)], "eventCount": 2},
        {"events": [event_of(0, LEAST)], "eventCount": 1},
    ]
    assert [one.results["collect"]["eventCount"] for one in made] == [2, 1, 2, 1, 2]
    assert made[4].results["collect"]["events"][1] == event_of(1, WHOLE)
    whole, least = {"size": 7, "more": "m"}, {"size": 7}
    assert [one.results["ask"] for one in made] == [whole, least, whole, least, whole]
    fixed = {"wait": {"duration": 3_600_000}, "cap": {"throttled": False}, "mail": {}}
    assert all(fixed.items() <= one.results.items() for one in made)
    assert [one.subscriber["subscriberId"] for one in made] == ["ann"] * 5
    assert [len(one.subscriber) for one in made] == [9, 1, 9, 1, 9]
    assert Trial({}).subscriber == made[0].subscriber == {
        "subscriberId": "ann", "firstName": "Ann", "lastName": "Example", "email": "ann@example.com", "phone": "+15555550100",
        "locale": "en_US", "timezone": "Europe/Vienna", "avatar": "https://example.com/ann.png", "data": {},
    }  # fmt: skip


def test_a_payload_is_whole_with_what_is_not_null_and_empty_where_none_can_be_made() -> None:
    nullable = {"anyOf": [{"type": "null"}, {"const": 1}]}
    old = definition(holding({"a": nullable, "b": {"type": ["null", "boolean"]}}))
    whole = trials(old, old)[0].payload
    assert (whole["a"], type(whole["b"])) == (1, bool)
    impossible = definition(holding({"a": {"allOf": [{"const": 1}, {"const": 2}]}}, "a"))
    assert [dict(one.payload) for one in trials(impossible, impossible)] == [{}] * 5


def changed(step_id: str | None = None, part: str = "payload", **members: Any) -> dict[str, Any]:
    """The old definition with other members in a schema."""
    new = copy.deepcopy(OLD)
    of = new if step_id is None else next(one for one in new["steps"] if one["stepId"] == step_id)
    of[part]["schema"] = holding(members)
    return new


def test_the_edges_of_a_payload_of_saved_values_and_of_results_are_runs_of_their_own() -> None:
    new = changed(a={"const": 1})
    of_payload = [one for one in trials(OLD, new) if not one.usual and one.only is None and one.after is None]
    assert {str(dict(one.payload)) for one in of_payload} == {str(LEAST)}
    assert of_payload[0].results["collect"]["events"] == [event_of(0, LEAST), event_of(1, WHOLE)]
    about = [one for one in trials(OLD, changed("mail", "controls", subject={"const": "T"})) if one.only]
    assert [(one.only, one.controls, one.usual) for one in about] == [
        ("mail", {"mail": {"subject": "S"}}, False)
    ]
    results = [one for one in trials(OLD, changed("ask", "results", size={"const": 7})) if one.after]
    assert {(one.after, str(one.results["ask"])) for one in results} >= {("ask", str({"size": 7}))}
    assert {one.after for one in results} == {"ask"}
    without = {**OLD, "steps": OLD["steps"][:-1]}
    assert {one.only for one in trials(OLD, without)} == {None}


def test_runs_that_are_refused_for_a_new_member_are_tried_with_it_too() -> None:
    old = definition({"type": "object", "properties": {"a": {"const": 1}}}, step("collect", "digest"))
    new = definition(
        {"type": "object", "properties": {"a": {"const": 1}, "c": {"const": 3}}, "required": ["c"]},
        *old["steps"],
    )
    amended = [one for one in trials(old, new) if "c" in one.payload]
    assert [(one.payload, one.usual) for one in amended] == [({"c": 3, "a": 1}, False)] * 2
    assert [one.results["collect"]["events"] for one in amended] == [[event_of(0, {"c": 3, "a": 1})]] * 2


def test_runs_see_the_variables_that_either_version_asks_for() -> None:
    def asking(**members: Any) -> dict[str, Any]:
        return definition(env={"schema": holding(members, *members)})

    novus = {"name": "Production", "type": "prod"}
    assert environment(definition(), {}) == environment(definition(), definition()) == novus
    assert environment(asking(a={"const": 1}, b={"const": 2}), asking(b={"const": 3}, c={"const": 4})) == {
        "b": 2, "c": 4, "a": 1, **novus
    }  # fmt: skip
    assert environment(asking(name={"const": "mine"}), {}) == novus


def test_results_of_another_schema_are_made_as_the_new_version_gives_them() -> None:
    assert other_results(OLD, copy.deepcopy(OLD)) == {}
    assert other_results(OLD, {}) == other_results({"workflowId": "w"}, OLD) == {}
    assert other_results(OLD, changed("ask", "results", size={"const": 8}, less={"const": 0})) == {
        "ask": {"size": 8, "less": 0}
    }
    other_mail = copy.deepcopy(OLD)
    other_mail["steps"][-1]["results"] = {"schema": SIZE}
    assert other_results(OLD, other_mail) == {}
