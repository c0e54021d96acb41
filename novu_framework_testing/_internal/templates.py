"""Whether the Liquid of a control compiles."""

from __future__ import annotations

import json
from typing import NamedTuple

from novu_framework.liquid import LiquidError, create_engine


class TemplateError(NamedTuple):
    """The error of a template that does not compile; `by_quotes` if only because a control is compiled inside JSON."""

    message: str
    by_quotes: bool


def template_error(template: str) -> TemplateError | None:
    """Compile a control as it is written, and as it is compiled: in a JSON text, where a double quote is escaped."""
    engine = create_engine()
    for source, by_quotes in ((template, False), (json.dumps(template, ensure_ascii=False), True)):
        try:
            engine.from_string(source)
        except LiquidError as error:
            return TemplateError(str(error), by_quotes)
    return None
