"""A history of invented people for training: who they are is known, what is written of them has slips and gaps."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count
from random import Random
from typing import Any

from everycall.errors import Problems
from everycall.identity import rules
from everycall.identity.rules import Search
from everycall.policy.load import default_directory
from everycall.store.moments import to_number
from everycall.sweep.duckdb_engine import DuckDB
from everycall.sweep.gather import key_table, table_of
from everycall.sweep.history import SharedByMany, number

_CONSONANTS, _VOWELS = "BCDFGHKLMNPRSTVW", "AEIOU"
START = datetime(2016, 1, 1, 12, tzinfo=UTC)


def _word(rng: Random, syllables: int) -> str:
    return "".join(rng.choice(_CONSONANTS) + rng.choice(_VOWELS) for _ in range(syllables)) + rng.choice(
        "NRST"
    )


def rows(persons: int, calls_each: int, seed: int, most_frequent: int = 0) -> list[tuple[Any, ...]]:
    """Return mentions as the store reads them out.

    Parameters
    ----------
    most_frequent
        How often one person more, of a name nobody else has, rang.
    """
    rng = Random(seed)
    forenames, surnames = [_word(rng, 2) for _ in range(60)], [_word(rng, 3) for _ in range(200)]
    numbers, found = count(1), []
    people = [(rng.choice(forenames), rng.choice(surnames), calls_each) for _ in range(persons)]
    for person, (forename, surname, calls) in enumerate([*people, ("ONLY", "FREQUENT", most_frequent)]):
        born = date(1940, 1, 1) + timedelta(days=rng.randrange(25_000))
        moves, phone, home = 0.0, f"+44{person:010}", f"home {person}"
        for call in range(calls):
            years = call * min(1.5, 9 / calls)
            while moves < years:
                moves += 1
                phone = phone if rng.random() < 0.8 else f"+44{rng.randrange(10**10):010}"
                home = home if rng.random() < 0.9 else f"home {rng.randrange(10**6)}"
            found.append(_row(next(numbers), rng, forename, surname, born, phone, home, years))
    return found


def _row(
    number: int, rng: Random, forename: str, surname: str, born: date, phone: str, home: str, years: float
) -> tuple[Any, ...]:
    if rng.random() < 0.1:
        surname = surname[:-1] + "X"
    elif rng.random() < 0.05:
        forename = forename[0]
    known = born if rng.random() < 0.6 else None
    moment = START + timedelta(days=365.25 * years + rng.randrange(300))
    return (
        number, f"CC-{number}", "caller", "witness", forename, surname, known.isoformat() if known else None, None,
        phone if rng.random() < 0.8 else None, None, "PE13 9ZZ", home if rng.random() < 0.7 else None, None, None,
        None, None, None, to_number(moment), None, None, None, None, None,
    )  # fmt: skip


def engine_with(some: list[tuple[Any, ...]]) -> DuckDB:
    """Return an engine that holds them, each with the keys of name and birth date."""
    engine = DuckDB()
    engine.put("arrived", table_of(some))
    number(engine, SharedByMany())
    keys = [(hash_of, row[0]) for row in some for hash_of in _keys(row)]
    engine.put("mention_key", key_table(keys))
    return engine


def _keys(row: tuple[Any, ...]) -> set[int]:
    values = (row[6], row[8], row[11])
    return {int.from_bytes(str(value).encode().ljust(8)[-8:], "big") >> 1 for value in values if value}


def limits() -> Search:
    """Return the limits of the pack that comes with Everycall."""
    found = rules.load(default_directory() / "repeat.toml", Problems())
    assert found is not None
    return found.search
