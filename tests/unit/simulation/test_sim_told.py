"""What a simulation tells: lines of the feed, the timeline in its colours, notes on recipients, failures that nobody looked at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, get_args

import pytest

from novu_framework.errors import AgentDeliveryError, StepNotFoundError
from novu_framework_testing import BridgeFailure, NovuSimulator, Topic, UnreadFailures
from novu_framework_testing.conversations.state import AgentFailure
from novu_framework_testing.simulation.activity import Activity, ActivityKind, Finding, FindingError
from novu_framework_testing.simulation.collections import ById, InOrder
from novu_framework_testing.simulation.failures import (
    failed_runs,
    refuse_failed,
    unread_failures,
    unread_turns,
)
from novu_framework_testing.simulation.integration_conditions import conditions_match, rules_problem
from novu_framework_testing.simulation.timeline import moment, timeline
from novu_framework_testing.simulation.waiting import at_path, span_at
from tests.tables import walked
from tests.unit.simulation.simulated import NOON

BELL = ("in_app", "bell", {"body": "x"})
Served = Callable[..., NovuSimulator]

MARKS: dict[Any, str] = {
    "trigger": "36m>", "delivered": "32m+", "completed": "32m+", "skipped": "33m-", "throttled": "33m-", "merged": "35m~",
    "digest": "35m~", "delayed": "34m.", "retry": "33m!", "failed": "31mx", "canceled": "33mx", "inbox": "36m*",
    "finding": "31m?", "deployed": "36m^", "run": "1m=",
}  # fmt: skip


def test_each_kind_of_line_has_its_mark_and_its_colour() -> None:
    assert MARKS.keys() == set(get_args(ActivityKind))
    kinds: list[Any] = [*MARKS, "odd"]
    lines = [Activity(NOON, kind, "said") for kind in kinds]
    plain = timeline("title", lines, NOON, named=True).splitlines()
    assert plain == ["title", "2026-01-01 12:00:00 UTC", *(f"  {mark[-1]} said" for mark in MARKS.values()), "    said"]  # fmt: skip
    painted = timeline("title", lines, NOON, named=True, color=True).splitlines()
    assert painted == [
        "\x1b[1mtitle\x1b[0m",
        "\x1b[2m2026-01-01 12:00:00 UTC\x1b[0m",
        *(f"  \x1b[{mark}\x1b[0m said" for mark in MARKS.values()),
        "  \x1b[0m \x1b[0m said",
    ]


def test_a_line_names_what_it_is_about_and_each_moment_once(served: Served) -> None:
    sim = served("w", BELL, ("delay", "wait", {"amount": 90, "unit": "minutes"}))
    run = sim.trigger("w", "ann").run
    sim.advance(hours=1, minutes=30)
    about = [line for line in run.activity if line.kind in ("trigger", "delivered", "completed")]
    assert timeline("of a run", about, NOON, named=False).splitlines() == [
        "of a run",
        "2026-01-01 12:00:00 UTC",
        f"  > triggered, transaction {run.transaction_id}",
        "  + bell [in_app]: in_app delivered by novu",
        "2026-01-01 13:30:00 UTC  (+1:30:00)",
        f"  + wait [delay]: {about[-1].text}",
    ]
    bell = next(line for line in about if line.step_id == "bell")
    assert timeline("", [bell, about[0]], NOON, named=True).splitlines()[2:] == [
        "  + w/bell ann: in_app delivered by novu",
        f"  > w ann: triggered, transaction {run.transaction_id}",
    ]
    step = run.step("bell")
    assert [bell.workflow_id, bell.subscriber_id, bell.transaction_id, bell.step_id, bell.step_type, bell.job_id] == [
        "w", "ann", run.transaction_id, "bell", "in_app", step.id,
    ]  # fmt: skip
    assert str(bell) == "2026-01-01T12:00:00.000Z w/bell: in_app delivered by novu"
    assert str(about[0]).startswith("2026-01-01T12:00:00.000Z w: triggered")
    lonely = Activity(NOON, "inbox", "said")
    assert str(lonely) == "2026-01-01T12:00:00.000Z said"
    assert [lonely.workflow_id, lonely.subscriber_id, lonely.transaction_id, lonely.step_id, lonely.step_type, lonely.job_id] == [None] * 6  # fmt: skip
    assert moment(NOON + timedelta(milliseconds=7)) == "2026-01-01 12:00:00.007 UTC"
    assert sim.timeline().splitlines()[0] == "now 2026-01-01 13:30:00 UTC"
    assert "\x1b[36m>" in sim.timeline(color=True)


@pytest.mark.parametrize(
    ("where", "said"),
    [
        (("w",), "w: wrong"),
        (("w", "s"), "w/s: wrong"),
        (("w", "s", "a.py:3"), "w/s (a.py:3): wrong"),
        (("w", None, "a.py:3"), "w (a.py:3): wrong"),
    ],
)
def test_a_finding_says_where_it_is(where: tuple[Any, ...], said: str) -> None:
    one = Finding("control", "wrong", *where)
    assert str(one) == said
    assert len({one, Finding("control", "wrong", *where)}) == 1  # each is kept once
    error = FindingError([one, Finding("no-steps", "empty", "v")])
    assert (str(error), len(error.findings)) == (f"{said}\nv: empty", 2)


# --- notes on recipients ------------------------------------------------------------------------------------


def test_a_trigger_notes_whom_it_leaves_out_and_why(served: Served) -> None:
    sim = served("w", BELL)
    deploys, acme = sim.topic("deploys").add("ann", "boss"), {"tenant": "acme"}
    deploys.subscribe("bob", identifier="never", preferences={"w": False})
    deploys.subscribe("cid", identifier="of-acme", context=acme)
    deploys.subscribe("bob", identifier="nor-this", preferences={"w": {"==": [{"var": "payload.n"}, 8]}})
    news = sim.topic("news")
    news.subscribe("dee", context=acme)

    def told(to: Any, **options: Any) -> tuple[list[str], tuple[str, ...]]:
        trigger = sim.trigger("w", to, **options)
        return [run.subscriber_id for run in trigger.runs], trigger.notes

    boss = "the topic deploys leaves out the actor boss"
    bob = "the preferences of the subscription never, nor-this leave it out"
    assert told(deploys, actor="boss") == (["ann"], (boss, bob))
    assert told([deploys, "boss"], actor="boss") == (["boss", "ann"], (boss, bob))
    assert told(Topic("deploys", exclude=("ann", "bob"))) == (["boss"], ())
    assert told(deploys, context=acme) == (["cid"], ())
    assert told({"topicKey": "deploys", "exclude": ["ann", "boss"]}, payload={"n": 8}) == (["bob"], (bob.replace(", nor-this", ""),))  # fmt: skip
    assert told(news) == ([], ("the topic news has no subscribers without a context",))
    other = {"app": "x", "tenant": "other"}
    assert told(news, context=other) == (
        [],
        ("the topic news has no subscribers for the context app:x, tenant:other",),
    )
    assert told(Topic("none")) == ([], ("the topic none has no subscribers",))
    wrong = {"subscriberId": "eve", "email": "x", "phone": 1}
    dropped = "the recipient eve is dropped: email must be an email, phone must be a string"
    assert told([wrong, "ann"]) == (["ann"], (dropped,))
    sim.topic("other").add("ann")
    both = sim.trigger("w", [sim.topic("other"), deploys], actor="boss")
    assert [(run.subscriber_id, run.topics) for run in both.runs] == [("ann", ("other", "deploys"))]
    triggered = [line.text for line in both.runs[0].activity if line.kind == "trigger"]
    assert triggered == [f"triggered, by the topic other, deploys, transaction {both.transaction_id}"]
    assert [line.text for line in sim.activity if line.kind == "trigger" and line.run is None][-2:] == [
        f"w: {boss}",
        f"w: {bob}",
    ]


def test_a_trigger_that_runs_nothing_says_why(served: Served) -> None:
    sim = served("w", BELL)
    sim.workflow("w").deactivate()
    off = sim.trigger("w", "ann")
    assert (off.status, off.notes, off.runs) == ("trigger_not_active", ("the workflow is not active: nothing runs",), [])  # fmt: skip
    sim.workflow("w").activate()
    nobody = sim.trigger("w", "ann", tenant={"identifier": "acme"})
    said = "there is no such tenant, {'identifier': 'acme'}: nothing runs"
    assert (nobody.status, nobody.notes, nobody.runs) == ("no_tenant_found", (said,), [])
    assert [line.text for line in sim.activity] == [
        "w: the workflow is not active: nothing runs",
        f"w: {said}",
    ]
    assert "ann" not in sim.subscribers
    first = sim.trigger("w", "ann", transaction_id="t")
    assert sim.trigger("w", "bob", transaction_id="t") is first
    assert sim.activity[-1].text == "w: the transaction id t was there before: not run again"


def test_a_tenant_is_seen_by_conditions_as_it_is_kept(sim: NovuSimulator) -> None:
    tenant = sim.tenants.upsert("acme", name="Acme", data={"plan": "pro"})
    whole = {"_id": "7e0000000000000000000001", "identifier": "acme", "name": "Acme", "data": {"plan": "pro"}}
    assert tenant.to_dict() == whole
    sim.advance(hours=1)
    assert sim.tenants.upsert("acme").to_dict() == whole
    assert (tenant.created_at, tenant.updated_at) == (NOON, NOON + timedelta(hours=1))
    sim.tenants.rename(tenant, "acme-2")
    assert (sim.tenants.get("acme"), sim.tenants.get("acme-2"), tenant.identifier) == (None, tenant, "acme-2")


async def test_a_trigger_is_canceled_in_async_code_too(served: Served) -> None:
    sim = served("w", ("delay", "wait", {"amount": 1, "unit": "hours"}))
    trigger = await sim.trigger_async("w", "ann")
    assert await sim.cancel_async(trigger.transaction_id) is True
    assert await sim.cancel_async(trigger.transaction_id) is False
    assert await sim.cancel_async("none") is False


def test_a_topic_that_is_only_a_name_has_no_subscriptions(sim: NovuSimulator) -> None:
    named = Topic("post").add("ann", "bob", "ann")
    with pytest.raises(TypeError, match=r"^Topic\('post', subscribers=\['ann', 'bob'\]\) is only a name: subscribe to `novu"):  # fmt: skip
        named.subscribe("cid")
    assert (list(named), len(named), "ann" in named, bool(Topic("x"))) == (["ann", "bob"], 2, True, True)
    assert (named.remove("ann", "cid").subscribers, named.of("bob")) == (("bob",), [])
    assert Topic("x", exclude=("a", "b")).model_dump() == {
        "type": "Topic",
        "topicKey": "x",
        "exclude": ["a", "b"],
    }


def test_subscriptions_are_kept_until_they_are_taken_away(sim: NovuSimulator) -> None:
    topic, other = sim.topic("a"), sim.topic("b").add("ann")
    first = topic.subscribe("ann", name="First", preferences={"w": False, "v": {"==": [1, 1]}})
    second = topic.subscribe("ann", identifier="second", context={"tenant": "acme"})
    assert topic.subscribe("ann") is first
    assert (first.identifier, first.name, first.context_keys, first.subscriber_id) == ("tk_a:si_ann", "First", (), "ann")  # fmt: skip
    assert [first.lets_pass(one, lambda _: False) for one in ("w", "v", "u")] == [False, False, True]
    assert first.lets_pass("v", lambda condition: condition == {"==": [1, 1]}) is True
    assert (second.context_keys, topic.of("ann"), topic.subscriptions) == (("tenant:acme",), [first, second], [first, second])  # fmt: skip
    assert [sim.topics.of("ann"), sim.topics.of("bob")] == [[topic, other], []]
    topic.unsubscribe(first)
    topic.unsubscribe(first)
    assert (topic.of("ann"), "ann" in topic, sim.topics.subscription("tk_a:si_ann")) == ([second], True, None)
    topic.unsubscribe(second)
    assert ("ann" in topic, sim.topics.subscription("second")) == (False, None)
    assert sim.delete_subscriber("ann")
    assert (list(other), sim.topics.subscription("tk_b:si_ann")) == ([], None)
    topic.subscribe("bob", identifier="third")
    assert sim.topics.remove("a")
    assert not sim.topics.remove("a")
    assert (sim.topics.subscription("third"), [one.key for one in sim.topics]) == (None, ["b"])
    sim.advance(hours=1)
    renamed = sim.topics.upsert("b", "News")
    assert (renamed, renamed.name, renamed.created_at, renamed.updated_at) == (other, "News", NOON, NOON + timedelta(hours=1))  # fmt: skip
    sim.advance(hours=1)
    assert (
        sim.topics.upsert("b", "News").updated_at
        == sim.topics.upsert("b").updated_at
        == NOON + timedelta(hours=1)
    )


# --- failures -----------------------------------------------------------------------------------------------


def failing(served: Served, count: int, *, apart: bool = True) -> NovuSimulator:
    """A simulation in which runs failed by the code, for a reason of each subscriber's own or for one."""

    def broken(event: dict[str, Any]) -> Any:
        who = event["subscriber"]["subscriberId"] if apart else "all"
        raise BridgeFailure(f"no {who}", status=400, code="StepExecutionFailedError")

    sim = served("w", ("custom", "do", broken))
    sim.trigger("w", [f"s{number}" for number in range(count)])
    return sim


