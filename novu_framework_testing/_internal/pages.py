"""What the pages of the toolkit have in common: their files, and the headers that keep strangers out of them."""

from __future__ import annotations

from importlib import resources

# Frames of a page inherit the policy: an email in one can neither run a script nor fetch anything.
SECURITY_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; img-src data:; "
        "frame-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-store",
}
"""The headers of a page and its files."""

MEDIA_TYPES = {".html": "text/html", ".js": "text/javascript", ".css": "text/css"}


PREVIEW_SCRIPTS = (
    "previews.js", "emails.js", "readable.js", "findings.js", "providers.js", "emoji.js", "markup.js", "providers_slack.js", "providers_teams.js",
    "providers_chats.js", "providers_push.js", "providers_emails.js", "conversations.js",
)  # fmt: skip
"""The scripts that draw a message, in the order in which a page loads them."""

PREVIEW_STYLES = ("previews.css", "emails.css", "providers.css", "conversations.css")
"""The style sheets of a drawn message."""


def media_type(name: str) -> str:
    """Return the media type of a page's file, by the end of its name."""
    return f"{MEDIA_TYPES[name[name.rindex('.') :]]}; charset=utf-8"


def asset(part: str, name: str) -> str:
    """Return the text of a file of a page, which ships with the package: `asset("review", "review.js")`."""
    folder = resources.files("novu_framework_testing").joinpath(part).joinpath("page")
    return folder.joinpath(name).read_text(encoding="utf-8")
