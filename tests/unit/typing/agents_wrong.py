"""Users' agents with mistakes that type checkers have to report, each on its line."""
# pyright: strict

from novu_framework import AgentContext, SyncAgentContext, agent
from novu_framework.agents import AgentAction, AgentMessage, Button, Card


@agent(7)  # wrong
async def number_as_id(message: AgentMessage, ctx: AgentContext) -> None: ...


@agent("a")
async def bot(message: AgentMessage, ctx: AgentContext) -> None:
    message.txt  # wrong
    ctx.subscribr  # wrong
    await ctx.reply(7)  # wrong
    await ctx.reply("a", file=[])  # wrong
    await ctx.reply("a", files="a.txt")  # wrong
    ctx.approve("a", ttl="1h")  # wrong
    ctx.choose("a")  # wrong
    ctx.trigger(7)  # wrong
    await ctx.tool_approval.request(nme="a")  # wrong
    handle = await ctx.reply("a")
    await handle.edt("b")  # wrong
    Button("id")  # wrong
    Card(children="text", titel="a")  # wrong


@bot.on_acton  # wrong
async def misspelt(action: AgentAction, ctx: AgentContext) -> None: ...


@bot.on_action  # wrong
async def of_a_message(message: AgentMessage, ctx: AgentContext) -> None: ...


@bot.on_resolve  # wrong
async def with_too_much(action: AgentAction, ctx: AgentContext) -> None: ...


@bot.on_action  # wrong
def plain_with_async_context(action: AgentAction, ctx: AgentContext) -> None: ...


@bot.on_action
def plain(action: AgentAction, ctx: SyncAgentContext) -> None:
    ctx.reply("a").edit(7)  # wrong
