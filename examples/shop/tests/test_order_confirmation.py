"""The order confirmation, as the customer sees it."""

from datetime import date

import pytest

from shop.models import Line, Order
from shop.notifications import order_confirmation
from shop.services import audience, orders


@pytest.fixture
def payload():
    return orders.confirmation(
        Order(
            number="BB-1001",
            customer_id="ann",
            lines=[Line(sku="monstera"), Line(sku="pot", quantity=2), Line(sku="can")],
            placed_on=date(2026, 1, 5),
            arrives_on=date(2026, 1, 9),
        )
    )


@pytest.fixture
def send(novu, ann, payload):
    return lambda: novu.trigger("order-confirmation", to=audience.subscriber(ann), payload=payload).run


def test_what_the_customer_sees(send, novu_snapshot):
    assert send() == novu_snapshot


def test_shipping_has_its_price_below_60_euros(novu, ann, novu_snapshot):
    order = Order(
        number="BB-1002",
        customer_id="ann",
        lines=[Line(sku="fern")],
        placed_on=date(2026, 1, 5),
        arrives_on=date(2026, 1, 9),
    )

    run = novu.trigger(
        "order-confirmation", to=audience.subscriber(ann), payload=orders.confirmation(order)
    ).run

    assert run.step("email") == novu_snapshot


def test_colleagues_edit_the_words_in_the_dashboard(novu, send):
    novu.controls(
        "order-confirmation",
        "email",
        {"subject": "{{ subscriber.firstName }}, we have your order", "show_help": False},
    )

    email = send().messages[-1]

    assert email.subject == "Ann, we have your order"
    assert "Answer this email" not in email.body


def test_it_cannot_be_switched_off(novu, send):
    novu.subscriber("ann").preferences.update("order-confirmation", channels={"email": False})

    assert [message.channel for message in send().messages] == ["in_app", "email"]


def test_sendgrid_is_told_which_kind_of_mail_it_is(send):
    assert send().step("email").providers["sendgrid"]["categories"] == ["orders"]


def test_any_order_can_be_shown(novu, novu_faker):
    for _ in range(20):
        payload = novu_faker.payload(order_confirmation)
        run = novu.trigger("order-confirmation", to=novu_faker.subscriber(), payload=payload).run
        assert payload["number"] in run.messages[-1].body


def test_markup_in_a_name_stays_text(novu, ann, payload):
    payload.address[0] = "<script>alert(1)</script>"

    body = (
        novu.trigger("order-confirmation", to=audience.subscriber(ann), payload=payload).run.messages[-1].body
    )

    assert "<script" not in body
    assert "&lt;script&gt;" in body
