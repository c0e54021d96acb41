"""What a template may reach, how much it may ask for, and what compiling controls leaves behind."""

from __future__ import annotations

import copy
import doctest
import importlib
import pkgutil
import sys
import tracemalloc
import zoneinfo
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from random import Random
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
from markupsafe import Markup

import novu_framework.liquid
import novu_framework.npm
from novu_framework.liquid import (
    ControlsError,
    Limits,
    LiquidError,
    compile_controls,
    controls,
    create_engine,
    with_context,
)
from novu_framework.npm.ecmascript import text as ecmascript_text
from novu_framework.npm.jsonrepair import repaired
from novu_framework.npm.liquidjs.context import Context
from novu_framework.npm.liquidjs.engine import Engine as LiquidJSEngine
from novu_framework.npm.liquidjs.filters import dates, urls
from tests.tables import walked


def render(template: str, **variables: Any) -> str:
    return create_engine().from_string(template).render(**variables)


class Secretive:
    secret = "s3cret"

    def tell(self) -> str:
        return self.secret

    def __str__(self) -> str:
        return self.secret


@walked(
    "path",
    [
        "thing.secret",
        "thing.tell",
        "thing['secret']",
        "thing.__class__",
        "thing",
        "things[0].secret",
        "things.append",
        "fields.keys",
        "fields.__class__.__mro__",
        "text.upper",
        "text.__class__",
        "number.real",
        "__class__",
        "forloop.__class__",
        "ctx",
        "self",
    ],
)
def test_nothing_of_python_is_reached(path: str) -> None:
    thing = Secretive()
    text = render("{{ " + path + " }}", thing=thing, things=[thing], fields={"a": 1}, text="x", number=1)
    assert text in ("", "[object Object]")


def test_filters_reach_nothing_of_python_either() -> None:
    things = [Secretive()]
    for filter_ in (
        "map: 'secret'",
        "sort: 'secret'",
        "where: 'secret'",
        "group_by: 'tell'",
        "toSentence: 'secret'",
        "json",
    ):
        assert "s3cret" not in render("{{ things | " + filter_ + " }}", things=things)


@pytest.mark.parametrize(
    "template",
    [
        "{% for i in (1..1000000000) %}x{% endfor %}",
        "{% for i in (1..900) %}{% for j in (1..900) %}{% for k in (1..900) %}{% endfor %}{% endfor %}{% endfor %}",
        "{% assign s = 'xxxxxxxx' %}{% for i in (1..99) %}{% capture s %}{{ s }}{{ s }}{% endcapture %}{% endfor %}",
        "{% assign s = 'xxxxxxxx' %}{% for i in (1..99) %}{% assign s = s | append: s %}{% endfor %}",
        "{% assign s = (1..9) %}{% for i in (1..99) %}{% assign s = s | concat: s %}{% endfor %}",
        "{% assign s = (1..9) %}{% for i in (1..99) %}{% assign s = '' | split: '' | push: s | push: s %}{% endfor %}{{ s }}",
        "{% assign s = (1..9) %}{% for i in (1..99) %}{% assign s = '' | split: '' | push: s | push: s %}{% endfor %}"
        "{{ s | join }}",
        "{{ 1 | date: '%999999999d' }}",
        "{% capture a %}" * 10_000 + "{% endcapture %}" * 10_000,
        "{% if true %}" * 101 + "{% endif %}" * 101,
        "{{ a" + "[a" * 2_000 + "]" * 2_000 + " }}",
        "{{ a " + "| upcase " * 10_000 + "}}",
        "{{ a }}" * 10_000,
        "a" * 10_000_000,
    ],
    ids=lambda template: template[:60],
)
def test_a_template_that_asks_for_too_much_is_an_error(template: str) -> None:
    with pytest.raises(LiquidError, match="limit exceeded"):
        render(template)
    with pytest.raises(LiquidError, match="limit exceeded"):
        compile_controls({"control": template}, {})


@pytest.mark.parametrize("between", ["{", '" a', '") ', '"+', '",', "'", '"\n'])
def test_values_that_break_the_rendered_json_over_and_over_end_in_an_answer_or_an_error(between: str) -> None:
    try:
        answer: Any = compile_controls({"a": "{{ payload.x | raw }}"}, {"payload": {"x": between * 50_000}})
    except ControlsError as error:
        answer = error.data
    assert answer == {} or "position" in answer or "a" in answer


def test_a_text_that_ends_in_an_open_escape_is_repaired() -> None:
    assert repaired('{"a": "b\\') == '{"a": "b"}'


