"""Likely values of fields by their names: an email address for `customerEmail`, a city for `city`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from faker import Faker

# The end of a name, in lower case without separators, and the method of Faker that makes such a thing. The first
# that fits wins, so the more particular come first.
_ENDINGS: dict[str, str] = {
    "email": "ascii_safe_email",
    "firstname": "first_name",
    "givenname": "first_name",
    "lastname": "last_name",
    "surname": "last_name",
    "familyname": "last_name",
    "username": "user_name",
    "login": "user_name",
    "companyname": "company",
    "filename": "file_name",
    "hostname": "hostname",
    "productname": "catch_phrase",
    "name": "name",
    "author": "name",
    "customer": "name",
    "sender": "name",
    "phone": "phone_number",
    "phonenumber": "phone_number",
    "mobile": "phone_number",
    "company": "company",
    "organization": "company",
    "jobtitle": "job",
    "job": "job",
    "role": "job",
    "street": "street_address",
    "address": "street_address",
    "city": "city",
    "town": "city",
    "country": "country",
    "countrycode": "country_code",
    "state": "city",
    "zip": "postcode",
    "zipcode": "postcode",
    "postcode": "postcode",
    "postalcode": "postcode",
    "avatar": "image_url",
    "image": "image_url",
    "picture": "image_url",
    "photo": "image_url",
    "url": "url",
    "uri": "url",
    "link": "url",
    "website": "url",
    "href": "url",
    "ip": "ipv4",
    "ipaddress": "ipv4",
    "currency": "currency_code",
    "locale": "locale",
    "language": "language_code",
    "timezone": "timezone",
    "color": "color_name",
    "colour": "color_name",
    "uuid": "uuid4",
    "guid": "uuid4",
    "title": "catch_phrase",
    "subject": "catch_phrase",
    "headline": "catch_phrase",
    "product": "catch_phrase",
    "body": "paragraph",
    "content": "paragraph",
    "text": "paragraph",
    "description": "paragraph",
    "comment": "sentence",
    "message": "sentence",
    "note": "sentence",
    "reason": "sentence",
    "summary": "sentence",
    "slug": "slug",
    "iban": "iban",
}
_DIGITS = {
    "code": "######",
    "otp": "######",
    "pin": "####",
    "token": "??????????????????",
    "id": "??-####",
    "number": "#####",
}
_MOMENTS = ("date", "at", "on", "time", "when", "until", "deadline")


def value_for_name(name: str, fake: Faker) -> str:
    """Make a text for a field by its name; any word where the name says nothing.

    >>> from faker import Faker
    >>> "@" in value_for_name("customerEmail", Faker())
    True
    """
    words = [word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+", name)]
    for start in range(len(words)):
        ending = "".join(words[start:])
        if ending in _ENDINGS:
            return str(getattr(fake, _ENDINGS[ending])())
    if words and words[-1] in _DIGITS:
        prefix = f"{words[-2]}-" if words[-1] == "id" and len(words) > 1 else ""
        return prefix + fake.bothify(_DIGITS[words[-1]] if not prefix else "####")
    if words and words[-1] in _MOMENTS:
        return f"2026-{fake.random.randint(1, 12):02d}-{fake.random.randint(1, 28):02d}"
    return str(fake.word())
