"""When the clock starts and when it runs out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from everycall.call import Call
from everycall.localtime import LONDON
from everycall.policy.grades import Grade, Grades


def later(start: datetime, minutes: int) -> datetime:
    """Return the moment ``minutes`` after ``start`` (aware), in London's time.

    Counted in elapsed time: sixty minutes are sixty minutes also in the night the clocks change.
    """
    return (start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(LONDON)


def clock_start(
    grades: Grades, call: Call, received_at: datetime, graded_at: datetime | None = None
) -> datetime:
    """Return when the clock of this call starts, as ``grades.toml`` says for its source.

    Parameters
    ----------
    received_at
        When the call was received, aware.
    graded_at
        When the grade is given, aware. Where a moment is not known the clock starts when the call was
        received, which is the earliest of all and so gives nobody more time.
    """
    which = grades.clock.by_source.get(call.source or "", grades.clock.default)
    if which == "graded_at" and graded_at is not None:
        return graded_at
    if which == "log_opened":
        return min((line.at for line in call.log if line.at is not None), default=received_at)
    return received_at


def respond_by(grade: Grade, start: datetime, rural: bool | None) -> datetime | None:
    """Return by when somebody responds, or None for a grade without a time.

    Parameters
    ----------
    start
        When the clock starts, aware.
    rural
        None, not known, counts as urban: the shorter time.
    """
    minutes = grade.minutes_rural if rural else grade.minutes_urban
    return None if minutes is None else later(start, minutes)
