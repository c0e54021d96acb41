"""Integrations: which one carries a message, and how the API changes them."""

from __future__ import annotations

from typing import Any

import pytest

from novu_framework_testing import BridgeAnswer
from tests.rules import Source, left_out, rule
from tests.rules.novu_api import NovuApi

_API = "apps/api/src/app/integrations"
SELECT = Source(
    "libs/application-generic/src/usecases/select-integration/select-integration.usecase.ts", "943f64b"
)
FILTER = Source("libs/application-generic/src/utils/filter.ts", "943f64b")
FILTERS = Source(
    "libs/application-generic/src/usecases/conditions-filter/conditions-filter.usecase.ts", "943f64b"
)
CREATE = Source(f"{_API}/usecases/create-integration/create-integration.usecase.ts", "943f64b")
CREATE_E2E = Source(f"{_API}/e2e/create-integration.e2e.ts", "943f64b")
UPDATE = Source(f"{_API}/usecases/update-integration/update-integration.usecase.ts", "943f64b")
PRIMARY = Source(
    f"{_API}/usecases/set-integration-as-primary/set-integration-as-primary.usecase.ts", "943f64b"
)
REMOVE = Source(f"{_API}/usecases/remove-integration/remove-integration.usecase.ts", "943f64b")
CONTROLLER = Source(f"{_API}/integrations.controller.ts", "943f64b")
NOVUS_OWN = Source(f"{_API}/usecases/create-novu-integrations/create-novu-integrations.usecase.ts", "943f64b")
TRIGGER_E2E = Source("apps/api/src/app/events/e2e/trigger-event.e2e.ts", "943f64b")
ENDPOINT = Source(
    "apps/api/src/app/channel-endpoints/usecases/create-channel-endpoint/create-channel-endpoint.usecase.ts",
    "943f64b",
)
CONNECTION = Source(
    "apps/api/src/app/channel-connections/usecases/create-channel-connection/create-channel-connection.usecase.ts",
    "943f64b",
)

MAIL = {"subject": "Hi", "body": "<p>Hi</p>"}
ANN = {"subscriberId": "ann", "email": "ann@acme.test", "phone": "+1"}


def carrier(sim, **options):
    """The integration that carried the only message of a trigger; None where there is none."""
    messages = sim.trigger("w", ANN, **options).run.messages
    return messages[0].integration if messages else None


# --- which one carries ---------------------------------------------------------------------------------------


@rule(
    "integrations.own",
    "A new environment has Novu's own integrations for the inbox and for email, and email's is primary.",
    NOVUS_OWN,
)
def test_a_new_environment_has_novus_own_integrations(sim):
    assert [(one.identifier, one.channel, one.active, one.primary) for one in sim.integrations] == [
        ("novu-inbox", "in_app", True, False),
        ("novu-email", "email", True, True),
        ("novu-sms", "sms", True, True),
    ]


@rule(
    "integrations.primary-carries", "Of several integrations of email or sms the primary one carries.", SELECT
)
@pytest.mark.parametrize(
    ("channel", "added", "carries"),
    [
        ("email", [], "novu-email"),
        ("email", [("a", {})], "a"),
        ("email", [("a", {}), ("b", {})], "b"),
        ("email", [("a", {}), ("b", {"primary": False})], "a"),
        ("email", [("a", {"primary": False})], "novu-email"),
        ("email", [("a", {"active": False})], "novu-email"),
        ("sms", [("a", {}), ("b", {})], "b"),
        ("sms", [("a", {}), ("b", {"active": False})], "a"),
    ],
)
def test_the_primary_integration_carries(served, channel, added, carries):
    sim = served("w", (channel, "send", MAIL))
    for identifier, options in added:
        sim.integrations.add("sendgrid" if channel == "email" else "twilio", identifier=identifier, **options)
    assert carrier(sim) == carries


@rule(
    "integrations.newest-carries",
    "Of several integrations of one push or chat provider the newest active one carries.",
    SELECT,
)
@pytest.mark.parametrize(
    ("added", "carries"),
    [
        (["one"], "one"),
        (["one", "two"], "two"),
        (["one", "two", "-three"], "two"),
        (["-one"], None),
    ],
)
def test_the_newest_active_integration_of_a_provider_carries(served, added, carries):
    sim = served("w", ("push", "send", MAIL))
    for name in added:
        sim.integrations.add("fcm", identifier=name.lstrip("-"), active=not name.startswith("-"))
    sim.subscriber("ann").set_credentials("fcm", {"deviceTokens": ["t"]})
    assert carrier(sim) == carries


