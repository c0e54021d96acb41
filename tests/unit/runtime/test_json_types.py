"""A subclass of str, int, float, dict or list is what its base is: in outputs, providers, controls, payloads and Liquid."""

from __future__ import annotations

import asyncio
import collections
import dataclasses
import enum
import json
import types
from collections.abc import Callable
from typing import Any

import pytest
from markupsafe import Markup
from pydantic import BaseModel, SecretStr

from novu_framework import Client, EmailOutput, Step, Workflow, workflow
from novu_framework._internal.json_data import json_types
from novu_framework.bridge import BridgeRequest, RequestHandler
from novu_framework_testing import NovuSimulator
from tests.tables import walked

HTML = "<p>Hi <b>Ann</b> & co<br></p>"
CLEAN = "<p>Hi <b>Ann</b> &amp; co<br /></p>"


class Lazy(str):
    """As the translations of web frameworks: text that says something else to `str()`, `format()` and `+`."""

    def __str__(self) -> str:
        return "wrong"

    __repr__ = __str__

    def __format__(self, spec: str) -> str:
        return "wrong"

    def __add__(self, other: str) -> str:
        return "wrong"

    replace = split = strip = lower = upper = encode = lambda self, *_: "wrong"  # type: ignore[assignment]


class Html(str, enum.Enum):
    PAGE = HTML


class Plain(enum.Enum):
    PAGE = HTML


class Dict(dict[str, Any]): ...


class Output(BaseModel):
    subject: Any
    body: Any


@dataclasses.dataclass
class Made:
    subject: Any
    body: Any


TEXTS: list[Callable[[str], Any]] = [
    Markup,
    Lazy,
    lambda text: Html.PAGE,
    lambda text: Plain.PAGE,
    SecretStr,
]
OUTPUTS: list[Callable[..., Any]] = [
    dict,
    Dict,
    lambda **output: types.MappingProxyType(output),
    lambda **output: collections.UserDict(output),
    lambda **output: {Markup(key): value for key, value in output.items()},
    Output,
    Made,
]


def email_of(output: Callable[[], Any], **options: Any) -> Workflow[Any]:
    @workflow("hello")
    async def hello(step: Step) -> None:
        await step.email("email", output, **options)

    return hello


def answered(it: Workflow[Any], **event: Any) -> Any:
    """What the simulation and what a caller over HTTP get, which must be one."""
    handler = RequestHandler([it], Client("key-of-json-types", strict_authentication=False))
    step_id = next(iter(it.steps))
    event = {"payload": {}, "controls": {}, "state": [], **event}
    direct = asyncio.run(handler.execute(it.id, step_id, event, "execute"))
    query = [("action", "execute"), ("workflowId", it.id), ("stepId", step_id)]
    body = json.dumps(event, default=str).encode()
    over_http = json.loads(asyncio.run(handler(BridgeRequest("POST", query, {}, body))).body)
    assert json.loads(json.dumps(direct["outputs"])) == over_http["outputs"]
    assert direct["providers"] == over_http["providers"]
    return direct


@walked("text", TEXTS)
@walked("output", OUTPUTS)
def test_html_in_an_output_is_sanitised_once(output: Callable[..., Any], text: Callable[[str], Any]) -> None:
    hello = email_of(lambda: output(subject=text(HTML), body=text(HTML)))
    outputs = answered(hello)["outputs"]
    assert outputs == {"subject": CLEAN, "body": CLEAN}
    assert {type(value) for value in outputs.values()} == {str}
    with NovuSimulator(secret_key="key-of-json-types") as novu:
        novu.register(hello)
        run = novu.trigger("hello", to={"subscriberId": "ann", "email": "ann@acme.test"}).run
        assert run.messages[0].body == CLEAN


@pytest.mark.parametrize("text", [Markup, Lazy])
def test_html_in_an_output_model_is_sanitised_once(text: Callable[[str], Any]) -> None:
    hello = email_of(lambda: EmailOutput(subject=text(HTML), body=text(HTML)))
    assert answered(hello)["outputs"] == {"subject": CLEAN, "body": CLEAN}


@pytest.mark.parametrize("text", TEXTS)
def test_html_that_is_not_sanitised_is_what_was_given(text: Callable[[str], Any]) -> None:
    hello = email_of(lambda: {"subject": text(HTML), "body": text(HTML)}, disable_output_sanitization=True)
    assert answered(hello)["outputs"] == {"subject": HTML, "body": HTML}


