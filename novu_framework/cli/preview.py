"""`novu-framework preview`: a workflow's steps rendered with made-up or given data."""

from __future__ import annotations

import tempfile
import webbrowser
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from novu_framework._internal.suggestions import known_names
from novu_framework.cli.options import AppOption, JsonOption, step_ids, workflow_ids
from novu_framework.cli.problems import FAILED, Problem
from novu_framework.cli.project import App, Project
from novu_framework.cli.terminal import console, content_panel, json_object, place_raised, print_json
from novu_framework.workflow import Workflow

_JSON_HELP = "A JSON file, `-` for standard input, or the JSON itself."


def preview(
    workflow: Annotated[str, typer.Argument(help="The id of the workflow.", autocompletion=workflow_ids)],
    step: Annotated[
        str | None, typer.Argument(help="The id of one step. Default: all of them.", autocompletion=step_ids)
    ] = None,
    app: AppOption = None,
    payload: Annotated[
        str | None, typer.Option(help=f"The payload. {_JSON_HELP} What is missing is made up.")
    ] = None,
    controls: Annotated[str | None, typer.Option(help=f"The step's controls. {_JSON_HELP}")] = None,
    subscriber: Annotated[str | None, typer.Option(help=f"The subscriber. {_JSON_HELP}")] = None,
    html: Annotated[Path | None, typer.Option(help="Write the email's HTML to this file.")] = None,
    open_it: Annotated[bool, typer.Option("--open", help="Open the email's HTML in a browser.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Render a workflow's steps with made-up data, or with yours.

    [dim]Examples:[/]
    novu-framework preview order-shipped
    novu-framework preview order-shipped email --payload order.json --open
    """
    target = Project.here().app(app)
    chosen = target.workflow(workflow)
    steps = steps_of(chosen, step)
    events = made_up_events(
        chosen,
        steps,
        payload=json_object(payload, "--payload"),
        controls=json_object(controls, "--controls"),
        subscriber=json_object(subscriber, "--subscriber"),
    )
    answers = answers_of(target, workflow, events)
    if as_json:
        print_json(answers)
    elif html is None and not open_it:
        for step_id, answer in answers.items():
            title = f"{workflow} / {step_id}"
            console.print(content_panel(title, steps[step_id], answer["outputs"], answer["providers"]))
    if html is not None or open_it:
        _write(answers, steps, html, open_it)


def made_up_events(
    workflow: Workflow,
    steps: Iterable[str],
    *,
    payload: dict[str, Any] | None = None,
    controls: Mapping[str, Any] | None = None,
    subscriber: Mapping[str, Any] | None = None,
) -> dict[str, dict[str, Any]]:
    """Return what Novu would send for each step, by its id: what is given, and what is made up where nothing is."""
    made = _filled(payload or {}, _made_up(workflow.payload_schema.json_schema, workflow.id))
    event = {
        "payload": made,
        "subscriber": subscriber
        or {"subscriberId": "preview", "firstName": "Ann", "lastName": "Preview", "email": "ann@example.com"},
        "state": [
            {"stepId": each.step_id, "outputs": _digest_of(made)}
            for each in workflow.steps.values()
            if each.kind.type == "digest"
        ],
        "context": {},
        "env": {},
    }
    events = {}
    for step_id in steps:
        undecided = _without_defaults(workflow.steps[step_id].controls.json_schema)
        values = {**_made_up(undecided, f"{workflow.id}/{step_id}"), **(controls or {})}
        events[step_id] = {**event, "controls": values}
    return events


def steps_of(workflow: Workflow, step_id: str | None) -> dict[str, str]:
    """Return the type of each step to show, by id."""
    types = {each.step_id: each.kind.type for each in workflow.steps.values()}
    if step_id is None:
        # Novu itself makes the request of this kind, so there is nothing to render
        return {one: kind for one, kind in types.items() if kind != "http_request"}
    if step_id not in types:
        hint = f"It has: {known_names(step_id, types)}"
        raise Problem(f"Workflow `{workflow.id}` has no step `{step_id}`.", hint=hint)
    return {step_id: types[step_id]}


def _made_up(schema: Mapping[str, Any], seed: str) -> dict[str, Any]:
    """Make values that go by the names of the fields, the same each time; none where no values would fit the schema."""
    from novu_framework_testing.factories import NovuFaker

    whole = {**schema, "required": list(schema.get("properties", ()))}
    for wanted in (whole, dict(schema)):
        try:
            return NovuFaker(seed).payload(wanted)
        except ValueError:  # then the bridge makes them up, as it does for Novu
            continue
    return {}


def _filled(given: dict[str, Any], made: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is given, and what is made up where nothing is."""
    for name, value in made.items():
        if isinstance(value, dict) and isinstance(given.get(name), dict):
            _filled(given[name], value)
        else:
            given.setdefault(name, value)
    return given


def _digest_of(payload: dict[str, Any]) -> dict[str, Any]:
    event = {"id": "event", "time": "2026-01-01T09:00:00.000Z", "payload": payload}
    return {"events": [event], "eventCount": 1}


def _without_defaults(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return the schema of the controls that have no default."""
    properties = schema.get("properties", {})
    return {**schema, "properties": {name: one for name, one in properties.items() if "default" not in one}}


def answers_of(app: App, workflow: str, events: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Ask for a preview of each step, by the id of its event. Raises `Problem` for one that cannot be rendered."""
    from novu_framework_testing.bridges import BridgeFailure
    from novu_framework_testing.bridges.client import BridgeClient

    answers: dict[str, Any] = {}
    try:
        with BridgeClient(app.target, route=app.path, secret_key=app.secret_key) as bridge:
            for step_id, event in events.items():
                answers[step_id] = bridge.preview(workflow, step_id, **event)
    except BridgeFailure as failure:
        issues = failure.data if isinstance(failure.data, list) else []
        details = "\n".join(f"  {issue['path'] or '/'} {issue['message']}" for issue in issues)
        details = details or place_raised(failure.data)
        where = f"{workflow}/{step_id}" if failure.code else f"`{app.name}`"
        raise Problem(f"{where}: {failure.message}", hint=details, status=FAILED) from None
    return answers


def _write(answers: dict[str, Any], types: dict[str, str], path: Path | None, open_it: bool) -> None:
    emails = [step_id for step_id in answers if types[step_id] == "email"]
    if not emails:
        raise Problem("There is no email among these steps, so no HTML to write.")
    if len(emails) > 1:
        raise Problem(f"There are several emails: name one of {', '.join(emails)} after the workflow.")
    given = path
    try:
        path = given or Path(tempfile.mkdtemp(prefix="novu-preview-")) / f"{emails[0]}.html"
        path.write_text(str(answers[emails[0]]["outputs"].get("body", "")), encoding="utf-8")
    except OSError as error:
        raise Problem(f"{given or 'The email'} cannot be written: {error.strerror or error}.") from None
    console.print(f"Wrote {path}", soft_wrap=True, markup=False)
    if open_it and not webbrowser.open(path.resolve().as_uri()):
        raise Problem("No browser could be opened; open the file yourself.", status=FAILED)
