"""From tokens to nodes: what follows a tag is read by the tag itself, with the help of the `Parser`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from novu_framework.npm.liquidjs.errors import LiquidError, located
from novu_framework.npm.liquidjs.lexer import BLANKS, Token, tokenize, tokenize_lines
from novu_framework.npm.liquidjs.nodes import Node, Output, Text
from novu_framework.npm.liquidjs.scanner import ParseState, Scanner

ReadTag: TypeAlias = Callable[["Parser", Token, Scanner], Node]
"""Makes the node of a tag, from the parser, the tag's token and what is written in it.

A ValueError that it raises is an error of the tag as a whole. It leaves the parser at the tag's last token.
"""

_END = Token("end", "", -1, "")


class Parser:
    """Reads the tokens of one template, or of a piece of one.

    Args:
        tokens: The tokens.
        tags: What reads each tag, by name.
        state: The filters, and how many more parts the template may have.
        max_nesting: How deep blocks may nest.
        depth: How deep the piece is nested itself.
    """

    def __init__(
        self,
        tokens: Iterable[Token],
        tags: Mapping[str, ReadTag],
        state: ParseState,
        max_nesting: int,
        depth: int = 0,
    ) -> None:
        self._tokens = list(tokens)
        self._tags = tags
        self._state = state
        self._max_nesting = max_nesting
        self._depth = depth
        self._position = 0

    @property
    def current(self) -> Token:
        """The token that is read now; of the kind ``end`` behind the last one."""
        return self._tokens[self._position] if self._position < len(self._tokens) else _END

    def advance(self) -> None:
        """Go to the next token."""
        self._position += 1

    def nodes(self, *ends: str) -> list[Node]:
        """Read nodes up to one of the tags ``ends``, or to the end."""
        nodes = []
        while (token := self.current).kind != "end" and not (token.kind == "tag" and token.value in ends):
            nodes.append(Text(token) if token.kind == "content" else self._markup(token))
            self.advance()
        return nodes

    def _markup(self, token: Token) -> Node:
        try:
            written = self.scanner()
            if token.kind == "output":
                return Output(token, written.filtered())
            read = self._tags.get(token.value)
            if read is None:
                raise ValueError(f'tag "{token.value}" not found')
            return read(self, token, written)
        except ValueError as error:
            text = located(str(error), token.source, token.start_index)
            raise LiquidError(text, kind="ParseError") from error

    def block(self, opening: Token, *ends: str) -> tuple[list[Node], str]:
        """Read the nodes from after the current tag to the next of the tags ``ends``; tell which of them it was."""
        self.advance()
        self._depth += 1
        if self._depth > self._max_nesting:
            raise LiquidError("nesting limit exceeded", kind="ParseError")
        nodes = self.nodes(*ends)
        self._depth -= 1
        if self.current.kind == "end":
            raise ValueError(f"tag {tag_text(opening)} not closed")
        return nodes, self.current.value

    def scanner(self) -> Scanner:
        """Return a scanner over what is written in the current tag, and move to the tag's last token."""
        token = self.current
        self._state.count_part()
        following = self._tokens[self._position + 1 : self._position + 2]
        if not following or following[0].kind != "expression":
            name = tag_text(token).removesuffix("%}").removesuffix("-").rstrip(BLANKS)
            return Scanner("", self._state, source=token.source, offset=token.start_index + len(name))
        self.advance()
        written = following[0]
        return Scanner(written.value, self._state, source=written.source, offset=written.start_index)

    def parse_lines(self, text: str) -> list[Node]:
        """Read the content of a ``liquid`` tag, a tag on each line."""
        return self._piece(tokenize_lines(text), self._depth + 1)

    def parse_template(self, source: str) -> list[Node]:
        """Read another template, such as one that is named in a tag."""
        return self._piece(counted_tokens(source, self._state), 0)

    def _piece(self, tokens: Iterable[Token], depth: int) -> list[Node]:
        return Parser(tokens, self._tags, self._state, self._max_nesting, depth).nodes()


def counted_tokens(source: str, state: ParseState) -> Iterable[Token]:
    """Yield the tokens of ``source``, each tag and output counted as a part."""
    for token in tokenize(source):
        if token.kind in ("tag", "output"):
            state.count_part()
        yield token


def tag_text(token: Token) -> str:
    """Return the tag as it is written in the template."""
    end = token.source.find("%}", token.start_index + 1)
    return token.source[token.start_index : end + 2] if end >= 0 else token.source[token.start_index :]


def no_arguments(written: Scanner) -> None:
    """Refuse anything written in a closing tag."""
    if written.text:
        raise ValueError(f"unexpected {written.rest()}")
