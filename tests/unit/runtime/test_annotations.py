"""What a `payload`, `controls` or `env` may be annotated with: each row through the bridge and a simulated Novu."""

from __future__ import annotations

import asyncio
import collections
import copy
import dataclasses
import json
import re
import typing
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    Generic,
    Literal,
    NamedTuple,
    NewType,
    Optional,
    Protocol,
    TypeVar,
    Union,
)

import attrs
import msgspec
import pydantic.dataclasses
import pytest
import typing_extensions
from pydantic import BaseModel, ConfigDict, Discriminator, Field, Json, RootModel, Tag

from novu_framework import Client, Step, Workflow, workflow
from novu_framework.bridge import RequestHandler
from novu_framework.errors import WorkflowDiscoveryError, WorkflowPayloadInvalidError
from novu_framework.execution import execute
from novu_framework_testing import NovuSimulator
from tests.tables import walked

if TYPE_CHECKING:
    from decimal import Decimal as Hidden

T = TypeVar("T")


class Model(BaseModel):
    number: int
    note: str = "none"


class Other(BaseModel):
    word: str


class Cat(BaseModel):
    kind: Literal["cat"] = "cat"
    lives: int


class Dog(BaseModel):
    kind: Literal["dog"] = "dog"
    tricks: list[str]


class Page(BaseModel, Generic[T]):
    items: list[T]


class Tree(BaseModel):
    name: str
    children: list[Tree] = []


class Lenient(BaseModel):
    note: str = "none"


@dataclasses.dataclass
class Data:
    number: int
    when: date | None = None


@pydantic.dataclasses.dataclass
class PydanticData:
    number: int = Field(ge=1)


class Typed(typing.TypedDict):
    number: int


class TypedToo(typing_extensions.TypedDict, total=False):
    number: typing_extensions.Required[int]
    when: date


class Point(NamedTuple):
    x: int
    y: int = 0


Untyped = collections.namedtuple("Untyped", "x y")


@attrs.define
class Attrs:
    number: int = attrs.field(validator=attrs.validators.gt(0))
    tags: list[str] = attrs.Factory(list)
    _secret: str = "s"


@attrs.frozen
class AttrsTree:
    name: str
    children: list[AttrsTree] = attrs.field(factory=list)
    when: datetime | None = None


@attrs.define
class Box(Generic[T]):
    content: T


class Struct(msgspec.Struct, rename="camel"):
    item_count: Annotated[int, msgspec.Meta(ge=1)]
    note: str = "none"
    parts: list[str] = []
    extra: int | msgspec.UnsetType = msgspec.UNSET


class Get(msgspec.Struct, tag=True):
    key: str


class Put(msgspec.Struct, tag=True, forbid_unknown_fields=True):
    key: str
    value: int


class Mixed(msgspec.Struct):
    model: Model
    attrs_one: Attrs
    point: Point


class Colour(Enum):
    RED = "red"


class Plain:
    def __init__(self, number: int) -> None:
        self.number = number


class HasNumber(Protocol):
    number: int


class WithFunction(BaseModel):
    function: Callable[[], int]


Alias = NewType("Alias", Model)
Lazy = typing_extensions.TypeAliasType("Lazy", "Model | Other")


class Extra(BaseModel):
    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, int]
    name: str = Field(alias="the $name (of it)")


Pet = Annotated[Cat | Dog, Field(discriminator="kind")]
Tagged = Annotated[
    Annotated[Model, Tag("m")] | Annotated[Other, Tag("o")],
    Discriminator(lambda value: "o" if "word" in value else "m"),
]

