"""A notification over locales, time zones and kinds of data: the cases of `@pytest.mark.novu_matrix`.

@pytest.mark.novu_matrix
def test_welcome(novu_case, novu_snapshot):
    assert novu_case.trigger(welcome).run == novu_snapshot
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product as combinations
from typing import TYPE_CHECKING, Any, cast, get_args
from zoneinfo import available_timezones

from novu_framework._internal.suggestions import ending
from novu_framework.steps.kinds import KINDS
from novu_framework.subscriber import Subscriber
from novu_framework.workflow import Workflow
from novu_framework_testing.bridges import ProcessBridge
from novu_framework_testing.data_kinds import DataKind
from novu_framework_testing.factories import NovuFaker
from novu_framework_testing.known_locales import locale_problem
from novu_framework_testing.simulation.profiles import timezone

if TYPE_CHECKING:
    from novu_framework.schemas import JsonSchema
    from novu_framework_testing.simulation.runs import Trigger
    from novu_framework_testing.simulation.simulator import NovuSimulator

AXES: dict[str, Sequence[str]] = {
    "locales": ("en_US", "de_DE", "ja_JP", "ar_SA"),
    "timezones": ("UTC", "America/Los_Angeles", "Asia/Kolkata"),
    "data": get_args(DataKind),
}
"""The axes of a matrix, with the values that it has where a test gives none. The first of each is the usual one."""

_CREDENTIALS: dict[str, dict[str, Any]] = {
    "push": {"deviceTokens": ["a-device"]},
    "chat": {"webhookUrl": "https://example.com/webhook"},
}

MOST_CASES = 200
"""A matrix with more cases is refused."""


@dataclass(frozen=True)
class MatrixCase:
    """One case of a matrix, as data.

    Attributes:
        locale, timezone, data: The value of each axis.
        label: What is not usual about it, such as `de_DE-long`; `usual` where everything is.
        place: Its place in the matrix.
    """

    locale: str
    timezone: str
    data: DataKind
    label: str
    place: int

    @property
    def axes(self) -> tuple[tuple[str, str], ...]:
        """The values with the names of their axes, in the order of the axes."""
        return (("locale", self.locale), ("timezone", self.timezone), ("data", self.data))


def matrix_cases(*, product: bool = False, **axes: Sequence[str] | None) -> list[MatrixCase]:
    """List the cases of a matrix: each value once, with the usual ones of the other axes.

    >>> [case.label for case in matrix_cases(locales=["en_US", "de_DE"], data=["usual", "long"])]
    ['usual', 'de_DE', 'America/Los_Angeles', 'Asia/Kolkata', 'long']

    Args:
        product: Every combination of the values instead.
        axes: The values of `locales`, `timezones` and `data`; those of `AXES` where one is not given.

    Raises:
        ValueError: An axis or a value is unknown, there twice or missing, or there are too many cases.
    """
    if unknown := sorted(axes.keys() - AXES.keys()):
        raise ValueError(f"it does not know {', '.join(unknown)}; it takes {', '.join(AXES)} and product")
    if not isinstance(product, bool):
        raise ValueError(f"product is {product!r}: give True or False")
    values = [_values(name, axes.get(name)) for name in AXES]
    usual = tuple(axis[0] for axis in values)
    if product:
        chosen = list(combinations(*values))
    else:
        one_other = (
            (*usual[:place], value, *usual[place + 1 :])
            for place, axis in enumerate(values)
            for value in axis[1:]
        )
        chosen = [usual, *one_other]
    if len(chosen) > MOST_CASES:
        raise ValueError(f"it has {len(chosen)} cases, and takes {MOST_CASES} at most")
    return [
        MatrixCase(locale, timezone, cast(DataKind, data), _label((locale, timezone, data), usual), place)
        for place, (locale, timezone, data) in enumerate(chosen)
    ]


def _values(name: str, given: Sequence[str] | None) -> Sequence[str]:
    values = AXES[name] if given is None else given
    if isinstance(values, str) or not values or not all(isinstance(value, str) and value for value in values):
        raise ValueError(f"{name} is {values!r}: give a list of texts, such as {list(AXES[name][:2])}")
    if len({*values}) < len(values):
        raise ValueError(f"{name} has a value twice: {list(values)}")
    if name == "data" and (unknown := [value for value in values if value not in AXES["data"]]):
        raise ValueError(
            f"there is no data {', '.join(map(repr, unknown))}; there is {', '.join(AXES['data'])}"
        )
    if problem := next(filter(None, map(_PROBLEMS.get(name, _none), values)), None):
        raise ValueError(problem)
    return values


def _timezone_problem(name: str) -> str | None:
    if timezone(name) is None:
        return None
    return f"there is no time zone {name!r}{ending(name, available_timezones())}"


def _none(value: str) -> None:
    return None


_PROBLEMS: dict[str, Callable[[str], str | None]] = {
    "locales": locale_problem,
    "timezones": _timezone_problem,
}
"""What is wrong with a value of an axis, in a sentence."""


def _label(case: Sequence[str], usual: Sequence[str]) -> str:
    """Name a case by what is not usual about it: the names stay when an axis gets another value."""
    return (
        "-".join(value for value, expected in zip(case, usual, strict=True) if value != expected) or usual[-1]
    )


class NovuCase:
    """One case of a matrix: made-up people and payloads of that case, for a simulation.

    What is made up differs between two cases only by what the axis is about: the locale and the time zone are the subscriber's,
    the payload is that of the kind of data.

    Args:
        case: The case.
        novu: The simulation.
        seed: The same seed makes the same data in each case.
    """

    def __init__(self, case: MatrixCase, novu: NovuSimulator, seed: int | str) -> None:
        self.locale: str = case.locale
        self.timezone: str = case.timezone
        self.data: DataKind = case.data
        self.label: str = case.label
        self._novu = novu
        self._people = NovuFaker(seed, case.locale, case.data)
        self._payloads = NovuFaker(seed, data=case.data)

    def subscriber(self, **overrides: Any) -> Subscriber:
        """Make a subscriber with the locale, the time zone and a name of the case; every channel reaches it.

        For push and chat it has credentials: of the simulation's integrations, or of FCM and Slack where it has none.

        Args:
            overrides: Fields that are set to given values.
        """
        made = {"timezone": self.timezone, "channels": list(self._credentials()), **overrides}
        return self._people.subscriber(**made)

    def _credentials(self) -> Iterator[dict[str, Any]]:
        known = self._novu.integrations
        for channel, credentials in _CREDENTIALS.items():
            providers = [one.provider_id for one in known if one.channel == channel and one.active]
            usual = [] if known.is_set_up(channel) else [KINDS[channel].default_provider]
            for provider_id in dict.fromkeys(usual or providers):
                yield {"providerId": provider_id, "credentials": dict(credentials)}

    def payload(
        self, source: str | Workflow[Any] | type[Any] | JsonSchema, **overrides: Any
    ) -> dict[str, Any]:
        """Make a payload of the case's kind of data that fits its schema.

        Args:
            source: A workflow or its id, a pydantic model, a dataclass, a TypedDict or a JSON Schema dict.
            overrides: Top-level fields that are set to given values; the values are not checked.

        Raises:
            UnknownWorkflow: The simulation has no workflow of that id.
            ValueError: The schema has no such field, or no payload that fits was found; the message says why.
        """
        return self._payloads.payload(
            self._described(source) if isinstance(source, str) else source, **overrides
        )

    def _described(self, workflow_id: str) -> Workflow[Any] | JsonSchema:
        """Return what says most of a workflow's payload: its code, or what its bridge shows."""
        known = self._novu.workflow(workflow_id)
        if isinstance(known.bridge, ProcessBridge):
            return known.bridge.workflow
        schema: JsonSchema = (known.definition.get("payload") or {}).get("schema") or {"type": "object"}
        return schema

    def trigger(
        self,
        workflow: str | Workflow[Any],
        payload: Mapping[str, Any] | None = None,
        *,
        to: Any = None,
        **options: Any,
    ) -> Trigger:
        """Trigger a workflow with a subscriber and a payload of the case, as `novu.trigger` does.

        Args:
            workflow: The workflow, which is registered if it is not known, or its id.
            payload: Fields that are set to given values.
            to: Somebody else.
            options: Those of `novu.trigger`.

        Raises:
            ValueError: The payload has no such field.
        """
        return self._novu.trigger(workflow, **self._event(workflow, payload, to), **options)

    async def trigger_async(
        self,
        workflow: str | Workflow[Any],
        payload: Mapping[str, Any] | None = None,
        *,
        to: Any = None,
        **options: Any,
    ) -> Trigger:
        """Trigger a workflow from async code, like `trigger`."""
        return await self._novu.trigger_async(workflow, **self._event(workflow, payload, to), **options)

    def _event(
        self, workflow: str | Workflow[Any], payload: Mapping[str, Any] | None, to: Any
    ) -> dict[str, Any]:
        return {
            "to": self.subscriber() if to is None else to,
            "payload": self.payload(workflow, **(payload or {})),
        }

    def __repr__(self) -> str:
        return f"<NovuCase {self.label}>"
