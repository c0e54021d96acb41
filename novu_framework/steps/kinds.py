"""The one table of the kinds of steps: whoever treats kinds differently reads it here.

A new kind is a file beside this one and a line in `KINDS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, TypeAlias

from novu_framework.steps.base import StepKind
from novu_framework.steps.chat import CHAT
from novu_framework.steps.custom import CUSTOM
from novu_framework.steps.delay import DELAY
from novu_framework.steps.digest import DIGEST
from novu_framework.steps.email import EMAIL
from novu_framework.steps.http_request import HTTP_REQUEST
from novu_framework.steps.in_app import IN_APP
from novu_framework.steps.push import PUSH
from novu_framework.steps.sms import SMS
from novu_framework.steps.throttle import THROTTLE
from novu_framework.steps.tool import TOOL

ChannelType: TypeAlias = Literal["in_app", "email", "sms", "push", "chat", "tool"]
StepType: TypeAlias = Literal[ChannelType, "digest", "delay", "throttle", "custom", "http_request"]

KINDS: Mapping[str, StepKind] = MappingProxyType(
    {
        kind.type: kind
        for kind in (IN_APP, EMAIL, SMS, PUSH, CHAT, TOOL, DIGEST, DELAY, THROTTLE, CUSTOM, HTTP_REQUEST)
    }
)
"""Every kind of step by the protocol's name of it."""

CHANNELS: tuple[str, ...] = tuple(name for name, kind in KINDS.items() if kind.is_channel)
"""The kinds that deliver messages: in_app, email, sms, push, chat and tool."""