@rule(
    "integrations.of-credentials",
    "Credentials of a subscriber that name an integration are carried by that one.",
    SELECT,
)
def test_credentials_may_name_their_integration(served):
    sim = served("w", ("push", "send", MAIL))
    for name in ("one", "two"):
        sim.integrations.add("fcm", identifier=name)
    sim.subscriber("ann").set_credentials("fcm", {"deviceTokens": ["t"]}, integration_identifier="one")
    assert carrier(sim) == "one"


@rule(
    "integrations.none-active",
    "A channel without an active integration fails its step, and the run goes on.",
    TRIGGER_E2E,
)
@pytest.mark.parametrize("how", ["deactivated", "removed"])
@pytest.mark.parametrize("channel", ["in_app", "email", "sms"])
def test_a_channel_without_an_active_integration_fails(served, channel, how):
    sim = served("w", (channel, "send", MAIL), ("custom", "after", {}))
    (own,) = [one for one in sim.integrations if one.channel == channel]
    if how == "removed":
        sim.integrations.remove(own.identifier)
    else:
        sim.integrations.update(own, active=False)
    run = sim.trigger("w", ANN).run
    assert [step.status for step in run.steps] == ["failed", "completed"]
    assert run.step("send").error == f"there is no active {channel} integration"
    assert (run.messages, run.undelivered) == ([], [])


@rule(
    "integrations.none-active-before-address",
    "Without an integration a step fails, also where the subscriber has no address.",
    SELECT,
)
@pytest.mark.parametrize("channel", ["email", "sms"])
def test_without_an_integration_the_address_does_not_matter(served, channel):
    sim = served("w", (channel, "send", MAIL))
    sim.integrations.remove(f"novu-{channel}")
    assert sim.trigger("w", "bob").run.step("send").status == "failed"


@rule(
    "integrations.of-another-provider",
    "A channel of a provider without an integration fails where another has one.",
    SELECT,
)
@pytest.mark.parametrize(
    ("channel", "added", "profile", "status"),
    [
        (
            "push",
            "expo",
            {"channels": [{"providerId": "fcm", "credentials": {"deviceTokens": ["t"]}}]},
            "failed",
        ),
        (
            "push",
            "fcm",
            {"channels": [{"providerId": "fcm", "credentials": {"deviceTokens": ["t"]}}]},
            "completed",
        ),
        (
            "chat",
            "discord",
            {"channels": [{"providerId": "slack", "credentials": {"webhookUrl": "u"}}]},
            "failed",
        ),
        (
            "chat",
            "slack",
            {"channels": [{"providerId": "slack", "credentials": {"webhookUrl": "u"}}]},
            "completed",
        ),
        ("chat", "slack", {"phone": "+1"}, "skipped"),
        ("chat", "whatsapp-business", {"phone": "+1"}, "completed"),
        ("chat", "sendblue", {"phone": "+1"}, "completed"),
    ],
)
def test_a_provider_without_an_integration_carries_nothing(served, channel, added, profile, status):
    sim = served("w", (channel, "send", MAIL))
    sim.integrations.add(added)
    assert sim.trigger("w", {"subscriberId": "cid", **profile}).run.step("send").status == status


@rule(
    "integrations.changed-while-waiting",
    "A run that waited is carried by what there is when its step runs.",
    SELECT,
)
@pytest.mark.parametrize(("change", "carries"), [("add", "new"), ("deactivate", None), ("nothing", "old")])
def test_a_run_that_waited_is_carried_by_what_there_is_then(served, change, carries):
    sim = served("w", ("delay", "wait", {"amount": 1, "unit": "hours"}), ("email", "mail", MAIL))
    sim.integrations.add("sendgrid", identifier="old")
    run = sim.trigger("w", ANN).run
    if change == "add":
        sim.integrations.add("ses", identifier="new")
    elif change == "deactivate":
        sim.integrations.update(sim.integrations["old"], active=False)
    sim.advance(hours=1)
    assert [one.integration for one in run.messages] == ([carries] if carries else [])


@rule(
    "integrations.nobody-set-one-up",
    "Until an integration is set up, the provider that a step has data for carries.",
    SELECT,
)
@pytest.mark.parametrize(
    ("providers", "overrides", "provider"),
    [
        ({}, {}, "novu-email"),
        ({"sendgrid": {}}, {}, "sendgrid"),
        ({"sendgrid": {}, "ses": {}}, {}, "novu-email"),
        ({}, {"providers": {"ses": {"a": 1}}}, "ses"),
    ],
)
def test_until_one_is_set_up_the_named_provider_carries(served, providers, overrides, provider):
    sim = served("w", ("email", "mail", BridgeAnswer(MAIL, providers, False)))
    assert sim.trigger("w", ANN, overrides=overrides).run.messages[0].provider_id == provider


