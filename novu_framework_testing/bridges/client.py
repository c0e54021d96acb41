"""A client that asks a bridge what Novu asks it: what the `novu_bridge` fixture gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from novu_framework_testing._internal.loops import Loops
from novu_framework_testing.bridges.connect import connect

_NOBODY = {"subscriberId": "ann", "firstName": "Ann", "lastName": "Example", "email": "ann@example.test"}


class BridgeClient:
    """Signed requests to a bridge, and its answers as the protocol has them.

    `app` is an ASGI app with a bridge at `route`, the URL of a bridge, a workflow or several.

        bridge = BridgeClient(app, secret_key="test-secret")
        bridge.execute("comment-notification", "comment-email", {"comment": "Hi"})["outputs"]["subject"]

    What the bridge refuses is raised as `BridgeFailure`, with its `status`, `code`, `message` and `data`. Each
    call has a twin for async code, with `_async` at the end of its name.
    """

    def __init__(self, app: Any, *, route: str = "/api/novu", secret_key: str) -> None:
        self._bridge = connect(app, route, secret_key=secret_key)
        self._loops = Loops()

    @property
    def url(self) -> str:
        """Where the bridge is; `http://bridge.test/...` for one in this process."""
        return self._bridge.url

    def health(self) -> dict[str, Any]:
        """`{status, sdkVersion, frameworkVersion, discovered: {workflows, steps}}`."""
        return self._loops.run(self.health_async())

    async def health_async(self) -> dict[str, Any]:
        return await self._bridge.health()

    def discover(self) -> dict[str, Any]:
        """`{workflows: [...], agents: [...]}`, each workflow with its steps and schemas."""
        return self._loops.run(self.discover_async())

    async def discover_async(self) -> dict[str, Any]:
        answer: dict[str, Any] = await self._bridge.ask("GET", {"action": "discover"}, None)
        return answer

    def execute(
        self,
        workflow_id: str,
        step_id: str,
        payload: Mapping[str, Any] | None = None,
        *,
        controls: Mapping[str, Any] | None = None,
        state: Mapping[str, Mapping[str, Any]] | Iterable[Mapping[str, Any]] = (),
        subscriber: Mapping[str, Any] | None = None,
        context: Mapping[str, Any] | None = None,
        env: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Execute a step: `{outputs, providers, options: {skip}, metadata}`.

        `state` is what the steps before it left: `{"inbox": {"seen": True, ...}}`, or the protocol's list of
        `{stepId, outputs, state}`. `subscriber` is a made-up one unless it is given.
        """
        return self._loops.run(
            self.execute_async(
                workflow_id,
                step_id,
                payload,
                controls=controls,
                state=state,
                subscriber=subscriber,
                context=context,
                env=env,
            )
        )

    async def execute_async(
        self,
        workflow_id: str,
        step_id: str,
        payload: Mapping[str, Any] | None = None,
        *,
        controls: Mapping[str, Any] | None = None,
        state: Mapping[str, Mapping[str, Any]] | Iterable[Mapping[str, Any]] = (),
        subscriber: Mapping[str, Any] | None = None,
        context: Mapping[str, Any] | None = None,
        env: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        event = _event(payload, controls, state, subscriber, context, env)
        return await self._step("execute", workflow_id, step_id, event)

    def preview(
        self,
        workflow_id: str,
        step_id: str,
        payload: Mapping[str, Any] | None = None,
        *,
        controls: Mapping[str, Any] | None = None,
        state: Mapping[str, Mapping[str, Any]] | Iterable[Mapping[str, Any]] = (),
        subscriber: Mapping[str, Any] | None = None,
        context: Mapping[str, Any] | None = None,
        env: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Preview a step, as the dashboard does: what is missing of payload and state is made up."""
        return self._loops.run(
            self.preview_async(
                workflow_id,
                step_id,
                payload,
                controls=controls,
                state=state,
                subscriber=subscriber,
                context=context,
                env=env,
            )
        )

    async def preview_async(
        self,
        workflow_id: str,
        step_id: str,
        payload: Mapping[str, Any] | None = None,
        *,
        controls: Mapping[str, Any] | None = None,
        state: Mapping[str, Mapping[str, Any]] | Iterable[Mapping[str, Any]] = (),
        subscriber: Mapping[str, Any] | None = None,
        context: Mapping[str, Any] | None = None,
        env: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        event = _event(payload, controls, state, subscriber, context, env)
        return await self._step("preview", workflow_id, step_id, event)

    async def _step(
        self, action: str, workflow_id: str, step_id: str, event: dict[str, Any]
    ) -> dict[str, Any]:
        query = {"action": action, "workflowId": workflow_id, "stepId": step_id}
        answer: dict[str, Any] = await self._bridge.ask("POST", query, event)
        return answer


def _event(
    payload: Mapping[str, Any] | None,
    controls: Mapping[str, Any] | None,
    state: Mapping[str, Mapping[str, Any]] | Iterable[Mapping[str, Any]],
    subscriber: Mapping[str, Any] | None,
    context: Mapping[str, Any] | None,
    env: Mapping[str, Any] | None,
) -> dict[str, Any]:
    """The body that Novu sends with a step."""
    if isinstance(state, Mapping):
        states = [
            {"stepId": step_id, "outputs": dict(outputs), "state": {"status": "completed"}}
            for step_id, outputs in state.items()
        ]
    else:
        states = [dict(entry) for entry in state]
    return {
        "payload": dict(payload or {}),
        "controls": dict(controls or {}),
        "state": states,
        "subscriber": dict(subscriber or _NOBODY),
        "context": dict(context or {}),
        "env": dict(env or {}),
    }
