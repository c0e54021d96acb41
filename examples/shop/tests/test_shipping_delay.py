"""Late parcels: at once in the inbox, once an hour by email."""

import pytest

from shop.services import audience

FERN = {"number": "BB-1001", "was": "2026-01-09", "now": "2026-01-12", "reason": "Snow on the road"}
POT = {"number": "BB-1002", "was": "2026-01-09", "now": "2026-01-14", "reason": "The glaze is still drying"}

pytestmark = pytest.mark.novu(start="2026-01-08T09:00:00Z", strict=True)


@pytest.fixture
def late(novu, ann):
    return lambda parcel: novu.trigger("shipping-delay", to=audience.subscriber(ann), payload=parcel).run


def test_two_late_parcels_are_one_email_and_one_text_message(novu, late, novu_snapshot):
    first = late(FERN)
    novu.advance(minutes=20)
    second = late(POT)
    assert len(novu.subscriber("ann").inbox) == 2

    novu.advance(minutes=40)

    assert second.status == "merged"
    assert [message.channel for message in first.messages] == ["in_app", "email", "sms"]
    assert first == novu_snapshot


def test_one_late_parcel_is_no_text_message(novu, late):
    run = late(FERN)

    novu.run_until_idle()

    assert run.messages[-1].subject == "1 parcel of yours will be late"
    assert run.step("sms").status == "skipped"


def test_who_read_the_inbox_gets_no_email(novu, late):
    run = late(FERN)
    novu.subscriber("ann").inbox.mark_all_read()

    novu.run_until_idle()

    assert run.step("email").status == "skipped"


def test_an_email_that_bounces_does_not_hold_up_the_rest(novu, late):
    novu.fail_provider("email", error="mailbox full")
    run = late(FERN)
    late(POT)

    novu.run_until_idle()

    assert run.step("email").status == "failed"
    assert "mailbox full" in run.step("email").error
    assert run.step("sms").status == "completed"
