"""What each filter, property, operator and tag takes and pays, over values of every kind and length.

`python -m tests.fuzz.work_costs` measures each template over each value, or over a share of them (`... 0.2`), and writes to
`work_costs.json` what it takes, in nanoseconds of CPU: over the values that it takes the longest over, and over those that
it takes the longest over for what it pays. `tests/unit/test_liquid_work.py` compares that with what is paid.
"""

from __future__ import annotations

import gc
import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from time import process_time_ns
from typing import Any, Final

from novu_framework.liquid import Limits, LiquidError, create_engine
from novu_framework.npm.liquidjs.context import Context
from novu_framework.npm.liquidjs.evaluators import _arity
from novu_framework.npm.liquidjs.limits import ROUND, current
from novu_framework.npm.liquidjs.operators import BINARY

COSTS: Final = Path(__file__).with_name("work_costs.json")
ENGINE: Final = create_engine()
_LIMITS: Final = Limits(rounds=2_500, memory=100_000)
_FEW: Final = Limits(rounds=500, memory=20_000)
MEMORY: Final = 20
_DICT: Final = {f"k{n}": n for n in range(100)}

CHARACTERS: Final = {
    "ascii": "a", "mixed": "aB ", "latin-1": "\xe9", "two bytes": "\u6f22", "four bytes": "\U0001f600",
    "mostly latin-1": "\xe9" * 7 + "\U0001f600", "halves": "\ud83d", "a half and four bytes": "\ud83d\U0001f600",
    "pairs": "\ud83d\ude00", "digits": "7", "markup": "<&\">", "blanks": " \n\t\u2003", "capitals": "\u0130",
    "words": "x y z ", "dots": "a.", "escapes": "%41", "hexadecimal": "f",
}  # fmt: skip
LENGTHS: Final = (1, 30, 499, 501)
DATES: Final = {
    "iso": "2020-03-01T00:00:00Z", "iso with a fraction": "2020-03-01T00:00:00.123456789+01:00", "day": "2020-03-01",
    "mail": "Fri, 5 Jan 2024 08:00:00 GMT", "month": "Mar 1 2020 1:2:3 AM GMT+01:00 (x)",
    "words first": "a " * 15 + "1 1 2020", "colons": "Mar 1 2020 " + "1:" * 14, "symbols": "1/1/2020" + "(" * 32,
    "parentheses": "1/1/2020 " + "()" * 15, "blanks": "1 1 2020" + " " * 32, "bad": "x y z " * 6, "commas": "1,1,2020" + "," * 30,
    "zone": "1/1/2020 12:00:00.000 PST", "seconds": "1577836800", "long bad": "x y z " * 80, "long numbers": "1 " * 200,
    "signs": "1 1 2020 " + "+-" * 15, "now": "now",
}  # fmt: skip


def _text(part: str, length: int) -> str:
    return (part * length)[:length]


