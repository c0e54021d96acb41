"""`Conversation`: what a test does in the place of people, and what the agent made of it."""

from __future__ import annotations

import base64
import mimetypes
from collections.abc import Awaitable, Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from novu_framework._internal.suggestions import known_names
from novu_framework_testing._internal.moments import iso
from novu_framework_testing._internal.twins import awaited_in_tests, blocking_method
from novu_framework_testing.conversations.cards import Control
from novu_framework_testing.conversations.emoji import emoji_name
from novu_framework_testing.conversations.log import ChatMessage
from novu_framework_testing.conversations.receiving import close, settle
from novu_framework_testing.conversations.requests import HumanRequest, spoken_verdict
from novu_framework_testing.conversations.sending import AgentBridge, SentEvent, event_body
from novu_framework_testing.conversations.state import AgentFailure, Person, State
from novu_framework_testing.conversations.transcript import transcript

Sender: TypeAlias = Any
"""Who does something: the id of a subscriber, or one as `novu.subscriber` takes it; the name of a stranger in a `Stranger`."""

File: TypeAlias = "str | Path | Mapping[str, Any]"
"""A file that a person sends: its path, its name, or what the agent gets of it: `{"name", "mimeType", "url", "size"}`."""

NO_ACCESS = "You cannot talk to this agent yet: connect your account first."
TOO_LATE = "Too late: nobody waits for this answer any more."
NOT_YOURS = "This question is for somebody else."


class NotOnShow(LookupError):
    """The error of a test that uses what is not on show; the message lists what is."""


class Stranger(str):
    """The name of somebody whom Novu does not know: `novu.agent("support-bot", subscriber=Stranger("Guest"))`."""

    __slots__ = ()


