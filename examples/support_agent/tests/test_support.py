"""What the agent does for customers, with the order system of the service."""

from __future__ import annotations

import pytest
from novu_framework_testing import Conversation, NotOnShow, NovuSimulator, Stranger


def test_where_an_order_is(conversation: Conversation) -> None:
    [card] = conversation.say("Where is order 4711?")
    assert str(card) == "# Order 4711\nBoston fern, €49.00\nIt is **packing**.\n[Cancel order]"
    assert conversation.typing == ["Looking at order 4711"]


def test_an_order_that_has_not_left_is_canceled(conversation: Conversation) -> None:
    conversation.say("Order 4711, please")
    [card] = conversation.press("Cancel order")
    assert "canceled" in card.text

    [refusal] = conversation.press("Cancel order")  # the old card still has the button
    assert refusal.text == "Order 4711 is canceled: it cannot be canceled any more."


@pytest.mark.parametrize("text", ["What about order 4713?", "And 9999?"])
def test_orders_of_others_are_not_told_of(conversation: Conversation, text: str) -> None:
    [answer] = conversation.say(text)
    assert answer.text.startswith("I cannot find an order")


def test_a_refund_that_is_approved(
    novu: NovuSimulator, conversation: Conversation, novu_snapshot: object
) -> None:
    conversation.say("I want my money back for 4712")
    novu.advance(minutes=20)
    conversation.approve(by="support-lead")

    assert conversation.status == "resolved"
    assert conversation == novu_snapshot
    assert conversation.triggers[0].run == novu_snapshot  # the email that Ann gets


def test_a_refund_that_is_denied(novu: NovuSimulator, conversation: Conversation) -> None:
    conversation.say("Refund 4712!")
    [answer] = conversation.deny(by="support-lead")
    assert answer.text == "I am sorry, Lea did not approve the refund for order 4712."
    assert len(novu.messages) == 0


def test_a_refund_that_nobody_looks_at(novu: NovuSimulator, conversation: Conversation) -> None:
    conversation.say("Refund 4712!")
    novu.advance(hours=1)
    assert conversation.requests[0].status == "expired"

    _too_late, answer = conversation.approve(by="support-lead")
    assert "Please ask again" in answer.text
    with pytest.raises(NotOnShow):
        conversation.approve()


def test_a_customer_cannot_approve(conversation: Conversation) -> None:
    conversation.say("Refund 4712!")
    conversation.approve(by="ann")
    assert conversation.requests[0].status == "pending"


def test_a_reply_to_the_email_about_a_refund(novu: NovuSimulator) -> None:
    payload = {"number": "4712", "amount": "€12.50"}
    run = novu.trigger(
        "refund-issued", to={"subscriberId": "ann", "email": "ann@acme.test"}, payload=payload
    ).run
    conversation = novu.agent("support-bot", subscriber="ann", platform="email", subject="Re: Your refund")
    [card] = conversation.reply_to(run, "Is that for order 4712?")
    assert "Clay pot" in str(card)


def test_a_stranger_is_asked_to_sign_in(novu: NovuSimulator) -> None:
    conversation = novu.agent("support-bot", subscriber=Stranger("Guest"))
    [answer] = conversation.say("Where is order 4711?")
    assert "sign in" in answer.text
