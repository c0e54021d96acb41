"""How much a template may ask for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Bounds on one template (for controls: all controls of a step together). Beyond any of them: LiquidError.

    The defaults leave whole emails and digests of thousands of events alone, and stop everything else within a
    tenth of a second.

    - ``source``: characters of template text, markup or not.
    - ``parts``: tags, outputs, values and filters written in the template.
    - ``nesting``: blocks inside blocks, and levels of objects and arrays in controls.
    - ``rounds``: nodes rendered, which is what loops multiply.
    - ``memory``: characters produced by outputs, captures and filters together; an item of an array counts as 64.

    >>> from novu_framework.liquid import Limits, create_engine
    >>> engine = create_engine(limits=Limits(rounds=100))
    >>> engine.from_string("{% for i in (1..9) %}{{ i }}{% endfor %}").render()
    '123456789'
    """

    source: int = 1_000_000
    parts: int = 5_000
    nesting: int = 100
    rounds: int = 100_000
    memory: int = 4_000_000
