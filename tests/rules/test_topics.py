"""Topics: who is subscribed, by which identifiers, for which contexts, and what their preferences let pass."""

from __future__ import annotations

import pytest

from novu_framework_testing import Topic
from tests.rules import Source, left_out, rule

APRIL = "943f64b"
MULTICAST = Source(
    "libs/application-generic/src/usecases/trigger-multicast/trigger-multicast.usecase.ts", APRIL
)
JOB_BOUND = Source(
    "apps/worker/src/app/workflow/usecases/subscriber-job-bound/subscriber-job-bound.usecase.ts", APRIL
)
SUBSCRIBE = Source(
    "apps/api/src/app/subscriptions/usecases/create-subscriptions/create-subscriptions.usecase.ts", APRIL
)
UPDATE = Source(
    "apps/api/src/app/subscriptions/usecases/update-subscription/update-subscription.usecase.ts", APRIL
)
GET = Source("apps/api/src/app/subscriptions/usecases/get-subscription/get-subscription.usecase.ts", APRIL)
UNSUBSCRIBE = Source(
    "apps/api/src/app/topics-v2/usecases/delete-topic-subscriptions/delete-topic-subscriptions.usecase.ts",
    APRIL,
)
UPSERT = Source("apps/api/src/app/topics-v2/usecases/upsert-topic/upsert-topic.usecase.ts", APRIL)
CONTROLLER = Source("apps/api/src/app/topics-v2/topics.controller.ts", APRIL)
LIST = Source(
    "apps/api/src/app/topics-v2/usecases/list-topic-subscriptions/list-topic-subscriptions.usecase.ts", APRIL
)
TOPICS = Source("libs/dal/src/repositories/topic/topic.repository.ts", APRIL)
IDENTIFIER = Source("libs/application-generic/src/utils/subscription.ts", APRIL)
TOPIC_SUBSCRIBERS = Source("libs/dal/src/repositories/topic/topic-subscribers.repository.ts", APRIL)
SCHEMA = Source("libs/dal/src/repositories/topic/topic-subscribers.schema.ts", APRIL)
INBOX = Source("apps/api/src/app/inbox/inbox.topic.controller.ts", APRIL)
INBOX_PREFERENCES = Source(
    "apps/api/src/app/inbox/usecases/update-preferences/update-preferences.usecase.ts", APRIL
)
OPERATORS = Source("libs/application-generic/src/services/query-parser/query-parser.service.ts", APRIL)
PREFERENCE_DTO = Source("apps/api/src/app/shared/dtos/subscriptions/create-subscriptions.dto.ts", APRIL)

BELL = ("in_app", "bell", {"body": "x"})
FAILED = {"==": [{"var": "payload.status"}, "failed"]}


@pytest.fixture
def deploys(sim, served):
    """A workflow `deploy` with an in-app step, another one, and the topic `team`."""
    served("deploy", BELL, tags=["ops"])
    served("news", BELL)
    return sim.topic("team")


def reached(trigger):
    return [run.subscriber_id for run in trigger.runs]


# --- who is reached -----------------------------------------------------------------------------------------


@rule(
    "topics.reach-once",
    "A trigger reaches a subscriber of several of its topics once, and those who are named before the others.",
    MULTICAST,
)
@pytest.mark.parametrize(
    ("to", "expected"),
    [
        ([Topic("a"), Topic("b")], ["ann", "bob", "cid"]),
        ([Topic("a"), Topic("a")], ["ann", "bob"]),
        ([Topic("a"), "bob", "dan"], ["bob", "dan", "ann"]),
        (["ann", Topic("b"), Topic("a")], ["ann", "bob", "cid"]),
        ([Topic("nobody"), Topic("a")], ["ann", "bob"]),
        (Topic("nobody"), []),
    ],
)
def test_topics_reach_each_subscriber_once(sim, served, to, expected):
    served("w", BELL)
    sim.topic("a").add("ann", "bob")
    sim.topic("b").add("bob", "cid")
    assert reached(sim.trigger("w", to)) == expected


@rule("topics.actor", "The actor is left out of topics, and reached if named directly.", MULTICAST)
@pytest.mark.parametrize(
    ("to", "expected"),
    [
        (Topic("team"), ["bob"]),
        ([Topic("team"), "ann"], ["ann", "bob"]),
        ([Topic("team"), {"subscriberId": "ann"}], ["ann", "bob"]),
    ],
)
def test_the_actor_is_left_out_of_topics(sim, served, to, expected):
    served("w", BELL)
    sim.topic("team").add("ann", "bob")
    assert reached(sim.trigger("w", to, actor={"subscriberId": "ann"})) == expected


@rule(
    "topics.exclude",
    "A subscriber that one topic of a trigger excludes is left out by all its topics, and reached if named directly.",
    MULTICAST,
)
@pytest.mark.parametrize(
    ("to", "expected"),
    [
        (Topic("a", exclude=("ann",)), ["bob"]),
        (Topic("a", exclude=("ann", "bob")), []),
        ([Topic("a", exclude=("bob",)), Topic("b")], ["ann", "cid"]),
        ([Topic("a", exclude=("ann",)), Topic("a", exclude=("bob",))], []),
        ([Topic("a", exclude=("ann",)), "ann"], ["ann", "bob"]),
    ],
)
def test_excluded_subscribers_are_left_out(sim, served, to, expected):
    served("w", BELL)
    sim.topic("a").add("ann", "bob")
    sim.topic("b").add("bob", "cid")
    assert reached(sim.trigger("w", to)) == expected


@rule("topics.no-profile", "A topic changes nothing of the subscribers that it reaches.", MULTICAST)
def test_a_topic_changes_no_subscriber(sim, served):
    served("w", BELL)
    sim.subscribers.upsert("ann", email="ann@acme.test")
    sim.topic("team").add("ann")
    before = sim.subscriber("ann").to_dict()
    sim.advance(hours=1)
    sim.trigger("w", Topic("team"))
    assert sim.subscriber("ann").to_dict() == before


# --- several subscriptions --------------------------------------------------------------------------------


@rule(
    "topics.several-subscriptions",
    "A subscriber may have several subscriptions to a topic, each with an identifier of its own.",
    SUBSCRIBE,
    since="2025-11",
)
def test_a_subscriber_has_several_subscriptions(sim, api):
    sim.subscriber("ann")
    for identifier in ("a", "b", "a"):
        body = {"subscriptions": [{"identifier": identifier, "subscriberId": "ann"}]}
        assert api.post("/v2/topics/team/subscriptions", body).status == 201
    assert [one.identifier for one in sim.topic("team").of("ann")] == ["a", "b"]
    assert api.get("/v2/topics/team/subscriptions").body["totalCount"] == 2


