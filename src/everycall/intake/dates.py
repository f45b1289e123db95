"""Dates as a force writes them: formats checked when the mapping is read, then tried in their order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache

from everycall.errors import Problems

ISO = "iso"
"""The format of ISO 8601: 2024-06-12T21:04:00+01:00, 2024-06-12 21:04, 1951-03-02."""

_ALLOWED = set("dmyYHMSIpbBjfzaA%")
_PROBE = datetime(2021, 3, 4, 5, 6, 7)
_ENGLISH_ONLY = re.compile("%[cxXZUWGuVw]")


def check_formats(moments: Sequence[str], days: Sequence[str], where: str, problems: Problems) -> None:
    """Add a problem for each format that is none, depends on the machine, or contradicts another one.

    ``%d/%m/%Y`` and ``%m/%d/%Y`` together would read 03/04 as either; a birth date with a year of two digits
    could be 1924 or 2024.
    """
    for key, formats in (("date_time_formats", moments), ("date_formats", days)):
        usable = []
        for form in formats:
            wrong = _wrong_with(form, is_day=key == "date_formats")
            if wrong:
                problems.add(f"{where} {key}", f"'{form[:60]}' {wrong}")
            else:
                usable.append(form)
        _contradictions(usable, f"{where} {key}", problems)


def _wrong_with(form: str, is_day: bool) -> str:
    if form == ISO:
        return ""
    signs = re.findall("%(.?)", form.replace("%%", ""))
    if _ENGLISH_ONLY.search(form) or any(sign not in _ALLOWED for sign in signs):
        return "uses a sign that is not one of " + " ".join(f"%{s}" for s in sorted(_ALLOWED - {"%"}))
    if is_day and "y" in signs:
        return "has a year of two digits, which may be a child or a person of a hundred; use %Y"
    complete = {"d", "j"} & set(signs) and {"m", "b", "B", "j"} & set(signs) and {"y", "Y"} & set(signs)
    if not complete:
        return "does not name day, month and year"
    if not is_day and not ({"H", "I"} & set(signs)):
        return "does not name the hour"
    if "I" in signs and "p" not in signs:
        return "has hours of twelve (%I) without %p"
    try:
        datetime.strptime(_PROBE.strftime(form), form)
    except (ValueError, re.error):
        return "is not a date format"
    return ""


def _contradictions(formats: Sequence[str], where: str, problems: Problems) -> None:
    for one in formats:
        text = _PROBE.isoformat() if one == ISO else _PROBE.strftime(one)
        for other in formats:
            if other in (one, ISO):
                continue
            try:
                read = datetime.strptime(text, other)
            except ValueError:
                continue
            if read.date() != _PROBE.date() and formats.index(one) < formats.index(other):
                problems.add(where, f"'{one}' and '{other}' read the same text as different days; keep one")


def read_moment(text: str, formats: Sequence[str]) -> datetime:
    """Return the date and time in ``text`` by the first format that fits, naive or aware as written.

    Raises
    ------
    ValueError
        When none fits; says the formats.
    """
    for form in formats:
        try:
            return datetime.fromisoformat(text) if form == ISO else _parse(text, form)
        except ValueError:
            continue
    raise ValueError(
        f"'{text[:40]}' is not a date and time of the calendar written as {_said(formats, ' 21:04')}"
    )


def read_day(text: str, formats: Sequence[str]) -> date:
    """Return the day in ``text`` by the first format that fits.

    Raises
    ------
    ValueError
        When none fits; never repeats the text, which is somebody's birthday.
    """
    for form in formats:
        try:
            return date.fromisoformat(text) if form == ISO else _parse(text, form).date()
        except ValueError:
            continue
    raise ValueError(f"is not a date of the calendar written as {_said(formats, '')}")


_DIGITS = {"d": r"\d{1,2}", "m": r"\d{1,2}", "Y": r"\d{4}", "H": r"\d{1,2}", "M": r"\d{1,2}", "S": r"\d{1,2}"}


def _parse(text: str, form: str) -> datetime:
    """Read ``text`` as `datetime.strptime` does; a format of numbers alone is read faster, by a pattern.

    One difference: where numbers touch (``%Y%m%d``) each must have all its digits, since 2024111 may be the
    11th of January or the 1st of November, and `strptime` would choose.
    """
    pattern = _pattern(form)
    if pattern is None:
        return datetime.strptime(text, form)
    found = pattern.fullmatch(text)
    if found is None:
        raise ValueError("does not fit")
    year, month, day = found.group("Y", "m", "d")
    hour, minute, second = [int(found[sign]) if sign else 0 for sign in _times(form)]
    return datetime(int(year), int(month), int(day), hour, minute, second)


@cache
def _times(form: str) -> tuple[str, ...]:
    """Return the signs of hour, minute and second, each empty where a format has it not."""
    return tuple(sign if f"%{sign}" in form else "" for sign in "HMS")


@cache
def _pattern(form: str) -> re.Pattern[str] | None:
    signs = re.findall("%(.)", form)
    if not {"d", "m", "Y"} <= set(signs) <= set(_DIGITS) or len(set(signs)) < len(signs):
        return None
    parts = re.split("%(.)", form)
    digits = dict.fromkeys("dmHMS", r"\d{2}") | {"Y": r"\d{4}"} if "" in parts[2:-1:2] else _DIGITS
    made = [f"(?P<{part}>{digits[part]})" if odd % 2 else _literal(part) for odd, part in enumerate(parts)]
    return re.compile("".join(made), re.ASCII | re.IGNORECASE)


def _literal(text: str) -> str:
    return re.sub(r"(?:\\\s)+", r"\\s+", re.escape(text))


def _said(formats: Sequence[str], time: str) -> str:
    return " or ".join(f"2024-06-12{time}" if form == ISO else form for form in formats)
