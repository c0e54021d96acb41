"""Which texts say that a value is missing, where in the text that is shown, and which only look so."""

from __future__ import annotations

from typing import Any

from novu_framework_testing.checks import Content
from novu_framework_testing.checks.content import email
from tests.content_checks.hits import hits
from tests.tables import walked


def found(content: Content) -> list[str]:
    return [one.removeprefix("personalisation.") for one in hits(content, "personalisation.")]


def sms(text: str, **more: Any) -> Content:
    return Content("sms", {"body": text}, **more)


GREETINGS = (
    "Hello", "hi", "Hey", "Dear", "Good morning", "good afternoon", "Good evening", "Welcome", "Thanks", "Hallo", "Liebe", "Lieber", "Guten Tag", "Bonjour", "Salut",
    "Cher", "Chère", "Hola", "Ciao", "Caro", "Cara", "Olá",
)  # fmt: skip


def test_whoever_is_greeted_has_a_name() -> None:
    for greeting in GREETINGS:
        assert found(sms(f"{greeting} None, it is here")) == [f"none body: “{greeting} None, it is here”"]
        assert found(sms(f"{greeting} null, it is here")) == [f"null body: “{greeting} null, it is here”"]
        assert found(sms(f"{greeting} , it is here")) == [f"empty-greeting body: “{greeting} , it is here”"]
        assert found(sms(f"{greeting}, {{whoever}}")) == [f"brace body: “{greeting}, {{whoever}}”"]
        assert found(sms(f"{greeting} True!")) == [f"boolean body: “{greeting} True!”"]
        spelled = f"name-case body: “{greeting} ann”, where the name is Ann"
        assert found(sms(f"{greeting} ann, it is here", first_name="Ann")) == [spelled]


TEXTS: dict[str, list[str]] = {
    "[object Date] now": ["object-object body: “[object Date] now”"],
    "undefined": ["undefined body: “undefined”"],
    "It is undefined": [],
    "NaN": ["nan body: “NaN”"],
    "NaN Games": [],
    "NaN bread": [],
    "None, None": ["none body: “None, None”"],
    "None None": ["none body: “None None”"],
    "For €None": ["none body: “For €None”"],
    "None liked your post": ["none body: “None liked your post”"],
    "Paid by None": ["none body: “Paid by None”"],
    "Order None of": [],
    " None ": ["none body: “None”"],
    "Nones": [],
    "null": ["null body: “null”"],
    "null, null": ["null body: “null, null”"],
    "until null": ["null body: “until null”"],
    "until null and void": [],
    "{{ a": ["liquid body: “{{ a”"],
    "a }}": ["liquid body: “a }}”"],
    "{% a %}": ["liquid body: “{% a %}”"],
    "${a}": ["dollar-brace body: “${a}”"],
    "{a_b}": ["brace body: “{a_b}”"],
    "{aB}": ["brace body: “{aB}”"],
    "{a.b}": ["brace body: “{a.b}”"],
    "{a[0]}": ["brace body: “{a[0]}”"],
    **{f"{{{name}}}": [f"brace body: “{{{name}}}”"] for name in (
        "name", "users", "order", "customer", "subscriber", "link", "url", "email", "amount", "total", "count", "number", "date", "time", "code", "id", "token", "title", "product", "items",
        "company", "price", "currency", "day", "hours", "minutes")},
    "#{a}": ["brace body: “#{a}”"],
    "{word}": ["brace-word body: “{word}”"],
    "{word} of {name}": ["brace body: “{word} of {name}”"],
    "%(a)s": ["percent body: “%(a)s”"],
    "%s": ["percent body: “%s”"],
    "9%s": [],
    "<%= a %>": ["erb body: “<%= a %>”"],
    **{tag: [f"merge-tag body: “{tag}”"] for tag in ("*|A|*", "%%a%%", "%%{a}%%", "%recipient.a%", "[%a%]", "-%a_b%-")},
    "<a.B object at 0x1f>": ["python-object body: “<a.B object at 0x1f>”"],
    "<coroutine object a>": ["python-object body: “<coroutine object a>”"],
    "Order object (None)": ["python-object body: “Order object (None)”"],
    "UUID('a')": ["python-literal body: “UUID('a')”"],
    "dict_keys([1])": ["python-literal body: “dict_keys([1])”"],
    "('a',)": ["python-literal body: “('a',)”"],
    "Order.PAID": ["enum body: “Order.PAID”"],
    "Dr.PAID": [],
    "True": ["boolean body: “True”"],
    "False ": ["boolean body: “False”"],
    '[{"a":': ["json body: “[{\"a\":”"],
    '["a", "b"]': ['json body: “["a", "b"]”'],
    "Undefined": ["jinja-undefined body: “Undefined”"],
    "missing translation: a": ["jinja-undefined body: “missing translation: a”"],
    '[missing "a.b" translation]': ['jinja-undefined body: “[missing "a.b" translation]”'],
    "a.b.c": ["translation-key body: “a.b.c”"],
    "t.a": ["translation-key body: “t.a”"],
    "a_b.c_d": ["translation-key body: “a_b.c_d”"],
    "abc.d_e": ["translation-key body: “abc.d_e”"],
    "a.b": [],
    "[Your name]": ["placeholder body: “[Your name]”"],
    "TBD: x": ["placeholder body: “TBD: x”"],
    "Dear,": ["empty-greeting body: “Dear,”"],
    "For () now": ["empty-value body: “For () now”"],
    "You paid $.": ["empty-value body: “You paid $.”"],
    "From: .": ["empty-value body: “From: .”"],
    "Sent by.": ["empty-value body: “Sent by.”"],
    "What you signed up for.": [],
    "Ã¼": ["mojibake body: “Ã¼”"],
    "a\ufffd": ["mojibake body: “a\ufffd”"],
    "&nbsp;": ["double-escape body: “&nbsp;”"],
    "&amp;lt;": ["double-escape body: “&amp;lt;”"],
    "a \\n": ["escape-sequence body: “a \\n”"],
    "\\u00e9": ["escape-sequence body: “\\u00e9”"],
    "2026-01-01T09:00": ["date-iso body: “2026-01-01T09:00”"],
    "a\x0eb": ["control-character body: “a\x0eb”"],
    "\u2028a": ["control-character body: “a”"],
    # addresses have rules of their own, but for letters that are wrong anywhere
    "See https://a.b/${c}/undefined/%s": [],
    "See https://a.b/c?d&amp;e": ["double-escape body: “See https://a.b/c?d&amp;e”"],
}  # fmt: skip


