"""The history as tables of the engine: everybody once, with what is compared already worked out, and their keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import reduce
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from everycall.identity.keys import sound_of
from everycall.identity.mention import house_of
from everycall.localtime import local_date
from everycall.store.moments import from_number
from everycall.store.people import COLUMNS

_MICROSECONDS_AN_HOUR = 60 * 60 * 1_000_000
_SUPPOSED_FOR = pa.array(["victim", None], pa.string())
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


def table_of(rows: Iterable[tuple[Any, ...]]) -> pa.Table:
    """Return mentions (rows as `everycall.store.people.COLUMNS`) as a table of `SCHEMA`."""
    told = list(zip(*rows, strict=True)) or [()] * len(COLUMNS)
    columns = _columns({name: _array(values) for name, values in zip(COLUMNS, told, strict=True)})
    return pa.Table.from_arrays([columns[field.name].cast(field.type) for field in SCHEMA], schema=SCHEMA)


def _array(values: Sequence[Any]) -> Any:
    array = pa.array(values)
    return array.cast(_TEXT) if array.type in (pa.null(), pa.date32()) else array


def _columns(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of `SCHEMA`; what Python works out of one value it works out once a different value."""
    given, surname, born = (_told(told[name]) for name in ("forenames", "surname", "born"))
    supposed = reduce(
        pc.and_,
        (
            pc.is_in(told["role"], value_set=_SUPPOSED_FOR),
            *(_is_told(told[name]) for name in ("surname", "at_dwelling")),
            *(pc.invert(_is_told(told[name])) for name in _HOME),
        ),
    )
    where = {name: _told(pc.if_else(supposed, told["at_" + name], told[name])) for name in _HOME}
    day = _local_day(told["received_at"].cast(pa.int64()))
    whole_name = pc.binary_join_element_wise(given, surname, "")
    building = pc.binary_join_element_wise(where["building"], pc.fill_null(where["postcode"], ""), "\n")
    return {
        **told,
        **where,
        "day": day.cast(_INT),
        "forename": _of_each(lambda names: names.partition(" ")[0], given),
        "more_forenames": _of_each(lambda names: names.partition(" ")[2] or None, given),
        "given": given,
        "born": born,
        "years_old": _years_old(born, day, told["age"].cast(_INT)),
        "house": _of_each(lambda text: house_of(*text.split("\n")), building),
        "supposed": supposed,
        "sound": _of_each(sound_of, surname),
        "given_sound": _of_each(sound_of, given),
        "run_together": pc.replace_substring(whole_name, " ", ""),
    }


def _is_told(values: Any) -> Any:
    return pc.fill_null(pc.not_equal(values, ""), False)


def _told(values: Any) -> Any:
    """Return texts without the empty ones."""
    return pc.if_else(_is_told(values), values, pa.scalar(None, _TEXT))


def _local_day(moments: Any) -> Any:
    # it begins on a whole hour, in summer too: some thousand answers serve a million calls
    hours = pa.array(moments.to_numpy() // _MICROSECONDS_AN_HOUR)
    return _of_each(lambda hour: local_date(from_number(hour * _MICROSECONDS_AN_HOUR)), hours, pa.date32())


def _years_old(born: Any, day: Any, age: Any) -> Any:
    """Return the age on a day: by the birth date, else as told."""
    between = pc.subtract(_written(day), _written(_of_each(date.fromisoformat, born, pa.date32())))
    return pc.coalesce(pc.floor(pc.divide(between.cast(pa.float64()), 10_000.0)).cast(_INT), age)


def _written(day: Any) -> Any:
    """Return 20260131: of two such the whole ten thousands between are the years."""
    return pc.add(pc.multiply(pc.year(day), 10_000), pc.add(pc.multiply(pc.month(day), 100), pc.day(day)))


def _of_each(function: Callable[[Any], Any], values: Any, kind: Any = _TEXT) -> Any:
    """Return what a function makes of each value, asked once a different value; of nothing nothing."""
    different = values.dictionary_encode()
    return pa.array(map(function, different.dictionary.to_pylist()), kind).take(different.indices)


def key_table(rows: Iterable[tuple[int, int]]) -> pa.Table:
    """Return keys (hash, mention) as a table."""
    hashes, mentions = [], []
    for key, mention in rows:
        hashes.append(key)
        mentions.append(mention)
    return pa.table({"hash": pa.array(hashes, pa.int64()), "id": pa.array(mentions, pa.int64())})
