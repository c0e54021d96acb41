"""Suites of real applications stay green, and without a warning, beside the plugins that their teams use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.processes import python

HERE = Path(__file__).parent


@pytest.mark.parametrize(
    "suite",
    [
        # pytest-asyncio (strict), anyio (asyncio, trio), SQLAlchemy, respx, pytest-httpx, vcr, frozen time, reruns
        pytest.param("fastapi_shop", marks=pytest.mark.slow),
        "django_shop",  # pytest-django, pytest-asyncio (auto), frozen time
    ],
)
def test_a_suite_is_green_and_warns_of_nothing(suite: str, tmp_path: Path) -> None:
    without = ("NOVU_", "PYTEST_", "DJANGO_")
    env = {name: value for name, value in os.environ.items() if not name.startswith(without)}
    env |= {"PYTHONPATH": str(HERE.parents[1]), "PYTHONDONTWRITEBYTECODE": "1"}
    arguments = ("-q", "-W", "error", "-p", "no:cacheprovider", "--basetemp", str(tmp_path / "of-the-suite"))
    done = python("-m", "pytest", *arguments, cwd=HERE / suite, env=env)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "warning" not in done.stdout + done.stderr
    assert " passed" in done.stdout
