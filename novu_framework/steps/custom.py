"""The custom step: any code, whose output later steps get as its result."""

from __future__ import annotations

from novu_framework.steps.base import StepKind

CUSTOM = StepKind("custom", "Custom")
