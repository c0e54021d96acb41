"""What is said where the toolkit is used and its packages are not installed: which extra brings them."""

from __future__ import annotations

import importlib
import re
import sys
from types import SimpleNamespace

import pytest

from novu_framework.errors import MissingDependencyError, install_command
from novu_framework_testing import NovuFaker

FRAMEWORKS = ("fastapi", "starlette", "litestar", "django", "flask")


@pytest.mark.parametrize(
    ("module", "package"),
    [
        ("novu_framework_testing.simulation.clock", "cronsim"),  # which all of the simulation needs
        ("novu_framework_testing.snapshots.assertion", "syrupy"),
        ("novu_framework_testing.snapshots.timing", "cronsim"),
        *((f"novu_framework.{framework}", framework) for framework in FRAMEWORKS),
    ],
)
def test_a_missing_package_is_told_with_the_extra_that_has_it(
    monkeypatch: pytest.MonkeyPatch, module: str, package: str
) -> None:
    monkeypatch.delitem(sys.modules, module, raising=False)
    for loaded in [package, *(one for one in sys.modules if one.startswith(f"{package}."))]:
        monkeypatch.setitem(sys.modules, loaded, None)
    extra = package if package in FRAMEWORKS else "testing"
    said = re.escape(f"`{package}` is not installed. Install it with `{install_command(extra)}`.")
    with pytest.raises(MissingDependencyError, match=said):
        importlib.import_module(module)


def test_made_up_data_needs_faker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "faker", None)
    with pytest.raises(MissingDependencyError, match=r"`faker`.*\[testing\]"):
        NovuFaker().subscriber()


ORIGINS = {
    "": "pip install 'novu-framework[cli]'",
    '{"url": "file:///src/novu", "dir_info": {"editable": true}}': "pip install --editable '/src/novu[cli]'",
    '{"url": "file:///src/novu", "dir_info": {}}': "pip install 'novu-framework[cli] @ file:///src/novu'",
    '{"url": "https://git.test/n", "vcs_info": {"vcs": "git", "commit_id": "abc"}}': (
        "pip install 'novu-framework[cli] @ git+https://git.test/n@abc'"
    ),
    "not JSON": "pip install 'novu-framework[cli]'",
}


@pytest.mark.parametrize(("origin", "command"), ORIGINS.items())
def test_an_extra_is_installed_from_where_the_package_came(
    monkeypatch: pytest.MonkeyPatch, origin: str, command: str
) -> None:
    came_from = SimpleNamespace(read_text=lambda name: origin or None)
    monkeypatch.setattr("importlib.metadata.distribution", lambda name: came_from)
    if sys.platform == "win32":
        command = command.replace("/src/novu[", r"\src\novu[")
    assert install_command("cli") == command
