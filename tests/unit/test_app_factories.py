"""Apps by name: an app, or a function that makes one."""

from __future__ import annotations

import functools
import gc
import inspect
from collections.abc import Callable
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from novu_framework._internal.factories import app_of, made, named, takes
from tests.tables import walked


class Asgi:
    async def __call__(self, scope: Any, receive: Any, send: Any) -> None: ...


class Untold:
    """An app that does not tell what it takes."""

    __signature__ = 7

    def __call__(self) -> str:
        return "called"


class Bridge:
    def discover(self) -> None: ...

    def __call__(self) -> str:
        return "called"


def wsgi(environ: Any, start_response: Any) -> None: ...


def asgi(scope: Any, receive: Any, send: Any) -> None: ...


def wrapped(*args: Any) -> None: ...


def with_defaults(name: str = "app", *, debug: bool = False) -> str:
    return f"{name} {debug}"


def of_settings(settings: Any, **more: Any) -> None: ...


def of_four(a: Any, b: Any, c: Any, d: Any, e: Any = None) -> None: ...


async def later() -> str:
    return "app"


MODULE = ModuleType("shop")
vars(MODULE).update(
    app=(APP := Asgi()),
    create_app=lambda: "made",
    web=SimpleNamespace(app="the app", create=with_defaults),
    later=later,
    of_settings=of_settings,
)


@walked(
    ("name", "app"),
    [
        ("app", APP),
        ("create_app", "made"),
        ("create_app()", "made"),
        ("web.app", "the app"),
        ("web.create", "app False"),
        ("web.create()", "app False"),
    ],
)
def test_an_app_is_found_by_its_name_or_by_that_of_what_makes_it(name: str, app: Any) -> None:
    assert app_of(MODULE, name) == app


def test_a_name_may_be_a_call_of_what_it_names() -> None:
    assert named(MODULE, "web.create()") is named(MODULE, "web.create") is with_defaults


@pytest.mark.parametrize("name", ["no_app", "web.no_app", "web.app.of", "create_app().app"])
def test_a_name_of_nothing_is_no_app(name: str) -> None:
    with pytest.raises(AttributeError):
        app_of(MODULE, name)


@walked(
    "app",
    [APP, Bridge(), Untold(), "text", None, wsgi, asgi, wrapped],
    ids=["object", "bridge", "untold", "text", "none", "wsgi", "asgi", "wrapped"],
)
def test_an_app_is_not_called(app: Any) -> None:
    assert made(app) is app


def test_whatever_takes_nothing_makes_an_app() -> None:
    assert isinstance(made(Asgi), Asgi)
    assert made(functools.partial(with_defaults, "shop")) == "shop False"


NO_APP = ": name an app, or a function that makes one without arguments"


@walked(
    ("make", "said"),
    [
        (lambda: made(of_settings), f"of_settings takes settings{NO_APP}"),
        (lambda: made(of_four), f"of_four takes a, b, c, d{NO_APP}"),
        (lambda: app_of(MODULE, "of_settings"), f"of_settings takes settings{NO_APP}"),
        (
            lambda: app_of(MODULE, "of_settings()"),
            "of_settings() missing 1 required positional argument: 'settings'",
        ),
        *(
            (
                make,
                "later is async: name a plain function that makes the app, and open things in its lifespan",
            )
            for make in (
                lambda: made(later),
                lambda: app_of(MODULE, "later"),
                lambda: app_of(MODULE, "later()"),
            )
        ),
    ],
)
def test_what_makes_no_app_by_itself_is_refused(make: Callable[[], Any], said: str) -> None:
    with pytest.raises(TypeError) as raised:
        make()
    assert str(raised.value) == said


def test_a_coroutine_in_the_place_of_an_app_is_closed(recwarn: pytest.WarningsRecorder) -> None:
    with pytest.raises(TypeError):
        made(later)
    gc.collect()
    assert [str(one.message) for one in recwarn] == []


@pytest.mark.parametrize(
    ("function", "counts"),
    [(wsgi, [2]), (with_defaults, [0, 1]), (wrapped, [0, 1, 2, 3]), (later, [0]), (of_four, [])],
)
def test_so_many_arguments_are_taken_by_position(function: Any, counts: list[int]) -> None:
    assert [count for count in range(4) if takes(inspect.signature(function), count)] == counts
