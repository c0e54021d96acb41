"""The gallery: what an app has, joined with what its snapshots say."""

from __future__ import annotations

import dataclasses
import os
import random
from pathlib import Path
from typing import Any

import pytest

from novu_framework_testing._internal.natural_order import natural
from novu_framework_testing.gallery import Gallery, gallery_of, render, write_gallery
from novu_framework_testing.gallery.contents import GalleryStep, GalleryWorkflow
from novu_framework_testing.gallery.document import sentence_of
from novu_framework_testing.snapshots import RenderedStep
from novu_framework_testing.snapshots.files import write_atomically
from novu_framework_testing.snapshots.formats import encoded_files
from novu_framework_testing.snapshots.names import FileName, escape, folder
from tests.integration.review_projects import step
from tests.tables import walked

MAIL, SMS, WAIT = ("mail", "email"), ("text", "sms"), ("wait", "delay")


def save(root: Path, tests: dict[str, list[RenderedStep]], *, above: str = "tests") -> None:
    """Write the snapshots of tests, by `module::test`."""
    for test, steps in tests.items():
        module, name = test.split("::")
        for order, one in enumerate(steps, 1):
            stem = FileName(order, escape(one.step_id), one.channel, "").stem
            for suffix, data in encoded_files(one).items():
                write_atomically(
                    root / above / "__snapshots__" / module / folder(name) / f"{stem}{suffix}", data
                )


def found(workflow_id: str, *steps: tuple[str, str], **about: Any) -> dict[str, Any]:
    """What discovery says of a workflow."""
    return {
        "workflowId": workflow_id,
        "steps": [{"stepId": one, "type": kind} for one, kind in steps],
        **about,
    }


def joined(gallery: Gallery) -> dict[str, dict[str, list[tuple[str, ...]]]]:
    """The tests of each content of each step of each workflow; what the app does not have has a `!`."""
    return {
        f"{each.id}{'' if each.is_known else '!'}": {
            f"{one.id}{'' if one.is_known else '!'}": [content.tests for content in one.contents]
            for one in each.steps
        }
        for each in gallery.workflows
    }


def text(body: str, **more: Any) -> RenderedStep:
    return step("text", "sms", body=body, **more)


def talk(words: str) -> RenderedStep:
    outputs = {"platform": "slack", "people": ["Ann"], "talk": [{"from": "Ann", "text": words}]}
    return RenderedStep("support", "conversation", "active", outputs)


ONE = "tests/test_a.py::one"


