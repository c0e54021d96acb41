"""Checks of content: what is wrong with a message, where, for which mail clients, and what to do.

A file a channel or a subject; each rule is an entry of one table, `RULES`, with its source and its examples.
"""

from novu_framework_testing.checks.checking import (
    CheckSettings,
    ContentFinding,
    SetAside,
    check_content,
    project_settings,
)
from novu_framework_testing.checks.comments import CommentAside, comments_of
from novu_framework_testing.checks.content import Content, Deliverable
from novu_framework_testing.checks.rules import RULES, ContentRule, Level

__all__ = [
    "RULES",
    "CheckSettings",
    "CommentAside",
    "Content",
    "ContentFinding",
    "ContentRule",
    "Deliverable",
    "Level",
    "SetAside",
    "check_content",
    "comments_of",
    "project_settings",
]
