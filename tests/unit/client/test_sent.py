"""What is sent is what is held, or nothing is sent and the error names the place: for every type and every holder."""

from __future__ import annotations

import collections
import dataclasses
import datetime as dt
import decimal
import enum
import ipaddress
import json
import math
import pathlib
import types
import uuid
from collections.abc import Callable, Iterator, Mapping
from random import Random
from typing import Annotated, Any

import httpx
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup
from pydantic import (
    AnyUrl,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    RootModel,
    Secret,
    SecretBytes,
    SecretStr,
    SerializationInfo,
    computed_field,
    create_model,
    field_serializer,
    model_serializer,
    with_config,
)
from pydantic.dataclasses import dataclass as pydantic_dataclass
from typing_extensions import TypedDict

from novu_framework import Step, Workflow, workflow
from novu_framework._internal.json_data import NotJsonError, json_data, written
from novu_framework.client import Client
from novu_framework.errors import WorkflowPayloadInvalidError
from tests.tables import walked

from .conftest import SECRET, processed

UTC = dt.timezone.utc


class Colour(enum.Enum):
    RED = "red"


class Level(enum.IntEnum):
    HIGH = 3


class Text(str, enum.Enum):
    ONE = "one"


class Words(str):
    def __str__(self) -> str:
        return "something else"


class Count(int): ...


class Share(float): ...


class Numpyish:
    """As numpy's scalars and arrays: a number to `float()` and `int()`, and none to JSON."""

    def __float__(self) -> float:
        return 1.5

    __int__ = __index__ = lambda self: 1

    def tolist(self) -> list[int]:
        return [1]


Point = collections.namedtuple("Point", "x y")


class Inner(BaseModel):
    model_config = ConfigDict(extra="allow")
    code: SecretStr
    at: dt.datetime = dt.datetime(2026, 1, 1, tzinfo=UTC)
    by_alias: int = Field(7, alias="byAlias")
    in_days: Annotated[dt.timedelta, PlainSerializer(lambda it: f"PT{it.days * 24}H", when_used="json")] = (
        dt.timedelta(2)
    )

    @computed_field
    def shout(self) -> SecretStr:
        return SecretStr(self.code.get_secret_value().upper())


class Codes(RootModel[list[SecretStr]]): ...


@dataclasses.dataclass
class Plain:
    code: SecretStr
    also: Any = None


@pydantic_dataclass
class Checked:
    code: SecretStr
    inner: Inner


INNER = Inner(code=SecretStr("abc"), extra=SecretBytes(b"more"))
INNER_SENT = {
    "code": "abc",
    "at": "2026-01-01T00:00:00Z",
    "byAlias": 7,
    "in_days": "PT48H",
    "extra": "more",
    "shout": "ABC",
}

# a type that a field may have, a value of it, and what is sent
HELD: list[tuple[Any, Any, Any]] = [
    (SecretStr, SecretStr("123456"), "123456"),
    (SecretStr, SecretStr(""), ""),
    (SecretStr, SecretStr("**********"), "**********"),
    (SecretBytes, SecretBytes("kéy".encode()), "kéy"),
    (Secret[int], Secret(7), 7),
    (Secret[dict[str, Any]], Secret({"a": [SecretStr("deep")]}), {"a": ["deep"]}),
    (Secret[dt.date], Secret(dt.date(2026, 1, 2)), "2026-01-02"),
    (list[SecretStr], [SecretStr("a"), SecretStr("b")], ["a", "b"]),
    (dict[str, SecretStr], {"a": SecretStr("b")}, {"a": "b"}),
    (tuple[SecretStr, int], (SecretStr("a"), 1), ["a", 1]),
    (SecretStr | int, SecretStr("u"), "u"),
    (Codes, Codes([SecretStr("r")]), ["r"]),
    (Inner, INNER, INNER_SENT),
    (list[Inner], [INNER], [INNER_SENT]),
    (Plain, Plain(SecretStr("a")), {"code": "a", "also": None}),
    (Plain, Plain(SecretStr("a"), [INNER]), {"code": "a", "also": [INNER_SENT]}),
    (Checked, Checked(SecretStr("a"), INNER), {"code": "a", "inner": INNER_SENT}),
    (bytes, b"text", "text"),
    (pathlib.Path, pathlib.Path("a"), "a"),
    (uuid.UUID, uuid.UUID(int=1), str(uuid.UUID(int=1))),
    (decimal.Decimal, decimal.Decimal("1.10"), "1.10"),
    (dt.datetime, dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), "2026-01-02T03:04:05Z"),
    (dt.date, dt.date(2026, 1, 2), "2026-01-02"),
    (dt.time, dt.time(3, 4), "03:04:00"),
    (dt.timedelta, dt.timedelta(days=1), "P1D"),
    (Colour, Colour.RED, "red"),
    (Level, Level.HIGH, 3),
    (Text, Text.ONE, "one"),
    (set[int], {1}, [1]),
    (frozenset[str], frozenset({"a"}), ["a"]),
    (collections.deque[int], collections.deque([1, 2]), [1, 2]),
    (tuple[int, ...], (1, 2), [1, 2]),
    (ipaddress.IPv4Address, ipaddress.IPv4Address("10.0.0.1"), "10.0.0.1"),
    (AnyUrl, AnyUrl("https://a.test/b"), "https://a.test/b"),
    (dict[int, str], {1: "a"}, {"1": "a"}),
    (dict[uuid.UUID, str], {uuid.UUID(int=1): "a"}, {str(uuid.UUID(int=1)): "a"}),
    (float, 0.1, 0.1),
    (int, 2**70, 2**70),
    (str, "Änn \U0001f600 \x00", "Änn \U0001f600 \x00"),
    (bool, True, True),
    (int | None, None, None),
    (Any, Words("words"), "words"),
    (Any, Markup("<b>"), "<b>"),
    (Any, Count(5), 5),
    (Any, Share(0.5), 0.5),
    (Any, Point(1, SecretStr("y")), [1, "y"]),
    (Any, collections.OrderedDict(b=1, a=2), {"b": 1, "a": 2}),
    (Any, types.MappingProxyType({"a": INNER}), {"a": INNER_SENT}),
    (Any, collections.UserDict({"a": SecretStr("b")}), {"a": "b"}),
    (Any, {SecretStr("key"): {SecretStr("value")}}, {"key": ["value"]}),
]


