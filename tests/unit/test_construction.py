"""Instances of what does not fit its type: what fits is converted, and the rest is there as it came."""

from __future__ import annotations

import dataclasses
from typing import Annotated, Any, NamedTuple, Union

import attrs
from pydantic import AliasChoices, BaseModel, Field, RootModel
from typing_extensions import TypedDict

from novu_framework.schemas.construction import construct
from tests.tables import walked


class Line(BaseModel):
    text: str = Field(default="none", max_length=3)
    number: int = 1


class Aliased(BaseModel):
    one: int = Field(default=1, alias="One")
    two: int = Field(default=2, alias="Other", validation_alias="Two")
    three: int = Field(default=3, validation_alias=AliasChoices("Three", "III"))
    line: Annotated[Line, Field(description="a line")] = Line()


class Lines(RootModel[list[Line]]):
    pass


class Closed(BaseModel):
    count: int


@dataclasses.dataclass(frozen=True)
class Data:
    number: int
    text: str = "none"
    tags: list[str] = dataclasses.field(default_factory=lambda: ["x"])
    line: Line | None = None


class Typed(TypedDict):
    number: int
    line: Line


class Named(NamedTuple):
    number: int
    line: Line = Line()


@attrs.define
class Bounded:
    number: int = attrs.field(default=1, validator=attrs.validators.lt(5))
    count: int = 2


class Other:
    pass


LONG = {"text": "too long", "number": "2"}
MADE = Line.model_construct(text="too long", number=2)


@walked(
    ("source", "data", "made"),
    [
        (int, "3", 3),
        (int, "three", "three"),
        (Line, {"text": "a", "number": "2"}, Line(text="a", number=2)),
        (Line, LONG, MADE),
        (Line, "text", "text"),
        (Annotated[Line, "a line"], LONG, MADE),
        (Annotated[list[int], Field(max_length=1)], ["1", "b"], [1, "b"]),
        (list[Line], [LONG, 3], [MADE, 3]),
        (list[Line], LONG, LONG),
        (tuple[Line, ...], [LONG], [MADE]),
        (set[int], ["1", "b"], ["1", "b"]),
        (list, {"a": 1}, {"a": 1}),
        (dict[str, Line], {"a": LONG}, {"a": LONG}),
        (Line | None, LONG, MADE),
        (int | str, {"a": 1}, {"a": 1}),
        (Union[int, Line, Closed], {"count": "x", "number": 3, "text": "too long"}, MADE.model_copy(update={"number": 3})),  # noqa: UP007
        (int | list[Line], [LONG], [MADE]),
        (int | None, "text", "text"),
        (Lines, [LONG], [LONG]),
        (Lines, {"a": 1}, {"a": 1}),
        (Typed, {"number": "2", "line": LONG, "more": "3"}, {"number": 2, "line": MADE, "more": "3"}),
        (Named, {"number": "2", "line": LONG}, Named(2, MADE)),
        (Named, {"line": LONG}, {"line": LONG}),
        (Bounded, {"number": 3, "count": "x"}, Bounded(3, "x")),  # type: ignore[arg-type]
        (Bounded, {"number": 7, "count": "x"}, {"number": 7, "count": "x"}),
        (Other, {"a": 1}, {"a": 1}),
    ],
)  # fmt: skip
def test_what_fits_is_converted_and_the_rest_is_as_it_came(source: Any, data: Any, made: Any) -> None:
    got = construct(source, data)
    assert got == made
    assert type(got) is type(made)


def test_a_model_has_its_members_by_the_names_that_they_may_have() -> None:
    made = construct(Aliased, {"One": "5", "Two": "6", "three": "7", "line": LONG, "Other": "8"})
    assert (made.one, made.two, made.three, made.line) == (5, 6, 7, MADE)
    made = construct(Aliased, {"one": "5", "Other": "6", "III": "7", "line": LONG})
    assert (made.one, made.two, made.three, made.line) == (5, 6, 3, MADE)
    made = construct(Aliased, {"line": LONG, "Two": "1", "two": "9"})
    assert (made.one, made.two) == (1, 1)


def test_a_dataclass_has_what_fits_its_defaults_and_nothing_that_is_missing() -> None:
    made, other = (construct(Data, {"text": 3, "line": LONG}) for _ in range(2))
    assert (type(made), made.text, made.line, made.tags) == (Data, 3, MADE, ["x"])
    assert made.tags is not other.tags
    assert not hasattr(made, "number")
    made = construct(Data, {"number": "2", "text": 3, "tags": "none"})
    assert (made.number, made.tags, made.line) == (2, "none", None)
