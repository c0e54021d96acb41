"""The formats of AJV (ajv-formats 2.1): what a text of each has to look like.

They are the standards' grammars with that package's own readings: a ``date-time`` needs no time zone, ``url`` is
a public web address, ``uri`` takes nearly any path. `tests/contract/schema` has the package's answers.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from functools import cache
from typing import Any

from novu_framework.npm.ecmascript.numbers import is_integer
from novu_framework.npm.ecmascript.text import BLANKS


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern at its first use: all of them would take 10 ms of each start."""
    return re.compile(pattern)


def _full(pattern: str) -> Callable[[str], bool]:
    return lambda text: _compiled(pattern).fullmatch(text) is not None


# Dates and times

_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TIME = re.compile(r"([0-9]{2}):([0-9]{2}):([0-9]{2})(\.[0-9]+)?([zZ]|[+-][0-9]{2}(?::?[0-9]{2})?)?")
_DATE_TIME_SEPARATOR = re.compile(f"[tT{BLANKS}]")
# Nearly every date-time there is: a day that each month has, and no leap second.
_USUAL_DATE_TIME = re.compile(
    r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])[tT](?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
    r"(?:\.[0-9]+)?(?:[zZ]|[+-][0-9]{2}(?::?[0-9]{2})?)?"
)
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _is_date(text: str) -> bool:
    found = _DATE.fullmatch(text)
    if found is None:
        return False
    year, month, day = map(int, found.groups())
    if not 1 <= month <= 12:
        return False
    leap = month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 1 <= day <= _DAYS[month - 1] + leap


def _is_time(text: str) -> bool:
    found = _TIME.fullmatch(text)
    if found is None:
        return False
    hour, minute, second = (int(part) for part in found.groups()[:3])
    leap_second = (hour, minute, second) == (23, 59, 60)
    return (hour <= 23 and minute <= 59 and second <= 59) or leap_second


def _is_date_time(text: str) -> bool:
    if _USUAL_DATE_TIME.fullmatch(text):
        return True
    parts = _DATE_TIME_SEPARATOR.split(text)
    return len(parts) == 2 and _is_date(parts[0]) and _is_time(parts[1])


def _order(left: str, right: str) -> int:
    return (left > right) - (left < right)


def _compare_dates(left: str, right: str) -> int | None:
    return _order(left, right) if left and right else None


def _compare_times(left: str, right: str) -> int | None:
    first, second = _TIME.fullmatch(left), _TIME.fullmatch(right)
    if first is None or second is None:
        return None
    return _order(
        "".join(part or "" for part in first.groups()[:4]),
        "".join(part or "" for part in second.groups()[:4]),
    )


def _compare_date_times(left: str, right: str) -> int | None:
    first, second = _DATE_TIME_SEPARATOR.split(left), _DATE_TIME_SEPARATOR.split(right)
    dates = _compare_dates(first[0], second[0])
    if dates is None or dates or len(first) < 2 or len(second) < 2:
        return dates
    return _compare_times(first[1], second[1])


# Addresses

_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_HOSTNAME = rf"{_LABEL}(?:\.{_LABEL})*\.?"
_MAIL_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_MAIL_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_BYTE = r"(?:25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])"


def _is_hostname(text: str) -> bool:
    return len(text.removesuffix(".")) <= 253 and _compiled(_HOSTNAME).fullmatch(text) is not None


def _is_ipv6(text: str) -> bool:
    try:
        ipaddress.IPv6Address(text)
    except ValueError:
        return False
    return "%" not in text


# URIs (RFC 3986)

_ESCAPED = "%[0-9A-Fa-f]{2}"
_PATH_CHAR = rf"(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|{_ESCAPED})"
_PATH_CHAR_OR_QUOTE = rf"""(?:[A-Za-z0-9._~!$&'"()*+,;=:@-]|{_ESCAPED})"""  # uri-reference lets '"' through
_USER = rf"(?:(?:[A-Za-z0-9._~!$&'()*+,;=:-]|{_ESCAPED})*@)?"
_END = rf"(?:\?(?:{_PATH_CHAR}|[/?])*)?(?:\#(?:{_PATH_CHAR}|[/?])*)?"
_END_OR_QUOTE = rf"(?:\?(?:{_PATH_CHAR_OR_QUOTE}|[/?])*)?(?:\#(?:{_PATH_CHAR_OR_QUOTE}|[/?])*)?"
_SCHEME = r"[A-Za-z][A-Za-z0-9+.-]*:"
_IP_HOST = rf"//?{_USER}\[([^\]]*)\](?::[0-9]*)?"
_URI = rf"{_SCHEME}(?:{_IP_HOST}(?:/{_PATH_CHAR}*)*|(?:/|{_PATH_CHAR}){{1,}}){_END}"
_URI_REFERENCE = (
    rf"(?:{_SCHEME})?(?:{_IP_HOST}(?:/{_PATH_CHAR_OR_QUOTE}*)*|(?:/|{_PATH_CHAR_OR_QUOTE})*){_END_OR_QUOTE}"
)
_FUTURE_IP = r"[Vv][0-9A-Fa-f]+\.[A-Za-z0-9._~!$&'()*+,;=:-]+"