# --- by condition ----------------------------------------------------------------------------------------------


def tenant_is(value, field="identifier", operator="EQUAL"):
    return {"on": "tenant", "field": field, "operator": operator, "value": value}


ACME = [{"value": "AND", "children": [tenant_is("acme")]}]


@rule(
    "integrations.by-tenant",
    "An integration whose conditions hold for the trigger's tenant wins over the primary one.",
    TRIGGER_E2E,
)
@rule(
    "integrations.conditions-groups",
    "Conditions hold where one of their groups does; a group is all or any of its parts.",
    FILTERS,
)
@pytest.mark.parametrize(
    ("conditions", "tenant", "carries"),
    [
        (ACME, "acme", "special"),
        (ACME, "other", "primary"),
        (ACME, None, "primary"),
        (ACME, {"identifier": "acme"}, "special"),
        ([{"value": "OR", "children": [tenant_is("x"), tenant_is("acme")]}], "acme", "special"),
        ([{"value": "AND", "children": [tenant_is("x"), tenant_is("acme")]}], "acme", "primary"),
        ([{"children": [tenant_is("x")]}, {"children": [tenant_is("acme")]}], "acme", "special"),
        ([{"children": [tenant_is("pro", "data.plan")]}], "acme", "special"),
        ([{"children": [tenant_is("pro", "data.plan")]}], "other", "primary"),
        ([{"children": []}], "other", "special"),
        ([{"children": [tenant_is("acme", "name")]}], "acme", "primary"),
    ],
)
def test_an_integration_is_chosen_by_the_tenant(served, conditions, tenant, carries):
    sim = served("w", ("email", "mail", MAIL))
    sim.tenants.upsert("acme", data={"plan": "pro"})
    sim.tenants.upsert("other")
    sim.integrations.add("sendgrid", identifier="primary")
    sim.integrations.add("ses", identifier="special", conditions=conditions)
    assert carrier(sim, tenant=tenant) == carries


@rule(
    "integrations.conditions-operators",
    "A condition compares as its operator says, with its value read as the kind that the tenant has.",
    FILTER,
)
@pytest.mark.parametrize(
    ("operator", "value", "field", "holds"),
    [
        ("EQUAL", "3", "data.seats", True),
        ("EQUAL", "4", "data.seats", False),
        ("NOT_EQUAL", "4", "data.seats", True),
        ("LARGER", "2", "data.seats", True),
        ("LARGER", "3", "data.seats", False),
        ("LARGER_EQUAL", "3", "data.seats", True),
        ("SMALLER", "10", "data.seats", True),
        ("SMALLER_EQUAL", "2", "data.seats", False),
        ("IN", "eu", "data.regions", True),
        ("IN", "asia", "data.regions", False),
        ("NOT_IN", "asia", "data.regions", True),
        ("IN", "cm", "identifier", True),
        ("IS_DEFINED", "", "data.seats", True),
        ("IS_DEFINED", "", "data.nothing", False),
        ("EQUAL", "true", "data.paid", True),
        ("EQUAL", "yes", "data.paid", False),
        ("EQUAL", "x", "data.nothing", False),
        ("UNKNOWN", "acme", "identifier", False),
    ],
)
def test_a_condition_compares_as_its_operator_says(served, operator, value, field, holds):
    sim = served("w", ("sms", "text", MAIL))
    sim.tenants.upsert("acme", data={"seats": 3, "regions": ["eu", "us"], "paid": True})
    sim.integrations.add(
        "twilio", identifier="special", conditions=[{"children": [tenant_is(value, field, operator)]}]
    )
    assert (carrier(sim, tenant="acme") == "special") is holds


@rule(
    "integrations.conditions-by-priority",
    "Of several integrations that conditions or rules choose, the one of the highest priority carries.",
    Source(SELECT.path, "4da8ef3"),
    since="2026",
)
@pytest.mark.parametrize(("first", "carries"), [("a", "a"), ("b", "b"), (None, "b")])
def test_the_highest_priority_wins_among_those_that_are_chosen(served, first, carries):
    sim = served("w", ("email", "mail", MAIL))
    sim.tenants.upsert("acme")
    for name in ("a", "b"):
        sim.integrations.add("ses", identifier=name, conditions=ACME)
    if first:
        sim.integrations.set_primary(sim.integrations[first])
        sim.integrations.update(sim.integrations[first], conditions=ACME)
    assert carrier(sim, tenant="acme") == carries


