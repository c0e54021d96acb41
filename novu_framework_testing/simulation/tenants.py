"""Tenants: what a trigger may name, so that an integration is chosen by it. Contexts have taken their place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from novu_framework_testing.simulation.collections import ById


@dataclass(eq=False)
class Tenant:
    """A tenant.

    Attributes:
        id: 24 hex digits; `identifier` is the one that triggers use.
        name: For people.
        data: Values of your own, for the conditions of integrations.
    """

    id: str
    identifier: str
    created_at: datetime
    updated_at: datetime
    name: str | None = None
    data: dict[str, Any] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the tenant as conditions see it."""
        return {"_id": self.id, "identifier": self.identifier, "name": self.name, "data": self.data}


class Tenants(ById[Tenant]):
    """The tenants by identifier. Iterating gives the tenants."""

    def upsert(
        self, identifier: str, *, name: str | None = None, data: Mapping[str, Any] | None = None
    ) -> Tenant:
        """Create the tenant, or change what is given."""
        tenant = self._by_id.get(identifier)
        now = self._clock.now
        if tenant is None:
            tenant = self._by_id[identifier] = Tenant(self._ids("tenant"), identifier, now, now)
        if name is not None:
            tenant.name = name
        if data is not None:
            tenant.data = dict(data)
        tenant.updated_at = now
        return tenant

    def rename(self, tenant: Tenant, identifier: str) -> None:
        """Give a tenant another identifier."""
        del self._by_id[tenant.identifier]
        tenant.identifier = identifier
        self._by_id[identifier] = tenant