class Conversation:
    """A conversation of people with an agent, at the virtual time. `novu.agent("support-bot")` opens one.

        conversation = novu.agent("support-bot", subscriber="ann", platform="slack")
        conversation.say("Where is my order?")
        assert "on its way" in conversation.replies[-1].text
        conversation.press("Cancel order")
        print(conversation.transcript)

    What a person does (`say`, `press`, `choose`, `fill`, `react`, `answer`, `approve`, `deny`, `reply_to`) goes to the agent as the
    event that Novu would send, and comes back when the agent has handled it, with the messages that it has posted meanwhile. Each
    has a twin for async tests, `say_async` and so on. `by=` says who does it, where several take part.

    Attributes:
        state: What Novu keeps of it.
    """

    def __init__(self, state: State, bridge: AgentBridge, person_of: Callable[[Sender], Person]) -> None:
        self.state = state
        self._bridge = bridge
        self._person_of = person_of

    # --- what people do ---------------------------------------------------------------------------------------

    @awaited_in_tests
    async def say_async(
        self, text: str, *, by: Sender | None = None, files: Iterable[File] = ()
    ) -> list[ChatMessage]:
        """Write a message, and return what the agent answers.

        A question that the agent asked by `ctx.ask` is answered by it. What waits for the approval of a tool's call is denied.

        Args:
            text: The message.
            by: Who writes it; the one who opened the conversation if left out.
            files: What is attached.
        """
        return await self._say(text, by, files)

    say = blocking_method(say_async)

    @awaited_in_tests
    async def reply_to_async(
        self, what: Any, text: str, *, by: Sender | None = None, files: Iterable[File] = ()
    ) -> list[ChatMessage]:
        """Reply to a message, and return what the agent answers.

        Args:
            what: A message of this conversation; or a notification, which the agent gets as `ctx.notification`: a run, a step of
                one, or one of its messages.
            text: The message.
            by: Who writes it.
            files: What is attached.

        Raises:
            NotOnShow: The run has sent nothing to reply to.
        """
        if isinstance(what, ChatMessage):
            return await self._say(text, by, files, answered=what.request)
        return await self._say(text, by, files, notification=self._notification(what))

    reply_to = blocking_method(reply_to_async)

    @awaited_in_tests
    async def press_async(
        self, button: str, *, by: Sender | None = None, message: ChatMessage | None = None
    ) -> list[ChatMessage]:
        """Press a button, and return what the agent answers.

        Args:
            button: Its label, or its id. Of several, that of the latest message counts.
            by: Who presses it.
            message: The message that has it.

        Raises:
            NotOnShow: There is no such button; the message lists those that there are.
        """
        shown, control = self._control("button", button, message)
        return await self._use(shown, control, control.value, f"presses [{control.label or control.id}]", by)

    press = blocking_method(press_async)

    @awaited_in_tests
    async def choose_async(
        self, option: str, *, of: str | None = None, by: Sender | None = None
    ) -> list[ChatMessage]:
        """Choose an option of a select, or of what `ctx.choose` asked, and return what the agent answers.

        Args:
            option: Its label, or its value.
            of: The label or the id of the select, where several have such an option.
            by: Who chooses.

        Raises:
            NotOnShow: There is no such option; the message lists those that there are.
        """
        options: list[str] = []
        for message in reversed(self.messages):
            request = message.request
            if request is not None and request.kind == "choose" and not request.closed:
                options += request.options
                if option in request.options and of is None:
                    number = request.options.index(option)
                    return await self._use(message, message.controls[number], None, f"chooses {option}", by)
            for control in message.controls:
                options += [label for label, _ in control.options]
                value = control.value_of(option)
                if value is not None and (of is None or control.is_named(of)):
                    return await self._use(message, control, value, f"chooses {option}", by)
        raise NotOnShow(f"There is no option {option!r} to choose; there are: {known_names(option, options)}")

    choose = blocking_method(choose_async)

    @awaited_in_tests
    async def fill_async(self, field: str, text: str, *, by: Sender | None = None) -> list[ChatMessage]:
        """Fill in a text field of a card, and return what the agent answers.

        Args:
            field: Its label, or its id.
            text: What is filled in.
            by: Who does.

        Raises:
            NotOnShow: There is no such field; the message lists those that there are.
        """
        shown, control = self._control("text_input", field, None)
        return await self._use(shown, control, text, f"fills in {control.label or control.id}: {text}", by)

    fill = blocking_method(fill_async)

    @awaited_in_tests
    async def react_async(
        self, emoji: str, message: ChatMessage | None = None, *, by: Sender | None = None, added: bool = True
    ) -> list[ChatMessage]:
        """Put an emoji on a message, or take it away, and return what the agent answers.

        Args:
            emoji: The emoji, or its name: `👍` or `thumbs_up`.
            message: The message; the agent's latest if left out.
            by: Who does.
            added: False to take it away.

        Raises:
            NotOnShow: There is no message of the agent.
        """
        person, state = self._person(by), self.state
        message = message or next(iter(reversed(self.replies)), None)
        if message is None:
            raise NotOnShow(f"{state.agent_id} has written no message to react to.")
        name = emoji_name(emoji)
        mark = (name, person.id)
        if added:
            message.reactions.append(mark)
        elif mark in message.reactions:
            message.reactions.remove(mark)
        state.note("reaction", person.role, person.name, name if added else f"-{name}", message)
        reaction = {
            "messageId": message.id,
            "emoji": {"name": name},
            "added": added,
            "message": self._as_message(message, self._author(message)),
        }
        return await self._turn("onReaction", person, len(state.all_messages), reaction=reaction)

    react = blocking_method(react_async)

    @awaited_in_tests
    async def answer_async(self, text: str, *, by: Sender | None = None) -> list[ChatMessage]:
        """Answer the latest question of `ctx.ask`, and return what the agent answers.

        Raises:
            NotOnShow: Nothing is asked.
        """
        request = self._request("ask")
        return await self._say(text, by or self._addressed(request), (), answered=request)

    answer = blocking_method(answer_async)

    @awaited_in_tests
    async def approve_async(self, *, by: Sender | None = None) -> list[ChatMessage]:
        """Approve what the agent asked last, by `ctx.approve` or for a tool's call, and return what the agent answers.

        Raises:
            NotOnShow: Nothing waits for an approval.
        """
        return await self._decide("approve", by)

    approve = blocking_method(approve_async)

    @awaited_in_tests
    async def deny_async(self, *, by: Sender | None = None) -> list[ChatMessage]:
        """Deny what the agent asked last, by `ctx.approve` or for a tool's call, and return what the agent answers.

        Raises:
            NotOnShow: Nothing waits for an approval.
        """
        return await self._decide("deny", by)

    deny = blocking_method(deny_async)

    # --- what came of it --------------------------------------------------------------------------------------

    @property
    def id(self) -> str:
        """Novu's id of it."""
        return self.state.id

    @property
    def agent_id(self) -> str:
        """The agent."""
        return self.state.agent_id

    @property
    def platform(self) -> str:
        """The platform on which it is held."""
        return self.state.platform_name

    @property
    def messages(self) -> list[ChatMessage]:
        """The messages that are on show, of people and of the agent."""
        return [one for one in self.state.all_messages if not one.deleted]

    @property
    def replies(self) -> list[ChatMessage]:
        """The agent's messages that are on show."""
        return [one for one in self.messages if one.role == "agent"]

    @property
    def status(self) -> str:
        """`active`, or `resolved` once the agent has called `ctx.resolve`, until somebody writes again."""
        return self.state.status

    @property
    def metadata(self) -> dict[str, Any]:
        """The values that the agent has stored, by key."""
        return dict(self.state.metadata)

    @property
    def signals(self) -> list[dict[str, Any]]:
        """The signals that the agent has sent, as the protocol has them, oldest first."""
        return list(self.state.signals)

    @property
    def triggers(self) -> list[Any]:
        """The triggers of workflows that the agent has made: a `Trigger` each, as `novu.trigger` gives it."""
        return list(self.state.triggers)

    @property
    def requests(self) -> list[HumanRequest]:
        """The requests to people that the agent has made, oldest first."""
        return list(self.state.requests)

    @property
    def typing(self) -> list[str]:
        """The texts that the agent has shown while it was at work, oldest first."""
        return [one.text for one in self.state.log if one.type == "typing"]

    @property
    def emitted(self) -> list[tuple[str, Any]]:
        """The events of the agent's own (`ctx.emit`): a name and the data of each."""
        return list(self.state.emitted)

    @property
    def failures(self) -> list[AgentFailure]:
        """The failures of the agent's turns. A test that does not look here fails by them."""
        self.state.failures_read = True
        return list(self.state.failures)

    @property
    def transcript(self) -> str:
        """All that happened, readable."""
        return transcript(self.state)

    def __str__(self) -> str:
        return self.transcript

    def __repr__(self) -> str:
        state = self.state
        return f"<Conversation with {state.agent_id} on {state.platform_name}, {state.status}: {len(self.messages)} messages>"

    # --- how ----------------------------------------------------------------------------------------------------

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
        attachments = [_attachment(one) for one in files]
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
            settle(state, gates[0], "approved" if verdict == "approve" else "denied", person)
            state.add({"markdown": gates[0].outcome}, "system", state.agent_id)
            return await self._turn("onAction", person, since, action={"id": gates[0].action_id(verdict)})
        for gate in gates:
            settle(state, gate, "canceled")
            gate.closed = True
            if gate.message is not None:
                gate.message.deleted = True
        said = self._as_message(message, person)
        return await self._turn(
            "onMessage", person, since, message=said, notification=notification, human_response=response
        )

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
            f"{self.agent_id} asks nothing of that kind: {' or '.join(kinds)}.\n\n{self.transcript}"
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

    def _as_message(self, message: ChatMessage, author: Person) -> dict[str, Any]:
        """Return a message as agents get it."""
        is_bot = message.role == "agent"
        answer: dict[str, Any] = {
            "text": message.text,
            "platformMessageId": message.id,
            "author": {"userId": author.id, "fullName": author.name, "userName": author.id, "isBot": is_bot},
            "timestamp": iso(message.sent_at),
        }
        if attachments := message.content.get("attachments"):
            answer["attachments"] = attachments
        return answer

    def _notification(self, what: Any) -> dict[str, Any]:
        """Return a notification as agents get it."""
        sent = [what] if hasattr(what, "transaction_id") and hasattr(what, "content") else list(what.messages)
        channel = self.state.platform.channel
        fitting = [one for one in sent if one.channel == channel] or sent
        if not fitting:
            raise NotOnShow(f"{what!r} has sent no message to reply to.")
        message = fitting[-1]
        body = message.body or f"A notification was sent by the {message.workflow_id} workflow."
        return {
            "id": message.run.id,
            "workflowId": message.workflow_id,
            "messageId": message.id,
            "platformMessageId": message.id,
            "sentAt": iso(message.sent_at),
            "body": str(body)[:500],
            "payload": dict(message.run.payload),
        }

    async def _turn(self, event: str, person: Person, since: int, **given: Any) -> list[ChatMessage]:
        """Send an event, and then `onResolve` where the agent has resolved the conversation."""
        state = self.state
        await self._send(event, person, **given)
        while state.resolved_since:
            state.resolved_since = False
            await self._send("onResolve", next((one for one in state.people if one.subscriber), None))
        return [one for one in state.all_messages[since:] if not one.deleted]

    def _send(self, event: str, person: Person | None, **given: Any) -> Awaitable[None]:
        return SentEvent(self.state).run(self._bridge, event, event_body(self.state, event, person, **given))


def _attachment(file: File) -> dict[str, Any]:
    """Return a file that a person sends as agents get it. The bytes of a path go along, as a data URL."""
    if isinstance(file, Mapping):
        return dict(file)
    name = Path(file).name
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    media = kind.partition("/")[0]
    known = {
        "type": media if media in ("image", "audio", "video") else "file",
        "name": name,
        "mimeType": kind,
    }
    if isinstance(file, Path):
        content = file.read_bytes()
        url = f"data:{kind};base64,{base64.b64encode(content).decode()}"
        return {**known, "url": url, "size": len(content)}
    return {**known, "url": f"https://files.novu.test/{name}"}
