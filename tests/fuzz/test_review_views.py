"""What is said of a look is true on large and small screens, in light and dark mode, whatever rule stands over what always holds.

Pages with one property, in two versions: what it has always, and what a rule says for a time. What each of the four views shows
is worked out here; a sentence that is said of a view that did not change, or a view that changed unsaid, is a mistake.
"""

from __future__ import annotations

import itertools
import random
import re

import pytest

from novu_framework_testing.snapshots.html_diff import html_changes
from tests.fuzz import FUZZ
from tests.tables import walked

View = tuple[str, str]
VIEWS: list[View] = list(itertools.product(("large", "small"), ("light", "dark")))
RULES = {
    "@media only screen and (max-width:480px)": lambda view: view[0] == "small",
    "@media (min-width:480px)": lambda view: view[0] == "large",
    "@media (prefers-color-scheme:dark)": lambda view: view[1] == "dark",
    "@media (prefers-color-scheme:light)": lambda view: view[1] == "light",
}
TIMES = {" on large screens": ("large", None), " on small screens": ("small", None), " in dark mode": (None, "dark"), " in light mode": (None, "light")}  # fmt: skip
PARTS = {
    "text": "<p class=x style='{}'>Show this code</p>",
    "cell": "<div style='max-width:600px'><table width='100%' role=presentation><tr><td class=x style='{}'><div>Show this code</div></td></tr></table></div>",
    "words": "<p>And <span class=x style='{}'>Show this code</span> you</p>",
    "box": "<div class=x style='{}'><p>Show this code</p><p>Second words</p></div>",
    "link": "<p><a href=/x class=x style='{}'>Show this code</a></p>",
    "heading": "<h1 class=x style='{}'>Show this code</h1>",
}
VALUES = {
    "color": ("#aa0000", "#00aa00", "#0000aa"), "background-color": ("#aa0000", "#00aa00", "#0000aa"), "font-size": ("15px", "25px", "35px"),
    "padding": ("11px", "22px", "33px"), "text-align": ("left", "center", "right"), "letter-spacing": ("1px", "2px", "3px"),
    "line-height": ("21px", "22px", "23px"), "border-radius": ("3px", "4px", "5px"), "width": ("111px", "222px", "333px"),
}  # fmt: skip
SAID_AS = {"left": "on the left", "center": "in the middle", "right": "on the right"}
CASES = [
    ("color", "text"), ("color", "words"), ("color", "cell"), ("color", "link"), ("background-color", "cell"), ("background-color", "box"),
    ("font-size", "heading"), ("text-align", "text"), ("text-align", "cell"), ("padding", "cell"), ("padding", "box"), ("width", "text"),
]  # fmt: skip


def page(part: str, name: str, always: str, rule: str, sometimes: str | None) -> str:
    style = f"{rule}{{.x{{{name}:{sometimes}!important}}}}" if sometimes else ""
    return f"<style>{style}</style>{PARTS[part].format(f'{name}:{always}')}<p>Hello dear reader</p>"


def views_of(sentence: str) -> list[View]:
    """The views that a sentence is said of."""
    plain = re.sub("“[^”]*”", "", sentence)
    said = [time for text, time in TIMES.items() if text in plain]
    return [view for view in VIEWS if all(one in (None, shown) for time in said for one, shown in zip(time, view, strict=True))]  # fmt: skip


@walked("name, part", CASES)
@pytest.mark.parametrize("rule", RULES)
def test_what_is_said_of_a_look_is_so_in_each_view(name: str, part: str, rule: str) -> None:
    values = VALUES[name]
    versions = list(itertools.product(values[:2], (None, *values)))
    pairs = list(itertools.permutations(versions, 2))
    for old, new in random.Random(f"{name} {part} {rule}").sample(pairs, min(len(pairs), 6 * FUZZ)):
        changes = html_changes(page(part, name, old[0], rule, old[1]), page(part, name, new[0], rule, new[1]))
        said = [each.sentence or "" for each in changes if each.part != "unseen"]
        for view in VIEWS:
            was, now = (
                sometimes if sometimes and RULES[rule](view) else always for always, sometimes in (old, new)
            )
            here = [sentence for sentence in said if view in views_of(sentence)]
            if was == now:
                assert here == [], (old, new, view)
            else:
                assert any(SAID_AS.get(now, now) in sentence for sentence in here), (old, new, view, said)
