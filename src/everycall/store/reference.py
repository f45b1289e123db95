"""Flags, areas, places and priorities: taking them in, and reading them as known at a moment."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from weakref import WeakKeyDictionary

from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.call import Party
from everycall.flag import Flag
from everycall.identity.mention import mention_of
from everycall.store.calls import add_mentions
from everycall.store.moments import from_number, to_number
from everycall.store.reading import Question, read
from everycall.store.writing import insert, new_ids

_KNOWN = "known_from <= %s AND (known_until IS NULL OR known_until > %s)"


def _dump(data: Any) -> str:
    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def take_flags(connection: BaseDatabaseWrapper, flags: Sequence[Flag], known_from: datetime) -> int:
    """Take flags inside the caller's transaction; return how many were new or changed.

    A flag is the same when kind, person or address, source and day of recording are; told again with another
    text or expiry it replaces the earlier one.
    """
    now, many = to_number(known_from), 0
    for flag in flags:
        data = flag.model_dump(mode="json", exclude_none=True)
        same = sha256(
            _dump([data["kind"], data["about"], data["source"], data["recorded_on"]]).encode()
        ).hexdigest()
        payload = _dump(data)
        with closing(connection.cursor()) as cursor:
            cursor.execute("SELECT id, payload FROM flag WHERE sha256 = %s AND known_until IS NULL", [same])
            row = cursor.fetchone()
            if row and row[1] == payload:
                continue
            if row:
                cursor.execute("UPDATE flag SET known_until = %s WHERE id = %s", [now, row[0]])
                cursor.execute("UPDATE mention SET known_until = %s WHERE flag_id = %s", [now, row[0]])
        (number,) = new_ids(connection, {"flag": 1})["flag"]
        insert(
            connection,
            "flag",
            tuple("id sha256 kind source recorded_on expires_on text sensitive payload known_from".split()),
            [
                (
                    number, same, flag.kind, flag.source, flag.recorded_on, flag.expires_on, flag.text or "",
                    flag.sensitive, payload, now,
                )
            ],
        )  # fmt: skip
        about = Party.model_validate(flag.about.model_dump(exclude_none=True))
        add_mentions(connection, [(None, number, mention_of("flag", about, None))], now)
        many += 1
    return many


def flags(connection: BaseDatabaseWrapper, numbers: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Return flags by number, as they came in."""
    if not numbers:
        return {}
    rows = read(connection, f"SELECT id, payload FROM flag WHERE id IN ({','.join(map(str, numbers))})")
    return {number: json.loads(payload) for number, payload in rows}


def take_areas(
    connection: BaseDatabaseWrapper, areas: Iterable[tuple[str, str, str]], known_from: datetime
) -> int:
    """Take areas (id, name, GeoJSON geometry) inside the caller's transaction; an area told again is replaced."""
    return _replace(connection, "area", ("area_id", "name", "geometry"), areas, known_from)


def areas(connection: BaseDatabaseWrapper, known_at: datetime) -> list[tuple[str, str, str]]:
    """Return the areas known at a moment: id, name, GeoJSON geometry."""
    return _read(connection, "area", "area_id, name, geometry", known_at)


def take_priorities(
    connection: BaseDatabaseWrapper, priorities: Iterable[tuple[str, str]], known_from: datetime
) -> int:
    """Take priorities (id, JSON) inside the caller's transaction; a priority told again is replaced."""
    return _replace(connection, "priority", ("priority_id", "payload"), priorities, known_from)


def priorities(connection: BaseDatabaseWrapper, known_at: datetime) -> list[tuple[str, str]]:
    """Return the priorities known at a moment: id, JSON."""
    return _read(connection, "priority", "priority_id, payload", known_at)


def _replace(
    connection: BaseDatabaseWrapper,
    table: str,
    columns: tuple[str, ...],
    rows: Iterable[tuple[str, ...]],
    known_from: datetime,
) -> int:
    now, many = to_number(known_from), 0
    for row in rows:
        with closing(connection.cursor()) as cursor:
            cursor.execute(
                f"SELECT id, {', '.join(columns)} FROM {table} WHERE {columns[0]} = %s AND known_until IS NULL",
                [row[0]],
            )
            have = cursor.fetchone()
            if have and tuple(have[1:]) == tuple(row):
                continue
            if have:
                cursor.execute(f"UPDATE {table} SET known_until = %s WHERE id = %s", [now, have[0]])
        insert(connection, table, (*columns, "known_from"), [(*row, now)])
        many += 1
    return many


def _read(
    connection: BaseDatabaseWrapper, table: str, columns: str, known_at: datetime
) -> list[tuple[Any, ...]]:
    known = to_number(known_at)
    with closing(connection.cursor()) as cursor:
        cursor.execute(f"SELECT {columns} FROM {table} WHERE {_KNOWN} ORDER BY id", [known, known])
        return [tuple(row) for row in cursor.fetchall()]


