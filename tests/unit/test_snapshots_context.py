"""What is known of a step beside its content: the recipient, the headers, the attachments, the values of the payload."""

from __future__ import annotations

import dataclasses
from types import SimpleNamespace
from typing import Any

import pytest

from novu_framework_testing.snapshots.context import StepContext


def message(body: Any = None, to: Any = None, **envelope: Any) -> SimpleNamespace:
    return SimpleNamespace(envelope=envelope, to=to, content={"body": body}, outputs=None, providers=None)


def run_with(payload: Any = None, **known: Any) -> SimpleNamespace:
    return SimpleNamespace(payload=payload, **known)


def test_a_recipient_and_a_workflow_are_known_from_the_run() -> None:
    ann = SimpleNamespace(
        subscriber_id="s1",
        first_name="Ann",
        last_name="Lee",
        email="ann@a.test",
        phone="+4912",
        locale="de",
        timezone="Europe/Berlin",
    )
    shop = SimpleNamespace(workflow_id="order", name="Your order")
    found = StepContext.of_step(message(), run_with(subscriber=ann, workflow=shop))
    assert found == StepContext(
        "s1", "Ann Lee", "ann@a.test", "+4912", "de", "Europe/Berlin", "order", "Your order"
    )
    unnamed = SimpleNamespace(workflow_id="order", name="order")
    short = SimpleNamespace(subscriber_id=5, first_name=None, last_name="L\ud800e")
    found = StepContext.of_step(message(), run_with(subscriber=short, workflow=unnamed))
    assert found == StepContext("5", "L?e", workflow="order")
    assert StepContext.of_step(message(), None) == StepContext()
    assert StepContext.of_step(object(), object()) == StepContext()


def test_headers_are_those_of_the_message_in_the_order_of_a_letter() -> None:
    sent = message(
        to=["a@a.test", {"email": "b@b.test"}, ""],
        bcc=("e@e.test",),
        cc="d@d.test",
        replyTo="r@r.test",
        senderName="Acme",
        **{"from": "f@f.test"},
    )
    assert StepContext.of_step(sent, None).headers == (
        ("from", "f@f.test"),
        ("senderName", "Acme"),
        ("replyTo", "r@r.test"),
        ("to", "a@a.test"),
        ("to", '{"email": "b@b.test"}'),
        ("cc", "d@d.test"),
        ("bcc", "e@e.test"),
    )
    assert StepContext.of_step(message(to={1}), None).headers == (("to", '"{1}"'),)
    assert [len(text) for _, text in StepContext.of_step(message(to="x" * 100_001), None).headers] == [
        100_000
    ]


def test_the_first_message_of_a_step_is_told_be_it_delivered_or_not() -> None:
    one, two = message(text="one"), message(text="two")
    steps = {
        "one": SimpleNamespace(messages=[one, two], undelivered=[two]),
        "two": SimpleNamespace(messages=[], undelivered=[two]),
        "": SimpleNamespace(messages=[], undelivered=[]),
    }
    assert {text: StepContext.of_step(step, None).text for text, step in steps.items()} == {
        text: text for text in steps
    }
    texts = [StepContext.of_step(message(text=text), None).text for text in (None, 5, "x" * 100_001)]
    assert [texts[0], texts[1], len(texts[2])] == ["", "5", 100_000]


ATTACHMENTS: list[tuple[Any, tuple[tuple[str, str, str], ...]]] = [
    ([{"name": "a.pdf", "filename": "b", "mime": "application/pdf", "type": "c", "file": b"abc"}], (("a.pdf", "application/pdf", "3"),)),
    ([{"filename": "b.txt", "path": "c", "type": "text/plain", "contentType": "d", "content": "YWJj"}], (("b.txt", "text/plain", "3"),)),
    ([{"path": "/c", "contentType": "text/csv", "content": "YWI="}], (("/c", "text/csv", "2"),)),
    ([{"file": {"type": "Buffer", "data": [1, 2]}}], (("", "", "2"),)),
    ([{"file": None, "content": b"abc"}, {"file": 5}], (("", "", ""), ("", "", ""))),
    (({"name": "a"},), (("a", "", ""),)),
    (["a", None], ()),
    ({"name": "a"}, ()),
    (None, ()),
]  # fmt: skip


def test_an_attachment_has_a_name_a_kind_and_a_size() -> None:
    found = [(given, StepContext.of_step(message(attachments=given), None).attachments) for given, _ in ATTACHMENTS]  # fmt: skip
    assert found == ATTACHMENTS


DATA: list[tuple[Any, Any, tuple[str, ...]]] = [
    ("Hamlet at 8", {"title": "Hamlet", "gone": "Lear"}, ("Hamlet",)),
    ("Row B2, hall C12, AB, Ann", ["B2", "C12", "AB", "Ann"], ("Ann", "C12", "B2")),
    ("arrival at gate 5b, arrival 5", ["arrival", "arrival 5", "5b"], ("arrival 5",)),
    ("new york", ("new york", {"a": [{"b": "New"}]}), ("new york",)),
    ("Grüße aus Köln", ["Grüße", "Köln"], ("Grüße", "Köln")),
    ("Bbb Aaa Aaaa", ["Bbb", "Aaa", "Aaaa", "Aaa"], ("Aaaa", "Aaa", "Bbb")),
    ("x" + "Y" * 200, ["Y" * 200, "x" + "Y" * 200], ("Y" * 200,)),
    ("5", [5, None, True], ()),
    ("Hamlet", None, ()),
]


def test_values_of_a_payload_are_kept_where_they_stand_in_the_message() -> None:
    assert [
        (body, payload, StepContext.of_step(message(body), run_with(payload)).data)
        for body, payload, _ in DATA
    ] == DATA


def nested(depth: int) -> Any:
    value: Any = "Hamlet"
    for _ in range(depth):
        value = [value]
    return value


def test_a_payload_is_looked_at_to_a_depth_and_up_to_a_number() -> None:
    body = " ".join(f"V{at:03}" for at in range(1_001))

    def data(payload: Any) -> tuple[str, ...]:
        return StepContext.of_step(message(f"{body} Hamlet"), run_with(payload)).data

    assert [data(nested(depth)) for depth in (10, 11)] == [("Hamlet",), ()]
    assert [data(["no"] * count + ["Hamlet"]) for count in (999, 1_000)] == [("Hamlet",), ()]
    assert data([f"V{at:03}" for at in range(60)]) == tuple(f"V{at:03}" for at in range(50))


def test_a_value_is_looked_for_in_all_that_a_step_has() -> None:
    step = SimpleNamespace(outputs={"a": "Hamlet"}, providers={"b": ["Lear"]}, content="Othello")
    found = StepContext.of_step(step, run_with(["Hamlet", "Lear", "Othello"]))
    assert found.data == ("Hamlet", "Lear")


def test_a_context_is_read_from_json_and_what_is_not_known_is_left_out() -> None:
    written = {
        "name": "Ann",
        "unknown": 5,
        "headers": [["to", "a"]],
        "attachments": [["a", "b", 5]],
        "data": ["x", 5],
    }
    read = StepContext.of(written)
    assert read == StepContext(
        name="Ann", headers=(("to", "a"),), attachments=(("a", "b", "5"),), data=("x", "5")
    )
    assert StepContext.of(dataclasses.asdict(read)) == read
    assert StepContext.of({}) == StepContext()
    with pytest.raises(TypeError, match=r"the context of a step is \{'name': 5\}"):
        StepContext.of({"name": 5})
