"""Rules that are set aside beside the workflow: `# novu-check: ignore[link.http] because our intranet has no TLS`."""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from novu_framework_testing.checks.checking import ContentFinding, SetAside, unknown_rule

_MAX_CODE = 200_000
"""Code that is longer is not read."""

_COMMENT = re.compile(r"#\s*novu-check\s*:\s*(?P<text>.*)", re.DOTALL)
_IGNORE = re.compile(r"ignore\s*\[(?P<rules>[^\]]*)\]\s*(?:(?:because|:)?\s*(?P<why>.*))?", re.DOTALL)
_FORM = "Write `# novu-check: ignore[rule-id] because ...`, anywhere in the workflow's function."


@dataclass(frozen=True)
class CommentAside(SetAside):
    """A rule that a comment in a workflow's code sets aside, and the line of the code."""

    line: int = 0

    def __str__(self) -> str:
        """Say which it is."""
        return f"{self.workflow}, line {self.line} of its code: ignore[{self.rule}]"


class Comments(NamedTuple):
    """The rules that the comments of a workflow set aside, and what is wrong with the comments themselves."""

    asides: tuple[CommentAside, ...] = ()
    findings: tuple[ContentFinding, ...] = ()


@lru_cache(maxsize=1024)
def comments_of(code: str, workflow_id: str) -> Comments:
    """Read the comments of a workflow's code, as its bridge's discovery shows it; none if it is not Python.

    >>> comments = comments_of("async def w(step):  # novu-check: ignore[link.http] because it has no TLS\\n    ...", "w")
    >>> [(aside.rule, aside.why, aside.line) for aside in comments.asides]
    [('link.http', 'it has no TLS', 1)]
    """
    asides: list[CommentAside] = []
    findings: list[ContentFinding] = []

    def wrong(line: int, rule: str, what: str, advice: str) -> None:
        where = f"line {line} of its code"
        findings.append(ContentFinding(rule, "error", "", workflow_id, "", where, what, advice, "docs/how-to/check-content.md"))  # fmt: skip

    for line, text in _comments(code):
        ignore = _IGNORE.fullmatch(text)
        if ignore is None or not ignore["rules"].strip(" ,"):
            wrong(line, "ignore.form", "A comment to novu-check says something else than ignore.", _FORM)
            continue
        why = (ignore["why"] or "").strip()
        if not why:
            wrong(line, "ignore.reason", "A rule is ignored without a reason.", _FORM)
            continue
        for name in filter(None, map(str.strip, ignore["rules"].split(","))):
            if unknown := unknown_rule(name):
                wrong(line, "ignore.unknown", unknown, "docs/reference/content-checks.md lists the rules.")
            else:
                asides.append(CommentAside(name, why, workflow_id, line=line))
    return Comments(tuple(asides), tuple(findings))


def _comments(code: str) -> Iterator[tuple[int, str]]:
    """Yield the comments to novu-check, with their lines; none in a text that is no Python, or too long."""
    if "novu-check" not in code or len(code) > _MAX_CODE:
        return
    try:
        for token in tokenize.generate_tokens(io.StringIO(code).readline):
            if token.type == tokenize.COMMENT and (found := _COMMENT.match(token.string)):
                yield token.start[0], found["text"].strip()
    except (tokenize.TokenError, SyntaxError):
        return
