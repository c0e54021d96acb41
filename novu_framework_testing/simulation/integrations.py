"""Integrations: the accounts with providers that carry the messages, and which of them carries one.

Nobody has to set one up. Until a test or the API adds an integration to a channel, whichever provider a message
names carries it; an email that names none goes by Novu's own provider.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal, NamedTuple, Protocol

from novu_framework._internal.suggestions import ending, known_names
from novu_framework.steps.kinds import CHANNELS, KINDS
from novu_framework_testing.simulation.clock import Clock
from novu_framework_testing.simulation.conditions import holds
from novu_framework_testing.simulation.ids import Ids
from novu_framework_testing.simulation.integration_conditions import (
    RUNTIME_NAMESPACES,
    conditions_match,
    rules_problem,
)
from novu_framework_testing.simulation.provider_failures import ProviderFailures, known_channel
from novu_framework_testing.simulation.provider_names import provider_name
from novu_framework_testing.simulation.tenants import Tenant

WITH_PRIMARY = ("email", "sms")
"""The channels that have one primary integration; in the others the newest active one carries."""

NOVUS_OWN = {"in_app": "Novu Inbox", "email": "Novu Email", "sms": "Novu SMS"}
"""What a new environment has from the start, by its name."""


@dataclass(eq=False)
class Integration:
    """An account with a provider.

    Attributes:
        id: Novu's own id, 24 hex digits; `identifier` is the one for people and for overrides.
        provider_id, channel: Such as `sendgrid` and `email`.
        name: For people.
        active: An integration that is not active carries nothing.
        primary, priority: Of email and sms one is primary: it carries what no other is chosen for.
        credentials, configurations: What the provider needs, such as `from` or `apiKey`.
        conditions: Filters over the tenant of a trigger, as the API has them. Where they hold it wins over the primary one.
        rules: JSON-Logic over `subscriber`, `context` and `workflow`. Where it holds it wins too, and it carries nothing
            where it does not.
    """

    id: str
    identifier: str
    provider_id: str
    channel: str
    name: str
    created_at: datetime
    updated_at: datetime
    active: bool = True
    primary: bool = False
    priority: int = 0
    credentials: dict[str, Any] = field(default_factory=dict)
    configurations: dict[str, Any] = field(default_factory=dict)
    conditions: list[dict[str, Any]] = field(default_factory=list)
    rules: dict[str, Any] = field(default_factory=dict)

    def __repr__(self) -> str:
        notes = "".join([", primary" if self.primary else "", "" if self.active else ", inactive"])
        return f"<Integration {self.identifier!r} of {self.provider_id} for {self.channel}{notes}>"


class Choice(NamedTuple):
    """The integration that carries a message, or why none does.

    Attributes:
        integration: None where there is none.
        why: `missing` where none is active, `withheld` where its rules do not hold, `invalid` where they cannot be read.
    """

    integration: Integration | None
    why: Literal["missing", "withheld", "invalid"] = "missing"


class Facts(Protocol):
    """The facts that conditions and rules are asked about."""

    @property
    def tenant(self) -> Tenant | None:
        """The tenant of the trigger."""
        ...

    def rule_data(self) -> Mapping[str, Any]:
        """Return `subscriber`, `context`, `workflow` and `payload`, which rules look into."""
        ...


class Integrations:
    """The integrations by id, in the order in which they were added; `failures` are the providers that fail on purpose.

    >>> from novu_framework_testing import NovuSimulator
    >>> with NovuSimulator() as novu:
    ...     _ = novu.integrations.add("sendgrid", identifier="eu", credentials={"from": "hello@acme.test"})
    ...     [one.identifier for one in novu.integrations]
    ['novu-inbox', 'novu-email', 'novu-sms', 'eu']
    """

    def __init__(self, clock: Clock, ids: Ids) -> None:
        self._clock = clock
        self._ids = ids
        self._kept: dict[str, Integration] = {}
        self._stand_ins: dict[tuple[str, str], Integration] = {}
        self._set_up: set[str] = set()
        self.failures: Final = ProviderFailures()

    # --- what there is -----------------------------------------------------------------------------

    def __iter__(self) -> Iterator[Integration]:
        """Each integration, Novu's own first."""
        self._own()
        return iter(list(self._kept.values()))

    def __len__(self) -> int:
        return len(list(iter(self)))

    def get(self, name: str) -> Integration | None:
        """Return an integration by its id or identifier, or None."""
        return next((one for one in self if name in (one.id, one.identifier)), None)

    def __getitem__(self, name: str) -> Integration:
        """Return an integration by its id or identifier. Raises `KeyError` naming those that there are."""
        found = self.get(name)
        if found is None:
            known = known_names(name, [one.identifier for one in self])
            raise KeyError(f"There is no integration {name!r}; there are: {known}")
        return found

    # --- change it ---------------------------------------------------------------------------------

    def add(
        self,
        provider_id: str,
        channel: str | None = None,
        *,
        identifier: str | None = None,
        name: str | None = None,
        active: bool = True,
        primary: bool = True,
        credentials: Mapping[str, Any] | None = None,
        configurations: Mapping[str, Any] | None = None,
        conditions: Iterable[Mapping[str, Any]] = (),
        rules: Mapping[str, Any] | None = None,
    ) -> Integration:
        """Add an integration and return it.

        Args:
            provider_id: Such as `sendgrid`, `twilio`, `fcm`, `slack`.
            channel: Only for a provider of two channels, or one that Novu does not know.
            identifier: What overrides name it by; made up if absent.
            name: For people.
            active: Whether it carries messages.
            primary: Of email and sms: carry what no other is chosen for, in place of the present one.
            credentials: What the provider needs; `from` is the sender of emails and sms.
            configurations: More of it.
            conditions: Filters over the tenant of a trigger:
                `[{"children": [{"on": "tenant", "field": "identifier", "operator": "EQUAL", "value": "acme"}]}]`.
            rules: JSON-Logic over `subscriber`, `context`, `workflow` and `payload`:
                `{"==": [{"var": "context.tenant.id"}, "acme"]}`.

        Raises:
            ValueError: An unknown channel, a provider of several without a channel, or an identifier that is taken.
        """
        if identifier is not None and self.get(identifier) is not None:
            raise ValueError(f"There is an integration {identifier!r} here already; identifiers are unique.")
        one = self._make(provider_id, channel or _channel_of(provider_id), identifier, name)
        one.active = active
        one.credentials, one.configurations = dict(credentials or {}), dict(configurations or {})
        one.conditions = [dict(condition) for condition in conditions]
        one.rules = dict(rules or {})
        self._own()
        if active and one.channel in WITH_PRIMARY:
            self._take_rank(one)
        self._kept[one.id] = one
        self._set_up.add(one.channel)
        if primary and active and not one.conditions and not one.rules:
            self.set_primary(one)
        return one

    def update(self, one: Integration, **changes: Any) -> None:
        """Change `name`, `identifier`, `active`, `credentials`, `configurations`, `conditions` or `rules`.

        One that is deactivated, or that gets conditions, is primary no more.
        """
        toggled = bool(changes.get("active", one.active)) != one.active
        if toggled or changes.get("conditions") or changes.get("rules"):
            self._set_up.add(one.channel)
        for name, value in changes.items():
            setattr(one, name, value)
        one.updated_at = self._clock.now
        if one.channel not in WITH_PRIMARY:
            return
        if toggled and one.active:
            self._take_rank(one, may_lead=False)
        elif toggled:
            one.primary, one.priority = False, 0
            self._rank_anew(one.channel)
        if changes.get("conditions") and one.primary:
            one.primary = False
            self._rank_anew(one.channel, first=one)

    def set_primary(self, one: Integration) -> None:
        """Make an email or sms integration the primary one, active and without conditions."""
        if one.channel not in WITH_PRIMARY or one.primary:
            return
        for other in self._of(one.channel):
            other.primary = False
        one.primary, one.active, one.conditions = True, True, []
        one.updated_at = self._clock.now
        self._rank_anew(one.channel, first=one)

    def remove(self, name: str) -> bool:
        """Delete an integration by its id or identifier; tell whether there was one. No other becomes primary."""
        one = self.get(name)
        if one is None:
            return False
        del self._kept[one.id]
        self._set_up.add(one.channel)
        if one.channel in WITH_PRIMARY:
            self._rank_anew(one.channel)
        return True

    def use(self, channel: str, provider_id: str) -> Integration:
        """Have `provider_id` carry `channel`. Raises `ValueError` for an unknown channel."""
        self._own()
        one = next(
            (each for each in self._of(known_channel(channel)) if each.provider_id == provider_id), None
        )
        if one is None:
            return self.add(provider_id, channel)
        self._set_up.add(channel)
        one.active = True
        self.set_primary(one)
        return one

    # --- which one carries a message -----------------------------------------------------------------

    def select(
        self,
        channel: str,
        facts: Facts,
        *,
        provider_id: str | None = None,
        identifier: str | None = None,
        named: Collection[str] = (),
    ) -> Choice:
        """Choose the integration that carries a message of `channel`.

        Args:
            channel: The channel.
            facts: What conditions and rules are asked about.
            provider_id: Only integrations of this provider.
            identifier: The one that an override or an endpoint asks for; no other will do.
            named: The providers that the step has data for. The only one of them carries, as long as nobody set up an
                integration of the channel.
        """
        if identifier is None and channel not in self._set_up:
            only = next(iter(named)) if named and len(set(named)) == 1 else None
            default = provider_id or only or KINDS[channel].default_provider or channel
            return Choice(self._stand_ins.get((channel, default)) or self.stand_in(channel, default))
        fits = [one for one in self._active(channel) if provider_id in (None, one.provider_id)]
        if identifier is not None:
            return self._gated(next((one for one in fits if one.identifier == identifier), None), facts)
        chosen_by = [one for one in fits if one.conditions or one.rules]
        for one in sorted(chosen_by, key=lambda one: -one.priority):
            if self._matches(one, facts):
                return Choice(one)
        if channel in WITH_PRIMARY:
            fits = [one for one in fits if one.primary]
        return self._gated(fits[0] if fits else None, facts)

    def _gated(self, one: Integration | None, facts: Facts) -> Choice:
        """Return an integration that was found otherwise, unless its own rules withhold it."""
        if one is None or not one.rules or self._matches(one, facts):
            return Choice(one)
        return Choice(None, "invalid" if rules_problem(one.rules, RUNTIME_NAMESPACES) else "withheld")

    def _matches(self, one: Integration, facts: Facts) -> bool:
        if one.rules:
            readable = rules_problem(one.rules, RUNTIME_NAMESPACES) is None
            return readable and holds(one.rules, facts.rule_data(), self._clock.now)
        tenant = facts.tenant
        return tenant is not None and conditions_match(one.conditions, {"tenant": tenant.to_dict()})

    def all_active(self, channel: str, named: Iterable[str] = ()) -> list[Integration]:
        """Return every active integration of a channel, for the one that sends by all of them: `tool`."""
        if channel in self._set_up:
            return self._active(channel)[::-1]
        default = KINDS[channel].default_provider or channel
        return [self.stand_in(channel, one) for one in dict.fromkeys(named)] or [
            self.stand_in(channel, default)
        ]

    def is_set_up(self, channel: str) -> bool:
        """Tell whether a test or the API has added an integration to the channel, or taken one away."""
        return channel in self._set_up

    def stand_in(self, channel: str, provider_id: str) -> Integration:
        """Return the integration that carries for a provider as long as nobody set one up."""
        known = self._stand_ins.get((channel, provider_id))
        if channel in self._set_up:
            known = next((one for one in self._of(channel) if one.provider_id == provider_id), known)
        if known is None:
            self._own()
            known = self._stand_ins.get((channel, provider_id)) or self._make(
                provider_id, channel, provider_id, None
            )
            self._stand_ins[channel, provider_id] = known
        return known

    # --- inside ----------------------------------------------------------------------------------------

    def _own(self) -> None:
        """Make Novu's own integrations, the first time that anyone looks."""
        if self._kept or self._set_up:
            return
        for channel, name in NOVUS_OWN.items():
            provider_id = KINDS[channel].default_provider or channel
            one = self._make(provider_id, channel, name.lower().replace(" ", "-"), name)
            self._stand_ins[channel, provider_id] = one
            one.primary = channel in WITH_PRIMARY
            one.priority = int(one.primary)
            self._kept[one.id] = one

    def _make(self, provider_id: str, channel: str, identifier: str | None, name: str | None) -> Integration:
        id, now = self._ids("integration"), self._clock.now
        shown = name or provider_name(provider_id)
        slug = re.sub(r"[^a-z0-9]+", "-", shown.lower()).strip("-")
        made = identifier or f"{slug}-{id[-8:]}"
        return Integration(id, made, provider_id, known_channel(channel), shown, now, now)

    def _of(self, channel: str) -> list[Integration]:
        """Those of a channel, the newest first."""
        return [one for one in reversed(self._kept.values()) if one.channel == channel]

    def _active(self, channel: str) -> list[Integration]:
        return [one for one in self._of(channel) if one.active]

    def _take_rank(self, one: Integration, *, may_lead: bool = True) -> None:
        """Give an integration its priority: right below the primary one, or above all where none is primary."""
        highest = max(
            (other for other in self._active(one.channel) if other is not one),
            key=lambda other: other.priority,
            default=None,
        )
        if highest is not None and highest.primary:
            one.priority = highest.priority
            highest.priority += 1
        else:
            one.priority = highest.priority + 1 if highest else 1
            one.primary = may_lead or one.primary

    def _rank_anew(self, channel: str, first: Integration | None = None) -> None:
        """Number the active integrations of a channel again, by priority, `first` above all."""
        ranked = sorted(self._active(channel), key=lambda one: (one is not first, -one.priority))
        for position, one in enumerate(ranked):
            one.priority = len(ranked) - position


def _channel_of(provider_id: str) -> str:
    channels = [channel for channel in CHANNELS if provider_id in KINDS[channel].provider_schemas]
    if len(channels) == 1:
        return channels[0]
    if channels:
        said = f"is one of {' and '.join(channels)}."
    else:
        known = (one for channel in CHANNELS for one in KINDS[channel].provider_schemas)
        said = f"is not one that Novu knows{ending(provider_id, known)}"
    raise ValueError(
        f"The provider {provider_id!r} {said} Say for which channel it is: `add({provider_id!r}, 'email')`."
    )