@walked("wrap", [lambda inner: {"a": inner}, lambda inner: [inner]], ids=["objects", "arrays"])
@walked(("levels", "fit"), [(100, True), (101, False), (10_000, False)])
def test_controls_nested_too_deep_are_an_error(wrap: Any, levels: int, fit: bool) -> None:
    nested: Any = "{{ payload.a }}"
    for _ in range(levels - 1):
        nested = wrap(nested)
    if fit:
        assert str(compile_controls({"a": nested}, {"payload": {"a": "found"}})).count("found") == 1
    else:
        with pytest.raises(LiquidError, match="nesting limit exceeded"):
            compile_controls({"a": nested}, {})


@walked(
    ("written", "expected"),
    [("{a: 1}", '{"a": 1}'), ("[a]", '["a"]'), ("{'a': 1},", "{'a': 1},"), ("a: 1}", "a: 1}"), ("['a'],", "['a'],"), ("'a' ]", "'a' ]")],
)  # fmt: skip
def test_a_text_of_the_data_is_repaired_where_it_begins_and_ends_as_json(written: str, expected: str) -> None:
    assert compile_controls({"data": {"x": written}}, {}) == {"data": {"x": expected}}


def test_limits_may_be_set() -> None:
    engine = create_engine(limits=Limits(rounds=20))
    assert engine.from_string("{% for i in (1..5) %}x{% endfor %}").render() == "xxxxx"
    with pytest.raises(LiquidError, match="render limit"):
        engine.from_string("{% for i in (1..50) %}x{% endfor %}").render()


def test_controls_without_markup_are_given_back_as_they_are() -> None:
    given = {"subject": "Hello", "amount": 2, "deep": [{"x": None}]}
    assert compile_controls(given, {}) is given


def test_controls_and_variables_are_not_changed() -> None:
    given = {
        "a": "{% increment n %}{% assign name = 'x' %}{{ payload.l | push: 4 | sort | first }}",
        "b": ["{{ n }}"],
    }
    variables = {"payload": {"l": [3, 1]}, "n": 7}
    assert compile_controls(given, variables) == {"a": "71", "b": ["8"]}
    assert given["b"] == ["{{ n }}"]
    assert variables == {"payload": {"l": [3, 1]}, "n": 7}


def test_compiled_controls_are_kept_within_bounds() -> None:
    for number in range(2_000):
        compile_controls({"a": f"{{{{ payload.a }}}} {number}"}, {"payload": {"a": 1}})
    assert len(controls._cache._compiled) <= 512
    for number in range(12):
        compile_controls({"a": "x" * 400_000 + f"{{{{ payload.a }}}} {number}"}, {"payload": {"a": 1}})
    assert sum(map(len, controls._cache._compiled)) <= 4_000_000


def test_controls_that_are_used_again_are_not_compiled_again(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Any] = []
    compile_ = controls._compile
    monkeypatch.setattr(controls, "_compile", lambda *given: made.append(given[0]) or compile_(*given))
    often = {"a": "{{ payload.a }} often"}
    for number in range(1_000):
        for given in (often, {"a": f"{{{{ payload.a }}}} twice {number}"}) * 2:
            compile_controls(given, {"payload": {"a": 1}})
    assert (made.count(often), len(made)) == (1, 1_001)


def test_a_render_leaves_nothing_to_the_next() -> None:
    template = create_engine().from_string(
        "{{ a }}{% assign a = 1 %}{% increment n %}{% cycle 'x', 'y' %}{{ a }}"
    )
    assert [template.render(), template.render()] == ["0x1", "0x1"]


def test_templates_are_rendered_by_many_threads_at_once() -> None:
    def compiled(number: int) -> Any:
        return compile_controls(
            {"a": "{% for i in (1..9) %}{{ payload.n }},{% endfor %}"}, {"payload": {"n": number}}
        )["a"]

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(compiled, range(200))) == [f"{number}," * 9 for number in range(200)]


def test_filters_can_be_added() -> None:
    engine = create_engine()
    engine.add_filter("shout", lambda value, mark="!": f"{value}{mark}")
    assert engine.from_string("{{ 'hey' | shout }}{{ 'hey' | shout: '?', 'more' }}").render() == "hey!hey?"


def test_an_added_filter_may_ask_for_the_context() -> None:
    @with_context
    def counted(value: Any, *, context: Context) -> str:
        before, _ = context.count("counter", 1)
        return f"{before:g}"

    @with_context
    def known(value: Any, *, context: Context) -> str:
        assert not hasattr(context, "unknown")
        return f"{value} {context.find('x')} {context.find('y')} {copy.copy(context).locals}"

    engine = create_engine()
    engine.add_filter("counted", counted)
    engine.add_filter("known", known)
    template = "{% assign x = 1 %}{{ 1 | counted }} {{ 'a' | known }} {{ 1 | counted }} {{ x }}"
    assert engine.from_string(template).render(y=2) == "0 a 1 2 {'x': 1} 1 1"