WAYS = (
    "the step's `status` or `error`, or a `run.status` that tells of it. To let runs fail unseen: "
    "@pytest.mark.novu(allow_failures=True), or the ini key `novu_allow_failures = true`."
)


def told(error: AssertionError | None) -> list[str]:
    return str(error).split("\n\n")


def test_failures_that_nobody_looked_at_are_told_five_of_them_whole(served: Served) -> None:
    sim = failing(served, 6)
    title, *each, more, advice = told(unread_failures(sim.triggers))
    assert title == "6 runs failed, and the test did not look at them:"
    why = sim.triggers[0].unread[0].why
    assert each == [f"for s{number}, w/do (w.py:1): {why.replace('s0', f's{number}')}" for number in range(5)]
    assert (more, advice) == ("... and 1 more", f"Where the failure is meant, look at it: {WAYS}")
    assert told(failed_runs(sim.triggers))[:1] == ["6 runs failed, by the code or by a payload:"]
    assert told(failed_runs(sim.triggers))[-1] == "... and 1 more"
    with pytest.raises(
        UnreadFailures, match=r"^6 runs failed, which is not content to keep in a snapshot:"
    ) as raised:
        refuse_failed([sim.triggers[0]])
    assert told(raised.value)[-1] == f"Where the failure is meant, look at it before you compare it: {WAYS}"
    with pytest.raises(UnreadFailures, match=r"^1 run failed, which is not content"):
        refuse_failed(sim.triggers[0].runs[1])
    assert sim.triggers[0].runs[0].status == "failed"  # which is to look
    assert unread_failures(sim.triggers) is failed_runs(sim.triggers) is None


