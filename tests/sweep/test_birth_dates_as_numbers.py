"""Birth dates are compared as whole numbers in the sweep: with the levels of the live comparison, for every slip."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from random import Random

import pyarrow as pa

from everycall.identity.births import born_level
from everycall.sweep.duckdb_engine import DuckDB
from everycall.sweep.levels import BIRTH_NUMBER, BORN_BY_NUMBERS

PAIRS = 30_000
_MONTHS = [(month, day) for month in range(1, 13) for day in range(1, 29)]


def near(born: date, chance: Random) -> date:
    """Return a birth date that agrees with another in two parts, or in all but a slip, or not at all."""
    month, day = chance.choice(_MONTHS)
    century, decade = divmod(born.year, 100)
    years = (
        century * 100 + decade % 10 * 10 + decade // 10,
        born.year + chance.choice((-1, 1, 10, -10)),
        1900 + chance.randrange(126),
        born.year - 100 if century == 20 else born.year,
    )
    return chance.choice(
        (
            born,
            born.replace(day=day),
            born.replace(month=month, day=min(born.day, 28)),
            born.replace(year=chance.choice(years), day=min(born.day, 28)),
            date(born.year, min(born.day, 12), born.month),
            date(1900, 1, 1) + timedelta(days=chance.randrange(45_000)),
        )
    )


def test_every_slip_has_the_level_of_the_live_comparison() -> None:
    chance = Random(3)
    some = [date(1900, 1, 1) + timedelta(days=chance.randrange(45_000)) for _ in range(PAIRS)]
    others = [near(born, chance) for born in some]
    engine = DuckDB()
    for name, dates in (("one", some), ("other", others)):
        texts = pa.array([born.isoformat() for born in dates])
        engine.put(name, pa.table({"n": range(PAIRS), "born": texts}))
        engine.make(
            f"{name}_number", f"SELECT n, {BIRTH_NUMBER} AS born, 0 AS day, 50 AS years_old FROM {name}"
        )
    found = engine.get(
        f"SELECT {BORN_BY_NUMBERS} AS level FROM one_number a JOIN other_number b ON b.n = a.n ORDER BY a.n"
    )
    engine.close()
    told = found.column("level").to_pylist()
    assert told == list(map(born_level, some, others))
    assert min(Counter(told).values()) > 100
    assert set(told) == {"same", "swapped", "one_digit", "two_parts", "different"}
