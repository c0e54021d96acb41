"""The reminder of a cart, which looks at the cart again before it says anything."""

import pytest

from shop.models import Cart, Line
from shop.services import audience, carts
from shop.store import store


@pytest.fixture
def run(novu, ann):
    """The reminder of a cart with a fern in it."""
    store.carts["ann"] = Cart(customer_id="ann", lines=[Line(sku="fern")])
    novu.subscriber(audience.subscriber(ann)).set_credentials("fcm", {"deviceTokens": ["phone"]})
    return novu.trigger("abandoned-cart", to="ann", payload={"customer_id": "ann"}).run


def test_after_four_hours_an_email_and_after_two_days_a_push(novu, run, novu_snapshot):
    novu.advance(hours=3, minutes=59)
    assert run.messages == []

    novu.advance(minutes=1)
    assert [message.channel for message in run.messages] == ["email"]

    novu.advance(days=2)
    assert run == novu_snapshot


def test_an_empty_cart_reminds_of_nothing(novu, run, novu_snapshot):
    carts.empty("ann")

    novu.run_until_idle()

    assert run.messages == []
    assert run == novu_snapshot


def test_who_orders_after_the_email_gets_no_push(novu, run):
    novu.advance(hours=5)
    carts.empty("ann")

    novu.run_until_idle()

    assert [message.channel for message in run.messages] == ["email"]


def test_the_email_shows_what_is_in_the_cart_by_then(novu, run):
    store.carts["ann"].lines.append(Line(sku="can", quantity=2))

    novu.advance(hours=4)

    assert "Copper watering can" in run.messages[0].body


@pytest.mark.parametrize("hours", [1, 24])
def test_colleagues_choose_how_long_to_wait(novu, hours):
    store.carts["ann"] = Cart(customer_id="ann", lines=[Line(sku="fern")])
    novu.controls("abandoned-cart", "wait", {"hours": hours})

    run = novu.trigger("abandoned-cart", to="ann", payload={"customer_id": "ann"}).run

    assert (run.step("wait").due_at - novu.now).total_seconds() == hours * 3600
