"""The letters of a snapshot's files, the order of what they hold, and what is made of HTML and of an SMS for people."""

from __future__ import annotations

from typing import Any

import pytest

from novu_framework_testing._internal.sms import SmsSize, sms_size
from novu_framework_testing.snapshots import RenderedStep, format_of
from novu_framework_testing.snapshots.formats import (
    StepFormat,
    arranged,
    encoded_files,
    html_body,
    html_file,
    visible_body,
    visible_text,
)
from novu_framework_testing.snapshots.json_text import (
    Placeholder,
    UnreadableSnapshot,
    hidden,
    read,
    write,
)
from tests.tables import walked

# data, and its lines
WRITTEN: list[tuple[dict[str, Any], str]] = [
    ({}, ""),
    (
        {"primaryAction": 1, "aB": 2, "URL": 3, "primary action": 4, "with-dash": 5, "a:b": 6, "": 7, "é": 8},
        'primary action: 1\naB: 2\nURL: 3\n"primary action": 4\nwith-dash: 5\n"a:b": 6\n"": 7\n"é": 8\n',
    ),
    (
        {"yes": True, "no": False, "none": None, "n": [0, -1.5, float("inf"), -float("inf"), 1e300]},
        "yes: yes\nno: no\nnone: none\n\nn:\n  - 0\n  - -1.5\n  - Infinity\n  - -Infinity\n  - 1e+300\n",
    ),
    ({"n": ["yes", "no", "none", "0"]}, 'n:\n  - "yes"\n  - "no"\n  - "none"\n  - "0"\n'),
    ({"n": ["-1.5", "1e+5", "NaN", "-Infinity"]}, 'n:\n  - "-1.5"\n  - "1e+5"\n  - "NaN"\n  - "-Infinity"\n'),
    ({"n": ["1.", "+1", "-NaN", "Yes"]}, "n:\n  - 1.\n  - +1\n  - -NaN\n  - Yes\n"),
    ({"m": {}, "l": [], "lists": [[], {}]}, "m: (empty)\nl: (empty list)\n\nlists:\n  - (empty list)\n  - (empty)\n"),
    ({"m": "(empty)", "l": "(empty list)"}, 'm: "(empty)"\nl: "(empty list)"\n'),
    (
        {"a": Placeholder("int"), "b": Placeholder('a "b"\n'), "c": "(any: int)", "d": "(any: int", "e": "int)"},
        'a: (any: int)\nb: (any: a \\"b\\"\\n)\nc: "(any: int)"\nd: (any: int\ne: int)\n',
    ),
    (
        {"a": "", "b": " x", "c": "x ", "d": '"', "e": "|", "f": "- x", "g": "-", "h": "a\tb"},
        'a: ""\nb: " x"\nc: "x "\nd: "\\""\ne: "|"\nf: "- x"\ng: "-"\nh: "a\\tb"\n',
    ),
    (
        {"a": "-x", "b": "# x", "c": "a: b", "d": 'a "b" \\', "e": "a | b"},
        'a: -x\nb: # x\nc: a: b\nd: a "b" \\\ne: a | b\n',
    ),
    # A zero-width joiner is part of a letter that is not of ASCII, and else cannot be seen.
    (
        {"a": "é\u200d", "b": "a\u200d", "c": "\u200d", "d": "\u200dé", "e": "\x7f\u200d"},
        'a: é\u200d\nb: "a\\u200d"\nc: "\\u200d"\nd: "\\u200dé"\ne: "\\u007f\\u200d"\n',
    ),
    ({"a": "one\ntwo", "b": "x\n", "c": "\n"}, "a:\n  | one\n  | two\n\nb:\n  | x\n  |\n\nc:\n  |\n  |\n"),
    (
        {"a": 'x \n"y"\n- z\n\n|\n\u200b\n z'},
        'a:\n  "x "\n  | "y"\n  | - z\n  |\n  | |\n  "\\u200b"\n  |  z\n',
    ),
    (
        {"a": {"x": 1}, "b": 2, "c": [1], "d": {"y": {"z": [{}]}}},
        "a:\n  x: 1\nb: 2\n\nc:\n  - 1\n\nd:\n  y:\n    z:\n      - (empty)\n",
    ),
    (
        {"a": ["a: b", "a:", "a:b", "-", "- x", "b\nc", "b: c\nd", [1, [2]]]},
        'a:\n  - "a: b"\n  - "a:"\n  - a:b\n  - "-"\n  - "- x"\n  -\n    | b\n    | c\n'
        "  -\n    | b: c\n    | d\n  -\n    - 1\n    -\n      - 2\n",
    ),
    (
        {"a": [{"k": 1, "l": "v", "m": {"n": 2}}, {"k": {"m": 1}, "l": [2]}, {"k": "b\nc"}, {'"': 1}]},
        "a:\n  - k: 1\n    l: v\n    m:\n      n: 2\n  - k:\n      m: 1\n    l:\n      - 2\n"
        '  - k:\n      | b\n      | c\n  - "\\"": 1\n',
    ),
]  # fmt: skip


