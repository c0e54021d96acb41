"""`assert conversation == novu_snapshot`: one readable file, and what it tells where the conversation is another one."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest

from novu_framework_testing.review import ReviewStore
from novu_framework_testing.review.terminal_review import terminal

AGENT = """
from novu_framework import agent
from novu_framework.agents import Actions, Button, Card, CardText, Divider, Image, Select, SelectOption, TextInput, CardLink

@agent("shop")
async def shop(message, ctx):
    await (await ctx.reply("One moment")).edit("Order 7 is ANSWER")
    ctx.metadata.set("intent", "order")
    await ctx.reply(Card("Order 7", subtitle="Shipped", children=[
        CardText("Arrives on Friday"), Divider(), CardLink("https://acme.test", "Track it"), Image("https://acme.test/a.png", alt="A map"),
        Select("speed", "Speed", [SelectOption("Fast", "f"), SelectOption("Slow", "s")]), TextInput("why", "Why?"),
        Actions([Button("cancel", "Cancel", style="danger")]),
    ]))

@shop.on_action
async def pressed(action, ctx):
    ctx.approve("Really?", ttl=60)

@agent("broken")
async def broken(message, ctx):
    raise RuntimeError("no")
"""
TEST = """
from bots import broken, shop
from novu_framework_testing import NovuSimulator, UnreadFailures
import pytest

def test_talk(novu, novu_snapshot):
    conversation = novu.agent(shop, subscriber={"subscriberId": "ann", "firstName": "Ann"})
    conversation.say("Where is order 7?", files=["a.pdf"])
    novu.advance(hours=1)
    conversation.press("Cancel")
    novu.advance(hours=1)
    assert conversation == novu_snapshot

def test_broken(novu, novu_snapshot):
    conversation = novu.agent(broken)
    conversation.say("Hi")
    with pytest.raises(UnreadFailures, match="broken, onMessage: RuntimeError: no"):
        assert conversation == novu_snapshot
    assert conversation.failures
"""
FILE = """\
step: shop
channel: conversation
status: active

content:
  platform: slack
  people:
    - Ann
  talk:
    - from: Ann
      text: Where is order 7?
      files:
        - a.pdf
    - from: shop (edited)
      text: Order 7 is shipped
    - from: shop
      card:
        title: Order 7
        subtitle: Shipped
        parts:
          - text: Arrives on Friday
          - ---
          - link: Track it
            url: https://acme.test
          - image: A map
            url: https://acme.test/a.png
          - select: Speed
            options:
              - Fast
              - Slow
          - field: Why?
          - actions:
              - button: Cancel
                style: danger
    - note: shop notes intent = "order"
    - later: 1 hour
      note: Ann presses [Cancel]
    - from: shop
      card:
        title: Really?
        parts:
          - actions:
              - button: Deny
              - button: Approve
                style: primary
    - later: 1 minute
      note: Nobody answered in time: Really?
"""


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    pytester.makeini("[pytest]\nasyncio_default_fixture_loop_scope = function\n")
    pytester.makepyfile(bots=AGENT.replace("ANSWER", "shipped"), test_agents=TEST)
    return pytester


def test_a_conversation_is_one_readable_file(project: pytest.Pytester) -> None:
    result = project.runpytest_inprocess("--snapshot-update")
    result.assert_outcomes(passed=2)
    folder = project.path / "__snapshots__" / "test_agents" / "test_talk"
    assert [one.name for one in folder.iterdir()] == ["01-shop-conversation.txt"]
    assert (folder / "01-shop-conversation.txt").read_text() == FILE

    project.runpytest_inprocess().assert_outcomes(passed=2)


def test_what_changed_is_told_by_its_message_and_can_be_reviewed(project: pytest.Pytester) -> None:
    project.runpytest_inprocess("--snapshot-update").assert_outcomes(passed=2)
    Path("bots.py").write_text(AGENT.replace("ANSWER", "on its way").replace('"Cancel"', '"Cancel it"'))
    Path("test_agents.py").write_text(TEST.replace('"Cancel"', '"Cancel it"'))
    result = project.runpytest_inprocess("--novu-review")
    result.stdout.fnmatch_lines(
        ['*conversation with "shop" is not what its snapshot 01-shop-conversation says*']
    )
    text = result.stdout.str()
    assert "message 2 (shop, edited) › text" in text
    assert "message 3 (shop) › button" in text

    out = StringIO()
    assert terminal(project.path, ask=lambda _: "a", out=out, color=False) == 0
    assert "conversation" in out.getvalue()
    assert ReviewStore(project.path).pending() == []
    project.runpytest_inprocess().assert_outcomes(passed=2)
