"""A moment as a whole number and back, without Django: a process that only reads rows need not load it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from everycall.localtime import LONDON

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def to_number(moment: datetime) -> int:
    """Return an aware moment as microseconds since 1970, UTC."""
    return (moment - _EPOCH) // _MICROSECOND


def from_number(number: int) -> datetime:
    """Return microseconds since 1970, UTC, as London's local time."""
    return (_EPOCH + timedelta(microseconds=number)).astimezone(LONDON)