def last_change(connection: BaseDatabaseWrapper) -> datetime | None:
    """Return when areas or priorities last changed, so that a prepared book can be kept; None: there are none.

    Every change adds a row. SQLite has one writer at a time, so that there the newest rows tell whether anything has
    changed since; it would otherwise read past every outline to find when each became known.
    """
    newest = None
    if (
        connection.vendor == "sqlite" and not connection.in_atomic_block
    ):  # what is rolled back gives its number again
        (newest,) = read(connection, _NEWEST)
        held = _last_changes.get(connection)
        if held is not None and held[0] == newest:
            return held[1]
    rows = read(connection, *LAST_CHANGE_ASKED)
    moments = [moment for row in rows for moment in row if moment is not None]
    changed = from_number(max(moments)) if moments else None
    if newest is not None:
        _last_changes[connection] = (newest, changed)
    return changed


_NEWEST = "SELECT (SELECT MAX(id) FROM priority), (SELECT MAX(id) FROM area)"
_last_changes: WeakKeyDictionary[BaseDatabaseWrapper, tuple[tuple[Any, ...], datetime | None]] = (
    WeakKeyDictionary()
)


LAST_CHANGE_ASKED: Question = (
    "SELECT MAX(known_from), MAX(known_until) FROM priority "
    "UNION ALL SELECT MAX(known_from), MAX(known_until) FROM area",
    (),
)
"""What is asked for `last_change`, so that it can be asked ahead."""

LAST_CHANGE_COLUMNS = ("bigint", "bigint")
"""Of what types its columns are."""


def take_places(
    connection: BaseDatabaseWrapper, places: Sequence[tuple[str, float, float]], known_from: datetime
) -> tuple[int, int]:
    """Take places (key, latitude, longitude in degrees) inside the caller's transaction; later ones replace.

    Returns
    -------
    tuple of int
        How many were new, and how many changed.
    """
    wanted = {key: (latitude, longitude) for key, latitude, longitude in places}
    marks = ", ".join(["%s"] * len(wanted))
    with closing(connection.cursor()) as cursor:
        cursor.execute(f'SELECT "key", latitude, longitude FROM place WHERE "key" IN ({marks})', list(wanted))
        have = {key: (latitude, longitude) for key, latitude, longitude in cursor.fetchall()}
        now = to_number(known_from)
        cursor.executemany(
            'INSERT INTO place ("key", latitude, longitude, known_from) VALUES (%s, %s, %s, %s) '
            'ON CONFLICT ("key") DO UPDATE SET latitude = excluded.latitude, longitude = excluded.longitude',
            [(key, *where, now) for key, where in wanted.items() if have.get(key) != where],
        )
    return len(wanted.keys() - have.keys()), sum(have[key] != wanted[key] for key in have)


def place(connection: BaseDatabaseWrapper, key: str) -> tuple[float, float] | None:
    """Return a place's latitude and longitude in degrees, or None."""
    rows = read(connection, 'SELECT latitude, longitude FROM place WHERE "key" = %s', [key])
    return (rows[0][0], rows[0][1]) if rows else None


def take_street_incidents(
    connection: BaseDatabaseWrapper, rows: Sequence[tuple[Any, ...]], file_sha256: str
) -> None:
    """Take published incidents of month precision (month, category, latitude, longitude, lsoa, street, outcome)."""
    columns = ("month", "category", "latitude", "longitude", "lsoa", "street", "outcome", "file_sha256")
    insert(connection, "street_incident", columns, [(*row, file_sha256) for row in rows])


def has_street_file(connection: BaseDatabaseWrapper, file_sha256: str) -> bool:
    """Say whether that very file was taken before."""
    with closing(connection.cursor()) as cursor:
        cursor.execute("SELECT 1 FROM street_incident WHERE file_sha256 = %s LIMIT 1", [file_sha256])
        return cursor.fetchone() is not None


def say_same(
    connection: BaseDatabaseWrapper, ref_a: str, ref_b: str, same: bool, by: str, known_from: datetime
) -> None:
    """Keep a person's word that two calls' victims are, or are not, one human."""
    insert(
        connection,
        "same_person",
        ("ref_a", "ref_b", "same", "by", "known_from"),
        [(ref_a, ref_b, same, by, to_number(known_from))],
    )


def said_same(connection: BaseDatabaseWrapper, ref_a: str, ref_b: str) -> bool | None:
    """Return the last word on whether two calls' victims are one human; None: nobody has said."""
    rows = read(
        connection,
        "SELECT same FROM same_person WHERE (ref_a = %s AND ref_b = %s) OR (ref_a = %s AND ref_b = %s) "
        "ORDER BY id DESC LIMIT 1",
        [ref_a, ref_b, ref_b, ref_a],
    )
    return bool(rows[0][0]) if rows else None


def day(value: str | date) -> date:
    """Return a date from what either database gives."""
    return value if isinstance(value, date) else date.fromisoformat(value)
