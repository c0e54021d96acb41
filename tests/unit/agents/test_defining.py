"""What makes an agent, and which mistakes are told when it is defined."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from novu_framework import Agent, Client, agent
from novu_framework.bridge import BridgeRequest, RequestHandler
from novu_framework.errors import AgentAlreadyExistsError
from tests.tables import walked

from .conftest import Talk

SETTINGS = Client("test-secret", strict_authentication=False)


async def answer(message: Any, ctx: Any) -> None: ...


class Support:
    async def on_message(self, message: Any, ctx: Any) -> None: ...

    def on_resolve(self, ctx: Any) -> None: ...

    def helper(self) -> None: ...


class Misspelt(Support):
    def on_mesage(self, message: Any, ctx: Any) -> None: ...


class InJavaScript(Support):
    def onAction(self, action: Any, ctx: Any) -> None: ...


class WithoutMessages:
    def on_action(self, action: Any, ctx: Any) -> None: ...


class WithOrders(Support):
    def __init__(self, orders: Any) -> None: ...


class TakingTooLittle(Support):
    def on_action(self, action: Any) -> None: ...


class WithAValue(Support):
    on_action = "pressed"


async def of_three(message: Any, ctx: Any, third: Any) -> None: ...


async def by_name(*, message: Any, ctx: Any) -> None: ...


def twice() -> None:
    made = agent("bot")(answer)
    for _ in range(2):
        made.on_resolve(lambda ctx: None)


async def paints_later(request: Any) -> None: ...


async def in_parts(message: Any, ctx: Any) -> Any:
    yield "Hel"
    yield "lo"


MISTAKES: dict[str, tuple[Callable[[], Any], type[Exception], str]] = {
    "no id": (lambda: agent("")(answer), ValueError, "an agent's id is a non-empty string, not ''"),
    "no call": (lambda: agent(answer), TypeError, '@agent("support-bot")'),  # type: ignore[arg-type]
    "no function": (lambda: agent("bot")(7), TypeError, "`int` has no `on_message(self, message, ctx)`"),  # type: ignore[call-overload]
    "three arguments": (lambda: agent("bot")(of_three), TypeError, "is called with (message, ctx)"),  # type: ignore[call-overload]
    "arguments by name": (lambda: agent("bot")(by_name), TypeError, "`by_name` ("),  # type: ignore[call-overload]
    "a misspelt method": (lambda: agent("bot")(Misspelt), TypeError, "did you mean 'on_message'?"),
    "a name of JavaScript": (lambda: agent("bot")(InJavaScript), TypeError, "did you mean 'on_action'?"),
    "no message handler": (lambda: agent("bot")(WithoutMessages), TypeError, "`WithoutMessages` has no `on_message"),  # type: ignore[call-overload]
    "a class with arguments": (lambda: agent("bot")(WithOrders), TypeError, "agent('bot')(WithOrders(...))"),
    "a method of one argument": (lambda: agent("bot")(TakingTooLittle), TypeError, "takes (action: 'Any') -> 'None'"),
    "a method that is a value": (lambda: agent("bot")(WithAValue), TypeError, "not 'pressed'"),
    "a handler twice": (twice, TypeError, "agent `bot` has two handlers `on_resolve`"),
    "an async picture": (lambda: agent("bot")(answer).render_approval(paints_later), TypeError, "Write a plain `def`"),  # type: ignore[type-var]
    "a handler of too few": (lambda: agent("bot")(answer).on_action(lambda action: None), TypeError, "`on_action`"),  # type: ignore[type-var,misc]
    "a reply in parts": (lambda: agent("bot")(in_parts), TypeError, "`in_parts` ("),
    "a reply in parts, why": (lambda: agent("bot")(in_parts), TypeError, "yields. A handler returns its reply"),
    "not in a list": (lambda: RequestHandler(agents=agent("bot")(answer)), TypeError, "agents=[my_agent]"),  # type: ignore[arg-type]
    "a function as agent": (lambda: RequestHandler(agents=[answer]), TypeError, "decorated with @agent"),  # type: ignore[list-item]
    "one id for two": (lambda: RequestHandler(agents=[agent("bot")(answer), agent("bot")(answer)]), AgentAlreadyExistsError, "`bot` already exists"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_named(mistake: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOVU_SECRET_KEY", "test-secret")
    make, kind, said = MISTAKES[mistake]
    with pytest.raises(kind) as raised:
        make()
    assert said in str(raised.value)


@pytest.mark.parametrize(
    ("made", "handlers"),
    [
        (agent("bot")(answer), ["on_message"]),
        (agent("bot")(Support), ["on_message", "on_resolve"]),
        (agent("bot")(Support()), ["on_message", "on_resolve"]),
        (agent("bot")(lambda message, ctx: None), ["on_message"]),
    ],
    ids=["function", "class", "object", "lambda"],
)
def test_an_agent_has_the_handlers_that_it_was_given(made: Agent, handlers: list[str]) -> None:
    assert (made.id, sorted(made.handlers)) == ("bot", handlers)


def test_any_characters_make_an_id() -> None:
    assert agent(" Two wörds ")(answer).id == " Two wörds "


async def test_an_agent_and_a_workflow_may_share_an_id_and_agents_are_discovered_in_order() -> None:
    handler = RequestHandler([], SETTINGS, agents=[agent("b")(answer), agent("a")(answer)])
    assert (await handler.discover())["agents"] == [{"agentId": "b"}, {"agentId": "a"}]
    health = await handler(BridgeRequest("GET"))
    assert b'"discovered":{"workflows":0,"steps":0}' in health.body


class Called:
    """An object that can be called, and has methods of its own."""

    async def __call__(self, message: Any, ctx: Any) -> None: ...

    def on_action(self, action: Any, ctx: Any) -> None: ...


class CalledToo(Called):
    async def on_message(self, message: Any, ctx: Any) -> None: ...

    def render_approval(self, request: Any) -> Any: ...


@pytest.mark.parametrize(
    ("given", "handlers"),
    [
        (Called(), ["on_message"]),
        (CalledToo(), ["on_action", "on_message", "render_approval"]),
        (CalledToo, ["on_action", "on_message", "render_approval"]),
    ],
)
def test_an_object_that_can_be_called_is_the_handler_of_messages_unless_it_has_one(
    given: Any, handlers: list[str]
) -> None:
    assert sorted(agent("bot")(given).handlers) == handlers


@walked(
    ("name", "given"),
    [
        ("on_message", "message, ctx"),
        ("on_action", "action, ctx"),
        ("on_reaction", "reaction, ctx"),
        ("on_resolve", "ctx"),
        ("on_tool_approval", "decision, ctx"),
        ("on_error", "error, ctx"),
        ("render_approval", "request"),
    ],
)
def test_a_handler_is_told_with_what_it_is_called(name: str, given: str) -> None:
    def of_none() -> None: ...

    made = type("Bot", (Support,), {name: staticmethod(of_none)})
    with pytest.raises(TypeError) as raised:
        agent("bot")(made)
    assert str(raised.value).startswith(f"agent `bot`, `{name}`: `")
    assert f" takes () -> 'None', and is called with ({given})." in str(raised.value)


@pytest.mark.parametrize("handler", [max, dict])
def test_a_handler_that_does_not_tell_its_arguments_is_taken(handler: Any) -> None:
    made = agent("bot")(answer)
    made.on_action(handler)
    assert made.handlers["on_action"] is handler


@pytest.mark.parametrize("misspelt", ["render_aproval", "onMessage", "on_", "onX"])
def test_what_looks_like_a_handler_is_one_or_is_told(misspelt: str) -> None:
    made = type("Bot", (Support,), {misspelt: lambda self: None})
    with pytest.raises(TypeError, match=f"^agent `bot`: `Bot` has `{misspelt}`, which no event calls"):
        agent("bot")(made)


@pytest.mark.parametrize("name", ["once", "only", "rendered", "one", "re_on_message"])
def test_another_method_is_the_classs_own(name: str) -> None:
    made: Any = type("Bot", (Support,), {name: lambda self: None})
    assert sorted(agent("bot")(made).handlers) == ["on_message", "on_resolve"]


@pytest.mark.parametrize(
    ("event", "handler"),
    [
        ("onMessage", "on_message"),
        ("onAction", "on_action"),
        ("onReaction", "on_reaction"),
        ("onResolve", "on_resolve"),
    ],
)
async def test_each_event_has_its_handler(talk: Talk, event: str, handler: str) -> None:
    called: list[str] = []

    class Bot:
        def on_message(self, message: Any, ctx: Any) -> None:
            called.append("on_message")

        def on_action(self, action: Any, ctx: Any) -> None:
            called.append("on_action")

        def on_reaction(self, reaction: Any, ctx: Any) -> None:
            called.append("on_reaction")

        def on_resolve(self, ctx: Any) -> None:
            called.append("on_resolve")

    await talk.tell(
        agent("bot")(Bot), event, action={"id": "a"}, reaction={"messageId": "m", "emoji": {"name": "eyes"}}
    )
    assert called == [handler]


@walked("name", ["on_action", "on_reaction", "on_resolve", "on_tool_approval", "on_error", "render_approval"])
def test_a_function_that_is_made_a_handler_stays_what_it_was(name: str) -> None:
    def handles(one: Any, other: Any = None) -> None: ...

    made: Any = agent("bot")(answer)
    assert getattr(made, name)(handles) is handles
    assert made.handlers == {"on_message": answer, name: handles}
    assert repr(made) == f"<Agent 'bot': on_message, {name}>"
