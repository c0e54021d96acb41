"""The simulated Novu: clock, subscribers, triggers, jobs, digest, throttle, preferences, messages, activity.

`NovuSimulator` is the way in; see `novu_framework_testing`.
"""

from __future__ import annotations

from novu_framework_testing.simulation.simulator import NovuSimulator

__all__ = ["NovuSimulator"]
