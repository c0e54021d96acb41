"""What the packages export is there, whether it is loaded early or late."""

from __future__ import annotations

from dataclasses import is_dataclass
from importlib import import_module
from pathlib import Path

import pytest

from tests.tables import walked

ROOT = Path(__file__).parents[2]
EXPORTING = sorted(
    path.parent.relative_to(ROOT).as_posix().replace("/", ".")
    for package in ("novu_framework", "novu_framework_testing")
    for path in (ROOT / package).rglob("__init__.py")
    if "\n__all__ = [" in path.read_text(encoding="utf-8")
)


@walked("package", EXPORTING)
def test_a_package_has_the_names_that_it_exports_and_no_others(package: str) -> None:
    module = import_module(package)
    assert None not in [getattr(module, name) for name in module.__all__]
    with pytest.raises(AttributeError, match=f"'{package}' has no attribute 'no_such_name'"):
        getattr(module, "no_such_name")  # noqa: B009


@walked("package", EXPORTING)
def test_what_a_package_gives_its_users_is_a_value_that_stays_or_a_thing_of_its_own(package: str) -> None:
    module = import_module(package)
    classes = [one for name in module.__all__ if is_dataclass(one := getattr(module, name))]
    settings = {one.__name__: one.__dataclass_params__ for one in classes if isinstance(one, type)}  # type: ignore[attr-defined]
    changing = {name for name, setting in settings.items() if setting.eq and not setting.frozen}
    # people compare credentials, and may change the tokens of one in place
    assert changing <= {"ChannelCredentials"}
