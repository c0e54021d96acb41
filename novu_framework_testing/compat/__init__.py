"""What a new version of the code does to the runs that are open: what breaks, what changes, and what is safe.

`compat` takes two versions, of git, of files or of this process::

    report = compat("origin/main", app)
    assert report.ok, str(report)

`novu-framework compat BASE` and the fixture `novu_compat` are doors to it.
"""

from novu_framework_testing.compat.asking import CodeVersion, RecordedAnswer
from novu_framework_testing.compat.comparison import compare
from novu_framework_testing.compat.findings import (
    ChangedContent,
    CompatFinding,
    CompatLevel,
    CompatReport,
    Witness,
)
from novu_framework_testing.compat.processes import VersionProblem
from novu_framework_testing.compat.sources import compat, compat_async

__all__ = [
    "ChangedContent",
    "CodeVersion",
    "CompatFinding",
    "CompatLevel",
    "CompatReport",
    "RecordedAnswer",
    "VersionProblem",
    "Witness",
    "compare",
    "compat",
    "compat_async",
]