@rule(
    "topics.default-identifier",
    "A subscription without an identifier gets one made of topic, subscriber and context.",
    IDENTIFIER,
)
@pytest.mark.parametrize(
    ("context", "identifier"),
    [
        (None, "tk_team:si_ann"),
        ({"tenant": "acme"}, "tk_team:si_ann:ctx_tenant:acme"),
        ({"tenant": "acme", "app": {"id": "jira"}}, "tk_team:si_ann:ctx_app:jira,tenant:acme"),
    ],
)
def test_a_subscription_names_itself(sim, api, context, identifier):
    sim.subscriber("ann")
    body = {"subscriberIds": ["ann"], **({"context": context} if context else {})}
    [subscription] = api.post("/v2/topics/team/subscriptions", body).body["data"]
    assert subscription["identifier"] == identifier
    keys = identifier.partition(":ctx_")[2]
    assert subscription["contextKeys"] == (keys.split(",") if keys else [])


@rule(
    "topics.subscribe-twice",
    "Subscribing again under the same identifier changes nothing and is not an error.",
    SUBSCRIBE,
)
def test_a_subscription_that_is_there_stays_as_it_is(sim, api, deploys):
    sim.subscriber("ann")
    first = {
        "subscriptions": [{"identifier": "a", "subscriberId": "ann", "name": "First"}],
        "preferences": ["deploy"],
    }
    again = {
        "subscriptions": [{"identifier": "a", "subscriberId": "ann", "name": "Again"}],
        "preferences": [{"filter": {"workflowIds": ["deploy"]}, "enabled": False}],
    }
    api.post("/v2/topics/team/subscriptions", first)
    answer = api.post("/v2/topics/team/subscriptions", again)
    assert (answer.status, answer.body["meta"]) == (201, {"totalCount": 1, "successful": 1, "failed": 0})
    [subscription] = deploys.of("ann")
    assert (subscription.name, subscription.preferences["deploy"].enabled) == ("First", True)


@rule(
    "topics.unique-identifier",
    "An identifier is that of one subscription only: another topic, subscriber or context cannot have it.",
    SCHEMA,
    since="2025-12",
)
@pytest.mark.parametrize(
    ("path", "subscriber_id", "context"),
    [
        ("/v2/topics/team/subscriptions", "bob", None),
        ("/v2/topics/other/subscriptions", "ann", None),
        ("/v2/topics/team/subscriptions", "ann", {"tenant": "acme"}),
    ],
)
def test_an_identifier_is_of_one_subscription(sim, api, path, subscriber_id, context):
    sim.subscriber("bob")
    first = sim.topic("team").subscribe("ann", identifier="mine", name="First")
    body = {
        "subscriptions": [{"identifier": "mine", "subscriberId": subscriber_id}],
        **({"context": context} if context else {}),
    }
    answer = api.post(path, body)
    [error] = answer.body["ctx"]["errors"]
    assert (answer.status, error["code"], "duplicate" in error["message"]) == (
        400,
        "SUBSCRIPTION_CREATE_FAILED",
        True,
    )
    assert [one for topic in sim.topics for one in topic.subscriptions] == [first]
    api.delete("/v2/topics/team/subscriptions", {"subscriptions": [{"identifier": "mine"}]})
    assert api.post(path, body).status == 201


@rule(
    "topics.limit",
    "A subscriber may have 10 subscriptions to one topic; the next is refused.",
    SUBSCRIBE,
    since="2025-11",
)
def test_the_eleventh_subscription_is_refused(sim, api):
    sim.subscriber("ann")
    for number in range(10):
        sim.topic("team").subscribe("ann", identifier=f"s{number}")
    body = {"subscriptions": [{"identifier": "s10", "subscriberId": "ann"}]}
    answer = api.post("/v2/topics/team/subscriptions", body)
    assert (answer.status, answer.body["ctx"]["meta"]) == (
        400,
        {"totalCount": 1, "successful": 0, "failed": 1},
    )
    [error] = answer.body["ctx"]["errors"]
    assert (error["code"], error["message"]) == (
        "SUBSCRIPTION_LIMIT_EXCEEDED",
        'Subscriber ann has reached the maximum allowed of 10 subscriptions for topic "team"',
    )
    assert api.post("/v2/topics/other/subscriptions", body).status == 201
    assert len(sim.topic("team").of("ann")) == 10


@rule(
    "topics.unknown-subscriber",
    "An unknown subscriber is not subscribed, and the others are; if all are unknown, it is a 400 with the details in `ctx`.",
    SUBSCRIBE,
)
@pytest.mark.parametrize(
    ("ids", "status", "successful"),
    [(["ann"], 201, 1), (["ann", "nobody"], 201, 1), (["nobody"], 400, 0), (["nobody", "no one"], 400, 0)],
)
def test_unknown_subscribers_are_named(sim, api, ids, status, successful):
    sim.subscriber("ann")
    answer = api.post("/v2/topics/team/subscriptions", {"subscriberIds": ids})
    body = answer.body if status == 201 else answer.body["ctx"]
    unknown = [one for one in ids if one != "ann"]
    assert (answer.status, body["meta"]) == (
        status,
        {"totalCount": len(ids), "successful": successful, "failed": len(unknown)},
    )
    assert [(one["subscriberId"], one["code"]) for one in body.get("errors", [])] == [
        (one, "SUBSCRIBER_NOT_FOUND") for one in unknown
    ]
    assert "team" in sim.topics  # made all the same


@rule(
    "topics.subscribe-limits",
    "Up to 100 are subscribed or unsubscribed at once, and at least one.",
    PREFERENCE_DTO,
)
@pytest.mark.parametrize(
    ("method", "body", "message"),
    [
        ("POST", {"subscriberIds": ["x"] * 101}, "Cannot subscribe more than 100 subscribers at once"),
        ("POST", {"subscriptions": ["x"] * 101}, "Cannot subscribe more than 100 subscriptions at once"),
        ("POST", {"subscriptions": []}, "At least one subscription is required"),
        ("POST", {"subscriberIds": []}, "At least one subscriber identifier is required"),
        ("DELETE", {"subscriptions": ["x"] * 101}, "Cannot unsubscribe more than 100 subscriptions at once"),
        ("DELETE", {"subscriberIds": []}, "At least one subscriber identifier is required"),
    ],
)
def test_how_many_are_subscribed_at_once_is_limited(sim, api, method, body, message):
    sim.topic("team")
    assert api.messages(method, "/v2/topics/team/subscriptions", body) == [message]


# --- contexts -------------------------------------------------------------------------------------------------


