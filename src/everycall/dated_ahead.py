"""A call that says it is received later than now: a slip of the date, which the time it is given would hide."""

from __future__ import annotations

from datetime import datetime, timedelta

from everycall.call import Call
from everycall.errors import Problem
from everycall.localtime import LONDON

CLOCKS_DIFFER = timedelta(minutes=10)
"""By how much the clock of the force's system may be ahead of ours without a word."""


def dated_ahead(call: Call, now: datetime) -> tuple[Problem, ...]:
    """Return a note where a call is dated after the moment of its assessment; it is taken as it is dated.

    Parameters
    ----------
    now
        When it is assessed (aware).
    """
    received = call.received_at.astimezone(LONDON)
    if received - now <= CLOCKS_DIFFER:
        return ()
    when = f"{received:%H:%M} on {received.day} {received:%B %Y}"
    text = (
        f"is still to come ({when}): time to respond, priorities and earlier incidents are reckoned from it"
    )
    return (Problem("received_at", text),)
