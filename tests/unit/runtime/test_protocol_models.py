"""The models of the protocol: names of both kinds in, camelCase out, and only what is known is shown."""

from __future__ import annotations

import inspect
import logging
import sys
from typing import Any

import pytest

from novu_framework import Preferences, Severity, Subscriber
from novu_framework._internal.log_fields import log_fields, step_fields
from novu_framework._internal.redaction import Redaction, masked
from novu_framework.preferences import Preference, preferences_to_protocol
from tests.tables import walked

ANN = {"subscriberId": "ann", "firstName": "Ann"}


@pytest.mark.parametrize("given", [ANN, {"subscriber_id": "ann", "first_name": "Ann"}])
def test_a_model_takes_names_of_both_kinds_and_is_written_in_one(given: dict[str, Any]) -> None:
    ann = Subscriber.model_validate(given)
    assert ann == Subscriber(subscriber_id="ann", first_name="Ann")
    assert ann.model_dump(by_alias=True, exclude_none=True) == ANN


def test_a_model_shows_what_is_known() -> None:
    assert repr(Subscriber(subscriber_id="ann", first_name="Ann")) == (
        "Subscriber(subscriber_id='ann', first_name='Ann')"
    )
    assert repr(Subscriber()) == "Subscriber(subscriber_id='')"
    assert repr(Preference(enabled=False)) == "Preference(enabled=False)"


def test_a_model_tells_its_fields_by_pythons_names() -> None:
    parameters = inspect.signature(Subscriber).parameters
    assert list(parameters) == [
        *(
            "subscriber_id",
            "first_name",
            "last_name",
            "email",
            "phone",
            "avatar",
            "locale",
            "timezone",
            "data",
        ),
        "extra",
    ]
    assert (parameters["subscriber_id"].default, parameters["email"].default) == ("", None)
    assert parameters["extra"].kind is inspect.Parameter.VAR_KEYWORD
    assert str(inspect.signature(Preferences)).startswith("(*, all: ")
    assert list(inspect.signature(Preferences).parameters) == ["all", "channels"]


@pytest.mark.parametrize(
    ("data", "known"),
    [
        (None, {}),
        ("ann", {}),
        ([], {}),
        ({"subscriberId": "ann", "plan": "pro"}, {"subscriber_id": "ann", "plan": "pro"}),
        ({"subscriber_id": 7, "plan": "pro", "_id": "x"}, {"subscriber_id": 7, "plan": "pro"}),
    ],
    ids=repr,
)
def test_a_subscriber_of_an_event_is_taken_as_it_comes(data: Any, known: dict[str, Any]) -> None:
    subscriber = Subscriber.from_event(data)
    assert isinstance(subscriber, Subscriber)
    assert {name: getattr(subscriber, name) for name in known} == known
    assert not hasattr(subscriber, "_id")
    assert subscriber.email is None


@walked(
    ("given", "shown"),
    [
        (None, {}),
        ({}, {}),
        ({"channels": {}}, {}),
        ({"channels": None}, {}),
        ({"all": {"read_only": True}}, {"all": {"readOnly": True}}),
        ({"all": {"readOnly": True, "enabled": None}}, {"all": {"readOnly": True, "enabled": None}}),
        ({"channels": {"inApp": {"enabled": True}}}, {"channels": {"in_app": {"enabled": True}}}),
        ({"all": None, "channels": {"tool": {}}}, {"all": None, "channels": {"tool": {}}}),
        (Preferences(all=Preference(enabled=True)), {"all": {"enabled": True}}),
    ],
    ids=repr,
)
def test_preferences_are_shown_as_they_were_said(given: Any, shown: dict[str, Any]) -> None:
    assert preferences_to_protocol(given) == shown


