"""What a snapshot's files say, and that they say all of it."""

from __future__ import annotations

import dataclasses
from datetime import datetime, timezone
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from syrupy.filters import paths, props
from syrupy.matchers import path_type

from novu_framework_testing._internal.sms import sms_size
from novu_framework_testing.snapshots import RenderedStep, format_of, rendered_steps
from novu_framework_testing.snapshots.files import decode, encode
from novu_framework_testing.snapshots.filters import Filters
from novu_framework_testing.snapshots.formats import arranged, html_body
from novu_framework_testing.snapshots.json_text import (
    Placeholder,
    UnreadableSnapshot,
    key_of,
    label,
    read,
    write,
)
from novu_framework_testing.snapshots.names import FileName, escape, folder
from tests.fuzz import examples
from tests.tables import walked

CHANNELS = [
    "email",
    "in_app",
    "sms",
    "push",
    "chat",
    "tool",
    "digest",
    "delay",
    "throttle",
    "custom",
    "http_request",
]

TRICKY = [
    "", " ", "\n", "a\n", "\n\n", "a\r\nb", "yes", "no", "none", "12", "-1.5", "1e5", "007", "NaN", "Infinity", "-", "- a",
    "| x", '"', '"a"', "a: b", "a:", "# a", "(empty)", "(empty list)", "(any: x)", "\ufeffa", "a\u00a0b", "a\u200bb", "👩‍🚀",
    "é", "e\u0301", "а", "a", "\ud800", "\u2028", "\x00", "<!-- snapshot of step x -->\n", "tab\there", "primary action",
]  # fmt: skip
text = st.one_of(
    st.text(st.characters(codec=None)), st.sampled_from(TRICKY), st.text('ab :-|"\\\n\r#()0.', max_size=8)
)
leaf = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), text)
data = st.recursive(
    leaf,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(text, inner, max_size=3)),
    max_leaves=10,
)
keys = st.one_of(
    st.sampled_from(["subject", "body", "from", "data", "card", "primaryAction", "amount"]), text
)
steps = st.builds(
    RenderedStep,
    step_id=text,
    channel=st.sampled_from(CHANNELS),
    status=st.sampled_from(["delivered", "completed", "skipped", "failed", "preview"]),
    outputs=st.dictionaries(keys, st.one_of(text, data), max_size=4),
    providers=st.dictionaries(text, data, max_size=2),
    workflow_id=st.none() | text,
    reason=st.none() | text,
    details=st.dictionaries(text, data, max_size=1),
)


def files_of(step: RenderedStep) -> dict[str, bytes]:
    return {suffix: encode(text) for suffix, text in format_of(step.channel).files(step).items()}


def exactly(step: RenderedStep) -> str:
    """A step down to the type of each value: `1`, `1.0` and `True` are equal in Python, and not here."""
    return repr(arranged(dataclasses.asdict(step)))


