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

_SELECTORS = (
    ":root", "p", ".p", "#p", ".q.r", "a[href]", "[class~=q]", "[href^='https:' i]", "[align=right]", "td:first-child", "li:nth-child(2n+1)",
    "p:last-of-type", "div > p", "h1 + p", "b ~ *", "p:not(.p)", ":is(td, th) a", "a:hover", "p::before", "[data-ogsc] .p", "u + .body p", "p:empty",
    "*", "p:has(a)", "p:nth-child(",
)  # fmt: skip
_VALUES = (
    "--c:red", "--c:var(--d)", "--d:var(--c)", "--d:4px", "color:var(--c)", "color:var(--x,blue)", "padding:var(--d) 2px", "border:1px solid var(--c)",
    "background:var(", "color:red", "display:none", "color:blue !important", "content:'x'", "font:bold 12px/1 Arial",
)  # fmt: skip
_AROUND = (
    "{}",
    "{}",
    "@media (max-width:9px){{{}}}",
    "@media (prefers-color-scheme:dark){{{}}}",
    "@supports (display:grid){{{}}}",
)


def sheet(chance: random.Random) -> str:
    """Return a style sheet with variables, and with selectors by attributes and places."""
    rules = []
    for _ in range(chance.randint(1, 6)):
        selectors = ",".join(chance.sample(_SELECTORS, chance.randint(1, 2)))
        rule = f"{selectors}{{{';'.join(chance.sample(_VALUES, chance.randint(1, 3)))}}}"
        rules.append(chance.choice(_AROUND).format(rule))
    return f"<style>{''.join(rules)}</style>"


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
    old = chance.choice((*_BEFORE, sheet(chance), sheet(chance))) + body(chance)
    start, end = sorted(chance.randint(0, len(old)) for _ in range(2))
    return old, chance.choice(
        (
            old[:start] + old[end:],
            old[:start] + body(chance) + old[start:],
            old.replace(chance.choice(_TEXTS[1:]), chance.choice(_TEXTS)),
            old.replace(chance.choice(_ATTRIBUTES), chance.choice(_ATTRIBUTES)),
            old.replace(chance.choice(_VALUES), chance.choice(_VALUES)),
            old.replace(chance.choice(_SELECTORS), chance.choice(_SELECTORS)),
            body(chance),
        )
    )
