"""What templates pay: memory before anything is built, work before anything is done."""

from __future__ import annotations

import math
from typing import Any

import pytest

from novu_framework.liquid import Limits, LiquidError, compile_controls, create_engine
from novu_framework.npm.liquidjs.limits import PART, ROUND, charge, costs, current
from tests.tables import walked

VARIABLES: dict[str, Any] = {
    "s": "abcdefgh",
    "quotes": '""""',
    "items": ["ab", "cd", "ef"],
    "face": "\U0001f600",
    "data": {"k": "vv", "l": [1, 2]},
    "long": "ab" * 50_000,
    "row": [{"k": 1}],
    "rows": [{"k": 1}] * 50,
}


def least(template: str, limit: str, refusal: str) -> int:
    """Return the smallest value of a limit with which a template renders; below it, it is refused in these words."""
    low, high = -1, 100_000
    while high - low > 1:
        middle = (low + high) // 2
        try:
            create_engine(limits=Limits(**{limit: middle})).from_string(template).render(VARIABLES)
            high = middle
        except LiquidError as error:
            if str(error) != refusal:
                raise
            low = middle
    return high


def least_memory(template: str) -> int:
    """Return the smallest limit of memory with which a template renders."""
    return least(template, "memory", "memory alloc limit exceeded")


@walked(
    ("template", "characters"),
    [
        ("", 0),
        ("text", 4),
        ("{{ s }}", 8),
        ("{{ s }}{{ s }}x", 17),
        ("{{ quotes }}", 8),  # as it is printed: each with a backslash
        ("{% assign t = s %}", 0),
        ("{% capture t %}{{ s }}{% endcapture %}", 16),
        ("{% for i in items %}xy{% endfor %}", 6),
        ("{% for i in (1..3) %}{% endfor %}", 192),
        ("{% for i in items limit: 1 %}{% endfor %}", 192),
        ("{% cycle s: s %}", 18),
        ("{% echo s %}", 8),
        ("{{ s | size }}", 1),
        ("{{ s | default: 'x' }}", 8),
        ("{{ s | upcase }}", 16),
        ("{{ s | append: 'xy' }}", 30),
        ("{{ s | replace: 'a', '1234567' }}", 36),
        ("{{ s | slice: 0, 2 }}", 10),
        ("{{ quotes | escape | raw }}", 40),
        ("{% assign t = items | reverse %}", 192),
        ("{% assign t = items | push: 1 %}", 256),
        ("{% assign t = items | concat: items %}", 384),
        ("{% assign t = s | split: 'd' %}", 137),
        ("{% assign t = s | split: '' %}", 520),
        ("{% assign t = face | split: '' %}", 129),
        ("{{ items | join: '--' }}", 214),
        ("{{ items }}", 262),
        ("{{ data }}", 388),
        ("{{ 0 | date: '%9d' }}", 46),
    ],
)
def test_memory_is_counted_in_characters_and_in_64_an_item(template: str, characters: int) -> None:
    assert least_memory(template) == characters


def work_of(template: str) -> int:
    """Return the work of a template in nanoseconds, rounded up to a round."""
    return least(template, "rounds", "template render limit exceeded") * ROUND


@pytest.mark.parametrize(
    ("many", "parts"),
    [
        ("{{ a }}", 2),
        ("{{ a.b.c }}", 4),
        ("{% assign x = a %}", 2),
        ("{{ a | unknown }}", 3),
        ("{% if a and b == c %}{% endif %}", 8),
        ("{% case a %}{% when 1, 2 %}{% endcase %}", 6),
    ],
)
def test_work_grows_with_all_that_is_written_whatever_of_it_runs(many: str, parts: int) -> None:
    assert work_of(many * 400) == pytest.approx(400 * parts * PART, rel=0.35)


def test_what_is_written_once_and_repeated_is_paid_each_time() -> None:
    once, often = (
        work_of(f"{{% for i in (1..{count}) %}}{{{{ i.a.b }}}}{{% endfor %}}") for count in (20, 200)
    )
    assert 8 < often / once < 11


