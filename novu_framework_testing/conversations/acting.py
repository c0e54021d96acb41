"""How what a person does goes to the agent: what Novu does with it first, then the event, then what came of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from novu_framework._internal.suggestions import known_names
from novu_framework_testing.conversations.cards import Control
from novu_framework_testing.conversations.inputs import File, as_message, attachment
from novu_framework_testing.conversations.log import ChatMessage
from novu_framework_testing.conversations.receiving import close, settle
from novu_framework_testing.conversations.requests import HumanRequest, spoken_verdict
from novu_framework_testing.conversations.sending import SentEvent, event_body
from novu_framework_testing.conversations.state import Person, State
from novu_framework_testing.conversations.transcript import transcript

Sender: TypeAlias = Any
"""Who does something: the id of a subscriber, or one as `novu.subscriber` takes it; the name of a stranger in a `Stranger`."""

NO_ACCESS = "You cannot talk to this agent yet: connect your account first."
TOO_LATE = "Too late: no one is waiting for this answer any more."
NOT_YOURS = "This question is for someone else."


class NotOnShow(LookupError):
    """A test uses something that is not on screen; the message lists what is."""


class Stranger(str):
    """The name of someone Novu does not know: `novu.agent("support-bot", subscriber=Stranger("Guest"))`."""

    __slots__ = ()


class Acting:
    """The part of a conversation that lets people act."""

    def __init__(self, state: State, person_of: Callable[[Sender], Person]) -> None:
        self.state = state
        self._person_of = person_of

    @property
    def messages(self) -> list[ChatMessage]:
        """The messages that are on show, of people and of the agent."""
        return [one for one in self.state.all_messages if not one.deleted]

    async def _say(
        self,
        text: str,
        by: Sender | None,
        files: Iterable[File],
        *,
        answered: HumanRequest | None = None,
        notification: dict[str, Any] | None = None,
    ) -> list[ChatMessage]:
        state, person = self.state, self._person(by)
        if isinstance(files, (str, Path, Mapping)):
            raise TypeError(f"files is a list, also of one file: [{files!r}]")
        attachments = [attachment(one) for one in files]
        content = {"markdown": text, **({"attachments": attachments} if attachments else {})}
        message = state.add(
            content, person.role, person.name, subscriber_id=person.subscriber_id, notification=notification
        )
        since = len(state.all_messages)
        if person.subscriber is None and state.access == "restricted":
            return [state.add({"markdown": NO_ACCESS}, "system", state.agent_id)]
        state.status = "active"
        asks = [one for one in state.requests if one.kind == "ask" and one.is_pending]
        request = answered or (asks[0] if len(asks) == 1 else None)
        response = None
        if request is not None:
            refusal = self._settle(request, person, "answered", text)
            if refusal is not None:
                return refusal
            response = request.response()
        gates = [one for one in state.requests if one.kind == "tool" and one.is_pending]
        verdict = None if state.platform.buttons else spoken_verdict(text)
        if verdict is not None and gates and person.subscriber_id in gates[0].to:
            return await self._decided(gates[0], verdict, person, since)
        for gate in gates:
            settle(state, gate, "canceled")
            gate.closed = True
            if gate.message is not None:
                gate.message.deleted = True
        said = as_message(message, person)
        return await self._turn(
            "onMessage", person, since, message=said, notification=notification, human_response=response
        )

    async def _decided(
        self, gate: HumanRequest, verdict: str, person: Person, since: int
    ) -> list[ChatMessage]:
        """Decide on the call of a tool where there are no buttons to press."""
        settle(self.state, gate, "approved" if verdict == "approve" else "denied", person)
        self.state.add({"markdown": gate.outcome}, "system", self.state.agent_id)
        return await self._turn("onAction", person, since, action={"id": gate.action_id(verdict)})

    async def _use(
        self, shown: ChatMessage, control: Control, value: str | None, told: str, by: Sender | None
    ) -> list[ChatMessage]:
        state, request = self.state, shown.request
        if control.disabled:
            raise NotOnShow(f"{control.label!r} is disabled.")
        person, since = self._person(by or (request and self._addressed(request))), len(state.all_messages)
        state.note("action", person.role, person.name, told, shown)
        action = {
            "id": control.id,
            "sourceMessageId": shown.id,
            **({} if value is None else {"value": value}),
        }
        response = None
        verdict = request.verdict_of(control.id) if request is not None else None
        if request is not None and verdict is not None:
            statuses = {"approve": "approved", "deny": "denied"}
            refusal = self._settle(
                request, person, statuses.get(verdict, "answered"), request.option_of(verdict)
            )
            if refusal is not None:
                return refusal
            response = None if request.kind == "tool" else request.response()
        return await self._turn("onAction", person, since, action=action, human_response=response)

    def _settle(
        self, request: HumanRequest, person: Person, status: str, answer: str | None
    ) -> list[ChatMessage] | None:
        """Take an answer to a request. Return what Novu says instead, where it does not go on to the agent."""
        state = self.state
        if person.subscriber_id not in request.to:
            return [state.add({"markdown": NOT_YOURS}, "system", state.agent_id)]
        if request.is_pending:
            settle(state, request, status, person, answer)
            return None
        close(request)
        said = [state.add({"markdown": TOO_LATE}, "system", state.agent_id)]
        return None if request.status == "expired" and request.kind != "tool" else said

    async def _decide(self, verdict: str, by: Sender | None) -> list[ChatMessage]:
        request = self._request("approve", "tool")
        message = request.message
        if message is None or message.deleted:
            raise NotOnShow(f"The request {request.prompt!r} is shown nowhere.")
        id = request.action_id(verdict)
        control = next((one for one in message.controls if one.id == id), None)
        control = control or Control("button", id, verdict.capitalize())
        return await self._use(message, control, control.value, f"presses [{control.label}]", by)

    def _request(self, *kinds: str) -> HumanRequest:
        """Return the latest request of these kinds, one that still waits rather than one that does not."""
        open_ones = ("pending", "expired")
        found = [
            one
            for one in self.state.requests
            if one.kind in kinds and one.status in open_ones and not one.closed
        ]
        if found:
            return next((one for one in reversed(found) if one.is_pending), found[-1])
        raise NotOnShow(
            f"{self.state.agent_id} asks nothing of that kind: {' or '.join(kinds)}.\n\n{transcript(self.state)}"
        )

    def _addressed(self, request: HumanRequest) -> str | None:
        """Return who would answer: whoever opened the conversation, if that is one of those who are asked."""
        opener = self.state.people[0].subscriber_id
        return opener if opener in request.to or not request.to else request.to[0]

    def _control(self, kind: str, name: str, message: ChatMessage | None) -> tuple[ChatMessage, Control]:
        shown = [
            (one, control)
            for one in (self.messages if message is None else [message])
            for control in one.controls
        ]
        fitting = [
            (one, control) for one, control in shown if control.kind == kind and control.is_named(name)
        ]
        if fitting:
            return next(
                (each for each in fitting if not each[1].disabled and each[0] is fitting[-1][0]), fitting[-1]
            )
        what = "button" if kind == "button" else "field"
        names = [control.label or control.id for _, control in shown if control.kind == kind]
        raise NotOnShow(
            f"There is no {what} {name!r} on show; there are: {known_names(name, dict.fromkeys(names))}"
        )

    def _person(self, by: Sender | None) -> Person:
        state = self.state
        if by is None:
            return state.people[0]
        person = self._person_of(by)
        if person.id not in [one.id for one in state.people]:
            state.people.append(person)
        return person

    def _author(self, message: ChatMessage) -> Person:
        known = (one for one in self.state.people if one.subscriber_id == message.subscriber_id)
        return Person(message.author) if message.role != "subscriber" else next(known, Person(message.author))

    async def _turn(self, event: str, person: Person, since: int, **given: Any) -> list[ChatMessage]:
        """Send an event, and then `onResolve` where the agent has resolved the conversation."""
        state = self.state
        await self._send(event, person, **given)
        while state.resolved_since:
            state.resolved_since = False
            await self._send("onResolve", next((one for one in state.people if one.subscriber), None))
        return [one for one in state.all_messages[since:] if not one.deleted]

    def _send(self, event: str, person: Person | None, **given: Any) -> Awaitable[None]:
        state = self.state
        return SentEvent(state).run(
            state.novu.agents[state.agent_id], event, event_body(state, event, person, **given)
        )
