"""Channel endpoints, connections and contexts in code: what they need, what is made up for the rest, what is refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from novu_framework_testing import NovuSimulator
from novu_framework_testing.simulation.channel_endpoints import endpoint_address, endpoint_problem
from novu_framework_testing.simulation.contexts import context_keys, invalid_contexts, too_large
from tests.tables import walked
from tests.unit.simulation.simulated import NOON

NEEDED = {
    "slack_channel": ["channelId"],
    "slack_user": ["userId"],
    "webhook": ["url"],
    "phone": ["phoneNumber"],
    "ms_teams_channel": ["teamId", "channelId"],
    "ms_teams_user": ["userId"],
    "line_user": ["userId"],
    "telegram_chat": ["chatId"],
    "webex_person": [],
    "webex_room": ["roomId"],
    "pagerduty_service": ["routingKey", "region"],
    "opsgenie_integration": ["apiKey", "region"],
    "grafana_oncall_integration": ["url"],
    "tool_webhook": ["url"],
}


@walked(("type", "needed"), NEEDED.items(), ids=NEEDED)
def test_an_endpoint_says_what_its_type_needs(type: str, needed: list[str]) -> None:
    whole = dict.fromkeys(needed, "x")
    assert endpoint_problem(type, whole) is None
    assert endpoint_problem(type, {}) == (
        f"An endpoint of type {type} needs {', '.join(needed)}." if needed else None
    )
    for name in needed:
        assert endpoint_problem(type, {**whole, name: ""}) == f"An endpoint of type {type} needs {name}."


def test_a_type_of_endpoint_that_there_is_not_is_told_with_those_that_there_are() -> None:
    assert endpoint_problem("fax", {}) == (
        f"'fax' is not a type of channel endpoint; the types are {', '.join(NEEDED)}."
    )


@pytest.mark.parametrize(
    ("type", "endpoint", "address"),
    [
        ("webhook", {"url": "https://a.test", "channel": "c"}, "https://a.test"),
        ("tool_webhook", {"url": "https://b.test"}, "https://b.test"),
        ("phone", {"phoneNumber": "+1"}, "+1"),
        ("grafana_oncall_integration", {"url": "https://c.test"}, {"url": "https://c.test"}),
        ("slack_user", {"userId": "U1"}, {"userId": "U1"}),
    ],
)
def test_the_address_of_an_endpoint_is_a_url_a_number_or_all_of_it(
    type: str, endpoint: dict[str, Any], address: Any
) -> None:
    assert endpoint_address(type, endpoint) == address


def test_an_endpoint_has_what_it_was_given_and_what_its_integration_says(sim: NovuSimulator) -> None:
    integration = sim.integrations.add("slack", identifier="team")
    said = {"channelId": "C1"}
    one = sim.channel_endpoints.add("ann", "team", "slack_channel", said)
    assert vars(one) == {
        "id": "ce0000000000000000000001",
        "identifier": "chendp_000000000001",
        "subscriber_id": "ann",
        "integration_identifier": "team",
        "provider_id": "slack",
        "channel": "chat",
        "type": "slack_channel",
        "endpoint": {"channelId": "C1"},
        "created_at": NOON,
        "updated_at": NOON,
        "connection_identifier": None,
        "context_keys": (),
    }
    said["channelId"] = "C2"
    assert one.address == {"channelId": "C1"}
    other = sim.channel_endpoints.add(
        "ann", integration, "slack_user", {"userId": "U"}, identifier="u", connection="c", context={"t": "acme"}
    )  # fmt: skip
    assert (other.identifier, other.connection_identifier, other.context_keys) == ("u", "c", ("t:acme",))
    assert list(sim.channel_endpoints) == [one, other]


def test_endpoints_are_found_by_subscriber_channel_and_context_until_they_are_removed(
    sim: NovuSimulator,
) -> None:
    for provider_id, identifier in (("slack", "a"), ("discord", "b"), ("tool-webhook", "t")):
        sim.integrations.add(provider_id, identifier=identifier)
    add, acme = sim.channel_endpoints.add, {"tenant": "acme"}
    url = {"url": "https://a.test"}
    one, two = add("ann", "a", "webhook", url), add("ann", "a", "webhook", url)
    three, tool = add("ann", "b", "webhook", url), add("ann", "t", "tool_webhook", url)
    of_acme, of_bob = add("ann", "a", "webhook", url, context=acme), add("bob", "a", "webhook", url)
    of = sim.channel_endpoints.of
    assert of("ann", "chat") == {"a": [one, two], "b": [three]}
    assert of("ann", "tool") == {"t": [tool]}
    assert of("ann", "chat", ["tenant:acme"]) == {"a": [of_acme]}
    assert of("ann", "chat", ["tenant:acme", "app:x"]) == of("cid", "chat") == of("ann", "push") == {}
    assert of("bob", "chat") == {"a": [of_bob]}
    assert sim.channel_endpoints.remove(one.identifier)
    assert not sim.channel_endpoints.remove(one.identifier)
    assert of("ann", "chat") == {"a": [two], "b": [three]}
    assert sim.channel_endpoints.get(one.identifier) is None


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("a", "fax", {}), r"^'fax' is not a type of channel endpoint; the types are slack_channel, "),
        (("a", "phone", {}), r"^An endpoint of type phone needs phoneNumber\.$"),
        (("a", "webhook", {"url": "u"}), "^There is a channel endpoint 'x' here already; identifiers are"),
    ],
)
def test_an_endpoint_that_cannot_be_is_refused(
    sim: NovuSimulator, arguments: tuple[Any, ...], said: str
) -> None:
    sim.integrations.add("slack", identifier="a")
    kept = sim.channel_endpoints.add("ann", "a", "webhook", {"url": "u"}, identifier="x")
    with pytest.raises(ValueError, match=said):
        sim.channel_endpoints.add("ann", *arguments, identifier="x")
    assert list(sim.channel_endpoints) == [kept]


def test_a_connection_has_what_it_was_given_and_is_one_for_each_context_and_subscriber(
    sim: NovuSimulator,
) -> None:
    sim.integrations.add("slack", identifier="team")
    workspace, auth = {"id": "W"}, {"accessToken": "s"}
    add = sim.channel_connections.add
    one = add("team", workspace=workspace, auth=auth)
    assert vars(one) == {
        "id": "cc0000000000000000000001",
        "identifier": "chconn_000000000001",
        "integration_identifier": "team",
        "provider_id": "slack",
        "channel": "chat",
        "workspace": {"id": "W"},
        "auth": {"accessToken": "s"},
        "created_at": NOON,
        "updated_at": NOON,
        "subscriber_id": None,
        "context_keys": (),
    }
    assert "'s'" not in repr(one)
    workspace["id"] = auth["accessToken"] = "other"
    assert (one.workspace, one.auth) == ({"id": "W"}, {"accessToken": "s"})
    same: dict[str, Any] = {"workspace": {}, "auth": {}}
    with pytest.raises(ValueError, match=r"for 'team', this subscriber and this context here already: 'chconn_000000000001'"):  # fmt: skip
        add("team", **same)
    of_ann = add("team", **same, subscriber_id="ann", identifier="anns")
    of_acme = add("team", **same, context={"tenant": "acme"})
    with pytest.raises(ValueError, match="There is a channel connection 'anns' here already"):
        add("team", **same, subscriber_id="bob", identifier="anns")
    assert list(sim.channel_connections) == [one, of_ann, of_acme]
    assert (of_ann.subscriber_id, of_acme.context_keys) == ("ann", ("tenant:acme",))


# --- contexts ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("id", ["a", "x" * 100, "A-z_0", "", "x" * 101, "a b", "ä", 7])
def test_a_context_has_a_type_and_an_id_of_up_to_100_plain_signs(sim: NovuSimulator, id: Any) -> None:
    if id in ("a", "x" * 100, "A-z_0"):
        assert sim.context("tenant", id).key == f"tenant:{id}"
        assert sim.context(id, "acme").key == f"{id}:acme"
        return
    with pytest.raises(ValueError, match=r"^The id of a context is 1 to 100 letters, digits, _ and -, not "):
        sim.context("tenant", id)
    with pytest.raises(
        ValueError, match=r"^The type of a context is 1 to 100 letters, digits, _ and -, not "
    ):
        sim.context(id, "acme")
    assert len(sim.contexts) == 0


def test_a_context_has_the_data_and_the_moment_of_the_last_time_that_it_was_given_some(
    sim: NovuSimulator,
) -> None:
    data = {"plan": "pro"}
    one = sim.context("tenant", "acme", data)
    data["plan"] = "free"
    assert (one.record_id, one.data) == ("c00000000000000000000001", {"plan": "pro"})
    sim.advance(hours=1)
    assert sim.context("tenant", "acme") is one
    assert (one.created_at, one.updated_at, one.data) == (NOON, NOON, {"plan": "pro"})
    sim.context("tenant", "acme", {})
    assert (one.created_at, one.updated_at, one.data) == (NOON, NOON + timedelta(hours=1), {})


def test_the_contexts_of_a_trigger_are_made_where_they_are_missing_and_shown_to_bridges(
    sim: NovuSimulator,
) -> None:
    sim.context("tenant", "acme", {"plan": "pro"})
    keys = sim.contexts.resolve({"tenant": {"id": "acme", "data": {"plan": "free"}}, "app": "jira"})
    assert keys == ("app:jira", "tenant:acme")
    shown = sim.contexts.for_bridge(keys)
    assert shown == {"app": {"id": "jira", "data": {}}, "tenant": {"id": "acme", "data": {"plan": "pro"}}}
    shown["tenant"]["data"]["plan"] = "changed"
    sim.contexts.remove("app:jira")
    assert sim.contexts.for_bridge(keys) == {"tenant": {"id": "acme", "data": {"plan": "pro"}}}
    assert (sim.contexts.resolve(None), sim.contexts.resolve({}), sim.contexts.for_bridge(())) == ((), (), {})


WRONG = (
    "Invalid context payload structure. Expected object with context types as keys and string IDs or "
    "{id, data} objects as values"
)


@walked(
    ("payload", "problem"),
    [
        ({"t": "a"}, None),
        ({"t": {"id": "a"}}, None),
        ({"t": {"id": "a", "data": []}}, None),
        ({str(number): "a" for number in range(5)}, None),
        ({str(number): "a" for number in range(6)}, "Too many contexts: 6 provided, maximum allowed is 5"),
        ({}, WRONG),
        ([], WRONG),
        ({"t": "a b"}, WRONG),
        ({"t": {"data": {}}}, WRONG),
        ({"t": {"id": "a", "data": "text"}}, WRONG),
        ({"t": {"id": "a", "data": None}}, WRONG),
        ({"t": "a", "u": 1}, WRONG),
        ({"s": {"id": "a", "data": {"x": 1}}, "t": {"id": "a", "data": ["x" * 66_000]}}, "Context 't' data is too large: 64KB exceeds 64KB limit"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_contexts_is_said_in_novus_words(payload: Any, problem: str | None) -> None:
    assert invalid_contexts(payload) == problem


@pytest.mark.parametrize(("letters", "size"), [(65_532, None), (65_533, 64), (66_044, 64), (66_045, 65)])
def test_the_data_of_a_context_has_64_kilobytes_at_most(letters: int, size: int | None) -> None:
    said = size and f"Context 'tenant' data is too large: {size}KB exceeds 64KB limit"
    assert too_large("tenant", ["x" * letters]) == said
    assert too_large("tenant", None) is None


def test_keys_of_contexts_are_in_alphabetical_order_and_none_for_none() -> None:
    assert context_keys({"b": "2", "a": {"id": "1"}}) == ("a:1", "b:2")
    assert context_keys(None) == context_keys({}) == ()
