"""Types made anew for pydantic where it does not read them as they are meant.

Before Python 3.12 it reads only the TypedDict of typing_extensions. It does not know the classes of attrs and msgspec,
and takes a NamedTuple for an array. All become TypedDicts, of which instances are made once they are checked.
"""

from __future__ import annotations

import sys
import types
import typing
from typing import Annotated, Any, get_args, get_origin

from pydantic import AfterValidator, ConfigDict, Field, WrapSerializer
from typing_extensions import NotRequired, Required, TypedDict, get_type_hints

from novu_framework.schemas.fielded import (
    REQUIRED,
    fields_of,
    is_fielded,
    is_named_tuple,
    made_of,
    readable_metadata,
    values_of,
)


def readable_by_pydantic(source: Any) -> Any:
    """Return the same type with what pydantic does not read made anew."""
    return _Rewriting().apply(source, is_object=True)


_new_typed_dict: Any = TypedDict  # its names are known only at run time, which type checkers refuse
_annotated: Any = Annotated
_UNIONS: Any = (typing.Union, types.UnionType)


def _named(cls: Any, function: Any) -> Any:
    function.__name__ = function.__qualname__ = cls.__name__  # as pydantic's errors show it
    return function


class _Rewriting:
    def __init__(self) -> None:
        self._made: dict[Any, Any] = {}

    def apply(self, hint: Any, *, is_object: bool = False) -> Any:
        """Return the type made anew; with ``is_object`` a NamedTuple is the object that it names, else an array."""
        if typing.is_typeddict(hint) and sys.version_info < (3, 12):
            return self._made.get(hint) or self._typed_dict(hint)
        origin: Any = get_origin(hint)
        arguments = get_args(hint)
        cls = origin or hint
        if is_fielded(cls) and (is_object or not is_named_tuple(cls)):
            return self._made.get(hint) or self._fielded(hint)
        if not arguments or origin is typing.Literal:
            return hint
        if origin is Annotated:
            parts = (
                self.apply(arguments[0], is_object=is_object),
                *map(readable_metadata, hint.__metadata__),
            )
            return _annotated[parts]
        is_object = is_object and origin in _UNIONS
        changed = tuple(self.apply(argument, is_object=is_object) for argument in arguments)
        if all(new is old for new, old in zip(changed, arguments, strict=True)):
            return hint
        if origin is types.UnionType:
            return typing.Union[changed]  # noqa: UP007  (the members are known only now)
        return hint.copy_with(changed) if hasattr(hint, "copy_with") else types.GenericAlias(origin, changed)

    def _fielded(self, source: Any) -> Any:
        cls = get_origin(source) or source
        twin: Any = _new_typed_dict(cls.__name__, {})
        fields = fields_of(source)
        made = self._made[source] = _annotated[
            twin,
            AfterValidator(_named(cls, lambda values: made_of(cls, fields, values))),
            WrapSerializer(lambda value, handler: handler(values_of(value, cls, fields))),
        ]
        members = {}
        for field in fields:
            hint = self.apply(field.hint)
            if field.default is not REQUIRED:
                hint = _annotated[hint, Field(default=field.default)]
            members[field.alias] = hint if field.is_required else NotRequired[hint]
        forbids = getattr(getattr(cls, "__struct_config__", None), "forbid_unknown_fields", False)
        twin.__pydantic_config__ = ConfigDict(extra="forbid" if forbids else "ignore")
        self._shape(twin, members, cls)
        return made

    def _typed_dict(self, source: Any) -> Any:
        made: Any = _new_typed_dict(source.__name__, {})
        self._made[source] = made  # before its members, which may hold it again
        members = {
            name: self._member(source, name, hint)
            for name, hint in get_type_hints(source, include_extras=True).items()
        }
        if hasattr(source, "__pydantic_config__"):
            made.__pydantic_config__ = source.__pydantic_config__
        self._shape(made, members, source)
        return made

    def _shape(self, made: Any, members: dict[str, Any], source: Any) -> None:
        shaped: Any = _new_typed_dict(source.__name__, members)
        made.__annotations__ = shaped.__annotations__
        made.__required_keys__, made.__optional_keys__ = shaped.__required_keys__, shaped.__optional_keys__
        for attribute in ("__doc__", "__module__", "__qualname__"):
            setattr(made, attribute, getattr(source, attribute))
        if (made.__doc__ or "").startswith(f"{source.__name__}("):  # written by Python, not by the user
            made.__doc__ = None

    def _member(self, source: Any, name: str, hint: Any) -> Any:
        origin = get_origin(hint)
        if origin in (Required, NotRequired):
            return origin[self.apply(get_args(hint)[0])]
        wrapper: Any = Required if name in source.__required_keys__ else NotRequired
        return wrapper[self.apply(hint)]
