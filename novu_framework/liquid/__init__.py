"""The Liquid dialect that controls are written in: LiquidJS 10 as ``@novu/framework`` sets it up.

>>> from novu_framework.liquid import compile_controls, create_engine
>>> create_engine().from_string("{{ names | toSentence }}").render(names=["Ann", "Bob", "Cid"])
'Ann, Bob, and 1 other'
>>> compile_controls({"subject": "Hi {{ subscriber.firstName }}"}, {"subscriber": {"firstName": "Ann"}})
{'subject': 'Hi Ann'}
"""

from __future__ import annotations

from novu_framework.liquid.controls import ControlsError, compile_controls
from novu_framework.liquid.engine import create_engine
from novu_framework.npm.liquidjs.context import with_context
from novu_framework.npm.liquidjs.engine import Engine, Template
from novu_framework.npm.liquidjs.errors import LiquidError
from novu_framework.npm.liquidjs.limits import Limits

__all__ = [
    "ControlsError",
    "Engine",
    "Limits",
    "LiquidError",
    "Template",
    "compile_controls",
    "create_engine",
    "with_context",
]
