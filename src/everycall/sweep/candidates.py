"""Which mentions are compared: those that share a live key, and those that share one of some wider keys.

Blocking, not scoring, loses recall (identity.md: 67.0 against 82.2 per cent of true pairs), and the sweep has the
time to look wider than a live search.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from everycall.sweep.engine import Engine

ALL_UP_TO = 100
"""Mentions sharing one key that are compared each with each; of more, each with its neighbours in order of name."""
NEIGHBOURS = 20

_NAMES = (
    "concat(least(substr(sound, 1, 2), substr(given_sound, 1, 2)), ' ', "
    "greatest(substr(sound, 1, 2), substr(given_sound, 1, 2)))"
)
"""How both names begin to sound, in either order: names told crossed meet, and names with a slip."""

WIDER = (
    ("home", "dwelling", "dwelling IS NOT NULL"),
    ("name", "concat(surname, ' ', forename)", "length(forename) > 1 AND surname IS NOT NULL"),
    (
        "born and district",
        "concat(born, ' ', substr(postcode, 1, instr(postcode, ' ')))",
        "born IS NOT NULL AND postcode IS NOT NULL",
    ),
    (
        "day and month in either order",
        "concat(substr(born, 1, 4), least(substr(born, 6, 2), substr(born, 9, 2)), "
        "greatest(substr(born, 6, 2), substr(born, 9, 2)), ' ', sound)",
        "born IS NOT NULL AND sound IS NOT NULL",
    ),
    (
        "birthday",
        "concat(substr(born, 6, 5), ' ', sound, ' ', substr(forename, 1, 1))",
        "born IS NOT NULL AND sound IS NOT NULL AND forename IS NOT NULL",
    ),
    (
        "year of birth",
        "concat(substr(born, 1, 4), ' ', sound, ' ', substr(forename, 1, 1))",
        "born IS NOT NULL AND sound IS NOT NULL AND forename IS NOT NULL",
    ),
    ("street and forename", "concat(street, ' ', forename)", "street IS NOT NULL AND length(forename) > 1"),
    (
        "street and surname",
        "concat(street, ' ', substr(surname, 1, 3))",
        "street IS NOT NULL AND surname IS NOT NULL",
    ),
    (
        "house and street",
        "concat(house, ' ', street, ' ', substr(surname, 1, 1))",
        "house IS NOT NULL AND street IS NOT NULL AND surname IS NOT NULL",
    ),
    (
        "postcode and forename",
        "concat(postcode, ' ', forename)",
        "postcode IS NOT NULL AND length(forename) > 1",
    ),
    (
        "postcode and surname",
        "concat(postcode, ' ', surname)",
        "postcode IS NOT NULL AND surname IS NOT NULL",
    ),
)
"""What each wider key is called, what it is made of, and who has one. ``home`` is wider than the live key of that
kind in that those who gave no address are supposed to live where it happened."""


VAGUE = (
    (
        "sounds and street",
        f"concat({_NAMES}, ' ', substr(street, 1, 4))",
        "sound IS NOT NULL AND given_sound IS NOT NULL AND street IS NOT NULL",
    ),
    (
        "sounds and house",
        f"concat({_NAMES}, ' ', house)",
        "sound IS NOT NULL AND given_sound IS NOT NULL AND house IS NOT NULL",
    ),
)
"""Keys that in a large history many share who have nothing else in common: they count where few do."""
FEW = 20
"""A vague key that more mentions share brings nobody together."""


def find_candidates(engine: Engine, wider: bool = True, after: int | None = None) -> None:
    """Make the table ``pair`` (``a`` the later mention, ``b`` the earlier) from ``mention`` and ``mention_key``.

    Parameters
    ----------
    wider
        Whether the wider keys count, beside those of the live search.
    after
        Only pairs of which one mention has a number (the store's) above this.
    """
    find_meetings(engine, wider, after)
    engine.make("pair", pairs_of(None, after))
    forget_meetings(engine)


def find_meetings(engine: Engine, wider: bool, after: int | None, parts: int = 1) -> None:
    """Make the tables of who meets by which key, each mention in one of so many parts.

    Those of one forename are in one part, so that two names are compared in one part alone.
    """
    fresh = "TRUE" if after is None else f"m.id > {int(after)}"
    part = f"abs({engine.short('m.given')} % {parts})" if parts > 1 else "0"
    of_mention = f"CAST(coalesce({part}, 0) AS INTEGER) AS part, {fresh} AS fresh"
    keys = ["SELECT k.hash AS key, m.n, FALSE AS vague FROM mention_key k JOIN mention m ON m.id = k.id"]
    if wider:
        keys += [*_keyed(engine, WIDER, "FALSE"), *_keyed(engine, VAGUE, "TRUE")]
    engine.make("keyed", " UNION ALL ".join(keys))
    engine.make(
        "shared_key",
        f"SELECT key, any_value(vague) AS vague, count(*) AS size, bit_xor({engine.short('n')}) AS who, "
        "min(n) AS earliest FROM keyed GROUP BY key HAVING count(*) > 1",
    )
    # of keys that the very same mentions share, one is enough: nearly half of all are such
    engine.make(
        "telling_key",
        f"SELECT min(key) AS key FROM shared_key WHERE size <= CASE WHEN vague THEN {FEW} ELSE {ALL_UP_TO} END "
        "GROUP BY size, who, earliest",
    )
    engine.make(
        "small",
        f"SELECT k.key, k.n, {of_mention} FROM keyed k JOIN telling_key t ON t.key = k.key JOIN mention m ON m.n = k.n",
    )
    engine.make(
        "large",
        f"SELECT k.key, k.n, {of_mention}, row_number() OVER (PARTITION BY k.key "
        "ORDER BY m.surname, m.forename, m.born, k.n) AS place "
        "FROM keyed k JOIN shared_key s ON s.key = k.key JOIN mention m ON m.n = k.n "
        f"WHERE s.size > {ALL_UP_TO} AND NOT s.vague",
    )
    for name in ("keyed", "shared_key", "telling_key"):
        engine.drop(name)
    engine.put("step", pa.table({"number": list(range(1, NEIGHBOURS + 1))}))
    # each place beside another is written out: whoever joined by key alone would meet all of a large block first
    engine.make(
        "beside", "SELECT x.key, x.n, x.part, x.fresh, x.place + number AS place FROM large x CROSS JOIN step"
    )
    engine.make(
        "neighbour",
        "SELECT greatest(x.n, y.n) AS a, least(x.n, y.n) AS b, CASE WHEN x.n > y.n THEN x.part ELSE y.part END AS part "
        f"FROM beside x JOIN large y ON y.key = x.key AND y.place = x.place WHERE {_FRESH}",
    )
    for name in ("beside", "large", "step"):
        engine.drop(name)


def pairs_of(part: int | None, after: int | None) -> str:
    """Return the query of the pairs of which the later mention is in a part, if any, and one is above ``after``."""
    # what holds for all is not asked: it is asked of each meeting, and two meet by five keys on average
    where = [] if part is None else [f"x.part = {part}"]
    where += [] if after is None else [_FRESH]
    asked = f"WHERE {' AND '.join(where)}" if where else ""
    beside = "" if part is None else f"WHERE part = {part}"
    return (
        "SELECT DISTINCT a, b FROM (SELECT x.n AS a, y.n AS b FROM small x JOIN small y ON x.key = y.key AND x.n > y.n "
        f"{asked} UNION ALL SELECT a, b FROM neighbour {beside}) AS p"
    )


_FRESH = "(x.fresh OR y.fresh)"


def forget_meetings(engine: Engine) -> None:
    """Drop what `find_meetings` made."""
    for name in ("small", "neighbour"):
        engine.drop(name)


def _keyed(engine: Engine, kinds: Sequence[tuple[str, str, str]], vague: str) -> list[str]:
    named = ((f"concat('{kind} ', {made_of})", who) for kind, made_of, who in kinds)
    return [
        f"SELECT {engine.short(key)} AS key, n, {vague} AS vague FROM mention WHERE {who}"
        for key, who in named
    ]
