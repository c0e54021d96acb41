"""What the methods of `step` and the models of the steps say of themselves."""

from __future__ import annotations

import doctest
import inspect

import pytest

from novu_framework import (
    DelayResult,
    EmailOutput,
    InAppOutput,
    Preferences,
    Step,
    Subscriber,
    SyncStep,
    errors,
)
from novu_framework.steps.kinds import CHANNELS, KINDS

METHODS = [
    pytest.param(getattr(side, kind), id=f"{side.__name__}.{kind}")
    for side in (Step, SyncStep)
    for kind in KINDS
]


def explained(method) -> set[str]:
    """The arguments that a docstring explains."""
    lines = inspect.getdoc(method).partition("Args:\n")[2].partition("\n\n")[0].splitlines()
    return {line.split(":")[0].strip() for line in lines if line[4] != " "}


@pytest.mark.parametrize("method", METHODS)
def test_help_explains_every_argument_the_result_and_the_errors(method):
    parameters = inspect.signature(method).parameters
    assert [*parameters][:3] == ["self", "step_id", "resolver"]
    assert explained(method) == {*parameters} - {"self"}
    assert "Returns:" in method.__doc__
    raised = [name.strip("`.,:") for name in method.__doc__.split() if name.strip("`.,:").endswith("Error")]
    assert "WorkflowDiscoveryError" in raised
    assert all(hasattr(errors, name) for name in raised)


@pytest.mark.parametrize("method", METHODS)
def test_the_example_of_help_runs(method):
    example = doctest.DocTestParser().get_doctest(
        method.__doc__, {"EmailOutput": EmailOutput}, method.__qualname__, None, None
    )
    assert doctest.DocTestRunner().run(example) == (0, len(example.examples))
    assert len(example.examples) >= 3
    assert ("await" in method.__doc__) == inspect.iscoroutinefunction(method)


def test_options_exist_on_the_kinds_that_have_them():
    def options(kind: str) -> set[str]:
        return {*inspect.signature(getattr(Step, kind)).parameters} - {"self", "step_id", "resolver"}

    for kind in KINDS:
        assert ("providers" in options(kind)) == (kind in CHANNELS)
        assert ("disable_output_sanitization" in options(kind)) == KINDS[kind].sanitized
        assert ("output_schema" in options(kind)) == KINDS[kind].has_output_schema
        assert {"control_schema", "skip"} <= options(kind)


class TestModels:
    def test_their_signature_has_the_python_names_before_and_after_the_first_use(self):
        for _ in range(2):
            parameters = inspect.signature(EmailOutput).parameters
            names = ["subject", "body", "from_", "reply_to", "preheader", "use_provider_defaults"]
            assert [*parameters] == names
            assert parameters["subject"].default is inspect.Parameter.empty
            assert str(parameters["reply_to"]) == "reply_to: str | None = None"
            EmailOutput(subject="s", body="b")
        assert [*inspect.signature(DelayResult).parameters] == ["duration"]
        assert [*inspect.signature(Subscriber).parameters][-1] == "extra"

    def test_a_subclass_has_its_own(self):
        class Branded(InAppOutput):
            brand: str = "acme"

        class Short(InAppOutput):
            def __init__(self, text: str) -> None:
                super().__init__(body=text)

        assert "brand" in inspect.signature(Branded).parameters
        for _ in range(2):
            assert str(inspect.signature(Short)) == "(text: 'str') -> 'None'"
            assert Short("x").body == "x"


class TestPreferences:
    @pytest.mark.parametrize("written", ["in_app", "inApp"])
    def test_a_channel_is_known_by_both_of_its_names(self, written):
        preferences = Preferences(channels={written: {"enabled": False}})
        assert preferences.to_protocol() == {"channels": {"in_app": {"enabled": False}}}

    def test_every_channel_of_the_table_is_one(self):
        preferences = Preferences(channels={channel: {"enabled": True} for channel in CHANNELS})
        assert [*preferences.to_protocol()["channels"]] == [*CHANNELS]
