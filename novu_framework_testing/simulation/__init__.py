"""The simulated Novu: clock, subscribers, triggers, jobs, digest, throttle, preferences, messages, activity.

`NovuSimulator` is the way in; see `novu_framework_testing`.
"""
