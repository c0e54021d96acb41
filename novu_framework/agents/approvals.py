"""Tool approvals: the ids of the two buttons, the card, and the decision of who pressed one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from novu_framework.agents.bodies import AgentBody

_ACTION_ID = re.compile(r"tool-approval:(approve|deny):(.+)", re.DOTALL)


class AgentToolCall(AgentBody):
    """A call of a tool that a person is asked to allow, or was asked to."""

    id: str
    name: str
    input: dict[str, Any] | None


class ApprovalActions(NamedTuple):
    """The ids of the two buttons of an approval."""

    approve: str
    deny: str


class ApprovalRequest(NamedTuple):
    """A request for an approval, as `render_approval` gets it to make a message of.

    Attributes:
        tool_call: The call that waits for a decision.
        action_ids: The ids for buttons of one's own.
    """

    tool_call: AgentToolCall
    action_ids: ApprovalActions

    def approval_card(
        self,
        *,
        title: str | None = None,
        subtitle: str | None = None,
        icon: str | None = None,
        body: str | None = None,
        approve_label: str | None = None,
        deny_label: str | None = None,
        **others: Any,
    ) -> dict[str, Any]:
        """Return Novu's own card, with other texts.

        Args:
            title, subtitle: Its head; both are made from the call where they are left out.
            icon, body: An icon and a text in Markdown, which Slack alone shows.
            approve_label, deny_label: The texts of the buttons.
            others: Members of the card under Novu's own names.
        """
        given = {
            "title": title,
            "subtitle": subtitle,
            "icon": icon,
            "body": body,
            "approveLabel": approve_label,
            "denyLabel": deny_label,
        }
        return {
            "type": "tool-approval-card",
            **{name: value for name, value in given.items() if value is not None},
            **others,
        }


class PendingApproval:
    """The result of `ctx.tool_approval.request`. A handler that returns it replies nothing more."""


def action_ids(approval_id: Any) -> ApprovalActions:
    """Return the ids of the buttons that decide on an approval."""
    return ApprovalActions(f"tool-approval:approve:{approval_id}", f"tool-approval:deny:{approval_id}")


def decision_of(action_id: Any) -> tuple[bool, str] | None:
    """Return the verdict and the approval that the id of an action names; None for another action.

    Raises:
        TypeError: The id is no text, so that nobody can tell.

    >>> decision_of("tool-approval:deny:call:7")
    (False, 'call:7')
    """
    found = _ACTION_ID.fullmatch("" if action_id is None else action_id)
    return (found[1] == "approve", found[2]) if found else None


def call_of(history: Any, approval_id: str) -> AgentToolCall:
    """Return the call that an approval is about, from the first entry of the history that asked for it.

    Raises:
        TypeError, AttributeError: The history, or an entry of it, is none.
    """
    if not isinstance(history, list):
        raise TypeError(f"the event has no history, only {history!r}")
    for entry in history:
        data = entry.get("toolData") or {}
        asked = entry.get("type") == "tool_approval_request" and data.get("approvalId") == approval_id
        if asked and data.get("toolCallId"):
            name = data.get("toolName")
            call = {"id": data["toolCallId"], "name": "tool" if name is None else name}
            return AgentToolCall({**call, "input": data["input"]} if "input" in data else call)
    return AgentToolCall({"id": approval_id, "name": ""})


def is_approval_card(value: Any) -> bool:
    """Tell whether a value is Novu's own card for approvals."""
    return isinstance(value, Mapping) and value.get("type") == "tool-approval-card"
