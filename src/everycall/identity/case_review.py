"""Whether the victim may qualify for an ASB case review (the "community trigger")."""

from __future__ import annotations

from datetime import date, datetime

from everycall.assessment import Truth
from everycall.identity.rules import CaseReviewRule
from everycall.localtime import local_date


def months_before(day: date, months: int) -> date:
    """Return the same day ``months`` earlier, or the month's last day where there is none."""
    month = day.month - 1 - months
    year, month = day.year + month // 12, month % 12 + 1
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, min(last, day.day))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")  # pragma: no cover


def may_qualify(
    rule: CaseReviewRule,
    complaints: list[datetime],
    now: datetime,
    reported_elsewhere: bool,
    happened_before: Truth,
    how_often: str | None,
    could_look: bool,
) -> Truth:
    """Say whether this is the third complaint in six months, or whether persistence alone suggests a review.

    Parameters
    ----------
    complaints
        Earlier incidents by the person or household or about the same problem, each event once.
    reported_elsewhere
        Whether the victim told another body, which counts as a complaint.

    References
    ----------
    Anti-social Behaviour, Crime and Policing Act 2014, s.104: three qualifying complaints in six months, else
    by persistence, harm or potential harm, and the adequacy of the response.
    """
    since = months_before(local_date(now), rule.months)
    earlier = sum(local_date(moment) >= since for moment in complaints)
    if 1 + earlier + reported_elsewhere >= rule.complaints:
        return Truth.YES
    if happened_before is Truth.YES and how_often in rule.persistent:
        return Truth.YES
    return Truth.NO if could_look and happened_before is Truth.NO else Truth.UNKNOWN
