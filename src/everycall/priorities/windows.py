"""Time windows of a priority: "Fri-Sat 18:00-02:00", read on the clocks of Great Britain."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from everycall.localtime import LONDON

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_A_DAY = timedelta(days=1)
_A_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Window:
    """A time of day on some days of the week.

    Parameters
    ----------
    days
        The days on which the window *begins*, 0 for Monday; none means every day.
    begins, ends
        Local clock times, to the minute. Where ``ends`` is not after ``begins`` the window runs past
        midnight. Both ends are included, the last to the end of its minute, because a call that the screen
        shows at
        02:00 is read as inside 18:00-02:00. Equal times mean the 24 hours from that time, and there the last
        minute is not included, or each day would overlap the next.
    """

    days: frozenset[int]
    begins: time
    ends: time

    def covers(self, moment: datetime) -> bool:
        """Say whether ``moment`` (aware) lies inside.

        When the clocks go back, the window runs on through both of the doubled hours: from the first time the
        clock shows its beginning to the last time it shows its end. When they go forward, a window that lies
        wholly in the hour left out does not happen on that day.
        """
        local = moment.astimezone(LONDON)
        shown = local.replace(tzinfo=None)
        for day in (shown.date(), shown.date() - _A_DAY):
            if self._begins_on(day):
                start, end = self._on(day)
                if start <= shown < end or (_comes_twice(local) and _passed(start, moment, end)):
                    return True
        return False

    def minutes_away(self, moment: datetime) -> tuple[int, bool] | None:
        """Return how many minutes the nearest window is from ``moment`` by the clock, and whether it is over.

        None when the moment is inside.
        """
        if self.covers(moment):
            return None
        shown = moment.astimezone(LONDON).replace(tzinfo=None, second=0, microsecond=0)
        nearest: tuple[int, bool] | None = None
        for ahead in range(-8, 9):
            day = shown.date() + ahead * _A_DAY
            if not self._begins_on(day):
                continue
            start, end = self._on(day)
            over = end <= shown
            away = abs(shown - (end - _A_MINUTE) if over else start - shown)
            minutes = int(away / _A_MINUTE)
            if nearest is None or minutes < nearest[0]:
                nearest = (minutes, over)
        return nearest

    def __str__(self) -> str:
        """Return the window as a person writes it: ``Fri-Sat 18:00-02:00``."""
        days = day_names(self.days)
        if self.begins == self.ends:
            hours = "all day" if self.begins == time.min else f"24 hours from {self.begins:%H:%M}"
        else:
            hours = f"{self.begins:%H:%M}-{self.ends:%H:%M}"
        return f"{days} {hours}"

    def _begins_on(self, day: date) -> bool:
        return not self.days or day.weekday() in self.days

    def _on(self, day: date) -> tuple[datetime, datetime]:
        start = datetime.combine(day, self.begins)
        end = datetime.combine(day, self.ends)
        if self.ends == self.begins:
            return start, start + _A_DAY
        if self.ends < self.begins:
            end += _A_DAY
        return start, end + _A_MINUTE


def _comes_twice(local: datetime) -> bool:
    return local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset()


def _passed(start: datetime, moment: datetime, end: datetime) -> bool:
    first = start.replace(tzinfo=LONDON, fold=0).astimezone(UTC)
    # The minute before: an end of 02:00 that is not included must not reach over the doubled hour.
    last = (end - _A_MINUTE).replace(tzinfo=LONDON, fold=1).astimezone(UTC) + _A_MINUTE
    return first <= moment.astimezone(UTC) < last


def day_names(days: Iterable[int]) -> str:
    """Return the days as a person writes them: ``Fri-Sat``, ``Mon, Wed``, ``every day``.

    A run that goes over the end of the week is told as one: ``Fri-Mon``.
    """
    chosen = sorted(set(days))
    if not chosen or len(chosen) == len(DAYS):
        return "every day"
    firsts = [day for day in chosen if (day - 1) % 7 not in chosen]
    parts = []
    for first in firsts:
        last = first
        while (last + 1) % 7 in chosen:
            last = (last + 1) % 7
        joined = "-" if (last - first) % 7 else ""
        parts.append(DAYS[first].title() + (joined + DAYS[last].title() if joined else ""))
    return ", ".join(parts)


def duration(minutes: int) -> str:
    """Return minutes as a person says them: ``20 min``, ``3 h 20 min``, ``2 days 4 h``."""
    days, rest = divmod(minutes, 24 * 60)
    hours, left = divmod(rest, 60)
    if days:
        return f"{days} day{'s' if days > 1 else ''}" + (f" {hours} h" if hours else "")
    if hours:
        return f"{hours} h" + (f" {left} min" if left else "")
    return f"{left} min"