@pytest.mark.parametrize(
    ("snapshots", "workflows", "expected"),
    [
        pytest.param(
            {}, [found("shop", MAIL, WAIT)], {"shop": {"mail": [], "wait": []}}, id="no snapshot yet"
        ),
        pytest.param({"test_a::one": [text("Hi")]}, None, {"shop": {"text": [(ONE,)]}}, id="no app"),
        pytest.param(
            {"test_a::one": [text("Hi"), step("wait", "delay", amount=1, unit="days")]},
            [found("shop", WAIT, MAIL, SMS)],
            {"shop": {"wait": [(ONE,)], "mail": [], "text": [(ONE,)]}},
            id="the app says the order",
        ),
        pytest.param(
            {"test_a::one": [text("Hi")]},
            [found("club", SMS)],
            {"club": {"text": []}, "shop!": {"text": [(ONE,)]}},
            id="a workflow that is gone comes apart, after the app's",
        ),
        pytest.param(
            {"test_a::one": [talk("Hi")], "test_a::two": [talk("Bye")], "test_a::three": [text("Hi")]},
            [found("welcome", MAIL)],
            {
                "welcome": {"mail": []},
                "support": {"support": [(ONE,), ("tests/test_a.py::two",)]},
                "shop!": {"text": [("tests/test_a.py::three",)]},
            },
            id="conversations with an agent",
        ),
        pytest.param(
            {"test_a::one": [text("Hi"), step("old", "push", body="x")]},
            [found("shop", SMS)],
            {"shop": {"text": [(ONE,)], "old!": [(ONE,)]}},
            id="a step that is gone",
        ),
        pytest.param(
            {"test_a::one": [text("Hi")]},
            [found("shop", ("text", "chat"))],
            {"shop": {"text": [], "text!": [(ONE,)]}},
            id="a step of another channel is another step",
        ),
        pytest.param(
            {f"test_a::t[{number}]": [text("Hi")] for number in (10, 2, 1)},
            None,
            {"shop": {"text": [tuple(f"tests/test_a.py::t[{number}]" for number in (1, 2, 10))]}},
            id="equal content once, its tests in natural order",
        ),
        pytest.param(
            {
                f"test_a::t[{case}]": [text("Hi" if case != "long" else "Hi there")]
                for case in ("America!", "long", "pro-usual", "usual", "usual-free", "unusual")
            },
            None,
            {
                "shop": {
                    "text": [
                        tuple(
                            f"tests/test_a.py::t[{case}]"
                            for case in ("pro-usual", "usual-free", "usual", "America!", "unusual")
                        ),
                        ("tests/test_a.py::t[long]",),
                    ]
                }
            },
            id="the usual case of a matrix before its others",
        ),
        pytest.param(
            {"test_a::a": [text("rare")], "test_a::b": [text("usual")], "test_a::c": [text("usual")]},
            None,
            {"shop": {"text": [("tests/test_a.py::b", "tests/test_a.py::c"), ("tests/test_a.py::a",)]}},
            id="what most tests say comes first",
        ),
        pytest.param(
            {
                "test_a::a": [RenderedStep("text", "sms", "skipped", workflow_id="shop", reason="off")],
                "test_a::b": [RenderedStep("text", "sms", "skipped", workflow_id="shop", reason="off")],
                "test_a::c": [text("sent")],
            },
            None,
            {"shop": {"text": [("tests/test_a.py::c",), ("tests/test_a.py::a", "tests/test_a.py::b")]}},
            id="what is sent comes before what is skipped",
        ),
        pytest.param(
            {
                "test_a::a": [text("a, b, c"), step("mail", "email", subject="of a")],
                "test_a::b": [text("a, b, c"), RenderedStep("mail", "email", "skipped", workflow_id="shop")],
                "test_a::c": [text("a, b, c")],
                "test_a::z": [
                    text("of z"),
                    step("mail", "email", subject="of z"),
                    step("ping", "push", body="z"),
                ],
            },
            None,
            {
                "shop": {
                    "text": [("tests/test_a.py::z",), tuple(f"tests/test_a.py::{one}" for one in "abc")],
                    "mail": [("tests/test_a.py::z",), ("tests/test_a.py::a",), ("tests/test_a.py::b",)],
                    "ping": [("tests/test_a.py::z",)],
                }
            },
            id="the journey of the test that sends the most comes first",
        ),
        pytest.param(
            {
                "test_a::a": [text("common")],
                "test_a::b": [text("common")],
                "test_a::c": [text("common")],
                "test_a::0": [text("rare")],
                "test_a::y": [text("less")],
                "test_a::z": [text("less")],
            },
            None,
            {
                "shop": {
                    "text": [
                        tuple(f"tests/test_a.py::{one}" for one in "abc"),
                        ("tests/test_a.py::y", "tests/test_a.py::z"),
                        ("tests/test_a.py::0",),
                    ]
                }
            },
            id="of others, what more tests say comes first",
        ),
        pytest.param(
            {
                "test_a::one": [text("Hi", workflow=None)],
                "test_a::ten": [text("Hi", workflow="b10")],
                "test_a::two": [text("Hi", workflow="b2")],
            },
            [found("club", MAIL)],
            {
                "club": {"mail": []},
                "b2!": {"text": [("tests/test_a.py::two",)]},
                "b10!": {"text": [("tests/test_a.py::ten",)]},
                "!": {"text": [(ONE,)]},
            },
            id="those that are gone in natural order, what names none at the end",
        ),
        pytest.param(
            {"test_a::one": [text("Hi", workflow=None)]},
            [found("shop", SMS), found("club", MAIL)],
            {"shop": {"text": [(ONE,)]}, "club": {"mail": []}},
            id="a snapshot that names no workflow is of the one with such a step",
        ),
        pytest.param(
            {"test_a::one": [text("Hi", workflow=None)]},
            [found("shop", SMS), found("club", SMS)],
            {"shop": {"text": []}, "club": {"text": []}, "!": {"text": [(ONE,)]}},
            id="of none where several have it",
        ),
        pytest.param(
            {
                "test_a::long": [step("in", "in_app", body="a"), text("a"), step("out", "push", body="a")],
                "test_a::brief": [step("ask", "chat", body="a"), text("a")],
            },
            None,
            {
                "shop": {
                    "ask": [("tests/test_a.py::brief",)],
                    "in": [("tests/test_a.py::long",)],
                    "text": [("tests/test_a.py::brief", "tests/test_a.py::long")],
                    "out": [("tests/test_a.py::long",)],
                }
            },
            id="without an app, the tests' orders in one",
        ),
        pytest.param(
            {
                "test_a::long": [step(one, "sms", body=one) for one in "abcd"],
                "test_a::brief": [step(one, "sms", body=one) for one in "bx"],
                "test_a::twice": [step(one, "sms", body=one) for one in "byz"],
            },
            None,
            {
                "shop": {
                    "a": [("tests/test_a.py::long",)],
                    "b": [tuple(f"tests/test_a.py::{one}" for one in ("brief", "long", "twice"))],
                    "x": [("tests/test_a.py::brief",)],
                    "y": [("tests/test_a.py::twice",)],
                    "z": [("tests/test_a.py::twice",)],
                    "c": [("tests/test_a.py::long",)],
                    "d": [("tests/test_a.py::long",)],
                }
            },
            id="what others have between stays between",
        ),
    ],
)
def test_what_an_app_has_joined_with_its_snapshots(
    tmp_path: Path,
    snapshots: dict[str, list[RenderedStep]],
    workflows: list[dict[str, Any]] | None,
    expected: dict[str, Any],
) -> None:
    save(tmp_path, snapshots)
    assert joined(gallery_of(tmp_path, workflows)) == expected
    assert [[*steps] for steps in joined(gallery_of(tmp_path, workflows)).values()] == [
        [*steps] for steps in expected.values()
    ]


