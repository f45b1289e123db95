"""Seconds of the made-up history as local times, without a date object for every call."""

from __future__ import annotations

from bisect import bisect
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from everycall.localtime import LONDON

DAY = 86_400
_MINUTES = tuple(f"{minute:02}:{second:02}" for minute in range(60) for second in range(60))


class Clock:
    """Times of the history, counted in whole seconds from its start.

    Parameters
    ----------
    start
        Aware: second 0.
    """

    def __init__(self, start: datetime) -> None:
        start = start.astimezone(UTC)
        self.start = start
        self._zero = int(start.timestamp())
        self._changes, self._offsets = _clock_changes(start.year - 1, start.year + 12)
        self.first_day = start.astimezone(LONDON).date()
        self._first_ordinal = self.first_day.toordinal()
        self.seconds_into_day = (self._zero + self._offset(0)) % DAY
        self._hours: dict[int, tuple[str, str]] = {}

    def _offset(self, second: int) -> int:
        return self._offsets[bisect(self._changes, self._zero + second) - 1]

    def day(self, second: int) -> int:
        """Return the local day, counted from the day of the start."""
        return (second + self.seconds_into_day) // DAY

    def date_of(self, day: int) -> date:
        """Return the date of a day counted from the day of the start; it may lie before it."""
        return date.fromordinal(self._first_ordinal + day)

    def iso(self, second: int) -> str:
        """Return ISO text with London's offset."""
        hour, rest = divmod(self._zero + second, 3_600)
        told = self._hours.get(hour)
        if told is None:
            told = self._hours[hour] = self._hour_text(hour)
        return f"{told[0]}{_MINUTES[rest]}{told[1]}"

    def _hour_text(self, hour: int) -> tuple[str, str]:
        # The clocks change on the hour, so that all of an hour has one offset.
        offset = self._offset(hour * 3_600 - self._zero)
        day, local = divmod(hour + offset // 3_600, 24)
        return f"{date(1970, 1, 1) + timedelta(days=day)}T{local:02}:", "+01:00" if offset else "+00:00"

    def hour(self, second: int) -> int:
        """Return the local hour of the day, 0 to 23."""
        return (self._zero + second + self._offset(second)) % DAY // 3_600

    def second_of(self, moment: datetime) -> int:
        """Return the second of an aware moment."""
        return int(moment.timestamp()) - self._zero


@lru_cache(maxsize=4)
def _clock_changes(first: int, last: int) -> tuple[list[int], list[int]]:
    """Return when London's clocks change (UTC seconds) and the offset from then on; hours, so hourly steps."""
    changes, offsets = [], []
    at = datetime(first, 1, 1, tzinfo=UTC)
    before = None
    while at.year <= last:
        # Clocks change on Sundays at one in the morning, UTC, so only that hour of each day need be looked at.
        offset = at.astimezone(LONDON).utcoffset()
        assert offset is not None
        if offset != before:
            changes.append(int(at.timestamp()))
            offsets.append(int(offset.total_seconds()))
            before = offset
        at = at.replace(hour=1) if at.hour == 0 else at + timedelta(days=1)
    return changes, offsets