@rule(
    "integrations.conditions-not-for-overrides",
    "Who names an integration gets it, whatever the conditions of others.",
    SELECT,
)
def test_who_names_an_integration_gets_it(served):
    sim = served("w", ("email", "mail", MAIL))
    sim.tenants.upsert("acme")
    sim.integrations.add("sendgrid", identifier="named")
    sim.integrations.add("ses", identifier="special", conditions=ACME)
    assert carrier(sim, tenant="acme", overrides={"email": {"integrationIdentifier": "named"}}) == "named"


@rule(
    "integrations.conditions-inactive",
    "An integration that is not active is not chosen by its conditions.",
    SELECT,
)
def test_an_inactive_integration_is_not_chosen_by_its_conditions(served):
    sim = served("w", ("email", "mail", MAIL))
    sim.tenants.upsert("acme")
    sim.integrations.add("ses", identifier="special", conditions=ACME, active=False)
    assert carrier(sim, tenant="acme") == "novu-email"


# --- by rule ---------------------------------------------------------------------------------------------------------

RULES = Source("libs/application-generic/src/utils/integration-conditions.ts", "4da8ef3")
CHAT_SPEC = Source(
    "apps/worker/src/app/workflow/usecases/send-message/send-message-chat.usecase.spec.ts", "aca862a"
)


def equal(name, value):
    return {"==": [{"var": name}, value]}


@rule(
    "integrations.by-rules", "An integration whose rules hold wins over the primary one.", RULES, since="2026"
)
@rule(
    "integrations.rules-look-into",
    "Rules look into the subscriber, the context, the workflow and the payload.",
    RULES,
    since="2026",
)
@pytest.mark.parametrize(
    ("rules", "carries"),
    [
        (equal("context.tenant.id", "acme"), "special"),
        (equal("context.tenant.id", "other"), "primary"),
        (equal("context.tenant.data.plan", "pro"), "special"),
        (equal("subscriber.email", "ann@acme.test"), "special"),
        (equal("subscriber.data.vip", True), "special"),
        (equal("workflow.workflowId", "w"), "special"),
        (equal("payload.region", "eu"), "special"),
        ({"and": [equal("payload.region", "eu"), equal("subscriber.locale", "de")]}, "primary"),
        ({"or": [equal("payload.region", "eu"), equal("subscriber.locale", "de")]}, "special"),
        (equal("tenant.identifier", "acme"), "primary"),
        ({"log": {"var": "subscriber.email"}}, "primary"),
    ],
)
def test_an_integration_is_chosen_by_its_rules(served, rules, carries):
    sim = served("w", ("email", "mail", MAIL))
    sim.subscriber({**ANN, "data": {"vip": True}})
    sim.integrations.add("sendgrid", identifier="primary")
    sim.integrations.add("ses", identifier="special", rules=rules)
    context = {"tenant": {"id": "acme", "data": {"plan": "pro"}}}
    assert carrier(sim, payload={"region": "eu"}, context=context) == carries


@rule(
    "integrations.rules-withhold",
    "An integration whose rules do not hold carries nothing: the step is left out.",
    CHAT_SPEC,
    since="2026",
)
@rule(
    "integrations.rules-invalid",
    "An integration whose rules cannot be read fails the step.",
    CHAT_SPEC,
    since="2026",
)
@pytest.mark.parametrize(
    ("rules", "status"),
    [
        (equal("payload.region", "eu"), "completed"),
        (equal("payload.region", "us"), "skipped"),
        (equal("tenant.identifier", "acme"), "failed"),
        ({"map": [[], {"var": ""}]}, "failed"),
        ({}, "completed"),
    ],
)
@pytest.mark.parametrize("by", ["endpoint", "webhook", "override"])
def test_rules_that_do_not_hold_withhold_an_integration(served, by, rules, status):
    channel = "email" if by == "override" else "chat"
    sim = served("w", (channel, "send", MAIL))
    sim.integrations.add("ses" if by == "override" else "slack", identifier="only", rules=rules)
    overrides = {"email": {"integrationIdentifier": "only"}} if by == "override" else None
    who: dict[str, Any] = {"subscriberId": "cid", "email": "cid@acme.test"}
    if by == "endpoint":
        sim.channel_endpoints.add("cid", "only", "slack_channel", {"channelId": "C1"})
    elif by == "webhook":
        who["channels"] = [{"providerId": "slack", "credentials": {"webhookUrl": "u"}}]
    run = sim.trigger("w", who, {"region": "eu"}, overrides=overrides).run
    assert (run.step("send").status, run.undelivered) == (status, [])