def test_what_discovery_says_is_there_and_each_step_once(tmp_path: Path) -> None:
    save(tmp_path, {"test_a::one": [text("Hi"), step("old", "push", body="x")]})
    said = {"name": "N", "description": "D", "tags": ["t"], "severity": "high", "preferences": {"all": {}}}
    unsaid = dict.fromkeys(said)
    made = gallery_of(tmp_path, [found("shop", SMS, **said), found("club", WAIT, **unsaid)])
    shop, club = made.workflows
    assert [one.id for one in shop.steps] == ["text", "old"]
    assert dataclasses.replace(shop, steps=()) == GalleryWorkflow(
        "shop", (), "N", "D", ("t",), "high", {"all": {}}
    )
    assert club == GalleryWorkflow("club", (GalleryStep("wait", "delay"),))
    assert made.project == tmp_path.name


def test_what_is_built_or_installed_is_not_looked_through(tmp_path: Path) -> None:
    for place in (
        "build",
        "dist",
        "lib/dist/x",
        "node_modules",
        "site-packages",
        ".tox",
        "built",
        "distance",
    ):
        save(tmp_path, {"test_a::one": [text("Hi")]}, above=place)
    assert joined(gallery_of(tmp_path)) == {
        "shop": {"text": [("built/test_a.py::one", "distance/test_a.py::one")]}
    }


