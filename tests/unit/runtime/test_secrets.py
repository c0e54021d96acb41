"""No secret in anything that a bridge answers, logs, raises or prints, along every way in which it can fail."""

from __future__ import annotations

import gc
import io
import json
import logging
import traceback
from urllib.parse import quote

import httpx
import pytest
from pydantic import SecretStr

from novu_framework import Client, Step, SyncStep, errors, signature, workflow
from novu_framework._internal.redaction import Redaction, redaction
from novu_framework.agents import agent
from novu_framework.bridge import BridgeRequest, RequestHandler
from novu_framework.settings import Settings
from tests.fuzz import FUZZ
from tests.tables import one_in

SECRET = "nv-s3cret/+key"
CLIENTS = {
    "the current key": {"secret_key": SECRET},
    "a previous key": {"secret_key": SECRET[:9], "previous_secret_keys": [SECRET[:12], SECRET]},
}
"""The other keys are the beginnings of the one that is looked for."""
EVENT = {"payload": {}, "controls": {}, "state": [], "subscriber": {"subscriberId": SECRET}}


def raises(error: BaseException):
    came_from = error.__traceback__

    def function(*_, **__):
        secret = SECRET  # noqa: F841  # a traceback that shows local variables would show it
        raise error.with_traceback(came_from)  # without what earlier times have added

    return function


class Unprintable(Exception):
    def __str__(self):
        raise ValueError(SECRET)


def chained() -> Exception:
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as cause:
            raise RuntimeError(f"Authorization: ApiKey {SECRET}") from cause
    except RuntimeError as error:
        return error


FAILURES = {
    "message": ValueError(f"{SECRET} was refused"),
    "chained": chained(),
    "unprintable": Unprintable(),
    "repr": KeyError(SECRET),
    "bytes": ValueError(SECRET.encode()),
    "the protocol's own": errors.StepNotFoundError(SECRET),
    "of the API": errors.NovuApiError(401, f"ApiKey {SECRET}", call="GET /v1"),
}


def workflows(failure: BaseException):
    fail = raises(failure)

    @workflow("resolver")
    async def resolver(step: Step):
        await step.sms("s", fail)

    @workflow("plain")
    def plain(step: SyncStep):
        step.sms("s", fail)

    @workflow("skip")
    async def skip(step: Step):
        await step.sms("s", {"body": "x"}, skip=fail)

    @workflow("provider")
    async def provider(step: Step):
        await step.sms("s", {"body": "x"}, providers={"twilio": fail})

    @workflow("before")
    async def before(payload: dict, step: Step):
        if payload == {}:
            fail()
        await step.sms("s", {"body": "x"})

    @workflow("output")
    async def output(step: Step):
        await step.sms("s", lambda: {"body": {SECRET: 1}, SECRET: 1})

    @workflow("control", control_schema={"type": "object"})
    async def control(step: Step):
        await step.sms("s", lambda c: {"body": "x"}, control_schema={"type": "object", "required": ["a"]})

    return [resolver, plain, skip, provider, before, output, control]


REQUESTS = [
    *(
        ("POST", {"action": action, "workflowId": workflow_id, "stepId": step_id}, body)
        for action in ("execute", "preview", "trigger", "agent-event", "nope", SECRET)
        for workflow_id in (
            "resolver",
            "plain",
            "skip",
            "provider",
            "before",
            "output",
            "control",
            "none",
            SECRET,
        )
        for step_id in ("s", "none", SECRET)
        for body in (
            json.dumps(EVENT).encode(),
            SECRET.encode(),
            json.dumps({SECRET: SECRET}).encode(),
            b"\xff",
        )
    ),
    *(
        ("POST", {"action": "agent-event", "agentId": agent_id, "event": event}, body)
        for agent_id in ("none", "helper", SECRET, quote(SECRET, safe=""))
        for event in ("onMessage", SECRET)
        for body in (json.dumps(EVENT).encode(), json.dumps({SECRET: SECRET}).encode(), b"\xff")
    ),
    *(
        (method, {"action": action, "workflowId": SECRET}, b"")
        for method in ("GET", "PUT", "HEAD", "OPTIONS")
        for action in ("discover", "code", "health-check", SECRET)
    ),
]
HEADERS = [
    {},
    {"novu-signature": SECRET},
    {"novu-signature": f"t=1,v1={SECRET}"},
    {"novu-signature": "t={now},v1=" + SECRET},
]


