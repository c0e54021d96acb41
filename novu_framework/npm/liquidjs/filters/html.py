"""Escaping for HTML, and getting rid of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from novu_framework.npm.liquidjs.context import Filter
from novu_framework.npm.liquidjs.values import stringify

_LINE_BREAK = re.compile(r"\r?\n")
_SPECIAL = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;"}
_ENTITY = re.compile(r"&(?:amp|lt|gt|#34|#39);")
_PLAIN = {entity: character for character, entity in _SPECIAL.items()}
_ESCAPES = str.maketrans(_SPECIAL)

# What is dropped, by how it opens and closes. The last kind is any tag.
_DROPPED = (("<script", "</script>"), ("<style", "</style>"), ("<!--", "-->"), ("<", ">"))


def escape(value: Any) -> str:
    """Return the text with ``& < > " '`` written as entities."""
    return stringify(value).translate(_ESCAPES)


def escape_once(value: Any) -> str:
    """Return the text escaped for HTML, without escaping its entities again."""
    return escape(_ENTITY.sub(lambda entity: _PLAIN[entity[0]], stringify(value)))


def newline_to_br(value: Any) -> str:
    """Return the text with ``<br />`` before each line break."""
    return _LINE_BREAK.sub("<br />\n", stringify(value))


def strip_html(value: Any) -> str:
    """Return the text without tags, comments, scripts and styles. What opens and never closes stays."""
    text = stringify(value)
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
