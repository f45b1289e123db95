"""How decisions are made: overrides, and recommendations accepted too quickly to have been thought about.

By person, with counts and an interval, in the order of names: something to talk about with one person, never a league
table. Somebody with few decisions is told of as that, not as good or bad.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from everycall.access.viewer import Viewer
from everycall.force import Force
from everycall.share import interval
from everycall.store import open_calls, watched
from everycall.store.open_calls import Decision
from everycall.supervising.limits import Limits, limits
from everycall.supervising.seen import may_be_told

_MOST_OVERRIDES = 200


@dataclass(frozen=True, slots=True)
class Acceptance:
    """How one person decides.

    Parameters
    ----------
    quick
        Accepted before the recommendation had stood for the seconds of ``limits.toml``.
    low, high
        The interval of the share of all decisions that were accepted quickly; None with too few to say anything.
    nearly_always
        Whether even its lower end lies above what the file calls nearly always.
    """

    name: str
    decisions: int
    accepted: int
    quick: int
    low: float | None
    high: float | None
    nearly_always: bool


def acceptance(force: Force, now: datetime) -> tuple[Acceptance, ...]:
    """Return how everybody decided lately, in the order of names."""
    rule = limits()
    since = now - timedelta(days=rule.acceptance_days)
    rows = watched.accepted_by(force.store.connection, since, now, rule.quick_seconds * 1_000)
    return tuple(_of_one(*row, rule) for row in sorted(rows))


def _of_one(name: str, decisions: int, accepted: int, quick: int, rule: Limits) -> Acceptance:
    if decisions < rule.least_decisions:
        return Acceptance(name, decisions, accepted, quick, None, None, False)
    low, high = interval(quick, decisions, rule.confidence) or (0.0, 1.0)
    return Acceptance(name, decisions, accepted, quick, low, high, low > rule.nearly_always)


@dataclass(frozen=True, slots=True)
class Overridden:
    """A decision that was not what was recommended: in codes, of how it stood and what was wanted.

    Parameters
    ----------
    said_by, said
        Which supervisor said something to it afterwards, and whether they ``approved`` or ``refused``.
    """

    ref: str
    at: datetime
    by: str
    reason: str | None
    recommended: str
    wanted: str
    lowers: tuple[str, ...]
    waits: bool
    said_by: str | None
    said: str | None


def overrides(viewer: Viewer, force: Force, now: datetime) -> tuple[Overridden, ...]:
    """Return the overrides of late, newest first, of calls that this viewer may see."""
    since = now - timedelta(hours=limits().overrides_hours)
    found = watched.overrides(force.store.connection, since, _MOST_OVERRIDES)
    told = may_be_told(viewer, force, [one.ref for one in found], now)
    last = open_calls.last_decisions(force.store.connection, list(told))
    return tuple(_overridden(one, last[one.ref]) for one in found if one.ref in told and one.body is not None)


def _overridden(one: Decision, last: Decision) -> Overridden:
    assert one.body is not None
    body, after = one.body, last.body or {}
    said = next((name for name in ("approves", "refuses") if after.get(name) == one.entry), None)
    return Overridden(
        ref=one.ref,
        at=one.decided_at,
        by=one.by,
        reason=one.reason,
        recommended=body["recommended"]["grade"],
        wanted=body["wanted"]["grade"],
        lowers=tuple(body["lowers"]),
        waits=bool(body["awaits_supervisor"]) and last.entry == one.entry,
        said_by=None if said is None else after["approved_by"] if said == "approves" else last.by,
        said={"approves": "approved", "refuses": "refused"}.get(said or ""),
    )
