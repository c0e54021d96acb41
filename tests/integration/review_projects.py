"""Projects with changes to review, made from steps and not from a run of pytest."""

from __future__ import annotations

import base64
import dataclasses
import gzip
import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from novu_framework_testing.review import ReviewStore
from novu_framework_testing.review.cases import Case
from novu_framework_testing.review.collection import changes_of
from novu_framework_testing.review.recording import RecordedTest
from novu_framework_testing.snapshots import RenderedStep, format_of, rendered_steps
from novu_framework_testing.snapshots.assertion import StepFiles
from novu_framework_testing.snapshots.files import encode, write_atomically
from novu_framework_testing.snapshots.filters import Filters
from novu_framework_testing.snapshots.formats import encoded_files
from novu_framework_testing.snapshots.names import FileName, escape
from tests.integration.big_shop import EDITS, runs


def step(step_id: str, channel: str, *, workflow: str = "shop", **outputs: Any) -> RenderedStep:
    status = "delivered" if channel in ("email", "in_app", "sms", "push", "chat", "tool") else "completed"
    return RenderedStep(step_id, channel, status, outputs, workflow_id=workflow)


def record(
    root: Path, test: str, versions: Iterable[tuple[RenderedStep | None, RenderedStep | None]]
) -> tuple[RecordedTest, list[Path]]:
    """What a test that compared these versions says of it, with the old ones written to its folder."""
    folder = root / "__snapshots__" / "test_shop" / test
    steps, leftovers = [], []
    for order, (old, new) in enumerate(versions, 1):
        known = new or old
        assert known is not None
        stem = str(FileName(order, escape(known.step_id), known.channel, ""))
        before = format_of(old.channel).files(old) if old else {}
        for suffix, text in before.items():
            write_atomically(folder / f"{stem}{suffix}", encode(text))
        if new is None:
            leftovers += [folder / f"{stem}{suffix}" for suffix in before]
            continue
        steps.append(
            StepFiles(
                stem=stem,
                kept=old == new,
                old={suffix: encode(text) for suffix, text in before.items()},
                new=encoded_files(new),
            )
        )
    made = RecordedTest(test=f"test_shop.py::{test}", folder=str(folder), steps=steps)
    return made, leftovers


def to_review(
    root: Path, tests: Mapping[str, Sequence[tuple[RenderedStep | None, RenderedStep | None]]]
) -> ReviewStore:
    """The review of a project whose tests gave these versions, old and new."""
    made = [record(root, test, versions) for test, versions in tests.items()]
    store = ReviewStore(root)
    records = [each for each, _ in made]
    store.replace(
        changes_of(root, records, [path for _, leftovers in made for path in leftovers]),
        ran=[f"__snapshots__/test_shop/{test}" for test in tests],
    )
    return store


CHANNELS = [
    (
        step("bell", "in_app", subject="On its way", body="Order **4711** left.", avatar="https://cdn.test/a.png",
             primaryAction={"label": "Track", "redirect": {"url": "/orders/4711"}}, data={"orderId": 4711}),
        step("bell", "in_app", subject="On its way", body="Order **4711** left today.", avatar="https://cdn.test/a.png",
             primaryAction={"label": "Track it", "redirect": {"url": "/orders/4711"}}, data={"orderId": 4711}),
    ),
    (step("wait", "delay", amount=6, unit="hours"), step("wait", "delay", amount=4, unit="hours")),
    (step("collect", "digest", amount=1, unit="days"), step("collect", "digest", cron="0 9 * * *")),
    (
        step("mail", "email", subject="Your order", body="<h1>Your order</h1><p>Thank you, <b>Ann</b>.</p>",
             **{"from": {"name": "Shop", "email": "hi@shop.test"}}),
        step("mail", "email", subject="Your pots", body="<h1>Your pots</h1><p>Thank you, <b>Ann</b>.</p>",
             **{"from": {"name": "Shop", "email": "hi@shop.test"}}),
    ),
    (step("text", "sms", body="On its way"), step("text", "sms", body="It’s on its way " + "now " * 20)),
    (step("ping", "push", subject="Sent", body="Order sent"), step("ping", "push", subject="Sent " * 20, body="Order " * 60)),
    (
        step("team", "chat", body="Order", card={"type": "card", "title": "Order", "children": [
            {"type": "text", "content": "3 items"}, {"type": "actions", "children": [{"type": "button", "id": "a", "label": "Open"}]}]}),
        step("team", "chat", body="Order", card={"type": "card", "title": "Order", "children": [
            {"type": "text", "content": "4 items"}, {"type": "actions", "children": [{"type": "button", "id": "a", "label": "Open"}]}]}),
    ),
    (step("lookup", "tool", body="{}"), step("lookup", "tool", body="{1}")),
    (step("cap", "throttle", type="fixed", amount=1, unit="hours"), step("cap", "throttle", type="fixed", amount=2, unit="hours")),
    (step("score", "custom", score=1, tags=["a"]), step("score", "custom", score=2, tags=["a"])),
    (None, step("tips", "in_app", body="Three tips")),
    (step("old", "sms", body="Bye"), None),
    (step("quiet", "push"), RenderedStep("quiet", "push", "skipped", reason="turned off", workflow_id="shop")),
]  # fmt: skip
"""A change of each kind of step, and steps that are new, gone and skipped."""


def reviewed_shop(root: Path, edits: Collection[str] = EDITS) -> ReviewStore:
    """The review of the big app: what it sends, before and after `edits`."""
    after = {test: rendered_steps(run) for test, run in runs(edits)}
    return to_review(root, {test: _pairs(rendered_steps(run), after[test]) for test, run in runs()})


def _pairs(
    old: list[RenderedStep], new: list[RenderedStep]
) -> list[tuple[RenderedStep | None, RenderedStep | None]]:
    before, now = ({one.step_id: Filters().apply(one) for one in steps} for steps in (old, new))
    return [(before.get(step_id), now.get(step_id)) for step_id in dict.fromkeys([*before, *now])]


Cases = Mapping[tuple[str, str], tuple[str | None, str | None]]


def matrix_records(root: Path, cases: Cases) -> list[RecordedTest]:
    """What a test with a matrix says: of each locale and kind of data, the text of its only message, old and new."""
    records = []
    for place, ((locale, data), versions) in enumerate(cases.items()):
        old, new = (None if body is None else step("text", "sms", body=body) for body in versions)
        made, _ = record(root, f"test_it[{locale}-{data}]", [(old, new)])
        axes = (("locale", locale), ("timezone", "UTC"), ("data", data))
        case = Case("test_shop.py::test_it", f"{locale}-{data}", place, axes)
        records.append(dataclasses.replace(made, case=case))
    return records


def matrix_to_review(root: Path, cases: Cases) -> ReviewStore:
    """The review of a test with a matrix."""
    store = ReviewStore(root)
    store.replace(changes_of(root, matrix_records(root, cases), []), ran=[])
    return store


def packed(page: str) -> list[dict[str, Any]]:
    """The data of a report, as its script makes it whole."""
    (text,) = re.findall(r'<script type="text/plain" id="packed">([\w+/=]*)</script>', page)
    shared = json.loads(gzip.decompress(base64.b64decode(text)))

    def restored(value: Any) -> Any:
        if isinstance(value, list):
            return [restored(each) for each in value]
        if not isinstance(value, dict):
            return value
        if isinstance(value.get("$"), list):
            return "".join(shared["pieces"][place] for place in value["$"])
        return {key: restored(each) for key, each in value.get("$", value).items()}

    data: list[dict[str, Any]] = restored(shared["data"])
    return data
