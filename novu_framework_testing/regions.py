"""The regions of locales, with what people there have: time zones and phone numbers."""

from __future__ import annotations

import random
import re
from functools import cache
from importlib.resources import files

_REGIONS = {"AA": "SA", "QC": "CA"}
"""What Faker calls by other names."""

_OF_LANGUAGES = {"en": "US", "la": "IT", "sw": "KE", "ar": "EG", "zh": "CN"}
"""The regions of languages that are named alone, where their own names are no regions or other ones."""

_NUMBERS = """
    AC2474 AD37631 AE97150123 AF9370123 AG1268464 AI1264235 AL35567212 AM3747712 AO24492312 AR549112345
    AS1684733 AT4366412 AU6141234 AW297560 AZ99440123 BA3876112 BB1246250 BD880181234 BE3245000 BF2267012
    BG3594301 BH9733600 BI2577956 BJ229019512 BM1441370 BN673712 BO5917123 BQ5993181:3 BR551196123 BS1242359
    BT9751712 BW2677112 BY37529491 BZ501622 CA1506234 CD24399123 CF2367001 CG24206123 CH4178123 CI225012345
    CK6827 CL5622123 CM23767123 CN861312345 CO57321123 CR5068312 CU535123 CV238991 CW5999518 CY3579612
    CZ42060112 DE491512345 DJ2537783 DK453441 DM1767225 DO1809234 DZ21355123 EC59399123 EE3725123 EG20100123
    ER291712 ES3461234 ET25191123 FI35841234 FJ679701 FK5005 FM6913501:3 FO29821 FR3361234 GA2410603
    GB44740012 GD1473403 GE99555512 GF59469420 GG44778112 GH23323123 GI3505712 GL29922 GM220301 GN22460112
    GP59069000 GQ24022212 GR30691234 GT5025123 GU1671300 GW24595501 GY592609 HK8525123 HN5049123 HR38592123
    HT5093410 HU3620123 ID6281234 IE35385012 IL97250234 IN91812345 IO246380 IQ964791234 IR98912345 IS354611
    IT39312345 JE44779771 JM1876210 JO96279012 JP81901234 KE25471212 KG99670012 KH8559123 KI6867200 KM269321
    KN1869765 KP850192123 KR82102000 KW9655001 KY1345323 KZ7771000 LA856202312 LB9617112 LC1758284 LI42366023
    LK9471234 LR23177012 LS2665012 LT3706123 LU35262812 LV3712123 LY21891234 MA21265012 MC37761234 MD3736211
    ME3826012 MG26132123 MH692235 MK3897234 ML2236501 MM959212 MN9768812 MO8536612 MP1670234 MQ59669620
    MR2222212 MS1664492 MT3569696 MU2305251 MV960771 MW26599123 MX52222123 MY6012345 MZ25882123 NA26481123
    NC68775 NE2279312 NF67238 NG234802123 NI5058123 NL3161234 NO474061 NP977984123 NR674555 NU6838884:3
    NZ6421123 OM9689212 PA5076123 PE5191234 PF6898712 PG6757012 PH63905123 PK92301234 PL4851234 PM50855
    PR1787234 PS97059912 PT35191234 PW680620 PY59596145 QA9743312 RE26269212 RO4071203 RS38160123 RU7912345
    RW25072012 SA96651234 SB677742 SC248251 SD24991123 SE4670123 SG658123 SH2905 SI3863123 SK42191212
    SL2322512 SM3786666 SN22170123 SO2527112 SR597741 SS21197712 ST239981 SV5037012 SX1721520 SY96394456
    SZ2687612 TA2908:3 TC1649231 TD2356301 TG2289011 TH6681234 TJ99291712 TK69072:2 TL6707721 TM9936612
    TN2162012 TO676771 TR90501234 TT1868291 TV68890 TW88691234 TZ25562123 UA38050123 UG25671234 US1201555
    UY5989423 UZ99891234 VC1784430 VE58412123 VG1284300 VI1340642 VN8491234 VU678591 WF68182 WS685721
    XK3834320 YE96771234 YT26263901 ZA2771123 ZM26095512 ZW26371234
"""
"""Mobile numbers of each region without their last four digits (or as many as are said), as libphonenumber has examples."""


def region_of(locale: str) -> str:
    """Return the region that a locale is of, by ISO 3166-1; for a language alone, the one that comes to mind.

    >>> region_of("de_AT"), region_of("zh-Hant-TW"), region_of("ja"), region_of("sr_Latn")
    ('AT', 'TW', 'JP', 'RS')
    """
    language, *parts = re.split("[-_]", locale)
    for part in map(str.upper, parts):
        if (region := _REGIONS.get(part, part)) in _numbers():
            return region
    if known := _OF_LANGUAGES.get(language.lower()):
        return known
    from locale import locale_alias

    usual = locale_alias.get(language.lower(), "").partition(".")[0].partition("_")[2]
    return next((one for one in (usual, language.upper()) if one in _numbers()), "US")


def zones(region: str) -> tuple[str, ...]:
    """Return the IANA time zones of a region."""
    return _zones().get(region, ("UTC",))


def zone(region: str, chance: random.Random) -> str:
    """Choose one of the IANA time zones of a region."""
    known = zones(region)
    return known[int(chance.random() * len(known))]


def phone_number(region: str, chance: random.Random) -> str:
    """Make a mobile number of a region, in E.164 (`+4366412...`); nobody is ever called."""
    beginning, digits = _numbers()[region]
    # `random()` draws as much for every region: what is made next is the same
    return f"+{beginning}{int(chance.random() * 10**digits):0{digits}d}"


@cache
def _numbers() -> dict[str, tuple[str, int]]:
    entries = (entry.partition(":") for entry in _NUMBERS.split())
    return {entry[:2]: (entry[2:], int(digits or 4)) for entry, _, digits in entries}


@cache
def _zones() -> dict[str, tuple[str, ...]]:
    table = (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8")
    found: dict[str, tuple[str, ...]] = {}
    for line in table.splitlines():
        if line and not line.startswith("#"):
            region, _, zone = line.split("\t")[:3]
            found[region] = (*found.get(region, ()), zone)
    return found
