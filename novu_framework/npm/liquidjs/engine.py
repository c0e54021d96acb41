"""The engine: a template's text in, a `Template` out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from novu_framework.npm.liquidjs import loops, tags
from novu_framework.npm.liquidjs.context import Context, Filter
from novu_framework.npm.liquidjs.errors import LiquidError
from novu_framework.npm.liquidjs.filters import arrays, dates, html, misc, numbers, strings, urls
from novu_framework.npm.liquidjs.limits import Limits, current
from novu_framework.npm.liquidjs.nodes import OutputEscape, Write, block
from novu_framework.npm.liquidjs.parser import Parser, ReadTag
from novu_framework.npm.liquidjs.scanner import ParseState
from novu_framework.npm.liquidjs.values import stringify, well_formed

_FILTERS: Final[Mapping[str, Filter]] = {
    **arrays.FILTERS,
    **dates.FILTERS,
    **html.FILTERS,
    **misc.FILTERS,
    **numbers.FILTERS,
    **strings.FILTERS,
    **urls.FILTERS,
}
_TAGS: Final[Mapping[str, ReadTag]] = {**tags.TAGS, **loops.TAGS}


class Template:
    """A parsed template. Many threads may render it at once."""

    def __init__(self, write: Write, limits: Limits, filters: Mapping[str, Filter]) -> None:
        self._write = write
        self._limits = limits
        self._filters = filters

    def render(self, *args: Any, **kwargs: Any) -> str:
        """Return the text that the template makes of its variables, given as ``dict`` takes them.

        Raises:
            LiquidError: A filter failed, or the template goes beyond its limits.
        """
        return self.render_with(dict(*args, **kwargs))

    def render_with(self, variables: Mapping[str, Any]) -> str:
        """Return the same as `render`, for variables in a mapping, which is not changed."""
        return self.render_metered(variables)[0]

    def render_metered(self, variables: Mapping[str, Any]) -> tuple[str, float]:
        """Return the same as `render_with`, and how much of the work that a template may ask for was left, in nanoseconds."""
        written: list[str] = []
        context = Context(variables, self._limits, self._filters)
        token = current.set(context)
        try:
            self._write(context, written.append)
            text = "".join(written)
            written.clear()
            return well_formed(text), context.work_left
        finally:
            current.reset(token)


class Engine:
    """Parses templates in the dialect of LiquidJS 10.

    Args:
        limits: How much a template may ask for.
        filters: Filters in addition to LiquidJS's own, or replacing them, by name.
        output_escape: How ``{{ value }}`` is printed unless its last filter is ``raw``, as the option of LiquidJS.

    >>> engine = Engine()
    >>> engine.from_string("Hi {{ name | capitalize }}{% if n > 1 %}, {{ n }} times{% endif %}").render(name="ann", n=2.0)
    'Hi Ann, 2 times'
    """

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        filters: Mapping[str, Filter] | None = None,
        output_escape: OutputEscape = stringify,
    ) -> None:
        self.limits: Final = limits or Limits()
        self.filters: dict[str, Filter] = {**_FILTERS, **(filters or {})}
        self._output_escape = output_escape

    def add_filter(self, name: str, function: Filter) -> None:
        """Add a filter, a function of the value before the ``|`` and of the arguments behind the name.

        Arguments beyond those that the function takes are left out. Whatever it raises is an error of the template.

        >>> engine = Engine()
        >>> engine.add_filter("shout", lambda value, mark="!": f"{value}{mark}")
        >>> engine.from_string("{{ 'hey' | shout: '?' }}").render()
        'hey?'
        """
        self.filters[name] = function

    def from_string(self, source: str) -> Template:
        """Parse a template.

        Raises:
            LiquidError: It does not parse, or it is larger than the limits allow.
        """
        limits = self.limits
        if len(source) > limits.source:
            raise LiquidError("parse length limit exceeded", kind="ParseError")
        parser = Parser(_TAGS, ParseState(self.filters, limits.parts), self._output_escape, limits.nesting)
        try:
            nodes = parser.parse(source)
        except RecursionError as error:
            raise LiquidError("nesting limit exceeded", kind="ParseError") from error
        return Template(block(nodes), limits, self.filters)