def _uri(pattern: str) -> Callable[[str], bool]:
    def fits(text: str) -> bool:
        found = _compiled(pattern).fullmatch(text)
        if found is None:
            return False
        address = found[1]
        return address is None or _is_ipv6(address) or _compiled(_FUTURE_IP).fullmatch(address) is not None

    return fits


_WORD = r"[A-Za-z0-9\u00a1-\U0010ffff]+"
_NAME = rf"(?:{_WORD}-)*{_WORD}"
_URL = (
    rf"(?:[hH][tT][tT][pP][sS]?|[fF][tT][pP])://(?:[^{BLANKS}]+@)?"
    rf"(?:([0-9]{{1,3}}(?:\.[0-9]{{1,3}}){{3}})|{_NAME}(?:\.{_NAME})*\.[A-Za-z\u00a1-\U0010ffff]{{2,}})"
    rf"(?::[0-9]{{2,5}})?(?:/[^{BLANKS}]*)?"
)


_BLANK = re.compile(f"[{BLANKS}]")


def _is_url(text: str) -> bool:
    if _BLANK.search(
        text
    ):  # with one at the end, each "@" would be tried as the end of a name and to the end of the text
        return False
    found = _compiled(_URL).fullmatch(text)
    return found is not None and (found[1] is None or _is_public_ipv4(found[1]))


def _is_public_ipv4(address: str) -> bool:
    first, second, third, last = parts = [int(part) for part in address.split(".")]
    private = (
        first in (10, 127)
        or (first, second) in ((169, 254), (192, 168))
        or (first == 172 and 16 <= second <= 31)
    )
    in_range = 1 <= first <= 223 and second <= 255 and third <= 255 and 1 <= last <= 254
    plainly_written = address.split(".")[0] == str(first) and address.split(".")[3] == str(parts[3])
    return in_range and plainly_written and not private


# Others

_LINES = re.compile("[\n\r\u2028\u2029]")
_BASE64 = _full(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")
_POINTER = r"(?:/(?:[^~/]|~[01])*)*"
_TEMPLATE_NAME = rf"(?:[A-Za-z0-9_]|{_ESCAPED})+(?::[1-9][0-9]{{0,3}}|\*)?"


def _is_regex(text: str) -> bool:
    from novu_framework.npm.regexp.patterns import is_regular_expression  # slow to import

    # "\Z" is an end in other dialects and a mere Z in JavaScript: taken for a mistake.
    return re.search(r"[^\\]\\Z", text) is None and is_regular_expression(text)


def _is_int32(value: Any) -> bool:
    return is_integer(value) and -(2**31) <= value < 2**31


def _anything(_value: Any) -> bool:
    return True


STRING_FORMATS: dict[str, Callable[[str], bool]] = {
    "date": _is_date,
    "time": _is_time,
    "date-time": _is_date_time,
    "duration": _full(
        r"P(?!\Z)(?:(?:[0-9]+Y)?(?:[0-9]+M)?(?:[0-9]+D)?"
        r"(?:T(?=[0-9])(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+S)?)?|(?:[0-9]+W)?)"
    ),
    "email": _full(rf"{_MAIL_ATOM}(?:\.{_MAIL_ATOM})*@(?:{_MAIL_LABEL}\.)+{_MAIL_LABEL}"),
    "hostname": _is_hostname,
    "ipv4": _full(rf"{_BYTE}(?:\.{_BYTE}){{3}}"),
    "ipv6": _is_ipv6,
    "uri": _uri(_URI),
    "uri-reference": _uri(_URI_REFERENCE),
    "uri-template": _full(
        rf"(?:[^\x00-\x20\"'<>%\\^`{{|}}]|{_ESCAPED}"
        rf"|\{{[+#./;?&=,!@|]?{_TEMPLATE_NAME}(?:,{_TEMPLATE_NAME})*\}})*"
    ),
    "url": _is_url,
    "uuid": _full(r"(?:[uU][rR][nN]:[uU][uU][iI][dD]:)?[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}"),
    "regex": _is_regex,
    "json-pointer": _full(_POINTER),
    "json-pointer-uri-fragment": _full(rf"\#(?:/(?:[A-Za-z0-9_.!$&'()*+,;:=@-]|{_ESCAPED}|~[01])*)*"),
    "relative-json-pointer": _full(rf"(?:0|[1-9][0-9]*)(?:\#|{_POINTER})"),
    "byte": lambda text: any(map(_BASE64, _LINES.split(text))),
    "password": _anything,
    "binary": _anything,
}

NUMBER_FORMATS: dict[str, Callable[[Any], bool]] = {
    "int32": _is_int32,
    "int64": is_integer,
    "float": _anything,
    "double": _anything,
}

COMPARABLE_FORMATS: dict[str, Callable[[str, str], int | None]] = {
    "date": _compare_dates,
    "time": _compare_times,
    "date-time": _compare_date_times,
}
