"""The engine: contents in, findings out, by the rules and the settings."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, get_args

from novu_framework_testing.checks import (
    accessibility,
    chat,
    clients,
    emails,
    envelope,
    images,
    links,
    personalisation,
    push,
    slack,
    sms,
)
from novu_framework_testing.checks.clients import DEFAULT_CLIENTS, chosen_clients
from novu_framework_testing.checks.content import Content, Deliverable
from novu_framework_testing.checks.places import words_of
from novu_framework_testing.checks.rules import LEVELS, RULES, ContentRule, Level

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

SUBJECTS = (accessibility, chat, clients, emails, envelope, images, links, personalisation, push, slack, sms)
"""The modules that fill the table of rules."""

_MOST_PLACES = 20
"""So many places are said of one rule in one message."""


@dataclass(frozen=True)
class ContentFinding:
    """Something wrong with the content of a message.

    Attributes:
        rule: The id of the rule, such as `link.empty`.
        level: `error`, `warning` or `note`.
        channel, workflow_id, step_id: The message.
        where: The place in it: an output, or a line of the body and the element that begins there.
        wrong: What is wrong, in a sentence.
        advice: What to do, in a sentence.
        source: Who says so.
        detail: The fact that shows it, such as a size.
        clients: The mail clients that it is about; empty where it is about all of them.
        words: The place in words, such as `“Pay now” (button)`.
    """

    rule: str
    level: Level
    channel: str
    workflow_id: str
    step_id: str
    where: str
    wrong: str
    advice: str
    source: str
    detail: str = ""
    clients: tuple[str, ...] = ()
    words: str = ""

    def __str__(self) -> str:
        """Say it in a line, and in a second one what to do."""
        detail = f" ({self.detail})" if self.detail else ""
        about = f" [{', '.join(self.clients)}]" if self.clients else ""
        place = "/".join(filter(None, (self.workflow_id, self.step_id))) or self.channel
        return (
            f"{self.level} {self.rule}: {place}, {self.where}: {self.wrong}{detail}{about}\n    {self.advice}"
        )


@dataclass(frozen=True)
class SetAside:
    """A rule that is set aside, and why; for one workflow or one step where these are named."""

    rule: str
    why: str
    workflow: str | None = None
    step: str | None = None

    def covers(self, finding: ContentFinding) -> bool:
        """Tell whether it is about a finding. `link.*` is about all rules of that subject."""
        subject, star, _ = self.rule.partition("*")
        return (
            (finding.rule == self.rule or (bool(star) and finding.rule.startswith(subject)))
            and self.workflow in (None, finding.workflow_id)
            and self.step in (None, finding.step_id)
        )


@dataclass(frozen=True)
class CheckSettings:
    """The choices of a project: the table `[tool.novu.checks]` of pyproject.toml.

    Attributes:
        clients: Mail clients, such as `gmail` or `outlook.windows`.
        level: Findings below it are left out.
        levels: Another level for a rule, by its id.
        ignore: Rules that are set aside, each with why.
    """

    clients: tuple[str, ...] = DEFAULT_CLIENTS
    level: Level = "warning"
    levels: Mapping[str, Level] = field(default_factory=dict)
    ignore: tuple[SetAside, ...] = ()

    def __post_init__(self) -> None:
        chosen_clients(self.clients)
        for one in (self.level, *self.levels.values()):
            if one not in get_args(Level):
                raise ValueError(f"There is no level {one!r}. There are {', '.join(LEVELS)}.")
        for name in map(str, (*self.levels, *(one.rule for one in self.ignore))):
            if unknown := unknown_rule(name):
                raise ValueError(unknown)
        for one_aside in self.ignore:
            if not isinstance(one_aside.why, str) or not one_aside.why.strip():
                raise ValueError(f"Say why the rule {one_aside.rule} is set aside.")

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> CheckSettings:
        """Return the settings of a table as pyproject.toml has it. Raises `ValueError` for unknown settings.

        [tool.novu.checks]
        clients = ["gmail", "outlook.windows"]
        levels = { "email.near-clipping" = "error" }
        ignore = [{ rule = "link.http", why = "our intranet has no TLS", workflow = "welcome" }]
        """
        known = ("clients", "level", "levels", "ignore")
        if unknown := sorted(set(table) - set(known)):
            raise ValueError(f"[tool.novu.checks] has {', '.join(unknown)}: it takes {', '.join(known)}.")
        if not isinstance(table.get("levels", {}), dict):
            raise ValueError(
                '[tool.novu.checks] levels is a table, such as { "link.shortener" = "warning" }.'
            )
        if not isinstance(table.get("clients", []), list):
            raise ValueError('[tool.novu.checks] clients is a list, such as ["gmail", "outlook.windows"].')
        try:
            return cls(
                clients=tuple(table.get("clients", DEFAULT_CLIENTS)),
                level=table.get("level", "warning"),
                levels=dict(table.get("levels", {})),
                ignore=tuple(SetAside(**one) for one in table.get("ignore", ())),
            )
        except TypeError:
            raise ValueError(
                "[tool.novu.checks] ignore is a list of tables with `rule` and `why`, and `workflow` and `step` where it is not for all."
            ) from None


def unknown_rule(name: str) -> str | None:
    """Return what to say of the name of a rule, or of a subject such as `link.*`, that there is not; None if there is."""
    subject, star, _ = name.partition("*")
    if name in RULES or (star and any(known.startswith(subject) for known in RULES)):
        return None
    alike = sorted(known for known in RULES if known.startswith(name.partition(".")[0] + "."))
    return f"There is no rule {name!r}." + (f" There are {', '.join(alike)}." if alike else "")


def project_settings(folder: Path) -> CheckSettings:
    """Return the settings in the pyproject.toml of a folder; the defaults without one. Raises `ValueError`, naming the file."""
    path = folder / "pyproject.toml"
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        return CheckSettings.of(tables.get("tool", {}).get("novu", {}).get("checks", {}))
    except (OSError, ValueError) as error:
        raise ValueError(f"{path}: {error}") from None


def check_content(
    messages: Iterable[Deliverable] | Deliverable,
    settings: CheckSettings | None = None,
    *,
    used: set[SetAside] | None = None,
) -> list[ContentFinding]:
    """Return what is wrong with messages: errors first, each in the order of the messages.

        >>> from novu_framework_testing.checks import Content, check_content
        >>> [finding.rule for finding in check_content(Content("sms", {"body": "Hello undefined!"}))]
        ['personalisation.undefined']

    Args:
        messages: One, or several; those of a simulation, or a `Content`.
        settings: The defaults if left out.
        used: Gets those of the rules set aside that were about something.
    """
    settings = settings or CheckSettings()
    used = set() if used is None else used
    every = messages if isinstance(messages, Iterable) else [messages]
    found = [finding for message in every for finding in _of_message(content_of(message), settings, used)]
    return sorted(dict.fromkeys(found), key=lambda finding: -LEVELS.index(finding.level))


def content_of(message: Deliverable) -> Content:
    """Return a message as the data that rules look at."""
    if isinstance(message, Content):
        return message
    return Content(
        message.channel,
        message.content,
        message.providers,
        message.workflow_id,
        message.step_id,
        message.tags,
    )


def _of_message(content: Content, settings: CheckSettings, used: set[SetAside]) -> Iterator[ContentFinding]:
    chosen = chosen_clients(settings.clients)
    least = LEVELS.index(settings.level)
    for rule in _rules_of(content.channel):
        level = settings.levels.get(rule.id, rule.level)
        if LEVELS.index(level) < least:
            continue
        for number, hit in enumerate(rule.look(content, chosen)):
            if number == _MOST_PLACES:
                break
            where = hit.place if isinstance(hit.place, str) else hit.place.where
            finding = ContentFinding(
                rule.id, level, content.channel, content.workflow_id, content.step_id, where, rule.wrong, rule.advice,
                rule.source, hit.detail, hit.clients, words_of(hit.place, content),
            )  # fmt: skip
            asides = [one for one in settings.ignore if one.covers(finding)]
            used.update(asides)
            if not asides:
                yield finding


@cache
def _rules_of(channel: str) -> tuple[ContentRule, ...]:
    return tuple(rule for rule in RULES.values() if channel in rule.channels)
