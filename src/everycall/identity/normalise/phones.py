"""Phone numbers in one form: E.164, however they were typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType

from everycall.identity.normalise.placeholders import placeholders
from everycall.identity.normalise.plain import plain_text

_LONGEST = 200
_TWO_NUMBERS = 18
"""Digits that are too many for one number."""
_EXTENSION = re.compile(r"(?:EXTENSION|EXTN|EXT|\bX)[\s.:#]*\d+.*", re.IGNORECASE | re.DOTALL)
_LETTER_O = re.compile(r"(?<![A-Za-z])[oO](?=\s?\d)|(?<=\d)[oO]+(?![A-Za-z])")
_RUN = re.compile(r"[+(]*\d[\d\s().+_-]*")
_BRITISH = re.compile(r"(?:0|\+44)([1235789]\d{9})", re.ASCII)
"""A British number of ten digits after its zero: a length that each of these ranges has."""
_RECKONED = re.compile(
    r"(?P<whole>\d{9,15})\.0|(?P<first>\d)\.(?P<rest>\d+)[eE]\+?(?P<power>\d\d?)", re.ASCII
)
"""What a table that takes a phone for a sum makes of it: 7700900123.0, or 7.7E+09 rounded."""
_NEXT_NUMBER = re.compile(r"\s+(?=(?:\+|0|\(0))")


@dataclass(frozen=True, slots=True)
class Phone:
    """A number that can be rung.

    Attributes
    ----------
    e164
        ``+441632960114``.
    mobile
        True for a British 07 number that is no pager or personal number, or a foreign mobile.
    others
        Further numbers that stood in the same field, in E.164.
    """

    e164: str
    mobile: bool
    others: tuple[str, ...] = ()


@lru_cache(maxsize=65_536)
def read_phone(text: str | None) -> Phone | None:
    """Read a phone number as a call taker types it, in the United Kingdom.

    Parameters
    ----------
    text
        Anything: ``01632 960 114``, ``+44 (0)1632 960114``, ``0044...``, ``441632960114``, two numbers in one
        field, "withheld", "ex-directory".

    Returns
    -------
    Phone | None
        None when no number of possible length stands there (999, 101, "refused") or a placeholder.

    Notes
    -----
    The numbers that Ofcom keeps for drama (01632 960xxx, 07700 900xxx) are accepted: the check is by possible
    length (``phonenumbers.is_possible_number``), not ``is_valid_number``, which also refuses ranges newer than
    its tables. A ten-digit number without its zero (spreadsheets drop it) is read as British, also with the
    decimal place that a table of numbers adds (7700900123.0). One written as a power of ten (7.7009E+09) is read
    only when every digit stands there: a rounded number would be the same for many people.
    """
    if text is None:
        return None
    bare = text.replace(" ", "")
    british = _BRITISH.fullmatch(bare)
    if british:  # nearly all: nothing else stands there
        return None if _is_placeholder(bare.removeprefix("+")) else _british(british[1])
    reckoned = _RECKONED.fullmatch(bare)
    if reckoned:
        if reckoned["first"] and len(reckoned["rest"]) != int(reckoned["power"]):
            return None
        return _one_number(reckoned["whole"] or reckoned["first"] + reckoned["rest"])
    found: list[Phone] = []
    plain = _EXTENSION.sub(" ", plain_text(text[:_LONGEST]))
    plain = _LETTER_O.sub(lambda slip: "0" * len(slip[0]), plain)
    if "+" in plain or "00" in plain:
        plain = plain.replace("(0)", " ")  # +44 (0)1632: the zero is dialled only inside the country
    if "/" in plain and sum(map(str.isdigit, plain)) < _TWO_NUMBERS:
        found = _in_piece(plain.replace("/", ""))  # 01632/960114 is one number
    for piece in () if found else plain.split("/"):
        found += _in_piece(piece)
    if not found:
        return None
    first = found[0]
    others = tuple(dict.fromkeys(phone.e164 for phone in found if phone.e164 != first.e164))
    return Phone(first.e164, first.mobile, others)


def _in_piece(piece: str) -> list[Phone]:
    return [phone for run in _RUN.findall(piece) for phone in _in_run(run)]


def _in_run(run: str) -> list[Phone]:
    one = _one_number(run)
    if one:
        return [one]
    # Too long for one number, so perhaps two with only a space between.
    found: list[Phone] = []
    held = ""
    for part in _NEXT_NUMBER.split(run):
        held += part
        phone = _one_number(held)
        if phone:
            found.append(phone)
            held = ""
    return found


def _one_number(run: str) -> Phone | None:
    digits = "".join(filter(str.isdigit, run))
    if not 9 <= len(digits) <= 17 or _is_placeholder(digits):
        return None
    if run.lstrip(" (").startswith("+"):
        dialled = "+" + digits
    elif digits.startswith("00"):
        dialled = "+" + digits[2:]
    elif digits.startswith("44") and len(digits) == 12:
        dialled = "+" + digits
    else:
        dialled = digits
    british = _BRITISH.fullmatch(dialled)
    if british:  # what phonenumbers would make of it, a hundred times faster
        return _british(british[1])
    try:
        number = phonenumbers.parse(dialled, "GB")
    except phonenumbers.NumberParseException:
        return None  # No such country code or no number at all: missing, as for "withheld".
    if not phonenumbers.is_possible_number(number):
        return None
    if number.country_code == 44:
        national = str(number.national_number)
        if len(national) < 9 or national[0] in "046" or _is_placeholder("0" + national):
            return None
    return Phone(phonenumbers.format_number(number, PhoneNumberFormat.E164), _is_mobile(number))


def _british(national: str) -> Phone | None:
    if _is_placeholder("0" + national):
        return None
    return Phone("+44" + national, _is_british_mobile(national))


def _is_placeholder(digits: str) -> bool:
    return digits in placeholders().phones or len(set(digits[1:])) == 1


def _is_mobile(number: PhoneNumber) -> bool:
    if number.country_code == 44:
        return _is_british_mobile(str(number.national_number))
    return bool(phonenumbers.number_type(number) == PhoneNumberType.MOBILE)


def _is_british_mobile(national: str) -> bool:
    # By the Ofcom National Telephone Numbering Plan: 07, but 070 are personal numbers and 076 pagers,
    # save 07624 (Isle of Man mobiles). Not by phonenumbers' type, which does not know 07700 900xxx.
    return national[0] == "7" and (national[1] not in "06" or national.startswith("7624"))
