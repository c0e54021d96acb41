"""What a process of the fork server has loaded: pytest with its plugins, and what a page or an example imports."""

from __future__ import annotations

import contextlib
import gc
import importlib.metadata
import io
import os
import tempfile
from pathlib import Path
from unittest import mock

import pytest

from tests.modules import installed, load, trust_fixtures

SUITE = """
from novu_framework import Step, workflow

@workflow("warm")
async def warm(step: Step) -> None:
    await step.sms("text", lambda: {"body": "Hi"})

def test_it(novu_explore):  # for which Faker and the tables of Hypothesis are made
    novu_explore(warm, orders=1)
"""

# each fork looks for plugins, and names them with their versions
importlib.metadata.distributions = installed  # type: ignore[assignment]
trust_fixtures(pytest.MonkeyPatch())

# First by pytest itself, which rewrites the plugins that it loads, and warns of those that it finds loaded.
with (
    tempfile.TemporaryDirectory() as folder,
    contextlib.redirect_stdout(io.StringIO()),
    mock.patch.dict(os.environ, PYTEST_ADDOPTS="-p no:cacheprovider -p no:langsmith_plugin"),
):
    Path(folder, "test_warm.py").write_text(SUITE, encoding="utf-8")
    pytest.main(["--rootdir", folder, folder])
load()
gc.collect()
gc.freeze()
