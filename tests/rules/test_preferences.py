"""Preferences: of workflows and subscribers, in layers; what the API shows of them and lets change."""

from __future__ import annotations

import pytest

from tests.rules import Source, left_out, rule

APRIL = "943f64b"
MERGE = Source("libs/application-generic/src/usecases/merge-preferences/merge-preferences.usecase.ts", APRIL)
UPSERT = Source(
    "libs/application-generic/src/usecases/upsert-preferences/upsert-preferences.usecase.ts", APRIL
)
GET = Source("libs/application-generic/src/usecases/get-preferences/get-preferences.usecase.ts", APRIL)
SHOW = Source(
    "apps/api/src/app/subscribers-v2/usecases/get-subscriber-preferences/get-subscriber-preferences.usecase.ts",
    APRIL,
)
PATCH = Source(
    "apps/api/src/app/subscribers-v2/usecases/update-subscriber-preferences/update-subscriber-preferences.usecase.ts",
    APRIL,
)
UPDATE = Source("apps/api/src/app/inbox/usecases/update-preferences/update-preferences.usecase.ts", APRIL)
BULK = Source(
    "apps/api/src/app/inbox/usecases/bulk-update-preferences/bulk-update-preferences.usecase.ts", APRIL
)
GLOBAL = Source(
    "apps/api/src/app/subscribers/usecases/get-subscriber-global-preference/get-subscriber-global-preference.usecase.ts",
    APRIL,
)
TEMPLATE = Source(
    "libs/application-generic/src/usecases/get-subscriber-template-preference/"
    "get-subscriber-template-preference.usecase.ts",
    APRIL,
)
BUILD = Source("packages/shared/src/utils/buildWorkflowPreferences.ts", APRIL)
SCHEDULE = Source("apps/api/src/app/shared/dtos/schedule.ts", APRIL)
DTO = Source("apps/api/src/app/subscribers-v2/dtos/bulk-update-subscriber-preferences.dto.ts", APRIL)
E2E = Source("apps/api/src/app/events/e2e/trigger-event-preferences.e2e.ts", APRIL)

BELL = ("in_app", "bell", {"body": "x"})
MAIL = ("email", "mail", {"subject": "s", "body": "b"})
ANN = {"subscriberId": "ann", "email": "ann@acme.test"}
PATH = "/v2/subscribers/ann/preferences"


def all_of(enabled, read_only=False, **channels):
    return {
        "all": {"enabled": enabled, "readOnly": read_only},
        "channels": {channel: {"enabled": flag} for channel, flag in channels.items()},
    }


def sent(trigger):
    return {message.channel for message in trigger.messages}


# --- layers -----------------------------------------------------------------------------------------------


@rule(
    "preferences.workflow-default",
    "A channel is on as the workflow says of it, else as it says of all, else on.",
    BUILD,
)
@pytest.mark.parametrize(
    ("preferences", "channels"),
    [
        (None, {"in_app", "email"}),
        ({}, {"in_app", "email"}),
        (all_of(True), {"in_app", "email"}),
        (all_of(False), set()),
        (all_of(True, email=False), {"in_app"}),
        (all_of(False, email=True), {"email"}),
        ({"channels": {"in_app": {"enabled": False}}}, {"email"}),
        ({"all": {"readOnly": True}}, {"in_app", "email"}),
    ],
)
def test_the_workflow_says_which_channels_are_on(sim, served, preferences, channels):
    served("w", BELL, MAIL, **({} if preferences is None else {"preferences": preferences}))
    assert sent(sim.trigger("w", ANN)) == channels


