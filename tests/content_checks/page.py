"""The page of the rules, made from their table."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from novu_framework_testing.checks import RULES
from novu_framework_testing.checks.clients import client_data
from novu_framework_testing.checks.envelope import BULK_TAGS

PAGE = Path(__file__).parents[2] / "docs/reference/content-checks.md"

HEAD = """\
# Rules of content

What `novu.check`, `pytest --novu-check` and `novu-framework check` look for, each with who says so: see
[Check content](../how-to/check-content.md). An *error* is what subscribers see broken; a *warning* many of them see, or it is
against a standard; a *note* is worth knowing, and is said only with `level = "note"`.

Support by mail clients is from [caniemail.com](https://www.caniemail.com) as of {date} (MIT, through the npm package `caniemail`).

*Marketing mail* is an email of a workflow with one of the tags {tags}.

This page is written by `python -m tests.content_checks` from the table of the rules. There are {count} rules.
"""


def page() -> str:
    """Return the text of the page."""
    rules = sorted(RULES.values(), key=lambda rule: rule.id)
    tags = ", ".join(f"`{tag}`" for tag in sorted(BULK_TAGS))
    parts = [HEAD.format(count=len(rules), date=client_data().date, tags=tags)]
    for subject, group in groupby(rules, key=lambda rule: rule.id.partition(".")[0]):
        parts.append(f"\n## {subject.replace('-', ' ').capitalize()}\n")
        for rule in group:
            channels = ", ".join(rule.channels)
            parts.append(
                f"`{rule.id}` ({rule.level}; {channels}): {_plain(rule.wrong)}\n: {_plain(rule.advice)} [Source]({rule.source}).\n"
            )
    return "\n".join(parts)


def _plain(text: str) -> str:
    """Return a sentence with what Markdown would read as HTML or a template spelled out."""
    return text.replace("<", "&lt;").replace("{{", "&#123;&#123;") if "`" not in text else text
