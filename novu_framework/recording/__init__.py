"""Recordings of what production asks a bridge, without what is personal, to try a new version with before it is deployed.

    app = BridgeRecorder(app, "bridge.json")

The file has the format of `novu_framework_testing.contract`; `novu-framework compat bridge.json` asks a branch the same.
"""

from novu_framework.recording.masking import UNKNOWN
from novu_framework.recording.recorder import SWITCH, BridgeRecorder

__all__ = ["SWITCH", "UNKNOWN", "BridgeRecorder"]
