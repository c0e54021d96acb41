"""Where the fine print of an email begins, by its sizes and by what it says."""

from __future__ import annotations

from novu_framework_testing._internal.html_document import parsed
from novu_framework_testing.snapshots.fine_print import fine_print

SMALL = "<p style='font-size:12px'>{}</p>"
BEGINS: dict[str, int] = {
    # what is smaller than most letters, and what browsers make of no size
    "<p>It is cold outside.</p><p style='font-size:15.5px'>Hill Road 9</p>": 1,
    "<p style='font-size:16px'>It is cold outside.</p><p>Hill Road 9</p>": 2,
    SMALL.format("It is cold.") * 3 + "<p>Hill Road 9, Leeds, of all</p>" + SMALL.format("Bye"): 5,
    SMALL.format("It is cold.") + "<p>Hill Road 9, Leeds, and more</p>" + SMALL.format("Bye"): 2,
    "<p style='font-size:1.5em'>It is cold outside.</p><p style='font-size:120%'>Bye</p>": 1,
    "<p style='font-size:15pt'>It is cold outside.</p><p style='font-size:19px'>Bye</p>": 1,
    "<p style='font-size:2rem'>It is cold outside.</p><p style='font-size:31px'>Bye</p>": 1,
    # what nobody reads does not count
    "<p>It is cold outside.</p><small>Hill Road 9</small><p style='display:none'>x</p>": 1,
    "<title>© Acme</title><p>It is cold outside.</p>": 2,
    "<p style='display:none'>© Acme</p><p>It is cold outside.</p>": 2,
    "<p>It is cold outside.</p><p style='display:none'>© Acme</p>": 2,
    "<p>It is cold outside.</p><img src=a alt='© Acme'>": 2,
    # a footer, and whom to write to
    "<p>It is cold outside.</p><footer><p>Hill Road 9</p><p>Leeds</p></footer>": 1,
    "<p>It is cold outside.</p><p>office@acme.test</p><p>Bye</p>": 1,
    "<p>Ask office@acme today.</p><p>Bye</p>": 2,
    "<footer>Hill Road 9</footer><h2>Where</h2><small>Leeds</small>": 2,
}


def test_the_fine_print_begins_where_the_message_has_ended() -> None:
    assert {each: fine_print(parsed(each)) for each in BEGINS} == BEGINS
