"""Made-up people are reached where they live: their time zone and their phone number are of their locale's region."""

from __future__ import annotations

import random
import warnings
from functools import cache
from zoneinfo import available_timezones

import phonenumbers
import pytest
from faker.config import AVAILABLE_LOCALES
from faker.utils.loading import list_module

from novu_framework_testing import NovuFaker
from novu_framework_testing.regions import _numbers, phone_number, region_of, zone, zones
from tests.tables import walked

LISTED = cache(list_module)


@pytest.fixture(autouse=True)
def _faker_lists_its_folders_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("faker.factory.list_module", LISTED)


@walked("locale", sorted(AVAILABLE_LOCALES), size=15)
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


REGIONS = {
    "de_AT": "AT", "de_Latn_AT": "AT", "zh-Hant-TW": "TW", "zh_TW_HK": "TW", "ar_AA": "SA", "ar_sa": "SA", "ja": "JP", "sr_Latn": "RS",
    "uk": "UA", "sv": "SE", "da": "DK", "en": "US", "EN": "US", "la": "IT", "sw": "KE", "ar": "EG", "zh": "CN", "qu": "US", "": "US",
}  # fmt: skip


def test_the_region_of_a_locale_is_the_one_that_it_names_or_that_comes_to_mind() -> None:
    assert {locale: region_of(locale) for locale in REGIONS} == REGIONS


class _Chance(random.Random):
    """One that always draws the same."""

    def __init__(self, drawn: float) -> None:
        super().__init__()
        self.drawn = drawn

    def random(self) -> float:
        return self.drawn


def test_what_is_drawn_is_of_the_region_from_the_first_to_the_last() -> None:
    drawn = [_Chance(each) for each in (0, 0.5, 0.99999)]
    assert [phone_number(region, each) for region in ("AT", "TK") for each in drawn] == [
        "+43664120000", "+43664125000", "+43664129999", "+6907200", "+6907250", "+6907299",
    ]  # fmt: skip
    known = zones("CA")
    assert [zone("CA", each) for each in drawn] == [known[0], known[len(known) // 2], known[-1]]
    assert (zones("AT"), zones("XX"), zone("XX", drawn[0])) == (("Europe/Vienna",), ("UTC",), "UTC")