@rule(
    "preferences.layers",
    "The workflow's default, the dashboard's, the subscriber's global and the subscriber's for the workflow: the last that "
    "says something of a channel decides.",
    MERGE,
)
@pytest.mark.parametrize(
    ("code", "dashboard", "overall", "single", "mail"),
    [
        (True, None, None, None, True),
        (False, None, None, None, False),
        (True, False, None, None, False),
        (False, True, None, None, True),
        (True, True, False, None, False),
        (False, False, True, None, True),
        (True, True, True, False, False),
        (False, False, False, True, True),
        (False, None, None, True, True),
        (True, None, False, True, True),
    ],
)
def test_the_last_layer_that_says_something_decides(sim, served, code, dashboard, overall, single, mail):
    served("w", MAIL, preferences=all_of(True, email=code))
    if dashboard is not None:
        sim.workflow("w").save_preferences(all_of(True, email=dashboard))
    preferences = sim.subscriber(ANN).preferences
    if overall is not None:
        preferences.update(channels={"email": overall})
    if single is not None:
        preferences.update("w", channels={"email": single})
    assert bool(sent(sim.trigger("w", ANN))) is mail


@rule(
    "preferences.read-only",
    "If the code or the dashboard says `readOnly`, the subscriber's preferences do not count.",
    MERGE,
)
@pytest.mark.parametrize(
    ("code", "dashboard", "wanted", "mail"),
    [
        (all_of(True, True), None, False, True),
        (all_of(True, False), all_of(True, True), False, True),
        (all_of(True, True), all_of(True, False), False, True),
        (all_of(True, True), all_of(True, True, email=False), True, False),
        (all_of(False, True), None, True, False),
        (all_of(True, False), None, False, False),
        (all_of(False, False), all_of(False, False), True, True),
    ],
)
def test_a_read_only_workflow_does_not_ask_the_subscriber(sim, served, code, dashboard, wanted, mail):
    served("w", MAIL, preferences=code)
    sim.workflow("w").save_preferences(dashboard)
    preferences = sim.subscriber(ANN).preferences
    preferences.update(channels={"email": wanted})
    preferences.update("w", channels={"email": wanted})
    assert bool(sent(sim.trigger("w", ANN))) is mail


@rule(
    "preferences.dashboard",
    "What the dashboard says replaces what the code says of every channel, until it is taken away.",
    MERGE,
)
def test_the_dashboard_replaces_what_the_code_says(sim, served):
    served("w", BELL, MAIL, preferences=all_of(True, email=False))
    sim.workflow("w").save_preferences(all_of(True, in_app=False))
    assert sent(sim.trigger("w", ANN)) == {"email"}
    sim.connect(sim.workflow("w").bridge)  # a sync keeps it
    assert sent(sim.trigger("w", ANN)) == {"email"}
    sim.workflow("w").save_preferences(None)
    assert sent(sim.trigger("w", ANN)) == {"in_app"}


@rule(
    "preferences.enables", "A subscriber gets a channel that the workflow has off and the subscriber on.", E2E
)
@pytest.mark.parametrize("workflow_id", [None, "w"])
def test_a_subscriber_turns_a_channel_on(sim, served, workflow_id):
    served("w", BELL, MAIL, preferences=all_of(False))
    sim.subscriber(ANN).preferences.update(workflow_id, channels={"in_app": True})
    assert sent(sim.trigger("w", ANN)) == {"in_app"}


@rule("preferences.other-workflows", "A preference for one workflow says nothing of the others.", GET)
def test_a_preference_is_for_one_workflow(sim, served):
    served("w", MAIL)
    served("v", MAIL)
    sim.subscriber(ANN).preferences.update("w", channels={"email": False})
    assert (sent(sim.trigger("w", ANN)), sent(sim.trigger("v", ANN))) == (set(), {"email"})


