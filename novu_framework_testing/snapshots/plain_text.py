"""The plain text of an email that has only HTML, as mail programs and providers make one."""

from __future__ import annotations

from novu_framework_testing._internal.html_document import parsed
from novu_framework_testing.snapshots.reading import Block, blocks_of

_LEFT_OUT = frozenset({"title", "invisible image", "hidden text"})


def plain_text(html: str) -> str:
    """Return an HTML body as plain text: a paragraph for each block, addresses behind the words of their links.

    >>> plain_text("<h1>Hello</h1><ul><li>Tea</ul><a href='https://acme.test'>Shop</a>")
    'Hello\\n\\n- Tea\\n\\nShop (https://acme.test)'
    """
    paragraphs: list[str] = []
    before = ""
    for block in blocks_of(parsed(html)):
        line = "" if block.kind in _LEFT_OUT else _line(block)
        if block.inside and paragraphs and line:
            # The words of the link stand there already.
            head, words, tail = paragraphs[-1].rpartition(block.text)
            paragraphs[-1] = f"{head}{line}{tail}" if words else f"{tail} {line}"
        elif line and block.kind == before == "list item":
            paragraphs[-1] += f"\n{line}"
        elif line:
            paragraphs.append(line)
        before = before if block.inside else block.kind
    return "\n\n".join(paragraphs)


def _line(block: Block) -> str:
    if block.kind == "list item":
        return f"- {block.text}"
    if block.is_image:
        return f"[{block.text}]" if block.text else ""
    if block.target and block.text != block.target.removeprefix("mailto:"):
        return f"{block.text} ({block.target})" if block.text else block.target
    return block.text
