"""`novu-framework simulate`: a dry-run of a workflow, from trigger to delivered message."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape

from novu_framework.cli.options import AppOption, JsonOption, workflow_ids
from novu_framework.cli.problems import FAILED, Problem
from novu_framework.cli.project import Project
from novu_framework.cli.terminal import (
    console,
    content_panel,
    counted,
    json_object,
    live_timeline,
    place_raised,
    print_json,
)
from novu_framework.triggers import recipient

if TYPE_CHECKING:
    from novu_framework_testing import Run

SHOWN = 10
"""So many messages are shown whole."""

_CALENDAR = "The calendar ends with the year 9999."
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def simulate(
    workflow: Annotated[str, typer.Argument(help="The id of the workflow.", autocompletion=workflow_ids)],
    to: Annotated[
        list[str], typer.Option("--to", help="A subscriber id, or a subscriber as JSON. May be repeated.")
    ],
    app: AppOption = None,
    payload: Annotated[
        str | None, typer.Option(help="The payload: a JSON file, `-` for standard input, or the JSON itself.")
    ] = None,
    times: Annotated[int, typer.Option(help="Trigger it so many times.", min=1)] = 1,
    advance: Annotated[
        list[str] | None, typer.Option(help="Let time pass: 30s, 10m, 6h, 2d, 1w. May be repeated.")
    ] = None,
    until_idle: Annotated[
        bool, typer.Option("--until-idle", help="Let time pass until nothing waits.")
    ] = False,
    start: Annotated[
        datetime | None, typer.Option(help="The time it starts at, in UTC. Default: now.")
    ] = None,
    as_json: JsonOption = False,
) -> int:
    """Dry-run a workflow without Novu, and show what happened.

    Exits with 1 when a step failed.

    [dim]Example:[/]
    novu-framework simulate order-shipped --to ann --payload order.json --advance 6h --until-idle
    """
    from novu_framework_testing import BridgeFailure, NovuSimulator

    target = Project.here().app(app)
    target.workflow(workflow)
    pauses = [duration(one) for one in advance or ()]
    recipients = [_recipient(one) for one in to]
    data = json_object(payload, "--payload")
    began = start.replace(tzinfo=start.tzinfo or timezone.utc) if start else None
    with NovuSimulator(start=began, secret_key=target.secret_key) as novu:
        if target.lifespan is None:
            novu.register(*target.target)
        else:
            try:
                novu.connect(target.lifespan, route=target.path)
            except BridgeFailure as failure:
                raise Problem(f"`{target.name}`: {failure}", status=FAILED) from None
        show: Callable[[], object] = (lambda: None) if as_json else live_timeline(novu)
        runs: list[Run] = []
        for _ in range(times):
            try:
                runs.extend(novu.trigger(workflow, to=recipients, payload=data).runs)
            except ValueError as error:
                raise Problem(f"--to: {error}") from None
            show()
        for pause in pauses:
            try:
                novu.advance(pause)
            except ValueError:
                message = f"There is no time so long after {novu.now:%Y-%m-%d}."
                raise Problem(message, hint=_CALENDAR) from None
            show()
        if until_idle:
            novu.run_until_idle()
            show()
        if as_json:
            print_json({"now": novu.now, "runs": [_run(run) for run in runs]})
        else:
            _show_messages(runs)
            _summary(runs)
        failed = any(run.status == "failed" or any(s.status == "failed" for s in run.steps) for run in runs)
    return FAILED if failed else 0


def duration(text: str) -> timedelta:
    """Read a length of time as it is written at the terminal, such as `6h` or `1d12h`. Raises `Problem`."""
    parts = re.findall(r"(\d+(?:\.\d+)?)([smhdw])", text)
    if not parts or "".join(number + unit for number, unit in parts) != text.replace(" ", ""):
        raise Problem(f"`{text}` is not a length of time.", hint="Write it as 30s, 10m, 6h, 2d, 1w or 1d12h.")
    try:
        return sum((timedelta(**{_UNITS[unit]: float(number)}) for number, unit in parts), timedelta())
    except OverflowError:
        raise Problem(f"`{text}` is longer than time is kept for.", hint=_CALENDAR) from None


def _recipient(text: str) -> Any:
    given = json_object(text, "--to") if text.lstrip().startswith("{") else text
    try:
        return recipient(given)
    except ValueError as error:
        raise Problem(f"--to: {error}") from None


def _show_messages(runs: list[Run]) -> None:
    """Show what each message says, the first ones of many."""
    messages = [message for run in runs for message in (*run.messages, *run.undelivered)]
    messages.sort(key=lambda message: message.sent_at)
    for message in messages[:SHOWN]:
        to = message.to if isinstance(message.to, str) else message.subscriber_id
        reached = "" if message.status == "sent" else f", {message.status}: {message.error_text}"
        title = f"{message.step_id} to {to}, {message.sent_at:%Y-%m-%d %H:%M}{reached}"
        console.print(content_panel(title, message.channel, message.content, message.providers))
    if len(messages) > SHOWN:
        console.print(f"[dim]and {counted(len(messages) - SHOWN, 'message')} more; --json has all of them[/]")


def _summary(runs: list[Run]) -> None:
    for run in runs:
        style = {"completed": "green", "failed": "red"}.get(run.status, "yellow")
        line = (
            f"[{style}]{run.status}[/] {escape(run.subscriber_id)}, {counted(len(run.messages), 'message')}"
        )
        if (waiting := run.waiting) and waiting.due_at:
            line += f", `{escape(waiting.step_id)}` until {waiting.due_at:%Y-%m-%d %H:%M:%S} UTC"
        console.print(line)
        for step in run.steps:
            if place := place_raised(step.error_data):
                console.print(f"`{step.step_id}` raised {place}", style="red", markup=False, soft_wrap=True)


def _run(run: Run) -> dict[str, Any]:
    return {
        "subscriberId": run.subscriber_id,
        "transactionId": run.transaction_id,
        "status": run.status,
        "steps": [
            {
                "stepId": step.step_id,
                "type": step.type,
                "status": step.status,
                "outputs": step.outputs,
                "skipReason": step.skip_reason,
                "error": str(step.error) if step.error else None,
                "errorCode": step.error_code,
                "errorData": step.error_data,
                "dueAt": step.due_at,
            }
            for step in run.steps
        ],
        "messages": [
            {
                "channel": message.channel,
                "stepId": message.step_id,
                "content": message.content,
                "sentAt": message.sent_at,
            }
            for message in run.messages
        ],
    }