@rule(
    "preferences.global-resets",
    "A global preference for a channel takes away what was preferred of it for single workflows.",
    UPSERT,
    since="2025",
)
@pytest.mark.parametrize(
    ("channels", "left"),
    [
        ({"email": True}, {"in_app": False}),
        ({"email": False}, {"in_app": False}),
        ({"email": True, "in_app": True}, {}),
        ({"sms": True}, {"email": False, "in_app": False}),
        ({}, {"email": False, "in_app": False}),
    ],
)
def test_a_global_preference_resets_those_for_workflows(sim, served, api, channels, left):
    served("w", BELL, MAIL)
    preferences = sim.subscriber(ANN).preferences
    preferences.update("w", channels={"email": False, "in_app": False})
    assert api.patch(PATH, {"channels": channels}).status == 200
    assert preferences.workflows["w"].channels == left


@rule("preferences.merged", "An update leaves what it does not name.", UPSERT)
@pytest.mark.parametrize("workflow", [{}, {"workflowId": "w"}])
def test_an_update_leaves_other_channels(sim, served, api, workflow):
    served("w", BELL, MAIL)
    sim.subscriber(ANN)
    api.patch(PATH, {**workflow, "channels": {"email": False}})
    api.patch(PATH, {**workflow, "channels": {"in_app": False}})
    assert sent(sim.trigger("w", ANN)) == set()
    api.patch(PATH, {**workflow, "channels": {"email": True}})
    assert sent(sim.trigger("w", ANN)) == {"email"}


@rule(
    "preferences.at-execution",
    "A step asks for the preferences when it runs, not when it was triggered.",
    GET,
)
def test_a_waiting_step_asks_when_it_runs(sim, served):
    served("w", ("delay", "day", {"amount": 1, "unit": "days"}), BELL, MAIL)
    trigger = sim.trigger("w", ANN)
    sim.subscriber(ANN).preferences.update("w", channels={"email": False})
    sim.advance(days=1)
    assert sent(trigger) == {"in_app"}


# --- contexts ----------------------------------------------------------------------------------------------


@rule(
    "preferences.exact-context",
    "Preferences that were set in contexts are for triggers with exactly these, and those without for triggers without.",
    GET,
    since="2025-12",
)
@pytest.mark.parametrize(
    ("context", "mail"),
    [
        (None, False),
        ({"tenant": "acme"}, True),
        ({"tenant": "b"}, False),
        ({"tenant": "acme", "app": "jira"}, True),
        ({"app": "jira"}, True),
    ],
)
@pytest.mark.parametrize("workflow_id", [None, "w"])
def test_preferences_are_for_exact_contexts(sim, served, context, mail, workflow_id):
    served("w", MAIL)
    preferences = sim.subscriber(ANN).preferences
    preferences.update(workflow_id, channels={"email": False})
    preferences.update(workflow_id, channels={"email": False}, context={"tenant": "b"})
    preferences.update(workflow_id, channels={"email": True}, context={"tenant": "acme"})
    assert bool(sent(sim.trigger("w", ANN, context=context))) is mail


@rule(
    "preferences.context-in-api",
    "The API sets and shows preferences of the contexts that a request names.",
    PATCH,
    since="2025-12",
)
def test_the_api_shows_the_preferences_of_contexts(sim, served, api):
    served("w", BELL, MAIL)
    sim.subscriber(ANN)
    shown = api.patch(PATH, {"channels": {"email": False}, "context": {"tenant": "acme"}}).body
    assert shown["global"]["channels"] == {"email": False, "in_app": True}
    assert "tenant:acme" in sim.contexts
    for query, mail in (("", True), ("?contextKeys=", True), ("?contextKeys=tenant:acme", False)):
        body = api.get(f"{PATH}{query}").body
        assert (body["global"]["channels"]["email"], body["workflows"][0]["channels"]["email"]) == (
            mail,
            mail,
        )


# --- what the API shows -------------------------------------------------------------------------------------


