"""The printing of a start tag: which attributes stay, and with what value."""

from __future__ import annotations

import re
from typing import Final

from novu_framework.npm.ecmascript.keys import in_key_order
from novu_framework.npm.sanitize_html.entities import decode_attribute, escape_attribute
from novu_framework.npm.sanitize_html.policy import (
    DROPPED_WHEN_EMPTY,
    IMAGE_ATTRIBUTES,
    PRINTED_WITHOUT_END_TAG,
    SRCSET_ATTRIBUTES,
    URL_ATTRIBUTES,
    meta_allowed,
    url_allowed,
)
from novu_framework.npm.sanitize_html.srcset import sanitize_srcset

_ATTRIBUTE = re.compile(
    r"""([^ \t\n\f\r/>][^ \t\n\f\r/>=]*)"""
    r"""(?:[ \t\n\f\r]*=[ \t\n\f\r]*(?:"([^"]*)"?|'([^']*)'?|([^ \t\n\f\r>]*)))?"""
)
# Those that are printed whatever their value is, unless it is empty: of an image, and of others.
_USUAL: Final = DROPPED_WHEN_EMPTY - URL_ATTRIBUTES - SRCSET_ATTRIBUTES
_USUAL_OF_IMAGE: Final = _USUAL & IMAGE_ATTRIBUTES

_UNPRINTABLE_NAME = re.compile(r"[\0<=]")


def start_tag(name: str, source: str) -> str:
    """Return the start tag of an allowed element, from its lower-case ``name`` and the text after that.

    >>> start_tag("a", " HREF=/?a=1&b=2 onclick=steal() title")
    '<a href="/?a=1&amp;b=2">'
    """
    if not source:
        return f"<{name} />" if name in PRINTED_WITHOUT_END_TAG else f"<{name}>"
    usual = _USUAL_OF_IMAGE if name == "img" else _USUAL if name != "meta" else ()
    printed = [f"<{name}"]
    written: dict[str, str] = {}
    for key, double_quoted, single_quoted, bare in _ATTRIBUTE.findall(source):
        value = double_quoted or single_quoted or bare
        written.setdefault(key.lower(), decode_attribute(value) if "&" in value else value)
    for key in in_key_order(written):  # the package keeps attributes in an object
        value = written[key]
        if value and key in usual:
            printed.append(f' {key}="{escape_attribute(value)}"')
        else:
            printed.append(_print_attribute(name, key, value, written))
    printed.append(" />" if name in PRINTED_WITHOUT_END_TAG else ">")
    return "".join(printed)


def rest_after_attributes(source: str) -> str:
    """Return the spaces and slashes after the last attribute in ``source``."""
    end = 0
    for attribute in _ATTRIBUTE.finditer(source):
        end = attribute.end()
    return source[end:]


def _print_attribute(tag: str, name: str, value: str, written: dict[str, str]) -> str:
    if name.startswith("on") or _UNPRINTABLE_NAME.search(name):
        return ""
    if tag == "img" and name not in IMAGE_ATTRIBUTES:
        return ""
    if tag == "meta" and not meta_allowed(name, value, written):
        return ""
    if name in URL_ATTRIBUTES and not url_allowed(value):
        return ""
    if name in SRCSET_ATTRIBUTES:
        value = sanitize_srcset(value)
    if value:
        return f' {name}="{escape_attribute(value)}"'
    if name == "alt":
        return ' alt=""'
    return "" if name in DROPPED_WHEN_EMPTY else f" {name}"