class TestFilesLoseNothing:
    @settings(max_examples=examples(600), deadline=None)
    @given(steps)
    def test_a_step_is_read_back_from_its_files(self, step: RenderedStep) -> None:
        files = {suffix: decode(content) for suffix, content in files_of(step).items()}
        back = format_of(step.channel).read(files)
        assert back.step_id == step.step_id
        assert back.channel == step.channel
        assert exactly(back) == exactly(step)

    @pytest.mark.slow
    @settings(max_examples=examples(600), deadline=None)
    @given(steps, steps)
    @example(
        RenderedStep("a", "sms", "delivered", {"body": "a"}),
        RenderedStep("a", "sms", "delivered", {"body": "а"}),
    )
    @example(
        RenderedStep("a", "sms", "delivered", {"body": "é"}),
        RenderedStep("a", "sms", "delivered", {"body": "e\u0301"}),
    )
    @example(
        RenderedStep("a", "email", "delivered", {"body": ""}), RenderedStep("a", "email", "delivered", {})
    )
    @example(
        RenderedStep("a", "custom", "completed", {"n": 1}),
        RenderedStep("a", "custom", "completed", {"n": True}),
    )
    @example(
        RenderedStep("a", "custom", "completed", {"n": 1}),
        RenderedStep("a", "custom", "completed", {"n": "1"}),
    )
    def test_different_steps_never_have_the_same_files(self, one: RenderedStep, other: RenderedStep) -> None:
        assert (files_of(one) == files_of(other)) == (exactly(one) == exactly(other))

    @settings(max_examples=examples(400), deadline=None)
    @given(steps, st.sampled_from(["subject", "body", "from", "data"]), leaf, leaf)
    def test_one_changed_value_changes_the_files(
        self, step: RenderedStep, key: str, old: Any, new: Any
    ) -> None:
        one, other = (dataclasses.replace(step, outputs={**step.outputs, key: value}) for value in (old, new))
        assert (files_of(one) == files_of(other)) == (repr(old) == repr(new))

    @given(text, st.integers(1, 999), st.sampled_from(CHANNELS), st.none() | text.filter(bool))
    def test_a_file_name_says_the_order_the_step_and_the_channel(
        self, step: str, order: int, channel: str, name: str | None
    ) -> None:
        made = FileName(order, escape(step), channel, ".txt", escape(name) if name else None)
        assert FileName.parse(str(made)) == made
        assert len(str(made).encode()) <= 255

    @given(text, text)
    def test_different_ids_have_different_file_names(self, one: str, other: str) -> None:
        assert (escape(one) == escape(other)) == (one == other)
        assert not set(escape(one)) & set('/\\:*?"<>|. ')

    def test_folders_of_tests_that_differ_in_a_sign_are_apart(self) -> None:
        assert len({folder(name) for name in ("test_a[x/y]", "test_a[xy]", "test_a[x:y]")}) == 3


class TestText:
    def test_reads_as_a_person_writes(self) -> None:
        step = RenderedStep(
            "new-comment",
            "in_app",
            "delivered",
            {
                "data": {"postId": 12, "tags": ["a", "b: c"], "none": None, "list": []},
                "body": "Two\nlines",
                "subject": "Hi",
                "primaryAction": {"redirect": {"url": "/posts/12", "target": "_self"}, "label": "Open"},
            },
            workflow_id="comments",
        )
        assert format_of("in_app").files(step)[".txt"] == (
            "workflow: comments\nstep: new-comment\nchannel: in_app\nstatus: delivered\n"
            "\ncontent:\n  subject: Hi\n  body:\n    | Two\n    | lines\n"
            "  primary action:\n    label: Open\n    redirect:\n      url: /posts/12\n      target: _self\n"
            '  data:\n    list: (empty list)\n    none: none\n    post id: 12\n    tags:\n      - a\n      - "b: c"\n'
        )

    @walked("value", ["12", "yes", "none", "", " x", "x ", "(empty)", "- x", "a\u00a0b", "a\u200bb"])
    def test_what_would_be_misread_is_quoted(self, value: str) -> None:
        line = write({"key": value})
        assert line.startswith('key: "')
        assert read(line) == {"key": value}

    def test_invisible_letters_are_spelled_out(self) -> None:
        assert write({"key": "a\u200bb"}) == 'key: "a\\u200bb"\n'
        assert write({"key": "👩‍🚀"}) == "key: 👩‍🚀\n"

    @given(text)
    def test_labels_are_read_back(self, key: str) -> None:
        assert key_of(label(key)) == key

    @walked("broken", ["key", "  key: 1", "key:\n  - a\n  b", "key:", 'key: "open', "a:\n    b: 1"])
    def test_what_is_not_a_snapshot_is_refused(self, broken: str) -> None:
        with pytest.raises(UnreadableSnapshot):
            read(broken)

    def test_a_snapshot_that_names_no_step_is_refused(self) -> None:
        with pytest.raises(UnreadableSnapshot, match="channel"):
            format_of("sms").read({".txt": "step: a\n"})


