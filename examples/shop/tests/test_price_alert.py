"""Lower prices, for those who follow a product: not too many, and by email only for those who want it."""

import pytest

from shop.services import audience

CHEAPER = {"sku": "fern", "name": "Boston fern", "was": 1850, "now": 1500}


@pytest.fixture
def announce(novu, ann):
    novu.subscriber(audience.subscriber(ann))
    novu.topic("price:fern").add("ann")
    return lambda: novu.trigger("price-alert", to=audience.followers("fern"), payload=CHEAPER).run


def test_what_a_follower_sees(novu, announce, novu_snapshot):
    novu.subscriber("ann").set_credentials("slack", {"webhookUrl": "https://hooks.example/1"})

    assert announce() == novu_snapshot


def test_the_third_alert_of_a_day_is_held_back(novu, announce):
    runs = [announce() for _ in range(3)]

    assert [run.step("inbox").status for run in runs] == ["completed", "completed", "skipped"]
    assert runs[2].step("not-too-many").result.throttled

    novu.advance(days=1)

    assert announce().step("inbox").status == "completed"


def test_no_email_unless_the_customer_wants_it(novu, announce):
    assert announce().step("email").skip_reason

    novu.subscriber("ann").preferences.update("price-alert", channels={"email": True})

    assert announce().messages[-1].channel == "email"


def test_each_follower_hears_of_it_once(novu, announce, novu_faker):
    bob = novu_faker.subscriber(subscriber_id="bob")
    novu.subscriber(bob)
    novu.topic("price:fern").add("bob")

    trigger = novu.trigger("price-alert", to=[audience.followers("fern"), "bob"], payload=CHEAPER)

    assert sorted(run.subscriber_id for run in trigger.runs) == ["ann", "bob"]
