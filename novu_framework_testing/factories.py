"""Made-up subscribers and payloads that look real, the same for the same seed.

The `novu_faker` fixture is a `NovuFaker` that is seeded with the test's own id, so that a test that fails does so again
with the same data. A payload is made from the JSON Schema of a workflow, a pydantic model, a dataclass, a TypedDict or
a dict, with values that go by the names of its fields, and it always fits that schema.

    >>> faker = NovuFaker(seed="docs")
    >>> schema = {"type": "object", "properties": {"email": {"type": "string", "format": "email"}}, "required": ["email"]}
    >>> "@" in faker.payload(schema)["email"]
    True
    >>> NovuFaker(seed=7).subscriber() == NovuFaker(seed=7).subscriber()
    True
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from novu_framework._internal.cached import cached_property
from novu_framework._internal.suggestions import known_names
from novu_framework.errors import MissingDependencyError
from novu_framework.npm.mock_data import Position
from novu_framework.schemas import JsonSchema, Schema
from novu_framework.subscriber import Subscriber
from novu_framework_testing.data_kinds import DataKind, maker_of
from novu_framework_testing.faker_maker import FakerMaker
from novu_framework_testing.regions import phone_number, region_of, zone

if TYPE_CHECKING:
    from faker import Faker

    from novu_framework.workflow import Workflow

_ATTEMPTS = 100
_MORE_MEMBERS = {"patternProperties", "allOf", "anyOf", "oneOf", "if", "dependencies", "$ref"}
_NAMES: JsonSchema = {
    "type": "object",
    "properties": {name: {"type": "string", "maxLength": 60} for name in ("firstName", "lastName")},
    "required": ["firstName", "lastName"],
}


class NovuFaker:
    """Makes subscribers and payloads for tests.

    Args:
        seed: The same seed makes the same data in the same order; without one it differs from run to run.
        locale: A locale such as `de_AT` or `ja_JP`: phone numbers and time zones are of that place, names and cities too, or of the
            nearest that Faker knows.
        data: What the texts are like: `usual`, `long`, `empty`, `right-to-left` or `emoji`, each as far as the schema allows.
    """

    def __init__(
        self, seed: int | str | None = None, locale: str = "en_US", data: DataKind = "usual"
    ) -> None:
        self._seed = seed
        self._locale = locale
        self._data: DataKind = data

    @cached_property
    def fake(self) -> Faker:
        """The seeded `Faker` that the data comes from, for values of your own."""
        try:
            from faker import Faker
        except ModuleNotFoundError:
            raise MissingDependencyError("`NovuFaker`", "faker", "testing") from None

        fake = Faker(_nearest(self._locale))
        fake.seed_instance(random.randrange(2**63) if self._seed is None else self._seed)
        # Faker's own are of the whole world, and in some locales translated
        fake.factories[0].set_formatter("timezone", lambda: zone(self._region, fake.random))
        return fake

    @property
    def _region(self) -> str:
        return region_of(self._locale)

    def subscriber(self, **overrides: Any) -> Subscriber:
        """Make a subscriber with an email address, a phone, a name, a locale and a time zone. Push and chat need `channels`, too.

        Args:
            overrides: Fields that are set to given values, by their Python or their protocol's names.

        Raises:
            ValueError: A subscriber has no such field.

        >>> NovuFaker(seed=1).subscriber(subscriber_id="ann", email=None).subscriber_id
        'ann'
        """
        known = (name for each, field in Subscriber.model_fields.items() for name in (each, field.alias))
        _refuse_unknown("a subscriber", overrides, {*filter(None, known), "channels"})
        with self._seeds() as seed:
            names = self._maker(_NAMES, seed).value(_NAMES, Position())
        first, last = names["firstName"] or None, names["lastName"] or None
        number = self.fake.random.randrange(10_000, 100_000)
        made: dict[str, Any] = {
            "subscriber_id": f"subscriber-{number}",
            "first_name": first,
            "last_name": last,
            "email": f"person.{number}@example.com",
            "phone": phone_number(self._region, self.fake.random),
            "avatar": f"https://example.com/avatars/{number}.png",
            "locale": self._locale,
            "timezone": self.fake.timezone(),
            "data": {},
        }
        return Subscriber.model_validate({**made, **overrides})

    def payload(self, source: Workflow | type[Any] | JsonSchema, **overrides: Any) -> dict[str, Any]:
        """Make a payload as plain JSON data that fits its schema. Optional fields are there or not, by chance.

        Args:
            source: A workflow, a pydantic model, a dataclass, a TypedDict or a JSON Schema dict.
            overrides: Top-level fields that are set to given values; the values are not checked.

        Raises:
            ValueError: The schema has no such field, or no payload that fits was found; the message says
                why.
        """
        schema: Schema = getattr(source, "payload_schema", None) or _schema_of(source)
        if schema.source is None:
            return dict(overrides)
        _refuse_unknown("the payload", overrides, _fields_of(schema.json_schema))
        with self._seeds() as seed:
            made = self._fitting(schema, seed)
        return {**made, **overrides}

    def _fitting(self, schema: Schema, seed: str) -> dict[str, Any]:
        wrong, described = "", schema.sample_schema
        attempt, refused = 0, frozenset[str]()
        for _ in range(_ATTEMPTS):
            try:
                made = self._maker(described, f"{seed}-{attempt}", refused).value(described, Position())
            except RecursionError:
                raise ValueError("No payload fits the schema: it requires itself without end.") from None
            plain: dict[str, Any]
            plain, _, issues = schema.validate(made)
            if not issues:
                # the members that a branch of anyOf removed may be some that it counts
                _, _, issues = schema.validate(plain)
            if not issues:
                return plain
            wrong = f"{issues[0].path or 'the payload'} {issues[0].message}"
            names = {name for issue in issues for name in filter(None, issue.path.split("/"))} or {""}
            if self._data == "usual" or refused >= names:  # what is usual does not fit either
                attempt, refused = attempt + 1, frozenset()
            else:
                refused |= names
        raise ValueError(
            f"No payload that fits the schema came up in {_ATTEMPTS} attempts; in the last one, {wrong}. "
            "Give the payload yourself, or say more in the schema, such as `examples` for the field."
        )

    @contextmanager
    def _seeds(self) -> Iterator[str]:
        """Give the seed of one thing to make. What its values are drawn from changes nothing of what is made next."""
        sequence: random.Random = self.fake.random
        seed = f"{sequence.getrandbits(64):x}"
        state = sequence.getstate()
        try:
            yield seed
        finally:
            sequence.setstate(state)

    def _maker(self, schema: JsonSchema, seed: str, refused: frozenset[str] = frozenset()) -> FakerMaker:
        return maker_of(self._data, schema, self.fake, seed, refused)


def _schema_of(source: Any) -> Schema:
    return _schema_of_class(source) if isinstance(source, type) else Schema.of(source)


@lru_cache(maxsize=64)
def _schema_of_class(source: type[Any]) -> Schema:
    return Schema.of(source)


def _fields_of(schema: JsonSchema) -> Collection[str] | None:
    """Return the members of an object of a schema; None where there may be others than it lists."""
    listed: dict[str, Any] = schema.get("properties") or {}
    is_open = schema.get("additionalProperties") or schema.keys() & _MORE_MEMBERS
    return None if is_open or not listed else listed


def _refuse_unknown(what: str, given: Iterable[str], known: Collection[str] | None) -> None:
    for name in given:
        if known is not None and name not in known:
            raise ValueError(f"{what} has no {name!r}; it has {known_names(name, known)}")


def _nearest(locale: str) -> str:
    """Return the locale of Faker with names of people that is nearest to a locale such as `de`, `pt-BR` or `ar_EG`."""
    from faker.config import AVAILABLE_LOCALES

    wanted = locale.replace("-", "_")
    language = wanted.partition("_")[0].lower()
    alike = sorted(known for known in AVAILABLE_LOCALES if known.partition("_")[0] == language)
    candidates = [wanted, f"{language}_{language.upper()}", *alike]
    named = (each for each in candidates if each in alike and find_spec(f"faker.providers.person.{each}"))
    return next(named, "en_US")