@rule("integrations.rules-refused", "Rules with another operator or name are refused.", RULES, since="2026")
@pytest.mark.parametrize(
    ("rules", "status"),
    [
        (equal("context.tenant.id", "acme"), 201),
        (equal("subscriber.locale", "fr"), 201),
        (equal("payload.foo", "bar"), 400),
        (equal("tenant.identifier", "acme"), 400),
        (equal("", "acme"), 400),
        ({"log": {"var": "subscriber.email"}}, 400),
        ({"and": [equal("subscriber.locale", {"+": [1, 2]})]}, 400),
        ({"==": [1, 1], "!=": [1, 2]}, 400),
        ({}, 201),
    ],
)
def test_rules_that_cannot_be_are_refused(sim, rules, status):
    body = {"providerId": "sendgrid", "channel": "email", "rules": rules}
    assert NovuApi(sim)("POST", "/v1/integrations", body)[0] == status


# --- the API -------------------------------------------------------------------------------------------------------


def created(ask, provider="sendgrid", channel="email", **more):
    status, one = ask("POST", "/v1/integrations", {"providerId": provider, "channel": channel, **more})
    assert status == 201
    return one


@rule(
    "integrations.create-minimal",
    "A provider and a channel make an integration that is not active.",
    CREATE_E2E,
)
@rule(
    "integrations.create-primary",
    "The first active integration of email or sms is primary, another stands below it.",
    CREATE,
)
@rule("integrations.create-no-primary", "Integrations of the other channels are never primary.", CREATE_E2E)
@pytest.mark.parametrize(
    ("given", "active", "primary", "priority"),
    [
        ({}, False, False, 0),
        ({"active": True}, True, False, 1),
        ({"active": True, "provider": "twilio", "channel": "sms"}, True, False, 1),
        ({"active": True, "provider": "fcm", "channel": "push"}, True, False, 0),
        ({"active": True, "provider": "slack", "channel": "chat"}, True, False, 0),
        ({"active": True, "provider": "grafana", "channel": "tool"}, True, False, 0),
    ],
)
def test_what_a_new_integration_is(sim, given, active, primary, priority):
    one = created(NovuApi(sim), **given)
    assert (one["active"], one["primary"], one["priority"]) == (active, primary, priority)
    assert one["identifier"]
    assert one["name"]
    assert one["credentials"] == {}


@rule(
    "integrations.create-first-is-primary",
    "Without any other active one a new active integration is primary.",
    CREATE_E2E,
)
@pytest.mark.parametrize("channel", ["email", "sms"])
def test_without_another_a_new_integration_is_primary(sim, channel):
    ask = NovuApi(sim)
    ask("DELETE", f"/v1/integrations/novu-{channel}")
    first, second = (created(ask, "any", channel, active=True) for _ in range(2))
    assert [(one["primary"], one["priority"]) for one in (first, second)] == [(True, 1), (False, 1)]
    assert sim.integrations[first["_id"]].priority == 2


@rule(
    "integrations.create-refused",
    "An integration without provider or channel, or with an identifier that is taken, is refused.",
    CREATE,
)
@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"providerId": "sendgrid"}, 422),
        ({"providerId": "sendgrid", "channel": "fax"}, 422),
        ({"providerId": "sendgrid", "channel": "email", "identifier": "novu-email"}, 409),
        ({"providerId": "sendgrid", "channel": "email", "conditions": [{"children": "x"}]}, 400),
        ({"providerId": "novu", "channel": "in_app"}, 400),
        ({"providerId": "novu-email", "channel": "email"}, 409),
        ({"providerId": "sendgrid", "channel": "email", "credentials": "x"}, 422),
    ],
)
def test_an_integration_that_cannot_be_is_refused(sim, body, status):
    assert NovuApi(sim)("POST", "/v1/integrations", body)[0] == status
    assert len(sim.integrations) == 3