def test_whatever_a_filter_raises_is_an_error_of_the_template_with_its_place() -> None:
    engine = create_engine()
    engine.add_filter("divide", lambda value: 1 / value)
    with pytest.raises(LiquidError, match="division by zero, line:2, col:3") as raised:
        engine.from_string("a\nb {{ 0 | divide }}").render()
    assert raised.value.kind == "RenderError"


@pytest.mark.parametrize("word", ["now", "today"])
def test_the_clock_is_read_only_when_it_is_asked_for(word: str) -> None:
    year = int(render("{{ '" + word + "' | date: '%Y' }}"))
    assert abs(year - datetime.now().year) <= 1


def test_a_time_zone_is_read_once_however_often_and_in_whatever_letters(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: list[str] = []
    zone = zoneinfo.ZoneInfo
    monkeypatch.setattr(zoneinfo, "ZoneInfo", lambda name: read.append(name) or zone(name))
    dates._read_zone.cache_clear()
    names = sorted(zoneinfo.available_timezones() - {"Factory", "localtime", "posixrules"})
    template = "{% for z in zones %}{{ 0 | date: '%Y', z }}{% endfor %}"
    assert len(render(template, zones=[*names, *map(str.upper, names), *names])) == 4 * 3 * len(names)
    assert len(read) == len(set(read)) <= len(names)


def test_a_sample_is_taken_from_the_array() -> None:
    assert render("{{ words | sample }}", words=["a", "b"]) in ("a", "b")
    assert render("{{ words | sample: 5 | sort | join }}", words=["a", "b"]) == "a b"


def test_text_beyond_the_basic_plane_survives_being_taken_apart() -> None:
    assert render("{{ '👍🏽' | split: '' | join: '' }}") == "👍🏽"
    assert compile_controls(
        {"a": "{{ payload.x | split: '' | reverse | reverse | join: '' }}"}, {"payload": {"x": "a😀"}}
    ) == {"a": "a😀"}


def modules() -> list[str]:
    return [
        module.name
        for package in (novu_framework.liquid, novu_framework.npm)
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    ]


@walked("name", modules())
def test_the_examples_in_the_docstrings_run(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # before each example doctest would look whether any file of which lines are known has changed
    monkeypatch.setattr("linecache.checkcache", lambda *_: None)
    assert doctest.testmod(importlib.import_module(name)).failed == 0


@pytest.mark.parametrize(
    "template",
    ["{{ payload }}", "{% for pair in payload %}{{ pair }}{% endfor %}", "{{ payload | json: 2 }}"],
)
def test_printing_many_numeric_keys_takes_time_in_proportion(template: str) -> None:
    def steps(size: int) -> int:
        counted = 0

        def count(*event: Any) -> None:
            nonlocal counted
            counted += 1

        payload = {str(number): number for number in range(size, 0, -1)}
        parsed = create_engine().from_string(template)
        sys.setprofile(count)
        try:
            assert "1" in parsed.render(payload=payload)
        finally:
            sys.setprofile(None)
        return counted

    assert steps(2_000) < 25 * steps(100)


def test_blocks_may_nest_as_deep_as_the_limits_say() -> None:
    engine = create_engine(limits=Limits(nesting=3))
    assert engine.from_string("{% if true %}" * 3 + "x" + "{% endif %}" * 3).render() == "x"
    with pytest.raises(LiquidError, match="nesting limit exceeded"):
        engine.from_string("{% if true %}" * 4 + "{% endif %}" * 4)


@pytest.mark.parametrize("name", ["output", "content", "illegal"])
def test_words_of_the_parser_are_not_tags(name: str) -> None:
    with pytest.raises(LiquidError, match=f'tag "{name}" not found'):
        render("{% " + name + " 1 %}")


def test_what_is_wrong_in_a_line_of_the_liquid_tag_is_said_of_that_line() -> None:
    with pytest.raises(LiquidError, match='invalid value expression: "", line:2, col:3'):
        render("{% liquid\nassign a = 1\nif\necho a\nendif %}")


def test_the_kind_and_the_place_of_an_error_are_data() -> None:
    with pytest.raises(ControlsError) as raised:
        compile_controls({"a": "{% if %}"}, {})
    assert (raised.value.kind, raised.value.data) == ("TokenizationError", {"name": "TokenizationError"})
    with pytest.raises(ControlsError) as raised:
        compile_controls({"a": "{{ x | raw }}"}, {"x": "{"})
    assert (str(raised.value), raised.value.kind, raised.value.data) == (
        'Unexpected character "{" at position 6',
        "RenderError",
        {"position": 6},
    )


def test_the_engine_of_the_npm_wing_prints_as_liquidjs_itself() -> None:
    engine = LiquidJSEngine()
    text = engine.from_string("{{ list }} {{ fields }} {{ list | json }} {{ text }}").render(
        list=[1, "a"], fields={"a": 1}, text='"\n'
    )
    assert text == '1a [object Object] [1,"a"] "\n'


@walked("name", sorted(set(create_engine().filters) - {"sample", "shuffle"}))
def test_a_subclass_of_str_is_a_text_to_every_filter(name: str) -> None:
    """What Jinja gives escapes whatever it is joined with, and a quote in it is escaped for JSON once."""
    text = '<a href="x">O\'Neil & co</a>\n{{x}} aB'
    for arguments in ("", ": v", ": 'a', v", ": 1, v", ": v, v"):
        template = create_engine().from_string(f"{{{{ v | {name}{arguments} }}}}")
        shown = []
        for kind in (str, Markup):
            try:
                shown.append(template.render(v=kind(text)))
            except LiquidError as error:
                shown.append(str(error))
        assert shown[0] == shown[1]
        assert type(shown[1]) is str


@walked(
    "template",
    [
        "{{ v }}", "{{ v | raw }}", "{% capture c %}{{ v }}{% endcapture %}{{ c }}", "{{ l }}", "{{ o }}", "{{ o | json }}",
        "{% for i in l %}{{ i }}{% endfor %}", "{% cycle v, 'x' %}", "{% assign z = v %}{{ z }}", "{{ v.size }}{{ v[0] }}",
        "{% case v %}{% when v %}y{% endcase %}", "{% if v contains '\"' %}y{% endif %}", "{{ l | join: v }}",
    ],
)  # fmt: skip
def test_a_subclass_of_str_is_printed_as_a_text(template: str) -> None:
    parsed = create_engine().from_string(template)
    text = '<b>"</b>'
    shown = [parsed.render(v=kind(text), l=[kind(text)], o={"k": kind(text)}) for kind in (str, Markup)]
    assert shown[0] == shown[1] != ""


@pytest.mark.parametrize("seed", range(20))
def test_texts_in_pieces_come_to_the_same_as_whole(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Long texts are decoded and escaped piece by piece, so that they are not held in several forms."""
    chance = Random(seed)
    for _ in range(20):
        monkeypatch.setattr(urls, "_PIECE", chance.randint(3, 20))
        monkeypatch.setattr(ecmascript_text, "_PIECE", chance.randint(1, 9))
        data = bytes(chance.choices(b"%%%a4F0z+", k=chance.randint(0, 80)))
        assert urls._unquoted(data) == unquote_to_bytes(data)
        text = "".join(chance.choices('a\ud83d\ude00\U0001f600\u00e9\\"', k=chance.randint(0, 40)))
        joined = ecmascript_text.join_surrogates(text)
        escaped = joined.encode("utf-8", "backslashreplace").decode()
        assert ecmascript_text.escape_lone_surrogates(text) == escaped


@pytest.mark.parametrize(
    "template",
    ["{{ payload.faces | json | size }}", "{{ payload.faces | inspect | size }}", "{{ payload.odd | json | size }}",
     "{{ payload.escaped | url_decode | size }}"],
)  # fmt: skip
def test_the_largest_texts_of_a_body_stay_within_the_memory(template: str) -> None:
    faces = "\U0001f600" * 2_600_000
    payload = {"faces": faces, "odd": faces + "\ud800", "escaped": "%F0%9F%98%80" * 79_000}
    tracemalloc.start()
    try:
        create_engine().from_string(template).render(payload=payload)
        assert tracemalloc.get_traced_memory()[1] < 64e6
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "text",
    ["[" + ", ".join(f"it's {number}" for number in range(4_000)) + "]", "[" * 400 + "x" + "]" * 400,
     '{"a":[' + '"x",' * 20_000 + "']}"],
)  # fmt: skip
def test_a_text_in_data_that_would_take_too_long_to_repair_stays_as_it_is(text: str) -> None:
    compiled = compile_controls(
        {"data": {"note": "{{ text }}", "other": "{{ other }}"}}, {"text": text, "other": "[1,]"}
    )
    assert compiled["data"]["note"] == text
