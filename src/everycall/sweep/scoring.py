"""The weights of all pairs at once: the same levels and the same figures as the live comparison, in SQL.

What two names are to each other is asked of the live comparison itself, once for each pair of names that occurs; the
weights come from the model. So nothing is worked out in two ways but birth dates and addresses, and a test holds those
to the live comparison on tens of thousands of pairs. Names are asked about last, and only of pairs that can still
reach the bits that are needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import pyarrow as pa

from everycall.identity.compare import compare
from everycall.identity.homes import house_level, postcode_level, street_level
from everycall.identity.likeness import forename_level, in_another_order, surname_level
from everycall.identity.mention import Mention
from everycall.identity.model import LEVELS, Model
from everycall.identity.rules import Search
from everycall.sweep.engine import Engine
from everycall.sweep.levels import LEVEL_OF, MAY_BE_CROSSED, NEAR
from everycall.sweep.strong import (
    BIRTHS_AGAINST,
    FORENAMES_AGAINST,
    bits_of_a_person,
    none_of,
    strong_pairs,
)

_DAY = date(2000, 1, 1)
_FADE = ("phone", "email", "address")
"""What people change: the weight depends on the days between the two mentions."""
_EQUAL_OR_NOT = ("phone", "email", "dwelling", "building", "street", "uprn")
_NAMES_TOLD = ("given", "surname", "given_sound", "sound", "run_together")
_AS_THEY_ARE = (
    "n", "day", "born", "years_old", "postcode", "house", "supposed", "phone_shared", "dwelling_communal",
    "building_communal", *_NAMES_TOLD,
)  # fmt: skip
_BOTH = "FROM {} p JOIN mention a ON a.n = p.a JOIN mention b ON b.n = p.b"


def score(engine: Engine, model: Model, at_least: float | None = None, surely: Search | None = None) -> None:
    """Make the table ``scored`` of every pair in ``pair`` with its levels and ``bits``, before the prior.

    Parameters
    ----------
    at_least
        Leave out pairs of fewer bits.
    surely
        Leave out what is not one human by itself under these limits.
    """
    needed = bits_of_a_person(surely) if surely else at_least
    _put_weights(engine, model)
    _judge_homes(engine)
    _put_compared(engine)
    born = f" AND {none_of('p.born', BIRTHS_AGAINST)}" if surely else ""
    reach = "TRUE" if needed is None else _can_reach(model, needed)
    engine.make(
        "likely",
        "SELECT p.a, p.b, p.days, p.born, p.phone, p.email, p.address, p.bits, "
        f"p.own_forename, p.own_surname FROM ({_beside_names(model)}) AS p WHERE {reach}{born}",
    )
    _judge_forenames(engine)
    _judge_surnames(engine, surely is not None)
    limit = strong_pairs(surely) if surely else "TRUE" if at_least is None else f"bits >= {at_least!r}"
    engine.make("scored", f"SELECT * FROM ({_weighed(model)}) AS w WHERE {limit}")
    for name in ("likely", "order_level", "compared", "street_slip"):
        engine.drop(name)


def _put_weights(engine: Engine, model: Model) -> None:
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


def _put_compared(engine: Engine) -> None:
    """Make what is compared of each mention as narrow as it can be: of a million the whole would not fit in memory.

    What is only held to be equal or not is a number. That two different values have one is as good as impossible: of
    2**64 numbers, for each pair that is compared.
    """
    numbers = ", ".join(
        f"CASE WHEN m.{name} IS NOT NULL THEN {engine.short('m.' + name)} END AS {name}"
        for name in _EQUAL_OR_NOT
    )
    engine.make(
        "compared",
        f"SELECT {', '.join('m.' + name for name in _AS_THEY_ARE)}, {numbers}, "
        "f.bits AS own_forename, s.bits AS own_surname FROM mention m "
        "LEFT JOIN forename_weight f ON f.name = m.forename LEFT JOIN surname_weight s ON s.name = m.surname",
    )
    one, other = engine.short("one"), engine.short("other")
    engine.make("street_slip", f"SELECT {one} AS one, {other} AS other, level FROM street_level")


def _own(field: str, name: str, model: Model) -> float:
    """Return the weight of agreeing on this very name (an initial has that of an initial)."""
    one = Mention("", forenames=(name,)) if field == "forename" else Mention("", surname=name)
    return compare(one, one, _DAY, _DAY, model).bits


def _by_level(level: str, bits: Mapping[str, str]) -> str:
    """Return the bits (SQL) of a column of levels; a missing level counts nothing."""
    cases = " ".join(f"WHEN '{name}' THEN {value}" for name, value in bits.items())
    return f"coalesce(CASE {level} {cases} END, 0e0)"


def _fixed(model: Model, field: str) -> dict[str, str]:
    return {level: _number(one.bits()) for level, one in model.levels[field].items()}


def _fading(field: str) -> dict[str, str]:
    return {level: f"w.{field}_{level}" for level in LEVELS[field]}


def _number(bits: float) -> str:
    # without an exponent SQL takes it for a decimal
    return repr(bits) if "e" in repr(bits) else f"{bits!r}e0"


def _most(model: Model, field: str, levels: Iterable[str]) -> str:
    return _number(max(model.levels[field][level].bits() for level in levels))


def _beside_names(model: Model) -> str:
    """Return the query of every pair with the levels and bits of all but the names."""
    levels = ", ".join(f"{LEVEL_OF[field]} AS {field}" for field in ("born", "phone", "email", "address"))
    names = ", ".join(f"{of}.{name} AS {of}_{name}" for of in "ab" for name in _NAMES_TOLD)
    address = _by_level("l.address", _fading("address"))
    return f"""
