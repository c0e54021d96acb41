"""Users' agents that type checkers have to accept (checked by test_typing.py, not run)."""
# pyright: strict

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel

from novu_framework import Agent, AgentContext, Step, SyncAgentContext, agent, workflow
from novu_framework.agents import (
    SUPPRESS,
    Actions,
    AgentAction,
    AgentMessage,
    AgentReaction,
    ApprovalRequest,
    Button,
    Card,
    CardText,
    FileRef,
    PendingApproval,
    Select,
    SelectOption,
    SyncReplyHandle,
    ToolApprovalDecision,
    is_from_workflow,
)
from novu_framework.asgi import BridgeEndpoint
from novu_framework.errors import AgentDeliveryError, AgentError
from novu_framework.fastapi import serve


class Order(BaseModel):
    order_id: str


@workflow("order-late")
async def order_late(payload: Order, step: Step) -> None:
    await step.chat("team", lambda: {"card": Card("Late", children=[CardText(payload.order_id)])})


@agent("support-bot")
async def support(message: AgentMessage, ctx: AgentContext) -> str | PendingApproval | None:
    name: str = message.author.full_name
    if is_from_workflow(ctx.notification, order_late) and ctx.notification is not None:
        number: str = ctx.notification.payload["order_id"]
        return number
    await ctx.typing("Looking it up ...")
    await ctx.typing.stop()
    ctx.metadata.set("order", 7)
    ctx.trigger(order_late, to="ann", payload=Order(order_id="7"))
    ctx.trigger("order-late", to={"subscriberId": "ann"})
    request: str = ctx.approve("Refund?", ttl=timedelta(hours=1), from_="shop", to=["ann", "bob"])
    ctx.choose("Which?", ["a", "b"], ttl=60)
    handle = await ctx.reply(
        Card(
            "Order",
            children=[
                Actions([Button("ok", "OK", style="primary"), Select("s", "S", [SelectOption("A", "a")])])
            ],
        ),
        files=[FileRef("a.txt", data=b"A"), {"filename": "b", "url": "https://acme.test/b"}],
    )
    same = await handle.edit("Done")
    await same.delete()
    if "refund" in message.text:
        return await ctx.tool_approval.request(id=request, name="refund", input={"order": 7})
    for entry in ctx.history:
        if entry.tool_data is not None:
            await ctx.emit("seen", entry.tool_data.tool_name)
    return f"Hello {name}"


@support.on_action
async def pressed(action: AgentAction, ctx: AgentContext) -> Card:
    return Card(action.value)


@support.on_reaction
def reacted(reaction: AgentReaction, ctx: SyncAgentContext) -> None:
    ctx.add_reaction(reaction.message_id, reaction.emoji.name)
    handle = ctx.reply("Thanks")
    handle.edit("Thank you")
    ctx.typing()


@support.on_resolve
async def resolved(ctx: AgentContext) -> None:
    ctx.trigger("survey")


@support.on_tool_approval
async def decided(decision: ToolApprovalDecision, ctx: AgentContext) -> str:
    await decision.approval_message.delete()
    return f"{decision.tool_call.name}: {decision.approved}"


@support.on_error
async def failed(error: AgentError, ctx: AgentContext) -> str | Mapping[str, Any]:
    if isinstance(error, AgentDeliveryError) and error.status_code == 404:
        return SUPPRESS
    return "Sorry"


@support.render_approval
def rendered(request: ApprovalRequest) -> Card | None:
    if request.tool_call.name == "refund":
        return Card("Refund?", children=[Actions([Button(request.action_ids.approve, "Yes")])])
    return None


@agent("plain-bot")
def plain(message: AgentMessage, ctx: SyncAgentContext) -> str:
    return message.text


@plain.on_tool_approval
def decided_plainly(decision: ToolApprovalDecision[SyncReplyHandle], ctx: SyncAgentContext) -> None:
    decision.approval_message.edit("Decided")


@agent("class-bot")
class ClassBot:
    async def on_message(self, message: AgentMessage, ctx: AgentContext) -> None:
        await ctx.reply(message.text)

    async def on_resolve(self, ctx: AgentContext) -> None: ...


class WithOrders:
    def __init__(self, orders: list[str]) -> None:
        self.orders = orders

    def on_message(self, message: AgentMessage, ctx: SyncAgentContext) -> str:
        return self.orders[0]


of_an_object: Agent = agent("object-bot")(WithOrders(["7"]))

app = FastAPI()
serve(app, workflows=[order_late], agents=[support, plain, ClassBot, of_an_object])
serve(app, agents=[support])
bridge = BridgeEndpoint(agents=[support])
order_late.trigger("ann", Order(order_id="7"), agent_id="support-bot")
