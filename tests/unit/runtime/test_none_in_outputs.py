"""None in a dict that a resolver returns: a key that is not given, as in the output models."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from novu_framework import Step, workflow
from novu_framework.errors import ExecutionStateOutputInvalidError
from novu_framework.execution import execute
from novu_framework.steps.kinds import KINDS

GIVEN: dict[str, list[dict[str, Any]]] = {
    "email": [{"subject": "s", "body": "b"}, {"subject": "s", "body": "b", "from": {"email": "a@b.test", "name": "A"}}],
    "in_app": [
        {"body": "b"},
        {"body": "b", "primaryAction": {"label": "Go", "redirect": {"url": "/a"}}, "data": {"nothing": None}},
    ],
    "sms": [{"body": "b"}],
    "push": [{"subject": "s", "body": "b"}],
    "chat": [{"body": "b"}],
    "tool": [{"body": "b"}],
    "digest": [
        {"amount": 1, "unit": "days"},
        {"cron": "0 0 * * *"},
        {"amount": 1, "unit": "days", "lookBackWindow": {"amount": 1, "unit": "hours"}},
    ],
    "delay": [
        {"amount": 1, "unit": "days"},
        {"type": "timed", "cron": "0 0 * * *"},
        {"type": "dynamic", "dynamicKey": "payload.at"},
    ],
    "throttle": [
        {"type": "fixed", "amount": 1, "unit": "hours", "threshold": 1},
        {"type": "dynamic", "dynamicKey": "payload.at", "threshold": 1},
    ],
}  # fmt: skip


def properties(schema: Any) -> set[str]:
    branches = [branch for key in ("anyOf", "oneOf", "allOf") for branch in schema.get(key, ())]
    return set(schema.get("properties", ())).union(*map(properties, branches))


def cases() -> Iterator[Any]:
    for kind, outputs in GIVEN.items():
        for index, given in enumerate(outputs):
            absent = sorted(properties(KINDS[kind].outputs.schema) - set(given))
            yield pytest.param(kind, given, absent, id=f"{kind} {index}")


async def answer(kind: str, output: dict[str, Any], **options: Any) -> Any:
    @workflow("w")
    async def made(step: Step) -> None:
        await getattr(step, kind)("s", lambda: output, **options)

    return await execute(made, "s", {"payload": {}, "controls": {}, "state": []})


@pytest.mark.parametrize(("kind", "given", "absent"), list(cases()))
async def test_none_is_a_key_that_is_not_given(
    kind: str, given: dict[str, Any], absent: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    expected = await answer(kind, given)
    for names in (absent, *([name] for name in absent)):
        assert (await answer(kind, {**given, **dict.fromkeys(names)})).outputs == expected.outputs
        assert (await answer(kind, {**dict.fromkeys(names), **given})).outputs == expected.outputs
    assert caplog.messages == []


async def test_nested_members_and_those_in_lists_may_be_none() -> None:
    action = {"label": "Go", "redirect": {"url": "/a", "target": None}}
    made = await answer("in_app", {"body": "b", "primary_action": action, "secondary_action": None})
    assert made.outputs == {
        "body": "b",
        "primaryAction": {"label": "Go", "redirect": {"url": "/a", "target": "_self"}},
    }

    schema = {
        "type": "object",
        "properties": {
            "rows": {"type": "array", "items": {"type": "object", "properties": {"a/b": {"type": "string"}}}},
            "note": {"type": ["string", "null"]},
        },
    }
    custom = await answer(
        "custom", {"rows": [{"a/b": None}, {"a/b": "x"}], "note": None}, output_schema=schema
    )
    assert custom.outputs == {"rows": [{}, {"a/b": "x"}], "note": None}


async def test_a_providers_none_is_not_given() -> None:
    providers = {
        "sendgrid": lambda: {"ipPoolName": None, "categories": ["a"], "_passthrough": {"body": {"x": None}}}
    }
    made = await answer("email", {"subject": "s", "body": "b"}, providers=providers)
    assert made.providers == {"sendgrid": {"categories": ["a"], "_passthrough": {"body": {"x": None}}}}


@pytest.mark.parametrize(
    ("output", "path", "message"),
    [
        ({"subject": None, "body": "b"}, "/subject", "must be string"),
        ({"subject": "s", "body": "b", "preheader": None, "replyTo": 5}, "/replyTo", "must be string"),
    ],
)
async def test_what_is_wrong_for_another_reason_is_told_as_it_came(
    output: dict[str, Any], path: str, message: str
) -> None:
    with pytest.raises(ExecutionStateOutputInvalidError) as refused:
        await answer("email", output)
    assert {"path": path, "message": message} in refused.value.data
