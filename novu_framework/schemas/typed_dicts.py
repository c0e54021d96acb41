"""`typing.TypedDict` for pydantic, which before Python 3.12 reads only the one of typing_extensions."""

from __future__ import annotations

import sys
import types
import typing
from typing import Annotated, Any, get_args, get_origin

from typing_extensions import NotRequired, Required, TypedDict, get_type_hints


def readable_by_pydantic(source: Any) -> Any:
    """Return the same type with every `typing.TypedDict` in it made anew by typing_extensions, where that is needed."""
    return source if sys.version_info >= (3, 12) else _Rewriting().apply(source)


_new_typed_dict: Any = TypedDict  # its names are known only at run time, which type checkers refuse


class _Rewriting:
    def __init__(self) -> None:
        self._made: dict[Any, Any] = {}

    def apply(self, hint: Any) -> Any:
        if typing.is_typeddict(hint):
            return self._made.get(hint) or self._typed_dict(hint)
        origin, arguments = get_origin(hint), get_args(hint)
        if not arguments or origin is typing.Literal:
            return hint
        if origin is Annotated:
            annotated: Any = Annotated
            return annotated.__class_getitem__((self.apply(arguments[0]), *hint.__metadata__))
        changed = tuple(self.apply(argument) for argument in arguments)
        if all(new is old for new, old in zip(changed, arguments, strict=True)):
            return hint
        if origin is types.UnionType:
            return typing.Union[changed]  # noqa: UP007  (the members are known only now)
        return hint.copy_with(changed) if hasattr(hint, "copy_with") else types.GenericAlias(origin, changed)

    def _typed_dict(self, source: Any) -> Any:
        made: Any = _new_typed_dict(source.__name__, {})
        self._made[source] = made  # before its members, which may hold it again
        members = {
            name: self._member(source, name, hint)
            for name, hint in get_type_hints(source, include_extras=True).items()
        }
        shaped: Any = _new_typed_dict(source.__name__, members)
        made.__annotations__ = shaped.__annotations__
        made.__required_keys__, made.__optional_keys__ = shaped.__required_keys__, shaped.__optional_keys__
        for attribute in ("__doc__", "__module__", "__qualname__"):
            setattr(made, attribute, getattr(source, attribute))
        if hasattr(source, "__pydantic_config__"):
            made.__pydantic_config__ = source.__pydantic_config__
        return made

    def _member(self, source: Any, name: str, hint: Any) -> Any:
        origin = get_origin(hint)
        if origin in (Required, NotRequired):
            return origin[self.apply(get_args(hint)[0])]
        wrapper: Any = Required if name in source.__required_keys__ else NotRequired
        return wrapper[self.apply(hint)]
