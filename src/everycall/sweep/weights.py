"""Weights in the engine: by days where they fade, by name where its rarity counts, by level everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyarrow as pa

from everycall.identity.model import LEVELS, Model
from everycall.sweep.engine import Engine
from everycall.sweep.levels import BESIDE

_FADE = ("phone", "email", "address", *BESIDE)
"""What people change: the weight depends on the days between the two mentions."""


def put_weights(engine: Engine, model: Model) -> None:
    """Make the tables of weights: by days where they fade, and by mention where a name's own rarity counts."""
    span = engine.get("SELECT coalesce(max(day) - min(day), 0) AS days FROM mention")
    days = range(span.column("days")[0].as_py() + 1)
    fading = {
        f"{field}_{level}": pa.array([model.bits(field, level, day) for day in days], pa.float64())
        for field in _FADE
        for level in LEVELS[field]
    }
    engine.put("fading", pa.table({"days": pa.array(days, pa.int32()), **fading}))
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


def faded(field: str) -> str:
    """Return the bits (SQL) of a comparison of ``home_level h`` after the days of ``fading w``."""
    return by_level(f"h.{field}", {level: f"w.{field}_{level}" for level in LEVELS[field]})


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
