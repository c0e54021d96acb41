"""Places in words: `“Pay now” (button)`, for who reads no markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from novu_framework_testing._internal.html_document import Element
from novu_framework_testing.checks.addresses import Place, without_secrets
from novu_framework_testing.checks.content import Content

_LONGEST = 60
_TAGS = {
    **dict.fromkeys(("a", "area"), "link"),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("input", "select", "textarea"), "field of a form"),
    **dict.fromkeys(("li", "dt", "dd"), "entry of a list"),
    "button": "button",
    "img": "picture",
    "svg": "picture",
    "table": "table",
    "video": "video",
    "audio": "sound",
}
_WHOLE = frozenset({"html", "body", "head", "title", "meta", "base"})
_OUTPUTS = {
    "subject": "the subject",
    "preheader": "the preview line in the inbox",
    "replyTo": "the address that answers go to",
    "from": "the sender's address",
    "avatar": "the picture beside the message",
    "primaryAction": "the first button",
    "secondaryAction": "the second button",
    "redirect": "where a click on the message leads",
    "headers": "what mail programs read and nobody sees",
    "data": "data that only the app reads",
    "card": "the card",
}
_PROVIDERS = {
    "msteams": "Microsoft Teams",
    "whatsapp": "WhatsApp",
    "whatsapp-business": "WhatsApp",
    "apns": "Apple",
    "fcm": "Firebase",
    "one-signal": "OneSignal",
    "rocket-chat": "Rocket.Chat",
    "sendgrid": "SendGrid",
}
_SAYS = (
    "text",
    "title",
    "label",
    "display_text",
    "alt_text",
    "reply",
    "name",
    "description",
    "content",
    "body",
)
_NOTATION = re.compile(r"<[^<>|]*\|([^<>]*)>|</?[a-z][^<>]*>|\[([^\]\n]*)\]\([^()]*\)")
"""What words stand in: `<address|words>` of Slack, tags, `[words](address)`."""
_PARTS = {
    "button": "button",
    "openurl": "button",
    "submit": "button",
    "image": "picture",
    "header": "heading",
    "link": "link",
}


def words_of(place: Place, content: Content) -> str:
    """Return a place in words: what is read there, and what it is."""
    if isinstance(place, Element):
        return _element(place)
    first = re.split(r"[.\[,]", place, maxsplit=1)[0]
    if first == "providers":
        return _of_provider(place, content.providers)
    if place.startswith("body, style"):
        return "the styles of the email"
    if place.startswith("body, what"):
        return "the part that only Outlook for Windows shows"
    if ": a link of <" in place:
        return "a link"
    return _OUTPUTS.get(first) or ("the whole email" if content.channel == "email" else "the text")


def _element(element: Element) -> str:
    if element.tag in _WHOLE:
        return "the whole email"
    if element.tag in ("style", "link"):
        return "the styles of the email"
    kind = "button" if element.tag == "a" and _is_button(element) else _TAGS.get(element.tag, "text")
    if said := _clipped(_letters(element)):
        return f"{said} ({kind})"
    file = element.get("src").partition("?")[0].rpartition("/")[2]
    name = f"the {kind} {file[:_LONGEST]}" if kind == "picture" and "." in file else f"a {kind} without words"
    around = next((said for one in element.above() if (said := _clipped(_letters(one)))), "")
    return f"{name}, beside {around}" if around else name


def _is_button(element: Element) -> bool:
    style = element.style
    padded = any(name.startswith("padding") for name in style) and any(
        name.startswith("background") for name in style
    )
    return (
        padded
        or element.get("role") == "button"
        or bool(re.search(r"(?i)btn|button|\bcta", element.get("class")))
    )


def _letters(element: Element) -> str:
    """Return the first words in an element, and no more than are shown."""
    said = (
        element.get("alt")
        if element.tag == "img"
        else element.get("aria-label")
        if element.tag == "a"
        else ""
    )
    for one in _read(element):
        if len(said) > 3 * _LONGEST:
            break
        if isinstance(one, str):
            said += one
        elif one.tag == "img":
            said += f" {one.get('alt')} "
        else:
            said += "" if one.tag in ("b", "i", "em", "strong", "span", "a", "u", "font", "code") else " "
    return said


def _read(element: Element) -> Iterator[Element | str]:
    """Give what is inside an element, in order, without what is not read: styles, scripts, the title."""
    stack = element.children[::-1]
    while stack:
        one = stack.pop()
        if isinstance(one, str):
            yield one
        elif not one.muted:
            yield one
            stack += one.children[::-1]


def _clipped(text: str) -> str:
    shown = " ".join(without_secrets(text).split())
    return f"“{shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1].rstrip() + '…'}”" if shown else ""


def _of_provider(place: str, providers: Mapping[str, Any]) -> str:
    """Say the nearest thing around a place in a provider's data that has words."""
    _, *path = re.findall(r"[^.\[\]]+", place)
    name = _PROVIDERS.get(path[0], path[0].replace("-", " ").capitalize())
    for part in reversed(list(_along(providers, path))):
        if said := _clipped(_NOTATION.sub(r"\1\2", _said(part))):
            kind = str(part.get("type", part.get("sub_type", ""))).lower().rpartition(".")[2]
            shape = _PARTS.get(kind) or ("button" if "url" in part or "callback_data" in part else "")
            return f"{name}: {said}" + (f" ({shape})" if shape else "")
    return f"the message to {name}"


def _along(data: Any, path: Sequence[str]) -> Iterator[Mapping[str, Any]]:
    for key in path:
        if isinstance(data, Mapping):
            data = data.get(key)
        elif isinstance(data, (list, tuple)):
            data = data[int(key)] if key.isdecimal() and int(key) < len(data) else None
        if isinstance(data, Mapping):
            yield data


def _said(part: Mapping[str, Any]) -> str:
    for key in _SAYS:
        value = part.get(key)
        value = value.get("text", value.get("title")) if isinstance(value, Mapping) else value
        if isinstance(value, str) and value.strip():
            return value
    return ""
