"""Whatever blocks has an async twin that takes the same and gives the same.

Twins are `name` and `name_async` of one class or module, and the methods of a class `Name` and of its plain side
`SyncName`. They are found by walking the two packages.
"""

from __future__ import annotations

import asyncio
import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any, NamedTuple

import pytest

import novu_framework
import novu_framework_testing
from novu_framework._internal.twins import without_suspending
from novu_framework_testing._internal.twins import blocking, blocking_method


class Twins(NamedTuple):
    """The two sides of one call; `owners` are the classes that hold them, where those are the twins."""

    name: str
    blocking: Any
    awaitable: Any
    owners: tuple[type, type] | None = None


def public_modules() -> Iterator[ModuleType]:
    for package in (novu_framework, novu_framework_testing):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            # `load` makes the sockets and threads of the process gevent's; `adapters` need what the lowest versions are too old for
            if not any(
                part.startswith("_") or part in ("load", "adapters") for part in found.name.split(".")
            ):
                yield importlib.import_module(found.name)


def is_protocol(value: type) -> bool:
    """Tell whether a class only describes what others define."""
    return bool(getattr(value, "_is_protocol", False))


def suffixed(owner: Any) -> Iterator[Twins]:
    """Pairs of `name` and `name_async` in a class or a module."""
    where = f"{owner.__module__}.{owner.__qualname__}" if inspect.isclass(owner) else owner.__name__
    for name in vars(owner):
        awaitable = getattr(owner, name)
        imported = not inspect.isclass(owner) and getattr(awaitable, "__module__", "") != owner.__name__
        delegated = not callable(awaitable)  # a door to the simulator gives the simulator's own
        if name.endswith("_async") and not name.startswith("_") and not imported and not delegated:
            plain = name.removesuffix("_async")
            yield Twins(f"{where}.{plain}", getattr(owner, plain, None), awaitable)


def of_two_classes(plain: type, awaited: type) -> Iterator[Twins]:
    """Pairs of methods of a plain class and of its async twin."""
    for name in sorted({*vars(plain), *vars(awaited)}):
        if not name.startswith("_"):
            sides = getattr(plain, name, None), getattr(awaited, name, None)
            yield Twins(f"{plain.__module__}.{plain.__qualname__}.{name}", *sides, (plain, awaited))


def all_twins() -> Iterator[Twins]:
    for module in public_modules():
        yield from suffixed(module)
        for value in list(vars(module).values()):
            if inspect.isclass(value) and value.__module__ == module.__name__ and not is_protocol(value):
                yield from suffixed(value)
                if awaited := vars(module).get(value.__name__.removeprefix("Sync")):
                    yield from of_two_classes(value, awaited) if awaited is not value else ()


ALL = list(all_twins())
TWINS = [twins for twins in ALL if twins.blocking and twins.awaitable]
every_pair = pytest.mark.parametrize("twins", TWINS, ids=[twins.name for twins in TWINS])


def parameters(function: Callable[..., Any]) -> list[str]:
    """Names, kinds, annotations and defaults, as they would be written."""
    signature = inspect.signature(function)
    return [f"{one.kind.description}: {one}".replace("'", "") for one in signature.parameters.values()]


def result(function: Callable[..., Any]) -> str:
    """What a caller gets in the end; a twin, such as a `SyncReplyHandle`, counts as what it is the twin of."""
    annotation = inspect.signature(function).return_annotation
    text = inspect.formatannotation(annotation).replace("'", "").replace("typing.", "")
    text = re.sub(r"\bSync(?=[A-Z])", "", text)
    text = re.sub(r"^(?:[\w.]*Coroutine\[Any, Any, |[\w.]*Awaitable\[)(.+)\]$", r"\1", text)
    return re.sub(
        r"^(Callable\[\[.*\], )Awaitable\[(.+)\]\]$", r"\1\2]", text
    )  # one makes a function, the other an async one


def test_the_pairs_that_everybody_knows_are_found() -> None:
    names = {".".join(twins.name.split(".")[-2:]) for twins in TWINS}
    assert {"Workflow.trigger", "Client.broadcast", "Moving.advance", "SyncStep.email"} <= names


def test_none_is_without_its_twin() -> None:
    assert [twins.name for twins in ALL if twins not in TWINS] == []


@every_pair
def test_twins_take_the_same(twins: Twins) -> None:
    assert parameters(twins.blocking) == parameters(twins.awaitable)


