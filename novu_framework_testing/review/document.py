"""One HTML file that needs nothing else: its scripts, its styles and its data are in it, and it can load nothing."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import math
from html import escape
from typing import Any


def offline_document(title: str, body: str, *, styles: str, scripts: str, data: Any) -> str:
    """Return a page as one HTML document that loads nothing else.

    Args:
        title: The page's title, as text.
        body: What is in the body, as HTML.
        styles, scripts: The text of its style sheets and of its scripts, which read the data by `Packed.read()`.
        data: JSON data. Compressed it is a tenth, as messages have most of their markup in common.
    """
    digest = base64.b64encode(hashlib.sha256(scripts.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; img-src data:; "
        "form-action 'none'; base-uri 'none'"
    )
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>{escape(title)}</title>
<style>{styles}</style>
</head>
<body>
{body}
<script type="text/plain" id="packed">{pack(data)}</script>
<script>{scripts}</script>
</body>
</html>
"""


def pack(data: Any) -> str:
    """Return JSON data compressed, as text that no HTML can be read into."""
    try:
        text = json.dumps(data, separators=(",", ":"), allow_nan=False)
    except ValueError:  # a number that JSON has no form for
        text = json.dumps(_finite(data), separators=(",", ":"))
    return base64.b64encode(gzip.compress(text.encode(), mtime=0)).decode()


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(child) for key, child in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(child) for child in value]
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value