@rule(
    "topics.exact-context",
    "A trigger reaches the subscriptions for exactly its contexts; those without a context are for triggers without one.",
    MULTICAST,
    since="2025-12",
)
@pytest.mark.parametrize(
    ("context", "expected"),
    [
        (None, ["ann"]),
        ({"tenant": "acme"}, ["bob"]),
        ({"tenant": {"id": "acme", "data": {"plan": "pro"}}}, ["bob"]),
        ({"tenant": "other"}, []),
        ({"tenant": "acme", "app": "jira"}, ["cid"]),
        ({"app": "jira", "tenant": "acme"}, ["cid"]),
        ({"app": "jira"}, []),
    ],
)
def test_a_trigger_reaches_the_subscriptions_of_its_contexts(sim, served, context, expected):
    served("w", BELL)
    team = sim.topic("team").add("ann")
    team.subscribe("bob", context={"tenant": "acme"})
    team.subscribe("cid", context={"tenant": "acme", "app": "jira"})
    assert reached(sim.trigger("w", Topic("team"), context=context)) == expected


@rule(
    "topics.subscription-per-context",
    "The same subscriber and topic are another subscription in another context.",
    SUBSCRIBE,
    since="2025-12",
)
def test_a_context_makes_another_subscription(sim, api):
    sim.subscriber("ann")
    for context in ({"tenant": "a"}, {"tenant": "b"}, {"tenant": "a"}):
        api.post("/v2/topics/team/subscriptions", {"subscriptions": ["ann"], "context": context})
    assert [one.context_keys for one in sim.topic("team").of("ann")] == [("tenant:a",), ("tenant:b",)]
    assert [one.key for one in sim.contexts] == ["tenant:a", "tenant:b"]


@rule(
    "topics.list-by-context",
    "A listing of subscriptions is filtered by exactly the contexts that the query names.",
    LIST,
)
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"ann", "bob", "cid"}),
        ("?contextKeys=", {"ann"}),
        ("?contextKeys=tenant:acme", {"bob"}),
        ("?contextKeys=tenant:acme&contextKeys=app:jira", {"cid"}),
        ("?contextKeys=app:jira&contextKeys=tenant:acme", {"cid"}),
        ("?contextKeys=app:jira", set()),
        ("?subscriberId=bob", {"bob"}),
        ("?subscriberId=bob&contextKeys=", set()),
    ],
)
def test_subscriptions_are_listed_by_context(sim, api, query, expected):
    team = sim.topic("team").add("ann")
    team.subscribe("bob", context={"tenant": "acme"})
    team.subscribe("cid", context={"tenant": "acme", "app": "jira"})
    listed = api.get(f"/v2/topics/team/subscriptions{query}").body["data"]
    assert {one["subscriber"]["subscriberId"] for one in listed} == expected


@rule(
    "topics.pages",
    "A listing goes on after the last of a page, and back before the first.",
    TOPIC_SUBSCRIBERS,
)
def test_subscriptions_are_paged(sim, api):
    for number in range(5):
        sim.topic(f"t{number}").add("ann")
    path = "/v2/subscribers/ann/subscriptions?limit=2"
    first = api.get(path).body
    second = api.get(f"{path}&after={first['next']}").body
    third = api.get(f"{path}&after={second['next']}").body
    back = api.get(f"{path}&before={third['previous']}").body
    keys = [[one["topic"]["key"] for one in page["data"]] for page in (first, second, third, back)]
    assert keys == [["t4", "t3"], ["t2", "t1"], ["t0"], ["t2", "t1"]]
    assert (first["previous"], third["next"], first["totalCount"]) == (None, None, 5)


@rule(
    "topics.of-subscriber",
    "The subscriptions of a subscriber are listed, of a topic by its whole key, and of contexts.",
    TOPIC_SUBSCRIBERS,
)
@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("", ["b", "a", "a"]),
        ("?key=a", ["a", "a"]),
        ("?key=", ["b", "a", "a"]),
        ("?contextKeys=tenant:acme", ["a"]),
        ("?key=a&contextKeys=", ["a"]),
    ],
)
def test_the_subscriptions_of_a_subscriber_are_listed(sim, api, query, keys):
    sim.topic("a").add("ann", "bob").subscribe("ann", context={"tenant": "acme"})
    sim.topic("b").add("ann")
    listed = api.get(f"/v2/subscribers/ann/subscriptions{query}").body["data"]
    assert [one["topic"]["key"] for one in listed] == keys
    assert {one["subscriber"]["subscriberId"] for one in listed} == {"ann"}


# --- preferences of a subscription --------------------------------------------------------------------------


@rule(
    "topics.subscription-preference",
    "A subscription lets a workflow's triggers pass or not, as it is enabled for that workflow; other workflows pass.",
    JOB_BOUND,
    since="2025-11",
)
@pytest.mark.parametrize(
    ("preferences", "deploy", "news"),
    [
        ({}, True, True),
        ({"deploy": True}, True, True),
        ({"deploy": False}, False, True),
        ({"deploy": False, "news": False}, False, False),
    ],
)
def test_a_subscription_lets_workflows_pass(sim, deploys, preferences, deploy, news):
    deploys.subscribe("ann", preferences=preferences)
    assert bool(sim.trigger("deploy", deploys).runs) is deploy
    assert bool(sim.trigger("news", deploys).runs) is news


@rule(
    "topics.condition",
    "A JSON-Logic condition over the payload decides instead of `enabled`, and only true itself lets a trigger pass.",
    JOB_BOUND,
    since="2025-11",
)
@pytest.mark.parametrize(
    ("condition", "payload", "passes"),
    [
        (FAILED, {"status": "failed"}, True),
        (FAILED, {"status": "ok"}, False),
        (FAILED, {}, False),
        ({"and": [FAILED, {">": [{"var": "payload.price"}, 100]}]}, {"status": "failed", "price": 150}, True),
        ({"and": [FAILED, {">": [{"var": "payload.price"}, 100]}]}, {"status": "failed", "price": 50}, False),
        ({"==": [{"var": "status"}, "failed"]}, {"status": "failed"}, False),  # not below `payload`
        ({"var": "payload.urgent"}, {"urgent": True}, True),
        ({"var": "payload.urgent"}, {"urgent": "yes"}, False),  # no boolean
        ({"no such": [1]}, {}, False),
        ({"in": ["ops", {"var": "payload.tags"}]}, {"tags": ["ops", "web"]}, True),
    ],
)
def test_a_condition_decides(sim, api, deploys, condition, payload, passes):
    sim.subscriber("ann")
    preference = {"filter": {"workflowIds": ["deploy"]}, "enabled": not passes, "condition": condition}
    api.post("/v2/topics/team/subscriptions", {"subscriptions": ["ann"], "preferences": [preference]})
    assert bool(sim.trigger("deploy", deploys, payload).runs) is passes


