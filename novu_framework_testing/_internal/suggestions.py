"""The names that there are, told to someone who misspelt one."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

MAX_NAMES = 20


def known_names(name: str, known: Iterable[str]) -> str:
    """List the known names and end the sentence, with a question where one of them is nearly `name`.

    >>> known_names("welcom", ["welcome", "digest"])
    "welcome, digest; did you mean 'welcome'?"
    >>> known_names("welcome", [])
    'none.'
    """
    names = list(known)
    listed = ", ".join(names[:MAX_NAMES]) or "none"
    if len(names) > MAX_NAMES:
        listed += f" and {len(names) - MAX_NAMES} more"
    return listed + ending(name, names)


def ending(name: str, known: Iterable[str]) -> str:
    """End a sentence, with a question where one of the known names is nearly `name`.

    >>> ending("sendgird", ["sendgrid", "twilio"])
    "; did you mean 'sendgrid'?"
    """
    nearest = difflib.get_close_matches(str(name), list(known), n=1)
    return f"; did you mean {nearest[0]!r}?" if nearest else "."
