"""Every operation on controls and on what is validated takes time in proportion to its input.

`make test` looks for growth far from a straight line, at small sizes; `make fuzz` at large ones, for more than the power of
1.2 (sorting is n log n, which is within it).
"""

from __future__ import annotations

import asyncio
import json
import math
from collections.abc import Callable, Iterable
from dataclasses import make_dataclass
from functools import partial
from typing import Any

import pytest
from pydantic import BaseModel, create_model
from typing_extensions import TypedDict

from novu_framework import Client, Step, Workflow, workflow
from novu_framework.bridge import BridgeRequest, RequestHandler
from novu_framework.liquid import Limits, LiquidError, compile_controls, create_engine
from novu_framework.npm.ajv.formats import STRING_FORMATS
from novu_framework.npm.ajv.validator import Validator
from novu_framework.npm.ecmascript.json import json_text
from novu_framework.npm.ecmascript.keys import in_key_order
from novu_framework.npm.ecmascript.numbers import text_number
from novu_framework.npm.jsonrepair import JSONRepairError, repaired
from novu_framework.npm.liquidjs.operators import BINARY
from novu_framework.npm.mock_data import made_up
from novu_framework.npm.pluralize import plural, singular
from novu_framework.npm.regexp import PatternError
from novu_framework.npm.regexp.patterns import compile_pattern, is_regular_expression
from novu_framework.npm.sanitize_html import sanitize_html
from novu_framework.npm.v8_date import parse_date
from novu_framework.schemas import Schema
from tests.fuzz import FUZZ
from tests.fuzz.growth import Operation, measured, too_steep

SIZE = 1_000 if FUZZ == 1 else 10_000
ENGINE = create_engine(limits=Limits(10**9, 10**9, 100, 10**12, 10**8))

TEXTS = {
    text: text
    for text in (
        *(
            "a",
            "\u0130",
            "\U0001f600",
            "\ud83d",
            "\ud83d\ude00",
            " ",
            "\r\n",
            "a\t",
            "<&>\"'\\\n",
            "<b>",
            "<",
            "&lt;",
        ),
        *("9", "%41", "1 jan ", "(", ",a", "a.", "%9d", "\u4e2d ", '{"a":['),
    )
}


