"""Single values of a plain row as the store keeps them: texts, codes, moments, numbers of properties.

Whatever is not plainly in order raises `Doubt`, and the row goes the long way (`everycall.store.quick`).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from everycall.field_kinds import UNPRINTABLE
from everycall.localtime import LONDON, tells_no_time, to_local

_EPOCH = datetime(1970, 1, 1)
_MICROSECOND = timedelta(microseconds=1)
_HOUR = timedelta(hours=1)
_NO_TIME = timedelta(0)
_WHOLE_HOURS = frozenset({"Z", "+00:00", "+01:00"})
"""Offsets under which an hour of the text is an hour of London's clock."""

_SECONDS = {
    f"{minute:02}:{second:02}": (60 * minute + second) * 1_000_000
    for minute in range(60)
    for second in range(60)
}
"""Microseconds into the hour."""


_MOST_HOURS = 131_072


class Doubt(Exception):  # noqa: N818 - no error: it never leaves these modules
    """Something that the long way has to look at."""


def text_of(value: Any) -> str | None:
    """Return a text of at most 500 characters; None for one that says nothing.

    Whether it can be printed is looked at once for all of a row (`is_printable`); but one that says nothing is not
    among what is looked at then.
    """
    if type(value) is not str or len(value) > 500:
        raise Doubt
    if value.strip():
        return value
    if UNPRINTABLE.search(value):
        raise Doubt
    return None


def is_printable(payload: bytes) -> bool:
    """Say whether every text in a call's facts, as JSON, can be printed, or at least whether that is plain.

    Parameters
    ----------
    payload
        As ``pydantic_core.to_json`` writes it: in UTF-8, with signs below the space behind a backslash.
    """
    if payload.isascii() and b"\\" not in payload and b"\x7f" not in payload:
        return True
    return _UNPRINTABLE_IN_JSON.search(payload.decode()) is None


_UNPRINTABLE_IN_JSON = re.compile(f"{UNPRINTABLE.pattern}|\\\\[bfru]")
"""Tabs and the ends of lines may stand; a backslash of the text itself before one of these letters is left in doubt."""


def put_text(facts: dict[str, Any], name: str, value: Any) -> None:
    """Add a text of at most 500 characters; one that says nothing is left out."""
    if (text := text_of(value)) is not None:
        facts[name] = text


def put_code(facts: dict[str, Any], name: str, allowed: frozenset[str], value: Any) -> None:
    """Add a code that is one of those allowed; an empty one says nothing."""
    if type(value) is not str:
        raise Doubt
    if value in allowed:
        facts[name] = value
    elif value.strip():
        raise Doubt


def entries_of(value: Any, most: int) -> list[Any]:
    """Return a list of at most so many entries."""
    if type(value) is not list or len(value) > most:
        raise Doubt
    return value


def put_list(facts: dict[str, Any], name: str, entries: list[Any]) -> None:
    """Add a list; an empty one says nothing."""
    if entries:
        facts[name] = entries


def moment_of(value: Any, zone: ZoneInfo) -> tuple[int, str]:
    """Return a moment as the store's number and as JSON has it, in London's time."""
    if type(value) is str:
        quickly = _whole_seconds(value)
        if quickly is not None:
            return quickly
        if tells_no_time(value):
            raise Doubt  # it is noted
        try:
            value = datetime.fromisoformat(value.strip())
        except ValueError:
            raise Doubt from None
    if type(value) is not datetime or not 1900 <= value.year <= 2200:
        raise Doubt
    if value.tzinfo is None:
        if zone is not LONDON:
            return _far(value, zone)
        offset = _offset_on_the_clock(value.year, value.month, value.day, value.hour)
        if offset is None:
            raise Doubt  # an hour that came twice, or never, is noted
        local = value
    else:
        utc = value.astimezone(UTC).replace(tzinfo=None)
        offset = _offset_at(utc.year, utc.month, utc.day, utc.hour)
        local = utc + offset
    number = (local - offset - _EPOCH) // _MICROSECOND
    return number, local.isoformat() + (
        "+01:00" if offset == _HOUR else "Z" if offset == _NO_TIME else _doubt()
    )


def _whole_seconds(text: str) -> tuple[int, str] | None:
    """Return the same of ``2024-06-12T21:04:00+01:00``, which most systems write; None for any other form.

    A file names the same few thousand hours again and again: what a minute and second add is looked up.
    """
    into_the_hour = _SECONDS.get(text[14:19])
    if into_the_hour is None:
        return None
    day_and_hour, offset = text[:14], text[19:]
    hour = _hours.get(day_and_hour + offset)
    if hour is None:
        hour = _first_met(day_and_hour, offset)
        if hour is None:
            return None
    start, shown = hour
    if shown is None:
        return start + into_the_hour, text
    return start + into_the_hour, f"{shown[0]}{text[14:19]}{shown[1]}"


def as_kept(text: str) -> str | None:
    """Return what the store keeps of a moment's text where that is plain: whole seconds of an hour met before."""
    into_the_hour = text[14:19]
    hour = _hours.get(text[:14] + text[19:])
    if hour is None or into_the_hour not in _SECONDS:
        return None
    shown = hour[1]
    return text if shown is None else f"{shown[0]}{into_the_hour}{shown[1]}"


_Hour = tuple[int, tuple[str, str] | None]
"""Its first moment as a number; what stands before and behind minute and second, None where they are as written."""

_hours: dict[str, _Hour] = {}
"""By ``2024-06-12T21:`` with the offset behind it."""


def _first_met(day_and_hour: str, offset: str) -> _Hour | None:
    if offset not in _WHOLE_HOURS or len(day_and_hour) != 14 or day_and_hour[10] != "T":
        return None
    try:
        first = datetime.fromisoformat(f"{day_and_hour}00:00{offset}")
    except ValueError:
        return None
    number, text = moment_of(first, LONDON)
    shown = text[:14], text[19:]
    if len(_hours) >= _MOST_HOURS:
        _hours.clear()
    hour = number, None if shown == (day_and_hour, offset) else shown
    _hours[day_and_hour + offset] = hour
    return hour


def _doubt() -> str:
    raise Doubt


def _far(value: datetime, zone: ZoneInfo) -> tuple[int, str]:
    moment, note = to_local(value, zone)
    if note:
        raise Doubt
    return moment_of(moment, LONDON)


@lru_cache(maxsize=131_072)
def _offset_on_the_clock(year: int, month: int, day: int, hour: int) -> timedelta | None:
    """Return how far London's clocks were ahead in an hour they showed; None where they changed near it."""
    first = datetime(year, month, day, hour, tzinfo=LONDON)
    offset = first.utcoffset()
    for moment in (first, first.replace(minute=59, second=59, microsecond=999_999)):
        if moment.utcoffset() != offset or moment.replace(fold=1).utcoffset() != offset:
            return None
    return offset


@lru_cache(maxsize=131_072)
def _offset_at(year: int, month: int, day: int, hour: int) -> timedelta:
    """Return how far London's clocks were ahead in an hour of universal time; they change on the hour."""
    offset = datetime(year, month, day, hour, tzinfo=UTC).astimezone(LONDON).utcoffset()
    return offset if offset is not None else _NO_TIME


def put_uprn(told: dict[str, Any], value: Any) -> None:
    """Add a Unique Property Reference Number; an empty one says nothing."""
    if type(value) is int:
        value = str(value)
    if type(value) is not str:
        raise Doubt
    if value.isascii() and value.isdigit() and len(value) <= 12:
        told["uprn"] = value
    elif value.strip():
        raise Doubt
