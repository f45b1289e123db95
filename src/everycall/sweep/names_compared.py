"""Names compared: each two that meet once, asked of the live comparison, and only where they can still matter."""

from __future__ import annotations

from everycall.identity.likeness import forename_level, surname_level
from everycall.identity.model import LEVELS, Model
from everycall.identity.whole_names import in_another_order
from everycall.sweep.engine import Engine
from everycall.sweep.levels import LEVEL_OF, MAY_BE_CROSSED, ONE_BY_ONE_WORD
from everycall.sweep.strong import FORENAMES_AGAINST, none_of
from everycall.sweep.weights import by_level, fixed, most, number

_NAMES = {"forename": "given", "surname": "surname"}
_BOTH_WHOLE = (
    "a.given IS NOT NULL AND b.given IS NOT NULL AND a.surname IS NOT NULL AND b.surname IS NOT NULL"
)
_BOTH_NAMES = "JOIN naming a ON a.name = p.a_name JOIN naming b ON b.name = p.b_name"


def names_that_meet(model: Model) -> str:
    """Return the query of each two names that meet in ``met``, with the most bits they may turn out to have.

    Any two whole names are taken for one name told in another order here: whether they may be is asked of fewer later.
    """
    best = _best(model)
    return (
        f"SELECT p.a_name, p.b_name, CASE WHEN {_BOTH_WHOLE} THEN greatest({best}, {_crossed(model)}) ELSE {best} END "
        f"AS most FROM (SELECT DISTINCT a_name, b_name FROM met) AS p {_BOTH_NAMES}"
    )


def _best(model: Model) -> str:
    """Return the most bits (SQL) of two names that are not told in another order."""
    return " + ".join(_best_of(model, field, column) for field, column in _NAMES.items())


def _crossed(model: Model) -> str:
    return number(sum(model.levels[field]["transposed"].bits() for field in _NAMES))


def _best_of(model: Model, field: str, column: str) -> str:
    others = [level for level in LEVELS[field] if level not in ("exact", "transposed")]
    unlike = most(model, field, others)
    # names of several words may be the same name written otherwise, with the weight of that name
    return (
        f"CASE WHEN a.{column} IS NULL OR b.{column} IS NULL THEN 0e0 "
        f"WHEN a.{column} = b.{column} OR a.several_{column} OR b.several_{column} OR a.behind = b.behind "
        f"THEN greatest(a.own_{field}, {unlike}) ELSE {unlike} END"
    )


def choose_names(engine: Engine, model: Model, needed: float | None) -> None:
    """Make ``asked`` of each two names in ``likely``, without those with which no pair reaches what is needed."""
    crossing = f"CASE WHEN crossing THEN greatest(best, {_crossed(model)}) ELSE best END"
    enough = "" if needed is None else f"WHERE bits + {crossing} >= {needed!r} - 1e-6"
    engine.make(
        "asked",
        f"SELECT a_name, b_name, crossing FROM (SELECT p.*, coalesce({MAY_BE_CROSSED}, FALSE) AS crossing, "
        f"{_best(model)} AS best FROM (SELECT a_name, b_name, max(bits) AS bits FROM likely GROUP BY a_name, b_name) "
        f"AS p {_BOTH_NAMES}) AS n {enough}",
    )


def compare_names(engine: Engine, model: Model, surely: bool) -> None:
    """Make ``name_level`` of each two names in ``asked``; if ``surely`` without those whose forenames are against it.

    The live comparison is asked once of each pair of forenames and of surnames, and of whole names that may be in
    another order.
    """
    both = f"FROM asked p {_BOTH_NAMES}"
    # the functions below the caches: each pair is asked once
    engine.judge(
        "forename_level",
        f"SELECT DISTINCT a.given AS one, b.given AS other {both} WHERE a.given <> b.given",
        forename_level.__wrapped__,
    )
    whole = f"{_WHOLE.format('a')} AS one, {_WHOLE.format('b')} AS other"
    engine.judge("order_level", f"SELECT {whole} {both} WHERE p.crossing", _order)
    against = f"AND ({none_of('f.level', FORENAMES_AGAINST)} OR {ONE_BY_ONE_WORD})" if surely else ""
    engine.judge(
        "surname_level",
        f"SELECT DISTINCT a.surname AS one, b.surname AS other {both} "
        f"LEFT JOIN forename_level f ON f.one = a.given AND f.other = b.given WHERE a.surname <> b.surname {against}",
        surname_level.__wrapped__,
    )
    forename = by_level("n.forename", fixed(model, "forename") | {"exact": "n.own_forename"})
    surname = by_level("n.surname", fixed(model, "surname") | {"exact": "n.own_surname"})
    against = f"WHERE {none_of('n.forename', FORENAMES_AGAINST)}" if surely else ""
    engine.make(
        "name_level",
        f"SELECT n.a_name, n.b_name, n.forename, n.surname, {forename} AS forename_bits, {surname} AS surname_bits "
        f"FROM (SELECT p.a_name, p.b_name, a.own_forename, a.own_surname, {LEVEL_OF['forename']} AS forename, "
        f"{LEVEL_OF['surname']} AS surname {both} LEFT JOIN forename_level f ON f.one = a.given AND f.other = b.given "
        "LEFT JOIN surname_level s ON s.one = a.surname AND s.other = b.surname LEFT JOIN order_level o "
        f"ON p.crossing AND o.one = {_WHOLE.format('a')} AND o.other = {_WHOLE.format('b')}) AS n {against}",
    )
    for name in ("asked", "forename_level", "surname_level", "order_level"):
        engine.drop(name)


_WHOLE = "concat({0}.given, '|', {0}.surname)"


def _order(one: str, other: str) -> str:
    """Return how two whole names agree where they do not name for name; ``neither`` where they do, or not at all."""
    (mine, my_surname), (theirs, their_surname) = one.split("|"), other.split("|")
    forename = forename_level(mine, theirs)
    if surname_level(my_surname, their_surname) != "different" and forename not in ("different", "near"):
        return "neither"
    return in_another_order(mine, my_surname, theirs, their_surname) or "neither"
