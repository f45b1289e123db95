"""A store's history brought into an engine: everybody, their keys, and which lines and homes are shared by many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

import pyarrow as pa
from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.identity.rules import Search
from everycall.identity.shared import unrelated
from everycall.store import people
from everycall.sweep.engine import Engine
from everycall.sweep.gather import SCHEMA, key_table, table_of


@dataclass(frozen=True, slots=True)
class SharedByMany:
    """Lines (E.164) and homes (keys) that flags or the names on them show to be shared: they join nobody."""

    phones: Collection[str] = ()
    homes: Collection[str] = ()


def bring(engine: Engine, connection: BaseDatabaseWrapper, limits: Search, today: date) -> SharedByMany:
    """Make ``mention`` and ``mention_key`` from a store as it is now; return what is shared by many.

    Parameters
    ----------
    today
        The local day on which flags in force count.
    """
    # an empty part first: a history without anybody has the tables too
    engine.put_parts("arrived", map(table_of, chain([[]], people.people(connection))))
    engine.put_parts("mention_key", map(key_table, chain([[]], people.keys(connection))))
    shared = find_shared(engine, connection, limits, today)
    number(engine, shared)
    engine.drop("arrived")
    return shared


def find_shared(engine: Engine, connection: BaseDatabaseWrapper, limits: Search, today: date) -> SharedByMany:
    """Return the lines and homes of ``arrived`` that are shared by many, by flag or by the names on them."""
    lines, homes = people.shared_by_flag(connection, today.isoformat())
    return SharedByMany(lines | shared_lines(engine, limits), homes | communal_homes(engine, limits))


_KEPT = ", ".join(f"m.{field.name}" for field in SCHEMA if field.name not in ("received_at", "at_dwelling"))
"""What is still needed of those who arrived once they are numbered."""


def number(engine: Engine, shared: SharedByMany) -> None:
    """Make ``mention`` from ``arrived``: numbered from the earliest on, what is shared marked."""
    for name, values in (("shared_line", shared.phones), ("communal_home", shared.homes)):
        engine.put(name, pa.table({"value": pa.array(sorted(values), pa.string())}))
    engine.make(
        "mention",
        f"SELECT o.n, {_KEPT}, line.value IS NOT NULL AS phone_shared, "
        "home.value IS NOT NULL AS dwelling_communal, block.value IS NOT NULL AS building_communal FROM arrived m "
        # moments and numbers alone are sorted: everything else would be carried along
        "JOIN (SELECT id, CAST(row_number() OVER (ORDER BY received_at, id) AS INTEGER) AS n FROM arrived) AS o "
        "ON o.id = m.id LEFT JOIN shared_line line ON line.value = m.phone "
        "LEFT JOIN communal_home home ON home.value = m.dwelling "
        "LEFT JOIN communal_home block ON block.value = m.building",
    )


def shared_lines(engine: Engine, limits: Search) -> set[str]:
    """Return the lines used under so many unrelated surnames that they name nobody."""
    found = engine.get(
        "SELECT DISTINCT phone, surname FROM arrived WHERE surname IS NOT NULL AND phone IN (SELECT phone FROM "
        "arrived WHERE phone IS NOT NULL GROUP BY phone "
        f"HAVING count(DISTINCT surname) >= {limits.shared_phone_surnames})"
    )
    names: dict[str, set[str]] = defaultdict(set)
    for phone, surname in _pairs(found, "phone", "surname"):
        names[phone].add(surname)
    return {phone for phone, some in names.items() if unrelated(some, limits.shared_phone_surnames)}


def communal_homes(engine: Engine, limits: Search) -> set[str]:
    """Return the homes with so many unrelated surnames at one time that they are no household."""
    found = engine.get(
        "SELECT DISTINCT dwelling, surname, day FROM arrived WHERE surname IS NOT NULL AND NOT supposed AND dwelling "
        "IN (SELECT dwelling FROM arrived WHERE dwelling IS NOT NULL AND NOT supposed GROUP BY dwelling "
        f"HAVING count(DISTINCT surname) >= {limits.communal_surnames})"
    )
    days: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for home, surname, day in _pairs(found, "dwelling", "surname", "day"):
        days[home].append((day, surname))
    return {home for home, some in days.items() if _communal(sorted(some), limits)}


def _communal(some: Sequence[tuple[int, str]], limits: Search) -> bool:
    first, checked = 0, 0
    for last, (day, _) in enumerate(some):
        while some[first][0] < day - limits.household_days:
            first += 1
        names = {surname for _, surname in some[first : last + 1]}
        if len(names) >= limits.communal_surnames and len(names) != checked:
            checked = len(names)
            if unrelated(names, limits.communal_surnames):
                return True
    return False


def _pairs(table: Any, *columns: str) -> Iterable[tuple[Any, ...]]:
    return zip(*(table.column(name).to_pylist() for name in columns), strict=True)
