"""What a tool of the same process learns of the steps that run."""

from __future__ import annotations

import pytest

from novu_framework.answers import Observed, StepAnswer, StepWarning, observe, observed_steps
from novu_framework.errors import BridgeError, NovuError

DROPPED = StepWarning("dropped-output", "w", "s", "sms", ("a", "b"))


@pytest.mark.parametrize(
    ("warning", "message"),
    [
        (DROPPED, "dropped `a`, `b`, which a step of type sms does not have."),
        (
            StepWarning("not-awaited", "w", "s", place="a.py:1"),
            "a.py:1 calls it and does not await it, so that it never runs: write `await` in front of it.",
        ),
        (
            StepWarning("unreached-step", "w", "s"),
            "the handler ended without reaching it: the workflow has no step of that id, or the step is behind a "
            "condition. Leave a step out with its `skip` option instead.",
        ),
    ],
)
def test_a_warning_says_what_is_wrong(warning: StepWarning, message: str) -> None:
    assert warning.message == message


def test_an_answer_is_what_the_protocol_says() -> None:
    assert StepAnswer({"body": "Hi"}, {"twilio": {"to": "1"}}, duration=1.5).to_protocol() == {
        "outputs": {"body": "Hi"},
        "providers": {"twilio": {"to": "1"}},
        "options": {"skip": False},
        "metadata": {"status": "success", "error": False, "duration": 1.5},
    }
    assert StepAnswer({}, {}, skip=True).to_protocol()["options"] == {"skip": True}
    assert StepAnswer({}, {}) == StepAnswer({}, {}, False, 0.0, ())


def test_each_kind_of_fact_is_kept_by_itself() -> None:
    error, end = BridgeError(KeyError()), KeyboardInterrupt()
    with observed_steps() as observed:
        for fact in (DROPPED, error, end):
            observe(fact)
    assert observed == Observed([DROPPED], [error], [end])
    observe(DROPPED)  # nobody looks any more
    assert observed.warnings == [DROPPED]


@pytest.mark.parametrize("joined", [False, True])
def test_of_two_that_look_the_inner_one_sees_unless_it_is_joined(joined: bool) -> None:
    error = NovuError("no")
    with observed_steps() as outer:
        with observed_steps(joined=joined) as inner:
            observe(error)
        observe(DROPPED)
    assert (inner is outer) is joined
    assert inner.errors == [error]
    assert outer == Observed([DROPPED], [error] if joined else [], [])


def test_one_that_is_joined_to_none_looks_for_itself() -> None:
    def run() -> None:
        with observed_steps(joined=True) as observed:
            seen.append(observed)
            observe(DROPPED)
            raise KeyError

    seen: list[Observed] = []
    with pytest.raises(KeyError):
        run()
    observe(DROPPED)
    assert seen == [Observed([DROPPED], [], [])]
