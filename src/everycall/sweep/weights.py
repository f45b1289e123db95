"""Weights in the engine: by days where they fade, by name where its rarity counts, by level everywhere.

What two mentions are to each other in birth date, number and mail address together is one of a few dozen kinds, and
what two homes are to each other one of a dozen. The bits of each kind after so many days stand in a table, where one
whole number finds them: asked level by level they took most of the time of weighing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import product
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from everycall.identity.model import LEVELS, Model
from everycall.sweep.engine import Engine
from everycall.sweep.levels import BESIDE, BORN_BY_NUMBERS

Bits = NDArray[np.float64]
LINES = ("phone", "email")
AT_HOME = ("address", *BESIDE)
"""What two homes tell, in the order in which ``home_told`` names its levels."""


def days_apart(engine: Engine) -> int:
    """Return how many days two mentions can lie apart, and one more: the step from one kind to the next."""
    found = engine.get("SELECT coalesce(max(day) - min(day), 0) + 1 AS days FROM mention")
    return int(found.column("days")[0].as_py())


def put_names(engine: Engine, model: Model) -> None:
    """Make the tables of weights of names, whose own rarity counts."""
    for field in ("forename", "surname"):
        found = engine.get(
            f"SELECT DISTINCT {field} AS name FROM mention WHERE {field} IS NOT NULL ORDER BY 1"
        )
        names = found.column("name").to_pylist()
        bits = pa.array([_own(field, name, model) for name in names], pa.float64())
        engine.put(f"{field}_weight", pa.table({"name": pa.array(names, pa.string()), "bits": bits}))


def _own(field: str, name: str, model: Model) -> float:
    """Return the weight of agreeing on this very name (an initial has that of an initial)."""
    level = "initial" if field == "forename" and len(name) == 1 else "exact"
    return model.levels[field][level].bits(model.share(field, name))


_BORN_NUMBER = {None: 0} | {level: n for n, level in enumerate(LEVELS["born"], 1)}
_LINE_NUMBER = {None: 0, "same": 1, "different": 2}


def kind_of_lines() -> str:
    """Return the number (SQL) of what two mentions are in birth date, number and mail address."""
    born = BORN_BY_NUMBERS
    for level, n in _BORN_NUMBER.items():
        born = born.replace(f"'{level}'", str(n)) if level else born
    one, other = (f"coalesce(CAST(a.{line} <> b.{line} AS INTEGER) + 1, 0)" for line in LINES)
    return f"(coalesce({born}, 0) * 9 + {one} * 3 + {other})"


def put_lines(engine: Engine, model: Model, days: int, impossible: Collection[str]) -> None:
    """Make ``line_kind``, the levels of each kind, and ``line_fading``, its bits after so many days.

    Parameters
    ----------
    impossible
        Levels of ``born`` of which no kind is made: pairs of one find no bits.
    """
    told = [one for one in product(_BORN_NUMBER, _LINE_NUMBER, _LINE_NUMBER) if one[0] not in impossible]
    kinds = [
        _BORN_NUMBER[born] * 9 + _LINE_NUMBER[phone] * 3 + _LINE_NUMBER[email] for born, phone, email in told
    ]
    levels = {
        field: pa.array([one[n] for one in told], pa.string()) for n, field in enumerate(("born", *LINES))
    }
    engine.put("line_kind", pa.table({"kind": pa.array(kinds, pa.int32()), **levels}))
    bits = [
        (model.levels["born"][born].bits() if born else 0.0)
        + (_fading(model, "phone", phone, days) + _fading(model, "email", email, days))
        for born, phone, email in told
    ]
    engine.put("line_fading", _faded([kind * days for kind in kinds], bits, kinds))


def put_homes(engine: Engine, model: Model, days: int) -> None:
    """Make ``home_kind`` of what any two of ``home_told`` are to each other, and ``home_fading``, its bits.

    Each kind has two rows of days: of homes that were told, and of those that are supposed, of which an address that is
    another tells nothing.
    """
    told = engine.get("SELECT DISTINCT levels FROM home_told ORDER BY levels").column("levels").to_pylist()
    places = [2 * n * days for n in range(len(told))]
    kinds = [dict(zip(AT_HOME, (level or None for level in one.split("|")), strict=True)) for one in told]
    address = pa.array([kind["address"] for kind in kinds], pa.string())
    engine.put(
        "home_kind", pa.table({"levels": told, "place": pa.array(places, pa.int32()), "address": address})
    )
    bits = []
    for kind in kinds:
        own = _fading(model, "address", kind["address"], days)
        beside = sum((_fading(model, field, kind[field], days) for field in BESIDE), np.zeros(days))
        bits += [own + beside, np.maximum(own, 0.0) + beside]
    engine.put("home_fading", _faded([n * days for n in range(len(bits))], bits, range(len(bits))))


@lru_cache(maxsize=64)
def _fading(model: Model, field: str, level: str | None, days: int) -> Bits:
    """Return the bits of a level after each number of days; a missing level counts nothing."""
    if level is None:
        return np.zeros(days)
    return np.array([model.bits(field, level, day) for day in range(days)])


def _faded(places: Sequence[int], bits: Sequence[Bits], kinds: Sequence[int]) -> Any:
    """Return a table of bits by place: the first of each kind, and one more for each day."""
    days = np.arange(len(bits[0]) if bits else 0)
    return pa.table(
        {
            "place": pa.array(np.concatenate([days[:0], *(place + days for place in places)]), pa.int32()),
            "kind": pa.array(np.repeat(np.array(kinds, np.int32), len(days)), pa.int32()),
            "bits": pa.array(np.concatenate([np.zeros(0), *bits]), pa.float64()),
        }
    )


def by_level(level: str, bits: Mapping[str, str]) -> str:
    """Return the bits (SQL) of a column of levels; a missing level counts nothing."""
    cases = " ".join(f"WHEN '{name}' THEN {value}" for name, value in bits.items())
    return f"coalesce(CASE {level} {cases} END, 0e0)"


def fixed(model: Model, field: str) -> dict[str, str]:
    """Return the bits (SQL) of each level of a comparison that neither fades nor counts rarity."""
    return {level: number(one.bits()) for level, one in model.levels[field].items()}


def number(bits: float) -> str:
    """Return bits as SQL."""
    # without an exponent SQL takes it for a decimal
    return repr(bits) if "e" in repr(bits) else f"{bits!r}e0"


def most(model: Model, field: str, levels: Iterable[str]) -> str:
    """Return the bits (SQL) of the weightiest of some levels."""
    return number(max(model.levels[field][level].bits() for level in levels))
