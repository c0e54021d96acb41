"""The months as dates write them, in the languages that are sent most: names of no matter to what a sentence says."""

from __future__ import annotations

import re
from functools import lru_cache

_SHORT = "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec"
ENGLISH = frozenset(f"{_SHORT} January February March May June July October December".split())
"""The names that are English alone: that language has no point after the day, as in `12. Mai`."""
_NAMES = """
    January February March April May June July August September October November December
    Januar Jänner Februar März Mai Juni Juli Oktober Dezember
    janvier février mars avril mai juin juillet août septembre octobre novembre décembre
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
    gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre
    janeiro fevereiro março maio junho julho setembro outubro novembro dezembro
    januari februari maart april mei juni juli augustus september oktober november december
    stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
    ledna února března dubna května června července srpna září října listopadu prosince
    januára februára apríla mája júna júla augusta septembra októbra novembra decembra
    januar februar marec maj junij julij avgust
    siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna studenoga prosinca
    marts august
    desember
    augusti
    tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta
    jaanuar veebruar märts aprill juuni juuli oktoober detsember
    janvāris februāris aprīlis maijs jūnijs jūlijs augusts septembris oktobris novembris decembris
    sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio
    ianuarie februarie martie aprilie iunie iulie septembrie octombrie noiembrie decembrie
    január február március április május június július augusztus szeptember október
    Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık
    января февраля марта апреля мая июня июля августа сентября октября ноября декабря
    січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
    януари февруари март април май юни юли август септември октомври ноември декември
    Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου Οκτωβρίου Νοεμβρίου Δεκεμβρίου
    gener febrer març maig juny juliol agost setembre desembre
    Januari Februari Maret Mei Agustus Desember
    يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
    ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר
    ژانویه فوریه آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر
"""
MONTHS = frozenset(f"{_SHORT} {_NAMES}".split())
"""Each as it stands in a date, after Unicode's CLDR: as `4 marca`, not `marzec`."""
_NUMBER = re.compile(r"[\d*]")
_BESIDE_A_NUMBER = re.compile(r"(?:(?<=[\d*] )|(?<=[\d*]\. )|(?<=[\d*] de ))[^\W\d_]+|\b[^\W\d_]+(?= [\d*])")


def without_months(text: str) -> str:
    """Return a text with `*` for the months of its dates: beside a number, since many are words or names elsewhere.

    >>> without_months("On 4 March, ask May.")
    'On 4 *, ask May.'
    """
    if not _NUMBER.search(text):
        return text
    return _BESIDE_A_NUMBER.sub(lambda word: "*" if word[0] in MONTHS else word[0], text)


@lru_cache(maxsize=16)
def without_numbers(text: str) -> str:
    """Return a text with `*` for its numbers, for short codes, and for the months of its dates; as it is if it says nothing else.

    >>> without_numbers("Order A-11 of 4 March: €1,890"), without_numbers("ご注文4711を発送"), without_numbers("2FA")
    ('Order * of * *: €*', 'ご注文*を発送', '*FA')
    >>> without_numbers("A-11"), without_numbers("€ 5"), without_numbers("5G")
    ('A-11', '€ 5', '5G')
    """
    said = without_all_numbers(text)
    return said if sum(map(str.isalpha, said)) > 1 else text


def without_all_numbers(text: str) -> str:
    """Return a text with `*` for its numbers, for codes, and for the months of its dates, whatever is left.

    >>> without_all_numbers("A-11"), without_all_numbers("ORD-4711"), without_all_numbers("Order 5")
    ('*', '*', 'Order *')
    """
    return _NUMBERED.sub("*", without_months(text))


_NUMBERED = re.compile(r"(?:(?<!\w)[A-Z]{1,3}-)?\d+(?:[.,'’\u00a0\u202f]\d+)*")
"""A number, with a code that it is a part of."""
