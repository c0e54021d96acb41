"""What `sanitize_html` leaves is what `@novu/framework` left, save where that would let script through."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from novu_framework.npm.sanitize_html import document, sanitize_html, sanitize_outputs
from tests.fuzz import examples
from tests.tables import one_in, walked

RECORDED = Path(__file__).parent.parent / "contract" / "html"
EMAILS = sorted(path.name for path in (RECORDED / "emails").glob("*.html"))


def recorded(name: str) -> list[dict[str, Any]]:
    lines = (RECORDED / name).read_bytes().decode().split("\n")
    return [json.loads(line) for line in lines if line]


def differences(entries: list[dict[str, Any]], expected: str) -> list[tuple[str, str, str]]:
    made = [(entry["html"], entry[expected], sanitize_html(entry["html"])) for entry in entries]
    return [difference for difference in made if difference[1] != difference[2]]


@walked("about", sorted({entry["about"] for entry in recorded("documents.jsonl")}))
def test_a_document_comes_out_as_from_the_package(about: str) -> None:
    entries = [entry for entry in recorded("documents.jsonl") if entry["about"] == about]
    assert differences(entries, "answer") == []


@walked("email", EMAILS)
def test_a_whole_email_comes_out_as_from_the_package(email: str) -> None:
    html = (RECORDED / "emails" / email).read_bytes().decode()
    assert sanitize_html(html) == (RECORDED / "answers" / email).read_bytes().decode()


def test_an_attack_comes_out_as_from_the_package() -> None:
    assert differences(recorded("vectors.jsonl"), "answer") == []


def test_there_are_as_many_recorded_documents_as_the_readme_says() -> None:
    assert len(recorded("documents.jsonl")) >= 400
    assert len(recorded("vectors.jsonl")) >= 300
    assert len(EMAILS) >= 24


def test_where_the_package_lets_script_through_it_does_not_get_out_here() -> None:
    entries = recorded("safer.jsonl")
    assert differences(entries, "here") == []
    assert all(entry["here"] != entry["answer"] for entry in entries)


@pytest.mark.parametrize(
    ("href", "stays"),
    [
        ("javascript:alert(1)//https:", False),  # a scheme is at the beginning
        ("<!-- -->" * 99 + "https://acme.test", True),
        ("<!-- -->" * 100 + "https://acme.test", False),  # more is not looked at
    ],
    ids=["at the end", "99 comments", "100 comments"],
)
def test_what_a_link_begins_with_says_whether_it_stays(href: str, stays: bool) -> None:
    assert ("href" in sanitize_html(f'<a href="{href}">x</a>')) is stays


@pytest.mark.parametrize(
    ("content", "stays"),
    [
        ("soon;url=data:text/html,x", False),  # older readers take any words for a time
        ("soon, DATA:text/html,x", False),
        ("soon;url=https://acme.test/", True),
        ("0;url=/a,b;data:text/html,x", True),  # one address, in which there may be anything
    ],
)
def test_a_refresh_stays_if_its_address_may(content: str, stays: bool) -> None:
    kept = f'content="{content}" ' if stays else ""
    meta = sanitize_html(f'<meta http-equiv="refresh" content="{content}">')
    assert meta == f'<meta http-equiv="refresh" {kept}/>'


def test_text_without_markup_is_handed_back_as_it_is() -> None:
    text = "Ann's order, 12 items: 日本 😀 \u00a0\u2028\ud800"
    assert sanitize_html(text) is text


def test_outputs_are_cleaned_however_deep_and_keys_are_not() -> None:
    outputs = {
        "subject": "Q&A",
        "redirect": {"url": "https://acme.test/?a=1&b=2"},
        "data": {"<b>": ["<i>x", 1.5, True, None, {"y": "<script>z</script>"}], "empty": [], "none": None},
    }
    assert sanitize_outputs(outputs) == {
        "subject": "Q&amp;A",
        "redirect": {"url": "https://acme.test/?a=1&amp;b=2"},
        "data": {"<b>": ["<i>x</i>", 1.5, True, None, {"y": ""}], "empty": [], "none": None},
    }


def test_outputs_are_not_changed_in_place() -> None:
    outputs = {"body": "<b>x", "data": ["<i>"]}
    sanitize_outputs(outputs)
    assert outputs == {"body": "<b>x", "data": ["<i>"]}


def test_a_list_within_a_list_becomes_a_dict_as_in_the_package() -> None:
    assert sanitize_outputs({"data": [["<b>", ["<i>"]]]}) == {"data": [{"0": "<b></b>", "1": ["<i></i>"]}]}


MANY = 50_000


@pytest.mark.parametrize(
    ("repeated", "tail", "expected"),
    [
        ("<b>", "", "<b>" * MANY + "</b>" * MANY),
        ("<i>", "</b>" * MANY, "<i>" * MANY + "</i>" * MANY),
        ("<p>", "", "<p></p>" * MANY),
        ("<", "", "&lt;" * MANY),
        ("<a ", "", ""),
        ("<a b='", "", ""),
        ("<a / / ", "", " "),
        ("<p/", "", "/"),
        ("&", "", "&amp;" * MANY),
        ("&#", "", "&amp;#" * MANY),
        ("&am", "", "&amp;am" * MANY),
        ("<!--", "", ""),
        ("<!-- -", "", ""),
        ("<![CDATA[", "", ""),
        ("</a/", "", ""),
        ("<style>", "", "<style>" * MANY + "</style>"),
        ("<style/>", "", "<style>" * MANY + "</style>" * MANY),
        (" ", "<", " " * MANY + "&lt;"),
        ("<script>", "", ""),
    ],
)
def test_hostile_input_is_read_in_linear_time(repeated: str, tail: str, expected: str) -> None:
    """Work that grew with the square of these would not end while anybody waits."""
    assert sanitize_html(repeated * MANY + tail) == expected


@pytest.mark.parametrize(
    "value",
    [
        "<!-- -->" * MANY,
        "<!--" * MANY,
        " x" * MANY,
        "&a" * MANY,
        "a (," * MANY,
        "a, " * MANY,
        "9" * MANY + "w",
    ],
    ids=lambda value: value[:8],
)
@pytest.mark.parametrize("attribute", one_in(3, ["srcset", "href", "title"]))
def test_a_hostile_attribute_is_read_in_linear_time(attribute: str, value: str) -> None:
    assert sanitize_html(f'<p>1<a {attribute}="{value}">2').endswith(">2</a></p>")


def test_one_tag_of_many_attributes_is_read_in_linear_time() -> None:
    attributes = "".join(f" a{index}=x" for index in range(MANY))
    assert sanitize_html(f"<p{attributes}>") == "<p" + attributes.replace("=x", '="x"') + "></p>"


def test_work_grows_with_the_input_and_not_with_its_square() -> None:
    def calls(html: str) -> int:
        count = 0

        def profile(*_: object) -> None:
            nonlocal count
            count += 1

        sys.setprofile(profile)
        try:
            sanitize_html(html)
        finally:
            sys.setprofile(None)
        return count

    def hostile(size: int) -> str:
        return "<div><b><x>" * size + "</i></td></x>" * size + "<p>" * size

    assert calls(hostile(2000)) < 2.2 * calls(hostile(1000))


PIECES = st.sampled_from(
    """
    <p> </p> <b> </b> <div> </div> <table> </table> <tr> </tr> <td> </td> <li> </li> <ul> </ul> <option> </option>
    <a_href="/x"> <a_href="javascript:x"> <a_title="x>y"> <a_title="x<y"> <a_title="x </a> <p_onclick="x"> <p_id>
    <p_style="color:red"> <p/> </p/> <p_> </p_> <P> <br> <br_/> <title> </title> <style> </style> <svg> </svg> <mi>
    </mi> <script> </script> <textarea> </textarea> <!--x--> <!DOCTYPE_html> text > < &amp; " ' / \x1b
    """.replace("\\x1b", "\x1b").split()
).map(lambda piece: piece.replace("_", " "))


START_TAGS = st.sampled_from(
    [
        "p",
        "b",
        "div",
        "table",
        "tr",
        "td",
        "li",
        "ul",
        "a",
        "span",
        "h1",
        'a href="/x"',
        'a title="x"',
        'p style="color:red"',
    ]
)
BALANCED = st.recursive(
    st.sampled_from(["", "text", "Ann's", "é\u2028"]),
    lambda content: st.builds(
        lambda tag, inner: f"<{tag}>{''.join(inner)}</{tag.split()[0]}>",
        START_TAGS,
        st.lists(content, max_size=3),
    ),
    max_leaves=6,
).map(lambda content: f"<div>{content}</div>")
SLOPPY = st.builds(
    lambda name, pieces: f"<{name}>{''.join(pieces)}</{name}>",
    st.sampled_from(["p", "div", "td", "title", "xmp", "svg", "a"]),
    st.lists(PIECES, max_size=5),
)


@settings(deadline=None, max_examples=examples(2000))
@given(BALANCED | SLOPPY | st.lists(BALANCED | SLOPPY | PIECES).map("".join))
@pytest.mark.slow
def test_the_table_of_tags_changes_no_answer(html: str) -> None:
    by_table = sanitize_html(html)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(document, "_tags", {})
        patch.setattr(document, "_tag_of", lambda written: None)  # each is read where it stands
        assert sanitize_html(html) == by_table


class Emptied(dict):
    """A table that another thread empties whenever something was asked of it."""

    def __contains__(self, key):
        found = super().__contains__(key)
        self.clear()
        return found

    def get(self, key, default=None):
        found = super().get(key, default)
        self.clear()
        return found


def test_another_thread_may_empty_the_table_of_tags_at_any_moment(monkeypatch) -> None:
    monkeypatch.setattr(document, "_tags", Emptied())
    html = "<b><b>1</b></b>"
    assert sanitize_html(html) == html


def test_the_table_of_tags_has_an_end() -> None:
    long = f'<b title="{"x" * 600}">1</b>'
    assert sanitize_html(long) == long
    assert not any(len(written) > 512 for written in document._tags)
    for number in range(5000):
        assert sanitize_html(f"<b id={number}>1</b>") == f'<b id="{number}">1</b>'
    assert len(document._tags) <= 4096
