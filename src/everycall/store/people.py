"""Everybody the history names, read out whole for training and the sweep; a live search never comes here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.identity.mention import LOCATION
from everycall.store.reading import read

COLUMNS = (
    "id", "ref", "which", "role", "forenames", "surname", "born", "age", "phone", "email", "postcode",
    "dwelling", "building", "street", "uprn", "town", "house_name", "received_at", "at_postcode", "at_dwelling",
    "at_building", "at_street", "at_uprn",
)  # fmt: skip
"""What is read of each mention; ``at_...`` is where it happened."""

_CHUNK = 50_000

_PEOPLE = f"""
SELECT m.id, c.ref, m.which, m.role, m.forenames, m.surname, m.born, m.age, m.phone, m.email, m.postcode,
       m.dwelling, m.building, m.street, m.uprn, m.town, m.house_name, v.received_at,
       l.postcode, l.dwelling, l.building, l.street, l.uprn
FROM mention m
JOIN call c ON c.id = m.call_id
JOIN call_version v ON v.call_id = m.call_id AND v.known_until IS NULL
LEFT JOIN mention l ON l.call_id = m.call_id AND l.known_until IS NULL AND l.which = '{LOCATION}'
WHERE m.id > %s AND m.id <= %s AND m.known_until IS NULL AND m.which <> '{LOCATION}'
ORDER BY m.id
"""


def last_mention(connection: BaseDatabaseWrapper) -> int:
    """Return the number of the newest mention; 0 for an empty history."""
    return int(read(connection, "SELECT coalesce(max(id), 0) FROM mention")[0][0])


def people(
    connection: BaseDatabaseWrapper, after: int = 0, until: int | None = None
) -> Iterator[list[tuple[Any, ...]]]:
    """Yield the people whom calls name, as known now, in order of their numbers; rows are as `COLUMNS`.

    Parameters
    ----------
    after, until
        Only mentions with a number above ``after`` and up to ``until``.
    """
    last = last_mention(connection) if until is None else until
    for start in range(after, last, _CHUNK):
        rows = read(connection, _PEOPLE, [start, min(start + _CHUNK, last)])
        if rows:
            yield rows


def some_people(connection: BaseDatabaseWrapper, numbers: Sequence[int]) -> list[tuple[Any, ...]]:
    """Return those of the numbered mentions that are people of calls, as known now; rows are as `COLUMNS`."""
    found: list[tuple[Any, ...]] = []
    query = _PEOPLE.replace("m.id > %s AND m.id <= %s", "m.id IN ({ids})")
    for start in range(0, len(numbers), 500):
        ids = ",".join(str(int(number)) for number in numbers[start : start + 500])
        found += read(connection, query.format(ids=ids))
    return found


def places(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Return the key of the place of each call (by ref) of which one is known."""
    query = (
        "SELECT c.ref, v.place FROM call_version v JOIN call c ON c.id = v.call_id "
        "WHERE v.known_until IS NULL AND v.place IS NOT NULL"
    )
    return {row[0]: row[1] for row in read(connection, query)}


def of_calls(connection: BaseDatabaseWrapper, refs: Sequence[str]) -> list[int]:
    """Return the numbers of the people whom these calls name, as known now."""
    found: list[int] = []
    for start in range(0, len(refs), 500):
        some = list(refs[start : start + 500])
        rows = read(
            connection,
            "SELECT m.id FROM mention m JOIN call c ON c.id = m.call_id WHERE m.known_until IS NULL "
            f"AND m.which <> '{LOCATION}' AND c.ref IN ({', '.join(['%s'] * len(some))})",
            some,
        )
        found += [row[0] for row in rows]
    return found


def sharing(connection: BaseDatabaseWrapper, hashes: Sequence[int], most: int) -> set[tuple[int, int]]:
    """Return who has one of these keys (hash, mention), of each key the newest ``most``."""
    of_key = "SELECT hash, mention_id FROM mention_key WHERE hash = {} ORDER BY mention_id DESC LIMIT {}"
    part = f"SELECT * FROM ({of_key}) AS k{{}}"
    found: set[tuple[int, int]] = set()
    for start in range(0, len(hashes), 100):
        some = hashes[start : start + 100]
        query = " UNION ALL ".join(part.format(int(h), int(most), n) for n, h in enumerate(some))
        found.update((row[0], row[1]) for row in read(connection, query))
    return found


def keys(connection: BaseDatabaseWrapper) -> Iterator[list[tuple[int, int]]]:
    """Yield every key (hash, mention) in chunks; keys of places and of what is no longer known are among them."""
    last: tuple[int, ...] = (-(2**63), 0)
    query = (
        "SELECT hash, mention_id FROM mention_key WHERE (hash, mention_id) > (%s, %s) "
        f"ORDER BY hash, mention_id LIMIT {_CHUNK}"
    )
    while rows := read(connection, query, list(last)):
        yield [(row[0], row[1]) for row in rows]
        last = rows[-1]


def shared_by_flag(connection: BaseDatabaseWrapper, day: str) -> tuple[set[str], set[str]]:
    """Return the lines and the homes that flags in force on ``day`` (ISO date) call shared or communal."""
    rows = read(
        connection,
        "SELECT f.kind, m.phone, m.dwelling, m.building FROM flag f JOIN mention m ON m.flag_id = f.id "
        "WHERE f.known_until IS NULL AND m.known_until IS NULL AND f.kind IN ('shared_phone', 'communal_address') "
        "AND (f.expires_on IS NULL OR f.expires_on >= %s)",
        [day],
    )
    lines = {phone for kind, phone, _, _ in rows if kind == "shared_phone" and phone}
    homes = {
        home
        for kind, _, dwelling, building in rows
        if kind == "communal_address"
        for home in (dwelling, building)
        if home
    }
    return lines, homes
