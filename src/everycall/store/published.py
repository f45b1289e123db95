"""Published incidents (data.police.uk), counted by the map point they share: nobody's address, to the month."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.store.reading import read

ASB = "Anti-social behaviour"
"""The published kind, as data.police.uk writes it."""


def last_taken(connection: BaseDatabaseWrapper) -> int:
    """Return the number of the last row, so that what was counted can be kept until more are imported."""
    return int(read(connection, "SELECT COALESCE(MAX(id), 0) FROM street_incident")[0][0])


def asb_by_point(connection: BaseDatabaseWrapper, from_month: str) -> list[tuple[float, float, int]]:
    """Return longitude, latitude (degrees) and how many ASB incidents were published there since a month.

    Parameters
    ----------
    from_month
        The first that counts, as ``2025-06``.
    """
    rows = read(
        connection,
        "SELECT longitude, latitude, COUNT(*) FROM street_incident WHERE category = %s AND month >= %s "
        "AND longitude IS NOT NULL GROUP BY longitude, latitude ORDER BY longitude, latitude",
        [ASB, from_month],
    )
    return [(float(longitude), float(latitude), int(many)) for longitude, latitude, many in rows]
