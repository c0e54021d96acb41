"""What holds in every order, whatever happens when: the other tests say what happens in some."""

from datetime import timedelta

from novu_framework_testing.explore import INVARIANTS, at_most_one, at_most_one_email, escalated

AN_HOUR = timedelta(hours=1)


def test_what_holds_in_every_order(novu_explore):
    novu_explore(
        invariants=[
            *INVARIANTS,
            at_most_one_email("shipping-delay", per=AN_HOUR),
            at_most_one("sms", "shipping-delay", per=AN_HOUR),
            escalated("shipping-delay", to="email", within=AN_HOUR),
        ],
        orders=100,
    )
