"""The weights of all pairs at once: the same levels and the same figures as the live comparison, in SQL.

Whole names and homes are known by a number each, and compared once for each two that meet, however many pairs of
mentions have them: of 1.3 million pairs at 100,000 calls 220,000 are of different names, 90,000 of different homes.
What two names are to each other is asked of the live comparison itself; the weights come from the model. So nothing is
worked out in two ways but birth dates and addresses, and a test holds those to the live comparison on tens of
thousands of pairs. Names are asked about last, and only of pairs that can still reach the bits that are needed.
"""

from __future__ import annotations

from collections.abc import Iterable

from everycall.identity.model import Model
from everycall.identity.rules import Search
from everycall.sweep.engine import Engine
from everycall.sweep.homes_compared import compare_homes
from everycall.sweep.levels import BEHIND_THE_FIRST, BESIDE, LEVEL_OF
from everycall.sweep.names_compared import compare_names, look_at_names
from everycall.sweep.strong import BIRTHS_AGAINST, bits_of_a_person, none_of, strong_pairs
from everycall.sweep.weights import by_level, faded, fixed, put_weights

_OF_A_NAME = ("forename", "given_sound", "sound", "run_together")
"""What the given names and the surname tell by themselves."""
_OF_A_HOME = ("house", "dwelling_communal", "building_communal")
"""What the parts of an address tell by themselves."""
_PARTS_OF_A_HOME = ("postcode", "dwelling", "building", "street", "uprn", "town", "house_name")
_LINES = ("phone", "email")


_PARTS_OF_BIRTH = ", ".join(
    f"CAST(substr(born, {at}, {length}) AS INTEGER) AS born_{part}"
    for part, at, length in (("year", 1, 4), ("month", 6, 2), ("day", 9, 2))
)


def score(engine: Engine, model: Model, at_least: float | None = None, surely: Search | None = None) -> None:
    """Make the table ``scored`` of every pair in ``pair`` with its levels and ``bits``, before the prior.

    Parameters
    ----------
    at_least
        Leave out pairs of fewer bits.
    surely
        Leave out what is not one human by itself under these limits.
    """
    prepare(engine, model)
    meet(engine)
    engine.make("scored", weigh(engine, model, at_least, surely))
    forget_prepared(engine)


def prepare(engine: Engine, model: Model) -> None:
    """Make what `weigh` needs of ``mention``: weights, and each name, home and mention once."""
    put_weights(engine, model)
    name = _number_of(engine, ("given", "surname"))
    home = _number_of(engine, _PARTS_OF_A_HOME)
    told = ", ".join(f"any_value({column}) AS {column}" for column in ("given", "surname", *_OF_A_NAME))
    engine.make(
        "naming",
        f"SELECT n.*, f.bits AS own_forename, s.bits AS own_surname, {BEHIND_THE_FIRST} AS behind, "
        "instr(given, ' ') > 0 AS several_given, instr(surname, ' ') > 0 AS several_surname "
        f"FROM (SELECT {name} AS name, {told} FROM mention GROUP BY {name}) AS n "
        "LEFT JOIN forename_weight f ON f.name = n.forename "
        "LEFT JOIN surname_weight s ON s.name = n.surname",
    )
    told = ", ".join(f"any_value({column}) AS {column}" for column in (*_PARTS_OF_A_HOME, *_OF_A_HOME))
    engine.make("home", f"SELECT {home} AS home, {told} FROM mention GROUP BY {home}")
    engine.make(
        "compared",
        f"SELECT n, day, born, {_PARTS_OF_BIRTH}, years_old, supposed, "
        f"CASE WHEN phone IS NOT NULL AND NOT phone_shared THEN {engine.short('phone')} END AS phone, "
        f"CASE WHEN email IS NOT NULL THEN {engine.short('email')} END AS email, "
        f"{name} AS name, {home} AS home FROM mention",
    )


def forget_prepared(engine: Engine) -> None:
    """Drop what `prepare` and `weigh` made."""
    for name in ("compared", "naming", "home", "likely", "name_level"):
        engine.drop(name)


def meet(engine: Engine) -> None:
    """Make ``met``: the pairs that ``pair`` holds now, with what is compared of them; ``pair`` is needed no longer."""
    engine.make("met", _MET)


