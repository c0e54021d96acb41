"""Templates and data that ask for as much as they can end within a bound of CPU and of memory.

`make fuzz` holds them to 150 ms and 64 MB. `make test` tries fewer, and allows ten times the CPU, so that a busy machine
fails nothing.
"""

from __future__ import annotations

import gc
import math
import tracemalloc
from collections import Counter
from random import Random
from time import process_time
from typing import Any

import pytest

from novu_framework.liquid import Limits, LiquidError, compile_controls, create_engine
from tests.fuzz import FUZZ
from tests.fuzz.hostile import LONG, Grammar, payload
from tests.tables import one_in

TEMPLATES = 12 if FUZZ == 1 else 30 * FUZZ
FIRST = 0
SECONDS = 1.5 if FUZZ == 1 else 0.15
MEGABYTES = 64
VARIABLES: dict[str, Any] = {"payload": payload(), "s": "a" * 1_000}


def outcome(template: str) -> str:
    try:
        compile_controls({"body": template, "other": "{{ s }}"}, VARIABLES)
    except LiquidError as error:
        return error.kind
    return "rendered"


def seconds(template: str) -> tuple[float, str]:
    """Return the least CPU of some tries, since a machine at work disturbs each, and what came of it."""
    least, came = math.inf, ""
    for _ in range(4):
        started = process_time()
        came = outcome(template)
        least = min(least, process_time() - started)
        if least < SECONDS / 2:
            break
    return least, came


@pytest.fixture(autouse=True)
def no_collection() -> Any:
    create_engine().from_string(
        "{{ 0 | date: '%Y', 'Europe/Paris' }}"
    ).render()  # reads the names of all zones once
    gc.disable()
    yield
    gc.enable()


def test_of_hostile_templates_none_takes_long() -> None:
    slow, outcomes = {}, Counter[str]()
    for seed in range(FIRST, FIRST + TEMPLATES):
        template = Grammar(seed).template()
        spent, came = seconds(template)
        if spent > SECONDS:
            slow[seed] = (round(spent, 3), template[:200])
        outcomes[came] += 1
    assert slow == {}
    # Most are sound templates, and the limits are met often: else nothing would be tested.
    assert outcomes["rendered"] > TEMPLATES / 3
    assert outcomes["RenderError"] > TEMPLATES / 6


