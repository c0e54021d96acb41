"""The comments of rejections: what a reviewer says of a change that is not to be. Texts of strangers, to whoever shows them."""

from __future__ import annotations

from novu_framework_testing._internal.printable import printable

MAX_COMMENT = 2000
"""The most characters of a comment."""


def comment(text: str) -> str:
    """Return a comment as it is kept: without space around it, its lines ending in `\\n`.

    Raises:
        ValueError: it has more than `MAX_COMMENT` characters.
    """
    text = "\n".join(text.splitlines()).strip()
    if len(text) > MAX_COMMENT:
        raise ValueError(
            f"a comment has at most {MAX_COMMENT:,} characters, this one has {len(text):,}: say the rest elsewhere"
        )
    return text


def quoted(text: str, *, most: int = 300) -> str:
    """Return a comment as one line in quotes, for a line of output: `'Say hello, not hi'`."""
    line = printable(" ".join(text.split()))
    return f"'{line if len(line) <= most else line[: most - 1].rstrip() + '…'}'"
