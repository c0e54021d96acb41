"""The filters: LiquidJS 10's own, and Novu's four.

Each filter is a function of the piped value and its arguments. A missing argument is `UNDEFINED`; arguments beyond
those a function takes are left out. One that is marked ``with_context`` is given the render's `Context`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from novu_framework.liquid.filters import arrays, dates, html, numbers, novu, strings, urls

FILTERS: Final[dict[str, Callable[..., Any]]] = {
    **html.FILTERS,
    **numbers.FILTERS,
    **urls.FILTERS,
    **arrays.FILTERS,
    **dates.FILTERS,
    **strings.FILTERS,
    **novu.FILTERS,
}