SELECT l.*, {_by_level("l.born", _fixed(model, "born"))} + {_by_level("l.phone", _fading("phone"))}
 + {_by_level("l.email", _fading("email"))}
 + CASE WHEN l.supposed THEN greatest({address}, 0e0) ELSE {address} END AS bits
FROM (SELECT p.a, p.b, abs(a.day - b.day) AS days, a.supposed OR b.supposed AS supposed,
  a.own_forename, a.own_surname, {names}, {levels}
 FROM pair p JOIN compared a ON a.n = p.a JOIN compared b ON b.n = p.b
 LEFT JOIN street_slip t ON t.one = a.street AND t.other = b.street
 LEFT JOIN house_level h ON h.one = a.house AND h.other = b.house
 LEFT JOIN postcode_level c ON c.one = a.postcode AND c.other = b.postcode) AS l
JOIN fading w ON w.days = l.days
"""


def _can_reach(model: Model, needed: float) -> str:
    """Return the condition that a pair reaches the bits if its names are as alike as they may turn out to be."""
    best = " + ".join(_best_of(model, field, column) for field, column in _NAMES.items())
    crossing = MAY_BE_CROSSED.replace("a.", "p.a_").replace("b.", "p.b_")
    crossed = _number(sum(model.levels[field]["transposed"].bits() for field in _NAMES))
    return (
        f"CASE WHEN p.bits + {best} >= {needed!r} - 1e-6 THEN TRUE "
        f"WHEN p.bits + {crossed} >= {needed!r} - 1e-6 THEN {crossing} ELSE FALSE END"
    )


_NAMES = {"forename": "given", "surname": "surname"}


def _best_of(model: Model, field: str, column: str) -> str:
    others = [level for level in LEVELS[field] if level not in ("exact", "transposed")]
    most = _most(model, field, others)
    # names of several words may be the same name written otherwise, with the weight of that name
    return (
        f"CASE WHEN p.a_{column} IS NULL OR p.b_{column} IS NULL THEN 0e0 "
        f"WHEN p.a_{column} = p.b_{column} OR instr(concat(p.a_{column}, p.b_{column}), ' ') > 0 "
        f"THEN greatest(p.own_{field}, {most}) ELSE {most} END"
    )


def _judge_homes(engine: Engine) -> None:
    """Ask the live comparison once of each pair of streets, houses and postcodes that are not simply equal."""
    streets = f"a.street <> b.street AND (a.house = b.house OR ({NEAR}))"
    houses = f"a.house <> b.house AND {NEAR}"
    postcodes = "a.house = b.house AND a.postcode <> b.postcode"
    asked = (
        ("street", streets, street_level),
        ("house", houses, house_level.__wrapped__),
        ("postcode", postcodes, postcode_level),
    )
    ends = ", ".join(
        f"CASE WHEN {where} THEN a.{column} END AS {column}, CASE WHEN {where} THEN b.{column} END AS other_{column}"
        for column, where, _ in asked
    )
    engine.make(
        "unlike_home",
        f"SELECT DISTINCT * FROM (SELECT {ends} {_BOTH.format('pair')}) AS h "
        "WHERE street IS NOT NULL OR house IS NOT NULL OR postcode IS NOT NULL",
    )
    for column, _, level in asked:
        pairs = f"SELECT DISTINCT {column} AS one, other_{column} AS other FROM unlike_home WHERE {column} IS NOT NULL"
        engine.judge(f"{column}_level", pairs, level)
    engine.drop("unlike_home")


def _judge_forenames(engine: Engine) -> None:
    """Ask the live comparison once of each pair of forenames, and of whole names that may be in another order."""
    both = _BOTH.format("likely")
    # the functions below the caches: each pair is asked once
    pairs = f"SELECT DISTINCT a.given AS one, b.given AS other {both} WHERE a.given <> b.given"
    engine.judge("forename_level", pairs, forename_level.__wrapped__)
    whole = f"{_WHOLE.format('a')} AS one, {_WHOLE.format('b')} AS other"
    engine.make("crossed", f"SELECT p.a, p.b, {whole} {both} WHERE {MAY_BE_CROSSED}")
    engine.judge("order_of_names", "SELECT DISTINCT one, other FROM crossed", _order)
    engine.make(
        "order_level",
        "SELECT c.a, c.b, n.level FROM crossed c JOIN order_of_names n ON n.one = c.one AND n.other = c.other",
    )
    engine.drop("crossed")


def _judge_surnames(engine: Engine, surely: bool) -> None:
    """Ask the live comparison once of each pair of surnames; if ``surely`` not where the forenames are against it."""
    against = f"AND {none_of('f.level', FORENAMES_AGAINST)}" if surely else ""
    pairs = (
        f"SELECT DISTINCT a.surname AS one, b.surname AS other {_BOTH.format('likely')} "
        "LEFT JOIN forename_level f ON f.one = a.given AND f.other = b.given "
        f"WHERE a.surname <> b.surname {against}"
    )
    engine.judge("surname_level", pairs, surname_level.__wrapped__)


_WHOLE = "concat({0}.given, '|', {0}.surname)"


def _order(one: str, other: str) -> str:
    """Return how two whole names agree where they do not name for name; ``neither`` where they do, or not at all."""
    (mine, my_surname), (theirs, their_surname) = one.split("|"), other.split("|")
    forename = forename_level(mine, theirs)
    if surname_level(my_surname, their_surname) != "different" and forename not in ("different", "near"):
        return "neither"
    return in_another_order(mine, my_surname, theirs, their_surname) or "neither"


def _weighed(model: Model) -> str:
    """Return the query of what is likely, with the levels of the names and all bits."""
    forename = _by_level("l.forename", _fixed(model, "forename") | {"exact": "l.own_forename"})
    surname = _by_level("l.surname", _fixed(model, "surname") | {"exact": "l.own_surname"})
    return f"""
SELECT l.a, l.b, l.days, l.forename, l.surname, l.born, l.phone, l.email, l.address,
 l.bits + {forename} + {surname} AS bits
FROM (SELECT p.a, p.b, p.days, p.born, p.phone, p.email, p.address, p.bits, p.own_forename, p.own_surname,
  {LEVEL_OF["forename"]} AS forename, {LEVEL_OF["surname"]} AS surname
 {_BOTH.format("likely")}
 LEFT JOIN forename_level f ON f.one = a.given AND f.other = b.given
 LEFT JOIN surname_level s ON s.one = a.surname AND s.other = b.surname
 LEFT JOIN order_level o ON o.a = p.a AND o.b = p.b) AS l
"""
