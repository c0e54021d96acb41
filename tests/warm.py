"""What a process of the fork server has loaded: pytest with its plugins, and what a page or an example imports."""

from __future__ import annotations

import contextlib
import gc
import io
import os
import tempfile
from unittest import mock

import pytest

from tests.modules import load

# First by pytest itself, which rewrites the plugins that it loads, and warns of those that it finds loaded.
with (
    tempfile.TemporaryDirectory() as empty,
    contextlib.redirect_stdout(io.StringIO()),
    mock.patch.dict(os.environ, PYTEST_ADDOPTS="-q -p no:cacheprovider"),
):
    pytest.main(["--rootdir", empty, empty])
load()
gc.collect()
gc.freeze()
