"""What a new version of the code does to the runs that are open: breaks, changes, and what is safe.

`compare` takes two versions, each an app, a URL, workflows or a `Bridge`::

    report = compare(old=[welcome], new=[welcome_of_the_branch], secret_key="test-secret")
    assert report.ok, str(report)

`novu-framework compat BASE` and the fixture `novu_compat` are doors to it, for which the old version may also be a git revision,
a discovery file or a recording of production.
"""

from __future__ import annotations

from novu_framework_testing.compat.comparison import RecordedAnswer, Version, compare_async
from novu_framework_testing.compat.findings import (
    ChangedContent,
    CompatFinding,
    CompatLevel,
    CompatReport,
    Witness,
)

__all__ = [
    "ChangedContent",
    "CompatFinding",
    "CompatLevel",
    "CompatReport",
    "RecordedAnswer",
    "Version",
    "Witness",
    "compare_async",
]
