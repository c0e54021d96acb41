"""The bridge that Novu calls, asked as Novu asks it."""

import pytest
from novu_framework_testing.bridges import BridgeFailure
from novu_framework_testing.contract import check_bridge


def test_novu_finds_every_workflow(novu_bridge):
    workflows = novu_bridge().discover()["workflows"]

    assert [workflow["workflowId"] for workflow in workflows] == [
        "order-confirmation",
        "shipping-delay",
        "abandoned-cart",
        "price-alert",
    ]


def test_the_dashboard_can_preview_an_email_before_there_is_an_order(novu_bridge):
    answer = novu_bridge().preview("order-confirmation", "email", controls={"headline": "Hooray!"})

    assert "<h1>Hooray!</h1>" in answer["outputs"]["body"]


def test_a_later_step_gets_what_the_earlier_ones_left(novu_bridge):
    payload = {"number": "BB-1", "was": "2026-01-09", "now": "2026-01-12", "reason": "Snow"}
    event = {"id": "1", "time": "2026-01-08T09:00:00.000Z", "payload": payload}
    unread = {"seen": False, "read": False, "lastSeenDate": None, "lastReadDate": None}

    answer = novu_bridge().execute(
        "shipping-delay",
        "sms",
        payload,
        state={"inbox": unread, "collect": {"events": [event] * 3, "eventCount": 3}, "email": {}},
    )

    assert answer["outputs"]["body"].startswith("Birch & Bloom: 3 of your parcels")


def test_an_order_without_lines_is_refused(novu_bridge):
    order = {"number": "BB-1", "lines": [], "shipping": 0, "arrives_on": "2026-01-09", "address": []}

    with pytest.raises(BridgeFailure) as refused:
        novu_bridge().execute("order-confirmation", "email", order)

    assert (refused.value.status, refused.value.code) == (400, "ExecutionEventPayloadInvalidError")


def test_the_bridge_is_as_novu_wants_it(novu):
    from shop.main import app

    report = check_bridge(app, secret_key=novu.secret_key)

    assert report.ok, str(report)
