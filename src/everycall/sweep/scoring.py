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
from everycall.sweep.homes_compared import ask_of_homes, compare_homes
from everycall.sweep.levels import BEHIND_THE_FIRST, BIRTH_NUMBER
from everycall.sweep.names_compared import choose_names, compare_names, names_that_meet
from everycall.sweep.strong import BIRTHS_AGAINST, bits_of_a_person, strong_pairs
from everycall.sweep.weights import LINES, days_apart, kind_of_lines, put_lines, put_names

_OF_A_NAME = ("forename", "given_sound", "sound", "run_together")
"""What the given names and the surname tell by themselves."""
_OF_A_HOME = ("house", "dwelling_communal", "building_communal")
"""What the parts of an address tell by themselves."""
_PARTS_OF_A_HOME = ("postcode", "dwelling", "building", "street", "uprn", "town", "house_name")


def score(engine: Engine, model: Model, at_least: float | None = None, surely: Search | None = None) -> None:
    """Make the table ``scored`` of every pair in ``pair`` with its levels and ``bits``, before the prior.

    Parameters
    ----------
    at_least
        Leave out pairs of fewer bits.
    surely
        Leave out what is not one human by itself under these limits.
    """
    days = prepare(engine, model, surely is not None)
    meet(engine, days)
    needed = bits_of_a_person(surely) if surely else at_least
    reach(engine, model, days, needed)
    engine.make("scored", weigh(engine, model, needed, surely))
    forget_prepared(engine)


def prepare(engine: Engine, model: Model, surely: bool) -> int:
    """Make what `weigh` needs of ``mention``: weights, and each name, home and mention once, by whole numbers.

    Parameters
    ----------
    surely
        Leave out pairs whose birth dates are against one human.

    Returns
    -------
    int
        How many days two mentions can lie apart, and one more.
    """
    days = days_apart(engine)
    put_names(engine, model)
    put_lines(engine, model, days, BIRTHS_AGAINST if surely else ())
    name = _number_of(engine, ("given", "surname"))
    home = _number_of(engine, _PARTS_OF_A_HOME)
    told = ", ".join(f"any_value({column}) AS {column}" for column in ("given", "surname", *_OF_A_NAME))
    _numbered(engine, "naming", name)
    engine.make(
        "naming",
        "SELECT k.number AS name, n.*, f.bits AS own_forename, s.bits AS own_surname, "
        f"{BEHIND_THE_FIRST.format('n')} AS behind, "
        "instr(n.given, ' ') > 0 AS several_given, instr(n.surname, ' ') > 0 AS several_surname "
        f"FROM (SELECT {name} AS whole, {told} FROM mention GROUP BY {name}) AS n "
        "JOIN naming_number k ON k.whole = n.whole LEFT JOIN forename_weight f ON f.name = n.forename "
        "LEFT JOIN surname_weight s ON s.name = n.surname",
    )
    told = ", ".join(f"any_value({column}) AS {column}" for column in (*_PARTS_OF_A_HOME, *_OF_A_HOME))
    _numbered(engine, "home", home)
    engine.make(
        "home",
        f"SELECT k.number AS home, h.* FROM (SELECT {home} AS whole, {told} FROM mention GROUP BY {home}) AS h "
        "JOIN home_number k ON k.whole = h.whole",
    )
    phone, email = (engine.short(f"m.{line}") for line in LINES)
    engine.make(
        "compared",
        f"SELECT m.n, m.day, {BIRTH_NUMBER} AS born, m.years_old, m.supposed, "
        f"CASE WHEN m.phone IS NOT NULL AND NOT m.phone_shared THEN {phone} END AS phone, "
        f"CASE WHEN m.email IS NOT NULL THEN {email} END AS email, k.number AS name, h.number AS home "
        f"FROM (SELECT *, {name} AS whole_name, {home} AS whole_home FROM mention) AS m "
        "JOIN naming_number k ON k.whole = m.whole_name JOIN home_number h ON h.whole = m.whole_home",
    )
    for kind in ("naming", "home"):
        engine.drop(f"{kind}_number")
    return days