@rule(
    "topics.condition-facts",
    "A condition also looks into the subscriber, the actor and the contexts of the trigger.",
    Source("libs/internal-sdk/src/models/components/grouppreferencefilterdto.ts", APRIL),
    since="2026",
)
@pytest.mark.parametrize(
    ("path", "value", "passes"),
    [
        ("subscriber.data.plan", "pro", True),
        ("subscriber.subscriberId", "ann", True),
        ("actor.data.role", "admin", True),
        ("actor.subscriberId", "ann", False),
        ("context.tenant.data.plan", "free", True),
        ("context.tenant.id", "other", False),
    ],
)
def test_a_condition_looks_at_more_than_the_payload(sim, deploys, path, value, passes):
    sim.subscribers.upsert("ann", data={"plan": "pro"})
    sim.subscribers.upsert("boss", data={"role": "admin"})
    sim.context("tenant", "acme", {"plan": "free"})
    condition = {"==": [{"var": path}, value]}
    deploys.subscribe("ann", context={"tenant": "acme"}, preferences={"deploy": condition})
    trigger = sim.trigger("deploy", deploys, actor="boss", context={"tenant": "acme"})
    assert bool(trigger.runs) is passes


@rule(
    "topics.any-subscription",
    "A subscriber is reached once where one of several subscriptions lets the trigger pass.",
    JOB_BOUND,
)
@pytest.mark.parametrize(
    ("first", "second", "runs"), [(True, True, 1), (True, False, 1), (False, True, 1), (False, False, 0)]
)
def test_one_subscription_is_enough(sim, deploys, first, second, runs):
    deploys.subscribe("ann", identifier="a", preferences={"deploy": first})
    deploys.subscribe("ann", identifier="b", preferences={"deploy": second})
    assert len(sim.trigger("deploy", deploys).runs) == runs


@rule(
    "topics.filtered-subscriber",
    "A subscriber is notified when named directly, even if no subscription lets the trigger pass.",
    JOB_BOUND,
)
def test_a_named_subscriber_does_not_need_a_subscription(sim, deploys):
    deploys.subscribe("ann", preferences={"deploy": False})
    trigger = sim.trigger("deploy", [deploys, "ann"])
    assert [run.topics for run in trigger.runs] == [()]
    assert sim.trigger("deploy", deploys).notes == (
        "the preferences of the subscription tk_team:si_ann leave it out",
    )


@rule(
    "topics.preference-filter",
    "The preferences of a subscription name workflows by id, by Novu's id or by tags, of those that there are then.",
    SUBSCRIBE,
)
@pytest.mark.parametrize(
    ("preference", "about"),
    [
        ("deploy", ["deploy"]),
        ({"workflowId": "deploy", "condition": FAILED}, ["deploy"]),
        ({"filter": {"workflowIds": ["deploy", "news"]}}, ["deploy", "news"]),
        ({"filter": {"workflowIds": ["nobody's"]}}, []),
        ({"filter": {"tags": ["ops"]}}, ["deploy"]),
        ({"filter": {"tags": ["ops", "else"]}}, ["deploy"]),
        ({"filter": {"tags": ["else"]}}, []),
        ({"filter": {"tags": ["ops"], "workflowIds": ["news"]}}, ["deploy"]),
        ({"filter": {}}, []),
    ],
)
def test_preferences_are_about_workflows(sim, api, served, deploys, preference, about):
    sim.subscriber("ann")
    api.post("/v2/topics/team/subscriptions", {"subscriptions": ["ann"], "preferences": [preference]})
    served("later", BELL, tags=["ops"])
    assert list(deploys.of("ann")[0].preferences) == about


@rule(
    "topics.preference-by-database-id",
    "A subscription's preference finds a workflow by the id of Novu's database.",
    SUBSCRIBE,
)
def test_a_preference_finds_a_workflow_by_novus_id(sim, api, deploys):
    sim.subscriber("ann")
    preference = {"filter": {"workflowIds": [sim.workflow("deploy").id]}, "enabled": False}
    [shown] = api.post(
        "/v2/topics/team/subscriptions", {"subscriptions": ["ann"], "preferences": [preference]}
    ).body["data"]
    assert [(one["workflow"]["identifier"], one["enabled"]) for one in shown["preferences"]] == [
        ("deploy", False)
    ]


@rule("topics.first-preference", "Of several preferences for the same workflow the first counts.", JOB_BOUND)
def test_the_first_preference_for_a_workflow_counts(sim, api, deploys):
    sim.subscriber("ann")
    preferences = [
        {"filter": {"tags": ["ops"]}, "enabled": False},
        {"filter": {"workflowIds": ["deploy", "news"]}, "enabled": True},
    ]
    api.post("/v2/topics/team/subscriptions", {"subscriptions": ["ann"], "preferences": preferences})
    wanted = deploys.of("ann")[0].preferences
    assert {name: one.enabled for name, one in wanted.items()} == {"deploy": False, "news": True}


@rule(
    "topics.preference-default",
    "A preference that says nothing takes over whether the workflow is enabled by default.",
    Source(
        "apps/api/src/app/subscriptions/usecases/create-subscription-preferences/"
        "create-subscription-preferences.usecase.ts",
        APRIL,
    ),
)
@pytest.mark.parametrize("enabled", [True, False])
def test_a_preference_that_says_nothing_is_the_workflows(sim, api, served, enabled):
    served("w", BELL, preferences={"all": {"enabled": enabled}})
    sim.subscriber("ann")
    api.post("/v2/topics/team/subscriptions", {"subscriptions": ["ann"], "preferences": ["w"]})
    assert sim.topic("team").of("ann")[0].preferences["w"].enabled is enabled


# --- changed and deleted -----------------------------------------------------------------------------------


@rule(
    "topics.update-subscription",
    "An update of a subscription takes new preferences in place of all, and leaves what it does not name.",
    UPDATE,
)
@pytest.mark.parametrize(
    ("body", "name", "preferences"),
    [
        ({}, "Mine", {"deploy": False}),
        ({"name": "Ours"}, "Ours", {"deploy": False}),
        ({"preferences": []}, "Mine", {}),
        ({"preferences": ["news"]}, "Mine", {"news": True}),
        ({"preferences": [{"filter": {"tags": ["ops"]}, "enabled": True}]}, "Mine", {"deploy": True}),
    ],
)
def test_a_subscription_is_updated(sim, api, deploys, body, name, preferences):
    subscription = deploys.subscribe("ann", identifier="a", name="Mine", preferences={"deploy": False})
    answer = api.patch("/v2/topics/team/subscriptions/a", body)
    assert (answer.status, answer.body["name"]) == (200, name)
    assert {workflow: one.enabled for workflow, one in subscription.preferences.items()} == preferences


