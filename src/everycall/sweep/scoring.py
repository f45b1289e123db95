"""The weights of all pairs at once: the same levels and the same figures as the live comparison, in SQL.

What two names are to each other is asked of the live comparison itself, once for each pair of names that occurs; the
weights come as a table from the model. So nothing is worked out in two ways but birth dates and addresses, and a
test holds those to the live comparison on tens of thousands of pairs.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pyarrow as pa

from everycall.identity.compare import compare, forename_level, surname_level
from everycall.identity.mention import Mention
from everycall.identity.model import LEVELS, Model
from everycall.sweep.engine import Engine

_DAY = date(2000, 1, 1)
_FADE = ("phone", "email", "address")
"""What people change: the weight depends on the days between the two mentions."""


def put_weights(engine: Engine, model: Model) -> None:
    """Make the tables of weights: by level, by level and days, and by name where a name's own rarity counts."""
    fixed = [
        (field, level, one.bits())
        for field in ("forename", "surname", "born")
        for level, one in model.levels[field].items()
    ]
    engine.put("weight", _table(fixed, ("field", "level", "bits")))
    most = (
        engine.get("SELECT coalesce(max(day) - min(day), 0) AS days FROM mention").column("days")[0].as_py()
    )
    fading = [
        (field, level, days, model.bits(field, level, days))
        for field in _FADE
        for level in LEVELS[field]
        for days in range(most + 1)
    ]
    engine.put("fading", _table(fading, ("field", "level", "days", "bits")))
    for field in ("forename", "surname"):
        names = engine.get(
            f"SELECT DISTINCT {field} AS name FROM mention WHERE {field} IS NOT NULL ORDER BY 1"
        )
        engine.put(
            f"{field}_weight",
            _table(
                [(name, _own(field, name, model)) for name in names.column("name").to_pylist()],
                ("name", "bits"),
            ),
        )


def _own(field: str, name: str, model: Model) -> float:
    """Return the weight of agreeing on this very name (an initial has that of an initial)."""
    one = Mention("", forenames=(name,)) if field == "forename" else Mention("", surname=name)
    return compare(one, one, _DAY, _DAY, model).bits


def _table(rows: Sequence[tuple[object, ...]], names: tuple[str, ...]) -> pa.Table:
    return (
        pa.table(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)))
        if rows
        else _no_rows(names)
    )


def _no_rows(names: tuple[str, ...]) -> pa.Table:
    kinds = {"bits": pa.float64(), "days": pa.int32()}
    return pa.table({name: pa.array([], kinds.get(name, pa.string())) for name in names})


_TRANSPOSED = "(a.forename = b.surname AND a.surname = b.forename AND a.forename <> a.surname)"
_MIDDLE = (
    "(instr(concat(' ', b.more_forenames, ' '), concat(' ', a.forename, ' ')) > 0 "
    "OR instr(concat(' ', a.more_forenames, ' '), concat(' ', b.forename, ' ')) > 0)"
)

_FORENAME = f"""CASE
 WHEN a.forename IS NULL OR b.forename IS NULL THEN NULL
 WHEN coalesce({_TRANSPOSED}, FALSE) THEN 'transposed'
 WHEN a.forename = b.forename THEN CASE WHEN length(a.forename) > 1 THEN 'exact' ELSE 'initial' END
 WHEN f.level = 'different' AND {_MIDDLE} THEN 'nickname'
 ELSE f.level END"""

_SURNAME = f"""CASE
 WHEN a.surname IS NULL OR b.surname IS NULL THEN NULL
 WHEN coalesce({_TRANSPOSED}, FALSE) THEN 'transposed'
 WHEN a.surname = b.surname THEN 'exact'
 ELSE s.level END"""

_BORN = """CASE
 WHEN a.born IS NOT NULL AND b.born IS NOT NULL THEN CASE
  WHEN a.born = b.born THEN 'same'
  WHEN substr(a.born, 1, 4) = substr(b.born, 1, 4) AND substr(a.born, 6, 2) = substr(b.born, 9, 2)
   AND substr(a.born, 9, 2) = substr(b.born, 6, 2) THEN 'swapped'
  WHEN levenshtein(a.born, b.born) = 1 THEN 'one_digit'
  ELSE 'different' END
 WHEN a.years_old IS NULL OR b.years_old IS NULL THEN NULL
 WHEN abs(a.years_old - b.years_old - (a.day - b.day) / 365.25e0) <= 2 THEN 'age'
 ELSE 'age_differs' END"""

_UPRNS_DIFFER = "coalesce(a.uprn <> b.uprn, FALSE)"

