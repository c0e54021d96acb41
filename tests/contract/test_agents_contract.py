"""Every recorded turn of an agent, on our own bridge: with async handlers and with plain ones."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.batches import batches
from tests.tables import one_in

from .agents.replaying import Bridge

HERE = Path(__file__).parent / "agents"
FIXTURES = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((HERE / "fixtures").glob("*.json"))
}
TURNS = batches(
    (f"{name}: {exchange['name']}", (name, exchange))
    for name, fixture in FIXTURES.items()
    for exchange in fixture["exchanges"]
)


@cache
def bridge(name: str, is_async: bool) -> Bridge:
    return Bridge(FIXTURES[name]["agents"], is_async=is_async)


def body_of(name: str, request: dict[str, Any]) -> Any:
    """The body of a request, which a fixture keeps as what differs from its `event`."""
    if "of" not in request:
        return request.get("body")
    usual = {
        key: one for key, one in FIXTURES[name]["event"].items() if key not in request.get("without", ())
    }
    return {**usual, **request["body"]}


async def compare(name: str, exchange: dict[str, Any], *, is_async: bool) -> None:
    request = exchange["request"]
    answers = exchange.get("answers", [])
    turn = await bridge(name, is_async).turn(
        request["method"], request["query"], body_of(name, request), answers
    )
    assert turn["response"] == exchange["response"], exchange["name"]
    posts = [{**FIXTURES[name]["usual"], **post} for post in exchange["posts"]]
    assert turn["posts"] == posts, exchange["name"]


@pytest.mark.parametrize("turns", TURNS)
async def test_a_turn_is_the_npm_packages(turns: list[Any]) -> None:
    for _, (name, exchange) in turns:
        await compare(name, exchange, is_async=True)


@pytest.mark.parametrize("name", one_in(3, FIXTURES))
async def test_plain_handlers_do_the_same(name: str) -> None:
    for exchange in FIXTURES[name]["exchanges"]:
        await compare(name, exchange, is_async=False)


def test_recordings_are_enough() -> None:
    assert sum(len(fixture["exchanges"]) for fixture in FIXTURES.values()) >= 300
