"""How large a template may be, and which controls stay compiled."""

from __future__ import annotations

from typing import Any

import pytest

from novu_framework.liquid import Limits, LiquidError, create_engine
from novu_framework.liquid.controls import _Cache, _Compiled
from tests.tables import walked


def least(template: str, limit: str) -> tuple[int, str]:
    """Return the smallest value of a limit with which a template parses, and what is said with one less."""
    said = ""
    for value in range(100):
        try:
            create_engine(limits=Limits(**{limit: value})).from_string(template)
            return value, said
        except LiquidError as error:
            said = f"{error.kind}: {error}"
    raise AssertionError(template)


@walked(
    ("template", "parts"),
    [
        ("", 0),
        ("text", 0),
        ("{{ a }}", 3),
        ("{{ a.b.c }}", 5),
        ("{{ a[b]['c'] }}", 5),
        ("{{ a | upcase }}", 5),
        ("{{ a | unknown: 1, x: 2 | raw }}", 9),
        ("{{ (1..2) }}", 5),
        ("{{ a == 1 and b }}", 7),
        ("{% assign x = 1 %}", 3),
        ("{% if a %}b{% else %}c{% endif %}", 7),
        ("{% for i in a limit: 2 %}{{ i }}{% endfor %}", 9),
        ("{% comment %}{{ a }}{% endcomment %}", 5),
        ("{% raw %}{{ a }}{% endraw %}", 0),
        ("{% liquid echo a\necho b %}", 6),
        ("{% render '{{ a }}' for empty %}", 7),
    ],
)
def test_every_tag_value_property_operator_and_filter_is_a_part(template: str, parts: int) -> None:
    found, said = least(template, "parts")
    assert (found, said) == (parts, "ParseError: parse length limit exceeded" if parts else "")


@walked(
    ("template", "depth"),
    [
        ("{{ a }}", 0),
        ("{% if a %}{% endif %}{% for i in b %}{% endfor %}", 1),
        ("{% if a %}{% if b %}{% endif %}{% endif %}{% unless c %}{% endunless %}", 2),
        (
            "{% case a %}{% when 1 %}{% capture x %}{% block y %}{% endblock %}{% endcapture %}{% endcase %}",
            3,
        ),
        ("{% tablerow i in a %}{% liquid if b\nif c\nendif\nendif %}{% endtablerow %}", 4),
        ("{% comment %}{% if a %}{% endcomment %}", 0),
    ],
)
def test_blocks_in_blocks_are_counted(template: str, depth: int) -> None:
    found, said = least(template, "nesting")
    assert (found, said) == (depth, "ParseError: nesting limit exceeded" if depth else "")


def test_characters_are_counted_with_all_that_is_markup() -> None:
    assert least("ab{{ c }}", "source") == (9, "ParseError: parse length limit exceeded")


ONE = _Compiled(None, "", 0)


def kept(cache: _Cache) -> list[bytes]:
    return list(cache._compiled)


def test_what_was_used_last_stays_compiled() -> None:
    cache = _Cache(entries=2, size=100)
    for source in (b"a", b"b"):
        cache.put(source, ONE)
    assert (kept(cache), cache.get(b"a"), cache.get(b"c")) == ([b"a", b"b"], ONE, None)
    cache.put(b"c", ONE)
    assert kept(cache) == [b"a", b"c"]


def test_as_much_text_stays_compiled_as_there_is_room_for() -> None:
    cache = _Cache(entries=9, size=6)
    cache.put(b"aaa", ONE)
    cache.put(b"bbb", ONE)
    cache.put(b"bbb", ONE)
    assert kept(cache) == [b"aaa", b"bbb"]
    cache.put(b"c", ONE)
    assert kept(cache) == [b"bbb", b"c"]
    cache.put(b"dd", ONE)
    assert kept(cache) == [b"bbb", b"c", b"dd"]
    cache.put(b"eeeeeee", ONE)  # more than all of it
    assert kept(cache) == []
    cache.put(b"ffffff", ONE)
    assert kept(cache) == [b"ffffff"]


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{{ rows | digest: 2, 3 }}", "keyPath.split is not a function"),
        ("{{ rows | toSentence: 'k', 1, 3 }}", "word.toLowerCase is not a function"),
        ("{{ 2 | pluralize: 3 }}", "word.toLowerCase is not a function"),
    ],
)
def test_what_is_no_text_where_one_is_asked_for_is_an_error(template: str, said: str) -> None:
    rows: list[Any] = [{"k": 1}] * 3
    with pytest.raises(LiquidError, match=said):
        create_engine().from_string(template).render(rows=rows)
