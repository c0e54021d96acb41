"""The contract between Novu and a bridge: recorded answers to hold a bridge to, and a check of any bridge.

`check_bridge` asks a bridge what Novu would ask it and says in words what is wrong::

    report = check_bridge(app, secret_key="secret")          # an ASGI app, in this process
    report = check_bridge("http://127.0.0.1:4010/api/novu", secret_key="secret")
    assert report.ok, str(report)

`replay` sends the requests of a recording and compares the answers; recordings are JSON files that `Recording`
reads and writes, their format is described in `novu_framework_testing.contract.recording`.
"""

from novu_framework_testing.contract.checks import check_bridge, check_bridge_async
from novu_framework_testing.contract.comparison import Difference, differences
from novu_framework_testing.contract.endpoint import Endpoint
from novu_framework_testing.contract.recording import Exchange, Recording, Request, Response, Signature
from novu_framework_testing.contract.replay import replay, replay_async
from novu_framework_testing.contract.report import CheckFinding, Level, Report

__all__ = [
    "CheckFinding",
    "Difference",
    "Endpoint",
    "Exchange",
    "Level",
    "Recording",
    "Report",
    "Request",
    "Response",
    "Signature",
    "check_bridge",
    "check_bridge_async",
    "differences",
    "replay",
    "replay_async",
]
