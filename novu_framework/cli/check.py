"""`novu-framework check`: what is wrong with the content of what workflows deliver."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from novu_framework._internal.models import to_camel
from novu_framework.cli.options import AppOption, JsonOption, workflow_ids
from novu_framework.cli.preview import answers_of, made_up_events, steps_of
from novu_framework.cli.problems import FAILED, Problem
from novu_framework.cli.project import App, Project
from novu_framework.cli.terminal import console, counted, print_json
from novu_framework.steps.kinds import CHANNELS
from novu_framework.workflow import Workflow

if TYPE_CHECKING:
    from novu_framework_testing.checks import CheckSettings, ContentFinding

_STYLES = {"error": "red", "warning": "yellow", "note": ""}


def check(
    workflow: Annotated[
        list[str] | None,
        typer.Argument(help="The ids of workflows. Default: all of them.", autocompletion=workflow_ids),
    ] = None,
    app: AppOption = None,
    level: Annotated[
        str | None, typer.Option(help="Leave out what is below it: error, warning or note.")
    ] = None,
    client: Annotated[
        list[str] | None, typer.Option(help="A mail client: gmail, outlook.windows, ... May be repeated.")
    ] = None,
    as_json: JsonOption = False,
) -> int:
    """Check the content of what workflows deliver: links, sizes, personalisation, mail clients, accessibility.

    Renders each step with made-up data, as `preview` does. `\\[tool.novu.checks]` in pyproject.toml says which mail
    clients count and which rules are set aside, and why; so does a comment in a workflow's code,
    `# novu-check: ignore\\[rule-id] because ...`. Exits with 1 when something is found, or cannot be rendered.

    [dim]Examples:[/]
    novu-framework check --app main:app
    novu-framework check order-shipped --level note --client outlook.windows
    """
    project = Project.here()
    settings = _settings(project, level, client)
    target = project.app(app)
    chosen = [target.workflow(one) for one in workflow] if workflow else [*target.handler.workflows.values()]
    findings: list[ContentFinding] = []
    problems: list[str] = []
    unused: list[str] = []
    for one in chosen:
        try:
            found, of_no_use = _findings(target, one, settings)
            findings += found
            unused += of_no_use
        except Problem as problem:
            problems.append("\n".join(filter(None, (str(problem), problem.hint))))
    if as_json:
        print_json(
            {
                "ok": not (findings or problems),
                "findings": [
                    {to_camel(key): value for key, value in asdict(one).items()} for one in findings
                ],
                "notRendered": problems,
                "unusedIgnores": unused,
            }
        )
    else:
        for comment in unused:
            console.print(Text(f"note {comment} matched nothing.", style="dim"), soft_wrap=True)
        _show(findings, problems, len(chosen))
    return FAILED if findings or problems else 0


def _settings(project: Project, level: str | None, clients: list[str] | None) -> CheckSettings:
    from novu_framework_testing.checks import CheckSettings

    try:
        settings = CheckSettings.of(project.settings.get("checks", {}))
        changed: dict[str, Any] = {"level": level} if level else {}
        if clients:
            changed["clients"] = tuple(clients)
        return replace(settings, **changed)
    except ValueError as error:
        raise Problem(str(error)) from None


def _findings(
    target: App, workflow: Workflow, settings: CheckSettings
) -> tuple[list[ContentFinding], list[str]]:
    """Return what is found in a workflow, and the comments in its code that set aside what is not."""
    from novu_framework_testing.checks import Content, SetAside, check_content, comments_of

    comments = comments_of(workflow.code, workflow.id)
    settings = replace(settings, ignore=(*settings.ignore, *comments.asides))
    used: set[SetAside] = set()
    steps = {step_id: kind for step_id, kind in steps_of(workflow, None).items() if kind in CHANNELS}
    events = made_up_events(workflow, steps)
    answers = answers_of(target, workflow.id, events)
    contents = [
        Content(
            steps[step_id],
            answer["outputs"],
            answer["providers"],
            workflow.id,
            step_id,
            tuple(workflow.tags or ()),
            events[step_id]["subscriber"]["firstName"],
        )
        for step_id, answer in answers.items()
    ]
    made_up = [
        text[:40] for event in events.values() for text in _addresses([event["payload"], event["controls"]])
    ]
    found = [one for one in check_content(contents, settings, used=used) if not _is_made_up(one, made_up)]
    return [*found, *comments.findings], [str(one) for one in comments.asides if one not in used]


def _addresses(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        if "://" in data or "@" in data:
            yield data
    elif isinstance(data, (dict, list)):
        for inner in data.values() if isinstance(data, dict) else data:
            yield from _addresses(inner)


def _is_made_up(finding: ContentFinding, addresses: list[str]) -> bool:
    """Tell whether it is about an address that was made up, which nobody is to answer for."""
    about = finding.rule.startswith(("link.", "image.", "address.", "in-app.redirect", "in-app.avatar"))
    return about and any(address in f"{finding.where} {finding.detail}" for address in addresses)


def _show(findings: list[ContentFinding], problems: list[str], workflows: int) -> None:
    for problem in problems:
        console.print(Text(problem, style="red"), soft_wrap=True)
    for finding in findings:
        first, *rest = str(finding).splitlines()
        console.print(Text(first, style=_STYLES[finding.level]), soft_wrap=True)
        for line in rest:
            console.print(Text(line, style="dim"), soft_wrap=True)
    found = counted(len(findings), "finding") if findings else "Nothing found"
    rendered = f", {counted(len(problems), 'workflow')} could not be rendered" if problems else ""
    bad = bool(findings or problems)
    summary = f"{found} in {counted(workflows, 'workflow')}{rendered}."
    console.print(Text(summary, style="bold red" if bad else "bold green"))