def test_a_text_that_misses_a_value() -> None:
    assert {text: found(sms(text)) for text in TEXTS} == TEXTS


LONG = "aaa bbb ccc ddd eee fff"


@walked(
    ("text", "shown"),
    [
        ("${a}", "${a}"),
        (f"{'a' * 20}${{a}}{'b' * 20}", f"{'a' * 20}${{a}}{'b' * 20}"),
        (f"{'a' * 16} bbb ${{a}} {'c' * 19}", f"… bbb ${{a}} {'c' * 19}"),
        (f"{LONG} ${{a}} {LONG}", "… ccc ddd eee fff ${a} aaa bbb ccc ddd …"),
        ("a\n\n  b ${a}\tc", "a b ${a} c"),
        (f"{'a' * 21}${{a}}{'b' * 21}", "… ${a} …"),
        ("x" * 20 + "${" + "a" * 57 + "}" + "y" * 20, "x" * 20 + "${" + "a" * 57 + "}" + "y" * 20),
        ("x" * 20 + "${" + "a" * 58 + "}" + "y" * 20, "x" * 20 + "${" + "a" * 58 + "}" + "y" * 18 + "…"),
    ],
    ids=range(8),
)  # fmt: skip
def test_what_stands_around_is_shown_in_whole_words(text: str, shown: str) -> None:
    assert found(sms(text)) == [f"dollar-brace body: “{shown}”"]


def test_a_cell_of_an_email_may_be_a_word() -> None:
    table = "<table><tr><td>{}</td></tr></table>"
    for word in ("None", "null", "True"):
        assert found(email(table.format(word))) == []
    assert found(email("", subject="None")) == ["none subject: “None”"]
    assert found(email(table.format("Hello None"))) == ["none body, line 1: <td>: “Hello None”"]


@walked(
    ("tag", "said"),
    [
        ("shop.Order object at 0x1f", "<shop.Order object at 0x1f>"),
        ("User: ann", "<User: ann>"),
        ("Status.PAID: 1", "<Status.PAID: 1>"),
        *((f"{kind} a of b", f"<{kind} a of b>") for kind in ("function", "class", "module", "built-in", "QuerySet")),
        ("bound method a", "<bound method a>"),
        ("coroutine object a", "<coroutine object a>"),
        ("generator object a", "<generator object a>"),
        (f"function {'a' * 90}", f"<function {'a' * 70}"),
        ("a.b", ""),
        ("function", ""),
        ("b object at 0x1f", ""),
        ("w:", ""),
    ],
)  # fmt: skip
def test_an_object_of_python_that_is_taken_for_a_tag_is_found(tag: str, said: str) -> None:
    every = hits(email(f"<p>Order <{tag}> is here</p>"), "personalisation.python-tag")
    assert [one.rpartition(": “")[2] for one in every] == ([f"{said}”"] if said else [])


@walked(
    ("text", "name", "is_found"),
    [
        ("Hello ann", "Ann", True),
        ("Hello, ANN!", "Ann", True),
        ("Hello Ann", "Ann", False),
        ("HELLO ANN", "Ann", False),
        ("Hello anna", "Ann", False),
        ("See ann", "Ann", False),
        ("Hello a", "A", False),
        ("Hello al", "Al", True),
        ("Hello a.b", "A.B", True),
        ("Hello axb", "A.B", False),
        ("Hello ann", "", False),
        ("Hello ann", None, False),
    ],
)
def test_a_name_is_spelled_as_it_is(text: str, name: str | None, is_found: bool) -> None:
    said = f"name-case body: “{text.rstrip('!')}”, where the name is {name}"
    assert found(sms(text, first_name=name)) == ([said] if is_found else [])