@rule(
    "preferences.shown-channels",
    "Preferences show the channels that workflows have steps for, and no others.",
    GLOBAL,
)
@pytest.mark.parametrize(
    ("steps", "channels"),
    [
        ([BELL], {"in_app": True}),
        ([BELL, MAIL], {"in_app": True, "email": True}),
        ([("sms", "text", {"body": "x"}), ("delay", "wait", {"amount": 1, "unit": "days"})], {"sms": True}),
        ([("digest", "all", {"amount": 1, "unit": "hours"})], {}),
    ],
)
def test_the_channels_of_workflows_are_shown(sim, served, api, steps, channels):
    served("w", *steps)
    sim.subscriber(ANN)
    body = api.get(PATH).body
    assert body["global"] == {"enabled": True, "channels": channels}
    assert body["workflows"][0]["channels"] == channels


@rule(
    "preferences.shown-workflows",
    "The API shows active workflows: those that are not critical, or those that are, or all.",
    SHOW,
)
@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ["plain"]),
        ("?criticality=nonCritical", ["plain"]),
        ("?criticality=critical", ["alarm"]),
        ("?criticality=all", ["plain", "alarm"]),
    ],
)
def test_active_workflows_are_shown(sim, served, api, query, shown):
    served("plain", BELL)
    served("alarm", BELL, preferences=all_of(True, True))
    served("off", MAIL)
    sim.workflow("off").deactivate()
    sim.subscriber(ANN)
    body = api.get(f"{PATH}{query}").body
    assert [one["workflow"]["identifier"] for one in body["workflows"]] == shown
    assert body["global"]["channels"] == {"in_app": True}  # the mail is of a workflow that is off


@rule("preferences.inherited", "A workflow that came after shows what the subscriber prefers globally.", SHOW)
def test_a_later_workflow_inherits_the_global_preference(sim, served, api):
    served("w", BELL, MAIL)
    sim.subscriber(ANN)
    api.patch(PATH, {"channels": {"email": False}})
    served("new", BELL, MAIL)
    [new] = [one for one in api.get(PATH).body["workflows"] if one["workflow"]["identifier"] == "new"]
    assert new["channels"] == {"email": False, "in_app": True}


@rule(
    "preferences.overrides",
    "The API names the subscriber as the source of every channel of a workflow.",
    TEMPLATE,
)
@pytest.mark.parametrize("set_by", ["nobody", "subscriber"])
def test_the_source_of_a_channel_is_the_subscriber(sim, served, api, set_by):
    served("w", MAIL)
    sim.subscriber(ANN)
    if set_by == "subscriber":
        api.patch(PATH, {"workflowId": "w", "channels": {"email": False}})
    [workflow] = api.get(PATH).body["workflows"]
    assert workflow["overrides"] == [{"channel": "email", "source": "subscriber"}]


@rule(
    "preferences.criticality",
    "A criticality that does not exist is a 422, and so is a channel that is no boolean.",
    SHOW,
)
def test_unreadable_preferences_are_refused(sim, served, api):
    served("w", MAIL)
    sim.subscriber(ANN)
    assert api.messages("GET", f"{PATH}?criticality=high") == [
        "criticality must be one of the following values: critical, nonCritical, all"
    ]
    assert api.messages("PATCH", PATH, {"channels": {"email": "no"}}) == [
        "channels.email must be a boolean value"
    ]


# --- what the API lets change --------------------------------------------------------------------------------


@rule(
    "preferences.update-errors",
    "An unknown subscriber or workflow is a 404, a critical workflow a 400.",
    UPDATE,
)
@pytest.mark.parametrize(
    ("path", "body", "status", "message"),
    [
        (
            "/v2/subscribers/nobody/preferences",
            {"channels": {}},
            404,
            "Subscriber with id: nobody is not found",
        ),
        (PATH, {"workflowId": "none", "channels": {}}, 404, "Workflow cannot be found"),
        (
            PATH,
            {"workflowId": "alarm", "channels": {"in_app": False}},
            400,
            "Critical workflow with id: {} can not be updated",
        ),
    ],
)
def test_what_cannot_be_updated(sim, served, api, path, body, status, message):
    served("alarm", BELL, preferences=all_of(True, True))
    sim.subscriber(ANN)
    answer = api.patch(path, body)
    assert (answer.status, answer.body["message"]) == (status, message.format(sim.workflow("alarm").id))
    assert sent(sim.trigger("alarm", ANN)) == {"in_app"}


