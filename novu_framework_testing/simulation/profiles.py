"""What a subscriber may be: the fields of a profile, and Novu's words for values that it does not take.

Each of `PROFILE_KINDS` says what is wrong with a value, in words that follow the field's name, or gives None.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

# by what is left out: a set that goes up to \uffff takes milliseconds to compile
_NEVER = r"\x00-\x20\x7f-\xa0\U00010000-\U0010ffff"
_WORD = rf'[^{_NEVER}"(),.:;<>@\[\\\]]+'
_LOCAL = re.compile(rf"{_WORD}(\.{_WORD})*")
_LABEL = re.compile(rf"(?!-)[^{_NEVER}!-,./:-@\[-`{{-~]{{1,63}}(?<!-)")
_LAST_LABEL = re.compile(rf"[^{_NEVER}!-@\[-`{{-~]{{2,63}}|[Xx][Nn][A-Za-z0-9-]{{2,}}")
_LOCALE = re.compile(
    r"([a-z]{2,3}([-_][a-z]{3}){0,3}|[a-z]{4}|[a-z]{5,8})"  # the language
    r"([-_][a-z]{4})?([-_]([a-z]{2}|[0-9]{3}))?"  # its script and its region
    r"([-_]([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*([-_][a-wy-z0-9]([-_][a-z0-9]{2,8})+)*([-_]x([-_][a-z0-9]{1,8})+)?",
    re.IGNORECASE,
)

Checked = Callable[[Any], "str | None"]


def text(value: Any) -> str | None:
    """Accept a text."""
    return None if isinstance(value, str) else "must be a string"


def email(value: Any) -> str | None:
    """Accept an address such as `ann@acme.test`."""
    return None if isinstance(value, str) and _is_email(value) else "must be an email"


@lru_cache(maxsize=256)  # each trigger names its recipients anew
def _is_email(value: str) -> bool:
    local, at, domain = value.rpartition("@")
    *labels, last = domain.split(".")
    fits = len(local.encode()) <= 64 and len(domain) <= 254
    readable = _LOCAL.fullmatch(local) and labels and all(map(_LABEL.fullmatch, labels))
    return bool(at and fits and readable and _LAST_LABEL.fullmatch(last))


def locale(value: Any) -> str | None:
    """Accept a locale such as `en_US`."""
    return None if isinstance(value, str) and _LOCALE.fullmatch(value) else "must be locale"


def timezone(value: Any) -> str | None:
    """Accept a time zone such as `Europe/Paris`."""
    return None if isinstance(value, str) and _is_timezone(value) else "must be a valid IANA time-zone"


@lru_cache(maxsize=64)
def _is_timezone(name: str) -> bool:
    try:
        return bool(ZoneInfo(name))
    except (OSError, ValueError, LookupError):
        return False


def an_object(value: Any) -> str | None:
    """Accept an object."""
    return None if isinstance(value, Mapping) else "must be an object"


PROFILE_KINDS: dict[str, Checked] = {
    "firstName": text,
    "lastName": text,
    "email": email,
    "phone": text,
    "avatar": text,
    "locale": locale,
    "timezone": timezone,
}


def profile_problems(profile: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with a recipient of a trigger, one sentence each; null is always taken."""
    subscriber_id = profile.get("subscriberId")
    found = [] if isinstance(subscriber_id, str) else ["subscriberId must be a string"]
    if not subscriber_id or (isinstance(subscriber_id, str) and not subscriber_id.strip()):
        found.append("subscriberId should not be empty")
    for name, value in profile.items():
        if value is not None and (kind := PROFILE_KINDS.get(name)) and (problem := kind(value)) is not None:
            found.append(f"{name} {problem}")
    if profile.get("channels") is not None and not _are_channels(profile["channels"]):
        found.append("channels must be a list of providers with their credentials")
    return found


def _are_channels(channels: Any) -> bool:
    return isinstance(channels, list) and all(map(_is_channel, channels))


def _is_channel(channel: Any) -> bool:
    if not isinstance(channel, Mapping) or not (channel.get("providerId") or channel.get("provider_id")):
        return False
    credentials = channel.get("credentials")
    if not isinstance(credentials, Mapping):
        return credentials is None
    tokens = credentials.get("deviceTokens", credentials.get("device_tokens", []))
    return isinstance(tokens, list) and all(isinstance(token, str) for token in tokens)
