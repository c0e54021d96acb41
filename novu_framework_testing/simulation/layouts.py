"""Email layouts: what their content has to be, and how it is rendered."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import escape
from typing import Any

from novu_framework.liquid import create_engine

LAYOUT_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "email": {
            "type": "object",
            "properties": {
                "body": {"type": "string"},
                "editorType": {"type": "string", "enum": ["block", "html"]},
            },
            "required": ["body"],
            "additionalProperties": False,
        }
    },
    "additionalProperties": False,
}
CONTENT = "content"
"""The variable that stands for the email inside of a layout."""


def layout_issues(values: Mapping[str, Any]) -> dict[str, list[dict[str, str]]]:
    """Return the issues of a layout's control values, by the control that has them: no place for the email.

    Raises `ValueError` where the content is not what `editorType` says.
    """
    email = values.get("email")
    if not email:
        return {}
    body = email.get("body") if isinstance(email, dict) else None
    if not isinstance(body, str):
        raise ValueError("The body of a layout must be a string")
    block, html = _blocks(body), all(tag in body for tag in ("<html", "</html>", "<body", "</body>"))
    if email.get("editorType") == "block" and block is None:
        raise ValueError("Content must be a valid Maily JSON content")
    if email.get("editorType") != "block" and not html:
        raise ValueError("Content must be a valid HTML content")
    if re.search(rf"\{{\{{\s*{CONTENT}\s*\}}\}}", body) or (block is not None and _has_content(block)):
        return {}
    problem = f'The layout body should contain the "{CONTENT}" variable'
    return {"email.body": [{"message": problem, "issueType": "MISSING_VALUE"}]}


def render_layout(values: Mapping[str, Any], variables: Mapping[str, Any]) -> str:
    """Return a layout as HTML, with `variables` in it; nothing for one without content."""
    body = str((values.get("email") or {}).get("body") or "")
    text: str = create_engine().from_string(email_html(body)).render(**variables)
    return text


def email_html(body: str) -> str:
    """Return the content of an email or a layout as HTML with Liquid in it; what the block editor wrote is translated."""
    block = _blocks(body)
    return body if block is None else _html(block)


def _blocks(body: str) -> dict[str, Any] | None:
    """Return the document of the block editor, or None where the body is none."""
    try:
        value = json.loads(body)
    except ValueError:
        return None
    return value if isinstance(value, dict) and value.get("type") == "doc" else None


def _has_content(node: dict[str, Any]) -> bool:
    if node.get("type") == "variable" and (node.get("attrs") or {}).get("id") == CONTENT:
        return True
    return any(_has_content(child) for child in node.get("content") or ())


def _html(node: dict[str, Any]) -> str:
    """Return a node of the block editor as HTML, in which a variable is Liquid."""
    kind, attributes = node.get("type"), node.get("attrs") or {}
    if kind == "text":
        return escape(str(node.get("text") or ""))
    if kind == "variable":
        fallback = attributes.get("fallback")
        default = f" | default: '{fallback}'" if fallback else ""
        return f"{{{{ {attributes.get('id')}{default} }}}}"
    inner = "".join(_html(child) for child in node.get("content") or ())
    tag = {"paragraph": "p", "heading": f"h{attributes.get('level', 1)}"}.get(str(kind))
    return f"<{tag}>{inner}</{tag}>" if tag else inner
