"""The history as tables of the engine: everybody once, with what is compared already worked out, and their keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Any

import pyarrow as pa

from everycall.identity.keys import sound_of
from everycall.identity.mention import house_of
from everycall.localtime import age_on, local_date
from everycall.store.moments import from_number
from everycall.store.people import COLUMNS

_MICROSECONDS_A_QUARTER = 15 * 60 * 1_000_000
_SUPPOSED_FOR = frozenset({"victim", None})
"""Who gives no address is supposed to live where it happens, as the live search does, if they may be the victim."""

_TEXT, _INT, _BOOL = pa.string(), pa.int32(), pa.bool_()
SCHEMA = pa.schema(
    [
        ("id", pa.int64()), ("ref", _TEXT), ("which", _TEXT), ("role", _TEXT), ("received_at", pa.int64()),
        ("day", _INT), ("forename", _TEXT), ("more_forenames", _TEXT), ("given", _TEXT), ("surname", _TEXT),
        ("born", _TEXT), ("years_old", _INT), ("phone", _TEXT), ("email", _TEXT), ("postcode", _TEXT),
        ("dwelling", _TEXT), ("building", _TEXT), ("street", _TEXT), ("uprn", _TEXT), ("house", _TEXT),
        ("supposed", _BOOL), ("sound", _TEXT), ("given_sound", _TEXT), ("run_together", _TEXT),
        ("at_dwelling", _TEXT),
    ]
)  # fmt: skip
"""One row a mention of a person. ``day`` counts local days since 1970; ``supposed`` says that the address is where
it happened; ``years_old`` is the age on that day. ``given``: all forenames; ``run_together``: the
whole name without spaces; ``house``: the number or name in the building's key."""


@lru_cache(maxsize=200_000)
def _day(quarters: int) -> date:
    # a local day begins on a quarter of an hour, whatever the offset: a few thousand answers serve a million calls
    return local_date(from_number(quarters * _MICROSECONDS_A_QUARTER))


def table_of(rows: Iterable[tuple[Any, ...]]) -> pa.Table:
    """Return mentions (rows as `everycall.store.people.COLUMNS`) as a table of `SCHEMA`."""
    found = [_row(dict(zip(COLUMNS, row, strict=True))) for row in rows]
    columns: Iterator[Any] = zip(*found, strict=True) if found else iter([()] * len(SCHEMA))
    return pa.Table.from_arrays(
        [pa.array(list(values), field.type) for field, values in zip(SCHEMA, columns, strict=True)],
        schema=SCHEMA,
    )


def _row(m: dict[str, Any]) -> tuple[Any, ...]:
    day = _day(m["received_at"] // _MICROSECONDS_A_QUARTER)
    forenames = m["forenames"].split(" ") if m["forenames"] else []
    born = str(m["born"]) if m["born"] else None
    home = [m[name] or None for name in ("postcode", "dwelling", "building", "street", "uprn")]
    supposed = (
        m["role"] in _SUPPOSED_FOR
        and bool(m["surname"] and m["at_dwelling"])
        and not any((home[0], home[1], home[2], home[3], home[4]))
    )
    if supposed:
        home = [m["at_" + name] or None for name in ("postcode", "dwelling", "building", "street", "uprn")]
    given, surname = m["forenames"] or None, m["surname"]
    return (
        m["id"], m["ref"], m["which"], m["role"], m["received_at"], (day - date(1970, 1, 1)).days,
        forenames[0] if forenames else None, " ".join(forenames[1:]) or None, given, surname, born,
        age_on(date.fromisoformat(born), day) if born else m["age"], m["phone"], m["email"], *home,
        house_of(home[2], home[0]), supposed, sound_of(surname) if surname else None,
        sound_of(given) if given else None, (given + surname).replace(" ", "") if given and surname else None,
        m["at_dwelling"],
    )  # fmt: skip


def key_table(rows: Iterable[tuple[int, int]]) -> pa.Table:
    """Return keys (hash, mention) as a table."""
    hashes, mentions = [], []
    for key, mention in rows:
        hashes.append(key)
        mentions.append(mention)
    return pa.table({"hash": pa.array(hashes, pa.int64()), "id": pa.array(mentions, pa.int64())})
