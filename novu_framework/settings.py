"""The settings of a bridge and of calls to the Novu API: from arguments, then from the environment."""

from __future__ import annotations

import logging
import math
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit

from novu_framework.errors import MissingSecretKeyError

DEFAULT_API_URL = "https://api.novu.co"
DEFAULT_MAX_BODY_BYTES = 10 * 1024 * 1024
DEFAULT_STEP_TIMEOUT = 4.0
DEFAULT_MAX_THREADS = 40
MAX_PREVIOUS_KEYS = 3
"""Whoever has no key can ask for this work: each previous key is one more hash of the body."""


@dataclass(frozen=True, eq=False, repr=False)
class Settings:
    """The settings of a bridge and of a `Client`. Make one with `Settings.resolve`.

    Attributes:
        secret_key: The key shared with Novu: signs bridge requests and opens the API; empty where none is set.
        api_url: The URL of the Novu API, without a slash at its end.
        strict_authentication: Whether requests to the bridge must be signed.
        verbose: Whether each request is logged at level INFO.
        logger: Where it is logged.
        max_body_bytes: The largest body of a request that the bridge reads.
        step_timeout: The seconds that the functions of a step may take together; None for no limit.
        max_threads: The number of plain functions that run at once; more of them wait.
        previous_secret_keys: Keys whose signatures the bridge accepts too, while the key is being changed.
        gc_freeze: Whether garbage collections leave out what the app holds when its first bridge is made, and are fewer.
    """

    secret_key: str = field(repr=False)
    api_url: str
    strict_authentication: bool
    verbose: bool
    logger: logging.Logger
    max_body_bytes: int
    step_timeout: float | None
    max_threads: int
    previous_secret_keys: tuple[str, ...] = field(repr=False)
    gc_freeze: bool

    @classmethod
    def resolve(
        cls,
        secret_key: str | None = None,
        api_url: str | None = None,
        strict_authentication: bool | None = None,
        verbose: bool = False,
        logger: logging.Logger | None = None,
        max_body_bytes: int = DEFAULT_MAX_BODY_BYTES,
        step_timeout: float | None = None,
        max_threads: int | None = None,
        previous_secret_keys: Iterable[str] | None = None,
        gc_freeze: bool | None = None,
    ) -> Settings:
        """Take the arguments, and what they leave out from the environment.

        The variables are `NOVU_SECRET_KEY` (then `NOVU_API_KEY`), `NOVU_PREVIOUS_SECRET_KEYS` (separated by commas),
        `NOVU_API_URL`, `NOVU_STRICT_AUTHENTICATION_ENABLED`, `NOVU_STEP_TIMEOUT`, `NOVU_MAX_THREADS` and `NOVU_GC_FREEZE`.

        Raises:
            ValueError: An argument or a variable cannot be used; the message says which and why.
            TypeError: The previous keys are one text.

        >>> Settings.resolve("nv-secret", strict_authentication=True).api_url
        'https://api.novu.co'
        """
        key = ""
        try:
            if max_body_bytes <= 0:
                raise ValueError(f"max_body_bytes is {max_body_bytes}: it is a number of bytes above 0.")
            key = _usable_key(secret_key or environment_key())
            return Settings(
                key,
                _usable_url(api_url or os.environ.get("NOVU_API_URL") or DEFAULT_API_URL),
                _switch("NOVU_STRICT_AUTHENTICATION_ENABLED", strict_authentication),
                verbose,
                logger or logging.getLogger("novu_framework"),
                max_body_bytes,
                _number("step_timeout", step_timeout, DEFAULT_STEP_TIMEOUT, least=0) or None,
                int(_number("max_threads", max_threads, DEFAULT_MAX_THREADS, least=1)),
                _usable_previous_keys(previous_secret_keys, key),
                _switch("NOVU_GC_FREEZE", gc_freeze),
            )
        except BaseException:
            secret_key = previous_secret_keys = api_url = (
                None  # whoever reports errors shows the variables of frames
            )
            key = ""
            raise

    def require_secret_key(self) -> str:
        """Return the secret key.

        Raises:
            MissingSecretKeyError: The settings have no key; the message says how to set one.
        """
        if not self.secret_key:
            raise MissingSecretKeyError()
        return self.secret_key

    @property
    def secret_keys(self) -> tuple[str, ...]:
        """The secret key and the previous ones."""
        return self.secret_key, *self.previous_secret_keys

    def __repr__(self) -> str:
        known = vars(self)  # none yet, where one of them was refused
        shown = [f"{name}={known[name]!r}" for name in ("api_url", "strict_authentication") if name in known]
        return f"{type(self).__name__}({', '.join(shown)})"


def environment_key() -> str:
    """Return the secret key that the environment holds: `NOVU_SECRET_KEY`, then `NOVU_API_KEY`; empty for none."""
    return os.environ.get("NOVU_SECRET_KEY") or os.environ.get("NOVU_API_KEY") or ""


