"""Households: persons linked at one dwelling at one time; the next tenant and the hostel are none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from everycall.identity.likeness import surname_level
from everycall.identity.model import Model
from everycall.identity.rules import Search
from everycall.sweep.components import components
from everycall.sweep.engine import Engine


def find_households(
    engine: Engine, limits: Search, model: Model, person_of: Mapping[int, int]
) -> dict[int, int]:
    """Return the household of each person, named after the lowest number of its persons.

    Persons are linked, as in the live search, when both were at one dwelling no more than ``household_days`` apart
    and share a distinctive surname (or one like it), a personal line, or a call that names both there. Suspects
    and subjects never join, nor anybody at a communal home.

    Parameters
    ----------
    engine
        With ``mention``.
    person_of
        The person of each mention, by the store's number.
    """
    engine.put(
        "known_person",
        pa.table(
            {
                "id": pa.array(list(person_of), pa.int64()),
                "person": pa.array(list(person_of.values()), pa.int64()),
            }
        ),
    )
    engine.make("person_of", "SELECT m.n, k.person FROM mention m JOIN known_person k ON k.id = m.id")
    engine.make(
        "resident",
        "SELECT p.person, m.dwelling, m.surname, CASE WHEN NOT m.phone_shared THEN m.phone END AS phone, m.ref, m.day "
        "FROM mention m JOIN person_of p ON p.n = m.n WHERE m.dwelling IS NOT NULL "
        "AND NOT m.dwelling_communal AND NOT m.building_communal "
        "AND coalesce(m.role, '') NOT IN ('suspect', 'subject')",
    )
    engine.make(
        "stay",
        "SELECT person, dwelling, min(day) AS first, max(day) AS last FROM resident GROUP BY person, dwelling",
    )
    engine.make(
        "neighbour",
        "SELECT x.person AS one, y.person AS other, x.dwelling FROM stay x JOIN stay y ON y.dwelling = x.dwelling "
        f"AND y.person > x.person WHERE x.first <= y.last + {limits.household_days} "
        f"AND y.first <= x.last + {limits.household_days}",
    )
    engine.make(
        "own_name", "SELECT DISTINCT person, dwelling, surname FROM resident WHERE surname IS NOT NULL"
    )
    names = engine.get("SELECT DISTINCT surname FROM own_name ORDER BY 1").column("surname").to_pylist()
    rare = [name for name in names if model.distinctive(name)]
    engine.put("distinctive", pa.table({"surname": pa.array(rare, pa.string())}))
    engine.make(
        "namesake",
        "SELECT n.one, n.other, a.surname AS one_name, b.surname AS other_name FROM neighbour n "
        "JOIN own_name a ON a.person = n.one AND a.dwelling = n.dwelling JOIN distinctive da ON da.surname = a.surname "
        "JOIN own_name b ON b.person = n.other AND b.dwelling = n.dwelling "
        "JOIN distinctive db ON db.surname = b.surname",
    )
    engine.judge(
        "household_name",
        "SELECT DISTINCT one_name AS one, other_name AS other FROM namesake WHERE one_name <> other_name",
        surname_level.__wrapped__,
    )
    linked = engine.get(
        "SELECT one, other FROM namesake WHERE one_name = other_name UNION "
        "SELECT n.one, n.other FROM namesake n JOIN household_name h ON h.one = n.one_name AND h.other = n.other_name "
        "WHERE h.level <> 'different' UNION "
        "SELECT n.one, n.other FROM neighbour n JOIN resident a ON a.person = n.one AND a.dwelling = n.dwelling "
        "JOIN resident b ON b.person = n.other AND b.dwelling = n.dwelling WHERE a.phone = b.phone OR a.ref = b.ref"
    )
    people = engine.get("SELECT DISTINCT person FROM person_of ORDER BY 1").column("person").to_pylist()
    index = {person: n for n, person in enumerate(people)}
    one, other = (_indexed(linked.column(name), index) for name in ("one", "other"))
    lowest = components(len(people), one, other).tolist()
    return {person: people[n] for person, n in zip(people, lowest, strict=True)}


def _indexed(column: Any, index: dict[int, int]) -> list[int]:
    return [index[person] for person in column.to_pylist()]