@pytest.fixture(autouse=True)
def _no_key_known_from_before(monkeypatch):
    monkeypatch.setattr(redaction, "_known", {})
    monkeypatch.setattr(redaction, "_secrets", ())


def fields_of(record):
    return {name: value for name, value in vars(record).items() if name.startswith("novu_")}


@pytest.fixture
def log():
    """What a handler of the root logger writes, tracebacks and the fields of each record included."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(lambda record: stream.write(f"{fields_of(record)}\n") > 0)
    logger = logging.getLogger("novu_framework")
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    yield stream
    logger.removeHandler(handler)
    logger.setLevel(level)


def api(request: httpx.Request) -> httpx.Response:
    return httpx.Response(
        400, json={"message": [f"bad key {SECRET}"], "error": SECRET, "errors": {SECRET: SECRET}}
    )


def unreachable(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError(f"no route for {dict(request.headers)}")


def not_json(request: httpx.Request) -> httpx.Response:
    return httpx.Response(200, text=SECRET)


WAYS = [
    (keys, failure, answer)
    for keys in CLIENTS
    for failure in FAILURES
    for answer in (api, unreachable, not_json)
]


@pytest.mark.parametrize(("keys", "failure", "answer"), one_in(3, WAYS))
async def test_a_bridge_never_says_its_key(keys, failure, answer, log):
    client = Client(**CLIENTS[keys], verbose=True, max_retries=0, async_transport=httpx.MockTransport(answer))
    handler = RequestHandler(
        workflows(FAILURES[failure]), client, agents=[agent("helper")(raises(FAILURES[failure]))]
    )
    statuses = set()
    # What runs each workflow, and a fifth of all, from another one on in each way: each is walked in eight ways at least.
    step = 5 if FUZZ == 1 else 1
    first = WAYS.index((keys, failure, answer)) % step
    for method, query, body in [*REQUESTS[:108:12], *REQUESTS[first::step]]:
        signed = signature.sign(body if method == "POST" else b"", SECRET)
        response = await handler(BridgeRequest(method, list(query.items()), {"novu-signature": signed}, body))
        statuses.add(response.status)
        said = response.body.decode() + repr(dict(response.headers))
        for secret in (SECRET, json.dumps(SECRET)[1:-1], quote(SECRET, safe=""), signed.partition("v1=")[2]):
            assert secret not in said, (method, query, body)
    for headers in HEADERS:
        response = await handler(BridgeRequest("POST", REQUESTS[0][1].items(), headers, REQUESTS[0][2]))
        statuses.add(response.status)
        assert SECRET not in response.body.decode()
    await handler.finish_turns()
    assert {200, 400, 401, 404, 405, 502} <= statuses
    assert SECRET not in log.getvalue()
    assert SECRET not in repr(client) + str(client) + repr(handler) + repr(handler.client._calls)
    await client.aclose()


def fails_at_once(failure):
    @workflow("fails")
    async def fails(step: Step):
        raises(failure)()

    return fails


def declared_wrong(failure):
    @workflow("declared-wrong")
    async def wrong(step: Step):
        await step.sms("s", lambda c: {}, control_schema={"type": SECRET})

    return wrong


@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("made", [fails_at_once, declared_wrong])
@pytest.mark.parametrize("keys", CLIENTS)
def test_a_workflow_that_cannot_be_discovered_does_not_say_the_key(keys, made, failure):
    with (
        Client(**CLIENTS[keys]) as client,
        pytest.raises((errors.WorkflowDiscoveryError, errors.StepNotFoundError)) as caught,
    ):
        RequestHandler([made(FAILURES[failure])], client)
    for said in (str(caught.value), repr(caught.value.args), repr(vars(caught.value))):
        assert SECRET not in said


@pytest.mark.parametrize(
    "failure",
    # an error of this package's is raised as it is: nobody quotes it
    [name for name, failure in FAILURES.items() if not isinstance(failure, errors.NovuError)],
)
@pytest.mark.parametrize("keys", CLIENTS)
async def test_an_error_of_a_run_in_this_process_does_not_say_the_key(keys, failure):
    handler = RequestHandler(workflows(FAILURES[failure]), Client(**CLIENTS[keys]))
    for workflow_id in ("resolver", "plain", "skip", "provider"):
        with pytest.raises(errors.NovuError) as caught:
            await handler.execute(workflow_id, "s", EVENT)
        for said in (str(caught.value), repr(caught.value.args), repr(caught.value.data)):
            assert SECRET not in said


@pytest.mark.parametrize("keys", CLIENTS)
@pytest.mark.parametrize("answer", [api, unreachable, not_json])
@pytest.mark.parametrize("path", ["/v1/environments", f"/v1/{SECRET}", f"/v1/{quote(SECRET, safe='')}"])
def test_a_call_to_the_api_never_says_the_key(keys, answer, path, log):
    client = Client(**CLIENTS[keys], max_retries=0, transport=httpx.MockTransport(answer))
    with pytest.raises(errors.NovuApiError) as caught:
        client.request("GET", path)
    printed = "".join(traceback.format_exception(caught.type, caught.value, caught.tb))
    for text in (printed, repr(caught.value), json.dumps(caught.value.to_dict()), log.getvalue()):
        assert SECRET not in text
        assert quote(SECRET, safe="") not in text


@pytest.mark.parametrize(
    "options",
    [
        {"secret_key": SECRET + "é"},
        {"secret_key": SECRET + "\n\x00"},
        {"secret_key": SECRET, "api_url": "no url"},
        {"secret_key": SECRET, "max_body_bytes": 0},
        {"secret_key": SECRET, "step_timeout": -1},
        {"secret_key": SECRET, "max_threads": 0},
        {"secret_key": "current", "previous_secret_keys": [SECRET + "é"]},
        {"secret_key": "current", "previous_secret_keys": [SECRET, "a", "b", "c"]},
    ],
)
def test_settings_that_cannot_be_used_do_not_say_the_key(options):
    for make in (Client, Settings.resolve):
        with pytest.raises(ValueError, match=r"\w") as caught:
            make(**options)
        printed = "".join(traceback.format_exception(caught.type, caught.value, caught.tb))
        assert SECRET not in printed


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("a sk-secret-1 b", "a [secret key] b"),
        ("sk-secret-1-of-two sk-secret-1", "[secret key] [secret key]"),
        ({"sk-secret-1": [1, None, "x sk-secret-1-of-two"]}, {"[secret key]": [1, None, "x [secret key]"]}),
        ("short", "short"),
        ("eightish", "[secret key]"),
    ],
)
def test_every_secret_is_masked_whole_and_no_short_one(said, shown, order):
    redaction = Redaction()
    for secret in ["sk-secret-1", "sk-secret-1-of-two", "short", "eightish"][::order]:
        redaction.hide(secret)

    assert redaction.redacted(said) == shown


@pytest.mark.parametrize("secret", ['nvs"QUOTE"-12345', "it's-a-key-12345", "back\\slash-12345"])
@pytest.mark.parametrize("quoted", [str, repr, json.dumps, lambda key: json.dumps(repr(key))])
def test_a_secret_is_masked_however_it_is_quoted(secret, quoted):
    redaction = Redaction()
    redaction.hide(secret)

    shown = redaction.redacted(f"It is {quoted(secret)}!")
    assert "[secret key]" in shown
    assert "12345" not in shown


@pytest.mark.parametrize(
    "written",
    [
        lambda key: quote(key, safe=""),
        lambda key: quote(key, safe="").lower(),
        lambda key: quote(quote(key, safe="")),
        lambda key: "".join(f"%{ord(letter):02x}" for letter in key),
        lambda key: key[:5] + "".join(f"%{ord(letter):02X}" for letter in key[5:]),
    ],
)
def test_a_secret_is_masked_however_it_is_percent_encoded(written):
    redaction = Redaction()
    redaction.hide("nv-%+s3cret/key")

    assert redaction.redacted(f"100% of /{written('nv-%+s3cret/key')}?") == "100% of /[secret key]?"


@pytest.mark.parametrize(
    "written", ["nv- s3cret+key", "nv-+s3cret%2Bkey", "nv-%20s3cret+key", "nv-+s3cret+key"]
)
def test_a_space_of_a_secret_may_be_a_plus(written):
    redaction = Redaction()
    redaction.hide("nv- s3cret+key")

    assert redaction.redacted(f"1 + 1, ?key={written}&") == "1 + 1, ?key=[secret key]&"


def test_the_keys_of_a_bridge_that_is_gone_are_forgotten():
    redaction.hide("nv-of-a-command")
    bridges = [
        RequestHandler([], Client(f"nv-key-{n}", previous_secret_keys=[f"nv-previous-{n}"]))
        for n in range(50)
    ]
    said = "nv-key-7, nv-previous-7 and nv-key-49, by nv-of-a-command"
    assert redaction.redacted(said) == "[secret key], [secret key] and [secret key], by [secret key]"
    del bridges[:49]
    gc.collect()
    assert redaction.redacted(said) == "nv-key-7, nv-previous-7 and [secret key], by [secret key]"
    bridges.clear()
    gc.collect()
    assert redaction._secrets == ("nv-of-a-command",)


WRONG = {
    "a letter that no header carries": {"secret_key": SECRET + "\u00e9"},
    "bytes": {"secret_key": SECRET.encode()},
    "a SecretStr": {"secret_key": SecretStr(SECRET)},
    "no URL": {"secret_key": SECRET, "api_url": "127.0.0.1"},
    "half an address": {"secret_key": SECRET, "api_url": "http://[::1"},
    "too many previous keys": {
        "secret_key": SECRET,
        "previous_secret_keys": [f"{SECRET}{n}" for n in range(4)],
    },
    "previous keys as one text": {"secret_key": SECRET, "previous_secret_keys": SECRET},
    "a wrong previous key": {"secret_key": SECRET, "previous_secret_keys": ["a", f"{SECRET}\n1"]},
    "a wrong number": {"secret_key": SECRET, "step_timeout": "x"},
    "a wrong size": {"secret_key": SECRET, "max_body_bytes": 0},
}


def serve_nothing(**settings):
    RequestHandler([1], Client(**settings))


MADE = [(make, name) for name in WRONG for make in (Client, Settings.resolve)]
WRONG["a wrong policy"] = {"secret_key": SECRET, "retries": 5, "max_retries": 1}
WRONG["no workflow"] = {"secret_key": "another", "previous_secret_keys": [SECRET]}
MADE += [(Client, "a wrong policy"), (serve_nothing, "no workflow")]


@pytest.mark.parametrize(("make", "name"), MADE)
def test_what_cannot_be_made_leaves_no_key_in_a_frame(make, name):
    """Error reporters, and `pytest --showlocals`, show the variables of each."""
    with pytest.raises((ValueError, TypeError)) as caught:
        make(**WRONG[name])
    said = [str(caught.value), repr(vars(caught.value))]
    ours = 0
    for error in (caught.value, caught.value.__cause__, caught.value.__context__):
        for frame, _ in traceback.walk_tb(error.__traceback__ if error else None):
            if frame.f_code.co_filename != __file__:
                ours += 1
                held = [value for name, value in frame.f_locals.items() if name != "self"]
                said += [
                    value.get_secret_value() if isinstance(value, SecretStr) else repr(value)
                    for value in held
                ]
    assert ours
    assert [each for each in said if SECRET[:12] in each] == []