def environment_keys() -> list[str]:
    """Return all secret keys that the environment holds, the previous ones too."""
    names = ("NOVU_SECRET_KEY", "NOVU_API_KEY", "NOVU_PREVIOUS_SECRET_KEYS")
    keys = (key.strip() for name in names for key in os.environ.get(name, "").split(","))
    return [key for key in keys if key]


def environment_bridge_url() -> str | None:
    """Return the URL of the bridge that the environment names: `NOVU_BRIDGE_ORIGIN` + `/api/novu`; None for none."""
    origin = os.environ.get("NOVU_BRIDGE_ORIGIN")
    return f"{origin}/api/novu" if origin else None


def _usable_key(key: str) -> str:
    problem = ""
    if not isinstance(key, str):
        problem = (
            f"A secret key is text, not {type(key).__name__}; of a SecretStr, give `get_secret_value()`."
        )
    # httpx would refuse such a key too, with the key in its message.
    elif not (key.strip().isascii() and key.strip().isprintable()):
        problem = "A secret key has characters that no HTTP header can carry: was it cut and pasted?"
    if problem:
        error = ValueError if isinstance(key, str) else TypeError
        key = ""
        raise error(problem)
    return key.strip()


def _usable_previous_keys(given: Iterable[str] | None, current: str) -> tuple[str, ...]:
    if given is None:
        given = os.environ.get("NOVU_PREVIOUS_SECRET_KEYS", "").split(",")
    is_text = isinstance(given, str)  # each of its letters would be a key
    try:
        # the variable may be there before or after the key itself has changed
        keys = (
            ()
            if is_text
            else tuple(key for key in dict.fromkeys(map(_usable_key, given)) if key and key != current)
        )
    finally:
        given, current = None, ""
    many = len(keys)
    if is_text or many > MAX_PREVIOUS_KEYS:
        keys = ()
    if is_text:
        raise TypeError('previous_secret_keys is a list of keys, also where there is one: ["..."].')
    if many > MAX_PREVIOUS_KEYS:
        raise ValueError(
            f"previous_secret_keys (or NOVU_PREVIOUS_SECRET_KEYS) has {many} keys, and {MAX_PREVIOUS_KEYS} is the most: "
            "take out those that Novu no longer signs with."
        )
    return keys


def _switch(variable: str, given: bool | None) -> bool:
    """Return a setting that is on or off: the argument, then the environment's, then on."""
    if given is not None:
        return given
    return os.environ.get(variable, "").strip().lower() not in ("false", "0", "no", "off")


def _number(name: str, given: float | None, default: float, *, least: float) -> float:
    """Return a setting that is a number: the argument, then the environment's `NOVU_<NAME>`, then the default."""
    variable = f"NOVU_{name.upper()}"
    value = os.environ.get(variable, "").strip() or default if given is None else given
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = math.nan
    if not least <= number < math.inf:
        raise ValueError(f"{name} (or {variable}) is {value!r}: it is a number, {least} or more.")
    return number


def _usable_url(url: str) -> str:
    url = str(url).strip()
    problem = problem_of_url(url)
    if not problem:
        if "@" in urlsplit(url).netloc:
            problem = (
                "it has a user name or a password, which would stand where the secret key does in every call"
            )
        elif "?" in url or "#" in url:
            problem = "it has a query or a fragment, behind which no path of the API can stand"
    if problem:
        url = ""
        raise ValueError(
            f"api_url (or NOVU_API_URL) cannot be used: {problem}. It is the URL of a Novu API, as {DEFAULT_API_URL!r}."
        )
    return url.rstrip("/")


def problem_of_url(url: str) -> str:
    """Return why nothing can be sent to a URL, without a word of it, which may hold a password; empty where something can be.

    >>> problem_of_url("http://127.0.0.1:80800/")
    'its port is no number up to 65535'
    >>> problem_of_url("https://api.novu.co")
    ''
    """
    if len(url) > _LONGEST_URL:
        return f"it has more than {_LONGEST_URL:,} characters"
    try:
        parts = urlsplit(url)
    except ValueError:  # as of `http://[::1`
        return _NO_HOST
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
    is_host = _is_address_in_brackets if "[" in parts.netloc else _is_host
    return "" if is_host(parts.hostname) else _NO_HOST


def shown_url(url: str) -> str:
    """Return a URL for people to see, without what may be a secret: the name and password of who asks, and the query.

    >>> shown_url("https://ci:pa55@acme.test/api/novu?token=1")
    'https://acme.test/api/novu'
    """
    address = re.split("[?#]", url, maxsplit=1)[0]
    scheme, mark, rest = address.partition("://")
    host, slash, path = rest.partition("/") if mark else ("", "", "")
    host = host.rpartition("@")[2]
    return f"{scheme}://{host}{slash}{path}" if mark else address.rpartition("@")[2]


_LONGEST_URL = 8_000
_NO_HOST = "its host is neither a name nor an address"


def _is_address_in_brackets(host: str) -> bool:
    # CPython before 3.11.4 splits off whatever stands in them
    return ":" in host and _is_host(host)


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
