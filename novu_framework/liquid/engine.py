"""The engine for controls: LiquidJS with Novu's own filters."""

from __future__ import annotations

from novu_framework.liquid.filters import FILTERS
from novu_framework.npm.liquidjs.engine import Engine as LiquidEngine


class Engine(LiquidEngine):
    """Parses templates in the dialect of LiquidJS 10 as ``@novu/framework`` sets it up."""

    def setup_tags_and_filters(self, *, extra: bool = False) -> None:
        super().setup_tags_and_filters(extra=extra)
        self.filters.update(FILTERS)
