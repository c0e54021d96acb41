"""How much a template may ask for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Bounds on one template. Beyond any of them a LiquidError is raised.

    The defaults leave whole emails and lists of thousands of items alone, and stop everything else within a tenth of a
    second.

    - ``source``: characters of template text, markup or not.
    - ``parts``: tags, outputs, values and filters written in the template.
    - ``nesting``: blocks inside blocks.
    - ``rounds``: nodes rendered, which is what loops multiply.
    - ``memory``: characters produced by outputs, captures and filters together; an item of an array counts as 64.
    """

    source: int = 1_000_000
    parts: int = 5_000
    nesting: int = 100
    rounds: int = 100_000
    memory: int = 4_000_000