def test_of_hostile_templates_none_takes_much_memory() -> None:
    large = {}
    for seed in range(FIRST, FIRST + TEMPLATES // 3):
        template = Grammar(seed).template()
        if (held := megabytes(template)) > MEGABYTES:
            large[seed] = (round(held), template[:200])
    assert large == {}


def megabytes(template: str) -> float:
    """Return how much memory rendering takes at its peak."""
    tracemalloc.start()
    try:
        outcome(template)
        return tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()


LOOPS = [
    "{% for i in (1..50000) %}{% for j in " + items + " " + arguments + " %}{% endfor %}{% endfor %}"
    for items in ("'a'", "payload.digits", "payload.many", "(1..2)")
    for arguments in ("limit: 0", "offset: 5", "offset: 5 limit: 3 reversed", "reversed", "offset: continue")
]
HUGE = [
    "{{ (1..12000) | join: payload.letters | size }}",
    "{{ payload.many | join: payload.million }}",
    "{{ payload.many | digest: 100000, nil, payload.letters }}",
    "{{ payload.many | toSentence: nil, 100000, nil, payload.letters }}",
    "{{ payload.many | array_to_sentence_string: payload.million | size }}",
    "{{ payload.letters | replace: 'a', payload.letters }}",
    "{{ payload.letters | replace: '', payload.letters }}",
    "{{ payload.faces | split: '' }}",
    "{{ payload.million | split: 'a' }}",
    "{{ payload.million | url_encode | url_encode | url_encode }}",
    "{% for i in payload.texts %}{{ payload.texts }}{% endfor %}",
    "{% for i in (1..50000) %}" + "x" * 100_000 + "{% endfor %}",
    "{% for i in (1..50000) %}{% cycle i: payload.million, payload.million %}{% endfor %}",
    "{% for i in (1..50000) %}{% cycle payload.letters: i %}{% endfor %}",
    "{% capture c %}{% for i in (1..50000) %}{{ payload.million }}{% endfor %}{% endcapture %}",
    "{{ payload.many | map: payload.dots }}",
    "{{ payload.nested | json: 10 | json: 10 | json: 10 }}",
    "{{ payload.million | truncatewords: 100000000 }}",
    "{{ payload.faces | sample: 100000 }}",
    "{{ payload.million | date: payload.percents }}",
    "{{ 0 | date: payload.percents }}",
    "{{ payload.texts | sort_natural | json }}",
    "{{ payload.special | escape | escape | escape | escape }}",
    "{% for i in (1..50000) %}{% if payload.million contains payload.almost %}{% endif %}{% endfor %}",
    "{% for i in (1..50000) %}{% if payload.texts == payload.texts %}{% endif %}{% endfor %}",
    "{% for i in (1..50000) %}{{ payload.faces[1] }}{{ payload.faces.size }}{% endfor %}",
    "{% for i in (1..9000) %}{{ payload.face[1] }}{{ payload.face[2] }}{{ payload.face[3] }}{{ payload.face[4] }}{% endfor %}",
    "{% assign y = payload.many_chinese | where: '0' %}" * 40,
    *(
        "{% for i in (1..15000) %}{% assign y = payload.many_faces | " + asked + " %}{% endfor %}"
        for asked in ("where: '0'", "find: 0.5", "has: '[0]'", "sum: '0'", "map: 'length'", "group_by: 'length'", "sort: 'length'")
    ),
    *(
        "{% for i in (1..15000) %}{% assign y = payload." + date + " | date: '%s' %}{% endfor %}"
        for date in ("date", "no_date")
    ),
    "{% for i in (1..15000) %}{% if payload.blanks == blank %}{% endif %}{% endfor %}",
    "{% for i in (1..15000) %}{{ payload.power }}{{ payload.half[1] }}{{ payload.half.size }}{% endfor %}",
    "{% for i in (1..50000) %}{% if payload.digits < 1 %}{% endif %}{% endfor %}",
    "{% for i in (1..50000) %}{{ a" + ".b" * 4_000 + " }}{% endfor %}",
    "{% for i in (1..50000) %}{% if a" + " or a" * 2_000 + " %}{% endif %}{% endfor %}",
    "{% block b %}" * 90 + "{% for i in (1..50000) %}{{ a }}{{ b }}{{ c }}{% endfor %}" + "{% endblock %}" * 90,
    "{{ payload.letters | strip: payload.faces | rstrip: payload.million }}",
    "{{ payload.million | replace_last: payload.letters | remove_last: payload.letters }}",
    "{{ payload.dates | date: '%Y' }}",
    "{{ payload.million | slugify | slugify: 'latin' }}",
    "{{ payload.mixed | sort | sort | sort | sort | sort | sort }}",
    "{{ payload.items | where_exp: 'x', 'x.a == 1 or x.a == 2' | group_by: 'b' }}",
    "{{ payload.million | raw }}{{ payload.special | raw }}",
    "{{ payload.json | raw }}",
    "{{ payload.faces | json | size }}{{ payload.faces | inspect | size }}",
    *(LOOPS if FUZZ > 1 else LOOPS[::3]),
]  # fmt: skip


@pytest.mark.parametrize("template", one_in(6, HUGE), ids=lambda template: template[:70])
def test_what_multiplies_is_refused_before_it_is_built(template: str) -> None:
    """Each of these would be gigabytes, or seconds, if it were done first and counted afterwards."""
    if FUZZ > 1 or HUGE.index(template) % 3 == 0:  # to watch the memory takes five times as long
        started = process_time()
        assert megabytes(template) < MEGABYTES
        if process_time() - started < SECONDS:
            return  # it takes less, unwatched
    assert seconds(template)[0] < SECONDS


LOOP = "{% for i in payload.n %}{% for j in 'a' offset: 5 limit: 3 reversed %}{% endfor %}{% endfor %}"
"""It takes nearly all of the work that there is."""

WAYS = {
    "a text": lambda text: {"body": text},
    "a text of JSON": lambda text: {"body": '{"a":"' + text + '"}'},
    "broken JSON in data": lambda text: {"data": {"v": "[" + text + ",x]"}},
    "broken strings in data": lambda text: {"data": {"v": '["' + text + '",x]'}},
    "broken objects in data": lambda text: {"data": {"v": "{a:'" + text + "}"}},
    "broken JSON in many data": lambda text: {
        "data": {f"k{number}": "[" + text[: len(text) // 4] + ",x]" for number in range(4)}
    },
    "beside a loop": lambda text: {"body": LOOP + text, "data": {"v": "[" + text + ",x]"}},
    "what goes on after the end": lambda text: {
        "data": {"v": '{"a":1}' + text.replace(" }}", " | raw }}") + "]"}
    },
    "raw": lambda text: {"body": text.replace(" }}", " | raw }}")},
    "raw in data": lambda text: {"data": {"v": "{" + text.replace(" }}", " | raw }}") + "}"}},
}
PIECES = {
    "quotes": '"', "escapes": '\\"', "line feeds": "\\n", "words and line feeds": "ab\\n", "backslashes": "\\", "lines": " w\n", "controls": "\x01", "emoji": "\U0001f600",
    "halves": "\udc00", "arrays": "[1]", "objects": "{a:1}", "strings": "'a',", "sums": '"a" + ', "numbers": "1 ",
    "translations": "[T:a]", "written translations": "{{ t.a }}", "entities": "&quot;", "ends": "]", "ends of objects": "} ", "commas": ",", "colons": ":", "fences": "```", "slashes": "//\n", "comments": "/**/",
}  # fmt: skip


PRINTED = [(way, piece) for way in WAYS for piece in PIECES]


@pytest.mark.parametrize(("way", "piece"), PRINTED if FUZZ > 1 else one_in(3, PRINTED[::11]))
def test_what_is_printed_into_controls_is_read_again_within_the_bounds(way: str, piece: str) -> None:
    """Parsing, repairing and translating what came out holds several copies of it, and states besides."""
    unit = PIECES[piece]
    written = unit * ((600_000 if FUZZ == 1 else 900_000) // len(unit))
    variables = {"payload": {"q": written, "n": [None] * 25_000}}
    for times in (4,) if FUZZ == 1 else (1, 2, 3, 4, 7):
        controls = WAYS[way](written if "{{" in unit else "{{ payload.q }}" * times)

        def compiled(controls: dict[str, Any] = controls) -> None:
            try:
                compile_controls(controls, variables)
            except LiquidError:
                pass

        tracemalloc.start()
        try:
            started = process_time()
            compiled()
            watched = process_time() - started
            assert tracemalloc.get_traced_memory()[1] / 1e6 < MEGABYTES
        finally:
            tracemalloc.stop()
        if watched >= SECONDS:  # unwatched, it takes less
            started = process_time()
            compiled()
            assert process_time() - started < SECONDS


def test_honest_templates_stay_far_from_the_limits() -> None:
    """A digest of a megabyte needs less than half of what there is."""
    words = [
        Random(number).choice(("Ann liked it", "It's \u00fcber", "Bob: 5 < 6")) * 20 for number in range(700)
    ]
    items = [
        {"actor": {"name": f"Name {number}"}, "text": text, "at": "2024-01-05T10:00:00Z", "likes": number}
        for number, text in enumerate(words)
    ]
    row = (
        "<tr><td style='color:red'>{{ forloop.index }}</td><td>{{ item.actor.name | upcase | escape }}</td>"
        "<td>{{ item.text | escape | truncate: 200 }}</td><td>{{ item.at | date: '%d %B %Y' }}</td>"
        "<td>{% if item.likes > 10 and item.text contains 'Ann' %}{{ item.likes | pluralize: 'like' }}"
        "{% else %}few{% endif %}</td>" + "<td>&nbsp;</td>" * 100 + "</tr>"
    )
    body = "{{ items | digest: 2, 'actor.name' }}{% for item in items %}" + row + "{% endfor %}"
    engine = create_engine()
    text = engine.from_string(body).render(items=items)
    assert len(text) > 1_000_000
    half = create_engine(limits=Limits(rounds=engine.limits.rounds // 2, memory=engine.limits.memory // 2))
    assert half.from_string(body).render(items=items) == text
    assert len(compile_controls({"body": body}, {"items": items})["body"]) > 1_000_000


def test_the_data_is_as_long_as_it_says() -> None:
    assert LONG * 0.9 < len(VARIABLES["payload"]["letters"]) <= LONG
