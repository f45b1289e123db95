"""Everybody and every pair as a table for others: Parquet or CSV by the file's ending."""

from __future__ import annotations

import os
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pyarrow as pa
from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.errors import InputError, Problem
from everycall.identity.model import Model
from everycall.identity.rules import Search
from everycall.store import people, persons
from everycall.store.own_secret import own_secret
from everycall.sweep.engine import Engine
from everycall.sweep.history import bring
from everycall.sweep.households import find_households
from everycall.sweep.linking import score_history
from everycall.sweep.strong import bits_for, strong_pairs

ENDINGS = (".csv", ".parquet")
_EVERY = -1_000.0
"""Bits that every pair has."""


def check_ending(out: Path) -> None:
    """Refuse a file whose ending names no format.

    Raises
    ------
    InputError
        With what is allowed.
    """
    if out.suffix.lower() not in ENDINGS:
        raise InputError(
            "the file cannot be written", [Problem(out.name, f"must end in {' or '.join(ENDINGS)}")]
        )


def write(table: Any, out: Path) -> None:
    """Write a table beside its place and put it there whole, for its owner's eyes only."""
    beside = out.with_name(out.name + ".part")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        if out.suffix.lower() == ".parquet":
            import pyarrow.parquet as pq

            pq.write_table(table, file)
        else:
            import pyarrow.csv as pc

            pc.write_csv(table, file)
    beside.replace(out)


def persons_table(
    engine: Engine, connection: BaseDatabaseWrapper, limits: Search, model: Model, today: date
) -> Any:
    """Return every mention of a person: ``ref``, ``mention``, ``person_id``, ``household_id``, ``place_id``.

    The persons are those of the last sweep. A household has the lowest number of its persons, a place that of
    its key, so both last as long as these do.
    """
    bring(engine, connection, limits, today)
    person_of = {mention: person for mention, (person, _) in persons.persons_of(connection).items()}
    household = find_households(engine, limits, model, person_of)
    place, secret = people.places(connection), own_secret(connection, "places of exports")
    rows = engine.get(
        "SELECT m.ref, m.which, p.person FROM mention m JOIN person_of p ON p.n = m.n ORDER BY m.n"
    )
    refs, who = rows.column("ref").to_pylist(), rows.column("person").to_pylist()
    return pa.table(
        {
            "ref": rows.column("ref"),
            "mention": rows.column("which"),
            "person_id": [f"P{person}" for person in who],
            "household_id": [f"H{household[person]}" for person in who],
            "place_id": pa.array([place_id(place.get(ref), secret) for ref in refs], pa.string()),
        }
    )


def place_id(key: str | None, secret: bytes) -> str | None:
    """Return a short lasting name for a place; None where none is known.

    It does not tell the address, and without the store's secret nobody can try addresses until one fits.
    """
    return None if key is None else "L" + blake2b(key.encode(), key=secret, digest_size=8).hexdigest()


def pairs_table(
    engine: Engine,
    connection: BaseDatabaseWrapper,
    model: Model,
    limits: Search,
    today: date,
    at_least: float,
) -> Any:
    """Return every scored pair: whose (``ref_a``, ``mention_a``, ``ref_b``, ``mention_b``), and how surely one human.

    Parameters
    ----------
    at_least
        Leave out pairs of a lower probability; 0 leaves out none.
    """
    bring(engine, connection, limits, today)
    bits = bits_for(at_least, limits.population) if at_least > 0 else _EVERY
    score_history(engine, model, limits, at_least=bits)
    possible = bits_for(limits.possible_probability, limits.population)
    prior = bits_for(0.5, limits.population)
    return engine.get(
        "SELECT x.ref AS ref_a, x.which AS mention_a, y.ref AS ref_b, y.which AS mention_b, "
        f"s.bits - {prior!r} AS weight, 1e0 / (1e0 + pow(2e0, least(greatest({prior!r} - s.bits, -60e0), 60e0))) "
        f"AS probability, CASE WHEN {strong_pairs(limits, 's.')} THEN 'person' "
        f"WHEN s.bits >= {possible!r} AND NOT coalesce(s.forename = 'different', FALSE) "
        "AND NOT coalesce(s.born = 'different', FALSE) THEN 'possible' "
        "WHEN s.address IN ('dwelling', 'same_number') THEN 'dwelling' "
        "WHEN s.phone = 'same' THEN 'phone' ELSE 'none' END AS tier "
        "FROM scored s JOIN mention x ON x.n = s.a JOIN mention y ON y.n = s.b ORDER BY s.a, s.b"
    )
