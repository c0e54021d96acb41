"""The schema of a step's controls."""

from __future__ import annotations

import logging
from typing import Any

from pydantic import ValidationError

from novu_framework.npm.ajv.validator import Issue
from novu_framework.schemas.construction import construct
from novu_framework.schemas.schema import Schema

logger = logging.getLogger("novu_framework")


class ControlSchema(Schema):
    """A `Schema` whose `build` never fails.

    Controls are checked as they were saved, with their Liquid, and compiled afterwards. The compiled text may then
    break what the model asks for (a length, a pattern, a validator of the user's), and the npm package would send
    the notification all the same; so here the value is put in as it is, and the log says so. Controls without a
    schema are empty, as in the package: the stand-in schema drops every key.
    """

    def check(self, data: Any, *, copy: bool = True) -> tuple[Any, list[Issue]]:
        """Check controls as they were saved, templates and all; see `Schema.check`."""
        if self.source is None and isinstance(data, dict):
            return {}, []  # what the stand-in schema leaves, sooner
        return self.validator.validate(data, copy=copy)

    def build(self, data: Any) -> Any:
        """Return compiled controls as their schema says; what no longer fits is used as it is."""
        try:
            return super().build(data)
        except ValidationError as error:
            logger.warning(
                "Controls no longer fit %s once their templates are compiled; used as they are: %s",
                getattr(self.source, "__name__", self.source),
                error,
            )
            return construct(self.source, data)
