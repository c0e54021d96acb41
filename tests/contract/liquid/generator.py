"""Makes up templates and controls, to ask both sides what nobody has written down before.

Nothing here knows an answer. The same seed gives the same questions.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

_words = str.split

DATA: dict[str, Any] = {
    "name": "Ann Smith",
    "title": "  Hello, World!  ",
    "empty_text": "",
    "blank_text": " \n ",
    "html": "<p class=\"a\">Tom & 'Jerry'</p><script>x()</script><!-- c --> 1 < 2",
    "lines": "one\ntwo\r\nthree\n\nfour",
    "unicode": "Żółć naïve café 日本語 한국어 ñandú",
    "emoji": "a😀b👍🏽c",
    "number_text": "42.50",
    "csv": "red,green,,blue,",
    "url": "https://acme.test/a b?q=1&r=é#x",
    "count": 3,
    "zero": 0,
    "negative": -7,
    "price": 19.995,
    "tiny": 1.5e-7,
    "huge": 12345678901234567890,
    "whole": 4.0,
    "yes": True,
    "no": False,
    "nothing": None,
    "list": [3, 1, 2],
    "mixed": [1, "two", None, True, 4.5, [5, 6], {"a": 1}],
    "words": ["banana", "Apple", "cherry", "apple"],
    "nested": [[1, 2], [3, [4]]],
    "empty_list": [],
    "empty_object": {},
    "user": {
        "first": "Ann",
        "last": "Smith",
        "age": 42,
        "tags": ["a", "b"],
        "address": {"city": "Köln", "zip": None},
    },
    "products": [
        {
            "title": "Shirt",
            "price": 20,
            "type": "clothes",
            "stock": 0,
            "on_sale": True,
            "meta": {"color": "red"},
        },
        {
            "title": "Lamp",
            "price": 35.5,
            "type": "home",
            "stock": 4,
            "on_sale": False,
            "meta": {"color": "white"},
        },
        {"title": "shoes", "price": 80, "type": "clothes", "stock": 2, "meta": {"color": "red"}},
        {"title": "Vase", "price": 12, "type": "home", "stock": None, "on_sale": True, "meta": {}},
    ],
    "events": [
        {"id": "e1", "time": "2024-01-05T10:00:00.000Z", "payload": {"author": "Ann", "n": 1}},
        {"id": "e2", "time": "2024-01-05T11:30:00.000Z", "payload": {"author": "Bob", "n": 2}},
        {"id": "e3", "time": "2024-01-06T23:59:59.999Z", "payload": {"author": "Cid", "n": 3}},
    ],
    "date": "2024-02-29T13:45:06.789Z",
    "day": "2023-12-31",
    "stamp": 1704449045,
    "long_date": "March 14, 2016 5:03 PM",
    "quotes": "He said \"hi\" and 'bye' \\ back",
    "x": 10,
    "y": "5",
}
ZONES = ["America/New_York", "Asia/Tokyo", "Europe/Berlin", "Asia/Kolkata", "UTC", "Australia/Sydney"]
DATES = [
    "'2024-02-29T13:45:06.789Z'", "'1990-12-31T23:00:00Z'", "'2021-07-01'", "'2024-1-5'", "'Jan 5 2024'",
    "'5 January 2024 10:20'", "'2024/03/04 05:06:07'", "'03/04/2024'", "'Fri, 05 Jan 2024 10:04:05 GMT'",
    "'2024-01-05T10:00:00+02:00'", "'2024-01-05 10:00:00 -0500'", "'not a date'", "''", "1704449045", "'1704449045'",
    "0", "-1", "date", "day", "stamp", "long_date", "nothing", "missing", "'12:30'", "'2024'", "'2024-13-01'",
    "'2024-02-30'", "'Sat Mar 02 2024 10:11:12 GMT+0100 (CET)'", "'1 Feb'", "'10:15 PM Dec 3, 1999'", "yes", "list",
]  # fmt: skip
DIRECTIVES = list("aAbBcCdeHIjklLmMNpPqsSuUwWxXyYzZ%tnhQ")
FILTERS: dict[str, list[list[str]]] = {
    # name: the kinds of its arguments
    **{
        name: []
        for name in _words(
            "abs ceil floor upcase downcase capitalize escape xml_escape escape_once newline_to_br strip_html lstrip rstrip "
            "strip squish normalize_whitespace strip_newlines url_encode url_decode cgi_escape uri_escape base64_encode "
            "sha256 size first last reverse sort sort_natural compact uniq sum pop shift to_integer json jsonify inspect "
            "raw array_to_sentence_string number_of_words date_to_xmlschema date_to_rfc822 date_to_string "
            "date_to_long_string slugify digest toSentence default unknown_filter"
        )
    },
    **{
        name: [["number"]]
        for name in _words("at_least at_most divided_by minus modulo plus times round truncate truncatewords")
    },
    **{
        name: [["text"]]
        for name in _words(
            "append prepend remove remove_first remove_last split join strip lstrip rstrip hmac_sha256 default"
        )
    },
    **{name: [["text"], ["text"]] for name in _words("replace replace_first replace_last")},
    **{
        name: [["path"]]
        for name in _words("map sort sort_natural sum group_by where has find find_index reject toSentence")
    },
    **{name + " ": [["path"], ["any"]] for name in _words("where has find find_index reject")},
    **{
        name: [["item"], ["exp"]]
        for name in _words("where_exp reject_exp group_by_exp has_exp find_exp find_index_exp")
    },
    "slice": [["small"], ["small"]],
    "slice ": [["small"]],
    "truncate ": [["small"], ["text"]],
    "truncatewords ": [["small"], ["text"]],
    "concat": [["any"]],
    "push": [["any"]],
    "unshift": [["any"]],
    "date": [["format"]],
    "date ": [["format"], ["zone"]],
    "date_to_string ": [["ordinal"], ["style"]],
    "date_to_long_string ": [["ordinal"], ["style"]],
    "divided_by ": [["number"], ["bool"]],
    "digest": [["small"], ["path"]],
    "digest ": [["small"], ["path"], ["text"]],
    "toSentence ": [["path"], ["small"], ["noun"], ["text"], ["text"], ["text"]],
    "pluralize": [["noun"]],
    "pluralize ": [["noun"], ["noun"]],
    "pluralize  ": [["noun"], ["noun"], ["bool_text"]],
    "json": [["small"]],
    "slugify": [["mode"]],
    "slugify ": [["mode"], ["bool"]],
    "number_of_words": [["mode"]],
    "default ": [["any"], ["allow_false"]],
    "array_to_sentence_string": [["text"]],
    "base64_decode": [],
}
NOUNS = _words(
    "comment person Story box child bus knife MOUSE day toy news photo hero analysis sheep criterion quiz reply user like category"
)


class Generator:
    """A source of questions: templates, and controls of a step that hold templates."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.depth = 0
        self.names: list[str] = []

    def questions(self, count: int) -> Iterator[dict[str, Any]]:
        for _ in range(count):
            if self.random.random() < 0.7:
                yield {"template": self.template(), "data": DATA}
            else:
                yield {
                    "controls": self.controls(),
                    "data": {"payload": DATA, "subscriber": {"firstName": "Ann"}},
                }

    def template(self) -> str:
        self.names = []
        text = "".join(self.piece() for _ in range(self.random.randint(1, 4)))
        return self.broken(text) if self.random.random() < 0.12 else text

    def controls(self) -> dict[str, Any]:
        controls: dict[str, Any] = {}
        for index in range(self.random.randint(1, 3)):
            text = self.template()
            if self.random.random() < 0.8:
                for name in DATA:
                    text = text.replace("{{ " + name, "{{ payload." + name).replace(
                        " in " + name, " in payload." + name
                    )
            choice = self.random.random()
            if choice < 0.1:
                controls[f"c{index}"] = [text, index, None, {"deep": text}]
            elif choice < 0.15:
                controls[f"c{index}"] = (
                    '{"type": "doc", "n": 1, "text": "' + text.replace('"', "'").replace("\n", " ") + '"}'
                )
            elif choice < 0.2:
                controls[f"c{index}"] = self.random.choice(
                    [1, 2.5, True, None, "plain { text", "a } b", "[x]", ""]
                )
            else:
                controls[f"c{index}"] = text
        return controls

    def broken(self, text: str) -> str:
        """``text`` with a character or two lost, doubled, or replaced."""
        for _ in range(self.random.randint(1, 2)):
            at = self.random.randrange(len(text) + 1)
            match self.random.randrange(3):
                case 0:
                    text = text[:at] + text[at + 1 :]
                case 1:
                    text = text[:at] + text[at : at + 1] + text[at:]
                case _:
                    text = text[:at] + self.random.choice("{}%|:,.'\"()[]-= a1\\") + text[at + 1 :]
        return text

    def pick(self, *choices: Any) -> Any:
        return self.random.choice(choices)

    # Pieces of a template.

    def piece(self) -> str:
        self.depth += 1
        kinds = [
            self.text,
            self.output,
            self.output,
            self.output,
            self.assign,
            self.echo,
            self.counter,
            self.cycle,
        ]
        if self.depth < 4:
            kinds += [
                self.if_,
                self.if_,
                self.unless,
                self.case,
                self.for_,
                self.for_,
                self.capture,
                self.tablerow,
                self.other,
            ]
        text: str = self.random.choice(kinds)()
        self.depth -= 1
        return text

    def tag(self, content: str) -> str:
        left, right = self.pick("{%", "{%", "{%-"), self.pick("%}", "%}", "-%}")
        return f"{left} {content} {right}"

    def text(self) -> str:
        return str(
            self.pick(
                "Hello ",
                " and ",
                "\n  ",
                "a } b",
                "100%",
                "x - y",
                "ünï😀",
                "'q'",
                '"dq"',
                "<b>",
                "{ a",
                "\\n",
            )
        )

    def output(self) -> str:
        left, right = self.pick("{{ ", "{{ ", "{{ ", "{{- "), self.pick(" }}", " }}", " }}", " -}}")
        return f"{left}{self.filtered()}{right}"

    def assign(self) -> str:
        name = self.pick("a", "b", "count", "my-var", "é")
        self.names.append(name)
        return self.tag(f"assign {name} = {self.filtered()}")

    def echo(self) -> str:
        return self.tag(f"echo {self.filtered()}")

    def counter(self) -> str:
        return self.tag(f"{self.pick('increment', 'decrement')} {self.pick('a', 'n', 'count')}")

    def cycle(self) -> str:
        group = self.pick("", "", "'g': ", "x: ")
        return self.tag(
            f"cycle {group}{', '.join(self.value() for _ in range(self.random.randint(1, 3)))}"
        ) * self.pick(1, 2)

    def body(self) -> str:
        return "".join(self.piece() for _ in range(self.random.randint(1, 2)))

    def if_(self) -> str:
        text = self.tag(f"if {self.condition()}") + self.body()
        if self.random.random() < 0.3:
            text += self.tag(f"elsif {self.condition()}") + self.body()
        if self.random.random() < 0.5:
            text += self.tag("else") + self.body()
        return text + self.tag("endif")

    def unless(self) -> str:
        text = self.tag(f"unless {self.condition()}") + self.body()
        if self.random.random() < 0.3:
            text += self.tag("else") + self.body()
        return text + self.tag("endunless")

    def case(self) -> str:
        text = self.tag(f"case {self.filtered()}") + self.pick("", "\n")
        for _ in range(self.random.randint(1, 3)):
            between = self.pick(", ", " or ")
            text += (
                self.tag(f"when {between.join(self.value() for _ in range(self.random.randint(1, 3)))}")
                + self.body()
            )
        if self.random.random() < 0.5:
            text += self.tag("else") + self.body()
        return text + self.tag("endcase")

    def loop_arguments(self) -> str:
        given = [
            f"{name}: {self.pick('1', '2', '0', '-1', 'x', 'missing', 'nil')}"
            for name in ("limit", "offset")
            if self.random.random() < 0.25
        ]
        if self.random.random() < 0.2:
            given.append("reversed")
        if self.random.random() < 0.08:
            given.append("offset: continue")
        self.random.shuffle(given)
        return (" " + self.pick(" ", ", ").join(given)) if given else ""

    def iterable(self) -> str:
        return str(self.pick(
            "list", "products", "words", "mixed", "user", "(1..3)", "(x..12)", "(3..1)", "empty_list", "missing", "name",
            "user.tags", "events", "nested", "'text'", "(1..y)", "empty_object", "count", "nothing", "(-1..1)", "(1..2.5)",
        ))  # fmt: skip

    def for_(self) -> str:
        self.names.append("i")
        inner = self.body()
        if self.random.random() < 0.5:
            inner += "{{ " + self.pick("i", "forloop.index", "forloop.last", "forloop.rindex0", "i.title", "i[0]", "forloop", "forloop.length", "forloop.first", "i.payload.author") + " }}"  # fmt: skip
        if self.random.random() < 0.12:
            inner += (
                self.tag(f"if {self.condition()}")
                + self.tag(self.pick("break", "continue"))
                + self.tag("endif")
                + "after"
            )
        otherwise = self.tag("else") + self.body() if self.random.random() < 0.25 else ""
        text = (
            self.tag(f"for i in {self.iterable()}{self.loop_arguments()}")
            + inner
            + otherwise
            + self.tag("endfor")
        )
        self.names.pop()
        return text

    def tablerow(self) -> str:
        columns = self.pick("", " cols: 2", " cols:3", " cols: x")
        return (
            self.tag(f"tablerow i in {self.iterable()}{columns}{self.loop_arguments()}")
            + "{{ i }}"
            + self.tag("endtablerow")
        )

    def capture(self) -> str:
        name = self.pick("a", "b", "'c d'")
        text = self.tag(f"capture {name}") + self.body() + self.tag("endcapture")
        self.names.append(name.strip("'").split(" ")[0])
        return text

    def other(self) -> str:
        return str(self.pick(
            "{% comment %}hidden {{ x }}{% endcomment %}",
            "{% raw %}{{ not {% rendered }}{% endraw %}",
            "{% # a comment %}",
            "{%- # one\n # two -%}",
            "{% liquid\nassign q = 1\necho q\nif q == 1\n echo 'one'\nendif %}",
            "{% block foo %}inner{% endblock %}",
            "{{ t.some.key }}",
            "{{ 'x' | append: 't.other.key' }}",
            "{{t.key-with_dash}}",
            "{{ x | raw }}",
            "{{ html | raw }}",
            "{{ quotes | raw }}",
            "{{ lines | raw }}",
        ))  # fmt: skip

    # Expressions.

    def condition(self) -> str:
        parts = [self.comparison()]
        while self.random.random() < 0.3:
            parts.append(self.pick("and", "or") + " " + self.comparison())
        return " ".join(parts)

    def comparison(self) -> str:
        left = ("not " if self.random.random() < 0.08 else "") + self.value()
        if self.random.random() < 0.3:
            return left
        return f"{left} {self.pick('==', '!=', '<', '>', '<=', '>=', 'contains', '==')} {self.value()}"

    def value(self) -> str:
        return str(self.pick(
            self.variable, self.variable, self.variable, self.literal, self.literal,
            lambda: self.pick("empty", "blank", "nil", "null", "true", "false"), self.range,
        )())  # fmt: skip

    def range(self) -> str:
        return f"({self.pick('1', '0', 'x', '-2')}..{self.pick('3', '5', 'y', 'count', '1.5')})"

    def literal(self) -> str:
        return str(self.pick(
            "1", "0", "-1", "3.14", "10", "2.0", "'a'", "'Apple'", "\"b c\"", "''", "'42'", "1.", "0.1", "100", "'10'",
            "'é😀'", "'a,b,c'", "'clothes'", "'\\n'", "'it\\'s'", "1e3", "'  pad '", "'%20x+y'", "'aGVsbG8='", "5",
        ))  # fmt: skip

    def variable(self) -> str:
        if self.names and self.random.random() < 0.35:
            return str(self.random.choice(self.names))
        name = self.random.choice(list(DATA))
        return name + self.pick("", "", "", "", ".size", ".first", ".last", "[0]", "[-1]", ".missing", ".title", "['a']", "[count]", ".length", ".first.title", "[x].y", ".address.city", ".tags[1]", "[1]", ".0")  # fmt: skip

    def filtered(self) -> str:
        if self.random.random() < 0.08:
            return f"{self.random.choice(DATES)} | {self.filter('date' + self.pick('', ' '))}"
        text = self.value() if self.random.random() < 0.94 else self.condition()
        for _ in range(self.pick(0, 0, 1, 1, 1, 2, 3)):
            text += f" | {self.filter()}"
        return text

    def filter(self, name: str | None = None) -> str:
        name = name or self.random.choice(list(FILTERS))
        arguments = [self.argument(kinds[0]) for kinds in FILTERS[name]]
        if self.random.random() < 0.03:
            arguments = arguments[:-1]
        if self.random.random() < 0.03:
            arguments.append(self.value())
        return name.strip() + (": " + ", ".join(arguments) if arguments else "")

    def argument(self, kind: str) -> str:
        if self.random.random() < 0.06:
            return self.value()
        match kind:
            case "number":
                return str(
                    self.pick(
                        "2",
                        "3",
                        "0",
                        "-1.5",
                        "10",
                        "'4'",
                        "count",
                        "price",
                        "0.1",
                        "1",
                        "missing",
                        "nil",
                        "yes",
                    )
                )
            case "small":
                return str(self.pick("0", "1", "2", "-1", "-2", "3", "5", "10", "count", "'2'"))
            case "text":
                return str(
                    self.pick(
                        "'a'",
                        "', '",
                        "' '",
                        "'-'",
                        "''",
                        "'x'",
                        "name",
                        "'l'",
                        "'on'",
                        "y",
                        "missing",
                        "1",
                        "'...'",
                    )
                )
            case "path":
                return str(self.pick("'title'", "'price'", "'meta.color'", "'payload.author'", "'type'", "'missing'", "'on_sale'", "'stock'", "'first'", "'size'", "missing", "''", "0"))  # fmt: skip
            case "item":
                return str(self.pick("'p'", "'i'", "'item'"))
            case "exp":
                return str(self.pick('"p.price > 20"', '"i.on_sale"', '"item == 2"', '"p.type == \'clothes\'"', '"i.price | plus: 1"', '"p"', '"item contains \'a\'"', "'p.type'"))  # fmt: skip
            case "any":
                return self.value()
            case "format":
                return self.format()
            case "zone":
                return str(
                    self.pick(*(f"'{zone}'" for zone in ZONES), "60", "-330", "'nowhere'", "''", "nil")
                )
            case "ordinal":
                return str(self.pick("'ordinal'", "'ordinal'", "'other'"))
            case "style":
                return str(self.pick("'US'", "'UK'", "nil"))
            case "bool":
                return str(self.pick("true", "false", "1"))
            case "bool_text":
                return str(self.pick("'true'", "'false'", "true"))
            case "noun":
                return f"'{self.random.choice(NOUNS)}'"
            case "mode":
                return str(
                    self.pick(
                        "'raw'",
                        "'default'",
                        "'pretty'",
                        "'ascii'",
                        "'latin'",
                        "'none'",
                        "'cjk'",
                        "'auto'",
                        "'x'",
                    )
                )
            case "allow_false":
                return str(self.pick("allow_false: true", "allow_false: false", "allow_false: yes"))
        raise AssertionError(kind)

    def format(self) -> str:
        pieces = []
        for _ in range(self.random.randint(1, 4)):
            flags = self.pick("", "", "", "-", "_", "0", "^", "#", ":", "-^")
            width = self.pick("", "", "", "", "5", "3", "10")
            pieces.append(f"%{flags}{width}{self.random.choice(DIRECTIVES)}" + self.pick("", " ", "/", ", "))
        return "'" + "".join(pieces) + "'"
