"""Escaping for HTML, and getting rid of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from novu_framework.npm.liquidjs.context import Filter
from novu_framework.npm.liquidjs.limits import work
from novu_framework.npm.liquidjs.values import replaced, stringify

_SPECIAL = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;"}
_ENTITY = re.compile(r"&(?:amp|lt|gt|#34|#39);")
_PLAIN = {entity: character for character, entity in _SPECIAL.items()}

# What is dropped, by how it opens and closes. The last kind is any tag.
_DROPPED = (("<script", "</script>"), ("<style", "</style>"), ("<!--", "-->"), ("<", ">"))


def escape(value: Any) -> str:
    """Return the text with ``& < > " '`` written as entities."""
    return _escaped(stringify(value))


def _escaped(text: str) -> str:
    for character, entity in _SPECIAL.items():  # the first is the ampersand
        text = replaced(text, character, entity)
    return text


def escape_once(value: Any) -> str:
    """Return the text escaped for HTML, without escaping its entities again."""
    text = stringify(value)
    work(300 * text.count("&"))
    return _escaped(_ENTITY.sub(lambda entity: _PLAIN[entity[0]], text))


def newline_to_br(value: Any) -> str:
    """Return the text with ``<br />`` before each line break."""
    return replaced(replaced(stringify(value), "\r\n", "\n"), "\n", "<br />\n")


def strip_html(value: Any) -> str:
    """Return the text without tags, comments, scripts and styles. What opens and never closes stays."""
    text = stringify(value)
    work(1500 * text.count("<"))
    kept: list[str] = []
    kinds = list(_DROPPED)
    position = 0
    while (opened := text.find("<", position)) >= 0:
        kept.append(text[position:opened])
        position = -1
        for kind in [kind for kind in kinds if text.startswith(kind[0], opened)]:
            closed = text.find(kind[1], opened + len(kind[0]))
            if closed >= 0:
                position = closed + len(kind[1])
                break
            kinds.remove(kind)
        if position < 0:
            return "".join(kept) + text[opened:]
    return "".join(kept) + text[position:]


FILTERS: Final[Mapping[str, Filter]] = {
    "escape": escape,
    "escape_once": escape_once,
    "newline_to_br": newline_to_br,
    "strip_html": strip_html,
    "xml_escape": escape,
}
