"""What is told from a user's function by looking at it."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Annotated, Any

import pytest

from novu_framework._internal import functions
from novu_framework._internal.functions import (
    NotDefinedYetError,
    annotation,
    enclosing_names,
    first_parameter,
    is_async,
    name_and_place,
    named_arguments,
    source,
    takes_controls,
    written_at,
)
from tests.tables import walked

BOTH = ("controls", "outputs")


async def coroutine(value: int = 0) -> None: ...


def plain() -> None: ...


async def generator() -> Any:
    yield 1


class Called:
    def __call__(self, text: str) -> None: ...


class CalledAsync:
    async def __call__(self) -> None: ...


def marked(function: Any) -> Any:
    function.mark = True
    return function


@marked
async def marked_coroutine() -> None: ...


@marked
def marked_plain() -> None: ...


@walked(
    ("function", "expected"),
    [
        (coroutine, True), (plain, False), (generator, False), (lambda: coroutine(), False), (marked_coroutine, True), (marked_plain, False),
        (functools.partial(coroutine, 1), True), (functools.partial(plain), False), (CalledAsync(), True), (Called(), False),
        (CalledAsync().__call__, True), (print, False),
    ],
)  # fmt: skip
def test_an_async_function_is_told_however_it_is_wrapped(function: Any, expected: bool) -> None:
    assert is_async(function) is expected


@walked(
    ("function", "expected"),
    [
        (lambda: 1, False),
        (lambda controls: 1, True),
        (lambda anything: 1, True),
        (lambda x=1: x, False),  # a bound value
        (lambda controls=1: 1, True),
        (lambda x=1, controls=2: 1, False),
        (lambda a, b=1: 1, True),
        (lambda *given: 1, True),
        (lambda **given: 1, False),
        (lambda *, x=1: 1, False),
        (lambda a, /: 1, True),
        (functools.partial(lambda a, b: 1, 1), True),
        (max, True),  # tells nothing of its parameters
        (Called(), True),
    ],
)
def test_a_resolver_takes_the_controls_where_it_has_a_place_for_them(function: Any, expected: bool) -> None:
    assert takes_controls(function) is expected


def two(a: int, b: int) -> None: ...


def keyword(a: int, *, b: int, c: int = 1) -> None: ...


@pytest.mark.parametrize(("function", "takes"), [(two, "a, b"), (keyword, "a, b")])
def test_a_resolver_that_needs_more_is_refused_with_what_it_needs(function: Any, takes: str) -> None:
    with pytest.raises(TypeError) as caught:
        takes_controls(function)
    line = function.__code__.co_firstlineno
    assert str(caught.value) == (
        f"`{function.__name__}` ({__file__}:{line}) takes ({takes}): "
        "a resolver or skip takes the controls, or nothing, by position"
    )


@walked(
    ("function", "expected"),
    [
        (lambda: 1, ()),
        (lambda outputs: 1, ("outputs",)),
        (lambda outputs, controls: 1, BOTH),
        (lambda *, controls: 1, ("controls",)),
        (lambda controls, x=1: 1, ("controls",)),
        (lambda **given: 1, BOTH),
        (lambda x, **given: 1, BOTH),
        (max, BOTH),
    ],
)
def test_a_function_of_a_provider_takes_what_it_names(function: Any, expected: tuple[str, ...]) -> None:
    assert named_arguments(function, BOTH) == expected


def test_a_function_of_a_provider_that_needs_something_else_is_refused_with_its_name() -> None:
    with pytest.raises(
        TypeError, match="takes `b`: a provider's function takes controls and outputs by name"
    ):
        named_arguments(lambda controls, b, c: 1, BOTH)


def test_a_function_is_named_with_its_place_where_it_has_one() -> None:
    place = f"({__file__}:{plain.__code__.co_firstlineno})"
    assert name_and_place(plain) == f"`plain` {place}"
    assert name_and_place(functools.wraps(plain)(lambda: None)) == f"`plain` {place}"
    assert name_and_place(max) == "`max`"
    assert name_and_place(Called()) == "`Called`"


def test_a_line_of_code_is_told_with_what_is_in_it() -> None:
    line = two.__code__.co_firstlineno
    assert written_at(__file__, line) == f"{__file__}:{line} (`def two(a: int, b: int) -> None: ...`)"
    assert written_at(__file__, None) == f"{__file__}:None (``)"


def made() -> Callable[[], int]:
    def inner() -> int:
        return 1

    return inner


@walked(
    ("function", "text"),
    [
        (plain, "def plain() -> None: ..."),
        (functools.partial(functools.partial(two, 1), 2), "def two(a: int, b: int) -> None: ..."),
        (made(), "def inner() -> int:\n    return 1"),
        (marked_plain, "@marked\ndef marked_plain() -> None: ..."),
        (max, "`max`"),
        (Called(), "`Called`"),
        ({"a": 1}, "{'a': 1}"),
        ("text", "'text'"),
    ],
)
def test_the_source_of_a_function_is_what_was_written(function: Any, text: str) -> None:
    assert source(function) == text
    assert source(function) == text


def test_the_source_of_a_function_is_read_once_for_all_that_share_its_code(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = source(made())
    monkeypatch.setattr(functions, "_source", lambda function: "read again")
    assert source(made()) == first
    moved = made()
    moved.__code__ = moved.__code__.replace(co_filename="elsewhere.py")
    assert source(moved) == "read again"


def test_a_function_without_a_file_is_named() -> None:
    names: dict[str, Any] = {}
    exec(compile("def f(): ...", "no file", "exec"), names)
    assert source(names["f"]) == "`f` (no file:1)"


Known = dict[str, int]


@walked(
    ("function", "parameter", "expected"),
    [
        (two, "a", int), (two, "c", None), (lambda a: 1, "a", None), (Called(), "text", str), (functools.partial(two, 1), "b", int),
        (functools.partial(functools.partial(two)), "b", int), (functools.wraps(two)(lambda: None), "b", int), (max, "a", None),
    ],
)  # fmt: skip
def test_an_annotation_is_found_however_a_function_is_wrapped(
    function: Any, parameter: str, expected: Any
) -> None:
    assert annotation(function, parameter, {}) is expected


def test_an_annotation_may_name_what_is_around_the_function() -> None:
    class Local: ...

    def inner(a: Known, b: Local, c: Annotated[int, "x"], d: Any, e: Any) -> Any:
        return Local, later

    inner.__annotations__ |= {"d": "Given", "e": "later"}
    assert annotation(inner, "a", {}) == Known
    assert annotation(inner, "a", {"Known": int}) == Known  # its own module comes first
    assert annotation(inner, "b", {}) is Local
    assert annotation(inner, "b", {"Local": int}) is Local
    assert annotation(inner, "c", {}) == Annotated[int, "x"]
    assert annotation(inner, "d", {"Given": str}) is str
    with pytest.raises(NotDefinedYetError, match="the annotation of `e` names `later`, which is not known"):
        annotation(inner, "e", {})
    later = Local
    assert annotation(inner, "e", {}) is later


@pytest.mark.parametrize(
    ("written", "error", "why"),
    [
        ("Nowhere", NotDefinedYetError, "names `Nowhere`, which is not known"),
        ("functools.nowhere", NotDefinedYetError, "names `functools.nowhere`, which is not known"),
        ("int | 3", TypeError, "is `int | 3`, which is not a type"),
        ("a b", TypeError, "is `a b`, which is not a type"),
    ],
)
def test_an_annotation_that_is_none_is_refused(written: str, error: type[Exception], why: str) -> None:
    def inner(a: Any) -> None: ...

    inner.__annotations__["a"] = written
    with pytest.raises(TypeError, match=re.escape(f"the annotation of `a` {why}")) as caught:
        annotation(inner, "a", {})
    assert type(caught.value) is error
    assert f"`inner` ({__file__}:" in str(caught.value)


@pytest.mark.parametrize(
    ("function", "expected"),
    [(two, "a"), (plain, None), (lambda *, x: 1, None), (lambda *given: 1, "given"), (max, None)],
)
def test_the_first_parameter_is_told_by_its_name(function: Any, expected: str | None) -> None:
    assert first_parameter(function) == expected


def test_the_names_of_a_function_are_told_and_those_of_a_module_are_none() -> None:
    one = SimpleNamespace()

    def inner(two: int) -> tuple[dict[str, Any], dict[str, Any]]:
        return enclosing_names(1), enclosing_names(2)

    mine, around = inner(3)
    assert mine == {"two": 3}
    assert around["one"] is one
    around["one"] = None  # a copy
    assert one is not None
    names: dict[str, Any] = {"names_of": enclosing_names}
    exec("found = names_of(1)", names)
    assert names["found"] == {}
