"""What an agent asks of people: `ask`, `approve`, `choose`, `tell`, and the approval of a tool's call.

Each is a card in the conversation, and waits until somebody who may answer does, or its time has run out. Novu looks at the time
only when somebody uses the card: until then it stays as it was, and so it does here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal, TypeAlias

RequestKind: TypeAlias = Literal["ask", "approve", "choose", "tell", "tool"]
RequestStatus: TypeAlias = Literal[
    "pending", "answered", "approved", "denied", "expired", "canceled", "delivered"
]

DEFAULT_TTL = timedelta(hours=24)
"""How long people have to answer."""

MAX_TTL = timedelta(hours=72)
"""The longest time that an agent can give them."""

MAX_PENDING = 25
"""So many requests may wait for one subscriber."""

MAX_TITLE = 150
_LETTERS = "ABCDEFGHIJ"


@dataclass(eq=False, repr=False)
class HumanRequest:
    """Something that an agent asked of people.

    Attributes:
        id: Novu's id of it, `hi_...`; of a tool's approval, the id of the approval.
        request_id: The agent's own id of it, `hr_...`; empty for a tool.
        kind: `ask`, `approve`, `choose`, `tell` or `tool`.
        prompt: The question; of a tool, its name.
        options: The choices of `choose`.
        from_: Who asks, where the agent says so.
        to: The subscribers who may answer.
        expires_at: When the time runs out; an answer at that moment is too late.
        status: `pending`, `answered`, `approved`, `denied`, `expired`, `canceled`, or `delivered` for `tell`.
        answer: The text of an answer, or the option that was chosen.
        answered_by, answered_name: The subscriber who answered, and the name that the platform shows.
        tool: Of a tool's approval, `{approvalId, toolCallId, name, input}`.
        buttons: False where the platform has none, and people write yes or no.
    """

    id: str
    request_id: str
    kind: RequestKind
    prompt: str
    to: tuple[str, ...]
    expires_at: datetime
    options: tuple[str, ...] = ()
    from_: str | None = None
    status: RequestStatus = "pending"
    answer: str | None = None
    answered_by: str | None = None
    answered_name: str | None = None
    tool: dict[str, Any] = field(default_factory=dict)
    look: dict[str, Any] = field(default_factory=dict)
    buttons: bool = True
    message: Any = None  # a ChatMessage, which knows this
    closed: bool = False

    @property
    def is_pending(self) -> bool:
        """True while it can be answered."""
        return self.status == "pending"

    def action_id(self, verdict: str) -> str:
        """Return the id of its button: `approve`, `deny`, or `opt:` and the id of an option."""
        if self.kind == "tool":
            return f"tool-approval:{verdict}:{self.id}"
        return f"human:{self.id}:{verdict}"

    def verdict_of(self, action_id: str) -> str | None:
        """Return what a button of it stands for: the inverse of `action_id`."""
        before, _, after = self.action_id("\n").partition("\n")
        if not action_id.startswith(before) or not action_id.endswith(after):
            return None
        return action_id[len(before) : len(action_id) - len(after)]

    def option_of(self, verdict: str) -> str | None:
        """Return the option that a verdict such as `opt:opt_2` stands for."""
        number = verdict.removeprefix("opt:opt_")
        found = number.isdecimal() and 0 < int(number) <= len(self.options)
        return self.options[int(number) - 1] if found else None

    def response(self) -> dict[str, Any]:
        """Return what the agent gets of it as `humanResponse`."""
        answer: dict[str, Any] = {
            "requestId": self.request_id,
            "interactionId": self.id,
            "kind": self.kind,
            "status": self.status,
            "expired": self.status == "expired",
        }
        if self.answer is not None and self.kind == "ask":
            answer["text"] = self.answer
        elif self.status in ("approved", "denied"):
            answer["optionId"] = "approve" if self.status == "approved" else "deny"
        elif self.answer is not None:
            answer["optionId"] = f"opt_{self.options.index(self.answer) + 1}"
        if self.answered_by is not None:
            answer |= {"respondedBy": self.answered_name, "respondedBySubscriberId": self.answered_by}
        return answer

    def card(self) -> dict[str, Any]:
        """Return the card that asks."""
        if self.kind == "tool":
            title, subtitle = self.look.get("title"), self.look.get("subtitle")
            return {
                "type": "card",
                "title": title or "Tool approval required",
                "subtitle": subtitle or _summary(self.tool),
                "children": [
                    *([{"type": "text", "content": self.look["body"]}] if self.look.get("body") else []),
                    self._verdicts(
                        self.look.get("approveLabel") or "Approve", self.look.get("denyLabel") or "Deny"
                    ),
                ],
            }
        children: list[dict[str, Any]] = []
        if self.kind == "approve":
            children = [self._verdicts("Approve", "Deny")]
        elif self.kind == "choose":
            letters = list(zip(_LETTERS, self.options, strict=False))
            listed = "\n".join(f"**{letter}.** {option}" for letter, option in letters)
            buttons = [
                _button(self.action_id(f"opt:opt_{number}"), letter)
                for number, (letter, _) in enumerate(letters, 1)
            ]
            children = [{"type": "text", "content": listed}, {"type": "actions", "children": buttons}]
        elif self.kind == "ask":
            children = [{"type": "text", "content": "_Reply to answer._"}]
        return self._laid_out(children)

    def closed_card(self) -> dict[str, Any]:
        """Return the card that takes its place once it is decided: what was asked, and what came of it."""
        if self.kind == "tool":
            shown = self.card()
            return {**shown, "children": [{"type": "text", "content": self.outcome}]}
        return self._laid_out([{"type": "text", "content": self.outcome}])

    @property
    def outcome(self) -> str:
        """The end of it, in words: `Approved by Ann`."""
        by = f" by {self.answered_name}" if self.answered_name else ""
        if self.status == "answered":
            return f"{self.answer if self.kind == 'choose' else 'Answered'}{by}"
        words = {"expired": "Nobody answered in time", "canceled": "Withdrawn"}
        return words.get(self.status, self.status.capitalize()) + by

    def _verdicts(self, approve: str, deny: str) -> dict[str, Any]:
        if not self.buttons:
            return {"type": "text", "content": "Reply YES or NO."}
        buttons = [
            _button(self.action_id("deny"), deny),
            _button(self.action_id("approve"), approve, "primary"),
        ]
        return {"type": "actions", "children": buttons}

    def _laid_out(self, children: list[dict[str, Any]]) -> dict[str, Any]:
        first, _, rest = self.prompt.partition("\n")
        card: dict[str, Any] = {"type": "card", "title": first[:MAX_TITLE]}
        if self.from_:
            card["subtitle"] = f"From {self.from_}"[:MAX_TITLE]
        body = "\n".join(filter(None, (first[MAX_TITLE:], rest)))
        return {**card, "children": [*([{"type": "text", "content": body}] if body else []), *children]}

    def __repr__(self) -> str:
        return f"<HumanRequest {self.kind} {self.prompt!r}: {self.status}>"


# fmt: off
_YES = frozenset((
    "yes", "y", "yep", "yeah", "yea", "yes please", "approve", "approved", "ok", "okay", "confirm", "confirmed", "sure",
    "go ahead", "go for it", "do it", "proceed", "👍", "✅",
))
_NO = frozenset((
    "no", "n", "nope", "no thanks", "deny", "denied", "reject", "rejected", "cancel", "ignore", "skip", "stop", "dont",
    "don't", "👎", "❌", "🚫",
))
# fmt: on
REACTED = {"thumbs_up": "approve", "thumbs_down": "deny"}
"""The emoji that decide on an approval where there are no buttons."""


def spoken_verdict(text: str) -> str | None:
    """Return what a text says that is a yes or a no and nothing else: `approve` or `deny`."""
    word = " ".join(text.lower().rstrip().rstrip(".!?,;").split())
    return "approve" if word in _YES else "deny" if word in _NO else None


def time_to_live(seconds: Any) -> timedelta:
    """Return how long a request waits that gives so many seconds; without any, a day."""
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)):
        return DEFAULT_TTL
    return timedelta(seconds=min(max(seconds, 0), MAX_TTL.total_seconds()))


def _button(id: str, label: str, style: str = "default") -> dict[str, Any]:
    return {"type": "button", "id": id, "label": label, "style": style}


def _summary(tool: Mapping[str, Any]) -> str:
    """Say what a tool would do: its name, and its first argument."""
    given = tool.get("input")
    first = next(iter(given.values()), None) if isinstance(given, Mapping) else None
    text = "" if first is None else str(first)
    return (
        f"{tool.get('name')}: {text if len(text) <= 80 else text[:77] + '...'}"
        if text
        else str(tool.get("name"))
    )