CASES: list[tuple[Any, Any, Any, Any]] = [
    # annotation, what a trigger carries, what the handler gets, what is refused
    (Model, {"number": 1}, Model(number=1), {"number": "x"}),
    (Model | None, {"number": 1}, Model(number=1), {"number": "x"}),
    (Model | None, {}, None, {"number": "x"}),
    (Optional[Model], {}, None, {"note": 1}),  # noqa: UP045
    (Lenient | None, {}, Lenient(), {"note": 1}),
    (Model | Other, {"word": "w"}, Other(word="w"), {"letter": "w"}),
    (Union[Model, Other, None], {}, None, {"letter": "w"}),  # noqa: UP007
    (Model | Data, {"number": 1, "note": "n"}, Model(number=1, note="n"), {"number": "x"}),
    (Pet, {"kind": "dog", "tricks": ["sit"]}, Dog(tricks=["sit"]), {"kind": "cow"}),
    (Pet, {"kind": "cat", "lives": 9}, Cat(lives=9), {"lives": 9}),
    (Pet | None, {}, None, {"kind": "cow"}),
    (Tagged, {"word": "w"}, Other(word="w"), {"word": 1}),
    (Annotated[Model, "a note"], {"number": 1}, Model(number=1), {}),
    (Annotated[Model | None, Field(description="d")], {}, None, {"number": "x"}),
    (Alias, {"number": 1}, Model(number=1), {}),
    (Lazy, {"word": "w"}, Other(word="w"), {}),
    (Page[Model], {"items": [{"number": 1}]}, Page[Model](items=[Model(number=1)]), {"items": [{}]}),
    (Page, {"items": [1, "a"]}, Page(items=[1, "a"]), {"items": 1}),
    (
        Tree,
        {"name": "a", "children": [{"name": "b"}]},
        Tree(name="a", children=[Tree(name="b")]),
        {"name": 1},
    ),
    (RootModel[dict[str, int]], {"a": 1}, RootModel[dict[str, int]]({"a": 1}), {"a": "x"}),
    (Data, {"number": 1, "when": "2026-01-02"}, Data(1, date(2026, 1, 2)), {"when": "2026-01-02"}),
    (Data | None, {}, None, {"number": "x"}),
    (PydanticData, {"number": 1}, PydanticData(number=1), {"number": 0}),
    (Typed, {"number": 1}, {"number": 1}, {}),
    (TypedToo, {"number": 1, "when": "2026-01-02"}, {"number": 1, "when": date(2026, 1, 2)}, {"number": "x"}),
    (Typed | None, {}, None, {"number": "x"}),
    (Point, {"x": 1}, Point(1), {"x": "a"}),
    (Point | None, {}, None, {"x": "a"}),
    (Untyped, {"x": 1, "y": "a"}, Untyped(1, "a"), {"x": 1}),
    (Attrs, {"number": 1, "secret": "t"}, Attrs(1, [], "t"), {"number": 0}),
    (Attrs | None, {}, None, {"number": "x"}),
    (Attrs | Point, {"x": 1}, Point(1), {"z": 1}),
    (
        AttrsTree,
        {"name": "a", "children": [{"name": "b"}]},
        AttrsTree("a", [AttrsTree("b")]),
        {"name": "a", "children": [{}]},
    ),
    (Box[Model], {"content": {"number": 1}}, Box(Model(number=1)), {"content": {}}),
    (Struct, {"itemCount": 1}, Struct(1), {"itemCount": 0}),
    (Get | Put, {"type": "Put", "key": "k", "value": 1}, Put("k", 1), {"type": "Put", "key": "k"}),
    (Put, {"type": "Put", "key": "k", "value": 1}, Put("k", 1), {"key": "k", "value": 1}),
    (
        Mixed,
        {"model": {"number": 1}, "attrs_one": {"number": 2}, "point": [3, 4]},
        Mixed(Model(number=1), Attrs(2), Point(3, 4)),
        {"model": {"number": 1}, "attrs_one": {}, "point": [3, 4]},
    ),
    (
        Extra,
        {"the $name (of it)": "n", "z": 1},
        Extra(**{"the $name (of it)": "n", "z": 1}),
        {"the $name (of it)": "n", "z": "x"},
    ),
    (RootModel[Model | None], {}, RootModel[Model | None](None), {"number": "x"}),
    (dict[str, int], {"a": 1}, {"a": 1}, {"a": "x"}),
    (dict[str, Model], {"a": {"number": 1}}, {"a": Model(number=1)}, {"a": {}}),
    (dict[str, Attrs | None], {"a": None}, {"a": None}, {"a": {}}),
    (dict[int, str], {"1": "a"}, {1: "a"}, {"x": "a"}),
    (dict[Literal["a", "b"], int], {"a": 1}, {"a": 1}, {"c": 1}),
    (dict[str, int] | None, {}, {}, {"a": "x"}),
    (typing.Dict[str, int], {"a": 1}, {"a": 1}, {"a": "x"}),  # noqa: UP006
    (Mapping[str, Decimal], {"a": "1.5"}, {"a": Decimal("1.5")}, {"a": "x"}),
    (collections.OrderedDict[str, int], {"a": 1}, {"a": 1}, {"a": "x"}),
    (collections.Counter[str], {"a": 1}, {"a": 1}, {"a": "x"}),
    (Annotated[dict[str, int], Field(min_length=1)], {"a": 1}, {"a": 1}, {}),
]

