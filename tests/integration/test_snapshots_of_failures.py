"""A failed step is no snapshot that anybody should accept unseen, in real runs of pytest."""

from __future__ import annotations

import pytest

from tests.integration.test_plugin import ORDERS, project, run

__all__ = ["project"]

APPS = """
    from fastapi import FastAPI
    from fastapi.responses import PlainTextResponse
    from novu_framework import Client
    from novu_framework.fastapi import serve
    from orders import order

    behind = FastAPI()
    serve(behind, workflows=[order], client=Client(secret_key="test-secret"))

    @behind.middleware("http")
    async def refuse(request, call_next):
        return PlainTextResponse("No", 403) if request.method == "POST" else await call_next(request)
"""
TEST = """
    import pytest
    from apps import behind
    from orders import order, outside, output

    def share(novu, name, items):
        novu.connect(behind) if name == "behind" else novu.register(order, outside, output)
        to = [{"subscriberId": each, "phone": "1"} for each in ("ann", "bob")]
        made = novu.trigger("order" if name == "behind" else name, to=to, payload={"items": items})
        novu.run_until_idle()
        return made

    every_failure = pytest.mark.parametrize(
        "name, items", [("order", 0), ("order", "two"), ("outside", 0), ("output", 1), ("behind", 1)]
    )

    @every_failure
    @pytest.mark.parametrize("part", ["run", "step", "trigger", "list"])
    def test_unseen(novu, novu_snapshot, name, items, part):
        made = share(novu, name, items)
        run = made.runs[0]
        assert {"run": run, "step": run.step("share"), "trigger": made, "list": [*made]}[part] == novu_snapshot

    @every_failure
    def test_seen(novu, novu_snapshot, name, items):
        run = share(novu, name, items).runs[0]
        assert run.step("share").status == "failed"
        assert run == novu_snapshot

    @pytest.mark.novu(allow_failures=True)
    @every_failure
    def test_allowed(novu, novu_snapshot, name, items):
        assert share(novu, name, items).runs[0] == novu_snapshot

    def test_of_the_provider(novu, novu_snapshot):
        novu.fail_provider("sms")
        assert share(novu, "order", 1).runs[0] == novu_snapshot

    def test_before_a_retry(novu, novu_snapshot):
        novu.register(order)
        assert novu.trigger("order", to="ann", payload={"items": 0}).run == novu_snapshot
"""


def test_a_failed_step_is_a_snapshot_only_where_the_test_looked_at_it(project: pytest.Pytester) -> None:
    project.makepyfile(orders=ORDERS, apps=APPS, test_it=TEST)
    for option in ("--snapshot-update", "--novu-review", "--snapshot-update-new-only"):
        result = run(project, option)
        result.assert_outcomes(failed=5 * 4 + 1, passed=5 + 5 + 1)
        assert not [*project.path.glob("__snapshots__/*/test_unseen*")]
    result.stdout.fnmatch_lines(
        [
            "*1 run failed, which is not content to keep in a snapshot:",
            "*for ann, order/share (*): StepExecutionFailedError: *: division by zero",
            '*    File "*orders.py", line 12, in <lambda>',
            "*  ZeroDivisionError: division by zero",
            "*Where the failure is meant, look at it before you compare it: *allow_failures=True*",
        ]
    )
    result.stdout.fnmatch_lines(["*for ann and 1 more, order/share*: status 403: *"])


def test_a_snapshot_that_a_failure_was_accepted_for_tells_of_it_now(project: pytest.Pytester) -> None:
    allow, test = "    @pytest.mark.novu(allow_failures=True)\n", TEST.partition("    @every_failure\n")[0]
    compare = '    def test_it(novu, novu_snapshot):\n        assert share(novu, "order", 0).runs[0] == novu_snapshot\n'
    project.makepyfile(orders=ORDERS, apps=APPS, test_it=test + allow + compare)
    run(project, "--snapshot-update").assert_outcomes(passed=1)
    project.makepyfile(test_it=test + compare)
    result = run(project)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*ZeroDivisionError: division by zero"])


def test_a_failure_that_is_no_snapshots_is_not_one_to_accept(project: pytest.Pytester) -> None:
    project.makepyfile("def test_it(novu_snapshot): assert 1 == 2")
    result = run(project)
    result.assert_outcomes(failed=1)
    assert "not as accepted" not in result.stdout.str()
    assert "Novu snapshots" not in result.stdout.str()