@pytest.mark.parametrize(
    ("count", "title", "who"),
    [(1, "1 run failed, and the test did not look at it:", "s0"), (3, "3 runs failed, and the test did not look at them:", "s0 and 2 more")],
)  # fmt: skip
def test_the_same_failure_of_several_is_told_once(served: Served, count: int, title: str, who: str) -> None:
    sim = failing(served, count, apart=False)
    said, one, _ = told(unread_failures(sim.triggers))
    assert (said, one.partition(", ")[0]) == (title, f"for {who}")
    assert sim.triggers[0].runs[-1].steps[0].error
    assert unread_failures(sim.triggers) is None


def test_five_failures_are_told_without_more(served: Served) -> None:
    sim = failing(served, 5)
    assert len(told(unread_failures(sim.triggers))) == 7


def test_a_failure_of_a_bridge_that_nobody_answers_is_not_of_the_code(served: Served) -> None:
    def gone(event: dict[str, Any]) -> Any:
        raise BridgeFailure("nobody is there", status=404)

    sim = served("w", ("custom", "do", gone))
    trigger = sim.trigger("w", "ann")
    assert (trigger.unread[0].is_of_the_code, unread_failures(sim.triggers)) == (False, None)
    with pytest.raises(UnreadFailures):
        refuse_failed(trigger.run.steps[0])
    assert trigger.run.steps[0].status == "failed"
    refuse_failed(trigger.run.steps[0])