@rule(
    "topics.update-unknown",
    "Updating an unknown subscription, topic or context is a 404.",
    UPDATE,
)
@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/v2/topics/none/subscriptions/a", "Topic with key none not found"),
        ("/v2/topics/team/subscriptions/b", "Subscription with identifier b not found for topic team"),
        ("/v2/topics/team/subscriptions/c", "Subscription with identifier c not found for topic team"),
    ],
)
def test_an_unknown_subscription_is_not_updated(sim, api, path, message):
    sim.topic("team").subscribe("ann", identifier="a")
    sim.topic("team").subscribe("ann", identifier="c", context={"tenant": "acme"})
    answer = api.patch(path, {"name": "New"})
    assert (answer.status, answer.body["message"]) == (404, message)


@rule(
    "topics.get-subscription",
    "A subscription is read by its identifier alone; if there is none, the answer is an empty 204.",
    GET,
)
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v2/topics/team/subscriptions/a", 200),
        ("/v2/topics/team/subscriptions/c", 200),
        ("/v2/topics/team/subscriptions/none", 204),
        ("/v2/topics/none/subscriptions/a", 204),
    ],
)
def test_a_subscription_is_read(sim, api, deploys, path, status):
    deploys.subscribe("ann", identifier="a", preferences={"deploy": FAILED})
    deploys.subscribe("ann", identifier="c", context={"tenant": "acme"})
    answer = api.get(path)
    assert answer.status == status
    if path.endswith("team/subscriptions/a"):
        [preference] = answer.body["preferences"]
        assert (preference["workflow"]["identifier"], preference["condition"]) == ("deploy", FAILED)
        assert answer.body["contextKeys"] == []


@rule(
    "topics.unsubscribe",
    "A subscriber id takes away all of a subscriber's subscriptions to the topic, an identifier those of that name.",
    UNSUBSCRIBE,
)
@pytest.mark.parametrize(
    ("body", "left"),
    [
        ({"subscriberIds": ["ann"]}, ["b1"]),
        ({"subscriptions": ["ann"]}, ["b1"]),
        ({"subscriptions": [{"subscriberId": "ann"}]}, ["b1"]),
        ({"subscriptions": [{"identifier": "a1"}]}, ["a2", "b1"]),
        ({"subscriptions": [{"identifier": "a1", "subscriberId": "ann"}]}, ["a2", "b1"]),
        ({"subscriptions": [{"identifier": "a2"}, {"subscriberId": "bob"}]}, ["a1"]),
    ],
)
def test_subscriptions_are_taken_away(sim, api, body, left):
    team = sim.topic("team")
    for subscriber_id, identifier in (("ann", "a1"), ("ann", "a2"), ("bob", "b1")):
        team.subscribe(subscriber_id, identifier=identifier)
    answer = api.delete("/v2/topics/team/subscriptions", body)
    assert (answer.status, answer.body["meta"]["successful"]) == (200, 3 - len(left))
    assert [one.identifier for one in team.subscriptions] == left


@rule(
    "topics.unsubscribe-unknown",
    "The answer names what cannot be unsubscribed; if that is everything, it is a 400.",
    UNSUBSCRIBE,
)
@pytest.mark.parametrize(
    ("asked", "code", "message"),
    [
        (
            {"subscriberId": "nobody"},
            "SUBSCRIBER_NOT_FOUND",
            "Subscriber with ID 'nobody' could not be found.",
        ),
        ({"subscriberId": "bob"}, "SUBSCRIPTION_NOT_FOUND", "Subscription for subscriber 'bob' not found."),
        ({"identifier": "x"}, "SUBSCRIPTION_NOT_FOUND", "Subscription with identifier 'x' not found."),
    ],
)
def test_what_cannot_be_unsubscribed_is_named(sim, api, asked, code, message):
    sim.subscriber("bob")
    sim.topic("team").subscribe("ann", identifier="a")
    whole = api.delete("/v2/topics/team/subscriptions", {"subscriptions": [asked]})
    assert (whole.status, whole.body["errors"][0]["code"], whole.body["errors"][0]["message"]) == (
        400,
        code,
        message,
    )
    partial = api.delete("/v2/topics/team/subscriptions", {"subscriptions": [asked, "ann"]})
    assert (partial.status, partial.body["meta"]) == (200, {"totalCount": 2, "successful": 1, "failed": 1})


@rule(
    "topics.keys",
    "The key of a new topic has letters, digits, `-`, `_`, `:` and `.`, or is an email address.",
    UPSERT,
)
@pytest.mark.parametrize(
    ("key", "status"),
    [
        ("post-1", 201),
        ("a_b:c.d", 201),
        ("ann@acme.test", 201),
        ("a b", 400),
        ("post/1", 400),
        ("ä", 400),
        ("", 422),
        ("x" * 101, 422),
    ],
)
def test_topic_keys(sim, api, key, status):
    assert api.post("/v2/topics", {"key": key, "name": "Name"}).status == status
    assert (key in sim.topics) is (status == 201)


@rule(
    "topics.upsert",
    "An existing topic is renamed, or rejected with 409 if the query says `failIfExists`.",
    UPSERT,
)
@pytest.mark.parametrize(
    ("body", "query", "status", "name"),
    [
        ({"key": "team", "name": "New"}, "", 201, "New"),
        ({"key": "team"}, "", 201, "Old"),
        ({"key": "team", "name": "New"}, "?failIfExists=false", 201, "New"),
        ({"key": "team", "name": "New"}, "?failIfExists=true", 409, "Old"),
    ],
)
def test_a_topic_is_upserted(sim, api, body, query, status, name):
    sim.topics.upsert("team", "Old")
    assert api.post(f"/v2/topics{query}", body).status == status
    assert sim.topic("team").name == name


@rule(
    "topics.delete",
    "A topic that is deleted takes its subscriptions with it, and triggers of it reach nobody.",
    CONTROLLER,
)
def test_a_deleted_topic_reaches_nobody(sim, api, deploys):
    deploys.add("ann")
    assert api.delete("/v2/topics/team").body == {"acknowledged": True}
    assert sim.trigger("deploy", Topic("team")).runs == []
    assert api.delete("/v2/topics/team").status == 404


