"""`Conversation`: what a test does in the place of people, and what the agent made of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from novu_framework._internal.suggestions import known_names
from novu_framework_testing._internal.twins import awaited_in_tests, blocking_method
from novu_framework_testing.conversations.acting import Acting, NotOnShow, Sender
from novu_framework_testing.conversations.emoji import emoji_name
from novu_framework_testing.conversations.inputs import File, as_message, notification_of
from novu_framework_testing.conversations.log import ChatMessage
from novu_framework_testing.conversations.requests import REACTED, HumanRequest
from novu_framework_testing.conversations.state import AgentFailure
from novu_framework_testing.conversations.transcript import transcript


class Conversation(Acting):
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

    say: Final = blocking_method(say_async)

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
        notification = notification_of(what, self.state.platform.channel)
        if notification is None:
            raise NotOnShow(f"{what!r} has sent no message to reply to.")
        return await self._say(text, by, files, notification=notification)

    reply_to: Final = blocking_method(reply_to_async)

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

    press: Final = blocking_method(press_async)

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

    choose: Final = blocking_method(choose_async)

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

    fill: Final = blocking_method(fill_async)

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
        since, gate, verdict = len(state.all_messages), message.request, REACTED.get(name)
        if (
            verdict
            and added
            and gate
            and gate.is_pending
            and not gate.buttons
            and person.subscriber_id in gate.to
        ):
            return await self._decided(gate, verdict, person, since)
        reaction = {
            "messageId": message.id,
            "emoji": {"name": name},
            "added": added,
            "message": as_message(message, self._author(message)),
        }
        return await self._turn("onReaction", person, since, reaction=reaction)

    react: Final = blocking_method(react_async)

    @awaited_in_tests
    async def answer_async(self, text: str, *, by: Sender | None = None) -> list[ChatMessage]:
        """Answer the latest question of `ctx.ask`, and return what the agent answers.

        Raises:
            NotOnShow: Nothing is asked.
        """
        request = self._request("ask")
        return await self._say(text, by or self._addressed(request), (), answered=request)

    answer: Final = blocking_method(answer_async)

    @awaited_in_tests
    async def approve_async(self, *, by: Sender | None = None) -> list[ChatMessage]:
        """Approve what the agent asked last, by `ctx.approve` or for a tool's call, and return what the agent answers.

        Raises:
            NotOnShow: Nothing waits for an approval.
        """
        return await self._decide("approve", by)

    approve: Final = blocking_method(approve_async)

    @awaited_in_tests
    async def deny_async(self, *, by: Sender | None = None) -> list[ChatMessage]:
        """Deny what the agent asked last, by `ctx.approve` or for a tool's call, and return what the agent answers.

        Raises:
            NotOnShow: Nothing waits for an approval.
        """
        return await self._decide("deny", by)

    deny: Final = blocking_method(deny_async)

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
        """The failures of the agent's turns. A test that does not read them fails."""
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
