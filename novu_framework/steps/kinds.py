"""The one table of the kinds of steps, and `Step` and `SyncStep`, which have a method for each.

Whatever treats kinds differently reads it from here. A new kind is a file beside this one, and its lines in this one.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from novu_framework.steps.base import StepBase, StepKind, without_await
from novu_framework.steps.chat import CHAT, chat
from novu_framework.steps.custom import CUSTOM, custom
from novu_framework.steps.delay import DELAY, delay
from novu_framework.steps.digest import DIGEST, digest
from novu_framework.steps.email import EMAIL, email
from novu_framework.steps.http_request import HTTP_REQUEST, http_request
from novu_framework.steps.in_app import IN_APP, in_app
from novu_framework.steps.push import PUSH, push
from novu_framework.steps.sms import SMS, sms
from novu_framework.steps.throttle import THROTTLE, throttle
from novu_framework.steps.tool import TOOL, tool

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


class Step(StepBase):
    """The steps of an `async def` handler: each method is awaited and gives the step's result.

    Every method takes the step's id, a resolver and options. On each request of Novu the handler runs up to the
    step that Novu asks for: the steps before it give the results that Novu knows, that step calls its resolver, and
    nothing after it runs.

    >>> from novu_framework import workflow
    >>> @workflow("reminder")
    ... async def reminder(step: Step) -> None:
    ...     inbox = await step.in_app("inbox", {"body": "Your order waits"})
    ...     await step.delay("wait", {"amount": 1, "unit": "days"})
    ...     await step.sms("text", {"body": "It still does"}, skip=lambda: inbox.read)
    >>> list(reminder.steps)
    ['inbox', 'wait', 'text']
    """

    in_app = in_app
    email = email
    sms = sms
    push = push
    chat = chat
    tool = tool
    digest = digest
    delay = delay
    throttle = throttle
    custom = custom
    http_request = http_request


class SyncStep(StepBase):
    """The steps of a plain `def` handler: each method gives the step's result directly.

    The handler runs in a worker thread, so it may block; the methods and options are those of `Step`.

    >>> from novu_framework import workflow
    >>> @workflow("reminder")
    ... def reminder(step: SyncStep) -> None:
    ...     inbox = step.in_app("inbox", {"body": "Your order waits"})
    ...     step.sms("text", {"body": "It still does"}, skip=lambda: inbox.read)
    >>> list(reminder.steps)
    ['inbox', 'text']
    """

    in_app: Final = without_await(in_app)
    email: Final = without_await(email)
    sms: Final = without_await(sms)
    push: Final = without_await(push)
    chat: Final = without_await(chat)
    tool: Final = without_await(tool)
    digest: Final = without_await(digest)
    delay: Final = without_await(delay)
    throttle: Final = without_await(throttle)
    custom: Final = without_await(custom)
    http_request: Final = without_await(http_request)