@rule(
    "topics.search",
    "Topics are searched by a part of their key and name, whatever the case.",
    TOPICS,
)
@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("", ["b", "Post-1"]),
        ("?orderBy=key&orderDirection=ASC", ["Post-1", "b"]),
        ("?orderBy=name&orderDirection=ASC", ["Post-1", "b"]),
        ("?key=post", ["Post-1"]),
        ("?name=PLAN", ["b"]),
        ("?key=p&name=plan", []),
        ("?key=.", []),
    ],
)
def test_topics_are_searched(sim, api, query, keys):
    sim.topics.upsert("Post-1", "Comments")
    sim.topics.upsert("b", "The plan")
    assert [one["key"] for one in api.get(f"/v2/topics{query}").body["data"]] == keys


# --- from an inbox in a page ---------------------------------------------------------------------------------


@pytest.fixture
def page(sim, api):
    """Open the inbox of a subscriber: `page("ann", {"tenant": "acme"})` gives a function that sends its requests."""

    def open_inbox(subscriber_id, context=None):
        session = {
            "applicationIdentifier": "app",
            "subscriberId": subscriber_id,
            **({"context": context} if context else {}),
        }
        return api.with_token(api.post("/v1/inbox/session", session).body["token"])

    return open_inbox


@rule(
    "topics.inbox-subscribe",
    "A page subscribes its own subscriber, in the context of its session; an identifier that is taken is a 400.",
    INBOX,
)
@pytest.mark.parametrize(
    ("body", "identifier", "preferences"),
    [
        ({}, "tk_team:si_ann:ctx_tenant:acme", None),
        ({"identifier": "mine", "name": "Mine"}, "mine", None),
        ({"identifier": "mine", "preferences": ["deploy"]}, "mine", [("deploy", True, None)]),
        (
            {"identifier": "mine", "preferences": ["deploy", {"workflowId": "news", "enabled": False}]},
            "mine",
            [("deploy", True, None), ("news", False, None)],
        ),
        (
            {"identifier": "mine", "preferences": [{"filter": {"tags": ["ops"]}, "condition": FAILED}]},
            "mine",
            [("deploy", True, FAILED)],
        ),
    ],
)
def test_a_page_subscribes(sim, deploys, page, body, identifier, preferences):
    ann, bob = page("ann", {"tenant": "acme"}), page("bob")
    answer = ann.post("/v1/inbox/topics/team/subscriptions", body)
    assert (answer.status, answer.body["identifier"]) == (201, identifier)
    shown = [
        (one["workflow"]["identifier"], one["enabled"], one.get("condition"))
        for one in answer.body.get("preferences", [])
    ]
    assert shown == (preferences or [])
    assert [(one.subscriber_id, one.context_keys) for one in deploys.subscriptions] == [
        ("ann", ("tenant:acme",))
    ]
    taken = bob.post("/v1/inbox/topics/team/subscriptions", {"identifier": identifier})
    assert (taken.status, "duplicate" in taken.body["message"]) == (400, True)


@rule(
    "topics.inbox-own",
    "A page sees and changes the subscriptions of its own subscriber in its own context only.",
    INBOX,
)
@pytest.mark.parametrize(
    ("who", "context", "seen"),
    [("ann", None, True), ("ann", {"tenant": "acme"}, False), ("bob", None, False)],
)
def test_a_page_sees_its_own(sim, deploys, page, who, context, seen):
    deploys.subscribe("ann", identifier="mine", name="Old")
    one = page(who, context)
    path = "/v1/inbox/topics/team/subscriptions/mine"
    assert [each["identifier"] for each in one.get("/v1/inbox/topics/team/subscriptions").body] == (
        ["mine"] if seen else []
    )
    assert one.get(path).status == (200 if seen else 204)
    assert one.patch(path, {"name": "New"}).status == (200 if seen else 404)
    assert deploys.of("ann")[0].name == ("New" if seen else "Old")
    assert one.delete(path).status == (200 if seen else 404)
    assert len(deploys.subscriptions) == (0 if seen else 1)


@rule(
    "topics.inbox-asks",
    "A page asks for the preferences of more workflows, by id or tags: those of the subscription, else of the workflow.",
    GET,
)
@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"deploy": False}),
        ("?workflowIds=news", {"deploy": False, "news": True}),
        ("?workflowIds=deploy", {"deploy": False}),
        ("?workflowIds=off&workflowIds=news", {"deploy": False, "news": True, "off": False}),
        ("?tags=ops", {"deploy": False}),
        ("?tags=web&workflowIds=news", {"deploy": False, "news": True, "off": False}),
        ("?tags=none", {"deploy": False}),
    ],
)
def test_a_page_asks_for_more_workflows(sim, served, deploys, page, query, shown):
    served("off", BELL, tags=["web"], preferences={"all": {"enabled": False}})
    deploys.subscribe("ann", identifier="mine", preferences={"deploy": False})
    answer = page("ann").get(f"/v1/inbox/topics/team/subscriptions/mine{query}")
    assert {one["workflow"]["identifier"]: one["enabled"] for one in answer.body["preferences"]} == shown


@rule(
    "topics.inbox-prefer",
    "A page turns a workflow on and off for one subscription, or gives it a condition.",
    INBOX_PREFERENCES,
)
@pytest.mark.parametrize(
    ("body", "status", "passes"),
    [
        ({"enabled": False}, "failed", False),
        ({"enabled": True}, "failed", True),
        ({"condition": FAILED}, "failed", True),
        ({"condition": FAILED}, "ok", False),
    ],
)
def test_a_page_prefers(sim, deploys, page, body, status, passes):
    deploys.subscribe("ann", identifier="mine")
    deploys.subscribe("ann", identifier="other", preferences={"deploy": False})
    answer = page("ann").patch("/v1/inbox/subscriptions/mine/preferences/deploy", body)
    assert (answer.status, answer.body["subscriptionId"], answer.body["workflow"]["identifier"]) == (
        200,
        "mine",
        "deploy",
    )
    assert bool(sim.trigger("deploy", deploys, {"status": status}).runs) is passes


@rule(
    "topics.inbox-prefer-refused",
    "A page changes nothing of an unknown workflow, or of a critical one, by either of its ids.",
    INBOX_PREFERENCES,
)
@pytest.mark.parametrize(
    ("workflow", "status", "message"),
    [
        ("none", 404, "Workflow cannot be found"),
        ("alarm", 400, "Critical workflow with id: alarm can not be updated"),
    ],
)
def test_a_page_cannot_prefer_that(sim, served, deploys, page, workflow, status, message):
    served("alarm", BELL, preferences={"all": {"enabled": True, "readOnly": True}})
    deploys.subscribe("ann", identifier="mine")
    answer = page("ann").patch(f"/v1/inbox/subscriptions/mine/preferences/{workflow}", {"enabled": False})
    assert (answer.status, answer.body["message"]) == (status, message)
    assert sim.topics["team"].of("ann")[0].preferences == {}