@rule(
    "integrations.credentials-shown",
    "An API key is shown the credentials of integrations; only the list after a deletion has no secrets that can be read.",
    CONTROLLER,
    CREATE_E2E,
)
@pytest.mark.parametrize("secret", ["apiKey", "token", "from"])
def test_the_credentials_of_an_integration_are_shown(sim, secret):
    ask, given = NovuApi(sim), {secret: "SG.very-secret"}
    one = created(ask, credentials=given, active=True)
    path = f"/v1/integrations/{one['_id']}"
    assert one["credentials"] == given
    for target in ("/v1/integrations", "/v1/integrations/active"):
        shown = {found["_id"]: found["credentials"] for found in ask("GET", target)[1]}
        assert shown.pop(one["_id"]) == given
        assert set(map(str, shown.values())) == {"{}"}
    for method, target, body in (("PUT", path, {"name": "x"}), ("POST", f"{path}/set-primary", None)):
        assert ask(method, target, body)[1]["credentials"] == given
    left = {found["_id"]: found for found in ask("DELETE", "/v1/integrations/novu-sms")[1]}
    assert left[one["_id"]]["credentials"] == (given if secret == "from" else {})


@rule("integrations.list-active", "The active ones can be listed alone.", CONTROLLER)
def test_the_active_integrations_can_be_listed_alone(sim):
    ask = NovuApi(sim)
    created(ask, identifier="off")
    created(ask, identifier="on", active=True)
    names = [one["identifier"] for one in ask("GET", "/v1/integrations/active")[1]]
    assert names == ["novu-inbox", "novu-email", "novu-sms", "on"]


@rule(
    "integrations.set-primary",
    "The new primary one is active and without conditions, and the others are primary no more.",
    PRIMARY,
)
@rule("integrations.set-primary-channel", "Only integrations of email and sms can be primary.", PRIMARY)
@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"active": True}, 200),
        ({}, 200),
        ({"conditions": ACME}, 200),
        ({"provider": "fcm", "channel": "push"}, 400),
        ({"provider": "slack", "channel": "chat"}, 400),
    ],
)
def test_an_integration_is_made_primary(served, given, status):
    sim = served("w", ("email", "mail", MAIL))
    ask = NovuApi(sim)
    one = created(ask, identifier="new", **given)
    assert ask("POST", f"/v1/integrations/{one['_id']}/set-primary")[0] == status
    carries = "new" if status == 200 else "novu-email"
    assert carrier(sim) == carries
    assert {each.identifier for each in sim.integrations if each.primary} == {carries, "novu-sms"}
    if status == 200:
        assert (sim.integrations["new"].active, sim.integrations["new"].conditions) == (True, [])


@rule("integrations.update", "Name, identifier, activity, credentials and conditions can be changed.", UPDATE)
@rule(
    "integrations.update-refused",
    "A change without anything in it, to an identifier that is taken, or of none that there is, is refused.",
    UPDATE,
)
@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"name": "Other"}, 200),
        ({"identifier": "other"}, 200),
        ({"identifier": "one"}, 200),
        ({"active": False}, 200),
        ({"credentials": {"from": "x@acme.test"}}, 200),
        ({"conditions": ACME}, 200),
        ({"identifier": "novu-email"}, 409),
        ({}, 400),
        ({"check": False}, 400),
        ({"name": 3}, 422),
    ],
)
def test_an_integration_is_changed(sim, body, status):
    ask = NovuApi(sim)
    one = created(ask, identifier="one", active=True)
    answered, changed = ask("PUT", f"/v1/integrations/{one['_id']}", body)
    assert answered == status
    if status == 200:
        assert {name: changed[name] for name in body} == body


@rule(
    "integrations.deactivated-primary",
    "An integration that is deactivated is primary no more, and no other takes its place.",
    UPDATE,
)
@rule(
    "integrations.conditions-end-primary",
    "A primary integration that gets conditions is primary no more.",
    UPDATE,
)
@rule(
    "integrations.removed-primary",
    "When the primary integration is deleted no other takes its place.",
    REMOVE,
)
@pytest.mark.parametrize(
    ("method", "body"), [("PUT", {"active": False}), ("PUT", {"conditions": ACME}), ("DELETE", None)]
)
def test_no_other_takes_the_place_of_the_primary_one(served, method, body):
    sim = served("w", ("email", "mail", MAIL))
    one = sim.integrations.add("sendgrid", identifier="one")
    assert NovuApi(sim)(method, f"/v1/integrations/{one.id}", body)[0] == 200
    assert [each.identifier for each in sim.integrations if each.primary] == ["novu-sms"]
    assert sim.trigger("w", ANN).run.step("mail").status == "failed"


@rule("integrations.reactivated", "An integration that is activated again is not primary of itself.", UPDATE)
def test_an_integration_that_is_activated_again_is_not_primary(sim):
    one = sim.integrations.add("sendgrid")
    for active in (False, True):
        sim.integrations.update(one, active=active)
    assert (one.active, one.primary) == (True, False)


