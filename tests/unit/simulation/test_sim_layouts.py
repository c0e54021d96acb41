"""What the block editor wrote is HTML with Liquid in it, and what a layout has to be."""

from __future__ import annotations

import json
from typing import Any

import pytest

from novu_framework.npm.ajv.validator import Validator
from novu_framework_testing.simulation.layouts import LAYOUT_SCHEMA, email_html, layout_issues, render_layout
from tests.tables import walked

PAGE = "<html><body>{{content}}</body></html>"
ISSUES = {
    "email.body": [
        {
            "message": 'The layout body should contain the "content" variable',
            "issueType": "MISSING_VALUE",
        }
    ]
}


def text(said: Any) -> dict[str, Any]:
    return {"type": "text", "text": said}


def variable(**attributes: Any) -> dict[str, Any]:
    return {"type": "variable", "attrs": attributes}


def document(*nodes: dict[str, Any]) -> str:
    return json.dumps({"type": "doc", "content": nodes})


@walked(
    ("nodes", "html"),
    [
        ([], ""),
        ([{"type": "paragraph"}], "<p></p>"),
        ([{"type": "paragraph", "content": None}], "<p></p>"),
        ([{"type": "paragraph", "content": [text("Hi "), text("Ann")]}], "<p>Hi Ann</p>"),
        ([{"type": "paragraph", "content": [text("1 < 2")]}, text("&")], "<p>1 &lt; 2</p>&amp;"),
        ([{"type": "text"}, text(None), text("x")], "x"),
        ([text(7)], "7"),
        ([{"type": "heading", "content": [text("Hi")]}], "<h1>Hi</h1>"),
        ([{"type": "heading", "attrs": {"level": 3}, "content": [text("Hi")]}], "<h3>Hi</h3>"),
        ([{"type": "heading", "attrs": None, "content": [text("Hi")]}], "<h1>Hi</h1>"),
        ([{"type": "section", "content": [{"type": "paragraph"}, text("x")]}], "<p></p>x"),
        ([{"content": [text("x")]}], "x"),
        ([variable(id="payload.name")], "{{ payload.name }}"),
        ([variable(id="payload.name", fallback="")], "{{ payload.name }}"),
        ([variable(id="payload.name", fallback="you")], "{{ payload.name | default: 'you' }}"),
    ],
)
def test_what_the_block_editor_wrote_is_html_with_liquid_in_it(nodes: list[Any], html: str) -> None:
    assert email_html(document(*nodes)) == html


@walked("body", ["", "<p>Hi</p>", "{", "7", '["doc"]', '{"type": "note"}', "{}"])
def test_a_body_of_no_block_editor_stays_as_it_is(body: str) -> None:
    assert email_html(body) == body


@walked(
    ("values", "html"),
    [
        ({}, ""),
        ({"email": None}, ""),
        ({"email": {"body": None}}, ""),
        ({"email": {"body": PAGE}}, "<html><body>the email</body></html>"),
        (
            {"email": {"body": document({"type": "paragraph", "content": [variable(id="content")]})}},
            "<p>the email</p>",
        ),
        ({"email": {"body": document(variable(id="name", fallback="you"))}}, "you"),
    ],
)
def test_a_layout_is_rendered_around_the_email(values: dict[str, Any], html: str) -> None:
    assert render_layout(values, {"content": "the email"}) == html


@walked(
    ("email", "issues"),
    [
        (None, {}),
        ({}, {}),
        ({"body": PAGE}, {}),
        ({"body": PAGE, "editorType": "html"}, {}),
        ({"body": PAGE.replace("{{content}}", "{{  content\t}}")}, {}),
        ({"body": PAGE.replace("{{content}}", "{{ content_of }}")}, ISSUES),
        ({"body": PAGE.replace("{{content}}", "{{ my.content }}")}, ISSUES),
        ({"body": PAGE.replace("{{content}}", "{content}")}, ISSUES),
        ({"body": PAGE.replace("{{content}}", "{{content}")}, ISSUES),
        ({"body": document(variable(id="content")), "editorType": "block"}, {}),
        ({"body": document({"content": [text("x"), variable(id="content")]}), "editorType": "block"}, {}),
        ({"body": document(text("{{ content }}")), "editorType": "block"}, {}),
        ({"body": document(), "editorType": "block"}, ISSUES),
        ({"body": document(variable(id="contents")), "editorType": "block"}, ISSUES),
        ({"body": document({"type": "variable"}), "editorType": "block"}, ISSUES),
        ({"body": document({"type": "note", "attrs": {"id": "content"}}), "editorType": "block"}, ISSUES),
        ({"body": document({"type": "variable", "attrs": None}), "editorType": "block"}, ISSUES),
    ],
)
def test_a_layout_has_a_place_for_the_email(email: Any, issues: dict[str, Any]) -> None:
    assert layout_issues({"email": email}) == issues


@walked(
    ("email", "said"),
    [
        ("text", "must be a string"),
        (["text"], "must be a string"),
        ({"editorType": "html"}, "must be a string"),
        ({"body": 7}, "must be a string"),
        ({"body": PAGE, "editorType": "block"}, "valid Maily JSON"),
        ({"body": "7", "editorType": "block"}, "valid Maily JSON"),
        ({"body": document(variable(id="content"))}, "valid HTML"),
        ({"body": PAGE.replace("<html", "<htm")}, "valid HTML"),
        ({"body": PAGE.replace("</html>", "")}, "valid HTML"),
        ({"body": PAGE.replace("<body", "<bod")}, "valid HTML"),
        ({"body": PAGE.replace("</body>", "")}, "valid HTML"),
    ],
)
def test_content_that_is_not_what_its_editor_writes_is_refused(email: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        layout_issues({"email": email})


@walked(
    ("values", "valid"),
    [
        ({}, True),
        ({"email": {"body": PAGE}}, True),
        ({"email": {"body": PAGE, "editorType": "html"}}, True),
        ({"email": {"body": PAGE, "editorType": "block"}}, True),
        ([], False),
        ({"email": {}}, False),
        ({"email": PAGE}, False),
        ({"email": {"body": []}}, False),
        ({"email": {"body": PAGE, "editorType": "text"}}, False),
        ({"email": {"body": PAGE, "editorType": None}}, False),
    ],
)
def test_the_schema_of_a_layout_takes_what_a_layout_is(values: Any, valid: bool) -> None:
    _, issues = Validator(LAYOUT_SCHEMA).validate(values)
    assert (issues == []) is valid


def test_what_a_layout_does_not_have_is_left_out_by_its_schema() -> None:
    kept = {"email": {"body": PAGE, "editorType": "html"}}
    given = {"sms": {}, "email": {**kept["email"], "subject": "x"}}
    assert Validator(LAYOUT_SCHEMA).validate(given) == (kept, [])