def test_who_reads_the_findings_has_looked_at_the_failures_that_they_are_about(served: Served) -> None:
    def broken(event: dict[str, Any]) -> Any:
        code = StepNotFoundError.code if event["payload"].get("hidden") else "StepExecutionFailedError"
        raise BridgeFailure("no", status=400, code=code)

    sim = served("w", ("custom", "do", broken))
    sim.trigger("w", "ann", {"hidden": True})
    assert str(unread_failures(sim.triggers)).startswith("1 run failed, ")
    assert [one.kind for one in sim.findings] == ["undiscovered-step"]
    assert unread_failures(sim.triggers) is None
    sim.trigger("w", "ann")
    assert len(sim.findings) == 1
    assert str(unread_failures(sim.triggers)).startswith("1 run failed, ")


def turns(*failures: AgentFailure, read: bool = False) -> Any:
    """A conversation, as far as what failed in it is told."""
    return SimpleNamespace(agent_id="support", failures=failures, failures_read=read)


def test_failures_of_turns_are_told_five_of_them_whole_but_not_those_of_a_platform() -> None:
    def said(*conversations: Any) -> list[str]:
        return told(unread_turns(conversations))

    one = AgentFailure("onMessage", "no", BridgeFailure("no"))
    assert said(turns(one)) == [
        "1 turn of agents failed, and the test did not look at it:",
        "support, onMessage: no",
        "Where the failure is meant, look at it: read `conversation.failures`. To let agents fail unseen: "
        "@pytest.mark.novu(allow_failures=True), or the ini key `novu_allow_failures = true`.",
    ]
    title, *each = said(
        turns(*[one] * 2), turns(*[AgentFailure("onAction", "gone")] * 3), turns(one, read=True)
    )
    assert title == "5 turns of agents failed, and the test did not look at them:"
    assert each[:-1] == ["support, onMessage: no"] * 2 + ["support, onAction: gone"] * 3
    assert said(turns(*[one] * 7))[-2:-1] == ["... and 2 more"]
    assert said(turns(*[one] * 6))[6] == "... and 1 more"
    (_, raised, _) = said(turns(AgentFailure("onMessage", "ValueError: x", ValueError("x"))))
    assert raised == "support, onMessage: ValueError: x\n  ValueError: x"
    of_platform = [AgentFailure("onMessage", "x", AgentDeliveryError(status, "")) for status in (0, 500, 503)]
    assert unread_turns([turns(*of_platform)]) is unread_turns([]) is None
    (_, refused, _) = said(turns(*of_platform, AgentFailure("onMessage", "x", AgentDeliveryError(499, ""))))
    assert refused.startswith("support, onMessage: x\n")


