"""The HTTP request step: discovered here, made by Novu itself."""

from __future__ import annotations

from novu_framework.steps.base import StepKind

HTTP_REQUEST = StepKind("http_request", "HTTP request")
