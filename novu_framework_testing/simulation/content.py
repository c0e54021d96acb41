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
from novu_framework_testing.simulation.messages import Message


def checked_messages(
    what: Any,
    settings: CheckSettings | None,
    *,
    level: Level | None = None,
    clients: Iterable[str] | None = None,
    ignore: Mapping[str, str] | None = None,
) -> list[ContentFinding]:
    """Return the findings about a message, several, or those of a run, a trigger or a simulation."""
    settings = settings or CheckSettings()
    asides = tuple(SetAside(rule, why) for rule, why in (ignore or {}).items())
    settings = dataclasses.replace(
        settings,
        level=level or settings.level,
        clients=settings.clients if clients is None else tuple(clients),
        ignore=(*settings.ignore, *asides),
    )
    return check_content([_content(message) for message in _messages(what)], settings)


def _messages(what: Any) -> Iterable[Message]:
    if isinstance(what, Message):
        return [what]
    if runs := getattr(what, "runs", None):
        return [message for run in runs for message in (*run.messages, *run.undelivered)]
    if hasattr(what, "messages"):
        return [*what.messages, *what.undelivered]
    return list(what)


def _content(message: Message) -> Content:
    return dataclasses.replace(content_of(message), first_name=message.run.subscriber.first_name)
