"""The platforms on which agents talk to people, as far as the simulation minds them."""

from __future__ import annotations

from typing import NamedTuple

from novu_framework._internal.suggestions import known_names


class Platform(NamedTuple):
    """A platform.

    Attributes:
        channel, provider_id: The channel and the provider that carry its messages, by which `novu.fail_provider` means them.
        buttons: False where people answer approvals by a text, since it has no buttons.
    """

    channel: str
    provider_id: str
    buttons: bool = True


PLATFORMS = {
    "slack": Platform("chat", "slack"),
    "teams": Platform("chat", "msteams"),
    "whatsapp": Platform("chat", "whatsapp-business"),
    "telegram": Platform("chat", "telegram"),
    "email": Platform("email", "novu-email-agent"),
    "sendblue": Platform("chat", "sendblue", buttons=False),
    "photon_imessage": Platform("chat", "photon-imessage", buttons=False),
    "web_chat": Platform("chat", "novu-web-chat"),
}


def known_platform(name: str) -> Platform:
    """Return the platform of that name. Raises `ValueError`, which lists those that there are."""
    try:
        return PLATFORMS[name]
    except KeyError:
        names = known_names(name, PLATFORMS)
        raise ValueError(f"{name!r} is not a platform of agents; there are {names}") from None
