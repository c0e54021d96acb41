"""Likely values of fields by their names: an email address for `customerEmail`, a city for `city`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from faker import Faker

_METHODS: dict[str, str] = {
    "ascii_safe_email": "email",
    "first_name": "firstname givenname",
    "last_name": "lastname surname familyname",
    "user_name": "username login",
    "company": "companyname company organization",
    "file_name": "filename",
    "hostname": "hostname",
    "catch_phrase": "productname title subject headline product",
    "name": "name author customer sender",
    "phone_number": "phone phonenumber mobile",
    "job": "jobtitle job role",
    "street_address": "street address",
    "city": "city town state",
    "country": "country",
    "country_code": "countrycode",
    "postcode": "zip zipcode postcode postalcode",
    "image_url": "avatar image picture photo",
    "url": "url uri link website href",
    "ipv4": "ip ipaddress",
    "currency_code": "currency",
    "locale": "locale",
    "language_code": "language",
    "timezone": "timezone",
    "color_name": "color colour",
    "uuid4": "uuid guid",
    "paragraph": "body content text description",
    "sentence": "comment message note reason summary",
    "slug": "slug",
    "iban": "iban",
}
"""The methods of Faker, with the ends of the names that they make values for, in lower case without separators."""

_ENDINGS = {ending: method for method, endings in _METHODS.items() for ending in endings.split()}

_DIGITS = {
    "code": "######",
    "otp": "######",
    "pin": "####",
    "token": "??????????????????",
    "id": "??-####",
    "number": "#####",
}
_FOR_PEOPLE = (
    "first_name last_name company catch_phrase name job street_address city country paragraph sentence"
)
_WORDS = frozenset(_FOR_PEOPLE.split())
"""The methods whose texts are for people: another text will do as well."""

_MOMENTS = ("date", "at", "on", "time", "when", "until", "deadline")


def value_for_name(name: str, fake: Faker) -> str:
    """Make a text for a field by its name; any word where the name says nothing.

    >>> from faker import Faker
    >>> "@" in value_for_name("customerEmail", Faker())
    True
    """
    words = _words_of(name)
    if method := _method(words):
        return str(getattr(fake, method)())
    if words and words[-1] in _DIGITS:
        prefix = f"{words[-2]}-" if words[-1] == "id" and len(words) > 1 else ""
        return prefix + fake.bothify(_DIGITS[words[-1]] if not prefix else "####")
    if words and words[-1] in _MOMENTS:
        return f"2026-{fake.random.randint(1, 12):02d}-{fake.random.randint(1, 28):02d}"
    return str(fake.word())


def is_words(name: str) -> bool:
    """Tell whether a text of this name is words for people: no address, code, link or date.

    >>> is_words("productName"), is_words("orderId"), is_words("trackingUrl")
    (True, False, False)
    """
    words = _words_of(name)
    method = _method(words)
    return method in _WORDS if method else not words or words[-1] not in (*_DIGITS, *_MOMENTS)


def _words_of(name: str) -> list[str]:
    return [word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+", name)]


def _method(words: list[str]) -> str | None:
    """Return the method of Faker that makes a value for a name, by its longest known ending."""
    endings = ("".join(words[start:]) for start in range(len(words)))
    return next((_ENDINGS[ending] for ending in endings if ending in _ENDINGS), None)