# --- values -------------------------------------------------------------------------------------------------


def test_collections_show_twenty_ids_and_equal_lists_of_the_same(sim: NovuSimulator) -> None:
    shown: ById[Any] = sim.subscribers
    assert repr(shown) == "<Subscribers: none>"
    for number in range(20):
        sim.subscriber(f"s{number}")
    twenty = ", ".join(f"s{number}" for number in range(20))
    assert repr(shown) == f"<Subscribers: {twenty}>"
    sim.subscriber("s20")
    assert repr(shown) == f"<Subscribers: {twenty}, ...>"
    assert [one.subscriber_id for one in shown][-1] == "s20"
    assert (shown.get("s0") is sim.subscriber("s0"), shown.get("x"), "s0" in shown, len(shown)) == (True, None, True, 21)  # fmt: skip
    assert (shown.remove("s0"), shown.remove("s0"), len(shown)) == (True, False, 20)


def test_what_is_in_order_equals_a_list_and_its_like_alone(served: Served) -> None:
    sim = served("w", BELL)
    first, second = (sim.trigger("w", "ann") for _ in range(2))
    assert sim.triggers == [first, second]
    assert sim.triggers != [second, first]
    assert sim.triggers != (first, second)
    other: InOrder[Any] = type(sim.triggers)()
    other.add(first)
    assert other != sim.triggers
    other.add(second)
    assert other == sim.triggers
    assert (len(other), len(sim.triggers)) == (2, 2)
    assert (sim.triggers[0], sim.triggers[-1:], sim.triggers.get(second.transaction_id)) == (first, [second], second)  # fmt: skip
    assert repr(other) == repr([first, second])