@rule(
    "preferences.workflow-names",
    "A preference finds its workflow by identifier, by Novu's id or by slug.",
    PATCH,
)
@pytest.mark.parametrize("name", ["w", "{id}", "the-name_wf_{id}"])
def test_a_workflow_has_several_names(sim, served, api, name):
    served("w", MAIL)
    sim.subscriber(ANN)
    body = {"workflowId": name.format(id=sim.workflow("w").id), "channels": {"email": False}}
    assert api.patch(PATH, body).status == 200
    assert sent(sim.trigger("w", ANN)) == set()


@rule(
    "preferences.bulk",
    "Preferences for several workflows are updated together, the last of a workflow counting.",
    BULK,
)
@pytest.mark.parametrize(
    ("items", "off"),
    [
        ([("w", False), ("v", False)], {"w", "v"}),
        ([("w", False), ("w", True)], set()),
        ([("w", False), ("{w}", True)], set()),
        ([("{w}", False)], {"w"}),
    ],
)
def test_preferences_are_updated_in_bulk(sim, served, api, items, off):
    served("w", MAIL)
    served("v", MAIL)
    sim.subscriber(ANN)
    ids = {"w": sim.workflow("w").id, "v": sim.workflow("v").id}
    preferences = [{"workflowId": name.format(**ids), "channels": {"email": on}} for name, on in items]
    answer = api.patch(f"{PATH}/bulk", {"preferences": preferences})
    assert (answer.status, all(one["level"] == "template" for one in answer.body)) == (200, True)
    assert {one for one in ("w", "v") if not sent(sim.trigger(one, ANN))} == off


@rule(
    "preferences.bulk-errors",
    "One workflow that is unknown or critical refuses an update in bulk; so does an empty one.",
    BULK,
)
@pytest.mark.parametrize(
    ("names", "status", "message"),
    [
        (["w", "x", "y"], 404, "Workflows with ids: x, y not found"),
        (["w", "alarm"], 400, "Critical workflows with ids: {} cannot be updated"),
        ([], 400, "No preferences provided for bulk update"),
    ],
)
def test_an_update_in_bulk_is_refused_as_a_whole(sim, served, api, names, status, message):
    served("w", MAIL)
    served("alarm", MAIL, preferences=all_of(True, True))
    sim.subscriber(ANN)
    preferences = [{"workflowId": name, "channels": {"email": False}} for name in names]
    answer = api.patch(f"{PATH}/bulk", {"preferences": preferences})
    assert (answer.status, answer.body["message"]) == (status, message.format(sim.workflow("alarm").id))
    assert sent(sim.trigger("w", ANN)) == {"email"}


@rule("preferences.bulk-limit", "An update in bulk is for up to 100 workflows.", DTO)
def test_an_update_in_bulk_is_limited(sim, served, api):
    sim.subscriber(ANN)
    body = {"preferences": [{"workflowId": "w", "channels": {}}] * 101}
    assert api.messages("PATCH", f"{PATH}/bulk", body) == [
        "preferences must contain no more than 100 elements"
    ]


# --- the schedule ---------------------------------------------------------------------------------------------

WEEK = {
    "isEnabled": True,
    "weeklySchedule": {"monday": {"isEnabled": True, "hours": [{"start": "09:00 AM", "end": "05:00 PM"}]}},
}


