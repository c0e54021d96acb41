"""The shop's suite: pytest-django's transactions, in plain tests and in those of pytest-asyncio's auto mode."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client, TestCase, TransactionTestCase
from freezegun import freeze_time
from shop.asgi import django, wsgi
from shop.models import Order
from shop.workflows import mixed_workflow, order_paid, order_placed

from novu_framework_testing import BridgeFailure, NovuSimulator

ANN = {"subscriberId": "ann", "phone": "+431234"}


def check_a_plain_workflow_sees_the_transaction_of_the_test(novu: NovuSimulator, db: None) -> None:
    order = Order.objects.create(item="a book")
    run = novu.trigger("order-placed", to=ANN, payload={"order_id": order.pk}).run
    novu.advance(days=1)
    assert [message.body for message in run.messages] == ["You ordered a book", "A BOOK"]


@pytest.mark.parametrize("number", range(2))
def check_an_async_workflow_does_too_and_nothing_is_left_of_the_test_before(
    novu: NovuSimulator, db: None, number: int
) -> None:
    assert not Order.objects.exists()
    order = Order.objects.create(item="a pen")
    run = novu.trigger("order-paid", to=ANN, payload={"order_id": order.pk}).run
    assert run.messages[0].body == "You paid for a pen"


@pytest.mark.django_db(transaction=True)
async def check_an_async_test(novu: NovuSimulator) -> None:
    order = await Order.objects.acreate(item="a map")
    run = (await novu.trigger_async("order-paid", to=ANN, payload={"order_id": order.pk})).run
    assert run.messages[0].body == "You paid for a map"
    run = (await novu.trigger_async("order-placed", to=ANN, payload={"order_id": order.pk})).run
    await novu.advance_async(days=1)
    assert [message.body for message in run.messages] == ["You ordered a map", "A MAP"]


def check_a_view_that_triggers(novu_cloud: Any, db: None, client: Client) -> None:
    assert client.get("/buy?item=tea", secure=True, headers={"host": "shop.acme.test"}).status_code == 201
    novu_cloud.advance(days=1)
    assert [message.body for message in novu_cloud.messages] == ["You ordered tea"]


VIEWS = pytest.mark.parametrize(
    ("app", "route"), [(wsgi, "/plain/novu"), (django, "/plain/novu"), (django, "/async/novu")]
)


@VIEWS
def check_the_views_of_a_site_see_the_transaction_of_the_test(
    novu: NovuSimulator, app: Any, route: str, request: pytest.FixtureRequest
) -> None:
    novu.connect(app, route=route)  # needs no database yet, although the test before has opened one
    request.getfixturevalue("db")
    order = Order.objects.create(item="a vase")
    for workflow, body in (("order-placed", "You ordered a vase"), ("order-paid", "You paid for A VASE")):
        run = novu.trigger(workflow, to=ANN, payload={"order_id": order.pk}).run
        assert run.messages[0].body == body


def check_the_checks_of_hosts_and_of_https_let_requests_through(novu: NovuSimulator, db: None) -> None:
    with pytest.raises(BridgeFailure, match="there is no bridge at https://acme"):
        novu.connect(django, route="/elsewhere")


@freeze_time("2024-02-29 12:00")
def check_frozen_time(novu: NovuSimulator, db: None) -> None:
    order = Order.objects.create(item="a clock")
    run = novu.trigger("order-placed", to=ANN, payload={"order_id": order.pk}).run
    assert f"{run.messages[0].sent_at:%m-%d %H}" == "02-29 12"


class CheckTestCase(TestCase):
    def test_plain(self) -> None:
        order = Order.objects.create(item="a hat")
        with NovuSimulator() as novu:
            novu.register(order_placed, order_paid)
            for workflow in (order_placed, order_paid):
                run = novu.trigger(workflow, to=ANN, payload={"order_id": order.pk}).run
                assert run.messages[0].body.endswith("a hat" if workflow is order_placed else "A HAT")

    async def test_async(self) -> None:
        order = await Order.objects.acreate(item="a cap")
        async with NovuSimulator() as novu:
            novu.register(order_placed, order_paid)
            for workflow in (order_paid, order_placed):
                run = (await novu.trigger_async(workflow, to=ANN, payload={"order_id": order.pk})).run
                assert run.messages[0].body.endswith("a cap")
            run = novu.trigger(mixed_workflow, to=ANN, payload={"order_id": order.pk}).run
            assert [message.body for message in run.messages] == [
                "A CAP",
                "You paid for A CAP",
                "paid: A CAP",
            ]

    async def test_views(self) -> None:
        order = await Order.objects.acreate(item="a vase")
        for app, route in ((wsgi, "/plain/novu"), (django, "/plain/novu"), (django, "/async/novu")):
            async with NovuSimulator() as novu:
                await novu.connect_async(app, route=route)
                run = (await novu.trigger_async("order-paid", to=ANN, payload={"order_id": order.pk})).run
                assert run.messages[0].body == "You paid for a vase"
                await novu.trigger_async("order-placed", to=ANN, payload={"order_id": order.pk})
                await Order.objects.filter(pk=order.pk).aupdate(item="a vase")
                assert novu.messages[-1].body == "You ordered a vase"


class CheckTransactionTestCase(TransactionTestCase):
    def test_plain(self) -> None:
        order = Order.objects.create(item="a bag")
        with NovuSimulator() as novu:
            run = novu.trigger(order_placed, to=ANN, payload={"order_id": order.pk}).run
            assert run.messages[0].body == "You ordered a bag"
