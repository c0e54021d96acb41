"""Templates and data that ask for as much as they can, from a grammar.

Seeded, so that a template is known by its number. `payload` is what a stranger sends: every long text and long array that is
slow to read for something.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from novu_framework.liquid import create_engine

FILTERS = sorted(create_engine().filters)
OPERATORS = ("==", "!=", "<", ">", "<=", ">=", "contains")
LONG = 131_072


def payload() -> dict[str, Any]:
    """Return the hostile data; texts by what they are long of, and arrays of them."""
    texts = {
        "letters": "a" * LONG,
        "capitals": "\u0390\u0130\u1e9e" * (LONG // 3),
        "faces": "\U0001f600" * LONG,
        "halves": "\ud83d" * LONG,
        "pairs": "\ud83d\ude00" * (LONG // 2),
        "blanks": " \t\u2003" * (LONG // 3),
        "lines": "\r\n" * (LONG // 2),
        "words": "a\t" * (LONG // 2),
        "special": "<&>\"'\\\n\r\t\x00" * (LONG // 10),
        "tags": "<b>" * (LONG // 3),
        "open": "<" * LONG,
        "entities": "&lt;" * (LONG // 4),
        "digits": "9" * LONG,
        "hexadecimal": "0x" + "f" * LONG,
        "escapes": "%41" * (LONG // 3),
        "dates": "1 jan " * (LONG // 6),
        "brackets": "(" * LONG,
        "commas": ",a" * (LONG // 2),
        "dots": "a." * (LONG // 2),
        "percents": "%9d" * (LONG // 3),
        "chinese": "\u4e2d " * (LONG // 2),
        "json": '{"a":[' * (LONG // 6),
        "almost": "a" * 60 + "b" + "a" * 38,
        "million": "ab" * 450_000,
    }
    nested: Any = []
    for _ in range(200):
        nested = [nested, "x"]
    return {
        **texts,
        "short": "b",
        "face": "\U0001f600" * 490,
        "many_faces": ["\U0001f600" * 490 + str(number) for number in range(500)],
        "many_chinese": ["\u4e2d" * 499] * 500,
        "half": "\ud83d\U0001f600" * 240,
        "date": "Mar 1 2020 1:2:3 AM GMT+01:00 (x)",
        "no_date": "x y z " * 6,
        "power": 10**300,
        "keys": {str(number): number for number in range(16_000)},
        "items": [{"a": str(number % 7), "b": {"c": number}, "name": "Ann"} for number in range(5_000)],
        "numbers": list(range(30_000)),
        "mixed": [1, "2", None, True, "x", 2.5] * 500,
        "texts": [texts["letters"], texts["faces"], texts["words"]] * 30,
        "same": [texts["letters"][:-1] + str(number) for number in range(10)],
        "nested": nested,
        "many": ["x"] * 60_000,
    }


NAMES = tuple(payload())


class Grammar:
    """Makes templates."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.depth = 0

    def template(self) -> str:
        """Return a template of a few statements, of which some repeat others."""
        return "".join(self.statement() for _ in range(self.random.randint(1, 4)))

    def statement(self) -> str:
        kinds: list[Callable[[], str]] = [self.output, self.output, self.assign, self.doubled, self.condition]
        if self.depth < 4:
            kinds += [
                self.loop,
                self.loop,
                self.loop,
                self.capture,
                self.table,
                self.case,
                self.cycle,
                self.other,
            ]
        self.depth += 1
        made = self.random.choice(kinds)()
        self.depth -= 1
        return made

    def body(self) -> str:
        return "".join(self.statement() for _ in range(self.random.randint(0, 2)))

    def output(self) -> str:
        return "{{ " + self.expression() + " }}"

    def assign(self) -> str:
        return "{% assign " + self.random.choice("st") + " = " + self.expression() + " %}"

    def doubled(self) -> str:
        name = self.random.choice("st")
        return self.random.choice(
            [
                f"{{% assign {name} = {name} | append: {name} %}}",
                f"{{% assign {name} = {name} | concat: {name} %}}",
                f"{{% assign {name} = {name} | push: {name} %}}",
                f"{{% assign {name} = {name} | replace: 'a', {name} %}}",
                f"{{% assign {name} = {name} | join: {name} %}}",
                f"{{% assign {name} = {name} | times: 9999999999 %}}",
                f"{{% capture {name} %}}{{{{ {name} }}}}{{{{ {name} }}}}{{% endcapture %}}",
            ]
        )

    def loop(self) -> str:
        arguments = self.random.choice(
            ["", "", " reversed", " limit: 100", " offset: 5", " offset: continue"]
        )
        return f"{{% for i in {self.items()}{arguments} %}}{self.body()}{self.body()}{{% endfor %}}"

    def table(self) -> str:
        cols = self.random.choice(["", " cols: 3", f" cols: {self.atom()}"])
        return f"{{% tablerow i in {self.items()}{cols} %}}{self.body()}{{% endtablerow %}}"

    def capture(self) -> str:
        return f"{{% capture {self.random.choice('st')} %}}{self.body()}{self.body()}{{% endcapture %}}"

    def condition(self) -> str:
        parts = [
            f"{self.atom()} {self.random.choice(OPERATORS)} {self.atom()}"
            for _ in range(self.random.choice((1, 1, 2, 20)))
        ]
        tag = self.random.choice(("if", "unless"))
        return f"{{% {tag} {self.random.choice((' and ', ' or ')).join(parts)} %}}{self.body() if self.depth < 4 else 'x'}{{% end{tag} %}}"

    def case(self) -> str:
        whens = "".join(f"{{% when {self.atom()}, {self.atom()} %}}{self.body()}" for _ in range(3))
        return f"{{% case {self.atom()} %}}{whens}{{% else %}}{self.body()}{{% endcase %}}"

    def cycle(self) -> str:
        return f"{{% cycle {self.atom()}: {self.atom()}, {self.atom()} %}}"

    def other(self) -> str:
        return self.random.choice(
            [
                "{% increment x %}{% decrement y %}",
                f"{{% liquid\nassign s = {self.expression()}\necho s\n %}}",
                "{% raw %}{{ a }}{% endraw %}",
                f"{{% comment %}}{self.body()}{{% endcomment %}}",
                f"{{% # {'x' * 100} %}}",
                "{% break %}",
                "{% continue %}",
                "{% layout none %}",
                f"{{% block b %}}{self.body()}{{% endblock %}}",
                f"{{% echo {self.expression()} %}}",
                "x" * self.random.choice((10, 1_000, 50_000)),
                "{{ a" + ".b" * 500 + " }}",
                "{{ s " + f"| {self.random.choice(FILTERS)}" * 50 + " }}",
                "{{ forloop }}{{ forloop | json: 9 }}",
            ]
        )

    def items(self) -> str:
        return self.random.choice(
            [f"(1..{self.random.choice((2, 10, 300, 3_000, 60_000))})", self.variable(), "s"]
        )

    def variable(self) -> str:
        name = self.random.choice(("s", "t", "i", *(f"payload.{name}" for name in NAMES), "payload"))
        ending = self.random.choice(
            ("", "", "", "", "", ".size", ".first", ".last", "[0]", "[9999]", ".name", "[i]")
        )
        return name + ending

    def atom(self) -> str:
        literals = ("'a'", "','", "''", "'a.b'", "0", "-1", "2", "60000", "1e9", "99999999999", "'%9d%A'", "nil", "empty", "'x.a'", "(1..9)", "'now'", "'x'", "'%Y'", "' '", "true", "'x == 1'", "'x | upcase'")  # fmt: skip
        return self.variable() if self.random.random() < 0.6 else self.random.choice(literals)

    def expression(self) -> str:
        filters = ""
        for _ in range(self.random.choice((0, 1, 1, 2, 3, 5))):
            arguments = ", ".join(self.atom() for _ in range(self.random.choice((0, 1, 1, 2, 3))))
            filters += f" | {self.random.choice(FILTERS)}" + (f": {arguments}" if arguments else "")
        return self.atom() + filters