@rule("integrations.unknown", "An integration that does not exist is a 404.", UPDATE)
@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PUT", "", {"name": "x"}),
        ("DELETE", "", None),
        ("POST", "/set-primary", None),
        ("POST", "/auto-configure", {}),
    ],
)
def test_an_integration_that_is_not_there_is_a_404(sim, method, path, body):
    assert NovuApi(sim)(method, f"/v1/integrations/64f0c0ffee64f0c0ffee64f0{path}", body)[0] == 404


@rule("integrations.no-id", "To update what cannot be the id of an integration is a 422.", PRIMARY)
@pytest.mark.parametrize(("method", "path"), [("PUT", "x"), ("POST", "x/set-primary")])
def test_what_is_no_id_of_an_integration_is_a_422(sim, method, path):
    asked = NovuApi(sim).messages(method, f"/v1/integrations/{path}", {})
    assert asked == ["integrationId must be a mongodb id"]


@rule("integrations.name", "An integration has its provider's name, unless it is given another.", CREATE)
@pytest.mark.parametrize(
    ("provider", "channel", "name"),
    [
        ("sendgrid", "email", "SendGrid"),
        ("mailgun", "email", "Mailgun"),
        ("generic-sms", "sms", "SMS Webhook"),
        ("azure-sms", "sms", "Azure Sms"),
        ("whatsapp-business", "chat", "WhatsApp Business"),
        ("my-own", "email", "My-own"),
    ],
)
def test_an_integration_has_the_name_of_its_provider(sim, provider, channel, name):
    assert sim.integrations.add(provider, channel).name == name


@rule("integrations.remove", "A deletion answers with the integrations that are left.", REMOVE)
def test_a_deletion_answers_with_what_is_left(sim):
    status, left = NovuApi(sim)("DELETE", f"/v1/integrations/{sim.integrations['novu-email'].id}")
    assert (status, [one["identifier"] for one in left]) == (200, ["novu-inbox", "novu-sms"])


@rule(
    "integrations.set-primary-ranks", "Priorities are numbered anew below the primary integration.", PRIMARY
)
def test_priorities_are_numbered_anew(sim):
    ask = NovuApi(sim)
    for name in ("a", "b", "c"):
        created(ask, identifier=name, active=True)
    sim.integrations.set_primary(sim.integrations["a"])
    ranked = sorted(
        (one for one in sim.integrations if one.channel == "email"), key=lambda one: -one.priority
    )
    assert [one.priority for one in ranked] == [4, 3, 2, 1]
    assert ranked[0].identifier == "a"


# --- endpoints and connections over the API ---------------------------------------------------------------------------


SLACK = {
    "subscriberId": "ann",
    "integrationIdentifier": "team",
    "type": "slack_channel",
    "endpoint": {"channelId": "C1"},
}


@pytest.fixture
def team(sim):
    sim.integrations.add("slack", identifier="team")
    sim.subscriber("ann")
    return NovuApi(sim)


@rule(
    "integrations.endpoint-refused",
    "An endpoint needs a subscriber, an integration and a connection that there are, and what its type says.",
    ENDPOINT,
)
@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({}, 201),
        ({"identifier": "mine"}, 201),
        ({"type": "slack_user", "endpoint": {"userId": "U1"}}, 201),
        ({"subscriberId": "nobody"}, 404),
        ({"subscriberId": "nobody", "createSubscriberIfMissing": True}, 201),
        ({"integrationIdentifier": "typo"}, 404),
        ({"connectionIdentifier": "typo"}, 404),
        ({"type": "pigeon"}, 422),
        ({"endpoint": {}}, 422),
        ({"endpoint": {"userId": "U1"}}, 422),
        ({"endpoint": None}, 422),
    ],
)
def test_an_endpoint_that_cannot_be_is_refused(sim, team, change, status):
    assert team("POST", "/v1/channel-endpoints", {**SLACK, **change})[0] == status
    assert len(sim.channel_endpoints) == (status == 201)


@rule("integrations.endpoint-taken", "An identifier of an endpoint is taken once.", ENDPOINT)
def test_an_identifier_of_an_endpoint_is_taken_once(team):
    body = {**SLACK, "identifier": "mine"}
    assert [team("POST", "/v1/channel-endpoints", body)[0] for _ in range(2)] == [201, 409]


