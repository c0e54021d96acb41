"""When `--novu-smoke` adds its tests to a run, of which steps, and what it says where it cannot."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from novu_framework import Client, Step, workflow
from novu_framework.asgi import BridgeEndpoint
from novu_framework_testing.plugin import options, smoke


@workflow("welcome")
async def welcome(step: Step) -> None:
    await step.http_request("stock", {"method": "GET", "url": "https://api.acme.test"})
    await step.sms("text", {"body": "Hello"})
    await step.in_app("bell", {"body": "Hello"})


def config_of(
    root: Path, *args: str, app: Any = None, asked: bool = True, by_hand: bool = True, **ini: Any
) -> Any:
    """pytest's configuration in a project whose app is this one."""
    source = pytest.Config.ArgsSource
    config = SimpleNamespace(
        rootpath=root,
        inipath=root / "pyproject.toml",
        args=list(args),
        ArgsSource=source,
        args_source=source.ARGS if by_hand else source.TESTPATHS,
        invocation_params=SimpleNamespace(dir=root),
        stash=pytest.Stash(),
        getoption={"--novu-smoke": asked}.__getitem__,
        getini=lambda name: {
            "novu_route": "/api/novu",
            "novu_app": "shop:app",
            "novu_lifespan": True,
            **ini,
        }.get(name, ""),
    )
    (root / "pyproject.toml").touch()
    (root / "tests").mkdir(exist_ok=True)
    (root / "tests/conftest.py").touch()
    (root / "tests/test_a.py").touch()
    config.stash[options._APPS] = {"shop:app": app or [welcome]}
    return config


INI, CONFTEST = "pyproject.toml", "tests/conftest.py"


@pytest.mark.parametrize(
    ("args", "given", "place", "added"),
    [
        (["tests"], {}, INI, True),
        (["."], {}, INI, False),
        ([INI], {}, INI, False),
        ([f"{INI}::welcome/text"], {}, INI, False),
        (["tests/test_a.py"], {}, None, False),
        (["tests/test_a.py", "tests"], {}, INI, True),
        (["tests"], {"asked": False}, None, False),
        (["tests"], {"novu_smoke_folder": "tests"}, CONFTEST, False),
        (["more"], {"novu_smoke_folder": "tests"}, None, False),
        (["more"], {"novu_smoke_folder": "tests", "by_hand": False}, CONFTEST, True),
    ],
)
def test_smoke_tests_are_part_of_a_run_of_whole_folders(
    tmp_path: Path, args: list[str], given: dict[str, Any], place: str | None, added: bool
) -> None:
    config = config_of(tmp_path, *args, **given)
    (tmp_path / "more").mkdir()
    smoke.pytest_collection(SimpleNamespace(config=config))  # type: ignore[arg-type]
    found = config.stash.get(smoke._TESTS, None)
    assert (None if found is None else found.place) == (None if place is None else tmp_path / place)
    assert config.args == [*args, *([str(tmp_path / (place or ""))] if added else [])]
    if found is not None:
        assert found.steps == [("welcome", "text"), ("welcome", "bell")]
    collector: Any = SimpleNamespace(config=config)
    assert smoke.pytest_collect_file(tmp_path / "tests/test_a.py", collector) is None
    assert smoke._SmokeModule._getobj(collector).__name__ == "novu_smoke"


def refused(config: Any) -> pytest.UsageError:
    with pytest.raises(pytest.UsageError) as error:
        smoke._discovered(config)
    return error.value


def test_what_keeps_the_steps_from_being_known_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NOVU_SECRET_KEY", "NOVU_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    none = config_of(tmp_path, novu_app="")
    assert str(refused(none)) == "--novu-smoke needs the ini key `novu_app`, such as novu_app = shop.app:app"
    other = config_of(tmp_path, app=BridgeEndpoint([welcome], Client(secret_key="other")))
    text = str(refused(other))
    assert text.startswith(
        "--novu-smoke: the discovery of shop:app at /api/novu failed: SignatureMismatchError: "
    )
    assert text.endswith(" Run pytest with NOVU_SECRET_KEY set to the app's secret key.")
    away = config_of(
        tmp_path, app=BridgeEndpoint([welcome], Client(secret_key="test-secret")), novu_route="/away"
    )
    bridge, _ = smoke._discovered(away)
    assert bridge.url == "https://localhost/away"

    async def nothing(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 500, "headers": []})
        await send({"type": "http.response.body", "body": b"odd"})

    broken = config_of(tmp_path, app=nothing, novu_lifespan=False)
    assert str(refused(broken)) == (
        "--novu-smoke: the discovery of shop:app at /api/novu failed: status 500: https://localhost/api/novu answered 500: odd"
    )


def test_what_the_import_of_an_app_raises_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module: Any = ModuleType("an_app_that_raises")

    def create_app() -> Any:
        raise LookupError("no template")

    module.create_app = create_app
    monkeypatch.setitem(sys.modules, "an_app_that_raises", module)
    monkeypatch.setattr(sys, "path", [*sys.path])
    error = refused(config_of(tmp_path, novu_app="an_app_that_raises:create_app"))
    assert (
        str(error) == "--novu-smoke: importing an_app_that_raises:create_app raised LookupError: no template"
    )
    assert isinstance(error.__cause__, LookupError)
    missing = refused(config_of(tmp_path, novu_app="an_app_that_raises:nothing"))
    assert str(missing).startswith("novu_app = 'an_app_that_raises:nothing' cannot be loaded: ")
