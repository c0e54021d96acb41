"""For whom a change is, and why: recorded beside the snapshots, and said in words."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from novu_framework import workflow
from novu_framework_testing import NovuSimulator
from novu_framework_testing._internal.natural_order import natural
from novu_framework_testing.review.about import about, recipient, recipient_line, recipient_names
from novu_framework_testing.review.changes import TestChanges
from novu_framework_testing.review.collection import changes_of
from novu_framework_testing.review.listing import change_json
from novu_framework_testing.review.recording import RecordedTest, recorded_messages
from novu_framework_testing.review.report import write_report
from novu_framework_testing.review.store import ReviewStore
from novu_framework_testing.review.titles import place_of_test, title_of_test
from novu_framework_testing.review.view import change_detail, list_entry
from novu_framework_testing.snapshots.assertion import StepFiles
from novu_framework_testing.snapshots.context import NO_CONTEXT, StepContext
from novu_framework_testing.snapshots.formats import encoded_files
from novu_framework_testing.snapshots.rendered import rendered_steps
from tests.integration.review_projects import packed
from tests.tables import walked

ANN = {
    "subscriberId": "ann",
    "firstName": "Ann",
    "lastName": "Lee",
    "email": "ann@acme.test",
    "phone": "+4930123",
    "locale": "de_DE",
    "timezone": "Europe/Berlin",
}
TEST = RecordedTest("test_shop.py::test_x", "")
KNOWN = {
    "id": "ann",
    "name": "Ann Lee",
    "email": "ann@acme.test",
    "phone": "+4930123",
    "locale": "de_DE",
    "timezone": "Europe/Berlin",
}


@workflow("price-alert", name="A price fell")
async def price_alert(step: Any, payload: Any, subscriber: Any) -> None:
    async def mail() -> dict[str, Any]:
        return {"subject": "Cheaper", "body": "<p>Now</p>", "replyTo": "help@acme.test"}

    await step.email("mail", mail)


@workflow("plain")
async def plain(step: Any, payload: Any, subscriber: Any) -> None:
    async def text() -> dict[str, str]:
        return {"body": "Hi"}

    await step.sms("text", text)


@pytest.fixture
def novu() -> Iterator[NovuSimulator]:
    with NovuSimulator() as simulator:
        simulator.register([price_alert, plain])
        yield simulator


def kept(root: Path, record: RecordedTest) -> tuple[ReviewStore, TestChanges]:
    """What a review keeps of one test, read back from its file."""
    store = ReviewStore(root)
    store.replace(changes_of(root, [RecordedTest.from_json(record.to_json())], []), ran=[])
    return ReviewStore(root), ReviewStore(root).tests()[0]


def recorded(root: Path, value: Any, **more: Any) -> RecordedTest:
    steps = [StepFiles(f"01-{step.step_id}-{step.channel}", encoded_files(step), context=step.context)
             for step in rendered_steps(value)]  # fmt: skip
    return RecordedTest(
        **{"test": "tests/test_shop.py::test_price[2]", **more},
        folder=str(root / "test_shop" / "x"),
        steps=steps,
    )


COMPARED: dict[str, Callable[[NovuSimulator, Any], Any]] = {
    "a run": lambda novu, sent: sent.run,
    "a step": lambda novu, sent: sent.run.step("mail"),
    "a message": lambda novu, sent: sent.run.messages[0],
    "the messages": lambda novu, sent: novu.messages,
}


@pytest.mark.parametrize("compared", COMPARED)
def test_every_comparison_says_for_whom(novu: NovuSimulator, compared: str) -> None:
    sent = novu.trigger("price-alert", to=ANN)
    (step,) = rendered_steps(COMPARED[compared](novu, sent))
    known = about(TEST, step.context)
    assert (known["recipient"], known["workflowName"]) == (KNOWN, "A price fell")


def test_each_of_several_subscribers_is_said(novu: NovuSimulator) -> None:
    sent = novu.trigger("plain", to=[{"subscriberId": name, "phone": "+1"} for name in ("ann", "bob")])
    assert [step.context.subscriber for step in rendered_steps(list(sent))] == ["ann", "bob"]
    assert {step.context.workflow_name for step in rendered_steps(list(sent))} == {""}  # it has but its id


def test_the_answer_of_a_bridge_is_for_nobody() -> None:
    (step,) = rendered_steps({"outputs": {"body": "Hi"}})
    assert step.context == NO_CONTEXT
    assert recipient_line(about(TEST, step.context)["recipient"]) == ""


def test_what_reaches_nobody_says_for_whom_it_was(novu: NovuSimulator) -> None:
    sent = novu.trigger("plain", to="bob")
    assert [step.context.subscriber for step in rendered_steps(sent.run)] == ["bob"]


@pytest.mark.parametrize(
    ("given", "known"),
    [
        ({"name": "a.pdf", "mime": "application/pdf", "file": "YWJjZA=="}, ("a.pdf", "application/pdf", "4")),
        ({"filename": "b.txt", "type": "text/plain", "content": b"abc"}, ("b.txt", "text/plain", "3")),
        ({"path": "c", "contentType": "x/y", "file": {"data": [1, 2]}}, ("c", "x/y", "2")),
        ({"name": "\ud800", "file": 7}, ("?", "", "")),
    ],
)
def test_an_attachment_is_known_by_each_of_its_names(given: Any, known: tuple[str, ...]) -> None:
    message = SimpleNamespace(envelope={"attachments": [given, "none"]})
    assert StepContext.of_step(message, None).attachments == (known,)


def test_of_a_long_text_the_beginning_is_kept() -> None:
    message = SimpleNamespace(to="x" * 100_001, envelope={"text": "y" * 100_001})
    context = StepContext.of_step(message, None)
    assert (context.headers, context.text) == ((("to", "x" * 100_000),), "y" * 100_000)


def test_it_comes_to_the_page_and_the_scripts_from_the_kept_file(novu: NovuSimulator, tmp_path: Path) -> None:
    record = recorded(
        tmp_path,
        novu.trigger("price-alert", to=ANN).run,
        purpose="A price in euros.",
        parameters=["back-in-stock", "de"],
    )
    store, test = kept(tmp_path, record)
    said = {
        "recipient": KNOWN,
        "workflowName": "A price fell",
        "testTitle": "A price in euros (back-in-stock, de)",
        "testPlace": "Shop",
    }
    for data in (
        list_entry(test, test.changes[0]),
        change_detail(store, test, test.changes[0]),
        change_json(test, test.changes[0]),
    ):
        assert {name: data[name] for name in said} == said


def test_a_message_of_the_report_has_it_too(novu: NovuSimulator) -> None:
    novu.trigger("price-alert", to=ANN)
    assert recorded_messages(novu.messages, [])[0].context.name == "Ann Lee"


def test_it_is_no_part_of_the_snapshot(novu: NovuSimulator) -> None:
    ann, bob = (
        rendered_steps(
            novu.trigger("price-alert", to={"subscriberId": name, "email": f"{name}@acme.test"}).run
        )[0]
        for name in ("ann", "bob")
    )
    assert ann == bob
    assert encoded_files(ann) == encoded_files(bob)


def test_a_gone_step_has_the_name_of_its_workflow(novu: NovuSimulator, tmp_path: Path) -> None:
    record = recorded(tmp_path, novu.trigger("price-alert", to=ANN).run)
    gone = Path(record.folder) / "02-old-email.txt"
    gone.parent.mkdir(parents=True)
    gone.write_bytes(record.steps[0].new[".txt"])
    (changes,) = changes_of(tmp_path, [record], [gone])
    assert {change.kind: change.context.workflow_name for change in changes.changes} == {
        "new": "A price fell",
        "gone": "A price fell",
    }
    write_report(tmp_path / "r.html", [record], root=tmp_path, leftovers=[gone])
    shown = packed((tmp_path / "r.html").read_text(encoding="utf-8"))
    assert {each["kind"]: each["workflowName"] for each in shown} == {
        "new": "A price fell",
        "gone": "A price fell",
    }


def test_what_an_earlier_version_kept_is_read(novu: NovuSimulator, tmp_path: Path) -> None:
    record = recorded(tmp_path, novu.trigger("price-alert", to=ANN).run)
    (changes,) = changes_of(tmp_path, [record], [])
    data = json.loads(changes.to_json())
    del data["purpose"], data["parameters"], data["changes"][0]["context"]
    old = TestChanges.from_json(json.dumps(data))
    assert (old.purpose, old.changes[0].context) == ("", NO_CONTEXT)
    data["changes"][0]["context"] = {"subscriber": 3}
    with pytest.raises(TypeError):
        TestChanges.from_json(json.dumps(data))


@walked(
    ("test", "purpose", "place", "title"),
    [
        ("tests/test_shop.py::test_price[FREE-de]", "", "Shop", "Price, FREE, de"),
        ("tests/test_shop.py::test_price[FREE-de]", "A price.", "Shop", "A price (FREE, de)"),
        ("tests/test_shop.py::test_price", "A price.", "Shop", "A price."),
        ("tests/test_shop.py::TestShop::test_price[10]", "", "Shop", "Price, 10"),
        ("shop_test.py::TestOrderSMSAlerts::test_x[2024-01-01--2-a::b]", "", "Shop › Order SMS alerts", "X, 2024-01-01--2, a::b"),
        ("a/b.py::test_who[Zo\\xeb-\\u4f60]", "", "B", "Who, Zoë, 你"),
        ("a/b.py::test_x[\\ud800]", "", "B", "X, \\ud800"),
        ("test_shop::test_welcome", "", "Shop", "Welcome"),
        ("a/b.py::test_my_QR_code_and_A_letter", "", "B", "My QR code and a letter"),
        ("test.py::test", "", "Test", "Test"),
        ("odd", "", "", "Odd"),
    ],
)  # fmt: skip
def test_a_test_is_said_in_words(test: str, purpose: str, place: str, title: str) -> None:
    assert (place_of_test(test), str(title_of_test(test, purpose))) == (place, title)


def test_parameters_are_those_that_pytest_knows() -> None:
    title = title_of_test("a.py::test_x[back-in-stock-de]", "", ("back-in-stock", "de"))
    assert str(title) == "X, back-in-stock, de"


def test_two_comes_before_ten(tmp_path: Path) -> None:
    numbers = ("10", "2", "1")
    texts = [f"test_x[{number}]" for number in numbers]
    assert sorted(texts, key=natural) == ["test_x[1]", "test_x[2]", "test_x[10]"]
    store = ReviewStore(tmp_path)
    step = StepFiles("01-a-sms", {".txt": b"x"})
    records = [RecordedTest(text, str(tmp_path / "__snapshots__" / "m" / text), [step]) for text in texts]
    store.replace(changes_of(tmp_path, records, []), ran=[])
    assert [test.test for test in store.tests()] == sorted(texts, key=natural)


def test_names_and_titles_of_the_payload_are_known_where_they_stand_in_the_message() -> None:
    payload = {
        "show": "The Snow Queen", "kind": "arrival", "ref": "lt4711", "hidden": "Secret Word", "few": "in", "level": "A1", "number": 4711,
        "shows": [{"title": "Hamlet", "seats": ("F 11", 3)}, None], "arabic": "هاملت", "long": "Word " * 50,
    }  # fmt: skip
    said = f"The Snow Queen, arrival, lt4711, in A1, 4711, Hamlet, F 11, هاملت, {'Word ' * 50}"
    message = SimpleNamespace(content={"body": said}, envelope={})
    known = StepContext.of_step(message, SimpleNamespace(payload=payload))
    assert known.data == ("The Snow Queen", "Hamlet", "lt4711", "هاملت", "F 11", "A1")
    assert StepContext.of(dataclasses.asdict(known)) == known
    deep: Any = "Hamlet"
    for _ in range(100_000):
        deep = [deep]
    for odd in (None, 5, deep, {"a": "Hamlet"}, {str(each): f"Hamlet {each}" for each in range(5_000)}):
        assert len(StepContext.of_step(message, SimpleNamespace(payload=odd)).data) <= 1


@walked(
    ("known", "line"),
    [
        ({}, ""),
        ({"id": "ann"}, "For ann"),
        ({"id": "ann", "name": "Ann Lee"}, "For Ann Lee (ann)"),
        ({"id": "ann", "email": "a@b", "phone": "+1"}, "For ann (a@b, +1)"),
        ({"phone": "+1", "email": "a@b", "name": "Ann", "id": "ann"}, "For Ann (ann, a@b, +1)"),
        ({"id": "ann", "locale": "de_DE"}, "For ann · locale de_DE"),
        ({"id": "ann", "timezone": "Europe/Vienna"}, "For ann · time zone Europe/Vienna"),
        ({"id": "ann", "timezone": "UTC", "locale": "de_DE"}, "For ann · locale de_DE · time zone UTC"),
    ],
)
def test_a_recipient_is_said_in_a_line(known: dict[str, str], line: str) -> None:
    assert recipient_line(known) == line


ANN_LEE, BOB, CID = {"id": "ann", "name": "Ann Lee"}, {"id": "bob"}, {"id": "cid", "name": ""}


@walked(
    ("known", "most", "names"),
    [
        ([], 2, ""),
        ([{}, {}], 2, ""),
        ([ANN_LEE], 2, "Ann Lee"),
        ([BOB, ANN_LEE], 2, "bob, Ann Lee"),
        ([BOB, {}, BOB, ANN_LEE, BOB], 2, "bob, Ann Lee"),
        ([BOB, ANN_LEE, CID], 2, "bob, Ann Lee and 1 more"),
        ([BOB, ANN_LEE, CID], 1, "bob and 2 more"),
        ([BOB, ANN_LEE, CID], 3, "bob, Ann Lee, cid"),
    ],
)
def test_several_recipients_are_said_by_their_names(
    known: list[dict[str, str]], most: int, names: str
) -> None:
    assert recipient_names(known, most=most) == names
    assert most != 2 or recipient_names(known) == names


@pytest.mark.parametrize(
    ("given", "known"),
    [
        ({}, {}),
        ({"name": "Ann", "locale": "de"}, {}),  # nobody's
        ({"subscriber": "ann"}, {"id": "ann"}),
        ({"subscriber": "ann", "name": "Ann", "email": "", "phone": "+1"}, {"id": "ann", "name": "Ann", "phone": "+1"}),
        (
            {"subscriber": "ann", "email": "a@b", "locale": "de", "timezone": "UTC"},
            {"id": "ann", "email": "a@b", "locale": "de", "timezone": "UTC"},
        ),
    ],
)  # fmt: skip
def test_of_a_recipient_that_is_known_which_is_said(given: dict[str, Any], known: dict[str, str]) -> None:
    context = dataclasses.replace(NO_CONTEXT, workflow_name="Prices", **given)
    assert recipient(context) == known
    test = SimpleNamespace(test="tests/test_shop.py::test_price[de]", purpose="", parameters=["de"])
    assert about(test, context) == {
        "testTitle": "Price, de",
        "testName": "Price",
        "testCase": "de",
        "testPlace": "Shop",
        "workflowName": "Prices",
        "recipient": known,
    }


def test_odd_attachments_and_headers_are_no_trouble() -> None:
    envelope = {
        "attachments": [{"name": 1, "file": {"type": "Buffer", "data": [1, 2]}}, "x", {}],
        "cc": [{"a": 1}],
    }
    odd = SimpleNamespace(envelope=envelope, to=["a@acme.test", "b@acme.test"])
    context = StepContext.of_step(odd, None)
    assert context.attachments == (("1", "", "2"), ("", "", ""))
    assert context.headers == (("to", "a@acme.test"), ("to", "b@acme.test"), ("cc", '{"a": 1}'))
