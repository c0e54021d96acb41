"""What changed in a notification of an inbox: its texts with what is bold in them, and its buttons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from novu_framework_testing.snapshots.block_links import address_about
from novu_framework_testing.snapshots.block_places import short as cut
from novu_framework_testing.snapshots.content_change import ContentChange, change_of
from novu_framework_testing.snapshots.html_change import MOVED
from novu_framework_testing.snapshots.overrides.changes import inbox_text, style_changes
from novu_framework_testing.snapshots.value_changes import text_changes


def without_nothing(own: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """Return outputs of an inbox without what is set to nothing, where the other version has something to see or press there."""
    return {
        key: value
        for key, value in own.items()
        if key not in _SEEN_OR_PRESSED or value is not None or other.get(key) is None
    }


_SEEN_OR_PRESSED = ("avatar", "primaryAction", "secondaryAction", "redirect")
BUTTONS = {"primary action › label": "primaryAction", "secondary action › label": "secondaryAction"}
"""The buttons of a notification, by the parts that their words are."""


def exchanged_buttons(old: Mapping[str, Any], new: Mapping[str, Any]) -> ContentChange | None:
    """Return what to say of the two buttons of a notification that have changed places, if nothing else of them did.

    Nothing is returned of those that are called alike: what is said of them would not tell one from the other.
    """
    first, second = BUTTONS.values()
    were, are = ([each.get(name) for name in (first, second)] for each in (old, new))
    labels = (each.get("label") for each in are if isinstance(each, Mapping))
    said = [label for label in labels if isinstance(label, str) and label]
    names = [f"“{cut(label)}”" for label in dict.fromkeys(said)]
    if were != are[::-1] or len({*names}) != len(are):
        return None
    hint = f"{' and '.join(names)} have changed places: the first button is {names[0]} now"
    leads = [_lead(each, is_whole=False) for each in are]
    if leads[0] != leads[1]:  # which is the first one now, in whatever language
        return ContentChange(
            "buttons", None, None, hint, about=" ".join((*said, *leads)), place=f"{MOVED}buttons {leads}"
        )
    leads = [_lead(each, is_whole=True) for each in are]
    return ContentChange("buttons", None, None, hint, about=" ".join((*said, *leads)))


def _lead(action: Any, *, is_whole: bool) -> str:
    """Return where a button leads and how, with the parameters of the address, which may be the recipient's, or without."""
    url = leads_to(action)
    if url is None:
        return ""
    settings = [f"{key} {value}" for key, value in sorted(action["redirect"].items()) if key != "url"]
    return " ".join((url if is_whole else address_about(url), *settings))


def leads_to(action: Any) -> str | None:
    """Return the address that a button leads to; None where it leads nowhere."""
    redirect = action.get("redirect") if isinstance(action, Mapping) else None
    url = redirect.get("url") if isinstance(redirect, Mapping) else None
    return url if isinstance(url, str) else None


def without_signs(outputs: Mapping[str, Any]) -> dict[str, Any]:
    """Return the outputs of an in-app step as an inbox shows them, where there is nothing to compare them with."""
    return {
        key: inbox_text(value)[0] if key in ("subject", "body") and isinstance(value, str) else value
        for key, value in outputs.items()
    }


def inbox_texts(part: str, old: str, new: str) -> Iterator[ContentChange]:
    """Yield what changed in a text of an inbox: its words, and which of them are bold or in italics."""
    if old == new:
        return
    (was, before), (now, after) = inbox_text(old), inbox_text(new)
    styles = list(style_changes(before, after))
    if was == now and not styles:
        yield from text_changes(part, old, new)
        return
    yield from text_changes(part, was, now)
    yield from (change_of(each, part) for each in styles)
