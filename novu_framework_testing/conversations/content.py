"""A conversation as data that is the same each time that the same is said: what a snapshot keeps, and pages draw.

Times are told by what has passed since, ids are left out, and of a card what people see is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from novu_framework_testing.conversations.cards import mappings, text_of
from novu_framework_testing.conversations.log import THINKING, ChatMessage
from novu_framework_testing.conversations.state import State
from novu_framework_testing.conversations.transcript import heading, told

_LEFT_OUT = frozenset(("edit", "delete"))
"""What a message itself shows."""


def content_of(conversation: State) -> dict[str, Any]:
    """Return what is seen of a conversation."""
    content: dict[str, Any] = {"platform": conversation.platform_name}
    if conversation.subject:
        content["subject"] = conversation.subject
    content["people"] = [one.name for one in conversation.people]
    talk, before = [], conversation.created_at
    for entry in conversation.log:
        if entry.type in _LEFT_OUT or (entry.type == "typing" and entry.text == THINKING):
            continue
        if entry.type == "reaction" and entry.role == "agent":
            continue
        later = {"later": _in_words(entry.at - before)} if entry.at > before else {}
        before = entry.at
        is_message = entry.type == "message" and entry.message is not None
        talk.append({**later, **(_message(entry.message) if is_message else {"note": told(entry)})})
    return {**content, "talk": talk}


def _message(message: ChatMessage | None) -> dict[str, Any]:
    assert message is not None
    data: dict[str, Any] = {"from": heading(message)}
    if (card := message.card) is None:
        data["text"] = message.text
    else:
        data["card"] = _card(card)
    if message.files:
        data["files"] = [str(one.get("filename") or one.get("url")) for one in message.files]
    if attached := mappings(message.content.get("attachments")):
        data["files"] = [str(one.get("name") or one.get("url")) for one in attached]
    if message.reactions:
        data["reactions"] = [f"{name} by {who}" for name, who in message.reactions]
    return data


def _card(card: Mapping[str, Any]) -> dict[str, Any]:
    names = {"title": "title", "subtitle": "subtitle", "imageUrl": "image"}
    head = {to: text_of(card[name]) for name, to in names.items() if card.get(name)}
    parts = [_part(child) for child in mappings(card.get("children"))]
    return {**head, **({"parts": parts} if parts else {})}


def _part(child: Mapping[str, Any]) -> Any:
    kind, label = child.get("type"), text_of(child.get("label"))
    if kind == "text":
        style = {"style": text_of(child["style"])} if child.get("style") else {}
        return {"text": text_of(child.get("content")), **style}
    if kind == "divider":
        return "---"
    if kind == "image":
        return {"image": text_of(child.get("alt")), "url": text_of(child.get("url"))}
    if kind in ("link", "link-button"):
        return {"link": label, "url": text_of(child.get("url"))}
    if kind == "button":
        marks = {"style": child.get("style"), "disabled": child.get("disabled")}
        shown = {name: value for name, value in marks.items() if value and value != "default"}
        return {"button": label, **shown}
    if kind == "select":
        return {
            "select": label,
            "options": [text_of(one.get("label")) for one in mappings(child.get("options"))],
        }
    if kind == "text_input":
        return {"field": label}
    if children := mappings(child.get("children")):
        return {text_of(kind): [_part(one) for one in children]}
    return dict(child)


def _in_words(passed: timedelta) -> str:
    """Say how much time has passed: `1 day 2 hours`.

    >>> _in_words(timedelta(days=1, hours=2)), _in_words(timedelta(seconds=90.5))
    ('1 day 2 hours', '1 minute 30.5 seconds')
    """
    seconds = passed.total_seconds()
    words = []
    for unit, length in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        amount, seconds = divmod(seconds, length)
        words += [f"{amount:g} {unit}{'s' * (amount != 1)}"] if amount else []
    words += [f"{seconds:g} second{'s' * (seconds != 1)}"] if seconds else []
    return " ".join(words)
