"""From a request to the message: the endpoints trigger, `novu_cloud` is Novu, and nothing leaves the process."""

import pytest

pytestmark = pytest.mark.anyio


async def test_an_order_is_confirmed(web, novu_cloud):
    response = await web.post("/orders", json={"customer_id": "ann", "lines": [{"sku": "fern"}]})

    assert response.status_code == 201
    run = novu_cloud.triggers[0].run
    assert [message.channel for message in run.messages] == ["in_app", "email"]
    assert run.messages[-1].to == "ann@acme.test"
    assert run.transaction_id == response.json()["number"]


async def test_a_cart_that_is_ordered_is_not_reminded_of(web, novu_cloud):
    await web.post("/carts/ann/lines", json={"sku": "fern"})
    await novu_cloud.advance_async(hours=1)
    await web.post("/orders", json={"customer_id": "ann"})

    await novu_cloud.run_until_idle_async()

    reminder, confirmation = novu_cloud.triggers
    assert reminder.run.messages == []
    assert confirmation.run.status == "completed"


async def test_followers_hear_of_a_lower_price_and_not_of_a_higher_one(web, novu_cloud, ann):
    await web.post("/customers", json=ann.model_dump())
    await web.post("/products/fern/followers", json={"customer_id": "ann"})

    await web.put("/products/fern/price", json={"price": 2000})
    assert not novu_cloud.messages

    await web.put("/products/fern/price", json={"price": 1500})
    assert novu_cloud.subscriber("ann").inbox[0].body == "Now €15.00 instead of €20.00."


async def test_a_late_order_is_told_of(web, novu_cloud):
    order = (await web.post("/orders", json={"customer_id": "ann", "lines": [{"sku": "fern"}]})).json()

    await web.post(f"/orders/{order['number']}/delay", json={"arrives_on": "2030-01-02", "reason": "Snow"})

    assert novu_cloud.subscriber("ann").inbox[0].subject == f"Order {order['number']} is late"


async def test_a_busy_novu_is_asked_again(web, novu_cloud):
    novu_cloud.rate_limit(times=1, retry_after=0)

    response = await web.post("/orders", json={"customer_id": "ann", "lines": [{"sku": "fern"}]})

    assert response.status_code == 201
    assert len(novu_cloud.requests) == 2
    assert len(novu_cloud.triggers) == 1


@pytest.mark.parametrize(
    "order",
    [{"customer_id": "eve", "lines": [{"sku": "fern"}]}, {"customer_id": "ann", "lines": [{"sku": "x"}]}],
)
async def test_what_does_not_exist_is_not_ordered(web, novu_cloud, order):
    response = await web.post("/orders", json=order)

    assert response.status_code == 404
    assert not novu_cloud.requests