def _numbered(engine: Engine, kind: str, whole: str) -> None:
    """Make the table of a small number for each different whole: tables are found by such ones soonest."""
    engine.make(
        f"{kind}_number",
        f"SELECT whole, CAST(row_number() OVER (ORDER BY whole) AS INTEGER) AS number "
        f"FROM (SELECT DISTINCT {whole} AS whole FROM mention) AS w",
    )


def forget_prepared(engine: Engine) -> None:
    """Drop what `prepare` and `weigh` made."""
    for name in (
        "compared",
        "naming",
        "home",
        "line_kind",
        "line_fading",
        "home_kind",
        "likely",
        "name_level",
    ):
        engine.drop(name)


def meet(engine: Engine, days: int) -> None:
    """Make ``met``: the pairs that ``pair`` holds now, with what is compared of them; ``pair`` is needed no longer."""
    apart = "abs(a.day - b.day)"
    engine.make(
        "met",
        f"SELECT p.a, p.b, {apart} AS days, "
        f"CASE WHEN a.supposed OR b.supposed THEN {days} ELSE 0 END + {apart} AS at_home, "
        "a.name AS a_name, b.name AS b_name, a.home AS a_home, b.home AS b_home, l.kind, l.bits "
        "FROM pair p JOIN compared a ON a.n = p.a JOIN compared b ON b.n = p.b "
        # joined and not asked for by WHERE, which DuckDB would ask within the joins before, and these would take longer
        f"JOIN line_fading l ON l.place = {kind_of_lines()} * {days} + {apart}",
    )


def reach(engine: Engine, model: Model, days: int, needed: float | None, every_level: bool = True) -> None:
    """Make ``likely``: the pairs of ``met``, which is needed no longer, that can reach the bits that are needed."""
    # while Python compares streets, which keeps one core, the engine looks at names
    with engine.beside("name_pair", names_that_meet(model)):
        ask_of_homes(engine)
    compare_homes(engine, model, days)
    enough = "" if needed is None else f"WHERE m.bits + f.bits + n.most >= {needed!r} - 1e-6"
    home = ", h.place AS home" if every_level else ""
    engine.make(
        "likely",
        f"SELECT m.a, m.b, m.days, m.a_name, m.b_name, m.kind{home}, m.bits + f.bits AS bits FROM met m "
        "JOIN home_level h ON h.a_home = m.a_home AND h.b_home = m.b_home "
        "JOIN home_fading f ON f.place = h.place + m.at_home "
        f"JOIN name_pair n ON n.a_name = m.a_name AND n.b_name = m.b_name {enough}",
    )
    choose_names(engine, model, needed)
    for name in ("met", "home_level", "home_fading", "name_pair"):
        engine.drop(name)


def weigh(
    engine: Engine, model: Model, needed: float | None, surely: Search | None, every_level: bool = True
) -> str:
    """Return the query of ``scored`` for the pairs of ``likely``, after what it needs has been made.

    Parameters
    ----------
    every_level
        Tell every level, as `reach` was asked too; without it only those on which `strong_pairs` depends.
    """
    compare_names(engine, model, surely is not None)
    levels = (
        "n.forename, n.surname, k.born, k.phone, k.email, h.address" if every_level else "n.forename, k.born"
    )
    home = "JOIN home_kind h ON h.place = l.home" if every_level else ""
    limit = strong_pairs(surely) if surely else "TRUE" if needed is None else f"bits >= {needed!r}"
    return (
        f"SELECT * FROM (SELECT l.a, l.b, l.days, {levels}, l.bits + n.forename_bits + n.surname_bits AS bits "
        "FROM likely l JOIN name_level n ON n.a_name = l.a_name AND n.b_name = l.b_name "
        f"JOIN line_kind k ON k.kind = l.kind {home}) AS w WHERE {limit}"
    )


def _number_of(engine: Engine, columns: Iterable[str]) -> str:
    """Return the number (SQL) that stands for some values together.

    That two different ones have one number is as good as impossible: of 2**63, for each pair that is compared.
    """
    return engine.short("concat(" + ", '|', ".join(f"coalesce({column}, '')" for column in columns) + ")")