def values() -> dict[str, Any]:
    """Return the values, by names that say what they are."""
    texts = {
        f"{kind} {length}": _text(part, length) for kind, part in CHARACTERS.items() for length in LENGTHS
    }
    long = {f"{kind} 20000": _text(part, 20_000) for kind, part in CHARACTERS.items()}
    dates = {f"date: {kind}": date for kind, date in DATES.items()}
    lists: dict[str, Any] = {}
    for kind in (
        "ascii",
        "latin-1",
        "two bytes",
        "four bytes",
        "a half and four bytes",
        "digits",
        "blanks",
        "dots",
    ):
        for length, count in (
            (1, 500),
            (30, 1),
            (30, 30),
            (30, 500),
            (499, 30),
            (499, 500),
            (501, 30),
            (5_000, 30),
        ):
            lists[f"{count} of {kind} {length}"] = [
                _text(CHARACTERS[kind], length)[: -3 if length > 5 else None] + (f"{number:03}" if length > 5 else "")
                for number in range(count)
            ]  # fmt: skip
        lists[f"30 alike of {kind} 5000"] = [_text(CHARACTERS[kind], 5_000 + 0 * n) + "" for n in range(30)]
    others: dict[str, Any] = {
        "none": None, "true": True, "false": False, "integer": 7, "negative": -7, "float": 2.5, "small": 5e-324,
        "large": 1.7976931348623157e308, "infinite": math.inf, "unknown": math.nan, "big": 10**300, "long integer": 2**70,
        "empty text": "", "empty list": [], "empty dict": {},
        "dict": {"a": 1, "0": "x", "size": 3, "length": 2}, "dict of 500": {f"k{n}": n for n in range(500)},
        "dict of numeric keys": {str(500 - n): n for n in range(500)}, "dict of texts": {f"k{n}": "\U0001f600" * 400 for n in range(50)},
        "nested": _nested(90), "wide": [[number, [number]] for number in range(500)],
        "rows": [{"a": {"b": number}, "0": "x" * 499, "size": number, "x": f"{number}"} for number in range(500)],
        "same rows": [{"a": {"b": 1}, "0": "x" * 499, "size": 1, "x": "\U0001f600" * 499}] * 500,
        "numbers": [number * 7_919 % 1_007 for number in range(500)], "floats": [1.7e308 / (number + 1) for number in range(500)],
        "mixed": [None, 1, "2", [3], {"a": 4}, True, "\U0001f600" * 499, 2.5] * 60, "nones": [None] * 500,
        "dates": list(DATES.values()) * 10,
        "number with figures": "0." + "1234567890" * 49, "number in powers": "1e" + "0" * 490, "0x": "0x" + "f" * 490,
    }  # fmt: skip
    return {**texts, **long, **dates, **lists, **others}


def _nested(levels: int) -> Any:
    made: Any = "x"
    for _ in range(levels):
        made = [made]
    return made


VALUES: Final = values()

ARGUMENTS: Final = (
    "", ": '0'", ": 'length'", ": 'size', 3", ": b", ": '%s'", ": '%A', 'America/St_Johns'", ": b, b", ": 'x', 'x[0] == 1'",
    ": 2", ": 1, 2", ": -2", ": 'a.b'", ": ''", ": 'x', 'x.size'", ": b, 2", ": 2, 'a', '; '", ": 'auto'",
)  # fmt: skip


def templates() -> Iterator[str]:
    """Yield what is done over and over, to the value ``a``, and to ``b`` which is its copy."""
    for name in sorted(ENGINE.filters):
        most = _arity(ENGINE.filters[name])
        for argument in ARGUMENTS:
            if most is not None and argument and argument.count(",") >= most:
                continue
            yield f"{{% assign r = a | {name}{argument} %}}"
    properties = (".size", ".length", ".first", ".last", "[1]", "[0]", "[-1]", "[b]", "['0']", ".a", "[400]")
    for name in properties:
        yield f"{{% assign r = a{name} %}}"
    for operator in BINARY:
        for other in ("b", "1", "'a'", "empty", "blank", "nil", "c"):
            yield f"{{% if a {operator} {other} %}}{{% endif %}}"
            yield f"{{% if {other} {operator} a %}}{{% endif %}}"
    yield from (
        "{{ a }}", "{% echo a %}", "{{ a | raw }}", "{% for i in a %}{% endfor %}", "{% for i in a %}{{ i.size }}{% endfor %}",
        "{% for i in a %}{{ i[1] }}{{ i[2] }}{% endfor %}", "{% for i in a limit: 1 %}{% endfor %}", "{% for i in a reversed %}{% endfor %}",
        "{% for i in a limit: b offset: b %}{% endfor %}", "{% for i in (1..a) %}{% break %}{% endfor %}",
        "{% for i in a %}{% if i < b %}{% endif %}{% endfor %}", "{% for i in a %}{% if i == b[0] %}{% endif %}{% endfor %}",
        "{% tablerow i in a cols: 3 %}{% endtablerow %}", "{% tablerow i in (1..2) cols: a %}{{ tablerowloop.col }}{% endtablerow %}",
        "{% cycle a, b %}", "{% cycle a: 1, 2 %}", "{% case a %}{% when b %}{% endcase %}", "{% case a %}{% when 'x', c, 1 %}{% else %}{% endcase %}",
        "{% if a %}{% endif %}", "{% unless a %}{% endunless %}", "{% if not a %}{% endif %}", "{% capture r %}{{ a }}{% endcapture %}",
        "{% assign r = a %}", "{% increment r %}", "{% decrement r %}", "{% liquid assign r = a %}", "{% comment %}{% endcomment %}",
        "{{ x[a] }}", "{{ d[a] }}", "{{ [a] }}", "{{ forloop }}", "{{ forloop.rindex }}", "{% render a %}", "{% raw %}{% endraw %}", "{% block a %}{% endblock %}",
    )  # fmt: skip