@walked(
    ("path", "value"),
    [
        ("a.b", 1),
        ("a.c", None),
        ("list.1.x", 2),
        ("list.2.x", None),
        ("list.-1", None),
        ("list.²", None),
        ("list.x", None),
        ("a.b.c", None),
        ("text.0", None),
        ("a", {"b": 1}),
        ("", None),
    ],
)
def test_a_path_leads_through_objects_and_lists(path: str, value: Any) -> None:
    assert at_path(path, {"a": {"b": 1}, "list": [{}, {"x": 2}], "text": "x"}) == value


@walked(
    ("value", "span"),
    [
        ("2026-01-01T13:00:00Z", 60),
        ("2026-01-01T13:00:00", 60),
        ("2026-01-01T11:59:00.5Z", -0.99166667),
        ({"amount": 2, "unit": "hours", "x": 1}, 120),
        (None, "the payload has nothing at `payload.when`"),
        ("2026-01-01", "`payload.when` is '2026-01-01': it must be a timestamp such as '2026-01-01T09:00:00Z', or {amount, unit}"),
        ("2026-01-01T13:00:00+01:00", "`payload.when` is '2026-01-01T13:00:00+01:00': it must be a timestamp such as"),
        ("2026-13-01T13:00:00Z", "`payload.when`: month must be in 1..12"),
        ({"amount": 2}, "`payload.when` is {'amount': 2}: it must be"),
        ({"amount": 2, "unit": "eons"}, "`payload.when`: 'eons' is not a unit of time; the units are "),
        ({"amount": -2, "unit": "days"}, "`payload.when`: -2 is not an amount of time: it must be a number, zero or more."),
        (7, "`payload.when` is 7: it must be"),
    ],
)  # fmt: skip
def test_a_span_is_from_now_to_a_timestamp_or_an_amount(value: Any, span: Any) -> None:
    data = {"payload": {"when": value}}
    if not isinstance(span, str):
        assert span_at("payload.when", data, NOON) / timedelta(minutes=1) == pytest.approx(span)
        return
    with pytest.raises(ValueError) as raised:  # noqa: PT011
        span_at("payload.when", data, NOON)
    assert str(raised.value).startswith(span)


def part(field: str, operator: str, value: Any) -> dict[str, Any]:
    return {"on": "tenant", "field": field, "operator": operator, "value": value}


TENANT = {
    "identifier": "acme",
    "data": {"seats": 3, "paid": True, "regions": ["eu"], "price": 1.5, "none": None},
}


