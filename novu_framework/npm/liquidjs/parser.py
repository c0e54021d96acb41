"""From tokens to nodes: each tag reads what follows it with the help of the `Parser`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from novu_framework.npm.liquidjs.errors import LiquidError, located
from novu_framework.npm.liquidjs.lexer import Token, tokenize, tokenize_lines
from novu_framework.npm.liquidjs.nodes import Node, OutputEscape, Write, output
from novu_framework.npm.liquidjs.scanner import ParseState, Scanner

ReadTag: TypeAlias = Callable[["Parser", Token, Scanner], Write]
"""Reads a tag: given the parser, the tag's token and a scanner of its arguments, returns what renders the tag.

A ValueError that it raises is an error of the tag as a whole. It leaves the parser at the tag's last token.
"""


class Parser:
    """Reads one template.

    Args:
        tags: What reads each tag, by name.
        state: The filters, and how many more parts the template may have.
        escape: How values are printed.
        max_nesting: How many blocks may stand inside each other.
    """

    def __init__(
        self, tags: Mapping[str, ReadTag], state: ParseState, escape: OutputEscape, max_nesting: int
    ) -> None:
        self.escape = escape
        self._tags = tags
        self._state = state
        self._max_nesting = max_nesting
        self._tokens: list[Token] = []
        self._position = 0
        self._depth = 0
        self._weighed = 0

    def parse(self, source: str) -> list[Node]:
        """Return the nodes of a template, or of one that is written inside another."""
        tokens = []
        for token in tokenize(source):
            if token.kind != "text":
                self._state.count_part()
            tokens.append(token)
        return self._parse_tokens(tokens, depth=0)

    def parse_lines(self, source: str) -> list[Node]:
        """Return the nodes of the ``liquid`` tag's content, which has a tag on each line."""
        return self._parse_tokens(tokenize_lines(source), depth=self._depth + 1)

    def _parse_tokens(self, tokens: Iterable[Token], depth: int) -> list[Node]:
        outer = self._tokens, self._position, self._depth
        self._tokens, self._position, self._depth = list(tokens), 0, depth
        nodes = self._nodes()
        self._tokens, self._position, self._depth = outer
        return nodes

    def body(self, opening: Token, *ends: str) -> tuple[list[Node], str, Scanner]:
        """Read from behind a tag to the next of the tags ``ends``.

        Returns:
            The nodes between, the name of the tag that ends them, and a scanner of its arguments.
        """
        self._depth += 1
        if self._depth > self._max_nesting:
            raise LiquidError("nesting limit exceeded", kind="ParseError")
        self._position += 1
        nodes = self._nodes(*ends)
        self._depth -= 1
        end = self._end_of(opening)
        return nodes, end.name, self._scanner(end)

    def skip_body(self, opening: Token, end: str) -> None:
        """Go from a tag to the next tag ``end``, and parse nothing between."""
        while self._position < len(self._tokens) and self._tokens[self._position].name != end:
            self._position += 1
        self._scanner(self._end_of(opening))

    def rest(self) -> list[Node]:
        """Read all that follows a tag."""
        self._position += 1
        return self._nodes()

    def _end_of(self, opening: Token) -> Token:
        if self._position >= len(self._tokens):
            raise ValueError(f"tag {opening.written} not closed")
        return self._tokens[self._position]

    def _nodes(self, *ends: str) -> list[Node]:
        nodes = []
        tokens = self._tokens
        while self._position < len(tokens):
            token = tokens[self._position]
            if token.kind == "text":
                nodes.append(Node(token, token.text))
            elif token.name in ends:
                break
            else:
                nodes.append(self._markup(token))
            self._position += 1
        return nodes

    def _markup(self, token: Token) -> Node:
        parts_left, weighed = self._state.parts_left, self._weighed
        write = self._write_of(token)
        # What is looked up may be in any of the scopes around it.
        weight = (parts_left - self._state.parts_left) - (self._weighed - weighed)
        self._weighed += weight
        return Node(token, write, weight * (1 + self._depth // 8))

    def _write_of(self, token: Token) -> Write:
        try:
            scanner = self._scanner(token)
            if token.kind == "output":
                return output(scanner.filtered_value(), self.escape)
            read = self._tags.get(token.name)
            if read is None:
                raise ValueError(f'tag "{token.name}" not found')
            return read(self, token, scanner)
        except ValueError as error:
            text = located(str(error), token.source, token.start)
            raise LiquidError(text, kind="ParseError") from error

    def _scanner(self, token: Token) -> Scanner:
        self._state.count_part()
        return Scanner(token.text, self._state, source=token.source, offset=token.offset)