@every_pair
def test_twins_give_the_same(twins: Twins) -> None:
    assert result(twins.blocking) == result(twins.awaitable)
    assert "empty" not in result(twins.blocking)


@every_pair
def test_one_is_awaited_and_the_other_is_not(twins: Twins) -> None:
    makes_one = inspect.formatannotation(inspect.signature(twins.awaitable).return_annotation).count(
        "Awaitable"
    )
    assert inspect.iscoroutinefunction(twins.awaitable) or makes_one
    assert not inspect.iscoroutinefunction(twins.blocking)


@every_pair
def test_one_of_the_twins_names_the_other(twins: Twins) -> None:
    blocking, awaitable = twins.owners or (twins.blocking, twins.awaitable)
    mentions = [
        re.search(rf"`(?:\w+\.)*{other.__name__}(?:\(.*\))?`", one.__doc__ or "")
        for one, other in ((blocking, awaitable), (awaitable, blocking))
    ]
    assert any(mentions)


@every_pair
def test_twins_are_named_as_they_are_called(twins: Twins) -> None:
    """In a traceback, in `help` and where they are pickled."""
    name = twins.name.split(".")[-1]
    assert (twins.blocking.__name__, twins.blocking.__qualname__.split(".")[-1]) == (name, name)
    assert twins.awaitable.__name__ == (name if twins.owners else f"{name}_async")


@every_pair
def test_a_twin_says_what_it_gives_and_not_how_it_is_made(twins: Twins) -> None:
    for function in (twins.blocking, twins.awaitable):
        said = inspect.signature(function).return_annotation
        assert "Exchange" not in str(said)
        assert str(said).count("[") == str(said).count("]")
        hints = inspect.unwrap(function).__annotations__
        assert hints.get("return", said) == said
        assert "return" in hints


def test_a_call_that_would_wait_is_refused_where_there_is_no_loop() -> None:
    async def waits() -> None:
        await asyncio.sleep(0)

    with pytest.raises(RuntimeError, match="must not suspend"):
        without_suspending(waits())


def test_the_help_of_an_async_twin_is_indented_as_written():
    written = novu_framework.Client.trigger_async.__doc__
    assert written
    assert "\n\nArgs:\n    workflow_id:" in written


async def double_async(number: int, *, by: int = 2) -> int:
    """Return it doubled.

    Args:
        number: It.
    """
    return by * number


async def unsaid_async() -> None: ...


class Calculator:
    async def triple_async(self, number: int, *, by: int = 3) -> int:
        """Return it tripled."""
        if number < 0:
            raise TypeError("below zero")
        return by * number

    triple = blocking_method(triple_async)


def test_a_twin_is_made_of_the_async_one_with_its_words() -> None:
    double, unsaid, triple = blocking(double_async), blocking(unsaid_async), Calculator.triple
    assert (double(4), double(4, by=5), Calculator().triple(2), Calculator().triple(2, by=1)) == (8, 20, 6, 2)
    assert [one.__qualname__ for one in (double, unsaid, triple)] == ["double", "unsaid", "Calculator.triple"]
    notes = [
        f"In async code await `{name}`, which does the same without blocking."
        for name in ("double_async", "unsaid_async", "triple_async")
    ]
    assert [one.__doc__ for one in (double, unsaid, triple)] == [
        f"Return it doubled.\n\nArgs:\n    number: It.\n\n{notes[0]}", f"\n\n{notes[1]}", f"Return it tripled.\n\n{notes[2]}",
    ]  # fmt: skip


def test_arguments_that_do_not_fit_a_twin_are_said_by_the_name_that_was_called() -> None:
    double: Any = blocking(double_async)
    triple: Any = Calculator().triple
    calls: dict[str, Callable[[], Any]] = {
        "double(): missing a required argument: 'number'.": double,
        "double(): too many positional arguments.": lambda: double(1, 2),
        "double() has no parameter 'bye'; it has number, by; did you mean 'by'?": lambda: double(1, bye=2),
        "triple(): missing a required argument: 'number'.": triple,
        "triple() has no parameter 'bye'; it has number, by; did you mean 'by'?": lambda: triple(1, bye=2),
        "below zero": lambda: triple(-1),
    }
    for said, call in calls.items():
        with pytest.raises(TypeError) as wrong:
            call()
        assert str(wrong.value) == said
        assert wrong.value.__cause__ is None
