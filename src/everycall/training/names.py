"""How common names are among the force's own callers: by distinct person, joined to the tables for the country."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from everycall.identity.normalise.frequencies import forename_share, surname_share
from everycall.sweep.engine import Engine

COUNTRY_COUNTS_AS = 5_000
"""The tables for the country count as so many persons of the force's own."""
FEWEST_BEARERS = 5
"""A name of fewer persons is not written down: it would tell who is in the history, and is rare anyway."""
_SHARE = {"forename": forename_share, "surname": surname_share}


def shares(engine: Engine) -> tuple[dict[str, dict[str, float]], dict[str, float]]:
    """Return the share of persons with each name, and the share to take for a name that is not listed.

    One mention a person counts (``one_each``): by calls, frequent callers would make their own name common
    and so weigh less.
    """
    listed: dict[str, dict[str, float]] = {}
    unlisted: dict[str, float] = {}
    for field, country in _SHARE.items():
        found = engine.get(
            f"SELECT {field} AS name, count(*) AS bearers FROM one_each "
            f"WHERE {field} IS NOT NULL AND length({field}) > 1 GROUP BY 1 ORDER BY 2 DESC, 1"
        ).to_pylist()
        persons = sum(row["bearers"] for row in found)
        whole = persons + COUNTRY_COUNTS_AS
        listed[field] = {
            row["name"]: round((row["bearers"] + COUNTRY_COUNTS_AS * country(row["name"])) / whole, 9)
            for row in found
            if row["bearers"] >= FEWEST_BEARERS
        }
        unlisted[field] = _typical([row for row in found if row["bearers"] < FEWEST_BEARERS], whole, country)
    return listed, unlisted


def _typical(rare: list[dict[str, Any]], whole: int, country: Callable[[str], float]) -> float:
    """Return the share that the name of somebody with an unlisted name has on average."""
    bearers = int(sum(row["bearers"] for row in rare))
    if not bearers:
        return round(COUNTRY_COUNTS_AS * country("") / whole, 9)
    total: float = sum(
        row["bearers"] * (row["bearers"] + COUNTRY_COUNTS_AS * country(row["name"])) for row in rare
    )
    return round(total / bearers / whole, 9)
