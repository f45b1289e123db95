"""Whom the model learns from: persons drawn by a seed, each by a few mentions, so that nobody weighs more."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from everycall.errors import InputError, Problem
from everycall.sweep.engine import Engine

MENTIONS_A_PERSON = 10
"""Of somebody who rang a hundred times a model would learn a hundred times."""
FEWEST_PERSONS = 1_000
"""Of fewer a model would learn chance."""
FEWEST_PAIRS = 100
"""Pairs that share what is learned from; of fewer expectation maximisation would learn chance."""

_SHARED_AT_HOME = ("dwelling", "phone", "email")
_ONES_OWN = ("forename", "born")


def take_sample(engine: Engine, leader: Any, most: int, seed: int) -> tuple[int, int]:
    """Make ``record`` (at most ``most`` mentions, by person) and ``one_each`` (one mention a person).

    Parameters
    ----------
    leader
        For each mention (by number) the mention that stands for its person.
    most
        How many mentions at most.
    seed
        Which persons, and which of their mentions; the same seed draws the same.

    Returns
    -------
    tuple
        How many mentions and persons were drawn.

    Raises
    ------
    InputError
        When the history names too few persons to learn from.
    """
    engine.put(
        "leads",
        pa.table({"n": pa.array(range(len(leader)), pa.int64()), "person": pa.array(leader, pa.int64())}),
    )
    order = f"md5(concat('{int(seed)} ', cast({{}} AS VARCHAR(20))))"
    engine.make(
        "drawn",
        f"SELECT n, person, turn, sum(1) OVER (ORDER BY {order.format('person')}, person, turn "
        "ROWS UNBOUNDED PRECEDING) AS so_far FROM (SELECT m.n, l.person, row_number() OVER (PARTITION BY l.person "
        f"ORDER BY {order.format('m.n')}, m.n) AS turn FROM mention m JOIN leads l ON l.n = m.n "
        "WHERE m.forename IS NOT NULL OR m.surname IS NOT NULL) AS turns "
        f"WHERE turn <= {MENTIONS_A_PERSON}",
    )
    home = ", ".join(
        f"CASE WHEN NOT m.supposed THEN m.{name} END AS {name}"
        for name in ("postcode", "dwelling", "building", "street", "uprn", "house", "town", "house_name")
    )
    kept = "n, day, forename, given, surname, born, years_old, email, phone_shared"
    engine.make(
        "record",
        f"SELECT {', '.join('m.' + name for name in kept.split(', '))}, {home}, d.person, d.turn, "
        "CASE WHEN NOT m.phone_shared THEN m.phone END AS phone, m.dwelling_communal, m.building_communal "
        f"FROM mention m JOIN drawn d ON d.n = m.n WHERE d.so_far <= {int(most)}",
    )
    engine.make("one_each", "SELECT * FROM record WHERE turn = 1")
    _set_strangers_apart(engine)
    found = engine.get(
        "SELECT count(*) AS mentions, count(DISTINCT person) AS persons FROM record"
    ).to_pylist()[0]
    if found["persons"] < FEWEST_PERSONS:
        raise InputError(
            "the history is too small to learn from: the model that comes with Everycall stays in use",
            [Problem("history", f"names {found['persons']} persons, at least {FEWEST_PERSONS} are needed")],
        )
    return found["mentions"], found["persons"]


def _set_strangers_apart(engine: Engine) -> None:
    """Make ``stranger``: of ``one_each`` those who may surely be taken for as many different humans.

    Who shares a home, a line or an e-mail address with an earlier one, and the forename or birth date too, may be the
    same human with another name or a slip. Held apart as persons, they would make strangers seem to share homes. The
    others of a household stay: most who share a home are a family.
    """
    turns = ", ".join(
        f"CASE WHEN {shared} IS NULL OR {own} IS NULL THEN 1 ELSE row_number() OVER "
        f"(PARTITION BY {shared}, {own} ORDER BY person) END AS {shared}_{own}"
        for shared in _SHARED_AT_HOME
        for own in _ONES_OWN
    )
    first = " AND ".join(f"{shared}_{own} = 1" for shared in _SHARED_AT_HOME for own in _ONES_OWN)
    engine.make("stranger", f"SELECT * FROM (SELECT *, {turns} FROM one_each) AS o WHERE {first}")


def need_pairs(engine: Engine, fields: tuple[str, ...]) -> None:
    """Raise `InputError` when too few mentions of ``record`` share these fields to learn from."""
    known = " AND ".join(f"{field} IS NOT NULL" for field in fields)
    pairs = engine.get(
        "SELECT coalesce(cast(sum(many * (many - 1) / 2) AS DOUBLE), 0e0) AS pairs FROM (SELECT count(*) AS many "
        f"FROM record WHERE {known} GROUP BY {', '.join(fields)}) AS counted"
    )
    found = int(pairs.column("pairs")[0].as_py())
    if found < FEWEST_PAIRS:
        shared = " and ".join({"born": "birth date"}.get(field, field) for field in fields)
        raise InputError(
            "the history is too small to learn from: the model that comes with Everycall stays in use",
            [Problem("history", f"has {found} pairs of one {shared}, at least {FEWEST_PAIRS} are needed")],
        )
