"""`novu-framework list`: the workflows of an app."""

from __future__ import annotations

from typing import Any

from rich.markup import escape
from rich.tree import Tree

from novu_framework.cli.options import AppOption, JsonOption
from novu_framework.cli.project import Project
from novu_framework.cli.terminal import console, counted, print_json


def list_workflows(app: AppOption = None, as_json: JsonOption = False) -> None:
    """Show the workflows: their steps, channels, tags and schemas.

    [dim]Example:[/] novu-framework list --app main:app
    """
    target = Project.here().app(app)
    workflows = [workflow.discover() for workflow in target.handler.workflows.values()]
    if as_json:
        print_json({"workflows": workflows})
        return
    if not workflows:
        console.print(
            f"`{target.name}` serves no workflows yet: add them to `serve(app, workflows=\\[...])`."
        )
        return
    for workflow in workflows:
        console.print(_tree(workflow))
    steps = sum(len(workflow["steps"]) for workflow in workflows)
    console.print(f"[dim]{counted(len(workflows), 'workflow')}, {counted(steps, 'step')}[/]")


def _tree(workflow: dict[str, Any]) -> Tree:
    title = f"[bold]{escape(workflow['workflowId'])}[/]"
    if workflow.get("name"):
        title += f"  {escape(workflow['name'])}"
    if workflow["severity"] != "none":
        title += f"  [yellow]{workflow['severity']}[/]"
    title += "".join(f"  [cyan]#{escape(tag)}[/]" for tag in workflow["tags"])
    tree = Tree(title)
    if workflow.get("description"):
        tree.add(f"[dim]{escape(workflow['description'])}[/]")
    payload = _properties(workflow["payload"]["schema"])
    if payload:
        tree.add(f"payload   {payload}")
    width = max((len(step["stepId"]) for step in workflow["steps"]), default=0)
    for step in workflow["steps"]:
        line = f"[green]{step['type']:<9}[/] {escape(step['stepId'].ljust(width))}"
        controls = _properties(step["controls"]["schema"])
        if controls:
            line += f"  [dim]controls[/] {controls}"
        if step["providers"]:
            line += f"  [dim]providers[/] {', '.join(provider['type'] for provider in step['providers'])}"
        tree.add(line)
    return tree


def _properties(schema: dict[str, Any]) -> str:
    required = schema.get("required", ())
    return ", ".join(
        f"{escape(name)}{'' if name in required else '?'}[dim]: {escape(_type(one))}[/]"
        for name, one in schema.get("properties", {}).items()
    )


def _type(schema: Any) -> str:
    if not isinstance(schema, dict):
        return "any"
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    kind = schema.get("type", "any")
    if kind == "array":
        return f"list of {_type(schema.get('items', {}))}"
    return " | ".join(kind) if isinstance(kind, list) else str(kind)
