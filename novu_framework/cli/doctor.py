"""`novu-framework doctor`: what is wrong with a bridge and its workflows, in words."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from novu_framework._internal.redaction import redaction
from novu_framework.cli.options import AppOption, JsonOption, SecretKeyOption
from novu_framework.cli.problems import FAILED, Problem
from novu_framework.cli.project import App, Project
from novu_framework.cli.sync import Changes, removed_steps, synced
from novu_framework.cli.terminal import console, print_json
from novu_framework.client import Client
from novu_framework.settings import problem_of_url, shown_url
from novu_framework.steps.kinds import KINDS

if TYPE_CHECKING:
    from novu_framework_testing.contract import CheckFinding, Report

_STYLES = {"ok": "", "warning": "yellow", "error": "red"}


def doctor(
    url: Annotated[
        str | None, typer.Argument(help="The URL of a bridge. Default: the app, in this process.")
    ] = None,
    app: AppOption = None,
    api_url: Annotated[
        str | None,
        typer.Option(
            "--api-url",
            "-a",
            help="Also look for ids that changed since the last sync to this Novu API.",
            envvar="NOVU_API_URL",
        ),
    ] = None,
    secret_key: SecretKeyOption = None,
    as_json: JsonOption = False,
) -> int:
    """Check a bridge as Novu would meet it, and lint its workflows.

    Looks at health, signatures, previous secret keys that are still accepted, discovery, a preview of each step and
    errors; for an app also at steps behind a condition, controls without a default and templates that do not parse; and
    with --api-url at ids that changed since the last sync. Exits with 1 when something is wrong. The previous keys of a URL
    are those of NOVU_PREVIOUS_SECRET_KEYS.

    [dim]Examples:[/]
    novu-framework doctor --app main:app
    novu-framework doctor http://127.0.0.1:8000/api/novu --secret-key "$NOVU_SECRET_KEY"
    """
    from novu_framework_testing.contract import Report, check_bridge

    if url is not None and app is not None:
        raise Problem("Name a URL or --app, not both.")
    with console.status("Checking ..."):
        if url is not None:
            environment = Client(secret_key, strict_authentication=False)
            key = environment.secret_key
            if not key:
                raise Problem("No secret key: pass --secret-key or set NOVU_SECRET_KEY.")
            redaction.hide(key)
            if problem := problem_of_url(url):
                raise Problem(
                    f"{shown_url(url)} is not a URL: {problem}.",
                    hint="Write it as http://127.0.0.1:8000/api/novu",
                )
            report = check_bridge(url, secret_key=key, previous_secret_keys=environment.previous_secret_keys)
        else:
            target = Project.here().app(app)
            changed = _changed_ids(target, api_url, secret_key)
            report = Report(target.name, (*_checked(target, secret_key), *_hidden_steps(target), *changed))
    if as_json:
        findings = redaction.redacted([vars(finding) for finding in report.findings])
        print_json({"ok": report.ok, "findings": findings})
    else:
        _show(report)
    return 0 if report.ok else FAILED


def _checked(app: App, secret_key: str | None) -> Sequence[CheckFinding]:
    from novu_framework_testing.contract import check_bridge
    from novu_framework_testing.contract.discovery import check_discovery

    if app.lifespan is None:
        return check_discovery([workflow.discover() for workflow in app.handler.workflows.values()])
    client = app.handler.client
    return check_bridge(
        app.target,
        secret_key=client.secret_key or secret_key or app.secret_key,
        route=app.path,
        strict_authentication=client.strict_authentication,
        previous_secret_keys=client.previous_secret_keys,
    ).findings


def _show(report: Report) -> None:
    for finding in report.findings:
        # a bridge may have answered with the key
        first, *rest = redaction.redacted(str(finding)).splitlines()
        console.print(Text(first, style=_STYLES[finding.level]), soft_wrap=True)
        for line in rest:
            console.print(Text(line, style="dim"), soft_wrap=True)
    console.print(Text(redaction.redacted(report.summary), style="bold green" if report.ok else "bold red"))


def _hidden_steps(app: App) -> Iterator[CheckFinding]:
    """Find the steps that the source of a handler has and discovery did not see."""
    for workflow in app.handler.workflows.values():
        try:
            lines, first = inspect.getsourcelines(inspect.unwrap(workflow.handler))
            tree = ast.parse(textwrap.dedent("".join(lines)))
        except (OSError, TypeError, SyntaxError):
            continue
        file = inspect.getsourcefile(workflow.handler)
        for node in ast.walk(tree):
            match node:
                case ast.Call(
                    func=ast.Attribute(value=ast.Name(id="step"), attr=kind),
                    args=[ast.Constant(value=str(step_id)), *_],
                ) if kind in KINDS and step_id not in workflow.steps:
                    place = f"{file}:{first + node.lineno - 1}"
                    yield _warning(
                        f"discovery does not see this step, at {place}: it is behind a condition or in a loop",
                        f"{workflow.id} / {step_id}",
                        "declare it on every run, and leave it out with its `skip` option",
                    )


def _changed_ids(app: App, api_url: str | None, secret_key: str | None) -> Iterator[CheckFinding]:
    from novu_framework_testing.contract import CheckFinding

    if api_url is None:
        return
    client = Client(secret_key=secret_key or app.handler.client.secret_key, api_url=api_url, max_retries=0)
    served = {workflow.id: workflow.discover() for workflow in app.handler.workflows.values()}
    with client:
        before = synced(client, "", served)
    removed = Changes.between(before, served).removed
    gone = "was there at the last sync and is not any more"
    lost = "if its id changed, triggers of the old one stop working: keep the old id, or change them too"
    for workflow_id in removed:
        yield _warning(gone, workflow_id, lost)
    lost = "if its id changed, what was edited in the dashboard for the old one is lost: keep the old id"
    for workflow_id in [one for one in before if one in served]:
        for step_id in removed_steps(before[workflow_id], served[workflow_id]):
            yield _warning(gone, f"{workflow_id} / {step_id}", lost)
    if not removed:
        yield CheckFinding("ok", "every workflow of the last sync is still there")


def _warning(what: str, where: str, advice: str) -> CheckFinding:
    from novu_framework_testing.contract import CheckFinding

    return CheckFinding("warning", what, where, advice)
