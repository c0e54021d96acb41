"""What a failed test says: the lines of its own code, and the name that was meant."""

from __future__ import annotations

import pytest

MISTAKES = """
    import unittest
    import pytest
    from novu_framework import workflow

    ANN = {"subscriberId": "ann", "email": "ann@acme.test"}

    @workflow("news")
    async def news(step):
        await step.email("mail", {"subject": "News", "body": "<p>News</p>"})

    @workflow("ends")
    async def ends(step):
        await step.email("mail", lambda: pytest.fail("in a resolver"))

    @pytest.fixture
    def run(novu):
        return novu.trigger(news, to=ANN).run

    def test_a_workflow(novu, run):
        novu.trigger("nwes", to=ANN)

    def test_a_step(run):
        run.step("mial")

    def test_a_keyword(novu):
        novu.trigger(news, to=ANN, paylod={})

    def test_too_few(novu):
        novu.trigger(news)

    def test_a_keyword_of_the_client(novu_cloud):
        news.trigger(ANN, paylod={})

    async def test_a_keyword_awaited(novu_bridge):
        await novu_bridge(news).preview_async("news", "mail", paylod={})

    def test_an_attribute(run):
        run.mesages

    def test_a_method(novu):
        novu.advnce(hours=1)

    def test_an_attribute_of_a_subscriber(novu, run):
        novu.subscriber("ann").inbx

    def test_a_result(run):
        run.step("mail").result.statuss

    def test_a_channel(novu):
        novu.fail_provider("emial")

    def test_an_end_in_a_resolver(novu):
        novu.trigger(ends, to=ANN)

    def test_through_the_client(novu_cloud):
        news.trigger(ANN)

    class TestCase(unittest.TestCase):
        @pytest.fixture(autouse=True)
        def use(self, run):
            self.sent = run

        def test_it(self):
            self.sent.assert_sent("sms")
"""
SAYS = {
    "a_workflow": "There is no workflow 'nwes' here*There are: news; did you mean 'news'?",
    "a_step": "has no step 'mial'; it has mail; did you mean 'mail'?",
    "a_keyword": "trigger() has no parameter 'paylod'; it has workflow_id, to, payload, *; did you mean 'payload'?",
    "too_few": "trigger(): missing a required argument: 'to'.",
    "a_keyword_of_the_client": "trigger() has no parameter 'paylod'; *; did you mean 'payload'?",
    "a_keyword_awaited": "preview_async() got an unexpected keyword argument 'paylod'*",
    "an_attribute": "'Run' object has no attribute 'mesages'; did you mean 'messages'?",
    "a_method": "'NovuSimulator' object has no attribute 'advnce'; did you mean 'advance'?",
    "an_attribute_of_a_subscriber": "object has no attribute 'inbx'; did you mean 'inbox'?",
    "a_result": "The result has no 'statuss'; it has none.",
    "a_channel": "'emial' is not a channel; the channels are in_app, email, *; did you mean 'email'?",
    "an_end_in_a_resolver": "Failed: in a resolver",
    "through_the_client": "NovuApiError: The Novu API answered POST /v1/events/trigger with 422: workflow_not_found",
    "it": "AssertionError: No message was sent with channel='sms'.",
}


@pytest.fixture
def mistakes(pytester: pytest.Pytester) -> pytest.Pytester:
    pytester.makeini("[pytest]\nasyncio_default_fixture_loop_scope = function\nasyncio_mode = auto\n")
    pytester.makepyfile(MISTAKES)
    return pytester


def run(project: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    # without `logging`, since what others have set the root logger to in this process is not of interest
    off = ("cacheprovider", "hypothesispytest", "logging", "randomly")
    return project.runpytest_inprocess(*(f"-pno:{name}" for name in off), *arguments)


def test_a_mistake_is_told_at_the_line_of_the_test(mistakes: pytest.Pytester) -> None:
    result = run(mistakes)

    result.assert_outcomes(failed=len(SAYS))
    result.stdout.fnmatch_lines([f"E *{says}*" for says in SAYS.values()])
    told = result.stdout.str()
    assert ".py:" in told
    for line in told.splitlines():
        where, colon, _ = line.partition(".py:")
        assert not colon or where.startswith(("test_", "FAILED test_")), line
    result.stdout.fnmatch_lines(["*in ends", "    await step.email(*", ">   await step.email(*"])
    result.stdout.fnmatch_lines(["  > a trigger was refused. There is no workflow 'news' here*"])


def test_the_whole_traceback_can_be_asked_for(mistakes: pytest.Pytester) -> None:
    result = run(mistakes, "--full-trace", "-k", "test_a_step")

    result.stdout.fnmatch_lines(["E *did you mean 'mail'?", "*simulation*runs.py:*: UnknownStep"])


def test_what_a_fixture_of_ours_cannot_do_is_said_without_a_traceback(pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\nasyncio_default_fixture_loop_scope = function\nnovu_app = nowhere:app\n")
    pytester.makepyfile("def test_it(novu): ...")
    result = run(pytester)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(
        ["_* ERROR at setup of test_it _*", "UsageError: novu_app = 'nowhere:app' cannot be loaded*"]
    )
    result.stdout.no_fnmatch_line("*.py:*: *")
    run(pytester, "--full-trace").stdout.fnmatch_lines(["*plugin*options.py:*: *"])
