"""What the methods of `step` and the models of the steps say of themselves."""

from __future__ import annotations

import doctest
import inspect

import pytest
from pydantic import ValidationError

from novu_framework import (
    DelayResult,
    EmailOutput,
    InAppOutput,
    Preferences,
    Severity,
    Step,
    Subscriber,
    SyncStep,
    errors,
)
from novu_framework.preferences import preferences_to_protocol
from novu_framework.steps.kinds import CHANNELS, KINDS
from tests.tables import walked

METHODS = [
    pytest.param(getattr(side, kind), id=f"{side.__name__}.{kind}")
    for side in (Step, SyncStep)
    for kind in KINDS
]


def explained(method) -> set[str]:
    """The arguments that a docstring explains."""
    lines = inspect.getdoc(method).partition("Args:\n")[2].partition("\n\n")[0].splitlines()
    return {line.split(":")[0].strip() for line in lines if line[4] != " "}


@walked("method", METHODS)
def test_help_explains_every_argument_the_result_and_the_errors(method):
    parameters = inspect.signature(method).parameters
    assert [*parameters][:3] == ["self", "step_id", "resolver"]
    assert explained(method) == {*parameters} - {"self"}
    assert "Returns:" in method.__doc__
    raised = [name.strip("`.,:") for name in method.__doc__.split() if name.strip("`.,:").endswith("Error")]
    assert "WorkflowDiscoveryError" in raised
    assert all(hasattr(errors, name) for name in raised)


@walked("method", METHODS)
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

    @walked(
        ("given", "shown"),
        [
            (None, {}),
            ({}, {}),
            ({"all": {}}, {"all": {}}),
            ({"all": None}, {"all": None}),
            ({"all": {"enabled": None}}, {"all": {"enabled": None}}),
            ({"all": {"read_only": True}}, {"all": {"readOnly": True}}),
            ({"all": {"readOnly": False}}, {"all": {"readOnly": False}}),
            ({"channels": {}}, {}),
            ({"channels": None}, {}),
            ({"all": {}, "channels": {}}, {"all": {}}),
            ({"channels": {"inApp": {}, "sms": {"enabled": True}}}, {"channels": {"in_app": {}, "sms": {"enabled": True}}}),
        ],
    )  # fmt: skip
    def test_only_what_was_said_is_shown(self, given, shown):
        assert preferences_to_protocol(given) == shown
        assert given is None or preferences_to_protocol(Preferences(**given)) == shown

    @walked(
        ("given", "said"),
        [
            ({"channels": {"pigeon": {}, "email": {}}}, "`channels`: .*'pigeon' is not a channel"),
            ({"channels": ["email"]}, "`channels`"),
            ({"channels": {"email": {"enable": True}}}, r"`channels\.email\.enable`"),
            ({"all": {"enable": True}}, r"`all\.enable`"),
            ({"every": {}}, "`every`"),
            ({"every": {}, "all": 1}, "`all`.*; `every`.*the channels in_app, email"),
        ],
    )
    def test_what_is_not_understood_is_named(self, given, said):
        with pytest.raises(ValueError, match=f"^preferences are not understood: {said}") as caught:
            preferences_to_protocol(given)
        assert not isinstance(caught.value, ValidationError)

    def test_severities_are_those_of_the_protocol(self):
        assert [one.value for one in Severity] == ["none", "low", "medium", "high"]


class TestSubscriber:
    @pytest.mark.parametrize("event", [None, [], "ann", 3])
    def test_an_event_without_one_has_an_empty_one(self, event):
        assert Subscriber.from_event(event) == Subscriber()
        assert Subscriber().model_dump() == dict.fromkeys(Subscriber.model_fields, None) | {
            "subscriber_id": ""
        }

    def test_what_fits_is_read_by_either_name_and_the_rest_is_kept(self):
        ann = Subscriber.from_event(
            {"subscriberId": "ann", "first_name": "Ann", "own": {"a": 1}, "email": None}
        )
        assert (ann.subscriber_id, ann.first_name, ann.own, ann.email) == ("ann", "Ann", {"a": 1}, None)

    def test_what_does_not_fit_is_taken_as_it_came(self):
        ann = Subscriber.from_event({"subscriberId": "ann", "email": 7, "data": "x", "own": 1, "_private": 2})
        assert (ann.subscriber_id, ann.email, ann.data, ann.own) == ("ann", 7, "x", 1)
        assert not hasattr(ann, "_private")
        assert (ann.phone, ann.locale) == (None, None)
