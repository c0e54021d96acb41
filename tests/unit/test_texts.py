"""Texts on their way: their order, what they cost as an SMS, what a terminal and GitHub read of them, and as JSON."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from novu_framework_testing import _internal
from novu_framework_testing._internal import wire
from novu_framework_testing._internal.github import annotation, append_summary, at_most
from novu_framework_testing._internal.lazy import lazy
from novu_framework_testing._internal.moments import iso
from novu_framework_testing._internal.natural_order import natural
from novu_framework_testing._internal.pages import (
    PREVIEW_SCRIPTS,
    PREVIEW_STYLES,
    SECURITY_HEADERS,
    asset,
    media_type,
)
from novu_framework_testing._internal.printable import printable
from novu_framework_testing._internal.sms import SmsSize, sms_size
from novu_framework_testing._internal.templates import template_error
from tests.tables import walked


def test_numbers_in_texts_are_in_the_order_in_which_people_count() -> None:
    in_order = ["", "a", "a1", "a1b2", "a1b10", "a02", "a2b", "a10", "b", "b1.9", "b1.10"]
    backwards = in_order[::-1]
    assert sorted(backwards, key=natural) == in_order
    assert natural("a12b") == ((-1, "a"), (12, ""), (-1, "b"))
    assert natural("1" * 19) == ((-1, ""), (int("1" * 18), ""), (-1, ""), (1, ""), (-1, ""))


BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)


@walked(
    ("text", "size"),
    [
        ("", ("GSM-7", 0, 0, 160)),
        ("a", ("GSM-7", 1, 1, 160)),
        (BASIC, ("GSM-7", 127, 1, 160)),
        ("\f^{}\\[~]|€", ("GSM-7", 20, 1, 160)),
        ("a" * 160, ("GSM-7", 160, 1, 160)),
        ("a" * 161, ("GSM-7", 161, 2, 153)),
        ("a" * 306, ("GSM-7", 306, 2, 153)),
        ("a" * 307, ("GSM-7", 307, 3, 153)),
        ("€" * 80, ("GSM-7", 160, 1, 160)),
        ("a" * 152 + "€" + "a" * 151, ("GSM-7", 305, 2, 153)),
        ("a" * 152 + "€" + "a" * 152, ("GSM-7", 306, 3, 153)),  # which is not split
        ("✓", ("UCS-2", 1, 1, 70, ("✓",))),
        ("ça ✓ça✓🎉", ("UCS-2", 9, 1, 70, ("ç", "✓", "🎉"))),
        ("✓" * 70, ("UCS-2", 70, 1, 70, ("✓",))),
        ("✓" * 71, ("UCS-2", 71, 2, 67, ("✓",))),
        ("🎉" * 35, ("UCS-2", 70, 1, 70, ("🎉",))),
        ("🎉" * 66, ("UCS-2", 132, 2, 67, ("🎉",))),
        ("🎉" * 67, ("UCS-2", 134, 3, 67, ("🎉",))),
        ("\uffff", ("UCS-2", 1, 1, 70, ("\uffff",))),
        ("\U00010000", ("UCS-2", 2, 1, 70, ("\U00010000",))),
    ],
    ids=range(20),
)
def test_the_size_of_a_text_as_an_sms(text: str, size: tuple[str, int, int, int]) -> None:
    assert sms_size(text) == SmsSize(*size)


def test_what_an_sms_costs_is_said() -> None:
    assert [sms_size(text).summary for text in ("", "a", "✓" * 99)] == [
        "0 segments, GSM-7", "1 segment, GSM-7", "2 segments, UCS-2",
    ]  # fmt: skip


def test_a_terminal_gets_no_commands() -> None:
    turns = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    assert printable(turns) == "".join(f"\\u{ord(one):04x}" for one in turns)
    texts = {
        "Room 4": "Room 4",
        "a\nb": "a\nb",
        "a\u00a0b\u2003c": "a\u00a0b\u2003c",  # blanks
        "a\u00ad\u200db\n": "a\u00ad\u200db\n",  # which joins and breaks
        "\x1b[2J": "\\u001b[2J",
        "a\tb\r\x07": "a\\u0009b\\u000d\\u0007",
        "\u2028\ue000": "\\u2028\\ue000",
        "\U000f0000": "\\uf0000",
    }
    assert {text: printable(text) for text in texts} == texts


def test_an_annotation_holds_what_would_end_it() -> None:
    assert annotation("notice", {}, "50%\nof it, or: all\r") == "::notice ::50%25%0Aof it, or: all\\u000d"
    assert annotation("warning", {"title": "a: b, c\n%"}, "") == "::warning title=a%3A b%2C c%0A%25::"
    assert annotation("error", {"file": "a.py", "line": "3"}, "x") == "::error file=a.py,line=3::x"


def test_the_last_annotation_says_how_many_more_there_are() -> None:
    found = [f"::error ::{number}" for number in range(12)]
    assert at_most(found[:10], "error", "Snapshots", "snapshots") == found[:10]
    assert at_most(found[:11], "error", "Snapshots", "snapshots") == [
        *found[:9], "::error title=Snapshots::2 more snapshots are in the summary of the job.",
    ]  # fmt: skip
    assert at_most(found, "notice", "", "x")[9:] == [
        "::notice title=::3 more x are in the summary of the job."
    ]


def test_a_summary_is_appended(tmp_path: Path) -> None:
    file = tmp_path / "summary.md"
    append_summary(file, "# Grüße")
    append_summary(str(file), "b\nc")
    assert file.read_bytes() == "# Grüße\nb\nc\n".encode()


def test_a_moment_is_written_as_javascript_does() -> None:
    moment = datetime(2026, 1, 2, 3, 4, 5, 678_999, tzinfo=timezone.utc)
    moments = [moment, moment.replace(tzinfo=None), moment - timedelta(milliseconds=678)]
    assert [iso(one) for one in moments] == [
        "2026-01-02T03:04:05.678Z", "2026-01-02T03:04:05.678Z", "2026-01-02T03:04:05.000Z",
    ]  # fmt: skip


def test_json_is_compact_and_data_of_its_own() -> None:
    value = {"b": [1, "ü"], "a": (2.5, None)}
    assert wire.encode(value) == '{"b":[1,"ü"],"a":[2.5,null]}'
    made = wire.to_plain_json(value)
    assert made == {"b": [1, "ü"], "a": [2.5, None]}
    assert made["b"] is not value["b"]
    for wrong in (float("nan"), float("inf")):
        with pytest.raises(ValueError, match="not JSON compliant"):
            wire.encode(wrong)
    with pytest.raises(TypeError):
        wire.to_plain_json({1, 2})


def test_json_that_arrives_is_read_with_half_a_surrogate_too() -> None:
    assert wire.decode('{"a": ["ü"]}'.encode()) == {"a": ["ü"]}
    assert wire.decode(rb'"\ud83d"') == "\ud83d"
    with pytest.raises(json.JSONDecodeError):
        wire.decode(b"{")


def test_a_template_is_compiled_alone_and_in_json() -> None:
    assert template_error("{{ a }} {% if b %}ü{% endif %}") is None
    alone, quoted = (
        template_error("{% if b %}"),
        template_error('{{ ü | default: "x" }}'),
    )
    assert alone is not None
    assert quoted is not None
    assert (alone.by_quotes, quoted.by_quotes) == (False, True)
    assert alone.message.startswith("tag {% if b %} not closed")
    assert "ü | default" in quoted.message


def test_a_name_is_imported_when_it_is_first_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("natural", "printable"):  # taken back afterwards: a module has the name of one of them
        monkeypatch.setattr(_internal, name, None, raising=False)
    package = "novu_framework_testing._internal"
    get = lazy(package, {"natural_order": "natural re", "printable": "printable"})
    assert get("natural") is natural
    assert get("printable") is printable
    assert vars(_internal)["printable"] is printable  # and is not looked for again
    with pytest.raises(
        AttributeError, match=r"^module 'novu_framework_testing\._internal' has no attribute 'x'$"
    ):
        get("x")


def test_pages_keep_strangers_out() -> None:
    assert SECURITY_HEADERS == {
        "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
        "connect-src 'self'; img-src data:; frame-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "cross-origin-resource-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "cache-control": "no-store",
    }


def test_the_files_of_a_page_are_there_with_their_types() -> None:
    names = ("a.b.html", "a.js", "a.css")
    assert [media_type(name) for name in names] == [
        "text/html; charset=utf-8", "text/javascript; charset=utf-8", "text/css; charset=utf-8",
    ]  # fmt: skip
    assert all(asset("review", name) for name in (*PREVIEW_SCRIPTS, *PREVIEW_STYLES))
    assert asset("api", "index.html").startswith("<!doctype html>")
