"""Names that machines have for things, as people say them, with the code beside them: locales, templates, steps."""

from __future__ import annotations

import re

_LANGUAGES = (
    "af Afrikaans|am Amharic|ar Arabic|az Azerbaijani|be Belarusian|bg Bulgarian|bn Bengali|bs Bosnian|ca Catalan|cs Czech|cy Welsh|da Danish|"
    "de German|el Greek|en English|es Spanish|et Estonian|eu Basque|fa Persian|fi Finnish|fil Filipino|fr French|ga Irish|gl Galician|gu Gujarati|"
    "ha Hausa|he Hebrew|hi Hindi|hr Croatian|hu Hungarian|hy Armenian|id Indonesian|is Icelandic|it Italian|ja Japanese|ka Georgian|kk Kazakh|"
    "km Khmer|kn Kannada|ko Korean|ky Kyrgyz|lb Luxembourgish|lo Lao|lt Lithuanian|lv Latvian|mk Macedonian|ml Malayalam|mn Mongolian|mr Marathi|"
    "ms Malay|mt Maltese|my Burmese|nb Norwegian|ne Nepali|nl Dutch|nn Norwegian Nynorsk|no Norwegian|pa Punjabi|pl Polish|ps Pashto|pt Portuguese|"
    "ro Romanian|ru Russian|rw Kinyarwanda|si Sinhala|sk Slovak|sl Slovenian|so Somali|sq Albanian|sr Serbian|sv Swedish|sw Swahili|ta Tamil|"
    "te Telugu|th Thai|tl Tagalog|tr Turkish|uk Ukrainian|ur Urdu|uz Uzbek|vi Vietnamese|xh Xhosa|yi Yiddish|yo Yoruba|zh Chinese|zu Zulu"
)
_REGIONS = (
    "419 Latin America|AE United Arab Emirates|AR Argentina|AT Austria|AU Australia|BE Belgium|BG Bulgaria|BR Brazil|CA Canada|CH Switzerland|"
    "CL Chile|CN China|CO Colombia|CY Cyprus|CZ Czechia|DE Germany|DK Denmark|EE Estonia|EG Egypt|ES Spain|FI Finland|FR France|GB United Kingdom|"
    "GR Greece|HK Hong Kong|HR Croatia|HU Hungary|ID Indonesia|IE Ireland|IL Israel|IN India|IR Iran|IS Iceland|IT Italy|JP Japan|KE Kenya|"
    "KR South Korea|LT Lithuania|LU Luxembourg|LV Latvia|MA Morocco|MT Malta|MX Mexico|MY Malaysia|NG Nigeria|NL Netherlands|NO Norway|"
    "NZ New Zealand|PE Peru|PH Philippines|PK Pakistan|PL Poland|PT Portugal|RO Romania|RS Serbia|RU Russia|SA Saudi Arabia|SE Sweden|"
    "SG Singapore|SI Slovenia|SK Slovakia|TH Thailand|TR Türkiye|TW Taiwan|UA Ukraine|US United States|UY Uruguay|VE Venezuela|VN Vietnam|"
    "ZA South Africa"
)
_SCRIPTS = "Arab Arabic letters|Cyrl Cyrillic letters|Hans simplified|Hant traditional|Latn Latin letters"
_NAMES = {
    code: name
    for table in (_LANGUAGES, _REGIONS, _SCRIPTS)
    for code, _, name in (entry.partition(" ") for entry in table.split("|"))
}
_SHORT = frozenset(("faq", "id", "mms", "otp", "pdf", "sms", "url", "vip"))
_LOCALE = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?")
_CODE = re.compile(r"[A-Za-z0-9]+(?:[_-][A-Za-z0-9]+)+")
_WORD = re.compile("(?<![A-Za-z0-9])[A-Za-z]{3}")
_DIGEST = re.compile(r"\d{4}|\d[a-f]\d")
_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def locale_name(code: str) -> str:
    """Return a locale in words, with its code; one that is not known as it is.

    >>> locale_name("en_GB"), locale_name("de"), locale_name("zh-Hant-TW"), locale_name("xx")
    ('English, United Kingdom (en_GB)', 'German (de)', 'Chinese, traditional, Taiwan (zh-Hant-TW)', 'xx')
    """
    found = _LOCALE.fullmatch(code)
    language = found and _NAMES.get(found[1].lower())
    if not found or not language:
        return code
    script, region = (found[2] or "").title(), (found[3] or "").upper()
    words = [language, *(_NAMES.get(each, each) for each in (script, region) if each)]
    return f"{', '.join(words)} ({code})"


def code_name(code: str) -> str:
    """Return a name in words, with what it is written as if that differs.

    >>> code_name("order_update_v2"), code_name("visit"), code_name("d-8f2a11c0")
    ('order update v2 (order_update_v2)', 'visit', 'd-8f2a11c0')
    """
    if not _CODE.fullmatch(code) or not _WORD.search(code) or _DIGEST.search(code):
        return code
    return f"{re.sub('[_-]', ' ', code).lower()} ({code})"


def step_name(step_id: str) -> str:
    """Return what people call a step, by its id: `send-welcome_email` as `Send welcome email`.

    >>> step_name("send-welcome_email"), step_name("inApp"), step_name("sms-code"), step_name("5")
    ('Send welcome email', 'In app', 'SMS code', '5')
    """
    spaced = re.sub(r"[\s_-]+", " ", _CAPITAL.sub(" ", step_id)).strip()
    words = [
        word.upper() if word.lower() in _SHORT or (word.isupper() and len(word) > 1) else word.lower()
        for word in spaced.split()
    ]
    said = " ".join(words)
    return said[:1].upper() + said[1:] or step_id


def reason_name(reason: str) -> str:
    """Return why a step was left out, without the words of code.

    >>> reason_name("skipped by the bridge: its `skip` said so")
    'a condition in the code of the workflow says to leave it out'
    """
    return _REASONS.get(reason) or reason.removeprefix("skipped ")


_REASONS = {
    "skipped by the bridge: its `skip` said so": "a condition in the code of the workflow says to leave it out"
}