def test_a_block_deep_in_others_pays_for_the_scopes_around_it() -> None:
    deep = "{% block b %}" * 64 + "{{ a }}" * 100 + "{% endblock %}" * 64
    assert work_of(deep) > 4 * work_of("{{ a }}" * 100)


@pytest.mark.parametrize(
    ("dear", "cheap"),
    [
        ("{{ s | slugify }}", "{{ s | upcase }}"),
        ("{{ items | uniq }}", "{{ items | size }}"),
        ("{{ '" + "\ud800" * 99 + "' | sha256 }}", "{{ '" + "x" * 99 + "' | sha256 }}"),
        ("{{ 3 | pluralize: 'x' }}", "{{ 3 | plus: 1 }}"),
        ("{{ 0 | date: '%Y%Y' }}", "{{ 0 | date: '%Y' }}"),
        ("{{ rows | toSentence: 'k' }}", "{{ row | toSentence: 'k' }}"),
        ("{{ rows | toSentence: 'k', 99 }}", "{{ rows | toSentence: 'k', 2 }}"),
        ("{% if long contains 'bb' %}{% endif %}", "{% if s contains 'bb' %}{% endif %}"),
        ("{% if rows contains 'bb' %}{% endif %}", "{% if row contains 'bb' %}{% endif %}"),
        ("{{ items | where_exp: 'x', 'x == 1 or x == 2' }}", "{{ items | where_exp: 'x', 'x' }}"),
    ],
)
def test_a_filter_pays_what_it_takes(dear: str, cheap: str) -> None:
    assert work_of(dear * 50) > work_of(cheap * 50)


def test_a_filter_of_the_users_can_say_what_it_takes() -> None:
    engine = create_engine(limits=Limits(rounds=1_000))
    engine.add_filter("cheap", lambda value: value)
    engine.add_filter("dear", costs(ROUND * 2_000)(lambda value: value))
    assert engine.from_string("{{ 1 | cheap }}").render() == "1"
    with pytest.raises(LiquidError, match="template render limit exceeded"):
        engine.from_string("{{ 1 | dear }}").render()


def test_a_filter_is_not_called_for_what_there_is_no_room_for() -> None:
    engine = create_engine(limits=Limits(memory=100))
    called: list[Any] = []
    engine.add_filter("note", called.append)
    with pytest.raises(LiquidError, match="memory alloc limit exceeded"):
        engine.from_string("{{ s | note }}").render(s="x" * 101)
    with pytest.raises(LiquidError, match="memory alloc limit exceeded"):
        engine.from_string("{{ 1 | note: s }}").render(s="x" * 101)
    assert called == []


def test_outside_of_a_render_nothing_is_counted() -> None:
    with pytest.raises(LiquidError):
        create_engine(limits=Limits(memory=1)).from_string("xx").render()
    charge(10**12)
    assert current.get().memory_left == math.inf


def test_the_memory_of_rendered_controls_is_bounded() -> None:
    def compiled(said: str) -> dict[str, Any]:
        return compile_controls({"body": "{{ payload.said }}"}, {"payload": {"said": said}})

    # an emoji makes four bytes of every character
    for said in ("a" * 1_600_000, "a" * 1_490_000 + "\U0001f600"):
        assert compiled(said) == {"body": said}
    with pytest.raises(LiquidError, match="memory alloc limit exceeded"):
        compiled("a" * 1_600_000 + "\U0001f600")


def test_translations_that_a_payload_holds_are_bounded() -> None:
    def compiled(count: int) -> dict[str, Any]:
        return compile_controls({"body": "{{ payload.q }}"}, {"payload": {"q": "[T:a]" * count}})

    assert compiled(3) == {"body": "{{t.a}}" * 3}
    with pytest.raises(LiquidError, match="template render limit exceeded"):
        compiled(100_001)