@rule(
    "preferences.schedule",
    "The global preference keeps a schedule, shows it, and keeps it when something else is updated.",
    UPSERT,
    since="2025-09",
)
def test_the_global_preference_keeps_a_schedule(sim, served, api):
    served("w", MAIL)
    ann = sim.subscriber(ANN)
    assert api.patch(PATH, {"schedule": WEEK}).body["global"]["schedule"] == WEEK
    api.patch(PATH, {"channels": {"email": False}})
    assert api.get(PATH).body["global"]["schedule"] == ann.preferences.schedule == WEEK
    api.patch(PATH, {"schedule": {"isEnabled": False}})
    assert ann.preferences.schedule == {"isEnabled": False}


@rule(
    "preferences.schedule-context", "A schedule is of the context in which it was set.", GET, since="2025-12"
)
def test_a_schedule_is_of_its_context(sim, served, api):
    served("w", MAIL)
    ann = sim.subscriber(ANN)
    api.patch(PATH, {"schedule": WEEK, "context": {"tenant": "acme"}})
    assert (ann.preferences.schedule, ann.preferences.of(("tenant:acme",)).schedule) == (None, WEEK)


@rule(
    "preferences.schedule-format",
    "A schedule says whether it and its days are enabled, and its hours in the 12-hour form.",
    SCHEDULE,
)
@pytest.mark.parametrize(
    ("schedule", "messages"),
    [
        ({}, ["schedule.isEnabled should not be null or undefined", "schedule.isEnabled must be a boolean value"]),
        ({"isEnabled": "yes"}, ["schedule.isEnabled must be a boolean value"]),
        ({"isEnabled": True, "weeklySchedule": {"monday": {"isEnabled": True, "hours": [{"start": "09:00", "end": "5:00 PM"}]}}},
         ["schedule.weeklySchedule.monday.hours.0.start must be in 12-hour format (e.g., 09:00 AM or 9:00 AM)"]),
        ({"isEnabled": True, "weeklySchedule": {"monday": {"isEnabled": True, "hours": [{"start": "9:00am", "end": "13:00 PM"}]}}},
         ["schedule.weeklySchedule.monday.hours.0.end must be in 12-hour format (e.g., 09:00 AM or 9:00 AM)"]),
        ({"isEnabled": True, "weeklySchedule": {"sunday": {"hours": []}}},
         ["schedule.weeklySchedule.sunday.isEnabled should not be null or undefined",
          "schedule.weeklySchedule.sunday.isEnabled must be a boolean value"]),
    ],
)  # fmt: skip
def test_a_schedule_is_validated(sim, api, schedule, messages):
    sim.subscriber(ANN)
    assert api.messages("PATCH", PATH, {"schedule": schedule}) == messages


left_out(
    "preferences.tenant-override",
    "A workflow override of a tenant takes precedence over the subscriber.",
    TEMPLATE,
    why="Workflow overrides are not in the API of version 3; tenants are only looked up.",
)
left_out(
    "preferences.all-condition",
    "A global preference or one for a workflow may carry `all.condition`, which nothing asks.",
    UPDATE,
    why="It has no effect in Novu either; conditions of subscriptions to topics have.",
)


# --- as the first version of the API has them -----------------------------------------------------------------


FIRST = Source("apps/api/src/app/subscribers/subscribersV1.controller.ts", APRIL)
FIRST_LEVELS = Source(
    "apps/api/src/app/subscribers/usecases/get-preferences-by-level/get-preferences-by-level.usecase.ts",
    APRIL,
)
FIRST_SHOWN = Source(
    "apps/api/src/app/subscribers/usecases/get-subscriber-preference/get-subscriber-preference.usecase.ts",
    APRIL,
)
EVERY = ("in_app", "email", "sms", "chat", "push")
FIRST_PATH = "/v1/subscribers/ann/preferences"


@pytest.fixture
def first(sim, served):
    """Ann, a workflow `news` with two channels, and a critical one."""
    served("news", BELL, MAIL, tags=["ops"])
    served("alarm", BELL, preferences=all_of(True, read_only=True))
    sim.subscribers.upsert("ann")


