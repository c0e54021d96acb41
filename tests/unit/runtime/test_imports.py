"""What importing the packages costs."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.tables import one_in

OPTIONAL = (
    "fastapi",
    "starlette",
    "litestar",
    "django",
    "flask",
    "pytest",
    "faker",
    "rich",
    "typer",
    "respx",
    "syrupy",
    "uvicorn",
    "jinja2",
    "liquid",
    "babel",
    "dateutil",
    "pytz",
    "markupsafe",
    "opentelemetry",
    "locust",
)


@pytest.mark.parametrize(
    "module", one_in(3, ["novu_framework.bridge", "novu_framework", "novu_framework.errors"])
)
def test_the_runtime_imports_no_optional_package_and_no_toolkit(module):
    code = f"import sys, {module}; print(*sorted(name.partition('.')[0] for name in sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=300
    )
    loaded = set(done.stdout.split())
    assert "pydantic" in loaded
    assert loaded.isdisjoint({*OPTIONAL, "novu_framework_testing"})


def test_a_bridge_without_agents_loads_nothing_of_them():
    code = (
        "import sys; from novu_framework import Client; from novu_framework.asgi import BridgeEndpoint;"
        "BridgeEndpoint([], Client('test-secret')); print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=300
    )
    assert "novu_framework.bridge" in done.stdout.split()
    assert "novu_framework.agents" not in done.stdout.split()


WELCOME = """
import sys
from novu_framework import Step, workflow

@workflow("welcome")
async def welcome(step: Step) -> None:
    await step.in_app("hello", {"body": "Welcome!"})
"""


def test_a_simulation_of_workflows_of_this_process_loads_neither_httpx_nor_agents_nor_opentelemetry():
    code = f"""{WELCOME}
from novu_framework_testing import NovuSimulator

with NovuSimulator() as novu:
    novu.register(welcome)
    assert len(novu.trigger("welcome", to="ann").messages) == 1
print(*sys.modules)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=300
    )
    loaded = set(done.stdout.split())
    assert "novu_framework_testing.bridges.process" in loaded
    assert loaded.isdisjoint(
        {"httpx", "h11", "opentelemetry", "novu_framework.agents", "novu_framework_testing.conversations"}
    )


@pytest.mark.parametrize("kind", one_in(2, ["TRACER", "METER"]))
def test_an_sdk_that_the_environment_names_is_found_without_an_import_of_opentelemetry(kind, monkeypatch):
    monkeypatch.setenv(f"OTEL_PYTHON_{kind}_PROVIDER", f"sdk_{kind.lower()}_provider")
    code = "from novu_framework._internal import telemetry; print(telemetry.current() is not None)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=300
    )
    assert done.stdout.split() == ["True"]


def test_liquid_works_where_no_library_for_it_can_be_imported():
    code = (
        "import sys; sys.modules.update(dict.fromkeys(('liquid', 'babel', 'pytz', 'dateutil', 'markupsafe')));"
        "import novu_framework.bridge, novu_framework.cli; from novu_framework.liquid import create_engine;"
        'template = \'{{ 0 | date: "%Y %z", "Asia/Tokyo" }} {{ 1 | plus: 1 }}{% if true %}!{% endif %}\';'
        "print(create_engine().from_string(template).render())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=300
    )
    assert done.stdout == "1970 +0900 2!\n"


def test_an_app_that_only_triggers_imports_no_event_loop_and_compiles_no_schema():
    code = "import sys, novu_framework; from novu_framework import Client, workflow; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=300
    )
    late = {
        "asyncio",
        "httpx",
        "importlib.metadata",
        "pydantic.root_model",
        "novu_framework.npm.ajv.keywords",
    }
    assert late.isdisjoint(done.stdout.split())
