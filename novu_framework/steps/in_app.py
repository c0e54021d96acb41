"""The in-app step: a message in the subscriber's inbox."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from novu_framework._internal.models import ProtocolModel
from novu_framework.steps.base import StepKind, StepOutput


class Redirect(ProtocolModel):
    """Where a click leads.

    Args:
        url: An `http(s)` URL, or a path of the app that starts with `/`.
        target: The browsing context; `_self` for a path and `_blank` for a URL if left out.
    """

    url: str
    target: Literal["_self", "_blank", "_parent", "_top", "_unfencedTop"] | None = None


class Action(ProtocolModel):
    """A button of an in-app message."""

    label: str
    redirect: Redirect | None = None


class InAppOutput(StepOutput):
    """An inbox message; `subject` or `body` must be there.

    Args:
        subject: The headline.
        body: The text; HTML in it is sanitised unless the step says `disable_output_sanitization=True`.
        avatar: The URL of a picture.
        primary_action: The first button.
        secondary_action: The second button.
        redirect: Where a click on the message leads.
        data: Values of your own for the inbox to use.

    >>> InAppOutput(body="Your order is on its way", redirect=Redirect(url="/orders/1")).body
    'Your order is on its way'
    """

    subject: str | None = None
    body: str | None = None
    avatar: str | None = None
    primary_action: Action | None = None
    secondary_action: Action | None = None
    redirect: Redirect | None = None
    data: dict[str, Any] | None = None


class InAppResult(ProtocolModel):
    """What the subscriber has done with the message by the time that a later step runs."""

    seen: bool
    read: bool
    last_seen_date: datetime | None
    last_read_date: datetime | None


IN_APP = StepKind("in_app", "In-app", "novu", result=InAppResult, sanitized=True)