@pytest.mark.parametrize("text", TEXTS)
def test_what_a_providers_function_returns_is_plain(text: Callable[[str], Any]) -> None:
    def sendgrid() -> Any:
        return Dict(
            {"subject": text(HTML), "_passthrough": {"body": {Markup("a"): [text(HTML), (text(HTML),)]}}}
        )

    hello = email_of(lambda: {"subject": "s", "body": "b"}, providers={"sendgrid": sendgrid})
    provided = answered(hello)["providers"]["sendgrid"]
    assert provided == {"subject": HTML, "_passthrough": {"body": {"a": [HTML, [HTML]]}}}


@pytest.mark.parametrize("text", TEXTS)
def test_data_of_an_output_is_plain_however_deep(text: Callable[[str], Any]) -> None:
    @workflow("hello")
    async def hello(step: Step) -> None:
        data = {
            "deep": [{"it": text(HTML)}],
            "made": Made(text(HTML), 1),
            "count": Count(3),
            "share": Share(0.5),
        }
        await step.in_app("inbox", {"body": text("Hi"), "data": data}, disable_output_sanitization=True)

    data = answered(hello)["outputs"]["data"]
    made = {"subject": HTML, "body": 1}
    assert data == {"deep": [{"it": HTML}], "made": made, "count": 3, "share": 0.5}
    assert [type(data[key]) for key in ("count", "share")] == [int, float]


class Count(int):
    def __repr__(self) -> str:
        return "wrong"

    __str__ = __repr__


class Share(float):
    __str__ = __repr__ = Count.__repr__


@walked("text", [Markup, Lazy])
@walked("place", ["payload", "subscriber", "context", "env", "actor"])
def test_a_liquid_variable_is_plain_text(place: str, text: Callable[[str], Any]) -> None:
    @workflow("hello", payload_schema={"type": "object", "properties": {"it": {"type": "string"}}})
    async def hello(step: Step) -> None:
        schema = {"type": "object", "properties": {"body": {"type": "string"}}}
        await step.in_app(
            "inbox", lambda controls: dict(controls), control_schema=schema, disable_output_sanitization=True
        )

    template = f"{{{{ {place}.it | append: '<i>' | upcase }}}}"
    event = {place: {"it": text("<b>")}, "controls": {"body": text(template)}}
    handler = RequestHandler([hello], Client("key-of-json-types"))
    given = {"payload": {}, "state": [], **event}
    answer = asyncio.run(handler.execute("hello", "inbox", given, "execute"))
    assert answer["outputs"] == {"body": "<B><I>"}
    assert type(given[place]["it"]) is text  # the caller's own data is not changed


@pytest.mark.parametrize("text", [Markup, Lazy])
def test_a_payload_of_the_simulation_is_plain_text(text: Callable[[str], Any]) -> None:
    seen = []

    @workflow("hello")
    async def hello(payload: dict[str, Any], step: Step) -> None:
        await step.in_app("inbox", lambda: seen.append(type(payload["it"])) or {"body": payload["it"] + "&"})

    with NovuSimulator(secret_key="key-of-json-types") as novu:
        novu.register(hello)
        assert novu.trigger("hello", "ann", {"it": text("<b>x</b>")}).messages[0].body == "<b>x</b>&amp;"
    assert seen == [str]


@walked("value", [True, None, object(), b"x", 1 + 2j, {1, 2}])
def test_what_json_has_exactly_or_not_at_all_is_left_alone(value: Any) -> None:
    assert json_types([value])[0] is value
    assert json_types(value) is value


class Kind(enum.IntEnum):
    ONE = 1


@walked(
    ("value", "plain"),
    [
        (Kind.ONE, 1),
        (Plain.PAGE, HTML),
        (Count(3), 3),
        (Share(0.5), 0.5),
        ((Markup("a"), [Count(1)]), ["a", [1]]),
        ({Html.PAGE: Plain.PAGE}, {HTML: HTML}),
        (Output(subject=SecretStr("s"), body=(1,)), {"subject": "s", "body": [1]}),
        ([Made(Markup("s"), None)], [{"subject": "s", "body": None}]),
        (Made, Made),
        (Output, Output),
    ],
)
def test_what_is_given_is_opened_to_exactly_what_json_has(value: Any, plain: Any) -> None:
    opened = json_types(value)
    assert opened == plain
    assert type(opened) is type(plain)
    assert isinstance(plain, type) or json.dumps(opened) == json.dumps(plain)
