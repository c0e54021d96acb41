"""`pytest --novu-coverage` as a user runs it: what it prints, what it writes, and when it fails."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

WORKFLOWS = """
    from novu_framework import workflow

    @workflow("news")
    async def news(step, payload: dict):
        await step.email(
            "mail", lambda: {"subject": "News", "body": "b"}, skip=lambda: payload.get("quiet")
        )
        await step.digest("collect", {"amount": 1, "unit": "hours"})

    @workflow("unused")
    async def unused(step):
        await step.sms("text", {"body": "Hi"})
"""
TESTS = """
    import pytest
    from novu_framework import workflow
    from workflows import news, unused

    ANN = {"subscriberId": "ann", "email": "ann@acme.test", "locale": "de_AT"}

    @workflow("made-up")
    async def made_up(step):
        await step.sms("text", {"body": "Hi"})

    @pytest.fixture
    def run(novu):
        novu.register(unused, made_up)
        def run(**payload):
            novu.trigger(news, ANN, payload)
            novu.advance(hours=1)
        return run

    def test_it_is_sent(run):
        run()

    def test_it_is_not(run):
        run(quiet=True)
"""
TABLE = [
    "Workflow  Runs  Steps  Branches  Cover  Delivered  Locales",
    "----------------------------------------------------------",
    "news         2    2/2       5/6    83%  email 1    de_AT",
    "unused       0    0/1       0/1     0%  -          -",
    "----------------------------------------------------------",
    "TOTAL        2    2/3       5/7    71%",
    "Never ran:",
    "  workflows.py:8  news/collect: never with many events",
    "  workflows.py:10  unused: never triggered",
]


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    pytester.makeini("[pytest]\nnovu_coverage_fail_under = 90\ntestpaths = tests\npythonpath = .")
    pytester.makepyfile(workflows=WORKFLOWS, **{"tests/test_news": TESTS})
    return pytester


def run(project: pytest.Pytester, *options: str) -> pytest.RunResult:
    return project.runpytest_inprocess(
        "-p",
        "no:randomly",
        "-o",
        "asyncio_default_fixture_loop_scope=function",
        "-p",
        "no:cacheprovider",
        *options,
    )


def printed(result: pytest.RunResult) -> list[str]:
    """Return the lines below the title."""
    title = next(number for number, line in enumerate(result.outlines) if " Novu coverage ==" in line)
    return [line for line in result.outlines[title + 1 :] if line]


def test_the_table_and_what_never_ran(project: pytest.Pytester) -> None:
    result = run(project, "--novu-coverage")

    lines = printed(result)
    assert lines[: len(TABLE)] == TABLE
    assert lines[len(TABLE)] == "novu: the coverage, 71.43%, is below novu_coverage_fail_under = 90"
    assert result.ret == pytest.ExitCode.TESTS_FAILED


def test_without_the_option_nothing_is_said_or_judged(project: pytest.Pytester) -> None:
    result = run(project)

    assert result.ret == 0
    result.stdout.no_fnmatch_line("*overage*")


def test_every_step_with_v(project: pytest.Pytester) -> None:
    result = run(project, "--novu-coverage", "-v")

    result.stdout.fnmatch_lines(
        [
            "    mail     email: delivered 1, skipped 1",
            "    collect  digest: one event 2",
            "    text  sms: never came to it",
        ]
    )


BELOW = "novu: the coverage, *%, is below {}"
OF_A_PART = "novu: this is the coverage of a part of the tests: {}"
JUDGED = {
    "the whole run": (["--novu-coverage"], [BELOW.format("novu_coverage_fail_under = 90")], 1),
    "its folder": (["--novu-coverage", "tests"], [BELOW.format("novu_coverage_fail_under = 90")], 1),
    "the root": (["--novu-coverage", "."], [BELOW.format("novu_coverage_fail_under = 90")], 1),
    "a choice of the ini file": (
        ["--novu-coverage", "-o", "addopts=-m 'not slow'"],
        [BELOW.format("novu_coverage_fail_under = 90")],
        1,
    ),
    "-k": (
        ["--novu-coverage", "-k", "is_sent or x"],
        [
            OF_A_PART.format("`-k 'is_sent or x'` chose among them"),
            BELOW.format("novu_coverage_fail_under = 90, which is for a run of all tests"),
        ],
        0,
    ),
    "a file": (
        ["--novu-coverage", "tests/test_news.py"],
        [OF_A_PART.format("`tests/test_news.py` chose among them")],
        0,
    ),
    "a test": (
        ["--novu-coverage", "tests/test_news.py::test_it_is_sent"],
        [OF_A_PART.format("`tests/test_news.py::test_it_is_sent` chose among them")],
        0,
    ),
    "--deselect": (
        ["--novu-coverage", "--deselect", "tests/test_news.py::test_it_is_sent"],
        [OF_A_PART.format("`--deselect tests/test_news.py::test_it_is_sent` chose among them")],
        0,
    ),
    "a limit of the command line that is met": (["--novu-coverage-fail-under=71"], ["TOTAL *"], 0),
    "a limit of the command line that is not, with -k": (
        ["--novu-coverage-fail-under=71", "-k", "is_sent"],
        [BELOW.format("--novu-coverage-fail-under = 71")],
        1,
    ),
    "a limit that is no number": (["--novu-coverage-fail-under=most"], [], 4),
    "a limit of the ini file that is none": (
        ["--novu-coverage", "-o", "novu_coverage_fail_under=101"],
        [],
        4,
    ),
}


@pytest.mark.parametrize("case", JUDGED)
def test_the_limit_is_for_a_run_of_all_tests_or_for_this_one(project: pytest.Pytester, case: str) -> None:
    options, lines, status = JUDGED[case]

    result = run(project, *options)

    assert result.ret == status
    result.stdout.fnmatch_lines(lines)
    if status == 4:
        result.stderr.fnmatch_lines(["*'*': write a number from 0 to 100*"])


def test_a_plugin_that_leaves_tests_out_makes_it_a_part(project: pytest.Pytester) -> None:
    project.makeconftest(
        "def pytest_collection_modifyitems(config, items):\n"
        "    config.hook.pytest_deselected(items=items[1:])\n"
        "    del items[1:]"
    )

    result = run(project, "--novu-coverage")

    assert result.ret == 0
    result.stdout.fnmatch_lines([OF_A_PART.format("not every one of them was run")])


def test_nothing_but_the_total_where_everything_ran(project: pytest.Pytester) -> None:
    project.makepyfile(
        **{
            "tests/test_more": """
                from workflows import news, unused

                def test_two(novu):
                    for _ in range(2):
                        novu.trigger(news, "ann", {"quiet": True})
                    novu.advance(hours=1)
                    novu.trigger(unused, {"subscriberId": "ann", "phone": "+43123456"})
            """
        }
    )

    result = run(project, "--novu-coverage")

    assert result.ret == 0
    assert [line for line in result.outlines if "overage" in line] == [
        "novu: coverage 100%: all 7 branches of 2 workflows ran"
    ]


def test_a_run_without_a_workflow(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_nothing(): pass")

    result = run(pytester, "--novu-coverage")

    result.stdout.fnmatch_lines(["novu: coverage: no test of this run knew a workflow"])


FILE: dict[str, Any] = {
    "format": 1,
    "partial": None,
    "branches": 7,
    "ran": 5,
    "percent": 71.43,
    "workflows": [
        {
            "workflow": "news",
            "place": "workflows.py:3",
            "runs": 2,
            "branches": 6,
            "ran": 5,
            "percent": 83.33,
            "steps": [
                {
                    "step": "mail",
                    "type": "email",
                    "happened": {"delivered": 1, "skipped": 1},
                    "locales": {"de_AT": 1},
                    "branches": [
                        {
                            "kind": "outcome",
                            "name": "delivered",
                            "role": None,
                            "place": "workflows.py:6",
                            "ran": True,
                        },
                        {
                            "kind": "code",
                            "name": "line",
                            "role": "resolver",
                            "place": "workflows.py:6",
                            "ran": True,
                        },
                        {
                            "kind": "skip",
                            "name": "true",
                            "role": None,
                            "place": "workflows.py:6",
                            "ran": True,
                        },
                        {
                            "kind": "skip",
                            "name": "false",
                            "role": None,
                            "place": "workflows.py:6",
                            "ran": True,
                        },
                    ],
                },
                {
                    "step": "collect",
                    "type": "digest",
                    "happened": {"one event": 2},
                    "locales": {},
                    "branches": [
                        {
                            "kind": "outcome",
                            "name": "one event",
                            "role": None,
                            "place": "workflows.py:8",
                            "ran": True,
                        },
                        {
                            "kind": "outcome",
                            "name": "many events",
                            "role": None,
                            "place": "workflows.py:8",
                            "ran": False,
                        },
                    ],
                },
            ],
            "never": [{"place": "workflows.py:8", "step": "news/collect", "words": "never with many events"}],
        },
        {
            "workflow": "unused",
            "place": "workflows.py:10",
            "runs": 0,
            "branches": 1,
            "ran": 0,
            "percent": 0.0,
            "steps": [
                {
                    "step": "text",
                    "type": "sms",
                    "happened": {},
                    "locales": {},
                    "branches": [
                        {
                            "kind": "outcome",
                            "name": "delivered",
                            "role": None,
                            "place": "workflows.py:12",
                            "ran": False,
                        }
                    ],
                }
            ],
            "never": [{"place": "workflows.py:10", "step": "unused", "words": "never triggered"}],
        },
    ],
}


def test_the_file_for_ci(project: pytest.Pytester) -> None:
    run(project, "--novu-coverage-json=out/coverage.json")

    assert json.loads((project.path / "out/coverage.json").read_text(encoding="utf-8")) == FILE


def test_what_can_be_no_file_is_said_before_the_first_test(project: pytest.Pytester) -> None:
    project.path.joinpath("out").touch()

    result = run(project, "--novu-coverage-json=out/coverage.json")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(
        ["*--novu-coverage-json=out/coverage.json: *out is no folder. Name a file, *"]
    )


def test_a_file_that_cannot_be_written_fails_the_run_and_says_why(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("novu_framework_testing.snapshots.files.PAUSES", [])
    project.makeconftest("def pytest_runtest_teardown(): __import__('pathlib').Path('out').touch()")

    result = run(project, "--novu-coverage-json=out/coverage.json", "-o", "novu_coverage_fail_under=")

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["novu: out/coverage.json could not be written: *"])


def test_workers_and_reruns_add_up(project: pytest.Pytester) -> None:
    project.makepyfile(
        **{
            "tests/test_more": """
                from pathlib import Path
                from workflows import unused

                def test_again(novu):
                    novu.trigger(unused, {"subscriberId": "ann", "phone": "+43123456"})
                    mark = Path("ran-once")
                    assert mark.exists() or mark.touch()

            """
        }
    )

    result = run(project, "--novu-coverage-json=coverage.json", "-n2", "-prerunfailures", "--reruns=1")

    found = json.loads((project.path / "coverage.json").read_text(encoding="utf-8"))
    news, unused = found["workflows"]
    result.assert_outcomes(passed=3)
    assert result.parseoutcomes()["rerun"] == 1
    assert news == FILE["workflows"][0]
    assert (unused["runs"], unused["ran"]) == (2, 1)


def test_the_report_has_it_too_as_a_table(project: pytest.Pytester) -> None:
    run(project, "--novu-coverage", "--novu-report=report.html", "-k", "is_sent")

    report = (project.path / "report.html").read_text(encoding="utf-8")
    table = report.partition('<section class="coverage"')[2].partition("</section>")[0]
    words = " ".join(re.sub(r"<[^>]+>", " ", table).split())
    assert (
        "Coverage: 57%, 4 of 7 branches ran Of a part of the tests: `-k is_sent` chose among them." in words
    )
    assert (
        "mail email delivered 1 de_AT 3/4 its `skip` was never true workflows.py:6 "
        "collect digest one event 1 1/2 never with many events workflows.py:8 "
        "unused never triggered 0/1 0% workflows.py:10 text sms nothing 0/1"
    ) in words

    run(project, "--novu-report=report.html")
    assert '<section class="coverage"' not in (project.path / "report.html").read_text(encoding="utf-8")