class TestEmail:
    def test_the_body_is_a_file_of_its_own_that_a_browser_reads_as_it_is(self) -> None:
        body = "<!doctype html>\n<p>Grüße</p>"
        files = format_of("email").files(
            RenderedStep("hi", "email", "delivered", {"subject": "S", "body": body})
        )
        assert set(files) == {".txt", ".html"}
        assert body in files[".html"]
        assert "<p>" not in files[".txt"]
        assert "subject: S" in files[".txt"]

    def test_a_body_that_declares_no_charset_is_marked_as_unicode(self) -> None:
        def first(body: str) -> str:
            return format_of("email").files(RenderedStep("hi", "email", "delivered", {"body": body}))[
                ".html"
            ][0]

        assert first("<p>Grüße</p>") == "\ufeff"
        assert first("<p>plain</p>") == "<"
        assert first('<meta charset="utf-8"><p>Grüße</p>') == "<"

    def test_one_word_of_a_body_is_one_line_of_one_file(self) -> None:
        old, new = (
            format_of("email").files(
                RenderedStep(
                    "hi", "email", "delivered", {"subject": "S", "body": f"<h1>{word} Ann</h1>\n<p>Bye</p>"}
                )
            )
            for word in ("Hello", "Welcome")
        )
        assert old[".txt"] == new[".txt"]
        lines = zip(old[".html"].splitlines(), new[".html"].splitlines(), strict=True)
        assert [pair for pair in lines if pair[0] != pair[1]] == [
            ("<h1>Hello Ann</h1>", "<h1>Welcome Ann</h1>")
        ]

    def test_an_edited_file_without_its_first_line_is_refused(self) -> None:
        with pytest.raises(UnreadableSnapshot):
            html_body("<p>Hi</p>\n")


class TestSmsSize:
    @walked(
        ("body", "encoding", "length", "segments"),
        [
            ("", "GSM-7", 0, 0),
            ("a" * 160, "GSM-7", 160, 1),
            ("a" * 161, "GSM-7", 161, 2),
            ("a" * 306, "GSM-7", 306, 2),
            ("a" * 307, "GSM-7", 307, 3),
            ("€" * 80, "GSM-7", 160, 1),
            # 152 letters and a sign of two places: the sign goes whole into the next segment.
            ("a" * 152 + "€" + "a" * 152, "GSM-7", 306, 3),
            ("é\nÄ", "GSM-7", 3, 1),
            ("’", "UCS-2", 1, 1),
            ("ж" * 70, "UCS-2", 70, 1),
            ("ж" * 71, "UCS-2", 71, 2),
            ("😀" * 35, "UCS-2", 70, 1),
            # 67 places are 33 emoji and an empty one.
            ("😀" * 67, "UCS-2", 134, 3),
        ],
    )
    def test_is_what_a_network_counts(self, body: str, encoding: str, length: int, segments: int) -> None:
        size = sms_size(body)
        assert (size.encoding, size.length, size.segments) == (encoding, length, segments)

    def test_names_the_letters_that_made_it_dear(self) -> None:
        assert sms_size("It’s — a ✓ ’").outsiders == ("’", "—", "✓")