@walked(("data", "lines"), WRITTEN)
def test_data_is_written_so_and_read_back(data: dict[str, Any], lines: str) -> None:
    assert write(data) == lines
    assert repr(read(lines)) == repr(data)


def test_a_tuple_is_a_list_and_a_set_is_not_json() -> None:
    assert write({"a": (), "b": (1,)}) == "a: (empty list)\n\nb:\n  - 1\n"
    for value in ({1}, object()):
        with pytest.raises(TypeError, match=f"not a {type(value).__name__}"):
            write({"a": value})


def test_a_comment_stands_under_its_entry_and_is_passed_over() -> None:
    data = {"a": 1, "b": [1], "c": 2}
    lines = write(data, comments={"a": "of a", "b": "of b", "z": "of none"})
    assert lines == "a: 1\n# of a\n\nb:\n  - 1\n# of b\nc: 2\n"
    assert read(lines) == data


@walked(
    ("broken", "why"),
    [
        ("key", "not an entry"),
        ("- a", "not an entry"),
        ("a: 1\n- b", "not an entry"),
        ("a:b", "not an entry"),
        ("é: 1", "not an entry"),
        ("  key: 1", "too far"),
        ("a: 1\n b: 2", "too far"),
        ("a: 1\n  b: 2", "too far"),
        ("a:\n  b: 1\n    c: 2", "too far"),
        ("a:\n  - k: 1\n     l: 2", "too far"),
        ("key:", "label without a value before line 2"),
        ("a:\nb: 1", "label without a value before line 2"),
        ("a:\n  -", "label without a value before line 3"),
        ('key: "open', "not a quoted text"),
        ("a:\n  - 1\n  -2", "not an item"),
        ("a:\n  - 1\n  b: 2", "not an item"),
    ],
)
def test_lines_that_are_out_of_shape_are_named(broken: str, why: str) -> None:
    with pytest.raises(UnreadableSnapshot, match=why):
        read(broken)


@walked(
    ("text", "is_hidden"),
    [("a", False), ("a b", False), ("👩‍🚀", False), ("", True), (" ", True), ("a ", True), (" a", True)]
    + [(f"a{unseen}b", True) for unseen in "\u200b\u00a0\t\n\x00"],
)
def test_what_could_be_lost_or_missed_is_hidden(text: str, is_hidden: bool) -> None:
    assert hidden(text) is is_hidden


_TIMES = [
    "type", "amount", "unit", "cron", "dynamicKey", "threshold", "digestKey", "throttleKey", "lookBackWindow",
]  # fmt: skip
# what a reader of each kind of step looks for first
FIRST = {
    "email": ["subject", "from", "replyTo", "preheader"],
    "in_app": ["subject", "body", "avatar", "primaryAction", "secondaryAction", "redirect", "data"],
    "sms": ["body"],
    "chat": ["body", "card"],
    "push": ["subject", "body"],
    "custom": ["subject", "body"],
    "digest": _TIMES,
    "delay": _TIMES,
    "throttle": _TIMES,
}


@walked("channel", FIRST)
def test_outputs_are_in_the_order_in_which_they_are_read(channel: str) -> None:
    names = [*FIRST[channel], "A", "a", "zz"]
    step = RenderedStep("s", channel, "delivered", dict.fromkeys(reversed(names), 1))
    assert list(format_of(channel).document(step)["content"]) == names


def test_parts_are_in_the_order_in_which_they_are_read() -> None:
    names = [
        "type", "name", "title", "subtitle", "label", "content", "value", "url", "target", "amount", "unit",
        "A", "a", "zz",
    ]  # fmt: skip
    part = dict.fromkeys(reversed(names), 1)
    assert list(arranged(part)) == names
    step = RenderedStep("s", "push", "completed", {"a": [part]}, {"x": part}, details=part)
    document = StepFormat().document(step)
    assert list(document) == ["step", "channel", "status", "content", "providerOverrides", "details"]
    parts = (document["content"]["a"][0], document["providerOverrides"]["x"], document["details"])
    assert [list(one) for one in parts] == [names] * 3


HEAD = "step: s\nchannel: {}\nstatus: {}\n"


