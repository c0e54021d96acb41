"""What is wrong with a URL, before anything is sent to it."""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import urlsplit


def problem_of(url: str) -> str:
    """Return why nothing can be sent to a URL, without a word of it, which may hold a password; empty where something can be.

    >>> problem_of("http://127.0.0.1:80800/")
    'its port is no number up to 65535'
    >>> problem_of("https://api.novu.co")
    ''
    """
    try:
        parts = urlsplit(url)
    except ValueError:  # as of `http://[::1`
        return "its host cannot be read"
    if parts.scheme not in ("http", "https"):
        return "it does not begin with http:// or https://"
    try:
        _ = parts.port
    except ValueError:
        return "its port is no number up to 65535"
    if not parts.hostname:
        return "it names no host"
    if not url.isprintable():
        return "it has characters that are not seen"
    return "" if _is_host(parts.hostname) else "its host is none"


def _is_host(host: str) -> bool:
    """Tell whether a name or an address is one; of those in other letters than a to z, httpx knows."""
    name = host.removesuffix(".")
    if ":" in name or name.replace(".", "").isdigit():
        try:
            ip_address(name)
        except ValueError:
            return False
        return True
    if name.isascii() and "xn--" not in name.lower():
        return all(map(_LABEL.fullmatch, name.split(".")))
    import httpx

    try:
        _ = httpx.URL(f"http://{name}").host
    except (httpx.InvalidURL, UnicodeError):
        return False
    return True


_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?", re.IGNORECASE)