# --- the operators of conditions ------------------------------------------------------------------------------


@rule(
    "topics.operators",
    "Conditions have JSON-Logic's operators and Novu's own, and compare booleans, numbers and dates also as texts.",
    OPERATORS,
)
@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ({"==": ["5", 5]}, True),
        ({"==": ["true", True]}, True),
        ({"==": ["a", "A"]}, False),
        ({"==": [None, 0]}, True),  # as JavaScript's `Number`
        ({"=": ["a", "a"]}, True),
        ({"!=": ["5", 5]}, False),
        ({"===": ["5", 5]}, False),
        ({"!==": [True, 1]}, True),
        ({"<": ["2026-01-01", "2026-02-01"]}, True),
        ({"<": ["10", "9"]}, False),
        ({">": ["a", 1]}, False),
        ({">=": [5, "5"]}, True),
        ({"<=": [1, 5, 9]}, True),
        ({"<=": [1, 10, 9]}, False),
        ({"<": [{"var": "payload.none"}, 5]}, True),  # null is 0
        ({"in": ["b", "abc"]}, True),
        ({"in": [1, ["1", 2]]}, False),
        ({"notIn": ["c", ["a", "b"]]}, True),
        ({"notIn": ["a", "ab"]}, False),
        ({"startsWith": ["novu", "no"]}, True),
        ({"startsWith": [7, "7"]}, False),
        ({"endsWith": ["novu", "vu"]}, True),
        ({"contains": ["novu", "ov"]}, True),
        ({"doesNotContain": ["novu", "x"]}, True),
        ({"doesNotContain": [None, "x"]}, False),
        ({"doesNotBeginWith": ["novu", "no"]}, False),
        ({"doesNotEndWith": ["novu", "x"]}, True),
        ({"containsAny": [["a", "b"], ["b", "c"]]}, True),
        ({"containsAny": ["ab", ["b"]]}, False),
        ({"===": [{"containsAny": ["ab", ["b"]]}, False]}, True),
        ({"doesNotContainAny": [["a"], ["b"]]}, True),
        ({"null": [None]}, True),
        ({"notNull": [{"var": "payload.none"}]}, False),
        ({"between": [5, [1, 9]]}, True),
        ({"between": ["5", [1, 9]]}, False),
        ({"notBetween": [5, [1, 9]]}, False),
        ({"notBetween": [0, [1, 9]]}, True),
        ({"moreThanXAgo": ["2025-12-30T12:00:00Z", {"amount": 1, "unit": "days"}]}, True),
        ({"lessThanXAgo": ["2026-01-01T11:30:00Z", {"amount": 1, "unit": "hours"}]}, True),
        ({"withinLast": ["2026-01-01T12:30:00Z", {"amount": 1, "unit": "hours"}]}, False),  # still to come
        ({"withinLast": ["2025-12-02T12:00:00Z", {"amount": 1, "unit": "months"}]}, True),
        ({"notWithinLast": ["2024-06-01", {"amount": 1, "unit": "years"}]}, True),
        ({"exactlyXAgo": ["2025-12-25T20:00:00Z", {"amount": 1, "unit": "weeks"}]}, True),
        ({"exactlyXAgo": ["2025-12-20T12:00:00Z", {"amount": 1, "unit": "weeks"}]}, False),
        ({"withinLast": ["soon", {"amount": 1, "unit": "hours"}]}, False),
        ({"if": [{"var": "payload.none"}, True, {"==": [1, 2]}, True, True]}, True),
        ({"or": [False, {"!": [[]]}]}, True),
        ({"and": [True, {"!!": ["x"]}]}, True),
        ({"and": [True, "x"]}, False),
        ({"some": [{"var": "payload.items"}, {">": [{"var": "n"}, 1]}]}, True),
        ({"all": [{"var": "payload.items"}, {">": [{"var": "n"}, 1]}]}, False),
        ({"none": [{"var": "payload.items"}, {">": [{"var": "n"}, 5]}]}, True),
        ({"all": [[], True]}, False),
        (
            {
                "==": [
                    {
                        "reduce": [
                            {"var": "payload.items"},
                            {"+": [{"var": "current.n"}, {"var": "accumulator"}]},
                            0,
                        ]
                    },
                    3,
                ]
            },
            True,
        ),
        ({"==": [{"map": [[1, 2], {"*": [{"var": ""}, 2]}]}, "2,4"]}, False),
        ({"in": [2, {"filter": [[1, 2, 3], {"%": [{"var": ""}, 2]}]}]}, False),
        ({"==": [{"cat": ["a", 1, None, True]}, "a1true"]}, True),
        ({"==": [{"substr": ["jsonlogic", -5]}, "logic"]}, True),
        ({"==": [{"substr": ["jsonlogic", 1, -5]}, "son"]}, True),
        ({"==": [{"max": [1, "3", 2]}, 3]}, True),
        ({"==": [{"/": [6, 4]}, 1.5]}, True),
        ({"==": [{"-": [5]}, -5]}, True),
        ({"==": [{"var": ["payload.none", "else"]}, "else"]}, True),
        ({"==": [{"var": "payload.items.1.n"}, 2]}, True),
        ({"in": ["payload.none", {"missing": ["payload.none", "payload.items"]}]}, True),
        ({"!": [{"missing_some": [1, ["payload.none", "payload.items"]]}]}, True),
        ({"in": [3, {"merge": [[1, 2], 3]}]}, True),
        (True, True),
        (False, False),
        ({"==": [1, 1], "!=": [1, 1]}, False),  # no operator, but a value
        # what cannot be read does not hold
        ({"!": [{"nothing": [1]}]}, False),
        ({"!": [{"substr": ["novu", None]}]}, False),
        ({"withinLast": ["2026-01-01", {"amount": 1e300, "unit": "days"}]}, False),
        ({"moreThanXAgo": ["2026-01-01", {"amount": 1e300, "unit": "years"}]}, False),
        ({"withinLast": ["2026-01-01", {"amount": 999_999, "unit": "days"}]}, True),
        ({"notWithinLast": ["2026-01-01", {"amount": 999_999, "unit": "days"}]}, False),
        ({"withinLast": ["2026-01-01", {"amount": 99_999, "unit": "months"}]}, True),
        ({"moreThanXAgo": ["2026-01-01", {"amount": 9_999, "unit": "years"}]}, False),
    ],
)
def test_conditions_are_read_as_novu_reads_them(sim, deploys, condition, holds):
    deploys.subscribe("ann", preferences={"deploy": {"and": [condition]}})
    payload = {"items": [{"n": 1}, {"n": 2}]}
    assert bool(sim.trigger("deploy", deploys, payload).runs) is holds


