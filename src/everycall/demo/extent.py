"""How large a made-up force is: its years, neighbourhoods, homes and numbers, from how many calls are wanted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from everycall.demo.block import Job
from everycall.demo.clock import DAY
from everycall.demo.happenings import YEAR_DAYS
from everycall.demo.phones import KEPT_FOR_CAST
from everycall.demo.streets import DWELLINGS_PER_STREET
from everycall.errors import InputError, Problem

FEWEST, MOST = 200, 10_000_000
"""Fewer calls could not hold the planted situations and a long tail beside them; more were never tried."""

SHORT_YEARS, LONG_YEARS, LONG_FROM = 2, 10, 50_000
"""A force of 50,000 calls and more has ten years of them, a smaller one two."""

HOMES_PER_CALL, HOMES_PER_CALL_LONG = 0.3, 0.2

CALLS_PER_BLOCK, MOST_BLOCKS = 5_000, 400
NUMBERS_PER_HOME = 3.4
DRAMA_ONLY_UP_TO = 5_000
"""Up to so many calls every telephone number is one of Ofcom's for drama; see ``phones.py``."""

FEED_SECONDS = DAY


def jobs(
    calls: int,
    seed: int,
    until: datetime,
    years: int | None,
    landlines: int | None,
    faults: tuple[str, ...],
    folder: Path,
    planted: int,
) -> list[Job]:
    """Return one job for each neighbourhood; their calls and the planted ones add up to ``calls``.

    Raises
    ------
    InputError
        When there are too few or too many calls, no whole years, or ``until`` is not aware.
    """
    years = years if years is not None else SHORT_YEARS if calls < LONG_FROM else LONG_YEARS
    wrong = []
    if not FEWEST <= calls <= MOST:
        wrong.append(Problem("calls", f"{calls} is not between {FEWEST} and {MOST}"))
    if not 1 <= years <= 10:
        wrong.append(Problem("years", f"{years} is not between 1 and 10"))
    if until.tzinfo is None:
        wrong.append(Problem("until", "needs a time zone"))
    if wrong:
        raise InputError("the made-up force cannot be made", wrong)
    until = until.astimezone(UTC).replace(microsecond=0)
    blocks = min(MOST_BLOCKS, -(-calls // CALLS_PER_BLOCK))
    homes_per_call = HOMES_PER_CALL if years <= SHORT_YEARS else HOMES_PER_CALL_LONG
    streets = -(-max(40, round(calls * homes_per_call)) // (blocks * DWELLINGS_PER_STREET))
    homes = streets * DWELLINGS_PER_STREET
    if landlines is None:
        landlines = KEPT_FOR_CAST if calls <= DRAMA_ONLY_UP_TO else KEPT_FOR_CAST + 1
    feed = max(20, min(2_000, calls // 500))
    return [
        Job(
            index=index,
            seed=seed,
            start=until - timedelta(days=years * YEAR_DAYS),
            end=years * YEAR_DAYS * DAY,
            years=years,
            first_home=index * homes,
            homes=homes,
            calls=_share(calls - planted, blocks, index),
            calls_a_year=calls // years,
            feed=_share(feed, blocks, index),
            feed_seconds=FEED_SECONDS,
            landlines=landlines,
            first_number=round(index * homes * NUMBERS_PER_HOME),
            faults=faults,
            folder=folder,
        )
        for index in range(blocks)
    ]


def _share(many: int, parts: int, index: int) -> int:
    """Return the share of one part; the shares of all parts add up."""
    return many * (index + 1) // parts - many * index // parts
