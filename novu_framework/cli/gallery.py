"""`novu-framework gallery`: every notification of an app with its accepted content, in one HTML file."""

from __future__ import annotations

import tempfile
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from novu_framework.cli.options import AppOption, JsonOption
from novu_framework.cli.preview import answers_of, made_up_events, steps_of
from novu_framework.cli.problems import FAILED, Problem
from novu_framework.cli.project import App, Project
from novu_framework.cli.terminal import console, counted, print_json

if TYPE_CHECKING:
    from novu_framework_testing.gallery import Gallery

_TOLD = 5
"""How many of the messages that cannot be rendered are named."""


def gallery(
    app: AppOption = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write it to this file instead of opening it.")
    ] = None,
    made_up: Annotated[
        bool,
        typer.Option(
            "--made-up", help="Where nothing is accepted, show what `preview` renders, marked as such."
        ),
    ] = False,
    snapshot_dirname: Annotated[
        str | None,
        typer.Option(
            help="The name of snapshot folders.", show_default="that of the last review, or __snapshots__"
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Show every notification with the content that was accepted for it, in one page that needs no network.

    The workflows, their order of steps and their names come from the app, the content from the snapshots of the
    project: nothing is run. Without an app, the snapshots alone are shown.

    [dim]Examples:[/]
    novu-framework gallery
    novu-framework gallery --app main:app --output gallery.html
    """
    from novu_framework_testing.gallery import gallery_of, write_gallery
    from novu_framework_testing.review import ReviewStore

    project = Project.here()
    target = project.app(app) if app or project.settings.get("app") else None
    workflows = [each.discover() for each in target.handler.workflows.values()] if target else None
    dirname = ReviewStore(project.root, dirname=snapshot_dirname).dirname
    made = gallery_of(project.root, workflows, dirname=dirname)
    if not made.workflows:
        raise _nothing(project, target, dirname)
    not_rendered: list[str] = []
    if target and made_up:
        made = _with_previews(made, target, not_rendered)
    if as_json:
        print_json({**_facts(made), "notRendered": not_rendered})
        return
    try:
        path = output or Path(tempfile.mkdtemp(prefix="novu-gallery-")) / "gallery.html"
        write_gallery(path, made)
    except OSError as error:
        raise Problem(f"{output or 'The gallery'} cannot be written: {error.strerror or error}.") from None
    console.print(
        f"Wrote {path}: {counted(len(made.workflows), 'notification')}", soft_wrap=True, markup=False
    )
    for problem in not_rendered[:_TOLD]:
        console.print(problem, style="yellow", soft_wrap=True, markup=False)
    if len(not_rendered) > _TOLD:
        console.print(f"... and {len(not_rendered) - _TOLD} more that cannot be rendered.", style="yellow")
    missing = len(made.missing())
    if missing and not made_up:
        hint = f"{counted(missing, 'message')} without accepted content"
        console.print(f"{hint}{': --made-up renders them with made-up data' if target else ''}.", style="dim")
    if output is None and not webbrowser.open(path.as_uri()):
        raise Problem("No browser could be opened; open the file yourself.", status=FAILED)


def _nothing(project: Project, target: App | None, dirname: str) -> Problem:
    if target:
        return Problem(
            f"`{target.name}` serves no workflows, and there is no {dirname} folder below {project.root}.",
            hint="Add workflows to `serve(app, workflows=[...])`.",
        )
    return Problem(
        f"Nothing to show: no app is named, and there is no snapshot in a {dirname} folder below {project.root}.",
        hint=f"Name an app with `--app module:attribute`, or in {project.root / 'pyproject.toml'}:\n\n"
        '    [tool.novu]\n    app = "main:app"\n\n'
        "Snapshots come from tests with `assert run == novu_snapshot`: run `pytest --snapshot-update`.",
    )


def _with_previews(made: Gallery, target: App, not_rendered: list[str]) -> Gallery:
    """Render what nothing is accepted for, with made-up data; say in `not_rendered` what cannot be."""
    from novu_framework_testing.snapshots import RenderedStep

    wanted: dict[str, list[str]] = {}
    for workflow_id, step_id in made.missing(waits_too=True):
        wanted.setdefault(workflow_id, []).append(step_id)
    previews = {}
    for workflow_id, step_ids in wanted.items():
        kinds = steps_of(target.workflow(workflow_id), None)
        rendered = [step_id for step_id in step_ids if step_id in kinds]
        for step_id, answer in _answers(target, workflow_id, rendered, not_rendered).items():
            previews[workflow_id, step_id] = RenderedStep(
                step_id, kinds[step_id], "preview", answer["outputs"], answer["providers"], workflow_id
            )
    return made.with_previews(previews)


def _answers(target: App, workflow_id: str, step_ids: list[str], not_rendered: list[str]) -> dict[str, Any]:
    """Ask for all steps together, as the app is started for each time; one by one where one of them fails."""
    events = made_up_events(target.workflow(workflow_id), step_ids)
    try:
        return answers_of(target, workflow_id, events)
    except Problem as problem:
        if len(step_ids) == 1:
            not_rendered.append("\n".join(filter(None, (problem.message, problem.hint))))
            return {}
    parts = [_answers(target, workflow_id, [step_id], not_rendered) for step_id in step_ids]
    return {step_id: answer for part in parts for step_id, answer in part.items()}


def _facts(made: Gallery) -> dict[str, Any]:
    from novu_framework_testing.review.collection import title_of

    return {
        "project": made.project,
        "workflows": [
            {
                "workflowId": each.id,
                "name": each.name,
                "description": each.description,
                "tags": each.tags,
                "isKnown": each.is_known,
                "steps": [
                    {
                        "stepId": step.id,
                        "type": step.channel,
                        "isKnown": step.is_known,
                        "contents": [
                            {"status": one.step.status, "title": title_of(one.step), "tests": one.tests}
                            for one in step.contents
                        ],
                    }
                    for step in each.steps
                ],
            }
            for each in made.workflows
        ],
        "unreadable": made.unreadable,
    }