def test_a_test_whose_name_is_no_text_is_shown(tmp_path: Path) -> None:
    save(tmp_path, {"test_a::one": [text("Hi")]})
    above = tmp_path / "tests/__snapshots__/test_a"
    (above / "one").rename(above / "o%FFe")
    assert joined(gallery_of(tmp_path)) == {"shop": {"text": [("tests/test_a.py::o\ufffde",)]}}


def test_of_an_email_that_cannot_be_read_the_text_file_is_named(tmp_path: Path) -> None:
    save(tmp_path, {"test_a::one": [step("mail", "email", subject="Hi", body="<p>Hi</p>"), text("Hi")]})
    place = tmp_path / "tests/__snapshots__/test_a/one"
    assert sorted(one.suffix for one in place.iterdir()) == [".html", ".txt", ".txt"]
    for one in place.glob("*.txt"):
        one.write_text("nonsense")
    assert gallery_of(tmp_path).unreadable == tuple(
        f"tests/__snapshots__/test_a/one/{name}.txt" for name in ("01-mail-email", "02-text-sms")
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no named pipes")
def test_a_snapshot_that_the_system_does_not_read_is_named(tmp_path: Path) -> None:
    save(tmp_path, {"test_a::one": [step("mail", "email", subject="Hi", body="<p>Hi</p>"), text("Hi")]})
    place = tmp_path / "tests/__snapshots__/test_a/one"
    (place / "01-mail-email.html").unlink()
    os.mkfifo(place / "01-mail-email.html")
    made = gallery_of(tmp_path)
    assert made.unreadable == ("tests/__snapshots__/test_a/one/01-mail-email.txt",)
    assert joined(made) == {"shop": {"text": [("tests/test_a.py::one",)]}}


def test_snapshots_are_found_wherever_the_project_has_tests_and_nowhere_else(tmp_path: Path) -> None:
    for place in ("tests/unit", "pkg/tests", "", ".hidden", "node_modules/x", "lib/site-packages"):
        save(tmp_path, {"test_a::one": [text("Hi")]}, above=place)
    save(tmp_path, {"test_a::one": [text("Hi")]}, above="an-environment/tests")
    (tmp_path / "an-environment" / "pyvenv.cfg").touch()
    save(tmp_path, {"test_a::FREE": [text("Hi")]}, above="capitals")
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    save(outside, {"test_a::secret": [text("Not of this project")]})
    (tmp_path / "linked").symlink_to(outside, target_is_directory=True)
    linked = tmp_path / "__snapshots__" / "test_a" / "one" / "07-link-sms.txt"
    linked.symlink_to(next(outside.rglob("*.txt")))
    made = gallery_of(tmp_path)
    assert joined(made)["shop"]["text"] == [
        (
            "capitals/test_a.py::FREE",
            "pkg/tests/test_a.py::one",
            "test_a.py::one",
            "tests/unit/test_a.py::one",
        )
    ]
    save(tmp_path / "other", {"test_a::one": [text("Hi")]}, above="x")
    (tmp_path / "other/x/__snapshots__").rename(tmp_path / "other/x/accepted")
    assert joined(gallery_of(tmp_path, dirname="accepted")) == {
        "shop": {"text": [("other/x/test_a.py::one",)]}
    }


def test_a_snapshot_folder_may_be_a_link_to_another_of_the_project(tmp_path: Path) -> None:
    root = tmp_path / "project"
    save(root, {"test_a::one": [text("Hi")]})
    (root / "tests/__snapshots__").rename(root / "accepted")
    (root / "tests/__snapshots__").symlink_to("../accepted", target_is_directory=True)
    (root / "accepted/test_a/two").symlink_to("one", target_is_directory=True)
    (root / "accepted/test_b").symlink_to("test_a", target_is_directory=True)
    (root / "loop").mkdir()
    (root / "loop/__snapshots__").symlink_to("../loop", target_is_directory=True)
    (root / "circle").mkdir()
    (root / "circle/__snapshots__").symlink_to("__snapshots__", target_is_directory=True)
    save(tmp_path / "elsewhere", {"test_a::secret": [text("Not of this project")]})
    (root / "out").mkdir()
    (root / "out/__snapshots__").symlink_to(
        tmp_path / "elsewhere/tests/__snapshots__", target_is_directory=True
    )
    made = gallery_of(root)
    assert joined(made) == {"shop": {"text": [("tests/test_a.py::one",)]}}
    assert made.unreadable == ()


def test_a_snapshot_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    save(tmp_path, {"test_a::one": [text("Hi")]})
    place = tmp_path / "tests/__snapshots__/test_a/one"
    (place / "02-x-sms.txt").write_text("step: 5\nchannel: sms\nstatus: delivered\ncontent: (empty)\n")
    (place / "03-y-sms.txt").write_bytes(b"\xff\xfe nonsense")
    made = gallery_of(tmp_path)
    assert made.unreadable == tuple(
        f"tests/__snapshots__/test_a/one/{name}-sms.txt" for name in ("02-x", "03-y")
    )
    assert "2 snapshots cannot be read" in render(made)


@walked(
    ("of", "sentence"),
    [
        (step("a", "delay", amount=1, unit="hours"), "Waits for 1 hour."),
        (step("a", "delay", amount=6, unit="hours"), "Waits for 6 hours."),
        (
            step("a", "delay", type="dynamic", dynamicKey="payload.at"),
            "Waits until the time given as “at”.",
        ),
        (step("a", "digest", amount=2, unit="days"), "Collects events for 2 days."),
        (
            step("a", "digest", cron="every moon"),
            "Collects events until the next of these times: every moon.",
        ),
        (
            step("a", "throttle", type="dynamic", dynamicKey="payload.cap"),
            "Lets 1 through until the time given as “cap”.",
        ),
        (step("a", "delay", dynamicKey=5), "Waits."),
        (step("a", "throttle", amount=1, unit="days", threshold=3), "Lets 3 through in 1 day."),
        (step("a", "digest", type="regular"), "Collects events."),
        (step("a", "custom", amount=1), "Runs a step of the app’s own."),
        (step("a", "custom", score=1), "Runs a step of the app’s own."),
        (RenderedStep("a", "sms", "skipped", reason="off"), "Skipped: off."),
        (RenderedStep("a", "sms", "failed"), "Failed."),
    ],
)
def test_what_a_step_does_in_a_sentence(of: RenderedStep, sentence: str) -> None:
    assert sentence_of(of) == sentence


def test_numbers_in_names_count_as_numbers() -> None:
    assert sorted(["b", "a10", "a2", "A", "", "1"], key=natural) == ["", "1", "A", "a2", "a10", "b"]


PREFERENCES = [
    ({}, None),
    ({"all": {"enabled": True}}, None),
    ({"all": {"readOnly": True}}, "Subscribers cannot turn it off."),
    ({"all": {"enabled": False}}, "Off at first."),
    (
        {"all": {"enabled": False, "readOnly": True}, "channels": {"inApp": {"enabled": True}}},
        "Off at first, but on for in-app. Subscribers cannot change that.",
    ),
    ({"channels": {"push": {"enabled": False}, "sms": {"enabled": False}}}, "Off at first for push, SMS."),
]


@pytest.mark.parametrize(("preferences", "sentence"), PREFERENCES)
def test_who_gets_it_unless_they_say_otherwise(
    tmp_path: Path, preferences: dict[str, Any], sentence: str | None
) -> None:
    text = render(gallery_of(tmp_path, [found("shop", preferences=preferences)]))
    header = text.partition('data-tags=""')[2].partition("</header>")[0]
    assert (f"<p>{sentence}</p>" in header) if sentence else ("<p>" not in header)


class TestTheFile:
    """What can be read of it without scripts."""

    def test_says_how_a_message_without_content_gets_one(self, tmp_path: Path) -> None:
        made = gallery_of(tmp_path, [found("shop", MAIL, SMS, WAIT)])
        text = render(made)
        assert "1 notification with 2 messages, 0 of them with accepted content." in text
        assert "2 messages without accepted content: how to get it" in text
        assert "novu-framework preview shop mail" in text
        assert made.missing() == [("shop", "mail"), ("shop", "text")]
        preview = RenderedStep("mail", "email", "preview", {"subject": "Made up", "body": "<p>x</p>"})
        filled = made.with_previews({("shop", "mail"): preview})
        assert filled.missing() == [("shop", "text")]
        assert render(filled).count("A preview with made-up data: no one has accepted it.") == 1
        assert "0 of them with accepted content" in render(filled)

    def test_is_a_list_without_scripts(self, tmp_path: Path) -> None:
        save(tmp_path, {
            "test_a::t[de]": [step("mail", "email", subject="Hallo", body="<h1>Guten <b>Tag</b></h1>")],
            "test_a::t[en]": [step("mail", "email", subject="Hello", body="<h1>Good <b>day</b></h1>" + "x" * 900)],
            "test_a::t[none]": [RenderedStep("mail", "email", "skipped", workflow_id="shop", reason="turned off")],
        })  # fmt: skip
        text = render(
            gallery_of(tmp_path, [found("shop", MAIL, name="The shop", description="Why", tags=["a b"])])
        )
        page = text.partition("<body>")[2].partition("<script")[0]
        for said in (
            "The shop", "Why", "#a b", "<dd>Hallo</dd>", "<dd>Guten Tag</dd>", "<dd>Good day x",
            "1 other content: en", "Skipped: turned off.", "From tests/test_a.py::t[de]",
        ):  # fmt: skip
            assert said in page, said
        assert "x" * 500 not in page
        assert 'href="#notification-shop"' in page
        assert 'id="notification-shop"' in page

    def test_says_what_waits_do(self, tmp_path: Path) -> None:
        wait = step("wait", "delay", amount=2, unit="days")
        skipped = RenderedStep("wait", "delay", "skipped", workflow_id="shop", reason="no need")
        save(
            tmp_path,
            {"test_a::long": [wait], "test_a::short": [step("wait", "delay", amount=1, unit="days")]},
        )
        assert "<p>Waits for 2 days. Waits for 1 day. <code>" in render(gallery_of(tmp_path))
        save(tmp_path, {"test_a::short": [skipped]})
        assert "<p>Waits for 2 days. Not always. <code>" in render(gallery_of(tmp_path))
        save(tmp_path, {"test_a::long": [skipped]})
        assert "<p>Skipped: no need. <code>" in render(gallery_of(tmp_path))
        assert "<p>Collects events. <code>" in render(
            gallery_of(tmp_path, [found("club", ("all", "digest"))])
        )

    def test_has_each_content_once_and_compressed(self, tmp_path: Path) -> None:
        made_up = random.Random(1)
        # Longer than what gzip looks back.
        body = "\n".join(f"<p>{made_up.random()}</p>" for _ in range(2000))
        email = step("mail", "email", subject="Hello", body=body)
        tests = {f"test_a::t{number}": [dataclasses.replace(email, outputs={**email.outputs, "data": number})] for number in range(40)}  # fmt: skip
        save(tmp_path, tests)
        many = len(render(gallery_of(tmp_path)))
        save(tmp_path / "one", {"test_a::t0": tests["test_a::t0"]})
        assert many < 2 * len(render(gallery_of(tmp_path / "one")))

    def test_is_written_to_a_folder_that_is_made(self, tmp_path: Path) -> None:
        write_gallery(tmp_path / "new" / "gallery.html", gallery_of(tmp_path, [found("shop", MAIL)]))
        assert (tmp_path / "new" / "gallery.html").read_text(encoding="utf-8").startswith("<!doctype html>")