class Level(enum.Enum):
    NONE, MOST, LOW = None, float("inf"), "low"


# a value that is refused, where in it, and words of the reason
REFUSED: list[tuple[Callable[[], Any], str, str]] = [
    (object, "", "of type object"),
    (Numpyish, "", "of type Numpyish"),
    (lambda: [1, Numpyish()], "/1", "of type Numpyish"),
    (lambda: {"when": dt.date(2026, 1, 1), "x": {"y": [0, print]}}, "/x/y/1", "of type builtin_function"),
    (lambda: (n for n in [1]), "", "give a list"),
    (lambda: {"a": iter([1])}, "/a", "give a list"),
    (lambda: range(3), "", "of type range"),
    (lambda: {"a": float("nan")}, "/a", "NaN or infinite"),
    (lambda: [float("inf")], "/0", "NaN or infinite"),
    (lambda: -float("inf"), "", "NaN or infinite"),
    (lambda: Share("nan"), "", "NaN or infinite"),
    (lambda: "a\ud800", "", "lone surrogate"),
    (lambda: Words("\udfff"), "", "lone surrogate"),
    (lambda: [{"\ud800": 1}], "/0", "key"),
    (lambda: {object(): 1}, "", "key"),
    (lambda: {float("nan"): 1}, "", "key"),
    (lambda: {"a": [{-float("inf"): 1}]}, "/a/0", "key"),
    (lambda: {"a": {None: 1}}, "/a", "key"),
    *(
        (lambda key=key: {"a": {key: 1}}, "/a", "key")
        for key in (Level.NONE, Level.MOST, (None, 1), (1, (float("nan"),)))
    ),
    *(
        (
            lambda keys=keys: {"a": {"x": dict.fromkeys(keys, SecretStr("v"))}},
            "/a/x",
            "more than one secret as a key",
        )
        for keys in (
            (SecretStr("k1"), SecretStr("k2")),
            (SecretStr("k1"), "text", SecretStr("k2"), SecretStr("k3")),
            (SecretBytes(b"k1"), SecretBytes(b"k2")),
        )
    ),
    (lambda: {1: "a", "1": "b"}, "", "two keys"),
    (lambda: {True: "a", "true": "b"}, "", "two keys"),
    *(
        (lambda pair=pair: {"a": [dict.fromkeys(pair)]}, "/a/0", "two keys")
        for one, other in (
            (SecretStr("k"), "k"),
            (SecretBytes(b"k"), b"k"),
            (SecretStr("1"), 1),
            (enum.Enum("Made", {"ONE": SecretStr("k")}).ONE, "k"),  # type: ignore[attr-defined]
        )
        for pair in ((one, other), (other, one))
    ),
    (lambda: {"a~/b": b"\xff"}, "/a~0~1b", "UTF-8"),
    (lambda: SecretBytes(b"\xff"), "", "UTF-8"),
    (lambda: SecretStr("\ud800"), "", "lone surrogate"),
    (lambda: Secret(object()), "", "of type object"),
    (lambda: Secret([float("nan")]), "/0", "NaN or infinite"),
    (lambda: Plain(SecretStr("hidden"), object()), "/also", "of type object"),
    (lambda: Inner(code=SecretStr("hidden"), extra=[object()]), "/extra/0", "of type object"),
    (lambda: Inner(code=SecretStr("hidden"), extra=float("nan")), "/extra", "NaN or infinite"),
    (lambda: itself([]), "", "contains itself"),
    (lambda: itself({}), "", "contains itself"),
    (lambda: nested(300), "", "nested too deeply"),
]


