"""The schema of a workflow's payload."""

from __future__ import annotations

from typing import Any

from novu_framework.npm.ajv.validator import Issue
from novu_framework.npm.ecmascript.json import copy_json
from novu_framework.schemas.schema import Schema


class PayloadSchema(Schema):
    """A `Schema` that, where the user gave none, hands the payload over as it came.

    The npm package checks such a payload against its stand-in schema, which empties it. We show the same stand-in
    in discovery but give the workflow what was sent.
    """

    def check(self, data: Any, *, copy: bool = True) -> tuple[Any, list[Issue]]:
        """Check a payload; see `Schema.check`."""
        if self.source is not None:
            return self.validator.validate(data, copy=copy)
        if isinstance(data, dict):
            return copy_json(data) if copy else data, []
        return data, [Issue("", "must be object")]
