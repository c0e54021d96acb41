"""Made-up people are reached where they live: their time zone and their phone number are of their locale's region."""

from __future__ import annotations

import warnings
from zoneinfo import available_timezones

import phonenumbers
import pytest
from faker.config import AVAILABLE_LOCALES

from novu_framework_testing import NovuFaker
from novu_framework_testing.regions import _numbers, region_of, zones


@pytest.mark.parametrize("locale", sorted(AVAILABLE_LOCALES))
def test_every_locale_has_a_zone_and_a_number_of_its_region(locale: str) -> None:
    faker = NovuFaker(seed=1, locale=locale)
    region = region_of(locale)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # Faker's, of a locale that it renamed
        people = [faker.subscriber() for _ in range(5)]
        payload = faker.payload(
            {"type": "object", "properties": {"timezone": {"type": "string"}}, "required": ["timezone"]}
        )
    assert {*(one.timezone for one in people), payload["timezone"]} <= set(
        zones(region)
    ) & available_timezones()
    for one in people:
        number = phonenumbers.parse(one.phone)
        assert phonenumbers.is_valid_number(number), one.phone
        assert phonenumbers.region_code_for_number(number) == region


def test_every_number_of_the_table_can_be_one() -> None:
    made = {f"+{beginning}{'2468'[:digits]}": region for region, (beginning, digits) in _numbers().items()}
    assert {phonenumbers.region_code_for_number(phonenumbers.parse(number)): number for number in made} == {
        region: number for number, region in made.items()
    }


def test_a_region_that_is_not_known_is_that_of_the_language() -> None:
    assert [region_of(locale) for locale in ("es_UY", "pt-BR", "zh_Hant", "xx", "fr_QC", "en-001")] == [
        "UY", "BR", "CN", "US", "CA", "US",
    ]  # fmt: skip
