"""Which code a simulation runs: workflows of this process, and bridges that are connected; what the dashboard does to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from typing_extensions import Self, Unpack

from novu_framework._internal.redaction import redaction
from novu_framework.workflow import Workflow
from novu_framework_testing import bridges
from novu_framework_testing._internal.loops import loops
from novu_framework_testing._internal.twins import awaited_in_tests, blocking_method
from novu_framework_testing._internal.wire import to_plain_json
from novu_framework_testing.bridges.base import Bridge
from novu_framework_testing.bridges.process import ProcessAgent, ProcessBridge
from novu_framework_testing.simulation.activity import Activity
from novu_framework_testing.simulation.conversing import Conversing
from novu_framework_testing.simulation.workflows import SyncedWorkflow

if TYPE_CHECKING:
    from novu_framework.agents import Agent
    from novu_framework_testing.bridges.http import AppOptions

WorkflowRef: TypeAlias = str | Workflow[Any]
"""A workflow, by its id or as the decorated function."""


class Connecting(Conversing):
    """The part of a simulator that reaches workflows and agents."""

    environment_type: str
    _bridges: dict[tuple[str, int | str], Bridge]
    _to_close: list[bridges.AsgiBridge | bridges.UrlBridge | ProcessBridge | ProcessAgent]

    def register(
        self, *workflows: Workflow[Any] | Agent | Iterable[Workflow[Any] | Agent], app: Any = None
    ) -> None:
        """Run workflows of this process, without HTTP: several, or a list of them.

            novu.register(welcome, comments)

        Args:
            workflows: The decorated functions.
            app: The ASGI app whose lifespan opens what they use; it starts with the first step, and stops in `close`.

        Raises:
            TypeError: Something other than a decorated function.
            ValueError: Another workflow with that id is already known.
        """
        for given in workflows:
            for workflow in given if isinstance(given, Iterable) and not isinstance(given, str) else [given]:
                if isinstance(workflow, Workflow):
                    self._register(workflow, app)
                    continue
                from novu_framework.agents import Agent

                if not isinstance(workflow, Agent):
                    raise TypeError(
                        f"register takes functions that are decorated with @workflow or @agent, not {workflow!r}; an app or a URL "
                        "is connected: `novu.connect(app)`."
                    )
                agent = self._take_agent(workflow, app)
                if app is not None:
                    self._to_close.append(agent)

    def _register(self, workflow: Workflow[Any], app: Any = None) -> None:
        known = self.workflows.get(workflow.id)
        if known is not None:
            if isinstance(known.bridge, ProcessBridge) and known.bridge.workflow is workflow:
                return
            raise ValueError(f"There is a workflow {workflow.id!r} here already; ids are unique.")
        bridge = ProcessBridge(workflow, secret_key=self.secret_key, app=app)
        if app is not None:
            self._to_close.append(bridge)
        self.workflows.sync([to_plain_json(workflow.discover())], bridge)

    @awaited_in_tests
    async def connect_async(
        self, target: Any, route: str = "/api/novu", *, base_url: str | None = None, lifespan: bool = True
    ) -> list[SyncedWorkflow]:
        """Load the workflows of a bridge from its discovery; connecting again reloads them.

            novu.connect(app)                                        # of this process
            novu.connect("http://127.0.0.1:4000/api/novu")

        The lifespan of an app starts with its first request, on the loop on which that runs, and stops in `close`.

        Args:
            target: An app of this process (ASGI, WSGI or AWS Lambda), a URL, or a `Bridge` of your own.
            route: Where an app serves the bridge, if not where its routes say; a URL says it itself.
            base_url: The address that an app of this process sees in its requests, such as `https://shop.acme.test`; one
                that its own checks of hosts let through if absent.
            lifespan: False where the test starts the app's lifespan itself.

        Raises:
            BridgeFailure: It did not answer the discovery: nothing is there, or the secret key is another.
            TypeError, ValueError: The target is something else, or the dashboard has a workflow with an id of the bridge.
        """
        bridge = self._bridge(target, route, base_url=base_url, lifespan=lifespan)
        synced = self.workflows.sync(await bridge.discover(), bridge)
        if isinstance(bridge, bridges.HttpBridge):
            self._take_agents(bridge, bridge.agents)
        return synced

    connect: Final = blocking_method(connect_async)

    @awaited_in_tests
    async def deploy_async(
        self, new: Any, route: str = "/api/novu", *, base_url: str | None = None, lifespan: bool = True
    ) -> list[SyncedWorkflow]:
        """Replace the code with a new version and sync it: open runs continue with the new code.

            run = novu.trigger("welcome", to="ann").run      # waits for a day
            novu.deploy(app_of_the_branch)                   # or workflows: novu.deploy([welcome, digest])
            novu.advance(days=1)
            assert novu.findings == []

        As with one URL, every workflow of code is replaced: one that the new version does not have is deleted, and its open
        runs end. An open run keeps the steps that it was triggered with, as Novu's does, and the controls that the dashboard
        saved stay with the ids of the steps. A step that breaks by the change is a finding of the kind `deployment`, once
        the run comes to it: it names the run, the step and what changed. A strict simulation raises it.

        Args:
            new: The whole new version: an app, a URL or a `Bridge`, as `connect` takes them, or its workflows.
            route, base_url, lifespan: As of `connect`.

        Raises:
            BridgeFailure: It did not answer the discovery; then nothing has changed.
            TypeError, ValueError: It is something else, or two workflows have the same id, one of them perhaps of the dashboard.
        """
        if isinstance(new, Workflow) or (isinstance(new, Iterable) and not isinstance(new, str)):
            workflows = [new] if isinstance(new, Workflow) else list(new)
            here = [self._bridge_of(each) for each in workflows]
            served: list[tuple[dict[str, Any], Bridge]] = [
                (to_plain_json(bridge.workflow.discover()), bridge) for bridge in here
            ]
        else:
            bridge = self._bridge(new, route, base_url=base_url, lifespan=lifespan)
            served = [(definition, bridge) for definition in await bridge.discover()]
            if isinstance(bridge, bridges.HttpBridge):
                self._take_agents(bridge, bridge.agents)
        ids = [definition["workflowId"] for definition, _ in served]
        if twice := next((one for one in ids if ids.count(one) > 1), None):
            raise ValueError(f"There are two workflows {twice!r} in the new version; ids are unique.")
        with self.lock:
            synced = self.workflows.deploy(served)
            text = f"a new version of the code was deployed: {', '.join(ids) or 'no workflows'}"
            self.activity.append(Activity(self.now, "deployed", text))
        return synced

    deploy: Final = blocking_method(deploy_async)

    def _bridge_of(self, workflow: Any) -> ProcessBridge:
        if not isinstance(workflow, Workflow):
            raise TypeError(
                f"deploy takes an app, a URL, or functions that are decorated with @workflow, not {workflow!r}."
            )
        return ProcessBridge(workflow, secret_key=self.secret_key)

    def _bridge(self, target: Any, route: str, **options: Unpack[AppOptions]) -> Bridge:
        if isinstance(target, (Workflow, list, tuple)):
            raise TypeError(
                f"{target!r} is not an app, a URL or a bridge. Register a workflow of this process: "
                "`novu.register(workflow)`."
            )
        key: tuple[str, int | str] = ("url", target) if isinstance(target, str) else (route, id(target))
        bridge = self._bridges.get(key)
        if bridge is None:
            options["environment_type"] = self.environment_type
            bridge = bridges.connect(target, route=route, secret_key=self.secret_key, **options)
            self._bridges[key] = bridge
            if isinstance(bridge, (bridges.AsgiBridge, bridges.UrlBridge)):
                self._to_close.append(bridge)
        return bridge

    def rotate_secret_key(self, secret_key: str) -> None:
        """Change the key, as the dashboard does: requests to bridges are signed with the new one, and the API wants it, at once.

            app = make_app(Client(secret_key="new-secret", previous_secret_keys=["old-secret"]))
            novu = NovuSimulator(secret_key="old-secret")
            novu.connect(app)                        # signed with the old key, which is accepted
            novu.rotate_secret_key("new-secret")
            novu.trigger("welcome", to="ann")        # signed with the new one

        Args:
            secret_key: The new key.
        """
        with self.lock:
            self.secret_key = secret_key
            redaction.hide(secret_key)
            for bridge in self._bridges.values():
                if isinstance(bridge, bridges.HttpBridge):
                    bridge.secret_key = secret_key

    def workflow(self, workflow_id: WorkflowRef) -> SyncedWorkflow:
        """Return a workflow, for what the dashboard does to it.

            novu.workflow("welcome").deactivate()

        Args:
            workflow_id: Its id, or the decorated function.

        Raises:
            UnknownWorkflow: There is none of that id; the message names those that are known.
        """
        return self.workflows[self._id_of(workflow_id)]

    def controls(
        self, workflow_id: WorkflowRef, step_id: str, values: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """Save control values of a step, as the dashboard does, and return what is saved.

            novu.controls("welcome", "tips", {"subject": "Hello {{ payload.name }}"})

        Raises `UnknownWorkflow` or `UnknownStep`, which name those that are known.

        Args:
            workflow_id: The workflow, by its id or as the decorated function.
            step_id: The step.
            values: They replace what was saved; without them nothing changes.
        """
        workflow = self.workflows[self._id_of(workflow_id)]
        workflow.step(step_id)
        if values is not None:
            workflow.controls[step_id] = to_plain_json(dict(values))
        return workflow.controls.get(step_id, {})

    def _id_of(self, workflow: WorkflowRef, bridge_url: str | None = None) -> str:
        """Return the id of a workflow; a decorated function that no bridge serves is registered."""
        if not isinstance(workflow, Workflow):
            return workflow
        known = self.workflows.get(workflow.id)
        if isinstance(known.bridge, ProcessBridge) if known is not None else bridge_url is None:
            self._register(workflow)
        return workflow.id

    @awaited_in_tests
    async def close_async(self) -> None:
        """Stop the lifespans of the apps that are connected, and close connections; closing twice is allowed. Raises `BridgeFailure` where one fails."""
        for bridge in self._to_close:
            await bridge.aclose()

    def close(self) -> None:
        """Do what `close_async` does, without a loop where nothing is to be stopped."""
        if self._to_close:
            loops.run(self.close_async())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self.close_async()
