"""Checking data the way Novu does: JSON Schema in AJV's dialect, and schemas from Python's own types."""

from .controls import ControlSchema
from .payload import PayloadSchema
from .schema import Issue, JsonSchema, SchemaError, Validator
from .sources import Schema

__all__ = ["ControlSchema", "Issue", "JsonSchema", "PayloadSchema", "Schema", "SchemaError", "Validator"]