OPEN: list[Any] = [
    *(
        Any,
        object,
        dict,
        dict[str, Any],
        dict[str, object],
        Mapping,
        Mapping[str, Any],
        MutableMapping[str, Any],
    ),
    *(typing.Dict, typing.Dict[str, Any], dict[str, Any] | None, Any | None, Optional[object]),  # noqa: UP006, UP045
]

REFUSED: list[Any] = [
    *(int, str, bool, float, bytes, date, Decimal, Colour, Literal["a"], type(None), int | None),
    *(
        list,
        list[Model],
        list[dict[str, Any]],
        tuple[int, str],
        set[str],
        typing.Sequence[Model],
        typing.Iterable[Model],
    ),
    *(
        Model | list[Model],
        list[Model] | None,
        Model | str,
        Annotated[str, Field(min_length=1)],
        RootModel[list[int]],
    ),
    *(
        Plain,
        Plain | None,
        HasNumber,
        type,
        type[Model],
        Callable,
        Callable[[], int],
        WithFunction,
        Json[Model],
        T,
    ),
    *(BaseModel, dict[str, Plain], NewType("Id", str), BaseModel | int, typing.NoReturn, 5, Model(number=1)),
]


def workflow_of(annotation: Any, got: list[Any]) -> Workflow:
    async def handler(payload: Any, step: Step) -> None:
        async def render() -> dict[str, Any]:
            got.append(payload)
            return {"body": "sent"}

        await step.sms("sms", render)

    handler.__annotations__["payload"] = annotation
    return workflow("typed")(handler)


def named(rows: Sequence[tuple[Any, ...]]) -> list[Any]:
    """Give each row the name of its type, the same in every process."""
    names = (re.sub(rf" at 0x\w+|{re.escape(__name__)}\.", "", str(row[0])) for row in rows)
    return [
        pytest.param(*row, id=f"{index} {name}")
        for index, (row, name) in enumerate(zip(rows, names, strict=True))
    ]


@walked(("annotation", "payload", "expected", "refused"), named(CASES), size=15)
def test_a_type_that_is_an_object_in_json_is_checked_and_built(
    annotation: Any, payload: Any, expected: Any, refused: Any
) -> None:
    got: list[Any] = []
    made = workflow_of(annotation, got)
    bridge = RequestHandler([made], Client(secret_key="k"))
    json.dumps(asyncio.run(bridge.discover()))
    # what cannot be previewed, nobody can look at
    preview = asyncio.run(execute(made, "sms", {"controls": {}, "state": []}, "preview"))
    assert preview.outputs == {"body": "sent"}

    with NovuSimulator() as novu:
        novu.register(made)
        ann = {"subscriberId": "ann", "phone": "+4312345"}
        run = novu.trigger("typed", to=ann, payload=payload).run
        assert run.status == "completed", novu.timeline()
        novu.trigger("typed", to=ann, payload=made.validate_payload(expected))
        wrong = novu.trigger("typed", to=ann, payload=refused).run
        assert (wrong.status, wrong.messages) == ("failed", [])

    _, first, second = got
    assert (first, second) == (expected, expected)
    assert type(first) is type(expected) or isinstance(expected, dict)


