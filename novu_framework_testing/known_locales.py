"""Which locales there are, told to someone who misspelt one: by their languages and countries."""

from __future__ import annotations

import re

from novu_framework._internal.suggestions import ending
from novu_framework_testing.simulation import profiles

_LANGUAGES = (
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et "
    "eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu iw ja jv ka kg ki kj "
    "kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv "
    "ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th "
    "ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)
"""ISO 639-1, with the former codes that are in use. Languages of three letters are taken as they are: there are thousands."""

_COUNTRIES = (
    "ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bl bm bn bo bq br bs bt bv bw by bz ca cc cd "
    "cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg eh er es et fi fj fk fm fo fr ga gb gd ge gf "
    "gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn "
    "kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mf mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na "
    "nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si "
    "sj sk sl sm sn so sr ss st sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug um us uy uz va vc ve vg vi "
    "vn vu wf ws xk ye yt za zm zw"
)
"""ISO 3166-1, and Kosovo's."""


def locale_problem(name: str) -> str | None:
    """Return what is wrong with a locale, in a sentence; None if there is such a language and such a country.

    >>> locale_problem("de_AT"), locale_problem("zh-Hant-TW"), locale_problem("es_419")
    (None, None, None)
    >>> locale_problem("dee_DE2")
    "there is no locale 'dee_DE2'; did you mean 'de_DE'?"
    """
    if _is_known(name):
        return None
    from locale import locale_alias  # some that there are, for the one that was meant

    some = sorted(
        each for each in {one.partition(".")[0] for one in locale_alias.values()} if _is_known(each)
    )
    of_language = [each for each in some if each.partition("_")[0] == re.split("[-_]", name.lower())[0]]
    return f"there is no locale {name!r}{ending(name, of_language or some)}"


def _is_known(name: str) -> bool:
    language, *others = re.split("[-_]", name.lower())
    countries = {part for part in others[:2] if part.isalpha() and len(part) in (2, 3)}
    is_language = language in _LANGUAGES.split() or len(language) == 3
    return is_language and countries <= {*_COUNTRIES.split()} and profiles.locale(name) is None
