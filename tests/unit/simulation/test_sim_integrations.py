"""Integrations in code: which there are, how they are added, changed and ranked, and which of them carries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from novu_framework_testing import NovuSimulator
from novu_framework_testing.simulation.integrations import Integrations
from tests.unit.simulation.simulated import NOON

CONDITIONS: list[dict[str, Any]] = [{"children": []}]
RULES = {"==": [1, 1]}

Change = Callable[[Integrations], object]


def add(identifier: str, **about: Any) -> Change:
    return lambda all: all.add("sendgrid", identifier=identifier, **about)


def update(identifier: str, **changes: Any) -> Change:
    return lambda all: all.update(all[identifier], **changes)


def lead(name: str) -> Change:
    return lambda all: all.set_primary(all[name])


def remove(name: str) -> Change:
    return lambda all: all.remove(name)


def use(provider_id: str) -> Change:
    return lambda all: all.use("email", provider_id)


@pytest.mark.parametrize(
    ("changes", "ranks"),
    [
        ([], "novu-email* 1"),
        ([add("a")], "novu-email 1, a* 2"),
        ([add("a"), add("b")], "novu-email 1, a 2, b* 3"),
        ([add("a", primary=False)], "novu-email* 2, a 1"),
        ([add("a", primary=False), add("b", primary=False)], "novu-email* 3, a 1, b 2"),
        ([add("a", active=False)], "novu-email* 1, -a 0"),
        ([add("a", conditions=CONDITIONS)], "novu-email* 2, a 1"),
        ([add("a", rules=RULES)], "novu-email* 2, a 1"),
        ([add("a"), add("b"), update("a", active=False)], "novu-email 1, -a 0, b* 2"),
        ([add("a"), add("b"), update("b", active=False)], "novu-email 1, a 2, -b 0"),
        ([add("a"), update("a", active=False), update("a", active=True)], "novu-email 1, a 2"),
        ([add("a"), add("b"), update("b", conditions=CONDITIONS)], "novu-email 1, a 2, b 3"),
        ([add("a"), add("b"), update("a", conditions=CONDITIONS)], "novu-email 1, a 2, b* 3"),
        ([add("a"), update("a", name="A", active=True, conditions=[])], "novu-email 1, a* 2"),
        ([update("novu-email", rules=RULES)], "novu-email* 1"),
        ([update("novu-email", active=False)], "-novu-email 0"),
        ([update("novu-email", active=False), add("a", primary=False), add("b", primary=False)], "-novu-email 0, a* 2, b 1"),
        ([remove("novu-email")], ""),
        ([remove("novu-email"), add("a", primary=False)], "a* 1"),
        ([remove("none")], "novu-email* 1"),
        ([add("a"), add("b"), remove("a")], "novu-email 1, b* 2"),
        ([add("a"), add("b"), remove("b")], "novu-email 1, a 2"),
        ([add("a"), add("b"), remove("b"), add("c", primary=False)], "novu-email 1, a 2, c* 3"),
        ([add("a"), add("b"), add("c"), lead("a")], "novu-email 1, a* 4, b 2, c 3"),
        ([add("a", active=False, conditions=CONDITIONS), lead("a")], "novu-email 1, a* 2"),
        ([use("novu-email")], "novu-email* 1"),
        ([use("sendgrid")], "novu-email 1, sendgrid-00000004* 2"),
        ([add("a", active=False), use("sendgrid")], "novu-email 1, a* 2"),
        ([add("a"), use("novu-email")], "novu-email* 2, a 1"),
    ],
)  # fmt: skip
def test_one_email_integration_leads_and_the_active_ones_have_their_ranks(
    sim: NovuSimulator, changes: list[Change], ranks: str
) -> None:
    for change in changes:
        change(sim.integrations)
    assert (
        ", ".join(
            f"{'' if one.active else '-'}{one.identifier}{'*' * one.primary} {one.priority}"
            for one in sim.integrations
            if one.channel == "email"
        )
        == ranks
    )


def test_an_integration_has_what_it_was_given_and_what_is_made_up_for_the_rest(sim: NovuSimulator) -> None:
    credentials, conditions = {"from": "x@acme.test"}, [{"children": []}]
    one = sim.integrations.add(
        "sendgrid", name="Our Mail!", credentials=credentials, configurations={"a": 1}, conditions=conditions, rules=RULES
    )  # fmt: skip
    assert (one.provider_id, one.channel, one.name, one.created_at, one.updated_at) == (
        "sendgrid", "email", "Our Mail!", NOON, NOON,
    )  # fmt: skip
    assert one.identifier == f"our-mail-{one.id[-8:]}"
    assert (one.credentials, one.configurations, one.conditions, one.rules) == (
        credentials, {"a": 1}, conditions, RULES,
    )  # fmt: skip
    credentials["from"], conditions[0]["children"] = "y", [1]  # type: ignore[list-item]
    assert one.credentials == {"from": "x@acme.test"}
    assert one.conditions == [{"children": []}]
    plain = sim.integrations.add("fcm", identifier="push")
    assert (plain.identifier, plain.channel, plain.active, plain.primary, plain.priority) == (
        "push", "push", True, False, 0,
    )  # fmt: skip
    assert (plain.credentials, plain.configurations, plain.conditions, plain.rules) == ({}, {}, [], {})
    assert [one.provider_id for one in sim.integrations] == [
        "novu",
        "novu-email",
        "novu-sms",
        "sendgrid",
        "fcm",
    ]
    assert len(sim.integrations) == 5


@pytest.mark.parametrize(
    ("provider_id", "channel", "said"),
    [
        ("clickatell", None, "is one of email and sms. Say for which channel"),
        ("sendgird", None, "is not one that Novu knows; did you mean 'sendgrid'"),
        ("sendgrid", "letter", "'letter' is not a channel"),
    ],
)
def test_an_integration_needs_a_channel_that_there_is(
    sim: NovuSimulator, provider_id: str, channel: str | None, said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        sim.integrations.add(provider_id, channel)
    assert sim.integrations.add("clickatell", "sms").channel == "sms"
    assert sim.integrations.add("of-our-own", "chat").channel == "chat"


def test_an_integration_is_found_by_its_id_and_its_identifier(sim: NovuSimulator) -> None:
    one = sim.integrations.add("sendgrid", identifier="eu")
    assert sim.integrations.get("eu") is sim.integrations[one.id] is one
    assert sim.integrations.get("sendgrid") is None
    with pytest.raises(KeyError, match=r"There is no integration 'ue'; there are: .*eu"):
        sim.integrations["ue"]
    with pytest.raises(ValueError, match="There is an integration 'eu' here already"):
        sim.integrations.add("twilio", identifier="eu")
    assert sim.integrations.remove(one.id)
    assert not sim.integrations.remove(one.id)
    assert sim.integrations.get("eu") is None


def test_a_change_is_kept_with_its_moment_and_none_is_none(sim: NovuSimulator) -> None:
    one, push = sim.integrations.add("sendgrid"), sim.integrations.add("fcm")
    sim.advance(hours=1)
    sim.integrations.set_primary(one)  # which it is
    sim.integrations.set_primary(push)  # which no push is
    assert (one.updated_at, push.updated_at, push.primary) == (NOON, NOON, False)
    sim.integrations.update(push, name="Push", active=False, credentials={"a": 1})
    assert (push.name, push.active, push.credentials, push.priority) == ("Push", False, {"a": 1}, 0)
    assert push.updated_at == NOON + timedelta(hours=1)
    own = sim.integrations["novu-email"]
    sim.integrations.set_primary(own)
    assert (own.updated_at, one.updated_at) == (NOON + timedelta(hours=1), NOON)


@pytest.mark.parametrize(
    ("change", "set_up"),
    [
        (lambda all: all["novu-email"], False),
        (lambda all: all.update(all["novu-email"], name="x"), False),
        (lambda all: all.update(all["novu-email"], active=True, conditions=[], rules={}), False),
        (lambda all: all.update(all["novu-email"], active=False), True),
        (lambda all: all.update(all["novu-email"], conditions=CONDITIONS), True),
        (lambda all: all.update(all["novu-email"], rules=RULES), True),
        (lambda all: all.remove("novu-email"), True),
        (lambda all: all.use("email", "novu-email"), True),
        (lambda all: all.add("sendgrid", active=False), True),
        (lambda all: all.add("twilio"), False),
    ],
)
def test_a_channel_is_set_up_once_somebody_has_chosen_what_carries_it(
    sim: NovuSimulator, change: Change, set_up: bool
) -> None:
    change(sim.integrations)
    assert sim.integrations.is_set_up("email") is set_up


def test_all_active_ones_of_a_channel_carry_in_the_order_in_which_they_came(sim: NovuSimulator) -> None:
    def names(*named: str) -> list[str]:
        return [one.provider_id for one in sim.integrations.all_active("tool", named)]

    default = names()
    assert len(default) == 1
    assert names("linear", "jira", "linear") == ["linear", "jira"]
    for name in ("b", "c", "a"):
        sim.integrations.add(name, "tool", active=name != "c")
    assert names() == names("linear") == ["b", "a"]


def test_a_stand_in_is_the_same_each_time_until_there_is_an_integration(sim: NovuSimulator) -> None:
    stand_in = sim.integrations.stand_in("email", "sendgrid")
    assert sim.integrations.stand_in("email", "sendgrid") is stand_in
    assert (stand_in.identifier, stand_in.channel) == ("sendgrid", "email")
    assert stand_in not in list(sim.integrations)
    assert sim.integrations.stand_in("email", "novu-email") is sim.integrations["novu-email"]
    assert sim.integrations.stand_in("sms", "sendgrid") is not stand_in
    sim.integrations.add("ses")
    assert sim.integrations.stand_in("email", "sendgrid") is stand_in
    real = sim.integrations.add("sendgrid")
    assert sim.integrations.stand_in("email", "sendgrid") is real


def test_novus_own_are_not_made_again_where_all_were_removed(sim: NovuSimulator) -> None:
    for one in sim.integrations:
        assert sim.integrations.remove(one.identifier)
    assert (list(sim.integrations), len(sim.integrations)) == ([], 0)