def text_of(fragment: str, size: int, ending: str = "") -> str:
    return fragment * (size // len(fragment)) + ending


# Arrays by what is in them: an item, by its number.
ARRAYS: dict[str, Callable[[int], Any]] = {
    "numbers": lambda number: number * 7919 % 10_007,
    "texts": lambda number: str(number * 7919 % 10_007),
    "objects": lambda number: {"a": str(number % 7), "b": {"c": -number}},
    "mixed": lambda number: (number, str(number), None, True)[number % 4],
    "colliding": lambda number: float(2**61 * number),
    "same": lambda number: "x",
}


def bits(made: Callable[[Iterable[int]], Any], size: int) -> list[Any]:
    """Items of -1 and -2, which have one hash in Python, and so have all tuples of them."""
    return [made(-1 - (number >> bit & 1) for bit in range(16)) for number in range(size // 16)]


def array(kind: str, size: int) -> list[Any]:
    return list(map(ARRAYS[kind], range(size)))


ARGUMENTS = ("", ": 'a'", ": a, b", ": 'x', 'x.a == 1'", ": 100000000")


def rendered(template: str, variables: dict[str, Any]) -> object:
    try:
        return ENGINE.from_string(template).render_with(variables)
    except LiquidError as error:
        return error


def templates(template: str) -> dict[str, Operation]:
    """Return the rendering of a template over each text and each array, as the variables ``a`` and ``b``."""

    def over_text(fragment: str, size: int) -> partial[object]:
        text = text_of(fragment, size)
        return partial(rendered, template, {"a": text, "b": text[: size // 2] + "b"})

    def over_array(kind: str, size: int) -> partial[object]:
        items = array(kind, size // 4)
        return partial(rendered, template, {"a": items, "b": items[:-1]})

    return {
        **{f"{template} over {text!r}": partial(over_text, text) for text in TEXTS},
        **{f"{template} over {kind}": partial(over_array, kind) for kind in ARRAYS},
    }


def test_filters() -> None:
    operations: dict[str, Operation] = {}
    for name in sorted(ENGINE.filters):
        for argument in ARGUMENTS:
            operations |= templates(f"{{% assign r = a | {name}{argument} %}}")
    assert too_steep(operations, SIZE) == {}


TAGS = (
    *(f"{{% if a {operator} b %}}{{% endif %}}" for operator in BINARY),
    "{{ a }}",
    "{{ a | raw }}",
    "{{ a | json: 2 }}",
    "{% echo a %}",
    "{{ a.size }}{{ a[0] }}{{ a.last }}",
    "{% for i in a %}{{ i }}{{ forloop.index }}{% endfor %}",
    "{% for i in a reversed offset: 1 limit: 100000 %}{% endfor %}",
    "{% tablerow i in a cols: 2 %}{{ i }}{% endtablerow %}",
    "{% cycle a: a, b %}",
    "{% capture c %}{{ a }}{{ a }}{% endcapture %}{{ c }}",
    "{% case a %}{% when b %}x{% when a %}y{% endcase %}",
    "{% unless a %}{% else %}{{ a }}{% endunless %}",
    "{% for i in (1..200) %}{% assign s = s | append: 'a' %}{% endfor %}{{ a }}",
)


def test_tags_operators_and_printing() -> None:
    operations: dict[str, Operation] = {}
    for template in TAGS:
        operations |= templates(template)
    assert too_steep(operations, SIZE) == {}


@pytest.mark.slow
def test_objects_of_many_members() -> None:
    def printing(template: str, key: str, size: int) -> partial[object]:
        value = {key.format((number * 7919) % size): number for number in range(size)}
        return partial(rendered, template, {"a": value})

    operations: dict[str, Operation] = {
        f"{template} of {key}": partial(printing, template, key)
        for template in ("{{ a }}", "{% for p in a %}{{ p }}{% endfor %}", "{{ a | json }}{{ a.size }}")
        for key in ("{}", "k{}", "{}x", "0{}", "1000{}")
    }
    assert too_steep(operations, SIZE) == {}


PARSED = (
    *("{{ a }}", "{% if a %}x{% endif %}", "{% assign a = b %}", "{% raw %}{{{% endraw %}", "{% comment %}{% x %}{% endcomment %}"),
    *("{{ a | upcase: 'x', y: 2 }}", "{% cycle 1, 2 %}", "{% liquid\nassign a = 1\necho a\n%}", "{% # x %}", "{{ a[b].c }}"),
    *("{%- x", "{% endraw", "{{", "{% raw %}", "{{ 'a' }}{{ \"", "{% case a %}{% when 1 %}{% endcase %}", "x\n", "{ { %}"),
)  # fmt: skip


def test_parsing() -> None:
    def parsing(fragment: str, before: str, after: str, size: int) -> partial[object]:
        return partial(rendered, before + text_of(fragment, size) + after, {})

    operations: dict[str, Operation] = {
        before + fragment + after: partial(parsing, fragment, before, after)
        for fragment in (*PARSED, *(piece[3:] for piece in PARSED if piece[3:]))
        for before, after in (("", ""), ("{{ ", " }}"), ("{% if ", " %}{% endif %}"), ("{% liquid\n", "\n%}"))
    }
    assert too_steep(operations, SIZE) == {}


def test_controls() -> None:
    def compiling(fragment: str, size: int) -> Callable[[], object]:
        controls = {"a": "{{ payload.x | raw }}", "b": f"{size} {fragment}" * (size // 50)}

        def compiled() -> object:
            try:
                return compile_controls(controls, {"payload": {"x": text_of(fragment, size)}})
            except LiquidError as error:
                return error

        return compiled

    fragments = ("a", '"', '\\"', "{{t.x}} ", "[T:x", "{{ t.", "'t.x'", '{"a":1}', "[", "\n", "\U0001f600")
    assert too_steep({text: partial(compiling, text) for text in fragments}, SIZE) == {}


def repair(text: str) -> object:
    try:
        return repaired(text)
    except JSONRepairError as error:
        return error


def test_repairs_of_json() -> None:
    fragments = (
        *(
            '{"a":1,',
            "[1 ",
            '"a" ',
            '" ',
            "'a',",
            '"a","b ',
            '"+"',
            '"a" + ',
            '\\"',
            "{a:b,",
            "/a/ ",
            "f(",
            "a ",
            '"a\n',
        ),
        *(
            '",',
            "&quot;",
            '"a: http://b,',
            "1,",
            "// \n",
            "/* */",
            '"  ',
            '{"x" ',
            "...,",
            "\u2018a\u2019 ",
            '"]',
            '") ',
        ),
        *("true ", "undefined,", "-", "12e", "\\'a\\' ", "]", "}", " "),
    )

    def repairing(before: str, fragment: str, after: str, size: int) -> partial[object]:
        return partial(repair, before + text_of(fragment, size) + after)

    operations: dict[str, Operation] = {
        before + fragment + after: partial(repairing, before, fragment, after)
        for fragment in fragments
        for before, after in (("", ""), ('{"a":"', '"}'), ("[", "]"))
    }
    assert too_steep(operations, SIZE) == {}


def validation(schema: dict[str, Any], make: Any) -> Operation:
    validator = Validator(schema)
    return lambda size: partial(validator.validate, make(size))


def numbers(size: int) -> list[Any]:
    return list(range(size))


def objects(size: int) -> list[Any]:
    return [{"a": number, "b": [str(number)]} for number in range(size // 4)]


def members(size: int) -> dict[str, Any]:
    return {f"k{number}": number for number in range(size)}


def chain(size: int) -> Any:
    """Return objects one in the other, as deep as a check goes."""
    value: Any = {"kind": "b"}
    for _ in range(max(size // (SIZE // 10), 1)):
        value = {"next": value, "kind": "b"}
    return value


_ITEM = {
    "type": "object",
    "properties": {"a": {"type": "integer"}, "b": {"type": "array"}},
    "required": ["a"],
}
_FIRST = {
    "properties": {"next": {"$ref": "#/definitions/node"}, "kind": {"const": "a"}},
    "required": ["kind"],
}
_OTHER = {"properties": {"next": {"$ref": "#/definitions/node"}, "kind": {"const": "b"}}}
_FILLED = {"additionalProperties": False, "properties": {**_OTHER["properties"], "n": {"default": 1}}}

KEYWORDS: dict[str, tuple[dict[str, Any], Any]] = {
    "const": ({"const": numbers(10)}, numbers),
    "enum": ({"items": {"enum": [*range(5), "a"]}}, numbers),
    "not": ({"items": {"not": {"type": "string"}}}, numbers),
    "anyOf": ({"items": {"anyOf": [{"type": "string"}, _ITEM]}}, objects),
    "oneOf": ({"items": {"oneOf": [{"type": "string"}, _ITEM, {"maxProperties": 1}]}}, objects),
    "anyOf of which none fits": ({"anyOf": [{"items": {"type": "string"}}, {"contains": {"const": "x"}}]}, numbers),
    "allOf": ({"items": {"allOf": [_ITEM, {"minProperties": 1}]}}, objects),
    "if": ({"items": {"if": _ITEM, "then": {"maxProperties": 3}, "else": False}}, objects),
    "minimum": ({"items": {"minimum": 0, "multipleOf": 1, "maximum": 10**9}}, numbers),
    "maxLength": ({"maxLength": 10, "minLength": 1}, partial(text_of, "\U0001f600")),
    "pattern": ({"pattern": "^[a-z]+$"}, partial(text_of, "a", ending="!")),
    "maxItems": ({"maxItems": 10**9, "items": [True, _ITEM], "additionalItems": {"type": "integer"}}, numbers),
    "items": ({"items": _ITEM}, objects),
    "contains": ({"contains": {"const": "x"}}, numbers),
    "uniqueItems": ({"uniqueItems": True}, objects),
    "uniqueItems of numbers that collide": ({"uniqueItems": True}, partial(array, "colliding")),
    "uniqueItems of arrays that collide": ({"uniqueItems": True}, partial(bits, list)),
    "uniqueItems of objects that collide": ({"uniqueItems": True}, partial(bits, lambda items: {"a": list(items)})),
    "uniqueItems of scalars": ({"uniqueItems": True, "items": {"type": "number"}}, numbers),
    "uniqueItems of arrays": ({"uniqueItems": True}, lambda size: [[[[number]]] for number in range(size // 4)]),
    "required": ({"required": ["a", "b"], "minProperties": 1}, members),
    "propertyNames": ({"propertyNames": {"maxLength": 20}}, members),
    "additionalProperties": ({"additionalProperties": {"type": "integer"}}, members),
    "additionalProperties that go": ({"additionalProperties": {"type": "string"}}, members),
    "dependencies": ({"dependencies": {"k1": ["k2"], "k2": {"required": ["k3"]}}}, members),
    "properties": ({"properties": {f"k{number}": {"type": "integer"} for number in range(50)}}, members),
    "patternProperties": ({"patternProperties": {"^k": {"type": "integer"}, "9$": True}}, members),
    "defaults": ({"items": {"type": "object", "properties": {"n": {"default": [1]}}}}, objects),
    "$ref": ({"items": {"$ref": "#/definitions/a"}, "definitions": {"a": _ITEM}}, objects),
    "$ref in branches": ({"$ref": "#/definitions/node", "definitions": {"node": {"anyOf": [_FIRST, _OTHER]}}}, chain),
    "$ref in branches that fail": (
        {"$ref": "#/definitions/node", "definitions": {"node": {"oneOf": [_FIRST, {"not": _OTHER}]}}},
        chain,
    ),
    "$ref in branches that write": (
        {"$ref": "#/definitions/node", "definitions": {"node": {"anyOf": [_FIRST, {"allOf": [_FILLED, _OTHER]}]}}},
        chain,
    ),
}  # fmt: skip


def test_keywords() -> None:
    operations = {name: validation(schema, make) for name, (schema, make) in KEYWORDS.items()}
    assert too_steep(operations, SIZE * 2) == {}


# The data grows with the schema: what a keyword lists, and what is looked for in it.
GROWING: dict[str, Callable[[int], tuple[dict[str, Any], Any]]] = {
    "enum of numbers": lambda size: ({"items": {"enum": numbers(size)}}, numbers(size)),
    "enum of numbers, none of them": lambda size: ({"enum": numbers(size)}, numbers(size)),
    "enum of texts": lambda size: ({"items": {"enum": [*map(str, range(size))]}}, [*map(str, range(size))]),
    "enum of texts and others": lambda size: ({"items": {"enum": [None, *map(str, range(size))]}}, [*map(str, range(size))]),
    "enum of objects": lambda size: ({"items": {"enum": objects(size)}}, objects(size)),
    "enum of arrays": lambda size: ({"items": {"enum": [[each] for each in range(size)]}}, [[each] for each in range(size)]),
    "const": lambda size: ({"const": objects(size)}, objects(size)),
    "required": lambda size: ({"required": [*members(size)]}, members(size)),
    "properties": lambda size: ({"properties": {name: {"type": "integer"} for name in members(size)}}, members(size)),
    "additionalProperties": lambda size: ({"properties": dict.fromkeys(members(size), True), "additionalProperties": False}, members(2 * size)),
    "dependencies": lambda size: ({"dependencies": {f"k{number}": [f"k{number + 1}"] for number in range(size - 1)}}, members(size)),
    "one dependency of many": lambda size: ({"dependencies": {"k0": [*members(size)]}}, members(size)),
    "items one by one": lambda size: ({"items": [{"type": "integer"}] * size, "additionalItems": False}, numbers(size)),
}  # fmt: skip


def test_keywords_whose_lists_grow_with_the_data() -> None:
    def operation(make: Any) -> Operation:
        def of(size: int) -> Callable[[], object]:
            schema, data = make(size)
            return partial(Validator(schema).validate, data)

        return of

    assert too_steep({name: operation(make) for name, make in GROWING.items()}, SIZE // 4) == {}


STARTS = (
    "",
    "a",
    "http://",
    "http://a@",
    "a@b",
    "2024-01-01T",
    "1",
    "P",
    "/",
    "#",
    "{",
    "a:",
    "//[",
    "(",
    "[",
)
REPEATED = (
    *(
        "a",
        "a.",
        "a-",
        ".",
        "-",
        "a@",
        "/a",
        "%41",
        "%",
        "1",
        "1:",
        ":",
        "a.b@",
        "x/@",
        "~0",
        "?",
        "#",
        "{a}",
        "{",
        "a,",
    ),
    *(
        "(",
        "[",
        "\\u",
        "(?<a>",
        "\\k",
        "{1,",
        "T",
        "\n",
        "Z ",
        "\u00e9",
        "=",
        "A==\n",
        "+",
        "//",
        "1Y",
        "0.",
        "[a-",
        "(?=",
    ),
)


# What a schema has many of, where its data is made up for a preview.
MANY: dict[str, Callable[[int], Any]] = {
    "properties": lambda size: {"properties": {f"a{number}": {"type": "string"} for number in range(size)}},
    "allOf": lambda size: {"allOf": [{"properties": {f"a{number}": {}}, "required": [f"a{number}"]} for number in range(size)]},
    "allOf of one member": lambda size: {"allOf": [{"properties": {"a": {"properties": {f"b{number}": {}}}}} for number in range(size)]},
    "anyOf": lambda size: {"anyOf": [{"title": str(number)} for number in range(size)]},
    "enum": lambda size: {"enum": list(range(size))},
    "items": lambda size: {"items": [{"type": "integer"}] * size},
    "unique items": lambda size: {"type": "array", "uniqueItems": True, "minItems": size, "items": {"enum": list(range(size))}},
    "required": lambda size: {"type": "object", "required": [f"a{number}" for number in range(size)]},
}  # fmt: skip


@pytest.mark.slow
def test_made_up_data() -> None:
    operations = {name: lambda size, made=made: partial(made_up, made(size)) for name, made in MANY.items()}
    assert too_steep(operations, SIZE) == {}


def test_formats() -> None:
    def checking(fits: Any, start: str, fragment: str, ending: str, size: int) -> partial[object]:
        return partial(fits, start + text_of(fragment, size) + ending)

    operations: dict[str, Operation] = {
        f"{name} {start}{fragment}{ending}": partial(checking, fits, start, fragment, ending)
        for name, fits in STRING_FORMATS.items()
        for start in STARTS
        for fragment in REPEATED
        for ending in ("", "!", " ", "]", "}")
    }
    assert too_steep(operations, SIZE) == {}


def test_patterns() -> None:
    def compiling(text: Callable[[int], str], size: int) -> Callable[[], object]:
        pattern = text(size)

        def compiled() -> object:
            try:
                return is_regular_expression(pattern), compile_pattern.__wrapped__(pattern)
            except PatternError as error:
                return error

        return compiled

    fragments = ("a", "(a)", "[a-z]", "\\d", "a{1,2}", "\\u0041", "(?:a)", "a|", "1")
    texts: dict[str, Callable[[int], str]] = {text: partial(text_of, text) for text in fragments}
    texts["a{10...0}"] = lambda size: "a{1" + "0" * size + "}"
    texts["a{10...0} many times"] = lambda size: ("a{1" + "0" * 500 + "}") * (size // 500)
    assert too_steep({name: partial(compiling, text) for name, text in texts.items()}, SIZE) == {}


def test_schema_sources() -> None:
    def names(size: int) -> list[str]:
        return [f"field_{number}" for number in range(size // 50)]

    def model(size: int) -> Any:
        return create_model("Made", **dict.fromkeys(names(size), (int, 1)))  # type: ignore[call-overload]

    sources: dict[str, Any] = {
        "a model": model,
        "a dataclass": lambda size: make_dataclass("Made", [(name, int) for name in names(size)]),
        "a TypedDict": lambda size: TypedDict("Made", {name: int for name in names(size)}),  # type: ignore[misc]  # noqa: C420
        "JSON Schema": lambda size: {"type": "object", "properties": {name: {"type": "string"} for name in names(size)}},
        "nested JSON Schema": lambda size: {"type": "object", "allOf": [{"items": {"anyOf": [True, {"enum": [1]}]}} for _ in names(size)]},
    }  # fmt: skip

    def reading(make: Any, size: int) -> partial[object]:
        return partial(Schema.of, make(size))

    operations: dict[str, Operation] = {name: partial(reading, make) for name, make in sources.items()}
    assert too_steep(operations, SIZE) == {}


SANITISED = (
    *("<b>", "</b>", "<b></b>", "<p>", "<", ">", "&", "&amp;", "&#", "&#x41;", "&am", "<!--", "-->", "<![CDATA[", "<a ", "</a/"),
    *('<a b="', "<a b='x'>", "<a / / ", '<a href="x">', '<img srcset="a 1x, ', " a,", " a=b", "<style>", "<style/>", "<script>"),
    *("<title>", "<svg>", "<svg/>", "<mi>", "<option>", "<textarea>", "<li>", "<td>", "<br>", "<!x>", "<?x>", "</ >", "</p/x>"),
    *("<!DOCTYPE ", "\x1b", "<meta http-equiv=refresh content=';", "<a href='<!---->", "<\u0130>", "</title&", "<svg><title>"),
)  # fmt: skip


def test_sanitiser() -> None:
    def sanitising(before: str, fragment: str, after: str, size: int) -> partial[object]:
        return partial(sanitize_html, before + text_of(fragment, size) + after)

    operations: dict[str, Operation] = {
        before + fragment + after: partial(sanitising, before, fragment, after)
        for fragment in SANITISED
        for before, after in (
            ("", "<"),
            ('<a href="', '">'),
            ("<title>", "</title>"),
            ('<img srcset="', '">'),
        )
    }
    assert too_steep(operations, SIZE * 2) == {}


SEEN = {"seen": True, "read": False, "lastSeenDate": "2026-01-01T12:00:00.000Z", "lastReadDate": None}


class Row(BaseModel):
    a: str
    b: list[int]


class Rows(BaseModel):
    rows: list[Row]


def test_executes() -> None:
    """The whole way of a request: what grows is the payload, the earlier steps, a digest, a template's loop or a body."""
    digest = {
        "eventCount": 1,
        "events": [{"id": "1", "time": "2026-01-01T12:00:00.000Z", "payload": {"text": "x"}}],
    }
    loop = {
        "type": "object",
        "properties": {
            "subject": {"type": "string", "default": "{% for row in payload.rows %}{{ row.a }}{% endfor %}"}
        },
    }

    @workflow("rows", payload_schema=Rows)
    async def rows(step: Step) -> None:
        await step.email("last", lambda controls: {**controls, "body": "x"}, control_schema=loop)

    @workflow("digests")
    async def digests(step: Step) -> None:
        digested = await step.digest("digest", {"amount": 1, "unit": "hours"})

        async def render() -> dict[str, str]:
            return {
                "subject": "x",
                "body": "".join(f"<p>{event.payload['text']} &amp;</p><br>" for event in digested.events),
            }

        await step.email("last", render)

    def steps_of(number: int) -> Workflow:
        @workflow("steps")
        async def steps(step: Step) -> None:
            for index in range(number):
                await step.in_app(f"step-{index}", {"body": "x"})
            await step.sms("last", {"body": "x"})

        return steps

    def executing(served: Workflow, payload: Any, state: list[Any]) -> Callable[[], object]:
        event = {"payload": payload, "controls": {}, "state": state, "subscriber": {"subscriberId": "ann"}}
        request = BridgeRequest(
            "POST",
            [("action", "execute"), ("workflowId", served.id), ("stepId", "last")],
            {},
            json.dumps(event).encode(),
        )
        handler = RequestHandler([served], Client(strict_authentication=False, step_timeout=0))

        def run() -> None:
            answer = asyncio.run(handler(request))
            assert answer.status == 200, answer.body

        return run

    def entry(step_id: str, outputs: Any) -> dict[str, Any]:
        return {"stepId": step_id, "outputs": outputs, "state": {"status": "completed"}}

    operations: dict[str, Operation] = {
        "payload and loop": lambda size: executing(rows, {"rows": [{"a": "x", "b": [1, 2]}] * size}, []),
        "digest and body": lambda size: executing(
            digests, {"a": 1}, [entry("digest", {**digest, "events": digest["events"] * size})]
        ),
        "earlier steps": lambda size: executing(
            steps_of(size // 2), {"a": 1}, [entry(f"step-{index}", SEEN) for index in range(size // 2)]
        ),
    }
    assert too_steep(operations, SIZE) == {}


def test_readings_of_javascript() -> None:
    readings: dict[str, Any] = {
        "numbers": text_number,
        "dates": parse_date,
        "plurals": lambda text: (plural(text), singular(text)),
        "JSON": lambda text: json_text([text, {text: text}]),
        "keys": lambda text: in_key_order(dict.fromkeys(f"{number}" for number in range(len(text)))),
    }

    def reading(read: Any, fragment: str, ending: str, size: int) -> partial[object]:
        return partial(read, text_of(fragment, size) + ending)

    operations: dict[str, Operation] = {
        f"{name} {fragment}{ending}": partial(reading, read, fragment, ending)
        for name, read in readings.items()
        for fragment in (
            "1",
            "0",
            " ",
            "a",
            "-",
            "1.",
            "1e",
            "0x",
            "jan ",
            "1 ",
            "(",
            ":",
            "1:",
            "z",
            "\ud800",
            "man",
            "x",
        )
        for ending in ("", "!", "s")
    }
    assert too_steep(operations, SIZE) == {}


def test_a_growth_that_is_too_steep_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """A harness that sees nothing would pass everything. The clock is a number here: no load of a machine comes into it."""
    clock = [0.0]
    monkeypatch.setattr("tests.fuzz.growth.process_time", lambda: clock[0])

    def growing(power: float, size: int) -> partial[None]:
        return partial(take, 1e-6 * size**power)

    def take(seconds: float) -> None:
        clock[0] += seconds

    def disturbed(size: int) -> partial[None]:
        others = next(times_of_others, 0)
        return partial(take, 1e-6 * size + others)

    times_of_others = iter([1])
    operations: dict[str, Operation] = {
        "quadratic": partial(growing, 2),
        "somewhat steep": partial(growing, 1.7),
        "linear": partial(growing, 1),
        "sorting": lambda size: partial(take, 1e-6 * size * math.log(size)),
        "short": lambda size: partial(take, 1e-11 * size**2),
        "disturbed once": disturbed,
    }
    assert too_steep(operations, 1_000) == {"quadratic": 2, "somewhat steep": 1.7}


def test_what_is_measured_is_what_an_operation_takes() -> None:
    def quadratic(size: int) -> partial[object]:
        return partial(lambda items: any(one for one in items for _ in items), [0] * size)

    # 64 times as long: far more than what else runs in this process may add to the least of three
    assert min(measured(quadratic, 1_600) for _ in range(3)) > 4 * min(
        measured(quadratic, 200) for _ in range(3)
    )