def itself(container: Any) -> Any:
    container.append(container) if isinstance(container, list) else container.update(me=container)
    return container


def nested(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = [value]
    return value


class Sent(list[Any]):
    """A Novu API, as the list of the bodies that it got."""

    def client(self) -> Client:
        def answer(request: httpx.Request) -> httpx.Response:
            self.append(json.loads(request.content))
            result = processed("t")
            return httpx.Response(
                201, json={"data": [result] if request.url.path.endswith("bulk") else result}
            )

        return Client(SECRET, transport=httpx.MockTransport(answer))


@pytest.fixture
def sent() -> Sent:
    return Sent()


def workflow_of(payload_type: Any) -> Workflow[Any]:
    async def handler(payload: Any, step: Step) -> None:
        await step.in_app("inbox", {"body": "Hi"})

    handler.__annotations__["payload"] = payload_type
    return workflow("held")(handler)


def a_model(kind: Any, value: Any) -> tuple[Any, Any]:
    model = create_model("Payload", it=(kind, ...), __config__=ConfigDict(arbitrary_types_allowed=True))
    return model, model(it=value)


def a_dataclass(kind: Any, value: Any) -> tuple[Any, Any]:
    made = dataclasses.make_dataclass("Payload", [("it", kind)])
    return made, made(value)


def a_typed_dict(kind: Any, value: Any) -> tuple[Any, Any]:
    return TypedDict("Payload", {"it": kind}), {"it": value}  # type: ignore[misc]


def a_dict_of_a_model(kind: Any, value: Any) -> tuple[Any, Any]:
    return a_model(kind, value)[0], {"it": value}


def a_dict(kind: Any, value: Any) -> tuple[Any, Any]:
    return dict, {"it": value}


HOLDERS = [a_model, a_dataclass, a_typed_dict, a_dict_of_a_model, a_dict]


@pytest.mark.parametrize("holder", HOLDERS)
def test_a_payload_is_sent_as_it_is_held(holder: Any, sent: Sent) -> None:
    with sent.client() as client:
        for kind, value, held in HELD:
            payload_type, payload = holder(kind, value)
            workflow_of(payload_type).trigger("ann", payload, client=client)
            assert sent[-1]["payload"] == {"it": held}, kind


def test_every_argument_is_sent_as_it_is_held(sent: Sent) -> None:
    with sent.client() as client:
        for _, value, held in HELD:
            beside = {"at": dt.date(2026, 1, 2), "it": value}
            person = {"subscriberId": "ann", "data": beside}
            event = {
                "to": [person],
                "payload": beside,
                "overrides": beside,
                "actor": person,
                "context": beside,
            }
            to_all = {key: event[key] for key in event if key != "to"}
            client.trigger("held", **event)
            client.trigger_bulk([{"workflow": "held", **event}])
            client.broadcast("held", **to_all)
            client.request("POST", "/v1/anything", {"name": "held", **event})

            beside = {"at": "2026-01-02", "it": held}
            person = {"subscriberId": "ann", "data": beside}
            wired = {
                "name": "held",
                "payload": beside,
                "overrides": beside,
                "actor": person,
                "context": beside,
            }
            assert sent[-4] == sent[-1] == {**wired, "to": [person]}
            assert sent[-3] == {"events": [{**wired, "to": [person]}]}
            assert sent[-2] == wired


class Person(BaseModel):
    subscriber_id: str = Field(alias="subscriberId")
    phone: SecretStr


def test_a_recipient_and_its_actor_keep_their_secrets(sent: Sent) -> None:
    ann = Person(subscriberId="ann", phone=SecretStr("+43 1"))
    sent.client().trigger("held", [ann], actor=ann)
    assert sent[0]["to"] == [{"subscriberId": "ann", "phone": "+43 1"}]
    assert sent[0]["actor"] == {"subscriberId": "ann", "phone": "+43 1"}


def test_a_transaction_id_may_be_a_uuid(sent: Sent) -> None:
    identity: Any = uuid.UUID(int=5)
    sent.client().trigger("held", "ann", transaction_id=identity)
    assert sent[0]["transactionId"] == str(identity)


@pytest.mark.parametrize("argument", ["payload", "overrides", "context", "to", "actor"])
def test_what_json_cannot_carry_is_refused_before_anything_is_sent(argument: str, sent: Sent) -> None:
    def event(value: Any) -> dict[str, Any]:
        given: Any = {"it": value}
        if argument in ("to", "actor"):
            given = {"subscriberId": "ann", "data": given}
        return {"to": "ann", argument: given}

    inside = f"/{argument}/data/it" if argument in ("to", "actor") else f"/{argument}/it"
    fine = [{"workflow": "held", "to": "ann"}] * 120
    with sent.client() as client:
        for make, place, reason in REFUSED:
            with pytest.raises(TypeError, match=reason) as one:
                client.trigger("held", **event(make()))
            with pytest.raises(ValueError, match=f"Event 120 .*{reason}") as many:
                client.trigger_bulk([*fine, {"workflow": "held", **event(make())}])
            for error in (one, many):
                exactly = "" if "contains itself" in reason or "deeply" in reason else "`"
                assert f"`{inside}{place}{exactly}" in str(error.value)
                assert "hidden" not in str(error.value)
    assert sent == []


@pytest.mark.parametrize("holder", HOLDERS)
def test_what_json_cannot_carry_is_an_invalid_payload_of_a_workflow(holder: Any, sent: Sent) -> None:
    with sent.client() as client:
        for make, place, reason in REFUSED:
            payload_type, payload = holder(Any, make())
            with pytest.raises(WorkflowPayloadInvalidError, match=reason) as caught:
                workflow_of(payload_type).trigger("ann", payload, client=client)
            assert caught.value.data[0]["path"].startswith(f"/it{place}")
    assert sent == []


def test_a_serializer_of_the_users_own_has_the_last_word() -> None:
    class Odd(BaseModel):
        as_text: Annotated[object, PlainSerializer(str, when_used="json")] = Count(3)
        as_list: Annotated[object, PlainSerializer(lambda it: [1, 2], when_used="json")] = 1
        as_dict: Annotated[object, PlainSerializer(lambda it: {"a": 1}, when_used="json")] = ()
        of_items: Annotated[object, PlainSerializer(lambda it: {"a": 1}, when_used="json")] = (1, 2)
        more: Annotated[Any, PlainSerializer(lambda it: {"a": 1, **it}, when_used="json")] = {"b": 2}
        fewer: Annotated[Any, PlainSerializer(lambda it: it[:1], when_used="json")] = (1, 2)
        not_a_number: Annotated[Any, PlainSerializer(lambda it: 0, when_used="json")] = float("nan")
        masked: Annotated[Any, PlainSerializer(lambda it: "hidden", when_used="json")] = None

    assert json_data(Odd()) == {
        "as_text": "3",
        "as_list": [1, 2],
        "as_dict": {"a": 1},
        "of_items": {"a": 1},
        "more": {"a": 1, "b": 2},
        "fewer": [1],
        "not_a_number": 0,
        "masked": "hidden",
    }


# a value, and exactly where in it the fault is
PLACES: list[tuple[Callable[[], Any], str]] = [
    (object, ""),
    (lambda: [[1], [1, object()]], "/1/1"),
    (lambda: ({"a": (1, {"b": object()})},), "/0/a/1/b"),
    (lambda: collections.deque([1, object()]), "/1"),
    (lambda: {"a/b": {"~": [float("nan")]}}, "/a~1b/~0/0"),
    (lambda: {"a": {1: 2, "1": 3}}, "/a"),
    (lambda: {"a": {object(): 2}}, "/a"),
    (lambda: {"é": ["\ud800"]}, "/é/0"),
    (lambda: [{"a": "\ud800b"}], "/0/a"),
    (lambda: [[b"\xff"]], "/0/0"),
    (lambda: [bytearray(b"\xff")], "/0"),
    (lambda: [[1], (n for n in [1])], "/1"),
    (lambda: [Secret([1, {"a": object()}])], "/0/1/a"),
    (lambda: Inner.model_construct(code=SecretStr("x"), by_alias=object()), "/byAlias"),
    (lambda: itself({}), "/me/me/me"),
    (lambda: nested(300), "/0/0/0"),
    (lambda: {"a": itself([])}, "/a/0/0"),
]


@walked(("make", "place"), PLACES)
def test_the_place_of_a_fault_is_a_json_pointer(make: Callable[[], Any], place: str) -> None:
    with pytest.raises(NotJsonError) as caught:
        json_data(make())
    assert caught.value.path == place
    assert caught.value.reason in str(caught.value)
    assert f"`{place or '/'}`" in str(caught.value)


def test_what_is_written_for_an_answer_hides_secrets_and_passes_over_nan() -> None:
    assert written({"a": [INNER, float("nan")]}) == {
        "a": [{**INNER_SENT, "code": "**********", "extra": "**********", "shout": "**********"}, None]
    }
    assert written("\ud800") == "\ud800"
    with pytest.raises(NotJsonError, match="`/a/0` is of type object"):
        written({"a": [object()]})


def test_a_model_is_sent_with_whatever_it_holds() -> None:
    model = create_model("Model", number=(int, Field(alias="the number")))
    assert json_data(model.model_construct(number="text")) == {"the number": "text"}
    with pytest.raises(NotJsonError, match="`/the number/0` is of type object"):
        json_data(model.model_construct(number=[object()]))


@pytest.mark.parametrize("error", [TypeError, ValueError])
def test_a_serializer_of_the_users_own_may_fail(error: type[Exception]) -> None:
    def written_as_json_only(it: Any, info: SerializationInfo) -> Any:
        if it == "never" or info.mode != "json":
            raise error
        return "as JSON"

    class Odd(BaseModel):
        it: Annotated[Any, PlainSerializer(written_as_json_only)]

    assert json_data({"a": [Odd(it=1)]}) == {"a": [{"it": "as JSON"}]}
    with pytest.raises(NotJsonError, match="`/a/it` is of type str, which its field cannot write"):
        json_data({"a": Odd(it="never")})

    class Whole(BaseModel):
        it: int = 1

        @model_serializer
        def written(self) -> Any:
            raise error

    with pytest.raises(NotJsonError, match="`/a` is of type Whole"):
        json_data({"a": Whole()})


def test_a_default_that_its_field_does_not_take_is_named() -> None:
    class Code(BaseModel):
        code: SecretStr = Field("x", alias="theCode")  # type: ignore[assignment]

    for value, place in (
        (Code(), "/theCode"),
        ({"n": [{"m": Code()}]}, "/n/0/m/theCode"),
        (Held.model_construct(it=Code()), "/it/theCode"),
    ):
        with pytest.raises(NotJsonError, match=f"`{place}` is of type str, which its field cannot write"):
            json_data(value)


class Held(BaseModel):
    it: Any


def test_a_serializer_may_name_a_key_that_json_does_not_have() -> None:
    class Named(BaseModel):
        counts: dict[str | None, int]

        @field_serializer("counts", when_used="json")
        def named(self, counts: dict[str | None, int]) -> dict[str, int]:
            return {key or "other": count for key, count in counts.items()}

    most = PlainSerializer(lambda it: "most" if it == float("inf") else str(it), when_used="json")

    class Bounds(BaseModel):
        bounds: dict[Annotated[float, most], int]

    assert json_data(Named(counts={None: 1, "a": 2})) == {"counts": {"other": 1, "a": 2}}
    assert json_data(Bounds(bounds={float("inf"): 1, 2.5: 3})) == {"bounds": {"most": 1, "2.5": 3}}
    assert json_data({Level.LOW: 1, (1, 2): 2}) == {"low": 1, "1,2": 2}


class OfTheUsers(Mapping[str, Any]):
    def __init__(self, **items: Any) -> None:
        self._items = items

    def __getitem__(self, key: str) -> Any:
        return self._items[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner),
    max_leaves=20,
)