_PARSED: Final[dict[str, Any]] = {}


def spent(template: str, name: str, *, rounds: int = 4_000, of: Limits = _LIMITS) -> tuple[float, float]:
    """Return the CPU that a template takes over and over until the limits stop it, and what it pays, both in nanoseconds."""
    engine = create_engine(limits=of)
    parsed = _PARSED.get(template)
    if parsed is None:
        parsed = _PARSED[template] = engine.from_string("{% for i_ in n %}" + template + "{% endfor %}")
    value = VALUES[name]
    data = {"a": value, "b": _copy(value), "c": _other(value), "d": _DICT, "n": [None] * rounds}
    context = Context(data, of, engine.filters)
    token = current.set(context)
    started = process_time_ns()
    try:
        parsed._write(context, lambda text: None)
    except LiquidError as error:
        if "limit exceeded" not in str(error):
            return 0, math.inf  # what fails is not done again
    finally:
        taken = process_time_ns() - started
        current.reset(token)
    return taken, max(of.rounds * ROUND - context.work_left, MEMORY * (of.memory - context.memory_left))


def _copy(value: Any) -> Any:
    """Return what is equal, and not the same in Python's memory."""
    if isinstance(value, str):
        return (value + "-")[:-1]
    return list(map(_copy, value)) if isinstance(value, list) else value


def _other(value: Any) -> Any:
    """Return what is as long, and another thing only at its end."""
    if isinstance(value, str) and value:
        return value[:-1] + "-"
    return [*value[:-1], "-"] if isinstance(value, list) and value else value


def measured(template: str, name: str) -> float:
    """Return how many times its price a template takes: a look first, and some more where that says much."""
    taken, paid = spent(template, name, of=_FEW)
    if taken < paid:
        return taken / paid
    return min(taken / paid for taken, paid in (spent(template, name) for _ in range(3)))


def price(template: str, name: str) -> float:
    """Return what one round of a template pays, in nanoseconds."""
    rounds = 2
    return spent(template, name, rounds=rounds, of=_ALL)[1] / rounds


_ALL: Final = Limits(rounds=1_000_000, memory=40_000_000)


def record(share: float) -> dict[str, dict[str, int]]:
    """Measure all, or a share of it by chance."""
    ENGINE.from_string("{{ 0 | date: '%Y', 'Europe/Paris' }}").render()  # reads the names of all zones once
    gc.disable()
    random, costs = Random(0), {}
    for template in templates():
        found = []
        for name in VALUES:
            if random.random() < share and math.isfinite(paid := price(template, name)):
                times = measured(template, name)
                found.append((times, times * paid, name))
        longest = {name: cost for _, cost, name in (*sorted(found)[-2:], *sorted(found, key=_cost)[-2:])}
        costs[template] = {name: int(cost) for name, cost in sorted(longest.items())}
    return costs


def _cost(found: tuple[float, float, str]) -> float:
    return found[1]


if __name__ == "__main__":
    COSTS.write_text(json.dumps(record(float((sys.argv[1:] or ["1"])[0])), indent=0) + "\n", encoding="utf-8")
