"""Who talks, and when it begins."""

from __future__ import annotations

from datetime import datetime, timezone

NINE = datetime(2026, 1, 1, 9, tzinfo=timezone.utc)
ANN = {"subscriberId": "ann", "firstName": "Ann", "lastName": "Berg", "email": "ann@acme.test"}