left_out(
    "topics.tags-and-ids",
    "A preference with tags and workflow ids stores the workflow's default for ids without one of the tags.",
    SUBSCRIBE,
    why="The workflow's default is what the delivery asks anyway.",
)


# --- as the first version of the API has them -----------------------------------------------------------------


FIRST = Source("apps/api/src/app/topics-v1/topics-v1.controller.ts", APRIL)
FIRST_CREATE = Source("apps/api/src/app/topics-v1/use-cases/create-topic/create-topic.use-case.ts", APRIL)
FIRST_ADD = Source("apps/api/src/app/topics-v1/use-cases/add-subscribers/add-subscribers.use-case.ts", APRIL)
FIRST_DELETE = Source("apps/api/src/app/topics-v1/use-cases/delete-topic/delete-topic.use-case.ts", APRIL)
FIRST_LIST = Source("apps/api/src/app/topics-v1/use-cases/filter-topics/filter-topics.use-case.ts", APRIL)


@rule(
    "topics.first-made",
    "The first version of the API makes a topic of a key and a name, once, and shows its id and key.",
    FIRST_CREATE,
)
@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"key": "new", "name": "New"}, 201),
        ({"key": " new ", "name": "New"}, 201),
        ({"key": "team", "name": "Again"}, 409),
        ({"key": " team ", "name": "Again"}, 409),
        ({"key": "new"}, 422),
        ({"name": "New"}, 422),
        ({"key": 1, "name": "New"}, 422),
    ],
)
def test_the_first_version_makes_topics(sim, api, body, status):
    sim.topic("team")
    answer = api.post("/v1/topics", body)
    assert answer.status == status
    if status == 201:
        assert answer.body == {"_id": sim.topics["new"].id, "key": "new"}
        assert sim.topics["new"].name == "New"


@rule(
    "topics.first-members",
    "The first version of the API subscribes those who are there, says who is not, and makes the topic if missing.",
    FIRST_ADD,
)
@pytest.mark.parametrize(
    ("key", "asked", "answer", "members"),
    [
        ("team", ["bob"], {"succeeded": ["bob"]}, ["ann", "bob"]),
        ("team", ["ann"], {"succeeded": ["ann"]}, ["ann"]),
        ("team", ["bob", "bob"], {"succeeded": ["bob"]}, ["ann", "bob"]),
        ("team", ["zoe", "bob"], {"succeeded": ["bob"], "failed": {"notFound": ["zoe"]}}, ["ann", "bob"]),
        ("team", [], {"succeeded": []}, ["ann"]),
        ("new", ["zoe"], {"succeeded": [], "failed": {"notFound": ["zoe"]}}, []),
        ("new", ["bob"], {"succeeded": ["bob"]}, ["bob"]),
    ],
)
def test_the_first_version_subscribes(sim, api, key, asked, answer, members):
    sim.topics.upsert("team", "The team").add("ann")
    sim.subscribers.upsert("bob")
    assert api.post(f"/v1/topics/{key}/subscribers", {"subscribers": asked}) == (200, answer)
    assert list(sim.topics[key]) == members
    assert sim.topics[key].name == {"team": "The team", "new": "Autogenerated-new"}[key]
    assert "zoe" not in sim.subscribers


@rule(
    "topics.first-removal",
    "The first version of the API takes subscribers out of a topic, whoever of them is in it, and if it is there.",
    FIRST,
)
@pytest.mark.parametrize(
    ("key", "asked", "left"),
    [
        ("team", ["ann"], ["bob"]),
        ("team", ["ann", "zoe"], ["bob"]),
        ("team", [], ["ann", "bob"]),
        ("none", ["ann"], ["ann", "bob"]),
    ],
)
def test_the_first_version_unsubscribes(sim, api, key, asked, left):
    sim.topic("team").add("ann", "bob")
    assert api.post(f"/v1/topics/{key}/subscribers/removal", {"subscribers": asked}).status == 204
    assert list(sim.topics["team"]) == left
    assert [one.key for one in sim.topics] == ["team"]


@rule(
    "topics.first-deleted",
    "The first version of the API deletes a topic that has no subscribers; another one is a 409.",
    FIRST_DELETE,
)
@pytest.mark.parametrize(("key", "status"), [("empty", 204), ("team", 409), ("none", 404)])
def test_the_first_version_deletes_topics(sim, api, key, status):
    sim.topic("team").add("ann")
    sim.topic("empty")
    assert api.delete(f"/v1/topics/{key}").status == status
    assert (key in sim.topics) == (status == 409)


@rule(
    "topics.first-listed",
    "The first version of the API lists topics with their subscribers, oldest first, ten a page at most, by whole key or name.",
    FIRST_LIST,
)
@pytest.mark.parametrize(
    ("query", "keys", "size"),
    [
        ("", [f"t-{number}" for number in range(10)], 10),
        ("page=1", ["t-10", "t-11"], 10),
        ("page=1&pageSize=5", [f"t-{number}" for number in range(5, 10)], 5),
        ("key=t-3", ["t-3"], 10),
        ("key=t", [], 10),
        ("name=Topic 4", ["t-4"], 10),
        ("pageSize=11", None, None),
    ],
)
def test_the_first_version_lists_topics(sim, api, query, keys, size):
    for number in range(12):
        sim.topics.upsert(f"t-{number}", f"Topic {number}").add("ann")
    status, page = api.get(f"/v1/topics?{query}".replace(" ", "%20"))
    assert status == (422 if keys is None else 200)
    if keys is not None:
        assert [one["key"] for one in page["data"]] == keys
        assert all(one["subscribers"] == ["ann"] for one in page["data"])
        assert page["pageSize"] == size
        assert page["totalCount"] == (12 if "=t" not in query and "name" not in query else len(keys))


@rule(
    "topics.first-renamed",
    "The first version of the API shows a topic and renames it; a name is needed.",
    FIRST,
)
@pytest.mark.parametrize(("name", "status"), [("New", 200), ("", 400), (None, 422), (7, 422)])
def test_the_first_version_renames_topics(sim, api, name, status):
    sim.topics.upsert("team", "Old").add("ann")
    assert api.patch("/v1/topics/team", {"name": name}).status == status
    shown = api.get("/v1/topics/team").body
    assert (shown["name"], shown["subscribers"]) == ("New" if status == 200 else "Old", ["ann"])
    assert api.get("/v1/topics/none").status == api.patch("/v1/topics/none", {"name": "New"}).status == 404
