"""The weights of all pairs at once: the same levels and the same figures as the live comparison, in SQL.

What two names are to each other is asked of the live comparison itself, once for each pair of names that occurs; the
weights come as a table from the model. So nothing is worked out in two ways but birth dates and addresses, and a
test holds those to the live comparison on tens of thousands of pairs.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pyarrow as pa

from everycall.identity.compare import compare
from everycall.identity.homes import house_level, postcode_level, street_level
from everycall.identity.likeness import forename_level, in_another_order, surname_level
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


_FORENAME = """CASE
 WHEN a.given IS NULL OR b.given IS NULL THEN NULL
 WHEN o.level = 'transposed' THEN 'transposed'
 WHEN a.given = b.given THEN CASE WHEN length(a.forename) > 1 THEN 'exact' ELSE 'initial' END
 ELSE f.level END"""

_SURNAME = """CASE
 WHEN a.surname IS NULL OR b.surname IS NULL THEN NULL
 WHEN o.level = 'transposed' THEN 'transposed'
 WHEN a.surname = b.surname THEN 'exact'
 WHEN s.level = 'different' AND o.level = 'part' THEN 'part'
 ELSE s.level END"""

_BORN = """CASE
 WHEN a.born IS NOT NULL AND b.born IS NOT NULL THEN CASE
  WHEN a.born = b.born THEN 'same'
  WHEN substr(a.born, 1, 4) = substr(b.born, 1, 4) AND substr(a.born, 6, 2) = substr(b.born, 9, 2)
   AND substr(a.born, 9, 2) = substr(b.born, 6, 2) THEN 'swapped'
  WHEN substr(a.born, 1, 4) = substr(b.born, 1, 4) AND substr(a.born, 6, 2) = substr(b.born, 6, 2)
   THEN CASE WHEN levenshtein(a.born, b.born) = 1 OR substr(a.born, 9, 2) = reverse(substr(b.born, 9, 2))
    THEN 'one_digit' ELSE 'two_parts' END
  WHEN substr(a.born, 1, 4) = substr(b.born, 1, 4) AND substr(a.born, 9, 2) = substr(b.born, 9, 2)
   THEN CASE WHEN levenshtein(a.born, b.born) = 1 OR substr(a.born, 6, 2) = reverse(substr(b.born, 6, 2))
    THEN 'one_digit' ELSE 'two_parts' END
  WHEN substr(a.born, 6, 5) = substr(b.born, 6, 5)
   THEN CASE WHEN levenshtein(a.born, b.born) = 1 OR (substr(a.born, 1, 2) = substr(b.born, 1, 2)
     AND substr(a.born, 3, 2) = reverse(substr(b.born, 3, 2)))
    THEN 'one_digit' ELSE 'two_parts' END
  ELSE 'different' END
 WHEN a.years_old IS NULL OR b.years_old IS NULL THEN NULL
 WHEN abs(a.years_old - b.years_old - (a.day - b.day) / 365.25e0) <= 2 THEN 'age'
 ELSE 'age_differs' END"""

_UPRNS_DIFFER = "coalesce(a.uprn <> b.uprn, FALSE)"

_ONE_POSTCODE = """(a.postcode IS NULL OR b.postcode IS NULL
   OR substr(a.postcode, 1, instr(concat(a.postcode, ' '), ' '))
    = substr(b.postcode, 1, instr(concat(b.postcode, ' '), ' '))
   OR levenshtein(a.postcode, b.postcode) <= 2)"""

_NEAR = f"a.postcode IS NOT NULL AND b.postcode IS NOT NULL AND {_ONE_POSTCODE}"
_LOCATED = "coalesce(a.dwelling, a.building) IS NOT NULL AND coalesce(b.dwelling, b.building) IS NOT NULL"

_ADDRESS = f"""CASE
 WHEN a.dwelling IS NOT NULL AND b.dwelling IS NOT NULL AND coalesce(a.uprn = b.uprn, a.dwelling = b.dwelling)
  THEN CASE WHEN a.dwelling_communal OR a.building_communal THEN NULL ELSE 'dwelling' END
 WHEN {_UPRNS_DIFFER} THEN 'different'
 WHEN a.building = b.building AND a.postcode IS NOT NULL THEN CASE
  WHEN a.building_communal THEN NULL
  WHEN a.dwelling IS NOT NULL AND b.dwelling IS NOT NULL AND a.building <> a.dwelling AND a.building <> b.dwelling
   THEN 'neighbour'
  ELSE 'building' END
 WHEN a.house = b.house AND (a.street = b.street OR t.level = 'same') THEN CASE
  WHEN NOT {_ONE_POSTCODE} THEN 'elsewhere'
  WHEN a.building_communal OR b.building_communal THEN NULL
  ELSE 'house' END
 WHEN {_NEAR} AND (a.street = b.street OR t.level = 'same')
  THEN CASE WHEN h.level = 'slip' THEN 'slip' WHEN {_LOCATED} THEN 'neighbour' ELSE 'street' END
 WHEN a.postcode = b.postcode THEN CASE
  WHEN NOT ({_LOCATED}) THEN 'postcode'
  WHEN a.street IS NULL OR b.street IS NULL THEN 'neighbour'
  ELSE 'other_street' END
 WHEN a.postcode IS NOT NULL AND b.postcode IS NOT NULL
  THEN CASE WHEN a.house = b.house THEN CASE WHEN c.level = 'slip' THEN 'other_street' ELSE 'different' END
   ELSE 'different' END
 WHEN a.street IS NOT NULL AND b.street IS NOT NULL
  THEN CASE WHEN a.street = b.street AND (a.house IS NULL OR b.house IS NULL) THEN 'street' ELSE 'different' END
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
LEFT JOIN forename_level f ON f.one = a.given AND f.other = b.given
LEFT JOIN surname_level s ON s.one = a.surname AND s.other = b.surname
LEFT JOIN order_level o ON o.a = p.a AND o.b = p.b
LEFT JOIN street_level t ON t.one = a.street AND t.other = b.street
LEFT JOIN house_level h ON h.one = a.house AND h.other = b.house
LEFT JOIN postcode_level c ON c.one = a.postcode AND c.other = b.postcode
"""

_MAY_BE_CROSSED = """a.given IS NOT NULL AND b.given IS NOT NULL AND a.surname IS NOT NULL AND b.surname IS NOT NULL
AND (a.given <> b.given OR a.surname <> b.surname)
AND (instr(concat(' ', b.given, ' '), concat(' ', a.surname, ' ')) > 0
 OR instr(concat(' ', a.given, ' '), concat(' ', b.surname, ' ')) > 0
 OR a.given_sound = b.sound OR b.given_sound = a.sound
 OR instr(b.run_together, substr(a.run_together, 1, 3)) > 1
 OR instr(a.run_together, substr(b.run_together, 1, 3)) > 1)"""
"""Whose names may be told in another order: as `everycall.identity.likeness.may_be_in_another_order` has it."""

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
    _judge_names(engine)
    limit = "" if at_least is None else f" WHERE bits >= {at_least!r}"
    engine.make("scored", f"SELECT * FROM ({_WEIGHED}) AS w{limit}")


def _judge_names(engine: Engine) -> None:
    """Ask the live comparison once of each pair of names, streets, houses and postcodes that are not simply equal."""
    both = "FROM pair p JOIN mention a ON a.n = p.a JOIN mention b ON b.n = p.b WHERE"
    # the functions below the caches: each pair is asked once
    for name, field, level in (
        ("forename_level", "given", forename_level.__wrapped__),
        ("surname_level", "surname", surname_level.__wrapped__),
    ):
        pairs = f"SELECT DISTINCT a.{field} AS one, b.{field} AS other {both} a.{field} <> b.{field}"
        engine.judge(name, pairs, level)
    streets = (
        f"SELECT DISTINCT a.street AS one, b.street AS other {both} a.street <> b.street "
        f"AND (a.house = b.house OR ({_NEAR}))"
    )
    engine.judge("street_level", streets, street_level)
    houses = f"SELECT DISTINCT a.house AS one, b.house AS other {both} a.house <> b.house AND {_NEAR}"
    engine.judge("house_level", houses, house_level.__wrapped__)
    unlike = "a.house = b.house AND a.postcode <> b.postcode"
    postcodes = f"SELECT DISTINCT a.postcode AS one, b.postcode AS other {both} {unlike}"
    engine.judge("postcode_level", postcodes, postcode_level)
    whole = f"{_WHOLE.format('a')} AS one, {_WHOLE.format('b')} AS other"
    engine.make("crossed", f"SELECT p.a, p.b, {whole} {both} {_MAY_BE_CROSSED}")
    engine.judge("order_of_names", "SELECT DISTINCT one, other FROM crossed", _order)
    engine.make(
        "order_level",
        "SELECT c.a, c.b, n.level FROM crossed c JOIN order_of_names n ON n.one = c.one AND n.other = c.other",
    )


_WHOLE = "concat({0}.given, '|', {0}.surname)"


def _order(one: str, other: str) -> str:
    """Return how two whole names agree where they do not name for name; ``neither`` where they do, or not at all."""
    (mine, my_surname), (theirs, their_surname) = one.split("|"), other.split("|")
    forename = forename_level(mine, theirs)
    if surname_level(my_surname, their_surname) != "different" and forename not in ("different", "near"):
        return "neither"
    return in_another_order(mine, my_surname, theirs, their_surname) or "neither"
