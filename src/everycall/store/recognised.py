"""What the force and Everycall knew of calls on the day: whether a victim was recognised as a repeat victim."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.store.moments import from_number
from everycall.store.reading import read


@dataclass(frozen=True, slots=True)
class OnTheDay:
    """One call as the report sees it.

    Parameters
    ----------
    asb
        Whether it counts: by its category, else by what its log tells.
    recognised
        Whether the force's own record, or an assessment by Everycall, says repeat.
    assessed
        Whether Everycall assessed it at all.
    """

    ref: str
    received_at: datetime
    place: str | None
    behaviours: frozenset[str]
    asb: bool
    recognised: bool
    assessed: bool


_MANY = 500


def on_the_day(
    connection: BaseDatabaseWrapper, refs: Iterable[str], counting: Iterable[str]
) -> dict[str, OnTheDay]:
    """Return what was known of these calls.

    Parameters
    ----------
    counting
        The categories that count as they stand; a call without a category counts, others by their words.
    """
    every, counts = sorted(set(refs)), frozenset(counting)
    found: dict[str, OnTheDay] = {}
    for start in range(0, len(every), _MANY):
        some = every[start : start + _MANY]
        listed = ", ".join(["%s"] * len(some))
        repeat = {
            ref: "repeat" in facts.split(" ")
            for ref, facts in read(
                connection,
                f"SELECT ref, yes_facts FROM assessment_made WHERE ref IN ({listed}) ORDER BY entry DESC",
                some,
            )
        }  # the first assessment is read last: what was known while the caller was on the phone
        for ref, received, category, behaviours, place, tells, alleges, marked in read(
            connection,
            "SELECT c.ref, v.received_at, v.category, v.behaviours, v.place, w.tells_of_asb, w.alleges, "
            "v.payload LIKE '%%\"marked_repeat\":true%%' FROM call c "
            "JOIN call_version v ON v.call_id = c.id AND v.known_until IS NULL "
            f"LEFT JOIN words_read w ON w.call_version_id = v.id WHERE c.ref IN ({listed})".replace(
                "%%", "%" if connection.vendor == "sqlite" else "%%"
            ),
            some,
        ):
            found[ref] = OnTheDay(
                ref,
                from_number(received),
                place,
                frozenset(behaviours.split(" ")) if behaviours else frozenset(),
                category is None or category in counts or bool(tells or alleges),
                bool(marked) or repeat.get(ref, False),
                ref in repeat,
            )
    return found
