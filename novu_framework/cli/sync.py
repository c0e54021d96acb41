"""`novu-framework sync`: tell Novu which workflows a bridge serves."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Annotated, Any

import typer
from rich.markup import escape

from novu_framework.cli.options import ApiUrlOption, JsonOption, SecretKeyOption
from novu_framework.cli.problems import FAILED, Problem
from novu_framework.cli.terminal import console, counted, print_json
from novu_framework.client import Client
from novu_framework.errors import MissingSecretKeyError, NovuApiError
from novu_framework.settings import problem_of_url, shown_url

_DIFF = "/v1/bridge/diff"


def sync(
    bridge_url: Annotated[
        str,
        typer.Option(
            "--bridge-url", "-b", help="The bridge, where Novu reaches it.", envvar="NOVU_BRIDGE_URL"
        ),
    ],
    api_url: ApiUrlOption = None,
    secret_key: SecretKeyOption = None,
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; exit with 1 when a sync would (for CI).")
    ] = False,
    as_json: JsonOption = False,
) -> int:
    """Sync the workflows of a bridge to Novu, as `npx novu sync` does, without Node.

    [dim]Examples:[/]
    novu-framework sync --bridge-url https://api.acme.com/api/novu --secret-key "$NOVU_SECRET_KEY"
    novu-framework sync --bridge-url https://api.acme.com/api/novu --check
    """
    try:
        client = Client(secret_key=secret_key, api_url=api_url, max_retries=1)
        client.require_secret_key()
    except MissingSecretKeyError:
        raise Problem("No secret key: pass --secret-key or set NOVU_SECRET_KEY.") from None
    except ValueError as error:
        raise Problem(str(error)) from None
    with client, console.status("Asking the bridge what it serves ...") as status:
        served = discovered(bridge_url, client.require_secret_key())
        status.update("Asking Novu what it has ...")
        changes = Changes.between(synced(client, bridge_url, served), served)
        if not check:
            status.update("Syncing ...")
            _call(client, "/v1/bridge/sync?source=cli", {"bridgeUrl": bridge_url})
    if as_json:
        print_json({"added": changes.added, "changed": changes.changed, "removed": changes.removed})
    else:
        _show(changes, len(served), client.api_url, check)
    return FAILED if check and changes else 0


@dataclass(frozen=True)
class Changes:
    """The changes of a sync, by workflow id; for a changed workflow, the parts of it."""

    added: list[str]
    changed: dict[str, list[str]]
    removed: list[str]

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)

    @classmethod
    def between(cls, before: dict[str, Any], after: dict[str, Any]) -> Changes:
        """Compare workflows, by id, with those that a sync puts in their place."""
        parts = {one: _differences(before[one], after[one]) for one in after if one in before}
        return cls(
            added=[one for one in after if one not in before],
            changed={one: changes for one, changes in parts.items() if changes},
            removed=[one for one in before if one not in after],
        )


def _differences(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    changes = [key for key in {**before, **after} if key != "steps" and before.get(key) != after.get(key)]
    steps = [{step["stepId"]: step for step in one.get("steps", ())} for one in (before, after)]
    changes += [f"step `{one}` added" for one in steps[1] if one not in steps[0]]
    changes += [f"step `{one}` removed" for one in removed_steps(before, after)]
    changes += [f"step `{one}`" for one in steps[0] if one in steps[1] and steps[0][one] != steps[1][one]]
    if not changes and list(steps[0]) != list(steps[1]):
        changes.append("the order of steps")
    return changes


def removed_steps(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Return the ids of the steps that a workflow had before and has no more."""
    kept = {step["stepId"] for step in after.get("steps", ())}
    return [step["stepId"] for step in before.get("steps", ()) if step["stepId"] not in kept]


def discovered(bridge_url: str, secret_key: str) -> dict[str, Any]:
    """Ask a bridge for the workflows that it serves, by id. Raises `Problem` where it does not answer with them."""
    from novu_framework_testing.bridges import BridgeFailure, connect

    try:
        bridge = connect(bridge_url, secret_key=secret_key)
    except ValueError:
        hint = "Write it as https://api.acme.com/api/novu"
        raise Problem(
            f"{shown_url(bridge_url)} is not a URL: {problem_of_url(bridge_url)}.", hint=hint
        ) from None
    try:
        workflows = asyncio.run(bridge.discover())
        return {workflow["workflowId"]: workflow for workflow in workflows}
    except BridgeFailure as failure:
        status, code, reason = failure.status, failure.code, failure.message
    except (KeyError, TypeError):
        status, code, reason = 200, None, ""
    if status is None:  # the reason begins with the URL
        message, hint = f"The bridge at {reason}.", "Is the app running, and the path right?"
    elif code is None:
        message = f"{shown_url(bridge_url)} did not answer as a bridge does (status {status})."
        hint = "Is the path right? By default a bridge is at /api/novu."
    else:
        message = f"The bridge at {shown_url(bridge_url)} answered {status}: {reason}"
        hint = "Is its secret key the one given here?" if status == 401 else ""
    raise Problem(message, hint=hint, status=FAILED)


def synced(client: Client, bridge_url: str, served: dict[str, Any]) -> dict[str, Any]:
    """Ask Novu for the workflows that it has from the last sync, by id; none before the first one."""
    answer = _call(client, _DIFF, {"bridgeUrl": bridge_url, "workflows": list(served.values())}) or {}
    current = answer.get("data", answer).get("current") or {}
    return {workflow["workflowId"]: workflow for workflow in current.get("workflows") or ()}


def _call(client: Client, path: str, body: dict[str, Any]) -> Any:
    """Call the Novu API. Raises `Problem` where it cannot be reached, or answers with an error."""
    try:
        return client.request("POST", path, body)
    except NovuApiError as error:
        if error.status == 400 and path == _DIFF:  # nothing was synced yet
            return None
        hint = "Is the secret key the one of this environment and region?" if error.status == 401 else ""
        raise Problem(error.message, hint=hint, status=FAILED) from None


def _show(changes: Changes, count: int, api_url: str, check: bool) -> None:
    for one in changes.added:
        console.print(f"[green]+ {escape(one)}[/]")
    for one, what in changes.changed.items():
        console.print(f"[yellow]~ {escape(one)}[/]  [dim]{escape(', '.join(what))}[/]")
    for one in changes.removed:
        console.print(f"[red]- {escape(one)}[/]")
    if check:
        console.print("A sync is needed." if changes else f"In sync: {counted(count, 'workflow')}.")
    else:
        unchanged = "" if changes else "; nothing had changed"
        console.print(f"Synced {counted(count, 'workflow')} to {escape(api_url)}{unchanged}.")
