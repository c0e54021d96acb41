"""The engine: python-liquid's environment and block parser, with LiquidJS 10's grammar, tags, filters and printing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from io import StringIO
from pathlib import Path
from threading import RLock
from typing import Any, ClassVar, Final

from liquid import BoundTemplate, Environment, Mode
from liquid.ast import Node
from liquid.exceptions import BlockNestingError
from liquid.parser import get_parser
from liquid.stream import TokenStream
from liquid.tag import Tag
from liquid.token import TOKEN_OUTPUT, TOKEN_TAG, Token

from novu_framework.npm.ecmascript.text import join_surrogates
from novu_framework.npm.liquidjs import loops, tags
from novu_framework.npm.liquidjs.context import Context
from novu_framework.npm.liquidjs.errors import LiquidError
from novu_framework.npm.liquidjs.filters import arrays, dates, html, numbers, strings, urls
from novu_framework.npm.liquidjs.lexer import tokenize
from novu_framework.npm.liquidjs.limits import Limits
from novu_framework.npm.liquidjs.nodes import Block
from novu_framework.npm.liquidjs.scanner import Parsing
from novu_framework.npm.liquidjs.values import meter

FILTERS: Final[dict[str, Callable[..., Any]]] = {
    **arrays.FILTERS,
    **dates.FILTERS,
    **html.FILTERS,
    **numbers.FILTERS,
    **strings.FILTERS,
    **urls.FILTERS,
}

TAGS: Final[tuple[type[Tag], ...]] = (
    tags.OutputTag,
    tags.ContentTag,
    tags.UnknownTag,
    tags.AssignTag,
    tags.BlockTag,
    loops.BreakTag,
    tags.CaptureTag,
    tags.CaseTag,
    tags.CommentTag,
    loops.ContinueTag,
    tags.CycleTag,
    tags.DecrementTag,
    tags.EchoTag,
    loops.ForTag,
    tags.IfTag,
    tags.IncludeTag,
    tags.IncrementTag,
    tags.InlineCommentTag,
    tags.LayoutTag,
    tags.LiquidTag,
    tags.RenderTag,
    loops.TableRowTag,
    tags.UnlessTag,
)


class Template(BoundTemplate):
    """A parsed template. Safe to render from many threads at once."""

    def __init__(self, env: Environment, nodes: list[Node], *args: Any, limits: Limits | None = None, **options: Any) -> None:  # fmt: skip
        super().__init__(env, nodes, *args, **options)
        self._limits = limits or Limits()
        self._block = Block(nodes)

    def render(self, *args: Any, **kwargs: Any) -> str:
        """The text that the template makes of its variables, given as ``dict`` takes them.

        Raises:
            LiquidError: A filter failed, or the template asked for more than its limits.
        """
        return self.render_with(dict(*args, **kwargs))

    def render_with(self, variables: Mapping[str, Any]) -> str:
        """`render`, for variables that are in a mapping already. The mapping is not changed."""
        out = StringIO()
        ctx = Context(self, variables, self._limits)
        told = meter.set(ctx.charge_items)
        try:
            self._block.write(ctx, out)
        finally:
            meter.reset(told)
        return join_surrogates(out.getvalue())


class Engine(Environment):
    """Parses templates in the dialect of LiquidJS 10 as ``@novu/framework`` sets it up.

    It is a python-liquid ``Environment``: ``add_filter`` and ``add_tag`` add to it.

    >>> engine = Engine()
    >>> engine.from_string("Hi {{ name | capitalize }}{% if n > 1 %}, {{ n }} times{% endif %}").render(name="ann", n=2.0)
    'Hi Ann, 2 times'
    """

    template_class = Template
    block_nesting_limit: ClassVar[int] = 100

    def __init__(self, limits: Limits | None = None) -> None:
        super().__init__(tolerance=Mode.STRICT, strict_filters=False)
        self.limits = limits or Limits()
        self.parsing = Parsing(self.filters)
        self._lock = RLock()

    def setup_tags_and_filters(self, *, extra: bool = False) -> None:
        for tag in TAGS:
            self.add_tag(tag)
        self.filters.update(FILTERS)

    def tokenizer(self) -> Callable[[str], Iterator[Token]]:
        return self._tokens

    def _tokens(self, source: str) -> Iterator[Token]:
        for token in tokenize(source):
            if token.kind in (TOKEN_TAG, TOKEN_OUTPUT):
                self.parsing.take_part()
            yield token

    def from_string(
        self,
        source: str,
        name: str = "",
        path: str | Path | None = None,
        globals: Mapping[str, object] | None = None,
        matter: Mapping[str, object] | None = None,
    ) -> Template:
        """Parse ``source``.

        Raises:
            LiquidError: It does not parse, or it is larger than the limits allow.
        """
        if len(source) > self.limits.source:
            raise LiquidError("parse length limit exceeded", kind="ParseError")
        with self._lock:
            self.parsing.parts_left = self.limits.parts
            nodes = self.parse_nodes(source)
        return Template(self, nodes, name, path, self.make_globals(globals), matter, limits=self.limits)

    def parse_nodes(self, source: str) -> list[Node]:
        """The nodes of ``source``, a template or a piece of one."""
        try:
            return get_parser(self).parse(TokenStream(self._tokens(source)))
        except (BlockNestingError, RecursionError) as error:
            raise LiquidError("nesting limit exceeded", kind="ParseError") from error
