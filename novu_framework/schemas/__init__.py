"""Checking data the way Novu does: JSON Schema in AJV's dialect, and schemas from Python's own types."""

from novu_framework.npm.ajv.validator import Issue, JsonSchema, SchemaError, Validator
from novu_framework.schemas.schema import ControlSchema, PayloadSchema, Schema, SchemaSource

__all__ = [
    "ControlSchema",
    "Issue",
    "JsonSchema",
    "PayloadSchema",
    "Schema",
    "SchemaError",
    "SchemaSource",
    "Validator",
]
