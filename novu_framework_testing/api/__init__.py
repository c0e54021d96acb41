"""The simulated Novu's HTTP door: one table of routes, opened by respx in the process and by a server.

    from novu_framework_testing.api import Cloud
    from novu_framework_testing.api.mock import MockedCloud       # every httpx client of this process
    from novu_framework_testing.api.server import CloudServer     # a loopback port

The fixtures `novu_cloud` and `novu_cloud_server` are these two around the simulator of a test.
"""

from __future__ import annotations

from novu_framework_testing.api.cloud import Cloud
from novu_framework_testing.api.http import ApiError, ApiRequest, ApiResponse

__all__ = ["ApiError", "ApiRequest", "ApiResponse", "Cloud"]
