"""The engine for controls: LiquidJS with Novu's own filters and printing."""

from __future__ import annotations

from novu_framework.liquid.filters import FILTERS
from novu_framework.liquid.printing import printed
from novu_framework.npm.liquidjs.engine import Engine
from novu_framework.npm.liquidjs.limits import Limits


def create_engine(*, limits: Limits | None = None) -> Engine:
    """Return an engine with the default limits or others.

    >>> create_engine().from_string("{{ 1 | divided_by: 3.0 }}").render()
    '0.3333333333333333'
    >>> engine = create_engine(limits=Limits(rounds=100))
    >>> engine.from_string("{% for i in (1..9) %}{{ i }}{% endfor %}").render()
    '123456789'
    """
    return Engine(limits, filters=FILTERS, output_escape=printed)