def weigh(
    engine: Engine, model: Model, at_least: float | None, surely: Search | None, every_level: bool = True
) -> str:
    """Return the query of ``scored`` for the pairs of ``met``, after what it needs has been made.

    Parameters
    ----------
    every_level
        Tell every level; without it only those on which `strong_pairs` depends.
    """
    needed = bits_of_a_person(surely) if surely else at_least
    possible = none_of("born", BIRTHS_AGAINST) if surely else "TRUE"
    compare_homes(engine, possible)
    look_at_names(engine, model, possible)
    reach = "" if needed is None else f"AND m.bits + n.most >= {needed!r} - 1e-6"
    told = "m.born, m.same_phone, m.same_email, m.address" if every_level else "m.born"
    engine.make(
        "likely",
        f"SELECT m.a, m.b, m.days, m.a_name, m.b_name, {told}, m.bits FROM ({_beside_names(model)}) AS m "
        f"JOIN name_pair n ON n.a_name = m.a_name AND n.b_name = m.b_name WHERE {possible} {reach}",
    )
    for name in ("met", "home_level", "name_pair"):
        engine.drop(name)
    compare_names(engine, model, needed, surely is not None)
    levels = (
        f"n.forename, n.surname, l.born, {_LINES_TOLD}, l.address" if every_level else "n.forename, l.born"
    )
    limit = strong_pairs(surely) if surely else "TRUE" if at_least is None else f"bits >= {at_least!r}"
    return (
        f"SELECT * FROM (SELECT l.a, l.b, l.days, {levels}, l.bits + n.forename_bits + n.surname_bits AS bits "
        f"FROM likely l JOIN name_level n ON n.a_name = l.a_name AND n.b_name = l.b_name) AS w WHERE {limit}"
    )


def _number_of(engine: Engine, columns: Iterable[str]) -> str:
    """Return the number (SQL) that stands for some values together.

    That two different ones have one number is as good as impossible: of 2**63, for each pair that is compared.
    """
    return engine.short("concat(" + ", '|', ".join(f"coalesce({column}, '')" for column in columns) + ")")


_NO_TWO_PARTS = """NOT ((a.born_year = b.born_year AND (a.born_month = b.born_month OR a.born_day = b.born_day
 OR (a.born_month = b.born_day AND a.born_day = b.born_month)))
 OR (a.born_month = b.born_month AND a.born_day = b.born_day))"""
"""Whether two birth dates agree in no two of year, month and day, as most that differ: seen by numbers alone."""

_MET = f"""
SELECT p.a, p.b, abs(a.day - b.day) AS days, a.supposed OR b.supposed AS supposed,
 a.name AS a_name, b.name AS b_name, a.home AS a_home, b.home AS b_home,
 CASE WHEN {_NO_TWO_PARTS} THEN 'different' ELSE {LEVEL_OF["born"]} END AS born,
 a.phone = b.phone AS same_phone, a.email = b.email AS same_email
FROM pair p JOIN compared a ON a.n = p.a JOIN compared b ON b.n = p.b
"""
"""Every pair with the numbers of its names and homes, and what else is compared."""
_LINES_TOLD = ", ".join(
    f"CASE WHEN l.same_{line} THEN 'same' WHEN NOT l.same_{line} THEN 'different' END AS {line}"
    for line in _LINES
)


def _beside_names(model: Model) -> str:
    """Return the query of every pair met with the levels and bits of all but the names."""
    address = faded("address")
    lines = " + ".join(
        f"CASE WHEN m.same_{line} THEN w.{line}_same WHEN NOT m.same_{line} THEN w.{line}_different ELSE 0e0 END"
        for line in _LINES
    )
    return f"""
SELECT m.*, h.address, {by_level("m.born", fixed(model, "born"))} + {lines}
 + CASE WHEN m.supposed THEN greatest({address}, 0e0) ELSE {address} END
 + {" + ".join(map(faded, BESIDE))} AS bits
FROM met m JOIN home_level h ON h.a_home = m.a_home AND h.b_home = m.b_home JOIN fading w ON w.days = m.days
"""
