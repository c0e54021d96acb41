"""The plain text of emails, as mail programs make it of HTML."""

from __future__ import annotations

from novu_framework_testing.snapshots.plain_text import plain_text
from tests.tables import walked


@walked(
    ("html", "text"),
    [
        ("only words & more", "only words & more"),
        ("", ""),
        ("<title>x</title><style>p{}</style><p>One</p><p>Two<br>Three</p>", "One\n\nTwo\n\nThree"),
        ("<p>See <a href='https://a.test'>our shop</a> now</p>", "See our shop (https://a.test) now"),
        ("<a href='https://a.test'>https://a.test</a>", "https://a.test"),
        ("<p>Write to <a href='mailto:a@b.c'>a@b.c</a>.</p>", "Write to a@b.c."),
        ("<ul><li>Tea<li>Pot <a href='https://b.test'>here</a></ul>", "- Tea\n- Pot here (https://b.test)"),
        ("<a href='https://a.test'><img src=x alt=Shop></a><img src=y>", "Shop (https://a.test)\n\n[Shop]"),
        ("<p>Hi</p><img src=y alt=Counted width=1 height=1>", "Hi"),
        ("<div style='display:none'>In short</div><p>Long</p><p hidden>never</p>", "In short\n\nLong"),
    ],
)
def test_plain_text(html: str, text: str) -> None:
    assert plain_text(html) == text