@walked(
    ("step", "lines"),
    [
        (RenderedStep("s", "sms", "skipped", reason="off"), HEAD + "reason: off\n"),
        (RenderedStep("s", "sms", "skipped"), HEAD),
        (RenderedStep("s", "sms", "skipped", {"a": 1}), HEAD + "\ncontent:\n  a: 1\n"),
        (RenderedStep("s", "sms", "failed"), HEAD + "content: (empty)\n"),
        (RenderedStep("s", "push", "failed", workflow_id="", reason=""), 'workflow: ""\n' + HEAD + 'reason: ""\ncontent: (empty)\n'),
        (RenderedStep("s", "sms", "delivered", {"body": "Hi"}), HEAD + "\ncontent:\n  body: Hi\n# 1 segment, GSM-7\n"),
        (RenderedStep("s", "sms", "delivered", {"body": "ж"}), HEAD + "\ncontent:\n  body: ж\n# 1 segment, UCS-2\n"),
        (RenderedStep("s", "sms", "delivered", {"body": 3}), HEAD + "\ncontent:\n  body: 3\n"),
        (RenderedStep("s", "email", "delivered", {"body": 3}), HEAD + "\ncontent:\n  body: 3\n"),
        (RenderedStep("s", "email", "delivered", {"a": 1}), HEAD + "\ncontent:\n  a: 1\n"),
    ],
)  # fmt: skip
def test_the_text_file_of_a_step_reads_so(step: RenderedStep, lines: str) -> None:
    files = format_of(step.channel).files(step)
    assert files == {".txt": lines.format(step.channel, step.status)}
    assert format_of(step.channel).read(files) == step
    assert format_of(step.channel).earlier_files(step) == {}


def test_the_text_file_of_an_email_says_where_the_body_is() -> None:
    files = format_of("email").files(RenderedStep("s", "email", "delivered", {"body": "<p>", "subject": "S"}))
    lines = files[".txt"].splitlines()
    assert lines[-2] == "  subject: S"
    assert lines[-1].startswith("# ")
    assert ".html" in lines[-1]
    assert files[".html"] == "<!-- snapshot of step s, email -->\n<p>\n"


@pytest.mark.parametrize(("before", "marked"), [(0, False), (2034, False), (2035, True)])
def test_a_charset_counts_where_a_browser_looks_for_it(before: int, marked: bool) -> None:
    body = " " * before + "<meta  CHARSET" + "=utf-8><p>é</p>"
    assert html_file(body, title="t").startswith("\ufeff") is marked


def test_a_format_has_an_order_of_its_own() -> None:
    step = RenderedStep("s", "push", "delivered", dict.fromkeys(("a", "body", "subject", "z"), 1))
    assert list(StepFormat("z").document(step)["content"]) == ["z", "a", "body", "subject"]
    assert list(StepFormat().document(step)["content"]) == ["subject", "body", "a", "z"]


SPELLED = "t; &#13; and &#10; are line breaks of the body"
# a body, and its file: what could be lost at the end of a line or of the file is spelled out
HTML_FILES: list[tuple[str, str, str]] = [
    ("", "t", "\n"),
    ("<p>a</p>\nb", "t", "<p>a</p>\nb\n"),
    ("a &#13; &#10;", "t", "a &#13; &#10;\n"),
    ("a\n", SPELLED, "a&#10;\n"),
    ("a\n\nb\n\n", SPELLED, "a\n\nb&#10;&#10;\n"),
    ("\na\r\nb\r", SPELLED, "\na&#13;\nb&#13;\n"),
    ("\r", SPELLED, "&#13;\n"),
    ("\n", SPELLED, "&#10;\n"),
    ("&#13; &#010; &#11; &#113;\n", SPELLED, "&#013; &#0010; &#11; &#113;&#10;\n"),
]


@walked(("body", "title", "lines"), HTML_FILES)
def test_the_html_file_of_a_body_is_read_back(body: str, title: str, lines: str) -> None:
    file = f"<!-- snapshot of step {title} -->\n{lines}"
    assert html_file(body, title="t") == file
    for touched in (file, f"\ufeff{file}", f"{file}\n\n", file.rstrip("\n")):
        assert html_body(touched) == body
    step = RenderedStep("t", "email", "delivered", {"body": body, "a": 1})
    files = format_of("email").files(step)
    assert set(files) == {".txt", ".html"}
    assert encoded_files(step) == {suffix: text.encode() for suffix, text in files.items()}
    assert format_of("email").read(files) == step
    earlier = {".html": f"<!-- snapshot of step t, email -->\n{body}\n"}
    assert format_of("email").earlier_files(step) == (earlier if title == SPELLED else {})