@walked("annotation", named([(one,) for one in OPEN]))
def test_a_type_that_says_no_more_than_object_is_no_schema(annotation: Any) -> None:
    got: list[Any] = []
    made = workflow_of(annotation, got)
    assert made.payload_schema.source is None
    asyncio.run(execute(made, "sms", {"payload": {"a": [1]}, "controls": {}, "state": []}))
    assert got == [{"a": [1]}]


@walked("annotation", named([(one,) for one in REFUSED]))
@walked("parameter", ["payload", "controls", "env"])
def test_another_type_is_refused_when_the_function_is_decorated(parameter: str, annotation: Any) -> None:
    def handler(**kwargs: Any) -> None: ...

    exec(f"def handler({parameter}, step): ...", scope := {"__name__": __name__})
    scope["handler"].__annotations__[parameter] = annotation
    with pytest.raises(
        (TypeError, ValueError), match=rf"workflow `w`: `{parameter}` of `handler` .* dict\[str"
    ):
        workflow("w")(scope["handler"])


@pytest.mark.parametrize(("annotation", "given", "expected", "refused"), named(CASES))
async def test_controls_and_env_are_annotated_alike(
    annotation: Any, given: Any, expected: Any, refused: Any, caplog: pytest.LogCaptureFixture
) -> None:
    got: list[Any] = []

    async def handler(step: Step, env: Any) -> None:
        def render(controls: Any) -> dict[str, Any]:
            got.extend([controls, env])
            return {"body": "sent"}

        render.__annotations__["controls"] = annotation
        await step.sms("sms", render)

    handler.__annotations__["env"] = annotation
    made = workflow("typed")(handler)
    event = copy.deepcopy({"payload": {}, "controls": given, "env": given, "state": []})
    await execute(made, "sms", event)
    assert got == [expected, expected]
    assert caplog.messages == []


async def test_the_defaults_of_optional_controls_are_compiled() -> None:
    class Controls(BaseModel):
        subject: str = "Hi {{ payload.name }}"

    @workflow("optional")
    async def made(step: Step) -> None:
        def render(controls: Controls | None) -> dict[str, Any]:
            return {"body": controls.subject if controls else "no controls"}

        await step.sms("sms", render)

    answer = await execute(made, "sms", {"payload": {"name": "Ann"}, "controls": {}, "state": []})
    assert answer.outputs == {"body": "Hi Ann"}
    assert (
        made.steps["sms"].controls.json_schema["properties"]["subject"]["default"] == "Hi {{ payload.name }}"
    )


def test_controls_of_a_wrong_type_are_refused_with_their_line() -> None:
    @workflow("wrong")
    async def made(step: Step) -> None:
        def render(controls: list[int]) -> dict[str, Any]:
            return {"body": "x"}

        await step.sms("sms", render)

    with pytest.raises(
        WorkflowDiscoveryError, match=r"test_annotations.py:\d+ .*list\[int\] is not an object in JSON"
    ):
        made.discover()


def test_a_bound_value_of_a_resolver_is_not_its_controls() -> None:
    @workflow("bound")
    async def made(step: Step) -> None:
        def render(number: int = 5) -> dict[str, Any]:
            return {"body": str(number)}

        await step.sms("sms", render)

    assert made.steps["sms"].controls.source is None


def test_a_class_that_is_defined_further_down_is_found_on_first_use() -> None:
    @workflow("later")
    async def made(payload: Later | None, step: Step) -> None:
        await step.sms("sms", lambda: {"body": "x"})

    assert made.validate_payload({"inner": {"number": 1}}) == {"inner": {"number": 1}}
    with pytest.raises(WorkflowPayloadInvalidError, match="/inner/number"):
        made.trigger("ann", {"inner": {"number": "x"}})


class Later(BaseModel):
    inner: Inner


class Inner(BaseModel):
    number: int


def test_a_name_that_only_type_checkers_know_is_refused_on_first_use() -> None:
    @workflow("hidden")
    async def made(payload: Hidden, step: Step) -> None: ...

    for use in (made.discover, lambda: made.trigger("ann", {}), lambda: RequestHandler([made], Client("k"))):
        with pytest.raises(TypeError, match=r"names `Hidden`, .* outside of `if TYPE_CHECKING:`"):
            use()