FORM = (
    '. The form is {"all": {"enabled": bool, "read_only": bool}, "channels": {<channel>: {"enabled": bool}}} '
    "with the channels in_app, email, sms, push, chat, tool."
)


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        (
            {"channels": {"email": {}, "fax": {}, "pager": {}}},
            "`channels`: Value error, 'fax' is not a channel",
        ),
        ({"every": {}}, "`every`: Extra inputs are not permitted"),
        (
            {"all": {"on": True}, "channels": 7},
            "`all.on`: Extra inputs are not permitted; `channels`: Input should be a valid dictionary",
        ),
    ],
)
def test_preferences_that_are_not_understood_are_told_with_their_place(given: Any, wrong: str) -> None:
    with pytest.raises(ValueError, match=r"^preferences are not understood: ") as raised:
        preferences_to_protocol(given)
    assert str(raised.value) == f"preferences are not understood: {wrong}{FORM}"


def test_severities_are_texts() -> None:
    assert [one.value for one in Severity] == ["none", "low", "medium", "high"]
    assert Severity("high") == "high"


# --- what is logged ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("event", "more", "fields"),
    [
        ({}, {}, {}),
        ({"subscriber": {"subscriberId": "ann"}}, {}, {"novu_subscriber_id": "ann"}),
        ({"subscriber": {}}, {"error_code": "E"}, {"novu_error_code": "E"}),
        ({"subscriber": "ann"}, {"error_code": ""}, {}),
    ],
)
def test_a_record_of_a_step_has_the_fields_that_are_known(
    event: dict[str, Any], more: dict[str, str], fields: dict[str, Any]
) -> None:
    about = {"novu_workflow_id": "wf", "novu_step_id": "sms", "novu_action": "execute"}
    assert step_fields("wf", "sms", "execute", event, **more) == {**about, **fields}
    assert log_fields(workflow_id="", step_id=None, action="preview") == {"novu_action": "preview"}


LONG, SHORT, OTHER = "s3cret-key", "s3cr", "s3cret-key-2"


def redaction_of(*secrets: str) -> Redaction:
    made = Redaction()
    for secret in secrets:
        made.hide(secret)
    return made


@pytest.mark.parametrize(
    ("said", "left"),
    [
        (f"{LONG}, {SHORT}, {OTHER}.", "[secret key], s3cr, [secret key]."),
        (
            {f"a {LONG}": [LONG, 7, {"b": LONG}]},
            {"a [secret key]": ["[secret key]", 7, {"b": "[secret key]"}]},
        ),
        (None, None),
        ("nothing", "nothing"),
    ],
)
def test_keys_are_masked_wherever_they_are(said: Any, left: Any) -> None:
    assert redaction_of(LONG, SHORT, OTHER, LONG).redacted(said) == left
    assert masked(said, [OTHER, LONG, SHORT]) == left


@pytest.mark.parametrize(("length", "is_masked"), [(7, False), (8, True)])
def test_a_key_that_might_be_a_word_is_not_looked_for(length: int, is_masked: bool) -> None:
    key = "k" * length
    for said in (masked(key, [key]), redaction_of(key).redacted(key)):
        assert said == ("[secret key]" if is_masked else key)


def record_of(message: str, *args: Any, error: str | None = None) -> logging.LogRecord:
    try:
        raise ValueError(error)
    except ValueError:
        raised = sys.exc_info() if error else None
    return logging.LogRecord("novu_framework", logging.ERROR, "a.py", 1, message, args, raised)


def test_a_record_is_logged_without_the_keys() -> None:
    redaction = redaction_of(LONG)
    record = record_of("%s with %s", "Call", LONG, error=f"no {LONG}")
    assert redaction.filter(record) is True
    assert record.getMessage() == "Call with [secret key]"
    text = logging.Formatter().format(record)
    assert text.endswith("\nValueError: no [secret key]")
    assert "Traceback" in text
    assert LONG not in text


def test_a_record_without_keys_is_left_as_it_is() -> None:
    redaction = redaction_of(LONG)
    record = record_of("%s with %s", "Call", "ann", error="no")
    assert redaction.filter(record) is True
    assert (record.msg, record.args, record.exc_text) == ("%s with %s", ("Call", "ann"), None)
    formatted = record_of("Call", error=LONG)
    formatted.exc_text = "formatted before"
    assert redaction.filter(formatted) is True
    assert formatted.exc_text == "formatted before"