@rule(
    "preferences.first-shown",
    "The first version of the API shows preferences by level, those of workflows without the critical ones; "
    "the channels are those in use unless the level is asked for, or the inactive ones.",
    FIRST_LEVELS,
    FIRST_SHOWN,
)
@pytest.mark.parametrize(
    ("path", "workflows", "channels"),
    [
        ("", ["news"], ("in_app", "email")),
        ("?includeInactiveChannels=true", ["news"], EVERY),
        ("/template", ["news"], EVERY),
        ("/template?includeInactiveChannels=false", ["news"], ("in_app", "email")),
        ("/global", [None], EVERY),
        ("/global?includeInactiveChannels=false", [None], ("in_app", "email")),
    ],
)
def test_the_first_version_shows_preferences(sim, api, first, path, workflows, channels):
    sim.subscribers["ann"].preferences.update(None, channels={"email": False})
    shown = api.get(FIRST_PATH + path).body
    assert [one.get("template", {}).get("triggers", [{}])[0].get("identifier") for one in shown] == workflows
    assert shown[0]["preference"]["channels"] == {channel: channel != "email" for channel in channels}
    assert shown[0]["preference"]["enabled"] is True


@rule(
    "preferences.first-changed",
    "The first version of the API changes one channel of a workflow, by either id, and shows what holds then.",
    FIRST,
    UPDATE,
)
@pytest.mark.parametrize("by", ["workflow_id", "id"])
@pytest.mark.parametrize(
    ("body", "email"),
    [
        ({"channel": {"type": "email", "enabled": False}}, False),
        ({"channel": {"type": "email", "enabled": True}}, True),
        ({"enabled": False}, True),
        ({}, True),
    ],
)
def test_the_first_version_changes_a_preference(sim, api, first, by, body, email):
    status, shown = api.patch(f"{FIRST_PATH}/{getattr(sim.workflows['news'], by)}", body)
    assert (status, shown["preference"]) == (
        200,
        {"enabled": True, "channels": {"in_app": True, "email": email}},
    )
    trigger = {"identifier": "news", "type": "event", "variables": []}
    template = {"_id": sim.workflows["news"].id, "name": "news", "critical": False, "tags": ["ops"]}
    assert shown["template"] == {**template, "triggers": [trigger]}
    assert ("email" in sent(sim.trigger("news", ANN))) is email


@rule(
    "preferences.first-global",
    "The first version of the API changes the global preference by a list of channels.",
    FIRST,
)
def test_the_first_version_changes_the_global_preference(sim, api, first):
    body = {"preferences": [{"type": "email", "enabled": False}, {"type": "sms", "enabled": False}]}
    shown = {"preference": {"channels": {"in_app": True, "email": False}, "enabled": True}}
    assert api.patch(FIRST_PATH, body) == (200, shown)
    assert sent(sim.trigger("news", ANN)) == {"in_app"}


@rule(
    "preferences.first-refused",
    "The first version of the API refuses unknown levels, subscribers, workflows and channels, and critical workflows.",
    FIRST,
    UPDATE,
)
@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "ann/preferences/workflow", None, 422),
        ("GET", "nobody/preferences", None, 404),
        ("GET", "nobody/preferences/global", None, 404),
        ("PATCH", "nobody/preferences", {}, 404),
        ("PATCH", "nobody/preferences/news", {}, 404),
        ("PATCH", "ann/preferences/none", {}, 404),
        ("PATCH", "ann/preferences/alarm", {}, 400),
        ("PATCH", "ann/preferences/news", {"channel": {"type": "fax", "enabled": True}}, 422),
        ("PATCH", "ann/preferences/news", {"channel": {"type": "email"}}, 422),
        ("PATCH", "ann/preferences", {"preferences": [{"type": "fax", "enabled": True}]}, 422),
    ],
)
def test_the_first_version_refuses_preferences(api, first, method, path, body, status):
    assert api(method, f"/v1/subscribers/{path}", body).status == status
