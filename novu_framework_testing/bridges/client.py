"""A client that asks a bridge as Novu does: what the `novu_bridge` fixture gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, Protocol

from typing_extensions import Self, Unpack

from novu_framework_testing._internal.twins import awaited_in_tests, blocking_method
from novu_framework_testing.bridges.connection import connect_http
from novu_framework_testing.bridges.http import AppOptions

_EXAMPLE_SUBSCRIBER = {
    "subscriberId": "ann",
    "firstName": "Ann",
    "lastName": "Example",
    "email": "ann@example.test",
}


class BridgeClientFactory(Protocol):
    """The fixture `novu_bridge`: a function that makes a `BridgeClient` for an app."""

    def __call__(
        self,
        app: Any = None,
        *,
        route: str | None = None,
        secret_key: str | None = None,
        **options: Unpack[AppOptions],
    ) -> BridgeClient:
        """Make a client, closed at the end of the test. Its arguments are those of `BridgeClient`.

        Args:
            app: An app, a URL, a workflow or several; the app of `novu_app` if left out.
            route: Where an app serves its bridge; the ini key `novu_route` if left out.
            secret_key: The key that requests are signed with; the key of `novu` if left out.
            options: `base_url`, `lifespan`, `timeout`.

        Raises:
            pytest.UsageError: There is no app.
        """
        ...


class BridgeClient:
    """Signed requests to a bridge, and its answers as the protocol has them.

    `app` is an ASGI or WSGI app with a bridge at `route`, the URL of a bridge, a workflow or several.

        bridge = BridgeClient(app, secret_key="test-secret")
        bridge.execute("comment-notification", "comment-email", {"comment": "Hi"})["outputs"]["subject"]

    What the bridge refuses is raised as `BridgeFailure`, with its `status`, `code`, `message` and `data`. Each
    call has a twin for async code, with `_async` at the end of its name. The first call starts the lifespan of an app;
    `close` stops it, as does the end of a `with` block.

    Args:
        app: See above.
        route: Where an app serves its bridge.
        secret_key: The key that requests are signed with.
        options: For an app `base_url`, the address that requests are for, and `lifespan=False` where its lifespan is not to
            be started; `timeout`, the seconds to wait for an answer.
    """

    def __init__(
        self, app: Any, *, route: str = "/api/novu", secret_key: str, **options: Unpack[AppOptions]
    ) -> None:
        self._bridge = connect_http(app, route=route, secret_key=secret_key, **options)

    @property
    def url(self) -> str:
        """The URL of the bridge; `https://localhost/...` for most in this process."""
        return self._bridge.url

    @awaited_in_tests
    async def health_async(self) -> dict[str, Any]:
        """Return `{status, sdkVersion, frameworkVersion, discovered: {workflows, steps}}`."""
        return await self._bridge.health()

    health: Final = blocking_method(health_async)

    @awaited_in_tests
    async def discover_async(self) -> dict[str, Any]:
        """Return `{workflows: [...], agents: [...]}`, each workflow with its steps and schemas.

        bridge.discover()["workflows"][0]["workflowId"]
        """
        answer: dict[str, Any] = await self._bridge.ask("GET", {"action": "discover"}, None)
        return answer

    discover: Final = blocking_method(discover_async)

    @awaited_in_tests
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
        """Execute a step, and return `{outputs, providers, options: {skip}, metadata}`.

            bridge.execute("new-comment", "email", {"comment": "Hi"}, state={"inbox": {"read": False}})["outputs"]

        Args:
            workflow_id, step_id: The step.
            payload: The payload of the trigger.
            controls: The values saved in the dashboard for the step.
            state: The results of the steps before it: `{"inbox": {"seen": True, ...}}`, or the protocol's list of
                `{stepId, outputs, state}`.
            subscriber: Who it is for; a made-up one if left out.
            context, env: The contexts and variables of the event.

        Raises:
            BridgeFailure: The bridge answered an error, or nothing.
        """
        event = _event(payload, controls, state, subscriber, context, env)
        return await self._step("execute", workflow_id, step_id, event)

    execute: Final = blocking_method(execute_async)

    @awaited_in_tests
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
        """Preview a step, as the dashboard does: what is missing of payload and state is made up.

            bridge.preview("new-comment", "email", controls={"subject": "Hi"})["outputs"]["subject"]

        Arguments, answer and errors are those of `execute`: `workflow_id`, `step_id`, `payload`, `controls`, `state`,
        `subscriber`, `context` and `env`.
        """
        event = _event(payload, controls, state, subscriber, context, env)
        return await self._step("preview", workflow_id, step_id, event)

    preview: Final = blocking_method(preview_async)

    @awaited_in_tests
    async def close_async(self) -> None:
        """Stop the lifespan of the app, if there is one. Raises `BridgeFailure` where it fails."""
        await self._bridge.aclose()

    close: Final = blocking_method(close_async)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self.close_async()

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
        "subscriber": dict(subscriber or _EXAMPLE_SUBSCRIBER),
        "context": dict(context or {}),
        "env": dict(env or {}),
    }