@pytest.mark.parametrize(
    "file", ["", "<p>Hi</p>\n", " <!-- snapshot of step t -->\n", "<!-- snapshot of step t -->a"]
)
def test_an_html_file_without_its_first_line_is_refused(file: str) -> None:
    with pytest.raises(UnreadableSnapshot, match="begins with a comment"):
        html_body(file)


@pytest.mark.parametrize("missing", ["step", "channel", "status"])
def test_a_text_file_that_does_not_say_whose_it_is_is_refused(missing: str) -> None:
    lines = [f"{name}: a\n" for name in ("step", "channel", "status") if name != missing]
    for channel in ("sms", "email"):
        with pytest.raises(UnreadableSnapshot, match=f"'{missing}' is missing"):
            format_of(channel).read({".txt": "".join(lines)})


@pytest.mark.parametrize("channel", ["sms", "email", "custom"])
def test_all_of_a_step_is_read_back(channel: str) -> None:
    step = RenderedStep(
        "s", channel, "failed", {"body": "<p>", "b": [1]}, {"p": {"x": 1}}, "w", "r", {"id": 1}
    )
    assert format_of(channel).read(format_of(channel).files(step)) == step


INLINE = [
    "a",
    "abbr",
    "b",
    "bdi",
    "cite",
    "code",
    "em",
    "font",
    "i",
    "mark",
    "q",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "u",
]


@walked(
    ("html", "text"),
    [(f"x<{tag} class='c'>y</{tag}>z", "xyz") for tag in INLINE]
    + [(f"x<{tag}>y</{tag}>z", "x y z") for tag in ("p", "div", "h1", "td", "li")]
    + [(f"x<{tag}>no</{tag}>z", "xz") for tag in ("style", "script")]  # as a browser shows it
    + [(f"x<{tag}>no</{tag}>z", "x z") for tag in ("title", "head")]
    + [
        ("a & b", "a & b"),
        ("a &amp; b &#233;", "a & b é"),
        ("a<br>b<br/>c", "a b c"),
        (" a \n\n b ", "a b"),
        ("x AT&T", "x AT&T"),
        ("<head>no<title>no</title>no</head>z", "z"),
        ("</style>a<style>no</style>b", "ab"),
        ("</style></style>a<style>no</style>b", "ab"),
        ("<div style='display:none'>preheader</div>x", "preheader x"),
        ("", ""),
    ],
)
def test_the_visible_text_of_html_is_what_an_inbox_lists(html: str, text: str) -> None:
    assert visible_text(html) == text
    assert visible_body(RenderedStep("s", "email", "delivered", {"body": html})) == text
    assert visible_body(RenderedStep("s", "push", "delivered", {"body": html})) == html


def test_a_body_that_is_not_text_is_not_visible() -> None:
    for outputs in ({}, {"body": None}, {"body": 3}):
        assert visible_body(RenderedStep("s", "email", "delivered", outputs)) is None


@walked(
    ("text", "size", "summary"),
    [
        ("", SmsSize("GSM-7", 0, 0, 160), "0 segments, GSM-7"),
        ("a", SmsSize("GSM-7", 1, 1, 160), "1 segment, GSM-7"),
        ("a" * 160, SmsSize("GSM-7", 160, 1, 160), "1 segment, GSM-7"),
        ("a" * 161, SmsSize("GSM-7", 161, 2, 153), "2 segments, GSM-7"),
        ("a" * 306, SmsSize("GSM-7", 306, 2, 153), "2 segments, GSM-7"),
        ("a" * 307, SmsSize("GSM-7", 307, 3, 153), "3 segments, GSM-7"),
        ("\f^{}\\[~]|€", SmsSize("GSM-7", 20, 1, 160), "1 segment, GSM-7"),
        ("ж" * 70, SmsSize("UCS-2", 70, 1, 70, ("ж",)), "1 segment, UCS-2"),
        ("ж" * 71, SmsSize("UCS-2", 71, 2, 67, ("ж",)), "2 segments, UCS-2"),
        ("ж€", SmsSize("UCS-2", 2, 1, 70, ("ж",)), "1 segment, UCS-2"),
        ("\uffff", SmsSize("UCS-2", 1, 1, 70, ("\uffff",)), "1 segment, UCS-2"),
        ("\U00010000", SmsSize("UCS-2", 2, 1, 70, ("\U00010000",)), "1 segment, UCS-2"),
    ],
)
def test_the_size_of_an_sms_and_what_is_paid_for(text: str, size: SmsSize, summary: str) -> None:
    assert sms_size(text) == size
    assert sms_size(text).summary == summary
