"""Each example works as its README says: its own tests pass, and the command finds its app."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from tests.examples.coverage_truth import TRUTHS
from tests.examples.runs import EXAMPLES, pytest_in, run

EXPLORED = ["shop"]
"""Examples whose explorer makes up what is not to be counted by hand."""
NAMES = sorted(path.parent.name for path in EXAMPLES.glob("*/pyproject.toml"))


def test_there_are_five() -> None:
    assert NAMES == ["migrate-from-typescript", "quickstart", "self-hosted", "shop", "support_agent"]


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.slow) if name in ("self-hosted", "shop") else name
        for name in NAMES
    ],
)
def test_its_tests_pass_on_reviewed_snapshots(name: str, tmp_path: Path) -> None:
    counted_by_hand = name in TRUTHS and name not in EXPLORED
    coverage = tmp_path / "coverage.json"
    options = [f"--novu-coverage-json={coverage}"] if counted_by_hand else []
    done = pytest_in(EXAMPLES / name, "-rA", *options)

    assert done.returncode == 0, done.stdout + done.stderr
    summary = done.stdout.splitlines()[-1]
    counted = {word: int(number) for number, word in re.findall(r"(\d+) (\w+)", summary.split(" in ")[0])}
    assert set(counted) == {"passed"}, summary
    assert counted["passed"] >= 3
    snapshots = re.search(r"(\d+) snapshots passed\.", done.stdout)
    assert snapshots, done.stdout
    assert int(snapshots[1]) == len(
        [one for one in (EXAMPLES / name).rglob("__snapshots__/*/*/*") if one.is_file()]
    )
    if counted_by_hand:
        assert_counted(name, coverage)


@pytest.mark.slow
@pytest.mark.parametrize("name", EXPLORED)
def test_its_tests_come_to_what_is_counted_by_hand_in_them(name: str, tmp_path: Path) -> None:
    coverage = tmp_path / "coverage.json"
    done = pytest_in(EXAMPLES / name, "--ignore-glob=*every_order*", f"--novu-coverage-json={coverage}")

    assert done.returncode == 0, done.stdout + done.stderr
    assert_counted(name, coverage)


def assert_counted(name: str, coverage: Path) -> None:
    """Check that what the tests of an example did is what its `Truth` says."""
    workflows = json.loads(coverage.read_text(encoding="utf-8"))["workflows"]
    happened = {
        each["workflow"]: {step["step"]: step["happened"] for step in each["steps"]} for each in workflows
    }
    never = {f"{one['step']}: {one['words']}" for each in workflows for one in each["never"]}
    truth = TRUTHS[name]
    # without columns (3.10) there are no conditions
    seen = {words for words in truth.never if sys.version_info >= (3, 11) or " `subscriber" not in words}
    assert (happened, never) == (truth.happened, seen)


@pytest.mark.parametrize("name", NAMES)
def test_the_doctor_finds_its_workflows_and_nothing_wrong_with_them(name: str) -> None:
    done = run(EXAMPLES / name, "novu_framework", "doctor", NOVU_SECRET_KEY="test-secret")

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1].endswith("all good")


@pytest.mark.parametrize("name", NAMES)
def test_its_readme_names_files_that_there_are(name: str) -> None:
    folder = EXAMPLES / name
    readme = (folder / "README.md").read_text(encoding="utf-8")

    named = set(re.findall(r"`([\w./-]+\.(?:py|ts|json|html|yml|csv))`", readme))
    named -= {"email.html", "report.html"}  # that the reader makes
    assert named
    missing = {one for one in named if not list(folder.rglob(Path(one).name))}
    assert not missing


def test_the_demo_shows_the_email_the_inbox_and_the_bridge() -> None:
    done = run(EXAMPLES, "demo", COLUMNS="120")

    assert done.returncode == 0, done.stderr
    for line in (
        "digest is over with 3 events",
        "3 new comments on Iceland",
        "email delivered by",
        "ann read the in-app message",
        "skipped by the bridge: its `skip` said so",
        "discovered New comment: inbox → collect → wait → email",
        "without a signature: 401 SignatureNotFoundError",
        "novu-framework preview new-comment",
    ):
        assert line in done.stdout
