"""From messages of the simulation to findings about their content."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any

from novu_framework_testing.checks import (
    CheckSettings,
    Content,
    ContentFinding,
    Level,
    SetAside,
    check_content,
)
from novu_framework_testing.checks.checking import content_of
from novu_framework_testing.checks.comments import Comments, comments_of
from novu_framework_testing.simulation.messages import Message


def checked_messages(
    what: Any,
    settings: CheckSettings | None,
    *,
    level: Level | None = None,
    clients: Iterable[str] | None = None,
    ignore: Mapping[str, str] | None = None,
    used: set[SetAside] | None = None,
) -> list[ContentFinding]:
    """Return the findings about a message, several, or those of a run, a trigger or a simulation.

    What comments in the code of their workflows set aside is left out; what is wrong with these comments comes last.
    """
    if ignore is not None and not isinstance(ignore, Mapping):
        raise ValueError(
            f'ignore gives a reason for each rule: {{"link.http": "our intranet has no TLS"}}, not {ignore!r}.'
        )
    if isinstance(clients, str):
        raise ValueError(f'clients are several: ["gmail", "outlook.windows"], not {clients!r}.')
    messages = list(every_message(what))
    comments = comments_of_messages(messages)
    settings = settings or CheckSettings()
    asides = tuple(SetAside(rule, why) for rule, why in (ignore or {}).items())
    settings = dataclasses.replace(
        settings,
        level=level or settings.level,
        clients=settings.clients if clients is None else tuple(clients),
        ignore=(*settings.ignore, *asides, *(aside for each in comments for aside in each.asides)),
    )
    found = check_content([_content(message) for message in messages], settings, used=used)
    return [*found, *(finding for each in comments for finding in each.findings)]


def comments_of_messages(messages: Iterable[Message]) -> list[Comments]:
    """Return what the comments in the code of each of the messages' workflows say to the checks."""
    workflows = {message.workflow_id: message.run.workflow for message in messages}
    return [
        comments_of(code, workflow_id)
        for workflow_id, workflow in workflows.items()
        if isinstance(code := workflow.definition.get("code"), str)
    ]


def every_message(what: Any) -> Iterable[Message]:
    """Return the messages of a run, a trigger or a simulation, those that reached nobody too; or those that are given."""
    if isinstance(what, Message):
        return [what]
    if runs := getattr(what, "runs", None):
        return [message for run in runs for message in (*run.messages, *run.undelivered)]
    if hasattr(what, "messages"):
        return [*what.messages, *what.undelivered]
    return list(what)


def _content(message: Message) -> Content:
    return dataclasses.replace(content_of(message), first_name=message.run.subscriber.first_name)