@rule(
    "integrations.endpoint-made-by-api-is-reached",
    "A chat goes to an endpoint that the API made, changed or deleted.",
    ENDPOINT,
)
@pytest.mark.parametrize(
    ("method", "body", "to"),
    [
        (None, None, [{"channelId": "C1"}]),
        ("PATCH", {"endpoint": {"channelId": "C2"}}, [{"channelId": "C2"}]),
        ("DELETE", None, []),
    ],
)
def test_a_chat_goes_to_an_endpoint_of_the_api(served, team, method, body, to):
    sim = served("w", ("chat", "chat", {"body": "b"}))
    _, one = team("POST", "/v1/channel-endpoints", SLACK)
    if method:
        assert team(method, f"/v1/channel-endpoints/{one['identifier']}", body)[0] in (200, 204)
    assert [each.to for each in sim.trigger("w", "ann").run.messages] == to


@rule(
    "integrations.endpoints-listed",
    "Endpoints are listed by subscriber, channel, provider, integration and context.",
    ENDPOINT,
)
@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 2),
        ("?subscriberId=ann", 2),
        ("?subscriberId=bob", 0),
        ("?channel=chat&providerId=slack", 2),
        ("?channel=tool", 0),
        ("?integrationIdentifier=team", 2),
        ("?contextKeys=tenant:acme", 1),
        ("?contextKeys=", 1),
        ("?limit=1", 1),
    ],
)
def test_endpoints_are_listed(team, query, count):
    team("POST", "/v1/channel-endpoints", SLACK)
    team("POST", "/v1/channel-endpoints", {**SLACK, "context": {"tenant": "acme"}})
    status, page = team("GET", f"/v1/channel-endpoints{query}")
    assert (status, len(page["data"])) == (200, count)


CONNECT = {
    "integrationIdentifier": "team",
    "subscriberId": "ann",
    "workspace": {"id": "T1"},
    "auth": {"accessToken": "x"},
}


@rule(
    "integrations.connection-refused",
    "A connection is of a subscriber or of a context, and of an integration that there is.",
    CONNECTION,
)
@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({}, 201),
        ({"subscriberId": None}, 400),
        ({"subscriberId": None, "context": {"tenant": "acme"}}, 201),
        ({"connectionMode": "shared"}, 400),
        ({"connectionMode": "shared", "context": {"tenant": "acme"}}, 201),
        ({"connectionMode": "subscriber", "subscriberId": None}, 400),
        ({"subscriberId": "nobody"}, 404),
        ({"integrationIdentifier": "typo"}, 404),
        ({"workspace": {}}, 422),
        ({"auth": {}}, 422),
    ],
)
def test_a_connection_that_cannot_be_is_refused(sim, team, change, status):
    answered, one = team("POST", "/v1/channel-connections", {**CONNECT, **change})
    assert (answered, len(sim.channel_connections)) == (status, int(status == 201))
    if change.get("connectionMode") == "shared" and status == 201:
        assert one["subscriberId"] is None


@rule(
    "integrations.connection-once",
    "There is one connection for an integration, a subscriber and a context.",
    CONNECTION,
)
@pytest.mark.parametrize(
    ("change", "status"), [({}, 409), ({"identifier": "other"}, 409), ({"context": {"tenant": "acme"}}, 201)]
)
def test_there_is_one_connection_for_a_subscriber_and_a_context(team, change, status):
    team("POST", "/v1/channel-connections", CONNECT)
    assert team("POST", "/v1/channel-connections", {**CONNECT, **change})[0] == status


@rule(
    "integrations.connection-changed",
    "A connection can be shown, changed and deleted, and is a 404 afterwards.",
    CONNECTION,
)
@pytest.mark.parametrize("kind", ["channel-connections", "channel-endpoints"])
def test_what_was_deleted_is_a_404(team, kind):
    body = CONNECT if kind == "channel-connections" else SLACK
    _, one = team("POST", f"/v1/{kind}", body)
    path = f"/v1/{kind}/{one['identifier']}"
    change = {name: body[name] for name in ("workspace", "auth", "endpoint") if name in body}
    asked = [
        ("GET", None),
        ("PATCH", change),
        ("DELETE", None),
        ("GET", None),
        ("PATCH", change),
        ("DELETE", None),
    ]
    assert [team(method, path, content)[0] for method, content in asked] == [200, 200, 204, 404, 404, 404]


left_out(
    "integrations.check",
    "Credentials can be tried with the provider when an integration is made.",
    CREATE,
    why="There is no provider behind the simulation.",
)
left_out(
    "integrations.demo-limit",
    "Novu's own email and sms integrations carry a limited number of messages, to members of the organization.",
    SELECT,
    why="Limits of plans are the cloud's.",
)
left_out(
    "integrations.cross-environment",
    "Integrations of another environment may carry.",
    SELECT,
    why="It is behind a flag that is off.",
)