_ADDRESS = f"""CASE
 WHEN a.dwelling IS NOT NULL AND b.dwelling IS NOT NULL AND coalesce(a.uprn = b.uprn, a.dwelling = b.dwelling)
  THEN CASE WHEN a.dwelling_communal OR a.building_communal THEN NULL ELSE 'dwelling' END
 WHEN {_UPRNS_DIFFER} THEN 'different'
 WHEN a.building IS NOT NULL AND b.building IS NOT NULL AND a.building = b.building THEN CASE
  WHEN a.dwelling IS NOT NULL AND b.dwelling IS NOT NULL AND a.building <> a.dwelling AND a.building <> b.dwelling
   THEN 'different'
  WHEN a.building_communal THEN NULL
  ELSE 'building' END
 WHEN a.postcode IS NOT NULL AND b.postcode IS NOT NULL THEN CASE
  WHEN coalesce(a.dwelling, a.building) IS NOT NULL AND coalesce(b.dwelling, b.building) IS NOT NULL THEN 'different'
  WHEN a.postcode = b.postcode THEN 'postcode'
  ELSE 'different' END
 WHEN a.street IS NOT NULL AND b.street IS NOT NULL
  THEN CASE WHEN a.street = b.street THEN 'street' ELSE 'different' END
 END"""

_LEVELS = f"""
SELECT p.a, p.b, abs(a.day - b.day) AS days, a.forename AS own_forename, a.surname AS own_surname,
 a.supposed OR b.supposed AS supposed,
 {_FORENAME} AS forename, {_SURNAME} AS surname, {_BORN} AS born,
 CASE WHEN a.phone_shared OR b.phone_shared THEN NULL WHEN a.phone = b.phone THEN 'same'
  WHEN a.phone <> b.phone THEN 'different' END AS phone,
 CASE WHEN a.email = b.email THEN 'same' WHEN a.email <> b.email THEN 'different' END AS email,
 {_ADDRESS} AS address
FROM pair p JOIN mention a ON a.n = p.a JOIN mention b ON b.n = p.b
LEFT JOIN forename_level f ON f.one = a.forename AND f.other = b.forename
LEFT JOIN surname_level s ON s.one = a.surname AND s.other = b.surname
"""

LEVEL_OF = {"forename": _FORENAME, "surname": _SURNAME, "born": _BORN, "address": _ADDRESS}
"""The SQL of the comparisons that are more than equality; ``f.level`` and ``s.level`` are those of two names."""

_ADDRESS_BITS = (
    "CASE WHEN l.supposed THEN greatest(coalesce(wa.bits, 0e0), 0e0) ELSE coalesce(wa.bits, 0e0) END"
)

_WEIGHED = f"""
SELECT l.a, l.b, l.days, l.forename, l.surname, l.born, l.phone, l.email, l.address,
 coalesce(CASE WHEN l.forename = 'exact' THEN of.bits ELSE wf.bits END, 0e0)
 + coalesce(CASE WHEN l.surname = 'exact' THEN os.bits ELSE ws.bits END, 0e0)
 + coalesce(wb.bits, 0e0) + coalesce(wp.bits, 0e0) + coalesce(we.bits, 0e0)
 + {_ADDRESS_BITS} AS bits
FROM ({_LEVELS}) AS l
LEFT JOIN forename_weight of ON of.name = l.own_forename
LEFT JOIN surname_weight os ON os.name = l.own_surname
LEFT JOIN weight wf ON wf.field = 'forename' AND wf.level = l.forename
LEFT JOIN weight ws ON ws.field = 'surname' AND ws.level = l.surname
LEFT JOIN weight wb ON wb.field = 'born' AND wb.level = l.born
LEFT JOIN fading wp ON wp.field = 'phone' AND wp.level = l.phone AND wp.days = l.days
LEFT JOIN fading we ON we.field = 'email' AND we.level = l.email AND we.days = l.days
LEFT JOIN fading wa ON wa.field = 'address' AND wa.level = l.address AND wa.days = l.days
"""


def score(engine: Engine, model: Model, at_least: float | None = None) -> None:
    """Make the table ``scored`` of every pair in ``pair`` with its levels and ``bits``, before the prior.

    Parameters
    ----------
    at_least
        Leave out pairs of fewer bits.
    """
    put_weights(engine, model)
    # the functions below the caches: each pair of names is asked once
    for field, level in (("forename", forename_level.__wrapped__), ("surname", surname_level.__wrapped__)):
        engine.judge(
            f"{field}_level",
            f"SELECT DISTINCT a.{field} AS one, b.{field} AS other FROM pair p JOIN mention a ON a.n = p.a "
            f"JOIN mention b ON b.n = p.b WHERE a.{field} <> b.{field}",
            level,
        )
    limit = "" if at_least is None else f" WHERE bits >= {at_least!r}"
    engine.make("scored", f"SELECT * FROM ({_WEIGHED}) AS w{limit}")