class TestWhatIsCovered:
    def step(self, **given: Any) -> SimpleNamespace:
        fields = {
            "step_id": "a",
            "type": "sms",
            "status": "completed",
            "outputs": {"body": "x"},
            "providers": {},
        }
        return SimpleNamespace(**{**fields, "skip_reason": None, "error": None, **given})

    def test_a_run_covers_the_steps_that_are_done_in_order(self) -> None:
        run = SimpleNamespace(
            workflow_id="w",
            steps=[
                self.step(step_id=status, status=status)
                for status in ("completed", "skipped", "failed", "delayed", "pending", "merged", "canceled")
            ],
        )
        assert [(each.step_id, each.status, each.workflow_id) for each in rendered_steps(run)] == [
            ("completed", "delivered", "w"),
            ("skipped", "skipped", "w"),
            ("failed", "failed", "w"),
        ]

    def test_a_step_is_covered_whatever_its_state(self) -> None:
        assert rendered_steps(self.step(type="delay", status="delayed"))[0].status == "delayed"

    def test_reasons_are_kept_and_ids_and_times_are_not(self) -> None:
        moment = datetime(2026, 1, 1, tzinfo=timezone.utc)
        step = self.step(status="skipped", skip_reason="turned off", id="65f0", due_at=moment, outputs={})
        rendered = Filters().apply(rendered_steps(step)[0])
        assert rendered.reason == "turned off"
        assert not rendered.details
        asked = Filters().apply(rendered_steps(step, also=["id", "due_at"])[0])
        assert asked.details == {"id": "65f0", "due_at": "2026-01-01T00:00:00+00:00"}

    def test_an_unknown_detail_is_an_error_that_lists_the_known(self) -> None:
        with pytest.raises(ValueError, match="transaction_id"):
            rendered_steps(self.step(), also=["transactionid"])

    def test_a_bridge_answer_is_a_step(self) -> None:
        answer = {
            "outputs": {"subject": "Hi", "body": "<p>x</p>"},
            "providers": {},
            "options": {"skip": False},
        }
        assert (rendered_steps(answer)[0].channel, rendered_steps(answer)[0].status) == ("email", "preview")
        assert rendered_steps(answer, step="welcome", channel="push")[0].step_id == "welcome"

    @walked(
        ("outputs", "channel"),
        [
            ({"subject": "Hi", "body": "Hi", "replyTo": "a@acme.test"}, "email"),
            ({"body": "Hi", "data": {}}, "in_app"),
            ({"body": "Hi", "card": {}}, "chat"),
            ({"subject": "Hi", "body": "Hi", "useProviderDefaults": True}, "message"),
            ({"subject": "Hi", "body": "Hi"}, "message"),
            ({"body": "<p>Hi</p>"}, "message"),
            ({"amount": 1, "unit": "days"}, "message"),
        ],
    )
    def test_an_answer_without_a_channel_has_the_one_that_alone_fits(
        self, outputs: dict[str, Any], channel: str
    ) -> None:
        assert rendered_steps({"outputs": outputs})[0].channel == channel
        assert rendered_steps({"outputs": outputs, "type": "sms"})[0].channel == "sms"

    def test_anything_else_is_an_error(self) -> None:
        with pytest.raises(TypeError, match="not a int"):
            rendered_steps(3)


class TestFilters:
    STEP = RenderedStep("a", "in_app", "delivered", {"body": "x", "data": {"postId": 1, "at": "2026"}})

    @pytest.mark.parametrize("exclude", [props("postId"), paths("data.postId"), paths("outputs.data.postId")])
    def test_exclude_takes_a_name_or_a_path(self, exclude: Any) -> None:
        assert Filters(exclude=exclude).apply(self.STEP).outputs == {"body": "x", "data": {"at": "2026"}}

    def test_include_keeps_what_it_names(self) -> None:
        assert Filters(include=props("body")).apply(self.STEP).outputs == {"body": "x"}

    def test_a_matcher_puts_the_type_in_the_place_of_a_value(self) -> None:
        settled = Filters(matcher=path_type({"data.at": (str,)})).apply(self.STEP)
        assert settled.outputs["data"] == {"postId": 1, "at": Placeholder("str")}
        assert "at: (any: str)" in format_of("in_app").files(settled)[".txt"]

    def test_a_matcher_sees_moments_before_they_are_text(self) -> None:
        step = dataclasses.replace(self.STEP, details={"sent_at": datetime(2026, 1, 1, tzinfo=timezone.utc)})
        settled = Filters(matcher=path_type(types=(datetime,))).apply(step)
        assert settled.details == {"sent_at": Placeholder("datetime")}
