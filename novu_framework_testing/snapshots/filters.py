"""syrupy's `exclude`, `include` and `matcher`, applied to the content of a step."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

from novu_framework_testing.snapshots.json_text import Placeholder
from novu_framework_testing.snapshots.rendered import RenderedStep, json_leaf, plain_data

PropertyFilter = Callable[..., bool]
PropertyMatcher = Callable[..., Any]
Path = tuple[tuple[Any, type[Any]], ...]


@dataclasses.dataclass(frozen=True)
class Filters:
    """The choice of what to leave out of a step, and of what to put in the place of values that change.

    A path starts at the step (`outputs.data.postId`, `providers.sendgrid.templateId`, `details.sent_at`) or,
    for outputs, at the content itself (`data.postId`): both spellings are tried.
    """

    exclude: PropertyFilter | None = None
    include: PropertyFilter | None = None
    matcher: PropertyMatcher | None = None

    def apply(self, step: RenderedStep) -> RenderedStep:
        """Return `step` with the filters applied, and nothing but JSON data (and `Placeholder`s) in it."""
        return dataclasses.replace(
            step,
            outputs=self._mapping(step.outputs, (("outputs", dict),)),
            providers=self._mapping(step.providers, (("providers", dict),)),
            details=self._mapping(step.details, (("details", dict),)),
        )

    def _mapping(self, data: Mapping[str, Any], path: Path) -> dict[str, Any]:
        return {
            key: self._value(value, (*path, (key, type(value))))
            for key, value in data.items()
            if self._kept(key, path)
        }

    def _value(self, value: Any, path: Path) -> Any:
        value = self._matched(value, path)
        if isinstance(value, Mapping):
            return self._mapping(value, path)
        if isinstance(value, (list, tuple)):
            return [
                self._value(child, (*path, (index, type(child))))
                for index, child in enumerate(value)
                if not self._excluded(index, path)
            ]
        return json_leaf(value)

    def _kept(self, key: str, path: Path) -> bool:
        return not self._excluded(key, path) and (
            self.include is None or any(self.include(prop=key, path=each) for each in _spellings(path))
        )

    def _excluded(self, key: Any, path: Path) -> bool:
        return self.exclude is not None and any(
            self.exclude(prop=key, path=each) for each in _spellings(path)
        )

    def _matched(self, value: Any, path: Path) -> Any:
        if self.matcher is None:
            return value
        for each in _spellings(path):
            replacement = self.matcher(data=value, path=each)
            if replacement is not value:
                try:
                    return plain_data(replacement)
                except TypeError:
                    # syrupy's matchers answer an object whose repr is what to write.
                    return Placeholder(repr(replacement))
        return value


def _spellings(path: Path) -> tuple[Path, ...]:
    return (path, path[1:]) if path[0][0] == "outputs" else (path,)
