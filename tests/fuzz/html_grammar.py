"""Made-up HTML with what emails are full of: links without words, cells in cells, rules that hold sometimes."""

from __future__ import annotations

import random

_TAGS = [
    "a",
    "p",
    "div",
    "td",
    "tr",
    "table",
    "span",
    "b",
    "sup",
    "sub",
    "ul",
    "ol",
    "li",
    "h1",
    "h2",
    "img",
    "br",
    "hr",
    "center",
    "th",
    "tbody",
    "button",
    "s",
    "em",
    "title",
    "style",
    "head",
    "body",
]
_ATTRIBUTES = (
    'href="https://x.test/a"', 'href=""', 'href="?a=1"', 'src="a.png"', 'src=""', 'alt=""', 'alt="A"', 'style="color:red"',
    'style="border-top:1px solid #000"', 'style="display:none"', 'class="p"', 'class="q r"', "id=p", "align=right", "dir=rtl", "width=1",
    "start=3", "valign=top", "lang=de", 'style="vertical-align:super"', 'style="float:left"', 'style="display:inline-block;width:50%"',
    "bgcolor=#fff", "role=presentation", 'srcset="b 2x"',
)  # fmt: skip
_TEXTS = (
    "",
    "Hi",
    "£5.99",
    "10:30",
    "  ",
    "a",
    "1 May",
    "x\ny",
    "&nbsp;",
    "你好",
    "👍🏽",
    "Pay now",
    "&lt;",
    "5",
)
_BEFORE = (
    "", "<style>@media (max-width:9px){.p{color:red}.q{display:none}}</style>", "<!--[if mso]><td><p>x</p><![endif]-->",
    "<style>@media (prefers-color-scheme:dark){.p b{color:red}#p{padding:3px}}.q td{color:blue}a:hover{color:red}</style>",
)  # fmt: skip


def body(chance: random.Random, depth: int = 0) -> str:
    """Return a body."""
    parts = []
    for _ in range(chance.randint(0, 4)):
        if chance.random() < 0.35 or depth > 4:
            parts.append(chance.choice(_TEXTS))
        else:
            tag, attributes = chance.choice(_TAGS), chance.sample(_ATTRIBUTES, chance.randint(0, 3))
            end = "" if chance.random() < 0.1 else f"</{tag}>"
            parts.append(f"<{tag} {' '.join(attributes)}>{body(chance, depth + 1)}{end}")
    return "".join(parts)


def versions(seed: int) -> tuple[str, str]:
    """Return a body, and another one that somebody made of it, also in the middle of a tag."""
    chance = random.Random(seed)
    old = chance.choice(_BEFORE) + body(chance)
    start, end = sorted(chance.randint(0, len(old)) for _ in range(2))
    return old, chance.choice(
        (
            old[:start] + old[end:],
            old[:start] + body(chance) + old[start:],
            old.replace(chance.choice(_TEXTS[1:]), chance.choice(_TEXTS)),
            old.replace(chance.choice(_ATTRIBUTES), chance.choice(_ATTRIBUTES)),
            body(chance),
        )
    )