@walked(
    ("field", "operator", "value", "holds"),
    [
        ("data.seats", "LARGER", "text", False),
        ("data.seats", "EQUAL", None, False),
        ("data.seats", "NOT_EQUAL", "text", True),
        ("data.seats", "SMALLER", "3", False),
        ("data.seats", "SMALLER", "3.5", True),
        ("data.seats", "LARGER_EQUAL", "3.5", False),
        ("data.seats", "SMALLER_EQUAL", "3", True),
        ("data.price", "EQUAL", "1.50", True),
        ("data.paid", "NOT_EQUAL", "false", True),
        ("data.paid", "EQUAL", True, False),
        ("data.seats", "IN", "3", False),
        ("data.seats", "NOT_IN", "3", False),
        ("data.regions", "NOT_IN", "eu", False),
        ("data.regions", "LARGER", "a", False),
        ("data.none", "EQUAL", None, True),
        ("data.none", "IS_DEFINED", "", True),
        ("data.none.deeper", "IS_DEFINED", "", False),
        ("identifier", "SMALLER", "b", True),
        ("identifier", "EQUAL", 7, False),
        ("identifier.x", "IS_DEFINED", "", False),
    ],
)
def test_a_condition_compares_kinds_that_fit(field: str, operator: str, value: Any, holds: bool) -> None:
    assert conditions_match([{"children": [part(field, operator, value)]}], {"tenant": TENANT}) is holds


YES, NO = part("identifier", "EQUAL", "acme"), part("identifier", "EQUAL", "x")


@walked(
    ("groups", "holds"),
    [
        ([], False),
        ([{}], True),
        ([{"children": None}], True),
        ([{"value": "OR", "children": []}], True),
        ([{"value": "OR", "children": [NO]}], False),
        ([{"value": "OR", "children": [NO, YES]}], True),
        ([{"value": "OR", "children": [NO, NO]}], False),
        ([{"value": "AND", "children": [YES, NO]}], False),
        ([{"children": [YES, YES]}], True),
        ([{"children": [NO]}, {"children": [YES]}], True),
        ([{"children": [{"on": "tenant", "field": "identifier"}]}], False),
    ],
)
def test_one_group_of_conditions_is_enough(groups: list[Any], holds: bool) -> None:
    assert conditions_match(groups, {"tenant": TENANT}) is holds


OPERATORS = [
    *(
        "and",
        "or",
        "!",
        "!!",
        "==",
        "===",
        "!=",
        "!==",
        "<",
        "<=",
        ">",
        ">=",
        "in",
        "null",
        "notNull",
        "notIn",
    ),
    *(
        "contains",
        "notContains",
        "doesNotContain",
        "beginsWith",
        "doesNotBeginWith",
        "startsWith",
        "endsWith",
    ),
    *("doesNotEndWith", "between", "notBetween", "=", "exists"),
]


@walked(
    ("rules", "problem"),
    [
        *(({operator: [{"var": "subscriber.x"}, 1]}, None) for operator in OPERATORS),
        ({"var": "context.a.b"}, None),
        ({"var": "workflow.x"}, None),
        ({"var": "payload.x"}, "Value is not valid"),
        ({"var": "subscriber"}, "Value is not valid"),
        ({"var": "subscriber."}, "Value is not valid"),
        ({"var": ["subscriber.x"]}, "Value is not valid"),
        ({"log": 1}, 'Unsupported operator "log"'),
        ({}, "Invalid rule node with 0 keys, expected a single operator"),
        ({"and": [], "or": []}, "Invalid rule node with 2 keys, expected a single operator"),
        ({"and": [1, {"or": [{"var": "x"}]}]}, "Value is not valid"),
        ([{"and": []}, {"no": []}, {}], 'Unsupported operator "no"'),
        ("text", None),
    ],
    ids=str,
)
def test_rules_have_the_operators_and_the_names_that_they_can_have(rules: Any, problem: str | None) -> None:
    assert rules_problem(rules) == problem
    namespaces = ("subscriber", "context", "workflow", "payload")
    assert rules_problem({"var": "payload.x"}, namespaces) is None
