"""The engine: it parses templates, with the tags and filters of LiquidJS 10 and those that are added."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import StringIO
from typing import Any, Final

from novu_framework.npm.ecmascript.text import join_surrogates
from novu_framework.npm.liquidjs import loops, tags
from novu_framework.npm.liquidjs.context import Context
from novu_framework.npm.liquidjs.errors import LiquidError
from novu_framework.npm.liquidjs.filters import arrays, dates, html, numbers, strings, urls
from novu_framework.npm.liquidjs.limits import Limits
from novu_framework.npm.liquidjs.nodes import Block
from novu_framework.npm.liquidjs.parser import Parser, ReadTag, counted_tokens
from novu_framework.npm.liquidjs.scanner import ParseState
from novu_framework.npm.liquidjs.values import meter

FILTERS: Final[Mapping[str, Callable[..., Any]]] = {
    **arrays.FILTERS,
    **dates.FILTERS,
    **html.FILTERS,
    **numbers.FILTERS,
    **strings.FILTERS,
    **urls.FILTERS,
}

TAGS: Final[Mapping[str, ReadTag]] = {**tags.TAGS, **loops.TAGS}


class Template:
    """A parsed template. Safe to render from many threads at once."""

    def __init__(self, block: Block, limits: Limits, filters: Mapping[str, Callable[..., Any]]) -> None:
        self._block = block
        self._limits = limits
        self._filters = filters

    def render(self, *args: Any, **kwargs: Any) -> str:
        """Return the text that the template makes of its variables, given as ``dict`` takes them.

        Raises:
            LiquidError: A filter failed, or the template went beyond its limits.
        """
        return self.render_with(dict(*args, **kwargs))

    def render_with(self, variables: Mapping[str, Any]) -> str:
        """Return what `render` does, for variables that are in a mapping already. The mapping is not changed."""
        out = StringIO()
        ctx = Context(variables, self._limits, self._filters)
        token = meter.set(ctx.charge_items)
        try:
            self._block.write(ctx, out)
        finally:
            meter.reset(token)
        return join_surrogates(out.getvalue())


class Engine:
    """Parses templates in the dialect of LiquidJS 10.

    Args:
        filters: Filters beside LiquidJS's own, or in their place, by name.
        limits: What a template may ask for.

    >>> engine = Engine()
    >>> engine.from_string("Hi {{ name | capitalize }}{% if n > 1 %}, {{ n }} times{% endif %}").render(name="ann", n=2.0)
    'Hi Ann, 2 times'
    """

    def __init__(
        self, filters: Mapping[str, Callable[..., Any]] | None = None, limits: Limits | None = None
    ) -> None:
        self.filters = {**FILTERS, **(filters or {})}
        self.limits = limits or Limits()

    def add_filter(self, name: str, function: Callable[..., Any]) -> None:
        """Add a filter: a function of the value and its arguments. Arguments beyond those it takes are left out."""
        self.filters[name] = function

    def from_string(self, source: str) -> Template:
        """Parse ``source``.

        Raises:
            LiquidError: It does not parse, or it is larger than the limits allow.
        """
        limits = self.limits
        if len(source) > limits.source:
            raise LiquidError("parse length limit exceeded", kind="ParseError")
        state = ParseState(self.filters, limits.parts)
        try:
            nodes = Parser(counted_tokens(source, state), TAGS, state, limits.nesting).nodes()
        except RecursionError as error:
            raise LiquidError("nesting limit exceeded", kind="ParseError") from error
        return Template(Block(nodes), limits, self.filters)