@settings(max_examples=50)
@given(JSON, st.integers(0, 7))
def test_json_data_is_sent_as_it_is_however_it_is_wrapped(data: Any, choice: int) -> None:
    def wrapped(value: Any) -> Any:
        if isinstance(value, dict):
            value = {key: wrapped(item) for key, item in value.items()}
            return [value, OfTheUsers(**value), types.MappingProxyType(value), Secret(value)][choice % 4]
        if isinstance(value, list):
            value = [wrapped(item) for item in value]
            return [value, tuple(value), collections.deque(value), Secret(value)][choice % 4]
        if isinstance(value, str):
            return [value, SecretStr(value), Words(value), Markup(value)][choice // 2]
        return value

    assert json_data(wrapped(data)) == data


class _Inner(BaseModel):
    model_config = ConfigDict(extra="forbid")

    number: int = 0


class _Strict(_Inner):
    inner: _Inner = _Inner()
    many: list[_Inner] = []


class _Either(BaseModel):
    value: _Inner | _Strict


class _Lenient(BaseModel):
    number: int = 0


class _Struct(msgspec.Struct, forbid_unknown_fields=True):
    number: int = 0


@with_config(ConfigDict(extra="forbid"))
class _Dict(TypedDict):
    number: int


_AS_JSON_SCHEMA = {"type": "object", "properties": {"number": {}}, "additionalProperties": False}


@walked(
    ("kind", "payload", "refused"),
    [
        (_Strict, {"numbr": 1}, ["/numbr"]),
        (_Strict, {"inner": {"a/b~c": 1}, "many": [{}, {"x": 1, "y": 2}]}, ["/inner/a~1b~0c", "/many/1/x", "/many/1/y"]),
        (_Strict, {"inner": {"number": 1}, "many": [{"number": 2}]}, []),
        (_Strict, _Strict(number=2), []),
        (_Struct, {"numbr": 1}, ["/numbr"]),
        (_Dict, {"number": 1, "more": 2}, ["/more"]),
        (_Either, {"value": {"numbr": 1}}, ["/value/numbr"]),
        (_Lenient, {"numbr": 1}, []),
        (_AS_JSON_SCHEMA, {"numbr": 1}, []),
    ],
)  # fmt: skip
def test_a_field_that_the_type_forbids_is_refused_where_it_is_triggered(
    kind: Any, payload: Any, refused: list[str]
) -> None:
    @workflow("strict", payload_schema=kind)
    async def strict(step: Step) -> None:
        await step.in_app("inbox", {"body": "x"})

    found: list[str] = []
    try:
        strict.validate_payload(payload)
    except WorkflowPayloadInvalidError as error:
        found = [f"{issue['path']} {issue['message']}" for issue in error.data]
    assert found == [f"{path} is not a field of the payload" for path in refused]


class _Kept(enum.Enum):
    TEXT = SecretStr("s3cret")
    INSIDE = {"key": SecretStr("s3cret")}  # noqa: RUF012
    PLAIN = "plain"


class _Shown(BaseModel):
    kept: _Kept = _Kept.TEXT
    number: Annotated[
        SecretStr, PlainSerializer(lambda held: f"**{held.get_secret_value()[-2:]}", when_used="json")
    ]


@pytest.mark.parametrize(
    ("value", "sent"),
    [
        (_Kept.TEXT, "s3cret"),
        (_Kept.INSIDE, {"key": "s3cret"}),
        ([_Kept.PLAIN, {"a": _Kept.TEXT}], ["plain", {"a": "s3cret"}]),
        # what a serializer of the user's shows of a secret is what is sent of it
        (_Shown(number=SecretStr("4111111")), {"kept": "s3cret", "number": "**11"}),
    ],
)
def test_a_secret_of_an_enum_is_sent_and_one_that_is_masked_on_purpose_is_not(value: Any, sent: Any) -> None:
    assert json_data(value) == sent


class Pins(BaseModel):
    pins: dict[str, SecretStr]

    @field_serializer("pins", when_used="json")
    def in_order(self, pins: dict[str, SecretStr]) -> dict[str, SecretStr]:
        return dict(sorted(pins.items()))


class Guest(BaseModel):
    id: int
    name: str = "ann"
    pin: SecretStr
    stay: dt.timedelta = dt.timedelta(days=2)

    @field_serializer("stay", when_used="json")
    def in_hours(self, stay: dt.timedelta) -> str:
        return f"{stay.total_seconds() / 3600:g} h"


class Guests(BaseModel):
    """Guests that JSON has in another order, in fewer items, or below another key."""

    model_config = ConfigDict(ser_json_timedelta="float")
    way: str
    guests: list[Guest]

    @field_serializer("guests", when_used="json")
    def otherwise(self, guests: list[Guest]) -> Any:
        return WAYS[self.way]([each.model_dump(mode="json") for each in guests])


WAYS: dict[str, Callable[[list[Any]], Any]] = {
    "as they are": lambda guests: guests,
    "the other way round": lambda guests: guests[::-1],
    "the first": lambda guests: guests[:1],
    "one more": lambda guests: [*guests, guests[0]],
    "by id": lambda guests: {str(each["id"]): each for each in guests},
    "in capitals": lambda guests: [{**each, "name": "ANN"} for each in guests[::-1]],
    "in one text": lambda guests: ", ".join(each["pin"] for each in guests),
    "wrapped": lambda guests: [{"guest": each} for each in guests],
}


class Card(BaseModel):
    label: str
    pin: SecretStr

    @field_serializer("label", when_used="json")
    def shout(self, label: str) -> str:
        return label.upper()


class Tag(BaseModel):
    model_config = ConfigDict(frozen=True)
    name: str


class SecretTag(BaseModel):
    model_config = ConfigDict(frozen=True)
    name: SecretStr


class Tagged(BaseModel):
    token: SecretStr
    tags: set[Tag]


class Days(BaseModel):
    model_config = ConfigDict(ser_json_timedelta="float")
    days: dict[dt.timedelta, SecretStr]


class Row(BaseModel):
    id: uuid.UUID
    pin: SecretStr


class Rows(BaseModel):
    rows: list[Row]

    @field_serializer("rows", when_used="json")
    def in_order(self, rows: list[Row]) -> Any:
        return [row.model_dump(mode="json") for row in sorted(rows, key=lambda row: row.id)]


EARLY, LATE = sorted(uuid.UUID(int=number) for number in (7**40, 7**42))


class Added(BaseModel):
    code: SecretStr
    of: int = 1

    @model_serializer(mode="wrap")
    def with_kind(self, handler: Any, info: Any) -> dict[str, Any]:
        whole: dict[str, Any] = handler(self)
        if info.mode == "json":
            whole = {"kind": "added", **{name: whole[name] for name in reversed(whole) if name != "of"}}
        return whole


class Wrapped(BaseModel):
    code: SecretStr

    @field_serializer("code", when_used="json")
    def below(self, code: SecretStr) -> dict[str, SecretStr]:
        return {"value": code}


class Stars(BaseModel):
    stars: str = "*" * 10
    more: list[str] = ["*" * 10]

    @field_serializer("more", when_used="json")
    def one_more(self, more: list[str]) -> list[str]:
        return [*more, "x"]


TWO = [Guest(id=1, pin=SecretStr("one")), Guest(id=2, pin=SecretStr("two"))]
SENT = [
    {"id": 1, "name": "ann", "pin": "one", "stay": "48 h"},
    {"id": 2, "name": "ann", "pin": "two", "stay": "48 h"},
]


@walked(
    ("value", "sent"),
    [
        (Pins(pins={"zoe": SecretStr("Z"), "ann": SecretStr("A")}), {"pins": {"ann": "A", "zoe": "Z"}}),
        (Guests(way="as they are", guests=TWO), {"way": "as they are", "guests": SENT}),
        (Added(code=SecretStr("a")), {"kind": "added", "code": "a"}),
        (Stars(), {"stars": "*" * 10, "more": ["*" * 10, "x"]}),
        ([Card(label="a", pin=SecretStr("1")), Card(label="b", pin=SecretStr("2"))], [{"label": "A", "pin": "1"}, {"label": "B", "pin": "2"}]),
        ([Card(label=f"{n:03d}a", pin=SecretStr(str(n))) for n in range(50)], [{"label": f"{n:03d}A", "pin": str(n)} for n in range(50)]),
        (Tagged(token=SecretStr("t"), tags={Tag(name="a")}), {"token": "t", "tags": [{"name": "a"}]}),
        ({"token": SecretStr("t"), "tags": {Tag(name="a")}}, {"token": "t", "tags": [{"name": "a"}]}),
        ([{"token": SecretStr("t")}, [{Tag(name="a")}]], [{"token": "t"}, [[{"name": "a"}]]]),
        *(([Guest(id=n, pin=SecretStr(str(n))) for n in range(many)], [{"id": n, "name": "ann", "pin": str(n), "stay": "48 h"} for n in range(many)]) for many in (2, 60)),
        (Guests(way="as they are", guests=[Guest(id=n, pin=SecretStr(str(n))) for n in range(60)]),
         {"way": "as they are", "guests": [{"id": n, "name": "ann", "pin": str(n), "stay": "48 h"} for n in range(60)]}),
        *((Guests(way=way, guests=[Guest(id=n, pin=SecretStr(str(n))) for n in range(60)]), None) for way in ("the other way round", "in capitals")),
        (Days(days={dt.timedelta(days=1): SecretStr("x"), dt.timedelta(days=2): SecretStr("y")}), {"days": {"86400": "x", "172800": "y"}}),
        (Rows(rows=[Row(id=EARLY, pin=SecretStr("1")), Row(id=LATE, pin=SecretStr("2"))]), {"rows": [{"id": str(EARLY), "pin": "1"}, {"id": str(LATE), "pin": "2"}]}),
        (Rows(rows=[Row(id=LATE, pin=SecretStr("2")), Row(id=EARLY, pin=SecretStr("1"))]), None),
        ([{"ids": set(range(7, 990, 13)), "pin": SecretStr("1")}, {"ids": {"a", "b", "c"}, "pin": SecretStr("2")}][:1], [{"ids": [*set(range(7, 990, 13))], "pin": "1"}]),
        *((Guests(way=way, guests=TWO), None) for way in WAYS if way != "as they are"),
        (Wrapped(code=SecretStr("a")), None),
        ({"all": [Wrapped(code=SecretStr("a"))]}, None),
    ],
    ids=repr,
)  # fmt: skip
def test_what_a_serializer_does_with_secrets_is_sent_with_them_or_refused(value: Any, sent: Any) -> None:
    """Never with those of someone else, and never as asterisks."""
    if sent is not None:
        assert json_data(value) == sent
    else:
        with pytest.raises(NotJsonError, match="holds a secret that a serializer of its own puts elsewhere"):
            json_data(value)


@walked("seed", range(30))
def test_sets_beside_secrets_are_sent_in_whatever_order_they_have(seed: int) -> None:
    chance = Random(seed)
    given = [
        {
            "tags": {str(chance.random()) for _ in range(3)},
            "pairs": {(n, SecretStr(str(n))) for n in range(4)},
        }
        for _ in range(2)
    ]
    sent = json_data(given)
    assert [set(each["tags"]) for each in sent] == [each["tags"] for each in given]
    assert all(secret == str(number) for each in sent for number, secret in each["pairs"])


@pytest.mark.parametrize(
    "value", [{SecretTag(name=SecretStr("a"))}, {"tags": {SecretTag(name=SecretStr("a"))}}]
)
def test_a_secret_in_a_set_of_models_is_refused(value: Any) -> None:
    with pytest.raises(NotJsonError, match="give a list"):
        json_data(value)


def test_long_texts_beside_secrets_are_not_compared_with_each_other() -> None:
    """That would take minutes."""
    rows = [Card(label=f"{n} {'word ' * 2_000}", pin=SecretStr(str(n))) for n in range(48)]
    assert [each["pin"] for each in json_data(rows)] == [str(n) for n in range(48)]


class Pair(tuple[Any, ...]):
    """A subclass of tuple."""


@dataclasses.dataclass(frozen=True)
class Point:
    at: Any


class Spot(BaseModel):
    model_config = ConfigDict(frozen=True)
    at: Any


@dataclasses.dataclass(frozen=True)
class Named:
    at: Any

    def __str__(self) -> str:
        return "named"


KEY_HOLDERS: dict[str, Callable[[Any], Any]] = {
    "itself": lambda part: part,
    "a tuple": lambda part: (part, 1),
    "a tuple in tuples": lambda part: (1, ((part,), "x")),
    "a subclass of tuple": lambda part: Pair((part,)),
    "an enum": lambda part: enum.Enum("Made", {"ONE": part}).ONE,  # type: ignore[attr-defined]
    "an enum of tuples": lambda part: enum.Enum("Made", {"ONE": (part, 1)}).ONE,  # type: ignore[attr-defined]
    "a tuple of enums": lambda part: (enum.Enum("Made", {"ONE": part}).ONE,),  # type: ignore[attr-defined]
    "a dataclass": Point,
    "a dataclass in a dataclass": lambda part: Point(Point(part)),
    "a tuple of dataclasses": lambda part: (Point(part), 1),
    "a dataclass of tuples": lambda part: Point((part, 1)),
    "a model": lambda part: Spot(at=part),
    "a tuple of models": lambda part: (1, Spot(at=part)),
}
NOT_IN_JSON = {
    "nan": float("nan"),
    "infinity": float("-inf"),
    "decimal nan": decimal.Decimal("NaN"),
    "decimal infinity": decimal.Decimal("-Infinity"),
    "complex nan": complex(float("nan"), 1),
    "complex infinity": complex(1, float("inf")),
}


@walked("holder", KEY_HOLDERS)
@walked("part", NOT_IN_JSON)
def test_a_number_that_json_does_not_have_is_refused_wherever_it_is(part: str, holder: str) -> None:
    held = KEY_HOLDERS[holder](NOT_IN_JSON[part])
    for value in ({held: 1}, {"a": [{held: 1}]}, {"a": held}, [held], held):
        with pytest.raises(NotJsonError):
            json_data(value)


@walked(
    ("keys", "key"),
    [
        (float, math.nan), (float, math.inf), (float, -math.inf), (float | str, math.inf), (tuple[float, str], (math.nan, "a")),
        (tuple[str, tuple[float, int]], ("a", (-math.inf, 1))), (float | None, None), (decimal.Decimal, decimal.Decimal("NaN")),
    ],
)  # fmt: skip
def test_a_key_of_a_declared_type_that_json_does_not_have_is_refused(keys: Any, key: Any) -> None:
    made = create_model("Made", m=(dict[keys, int], ...)).model_construct(m={key: 1})
    for value in (made, {"a": [made]}):
        with pytest.raises(NotJsonError):
            json_data(value)
    honest = create_model("Honest", m=(dict[float, int], ...))
    assert json_data(honest(m={1.5: 1, 1e300: 2})) == {"m": {"1.5": 1, "1e+300": 2}}


def test_a_signaling_nan_is_refused_where_it_can_be() -> None:
    signaling = decimal.Decimal("sNaN")
    keys = [enum.Enum("Made", {"ONE": made}).ONE for made in (signaling, (signaling, 1))]  # type: ignore[attr-defined]
    for value in (signaling, [signaling], {"a": Point(signaling)}, *({key: 1} for key in keys)):
        with pytest.raises(NotJsonError):
            json_data(value)


@walked("secret", [SecretStr("t1"), SecretBytes(b"t1"), Secret(17)], ids=repr)
@walked("holder", KEY_HOLDERS)
def test_a_secret_in_a_key_is_sent_as_it_is_or_refused(secret: Any, holder: str) -> None:
    held = KEY_HOLDERS[holder](secret)
    for value in ({held: 1}, {"a": [{held: 1}]}, {Named(1): {held: 1}}):
        try:
            sent = json.dumps(json_data(value))
        except NotJsonError:
            continue
        assert "t1" in sent or "17" in sent
        assert "***" not in sent


@walked(
    ("key", "sent"),
    [
        (decimal.Decimal("1.5"), "1.5"),
        ((decimal.Decimal("1.5"), 1), "1.5,1"),
        (complex(1, 2), "1+2j"),
        ((1, ("x",)), "1,x"),
        (Named(float("inf")), "named"),
        (Named(SecretStr("t1")), "named"),
        ((Named(None), 2), "named,2"),
    ],
)
def test_a_key_that_json_can_say_is_sent(key: Any, sent: str) -> None:
    assert json_data({key: 1}) == {sent: 1}
