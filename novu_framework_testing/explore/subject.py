"""What is explored: an app, the people whom it tells something, and what it is triggered with."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias

from typing_extensions import Unpack

from novu_framework._internal.factories import made
from novu_framework._internal.suggestions import known_names
from novu_framework.asgi import handler_of
from novu_framework.npm.ecmascript.json import copy_json
from novu_framework.steps.kinds import CHANNELS, KINDS
from novu_framework.triggers import Recipient, recipient
from novu_framework.workflow import Workflow
from novu_framework_testing.bridges import AsgiBridge, ProcessBridge, connect
from novu_framework_testing.bridges.http import AppOptions
from novu_framework_testing.bridges.transports import AsgiTransport, transport_of
from novu_framework_testing.explore.faults import Code, FaultyBridge
from novu_framework_testing.explore.story import Story
from novu_framework_testing.factories import NovuFaker
from novu_framework_testing.simulation.connecting import WorkflowRef
from novu_framework_testing.simulation.simulator import NovuSimulator

Payloads: TypeAlias = Mapping[str, Any] | Sequence[Mapping[str, Any]] | None
"""A payload, several, or None for some that are made up by the schema."""

Triggers: TypeAlias = Mapping[Any, Payloads] | Iterable[WorkflowRef] | None

MADE_UP = 3
"""So many payloads are made up for a workflow: enough for some to be alike and some to differ."""

_ZONES = ("Europe/Vienna", "America/New_York")
_CHANNELS = [
    {"providerId": KINDS["push"].default_provider, "credentials": {"deviceTokens": ["a-device"]}},
    {
        "providerId": KINDS["chat"].default_provider,
        "credentials": {"webhookUrl": "https://example.com/webhook"},
    },
]


class Subject:
    """The app that is explored, ready to be put into a new simulation for each order.

    Args:
        versions: The app, and perhaps the version of it that may be deployed.
        people: Ids, or subscribers as triggers take them; an id gets addresses for every channel.
        secret_key: Of the simulations.
        start: When they begin.
        setup: Prepares each of them; it may be async.
    """

    def __init__(
        self,
        versions: Sequence[Code],
        people: Iterable[Recipient],
        *,
        secret_key: str,
        start: datetime,
        setup: Callable[[NovuSimulator], Any] | None,
    ) -> None:
        self._versions = versions
        self._definitions = {one["workflowId"]: one for one in versions[0].definitions}
        self._people = [_person(one, place) for place, one in enumerate(people)]
        self._secret_key = secret_key
        self._start = start
        self._setup = setup

    @property
    def zones(self) -> dict[str, str | None]:
        """The people, with their time zones."""
        return {one["subscriberId"]: one.get("timezone") for one in self._people}

    async def story(self) -> Story:
        """Return a new story, in which nothing has happened yet."""
        novu = NovuSimulator(self._start, self._secret_key)
        app, new = self._versions[0], self._versions[-1]
        bridge = FaultyBridge(app)
        novu.workflows.sync(app.definitions, bridge)
        for person in self._people:
            novu.subscribers.upsert_from(person)
        if self._setup is not None and inspect.isawaitable(done := self._setup(novu)):
            await done
        return Story(novu, bridge, new if new is not app else None)

    def payloads(self, triggers: Triggers, seed: int) -> dict[str, list[Mapping[str, Any]]]:
        """Return what each workflow is triggered with. Raises `ValueError` for a workflow that there is not.

        Args:
            triggers: As `explore` takes them.
            seed: Of what is made up.
        """
        given = triggers if isinstance(triggers, Mapping) else dict.fromkeys(triggers or self._definitions)
        faker = NovuFaker(seed=f"explore-{seed}")
        payloads: dict[str, list[Mapping[str, Any]]] = {}
        for workflow, of_workflow in given.items():
            name = workflow.id if isinstance(workflow, Workflow) else str(workflow)
            if name not in self._definitions:
                raise ValueError(
                    f"There is no workflow {name!r} here; there is {known_names(name, self._definitions)}."
                )
            payloads[name] = self._payloads(name, of_workflow, faker)
        return payloads

    def _payloads(self, workflow_id: str, given: Payloads, faker: NovuFaker) -> list[Mapping[str, Any]]:
        if given is not None:
            return [given] if isinstance(given, Mapping) else list(given)
        schema = (self._definitions[workflow_id].get("payload") or {}).get("schema")
        made_up: list[Mapping[str, Any]] = []
        for _ in range(MADE_UP):
            payload = faker.payload(schema) if schema else {}
            if payload not in made_up:
                made_up.append(payload)
        return made_up

    def channels(self, workflow_ids: Iterable[str]) -> dict[str, list[str]]:
        """Return the channels that each workflow sends by."""
        steps = {name: self._definitions[name].get("steps") or () for name in workflow_ids}
        return {
            name: list(dict.fromkeys(step["type"] for step in own if step["type"] in CHANNELS))
            for name, own in steps.items()
        }

    async def aclose(self) -> None:
        """Stop the lifespan of the app."""
        for version in self._versions:
            for bridge in dict.fromkeys(version.bridges.values()):
                if isinstance(bridge, (ProcessBridge, AsgiBridge)):
                    await bridge.aclose()


async def code_of(app: Any, route: str, secret_key: str, **options: Unpack[AppOptions]) -> Code:
    """Return the workflows of an app, and what runs each. Those of this process run without HTTP.

    Args:
        app, route, secret_key, options: As `connect` takes them.

    Raises:
        TypeError, ValueError, BridgeFailure: It is no app, no workflow and no bridge, or it does not answer.
    """
    app = made(app)
    workflows, owner = app, None
    if isinstance(app, Workflow):
        workflows = [app]
    elif not isinstance(app, (str, list, tuple)):
        if (handler := handler_of(app)) is None:
            bridge = connect(app, route=route, secret_key=secret_key, **options)
            definitions = await bridge.discover()
            return Code(definitions, dict.fromkeys((one["workflowId"] for one in definitions), bridge))
        workflows = handler.workflows.values()
        has_lifespan = options.get("lifespan", True) and isinstance(transport_of(app), AsgiTransport)
        owner = app if has_lifespan else None
    in_process = {one.id: ProcessBridge(one, secret_key=secret_key, app=owner) for one in workflows}
    return Code(
        [definition for one in in_process.values() for definition in await one.discover()], in_process
    )


def _person(given: Recipient, place: int) -> Mapping[str, Any]:
    wired = recipient(given)
    if not isinstance(wired, str):
        if "subscriberId" not in wired:
            raise ValueError(
                f"{given!r} is not a subscriber. People are ids or subscribers; a topic is made in `setup`, and triggered "
                "by a move of your own."
            )
        return wired
    return {
        "subscriberId": wired,
        "firstName": wired.capitalize(),
        "email": f"{wired}@example.com",
        "phone": f"+1555{place:07d}",
        "timezone": _ZONES[place % len(_ZONES)],
        "channels": copy_json(_CHANNELS),
    }
