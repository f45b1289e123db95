"""Local time in Great Britain: what a timestamp without an offset means, and which day it is."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def to_local(moment: datetime, zone: ZoneInfo = LONDON) -> tuple[datetime, str | None]:
    """Return ``moment`` in London's time, and a note when its meaning had to be chosen.

    A timestamp without an offset is taken in ``zone``. In the doubled hour of October the first of the two
    is meant; in the hour that spring leaves out, the clock is taken to have been not yet put forward.

    Parameters
    ----------
    moment
        Aware, or naive local time.
    zone
        The time zone of naive timestamps.
    """
    if moment.tzinfo is not None:
        return moment.astimezone(LONDON), None
    aware = moment.replace(tzinfo=zone, fold=0)
    note = None
    if aware.utcoffset() != moment.replace(tzinfo=zone, fold=1).utcoffset():
        exists = aware.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == moment
        note = (
            "this hour came twice when the clocks went back; taken as the first"
            if exists
            else "this hour did not exist when the clocks went forward; taken as an hour later"
        )
    return aware.astimezone(UTC).astimezone(LONDON), note


NO_TIME = "tells a day and no time; taken as its midnight"


def tells_no_time(text: str) -> bool:
    """Say whether a text of ISO 8601 is a day alone, which a reader of moments takes as its midnight."""
    try:
        date.fromisoformat(text.strip())
    except ValueError:
        return False
    return True


def written(moment: datetime) -> str:
    """Return an aware moment as it is told: London's time with its offset, ``+00:00`` in winter, never ``Z``."""
    return moment.astimezone(LONDON).isoformat()


def with_offset(text: str) -> str:
    """Return a written moment with ``+00:00`` where it has ``Z``, as the facts of a call are kept."""
    return text.removesuffix("Z") + "+00:00" if text.endswith("Z") else text


def local_date(moment: datetime) -> date:
    """Return the day in Great Britain on which ``moment`` (aware) falls."""
    return moment.astimezone(LONDON).date()


def start_of_day(day: date) -> datetime:
    """Return the first moment of ``day`` in Great Britain, aware."""
    return datetime.combine(day, time.min, LONDON)


def days_before(moment: datetime, days: int) -> date:
    """Return the local date ``days`` whole days before ``moment``, the first day of a window that ends with it."""
    return local_date(moment) - timedelta(days=days)


def age_on(born: date, day: date) -> int:
    """Return the age in whole years on ``day`` of a person born on ``born``."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
