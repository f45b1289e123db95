"""The history as tables of the engine: everybody once, with what is compared already worked out, and their keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
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

_HOME = ("postcode", "dwelling", "building", "street", "uprn")
_TEXT, _INT, _BOOL = pa.string(), pa.int32(), pa.bool_()
SCHEMA = pa.schema(
    [
        ("id", pa.int64()), ("ref", _TEXT), ("which", _TEXT), ("role", _TEXT), ("received_at", pa.int64()),
        ("day", _INT), ("forename", _TEXT), ("more_forenames", _TEXT), ("given", _TEXT), ("surname", _TEXT),
        ("born", _TEXT), ("years_old", _INT), ("phone", _TEXT), ("email", _TEXT), ("postcode", _TEXT),
        ("dwelling", _TEXT), ("building", _TEXT), ("street", _TEXT), ("uprn", _TEXT), ("town", _TEXT),
        ("house_name", _TEXT), ("house", _TEXT),
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
    told = list(zip(*rows, strict=True)) or [()] * len(COLUMNS)
    columns = _columns(dict(zip(COLUMNS, told, strict=True)))
    return pa.Table.from_arrays(
        [pa.array(columns[field.name], field.type) for field in SCHEMA], schema=SCHEMA
    )


def _columns(told: Mapping[str, Sequence[Any]]) -> dict[str, Sequence[Any]]:
    """Return the columns of `SCHEMA`; what is worked out of one value is worked out once a different value."""
    days = _of_each(lambda at: _day(at // _MICROSECONDS_A_QUARTER), told["received_at"])
    given = [name or None for name in told["forenames"]]
    born = _of_each(str, [day or None for day in told["born"]])
    birthday = _of_each(date.fromisoformat, born)
    supposed = [
        role in _SUPPOSED_FOR
        and bool(surname and at)
        and not (postcode or home or building or street or uprn)
        for role, surname, at, postcode, home, building, street, uprn in zip(
            told["role"], told["surname"], told["at_dwelling"], *(told[name] for name in _HOME), strict=True
        )
    ]
    where = {
        name: [
            (at if here else own) or None
            for own, at, here in zip(told[name], told["at_" + name], supposed, strict=True)
        ]
        for name in _HOME
    }
    ages = zip(birthday, days, told["age"], strict=True)
    return {
        **told,
        **where,
        "day": _of_each(lambda day: (day - date(1970, 1, 1)).days, days),
        "forename": _of_each(lambda names: names.partition(" ")[0], given),
        "more_forenames": _of_each(lambda names: names.partition(" ")[2] or None, given),
        "given": given,
        "born": born,
        "years_old": [age if birth is None else age_on(birth, day) for birth, day, age in ages],
        "house": list(map(house_of, where["building"], where["postcode"])),
        "supposed": supposed,
        "sound": _of_each(sound_of, [name or None for name in told["surname"]]),
        "given_sound": _of_each(sound_of, given),
        "run_together": [
            (names + surname).replace(" ", "") if names and surname else None
            for names, surname in zip(given, told["surname"], strict=True)
        ],
    }


def _of_each(function: Callable[[Any], Any], values: Sequence[Any]) -> list[Any]:
    """Return what a function makes of each value, asked once a different value; of nothing nothing."""
    answers = {value: None if value is None else function(value) for value in set(values)}
    return [answers[value] for value in values]


def key_table(rows: Iterable[tuple[int, int]]) -> pa.Table:
    """Return keys (hash, mention) as a table."""
    hashes, mentions = [], []
    for key, mention in rows:
        hashes.append(key)
        mentions.append(mention)
    return pa.table({"hash": pa.array(hashes, pa.int64()), "id": pa.array(mentions, pa.int64())})
